/* Feedback and proposals from the first day to the last: the clocks, the chain of offices, what the author
 * may do and nobody else, and what cannot be got rid of by passing it on. */
#include "modules/inspect/test_petition.h"

#include "base/encode.h"
#include "office/gate.h"
#include "office/queue.h"
#include "office/receipt.h"
#include "office/step.h"

TEST(what_becomes_of_it_is_owed_within_ten_working_days_over_tet)
{
	struct tx *tx = site("2021-02-05T08:00");
	struct dossier *d = sent(tx, "feedback", "2021-02-05");
	CHECK_INT(d->state, PETITION_RECEIVED);
	/* Tết 2021: 10 to 16 February are days off. */
	CHECK_DAY(small_site_duty(d, "reception.intake_answer")->due, "2021-02-26");
	CHECK_STR(small_site_duty(d, "reception.intake_answer")->row, S("TL-055"));
	handle(tx, d, "2021-03-10", "2021-02-05");
	CHECK_INT(small_site_duty(d, "reception.intake_answer")->state, DUTY_MET);
	CHECK_DAY(small_site_duty(d, PETITION_ANSWER)->due, "2021-03-10");
	small_site_verify(tx);
}

TEST(one_account_has_at_most_twenty_in_hand)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = NULL, *first = sent(tx, "feedback", "2021-03-10");
	for (int i = 1; i < 20; i++)
		sent(tx, "feedback", "2021-03-10");
	CHECK_INT(open_as(tx, &sender, "send", "feedback", "2021-03-10", &d), ERR_INVALID);
	CHECK_INT(open_as(tx, NULL, "send", "feedback", "2021-03-10", &d), OK);
	handle(tx, first, "2021-03-20", "2021-03-11");
	CHECK_INT(open_as(tx, &sender, "send", "feedback", "2021-03-11", &d), ERR_INVALID);
	answer(tx, first, "2021-03-12");
	sent(tx, "feedback", "2021-03-12");
}

TEST(whoever_has_no_account_is_its_author_by_the_receipt)
{
	struct tx *tx = site("2021-03-10T08:00");
	struct dossier *d = NULL, *other;
	struct str secret, read;
	int64_t id;
	if (open_as(tx, NULL, "send", "feedback", "2021-03-10", &d))
		FAIL("%s", tx->why);
	CHECK_INT(d->author, 0);
	CHECK_INT(receipt_find(tx, d->code, S("0000-0000"), &id), ERR_NOT_FOUND);
	secret = receipt_secret(tx->mem, (const uint8_t[]){ 1, 2, 3, 4, 5 });
	CHECK_INT(receipt_make(tx, d, secret), OK);
	CHECK_INT(secret.len, 9);
	CHECK(receipt_read(tx->mem, secret, &read) && str_eq(read, secret));
	CHECK_INT(receipt_find(tx, d->code, secret, &id), OK);
	CHECK_INT(id, d->id);
	/* Of another code it opens nothing; a new one ends the old. */
	other = sent(tx, "feedback", "2021-03-10");
	CHECK_INT(receipt_find(tx, other->code, secret, &id), ERR_NOT_FOUND);
	read = receipt_secret(tx->mem, (const uint8_t[]){ 1, 2, 3, 4, 6 });
	struct instant made, anew;
	CHECK_INT(receipt_of(tx, d->code, &id, &made), OK);
	CHECK_INT(receipt_make(tx, d, read), OK);
	CHECK_INT(receipt_find(tx, d->code, secret, &id), ERR_NOT_FOUND);
	CHECK_INT(receipt_of(tx, d->code, &id, &anew), OK);
	CHECK(anew.ms > made.ms); /* also in the same instant */

	tx->who = NULL;
	CHECK(!gate_may_read(tx, d));
	tx->receipt = d->id;
	CHECK(gate_may_read(tx, d));
	CHECK(!gate_may_read(tx, other));
	struct petition_add more = { .more = S("Đêm qua lại có thêm xe.") };
	small_site_done(tx, d, NULL, "add", &more, "2021-03-10");
	CHECK_INT(small_site_take(tx, other, NULL, "add", &more, "2021-03-10", NULL), ERR_DENIED);
	/* Whoever acts for an office is nobody's author, whatever he has seen. */
	tx->who = &s.neighbour;
	CHECK(!gate_may_read(tx, d));
	CHECK_INT(small_site_take(tx, d, &s.neighbour, "confirm", NULL, "2021-03-10", NULL),
		  ERR_DENIED);
	tx->receipt = 0;
	small_site_verify(tx);
}

TEST(an_answer_needs_its_proof_and_closes_by_itself_when_nobody_contests)
{
	struct tx *tx = site("2021-03-10T08:00");
	struct dossier *d = sent(tx, "proposal", "2021-03-01");
	handle(tx, d, "2021-03-20", "2021-03-02");
	struct petition bare = blank();
	bare.outcome = S("done");
	bare.answer = S("Đã vá đoạn đường hỏng và cắm biển hạn chế tải trọng.");
	CHECK_INT(small_site_take(tx, d, &s.clerk, "answer", &bare, "2021-03-05", NULL),
		  ERR_INVALID);
	answer(tx, d, "2021-03-05");
	const struct petition *x = d->data;
	CHECK_DAY(x->contest_until, "2021-03-12"); /* five working days after Friday the 5th */
	CHECK_INT(small_site_duty(d, PETITION_ANSWER)->state, DUTY_MET);
	small_site_day(tx, "2021-03-12T08:00");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, PETITION_ANSWERED);
	small_site_day(tx, "2021-03-13T08:00");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, PETITION_CLOSED);
	small_site_verify(tx);
}

/* The day that the queue of somebody shows of what waits for him. */
static struct date waiting_due(struct tx *tx, const struct member *who, const struct dossier *d)
{
	struct queue q;
	struct date due = NO_DATE;
	size_t found = 0;
	tx->who = who;
	CHECK_INT(queue_load(tx, 30, &q), OK);
	for (size_t i = 0; i < q.waiting.n; i++)
		if (q.waiting.at[i].id == d->id) {
			due = q.waiting.at[i].due;
			CHECK(!date_is_set(q.waiting.at[i].met));
			found++;
		}
	CHECK_INT(found, 1);
	return due;
}

TEST(what_waits_in_a_queue_shows_the_day_that_runs_and_not_the_first_one)
{
	struct tx *tx = site("2021-03-04T08:00");
	struct dossier *d = sent(tx, "proposal", "2021-03-01");
	handle(tx, d, "2021-03-20", "2021-03-02");
	CHECK_INT(date_cmp(waiting_due(tx, &s.clerk, d), small_site_duty(d, PETITION_ANSWER)->due),
		  0);
}

TEST(what_was_contested_is_owed_again_and_stays_counted)
{
	struct tx *tx = site("2021-03-10T08:00");
	struct dossier *d = sent(tx, "feedback", "2021-03-01");
	struct petition_contest form = { .reason = S("Đường vẫn hỏng, chưa ai đến xem.") };
	handle(tx, d, "2021-03-05", "2021-03-01");
	answer(tx, d, "2021-03-03");
	CHECK_INT(small_site_take(tx, d, &above, "contest", &form, "2021-03-04", NULL), ERR_DENIED);
	small_site_done(tx, d, &sender, "contest", &form, "2021-03-04");
	CHECK_INT(d->state, PETITION_CONTESTED);
	CHECK_DAY(small_site_duty(d, PETITION_ANSWER)->due, "2021-03-11");
	answer(tx, d, "2021-03-10");
	small_site_done(tx, d, &sender, "confirm", NULL, "2021-03-10");
	CHECK_INT(d->state, PETITION_CLOSED);
	CHECK(((const struct petition *)d->data)->contested);
	struct query q = db_query(tx, "SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM figure"
				      " WHERE figure_key = 'petition.contested'");
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), 1);
	small_site_verify(tx);
}

TEST(an_answer_is_contested_twice_at_most_and_the_third_is_the_last)
{
	struct tx *tx = site("2021-03-20T08:00");
	struct dossier *d = sent(tx, "feedback", "2021-03-01");
	struct petition_contest form = { .reason = S("Đường vẫn hỏng, chưa ai đến xem.") };
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	const struct step *contest = kind_step(d->kind, S("contest"));
	handle(tx, d, "2021-03-05", "2021-03-01");
	answer(tx, d, "2021-03-03");
	small_site_done(tx, d, &sender, "contest", &form, "2021-03-04");
	answer(tx, d, "2021-03-05");
	small_site_done(tx, d, &sender, "contest", &form, "2021-03-08");
	answer(tx, d, "2021-03-10");
	test_now(tx, "2021-03-11T08:00");
	tx->who = &sender;
	CHECK(!step_is_offered(tx, d, contest));
	tx->who = &s.clerk;
	CHECK(!step_is_offered(tx, d, contest));
	CHECK_INT(small_site_take(tx, d, &sender, "contest", &form, "2021-03-11", &faults),
		  ERR_INVALID);
	CHECK(str_has(faults.at[0].text, S("đã được đề nghị xem lại 2 lần")));
	CHECK(!date_is_set(((const struct petition *)d->data)->contest_until));
	small_site_day(tx, "2021-03-17T08:00");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, PETITION_ANSWERED); /* he may still say that it is solved */
	small_site_day(tx, "2021-03-18T08:00");
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(d->state, PETITION_CLOSED);
	small_site_verify(tx);
}

TEST(contesting_comes_too_late_after_five_working_days)
{
	struct tx *tx = site("2021-03-20T08:00");
	struct dossier *d = sent(tx, "feedback", "2021-03-01");
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	struct petition_contest form = { .reason = S("Đường vẫn hỏng, chưa ai đến xem.") };
	handle(tx, d, "2021-03-05", "2021-03-01");
	answer(tx, d, "2021-03-03");
	CHECK_INT(small_site_take(tx, d, &sender, "contest", &form, "2021-03-11", &faults),
		  ERR_INVALID);
	CHECK_INT(faults.n, 1);
	CHECK(str_has(faults.at[0].text, S("10/03/2021")));
	small_site_done(tx, d, &sender, "contest", &form, "2021-03-10");
}

static void transfer(struct tx *tx, struct dossier *d, const struct member *who, const char *to,
		     const char *on, enum err as)
{
	struct petition_transfer form = { .to = str_of(to),
					  .reason = S("Đường do nơi kia quản lý") };
	CHECK_INT(small_site_take(tx, d, who, "transfer", &form, on, NULL), as);
}

TEST(each_office_has_a_clock_of_its_own_and_the_whole_goes_on)
{
	struct tx *tx = site("2021-03-20T08:00");
	struct dossier *d = sent(tx, "feedback", "2021-03-01");
	transfer(tx, d, &s.clerk, "14465", "2021-03-03", OK);
	CHECK_INT(d->holder, SMALL_NEIGHBOUR);
	CHECK_INT(d->unit, SMALL_COMMUNE);
	CHECK_INT(d->duties.n, 2);
	const struct duty *whole = &d->duties.at[0], *own = &d->duties.at[1];
	CHECK_INT(whole->state, DUTY_OPEN);
	CHECK_INT(whole->unit, SMALL_COMMUNE);
	CHECK_DAY(whole->due, "2021-03-15");
	CHECK_INT(own->unit, SMALL_NEIGHBOUR);
	CHECK_INT(own->line, 2);
	CHECK_DAY(own->due, "2021-03-17");
	const struct petition_hop *first = d->lines.at[0].data, *second = d->lines.at[1].data;
	CHECK_DAY(first->until, "2021-03-03");
	CHECK_STR(second->office, S("14465"));
	/* The office it left may not act any more; taking it up ends both clocks, the whole one late. */
	struct petition promise = blank();
	promise.answer_by = test_date("2021-03-30");
	CHECK_INT(small_site_take(tx, d, &s.clerk, "handle", &promise, "2021-03-16", NULL),
		  ERR_DENIED);
	small_site_done(tx, d, &s.neighbour, "handle", &promise, "2021-03-16");
	CHECK_INT(d->duties.at[0].state, DUTY_LATE);
	CHECK_INT(d->duties.at[1].state, DUTY_MET);
	small_site_verify(tx);
}

TEST(who_got_it_from_another_office_sees_his_own_day_in_his_queue)
{
	struct tx *tx = site("2021-03-16T08:00");
	struct dossier *d = sent(tx, "feedback", "2021-03-01");
	transfer(tx, d, &s.clerk, "14465", "2021-03-03", OK);
	CHECK_DAY(d->duties.at[0].due, "2021-03-15");
	CHECK_DAY(waiting_due(tx, &s.neighbour, d), "2021-03-17");
}

TEST(a_third_transfer_goes_up_and_nowhere_else)
{
	struct tx *tx = site("2021-03-20T08:00");
	struct dossier *d = sent(tx, "feedback", "2021-03-01");
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	transfer(tx, d, &s.clerk, "14465", "2021-03-02", OK);
	transfer(tx, d, &s.neighbour, "14464", "2021-03-03", OK);
	struct petition_transfer round = { .to = S("14465"),
					   .reason = S("Không phải việc của xã") };
	CHECK_INT(small_site_take(tx, d, &s.clerk, "transfer", &round, "2021-03-04", &faults),
		  ERR_INVALID);
	CHECK(str_has(faults.at[0].text, S("chuyển lên")));
	transfer(tx, d, &s.clerk, "374", "2021-03-04", OK);
	CHECK_INT(d->holder, DISTRICT);
	CHECK_INT(d->lines.n, 4);
	small_site_verify(tx);
}

TEST(correcting_the_type_counts_from_the_first_day_and_never_changes_the_code)
{
	struct tx *tx = site("2021-03-20T08:00");
	struct dossier *d = sent(tx, "feedback", "2021-03-01");
	struct str code = d->code;
	struct petition_retype form = { .type = S("complaint"),
					.reason = S("Đơn phản đối quyết định thu hồi đất") };
	small_site_done(tx, d, &s.clerk, "retype", &form, "2021-03-05");
	CHECK_INT(d->state, COMPLAINT_LODGED);
	CHECK_STR(d->code, code);
	CHECK_INT(small_site_duty(d, "reception.intake_answer")->state, DUTY_EXCUSED);
	CHECK_DAY(small_site_duty(d, "complaint.accept")->due, "2021-03-11");
	/* What was late already stays late. */
	struct dossier *e = sent(tx, "feedback", "2021-03-01");
	small_site_done(tx, e, &s.clerk, "retype", &form, "2021-03-18");
	CHECK_INT(small_site_duty(e, "reception.intake_answer")->state, DUTY_LATE);
	small_site_verify(tx);
}

TEST(a_type_is_corrected_to_another_and_what_is_owed_under_the_same_law_goes_on)
{
	struct tx *tx = site("2021-03-20T08:00");
	struct dossier *d = sent(tx, "feedback", "2021-03-01");
	struct faults faults = { .a = tx->mem, .lang = LANG_VI };
	struct petition_retype form = { .type = S("feedback"),
					.reason = S("Xem lại thì vẫn là phản ánh") };
	CHECK_INT(small_site_take(tx, d, &s.clerk, "retype", &form, "2021-03-18", &faults),
		  ERR_INVALID);
	CHECK_STR(str_of(faults.at[0].field), S("type"));
	CHECK_STR(faults.at[0].text, msg_plain(LANG_VI, MSG_PETITION_FAULT_SAME_TYPE));
	form.type = S("proposal");
	small_site_done(tx, d, &s.clerk, "retype", &form, "2021-03-18");
	CHECK_INT(d->duties.n, 1); /* one petition, late once */
	CHECK_INT(d->duties.at[0].state, DUTY_OPEN);
	CHECK_DAY(d->duties.at[0].due, "2021-03-15");
	small_site_verify(tx);
}

TEST(the_same_matter_is_answered_once_and_each_author_hears_it)
{
	struct tx *tx = site("2021-03-10T08:00");
	struct dossier *lead = sent(tx, "feedback", "2021-03-01");
	struct dossier *same = sent(tx, "feedback", "2021-03-02");
	struct petition_merge form = { .with = lead->code };
	CHECK_INT(small_site_take(tx, same, &s.clerk, "merge", &form, "2021-03-03", NULL),
		  ERR_INVALID);
	handle(tx, lead, "2021-03-09", "2021-03-02");
	small_site_done(tx, same, &s.clerk, "merge", &form, "2021-03-03");
	CHECK_INT(same->state, PETITION_MERGED);
	CHECK_INT(small_site_duty(same, "reception.intake_answer")->state, DUTY_MET);
	struct dossier_refs with;
	CHECK_INT(petition_answered_with(tx, lead, &with), OK);
	CHECK_INT(with.n, 1);
	answer(tx, lead, "2021-03-08");
	CHECK_INT(dossier_load(tx, same->id, &same), OK);
	CHECK_INT(same->state, PETITION_ANSWERED);
	CHECK_INT(petition_merged(tx, lead, &with), OK);
	CHECK_INT(with.n, 1);
	CHECK_STR(with.at[0].code, same->code);
	CHECK_STR(((const struct petition *)same->data)->answer,
		  ((const struct petition *)lead->data)->answer);
	struct petition_contest no = { .reason = S("Đoạn nhà tôi vẫn hỏng.") };
	small_site_done(tx, same, &sender, "contest", &no, "2021-03-09"); /* his own right */
	CHECK(!petition_goes_with(same->state)); /* and from there on a way of his own */
	CHECK_INT(petition_merged(tx, lead, &with), OK);
	CHECK_INT(with.n, 0);
	small_site_verify(tx);
}

static struct dossier *merged(struct tx *tx, const struct dossier *lead, const char *on)
{
	struct petition_merge form = { .with = lead->code };
	struct dossier *d = NULL;
	if (open_as(tx, NULL, "send", "feedback", on, &d))
		FAIL("%s", tx->why);
	small_site_done(tx, d, &s.clerk, "merge", &form, on);
	return d;
}

static unsigned state_of(struct tx *tx, struct dossier *d)
{
	struct dossier *now;
	CHECK_INT(dossier_load(tx, d->id, &now), OK);
	return now->state;
}

TEST(an_answer_entered_late_leaves_everybody_who_was_merged_his_days_to_contest_it)
{
	struct tx *tx = site("2021-03-22T08:00");
	struct dossier *lead = sent(tx, "feedback", "2021-03-01");
	handle(tx, lead, "2021-03-09", "2021-03-02");
	struct dossier *same = merged(tx, lead, "2021-03-10");
	answer(tx, lead, "2021-03-08"); /* by a paper of that day, which only the first has got */
	CHECK_DAY(((const struct petition *)lead->data)->contest_until, "2021-03-15");
	CHECK_INT(dossier_load(tx, same->id, &same), OK);
	CHECK_DAY(((const struct petition *)same->data)->answered_on, "2021-03-22");
	CHECK_DAY(((const struct petition *)same->data)->contest_until, "2021-03-29");
	small_site_day(tx, "2021-03-23T08:00");
	CHECK_INT(state_of(tx, lead), PETITION_CLOSED);
	CHECK_INT(state_of(tx, same), PETITION_ANSWERED);
	small_site_verify(tx);
}

TEST(the_answer_reaches_who_was_merged_with_one_that_was_merged_itself)
{
	struct tx *tx = site("2021-03-10T08:00");
	struct dossier *first = sent(tx, "feedback", "2021-03-01");
	struct dossier *second = sent(tx, "feedback", "2021-03-01");
	handle(tx, first, "2021-03-09", "2021-03-02");
	handle(tx, second, "2021-03-09", "2021-03-02");
	struct dossier *third = merged(tx, second, "2021-03-02");
	struct petition_merge form = { .with = first->code };
	small_site_done(tx, second, &s.clerk, "merge", &form, "2021-03-03");
	CHECK_INT(state_of(tx, third), PETITION_MERGED);
	answer(tx, first, "2021-03-08");
	CHECK_INT(state_of(tx, second), PETITION_ANSWERED);
	CHECK_INT(state_of(tx, third), PETITION_ANSWERED);
	small_site_verify(tx);
}

TEST(whoever_was_merged_is_received_anew_when_the_lead_leaves_without_an_answer)
{
	struct tx *tx = site("2021-03-20T08:00");
	struct petition_withdraw own = { 0 };
	struct petition_transfer away = { .to = S("14465"),
					  .reason = S("Đường do nơi kia quản lý") };
	for (int i = 0; i < 2; i++) {
		struct dossier *lead = sent(tx, "feedback", "2021-03-01");
		handle(tx, lead, "2021-03-09", "2021-03-02");
		struct dossier *same = merged(tx, lead, "2021-03-03");
		if (i == 0)
			small_site_done(tx, lead, &sender, "withdraw", &own, "2021-03-05");
		else
			small_site_done(tx, lead, &s.clerk, "transfer", &away, "2021-03-05");
		CHECK_INT(dossier_load(tx, same->id, &same), OK);
		CHECK_INT(same->state, PETITION_RECEIVED);
		CHECK_INT(same->parent, 0);
		CHECK_INT(same->holder, SMALL_COMMUNE);
		CHECK_INT(same->duties.at[0].state, DUTY_MET); /* he was told that it was merged */
		const struct duty *anew = &same->duties.at[same->duties.n - 1];
		CHECK_INT(anew->state, DUTY_OPEN);
		CHECK_STR(anew->rule, S("reception.intake_answer"));
		CHECK_DAY(anew->due, "2021-03-19"); /* ten working days after Friday the 5th */
		handle(tx, same, "2021-03-20", "2021-03-18");
		CHECK_INT(same->duties.at[1].state, DUTY_MET);
	}
	small_site_verify(tx);
}

TEST(the_clock_of_who_came_after_his_lead_had_left_begins_when_he_came)
{
	struct tx *tx = site("2021-03-20T08:00");
	struct petition_withdraw own = { 0 };
	struct dossier *lead = sent(tx, "feedback", "2021-03-01"), *same;
	handle(tx, lead, "2021-03-09", "2021-03-02");
	same = merged(tx, lead, "2021-03-05");
	small_site_done(tx, lead, &sender, "withdraw", &own, "2021-03-03");
	CHECK_INT(dossier_load(tx, same->id, &same), OK);
	CHECK_DAY(same->duties.at[same->duties.n - 1].from, "2021-03-05");
	small_site_verify(tx);
}

TEST(a_chain_of_merged_ones_comes_apart_when_its_lead_leaves)
{
	struct tx *tx = site("2021-03-20T08:00");
	struct petition_withdraw own = { 0 };
	struct dossier *first = sent(tx, "feedback", "2021-03-01");
	struct dossier *second = sent(tx, "feedback", "2021-03-01");
	handle(tx, first, "2021-03-09", "2021-03-02");
	handle(tx, second, "2021-03-09", "2021-03-02");
	struct dossier *third = merged(tx, second, "2021-03-02");
	small_site_done(tx, second, &s.clerk, "merge",
			&(struct petition_merge){ .with = first->code }, "2021-03-03");
	small_site_done(tx, first, &sender, "withdraw", &own, "2021-03-05");
	CHECK_INT(state_of(tx, second), PETITION_RECEIVED);
	CHECK_INT(state_of(tx, third), PETITION_RECEIVED);
	small_site_verify(tx);
}

TEST(nobody_is_left_out_of_an_answer_however_many_were_merged)
{
	enum { MANY = 503 };
	test_only_sqlite(); /* it is about a loop, and takes its time on the other */
	struct tx *tx = site("2021-03-10T08:00");
	struct dossier *lead = sent(tx, "feedback", "2021-03-01");
	handle(tx, lead, "2021-03-09", "2021-03-02");
	for (int i = 0; i < MANY; i++)
		merged(tx, lead, "2021-03-03");
	size_t before = arena_used(tx->mem);
	answer(tx, lead, "2021-03-08");
	CHECK(arena_used(tx->mem) - before < 1024 * 1024); /* the memory of one request */
	struct query q = db_query(tx, "SELECT COUNT(*) FROM dossier WHERE kind = 'petition'"
				      " AND state = $1");
	BIND(&q, (int64_t)PETITION_ANSWERED);
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), MANY + 1);
}

TEST(an_office_ends_nobodys_petition_by_itself)
{
	struct tx *tx = site("2021-03-10T08:00");
	struct dossier *d = sent(tx, "feedback", "2021-03-01");
	struct petition_withdraw form = { .reason = S("Người gửi xin rút") };
	CHECK_INT(small_site_take(tx, d, &s.clerk, "withdraw", &form, "2021-03-02", NULL),
		  ERR_INVALID);
	form.evidence = small_site_file(tx, "bien-ban.pdf");
	small_site_done(tx, d, &s.clerk, "withdraw", &form, "2021-03-02");
	CHECK_INT(d->state, PETITION_WITHDRAWN);
	CHECK_INT(small_site_duty(d, "reception.intake_answer")->state, DUTY_EXCUSED);
	struct dossier *own = sent(tx, "feedback", "2021-03-01");
	small_site_done(tx, own, &sender, "withdraw", &(struct petition_withdraw){ 0 },
			"2021-03-02");
	small_site_verify(tx);
}

TEST(a_refusal_has_a_ground_is_the_leaders_and_answers_in_time)
{
	struct tx *tx = site("2021-03-10T08:00");
	struct dossier *d = sent(tx, "feedback", "2021-03-01");
	struct petition form = blank();
	form.ground = S("not_ours");
	form.detail = S("Việc này do Tòa án giải quyết; gửi đến Tòa án nhân dân huyện.");
	CHECK_INT(small_site_take(tx, d, &s.clerk, "refuse", &form, "2021-03-05", NULL),
		  ERR_DENIED);
	small_site_done(tx, d, &s.leader, "refuse", &form, "2021-03-05");
	CHECK_INT(small_site_duty(d, "reception.intake_answer")->state, DUTY_MET);
	small_site_verify(tx);
}

TEST(its_leaf_says_neither_kind_nor_unit_and_nobody_else_reads_it)
{
	struct tx *tx = site("2021-03-10T08:00");
	struct dossier *d = sent(tx, "complaint", "2021-03-01");
	struct query q = db_query(tx, "SELECT entry FROM log_leaf ORDER BY id DESC LIMIT 1");
	CHECK_INT(db_one(&q), OK);
	struct str entry = col_str(&q, 0);
	CHECK(!str_has(entry, S("petition")));
	CHECK(!str_has(entry, S("14464")));
	CHECK(!str_has(entry, d->code));
	const struct member *others[] = { NULL, &s.clerk, &s.leader, &s.neighbour, &above };
	for (size_t i = 0; i < LENGTH(others); i++) {
		tx->who = others[i]; /* an official needs a reason first */
		CHECK(!gate_may_read(tx, d));
	}
}

/* The lead's code and day are not those under which the others wrote. */
TEST(who_was_merged_is_answered_by_a_letter_that_names_his_own_petition)
{
	struct tx *tx = site("2021-03-22T08:00");
	struct dossier *lead = sent(tx, "feedback", "2021-03-01");
	handle(tx, lead, "2021-03-20", "2021-03-02");
	struct dossier *same = merged(tx, lead, "2021-03-10"), *all[] = { lead, same };
	struct petition form = blank();
	form.outcome = S("done");
	form.answer = S("Gửi [người gửi]: đơn [mã], nhận [ngày nhận], đã giải quyết.");
	form.files = small_site_file(tx, "bien-ban.pdf");
	small_site_done(tx, lead, &s.clerk, "answer", &form, "2021-03-22");
	for (size_t i = 0; i < LENGTH(all); i++) {
		struct dossier *d;
		struct buf wanted = { .a = tx->mem };
		CHECK_INT(dossier_load(tx, all[i]->id, &d), OK);
		buf_printf(&wanted, "Gửi [người gửi]: đơn %.*s, nhận ", STR_ARG(d->code));
		lang_put_date(&wanted, LANG_VI, test_date(i ? "2021-03-10" : "2021-03-01"));
		buf_put(&wanted, S(", đã giải quyết."));
		CHECK_STR(((const struct petition *)d->data)->answer, buf_str(&wanted));
	}
	small_site_verify(tx);
}
