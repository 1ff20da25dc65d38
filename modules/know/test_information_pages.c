/* Asking an office for information as somebody with a phone does, and answering as its people do: every
 * page on the way, what comes back when something is wrong, and who is refused. */
#include "modules/know/information.h"
#include "tests/asker.h"
#include "web/query.h"

#include <string.h>

static struct walk_site s;
static struct asker a;
static struct str author, neighbour, clerk, leader, other_clerk, code;

#define REASON "reason=Gi%E1%BA%A3i+quy%E1%BA%BFt+theo+ph%C3%A2n+c%C3%B4ng"
#define SECRET "Xóm Giếng, xã Ninh Vân"

static struct str sign_in(enum walk_place at, enum role role)
{
	return asker_sign_in(&a, test_arena(), s.person[at][walk_role_index(role)]);
}

static void begin(void)
{
	walk_site_make(&s);
	asker_open(&a, &s, s.dir, s.begins); /* Monday, 4 March 2024 */
	author = sign_in(AT_VILLAGE, CITIZEN);
	neighbour = sign_in(AT_COMMUNE, CITIZEN);
	clerk = sign_in(AT_COMMUNE, CLERK);
	leader = sign_in(AT_COMMUNE, LEADER);
	other_clerk = sign_in(AT_OTHER, CLERK);
}

static struct reply_seen get(struct str who, const char *path)
{
	struct question q = { .method = GET, .path = str_of(path), .session = who };
	return asker_see(&a, &q);
}

static struct reply_seen send(struct str who, const char *path, const char *body)
{
	struct question q = { .method = POST,
			      .path = str_of(path),
			      .session = who,
			      .body = str_of(body),
			      .token = TOKEN_OWN,
			      .keep = true };
	return asker_see(&a, &q);
}

static const char *at(const char *rest)
{
	return str_printf(test_arena(), "/ho-so/%.*s%s", STR_ARG(code), rest).at;
}

static bool has(struct reply_seen r, const char *words)
{
	return str_has(r.body, str_of(words));
}

#define QUESTION                                                                               \
	"title=Quy%E1%BA%BFt+to%C3%A1n+kinh+ph%C3%AD+l%C3%A0m+%C4%91%C6%B0%E1%BB%9Dng&wanted=" \
	"online&name=Nguy%E1%BB%85n+V%C4%83n+M%E1%BA%ABu&address=X%C3%B3m+Gi%E1%BA%BFng%2C+x"  \
	"%C3%A3+Ninh+V%C3%A2n&purpose=%C4%90%E1%BB%83+gi%C3%A1m+s%C3%A1t"

static void ask(void)
{
	struct reply_seen r = send(author, "/ghi-moi/yeu-cau-thong-tin/14536", QUESTION);
	CHECK_INT(r.status, 303);
	code = str_from(r.location, strlen("/ho-so/"));
}

static void open_as(struct str who)
{
	CHECK_INT(send(who, at("/mo"), REASON).status, 303);
}

TEST(the_page_that_tells_how_to_ask_finds_the_office_and_leads_to_its_form)
{
	begin();
	struct reply_seen r = get(S(""), "/yeu-cau-thong-tin");
	CHECK_INT(r.status, 200);
	CHECK(has(r, "trong 3 ngày làm việc"));
	CHECK(has(r, "/dang-nhap?den=%2Fyeu-cau-thong-tin"));
	r = get(S(""), "/yeu-cau-thong-tin?co-quan=ninh+van");
	CHECK(has(r, "UBND xã Ninh Vân"));
	CHECK(has(r, "/ghi-moi/yeu-cau-thong-tin/14536\""));
	r = get(S(""), "/yeu-cau-thong-tin?co-quan=xuan+thanh"); /* a village is no office */
	CHECK(has(r, "Không tìm thấy cơ quan nào"));
	/* Who is signed in finds the office of where he lives first. */
	r = get(author, "/yeu-cau-thong-tin");
	CHECK(has(r, "/ghi-moi/yeu-cau-thong-tin/14536\""));
	CHECK(!has(r, "/ghi-moi/yeu-cau-thong-tin/14536-01"));
	CHECK_INT(get(S(""), "/en/yeu-cau-thong-tin").status, 200);
	asker_close(&a);
}

TEST(the_form_names_the_receiving_office_and_keeps_what_was_typed)
{
	begin();
	struct reply_seen r = get(S(""), "/ghi-moi/yeu-cau-thong-tin/14536");
	CHECK_INT(r.status, 303); /* to sign in */
	r = get(author, "/ghi-moi/yeu-cau-thong-tin/14536");
	CHECK_INT(r.status, 200);
	CHECK(has(r, "Nơi nhận và trả lời: UBND xã Ninh Vân"));
	CHECK(!has(r, "happened_on"));
	r = send(author, "/ghi-moi/yeu-cau-thong-tin/14536",
		 "title=Ng%E1%BA%AFn&name=Nguy%E1%BB%85n+V%C4%83n+M%E1%BA%ABu&address=&purpose=");
	CHECK_INT(r.status, 422);
	CHECK(has(r, "Viết thêm: đang 4 ký tự, ít nhất 10"));
	CHECK(has(r, "Nhập nơi cư trú"));
	CHECK(has(r, "Chọn cách nhận thông tin"));
	CHECK(has(r, "value=\"Nguyễn Văn Mẫu\""));
	/* Villages and enterprises are no public offices. */
	CHECK_INT(get(author, "/ghi-moi/yeu-cau-thong-tin/14536-01").status, 404);
	CHECK_INT(send(author, "/ghi-moi/yeu-cau-thong-tin/DN-01", QUESTION).status, 404);
	CHECK_INT(get(author, "/ghi-moi/yeu-cau-thong-tin/99999").status, 404);
	asker_close(&a);
}

TEST(the_receipt_says_the_code_the_due_day_and_how_it_was_counted)
{
	begin();
	ask();
	struct reply_seen r = get(author, at(""));
	CHECK_INT(r.status, 200);
	CHECK(str_has(r.body, code));
	CHECK(has(r,
		  "UBND xã Ninh Vân, huyện Hoa Lư phải trả lời chậm nhất hết thứ Năm, 07/03/2024"));
	CHECK(has(r, "<details open><summary>Hạn này tính thế nào?"));
	CHECK(has(r, "TL-087"));
	CHECK(has(r, SECRET)); /* his own */
	CHECK(has(r, "Chưa có cán bộ nào mở hồ sơ này"));
	CHECK(has(r, "/lam/withdraw"));
	CHECK(!has(r, "/lam/accept"));
	CHECK(!has(r, "/bien-nhan")); /* no link to what is refused */
	/* It stands on his own list, and on nobody else's. */
	CHECK(str_has(get(author, "/ho-so-cua-toi").body, code));
	CHECK(!str_has(get(neighbour, "/ho-so-cua-toi").body, code));
	CHECK_INT(get(S(""), "/ho-so-cua-toi").status, 303);
	asker_close(&a);
}

TEST(nobody_else_sees_it_and_an_official_gives_a_reason_that_its_author_reads)
{
	begin();
	ask();
	struct str others[] = { S(""), neighbour, other_clerk, sign_in(AT_COMMUNE, ADMIN),
				sign_in(AT_ROOT, LEADER) };
	for (size_t i = 0; i < LENGTH(others); i++) {
		struct reply_seen r = get(others[i], at(""));
		CHECK_INT(r.status, 404);
		CHECK(!has(r, SECRET));
		CHECK_INT(get(others[i], at(".json")).status, 404);
		CHECK_INT(send(others[i], at("/lam/withdraw"), "x=1").status, 404);
	}
	struct reply_seen r = get(clerk, at(""));
	CHECK(has(r, "Lý do mở hồ sơ"));
	CHECK(!has(r, SECRET));
	open_as(clerk);
	CHECK(has(get(clerk, at("")), SECRET));
	CHECK(has(get(author, at("")), "Giải quyết theo phân công"));
	/* What programs read of it names nobody. */
	r = get(author, at(".json"));
	CHECK_INT(r.status, 200);
	CHECK(!has(r, "Mẫu"));
	CHECK(!has(r, SECRET));
	asker_close(&a);
}

TEST(a_request_goes_from_its_notice_to_its_answer_and_to_what_everybody_reads)
{
	begin();
	ask();
	open_as(clerk);
	struct reply_seen r =
		send(clerk, at("/lam/accept"),
		     "complexity=complex&place=M%E1%BB%99t+c%E1%BB%ADa&channel=web&happened_on="
		     "04%2F03%2F2024");
	CHECK_INT(r.status, 303);
	r = get(author, at(""));
	CHECK(has(r, "Đang giải quyết"));
	CHECK(has(r, "hết thứ Hai, 25/03/2024")); /* fifteen working days */
	/* What its author sent he alone withdraws; a term that may be extended may be so once. */
	CHECK(has(get(author, at("")), at("/lam/withdraw")));
	CHECK(!has(get(clerk, at("")), at("/lam/withdraw")));
	CHECK(has(get(clerk, at("")), at("/lam/extend")));
	r = send(clerk, at("/lam/extend"),
		 "days=16&ground=gather&reason=Nhi%E1%BB%81u+b%E1%BB%99+ph%E1%BA%ADn&channel=web&"
		 "happened_on=04%2F03%2F2024");
	CHECK_INT(r.status, 422);
	CHECK(has(r, "Luật cho gia hạn tối đa 15 ngày"));
	r = send(clerk, at("/lam/extend"),
		 "days=3&ground=gather&reason=Nhi%E1%BB%81u+b%E1%BB%99+ph%E1%BA%ADn&channel=web&"
		 "happened_on=04%2F03%2F2024");
	CHECK_INT(r.status, 303);
	r = get(author, at(""));
	CHECK(has(r, "hết thứ Năm, 28/03/2024"));
	CHECK(has(r, "Hạn trước là hết thứ Hai, 25/03/2024"));
	CHECK(has(r, "Nhiều bộ phận"));
	CHECK(!has(get(clerk, at("")), at("/lam/extend")));
	r = send(clerk, at("/lam/answer"),
		 "extent=full&answer=T%E1%BB%95ng+**850**&channel=web&happened_on=04%2F03%2F2024");
	CHECK_INT(r.status, 303);
	r = get(author, at(""));
	CHECK(has(r, "Cung cấp đầy đủ, thứ Hai, 04/03/2024"));
	CHECK(has(r, "<strong>850</strong>"));
	CHECK_INT(send(clerk, at("/lam/publish"), "x=1").status, 403);
	open_as(leader);
	r = get(leader, at("/lam/publish"));
	CHECK(has(r, "Tổng **850**")); /* it begins with what was answered */
	r = send(leader, at("/lam/publish"),
		 "question=Kinh+ph%C3%AD+l%C3%A0m+m%E1%BB%99t+con+%C4%91%C6%B0%E1%BB%9Dng&text="
		 "850&no_secret=1&channel=web&happened_on=04%2F03%2F2024");
	CHECK_INT(r.status, 422);
	CHECK(has(r, "Thông tin cá nhân chỉ gồm những gì luật cho phép"));
	r = send(leader, at("/lam/publish"),
		 "question=Kinh+ph%C3%AD+l%C3%A0m+m%E1%BB%99t+con+%C4%91%C6%B0%E1%BB%9Dng&text="
		 "850&no_secret=1&names_lawful=1&channel=web&happened_on=04%2F03%2F2024");
	CHECK_INT(r.status, 303);
	/* Everybody reads the one and finds no way to the other; its author sees both. */
	r = get(S(""), "/thong-tin-da-cung-cap");
	CHECK(has(r, "Kinh phí làm một con đường"));
	CHECK(!str_has(r.body, code));
	CHECK(has(get(S(""), "/yeu-cau-thong-tin"), "Kinh phí làm một con đường"));
	CHECK(has(get(S(""), "/tim?q=con+duong"), "Kinh phí làm một con đường"));
	CHECK(has(get(S(""), "/thong-tin-da-cung-cap.atom"), "Kinh phí làm một con đường"));
	r = get(author, at(""));
	CHECK(has(r, "Câu trả lời đã công bố cho mọi người"));
	CHECK(has(r, "/ho-so/TL-"));
	const char *link = memmem(r.body.at, r.body.len, "/ho-so/TL-", 10);
	struct str public = { link, strlen("/ho-so/TL-0000-0000") };
	r = get(S(""), str_z(test_arena(), public));
	CHECK_INT(r.status, 200);
	CHECK(!str_has(r.body, code));
	CHECK(!has(r, SECRET));
	CHECK(!has(r, "Quyết toán kinh phí làm đường")); /* the author's own words */
	CHECK_INT(get(S(""), at("")).status, 404);
	asker_close(&a);
}

TEST(an_official_who_transfers_a_request_is_led_back_to_his_queue)
{
	begin();
	ask();
	open_as(clerk);
	struct reply_seen r = get(clerk, at("/lam/transfer"));
	CHECK(has(r, "Xã Ninh Hải"));
	r = send(
		clerk, at("/lam/transfer"),
		"to=khong+co&reason=Kh%C3%B4ng+gi%E1%BB%AF&channel=web&happened_on=04%2F03%2F2024");
	CHECK_INT(r.status, 422);
	CHECK(has(r, "Không tìm thấy cơ quan này"));
	CHECK(has(r, "value=\"khong co\""));
	r = send(
		clerk, at("/lam/transfer"),
		"to=ninh+hai&reason=Kh%C3%B4ng+gi%E1%BB%AF&channel=web&happened_on=04%2F03%2F2024");
	CHECK_INT(r.status, 303);
	CHECK_STR(r.location, S("/viec"));
	CHECK_INT(get(clerk, at("")).status, 404);
	r = get(other_clerk, "/viec");
	CHECK(has(r,
		  str_printf(test_arena(), "Yêu cầu cung cấp thông tin · %.*s", STR_ARG(code)).at));
	r = get(author, at(""));
	CHECK(has(r, "UBND xã Ninh Hải, huyện Hoa Lư phải trả lời"));
	asker_close(&a);
}

TEST(what_was_written_while_the_half_hour_ran_out_is_not_lost)
{
	begin();
	ask();
	open_as(clerk);
	a.now.ms += 45 * 60000;
	CHECK(has(get(clerk, at("")), "Lý do mở hồ sơ"));
	struct reply_seen r =
		send(clerk, at("/lam/answer"),
		     "extent=full&answer=C%C3%B3&channel=web&happened_on=04%2F03%2F2024");
	CHECK_INT(r.status, 303);
	/* Not for ever, and not for who never gave a reason. */
	ask();
	CHECK_INT(send(leader, at("/lam/answer"), "extent=full&answer=C%C3%B3").status, 404);
	asker_close(&a);
}

TEST(at_the_counter_the_clerk_enters_it_and_hands_over_the_receipt)
{
	begin();
	struct reply_seen r = get(clerk, "/ghi-moi/yeu-cau-thong-tin/14536");
	CHECK(has(r, "name=\"way\""));
	CHECK(has(r, "name=\"happened_on\""));
	r = send(clerk, "/ghi-moi/yeu-cau-thong-tin/14536",
		 QUESTION "&way=office&complexity=simple&channel=counter&happened_on="
			  "04%2F03%2F2024");
	CHECK_INT(r.status, 303);
	code = str_from(r.location, strlen("/ho-so/"));
	r = get(clerk, at("")); /* without being asked for a reason: it is recorded */
	CHECK_INT(r.status, 200);
	CHECK(has(r, SECRET));
	CHECK(has(r, "Tiếp nhận và ghi hồ sơ này"));
	CHECK(has(r, "Phải làm ngay, trong thứ Hai, 04/03/2024"));
	/* A day later everybody sees that it is overdue, and nobody what it is. */
	a.now.ms += 86400000;
	r = get(S(""), "/han?xem=qua-han");
	CHECK(has(r, "Trả lời ngay yêu cầu đơn giản tại trụ sở"));
	CHECK(!str_has(r.body, code));
	CHECK(!has(r, "Quyết toán"));
	asker_close(&a);
}
