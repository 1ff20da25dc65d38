/* Articles: the editorial flow as a kind of its own goes it, and what only articles have. */
#include "modules/know/article.h"
#include "modules/know/sources.h"
#include "modules/know/test_know.h"
#include "office/gate.h"

#include <string.h>

static struct file_ref picture = { .size = 1000 };

static struct article draft(void)
{
	picture.sha256 = S("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa");
	picture.name = S("hoi-nghi.jpg");
	picture.type = S("image/jpeg");
	return (struct article){
		.title = S("Xã tổ chức hội nghị đối thoại"),
		.lead = S("Sáng 04/01, xã đối thoại với nhân dân về vệ sinh môi trường."),
		.body = S("Hội nghị có **ba** nhóm ý kiến; Chủ tịch UBND xã trả lời từng nhóm."),
		.byline = S("Văn phòng UBND xã"),
	};
}

static enum err write(struct tx *tx, struct article *x, struct faults *faults, struct dossier **d)
{
	struct step_input in = { .on = NO_DATE };
	tx->who = &s.clerk;
	tx->err = OK;
	return dossier_open(tx, &article_kind, SMALL_COMMUNE, "record", x, &in, faults, d);
}

static struct dossier *published(struct tx *tx)
{
	struct article x = draft();
	struct dossier *d = NULL;
	CHECK_INT(write(tx, &x, NULL, &d), OK);
	publish(tx, d, NULL);
	return d;
}

static const char *fault_at(const struct faults *f, const char *field)
{
	for (size_t i = 0; i < f->n; i++)
		if (strcmp(f->at[i].field, field) == 0)
			return str_z(test_arena(), f->at[i].text);
	return NULL;
}

TEST(an_article_is_public_once_a_leader_approved_it_and_the_act_carries_it)
{
	struct tx *tx = small_site(&s, "2021-01-05T16:35");
	struct article x = draft();
	struct dossier *d = NULL, *seen;
	struct acts acts;
	struct content c;
	CHECK_INT(write(tx, &x, NULL, &d), OK);
	tx->who = NULL;
	CHECK_INT(gate_read(tx, d->code, &seen), ERR_NOT_FOUND);
	publish(tx, d, NULL);
	CHECK_INT(d->state, EDITORIAL_PUBLISHED);
	tx->who = NULL;
	CHECK_INT(gate_read(tx, d->code, &seen), OK);
	CHECK_INT(act_list(tx, d, &acts), OK);
	CHECK_INT(content_load(tx, acts.at[acts.n - 1].id, &c), OK);
	struct str bytes = { c.public_bytes.at, c.public_bytes.len };
	CHECK(str_has(bytes, x.lead) && str_has(bytes, x.byline) && str_has(bytes, x.body));
	small_site_verify(tx);
}

TEST(the_hour_of_publication_is_known_when_it_was_recorded_on_that_day)
{
	struct tx *tx = small_site(&s, "2021-01-05T16:35");
	struct editorial_times t;
	struct dossier *d = published(tx);
	CHECK_INT(editorial_times(tx, d->id, &t), OK);
	CHECK(t.timed && t.at.ms == tx->now.ms && !date_is_set(t.corrected_on));
	test_now(tx, "2021-01-08T09:00");
	struct article x = draft();
	x.reason = S("Sửa tên hội nghị");
	CHECK_INT(take(tx, d, &s.leader, "correct", &x, NULL), OK);
	CHECK_INT(d->versions, 2);
	CHECK_INT(editorial_times(tx, d->id, &t), OK);
	CHECK_DAY(t.on, "2021-01-05");
	CHECK_DAY(t.corrected_on, "2021-01-08");

	x.reason = S("");
	CHECK_INT(write(tx, &x, NULL, &d), OK);
	publish(tx, d, "2021-01-08");
	test_now(tx, "2021-01-11T09:00");
	CHECK_INT(write(tx, &x, NULL, &d), OK);
	publish(tx, d, "2021-01-08"); /* on paper, entered three days later */
	CHECK_INT(editorial_times(tx, d->id, &t), OK);
	CHECK(!t.timed);
	CHECK_DAY(t.on, "2021-01-08");
	small_site_verify(tx);
}

TEST(every_photo_has_a_caption_and_nothing_else_is_a_photo)
{
	struct tx *tx = small_site(&s, "2021-01-05T16:35");
	struct article x = draft();
	struct dossier *d = NULL;
	struct file_ref two[2] = { picture, picture };
	struct faults f = { .a = tx->mem };
	x.photos = (struct file_refs){ two, 2 };
	x.captions = S("Quang cảnh hội nghị | Văn phòng xã\n");
	CHECK_INT(write(tx, &x, &f, &d), ERR_INVALID);
	CHECK_STR(str_of(fault_at(&f, "captions")),
		  S("Có 2 ảnh mà có 1 dòng chú thích; mỗi ảnh một dòng"));
	f.n = 0;
	x.captions = S("Quang cảnh hội nghị | Văn phòng xã\n | không ai\n");
	CHECK_INT(write(tx, &x, &f, &d), ERR_INVALID);
	CHECK(fault_at(&f, "captions") != NULL);
	f.n = 0;
	x.captions = S("Quang cảnh | Văn phòng xã\n\nBà con phát biểu\n");
	CHECK_INT(write(tx, &x, &f, &d), OK);
	CHECK_STR(article_caption(x.captions, 0).shows, S("Quang cảnh"));
	CHECK_STR(article_caption(x.captions, 0).credit, S("Văn phòng xã"));
	CHECK_STR(article_caption(x.captions, 1).shows, S("Bà con phát biểu"));
	CHECK_STR(article_caption(x.captions, 1).credit, S(""));
	CHECK_STR(article_caption(x.captions, 2).shows, S(""));
	two[1].type = S("application/pdf");
	CHECK_INT(write(tx, &x, &f, &d), ERR_INVALID);
	CHECK(fault_at(&f, "photos") != NULL);
}

TEST(sources_are_public_records_by_their_code_or_words)
{
	struct tx *tx = small_site(&s, "2021-01-05T16:35");
	struct dossier *shown = published(tx), *d = NULL;
	struct article x = draft();
	struct faults f = { .a = tx->mem };
	CHECK_INT(write(tx, &x, NULL, &d), OK); /* a draft: nobody may know of it */
	struct str draft_code = d->code;
	x.sources = str_printf(
		tx->mem, "%.*s: bài trước\nLuật 10/2022, Điều 11 https://vi-du.example/luat\n",
		STR_ARG(shown->code));
	CHECK_INT(write(tx, &x, &f, &d), OK);
	struct sources all = sources_read(tx->mem, x.sources);
	CHECK_INT(all.n, 2);
	CHECK_STR(all.at[0].code, shown->code);
	CHECK_STR(all.at[0].words, S("bài trước"));
	CHECK_STR(all.at[1].code, S(""));
	CHECK_STR(all.at[1].words, S("Luật 10/2022, Điều 11"));
	CHECK_STR(all.at[1].address, S("https://vi-du.example/luat"));

	x.sources = str_printf(tx->mem, "Một văn bản\n%.*s", STR_ARG(draft_code));
	CHECK_INT(write(tx, &x, &f, &d), ERR_INVALID);
	CHECK(strstr(fault_at(&f, "sources"), "Dòng 2: trang này không có hồ sơ công khai"));
	f.n = 0;
	x.sources = S("CK-7K3Q-92MW dự toán"); /* the last sign is wrong */
	CHECK_INT(write(tx, &x, &f, &d), ERR_INVALID);
	CHECK(strstr(fault_at(&f, "sources"), "CK-7K3Q-92MW"));
	f.n = 0;
	struct buf many = { .a = tx->mem };
	for (int i = 0; i < SOURCES_MOST + 1; i++)
		buf_put(&many, S("Một văn bản\n"));
	x.sources = buf_str(&many);
	CHECK_INT(write(tx, &x, &f, &d), ERR_INVALID);
	CHECK(fault_at(&f, "sources") != NULL);
}
