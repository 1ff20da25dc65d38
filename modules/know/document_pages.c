/* Every figure opens the rows it was counted from. */
#include "modules/know/document_pages.h"

#include "gen/know_pages.h"
#include "modules/know/assignment.h"
#include "modules/know/document.h"
#include "modules/know/vacancy.h"
#include "office/gate.h"
#include "office/list.h"
#include "office/step.h"
#include "web/dossier_page.h"
#include "web/grid.h"
#include "web/list_page.h"
#include "web/root.h"
#include "web/timing.h"

enum { CHILDREN_SHOWN = 30, TASK_ROWS = 50, FIGURES = 4 };

/* --- In force or not --- */

static struct date first_day(const struct document *x)
{
	return date_is_set(x->effective_from) ? x->effective_from : x->issued_on;
}

static enum err link_to(struct req *r, struct str code, struct link *out)
{
	struct dossier *d;
	enum err e = gate_read(&r->tx, code, &d);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	*out = (struct link){ .url = dossier_url(r, d->code) };
	return dossier_heading(r, d, &out->text);
}

enum err document_head(struct req *r, const struct dossier *d)
{
	const struct document *x = d->data;
	struct force_part p = { 0 };
	struct buf b = { .a = r->mem };
	struct date today = tx_today(&r->tx);
	if (d->kind != &document_kind || d->state != EDITORIAL_PUBLISHED)
		return OK;
	bool over = document_is_over(x, today), early = date_cmp(first_day(x), today) > 0;
	enum err e = x->replaced_by.len ? link_to(r, x->replaced_by, &p.by) : OK;
	if (e || (!over && !early && !p.by.text.len))
		return e;
	struct banner *banner = NEW(r->mem, struct banner);
	*banner = (struct banner){ .tone = over ? TONE_WAIT : TONE_INFO, .text = S("") };
	if (early)
		msg_document_not_yet(&b, r->lang, first_day(x));
	else if (date_is_set(x->effective_until))
		msg_document_over(&b, r->lang, date_add(x->effective_until, 1));
	banner->title = buf_str(&b);
	p.banner = banner;
	part_force(&r->out, &p);
	return OK;
}

enum err document_item(struct req *r, const struct list_row *row, struct item *out)
{
	struct dossier *d;
	struct str unit;
	struct buf meta = { .a = r->mem };
	if (row->kind != &document_kind)
		return OK;
	enum err e = dossier_load(&r->tx, row->id, &d);
	if (e || !gate_may_see_content(&r->tx, d) || (e = req_body_words(r, row->unit, &unit)))
		return e;
	const struct document *x = d->data;
	msg_document_item_meta(&meta, r->lang, x->number, unit, x->issued_on);
	out->meta = buf_str(&meta);
	if (document_is_over(x, tx_today(&r->tx)))
		out->tag = (struct tag){ .tone = TONE_WAIT,
					 .text = msg_plain(r->lang, MSG_DOCUMENT_OVER_TAG) };
	return OK;
}

/* --- The chain --- */

static struct str level_word(struct req *r, struct str level)
{
	return msg_plain(r->lang, str_eq(level, S("commune"))    ? MSG_ASSIGNMENT_WORD_COMMUNE
				  : str_eq(level, S("district")) ? MSG_ASSIGNMENT_WORD_DISTRICT
				  : str_eq(level, S("village"))  ? MSG_ASSIGNMENT_WORD_VILLAGE
								 : MSG_ASSIGNMENT_WORD_AGENCY);
}

static const struct {
	const char *word;
	enum msg label;
} views[] = {
	[ASSIGNMENTS_ALL] = { "tat-ca", MSG_DOCUMENT_TASKS_ALL },
	[ASSIGNMENTS_OPEN] = { "chua-xong", MSG_DOCUMENT_TASKS_OPEN },
	[ASSIGNMENTS_OVERDUE] = { "qua-han", MSG_DOCUMENT_TASKS_OVERDUE },
	[ASSIGNMENTS_DONE] = { "dung-han", MSG_DOCUMENT_TASKS_DONE },
	[ASSIGNMENTS_LATE] = { "muon", MSG_DOCUMENT_TASKS_LATE },
};

static struct url tasks_url(struct req *r, const struct dossier *d, enum assignment_view view,
			    struct str level)
{
	struct url url = req_url(r, "/ho-so/%s/giao-viec", d->code);
	if (view)
		url = url_with(r->mem, url, S("xem"), str_of(views[view].word));
	return url_with(r->mem, url, S("cap"), level);
}

static void put_figure(struct req *r, const struct dossier *d, const struct assignment_counts *c,
		       enum assignment_view view, enum tone tone, int64_t n,
		       void (*say)(struct buf *, enum lang, int64_t), struct chain_figures *out)
{
	struct buf b = { .a = r->mem };
	if (!n)
		return;
	say(&b, r->lang, n);
	out->at[out->n++] =
		(struct chain_figure){ buf_str(&b), tasks_url(r, d, view, c->level), tone };
}

/* "Chưa ban hành: 12/27 xã", then how the others did. */
static void put_level(struct req *r, const struct dossier *d, const struct assignment_counts *c,
		      bool issue, struct chain_figures *out)
{
	struct buf b = { .a = r->mem };
	struct str word = level_word(r, c->level);
	if (!c->open)
		msg_document_nothing_missing(&b, r->lang, c->all, word);
	else if (issue)
		msg_document_missing_issue(&b, r->lang, c->open, c->all, word);
	else
		msg_document_missing_acknowledge(&b, r->lang, c->open, c->all, word);
	out->at[out->n++] = (struct chain_figure){
		buf_str(&b),
		tasks_url(r, d, c->open ? ASSIGNMENTS_OPEN : ASSIGNMENTS_ALL, c->level),
		!c->open     ? TONE_OK
		: c->overdue ? TONE_LATE
			     : TONE_INFO,
	};
	put_figure(r, d, c, ASSIGNMENTS_OVERDUE, TONE_LATE, c->overdue, msg_document_overdue, out);
	put_figure(r, d, c, ASSIGNMENTS_DONE, TONE_OK, c->done, msg_document_in_time, out);
	put_figure(r, d, c, ASSIGNMENTS_LATE, TONE_LATE, c->late, msg_document_too_late, out);
}

static enum err fill_figures(struct req *r, const struct dossier *d, struct chain_figures *out)
{
	const struct document *x = d->data;
	struct assignment_count_list counts;
	enum err e = assignment_count(&r->tx, d->id, &counts);
	if (e)
		return e;
	out->at = NEW_N(r->mem, struct chain_figure, counts.n * FIGURES);
	for (size_t i = 0; i < counts.n; i++)
		if (counts.at[i].all)
			put_level(r, d, &counts.at[i], !str_eq(x->asked, S("acknowledge")), out);
	return OK;
}

static enum err fill_node(struct req *r, const struct dossier *d, bool figures,
			  struct chain_node *out)
{
	const struct document *x = d->data;
	struct str unit;
	struct buf meta = { .a = r->mem };
	enum err e = req_body_words(r, d->unit, &unit);
	if (e || (e = dossier_heading(r, d, &out->document.text)))
		return e;
	out->document.url = dossier_url(r, d->code);
	if (!gate_may_see_content(&r->tx, d)) {
		out->meta = unit;
		return OK;
	}
	msg_document_item_meta(&meta, r->lang, x->number, unit, x->issued_on);
	out->meta = buf_str(&meta);
	return figures ? fill_figures(r, d, &out->figures) : OK;
}

static enum err fill_above(struct req *r, const struct dossier *d, struct chain_nodes *out)
{
	struct document_line above;
	enum err e = document_ancestors(&r->tx, d, &above);
	if (e)
		return e;
	out->at = NEW_N(r->mem, struct chain_node, above.n);
	for (size_t i = 0; !e && i < above.n; i++)
		e = fill_node(r, above.at[i], false, &out->at[out->n++]);
	return e;
}

static enum err fill_below(struct req *r, const struct dossier *d, struct chain_part *p)
{
	int64_t ids[CHILDREN_SHOWN], all = 0;
	size_t n = 0;
	struct query q = db_query(&r->tx, "SELECT id FROM dossier WHERE parent = $1 AND parent > 0"
					  " AND kind = 'document' AND visibility = $2"
					  " ORDER BY shown_on, id LIMIT $3");
	BIND(&q, d->id, (int64_t)VISIBLE_PUBLIC, (int64_t)CHILDREN_SHOWN);
	while (db_next(&q))
		ids[n++] = col_int(&q, 0);
	if (q.err)
		return q.err;
	p->below.at = NEW_N(r->mem, struct chain_node, n);
	for (size_t i = 0; i < n; i++) {
		struct dossier *child;
		enum err e = dossier_load(&r->tx, ids[i], &child);
		if (e || (e = fill_node(r, child, true, &p->below.at[p->below.n++])))
			return e;
	}
	if (n < CHILDREN_SHOWN)
		return OK;
	struct query count = db_query(&r->tx, "SELECT COUNT(*) FROM (SELECT 1 FROM dossier"
					      " WHERE parent = $1 AND parent > 0"
					      " AND kind = 'document' AND visibility = $2"
					      " LIMIT 2000) AS below");
	BIND(&count, d->id, (int64_t)VISIBLE_PUBLIC);
	enum err e = db_one(&count);
	if (!e)
		all = col_int(&count, 0);
	struct buf b = { .a = r->mem };
	if (all > CHILDREN_SHOWN)
		msg_document_more_below(&b, r->lang, all - CHILDREN_SHOWN);
	p->more = buf_str(&b);
	return e;
}

/* Of a draft: whom it will ask. Only of one that everybody reads is there a chain. */
static enum err draft_vacancy(struct req *r, const struct dossier *d)
{
	const struct document *x = d->data;
	struct unit_list vacant;
	if (!gate_may_see_content(&r->tx, d))
		return OK;
	enum err e = vacancy_among(&r->tx, &x->targets, &vacant);
	if (!e)
		part_vacancy(&r->out, vacancy_words(r->mem, r->lang, &vacant));
	return e;
}

enum err document_chain(struct req *r, const struct dossier *d)
{
	struct chain_part p = { .more = S("") };
	struct unit_list vacant;
	if (d->kind != &document_kind)
		return OK;
	if (dossier_visibility(d) != VISIBLE_PUBLIC)
		return draft_vacancy(r, d);
	enum err e = fill_above(r, d, &p.above);
	if (e || (e = fill_figures(r, d, &p.figures)) || (e = fill_below(r, d, &p)) ||
	    (e = vacancy_asked(&r->tx, d->id, &vacant)))
		return e;
	p.vacancy = vacancy_words(r->mem, r->lang, &vacant);
	if (p.above.n || p.figures.n || p.below.n)
		part_chain(&r->out, &p);
	return OK;
}

/* --- An assignment --- */

enum err assignment_head(struct req *r, const struct dossier *d)
{
	const struct assignment *x = d->data;
	struct links ways = { NEW_N(r->mem, struct link, 3), 0 };
	struct unit u;
	if (d->kind != &assignment_kind)
		return OK;
	ways.at[ways.n++] = (struct link){ .text = msg_plain(r->lang, MSG_ASSIGNMENT_OPEN_DOCUMENT),
					   .url = dossier_url(r, x->document) };
	if (x->answer.len)
		ways.at[ways.n++] =
			(struct link){ .text = msg_plain(r->lang, MSG_ASSIGNMENT_ANSWER),
				       .url = dossier_url(r, x->answer) };
	enum err e = unit_find(&r->tx, d->unit, tx_today(&r->tx), &u);
	bool writes = (d->state & ASSIGNMENT_OPEN) && str_eq(x->asked, S("issue")) &&
		      member_may(r->tx.who, CLERK | LEADER, d->holder, S("know"));
	if (!e && writes)
		ways.at[ways.n++] =
			(struct link){ .text = msg_plain(r->lang, MSG_ASSIGNMENT_WRITE),
				       .url = req_url(r, "/ghi-moi/van-ban/%s", u.code) };
	if (!e)
		part_task_ways(&r->out, &ways);
	return e;
}

/* --- The list behind a figure --- */

static struct tag task_tag(struct req *r, const struct calendar *c,
			   const struct assignment_row *row)
{
	const struct state *state = kind_state(&assignment_kind, row->state);
	if (row->state == ASSIGNMENT_CANCELLED)
		return (struct tag){ .tone = state->tone,
				     .text = msg_plain(r->lang, state->label) };
	return timing_tag(r->mem, r->lang, c, row->due, row->met, tx_today(&r->tx));
}

static bool any_answer(const struct assignment_rows *rows)
{
	for (size_t i = 0; i < rows->n; i++)
		if (rows->at[i].answer.len)
			return true;
	return false;
}

/* Units asked only to take note issue nothing: their table has no column for it. */
static enum err fill_table(struct req *r, const struct assignment_rows *rows, struct table **out)
{
	static const enum msg columns[] = { MSG_DOCUMENT_UNIT, MSG_DOCUMENT_DUE_COLUMN,
					    MSG_DOCUMENT_STATE_COLUMN, MSG_DOCUMENT_ANSWER_COLUMN };
	const struct calendar *calendar;
	bool answers = any_answer(rows);
	enum err e = office_calendar(&r->tx, &calendar);
	*out = grid_new(r, MSG_DOCUMENT_TASKS, rows->n, columns, LENGTH(columns) - !answers);
	(*out)->named = true;
	for (size_t i = 0; !e && i < rows->n; i++) {
		const struct assignment_row *row = &rows->at[i];
		struct cell *c = grid_row(r, *out);
		struct buf due = { .a = r->mem };
		if ((e = req_place_words(r, row->unit, &c[0].text)))
			break;
		c[0].url = dossier_url(r, row->code);
		lang_put_date(&due, r->lang, row->due);
		c[1].text = buf_str(&due);
		c[2].tag = task_tag(r, calendar, row);
		if (answers)
			c[3].text = row->answer.len ? row->answer : S("–");
		if (row->answer.len)
			c[3].url = dossier_url(r, row->answer);
	}
	return e;
}

static enum assignment_view view_of(struct str word)
{
	for (size_t i = 0; i < LENGTH(views); i++)
		if (str_eq(word, str_of(views[i].word)))
			return (enum assignment_view)i;
	return ASSIGNMENTS_ALL;
}

enum err tasks_show(struct req *r)
{
	struct dossier *d;
	struct assignment_rows rows;
	struct table *table;
	struct tasks_page p = { 0 };
	struct str level = req_query(r, "cap");
	enum assignment_view view = view_of(req_query(r, "xem"));
	int64_t after = req_query_int(r, "sau", 0, INT64_MAX, 0);
	enum err e = dossier_asked(r, &d);
	if (e || d->kind != &document_kind)
		return e ? e : ERR_NOT_FOUND;
	if ((e = assignment_list(&r->tx, d->id, view, level, after, TASK_ROWS, &rows)) ||
	    (e = fill_table(r, &rows, &table)) || (e = dossier_heading(r, d, &p.back.text)))
		return e;
	p.table = *table;
	p.back.url = dossier_url(r, d->code);
	p.frame = req_frame(r, msg_plain(r->lang, MSG_DOCUMENT_TASKS), DOOR_KNOW);
	p.tabs.at = NEW_N(r->mem, struct link, LENGTH(views));
	for (size_t i = 0; i < LENGTH(views); i++)
		p.tabs.at[p.tabs.n++] =
			(struct link){ .text = msg_plain(r->lang, views[i].label),
				       .url = tasks_url(r, d, (enum assignment_view)i, level),
				       .here = view == (enum assignment_view)i };
	if (rows.more)
		p.pager.next =
			url_query(r->mem, r->path, &r->query, S("sau"),
				  str_printf(r->mem, "%lld", (long long)rows.at[rows.n - 1].id));
	page_tasks(&r->out, &p);
	return OK;
}
