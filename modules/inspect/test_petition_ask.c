/* From the first question to the receipt, one question a page, on a telephone and without an account: what
 * is kept on the way, for whom, and what is not (issue 5, item 2; USERS.md 29 and 5.3). */
#include "modules/inspect/test_petition_web.h"

#include "office/draft.h"
#include "web/upload.h"

#define BEGIN "/gui/kien-nghi?co-quan=xa+ninh+van&type=feedback"

/* The code in "/nhap/NP-.../anh". */
static struct str draft_of(struct answer a)
{
	struct str rest = a.location, code;
	CHECK_INT(a.status, 303);
	CHECK(str_starts(rest, S("/nhap/NP-")));
	rest = str_from(rest, strlen("/nhap/"));
	CHECK(str_next(&rest, '/', &code));
	return code;
}

static struct str begin_draft(struct browser *b)
{
	CHECK_INT(browser_get(b, BEGIN).status, 200);
	return draft_of(browser_post(b, BEGIN, "unit=14536"));
}

static struct answer answer_one(struct browser *b, struct str draft, const char *question,
				const char *fields)
{
	const char *page = z(z("/nhap/", draft, "/"), str_of(question), "");
	CHECK_INT(browser_get(b, page).status, 200);
	return browser_post(b, page, fields);
}

#define TITLE "title=Xe+t%E1%BA%A3i+l%C3%A0m+h%E1%BB%8Fng+%C4%91%C6%B0%E1%BB%9Dng"
#define BODY                                                                                       \
	"body=M%E1%BA%B7t+%C4%91%C6%B0%E1%BB%9Dng+v%E1%BB%A1+b%E1%BB%91n+m%C6%B0%C6%A1i+m%C3%A9t&" \
	"wish="
#define WHO                                                                                    \
	"name=Nguy%E1%BB%85n+V%C4%83n+M%E1%BA%ABu&address=Th%C3%B4n+%C4%90%C3%B4ng&identity=&" \
	"contact="

static void answer_all(struct browser *b, struct str draft)
{
	CHECK_INT(answer_one(b, draft, "anh", "").status, 303);
	CHECK_INT(answer_one(b, draft, "tom-tat", TITLE).status, 303);
	CHECK_INT(answer_one(b, draft, "noi-xay-ra", "place=").status, 303);
	CHECK_INT(answer_one(b, draft, "su-viec", BODY).status, 303);
	CHECK_INT(answer_one(b, draft, "nguoi-gui", WHO).status, 303);
}

/* The two codes as the page shows them. */
static struct str draft_secret(struct answer page)
{
	static const char before[] = "Mã bí mật <span class=\"code\">";
	const char *at = memmem(page.body.at, page.body.len, before, strlen(before));
	if (!at)
		FAIL("the page shows no secret");
	return (struct str){ at + strlen(before), 9 };
}

static int64_t drafts_kept(void)
{
	struct tx own = { .mem = test_arena(), .now = site->now, .office = &office };
	CHECK_INT(tx_begin(&own, site->write, DB_READ), OK);
	struct query q = db_query(&own, "SELECT (SELECT COUNT(*) FROM draft) + (SELECT COUNT(*)"
					" FROM draft_text) + (SELECT COUNT(*) FROM draft_file)");
	CHECK_INT(db_one(&q), OK);
	int64_t n = col_int(&q, 0);
	db_end(&q);
	CHECK_INT(tx_end(&own, OK), OK);
	return n;
}

TEST(three_questions_find_the_type_and_leave_nothing_behind)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	struct answer a = browser_get(&b, "/kien-nghi");
	CHECK(answer_has(a, "href=\"/kien-nghi/gui\""));
	a = browser_get(&b, "/kien-nghi/gui");
	CHECK(answer_has(a, "xâm phạm quyền lợi của chính ông/bà không?"));
	CHECK(answer_has(a, "href=\"/gui/kien-nghi?type=complaint\""));
	a = browser_get(&b, "/kien-nghi/gui?quyen-loi=khong");
	CHECK(answer_has(a, "đã vi phạm pháp luật không?"));
	CHECK(answer_has(a, "href=\"/kien-nghi/to-cao\""));
	a = browser_get(&b, "/kien-nghi/gui?vi-pham=khong");
	CHECK(answer_has(a, "href=\"/gui/kien-nghi?type=feedback\""));
	CHECK(answer_has(a, "href=\"/gui/kien-nghi?type=proposal\""));
	/* A denunciation is told how it is made, and no form asks for it. */
	a = browser_get(&b, "/kien-nghi/to-cao");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "giữ bí mật"));
	CHECK(!answer_has(a, "method=\"post\""));
	/* Without a type one is led back to the questions; a type made up is none. */
	CHECK_STR(browser_get(&b, "/gui/kien-nghi").location, S("/kien-nghi/gui"));
	CHECK_STR(browser_get(&b, "/gui/kien-nghi?type=denunciation").location,
		  S("/kien-nghi/gui"));
	CHECK_INT(browser_get(&b, "/gui/cong-khai?type=feedback").status, 404);
	CHECK_INT(drafts_kept(), 0);
}

TEST(the_office_and_its_day_are_said_before_anything_is_written)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	struct answer a = browser_get(&b, BEGIN);
	CHECK(answer_has(a, "UBND xã Ninh Vân"));
	CHECK(answer_has(a, "chậm nhất hết thứ Tư, 24/03/2021"));
	a = browser_post(&b, BEGIN, "unit=");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "href=\"#unit\""));
	CHECK_INT(browser_post(&b, BEGIN, "unit=14539").status, 422); /* not one that was offered */
	CHECK_INT(drafts_kept(), 0);
	a = browser_get(&b, "/gui/kien-nghi?type=complaint&co-quan=xa+ninh+van");
	CHECK(answer_has(a, "giải quyết trong 30 ngày, phức tạp 45 ngày"));
	a = browser_get(&b, "/gui/kien-nghi?type=feedback&co-quan=khong+co+dau");
	CHECK(answer_has(a, "Không có cơ quan nào tên như vậy"));
}

TEST(one_question_a_page_leads_to_a_receipt_and_leaves_no_draft)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	struct str draft = begin_draft(&b);
	/* The picture comes first, and a telephone offers its camera. */
	struct answer a = browser_get(&b, z("/nhap/", draft, "/anh"));
	CHECK(answer_has(a, "accept=\"image/*\" capture=\"environment\""));
	CHECK(answer_has(a, "Câu 1 trong 5"));
	CHECK(answer_has(a, "Ghi lại hai mã này"));
	CHECK(answer_has(a, "đến hết thứ Tư, 24/03/2021"));
	(void)draft_secret(a);
	/* What is wrong is said beside its field; what was typed stays; nothing else is lost. */
	a = answer_one(&b, draft, "tom-tat", "title=Ng%E1%BA%AFn");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "value=\"Ngắn\""));
	answer_all(&b, draft);
	a = browser_get(&b, z("/nhap/", draft, ""));
	CHECK(answer_has(a, "Nơi nhận và trả lời: UBND xã Ninh Vân"));
	CHECK(answer_has(a, "Mặt đường vỡ bốn mươi mét"));
	CHECK(answer_has(a, "Nguyễn Văn Mẫu"));
	/* Every answer can be changed from here, and leads back here. */
	a = answer_one(&b, draft, "noi-xay-ra?sua=1", "place=Th%C3%B4n+T%C3%A2y");
	CHECK_STR(a.location, str_of(z("/nhap/", draft, "")));
	a = answer_one(&b, draft, "loai?sua=1", "type=proposal");
	CHECK_STR(a.location, str_of(z("/nhap/", draft, "")));
	a = browser_get(&b, z("/nhap/", draft, ""));
	CHECK(answer_has(a, "Thôn Tây"));
	CHECK(answer_has(a, "Kiến nghị: đề nghị cơ quan làm"));
	struct str token = b.token;
	a = browser_post(&b, z("/nhap/", draft, "/gui"), "");
	struct str code = code_of(a);
	a = browser_get(&b, z("/bien-nhan/", code, ""));
	struct str secret = secret_in(a);
	a = browser_get(&b, z("/ho-so/", code, ""));
	CHECK(answer_has(a, "Thôn Tây"));
	CHECK_INT(drafts_kept(), 0);
	CHECK_INT(browser_get(&b, z("/nhap/", draft, "")).status, 404);
	/* The button pressed twice, or a reply that was lost: the same receipt. */
	b.token = token;
	CHECK_STR(code_of(browser_post(&b, z("/nhap/", draft, "/gui"), "")), code);
	CHECK_STR(secret_in(browser_get(&b, z("/bien-nhan/", code, ""))), secret);
	/* Another browser with the same address and a token of its own gets nothing. */
	struct browser c = browser_open(site);
	(void)browser_get(&c, "/nhap");
	CHECK_INT(browser_post(&c, z("/nhap/", draft, "/gui"), "").status, 404);
}

TEST(an_unfinished_draft_is_not_sent_and_says_what_is_missing)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	struct str draft = begin_draft(&b);
	CHECK_INT(answer_one(&b, draft, "tom-tat", TITLE).status, 303);
	struct answer a = browser_get(&b, z("/nhap/", draft, ""));
	CHECK(answer_has(a, "Chưa trả lời"));
	a = browser_post(&b, z("/nhap/", draft, "/gui"), "");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, z("href=\"/nhap/", draft, "/su-viec?sua=1\"")));
	CHECK(answer_has(a, z("href=\"/nhap/", draft, "/nguoi-gui?sua=1\"")));
	CHECK(drafts_kept() > 0);
}

TEST(the_form_that_begins_a_draft_begins_it_once)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	(void)browser_get(&b, BEGIN);
	struct str token = b.token;
	struct str draft = draft_of(browser_post(&b, BEGIN, "unit=14536"));
	int64_t kept = drafts_kept();
	b.token = token;
	CHECK_STR(draft_of(browser_post(&b, BEGIN, "unit=14536")), draft);
	CHECK_INT(drafts_kept(), kept);
}

TEST(a_draft_is_gone_on_with_by_its_codes_elsewhere_and_by_nobody_else)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site), c = browser_open(site);
	struct str draft = begin_draft(&b);
	struct str secret = draft_secret(browser_get(&b, z("/nhap/", draft, "/anh")));
	CHECK_INT(answer_one(&b, draft, "tom-tat", TITLE).status, 303);
	CHECK_INT(browser_get(&c, z("/nhap/", draft, "")).status, 404);
	CHECK_INT(browser_get(&c, z("/nhap/", draft, "/nguoi-gui")).status, 404);
	(void)browser_get(&c, "/nhap");
	CHECK_INT(browser_post(&c, z("/nhap/", draft, "/tom-tat"), TITLE).status, 404);
	CHECK_INT(browser_post(&c, z("/nhap/", draft, "/gui"), "").status, 404);
	struct answer a = browser_get(&c, z("/nhap?ma=", draft, ""));
	CHECK(answer_has(a, z("value=\"", draft, "\"")));
	a = browser_post(&c, "/nhap", z("secret=0000-0000&code=", draft, ""));
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Không có bản nháp nào với hai mã này"));
	a = browser_post(&c, "/nhap", z(z("code=", draft, "&secret="), secret, ""));
	CHECK_STR(a.location, str_of(z("/nhap/", draft, "")));
	a = browser_get(&c, z("/nhap/", draft, ""));
	CHECK(answer_has(a, "Xe tải làm hỏng đường"));
	CHECK(!str_has(a.body, secret)); /* it was told here, and is not shown */
	/* A clerk of the very office sees no trace of it. */
	struct browser official = signed_in("can.bo");
	CHECK_INT(browser_get(&official, z("/nhap/", draft, "")).status, 404);
	CHECK_INT(browser_get(&official, z("/ho-so/", draft, "")).status, 404);
	CHECK(!answer_has(browser_get(&official, "/viec"), z("", draft, "")));
}

TEST(after_fourteen_days_the_codes_open_nothing)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	struct str draft = begin_draft(&b);
	site->now = test_instant("2021-03-24T23:00");
	CHECK_INT(browser_get(&b, z("/nhap/", draft, "")).status, 200);
	site->now = test_instant("2021-03-25T00:00");
	CHECK_INT(browser_get(&b, z("/nhap/", draft, "")).status, 404);
}

TEST(files_are_kept_with_the_draft_and_come_with_the_petition)
{
	static const struct str pdf = S_INIT("%PDF-1.4\nmột tờ đơn\n%%EOF\n");
	begin();
	open_doors(false);
	office.files = str_printf(test_arena(), "%s/files", site->dir).at;
	site->house.upload_keep = upload_keep;
	struct browser b = browser_open(site);
	struct str draft = begin_draft(&b);
	const char *page = z("/nhap/", draft, "/anh");
	(void)browser_get(&b, page);
	CHECK_INT(browser_upload(&b, page, "x=1", "papers", pdf).status, 303);
	struct answer a = browser_get(&b, page);
	CHECK(answer_has(a, "type=\"checkbox\" id=\"papers-t0\""));
	/* A stranger's file is not even read. */
	struct browser c = browser_open(site);
	(void)browser_get(&c, "/nhap");
	CHECK_INT(browser_upload(&c, page, "x=1", "papers", pdf).status, 404);
	CHECK_INT(answer_one(&b, draft, "tom-tat", TITLE).status, 303);
	CHECK_INT(answer_one(&b, draft, "su-viec", BODY).status, 303);
	CHECK_INT(answer_one(&b, draft, "nguoi-gui", WHO).status, 303);
	CHECK(answer_has(browser_get(&b, z("/nhap/", draft, "")), "bang.pdf"));
	struct str code = code_of(browser_post(&b, z("/nhap/", draft, "/gui"), ""));
	a = browser_get(&b, z("/ho-so/", code, ""));
	CHECK(answer_has(a, z("/ho-so/", code, "/tep/")));
}

TEST(in_an_account_it_needs_no_secret_and_is_listed_there_and_nowhere_else)
{
	begin();
	open_doors(false);
	struct browser b = signed_in("nguoi.dan"), c = signed_in("nguoi.dan");
	struct str draft = begin_draft(&b);
	struct answer a = browser_get(&b, z("/nhap/", draft, "/anh"));
	CHECK(!answer_has(a, "Ghi lại hai mã này"));
	CHECK(answer_has(a, "nằm trong Hồ sơ của tôi"));
	a = browser_get(&c, "/ho-so-cua-toi");
	CHECK(answer_has(a, z("href=\"/nhap/", draft, "\"")));
	CHECK_INT(browser_get(&c, z("/nhap/", draft, "")).status, 200);
	/* What the account says of its owner fills the form. */
	a = browser_get(&c, z("/nhap/", draft, "/nguoi-gui"));
	CHECK(answer_has(a, "value=\"nguoi.dan\""));
	struct browser other_person = signed_in("can.bo");
	CHECK_INT(browser_get(&other_person, z("/nhap/", draft, "")).status, 404);
	CHECK(!answer_has(browser_get(&other_person, "/ho-so-cua-toi"), "/nhap/NP-"));
	/* Signed out, the browser that began it reads it no more. */
	struct browser out = b;
	browser_forget(&out, "phien");
	CHECK_INT(browser_get(&out, z("/nhap/", draft, "")).status, 404);
}

TEST(begun_without_an_account_and_sent_with_one_it_is_that_accounts)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	struct str draft = begin_draft(&b);
	answer_all(&b, draft);
	struct answer a = try_sign_in(&b, "nguoi.dan", "mot+cau+ngan+de+nho");
	CHECK_INT(a.status, 303);
	(void)browser_get(&b, z("/nhap/", draft, ""));
	struct str code = code_of(browser_post(&b, z("/nhap/", draft, "/gui"), ""));
	struct browser again = signed_in("nguoi.dan");
	CHECK(answer_has(browser_get(&again, "/ho-so-cua-toi"), z("", code, "")));
}

TEST(it_can_be_thrown_away_at_once)
{
	begin();
	open_doors(false);
	struct browser b = browser_open(site);
	struct str draft = begin_draft(&b);
	struct answer a = browser_get(&b, z("/nhap/", draft, "/dung"));
	CHECK(answer_has(a, "Những gì đã viết vẫn còn"));
	CHECK_INT(browser_post(&b, z("/nhap/", draft, "/dung"), "").status, 303);
	CHECK_INT(drafts_kept(), 0);
	CHECK_INT(browser_get(&b, z("/nhap/", draft, "")).status, 404);
}

TEST(drafts_are_begun_slowly_and_secrets_guessed_slowly)
{
	begin();
	open_doors(true);
	struct browser b = browser_open(site);
	int status = 303;
	for (int i = 0; i < 30 && status == 303; i++) {
		(void)browser_get(&b, BEGIN);
		status = browser_post(&b, BEGIN, "unit=14536").status;
	}
	CHECK_INT(status, 429);
	status = 422;
	for (int i = 0; i < 30 && status == 422; i++) {
		(void)browser_get(&b, "/nhap");
		status = browser_post(&b, "/nhap", "code=NP-000-00000&secret=0000-0000").status;
	}
	CHECK_INT(status, 429);
}

/* Petitions are private: only one's own are shown to anybody. */
TEST(before_sending_one_sees_ones_own_open_petition_of_the_same_matter_and_nobody_elses)
{
	begin();
	user("nguoi.khac", commune);
	open_doors(false);
	struct browser b = signed_in("nguoi.dan"), c = signed_in("nguoi.khac");
	struct str first = begin_draft(&b);
	struct answer a = answer_one(&b, first, "tom-tat", TITLE);
	CHECK_STR(a.location, str_of(z("/nhap/", first, "/trung")));
	/* Nothing of the kind: the page leads on by itself. */
	CHECK_STR(browser_get(&b, z("/nhap/", first, "/trung")).location,
		  str_of(z("/nhap/", first, "/noi-xay-ra")));
	answer_all(&b, first);
	(void)browser_get(&b, z("/nhap/", first, ""));
	struct str code = code_of(browser_post(&b, z("/nhap/", first, "/gui"), ""));
	struct str second = begin_draft(&b), theirs = begin_draft(&c);
	CHECK_INT(answer_one(&b, second, "tom-tat", TITLE).status, 303);
	a = browser_get(&b, z("/nhap/", second, "/trung"));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, z("href=\"/ho-so/", code, "\"")));
	CHECK(answer_has(a, z("href=\"/nhap/", second, "/noi-xay-ra\"")));
	CHECK(answer_has(a, z("href=\"/nhap/", second, "/dung\"")));
	CHECK_INT(answer_one(&c, theirs, "tom-tat", TITLE).status, 303);
	CHECK_INT(browser_get(&c, z("/nhap/", theirs, "/trung")).status, 303);
}
