/* What every petition goes through: it comes, is taken up, answered, contested or left. */
#include "modules/inspect/denunciation.h"

#include "base/encode.h"
#include "law/due.h"
#include "office/member.h"
#include "office/receiver.h"
#include "office/sender.h"
#include "office/step.h"
#include "office/unit.h"

#define INTAKE S("reception.intake_answer")
#define ACCEPT S("complaint.accept")

bool petition_is_complaint(const struct petition *x)
{
	return str_eq(x->type, S("complaint"));
}

struct str petition_first_rule(const struct petition *x)
{
	if (str_eq(x->type, S(DENUNCIATION_TYPE)))
		return DENUNCIATION_CHECK;
	return petition_is_complaint(x) ? ACCEPT : INTAKE;
}

/* --- Received --- */

unsigned petition_leads(const struct dossier *d, const void *form)
{
	const struct petition *x = form;
	(void)d;
	return petition_is_complaint(x) ? COMPLAINT_LODGED
	       : x->lead                ? PETITION_MERGED
					: PETITION_RECEIVED;
}

enum err petition_begin_enter(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx, (void)d;
	((struct petition *)form)->people = 1;
	return OK;
}

/* What the sender has told this site before: he may change it here. */
enum err petition_begin_send(struct tx *tx, const struct dossier *d, void *form)
{
	struct petition *x = form;
	(void)d;
	x->people = 1;
	return sender_fill(tx, &x->name, &x->address, &x->contact);
}

enum err petition_prepare(struct tx *tx, const struct dossier *d, void *form)
{
	struct petition *x = form;
	if (x->people < 1)
		x->people = 1;
	return unit_code(tx, d->holder, tx_today(tx), &x->office);
}

enum err petition_check_send(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults)
{
	bool full;
	(void)form, (void)on;
	enum err e = sender_is_full(tx, d->kind, PETITION_FRESH | PETITION_HANDLED, &full);
	if (full)
		fault_add_msg(faults, "", MSG_PETITION_FAULT_MANY);
	return e;
}

void petition_apply_received(struct fold *f, const void *form)
{
	struct petition *x = f->d->data;
	(void)form;
	x->received_on = f->act->on;
	petition_hop_open(f, x->office, S(""));
	fold_open(f, petition_first_rule(x), f->act->on, 0, PETITION_WHOLE);
}

void petition_leave_all(struct fold *f)
{
	for (size_t i = 0; i < f->d->duties.n; i++)
		if (f->d->duties.at[i].state == DUTY_OPEN)
			fold_leave(f, &f->d->duties.at[i], DUTY_EXCUSED);
}

static void keep_sphere(const struct dossier *d, struct str *sphere)
{
	if (!sphere->len)
		*sphere = ((const struct petition *)d->data)->sphere;
}

enum err petition_keep_sphere(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx;
	keep_sphere(d, &((struct petition *)form)->sphere);
	return OK;
}

enum err petition_begin_transfer(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx;
	keep_sphere(d, &((struct petition_transfer *)form)->sphere);
	return OK;
}

static bool is_one_of(const struct field_choice *all, struct str value)
{
	for (; all->value; all++)
		if (str_eq(value, str_of(all->value)))
			return true;
	return false;
}

enum err petition_keep_retyped(struct tx *tx, const struct dossier *d, void *form)
{
	struct petition_retype *x = form;
	(void)tx;
	keep_sphere(d, &x->sphere);
	if (!is_one_of(petition_spheres, x->sphere))
		x->sphere = S("");
	return OK;
}

enum err petition_begin_sort(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx;
	keep_sphere(d, &((struct petition_sort *)form)->sphere);
	return OK;
}

enum err petition_check_sort(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults)
{
	const struct petition_sort *x = form;
	(void)tx, (void)on;
	if (str_eq(x->sphere, ((const struct petition *)d->data)->sphere))
		fault_add_msg(faults, "sphere", MSG_PETITION_FAULT_SAME_SPHERE);
	return OK;
}

unsigned petition_retype_leads(const struct dossier *d, const void *form)
{
	const struct petition_retype *x = form;
	(void)d;
	return str_eq(x->type, S("complaint")) ? COMPLAINT_LODGED : PETITION_RECEIVED;
}

enum err petition_check_retype(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct petition_retype *x = form;
	const struct petition *now = d->data;
	(void)tx, (void)on;
	if (str_eq(x->type, now->type) && str_eq(x->sphere, now->sphere))
		fault_add_msg(faults, "type", MSG_PETITION_FAULT_SAME_TYPE);
	return OK;
}

/* The same matter under another law: its clock counts from the same day. What was late stays late. What
 * is owed under the same law, to feedback as to proposals, goes on untouched. */
void petition_apply_retype(struct fold *f, const void *form)
{
	struct petition *x = f->d->data;
	(void)form;
	if (f->act->from == f->act->to)
		return;
	petition_leave_all(f);
	fold_open(f, petition_first_rule(x), x->received_on, 0, PETITION_WHOLE);
	size_t hops;
	const struct line *hop = petition_last_hop(f->d, &hops);
	if (hops > 1)
		fold_open(f, petition_first_rule(x),
			  ((const struct petition_hop *)hop->data)->since, hop->no, PETITION_WHOLE);
}

/* Who has an account comes back by it. */
bool petition_secret_futile(struct tx *tx, const struct dossier *d)
{
	if (d->sealed && sealed_right(tx, d, NULL) != SEALED_IDENTITY)
		return true; /* who holds the secret reads whose it is */
	return d->author != 0;
}

enum err petition_check_secret(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	(void)form, (void)on;
	if (petition_secret_futile(tx, d))
		fault_add_msg(faults, "",
			      d->sealed ? MSG_DENUNCIATION_FAULT_SECRET
					: MSG_PETITION_FAULT_ACCOUNT);
	return OK;
}

/* --- Taken up, answered --- */

void petition_meet(struct fold *f, struct str rule)
{
	for (size_t i = 0; i < f->d->duties.n; i++) {
		struct duty *duty = &f->d->duties.at[i];
		if (duty->state == DUTY_OPEN && str_eq(duty->rule, rule))
			fold_close(f, duty, DUTY_MET, f->act->on);
	}
}

void petition_meet_first(struct fold *f)
{
	petition_meet(f, petition_first_rule(f->d->data));
}

enum err petition_check_handle(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct petition *x = form;
	(void)tx, (void)d;
	if (petition_is_over(x->answer_by, on))
		fault_add_msg(faults, "answer_by", MSG_PETITION_FAULT_PROMISE);
	return OK;
}

void petition_apply_handle(struct fold *f, const void *form)
{
	const struct petition *x = f->d->data;
	(void)form;
	petition_meet_first(f);
	fold_open_house(f, S(PETITION_ANSWER), f->act->on, x->answer_by, S(""));
}

void petition_apply_answer(struct fold *f, const void *form)
{
	struct petition *x = f->d->data;
	struct duty *duty = fold_duty(f, S(PETITION_ANSWER), 0, S(""));
	struct due window;
	(void)form;
	if (duty)
		fold_close(f, duty, DUTY_MET, f->act->on);
	x->answered_on = f->act->on;
	x->contest_until = f->d->wake_on = NO_DATE;
	if (!due_compute_days(NULL, f->calendar, LIMIT_WORKING, LIMIT_MAX, PETITION_CONTEST_DAYS,
			      f->act->on, &window))
		return;
	/* Also after the last answer its author has these days to say that it is solved. */
	f->d->wake_on = date_add(window.due, 1);
	if (!petition_is_contested_out(x))
		x->contest_until = window.due;
}

/* --- Contested, ended --- */

bool petition_is_contested_out(const struct petition *x)
{
	return x->contests >= PETITION_CONTESTS;
}

enum err petition_check_contest(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults)
{
	const struct petition *x = d->data;
	struct buf b = { .a = tx->mem };
	(void)form;
	if (petition_is_contested_out(x)) {
		msg_petition_fault_contests(&b, faults ? faults->lang : LANG_VI, PETITION_CONTESTS);
		fault_add(faults, "", buf_str(&b));
	} else if (petition_is_over(x->contest_until, on)) {
		msg_petition_fault_contest_late(&b, faults ? faults->lang : LANG_VI,
						x->contest_until);
		fault_add(faults, "", buf_str(&b));
	}
	return OK;
}

/* Who writes down a paper gives its day; its author contests today. */
bool petition_contest_futile(struct tx *tx, const struct dossier *d)
{
	const struct petition *x = d->data;
	return petition_is_contested_out(x) ||
	       (dossier_is_author(tx, d) && petition_is_over(x->contest_until, tx_today(tx)));
}

/* As many working days as the author had. */
void petition_apply_contest(struct fold *f, const void *form)
{
	struct petition *x = f->d->data;
	struct due again;
	(void)form;
	if (!x->contested)
		fold_figure(f, S("petition.contested"));
	x->contested = true;
	x->contests++;
	x->contest_until = NO_DATE;
	f->d->wake_on = NO_DATE;
	if (due_compute_days(NULL, f->calendar, LIMIT_WORKING, LIMIT_MAX, PETITION_CONTEST_DAYS,
			     f->act->on, &again))
		fold_open_house(f, S(PETITION_ANSWER), f->act->on, again.due, S(""));
}

void petition_apply_over(struct fold *f, const void *form)
{
	(void)form;
	f->d->wake_on = NO_DATE;
}

/* Otherwise an office could end every petition by itself. */
enum err petition_check_withdraw(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults)
{
	const struct petition_withdraw *x = form;
	(void)on;
	if (!dossier_is_author(tx, d) && !x->evidence.n)
		fault_add_msg(faults, "evidence", MSG_PETITION_FAULT_PAPER);
	return OK;
}

void petition_apply_leave(struct fold *f, const void *form)
{
	(void)form;
	petition_leave_all(f);
	f->d->wake_on = NO_DATE;
}

/* A refusal with its ground is an answer to what came. */
void petition_apply_refuse(struct fold *f, const void *form)
{
	struct petition *x = f->d->data;
	(void)form;
	petition_meet_first(f);
	x->answered_on = f->act->on;
}

/* --- The chain of offices --- */

bool petition_is_hop(const struct line *l)
{
	return l->kind == &petition_kind.lines[PETITION_LINE_HOP];
}

const struct line *petition_last_hop(const struct dossier *d, size_t *n)
{
	const struct line *last = NULL;
	size_t hops = 0;
	for (size_t i = 0; i < d->lines.n; i++)
		if (petition_is_hop(&d->lines.at[i])) {
			last = &d->lines.at[i];
			hops++;
		}
	if (n)
		*n = hops;
	return last;
}

int petition_hop_open(struct fold *f, struct str office, struct str reason)
{
	const struct line *last = petition_last_hop(f->d, NULL);
	struct line *before = last ? fold_line(f, last->no) : NULL;
	if (before)
		((struct petition_hop *)before->data)->until = f->act->on;
	struct line *hop = fold_line_add(f, PETITION_LINE_HOP);
	*(struct petition_hop *)hop->data = (struct petition_hop){
		.office = office,
		.since = f->act->on,
		.until = NO_DATE,
		.reason = reason,
		.replied_on = NO_DATE,
	};
	return hop->no;
}

unsigned petition_transfer_leads(const struct dossier *d, const void *form)
{
	(void)form;
	return petition_is_complaint(d->data) ? COMPLAINT_LODGED : PETITION_RECEIVED;
}

enum err petition_office_options(struct tx *tx, const void *subject, enum lang lang,
				 struct choices *out)
{
	const struct dossier *d = subject;
	return receiver_options(tx, &petition_kind, d->holder, lang, out);
}

/* Sent on often enough: then the unit above has to decide whose it is. */
static bool must_go_up(const struct dossier *d)
{
	size_t hops;
	(void)petition_last_hop(d, &hops);
	return hops > PETITION_TRANSFERS;
}

enum err petition_above(struct tx *tx, const struct dossier *d, struct unit *out)
{
	struct unit_list path;
	enum err e = unit_path(tx, d->holder, tx_today(tx), &path);
	*out = (struct unit){ 0 };
	if (!e && path.n > 1)
		*out = path.at[path.n - 2];
	return e;
}

enum err petition_prepare_transfer(struct tx *tx, const struct dossier *d, void *form)
{
	struct petition_transfer *x = form;
	keep_sphere(d, &x->sphere);
	return receiver_fill(tx, d->kind, &x->to, &x->holder);
}

enum err petition_check_transfer(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults)
{
	const struct petition_transfer *x = form;
	struct buf b = { .a = tx->mem };
	struct unit above = { 0 };
	(void)on;
	enum err e = must_go_up(d) ? petition_above(tx, d, &above) : OK;
	if (e)
		return e;
	if (!x->holder && x->to.len) {
		fault_add_msg(faults, "to", MSG_PETITION_FAULT_OFFICE);
	} else if (x->holder == d->holder) {
		fault_add_msg(faults, "to", MSG_PETITION_FAULT_SAME_OFFICE);
	} else if (must_go_up(d) && above.id && x->holder != above.id) {
		msg_petition_fault_up(
			&b, faults ? faults->lang : LANG_VI, PETITION_TRANSFERS,
			unit_heading(tx->mem, &above, faults ? faults->lang : LANG_VI));
		fault_add(faults, "to", buf_str(&b));
	}
	return OK;
}

/* What the whole owes stays with the office that took it in; the one that has it now begins a clock of its
 * own. Nothing that another promised binds it. */
void petition_apply_transfer(struct fold *f, const void *form)
{
	const struct petition_transfer *x = form;
	struct petition *now = f->d->data;
	size_t hops;
	const struct line *hop = petition_last_hop(f->d, &hops);
	struct duty *promised = fold_duty(f, S(PETITION_ANSWER), 0, S(""));
	struct duty *own =
		hops > 1 ? fold_duty(f, petition_first_rule(now), hop->no, PETITION_WHOLE) : NULL;
	if (own)
		fold_leave(f, own, DUTY_EXCUSED);
	if (promised)
		fold_leave(f, promised, DUTY_EXCUSED);
	f->d->holder = x->holder;
	now->answer_by = NO_DATE;
	int next = petition_hop_open(f, x->to, x->reason);
	fold_open(f, petition_first_rule(now), f->act->on, next, PETITION_WHOLE);
}

/* --- By the calendar --- */

enum err petition_wake(struct tx *tx, struct dossier *d)
{
	struct date due = d->wake_on;
	if (!date_is_set(due) || date_cmp(due, tx_today(tx)) > 0)
		return OK;
	if (d->state & PETITION_ANSWERED)
		return step_follow(tx, d, "close", NULL, due);
	if (d->state & (COMPLAINT_SENT | COMPLAINT_SECOND_SENT))
		return step_follow(tx, d, "take_effect", NULL, due);
	return tx_fail(tx, ERR_CORRUPT, "petition %.*s waits for nothing", STR_ARG(d->code));
}
