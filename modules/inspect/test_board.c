/* Boards: the rows of bodies.tsv, their clocks against time_limits.tsv, who comes and goes. */
#include "modules/inspect/test_supervision.h"

/* TL-016, TL-043: five working days; over Tết 2026 (14 to 22 February) and one day late. */
TEST(recognition_is_owed_in_five_working_days_of_the_election)
{
	static const struct {
		const char *by;
		int64_t unit;
		const char *rule, *on, *due, *done;
		enum duty_state state;
	} cases[] = {
		{ "pib_commune", SMALL_COMMUNE, "village_decision.recognise", "2026-03-02",
		  "2026-03-09", "2026-03-09", DUTY_MET },
		{ "cisb", SMALL_COMMUNE, "village_decision.recognise", "2026-02-12", "2026-02-26",
		  "2026-02-27", DUTY_LATE },
		{ "pib_agency", SMALL_AGENCY, "pib.agency.recognise", "2026-03-02", "2026-03-09",
		  "2026-03-10", DUTY_LATE },
		{ "pib_agency", SMALL_AGENCY, "pib.agency.recognise", "2023-08-15", "2023-08-22",
		  "2023-08-22", DUTY_MET },
	};
	struct tx *tx = site("2026-06-01T08:00");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		bool agency = cases[i].unit == SMALL_AGENCY;
		const struct member *who = agency ? &agency_board : &front;
		struct dossier *d = elected(tx, cases[i].by, cases[i].unit, who,
					    agency ? THREE : FIVE, cases[i].on);
		CHECK_STR(due_of(d, cases[i].rule), str_of(cases[i].due));
		struct people_board no = board_form("", "");
		no.reason = S("Biên bản chưa đủ chữ ký");
		small_site_done(tx, d, who, "refuse", &no, cases[i].done);
		CHECK_INT(small_site_duty(d, cases[i].rule)->state, cases[i].state);
		CHECK_INT(d->state, BOARD_REFUSED);
	}
	/* Neither rule was in force before, nor is there one for enterprises. */
	CHECK_INT(duties_of(elected(tx, "pib_agency", SMALL_AGENCY, &agency_board, THREE,
				    "2023-08-14"),
			    "pib.agency.recognise"),
		  0);
	CHECK_INT(elected(tx, "pib_enterprise", SMALL_ENTERPRISE, &enterprise_board, THREE,
			  "2026-03-02")
			  ->duties.n,
		  0);
	small_site_verify(tx);
}

TEST(who_may_sit_is_counted_by_the_row_of_the_day)
{
	static const struct {
		const char *by, *members, *on;
		int64_t unit;
		const char *field; /* NULL: it is fine */
	} cases[] = {
		{ "pib_commune", FIVE, "2026-03-02", SMALL_COMMUNE, NULL },
		{ "pib_commune", THREE, "2026-03-02", SMALL_COMMUNE, "members" },
		{ "pib_commune", THREE, "2020-03-02", SMALL_COMMUNE, NULL }, /* BD-11: memory */
		{ "cisb", THREE, "2026-03-02", SMALL_COMMUNE, "members" },
		{ "cisb", FIVE "\nA Mẫu; thành viên; thôn A\nB Mẫu; thành viên; thôn B",
		  "2026-03-02", SMALL_COMMUNE, NULL },
		{ "cisb",
		  FIVE "\nA Mẫu; thành viên; thôn A\nB Mẫu; thành viên; thôn B\nC Mẫu; "
		       "thành viên; thôn C",
		  "2026-03-02", SMALL_COMMUNE, "members" }, /* six residents */
		{ "pib_agency", THREE, "2026-03-02", SMALL_AGENCY, NULL },
		{ "pib_agency", THREE "\nA Mẫu; phó ban; phòng A", "2026-03-02", SMALL_AGENCY,
		  "members" }, /* a second deputy needs nine */
		{ "pib_agency", "A Mẫu; trưởng ban; phòng A\nB Mẫu; thành viên; phòng B",
		  "2026-03-02", SMALL_AGENCY, "members" },
		{ "pib_agency", "A Mẫu; trưởng ban; phòng A\nB Mẫu; thành viên; phòng B",
		  "2023-03-02", SMALL_AGENCY, NULL }, /* no row yet */
		{ "pib_enterprise", THREE, "2026-03-02", SMALL_ENTERPRISE, NULL },
		{ "pib_commune", FIVE "\nA Mẫu; trưởng ban; thôn A", "2026-03-02", SMALL_COMMUNE,
		  "members" }, /* two heads */
		{ "pib_commune", "Nguyễn Văn Mẫu, trưởng ban", "2026-03-02", SMALL_COMMUNE,
		  "members" },
		{ "pib_agency", FIVE, "2026-03-02", SMALL_COMMUNE, "by" },
	};
	struct tx *tx = site("2026-06-01T08:00");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		const struct member *who = cases[i].unit == SMALL_AGENCY       ? &agency_board
					   : cases[i].unit == SMALL_ENTERPRISE ? &enterprise_board
									       : &front;
		struct people_board x = board_form(cases[i].by, cases[i].members);
		struct faults faults;
		struct dossier *d;
		enum err e = open_as(tx, &board_kind, cases[i].unit, who, "elect", &x, cases[i].on,
				     &faults, &d);
		if (e != (cases[i].field ? ERR_INVALID : OK))
			FAIL("case %zu: %s: %s", i, err_name(e), tx->why);
		if (cases[i].field)
			CHECK(said(&faults, cases[i].field));
	}
	small_site_verify(tx);
}

TEST(nobody_is_entered_before_somebody_has_looked_whether_he_may_sit)
{
	struct tx *tx = site("2026-06-01T08:00");
	struct people_board x = board_form("pib_commune", FIVE);
	struct faults faults;
	struct dossier *d;
	x.compatible = false;
	CHECK_INT(open_as(tx, &board_kind, SMALL_COMMUNE, &front, "elect", &x, "2026-03-02",
			  &faults, &d),
		  ERR_INVALID);
	CHECK(said(&faults, "compatible"));
	x = board_form("cisb", FIVE);
	x.project = S("");
	CHECK_INT(open_as(tx, &board_kind, SMALL_COMMUNE, &front, "elect", &x, "2026-03-02",
			  &faults, &d),
		  ERR_INVALID);
	CHECK(said(&faults, "project"));
}

TEST(a_term_is_two_years_where_the_row_says_so_and_asks_for_the_next_election)
{
	struct tx *tx = site("2028-06-01T08:00");
	struct dossier *d =
		elected(tx, "pib_agency", SMALL_AGENCY, &agency_board, THREE, "2026-03-02");
	struct people_board x = board_form("", "");
	struct faults faults;
	x.number = S("05/QĐ-CĐ");
	x.term_from = test_date("2026-03-05");
	x.term_to = test_date("2028-03-05");
	CHECK_INT(take_as(tx, d, &agency_board, "recognise", &x, "2026-03-05", &faults),
		  ERR_INVALID);
	CHECK(said(&faults, "term_to"));
	x.term_to = NO_DATE;
	CHECK_INT(take_as(tx, d, &agency_board, "recognise", &x, "2026-03-05", &faults),
		  ERR_INVALID);
	recognise(tx, d, &agency_board, "2026-03-05", "2028-03-04");
	CHECK_STR(due_of(d, BOARD_TERM), S("2028-03-04"));
	CHECK_INT(board_sitting(d, test_date("2026-03-05")), 3);
	x.reason = S("term");
	small_site_done(tx, d, &agency_board, "end", &x, "2028-03-05");
	CHECK_INT(small_site_duty(d, BOARD_TERM)->state, DUTY_LATE);
	CHECK_INT(board_sitting(d, test_date("2028-03-06")), 0);
	small_site_verify(tx);
}

TEST(a_seat_with_six_months_to_go_is_filled_again_and_one_with_less_is_not)
{
	struct tx *tx = site("2026-09-01T08:00");
	struct dossier *d =
		elected(tx, "pib_agency", SMALL_AGENCY, &agency_board, THREE, "2024-09-02");
	struct board_release leaves = { S("3"), S("Chuyển công tác") };
	struct board_add comes = { S("Vũ Thị Mẫu"), S("member"), S("phòng Ba"), true };
	recognise(tx, d, &agency_board, "2024-09-05", "2026-09-04");
	small_site_done(tx, d, &agency_board, "release", &leaves, "2026-03-05");
	CHECK_STR(due_of(d, BOARD_REFILL), S("2026-04-04"));
	CHECK_INT(board_sitting(d, test_date("2026-03-06")), 2);
	small_site_done(tx, d, &agency_board, "add", &comes, "2026-04-04");
	CHECK_INT(small_site_duty(d, BOARD_REFILL)->state, DUTY_MET);
	leaves.member = S("2");
	small_site_done(tx, d, &agency_board, "release", &leaves, "2026-03-06");
	CHECK_INT(duties_of(d, BOARD_REFILL), 1); /* one day less than six months */
	CHECK_INT(counted(tx, BOARD_ELECTED), 4);
	CHECK_INT(counted(tx, BOARD_RELEASED), 2);
	comes.role = S("head");
	struct faults faults;
	CHECK_INT(take_as(tx, d, &agency_board, "add", &comes, "2026-04-05", &faults), ERR_INVALID);
	CHECK(said(&faults, "role"));
	small_site_verify(tx);
}

/* TL-038: a commune's board reports by the last day of each quarter, one late; others owe none. */
TEST(a_communes_board_reports_every_quarter)
{
	struct tx *tx = site("2026-03-10T08:00");
	struct dossier *d = elected(tx, "pib_commune", SMALL_COMMUNE, &front, FIVE, "2026-03-02");
	struct board_write report = { S("2026-Q1"),
				      S("Giám sát hai cuộc, kiến nghị một việc."),
				      { 0 } };
	recognise(tx, d, &front, "2026-03-05", "2031-03-04");
	CHECK_STR(due_of(d, "pib.commune.report"), S("2026-03-31"));
	small_site_day(tx, "2026-07-01T00:10");
	d = reload(tx, d);
	CHECK_INT(duties_of(d, "pib.commune.report"), 3);
	CHECK_STR(due_of(d, "pib.commune.report"), S("2026-09-30"));
	small_site_done(tx, d, &front, "report", &report, "2026-03-31");
	report.period = S("2026-Q2");
	small_site_done(tx, d, &front, "report", &report, "2026-07-01");
	CHECK_INT(d->duties.at[2].state, DUTY_MET);
	CHECK_INT(d->duties.at[3].state, DUTY_LATE);
	struct people_board end = board_form("", "");
	end.reason = S("other");
	small_site_done(tx, d, &front, "end", &end, "2026-07-01");
	small_site_day(tx, "2026-10-02T00:10");
	CHECK_INT(duties_of(reload(tx, d), "pib.commune.report"), 3);
	small_site_verify(tx);
}

TEST(boards_and_members_are_counted_once_a_year)
{
	struct tx *tx = site("2026-03-10T08:00");
	struct people_board end = board_form("", "");
	end.reason = S("other");
	struct dossier *d = elected(tx, "pib_commune", SMALL_COMMUNE, &front, FIVE, "2026-03-02");
	recognise(tx, d, &front, "2026-03-05", "2031-03-04");
	small_site_day(tx, "2027-02-01T00:10");
	CHECK_INT(counted(tx, "board.sits.pib_commune"), 2);
	CHECK_INT(counted(tx, "board.members.pib_commune"), 10);
	d = reload(tx, d);
	small_site_done(tx, d, &front, "end", &end, "2027-02-01");
	/* Another in the same year is the same commune's. */
	d = elected(tx, "pib_commune", SMALL_COMMUNE, &front, FIVE, "2027-02-01");
	recognise(tx, d, &front, "2027-02-01", "2032-01-31");
	CHECK_INT(counted(tx, "board.sits.pib_commune"), 2);
	/* Every project is one. */
	for (int i = 0; i < 2; i++) {
		d = elected(tx, "cisb", SMALL_COMMUNE, &front, FIVE, "2027-02-01");
		recognise(tx, d, &front, "2027-02-01", NULL);
		CHECK_INT(duties_of(d, BOARD_TERM), 0);
	}
	CHECK_INT(counted(tx, "board.sits.cisb"), 2);
	small_site_verify(tx);
}

TEST(only_the_front_or_an_inspector_of_the_unit_enters_its_boards)
{
	struct tx *tx = site("2026-03-10T08:00");
	const struct member *const others[] = { &s.clerk, &s.leader, &s.neighbour, &agency_board,
						NULL };
	struct dossier *d;
	for (size_t i = 0; i < LENGTH(others); i++) {
		struct people_board x = board_form("pib_commune", FIVE);
		CHECK_INT(open_as(tx, &board_kind, SMALL_COMMUNE, others[i], "elect", &x,
				  "2026-03-02", NULL, &d),
			  ERR_DENIED);
	}
	d = elected(tx, "pib_commune", SMALL_COMMUNE, &front, FIVE, "2026-03-02");
	struct people_board x = board_form("", "");
	x.number = S("1");
	x.term_from = test_date("2026-03-05");
	x.term_to = test_date("2031-03-04");
	for (size_t i = 0; i < LENGTH(others); i++)
		CHECK_INT(take_as(tx, d, others[i], "recognise", &x, "2026-03-05", NULL),
			  ERR_DENIED);
}
