/* Nothing here knows a kind: everything comes from its tables and from the acts. What only a module
 * can show is asked of the modules, in two places of the page. */
#include "web/dossier_page.h"
#include "web/access_page.h"
#include "web/back.h"
#include "web/calendar.h"
#include "web/comment_part.h"
#include "web/dossier_acts.h"
#include "web/dossier_tables.h"
#include "web/follow_page.h"
#include "web/markdown.h"
#include "web/module.h"
#include "web/redaction_page.h"
#include "web/timing.h"

#include "base/encode.h"
#include "gen/web_pages.h"
#include "ledger/log.h"
#include "office/assign.h"
#include "office/dossier_json.h"
#include "office/gate.h"
#include "office/person.h"
#include "office/sealed.h"
#include "office/step.h"
#include "office/unit.h"
#include "office/view_count.h"
#include "web/root.h"

struct url dossier_url(struct req *r, struct str code)
{
	return req_url(r, "/ho-so/%s", code);
}

struct url file_url(struct req *r, const struct dossier *d, const struct file_ref *file)
{
	return req_url(r, "/ho-so/%s/tep/%s", d->code, file->sha256);
}

enum err dossier_of_address(struct req *r, struct dossier **out)
{
	struct str code;
	int64_t id;
	if (!code_read(r->mem, req_param(r, "code"), &code))
		return ERR_NOT_FOUND;
	enum err e = dossier_by_code(&r->tx, code, &id);
	return e ? e : dossier_load(&r->tx, id, out);
}

enum err dossier_asked(struct req *r, struct dossier **out)
{
	struct str code;
	if (!code_read(r->mem, req_param(r, "code"), &code))
		return ERR_NOT_FOUND;
	return gate_read(&r->tx, code, out);
}

enum err dossier_heading(struct req *r, const struct dossier *d, struct str *out)
{
	if (d->kind == &comment_kind)
		return comment_heading(r, d, out);
	*out = gate_may_see_content(&r->tx, d) ? dossier_title(d)
					       : msg_plain(r->lang, MSG_DOSSIER_HIDDEN_TITLE);
	return OK;
}

bool dossier_apart(struct req *r, const struct dossier *d, struct url *out)
{
	if (gate_may_read(&r->tx, d))
		return false;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->apart && (*m)->apart(r, d, out))
			return true;
	return false;
}

/* Instead of what may not be opened: to the part of it that may be, or the question for a reason. */
static enum err show_closed(struct req *r)
{
	struct dossier *d;
	struct url part;
	enum err e = access_offer(r);
	if (e != ERR_NOT_FOUND || !r->tx.who || dossier_of_address(r, &d) ||
	    !dossier_apart(r, d, &part))
		return e;
	return req_redirect(r, back_along(r, part));
}

/* --- Fields in words --- */

static enum err field_choices(struct req *r, const struct dossier *d, const struct field *f,
			      struct choices *out)
{
	for (size_t i = 0; i < LENGTH(r->offered); i++)
		if (r->offered[i].field && r->offered[i].field->options == f->options &&
		    r->offered[i].subject == d) {
			*out = r->offered[i].choices;
			return OK;
		}
	enum err e = f->options(&r->tx, d, r->lang, out);
	if (!e && r->tx.mem == r->mem) /* the memory of an export's piece is used again */
		r->offered[r->offers++ % LENGTH(r->offered)] = (struct offered){ f, d, *out };
	return e;
}

struct str choice_words(struct req *r, const struct dossier *d, const struct field *f,
			struct str value)
{
	struct choices offered = { NULL, 0 };
	struct str label;
	for (const struct field_choice *c = f->choices; c && c->value; c++)
		if (str_eq(str_of(c->value), value))
			return msg_plain(r->lang, c->label);
	if (f->label_of)
		return f->label_of(&r->tx, d, r->lang, value, &label) ? label : value;
	if (f->options && field_choices(r, d, f, &offered))
		return value;
	for (size_t i = 0; i < offered.n; i++)
		if (str_eq(offered.at[i].value, value))
			return offered.at[i].label;
	return value;
}

static struct str file_words(struct req *r, const struct file_ref *f)
{
	struct buf b = { .a = r->mem };
	msg_dossier_file(&b, r->lang, f->name, (f->size + 1023) / 1024);
	return buf_str(&b);
}

struct str field_words(struct req *r, const struct dossier *d, const struct field *f,
		       const void *owner)
{
	struct buf b = { .a = r->mem };
	switch (f->type) {
	case FIELD_TEXT:
		return choice_words(r, d, f, *field_str(f, owner));
	case FIELD_INT:
		lang_put_int(&b, r->lang, *field_int(f, owner));
		break;
	case FIELD_DATE:
		lang_put_long_date(&b, r->lang, *field_date(f, owner));
		break;
	case FIELD_BOOL:
		return msg_plain(r->lang, *field_bool(f, owner) ? MSG_WORD_YES : MSG_WORD_NO);
	case FIELD_LIST:
		for (size_t i = 0; i < field_list(f, owner)->n; i++) {
			if (i)
				buf_put(&b, S(", "));
			buf_put(&b, choice_words(r, d, f, field_list(f, owner)->at[i]));
		}
		break;
	case FIELD_FILES:
		for (size_t i = 0; i < field_files(f, owner)->n; i++) {
			if (i)
				buf_put(&b, S(", "));
			buf_put(&b, field_files(f, owner)->at[i].name);
		}
		break;
	case FIELD_END:
		break;
	}
	return buf_str(&b);
}

struct str dossier_words(struct req *r, const struct dossier *d, const char *field)
{
	return field_words(r, d, field_find(d->kind->fields, str_of(field)), d->data);
}

static bool is_named(const struct field *f, const char *name)
{
	return str_eq(str_of(f->name), str_of(name));
}

/* One row, or one for each file. */
static void put_fact(struct req *r, const struct dossier *d, const struct field *f,
		     const void *owner, struct kvs *out)
{
	struct str label = msg_plain(r->lang, f->label);
	if (field_is_empty(f, owner))
		return;
	if (f->type != FIELD_FILES) {
		struct buf value = { .a = r->mem };
		buf_put(&value, field_words(r, d, f, owner));
		if (f->type == FIELD_DATE)
			lang_capital(&value, 0);
		out->at[out->n++] = (struct kv){ .label = label, .value = buf_str(&value) };
		return;
	}
	const struct file_refs *files = field_files(f, owner);
	for (size_t i = 0; i < files->n; i++)
		out->at[out->n++] = (struct kv){ .label = i ? S("") : label,
						 .value = file_words(r, &files->at[i]),
						 .url = file_url(r, d, &files->at[i]) };
}

static void fill_facts(struct req *r, const struct dossier *d, struct kvs *out)
{
	size_t n = 3;
	for (const struct module *const *m = modules; *m; m++)
		n += 2;
	for (const struct field *f = d->kind->fields; f->type; f++)
		n += f->type != FIELD_FILES ? 1
		     : f->personal          ? (size_t)field_max(f)
					    : field_files(f, d->data)->n + 1;
	out->at = NEW_N(r->mem, struct kv, n);
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->facts)
			(*m)->facts(r, d, out);
	for (const struct field *f = d->kind->fields; f->type; f++) {
		if (!f->hidden && !f->internal && !f->personal && !is_named(f, "title") &&
		    !is_named(f, "body"))
			put_fact(r, d, f, d->data, out);
	}
}

/* Whose work it is; what he was told with it is for those who work here. */
static void put_officer(struct req *r, const struct dossier *d, const struct acts *acts,
			struct kvs *out)
{
	const struct act *act = assign_last(d, acts);
	struct assignment given;
	struct person p;
	if (d->officer && !person_find(&r->tx, d->officer, &p))
		out->at[out->n++] = (struct kv){ .label = msg_plain(r->lang, MSG_OFFICE_OFFICER),
						 .value = p.name };
	if (act && acts_tell_assignment(r, d) && assign_of_act(r->mem, act, &given) &&
	    given.note.len)
		out->at[out->n++] =
			(struct kv){ .label = msg_plain(r->lang, MSG_OFFICE_ASSIGN_NOTE),
				     .value = given.note };
}

/* --- The page --- */

static void fill_steps(struct req *r, const struct dossier *d, const struct acts *acts,
		       struct links *out)
{
	size_t n = 0;
	for (const struct step *s = d->kind->steps; s->name; s++)
		n++;
	out->at = NEW_N(r->mem, struct link, n + 3);
	if (redaction_may_open(r, d, acts, NULL))
		out->at[out->n++] = (struct link){
			.text = msg_plain(r->lang, MSG_REDACTION_ORIGINAL_LINK),
			.url = req_url(r, "/ho-so/%s/ban-goc", d->code),
		};
	if (d->sealed && sealed_right(&r->tx, d, NULL) == SEALED_IDENTITY &&
	    !sealed_identity_shown(&r->tx, d))
		out->at[out->n++] = (struct link){
			.text = msg_plain(r->lang, MSG_SEALED_OPEN_LINK),
			.url = req_url(r, "/ho-so/%s/danh-tinh", d->code),
		};
	for (const struct step *s = d->kind->steps; s->name; s++)
		if (step_is_offered(&r->tx, d, s))
			out->at[out->n++] = (struct link){
				.text = msg_plain(r->lang, s->label),
				.url = back_along(r, req_url(r, "/ho-so/%s/lam/%s", d->code,
							     str_of(s->name))),
			};
	struct url back;
	if (back_end(r, &back))
		out->at[out->n++] =
			(struct link){ .text = msg_plain(r->lang, MSG_WORK_BACK), .url = back };
}

static enum err fill_owner(struct req *r, const struct dossier *d, struct dossier_page *p)
{
	struct unit u;
	struct unit_list path;
	struct date today = tx_today(&r->tx);
	enum err e = unit_find(&r->tx, d->unit, today, &u);
	if (e || (e = unit_path(&r->tx, d->unit, today, &path)))
		return e;
	for (size_t i = 0; i < path.n; i++)
		frame_crumb(r->mem, p->frame, unit_heading(r->mem, &path.at[i], r->lang),
			    req_url(r, "/don-vi/%s", path.at[i].code));
	p->owner.url = req_url(r, "/don-vi/%s", u.code);
	return req_place_words(r, d->unit, &p->owner.text);
}

static enum err fill_state(struct req *r, const struct dossier *d, const struct calendar *calendar,
			   struct dossier_page *p)
{
	const struct state *s = dossier_state(d);
	p->state = (struct tag){ .tone = s->tone, .text = msg_plain(r->lang, s->label) };
	/* Who sent something asks when he is answered, not whether it was taken in on time. */
	const struct duty *duty = d->kind->by_receipt ? dossier_next_duty(d) : dossier_main_duty(d);
	if (duty && !d->kind->many_duties)
		p->timing = duty_tag(r->mem, r->lang, calendar, duty, tx_today(&r->tx));
	if (!s->stub)
		return OK;
	struct banner *b = NEW(r->mem, struct banner);
	p->banner = b;
	if (d->kind == &comment_kind)
		return comment_banner(r, d, b);
	*b = (struct banner){ .tone = TONE_LATE,
			      .title = msg_plain(r->lang, MSG_DOSSIER_STUB_TITLE),
			      .text = msg_plain(r->lang, MSG_DOSSIER_STUB_TEXT) };
	return OK;
}

/* What the acts sealed of people, as long as it is there. People of a public list have a section of
 * their own; of a private matter, who reads it reads whose it is among the facts. */
static enum err fill_names(struct req *r, const struct dossier *d, struct dossier_page *p)
{
	void *personal = arena_get(r->mem, d->kind->size);
	fields_init(d->kind->fields, personal);
	enum err e = dossier_personal(&r->tx, d, d->kind->fields, personal);
	for (const struct field *f = d->kind->fields; !e && f->type; f++) {
		if (!f->personal)
			continue;
		if (d->kind->is_private) {
			put_fact(r, d, f, personal, &p->facts);
			continue;
		}
		if (f->type == FIELD_TEXT)
			p->names = *field_str(f, personal);
		if (f->type != FIELD_FILES)
			continue;
		const struct file_refs *files = field_files(f, personal);
		p->name_files.at = arena_get_n(r->mem, files->n, sizeof *p->name_files.at);
		for (size_t i = 0; i < files->n; i++)
			p->name_files.at[p->name_files.n++] =
				(struct link){ .text = file_words(r, &files->at[i]),
					       .url = file_url(r, d, &files->at[i]) };
	}
	return e;
}

static enum err fill_content(struct req *r, const struct dossier *d, const struct acts *acts,
			     const struct str *doers, struct dossier_page *p)
{
	p->content = gate_may_see_content(&r->tx, d);
	p->title = p->frame->title;
	if (!p->content)
		return OK;
	fill_facts(r, d, &p->facts);
	put_officer(r, d, acts, &p->facts);
	acts_shown(r, d, acts, doers, &p->facts);
	dossier_lines(r, d, p);
	markdown_html(r->mem, dossier_body(d), &p->body);
	return fill_names(r, d, p);
}

void dossier_head(struct page *out, const struct dossier_page *p)
{
	(void)out;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->on_dossier_head && p->content && !p->r->tx.err)
			p->r->tx.err = (*m)->on_dossier_head(p->r, p->d);
}

/* A feature that has its own way to show what its dossier says writes it; else the tables do. */
void dossier_content_parts(struct page *out, const struct dossier_page *p)
{
	size_t before = out->body.len;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->on_dossier_content && p->content && !p->r->tx.err)
			p->r->tx.err = (*m)->on_dossier_content(p->r, p->d);
	if (out->body.len == before)
		part_dossier_content(out, p);
}

void dossier_modules(struct page *out, const struct dossier_page *p)
{
	(void)out;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->on_dossier && p->content && !p->r->tx.err)
			p->r->tx.err = (*m)->on_dossier(p->r, p->d);
	bool personal =
		dossier_visibility(p->d) >= VISIBLE_PERSONAL || dossier_is_author(&p->r->tx, p->d);
	if (personal && !p->r->tx.err)
		p->r->tx.err = access_part(p->r, p->d);
}

void dossier_side_modules(struct page *out, const struct dossier_page *p)
{
	(void)out;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->on_dossier_side && p->content && !p->r->tx.err)
			p->r->tx.err = (*m)->on_dossier_side(p->r, p->d);
}

/* Of a comment also its words: they stand in no field, so that they can be erased. */
static enum err put_dossier(struct req *r, const struct dossier *d, struct str unit, struct buf *b)
{
	bool content = gate_may_see_content(&r->tx, d);
	struct str name, text;
	enum err e = OK;
	dossier_json(b, d, unit, content);
	if (content && d->kind == &comment_kind && !(e = comment_words(&r->tx, d, &name, &text))) {
		json_key_str(b, "name", name);
		json_key_str(b, "text", text);
	}
	buf_putc(b, '}');
	duties_json(b, &d->duties, true, false);
	return e;
}

/* How much was said of it (1,001 stands for more) and how often it was looked at. */
static enum err put_counts(struct req *r, const struct dossier *d, struct buf *b)
{
	int64_t said, views;
	if (d->kind->mute || dossier_visibility(d) != VISIBLE_PUBLIC || dossier_state(d)->stub)
		return OK;
	enum err e = comment_total(&r->tx, d->id, &said);
	if (e || (e = view_count_of(&r->tx, d->id, &views)))
		return e;
	json_key_int(b, "comments", said);
	json_key_int(b, "views", views);
	return OK;
}

static enum err show_json(struct req *r, const struct dossier *d, const struct acts *acts)
{
	struct unit u;
	enum err e = unit_find(&r->tx, d->unit, tx_today(&r->tx), &u);
	if (e)
		return e;
	struct buf b = { .a = r->mem };
	buf_putc(&b, '{');
	if ((e = put_dossier(r, d, u.code, &b)) || (e = put_counts(r, d, &b)))
		return e;
	json_key(&b, "acts");
	buf_putc(&b, '[');
	for (size_t i = 0; i < acts->n; i++) {
		json_comma(&b);
		buf_putc(&b, '{');
		act_json(&b, &acts->at[i]);
		struct url receipt = act_receipt_url(r, d, &acts->at[i]);
		if (receipt.s.len)
			json_key_str(&b, "receipt", receipt.s);
		buf_putc(&b, '}');
	}
	buf_put(&b, S("]}\n"));
	return req_bytes(r, S("application/json; charset=utf-8"), buf_str(&b));
}

/* Of what everybody may read; who works here is no visitor. */
static enum err count_views(struct req *r, struct dossier_page *p)
{
	if (dossier_visibility(p->d) != VISIBLE_PUBLIC || !p->content || p->d->kind->within)
		return OK;
	if (!r->tx.who || !r->tx.who->n)
		r->viewed = p->d->id;
	return view_count_of(&r->tx, p->d->id, &p->views);
}

enum err dossier_show(struct req *r)
{
	struct dossier *d;
	struct acts acts;
	const struct calendar *calendar;
	enum err e = dossier_asked(r, &d);
	if (e == ERR_NOT_FOUND && r->format == FORMAT_HTML)
		return show_closed(r);
	if (e)
		return e;
	if (!str_eq(req_param(r, "code"), d->code) && r->format == FORMAT_HTML)
		return req_redirect(r, dossier_url(r, d->code));
	if ((e = act_list(&r->tx, d, &acts)) || (e = req_calendar(r, &calendar)))
		return e;
	if (r->format == FORMAT_JSON)
		return show_json(r, d, &acts);
	if (r->format == FORMAT_ATOM)
		return dossier_feed(r, d);
	if (r->format == FORMAT_ICS)
		return calendar_dossier(r, d);
	struct dossier_page p = { .r = r, .d = d };
	struct str title;
	if ((e = dossier_heading(r, d, &title)))
		return e;
	p.frame = req_frame(r, title, kind_door(d->kind));
	p.frame->feed = req_url(r, "/ho-so/%s", str_printf(r->mem, "%.*s.atom", STR_ARG(d->code)));
	if ((e = fill_state(r, d, calendar, &p)))
		return e;
	dossier_duties(r, d, calendar, &p);
	if (r->tx.who && comment_is_open(d))
		req_script(r, p.frame);
	const struct str *doers = acts_doers(r, &acts);
	dossier_history(r, d, &acts, doers, &p);
	redaction_notes(r, d, &acts, doers, &p.redactions);
	fill_steps(r, d, &acts, &p.steps);
	if ((e = fill_owner(r, d, &p)) || (e = fill_content(r, d, &acts, doers, &p)) ||
	    (e = acts_proof(r, d, &acts, &p.proof)))
		return e;
	if ((e = count_views(r, &p)))
		return e;
	page_dossier(&r->out, &p);
	return r->tx.err;
}
