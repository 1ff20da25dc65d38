/* Open duties in words, and the list of them for any part of the tree. What is owed is public even
 * while what has been written of it is not. */
#include "web/duty_page.h"

#include "base/csv.h"
#include "gen/web_pages.h"
#include "law/rule_words.h"
#include "office/comment.h"
#include "office/queue.h"
#include "web/dossier_acts.h"
#include "web/dossier_page.h"
#include "web/list_page.h"
#include "web/module.h"
#include "web/root.h"
#include "web/timing.h"
#include "web/unit_filter.h"

enum { DUTY_ROWS = 50, PIECE_ROWS = 200 };

/* Of a private matter only what the law asks for is said, and to those who hold it its code. */
static struct str private_words(struct req *r, const struct duty_row *row, const struct kind *k)
{
	enum msg label = rule_label(row->duty.rule);
	struct str words = msg_plain(r->lang, label ? label : k->title);
	if (!row->shown)
		return words;
	return str_printf(r->mem, "%.*s · %.*s", STR_ARG(words), STR_ARG(row->code));
}

/* What is owed: by the module whose rule it is, else by the dossier's title. Of a draft only its
 * matter is known. */
struct str duty_words(struct req *r, const struct duty_row *row)
{
	struct str words;
	struct buf b = { .a = r->mem };
	enum msg rule = comment_rule_label(row->duty.rule);
	if (rule)
		return msg_plain(r->lang, rule);
	const struct kind *k = office_kind(r->tx.office, row->kind);
	if (k && k->is_private)
		return private_words(r, row, k);
	if (!row->shown) {
		if (!facet_words(r, row->kind, row->facet, &words))
			return msg_plain(r->lang, MSG_HOME_HIDDEN_DUTY);
		msg_home_hidden_duty_of(&b, r->lang, words);
		return buf_str(&b);
	}
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->about &&
		    (*m)->about(&r->tx, row->duty.rule, row->duty.about, r->lang, &words))
			return words;
	if (k && kind_state(k, row->state)->stub) {
		msg_dossier_hidden_row(&b, r->lang, msg_plain(r->lang, k->title), row->code);
		return buf_str(&b);
	}
	return row->title.len ? row->title : row->code;
}

enum err duty_url(struct req *r, const struct duty_row *row, struct url *out)
{
	struct unit u;
	if (row->shown) {
		*out = dossier_url(r, row->code);
		return OK;
	}
	enum err e = unit_find(&r->tx, row->unit, tx_today(&r->tx), &u);
	if (!e)
		*out = req_url(r, "/don-vi/%s", u.code);
	return e;
}

/* "lãnh đạo", "công chức phụ trách hoặc lãnh đạo"; others only where neither may. */
static struct str roles_words(struct req *r, unsigned roles)
{
	struct str words = S("");
	if (roles & (CLERK | LEADER))
		roles &= CLERK | LEADER;
	for (unsigned bit = 1; bit <= roles; bit <<= 1) {
		struct buf both = { .a = r->mem };
		struct str one = roles & bit ? role_words(r, (enum role)bit) : S("");
		if (words.len && one.len)
			msg_queue_or(&both, r->lang, words, one);
		if (one.len)
			words = both.len ? buf_str(&both) : one;
	}
	return words;
}

enum err next_words(struct req *r, int64_t dossier, const struct kind *kind, unsigned state,
		    int64_t unit, struct str *out)
{
	struct queue_next next;
	struct buf b = { .a = r->mem };
	enum err e = queue_next(&r->tx, dossier, kind, state, unit, &next);
	if (e)
		return e;
	struct str label = msg_plain(r->lang, next.state);
	if (next.mine)
		msg_queue_next_mine(&b, r->lang, label, next.since);
	else if (next.roles)
		msg_queue_next(&b, r->lang, label, next.since, roles_words(r, next.roles));
	*out = buf_str(&b);
	return OK;
}

/* Beside the unit and the day: whose step is next, for those who may open the dossier. */
static enum err duty_meta(struct req *r, const struct duty_row *row, struct str *out)
{
	const struct kind *k = office_kind(r->tx.office, row->kind);
	struct buf meta = { .a = r->mem };
	struct str unit, next = S("");
	enum err e = req_body_words(r, row->unit, &unit);
	if (!e && row->shown && k)
		e = next_words(r, row->dossier, k, row->state, row->unit, &next);
	if (e)
		return e;
	if (next.len)
		msg_home_duty_meta_next(&meta, r->lang, unit, row->duty.due, next);
	else
		msg_home_duty_meta(&meta, r->lang, unit, row->duty.due);
	*out = buf_str(&meta);
	return OK;
}

enum err duty_items(struct req *r, const struct duty_rows *rows, struct items *out)
{
	const struct calendar *calendar;
	struct date today = tx_today(&r->tx);
	enum err e = req_calendar(r, &calendar);
	out->at = NEW_N(r->mem, struct item, rows->n);
	for (size_t i = 0; !e && i < rows->n; i++) {
		const struct duty_row *row = &rows->at[i];
		struct str meta;
		struct url url;
		if ((e = duty_meta(r, row, &meta)) || (e = duty_url(r, row, &url)))
			break;
		out->at[out->n++] = (struct item){
			.title = duty_words(r, row),
			.meta = meta,
			.code = row->code,
			.url = url,
			.tag = duty_tag(r->mem, r->lang, calendar, &row->duty, today),
		};
	}
	return e;
}

/* --- Open duties, anywhere --- */

static const struct field_choice whens[] = {
	{ "qua-han", MSG_QUEUE_OVERDUE },
	{ "hom-nay", MSG_QUEUE_TODAY },
	{ "sap-toi", MSG_QUEUE_LATER },
	{ "tat-ca", MSG_HOME_ALL_DUTIES },
	{ 0 },
};

/* Every row, a piece at a time, from the row after which the page goes on. */
struct duty_export {
	struct duty_filter filter;
	bool begun;
};

static enum err put_row(struct req *r, struct csv_writer *csv, const struct duty_row *row)
{
	struct str unit;
	enum err e = req_place_words(r, row->unit, &unit);
	if (e)
		return e;
	csv_put(csv, row->code);
	csv_put(csv, duty_words(r, row));
	csv_put(csv, unit);
	csv_put(csv, row->duty.rule);
	csv_put(csv, row->duty.row);
	csv_put(csv, date_iso(r->tx.mem, row->duty.from));
	csv_put(csv, date_iso(r->tx.mem, row->duty.due));
	csv_put(csv, row->duty.unverified ? S("1") : S("0"));
	csv_end_row(csv);
	return OK;
}

static enum err next_piece(struct req *r, void *state, struct buf *out, bool *more)
{
	static const char *const heads[] = { "code", "about", "unit", "rule",
					     "row",  "from",  "due",  "unverified" };
	struct duty_export *x = state;
	struct duty_rows rows;
	struct csv_writer csv;
	enum err e = duty_list(&r->tx, &x->filter, &rows);
	if (e)
		return e;
	csv_begin(&csv, out, ',', !x->begun);
	for (size_t i = 0; !x->begun && i < LENGTH(heads); i++)
		csv_put(&csv, str_of(heads[i]));
	if (!x->begun)
		csv_end_row(&csv);
	x->begun = true;
	for (size_t i = 0; !e && i < rows.n; i++)
		e = put_row(r, &csv, &rows.at[i]);
	if (rows.n) {
		x->filter.after_due = rows.at[rows.n - 1].duty.due;
		x->filter.after_id = rows.at[rows.n - 1].id;
	}
	*more = rows.more;
	return e;
}

static enum err stream_csv(struct req *r, const struct duty_filter *f)
{
	struct duty_export *x = NEW(r->mem, struct duty_export);
	*x = (struct duty_export){ .filter = *f };
	x->filter.limit = PIECE_ROWS;
	return req_stream(r, S("text/csv; charset=utf-8"), S("han.csv"),
			  (struct stream){ next_piece, x });
}

/* "2020-12-25.431": the row after which to go on. */
static void read_cursor(struct str text, struct duty_filter *f)
{
	struct str day = S(""), id = S("");
	f->after_due = NO_DATE;
	if (str_next(&text, '.', &day) && str_next(&text, '.', &id) &&
	    date_parse(day, &f->after_due) && !str_int(id, &f->after_id))
		f->after_id = 0;
}

static void fill_filters(struct req *r, const struct unit_filter *at, enum duty_when when,
			 struct filters *out)
{
	enum { FILTERS = 2 };
	out->action = req_url(r, "/han");
	out->at = NEW_N(r->mem, struct filter, FILTERS);
	out->at[out->n++] = unit_filter_field(r, at);
	struct filter *pick = &out->at[out->n++];
	*pick = (struct filter){ .name = S("xem"), .label = msg_plain(r->lang, MSG_LIST_TIMING) };
	pick->choices.at = arena_get_n(r->mem, LENGTH(whens), sizeof *pick->choices.at);
	for (int i = 0; whens[i].value; i++) {
		struct filter_choice *c = &pick->choices.at[pick->choices.n++];
		c->value = str_of(whens[i].value);
		c->label = msg_plain(r->lang, whens[i].label);
		c->chosen = when == (enum duty_when)i;
	}
}

static enum err fill_rows(struct req *r, const struct duty_filter *f, struct list_page *p)
{
	struct duty_rows rows;
	enum err e = duty_list(&r->tx, f, &rows);
	if (e)
		return e;
	if (rows.more && rows.n) {
		const struct duty_row *last = &rows.at[rows.n - 1];
		struct str due = date_iso(r->mem, last->duty.due);
		p->pager.next = url_query(
			r->mem, r->path, &r->query, S("sau"),
			str_printf(r->mem, "%.*s.%lld", STR_ARG(due), (long long)last->id));
	}
	p->formats.at = NEW(r->mem, struct link);
	p->formats.at[p->formats.n++] = (struct link){
		.text = msg_plain(r->lang, MSG_LIST_CSV),
		.url = url_query(r->mem, str_printf(r->mem, "%.*s.csv", STR_ARG(r->path)),
				 &r->query, S("sau"), S("")),
	};
	return duty_items(r, &rows, &p->items);
}

/* What no list may name is in the total all the same. */
static enum err fill_note(struct req *r, const struct duty_filter *f, struct list_page *p)
{
	struct duty_counts counts;
	struct buf b = { .a = r->mem };
	if (f->when != DUTIES_OVERDUE && f->when != DUTIES_OPEN)
		return OK;
	enum err e = duty_count(&r->tx, f->under, &counts);
	if (!e && counts.sealed) {
		msg_sealed_not_listed(&b, r->lang, counts.sealed);
		p->note = buf_str(&b);
	}
	return e;
}

static enum duty_when read_when(struct str word)
{
	for (int i = 0; whens[i].value; i++)
		if (str_eq(word, str_of(whens[i].value)))
			return (enum duty_when)i;
	return DUTIES_OVERDUE;
}

enum err duties_show(struct req *r)
{
	struct unit_filter at;
	enum err e = unit_filter_read(r, &at);
	if (e)
		return e;
	struct duty_filter f = { .under = at.unit.id,
				 .when = read_when(req_query(r, "xem")),
				 .limit = DUTY_ROWS };
	read_cursor(req_query(r, "sau"), &f);
	if (r->format == FORMAT_CSV)
		return stream_csv(r, &f);
	struct list_page p = { .title = msg_plain(r->lang, whens[f.when].label),
			       .lede = unit_heading(r->mem, &at.unit, r->lang),
			       .which = at.problem,
			       .units = at.choices };
	p.frame = req_frame(r, p.title, DOOR_SUPERVISE);
	p.total = p.title;
	fill_filters(r, &at, f.when, &p.filters);
	if (!p.which.len && ((e = fill_rows(r, &f, &p)) || (e = fill_note(r, &f, &p))))
		return e;
	page_list(&r->out, &p);
	return OK;
}
