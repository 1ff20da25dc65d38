/* The dialogue at a workplace against Decree 145/2020: delegates by headcount, 70 in a hundred of them, the
 * days before and after, and how often. */
#include "modules/discuss/test_dialogue.h"

static struct dialogue meeting(const char *day, int64_t workers, int64_t delegates)
{
	struct dialogue form = blank();
	form.basis = S("periodic");
	form.title = S("Đối thoại định kỳ năm 2024");
	form.body = S("Tiền lương, bữa ăn ca, an toàn lao động.");
	form.day = test_date(day);
	form.hour = S("14 giờ");
	form.place = S("Hội trường");
	form.workers = workers;
	form.delegates = delegates;
	form.employer_delegates = 3;
	return form;
}

static enum err plan(struct tx *tx, struct dialogue form, const char *on, struct faults *faults,
		     struct dossier **d)
{
	struct step_input in = { .on = test_date(on) };
	if (faults)
		*faults = (struct faults){ .a = tx->mem, .lang = LANG_VI };
	tx->who = &boss;
	tx->err = OK;
	return dossier_open(tx, &workplace_kind, ENTERPRISE, "plan", &form, &in, faults, d);
}

static struct dossier *sent(struct tx *tx, const char *day, const char *on)
{
	struct dossier *d = NULL;
	if (plan(tx, meeting(day, 60, 10), on, NULL, &d))
		FAIL("%s", tx->why);
	small_site_done(tx, d, &boss, "exchange", NULL, on);
	return d;
}

static struct dialogue present(struct tx *tx, int64_t people)
{
	struct dialogue form = minutes();
	form.people = people;
	form.employer_people = 3;
	form.represented = S("legal");
	form.minutes_files = small_site_file(tx, "bien-ban.pdf");
	return form;
}

/* Art. 38: each band of the table at both its ends. */
TEST(so_many_delegates_as_the_number_of_workers_asks_for)
{
	static const struct {
		int64_t workers, least;
	} bands[] = {
		{ 1, 3 },    { 49, 3 },   { 50, 4 },   { 149, 4 },  { 150, 9 },   { 299, 9 },
		{ 300, 14 }, { 499, 14 }, { 500, 19 }, { 999, 19 }, { 1000, 24 }, { 50000, 24 },
	};
	struct tx *tx = site("2024-03-01T08:00");
	struct faults faults;
	struct dossier *d;
	for (size_t i = 0; i < LENGTH(bands); i++) {
		struct dialogue form = meeting("2024-04-15", bands[i].workers, bands[i].least - 1);
		CHECK_INT(plan(tx, form, "2024-03-01", &faults, &d), ERR_INVALID);
		CHECK_STR(str_of(faults.at[0].field), S("delegates"));
		form.delegates++;
		CHECK_INT(plan(tx, form, "2024-03-01", NULL, &d), OK);
		form.employer_delegates = 2;
		CHECK_INT(plan(tx, form, "2024-03-01", &faults, &d), ERR_INVALID);
		says(&faults, "employer_delegates", MSG_WORKPLACE_FAULT_EMPLOYER);
	}
	/* The decree is in force since 2021-02-01. */
	CHECK(!dialogue_headcount(s.office.law, 200, test_date("2021-01-31")));
	CHECK_INT(dialogue_headcount(s.office.law, 200, test_date("2021-02-01"))->worker_delegates,
		  9);
	CHECK(!dialogue_headcount(s.office.law, 0, test_date("2024-01-01")));
}

/* Art. 39: more than 70 in a hundred, so 7 of 10 are not enough. */
TEST(without_a_quorum_it_is_not_held)
{
	static const struct {
		int64_t present, of;
		bool enough;
	} cases[] = {
		{ 2, 3, false },    { 3, 3, true },    { 7, 10, false },  { 8, 10, true },
		{ 9, 13, false },   { 10, 13, true },  { 16, 24, false }, { 17, 24, true },
		{ 70, 100, false }, { 71, 100, true }, { 0, 0, false },
	};
	for (size_t i = 0; i < LENGTH(cases); i++)
		if (dialogue_has_quorum(cases[i].present, cases[i].of) != cases[i].enough)
			FAIL("%lld of %lld", (long long)cases[i].present, (long long)cases[i].of);
	struct tx *tx = site("2024-03-20T08:00");
	struct dossier *d = sent(tx, "2024-03-15", "2024-03-01");
	struct faults faults;
	struct dialogue form = present(tx, 7);
	CHECK_INT(take_as(tx, d, &boss, "hold", &form, "2024-03-15", &faults), ERR_INVALID);
	CHECK_STR(str_of(faults.at[0].field), S("people"));
	form.people = 11;
	CHECK_INT(take_as(tx, d, &boss, "hold", &form, "2024-03-15", &faults), ERR_INVALID);
	says(&faults, "people", MSG_WORKPLACE_FAULT_MORE);
	form.people = 8;
	form.represented = S("");
	CHECK_INT(take_as(tx, d, &boss, "hold", &form, "2024-03-15", &faults), ERR_INVALID);
	form = present(tx, 8);
	form.minutes_files.n = 0; /* signed minutes come with it */
	CHECK_INT(take_as(tx, d, &boss, "hold", &form, "2024-03-15", &faults), ERR_INVALID);
	form = present(tx, 8);
	small_site_done(tx, d, &boss, "hold", &form, "2024-03-15");
	CHECK_INT(d->state, DIALOGUE_HELD_STATE);
	CHECK_INT(dossier_visibility(d), VISIBLE_INTERNAL);
	small_site_verify(tx);
}

/* Art. 39.3: five working days before; arts. 39.5, 41: three working days after. */
TEST(matters_go_out_before_and_the_main_points_after_it_by_the_table)
{
	static const struct {
		const char *day, *content, *publish;
	} cases[] = {
		{ "2024-03-15", "2024-03-08", "2024-03-20" },
		{ "2024-05-06", "2024-04-25", "2024-05-09" }, /* holidays and swapped days before */
		{ "2021-02-19", "2021-02-05", "2021-02-24" }, /* Tết before it */
		{ "2021-01-29", NULL, NULL },                 /* before the decree */
	};
	struct tx *tx = site("2024-06-20T08:00");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct dossier *d = sent(tx, cases[i].day, cases[i].day);
		struct dialogue form = present(tx, 10);
		struct dialogue_publish points = conclusions();
		small_site_done(tx, d, &boss, "hold", &form, cases[i].day);
		CHECK_INT(duties_of(d, DIALOGUE_CONTENT), cases[i].content ? 1 : 0);
		CHECK_INT(duties_of(d, WORKPLACE_PUBLISH), cases[i].publish ? 1 : 0);
		if (cases[i].content) {
			CHECK_STR(due_of(d, DIALOGUE_CONTENT), str_of(cases[i].content));
			CHECK_INT(small_site_duty(d, DIALOGUE_CONTENT)->state, DUTY_LATE);
			CHECK_STR(due_of(d, WORKPLACE_PUBLISH), str_of(cases[i].publish));
		}
		small_site_done(tx, d, &boss, "publish", &points, cases[i].day);
		CHECK_INT(dossier_visibility(d), VISIBLE_PUBLIC);
		if (cases[i].publish)
			CHECK_INT(small_site_duty(d, WORKPLACE_PUBLISH)->state, DUTY_MET);
	}
	small_site_verify(tx);
}

/* Art. 40: asked for by 30 in a hundred, answered within five working days. */
TEST(a_request_of_three_in_ten_is_answered_within_five_working_days)
{
	struct tx *tx = site("2024-04-20T08:00");
	struct dossier *d = NULL;
	struct dialogue form = blank();
	struct step_input in = { .on = test_date("2024-03-14") };
	CHECK(!dialogue_may_be_asked_for(2, 7));
	CHECK(dialogue_may_be_asked_for(3, 10));
	form.title = S("Yêu cầu đối thoại về bữa ăn ca");
	form.body = S("Suất ăn giảm từ tháng hai.");
	form.delegates = 10;
	form.asking = 2;
	tx->who = &boss;
	CHECK_INT(dossier_open(tx, &workplace_kind, ENTERPRISE, "request", &form, &in, NULL, &d),
		  ERR_INVALID);
	form.asking = 3;
	tx->err = OK;
	CHECK_INT(dossier_open(tx, &workplace_kind, ENTERPRISE, "request", &form, &in, NULL, &d),
		  OK);
	CHECK_STR(due_of(d, DIALOGUE_ANSWER_REQUEST), S("2024-03-21"));
	form = meeting("2024-04-01", 60, 10);
	small_site_done(tx, d, &boss, "agree", &form, "2024-03-20");
	CHECK_INT(small_site_duty(d, DIALOGUE_ANSWER_REQUEST)->state, DUTY_MET);
	CHECK_STR(((struct dialogue *)d->data)->basis, S("request"));
	small_site_done(tx, d, &boss, "exchange", NULL, "2024-03-20");
	struct dialogue there = present(tx, 10);
	small_site_done(tx, d, &boss, "hold", &there, "2024-04-01");
	/* It is beside the periodic one, which is still owed. */
	struct dossier *reg;
	CHECK_INT(register_find(tx, ENTERPRISE, &reg), OK);
	CHECK_INT(small_site_duty(reg, WORKPLACE_PERIODIC)->state, DUTY_OPEN);
	small_site_verify(tx);
}

/* Every three months by the code of 2012, every year by that of 2019. */
TEST(it_is_owed_every_quarter_until_2020_and_every_year_since)
{
	static const struct {
		const char *about, *due, *row;
	} periods[] = {
		{ "2020-Q3", "2020-09-30", "TL-049" },
		{ "2020-Q4", "2020-12-30", "TL-049" },
		{ "2021", "2021-12-31", "TL-048" },
		{ "2022", "2022-12-31", "TL-048" },
	};
	struct tx *tx = site("2020-08-10T08:00");
	struct dossier *d;
	CHECK_INT(plan(tx, meeting("2020-08-20", 60, 10), "2020-08-10", NULL, &d), OK);
	small_site_day(tx, "2022-01-03T01:00");
	CHECK_INT(register_find(tx, ENTERPRISE, &d), OK);
	CHECK_INT(d->duties.n, LENGTH(periods));
	for (size_t i = 0; i < LENGTH(periods); i++) {
		CHECK_STR(d->duties.at[i].about, str_of(periods[i].about));
		CHECK_STR(d->duties.at[i].row, str_of(periods[i].row));
		CHECK_STR(date_iso(tx->mem, d->duties.at[i].due), str_of(periods[i].due));
	}
	small_site_verify(tx);
}

struct list {
	int64_t delegates;
	struct file_refs evidence;
};

/* Art. 38.3. */
TEST(the_list_of_delegates_is_renewed_every_two_years)
{
	struct tx *tx = site("2024-03-01T08:00");
	struct dossier *d;
	struct list list = { .delegates = 10 };
	CHECK_INT(plan(tx, meeting("2024-04-15", 60, 10), "2024-03-01", NULL, &d), OK);
	CHECK_INT(register_find(tx, ENTERPRISE, &d), OK);
	small_site_done(tx, d, &boss, "delegates", &list, "2024-02-29");
	CHECK_STR(due_of(d, WORKPLACE_DELEGATES), S("2026-02-28"));
	small_site_day(tx, "2026-01-05T08:00");
	d = reload(tx, d);
	small_site_done(tx, d, &boss, "delegates", &list, "2026-01-05");
	CHECK_STR(due_of(d, WORKPLACE_DELEGATES), S("2028-01-05"));
	CHECK_INT(d->duties.at[1].state, DUTY_MET);
	(void)planned(tx, "2026-02-01", "2026-01-05");
	CHECK_INT(register_find(tx, SMALL_COMMUNE, &d), OK);
	CHECK_INT(take_as(tx, d, &s.leader, "delegates", &list, "2026-01-05", NULL), ERR_INVALID);
	small_site_verify(tx);
}
