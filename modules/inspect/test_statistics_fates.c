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
