/* The clock of a request for information: Law 104/2016 arts. 26-31, every way a request can come and
 * every way it can end. Days are counted by hand on a wall calendar; Tết 2021 was off from Wednesday 10
 * to Tuesday 16 February. */
#include "modules/know/test_information.h"

static const struct {
	const char *way, *complexity, *on, *rule, *row, *due;
} clocks[] = {
	/* 29.1: at once. */
	{ "office", "simple", "2021-02-08", "information.answer_at_once", "", "2021-02-08" },
	/* 29.2, ten working days: 9, 17 to 19, 22 to 26 February, 1 March. */
	{ "office", "complex", "2021-02-08", "information.answer_complex", "TL-086", "2021-03-01" },
	/* 30.3, three: 9, 17, 18. */
	{ "online", "simple", "2021-02-08", "information.answer_online", "TL-087", "2021-02-18" },
	/* 30.4, fifteen: 9, 17 to 19, 22 to 26 February, 1 to 5, 8 March. */
	{ "online", "complex", "2021-02-08", "information.answer_complex_remote", "TL-101",
	  "2021-03-08" },
	/* 31.1, five: 9, 17, 18, 19, 22. */
	{ "post", "simple", "2021-02-08", "information.answer_post", "TL-088", "2021-02-22" },
	/* 31.2: as online. */
	{ "post", "complex", "2021-02-08", "information.answer_complex_remote", "TL-101",
	  "2021-03-08" },
	/* The first working day of the law: 3, 4, 5 July 2018. */
	{ "online", "simple", "2018-07-02", "information.answer_online", "TL-087", "2018-07-05" },
};

TEST(the_clock_follows_how_the_request_came_and_how_hard_it_is)
{
	struct tx *tx = site("2021-06-01T08:00");
	for (size_t i = 0; i < LENGTH(clocks); i++) {
		struct dossier *d = entered(tx, clocks[i].way, clocks[i].complexity, clocks[i].on);
		const struct duty *y = information_clock(d);
		if (!y)
			FAIL("case %zu owes nothing", i);
		CHECK_STR(y->rule, str_of(clocks[i].rule));
		CHECK_STR(y->row, str_of(clocks[i].row));
		CHECK_STR(date_iso(tx->mem, y->due), str_of(clocks[i].due));
		CHECK_INT(d->duties.n, 1);
	}
	small_site_verify(tx);
}

TEST(before_the_law_was_in_force_nothing_was_owed)
{
	struct tx *tx = site("2021-06-01T08:00");
	CHECK(!information_clock(entered(tx, "online", "simple", "2018-06-29")));
	CHECK(!information_clock(entered(tx, "office", "simple", "2018-06-29")));
	small_site_verify(tx);
}

TEST(what_somebody_sends_himself_came_online)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = sent(tx, "2021-02-08");
	CHECK_STR(((const struct information *)d->data)->way, S("online"));
	CHECK_STR(information_clock(d)->rule, S("information.answer_online"));
	CHECK_INT(d->author, ASKER);
	CHECK_INT(information_clock(d)->unit, SMALL_COMMUNE);
}

TEST(an_answer_in_time_meets_its_duty_and_a_late_one_is_late)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = sent(tx, "2021-02-08");
	answer(tx, d, &s.clerk, "2021-02-18");
	CHECK_INT(d->duties.at[0].state, DUTY_MET);
	d = sent(tx, "2021-02-08");
	CHECK(duty_is_overdue(information_clock(d), test_date("2021-02-19")));
	answer(tx, d, &s.clerk, "2021-02-19");
	CHECK_INT(d->duties.at[0].state, DUTY_LATE);
	CHECK_DAY(((const struct information *)d->data)->answered_on, "2021-02-19");
	small_site_verify(tx);
}

TEST(a_request_found_to_be_complex_gets_the_long_clock_and_the_notice_of_it_was_due_in_three_days)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = sent(tx, "2021-02-08");
	accept(tx, d, "complex", "2021-02-18");
	CHECK_INT(small_site_duty(d, "information.answer_online")->state, DUTY_EXCUSED);
	CHECK_INT(small_site_duty(d, "information.notice_complex")->state, DUTY_MET);
	CHECK_DAY(information_clock(d)->due, "2021-03-08"); /* from the day it came */
	CHECK(dossier_main_duty(d) == information_clock(d));
	d = sent(tx, "2021-02-08");
	accept(tx, d, "complex", "2021-02-19");
	CHECK_INT(small_site_duty(d, "information.notice_complex")->state, DUTY_LATE);
	/* A term that was over is not excused by what is said of it afterwards. */
	d = sent(tx, "2021-02-08");
	accept(tx, d, "complex", "2021-02-26");
	CHECK_INT(small_site_duty(d, "information.answer_online")->state, DUTY_LATE);
	/* At the office no such notice is owed; and what turns out to be simple is due at once. */
	d = entered(tx, "office", "simple", "2021-02-08");
	accept(tx, d, "complex", "2021-02-08");
	CHECK_INT(d->duties.n, 2);
	CHECK_DAY(information_clock(d)->due, "2021-03-01");
	d = entered(tx, "post", "complex", "2021-02-08");
	accept(tx, d, "simple", "2021-02-09");
	CHECK_DAY(information_clock(d)->due, "2021-02-22");
	small_site_verify(tx);
}

TEST(while_the_office_waits_for_its_author_the_clock_stands_and_then_counts_anew)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = sent(tx, "2021-02-08");
	struct information ask = question(), more = question();
	ask.asked = S("Ghi rõ công trình nào, năm nào");
	CHECK_INT(take(tx, d, &s.clerk, "ask", &ask, "2021-02-09"), OK);
	CHECK(!information_clock(d));
	CHECK_INT(d->duties.at[0].state, DUTY_SUSPENDED);
	CHECK(!dossier_main_duty(d));
	CHECK_INT(take(tx, d, &stranger, "complete", &more, "2021-02-20"), ERR_DENIED);
	/* Nor the office in its author's place: it would give itself new days. */
	struct faults faults = { .a = tx->mem };
	CHECK_INT(small_site_take(tx, d, &s.clerk, "complete", &more, "2021-02-20", &faults),
		  ERR_INVALID);
	says(&faults, "", MSG_INFORMATION_FAULT_NOT_COMPLETED);
	CHECK(!information_clock(d));
	more.body = S("Đường thôn Đông, năm 2020");
	CHECK_INT(take(tx, d, &asker, "complete", &more, "2021-02-22"), OK);
	CHECK_DAY(information_clock(d)->due, "2021-02-25");
	const struct information *x = d->data;
	CHECK_STR(x->body, S("Đường thôn Đông, năm 2020"));
	CHECK_STR(x->asked, S(""));
	/* Who came to the counter has no account: the clerk writes it down. */
	d = entered(tx, "post", "simple", "2021-02-08");
	CHECK_INT(take(tx, d, &s.clerk, "ask", &ask, "2021-02-09"), OK);
	CHECK_INT(take(tx, d, &s.clerk, "complete", &more, "2021-02-22"), OK);
	CHECK(information_clock(d));
	/* Once: or it would never have to answer. */
	struct faults again = { .a = tx->mem };
	tx->who = &s.clerk;
	CHECK(step_is_futile(tx, d, kind_step(d->kind, S("ask"))));
	CHECK_INT(small_site_take(tx, d, &s.clerk, "ask", &ask, "2021-02-23", &again), ERR_INVALID);
	says(&again, "", MSG_INFORMATION_FAULT_ASKED);
	small_site_verify(tx);
}

TEST(an_overdue_request_cannot_be_stopped_by_asking_for_more)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = sent(tx, "2021-02-08");
	struct faults faults = { .a = tx->mem };
	struct information ask = question();
	ask.asked = S("Ghi rõ công trình nào");
	CHECK_INT(small_site_take(tx, d, &s.clerk, "ask", &ask, "2021-02-19", &faults),
		  ERR_INVALID);
	says(&faults, "happened_on", MSG_INFORMATION_FAULT_ASK_LATE);
	CHECK(information_clock(d) != NULL);
}

TEST(what_was_asked_or_extended_in_time_on_paper_may_be_entered_when_the_day_is_over)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = sent(tx, "2021-02-08");
	struct information ask = question();
	ask.asked = S("Ghi rõ công trình nào, năm nào");
	tx->who = &s.clerk;
	CHECK(step_is_offered(tx, d, kind_step(d->kind, S("ask"))));
	CHECK_INT(take(tx, d, &s.clerk, "ask", &ask, "2021-02-09"), OK);

	struct information_extend more = { 5, S("gather"), S("Phải tập hợp từ ba bộ phận"),
					   NO_DATE };
	d = entered(tx, "post", "complex", "2021-02-08");
	accept(tx, d, "complex", "2021-02-09");
	tx->who = &s.clerk;
	CHECK(step_is_offered(tx, d, kind_step(d->kind, S("extend"))));
	CHECK_INT(take(tx, d, &s.clerk, "extend", &more, "2021-02-10"), OK);
	CHECK(!step_is_offered(tx, d, kind_step(d->kind, S("extend")))); /* once */
	small_site_verify(tx);
}

/* --- Extension: once, in time, within the row's own words --- */

static enum err extend(struct tx *tx, struct dossier *d, int64_t days, const char *on,
		       struct faults *faults)
{
	struct information_extend form = { days, S("gather"), S("Phải tập hợp từ ba bộ phận"),
					   NO_DATE };
	*faults = (struct faults){ .a = tx->mem };
	return small_site_take(tx, d, &s.clerk, "extend", &form, on, faults);
}

static const struct {
	const char *way, *due;
	int64_t most;
	const char *last;
} extensions[] = {
	/* 29.2, ten working days more: 2 to 5, 8 to 12, 15 March. */
	{ "office", "2021-03-01", 10, "2021-03-15" },
	/* 30.4 and 31.2, fifteen days more. */
	{ "online", "2021-03-08", 15, "2021-03-23" },
	{ "post", "2021-03-08", 15, "2021-03-23" },
};

TEST(a_complex_request_is_extended_once_up_to_the_days_of_the_law_and_the_old_day_is_kept)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct faults faults;
	for (size_t i = 0; i < LENGTH(extensions); i++) {
		struct dossier *d = entered(tx, extensions[i].way, "complex", "2021-02-08");
		accept(tx, d, "complex", "2021-02-09");
		const struct duty *clock = information_clock(d);
		CHECK_STR(date_iso(tx->mem, clock->due), str_of(extensions[i].due));
		CHECK_INT(extend(tx, d, extensions[i].most + 1, "2021-02-26", &faults),
			  ERR_INVALID);
		CHECK_STR(str_of(faults.at[0].field), S("days"));
		CHECK_INT(extend(tx, d, 0, "2021-02-26", &faults), ERR_INVALID);
		CHECK_INT(extend(tx, d, extensions[i].most, "2021-03-01", &faults), OK);
		clock = information_clock(d);
		CHECK_STR(date_iso(tx->mem, clock->due), str_of(extensions[i].last));
		CHECK_STR(date_iso(tx->mem, clock->due_before), str_of(extensions[i].due));
		CHECK_INT(extend(tx, d, 1, "2021-03-01", &faults), ERR_INVALID);
		says(&faults, "", MSG_INFORMATION_FAULT_EXTENDED);
		answer(tx, d, &s.leader, extensions[i].last);
		CHECK_INT(small_site_duty(d, clock->rule.at)->state, DUTY_MET);
	}
	small_site_verify(tx);
}

TEST(a_simple_request_is_not_extended_and_no_request_after_its_day)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct faults faults;
	struct dossier *d = sent(tx, "2021-02-08");
	accept(tx, d, "simple", "2021-02-09");
	CHECK_INT(extend(tx, d, 2, "2021-02-09", &faults), ERR_INVALID);
	says(&faults, "", MSG_INFORMATION_FAULT_NO_EXTENSION);
	d = entered(tx, "office", "complex", "2021-02-08");
	accept(tx, d, "complex", "2021-02-09");
	CHECK_INT(extend(tx, d, 2, "2021-03-02", &faults), ERR_INVALID);
	says(&faults, "happened_on", MSG_INFORMATION_FAULT_EXTEND_LATE);
}

/* --- Refusal --- */

static enum err refuse(struct tx *tx, struct dossier *d, const struct member *who,
		       const char *ground, const char *where, struct faults *faults)
{
	struct information form = question();
	form.ground = str_of(ground);
	form.where = str_of(where);
	form.detail = S("Giải thích cho người hỏi hiểu");
	*faults = (struct faults){ .a = tx->mem };
	return small_site_take(tx, d, who, "refuse", &form, "2021-02-09", faults);
}

TEST(every_ground_of_a_refusal_is_taken_with_what_it_needs)
{
	static const char *const plain[] = { "state_secret", "conditions", "personal", "twice",
					     "obstructs" };
	struct tx *tx = site("2021-06-01T08:00");
	struct faults faults;
	for (size_t i = 0; i < LENGTH(plain); i++) {
		struct dossier *d = sent(tx, "2021-02-08");
		CHECK_INT(refuse(tx, d, &s.leader, plain[i], "", &faults), OK);
		CHECK_INT(d->state, INFORMATION_REFUSED);
		CHECK_INT(d->duties.at[0].state, DUTY_MET);
	}
	struct dossier *d = sent(tx, "2021-02-08");
	CHECK_INT(refuse(tx, d, &s.leader, "published", "", &faults), ERR_INVALID);
	says(&faults, "where", MSG_INFORMATION_FAULT_WHERE);
	CHECK_INT(refuse(tx, d, &s.leader, "not_held", "", &faults), ERR_INVALID);
	says(&faults, "where", MSG_INFORMATION_FAULT_WHO);
	CHECK_INT(refuse(tx, d, &s.leader, "unpaid", "", &faults), ERR_INVALID);
	says(&faults, "ground", MSG_INFORMATION_FAULT_NO_COST);
	CHECK_INT(refuse(tx, d, &s.leader, "because", "", &faults), ERR_INVALID);
	CHECK_INT(refuse(tx, d, &s.clerk, "twice", "", &faults), ERR_DENIED); /* a leader's */
	CHECK_INT(refuse(tx, d, &s.leader, "published", "Trang công khai CK-7K3Q-92MV", &faults),
		  OK);
	d = sent(tx, "2021-02-08");
	accept(tx, d, "simple", "2021-02-09"); /* it names a cost */
	CHECK_INT(refuse(tx, d, &s.leader, "unpaid", "", &faults), OK);
	small_site_verify(tx);
}

TEST(an_answer_says_something_and_an_answer_in_part_says_what_is_withheld)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = sent(tx, "2021-02-08");
	struct faults faults = { .a = tx->mem };
	struct information form = question();
	form.extent = S("full");
	CHECK_INT(small_site_take(tx, d, &s.clerk, "answer", &form, "2021-02-09", &faults),
		  ERR_INVALID);
	says(&faults, "answer", MSG_INFORMATION_FAULT_NO_ANSWER);
	form.answer = S("Có");
	form.extent = S("part");
	faults = (struct faults){ .a = tx->mem };
	CHECK_INT(small_site_take(tx, d, &s.clerk, "answer", &form, "2021-02-09", &faults),
		  ERR_INVALID);
	says(&faults, "withheld", MSG_INFORMATION_FAULT_WITHHELD);
	form.withheld = S("Danh sách tên, vì là đời tư");
	CHECK_INT(take(tx, d, &s.clerk, "answer", &form, "2021-02-09"), OK);
	CHECK_INT(d->state, INFORMATION_ANSWERED);
}

/* --- Transfer and withdrawal --- */

static enum err transfer(struct tx *tx, struct dossier *d, const char *to, const char *on,
			 struct faults *faults)
{
	struct information_transfer form = { str_of(to), S("Cơ quan đó giữ hồ sơ"), 0 };
	*faults = (struct faults){ .a = tx->mem };
	return small_site_take(tx, d, &s.clerk, "transfer", &form, on, faults);
}

TEST(a_transferred_request_is_the_other_offices_on_a_clock_of_its_own)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct faults faults;
	struct dossier *d = sent(tx, "2021-02-08");
	accept(tx, d, "simple", "2021-02-09");
	CHECK_INT(transfer(tx, d, "SO-01", "2021-02-18", &faults), OK);
	CHECK_INT(d->holder, SMALL_AGENCY);
	CHECK_INT(d->unit, SMALL_COMMUNE);
	CHECK_INT(d->state, INFORMATION_RECEIVED);
	CHECK_INT(d->duties.at[0].state, DUTY_EXCUSED);
	const struct duty *clock = information_clock(d);
	CHECK_INT(clock->unit, SMALL_AGENCY);
	CHECK_DAY(clock->from, "2021-02-18");
	CHECK_DAY(clock->due, "2021-02-23");
	CHECK_INT(((const struct information *)d->data)->cost, 0);
	CHECK_INT(take(tx, d, &s.clerk, "accept", &(struct information){ 0 }, "2021-02-19"),
		  ERR_DENIED);
	answer(tx, d, &s.official, "2021-02-23");
	small_site_verify(tx);
}

TEST(whoever_transfers_an_overdue_request_was_late_all_the_same)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct faults faults;
	struct dossier *d = sent(tx, "2021-02-08");
	CHECK_INT(transfer(tx, d, "SO-01", "2021-02-19", &faults), OK);
	CHECK_INT(d->duties.at[0].state, DUTY_LATE);
	CHECK_INT(d->duties.at[0].unit, SMALL_COMMUNE);
	small_site_verify(tx);
}

TEST(a_transfer_goes_to_another_office_that_exists)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct faults faults;
	struct dossier *d = sent(tx, "2021-02-08");
	CHECK_INT(transfer(tx, d, "99999", "2021-02-09", &faults), ERR_INVALID);
	says(&faults, "to", MSG_INFORMATION_FAULT_OFFICE);
	CHECK_INT(transfer(tx, d, "14464", "2021-02-09", &faults), ERR_INVALID);
	says(&faults, "to", MSG_INFORMATION_FAULT_SAME_OFFICE);
	CHECK_INT(d->holder, SMALL_COMMUNE);
}

TEST(its_author_withdraws_it_and_nobody_else_for_him)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = sent(tx, "2021-02-08");
	struct information_withdraw form = { S("") };
	CHECK_INT(take(tx, d, &stranger, "withdraw", &form, "2021-02-09"), ERR_DENIED);
	CHECK_INT(take(tx, d, &s.leader, "withdraw", &form, "2021-02-09"), ERR_DENIED);
	CHECK_INT(take(tx, d, &asker, "withdraw", &form, "2021-02-09"), OK);
	CHECK_INT(d->state, INFORMATION_WITHDRAWN);
	CHECK_INT(d->duties.at[0].state, DUTY_EXCUSED);
	CHECK_INT(take(tx, d, &asker, "withdraw", &form, "2021-02-09"), ERR_CONFLICT);
	/* What came through the counter the clerk takes back for its author; what was overdue stays late. */
	struct faults faults = { .a = tx->mem };
	d = sent(tx, "2021-02-08");
	CHECK_INT(small_site_take(tx, d, &s.clerk, "withdraw", &form, "2021-02-09", &faults),
		  ERR_INVALID);
	says(&faults, "", MSG_INFORMATION_FAULT_NOT_YOURS);
	d = entered(tx, "post", "simple", "2021-02-08");
	CHECK_INT(take(tx, d, &s.clerk, "withdraw", &form, "2021-02-26"), OK);
	CHECK_INT(d->duties.at[0].state, DUTY_LATE);
	small_site_verify(tx);
}

TEST(one_person_has_at_most_twenty_requests_open)
{
	struct tx *tx = site("2021-06-01T08:00");
	struct dossier *d = NULL, *first = sent(tx, "2021-02-08");
	struct faults faults = { .a = tx->mem };
	for (int i = 1; i < 20; i++)
		sent(tx, "2021-02-08");
	CHECK_INT(open_with(tx, &asker, "send", question(), "2021-02-08", &faults, &d),
		  ERR_INVALID);
	says(&faults, "", MSG_INFORMATION_FAULT_MANY);
	CHECK_INT(open_with(tx, &stranger, "send", question(), "2021-02-08", NULL, &d), OK);
	answer(tx, first, &s.clerk, "2021-02-09");
	sent(tx, "2021-02-09");
}
