/* Comments as an office knows them: which are held and why, what each waits for, and that folding again
 * gives the same. */
#include "office/test_comment.h"

/* --- Sending --- */

TEST(a_site_that_says_nothing_else_holds_every_comment_and_only_its_author_and_officials_read_it)
{
	begin(true);
	struct dossier *d = send(&ann, "Kênh này làm ở đoạn nào?", true);
	CHECK_INT(d->state, COMMENT_HELD);
	CHECK_INT(of(d)->held.n, 2);
	CHECK_STR(of(d)->held.at[0], S("setting"));
	CHECK_STR(of(d)->held.at[1], S("first"));
	CHECK_INT(d->parent, matter->id);
	CHECK_INT(d->author, ann.person);
	CHECK_DAY(small_site_duty(d, COMMENT_RULE_REVIEW)->due, "2021-01-11");
	CHECK_INT(total(), 0);
	CHECK_INT(listed().n, 0);
	static const struct {
		const struct member *who;
		bool may;
	} readers[] = { { &ann, true },        { &ben, false },     { NULL, false },
			{ &s.clerk, true },    { &s.leader, true }, { &s.neighbour, false },
			{ &s.official, false } };
	for (size_t i = 0; i < LENGTH(readers); i++) {
		tx->who = readers[i].who;
		CHECK_INT(gate_may_read(tx, d), readers[i].may);
	}
	struct said_rows own;
	CHECK_INT(comment_list_own(tx, matter->id, ann.person, 10, &own), OK);
	CHECK_INT(own.n, 1);
	CHECK_STR(own.at[0].text, S("Kênh này làm ở đoạn nào?"));
	CHECK_INT(comment_list_own(tx, matter->id, ben.person, 10, &own), OK);
	CHECK_INT(own.n, 0);
	small_site_verify(tx);
}

TEST(what_no_rule_holds_is_shown_at_once_where_the_site_lets_rules_decide)
{
	begin(false);
	struct dossier *first = send(&ann, "Ý kiến đầu", false);
	CHECK_INT(first->state, COMMENT_HELD);
	CHECK_INT(of(first)->held.n, 1);
	CHECK_INT(take(&s.clerk, first, "approve", NULL), OK);
	CHECK_INT(first->state, COMMENT_SHOWN);
	CHECK_INT(send(&ann, "Ý kiến thứ hai", false)->state, COMMENT_SHOWN);
	struct dossier *asked = send(&ann, "Bao giờ xong?", true);
	CHECK_INT(asked->state, COMMENT_ASKED);
	CHECK_DAY(small_site_duty(asked, COMMENT_RULE_ANSWER)->due, "2021-01-22");
	CHECK_STR(of(send(&ann, "ý KIẾN thứ hai!!", false))->held.at[0], S("again"));
	CHECK_STR(of(send(&ann, "Gọi 0912345678", false))->held.at[0], S("contact"));
	CHECK_STR(of(send(&ann, "Xem vidu.vn", false))->held.at[0], S("link"));
	struct dossier *fourth = send(&ann, "Một ý nữa", false);
	CHECK_INT(of(fourth)->held.n, 1);
	CHECK_STR(of(fourth)->held.at[0], S("waiting"));
	/* Somebody else who says the same. */
	struct dossier *copy = send(&ben, "Ý kiến thứ hai", false);
	CHECK_INT(of(copy)->held.n, 2);
	CHECK_STR(of(copy)->held.at[1], S("again"));
	CHECK_INT(total(), 3);
	small_site_verify(tx);
}

TEST(empty_too_long_and_closed_are_answered_in_words_and_nothing_is_written)
{
	begin(false);
	struct buf long_text = { .a = test_arena() };
	for (int i = 0; i < 512; i++)
		buf_put(&long_text, S("ộ"));
	buf_putc(&long_text, 0);
	static const char *const bad[] = { "", " \n ", "\xc2\xa0\xe2\x80\x8b" };
	struct dossier *d;
	for (size_t i = 0; i < LENGTH(bad); i++) {
		struct faults faults = { .a = test_arena() };
		CHECK_INT(try_send(&ann, bad[i], false, &d, &faults), ERR_INVALID);
		CHECK_STR(str_of(faults.at[0].field), S("text"));
		CHECK_STR(faults.at[0].text, S("Nhập nội dung ý kiến"));
		tx->err = OK;
	}
	struct faults faults = { .a = test_arena() };
	CHECK_INT(try_send(&ann, long_text.at, false, &d, &faults), ERR_INVALID);
	CHECK_STR(faults.at[0].text, S("Bớt 12 ký tự: đang 512, tối đa 500"));
	tx->err = OK;
	CHECK_INT(take(&s.clerk, matter, "end", NULL), OK);
	faults.n = 0;
	CHECK_INT(try_send(&ann, "Muộn rồi", false, &d, &faults), ERR_INVALID);
	CHECK_STR(str_of(faults.at[0].field), S("about"));
	tx->err = OK;
	CHECK_INT(listed().n, 0);
	/* What is said of a comment is not a matter of its own. */
	CHECK(!comment_is_open(matter));
}

TEST(a_comment_is_no_matter_that_is_commented_on_and_one_elsewhere_is_not_either)
{
	begin(false);
	struct dossier *d = send(&ann, "Ý kiến đầu", false), *unused;
	CHECK_INT(take(&s.clerk, d, "approve", NULL), OK);
	CHECK(!comment_is_open(d));
	struct comment_form form = { .about = d->code, .text = S("Trả lời bạn") };
	struct step_input in = { .on = NO_DATE };
	tx->who = &ann;
	CHECK_INT(dossier_open(tx, &comment_kind, SMALL_COMMUNE, "send", &form, &in, NULL, &unused),
		  ERR_INVALID);
	tx->err = OK;
	form.about = matter->code;
	CHECK_INT(
		dossier_open(tx, &comment_kind, SMALL_NEIGHBOUR, "send", &form, &in, NULL, &unused),
		ERR_INVALID);
	tx->err = OK;
	form.about = S("VC-0000-0000");
	CHECK_INT(dossier_open(tx, &comment_kind, SMALL_COMMUNE, "send", &form, &in, NULL, &unused),
		  ERR_INVALID);
}

TEST(a_clerk_enters_what_was_said_on_paper_and_it_is_shown_with_its_day)
{
	begin(true);
	struct comment_form form = { .about = matter->code,
				     .name = S(" Một hộ  thôn Đông "),
				     .text = S("Xin hỏi bao giờ xong"),
				     .question = true };
	struct step_input in = { .on = test_date("2021-01-06"), .channel = CHANNEL_MEETING };
	struct dossier *d;
	tx->who = &s.clerk;
	CHECK_INT(dossier_open(tx, &comment_kind, SMALL_COMMUNE, "enter", &form, &in, NULL, &d),
		  OK);
	CHECK_INT(d->state, COMMENT_ASKED);
	CHECK_INT(d->author, 0);
	CHECK_DAY(small_site_duty(d, COMMENT_RULE_ANSWER)->due, "2021-01-20");
	struct said_rows rows = listed();
	CHECK_INT(rows.n, 1);
	CHECK_STR(rows.at[0].name, S("Một hộ thôn Đông"));
	CHECK_INT(rows.at[0].channel, CHANNEL_MEETING);
	CHECK_DAY(rows.at[0].on, "2021-01-06");
	tx->who = &ann;
	CHECK_INT(dossier_open(tx, &comment_kind, SMALL_COMMUNE, "enter", &form, &in, NULL, &d),
		  ERR_DENIED);
	tx->who = &s.neighbour;
	CHECK_INT(dossier_open(tx, &comment_kind, SMALL_COMMUNE, "enter", &form, &in, NULL, &d),
		  ERR_DENIED);
}

/* --- Rights --- */

TEST(nobody_but_the_units_own_reviews_and_nobody_but_the_author_withdraws)
{
	begin(true);
	struct dossier *d = send(&ann, "Ý kiến", false);
	const struct member *const strangers[] = { &ann,        &ben,     &s.neighbour,
						   &s.official, &s.admin, NULL };
	for (size_t i = 0; i < LENGTH(strangers); i++) {
		CHECK_INT(take(strangers[i], d, "approve", NULL), ERR_DENIED);
		CHECK_INT(hide(strangers[i], d, "insult"), ERR_DENIED);
		CHECK_INT(say(strangers[i], d, "answer", "Trả lời"), ERR_DENIED);
	}
	const struct member *const others[] = { &ben, &s.clerk, &s.leader, &s.neighbour, NULL };
	for (size_t i = 0; i < LENGTH(others); i++)
		CHECK_INT(take(others[i], d, "withdraw", NULL), ERR_DENIED);
	struct said_rows rows;
	tx->who = &s.neighbour;
	CHECK_INT(comment_list_waiting(tx, SMALL_COMMUNE, 0, 0, 10, &rows), ERR_DENIED);
	tx->who = &ann;
	CHECK_INT(comment_list_waiting(tx, SMALL_COMMUNE, 0, 0, 10, &rows), ERR_DENIED);
	tx->err = OK;
	tx->who = &s.clerk;
	CHECK_INT(comment_list_waiting(tx, SMALL_COMMUNE, 0, 0, 10, &rows), OK);
	CHECK_INT(rows.n, 1);
	CHECK_STR(rows.at[0].parent_title, S("Sửa kênh thôn Đông"));
	CHECK(comment_hold_all(tx, false) != OK);
}

/* --- Answers --- */

TEST(a_question_waits_in_the_queue_until_it_is_answered_and_its_term_began_when_it_was_asked)
{
	begin(true);
	struct dossier *d = send(&ann, "Bao giờ xong?", true);
	small_site_day(tx, "2021-01-12T09:00");
	CHECK_INT(take(&s.clerk, d, "approve", NULL), OK);
	CHECK_INT(small_site_duty(d, COMMENT_RULE_REVIEW)->state, DUTY_LATE);
	CHECK_DAY(small_site_duty(d, COMMENT_RULE_ANSWER)->due, "2021-01-22");
	CHECK_DAY(d->shown_on, "2021-01-12");
	struct queue q;
	tx->who = &s.clerk;
	CHECK_INT(queue_load(tx, 10, &q), OK);
	CHECK_INT(q.waiting.n, 1);
	CHECK_INT(q.overdue.n + q.today.n + q.later.n, 0);
	small_site_day(tx, "2021-01-22T09:00");
	CHECK_INT(queue_load(tx, 10, &q), OK);
	CHECK_INT(q.today.n, 1);
	CHECK_INT(q.waiting.n + q.overdue.n + q.later.n, 0);
	CHECK_INT(say(&s.leader, d, "answer", "Trong quý I, đoạn 640 m."), OK);
	CHECK_INT(d->state, COMMENT_ANSWERED);
	CHECK_INT(small_site_duty(d, COMMENT_RULE_ANSWER)->state, DUTY_MET);
	CHECK_INT(queue_load(tx, 10, &q), OK);
	CHECK_INT(q.waiting.n + q.overdue.n + q.later.n + q.today.n, 0);
	struct said_rows rows;
	CHECK_INT(comment_list_answered(tx, matter->id, 3, &rows), OK);
	CHECK_INT(rows.n, 1);
	CHECK_STR(rows.at[0].x->answer, S("Trong quý I, đoạn 640 m."));
	CHECK_DAY(rows.at[0].x->answered_on, "2021-01-22");
	/* A second answer replaces the first. */
	CHECK_INT(say(&s.clerk, d, "answer", "Trong quý II."), OK);
	CHECK_STR(of(d)->answer, S("Trong quý II."));
	small_site_verify(tx);
}

/* --- Many --- */

TEST(the_list_pages_by_key_and_the_count_is_exact_up_to_a_thousand)
{
	begin(true);
	struct comment_form form = { .about = matter->code };
	int64_t last = INT64_MAX;
	struct date day = NO_DATE;
	int seen = 0;
	for (int i = 0; i < 57; i++) {
		struct step_input in = { .on = date_add(test_date("2021-01-04"), i / 20) };
		struct dossier *d;
		form.text = str_printf(test_arena(), "Ý kiến %d", i);
		tx->who = &s.clerk;
		CHECK_INT(dossier_open(tx, &comment_kind, SMALL_COMMUNE, "enter", &form, &in, NULL,
				       &d),
			  OK);
	}
	CHECK_INT(total(), 57);
	for (bool more = true; more;) {
		struct said_rows rows;
		CHECK_INT(comment_list(tx, matter->id, day, last, 10, &rows), OK);
		for (size_t i = 0; i < rows.n; i++, seen++) {
			bool later = !date_is_set(day) || date_cmp(rows.at[i].shown_on, day) < 0 ||
				     rows.at[i].id < last;
			CHECK(later);
			day = rows.at[i].shown_on;
			last = rows.at[i].id;
		}
		more = rows.more;
	}
	CHECK_INT(seen, 57);
}
