/* Questions sent before a dialogue: whose they are stays sealed, what is answered is a line everybody
 * reads, and the day by which they are answered moves with the dialogue. */
#include "modules/discuss/test_dialogue.h"
#include "office/redaction.h"

struct sent {
	struct question q;
	int64_t dialogue_id;
	struct date day;
};
struct answer {
	struct str shown, answer;
	bool nobody_named;
};

static enum err send_to(struct tx *tx, const struct member *who, const char *step,
			struct str dialogue, const char *on, struct faults *faults,
			struct dossier **d)
{
	struct sent form = { .day = NO_DATE };
	struct step_input in = { .on = test_date(on) };
	form.q.dialogue = dialogue;
	form.q.title = S("Bao giờ niêm yết bảng giá hỗ trợ mới?");
	form.q.name = S("Nguyễn Văn Mẫu");
	form.q.contact = S("0912 345 678");
	if (faults)
		*faults = (struct faults){ .a = tx->mem, .lang = LANG_VI };
	tx->who = who;
	tx->err = OK;
	return dossier_open(tx, &question_kind, SMALL_COMMUNE, step, &form, &in, faults, d);
}

static struct dossier *sent(struct tx *tx, const struct dossier *d, const char *on)
{
	struct dossier *q = NULL;
	if (send_to(tx, &sender, "send", d->code, on, NULL, &q))
		FAIL("%s", tx->why);
	return q;
}

static struct answer answer(void)
{
	return (struct answer){ S("Bao giờ có bảng giá hỗ trợ mới?"),
				S("Ngày 10 tháng 4, tại nhà văn hóa ba thôn."), true };
}

TEST(a_question_is_taken_from_the_notice_to_the_end_of_the_day)
{
	struct tx *tx = site("2024-03-01T08:00");
	struct faults faults;
	struct dossier *q, *d = planned(tx, "2024-03-15", "2024-03-01");
	CHECK_INT(send_to(tx, &sender, "send", d->code, "2024-03-01", &faults, &q), ERR_INVALID);
	small_site_done(tx, d, &s.leader, "announce", NULL, "2024-03-01");
	q = sent(tx, d, "2024-03-01");
	CHECK_INT(q->parent, d->id);
	CHECK_STR(due_of(q, QUESTION_ANSWER), S("2024-03-15"));
	CHECK_INT(dossier_visibility(q), VISIBLE_PERSONAL);
	CHECK_INT(send_to(tx, &s.clerk, "enter", d->code, "2024-03-01", NULL, &q), OK);
	small_site_day(tx, "2024-03-15T23:00");
	(void)sent(tx, d, "2024-03-15");
	small_site_day(tx, "2024-03-16T00:30");
	CHECK_INT(send_to(tx, &sender, "send", d->code, "2024-03-16", &faults, &q), ERR_INVALID);
	small_site_verify(tx);
}

TEST(an_answer_is_a_line_that_everybody_reads_without_who_asked)
{
	struct tx *tx = site("2024-03-20T08:00");
	test_now(tx, "2024-03-10T08:00");
	struct dossier *d = announced(tx, "2024-03-15", "2024-03-01"),
		       *q = sent(tx, d, "2024-03-10");
	struct faults faults;
	struct answer form = answer();
	form.answer = S("Trả lời ông NGUYỄN VĂN MẪU: ngày 10 tháng 4.");
	CHECK_INT(take_as(tx, q, &s.clerk, "answer", &form, "2024-03-10", &faults), ERR_INVALID);
	says(&faults, "answer", MSG_DIALOGUE_FAULT_ASKER);
	form = answer();
	form.shown = S("Gọi lại cho tôi qua 0912345678 về bảng giá");
	CHECK_INT(take_as(tx, q, &s.clerk, "answer", &form, "2024-03-10", &faults), ERR_INVALID);
	CHECK_STR(str_of(faults.at[0].field), S("shown"));
	form = answer();
	CHECK_INT(take_as(tx, q, &s.neighbour, "answer", &form, "2024-03-10", NULL), ERR_DENIED);
	small_site_done(tx, q, &s.clerk, "answer", &form, "2024-03-10");
	CHECK_INT(small_site_duty(q, QUESTION_ANSWER)->state, DUTY_MET);
	d = reload(tx, d);
	CHECK_INT(d->lines.n, 1);
	const struct dialogue_question *line = d->lines.at[0].data;
	CHECK_STR(line->when, S("before"));
	CHECK_STR(line->text, form.shown);
	struct acts acts;
	struct content c;
	CHECK_INT(act_list(tx, d, &acts), OK);
	CHECK_INT(content_load(tx, acts.at[acts.n - 1].id, &c), OK);
	struct str shown = { (const char *)c.public_bytes.at, c.public_bytes.len };
	CHECK(str_has(shown, form.answer));
	CHECK(!str_has(shown, q->code));
	CHECK(!str_has(shown, S("Nguyễn Văn Mẫu")));
	small_site_verify(tx);
}

TEST(an_answer_does_not_bring_back_what_was_hidden_in_the_dialogue)
{
	struct tx *tx = site("2024-03-20T08:00");
	test_now(tx, "2024-03-10T08:00");
	struct dossier *d = announced(tx, "2024-03-15", "2024-03-01"),
		       *first = sent(tx, d, "2024-03-10"), *second = sent(tx, d, "2024-03-10");
	struct redaction hide = { .passages = S("nhà văn hóa ba thôn"),
				  .redaction_ground = S("personal"),
				  .redaction_note = S("Nơi ấy chưa được đồng ý."),
				  .reviewed = true };
	struct answer form = answer();
	struct faults faults;
	small_site_done(tx, first, &s.clerk, "answer", &form, "2024-03-10");
	d = reload(tx, d);
	small_site_done(tx, d, &s.leader, "redact", &hide, "2024-03-10");
	CHECK_INT(take_as(tx, second, &s.clerk, "answer", &form, "2024-03-10", &faults),
		  ERR_INVALID);
	says(&faults, "answer", MSG_REDACTION_FAULT_AGAIN);
	form.answer = S("Ngày 10 tháng 4, tại nơi đã nêu.");
	small_site_done(tx, second, &s.clerk, "answer", &form, "2024-03-10");
	small_site_verify(tx);
}

TEST(conclusions_wait_for_letters_as_well)
{
	struct tx *tx = site("2024-03-15T08:00");
	struct dossier *d = announced(tx, "2024-03-15", "2024-03-01");
	struct dossier *q = sent(tx, d, "2024-03-15"), *other = sent(tx, d, "2024-03-15");
	struct dialogue there = minutes();
	struct dialogue_publish form = conclusions();
	struct answer words = answer();
	int64_t left;
	small_site_done(tx, d, &s.clerk, "hold", &there, "2024-03-15");
	CHECK_INT(take_as(tx, d, &s.leader, "publish", &form, "2024-03-15", NULL), ERR_INVALID);
	small_site_done(tx, q, &s.clerk, "answer", &words, "2024-03-15");
	d = reload(tx, d);
	CHECK_INT(dialogue_unanswered(tx, d, &left), OK);
	CHECK_INT(left, 1);
	struct question aside = { .ground = S("same"), .detail = S("Đã trả lời ở câu trước.") };
	CHECK_INT(take_as(tx, other, &s.clerk, "set_aside", &aside, "2024-03-15", NULL),
		  ERR_DENIED);
	small_site_done(tx, other, &s.leader, "set_aside", &aside, "2024-03-15");
	small_site_done(tx, d, &s.leader, "publish", &form, "2024-03-15");
	small_site_verify(tx);
}

TEST(its_day_moves_with_the_dialogue)
{
	struct tx *tx = site("2024-03-10T08:00");
	struct dossier *d = announced(tx, "2024-03-15", "2024-03-01"),
		       *q = sent(tx, d, "2024-03-10");
	struct dialogue form = blank();
	form.day = test_date("2024-03-25");
	form.hour = S("14 giờ");
	form.place = S("Trụ sở");
	form.reason = S("Trùng lịch họp của huyện");
	small_site_done(tx, d, &s.leader, "postpone", &form, "2024-03-10");
	q = reload(tx, q);
	CHECK_STR(due_of(q, QUESTION_ANSWER), S("2024-03-25"));
	CHECK_INT(duties_of(q, QUESTION_ANSWER), 1);
	/* Too late: the first day stays missed. */
	small_site_day(tx, "2024-03-28T08:00");
	d = reload(tx, d);
	form.day = test_date("2024-04-10");
	small_site_done(tx, d, &s.leader, "postpone", &form, "2024-03-28");
	q = reload(tx, q);
	CHECK_INT(q->duties.at[0].state, DUTY_LATE);
	CHECK_STR(due_of(q, QUESTION_ANSWER), S("2024-04-10"));
	/* One's own is withdrawn by oneself, and by nobody else. */
	CHECK_INT(take_as(tx, q, &s.clerk, "withdraw", NULL, "2024-03-28", NULL), ERR_INVALID);
	small_site_done(tx, q, &sender, "withdraw", NULL, "2024-03-28");
	small_site_verify(tx);
}
