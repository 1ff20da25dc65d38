/* Signing in: a login and a password, then a code for those who have an authenticator. Whatever is
 * wrong, the answer is one sentence and costs one password hash, so that a stranger learns nothing
 * about which accounts exist. */
#include "web/sign.h"

#include "gen/web_pages.h"
#include "web/house.h"
#include "web/sign_pages.h"

struct sign_form {
	struct str login, password;
};

const struct field sign_fields[] = {
	FIELD(struct sign_form, login, .max = 60, .label = MSG_SIGN_LOGIN),
	FIELD(struct sign_form, password, .max = PASSWORD_MAX, .label = MSG_SIGN_PASSWORD),
	{ 0 },
};

struct passed {
	struct credential c;
	struct password again; /* of another cost; "": none needed */
};

static bool is_served(const struct req *r, const char *path)
{
	struct match m;
	return router_find(r->house->router, r->mem, GET, str_of(path), &m) && m.route;
}

/* Where to go on: the page that asked for it; else the queue of who holds an office, or what a citizen has
 * sent. */
static struct url after(struct req *r, int64_t person)
{
	struct str to = pairs_get(&r->query, S("den"));
	struct member m;
	if (to.len && !str_has(to, S("/dang-nhap")) && !str_has(to, S("/thoat")))
		return url_local(r->mem, to);
	bool official = !member_load(&r->tx, person, &m) && m.n;
	if (official && is_served(r, "/viec"))
		return req_url(r, "/viec");
	return is_served(r, "/ho-so-cua-toi") ? req_url(r, "/ho-so-cua-toi")
					      : req_url(r, "/tai-khoan");
}

/* What has to be done first, else where one wanted to go. */
static struct url next(struct req *r)
{
	return r->sign_in.must_change  ? req_url(r, "/tai-khoan/mat-khau")
	       : r->sign_in.must_enrol ? req_url(r, "/tai-khoan/ma-xac-thuc")
				       : after(r, r->sign_in.person);
}

/* The same page with what it was asked for still in its address. */
static struct url with_target(struct req *r, struct url to)
{
	return url_with(r->mem, to, S("den"), pairs_get(&r->query, S("den")));
}

static struct items other_ways(struct req *r)
{
	struct items ways = { NEW_N(r->mem, struct item, 3), 0 };
	if (is_served(r, "/tra-cuu"))
		ways.at[ways.n++] = (struct item){
			.title = msg_plain(r->lang, MSG_SIGN_WAY_CODE),
			.meta = msg_plain(r->lang, MSG_SIGN_WAY_CODE_META),
			.url = req_url(r, "/tra-cuu"),
		};
	ways.at[ways.n++] = (struct item){
		.title = msg_plain(r->lang, MSG_SIGN_WAY_SLIP),
		.meta = msg_plain(r->lang, MSG_SIGN_WAY_SLIP_META),
		.url = req_url(r, "/dang-nhap/ma-mot-lan"),
	};
	ways.at[ways.n++] = (struct item){
		.title = msg_plain(r->lang, MSG_SIGN_WAY_COUNTER),
		.meta = msg_plain(r->lang, MSG_SIGN_WAY_COUNTER_META),
	};
	return ways;
}

/* What has just been done elsewhere, when the address says so. */
static const struct banner *done(struct req *r)
{
	static const struct {
		struct str word;
		enum msg title;
	} all[] = {
		{ S_INIT("mat-khau"), MSG_SIGN_DONE_PASSWORD },
		{ S_INIT("thiet-lap"), MSG_SIGN_DONE_SETUP },
	};
	struct str word = req_query(r, "xong");
	for (size_t i = 0; i < LENGTH(all); i++) {
		if (!str_eq(all[i].word, word))
			continue;
		struct banner *b = NEW(r->mem, struct banner);
		*b = (struct banner){ .tone = TONE_OK,
				      .title = msg_plain(r->lang, all[i].title),
				      .text = msg_plain(r->lang, MSG_SIGN_DONE_NEXT) };
		return b;
	}
	return NULL;
}

enum err sign_show(struct req *r)
{
	struct form *form;
	if (r->tx.who && r->ask->method == GET)
		return req_redirect(r, next(r));
	enum err e = form_show(r, sign_fields, NULL, NULL, with_target(r, req_url(r, "/dang-nhap")),
			       MSG_SIGN_SIGN_IN, &form);
	if (e)
		return e;
	struct str title = msg_plain(r->lang, MSG_SIGN_TITLE);
	page_sign(&r->out, &(struct sign_page){
				   .frame = req_frame(r, title, DOOR_NONE),
				   .title = title,
				   .lede = msg_plain(r->lang, MSG_SIGN_NO_NEED),
				   .banner = r->again ? NULL : done(r),
				   .form = form,
				   .note = msg_plain(r->lang, MSG_SIGN_NOTE),
				   .ways = other_ways(r),
			   });
	return OK;
}

enum err sign_prepare(struct req *r)
{
	const struct sign_form *f = r->form;
	struct passed *p = NEW(r->mem, struct passed);
	struct str typed = sign_typed(r, "password"), login;
	if (!login_read(r->mem, f->login, &login))
		login = f->login;
	enum err e = req_throttle(r, THROTTLE_ACCOUNT, login);
	if (e || (e = credential_load(&r->tx, login, &p->c)))
		return e;
	if (!credential_check(r->mem, &p->c, typed))
		return req_fault(r, "", MSG_SIGN_WRONG);
	/* Without memory for it the old hash serves another time. */
	if (p->c.rehash && password_hash(password_normal(r->mem, typed), &p->again))
		p->again.text[0] = 0;
	r->prepared = p;
	return OK;
}

enum err sign_post(struct req *r)
{
	struct passed *p = r->prepared;
	if (p->again.text[0]) {
		enum err e = credential_rehash(&r->tx, &p->c, &p->again);
		if (e)
			return e;
	}
	if (p->c.totp_on) {
		proof_give(r, &p->c);
		return req_redirect(r, with_target(r, req_url(r, "/dang-nhap/ma")));
	}
	enum err e = sign_open(r, &p->c, S(""));
	if (e == ERR_DENIED || e == ERR_CONFLICT) /* disabled or changed this very moment */
		return req_fault(r, "", MSG_SIGN_WRONG);
	return e ? e : req_redirect(r, after(r, p->c.person));
}

/* --- the second step --- */

struct second_form {
	struct str code;
};

const struct field second_fields[] = {
	FIELD(struct second_form, code, .max = 12, .label = MSG_SIGN_CODE,
	      .hint = MSG_SIGN_CODE_HINT),
	{ 0 },
};

enum err second_show(struct req *r)
{
	int64_t person, generation;
	struct form *form;
	if (proof_read(r, &person, &generation))
		return req_redirect(r, with_target(r, req_url(r, "/dang-nhap")));
	enum err e =
		form_show(r, second_fields, NULL, NULL, with_target(r, req_url(r, "/dang-nhap/ma")),
			  MSG_SIGN_SIGN_IN, &form);
	if (e)
		return e;
	struct str title = msg_plain(r->lang, MSG_SIGN_SECOND_TITLE);
	page_sign(&r->out, &(struct sign_page){
				   .frame = req_frame(r, title, DOOR_NONE),
				   .title = title,
				   .lede = msg_plain(r->lang, MSG_SIGN_SECOND_LEDE),
				   .form = form,
				   .note = msg_plain(r->lang, MSG_SIGN_SECOND_LOST),
			   });
	return OK;
}

enum err second_post(struct req *r)
{
	const struct second_form *f = r->form;
	struct credential c;
	int64_t person, generation;
	if (proof_read(r, &person, &generation))
		return req_redirect(r, with_target(r, req_url(r, "/dang-nhap")));
	enum err e = sign_throttle_person(r, person);
	if (e || (e = credential_of(&r->tx, person, &c)))
		return e;
	/* The password was right when the proof was given; if it has changed since, it proves
	 * nothing. */
	if (c.person != person || c.generation != generation) {
		proof_drop(r);
		return req_redirect(r, with_target(r, req_url(r, "/dang-nhap")));
	}
	c.passed = true;
	e = sign_open(r, &c, f->code);
	if (e == ERR_DENIED)
		return req_fault(r, "code", MSG_SIGN_CODE_WRONG);
	if (e)
		return e;
	proof_drop(r);
	return req_redirect(r, after(r, c.person));
}

/* --- a code from the counter --- */

struct slip_form {
	struct str login, slip, fresh, again;
};

const struct field slip_fields[] = {
	FIELD(struct slip_form, login, .max = 60, .label = MSG_SIGN_LOGIN),
	FIELD(struct slip_form, slip, .max = 40, .label = MSG_SIGN_SLIP,
	      .hint = MSG_SIGN_SLIP_HINT),
	FIELD(struct slip_form, fresh, .max = PASSWORD_MAX, .label = MSG_SIGN_NEW,
	      .hint = MSG_SIGN_NEW_HINT),
	FIELD(struct slip_form, again, .max = PASSWORD_MAX, .label = MSG_SIGN_AGAIN),
	{ 0 },
};

enum err slip_show(struct req *r)
{
	struct form *form;
	enum err e = form_show(r, slip_fields, NULL, NULL, req_url(r, "/dang-nhap/ma-mot-lan"),
			       MSG_SIGN_SET_PASSWORD, &form);
	if (e)
		return e;
	struct str title = msg_plain(r->lang, MSG_SIGN_SLIP_TITLE);
	page_sign(&r->out, &(struct sign_page){ .frame = req_frame(r, title, DOOR_NONE),
						.title = title,
						.lede = msg_plain(r->lang, MSG_SIGN_SLIP_LEDE),
						.form = form });
	return OK;
}

enum err slip_prepare(struct req *r)
{
	const struct slip_form *f = r->form;
	struct password *hashed = NEW(r->mem, struct password);
	struct str login;
	if (!login_read(r->mem, f->login, &login))
		login = f->login;
	enum err e = req_throttle(r, THROTTLE_ACCOUNT, login);
	if (e)
		return e;
	e = code_check_password(&r->tx, login, f->slip);
	if (e == ERR_DENIED)
		return req_fault(r, "slip", MSG_SIGN_SLIP_WRONG);
	if (e || (e = sign_hash_new(r, login, hashed)))
		return e;
	r->prepared = hashed;
	return OK;
}

enum err slip_post(struct req *r)
{
	const struct slip_form *f = r->form;
	int64_t person;
	enum err e = code_use_password(&r->tx, f->login, f->slip, r->prepared, &person);
	if (e == ERR_DENIED)
		return req_fault(r, "slip", MSG_SIGN_SLIP_WRONG);
	if (e)
		return e;
	return req_redirect(r,
			    url_with(r->mem, req_url(r, "/dang-nhap"), S("xong"), S("mat-khau")));
}

/* --- out --- */

enum err sign_out(struct req *r)
{
	struct session s;
	enum err e = r->session.len ? session_load(&r->tx, r->session, &s) : ERR_NOT_FOUND;
	if (!e)
		e = session_close(&r->tx, &s.hash);
	if (e && e != ERR_NOT_FOUND)
		return e;
	proof_drop(r);
	req_session_end(r);
	return req_redirect(r, req_url(r, "/"));
}

enum { SIGNING = 1 + THROTTLE_SIGN_IN, SECRET = 1 + THROTTLE_SECRET, COUNTER = CLERK | ADMIN };

const struct route sign_routes[] = {
	{ GET, "/dang-nhap", sign_show, ANYONE, .unsettled = UNSETTLED },
	{ POST, "/dang-nhap", sign_post, ANYONE, sign_fields, NULL, sign_prepare,
	  .throttle = SIGNING, .quiet = true },
	{ GET, "/dang-nhap/ma", second_show, ANYONE },
	{ POST, "/dang-nhap/ma", second_post, ANYONE, second_fields, .throttle = SIGNING,
	  .quiet = true },
	{ GET, "/dang-nhap/ma-mot-lan", slip_show, ANYONE },
	{ POST, "/dang-nhap/ma-mot-lan", slip_post, ANYONE, slip_fields, NULL, slip_prepare,
	  .throttle = SECRET, .quiet = true },
	{ POST, "/thoat", sign_out, ANYONE, .quiet = true, .unsettled = UNSETTLED },
	{ GET, "/thiet-lap", setup_show, ANYONE, .uncached = true },
	{ POST, "/thiet-lap", setup_post, ANYONE, setup_fields, NULL, setup_prepare,
	  .throttle = SECRET, .quiet = true },
	{ GET, "/tai-khoan", account_show, MEMBER },
	{ POST, "/tai-khoan/phien", account_end_others, MEMBER, .quiet = true },
	{ GET, "/tai-khoan/mat-khau", change_show, MEMBER, .unsettled = UNSETTLED_PASSWORD },
	{ POST, "/tai-khoan/mat-khau", change_post, MEMBER, change_fields, NULL, change_prepare,
	  .throttle = SIGNING, .quiet = true, .unsettled = UNSETTLED_PASSWORD },
	{ GET, "/tai-khoan/ma-xac-thuc", factor_show, MEMBER, .unsettled = UNSETTLED_FACTOR },
	{ POST, "/tai-khoan/ma-xac-thuc", factor_confirm, MEMBER, second_fields, .quiet = true,
	  .unsettled = UNSETTLED_FACTOR },
	{ POST, "/tai-khoan/ma-xac-thuc/bat-dau", factor_begin, MEMBER, .quiet = true,
	  .unsettled = UNSETTLED_FACTOR },
	{ POST, "/tai-khoan/ma-xac-thuc/tat", factor_drop, MEMBER, second_fields, factor_show,
	  .quiet = true },
	{ GET, "/quay", counter_show, COUNTER },
	{ GET, "/quay/them", counter_add_show, COUNTER },
	{ POST, "/quay/them", counter_add, COUNTER, counter_fields, .quiet = true },
	{ GET, "/quay/nguoi/{id}", counter_person, COUNTER },
	{ POST, "/quay/nguoi/{id}/giay-to", counter_verify, COUNTER, .quiet = true },
	{ POST, "/quay/nguoi/{id}/ma", counter_slip, COUNTER, .quiet = true },
	{ 0 },
};
