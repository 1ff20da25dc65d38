/* The second factor: a secret that an authenticator scans or somebody types, in force from the first
 * right code on. */
#include "gen/web_pages.h"
#include "web/account_page.h"
#include "web/house.h"
#include "web/qr.h"

static const struct field no_fields[] = { { 0 } };

struct code_form { /* second_fields */
	struct str code;
};

/* What the authenticator lists it under: the house's name. */
static struct str issuer(const struct req *r)
{
	return r->house->name[LANG_VI];
}

/* "JBSW Y3DP ...", as it stands in the otpauth address. */
static struct str secret_of(struct req *r, struct str uri)
{
	struct buf b = { .a = r->mem };
	struct str rest = uri, part;
	if (!str_next(&rest, '?', &part) || !str_next(&rest, '&', &part))
		return S("");
	part = str_from(part, S("secret=").len);
	for (size_t i = 0; i < part.len; i++) {
		if (i && i % 4 == 0)
			buf_putc(&b, ' ');
		buf_putc(&b, part.at[i]);
	}
	return buf_str(&b);
}

static enum err show_pending(struct req *r, struct str uri, struct sign_page *page)
{
	struct form *form;
	struct str label = msg_plain(r->lang, MSG_SIGN_FACTOR_QR);
	enum err e = qr_svg(r->mem, uri, label, 208, &page->qr);
	if (e == ERR_INVALID) { /* a house with a very long name: the text remains */
		page->qr = html_of(r->mem, S(""));
		e = OK;
	}
	if (e || (e = form_show(r, second_fields, NULL, NULL, req_url(r, "/tai-khoan/ma-xac-thuc"),
				MSG_SIGN_FACTOR_CONFIRM, &form)))
		return e;
	page->lede = msg_plain(r->lang, MSG_SIGN_FACTOR_SCAN);
	page->secret = secret_of(r, uri);
	page->form = form;
	return OK;
}

static enum err show_off(struct req *r, struct sign_page *page)
{
	struct form *form;
	page->lede = msg_plain(r->lang, MSG_SIGN_FACTOR_WHAT);
	enum err e =
		form_show(r, no_fields, NULL, NULL, req_url(r, "/tai-khoan/ma-xac-thuc/bat-dau"),
			  MSG_SIGN_FACTOR_BEGIN, &form);
	page->form = form;
	return e;
}

static enum err show_on(struct req *r, struct sign_page *page)
{
	struct form *form;
	page->lede = msg_plain(r->lang, MSG_SIGN_FACTOR_IS_ON);
	enum err e =
		form_show(r, second_fields, NULL, NULL, req_url(r, "/tai-khoan/ma-xac-thuc/tat"),
			  MSG_SIGN_FACTOR_DROP, &form);
	page->form = form;
	return e;
}

/* Why nothing else works before this is done. */
static const struct banner *must(struct req *r)
{
	struct banner *b = NEW(r->mem, struct banner);
	*b = (struct banner){ .tone = TONE_SOON,
			      .title = msg_plain(r->lang, MSG_SIGN_FACTOR_MUST),
			      .text = msg_plain(r->lang, MSG_SIGN_FACTOR_MUST_WHY) };
	return b;
}

enum err factor_show(struct req *r)
{
	struct account a;
	struct totp_secret secret;
	struct str uri, title = msg_plain(r->lang, MSG_SIGN_FACTOR);
	struct sign_page page = { .title = title };
	int64_t person = r->tx.who->person;
	enum err e = account_find(&r->tx, person, &a);
	if (e)
		return e;
	if (a.totp_on)
		e = show_on(r, &page);
	else if (!(e = totp_pending(&r->tx, person, issuer(r), &secret, &uri)))
		e = show_pending(r, uri, &page);
	else if (e == ERR_NOT_FOUND)
		e = show_off(r, &page);
	if (e)
		return e;
	page.frame = req_frame(r, title, DOOR_NONE);
	if (r->sign_in.must_enrol && !r->again)
		page.banner = must(r);
	page_sign(&r->out, &page);
	return OK;
}

enum err factor_begin(struct req *r)
{
	struct totp_secret secret;
	struct str uri;
	enum err e = totp_enrol(&r->tx, r->tx.who->person, issuer(r), &secret, &uri);
	return e ? e : req_redirect(r, req_url(r, "/tai-khoan/ma-xac-thuc"));
}

static enum err done(struct req *r, enum err e, struct str word)
{
	if (e == ERR_DENIED)
		return req_fault(r, "code", MSG_SIGN_CODE_WRONG);
	if (e)
		return e;
	return req_redirect(r, url_with(r->mem, req_url(r, "/tai-khoan"), S("xong"), word));
}

enum err factor_confirm(struct req *r)
{
	const struct code_form *f = r->form;
	int64_t person = r->tx.who->person;
	enum err e = sign_throttle_person(r, person);
	if (!e)
		e = totp_confirm(&r->tx, person, f->code, &r->sign_in.hash);
	return done(r, e, S("ma-bat"));
}

enum err factor_drop(struct req *r)
{
	const struct code_form *f = r->form;
	int64_t person = r->tx.who->person;
	enum err e = sign_throttle_person(r, person);
	if (!e)
		e = totp_drop(&r->tx, person, f->code);
	return done(r, e, S("ma-tat"));
}
