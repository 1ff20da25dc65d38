#include "main/demo/talks.h"

#include "main/demo/fill.h"
#include "main/demo/pen.h"
#include "modules/discuss/dialogue.h"

enum { NOTICE_DAYS = 7, LATE = 3, QUARTERS = 4, FEWEST = 64 /* of a hundred delegates */ };

enum talk_step { PLAN, ANNOUNCE, POSTPONE, CANCEL, HOLD, PUT, PROMISE, PUBLISH, KEEP, EXTEND };
static const char *const commune_steps[] = { "plan", "announce", "postpone", "cancel", "hold",
					     "put",  "promise",  "publish",  "keep",   "extend" };
static const char *const workplace_steps[] = { "plan", "exchange", "postpone", "cancel", "hold",
					       "put",  "promise",  "publish",  "keep",   "extend" };
enum { LEADERS = 1u << ANNOUNCE | 1u << POSTPONE | 1u << CANCEL | 1u << PUBLISH | 1u << EXTEND };

/* --- What will happen --- */

static void enter(struct pen *p, struct date day, int minute, enum talk_step step)
{
	demo_enter(p->d, &(struct demo_entry){ .day = day,
					       .minute = minute,
					       .deed = DEED_TALK,
					       .unit = p->unit,
					       .item = p->d->talk_count - 1,
					       .arg = (int)step,
					       .on = NO_DATE });
}

/* Kept in time, late after a postponement that was asked for, or not yet. */
static void write_promise(struct pen *p, struct date held, int days)
{
	struct date due = date_add(held, days);
	if (chance(p, sloth(p->u) / 2))
		return; /* nobody came back to it */
	if (chance(p, 120))
		enter(p, working(p, date_add(due, -2)), 16 * HOUR, EXTEND);
	enter(p, working(p, date_add(due, chance(p, sloth(p->u)) ? 3 : -4)),
	      15 * HOUR + draw(p, 0, 90), KEEP);
}

static struct demo_talk *talk_new(struct pen *p, const struct kind *kind,
				  const struct demo_topic *topics, struct date day)
{
	struct demo *d = p->d;
	int n = 0;
	d->talks = demo_room(d, d->talks, d->talk_count, &d->talk_cap, sizeof *d->talks);
	while (topics[n].title)
		n++;
	struct demo_talk *t = &d->talks[d->talk_count++];
	*t = (struct demo_talk){ .kind = kind,
				 .at = p->u,
				 .day = day,
				 .moved_to = NO_DATE,
				 .topic = &topics[draw(p, 0, n - 1)] };
	return t;
}

static void write_said(struct pen *p, const struct demo_topic *topic, struct date day)
{
	for (int i = 0, n = draw(p, 1, DEMO_ASKED_MOST); i < n; i++)
		enter(p, day, 13 * HOUR + 40 + 5 * i, PUT);
	for (int i = 0; i < DEMO_PROMISED_MOST; i++) {
		enter(p, day, 14 * HOUR + 30 + 5 * i, PROMISE);
		write_promise(p, day, topic->promised[i].days);
	}
}

static void write_one(struct pen *p, struct date day)
{
	bool timely = chance(p, p->u->diligence);
	const struct demo_talk *t = talk_new(p, &dialogue_kind, demo_commune_topics, day);
	struct date told = date_add(day, timely ? -NOTICE_DAYS - draw(p, 1, 6) : -4);
	enter(p, told, 8 * HOUR + draw(p, 0, 40), PLAN);
	enter(p, told, 9 * HOUR + draw(p, 0, 40), ANNOUNCE);
	if (chance(p, sloth(p->u) / 10)) {
		enter(p, date_add(day, -1), 16 * HOUR, CANCEL);
		return;
	}
	enter(p, day, 11 * HOUR + 30, HOLD);
	write_said(p, t->topic, day);
	if (chance(p, 900))
		enter(p, working(p, date_add(day, timely ? draw(p, 1, 4) : 9)), 10 * HOUR, PUBLISH);
}

static void write_commune(struct pen *p)
{
	/* Some hold none in the whole year. */
	if (!p->unit || chance(p, 400 + p->u->diligence / 2)) {
		int month = draw(p, 3, 11);
		write_one(p, working(p, day_of(month, draw(p, 1, 28))));
	}
	if (!p->unit) /* one that is still to come when the demonstration opens */
		write_one(p, working(p, date_add(instant_date(p->d->end), 6)));
}

/* So many delegates as the decree asks for that takes effect on 1 February 2021: some look ahead. Where not more than
 * 70 in a hundred of them come, the meeting waits for a week. */
static void write_periodic(struct pen *p, struct date day, int notice, int most)
{
	struct demo_talk *t = talk_new(p, &workplace_kind, demo_workplace_topics, day);
	bool timely = notice > LATE;
	struct date told = working(p, date_add(day, -notice));
	t->delegates = demo_delegates(p->d, p->u);
	t->people = (t->delegates * draw(p, FEWEST, most) + 50) / 100;
	enter(p, told, 8 * HOUR + draw(p, 0, 40), PLAN);
	enter(p, told, 9 * HOUR + draw(p, 0, 40), ANNOUNCE);
	if (!dialogue_has_quorum(t->people, t->delegates)) {
		enter(p, day, 9 * HOUR + 10, POSTPONE);
		t->moved_to = day = working(p, date_add(day, 7));
	}
	enter(p, day, 11 * HOUR + 30, HOLD);
	write_said(p, t->topic, day);
	if (chance(p, 950))
		enter(p, working(p, date_add(day, timely ? draw(p, 1, 2) : 9)), 10 * HOUR, PUBLISH);
}

/* One in every three months; some let one go by. To one of the first enterprise, which every demonstration has, too few
 * come. */
static void write_workplace(struct pen *p)
{
	struct date end = instant_date(p->d->end);
	for (int i = 0; i < QUARTERS; i++) {
		struct date day = working(p, day_of(3 * i + 2, draw(p, 4, 26)));
		int notice = chance(p, p->u->diligence) ? draw(p, 10, 16) : LATE;
		if (!p->unit || !chance(p, sloth(p->u) / 2))
			write_periodic(p, day, notice, p->unit || i != 1 ? 100 : FEWEST);
	}
	if (!p->unit) { /* the first one under the decree, planned on the last day of the simulation */
		struct date day = working(p, date_add(end, 31));
		write_periodic(p, day, day.days - end.days, 100);
	}
}

void demo_write_talks(struct demo *d)
{
	struct rng rng;
	struct pen p = { .d = d, .calendar = d->home->office.calendar, .rng = &rng };
	demo_each_commune(d, "talks", write_commune);
	for (p.unit = 0; p.unit < d->workplace_count; p.unit++) {
		p.u = &d->workplaces[p.unit];
		demo_stream(d, str_printf(d->mem, "workplace %d", p.unit), &rng);
		write_workplace(&p);
	}
}

/* --- Its steps --- */

static void fill_plan(struct tx *tx, struct demo_form *f, const struct demo_talk *t)
{
	const struct demo_facts *at = &t->at->facts;
	bool commune = t->kind == &dialogue_kind;
	demo_text(f, "title", str_of(t->topic->title));
	demo_text(f, "body", str_of(t->topic->body));
	demo_date(f, "day", t->day);
	demo_text(f, "hour", S("8 giờ 00"));
	demo_text(f, "place",
		  commune ? str_printf(tx->mem, "Hội trường UBND %.*s", STR_ARG(at->title))
			  : S("Nhà ăn ca"));
	if (commune) {
		demo_text(f, "chair", S("Chủ tịch UBND xã và Chủ tịch Ủy ban MTTQ Việt Nam xã"));
		return;
	}
	demo_text(f, "basis", S("periodic"));
	demo_number(f, "workers", at->people);
	demo_number(f, "delegates", t->delegates);
	demo_number(f, "employer_delegates", DEMO_EMPLOYERS);
}

/* The commitment that waits longest; its number among the lines. */
static const struct line *waiting(const struct dossier *x)
{
	for (size_t i = 0; i < x->lines.n; i++)
		if (x->lines.at[i].kind == &x->kind->lines[LINE_COMMITMENT] &&
		    !date_is_set(((const struct commitment *)x->lines.at[i].data)->done_on))
			return &x->lines.at[i];
	return NULL;
}

static const char *result_of(const struct demo_topic *topic, const struct line *l)
{
	const struct commitment *c = l->data;
	for (int i = 0; i < DEMO_PROMISED_MOST; i++)
		if (str_eq(c->what, str_of(topic->promised[i].what)))
			return topic->promised[i].result;
	return topic->promised[0].result;
}

static void fill_commitment(struct tx *tx, struct demo_form *f, const struct demo_topic *topic,
			    const struct line *l, enum talk_step step)
{
	demo_text(f, "commitment", str_printf(tx->mem, "%d", l->no));
	if (step == KEEP) {
		demo_text(f, "result", str_of(result_of(topic, l)));
		return;
	}
	demo_date(f, "until", date_add(((const struct commitment *)l->data)->due, 14));
	demo_text(f, "reason", S("Chờ vật tư, đã báo với thôn và các hộ."));
}

static enum err fill_held(struct demo *d, struct tx *tx, struct demo_form *f,
			  const struct demo_talk *t)
{
	struct file_refs signed_minutes;
	if (t->kind == &dialogue_kind) {
		demo_number(f, "people", 40 + (int64_t)(t->dossier % 70));
		demo_text(
			f, "minutes",
			S("Chủ tịch UBND xã trình bày nội dung; nhân dân nêu ý kiến; các công chức "
			  "trả lời. Chủ tịch Ủy ban MTTQ xã kết luận phần trao đổi."));
		return OK;
	}
	demo_number(f, "people", date_is_set(t->moved_to) ? t->delegates : t->people);
	demo_number(f, "employer_people", DEMO_EMPLOYERS);
	demo_text(f, "represented", S("legal"));
	demo_text(
		f, "minutes",
		S("Đại diện người lao động nêu ý kiến; giám đốc trả lời từng việc. Hai bên ký biên "
		  "bản."));
	enum err e = demo_scan(d, tx, S("bien-ban-doi-thoai.jpg"), &signed_minutes);
	demo_files(f, "minutes_files", signed_minutes);
	return e;
}

static enum err fill(struct demo *d, struct tx *tx, struct demo_form *f, struct demo_talk *t,
		     enum talk_step step)
{
	const struct demo_topic *topic = t->topic;
	switch (step) {
	case PLAN:
		fill_plan(tx, f, t);
		break;
	case POSTPONE:
		demo_date(f, "day", t->moved_to);
		demo_text(f, "hour", S("8 giờ 00"));
		demo_text(f, "place", S("Nhà ăn ca"));
		demo_text(
			f, "reason",
			str_printf(tx->mem,
				   "Chỉ %d trên %d đại diện người lao động có mặt, chưa quá 70 %%; "
				   "lùi một tuần.",
				   (int)t->people, (int)t->delegates));
		break;
	case CANCEL:
		demo_text(f, "reason", S("Xã tập trung phòng, chống bão; sẽ thông báo ngày khác."));
		break;
	case HOLD:
		return fill_held(d, tx, f, t);
	case PUT:
		demo_text(f, "text", str_of(topic->asked[t->asked].text));
		demo_text(f, "answer", str_of(topic->asked[t->asked].answer));
		t->asked++;
		break;
	case PROMISE:
		demo_text(f, "what", str_of(topic->promised[t->promised].what));
		demo_text(f, "who", str_of(topic->promised[t->promised].who));
		demo_date(f, "due",
			  date_add(date_is_set(t->moved_to) ? t->moved_to : t->day,
				   topic->promised[t->promised].days));
		t->promised++;
		break;
	case PUBLISH:
		demo_text(f, "conclusions", str_of(topic->conclusions));
		demo_tick(f, "no_secret");
		demo_tick(f, "nobody_named");
		break;
	default:
		break; /* asks for nothing that must be said */
	}
	return OK;
}

enum err demo_take_talk(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	enum talk_step step = (enum talk_step)entry->arg;
	struct demo_talk *t = &d->talks[entry->item];
	bool about = step == KEEP || step == EXTEND, commune = t->kind == &dialogue_kind;
	struct demo_move m = { .kind = t->kind,
			       .step = (commune ? commune_steps : workplace_steps)[step],
			       .unit = t->at->unit.id,
			       .dossier = &t->dossier,
			       .in = { .on = NO_DATE } };
	tx->who = 1u << step & LEADERS ? demo_leader_on(t->at, entry->day) : &t->at->clerk;
	enum err e = demo_move_begin(tx, &m);
	const struct line *owed = m.now ? waiting(m.now) : NULL;
	if (e || !m.form.step || (about && !owed))
		return e;
	if (about)
		fill_commitment(tx, &m.form, t->topic, owed, step);
	else if ((e = fill(d, tx, &m.form, t, step)))
		return e;
	return demo_move_end(d, tx, &m);
}
