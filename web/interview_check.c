/* The last page: everything that was answered, with a way to change each; who receives it and by when; and
 * the one button that makes a dossier of a draft. */
#include "web/interview.h"

#include "gen/web_pages.h"
#include "office/receipt.h"
#include "office/step.h"
#include "office/unit.h"
#include "web/dossier_page.h"
#include "web/house.h"
#include "web/receipt_page.h"
#include "web/root.h"

static const struct field no_fields[] = { { 0 } };

static struct url change_url(struct req *r, const struct asked_draft *a, struct str part)
{
	return url_with(r->mem, draft_url(r, &a->draft, part), S("sua"), S("1"));
}

static void put_answer(struct req *r, const struct asked_draft *a, struct str label,
		       struct str value, struct str part, struct kvs *out)
{
	out->at[out->n++] = (struct kv){
		.label = label,
		.value = value,
		.act = { .text = msg_plain(r->lang, MSG_DRAFT_CHANGE),
			 .url = change_url(r, a, part) },
		.act_about = label,
	};
}

/* In the order in which it was asked, whatever was asked first standing first. */
static void fill_answers(struct req *r, const struct asked_draft *a, struct kvs *out)
{
	for (const struct interview_question *q = a->of->questions; q->slug; q++) {
		for (int i = 0; i < QUESTION_FIELDS && q->fields[i]; i++) {
			const struct field *f = field_find(a->step->form, str_of(q->fields[i]));
			struct str value =
				field_is_empty(f, a->form)
					? msg_plain(r->lang, f->optional ? MSG_DRAFT_LEFT_OUT
									 : MSG_DRAFT_MISSING)
					: field_words(r, a->blank, f, a->form);
			put_answer(r, a, msg_plain(r->lang, f->label), value, str_of(q->slug), out);
		}
	}
}

/* Who gets it; a fault when that unit is no more. */
static enum err fill_receiver(struct req *r, const struct asked_draft *a,
			      struct interview_check_page *p)
{
	struct unit u;
	struct buf b = { .a = r->mem };
	struct str body = msg_plain(r->lang, MSG_DRAFT_MISSING);
	enum err e = unit_find(&r->tx, a->draft.unit, tx_today(&r->tx), &u);
	if (!e && (e = req_body_words(r, u.id, &body)))
		return e;
	if (e && e != ERR_NOT_FOUND)
		return e;
	if (!e) {
		msg_dossier_will_receive(&b, r->lang, body);
		p->receives = buf_str(&b);
	}
	put_answer(r, a, msg_plain(r->lang, MSG_DRAFT_OFFICE), body, S("co-quan"), &p->answers);
	return a->of->promise ? a->of->promise(r, a->form, &p->promise) : OK;
}

/* Each fault leads to the question that mends it. */
static void fill_faults(struct req *r, const struct asked_draft *a, struct form *form)
{
	form->faults.at = NEW_N(r->mem, struct form_fault, r->faults.n);
	form->faults.n = 0;
	for (size_t i = 0; i < r->faults.n; i++) {
		struct str field = str_of(r->faults.at[i].field);
		const struct interview_question *q =
			field.len ? interview_asks(a->of, field) : NULL;
		form->faults.at[form->faults.n++] =
			(struct form_fault){ q ? change_url(r, a, str_of(q->slug)) : url_none(),
					     r->faults.at[i].text };
	}
}

enum err interview_check_show(struct req *r)
{
	struct asked_draft a;
	struct interview_check_page p = { 0 };
	struct form *form;
	size_t n = 1;
	enum err e = interview_asked(r, &a);
	if (e)
		return e;
	for (const struct interview_question *q = a.of->questions; q->slug; q++)
		n += QUESTION_FIELDS;
	p.answers.at = NEW_N(r->mem, struct kv, n);
	p.title = msg_plain(r->lang, a.of->title);
	if ((e = fill_receiver(r, &a, &p)) ||
	    (e = form_show(r, no_fields, NULL, NULL, draft_url(r, &a.draft, S("gui")),
			   a.step->label, &form)))
		return e;
	fill_answers(r, &a, &p.answers);
	fill_faults(r, &a, form);
	p.form = form;
	p.strip = draft_strip(r, &a.draft);
	p.stop = draft_url(r, &a.draft, S("dung"));
	p.frame = req_frame(r, p.title, DOOR_INSPECT);
	r->reply.keep = KEEP_NEVER;
	page_interview_check(&r->out, &p);
	return OK;
}

/* --- Sent --- */

/* A retry of what was done: the draft is gone, and the form's token finds what became of it. */
static enum err sent_before(struct req *r)
{
	struct dossier *d;
	struct instant made;
	int64_t id = 0, receipt;
	enum err e = step_opened_by(&r->tx, r->token, &id);
	if (e || !id)
		return e ? e : ERR_NOT_FOUND;
	if ((e = dossier_load(&r->tx, id, &d)))
		return e;
	/* What was sent has its receipt since: none is made for a token. */
	if (!d->kind->by_receipt || d->sealed)
		return ERR_NOT_FOUND;
	e = receipt_of(&r->tx, d->code, &receipt, &made);
	return e ? e : receipt_give(r, d);
}

enum err interview_send_post(struct req *r)
{
	struct asked_draft a;
	struct unit u;
	struct dossier *d = NULL;
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB, .token = r->token };
	enum err e = interview_asked(r, &a);
	if (e == ERR_NOT_FOUND)
		return sent_before(r);
	if (e)
		return e;
	e = unit_find(&r->tx, a.draft.unit, tx_today(&r->tx), &u);
	if (e == ERR_NOT_FOUND)
		return req_fault(r, "", MSG_DRAFT_OFFICE_GONE);
	if (e || (e = dossier_open(&r->tx, a.of->kind, a.draft.unit, a.of->step, a.form, &in,
				   &r->faults, &d)))
		return e;
	if ((e = draft_close(r, &a.draft)))
		return e;
	return a.of->kind->by_receipt ? receipt_give(r, d)
				      : req_redirect(r, dossier_url(r, d->code));
}

/* --- The same matter? --- */

enum err interview_similar_show(struct req *r)
{
	struct asked_draft a;
	struct interview_similar_page p = { .title = msg_plain(r->lang, MSG_DRAFT_SIMILAR) };
	const struct interview_question *q = NULL;
	enum err e = interview_asked(r, &a);
	if (e)
		return e;
	for (const struct interview_question *at = a.of->questions; at->slug && !q; at++)
		if (at->similar)
			q = at;
	if (a.of->similar && (e = a.of->similar(r, a.draft.unit, a.form, &p.items)))
		return e;
	p.on = interview_is_change(r) || !q ? draft_url(r, &a.draft, S(""))
					    : interview_next(r, &a, q);
	if (!p.items.n)
		return req_redirect(r, p.on);
	p.strip = draft_strip(r, &a.draft);
	p.stop = draft_url(r, &a.draft, S("dung"));
	p.frame = req_frame(r, p.title, DOOR_INSPECT);
	r->reply.keep = KEEP_NEVER;
	page_interview_similar(&r->out, &p);
	return OK;
}
