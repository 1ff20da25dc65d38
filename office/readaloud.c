/* The text is taken word by word, a word being what stands between spaces: marks at its two ends
 * become pauses, and its core is tried as an address of the web, as something with digits, and as an
 * abbreviation, in this order. Words gather to a sentence until a stop. */
#include "office/readaloud.h"

#include "base/utf8.h"
#include "office/mask.h"
#include "office/number_words.h"
#include "office/readaloud_voice.h"
#include "office/readaloud_words.h"

#include <utf8proc.h>

/* ---- Addresses ---- */

static bool say_address(struct voice *v, struct str core)
{
	static const struct {
		char sign;
		const char *words;
	} signs[] = { { '.', " chấm " },
		      { '@', " a còng " },
		      { '/', " gạch chéo " },
		      { '-', " gạch ngang " },
		      { '_', " gạch dưới " } };
	struct str rest = core;
	if (str_starts(rest, S("https://")))
		rest = str_from(rest, 8);
	else if (str_starts(rest, S("http://")))
		rest = str_from(rest, 7);
	else if (!str_starts(rest, S("www.")) && !str_has(rest, S("@")))
		return false;
	while (str_ends(rest, S("/")))
		rest.len--;
	struct buf b = { .a = v->a };
	for (size_t i = 0; i < rest.len; i++) {
		size_t k = 0;
		while (k < LENGTH(signs) && signs[k].sign != rest.at[i])
			k++;
		if (k < LENGTH(signs))
			buf_put(&b, str_of(signs[k].words));
		else
			buf_putc(&b, rest.at[i]);
	}
	say(v, buf_str(&b));
	return true;
}

/* ---- Abbreviations and plain words ---- */

/* "QL1A" -> "quốc lộ một A", "TDP5" -> "tổ dân phố năm" */
static bool numbered_words(struct arena *a, struct str part, struct str *out)
{
	size_t n = 0;
	struct str name, number, rest;
	bool dotted;
	while (n < part.len && !is_digit(part.at[n]))
		n++;
	if (n == part.len || !abbreviation_words(str_cut(part, n), &name, &dotted) ||
	    !number_at(a, str_from(part, n), &number, &rest) || rest.len > 1)
		return false;
	*out = str_printf(a, "%.*s %.*s%s%.*s", STR_ARG(name), STR_ARG(number), rest.len ? " " : "",
			  STR_ARG(rest));
	return true;
}

static bool known_words(struct voice *v, struct str part, struct str *out, bool *dotted)
{
	*dotted = false;
	return abbreviation_words(part, out, dotted) || numbered_words(v->a, part, out);
}

static size_t part_length(struct str s)
{
	size_t n = 0;
	while (n < s.len && s.at[n] != '/' && s.at[n] != '-' && s.at[n] != '&')
		n++;
	return n;
}

/* "ĐT:" introduces a number; without the colon it may be anything else. */
static bool say_telephone(struct voice *v, struct str core, enum pause after)
{
	bool telephone = after == COMMA && ONE_OF(core, "ĐT", "Đt", "đt");
	if (telephone)
		say(v, S("điện thoại"));
	return telephone;
}

/* True when a full stop behind the word belongs to it. */
static bool say_word(struct voice *v, struct str core)
{
	struct str words, after = core, before;
	bool dotted, known = false;
	if (known_words(v, core, &words, &dotted)) {
		say(v, words);
		return dotted;
	}
	if (str_next(&after, '.', &before) && after.len &&
	    known_words(v, before, &words, &dotted) && dotted) { /* "TP.Ninh" */
		say(v, words);
		core = after;
	}
	for (struct str rest = core; rest.len;) {
		struct str part = str_cut(rest, part_length(rest));
		char sign = part.len < rest.len ? rest.at[part.len] : '\0';
		known = known_words(v, part, &words, &dotted);
		say(v, known ? words : audible(v, part));
		if (sign == '&')
			say(v, S("và"));
		else if (sign == '/' || (sign && known))
			voice_pause(v, COMMA);
		rest = str_from(rest, part.len + (sign != '\0'));
	}
	return false;
}

/* ---- Lines ---- */

/* The sign at one end of a word: its length, or 0 for what belongs to the word. */
static size_t mark_at(struct str s, bool front, struct str *mark)
{
	utf8proc_int32_t c;
	size_t at = front ? 0 : s.len - 1;
	while (at && ((uint8_t)s.at[at] & 0xC0) == 0x80)
		at--;
	utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s.at + at,
					      (utf8proc_ssize_t)(s.len - at), &c);
	if (n < 1)
		return 0;
	utf8proc_category_t k = utf8proc_category(c);
	bool sign = k >= UTF8PROC_CATEGORY_PC && k <= UTF8PROC_CATEGORY_SO;
	if (!sign || c == '%' || c == 0xB0 || (c == '\'' && !front))
		return 0;
	*mark = str_cut(str_from(s, at), (size_t)n);
	return (size_t)n;
}

static enum pause pause_of(struct str mark)
{
	if (ONE_OF(mark, ".", "!", "…", ";"))
		return STOP;
	if (str_eq(mark, S("?")))
		return QUESTION;
	return ONE_OF(mark, ",", ":", "(", ")", "[", "]", "–", "—") ? COMMA : NO_PAUSE;
}

static enum pause longer(enum pause x, enum pause y)
{
	return x > y ? x : y;
}

/* Takes the marks off both ends of a word. */
static struct str core_of(struct str word, enum pause *before, enum pause *after)
{
	struct str core = word, mark;
	size_t n;
	*before = *after = NO_PAUSE;
	while (core.len && (n = mark_at(core, true, &mark))) {
		*before = longer(*before, pause_of(mark) == COMMA ? COMMA : NO_PAUSE);
		core = str_from(core, n);
	}
	while (core.len && (n = mark_at(core, false, &mark))) {
		*after = longer(*after, pause_of(mark));
		core.len -= n;
	}
	return core;
}

/* A word that is nothing but marks. */
static void say_mark(struct voice *v, struct str mark, bool at_start, enum pause p)
{
	if (str_eq(mark, S("&")))
		say(v, S("và"));
	else if (str_eq(mark, S("=")))
		say(v, S("bằng"));
	else if (str_eq(mark, S("+")) && v->behind_number)
		say(v, S("cộng"));
	else if (!at_start)
		voice_pause(v, longer(p, str_eq(mark, S("-")) ? COMMA : p));
}

/* "1.", "a)", "IV." in front of a line number it; they are no sentence. */
static bool say_line_number(struct voice *v, struct str core, enum pause after)
{
	int64_t n;
	bool number = digits(core) == core.len && core.len <= 3 && str_int(core, &n);
	bool letter = core.len == 1 && core.at[0] >= 'a' && core.at[0] <= 'z';
	if (!v->at_start || after == NO_PAUSE || (!number && !letter && !roman_number(core, &n)))
		return false;
	say(v, letter ? core : number_words(v->a, n));
	voice_pause(v, COMMA);
	return true;
}

static void say_token(struct voice *v, struct str token, bool last)
{
	enum pause before, after;
	struct str core = core_of(token, &before, &after);
	bool behind_number = v->behind_number, dotted = false;
	if (!core.len) {
		say_mark(v, token, v->at_start, after);
		return;
	}
	bool numbered = say_line_number(v, core, after);
	v->at_start = false;
	if (numbered)
		return;
	voice_pause(v, before);
	v->behind_number = behind_number && ONE_OF(core, "nghìn", "ngàn", "triệu", "tỷ", "tỉ");
	bool said = (behind_number && say_unit(v, core)) || say_address(v, core) ||
		    say_with_digits(v, core) || say_telephone(v, core, after);
	if (!said) {
		v->dialing = false;
		dotted = say_word(v, core);
	}
	v->before = utf8_lower(v->a, core);
	if (!dotted || last)
		voice_pause(v, after);
}

static bool is_shouting(struct arena *a, struct str line)
{
	return str_eq(utf8_upper(a, line), line) && syllables(line) >= 3 &&
	       !str_eq(utf8_lower(a, line), line);
}

/* People forget the space behind a comma, but "1,5" has none to forget. */
static bool next_token(struct str *rest, struct str *token)
{
	size_t n = 0;
	*rest = str_trim(*rest);
	while (n < rest->len && rest->at[n] != ' ' && rest->at[n] != '\t') {
		char c = rest->at[n++];
		if ((c == ',' || c == ';') && n < rest->len && !is_digit(rest->at[n]))
			break;
	}
	*token = str_cut(*rest, n);
	*rest = str_trim(str_from(*rest, n));
	return n > 0;
}

static void say_line(struct voice *v, struct str line)
{
	struct str token;
	v->shouting = is_shouting(v->a, line);
	v->at_start = true;
	v->behind_number = v->dialing = false;
	v->before = S("");
	for (struct str rest = line; next_token(&rest, &token);)
		say_token(v, token, !rest.len);
	voice_pause(v, STOP);
}

struct str readaloud(struct arena *a, struct str title, struct str body)
{
	struct voice v = { .a = a, .sentence = { .a = a }, .out = { .a = a } };
	struct str whole = str_printf(a, "%.*s\n%.*s", STR_ARG(title), STR_ARG(body));
	whole = mask_say(a, whole, msg_plain(LANG_VI, MSG_REDACTION_ALOUD));
	for (struct str rest = utf8_clean(a, whole), line; str_next(&rest, '\n', &line);)
		say_line(&v, line);
	return str_trim(buf_str(&v.out));
}
