/* The transfer is the office's own act and shown as it is; a reply speaks of somebody's personal matter. */
#include "modules/inspect/petition_sent_on_pages.h"

#include "gen/inspect_pages.h"
#include "modules/inspect/petition_sent_on.h"
#include "office/access.h"
#include "web/access_page.h"
#include "web/back.h"
#include "web/dossier_acts.h"
#include "web/dossier_page.h"
#include "web/root.h"

/* What the address asks for, and as whom. */
struct asked {
	struct dossier *d;
	const struct appointment *by;
	struct petition_passings sent;
	struct acts acts;
	struct petition_reply_acts replies;
	bool open; /* a reason was recorded in time */
};

static enum err find(struct req *r, struct asked *a)
{
	enum err e = r->tx.who ? dossier_of_address(r, &a->d) : ERR_NOT_FOUND;
	if (e || (e = petition_sent_on(&r->tx, a->d, &a->by, &a->sent)))
		return e;
	if (!a->by)
		return ERR_NOT_FOUND;
	if ((e = act_list(&r->tx, a->d, &a->acts)) ||
	    (e = petition_replies(&r->tx, a->d, &a->acts, a->by->unit, &a->replies)))
		return e;
	return access_granted_of(&r->tx, a->d->id, ACCESS_REPLY, &a->open);
}

static struct url page_url(struct req *r, const struct dossier *d)
{
	return req_url(r, "/ho-so/%s/da-chuyen", d->code);
}

/* --- Where it went --- */

static enum err office_words(struct req *r, const struct petition_hop *hop, struct str *out)
{
	struct unit u;
	enum err e = unit_by_code_any(&r->tx, hop->office, hop->since, &u);
	return e ? e : req_body_words(r, u.id, out);
}

static void put(struct req *r, struct kvs *out, enum msg label, struct str value)
{
	if (value.len)
		out->at[out->n++] =
			(struct kv){ .label = msg_plain(r->lang, label), .value = value };
}

static struct str day_words(struct req *r, struct date on)
{
	struct buf b = { .a = r->mem };
	lang_put_long_date(&b, r->lang, on);
	lang_capital(&b, 0);
	return buf_str(&b);
}

static enum err fill_passings(struct req *r, const struct asked *a, struct petition_sent_on_page *p)
{
	p->passings.at = NEW_N(r->mem, struct kvs, a->sent.n);
	for (size_t i = 0; i < a->sent.n; i++) {
		const struct petition_passing *x = &a->sent.at[i];
		struct kvs *out = &p->passings.at[p->passings.n++];
		struct str office;
		enum err e = office_words(r, x->to, &office);
		if (e)
			return e;
		out->at = NEW_N(r->mem, struct kv, 3);
		put(r, out, MSG_PETITION_PASSED_ON_TO, office);
		put(r, out, MSG_PETITION_PASSED_ON_AT, day_words(r, x->to->since));
		put(r, out, MSG_PETITION_PASSED_ON_WHY, x->to->reason);
	}
	return OK;
}

/* What the receiver owes first of all, while it does. */
static const struct duty *owed(const struct dossier *d, int line)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].line == line && d->duties.at[i].state == DUTY_OPEN)
			return &d->duties.at[i];
	return NULL;
}

static enum err fill_banner(struct req *r, const struct asked *a, struct banner *out)
{
	const struct petition_passing *last = &a->sent.at[a->sent.n - 1];
	const struct duty *duty = owed(a->d, last->to_line);
	struct buf title = { .a = r->mem }, text = { .a = r->mem };
	struct str office;
	enum err e = office_words(r, last->to, &office);
	if (e)
		return e;
	msg_petition_passed_on_title(&title, r->lang, office);
	if (date_is_set(last->to->replied_on))
		msg_petition_passed_on_replied(&text, r->lang, office, last->to->replied_on);
	else if (duty)
		msg_petition_passed_on_next(&text, r->lang, duty->due);
	else
		buf_put(&text, msg_plain(r->lang, MSG_PETITION_PASSED_ON_LATER));
	*out = (struct banner){ .tone = TONE_OK, .title = buf_str(&title), .text = buf_str(&text) };
	return OK;
}

/* --- What was replied --- */

/* The office that replied: both lists go by time, and of several on one day the first replied first. */
static enum err replier_words(struct req *r, const struct asked *a, size_t reply, struct str *out)
{
	struct date on = a->replies.at[reply].act->on;
	const struct petition_hop *by = NULL;
	size_t before = 0;
	for (size_t i = 0; i < reply; i++)
		before += date_cmp(a->replies.at[i].act->on, on) == 0;
	for (size_t i = 0; i < a->sent.n; i++) {
		const struct petition_hop *to = a->sent.at[i].to;
		if (date_cmp(to->replied_on, on) != 0)
			continue;
		by = to;
		if (!before--)
			break;
	}
	*out = S("");
	return by ? office_words(r, by, out) : OK;
}

static void put_files(struct req *r, const struct dossier *d, const struct file_refs *files,
		      struct kvs *out)
{
	for (size_t i = 0; i < files->n; i++)
		out->at[out->n++] = (struct kv){
			.label = i ? S("") : msg_plain(r->lang, MSG_PETITION_REPLY_FILE),
			.value = files->at[i].name,
			.url = req_url(r, "/ho-so/%s/da-chuyen/%s", d->code, files->at[i].sha256),
		};
}

static enum err fill_replies(struct req *r, const struct asked *a, struct petition_sent_on_page *p)
{
	const struct str *doers = acts_doers(r, &a->acts);
	p->replies.at = arena_get_n(r->mem, a->replies.n, sizeof *p->replies.at);
	for (size_t i = 0; i < a->replies.n; i++) {
		const struct petition_reply_act *x = &a->replies.at[i];
		struct petition_reply_shown *out = &p->replies.at[p->replies.n++];
		struct str office;
		enum err e = replier_words(r, a, i, &office);
		if (e)
			return e;
		*out = (struct petition_reply_shown){ .told = a->open ? x->said.told : S("") };
		out->facts.at = arena_get_n(r->mem, 4 + x->said.evidence.n, sizeof(struct kv));
		put(r, &out->facts, MSG_PETITION_REPLY_FROM, office);
		put(r, &out->facts, MSG_PETITION_REPLY_BY, doers[x->no]);
		put(r, &out->facts, MSG_PETITION_REPLY_ON, day_words(r, x->act->on));
		put(r, &out->facts, MSG_PETITION_REPLY, x->said.reply);
		if (a->open)
			put_files(r, a->d, &x->said.evidence, &out->facts);
	}
	return OK;
}

enum err petition_sent_on_show(struct req *r)
{
	struct asked a = { 0 };
	struct form *form;
	struct petition_sent_on_page p = { .back = { .text = S("") } };
	enum err e = find(r, &a);
	if (e)
		return e;
	p.frame = req_frame(r, msg_plain(r->lang, MSG_PETITION_PASSED_ON), DOOR_INSPECT);
	p.code = a.d->code;
	if ((e = fill_banner(r, &a, &p.banner)) || (e = fill_passings(r, &a, &p)) ||
	    (e = fill_replies(r, &a, &p)))
		return e;
	if (p.replies.n && !a.open) {
		e = form_show(r, access_fields, NULL, NULL, back_along(r, page_url(r, a.d)),
			      MSG_PETITION_REPLY_OPEN, &form);
		if (e)
			return e;
		p.form = form;
	}
	if (back_end(r, &p.back.url))
		p.back.text = msg_plain(r->lang, MSG_WORK_BACK);
	page_petition_sent_on(&r->out, &p);
	return OK;
}

enum err petition_sent_on_open(struct req *r)
{
	const struct access_form *f = r->form;
	struct asked a = { 0 };
	enum err e = find(r, &a);
	if (e || (e = access_record_of(&r->tx, a.d->id, ACCESS_REPLY, a.by, f->reason)))
		return e;
	return req_redirect(r, back_along(r, page_url(r, a.d)));
}

enum err petition_sent_on_file(struct req *r)
{
	struct asked a = { 0 };
	enum err e = find(r, &a);
	if (e || !a.open)
		return e ? e : ERR_NOT_FOUND;
	for (size_t i = 0; i < a.replies.n; i++)
		for (size_t k = 0; k < a.replies.at[i].said.evidence.n; k++)
			if (str_eq(a.replies.at[i].said.evidence.at[k].sha256,
				   req_param(r, "sha256")))
				return dossier_file_send(r, a.d, FILE_OPEN);
	return ERR_NOT_FOUND;
}

/* --- Where it is found --- */

bool petition_sent_on_url(struct req *r, const struct dossier *d, struct url *out)
{
	const struct appointment *by;
	struct petition_passings sent;
	if (dossier_is_author(&r->tx, d) ||
	    member_may(r->tx.who, ACCESS_ROLES, d->holder, str_of(d->kind->work)) ||
	    petition_sent_on(&r->tx, d, &by, &sent) || !by)
		return false;
	*out = page_url(r, d);
	return true;
}

enum err petition_sent_on_news(struct req *r)
{
	struct petition_newses news;
	struct petition_news_part p = { 0 };
	enum err e = petition_news(&r->tx, &news);
	if (e || !news.n)
		return e;
	p.items.at = NEW_N(r->mem, struct item, news.n);
	for (size_t i = 0; i < news.n; i++) {
		const struct petition_news *x = &news.at[i];
		struct buf title = { .a = r->mem }, meta = { .a = r->mem };
		struct str office;
		if ((e = req_body_words(r, x->from, &office)))
			return e;
		msg_petition_news_title(&title, r->lang, x->d->code);
		msg_petition_news_meta(&meta, r->lang, office, x->on);
		p.items.at[p.items.n++] = (struct item){
			.title = buf_str(&title),
			.meta = buf_str(&meta),
			.url = back_begin(r, page_url(r, x->d)),
			.brief = true,
		};
	}
	part_petition_news(&r->out, &p);
	return OK;
}
