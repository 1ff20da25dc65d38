/* Notices of petitions: who is told of what, by which way, and how the queue gets rid of it. USERS.md 3, 22, 23. */
#include "modules/inspect/test_petition.h"

#include "office/notice_queue.h"
#include "office/verify.h"

static void account(struct tx *tx, int64_t person, const char *login)
{
	struct query q = db_query(tx, "INSERT INTO account (person, login, must_change, disabled,"
				      " totp_on, totp_step, generation, made_at, changed_at)"
				      " VALUES ($1, $2, 0, 0, 0, 0, 1, 0, 0)");
	BIND(&q, person, str_of(login));
	run(tx, &q);
}

static struct tx *sending_site(const char *now)
{
	struct tx *tx = site(now);
	s.office.ways = NOTICE_BY_EMAIL | NOTICE_BY_SMS;
	account(tx, SENDER, "0912345678");
	return tx;
}

static void wish(struct tx *tx, const char *email, int64_t mine, int64_t digest)
{
	struct notice_wish w = { .email = str_of(email), .mine = mine, .digest = digest }, now;
	tx->who = &sender;
	CHECK_INT(notice_wish_save(tx, &w, S("key")), OK);
	CHECK_INT(notice_wish_load(tx, SENDER, &now), OK);
	if (*email)
		CHECK_INT(notice_wish_prove(tx, SENDER, now.changed_at), OK);
}

static struct notices told(struct tx *tx, const struct dossier *d)
{
	struct notices all;
	CHECK_INT(notice_list(tx, d->id, 0, &all), OK);
	return all;
}

static struct dossier *left(struct tx *tx, const char *contact)
{
	struct petition form = matter("feedback");
	struct step_input in = { .on = test_date("2026-03-02") };
	struct dossier *d = NULL;
	form.contact = str_of(contact);
	tx->who = NULL;
	tx->err = OK;
	if (dossier_open(tx, &petition_kind, SMALL_COMMUNE, "send", &form, &in, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

static int64_t count(struct tx *tx)
{
	struct query q = db_query(tx, "SELECT COUNT(*) FROM notice");
	CHECK_INT(db_one(&q), OK);
	return col_int(&q, 0);
}

TEST(each_step_of_the_office_is_told_once_and_ones_own_are_not)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	struct dossier *d = sent(tx, "feedback", "2026-03-02");
	CHECK_INT((int64_t)told(tx, d).n, 1); /* the receipt */
	handle(tx, d, "2026-03-20", "2026-03-02");
	answer(tx, d, "2026-03-02");
	struct notices all = told(tx, d);
	CHECK_INT((int64_t)all.n, 3);
	CHECK_STR(str_of(all.at[0].step->name), S("answer"));
	CHECK_INT(all.at[0].class, NOTICE_LEGAL);
	CHECK_INT(all.at[0].person, SENDER);
	CHECK_STR(all.at[0].code, d->code);
	struct petition_contest form = { .reason = S("Đường vẫn hỏng như cũ, chưa sửa") };
	small_site_done(tx, d, &sender, "contest", &form, "2026-03-02");
	CHECK_INT((int64_t)told(tx, d).n, 3);
	small_site_verify(tx);
}

TEST(a_transfer_is_told_though_the_state_stays)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	struct dossier *d = sent(tx, "feedback", "2026-03-02");
	struct petition_transfer form = { .to = S("374"), .reason = S("Việc của huyện") };
	unsigned was = d->state;
	small_site_done(tx, d, &s.clerk, "transfer", &form, "2026-03-02");
	CHECK_INT(d->state, was);
	CHECK_STR(str_of(told(tx, d).at[0].step->name), S("transfer"));
}

/* None without the act, and no act without it. */
TEST(a_notice_is_lost_with_the_act_that_is_taken_back)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	struct dossier *d;
	int64_t before = count(tx);
	CHECK_INT(tx_savepoint(tx), OK);
	CHECK_INT(open_as(tx, &sender, "send", "feedback", "2026-03-02", &d), OK);
	CHECK_INT(count(tx), before + 1);
	CHECK_INT(tx_savepoint_end(tx, ERR_CONFLICT), ERR_CONFLICT);
	CHECK_INT(count(tx), before);
}

TEST(whoever_left_a_contact_is_reached_by_it_and_it_is_kept_nowhere_else)
{
	static const struct {
		const char *left, *email, *phone;
	} cases[] = {
		{ "0912 345 678", "", "0912345678" },
		{ "+84 912.345.678 (buổi tối)", "", "0912345678" },
		{ "An.Nguyen@Vi-Du.vn", "an.nguyen@vi-du.vn", "" },
		{ "ĐT 0912345678, thư <an@vi-du.vn>.", "an@vi-du.vn", "0912345678" },
		{ "an@vi-du.vn/0912345678", "an@vi-du.vn", "0912345678" },
		{ "hỏi trưởng thôn Đông", "", "" },
		{ "an@vi-du", "", "" },
		{ "0912 345", "", "" },
	};
	struct tx *tx = sending_site("2026-03-02T08:00");
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct dossier *d = left(tx, cases[i].left);
		struct notice_reach to;
		CHECK_INT(notice_reach(tx, 0, d, &to), OK);
		CHECK_STR(to.at[NOTICE_EMAIL], str_of(cases[i].email));
		CHECK_STR(to.at[NOTICE_SMS], str_of(cases[i].phone));
		struct notice n = told(tx, d).at[0];
		CHECK_INT(n.person, 0);
		CHECK(n.ways[NOTICE_EMAIL].made == (*cases[i].email != 0));
		CHECK(n.ways[NOTICE_SMS].made == (*cases[i].phone != 0));
	}
	struct query q = db_query(tx, "SELECT COUNT(*) FROM notice_way WHERE why <> ''");
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), 0);
}

TEST(what_the_law_owes_cannot_be_switched_off_and_an_address_is_proved_first)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	struct dossier *d;
	struct notice_wish w = { .email = S("An@vi-du.vn") };
	tx->who = &sender;
	CHECK_INT(notice_wish_save(tx, &w, S("key")), OK);
	d = sent(tx, "feedback", "2026-03-02");
	CHECK(!told(tx, d).at[0].ways[NOTICE_EMAIL].made);
	CHECK(told(tx, d).at[0].ways[NOTICE_SMS].made); /* the login is a telephone number */
	tx->who = &sender;
	CHECK_INT(notice_wish_load(tx, SENDER, &w), OK);
	CHECK_STR(w.email, S("an@vi-du.vn"));
	CHECK_INT(notice_wish_prove(tx, SENDER, (struct instant){ 5 }), ERR_NOT_FOUND);
	CHECK_INT(notice_wish_prove(tx, SENDER, w.changed_at), OK);
	d = sent(tx, "feedback", "2026-03-02");
	CHECK(told(tx, d).at[0].ways[NOTICE_EMAIL].made);
	/* Another address stands: it has to be proved again. */
	tx->now.ms += 1000;
	w.email = S("khac@vi-du.vn");
	tx->who = &sender;
	CHECK_INT(notice_wish_save(tx, &w, S("key")), OK);
	CHECK_INT(notice_wish_load(tx, SENDER, &w), OK);
	CHECK(!w.proved);
	w.email = S("khac@vi-du.vn\nBcc: x@y.vn");
	CHECK_INT(notice_wish_save(tx, &w, S("key")), ERR_INVALID);
}

/* An account without an address; the matter says one. */
TEST(what_is_left_with_a_matter_serves_where_the_account_says_nothing)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	struct petition form = matter("feedback");
	struct step_input in = { .on = test_date("2026-03-02") };
	struct dossier *d;
	struct notice_reach to;
	form.contact = S("an@vi-du.vn 0987654321");
	tx->who = &sender;
	CHECK_INT(dossier_open(tx, &petition_kind, SMALL_COMMUNE, "send", &form, &in, NULL, &d),
		  OK);
	CHECK_INT(notice_reach(tx, SENDER, d, &to), OK);
	CHECK_STR(to.at[NOTICE_EMAIL], S("an@vi-du.vn"));
	CHECK_STR(to.at[NOTICE_SMS], S("0912345678")); /* the account's */
}

TEST(the_queue_hands_each_out_to_one_and_tries_again_less_and_less_often)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	struct dossier *d = left(tx, "an@vi-du.vn");
	struct notice_dues dues;
	struct notice n = told(tx, d).at[0];
	bool got;
	CHECK_INT(notice_due(tx, NOTICE_BY_SMS, 10, &dues), OK);
	CHECK_INT((int64_t)dues.n, 0);
	int64_t last = 0;
	for (int i = 0; i < NOTICE_TRIES; i++) {
		CHECK_INT(notice_due(tx, NOTICE_BY_EMAIL, 10, &dues), OK);
		CHECK_INT((int64_t)dues.n, 1);
		CHECK_INT(dues.at[0].tries, i);
		CHECK_INT(notice_claim(tx, &dues.at[0], &got), OK);
		CHECK(got);
		CHECK_INT(notice_claim(tx, &dues.at[0], &got), OK);
		CHECK(!got); /* another server */
		struct notice_dues none;
		CHECK_INT(notice_due(tx, NOTICE_BY_EMAIL, 10, &none), OK);
		CHECK_INT((int64_t)none.n, 0);
		CHECK_INT(notice_mark(tx, &dues.at[0], OUTCOME_LATER, S("451")), OK);
		struct query q = db_query(tx, "SELECT next_at FROM notice_way WHERE notice = $1");
		BIND(&q, n.id);
		CHECK_INT(db_one(&q), OK);
		int64_t pause = col_int(&q, 0) - tx->now.ms;
		CHECK(pause >= last && pause >= NOTICE_AGAIN_MS && pause <= NOTICE_AGAIN_MOST_MS);
		last = pause;
		tx->now.ms += pause;
	}
	CHECK_INT(told(tx, d).at[0].ways[NOTICE_EMAIL].state, NOTICE_GIVEN_UP);
	CHECK_INT(notice_due(tx, NOTICE_BY_EMAIL, 10, &dues), OK);
	CHECK_INT((int64_t)dues.n, 0);
}

/* A server that was killed between sending and marking. */
TEST(what_was_claimed_and_never_marked_comes_back_after_a_while)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	struct notice_dues dues;
	bool got;
	left(tx, "an@vi-du.vn");
	CHECK_INT(notice_due(tx, NOTICE_BY_EMAIL, 10, &dues), OK);
	CHECK_INT(notice_claim(tx, &dues.at[0], &got), OK);
	tx->now.ms += NOTICE_CLAIM_MS - 1;
	CHECK_INT(notice_due(tx, NOTICE_BY_EMAIL, 10, &dues), OK);
	CHECK_INT((int64_t)dues.n, 0);
	tx->now.ms += 1;
	CHECK_INT(notice_due(tx, NOTICE_BY_EMAIL, 10, &dues), OK);
	CHECK_INT((int64_t)dues.n, 1);
	CHECK_INT(dues.at[0].tries, 1);
}

static void ask(struct tx *tx, const char *email)
{
	struct notice_wish w = { .email = str_of(email) };
	tx->who = &sender;
	CHECK_INT(notice_wish_save(tx, &w, S("key")), OK);
}

static struct notice_dues proofs(struct tx *tx)
{
	struct notice_dues dues;
	CHECK_INT(notice_due(tx, NOTICE_BY_EMAIL, 10, &dues), OK);
	return dues;
}

/* However often he saves, and whatever address he says. */
TEST(one_letter_of_proof_goes_to_an_account_or_an_address_in_ten_minutes)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	struct instant at;
	bool got;
	for (int i = 0; i < 5; i++, tx->now.ms += 1000)
		ask(tx, i % 2 ? "an@vi-du.vn" : "binh@vi-du.vn");
	struct notice_dues dues = proofs(tx);
	CHECK_INT((int64_t)dues.n, 1);
	CHECK_INT(notice_claim(tx, &dues.at[0], &got), OK);
	CHECK_INT(notice_mark(tx, &dues.at[0], OUTCOME_SENT, S("")), OK);
	struct instant sent_at = tx->now;
	for (int i = 0; i < 5; i++, tx->now.ms += 1000)
		ask(tx, i % 2 ? "an@vi-du.vn" : "chi@vi-du.vn");
	CHECK_INT((int64_t)proofs(tx).n, 0);
	CHECK_INT(notice_proof_at(tx, SENDER, &at), OK);
	CHECK_INT(at.ms, sent_at.ms + NOTICE_PROOF_MS);
	/* The same address, by another account. */
	struct notice_wish other = { .email = S("chi@vi-du.vn") };
	tx->who = &s.clerk;
	CHECK_INT(notice_wish_save(tx, &other, S("key")), OK);
	CHECK_INT((int64_t)proofs(tx).n, 0);
	tx->now.ms = sent_at.ms + NOTICE_PROOF_MS;
	CHECK_INT((int64_t)proofs(tx).n, 1);
	tx->now.ms += NOTICE_PROOF_MS;
	CHECK_INT((int64_t)proofs(tx).n, 2);
	CHECK_INT(notice_proof_at(tx, SENDER, &at), OK);
	CHECK_INT(at.ms, 0);
}

static int sent_now(struct tx *tx)
{
	struct notice_dues dues = proofs(tx);
	bool got;
	for (size_t i = 0; i < dues.n; i++) {
		CHECK_INT(notice_claim(tx, &dues.at[i], &got), OK);
		CHECK_INT(notice_mark(tx, &dues.at[i], OUTCOME_SENT, S("")), OK);
	}
	return (int)dues.n;
}

/* He takes the address back and says it again, and does so with several accounts: of what they asked before
 * nothing stands in their wishes. */
TEST(an_address_is_sent_a_few_letters_of_proof_in_a_day_whoever_asks)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	const struct member *who[] = { &sender, &s.clerk, &s.leader };
	struct instant begun = tx->now;
	int to_an = 0;
	for (int i = 0; i < 24; i++, tx->now.ms += NOTICE_PROOF_MS) {
		struct notice_wish an = { .email = S("An@vi-du.vn") }, none = { .email = S("") };
		tx->who = who[i % 3];
		CHECK_INT(notice_wish_save(tx, &an, S("key")), OK);
		to_an += sent_now(tx);
		CHECK_INT(notice_wish_save(tx, &none, S("key")), OK);
	}
	CHECK_INT(to_an, NOTICE_PROOFS_A_DAY);
	/* Another address is not bounded by that one. */
	ask(tx, "binh@vi-du.vn");
	tx->now.ms += NOTICE_PROOF_MS;
	CHECK(sent_now(tx) > 0);
	/* What waited goes when the day is over; of the address nothing is kept that says it. */
	tx->now.ms = begun.ms + 2 * NOTICE_DAY_MS;
	tx->who = &s.leader;
	struct notice_wish an = { .email = S("an@vi-du.vn") };
	CHECK_INT(notice_wish_save(tx, &an, S("key")), OK);
	CHECK(sent_now(tx) > 0);
	tx->now.ms += 3 * (int64_t)NOTICE_DAY_MS;
	CHECK_INT(notice_sweep(tx, 100), OK);
	struct query q = db_query(tx, "SELECT COUNT(*) FROM notice_proof");
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), 0);
	db_end(&q);
}

/* The letter under way asks about the address that no longer stands. */
TEST(a_letter_that_was_under_way_when_the_address_changed_marks_nothing)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	bool got;
	ask(tx, "an@vi-du.vn");
	struct notice_dues dues = proofs(tx);
	CHECK_INT(notice_claim(tx, &dues.at[0], &got), OK);
	tx->now.ms += 1000;
	ask(tx, "binh@vi-du.vn");
	CHECK_INT(notice_mark(tx, &dues.at[0], OUTCOME_SENT, S("")), OK);
	tx->now.ms += NOTICE_PROOF_MS;
	dues = proofs(tx);
	CHECK_INT((int64_t)dues.n, 1);
	CHECK_INT(dues.at[0].tries, 0);
}

TEST(operators_see_how_many_and_why)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	struct notice_dues dues;
	struct notice_stats stats;
	struct notice_faults failed;
	left(tx, "an@vi-du.vn");
	left(tx, "binh@vi-du.vn");
	left(tx, "0912345678");
	CHECK_INT(notice_due(tx, NOTICE_BY_EMAIL | NOTICE_BY_SMS, 10, &dues), OK);
	CHECK_INT((int64_t)dues.n, 3);
	for (size_t i = 0; i < 2; i++) {
		bool got;
		CHECK_INT(notice_claim(tx, &dues.at[i], &got), OK);
		CHECK(got);
	}
	CHECK_INT(notice_mark(tx, &dues.at[0], OUTCOME_NEVER, S("RCPT failed: 550")), OK);
	CHECK_INT(notice_mark(tx, &dues.at[1], OUTCOME_SENT, S("")), OK);
	CHECK_INT(notice_stats(tx, &stats), OK);
	CHECK_INT(stats.n[NOTICE_EMAIL][NOTICE_REFUSED], 1);
	CHECK_INT(stats.n[NOTICE_EMAIL][NOTICE_SENT], 1);
	CHECK_INT(stats.n[NOTICE_EMAIL][NOTICE_WAITING], 0);
	CHECK_INT(stats.n[NOTICE_SMS][NOTICE_WAITING], 1);
	CHECK_INT(stats.oldest.ms, tx->now.ms);
	CHECK_INT(notice_faults(tx, 10, &failed), OK);
	CHECK_INT((int64_t)failed.n, 1);
	CHECK_STR(failed.at[0].why, S("RCPT failed: 550"));
}

/* Where nothing leaves the site, notices are read there. */
TEST(a_site_that_sends_nothing_keeps_them_to_be_read)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	s.office.ways = 0;
	struct notice n = told(tx, left(tx, "an@vi-du.vn")).at[0];
	CHECK(!n.ways[NOTICE_EMAIL].made && !n.ways[NOTICE_SMS].made);
	wish(tx, "an@vi-du.vn", 0, 0);
	CHECK_INT(count(tx), 1); /* and asks nobody to prove an address */
}

TEST(verification_finds_a_notice_of_an_act_that_is_not_there)
{
	struct tx *tx = sending_site("2026-03-02T08:00");
	struct verify_result result;
	sent(tx, "feedback", "2026-03-02");
	sent(tx, "proposal", "2026-03-02");
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT((int64_t)result.problems.n, 0);
	struct query q = db_query(tx, "UPDATE notice SET act = act + 1 WHERE id = (SELECT MIN(id)"
				      " FROM notice)");
	run(tx, &q);
	CHECK_INT(verify_office(tx, NULL, &result), OK);
	CHECK_INT((int64_t)result.problems.n, 1);
}
