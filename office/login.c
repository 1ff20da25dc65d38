/* What people type when they sign in, and which passwords are too easy: pure functions. Length is
 * what makes a password strong; rules about kinds of signs make people write them down. */
#include "base/utf8.h"
#include "office/account.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Ten or eleven digits beginning with 0 and a digit that is none; +84 and 0084 stand for the 0. */
static bool read_phone(struct arena *a, struct str typed, struct str *out)
{
	struct buf digits = { .a = a };

	for (size_t i = 0; i < typed.len; i++) {
		char c = typed.at[i];

		if (is_digit(c))
			buf_putc(&digits, c);
		else if (c != ' ' && c != '.' && c != '-' && c != '(' && c != ')' &&
			 !(c == '+' && i == 0))
			return false;
	}
	struct str s = buf_str(&digits);

	if (typed.len && typed.at[0] == '+') {
		if (!str_starts(s, S("84")))
			return false;
		s = str_printf(a, "0%.*s", STR_ARG(str_from(s, 2)));
	} else if (str_starts(s, S("0084"))) {
		s = str_printf(a, "0%.*s", STR_ARG(str_from(s, 4)));
	}
	if (s.len < 10 || s.len > 11 || s.at[0] != '0' || s.at[1] == '0')
		return false;
	*out = s;
	return true;
}

bool login_read(struct arena *a, struct str typed, struct str *out)
{
	struct str s = str_lower(a, str_trim(typed));

	if (s.len > 4 * LOGIN_MAX || !s.len)
		return false;
	if (is_digit(s.at[0]) || s.at[0] == '+' || s.at[0] == '(')
		return read_phone(a, s, out);
	if (s.len < 3 || s.len > LOGIN_MAX || s.at[0] < 'a' || s.at[0] > 'z')
		return false;
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];

		if (!(c >= 'a' && c <= 'z') && !is_digit(c) && c != '.' && c != '_' && c != '-')
			return false;
	}
	*out = s;
	return true;
}

struct str password_normal(struct arena *a, struct str typed)
{
	return utf8_nfc(a, typed);
}

/* Every sign follows the one before at the same distance: 0000000000, 1234567890, zyxwvutsrq. The
 * keyboard's 9 is followed by 0. */
static bool is_plain(struct str s)
{
	int distance = 0;

	for (size_t i = 1; i < s.len; i++) {
		int step = (unsigned char)s.at[i] - (unsigned char)s.at[i - 1];

		if (s.at[i - 1] == '9' && s.at[i] == '0')
			step = 1;
		if (s.at[i - 1] == '0' && s.at[i] == '9')
			step = -1;
		if (step < -1 || step > 1 || (i > 1 && step != distance))
			return false;
		distance = step;
	}
	return true;
}

enum password_fault password_judge(struct arena *a, struct str password, struct str login)
{
	if (!utf8_valid(password))
		return PASSWORD_NOT_TEXT;
	struct str s = str_lower(a, password_normal(a, password));
	size_t n = utf8_length(a, s);
	/* A phone number is often typed without its 0. */
	struct str core = login.len > 4 && login.at[0] == '0' ? str_from(login, 1) : login;

	if (n < PASSWORD_MIN_POINTS)
		return PASSWORD_SHORT;
	if (n > PASSWORD_MAX_POINTS || password.len > PASSWORD_MAX)
		return PASSWORD_LONG;
	if (core.len && (str_has(s, core) || str_has(login, s)))
		return PASSWORD_IS_LOGIN;
	return is_plain(s) ? PASSWORD_PLAIN : PASSWORD_FINE;
}
