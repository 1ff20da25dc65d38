/* Comments as an office knows them: which are held and why, what each waits for, what is left of one that
 * was hidden, and that folding again gives the same. */
#include "office/added_day.h"
#include "office/comment_list.h"
#include "office/gate.h"
#include "office/list.h"
#include "office/queue.h"
#include "office/tally.h"
#include "office/verify.h"
#include "tests/small_site.h"

/* --- A matter as small as they come: shown at once, over one day, taken down another --- */

struct matter {
	struct str title;
};

enum { STANDS = 2, OVER = 4, DOWN = 8 };

static const struct field matter_fields[] = {
	FIELD(struct matter, title, .min = 3, .max = 50, .label = MSG_KNOW_TITLE),
	{ 0 },
};
static const struct state matter_states[] = {
	{ STANDS, "stands", MSG_KNOW_STATE_PUBLISHED, TONE_OK, VISIBLE_PUBLIC },
	{ OVER, "over", MSG_EDITORIAL_STATE_WITHDRAWN, TONE_WAIT, VISIBLE_PUBLIC, .closed = true },
	{ DOWN, "down", MSG_EDITORIAL_STATE_TAKEN_DOWN, TONE_LATE, VISIBLE_PUBLIC, .stub = true },
	{ 0 },
};
static const struct step matter_steps[] = {
	{ "open", NEW, STANDS, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE, sizeof(struct matter),
	  matter_fields, .is_public = true, .version = true },
	{ "end", STANDS, OVER, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE },
	{ "take_down", STANDS, DOWN, CLERK, MSG_KNOW_RECORD, MSG_KNOW_RECORD_DONE },
	{ 0 },
};
static const struct kind matter_kind = {
	.name = "matter",
	.code = "VC",
	.slug = "viec-chung",
	.work = "know",
	.title = MSG_KNOW_DISCLOSURE,
	.titles = MSG_KNOW_DISCLOSURES,
	.size = sizeof(struct matter),
	.fields = matter_fields,
	.states = matter_states,
	.steps = matter_steps,
};
static const struct kind *const kinds[] = { &matter_kind, &comment_kind, &added_day_kind, NULL };

static struct small_site s;
static struct tx *tx;
static struct dossier *matter;
static const struct member ann = { .person = 21, .name = S_INIT("Người Một") };
static const struct member ben = { .person = 22, .name = S_INIT("Người Hai") };

/* Friday, so that a working day later is Monday. */
static void begin(bool hold_all)
{
	static const struct member system = { .system = true };
	tx = small_site(&s, "2021-01-08T09:00");
	s.office.kinds = kinds;
	tx->who = &system;
	if (!hold_all)
		CHECK_INT(comment_hold_all(tx, false), OK);
	tx->who = &s.clerk;
	struct matter form = { S("Sửa kênh thôn Đông") };
	struct step_input in = { .on = NO_DATE };
	CHECK_INT(dossier_open(tx, &matter_kind, SMALL_COMMUNE, "open", &form, &in, NULL, &matter),
		  OK);
}

static enum err try_send(const struct member *who, const char *text, bool question,
			 struct dossier **out, struct faults *faults)
{
	struct comment_form form = { .about = matter->code,
				     .text = str_of(text),
				     .question = question };
	struct step_input in = { .on = NO_DATE };
	tx->who = who;
	return dossier_open(tx, &comment_kind, SMALL_COMMUNE, "send", &form, &in, faults, out);
}

static struct dossier *send(const struct member *who, const char *text, bool question)
{
	struct dossier *d = NULL;
	if (try_send(who, text, question, &d, NULL))
		FAIL("%s", tx->why);
	return d;
}

static enum err take(const struct member *who, struct dossier *d, const char *step, void *form)
{
	struct step_input in = { .on = NO_DATE };
	tx->who = who;
	return step_take(tx, d, step, form, &in, NULL);
}

static enum err hide(const struct member *who, struct dossier *d, const char *ground)
{
	struct {
		struct str ground, detail, hidden_role;
	} form = { str_of(ground), S("ghi chú"), S("") };
	return take(who, d, "hide", &form);
}

struct one_text {
	struct str text;
};
static enum err say(const struct member *who, struct dossier *d, const char *step, const char *text)
{
	struct one_text form = { str_of(text) };
	return take(who, d, step, &form);
}

static bool is_offered(const struct member *who, const struct dossier *d, const char *step)
{
	tx->who = who;
	return step_is_offered(tx, d, kind_step(d->kind, str_of(step)));
}

static const struct comment *of(const struct dossier *d)
{
	return d->data;
}

static struct said_rows listed(void)
{
	struct said_rows rows;
	CHECK_INT(comment_list(tx, matter->id, NO_DATE, 0, 50, &rows), OK);
	return rows;
}

static int64_t total(void)
{
	int64_t n;
	CHECK_INT(comment_total(tx, matter->id, &n), OK);
	return n;
}

static bool bytes_have(int64_t dossier, const char *words)
{
	struct query q = db_query(tx, "SELECT c.public_bytes, c.sealed_bytes FROM act a"
				      " JOIN content c ON c.act = a.id WHERE a.dossier = $1");
	BIND(&q, dossier);
	bool found = false;
	while (db_next(&q))
		for (int i = 0; i < 2; i++) {
			struct bytes b = col_bytes(&q, i);
			found |= b.at && str_has((struct str){ b.at, b.len }, str_of(words));
		}
	CHECK_INT(q.err, OK);
	return found;
}

/* Does any column of the site's tables of dossiers and acts hold the words? */
static bool rows_have(const char *words)
{
	struct query q = db_query(tx, "SELECT data, title FROM dossier UNION ALL"
				      " SELECT data, '' FROM act");
	bool found = false;
	while (db_next(&q))
		found |= str_has(col_str(&q, 0), str_of(words)) ||
			 str_has(col_str(&q, 1), str_of(words));
	CHECK_INT(q.err, OK);
	return found;
}

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

/* --- Hiding --- */

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
