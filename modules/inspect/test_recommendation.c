/* Recommendations: who answers, by when, and until it is done. */
#include "modules/inspect/test_supervision.h"
#include "office/list.h"

/* TL-037, TL-040, TL-045, TL-047: fifteen days from receipt, moved where the last is no working day; one day late. For
 * the Front TL-092 sets none, nor did anything before July 2023: the day agreed on, else as many days. */
TEST(the_answer_is_owed_in_fifteen_days_where_the_law_says_so_and_by_the_house_elsewhere)
{
	static const struct {
		const char *by;
		int64_t unit;
		const char *to, *rule, *received, *agreed, *due, *answered;
		enum duty_state state;
	} cases[] = {
		{ "pib_commune", SMALL_COMMUNE, "14464", "pib.commune.answer", "2026-03-02", NULL,
		  "2026-03-17", "2026-03-17", DUTY_MET },
		{ "pib_commune", SMALL_COMMUNE, "14464", "pib.commune.answer", "2026-03-02", NULL,
		  "2026-03-17", "2026-03-18", DUTY_LATE },
		{ "pib_commune", SMALL_COMMUNE, "14464", "pib.commune.answer", "2026-02-01", NULL,
		  "2026-02-23", "2026-02-23", DUTY_MET }, /* over Tết */
		{ "cisb", SMALL_COMMUNE, "14464", "cisb.answer", "2026-03-02", NULL, "2026-03-17",
		  "2026-03-17", DUTY_MET },
		{ "cisb", SMALL_COMMUNE, "14464", "cisb.answer", "2026-03-02", NULL, "2026-03-17",
		  "2026-03-18", DUTY_LATE },
		{ "pib_agency", SMALL_AGENCY, "SO-01", "pib.agency.answer", "2026-03-02", NULL,
		  "2026-03-17", "2026-03-17", DUTY_MET },
		{ "pib_agency", SMALL_AGENCY, "SO-01", "pib.agency.answer", "2026-03-02", NULL,
		  "2026-03-17", "2026-03-18", DUTY_LATE },
		{ "pib_enterprise", SMALL_ENTERPRISE, "DN-01", "pib.enterprise.answer",
		  "2026-03-02", NULL, "2026-03-17", "2026-03-17", DUTY_MET },
		{ "pib_enterprise", SMALL_ENTERPRISE, "DN-01", "pib.enterprise.answer",
		  "2026-03-02", NULL, "2026-03-17", "2026-03-18", DUTY_LATE },
		{ "front", SMALL_COMMUNE, "14464", RECOMMENDATION_ANSWER, "2026-03-02", NULL,
		  "2026-03-17", "2026-03-17", DUTY_MET },
		{ "front", SMALL_COMMUNE, "14464", RECOMMENDATION_ANSWER, "2026-03-02",
		  "2026-03-30", "2026-03-30", "2026-03-31", DUTY_LATE },
		{ "pib_commune", SMALL_COMMUNE, "14464", "pib.commune.answer", "2023-07-03", NULL,
		  "2023-07-18", "2023-07-18", DUTY_MET },
		{ "pib_commune", SMALL_COMMUNE, "14464", RECOMMENDATION_ANSWER, "2023-06-30", NULL,
		  "2023-07-15", "2023-07-15", DUTY_MET },
	};
	struct tx *tx = site("2026-06-01T08:00");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		bool agency = cases[i].unit == SMALL_AGENCY,
		     firm = cases[i].unit == SMALL_ENTERPRISE;
		const struct member *who = agency ? &agency_board
					   : firm ? &enterprise_board
						  : &front;
		const struct member *head = agency ? &s.official : firm ? &manager : &s.leader;
		struct recommendation x = ask_form(cases[i].by, cases[i].to, cases[i].received);
		struct recommendation reply = answer_form("accepted", "2026-05-20");
		struct dossier *d;
		if (cases[i].agreed)
			x.answer_by = test_date(cases[i].agreed);
		if (open_as(tx, &recommendation_kind, cases[i].unit, who, "send", &x,
			    cases[i].received, NULL, &d))
			FAIL("case %zu: %s", i, tx->why);
		CHECK_STR(due_of(d, cases[i].rule), str_of(cases[i].due));
		CHECK_INT(small_site_duty(d, cases[i].rule)->unit, cases[i].unit);
		small_site_done(tx, d, head, "answer", &reply, cases[i].answered);
		CHECK_INT(small_site_duty(d, cases[i].rule)->state, cases[i].state);
		CHECK_INT(d->state, RECOMMENDATION_AGREED);
		CHECK_STR(due_of(d, RECOMMENDATION_PROMISE), S("2026-05-20"));
	}
	small_site_verify(tx);
}

TEST(what_the_law_sets_no_two_offices_agree_to_set_otherwise)
{
	struct tx *tx = site("2026-06-01T08:00");
	struct recommendation x = ask_form("pib_commune", "14464", "2026-03-02");
	struct faults faults;
	struct dossier *d;
	x.answer_by = test_date("2026-04-30");
	CHECK_INT(open_as(tx, &recommendation_kind, SMALL_COMMUNE, &front, "send", &x, "2026-03-02",
			  &faults, &d),
		  ERR_INVALID);
	CHECK(said(&faults, "answer_by"));
	x = ask_form("front", "14464", "2026-03-02");
	x.answer_by = test_date("2026-03-02");
	CHECK_INT(open_as(tx, &recommendation_kind, SMALL_COMMUNE, &front, "send", &x, "2026-03-02",
			  &faults, &d),
		  ERR_INVALID);
	CHECK(said(&faults, "answer_by"));
}

TEST(another_unit_holds_and_answers_it_and_who_asked_says_whether_it_is_done)
{
	struct tx *tx = site("2026-08-01T08:00");
	struct dossier *d = asked(tx, "front", SMALL_COMMUNE, &front, "SO-01", "2026-03-02");
	struct recommendation reply = answer_form("accepted", "2026-04-15"), done = reply;
	struct recommendation_reason reason = { S("Mới thu hồi được một nửa"),
						test_date("2026-05-29") };
	CHECK_INT(d->unit, SMALL_COMMUNE);
	CHECK_INT(d->holder, SMALL_AGENCY);
	CHECK_INT(dossier_visibility(d), VISIBLE_PUBLIC);
	CHECK_INT(small_site_duty(d, RECOMMENDATION_ANSWER)->unit, SMALL_AGENCY);
	/* Neither who asked nor his own commune answers in its place. */
	CHECK_INT(take_as(tx, d, &front, "answer", &reply, "2026-03-10", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, d, &s.leader, "answer", &reply, "2026-03-10", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, d, &agency_board, "answer", &reply, "2026-03-10", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, d, NULL, "answer", &reply, "2026-03-10", NULL), ERR_DENIED);
	small_site_done(tx, d, &s.official, "answer", &reply, "2026-03-10");
	done.result = S("Đã thu hồi và nộp ngân sách.");
	CHECK_INT(take_as(tx, d, &s.official, "report", &done, "2026-04-10", NULL), ERR_INVALID);
	done.evidence = small_site_file(tx, "chung-tu.pdf");
	small_site_done(tx, d, &s.official, "report", &done, "2026-04-10");
	CHECK_INT(small_site_duty(d, RECOMMENDATION_PROMISE)->state, DUTY_MET);
	/* Who was asked does not confirm his own work; an inspector of his unit did not ask. */
	CHECK_INT(take_as(tx, d, &s.official, "confirm", NULL, "2026-04-12", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, d, &agency_board, "confirm", NULL, "2026-04-12", NULL), ERR_DENIED);
	small_site_done(tx, d, &front, "reject", &reason, "2026-04-13");
	CHECK_INT(d->state, RECOMMENDATION_AGREED);
	CHECK_STR(due_of(d, RECOMMENDATION_PROMISE), S("2026-05-29"));
	small_site_done(tx, d, &s.official, "report", &done, "2026-06-01");
	CHECK_INT(small_site_duty(d, RECOMMENDATION_PROMISE)->state, DUTY_LATE);
	small_site_done(tx, d, &front, "confirm", NULL, "2026-06-02");
	CHECK_INT(d->state, RECOMMENDATION_DONE);
	CHECK_INT(counted(tx, "recommendation.of.front"), 1);
	CHECK_INT(counted(tx, "recommendation.answered.front"), 1);
	CHECK_INT(counted(tx, "recommendation.done.front"), 1);
	small_site_verify(tx);
}

TEST(what_is_overdue_is_pressed_for_and_a_day_moved_too_late_stays_missed)
{
	struct tx *tx = site("2026-03-17T08:00");
	struct dossier *d = asked(tx, "pib_commune", SMALL_COMMUNE, &front, "14464", "2026-03-02");
	struct recommendation_reason reason = { S("Đề nghị trả lời ngay"), NO_DATE };
	struct recommendation reply = answer_form("part", "2026-04-10");
	struct faults faults;
	CHECK(recommendation_press_futile(tx, d)); /* the last day is not over */
	CHECK_INT(take_as(tx, d, &front, "press", &reason, "2026-03-17", &faults), ERR_INVALID);
	test_now(tx, "2026-03-18T08:00");
	CHECK(!recommendation_press_futile(tx, d));
	CHECK_INT(take_as(tx, d, &s.clerk, "press", &reason, "2026-03-18", NULL), ERR_DENIED);
	small_site_done(tx, d, &front, "press", &reason, "2026-03-18");
	CHECK_INT(((const struct recommendation *)d->data)->pressed, 1);
	small_site_done(tx, d, &s.clerk, "answer", &reply, "2026-03-18");
	/* In time the term goes on ... */
	test_now(tx, "2026-06-01T08:00");
	reason = (struct recommendation_reason){ S("Chờ kinh phí đợt hai"),
						 test_date("2026-04-20") };
	CHECK_INT(take_as(tx, d, &s.clerk, "extend", &reason, "2026-04-09", NULL), ERR_DENIED);
	small_site_done(tx, d, &s.leader, "extend", &reason, "2026-04-10");
	CHECK_INT(duties_of(d, RECOMMENDATION_PROMISE), 1);
	CHECK_STR(due_of(d, RECOMMENDATION_PROMISE), S("2026-04-20"));
	/* ... afterwards the day stays missed. */
	reason.until = test_date("2026-05-20");
	small_site_done(tx, d, &s.leader, "extend", &reason, "2026-04-21");
	CHECK_INT(duties_of(d, RECOMMENDATION_PROMISE), 2);
	CHECK_INT(d->duties.at[1].state, DUTY_LATE);
	reason.until = test_date("2026-05-20");
	CHECK_INT(take_as(tx, d, &s.leader, "extend", &reason, "2026-04-22", &faults), ERR_INVALID);
	CHECK(said(&faults, "until"));
	small_site_verify(tx);
}

TEST(what_is_not_accepted_is_explained_and_asked_again_or_left)
{
	struct tx *tx = site("2026-06-01T08:00");
	struct dossier *d = asked(tx, "cisb", SMALL_COMMUNE, &front, "14464", "2026-03-02");
	struct recommendation reply = answer_form("accepted", NULL);
	struct faults faults;
	CHECK_INT(take_as(tx, d, &s.leader, "answer", &reply, "2026-03-10", &faults), ERR_INVALID);
	CHECK(said(&faults, "promised"));
	reply = answer_form("accepted", "2026-03-09");
	CHECK_INT(take_as(tx, d, &s.leader, "answer", &reply, "2026-03-10", &faults), ERR_INVALID);
	CHECK(said(&faults, "promised"));
	reply.answer = S("");
	CHECK_INT(take_as(tx, d, &s.leader, "decline", &reply, "2026-03-10", &faults), ERR_INVALID);
	CHECK(said(&faults, "answer"));
	reply = answer_form("", NULL);
	small_site_done(tx, d, &s.leader, "decline", &reply, "2026-03-10");
	CHECK_INT(d->state, RECOMMENDATION_DECLINED);
	struct recommendation again = ask_form("", "", "2026-03-12");
	again.reason = S("Giải trình chưa nêu căn cứ");
	small_site_done(tx, d, &front, "insist", &again, "2026-03-12");
	CHECK_INT(d->state, RECOMMENDATION_SENT);
	CHECK_STR(due_of(d, "cisb.answer"), S("2026-03-27"));
	small_site_done(tx, d, &s.leader, "decline", &reply, "2026-03-30");
	CHECK_INT(small_site_duty(d, "cisb.answer")->state, DUTY_LATE);
	small_site_done(tx, d, &front, "close", NULL, "2026-04-01");
	CHECK_INT(d->state, RECOMMENDATION_CLOSED);
	/* Withdrawn in time nothing was owed; in silence it was missed. */
	d = asked(tx, "cisb", SMALL_COMMUNE, &front, "14464", "2026-04-01");
	small_site_done(tx, d, &front, "withdraw", &again, "2026-04-10");
	CHECK_INT(small_site_duty(d, "cisb.answer")->state, DUTY_EXCUSED);
	d = asked(tx, "cisb", SMALL_COMMUNE, &front, "14464", "2026-04-01");
	small_site_done(tx, d, &front, "withdraw", &again, "2026-04-17");
	CHECK_INT(small_site_duty(d, "cisb.answer")->state, DUTY_LATE);
	small_site_verify(tx);
}

TEST(out_of_a_check_it_is_the_checks_child_and_of_nobody_elses)
{
	struct tx *tx = site("2026-06-01T08:00");
	struct dossier *check = reported(tx, "pib_commune", "2026-03-16"), *d;
	struct recommendation x = ask_form("pib_commune", "14464", "2026-03-20");
	struct faults faults;
	x.check = check->code;
	x.to_kind = S("party");
	CHECK_INT(open_as(tx, &recommendation_kind, SMALL_COMMUNE, &front, "send", &x, "2026-03-20",
			  NULL, &d),
		  OK);
	CHECK_INT(d->parent, check->id);
	CHECK_INT(counted(tx, "recommendation.to.party"), 1);
	CHECK_INT(counted(tx, "recommendation.of.pib"), 1);
	x.by = S("cisb");
	CHECK_INT(open_as(tx, &recommendation_kind, SMALL_COMMUNE, &front, "send", &x, "2026-03-20",
			  &faults, &d),
		  ERR_INVALID);
	CHECK(said(&faults, "check"));
	check = planned(tx, "pib_commune", SMALL_COMMUNE, &front, "2026-05-16", "2026-03-20");
	x = ask_form("pib_commune", "14464", "2026-03-20");
	x.check = check->code;
	CHECK_INT(open_as(tx, &recommendation_kind, SMALL_COMMUNE, &front, "send", &x, "2026-03-20",
			  &faults, &d),
		  ERR_INVALID);
	CHECK(said(&faults, "check"));
	x = ask_form("pib_commune", "14465", "2026-03-20");
	CHECK_INT(open_as(tx, &recommendation_kind, SMALL_COMMUNE, &s.leader, "send", &x,
			  "2026-03-20", NULL, &d),
		  ERR_DENIED);
	small_site_verify(tx);
}

static bool waits(struct tx *tx, const struct member *who, const struct dossier *d)
{
	struct list_rows rows;
	tx->who = who;
	CHECK_INT(list_waiting(tx, 50, &rows), OK);
	for (size_t i = 0; i < rows.n; i++)
		if (rows.at[i].id == d->id)
			return true;
	return false;
}

TEST(what_another_unit_holds_waits_for_who_asked_when_it_is_his_turn)
{
	struct tx *tx = site("2026-03-05T08:00");
	struct dossier *d = asked(tx, "front", SMALL_COMMUNE, &front, "SO-01", "2026-03-02");
	struct recommendation reply = answer_form("accepted", "2026-04-15");
	CHECK(waits(tx, &s.official, d));
	CHECK(!waits(tx, &s.leader, d));
	small_site_done(tx, d, &s.official, "answer", &reply, "2026-03-05");
	reply.result = S("Đã thu hồi và nộp ngân sách.");
	reply.evidence = small_site_file(tx, "chung-tu.pdf");
	small_site_done(tx, d, &s.official, "report", &reply, "2026-03-05");
	CHECK(waits(tx, &front, d));
	CHECK(!waits(tx, &s.official, d));
	CHECK(!waits(tx, &agency_board, d));
	CHECK(!waits(tx, &s.leader, d));
	small_site_done(tx, d, &front, "confirm", NULL, "2026-03-05");
	CHECK(!waits(tx, &front, d));
}

/* Whoever answers for a unit answers while his appointment lasts, and his substitute until its end. */
TEST(a_former_official_and_a_substitute_after_his_last_day_answer_nothing)
{
	struct tx *tx = site("2026-06-01T08:00");
	struct dossier *d = asked(tx, "front", SMALL_COMMUNE, &front, "SO-01", "2026-05-25");
	struct recommendation reply = answer_form("accepted", "2026-07-15");
	struct member gone = { .person = 31, .name = S("Người Cũ"), .at = NULL, .n = 0 };
	CHECK_INT(take_as(tx, d, &gone, "answer", &reply, "2026-06-01", NULL), ERR_DENIED);
	/* At the unit that asked, ended yesterday: member_load leaves such appointments out. */
	CHECK_INT(take_as(tx, d, &gone, "withdraw", &reply, "2026-06-01", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, d, &s.neighbour, "answer", &reply, "2026-06-01", NULL), ERR_DENIED);
	struct member deputy = { .person = 32, .name = S("Người Thay"), .n = 1 };
	struct appointment instead = { .id = 32,
				       .person = 32,
				       .unit = SMALL_AGENCY,
				       .role = LEADER,
				       .field = S("inspect"),
				       .from = test_date("2026-05-01"),
				       .to = test_date("2026-06-01"),
				       .substitute_of = s.held[4].id };
	deputy.at = &instead;
	small_site_done(tx, d, &deputy, "answer", &reply, "2026-06-01");
	CHECK_INT(d->state, RECOMMENDATION_AGREED);
}

/* Whoever is criticised would black out the criticism. */
TEST(who_asked_hides_what_should_not_have_been_said_and_who_was_asked_does_not)
{
	struct tx *tx = site("2026-03-20T08:00");
	struct dossier *d = asked(tx, "front", SMALL_COMMUNE, &front, "SO-01", "2026-03-02");
	struct recommendation reply = answer_form("accepted", "2026-04-15");
	struct redaction form = hiding("48 triệu đồng"), theirs = hiding("đo lại");
	small_site_done(tx, d, &s.official, "answer", &reply, "2026-03-10");
	CHECK_INT(d->holder, SMALL_AGENCY);
	CHECK_INT(take_as(tx, d, &s.official, "redact", &form, "2026-03-20", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, d, &agency_board, "redact", &form, "2026-03-20", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, d, &s.leader, "redact", &form, "2026-03-20", NULL), ERR_DENIED);
	small_site_done(tx, d, &front, "redact", &form, "2026-03-20");
	CHECK_STR(((const struct recommendation *)d->data)->body,
		  S("Thu hồi █████ và công khai kết quả."));
	/* What was answered is hidden by them too, when who answered asks for it. */
	CHECK_INT(take_as(tx, d, &s.official, "redact", &theirs, "2026-03-20", NULL), ERR_DENIED);
	small_site_done(tx, d, &front, "redact", &theirs, "2026-03-20");
	CHECK(!str_has(((const struct recommendation *)d->data)->answer, S("đo lại")));
	small_site_verify(tx);
}

/* Nothing is left of a title that is hidden whole. */
TEST(a_redaction_leaves_something_to_read_in_the_title_and_in_the_text)
{
	struct tx *tx = site("2026-03-20T08:00");
	struct dossier *d = asked(tx, "front", SMALL_COMMUNE, &front, "14464", "2026-03-02");
	struct redaction title = hiding("Thu hồi tiền\nthi công thiếu khối lượng"),
			 body = hiding("Thu hồi 48 triệu đồng và công khai kết quả"),
			 part = hiding("thi công thiếu khối lượng"), rest = hiding("Thu hồi tiền");
	struct faults faults;
	CHECK_INT(take_as(tx, d, &front, "redact", &title, "2026-03-20", &faults), ERR_INVALID);
	CHECK(said(&faults, "passages"));
	CHECK_INT(take_as(tx, d, &front, "redact", &body, "2026-03-20", &faults), ERR_INVALID);
	CHECK(said(&faults, "passages"));
	small_site_done(tx, d, &front, "redact", &part, "2026-03-20");
	/* Nor bit by bit. */
	CHECK_INT(take_as(tx, d, &front, "redact", &rest, "2026-03-20", &faults), ERR_INVALID);
	CHECK_STR(((const struct recommendation *)d->data)->title, S("Thu hồi tiền █████"));
	small_site_verify(tx);
}
