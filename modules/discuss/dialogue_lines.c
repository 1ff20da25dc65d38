/* Questions and what was promised: the lines of a dialogue. */
#include "modules/discuss/dialogue_steps.h"

#include "office/trace.h"

static const struct field_choice whens[] = {
	{ "before", MSG_DIALOGUE_WHEN_BEFORE },
	{ "meeting", MSG_DIALOGUE_WHEN_MEETING },
	{ 0 },
};

static const struct field commitment_fields[] = {
	FIELD(struct commitment, what, .max = 300, .label = MSG_DIALOGUE_WHAT),
	FIELD(struct commitment, who, .label = MSG_DIALOGUE_WHO),
	FIELD(struct commitment, due, .label = MSG_DIALOGUE_DUE),
	FIELD(struct commitment, done_on, .label = MSG_DIALOGUE_DONE_ON),
	FIELD(struct commitment, result, .lines = true, .label = MSG_DIALOGUE_RESULT),
	FIELD(struct commitment, evidence, .label = MSG_DIALOGUE_EVIDENCE),
	{ 0 },
};

static const struct field question_fields[] = {
	FIELD(struct dialogue_question, text, .lines = true, .label = MSG_DIALOGUE_QUESTION),
	FIELD(struct dialogue_question, when, .choices = whens, .label = MSG_DIALOGUE_WHEN),
	FIELD(struct dialogue_question, answer, .lines = true, .label = MSG_DIALOGUE_ANSWER),
	FIELD(struct dialogue_question, answered_on, .label = MSG_DIALOGUE_ANSWERED_ON),
	{ 0 },
};

const struct line_kind dialogue_lines[] = {
	[LINE_COMMITMENT] = { "commitment", MSG_DIALOGUE_COMMITMENTS, sizeof(struct commitment),
			      commitment_fields },
	[LINE_QUESTION] = { "question", MSG_DIALOGUE_QUESTIONS, sizeof(struct dialogue_question),
			    question_fields },
	{ 0 },
};

void dialogue_check_nobody(struct tx *tx, struct str text, const char *field, struct faults *faults)
{
	struct buf b = { .a = tx->mem };
	struct str piece;
	if (trace_find(text, &piece) == TRACE_NONE)
		return;
	msg_dialogue_fault_trace(&b, faults ? faults->lang : LANG_VI, piece);
	fault_add(faults, field, buf_str(&b));
}

/* --- Questions --- */

enum err dialogue_check_put(struct tx *tx, const struct dossier *d, const void *form,
			    struct date on, struct faults *faults)
{
	const struct dialogue_put *x = form;
	(void)d, (void)on;
	dialogue_check_nobody(tx, x->text, "text", faults);
	dialogue_check_nobody(tx, x->answer, "answer", faults);
	if (trace_says(tx->mem, x->text, x->asker))
		fault_add_msg(faults, "text", MSG_DIALOGUE_FAULT_ASKER);
	if (trace_says(tx->mem, x->answer, x->asker))
		fault_add_msg(faults, "answer", MSG_DIALOGUE_FAULT_ASKER);
	return OK;
}

static void add_question(struct fold *f, struct str when, struct str text, struct str answer)
{
	struct line *l = fold_line_add(f, LINE_QUESTION);
	*(struct dialogue_question *)l->data = (struct dialogue_question){
		.text = text,
		.when = when,
		.answer = str_some(answer),
		.answered_on = answer.len ? f->act->on : NO_DATE,
	};
	if (f->d->kind == &dialogue_kind)
		fold_figure_on(f, S(DIALOGUE_ASKED), f->act->on, l->no, 1);
}

void dialogue_apply_put(struct fold *f, const void *form)
{
	const struct dialogue_put *x = form;
	add_question(f, S("meeting"), x->text, x->answer);
}

void dialogue_apply_take_in(struct fold *f, const void *form)
{
	const struct dialogue_take_in *x = form;
	add_question(f, S("before"), x->text, x->answer);
}

static bool is_open_question(const struct line *l)
{
	return l->kind == &dialogue_lines[LINE_QUESTION] &&
	       !((const struct dialogue_question *)l->data)->answer.len;
}

static enum err question_options(struct tx *tx, const void *subject, enum lang lang,
				 struct choices *out)
{
	const struct dossier *d = subject;
	(void)lang;
	*out = (struct choices){ arena_get_n(tx->mem, d->lines.n, sizeof *out->at), 0 };
	for (size_t i = 0; i < d->lines.n; i++)
		if (is_open_question(&d->lines.at[i]))
			out->at[out->n++] = (struct choice){
				str_printf(tx->mem, "%d", d->lines.at[i].no),
				((const struct dialogue_question *)d->lines.at[i].data)->text,
			};
	return OK;
}

bool dialogue_reply_futile(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	for (size_t i = 0; i < d->lines.n; i++)
		if (is_open_question(&d->lines.at[i]))
			return false;
	return true;
}

enum err dialogue_check_reply(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	const struct dialogue_reply *x = form;
	(void)on;
	if (dialogue_reply_futile(tx, d))
		fault_add_msg(faults, "", MSG_DIALOGUE_FAULT_ALL_ANSWERED);
	dialogue_check_nobody(tx, x->answer, "answer", faults);
	return OK;
}

static struct line *line_said(struct fold *f, struct str no)
{
	int64_t n;
	return str_int(no, &n) ? fold_line(f, n) : NULL;
}

void dialogue_apply_reply(struct fold *f, const void *form)
{
	const struct dialogue_reply *x = form;
	struct line *l = line_said(f, x->question);
	if (!l)
		return;
	struct dialogue_question *q = l->data;
	q->answer = x->answer;
	q->answered_on = f->act->on;
	l->changed = true;
}

/* --- Commitments --- */

static struct str commitment_rule(const struct dossier *d)
{
	return d->kind == &dialogue_kind ? S(DIALOGUE_COMMITMENT) : S(WORKPLACE_COMMITMENT);
}

static struct duty *owed(const struct dossier *d, int line)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].line == line && d->duties.at[i].state == DUTY_OPEN)
			return &d->duties.at[i];
	return NULL;
}

enum err dialogue_check_promise(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults)
{
	const struct dialogue_promise *x = form;
	(void)d;
	if (date_is_set(x->due) && date_cmp(x->due, on) < 0)
		fault_add_msg(faults, "due", MSG_DIALOGUE_FAULT_DUE_PAST);
	dialogue_check_nobody(tx, x->what, "what", faults);
	return OK;
}

/* Named by its number among them: what is owed is public before what was promised at a workplace is. */
static void owe(struct fold *f, const struct line *l, struct date due)
{
	int number = 0;
	for (int i = 0; i < l->no; i++)
		number += f->d->lines.at[i].kind == l->kind;
	struct str about = str_printf(f->mem, "%d", number);
	fold_open_house(f, commitment_rule(f->d), f->act->on, due, about)->line = l->no;
}

void dialogue_apply_promise(struct fold *f, const void *form)
{
	const struct dialogue_promise *x = form;
	struct line *l = fold_line_add(f, LINE_COMMITMENT);
	*(struct commitment *)l->data = (struct commitment){
		.what = x->what,
		.who = x->who,
		.due = x->due,
		.done_on = NO_DATE,
		.result = S(""),
	};
	owe(f, l, x->due);
}

static enum err commitment_options(struct tx *tx, const void *subject, enum lang lang,
				   struct choices *out)
{
	const struct dossier *d = subject;
	(void)lang;
	*out = (struct choices){ arena_get_n(tx->mem, d->lines.n, sizeof *out->at), 0 };
	for (size_t i = 0; i < d->lines.n; i++)
		if (owed(d, d->lines.at[i].no))
			out->at[out->n++] = (struct choice){
				str_printf(tx->mem, "%d", d->lines.at[i].no),
				((const struct commitment *)d->lines.at[i].data)->what,
			};
	return OK;
}

bool dialogue_keep_futile(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	for (size_t i = 0; i < d->lines.n; i++)
		if (owed(d, d->lines.at[i].no))
			return false;
	return true;
}

void dialogue_apply_keep(struct fold *f, const void *form)
{
	const struct dialogue_keep *x = form;
	struct line *l = line_said(f, x->commitment);
	struct duty *y = l ? owed(f->d, l->no) : NULL;
	if (!y)
		return;
	struct commitment *c = l->data;
	c->done_on = f->act->on;
	c->result = x->result;
	c->evidence = x->evidence;
	l->changed = true;
	fold_close(f, y, DUTY_MET, f->act->on);
}

enum err dialogue_check_extend(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct dialogue_extend *x = form;
	const struct duty *y;
	int64_t no;
	(void)tx;
	if (!str_int(x->commitment, &no) || !(y = owed(d, (int)no)) || !date_is_set(x->until))
		return OK;
	if (date_cmp(x->until, y->due) <= 0 || date_cmp(x->until, on) < 0)
		fault_add_msg(faults, "until", MSG_DIALOGUE_FAULT_EARLIER);
	dialogue_check_nobody(tx, x->reason, "reason", faults);
	return OK;
}

/* Extended in time the term goes on; afterwards it stays missed, and another begins. */
void dialogue_apply_extend(struct fold *f, const void *form)
{
	const struct dialogue_extend *x = form;
	struct line *l = line_said(f, x->commitment);
	struct duty *y = l ? owed(f->d, l->no) : NULL;
	if (!y)
		return;
	((struct commitment *)l->data)->due = x->until;
	l->changed = true;
	if (date_cmp(f->act->on, y->due) <= 0) {
		fold_extend(f, y, x->until);
		return;
	}
	fold_leave(f, y, DUTY_EXCUSED);
	owe(f, l, x->until);
}

/* --- Forms --- */

const struct field dialogue_put_fields[] = {
	FIELD(struct dialogue_put, text, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_DIALOGUE_QUESTION, .hint = MSG_DIALOGUE_QUESTION_HINT),
	FIELD(struct dialogue_put, answer, .optional = true, .max = 5000, .lines = true,
	      .label = MSG_DIALOGUE_ANSWER, .hint = MSG_DIALOGUE_ANSWER_HINT),
	FIELD(struct dialogue_put, asker, .optional = true, .max = 100, .personal = true,
	      .internal = true, .label = MSG_DIALOGUE_ASKER, .hint = MSG_DIALOGUE_ASKER_HINT),
	{ 0 },
};

const struct field dialogue_reply_fields[] = {
	FIELD(struct dialogue_reply, question, .label = MSG_DIALOGUE_QUESTION,
	      .options = question_options),
	FIELD(struct dialogue_reply, answer, .min = 10, .max = 5000, .lines = true,
	      .label = MSG_DIALOGUE_ANSWER, .hint = MSG_DIALOGUE_PUBLIC_HINT),
	{ 0 },
};

const struct field dialogue_take_in_fields[] = {
	FIELD(struct dialogue_take_in, text, .hidden = true, .max = 1000, .lines = true,
	      .label = MSG_DIALOGUE_QUESTION),
	FIELD(struct dialogue_take_in, answer, .hidden = true, .max = 5000, .lines = true,
	      .label = MSG_DIALOGUE_ANSWER),
	{ 0 },
};

const struct field dialogue_promise_fields[] = {
	FIELD(struct dialogue_promise, what, .min = 10, .max = 300, .label = MSG_DIALOGUE_WHAT,
	      .hint = MSG_DIALOGUE_WHAT_HINT),
	FIELD(struct dialogue_promise, who, .min = 2, .max = 100, .label = MSG_DIALOGUE_WHO,
	      .hint = MSG_DIALOGUE_WHO_HINT),
	FIELD(struct dialogue_promise, due, .label = MSG_DIALOGUE_DUE),
	{ 0 },
};

const struct field dialogue_keep_fields[] = {
	FIELD(struct dialogue_keep, commitment, .label = MSG_DIALOGUE_COMMITMENT,
	      .options = commitment_options),
	FIELD(struct dialogue_keep, result, .min = 10, .max = 2000, .lines = true,
	      .label = MSG_DIALOGUE_RESULT, .hint = MSG_DIALOGUE_PUBLIC_HINT),
	FIELD(struct dialogue_keep, evidence, .optional = true, .label = MSG_DIALOGUE_EVIDENCE,
	      .hint = MSG_DIALOGUE_EVIDENCE_HINT),
	{ 0 },
};

const struct field dialogue_extend_fields[] = {
	FIELD(struct dialogue_extend, commitment, .label = MSG_DIALOGUE_COMMITMENT,
	      .options = commitment_options),
	FIELD(struct dialogue_extend, until, .label = MSG_DIALOGUE_UNTIL),
	FIELD(struct dialogue_extend, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_DIALOGUE_REASON, .hint = MSG_DIALOGUE_PUBLIC_HINT),
	{ 0 },
};
