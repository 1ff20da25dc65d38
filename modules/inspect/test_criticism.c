/* What the Front does by itself: its yearly plans, and social criticism. */
#include "modules/inspect/criticism.h"
#include "modules/inspect/programme.h"
#include "modules/inspect/test_supervision.h"
#include "office/queue.h"

static struct dossier *kept(struct tx *tx, const char *on)
{
	struct dossier *d = NULL;
	struct programme x = { S("Chương trình giám sát của Mặt trận xã") };
	if (open_as(tx, &programme_kind, SMALL_COMMUNE, &front, "begin", &x, on, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

/* TL-093: the plan of the next year by 31 December, one day late, and none before the resolution. */
TEST(the_fronts_plan_of_the_next_year_is_owed_by_the_end_of_the_fourth_quarter)
{
	struct tx *tx = site("2024-05-10T08:00");
	struct programme_issue plan = { S("2025"),
					S("Giám sát đường trục; phản biện một dự thảo."),
					{ 0 } };
	struct dossier *d = kept(tx, "2024-05-10"), *other;
	struct programme again = { S("Chương trình giám sát của Mặt trận xã") };
	CHECK_STR(due_of(d, PROGRAMME_PLAN), S("2024-12-31"));
	CHECK_STR(small_site_duty(d, PROGRAMME_PLAN)->about, S("2025"));
	CHECK_INT(open_as(tx, &programme_kind, SMALL_COMMUNE, &front, "begin", &again, "2024-05-10",
			  NULL, &other),
		  ERR_INVALID);
	CHECK_INT(take_as(tx, d, &s.leader, "issue", &plan, "2024-05-10", NULL), ERR_DENIED);
	small_site_day(tx, "2026-01-02T00:10");
	d = reload(tx, d);
	CHECK_INT(duties_of(d, PROGRAMME_PLAN), 3);
	small_site_done(tx, d, &front, "issue", &plan, "2024-12-31");
	CHECK_INT(d->duties.at[0].state, DUTY_MET);
	plan.year = S("2026");
	small_site_done(tx, d, &front, "issue", &plan, "2026-01-01");
	CHECK_INT(d->duties.at[1].state, DUTY_LATE);
	CHECK_STR(due_of(d, PROGRAMME_PLAN), S("2026-12-31"));
	CHECK_INT(d->lines.n, 2);
	small_site_verify(tx);
}

/* It is the Front's to do, so it stands among what the Front has to do; the commune's own does not. */
TEST(what_the_front_owes_stands_in_its_officers_queue)
{
	struct tx *tx = site("2026-05-10T08:00");
	struct dossier *d = kept(tx, "2026-05-10");
	struct dossier *theirs = asked(tx, "front", SMALL_COMMUNE, &front, "14464", "2026-05-04");
	struct queue q;
	tx->who = &front;
	CHECK_INT(queue_load(tx, 1, &q), OK);
	CHECK_INT(q.later.n, 1);
	CHECK_INT(q.later.at[0].dossier, d->id);
	CHECK_INT(q.waiting.n, 0);
	test_now(tx, "2027-01-01T08:00");
	CHECK_INT(queue_load(tx, 1, &q), OK);
	CHECK_INT(q.overdue.n, 1);
	CHECK_INT(q.overdue.at[0].dossier, d->id);
	tx->who = &s.clerk;
	CHECK_INT(queue_load(tx, 50, &q), OK);
	CHECK_INT(q.overdue.n, 2);
	CHECK_INT(q.overdue.at[0].dossier, theirs->id);
	tx->who = &s.neighbour;
	CHECK_INT(queue_load(tx, 50, &q), OK);
	CHECK_INT(q.overdue.n, 0);
}

TEST(before_the_joint_resolution_no_plan_was_owed)
{
	struct tx *tx = site("2018-02-01T08:00");
	struct dossier *d = kept(tx, "2016-05-10");
	small_site_day(tx, "2018-02-01T09:00");
	d = reload(tx, d);
	CHECK_INT(duties_of(d, PROGRAMME_PLAN), 1);
	CHECK_STR(small_site_duty(d, PROGRAMME_PLAN)->about, S("2019"));
	small_site_verify(tx);
}

static struct criticism draft(const char *drafter, const char *submit, const char *way)
{
	struct criticism x = { 0 };
	fields_init(criticism_kind.fields, &x);
	x.title = S("Dự thảo đề án sắp xếp thôn");
	x.body = S("Nhập ba thôn nhỏ thành một.");
	x.drafter = str_of(drafter);
	x.submit_on = test_date(submit);
	x.way = str_of(way);
	return x;
}

static struct dossier *received(struct tx *tx, const char *submit, const char *way, const char *on)
{
	struct criticism x = draft("SO-01", submit, way);
	struct dossier *d = NULL;
	if (open_as(tx, &criticism_kind, SMALL_COMMUNE, &front, "receive", &x, on, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

/* TL-094: fifteen days before it is submitted; its drafter owes it. */
TEST(a_draft_comes_fifteen_days_before_it_is_submitted)
{
	static const struct {
		const char *submit, *due, *on;
		enum duty_state state;
	} cases[] = {
		{ "2026-03-16", "2026-03-01", "2026-03-01", DUTY_MET },
		{ "2026-03-16", "2026-03-01", "2026-03-02", DUTY_LATE },
		{ "2026-02-25", "2026-02-10", "2026-02-10", DUTY_MET }, /* Tết counts */
		{ "2016-01-20", "2016-01-05", "2016-01-06", DUTY_LATE },
	};
	struct tx *tx = site("2026-06-01T08:00");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct dossier *d = received(tx, cases[i].submit, "written", cases[i].on);
		const struct duty *y = small_site_duty(d, CRITICISM_DRAFT);
		CHECK_STR(date_iso(test_arena(), y->due), str_of(cases[i].due));
		CHECK_INT(y->state, cases[i].state);
		CHECK_INT(y->unit, SMALL_AGENCY);
		CHECK_INT(d->holder, SMALL_COMMUNE);
	}
	CHECK_INT(received(tx, "2015-12-31", "written", "2015-12-30")->duties.n, 0);
	struct criticism x = draft("SO-01", "2026-03-16", "written");
	struct faults faults;
	struct dossier *d;
	CHECK_INT(open_as(tx, &criticism_kind, SMALL_COMMUNE, &front, "receive", &x, "2026-03-17",
			  &faults, &d),
		  ERR_INVALID);
	CHECK(said(&faults, "submit_on"));
	small_site_verify(tx);
}

TEST(the_drafter_answers_and_explains_by_the_day_agreed_or_in_fifteen_days)
{
	struct tx *tx = site("2026-06-01T08:00");
	struct dossier *d = received(tx, "2026-04-20", "conference", "2026-03-02");
	struct criticism x = draft("", "2026-04-20", "");
	struct faults faults;
	x.minutes = S("Mười hai ý kiến, đa số đề nghị lùi một năm.");
	x.opinion = S("Đề nghị lấy ý kiến từng hộ trước khi trình.");
	CHECK_INT(take_as(tx, d, &front, "send", &x, "2026-03-10", &faults), ERR_INVALID);
	CHECK_INT(take_as(tx, d, &front, "hold", &x, "2026-03-01", &faults), ERR_INVALID);
	CHECK(said(&faults, "happened_on"));
	small_site_done(tx, d, &front, "hold", &x, "2026-03-10");
	small_site_done(tx, d, &front, "send", &x, "2026-03-12");
	CHECK_INT(d->holder, SMALL_AGENCY);
	CHECK_STR(due_of(d, CRITICISM_ANSWER), S("2026-03-27"));
	x.outcome = S("declined");
	x.answer = S("Đã lấy ý kiến hộ từ tháng 1.");
	CHECK_INT(take_as(tx, d, &front, "answer", &x, "2026-03-27", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, d, &s.leader, "answer", &x, "2026-03-27", NULL), ERR_DENIED);
	small_site_done(tx, d, &s.official, "answer", &x, "2026-03-28");
	CHECK_INT(small_site_duty(d, CRITICISM_ANSWER)->state, DUTY_LATE);
	CHECK_INT(counted(tx, CRITICISM_SENT), 1);
	d = received(tx, "2026-05-20", "written", "2026-03-02");
	CHECK_INT(take_as(tx, d, &front, "hold", &x, "2026-03-10", &faults), ERR_INVALID);
	x.answer_by = test_date("2026-04-30");
	small_site_done(tx, d, &front, "send", &x, "2026-03-12");
	CHECK_STR(due_of(d, CRITICISM_ANSWER), S("2026-04-30"));
	small_site_verify(tx);
}

TEST(whose_draft_is_criticised_does_not_black_the_criticism_out)
{
	struct tx *tx = site("2026-03-20T08:00");
	struct dossier *d = received(tx, "2026-04-20", "conference", "2026-03-02");
	struct criticism x = draft("", "2026-04-20", "");
	struct redaction form = hiding("từng hộ");
	x.minutes = S("Mười hai ý kiến, đa số đề nghị lùi một năm.");
	x.opinion = S("Đề nghị lấy ý kiến từng hộ trước khi trình.");
	small_site_done(tx, d, &front, "hold", &x, "2026-03-10");
	CHECK_INT(take_as(tx, d, &s.leader, "redact", &form, "2026-03-10", NULL), ERR_DENIED);
	small_site_done(tx, d, &front, "send", &x, "2026-03-12");
	CHECK_INT(d->holder, SMALL_AGENCY);
	CHECK_INT(take_as(tx, d, &s.official, "redact", &form, "2026-03-20", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, d, &s.leader, "redact", &form, "2026-03-20", NULL), ERR_DENIED);
	small_site_done(tx, d, &front, "redact", &form, "2026-03-20");
	CHECK_STR(((const struct criticism *)d->data)->opinion,
		  S("Đề nghị lấy ý kiến █████ trước khi trình."));
	small_site_verify(tx);
}

TEST(no_chairman_hides_what_a_check_a_board_or_a_programme_says_of_him)
{
	struct tx *tx = site("2026-05-10T08:00");
	struct redaction form = hiding("Hai đoạn"), name = hiding("Trần Thị Mẫu"),
			 plan = hiding("giám sát");
	struct dossier *check = reported(tx, "front", "2026-05-09"),
		       *board = elected(tx, "pib_commune", SMALL_COMMUNE, &front, FIVE,
					"2026-05-09"),
		       *programme = kept(tx, "2026-05-09");
	CHECK_INT(take_as(tx, check, &s.leader, "redact", &form, "2026-05-10", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, board, &s.leader, "redact", &name, "2026-05-10", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, programme, &s.leader, "redact", &plan, "2026-05-10", NULL),
		  ERR_DENIED);
	small_site_done(tx, check, &front, "redact", &form, "2026-05-10");
	small_site_done(tx, board, &front, "redact", &name, "2026-05-10");
	small_site_done(tx, programme, &front, "redact", &plan, "2026-05-10");
	small_site_verify(tx);
}
