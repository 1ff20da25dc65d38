/* What decisions on complaints order and what was done of it, as KQGQ01 and KQGQ02 sum it. */
#include "modules/inspect/test_statistics.h"

static struct petition amounts(void)
{
	struct petition x = blank();
	x.state_money = 5000000;
	x.man_money = 12500000;
	x.man_land = 120;
	x.men = 3;
	x.punished = 2;
	x.punished_officials = 1;
	return x;
}

static struct petition other_amounts(void)
{
	struct petition x = blank();
	x.state_land = 300;
	x.org_money = 7000000;
	x.org_land = 40;
	x.orgs = 1;
	x.police_cases = 1;
	x.police_people = 2;
	x.police_officials = 1;
	return x;
}

static void execute(struct tx *tx, struct dossier *d, const char *on)
{
	struct complaint_execute done = { .result = S("Đã thu, trả lại và xử lý theo quyết định."),
					  .evidence = small_site_file(tx, "bien-ban.pdf"),
					  .got_state_money = 4000000,
					  .got_man_money = 12500000,
					  .got_man_land = 120,
					  .got_punished = 2,
					  .got_punished_officials = 1 };
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, COMPLAINT_FINAL);
	small_site_done(tx, d, &s.clerk, "execute", &done, on);
}

TEST(what_decisions_order_is_summed_by_the_office_that_made_them_and_what_was_done_where_it_was)
{
	struct tx *tx = site("2020-07-01T08:00");
	struct petition early = blank(), second = blank();
	struct complaint_again again = { .reason = S("Diện tích đất vẫn chưa đúng thực tế") };
	struct complaint_dialogue talk = { .dialogue_on = test_date("2020-06-15"),
					   .minutes = S("Hai bên đối thoại, giữ nguyên ý kiến.") };
	early.state_money = 1000000;
	(void)ordered(tx, early, "right", "2020-02-03", "2020-02-05", "2020-02-24", "2020-02-24");
	struct dossier *d = ordered(tx, amounts(), "right", "2020-04-02", "2020-04-06",
				    "2020-04-20", "2020-04-20");
	struct dossier *b = ordered(tx, other_amounts(), "part", "2020-05-04", "2020-05-06",
				    "2020-05-18", "2020-05-18");
	small_site_done(tx, b, &sender, "complain_again", &again, "2020-06-08");
	small_site_done(tx, b, &above, "accept_second", &(struct petition){ 0 }, "2020-06-10");
	small_site_done(tx, b, &above, "dialogue_second", &talk, "2020-06-15");
	second.man_money = 900000;
	order(tx, b, &above, "decide_second", second, "right", "2020-06-22");
	CHECK_INT(((const struct petition *)b->data)->org_money, 0); /* ordered anew */
	small_site_day(tx, "2020-10-01T08:00");
	execute(tx, d, "2020-06-15");
	const int quarter[] = { 2, 0, 2, 2, 2, 0, 5000000, 300, 7000000, 40, 12500000, 120, 1,
				3, 2, 1, 1, 2, 1, 1,       0,   1,       0,  0,        2,   0 };
	check_row(tx, "KQGQ01", SMALL_COMMUNE, "2020-04-01", "2020-06-30", STAT_PERIOD, quarter);
	const int year[] = { 3, 0, 3, 3, 3, 0, 6000000, 300, 7000000, 40, 12500000, 120, 1,
			     3, 2, 1, 1, 2, 1, 2,       0,   1,       0,  0,        3,   0 };
	check_row(tx, "KQGQ01", SMALL_COMMUNE, "2020-04-01", "2020-06-30", STAT_YEAR, year);
	const int done[] = { 2, 1, 6000000,  0,   4000000, 0, 0, 0, 12500000, 120,
			     0, 0, 12500000, 120, 2,       1, 0, 0, 0 };
	check_row(tx, "KQGQ02", SMALL_COMMUNE, "2020-04-01", "2020-06-30", STAT_PERIOD, done);
	/* Executed in June: of the next quarter only the other decision is left. */
	const int left[] = { 1, 0, 1000000, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 };
	check_row(tx, "KQGQ02", SMALL_COMMUNE, "2020-07-01", "2020-09-30", STAT_PERIOD, left);
	check_row(tx, "KQGQ02", SMALL_COMMUNE, "2020-07-01", "2020-09-30", STAT_YEAR, done);
	struct stat x = made(tx, "KQGQ01", DISTRICT, "2020-04-01", "2020-06-30");
	CHECK_INT(x.rest.values[STAT_PERIOD][10], 900000);
	CHECK_INT(x.values[STAT_PERIOD][10], 13400000);
	check_lists(tx, &x);
	small_site_verify(tx);
}

/* In force 30 days after it was made, complained of within 30 days after it was sent: it binds no longer. */
TEST(what_a_decision_orders_is_owed_no_longer_when_it_is_complained_of_again)
{
	struct tx *tx = site("2020-05-08T08:00");
	struct complaint_again again = { .reason = S("Diện tích đất vẫn chưa đúng thực tế") };
	struct dossier *d = ordered(tx, amounts(), "right", "2020-04-02", "2020-04-03",
				    "2020-04-06", "2020-04-20");
	small_site_day(tx, "2020-05-12T08:00");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, COMPLAINT_FINAL);
	struct stat x = made(tx, "KQGQ02", SMALL_COMMUNE, "2020-05-01", "2020-05-12");
	CHECK_INT(x.values[STAT_PERIOD][2], 5000000);
	small_site_done(tx, d, &sender, "complain_again", &again, "2020-05-12");
	x = made(tx, "KQGQ02", SMALL_COMMUNE, "2020-05-01", "2020-05-12");
	CHECK_INT(x.values[STAT_PERIOD][0], 0);
	CHECK_INT(x.values[STAT_PERIOD][2], 0);
	x = made(tx, "KQGQ01", SMALL_COMMUNE, "2020-04-01", "2020-05-12");
	CHECK_INT(x.values[STAT_PERIOD][6], 5000000); /* what was ordered stays so */
	check_lists(tx, &x);
	small_site_verify(tx);
}

TEST(amounts_that_cannot_be_are_refused_and_the_largest_is_not)
{
	static const struct {
		const char *field;
		int64_t n;
		const char *fault; /* the field it is said of; NULL: none */
	} asked[] = {
		{ "state_money", -1, "state_money" },
		{ "state_money", COMPLAINT_MONEY_MOST, NULL },
		{ "state_money", COMPLAINT_MONEY_MOST + 1, "state_money" },
		{ "man_land", COMPLAINT_LAND_MOST, NULL },
		{ "man_land", COMPLAINT_LAND_MOST + 1, "man_land" },
		{ "men", COMPLAINT_COUNT_MOST + 1, "men" },
		{ "punished_officials", 1, "punished_officials" },
		{ "police_officials", 1, "police_officials" },
		{ "police_people", 1, "police_cases" },
		{ "police_cases", 1, NULL }, /* nobody is known yet */
	};
	struct tx *tx = site("2020-05-08T08:00");
	const struct field *fields = kind_step(&petition_kind, S("decide"))->form;
	struct dossier *d = sent(tx, "complaint", "2020-05-04");
	struct petition plain = blank();
	small_site_done(tx, d, &s.leader, "accept", &plain, "2020-05-05");
	for (size_t i = 0; i < LENGTH(asked); i++) {
		struct faults faults = { .a = tx->mem, .lang = LANG_VI };
		struct petition form = blank();
		*field_int(field_find(fields, str_of(asked[i].field)), &form) = asked[i].n;
		(void)small_site_take(tx, d, &s.leader, "decide", &form, "2020-05-06", &faults);
		bool said = false;
		for (size_t k = 0; k < faults.n; k++)
			said |= str_eq(str_of(faults.at[k].field),
				       str_of(asked[i].fault ? asked[i].fault : asked[i].field));
		if (said != (asked[i].fault != NULL))
			FAIL("%s %lld: %s", asked[i].field, (long long)asked[i].n,
			     said ? "refused" : "taken");
	}
	small_site_verify(tx);
}
