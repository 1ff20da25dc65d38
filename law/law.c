/* Looking things up. The tables hold a hundred rows at most, so a look-up walks them: that is
 * shorter than any index and takes less than a microsecond. */
#include "law/law.h"

bool span_holds(struct span s, struct date on)
{
	return (!date_is_set(s.from) || date_cmp(s.from, on) <= 0) &&
	       (!date_is_set(s.to) || date_cmp(on, s.to) <= 0);
}

const struct time_limit *law_limit(const struct law *l, struct str code)
{
	for (size_t i = 0; i < l->limits.n; i++)
		if (str_eq(l->limits.at[i].code, code))
			return &l->limits.at[i];
	return NULL;
}

const struct time_limit *law_rule(const struct law *l, struct str name, struct date on)
{
	for (size_t i = 0; i < l->limits.n; i++) {
		const struct time_limit *r = &l->limits.at[i];
		if ((str_eq(r->rule, name) || str_eq(r->code, name)) && span_holds(r->valid, on))
			return r;
	}
	return NULL;
}

struct law_gap law_rule_gap(const struct law *l, struct str name, struct date on)
{
	const struct time_limit *asked = law_limit(l, name);
	struct str rule = asked ? asked->rule : name;
	struct law_gap gap = { .unknown = true };

	for (size_t i = 0; i < l->limits.n; i++) {
		const struct time_limit *r = &l->limits.at[i];
		if (!str_eq(r->rule, rule))
			continue;
		gap.unknown = false;
		if (span_holds(r->valid, on)) {
			if (asked && r != asked)
				gap.in_force = r;
		} else if (date_cmp(r->valid.from, on) > 0) {
			if (!gap.next || date_cmp(r->valid.from, gap.next->valid.from) < 0)
				gap.next = r;
		} else if (!gap.previous || date_cmp(r->valid.to, gap.previous->valid.to) > 0) {
			gap.previous = r;
		}
	}
	return gap;
}

struct disclosure_matters law_matters(const struct law *l, struct arena *a, enum regime regime,
				      struct date on)
{
	const struct disclosure_matter **at =
		NEW_N(a, const struct disclosure_matter *, l->disclosures.n);
	size_t n = 0;

	for (size_t i = 0; i < l->disclosures.n; i++) {
		const struct disclosure_matter *m = &l->disclosures.at[i];
		if (m->regime == regime && span_holds(m->valid, on))
			at[n++] = m;
	}
	return (struct disclosure_matters){ at, n };
}

const struct disclosure_matter *law_matter(const struct law *l, struct str code)
{
	for (size_t i = 0; i < l->disclosures.n; i++)
		if (str_eq(l->disclosures.at[i].code, code))
			return &l->disclosures.at[i];
	return NULL;
}

uint32_t law_form_bit(const struct law *l, struct str code)
{
	for (size_t i = 0; i < l->disclosure_forms.n && i < 32; i++)
		if (str_eq(l->disclosure_forms.at[i].code, code))
			return (uint32_t)1 << i;
	return 0;
}

const struct decision_matter *law_decision(const struct law *l, struct str code)
{
	for (size_t i = 0; i < l->decisions.n; i++)
		if (str_eq(l->decisions.at[i].code, code))
			return &l->decisions.at[i];
	return NULL;
}

const struct opinion_matter *law_opinion(const struct law *l, struct str code)
{
	for (size_t i = 0; i < l->opinions.n; i++)
		if (str_eq(l->opinions.at[i].code, code))
			return &l->opinions.at[i];
	return NULL;
}

const struct reception_rule *law_reception(const struct law *l, struct str post, struct date on)
{
	for (size_t i = 0; i < l->receptions.n; i++) {
		const struct reception_rule *r = &l->receptions.at[i];
		if (str_eq(r->post, post) && span_holds(r->valid, on))
			return r;
	}
	return NULL;
}

const struct reception_rule *law_reception_row(const struct law *l, struct str code)
{
	for (size_t i = 0; i < l->receptions.n; i++)
		if (str_eq(l->receptions.at[i].code, code))
			return &l->receptions.at[i];
	return NULL;
}

bool threshold_passes(struct threshold t, int64_t total, int64_t in_favour)
{
	if (total <= 0 || t.op == THRESHOLD_NONE)
		return false;
	int64_t have = in_favour * t.den, need = total * t.num;
	return t.op == THRESHOLD_GE ? have >= need : have > need;
}

int64_t threshold_needed(struct threshold t, int64_t total)
{
	if (t.op == THRESHOLD_NONE)
		return 0;
	return t.op == THRESHOLD_GE ? (total * t.num + t.den - 1) / t.den
				    : total * t.num / t.den + 1;
}

/* --- Citations --- */

/* "21", "21.2", "21.2.a", "28b": digits and one letter, then clause, then point. */
static bool read_article(struct str piece, struct str parts[3], int *count)
{
	struct str rest = piece;
	int n = 0;

	for (struct str part; str_next(&rest, '.', &part); n++) {
		size_t digits = 0;
		if (n == 3 || !part.len)
			return false;
		while (digits < part.len && part.at[digits] >= '0' && part.at[digits] <= '9')
			digits++;
		if (n < 2 ? !digits || part.len - digits > (n == 0)
			  : digits || (part.len != 1 && !str_eq(part, S("đ"))))
			return false;
		parts[n] = part;
	}
	*count = n;
	return n > 0;
}

static void put_article(struct buf *b, struct str piece, bool english)
{
	static const char *const words[2][3] = { { "Điều", "khoản", "điểm" },
						 { "Article", "clause", "point" } };
	struct str parts[3];
	int count;

	if (!read_article(piece, parts, &count)) {
		buf_put(b, piece);
		return;
	}
	for (int i = 0; i < count; i++)
		buf_printf(b, "%s%s %.*s", i ? ", " : "", words[english][i], STR_ARG(parts[i]));
}

static int pieces(struct str text)
{
	int n = 0;
	for (struct str rest = text, piece; str_next(&rest, ';', &piece);)
		n++;
	return n;
}

/* Two laws and two articles are pairs; otherwise all articles belong to what is named first. */
/* Tables write "PL 34/2007" and "NĐ 04/2015"; people read the word. */
static void put_law(struct buf *b, struct str law)
{
	if (str_starts(law, S("PL ")))
		buf_put(b, S("Pháp lệnh"));
	else if (str_starts(law, S("NĐ ")))
		buf_put(b, S("Nghị định"));
	else if (str_starts(law, S("TT ")))
		buf_put(b, S("Thông tư"));
	else {
		buf_put(b, law);
		return;
	}
	buf_put(b, str_from(law, str_starts(law, S("NĐ ")) ? 3 : 2));
}

struct str citation_words(struct arena *a, const struct citation *c, bool english)
{
	struct buf b = { .a = a };
	struct str laws = c->law, rest = c->article, law, piece;
	bool pairs = pieces(c->law) == pieces(c->article);

	if (!pairs || !rest.len) {
		put_law(&b, c->law);
		laws = (struct str){ NULL, 0 };
	}
	for (int k = 0; rest.len && str_next(&rest, ';', &piece); k++) {
		if (laws.at && str_next(&laws, ';', &law)) {
			buf_put(&b, k ? S("; ") : S(""));
			put_law(&b, str_trim(law));
			buf_put(&b, S(", "));
		} else {
			buf_put(&b, k ? S("; ") : S(", "));
		}
		put_article(&b, str_trim(piece), english);
	}
	return buf_str(&b);
}
