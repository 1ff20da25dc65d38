/* Silence shows: what was expected and never recorded is a duty too. */
#include "modules/know/disclosure.h"
#include "modules/know/plan.h"
#include "office/queue.h"
#include "tests/small_site.h"

static struct small_site s;

static struct dossier *issue(struct tx *tx, const char *year)
{
	struct dossier *d = NULL;
	struct plan form = { .title = S("Kế hoạch công khai"), .year = str_of(year) };
	struct step_input in = { .on = NO_DATE };
	tx->who = &s.leader;
	CHECK_INT(dossier_open(tx, &plan_kind, SMALL_COMMUNE, "issue", &form, &in, NULL, &d), OK);
	return d;
}

static struct dossier *after(struct tx *tx, const char *day, int year)
{
	struct dossier *d;
	small_site_day(tx, day);
	CHECK_INT(plan_find(tx, SMALL_COMMUNE, year, &d), OK);
	return d;
}

static const struct duty *expected(const struct dossier *d, const char *about)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (str_eq(d->duties.at[i].about, str_of(about)))
			return &d->duties.at[i];
	FAIL("nothing was expected of %s", about);
}

TEST(a_plan_begins_with_the_matters_in_force_and_the_house_frequencies)
{
	struct tx *tx = small_site(&s, "2020-01-02T09:00");
	struct dossier *d = issue(tx, "2020");
	CHECK_INT(d->lines.n, 11); /* Ordinance 34/2007 art. 5 */
	CHECK_STR(((const struct plan_item *)d->lines.at[0].data)->every, S("quarter"));
	struct dossier *again;
	struct plan form = { .title = S("Kế hoạch khác"), .year = S("2020") };
	struct step_input in = { .on = NO_DATE };
	CHECK_INT(dossier_open(tx, &plan_kind, SMALL_COMMUNE, "issue", &form, &in, NULL, &again),
		  ERR_INVALID); /* one a unit and year */
}

TEST(a_period_that_nobody_answers_becomes_overdue)
{
	struct tx *tx = small_site(&s, "2020-01-02T09:00");
	issue(tx, "2020");
	struct dossier *d = after(tx, "2020-04-01T01:00", 2020);
	const struct duty *first = expected(d, "XA07-05-01|2020-Q1");
	CHECK_STR(date_iso(tx->mem, first->due), S("2020-03-31"));
	CHECK(duty_is_overdue(first, tx_today(tx)));
	CHECK(!duty_is_overdue(expected(d, "XA07-05-01|2020-Q2"), tx_today(tx)));
	small_site_verify(tx);
}

struct nil_form {
	struct str about, reason;
};

TEST(only_a_disclosure_or_a_signed_nil_ends_an_expectation)
{
	struct tx *tx = small_site(&s, "2020-01-02T09:00");
	issue(tx, "2020");
	struct dossier *d = after(tx, "2020-02-03T09:00", 2020);
	struct nil_form nil = { S("XA07-05-01|2020-Q1"), S("Quý này chưa có quyết toán") };
	struct step_input in = { .on = NO_DATE };
	tx->who = &s.clerk;
	CHECK_INT(step_take(tx, d, "nil", &nil, &in, NULL), ERR_DENIED); /* a leader signs */
	tx->err = OK;
	tx->who = &s.leader;
	CHECK_INT(step_take(tx, d, "nil", &nil, &in, NULL), OK);
	CHECK_INT(expected(d, "XA07-05-01|2020-Q1")->state, DUTY_NIL);

	struct disclosure form = { .matter = S("XA07-05-03"),
				   .title = S("Nhiệm vụ cán bộ"),
				   .body = S("x"),
				   .issuer = S("UBND"),
				   .issued_on = test_date("2020-02-03") };
	struct dossier *x;
	struct {
		bool no_secret, names_lawful;
		struct str remark;
	} ticks = { true, true, S("") };
	CHECK_INT(dossier_open(tx, &disclosure_kind, SMALL_COMMUNE, "record", &form, &in, NULL, &x),
		  OK);
	CHECK_INT(step_take(tx, x, "submit", &ticks, &in, NULL), OK);
	CHECK_INT(plan_find(tx, SMALL_COMMUNE, 2020, &d), OK);
	CHECK_INT(expected(d, "XA07-05-03|2020")->state, DUTY_OPEN);
	CHECK_INT(step_take(tx, x, "publish", step_form(tx->mem, kind_step(x->kind, S("publish"))),
			    &in, NULL),
		  OK);
	CHECK_INT(plan_find(tx, SMALL_COMMUNE, 2020, &d), OK);
	CHECK_INT(expected(d, "XA07-05-03|2020")->state, DUTY_MET);
	small_site_verify(tx);
}

/* Law 10/2022 art. 13.2: a list each quarter, since 2023-07-01 and not before. */
TEST(the_quarterly_list_is_owed_since_july_2023)
{
	struct tx *tx = small_site(&s, "2023-01-03T09:00");
	issue(tx, "2023");
	struct dossier *d = after(tx, "2023-10-02T09:00", 2023);
	int lists = 0;
	for (size_t i = 0; i < d->duties.n; i++)
		lists += str_eq(d->duties.at[i].rule, S("disclosure.commune.quarterly_list"));
	CHECK_INT(lists, 2);
	CHECK_STR(date_iso(tx->mem, expected(d, "2023-Q3")->due), S("2023-09-30"));
	/* Matters of 2022 begin within the year, those of 2007 end in it. */
	expected(d, "XA07-05-01|2023-Q2");
	expected(d, "XA-11-02|2023-Q3");
	struct {
		struct str quarter;
		struct strs items;
	} list = { S("2023-Q4"), { NULL, 0 } };
	struct step_input in = { .on = NO_DATE };
	tx->who = &s.clerk;
	CHECK_INT(step_take(tx, d, "list", &list, &in, NULL), OK);
	const struct plan *plan = d->data; /* the list is no part of what was planned */
	CHECK(plan->items.n > 0 && str_has(plan->items.at[0], S("=")));
	CHECK_INT(expected(d, "2023-Q4")->state, DUTY_MET);
	small_site_verify(tx);
}

static struct dossier *disclose(struct tx *tx, const char *matter, const char *issued_on)
{
	struct disclosure form = { .matter = str_of(matter),
				   .title = S("Quyết toán"),
				   .body = S("x"),
				   .issuer = S("UBND"),
				   .issued_on = test_date(issued_on) };
	struct step_input in = { .on = test_date(issued_on) };
	struct dossier *x;
	struct {
		bool no_secret, names_lawful;
		struct str remark;
	} ticks = { true, true, S("") };
	tx->who = &s.leader;
	CHECK_INT(dossier_open(tx, &disclosure_kind, SMALL_COMMUNE, "record", &form, &in, NULL, &x),
		  OK);
	CHECK_INT(step_take(tx, x, "submit", &ticks, &in, NULL), OK);
	CHECK_INT(step_take(tx, x, "publish", step_form(tx->mem, kind_step(x->kind, S("publish"))),
			    &in, NULL),
		  OK);
	return x;
}

static bool is_expected(const struct dossier *d, const char *about)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (str_eq(d->duties.at[i].about, str_of(about)))
			return true;
	return false;
}

/* Law 10/2022 art. 11: its yearly matters begin on 2023-07-01, within the year and not with it. */
TEST(a_yearly_matter_that_comes_into_force_in_july_is_expected_from_july_to_the_end_of_the_year)
{
	struct tx *tx = small_site(&s, "2023-01-03T09:00");
	issue(tx, "2023");
	struct dossier *d = after(tx, "2023-06-30T01:00", 2023);
	CHECK(!is_expected(d, "XA-11-01|2023") && !is_expected(d, "XA-11-05|2023-H2"));
	d = after(tx, "2023-07-01T01:00", 2023);
	const struct duty *yearly = expected(d, "XA-11-01|2023");
	CHECK_STR(date_iso(tx->mem, yearly->from), S("2023-07-01"));
	CHECK_STR(date_iso(tx->mem, yearly->due), S("2023-12-31"));
	const struct duty *half = expected(d, "XA-11-05|2023-H2");
	CHECK_STR(date_iso(tx->mem, half->from), S("2023-07-01"));
	d = after(tx, "2024-01-01T01:00", 2023);
	CHECK(duty_is_overdue(expected(d, "XA-11-01|2023"), tx_today(tx)));
	small_site_verify(tx);
}

/* Ordinance 34/2007 ended on 2023-06-30, in the middle of its yearly expectations. */
TEST(a_yearly_matter_that_ends_in_june_can_be_answered_until_then_and_is_owed_by_nobody_after)
{
	struct tx *tx = small_site(&s, "2023-01-03T09:00");
	issue(tx, "2023");
	struct dossier *d = after(tx, "2023-06-30T09:00", 2023);
	const struct duty *yearly = expected(d, "XA07-05-03|2023");
	CHECK_INT(yearly->state, DUTY_OPEN);
	CHECK_STR(date_iso(tx->mem, yearly->due), S("2023-06-30"));
	disclose(tx, "XA07-05-05", "2023-06-30");
	d = after(tx, "2023-07-01T01:00", 2023);
	CHECK_INT(expected(d, "XA07-05-03|2023")->state, DUTY_EXCUSED);
	CHECK_INT(expected(d, "XA07-05-05|2023")->state, DUTY_MET);
	/* A quarter that ended with it was to be answered in full. */
	CHECK(duty_is_overdue(expected(d, "XA07-05-01|2023-Q2"), tx_today(tx)));
	small_site_verify(tx);
}

TEST(a_plan_issued_after_the_law_changed_says_the_same)
{
	struct tx *tx = small_site(&s, "2023-09-04T09:00");
	disclose(tx, "XA-11-01", "2023-08-07");
	issue(tx, "2023");
	struct dossier *d = after(tx, "2023-09-05T01:00", 2023);
	CHECK_INT(expected(d, "XA07-05-03|2023")->state, DUTY_EXCUSED);
	CHECK_INT(expected(d, "XA-11-01|2023")->state, DUTY_MET);
	CHECK_STR(date_iso(tx->mem, d->wake_on), S("2023-10-01"));
	small_site_verify(tx);
}

TEST(a_plan_issued_late_does_not_ask_for_what_was_disclosed_already)
{
	struct tx *tx = small_site(&s, "2020-03-02T09:00");
	disclose(tx, "XA07-05-01", "2020-02-03");
	issue(tx, "2020");
	struct dossier *d = after(tx, "2020-03-03T09:00", 2020);
	CHECK_INT(expected(d, "XA07-05-01|2020-Q1")->state, DUTY_MET);
	CHECK_STR(date_iso(tx->mem, expected(d, "XA07-05-01|2020-Q1")->met), S("2020-02-03"));
	small_site_verify(tx);
}

struct item_form {
	struct str matter, every;
};

TEST(an_expectation_is_answered_though_the_frequency_was_changed_since)
{
	struct tx *tx = small_site(&s, "2020-01-02T09:00");
	issue(tx, "2020");
	struct dossier *d = after(tx, "2020-02-03T09:00", 2020);
	struct item_form monthly = { S("XA07-05-01"), S("month") };
	struct step_input in = { .on = NO_DATE };
	tx->who = &s.leader;
	CHECK_INT(step_take(tx, d, "set_item", &monthly, &in, NULL), OK);
	disclose(tx, "XA07-05-01", "2020-02-03");
	CHECK_INT(plan_find(tx, SMALL_COMMUNE, 2020, &d), OK);
	CHECK_INT(expected(d, "XA07-05-01|2020-Q1")->state, DUTY_MET);
	small_site_verify(tx);
}
