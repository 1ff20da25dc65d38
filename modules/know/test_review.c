/* The review of a small year, counted by hand; that each figure is as long as the list it opens; which
 * rules hold when; whose territory counts. */
#include "modules/know/plan.h"
#include "modules/know/test_know.h"
#include "office/added_day.h"
#include "office/report_list.h"
#include "office/unit_index.h"
#include "office/verify.h"

/* --- A district above the two communes, so that something can be gathered --- */

enum { DISTRICT = 9 };

static void run(struct query q)
{
	CHECK_INT(db_exec(&q), OK);
}

static void above(struct tx *tx, int64_t unit, const char *from, const char *to, int64_t way)
{
	struct query q = db_query(tx, "INSERT INTO unit_ancestor (unit, ancestor, valid_from,"
				      " valid_to, depth, way) VALUES ($1, 9, $2, $3, 1, $4)");
	BIND(&q, unit, str_of(from), str_of(to), way);
	run(q);
}

static struct tx *site(const char *now)
{
	struct tx *tx = small_site(&s, now);
	run(db_query(tx, "INSERT INTO unit (id, first_day, last_day, made_at)"
			 " VALUES (9, '0001-01-01', '9999-12-31', 0)"));
	run(db_query(tx, "INSERT INTO unit_version (unit, code, type, name, name_en, parent, level,"
			 " valid_from, valid_to, made_at) VALUES (9, '374', 'huyện', 'Mẫu', '',"
			 " NULL, 2, '0001-01-01', '9999-12-31', 0)"));
	run(db_query(tx, "INSERT INTO unit_ancestor (unit, ancestor, valid_from, valid_to, depth,"
			 " way) VALUES (9, 9, '0001-01-01', '9999-12-31', 0, 0)"));
	run(db_query(tx, "UPDATE unit_version SET parent = 9 WHERE unit IN (1, 2)"));
	above(tx, SMALL_COMMUNE, "0001-01-01", "9999-12-31", 0);
	above(tx, SMALL_NEIGHBOUR, "0001-01-01", "9999-12-31", 0);
	return tx;
}

static struct report review(struct tx *tx, int64_t unit, int year, int from, int to)
{
	struct report r;
	struct report_span span = { year, from, to };
	struct unit u;
	CHECK_INT(unit_find(tx, unit, report_tree_day(&span, tx_today(tx)), &u), OK);
	CHECK_INT(report_make(tx, &u, &span, S(""), &r), OK);
	return r;
}

/* "3", "2/5", "-" where it does not apply. */
static struct str says(struct tx *tx, const struct report *r, const char *code,
		       enum report_column column)
{
	const struct report_line *line = report_line(r, str_of(code));
	if (!line)
		FAIL("no line %s", code);
	struct report_value v = line->value[column];
	if (!line->applies[column])
		return S("-");
	return line->measure->how == MEASURE_SUM
		       ? str_printf(tx->mem, "%lld", (long long)v.n)
		       : str_printf(tx->mem, "%lld/%lld", (long long)v.n, (long long)v.of);
}

#define CHECK_FIGURE(r, code, text) CHECK_STR(says(tx, &(r), (code), REPORT_PERIOD), S(text))

/* --- Each figure is as long as the list it opens --- */

static int64_t listed(struct tx *tx, const struct report *r, const struct report_line *line,
		      bool to_date, int part, enum duty_outcome outcome)
{
	struct report_list_filter f = {
		.report = r,
		.line = line,
		.under = r->unit.id,
		.to_date = to_date,
		.only_part = part,
		.outcome = outcome,
		.limit = 1 + (int)test_below(3),
		.after = { .day = NO_DATE },
	};
	struct report_entries entries = { .more = true };
	int64_t n = 0;
	while (entries.more) {
		CHECK_INT(report_list(tx, &f, &entries), OK);
		for (size_t i = 0; i < entries.n; i++) {
			const struct report_entry *e = &entries.at[i];
			bool rows = line->measure->how == MEASURE_SUM;
			n += rows && e->dossier.id ? e->dossier.n : 1;
		}
		if (entries.n)
			f.after = report_cursor_of(line, &entries.at[entries.n - 1]);
	}
	return n;
}

static void check_value(struct tx *tx, const struct report *r, const struct report_line *line,
			struct report_value v, bool to_date, int part)
{
	if (line->measure->how == MEASURE_SUM) {
		CHECK_INT(listed(tx, r, line, to_date, part, OUTCOME_ANY), v.n);
		return;
	}
	CHECK_INT(listed(tx, r, line, to_date, part, OUTCOME_ANY), v.of);
	CHECK_INT(listed(tx, r, line, to_date, part, OUTCOME_IN_TIME), v.n);
	CHECK_INT(listed(tx, r, line, to_date, part, OUTCOME_MISSED), v.of - v.n);
}

static void check_lists(struct tx *tx, const struct report *r)
{
	for (size_t i = 0; i < r->lines.n; i++) {
		const struct report_line *line = &r->lines.at[i];
		check_value(tx, r, line, line->value[REPORT_PERIOD], false, -1);
		check_value(tx, r, line, line->value[REPORT_TO_DATE], true, -1);
		for (size_t k = 0; line->applies[REPORT_PERIOD] && k < line->n; k++)
			check_value(tx, r, line, line->parts[k].value[REPORT_PERIOD], false,
				    (int)k);
	}
	check_value(tx, r, r->coverage, r->coverage->value[REPORT_PERIOD], false, -1);
}

static void check_every_list(struct tx *tx, int first_year, int last_year)
{
	static const int64_t units[] = { SMALL_COMMUNE, SMALL_NEIGHBOUR, SMALL_AGENCY, DISTRICT };
	for (int y = first_year; y <= last_year; y++)
		for (size_t i = 0; i < LENGTH(units); i++)
			for (int q = 0; q < 5; q++) {
				struct report_span span;
				struct str from = str_printf(tx->mem, "%d", q == 4 ? 1 : 3 * q + 1);
				struct str to = str_printf(tx->mem, "%d", q == 4 ? 12 : 3 * q + 3);
				if (!report_span_read(str_printf(tx->mem, "%d", y), from, to,
						      tx_today(tx), &span))
					continue; /* not yet begun */
				struct report r = review(tx, units[i], y, span.from, span.to);
				check_lists(tx, &r);
			}
}

/* --- The year 2020 --- */

/* In every form the ordinance asks of this matter, on one day. */
static void use_every_form(struct tx *tx, struct dossier *d, const char *on)
{
	post(tx, d, "Trụ sở UBND", on);
	broadcast(tx, d, 3, on);
	tell_heads(tx, d, on);
}

static struct dossier *disclosed(struct tx *tx, const char *issued, const char *published,
				 const char *complete)
{
	struct dossier *d = record(tx, "XA07-05-01", issued, "");
	publish(tx, d, published);
	use_every_form(tx, d, complete);
	return d;
}

static struct dossier *anew(struct tx *tx, const struct dossier *d)
{
	struct dossier *out = NULL;
	CHECK_INT(dossier_load(tx, d->id, &out), OK);
	return out;
}

static void declare_day_off(struct tx *tx, const char *day)
{
	struct added_day form = { test_date(day), S("Nghỉ đột xuất"), S("off") };
	struct step_input in = { .on = NO_DATE };
	struct dossier *d;
	tx->who = &s.admin;
	CHECK_INT(dossier_open(tx, &added_day_kind, SMALL_COMMUNE, "declare", &form, &in, NULL, &d),
		  OK);
}

/* The neighbour has disclosed nothing; its leader signs that there was nothing. */
static void sign_nil(struct tx *tx)
{
	struct dossier *d = NULL;
	struct plan plan = { .title = S("Kế hoạch công khai"), .year = S("2020") };
	struct step_input in = { .on = NO_DATE };
	struct {
		struct str about, reason;
	} nil = { S("XA07-05-01|2020-Q4"), S("Quý này không phát sinh") };
	tx->who = &s.neighbour;
	CHECK_INT(dossier_open(tx, &plan_kind, SMALL_NEIGHBOUR, "issue", &plan, &in, NULL, &d), OK);
	small_site_day(tx, "2021-01-05T09:00");
	tx->who = &s.neighbour;
	d = anew(tx, d);
	CHECK_INT(step_take(tx, d, "nil", &nil, &in, NULL), OK);
}

/* Terms: two days after the document (Ordinance 34/2007), a last day on a day off moves on. */
static struct tx *year_2020(void)
{
	struct tx *tx = site("2020-12-30T09:00");
	disclosed(tx, "2019-05-06", "2019-05-07", "2019-05-08"); /* in time, the year before */
	disclosed(tx, "2020-03-02", "2020-03-03", "2020-03-04"); /* in time, on its last day */
	disclosed(tx, "2020-03-10", "2020-03-11", "2020-03-20"); /* late: due on the 12th */
	record(tx, "XA07-05-02", "2020-04-06", "");              /* silence: due on the 8th */
	struct dossier *excused = record(tx, "XA07-05-02", "2020-05-04", "");
	struct disclosure form = *(const struct disclosure *)excused->data;
	form.issued_on = test_date("2020-08-03"); /* another day: another term, due on 5 August */
	CHECK_INT(take(tx, excused, &s.clerk, "edit", &form, "2020-08-03"), OK);
	struct dossier *corrected = disclosed(tx, "2020-09-07", "2020-09-08", "2020-09-09");
	struct correction_form mended = { .title = S("Dự toán ngân sách xã năm 2021, sửa"),
					  .body = S("Tổng thu 860.000.000 đồng."),
					  .reason = S("Sửa số liệu") };
	CHECK_INT(take(tx, corrected, &s.leader, "correct", &mended, "2020-09-15"), OK);
	struct dossier *gone = disclosed(tx, "2020-10-05", "2020-10-06", "2020-10-07");
	struct {
		struct str reason;
	} why = { S("Văn bản bị bãi bỏ") };
	CHECK_INT(take(tx, gone, &s.leader, "withdraw", &why, "2020-10-20"), OK);
	/* Due on 30 December; a day off declared that morning moves it to the 31st, where it is met. */
	struct dossier *moved = record(tx, "XA07-05-03", "2020-12-28", "");
	declare_day_off(tx, "2020-12-30");
	small_site_day(tx, "2021-01-05T08:00");
	moved = anew(tx, moved);
	publish(tx, moved, "2020-12-31");
	use_every_form(tx, moved, "2020-12-31");
	sign_nil(tx);
	return tx;
}

TEST(a_small_year_is_what_counting_by_hand_gives)
{
	struct tx *tx = year_2020();
	struct report r = review(tx, SMALL_COMMUNE, 2020, 1, 12);
	CHECK_FIGURE(r, "CK-01",
		     "5"); /* a correction counts no second time, a withdrawn one counts */
	CHECK_FIGURE(r, "CK-02", "5");
	CHECK_FIGURE(r, "CK-03", "5");
	CHECK_FIGURE(r, "CK-04", "5");
	CHECK_FIGURE(r, "CK-05", "0");
	CHECK_FIGURE(r, "LD-08", "5");
	/* Due: 4 March met, 12 March late, 8 April silent, 5 August silent (4 May was excused),
	 * 9 September met, 7 October met, 31 December met. */
	CHECK_FIGURE(r, "CK-06", "4/7");
	/* Runs that end in 2020: all but that of 31 December. */
	CHECK_FIGURE(r, "CK-07", "4/4");
	CHECK_FIGURE(r, "CK-08", "-");
	CHECK_STR(says(tx, &r, "CK-01", REPORT_BEFORE), S("1"));
	CHECK_STR(says(tx, &r, "CK-06", REPORT_BEFORE), S("1/1"));
	CHECK(r.known_before);
	struct report q = review(tx, SMALL_COMMUNE, 2020, 10, 12);
	CHECK_FIGURE(q, "CK-01", "2");
	CHECK_FIGURE(q, "CK-06", "2/2");
	CHECK_STR(says(tx, &q, "CK-06", REPORT_TO_DATE), S("4/7"));
	CHECK_STR(says(tx, &q, "CK-06", REPORT_BEFORE), S("0/0"));
	CHECK_STR(says(tx, &q, "CK-06", REPORT_BEFORE_TO_DATE), S("1/1"));
	small_site_verify(tx);
}

TEST(a_day_off_added_later_moves_a_term_out_of_the_month_that_a_review_counts)
{
	struct tx *tx = site("2020-06-29T09:00");
	record(tx, "XA07-05-03", "2020-06-28", ""); /* due on Tuesday 30 June */
	declare_day_off(tx, "2020-06-30");
	small_site_day(tx, "2020-08-03T09:00");
	struct report june = review(tx, SMALL_COMMUNE, 2020, 4, 6);
	struct report july = review(tx, SMALL_COMMUNE, 2020, 7, 7);
	CHECK_FIGURE(june, "CK-06", "0/0");
	CHECK_FIGURE(july, "CK-06", "0/1");
	small_site_verify(tx);
}

TEST(a_district_gathers_what_its_communes_did_and_says_who_answered)
{
	struct tx *tx = year_2020();
	struct report r = review(tx, DISTRICT, 2020, 1, 12);
	CHECK_FIGURE(r, "CK-01", "5");
	CHECK_FIGURE(r, "CK-06", "4/7");
	CHECK_INT(r.rows.n, 2);
	CHECK_INT(r.rows.at[0].values[1][REPORT_PERIOD].n, 5);
	/* One disclosed, the other signed that there was nothing in its fourth quarter. */
	CHECK_INT(r.cover[0].owing, 2);
	CHECK_INT(r.cover[0].answered, 2);
	struct report q = review(tx, DISTRICT, 2020, 1, 3);
	CHECK_INT(q.cover[0].answered, 1);
	CHECK_INT(q.rows.at[0].cover[0].answered, 1);
	CHECK_INT(q.rows.at[1].cover[0].answered, 0);
}

TEST(every_figure_is_as_long_as_the_list_it_opens)
{
	struct tx *tx = year_2020();
	check_every_list(tx, 2019, 2021);
}

TEST(what_is_due_today_or_later_does_not_count_yet)
{
	struct tx *tx = site("2020-03-11T09:00");
	record(tx, "XA07-05-01", "2020-03-02", ""); /* due on the 4th: silent */
	record(tx, "XA07-05-02", "2020-03-09", ""); /* due today */
	publish(tx, record(tx, "XA07-05-03", "2020-03-10", ""), "2020-03-10"); /* due tomorrow */
	struct report r = review(tx, SMALL_COMMUNE, 2020, 1, 3);
	CHECK(r.running);
	CHECK_FIGURE(r, "CK-06", "0/1");
	CHECK_FIGURE(r, "CK-01", "1");
	check_lists(tx, &r);
	small_site_verify(tx);
	small_site_day(tx, "2020-03-12T00:01"); /* the 11th ended at 24:00 */
	struct report next = review(tx, SMALL_COMMUNE, 2020, 1, 3);
	CHECK_FIGURE(next, "CK-06", "0/2");
	check_lists(tx, &next);
	small_site_verify(tx);
}

TEST(a_torn_sheet_is_a_posting_not_kept_and_hung_again_it_is_another)
{
	struct tx *tx = site("2020-03-20T09:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-03-02", "");
	publish(tx, d, "2020-03-03");
	post(tx, d, "Trụ sở UBND", "2020-03-03");
	struct sheet torn = { .sheet = S("1"), .again = test_date("2020-03-15") };
	CHECK_INT(take(tx, d, &s.clerk, "torn", &torn, "2020-03-14"), OK);
	small_site_day(tx, "2020-05-04T09:00");
	struct report r = review(tx, SMALL_COMMUNE, 2020, 1, 5);
	CHECK_FIGURE(r, "CK-07", "1/2");
	CHECK_FIGURE(r, "CK-02", "1"); /* one matter, whatever became of its sheets */
	check_lists(tx, &r);
	small_site_verify(tx);
}

TEST(a_form_found_out_to_have_been_used_earlier_counts_on_the_earlier_day)
{
	struct tx *tx = site("2020-07-20T09:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-05-04", "");
	publish(tx, d, "2020-05-05");
	post(tx, d, "Nhà văn hóa", "2020-07-06");
	struct report july = review(tx, SMALL_COMMUNE, 2020, 7, 7);
	CHECK_FIGURE(july, "CK-02", "1");
	post(tx, d, "Trụ sở UBND", "2020-05-06");
	july = review(tx, SMALL_COMMUNE, 2020, 7, 7);
	struct report may = review(tx, SMALL_COMMUNE, 2020, 5, 5);
	CHECK_FIGURE(july, "CK-02", "0");
	CHECK_FIGURE(may, "CK-02", "1");
	check_lists(tx, &may);
	small_site_verify(tx);
}

/* --- Which law holds --- */

struct quarter_form {
	struct str quarter;
	struct strs entries;
};

static void list_quarter(struct tx *tx, int year, const char *quarter)
{
	struct dossier *d;
	struct quarter_form form = { .quarter = str_of(quarter) };
	struct step_input in = { .on = NO_DATE };
	CHECK_INT(plan_find(tx, SMALL_COMMUNE, year, &d), OK);
	tx->who = &s.clerk;
	CHECK_INT(step_take(tx, d, "list", &form, &in, NULL), OK);
}

TEST(the_quarterly_list_counts_only_since_the_law_asks_for_it)
{
	struct tx *tx = site("2023-01-02T09:00");
	struct dossier *d = NULL;
	struct plan form = { .title = S("Kế hoạch công khai"), .year = S("2023") };
	struct step_input in = { .on = NO_DATE };
	tx->who = &s.leader;
	CHECK_INT(dossier_open(tx, &plan_kind, SMALL_COMMUNE, "issue", &form, &in, NULL, &d), OK);
	small_site_day(tx, "2023-07-02T09:00");
	list_quarter(tx, 2023, "2023-Q3");
	small_site_day(tx, "2023-12-30T09:00");
	small_site_day(tx, "2024-02-01T09:00");
	struct report early = review(tx, DISTRICT, 2023, 1, 6);
	CHECK_FIGURE(early, "CK-08", "-");
	CHECK_FIGURE(early, "house.web", "-");
	struct report half = review(tx, DISTRICT, 2023, 7, 9);
	CHECK_FIGURE(half, "CK-08", "1/1");
	struct report year = review(tx, DISTRICT, 2023, 1, 12);
	CHECK_FIGURE(year, "CK-08", "0/1"); /* every list due, not just one of them */
	CHECK_DAY(report_line(&year, S("CK-08"))->since, "2023-07-01");
	CHECK_STR(says(tx, &year, "CK-08", REPORT_BEFORE), S("-"));
	check_every_list(tx, 2023, 2024);
	small_site_verify(tx);
}

/* --- Whose territory --- */

TEST(a_unit_that_ended_counts_where_it_stood_and_then_with_its_heir)
{
	struct tx *tx = site("2021-02-01T09:00");
	struct dossier *d = NULL;
	struct disclosure form = { .matter = S("XA07-05-01"),
				   .title = S("Dự toán ngân sách xã"),
				   .body = S("Tổng thu"),
				   .issuer = S("HĐND xã"),
				   .issued_on = test_date("2020-03-02") };
	struct step_input in = { .on = test_date("2020-03-02") };
	tx->who = &s.neighbour;
	CHECK_INT(
		dossier_open(tx, &disclosure_kind, SMALL_NEIGHBOUR, "record", &form, &in, NULL, &d),
		OK);
	/* On 1 July the neighbour became part of the commune. */
	run(db_query(tx, "UPDATE unit SET last_day = '2020-06-30', heir = 1 WHERE id = 2"));
	run(db_query(tx, "UPDATE unit_version SET valid_to = '2020-06-30' WHERE unit = 2"));
	run(db_query(tx, "DELETE FROM unit_ancestor WHERE unit = 2"));
	run(db_query(tx, "INSERT INTO unit_ancestor (unit, ancestor, valid_from, valid_to, depth,"
			 " way) VALUES (2, 2, '0001-01-01', '2020-06-30', 0, 0),"
			 " (2, 2, '2020-07-01', '9999-12-31', 0, 1),"
			 " (2, 1, '2020-07-01', '9999-12-31', 1, 1)"));
	above(tx, SMALL_NEIGHBOUR, "0001-01-01", "2020-06-30", 0);
	above(tx, SMALL_NEIGHBOUR, "2020-07-01", "9999-12-31", 1);
	struct report then = review(tx, SMALL_NEIGHBOUR, 2020, 1, 6);
	struct report later = review(tx, SMALL_NEIGHBOUR, 2020, 1, 12);
	struct report heir = review(tx, SMALL_COMMUNE, 2020, 1, 12);
	struct report all = review(tx, DISTRICT, 2020, 1, 12);
	CHECK_FIGURE(then, "CK-06", "0/1");
	CHECK(!later.unit.in_force);
	CHECK_FIGURE(later, "CK-06", "0/0"); /* no figures of a unit that is no more */
	CHECK_FIGURE(heir, "CK-06", "0/1");
	CHECK_FIGURE(all, "CK-06", "0/1");
	CHECK_INT(all.rows.n, 1);
	CHECK_INT(all.cover[0].owing, 1);
	check_lists(tx, &heir);
	check_lists(tx, &all);
	small_site_verify(tx);
}

TEST(an_agency_that_ended_is_no_answer_of_the_commune_above_it)
{
	struct tx *tx = site("2021-02-01T09:00");
	publish(tx, record(tx, "XA07-05-01", "2020-03-02", ""), "2020-03-03");
	run(db_query(tx, "UPDATE unit SET last_day = '2020-06-30', heir = 2 WHERE id = 1"));
	run(db_query(tx, "UPDATE unit_version SET valid_to = '2020-06-30', level = 5"
			 " WHERE unit = 1"));
	CHECK_INT(unit_reindex(tx, SMALL_COMMUNE), OK);
	struct report r = review(tx, SMALL_NEIGHBOUR, 2020, 1, 12);
	CHECK_FIGURE(r, "CK-01", "1"); /* what it did stands beneath */
	CHECK_INT(r.cover[0].owing, 1);
	CHECK_INT(r.cover[0].answered, 0);
	check_lists(tx, &r);
	small_site_verify(tx);
}

TEST(the_lists_of_an_heir_hold_what_the_unit_did_that_ended)
{
	struct tx *tx = site("2021-02-01T09:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-03-02", "");
	publish(tx, d, "2020-03-03");
	struct report before = review(tx, SMALL_NEIGHBOUR, 2020, 1, 12);
	CHECK_FIGURE(before, "CK-01", "0");
	/* The commune ends; its heir is the neighbour. */
	run(db_query(tx, "UPDATE unit SET last_day = '2020-06-30', heir = 2 WHERE id = 1"));
	run(db_query(tx, "UPDATE unit_version SET valid_to = '2020-06-30' WHERE unit = 1"));
	CHECK_INT(unit_reindex(tx, SMALL_COMMUNE), OK);
	struct report after = review(tx, SMALL_NEIGHBOUR, 2020, 1, 12);
	CHECK_FIGURE(after, "CK-01", "1");
	check_lists(tx, &after);
	struct report all = review(tx, DISTRICT, 2020, 1, 12);
	check_lists(tx, &all);
	small_site_verify(tx);
}

/* --- What is asked for --- */

TEST(a_period_is_a_year_that_has_begun_and_months_in_it)
{
	struct report_span span;
	struct date today = test_date("2021-05-10");
	CHECK(report_span_read(S("2020"), S(""), S(""), today, &span));
	CHECK_INT(span.from, 1);
	CHECK_INT(span.to, 12);
	CHECK(report_span_read(S("2021"), S("4"), S("12"), today, &span));
	CHECK_INT(span.to, 5); /* what lies ahead is cut off */
	static const char *const wrong[][3] = {
		{ "1800", "", "" },   { "1999", "", "" },   { "2022", "", "" },
		{ "abcd", "", "" },   { "20200", "", "" },  { "-020", "", "" },
		{ "2020", "0", "" },  { "2020", "13", "" }, { "2020", "5", "4" },
		{ "2020", "x", "4" }, { "2021", "6", "" },
	};
	for (size_t i = 0; i < LENGTH(wrong); i++)
		CHECK(!report_span_read(str_of(wrong[i][0]), str_of(wrong[i][1]),
					str_of(wrong[i][2]), today, &span));
}

TEST(shares_are_rounded_half_up_and_classes_are_not_rounded)
{
	CHECK_INT(report_share((struct report_value){ 1, 3 }), 333);
	CHECK_INT(report_share((struct report_value){ 2, 3 }), 667);
	CHECK_INT(report_share((struct report_value){ 1, 2000 }), 1); /* 0.05 % */
	CHECK_INT(report_share((struct report_value){ 0, 0 }), -1);
	const struct measure m = { .classes = { 840, 880, 920 } };
	CHECK_INT(report_class(&m, (struct report_value){ 29, 29 }), 0);
	CHECK_INT(report_class(&m, (struct report_value){ 8396, 10000 }), 1); /* shown as 84 % */
	CHECK_INT(report_class(&m, (struct report_value){ 84, 100 }), 2);
	CHECK_INT(report_class(&m, (struct report_value){ 92, 100 }), 4);
}

/* --- Verification --- */

TEST(verification_counts_every_review_another_way)
{
	struct tx *tx = year_2020();
	struct verify_result result;
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK(result.reviews > 30);
	CHECK_INT(result.reviews_different, 0);
	/* The year's count is read by the reviews of the commune and of the district. */
	run(db_query(tx, "UPDATE tally_year SET n = n + 1 WHERE tally_key ="
			 " 'disclosure.commune.publish.due.met' AND year = 2020"));
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT(result.reviews_different, 2);
	CHECK_INT(result.tallies_different, 0);
	run(db_query(tx, "UPDATE tally SET n = n + 1 WHERE tally_key ="
			 " 'disclosure.commune.publish.due.met' AND month = 202003"));
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT(result.tallies_different, 1);
}
