/* What a unit declares about itself, from a day on, and where it posts its notices. */
#include "gen/web_pages.h"
#include "web/admin_pages.h"

enum { PEOPLE_MOST = 200 * 1000 * 1000 };

struct facts_form {
	struct date from;
	bool has_web, has_loudspeaker;
	int64_t households, head_count;
};

const struct field admin_facts_fields[] = {
	FIELD(struct facts_form, from, .label = MSG_ADMIN_FROM),
	FIELD(struct facts_form, has_web, .optional = true, .label = MSG_ADMIN_HAS_WEB),
	FIELD(struct facts_form, has_loudspeaker, .optional = true,
	      .label = MSG_ADMIN_HAS_LOUDSPEAKER),
	FIELD(struct facts_form, households, .max = PEOPLE_MOST, .optional = true,
	      .label = MSG_ADMIN_HOUSEHOLDS),
	FIELD(struct facts_form, head_count, .max = PEOPLE_MOST, .optional = true,
	      .label = MSG_ADMIN_HEAD_COUNT, .hint = MSG_ADMIN_HEAD_COUNT_HINT),
	{ 0 },
};

enum err admin_facts_show(struct req *r)
{
	struct unit u;
	enum err e = admin_find(r, &u);
	if (e)
		return e;
	struct facts_form initial = { .from = tx_today(&r->tx),
				      .has_web = u.has_web,
				      .has_loudspeaker = u.has_loudspeaker,
				      .households = u.households,
				      .head_count = u.head_count };
	return admin_form(r, &u, MSG_ADMIN_FACTS, msg_plain(r->lang, MSG_ADMIN_FACTS_LEDE),
			  admin_facts_fields, &initial,
			  req_url(r, "/quan-tri/don-vi/%s/khai-bao", u.code), MSG_ADMIN_DECLARE);
}

enum err admin_facts(struct req *r)
{
	const struct facts_form *f = r->form;
	struct unit u;
	enum err e = admin_find(r, &u);
	if (e)
		return e;
	struct unit_facts facts = { f->has_web, f->has_loudspeaker, f->households, f->head_count };
	e = unit_declare(&r->tx, u.id, f->from, &facts);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return req_fault(r, "from", MSG_ADMIN_DECLARE_DAY);
	return e ? e : admin_back(r, &u, "khai-bao");
}

/* --- notice places --- */

struct place_form {
	struct str name;
	struct date from;
};

const struct field admin_place_fields[] = {
	FIELD(struct place_form, name, .min = 3, .max = 200, .label = MSG_ADMIN_PLACE,
	      .hint = MSG_ADMIN_PLACE_HINT),
	FIELD(struct place_form, from, .label = MSG_ADMIN_FROM),
	{ 0 },
};

/* One button for each place in use. */
static enum err ends(struct req *r, const struct notice_places *places,
		     const struct form_list **out)
{
	static const struct field no_fields[] = { { 0 } };
	struct form_list *list = NEW(r->mem, struct form_list);
	list->at = NEW_N(r->mem, struct form *, places->n);
	for (size_t i = 0; i < places->n; i++) {
		struct str id = str_printf(r->mem, "%lld", (long long)places->at[i].id);
		struct buf words = { .a = r->mem };
		struct form *form;
		enum err e = form_show(r, no_fields, NULL, NULL,
				       req_url(r, "/quan-tri/noi-niem-yet/%s/thoi", id),
				       MSG_ADMIN_END, &form);
		if (e)
			return e;
		msg_admin_place_end(&words, r->lang, places->at[i].name);
		form->submit = buf_str(&words);
		list->at[list->n++] = form;
	}
	*out = list;
	return OK;
}

enum err admin_places_show(struct req *r)
{
	struct notice_places places;
	struct place_form initial = { .from = tx_today(&r->tx) };
	struct form *form;
	struct unit u;
	struct str title = msg_plain(r->lang, MSG_ADMIN_PLACES);
	struct admin_page page = { .title = title };
	enum err e = admin_find(r, &u);
	if (e || (e = notice_place_list(&r->tx, u.id, tx_today(&r->tx), &places)) ||
	    (e = form_show(r, admin_place_fields, &initial, NULL,
			   req_url(r, "/quan-tri/don-vi/%s/noi-niem-yet", u.code),
			   MSG_ADMIN_PLACE_ADD, &form)) ||
	    (e = ends(r, &places, &page.ends)))
		return e;
	page.frame = admin_frame(r, &u, title);
	page.kicker = unit_heading(r->mem, &u, r->lang);
	page.lede = msg_plain(r->lang, MSG_ADMIN_PLACES_LEDE);
	page.form = form;
	page_admin(&r->out, &page);
	return OK;
}

enum err admin_place_add(struct req *r)
{
	const struct place_form *f = r->form;
	struct unit u;
	int64_t id;
	enum err e = admin_find(r, &u);
	if (e)
		return e;
	e = notice_place_add(&r->tx, u.id, f->name, f->from, &id);
	if (e == ERR_INVALID || e == ERR_CONFLICT)
		return req_fault(r, "name", MSG_ADMIN_PLACE_TAKEN);
	return e ? e : admin_back(r, &u, "noi");
}

enum err admin_place_end(struct req *r)
{
	struct notice_place p;
	struct unit u;
	int64_t id;
	enum err e = req_id(r, "id", &id);
	if (e || (e = notice_place_find(&r->tx, id, &p)) ||
	    (e = notice_place_end(&r->tx, id, tx_today(&r->tx))) ||
	    (e = unit_find(&r->tx, p.unit, tx_today(&r->tx), &u)))
		return e;
	return admin_back(r, &u, "noi");
}
