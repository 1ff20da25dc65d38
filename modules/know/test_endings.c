/* What happens to a disclosure besides its ordinary course: edits, torn sheets, names whose time is
 * over, takedowns and what comes back. */
#include "modules/know/test_files.h"
#include "office/gate.h"
#include "office/list.h"
#include "office/queue.h"
#include "office/verify.h"

static struct dossier *again(struct tx *tx, const struct dossier *d)
{
	struct dossier *out = NULL;
	CHECK_INT(dossier_load(tx, d->id, &out), OK);
	return out;
}

static struct disclosure edited(const struct dossier *d, const char *matter, const char *title)
{
	struct disclosure form = *(const struct disclosure *)d->data;
	form.matter = str_of(matter);
	form.title = str_of(title);
	return form;
}

static size_t open_duties(const struct dossier *d)
{
	size_t n = 0;
	for (size_t i = 0; i < d->duties.n; i++)
		n += d->duties.at[i].state == DUTY_OPEN;
	return n;
}

TEST(a_draft_edited_twice_owes_its_publication_once)
{
	struct tx *tx = small_site(&s, "2021-01-05T15:00");
	struct dossier *d = record(tx, "XA07-05-02", "2020-12-24", "");
	struct disclosure form = edited(d, "XA07-05-01", "Dự toán ngân sách xã");
	CHECK_INT(take(tx, d, &s.clerk, "edit", &form, "2020-12-24"), OK);
	form = edited(d, "XA07-05-01", "Dự toán ngân sách xã năm 2021");
	CHECK_INT(take(tx, d, &s.clerk, "edit", &form, "2020-12-24"), OK);
	CHECK_INT(open_duties(d), 1);
	publish(tx, d, "2020-12-25");
	post(tx, d, "Trụ sở UBND", "2020-12-25");
	broadcast(tx, d, 3, "2020-12-26");
	tell_heads(tx, d, "2020-12-29"); /* one day late */
	CHECK_INT(open_duties(d), 1);    /* the sheet's days */
	struct list_filter f = { .kind = &disclosure_kind,
				 .under = SMALL_COMMUNE,
				 .timing = TIMING_LATE,
				 .limit = 5,
				 .from = NO_DATE,
				 .to = NO_DATE,
				 .after_on = NO_DATE };
	struct list_rows rows;
	CHECK_INT(list_dossiers(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 1); /* not by the duty that the edit made void */
	small_site_verify(tx);
}

TEST(photos_of_a_notice_board_do_not_replace_the_documents)
{
	struct tx *tx = small_site(&s, "2021-01-20T15:00");
	struct dossier *d = NULL;
	struct file_ref scan = { .sha256 = str_printf(tx->mem, "%064d", 1),
				 .name = S("18.pdf"),
				 .type = S("application/pdf"),
				 .size = 1 };
	struct disclosure form = {
		.matter = S("XA07-05-01"),
		.title = S("Dự toán ngân sách xã năm 2021"),
		.issuer = S("HĐND xã"),
		.issued_on = test_date("2020-12-24"),
		.files = { &scan, 1 },
	};
	struct query q = db_query(tx, "INSERT INTO file (sha256, size, type, created_at)"
				      " VALUES ($1, 1, 'application/pdf', 0)");
	BIND(&q, scan.sha256);
	CHECK_INT(db_exec(&q), OK);
	struct step_input in = { .on = test_date("2020-12-24") };
	if (dossier_open(tx, &disclosure_kind, SMALL_COMMUNE, "record", &form, &in, NULL, &d))
		FAIL("%s", tx->why);
	publish(tx, d, "2020-12-25");
	post(tx, d, "Trụ sở UBND", "2020-12-25");
	broadcast(tx, d, 3, "2020-12-26");
	tell_heads(tx, d, "2020-12-28");
	CHECK_INT(((const struct disclosure *)d->data)->files.n, 1);
	small_site_verify(tx);
}

/* --- Sheets and loudspeakers --- */

TEST(nothing_happens_to_a_sheet_before_it_was_hung)
{
	struct tx *tx = small_site(&s, "2021-01-06T09:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", "");
	publish(tx, d, "2020-12-25");
	post(tx, d, "Trụ sở UBND", "2020-12-28");
	struct sheet form = { .sheet = str_printf(tx->mem, "%zu", d->lines.n), .again = NO_DATE };
	CHECK_INT(take(tx, d, &s.clerk, "torn", &form, "2020-12-27"), ERR_INVALID);
	CHECK_INT(take(tx, d, &s.clerk, "seen", &form, "2020-12-27"), ERR_INVALID);
	form.again = test_date("2020-12-29");
	CHECK_INT(take(tx, d, &s.clerk, "torn", &form, "2020-12-30"), ERR_INVALID);
	form.again = test_date("2020-12-30");
	CHECK_INT(take(tx, d, &s.clerk, "torn", &form, "2020-12-30"), OK);
}

TEST(a_run_counted_as_complete_is_taken_back_when_the_sheet_was_gone_before_its_end)
{
	struct tx *tx = small_site(&s, "2020-12-28T09:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", "");
	publish(tx, d, "2020-12-25");
	post(tx, d, "Trụ sở UBND", "2020-12-25");
	int line = (int)d->lines.n;
	small_site_day(tx, "2021-01-25T01:00");
	d = again(tx, d);
	CHECK_INT(duty_of(d, "disclosure.commune.posting", line)->state, DUTY_MET);
	struct sheet form = { .sheet = str_printf(tx->mem, "%d", line),
			      .again = test_date("2021-01-25") };
	CHECK_INT(take(tx, d, &s.clerk, "torn", &form, "2021-01-20"), OK);
	CHECK_INT(duty_of(d, "disclosure.commune.posting", line)->state, DUTY_EXCUSED);
	CHECK_DAY(duty_of(d, "disclosure.commune.posting", line + 1)->due, "2021-02-24");
	struct query q = db_query(tx, "SELECT CAST(SUM(n) AS BIGINT) FROM tally"
				      " WHERE tally_key = 'disclosure.commune.posting.met'");
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), 0);
	db_end(&q);
	small_site_verify(tx);
}

TEST(days_on_air_count_in_whatever_order_they_are_recorded_and_never_ahead)
{
	struct tx *tx = small_site(&s, "2024-03-07T09:00");
	struct dossier *d = record(tx, "XA-11-07", "2024-03-01", "");
	publish(tx, d, "2024-03-04");
	struct air ahead = { .days = 3, .times = 2 };
	CHECK_INT(take(tx, d, &s.clerk, "broadcast", &ahead, "2024-03-06"), ERR_INVALID);
	broadcast(tx, d, 1, "2024-03-06");
	broadcast(tx, d, 1, "2024-03-04");
	CHECK_INT(duty_of(d, "disclosure.commune.broadcast", 0)->state, DUTY_OPEN);
	broadcast(tx, d, 2, "2024-03-04"); /* recorded again, with the day after */
	CHECK_INT(duty_of(d, "disclosure.commune.broadcast", 0)->state, DUTY_MET);
	small_site_verify(tx);
}

/* --- Names --- */

static size_t names_shown(struct tx *tx, const struct dossier *d)
{
	struct str names;
	CHECK_INT(disclosure_names(tx, again(tx, d), &names), OK);
	return names.len;
}

TEST(names_go_when_the_sheets_are_over_though_days_on_air_are_missing)
{
	struct tx *tx = small_site(&s, "2024-03-07T09:00");
	struct dossier *d = record(tx, "XA-11-07", "2024-03-01", "Nguyễn Văn Mẫu");
	publish(tx, d, "2024-03-04");
	post(tx, d, "Trụ sở UBND", "2024-03-04");
	broadcast(tx, d, 1, "2024-03-05"); /* of three */
	CHECK(names_shown(tx, d) > 0);
	small_site_day(tx, "2024-04-30T01:00");
	CHECK_INT(names_shown(tx, d), 0);
	small_site_verify(tx);
}

TEST(names_that_were_never_hung_do_not_stay_on_the_web_for_ever)
{
	struct tx *tx = small_site(&s, "2020-12-28T09:00");
	struct dossier *d = record(tx, "XA07-05-05", "2020-12-24", "Nguyễn Văn Mẫu");
	publish(tx, d, "2020-12-25");
	small_site_day(tx, "2021-01-24T01:00");
	CHECK(names_shown(tx, d) > 0);
	small_site_day(tx, "2021-01-25T01:00");
	CHECK_INT(names_shown(tx, d), 0);
	small_site_verify(tx);
}

TEST(names_of_a_torn_sheet_that_nobody_hung_again_go_on_its_day)
{
	struct tx *tx = small_site(&s, "2021-01-06T09:00");
	struct dossier *d = record(tx, "XA07-05-05", "2020-12-24", "Nguyễn Văn Mẫu");
	publish(tx, d, "2020-12-25");
	post(tx, d, "Trụ sở UBND", "2020-12-25");
	struct sheet form = { .sheet = str_printf(tx->mem, "%zu", d->lines.n), .again = NO_DATE };
	CHECK_INT(take(tx, d, &s.clerk, "torn", &form, "2021-01-05"), OK);
	small_site_day(tx, "2021-01-24T01:00");
	CHECK(names_shown(tx, d) > 0);
	small_site_day(tx, "2021-01-25T01:00");
	CHECK_INT(names_shown(tx, d), 0);
	small_site_verify(tx);
}

TEST(names_brought_back_by_a_correction_after_the_posting_go_the_next_day)
{
	struct tx *tx = small_site(&s, "2020-12-28T09:00");
	struct dossier *d = record(tx, "XA07-05-05", "2020-12-24", "Nguyễn Văn Mẫu");
	publish(tx, d, "2020-12-25");
	post(tx, d, "Trụ sở UBND", "2020-12-25");
	small_site_day(tx, "2021-01-25T01:00");
	d = again(tx, d);
	struct correction_form form = { .title = S("Danh sách hộ nghèo"),
					.body = S("Kèm danh sách"),
					.names = S("Trần Thị Mẫu"),
					.reason = S("Thiếu một người") };
	CHECK_INT(take(tx, d, &s.leader, "correct", &form, NULL), OK);
	CHECK(names_shown(tx, d) > 0);
	small_site_day(tx, "2021-01-26T01:00");
	CHECK_INT(names_shown(tx, d), 0);
	small_site_verify(tx);
}

TEST(names_that_a_correction_left_out_are_erased_as_well)
{
	struct tx *tx = small_site(&s, "2020-12-28T09:00");
	struct dossier *d = record(tx, "XA07-05-05", "2020-12-24", "Nguyễn Văn Mẫu");
	struct acts acts;
	struct content c;
	publish(tx, d, "2020-12-25");
	post(tx, d, "Trụ sở UBND", "2020-12-25");
	struct correction_form form = { .title = S("Danh sách hộ nghèo"),
					.body = S("Không kèm danh sách"),
					.reason = S("Danh sách chưa được phép công khai") };
	CHECK_INT(take(tx, d, &s.leader, "correct", &form, NULL), OK);
	small_site_day(tx, "2021-01-25T01:00");
	CHECK_INT(act_list(tx, d = again(tx, d), &acts), OK);
	for (size_t i = 0; i < acts.n; i++) {
		CHECK_INT(content_load(tx, acts.at[i].id, &c), OK);
		struct str sealed = { c.sealed_bytes.at, c.sealed_bytes.len };
		CHECK(!str_has(sealed, S("Nguyễn Văn Mẫu")));
	}
	small_site_verify(tx);
}

/* --- Files with names in them --- */

static bool is_readable(struct tx *tx, const struct dossier *d, const struct file_ref *f)
{
	struct file_ref found;
	return file_find(tx, d->id, f->sha256, true, &found) == OK;
}

static bool is_on_disk(struct tx *tx, const struct file_ref *f)
{
	return file_check(test_tx_dir(tx), f->sha256) == OK;
}

/* As the server sweeps, a day and more later by every clock. */
static void sweep(struct tx *tx)
{
	struct instant tomorrow = instant_now();
	int64_t removed;
	tomorrow.ms += 2 * 24 * 3600 * INT64_C(1000);
	CHECK_INT(file_sweep_rows(tx, tx->now, 100), OK);
	CHECK_INT(file_sweep_disk(tx, test_tx_dir(tx), tomorrow, &removed), OK);
}

TEST(a_file_with_names_goes_with_the_posting_from_reading_and_then_from_the_disk)
{
	struct tx *tx = small_site(&s, "2020-12-28T09:00");
	struct file_ref decision = kept_file(tx, "quyet-dinh.txt", S("Quyết định số 18"));
	struct file_ref list = kept_file(tx, "danh-sach.txt", S("Nguyễn Văn Mẫu"));
	struct dossier *d = record_with_files(tx, &decision, &list);
	publish(tx, d, "2020-12-25");
	post(tx, d, "Trụ sở UBND", "2020-12-25");
	small_site_day(tx, "2021-01-24T01:00");
	CHECK(is_readable(tx, d, &list) && is_readable(tx, d, &decision));
	small_site_day(tx, "2021-01-25T01:00");
	CHECK(!is_readable(tx, d, &list) && is_readable(tx, d, &decision));
	CHECK_INT(((const struct disclosure *)again(tx, d)->data)->files.n, 1);
	small_site_verify(tx);
	sweep(tx);
	CHECK(!is_on_disk(tx, &list) && is_on_disk(tx, &decision));
	small_site_verify(tx);
}

TEST(the_bytes_of_a_file_with_names_stay_while_another_dossier_shows_them)
{
	struct tx *tx = small_site(&s, "2020-12-28T09:00");
	struct file_ref decision = kept_file(tx, "quyet-dinh.txt", S("Quyết định số 18"));
	struct file_ref list = kept_file(tx, "danh-sach.txt", S("Nguyễn Văn Mẫu"));
	struct dossier *first = record_with_files(tx, &decision, &list);
	publish(tx, first, "2020-12-25");
	struct dossier *second = record_with_files(tx, &decision, &list); /* still a draft */
	small_site_day(tx, "2021-01-25T01:00");
	sweep(tx);
	CHECK(!is_readable(tx, first, &list));
	CHECK(is_readable(tx, second, &list) && is_on_disk(tx, &list));
}

/* A clerk sent the list as if it were the decision, and mends it. */
TEST(a_file_moved_among_those_with_names_goes_from_every_version)
{
	struct tx *tx = small_site(&s, "2020-12-28T09:00");
	struct file_ref decision = kept_file(tx, "quyet-dinh.txt", S("Quyết định số 18"));
	struct file_ref list = kept_file(tx, "danh-sach.txt", S("Nguyễn Văn Mẫu"));
	struct dossier *d = record_with_files(tx, &list, &decision); /* the wrong way round */
	publish(tx, d, "2020-12-25");
	struct correction_form form = { .title = S("Kết quả bình xét hộ nghèo"),
					.files = { &decision, 1 },
					.name_files = { &list, 1 },
					.reason = S("Tệp để nhầm chỗ") };
	CHECK_INT(take(tx, d, &s.leader, "correct", &form, NULL), OK);
	small_site_day(tx, "2021-01-25T01:00");
	CHECK(!is_readable(tx, d, &list));
	small_site_verify(tx);
}

TEST(a_file_with_names_hung_on_again_after_its_erasure_is_found)
{
	struct tx *tx = small_site(&s, "2020-12-28T09:00");
	struct file_ref decision = kept_file(tx, "quyet-dinh.txt", S("Quyết định số 18"));
	struct file_ref list = kept_file(tx, "danh-sach.txt", S("Nguyễn Văn Mẫu"));
	struct dossier *d = record_with_files(tx, &decision, &list);
	struct verify_result result;
	publish(tx, d, "2020-12-25");
	small_site_day(tx, "2021-01-25T01:00");
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT(result.erased, 2); /* what was recorded, what was published */
	CHECK_INT(result.problems.n, 0);
	CHECK_INT(file_use(tx, d->id, &(struct file_refs){ &list, 1 }, false), OK);
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT(result.problems.n, 1);
	CHECK(str_has(result.problems.at[0], S("or which was erased")));
}

/* --- Takedown --- */

TEST(what_was_withdrawn_comes_back_from_a_takedown_as_withdrawn)
{
	struct tx *tx = small_site(&s, "2020-12-30T09:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", "");
	struct takedown_form down = { S("personal"), S("") };
	struct str reason = S("Đã có văn bản mới");
	publish(tx, d, "2020-12-25");
	CHECK_INT(take(tx, d, &s.leader, "withdraw", &reason, NULL), OK);
	CHECK_INT(take(tx, d, &s.clerk, "take_down_withdrawn", &down, NULL), OK);
	tx->who = NULL;
	CHECK(!gate_may_see_content(tx, d));
	CHECK_INT(take(tx, d, &s.leader, "restore", &reason, NULL), ERR_CONFLICT);
	CHECK_INT(take(tx, d, &s.leader, "restore_withdrawn", &reason, NULL), OK);
	CHECK_INT(d->state, EDITORIAL_WITHDRAWN);
	small_site_verify(tx);
}

/* --- The queue --- */

TEST(what_others_must_do_never_hides_what_waits_for_me_and_nothing_is_listed_twice)
{
	struct tx *tx = small_site(&s, "2020-12-24T09:00");
	struct ticks ticks = { true, true, S("") };
	struct queue q;
	for (int i = 0; i < 5; i++) { /* submitted: the leader's */
		struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", "");
		CHECK_INT(take(tx, d, &s.clerk, "submit", &ticks, NULL), OK);
	}
	struct dossier *mine = record(tx, "XA07-05-01", "2020-12-24", "");
	tx->who = &s.clerk;
	CHECK_INT(queue_load(tx, 1, &q), OK);
	CHECK_INT(q.waiting.n, 1);
	CHECK_INT(q.waiting.at[0].id, mine->id);
	CHECK_INT(queue_load(tx, 50, &q), OK);
	CHECK_INT(q.later.n, 5); /* the sixth waits for a step of his */
	small_site_day(tx, "2020-12-28T09:00");
	tx->who = &s.clerk;
	CHECK_INT(queue_load(tx, 50, &q), OK);
	CHECK_INT(q.today.n, 6);
	CHECK_INT(q.waiting.n, 0);
	small_site_day(tx, "2020-12-29T09:00");
	tx->who = &s.clerk;
	CHECK_INT(queue_load(tx, 1, &q), OK); /* even when the list of what is overdue is cut */
	CHECK_INT(q.waiting.n, 0);
}
