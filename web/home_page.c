/* The pages that gather: what is due, what is fresh, where to look. Each shows rows that other rooms
 * have found and counted; every number opens the rows it counts. */
#include "web/home_page.h"

#include "gen/web_pages.h"
#include "office/comment.h"
#include "office/step.h"
#include "web/dossier_page.h"
#include "web/duty_page.h"
#include "web/follow_page.h"
#include "web/list_page.h"
#include "web/module.h"
#include "web/report_page.h"
#include "web/root.h"
#include "web/timing.h"

enum { SHORT_LIST = 5, MONTH_DAYS = 31 };

/* At most a few, and nothing that has more than a month yet. */
static enum err due_at(struct req *r, int64_t unit, enum duty_when when, struct items *out)
{
	struct duty_rows rows;
	struct date soon = date_add(tx_today(&r->tx), MONTH_DAYS);
	struct duty_filter f = {
		.under = unit, .when = when, .limit = SHORT_LIST, .after_due = NO_DATE
	};
	enum err e = duty_list(&r->tx, &f, &rows);
	while (!e && rows.n && date_cmp(rows.at[rows.n - 1].duty.due, soon) > 0)
		rows.n--;
	return e ? e : duty_items(r, &rows, out);
}

/* What is overdue first; where nothing is, what is due next. */
static enum err most_urgent(struct req *r, int64_t unit, struct items *out)
{
	enum err e = due_at(r, unit, DUTIES_OVERDUE, out);
	if (e || out->n >= SHORT_LIST)
		return e;
	struct items next = { 0 }, all = { NEW_N(r->mem, struct item, (size_t)SHORT_LIST * 2), 0 };
	static const enum duty_when then[] = { DUTIES_TODAY, DUTIES_SOON };
	for (size_t i = 0; i < out->n; i++)
		all.at[all.n++] = out->at[i];
	for (size_t k = 0; k < LENGTH(then) && all.n < SHORT_LIST; k++) {
		next.n = 0;
		if ((e = due_at(r, unit, then[k], &next)))
			return e;
		for (size_t i = 0; i < next.n && all.n < SHORT_LIST; i++)
			all.at[all.n++] = next.at[i];
	}
	*out = all;
	return OK;
}

/* The kind whose list stands first on this site. */
static const struct kind *listed_kind(struct req *r)
{
	for (const struct kind *const *k = r->tx.office->kinds; *k; k++)
		if (kind_is_listed(*k))
			return *k;
	return NULL;
}

static enum err freshest(struct req *r, int64_t unit, struct items *out)
{
	struct list_filter f = { .kind = listed_kind(r),
				 .under = unit,
				 .limit = SHORT_LIST,
				 .from = NO_DATE,
				 .to = NO_DATE,
				 .after_on = NO_DATE };
	struct list_rows rows;
	if (!f.kind)
		return OK;
	enum err e = list_dossiers(&r->tx, &f, &rows);
	return e ? e : list_items(r, rows.at, rows.n, out);
}

static enum err place_items(struct req *r, const struct unit *u, struct date day, struct items *out)
{
	struct unit_list children;
	enum err e = unit_children(&r->tx, u->id, day, 300, &children);
	if (e)
		return e;
	out->at = NEW_N(r->mem, struct item, children.n);
	for (size_t i = 0; i < children.n; i++) {
		const struct unit *c = &children.at[i];
		int64_t counts[LEVELS];
		struct buf meta = { .a = r->mem };
		if ((e = unit_count(&r->tx, c->id, day, counts)))
			return e;
		if (c->level < LEVEL_COMMUNE && counts[LEVEL_COMMUNE])
			msg_home_communes(&meta, r->lang, counts[LEVEL_COMMUNE]);
		else if (c->households)
			msg_home_households(&meta, r->lang, c->households);
		out->at[out->n++] = (struct item){
			.title = unit_heading(r->mem, c, r->lang),
			.meta = buf_str(&meta),
			.url = req_url(r, "/don-vi/%s", c->code),
		};
	}
	return OK;
}

void home_modules(struct page *out, const struct home_page *p)
{
	(void)out;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->on_home && !p->r->tx.err)
			p->r->tx.err = (*m)->on_home(p->r, p->root);
}

void home_side_modules(struct page *out, const struct home_page *p)
{
	(void)out;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->on_home_side && !p->r->tx.err)
			p->r->tx.err = (*m)->on_home_side(p->r, p->root);
}

void unit_modules(struct page *out, const struct unit_page *p)
{
	(void)out;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->on_unit && !p->r->tx.err)
			p->r->tx.err = (*m)->on_unit(p->r, p->unit, p->day);
}

static struct link review_of(struct req *r, const struct unit *u)
{
	int year = report_year_of(tx_today(&r->tx));
	struct buf b = { .a = r->mem };
	msg_report_link(&b, r->lang, year);
	return (struct link){ .text = buf_str(&b),
			      .url = req_url(r, "/tong-ket/%s/%s", u->code,
					     str_printf(r->mem, "%d", year)) };
}

enum err home_show(struct req *r)
{
	struct unit root;
	struct duty_counts counts;
	struct date today = tx_today(&r->tx);
	struct home_page p = { .r = r, .root = &root, .now = r->tx.now };
	enum err e = req_root(r, &root);
	if (e || (e = duty_count(&r->tx, root.id, &counts)) || (e = share_fill(r, &root, &p.share)))
		return e;
	struct buf title = { .a = r->mem };
	msg_home_title(&title, r->lang, unit_title(r->mem, &root, r->lang));
	p.frame = req_frame(r, buf_str(&title), DOOR_NONE);
	p.doors = p.frame->doors;
	p.find = req_url(r, "/tim");
	p.look_up = req_url(r, "/tim");
	p.overdue = counts.overdue;
	p.units_overdue = counts.units_overdue;
	p.overdue_url = url_with(r->mem, req_url(r, "/han"), S("xem"), S("qua-han"));
	p.list_url = req_url(r, "/cong-khai");
	p.review = review_of(r, &root);
	if ((e = most_urgent(r, root.id, &p.due)) || (e = freshest(r, root.id, &p.fresh)) ||
	    (e = place_items(r, &root, today, &p.places)))
		return e;
	page_home(&r->out, &p);
	return r->tx.err;
}

/* --- A unit --- */

static enum err ended_banner(struct req *r, const struct unit *u, const struct banner **out)
{
	struct unit_links links;
	if (u->in_force)
		return OK;
	enum err e = unit_successors(&r->tx, u->id, &links);
	if (e)
		return e;
	struct banner *b = NEW(r->mem, struct banner);
	struct buf text = { .a = r->mem };
	b->tone = TONE_INFO;
	b->title = msg_plain(r->lang, MSG_UNIT_ENDED);
	msg_unit_ended_on(&text, r->lang, u->to);
	b->text = buf_str(&text);
	b->ways.at = NEW_N(r->mem, struct link, links.n);
	for (size_t i = 0; i < links.n; i++)
		b->ways.at[b->ways.n++] = (struct link){
			.text = unit_heading(r->mem, &links.at[i].unit, r->lang),
			.url = req_url(r, "/don-vi/%s", links.at[i].unit.code),
		};
	*out = b;
	return OK;
}

static struct fact fact_of(struct req *r, enum msg label, int64_t n, struct url url)
{
	struct buf b = { .a = r->mem };
	lang_put_int(&b, r->lang, n);
	return (struct fact){ msg_plain(r->lang, label), buf_str(&b), url };
}

static enum err unit_facts_of(struct req *r, const struct unit *u, struct facts *out)
{
	struct duty_counts counts;
	struct url han = url_with(r->mem, req_url(r, "/han"), S("don-vi"), u->code);
	enum err e = duty_count(&r->tx, u->id, &counts);
	if (e)
		return e;
	out->at = NEW_N(r->mem, struct fact, 5);
	out->at[out->n++] = fact_of(r, MSG_UNIT_OVERDUE, counts.overdue,
				    url_with(r->mem, han, S("xem"), S("qua-han")));
	out->at[out->n++] = fact_of(r, MSG_UNIT_TODAY, counts.today,
				    url_with(r->mem, han, S("xem"), S("hom-nay")));
	out->at[out->n++] = fact_of(r, MSG_UNIT_LATER, counts.later,
				    url_with(r->mem, han, S("xem"), S("sap-toi")));
	return share_facts(r, u, out);
}

/* Of a kind the first way in which this reader opens one, and then by name the others that an office
 * has. */
static void add_ways(struct req *r, const struct unit *u, const struct kind *k, struct links *out)
{
	bool first = true;
	if (k->unlisted || !kind_lives_at(k, u->level))
		return;
	for (const struct step *s = k->steps; s->name; s++) {
		struct url url = req_url(r, "/ghi-moi/%s/%s", str_of(k->slug), u->code);
		if ((!first && (s->may & CITIZEN)) ||
		    !step_allowed(&r->tx, dossier_blank(r->mem, k, u->id), s, NULL))
			continue;
		if (!first)
			url = url_with(r->mem, url, S("buoc"), str_of(s->name));
		out->at[out->n++] =
			(struct link){ .text = msg_plain(r->lang, s->label), .url = url };
		first = false;
	}
}

static void fill_add(struct req *r, const struct unit *u, struct links *out)
{
	size_t n = 1;
	for (const struct kind *const *k = r->tx.office->kinds; *k; k++)
		for (const struct step *s = (*k)->steps; s->name; s++)
			n += (s->from & NEW) != 0;
	out->at = NEW_N(r->mem, struct link, n);
	for (const struct kind *const *k = r->tx.office->kinds; *k; k++)
		add_ways(r, u, *k, out);
	if (member_may(r->tx.who, CLERK | LEADER, u->id, str_of(comment_kind.work)))
		out->at[out->n++] =
			(struct link){ .text = msg_plain(r->lang, MSG_REVIEW_WAY),
				       .url = req_url(r, "/don-vi/%s/y-kien", u->code) };
}

enum err unit_show(struct req *r)
{
	struct unit u;
	struct unit_list path;
	struct date today = tx_today(&r->tx), day = req_query_date(r, "ngay", today);
	struct unit_page p = { .r = r, .unit = &u, .day = day };
	struct buf responsible = { .a = r->mem };
	enum err e = unit_by_code_any(&r->tx, req_param(r, "code"), day, &u);
	if (e || (e = unit_path(&r->tx, u.id, day, &path)))
		return e;
	if (r->format == FORMAT_ATOM)
		return unit_feed(r, &u);
	p.title = unit_heading(r->mem, &u, r->lang);
	p.frame = req_frame(r, p.title, DOOR_NONE);
	for (size_t i = 0; i + 1 < path.n; i++)
		frame_crumb(r->mem, p.frame, unit_heading(r->mem, &path.at[i], r->lang),
			    req_url(r, "/don-vi/%s", path.at[i].code));
	if (path.n > 1)
		p.kicker = unit_heading(r->mem, &path.at[path.n - 2], r->lang);
	if (u.level <= LEVEL_COMMUNE) {
		msg_unit_responsible(&responsible, r->lang, unit_title(r->mem, &u, r->lang));
		p.responsible = buf_str(&responsible);
	}
	p.all = url_with(r->mem, req_url(r, "/cong-khai"), S("don-vi"), u.code);
	p.frame->feed = req_url(r, "/don-vi/%s", str_printf(r->mem, "%.*s.atom", STR_ARG(u.code)));
	if ((e = follow_part_fill(r, &(struct follow){ .unit = u.id }, p.frame->feed, &p.follow)))
		return e;
	if (u.level != LEVEL_VILLAGE)
		p.review = review_of(r, &u);
	fill_add(r, &u, &p.add);
	if ((e = ended_banner(r, &u, &p.ended)) || (e = unit_facts_of(r, &u, &p.facts)) ||
	    (e = place_items(r, &u, day, &p.children)))
		return e;
	/* A unit that owes something has a register instead of these two. */
	p.gathers = u.regime == REGIME_NONE;
	if (p.gathers && ((e = most_urgent(r, u.id, &p.due)) || (e = freshest(r, u.id, &p.fresh))))
		return e;
	p.beneath =
		msg_plain(r->lang, u.level == LEVEL_COMMUNE ? MSG_UNIT_VILLAGES : MSG_UNIT_BENEATH);
	page_unit(&r->out, &p);
	return r->tx.err;
}
