/* What an address asks for: whose review, of which year, from which month to which. What lies ahead is
 * cut off; what is no year, no month and no unit is not found. */
#include "gen/web_pages.h"
#include "web/report_out.h"
#include "web/report_page.h"
#include "web/root.h"
#include "web/window.h"

enum { REVIEW_DAYS = 90, YEARS_SHOWN = 4 };

int report_year_of(struct date today)
{
	return date_ymd(date_add(today, -REVIEW_DAYS)).year;
}

enum err report_read(struct req *r, struct report *out)
{
	struct unit u;
	struct report_span span;
	struct date today = tx_today(&r->tx);
	if (!report_span_read(req_param(r, "year"), req_query(r, "tu"), req_query(r, "den"), today,
			      &span))
		return tx_fail(&r->tx, ERR_NOT_FOUND, "no such period of a review");
	enum err e =
		unit_by_code_any(&r->tx, req_param(r, "unit"), report_tree_day(&span, today), &u);
	return e ? e : report_make(&r->tx, &u, &span, req_param(r, "code"), out);
}

enum err report_latest(struct req *r)
{
	struct unit root;
	enum err e = req_root(r, &root);
	if (e)
		return e;
	struct str year = str_printf(r->mem, "%d", report_year_of(tx_today(&r->tx)));
	return req_redirect(r, req_url(r, "/tong-ket/%s/%s", root.code, year));
}

/* --- The ways to other periods --- */

static struct url at_year(struct req *r, const struct report *report, int year)
{
	return req_url(r, "/tong-ket/%s/%s", report->unit.code, str_printf(r->mem, "%d", year));
}

static struct url at_months(struct req *r, const struct report *report, int from, int to)
{
	struct url url = at_year(r, report, report->span.year);
	if (from != 1 || to != 12) {
		url = url_with_int(r->mem, url, S("tu"), from);
		url = url_with_int(r->mem, url, S("den"), to);
	}
	return url;
}

static void put_link(struct links *l, struct str text, struct url url, bool here)
{
	l->at[l->n++] = (struct link){ .text = text, .url = url, .here = here };
}

static void fill_years(struct req *r, const struct report *report, struct links *out)
{
	int now = date_ymd(tx_today(&r->tx)).year, newest = report->span.year + 1;
	if (newest > now)
		newest = now;
	out->at = NEW_N(r->mem, struct link, YEARS_SHOWN);
	for (int y = newest; y > newest - YEARS_SHOWN && y >= REPORT_FIRST_YEAR; y--)
		put_link(out, str_printf(r->mem, "%d", y), at_year(r, report, y),
			 y == report->span.year);
}

static void fill_periods(struct req *r, const struct report *report, struct links *out)
{
	static const struct str roman[] = { S_INIT("I"), S_INIT("II"), S_INIT("III"),
					    S_INIT("IV") };
	const struct report_span *s = &report->span;
	struct ymd now = date_ymd(tx_today(&r->tx));
	int last = s->year == now.year ? now.month : 12;
	out->at = NEW_N(r->mem, struct link, 7);
	put_link(out, msg_plain(r->lang, MSG_REPORT_CHOICE_YEAR), at_months(r, report, 1, 12),
		 s->from == 1 && s->to == last);
	for (int q = 0; q < 4 && 3 * q < last; q++) {
		struct buf b = { .a = r->mem };
		msg_report_choice_quarter(&b, r->lang, roman[q]);
		put_link(out, buf_str(&b), at_months(r, report, 3 * q + 1, 3 * q + 3),
			 s->from == 3 * q + 1 && s->to == 3 * q + 3);
	}
	put_link(out, msg_plain(r->lang, MSG_REPORT_CHOICE_HALF_FIRST), at_months(r, report, 1, 6),
		 s->from == 1 && s->to == 6 && last != 6);
	if (last > 6)
		put_link(out, msg_plain(r->lang, MSG_REPORT_CHOICE_HALF_SECOND),
			 at_months(r, report, 7, 12), s->from == 7 && s->to == 12);
}

static void month_choices(struct req *r, int chosen, int last, struct filter *f)
{
	f->choices.at = arena_get_n(r->mem, 12, sizeof *f->choices.at);
	for (int i = 1; i <= last; i++) {
		struct str n = str_printf(r->mem, "%d", i);
		f->choices.at[f->choices.n++] =
			(struct filter_choice){ .value = n, .label = n, .chosen = i == chosen };
	}
}

static void fill_choose(struct req *r, const struct report *report, struct filters *out)
{
	struct ymd now = date_ymd(tx_today(&r->tx));
	int last = report->span.year == now.year ? now.month : 12;
	out->action = at_year(r, report, report->span.year);
	out->at = arena_get_n(r->mem, 2, sizeof *out->at);
	out->n = 2;
	out->at[0].name = S("tu");
	out->at[0].label = msg_plain(r->lang, MSG_REPORT_FROM_MONTH);
	month_choices(r, report->span.from, last, &out->at[0]);
	out->at[1].name = S("den");
	out->at[1].label = msg_plain(r->lang, MSG_REPORT_TO_MONTH);
	month_choices(r, report->span.to, last, &out->at[1]);
}

static void fill_formats(struct req *r, struct links *out)
{
	static const struct {
		const char *ending;
		enum msg label;
	} formats[] = { { ".csv", MSG_REPORT_CSV }, { ".json", MSG_REPORT_JSON } };
	out->at = NEW_N(r->mem, struct link, LENGTH(formats));
	for (size_t i = 0; i < LENGTH(formats); i++)
		put_link(
			out, msg_plain(r->lang, formats[i].label),
			url_query(r->mem,
				  str_printf(r->mem, "%.*s%s", STR_ARG(r->path), formats[i].ending),
				  &r->query, S("so-do"), S("")),
			false);
}

/* The period stays with every link that leads on. */
static struct pairs period_of(struct req *r)
{
	static const char *const names[] = { "tu", "den" };
	struct pairs p = { NEW_N(r->mem, struct pair, LENGTH(names)), 0 };
	for (size_t i = 0; i < LENGTH(names); i++) {
		struct str value = req_query(r, names[i]);
		if (value.len)
			p.at[p.n++] = (struct pair){ str_of(names[i]), value };
	}
	return p;
}

struct report_view report_view_of(struct req *r, const struct report *report)
{
	return (struct report_view){
		.tx = &r->tx,
		.mem = r->mem,
		.lang = r->lang,
		.report = report,
		.map = req_query(r, "so-do"),
		.links = true,
		.base = url_none(),
		.ask = period_of(r),
	};
}

enum err report_crumbs(struct req *r, const struct report_view *v, struct frame *f)
{
	struct unit_list path;
	const struct report *report = v->report;
	enum err e = unit_path(&r->tx, report->unit.id, report->tree, &path);
	for (size_t i = 0; !e && i + 1 < path.n; i++)
		frame_crumb(r->mem, f, unit_heading(r->mem, &path.at[i], r->lang),
			    report_url(v, path.at[i].code));
	return e;
}

/* The table of many units stands on pages of its own. Where the year so far is said beside each figure, so does all that
 * is said by unit. */
static enum err part_of_page(struct req *r, const struct report *report, struct report_page *p)
{
	enum { FEW = 12, ROWS = 20 };
	const struct report_span *s = &report->span;
	size_t all = p->table.rows.n;
	bool from_start = s->from == 1;
	struct url figures = at_months(r, report, s->from, s->to);
	struct url units = url_with(r->mem, figures, S("phan"), S("don-vi"));
	struct window w = window_asked(r, ROWS);
	struct buf more = { .a = r->mem };
	if (!str_eq(req_query(r, "phan"), S("don-vi"))) {
		if (from_start && all <= FEW)
			return OK;
		if (!from_start)
			p->map.tiles.n = 0;
		p->table.rows.n = 0;
		msg_report_more_units(&more, r->lang, (int64_t)all);
		if (all)
			p->more = (struct link){ .text = buf_str(&more), .url = units };
		return OK;
	}
	if (w.skip >= all)
		return tx_fail(&r->tx, ERR_NOT_FOUND, "the table has no such page");
	p->cover.shown = false;
	p->sections.n = 0;
	if (from_start || w.skip)
		p->map.tiles.n = 0; /* it stands on another page */
	p->table.rows.at += w.skip;
	p->table.rows.n = window_rows(&w, all);
	p->pager = window_pager(r, units, &w, all);
	p->more = (struct link){ .text = msg_plain(r->lang, MSG_REPORT_FIGURES), .url = figures };
	return OK;
}

enum err report_show(struct req *r)
{
	struct report report;
	struct report_page p = { .frame = NULL };
	struct buf out = { .a = r->mem };
	enum err e = report_read(r, &report);
	if (e)
		return e;
	if (r->format == FORMAT_CSV) {
		report_csv(&out, r->lang, &report);
		return req_bytes(r, S("text/csv; charset=utf-8"), buf_str(&out));
	}
	if (r->format == FORMAT_JSON) {
		report_json(&out, r->lang, &report);
		return req_bytes(r, S("application/json; charset=utf-8"), buf_str(&out));
	}
	struct report_view view = report_view_of(r, &report);
	if ((e = report_fill(&view, &p)) || (e = part_of_page(r, &report, &p)))
		return e;
	p.frame = req_frame(r, p.title, DOOR_SUPERVISE);
	if ((e = report_crumbs(r, &view, p.frame)))
		return e;
	fill_years(r, &report, &p.years);
	fill_periods(r, &report, &p.periods);
	fill_choose(r, &report, &p.choose);
	fill_formats(r, &p.formats);
	page_report(&r->out, &p);
	return OK;
}
