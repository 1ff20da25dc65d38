/* One filter, read once from the query, drives the page and the three other forms. */
#include "web/list_page.h"

#include "base/csv.h"
#include "gen/web_pages.h"
#include "web/calendar.h"
#include "web/comment_part.h"
#include "web/dossier_page.h"
#include "web/feed.h"
#include "web/module.h"
#include "web/root.h"
#include "web/timing.h"
#include "web/unit_filter.h"

#include <string.h>

enum { PAGE_ROWS = 20, PIECE_ROWS = 200, FEED_ROWS = 50 };

static const struct field_choice timings[] = {
	{ "", MSG_LIST_TIMING_ANY },
	{ "dung-han", MSG_LIST_TIMING_ON_TIME },
	{ "muon", MSG_LIST_TIMING_LATE },
	{ "qua-han", MSG_LIST_TIMING_OVERDUE },
	{ 0 },
};

/* What a request asks of a list. */
struct wanted {
	struct list_filter filter;
	struct unit_filter at;
};

static enum timing timing_of(struct str word)
{
	for (int i = 0; timings[i].value; i++)
		if (str_eq(word, str_of(timings[i].value)))
			return (enum timing)i;
	return TIMING_ANY;
}

/* "2020-12-25.431": the row after which to go on; in a list by the hour, "2020-12-25.431.1608885600000". */
static void read_cursor(struct str text, struct list_filter *f)
{
	struct str rest = text, day = S(""), id = S("");
	struct date on;
	int64_t n;
	f->after_on = NO_DATE;
	if (!str_next(&rest, '.', &day) || !str_next(&rest, '.', &id) || !date_parse(day, &on) ||
	    !str_int(id, &n))
		return;
	f->after_on = on;
	f->after_id = n;
	if (!str_int(rest, &f->after_at.ms))
		f->after_at.ms = INT64_MAX; /* the whole day again rather than none of it */
}

static struct str cursor_of(struct arena *a, const struct list_row *last)
{
	struct buf b = { .a = a };
	buf_put(&b, date_iso(a, last->shown_on));
	buf_printf(&b, ".%lld", (long long)last->id);
	if (last->shown_at.ms)
		buf_printf(&b, ".%lld", (long long)last->shown_at.ms);
	return buf_str(&b);
}

static enum err read_wanted(struct req *r, struct wanted *w)
{
	struct str slug = str_from(str_of(r->route->path), 1);
	enum err e = unit_filter_read(r, &w->at);
	if (e)
		return e;
	w->filter = (struct list_filter){
		.kind = office_kind_by_slug(r->tx.office, slug),
		.under = w->at.unit.id,
		.facet = req_query(r, "noi-dung"),
		.timing = timing_of(req_query(r, "tinh-trang")),
		.from = req_query_date(r, "tu", NO_DATE),
		.to = req_query_date(r, "den", NO_DATE),
		.limit = PAGE_ROWS,
		.by_hour = true,
	};
	read_cursor(req_query(r, "sau"), &w->filter);
	return w->filter.kind ? OK : ERR_NOT_FOUND;
}

/* --- Rows --- */

static enum err unit_words(struct req *r, int64_t id, struct str *title, struct str *code)
{
	struct unit u;
	struct date today = tx_today(&r->tx);
	enum err e = unit_find(&r->tx, id, today, &u);
	if (e)
		return e;
	*code = u.code;
	return unit_title_long(&r->tx, &u, today, r->lang, title);
}

/* It stands on this site, but not yet in every form the law asks for. */
static struct str incomplete(struct req *r, const struct calendar *c, const struct list_row *row,
			     struct date today)
{
	struct buf b = { .a = r->mem };
	msg_timing_incomplete(&b, r->lang, due_working_days_between(c, row->due, today));
	return buf_str(&b);
}

/* What the feature whose kind it is adds: how it begins, a picture, a tag of its own. */
static enum err ask_modules(struct req *r, const struct list_row *row, struct item *out)
{
	enum err e = OK;
	for (const struct module *const *m = modules; *m && !e; m++)
		if ((*m)->item)
			e = (*m)->item(r, row, out);
	return e;
}

/* A comment is named by what it is about. */
static enum err row_title(struct req *r, const struct list_row *row, struct str *out)
{
	if (row->kind->is_private && str_eq(row->title, row->code)) {
		*out = str_printf(r->mem, "%.*s · %.*s",
				  STR_ARG(msg_plain(r->lang, row->kind->title)),
				  STR_ARG(row->code));
		return OK;
	}
	struct buf hidden = { .a = r->mem };
	if (!row->title.len)
		msg_dossier_hidden_row(&hidden, r->lang, msg_plain(r->lang, row->kind->title),
				       row->code);
	*out = row->title.len ? row->title : buf_str(&hidden);
	return row->kind->within && !row->title.len ? comment_about(r, row->parent, out) : OK;
}

static enum err make_items(struct req *r, const struct list_row *rows, size_t n, bool brief,
			   struct items *out)
{
	const struct calendar *calendar;
	struct date today = tx_today(&r->tx);
	enum err e = req_calendar(r, &calendar);
	out->at = NEW_N(r->mem, struct item, n);
	for (size_t i = 0; !e && i < n; i++) {
		const struct list_row *row = &rows[i];
		const struct state *state = kind_state(row->kind, row->state);
		struct str unit, title;
		struct buf meta = { .a = r->mem };
		if ((e = req_body_words(r, row->unit, &unit)) || (e = row_title(r, row, &title)))
			break;
		msg_list_meta(&meta, r->lang, unit,
			      date_is_set(row->shown_on) ? row->shown_on : row->opened_on);
		struct tag tag = timing_tag(r->mem, r->lang, calendar, row->due, row->met, today);
		/* Only what is made known in several forms can stand here without all of them. */
		if (tag.tone == TONE_LATE && !date_is_set(row->met) && row->kind->lines &&
		    date_is_set(row->shown_on))
			tag.text = incomplete(r, calendar, row, today);
		if (state->stub || state->tone == TONE_WAIT || row->kind->many_duties ||
		    !tag.text.len)
			tag = (struct tag){ .tone = state->tone,
					    .text = msg_plain(r->lang, state->label) };
		struct item *item = &out->at[out->n++];
		*item = (struct item){
			.title = title,
			.meta = buf_str(&meta),
			.code = row->code,
			.url = dossier_url(r, row->code),
			.tag = tag,
			.brief = brief,
		};
		e = ask_modules(r, row, item);
	}
	return e;
}

enum err list_items(struct req *r, const struct list_row *rows, size_t n, struct items *out)
{
	return make_items(r, rows, n, false, out);
}

enum err list_items_brief(struct req *r, const struct list_row *rows, size_t n, struct items *out)
{
	return make_items(r, rows, n, true, out);
}

/* --- Filters --- */

bool facet_words(struct req *r, struct str kind, struct str value, struct str *out)
{
	for (const struct module *const *m = modules; *m; m++)
		if (value.len && (*m)->facet && (*m)->facet(&r->tx, kind, value, r->lang, out))
			return true;
	const struct kind *k = office_kind(r->tx.office, kind);
	const struct field *f = k && k->facet ? field_find(k->fields, str_of(k->facet)) : NULL;
	for (const struct field_choice *c = f ? f->choices : NULL; c && c->value; c++)
		if (str_eq(value, str_of(c->value))) {
			*out = msg_plain(r->lang, c->label);
			return true;
		}
	return false;
}

static void add_filter(struct filters *f, const char *name, struct str label, struct str text)
{
	f->at[f->n++] = (struct filter){ .name = str_of(name), .label = label, .text = text };
}

static struct choices fixed_choices(struct req *r, const struct field_choice *of)
{
	struct choices all = { NULL, 0 };
	size_t n = 0;
	while (of[n].value)
		n++;
	all.at = NEW_N(r->mem, struct choice, n);
	for (; all.n < n; all.n++)
		all.at[all.n] = (struct choice){ str_of(of[all.n].value),
						 msg_plain(r->lang, of[all.n].label) };
	return all;
}

static void facet_choices(struct req *r, const struct wanted *w, struct filter *f)
{
	const struct field *facet =
		field_find(w->filter.kind->fields, str_of(w->filter.kind->facet));
	struct choices offered = { NULL, 0 };
	struct dossier *at = dossier_blank(r->mem, w->filter.kind, w->at.unit.id);
	if (facet && facet->options && facet->options(&r->tx, at, r->lang, &offered))
		return;
	if (facet && facet->choices)
		offered = fixed_choices(r, facet->choices);
	if (!offered.n)
		return;
	f->choices.at = arena_get_n(r->mem, offered.n + 1, sizeof *f->choices.at);
	f->choices.at[0].label = msg_plain(r->lang, MSG_LIST_ANY);
	f->choices.at[0].value = S("");
	f->choices.n = 1;
	for (size_t i = 0; i < offered.n; i++) {
		f->choices.at[f->choices.n].value = offered.at[i].value;
		f->choices.at[f->choices.n].label = offered.at[i].label;
		f->choices.at[f->choices.n++].chosen = str_eq(offered.at[i].value, w->filter.facet);
	}
}

static void timing_choices(struct req *r, const struct wanted *w, struct filter *f)
{
	f->choices.at = arena_get_n(r->mem, LENGTH(timings), sizeof *f->choices.at);
	for (size_t i = 0; timings[i].value; i++) {
		f->choices.at[i].value = str_of(timings[i].value);
		f->choices.at[i].label = msg_plain(r->lang, timings[i].label);
		f->choices.at[i].chosen = w->filter.timing == (enum timing)i;
		f->choices.n++;
	}
}

static void add_chip(struct req *r, struct filters *f, const char *name, struct str text)
{
	f->chips.at[f->chips.n++] =
		(struct link){ .text = text,
			       .url = url_query(r->mem, r->path, &r->query, str_of(name), S("")) };
}

static void fill_filters(struct req *r, const struct wanted *w, struct filters *f)
{
	enum { FILTERS = 5 };
	f->action = req_url(r, "/%s", str_of(w->filter.kind->slug));
	f->at = NEW_N(r->mem, struct filter, FILTERS);
	f->chips.at = NEW_N(r->mem, struct link, FILTERS);
	f->at[f->n++] = unit_filter_field(r, &w->at);
	if (w->filter.kind->facet) {
		const struct field *facet =
			field_find(w->filter.kind->fields, str_of(w->filter.kind->facet));
		add_filter(f, "noi-dung", msg_plain(r->lang, facet->label), w->filter.facet);
		facet_choices(r, w, &f->at[f->n - 1]);
	}
	if (!w->filter.kind->no_clock) {
		add_filter(f, "tinh-trang", msg_plain(r->lang, MSG_LIST_TIMING), S(""));
		timing_choices(r, w, &f->at[f->n - 1]);
	}
	add_filter(f, "tu", msg_plain(r->lang, MSG_LIST_FROM), req_query(r, "tu"));
	add_filter(f, "den", msg_plain(r->lang, MSG_LIST_TO), req_query(r, "den"));
	if (w->at.narrowed)
		add_chip(r, f, "don-vi", unit_heading(r->mem, &w->at.unit, r->lang));
	struct str facet = w->filter.facet;
	if (facet.len && !facet_words(r, str_of(w->filter.kind->name), facet, &facet))
		facet = w->filter.facet;
	if (facet.len)
		add_chip(r, f, "noi-dung", facet);
	if (w->filter.timing)
		add_chip(r, f, "tinh-trang", msg_plain(r->lang, timings[w->filter.timing].label));
	if (date_is_set(w->filter.from))
		add_chip(r, f, "tu", req_query(r, "tu"));
	if (date_is_set(w->filter.to))
		add_chip(r, f, "den", req_query(r, "den"));
}

static void fill_pager(struct req *r, const struct wanted *w, const struct list_rows *rows,
		       struct pager *p)
{
	if (date_is_set(w->filter.after_on))
		p->first = url_query(r->mem, r->path, &r->query, S("sau"), S(""));
	if (!rows->more || !rows->n)
		return;
	p->next = url_query(r->mem, r->path, &r->query, S("sau"),
			    cursor_of(r->mem, &rows->at[rows->n - 1]));
}

static void fill_formats(struct req *r, const struct wanted *w, struct links *out)
{
	static const struct {
		const char *ending;
		enum msg label;
	} formats[] = { { ".csv", MSG_LIST_CSV },
			{ ".json", MSG_LIST_JSON },
			{ ".atom", MSG_LIST_FEED },
			{ ".ics", MSG_WEB_TO_CALENDAR } };
	size_t n = LENGTH(formats) - !w->filter.kind->happens;
	out->at = NEW_N(r->mem, struct link, n);
	for (size_t i = 0; i < n; i++)
		out->at[out->n++] = (struct link){
			.text = msg_plain(r->lang, formats[i].label),
			.url = url_query(
				r->mem,
				str_printf(r->mem, "%.*s%s", STR_ARG(r->path), formats[i].ending),
				&r->query, S("sau"), S("")),
		};
}

/* The lists of the same field of work: one door, several ways on. */
static void fill_tabs(struct req *r, const struct wanted *w, struct links *out)
{
	size_t n = 0;
	for (const struct kind *const *k = r->tx.office->kinds; *k; k++)
		n++;
	out->at = NEW_N(r->mem, struct link, n);
	for (const struct kind *const *k = r->tx.office->kinds; *k; k++) {
		if (!kind_is_listed(*k) || strcmp((*k)->work, w->filter.kind->work) != 0)
			continue;
		struct url url = req_url(r, "/%s", str_of((*k)->slug));
		out->at[out->n++] = (struct link){
			.text = msg_plain(r->lang, (*k)->titles),
			.url = url_with(r->mem, url, S("don-vi"),
					w->at.narrowed ? w->at.unit.code : S("")),
			.here = *k == w->filter.kind,
		};
	}
	if (out->n == 1)
		out->n = 0;
}

static enum err fill_follow(struct req *r, const struct wanted *w, struct url feed,
			    struct list_page *p)
{
	struct follow_part *part = NEW(r->mem, struct follow_part);
	struct follow f = { .unit = w->at.unit.id,
			    .kind = w->filter.kind,
			    .facet = w->filter.facet };
	p->follow = part;
	return follow_part_fill(r, &f, feed, part);
}

static enum err fill_rows(struct req *r, const struct wanted *w, struct list_page *p)
{
	struct list_rows rows;
	int64_t total;
	struct buf b = { .a = r->mem };
	enum err e = list_dossiers(&r->tx, &w->filter, &rows);
	if (e || (e = list_total(&r->tx, &w->filter, &total)))
		return e;
	if (total > 1000)
		msg_list_total_more(&b, r->lang, 1000);
	else
		msg_list_total(&b, r->lang, total);
	p->total = p->pager.summary = buf_str(&b);
	fill_pager(r, w, &rows, &p->pager);
	fill_formats(r, w, &p->formats);
	return list_items(r, rows.at, rows.n, &p->items);
}

static enum err show_page(struct req *r, const struct wanted *w)
{
	struct list_page p = { .title = msg_plain(r->lang, w->filter.kind->titles),
			       .which = w->at.problem,
			       .units = w->at.choices };
	p.frame = req_frame(r, p.title, kind_door(w->filter.kind));
	p.frame->feed = url_query(r->mem, str_printf(r->mem, "%.*s.atom", STR_ARG(r->path)),
				  &r->query, S("sau"), S(""));
	if (w->at.narrowed)
		p.lede = unit_heading(r->mem, &w->at.unit, r->lang);
	fill_tabs(r, w, &p.tabs);
	fill_filters(r, w, &p.filters);
	enum err e = p.which.len ? OK : fill_rows(r, w, &p);
	if (!e && !p.which.len && w->filter.facet.len)
		e = fill_follow(r, w, p.frame->feed, &p);
	if (!e)
		page_list(&r->out, &p);
	return e;
}

/* --- CSV and JSON: every row, a piece at a time --- */

struct list_export {
	struct wanted w;
	bool begun;
};

static const char *const columns[] = { "code",  "title",  "unit",      "unit_name",
				       "facet", "number", "state",     "shown_on",
				       "due",   "met",    "unverified" };

static enum err row_cells(struct req *r, const struct list_row *row, struct str *cells)
{
	struct arena *a = r->tx.mem;
	struct str unit, code;
	enum err e = unit_words(r, row->unit, &unit, &code);
	cells[0] = row->code;
	cells[1] = row->title;
	cells[2] = e ? S("") : code;
	cells[3] = e ? S("") : unit;
	cells[4] = row->facet;
	cells[5] = row->number;
	cells[6] = str_of(kind_state(row->kind, row->state)->name);
	cells[7] = date_iso(a, row->shown_on);
	cells[8] = date_iso(a, row->due);
	cells[9] = date_iso(a, row->met);
	cells[10] = row->unverified ? S("1") : S("0");
	return e;
}

static void put_csv(struct csv_writer *csv, const struct str *cells)
{
	for (size_t i = 0; i < LENGTH(columns); i++)
		csv_put(csv, cells[i]);
	csv_end_row(csv);
}

static void put_json(struct buf *out, const struct str *cells)
{
	buf_putc(out, '{');
	for (size_t i = 0; i < LENGTH(columns); i++) {
		bool day = i >= 7 && i <= 9 && !cells[i].len;
		json_key(out, columns[i]);
		if (day)
			buf_put(out, S("null"));
		else if (i == 10)
			buf_put(out, str_eq(cells[i], S("1")) ? S("true") : S("false"));
		else
			json_str(out, cells[i]);
	}
	buf_putc(out, '}');
}

static void begin(struct req *r, struct csv_writer *csv, struct buf *out)
{
	struct str heads[LENGTH(columns)];
	for (size_t i = 0; i < LENGTH(columns); i++)
		heads[i] = str_of(columns[i]);
	if (r->format == FORMAT_CSV)
		put_csv(csv, heads);
	else
		buf_put(out, S("["));
}

static enum err next_piece(struct req *r, void *state, struct buf *out, bool *more)
{
	struct list_export *x = state;
	struct list_rows rows;
	x->w.filter.limit = PIECE_ROWS;
	enum err e = list_dossiers(&r->tx, &x->w.filter, &rows);
	bool first = !x->begun;
	struct csv_writer csv = { .out = out, .delimiter = ',' };
	if (first && r->format == FORMAT_CSV)
		csv_begin(&csv, out, ',', true);
	if (!e && first)
		begin(r, &csv, out);
	x->begun = true;
	for (size_t i = 0; !e && i < rows.n; i++) {
		struct str cells[LENGTH(columns)];
		e = row_cells(r, &rows.at[i], cells);
		if (e)
			break;
		if (r->format == FORMAT_CSV) {
			put_csv(&csv, cells);
			continue;
		}
		buf_put(out, first && i == 0 ? S("\n") : S(",\n"));
		put_json(out, cells);
	}
	if (e)
		return e;
	if (rows.n)
		list_go_on(&x->w.filter, &rows.at[rows.n - 1]);
	*more = rows.more;
	if (!rows.more && r->format == FORMAT_JSON)
		buf_put(out, S("\n]\n"));
	return OK;
}

/* --- Atom --- */

/* What its feature says of it, its verdict first; else how it stands. */
static enum err summary_of(struct req *r, const struct list_row *row, struct str *out)
{
	struct item item = { .lead = S("") };
	enum err e = ask_modules(r, row, &item);
	*out = !item.lead.len      ? msg_plain(r->lang, kind_state(row->kind, row->state)->label)
	       : item.tag.text.len ? str_printf(r->mem, "%.*s. %.*s", STR_ARG(item.tag.text),
						STR_ARG(item.lead))
				   : item.lead;
	return e;
}

enum err list_feed_row(struct req *r, struct buf *b, const struct list_row *row)
{
	struct str unit, code, title, summary;
	enum err e = unit_words(r, row->unit, &unit, &code);
	if (e || (e = row_title(r, row, &title)) || (e = summary_of(r, row, &summary)))
		return e;
	feed_put(r, b,
		 &(struct feed_entry){ .title = title,
				       .link = dossier_url(r, row->code),
				       .at = row->changed_at,
				       .summary = summary,
				       .author = unit });
	return OK;
}

static enum err show_feed(struct req *r, const struct wanted *w)
{
	struct list_filter f = w->filter;
	struct list_rows rows;
	struct buf b = { .a = r->mem };
	f.limit = FEED_ROWS;
	enum err e = list_dossiers(&r->tx, &f, &rows);
	if (e)
		return e;
	struct instant newest = { 0 };
	for (size_t i = 0; i < rows.n; i++)
		if (rows.at[i].changed_at.ms > newest.ms)
			newest = rows.at[i].changed_at;
	feed_begin(r, &b, msg_plain(r->lang, w->filter.kind->titles), newest);
	for (size_t i = 0; i < rows.n; i++)
		if ((e = list_feed_row(r, &b, &rows.at[i])))
			return e;
	return feed_end(r, &b);
}

enum err list_show(struct req *r)
{
	struct list_export *x = NEW(r->mem, struct list_export);
	enum err e = read_wanted(r, &x->w);
	if (e)
		return e;
	struct str name = str_of(x->w.filter.kind->slug);
	struct stream stream = { next_piece, x };
	switch (r->format) {
	case FORMAT_HTML:
		return show_page(r, &x->w);
	case FORMAT_ATOM:
		return show_feed(r, &x->w);
	case FORMAT_ICS:
		return calendar_list(r, x->w.filter.kind, x->w.filter.under);
	case FORMAT_CSV:
		return req_stream(r, S("text/csv; charset=utf-8"),
				  str_printf(r->mem, "%.*s.csv", STR_ARG(name)), stream);
	case FORMAT_JSON:
		return req_stream(r, S("application/json; charset=utf-8"), S(""), stream);
	}
	return ERR_NOT_FOUND;
}
