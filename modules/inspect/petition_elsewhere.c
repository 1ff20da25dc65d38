/* What other offices have to do with a petition, written down by the one that holds it: the answer it owes to the
 * office that sent it on, the letter by which it urges the one that is slow, the judgment of a court. */
#include "modules/inspect/petition_steps.h"

#include "office/unit.h"

/* --- The reply to the office that sent it on --- */

const struct field petition_reply_fields[] = {
	FIELD(struct petition_reply, reply, .max = 50, .label = MSG_PETITION_REPLY),
	FIELD(struct petition_reply, told, .min = 10, .max = 2000, .lines = true,
	      .label = MSG_PETITION_TOLD, .hint = MSG_PETITION_TOLD_HINT),
	FIELD(struct petition_reply, evidence, .optional = true, .label = MSG_PETITION_REPLY_FILE),
	FIELD(struct petition_reply, asker, .optional = true, .hidden = true,
	      .label = MSG_PETITION_HOP_OFFICE),
	{ 0 },
};

bool petition_is_brought(const struct dossier *d, const struct line *hop)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].line == hop->no &&
		    (str_eq(d->duties.at[i].rule, S("complaint.second.accept")) ||
		     str_eq(d->duties.at[i].rule, S("denunciation.renewed"))))
			return true;
	return false;
}

/* The office before the last; NULL: none, or nobody sent it on from there. */
static const struct petition_hop *sent_from(const struct dossier *d)
{
	const struct line *last = petition_last_hop(d, NULL);
	const struct petition_hop *before = NULL;
	if (last && petition_is_brought(d, last))
		return NULL;
	for (size_t i = 0; last && i < d->lines.n; i++)
		if (d->lines.at[i].kind == last->kind && d->lines.at[i].no < last->no)
			before = d->lines.at[i].data;
	return before;
}

bool petition_reply_futile(struct tx *tx, const struct dossier *d)
{
	const struct line *last = petition_last_hop(d, NULL);
	(void)tx;
	return !sent_from(d) || date_is_set(((const struct petition_hop *)last->data)->replied_on);
}

enum err petition_prepare_reply(struct tx *tx, const struct dossier *d, void *form)
{
	const struct petition_hop *from = sent_from(d);
	struct unit u;
	((struct petition_reply *)form)->asker = 0;
	if (!from)
		return OK;
	enum err e = unit_by_code_any(tx, from->office, from->since, &u);
	if (!e)
		((struct petition_reply *)form)->asker = u.id;
	return e;
}

enum err petition_check_reply(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	(void)form, (void)on;
	if (petition_reply_futile(tx, d))
		fault_add_msg(faults, "", MSG_PETITION_FAULT_REPLY);
	return OK;
}

/* It counts with the office that receives it. */
void petition_apply_reply(struct fold *f, const void *form)
{
	const struct petition_reply *x = form;
	const struct line *last = petition_last_hop(f->d, NULL);
	struct line *hop = last ? fold_line(f, last->no) : NULL;
	if (!hop)
		return;
	((struct petition_hop *)hop->data)->replied_on = f->act->on;
	((struct petition_hop *)hop->data)->reply = x->reply;
	struct str type = ((const struct petition *)f->d->data)->type;
	fold_figure_at(f, x->asker, str_printf(f->mem, "petition.reply.%.*s", STR_ARG(type)),
		       f->act->on, hop->no, 1);
}

/* --- The letter to an office that is slow --- */

/* A matter that another office is late with is not sent to it a second time. */
enum err petition_check_refuse(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct petition *x = form;
	bool urges = str_eq(x->ground, S(PETITION_URGED)) || str_eq(x->refusal, S(PETITION_URGED));
	(void)tx, (void)d, (void)on;
	if (urges && !x->urging.len)
		fault_add_msg(faults, "urging", MSG_PETITION_FAULT_URGING);
	else if (!urges && x->urging.len)
		fault_add_msg(faults, "urging", MSG_PETITION_FAULT_NOT_URGED);
	return OK;
}

/* --- The judgment of a court --- */

const struct field complaint_judge_fields[] = {
	FIELD(struct complaint_judgment, court, .min = 5, .max = 200, .label = MSG_PETITION_COURT),
	FIELD(struct complaint_judgment, judgment, .max = 50, .label = MSG_PETITION_JUDGMENT),
	FIELD(struct complaint_judgment, judged_on, .past = true, .label = MSG_PETITION_JUDGED_ON),
	FIELD(struct complaint_judgment, evidence, .optional = true,
	      .label = MSG_PETITION_JUDGMENT_FILE),
	{ 0 },
};

bool complaint_is_judged(const struct dossier *d)
{
	return date_is_set(((const struct petition *)d->data)->judged_on);
}

/* Who sues, sues against a decision. */
enum err complaint_check_judge(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct complaint_judgment *x = form;
	const struct petition *now = d->data;
	struct buf b = { .a = tx->mem };
	if (date_is_set(x->judged_on) && date_cmp(on, x->judged_on) < 0)
		fault_add_msg(faults, "happened_on", MSG_PETITION_FAULT_JUDGED_LATER);
	if (date_is_set(x->judged_on) && date_cmp(x->judged_on, now->decided_on) < 0) {
		msg_petition_fault_judged(&b, faults ? faults->lang : LANG_VI, now->decided_on);
		fault_add(faults, "judged_on", buf_str(&b));
	}
	return OK;
}
