/* One's own account: what one is appointed to and until when, the password, who else is signed in
 * under this name. A password set by somebody else opens nothing before it is changed here. */
#include "web/account_page.h"

#include "gen/web_pages.h"
#include "web/grid.h"

static const struct field no_fields[] = { { 0 } };

static enum err offices(struct req *r, struct table **out)
{
	static const enum msg columns[] = { MSG_ADMIN_ROLE, MSG_ADMIN_UNIT, MSG_ADMIN_DAYS,
					    MSG_ADMIN_ON_BEHALF, MSG_ADMIN_STATE };
	struct appointment_list list;
	struct date today = tx_today(&r->tx);
	enum err e = appointment_list_person(&r->tx, r->tx.who->person, &list);
	if (e)
		return e;
	struct table *t = grid_new(r, MSG_SIGN_OFFICES, list.n, columns, LENGTH(columns));
	for (size_t i = 0; i < list.n; i++) {
		const struct appointment *a = &list.at[i].a;
		struct cell *c = grid_row(r, t);
		bool over = date_is_set(a->to) && date_cmp(a->to, today) < 0;
		bool ahead = date_cmp(a->from, today) > 0;
		c[0].text = appointment_title(r, a);
		if ((e = grid_unit(r, a->unit, &c[1])))
			return e;
		c[2].text = appointment_days(r, a);
		c[3].text = list.at[i].substitute_of_name.len
				    ? list.at[i].substitute_of_name
				    : msg_plain(r->lang, MSG_ADMIN_OWN_RIGHT);
		c[4].tag = (struct tag){ over || ahead ? TONE_WAIT : TONE_OK,
					 msg_plain(r->lang, over    ? MSG_ADMIN_OVER
							    : ahead ? MSG_ADMIN_AHEAD
								    : MSG_ADMIN_IN_FORCE),
					 ICON_NONE };
	}
	t->named = true;
	*out = list.n ? t : NULL;
	return OK;
}

static struct str when(struct req *r, struct instant at)
{
	struct buf b = { .a = r->mem };
	lang_put_instant(&b, r->lang, at);
	return buf_str(&b);
}

static enum err sessions(struct req *r, struct account_page *page)
{
	static const enum msg columns[] = { MSG_SIGN_SESSION_BEGUN, MSG_SIGN_SESSION_SEEN,
					    MSG_SIGN_SESSION_WHICH };
	struct session_list list;
	struct form *form;
	enum err e = session_list(&r->tx, r->tx.who->person, &list);
	if (e)
		return e;
	struct table *t = grid_new(r, MSG_SIGN_SESSIONS, list.n, columns, LENGTH(columns));
	for (size_t i = 0; i < list.n; i++) {
		struct cell *c = grid_row(r, t);
		bool mine = hash_eq(&list.at[i].hash, &r->sign_in.hash);
		c[0].text = when(r, list.at[i].made_at);
		c[1].text = when(r, list.at[i].seen_at);
		c[2].text =
			msg_plain(r->lang, mine ? MSG_SIGN_SESSION_THIS : MSG_SIGN_SESSION_OTHER);
	}
	t->named = true;
	page->sessions = t;
	if (list.n < 2)
		return OK;
	e = form_show(r, no_fields, NULL, NULL, req_url(r, "/tai-khoan/phien"), MSG_SIGN_END_OTHERS,
		      &form);
	page->end_others = form;
	return e;
}

static struct kvs facts(struct req *r, const struct account *a, const struct unit *u)
{
	struct kvs k = { NEW_N(r->mem, struct kv, 5), 0 };
	enum lang l = r->lang;
	k.at[k.n++] = (struct kv){ .label = msg_plain(l, MSG_SIGN_NAME), .value = a->name };
	k.at[k.n++] = (struct kv){ .label = msg_plain(l, MSG_SIGN_LOGIN), .value = a->login };
	if (u)
		k.at[k.n++] = (struct kv){ .label = msg_plain(l, MSG_ADMIN_UNIT),
					   .value = unit_heading(r->mem, u, l),
					   .url = req_url(r, "/don-vi/%s", u->code) };
	k.at[k.n++] = (struct kv){ .label = msg_plain(l, MSG_SIGN_PASSWORD),
				   .value = msg_plain(l, MSG_SIGN_PASSWORD_HIDDEN),
				   .act = { msg_plain(l, MSG_SIGN_CHANGE),
					    req_url(r, "/tai-khoan/mat-khau"), false },
				   .act_about = msg_plain(l, MSG_SIGN_PASSWORD) };
	k.at[k.n++] = (struct kv){
		.label = msg_plain(l, MSG_SIGN_FACTOR),
		.value = msg_plain(l, a->totp_on ? MSG_SIGN_FACTOR_ON : MSG_SIGN_FACTOR_OFF),
		.act = { msg_plain(l, a->totp_on ? MSG_SIGN_CHANGE : MSG_SIGN_FACTOR_BEGIN),
			 req_url(r, "/tai-khoan/ma-xac-thuc"), false },
		.act_about = msg_plain(l, MSG_SIGN_FACTOR)
	};
	return k;
}

static const struct banner *words(struct req *r, const struct account *a)
{
	struct banner *b = NEW(r->mem, struct banner);
	struct str word = req_query(r, "xong");
	enum msg title = str_eq(word, S("mat-khau")) ? MSG_SIGN_DONE_CHANGED
			 : str_eq(word, S("phien"))  ? MSG_SIGN_DONE_ENDED
			 : str_eq(word, S("ma-bat")) ? MSG_SIGN_DONE_FACTOR_ON
			 : str_eq(word, S("ma-tat")) ? MSG_SIGN_DONE_FACTOR_OFF
						     : MSG_NONE;
	if (title) {
		*b = (struct banner){ .tone = TONE_OK, .title = msg_plain(r->lang, title) };
		return b;
	}
	if (!r->tx.who->n || a->totp_on)
		return NULL;
	*b = (struct banner){ .tone = TONE_SOON,
			      .title = msg_plain(r->lang, MSG_SIGN_FACTOR_ADVICE),
			      .text = msg_plain(r->lang, MSG_SIGN_FACTOR_ADVICE_WHY),
			      .ways = { NEW(r->mem, struct link), 1 } };
	b->ways.at[0] = (struct link){ msg_plain(r->lang, MSG_SIGN_FACTOR_BEGIN),
				       req_url(r, "/tai-khoan/ma-xac-thuc"), false };
	return b;
}

/* The pages that only some members have, then those of everybody. */
static struct links ways(struct req *r)
{
	const struct member *m = r->tx.who;
	struct links all = { NEW_N(r->mem, struct link, 5), 0 };
	bool counter = false, admin = false;
	for (size_t i = 0; i < m->n; i++) {
		bool whole = !m->at[i].field.len;
		counter |= whole && (m->at[i].role & (CLERK | ADMIN));
		admin |= whole && m->at[i].role == ADMIN;
	}
	if (counter)
		all.at[all.n++] = (struct link){ msg_plain(r->lang, MSG_COUNTER_TITLE),
						 req_url(r, "/quay"), false };
	if (admin)
		all.at[all.n++] = (struct link){ msg_plain(r->lang, MSG_ADMIN_TITLE),
						 req_url(r, "/quan-tri"), false };
	all.at[all.n++] = (struct link){ msg_plain(r->lang, MSG_SAY_MINE),
					 req_url(r, "/y-kien-cua-toi"), false };
	all.at[all.n++] = (struct link){ msg_plain(r->lang, MSG_NOTICE_TITLE),
					 req_url(r, "/thong-bao"), false };
	all.at[all.n++] = (struct link){ msg_plain(r->lang, MSG_FOLLOW_TITLE),
					 req_url(r, "/theo-doi"), false };
	return all;
}

enum err account_show(struct req *r)
{
	struct account a;
	struct unit u;
	struct str title = msg_plain(r->lang, MSG_SIGN_ACCOUNT);
	struct account_page page = { .title = title };
	enum err e = account_find(&r->tx, r->tx.who->person, &a);
	if (!e && a.unit)
		e = unit_find(&r->tx, a.unit, tx_today(&r->tx), &u);
	if (e || (e = offices(r, &page.offices)) || (e = sessions(r, &page)))
		return e;
	page.frame = req_frame(r, title, DOOR_NONE);
	page.banner = words(r, &a);
	page.ways = ways(r);
	page.facts = facts(r, &a, a.unit ? &u : NULL);
	page_account(&r->out, &page);
	return OK;
}

static enum err back(struct req *r, struct str word)
{
	return req_redirect(r, url_with(r->mem, req_url(r, "/tai-khoan"), S("xong"), word));
}

enum err account_end_others(struct req *r)
{
	enum err e = session_close_others(&r->tx, r->tx.who->person, &r->sign_in.hash);
	return e ? e : back(r, S("phien"));
}

/* --- the password --- */

struct change_form {
	struct str old, fresh, again;
};

const struct field change_fields[] = {
	FIELD(struct change_form, old, .max = PASSWORD_MAX, .label = MSG_SIGN_OLD),
	FIELD(struct change_form, fresh, .max = PASSWORD_MAX, .label = MSG_SIGN_NEW,
	      .hint = MSG_SIGN_NEW_HINT),
	FIELD(struct change_form, again, .max = PASSWORD_MAX, .label = MSG_SIGN_AGAIN),
	{ 0 },
};

struct change {
	struct credential c;
	struct password fresh;
};

enum err change_show(struct req *r)
{
	struct form *form;
	enum err e = form_show(r, change_fields, NULL, NULL, req_url(r, "/tai-khoan/mat-khau"),
			       MSG_SIGN_SET_PASSWORD, &form);
	if (e)
		return e;
	struct str title = msg_plain(r->lang, MSG_SIGN_CHANGE_TITLE);
	struct sign_page page = {
		.frame = req_frame(r, title, DOOR_NONE),
		.title = title,
		.lede = msg_plain(r->lang, r->sign_in.must_change ? MSG_SIGN_CHANGE_FIRST
								  : MSG_SIGN_CHANGE_LEDE),
		.form = form,
	};
	page_sign(&r->out, &page);
	return OK;
}

enum err change_prepare(struct req *r)
{
	struct change *c = NEW(r->mem, struct change);
	enum err e = sign_throttle_person(r, r->tx.who->person);
	if (e || (e = credential_of(&r->tx, r->tx.who->person, &c->c)))
		return e;
	struct str old = sign_typed(r, "old");
	if (!credential_check(r->mem, &c->c, old))
		return req_fault(r, "old", MSG_SIGN_OLD_WRONG);
	if (str_eq(password_normal(r->mem, old), password_normal(r->mem, sign_typed(r, "fresh"))))
		return req_fault(r, "fresh", MSG_SIGN_PASSWORD_SAME);
	if ((e = sign_hash_new(r, r->sign_in.login, &c->fresh)))
		return e;
	r->prepared = c;
	return OK;
}

enum err change_post(struct req *r)
{
	const struct change *c = r->prepared;
	struct credential now;
	int64_t person = r->tx.who->person;
	enum err e = account_change_password(&r->tx, &c->c, &c->fresh);
	if (e || (e = credential_of(&r->tx, person, &now)))
		return e;
	/* All sessions have ended. With an authenticator it takes a code to begin another. */
	if (now.totp_on) {
		req_session_end(r);
		return req_redirect(
			r, url_with(r->mem, req_url(r, "/dang-nhap"), S("xong"), S("mat-khau")));
	}
	now.passed = true; /* it was set this moment */
	e = sign_open(r, &now, S(""));
	return e ? e : back(r, S("mat-khau"));
}
