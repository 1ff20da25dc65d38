/* Petitions of the demonstration: some come at receptions, some by accounts, some on paper. Diligent offices
 * say within ten working days what becomes of them; sleepy ones are late, or silent. Complaints go the way
 * of Law 02/2011 through both instances; what a commune is not competent for is sent on, sometimes too often. */
#include "main/demo/people.h"

#include "main/demo/news.h"
#include "main/demo/pen.h"
#include "modules/inspect/petition.h"

#include <string.h>

enum { PAPER_NO = 70 };

enum petition_step {
	SEND,
	HANDLE,
	ANSWER,
	CONTEST,
	CONFIRM,
	REFUSE,
	TRANSFER,
	MERGE,
	WITHDRAW,
	ACCEPT,
	SUSPEND,
	RESUME,
	DIALOGUE,
	DECIDE,
	SEND_DECISION,
	AGAIN,
	ACCEPT_SECOND,
	DIALOGUE_SECOND,
	DECIDE_SECOND,
	SEND_SECOND,
	EXECUTE,
	REPLY,
	JUDGE,
};
static const char *const step_names[] = {
	"send",           "handle",        "answer",          "contest",       "confirm",
	"refuse",         "transfer",      "merge",           "withdraw",      "accept",
	"suspend",        "resume",        "dialogue",        "decide",        "send_decision",
	"complain_again", "accept_second", "dialogue_second", "decide_second", "send_second",
	"execute",        "reply",         "judge",
};
/* Who signs; the others are the clerk's, or the sender's own. */
enum {
	LEADERS = 1u << REFUSE | 1u << ACCEPT | 1u << SUSPEND | 1u << RESUME | 1u << DECIDE |
		  1u << ACCEPT_SECOND | 1u << DECIDE_SECOND,
	SENDERS = 1u << SEND | 1u << CONTEST | 1u << CONFIRM | 1u << WITHDRAW | 1u << AGAIN,
};

/* --- What will happen --- */

static void enter(struct pen *p, int item, struct date day, int minute, enum petition_step step)
{
	demo_enter(p->d, &(struct demo_entry){ .day = day,
					       .minute = minute,
					       .deed = DEED_PETITION,
					       .unit = p->unit,
					       .item = item,
					       .arg = (int)step,
					       .on = NO_DATE });
}

/* On a working day some days later, within office hours. */
static struct date enter_after(struct pen *p, int item, struct date from, int least, int most,
			       enum petition_step step)
{
	struct date day = working(p, date_add(from, draw(p, least, most)));
	int minute = 8 * HOUR + draw(p, 0, 460);
	enter(p, item, day, minute, step);
	return day;
}

/* In time, mostly: `days` calendar days, or more by who neglects his work. */
static struct date enter_by(struct pen *p, int item, struct date from, int days,
			    enum petition_step step)
{
	bool late = chance(p, sloth(p->u) * 2 / 3);
	return enter_after(p, item, from, late ? days + 2 : 1, late ? days + 16 : days - 1, step);
}

static void answered(struct pen *p, int item, struct date from)
{
	bool account = p->d->petitions[item].citizen >= 0;
	struct date day = enter_by(p, item, from, 20, ANSWER);
	if (account && chance(p, 150)) {
		day = date_add(day, 1);
		enter(p, item, day, 19 * HOUR + draw(p, 0, 100), CONTEST);
		day = enter_by(p, item, day, 6, ANSWER);
	}
	if (account && chance(p, 400))
		enter(p, item, date_add(day, 1), 20 * HOUR + draw(p, 0, 100), CONFIRM);
}

static void simple_fate(struct pen *p, int item, struct date from)
{
	struct demo_petition *x = &p->d->petitions[item];
	int fate = draw(p, 1, 100);
	if (x->lead >= 0) {
		enter_after(p, item, from, 1, 3, MERGE);
		return;
	}
	if (fate <= 6) {
		enter_after(p, item, from, 1, 8, REFUSE);
		return;
	}
	if (fate <= 10 && x->citizen >= 0) {
		enter(p, item, date_add(from, draw(p, 1, 4)), 20 * HOUR, WITHDRAW);
		return;
	}
	for (; x->hops < 3 && chance(p, x->hops ? 350 : 110); x->hops++)
		from = enter_after(p, item, from, 1, 4, TRANSFER);
	from = enter_by(p, item, from, 10, HANDLE);
	p->d->petitions[item].promised = working(p, date_add(from, 20));
	if (p->d->petitions[item].hops && chance(p, 800))
		enter_after(p, item, from, 1, 4, REPLY);
	answered(p, item, from);
}

static void second_instance(struct pen *p, int item, struct date sent)
{
	struct date day = date_add(sent, draw(p, 4, 20));
	enter(p, item, day, 10 * HOUR + draw(p, 0, 100), AGAIN);
	day = enter_by(p, item, day, 9, ACCEPT_SECOND);
	struct date heard = enter_after(p, item, day, 8, 20, DIALOGUE_SECOND);
	day = enter_after(p, item, heard, 4, 20, DECIDE_SECOND);
	day = enter_after(p, item, day, 1, 5, SEND_SECOND);
	if (chance(p, 600))
		enter_after(p, item, day, 35, 60, EXECUTE);
	else
		enter_after(p, item, day, 60, 90, JUDGE);
}

static void complaint_fate(struct pen *p, int item, struct date from)
{
	int fate = draw(p, 1, 100);
	if (fate <= 10) {
		enter_after(p, item, from, 2, 8, REFUSE);
		return;
	}
	struct date day = enter_by(p, item, from, 9, ACCEPT);
	if (fate <= 16) {
		struct date stood = enter_after(p, item, day, 5, 10, SUSPEND);
		day = enter_after(p, item, stood, 10, 20, RESUME);
	}
	if (chance(p, 500))
		enter_after(p, item, day, 3, 8, DIALOGUE);
	day = enter_by(p, item, day, 27, DECIDE);
	day = enter_after(p, item, day, 1, 3, SEND_DECISION);
	if (chance(p, 280))
		second_instance(p, item, day);
	else if (chance(p, 700))
		enter_after(p, item, day, 33, 60, EXECUTE);
	else
		enter_after(p, item, day, 45, 80, JUDGE);
}

static void write_fate(struct pen *p, int item, struct date from)
{
	if (chance(p, sloth(p->u) / 4))
		return; /* silence */
	if (strcmp(p->d->petitions[item].matter->type, "complaint") == 0)
		complaint_fate(p, item, from);
	else
		simple_fate(p, item, from);
}

static int petition_new(struct pen *p, const struct demo_matter *matter)
{
	struct demo *d = p->d;
	d->petitions = demo_room(d, d->petitions, d->petition_count, &d->petition_cap,
				 sizeof *d->petitions);
	d->petitions[d->petition_count] = (struct demo_petition){ .unit = p->unit,
								  .citizen = -1,
								  .matter = matter,
								  .people = 1,
								  .lead = -1,
								  .promised = NO_DATE };
	return d->petition_count++;
}

int demo_petition_of_visit(struct pen *p, const struct demo_visit *v, struct date day)
{
	int item = petition_new(p, v->matter);
	struct demo_petition *x = &p->d->petitions[item];
	x->name = v->name;
	x->address = v->address;
	x->people = v->people;
	write_fate(p, item, day);
	return item;
}

/* --- Sent by account or on paper --- */

static int matters(void)
{
	int n = 0;
	while (demo_matters[n].title)
		n++;
	return n;
}

static int write_one(struct pen *p, const struct demo_matter *matter, struct date day, int lead)
{
	const struct demo_facts *facts = &p->u->facts;
	bool account = p->citizens >= 0 && chance(p, 550);
	int item = petition_new(p, matter), who = draw(p, 0, DEMO_CITIZENS - 1);
	struct demo_petition *x = &p->d->petitions[item];
	x->citizen = account ? p->citizens + who : -1;
	x->lead = lead;
	x->name = account ? p->d->citizens[x->citizen].member.name
			  : str_of(demo_person(p->d->mem, p->rng, facts->code, PAPER_NO + who));
	x->address = str_printf(p->d->mem, "%s, %.*s",
				facts->villages[draw(p, 0, facts->village_count - 1)].at,
				STR_ARG(facts->title));
	if (!account) {
		day = working(p, day);
		x->people = chance(p, 120) ? draw(p, 5, 30) : 1;
	}
	enter(p, item, day, account ? 6 * HOUR + draw(p, 0, 900) : 8 * HOUR + draw(p, 0, 170),
	      SEND);
	write_fate(p, item, day);
	return item;
}

/* One on the last days before Tết in every third unit: the holidays stand inside its clock. */
static struct date some_day(struct pen *p, int nth)
{
	struct date start = date_year_start(DEMO_YEAR);
	return date_add(start, !nth && p->unit % 3 == 1 ? draw(p, 15, 21) : draw(p, 8, 358));
}

static void write_unit(struct pen *p)
{
	int n = draw(p, 2, 4);
	for (int i = 0; i < n; i++) {
		const struct demo_matter *matter = &demo_matters[draw(p, 0, matters() - 1)];
		struct date day = some_day(p, i);
		int item = write_one(p, matter, day, -1);
		if (strcmp(matter->type, "complaint") != 0 && chance(p, 120))
			write_one(p, matter, date_add(day, draw(p, 14, 16)), item);
	}
	if (!p->unit) /* what still waits when the demonstration opens */
		write_one(p, &demo_matters[0], date_add(instant_date(p->d->end), -1), -1);
}

void demo_write_petitions(struct demo *d)
{
	demo_each_commune(d, "petitions", write_unit);
}

/* --- Its steps --- */

static void fill_matter(struct demo_form *f, const struct demo_petition *x)
{
	demo_text(f, "type", str_of(x->matter->type));
	demo_text(f, "title", str_of(x->matter->title));
	demo_text(f, "body", str_of(x->matter->body));
	demo_text(f, "wish", str_of(x->matter->wish));
	demo_text(f, "name", x->name);
	demo_text(f, "address", x->address);
}

/* From a commune to its district, from there to a commune that may not have it either, and from that up
 * again: the third time only the unit above is left. */
static struct str next_office(const struct demo *d, const struct demo_petition *x,
			      const struct dossier *now)
{
	const struct demo_paper *holder = demo_paper_at(d, now->holder);
	bool commune = holder && holder->commune;
	const struct demo_paper *district = commune ? demo_paper_at(d, holder->unit.parent) : NULL;
	if (commune)
		return district ? district->unit.code : S("");
	for (int i = 0; i < d->unit_count; i++)
		if (d->units[i].commune && i != x->unit && d->units[i].unit.parent == now->holder)
			return d->units[i].unit.code;
	return S("");
}

/* What each finding comes to: the wrong complaint to nothing. The second column of an amount is what was done
 * of it: not all that is owed comes in at once. */
static const struct {
	const char *of; /* the outcome of the matter; NULL ends */
	const char *field, *done;
	int64_t ordered, got;
} amounts[] = {
	{ "right", "man_money", "got_man_money", 18500000, 18500000 },
	{ "right", "man_land", "got_man_land", 64, 64 },
	{ "right", "men", NULL, 1, 0 },
	{ "right", "punished", "got_punished", 1, 1 },
	{ "right", "punished_officials", "got_punished_officials", 1, 1 },
	{ "part", "state_money", "got_state_money", 6200000, 4000000 },
	{ "part", "state_land", "got_state_land", 120, 120 },
	{ "part", "org_money", "got_org_money", 9000000, 9000000 },
	{ "part", "orgs", NULL, 1, 0 },
	{ "part", "men", NULL, 1, 0 },
	{ NULL, NULL, NULL, 0, 0 },
};

static const char *found(const struct demo_petition *x, bool second)
{
	return second ? "part" : x->matter->outcome;
}

static void fill_amounts(struct demo_form *f, const struct demo_petition *x, bool second, bool done)
{
	for (size_t i = 0; amounts[i].of; i++) {
		const char *field = done ? amounts[i].done : amounts[i].field;
		if (field && strcmp(amounts[i].of, found(x, second)) == 0)
			demo_number(f, field, done ? amounts[i].got : amounts[i].ordered);
	}
}

static void fill_decision(struct tx *tx, struct demo_form *f, const struct demo_petition *x,
			  bool second)
{
	demo_text(f, "decision", str_of(found(x, second)));
	fill_amounts(f, x, second, false);
	demo_text(f, "number", str_printf(tx->mem, "%d/QĐ-UBND", (int)(x->dossier % 400 + 20)));
	demo_text(f, "answer", str_of(x->matter->answer));
}

/* Now and then nobody says what a matter is about. */
static void fill_sphere(struct demo_form *f, const struct demo_petition *x)
{
	if (x->dossier % 6)
		demo_text(f, "sphere", str_of(x->matter->sphere));
}

/* Every third is with another office, which is late. */
static void fill_refusal(struct demo_form *f, const struct demo_petition *x)
{
	bool urged = x->dossier % 3 == 0;
	demo_text(f, "ground", urged ? S("urged") : S("resolved"));
	demo_text(f, "detail",
		  urged ? S("Cơ quan đăng ký đất đai đang giải quyết, xã đã đôn đốc bằng văn bản.")
			: S("Việc này đã được giải quyết và trả lời năm trước."));
	if (urged)
		demo_text(f, "urging", S("09/UBND-VP"));
}

static void fill_hearing(struct demo_form *f, struct date day)
{
	demo_date(f, "dialogue_on", day);
	demo_text(f, "minutes",
		  S("Hai bên nêu ý kiến, xem hồ sơ và thống nhất mời cán bộ địa chính đo lại."));
}

static enum err fill(struct demo *d, struct tx *tx, struct demo_petition *x,
		     const struct dossier *now, enum petition_step step, struct date day,
		     struct demo_form *f)
{
	struct dossier *lead;
	struct file_refs files;
	enum err e = OK;
	switch (step) {
	case HANDLE:
		demo_date(f, "answer_by",
			  date_cmp(x->promised, day) < 0 ? date_add(day, 14) : x->promised);
		fill_sphere(f, x);
		break;
	case ANSWER:
		demo_text(f, "outcome", str_of(x->matter->outcome));
		demo_text(f, "answer", str_of(x->matter->answer));
		e = demo_scan(d, tx, S("van-ban-tra-loi.jpg"), &files);
		demo_files(f, "files", files);
		break;
	case CONTEST:
		demo_text(f, "reason", S("Đến hôm nay việc vẫn chưa làm xong như trả lời."));
		break;
	case ACCEPT:
	case ACCEPT_SECOND:
		fill_sphere(f, x);
		break;
	case REFUSE:
		fill_refusal(f, x);
		break;
	case REPLY:
		demo_text(f, "reply", S("21/UBND-VP"));
		demo_text(f, "told", S("Đã nhận giải quyết, sẽ trả lời người gửi đúng hẹn."));
		break;
	case JUDGE:
		demo_text(f, "instance", S("first"));
		demo_text(f, "ruling", x->dossier % 3 ? S("kept") : S("annulled_part"));
		demo_text(f, "court", S("Tòa án nhân dân tỉnh Ninh Bình"));
		demo_text(f, "judgment",
			  str_printf(tx->mem, "%d/2020/HC-ST", (int)(x->dossier % 60 + 1)));
		demo_date(f, "judged_on", day);
		break;
	case TRANSFER:
		demo_text(f, "to", next_office(d, x, now));
		demo_text(f, "reason", S("Việc không thuộc thẩm quyền của cơ quan đang giữ."));
		fill_sphere(f, x);
		break;
	case MERGE:
		if (!(e = dossier_load(tx, d->petitions[x->lead].dossier, &lead)))
			demo_text(f, "with", lead->code);
		break;
	case SUSPEND:
		demo_text(f, "reason", S("Chờ kết quả đo đạc của cơ quan chuyên môn."));
		demo_text(f, "number", S("03/QĐ-UBND"));
		break;
	case DIALOGUE:
	case DIALOGUE_SECOND:
		fill_hearing(f, day);
		break;
	case DECIDE:
	case DECIDE_SECOND:
		fill_decision(tx, f, x, step == DECIDE_SECOND);
		e = demo_scan(d, tx, S("van-ban-tra-loi.jpg"), &files);
		demo_files(f, "files", files);
		break;
	case AGAIN:
		demo_text(f, "reason", S("Gia đình không đồng ý với cách tính trong quyết định."));
		break;
	case EXECUTE:
		demo_text(f, "result", S("Đã thực hiện xong theo quyết định, có biên bản."));
		fill_amounts(f, x, !date_is_set(((const struct petition *)now->data)->appeal_until),
			     true);
		e = demo_scan(d, tx, S("van-ban-tra-loi.jpg"), &files);
		demo_files(f, "evidence", files);
		break;
	default:
		break; /* asks for nothing that must be said */
	}
	return e;
}

static enum err open_petition(struct demo *d, struct tx *tx, struct demo_petition *x)
{
	bool account = x->citizen >= 0;
	struct step_input in = { .on = NO_DATE,
				 .channel = account ? CHANNEL_WEB : CHANNEL_COUNTER };
	struct demo_form f = demo_form_of(tx, &petition_kind, account ? "send" : "enter");
	struct dossier *made;
	fill_matter(&f, x);
	if (account)
		tx->who = &d->citizens[x->citizen].member;
	else
		demo_number(&f, "people", x->people);
	enum err e = demo_open(d, tx, &petition_kind, d->units[x->unit].unit.id, &f, &in, &made);
	if (!e)
		x->dossier = made->id;
	return e;
}

static bool in_time(const struct demo *d, const struct demo_petition *x, const struct dossier *now,
		    enum petition_step step)
{
	const struct step *is = kind_step(&petition_kind, str_of(step_names[step]));
	return (is->from & now->state) && (step != MERGE || d->petitions[x->lead].dossier) &&
	       (step != TRANSFER || next_office(d, x, now).len);
}

/* What was said of the lead: it leads only while it is in hand at the same office. */
static bool leads_still(struct tx *tx, const struct demo_petition *lead, const struct dossier *now)
{
	struct dossier *of;
	return !dossier_load(tx, lead->dossier, &of) && of->holder == now->holder &&
	       (of->state & (PETITION_HANDLED | PETITION_CONTESTED));
}

enum err demo_take_petition(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	enum petition_step step = (enum petition_step)entry->arg;
	struct demo_petition *x = &d->petitions[entry->item];
	struct step_input in = { .on = NO_DATE };
	struct dossier *now;
	tx->who = &d->units[x->unit].clerk;
	if (step == SEND)
		return open_petition(d, tx, x);
	enum err e = x->dossier ? dossier_load(tx, x->dossier, &now) : ERR_NOT_FOUND;
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	const struct step *is = kind_step(&petition_kind, str_of(step_names[step]));
	if (!in_time(d, x, now, step) || (step == REPLY && step_is_futile(tx, now, is)) ||
	    (step == MERGE && !leads_still(tx, &d->petitions[x->lead], now)))
		return OK;
	bool own = (1u << step & SENDERS) && x->citizen >= 0;
	tx->who = own ? &d->citizens[x->citizen].member
		      : demo_official(d, now->holder, 1u << step & LEADERS, entry->day);
	if (!tx->who)
		return OK;
	if (!own && (1u << step & SENDERS)) /* brought on paper */
		in.channel = CHANNEL_PAPER;
	struct demo_form f = demo_form_of(tx, &petition_kind, step_names[step]);
	if ((e = fill(d, tx, x, now, step, entry->day, &f)))
		return e;
	e = demo_step(d, tx, now, &f, &in);
	return e == ERR_INVALID ? tx_fail(tx, e, "%s of a petition is refused", step_names[step])
				: e;
}
