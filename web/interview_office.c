/* Which office: the first thing that is kept. Until then the answers stand in the address and nowhere
 * else. */
#include "web/interview.h"

#include "gen/web_pages.h"
#include "office/office.h"
#include "office/step.h"
#include "office/unit.h"
#include "web/find_office.h"
#include "web/house.h"
#include "web/root.h"

struct office_form {
	struct str unit; /* its code */
};

/* What was found by the name that was typed. */
struct offices {
	struct unit_list units;
	struct str *labels;
};

static enum err office_options(struct tx *tx, const void *subject, enum lang lang,
			       struct choices *out)
{
	const struct offices *o = subject;
	(void)lang;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, o->units.n), 0 };
	for (size_t i = 0; i < o->units.n; i++)
		out->at[out->n++] = (struct choice){ o->units.at[i].code, o->labels[i] };
	return OK;
}

static const struct field office_fields[] = {
	FIELD(struct office_form, unit, .max = 20, .label = MSG_DRAFT_OFFICE,
	      .options = office_options),
	{ 0 },
};

static enum err find(struct req *r, const struct kind *kind, struct offices *out)
{
	enum err e = find_office_units(r, kind, req_query(r, "co-quan"), &out->units);
	out->labels = NEW_N(r->mem, struct str, e ? 0 : out->units.n);
	for (size_t i = 0; !e && i < out->units.n; i++)
		e = req_body_words(r, out->units.at[i].id, &out->labels[i]);
	return e;
}

/* The page's own query goes on with the form and with another search. */
static struct url with_query(struct req *r, struct url to, bool typed)
{
	for (size_t i = 0; i < r->query.n; i++)
		if (typed || !str_eq(r->query.at[i].name, S("co-quan")))
			to = url_with(r->mem, to, r->query.at[i].name, r->query.at[i].value);
	return to;
}

static void hide_query(struct req *r, struct pairs *out)
{
	out->at = NEW_N(r->mem, struct pair, r->query.n);
	for (size_t i = 0; i < r->query.n; i++)
		if (!str_eq(r->query.at[i].name, S("co-quan")))
			out->at[out->n++] = r->query.at[i];
}

static enum err show(struct req *r, const struct interview *of, const void *says,
		     const struct draft *draft, struct url here)
{
	struct offices *o = NEW(r->mem, struct offices);
	struct interview_office_page p = { .title = msg_plain(r->lang, of->office),
					   .typed = req_query(r, "co-quan"),
					   .find = here };
	struct office_form begin = { S("") };
	struct form *form = NULL;
	enum err e = find(r, of->kind, o);
	if (e)
		return e;
	if (o->units.n == 1)
		begin.unit = o->units.at[0].code;
	if (o->units.n && (e = form_show(r, office_fields, r->again ? NULL : &begin, o,
					 with_query(r, here, true), MSG_DRAFT_NEXT, &form)))
		return e;
	if (of->promise && (e = of->promise(r, says, &p.promise)))
		return e;
	p.form = form;
	p.none = p.typed.len && !o->units.n;
	p.strip = draft ? draft_strip(r, draft) : NULL;
	hide_query(r, &p.hidden);
	p.frame = req_frame(r, p.title, DOOR_INSPECT);
	p.frame->index = false;
	r->reply.keep = KEEP_NEVER;
	page_interview_office(&r->out, &p);
	return OK;
}

/* The unit that was chosen; a fault, and ERR_INVALID, when none was. */
static enum err chosen(struct req *r, const struct interview *of, struct unit *out)
{
	struct offices *o = NEW(r->mem, struct offices);
	struct office_form *f = NEW(r->mem, struct office_form);
	enum err e = find(r, of->kind, o);
	if (e)
		return e;
	form_read(r, office_fields, f);
	if ((e = form_check(&r->tx, office_fields, f, o, &r->faults)))
		return e;
	if (r->faults.n)
		return tx_fail(&r->tx, ERR_INVALID, "no office");
	return unit_by_code(&r->tx, f->unit, tx_today(&r->tx), out);
}

/* --- Begun --- */

/* Choices that were made by questions before: ?type=complaint. Whatever else stands there is nothing. */
static bool read_said(struct req *r, const struct step *s, void *form)
{
	bool some = false;
	for (const struct field *f = s->form; f->type; f++) {
		struct str value = req_query(r, f->name);
		if (f->type != FIELD_TEXT || !f->choices || !value.len)
			continue;
		for (const struct field_choice *c = f->choices; c->value; c++)
			if (str_eq(str_of(c->value), value)) {
				*field_str(f, form) = value;
				some = true;
			}
	}
	return some;
}

struct beginning {
	const struct interview *of;
	const struct step *step;
	void *form;
	bool said;
};

static enum err beginning_asked(struct req *r, struct beginning *b)
{
	b->of = interview_by_slug(req_param(r, "kind"));
	if (!b->of)
		return ERR_NOT_FOUND;
	b->step = kind_step(b->of->kind, str_of(b->of->step));
	b->form = step_form(r->mem, b->step);
	b->said = read_said(r, b->step, b->form);
	return OK;
}

enum err interview_begin_show(struct req *r)
{
	struct beginning b;
	enum err e = beginning_asked(r, &b);
	if (e)
		return e;
	if (!b.said)
		return req_redirect(r, url_local(r->mem, str_printf(r->mem, "%s%s",
								    r->lang == LANG_EN ? "/en" : "",
								    b.of->start)));
	return show(r, b.of, b.form, NULL, req_url(r, "/gui/%s", str_of(b.of->kind->slug)));
}

enum err interview_begin_post(struct req *r)
{
	struct beginning b;
	struct asked_draft a = { 0 };
	struct unit u;
	enum err e = beginning_asked(r, &b);
	if (e || (e = chosen(r, b.of, &u)))
		return e;
	a.of = b.of;
	a.draft = (struct draft){ .kind = str_of(b.of->kind->name), .unit = u.id };
	if (b.step->begin &&
	    (e = b.step->begin(&r->tx, dossier_blank(r->mem, b.of->kind, u.id), b.form)))
		return e;
	if ((e = draft_give(r, &a.draft, b.step->form, b.form)))
		return e;
	return req_redirect(r, interview_next(r, &a, NULL));
}

/* --- Changed --- */

enum err interview_office_show(struct req *r)
{
	struct asked_draft a;
	enum err e = interview_asked(r, &a);
	return e ? e : show(r, a.of, a.form, &a.draft, draft_url(r, &a.draft, S("co-quan")));
}

enum err interview_office_post(struct req *r)
{
	struct asked_draft a;
	struct unit u;
	enum err e = interview_asked(r, &a);
	if (e || (e = chosen(r, a.of, &u)))
		return e;
	a.draft.unit = u.id;
	if ((e = draft_write(&r->tx, &a.draft, a.step->form, a.form)))
		return e;
	return req_redirect(r, interview_is_change(r) ? draft_url(r, &a.draft, S(""))
						      : interview_next(r, &a, NULL));
}
