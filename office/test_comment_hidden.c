/* What is left of a comment that was hidden, withdrawn, or said of what was taken down. */
#include "office/redaction.h"
#include "office/test_comment.h"

#include <string.h>

#define WORDS "Lời không nên hiện"

static struct dossier *shown_then_hidden(const struct member *by)
{
	struct dossier *d = send(&ann, WORDS, true);
	CHECK_INT(take(&s.clerk, d, "approve", NULL), OK);
	CHECK_INT(total(), 1);
	CHECK_INT(hide(by, d, "personal"), OK);
	return d;
}

TEST(of_a_hidden_comment_a_stub_with_its_ground_stays_and_no_row_shows_its_words)
{
	begin(true);
	struct dossier *d = shown_then_hidden(&s.clerk);
	CHECK_INT(d->state, COMMENT_HIDDEN);
	CHECK_INT(total(), 0);
	CHECK_INT(small_site_duty(d, COMMENT_RULE_ANSWER)->state, DUTY_EXCUSED);
	struct said_rows rows = listed();
	CHECK_INT(rows.n, 1);
	CHECK_STR(rows.at[0].text, S(""));
	CHECK_STR(rows.at[0].name, S(""));
	CHECK_STR(rows.at[0].x->ground, S("personal"));
	CHECK_STR(rows.at[0].x->hidden_role, S("clerk"));
	CHECK_DAY(rows.at[0].x->hidden_on, "2021-01-08");
	CHECK(!rows_have(WORDS));
	tx->who = NULL;
	CHECK(gate_may_read(tx, d) && !gate_may_see_content(tx, d));
	tx->who = &ben;
	CHECK(!gate_may_see_content(tx, d));
	tx->who = &s.leader;
	CHECK(gate_may_see_content(tx, d));
	int64_t n;
	CHECK_INT(tally_sum(tx, SMALL_COMMUNE, S("comment.hide.personal"), 202101, 202112, &n), OK);
	CHECK_INT(n, 1);
	small_site_verify(tx);
}

TEST(its_author_appeals_in_time_and_somebody_else_than_who_hid_it_decides)
{
	begin(true);
	struct dossier *d = shown_then_hidden(&s.leader);
	CHECK_INT(say(&ben, d, "appeal", "Tôi không đồng ý"), ERR_DENIED);
	CHECK_INT(say(&s.clerk, d, "appeal", "Tôi không đồng ý"), ERR_DENIED);
	CHECK_INT(say(&ann, d, "appeal", "Tôi không nói về ai"), OK);
	CHECK_INT(d->state, COMMENT_APPEALED);
	CHECK_DAY(small_site_duty(d, COMMENT_RULE_DECIDE)->due, "2021-01-22");
	CHECK(!rows_have("Tôi không nói về ai"));
	struct queue q;
	tx->who = &s.leader;
	CHECK_INT(queue_load(tx, 10, &q), OK);
	CHECK_INT(q.waiting.n, 1);
	/* Nor is it offered to him: no form could mend it. */
	CHECK(!is_offered(&s.leader, d, "restore") && !is_offered(&s.leader, d, "uphold"));
	CHECK_INT(say(&s.leader, d, "restore", "Không có thông tin cá nhân"), ERR_INVALID);
	tx->err = OK;
	CHECK_INT(say(&s.leader, d, "uphold", "Có thông tin cá nhân"), ERR_INVALID);
	tx->err = OK;
	CHECK_INT(say(&s.clerk, d, "restore", "Không có thông tin cá nhân"), ERR_DENIED);
	struct appointment second = s.held[1];
	second.id = 31;
	second.person = 31;
	struct member deputy = { .person = 31, .at = &second, .n = 1 };
	CHECK(is_offered(&deputy, d, "restore") && is_offered(&deputy, d, "uphold"));
	CHECK_INT(say(&deputy, d, "restore", "Không có thông tin cá nhân"), OK);
	CHECK_INT(d->state, COMMENT_ASKED); /* where it stood */
	CHECK_INT(of(d)->ground.len, 0);
	CHECK_INT(small_site_duty(d, COMMENT_RULE_ANSWER)->state, DUTY_OPEN);
	CHECK_STR(listed().at[0].text, S(WORDS));
	small_site_verify(tx);
}

TEST(an_appeal_that_comes_too_late_says_until_when_and_one_that_is_lost_stays_a_stub)
{
	begin(true);
	struct dossier *d = shown_then_hidden(&s.clerk);
	small_site_day(tx, "2021-01-23T09:00");
	CHECK_INT(say(&ann, d, "appeal", "Trong hạn"), OK);
	CHECK_INT(say(&s.leader, d, "uphold", "Có số điện thoại của người khác"), OK);
	CHECK_INT(d->state, COMMENT_UPHELD);
	CHECK_INT(say(&ann, d, "appeal", "Lần nữa"), ERR_CONFLICT);
	tx->err = OK;
	struct dossier *late = send(&ben, "Một lời khác", false);
	CHECK_INT(hide(&s.clerk, late, "off_topic"), OK);
	small_site_day(tx, "2021-02-07T09:00");
	CHECK(is_offered(&ben, late, "appeal"));
	small_site_day(tx, "2021-02-08T09:00");
	CHECK(!is_offered(&ben, late, "appeal"));
	CHECK_INT(say(&ben, late, "appeal", "Quá hạn rồi"), ERR_INVALID);
	tx->err = OK;
	small_site_verify(tx);
}

/* Otherwise whoever hides it chooses a day long past: no appeal, and nothing to appeal for tomorrow. */
TEST(a_hiding_dated_back_takes_nothing_of_its_authors_time)
{
	begin(true);
	struct dossier *d = send(&ann, WORDS, false);
	struct {
		struct str ground, detail, hidden_role;
	} form = { S("personal"), S(""), S("") };
	struct step_input in = { .on = test_date("2020-06-01") };
	tx->who = &s.clerk;
	CHECK_INT(step_take(tx, d, "hide", &form, &in, NULL), OK);
	CHECK_DAY(of(d)->hidden_on, "2021-01-08");
	small_site_day(tx, "2021-01-09T00:10");
	CHECK(bytes_have(d->id, WORDS));
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK_INT(say(&ann, d, "appeal", "Tôi không nói về ai"), OK);
	struct one_text why = { S("Có thông tin cá nhân") };
	tx->who = &s.leader;
	CHECK_INT(step_take(tx, d, "uphold", &why, &in, NULL), OK);
	small_site_day(tx, "2021-01-10T00:10");
	CHECK(bytes_have(d->id, WORDS));
	small_site_verify(tx);
}

TEST(an_answer_or_a_review_dated_back_is_as_late_as_it_was_given)
{
	begin(true);
	struct dossier *d = send(&ann, "Bao giờ xong?", true);
	struct step_input in = { .on = test_date("2021-01-08") };
	struct one_text form = { S("Trong quý I") };
	small_site_day(tx, "2021-02-01T09:00");
	tx->who = &s.clerk;
	CHECK_INT(step_take(tx, d, "approve", NULL, &in, NULL), OK);
	CHECK_INT(small_site_duty(d, COMMENT_RULE_REVIEW)->state, DUTY_LATE);
	CHECK_INT(step_take(tx, d, "answer", &form, &in, NULL), OK);
	CHECK_INT(small_site_duty(d, COMMENT_RULE_ANSWER)->state, DUTY_LATE);
	CHECK_DAY(of(d)->answered_on, "2021-02-01");
	small_site_verify(tx);
}

TEST(an_official_decides_nothing_about_what_he_said_himself)
{
	begin(true);
	struct dossier *d = send(&s.leader, WORDS, true);
	CHECK_INT(d->author, s.leader.person);
	CHECK_INT(say(&s.leader, d, "approve", ""), ERR_DENIED);
	CHECK_INT(say(&s.leader, d, "answer", "Có"), ERR_DENIED);
	struct list_rows waiting;
	CHECK_INT(hide(&s.leader, d, "off_topic"), ERR_DENIED);
	CHECK_INT(list_waiting(tx, 10, &waiting), OK);
	CHECK_INT(waiting.n, 0);
	struct queue_next next;
	CHECK_INT(queue_next(tx, d->id, d->kind, d->state, d->holder, &next), OK);
	CHECK(!next.mine);
	tx->who = &s.clerk;
	CHECK_INT(queue_next(tx, d->id, d->kind, d->state, d->holder, &next), OK);
	CHECK(next.mine);
	CHECK_INT(list_waiting(tx, 10, &waiting), OK);
	CHECK_INT(waiting.n, 1);
	CHECK_INT(hide(&s.clerk, d, "off_topic"), OK);
	CHECK_INT(say(&s.leader, d, "restore", "Không lạc đề"), ERR_DENIED);
	CHECK_INT(say(&s.leader, d, "appeal", "Không lạc đề"), OK);
	CHECK_INT(say(&s.leader, d, "restore", "Không lạc đề"), ERR_DENIED);
	struct acts acts;
	CHECK_INT(act_list(tx, d, &acts), OK);
	CHECK_INT(acts.at[2].appointment, 0);
	small_site_verify(tx);
}

TEST(hidden_words_are_erased_for_good_when_their_time_is_over_and_cannot_come_back)
{
	begin(true);
	struct dossier *d = shown_then_hidden(&s.clerk);
	CHECK(bytes_have(d->id, WORDS));
	small_site_day(tx, "2021-04-07T00:10");
	CHECK(bytes_have(d->id, WORDS));
	small_site_day(tx, "2021-04-08T00:10");
	CHECK(!bytes_have(d->id, WORDS));
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	CHECK(of(d)->erased);
	CHECK(!is_offered(&s.leader, d, "restore"));
	CHECK_INT(say(&s.leader, d, "restore", "Nhầm lẫn"), ERR_INVALID);
	tx->err = OK;
	CHECK_INT(listed().n, 1);
	small_site_verify(tx);
}

TEST(who_withdraws_a_comment_has_its_words_and_name_erased_and_it_is_gone_from_the_list)
{
	begin(true);
	struct comment_form form = { .about = matter->code,
				     .name = S("Tên tôi chọn"),
				     .text = S(WORDS) };
	struct step_input in = { .on = NO_DATE };
	struct dossier *d;
	tx->who = &ann;
	CHECK_INT(dossier_open(tx, &comment_kind, SMALL_COMMUNE, "send", &form, &in, NULL, &d), OK);
	CHECK_INT(take(&s.clerk, d, "approve", NULL), OK);
	CHECK_STR(listed().at[0].name, S("Tên tôi chọn"));
	CHECK_INT(take(&ann, d, "withdraw", NULL), OK);
	CHECK(!bytes_have(d->id, WORDS) && !bytes_have(d->id, "Tên tôi chọn"));
	CHECK(!rows_have(WORDS) && !rows_have("Tên tôi chọn"));
	CHECK_INT(listed().n, 0);
	CHECK_INT(take(&ann, d, "withdraw", NULL), ERR_CONFLICT);
	tx->err = OK;
	small_site_verify(tx);
}

TEST(what_is_said_of_a_matter_that_was_taken_down_is_not_shown_either)
{
	begin(true);
	struct dossier *d = send(&ann, WORDS, false);
	CHECK_INT(take(&s.clerk, d, "approve", NULL), OK);
	tx->who = NULL;
	CHECK(gate_may_see_content(tx, d));
	CHECK_INT(take(&s.clerk, matter, "take_down", NULL), OK);
	tx->who = NULL;
	CHECK(!gate_may_see_content(tx, d));
	tx->who = &ann;
	CHECK(!gate_may_see_content(tx, d));
	tx->who = &s.clerk;
	CHECK(gate_may_see_content(tx, d));
}

static enum err redact(struct dossier *d, const char *passages, struct faults *faults)
{
	struct redaction form = { .passages = str_of(passages),
				  .redaction_ground = S("personal"),
				  .redaction_note = S("Có tên của một người."),
				  .reviewed = true };
	struct step_input in = { .on = NO_DATE };
	*faults = (struct faults){ .a = tx->mem, .lang = LANG_VI };
	tx->who = &s.leader;
	tx->err = OK;
	return step_take(tx, d, "redact", &form, &in, faults);
}

static int64_t told_of(const struct dossier *d)
{
	struct query q = db_query(tx, "SELECT COUNT(*) FROM notice n JOIN act a ON a.id = n.act"
				      " WHERE n.dossier = $1 AND n.person = $2"
				      " AND a.step = 'redact'");
	BIND(&q, d->id, ann.person);
	CHECK_INT(db_one(&q), OK);
	return col_int(&q, 0);
}

/* What is hidden is told to its author with a ground he may appeal against; bars are no way round that. */
TEST(of_a_comment_that_is_redacted_half_stays_readable_and_its_author_is_told)
{
	begin(true);
	struct faults faults;
	struct dossier *d =
		send(&ann, "Ông Nguyễn Văn An chưa làm xong kênh, gọi 0912345678", false);
	CHECK_INT(take(&s.clerk, d, "approve", NULL), OK);
	CHECK_INT(redact(d, "Ông Nguyễn Văn An chưa làm xong kênh, gọi 0912345678", &faults),
		  ERR_INVALID);
	CHECK(faults.n && strcmp(faults.at[0].field, "passages") == 0);
	CHECK_INT(redact(d, "Ông Nguyễn Văn An\nchưa làm", &faults), ERR_INVALID);
	CHECK(faults.n && strcmp(faults.at[0].field, "passages") == 0);
	CHECK_INT(told_of(d), 0);
	CHECK_INT(redact(d, "Nguyễn Văn An\n0912345678", &faults), OK);
	CHECK_INT(told_of(d), 1);
	CHECK_STR(listed().at[0].text, S("Ông █████ chưa làm xong kênh, gọi █████"));
	/* Nor bit by bit. */
	CHECK_INT(redact(d, "chưa làm xong", &faults), ERR_INVALID);
	CHECK(faults.n && strcmp(faults.at[0].field, "passages") == 0);
	CHECK_INT(told_of(d), 1);
	small_site_verify(tx);
}
