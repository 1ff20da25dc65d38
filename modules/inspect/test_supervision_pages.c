/* Boards, checks and recommendations by HTTP: what the Front enters, what a citizen sees on /giam-sat and on the
 * unit's page, how the unit answers; who has no right gets neither form nor act. */
#include "modules/inspect/board.h"
#include "modules/inspect/check.h"
#include "modules/inspect/recommendation.h"
#include "office/receipt.h"
#include "office/step.h"
#include "web/module.h"
#include "web/receipt_page.h"
#include "web/redaction_page.h"
#include "web/routes.h"
#include "web/test_house.h"

#include <string.h>

#define ELECT "/ghi-moi/ban-giam-sat/14536"
#define SEND "/ghi-moi/kien-nghi-giam-sat/14536"
#define WHEN "&happened_on=2024-03-20&channel=paper"
#define MEMBERS \
	"&members=Nguy%E1%BB%85n+V%C4%83n+M%E1%BA%ABu%3B+tr%C6%B0%E1%BB%9Fng+ban%3B+th%C3%B4n+A"

static void begin(const char *now)
{
	office = (struct office){ .kinds = every_kind(test_arena()) };
	begin_site();
	appoint(user("mat.tran", commune), commune, FRONT);
	appoint(user("can.bo", commune), commune, CLERK);
	appoint(user("lanh.dao", commune), commune, LEADER);
	appoint(user("ben.canh", other), other, LEADER);
	appoint(user("mat.tran.khac", other), other, FRONT);
	int64_t old = appoint(user("nghi.huu", commune), commune, FRONT);
	CHECK_INT(appointment_end(tx, old, test_date("2021-03-09")), OK);
	user("nguoi.dan", commune);
	static const struct route *tables[16] = { office_routes, receipt_routes, sign_routes,
						  redaction_routes };
	size_t n = 4;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->routes)
			tables[n++] = (*m)->routes;
	tables[n++] = kind_routes(test_arena(), &office);
	CHECK_INT(tx_end(tx, OK), OK);
	site = browser_site(test_tx_dir(tx), now, false, tables);
	site->house.office = &office;
}

static const char *join(const char *before, struct str s, const char *after)
{
	return str_printf(test_arena(), "%s%.*s%s", before, STR_ARG(s), after).at;
}

/* The code at the end of "/ho-so/BG-...". */
static struct str made(struct answer a)
{
	if (a.status != 303)
		FAIL("%d: %.*s", a.status, STR_ARG(a.body));
	CHECK(str_starts(a.location, S("/ho-so/")));
	struct str rest = str_from(a.location, strlen("/ho-so/")), code = rest;
	if (!str_next(&rest, '?', &code))
		return a.location;
	return code;
}

static struct answer fill(struct browser *b, const char *path, const char *fields)
{
	CHECK_INT(browser_get(b, path).status, 200);
	return browser_post(b, path, fields);
}

static struct str asked(struct browser *front, const char *to)
{
	return made(fill(
		front, SEND,
		join("by=front&check=none&title=Thu+h%E1%BB%93i+ti%E1%BB%81n+thi+c%C3%B4ng&body="
		     "Thu+h%E1%BB%93i+48+tri%E1%BB%87u+%C4%91%E1%BB%93ng&to_kind=government"
		     "&received_on=2024-03-20&to=",
		     str_of(to), WHEN)));
}

TEST(a_board_is_entered_recognised_and_shown_with_the_law_it_is_judged_by)
{
	begin("2024-03-20T08:00");
	struct browser front = signed_in("mat.tran"), visitor = browser_open(site);
	struct answer a = browser_get(&front, ELECT);
	CHECK(answer_has(a, "Ban Thanh tra nhân dân xã"));
	CHECK(!answer_has(a, "doanh nghiệp nhà nước"));
	/* What is wrong is said beside its field, and nothing is lost. */
	a = browser_post(
		&front, ELECT,
		"by=cisb&title=Ban+gi%C3%A1m+s%C3%A1t+%C4%91%C6%B0%E1%BB%9Dng+A&elected_by="
		"H%E1%BB%99i+ngh%E1%BB%8B&compatible=on" MEMBERS WHEN);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Ghi tên chương trình, dự án mà Ban giám sát"));
	CHECK(answer_has(a, "Có 1 thành viên, ít nhất phải 5 (Luật 10/2022/QH15"));
	CHECK(answer_has(a, "Nguyễn Văn Mẫu; trưởng ban; thôn A"));
	struct str code = made(browser_post(
		&front, ELECT,
		"by=pib_commune&title=Ban+Thanh+tra+nh%C3%A2n+d%C3%A2n+x%C3%A3&elected_by="
		"H%E1%BB%99i+ngh%E1%BB%8B+th%C3%B4n&compatible=on" MEMBERS
		"%0AB+M%E1%BA%ABu%3B+ph%C3%B3+ban%3B+th%C3%B4n+B%0AC+M%E1%BA%ABu%3B+"
		"th%C3%A0nh+vi%C3%AAn%3B+th%C3%B4n+C%0AD+M%E1%BA%ABu%3B+th%C3%A0nh+vi%C3%AAn%3B+"
		"th%C3%B4n+D%0AE+M%E1%BA%ABu%3B+th%C3%A0nh+vi%C3%AAn%3B+th%C3%B4n+E" WHEN));
	a = browser_get(&visitor, join("/ho-so/", code, ""));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Chờ công nhận"));
	CHECK(answer_has(a, "Nguyễn Văn Mẫu"));
	CHECK(answer_has(a, "Không làm thành viên: cán bộ, công chức cấp xã"));
	CHECK(answer_has(a, "Luật 10/2022/QH15"));
	const char *recognise = join("/ho-so/", code, "/lam/recognise");
	a = fill(&front, recognise,
		 "number=05%2FQ%C4%90&term_from=2024-03-20&term_to=2029-03-19" WHEN);
	CHECK_INT(a.status, 303);
	a = browser_get(&visitor, "/giam-sat?don-vi=14536");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "5 thành viên · nhiệm kỳ đến hết 19/03/2029"));
	CHECK(answer_has(a, "Không có kiến nghị nào quá hạn"));
	CHECK(answer_has(browser_get(&visitor, "/don-vi/14536"), "5 thành viên"));
	CHECK(!answer_has(browser_get(&visitor, "/don-vi/14539"), "5 thành viên"));
	CHECK_INT(browser_get(&visitor, "/ban-giam-sat").status, 200);
	CHECK(answer_has(browser_get(&visitor, "/en/giam-sat?don-vi=14536"),
			 "5 members · term until 19/03/2029"));
	/* A check by that board. */
	const char *plan = "/ghi-moi/cuoc-giam-sat/14536";
	code = made(fill(&front, plan,
			 "by=pib_commune&title=Gi%C3%A1m+s%C3%A1t+%C4%91%C6%B0%E1%BB%9Dng&subject="
			 "14536&body=Kh%E1%BB%91i+l%C6%B0%E1%BB%A3ng+thi+c%C3%B4ng&day=2024-03-22"
			 "&place=UBND&team=Nguy%E1%BB%85n+A" WHEN));
	CHECK_INT(browser_get(&visitor, join("/ho-so/", code, "")).status, 404);
	CHECK_INT(fill(&front, join("/ho-so/", code, "/lam/announce"), &WHEN[1]).status, 303);
	a = browser_get(&visitor, join("/ho-so/", code, ""));
	CHECK(answer_has(a, "Thứ Sáu, 22/03/2024, UBND."));
	CHECK(answer_has(a, "Kế hoạch gửi trễ 5 ngày so với hạn luật định."));
	CHECK(answer_has(browser_get(&visitor, "/giam-sat"), "Giám sát đường"));
}

TEST(a_citizen_sees_what_is_overdue_and_the_unit_answers)
{
	begin("2024-03-20T08:00");
	struct browser front = signed_in("mat.tran");
	struct str code = asked(&front, "14539");
	struct browser visitor = browser_open(site);
	struct answer a = browser_get(&visitor, join("/ho-so/", code, ""));
	CHECK(answer_has(a, "Chờ trả lời"));
	CHECK(answer_has(a, "chậm nhất 04/04/2024"));
	/* The neighbouring commune holds it, and its page says so. */
	CHECK(answer_has(browser_get(&visitor, "/don-vi/14539"), "Kiến nghị gửi tới đơn vị"));
	CHECK(answer_has(browser_get(&visitor, "/giam-sat?don-vi=14536"), "Thu hồi tiền"));
	site->now = test_instant("2024-04-05T08:00");
	front = signed_in("mat.tran");
	struct browser leader = signed_in("ben.canh");
	a = browser_get(&visitor, join("/ho-so/", code, ""));
	CHECK(answer_has(a, "đã qua mà chưa có trả lời"));
	CHECK(answer_has(browser_get(&visitor, "/giam-sat"), "Thu hồi tiền"));
	CHECK(answer_has(browser_get(&visitor, "/don-vi/14539"), "Kiến nghị quá hạn"));
	CHECK(answer_has(browser_get(&front, join("/ho-so/", code, "")), "Đôn đốc"));
	CHECK(!answer_has(browser_get(&leader, join("/ho-so/", code, "")), "Đôn đốc</a>"));
	a = fill(&front, join("/ho-so/", code, "/lam/press"),
		 "reason=%C4%90%E1%BB%81+ngh%E1%BB%8B+tr%E1%BA%A3+l%E1%BB%9Di"
		 "&happened_on=2024-04-05&channel=paper");
	CHECK_INT(a.status, 303);
	CHECK(answer_has(browser_get(&visitor, join("/ho-so/", code, "")), "Đã đôn đốc 1 lần."));
	/* No day, no acceptance. */
	const char *answer = join("/ho-so/", code, "/lam/answer");
	a = fill(&leader, answer,
		 "outcome=accepted&answer=S%E1%BA%BD+thu+h%E1%BB%93i+ngay"
		 "&happened_on=2024-04-05&channel=web");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Sẽ thu hồi ngay"));
	a = browser_post(&leader, answer,
			 "outcome=accepted&answer=S%E1%BA%BD+thu+h%E1%BB%93i+ngay"
			 "&promised=2024-05-10&happened_on=2024-04-05&channel=web");
	CHECK_INT(a.status, 303);
	a = browser_get(&visitor, join("/ho-so/", code, ""));
	CHECK(answer_has(a, "Sẽ thu hồi ngay"));
	CHECK(answer_has(a, "Hẹn làm xong chậm nhất 10/05/2024."));
	site->now = test_instant("2024-05-11T08:00");
	CHECK(answer_has(browser_get(&visitor, "/giam-sat?don-vi=14539"), "Thu hồi tiền"));
	/* Of who asked, the day it was answered late is no debt. */
	CHECK(answer_has(browser_get(&visitor, "/giam-sat?don-vi=14536"),
			 "Không có kiến nghị nào quá hạn"));
}

TEST(who_has_no_right_opens_no_form_and_takes_no_step)
{
	static const char *const others[] = { "can.bo",        "lanh.dao", "ben.canh",
					      "mat.tran.khac", "nghi.huu", "nguoi.dan" };
	begin("2024-03-20T08:00");
	struct browser front = signed_in("mat.tran");
	struct str code = asked(&front, "14536");
	const char *answer = join("/ho-so/", code, "/lam/answer"),
		   *withdraw = join("/ho-so/", code, "/lam/withdraw");
	for (size_t i = 0; i < LENGTH(others); i++) {
		struct browser b = signed_in(others[i]);
		bool holds = i < 2;
		CHECK_INT(browser_get(&b, ELECT).status, 403);
		CHECK_INT(browser_get(&b, "/ghi-moi/cuoc-giam-sat/14536").status, 403);
		CHECK_INT(browser_get(&b, SEND).status, 403);
		CHECK_INT(browser_get(&b, withdraw).status, 403);
		CHECK_INT(browser_get(&b, answer).status, holds ? 200 : 403);
		CHECK_INT(
			browser_post(&b, withdraw, "reason=Kh%C3%B4ng+c%E1%BA%A7n+n%E1%BB%AFa" WHEN)
				.status,
			403);
		if (!holds)
			CHECK_INT(
				browser_post(&b, answer,
					     "outcome=accepted&answer=Xin+nh%E1%BA%ADn+l%E1%BB%97i"
					     "&promised=2024-05-10" WHEN)
					.status,
				403);
	}
	CHECK_INT(browser_get(&front, answer).status, 403);
	/* A visitor is asked who he is; a guessed number leads nowhere. */
	struct browser visitor = browser_open(site);
	CHECK_INT(browser_get(&visitor, SEND).status, 303);
	CHECK_INT(browser_get(&visitor, answer).status, 303);
	CHECK_INT(browser_get(&visitor, "/ho-so/KG-0000-0000").status, 404);
	CHECK_INT(browser_get(&visitor, "/giam-sat?don-vi=khong-co").status, 200);
}

TEST(the_original_of_a_recommendation_opens_where_it_was_hidden_and_not_where_it_was_sent)
{
	begin("2024-03-20T08:00");
	struct browser front = signed_in("mat.tran"), sent_to = signed_in("ben.canh");
	struct str code = asked(&front, "14539");
	const char *redact = join("/ho-so/", code, "/lam/redact"),
		   *original = join("/ho-so/", code, "/ban-goc");
	CHECK_INT(browser_get(&sent_to, redact).status, 403);
	struct answer a = fill(&front, redact,
			       "passages=48+tri%E1%BB%87u&redaction_ground=personal"
			       "&redaction_note=C%C3%B3+s%E1%BB%91+ti%E1%BB%81n&reviewed=on" WHEN);
	CHECK_INT(a.status, 303);
	CHECK_INT(browser_get(&sent_to, original).status, 404);
	CHECK(!answer_has(browser_get(&sent_to, join("/ho-so/", code, "")), "/ban-goc"));
	CHECK(answer_has(browser_get(&front, join("/ho-so/", code, "")), "/ban-goc"));
	CHECK_INT(fill(&front, original, "reason=Doi+chieu+voi+ban+ky").status, 303);
	CHECK(answer_has(browser_get(&front, original), "48 triệu"));
}
