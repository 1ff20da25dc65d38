/* A dialogue as people meet it: a question sent from a telephone without an account, what everybody reads,
 * and what those without the right get instead. */
#include "modules/discuss/dialogue_steps.h"
#include "modules/discuss/question.h"
#include "office/step.h"
#include "office/unit_edit.h"
#include "web/access_page.h"
#include "web/module.h"
#include "web/receipt_page.h"
#include "web/routes.h"
#include "web/test_house.h"

#include <string.h>

#define ASK "/ghi-moi/cau-hoi-doi-thoai/14536"
#define QUESTION "title=Bao+gi%E1%BB%9D+ni%C3%AAm+y%E1%BA%BFt+b%E1%BA%A3ng+gi%C3%A1%3F"
#define NAME "&name=Nguy%E1%BB%85n+V%C4%83n+M%E1%BA%ABu&contact=0912345678"
#define WHEN "channel=web&happened_on=10%2F03%2F2021"

static struct member clerk, leader;

static void begin(void)
{
	office = (struct office){ .kinds = every_kind(test_arena()) };
	begin_site();
	int64_t id = user("can.bo", commune), chair = user("chu.tich", commune);
	int64_t next = user("xa.ben", other);
	appoint(id, commune, CLERK);
	appoint(chair, commune, LEADER);
	appoint(next, other, LEADER);
	user("nguoi.dan", commune);
	CHECK_INT(member_load(tx, id, &clerk), OK);
	CHECK_INT(member_load(tx, chair, &leader), OK);
}

static struct dossier *planned(const char *day)
{
	struct dossier *d = NULL;
	struct dialogue *form = step_form(tx->mem, kind_step(&dialogue_kind, S("plan")));
	struct step_input in = { .on = NO_DATE };
	form->title = S("Đối thoại về đường liên thôn");
	form->body = S("Giải phóng mặt bằng và mức hỗ trợ.");
	form->day = test_date(day);
	form->hour = S("8 giờ 00");
	form->place = S("Nhà văn hóa xã");
	form->chair = S("Chủ tịch UBND xã");
	tx->who = &clerk;
	if (dossier_open(tx, &dialogue_kind, commune, "plan", form, &in, NULL, &d))
		FAIL("%s", tx->why);
	return d;
}

static void take(struct dossier *d, const char *step, const void *form)
{
	const struct step *is = kind_step(d->kind, str_of(step));
	struct step_input in = { .on = NO_DATE };
	void *copy = step_form(tx->mem, is);
	if (form)
		memcpy(copy, form, is->size);
	tx->who = &leader;
	if (step_take(tx, d, step, copy, &in, NULL))
		FAIL("%s: %s", step, tx->why);
}

static void open_doors_on(const char *now)
{
	static const struct route *tables[16] = { access_routes, office_routes, receipt_routes,
						  sign_routes };
	size_t n = 4;
	tables[n++] = kind_routes(test_arena(), &office);
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->routes)
			tables[n++] = (*m)->routes;
	CHECK_INT(tx_end(tx, OK), OK);
	site = browser_site(test_tx_dir(tx), now, false, tables);
	site->house.office = &office;
}

static const char *z(const char *before, struct str s, const char *after)
{
	return str_printf(test_arena(), "%s%.*s%s", before, STR_ARG(s), after).at;
}

static struct str code_of(struct answer a)
{
	CHECK_INT(a.status, 303);
	CHECK(str_starts(a.location, S("/bien-nhan/CH-")));
	return str_from(a.location, strlen("/bien-nhan/"));
}

/* Law 10/2022 art. 32: who cannot come asks before. Nobody learns who asked. */
TEST(a_visitor_asks_before_and_reads_the_answer_by_a_receipt)
{
	begin();
	struct dossier *d = planned("2021-03-10");
	take(d, "announce", NULL);
	open_doors_on("2021-03-10T08:00");
	struct browser b = browser_open(site), stranger = browser_open(site);
	const char *page = z("/ho-so/", d->code, "");
	struct answer a = browser_get(&b, page);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Thứ Tư, 10/03/2021, 8 giờ 00, tại Nhà văn hóa xã"));
	CHECK(answer_has(a, "href=\"" ASK "\""));
	a = browser_get(&b, ASK);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Đối thoại về đường liên thôn (ngày 10/03/2021)"));
	a = browser_post(&b, ASK, "title=Ng%E1%BA%AFn&name=&dialogue=");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "value=\"Ngắn\""));
	a = browser_post(&b, ASK, z(QUESTION NAME "&dialogue=", S("DO-0000-0000"), ""));
	CHECK_INT(a.status, 422);
	struct str code =
		code_of(browser_post(&b, ASK, z(QUESTION NAME "&dialogue=", d->code, "")));
	const char *mine = z("/ho-so/", code, "");
	CHECK_INT(browser_get(&b, mine).status, 200);
	CHECK_INT(browser_get(&stranger, mine).status, 404);
	CHECK_INT(browser_post(&stranger, z("/ho-so/", code, "/lam/withdraw"), "reason=").status,
		  404);

	/* The clerk gives a reason, then answers; the words may not name who asked. */
	struct browser official = signed_in("can.bo");
	const char *step = z("/ho-so/", code, "/lam/answer");
	CHECK(answer_has(browser_get(&official, mine), "Lý do mở hồ sơ"));
	CHECK(!answer_has(browser_get(&official, mine), "Nguyễn Văn Mẫu"));
	a = browser_post(&official, z("/ho-so/", code, "/mo"),
			 "reason=Tr%E1%BA%A3+l%E1%BB%9Di+c%C3%A2u+h%E1%BB%8Fi");
	CHECK_INT(a.status, 303);
	CHECK(answer_has(browser_get(&official, mine), "Nguyễn Văn Mẫu"));
	a = browser_get(&official, step);
	CHECK_INT(a.status, 200);
	a = browser_post(&official, step,
			 "shown=Bao+gi%E1%BB%9D+ni%C3%AAm+y%E1%BA%BFt%3F&nobody_named=on&answer="
			 "Tr%E1%BA%A3+l%E1%BB%9Di+Nguy%E1%BB%85n+V%C4%83n+M%E1%BA%ABu&" WHEN);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "tên hoặc liên hệ của người hỏi"));
	a = browser_post(&official, step,
			 "shown=Bao+gi%E1%BB%9D+ni%C3%AAm+y%E1%BA%BFt%3F&nobody_named=on&answer="
			 "Ng%C3%A0y+10%2F4+t%E1%BA%A1i+ba+th%C3%B4n&" WHEN);
	CHECK_INT(a.status, 303);
	CHECK(answer_has(browser_get(&b, mine), "Ngày 10/4 tại ba thôn"));

	/* What everybody reads, in every form. */
	static const char *const forms[] = { "", ".json", ".atom" };
	for (size_t i = 0; i < LENGTH(forms); i++) {
		a = browser_get(&stranger, z("/ho-so/", d->code, forms[i]));
		CHECK_INT(a.status, 200);
		CHECK(!answer_has(a, "Nguyễn Văn Mẫu"));
		CHECK(!answer_has(a, "0912345678"));
		CHECK(!str_has(a.body, code));
	}
	a = browser_get(&stranger, page);
	CHECK(answer_has(a, "Ngày 10/4 tại ba thôn"));
	CHECK(answer_has(a, "Gửi trước"));
	CHECK_INT(browser_get(&stranger, "/cau-hoi-doi-thoai?don-vi=14536").status, 303);
}

TEST(a_plan_is_nobodys_business_and_its_steps_are_for_those_who_hold_the_office)
{
	begin();
	struct dossier *d = planned("2021-03-20");
	open_doors_on("2021-03-10T08:00");
	struct browser visitor = browser_open(site), citizen = signed_in("nguoi.dan");
	struct browser official = signed_in("can.bo"), chair = signed_in("chu.tich");
	struct browser next = signed_in("xa.ben");
	const char *page = z("/ho-so/", d->code, ""),
		   *tell = z("/ho-so/", d->code, "/lam/announce");
	CHECK_INT(browser_get(&visitor, page).status, 404);
	CHECK_INT(browser_get(&citizen, page).status, 404);
	CHECK_INT(browser_get(&next, page).status, 404);
	CHECK_INT(browser_get(&official, page).status, 200);
	CHECK(!answer_has(browser_get(&official, page), "lam/announce"));
	CHECK_INT(browser_post(&official, tell, WHEN).status, 403);
	CHECK_INT(browser_post(&citizen, tell, WHEN).status, 404);
	CHECK_INT(browser_get(&citizen, "/ghi-moi/doi-thoai/14536").status, 403);
	CHECK_INT(browser_get(&official, "/ghi-moi/doi-thoai/14539").status, 403);
	CHECK_INT(browser_get(&official, "/ghi-moi/doi-thoai/37").status, 404);
	CHECK_INT(browser_get(&official, "/ghi-moi/doi-thoai-noi-lam-viec/14536").status, 404);
	CHECK(answer_has(browser_get(&chair, page), "lam/announce"));
	/* The register is begun by a dialogue already. */
	(void)browser_get(&chair, "/ghi-moi/so-doi-thoai/14536");
	CHECK_INT(browser_post(&chair, "/ghi-moi/so-doi-thoai/14536", WHEN).status, 422);
	CHECK_INT(browser_get(&official, "/ghi-moi/so-doi-thoai/14536").status, 403);
	(void)browser_get(&chair, tell);
	CHECK_INT(browser_post(&chair, tell, WHEN).status, 303);
	CHECK_INT(browser_get(&visitor, page).status, 200);
	CHECK_INT(browser_post(&next, z("/ho-so/", d->code, "/lam/cancel"), WHEN).status, 403);
	/* A form for a state in which it does not stand. */
	CHECK_INT(browser_get(&chair, z("/ho-so/", d->code, "/lam/publish")).status, 409);
	CHECK(answer_has(browser_get(&visitor, "/doi-thoai"), "Đối thoại về đường liên thôn"));
}

/* Silence shows: what was promised and not done stands on the unit's page and in the list. */
TEST(an_overdue_commitment_shows_at_the_unit_and_in_the_list)
{
	begin();
	struct dossier *d = planned("2021-03-10");
	struct dialogue *there = step_form(tx->mem, kind_step(&dialogue_kind, S("hold")));
	struct dialogue_promise what = { S("Lắp 12 bóng đèn đường trục thôn Đông"),
					 S("Công chức địa chính"), test_date("2021-03-20") };
	take(d, "announce", NULL);
	there->people = 64;
	there->minutes = S("Chủ tịch UBND xã **trình bày** phương án.");
	take(d, "hold", there);
	take(d, "promise", &what);
	open_doors_on("2021-03-22T08:00");
	struct browser b = browser_open(site);
	struct answer a = browser_get(&b, z("/ho-so/", d->code, ""));
	CHECK(answer_has(a, "1 cam kết, 0 đã thực hiện, 1 quá hạn chưa xong"));
	CHECK(answer_has(a, "<strong>trình bày</strong>"));
	CHECK(answer_has(a, "Thực hiện cam kết tại đối thoại, Lắp 12 bóng đèn"));
	a = browser_get(&b, "/don-vi/14536");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Cam kết chưa thực hiện xong"));
	CHECK(answer_has(a, "Lắp 12 bóng đèn đường trục thôn Đông"));
	CHECK(answer_has(a, "Sổ theo dõi đối thoại định kỳ"));
	CHECK(answer_has(browser_get(&b, "/han?don-vi=14536&xem=qua-han"), "Cam kết số 1"));
	CHECK(answer_has(browser_get(&b, "/en/don-vi/14536"), "Commitments not yet carried out"));
}

/* What hangs on the board leads back to the record; what is signed holds every question and promise. */
TEST(its_notice_and_its_minutes_are_printed)
{
	begin();
	struct dossier *plan = planned("2021-03-20"), *d = planned("2021-03-10");
	struct dialogue *there = step_form(tx->mem, kind_step(&dialogue_kind, S("hold")));
	struct dialogue_put asked = { .text = S("Bao giờ lắp đèn thôn Đông?") };
	struct dialogue_promise what = { S("Lắp 12 bóng đèn"), S("Công chức địa chính"),
					 test_date("2021-03-20") };
	take(d, "announce", NULL);
	there->people = 64;
	there->minutes = S("Chủ tịch UBND xã **trình bày** phương án.");
	take(d, "hold", there);
	take(d, "put", &asked);
	take(d, "promise", &what);
	open_doors_on("2021-03-22T08:00");
	struct browser b = browser_open(site), official = signed_in("can.bo");
	const char *notice = z("/ho-so/", d->code, "/thong-bao-doi-thoai");
	const char *minutes = z("/ho-so/", d->code, "/bien-ban-doi-thoai");
	struct answer a = browser_get(&b, notice);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "THÔNG BÁO ĐỐI THOẠI"));
	CHECK(answer_has(a, "UBND XÃ NINH VÂN"));
	CHECK(answer_has(a, "Thời gian: 8 giờ 00, 10/03/2021"));
	CHECK(answer_has(a, "Mã xác minh"));
	a = browser_get(&b, minutes);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "BIÊN BẢN ĐỐI THOẠI"));
	CHECK(answer_has(a, "Số người dự: 64"));
	CHECK(answer_has(a, "<strong>trình bày</strong>"));
	CHECK(answer_has(a, "1: Bao giờ lắp đèn thôn Đông?"));
	CHECK(answer_has(
		a, "Lắp 12 bóng đèn; người chịu trách nhiệm: Công chức địa chính; hạn 20/03/2021"));
	CHECK_INT(browser_get(&b, z("/en/ho-so/", d->code, "/bien-ban-doi-thoai")).status, 200);
	/* Both are named beside the record; a plan has neither. */
	CHECK(answer_has(browser_get(&b, z("/ho-so/", d->code, "")), notice));
	CHECK(answer_has(browser_get(&b, z("/ho-so/", d->code, "")), minutes));
	CHECK_INT(browser_get(&official, z("/ho-so/", plan->code, "/thong-bao-doi-thoai")).status,
		  404);
	CHECK_INT(browser_get(&official, z("/ho-so/", plan->code, "/bien-ban-doi-thoai")).status,
		  404);
}

/* The door of what people discuss stands open where there are dialogues, and says where one is. */
TEST(the_door_of_discussing_leads_to_the_dialogues)
{
	begin();
	struct dossier *d = planned("2021-03-10");
	take(d, "announce", NULL);
	open_doors_on("2021-03-10T08:00");
	struct browser b = browser_open(site);
	struct answer a = browser_get(&b, z("/ho-so/", d->code, ""));
	CHECK(answer_has(a, "href=\"/doi-thoai\" aria-current=\"true\""));
	CHECK(answer_has(browser_get(&b, "/doi-thoai"), "href=\"/doi-thoai\" aria-current"));
}

/* Art. 40: a second way to open one, which its unit's page names. */
TEST(at_an_enterprise_a_request_has_a_form_of_its_own)
{
	static const struct member system = { .system = true };
	begin();
	int64_t firm = 0;
	struct unit_new made = { .level = LEVEL_ENTERPRISE,
				 .parent = root,
				 .code = S("DN-01"),
				 .name = S("Công ty Mẫu"),
				 .from = test_date("2021-01-05"),
				 .to = NO_DATE };
	tx->who = &system;
	if (unit_add(tx, &made, &firm))
		FAIL("%s", tx->why);
	appoint(user("giam.doc", commune), firm, LEADER);
	open_doors_on("2021-03-10T08:00");
	struct browser boss = signed_in("giam.doc"), visitor = browser_open(site);
	const char *ask = "/ghi-moi/doi-thoai-noi-lam-viec/DN-01?buoc=request";
	struct answer a = browser_get(&boss, "/don-vi/DN-01");
	CHECK(answer_has(a, "doi-thoai-noi-lam-viec/DN-01?buoc=request"));
	a = browser_get(&boss, ask);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "ít nhất 30 % số đại diện"));
	a = browser_post(&boss, ask,
			 "title=B%E1%BB%AFa+%C4%83n+ca+gi%E1%BA%A3m&body=Su%E1%BA%A5t+"
			 "%C4%83n+gi%E1%BA%A3m&delegates=10&asking=2&" WHEN);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Chưa đủ 30 %"));
	a = browser_post(&boss, ask,
			 "title=B%E1%BB%AFa+%C4%83n+ca+gi%E1%BA%A3m&body=Su%E1%BA%A5t+"
			 "%C4%83n+gi%E1%BA%A3m&delegates=10&asking=3&" WHEN);
	CHECK_INT(a.status, 303);
	a = browser_get(&boss, str_z(test_arena(), a.location));
	CHECK(answer_has(a, "Chờ trả lời yêu cầu"));
	CHECK(answer_has(a, "TL-052"));
	CHECK(browser_get(&visitor, ask).status != 200);
	CHECK_INT(browser_get(&boss, "/ghi-moi/doi-thoai-noi-lam-viec/DN-01?buoc=agree").status,
		  403);
}
