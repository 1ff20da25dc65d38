/* A question shows and reads a few fields of the step's form; the rest of the struct is what the draft
 * says. So a page writes nothing but its own answer, and going back writes nothing at all. */
#include "web/interview.h"

#include "gen/web_pages.h"
#include "office/office.h"
#include "office/step.h"
#include "office/unit.h"
#include "web/house.h"
#include "web/module.h"
#include "web/throttle.h"

/* --- What is asked --- */

const struct interview *interview_of(struct str kind_name)
{
	for (const struct module *const *m = modules; *m; m++)
		for (const struct interview *const *i = (*m)->interviews; i && *i; i++)
			if (str_eq(str_of((*i)->kind->name), kind_name))
				return *i;
	return NULL;
}

const struct interview *interview_by_slug(struct str slug)
{
	for (const struct module *const *m = modules; *m; m++)
		for (const struct interview *const *i = (*m)->interviews; i && *i; i++)
			if (str_eq(str_of((*i)->kind->slug), slug))
				return *i;
	return NULL;
}

enum err interview_asked(struct req *r, struct asked_draft *out)
{
	enum err e = draft_asked(r, &out->draft);
	if (e)
		return e;
	out->of = interview_of(out->draft.kind);
	if (!out->of)
		return ERR_NOT_FOUND;
	out->step = kind_step(out->of->kind, str_of(out->of->step));
	out->blank = dossier_blank(r->mem, out->of->kind, out->draft.unit);
	out->form = step_form(r->mem, out->step);
	return draft_read(&r->tx, &out->draft, out->step->form, out->form);
}

static const struct interview_question *question_asked(struct req *r, const struct interview *of)
{
	struct str slug = req_param(r, "question");
	for (const struct interview_question *q = of->questions; q->slug; q++)
		if (str_eq(str_of(q->slug), slug))
			return q;
	return NULL;
}

const struct interview_question *interview_asks(const struct interview *of, struct str field)
{
	for (const struct interview_question *q = of->questions; q->slug; q++)
		for (int i = 0; i < QUESTION_FIELDS && q->fields[i]; i++)
			if (str_eq(str_of(q->fields[i]), field))
				return q;
	return NULL;
}

/* The fields of a question, in its order; of the same struct as the whole form. */
static const struct field *fields_of(struct req *r, const struct asked_draft *a,
				     const struct interview_question *q)
{
	struct field *out = NEW_N(r->mem, struct field, QUESTION_FIELDS + 1);
	size_t n = 0;
	for (int i = 0; i < QUESTION_FIELDS && q->fields[i]; i++) {
		const struct field *f = field_find(a->step->form, str_of(q->fields[i]));
		if (f)
			out[n++] = *f;
	}
	return out;
}

/* --- The order --- */

bool interview_is_change(const struct req *r)
{
	return pairs_get(&r->query, S("sua")).len > 0;
}

static const struct interview_question *next_of(const struct interview *of,
						const struct interview_question *after)
{
	const struct interview_question *q = after ? after + 1 : of->questions;
	while (q->slug && q->aside)
		q++;
	return q->slug ? q : NULL;
}

static const struct interview_question *before_of(const struct interview *of,
						  const struct interview_question *q)
{
	const struct interview_question *found = NULL;
	for (const struct interview_question *p = of->questions; p < q; p++)
		if (!p->aside)
			found = p;
	return found;
}

struct url interview_next(struct req *r, const struct asked_draft *a,
			  const struct interview_question *after)
{
	const struct interview_question *next = next_of(a->of, after);
	return draft_url(r, &a->draft, next ? str_of(next->slug) : S(""));
}

static struct url action_of(struct req *r, const struct asked_draft *a,
			    const struct interview_question *q)
{
	struct url to = draft_url(r, &a->draft, str_of(q->slug));
	return interview_is_change(r) ? url_with(r->mem, to, S("sua"), S("1")) : to;
}

static struct url back_of(struct req *r, const struct asked_draft *a,
			  const struct interview_question *q)
{
	const struct interview_question *before = before_of(a->of, q);
	if (interview_is_change(r))
		return draft_url(r, &a->draft, S(""));
	return draft_url(r, &a->draft, before ? str_of(before->slug) : S("co-quan"));
}

static struct str place_words(struct req *r, const struct interview *of,
			      const struct interview_question *q)
{
	struct buf b = { .a = r->mem };
	int64_t n = 0, at = 0;
	for (const struct interview_question *p = of->questions; p->slug; p++) {
		n += !p->aside;
		if (p == q)
			at = n;
	}
	if (q->aside || interview_is_change(r))
		return msg_plain(r->lang, MSG_DRAFT_CHANGING);
	msg_draft_place(&b, r->lang, at, n);
	return buf_str(&b);
}

/* --- One question --- */

static enum err question_show(struct req *r)
{
	struct asked_draft a;
	struct interview_question_page p = { 0 };
	struct form *form;
	enum err e = interview_asked(r, &a);
	if (e)
		return e;
	const struct interview_question *q = question_asked(r, a.of);
	if (!q)
		return ERR_NOT_FOUND;
	if ((e = form_show(r, fields_of(r, &a, q), r->again ? NULL : a.form, a.blank,
			   action_of(r, &a, q), MSG_DRAFT_NEXT, &form)))
		return e;
	p.form = form;
	p.title = msg_plain(r->lang, q->asks);
	p.help = msg_plain(r->lang, q->help);
	p.step = place_words(r, a.of, q);
	p.back = (struct link){ .text = msg_plain(r->lang, MSG_DRAFT_BACK),
				.url = back_of(r, &a, q) };
	p.strip = draft_strip(r, &a.draft);
	p.frame = req_frame(r, p.title, DOOR_INSPECT);
	r->reply.keep = KEEP_NEVER;
	page_interview_question(&r->out, &p);
	return OK;
}

static enum err question_sender(struct req *r)
{
	struct asked_draft a;
	return interview_asked(r, &a);
}

static enum err question_keep(struct req *r)
{
	struct asked_draft a;
	const struct interview_question *q =
		interview_asked(r, &a) ? NULL : question_asked(r, a.of);
	return q ? form_keep(r, fields_of(r, &a, q)) : OK;
}

static enum err question_post(struct req *r)
{
	struct asked_draft a;
	enum err e = interview_asked(r, &a);
	if (e)
		return e;
	const struct interview_question *q = question_asked(r, a.of);
	if (!q)
		return ERR_NOT_FOUND;
	const struct field *fields = fields_of(r, &a, q);
	form_read(r, fields, a.form);
	if ((e = form_check(&r->tx, fields, a.form, a.blank, &r->faults)))
		return e;
	if (r->faults.n)
		return tx_fail(&r->tx, ERR_INVALID, "an answer of a draft");
	e = draft_write(&r->tx, &a.draft, a.step->form, a.form);
	if (e == ERR_BUSY)
		return req_fault(r, q->fields[0], MSG_DRAFT_FILES_FULL);
	if (e)
		return e;
	if (q->similar && a.of->similar)
		return req_redirect(r,
				    interview_is_change(r)
					    ? url_with(r->mem, draft_url(r, &a.draft, S("trung")),
						       S("sua"), S("1"))
					    : draft_url(r, &a.draft, S("trung")));
	return req_redirect(r, interview_is_change(r) ? draft_url(r, &a.draft, S(""))
						      : interview_next(r, &a, q));
}

/* --- Addresses --- */

static const struct field no_fields[] = { { 0 } };

const struct route interview_routes[] = {
	{ GET, "/gui/{kind}", interview_begin_show, ANYONE, .uncached = true },
	{ POST, "/gui/{kind}", interview_begin_post, ANYONE, .throttle = 1 + THROTTLE_DRAFT,
	  .quiet = true },
	{ GET, "/nhap", draft_ask_show, ANYONE, .uncached = true },
	{ POST, "/nhap", draft_ask_post, ANYONE, draft_ask_fields, draft_ask_show,
	  .throttle = 1 + THROTTLE_SECRET, .quiet = true },
	{ GET, "/nhap/{code}", interview_check_show, ANYONE, .uncached = true },
	{ POST, "/nhap/{code}/gui", interview_send_post, ANYONE, no_fields, interview_check_show },
	{ GET, "/nhap/{code}/co-quan", interview_office_show, ANYONE, .uncached = true },
	{ POST, "/nhap/{code}/co-quan", interview_office_post, ANYONE, .quiet = true },
	{ GET, "/nhap/{code}/trung", interview_similar_show, ANYONE, .uncached = true,
	  .throttle = 1 + THROTTLE_SEARCH },
	{ GET, "/nhap/{code}/dung", draft_stop_show, ANYONE, .uncached = true },
	{ POST, "/nhap/{code}/dung", draft_stop_post, ANYONE, no_fields, draft_stop_show,
	  .quiet = true },
	{ GET, "/nhap/{code}/{question}", question_show, ANYONE, .uncached = true },
	{ POST, "/nhap/{code}/{question}", question_post, ANYONE, .show = question_show,
	  .uploads = true, .sender = question_sender, .keep = question_keep, .quiet = true },
	{ 0 },
};
