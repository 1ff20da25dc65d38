/* The clock of a request, and what each step does to it. */
#include "modules/know/information_steps.h"

#include "modules/know/information_answer.h"
#include "office/person.h"
#include "office/receiver.h"
#include "office/sender.h"
#include "office/step.h"
#include "office/trace.h"
#include "office/unit.h"

#include <string.h>

#define NOTICE S("information.notice_complex")
#define AT_ONCE S("information.answer_at_once")

/* --- The clock --- */

struct str information_rule(const struct information *x)
{
	bool complex = str_eq(x->complexity, S("complex"));
	if (str_eq(x->way, S("office")))
		return complex ? S("information.answer_complex") : AT_ONCE;
	if (complex)
		return S("information.answer_complex_remote");
	return str_eq(x->way, S("post")) ? S("information.answer_post")
					 : S("information.answer_online");
}

static struct duty *clock_of(const struct dossier *d)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].state == DUTY_OPEN &&
		    str_starts(d->duties.at[i].rule, S("information.answer")))
			return &d->duties.at[i];
	return NULL;
}

const struct duty *information_clock(const struct dossier *d)
{
	return clock_of(d);
}

/* "At once" is no number of days: the day itself. Before the law there was no duty at all. */
static void open_clock(struct fold *f, struct date from)
{
	struct str rule = information_rule(f->d->data);
	if (!str_eq(rule, AT_ONCE))
		fold_open(f, rule, from, 0, S(""));
	else if (law_rule(f->law, rule, from))
		fold_open_house(f, rule, from, from, S(""));
}

/* Without an answer. */
static void leave_clock(struct fold *f, enum duty_state state)
{
	struct duty *clock = clock_of(f->d);
	if (clock)
		fold_leave(f, clock, state);
}

bool information_extension(const struct law *law, const struct duty *clock, int *days,
			   enum limit_kind *kind)
{
	const struct time_limit *row = law_limit(law, clock->row);
	struct str rest, number, counted;
	int64_t n;
	if (!row || !str_starts(row->extension, S("plus up to ")))
		return false;
	rest = str_from(row->extension, sizeof "plus up to " - 1);
	if (!str_next(&rest, ' ', &number) || !str_next(&rest, ' ', &counted) ||
	    !str_starts(rest, S("days")) || !str_int(number, &n) || n < 1 || n > 366)
		return false;
	*days = (int)n;
	*kind = str_eq(counted, S("working")) ? LIMIT_WORKING : LIMIT_CALENDAR;
	return true;
}

/* --- Received, completed --- */

/* What the sender has told this site before: he may change it here. */
enum err information_begin_send(struct tx *tx, const struct dossier *d, void *form)
{
	struct information *x = form;
	(void)d;
	return sender_fill(tx, &x->name, &x->address, &x->contact);
}

enum err information_prepare_send(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx, (void)d;
	((struct information *)form)->way = S("online");
	return OK;
}

enum err information_check_send(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults)
{
	bool full;
	(void)form, (void)on;
	enum err e = sender_is_full(tx, d->kind, INFORMATION_OPEN, &full);
	if (full)
		fault_add_msg(faults, "", MSG_INFORMATION_FAULT_MANY);
	return e;
}

void information_apply_received(struct fold *f, const void *form)
{
	struct information *x = f->d->data;
	(void)form;
	x->valid_on = f->act->on;
	if (!x->complexity.len)
		x->complexity = S("simple");
	open_clock(f, x->valid_on);
}

/* What was not asked for in time has to be answered. */
static enum err asked_before(struct tx *tx, const struct dossier *d, bool *out)
{
	struct query q = db_query(tx, "SELECT 1 FROM act WHERE dossier = $1 AND step = 'ask'"
				      " LIMIT 1");
	BIND(&q, d->id);
	enum err e = db_one(&q);
	*out = !e;
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err information_check_ask(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults)
{
	const struct duty *clock = clock_of(d);
	bool again = false;
	(void)form;
	if (clock && date_cmp(on, clock->due) > 0)
		fault_add_msg(faults, "happened_on", MSG_INFORMATION_FAULT_ASK_LATE);
	enum err e = d->author ? OK : asked_before(tx, d, &again);
	if (again)
		fault_add_msg(faults, "", MSG_INFORMATION_FAULT_ASKED);
	return e;
}

/* For the second time, where the office itself would say that it was completed. Not because its day is
 * over: a paper that went out in time may be entered later, with the day it went out. */
bool information_ask_futile(struct tx *tx, const struct dossier *d)
{
	bool again = false;
	return !d->author && !asked_before(tx, d, &again) && again;
}

void information_apply_ask(struct fold *f, const void *form)
{
	(void)form;
	leave_clock(f, DUTY_SUSPENDED);
}

/* Sent by somebody with an account, who alone goes on with it. */
bool information_is_anothers(struct tx *tx, const struct dossier *d)
{
	return d->author && !dossier_is_author(tx, d);
}

/* Otherwise an office could ask and complete by itself, and begin its days anew as often as it likes. */
enum err information_check_complete(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults)
{
	(void)form, (void)on;
	if (information_is_anothers(tx, d))
		fault_add_msg(faults, "", MSG_INFORMATION_FAULT_NOT_COMPLETED);
	return OK;
}

void information_apply_complete(struct fold *f, const void *form)
{
	struct information *x = f->d->data;
	(void)form;
	x->valid_on = f->act->on;
	x->asked = S("");
	open_clock(f, x->valid_on);
}

/* --- Accepted, extended --- */

/* Another complexity is another clock, from the same day; that it is a long one must be said within
 * the first three working days (30.4, 31.2). */
/* A term that was over already was not kept, whatever is said of the request afterwards. */
void information_apply_accept(struct fold *f, const void *form)
{
	const struct information *x = f->d->data;
	struct duty *clock = clock_of(f->d);
	(void)form;
	if (!clock || str_eq(clock->rule, information_rule(x)))
		return;
	fold_leave(f, clock, DUTY_EXCUSED);
	open_clock(f, x->valid_on);
	if (str_eq(x->complexity, S("complex")) && !str_eq(x->way, S("office"))) {
		struct duty *notice = fold_open(f, NOTICE, x->valid_on, 0, S(""));
		if (notice)
			fold_close(f, notice, DUTY_MET, f->act->on);
	}
}

/* Counted from the day the term would have ended. */
enum err information_prepare_extend(struct tx *tx, const struct dossier *d, void *form)
{
	struct information_extend *x = form;
	const struct duty *clock = clock_of(d);
	const struct calendar *calendar;
	enum limit_kind kind;
	struct due due;
	int most;
	enum err e = office_calendar(tx, &calendar);
	x->until = NO_DATE;
	if (!e && clock && x->days >= 1 &&
	    information_extension(tx->office->law, clock, &most, &kind) && x->days <= most &&
	    due_compute_days(NULL, calendar, kind, LIMIT_MAX, (int)x->days, clock->due, &due))
		x->until = due.due;
	return e;
}

enum err information_check_extend(struct tx *tx, const struct dossier *d, const void *form,
				  struct date on, struct faults *faults)
{
	const struct information_extend *x = form;
	const struct information *now = d->data;
	const struct duty *clock = clock_of(d);
	struct buf b = { .a = tx->mem };
	enum limit_kind kind;
	int most = 0;
	bool may = clock && information_extension(tx->office->law, clock, &most, &kind);
	if (date_is_set(now->extended_to))
		fault_add_msg(faults, "", MSG_INFORMATION_FAULT_EXTENDED);
	else if (!may)
		fault_add_msg(faults, "", MSG_INFORMATION_FAULT_NO_EXTENSION);
	else if (date_cmp(on, clock->due) > 0)
		fault_add_msg(faults, "happened_on", MSG_INFORMATION_FAULT_EXTEND_LATE);
	else if (x->days > most) {
		msg_information_fault_days(&b, faults ? faults->lang : LANG_VI, most);
		fault_add(faults, "days", buf_str(&b));
	}
	return OK;
}

/* As with `ask`, the form's own day may still lie in time. */
bool information_extend_futile(struct tx *tx, const struct dossier *d)
{
	const struct information *now = d->data;
	const struct duty *clock = clock_of(d);
	enum limit_kind kind;
	int most;
	return date_is_set(now->extended_to) || !clock ||
	       !information_extension(tx->office->law, clock, &most, &kind);
}

void information_apply_extend(struct fold *f, const void *form)
{
	const struct information_extend *x = form;
	struct duty *clock = clock_of(f->d);
	((struct information *)f->d->data)->extended_to = x->until;
	if (clock)
		fold_extend(f, clock, x->until);
}

/* --- Answered, refused, withdrawn --- */

enum err information_check_answer(struct tx *tx, const struct dossier *d, const void *form,
				  struct date on, struct faults *faults)
{
	const struct information *x = form;
	(void)tx, (void)d, (void)on;
	if (!x->answer.len && !x->files.n)
		fault_add_msg(faults, "answer", MSG_INFORMATION_FAULT_NO_ANSWER);
	if (str_eq(x->extent, S("part")) && !x->withheld.len)
		fault_add_msg(faults, "withheld", MSG_INFORMATION_FAULT_WITHHELD);
	return OK;
}

enum err information_check_refuse(struct tx *tx, const struct dossier *d, const void *form,
				  struct date on, struct faults *faults)
{
	const struct information *x = form, *now = d->data;
	(void)tx, (void)on;
	if (str_eq(x->ground, S("published")) && !x->where.len)
		fault_add_msg(faults, "where", MSG_INFORMATION_FAULT_WHERE);
	if (str_eq(x->ground, S("not_held")) && !x->where.len)
		fault_add_msg(faults, "where", MSG_INFORMATION_FAULT_WHO);
	if (str_eq(x->ground, S("unpaid")) && now->cost <= 0)
		fault_add_msg(faults, "ground", MSG_INFORMATION_FAULT_NO_COST);
	return OK;
}

void information_apply_answered(struct fold *f, const void *form)
{
	struct duty *clock = clock_of(f->d);
	(void)form;
	((struct information *)f->d->data)->answered_on = f->act->on;
	if (clock)
		fold_close(f, clock, DUTY_MET, f->act->on);
}

/* Otherwise an office could end every request before its day. Who came to the counter has no account;
 * for him the clerk writes it down. */
enum err information_check_withdraw(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults)
{
	(void)form, (void)on;
	if (information_is_anothers(tx, d))
		fault_add_msg(faults, "", MSG_INFORMATION_FAULT_NOT_YOURS);
	return OK;
}

void information_apply_withdraw(struct fold *f, const void *form)
{
	(void)form;
	leave_clock(f, DUTY_EXCUSED);
}

/* --- Transferred --- */

enum err information_office_options(struct tx *tx, const void *subject, enum lang lang,
				    struct choices *out)
{
	const struct dossier *d = subject;
	return receiver_options(tx, &information_kind, d->holder, lang, out);
}

enum err information_prepare_transfer(struct tx *tx, const struct dossier *d, void *form)
{
	struct information_transfer *x = form;
	return receiver_fill(tx, d->kind, &x->to, &x->holder);
}

enum err information_check_transfer(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults)
{
	const struct information_transfer *x = form;
	(void)tx, (void)on;
	if (!x->holder && x->to.len)
		fault_add_msg(faults, "to", MSG_INFORMATION_FAULT_OFFICE);
	else if (x->holder == d->holder)
		fault_add_msg(faults, "to", MSG_INFORMATION_FAULT_SAME_OFFICE);
	return OK;
}

/* The other office begins where this one began: nothing this one promised binds it. */
void information_apply_transfer(struct fold *f, const void *form)
{
	const struct information_transfer *x = form;
	struct information *now = f->d->data;
	leave_clock(f, DUTY_EXCUSED);
	f->d->holder = x->holder;
	now->valid_on = f->act->on;
	now->place = S("");
	now->ready_on = now->extended_to = NO_DATE;
	now->cost = 0;
	open_clock(f, now->valid_on);
}

/* --- Made public --- */

enum err information_begin_publish(struct tx *tx, const struct dossier *d, void *form)
{
	const struct information *x = d->data;
	struct information_publish *p = form;
	(void)tx;
	p->question = x->title;
	p->text = x->answer;
	p->shown_files = x->files;
	return OK;
}

static enum err names_asker(struct tx *tx, const struct dossier *request, struct str text,
			    bool file, bool *out)
{
	struct information *whose = NEW(tx->mem, struct information);
	bool (*words)(struct arena *, struct str, struct str) =
		file ? trace_says_joined : trace_says;
	fields_init(request->kind->fields, whose);
	enum err e = dossier_personal(tx, request, request->kind->fields, whose);
	*out = words(tx->mem, text, whose->name) || words(tx->mem, text, whose->address) ||
	       trace_says_joined(tx->mem, text, whose->identity) ||
	       trace_says_joined(tx->mem, text, whose->contact);
	return e;
}

/* A guard against haste: what leads to anybody, and what is left of who asked. */
enum err information_check_nobody(struct tx *tx, const struct dossier *request, struct str text,
				  const char *field, struct faults *faults)
{
	struct str piece;
	struct buf b = { .a = tx->mem };
	bool named;
	enum err e = names_asker(tx, request, text, false, &named);
	if (e)
		return e;
	if (named) {
		fault_add_msg(faults, field, MSG_INFORMATION_FAULT_ASKER);
	} else if (trace_find(text, &piece) != TRACE_NONE) {
		msg_information_fault_trace(&b, faults ? faults->lang : LANG_VI, piece);
		fault_add(faults, field, buf_str(&b));
	}
	return OK;
}

enum err information_check_files(struct tx *tx, const struct dossier *request,
				 const struct file_refs *files, const char *field,
				 struct faults *faults)
{
	for (size_t i = 0; i < files->n; i++) {
		struct str name = files->at[i].name, piece;
		struct buf b = { .a = tx->mem };
		bool named;
		enum err e = names_asker(tx, request, name, true, &named);
		if (e)
			return e;
		if (!named && trace_find(name, &piece) == TRACE_NONE)
			continue;
		msg_information_fault_file(&b, faults ? faults->lang : LANG_VI, name);
		fault_add(faults, field, buf_str(&b));
		break;
	}
	return OK;
}

enum err information_check_publish(struct tx *tx, const struct dossier *d, const void *form,
				   struct date on, struct faults *faults)
{
	const struct information_publish *x = form;
	(void)on;
	enum err e = information_check_nobody(tx, d, x->question, "question", faults);
	if (e || (e = information_check_nobody(tx, d, x->text, "text", faults)) ||
	    (e = information_check_files(tx, d, &x->shown_files, "shown_files", faults)))
		return e;
	if (!x->text.len && !x->shown_files.n)
		fault_add_msg(faults, "text", MSG_INFORMATION_FAULT_NO_ANSWER);
	return OK;
}

/* The dossier everybody reads, at the office that answered. */
enum err information_stored_publish(struct tx *tx, struct dossier *d, const struct act *act,
				    const void *form)
{
	const struct information_publish *x = form;
	const struct information *now = d->data;
	struct dossier *shown;
	struct person leader;
	enum err e = person_find(tx, act->person, &leader);
	if (e)
		return e;
	struct information_answer made = {
		.title = x->question,
		.body = x->text,
		.extent = now->extent,
		.answered_on = now->answered_on,
		.files = x->shown_files,
		.approver = leader.name,
		.request = d->id,
	};
	return step_follow_open(tx, &information_answer_kind, d->holder, "publish", &made, act->on,
				&shown);
}
