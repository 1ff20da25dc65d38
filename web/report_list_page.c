/* The list is read with the days, the tree and the filters of the figure, so that it is as long as the
 * figure says. Dossiers that are not for everybody are counted, listed and not named. */
#include "web/report_list_page.h"

#include "gen/web_pages.h"
#include "web/dossier_page.h"
#include "web/duty_page.h"
#include "web/report_words.h"
#include "web/root.h"
#include "web/rows.h"
#include "web/statics.h"
#include "web/timing.h"

enum { PAGE_ROWS = 50, PIECE_ROWS = 200 };

static const struct field_choice outcomes[] = {
	[OUTCOME_ANY] = { "", MSG_REPORT_OUTCOME_ANY },
	[OUTCOME_IN_TIME] = { "dat", MSG_REPORT_OUTCOME_GOOD },
	[OUTCOME_MISSED] = { "chua-dat", MSG_REPORT_OUTCOME_MISSED },
};

/* What a request asks of a list. */
struct wanted {
	struct report report;
	const struct report_line *line;
	struct report_list_filter filter;
	struct report_view view;
	const struct calendar *calendar;
};

static enum duty_outcome outcome_of(struct str word)
{
	for (size_t i = 0; i < LENGTH(outcomes); i++)
		if (str_eq(word, str_of(outcomes[i].value)))
			return (enum duty_outcome)i;
	return OUTCOME_ANY;
}

static enum err read_wanted(struct req *r, struct wanted *w)
{
	enum err e = report_read(r, &w->report);
	if (e || (e = office_calendar(&r->tx, &w->calendar)))
		return e;
	w->line = report_line(&w->report, req_param(r, "code"));
	if (!w->line)
		return tx_fail(&r->tx, ERR_NOT_FOUND, "no such indicator");
	bool any = w->line->measure->how == MEASURE_ANY; /* has no parts, and is of the period */
	w->view = report_view_of(r, &w->report);
	w->filter = (struct report_list_filter){
		.report = &w->report,
		.line = w->line,
		.under = w->report.unit.id,
		.to_date = !any && str_eq(req_query(r, "luy-ke"), S("1")),
		.only_part =
			any ? -1 : (int)req_query_int(r, "phan", 0, (int64_t)w->line->n - 1, -1),
		.outcome = w->line->measure->how == MEASURE_SUM
				   ? OUTCOME_ANY
				   : outcome_of(req_query(r, "ket-qua")),
		.limit = PAGE_ROWS,
		.after = report_cursor_read(req_query(r, "sau")),
	};
	return OK;
}

/* --- What is counted --- */

static enum report_column column_of(const struct wanted *w)
{
	return w->filter.to_date ? REPORT_TO_DATE : REPORT_PERIOD;
}

static int64_t counted(const struct wanted *w, struct report_value v, enum duty_outcome outcome)
{
	if (w->line->measure->how == MEASURE_SUM)
		return v.n;
	return outcome == OUTCOME_ANY ? v.of : outcome == OUTCOME_IN_TIME ? v.n : v.of - v.n;
}

static struct report_value value_of(const struct wanted *w, int part)
{
	enum report_column c = column_of(w);
	if (!w->line->applies[c])
		return (struct report_value){ 0, 0 };
	return part < 0 ? w->line->value[c] : w->line->parts[part].value[c];
}

/* --- Items --- */

static bool is_dossier(const struct wanted *w, const struct report_entry *e)
{
	enum count_from from = w->line->parts[e->part].part->from;
	return from == COUNT_SHOWN || from == COUNT_FIGURE;
}

static bool is_unit(const struct wanted *w)
{
	return w->line->measure->how == MEASURE_ALL || w->line->measure->how == MEASURE_ANY;
}

static enum err unit_page_url(struct req *r, int64_t unit, struct url *out)
{
	struct unit u;
	enum err e = unit_find(&r->tx, unit, tx_today(&r->tx), &u);
	if (!e)
		*out = req_url(r, "/don-vi/%s", u.code);
	return e;
}

/* What is private was never shown: it has a kind, and for who may ask for it a code. */
static struct str dossier_title_of(struct req *r, const struct report_dossier *d)
{
	if (d->title.len)
		return d->title;
	if (!d->kind || !d->kind->is_private)
		return msg_plain(r->lang, MSG_DOSSIER_HIDDEN_TITLE);
	struct str kind = msg_plain(r->lang, d->kind->title);
	return d->shown ? str_printf(r->mem, "%.*s · %.*s", STR_ARG(kind), STR_ARG(d->code)) : kind;
}

enum err report_dossier_item(struct req *r, const struct report_dossier *d, struct item *out)
{
	struct str unit;
	struct buf meta = { .a = r->mem };
	enum err e = req_body_words(r, d->unit, &unit);
	if (e)
		return e;
	msg_report_counted_on(&meta, r->lang, unit, d->on);
	out->title = dossier_title_of(r, d);
	out->meta = buf_str(&meta);
	if (d->shown)
		out->url = dossier_url(r, d->code);
	return d->shown ? OK : unit_page_url(r, d->unit, &out->url);
}

static enum err duty_item(struct req *r, const struct wanted *w, const struct duty_row *row,
			  struct item *out)
{
	struct str unit;
	struct buf meta = { .a = r->mem };
	enum err e = req_body_words(r, row->unit, &unit);
	if (e)
		return e;
	msg_home_duty_meta(&meta, r->lang, unit, row->duty.due);
	out->title = duty_words(r, row);
	out->meta = buf_str(&meta);
	out->tag = duty_tag(r->mem, r->lang, w->calendar, &row->duty, tx_today(&r->tx));
	return duty_url(r, row, &out->url);
}

static enum err unit_item(struct req *r, const struct wanted *w, const struct report_answerer *u,
			  struct item *out)
{
	struct buf meta = { .a = r->mem };
	bool done = u->value.n == u->value.of;
	out->title = unit_heading(r->mem, &u->unit, r->lang);
	out->url = req_url(r, "/don-vi/%s", u->unit.code);
	if (w->line->measure->how == MEASURE_ALL)
		msg_report_answered_of(&meta, r->lang, u->value.n, u->value.of);
	out->meta = buf_str(&meta);
	out->tag = (struct tag){ .tone = done ? TONE_OK : TONE_LATE,
				 .text = msg_plain(r->lang,
						   done ? MSG_REPORT_HAS : MSG_REPORT_HAS_NOT) };
	return OK;
}

static enum err entry_item(struct req *r, const struct wanted *w, const struct report_entry *e,
			   struct item *out)
{
	*out = (struct item){ .meta = S("") };
	if (is_unit(w))
		return unit_item(r, w, &e->unit, out);
	return is_dossier(w, e) ? report_dossier_item(r, &e->dossier, out)
				: duty_item(r, w, &e->duty, out);
}

/* --- The page --- */

static void put_way(struct links *l, struct str text, struct url url, bool here)
{
	l->at[l->n++] = (struct link){ .text = text, .url = url, .here = here };
}

static struct str with_count(struct req *r, enum msg label, int64_t n)
{
	struct buf b = { .a = r->mem };
	msg_report_way(&b, r->lang, msg_plain(r->lang, label), n);
	return buf_str(&b);
}

static struct pairs without_place(struct req *r)
{
	struct pairs p = { NEW_N(r->mem, struct pair, r->query.n), 0 };
	for (size_t i = 0; i < r->query.n; i++)
		if (!str_eq(r->query.at[i].name, S("sau")))
			p.at[p.n++] = r->query.at[i];
	return p;
}

static void fill_ways(struct req *r, const struct wanted *w, struct report_list_page *p)
{
	struct pairs query = without_place(r);
	p->ways.at = arena_get_n(r->mem, 2, sizeof *p->ways.at);
	if (w->line->measure->how != MEASURE_SUM) {
		struct links *l = &p->ways.at[p->ways.n++];
		struct report_value v = value_of(w, w->filter.only_part);
		l->at = NEW_N(r->mem, struct link, LENGTH(outcomes));
		for (size_t i = 0; i < LENGTH(outcomes); i++)
			put_way(l,
				with_count(r, outcomes[i].label,
					   counted(w, v, (enum duty_outcome)i)),
				url_query(r->mem, r->path, &query, S("ket-qua"),
					  str_of(outcomes[i].value)),
				w->filter.outcome == (enum duty_outcome)i);
	}
	if (w->line->n < 2 || is_unit(w))
		return;
	struct links *l = &p->ways.at[p->ways.n++];
	l->at = NEW_N(r->mem, struct link, w->line->n + 1);
	put_way(l, with_count(r, MSG_REPORT_OUTCOME_ANY, counted(w, value_of(w, -1), OUTCOME_ANY)),
		url_query(r->mem, r->path, &query, S("phan"), S("")), w->filter.only_part < 0);
	for (size_t i = 0; i < w->line->n; i++)
		put_way(l,
			with_count(r, w->line->parts[i].part->label,
				   counted(w, value_of(w, (int)i), OUTCOME_ANY)),
			url_query(r->mem, r->path, &query, S("phan"), str_printf(r->mem, "%zu", i)),
			w->filter.only_part == (int)i);
}

static void fill_formats(struct req *r, struct links *out)
{
	static const char *const endings[] = { ".csv", ".json" };
	static const enum msg labels[] = { MSG_REPORT_CSV, MSG_REPORT_JSON };
	out->at = NEW_N(r->mem, struct link, LENGTH(endings));
	for (size_t i = 0; i < LENGTH(endings); i++)
		put_way(out, msg_plain(r->lang, labels[i]),
			url_query(r->mem,
				  str_printf(r->mem, "%.*s%s", STR_ARG(r->path), endings[i]),
				  &r->query, S("sau"), S("")),
			false);
}

static void fill_words(struct req *r, const struct wanted *w, struct report_list_page *p)
{
	struct buf total = { .a = r->mem }, lede = { .a = r->mem };
	struct report_span span = w->report.span;
	enum report_column c = column_of(w);
	if (w->filter.to_date)
		span.from = 1;
	msg_report_list_lede(&lede, r->lang, report_period_words(r->mem, r->lang, &span),
			     report_value_words(r->mem, r->lang, w->line, w->line->value[c],
						w->line->applies[c]));
	msg_report_list_total(&total, r->lang,
			      counted(w, value_of(w, w->filter.only_part), w->filter.outcome));
	p->title = report_title(r->mem, r->lang, w->line);
	p->kicker = unit_heading(r->mem, &w->report.unit, r->lang);
	p->lede = buf_str(&lede);
	p->total = p->pager.summary = buf_str(&total);
	p->notes.at = NEW_N(r->mem, struct str, w->line->n + 1);
	if (date_is_set(w->line->counted_to)) {
		struct buf to = { .a = r->mem };
		msg_report_counted_to(&to, r->lang, w->line->counted_to);
		p->notes.at[p->notes.n++] = buf_str(&to);
	}
	for (size_t i = 0; i < w->line->n; i++)
		for (const struct measure *m = w->line->parts[i].kind->indicators; m->code; m++)
			if (m->means && str_eq(str_of(m->code), w->line->code) &&
			    (i == 0 || w->line->parts[i].kind != w->line->parts[i - 1].kind))
				p->notes.at[p->notes.n++] = msg_plain(r->lang, m->means);
}

/* The last row of a list from which sealed matters are left out: how many they are. */
static enum err sealed_words(struct req *r, const struct wanted *w, int64_t *n, struct str *out)
{
	struct buf b = { .a = r->tx.mem };
	enum err e = report_list_sealed(&r->tx, &w->filter, n);
	if (!e && *n)
		msg_report_sealed(&b, r->lang, *n);
	*out = buf_str(&b);
	return e;
}

static enum err sealed_item(struct req *r, const struct wanted *w, struct items *out)
{
	struct item item = { .meta = S("") };
	int64_t n;
	enum err e = sealed_words(r, w, &n, &item.title);
	if (e || !n)
		return e;
	item.url = req_url(r, "/don-vi/%s", w->report.unit.code);
	out->at[out->n++] = item;
	return OK;
}

static enum err show_page(struct req *r, const struct wanted *w)
{
	struct report_entries entries;
	struct report_list_page p = { .frame = NULL };
	enum err e = report_list(&r->tx, &w->filter, &entries);
	if (e)
		return e;
	fill_words(r, w, &p);
	p.frame = req_frame(r, p.title, DOOR_SUPERVISE);
	if ((e = report_crumbs(r, &w->view, p.frame)))
		return e;
	frame_crumb(r->mem, p.frame, p.kicker, report_url(&w->view, w->report.unit.code));
	fill_ways(r, w, &p);
	fill_formats(r, &p.formats);
	p.items.at = NEW_N(r->mem, struct item, entries.n + 1);
	for (size_t i = 0; i < entries.n; i++)
		if ((e = entry_item(r, w, &entries.at[i], &p.items.at[p.items.n++])))
			return e;
	if (!entries.more && (e = sealed_item(r, w, &p.items)))
		return e;
	if (req_query(r, "sau").len)
		p.pager.first = url_query(r->mem, r->path, &r->query, S("sau"), S(""));
	if (entries.more) {
		struct report_cursor c = report_cursor_of(w->line, &entries.at[entries.n - 1]);
		p.pager.next = url_query(r->mem, r->path, &r->query, S("sau"),
					 report_cursor_text(r->mem, &c));
	}
	page_report_list(&r->out, &p);
	return OK;
}

/* --- CSV and JSON --- */

static const struct column columns[] = {
	{ "unit", MSG_REPORT_COLUMN_CODE },
	{ "unit_name", MSG_REPORT_UNIT },
	{ "code", MSG_REPORT_COLUMN_DOSSIER },
	{ "title", MSG_REPORT_COLUMN_TITLE },
	{ "on", MSG_REPORT_COLUMN_ON },
	{ "answered_on", MSG_REPORT_COLUMN_ANSWERED },
	{ "in_time", MSG_REPORT_COLUMN_IN_TIME },
	{ "rule", MSG_REPORT_COLUMN_RULE },
	{ "n", MSG_REPORT_COLUMN_N },
	{ 0 },
};

enum { C_UNIT, C_NAME, C_CODE, C_TITLE, C_ON, C_ANSWERED, C_IN_TIME, C_RULE, C_N };

static bool in_time(const struct duty *y)
{
	return y->state == DUTY_MET || y->state == DUTY_NIL;
}

static enum err entry_values(struct req *r, const struct wanted *w, const struct report_entry *e,
			     struct value *v)
{
	struct unit u = e->unit.unit;
	const struct duty *y = &e->duty.duty;
	bool dossier = !is_unit(w) && is_dossier(w, e), duty = !is_unit(w) && !dossier;
	enum err failed = is_unit(w) ? OK
				     : unit_find(&r->tx, dossier ? e->dossier.unit : e->duty.unit,
						 w->report.tree, &u);
	if (failed)
		return failed;
	v[C_UNIT].text = u.code;
	v[C_NAME].text = unit_heading(r->tx.mem, &u, r->lang);
	v[C_CODE].text = dossier ? e->dossier.code : duty ? e->duty.code : S("");
	v[C_TITLE].text = dossier ? e->dossier.title : duty ? duty_words(r, &e->duty) : S("");
	v[C_ON].kind = v[C_ANSWERED].kind = VALUE_DATE;
	v[C_ON].date = dossier ? e->dossier.on : duty ? y->due : NO_DATE;
	v[C_ANSWERED].date = duty ? y->met : NO_DATE;
	v[C_IN_TIME].text = duty ? in_time(y) ? S("1") : S("0") : S("");
	v[C_RULE].text = duty ? y->rule : S("");
	v[C_N].kind = VALUE_INT;
	v[C_N].n = is_unit(w) ? e->unit.value.n == e->unit.value.of : dossier ? e->dossier.n : 1;
	return OK;
}

static enum err sealed_values(struct req *r, const struct wanted *w, struct row_entries *out)
{
	int64_t n;
	struct str words;
	enum err e = sealed_words(r, w, &n, &words);
	if (e || !n)
		return e;
	struct row_entry *row = &out->at[out->n++];
	row->values = arena_get_n(r->tx.mem, LENGTH(columns), sizeof *row->values);
	row->values[C_UNIT].text = w->report.unit.code;
	row->values[C_NAME].text = unit_heading(r->tx.mem, &w->report.unit, r->lang);
	for (int i = C_CODE; i < C_N; i++)
		row->values[i].text = S("");
	row->values[C_ON].kind = row->values[C_ANSWERED].kind = VALUE_DATE;
	row->values[C_ON].date = row->values[C_ANSWERED].date = NO_DATE;
	row->values[C_TITLE].text = words;
	row->values[C_N].kind = VALUE_INT;
	row->values[C_N].n = n;
	return OK;
}

static enum err next_rows(struct req *r, void *state, struct row_entries *out, bool *more)
{
	struct wanted *w = state;
	struct report_entries entries;
	enum err e = report_list(&r->tx, &w->filter, &entries);
	out->at = arena_get_n(r->tx.mem, entries.n + 1, sizeof *out->at);
	out->n = 0;
	for (size_t i = 0; !e && i < entries.n; i++) {
		struct row_entry *row = &out->at[out->n++];
		row->values = arena_get_n(r->tx.mem, LENGTH(columns), sizeof *row->values);
		e = entry_values(r, w, &entries.at[i], row->values);
	}
	if (!e && !entries.more)
		e = sealed_values(r, w, out);
	if (!e && entries.n)
		w->filter.after = report_cursor_of(w->line, &entries.at[entries.n - 1]);
	*more = !e && entries.more;
	return e;
}

enum err report_list_show(struct req *r)
{
	struct wanted *w = NEW(r->mem, struct wanted);
	enum err e = read_wanted(r, w);
	if (e)
		return e;
	w->filter.report = &w->report;
	if (r->format == FORMAT_HTML)
		return show_page(r, w);
	struct rows *rows = NEW(r->mem, struct rows);
	w->filter.limit = PIECE_ROWS;
	w->filter.after = (struct report_cursor){ .day = NO_DATE };
	*rows = (struct rows){
		.title = report_title(r->mem, r->lang, w->line),
		.name = str_printf(r->mem, "%.*s-%.*s-%d", STR_ARG(w->line->code),
				   STR_ARG(w->report.unit.code), w->report.span.year),
		.columns = columns,
		.next = next_rows,
		.state = w,
	};
	return rows_reply(r, rows);
}

void report_style(struct page *out)
{
	struct str css = statics_style_text();
	html_raw(out, "<style>", 7);
	html_raw(out, css.at, css.len);
	html_raw(out, "</style>", 8);
}
