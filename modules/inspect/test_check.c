/* Checks: their clocks against time_limits.tsv, their course, what was found. */
#include "modules/inspect/test_supervision.h"

/* TL-036, TL-039, TL-044, TL-089: the last day in time, and one day late. */
TEST(the_plan_of_a_check_goes_out_so_many_days_before_by_who_checks)
{
	static const struct {
		const char *by;
		int64_t unit;
		const char *rule, *day, *due, *sent;
		enum duty_state state;
	} cases[] = {
		{ "pib_commune", SMALL_COMMUNE, "pib.commune.plan_notice", "2026-03-16",
		  "2026-03-09", "2026-03-09", DUTY_MET },
		{ "pib_commune", SMALL_COMMUNE, "pib.commune.plan_notice", "2026-03-16",
		  "2026-03-09", "2026-03-10", DUTY_LATE },
		/* Tết between: from 14 to 22 February nobody works */
		{ "pib_commune", SMALL_COMMUNE, "pib.commune.plan_notice", "2026-02-24",
		  "2026-02-10", "2026-02-10", DUTY_MET },
		{ "pib_commune", SMALL_COMMUNE, "pib.commune.plan_notice", "2026-02-24",
		  "2026-02-10", "2026-02-11", DUTY_LATE },
		{ "cisb", SMALL_COMMUNE, "cisb.notice", "2026-04-01", "2026-02-15", "2026-02-15",
		  DUTY_MET },
		{ "cisb", SMALL_COMMUNE, "cisb.notice", "2026-04-01", "2026-02-15", "2026-02-16",
		  DUTY_LATE },
		{ "pib_agency", SMALL_AGENCY, "pib.agency.plan_notice", "2026-03-16", "2026-03-09",
		  "2026-03-09", DUTY_MET },
		{ "pib_agency", SMALL_AGENCY, "pib.agency.plan_notice", "2026-03-16", "2026-03-09",
		  "2026-03-10", DUTY_LATE },
		{ "front", SMALL_COMMUNE, "front_supervision.plan", "2026-03-16", "2026-03-01",
		  "2026-03-01", DUTY_MET },
		{ "front", SMALL_COMMUNE, "front_supervision.plan", "2026-03-16", "2026-03-01",
		  "2026-03-02", DUTY_LATE },
		{ "front", SMALL_COMMUNE, "front_supervision.plan", "2018-03-16", "2018-03-01",
		  "2018-03-01", DUTY_MET },
		/* No row: an enterprise; before the laws of 2023; before the resolution of 2017. */
		{ "pib_enterprise", SMALL_ENTERPRISE, NULL, "2026-03-16", NULL, "2026-03-16",
		  DUTY_OPEN },
		{ "pib_commune", SMALL_COMMUNE, NULL, "2023-08-14", NULL, "2023-08-14", DUTY_OPEN },
		{ "cisb", SMALL_COMMUNE, NULL, "2023-06-30", NULL, "2023-06-30", DUTY_OPEN },
		{ "front", SMALL_COMMUNE, NULL, "2017-06-14", NULL, "2017-06-14", DUTY_OPEN },
	};
	struct tx *tx = site("2026-06-01T08:00");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct member *who = cases[i].unit == SMALL_AGENCY       ? &agency_board
					   : cases[i].unit == SMALL_ENTERPRISE ? &enterprise_board
									       : &front;
		const char *begins = date_cmp(test_date(cases[i].sent), test_date("2026-01-01")) < 0
					     ? "2017-01-10"
					     : "2026-01-10";
		struct dossier *d =
			planned(tx, cases[i].by, cases[i].unit, who, cases[i].day, begins);
		CHECK_INT(dossier_visibility(d), VISIBLE_INTERNAL);
		CHECK_INT(d->duties.n, cases[i].rule ? 1 : 0);
		if (cases[i].rule)
			CHECK_STR(due_of(d, cases[i].rule), str_of(cases[i].due));
		small_site_done(tx, d, who, "announce", NULL, cases[i].sent);
		if (cases[i].rule)
			CHECK_INT(small_site_duty(d, cases[i].rule)->state, cases[i].state);
		CHECK_INT(dossier_visibility(d), VISIBLE_PUBLIC);
	}
	small_site_verify(tx);
}

/* TL-090, TL-091: seven days before, by who is checked; fifteen after, by the team. */
TEST(in_a_supervision_by_the_front_the_subject_reports_before_and_the_team_after)
{
	static const struct {
		const char *day, *subject_due, *subject_on, *team_due, *team_on;
		enum duty_state subject, team;
	} cases[] = {
		{ "2026-03-16", "2026-03-09", "2026-03-09", "2026-03-31", "2026-03-31", DUTY_MET,
		  DUTY_MET },
		{ "2026-03-16", "2026-03-09", "2026-03-10", "2026-03-31", "2026-04-01", DUTY_LATE,
		  DUTY_LATE },
		/* The fifteenth day is 15 February, in Tết: the first day that is worked again. */
		{ "2026-01-31", "2026-01-24", "2026-01-24", "2026-02-23", "2026-02-23", DUTY_MET,
		  DUTY_MET },
	};
	struct tx *tx = site("2026-06-01T08:00");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct dossier *d =
			planned(tx, "front", SMALL_COMMUNE, &front, cases[i].day, "2026-01-02");
		struct check reply = found();
		reply.subject_report = S("Đã làm xong hai đoạn, còn một đoạn.");
		small_site_done(tx, d, &front, "announce", NULL, "2026-01-10");
		CHECK_STR(due_of(d, "front_supervision.subject_report"),
			  str_of(cases[i].subject_due));
		CHECK_INT(small_site_duty(d, "front_supervision.subject_report")->unit,
			  SMALL_COMMUNE);
		small_site_done(tx, d, &front, "subject_report", &reply, cases[i].subject_on);
		CHECK_INT(small_site_duty(d, "front_supervision.subject_report")->state,
			  cases[i].subject);
		CHECK(check_subject_report_futile(tx, d));
		hold(tx, d, &front, cases[i].day);
		CHECK_STR(due_of(d, "front_supervision.report"), str_of(cases[i].team_due));
		struct check x = found();
		small_site_done(tx, d, &front, "report", &x, cases[i].team_on);
		CHECK_INT(small_site_duty(d, "front_supervision.report")->state, cases[i].team);
	}
	small_site_verify(tx);
}

/* The report is owed by the unit that is checked, not by who checks. */
TEST(a_subject_of_another_unit_owes_its_report_itself)
{
	struct tx *tx = site("2026-06-01T08:00");
	struct check x = check_form("front", "SO-01", "2026-03-16");
	struct dossier *d;
	CHECK_INT(
		open_as(tx, &check_kind, SMALL_COMMUNE, &front, "plan", &x, "2026-02-25", NULL, &d),
		OK);
	small_site_done(tx, d, &front, "announce", NULL, "2026-02-26");
	CHECK_INT(small_site_duty(d, "front_supervision.subject_report")->unit, SMALL_AGENCY);
	CHECK_INT(small_site_duty(d, CHECK_HOLD)->unit, SMALL_COMMUNE);
	CHECK_INT(d->holder, SMALL_COMMUNE);
	/* Moved in time, what was asked for an earlier day is owed for the later one. */
	struct check later = check_form("front", "SO-01", "2026-03-30");
	later.reason = S("Nơi được giám sát bận phòng bão");
	small_site_done(tx, d, &front, "postpone", &later, "2026-03-02");
	CHECK_STR(due_of(d, "front_supervision.subject_report"), S("2026-03-23"));
	CHECK_INT(duties_of(d, "front_supervision.plan"), 2);
	CHECK_INT(small_site_duty(d, "front_supervision.plan")->state, DUTY_MET);
	CHECK_STR(due_of(d, CHECK_HOLD), S("2026-03-30"));
	/* Moved again in the last days, notice of the new day comes late. */
	later.day = test_date("2026-04-02");
	small_site_done(tx, d, &front, "postpone", &later, "2026-03-25");
	CHECK_INT(small_site_duty(d, "front_supervision.plan")->state, DUTY_LATE);
	small_site_done(tx, d, &front, "cancel", &later, "2026-03-26");
	CHECK_INT(small_site_duty(d, CHECK_HOLD)->state, DUTY_EXCUSED);
	CHECK_INT(d->state, CHECK_CANCELLED);
	small_site_verify(tx);
}

TEST(what_was_found_and_what_came_back_later_is_counted_by_who_checked)
{
	struct tx *tx = site("2026-06-01T08:00");
	struct dossier *d = reported(tx, "pib_commune", "2026-03-16");
	struct check x = found();
	struct check_recover more = { .more_money = 2000000,
				      .more_land = 150,
				      .source = S("Quyết định 15/QĐ-UBND") };
	struct faults faults;
	CHECK_INT(counted(tx, "check.held.pib"), 1);
	CHECK_INT(counted(tx, "check.violations.pib"), 2);
	CHECK_INT(counted(tx, "check.money.pib"), 48000000);
	CHECK_INT(counted(tx, "check.gaps.pib"), 0);
	small_site_done(tx, d, &front, "recover", &more, "2026-04-20");
	CHECK_INT(counted(tx, "check.money.pib"), 50000000);
	CHECK_INT(counted(tx, "check.land.pib"), 150);
	CHECK_INT(((const struct check *)d->data)->money, 50000000);
	CHECK_INT(take_as(tx, d, &front, "recover", &more, "2026-03-15", &faults), ERR_INVALID);
	CHECK(said(&faults, "happened_on"));
	more = (struct check_recover){ .source = S("Quyết định 15/QĐ-UBND") };
	CHECK_INT(take_as(tx, d, &front, "recover", &more, "2026-04-20", &faults), ERR_INVALID);
	/* The same by an investment supervision board counts for it alone. */
	d = planned(tx, "cisb", SMALL_COMMUNE, &front, "2026-04-01", "2026-02-10");
	small_site_done(tx, d, &front, "announce", NULL, "2026-02-12");
	hold(tx, d, &front, "2026-04-01");
	x.deducted = 12000000;
	x.gaps = S("Chưa rõ ai nghiệm thu phần dân góp công.");
	small_site_done(tx, d, &front, "report", &x, "2026-04-03");
	CHECK_INT(counted(tx, "check.deducted.cisb"), 12000000);
	CHECK_INT(counted(tx, "check.gaps.cisb"), 1);
	CHECK_INT(counted(tx, "check.held.pib"), 1);
	small_site_verify(tx);
}

TEST(a_check_is_refused_on_a_wrong_day_or_by_somebody_else)
{
	struct tx *tx = site("2026-06-01T08:00");
	struct check x = check_form("pib_commune", "14464", "2026-03-16"), minutes = found();
	struct faults faults;
	struct dossier *d;
	minutes.minutes = S("Đo lại ba đoạn đường trục.");
	CHECK_INT(open_as(tx, &check_kind, SMALL_COMMUNE, &front, "plan", &x, "2026-03-17", &faults,
			  &d),
		  ERR_INVALID);
	CHECK(said(&faults, "day"));
	x.by = S("pib_agency");
	CHECK_INT(open_as(tx, &check_kind, SMALL_COMMUNE, &front, "plan", &x, "2026-03-01", &faults,
			  &d),
		  ERR_INVALID);
	CHECK(said(&faults, "by"));
	x.by = S("pib_commune");
	CHECK_INT(open_as(tx, &check_kind, SMALL_COMMUNE, &s.leader, "plan", &x, "2026-03-01", NULL,
			  &d),
		  ERR_DENIED);
	d = planned(tx, "pib_commune", SMALL_COMMUNE, &front, "2026-03-16", "2026-03-01");
	CHECK_INT(take_as(tx, d, &front, "announce", NULL, "2026-03-17", &faults), ERR_INVALID);
	small_site_done(tx, d, &front, "announce", NULL, "2026-03-05");
	CHECK_INT(take_as(tx, d, &front, "hold", &minutes, "2026-03-15", &faults), ERR_INVALID);
	CHECK(said(&faults, "happened_on"));
	CHECK_INT(take_as(tx, d, &front, "subject_report", &minutes, "2026-03-06", &faults),
		  ERR_INVALID);
	CHECK_INT(take_as(tx, d, &s.clerk, "hold", &minutes, "2026-03-16", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, d, &agency_board, "hold", &minutes, "2026-03-16", NULL), ERR_DENIED);
	CHECK_INT(take_as(tx, d, NULL, "hold", &minutes, "2026-03-16", NULL), ERR_DENIED);
	small_site_done(tx, d, &front, "hold", &minutes, "2026-03-17");
	CHECK_INT(small_site_duty(d, CHECK_HOLD)->state, DUTY_LATE);
	small_site_verify(tx);
}
