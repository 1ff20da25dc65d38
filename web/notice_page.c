/* The author of a matter reads what he was told, by his account or by its receipt; so do those of its holder
 * who serve him at the counter, once the gate has let them in. */
#include "web/notice_page.h"

#include "base/mail.h"
#include "gen/web_pages.h"
#include "office/gate.h"
#include "web/dossier_page.h"
#include "web/grid.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/notice_letter.h"
#include "web/notice_pages.h"
#include "web/root.h"

/* --- Lists --- */

static enum msg state_words(enum notice_state state)
{
	static const enum msg words[NOTICE_STATES] = {
		[NOTICE_WAITING] = MSG_NOTICE_STATE_WAITING,
		[NOTICE_SENT] = MSG_NOTICE_STATE_SENT,
		[NOTICE_REFUSED] = MSG_NOTICE_STATE_REFUSED,
		[NOTICE_GIVEN_UP] = MSG_NOTICE_STATE_GIVEN_UP,
		[NOTICE_EMPTY] = MSG_NOTICE_STATE_EMPTY,
	};
	return words[state];
}

/* "Đã gửi, 10/03/2026, 09:05" */
static struct str way_words(struct req *r, const struct notice_sent *w)
{
	struct buf b = { .a = r->mem };
	if (!w->made)
		return msg_plain(r->lang, MSG_NOTICE_STATE_NONE);
	buf_put(&b, msg_plain(r->lang, state_words(w->state)));
	buf_put(&b, S(", "));
	lang_put_instant(&b, r->lang, w->changed_at);
	return buf_str(&b);
}

static struct str what(struct req *r, const struct notice *n)
{
	struct buf b = { .a = r->mem };
	if (n->class == NOTICE_DIGEST) {
		msg_notice_subject_digest(&b, r->lang, date_add(n->since, 6));
		return buf_str(&b);
	}
	struct str words = notice_words(r, n);
	return words.len ? words : msg_plain(r->lang, MSG_NOTICE_SOMETHING);
}

static struct url paper_url(struct req *r, const struct notice *n)
{
	return req_url(r, "/ho-so/%s/thong-bao/%s", n->code,
		       str_printf(r->mem, "%lld", (long long)n->id));
}

static struct table *table_of(struct req *r, const struct notices *all, bool coded)
{
	static const enum msg columns[] = { MSG_NOTICE_COLUMN_WHAT, MSG_NOTICE_COLUMN_DAY,
					    MSG_NOTICE_COLUMN_EMAIL, MSG_NOTICE_COLUMN_SMS };
	struct table *t = grid_new(r, MSG_NOTICE_TITLE, all->n, columns, LENGTH(columns));
	for (size_t i = 0; i < all->n; i++) {
		const struct notice *n = &all->at[i];
		struct cell *c = grid_row(r, t);
		struct buf at = { .a = r->mem };
		c[0].text = what(r, n);
		if (n->code.len) {
			c[0].url = paper_url(r, n);
			if (coded)
				c[0].text = str_printf(r->mem, "%.*s · %.*s", STR_ARG(n->code),
						       STR_ARG(c[0].text));
		}
		lang_put_instant(&at, r->lang, n->made_at);
		c[1].text = buf_str(&at);
		for (int way = 0; way < NOTICE_WAYS; way++)
			c[2 + way].text = way_words(r, &n->ways[way]);
	}
	t->named = true;
	return t;
}

static bool may_read(struct req *r, const struct dossier *d)
{
	return dossier_is_author(&r->tx, d) ||
	       (r->tx.who &&
		member_may(r->tx.who, CLERK | LEADER, d->holder, str_of(d->kind->work)));
}

enum err notice_table(struct req *r, const struct dossier *d, struct table **out)
{
	struct notices all;
	*out = NULL;
	if (!may_read(r, d))
		return OK;
	enum err e = notice_list(&r->tx, d->id, 0, &all);
	if (!e && all.n)
		*out = table_of(r, &all, false);
	return e;
}

/* --- On paper --- */

static void put_line(struct told_paper *p, struct buf *b)
{
	p->lines.at[p->lines.n++] = str_dup(b->a, buf_str(b));
	buf_reset(b);
}

static enum err paper_show(struct req *r)
{
	struct told_paper p = { 0 };
	struct buf b = { .a = r->mem };
	struct dossier *d;
	struct notice n;
	int64_t id;
	enum err e = dossier_asked(r, &d);
	if (e || (e = req_id(r, "id", &id)) || (e = notice_load(&r->tx, id, &n)))
		return e;
	if (n.dossier != d->id || !may_read(r, d))
		return ERR_NOT_FOUND;
	if ((e = req_body_words(r, d->holder, &p.office)))
		return e;
	bool opened = n.step && (n.step->from & NEW);
	const struct duty *due = dossier_main_duty(d);
	p.lines.at = arena_get_n(r->mem, 4, sizeof *p.lines.at);
	(opened ? msg_notice_received : msg_notice_news)(&b, r->lang, p.office, d->code,
							 instant_date(n.made_at));
	put_line(&p, &b);
	if (n.step && !opened) {
		msg_notice_happened(&b, r->lang, notice_words(r, &n));
		put_line(&p, &b);
	}
	if (due && due->state == DUTY_OPEN) {
		msg_notice_due(&b, r->lang, due->due);
		put_line(&p, &b);
	}
	buf_put(&b, msg_plain(r->lang, MSG_NOTICE_COUNTER));
	put_line(&p, &b);
	p.title = msg_plain(r->lang, MSG_NOTICE_PAPER);
	p.back = (struct link){ .text = d->code, .url = dossier_url(r, d->code) };
	p.frame = req_frame(r, p.title, DOOR_NONE);
	r->reply.keep = KEEP_NEVER;
	page_told_paper(&r->out, &p);
	return OK;
}

/* --- An account's own --- */

struct wish_form {
	struct str email;
	bool mine_email, mine_sms, digest_email;
};

static const struct field wish_fields[] = {
	FIELD(struct wish_form, email, .optional = true, .sometimes = true,
	      .max = MAIL_ADDRESS_MOST, .label = MSG_NOTICE_EMAIL, .hint = MSG_NOTICE_EMAIL_HINT),
	FIELD(struct wish_form, mine_email, .optional = true, .sometimes = true,
	      .label = MSG_NOTICE_MINE_EMAIL),
	FIELD(struct wish_form, mine_sms, .optional = true, .sometimes = true,
	      .label = MSG_NOTICE_MINE_SMS),
	FIELD(struct wish_form, digest_email, .optional = true, .sometimes = true,
	      .label = MSG_NOTICE_DIGEST_EMAIL),
	{ 0 },
};

/* A letter that goes later says when. */
static const struct banner *saved(struct req *r, struct instant proof)
{
	struct str word = req_query(r, "xong");
	struct banner *b = NEW(r->mem, struct banner);
	enum msg title = str_eq(word, S("thu"))   ? MSG_NOTICE_SAVED_PROVE
			 : str_eq(word, S("ghi")) ? MSG_NOTICE_SAVED
						  : MSG_NONE;
	if (!title)
		return NULL;
	*b = (struct banner){ .tone = TONE_OK, .title = msg_plain(r->lang, title) };
	if (title == MSG_NOTICE_SAVED_PROVE && proof.ms) {
		struct buf words = { .a = r->mem };
		msg_notice_saved_later(&words, r->lang, proof);
		b->title = buf_str(&words);
	}
	return b;
}

static enum err wish_show(struct req *r)
{
	struct told_page p = { .proof = S("") };
	struct notice_wish w;
	struct notices all;
	struct form *form;
	struct instant proof;
	int64_t person = r->tx.who->person;
	enum err e = notice_wish_load(&r->tx, person, &w);
	if (e || (e = notice_proof_at(&r->tx, person, &proof)) ||
	    (e = notice_list_person(&r->tx, person,
				    r->again ? 0 : req_query_int(r, "sau", 1, INT64_MAX, 0), &all)))
		return e;
	struct wish_form now = { .email = w.email,
				 .mine_email = w.mine & NOTICE_BY_EMAIL,
				 .mine_sms = w.mine & NOTICE_BY_SMS,
				 .digest_email = w.digest & NOTICE_BY_EMAIL };
	if ((e = form_show(r, wish_fields, &now, NULL, req_url(r, "/thong-bao"), MSG_NOTICE_SAVE,
			   &form)))
		return e;
	if (w.email.len)
		p.proof = msg_plain(r->lang, w.proved ? MSG_NOTICE_PROVED : MSG_NOTICE_UNPROVED);
	p.table = all.n ? table_of(r, &all, true) : NULL;
	if (all.more)
		p.pager.next =
			url_query(r->mem, r->path, &r->query, S("sau"),
				  str_printf(r->mem, "%lld", (long long)all.at[all.n - 1].id));
	p.form = form;
	p.banner = saved(r, proof);
	p.frame = req_frame(r, msg_plain(r->lang, MSG_NOTICE_TITLE), DOOR_NONE);
	page_told(&r->out, &p);
	return OK;
}

static enum err wish_post(struct req *r)
{
	const struct wish_form *f = r->form;
	struct notice_wish w = { .email = str_some(f->email),
				 .mine = (f->mine_email ? NOTICE_BY_EMAIL : 0) |
					 (f->mine_sms ? NOTICE_BY_SMS : 0),
				 .digest = f->digest_email ? NOTICE_BY_EMAIL : 0,
				 .lang = r->lang };
	if (w.email.len && !mail_address_ok(w.email))
		return req_fault(r, "email", MSG_NOTICE_EMAIL_BAD);
	int wait = req_account_wait(r, THROTTLE_WISH);
	if (wait) {
		struct buf b = { .a = r->mem };
		msg_notice_fault_soon(&b, r->lang, wait);
		fault_add(&r->faults, "", buf_str(&b));
		return ERR_INVALID;
	}
	struct str key = { (const char *)r->house->secret, sizeof r->house->secret };
	enum err e = notice_wish_save(&r->tx, &w, key);
	if (e || (e = notice_wish_load(&r->tx, r->tx.who->person, &w)))
		return e;
	bool asks = w.email.len && !w.proved && (r->tx.office->ways & NOTICE_BY_EMAIL);
	return req_redirect(r, url_with(r->mem, req_url(r, "/thong-bao"), S("xong"),
					asks ? S("thu") : S("ghi")));
}

/* --- The links in letters --- */

/* A page with one button, because programs that look for viruses open links; the same address takes the one
 * press of a mail program (RFC 8058). Whoever has the key needs no form of ours. */
static enum err press_page(struct req *r, enum msg title, enum msg text, enum msg button, bool done)
{
	struct told_press p = { .title = msg_plain(r->lang, title),
				.text = msg_plain(r->lang, text),
				.action = done ? url_none() : (struct url){ r->path },
				.button = done ? S("") : msg_plain(r->lang, button) };
	p.frame = req_frame(r, p.title, DOOR_NONE);
	r->reply.keep = KEEP_NEVER;
	page_told_press(&r->out, &p);
	return OK;
}

static bool stop_key(struct req *r, int64_t *person, int64_t *class)
{
	return letter_key_read(r->mem, r->house->secret, S("stop"), req_param(r, "key"), person,
			       class) &&
	       (*class == NOTICE_MINE || *class == NOTICE_DIGEST);
}

static enum err stop_page(struct req *r, int64_t class, bool done)
{
	bool digest = class == NOTICE_DIGEST;
	return done ? press_page(r, MSG_NOTICE_STOPPED, MSG_NOTICE_STOPPED_TEXT, MSG_NONE, true)
		    : press_page(r, MSG_NOTICE_STOP_TITLE,
				 digest ? MSG_NOTICE_STOP_DIGEST : MSG_NOTICE_STOP_MINE,
				 MSG_NOTICE_STOP_BUTTON, false);
}

static enum err stop_show(struct req *r)
{
	int64_t person, class;
	return stop_key(r, &person, &class) ? stop_page(r, class, false) : ERR_NOT_FOUND;
}

static enum err stop_post(struct req *r)
{
	int64_t person, class;
	if (!stop_key(r, &person, &class))
		return ERR_NOT_FOUND;
	enum err e = notice_wish_stop(&r->tx, person, (enum notice_class) class);
	return e ? e : stop_page(r, class, true);
}

static bool prove_key(struct req *r, int64_t *person, struct instant *at)
{
	return letter_key_read(r->mem, r->house->secret, S("prove"), req_param(r, "key"), person,
			       &at->ms);
}

static enum err prove_show(struct req *r)
{
	int64_t person;
	struct instant at;
	return prove_key(r, &person, &at)
		       ? press_page(r, MSG_NOTICE_PROVE_TITLE, MSG_NOTICE_PROVE_TEXT,
				    MSG_NOTICE_PROVE_BUTTON, false)
		       : ERR_NOT_FOUND;
}

static enum err prove_post(struct req *r)
{
	int64_t person;
	struct instant at;
	if (!prove_key(r, &person, &at))
		return ERR_NOT_FOUND;
	enum err e = notice_wish_prove(&r->tx, person, at);
	return e == ERR_NOT_FOUND ? press_page(r, MSG_NOTICE_PROVE_OLD, MSG_NOTICE_PROVE_OLD_TEXT,
					       MSG_NONE, true)
	       : e                ? e
		   : press_page(r, MSG_NOTICE_PROVE_DONE, MSG_NOTICE_PROVE_DONE_TEXT, MSG_NONE,
				true);
}

enum { PRESS_BODY = 1000 };

const struct route notice_routes[] = {
	{ GET, "/ho-so/{code}/thong-bao/{id}", paper_show, ANYONE, .uncached = true },
	{ GET, "/thong-bao", wish_show, MEMBER },
	{ POST, "/thong-bao", wish_post, MEMBER, wish_fields, .quiet = true },
	{ GET, "/thong-bao/thoi/{key}", stop_show, ANYONE, .uncached = true, .secret = true },
	{ POST, "/thong-bao/thoi/{key}", stop_post, ANYONE, .raw = PRESS_BODY, .quiet = true,
	  .secret = true },
	{ GET, "/thong-bao/nhan/{key}", prove_show, ANYONE, .uncached = true, .secret = true },
	{ POST, "/thong-bao/nhan/{key}", prove_post, ANYONE, .raw = PRESS_BODY, .quiet = true,
	  .secret = true },
	{ GET, "/quan-tri/thong-bao", notice_queue_show, ADMIN, .uncached = true },
	{ 0 },
};
