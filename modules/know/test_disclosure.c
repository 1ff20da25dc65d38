/* A disclosure from the clerk's desk to the notice board, under the rules of 2020 and of 2024. */
#include "modules/know/import.h"
#include "modules/know/test_know.h"
#include "office/gate.h"
#include "office/queue.h"

/* --- The clock --- */

/* Ordinance 34/2007: two days after Thursday 24/12/2020; the last falls on a Saturday and moves. */
TEST(the_clock_of_2007_counts_two_days_and_moves_off_the_weekend)
{
	struct tx *tx = small_site(&s, "2020-12-24T15:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", "");
	const struct duty *y = duty_of(d, "disclosure.commune.publish", 0);
	CHECK_DAY(y->due, "2020-12-28");
	CHECK(y->unverified); /* its days rest on memory: warn, never block */
}

/* Law 10/2022 art. 12.3: five working days, New Year's Day passed over. */
TEST(the_clock_of_2022_counts_five_working_days)
{
	struct tx *tx = small_site(&s, "2023-12-27T15:00");
	struct dossier *d = record(tx, "XA-11-07", "2023-12-27", "");
	CHECK_DAY(duty_of(d, "disclosure.commune.publish", 0)->due, "2024-01-04");
	CHECK(!duty_of(d, "disclosure.commune.publish", 0)->unverified);
}

TEST(the_matter_must_be_of_the_law_in_force_on_the_day_of_the_document)
{
	struct tx *tx = small_site(&s, "2023-12-27T15:00");
	struct dossier *d;
	struct disclosure form = { .matter = S("XA07-05-01"),
				   .title = S("Văn bản mới"),
				   .body = S("x"),
				   .issuer = S("UBND"),
				   .issued_on = test_date("2023-12-20") };
	struct faults faults = { .a = test_arena() };
	struct step_input in = { .on = NO_DATE };
	CHECK_INT(dossier_open(tx, &disclosure_kind, SMALL_COMMUNE, "record", &form, &in, &faults,
			       &d),
		  ERR_INVALID);
	CHECK_INT(faults.n, 1);
	CHECK_STR(str_of(faults.at[0].field), S("matter"));
	CHECK(str_has(faults.at[0].text, S("Pháp lệnh 34/2007")));
}

/* Ordinance 34/2007: every form is owed; the duty is met on the day of the last of them. */
TEST(a_disclosure_is_complete_on_the_day_the_last_form_owed_was_used)
{
	struct tx *tx = small_site(&s, "2021-01-20T15:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", "");
	publish(tx, d, "2020-12-25");
	CHECK_INT(duty_of(d, "disclosure.commune.publish", 0)->state, DUTY_OPEN);
	post(tx, d, "Trụ sở UBND", "2020-12-25");
	broadcast(tx, d, 3, "2020-12-26");
	CHECK_INT(duty_of(d, "disclosure.commune.publish", 0)->state, DUTY_OPEN);
	tell_heads(tx, d, "2020-12-28");
	CHECK_INT(duty_of(d, "disclosure.commune.publish", 0)->state, DUTY_MET);
	CHECK_DAY(duty_of(d, "disclosure.commune.publish", 0)->met, "2020-12-28");

	struct dossier *late = record(tx, "XA07-05-01", "2020-12-24", "");
	publish(tx, late, "2020-12-25");
	post(tx, late, "Trụ sở UBND", "2020-12-25");
	broadcast(tx, late, 3, "2020-12-26");
	tell_heads(tx, late, "2020-12-29");
	CHECK_INT(duty_of(late, "disclosure.commune.publish", 0)->state, DUTY_LATE);
	small_site_verify(tx);
}

TEST(loudspeakers_and_web_are_owed_only_where_the_unit_has_them)
{
	struct tx *tx = small_site(&s, "2024-03-01T15:00");
	struct disclosure form = { .matter = S("XA-11-07"),
				   .title = S("Hỗ trợ hộ nghèo"),
				   .body = S("x"),
				   .issuer = S("UBND"),
				   .issued_on = test_date("2024-03-01") };
	struct step_input in = { .on = NO_DATE };
	struct dossier *d;
	tx->who = &s.neighbour; /* a commune with neither */
	CHECK_INT(
		dossier_open(tx, &disclosure_kind, SMALL_NEIGHBOUR, "record", &form, &in, NULL, &d),
		OK);
	const struct disclosure *x = d->data;
	CHECK_INT(x->owed.n, 2);
	CHECK_STR(x->owed.at[0], S("NIEMYET"));
	CHECK_STR(x->owed.at[1], S("TRUONGTHON"));
	CHECK_INT(x->broadcast_days, 0);
}

/* --- Posting --- */

/* Thirty consecutive days, each place for itself; design mockup 03. */
TEST(a_torn_sheet_starts_the_days_of_its_own_place_anew)
{
	struct tx *tx = small_site(&s, "2021-01-06T09:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", "");
	publish(tx, d, "2020-12-25");
	post(tx, d, "Trụ sở UBND", "2020-12-25");
	post(tx, d, "Nhà văn hóa thôn Bắc", "2020-12-25");
	int first = (int)d->lines.n - 1, second = (int)d->lines.n;
	CHECK_DAY(duty_of(d, "disclosure.commune.posting", first)->due, "2021-01-24");
	struct sheet torn = { .sheet = str_printf(tx->mem, "%d", second),
			      .again = test_date("2021-01-05") };
	CHECK_INT(take(tx, d, &s.clerk, "torn", &torn, "2021-01-05"), OK);
	CHECK_INT(duty_of(d, "disclosure.commune.posting", second)->state, DUTY_EXCUSED);
	CHECK_DAY(duty_of(d, "disclosure.commune.posting", second + 1)->due, "2021-02-04");
	CHECK_INT(duty_of(d, "disclosure.commune.posting", first)->state, DUTY_OPEN);
	small_site_verify(tx);
}

TEST(a_sheet_may_not_come_down_before_its_days_are_over)
{
	struct tx *tx = small_site(&s, "2021-01-20T09:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", "");
	publish(tx, d, "2020-12-25");
	post(tx, d, "Trụ sở UBND", "2020-12-25");
	struct sheet down = { .sheet = str_printf(tx->mem, "%zu", d->lines.n), .again = NO_DATE };
	CHECK_INT(take(tx, d, &s.clerk, "unpost", &down, "2021-01-20"), ERR_INVALID);
	small_site_day(tx, "2021-01-25T01:00"); /* the 24th was the thirtieth day */
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(duty_of(d, "disclosure.commune.posting", (int)d->lines.n)->state, DUTY_MET);
	CHECK_INT(take(tx, d, &s.clerk, "unpost", &down, "2021-01-25"), OK);
	small_site_verify(tx);
}

/* Law 10/2022 art. 13.3: at least three consecutive days on air for matters 7 to 12. */
TEST(two_broadcasts_that_join_make_one_run_of_days)
{
	struct tx *tx = small_site(&s, "2024-03-20T09:00");
	struct dossier *d = record(tx, "XA-11-07", "2024-03-01", "");
	publish(tx, d, "2024-03-04");
	broadcast(tx, d, 2, "2024-03-04");
	CHECK_INT(duty_of(d, "disclosure.commune.broadcast", 0)->state, DUTY_OPEN);
	broadcast(tx, d, 1, "2024-03-06");
	CHECK_INT(duty_of(d, "disclosure.commune.broadcast", 0)->state, DUTY_MET);
	small_site_verify(tx);
}

/* --- Approval, names, corrections, takedown --- */

TEST(nothing_is_public_before_a_leader_approves)
{
	struct tx *tx = small_site(&s, "2020-12-28T09:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", ""), *seen;
	struct ticks ticks = { true, false, S("") };
	CHECK_INT(take(tx, d, &s.clerk, "submit", &ticks, NULL), ERR_INVALID); /* the checklist */
	ticks.names_lawful = true;
	CHECK_INT(take(tx, d, &s.clerk, "submit", &ticks, NULL), OK);
	void *form = step_form(tx->mem, kind_step(d->kind, S("publish")));
	CHECK_INT(take(tx, d, &s.clerk, "publish", form, NULL), ERR_DENIED);
	CHECK_INT(take(tx, d, &s.neighbour, "publish", form, NULL), ERR_DENIED);
	tx->who = NULL;
	CHECK_INT(gate_read(tx, d->code, &seen), ERR_NOT_FOUND);
	CHECK_INT(take(tx, d, &s.leader, "publish", form, NULL), OK);
	tx->who = NULL;
	CHECK_INT(gate_read(tx, d->code, &seen), OK);
}

static bool names_her(struct bytes b)
{
	return str_has((struct str){ b.at, b.len }, S("Trần Thị Mẫu"));
}

TEST(names_are_shown_while_posted_and_erased_when_the_posting_ends)
{
	struct tx *tx = small_site(&s, "2020-12-28T09:00");
	struct dossier *d = record(tx, "XA07-05-05", "2020-12-24", "Nguyễn Văn Mẫu\nTrần Thị Mẫu");
	struct str names;
	publish(tx, d, "2020-12-25");
	post(tx, d, "Trụ sở UBND", "2020-12-25");
	CHECK_INT(disclosure_names(tx, d, &names), OK);
	CHECK_STR(names, S("Nguyễn Văn Mẫu\nTrần Thị Mẫu"));
	small_site_day(tx, "2021-01-25T01:00");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(disclosure_names(tx, d, &names), OK);
	CHECK_INT(names.len, 0);
	/* Gone from every table, not only from the page. */
	struct query q = db_query(tx, "SELECT c.sealed_bytes, c.public_bytes, a.data FROM act a"
				      " LEFT JOIN content c ON c.act = a.id LIMIT 1000");
	int64_t acts = 0;
	for (; db_next(&q); acts++)
		CHECK(!names_her(col_bytes(&q, 0)) && !names_her(col_bytes(&q, 1)) &&
		      !str_has(col_str(&q, 2), S("Trần Thị Mẫu")));
	CHECK_INT(q.err, OK);
	CHECK(acts > 2);
	small_site_verify(tx);
}

TEST(a_correction_is_a_new_version_and_the_first_stays_readable)
{
	struct tx *tx = small_site(&s, "2020-12-30T09:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", "");
	publish(tx, d, "2020-12-25");
	struct correction_form form = { .title = S("Dự toán ngân sách xã năm 2021"),
					.body = S("Tổng thu **860.000.000** đồng."),
					.reason = S("Cộng nhầm biểu 3") };
	CHECK_INT(take(tx, d, &s.leader, "correct", &form, "2020-12-30"), OK);
	CHECK_INT(d->versions, 2);
	CHECK_STR(dossier_body(d), S("Tổng thu **860.000.000** đồng."));
	struct acts acts;
	struct content first;
	CHECK_INT(act_list(tx, d, &acts), OK);
	CHECK_INT(content_load(tx, acts.at[2].id, &first), OK);
	CHECK(str_has((struct str){ first.public_bytes.at, first.public_bytes.len },
		      S("850.000.000")));
	small_site_verify(tx);
}

TEST(a_takedown_leaves_a_stub_and_takes_the_words_out_of_lists_and_search)
{
	struct tx *tx = small_site(&s, "2020-12-30T09:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", ""), *seen;
	publish(tx, d, "2020-12-25");
	struct takedown_form form = { S("personal"), S("Có số CCCD") };
	struct queue q_of;
	tx->who = &s.clerk;
	CHECK_INT(queue_load(tx, 30, &q_of), OK);
	CHECK(q_of.overdue.n + q_of.today.n + q_of.later.n > 0);
	CHECK_INT(take(tx, d, &s.clerk, "take_down", &form, NULL), OK);
	/* Nobody can do anything for what it owed, which stays counted. */
	CHECK_INT(queue_load(tx, 30, &q_of), OK);
	CHECK_INT(q_of.overdue.n + q_of.today.n + q_of.later.n, 0);
	tx->who = NULL;
	CHECK_INT(gate_read(tx, d->code, &seen), OK); /* that it was there stays known */
	CHECK(!gate_may_see_content(tx, seen));
	struct query q = db_query(tx, "SELECT title FROM dossier");
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_str(&q, 0).len, 0);
	small_site_verify(tx);
}

/* --- Past disclosures from a spreadsheet --- */

TEST(past_disclosures_are_recorded_all_or_none_with_faults_by_line)
{
	struct tx *tx = small_site(&s, "2021-01-05T09:00");
	struct past_rows rows;
	struct str bad = S("matter;title;issued_on;published_on\n"
			   "XA07-05-01;Dự toán năm 2020;02/01/2020;03/01/2020\n"
			   "XA07-05-99;Không có;02/01/2020;03/01/2020\n"
			   "XA07-05-02;Đường thôn;05/02/2020;01/02/2020\n");
	tx->who = &s.leader;
	CHECK_INT(past_read(tx, SMALL_COMMUNE, bad, LANG_VI, &rows), OK);
	CHECK_INT(rows.n, 3);
	CHECK_INT(rows.bad, 2);
	CHECK_INT(rows.at[1].line, 3);
	CHECK_STR(str_of(rows.at[1].faults.at[0].field), S("matter"));
	CHECK_STR(str_of(rows.at[2].faults.at[0].field), S("published_on"));
	CHECK_INT(past_record(tx, SMALL_COMMUNE, &rows, S("t")), ERR_INVALID);

	struct str good = S("matter;title;issued_on;published_on;place;broadcast_on;heads_on\n"
			    "XA07-05-01;Dự toán năm 2020;02/01/2020;03/01/2020;Trụ sở UBND;"
			    "03/01/2020;03/01/2020\n");
	tx->err = OK;
	CHECK_INT(past_read(tx, SMALL_COMMUNE, good, LANG_VI, &rows), OK);
	CHECK_INT(rows.bad, 0);
	CHECK_INT(past_record(tx, SMALL_COMMUNE, &rows, S("t")), OK);
	CHECK_INT(past_record(tx, SMALL_COMMUNE, &rows, S("t")), OK); /* sent twice */
	struct query q = db_query(tx, "SELECT COUNT(*) FROM dossier");
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), 1);
	/* Every form the papers tell of is recorded, so nothing is left owing. */
	struct query owed =
		db_query(tx, "SELECT COUNT(*) FROM duty WHERE state = 0 AND minimum = 0");
	CHECK_INT(db_one(&owed), OK);
	CHECK_INT(col_int(&owed, 0), 0);
	small_site_verify(tx);
}

/* What a commune owes is public from the first day; what its clerk has drafted is not. */
TEST(strangers_see_that_a_draft_is_owed_and_not_what_it_says)
{
	struct tx *tx = small_site(&s, "2020-03-02T08:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-03-02", "");
	struct duty_filter f = { .under = SMALL_COMMUNE,
				 .when = DUTIES_OPEN,
				 .rule = S("disclosure.commune.publish"),
				 .limit = 5,
				 .after_due = NO_DATE };
	struct duty_rows rows;

	CHECK_INT(duty_list(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 1);
	CHECK(rows.at[0].shown);
	CHECK_STR(rows.at[0].code, d->code);

	tx->who = NULL;
	CHECK_INT(duty_list(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 1);
	CHECK(!rows.at[0].shown);
	CHECK_STR(rows.at[0].code, S(""));
	CHECK_STR(rows.at[0].title, S(""));
	CHECK_STR(rows.at[0].facet, S("XA07-05-01"));

	publish(tx, d, "2020-03-02");
	tx->who = NULL;
	CHECK_INT(duty_list(tx, &f, &rows), OK);
	CHECK(rows.n == 1 && rows.at[0].shown);
}
