/* A question from its letter to the line that everybody reads. */
#include "modules/discuss/question.h"

#include "modules/discuss/dialogue_steps.h"
#include "office/person.h"
#include "office/redaction.h"
#include "office/sender.h"
#include "office/step.h"
#include "office/trace.h"
#include "office/unit.h"

enum { DIALOGUES_MOST = 20 };

/* What is sent: the dialogue's day and id are found when it is taken in. */
struct sent {
	struct question q;
	int64_t dialogue_id;
	struct date day;
};
struct answer_form { /* answer */
	struct str shown, answer;
	bool nobody_named;
};
struct move_form { /* move */
	struct date day;
};
struct why_form { /* withdraw */
	struct str reason;
};

/* --- Sent --- */

static enum err dialogue_options(struct tx *tx, const void *subject, enum lang lang,
				 struct choices *out)
{
	const struct dossier *d = subject;
	struct query q = db_query(tx, "SELECT d.id FROM dossier_under u JOIN dossier d"
				      " ON d.id = u.dossier WHERE u.ancestor = $1"
				      " AND u.kind = 'dialogue' AND d.unit = $1 AND d.state = $2"
				      " ORDER BY u.shown_on DESC, u.dossier DESC LIMIT $3");
	int64_t ids[DIALOGUES_MOST];
	size_t n = 0;
	BIND(&q, d->unit, (int64_t)DIALOGUE_ANNOUNCED, (int64_t)DIALOGUES_MOST);
	while (db_next(&q))
		ids[n++] = col_int(&q, 0);
	enum err e = q.err;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, DIALOGUES_MOST), 0 };
	for (size_t i = 0; !e && i < n; i++) {
		struct dossier *at;
		struct buf b = { .a = tx->mem };
		if ((e = dossier_load_text(tx, ids[i], &at)))
			break;
		if (!dialogue_takes_questions(at, tx_today(tx)))
			continue;
		const struct dialogue *x = at->data;
		msg_question_of(&b, lang, x->title, x->day);
		out->at[out->n++] = (struct choice){ at->code, buf_str(&b) };
	}
	return e;
}

/* The last of them; the sender's name, where the site knows it. */
static enum err begin_sent(struct tx *tx, const struct dossier *d, void *form)
{
	struct sent *x = form;
	struct choices open;
	enum err e = dialogue_options(tx, d, LANG_VI, &open);
	if (!e && open.n == 1)
		x->q.dialogue = open.at[0].value;
	if (e || (tx->who && tx->who->n))
		return e;
	return sender_fill(tx, &x->q.name, NULL, &x->q.contact);
}

static enum err prepare_sent(struct tx *tx, const struct dossier *d, void *form)
{
	struct sent *x = form;
	struct dossier *at;
	x->dialogue_id = 0;
	x->day = NO_DATE;
	enum err e = x->q.dialogue.len ? dossier_by_code(tx, x->q.dialogue, &x->dialogue_id) : OK;
	if (e || !x->dialogue_id)
		return e == ERR_NOT_FOUND ? OK : e;
	if ((e = dossier_load_text(tx, x->dialogue_id, &at)))
		return e;
	if (at->unit == d->unit && dialogue_takes_questions(at, tx_today(tx)))
		x->day = ((const struct dialogue *)at->data)->day;
	else
		x->dialogue_id = 0;
	return OK;
}

static enum err check_sent(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			   struct faults *faults)
{
	const struct sent *x = form;
	bool full = false;
	(void)on;
	if (!x->dialogue_id)
		fault_add_msg(faults, "dialogue", MSG_QUESTION_FAULT_CLOSED);
	enum err e =
		tx->who && tx->who->n ? OK : sender_is_full(tx, d->kind, QUESTION_RECEIVED, &full);
	if (full)
		fault_add_msg(faults, "", MSG_QUESTION_FAULT_MANY);
	return e;
}

static void apply_sent(struct fold *f, const void *form)
{
	const struct sent *x = form;
	f->d->parent = x->dialogue_id;
	fold_open_house(f, S(QUESTION_ANSWER), f->act->on, x->day, S(""));
}

/* --- Answered --- */

static enum err begin_answer(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx;
	((struct answer_form *)form)->shown = ((const struct question *)d->data)->title;
	return OK;
}

static enum err nobody(struct tx *tx, const struct question *whose, struct str text,
		       const char *field, struct faults *faults)
{
	dialogue_check_nobody(tx, text, field, faults);
	if (trace_says(tx->mem, text, whose->name) ||
	    trace_says_joined(tx->mem, text, whose->contact))
		fault_add_msg(faults, field, MSG_DIALOGUE_FAULT_ASKER);
	return OK;
}

static enum err check_answer(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults)
{
	const struct answer_form *x = form;
	struct question *whose = NEW(tx->mem, struct question);
	(void)on;
	fields_init(d->kind->fields, whose);
	enum err e = dossier_personal(tx, d, d->kind->fields, whose);
	if (e || (e = nobody(tx, whose, x->shown, "shown", faults)))
		return e;
	if ((e = nobody(tx, whose, x->answer, "answer", faults)) || !d->parent)
		return e;
	/* Both are going to be lines of the dialogue, which everybody reads. */
	struct dossier *at;
	if ((e = dossier_load(tx, d->parent, &at)) ||
	    (e = redaction_refuse_text(tx, at, x->shown, "shown", faults)))
		return e;
	return redaction_refuse_text(tx, at, x->answer, "answer", faults);
}

static void end(struct fold *f, enum duty_state state)
{
	struct duty *y = fold_duty(f, S(QUESTION_ANSWER), 0, S(""));
	if (y && state == DUTY_MET)
		fold_close(f, y, state, f->act->on);
	else if (y)
		fold_leave(f, y, state);
}

static void apply_answer(struct fold *f, const void *form)
{
	(void)form;
	((struct question *)f->d->data)->answered_on = f->act->on;
	end(f, DUTY_MET);
}

static enum err stored_answer(struct tx *tx, struct dossier *d, const struct act *act,
			      const void *form)
{
	const struct answer_form *x = form;
	struct dialogue_take_in line = { x->shown, x->answer };
	struct dossier *at;
	enum err e = dossier_load(tx, d->parent, &at);
	return e ? e : step_follow(tx, at, "take_in", &line, act->on);
}

static void apply_leave(struct fold *f, const void *form)
{
	(void)form;
	end(f, DUTY_EXCUSED);
}

/* Otherwise an office could end what was sent to it through an account. */
static bool is_anothers(struct tx *tx, const struct dossier *d)
{
	return d->author && !dossier_is_author(tx, d);
}

static enum err check_withdraw(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	(void)form, (void)on;
	if (is_anothers(tx, d))
		fault_add_msg(faults, "", MSG_QUESTION_FAULT_NOT_YOURS);
	return OK;
}

/* A day that went by without an answer stays missed. */
static void apply_move(struct fold *f, const void *form)
{
	const struct move_form *x = form;
	struct duty *y = fold_duty(f, S(QUESTION_ANSWER), 0, S(""));
	if (y && date_cmp(f->act->on, y->due) <= 0) {
		fold_extend(f, y, x->day);
		return;
	}
	if (y)
		fold_leave(f, y, DUTY_EXCUSED);
	fold_open_house(f, S(QUESTION_ANSWER), f->act->on, x->day, S(""));
}

/* --- Tables --- */

static const struct field_choice grounds[] = {
	{ "off_topic", MSG_QUESTION_GROUND_OFF_TOPIC },
	{ "same", MSG_QUESTION_GROUND_SAME },
	{ "unclear", MSG_QUESTION_GROUND_UNCLEAR },
	{ "insult", MSG_QUESTION_GROUND_INSULT },
	{ 0 },
};

static const struct field fields[] = {
	FIELD(struct question, title, .max = 300, .label = MSG_DIALOGUE_QUESTION),
	FIELD(struct question, body, .lines = true, .max = 3000, .label = MSG_QUESTION_BODY),
	FIELD(struct question, dialogue, .label = MSG_QUESTION_DIALOGUE),
	FIELD(struct question, shown, .lines = true, .label = MSG_QUESTION_SHOWN),
	FIELD(struct question, answer, .lines = true, .max = 5000, .label = MSG_DIALOGUE_ANSWER),
	FIELD(struct question, answered_on, .label = MSG_DIALOGUE_ANSWERED_ON),
	FIELD(struct question, ground, .choices = grounds, .label = MSG_QUESTION_GROUND),
	FIELD(struct question, detail, .lines = true, .label = MSG_QUESTION_DETAIL),
	FIELD(struct question, name, .personal = true, .internal = true,
	      .label = MSG_DIALOGUE_ASKER),
	FIELD(struct question, contact, .personal = true, .internal = true,
	      .label = MSG_QUESTION_CONTACT),
	{ 0 },
};

/* The members of `q` under their own names. */
#define SENT(member, ...)                                                               \
	{                                                                               \
		.name = #member, .type = FIELD_TEXT,                                    \
		.offset = offsetof(struct sent, q) + offsetof(struct question, member), \
		__VA_ARGS__                                                             \
	}

static const struct field sent_fields[] = {
	SENT(dialogue, .label = MSG_QUESTION_DIALOGUE, .options = dialogue_options),
	SENT(title, .min = 10, .max = 300, .label = MSG_DIALOGUE_QUESTION,
	     .hint = MSG_QUESTION_TITLE_HINT),
	SENT(body, .optional = true, .max = 3000, .lines = true, .label = MSG_QUESTION_BODY),
	SENT(name, .min = 2, .max = 100, .personal = true, .internal = true,
	     .label = MSG_DIALOGUE_ASKER, .hint = MSG_QUESTION_NAME_HINT),
	SENT(contact, .optional = true, .max = 100, .personal = true, .internal = true,
	     .label = MSG_QUESTION_CONTACT),
	FIELD(struct sent, dialogue_id, .optional = true, .hidden = true, .internal = true,
	      .label = MSG_QUESTION_DIALOGUE),
	FIELD(struct sent, day, .optional = true, .hidden = true, .label = MSG_DIALOGUE_DAY),
	{ 0 },
};

static const struct field answer_fields[] = {
	FIELD(struct answer_form, shown, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_QUESTION_SHOWN, .hint = MSG_QUESTION_SHOWN_HINT),
	FIELD(struct answer_form, answer, .min = 10, .max = 5000, .lines = true,
	      .label = MSG_DIALOGUE_ANSWER, .hint = MSG_DIALOGUE_PUBLIC_HINT),
	FIELD(struct answer_form, nobody_named, .label = MSG_DIALOGUE_NOBODY_NAMED),
	{ 0 },
};

static const struct field aside_fields[] = {
	FIELD(struct question, ground, .choices = grounds, .label = MSG_QUESTION_GROUND),
	FIELD(struct question, detail, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_QUESTION_DETAIL, .hint = MSG_QUESTION_DETAIL_HINT),
	{ 0 },
};

static const struct field withdraw_fields[] = {
	FIELD(struct why_form, reason, .optional = true, .max = 1000, .lines = true,
	      .label = MSG_DIALOGUE_REASON),
	{ 0 },
};

static const struct field move_fields[] = {
	FIELD(struct move_form, day, .hidden = true, .label = MSG_DIALOGUE_DAY),
	{ 0 },
};

static const struct state states[] = {
	{ QUESTION_RECEIVED, "received", MSG_QUESTION_STATE_RECEIVED, TONE_INFO, VISIBLE_PERSONAL,
	  .waits = true },
	{ QUESTION_ANSWERED, "answered", MSG_QUESTION_STATE_ANSWERED, TONE_OK, VISIBLE_PERSONAL },
	{ QUESTION_ASIDE, "set_aside", MSG_QUESTION_STATE_ASIDE, TONE_WAIT, VISIBLE_PERSONAL },
	{ QUESTION_WITHDRAWN, "withdrawn", MSG_QUESTION_STATE_WITHDRAWN, TONE_WAIT,
	  VISIBLE_PERSONAL },
	{ 0 },
};

/* `enter` comes first: whoever serves at the counter there writes down what others bring. */
static const struct step steps[] = {
	{ "enter", NEW, QUESTION_RECEIVED, CLERK, MSG_QUESTION_ENTER, MSG_QUESTION_ENTER_DONE,
	  sizeof(struct sent), sent_fields, .begin = begin_sent, .prepare = prepare_sent,
	  .check = check_sent, .apply = apply_sent },
	{ "send", NEW, QUESTION_RECEIVED, CITIZEN, MSG_QUESTION_SEND, MSG_QUESTION_SEND_DONE,
	  sizeof(struct sent), sent_fields, .begin = begin_sent, .prepare = prepare_sent,
	  .check = check_sent, .apply = apply_sent },
	{ "answer", QUESTION_RECEIVED, QUESTION_ANSWERED, CLERK | LEADER, MSG_QUESTION_ANSWER,
	  MSG_QUESTION_ANSWER_DONE, sizeof(struct answer_form), answer_fields, .is_public = true,
	  .begin = begin_answer, .check = check_answer, .apply = apply_answer,
	  .stored = stored_answer },
	{ "set_aside", QUESTION_RECEIVED, QUESTION_ASIDE, LEADER, MSG_QUESTION_SET_ASIDE,
	  MSG_QUESTION_SET_ASIDE_DONE, sizeof(struct question), aside_fields, .is_public = true,
	  .apply = apply_leave },
	{ "withdraw", QUESTION_RECEIVED, QUESTION_WITHDRAWN, CITIZEN | CLERK, MSG_QUESTION_WITHDRAW,
	  MSG_QUESTION_WITHDRAW_DONE, sizeof(struct why_form), withdraw_fields,
	  .check = check_withdraw, .futile = is_anothers, .apply = apply_leave },
	{ "move", QUESTION_RECEIVED, 0, SYSTEM, MSG_QUESTION_MOVE_DONE, MSG_QUESTION_MOVE_DONE,
	  sizeof(struct move_form), move_fields, .is_public = true, .follows = true,
	  .apply = apply_move },
	{ 0 },
};

static const struct measure indicators[] = {
	{ "house.dialogue.question", MEASURE_IN_TIME, MSG_QUESTION_INDICATOR,
	  .means = MSG_QUESTION_MEANS, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, QUESTION_ANSWER, MSG_QUESTION_KINDS } } },
	{ 0 },
};

const struct kind question_kind = {
	.name = "dialogue_question",
	.code = "CH",
	.slug = "cau-hoi-doi-thoai",
	.work = "discuss",
	.title = MSG_QUESTION_KIND,
	.titles = MSG_QUESTION_KINDS,
	.is_private = true,
	.by_receipt = true,
	.notices = NOTICE_MINE,
	.levels = 1u << LEVEL_COMMUNE,
	.size = sizeof(struct question),
	.fields = fields,
	.states = states,
	.steps = steps,
	.indicators = indicators,
};

/* --- For the dialogue --- */

enum err question_count_open(struct tx *tx, int64_t dialogue, int64_t *out)
{
	struct query q = db_query(tx, "SELECT COUNT(*) FROM dossier WHERE parent = $1"
				      " AND parent > 0 AND kind = 'dialogue_question'"
				      " AND state = $2");
	BIND(&q, dialogue, (int64_t)QUESTION_RECEIVED);
	enum err e = db_one(&q);
	if (!e)
		*out = col_int(&q, 0);
	return e;
}

enum err question_move_all(struct tx *tx, int64_t dialogue, struct date day, struct date on)
{
	enum { SOME = 200 };
	int64_t ids[SOME], after = 0;
	size_t n;
	enum err e;
	do {
		struct query q = db_query(tx, "SELECT id FROM dossier WHERE parent = $1"
					      " AND parent > 0 AND kind = 'dialogue_question'"
					      " AND state = $2 AND id > $3 ORDER BY id LIMIT $4");
		BIND(&q, dialogue, (int64_t)QUESTION_RECEIVED, after, (int64_t)SOME);
		for (n = 0; n < SOME && db_next(&q); n++)
			ids[n] = after = col_int(&q, 0);
		db_end(&q);
		e = q.err;
		for (size_t i = 0; !e && i < n; i++) {
			struct move_form x = { day };
			struct dossier *d;
			if (!(e = dossier_load(tx, ids[i], &d)))
				e = step_follow(tx, d, "move", &x, on);
		}
	} while (!e && n == SOME);
	return e;
}
