/* Every rule of the law can be called by a name people understand. */
#include "law/law.h"
#include "law/rule_words.h"
#include "tests/test.h"

static const struct law *law(void)
{
	const struct law *l;
	struct str why;
	if (law_builtin(test_arena(), &l, &why))
		FAIL("%.*s", STR_ARG(why));
	return l;
}

TEST(every_rule_of_the_law_has_words_in_both_languages)
{
	const struct law *l = law();
	for (size_t i = 0; i < l->limits.n; i++) {
		enum msg label = rule_label(l->limits.at[i].rule);
		if (!label)
			FAIL("%.*s has no words in law/rule_words.c",
			     STR_ARG(l->limits.at[i].rule));
		CHECK(msg_plain(LANG_VI, label).len && msg_plain(LANG_EN, label).len);
	}
	CHECK(rule_label(S("house.plan")) == MSG_NONE);
}

TEST(words_are_of_rules_that_exist_and_groups_stand_together)
{
	const struct law *l = law();
	enum msg seen[64] = { MSG_NONE };
	size_t n = 0;
	for (const struct rule_word *w = rule_words(); w->rule; w++) {
		bool found = false;
		for (size_t i = 0; i < l->limits.n; i++)
			found |= str_eq(l->limits.at[i].rule, str_of(w->rule));
		if (!found)
			FAIL("no row of time_limits.tsv is of the rule %s", w->rule);
		if (n && seen[n - 1] == w->group)
			continue;
		for (size_t i = 0; i < n; i++)
			CHECK(seen[i] != w->group);
		CHECK(n < LENGTH(seen));
		seen[n++] = w->group;
	}
}
