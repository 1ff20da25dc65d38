/* The queue and the list of open duties as pages: what is overdue says whose step is next. */
#include "modules/know/test_pages.h"

#include <string.h>

/* How many links lead to the dossier, wherever they come back to. */
static size_t times(struct answer a, struct str code)
{
	struct str words = str_printf(test_arena(), "href=\"/ho-so/%.*s", STR_ARG(code));
	size_t n = 0;
	for (size_t i = 0; i + words.len <= a.body.len; i++)
		n += memcmp(a.body.at + i, words.at, words.len) == 0;
	return n;
}

/* Two drafts that are overdue on 2020-12-30: one waits for the leader, one for the clerk. */
static struct str drafts(struct tx *tx, struct str *submitted)
{
	struct ticks ticks = { true, true, S("") };
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", "");
	CHECK_INT(take(tx, d, &s.clerk, "submit", &ticks, NULL), OK);
	*submitted = str_dup(test_arena(), d->code);
	d = record(tx, "XA07-05-01", "2020-12-24", "");
	return str_dup(test_arena(), d->code);
}

static struct answer queue_of(const struct member *who, const char *path, struct str *submitted,
			      struct str *draft)
{
	struct tx *tx = begin("2020-12-24T09:00");
	*draft = drafts(tx, submitted);
	small_site_day(tx, "2020-12-30T08:30");
	struct browser b =
		who ? official(tx, who, "2020-12-30T09:00") : visitor(tx, "2020-12-30T09:00");
	struct answer a = browser_get(&b, path);
	CHECK_INT(a.status, 200);
	return a;
}

TEST(what_is_overdue_and_waits_for_approval_says_so_to_the_clerk_and_stands_in_one_list)
{
	struct str submitted, draft;
	struct answer a = queue_of(&s.clerk, "/viec", &submitted, &draft);
	CHECK(answer_has(a, "Quá hạn (2)"));
	CHECK(answer_has(a, "Chờ duyệt từ 24/12/2020, đến lượt lãnh đạo"));
	CHECK(answer_has(a, "Chưa gửi duyệt từ 24/12/2020, đến lượt ông/bà"));
	CHECK_INT(times(a, submitted), 1);
	CHECK_INT(times(a, draft), 1);
}

TEST(the_leader_reads_that_it_is_his_turn)
{
	struct str submitted, draft;
	struct answer a = queue_of(&s.leader, "/viec", &submitted, &draft);
	CHECK(answer_has(a, "Chờ duyệt từ 24/12/2020, đến lượt ông/bà"));
	CHECK_INT(times(a, submitted), 1);
}

TEST(the_list_of_open_duties_says_it_to_those_who_may_open_the_dossier_and_to_nobody_else)
{
	struct str submitted, draft;
	struct answer a = queue_of(&s.clerk, "/han", &submitted, &draft);
	CHECK(answer_has(a, "Chờ duyệt từ 24/12/2020, đến lượt lãnh đạo"));
	a = queue_of(&s.neighbour, "/han", &submitted, &draft);
	CHECK(!answer_has(a, "Chờ duyệt từ") && !answer_has(a, "đến lượt"));
	a = queue_of(NULL, "/han", &submitted, &draft);
	CHECK(!answer_has(a, "Chờ duyệt từ") && !answer_has(a, "đến lượt"));
	CHECK(answer_has(a, "hạn 28/12/2020")); /* that it is owed is public */
}
