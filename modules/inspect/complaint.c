/* Complaints (khiếu nại) under Law 02/2011: acceptance, resolution, sending, in two instances; the terms and
 * their longer forms stand in data/law/time_limits.tsv. */
#include "modules/inspect/petition_steps.h"

#include "law/due.h"
#include "law/law.h"
#include "office/unit.h"

/* --- Terms --- */

/* The number after a word of the row's extension: "complex: 45" after "complex: ". */
static int number_after(struct str text, struct str word)
{
	int n = 0;
	for (size_t i = 0; i + word.len <= text.len; i++) {
		if (!str_starts(str_from(text, i), word))
			continue;
		for (i += word.len; i < text.len && text.at[i] >= '0' && text.at[i] <= '9'; i++)
			n = n < 1000 ? n * 10 + (text.at[i] - '0') : n;
		return n;
	}
	return 0;
}

int complaint_days(const struct time_limit *row, bool complex, bool remote)
{
	struct str word = complex && remote ? S(", complex ")
			  : remote          ? S("remote area: ")
					    : S("complex: ");
	int n = complex || remote ? number_after(row->extension, word) : 0;
	return n ? n : row->days;
}

/* A duty under a rule, with the number of days that this complaint has. */
static void open_term(struct fold *f, struct str rule, struct date from, int days)
{
	const struct time_limit *row = law_rule(f->law, rule, from);
	if (row && days && days != row->days)
		fold_open_number(f, rule, from, days);
	else
		fold_open(f, rule, from, 0, S(""));
}

static void open_resolve(struct fold *f, struct str rule)
{
	const struct petition *x = f->d->data;
	const struct time_limit *row = law_rule(f->law, rule, f->act->on);
	open_term(f, rule, f->act->on, row ? complaint_days(row, x->complex, x->remote) : 0);
}

/* --- Accepted --- */

enum err complaint_check_accept(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults)
{
	const struct petition *x = form;
	(void)tx, (void)d, (void)on;
	if (x->complex && !x->why_complex.len)
		fault_add_msg(faults, "why_complex", MSG_PETITION_FAULT_COMPLEX);
	return OK;
}

void complaint_apply_accept(struct fold *f, const void *form)
{
	(void)form;
	petition_meet(f, S("complaint.accept"));
	open_resolve(f, S("complaint.resolve"));
}

void complaint_apply_accept_second(struct fold *f, const void *form)
{
	(void)form;
	petition_meet(f, S("complaint.second.accept"));
	((struct petition *)f->d->data)->dialogue_on = NO_DATE; /* that of the first instance */
	open_resolve(f, S("complaint.second.resolve"));
}

/* --- Suspended and resumed --- */

static struct duty *resolving(const struct dossier *d)
{
	for (size_t i = d->duties.n; i > 0; i--)
		if (str_eq(d->duties.at[i - 1].rule, S("complaint.resolve")) ||
		    str_eq(d->duties.at[i - 1].rule, S("denunciation.resolve")))
			return &d->duties.at[i - 1];
	return NULL;
}

/* The clock stands still. When its day was over, it was late: standing still mends nothing. */
void complaint_apply_suspend(struct fold *f, const void *form)
{
	struct petition *x = f->d->data;
	struct duty *duty = resolving(f->d);
	(void)form;
	x->suspended_on = f->act->on;
	if (duty && duty->state == DUTY_OPEN)
		fold_leave(f, duty, DUTY_SUSPENDED);
}

bool complaint_suspension_is_sent(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].state == DUTY_OPEN &&
		    str_eq(d->duties.at[i].rule, S("complaint.suspension_send")))
			return false;
	return true;
}

enum err complaint_check_suspension(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults)
{
	(void)form, (void)on;
	if (complaint_suspension_is_sent(tx, d))
		fault_add_msg(faults, "", MSG_PETITION_FAULT_SUSPENSION_SENT);
	return OK;
}

/* What is left is counted on from the day it goes on (art. 28b); of a term that was over nothing is, and
 * it is owed as it was, so that one complaint is late once. */
void complaint_apply_resume(struct fold *f, const void *form)
{
	struct petition *x = f->d->data;
	struct duty *was = resolving(f->d);
	struct duty *unsent = fold_duty(f, S("complaint.suspension_send"), 0, S(""));
	(void)form;
	x->suspended_on = NO_DATE;
	if (unsent)
		fold_leave(f, unsent, DUTY_EXCUSED);
	if (!was)
		return;
	if (was->state == DUTY_LATE) {
		fold_reopen(f, was);
		return;
	}
	int left = was->due.days - was->met.days;
	struct str rule = was->rule;
	open_term(f, rule, f->act->on, left > 1 ? left : 1);
}

/* --- Decided and sent --- */

static void check_part(struct faults *faults, const char *field, int64_t officials, int64_t people)
{
	if (officials > people)
		fault_add_msg(faults, field, MSG_PETITION_FAULT_OFFICIALS);
}

static void check_case(struct faults *faults, const char *field, int64_t cases, int64_t people)
{
	if (people && !cases)
		fault_add_msg(faults, field, MSG_PETITION_FAULT_NO_CASE);
}

enum err complaint_check_decide(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults)
{
	const struct petition *x = form;
	(void)tx, (void)d, (void)on;
	check_part(faults, "punished_officials", x->punished_officials, x->punished);
	check_part(faults, "police_officials", x->police_officials, x->police_people);
	check_case(faults, "police_cases", x->police_cases, x->police_people);
	return OK;
}

enum err complaint_check_execute(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults)
{
	const struct complaint_execute *x = form;
	(void)tx, (void)d, (void)on;
	check_part(faults, "got_punished_officials", x->got_punished_officials, x->got_punished);
	check_part(faults, "got_police_officials", x->got_police_officials, x->got_police_people);
	check_case(faults, "got_police_cases", x->got_police_cases, x->got_police_people);
	return OK;
}

void complaint_apply_decide(struct fold *f, const void *form)
{
	(void)form;
	((struct petition *)f->d->data)->decided_on = f->act->on;
}

static struct date term(struct fold *f, struct str rule, struct date from)
{
	const struct petition *x = f->d->data;
	const struct time_limit *row = law_rule(f->law, rule, from);
	struct due due;
	if (!row || !due_compute_number(NULL, f->calendar, row,
					complaint_days(row, false, x->remote), from, &due))
		return NO_DATE;
	return due.due;
}

/* In force when nobody has complained again by then (art. 44). */
static void send(struct fold *f, struct str final)
{
	struct petition *x = f->d->data;
	x->sent_on = f->act->on;
	x->final_on = term(f, final, x->decided_on);
	f->d->wake_on = date_is_set(x->final_on) ? date_add(x->final_on, 1) : NO_DATE;
}

void complaint_apply_send(struct fold *f, const void *form)
{
	struct petition *x = f->d->data;
	(void)form;
	send(f, S("complaint.final"));
	x->appeal_until = term(f, S("complaint.second.lodge"), f->act->on);
}

void complaint_apply_send_second(struct fold *f, const void *form)
{
	(void)form;
	send(f, S("complaint.second.final"));
}

/* --- Complained of again --- */

enum err complaint_prepare_again(struct tx *tx, const struct dossier *d, void *form)
{
	struct complaint_again *x = form;
	struct unit above;
	enum err e = petition_above(tx, d, &above);
	x->holder = above.id;
	x->office = above.code;
	return e;
}

/* In force after the second instance, which is the last. */
static bool is_heard_twice(const struct dossier *d)
{
	return d->state == COMPLAINT_FINAL &&
	       !date_is_set(((const struct petition *)d->data)->appeal_until);
}

enum err complaint_check_again(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct complaint_again *x = form;
	const struct petition *now = d->data;
	struct buf b = { .a = tx->mem };
	if (complaint_is_judged(d)) {
		fault_add_msg(faults, "", MSG_PETITION_FAULT_COURT);
	} else if (is_heard_twice(d)) {
		fault_add_msg(faults, "", MSG_PETITION_FAULT_TWICE);
	} else if (!x->holder) {
		fault_add_msg(faults, "", MSG_PETITION_FAULT_HIGHEST);
	} else if (petition_is_over(now->appeal_until, on)) {
		msg_petition_fault_appeal_late(&b, faults ? faults->lang : LANG_VI,
					       now->appeal_until);
		fault_add(faults, "", buf_str(&b));
	}
	return OK;
}

/* Who writes down a paper gives its day; who complains by himself does so today. */
bool complaint_again_futile(struct tx *tx, const struct dossier *d)
{
	const struct petition *now = d->data;
	struct unit above;
	if (complaint_is_judged(d) || is_heard_twice(d) ||
	    (!petition_above(tx, d, &above) && !above.id))
		return true;
	return dossier_is_author(tx, d) && petition_is_over(now->appeal_until, tx_today(tx));
}

void complaint_apply_again(struct fold *f, const void *form)
{
	const struct complaint_again *x = form;
	struct petition *now = f->d->data;
	now->appeal_until = now->final_on =
		NO_DATE; /* of the first decision, which stands no longer */
	f->d->wake_on = NO_DATE;
	f->d->holder = x->holder;
	int hop = petition_hop_open(f, x->office, x->reason);
	fold_open(f, S("complaint.second.accept"), f->act->on, hop, S(""));
}
