/* Comments over HTTP: who may, what is kept when something is wrong, that a form counts once, and that the
 * words of a hidden one are nowhere. */
#include "web/answer.h"
#include "web/test_voices.h"

#define WORDS "Ong ay o so nha"

TEST(visitors_read_and_are_led_to_sign_in_and_members_write_where_scripts_only_count)
{
	begin_voices();
	open_doors(false);
	struct browser v = browser_open(site), a = signed_in("nguoi.mot");
	struct answer page = browser_get(&v, at("/ho-so/*", matter));
	CHECK_INT(page.status, 200);
	CHECK(answer_has(page, "Ý kiến (0)"));
	CHECK(answer_has(page, "Ý kiến đầu tiên hiện ở đây sau khi được duyệt"));
	CHECK(answer_has(page, "Đăng nhập để gửi ý kiến"));
	CHECK(!answer_has(page, "<script") && !answer_has(page, "<textarea"));
	page = browser_get(&a, at("/ho-so/*", matter));
	CHECK(answer_has(page, "<script src=\"/dem-") && answer_has(page, "data-most=\"500\""));
	CHECK(answer_has(page, "0 / 500 ký tự"));
	/* A visitor who sends all the same. */
	browser_get(&v, "/dang-nhap");
	CHECK_INT(browser_post(&v, at("/ho-so/*/y-kien", matter), "text=x").status, 403);
	CHECK_INT(comments(), 0);
}

TEST(only_a_page_that_names_the_script_has_a_policy_that_allows_scripts)
{
	begin_voices();
	open_doors(false);
	struct browser a = signed_in("nguoi.mot");
	static const struct {
		const char *path;
		bool scripts;
	} pages[] = { { "/theo-doi", false },
		      { "/ho-so/*/y-kien", true },
		      { "/ho-so/*", true },
		      { "/quy-tac-y-kien", false } };
	for (size_t i = 0; i < LENGTH(pages); i++) {
		struct ask ask = { .path = str_of(strchr(pages[i].path, '*')
							  ? at(pages[i].path, matter)
							  : pages[i].path),
				   .query = S(""),
				   .host = S("ninhvan.example.invalid"),
				   .cookie = str_printf(test_arena(), "phien=%.*s",
							STR_ARG(browser_cookie(&a, "phien"))),
				   .peer = S("203.0.113.5"),
				   .length = -1 };
		struct pair headers[ANSWER_HEADERS];
		struct req *r = answer_new(test_arena(), &site->house, &ask, &site->rng);
		answer_get(r, site->read);
		size_t n = answer_headers(r, headers);
		bool allows = false;
		for (size_t k = 0; k < n; k++)
			allows |= str_has(headers[k].value, S("script-src 'self'"));
		CHECK_INT(r->reply.status, 200);
		CHECK_INT(allows, pages[i].scripts);
	}
}

TEST(what_is_wrong_is_said_and_nothing_typed_is_lost)
{
	begin_voices();
	open_doors(false);
	struct browser a = signed_in("nguoi.mot");
	struct buf b = { .a = test_arena() };
	for (int i = 0; i < 512; i++)
		buf_put(&b, S("ộ"));
	buf_putc(&b, 0);
	browser_get(&a, at("/ho-so/*/y-kien", matter));
	struct answer page = browser_post(
		&a, at("/ho-so/*/y-kien", matter),
		str_printf(test_arena(), "text=%s&name=T%%C3%%B4i&question=1", encoded(b.at)).at);
	CHECK_INT(page.status, 422);
	CHECK(answer_has(page, "Bớt 12 ký tự: đang 512, tối đa 500"));
	CHECK(answer_has(page, "512 / 500 ký tự"));
	CHECK(answer_has(page, b.at));
	CHECK(answer_has(page, "value=\"Tôi\"") &&
	      answer_has(page, "name=\"question\" value=\"1\" checked"));
	static const char *const blank[] = { "text=", "text=%20%0D%0A", "text=%C2%A0%E2%80%8B" };
	for (size_t i = 0; i < LENGTH(blank); i++) {
		page = browser_post(&a, at("/ho-so/*/y-kien", matter), blank[i]);
		CHECK_INT(page.status, 422);
		CHECK(answer_has(page, "Nhập nội dung ý kiến"));
	}
	CHECK_INT(comments(), 0);
	/* 500 with a line break that is sent as two. */
	b = (struct buf){ .a = test_arena() };
	for (int i = 0; i < 498; i++)
		buf_putc(&b, 'a');
	buf_put(&b, S("\r\nb"));
	buf_putc(&b, 0);
	CHECK_INT(post_comment(&a, b.at, false).status, 303);
	CHECK_INT(comments(), 1);
}

TEST(a_form_that_is_sent_twice_counts_once)
{
	begin_voices();
	open_doors(false);
	struct browser a = signed_in("nguoi.mot");
	struct answer first = post_comment(&a, "Bao giờ xong?", true);
	CHECK_INT(first.status, 303);
	for (int i = 0; i < 3; i++) {
		struct answer again = browser_post(&a, at("/ho-so/*/y-kien", matter),
						   "text=Bao+gi%E1%BB%9D+xong%3F&question=1");
		CHECK_INT(again.status, 303);
		CHECK_STR(again.location, first.location);
	}
	CHECK_INT(comments(), 1);
}

TEST(a_comment_is_held_reviewed_shown_and_answered)
{
	begin_voices();
	open_doors(false);
	struct browser v = browser_open(site), a = signed_in("nguoi.mot"),
		       b = signed_in("nguoi.hai"), c = signed_in("can.bo");
	CHECK_INT(post_comment(&a, "Bao giờ xong?", true).status, 303);
	struct str code = newest();
	const char *list = at("/ho-so/*/y-kien", matter);
	CHECK(answer_has(browser_get(&a, list), "Bao giờ xong?"));
	CHECK(!answer_has(browser_get(&v, list), "Bao giờ xong?"));
	CHECK(!answer_has(browser_get(&b, list), "Bao giờ xong?"));
	CHECK_INT(browser_get(&v, at("/ho-so/*", code)).status, 404);
	CHECK_INT(browser_get(&b, at("/ho-so/*", code)).status, 404);
	CHECK_INT(browser_get(&a, at("/ho-so/*", code)).status, 200);
	struct answer page = browser_get(&c, "/viec");
	CHECK(answer_has(page, "Ý kiến về “Sửa kênh thôn Đông”"));
	page = browser_get(&c, "/don-vi/14536/y-kien");
	CHECK(answer_has(page, "Bao giờ xong?") &&
	      answer_has(page, "ý kiến đầu tiên của người gửi"));
	CHECK_INT(take(&c, code, "approve", "").status, 303);
	CHECK(answer_has(browser_get(&v, list), "Bao giờ xong?"));
	CHECK(answer_has(browser_get(&v, at("/ho-so/*", matter)), "Ý kiến (1)"));
	CHECK_INT(take(&c, code, "answer", "answer=Trong+qu%C3%BD+II.").status, 303);
	page = browser_get(&v, at("/ho-so/*", matter));
	CHECK(answer_has(page, "Cơ quan đã trả lời") && answer_has(page, "Trong quý II."));
	CHECK(answer_has(page, "UBND xã Ninh Vân"));
	CHECK(answer_has(page, "Một người dân"));
	CHECK(answer_has(browser_get(&v, at("/ho-so/*/y-kien.json", matter)),
			 "\"answer\":\"Trong quý II.\""));
	CHECK(answer_has(browser_get(&v, at("/ho-so/*/y-kien.csv", matter)), "Bao giờ xong?"));
	CHECK(answer_has(browser_get(&v, at("/ho-so/*.json", code)), "\"text\":\"Bao giờ xong?\""));
	CHECK(answer_has(browser_get(&v, at("/ho-so/*/viec/1/noi-dung", code)), "Bao giờ xong?"));
	CHECK(answer_has(browser_get(&v, at("/ho-so/*.json", matter)),
			 "\"comments\":1,\"views\":0"));
	page = browser_get(&a, "/y-kien-cua-toi");
	CHECK_INT(page.status, 200);
	CHECK(answer_has(page, "Bao giờ xong?") && answer_has(page, "Trong quý II."));
}

TEST(nobody_but_who_may_reviews_hides_answers_withdraws_or_enters)
{
	begin_voices();
	open_doors(false);
	struct browser a = signed_in("nguoi.mot"), c = signed_in("can.bo");
	struct str shown = sent_and_shown(&a, &c, "Một ý kiến", true);
	CHECK_INT(post_comment(&a, "Một ý kiến chờ", false).status, 303);
	struct str held = newest();
	static const char *const strangers[] = { "nguoi.hai", "xa.ben", "da.nghi", "quan.tri.xa" };
	for (size_t i = 0; i <= LENGTH(strangers); i++) {
		struct browser s =
			i < LENGTH(strangers) ? signed_in(strangers[i]) : browser_open(site);
		browser_get(&s, at("/ho-so/*/y-kien", matter));
		if (i == LENGTH(strangers))
			browser_get(&s, "/dang-nhap"); /* a token, at least */
		static const char *const steps[] = { "hide",    "answer",  "withdraw",
						     "approve", "restore", "appeal" };
		for (size_t k = 0; k < LENGTH(steps); k++) {
			int one = take(&s, shown, steps[k], "ground=insult&answer=Xong").status;
			int two = take(&s, held, steps[k], "ground=insult&answer=Xong").status;
			if ((one != 403 && one != 404) || (two != 403 && two != 404))
				FAIL("%s by %s: %d, %d", steps[k],
				     i < LENGTH(strangers) ? strangers[i] : "a visitor", one, two);
		}
		int entered = browser_post(&s, at("/ho-so/*/y-kien/ghi", matter),
					   "text=x&said_on=10/03/2021&channel=paper")
				      .status;
		CHECK(entered == 403 || entered == 404);
		CHECK(browser_get(&s, "/don-vi/14536/y-kien").status != 200);
		CHECK(browser_get(&s, at("/ho-so/*/y-kien/ghi", matter)).status != 200);
	}
	/* The author takes back, and does not review. */
	CHECK_INT(take(&a, held, "approve", "").status, 403);
	CHECK_INT(take(&a, held, "withdraw", "").status, 303);
	CHECK_INT(take(&c, shown, "withdraw", "").status, 403);
	CHECK_INT(comments(), 2);
}

TEST(a_clerk_enters_what_was_said_at_a_meeting)
{
	begin_voices();
	open_doors(false);
	struct browser c = signed_in("can.bo"), v = browser_open(site);
	CHECK_INT(browser_get(&c, at("/ho-so/*/y-kien/ghi", matter)).status, 200);
	CHECK_INT(browser_post(&c, at("/ho-so/*/y-kien/ghi", matter),
			       "text=L%C3%A0m+s%E1%BB%9Bm&name=T%E1%BB%95+3&said_on=08/03/2021&"
			       "channel=meeting")
			  .status,
		  303);
	struct answer page = browser_get(&v, at("/ho-so/*/y-kien", matter));
	CHECK(answer_has(page, "Làm sớm") && answer_has(page, "Tổ 3"));
	CHECK(answer_has(page, "tại cuộc họp") && answer_has(page, "08/03/2021"));
	/* Not before it could have been said. */
	browser_get(&c, at("/ho-so/*/y-kien/ghi", matter));
	struct answer bad = browser_post(&c, at("/ho-so/*/y-kien/ghi", matter),
					 "text=Mai&said_on=11/03/2021&channel=meeting");
	CHECK_INT(bad.status, 422);
	CHECK(answer_has(bad, ">\nMai</textarea>"));
}

/* --- Hidden: nowhere --- */

/* Every address at which something of a comment could show. */
static void nowhere(struct browser *b, struct str code, const char *who)
{
	static const char *const of_matter[] = {
		"/ho-so/*",
		"/ho-so/*.json",
		"/ho-so/*.atom",
		"/en/ho-so/*",
		"/ho-so/*/y-kien",
		"/ho-so/*/y-kien.csv",
		"/ho-so/*/y-kien.json",
		"/en/ho-so/*/y-kien",
	};
	static const char *const of_comment[] = {
		"/ho-so/*",
		"/ho-so/*.json",
		"/ho-so/*.atom",
		"/ho-so/*/viec/1/noi-dung",
		"/ho-so/*/viec/2/noi-dung",
		"/ho-so/*/viec/3/noi-dung",
		"/ho-so/*/ban/1",
		"/ho-so/*/y-kien",
		"/ho-so/*/y-kien.json",
		"/ho-so/*/lam/hide",
		"/ho-so/*/lam/appeal",
		"/ho-so/*/lam/restore",
		"/kiem-chung?ma=*",
		"/tim?q=*",
		"/en/ho-so/*",
	};
	static const char *const others[] = {
		"/tim?q=o+so+nha",
		"/tim?q=so+nha",
		"/don-vi/14536.atom",
		"/don-vi/14536",
		"/",
		"/han.csv",
		"/han?xem=tat-ca",
		"/viec-chung",
		"/viec-chung.csv",
		"/viec-chung.atom",
		"/viec",
		"/theo-doi",
		"/quy-tac-y-kien",
		"/don-vi/14536/y-kien",
	};
	for (size_t i = 0; i < LENGTH(of_matter) + LENGTH(of_comment) + LENGTH(others); i++) {
		const char *path = i < LENGTH(of_matter) ? at(of_matter[i], matter)
				   : i < LENGTH(of_matter) + LENGTH(of_comment)
					   ? at(of_comment[i - LENGTH(of_matter)], code)
					   : others[i - LENGTH(of_matter) - LENGTH(of_comment)];
		struct answer page = browser_get(b, path);
		if (page.status >= 500)
			FAIL("%s by %s is answered with %d", path, who, page.status);
		if (answer_has(page, WORDS))
			FAIL("%s shows %s what was hidden", path, who);
	}
}

TEST(the_words_of_a_hidden_comment_are_reachable_in_no_channel_and_its_stub_says_why)
{
	begin_voices();
	open_doors(false);
	struct browser v = browser_open(site), a = signed_in("nguoi.mot"),
		       b = signed_in("nguoi.hai"), c = signed_in("can.bo"), n = signed_in("xa.ben");
	struct str code = sent_and_shown(&a, &c, WORDS, false);
	CHECK(answer_has(browser_get(&v, at("/ho-so/*", matter)), WORDS));
	CHECK(answer_has(browser_get(&v, at("/ho-so/*.atom", matter)), WORDS));
	CHECK_INT(take(&c, code, "hide",
		       "ground=personal&detail="
		       "Ong+ay")
			  .status,
		  303);
	nowhere(&v, code, "a visitor");
	nowhere(&b, code, "another citizen");
	nowhere(&n, code, "a clerk elsewhere");
	struct answer page = browser_get(&v, at("/ho-so/*", matter));
	CHECK(answer_has(page,
			 "Một ý kiến đã ẩn ngày 10/03/2021: có thông tin cá nhân của người khác "
			 "(lý do 2), công chức phụ trách ẩn."));
	CHECK(answer_has(page, "Quy tắc và cách khiếu nại"));
	page = browser_get(&v, at("/ho-so/*", code));
	CHECK_INT(page.status, 200);
	CHECK(answer_has(page, "Ý kiến đã ẩn") &&
	      answer_has(page, "Lý do ẩn: có thông tin cá nhân"));
	CHECK_INT(browser_get(&v, at("/ho-so/*/viec/1/noi-dung", code)).status, 404);
	CHECK(!answer_has(browser_get(&v, at("/ho-so/*", code)), "Ong ay"));
	/* The officials who decide read it; its author among his own. */
	CHECK(answer_has(browser_get(&c, at("/ho-so/*", code)), WORDS));
	CHECK(answer_has(browser_get(&a, "/y-kien-cua-toi"), WORDS));
	CHECK(!answer_has(browser_get(&b, "/y-kien-cua-toi"), WORDS));
	page = browser_get(&v, "/quy-tac-y-kien");
	CHECK(answer_has(page, "Lý do 2: có thông tin cá nhân của người khác"));
	CHECK(answer_has(page, "Năm 2021"));
}

TEST(what_is_withdrawn_and_what_a_taken_down_matter_drew_is_nowhere_either)
{
	begin_voices();
	open_doors(false);
	struct browser v = browser_open(site), a = signed_in("nguoi.mot"), c = signed_in("can.bo");
	struct str code = sent_and_shown(&a, &c, WORDS, false);
	CHECK_INT(take(&a, code, "withdraw", "").status, 303);
	nowhere(&v, code, "a visitor");
	nowhere(&c, code, "a clerk");
	struct str other_one = sent_and_shown(&a, &c, WORDS " nay", false);
	CHECK(answer_has(browser_get(&v, at("/ho-so/*", other_one)), WORDS));
	CHECK_INT(take(&c, matter, "take_down", "").status, 303);
	nowhere(&v, other_one, "a visitor");
	CHECK_INT(browser_get(&v, at("/ho-so/*/y-kien", matter)).status, 404);
	CHECK_INT(browser_post(&a, at("/ho-so/*/y-kien", matter), "text=Them").status, 404);
}

TEST(a_withdrawn_matter_keeps_what_was_said_and_takes_no_more)
{
	begin_voices();
	open_doors(false);
	struct browser a = signed_in("nguoi.mot"), c = signed_in("can.bo");
	sent_and_shown(&a, &c, "Lời đã nói", false);
	browser_get(&a, at("/ho-so/*/y-kien", matter));
	CHECK_INT(take(&c, matter, "end", "").status, 303);
	struct answer page = browser_post(&a, at("/ho-so/*/y-kien", matter), "text=Th%C3%AAm");
	CHECK_INT(page.status, 422);
	CHECK(answer_has(page, "Không gửi được ý kiến ở hồ sơ này"));
	page = browser_get(&a, at("/ho-so/*", matter));
	CHECK(answer_has(page, "Lời đã nói") &&
	      answer_has(page, "Hồ sơ này không nhận thêm ý kiến"));
	CHECK_INT(comments(), 1);
}

TEST(an_appeal_goes_to_a_leader_and_what_is_restored_is_back)
{
	begin_voices();
	open_doors(false);
	struct browser v = browser_open(site), a = signed_in("nguoi.mot"), c = signed_in("can.bo"),
		       l = signed_in("lanh.dao");
	struct str code = sent_and_shown(&a, &c, WORDS, false);
	CHECK_INT(take(&c, code, "hide", "ground=off_topic").status, 303);
	CHECK(answer_has(browser_get(&a, at("/ho-so/*", code)), "/lam/appeal"));
	CHECK_INT(take(&a, code, "appeal", "appeal=Toi+noi+dung+viec").status, 303);
	CHECK(!answer_has(browser_get(&v, at("/ho-so/*", code)), "Toi noi dung viec"));
	CHECK(!answer_has(browser_get(&v, at("/ho-so/*/viec/4/noi-dung", code)),
			  "Toi noi dung viec"));
	CHECK(answer_has(browser_get(&v, at("/ho-so/*", matter)), "Đang xem xét khiếu nại"));
	CHECK_INT(take(&c, code, "restore", "reason=Nhin+lai").status, 403);
	CHECK(answer_has(browser_get(&l, at("/ho-so/*", code)), "Toi noi dung viec"));
	CHECK(answer_has(browser_get(&l, "/viec"), "Ý kiến về “Sửa kênh thôn Đông”"));
	CHECK_INT(take(&l, code, "restore", "reason=Dung+la+ve+con+kenh").status, 303);
	CHECK(answer_has(browser_get(&v, at("/ho-so/*", matter)), WORDS));
	CHECK(answer_has(browser_get(&v, at("/ho-so/*", code)), "Dung la ve con kenh"));
}

/* After its day it would be refused whatever it said. */
TEST(no_page_offers_an_appeal_whose_day_is_over)
{
	static const char *const pages[] = { "/ho-so/*", "/y-kien-cua-toi" };
	begin_voices();
	open_doors(false);
	struct browser a = signed_in("nguoi.mot"), c = signed_in("can.bo");
	struct str code = sent_and_shown(&a, &c, WORDS, false);
	CHECK_INT(take(&c, code, "hide", "ground=off_topic").status, 303);
	for (size_t i = 0; i < LENGTH(pages); i++) {
		const char *page =
			str_has(str_of(pages[i]), S("*")) ? at(pages[i], code) : pages[i];
		site->now = test_instant("2021-03-25T08:00");
		a = signed_in("nguoi.mot");
		CHECK(answer_has(browser_get(&a, page), "/lam/appeal"));
		site->now = test_instant("2021-03-26T08:00");
		a = signed_in("nguoi.mot");
		struct answer late = browser_get(&a, page);
		CHECK_INT(late.status, 200);
		CHECK(!answer_has(late, "/lam/appeal"));
	}
}

/* --- Many --- */

TEST(several_of_one_author_are_hidden_after_a_preview_and_only_those_ticked)
{
	begin_voices();
	open_doors(false);
	struct browser a = signed_in("nguoi.mot"), c = signed_in("can.bo"), v = browser_open(site);
	struct str codes[4];
	for (int i = 0; i < 4; i++) {
		post_comment(&a, str_printf(test_arena(), "Rao so %d", i).at, false);
		codes[i] = newest();
	}
	const char *path =
		str_printf(test_arena(), "/don-vi/14536/y-kien/nguoi-gui/%lld", (long long)ann).at;
	CHECK(answer_has(browser_get(&c, "/don-vi/14536/y-kien"), path));
	struct answer page = browser_get(&c, path);
	CHECK_INT(page.status, 200);
	CHECK(answer_has(page, "Rao so 0") && answer_has(page, "Rao so 3"));
	page = browser_post(&c, path, "ground=advertising");
	CHECK_INT(page.status, 422);
	const char *fields = str_printf(test_arena(), "ground=advertising&pick=%.*s&pick=%.*s",
					STR_ARG(codes[0]), STR_ARG(codes[2]))
				     .at;
	browser_get(&c, path);
	page = browser_post(&c, path, fields);
	CHECK_INT(page.status, 303);
	CHECK(answer_has(browser_get(&c, str_z(test_arena(), page.location)), "Đã ẩn 2 ý kiến"));
	page = browser_get(&c, path);
	CHECK(!answer_has(page, "Rao so 0") && answer_has(page, "Rao so 1"));
	CHECK(!answer_has(page, "Rao so 2") && answer_has(page, "Rao so 3"));
	/* Somebody else's code is not among the choices. */
	page = browser_post(&c, path, at("ground=insult&pick=*", matter));
	CHECK_INT(page.status, 422);
	/* Two of one ground are one line. */
	CHECK(answer_has(browser_get(&v, at("/ho-so/*", matter)), "2 ý kiến đã ẩn"));
	struct browser n = signed_in("xa.ben");
	CHECK_INT(browser_post(&n, path, fields).status, 403);
}

TEST(an_administrator_of_the_root_lets_rules_decide_and_nobody_else_does)
{
	begin_voices();
	open_doors(false);
	struct browser a = signed_in("nguoi.mot"), c = signed_in("can.bo"),
		       q = signed_in("quan.tri"), x = signed_in("quan.tri.xa"),
		       v = browser_open(site);
	sent_and_shown(&a, &c, "Lời đầu", false);
	CHECK(answer_has(browser_get(&v, "/quy-tac-y-kien"), "duyệt mọi ý kiến trước khi hiện"));
	CHECK_INT(browser_get(&x, "/quan-tri/y-kien").status, 403);
	CHECK_INT(browser_post(&x, "/quan-tri/y-kien", "hold=rules").status, 403);
	CHECK_INT(browser_get(&q, "/quan-tri/y-kien").status, 200);
	CHECK_INT(browser_post(&q, "/quan-tri/y-kien", "hold=rules").status, 303);
	CHECK(answer_has(browser_get(&v, "/quy-tac-y-kien"), "trừ khi là ý kiến đầu tiên"));
	CHECK_INT(post_comment(&a, "Lời sau", false).status, 303);
	CHECK(answer_has(browser_get(&v, at("/ho-so/*", matter)), "Lời sau"));
	CHECK_INT(post_comment(&a, "Xem vidu.vn", false).status, 303);
	CHECK(!answer_has(browser_get(&v, at("/ho-so/*", matter)), "vidu.vn"));
}

TEST(who_sends_too_fast_is_told_when_and_keeps_the_words)
{
	begin_voices();
	open_doors(true);
	struct browser a = signed_in("nguoi.mot"), b = signed_in("nguoi.hai");
	struct answer page = { 0 };
	for (int i = 0; i < 6; i++)
		page = post_comment(&a, str_printf(test_arena(), "Loi thu %d", i).at, false);
	CHECK_INT(page.status, 422);
	CHECK(answer_has(page, "Gửi ý kiến nhanh quá") &&
	      answer_has(page, ">\nLoi thu 5</textarea>"));
	CHECK_INT(comments(), 5);
	CHECK_INT(post_comment(&b, "Nguoi khac", false).status, 303);
}
