#include "modules/inspect/reception.h"

#include "modules/inspect/reception_plan.h"
#include "modules/inspect/visit.h"
#include "office/happening.h"
#include "office/notice.h"
#include "office/redaction.h"
#include "office/step.h"
#include "office/unit.h"

#define NOTICE S("reception.schedule")
#define ONLINE_NOTICE S("reception.online_notice")
#define ONLINE_TEST S("reception.online_test")

/* --- Planned --- */

static enum err begin_plan(struct tx *tx, const struct dossier *d, void *form)
{
	struct reception *x = form;
	struct dossier *plan;
	enum err e = reception_plan_find(tx, d->unit, &plan);
	x->way = S("head");
	x->opens = S("07:30");
	x->closes = S("11:00");
	x->every = S("30");
	if (!e)
		x->place = ((const struct reception_plan *)plan->data)->place;
	return e == ERR_NOT_FOUND ? OK : e;
}

/* 7:30 is 07:30: texts of hours are compared and shown as they stand. */
static void tidy_hour(struct arena *a, struct str *hour)
{
	int minutes;
	if (reception_hour(*hour, &minutes))
		*hour = reception_hour_text(a, minutes);
}

static struct str title_of(struct arena *a, struct str post, struct date day)
{
	struct buf b = { .a = a };
	if (date_is_set(day))
		msg_reception_title_of(&b, LANG_VI, post, day);
	return buf_str(&b);
}

static enum err prepare_plan(struct tx *tx, const struct dossier *d, void *form)
{
	struct reception *x = form;
	(void)d;
	tidy_hour(tx->mem, &x->opens);
	tidy_hour(tx->mem, &x->closes);
	x->title = title_of(tx->mem, x->post, x->day);
	x->announced_for = x->day;
	return OK;
}

static void check_hours(struct str opens, struct str closes, struct faults *faults)
{
	int from, to;
	bool begins = reception_hour(opens, &from), ends = reception_hour(closes, &to);
	if (!begins && opens.len)
		fault_add_msg(faults, "opens", MSG_RECEPTION_FAULT_HOUR);
	if (!ends && closes.len)
		fault_add_msg(faults, "closes", MSG_RECEPTION_FAULT_HOUR);
	if (begins && ends && to <= from)
		fault_add_msg(faults, "closes", MSG_RECEPTION_FAULT_HOURS);
}

static enum err check_plan(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			   struct faults *faults)
{
	const struct reception *x = form;
	(void)tx, (void)d;
	check_hours(x->opens, x->closes, faults);
	if (date_is_set(x->day) && date_cmp(x->day, on) < 0)
		fault_add_msg(faults, "day", MSG_RECEPTION_FAULT_PAST);
	return OK;
}

static bool is_urgent(const struct reception *x)
{
	return str_eq(x->way, S("urgent"));
}

static void end(struct fold *f, struct str rule, enum duty_state state)
{
	struct duty *y = fold_duty(f, rule, 0, S(""));
	if (y)
		fold_close(f, y, state, f->act->on);
}

/* Planned anew, what was owed for another day is owed for this one. */
static void owe(struct fold *f, struct str rule, bool owed)
{
	const struct reception *x = f->d->data;
	const struct duty *y = fold_duty(f, rule, 0, S(""));
	if (y && owed && date_cmp(y->from, x->day) == 0)
		return;
	end(f, rule, DUTY_EXCUSED);
	if (owed)
		fold_open(f, rule, x->day, 0, S(""));
}

/* Received over a connection it is announced as any other, and tried out the working day before (Decree
 * 154/2026 art. 23.1). */
static void owe_day(struct fold *f)
{
	const struct reception *x = f->d->data;
	owe(f, NOTICE, !is_urgent(x));
	owe(f, ONLINE_NOTICE, x->online && !is_urgent(x));
	owe(f, ONLINE_TEST, x->online);
}

static void apply_plan(struct fold *f, const void *form)
{
	(void)form;
	owe_day(f);
}

static void apply_announce(struct fold *f, const void *form)
{
	(void)form;
	owe_day(f);
	end(f, NOTICE, DUTY_MET);
	end(f, ONLINE_NOTICE, DUTY_MET);
}

static void apply_drop(struct fold *f, const void *form)
{
	(void)form;
	end(f, NOTICE, DUTY_EXCUSED);
	end(f, ONLINE_NOTICE, DUTY_EXCUSED);
	end(f, ONLINE_TEST, DUTY_EXCUSED);
}

/* --- Tried out --- */

struct test_form {
	struct str tested;
};

static bool test_futile(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return !((const struct reception *)d->data)->online;
}

/* --- Another day, or none --- */

struct postpone_form {
	struct str title;
	struct date day;
	struct str opens, closes, place, reason, notice;
};

static enum err prepare_postpone(struct tx *tx, const struct dossier *d, void *form)
{
	struct postpone_form *x = form;
	const struct reception *now = d->data;
	tidy_hour(tx->mem, &x->opens);
	tidy_hour(tx->mem, &x->closes);
	x->title = title_of(tx->mem, now->post, x->day);
	return OK;
}

static enum err check_postpone(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct postpone_form *x = form;
	const struct reception *now = d->data;
	(void)tx;
	check_hours(x->opens, x->closes, faults);
	if (date_is_set(x->day) && date_cmp(x->day, on) < 0)
		fault_add_msg(faults, "day", MSG_RECEPTION_FAULT_PAST);
	else if (date_is_set(x->day) && date_cmp(x->day, now->day) <= 0)
		fault_add_msg(faults, "day", MSG_RECEPTION_FAULT_LATER);
	return OK;
}

/* Its notice is the postponing itself; the connection is tried out for the new day, also again. */
static void apply_postpone(struct fold *f, const void *form)
{
	(void)form;
	owe(f, ONLINE_TEST, ((const struct reception *)f->d->data)->online);
}

static void apply_cancel(struct fold *f, const void *form)
{
	(void)form;
	end(f, ONLINE_TEST, DUTY_EXCUSED);
}

/* Whoever booked a slot. */
static enum err tell_booked(struct tx *tx, struct dossier *d, const struct act *act,
			    const void *form)
{
	(void)form;
	return notice_below(tx, d, act, &visit_kind, VISIT_BOOKED);
}

/* --- Held --- */

struct hold_form {
	struct str by, who, named, result;
};

static enum err begin_hold(struct tx *tx, const struct dossier *d, void *form)
{
	const struct reception *now = d->data;
	struct hold_form *x = form;
	(void)tx;
	x->by = str_eq(now->way, S("regular")) ? S("office") : S("in_person");
	x->who = now->who;
	return OK;
}

/* Kept for the case that it was not held after all. */
static enum err prepare_hold(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx;
	((struct hold_form *)form)->named = ((const struct reception *)d->data)->who;
	return OK;
}

static enum err check_hold(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			   struct faults *faults)
{
	const struct reception *now = d->data;
	(void)tx, (void)form;
	if (date_cmp(on, now->day) < 0)
		fault_add_msg(faults, "", MSG_RECEPTION_FAULT_TOO_EARLY);
	return OK;
}

static bool hold_futile(struct tx *tx, const struct dossier *d)
{
	return date_cmp(tx_today(tx), ((const struct reception *)d->data)->day) < 0;
}

/* Counted on the day it was held, whenever that is written down. */
static void apply_hold(struct fold *f, const void *form)
{
	struct reception *x = f->d->data;
	struct duty *test = fold_duty(f, ONLINE_TEST, 0, S(""));
	(void)form;
	fold_figure_on(f, str_printf(f->mem, "reception.held.%.*s", STR_ARG(x->by)), x->day, 0, 1);
	x->untested = test != NULL;
	if (test) /* held without it: too late */
		fold_leave(f, test, DUTY_EXCUSED);
}

/* Only the post itself keeps the day it owes: nobody receives in its place. */
static enum err stored_hold(struct tx *tx, struct dossier *d, const struct act *act,
			    const void *form)
{
	const struct reception *x = d->data;
	(void)act, (void)form;
	if (!str_eq(x->way, S("head")) || !str_eq(x->by, S("in_person")))
		return OK;
	return reception_plan_fulfil(tx, d->unit, x->post, x->day, x->announced_for, d->code);
}

/* --- Not held after all --- */

struct unhold_form {
	struct str reason;
};

static void owe_test_again(struct fold *f)
{
	for (size_t i = f->d->duties.n; i > 0; i--) {
		struct duty *y = &f->d->duties.at[i - 1];
		if (str_eq(y->rule, ONLINE_TEST)) {
			fold_reopen(f, y);
			return;
		}
	}
}

/* What was counted by mistake is taken out of the same day; the day stands as it was announced, to be put
 * off, cancelled or recorded rightly, and a connection that was not tried out is to be again. */
static void apply_unhold(struct fold *f, const void *form)
{
	struct reception *x = f->d->data;
	(void)form;
	fold_figure_on(f, str_printf(f->mem, "reception.held.%.*s", STR_ARG(x->by)), x->day, 0, -1);
	x->by = x->result = S("");
	x->who = x->named;
	x->named = S("");
	if (x->untested)
		owe_test_again(f);
	x->untested = false;
}

static enum err stored_unhold(struct tx *tx, struct dossier *d, const struct act *act,
			      const void *form)
{
	(void)act, (void)form;
	return reception_plan_take_back(tx, d->unit, d->code);
}

/* --- What comes --- */

static void put_in_order(struct receptions *all, struct dossier *d)
{
	const struct reception *x = d->data;
	size_t i = all->n++;
	for (; i > 0; i--) {
		const struct reception *before = all->at[i - 1]->data;
		int later = date_cmp(before->day, x->day);
		if (later < 0 || (!later && str_cmp(before->opens, x->opens) <= 0))
			break;
		all->at[i] = all->at[i - 1];
	}
	all->at[i] = d;
}

/* Few are announced at a time: those not held after all stand among them until somebody says so. */
enum err reception_coming(struct tx *tx, int64_t unit, size_t limit, struct receptions *out)
{
	enum { LOOKED_AT = 200 };
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE holder = $1 AND visibility = $2"
				      " AND kind = 'reception' AND state = $3"
				      " ORDER BY id DESC LIMIT $4");
	struct receptions all = { NEW_N(tx->mem, struct dossier *, LOOKED_AT), 0 };
	enum err e = OK;
	BIND(&q, unit, (int64_t)VISIBLE_PUBLIC, (int64_t)RECEPTION_ANNOUNCED, (int64_t)LOOKED_AT);
	while (!e && db_next(&q)) {
		struct dossier *d;
		e = dossier_load_text(tx, col_int(&q, 0), &d);
		if (!e && date_cmp(((const struct reception *)d->data)->day, tx_today(tx)) >= 0)
			put_in_order(&all, d);
	}
	db_end(&q);
	if (all.n > limit)
		all.n = limit;
	*out = all;
	return e ? e : q.err;
}

/* --- Tables --- */

static const struct field_choice ways[] = {
	{ "head", MSG_RECEPTION_WAY_HEAD },
	{ "regular", MSG_RECEPTION_WAY_REGULAR },
	{ "urgent", MSG_RECEPTION_WAY_URGENT },
	{ 0 },
};

static const struct field_choice slots[] = {
	{ "15", MSG_RECEPTION_EVERY_15 },
	{ "30", MSG_RECEPTION_EVERY_30 },
	{ "60", MSG_RECEPTION_EVERY_60 },
	{ "0", MSG_RECEPTION_EVERY_NONE },
	{ 0 },
};

static const struct field_choice receivers[] = {
	{ "in_person", MSG_RECEPTION_BY_IN_PERSON },
	{ "proxy", MSG_RECEPTION_BY_PROXY },
	{ "office", MSG_RECEPTION_BY_OFFICE },
	{ 0 },
};

static enum err post_options(struct tx *tx, const void *subject, enum lang lang,
			     struct choices *out)
{
	return reception_posts(tx, ((const struct dossier *)subject)->unit, lang, out);
}

static bool post_label(struct tx *tx, const void *subject, enum lang lang, struct str value,
		       struct str *out)
{
	(void)tx, (void)subject;
	*out = reception_post_words(lang, value);
	return true;
}

/* clang-format off */
#define WHEN(owner)                                                                        \
	FIELD(owner, day, .label = MSG_RECEPTION_DAY),                                     \
	FIELD(owner, opens, .min = 4, .max = 5, .label = MSG_RECEPTION_OPENS,              \
	      .hint = MSG_RECEPTION_HOUR_HINT),                                            \
	FIELD(owner, closes, .min = 4, .max = 5, .label = MSG_RECEPTION_CLOSES),           \
	FIELD(owner, place, .min = 3, .max = 200, .label = MSG_RECEPTION_PLACE)
#define SESSION                                                                            \
	FIELD(struct reception, way, .choices = ways, .label = MSG_RECEPTION_WAY),         \
	FIELD(struct reception, post, .min = 3, .max = 100, .options = post_options,       \
	      .label_of = post_label, .other = true, .label = MSG_RECEPTION_POST,          \
	      .hint = MSG_RECEPTION_POST_HINT),                                            \
	FIELD(struct reception, who, .optional = true, .max = 100,                         \
	      .label = MSG_RECEPTION_WHO),                                                 \
	WHEN(struct reception),                                                            \
	FIELD(struct reception, online, .optional = true, .sometimes = true,               \
	      .label = MSG_RECEPTION_ONLINE,                                               \
	      .hint = MSG_RECEPTION_ONLINE_HINT),                                          \
	FIELD(struct reception, every, .choices = slots, .label = MSG_RECEPTION_EVERY,     \
	      .hint = MSG_RECEPTION_EVERY_HINT),                                           \
	FIELD(struct reception, body, .optional = true, .lines = true, .markdown = true,   \
	      .max = 5000, .label = MSG_RECEPTION_BODY, .hint = MSG_RECEPTION_BODY_HINT)
#define MADE                                                                               \
	FIELD(struct reception, title, .optional = true, .hidden = true,                   \
	      .label = MSG_RECEPTION_TITLE),                                               \
	FIELD(struct reception, announced_for, .optional = true, .hidden = true,           \
	      .label = MSG_RECEPTION_DAY)
#define NAMED(owner)                                                                       \
	FIELD(owner, named, .optional = true, .hidden = true, .max = 100,                  \
	      .label = MSG_RECEPTION_WHO)
/* clang-format on */

static const struct field fields[] = {
	SESSION,
	MADE,
	FIELD(struct reception, notice, .label = MSG_RECEPTION_NOTICE),
	FIELD(struct reception, photos, .label = MSG_RECEPTION_PHOTOS),
	NAMED(struct reception),
	FIELD(struct reception, untested, .optional = true, .hidden = true,
	      .label = MSG_RECEPTION_TEST),
	FIELD(struct reception, by, .choices = receivers, .label = MSG_RECEPTION_BY),
	FIELD(struct reception, result, .lines = true, .label = MSG_RECEPTION_RESULT),
	FIELD(struct reception, reason, .lines = true, .label = MSG_RECEPTION_REASON),
	{ 0 },
};

static const struct field plan_fields[] = { SESSION, MADE, { 0 } };

static const struct field announce_fields[] = {
	SESSION,
	FIELD(struct reception, notice, .min = 3, .max = 300, .label = MSG_RECEPTION_NOTICE,
	      .hint = MSG_RECEPTION_NOTICE_HINT),
	FIELD(struct reception, photos, .optional = true, .label = MSG_RECEPTION_PHOTOS),
	MADE,
	{ 0 },
};

static const struct field postpone_fields[] = {
	WHEN(struct postpone_form),
	FIELD(struct postpone_form, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_RECEPTION_REASON, .hint = MSG_RECEPTION_REASON_HINT),
	FIELD(struct postpone_form, notice, .min = 3, .max = 300, .label = MSG_RECEPTION_NOTICE,
	      .hint = MSG_RECEPTION_NOTICE_HINT),
	FIELD(struct postpone_form, title, .optional = true, .hidden = true,
	      .label = MSG_RECEPTION_TITLE),
	{ 0 },
};

static const struct field cancel_fields[] = {
	FIELD(struct postpone_form, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_RECEPTION_REASON, .hint = MSG_RECEPTION_REASON_HINT),
	FIELD(struct postpone_form, notice, .min = 3, .max = 300, .label = MSG_RECEPTION_NOTICE,
	      .hint = MSG_RECEPTION_NOTICE_HINT),
	{ 0 },
};

static const struct field hold_fields[] = {
	FIELD(struct hold_form, by, .choices = receivers, .label = MSG_RECEPTION_BY,
	      .hint = MSG_RECEPTION_BY_HINT),
	FIELD(struct hold_form, who, .optional = true, .max = 100, .label = MSG_RECEPTION_WHO),
	NAMED(struct hold_form),
	FIELD(struct hold_form, result, .optional = true, .max = 2000, .lines = true,
	      .label = MSG_RECEPTION_RESULT, .hint = MSG_RECEPTION_RESULT_HINT),
	{ 0 },
};

static const struct field test_fields[] = {
	FIELD(struct test_form, tested, .min = 5, .max = 2000, .lines = true,
	      .label = MSG_RECEPTION_TESTED, .hint = MSG_RECEPTION_TESTED_HINT),
	{ 0 },
};

static const struct field unhold_fields[] = {
	FIELD(struct unhold_form, reason, .min = 10, .max = 1000, .lines = true,
	      .label = MSG_RECEPTION_UNHOLD_REASON, .hint = MSG_RECEPTION_UNHOLD_HINT),
	{ 0 },
};

static const struct state states[] = {
	{ RECEPTION_PLANNED, "planned", MSG_RECEPTION_STATE_PLANNED, TONE_WAIT, VISIBLE_INTERNAL,
	  .waits = true },
	{ RECEPTION_ANNOUNCED, "announced", MSG_RECEPTION_STATE_ANNOUNCED, TONE_INFO,
	  VISIBLE_PUBLIC },
	{ RECEPTION_HELD, "held", MSG_RECEPTION_STATE_HELD, TONE_OK, VISIBLE_PUBLIC },
	{ RECEPTION_CANCELLED, "cancelled", MSG_RECEPTION_STATE_CANCELLED, TONE_WAIT,
	  VISIBLE_PUBLIC },
	{ RECEPTION_DROPPED, "dropped", MSG_RECEPTION_STATE_DROPPED, TONE_WAIT, VISIBLE_INTERNAL },
	{ 0 },
};

static const struct step steps[] = {
	{ "plan", NEW, RECEPTION_PLANNED, CLERK | LEADER, MSG_RECEPTION_PLAN_DAY,
	  MSG_RECEPTION_PLAN_DAY_DONE, sizeof(struct reception), plan_fields, .begin = begin_plan,
	  .prepare = prepare_plan, .check = check_plan, .apply = apply_plan },
	{ "announce", RECEPTION_PLANNED, RECEPTION_ANNOUNCED, CLERK | LEADER,
	  MSG_RECEPTION_ANNOUNCE, MSG_RECEPTION_ANNOUNCE_DONE, sizeof(struct reception),
	  announce_fields, .is_public = true, .version = true, .prepare = prepare_plan,
	  .check = check_plan, .apply = apply_announce },
	{ "drop", RECEPTION_PLANNED, RECEPTION_DROPPED, CLERK | LEADER, MSG_RECEPTION_DROP,
	  MSG_RECEPTION_DROP_DONE, .apply = apply_drop },
	{ "postpone", RECEPTION_ANNOUNCED, 0, CLERK | LEADER, MSG_RECEPTION_POSTPONE,
	  MSG_RECEPTION_POSTPONE_DONE, sizeof(struct postpone_form), postpone_fields,
	  .is_public = true, .version = true, .prepare = prepare_postpone, .check = check_postpone,
	  .apply = apply_postpone, .stored = tell_booked },
	{ "test", RECEPTION_PLANNED | RECEPTION_ANNOUNCED, 0, CLERK | LEADER, MSG_RECEPTION_TEST,
	  MSG_RECEPTION_TEST_DONE, sizeof(struct test_form), test_fields,
	  .meets = "reception.online_test", .futile = test_futile },
	{ "cancel", RECEPTION_ANNOUNCED, RECEPTION_CANCELLED, LEADER, MSG_RECEPTION_CANCEL,
	  MSG_RECEPTION_CANCEL_DONE, sizeof(struct postpone_form), cancel_fields, .is_public = true,
	  .apply = apply_cancel, .stored = tell_booked },
	{ "hold", RECEPTION_ANNOUNCED, RECEPTION_HELD, CLERK | LEADER, MSG_RECEPTION_HOLD,
	  MSG_RECEPTION_HOLD_DONE, sizeof(struct hold_form), hold_fields, .is_public = true,
	  .begin = begin_hold, .prepare = prepare_hold, .check = check_hold, .futile = hold_futile,
	  .apply = apply_hold, .stored = stored_hold },
	{ "unhold", RECEPTION_HELD, RECEPTION_ANNOUNCED, LEADER, MSG_RECEPTION_UNHOLD,
	  MSG_RECEPTION_UNHOLD_DONE, sizeof(struct unhold_form), unhold_fields, .is_public = true,
	  .apply = apply_unhold, .stored = stored_unhold },
	REDACTION_STEPS(RECEPTION_ANNOUNCED | RECEPTION_HELD | RECEPTION_CANCELLED, LEADER),
	{ 0 },
};

static const struct measure indicators[] = {
	{ "house.reception.notice", MEASURE_IN_TIME, MSG_RECEPTION_NOTICE_INDICATOR,
	  .means = MSG_RECEPTION_MEANS_NOTICE, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, "reception.schedule", MSG_RULE_RECEPTION_SCHEDULE } } },
	{ "house.reception.online", MEASURE_IN_TIME, MSG_RECEPTION_ONLINE_INDICATOR,
	  .means = MSG_RECEPTION_MEANS_ONLINE, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, "reception.online_notice", MSG_RULE_RECEPTION_ONLINE_NOTICE },
		     { COUNT_DUTIES, "reception.online_test", MSG_RULE_RECEPTION_ONLINE_TEST } } },
	{ "house.reception.held", MEASURE_SUM, MSG_RECEPTION_HELD_INDICATOR,
	  .means = MSG_RECEPTION_MEANS_HELD,
	  .parts = { { COUNT_FIGURE, "reception.held.in_person", MSG_RECEPTION_BY_IN_PERSON },
		     { COUNT_FIGURE, "reception.held.proxy", MSG_RECEPTION_BY_PROXY },
		     { COUNT_FIGURE, "reception.held.office", MSG_RECEPTION_BY_OFFICE } } },
	{ 0 },
};

static bool happens(const struct dossier *d, struct happening *out)
{
	const struct reception *x = d->data;
	*out = (struct happening){ .day = x->day,
				   .place = x->place,
				   .online = x->online,
				   .off = d->state == RECEPTION_CANCELLED };
	if (!reception_hour(x->opens, &out->from))
		out->from = -1;
	if (!reception_hour(x->closes, &out->to))
		out->to = -1;
	return true;
}

const struct kind reception_kind = {
	.name = "reception",
	.code = "TC",
	.slug = "buoi-tiep-dan",
	.work = "inspect",
	.title = MSG_RECEPTION_KIND,
	.titles = MSG_RECEPTION_KINDS,
	.mute = true,
	.levels = 1u << LEVEL_PROVINCE | 1u << LEVEL_DISTRICT | 1u << LEVEL_COMMUNE |
		  1u << LEVEL_AGENCY,
	.size = sizeof(struct reception),
	.fields = fields,
	.states = states,
	.steps = steps,
	.indicators = indicators,
	.happens = happens,
};
