/* People come to the counter without a password, or have forgotten it. The clerk sees their papers
 * and prints a code that works once: nobody at the office ever knows a citizen's password, and each
 * code is recorded with who made it. */
#include "web/counter_page.h"

#include "base/utf8.h"
#include "gen/web_pages.h"
#include "web/grid.h"
#include "web/qr.h"

enum { FOUND_MOST = 50 };

static const struct field no_fields[] = { { 0 } };

struct counter_form {
	struct str name, login, address;
	bool verified;
};

const struct field counter_fields[] = {
	FIELD(struct counter_form, name, .min = 2, .max = 100, .label = MSG_COUNTER_NAME,
	      .hint = MSG_COUNTER_NAME_HINT),
	FIELD(struct counter_form, login, .max = 60, .label = MSG_SIGN_LOGIN,
	      .hint = MSG_SIGN_LOGIN_HINT),
	FIELD(struct counter_form, address, .max = 300, .optional = true,
	      .label = MSG_COUNTER_ADDRESS),
	FIELD(struct counter_form, verified, .optional = true, .label = MSG_COUNTER_PAPERS),
	{ 0 },
};

static bool serves(const struct appointment *a)
{
	return (a->role & (CLERK | ADMIN)) && !a->field.len;
}

/* The unit of the address, else the first this member serves. An administrator may name any unit
 * beneath; whoever else does is refused by the question each page asks. */
static enum err find_unit(struct req *r, struct unit *out)
{
	struct str code = req_query(r, "don-vi");
	const struct member *m = r->tx.who;
	if (code.len)
		return unit_by_code_any(&r->tx, code, tx_today(&r->tx), out);
	for (size_t i = 0; i < m->n; i++)
		if (serves(&m->at[i]))
			return unit_find(&r->tx, m->at[i].unit, tx_today(&r->tx), out);
	return ERR_DENIED;
}

static enum err other_units(struct req *r, int64_t here, struct links *out)
{
	const struct member *m = r->tx.who;
	struct links all = { NEW_N(r->mem, struct link, m->n), 0 };
	for (size_t i = 0; i < m->n; i++) {
		struct unit u;
		bool known = m->at[i].unit == here;
		for (size_t k = 0; k < i && !known; k++)
			known = serves(&m->at[k]) && m->at[k].unit == m->at[i].unit;
		if (known || !serves(&m->at[i]))
			continue;
		enum err e = unit_find(&r->tx, m->at[i].unit, tx_today(&r->tx), &u);
		if (e)
			return e;
		all.at[all.n++] =
			(struct link){ unit_heading(r->mem, &u, r->lang),
				       url_with(r->mem, req_url(r, "/quay"), S("don-vi"), u.code),
				       false };
	}
	*out = all;
	return OK;
}

static struct table *people_table(struct req *r, const struct person_rows *rows)
{
	static const enum msg columns[] = { MSG_COUNTER_NAME, MSG_COUNTER_LOGIN_COLUMN,
					    MSG_COUNTER_PAPERS_COLUMN };
	struct table *t = grid_new(r, MSG_COUNTER_FOUND, rows->n, columns, LENGTH(columns));
	for (size_t i = 0; i < rows->n; i++) {
		const struct person_row *row = &rows->at[i];
		struct cell *c = grid_row(r, t);
		c[0].text = row->p.name;
		if (row->p.id != r->tx.who->person) /* nobody serves himself */
			c[0].url = req_url(r, "/quay/nguoi/%s",
					   str_printf(r->mem, "%lld", (long long)row->p.id));
		c[1].text =
			row->login.len ? row->login : msg_plain(r->lang, MSG_COUNTER_NO_ACCOUNT);
		c[2].tag =
			(struct tag){ row->p.verified ? TONE_OK : TONE_WAIT,
				      msg_plain(r->lang, row->p.verified ? MSG_COUNTER_VERIFIED
									 : MSG_COUNTER_UNVERIFIED),
				      ICON_NONE };
	}
	return t;
}

enum err counter_show(struct req *r)
{
	struct str title = msg_plain(r->lang, MSG_COUNTER_TITLE), typed = req_query(r, "q");
	struct counter_page page = { .title = title, .typed = typed };
	struct person_rows found;
	struct unit u;
	enum err e = find_unit(r, &u);
	if (e || (e = other_units(r, u.id, &page.units)) ||
	    (e = person_search(&r->tx, u.id, typed, FOUND_MOST, &found)))
		return e;
	page.frame = req_frame(r, title, DOOR_NONE);
	page.kicker = unit_heading(r->mem, &u, r->lang);
	page.unit_code = u.code;
	page.find = req_url(r, "/quay");
	page.add = url_with(r->mem, req_url(r, "/quay/them"), S("don-vi"), u.code);
	page.people = found.n ? people_table(r, &found) : NULL;
	page.more = found.more;
	page_counter(&r->out, &page);
	return OK;
}

enum err counter_add_show(struct req *r)
{
	struct form *form;
	struct unit u;
	enum err e = find_unit(r, &u);
	if (e)
		return e;
	struct url action = url_with(r->mem, req_url(r, "/quay/them"), S("don-vi"), u.code);
	e = form_show(r, counter_fields, NULL, NULL, action, MSG_COUNTER_ADD, &form);
	if (e)
		return e;
	struct str title = msg_plain(r->lang, MSG_COUNTER_ADD_TITLE);
	struct frame *frame = req_frame(r, title, DOOR_NONE);
	frame_crumb(r->mem, frame, msg_plain(r->lang, MSG_COUNTER_TITLE),
		    url_with(r->mem, req_url(r, "/quay"), S("don-vi"), u.code));
	page_sign(&r->out, &(struct sign_page){ .frame = frame,
						.kicker = unit_heading(r->mem, &u, r->lang),
						.title = title,
						.lede = msg_plain(r->lang, MSG_COUNTER_ADD_LEDE),
						.form = form });
	return OK;
}

static struct url person_url(struct req *r, int64_t id)
{
	return req_url(r, "/quay/nguoi/%s", str_printf(r->mem, "%lld", (long long)id));
}

enum err person_take(struct req *r, int64_t unit, int64_t *out)
{
	const struct counter_form *f = r->form;
	struct str login;
	int64_t id;
	if (!login_read(r->mem, f->login, &login))
		return req_fault(r, "login", MSG_SIGN_LOGIN_BAD);
	enum err e = person_add(&r->tx, f->name, unit, f->verified, &id);
	if (e)
		return e;
	e = account_add(&r->tx, id, login);
	if (e == ERR_CONFLICT)
		return req_fault(r, "login", MSG_SIGN_LOGIN_TAKEN);
	struct person_private kept = { login.at[0] == '0' ? login : S(""), str_some(f->address),
				       NO_DATE };
	if (e || (e = person_private_save(&r->tx, id, &kept)))
		return e;
	*out = id;
	return OK;
}

enum err counter_add(struct req *r)
{
	struct unit u;
	int64_t id = 0;
	enum err e = find_unit(r, &u);
	if (e || (e = person_take(r, u.id, &id)))
		return e;
	return req_redirect(r, url_with(r->mem, person_url(r, id), S("xong"), S("them")));
}

/* --- one person --- */

const struct banner *person_done(struct req *r)
{
	struct str word = req_query(r, "xong");
	enum msg title = str_eq(word, S("them"))      ? MSG_COUNTER_DONE_ADDED
			 : str_eq(word, S("giay-to")) ? MSG_COUNTER_DONE_VERIFIED
			 : str_eq(word, S("dong"))    ? MSG_ADMIN_DONE_CLOSED
			 : str_eq(word, S("mo"))      ? MSG_ADMIN_DONE_OPENED
			 : str_eq(word, S("ma-tat"))  ? MSG_SIGN_DONE_FACTOR_OFF
						      : MSG_NONE;
	if (!title)
		return NULL;
	struct banner *b = NEW(r->mem, struct banner);
	*b = (struct banner){ .tone = TONE_OK, .title = msg_plain(r->lang, title) };
	return b;
}

static void put(struct kvs *k, enum lang lang, enum msg label, struct str value)
{
	k->at[k->n++] = (struct kv){ .label = msg_plain(lang, label), .value = value };
}

static enum msg state_of(const struct account *a)
{
	return a->disabled       ? MSG_COUNTER_CLOSED
	       : a->must_change  ? MSG_COUNTER_MUST_CHANGE
	       : a->has_password ? MSG_COUNTER_OPEN
				 : MSG_COUNTER_NO_PASSWORD;
}

enum err person_facts(struct req *r, const struct person *p, struct kvs *out,
		      struct account *account, bool *has_account)
{
	struct kvs k = { NEW_N(r->mem, struct kv, 5), 0 };
	enum err e = account_find(&r->tx, p->id, account);
	if (e && e != ERR_NOT_FOUND)
		return e;
	*has_account = !e;
	put(&k, r->lang, MSG_COUNTER_NAME, p->name);
	put(&k, r->lang, MSG_SIGN_LOGIN,
	    e ? msg_plain(r->lang, MSG_COUNTER_NO_ACCOUNT) : account->login);
	if (!e)
		put(&k, r->lang, MSG_COUNTER_STATE, msg_plain(r->lang, state_of(account)));
	if (!e && account->totp_on)
		put(&k, r->lang, MSG_SIGN_FACTOR, msg_plain(r->lang, MSG_SIGN_FACTOR_ON));
	put(&k, r->lang, MSG_COUNTER_PAPERS,
	    msg_plain(r->lang, p->verified ? MSG_COUNTER_VERIFIED : MSG_COUNTER_UNVERIFIED));
	*out = k;
	return OK;
}

static enum err button(struct req *r, struct url action, enum msg words, const struct form **out)
{
	struct form *form;
	enum err e = form_show(r, no_fields, NULL, NULL, action, words, &form);
	if (!e)
		*out = form;
	return e;
}

/* The person, where this member may help: the same right as to the telephone number. */
static enum err find_person(struct req *r, struct person *p)
{
	struct person_private unused;
	int64_t id;
	enum err e = req_id(r, "id", &id);
	if (e || (e = person_find(&r->tx, id, p)))
		return e;
	if (id == r->tx.who->person)
		return tx_fail(&r->tx, ERR_DENIED, "nobody serves himself at the counter");
	return person_private_load(&r->tx, id, &unused);
}

/* Codes for officials come from an administrator of every unit where they act: a clerk cannot become
 * the chairman by printing him a new password. code_make_password asks this again. */
static enum err may_print(struct req *r, int64_t person, bool *out)
{
	struct appointment_list held;
	struct date today = tx_today(&r->tx);
	enum err e = appointment_list_person(&r->tx, person, &held);
	*out = !e;
	for (size_t i = 0; !e && i < held.n && *out; i++) {
		const struct appointment *a = &held.at[i].a;
		if (!date_is_set(a->to) || date_cmp(a->to, today) >= 0)
			e = member_administers(&r->tx, a->unit, out);
	}
	return e;
}

enum err counter_person(struct req *r)
{
	struct person_page page = { 0 };
	struct account a;
	struct person p;
	struct unit u;
	bool has, prints;
	enum err e = find_person(r, &p);
	if (e || (e = unit_find(&r->tx, p.unit, tx_today(&r->tx), &u)) ||
	    (e = may_print(r, p.id, &prints)) || (e = person_facts(r, &p, &page.facts, &a, &has)))
		return e;
	struct str id = str_printf(r->mem, "%lld", (long long)p.id);
	page.official = !prints;
	if (has && !a.disabled && prints)
		e = button(r, req_url(r, "/quay/nguoi/%s/ma", id), MSG_COUNTER_PRINT, &page.slip);
	if (!e && !p.verified)
		e = button(r, req_url(r, "/quay/nguoi/%s/giay-to", id), MSG_COUNTER_VERIFY,
			   &page.verify);
	if (e)
		return e;
	struct frame *frame = req_frame(r, p.name, DOOR_NONE);
	frame_crumb(r->mem, frame, msg_plain(r->lang, MSG_COUNTER_TITLE),
		    url_with(r->mem, req_url(r, "/quay"), S("don-vi"), u.code));
	page.frame = frame;
	page.title = p.name;
	page.kicker = unit_heading(r->mem, &u, r->lang);
	page.banner = person_done(r);
	page_person(&r->out, &page);
	return OK;
}

enum err counter_verify(struct req *r)
{
	struct person p;
	enum err e = find_person(r, &p);
	if (e || (e = person_verify(&r->tx, p.id)))
		return e;
	return req_redirect(r, url_with(r->mem, person_url(r, p.id), S("xong"), S("giay-to")));
}

/* The code is shown in the answer itself and nowhere else: it is not kept, so there is no address at
 * which it could be looked up again. Sending once more makes another and voids this one. */
enum err slip_print(struct req *r, int64_t person, struct url back)
{
	struct account a;
	struct unit u = { .id = 0 };
	struct slip_page page = { .made_at = r->tx.now, .back = back };
	enum err e = code_make_password(&r->tx, person, &page.code);
	if (e || (e = account_find(&r->tx, person, &a)))
		return e;
	if (a.unit && (e = unit_find(&r->tx, a.unit, tx_today(&r->tx), &u)))
		return e;
	struct url address = req_absolute(r, req_url(r, "/dang-nhap/ma-mot-lan"));
	e = qr_svg(r->mem, address.s, msg_plain(r->lang, MSG_COUNTER_SLIP_QR), 88, &page.qr);
	if (e)
		page.qr = html_of(r->mem, S(""));
	page.title = msg_plain(r->lang, MSG_COUNTER_SLIP_TITLE);
	page.frame = req_frame(r, page.title, DOOR_NONE);
	page.office = u.id ? unit_title(r->mem, &u, r->lang) : S("");
	page.name = a.name;
	page.login = a.login;
	page.by = r->tx.who->name;
	page.until.ms = r->tx.now.ms + PASSWORD_CODE_HOURS * INT64_C(3600000);
	page.address = address.s;
	r->reply.keep = KEEP_NEVER;
	page_slip(&r->out, &page);
	return OK;
}

enum err counter_slip(struct req *r)
{
	struct person p;
	enum err e = find_person(r, &p);
	return e ? e : slip_print(r, p.id, person_url(r, p.id));
}
