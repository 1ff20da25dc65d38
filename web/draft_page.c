/* As with a receipt (web/receipt_page.c): code and secret come from the token of the form that began it, so
 * that a retry finds the same; who has told the secret goes on by a pass that this site has signed; the
 * secret itself crosses in a cookie and is shown for an hour. */
#include "web/draft_page.h"

#include "base/encode.h"
#include "crypto/hmac.h"
#include "gen/web_pages.h"
#include "office/office.h"
#include "office/receipt.h"
#include "web/cookie.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/sign_pages.h"

#include <string.h>

#define PASS_COOKIE "nhap"
#define FRESH_COOKIE "nhap-moi"
enum { FRESH_SECONDS = 3600 };

static void put_cookie(struct req *r, const char *name, struct str value, int seconds)
{
	req_header(r, S("Set-Cookie"),
		   cookie_set(r->mem, str_of(name), value, r->https, seconds, false));
}

static struct str sent_cookie(struct req *r, const char *name)
{
	return cookie_get(r->ask->cookie, cookie_name(r->mem, str_of(name), r->https));
}

struct url draft_url(struct req *r, const struct draft *d, struct str part)
{
	return part.len ? req_url(r, "/nhap/%s/%s", d->code, part)
			: req_url(r, "/nhap/%s", d->code);
}

static struct url ask_url(struct req *r, struct str code)
{
	return url_with(r->mem, req_url(r, "/nhap"), S("ma"), code);
}

/* --- Given --- */

static struct hash from_token(struct req *r, const char *what)
{
	struct str whole = str_printf(r->mem, "%s of a draft\n%.*s", what, STR_ARG(r->token));
	struct hash h;
	hmac_sha256(r->house->secret, sizeof r->house->secret, whole.at, whole.len, &h);
	return h;
}

static void let_in(struct req *r, const struct draft *d)
{
	put_cookie(r, PASS_COOKIE, receipt_pass_make(r->mem, r->house->secret, d->code, d->made_at),
		   0);
}

enum err draft_give(struct req *r, struct draft *d, const struct field *fields, const void *says)
{
	struct hash of_code = from_token(r, "code"), of_secret = from_token(r, "secret");
	struct str secret = receipt_secret(r->mem, of_secret.b);
	uint64_t random;
	memcpy(&random, of_code.b, sizeof random);
	d->code = code_make(r->mem, S(DRAFT_LETTERS), random);
	enum err e = draft_begin(&r->tx, d, secret, fields, says);
	if (e == ERR_BUSY)
		return req_fault(r, "", MSG_DRAFT_FULL);
	if (e)
		return e;
	let_in(r, d);
	if (!d->person)
		put_cookie(r, FRESH_COOKIE,
			   str_printf(r->mem, "%.*s.%.*s", STR_ARG(d->code), STR_ARG(secret)),
			   FRESH_SECONDS);
	return OK;
}

/* --- Gone on with --- */

static bool has_pass(struct req *r, const struct draft *d)
{
	struct str code;
	struct instant made;
	return receipt_pass_read(r->mem, r->house->secret, sent_cookie(r, PASS_COOKIE), &code,
				 &made) &&
	       str_eq(code, d->code) && made.ms == d->made_at.ms;
}

/* A draft in an account is that account's alone, whatever the browser remembers. */
static bool is_mine(struct req *r, const struct draft *d)
{
	if (d->person)
		return r->tx.who && r->tx.who->person == d->person;
	return has_pass(r, d);
}

enum err draft_asked(struct req *r, struct draft *out)
{
	struct str code;
	if (!code_read(r->mem, req_param(r, "code"), &code))
		return ERR_NOT_FOUND;
	enum err e = draft_by_code(&r->tx, code, out);
	return e ? e : is_mine(r, out) ? OK : ERR_NOT_FOUND;
}

enum err draft_close(struct req *r, const struct draft *d)
{
	put_cookie(r, PASS_COOKIE, S(""), -1);
	put_cookie(r, FRESH_COOKIE, S(""), -1);
	return draft_end(&r->tx, d);
}

static struct str fresh_secret(struct req *r, const struct draft *d)
{
	struct str rest = sent_cookie(r, FRESH_COOKIE), of, secret;
	struct draft same;
	if (!str_next(&rest, '.', &of) || !str_eq(of, d->code) ||
	    !receipt_read(r->mem, str_some(rest), &secret) ||
	    draft_open(&r->tx, d->code, secret, &same))
		return S("");
	return secret;
}

struct draft_strip *draft_strip(struct req *r, const struct draft *d)
{
	struct draft_strip *s = NEW(r->mem, struct draft_strip);
	struct buf kept = { .a = r->mem };
	(d->person ? msg_draft_kept_account : msg_draft_kept)(&kept, r->lang, DRAFT_DAYS,
							      d->kept_until);
	*s = (struct draft_strip){ .code = d->code,
				   .secret = d->person ? S("") : fresh_secret(r, d),
				   .kept = buf_str(&kept),
				   .back = ask_url(r, d->code) };
	return s;
}

enum err draft_items(struct req *r, struct items *out)
{
	struct draft_rows rows;
	enum err e = draft_mine(&r->tx, &rows);
	*out = (struct items){ NEW_N(r->mem, struct item, rows.n), 0 };
	for (size_t i = 0; !e && i < rows.n; i++) {
		const struct draft *d = &rows.at[i];
		const struct kind *k = office_kind(r->tx.office, d->kind);
		if (!k) /* of many: the pages of web/bulk_page.h */
			continue;
		struct item *item = &out->at[out->n++];
		struct buf title = { .a = r->mem }, meta = { .a = r->mem };
		msg_draft_item(&title, r->lang, msg_plain(r->lang, k->title), d->code);
		msg_draft_item_meta(&meta, r->lang, d->kept_until);
		*item = (struct item){ .title = buf_str(&title),
				       .meta = buf_str(&meta),
				       .url = draft_url(r, d, S("")) };
	}
	return e;
}

/* --- Come back to --- */

struct ask_form {
	struct str code, secret;
};

const struct field draft_ask_fields[] = {
	FIELD(struct ask_form, code, .max = 20, .label = MSG_DRAFT_CODE,
	      .hint = MSG_DRAFT_CODE_HINT),
	FIELD(struct ask_form, secret, .max = 20, .label = MSG_RECEIPT_SECRET,
	      .hint = MSG_RECEIPT_SECRET_HINT),
	{ 0 },
};

enum err draft_ask_show(struct req *r)
{
	struct ask_form begin = { req_query(r, "ma"), S("") };
	struct str title = msg_plain(r->lang, MSG_DRAFT_ASK_TITLE);
	struct form *form;
	enum err e = form_show(r, draft_ask_fields, &begin, NULL, req_url(r, "/nhap"),
			       MSG_DRAFT_GO_ON, &form);
	if (e)
		return e;
	page_sign(&r->out, &(struct sign_page){ .frame = req_frame(r, title, DOOR_NONE),
						.title = title,
						.lede = msg_plain(r->lang, MSG_DRAFT_ASK_LEDE),
						.form = form,
						.note = msg_plain(r->lang, MSG_DRAFT_ASK_NOTE) });
	return OK;
}

/* Which of the two is wrong, and whether its days are over, is not said. */
enum err draft_ask_post(struct req *r)
{
	const struct ask_form *f = r->form;
	struct str code, secret;
	struct draft d;
	if (!code_read(r->mem, f->code, &code))
		return req_fault(r, "code", MSG_DRAFT_CODE_BAD);
	if (!receipt_read(r->mem, f->secret, &secret))
		return req_fault(r, "secret", MSG_RECEIPT_SECRET_BAD);
	enum err e = draft_open(&r->tx, code, secret, &d);
	if (e == ERR_NOT_FOUND || (!e && d.person))
		return req_fault(r, "", MSG_DRAFT_WRONG);
	if (e)
		return e;
	let_in(r, &d);
	return req_redirect(r, draft_url(r, &d, S("")));
}

/* --- Left --- */

static const struct field no_fields[] = { { 0 } };

enum err draft_stop_show(struct req *r)
{
	struct draft d;
	struct form *form;
	struct draft_page p = { .title = msg_plain(r->lang, MSG_DRAFT_STOP_TITLE) };
	enum err e = draft_asked(r, &d);
	if (e || (e = form_show(r, no_fields, NULL, NULL, draft_url(r, &d, S("dung")),
				MSG_DRAFT_ERASE, &form)))
		return e;
	p.form = form;
	p.strip = draft_strip(r, &d);
	p.on = draft_url(r, &d, S(""));
	p.frame = req_frame(r, p.title, DOOR_INSPECT);
	r->reply.keep = KEEP_NEVER;
	page_draft_stop(&r->out, &p);
	return OK;
}

enum err draft_stop_post(struct req *r)
{
	struct draft d;
	enum err e = draft_asked(r, &d);
	if (e == ERR_NOT_FOUND) /* sent again: it is gone */
		return req_redirect(r, req_url(r, "/"));
	if (e || (e = draft_close(r, &d)))
		return e;
	return req_redirect(r, req_url(r, "/"));
}
