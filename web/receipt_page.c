/* The secret crosses from the form to the receipt in a cookie of this browser alone, for ten minutes;
 * afterwards it is on the paper or nowhere. An official's browser forgets it as soon as it was shown: it is
 * somebody else's. Reading goes on by a pass that this site has signed, so that guessing is slowed down in
 * one place, the form that takes the secret. */
#include "web/receipt_page.h"

#include "base/encode.h"
#include "base/utf8.h"
#include "crypto/hmac.h"
#include "gen/web_pages.h"
#include "office/gate.h"
#include "office/receipt.h"
#include "office/step.h"
#include "web/cookie.h"
#include "web/dossier_page.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/module.h"
#include "web/notice_page.h"
#include "web/qr.h"
#include "web/root.h"
#include "web/sign_pages.h"
#include "web/timing.h"

#define FRESH_COOKIE "bien-nhan-moi"
enum { FRESH_SECONDS = 600, QR_SIZE = 120 };

struct receipt_form {
	struct str code, secret;
};

static const struct field receipt_fields[] = {
	FIELD(struct receipt_form, code, .max = 20, .label = MSG_RECEIPT_CODE,
	      .hint = MSG_RECEIPT_CODE_HINT),
	FIELD(struct receipt_form, secret, .max = 20, .label = MSG_RECEIPT_SECRET,
	      .hint = MSG_RECEIPT_SECRET_HINT),
	{ 0 },
};
static const struct field no_fields[] = { { 0 } };

static void put_cookie(struct req *r, const char *name, struct str value, int seconds)
{
	req_header(r, S("Set-Cookie"),
		   cookie_set(r->mem, str_of(name), value, r->https, seconds, false));
}

static struct url receipt_url(struct req *r, struct str code)
{
	return req_url(r, "/bien-nhan/%s", code);
}

/* Where both codes are typed, this one already there. */
static struct url ask_url(struct req *r, struct str code)
{
	return url_with(r->mem, req_url(r, "/bien-nhan"), S("ma"), code);
}

/* From now on this browser reads it, as nobody who signs in here. */
static void let_in(struct req *r, struct str code, struct instant made_at)
{
	put_cookie(r, RECEIPT_COOKIE, receipt_pass_make(r->mem, r->house->secret, code, made_at),
		   0);
}

/* --- Given --- */

/* The form's token is as random as can be and comes again with the form. */
static struct str secret_of_form(struct req *r)
{
	struct str whole = str_printf(r->mem, "secret of a receipt\n%.*s", STR_ARG(r->token));
	struct hash h;
	hmac_sha256(r->house->secret, sizeof r->house->secret, whole.at, whole.len, &h);
	return receipt_secret(r->mem, h.b);
}

static bool is_official(const struct req *r)
{
	return r->tx.who && r->tx.who->n;
}

static void show_fresh(struct req *r, struct str code, struct str secret)
{
	put_cookie(r, FRESH_COOKIE, str_printf(r->mem, "%.*s.%.*s", STR_ARG(code), STR_ARG(secret)),
		   FRESH_SECONDS);
}

enum err receipt_give(struct req *r, const struct dossier *d)
{
	struct instant made = r->tx.now;
	struct str secret = secret_of_form(r);
	int64_t id;
	enum err e = receipt_of(&r->tx, d->code, &id, &made);
	bool first = e == ERR_NOT_FOUND;
	if (first)
		e = receipt_make(&r->tx, d, secret);
	else if (!e)
		e = receipt_find(&r->tx, d->code, secret, &id);
	/* Another secret stands by now: whoever sends the old form again needs it like everybody. */
	if (!first && e == ERR_NOT_FOUND)
		return req_redirect(r, r->tx.who ? receipt_url(r, d->code) : ask_url(r, d->code));
	if (e)
		return e;
	if (first || !is_official(r))
		show_fresh(r, d->code, secret);
	/* Who has an account reads by it; what is sealed is in no account. */
	if (!r->tx.who || (d->sealed && !is_official(r)))
		let_in(r, d->code, made);
	return req_redirect(r, receipt_url(r, d->code));
}

enum err receipt_renew(struct req *r, const struct dossier *d, bool again)
{
	struct str secret = secret_of_form(r);
	enum err e = again ? OK : receipt_make(&r->tx, d, secret);
	if (e)
		return e;
	if (!again)
		show_fresh(r, d->code, secret);
	return req_redirect(r, receipt_url(r, d->code));
}

/* The secret that this browser was given, while it remembers. */
static struct str fresh_secret(struct req *r, struct str code)
{
	struct str rest =
		cookie_get(r->ask->cookie, cookie_name(r->mem, S(FRESH_COOKIE), r->https));
	struct str of, secret;
	int64_t id;
	if (!str_next(&rest, '.', &of) || !str_eq(of, code) ||
	    !receipt_read(r->mem, str_some(rest), &secret) ||
	    receipt_find(&r->tx, code, secret, &id))
		return S("");
	return secret;
}

/* --- Shown --- */

static void put(struct receipt_page *p, struct req *r, enum msg label, struct str value)
{
	p->facts.at[p->facts.n++] =
		(struct kv){ .label = msg_plain(r->lang, label), .value = value };
}

/* What is owed to the sender: of each duty still open its last day, and how it was counted. */
static enum err fill_due(struct req *r, const struct dossier *d, struct receipt_page *p)
{
	const struct calendar *calendar;
	enum err e = req_calendar(r, &calendar);
	if (e)
		return e;
	p->counts.at = arena_get_n(r->mem, d->duties.n, sizeof *p->counts.at);
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].state == DUTY_OPEN)
			p->counts.at[p->counts.n++] =
				duty_day_count(r->mem, r->lang, r->tx.office->law, calendar,
					       &d->duties.at[i], true);
	return OK;
}

static enum err fill_facts(struct req *r, const struct dossier *d, const struct acts *acts,
			   struct receipt_page *p)
{
	struct buf at = { .a = r->mem }, due = { .a = r->mem }, sms = { .a = r->mem };
	const struct duty *duty = dossier_main_duty(d);
	size_t room = 4;
	for (const struct module *const *m = modules; *m; m++)
		room += 2;
	p->facts.at = NEW_N(r->mem, struct kv, room);
	lang_put_long_instant(&at, r->lang, acts->at[0].at);
	lang_capital(&at, 0);
	put(p, r, MSG_RECEIPT_RECEIVED, buf_str(&at));
	put(p, r, MSG_RECEIPT_ABOUT, dossier_title(d));
	put(p, r, MSG_RECEIPT_CHANNEL, msg_plain(r->lang, channel_label(d->channel)));
	struct str office = utf8_unaccented(r->mem, p->office);
	if (!duty) {
		msg_receipt_sms(&sms, r->lang, d->code, p->secret, office, d->opened_on);
	} else {
		msg_dossier_due(&due, r->lang, duty->due);
		put(p, r, MSG_RECEIPT_DUE, buf_str(&due));
		msg_receipt_sms_due(&sms, r->lang, d->code, p->secret, office, d->opened_on,
				    duty->due);
	}
	p->sms = p->secret.len && !is_official(r) ? buf_str(&sms) : S("");
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->receipt)
			(*m)->receipt(r, d, office, p->secret, &p->facts, &p->sms);
	return fill_due(r, d, p);
}

static enum err fill_close(struct req *r, struct receipt_page *p)
{
	struct form *form;
	if (!r->tx.receipt)
		return OK;
	enum err e = form_show(r, no_fields, NULL, NULL, req_url(r, "/bien-nhan/dong"),
			       MSG_RECEIPT_CLOSE, &form);
	if (!e)
		p->close = form;
	return e;
}

static const struct banner *told(struct req *r, const struct receipt_page *p)
{
	struct banner *b = NEW(r->mem, struct banner);
	bool fresh = p->secret.len > 0, hands = is_official(r);
	enum msg title = !fresh ? MSG_RECEIPT_AGAIN : hands ? MSG_RECEIPT_HAND : MSG_RECEIPT_SENT;
	enum msg text = hands   ? fresh ? MSG_RECEIPT_HAND_OVER : MSG_RECEIPT_HANDED
			: fresh ? MSG_RECEIPT_KEEP
				: MSG_RECEIPT_NO_SECRET;
	*b = (struct banner){
		.tone = fresh ? TONE_OK : TONE_INFO,
		.title = msg_plain(r->lang, title),
		.text = msg_plain(r->lang, text),
	};
	return b;
}

static enum err receipt_show(struct req *r)
{
	struct receipt_page p = { 0 };
	struct dossier *d;
	struct acts acts;
	enum err e = dossier_asked(r, &d);
	if (e)
		return e;
	if (!d->kind->by_receipt)
		return ERR_NOT_FOUND;
	struct str title = msg_plain(r->lang, MSG_RECEIPT_TITLE);
	p.kind = msg_plain(r->lang, d->kind->title);
	p.code = d->code;
	p.secret = fresh_secret(r, d->code);
	if (p.secret.len && is_official(r))
		put_cookie(r, FRESH_COOKIE, S(""), -1);
	p.follow = dossier_url(r, d->code);
	p.banner = told(r, &p);
	if ((e = act_list(&r->tx, d, &acts)) || (e = req_body_words(r, d->unit, &p.office)) ||
	    (e = fill_facts(r, d, &acts, &p)) || (e = notice_table(r, d, &p.notices)) ||
	    (e = fill_close(r, &p)) ||
	    (e = qr_svg(r->mem, req_absolute(r, ask_url(r, d->code)).s,
			msg_plain(r->lang, MSG_RECEIPT_QR), QR_SIZE, &p.qr)))
		return e;
	p.frame = req_frame(r, title, DOOR_NONE);
	r->reply.keep = KEEP_NEVER;
	page_receipt(&r->out, &p);
	return OK;
}

/* --- Brought back --- */

static enum err ask_show(struct req *r)
{
	struct receipt_form begin = { req_query(r, "ma"), S("") };
	struct form *form;
	enum err e = form_show(r, receipt_fields, &begin, NULL, req_url(r, "/bien-nhan"),
			       MSG_RECEIPT_OPEN, &form);
	if (e)
		return e;
	struct str title = msg_plain(r->lang, MSG_RECEIPT_ASK_TITLE);
	page_sign(&r->out, &(struct sign_page){ .frame = req_frame(r, title, DOOR_NONE),
						.title = title,
						.lede = msg_plain(r->lang, MSG_RECEIPT_ASK_LEDE),
						.form = form,
						.note = msg_plain(r->lang, MSG_RECEIPT_ASK_NOTE) });
	return OK;
}

/* Which of the two is wrong is not said. */
static enum err ask_post(struct req *r)
{
	const struct receipt_form *f = r->form;
	struct str code, secret;
	struct instant made;
	int64_t id;
	if (r->tx.who && r->tx.who->n)
		return req_fault(r, "", MSG_RECEIPT_OFFICIAL);
	if (!code_read(r->mem, f->code, &code))
		return req_fault(r, "code", MSG_RECEIPT_CODE_BAD);
	if (!receipt_read(r->mem, f->secret, &secret))
		return req_fault(r, "secret", MSG_RECEIPT_SECRET_BAD);
	enum err e = receipt_find(&r->tx, code, secret, &id);
	if (e == ERR_NOT_FOUND)
		return req_fault(r, "", MSG_RECEIPT_WRONG);
	if (e || (e = receipt_of(&r->tx, code, &id, &made)))
		return e;
	let_in(r, code, made);
	return req_redirect(r, dossier_url(r, code));
}

static enum err close_post(struct req *r)
{
	put_cookie(r, RECEIPT_COOKIE, S(""), -1);
	put_cookie(r, FRESH_COOKIE, S(""), -1);
	req_header(r, S("Clear-Site-Data"), S("\"cache\""));
	return req_redirect(r, req_url(r, "/bien-nhan"));
}

const struct route receipt_routes[] = {
	{ GET, "/bien-nhan", ask_show, ANYONE, .uncached = true },
	{ POST, "/bien-nhan", ask_post, ANYONE, receipt_fields, ask_show,
	  .throttle = 1 + THROTTLE_SECRET, .quiet = true },
	{ POST, "/bien-nhan/dong", close_post, ANYONE, no_fields, ask_show, .quiet = true },
	{ GET, "/bien-nhan/{code}", receipt_show, ANYONE, .uncached = true },
	{ 0 },
};
