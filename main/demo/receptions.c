/* The chair of a commune receives citizens on one day of every week: some communes keep the schedule all
 * through the year of the demonstration, Tết in its midst, the others begin it in the last weeks. */
#include "main/demo/pen.h"
#include "main/demo/people.h"
#include "modules/inspect/reception.h"
#include "modules/inspect/reception_plan.h"
#include "modules/inspect/visit.h"

enum { ALL_YEAR = 10, NOTICE_DAYS = 5, WEEK = 7, CITIZENS_FROM = 60 };

enum session_step { ISSUE, PLAN, ANNOUNCE, POSTPONE, CANCEL, HOLD };
static const char *const session_steps[] = { "issue",    "plan",   "announce",
					     "postpone", "cancel", "hold" };
/* Booked by telephone: the clerk enters it for a day to come. */
enum visit_step { BOOK, ENTER, RECEIVE, ABSENT, GUIDE, TAKE, REFUSE, NOTIFY };
static const char *const visit_steps[] = { "enter", "enter", "receive", "absent",
					   "guide", "take",  "refuse",  "notify" };

#define POST S("Chủ tịch UBND cấp xã")
#define PLACE S("Phòng tiếp công dân, trụ sở UBND xã")
#define BOARD S("Bảng tin trụ sở UBND xã và trang thông tin của xã")

/* --- What will happen --- */

static struct demo_session *session_new(struct pen *p, struct date day)
{
	struct demo *d = p->d;
	d->sessions =
		demo_room(d, d->sessions, d->session_count, &d->session_cap, sizeof *d->sessions);
	struct demo_session *s = &d->sessions[d->session_count++];
	*s = (struct demo_session){ .unit = p->unit, .day = day, .moved_to = NO_DATE };
	return s;
}

static void enter(struct pen *p, enum demo_deed deed, int item, struct date day, int minute,
		  int step)
{
	demo_enter(p->d, &(struct demo_entry){ .day = day,
					       .minute = minute,
					       .deed = deed,
					       .unit = p->unit,
					       .item = item,
					       .arg = step,
					       .on = NO_DATE });
}

static void session_entry(struct pen *p, struct date day, int minute, enum session_step step)
{
	enter(p, DEED_RECEPTION, p->d->session_count - 1, day, minute, (int)step);
}

static const struct demo_matter *any_matter(struct pen *p)
{
	int n = 0;
	while (demo_matters[n].title)
		n++;
	return &demo_matters[draw(p, 0, n - 1)];
}

static struct date working_before(const struct pen *p, struct date day, int n)
{
	while (n > 0) {
		day = date_add(day, -1);
		n -= date_cmp(working(p, day), day) == 0;
	}
	return day;
}

/* A matter that is handed on as a petition, guidance to whoever has it, or a refusal. */
static void visit_fate(struct pen *p, int item, struct date day, int minute)
{
	struct demo_visit *v = &p->d->visits[item];
	int fate = draw(p, 1, 100);
	if (fate <= 45) {
		int made = demo_petition_of_visit(p, v, day);
		v = &p->d->visits[item];
		v->petition = made;
		enter(p, DEED_VISIT, item, day, minute + 5, TAKE);
	} else if (fate <= 95 || !chance(p, 500)) {
		enter(p, DEED_VISIT, item, day, minute + 5, GUIDE);
	} else {
		enter(p, DEED_VISIT, item, day, minute + 5, REFUSE);
		enter(p, DEED_VISIT, item, working(p, date_add(day, draw(p, 1, 2))),
		      9 * HOUR + draw(p, 0, 60), NOTIFY);
	}
}

static void write_visit(struct pen *p, int session, struct date day, int nth)
{
	struct demo *d = p->d;
	const struct demo_facts *facts = &p->u->facts;
	d->visits = demo_room(d, d->visits, d->visit_count, &d->visit_cap, sizeof *d->visits);
	int item = d->visit_count++, minute = 7 * HOUR + 45 + 30 * nth;
	int village = draw(p, 0, facts->village_count - 1);
	struct demo_visit *v = &d->visits[item];
	*v = (struct demo_visit){
		.session = session,
		.matter = any_matter(p),
		.people = chance(p, 60)    ? draw(p, 5, 24)
			  : chance(p, 150) ? draw(p, 2, 4)
					   : 1,
		.again = chance(p, 220),
		.booked = chance(p, 300),
		.petition = -1,
	};
	v->name = str_of(demo_person(d->mem, p->rng, facts->code, CITIZENS_FROM + draw(p, 0, 39)));
	v->address =
		str_printf(d->mem, "%s, %.*s", facts->villages[village].at, STR_ARG(facts->title));
	if (v->booked) {
		enter(p, DEED_VISIT, item, working_before(p, day, draw(p, 1, 3)),
		      14 * HOUR + 2 * nth, BOOK);
		if (chance(p, 120)) {
			enter(p, DEED_VISIT, item, day, 11 * HOUR + 20 + nth, ABSENT);
			return;
		}
	}
	enter(p, DEED_VISIT, item, day, minute, v->booked ? RECEIVE : ENTER);
	visit_fate(p, item, day, minute);
}

static void write_visits(struct pen *p, int session, struct date day)
{
	int n = draw(p, 0, 3);
	for (int i = 0; i < n; i++)
		write_visit(p, session, day, i);
}

/* One day of a week, known by its first; of a shortened week one that is worked. */
static void write_session(struct pen *p, struct date monday)
{
	struct date day = working(p, date_add(monday, draw(p, 1, 3)));
	if (date_cmp(day, date_add(monday, WEEK)) >= 0)
		return; /* nobody works in that week */
	struct demo_session *s = session_new(p, day);
	int item = p->d->session_count - 1;
	bool timely = chance(p, p->u->diligence);
	struct date told = working_before(p, day, timely ? NOTICE_DAYS + draw(p, 1, 3) : 2);
	s->in_person = chance(p, p->u->diligence);
	session_entry(p, told, 8 * HOUR + draw(p, 0, 40), PLAN);
	session_entry(p, told, 9 * HOUR + draw(p, 0, 40), ANNOUNCE);
	if (chance(p, sloth(p->u) / 8)) {
		session_entry(p, working_before(p, day, 1), 15 * HOUR, CANCEL);
		return;
	}
	if (chance(p, 40)) {
		s->moved_to = day = working(p, date_add(day, 1));
		session_entry(p, working_before(p, s->day, 1), 16 * HOUR, POSTPONE);
	}
	if (chance(p, sloth(p->u) / 6))
		return; /* nobody wrote down whether it was held */
	session_entry(p, day, 11 * HOUR + 30 + draw(p, 0, 20), HOLD);
	write_visits(p, item, day);
}

static struct date monday_from(struct date day)
{
	return date_add(day, (WEEK + 1 - date_weekday(day)) % WEEK);
}

/* The days that are to come after the last of the simulation are announced as well. */
static void write_unit(struct pen *p)
{
	bool short_year = p->unit % ALL_YEAR;
	struct date since = short_year ? day_of(11, 30) : date_year_start(DEMO_YEAR);
	/* The first one's accounts are given away: who tries the site issues its schedule. */
	if (!p->unit)
		return;
	enter(p, DEED_RECEPTION, -1, working(p, since), 7 * HOUR + 40, ISSUE);
	for (struct date w = monday_from(date_add(since, short_year ? 0 : WEEK));
	     date_cmp(w, date_add(instant_date(p->d->end), 2 * WEEK)) < 0; w = date_add(w, WEEK))
		write_session(p, w);
}

void demo_write_receptions(struct demo *d)
{
	demo_each_commune(d, "receptions", write_unit);
}

/* --- Its steps --- */

static enum err issue(struct demo *d, struct tx *tx, const struct demo_unit *u, struct date day)
{
	struct step_input in = { .on = NO_DATE };
	struct demo_form f = demo_form_of(tx, &reception_plan_kind, session_steps[ISSUE]);
	struct dossier *made;
	demo_text(&f, "title",
		  str_printf(tx->mem, "Lịch tiếp công dân của Chủ tịch UBND %.*s",
			     STR_ARG(u->facts.title)));
	demo_one(tx->mem, &f, "posts", POST);
	demo_text(&f, "place", PLACE);
	demo_text(&f, "body",
		  S("Khi đến mang theo giấy tờ tùy thân và tài liệu có liên quan. Người đại diện "
		    "mang theo giấy ủy quyền.\n"));
	demo_date(&f, "since", day);
	return demo_open(d, tx, &reception_plan_kind, u->unit.id, &f, &in, &made);
}

static void fill_session(struct demo_form *f, const struct demo_session *s)
{
	demo_text(f, "way", S("head"));
	demo_text(f, "post", POST);
	demo_date(f, "day", s->day);
	demo_text(f, "opens", S("07:30"));
	demo_text(f, "closes", S("11:00"));
	demo_text(f, "place", PLACE);
	demo_text(f, "every", S("30"));
}

static enum err plan(struct demo *d, struct tx *tx, struct demo_session *s)
{
	struct step_input in = { .on = NO_DATE };
	struct demo_form f = demo_form_of(tx, &reception_kind, session_steps[PLAN]);
	struct dossier *made;
	fill_session(&f, s);
	enum err e = demo_open(d, tx, &reception_kind, d->units[s->unit].unit.id, &f, &in, &made);
	if (!e)
		s->dossier = made->id;
	return e;
}

static void fill_step(struct demo_form *f, const struct demo_session *s, enum session_step step)
{
	if (step == ANNOUNCE) {
		fill_session(f, s);
	} else if (step == POSTPONE) {
		demo_date(f, "day", s->moved_to);
		demo_text(f, "opens", S("07:30"));
		demo_text(f, "closes", S("11:00"));
		demo_text(f, "place", PLACE);
		demo_text(f, "reason", S("Trùng kỳ họp Hội đồng nhân dân xã."));
	} else if (step == CANCEL) {
		demo_text(f, "reason", S("Chủ tịch UBND xã đi họp đột xuất ở huyện."));
	} else {
		demo_text(f, "by", s->in_person ? S("in_person") : S("proxy"));
		return;
	}
	demo_text(f, "notice", BOARD);
}

enum err demo_take_reception(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	enum session_step step = (enum session_step)entry->arg;
	const struct demo_unit *u = &d->units[entry->unit];
	struct step_input in = { .on = NO_DATE };
	struct dossier *now;
	tx->who = step == ISSUE || step == CANCEL ? demo_leader_on(u, entry->day) : &u->clerk;
	if (step == ISSUE)
		return issue(d, tx, u, entry->day);
	struct demo_session *s = &d->sessions[entry->item];
	if (step == PLAN)
		return plan(d, tx, s);
	enum err e = s->dossier ? dossier_load(tx, s->dossier, &now) : ERR_NOT_FOUND;
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	const struct step *is = kind_step(&reception_kind, str_of(session_steps[step]));
	if (!(is->from & now->state))
		return OK;
	struct demo_form f = demo_form_of(tx, &reception_kind, session_steps[step]);
	fill_step(&f, s, step);
	return demo_step(d, tx, now, &f, &in);
}

/* --- Visits --- */

static void fill_person(struct demo_form *f, const struct demo_visit *v)
{
	demo_text(f, "name", v->name);
	demo_text(f, "address", v->address);
}

static void fill_came(struct demo_form *f, const struct demo_visit *v, const struct demo_session *s)
{
	demo_text(f, "by", s->in_person ? S("in_person") : S("proxy"));
	demo_text(f, "type", str_of(v->matter->type));
	demo_text(f, "round", v->again ? S("again") : S("first"));
}

/* The first slot that is free; without one, whoever books comes without. */
static enum err slot_of(struct tx *tx, const struct demo_session *s, bool booked, struct str *out)
{
	struct dossier *day;
	struct strs free = { NULL, 0 };
	enum err e = dossier_load(tx, s->dossier, &day);
	if (!e && booked)
		e = visit_free_slots(tx, day, &free);
	if (!e)
		*out = free.n   ? str_printf(tx->mem, "%.*s %.*s", STR_ARG(day->code),
					     STR_ARG(free.at[0]))
		       : booked ? S("")
				: day->code;
	return e;
}

static enum err open_visit(struct demo *d, struct tx *tx, struct demo_visit *v,
			   const struct demo_session *s, enum visit_step step)
{
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_COUNTER };
	struct demo_form f = demo_form_of(tx, &visit_kind, visit_steps[step]);
	struct dossier *made;
	struct str slot;
	enum err e = slot_of(tx, s, step == BOOK, &slot);
	if (e || !slot.len)
		return e;
	demo_text(&f, "slot", slot);
	demo_number(&f, "people", v->people);
	demo_text(&f, "story", str_of(v->matter->body));
	fill_person(&f, v);
	if (step == ENTER)
		fill_came(&f, v, s);
	e = demo_open(d, tx, &visit_kind, d->units[s->unit].unit.id, &f, &in, &made);
	if (!e)
		v->dossier = made->id;
	return e;
}

static void fill_visit(struct arena *a, struct demo_form *f, const struct demo_visit *v,
		       const struct demo_session *s, enum visit_step step)
{
	switch (step) {
	case RECEIVE:
		demo_number(f, "people", v->people);
		demo_text(f, "story", str_of(v->matter->body));
		fill_came(f, v, s);
		break;
	case GUIDE:
		demo_text(f, "guided",
			  S("Đã giải thích quy định và hướng dẫn đến bộ phận một cửa làm thủ "
			    "tục."));
		break;
	case TAKE:
		demo_text(f, "which", str_of(v->matter->type));
		demo_text(f, "summary", str_of(v->matter->title));
		demo_text(f, "told", str_of(v->matter->body));
		demo_text(f, "wish", str_of(v->matter->wish));
		fill_person(f, v);
		break;
	case REFUSE:
		demo_text(f, "ground", S("settled"));
		demo_text(f, "detail",
			  S("Việc đã được giải quyết đúng chính sách, đã thông báo bằng văn "
			    "bản, nay đến lại không có tình tiết mới."));
		break;
	case NOTIFY:
		demo_text(f, "number", str_printf(a, "%d/TB-UBND", (int)(v->dossier % 90 + 10)));
		break;
	default:
		break; /* asks for nothing */
	}
}

/* The petition that was made of it goes on by its own entries. */
static enum err find_petition(struct demo *d, struct tx *tx, const struct demo_visit *v)
{
	struct dossier *now;
	enum err e = dossier_load(tx, v->dossier, &now);
	if (e || !now->lines.n || v->petition < 0)
		return e;
	const struct visit_petition *made = now->lines.at[0].data;
	return dossier_by_code(tx, made->code, &d->petitions[v->petition].dossier);
}

enum err demo_take_visit(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	enum visit_step step = (enum visit_step)entry->arg;
	struct demo_visit *v = &d->visits[entry->item];
	struct demo_session *s = &d->sessions[v->session];
	struct step_input in = { .on = NO_DATE };
	struct dossier *now;
	if (!s->dossier)
		return OK;
	tx->who = &d->units[s->unit].clerk;
	if (step == BOOK || step == ENTER || (step == RECEIVE && !v->dossier))
		return open_visit(d, tx, v, s, step == RECEIVE ? ENTER : step);
	enum err e = v->dossier ? dossier_load(tx, v->dossier, &now) : ERR_NOT_FOUND;
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	const struct step *is = kind_step(&visit_kind, str_of(visit_steps[step]));
	if (!(is->from & now->state))
		return OK;
	struct demo_form f = demo_form_of(tx, &visit_kind, visit_steps[step]);
	fill_visit(tx->mem, &f, v, s, step);
	e = demo_step(d, tx, now, &f, &in);
	return !e && step == TAKE ? find_petition(d, tx, v) : e;
}
