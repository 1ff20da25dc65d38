/* In 2020 no law of the table sets a day for the notice of a board or for the answer to it: the house counts fifteen days, and
 * what is recommended before Tết has the holidays inside its clock. The Front's own clocks are in force. Diligent communes
 * answer and do what they promised, sleepy ones late or not at all. */
#include "main/demo/boards.h"

#include "main/demo/fill.h"
#include "main/demo/pen.h"
#include "main/demo/photo.h"
#include "modules/inspect/board.h"
#include "modules/inspect/check.h"
#include "modules/inspect/programme.h"
#include "modules/inspect/recommendation.h"
#include "office/person.h"

#include <string.h>

enum { FRONT_NO = 21, FIRST_MEMBER = 71, MEMBERS = 5 };

/* The steps, in the order in which they can come: `arg` of an entry. */
enum deed {
	BEGIN,
	ISSUE,
	ELECT,
	RECOGNISE,
	PLAN,
	ANNOUNCE,
	SUBJECT,
	HOLD,
	REPORT,
	SEND,
	PRESS,
	ANSWER,
	DONE,
	CONFIRM,
	END,
	DEEDS
};

static const struct {
	const struct kind *kind;
	const char *step;
	enum role who;
} deeds[DEEDS] = {
	[BEGIN] = { &programme_kind, "begin", FRONT },
	[ISSUE] = { &programme_kind, "issue", FRONT },
	[ELECT] = { &board_kind, "elect", FRONT },
	[RECOGNISE] = { &board_kind, "recognise", FRONT },
	[PLAN] = { &check_kind, "plan", FRONT },
	[ANNOUNCE] = { &check_kind, "announce", FRONT },
	[SUBJECT] = { &check_kind, "subject_report", FRONT },
	[HOLD] = { &check_kind, "hold", FRONT },
	[REPORT] = { &check_kind, "report", FRONT },
	[SEND] = { &recommendation_kind, "send", FRONT },
	[PRESS] = { &recommendation_kind, "press", FRONT },
	[ANSWER] = { &recommendation_kind, "answer", LEADER },
	[DONE] = { &recommendation_kind, "report", CLERK },
	[CONFIRM] = { &recommendation_kind, "confirm", FRONT },
	[END] = { &board_kind, "end", FRONT },
};

enum err demo_settle_boards(struct demo *d, struct tx *tx)
{
	enum err e = OK;
	for (int i = 0; !e && i < d->unit_count; i++) {
		struct demo_unit *u = &d->units[i];
		struct rng rng;
		int64_t id;
		if (!u->commune)
			continue;
		demo_stream(d, str_printf(tx->mem, "front %.*s", STR_ARG(u->unit.code)), &rng);
		struct appointment_new n = { .unit = u->unit.id,
					     .role = FRONT,
					     .field = S("inspect"),
					     .from = date_year_start(DEMO_YEAR),
					     .to = NO_DATE };
		struct str name = str_of(demo_person(tx->mem, &rng, u->unit.code, FRONT_NO));
		if (!(e = person_add(tx, name, u->unit.id, true, &n.person)) &&
		    !(e = appointment_make(tx, &n, &id)))
			e = member_load(tx, n.person, &u->front);
	}
	return e;
}

/* --- The diary --- */

static struct demo_board *board_new(struct demo *d)
{
	d->boards = demo_room(d, d->boards, d->board_count, &d->board_cap, sizeof *d->boards);
	return &d->boards[d->board_count++];
}

static void enter_on(struct pen *p, struct date day, int minute, enum deed deed, struct date on)
{
	demo_enter(p->d, &(struct demo_entry){ .day = day,
					       .minute = minute,
					       .deed = DEED_BOARD,
					       .unit = p->unit,
					       .item = p->d->board_count - 1,
					       .arg = (int)deed,
					       .on = on });
}

static void enter(struct pen *p, struct date day, int minute, enum deed deed)
{
	enter_on(p, working(p, day), minute + draw(p, 0, 50), deed, NO_DATE);
}

/* Answered in time, late, or not at all; and so with what was promised. */
static void write_answer(struct pen *p, struct date sent)
{
	bool late = chance(p, sloth(p->u));
	struct date day = date_add(sent, late ? draw(p, 17, 40) : draw(p, 4, 14));
	if (chance(p, sloth(p->u) / 3))
		return; /* silence */
	if (late)
		enter(p, date_add(sent, 16), 9 * HOUR, PRESS);
	enter(p, day, 14 * HOUR, ANSWER);
	if (chance(p, sloth(p->u) / 2))
		return;
	day = date_add(day, late ? draw(p, 50, 80) : draw(p, 20, 44));
	enter(p, day, 10 * HOUR, DONE);
	if (chance(p, 800))
		enter(p, date_add(day, draw(p, 1, 9)), 15 * HOUR, CONFIRM);
}

static void write_check(struct pen *p, const struct demo_board *x)
{
	bool front = strcmp(x->what->by, "front") == 0;
	bool late = chance(p, sloth(p->u) / 2);
	struct date held = working(p, x->day);
	struct date told = date_add(held, front ? (late ? -9 : -18) : -draw(p, 6, 9));
	struct date reported = date_add(held, front && late ? 19 : draw(p, 3, 12));
	enter(p, date_add(told, -3), 8 * HOUR, PLAN);
	enter(p, told, 14 * HOUR, ANNOUNCE);
	if (front)
		enter(p, date_add(held, late ? -5 : -8), 9 * HOUR, SUBJECT);
	enter(p, held, 16 * HOUR, HOLD);
	enter(p, reported, 10 * HOUR, REPORT);
	if (!x->what->ask)
		return;
	enter(p, date_add(reported, 1), 9 * HOUR, SEND);
	write_answer(p, working(p, date_add(reported, 1)));
}

static struct demo_board *begin(struct pen *p, const struct demo_watched *what, struct date day)
{
	const struct demo_facts *f = &p->u->facts;
	struct demo_board *x = board_new(p->d);
	*x = (struct demo_board){ .unit = p->unit, .what = what, .day = day };
	x->village = f->village_count ? f->villages[draw(p, 0, f->village_count - 1)]
				      : str_dup(p->d->mem, f->place);
	return x;
}

static const struct demo_watched *watched(struct pen *p, const char *by)
{
	const struct demo_watched *all[8];
	int n = 0;
	for (const struct demo_watched *w = demo_watched; w->by; w++)
		if (strcmp(w->by, by) == 0)
			all[n++] = w;
	return all[draw(p, 0, n - 1)];
}

static void write_commune(struct pen *p)
{
	struct date start = date_year_start(DEMO_YEAR);
	/* The inspection board, elected in the year before; its first check on the days before Tết
	 * (25 January), what it recommends then is answered after. */
	struct demo_board *x =
		begin(p, &demo_watched[p->unit % 3 == 1 ? 2 : 0], date_add(start, draw(p, 13, 15)));
	enter_on(p, date_add(start, 1), 8 * HOUR + 10, ELECT, date_add(start, -210));
	enter_on(p, date_add(start, 1), 8 * HOUR + 20, RECOGNISE,
		 date_add(start, -draw(p, 200, 205)));
	write_check(p, x);
	write_check(p, begin(p, watched(p, "pib_commune"), day_of(9, draw(p, 3, 25))));
	/* A project is watched from spring to autumn. */
	if (chance(p, 600)) {
		x = begin(p, watched(p, "cisb"), day_of(6, draw(p, 2, 25)));
		enter(p, day_of(3, draw(p, 2, 12)), 9 * HOUR, ELECT);
		enter(p, day_of(3, draw(p, 14, 25)), 9 * HOUR, RECOGNISE);
		write_check(p, x);
		if (chance(p, 500))
			enter(p, day_of(11, draw(p, 2, 25)), 15 * HOUR, END);
	}
	x = begin(p, watched(p, "front"), day_of(5, draw(p, 5, 26)));
	enter(p, day_of(1, 6), 10 * HOUR, BEGIN);
	write_check(p, x);
	if (!chance(p, sloth(p->u) / 2))
		enter(p, day_of(11, draw(p, 5, 28)), 10 * HOUR, ISSUE);
}

void demo_write_boards(struct demo *d)
{
	demo_each_commune(d, "boards", write_commune);
}

/* --- Forms --- */

static struct str with_village(struct arena *a, const char *text, const struct demo_board *x)
{
	struct str rest = str_of(text), head = S("");
	if (!strchr(text, '%') || !str_next(&rest, '%', &head))
		return str_of(text);
	return str_printf(a, "%.*s%.*s%.*s", STR_ARG(head), STR_ARG(x->village),
			  STR_ARG(str_from(rest, 1)));
}

static struct str members_of(const struct demo *d, struct arena *a, const struct demo_board *x)
{
	static const char *const roles[MEMBERS] = { "trưởng ban", "phó trưởng ban", "thành viên",
						    "thành viên", "thành viên" };
	const struct demo_facts *f = &d->units[x->unit].facts;
	bool project = strcmp(x->what->by, "cisb") == 0;
	struct buf b = { .a = a };
	struct rng rng;
	demo_stream(d, str_printf(a, "members %.*s %s", STR_ARG(f->code), x->what->by), &rng);
	for (int i = 0; i < MEMBERS; i++) {
		const char *village =
			f->village_count ? f->villages[i % f->village_count].at : f->place.at;
		const char *name = demo_person(a, &rng, f->code, FIRST_MEMBER + i + project * 10);
		buf_printf(&b, "%s; %s; %s\n", name, roles[i],
			   project && i == 0   ? "Mặt trận"
			   : project && i == 1 ? "Ban TTND"
					       : village);
	}
	return buf_str(&b);
}

static void fill_board(const struct demo *d, struct arena *a, const struct demo_board *x,
		       struct demo_form *f)
{
	const struct demo_facts *facts = &d->units[x->unit].facts;
	bool project = strcmp(x->what->by, "cisb") == 0;
	demo_text(f, "by", str_of(x->what->by));
	if (project)
		demo_text(f, "project", str_printf(a, "Đường bê tông %.*s", STR_ARG(x->village)));
	demo_text(f, "title",
		  project ? str_printf(a, "Ban Giám sát đầu tư của cộng đồng: đường bê tông %.*s",
				       STR_ARG(x->village))
			  : str_printf(a, "Ban Thanh tra nhân dân %.*s, nhiệm kỳ 2019–2021",
				       STR_ARG(facts->title)));
	demo_text(f, "elected_by", S("Hội nghị các thôn, trên 50 % hộ tán thành"));
	demo_text(f, "members", members_of(d, a, x));
	demo_tick(f, "compatible");
}

static void fill_plan(struct arena *a, const struct demo *d, const struct demo_board *x,
		      struct demo_form *f)
{
	demo_text(f, "by", str_of(x->what->by));
	demo_text(f, "title", with_village(a, x->what->title, x));
	demo_text(f, "subject", d->units[x->unit].unit.code);
	demo_text(f, "body", str_of(x->what->body));
	demo_date(f, "day", calendar_next_working(d->home->office.calendar, x->day));
	demo_text(f, "place", S("Trụ sở UBND và thực địa"));
	demo_text(f, "team", S("Trưởng ban, trưởng đoàn; ba thành viên"));
	demo_text(f, "outline", S("Việc đã làm, chứng từ, khó khăn, đề nghị."));
}

static void fill_found(const struct demo_board *x, struct demo_form *f)
{
	demo_text(f, "report", str_of(x->what->report));
	demo_text(f, "conclusion", str_of(x->what->conclusion));
	demo_number(f, "violations", x->what->violations);
	demo_number(f, "money", x->what->money);
	demo_number(f, "deducted", x->what->deducted);
}

static enum err fill_ask(struct tx *tx, const struct demo *d, const struct demo_board *x,
			 struct demo_form *f)
{
	struct dossier *check;
	enum err e = dossier_load(tx, x->check, &check);
	if (e)
		return e;
	demo_text(f, "by", str_of(x->what->by));
	demo_text(f, "check", check->code);
	demo_text(f, "title", with_village(tx->mem, x->what->ask, x));
	demo_text(f, "body", str_of(x->what->ask_body));
	demo_text(f, "to_kind", S("government"));
	demo_text(f, "to", d->units[x->unit].unit.code);
	demo_date(f, "received_on", tx_today(tx));
	return OK;
}

/* What was done, in a picture that nobody takes for a real one. */
static enum err fill_done(struct tx *tx, const struct demo *d, const struct demo_board *x,
			  struct demo_form *f)
{
	struct rng hand;
	struct str jpeg, why = S("");
	struct file_refs files = { NEW(tx->mem, struct file_ref), 1 };
	demo_stream(d, str_printf(tx->mem, "done %lld", (long long)x->ask), &hand);
	enum err e = demo_photo_scene(tx->mem, &hand, SCENE_WORKS, tx_today(tx), &jpeg);
	if (!e)
		e = demo_photo_keep(tx->mem, d->home->office.files, jpeg, S("ket-qua.jpg"),
				    files.at, &why);
	if (e)
		return tx_fail(tx, e, "a photograph: %.*s", STR_ARG(why));
	demo_text(f, "result", str_of(x->what->result));
	demo_files(f, "evidence", files);
	return OK;
}

static enum err fill(struct tx *tx, const struct demo *d, const struct demo_board *x,
		     enum deed deed, const struct demo_entry *entry, struct demo_form *f)
{
	struct date on = date_is_set(entry->on) ? entry->on : entry->day;
	switch (deed) {
	case BEGIN:
		demo_text(f, "title", S("Chương trình giám sát, phản biện của Mặt trận"));
		break;
	case ISSUE:
		demo_text(f, "year", str_printf(tx->mem, "%d", DEMO_YEAR + 1));
		demo_text(f, "text",
			  S("Giám sát thu, chi các quỹ ở thôn (tháng 4); phản biện một "
			    "dự thảo của xã (tháng 9)."));
		break;
	case ELECT:
		fill_board(d, tx->mem, x, f);
		break;
	case RECOGNISE:
		demo_text(f, "number", S("15/QĐ-MTTQ"));
		demo_date(f, "term_from", on);
		if (strcmp(x->what->by, "cisb") != 0)
			demo_date(f, "term_to", date_add(date_add_months(on, 24), -1));
		break;
	case PLAN:
		fill_plan(tx->mem, d, x, f);
		break;
	case SUBJECT:
		demo_text(f, "subject_report",
			  S("UBND xã báo cáo theo đề cương, kèm sổ theo dõi."));
		break;
	case HOLD:
		demo_text(f, "minutes", str_of(x->what->minutes));
		break;
	case REPORT:
		fill_found(x, f);
		break;
	case SEND:
		return fill_ask(tx, d, x, f);
	case PRESS:
		demo_text(f, "reason", S("Đã quá hạn, đề nghị trả lời bằng văn bản."));
		break;
	case ANSWER:
		demo_text(f, "outcome", S("accepted"));
		demo_text(f, "answer", str_of(x->what->answer));
		demo_date(f, "promised", date_add(entry->day, 45));
		break;
	case DONE:
		return fill_done(tx, d, x, f);
	case CONFIRM:
		demo_text(f, "reason", S("Đã xem thực địa, đúng như báo cáo."));
		break;
	case END:
		demo_text(f, "reason", S("project"));
		break;
	case ANNOUNCE:
	case DEEDS:
		break;
	}
	return OK;
}

/* --- Taking --- */

static int64_t *kept(struct demo_board *x, enum deed deed)
{
	if (deeds[deed].kind == &board_kind)
		return &x->board;
	if (deeds[deed].kind == &check_kind)
		return &x->check;
	return deeds[deed].kind == &programme_kind ? &x->programme : &x->ask;
}

enum err demo_take_board(struct demo *d, struct tx *tx, const struct demo_entry *entry)
{
	struct demo_board *x = &d->boards[entry->item];
	const struct demo_unit *u = &d->units[x->unit];
	enum deed deed = (enum deed)entry->arg;
	bool paper = date_is_set(entry->on);
	struct demo_move m = {
		.kind = deeds[deed].kind,
		.step = deeds[deed].step,
		.unit = u->unit.id,
		.dossier = kept(x, deed),
		.in = { .on = entry->on, .channel = paper ? CHANNEL_PAPER : CHANNEL_WEB },
	};
	tx->who = deeds[deed].who == FRONT    ? &u->front
		  : deeds[deed].who == LEADER ? demo_leader_on(u, entry->day)
					      : &u->clerk;
	enum err e = demo_move_begin(tx, &m);
	if (e || !m.form.step || (e = fill(tx, d, x, deed, entry, &m.form)))
		return e;
	return demo_move_end(d, tx, &m);
}
