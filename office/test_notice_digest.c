/* News of one's own comments, which may be switched off, and the weekly digest of what is followed. USERS.md 22. */
#include "office/test_comment.h"

#include "office/comment_steps.h"
#include "office/follow.h"
#include "office/notice_queue.h"

static void run(struct query *q)
{
	if (db_exec(q))
		FAIL("%s", tx->why);
}

static void account(const struct member *who, const char *email, int64_t mine, int64_t digest)
{
	struct query p = db_query(tx, "INSERT INTO person (id, name, made_at) VALUES ($1, $2, 0)");
	BIND(&p, who->person, who->name);
	run(&p);
	struct query a = db_query(tx, "INSERT INTO account (person, login, must_change, disabled,"
				      " totp_on, totp_step, generation, made_at, changed_at)"
				      " VALUES ($1, $2, 0, 0, 0, 0, 1, 0, 0)");
	BIND(&a, who->person, str_printf(tx->mem, "nguoi.%d", (int)who->person));
	run(&a);
	struct notice_wish w = { .email = str_of(email), .mine = mine, .digest = digest };
	tx->who = who;
	CHECK_INT(notice_wish_save(tx, &w, S("key")), OK);
	CHECK_INT(notice_wish_load(tx, who->person, &w), OK);
	CHECK_INT(notice_wish_prove(tx, who->person, w.changed_at), OK);
}

static void start(void)
{
	begin(false);
	s.office.ways = NOTICE_BY_EMAIL;
}

static int64_t count(enum notice_class class)
{
	struct query q = db_query(tx, "SELECT COUNT(*) FROM notice WHERE class = $1");
	BIND(&q, (int64_t) class);
	CHECK_INT(db_one(&q), OK);
	return col_int(&q, 0);
}

/* Sent, and shown, whatever rule held it. */
static struct dossier *said(const struct member *who, const char *text, bool question)
{
	struct dossier *d = send(who, text, question);
	if (d->state == COMMENT_HELD)
		CHECK_INT(take(&s.clerk, d, "approve", NULL), OK);
	return d;
}

static void answer(struct dossier *d)
{
	struct comment_answer form = { .answer = S("Xong trước Tết.") };
	CHECK_INT(take(&s.clerk, d, "answer", &form), OK);
}

TEST(an_answered_question_is_told_to_who_asked_unless_he_does_not_want_it)
{
	struct notices all;
	start();
	account(&ann, "ann@vi-du.vn", NOTICE_BY_EMAIL, 0);
	account(&ben, "ben@vi-du.vn", 0, 0);
	struct dossier *a = said(&ann, "Bao giờ xong?", true), *b = said(&ben, "Ai làm?", true);
	int64_t before = count(NOTICE_MINE); /* what one says oneself is no news */
	answer(a);
	answer(b);
	CHECK_INT(count(NOTICE_MINE), before + 2);
	CHECK_INT(notice_list(tx, a->id, 0, &all), OK);
	CHECK_STR(str_of(all.at[0].step->name), S("answer"));
	CHECK_INT(all.at[0].class, NOTICE_MINE);
	CHECK(all.at[0].ways[NOTICE_EMAIL].made);
	CHECK_INT(notice_list(tx, b->id, 0, &all), OK);
	CHECK_STR(str_of(all.at[0].step->name), S("answer")); /* kept to be read, */
	CHECK(!all.at[0].ways[NOTICE_EMAIL].made);
	CHECK_INT(notice_list_person(tx, ann.person, 0, &all), OK);
	CHECK_STR(all.at[0].code, a->code);
}

static struct digest_people people_of(const char *monday)
{
	struct digest_people p = { .monday = test_date(monday) };
	CHECK_INT(notice_digest_find(tx, &p), OK);
	return p;
}

/* The matter was opened on Friday 2021-01-08. */
TEST(a_digest_goes_to_people_with_news_of_the_week_and_to_nobody_else)
{
	static const struct member cat = { .person = 23, .name = S_INIT("Người Ba") };
	start();
	account(&ann, "ann@vi-du.vn", 0, NOTICE_BY_EMAIL);
	account(&ben, "ben@vi-du.vn", 0, NOTICE_BY_EMAIL);
	account(&cat, "cat@vi-du.vn", 0, 0); /* wants none */
	tx->who = &ann;
	CHECK_INT(follow_add(tx, &(struct follow){ .unit = SMALL_COMMUNE }), OK);
	tx->who = &cat;
	CHECK_INT(follow_add(tx, &(struct follow){ .unit = SMALL_COMMUNE }), OK);
	tx->who = &ben;
	CHECK_INT(follow_add(tx, &(struct follow){ .unit = SMALL_NEIGHBOUR }), OK);
	struct digest_people p = people_of("2021-01-11");
	CHECK_INT((int64_t)p.n, 1);
	CHECK_INT(p.at[0], ann.person);
	CHECK_INT(p.after, 0);
	CHECK_INT(notice_digest_make(tx, &p), OK);
	CHECK_INT(notice_digest_make(tx, &p), OK); /* another server, or again after a crash */
	CHECK_INT(count(NOTICE_DIGEST), 1);
	/* A week without news, before and after. */
	CHECK_INT((int64_t)people_of("2021-01-18").n, 0);
	CHECK_INT((int64_t)people_of("2021-01-04").n, 0);
}

TEST(a_comment_on_a_followed_matter_is_news_of_it)
{
	start();
	account(&ann, "ann@vi-du.vn", 0, NOTICE_BY_EMAIL);
	tx->who = &ann;
	CHECK_INT(follow_add(tx, &(struct follow){ .dossier = matter->id }), OK);
	tx->now = date_instant(test_date("2021-01-13"), 9 * 60);
	CHECK_INT((int64_t)people_of("2021-01-18").n, 0);
	said(&ben, "Kênh này sâu bao nhiêu?", false);
	CHECK_INT((int64_t)people_of("2021-01-18").n, 1);
}

TEST(digests_are_swept_away_and_notices_of_matters_stay)
{
	start();
	account(&ann, "ann@vi-du.vn", NOTICE_BY_EMAIL, NOTICE_BY_EMAIL);
	tx->who = &ann;
	CHECK_INT(follow_add(tx, &(struct follow){ .unit = SMALL_COMMUNE }), OK);
	struct digest_people p = people_of("2021-01-11");
	CHECK_INT(notice_digest_make(tx, &p), OK);
	answer(said(&ann, "Bao giờ xong?", true));
	CHECK_INT(notice_sweep(tx, 100), OK);
	CHECK_INT(count(NOTICE_DIGEST), 1);
	tx->now = date_instant(test_date("2021-06-01"), 0);
	CHECK_INT(notice_sweep(tx, 100), OK);
	CHECK_INT(count(NOTICE_DIGEST), 0);
	CHECK_INT(count(NOTICE_PROOF), 0);
	CHECK(count(NOTICE_MINE) > 0);
}

/* Of a unit that a thousand people follow, a publication costs nobody anything but once a week. */
TEST(the_look_for_news_goes_on_where_it_stopped)
{
	start();
	for (int64_t i = 0; i < DIGEST_PEOPLE + 5; i++) {
		struct member m = { .person = 100 + i, .name = S("Người") };
		account(&m, str_printf(tx->mem, "m%d@vi-du.vn", (int)i).at, 0, NOTICE_BY_EMAIL);
		CHECK_INT(follow_add(tx, &(struct follow){ .unit = SMALL_COMMUNE }), OK);
	}
	struct digest_people p = people_of("2021-01-11");
	CHECK_INT((int64_t)p.n, DIGEST_PEOPLE);
	CHECK(p.after > 0);
	CHECK_INT(notice_digest_find(tx, &p), OK);
	CHECK_INT((int64_t)p.n, 5);
	CHECK_INT(p.after, 0);
}
