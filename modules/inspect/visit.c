/* A slot is the reception day's code and an hour. Whether it is free is asked when the form is shown and
 * again when it is taken, in the one writer, so that no two people get the same. */
#include "modules/inspect/visit_steps.h"

#include "modules/inspect/petition.h"
#include "modules/inspect/reception_plan.h"
#include "office/notice.h"
#include "office/place.h"
#include "office/sender.h"
#include "office/step.h"

#define INTAKE S("reception.intake_answer")

enum { SESSIONS_SHOWN = 12, SLOTS_SHOWN = 120, BACK_DAYS = 92 };

/* --- The book of a day --- */

static bool comes_after(const struct dossier *a, const struct dossier *b)
{
	const struct visit *x = a->data, *y = b->data;
	int later = str_cmp(x->hour, y->hour);
	return later ? later > 0 : a->id > b->id;
}

enum err visit_book(struct tx *tx, int64_t session, struct visits *out)
{
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE parent = $1 AND parent > 0"
				      " AND kind = 'visit' ORDER BY id LIMIT $2");
	struct visits all = { NEW_N(tx->mem, struct dossier *, VISITS_MOST), 0 };
	enum err e = OK;
	BIND(&q, session, (int64_t)VISITS_MOST);
	while (!e && db_next(&q)) {
		struct dossier *d;
		if ((e = dossier_load(tx, col_int(&q, 0), &d)))
			break;
		size_t i = all.n++;
		for (; i > 0 && comes_after(all.at[i - 1], d); i--)
			all.at[i] = all.at[i - 1];
		all.at[i] = d;
	}
	db_end(&q);
	*out = all;
	return e ? e : q.err;
}

static bool is_taken(const struct visits *book, struct str hour)
{
	for (size_t i = 0; i < book->n; i++) {
		const struct visit *x = book->at[i]->data;
		if (book->at[i]->state != VISIT_CANCELLED && str_eq(x->hour, hour))
			return true;
	}
	return false;
}

enum err visit_free_slots(struct tx *tx, const struct dossier *session, struct strs *out)
{
	const struct reception *x = session->data;
	struct strs all = reception_slots(tx->mem, x);
	struct visits book;
	bool today = date_cmp(x->day, tx_today(tx)) == 0;
	int minutes, now = instant_minutes(tx->now);
	*out = (struct strs){ NEW_N(tx->mem, struct str, all.n), 0 };
	if (date_cmp(x->day, tx_today(tx)) < 0 || session->state != RECEPTION_ANNOUNCED || !all.n)
		return OK;
	enum err e = visit_book(tx, session->id, &book);
	for (size_t i = 0; !e && i < all.n; i++)
		if (!is_taken(&book, all.at[i]) &&
		    !(today && reception_hour(all.at[i], &minutes) && minutes <= now))
			out->at[out->n++] = all.at[i];
	return e;
}

struct str visit_slot(struct arena *a, const struct dossier *session, struct str hour)
{
	return str_printf(a, "%.*s %.*s", STR_ARG(session->code), STR_ARG(hour));
}

static struct str slot_words(struct tx *tx, enum lang lang, const struct reception *x,
			     struct str hour)
{
	struct buf b = { .a = tx->mem };
	msg_visit_slot_words(&b, lang, x->day, hour, reception_post_words(lang, x->post),
			     reception_where(tx->mem, lang, x));
	return buf_str(&b);
}

static enum err add_slots(struct tx *tx, enum lang lang, const struct dossier *session,
			  struct choices *out)
{
	struct strs free;
	enum err e = visit_free_slots(tx, session, &free);
	for (size_t i = 0; !e && i < free.n && out->n < SLOTS_SHOWN; i++)
		out->at[out->n++] = (struct choice){
			.value = visit_slot(tx->mem, session, free.at[i]),
			.label = slot_words(tx, lang, session->data, free.at[i]),
			.note = S(""),
		};
	return e;
}

static enum err coming_slots(struct tx *tx, const struct dossier *d, enum lang lang,
			     struct choices *out)
{
	struct receptions coming;
	enum err e = reception_coming(tx, d->unit, SESSIONS_SHOWN, &coming);
	for (size_t i = 0; !e && i < coming.n; i++)
		e = add_slots(tx, lang, coming.at[i], out);
	return e;
}

enum err visit_slot_options(struct tx *tx, const void *subject, enum lang lang, struct choices *out)
{
	*out = (struct choices){ NEW_N(tx->mem, struct choice, SLOTS_SHOWN), 0 };
	return coming_slots(tx, subject, lang, out);
}

/* At the counter also the days themselves, today's and those just past: whoever comes without a booking. */
enum err visit_entry_options(struct tx *tx, const void *subject, enum lang lang,
			     struct choices *out)
{
	const struct dossier *d = subject;
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE holder = $1 AND visibility = $2"
				      " AND kind = 'reception' AND state IN ($3, $4)"
				      " ORDER BY id DESC LIMIT $5");
	enum err e = OK;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, SESSIONS_SHOWN + SLOTS_SHOWN), 0 };
	BIND(&q, d->unit, (int64_t)VISIBLE_PUBLIC, (int64_t)RECEPTION_ANNOUNCED,
	     (int64_t)RECEPTION_HELD, (int64_t)SESSIONS_SHOWN);
	while (!e && db_next(&q)) {
		struct dossier *one;
		if ((e = dossier_load_text(tx, col_int(&q, 0), &one)))
			break;
		const struct reception *x = one->data;
		if (date_cmp(x->day, tx_today(tx)) > 0 ||
		    date_cmp(x->day, date_add(tx_today(tx), -BACK_DAYS)) < 0)
			continue;
		struct buf b = { .a = tx->mem };
		msg_visit_walk_in(&b, lang, x->day, reception_post_words(lang, x->post));
		out->at[out->n++] = (struct choice){ one->code, buf_str(&b), S("") };
	}
	db_end(&q);
	if (e || q.err)
		return e ? e : q.err;
	return coming_slots(tx, d, lang, out);
}

/* --- Opened --- */

enum err visit_begin_enter(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx, (void)d;
	((struct visit *)form)->people = 1;
	return OK;
}

enum err visit_begin_book(struct tx *tx, const struct dossier *d, void *form)
{
	struct visit *x = form;
	(void)d;
	x->people = 1;
	return sender_fill(tx, &x->name, &x->address, &x->contact);
}

static struct str title_at(struct arena *a, struct date day, struct str hour)
{
	struct buf b = { .a = a };
	if (hour.len)
		msg_visit_title_at(&b, LANG_VI, day, hour);
	else
		msg_visit_title_of(&b, LANG_VI, day);
	return buf_str(&b);
}

/* Which day and hour are meant. What is no slot stays without a day, and its field has its fault. */
enum err visit_prepare(struct tx *tx, const struct dossier *d, void *form)
{
	struct visit *x = form;
	struct str rest = x->slot, code = S("");
	struct dossier *session;
	int64_t id;
	(void)d;
	if (x->people < 1)
		x->people = 1;
	x->session = 0;
	if (!str_next(&rest, ' ', &code))
		return OK;
	enum err e = dossier_by_code(tx, code, &id);
	if (e || (e = dossier_load_text(tx, id, &session)))
		return e == ERR_NOT_FOUND ? OK : e;
	if (session->kind != &reception_kind)
		return OK;
	x->session = id;
	x->day = ((const struct reception *)session->data)->day;
	x->hour = str_some(rest);
	x->ahead = date_cmp(x->day, tx_today(tx)) > 0;
	x->title = title_at(tx->mem, x->day, x->hour);
	return OK;
}

static void check_received(const struct visit *x, struct faults *faults)
{
	if (!x->round.len)
		fault_add_msg(faults, "round", MSG_VISIT_FAULT_ROUND);
	if (!x->type.len)
		fault_add_msg(faults, "type", MSG_VISIT_FAULT_TYPE);
	if (!x->by.len)
		fault_add_msg(faults, "by", MSG_VISIT_FAULT_BY);
}

/* Where he is told that the day was put off: what is no number and no address tells nobody. */
static void check_contact(struct tx *tx, const struct visit *x, struct faults *faults)
{
	struct notice_reach reach;
	notice_read_contact(tx->mem, x->contact, &reach);
	if (x->contact.len && !reach.at[NOTICE_SMS].len && !reach.at[NOTICE_EMAIL].len)
		fault_add_msg(faults, "contact", MSG_VISIT_FAULT_CONTACT);
}

enum err visit_check_enter(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			   struct faults *faults)
{
	const struct visit *x = form;
	(void)d;
	if (x->ahead)
		check_contact(tx, x, faults);
	if (!x->session)
		return OK;
	if (!x->ahead) {
		check_received(x, faults);
		if (date_cmp(on, x->day) < 0)
			fault_add_msg(faults, "happened_on", MSG_VISIT_FAULT_TOO_EARLY);
	} else if (!x->name.len) {
		fault_add_msg(faults, "name", MSG_VISIT_FAULT_NAME);
	}
	return OK;
}

enum err visit_check_book(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			  struct faults *faults)
{
	bool full;
	(void)on;
	check_contact(tx, form, faults);
	enum err e = sender_is_full(tx, d->kind, VISIT_BOOKED, &full);
	if (full)
		fault_add_msg(faults, "", MSG_VISIT_FAULT_MANY);
	return e;
}

/* The day on which the reception is now: it may have been postponed since the booking. */
static enum err session_day(struct tx *tx, const struct dossier *d, struct date *out)
{
	struct dossier *session;
	enum err e = dossier_load_text(tx, d->parent, &session);
	if (!e)
		*out = ((const struct reception *)session->data)->day;
	return e;
}

enum err visit_prepare_receive(struct tx *tx, const struct dossier *d, void *form)
{
	struct visit *x = form;
	enum err e = session_day(tx, d, &x->day);
	if (!e)
		x->title = title_at(tx->mem, x->day, ((const struct visit *)d->data)->hour);
	return e;
}

enum err visit_check_came(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			  struct faults *faults)
{
	struct date day;
	(void)form;
	enum err e = session_day(tx, d, &day);
	if (!e && date_cmp(on, day) < 0)
		fault_add_msg(faults, "", MSG_VISIT_FAULT_TOO_EARLY);
	return e;
}

bool visit_came_futile(struct tx *tx, const struct dossier *d)
{
	struct date day;
	return !session_day(tx, d, &day) && date_cmp(tx_today(tx), day) < 0;
}

unsigned visit_leads(const struct dossier *d, const void *form)
{
	(void)d;
	return ((const struct visit *)form)->ahead ? VISIT_BOOKED : VISIT_RECEIVED;
}

/* --- Received: counted on the day of the reception --- */

static void count(struct fold *f, const char *what, struct str of, int64_t n)
{
	const struct visit *x = f->d->data;
	fold_figure_on(f, str_printf(f->mem, "visit.%s.%.*s", what, STR_ARG(of)), x->day, 0, n);
}

/* The same for the first time or again. */
static void count_round(struct fold *f, const char *what, struct str by, struct str round,
			int64_t n)
{
	count(f, what, str_printf(f->mem, "%.*s.%.*s", STR_ARG(by), STR_ARG(round)), n);
}

/* A line of the book enters (1) or leaves (-1) what is counted. */
static void count_line(struct fold *f, struct str by, struct str round, int64_t people, int64_t n)
{
	count(f, "came", by, n);
	count(f, "people", by, n * people);
	count(f, "matter", round, n);
	count_round(f, "case", by, round, n);
	if (people < VISIT_GROUP)
		return;
	count(f, "group", by, n);
	count(f, "group_people", by, n * people);
	count_round(f, "group_case", by, round, n);
}

void visit_apply_received(struct fold *f, const void *form)
{
	const struct visit *x = f->d->data;
	(void)form;
	count_line(f, x->by, x->round, x->people, 1);
	fold_open(f, INTAKE, f->act->on, 0, S(""));
}

enum err visit_prepare_correct(struct tx *tx, const struct dossier *d, void *form)
{
	const struct visit *now = d->data;
	struct visit_correct *x = form;
	(void)tx;
	x->was_by = now->by;
	x->was_round = now->round;
	x->was_people = now->people;
	return OK;
}

void visit_apply_correct(struct fold *f, const void *form)
{
	const struct visit_correct *x = form;
	count_line(f, x->was_by, x->was_round, x->was_people, -1);
	count_line(f, x->by, x->round, x->people, 1);
}

/* Nothing is owed to who did not come. */
void visit_apply_strike(struct fold *f, const void *form)
{
	const struct visit *x = f->d->data;
	struct duty *y = fold_duty(f, INTAKE, 0, S(""));
	(void)form;
	count_line(f, x->by, x->round, x->people, -1);
	if (y)
		fold_close(f, y, DUTY_EXCUSED, f->act->on);
}

void visit_apply_opened(struct fold *f, const void *form)
{
	f->d->parent = ((const struct visit *)f->d->data)->session;
	if (f->act->to == VISIT_RECEIVED)
		visit_apply_received(f, form);
}

static void meet(struct fold *f, struct str rule)
{
	struct duty *y = fold_duty(f, rule, 0, S(""));
	if (y)
		fold_close(f, y, DUTY_MET, f->act->on);
}

void visit_apply_answered(struct fold *f, const void *form)
{
	(void)form;
	meet(f, INTAKE);
}

void visit_apply_notified(struct fold *f, const void *form)
{
	(void)form;
	((struct visit *)f->d->data)->notified_on = f->act->on;
}

/* --- Taken as a petition --- */

enum err visit_begin_take(struct tx *tx, const struct dossier *d, void *form)
{
	const struct visit *x = d->data;
	struct visit_take *take = form;
	(void)tx;
	take->told = x->story;
	take->which = str_eq(x->type, S("complaint")) || str_eq(x->type, S("proposal"))
			      ? x->type
			      : S("feedback");
	return OK;
}

void visit_apply_link(struct fold *f, const void *form)
{
	const struct visit_link *x = form;
	struct visit_petition *p = fold_line_add(f, 0)->data;
	*p = (struct visit_petition){ x->code, x->which };
}

/* The line as it is stored: its text is compared whole, never looked into. */
static struct str line_text(struct tx *tx, const struct visit_petition *p)
{
	const struct line_kind *k = &visit_kind.lines[0];
	return place_data(tx->mem, k->fields, p);
}

static enum err find_visit(struct tx *tx, int64_t unit, struct str code, int64_t *visit)
{
	static const char *const types[] = { "feedback", "proposal", "complaint" };
	enum err e = ERR_NOT_FOUND;
	for (size_t i = 0; i < LENGTH(types) && e == ERR_NOT_FOUND; i++) {
		struct visit_petition p = { code, str_of(types[i]) };
		struct query q = db_query(tx, "SELECT l.dossier FROM dossier d JOIN line l"
					      " ON l.dossier = d.id WHERE d.holder = $1"
					      " AND d.visibility = $2 AND d.kind = 'visit'"
					      " AND l.kind = 'petition' AND l.data = $3 LIMIT 1");
		BIND(&q, unit, (int64_t)VISIBLE_PERSONAL, line_text(tx, &p));
		if (!(e = db_one(&q)))
			*visit = col_int(&q, 0);
		db_end(&q);
	}
	return e;
}

enum err visit_seal(struct tx *tx, const struct dossier *petition)
{
	struct dossier *visit;
	int64_t id;
	enum err e = find_visit(tx, petition->unit, petition->code, &id);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e; /* it came another way */
	if ((e = dossier_load(tx, id, &visit)))
		return e;
	e = step_follow(tx, visit, "seal", NULL, tx_today(tx));
	return e ? e : notice_forget(tx, id);
}

/* Entered by whoever received them, as if it had been handed in at the counter. */
enum err visit_stored_take(struct tx *tx, struct dossier *d, const struct act *act,
			   const void *form)
{
	const struct visit_take *x = form;
	struct step_input in = { .on = act->on, .channel = CHANNEL_COUNTER };
	struct petition *p = step_form(tx->mem, kind_step(&petition_kind, S("enter")));
	struct dossier *made = NULL;
	p->type = x->which;
	p->title = x->summary;
	p->body = x->told;
	p->wish = x->wish;
	p->place = x->where;
	p->papers = x->papers;
	p->people = ((const struct visit *)d->data)->people;
	p->name = x->name;
	p->address = x->address;
	p->identity = x->identity;
	p->contact = x->contact;
	enum err e = dossier_open(tx, &petition_kind, d->unit, "enter", p, &in, NULL, &made);
	if (e)
		return e;
	struct visit_link link = { made->code, x->which };
	return step_follow(tx, d, "link", &link, act->on);
}
