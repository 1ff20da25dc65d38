/* What the office that sent a petition on learns of it: where it went, and the reply to it; and who does not. */
#include "modules/inspect/petition_sent_on.h"

#include "modules/inspect/test_petition_web.h"
#include "web/upload.h"
#define TOLD "Đã nhận giải quyết, trả lời trước 30/3."
#define REASON "reason=Xem+ph%C3%BAc+%C4%91%C3%A1p+%C4%91%E1%BB%83+b%C3%A1o+c%C3%A1o"
#define SEND_ON                                                                               \
	"to=14539&sphere=other&reason=%C4%90%C6%B0%E1%BB%9Dng+do+n%C6%A1i+kh%C3%A1c+qu%E1%BA" \
	"%A3n+l%C3%BD" COUNTER

#define REPLY                                                                              \
	"reply=15%2FUBND-VP&told=%C4%90%C3%A3+nh%E1%BA%ADn+gi%E1%BA%A3i+quy%E1%BA%BFt%2C+" \
	"tr%E1%BA%A3+l%E1%BB%9Di+tr%C6%B0%E1%BB%9Bc+30%2F3." COUNTER

static struct browser sending, receiving;

/* By a visitor, to the first commune. */
static struct str sent_in(void)
{
	begin();
	tx->who = &system_member;
	appoint(user("can.bo.khac", other), other, CLERK);
	appoint(user("can.bo.tinh", root), root, CLERK);
	open_doors(false);
	office.files = str_printf(test_arena(), "%s/files", site->dir).at;
	site->house.upload_keep = upload_keep;
	struct browser b = browser_open(site);
	(void)browser_get(&b, OPEN_FORM);
	sending = signed_in("can.bo");
	receiving = signed_in("can.bo.khac");
	return code_of(browser_post(&b, OPEN_FORM, FORM));
}

static struct answer send_on(struct str code, const char *along)
{
	const char *step =
		str_printf(test_arena(), "/ho-so/%.*s/lam/transfer%s", STR_ARG(code), along).at;
	CHECK_INT(open_case(&sending, code).status, 303);
	CHECK_INT(browser_get(&sending, step).status, 200);
	return browser_post(&sending, step, SEND_ON);
}

static void reply_to(struct str code)
{
	const char *step = z("/ho-so/", code, "/lam/handle");
	CHECK_INT(open_case(&receiving, code).status, 303);
	(void)browser_get(&receiving, step);
	CHECK_INT(browser_post(&receiving, step, "answer_by=20%2F03%2F2021" COUNTER).status, 303);
	step = z("/ho-so/", code, "/lam/reply");
	(void)browser_get(&receiving, step);
	struct answer a = browser_upload(&receiving, step, REPLY, "evidence",
					 S("%PDF-1.4\nphúc đáp\n%%EOF\n"));
	CHECK_INT(a.status, 303);
}

TEST(who_sent_it_on_reads_where_it_went_and_what_comes_next)
{
	struct str code = sent_in();
	struct answer a = send_on(code, "");
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, str_of(z("/ho-so/", code, "/da-chuyen")));
	a = browser_get(&sending, z("/ho-so/", code, "/da-chuyen"));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Đã chuyển đến UBND xã Ninh Hải"));
	CHECK(answer_has(a, "chậm nhất hết thứ Tư, 24/03/2021"));
	CHECK(answer_has(a, "Đường do nơi khác quản lý"));
	/* Nothing else of it. */
	CHECK(!answer_has(a, "Mặt đường vỡ"));
	CHECK(!answer_has(a, "Nguyễn Văn Mẫu"));
	CHECK(!answer_has(a, "Phúc đáp nhận được"));
	CHECK(!answer_has(browser_get(&sending, "/viec"), "Phúc đáp đơn đã chuyển"));
	/* The matter's own address leads there; for who has it now it asks for a reason as before. */
	a = browser_get(&sending, z("/ho-so/", code, ""));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, str_of(z("/ho-so/", code, "/da-chuyen")));
	CHECK_INT(browser_get(&receiving, z("/ho-so/", code, "")).status, 200);
	CHECK_INT(open_case(&receiving, code).status, 303);
	/* The history names the unit and not its code. */
	a = browser_get(&receiving, z("/ho-so/", code, ""));
	CHECK(answer_has(a, "Cơ quan nhận: Xã Ninh Hải"));
	/* Nobody else has any part of it. */
	struct browser stranger = browser_open(site);
	CHECK(!answer_has(browser_get(&stranger, z("/ho-so/", code, "/da-chuyen")), "Ninh Hải"));
	struct browser people[] = { signed_in("nguoi.dan"), signed_in("can.bo.tinh") };
	for (size_t i = 0; i < LENGTH(people); i++) {
		CHECK_INT(browser_get(&people[i], z("/ho-so/", code, "/da-chuyen")).status, 404);
		CHECK_INT(browser_get(&people[i], z("/ho-so/", code, "")).status, 404);
	}
	CHECK_INT(browser_get(&receiving, z("/ho-so/", code, "/da-chuyen")).status, 404);
}

/* From the list of work the way back is kept. */
TEST(who_came_from_his_list_is_led_back_to_it_from_there)
{
	struct str code = sent_in();
	struct answer a = send_on(code, "?tu=%2Fviec");
	CHECK_INT(a.status, 303);
	CHECK(str_starts(a.location, str_of(z("/ho-so/", code, "/da-chuyen?tu="))));
	a = browser_get(&sending, str_z(test_arena(), a.location));
	CHECK(answer_has(a, "href=\"/viec\""));
}

TEST(the_reply_is_read_by_the_office_that_sent_it_on_after_a_reason)
{
	struct str code = sent_in();
	const char *page = z("/ho-so/", code, "/da-chuyen");
	CHECK_INT(send_on(code, "").status, 303);
	reply_to(code);
	struct answer a = browser_get(&sending, "/viec");
	CHECK(answer_has(a, "Phúc đáp đơn đã chuyển"));
	CHECK(answer_has(a, z("Phúc đáp về đơn ", code, "")));
	CHECK(answer_has(a, page));
	CHECK(!answer_has(browser_get(&receiving, "/viec"), "Phúc đáp đơn đã chuyển"));
	a = browser_get(&sending, page);
	CHECK(answer_has(a, "đã phúc đáp, thứ Tư, 10/03/2021"));
	CHECK(answer_has(a, "15/UBND-VP"));
	CHECK(answer_has(a, "can.bo.khac"));
	CHECK(!answer_has(a, TOLD));
	CHECK(!answer_has(a, "/da-chuyen/"));
	a = browser_post(&sending, page, "reason=x");
	CHECK_INT(a.status, 422);
	CHECK(!answer_has(a, TOLD));
	CHECK_INT(browser_post(&sending, page, REASON).status, 303);
	a = browser_get(&sending, page);
	CHECK(answer_has(a, TOLD));
	CHECK(!answer_has(a, "Mặt đường vỡ"));
	/* Its file, and no other way to it. */
	const char *at = strstr(str_z(test_arena(), a.body), z("/ho-so/", code, "/da-chuyen/"));
	CHECK(at);
	const char *file = str_printf(test_arena(), "%.*s", (int)strcspn(at, "\""), at).at;
	CHECK_INT(browser_get(&sending, file).status, 200);
	const char *open_path = z("/tep/", str_of(strrchr(file, '/') + 1), "");
	CHECK_INT(browser_get(&sending, z("/ho-so/", code, open_path)).status, 404);
	struct browser people[] = { browser_open(site), signed_in("nguoi.dan"),
				    signed_in("can.bo.tinh"), signed_in("chu.tich") };
	for (size_t i = 0; i < LENGTH(people); i++)
		CHECK(browser_get(&people[i], file).status != 200);
	/* Reading the reply opens nothing else, and who has the matter sees who looked. */
	CHECK_INT(browser_get(&sending, z("/ho-so/", code, "")).status, 303);
	a = browser_get(&receiving, z("/ho-so/", code, ""));
	CHECK(answer_has(a, "Chỉ đọc phúc đáp: Xem phúc đáp để báo cáo"));
}
