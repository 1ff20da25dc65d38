/* /giam-sat, of the whole site or of one unit, and the section of a unit's page: what is overdue first. */
#include "gen/inspect_pages.h"
#include "modules/inspect/board.h"
#include "modules/inspect/check.h"
#include "modules/inspect/criticism.h"
#include "modules/inspect/programme.h"
#include "modules/inspect/recommendation.h"
#include "modules/inspect/supervision_pages.h"
#include "office/list.h"
#include "web/duty_page.h"
#include "web/list_page.h"
#include "web/root.h"
#include "web/unit_filter.h"

#include <stdlib.h>

enum { SHOWN = 6, ON_UNIT = 4 };

static const char *const clocks[] = {
	"pib.commune.answer",    "cisb.answer",         "pib.agency.answer",
	"pib.enterprise.answer", RECOMMENDATION_ANSWER, RECOMMENDATION_PROMISE,
};

static int by_day(const void *a, const void *b)
{
	const struct duty_row *x = a, *y = b;
	int c = date_cmp(x->duty.due, y->duty.due);
	return c ? c : (x->id > y->id) - (x->id < y->id);
}

/* Answers and promises whose day has passed, the oldest first. */
static enum err fill_overdue(struct req *r, const struct unit *u, int limit, struct items *out)
{
	struct duty_rows all = { NEW_N(r->mem, struct duty_row, LENGTH(clocks) * (size_t)limit), 0,
				 false };
	enum err e = OK;
	for (size_t i = 0; !e && i < LENGTH(clocks); i++) {
		struct duty_rows some;
		struct duty_filter f = { .under = u->id,
					 .when = DUTIES_OVERDUE,
					 .rule = str_of(clocks[i]),
					 .limit = limit,
					 .after_due = NO_DATE };
		e = duty_list(&r->tx, &f, &some);
		for (size_t k = 0; !e && k < some.n && k < (size_t)limit; k++)
			all.at[all.n++] = some.at[k];
	}
	if (e)
		return e;
	if (all.n)
		qsort(all.at, all.n, sizeof *all.at, by_day);
	if (all.n > (size_t)limit)
		all.n = (size_t)limit;
	return duty_items(r, &all, out);
}

static enum err fill_list(struct req *r, const struct kind *kind, const struct unit *u,
			  struct date from, int limit, struct supervision_list *l)
{
	struct list_rows rows;
	struct list_filter f = { .kind = kind,
				 .under = u->id,
				 .limit = limit,
				 .from = from,
				 .to = NO_DATE,
				 .after_on = NO_DATE };
	enum err e = list_dossiers(&r->tx, &f, &rows);
	l->all = url_with(r->mem, req_url(r, "/%s", str_of(kind->slug)), S("don-vi"), u->code);
	l->all_words = msg_plain(r->lang, MSG_SUPERVISION_ALL_LIST);
	return e ? e : list_items(r, rows.at, rows.n, &l->items);
}

/* A unit answers for what was sent to it, whoever sent it from where. */
static enum err fill_received(struct req *r, const struct unit *u, struct supervision_list *l)
{
	struct query q = db_query(&r->tx, "SELECT code, title FROM dossier WHERE holder = $1"
					  " AND visibility = $2 AND kind = 'recommendation'"
					  " AND state IN ($3, $4, $5) ORDER BY id DESC LIMIT $6");
	BIND(&q, u->id, (int64_t)VISIBLE_PUBLIC, (int64_t)RECOMMENDATION_SENT,
	     (int64_t)RECOMMENDATION_AGREED, (int64_t)RECOMMENDATION_REPORTED, (int64_t)ON_UNIT);
	struct str codes[ON_UNIT];
	size_t n = 0;
	while (db_next(&q))
		codes[n++] = str_dup(r->mem, col_str(&q, 0));
	l->items.at = NEW_N(r->mem, struct item, n + 1);
	if (q.err)
		return q.err;
	for (size_t i = 0; i < n; i++) {
		struct dossier *d;
		int64_t id;
		enum err e = dossier_by_code(&r->tx, codes[i], &id);
		if (e || (e = dossier_load_text(&r->tx, id, &d)))
			return e;
		struct item *it = &l->items.at[l->items.n++];
		struct list_row row = { .id = id, .kind = d->kind, .unit = d->unit };
		it->title = dossier_title(d);
		it->url = req_url(r, "/ho-so/%s", d->code);
		it->brief = true;
		if ((e = req_body_words(r, d->unit, &it->meta)) ||
		    (e = supervision_item(r, &row, it)))
			return e;
	}
	return OK;
}

static void begin_list(struct req *r, struct supervision_lists *out, const char *id, enum msg head,
		       enum msg none)
{
	out->at[out->n++] = (struct supervision_list){ .id = str_of(id),
						       .head = msg_plain(r->lang, head),
						       .none = msg_plain(r->lang, none) };
}

/* Of a whole site, or where the Front has entered nothing of its own, these would be noise. */
static void drop_needless(struct supervision_lists *l, bool narrowed)
{
	if (!narrowed)
		l->n--; /* one register for each unit, all of one name */
	while (l->n && !l->at[l->n - 1].none.len && !l->at[l->n - 1].items.n)
		l->n--;
}

static enum err fill_lists(struct req *r, const struct unit *u, struct supervision_lists *out)
{
	struct date year = date_add_months(tx_today(&r->tx), -12);
	enum err e;
	begin_list(r, out, "qua-han", MSG_SUPERVISION_OVERDUE, MSG_SUPERVISION_OVERDUE_NONE);
	if ((e = fill_overdue(r, u, SHOWN, &out->at[out->n - 1].items)))
		return e;
	begin_list(r, out, "kien-nghi", MSG_SUPERVISION_RECOMMENDATIONS,
		   MSG_SUPERVISION_RECOMMENDATIONS_NONE);
	if ((e = fill_list(r, &recommendation_kind, u, NO_DATE, SHOWN, &out->at[out->n - 1])))
		return e;
	begin_list(r, out, "cuoc", MSG_SUPERVISION_CHECKS, MSG_SUPERVISION_CHECKS_NONE);
	if ((e = fill_list(r, &check_kind, u, year, SHOWN, &out->at[out->n - 1])))
		return e;
	begin_list(r, out, "ban", MSG_SUPERVISION_BOARDS, MSG_SUPERVISION_BOARDS_NONE);
	if ((e = fill_list(r, &board_kind, u, NO_DATE, SHOWN, &out->at[out->n - 1])))
		return e;
	begin_list(r, out, "phan-bien", MSG_CRITICISM_KINDS, MSG_NONE);
	if ((e = fill_list(r, &criticism_kind, u, NO_DATE, SHOWN, &out->at[out->n - 1])))
		return e;
	begin_list(r, out, "chuong-trinh", MSG_PROGRAMME_KINDS, MSG_NONE);
	return fill_list(r, &programme_kind, u, NO_DATE, SHOWN, &out->at[out->n - 1]);
}

enum err supervision_show(struct req *r)
{
	struct supervision_page p = { .problem = S("") };
	struct unit_filter at;
	enum err e = unit_filter_read(r, &at);
	if (e)
		return e;
	p.typed = at.text;
	p.problem = at.problem;
	p.choices = at.choices;
	p.find = req_url(r, "/giam-sat");
	if (!at.problem.len && (e = fill_lists(r, &at.unit, &p.lists)))
		return e;
	if (!at.problem.len)
		drop_needless(&p.lists, at.narrowed);
	p.frame = req_frame(r, msg_plain(r->lang, MSG_SUPERVISION_PAGE_TITLE), DOOR_SUPERVISE);
	page_supervision(&r->out, &p);
	return OK;
}

/* Only what there is: a unit without a board has no empty boxes on its page. */
enum err supervision_on_unit(struct req *r, const struct unit *u)
{
	struct supervision_page p = { .problem = S("") };
	struct supervision_lists all = { .n = 0 };
	enum err e;
	if (!kind_lives_at(&recommendation_kind, (int)u->level))
		return OK;
	begin_list(r, &all, "qua-han", MSG_SUPERVISION_OVERDUE, MSG_SUPERVISION_OVERDUE_NONE);
	begin_list(r, &all, "kien-nghi-toi", MSG_SUPERVISION_RECOMMENDATIONS_TO,
		   MSG_SUPERVISION_RECOMMENDATIONS_NONE);
	begin_list(r, &all, "ban", MSG_SUPERVISION_BOARDS, MSG_SUPERVISION_BOARDS_NONE);
	if ((e = fill_overdue(r, u, ON_UNIT, &all.at[0].items)) ||
	    (e = fill_received(r, u, &all.at[1])) ||
	    (e = fill_list(r, &board_kind, u, NO_DATE, ON_UNIT, &all.at[2])))
		return e;
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].items.n)
			p.lists.at[p.lists.n++] = all.at[i];
	if (!p.lists.n)
		return OK;
	p.find = url_with(r->mem, req_url(r, "/giam-sat"), S("don-vi"), u->code);
	part_supervision_unit(&r->out, &p);
	return OK;
}
