/* The table is written for people, in a few turns of phrase. Each is looked for by its words, and what is
 * said in none of them sets no limit: a program that guesses would refuse what the law allows. */
#include "law/body.h"

static bool number_after(struct str text, struct str words, int *out)
{
	int64_t n = 0;
	for (size_t i = 0; i < text.len; i++) {
		struct str rest = str_from(text, i);
		if (!str_starts(rest, words))
			continue;
		rest = str_from(rest, words.len);
		size_t digits = 0;
		while (digits < rest.len && rest.at[digits] >= '0' && rest.at[digits] <= '9')
			digits++;
		if (!str_int(str_cut(rest, digits), &n) || n > 1000)
			continue;
		*out = (int)n;
		return true;
	}
	return false;
}

/* "3-9, more if ..." */
static bool read_range(struct str text, int *from, int *to)
{
	struct str rest = text, low = S("");
	int64_t a, b;
	if (!str_next(&rest, '-', &low) || !str_int(low, &a))
		return false;
	size_t digits = 0;
	while (digits < rest.len && rest.at[digits] >= '0' && rest.at[digits] <= '9')
		digits++;
	if (!str_int(str_cut(rest, digits), &b) || a < 1 || b < a || b > 1000)
		return false;
	*from = (int)a;
	*to = (int)b;
	return true;
}

static void read_members(struct str text, struct body_numbers *x)
{
	if (!read_range(text, &x->members_min, &x->members_max))
		number_after(text, S("at least "), &x->members_min);
	x->more = str_has(text, S("more if"));
	x->by_villages = str_starts(text, S("number of villages"));
	number_after(text, S("residents at most "), &x->residents_max);
	if (x->by_villages)
		number_after(text, S("villages: at most "), &x->few);
	number_after(text, S("none if "), &x->nobody_to);
}

struct body_numbers body_numbers(const struct body *b)
{
	struct body_numbers x = { .deputies_max = -1 };
	int64_t years;
	read_members(b->members, &x);
	if (number_after(b->deputies_max, S(""), &x.deputies_max))
		number_after(b->deputies_max, S("when "), &x.deputies_from);
	struct str rest = b->term, word = S("");
	if (str_starts(b->term, S("same as village head")))
		x.term = BODY_TERM_VILLAGE_HEAD;
	else if (str_starts(b->term, S("per project")))
		x.term = BODY_TERM_PROJECT;
	else if (str_next(&rest, ' ', &word) && str_starts(rest, S("years")) &&
		 str_int(word, &years) && years > 0 && years <= 20) {
		x.term = BODY_TERM_YEARS;
		x.term_years = (int)years;
	}
	return x;
}

const struct body *law_body(const struct law *l, const char *const *codes, struct date on)
{
	for (const char *const *code = codes; *code; code++)
		for (size_t i = 0; i < l->bodies.n; i++)
			if (str_eq(l->bodies.at[i].code, str_of(*code)) &&
			    span_holds(l->bodies.at[i].valid, on))
				return &l->bodies.at[i];
	return NULL;
}

int body_deputies(const struct body_numbers *x, int members)
{
	return x->deputies_max > 1 && members < x->deputies_from ? 1 : x->deputies_max;
}
