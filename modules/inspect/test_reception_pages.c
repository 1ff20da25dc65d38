/* A reception on a telephone, without an account: from the day to the booking and back out of it; and at
 * the counter: the book, the papers, the receipt of what was taken. Who has no right gets neither. */
#include "modules/inspect/petition.h"
#include "modules/inspect/reception_plan.h"
#include "modules/inspect/visit_steps.h"
#include "office/receipt.h"
#include "office/step.h"
#include "web/access_page.h"
#include "web/module.h"
#include "web/receipt_page.h"
#include "web/routes.h"
#include "web/test_house.h"

#include <string.h>

#define BOOK_FORM "/ghi-moi/tiep-dan/14536"
#define STORY "story=Xin+c%E1%BA%A5p+l%E1%BA%A1i+s%E1%BB%95+h%E1%BB%99+ngh%C3%A8o&people=2"
#define NAME "&name=Nguy%E1%BB%85n+V%C4%83n+M%E1%BA%ABu&address=Th%C3%B4n+%C4%90%C3%B4ng"

static struct member clerk, leader;
static struct dossier *day; /* announced for Wednesday, 17 March */

static void must(enum err e)
{
	if (e)
		FAIL("%s", tx->why);
}

static struct dossier *session_at(const char *on, bool online)
{
	struct reception form = { 0 };
	struct step_input in = { .on = NO_DATE };
	struct dossier *d = NULL;
	fields_init(reception_kind.fields, &form);
	form.way = S("head");
	form.post = S("Chủ tịch UBND cấp xã");
	form.day = test_date(on);
	form.opens = S("07:30");
	form.closes = S("09:00");
	form.place = S("Phòng tiếp công dân UBND xã");
	form.every = S("30");
	form.online = online;
	form.notice = S("Bảng tin trụ sở");
	tx->who = &clerk;
	must(dossier_open(tx, &reception_kind, commune, "plan", &form, &in, NULL, &d));
	must(step_take(tx, d, "announce", &form, &in, NULL));
	return d;
}

static struct dossier *session(const char *on)
{
	return session_at(on, false);
}

/* Until open_doors, `tx` acts as the commune's clerk. */
static void begin(void)
{
	office = (struct office){ .kinds = every_kind(test_arena()) };
	begin_site();
	int64_t id = user("can.bo", commune), above = user("lanh.dao", commune);
	appoint(id, commune, CLERK);
	appoint(above, commune, LEADER);
	appoint(user("noi.khac", other), other, CLERK);
	user("nguoi.dan", commune);
	CHECK_INT(member_load(tx, id, &clerk), OK);
	CHECK_INT(member_load(tx, above, &leader), OK);
	day = session("2021-03-17");
}

static void open_doors(void)
{
	static const struct route *tables[16] = { access_routes, office_routes, receipt_routes,
						  sign_routes };
	size_t n = 4;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->routes)
			tables[n++] = (*m)->routes;
	tables[n++] = kind_routes(test_arena(), &office);
	CHECK_INT(tx_end(tx, OK), OK);
	site = browser_site(test_tx_dir(tx), "2021-03-10T08:00", false, tables);
	site->house.office = &office;
}

static const char *z(const char *before, struct str s, const char *after)
{
	return str_printf(test_arena(), "%s%.*s%s", before, STR_ARG(s), after).at;
}

/* The code at the end of "/bien-nhan/LC-...". */
static struct str code_of(struct answer a, const char *kind)
{
	CHECK_INT(a.status, 303);
	CHECK(str_starts(a.location, str_of(kind)));
	return str_from(a.location, strlen("/bien-nhan/"));
}

static const char *booking(const char *hour)
{
	struct buf b = { .a = test_arena() };
	buf_put(&b, S("slot="));
	buf_put(&b, day->code);
	buf_putc(&b, '+');
	buf_put(&b, str_of(hour));
	buf_put(&b, S("&" STORY NAME));
	return str_z(test_arena(), buf_str(&b));
}

static struct str booked(struct browser *b, const char *hour)
{
	(void)browser_get(b, BOOK_FORM);
	return code_of(browser_post(b, BOOK_FORM, booking(hour)), "/bien-nhan/LC-");
}

TEST(without_an_account_one_finds_the_day_books_an_hour_and_cancels_it)
{
	begin();
	open_doors();
	struct browser b = browser_open(site);
	struct answer a = browser_get(&b, "/tiep-dan?don-vi=xa+ninh+van");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "UBND xã Ninh Vân, huyện Hoa Lư: các buổi sắp tới"));
	CHECK(answer_has(a, "Thứ Tư, 17/03/2021, 07:30–09:00"));
	CHECK(answer_has(a, "Còn 3 lượt trống"));
	/* The day that is chosen there stays chosen. */
	const char *chosen =
		str_printf(test_arena(), BOOK_FORM "?slot=%.*s+07%%3A30", STR_ARG(day->code)).at;
	CHECK(answer_has(a, chosen) || answer_has(a, z("slot=", day->code, "")));
	a = browser_get(&b, chosen);
	CHECK(answer_has(a, z("value=\"", day->code, " 07:30\" checked")) ||
	      answer_has(a, z("value=\"", day->code, " 07:30\" selected")));
	CHECK(!answer_has(browser_get(&b, BOOK_FORM), " 07:30\" checked"));
	CHECK(!answer_has(browser_get(&b, BOOK_FORM), " 07:30\" selected"));
	CHECK(answer_has(browser_get(&b, "/don-vi/14536"), "07:30–09:00"));
	a = browser_get(&b, "/buoi-tiep-dan");
	CHECK(answer_has(a, "Thứ Tư, 17/03/2021, 07:30–09:00 · Phòng tiếp công dân UBND xã"));
	CHECK(answer_has(a, "Đã thông báo"));
	/* Visits have no list: no tab of lists leads to where they are booked. */
	CHECK(!answer_has(a, ">Lượt tiếp công dân</a>"));
	CHECK(answer_has(a, ">Lịch tiếp công dân thường kỳ</a>"));
	/* What is wrong is said beside its field, and nothing is lost. */
	a = browser_get(&b, BOOK_FORM);
	CHECK(answer_has(a, "08:00, thứ Tư, 17/03/2021 · Chủ tịch UBND cấp xã"));
	a = browser_post(&b, BOOK_FORM, STORY NAME);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "value=\"Nguyễn Văn Mẫu\""));
	a = browser_post(&b, BOOK_FORM, z(booking("08%3A00"), S("&contact=abc"), ""));
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Ghi số điện thoại (10 hoặc 11 chữ số"));
	struct str code =
		code_of(browser_post(&b, BOOK_FORM, booking("08%3A00")), "/bien-nhan/LC-");
	a = browser_get(&b, z("/bien-nhan/", code, ""));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Đến buổi tiếp công dân 08:00, ngày 17/03/2021"));
	CHECK(answer_has(a, "Phòng tiếp công dân UBND xã"));
	/* To write down, or to keep on the telephone: one message. */
	CHECK(answer_has(
		a, z("Hen tiep cong dan 08:00 ngay 17/03/2021, UBND xa Ninh Van", S(""), "")));
	CHECK(answer_has(a, z("Ma ", code, ", ma bi mat ")));
	CHECK(answer_has(a, "/bien-nhan</code>"));
	a = browser_get(&b, z("/ho-so/", code, ""));
	CHECK(answer_has(a, "Hẹn 08:00, thứ Tư, 17/03/2021, tại Phòng tiếp công dân UBND xã"));
	CHECK(answer_has(a, z("/ho-so/", code, "/lam/cancel")));
	/* The hour is gone for others, and nobody else sees whose it is. */
	struct browser c = browser_open(site);
	CHECK(answer_has(browser_get(&c, "/tiep-dan?don-vi=14536"), "Còn 2 lượt trống"));
	CHECK(!answer_has(browser_get(&c, BOOK_FORM), "08:00, thứ Tư"));
	CHECK_INT(browser_post(&c, BOOK_FORM, booking("08%3A00")).status, 422);
	CHECK_INT(browser_get(&c, z("/ho-so/", code, "")).status, 404);
	CHECK_INT(browser_post(&c, z("/ho-so/", code, "/lam/cancel"), "x=1").status, 404);
	/* Cancelled by who booked it, the hour is free again. */
	CHECK_INT(browser_get(&b, z("/ho-so/", code, "/lam/cancel")).status, 200);
	CHECK_INT(browser_post(&b, z("/ho-so/", code, "/lam/cancel"), "").status, 303);
	CHECK(answer_has(browser_get(&b, z("/ho-so/", code, "")), "Đã hủy lịch"));
	CHECK(answer_has(browser_get(&c, "/tiep-dan?don-vi=14536"), "Còn 3 lượt trống"));
}

TEST(after_its_hours_a_day_says_that_they_are_over_and_takes_no_booking)
{
	begin();
	open_doors();
	struct browser b = browser_open(site);
	site->now = test_instant("2021-03-17T08:59");
	struct answer a = browser_get(&b, "/tiep-dan?don-vi=14536");
	CHECK(answer_has(a, "vẫn đến trực tiếp được")); /* no hour left to book, but open */
	site->now = test_instant("2021-03-17T09:00");
	a = browser_get(&b, "/tiep-dan?don-vi=14536");
	CHECK(answer_has(a, "Đã hết giờ tiếp"));
	CHECK(!answer_has(a, "vẫn đến trực tiếp được"));
	CHECK(!answer_has(a, BOOK_FORM));
	CHECK(answer_has(browser_get(&b, z("/ho-so/", day->code, "")), "Đã hết giờ tiếp"));
	(void)browser_get(&b, BOOK_FORM);
	CHECK_INT(browser_post(&b, BOOK_FORM, booking("08%3A30")).status, 422);
}

TEST(every_list_says_that_a_day_is_held_online)
{
	begin();
	struct dossier *online = session_at("2021-03-18", true);
	open_doors();
	struct browser b = browser_open(site);
	static const char words[] = "Trực tuyến – Phòng tiếp công dân UBND xã";
	CHECK(answer_has(browser_get(&b, "/tiep-dan?don-vi=14536"), words));
	CHECK(answer_has(browser_get(&b, "/don-vi/14536"), words));
	CHECK(answer_has(browser_get(&b, "/buoi-tiep-dan"), words));
	CHECK(answer_has(browser_get(&b, BOOK_FORM), words));
	CHECK(answer_has(browser_get(&b, "/tiep-dan.ics?don-vi=14536"),
			 "LOCATION:Trực tuyến – Phòng tiếp công dân"));
	CHECK(answer_has(browser_get(&b, z("/ho-so/", online->code, ".ics")), "Trực tuyến"));
	CHECK(!answer_has(browser_get(&b, z("/ho-so/", day->code, ".ics")), "Trực tuyến"));
}

TEST(who_booked_learns_that_the_day_was_postponed_or_called_off)
{
	begin();
	struct visit form = { .slot = str_printf(test_arena(), "%.*s 08:00", STR_ARG(day->code)),
			      .story = S("Xin cấp lại sổ hộ nghèo"),
			      .name = S("Nguyễn Văn Mẫu"),
			      .day = NO_DATE,
			      .notified_on = NO_DATE };
	struct step_input in = { .on = NO_DATE };
	struct dossier *d = NULL;
	tx->who = NULL;
	must(dossier_open(tx, &visit_kind, commune, "book", &form, &in, NULL, &d));
	must(receipt_make(tx, d, S("7K3Q-92MD")));
	open_doors();
	struct browser b = browser_open(site), official = signed_in("can.bo");
	struct browser head = signed_in("lanh.dao");
	(void)browser_get(&b, "/bien-nhan");
	CHECK_INT(browser_post(&b, "/bien-nhan", z("secret=7k3q92md&code=", d->code, "")).status,
		  303);
	const char *postpone = z("/ho-so/", day->code, "/lam/postpone");
	CHECK_INT(browser_get(&official, postpone).status, 200);
	struct answer a = browser_post(
		&official, postpone,
		"day=24%2F03%2F2021&opens=8%3A00&closes=10%3A00&place=Nh%C3%A0+v%C4%83n+h%C3%B3a"
		"&reason=H%E1%BB%8Dp+H%C4%90ND&notice=B%E1%BA%A3ng+tin&happened_on=10%2F03%2F2021"
		"&channel=web");
	CHECK_INT(a.status, 303);
	a = browser_get(&b, z("/ho-so/", d->code, ""));
	CHECK(answer_has(a, "Buổi tiếp đã hoãn sang ngày khác"));
	CHECK(answer_has(a, "Nay tiếp: Thứ Tư, 24/03/2021, 08:00–10:00, tại Nhà văn hóa"));
	CHECK(answer_has(browser_get(&b, "/tiep-dan?don-vi=14536"), "Hoãn từ ngày 17/03/2021"));
	/* Only a leader calls it off. */
	const char *cancel = z("/ho-so/", day->code, "/lam/cancel");
	CHECK_INT(browser_get(&official, cancel).status, 403);
	CHECK_INT(browser_get(&head, cancel).status, 200);
	a = browser_post(&head, cancel,
			 "reason=B%C3%A3o+s%E1%BB%91+3&notice=B%E1%BA%A3ng+tin&happened_on="
			 "10%2F03%2F2021&channel=web");
	CHECK_INT(a.status, 303);
	a = browser_get(&b, z("/ho-so/", d->code, ""));
	CHECK(answer_has(a, "Buổi tiếp đã bị hủy"));
	CHECK(answer_has(a, "Lý do: Bão số 3"));
	CHECK(answer_has(browser_get(&b, "/tiep-dan?don-vi=14536"), "Chưa có buổi tiếp nào"));
}

TEST(the_book_of_a_day_is_for_those_who_keep_it_and_holds_no_name)
{
	begin();
	open_doors();
	struct browser b = browser_open(site), official = signed_in("can.bo");
	struct browser elsewhere = signed_in("noi.khac"), citizen = signed_in("nguoi.dan");
	struct str code = booked(&b, "08%3A00");
	const char *book = z("/ho-so/", day->code, "/so-tiep-dan");
	struct answer a = browser_get(&official, book);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, z("", code, "")));
	CHECK(answer_has(a, "Đã đặt lịch"));
	CHECK(!answer_has(a, "Nguyễn Văn Mẫu"));
	CHECK(!answer_has(a, "Xin cấp lại"));
	CHECK(answer_has(browser_get(&official, z("/ho-so/", day->code, "")), book));
	CHECK(!answer_has(browser_get(&b, z("/ho-so/", day->code, "")), book));
	CHECK_INT(browser_get(&b, book).status, 303); /* to sign in */
	CHECK_INT(browser_get(&citizen, book).status, 403);
	CHECK_INT(browser_get(&elsewhere, book).status, 403);
	CHECK_INT(browser_get(&official, z("/ho-so/", code, "/so-tiep-dan")).status, 404);
	/* Whose it is, official or not, only with a reason. */
	a = browser_get(&official, z("/ho-so/", code, ""));
	CHECK(answer_has(a, "Lý do mở hồ sơ"));
	CHECK(!answer_has(a, "Nguyễn Văn Mẫu"));
	CHECK_INT(browser_get(&elsewhere, z("/ho-so/", code, "")).status, 404);
	CHECK_INT(browser_get(&elsewhere, BOOK_FORM).status,
		  200); /* as a citizen, of another office */
}

enum { MATTERS = 4 };

/* A visit today of which petitions were taken, as the counter leaves it. */
static struct str taken(struct str petitions[MATTERS])
{
	struct dossier *today = session("2021-03-10"), *d = NULL;
	struct visit form = { .slot = today->code,
			      .story = S("Mương thôn Đông bị lấp"),
			      .round = S("first"),
			      .type = S("feedback"),
			      .by = S("in_person"),
			      .name = S("Nguyễn Văn Mẫu"),
			      .address = S("Thôn Đông"),
			      .day = NO_DATE,
			      .notified_on = NO_DATE };
	struct visit_take matter = { .which = S("feedback"),
				     .summary = S("Mương thôn Đông bị lấp"),
				     .told = S("Từ tháng trước mương bị đổ đất lấp."),
				     .name = S("Nguyễn Văn Mẫu"),
				     .address = S("Thôn Đông") };
	struct step_input in = { .on = NO_DATE };
	must(dossier_open(tx, &visit_kind, commune, "enter", &form, &in, NULL, &d));
	for (int i = 0; i < MATTERS; i++) {
		struct visit_take copy = matter;
		must(step_take(tx, d, "take", &copy, &in, NULL));
		petitions[i] = ((const struct visit_petition *)d->lines.at[i].data)->code;
	}
	return d->code;
}

static void open_with_reason(struct browser *b, struct str code)
{
	(void)browser_get(b, z("/ho-so/", code, ""));
	CHECK_INT(browser_post(b, z("/ho-so/", code, "/mo"),
			       "reason=In+bi%C3%AAn+b%E1%BA%A3n+cho+k%C3%BD")
			  .status,
		  303);
}

TEST(minutes_are_printed_and_the_receipt_of_a_petition_is_given_once)
{
	struct str petitions[MATTERS];
	begin();
	struct str code = taken(petitions), petition = petitions[0];
	open_doors();
	struct browser official = signed_in("can.bo"), head = signed_in("lanh.dao");
	struct browser stranger = browser_open(site);
	const char *minutes = z("/ho-so/", code, "/bien-ban-tiep");
	const char *receipt = z(z("/ho-so/", code, "/bien-nhan-don/"), petition, "");
	CHECK_INT(browser_get(&official, minutes).status, 404); /* not without a reason */
	CHECK_INT(browser_get(&stranger, minutes).status, 404);
	open_with_reason(&official, code);
	struct answer a = browser_get(&official, minutes);
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "BIÊN BẢN TIẾP CÔNG DÂN"));
	CHECK(answer_has(a, "Nguyễn Văn Mẫu"));
	CHECK(answer_has(a, "Người đứng đầu trực tiếp tiếp"));
	for (int i = 0; i < MATTERS; i++)
		CHECK(answer_has(a, z("", petitions[i], "")));
	CHECK_INT(browser_get(&official, z("/ho-so/", code, "/tu-choi-tiep")).status, 404);
	a = browser_get(&official, z("/ho-so/", code, ""));
	CHECK(answer_has(a, receipt));
	/* Given by the clerk of the counter, of what was taken here, and once. */
	(void)browser_get(&stranger, "/bien-nhan");
	CHECK_INT(browser_post(&stranger, receipt, "").status, 403);
	open_with_reason(&head, code);
	CHECK_INT(browser_post(&head, receipt, "").status, 403);
	CHECK_INT(browser_post(&official, z(z("/ho-so/", code, "/bien-nhan-don/"), code, ""), "")
			  .status,
		  404);
	(void)browser_get(&official, z("/ho-so/", code, ""));
	CHECK_STR(code_of(browser_post(&official, receipt, ""), "/bien-nhan/DT-"), petition);
	a = browser_get(&official, z("/bien-nhan/", petition, ""));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Mã bí mật</dt>"));
	CHECK(!answer_has(browser_get(&official, z("/ho-so/", code, "")), receipt));
}

TEST(a_refusal_is_printed_with_its_ground)
{
	begin();
	struct dossier *today = session("2021-03-10"), *d = NULL;
	struct visit form = { .slot = today->code,
			      .story = S("Vụ việc đã có quyết định"),
			      .round = S("again"),
			      .type = S("complaint"),
			      .by = S("office"),
			      .name = S("Nguyễn Văn Mẫu"),
			      .ground = S("settled"),
			      .detail = S("Đã giải quyết tại Quyết định 12/QĐ-UBND"),
			      .day = NO_DATE,
			      .notified_on = NO_DATE };
	struct visit refusal = form;
	struct step_input in = { .on = NO_DATE };
	must(dossier_open(tx, &visit_kind, commune, "enter", &form, &in, NULL, &d));
	must(step_take(tx, d, "refuse", &refusal, &in, NULL));
	open_doors();
	struct browser official = signed_in("can.bo");
	open_with_reason(&official, d->code);
	struct answer a = browser_get(&official, z("/ho-so/", d->code, "/tu-choi-tiep"));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "THÔNG BÁO TỪ CHỐI TIẾP CÔNG DÂN"));
	CHECK(answer_has(a, "UBND XÃ NINH VÂN"));
	CHECK(answer_has(a, "(khoản 3)"));
	CHECK(answer_has(a, "12/QĐ-UBND"));
	CHECK_INT(browser_get(&official, z("/en/ho-so/", d->code, "/tu-choi-tiep")).status, 200);
}

TEST(a_figure_opens_the_visits_it_counted_and_names_them_to_nobody_else)
{
	struct str petitions[MATTERS];
	begin();
	struct str code = taken(petitions);
	open_doors();
	struct browser official = signed_in("can.bo"), elsewhere = signed_in("noi.khac");
	struct browser visitor = browser_open(site);
	struct answer a = browser_get(&visitor, "/tong-ket/14536/2021/TD-01");
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "Lượt tiếp công dân"));
	CHECK(!answer_has(a, z("", code, "")));
	CHECK(!answer_has(a, "Nội dung đã gỡ"));
	CHECK(!answer_has(browser_get(&elsewhere, "/tong-ket/14536/2021/TD-01"), z("", code, "")));
	CHECK(answer_has(browser_get(&official, "/tong-ket/14536/2021/TD-01"),
			 z("/ho-so/", code, "")));
}
