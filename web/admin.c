/* One page for each unit an administrator answers for: who is appointed, what it declares, what lies
 * beneath. What is changed is changed on pages of their own, one form each. */
#include "web/admin.h"

#include "base/utf8.h"
#include "gen/web_pages.h"
#include "office/site.h"
#include "office/unit_search.h"
#include "web/admin_pages.h"
#include "web/grid.h"

enum { BENEATH_MOST = 200, FOUND_MOST = 50 };

enum err admin_find(struct req *r, struct unit *out)
{
	bool may;
	struct unit u;
	enum err e = unit_by_code_any(&r->tx, req_param(r, "code"), tx_today(&r->tx), &u);
	if (e || (e = member_administers(&r->tx, u.id, &may)))
		return e;
	if (!may)
		return tx_fail(&r->tx, ERR_DENIED, "not an administrator there");
	*out = u;
	return OK;
}

struct url admin_url(struct req *r, const struct unit *u)
{
	return req_url(r, "/quan-tri/don-vi/%s", u->code);
}

enum err admin_back(struct req *r, const struct unit *u, const char *done)
{
	return req_redirect(r, url_with(r->mem, admin_url(r, u), S("xong"), str_of(done)));
}

static struct str page_title(struct req *r, const struct unit *u)
{
	struct buf b = { .a = r->mem };
	msg_admin_title_unit(&b, r->lang, unit_title(r->mem, u, r->lang));
	return buf_str(&b);
}

struct frame *admin_frame(struct req *r, const struct unit *u, struct str title)
{
	struct frame *f = req_frame(r, title, DOOR_NONE);
	frame_crumb(r->mem, f, msg_plain(r->lang, MSG_ADMIN_TITLE), req_url(r, "/quan-tri"));
	frame_crumb(r->mem, f, unit_heading(r->mem, u, r->lang), admin_url(r, u));
	return f;
}

enum err admin_form(struct req *r, const struct unit *u, enum msg title, struct str lede,
		    const struct field *fields, const void *initial, struct url action,
		    enum msg submit)
{
	struct form *form;
	enum err e = form_show(r, fields, initial, NULL, action, submit, &form);
	if (e)
		return e;
	struct str words = msg_plain(r->lang, title);
	page_admin(&r->out, &(struct admin_page){ .frame = admin_frame(r, u, words),
						  .kicker = unit_heading(r->mem, u, r->lang),
						  .title = words,
						  .lede = lede,
						  .form = form });
	return OK;
}

/* --- where one begins --- */

enum err admin_start(struct req *r)
{
	const struct member *m = r->tx.who;
	struct links ways = { NEW_N(r->mem, struct link, m->n), 0 };
	for (size_t i = 0; i < m->n; i++) {
		struct unit u;
		bool seen = m->at[i].role != ADMIN || m->at[i].field.len;
		for (size_t k = 0; k < i && !seen; k++)
			seen = m->at[k].role == ADMIN && m->at[k].unit == m->at[i].unit;
		if (seen)
			continue;
		enum err e = unit_find(&r->tx, m->at[i].unit, tx_today(&r->tx), &u);
		if (e)
			return e;
		ways.at[ways.n++] =
			(struct link){ unit_heading(r->mem, &u, r->lang), admin_url(r, &u), false };
	}
	if (ways.n == 1)
		return req_redirect(r, ways.at[0].url);
	struct str title = msg_plain(r->lang, MSG_ADMIN_TITLE);
	page_admin(&r->out, &(struct admin_page){ .frame = req_frame(r, title, DOOR_NONE),
						  .title = title,
						  .lede = msg_plain(r->lang, MSG_ADMIN_CHOOSE),
						  .ways = ways });
	return OK;
}

/* --- a unit --- */

static struct link link_to(struct req *r, enum msg words, struct url url)
{
	return (struct link){ msg_plain(r->lang, words), url, false };
}

static enum err offices(struct req *r, const struct unit *u, struct table **out)
{
	static const enum msg columns[] = { MSG_ADMIN_PERSON,    MSG_ADMIN_ROLE,
					    MSG_ADMIN_DAYS,      MSG_ADMIN_ON_BEHALF,
					    MSG_ADMIN_WHEN_AWAY, MSG_ADMIN_ACT };
	struct appointment_list list;
	enum err e = appointment_list_unit(&r->tx, u->id, tx_today(&r->tx), &list);
	if (e)
		return e;
	struct table *t = grid_new(r, MSG_ADMIN_OFFICES, list.n, columns, LENGTH(columns));
	for (size_t i = 0; i < list.n; i++) {
		const struct appointment_row *row = &list.at[i];
		struct cell *c = grid_row(r, t);
		struct str id = str_printf(r->mem, "%lld", (long long)row->a.id);
		c[0].text = row->person_name;
		c[0].url = req_url(r, "/quan-tri/nguoi/%s",
				   str_printf(r->mem, "%lld", (long long)row->a.person));
		c[1].text = appointment_title(r, &row->a);
		c[2].text = appointment_days(r, &row->a);
		c[3].text = row->a.substitute_of ? row->substitute_of_name
						 : msg_plain(r->lang, MSG_ADMIN_OWN_RIGHT);
		c[4].text = S("–"); /* nobody stands in for a substitute */
		if (!row->a.substitute_of) {
			c[4].text = msg_plain(r->lang, MSG_ADMIN_SUBSTITUTE);
			c[4].url = req_url(r, "/quan-tri/viec/%s/lam-thay", id);
		}
		c[5].text = msg_plain(r->lang, MSG_ADMIN_END);
		c[5].url = req_url(r, "/quan-tri/viec/%s/thoi", id);
	}
	t->named = true;
	*out = list.n ? t : NULL;
	return OK;
}

static struct table *beneath_table(struct req *r, const struct unit_list *list)
{
	static const enum msg columns[] = { MSG_ADMIN_UNIT, MSG_ADMIN_CODE };
	struct table *t = grid_new(r, MSG_ADMIN_BENEATH, list->n, columns, LENGTH(columns));
	for (size_t i = 0; i < list->n; i++) {
		struct cell *c = grid_row(r, t);
		c[0].text = unit_heading(r->mem, &list->at[i], r->lang);
		c[0].url = admin_url(r, &list->at[i]);
		c[1].text = list->at[i].code;
	}
	t->named = true;
	return list->n ? t : NULL;
}

static enum err places(struct req *r, const struct unit *u, struct table **out)
{
	static const enum msg columns[] = { MSG_ADMIN_PLACE, MSG_ADMIN_FROM };
	struct notice_places list;
	enum err e = notice_place_list(&r->tx, u->id, tx_today(&r->tx), &list);
	if (e)
		return e;
	struct table *t = grid_new(r, MSG_ADMIN_PLACES, list.n, columns, LENGTH(columns));
	for (size_t i = 0; i < list.n; i++) {
		struct buf day = { .a = r->mem };
		struct cell *c = grid_row(r, t);
		lang_put_date(&day, r->lang, list.at[i].from);
		c[0].text = list.at[i].name;
		c[1].text = buf_str(&day);
	}
	t->named = true;
	*out = list.n ? t : NULL;
	return OK;
}

static struct str count(struct req *r, int64_t n)
{
	struct buf b = { .a = r->mem };
	if (!n)
		return msg_plain(r->lang, MSG_ADMIN_UNKNOWN);
	lang_put_int(&b, r->lang, n);
	return buf_str(&b);
}

static struct kvs facts(struct req *r, const struct unit *u)
{
	enum lang l = r->lang;
	const struct {
		enum msg label;
		struct str value;
	} rows[] = {
		{ MSG_ADMIN_HAS_WEB, msg_plain(l, u->has_web ? MSG_ADMIN_YES : MSG_ADMIN_NO) },
		{ MSG_ADMIN_HAS_LOUDSPEAKER,
		  msg_plain(l, u->has_loudspeaker ? MSG_ADMIN_YES : MSG_ADMIN_NO) },
		{ MSG_ADMIN_HOUSEHOLDS, count(r, u->households) },
		{ MSG_ADMIN_HEAD_COUNT, count(r, u->head_count) },
	};
	struct kvs k = { NEW_N(r->mem, struct kv, LENGTH(rows)), 0 };
	for (size_t i = 0; i < LENGTH(rows); i++)
		k.at[k.n++] = (struct kv){
			.label = msg_plain(l, rows[i].label),
			.value = rows[i].value,
			.act = link_to(r, MSG_ADMIN_FACTS_EDIT,
				       req_url(r, "/quan-tri/don-vi/%s/khai-bao", u->code)),
			.act_about = msg_plain(l, rows[i].label),
		};
	return k;
}

static const struct banner *done(struct req *r)
{
	static const struct {
		struct str word;
		enum msg title;
	} all[] = {
		{ S_INIT("giao"), MSG_ADMIN_DONE_APPOINTED },
		{ S_INIT("thoi"), MSG_ADMIN_DONE_ENDED },
		{ S_INIT("them"), MSG_ADMIN_DONE_ADDED },
		{ S_INIT("khai-bao"), MSG_ADMIN_DONE_DECLARED },
		{ S_INIT("noi"), MSG_ADMIN_DONE_PLACE },
		{ S_INIT("nhap"), MSG_ADMIN_DONE_IMPORTED },
		{ S_INIT("ngay"), MSG_ADMIN_DONE_DAY },
	};
	struct str word = req_query(r, "xong");
	for (size_t i = 0; i < LENGTH(all); i++) {
		if (!str_eq(all[i].word, word))
			continue;
		struct banner *b = NEW(r->mem, struct banner);
		*b = (struct banner){ .tone = TONE_OK, .title = msg_plain(r->lang, all[i].title) };
		return b;
	}
	return NULL;
}

/* Those beneath, or those found among everything beneath. */
static enum err beneath(struct req *r, const struct unit *u, struct str typed,
			struct unit_list *out)
{
	struct date today = tx_today(&r->tx);
	if (typed.len)
		return unit_search(&r->tx, typed, u->id, today, FOUND_MOST, out);
	return unit_children(&r->tx, u->id, today, BENEATH_MOST, out);
}

static void fill_ways(struct req *r, const struct unit *u, bool rooted,
		      struct admin_unit_page *page)
{
	struct link *offices = NEW_N(r->mem, struct link, 2);
	struct link *lower = NEW_N(r->mem, struct link, 1);
	struct link *whole = NEW_N(r->mem, struct link, 4);
	offices[0] =
		link_to(r, MSG_ADMIN_APPOINT, req_url(r, "/quan-tri/don-vi/%s/giao-viec", u->code));
	offices[1] =
		link_to(r, MSG_ADMIN_ADD, req_url(r, "/quan-tri/don-vi/%s/them-nguoi", u->code));
	lower[0] = link_to(r, MSG_ADMIN_IMPORT, req_url(r, "/quan-tri/don-vi/%s/nhap", u->code));
	whole[0] = link_to(r, MSG_ADMIN_DAYS_TITLE, req_url(r, "/quan-tri/lich"));
	whole[1] = link_to(r, MSG_REVIEW_SETTING, req_url(r, "/quan-tri/y-kien"));
	whole[2] = link_to(r, MSG_ADMIN_FACTOR_TITLE, req_url(r, "/quan-tri/ma-xac-thuc"));
	whole[3] = link_to(r, MSG_NOTICE_QUEUE_TITLE, req_url(r, "/quan-tri/thong-bao"));
	page->office_ways = (struct links){ offices, 2 };
	page->beneath_ways = (struct links){ lower, 1 };
	page->site_ways = (struct links){ whole, rooted ? 4 : 0 };
	page->places_way = link_to(r, MSG_ADMIN_PLACES_EDIT,
				   req_url(r, "/quan-tri/don-vi/%s/noi-niem-yet", u->code));
}

enum err admin_unit(struct req *r)
{
	struct admin_unit_page page = { .typed = req_query(r, "q") };
	struct unit_list lower;
	struct unit u;
	int64_t root;
	enum err e = admin_find(r, &u);
	if (e || (e = site_root(&r->tx, &root)) || (e = offices(r, &u, &page.offices)) ||
	    (e = places(r, &u, &page.places)) || (e = beneath(r, &u, page.typed, &lower)) ||
	    (e = unit_title_long(&r->tx, &u, tx_today(&r->tx), r->lang, &page.kicker)))
		return e;
	page.kicker = utf8_capital(r->mem, page.kicker);
	page.title = page_title(r, &u);
	page.frame = req_frame(r, page.title, DOOR_NONE);
	page.banner = done(r);
	page.beneath = beneath_table(r, &lower);
	page.facts = facts(r, &u);
	page.find = admin_url(r, &u);
	fill_ways(r, &u, u.id == root, &page);
	page_admin_unit(&r->out, &page);
	return OK;
}

const struct route admin_routes[] = {
	{ GET, "/quan-tri", admin_start, ADMIN },
	{ GET, "/quan-tri/don-vi/{code}", admin_unit, ADMIN },
	{ GET, "/quan-tri/don-vi/{code}/them-nguoi", admin_add_show, ADMIN },
	{ POST, "/quan-tri/don-vi/{code}/them-nguoi", admin_add, ADMIN, counter_fields,
	  .quiet = true },
	{ GET, "/quan-tri/don-vi/{code}/giao-viec", admin_appoint_show, ADMIN },
	{ POST, "/quan-tri/don-vi/{code}/giao-viec", admin_appoint, ADMIN, admin_appoint_fields },
	{ GET, "/quan-tri/viec/{id}/lam-thay", admin_stand_in_show, ADMIN },
	{ POST, "/quan-tri/viec/{id}/lam-thay", admin_stand_in, ADMIN, admin_stand_in_fields },
	{ GET, "/quan-tri/viec/{id}/thoi", admin_end_show, ADMIN },
	{ POST, "/quan-tri/viec/{id}/thoi", admin_end, ADMIN, admin_end_fields },
	{ GET, "/quan-tri/nguoi/{id}", admin_person, ADMIN },
	{ POST, "/quan-tri/nguoi/{id}/ma", admin_person_slip, ADMIN, .quiet = true },
	{ POST, "/quan-tri/nguoi/{id}/khoa", admin_person_close, ADMIN, .quiet = true },
	{ POST, "/quan-tri/nguoi/{id}/mo", admin_person_open, ADMIN, .quiet = true },
	{ POST, "/quan-tri/nguoi/{id}/tat-ma-xac-thuc", admin_person_factor, ADMIN, .quiet = true },
	{ GET, "/quan-tri/don-vi/{code}/khai-bao", admin_facts_show, ADMIN },
	{ POST, "/quan-tri/don-vi/{code}/khai-bao", admin_facts, ADMIN, admin_facts_fields },
	{ GET, "/quan-tri/don-vi/{code}/noi-niem-yet", admin_places_show, ADMIN },
	{ POST, "/quan-tri/don-vi/{code}/noi-niem-yet", admin_place_add, ADMIN,
	  admin_place_fields },
	{ POST, "/quan-tri/noi-niem-yet/{id}/thoi", admin_place_end, ADMIN },
	{ GET, "/quan-tri/don-vi/{code}/nhap", admin_import_show, ADMIN },
	{ POST, "/quan-tri/don-vi/{code}/nhap", admin_import_preview, ADMIN, NULL,
	  admin_import_show, admin_import_prepare, .uploads = true, .quiet = true },
	{ POST, "/quan-tri/don-vi/{code}/nhap/ghi", admin_import_write, ADMIN, .uploads = true },
	{ GET, "/quan-tri/lich", admin_days_show, ADMIN },
	{ POST, "/quan-tri/lich", admin_days_post, ADMIN },
	{ GET, "/quan-tri/ma-xac-thuc", admin_factor_show, ADMIN },
	{ POST, "/quan-tri/ma-xac-thuc", admin_factor_post, ADMIN, admin_factor_fields,
	  .quiet = true },
	{ 0 },
};
