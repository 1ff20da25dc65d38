/* What becomes of matters after an office has said what it does with them, as the tables count it: terms that
 * run out, denunciations and complaints that go on elsewhere. */
#include "modules/inspect/test_statistics.h"

#include "office/added_day.h"

enum { OVERDUE = 18, SETTLED, UNSETTLED, OWN, FIRST_TIME, AGAIN };

static void check_cell(struct tx *tx, const char *code, int64_t unit, const char *last, int column,
		       int expected)
{
	struct stat x = made(tx, code, unit, "2021-01-01", last);
	if (x.values[STAT_PERIOD][column - 1] != expected)
		FAIL("%s column %d up to %s: %d instead of %d", code, column, last,
		     (int)x.values[STAT_PERIOD][column - 1], expected);
	check_sums(&x, x.values[STAT_PERIOD]);
	check_sums(&x, x.values[STAT_YEAR]);
	check_lists(tx, &x);
}

static void extend(struct tx *tx, struct dossier *d, const char *on)
{
	struct denunciation_extend form = { .criteria = { NEW_N(tx->mem, struct str, 1), 1 },
					    .reason = S("Phải xác minh tại nhiều nơi.") };
	form.criteria.at[0] = S("places");
	small_site_done(tx, d, &s.leader, "extend_resolve", &form, on);
}

/* Thirty days from 2 March: until 1 April. */
static struct dossier *taken_up(struct tx *tx)
{
	struct dossier *d = denounced(tx, "2021-03-01");
	accept(tx, d, "2021-03-02");
	CHECK_DAY(small_site_duty(d, "denunciation.resolve")->due, "2021-04-01");
	return d;
}

TEST(a_denunciation_is_overdue_in_the_periods_at_whose_end_its_term_is_over)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *late = taken_up(tx), *good = taken_up(tx), *longer = taken_up(tx);
	extend(tx, longer, "2021-03-25");
	conclude(tx, good, &s.leader, "wrong", "2021-04-01");
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-04-01", OVERDUE, 0);
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-04-01", UNSETTLED, 2);
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-04-02", OVERDUE, 1);
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-04-02", UNSETTLED, 1);
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-06-30", OVERDUE, 2);
	conclude(tx, late, &s.leader, "right", "2021-04-10");
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-04-09", OVERDUE, 1);
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-04-10", OVERDUE, 0);
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-04-10", SETTLED, 2);
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-06-30", OVERDUE, 1);
	conclude(tx, longer, &s.leader, "part", "2021-04-20"); /* in its longer term */
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-12-01", OVERDUE, 0);
	small_site_verify(tx);
}

TEST(a_suspended_denunciation_is_overdue_only_when_it_was_before)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct dossier *late = taken_up(tx), *good = taken_up(tx);
	struct complaint_suspend form = { .reason = S("Chờ kết quả giám định."),
					  .number = S("3/QĐ-UBND") };
	small_site_done(tx, good, &s.leader, "suspend_denunciation", &form, "2021-03-22");
	small_site_done(tx, late, &s.leader, "suspend_denunciation", &form, "2021-04-08");
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-06-30", OVERDUE, 1);
	small_site_done(tx, good, &s.leader, "resume_denunciation", NULL, "2021-05-03");
	small_site_done(tx, late, &s.leader, "resume_denunciation", NULL, "2021-05-03");
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-05-13", OVERDUE, 1); /* ten days were left */
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-05-14", OVERDUE, 2);
	small_site_verify(tx);
}

/* Another calendar moves the day, and the figure with it. */
TEST(a_day_off_declared_later_moves_the_day_from_which_a_denunciation_is_overdue)
{
	struct tx *tx = sealed_site("2021-03-29T08:00");
	struct added_day form = { test_date("2021-04-01"), S("Nghỉ đột xuất"), S("off") };
	struct dossier *d = taken_up(tx), *day;
	tx->who = &s.admin;
	CHECK_INT(dossier_open(tx, &added_day_kind, SMALL_COMMUNE, "declare", &form,
			       &(struct step_input){ .on = NO_DATE }, NULL, &day),
		  OK);
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_DAY(small_site_duty(d, "denunciation.resolve")->due, "2021-04-02");
	small_site_day(tx, "2021-04-20T08:00");
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-04-02", OVERDUE, 0);
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-04-03", OVERDUE, 1);
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	conclude(tx, d, &s.leader, "right", "2021-04-12");
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-04-12", OVERDUE, 0);
	small_site_verify(tx);
}

TEST(who_denounces_again_after_a_conclusion_is_counted_so_by_the_unit_above)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct complaint_again again = { .reason = S("Kết luận bỏ sót một nửa nội dung") };
	struct petition form = blank();
	struct dossier *taken = taken_up(tx), *declined = taken_up(tx);
	conclude(tx, taken, &s.leader, "wrong", "2021-03-20");
	conclude(tx, declined, &s.leader, "wrong", "2021-03-20");
	CHECK_INT(by_receipt(tx, taken, "renew", &again, "2021-04-01"), OK);
	CHECK_INT(by_receipt(tx, declined, "renew", &again, "2021-04-01"), OK);
	form.number = S("1/QĐ");
	small_site_done(tx, taken, &above, "accept_renewed", &form, "2021-04-12");
	form.detail = S("Đã xem xét hồ sơ, kết luận đúng pháp luật.");
	small_site_done(tx, declined, &above, "decline_renewed", &form, "2021-04-12");
	check_cell(tx, "XLD03", DISTRICT, "2021-06-30", OWN, 4);
	check_cell(tx, "XLD03", DISTRICT, "2021-06-30", FIRST_TIME, 2);
	check_cell(tx, "XLD03", DISTRICT, "2021-06-30", AGAIN, 2);
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-06-30", AGAIN, 0);
	check_cell(tx, "XLD03", DISTRICT, "2021-06-30", OVERDUE, 1);
	small_site_verify(tx);
}

/* --- Outside the competence --- */

/* Taken, it ends well; else this field is at fault. */
static void try(struct tx *tx, struct dossier *d, const struct member *who, const char *step,
		const void *form, const char *on, const char *fault)
{
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	enum err e = small_site_take(tx, d, who, step, form, on, &faults);
	if (!fault && e)
		FAIL("%s: %s", step, tx->why);
	if (!fault)
		return;
	if (e != ERR_INVALID || !faults.n)
		FAIL("%s is taken", step);
	CHECK_STR(str_of(faults.at[0].field), str_of(fault));
}

static struct petition refusal(const char *ground, const char *urging)
{
	struct petition form = blank();
	form.ground = form.refusal = str_of(ground);
	form.detail = S("Phòng Tài nguyên đang giải quyết, đã đôn đốc.");
	form.urging = str_of(urging);
	return form;
}

TEST(a_matter_another_office_is_slow_with_is_given_back_with_the_letter_that_urges_it)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct petition bare = refusal(PETITION_URGED, ""), other = refusal("resolved", "3/UBND"),
			good = refusal(PETITION_URGED, "3/UBND");
	static const char *const types[] = { "complaint", "feedback" };
	for (size_t i = 0; i < LENGTH(types); i++) {
		struct dossier *d = sent(tx, types[i], "2021-03-01");
		try(tx, d, &s.leader, "refuse", &bare, "2021-03-03", "urging");
		try(tx, d, &s.leader, "refuse", &other, "2021-03-03", "urging");
		try(tx, d, &s.leader, "refuse", &good, "2021-03-03", NULL);
	}
	struct dossier *d = denounced(tx, "2021-03-01");
	try(tx, d, &s.leader, "refuse_denunciation", &bare, "2021-03-03", "urging");
	try(tx, d, &s.leader, "refuse_denunciation", &good, "2021-03-03", NULL);
	check_cell(tx, "XLD01", SMALL_COMMUNE, "2021-03-31", 21, 3);
	check_cell(tx, "XLD01", SMALL_COMMUNE, "2021-03-31", 18, 3);
	check_cell(tx, "XLD02", SMALL_COMMUNE, "2021-03-31", 26, 1);
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-03-31", 26, 1);
	check_cell(tx, "XLD04", SMALL_COMMUNE, "2021-03-31", 19, 1);
	small_site_verify(tx);
}

static struct petition_reply reply(void)
{
	return (struct petition_reply){ .reply = S("15/UBND-VP"),
					.told = S("Đã nhận giải quyết, trả lời trước 30/3.") };
}

TEST(a_reply_counts_once_with_the_office_that_sent_the_petition_on)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct petition_transfer to = { .to = S("374"), .reason = S("Đường do huyện quản lý.") };
	struct petition_reply form = reply();
	struct petition plain = blank();
	struct dossier *d = sent(tx, "feedback", "2021-03-01");
	small_site_done(tx, d, &s.clerk, "transfer", &to, "2021-03-02");
	CHECK_INT(small_site_take(tx, d, &above, "reply", &form, "2021-03-03", NULL),
		  ERR_CONFLICT); /* it has not said yet what becomes of it */
	plain.answer_by = test_date("2021-03-30");
	small_site_done(tx, d, &above, "handle", &plain, "2021-03-04");
	CHECK_INT(small_site_take(tx, d, &s.clerk, "reply", &form, "2021-03-05", NULL), ERR_DENIED);
	try(tx, d, &above, "reply", &form, "2021-04-05", NULL);
	CHECK_STR(((const struct petition_hop *)petition_last_hop(d, NULL)->data)->reply,
		  S("15/UBND-VP"));
	try(tx, d, &above, "reply", &form, "2021-04-06", "");
	check_cell(tx, "XLD01", SMALL_COMMUNE, "2021-04-04", 22, 0);
	check_cell(tx, "XLD01", SMALL_COMMUNE, "2021-04-05", 22, 1);
	check_cell(tx, "XLD04", SMALL_COMMUNE, "2021-12-01", 20, 1);
	struct stat x = made(tx, "XLD04", DISTRICT, "2021-01-01", "2021-12-01");
	CHECK_INT(x.rest.values[STAT_PERIOD][19], 0);
	struct dossier *own = sent(tx, "feedback", "2021-03-01");
	handle(tx, own, "2021-03-30", "2021-03-03");
	try(tx, own, &s.clerk, "reply", &form, "2021-03-05", "");
	/* The unit above takes up by itself what is complained or denounced again: nobody sent that on. */
	struct dossier *again = taken_up(tx);
	struct complaint_again renewed = { .reason = S("Kết luận bỏ sót một nửa nội dung") };
	conclude(tx, again, &s.leader, "wrong", "2021-03-20");
	CHECK_INT(by_receipt(tx, again, "renew", &renewed, "2021-04-01"), OK);
	try(tx, again, &above, "reply", &form, "2021-04-05", "");
	small_site_verify(tx);
}

TEST(a_reply_of_a_denunciation_is_counted_and_not_listed)
{
	struct tx *tx = sealed_site("2021-12-01T08:00");
	struct petition_transfer to = { .to = S("374"), .reason = S("Do huyện quản lý cán bộ.") };
	struct petition_reply form = reply();
	struct petition plain = blank();
	struct dossier *d = denounced(tx, "2021-03-01");
	small_site_done(tx, d, &s.leader, "forward", &to, "2021-03-02");
	plain.number = S("7/QĐ-UBND");
	small_site_done(tx, d, &above, "accept_denunciation", &plain, "2021-03-04");
	try(tx, d, &above, "reply", &form, "2021-03-05", NULL);
	check_cell(tx, "XLD03", SMALL_COMMUNE, "2021-03-31", 27, 1);
	small_site_verify(tx);
}

static const struct complaint_judgment *judgment_at(const struct dossier *d, size_t no)
{
	for (size_t i = 0; i < d->lines.n; i++)
		if (str_eq(str_of(d->lines.at[i].kind->name), S("judgment")) && !no--)
			return d->lines.at[i].data;
	return NULL;
}

TEST(a_complaint_judged_by_a_court_counts_as_that_and_is_not_complained_of_again)
{
	struct tx *tx = site("2021-12-01T08:00");
	struct dossier *d = decided(tx, "wrong", "2021-03-01", "2021-03-03", "2021-03-22");
	struct complaint_again again = { .reason = S("Diện tích đất vẫn chưa đúng thực tế") };
	struct complaint_judgment form = { .instance = S("first"),
					   .ruling = S("kept"),
					   .ruled = S("Bác yêu cầu khởi kiện"),
					   .court = S("Tòa án nhân dân huyện Mẫu"),
					   .judgment = S("5/2021/HC-ST"),
					   .judged_on = test_date("2021-03-21") };
	check_cell(tx, "XLD02", SMALL_COMMUNE, "2021-03-31", 17, 1);
	try(tx, d, &s.clerk, "judge", &form, "2021-04-10", "judged_on");
	form.judged_on = test_date("2022-01-03");
	try(tx, d, &s.clerk, "judge", &form, "2021-04-10", "judged_on");
	form.judged_on = test_date("2021-04-08");
	try(tx, d, &s.clerk, "judge", &form, "2021-04-07", "happened_on");
	try(tx, d, &s.clerk, "judge", &form, "2021-04-10", NULL);
	check_cell(tx, "XLD02", SMALL_COMMUNE, "2021-04-09", 19, 0);
	check_cell(tx, "XLD02", SMALL_COMMUNE, "2021-04-10", 19, 1);
	check_cell(tx, "XLD02", SMALL_COMMUNE, "2021-04-10", 17, 0);
	tx->now = test_instant("2021-04-12T08:00");
	CHECK(complaint_again_futile(tx, d));
	try(tx, d, &s.clerk, "complain_again", &again, "2021-04-12", "");
	/* What was written down wrong is written down again, with why; what that does not speak of stays. */
	const struct complaint_judgment *line = judgment_at(d, 0);
	CHECK_STR(line->ruled, S("Bác yêu cầu khởi kiện"));
	form.ruled = S("");
	form.judgment = S("6/2021/HC-ST");
	form.mended = S("Ghi nhầm số bản án");
	try(tx, d, &s.clerk, "judge", &form, "2021-04-12", NULL);
	CHECK_STR(((const struct petition *)d->data)->judgment, form.judgment);
	CHECK_STR(judgment_at(d, 0)->judgment, form.judgment);
	CHECK_STR(judgment_at(d, 0)->ruled, S("Bác yêu cầu khởi kiện"));
	small_site_verify(tx);
}

TEST(a_second_judgment_is_of_a_higher_instance_and_the_first_stays)
{
	struct tx *tx = site("2021-12-01T08:00");
	struct dossier *d = decided(tx, "wrong", "2021-03-01", "2021-03-03", "2021-03-22");
	struct complaint_judgment form = { .instance = S("first"),
					   .ruling = S("other"),
					   .court = S("Tòa án nhân dân huyện Mẫu"),
					   .judgment = S("5/2021/HC-ST"),
					   .judged_on = test_date("2021-04-08") };
	try(tx, d, &s.clerk, "judge", &form, "2021-04-10", "ruled");
	form.ruling = S("retrial");
	try(tx, d, &s.clerk, "judge", &form, "2021-04-10", "ruling");
	form.ruling = S("kept");
	form.mended = S("Ghi nhầm");
	try(tx, d, &s.clerk, "judge", &form, "2021-04-10", "mended");
	form.mended = S("");
	try(tx, d, &s.clerk, "judge", &form, "2021-04-10", NULL);
	struct complaint_judgment again = form;
	again.judgment = S("8/2021/HC-ST");
	try(tx, d, &s.clerk, "judge", &again, "2021-04-12", "instance");
	again.instance = S("appeal");
	again.ruling = S("retrial");
	again.judged_on = test_date("2021-04-07");
	try(tx, d, &s.clerk, "judge", &again, "2021-06-12", "judged_on");
	again.judged_on = test_date("2021-06-10");
	try(tx, d, &s.clerk, "judge", &again, "2021-06-12", NULL);
	/* Sent back, it is judged anew by the first instance. */
	form.judgment = S("9/2021/HC-ST");
	form.judged_on = test_date("2021-08-10");
	form.ruling = S("annulled");
	try(tx, d, &s.clerk, "judge", &form, "2021-08-12", NULL);
	/* A mistake takes the place of the last and of no other, and stands after the one before. */
	form.judgment = S("10/2021/HC-ST");
	form.mended = S("Ghi nhầm số bản án");
	form.judged_on = test_date("2021-06-09");
	try(tx, d, &s.clerk, "judge", &form, "2021-08-13", "judged_on");
	form.judged_on = test_date("2021-08-10");
	try(tx, d, &s.clerk, "judge", &form, "2021-08-13", NULL);
	CHECK_STR(judgment_at(d, 0)->judgment, S("5/2021/HC-ST"));
	CHECK_STR(judgment_at(d, 0)->ruling, S("kept"));
	CHECK_STR(judgment_at(d, 1)->judgment, S("8/2021/HC-ST"));
	CHECK_STR(judgment_at(d, 2)->judgment, S("10/2021/HC-ST"));
	CHECK(!judgment_at(d, 3));
	CHECK_STR(((const struct petition *)d->data)->ruling, S("annulled"));
	check_cell(tx, "XLD02", SMALL_COMMUNE, "2021-12-01", 19, 1);
	small_site_verify(tx);
}
