/* The statutory tables over a year of petitions with one of each kind of fate: every column whose source is
 * known counts what it should and nothing else, every printed sum holds, and every cell is as large as
 * what it lists. */
#include "modules/inspect/test_statistics.h"
#include "modules/inspect/opening.h"
#include "modules/inspect/statistic_pages.h"

/* --- A year --- */

static struct dossier *refused(struct tx *tx, const char *type, const char *ground,
			       const char *came, const char *on)
{
	struct dossier *d = sent(tx, type, came);
	struct petition form = blank();
	form.ground = str_of(ground);
	form.detail = S("Nội dung này đã xem xét theo quy định.");
	small_site_done(tx, d, &s.leader, "refuse", &form, on);
	return d;
}

static struct dossier *sent_on(struct tx *tx, const char *came, const char *on)
{
	struct dossier *d = sent(tx, "feedback", came);
	struct petition_transfer form = { .to = S("374"), .reason = S("Đường do huyện quản lý.") };
	small_site_done(tx, d, &s.clerk, "transfer", &form, on);
	return d;
}

static void second_round(struct tx *tx, struct dossier *d)
{
	struct complaint_again again = { .reason = S("Diện tích đất vẫn chưa đúng thực tế") };
	struct complaint_dialogue talk = { .dialogue_on = test_date("2020-06-15"),
					   .minutes = S("Hai bên đối thoại, giữ nguyên ý kiến.") };
	struct petition plain = blank();
	small_site_done(tx, d, &sender, "complain_again", &again, "2020-06-08");
	small_site_done(tx, d, &above, "accept_second", &plain, "2020-06-10");
	small_site_done(tx, d, &above, "dialogue_second", &talk, "2020-06-15");
	decide(tx, d, &above, "decide_second", "right", "2020-06-22");
}

static void live(struct tx *tx)
{
	struct dossier *old = sent(tx, "feedback", "2019-12-20"); /* carried over twice */
	handle(tx, old, "2020-04-20", "2020-04-06");
	answer(tx, old, "2020-04-15");
	struct dossier *early = sent(tx, "proposal", "2020-02-03");
	handle(tx, early, "2020-02-20", "2020-02-05");
	answer(tx, early, "2020-02-10");
	(void)decided(tx, "right", "2020-04-02", "2020-04-06", "2020-04-20");
	(void)refused(tx, "complaint", "not_ours", "2020-04-03", "2020-04-07");
	(void)sent_on(tx, "2020-05-04", "2020-05-06");
	(void)sent(tx, "feedback", "2020-06-29");
	(void)refused(tx, "complaint", "insult", "2020-05-04", "2020-05-05");
	struct dossier *lead = sent(tx, "feedback", "2020-05-11");
	handle(tx, lead, "2020-09-01", "2020-05-12");
	struct dossier *same = sent(tx, "feedback", "2020-05-12");
	struct petition_merge merge = { .with = lead->code };
	small_site_done(tx, same, &s.clerk, "merge", &merge, "2020-05-13");
	second_round(tx, decided(tx, "wrong", "2020-05-04", "2020-05-06", "2020-05-18"));
	(void)decided(tx, "part", "2020-02-03", "2020-02-05", "2020-04-24"); /* too late */
	struct dossier *gone = sent(tx, "complaint", "2020-06-01");
	struct petition plain = blank();
	small_site_done(tx, gone, &s.leader, "accept", &plain, "2020-06-03");
	struct petition_withdraw leave = { .reason = S("Đã được giải thích") };
	small_site_done(tx, gone, &sender, "withdraw", &leave, "2020-06-05");
	(void)sent(tx, "complaint", "2020-12-30"); /* after every period asked for */
}

TEST(each_column_of_a_quarter_counts_its_petitions_and_no_others)
{
	struct tx *tx = site("2021-01-05T08:00");
	live(tx);
	/* total carried received; handled not; fit: petitions matters; content; state; own; out */
	const int xld01[] = { 10, 1, 9, 9, 1, 8, 7, 4, 0, 4, 4, 2, 2, 6, 3, 0, 3, 2, 1, 1, 0, 0 };
	check_row(tx, "XLD01", SMALL_COMMUNE, "2020-04-01", "2020-06-30", STAT_PERIOD, xld01);
	const int year[] = { 12, 1, 11, 11, 1, 10, 9, 5, 0, 5, 6, 2, 2, 8, 4, 0, 4, 2, 1, 1, 0, 0 };
	check_row(tx, "XLD01", SMALL_COMMUNE, "2020-04-01", "2020-06-30", STAT_YEAR, year);
	const int xld02[] = { 5, 0, 5, 5, 0, 5, 4, 4, 0, 0, 0, 0, 0, 0,
			      4, 1, 3, 0, 0, 3, 3, 0, 1, 1, 0, 0, 0 };
	check_row(tx, "XLD02", SMALL_COMMUNE, "2020-04-01", "2020-06-30", STAT_PERIOD, xld02);
	const int xld04[] = { 5, 1, 4, 4, 1, 3, 4, 3, 0, 0, 0, 3, 1, 2, 2, 1, 0, 1, 0, 0 };
	check_row(tx, "XLD04", SMALL_COMMUNE, "2020-04-01", "2020-06-30", STAT_PERIOD, xld04);
	const int kqgq01[] = { 4, 1, 3, 4, 3, 1, 0, 0, 0, 0, 0, 0, 0,
			       0, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 2, 1 };
	check_row(tx, "KQGQ01", SMALL_COMMUNE, "2020-04-01", "2020-06-30", STAT_PERIOD, kqgq01);
	small_site_verify(tx);
}

TEST(a_unit_above_counts_what_came_to_it_and_everything_beneath)
{
	struct tx *tx = site("2021-01-05T08:00");
	live(tx);
	struct stat x = made(tx, "XLD02", DISTRICT, "2020-04-01", "2020-06-30");
	CHECK_INT(x.values[STAT_PERIOD][2], 6); /* one of them a second time, with the district */
	CHECK_INT(x.rest.values[STAT_PERIOD][2], 1);
	CHECK_INT(x.rest.values[STAT_PERIOD][17], 1); /* resolved in the second instance */
	check_lists(tx, &x);
	x = made(tx, "KQGQ01", DISTRICT, "2020-04-01", "2020-06-30");
	CHECK_INT(x.rest.values[STAT_PERIOD][23], 1); /* the first decision was changed */
	CHECK_INT(x.values[STAT_PERIOD][4], 4);
	check_sums(&x, x.values[STAT_PERIOD]);
	x = made(tx, "XLD04", DISTRICT, "2020-04-01", "2020-06-30");
	CHECK_INT(x.rest.values[STAT_PERIOD][0], 1);
	CHECK_INT(x.rest.values[STAT_PERIOD][4 - 1], 0);
}

TEST(what_is_not_handled_is_carried_over_the_turn_of_a_year)
{
	struct tx *tx = site("2021-01-05T08:00");
	live(tx);
	struct stat x = made(tx, "XLD01", SMALL_COMMUNE, "2020-01-01", "2020-03-31");
	CHECK_INT(x.values[STAT_PERIOD][1], 1);
	x = made(tx, "XLD01", SMALL_COMMUNE, "2021-01-01", "2021-01-05");
	CHECK_INT(x.values[STAT_PERIOD][1], 2); /* of June and of 30 December */
	CHECK_INT(x.values[STAT_PERIOD][2], 0);
	CHECK_INT(x.values[STAT_PERIOD][4], 2);
	check_sums(&x, x.values[STAT_PERIOD]);
}

TEST(a_decision_in_force_is_to_be_executed_until_it_is)
{
	struct tx *tx = site("2020-04-21T08:00");
	struct dossier *d = decided(tx, "right", "2020-04-02", "2020-04-06", "2020-04-20");
	small_site_day(tx, "2020-07-01T08:00");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, COMPLAINT_FINAL);
	struct stat x = made(tx, "KQGQ02", SMALL_COMMUNE, "2020-05-01", "2020-06-30");
	CHECK_INT(x.values[STAT_PERIOD][0], 1);
	CHECK_INT(x.values[STAT_PERIOD][1], 0);
	struct complaint_execute done = { .result = S("Đã trả lại diện tích đất thu thừa."),
					  .evidence = small_site_file(tx, "bien-ban.pdf") };
	small_site_done(tx, d, &s.clerk, "execute", &done, "2020-07-01");
	x = made(tx, "KQGQ02", SMALL_COMMUNE, "2020-07-01", "2020-07-01");
	CHECK_INT(x.values[STAT_PERIOD][0], 1);
	CHECK_INT(x.values[STAT_PERIOD][1], 1);
	check_lists(tx, &x);
	small_site_verify(tx);
}

TEST(a_type_that_was_corrected_counts_under_the_right_one)
{
	struct tx *tx = site("2020-05-05T08:00");
	struct dossier *d = sent(tx, "complaint", "2020-05-04");
	struct petition_retype form = { .type = S("proposal"),
					.reason = S("Không khiếu nại quyết định nào") };
	small_site_done(tx, d, &s.clerk, "retype", &form, "2020-05-05");
	struct stat x = made(tx, "XLD02", SMALL_COMMUNE, "2020-05-01", "2020-05-05");
	CHECK_INT(x.values[STAT_PERIOD][0], 0);
	check_lists(tx, &x);
	x = made(tx, "XLD04", SMALL_COMMUNE, "2020-05-01", "2020-05-05");
	CHECK_INT(x.values[STAT_PERIOD][2], 1);
	small_site_verify(tx);
}

/* --- What they are about --- */

static void accept_about(struct tx *tx, const char *sphere)
{
	struct petition form = blank();
	form.sphere = str_of(sphere);
	small_site_done(tx, sent(tx, "complaint", "2020-05-04"), &s.leader, "accept", &form,
			"2020-05-05");
}

static void refuse_about(struct tx *tx, const char *ground, const char *sphere)
{
	struct petition form = blank();
	form.ground = str_of(ground);
	form.detail = S("Nội dung này đã xem xét theo quy định.");
	form.sphere = str_of(sphere);
	small_site_done(tx, sent(tx, "complaint", "2020-05-04"), &s.leader, "refuse", &form,
			"2020-05-05");
}

static void handle_about(struct tx *tx, const char *type, const char *sphere)
{
	struct petition form = blank();
	form.answer_by = test_date("2020-06-01");
	form.sphere = str_of(sphere);
	small_site_done(tx, sent(tx, type, "2020-05-04"), &s.clerk, "handle", &form, "2020-05-05");
}

TEST(each_matter_counts_under_the_sphere_the_office_gave_and_the_rest_under_other)
{
	struct tx *tx = site("2020-07-01T08:00");
	static const char *const spheres[] = { "land", "policy", "admin", "other", "" };
	for (size_t i = 0; i < LENGTH(spheres); i++)
		accept_about(tx, spheres[i]);
	refuse_about(tx, "not_ours", "justice");
	refuse_about(tx, "insult", "land"); /* no matter to be handled */
	const int xld02[] = { 7, 0, 7, 7, 0, 7, 6, 6, 3, 1, 1, 1, 1, 0,
			      2, 6, 0, 0, 0, 5, 5, 0, 1, 1, 0, 0, 0 };
	check_row(tx, "XLD02", SMALL_COMMUNE, "2020-05-01", "2020-05-31", STAT_PERIOD, xld02);
	handle_about(tx, "proposal", "land");
	handle_about(tx, "feedback", "party");
	handle_about(tx, "feedback", "");
	struct dossier *gone = sent(tx, "feedback", "2020-05-04");
	struct petition_transfer to = { .to = S("374"),
					.reason = S("Đường do huyện quản lý."),
					.sphere = S("policy") };
	small_site_done(tx, gone, &s.clerk, "transfer", &to, "2020-05-05");
	const int xld04[] = { 4, 0, 4, 4, 0, 4, 4, 4, 1, 1, 0, 2, 0, 4, 3, 1, 0, 1, 0, 0 };
	check_row(tx, "XLD04", SMALL_COMMUNE, "2020-05-01", "2020-05-31", STAT_PERIOD, xld04);
	/* The office it was sent to says nothing else, and counts it under the same. */
	struct petition form = blank();
	form.answer_by = test_date("2020-06-01");
	small_site_done(tx, gone, &above, "handle", &form, "2020-05-06");
	struct stat x = made(tx, "XLD04", DISTRICT, "2020-05-01", "2020-05-31");
	CHECK_INT(x.rest.values[STAT_PERIOD][8], 1);
	CHECK_INT(x.values[STAT_PERIOD][8], 2);
	check_sums(&x, x.values[STAT_PERIOD]);
	check_lists(tx, &x);
	small_site_verify(tx);
}

TEST(the_sphere_of_a_denunciation_is_counted_and_never_listed)
{
	struct tx *tx = sealed_site("2020-07-01T08:00");
	static const char *const spheres[] = { "corruption", "officials", "" };
	for (size_t i = 0; i < LENGTH(spheres); i++) {
		struct petition form = blank();
		form.number = S("7/QĐ-UBND");
		form.sphere = str_of(spheres[i]);
		small_site_done(tx, denounced(tx, "2020-05-04"), &s.leader, "accept_denunciation",
				&form, "2020-05-05");
	}
	const int xld03[] = { 3, 0, 3, 3, 0, 3, 3, 3, 1, 0, 0, 1, 0, 1,
			      0, 0, 1, 0, 0, 3, 3, 3, 0, 0, 0, 0, 0 };
	check_row(tx, "XLD03", SMALL_COMMUNE, "2020-05-01", "2020-05-31", STAT_PERIOD, xld03);
	struct stat x = made(tx, "XLD03", SMALL_COMMUNE, "2020-05-01", "2020-05-31");
	for (int c = 0; c < x.table->n; c++)
		CHECK(!stat_is_listed(x.table, &x.table->columns[c]));
	small_site_verify(tx);
}

TEST(a_sphere_is_corrected_with_a_reason_also_when_the_matter_is_over)
{
	struct tx *tx = site("2020-07-01T08:00");
	struct dossier *d = decided(tx, "right", "2020-04-02", "2020-04-06", "2020-04-20");
	struct petition_sort form = { .sphere = S("land"),
				      .reason = S("Việc thu hồi đất ở thôn Đông") };
	struct petition_sort bare = { .sphere = S("policy"), .reason = S("") };
	struct petition_sort alien = { .sphere = S("corruption"), .reason = form.reason };
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	struct stat x = made(tx, "XLD02", SMALL_COMMUNE, "2020-04-01", "2020-07-01");
	CHECK_INT(x.values[STAT_PERIOD][x.table->n - 1], 1); /* nobody has said */
	check_lists(tx, &x);
	CHECK_INT(small_site_take(tx, d, &s.clerk, "sort", &bare, "2020-07-01", &faults),
		  ERR_INVALID);
	CHECK_INT(small_site_take(tx, d, &s.clerk, "sort", &alien, "2020-07-01", &faults),
		  ERR_INVALID);
	CHECK_INT(small_site_take(tx, d, &sender, "sort", &form, "2020-07-01", &faults),
		  ERR_DENIED);
	small_site_done(tx, d, &s.clerk, "sort", &form, "2020-07-01");
	CHECK_INT(small_site_take(tx, d, &s.clerk, "sort", &form, "2020-07-01", &faults),
		  ERR_INVALID); /* nothing would change */
	x = made(tx, "XLD02", SMALL_COMMUNE, "2020-04-01", "2020-07-01");
	CHECK_INT(x.values[STAT_PERIOD][x.table->n - 1], 0);
	CHECK_INT(x.values[STAT_PERIOD][10], 1);
	CHECK_INT(x.values[STAT_PERIOD][14], 0);
	check_sums(&x, x.values[STAT_PERIOD]);
	x = made(tx, "XLD02", SMALL_COMMUNE, "2020-04-01", "2020-06-30"); /* as it was then */
	CHECK_INT(x.values[STAT_PERIOD][14], 1);
	check_sums(&x, x.values[STAT_PERIOD]);
	small_site_verify(tx);
}

TEST(the_sphere_of_a_denunciation_is_corrected_by_its_own_list)
{
	struct tx *tx = sealed_site("2020-07-01T08:00");
	struct dossier *d = denounced(tx, "2020-05-04");
	struct petition form = blank();
	struct petition_sort sort = { .sphere = S("corruption"),
				      .reason = S("Nội dung là việc nhận tiền") };
	form.number = S("7/QĐ-UBND");
	small_site_done(tx, d, &s.leader, "accept_denunciation", &form, "2020-05-05");
	small_site_done(tx, d, &s.leader, "sort_denunciation", &sort, "2020-05-06");
	struct stat x = made(tx, "XLD03", SMALL_COMMUNE, "2020-05-01", "2020-05-31");
	CHECK_INT(x.values[STAT_PERIOD][13], 1);
	CHECK_INT(x.values[STAT_PERIOD][16], 0);
	check_sums(&x, x.values[STAT_PERIOD]);
	small_site_verify(tx);
}

TEST(a_sphere_is_corrected_where_the_type_is_and_stays_until_another_is_given)
{
	struct tx *tx = site("2020-07-01T08:00");
	struct dossier *d = sent(tx, "complaint", "2020-05-04");
	struct petition_retype form = { .type = S("complaint"),
					.reason = S("Việc thu hồi đất ở thôn Đông"),
					.sphere = S("land") };
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	struct petition plain = blank();
	small_site_done(tx, d, &s.clerk, "retype", &form, "2020-05-04");
	CHECK_INT(small_site_take(tx, d, &s.clerk, "retype", &form, "2020-05-04", &faults),
		  ERR_INVALID); /* nothing would change */
	small_site_done(tx, d, &s.leader, "accept", &plain, "2020-05-05");
	CHECK_STR(((const struct petition *)d->data)->sphere, S("land"));
	struct stat x = made(tx, "XLD02", SMALL_COMMUNE, "2020-05-01", "2020-05-31");
	CHECK_INT(x.values[STAT_PERIOD][10], 1);
	CHECK_INT(x.values[STAT_PERIOD][14], 0);
	small_site_verify(tx);
}

/* What only denunciations are sorted by stays behind when one turns out to be something else. */
TEST(a_denunciation_that_is_none_takes_no_sphere_along_that_others_do_not_have)
{
	struct tx *tx = sealed_site("2020-07-01T08:00");
	static const char *const spheres[] = { "corruption", "land" }, *const kept[] = { "",
											 "land" };
	for (size_t i = 0; i < LENGTH(spheres); i++) {
		struct dossier *d = denounced(tx, "2020-05-04");
		struct petition_transfer to = { .to = S("374"),
						.reason = S("Người bị tố cáo do huyện quản lý"),
						.sphere = str_of(spheres[i]) };
		struct petition_retype form = { .type = S("complaint"),
						.reason = S("Đơn khiếu nại một quyết định") };
		small_site_done(tx, d, &s.leader, "forward", &to, "2020-05-05");
		CHECK_STR(((const struct petition *)d->data)->sphere, str_of(spheres[i]));
		small_site_done(tx, d, &above, "unseal", &form, "2020-05-06");
		CHECK_STR(((const struct petition *)d->data)->sphere, str_of(kept[i]));
	}
	/* Sent on, each is dealt with where it came first. */
	const int xld03[] = { 2, 0, 2, 2, 0, 2, 2, 2, 1, 0, 1, 0, 0, 1,
			      0, 0, 0, 0, 0, 2, 0, 0, 0, 2, 2, 0, 0 };
	check_row(tx, "XLD03", SMALL_COMMUNE, "2020-05-01", "2020-05-31", STAT_PERIOD, xld03);
	small_site_verify(tx);
}

/* Denunciations are counted and never listed, whoever asks. */
TEST(a_denunciation_is_counted_and_never_listed)
{
	struct tx *tx = site("2020-05-05T08:00");
	struct dossier *d = sent(tx, "feedback", "2020-05-04");
	struct query q = db_query(tx, "UPDATE figure SET figure_key = 'petition.in.denunciation'"
				      " WHERE dossier = $1");
	struct report_entries rows;
	int64_t secret;
	BIND(&q, d->id);
	CHECK_INT(db_exec(&q), OK);
	struct stat x = made(tx, "XLD01", SMALL_COMMUNE, "2020-05-01", "2020-05-05");
	CHECK_INT(x.values[STAT_PERIOD][2], 1);
	struct stat_filter f = { .stat = &x, .column = 3, .limit = 50 };
	CHECK_INT(stat_list(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 0);
	CHECK_INT(stat_secret(tx, &f, &secret), OK);
	CHECK_INT(secret, 1);
	x = made(tx, "XLD03", SMALL_COMMUNE, "2020-05-01", "2020-05-05");
	CHECK_INT(x.values[STAT_PERIOD][2], 1);
	for (int c = 0; c < x.table->n; c++)
		CHECK(!stat_is_listed(x.table, &x.table->columns[c]) ||
		      !stat_is_known(&x.table->columns[c]));
}

/* What was in hand before the site counted is carried over, and a correction leaves no trace in any period. */
TEST(an_opening_balance_is_signed_once_carried_over_and_corrected_by_another_act)
{
	struct tx *tx = site("2020-05-05T08:00");
	struct step_input in = { .on = NO_DATE };
	struct opening form = { .title = S("Số dư đầu kỳ"),
				.as_of = test_date("2020-01-01"),
				.complaint = 4,
				.feedback = 2,
				.resolve = 3,
				.execute = 1,
				.body = S("") };
	struct dossier *d = NULL, *other = NULL;
	(void)sent(tx, "feedback", "2020-02-03");
	tx->who = &s.clerk;
	CHECK_INT(dossier_open(tx, &opening_kind, SMALL_COMMUNE, "sign", &form, &in, NULL, &d),
		  ERR_DENIED);
	tx->err = OK;
	tx->who = &s.leader;
	CHECK_INT(dossier_open(tx, &opening_kind, SMALL_COMMUNE, "sign", &form, &in, NULL, &d), OK);
	CHECK_INT(dossier_open(tx, &opening_kind, SMALL_COMMUNE, "sign", &form, &in, NULL, &other),
		  ERR_INVALID);
	tx->err = OK;
	struct stat x = made(tx, "XLD01", SMALL_COMMUNE, "2020-01-01", "2020-05-05");
	CHECK_INT(x.values[STAT_PERIOD][0], 7);
	CHECK_INT(x.values[STAT_PERIOD][1], 6);
	CHECK_INT(x.values[STAT_PERIOD][2], 1); /* was not received in the period */
	CHECK_INT(x.values[STAT_PERIOD][4], 7);
	check_sums(&x, x.values[STAT_PERIOD]);
	check_lists(tx, &x);
	x = made(tx, "XLD02", SMALL_COMMUNE, "2020-01-01", "2020-05-05");
	CHECK_INT(x.values[STAT_PERIOD][1], 4);
	x = made(tx, "KQGQ01", SMALL_COMMUNE, "2020-01-01", "2020-05-05");
	CHECK_INT(x.values[STAT_PERIOD][0], 3);
	check_sums(&x, x.values[STAT_PERIOD]);
	x = made(tx, "KQGQ02", SMALL_COMMUNE, "2020-01-01", "2020-05-05");
	CHECK_INT(x.values[STAT_PERIOD][0], 1);
	/* Nothing of it is known of a time before its day. */
	x = made(tx, "XLD01", SMALL_COMMUNE, "2019-11-01", "2019-12-31");
	CHECK_INT(x.values[STAT_PERIOD][0], 0);
	void *fix = step_form(tx->mem, kind_step(&opening_kind, S("correct")));
	const struct field *fields = kind_step(&opening_kind, S("correct"))->form;
	*field_date(field_find(fields, S("as_of")), fix) = test_date("2020-01-01");
	*field_int(field_find(fields, S("complaint")), fix) = 1;
	*field_str(field_find(fields, S("reason")), fix) = S("Ba đơn đã nhập vào trang");
	small_site_done(tx, d, &s.leader, "correct", fix, "2020-05-05");
	x = made(tx, "XLD01", SMALL_COMMUNE, "2020-01-01", "2020-05-05");
	CHECK_INT(x.values[STAT_PERIOD][1], 1);
	CHECK_INT(x.values[STAT_PERIOD][4], 2);
	check_sums(&x, x.values[STAT_PERIOD]);
	small_site_verify(tx);
}

TEST(a_sum_that_does_not_hold_says_so)
{
	const int64_t values[] = { 3, 1, 1 };
	const struct stat_identity sum = { 1, { 2, 3 } };
	CHECK(!stat_holds(&sum, values));
}

/* No table of today has such a column; one of tomorrow may. */
TEST(a_column_without_a_source_is_blank_in_files_and_never_0)
{
	struct tx *tx = site("2020-05-05T08:00");
	const struct stat_column columns[] = {
		{ .title = MSG_STATISTICS_RECEIVED, .terms = { { "petition.in.feedback" } } },
		{ .title = MSG_STATISTICS_OTHER },
	};
	const struct stat_identity none[] = { { 0 } };
	const struct stat_table one = { .code = "X",
					.title = MSG_STATISTICS_T_XLD01,
					.suffixes = table("XLD01")->suffixes,
					.columns = columns,
					.n = LENGTH(columns),
					.identities = none };
	struct buf csv = { .a = tx->mem }, json = { .a = tx->mem };
	struct unit u;
	struct stat x;
	(void)sent(tx, "feedback", "2020-05-04");
	CHECK_INT(unit_find(tx, SMALL_COMMUNE, test_date("2020-05-05"), &u), OK);
	CHECK_INT(stat_make(tx, &one, &u, test_date("2020-05-01"), test_date("2020-05-05"), &x),
		  OK);
	statistic_csv(&csv, LANG_VI, &x);
	statistic_json(&json, LANG_VI, &x);
	CHECK(str_has(buf_str(&csv), S(",1,1\r\n")) && str_has(buf_str(&csv), S(",,\r\n")));
	CHECK(str_has(buf_str(&json), S("\"in_period\":[1,null]")));
	CHECK(!stat_is_known(&columns[1]));
}
