#include "web/work_page.h"

#include "gen/web_pages.h"
#include "office/assign.h"
#include "office/office.h"
#include "office/unit.h"
#include "web/back.h"
#include "web/bulk_page.h"
#include "web/dossier_page.h"
#include "web/grid.h"
#include "web/root.h"

enum { WORK_ROWS = 100, FILTERS = 5 };

static const struct field_choice dues[] = {
	{ "qua-han", MSG_WORK_OVERDUE },
	{ "hom-nay", MSG_WORK_TODAY },
	{ "sap-den", MSG_WORK_SOON },
	{ 0 },
};
static const char *const names[FILTERS] = { "nguoi", "loai", "trang-thai", "cho", "han" };

/* --- The filters --- */

static enum work_due due_asked(struct req *r)
{
	for (size_t i = 0; dues[i].value; i++)
		if (str_eq(req_query(r, "han"), str_of(dues[i].value)))
			return (enum work_due)(WORK_OVERDUE + i);
	return WORK_ANY;
}

static unsigned state_asked(struct req *r, const struct kind *k)
{
	for (const struct state *s = k ? k->states : NULL; s && s->bit; s++)
		if (s->waits && str_eq(req_query(r, "trang-thai"), str_of(s->name)))
			return s->bit;
	return 0;
}

static int64_t officer_asked(struct req *r)
{
	struct str who = req_query(r, "nguoi");
	int64_t n;
	if (str_eq(who, S("toi")))
		return r->tx.who->person;
	return str_int(who, &n) && n >= 0 ? n : WORK_EVERYBODY;
}

enum err work_asked(struct req *r, struct unit *u, struct work_filter *out)
{
	enum err e = unit_by_code(&r->tx, req_param(r, "code"), tx_today(&r->tx), u);
	const struct kind *k = office_kind_by_slug(r->tx.office, req_query(r, "loai"));
	struct str turn = req_query(r, "cho");
	if (e)
		return e;
	*out = (struct work_filter){
		.unit = u->id,
		.officer = officer_asked(r),
		.kind = k,
		.state = state_asked(r, k),
		.due = due_asked(r),
		.turn = str_eq(turn, S("toi"))    ? TURN_MINE
			: str_eq(turn, S("khac")) ? TURN_OTHERS
						  : TURN_ANY,
		.limit = WORK_ROWS,
	};
	return OK;
}

struct url work_url(struct req *r, struct str unit_code)
{
	struct url to = req_url(r, "/don-vi/%s/viec", unit_code);
	for (size_t i = 0; i < FILTERS; i++)
		to = url_with(r->mem, to, str_of(names[i]), req_query(r, names[i]));
	return to;
}

static void put_choice(struct req *r, struct filter *f, struct str value, struct str label)
{
	f->choices.at[f->choices.n++] =
		(struct filter_choice){ value, label, str_eq(req_query(r, f->name.at), value) };
}

static struct filter *new_filter(struct req *r, struct filters *all, const char *name,
				 enum msg label, size_t most)
{
	struct filter *f = &all->at[all->n++];
	*f = (struct filter){ .name = str_of(name), .label = msg_plain(r->lang, label) };
	f->choices.at = NEW_N(r->mem, struct filter_choice, most + 1);
	put_choice(r, f, S(""), msg_plain(r->lang, MSG_WORK_ALL));
	return f;
}

static bool has_waiting(const struct kind *k)
{
	for (const struct state *s = k->states; s->bit; s++)
		if (s->waits)
			return true;
	return false;
}

static void fill_filters(struct req *r, const struct unit *u, const struct work_filter *asked,
			 const struct work_loads *loads, struct filters *out)
{
	size_t kinds = 0, states = 0;
	*out = (struct filters){ .at = NEW_N(r->mem, struct filter, FILTERS),
				 .action = req_url(r, "/don-vi/%s/viec", u->code) };
	struct filter *f = new_filter(r, out, "nguoi", MSG_WORK_OFFICER, loads->n + 1);
	put_choice(r, f, S("toi"), msg_plain(r->lang, MSG_WORK_MINE));
	for (size_t i = 0; i < loads->n; i++)
		put_choice(r, f, str_printf(r->mem, "%lld", (long long)loads->at[i].officer),
			   loads->at[i].officer ? loads->at[i].name
						: msg_plain(r->lang, MSG_WORK_NOBODY));
	while (r->tx.office->kinds[kinds])
		kinds++;
	f = new_filter(r, out, "loai", MSG_WORK_KIND, kinds);
	for (size_t i = 0; i < kinds; i++) {
		const struct kind *k = r->tx.office->kinds[i];
		if (has_waiting(k) && member_may(r->tx.who, CLERK | LEADER, u->id, str_of(k->work)))
			put_choice(r, f, str_of(k->slug), msg_plain(r->lang, k->titles));
	}
	while (asked->kind && asked->kind->states[states].bit)
		states++;
	if (states) {
		f = new_filter(r, out, "trang-thai", MSG_WORK_STATE, states);
		for (const struct state *s = asked->kind->states; s->bit; s++)
			if (s->waits)
				put_choice(r, f, str_of(s->name), msg_plain(r->lang, s->label));
	}
	f = new_filter(r, out, "cho", MSG_WORK_TURN, 2);
	put_choice(r, f, S("toi"), msg_plain(r->lang, MSG_WORK_TURN_MINE));
	put_choice(r, f, S("khac"), msg_plain(r->lang, MSG_WORK_TURN_OTHERS));
	f = new_filter(r, out, "han", MSG_WORK_DUE, LENGTH(dues));
	for (size_t i = 0; dues[i].value; i++)
		put_choice(r, f, str_of(dues[i].value), msg_plain(r->lang, dues[i].label));
}

/* --- The rows --- */

static struct str officer_name(const struct work_loads *loads, int64_t officer)
{
	for (size_t i = 0; officer && i < loads->n; i++)
		if (loads->at[i].officer == officer)
			return loads->at[i].name;
	return S("");
}

static struct tag due_tag(struct req *r, struct date due)
{
	struct buf b = { .a = r->mem };
	int order = date_is_set(due) ? date_cmp(due, tx_today(&r->tx)) : 1;
	if (!date_is_set(due))
		return (struct tag){ .text = S("") };
	if (order < 0)
		msg_work_row_overdue(&b, r->lang, due);
	else if (order == 0)
		buf_put(&b, msg_plain(r->lang, MSG_WORK_TODAY));
	else
		msg_work_row_due(&b, r->lang, due);
	return (struct tag){ .tone = order < 0    ? TONE_LATE
				     : order == 0 ? TONE_SOON
						  : TONE_WAIT,
			     .text = buf_str(&b) };
}

static void fill_items(struct req *r, const struct work_rows *rows, const struct work_loads *loads,
		       struct items *out)
{
	out->at = NEW_N(r->mem, struct item, rows->n);
	for (size_t i = 0; i < rows->n; i++) {
		const struct work_row *row = &rows->at[i];
		struct buf meta = { .a = r->mem };
		struct str who = officer_name(loads, row->officer);
		struct str kind = msg_plain(r->lang, row->kind->title);
		struct str state = msg_plain(r->lang, kind_state(row->kind, row->state)->label);
		if (who.len)
			msg_work_row_officer(&meta, r->lang, kind, state, row->opened_on, who);
		else
			msg_work_row(&meta, r->lang, kind, state, row->opened_on);
		out->at[out->n++] = (struct item){
			.title = row->title.len ? row->title : row->code,
			.code = row->code,
			.meta = buf_str(&meta),
			.url = back_begin(r, dossier_url(r, row->code)),
			.tag = due_tag(r, row->due),
		};
	}
}

static struct cell number(struct req *r, int64_t n, struct url to, struct str officer,
			  struct str due)
{
	struct buf b = { .a = r->mem };
	lang_put_int(&b, r->lang, n);
	to = url_with(r->mem, url_with(r->mem, to, S("nguoi"), officer), S("han"), due);
	return (struct cell){ .text = buf_str(&b), .number = true, .url = n ? to : url_none() };
}

/* Each figure opens what it counted. */
static void fill_loads(struct req *r, const struct unit *u, const struct work_loads *loads,
		       struct table **out)
{
	static const enum msg columns[] = { MSG_WORK_OFFICER, MSG_WORK_OPEN, MSG_WORK_SOON,
					    MSG_WORK_OVERDUE };
	struct table *t = grid_new(r, MSG_WORK_LOADS, loads->n, columns, LENGTH(columns));
	struct url to = req_url(r, "/don-vi/%s/viec", u->code);
	for (size_t i = 1; i < LENGTH(columns); i++)
		t->columns.at[i].number = true;
	for (size_t i = 0; i < loads->n; i++) {
		const struct work_load *l = &loads->at[i];
		struct cell *c = grid_row(r, t);
		struct str id = str_printf(r->mem, "%lld", (long long)l->officer);
		c[0].text = l->officer ? l->name : msg_plain(r->lang, MSG_WORK_NOBODY);
		c[1] = number(r, l->open, to, id, S(""));
		c[2] = number(r, l->soon, to, id, S("sap-den"));
		c[3] = number(r, l->overdue, to, id, S("qua-han"));
	}
	t->named = true;
	*out = t;
}

static const struct banner *done(struct req *r)
{
	int64_t n = req_query_int(r, "xong", 1, BULK_MOST, 0);
	struct buf b = { .a = r->mem };
	if (!n)
		return NULL;
	struct banner *out = NEW(r->mem, struct banner);
	msg_bulk_done(&b, r->lang, n);
	*out = (struct banner){ .tone = TONE_OK, .title = buf_str(&b) };
	return out;
}

enum err work_show(struct req *r)
{
	struct work_page p = { .title = msg_plain(r->lang, MSG_WORK_TITLE) };
	struct work_filter f;
	struct work_rows rows;
	struct work_loads loads;
	struct buf total = { .a = r->mem };
	struct unit u;
	enum err e = work_asked(r, &u, &f);
	if (e || (e = work_list(&r->tx, &f, &rows)) || (e = work_count(&r->tx, u.id, &loads)))
		return e;
	fill_filters(r, &u, &f, &loads, &p.filters);
	fill_items(r, &rows, &loads, &p.items);
	fill_loads(r, &u, &loads, &p.loads);
	bulk_ways(r, &u, &f, &rows, &p.ways);
	(rows.more ? msg_work_total_more : msg_work_total)(&total, r->lang, (int64_t)rows.n);
	p.total = buf_str(&total);
	p.banner = done(r);
	p.owner = (struct link){ .text = unit_heading(r->mem, &u, r->lang),
				 .url = req_url(r, "/don-vi/%s", u.code) };
	p.frame = req_frame(r, p.title, DOOR_NONE);
	page_work(&r->out, &p);
	return OK;
}
