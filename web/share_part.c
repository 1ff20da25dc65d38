#include "web/share_part.h"

#include "office/report_share.h"
#include "web/report_page.h"
#include "web/report_words.h"

enum { HIGH = 64, TOP = 4, BASE = 60 };

static const struct measure *in_time(struct req *r, struct str code)
{
	for (const struct kind *const *k = r->tx.office->kinds; *k; k++)
		for (const struct measure *m = (*k)->indicators; m && m->code; m++)
			if (m->how == MEASURE_IN_TIME && str_eq(str_of(m->code), code))
				return m;
	return NULL;
}

/* The share in time that stands first in the law's table: of what most people look for here. NULL: none. */
static const struct measure *share_measure(struct req *r)
{
	const struct law *law = r->tx.office->law;
	const struct measure *m = NULL;
	for (size_t i = 0; !m && i < law->indicators.n; i++)
		m = in_time(r, law->indicators.at[i].code);
	return m;
}

/* Over the year people look back on. False: this site has nothing of the kind to say. */
static bool find_share(struct req *r, const struct unit *u, struct report_share *out, enum err *e)
{
	const struct measure *m = share_measure(r);
	struct date today = tx_today(&r->tx);
	struct str year = str_printf(r->mem, "%d", report_year_of(today));
	struct report_span span;
	*e = OK;
	if (!m || !report_span_read(year, S(""), S(""), today, &span))
		return false;
	*e = report_share_of(&r->tx, u, m, &span, out);
	return !*e;
}

static struct url review_url(struct req *r, const struct unit *u, const struct report_share *s)
{
	return req_url(r, "/tong-ket/%s/%s/%s", u->code, str_printf(r->mem, "%d", s->span.year),
		       s->line.code);
}

static struct str number(struct req *r, int64_t n)
{
	struct buf b = { .a = r->mem };
	lang_put_int(&b, r->lang, n);
	return buf_str(&b);
}

static void add_counts(struct req *r, const struct unit *u, const struct report_share *s,
		       struct facts *out)
{
	struct report_value v = s->line.value[REPORT_PERIOD];
	struct url all = review_url(r, u, s);
	struct buf good = { .a = r->mem }, due = { .a = r->mem };
	msg_home_in_time(&good, r->lang, s->span.year);
	msg_home_fell_due(&due, r->lang, s->span.year);
	out->at[out->n++] = (struct fact){ buf_str(&good), number(r, v.n),
					   url_with(r->mem, all, S("ket-qua"), S("dat")) };
	out->at[out->n++] = (struct fact){ buf_str(&due), number(r, v.of), all };
}

enum err share_facts(struct req *r, const struct unit *u, struct facts *out)
{
	struct report_share s;
	enum err e;
	if (find_share(r, u, &s, &e) && s.line.value[REPORT_PERIOD].of)
		add_counts(r, u, &s, out);
	return e;
}

/* "88,3 %", and beneath it what it was the year before, or that nothing is known of it. */
static void add_share(struct req *r, const struct unit *u, const struct report_share *s,
		      struct facts *out)
{
	struct report year = { .span = s->span, .known_before = s->known_before };
	struct buf label = { .a = r->mem };
	msg_home_share(&label, r->lang, report_before_words(r->mem, r->lang, &year, &s->line));
	out->at[out->n++] = (struct fact){
		buf_str(&label),
		report_value_words(r->mem, r->lang, &s->line, s->line.value[REPORT_PERIOD], true),
		review_url(r, u, s),
	};
}

/* --- The line --- */

static struct str month_words(struct req *r, const struct report_month *m)
{
	return str_printf(r->mem, "%02d/%04d", m->month, m->year);
}

/* The lowest line of the picture, in tenths of a percent: the caption says which it is. */
static int64_t base_of(const struct report_month *least)
{
	int64_t base = report_share(least->value) / 100 * 100 - 100;
	return base > 0 ? base : 0;
}

/* From the base to all. A month in which nothing fell due breaks the line. */
static struct str draw(struct req *r, const struct report_month *months, int64_t base)
{
	struct buf path = { .a = r->mem };
	bool on = false;
	for (int i = 0; i < REPORT_MONTHS; i++) {
		int64_t share = report_share(months[i].value);
		int64_t x = (int64_t)i * 1000 / (REPORT_MONTHS - 1);
		int64_t y = BASE * 10 - (share - base) * 10 * (BASE - TOP) / (1000 - base);
		if (share >= 0)
			buf_printf(&path, "%s%d.%d %d.%dh.4", on ? "L" : "M", (int)(x / 10),
				   (int)(x % 10), (int)(y / 10), (int)(y % 10));
		on = share >= 0;
	}
	return buf_str(&path);
}

static void fill_line(struct req *r, const struct report_month *months, struct share_part *out)
{
	const struct report_month *first = NULL, *last = NULL, *least = NULL, *most = NULL;
	struct buf label = { .a = r->mem }, caption = { .a = r->mem };
	for (const struct report_month *m = months; m < months + REPORT_MONTHS; m++) {
		int64_t share = report_share(m->value);
		if (share < 0)
			continue;
		first = first ? first : m;
		last = m;
		if (!least || share < report_share(least->value))
			least = m;
		if (!most || share > report_share(most->value))
			most = m;
	}
	if (!first || first == last)
		return; /* a point is no line */
	out->path = draw(r, months, base_of(least));
	msg_home_spark_label(&label, r->lang, month_words(r, first), month_words(r, last),
			     report_share(least->value), month_words(r, least),
			     report_share(most->value), month_words(r, most));
	msg_home_spark(&caption, r->lang, month_words(r, first), month_words(r, last),
		       report_share(first->value), report_share(last->value), base_of(least) / 10);
	out->label = buf_str(&label);
	out->caption = buf_str(&caption);
}

enum err share_fill(struct req *r, const struct unit *u, struct share_part *out)
{
	struct report_share s;
	enum err e;
	*out = (struct share_part){ .facts = { NEW_N(r->mem, struct fact, 3), 0 } };
	if (!find_share(r, u, &s, &e))
		return e;
	if (!s.line.value[REPORT_PERIOD].of) {
		struct buf b = { .a = r->mem };
		msg_home_nothing_due(&b, r->lang, s.span.year);
		out->empty = buf_str(&b);
	} else {
		add_share(r, u, &s, &out->facts);
		add_counts(r, u, &s, &out->facts);
	}
	fill_line(r, s.months, out);
	return OK;
}
