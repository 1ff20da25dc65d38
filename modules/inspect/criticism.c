#include "modules/inspect/criticism.h"

#include "office/receiver.h"
#include "office/redaction.h"
#include "office/unit.h"

/* --- Received --- */

static enum err begin_receive(struct tx *tx, const struct dossier *d, void *form)
{
	return unit_code(tx, d->unit, tx_today(tx), &((struct criticism *)form)->drafter);
}

static enum err drafter_options(struct tx *tx, const void *subject, enum lang lang,
				struct choices *out)
{
	return receiver_options_own(tx, &criticism_kind, ((const struct dossier *)subject)->unit,
				    lang, out);
}

static enum err prepare_receive(struct tx *tx, const struct dossier *d, void *form)
{
	struct criticism *x = form;
	return receiver_fill(tx, d->kind, &x->drafter, &x->holder);
}

static enum err check_receive(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	const struct criticism *x = form;
	(void)tx, (void)d;
	if (!x->holder && x->drafter.len)
		fault_add_msg(faults, "drafter", MSG_RECOMMENDATION_FAULT_TO);
	if (date_is_set(x->submit_on) && date_cmp(x->submit_on, on) < 0)
		fault_add_msg(faults, "submit_on", MSG_CRITICISM_FAULT_SUBMITTED);
	return OK;
}

/* It was owed by who drafts it, and this act says on which day it came. */
static void apply_receive(struct fold *f, const void *form)
{
	struct criticism *x = f->d->data;
	int64_t home = f->d->holder;
	(void)form;
	x->received_on = f->act->on;
	f->d->holder = x->holder;
	struct duty *y = fold_open(f, S(CRITICISM_DRAFT), x->submit_on, 0, S(""));
	f->d->holder = home;
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
}

/* --- Held, sent --- */

static bool is_written(const struct dossier *d)
{
	return str_eq(((const struct criticism *)d->data)->way, S("written"));
}

static bool hold_futile(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return is_written(d);
}

static enum err check_hold(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			   struct faults *faults)
{
	(void)tx, (void)form;
	if (is_written(d))
		fault_add_msg(faults, "", MSG_CRITICISM_FAULT_WRITTEN);
	else if (date_cmp(on, ((const struct criticism *)d->data)->received_on) < 0)
		fault_add_msg(faults, "happened_on", MSG_CRITICISM_FAULT_EARLY);
	return OK;
}

static void apply_hold(struct fold *f, const void *form)
{
	(void)form;
	((struct criticism *)f->d->data)->held_on = f->act->on;
}

static bool send_futile(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return d->state == CRITICISM_RECEIVED && !is_written(d);
}

static enum err check_send(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			   struct faults *faults)
{
	const struct criticism *x = form;
	if (send_futile(tx, d))
		fault_add_msg(faults, "", MSG_CRITICISM_FAULT_NOT_HELD);
	if (date_is_set(x->answer_by) && date_cmp(x->answer_by, on) <= 0)
		fault_add_msg(faults, "answer_by", MSG_RECOMMENDATION_FAULT_AGREED);
	return OK;
}

static void apply_send(struct fold *f, const void *form)
{
	struct criticism *x = f->d->data;
	(void)form;
	x->sent_on = f->act->on;
	f->d->holder = x->holder;
	fold_figure(f, S(CRITICISM_SENT));
	fold_open_house(f, S(CRITICISM_ANSWER), f->act->on,
			date_is_set(x->answer_by) ? x->answer_by
						  : date_add(f->act->on, CRITICISM_DAYS),
			S(""));
}

/* --- Answered --- */

static void apply_answer(struct fold *f, const void *form)
{
	(void)form;
	((struct criticism *)f->d->data)->answered_on = f->act->on;
}

/* --- Tables --- */

static const struct field_choice ways[] = {
	{ "conference", MSG_CRITICISM_WAY_CONFERENCE },
	{ "written", MSG_CRITICISM_WAY_WRITTEN },
	{ "dialogue", MSG_CRITICISM_WAY_DIALOGUE },
	{ 0 },
};

static const struct field_choice outcomes[] = {
	{ "accepted", MSG_RECOMMENDATION_ACCEPTED },
	{ "part", MSG_RECOMMENDATION_PART },
	{ "declined", MSG_RECOMMENDATION_DECLINED },
	{ 0 },
};

static const struct field fields[] = {
	FIELD(struct criticism, title, .label = MSG_CRITICISM_TITLE),
	FIELD(struct criticism, body, .lines = true, .markdown = true, .max = 5000,
	      .label = MSG_CRITICISM_BODY),
	FIELD(struct criticism, drafter, .options = drafter_options, .label_of = receiver_label,
	      .label = MSG_CRITICISM_DRAFTER),
	FIELD(struct criticism, holder, .hidden = true, .label = MSG_CRITICISM_DRAFTER),
	FIELD(struct criticism, received_on, .label = MSG_CRITICISM_RECEIVED_ON),
	FIELD(struct criticism, submit_on, .label = MSG_CRITICISM_SUBMIT_ON),
	FIELD(struct criticism, draft, .label = MSG_CRITICISM_DRAFT_FILES),
	FIELD(struct criticism, way, .choices = ways, .label = MSG_CRITICISM_WAY),
	FIELD(struct criticism, held_on, .label = MSG_CRITICISM_HELD_ON),
	FIELD(struct criticism, minutes, .hidden = true, .lines = true, .markdown = true,
	      .max = 20000, .label = MSG_CHECK_MINUTES),
	FIELD(struct criticism, sent_on, .label = MSG_CRITICISM_SENT_ON),
	FIELD(struct criticism, opinion, .hidden = true, .lines = true, .markdown = true,
	      .max = 20000, .label = MSG_CRITICISM_OPINION),
	FIELD(struct criticism, files, .label = MSG_CRITICISM_FILES),
	FIELD(struct criticism, answer_by, .label = MSG_RECOMMENDATION_ANSWER_BY),
	FIELD(struct criticism, answered_on, .label = MSG_RECOMMENDATION_ANSWERED_ON),
	FIELD(struct criticism, outcome, .choices = outcomes, .label = MSG_RECOMMENDATION_OUTCOME),
	FIELD(struct criticism, answer, .hidden = true, .lines = true, .markdown = true,
	      .max = 10000, .label = MSG_RECOMMENDATION_ANSWER),
	FIELD(struct criticism, answer_files, .label = MSG_RECOMMENDATION_FILES),
	FIELD(struct criticism, reason, .lines = true, .label = MSG_CHECK_REASON),
	{ 0 },
};

static const struct field receive_fields[] = {
	FIELD(struct criticism, title, .min = 10, .max = 200, .label = MSG_CRITICISM_TITLE,
	      .hint = MSG_CRITICISM_TITLE_HINT),
	FIELD(struct criticism, body, .min = 10, .max = 5000, .lines = true, .markdown = true,
	      .label = MSG_CRITICISM_BODY),
	FIELD(struct criticism, drafter, .max = 200, .options = drafter_options,
	      .label_of = receiver_label, .other = true, .label = MSG_CRITICISM_DRAFTER),
	FIELD(struct criticism, submit_on, .label = MSG_CRITICISM_SUBMIT_ON,
	      .hint = MSG_CRITICISM_SUBMIT_HINT),
	FIELD(struct criticism, way, .choices = ways, .label = MSG_CRITICISM_WAY),
	FIELD(struct criticism, draft, .optional = true, .label = MSG_CRITICISM_DRAFT_FILES),
	FIELD(struct criticism, holder, .optional = true, .hidden = true,
	      .label = MSG_CRITICISM_DRAFTER),
	{ 0 },
};

static const struct field hold_fields[] = {
	FIELD(struct criticism, minutes, .min = 20, .max = 20000, .lines = true, .markdown = true,
	      .label = MSG_CHECK_MINUTES, .hint = MSG_CHECK_PUBLIC_HINT),
	{ 0 },
};

static const struct field send_fields[] = {
	FIELD(struct criticism, opinion, .min = 20, .max = 20000, .lines = true, .markdown = true,
	      .label = MSG_CRITICISM_OPINION, .hint = MSG_CHECK_PUBLIC_HINT),
	FIELD(struct criticism, files, .optional = true, .label = MSG_CRITICISM_FILES),
	FIELD(struct criticism, answer_by, .optional = true, .sometimes = true,
	      .label = MSG_RECOMMENDATION_ANSWER_BY, .hint = MSG_CRITICISM_ANSWER_BY_HINT),
	{ 0 },
};

static const struct field answer_fields[] = {
	FIELD(struct criticism, outcome, .choices = outcomes, .label = MSG_RECOMMENDATION_OUTCOME),
	FIELD(struct criticism, answer, .min = 10, .max = 10000, .lines = true, .markdown = true,
	      .label = MSG_RECOMMENDATION_ANSWER, .hint = MSG_RECOMMENDATION_ANSWER_HINT),
	FIELD(struct criticism, answer_files, .optional = true, .label = MSG_RECOMMENDATION_FILES),
	{ 0 },
};

static const struct field reason_fields[] = {
	FIELD(struct criticism, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_CHECK_REASON, .hint = MSG_CHECK_PUBLIC_HINT),
	{ 0 },
};

static const struct state states[] = {
	{ CRITICISM_RECEIVED, "received", MSG_CRITICISM_STATE_RECEIVED, TONE_INFO, VISIBLE_PUBLIC,
	  .waits = true },
	{ CRITICISM_HELD, "held", MSG_CRITICISM_STATE_HELD, TONE_SOON, VISIBLE_PUBLIC,
	  .waits = true },
	{ CRITICISM_SENT_STATE, "sent", MSG_CRITICISM_STATE_SENT, TONE_SOON, VISIBLE_PUBLIC,
	  .waits = true },
	{ CRITICISM_ANSWERED, "answered", MSG_CRITICISM_STATE_ANSWERED, TONE_OK, VISIBLE_PUBLIC },
	{ CRITICISM_WITHDRAWN, "withdrawn", MSG_CRITICISM_STATE_WITHDRAWN, TONE_WAIT,
	  VISIBLE_PUBLIC, .closed = true },
	{ 0 },
};

enum { ASKS = FRONT | INSPECTOR };

static const struct step steps[] = {
	{ "receive", NEW, CRITICISM_RECEIVED, ASKS, MSG_CRITICISM_RECEIVE,
	  MSG_CRITICISM_RECEIVE_DONE, sizeof(struct criticism), receive_fields, .is_public = true,
	  .version = true, .begin = begin_receive, .prepare = prepare_receive,
	  .check = check_receive, .apply = apply_receive },
	{ "hold", CRITICISM_RECEIVED, CRITICISM_HELD, ASKS, MSG_CRITICISM_HOLD,
	  MSG_CRITICISM_HOLD_DONE, sizeof(struct criticism), hold_fields, .is_public = true,
	  .check = check_hold, .futile = hold_futile, .apply = apply_hold },
	{ "send", CRITICISM_RECEIVED | CRITICISM_HELD, CRITICISM_SENT_STATE, ASKS,
	  MSG_CRITICISM_SEND, MSG_CRITICISM_SEND_DONE, sizeof(struct criticism), send_fields,
	  .is_public = true, .version = true, .check = check_send, .futile = send_futile,
	  .apply = apply_send },
	{ "answer", CRITICISM_SENT_STATE, CRITICISM_ANSWERED, CLERK | LEADER, MSG_CRITICISM_ANSWER,
	  MSG_CRITICISM_ANSWER_DONE, sizeof(struct criticism), answer_fields,
	  .meets = CRITICISM_ANSWER, .is_public = true, .version = true, .apply = apply_answer },
	{ "withdraw", CRITICISM_RECEIVED | CRITICISM_HELD, CRITICISM_WITHDRAWN, ASKS,
	  MSG_CRITICISM_WITHDRAW, MSG_CRITICISM_WITHDRAW_DONE, sizeof(struct criticism),
	  reason_fields, .is_public = true },
	REDACTION_STEPS_AT_HOME(CRITICISM_RECEIVED | CRITICISM_HELD | CRITICISM_SENT_STATE |
					CRITICISM_ANSWERED | CRITICISM_WITHDRAWN,
				ASKS),
	{ 0 },
};

static const struct measure indicators[] = {
	{ "MT-02", MEASURE_SUM, .means = MSG_CRITICISM_MEANS_SENT,
	  .parts = { { COUNT_FIGURE, CRITICISM_SENT, MSG_CRITICISM_KINDS } } },
	{ "house.criticism.draft", MEASURE_IN_TIME, MSG_CRITICISM_DRAFT_INDICATOR,
	  .means = MSG_CRITICISM_MEANS_DRAFT, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, CRITICISM_DRAFT, MSG_CRITICISM_KINDS } } },
	{ "house.criticism.answer", MEASURE_IN_TIME, MSG_CRITICISM_ANSWER_INDICATOR,
	  .means = MSG_CRITICISM_MEANS_ANSWER, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, CRITICISM_ANSWER, MSG_CRITICISM_KINDS } } },
	{ 0 },
};

const struct kind criticism_kind = {
	.name = "criticism",
	.code = "PB",
	.slug = "phan-bien",
	.work = "inspect",
	.title = MSG_CRITICISM_KIND,
	.titles = MSG_CRITICISM_KINDS,
	.levels = 1u << LEVEL_PROVINCE | 1u << LEVEL_DISTRICT | 1u << LEVEL_COMMUNE |
		  1u << LEVEL_AGENCY,
	.size = sizeof(struct criticism),
	.fields = fields,
	.states = states,
	.steps = steps,
	.indicators = indicators,
};
