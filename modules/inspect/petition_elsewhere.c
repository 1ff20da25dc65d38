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

const struct field_choice complaint_instances[] = {
	{ COMPLAINT_FIRST_INSTANCE, MSG_PETITION_INSTANCE_FIRST },
	{ "appeal", MSG_PETITION_INSTANCE_APPEAL },
	{ "review", MSG_PETITION_INSTANCE_REVIEW },
	{ 0 },
};

#define RETRIAL "retrial"
#define OTHER "other"
const struct field_choice complaint_rulings[] = {
	{ "kept", MSG_PETITION_RULING_KEPT },
	{ "annulled_part", MSG_PETITION_RULING_PART },
	{ "annulled", MSG_PETITION_RULING_ANNULLED },
	{ "dropped", MSG_PETITION_RULING_DROPPED },
	{ RETRIAL, MSG_PETITION_RULING_RETRIAL },
	{ OTHER, MSG_PETITION_RULING_OTHER },
	{ 0 },
};

#define JUDGMENT                                                                             \
	FIELD(struct complaint_judgment, instance, .choices = complaint_instances,           \
	      .label = MSG_PETITION_INSTANCE),                                               \
		FIELD(struct complaint_judgment, court, .min = 5, .max = 200,                \
		      .label = MSG_PETITION_COURT),                                          \
		FIELD(struct complaint_judgment, judgment, .max = 50,                        \
		      .label = MSG_PETITION_JUDGMENT),                                       \
		FIELD(struct complaint_judgment, judged_on, .past = true,                    \
		      .label = MSG_PETITION_JUDGED_ON),                                      \
		FIELD(struct complaint_judgment, ruling, .choices = complaint_rulings,       \
		      .label = MSG_PETITION_RULING),                                         \
		FIELD(struct complaint_judgment, ruled, .optional = true, .sometimes = true, \
		      .max = 1000, .lines = true, .label = MSG_PETITION_RULED,               \
		      .hint = MSG_PETITION_RULED_HINT),                                      \
		FIELD(struct complaint_judgment, evidence, .optional = true,                 \
		      .label = MSG_PETITION_JUDGMENT_FILE)

const struct field complaint_judge_fields[] = {
	JUDGMENT,
	FIELD(struct complaint_judgment, mended, .optional = true, .max = 500, .lines = true,
	      .label = MSG_PETITION_MENDED, .hint = MSG_PETITION_MENDED_HINT),
	{ 0 },
};

const struct field complaint_judgment_fields[] = { JUDGMENT, { 0 } };

bool complaint_is_judged(const struct dossier *d)
{
	return date_is_set(((const struct petition *)d->data)->judged_on);
}

static int instance_rank(struct str instance)
{
	for (int i = 0; complaint_instances[i].value; i++)
		if (str_eq(instance, str_of(complaint_instances[i].value)))
			return i;
	return 0; /* recorded before it was asked */
}

/* The last judgment, or the one before it; NULL: none. */
static const struct complaint_judgment *judgment_of(const struct dossier *d, bool before_last)
{
	const struct complaint_judgment *last = NULL, *before = NULL;
	for (size_t i = 0; i < d->lines.n; i++)
		if (d->lines.at[i].kind == &d->kind->lines[PETITION_LINE_JUDGMENT]) {
			before = last;
			last = d->lines.at[i].data;
		}
	return before_last ? before : last;
}

/* What is written down wrong is written down again, with why, in the place of the last; what is judged once is not
 * judged a second time by the same instance or a lower one, unless it was sent back. */
static void check_instance(struct arena *a, const struct dossier *d,
			   const struct complaint_judgment *x, struct faults *faults)
{
	struct buf b = { .a = a };
	enum lang lang = faults ? faults->lang : LANG_VI;
	const struct complaint_judgment *was = judgment_of(d, x->mended.len > 0);
	if (x->mended.len && !judgment_of(d, false))
		fault_add_msg(faults, "mended", MSG_PETITION_FAULT_MENDED);
	if (!was)
		return;
	if (instance_rank(x->instance) <= instance_rank(was->instance) &&
	    !str_eq(was->ruling, S(RETRIAL))) {
		msg_petition_fault_instance(&b, lang, was->judgment, was->judged_on);
		fault_add(faults, "instance", buf_str(&b));
	} else if (date_cmp(x->judged_on, was->judged_on) < 0) {
		msg_petition_fault_judged_before(&b, lang, was->judgment, was->judged_on);
		fault_add(faults, "judged_on", buf_str(&b));
	}
}

/* The form does not begin with a judgment that stands already: another one is written down, or that one anew. */
enum err complaint_begin_judge(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx, (void)d;
	fields_init(complaint_judge_fields, form);
	return OK;
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
	if (str_eq(x->ruling, S(OTHER)) && !x->ruled.len)
		fault_add_msg(faults, "ruled", MSG_PETITION_FAULT_RULED);
	if (str_eq(x->ruling, S(RETRIAL)) && !instance_rank(x->instance))
		fault_add_msg(faults, "ruling", MSG_PETITION_FAULT_RETRIAL);
	check_instance(tx->mem, d, x, faults);
	return OK;
}

static struct line *last_judgment(struct fold *f)
{
	struct line *last = NULL;
	for (size_t i = 0; i < f->d->lines.n; i++)
		if (f->d->lines.at[i].kind == &f->d->kind->lines[PETITION_LINE_JUDGMENT])
			last = &f->d->lines.at[i];
	return last ? fold_line(f, last->no) : NULL;
}

void complaint_apply_judge(struct fold *f, const void *form)
{
	const struct complaint_judgment *x = form;
	struct line *line = x->mended.len ? last_judgment(f) : NULL;
	struct complaint_judgment was = { .ruled = S("") };
	if (line)
		was = *(const struct complaint_judgment *)line->data;
	else
		line = fold_line_add(f, PETITION_LINE_JUDGMENT);
	struct complaint_judgment *now = line->data;
	*now = *x;
	/* The form begins without them: who mends a number says nothing of these. */
	if (!now->ruled.len && str_eq(now->ruling, was.ruling))
		now->ruled = was.ruled;
	if (!now->evidence.n)
		now->evidence = was.evidence;
}
