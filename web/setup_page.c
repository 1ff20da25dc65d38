/* A new site's first hour: whoever can read the server's terminal becomes its administrator. Once
 * there is one, the page leads to signing in. */
#include "gen/web_pages.h"
#include "web/sign_pages.h"

struct setup_form {
	struct str slip, name, login, fresh, again;
};

const struct field setup_fields[] = {
	FIELD(struct setup_form, slip, .max = 40, .label = MSG_SIGN_SETUP_CODE,
	      .hint = MSG_SIGN_SETUP_CODE_HINT),
	FIELD(struct setup_form, name, .min = 2, .max = 100, .label = MSG_SIGN_NAME),
	FIELD(struct setup_form, login, .max = 60, .label = MSG_SIGN_LOGIN,
	      .hint = MSG_SIGN_LOGIN_HINT),
	FIELD(struct setup_form, fresh, .max = PASSWORD_MAX, .label = MSG_SIGN_NEW,
	      .hint = MSG_SIGN_NEW_HINT),
	FIELD(struct setup_form, again, .max = PASSWORD_MAX, .label = MSG_SIGN_AGAIN),
	{ 0 },
};

enum err setup_show(struct req *r)
{
	struct form *form;
	bool wanted;
	enum err e = setup_wanted(&r->tx, &wanted);
	if (e)
		return e;
	if (!wanted)
		return req_redirect(r, req_url(r, "/dang-nhap"));
	e = form_show(r, setup_fields, NULL, NULL, req_url(r, "/thiet-lap"), MSG_SIGN_SETUP_MAKE,
		      &form);
	if (e)
		return e;
	struct str title = msg_plain(r->lang, MSG_SIGN_SETUP_TITLE);
	page_sign(&r->out, &(struct sign_page){ .frame = req_frame(r, title, DOOR_NONE),
						.title = title,
						.lede = msg_plain(r->lang, MSG_SIGN_SETUP_LEDE),
						.form = form });
	return OK;
}

enum err setup_prepare(struct req *r)
{
	const struct setup_form *f = r->form;
	struct password *hashed = NEW(r->mem, struct password);
	struct str login;
	enum err e = setup_code_check(&r->tx, f->slip);
	if (e == ERR_DENIED)
		return req_fault(r, "slip", MSG_SIGN_SETUP_WRONG);
	if (e)
		return e;
	if (!login_read(r->mem, f->login, &login))
		return req_fault(r, "login", MSG_SIGN_LOGIN_BAD);
	if ((e = sign_hash_new(r, login, hashed)))
		return e;
	r->prepared = hashed;
	return OK;
}

enum err setup_post(struct req *r)
{
	const struct setup_form *f = r->form;
	int64_t person;
	enum err e = setup_code_use(&r->tx, f->slip, f->name, f->login, r->prepared, &person);
	if (e == ERR_DENIED)
		return req_fault(r, "slip", MSG_SIGN_SETUP_WRONG);
	if (e == ERR_CONFLICT)
		return req_fault(r, "login", MSG_SIGN_LOGIN_TAKEN);
	if (e)
		return e;
	return req_redirect(r,
			    url_with(r->mem, req_url(r, "/dang-nhap"), S("xong"), S("thiet-lap")));
}
