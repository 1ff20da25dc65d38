/* Who says something, when, and what an office makes of it. Diligent units review the next morning and
 * answer in time; sleepy ones sometimes neither. */
#include "main/demo/voices.h"

#include "main/demo/fill.h"
#include "main/demo/news.h"
#include "main/demo/pen.h"
#include "office/account.h"
#include "office/comment.h"

#include <string.h>

enum { FIRST_NO = 31 };

/* The steps, in the order in which they can come: `arg` of an entry. */
enum voice_step { SEND, APPROVE, ANSWER, HIDE, APPEAL, UPHOLD, RESTORE, WITHDRAW };
static const char *const step_names[] = { "send",   "approve", "answer",  "hide",
					  "appeal", "uphold",  "restore", "withdraw" };

/* --- Who speaks --- */

enum err demo_settle_voices(struct demo *d, struct tx *tx)
{
	enum err e = OK;
	d->citizens = NEW_N(d->mem, struct demo_citizen, d->unit_count * DEMO_CITIZENS);
	for (int i = 0; !e && i < d->unit_count; i++) {
		const struct unit *u = &d->units[i].unit;
		struct rng rng;
		if (!d->units[i].commune)
			continue;
		demo_stream(d, str_printf(d->mem, "citizens %.*s", STR_ARG(u->code)), &rng);
		for (int n = 0; !e && n < DEMO_CITIZENS; n++) {
			struct demo_citizen *c = &d->citizens[d->citizen_count++];
			int64_t person;
			struct str name = str_of(demo_person(d->mem, &rng, u->code, FIRST_NO + n));
			struct str login = str_printf(tx->mem, "dan.%.*s.%d", STR_ARG(u->code), n);
			c->unit = i;
			e = person_add(tx, name, u->id, true, &person);
			if (!e && (i || n)) /* demo_accounts opens the first one's */
				e = account_add(tx, person, login);
			c->member = (struct member){ .person = person, .name = name };
		}
	}
	return e ? e : comment_hold_all(tx, false);
}

/* --- What will be said --- */

static size_t count(const struct demo_saying *table)
{
	size_t n = 0;
	while (table[n].text)
		n++;
	return n;
}

static struct str with_village(struct pen *p, const struct demo_facts *u, const char *text)
{
	struct str t = str_of(text), rest = t, head;
	if (!str_next(&rest, '%', &head) || !rest.at)
		return t;
	struct str village = u->village_count
				     ? u->villages[rng_below(p->rng, (uint64_t)u->village_count)]
				     : S("địa phương");
	return str_printf(p->d->mem, "%.*s%s%.*s", STR_ARG(head), village.at,
			  STR_ARG(str_from(rest, 1)));
}

static void enter(struct pen *p, int voice, struct date day, int minute, enum voice_step step)
{
	demo_enter(p->d, &(struct demo_entry){ .day = day,
					       .minute = minute,
					       .deed = DEED_VOICE,
					       .item = voice,
					       .arg = (int)step,
					       .on = NO_DATE });
}

static struct demo_voice *voice_new(struct demo *d)
{
	d->voices = demo_room(d, d->voices, d->voice_count, &d->voice_cap, sizeof *d->voices);
	return &d->voices[d->voice_count++];
}

/* What was published: of a unit, by an entry of the diary. */
struct matter {
	int item, news;
	const struct demo_unit *unit; /* whose people answer; NULL: a paper of its own */
	const struct demo_facts *facts;
	struct date day;
};

static bool matter_of(const struct demo *d, const struct demo_entry *e, struct matter *out)
{
	if (e->deed == DEED_PUBLISH) {
		const struct demo_unit *u = &d->units[e->unit];
		*out = (struct matter){ e->item, -1, u, &u->facts, e->day };
		return true;
	}
	if (!demo_publishes_news(e))
		return false;
	const struct demo_paper *paper = &d->papers[d->news[e->item].paper];
	*out = (struct matter){ -1, e->item, paper->commune, &paper->facts, e->day };
	return true;
}

/* Neighbours speak about their own commune, anybody about the rest. */
static int citizen_for(struct pen *p, const struct matter *m)
{
	const struct demo *d = p->d;
	int which = draw(p, 0, DEMO_CITIZENS - 1);
	int first = m->unit ? demo_citizens_of(d, (int)(m->unit - d->units)) : -1;
	return first < 0 ? draw(p, 0, d->citizen_count - 1) : first + which;
}

static int pen_name(struct pen *p)
{
	int n = 0;
	while (demo_pen_names[n])
		n++;
	return draw(p, 0, n - 1);
}

/* The morning after, by those who are awake. */
static struct date reviewed(struct pen *p, const struct matter *m, struct date said)
{
	bool late = chance(p, m->unit ? sloth(m->unit) / 2 : 50);
	return working(p, date_add(said, late ? draw(p, 3, 8) : 1));
}

static void write_voice(struct pen *p, const struct matter *m, const struct demo_saying *table)
{
	const struct demo_saying *s = &table[rng_below(p->rng, count(table))];
	int id = p->d->voice_count;
	struct demo_voice *v = voice_new(p->d);
	*v = (struct demo_voice){ .item = m->item, .news = m->news, .saying = s };
	v->citizen = citizen_for(p, m);
	v->name = str_of(demo_pen_names[pen_name(p)]);
	v->text = with_village(p, m->facts, s->text);
	v->answer = s->answer ? str_of(s->answer) : S("");
	struct date said = date_add(m->day, draw(p, 1, 9));
	struct date review = reviewed(p, m, said);
	enter(p, id, said, 6 * HOUR + draw(p, 0, 900), SEND);
	if (s->ground) {
		enter(p, id, review, 8 * HOUR + draw(p, 0, 120), HIDE);
		return;
	}
	enter(p, id, review, 8 * HOUR + draw(p, 0, 120), APPROVE);
	bool answers = s->answer && !chance(p, m->unit ? sloth(m->unit) / 3 : 30);
	if (answers)
		enter(p, id, working(p, date_add(review, draw(p, 1, 11))),
		      14 * HOUR + draw(p, 0, 120), ANSWER);
	else if (chance(p, 20))
		enter(p, id, date_add(review, draw(p, 1, 5)), 20 * HOUR, WITHDRAW);
}

/* Two of those that are hidden are appealed against: one is restored, one is not. */
static void write_appeals(struct pen *p)
{
	struct demo *d = p->d;
	int found = 0, all = d->entry_count;
	for (int i = 0; i < all && found < 2; i++) {
		const struct demo_entry e = d->diary[i];
		if (e.deed != DEED_VOICE || e.arg != HIDE ||
		    strcmp(d->voices[e.item].saying->ground, "off_topic") != 0)
			continue;
		struct date on = date_add(e.day, 2), decided = working(p, date_add(e.day, 5));
		enter(p, e.item, on, 19 * HOUR, APPEAL);
		enter(p, e.item, decided, 15 * HOUR, found++ ? UPHOLD : RESTORE);
	}
}

/* What still waits when the demonstration opens: for those who try it. */
static void write_last(struct pen *p, const struct matter *m)
{
	static const struct demo_saying last[] = {
		{ "Xin hỏi phần của thôn tôi nằm ở dòng nào trong bảng?", "Ở dòng ghi tên thôn." },
		{ "Ai cần bản giấy gọi tôi số 0000 333 444", NULL, "personal" },
		{ "Bảng so sánh các xã có ở so-sanh.vi-du.vn" },
		{ "Mong xã giữ cách công khai rõ ràng như thế này." },
		{ 0 },
	};
	struct date day = date_add(instant_date(p->d->end), -1);
	for (int i = 0; last[i].text; i++) {
		int id = p->d->voice_count;
		*voice_new(p->d) = (struct demo_voice){ .item = m->item,
							.news = m->news,
							.citizen = i,
							.saying = &last[i],
							.name = S(""),
							.text = str_of(last[i].text),
							.answer = S("") };
		enter(p, id, day, 19 * HOUR + 7 * i, SEND);
	}
}

void demo_write_voices(struct demo *d)
{
	struct rng rng;
	struct pen p = { .d = d, .calendar = d->home->office.calendar, .rng = &rng };
	struct matter m, first = { -1, -1, NULL, NULL, NO_DATE };
	int all = d->entry_count;
	demo_stream(d, S("voices"), &rng);
	for (int i = 0; i < all && d->citizen_count; i++) {
		const struct demo_entry e = d->diary[i];
		if (!matter_of(d, &e, &m))
			continue;
		if (m.unit == d->units && m.item >= 0)
			first = m; /* the last of the first commune */
		if (!chance(&p, m.news >= 0 ? 200 : 70))
			continue;
		for (int n = draw(&p, 1, 3); n > 0; n--)
			write_voice(&p, &m,
				    chance(&p, 45)    ? demo_nuisances
				    : chance(&p, 450) ? demo_questions
						      : demo_remarks);
	}
	write_appeals(&p);
	if (date_is_set(first.day))
		write_last(&p, &first);
}

/* --- Its steps --- */

static const struct member *who_acts(const struct demo *d, const struct demo_voice *v,
				     enum voice_step step, struct date day)
{
	const struct demo_paper *paper = v->news >= 0 ? &d->papers[d->news[v->news].paper] : NULL;
	const struct demo_unit *u = paper ? paper->commune : &d->units[d->items[v->item].unit];
	if (step == SEND || step == APPEAL || step == WITHDRAW)
		return &d->citizens[v->citizen].member;
	if (step == UPHOLD || step == RESTORE)
		return u ? demo_leader_on(u, day) : &paper->leader;
	return u ? &u->clerk : &paper->clerk;
}

static enum err send(struct demo *d, struct tx *tx, struct demo_voice *v)
{
	int64_t about = v->item >= 0 ? d->items[v->item].dossier : d->news[v->news].dossier;
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB };
	struct demo_form f = demo_form_of(tx, &comment_kind, "send");
	struct dossier *parent, *made;
	if (!about)
		return OK;
	enum err e = dossier_load(tx, about, &parent);
	if (e || !comment_is_open(parent))
		return e;
	*(struct comment_form *)f.at = (struct comment_form){ .about = parent->code,
							      .question = v->saying->answer != NULL,
							      .name = v->name,
							      .text = v->text };
	e = demo_open(d, tx, &comment_kind, parent->holder, &f, &in, &made);
	if (!e)
		v->dossier = made->id;
	return e;
}

enum err demo_take_voice(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	struct demo_voice *v = &d->voices[entry->item];
	enum voice_step which = (enum voice_step)entry->arg;
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB };
	struct dossier *x;
	tx->who = who_acts(d, v, which, entry->day);
	if (which == SEND)
		return send(d, tx, v);
	if (!v->dossier)
		return OK;
	enum err e = dossier_load(tx, v->dossier, &x);
	struct demo_form f = demo_form_of(tx, &comment_kind, step_names[which]);
	if (e || !(f.step->from & x->state))
		return e;
	struct str words[] = {
		[ANSWER] = v->answer,
		[HIDE] = str_of(v->saying->ground),
		[APPEAL] = S("Tôi hỏi đúng việc của thôn, đề nghị cho hiện lại."),
		[UPHOLD] = S("Nội dung không liên quan đến hồ sơ này."),
		[RESTORE] = S("Ý kiến có liên quan đến đời sống của thôn, không cần ẩn."),
		[WITHDRAW] = S(""),
	};
	if (f.step->form)
		*field_str(&f.step->form[0], f.at) = words[which];
	return demo_step(d, tx, x, &f, &in);
}
