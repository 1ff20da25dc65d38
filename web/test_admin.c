/* Administering: by whom, of what, and that what is wrong is said where it was typed. */
#include "web/test_house.h"

#include <string.h>

#define UNIT "/quan-tri/don-vi/14536"

static int64_t count(const char *what)
{
	struct tx look = { .mem = test_arena(), .now = site->now, .rng = &site->rng };
	CHECK_INT(tx_begin(&look, site->read, DB_READ), OK);
	struct query q =
		str_eq(str_of(what), S("unit"))   ? db_query(&look, "SELECT COUNT(*) FROM unit")
		: str_eq(str_of(what), S("leaf")) ? db_query(&look, "SELECT COUNT(*) FROM log_leaf")
		: str_eq(str_of(what), S("day"))
			? db_query(&look, "SELECT COUNT(*) FROM calendar_day")
			: db_query(&look, "SELECT COUNT(*) FROM appointment");
	CHECK_INT(db_one(&q), OK);
	int64_t n = col_int(&q, 0);
	CHECK_INT(tx_end(&look, OK), OK);
	return n;
}

/* The administrators of the province and of both communes, and a person without an office. */
static void open_all(void)
{
	begin_site();
	appoint(user("tinh", root), root, ADMIN);
	appoint(user("ninh.van", commune), commune, ADMIN);
	appoint(user("ninh.hai", other), other, ADMIN);
	user("0987654321", commune);
	user("0987654322", commune);
	open_site(false, NULL);
}

/* Posts from the page itself, as people do. */
static struct answer submit(struct browser *b, const char *path, const char *fields)
{
	browser_get(b, path);
	return browser_post(b, path, fields);
}

/* The number after `before`, up to something that is no digit. */
static int64_t number_after(struct answer a, const char *before)
{
	const char *at = memmem(a.body.at, a.body.len, before, strlen(before));
	if (!at)
		FAIL("no %s on the page", before);
	int64_t n = 0;
	for (at += strlen(before); *at >= '0' && *at <= '9'; at++)
		n = n * 10 + (*at - '0');
	return n;
}

static const char *path_of(const char *format, int64_t id)
{
	struct str p = str_of(format), first;
	CHECK(str_next(&p, '#', &first));
	return str_printf(test_arena(), "%.*s%lld%.*s", STR_ARG(first), (long long)id, STR_ARG(p))
		.at;
}

TEST(the_administrator_of_another_unit_and_people_without_an_office_are_refused)
{
	static const char *const pages[] = { UNIT,
					     UNIT "/them-nguoi",
					     UNIT "/giao-viec",
					     UNIT "/khai-bao",
					     UNIT "/noi-niem-yet",
					     UNIT "/nhap",
					     "/quan-tri/lich" };
	open_all();
	struct browser neighbour = signed_in("ninh.hai"), citizen = signed_in("0987654321");
	struct browser above = signed_in("tinh");
	for (size_t i = 0; i < LENGTH(pages); i++) {
		CHECK_INT(browser_get(&neighbour, pages[i]).status, 403);
		CHECK_INT(browser_get(&citizen, pages[i]).status, 403);
		CHECK_INT(browser_get(&above, pages[i]).status, 200);
	}
	int64_t before = count("appointment");
	browser_get(&neighbour, "/quan-tri/don-vi/14539");
	CHECK_INT(browser_post(&neighbour, UNIT "/giao-viec",
			       "login=ninh.hai&role=leader&work=*&from=10/03/2021")
			  .status,
		  403);
	CHECK_INT(browser_post(&citizen, UNIT "/giao-viec",
			       "login=0987654321&role=admin&work=*&from=10/03/2021")
			  .status,
		  403);
	CHECK_INT(count("appointment"), before);
}

TEST(an_administrator_appoints_lends_and_ends_with_dates)
{
	open_all();
	struct browser admin = signed_in("ninh.van");
	struct answer a = browser_get(&admin, "/quan-tri");
	CHECK_STR(a.location, S(UNIT));
	a = submit(&admin, UNIT "/giao-viec",
		   "login=0987+654+321&role=clerk&work=*&from=10/03/2021&to=31/12/2021");
	CHECK_STR(a.location, S(UNIT "?xong=giao"));
	struct browser clerk = signed_in("0987654321");
	CHECK_INT(browser_get(&clerk, "/quay").status, 200);
	a = browser_get(&admin, UNIT);
	CHECK(answer_has(a, "từ 10/03/2021 đến 31/12/2021"));

	/* The same once more, and days outside the other's term. */
	a = submit(&admin, UNIT "/giao-viec",
		   "login=0987654321&role=clerk&work=*&from=01/04/2021&to=");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "đã giữ việc này"));
	CHECK(answer_has(a, "value=\"01/04/2021\""));
	a = browser_get(&admin, UNIT);
	const char *row = memmem(a.body.at, a.body.len, "31/12/2021", 10);
	CHECK(row != NULL);
	struct answer tail = { 200, S(""), str_from(a.body, (size_t)(row - a.body.at)) };
	int64_t id = number_after(tail, "/quan-tri/viec/");
	const char *lend = path_of("/quan-tri/viec/#/lam-thay", id);
	a = submit(&admin, lend, "login=0987654322&from=10/03/2021&to=01/02/2022");
	CHECK_INT(a.status, 422);
	a = submit(&admin, lend, "login=khong.co&from=10/03/2021&to=20/03/2021");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "thêm người trước"));
	a = submit(&admin, lend, "login=0987654322&from=10/03/2021&to=20/03/2021");
	CHECK_INT(a.status, 303);
	struct browser substitute = signed_in("0987654322");
	CHECK_INT(browser_get(&substitute, "/quay").status, 200);
	a = browser_get(&substitute, "/tai-khoan");
	CHECK(answer_has(a, "Làm thay"));
	CHECK(answer_has(a, "0987654321")); /* for whom: people here are named as they sign in */

	const char *end = path_of("/quan-tri/viec/#/thoi", id);
	CHECK_INT(submit(&admin, end, "last=01/03/2021").status, 422); /* not back in time */
	CHECK_INT(submit(&admin, end, "last=09/03/2021").status, 303);
	CHECK_INT(browser_get(&clerk, "/quay").status, 403);
	CHECK_INT(browser_get(&substitute, "/quay").status, 403);
}

TEST(the_last_administrator_of_the_site_stays)
{
	open_all();
	struct browser above = signed_in("tinh");
	struct answer a = browser_get(&above, "/quan-tri/don-vi/37");
	int64_t id = number_after(a, "/quan-tri/viec/");
	a = submit(&above, path_of("/quan-tri/viec/#/thoi", id), "last=10/03/2021");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "giao cho người khác trước"));
}

TEST(an_account_that_is_closed_is_signed_out_at_once)
{
	open_all();
	struct browser above = signed_in("tinh"), lower = signed_in("ninh.van");
	struct answer a = browser_get(&above, UNIT);
	int64_t id = number_after(a, "/quan-tri/nguoi/");
	const char *page = path_of("/quan-tri/nguoi/#", id);
	CHECK_INT(browser_get(&lower, "/tai-khoan").status, 200);
	browser_get(&above, page);
	CHECK_INT(browser_post(&above, path_of("/quan-tri/nguoi/#/khoa", id), "").status, 303);
	CHECK_INT(browser_get(&lower, "/tai-khoan").status, 303);
	CHECK(answer_has(browser_get(&above, page), "Đã khóa"));
	CHECK_INT(try_sign_in(&lower, "ninh.van", "mot+cau+ngan+de+nho").status, 422);
	browser_get(&above, page);
	CHECK_INT(browser_post(&above, path_of("/quan-tri/nguoi/#/mo", id), "").status, 303);
	lower = signed_in("ninh.van");
	/* But nobody closes the account above. */
	a = browser_get(&above, "/quan-tri/don-vi/37");
	int64_t chief = number_after(a, "/quan-tri/nguoi/");
	browser_get(&lower, UNIT);
	CHECK_INT(browser_post(&lower, path_of("/quan-tri/nguoi/#/khoa", chief), "").status, 403);
	CHECK_INT(browser_post(&lower, path_of("/quan-tri/nguoi/#/ma", chief), "").status, 403);
}

TEST(a_unit_declares_what_it_has_and_where_it_posts_notices)
{
	open_all();
	struct browser admin = signed_in("ninh.van");
	struct answer a =
		submit(&admin, UNIT "/khai-bao",
		       "from=10/03/2021&has_loudspeaker=1&households=1.404&head_count=nhi");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "value=\"1.404\""));
	a = submit(&admin, UNIT "/khai-bao",
		   "from=10/03/2021&has_loudspeaker=1&households=1.404&head_count=5100");
	CHECK_STR(a.location, S(UNIT "?xong=khai-bao"));
	a = browser_get(&admin, UNIT);
	CHECK(answer_has(a, "1.404"));
	CHECK(answer_has(a, "5.100"));
	a = submit(&admin, UNIT "/noi-niem-yet",
		   "name=B%E1%BA%A3ng+tin+tr%E1%BB%A5+s%E1%BB%9F&from=10/03/2021");
	CHECK_INT(a.status, 303);
	CHECK(answer_has(browser_get(&admin, UNIT), "Bảng tin trụ sở"));
	a = browser_get(&admin, UNIT "/noi-niem-yet");
	int64_t id = number_after(a, "/quan-tri/noi-niem-yet/");
	const char *end = path_of("/quan-tri/noi-niem-yet/#/thoi", id);
	struct browser neighbour = signed_in("ninh.hai");
	browser_get(&neighbour, "/quan-tri/don-vi/14539");
	CHECK_INT(browser_post(&neighbour, end, "").status, 403);
	CHECK_INT(browser_post(&admin, end, "").status, 303);
	site->now = test_instant("2021-03-11T08:00");
	admin = signed_in("ninh.van");
	CHECK(!answer_has(browser_get(&admin, UNIT), "Bảng tin trụ sở"));
}

TEST(a_spreadsheet_with_mistakes_is_refused_line_by_line_and_a_good_one_is_shown_before_it_counts)
{
	open_all();
	struct browser admin = signed_in("ninh.van");
	int64_t before = count("unit");
	browser_get(&admin, UNIT "/nhap");
	struct answer a = browser_upload(&admin, UNIT "/nhap", "level=village&from=", "tep",
					 S("Tên,Lạ\nThôn Đông,120\n"));
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "“Lạ”"));
	browser_get(&admin, UNIT "/nhap");
	a = browser_upload(&admin, UNIT "/nhap", "level=village&from=", "tep",
			   S("Tên,Số hộ\nThôn Đông,120\n,15\nThôn Tây,nhiều\nThôn Đông,3\n"));
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, ">3\n")); /* the row without a name */
	CHECK(answer_has(a, "Thiếu tên"));
	CHECK(answer_has(a, ">4\n")); /* "nhiều" is no number */
	CHECK(answer_has(a, ">5\n")); /* the same name again */
	CHECK(!answer_has(a, "name=\"csv\""));
	CHECK_INT(count("unit"), before);

	browser_get(&admin, UNIT "/nhap");
	a = browser_upload(&admin, UNIT "/nhap", "level=village&from=", "tep",
			   S("Tên,Số hộ\r\nThôn Đông,120\r\n\"Thôn Tây\",\"1.015\"\r\n"));
	CHECK_INT(a.status, 200);
	CHECK(answer_has(a, "1.015"));
	CHECK(answer_has(a, "name=\"csv\""));
	CHECK_INT(count("unit"), before); /* a preview writes nothing */
	const char *good = "level=village&from=&csv=T%C3%AAn%2CS%E1%BB%91+h%E1%BB%99%0D%0A"
			   "Th%C3%B4n+%C4%90%C3%B4ng%2C120%0D%0ATh%C3%B4n+T%C3%A2y%2C1.015%0D%0A";
	a = browser_post(&admin, UNIT "/nhap/ghi", good);
	CHECK_STR(a.location, S(UNIT "?xong=nhap"));
	CHECK_INT(count("unit"), before + 2);
	CHECK(answer_has(browser_get(&admin, UNIT), "Thôn Tây"));
	/* Sent twice, the second finds them there. */
	a = browser_post(&admin, UNIT "/nhap/ghi", good);
	CHECK_INT(a.status, 422);
	CHECK_INT(count("unit"), before + 2);
	/* Nobody imports into another commune, whatever the file says. */
	struct browser neighbour = signed_in("ninh.hai");
	browser_get(&neighbour, "/quan-tri/don-vi/14539");
	CHECK_INT(browser_post(&neighbour, UNIT "/nhap/ghi", good).status, 403);
	browser_upload(&neighbour, "/quan-tri/don-vi/14539/nhap", "level=village&from=", "tep",
		       S("Tên,Mã đơn vị cấp trên\nThôn Bắc,14536\n"));
	browser_post(
		&neighbour, "/quan-tri/don-vi/14539/nhap/ghi",
		"level=village&from=&csv=T%C3%AAn%2CM%C3%A3+%C4%91%C6%A1n+v%E1%BB%8B+c%E1%BA%A5p+"
		"tr%C3%AAn%0AThon+Bac%2C14536%0A");
	CHECK_INT(count("unit"), before + 2);
}

TEST(a_file_that_is_no_table_or_is_missing_is_said_so)
{
	open_all();
	struct browser admin = signed_in("ninh.van");
	browser_get(&admin, UNIT "/nhap");
	struct answer a = browser_post(&admin, UNIT "/nhap", "level=village&from=");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Chọn tệp CSV"));
	a = browser_upload(&admin, UNIT "/nhap", "level=village&from=32/13/2021", "tep",
			   S("Tên\nThôn Đông\n"));
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "value=\"32/13/2021\""));
	a = browser_upload(&admin, UNIT "/nhap", "level=village&from=", "tep", S("T\xC3n\n\xFF\n"));
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "UTF-8"));
}

TEST(a_day_added_to_the_calendar_is_a_public_act_of_the_sites_administrator)
{
	open_all();
	struct browser above = signed_in("tinh"), lower = signed_in("ninh.van");
	browser_get(&lower, UNIT);
	CHECK_INT(browser_post(&lower, "/quan-tri/lich",
			       "day=15/03/2021&title=Ngh%E1%BB%89+b%C3%B9&what=off")
			  .status,
		  403);
	struct answer a = submit(&above, "/quan-tri/lich", "day=15/03/2021&title=&what=off");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "value=\"15/03/2021\""));
	CHECK_INT(count("day"), 0);
	browser_get(&above, "/quan-tri/lich");
	const char *day = "day=15/03/2021&title=Ngh%E1%BB%89+b%C3%B9&what=off";
	a = browser_post(&above, "/quan-tri/lich", day);
	CHECK_INT(a.status, 303);
	CHECK_INT(browser_post(&above, "/quan-tri/lich", day).status,
		  303); /* a lost reply, again */
	CHECK_INT(count("day"), 1);
	CHECK_INT(count("leaf"), 1);
	a = browser_get(&above, "/quan-tri/lich");
	CHECK(answer_has(a, "Nghỉ bù"));
	CHECK(answer_has(a, "thứ Hai, 15/03/2021"));
}
