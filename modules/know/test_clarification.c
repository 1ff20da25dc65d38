/* Official information: the answer to what people say, which names nobody who said it. */
#include "modules/know/clarification.h"
#include "modules/know/test_know.h"
#include "office/list.h"

#include <string.h>

struct boxes {
	bool no_secret, names_lawful, nobody_named;
	struct str remark;
};

static struct clarification draft(void)
{
	return (struct clarification){
		.title = S("Về phí vệ sinh môi trường năm 2021"),
		.claim = S("Từ năm 2021 mỗi hộ phải nộp gấp đôi phí vệ sinh."),
		.place = S("trên mạng xã hội, trong nhóm nhắn tin của thôn"),
		.since = test_date("2021-01-02"),
		.verdict = S("false"),
		.body = S("Mức phí năm 2021 **không đổi** so với năm 2020."),
	};
}

static enum err write(struct tx *tx, struct clarification *x, struct faults *faults,
		      struct dossier **d)
{
	struct step_input in = { .on = NO_DATE };
	tx->who = &s.clerk;
	tx->err = OK;
	return dossier_open(tx, &clarification_kind, SMALL_COMMUNE, "record", x, &in, faults, d);
}

static struct dossier *answered(struct tx *tx, struct clarification *x)
{
	struct dossier *d = NULL;
	struct boxes all = { true, true, true, S("") };
	CHECK_INT(write(tx, x, NULL, &d), OK);
	CHECK_INT(take(tx, d, &s.clerk, "submit", &all, NULL), OK);
	void *form = step_form(tx->mem, kind_step(d->kind, S("publish")));
	CHECK_INT(take(tx, d, &s.leader, "publish", form, NULL), OK);
	return d;
}

static bool is_at(const struct faults *f, const char *field, const char *words)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->at[i].field, field) == 0 && str_has(f->at[i].text, str_of(words)))
			return true;
	return false;
}

TEST(what_leads_to_a_person_is_refused_with_the_piece_and_a_way_out)
{
	struct tx *tx = small_site(&s, "2021-01-05T16:35");
	struct dossier *d = NULL;
	struct faults f = { .a = tx->mem };
	struct clarification x = draft();
	x.claim = S("Ông chủ số 0912 345 678 nói phí tăng gấp đôi.");
	x.place = S("facebook.com/nguoi.mau");
	x.title = S("Về lời của mau@vi-du.vn");
	CHECK_INT(write(tx, &x, &f, &d), ERR_INVALID);
	CHECK(is_at(&f, "claim", "“0912 345 678” giống số điện thoại"));
	CHECK(is_at(&f, "place", "“facebook.com/nguoi.mau” dẫn tới tài khoản"));
	CHECK(is_at(&f, "title", "“mau@vi-du.vn” giống địa chỉ thư"));
	f.n = 0;
	x = draft();
	x.claim = S("Nghe nói mỗi hộ nộp 1.200.000 đồng từ 01/01/2021.");
	x.body = S("Gọi UBND xã: 02293871234."); /* the office may say how to reach it */
	CHECK_INT(write(tx, &x, &f, &d), OK);
	/* A correction passes the same check. */
	d = answered(tx, &x);
	x.place = S("@nguoi.mau");
	x.reason = S("Nói rõ nơi lan truyền");
	CHECK_INT(take(tx, d, &s.leader, "correct", &x, NULL), ERR_INVALID);
}

TEST(it_is_not_submitted_before_somebody_says_that_nobody_is_named)
{
	struct tx *tx = small_site(&s, "2021-01-05T16:35");
	struct clarification x = draft();
	struct dossier *d = NULL;
	struct boxes boxes = { true, true, false, S("") };
	CHECK_INT(write(tx, &x, NULL, &d), OK);
	CHECK_INT(take(tx, d, &s.clerk, "submit", &boxes, NULL), ERR_INVALID);
	tx->err = OK;
	boxes.nobody_named = true;
	CHECK_INT(take(tx, d, &s.clerk, "submit", &boxes, NULL), OK);
}

static int64_t listed(struct tx *tx, const char *verdict)
{
	struct list_filter f = { .kind = &clarification_kind,
				 .under = SMALL_COMMUNE,
				 .facet = str_of(verdict),
				 .from = NO_DATE,
				 .to = NO_DATE,
				 .after_on = NO_DATE,
				 .limit = 1 };
	int64_t n = -1;
	CHECK_INT(list_total(tx, &f, &n), OK);
	return n;
}

TEST(a_verdict_not_known_yet_becomes_another_by_a_correction)
{
	struct tx *tx = small_site(&s, "2021-01-05T16:35");
	struct clarification x = draft();
	x.verdict = S("unknown");
	struct dossier *d = answered(tx, &x);
	CHECK_INT(listed(tx, "unknown"), 1);
	CHECK_INT(clarification_tone(S("unknown")), TONE_WAIT);
	x.verdict = S("partly");
	x.reason = S("Đã xác minh xong");
	CHECK_INT(take(tx, d, &s.leader, "correct", &x, NULL), OK);
	CHECK_INT(listed(tx, "unknown"), 0);
	CHECK_INT(listed(tx, "partly"), 1);
	CHECK_INT(d->versions, 2);
	x.verdict = S("perhaps");
	CHECK_INT(take(tx, d, &s.leader, "correct", &x, NULL), ERR_INVALID);
	small_site_verify(tx);
}
