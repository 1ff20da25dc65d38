/* A step's form is its own fields and those of every step: the day it took effect, how it reached the
 * office, and (asked only where it would) that it publishes what was hidden. They stand behind the
 * step's struct in memory, so one table describes the whole. Of a citizen none is asked: what he sends
 * himself happens today, on the web. */
#include "web/step_page.h"

#include "base/encode.h"
#include "gen/web_pages.h"
#include "office/access.h"
#include "office/gate.h"
#include "office/person.h"
#include "office/reply.h"
#include "office/sealed.h"
#include "office/unit.h"
#include "web/back.h"
#include "web/dossier_page.h"
#include "web/module.h"
#include "web/receipt_page.h"
#include "web/redaction_page.h"
#include "web/root.h"

#include <stdalign.h>
#include <string.h>

struct meta {
	struct date happened_on;
	struct str channel;
	bool reveals;
};

static const struct field_choice channels[] = {
	{ "web", MSG_OFFICE_CHANNEL_WEB },
	{ "counter", MSG_OFFICE_CHANNEL_COUNTER },
	{ "paper", MSG_OFFICE_CHANNEL_PAPER },
	{ "meeting", MSG_OFFICE_CHANNEL_MEETING },
	{ 0 },
};

static const struct field meta_fields[] = {
	FIELD(struct meta, happened_on, .past = true, .label = MSG_DOSSIER_HAPPENED_ON,
	      .hint = MSG_DOSSIER_HAPPENED_ON_HINT),
	FIELD(struct meta, channel, .label = MSG_DOSSIER_CHANNEL, .choices = channels),
	FIELD(struct meta, reveals, .optional = true, .sometimes = true,
	      .label = MSG_REDACTION_REVEALS),
	{ 0 },
};

/* What a request asks for: which step, on what, and the form that both share. */
struct asked {
	struct dossier *d;
	const struct step *step;
	const struct appointment *by; /* NULL: as a citizen */
	struct field *fields;         /* of the step, then of every step */
	void *form;
	struct meta *meta;
	struct url action;
};

/* What is asked of an official who opens one; NULL: nothing. */
static const struct same_matter *same_of(const struct asked *a)
{
	for (const struct module *const *m = modules; *m && a->by && !a->d->id; m++) {
		const struct same_matter *s = (*m)->same;
		if (s && s->kind == a->d->kind && !strcmp(s->step, a->step->name))
			return s;
	}
	return NULL;
}

static void hide(struct asked *a, const char *field)
{
	for (struct field *f = a->fields; f->type; f++)
		f->hidden |= !strcmp(f->name, field);
}

static size_t meta_offset(const struct step *s)
{
	size_t to = alignof(struct meta);
	return (s->size + to - 1) / to * to;
}

static void form_of(struct req *r, struct asked *a)
{
	const struct step *s = a->step;
	size_t n = 0, offset = meta_offset(s);
	for (const struct field *f = s->form; f && f->type; f++)
		n++;
	a->fields = NEW_N(r->mem, struct field, n + LENGTH(meta_fields) + 1);
	for (size_t i = 0; i < n; i++)
		a->fields[i] = s->form[i];
	/* What is hidden is hidden from now on, by this page: nobody asks on which day, or how. */
	for (size_t i = 0; a->by && !s->redacts && i < LENGTH(meta_fields); i++) {
		a->fields[n + i] = meta_fields[i];
		a->fields[n + i].offset += (uint32_t)offset;
	}
	/* What is entered is compared when it is said: the first form has no box for it. */
	const struct same_matter *same = same_of(a);
	if (same && r->ask->method != POST)
		hide(a, same->field);
	if (r->ask->method != POST)
		hide(a, "reveals");
	a->form = arena_get(r->mem, offset + sizeof(struct meta));
	fields_init(a->fields, a->form);
	a->meta = (struct meta *)(void *)((char *)a->form + offset);
	/* What somebody else sends is written down by an official when it was brought to him. */
	bool brought = a->by && !a->d->id && a->d->kind->by_receipt;
	*a->meta = (struct meta){ .happened_on = tx_today(&r->tx),
				  .channel = brought ? S("counter") : S("web") };
}

static enum channel channel_of(struct str value)
{
	for (size_t i = 0; channels[i].value; i++)
		if (str_eq(value, str_of(channels[i].value)))
			return (enum channel)i;
	return CHANNEL_WEB;
}

static enum err begin(struct req *r, struct asked *a)
{
	return a->step->begin ? a->step->begin(&r->tx, a->d, a->form) : OK;
}

/* A link may have chosen already: /ghi-moi/...?slot=... Only among what the form offers; of anything else its
 * page shows nothing chosen. */
static void fill_chosen(struct req *r, struct asked *a)
{
	for (const struct field *f = a->step->form; f && f->type; f++) {
		struct str value = req_query(r, f->name);
		if (value.len && f->options && !f->hidden && !f->other && f->type == FIELD_TEXT)
			*field_str(f, a->form) = value;
	}
}

/* The form begins with what the dossier says now, where both know a field by the same name. */
static enum err fill_in(struct req *r, struct asked *a)
{
	if (!a->d->id) {
		fill_chosen(r, a);
		return begin(r, a);
	}
	struct json now;
	struct str why;
	struct buf b = { .a = r->mem };
	buf_putc(&b, '{');
	fields_write(&b, a->d->kind->fields, a->d->data, NULL);
	buf_putc(&b, '}');
	if (!json_parse(r->mem, buf_str(&b), &now, &why))
		return tx_fail(&r->tx, ERR_CORRUPT, "%.*s", STR_ARG(why));
	fields_read(r->mem, a->step->form, &now, a->form);
	enum err e = dossier_personal(&r->tx, a->d, a->step->form, a->form);
	return e ? e : begin(r, a);
}

static bool may_have_opened(struct req *r, const struct dossier *d)
{
	if (dossier_visibility(d) == VISIBLE_SEALED)
		return sealed_right(&r->tx, d, NULL) != SEALED_NOTHING;
	return dossier_visibility(d) == VISIBLE_PERSONAL && gate_is_official_of(&r->tx, d->holder);
}

/* A form of a personal matter that was opened in time is taken when it comes later the same day: what
 * was written in it is not lost. */
static enum err dossier_of_form(struct req *r, struct dossier **out)
{
	bool opened = false;
	struct dossier *d;
	enum err e = dossier_asked(r, out);
	if (e != ERR_NOT_FOUND || r->ask->method != POST || dossier_of_address(r, &d) ||
	    !may_have_opened(r, d))
		return e;
	enum err asked = access_granted(&r->tx, d->id, ACCESS_FORM_MINUTES, &opened);
	if (asked || !opened)
		return asked ? asked : e;
	*out = d;
	return OK;
}

static enum err step_asked(struct req *r, struct asked *a)
{
	enum err e = dossier_of_form(r, &a->d);
	if (e)
		return e;
	a->step = kind_step(a->d->kind, req_param(r, "step"));
	if (!a->step || a->step->follows)
		return ERR_NOT_FOUND;
	if (!step_rightful(&r->tx, a->d, a->step, &a->by))
		return tx_fail(&r->tx, ERR_DENIED, "%s on %.*s", a->step->name,
			       STR_ARG(a->d->code));
	if (!(a->step->from & a->d->state))
		return tx_fail(&r->tx, ERR_CONFLICT, "%s on %.*s in state %s", a->step->name,
			       STR_ARG(a->d->code), dossier_state(a->d)->name);
	a->action =
		back_along(r, req_url(r, "/ho-so/%s/lam/%s", a->d->code, str_of(a->step->name)));
	form_of(r, a);
	return OK;
}

static enum err open_asked(struct req *r, struct asked *a)
{
	const struct kind *k = office_kind_by_slug(r->tx.office, req_param(r, "kind"));
	struct unit u;
	if (!k)
		return ERR_NOT_FOUND;
	enum err e = unit_by_code(&r->tx, req_param(r, "unit"), tx_today(&r->tx), &u);
	if (e)
		return e;
	if (!kind_lives_at(k, (int)u.level))
		return ERR_NOT_FOUND;
	/* Where a kind is opened in several ways, the first that this reader may, or the one named. */
	struct str named = req_query(r, "buoc");
	a->d = dossier_blank(r->mem, k, u.id);
	for (a->step = k->steps; a->step->name; a->step++)
		if ((!named.len || str_eq(named, str_of(a->step->name))) &&
		    step_allowed(&r->tx, a->d, a->step, &a->by))
			break;
	if (!a->step->name)
		return tx_fail(&r->tx, ERR_DENIED, "%s at unit %.*s", k->name, STR_ARG(u.code));
	a->action = req_url(r, "/ghi-moi/%s/%s", str_of(k->slug), u.code);
	if (named.len)
		a->action = url_with(r->mem, a->action, S("buoc"), named);
	form_of(r, a);
	return OK;
}

/* Who is going to receive what a citizen sends, before he writes. */
static enum err receiver_words(struct req *r, int64_t unit, struct str *out)
{
	struct buf b = { .a = r->mem };
	struct str body;
	enum err e = req_body_words(r, unit, &body);
	if (e)
		return e;
	msg_dossier_will_receive(&b, r->lang, body);
	*out = buf_str(&b);
	return OK;
}

/* The unit's templates for this step, and the one that was asked for as it is: step_take fills it in, for this
 * dossier and for each that is answered with it. */
static enum err fill_template(struct req *r, struct asked *a, struct links *out)
{
	const struct field *f = reply_field(a->step);
	struct str mau = req_query(r, "mau"), text;
	if (!f)
		return OK;
	enum err e = reply_links(r, a->d->holder, a->d->kind, a->step, a->action, out);
	if (e || r->again || !mau.len)
		return e;
	e = reply_text(&r->tx, a->d->holder, a->d->kind, a->step, mau, &text);
	if (!e)
		*field_str(f, a->form) = text;
	return e == ERR_NOT_FOUND ? OK : e;
}

/* The preview was asked for, and nothing else is missing: the page tells of no mistake. */
static bool is_only_to_be_seen(const struct req *r)
{
	for (size_t i = 0; i < r->faults.n; i++)
		if (!str_eq(str_of(r->faults.at[i].field), S("reviewed")) ||
		    !str_eq(r->faults.at[i].text, msg_plain(r->lang, MSG_REDACTION_FAULT_UNSEEN)))
			return false;
	return true;
}

/* A box that was ticked for something else is empty when the form is shown again. */
static void untick(struct req *r, const char *field)
{
	for (size_t i = 0; i < r->fields.n; i++)
		if (str_eq(r->fields.at[i].name, str_of(field)))
			r->fields.at[i].value = S("");
}

/* Shown again: what would be hidden, and the box and the button that hide it only beside that. */
static enum err fill_preview(struct req *r, struct asked *a, struct step_page *p)
{
	enum err e = OK;
	if (!redaction_previews(a->step))
		return OK;
	if (r->again) {
		form_read(r, a->fields, a->form);
		e = redaction_preview_part(r, a->d, a->form, &p->preview);
	}
	if (e || !p->preview) {
		hide(a, "reviewed");
		return e;
	}
	if (!str_eq(req_query(r, "xem"), p->preview->mark))
		untick(r, "reviewed");
	a->action = url_with(r->mem, a->action, S("xem"), p->preview->mark);
	if (is_only_to_be_seen(r)) {
		p->frame->invalid = false;
		r->faults.n = 0;
	}
	return OK;
}

/* What was ticked as seen is what would be hidden now. */
static enum err check_preview(struct req *r, struct asked *a)
{
	struct str seen = req_query(r, "xem");
	struct redaction_preview *now = NULL;
	if (!redaction_previews(a->step) || !seen.len)
		return OK;
	enum err e = redaction_preview_part(r, a->d, a->form, &now);
	return e || !now || str_eq(now->mark, seen)
		       ? e
		       : req_fault(r, "reviewed", MSG_REDACTION_FAULT_CHANGED);
}

/* Does the page speak of this field, by a fault or because it was filled in? */
static bool speaks_of(const struct req *r, const char *field)
{
	bool said = pairs_all(r->mem, &r->fields, str_of(field)).n > 0;
	for (size_t i = 0; i < r->faults.n; i++)
		said |= !strcmp(r->faults.at[i].field, field);
	return said;
}

/* Shown again: what may be the same, and the question only where something is. */
static enum err fill_same(struct req *r, struct asked *a, struct items *out)
{
	const struct same_matter *same = r->again ? same_of(a) : NULL;
	if (!same)
		return OK;
	form_read(r, a->fields, a->form);
	enum err e = same->find(r, a->d, a->form, out);
	if (!e && !out->n)
		hide(a, same->field);
	return e;
}

static enum err show(struct req *r, struct asked *a)
{
	struct step_page p = { .title = msg_plain(r->lang, a->step->label) };
	struct unit u;
	enum err e = OK;
	p.frame = req_frame(r, p.title, kind_door(a->d->kind));
	if (a->d->id) {
		e = dossier_heading(r, a->d, &p.back.text);
		p.back.url = back_along(r, dossier_url(r, a->d->code));
	} else if (!(e = unit_find(&r->tx, a->d->unit, tx_today(&r->tx), &u))) {
		p.back.url = req_url(r, "/don-vi/%s", u.code);
		e = req_place_words(r, u.id, &p.back.text);
	}
	struct appointment held;
	struct person behalf;
	struct buf b = { .a = r->mem };
	if (!e && a->by && a->by->substitute_of &&
	    !appointment_find(&r->tx, a->by->substitute_of, &held) &&
	    !person_find(&r->tx, held.person, &behalf)) {
		msg_dossier_behalf(&b, r->lang, behalf.name);
		p.behalf = buf_str(&b);
	}
	bool asks = false;
	for (const struct field *f = a->step->form; f && f->type; f++)
		asks |= !f->hidden;
	p.about = asks ? S("") : msg_plain(r->lang, a->step->done);
	if (!e && !a->d->id && !a->by)
		e = receiver_words(r, u.id, &p.about);
	if (!e && !r->again)
		e = fill_in(r, a);
	if (!e && a->by && a->d->id)
		e = fill_template(r, a, &p.templates);
	if (!e && a->by && a->d->id)
		e = told_fill(r, a->d, a->step, NULL, &p.told);
	if (!e)
		e = fill_preview(r, a, &p);
	if (!e)
		e = fill_same(r, a, &p.same);
	if (!speaks_of(r, "reveals"))
		hide(a, "reveals");
	enum msg label =
		redaction_previews(a->step) && !p.preview ? MSG_REDACTION_PREVIEW : a->step->label;
	if (e || (e = form_show(r, a->fields, r->again ? NULL : a->form, a->d, a->action, label,
				&p.form)))
		return e;
	page_step(&r->out, &p);
	return OK;
}

enum err step_show(struct req *r)
{
	struct asked a = { 0 };
	enum err e = step_asked(r, &a);
	return e ? e : show(r, &a);
}

enum err open_show(struct req *r)
{
	struct asked a = { 0 };
	enum err e = open_asked(r, &a);
	return e ? e : show(r, &a);
}

/* Reads the form and says how the step is to be taken. */
static enum err read_form(struct req *r, struct asked *a, struct step_input *in)
{
	enum err e = OK;
	form_read(r, a->fields, a->form);
	if (a->by)
		e = form_check(&r->tx, meta_fields, a->meta, a->d, &r->faults);
	*in = (struct step_input){ .on = a->meta->happened_on,
				   .channel = channel_of(a->meta->channel),
				   .token = r->token,
				   .reveals = a->meta->reveals };
	return e;
}

static enum err done(struct req *r, enum err e, const struct dossier *d)
{
	if (!e && r->faults.n)
		e = tx_fail(&r->tx, ERR_INVALID, "the form of a step");
	if (e)
		return e;
	/* A transfer takes a personal matter out of the hands of who transferred it: he reads where it went. */
	struct url back;
	if (r->tx.who && dossier_apart(r, d, &back))
		return req_redirect(r, back_along(r, back));
	if (back_end(r, &back))
		return req_redirect(r, back);
	return req_redirect(r, gate_may_read(&r->tx, d) ? dossier_url(r, d->code)
							: req_url(r, "/viec"));
}

/* Before the files: a stranger's are not even read. */
enum err step_sender(struct req *r)
{
	struct asked a = { 0 };
	return r->tx.who ? OK : step_asked(r, &a);
}

enum err open_sender(struct req *r)
{
	struct asked a = { 0 };
	return r->tx.who ? OK : open_asked(r, &a);
}

/* Before the writer. Files of a step that may not be taken are not kept; the handler says why not. */
enum err step_keep(struct req *r)
{
	struct asked a = { 0 };
	return step_asked(r, &a) ? OK : form_keep(r, a.fields);
}

enum err open_keep(struct req *r)
{
	struct asked a = { 0 };
	return open_asked(r, &a) ? OK : form_keep(r, a.fields);
}

/* A form that its sender sent before, asked before his rights are: a transfer takes the matter out of
 * his hands, and its form sent again finds what it did. NULL: it is no such form. */
static enum err sent_before(struct req *r, struct dossier **out)
{
	struct str code;
	struct dossier *d;
	int64_t id;
	*out = NULL;
	enum err e = step_taken_before(&r->tx, r->token, req_param(r, "step"), &id);
	if (e || !id || (e = dossier_load(&r->tx, id, &d)))
		return e;
	if (code_read(r->mem, req_param(r, "code"), &code) && str_eq(code, d->code))
		*out = d;
	return OK;
}

enum err step_post(struct req *r)
{
	struct asked a = { 0 };
	struct step_input in;
	struct dossier *before;
	enum err e = sent_before(r, &before);
	if (e)
		return e;
	if (before)
		return kind_step(before->kind, req_param(r, "step"))->receipt
			       ? receipt_renew(r, before, true)
			       : done(r, OK, before);
	e = step_asked(r, &a);
	if (e == ERR_CONFLICT && r->token.len && a.d) {
		/* A retry of what was done: the token finds it. */
		form_of(r, &a);
		in = (struct step_input){ .token = r->token };
		return done(r, step_take(&r->tx, a.d, a.step->name, a.form, &in, NULL), a.d);
	}
	if (e || (e = read_form(r, &a, &in)))
		return e;
	if ((e = check_preview(r, &a)))
		return e;
	int acts = a.d->acts;
	e = step_take(&r->tx, a.d, a.step->name, a.form, &in, &r->faults);
	if (!e && !r->faults.n && a.step->receipt)
		return receipt_renew(r, a.d, a.d->acts == acts);
	return done(r, e, a.d);
}

/* Not asked again of a form that is sent again: what it opened is alike. */
static enum err ask_same(struct req *r, struct asked *a)
{
	const struct same_matter *same = same_of(a);
	struct items found = { NULL, 0 };
	int64_t before;
	if (!same || r->faults.n ||
	    field_str(field_find(a->fields, str_of(same->field)), a->form)->len)
		return OK;
	/* A form that is not taken yet says first what it lacks. */
	struct faults own = { .a = r->mem, .lang = r->lang };
	enum err e = form_check(&r->tx, a->step->form, a->form, a->d, &own);
	if (e || own.n)
		return e;
	e = step_taken_before(&r->tx, r->token, str_of(a->step->name), &before);
	if (e || before || (e = same->find(r, a->d, a->form, &found)))
		return e;
	return found.n ? req_fault(r, same->field, MSG_DOSSIER_SAME_FAULT) : OK;
}

enum err open_post(struct req *r)
{
	struct asked a = { 0 };
	struct step_input in;
	struct dossier *d = NULL;
	enum err e = open_asked(r, &a);
	if (e || (e = read_form(r, &a, &in)) || (e = ask_same(r, &a)))
		return e;
	e = dossier_open(&r->tx, a.d->kind, a.d->unit, a.step->name, a.form, &in, &r->faults, &d);
	/* Who writes down somebody's matter at the counter hands him the receipt, and is listed. */
	if (!e && a.by && !gate_may_read(&r->tx, d) && dossier_visibility(d) >= VISIBLE_PERSONAL)
		e = access_record(&r->tx, d->id, a.by, msg_plain(LANG_VI, MSG_ACCESS_ENTERED));
	if (!e && !r->faults.n && a.d->kind->by_receipt)
		return receipt_give(r, d);
	return done(r, e, d);
}
