#include "law/law.h"
#include "tests/test.h"

static const struct law *law(void)
{
	const struct law *l;
	struct str why;
	if (law_builtin(test_arena(), &l, &why))
		FAIL("%.*s", STR_ARG(why));
	return l;
}

static struct str row_of(const char *name, const char *on)
{
	const struct time_limit *r = law_rule(law(), str_of(name), test_date(on));
	return r ? r->code : S("-");
}

TEST(the_law_inside_the_binary_is_whole)
{
	const struct law *l = law();
	CHECK_INT((int64_t)l->sources.n, 39);
	CHECK_INT((int64_t)l->acts.n, 25);
	CHECK_INT((int64_t)l->holidays.n, 103);
	CHECK_INT((int64_t)l->limits.n, 101);
	CHECK_INT((int64_t)l->disclosure_forms.n, 15);
	CHECK_INT((int64_t)l->disclosures.n, 62);
	CHECK_INT((int64_t)l->decisions.n, 21);
	CHECK_INT((int64_t)l->opinions.n, 37);
	CHECK_INT((int64_t)l->receptions.n, 12);
	CHECK_INT((int64_t)l->elections.n, 75);
	CHECK_INT((int64_t)l->bodies.n, 11);
	CHECK_INT((int64_t)l->headcounts.n, 6);
	CHECK_INT((int64_t)l->documents.n, 15);
	CHECK_INT((int64_t)l->indicators.n, 108);
}

/* Law 10/2022 art. 91 took the place of the 2007 ordinance on 1 July 2023; decree 155/2026 changed
 * the acceptance of complaints on 1 July 2026. */
TEST(the_row_in_force_on_the_day_of_the_event_is_chosen)
{
	CHECK_STR(row_of("disclosure.commune.publish", "2007-07-01"), S("TL-009"));
	CHECK_STR(row_of("disclosure.commune.publish", "2023-06-30"), S("TL-009"));
	CHECK_STR(row_of("disclosure.commune.publish", "2023-07-01"), S("TL-001"));
	CHECK_STR(row_of("complaint.accept", "2026-06-30"), S("TL-061"));
	CHECK_STR(row_of("complaint.accept", "2026-07-01"), S("TL-062"));
	CHECK_STR(row_of("complaint.second.accept", "2026-07-01"), S("TL-098"));
	CHECK_STR(row_of("dialogue.workplace.periodic", "2020-12-31"), S("TL-049"));
	CHECK_STR(row_of("dialogue.workplace.periodic", "2021-01-01"), S("TL-048"));
	CHECK_STR(row_of("TL-009", "2023-06-30"), S("TL-009"));
	CHECK_STR(row_of("TL-009", "2023-07-01"), S("-"));
	CHECK_STR(row_of("disclosure.commune.publish", "2007-06-30"), S("-"));
	CHECK_STR(row_of("disclosure.commune", "2023-07-01"), S("-"));
}

TEST(a_gap_names_what_came_before_and_what_comes_after)
{
	const struct law *l = law();
	struct law_gap g = law_rule_gap(l, S("TL-009"), test_date("2024-01-01"));
	CHECK(!g.unknown && !g.next);
	CHECK_STR(g.in_force->code, S("TL-001"));
	CHECK_STR(g.previous->code, S("TL-009"));
	g = law_rule_gap(l, S("TL-001"), test_date("2020-01-01"));
	CHECK_STR(g.in_force->code, S("TL-009"));
	CHECK_STR(g.next->code, S("TL-001"));
	g = law_rule_gap(l, S("disclosure.commune.publish"), test_date("2000-01-01"));
	CHECK(!g.in_force && !g.previous);
	CHECK_STR(g.next->code, S("TL-009"));
	g = law_rule_gap(l, S("dialogue.commune.notice"), test_date("2025-03-01"));
	CHECK(!g.next);
	CHECK_STR(g.previous->code, S("TL-033"));
	CHECK(law_rule_gap(l, S("no.such.rule"), test_date("2025-03-01")).unknown);
}

TEST(how_often_a_post_receives_citizens_changes_with_the_law)
{
	const struct law *l = law();
	struct str chair = S("Chủ tịch UBND cấp xã");
	CHECK_STR(law_reception(l, chair, test_date("2026-06-30"))->code, S("RC-01"));
	CHECK_STR(law_reception(l, chair, test_date("2026-07-01"))->code, S("RC-02"));
	CHECK(!law_reception(l, chair, test_date("2014-06-30")));
	CHECK(!law_reception(l, S("Trưởng thôn"), test_date("2026-07-01")));
	CHECK_INT(law_reception_row(l, S("RC-01"))->per, PER_WEEK);
	CHECK(!law_reception_row(l, S("TL-054")));
}

TEST(what_rests_on_memory_or_on_a_draft_is_not_verified)
{
	const struct law *l = law();
	CHECK(law_limit(l, S("TL-009"))->basis.unverified);
	CHECK(!law_limit(l, S("TL-009"))->basis.sources[0]);
	CHECK(!law_limit(l, S("TL-001"))->basis.unverified);
	CHECK_STR(law_limit(l, S("TL-001"))->basis.sources[0]->key, S("PD-DC"));
	CHECK(!law_limit(l, S("TL-063"))->basis.unverified); /* a note about later text */
	CHECK(law_matter(l, S("XA07-05-01"))
		      ->basis.unverified); /* "(matter); memory (days, ...)" */
	CHECK_STR(law_matter(l, S("XA07-05-01"))->basis.sources[0]->key, S("W-LN5"));
	CHECK(l->receptions.at[1].basis.unverified); /* RC-02 is from a draft */
	CHECK(!l->acts.at[0].basis.unverified);
}

TEST(matters_follow_the_regime_and_the_day)
{
	const struct law *l = law();
	struct arena *a = test_arena();
	CHECK_INT((int64_t)law_matters(l, a, REGIME_COMMUNE, test_date("2023-07-01")).n, 14);
	CHECK_INT((int64_t)law_matters(l, a, REGIME_COMMUNE, test_date("2023-06-30")).n, 11);
	CHECK_INT((int64_t)law_matters(l, a, REGIME_AGENCY, test_date("2024-01-01")).n, 12);
	CHECK_INT((int64_t)law_matters(l, a, REGIME_AGENCY, test_date("2020-11-01")).n, 9);
	CHECK_INT((int64_t)law_matters(l, a, REGIME_ENTERPRISE, test_date("2024-01-01")).n, 16);
	CHECK_INT((int64_t)law_matters(l, a, REGIME_COMMUNE, test_date("2007-06-30")).n, 0);
}

/* Law 10/2022 arts. 11-13: matters 7 to 12 also go on air for 3 days; matter 13 stays posted. */
TEST(a_matter_says_how_and_how_long)
{
	const struct law *l = law();
	const struct disclosure_matter *m = law_matter(l, S("XA-11-07"));
	CHECK_INT(m->deadline_days, 5);
	CHECK(m->deadline_kind == LIMIT_WORKING && !m->any_form);
	CHECK_INT(m->min_posting_days, 30);
	CHECK_INT(m->min_broadcast_days, 3);
	CHECK_INT(m->forms, law_form_bit(l, S("WEB")) | law_form_bit(l, S("NIEMYET")) |
				    law_form_bit(l, S("TRUYENTHANH")) |
				    law_form_bit(l, S("TRUONGTHON")));
	CHECK_INT(law_matter(l, S("XA-11-13"))->min_posting_days, POSTING_PERMANENT);
	CHECK(law_matter(l, S("DN-64-09"))->deadline_kind == LIMIT_NONE);
	CHECK(law_matter(l, S("CQ-46-01"))->any_form);
	CHECK(!law_matter(l, S("XA-11-15")));
	CHECK_INT(law_form_bit(l, S("FAX")), 0);
}

/* Law 10/2022 art. 21.1: two thirds of all households for contributions, more than half otherwise. */
TEST(a_threshold_is_counted_in_whole_numbers)
{
	const struct law *l = law();
	struct threshold two_thirds = law_decision(l, S("XA-15-01"))->threshold;
	struct threshold half = law_decision(l, S("XA-15-03"))->threshold;
	CHECK_INT(threshold_needed(two_thirds, 200), 134);
	CHECK(threshold_passes(two_thirds, 200, 134) && !threshold_passes(two_thirds, 200, 133));
	CHECK_INT(threshold_needed(two_thirds, 150), 100);
	CHECK_INT(threshold_needed(half, 200), 101);
	CHECK(threshold_passes(half, 2501, 1251) && !threshold_passes(half, 2502, 1251));
	CHECK(!threshold_passes(half, 0, 0) && !threshold_passes(two_thirds, 0, 0));
	struct threshold elsewhere = law_decision(l, S("DN-67-01"))->threshold;
	CHECK(!threshold_passes(elsewhere, 10, 10));
	for (int64_t total = 1; total < 400; total++) {
		for (int64_t n = 0; n <= total; n++) {
			CHECK(threshold_passes(two_thirds, total, n) ==
			      (n >= threshold_needed(two_thirds, total)));
			CHECK(threshold_passes(half, total, n) ==
			      (n >= threshold_needed(half, total)));
		}
	}
}

static struct str words(const char *code, bool english)
{
	return citation_words(test_arena(), &law_limit(law(), str_of(code))->cite, english);
}

TEST(a_citation_is_written_out)
{
	CHECK_STR(words("TL-001", false), S("Luật 10/2022/QH15, Điều 12, khoản 3"));
	CHECK_STR(words("TL-001", true), S("Luật 10/2022/QH15, Article 12, clause 3"));
	CHECK_STR(words("TL-020", false), S("Nghị định 59/2023/NĐ-CP, Điều 6, khoản 1, điểm a"));
	CHECK_STR(words("TL-009", false), S("Pháp lệnh 34/2007/PL-UBTVQH11"));
	CHECK_STR(words("TL-018", false),
		  S("Luật 10/2022/QH15, Điều 19, khoản 2; NĐ 59/2023 Đ.4.4"));
	CHECK_STR(words("TL-092", false), S("Luật MTTQ 75/2015/QH13, Điều 29, khoản 6; "
					    "NQLT 403/2017, Điều 23, khoản 2"));
	CHECK_STR(law_limit(law(), S("TL-062"))->cite.act->code, S("LW-14"));
	CHECK(!law_limit(law(), S("TL-095"))->cite.act);
}

TEST(election_values_are_numbers_too)
{
	const struct law *l = law();
	const struct election_rule *hours = NULL;
	for (size_t i = 0; i < l->elections.n; i++)
		if (str_eq(l->elections.at[i].code, S("EL-041")))
			hours = &l->elections.at[i];
	if (!hours)
		FAIL("EL-041 is gone");
	CHECK_INT(hours->number_count, 4);
	CHECK_INT(hours->numbers[0], 7);
	CHECK_INT(hours->numbers[2], 19);
}

TEST(the_shared_tables_are_part_of_the_same_law)
{
	const struct law *ours = law(), *theirs;
	struct str why;
	test_shared("data/law/time_limits.tsv");
	CHECK(law_from_folder(test_arena(), "../shared/data/law", &theirs, &why) == OK);
	CHECK(theirs->limits.n > 90);
	for (size_t i = 0; i < theirs->limits.n; i++) {
		const struct time_limit *is = &theirs->limits.at[i];
		const struct time_limit *here = law_limit(ours, is->code);
		if (!here || !str_eq(here->rule, is->rule) || here->days != is->days ||
		    here->kind != is->kind || date_cmp(here->valid.from, is->valid.from) != 0)
			FAIL("%.*s is another row here", STR_ARG(is->code));
	}
}
