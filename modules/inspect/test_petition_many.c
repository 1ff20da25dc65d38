/* A leader's day: who has how much, one answer to many after a preview of each, templates, and back to the
 * same list (issue 5, items 2 and 5; USERS.md 17 and 5.5). */
#include "modules/inspect/test_petition_three.h"

#include "office/assign.h"
#include "office/reply.h"
#include "office/work.h"
#include "tests/small_site.h"

#define WORK "/don-vi/14536/viec"
#define MANY "/don-vi/14536/lam-nhieu/kien-nghi/answer"
#define ASSIGN "/don-vi/14536/lam-nhieu/kien-nghi/assign"

static const struct str paper = S_INIT("%PDF-1.4\nvăn bản trả lời\n%%EOF\n");

#define ANSWER                                                                               \
	"reason=Tr%E1%BA%A3+l%E1%BB%9Di+chung+m%E1%BB%99t+n%E1%BB%99i+dung&outcome=done&"    \
	"answer=K%C3%ADnh+g%E1%BB%ADi+%5Bng%C6%B0%E1%BB%9Di+g%E1%BB%ADi%5D%2C+vi%E1%BB%87c+" \
	"%5Bm%C3%A3%5D+%C4%91%C3%A3+xong."

/* Chosen and written; what comes back is the address of the preview. */
static const char *chosen(struct browser *b, const char *address)
{
	CHECK_INT(browser_get(b, address).status, 200);
	const char *fields =
		z(z(z("x=1&picks=", codes[0], "&picks="), codes[1], "&"), S(ANSWER), "");
	struct answer a = browser_upload(b, address, fields, "files", paper);
	CHECK_INT(a.status, 303);
	CHECK(str_starts(a.location, S("/lam-nhieu/NP-")));
	return str_z(test_arena(), a.location);
}

static struct dossier *loaded(struct str code)
{
	struct dossier *d;
	int64_t id;
	CHECK_INT(dossier_by_code(tx, code, &id), OK);
	CHECK_INT(dossier_load(tx, id, &d), OK);
	return d;
}

TEST(one_answer_goes_to_many_after_a_preview_of_each)
{
	begin();
	three_petitions();
	with_files();
	struct browser b = signed_in("can.bo");
	struct answer a = browser_get(&b, WORK "?loai=kien-nghi");
	CHECK(answer_has(a, "href=\"" MANY));
	/* Also while the list is of every kind, for each that is in it. */
	a = browser_get(&b, WORK);
	CHECK(answer_has(a, "href=\"" MANY));
	CHECK(answer_has(a, "nhiều hồ sơ: "));
	CHECK(!answer_has(a, "/lam-nhieu/cong-khai/"));
	CHECK(answer_has(browser_get(&b, "/viec"), "nhiều hồ sơ một lần"));
	a = browser_get(&b, MANY "?han=qua-han");
	CHECK(answer_has(a, "Không có hồ sơ nào ở trạng thái làm được việc này"));
	a = browser_get(&b, MANY);
	CHECK(answer_has(a, z("value=\"", codes[0], "\"")));
	CHECK(!answer_has(a, z("value=\"", codes[2], "\""))); /* not taken up yet */
	CHECK(!answer_has(a, "Xe tải"));                      /* not opened yet */
	const char *preview = chosen(&b, MANY);
	a = browser_get(&b, preview);
	/* Each is seen as its author will read it. */
	CHECK(answer_has(a, "Kính gửi Người Mẫu 1, việc "));
	CHECK(answer_has(a, "Kính gửi Người Mẫu 2, việc "));
	CHECK(answer_has(a, "Xe tải làm hỏng đường trục thôn Đông"));
	struct str token = b.token;
	const char *both = z(z("pick=", codes[0], "&pick="), codes[1], "");
	a = browser_post(&b, preview, both);
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/don-vi/14536/viec?loai=kien-nghi&xong=2"));
	a = browser_get(&b, str_z(test_arena(), a.location));
	CHECK(answer_has(a, "Đã ghi 2 hồ sơ"));
	CHECK(answer_has(a, z("", codes[2], ""))); /* what is left, in the same list */
	CHECK(!answer_has(a, z("", codes[0], "")));
	for (int i = 0; i < 2; i++) {
		a = browser_get(&b, z("/ho-so/", codes[i], ""));
		CHECK(answer_has(a, z("việc ", codes[i], " đã xong")));
		CHECK(answer_has(a, "Trả lời chung một nội dung")); /* why it was opened */
	}
	/* Sent twice, it is done once. */
	b.token = token;
	CHECK_STR(browser_post(&b, preview, both).location, S("/viec"));
	struct tx own = { .mem = test_arena(), .now = site->now, .office = &office };
	CHECK_INT(tx_begin(&own, site->write, DB_READ), OK);
	struct query q = db_query(&own, "SELECT COUNT(*) FROM act WHERE step = 'answer'");
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), 2); /* an act of its own for each */
	db_end(&q);
	CHECK_INT(tx_end(&own, OK), OK);
}

/* Who was merged reads a letter of his own; all of it is seen before it is recorded. */
TEST(the_preview_says_who_else_is_answered_and_what_is_recorded)
{
	begin();
	three_petitions();
	struct petition_merge with = { .with = codes[0] };
	struct step_input in = { .on = NO_DATE };
	CHECK_INT(step_take(tx, loaded(codes[2]), "merge", &with, &in, NULL), OK);
	with_files();
	struct browser b = signed_in("can.bo");
	const char *preview = chosen(&b, MANY), *third = z("/ho-so/", codes[2], "");
	struct answer a = browser_get(&b, preview);
	CHECK(answer_has(a, "Ghi vào mọi hồ sơ"));
	CHECK(answer_has(a, "<dt>Kết quả</dt><dd>Đã giải quyết</dd>"));
	CHECK(answer_has(a, "bang.pdf</dd>"));
	CHECK(answer_has(a, "Trả lời cùng lúc cho 1 hồ sơ đã gộp"));
	CHECK(answer_has(a, z("<a href=\"/ho-so/", codes[2],
			      z("\">", codes[2], "</a> <span class=\"meta\">nhận 10/03/2021"))));
	CHECK(!answer_has(a, "Người Mẫu 3")); /* not opened */
	(void)browser_get(&b, third);
	CHECK_INT(browser_post(&b, z(third, S("/mo"), ""), "reason=Xem+%C4%91%C6%A1n+tr%C3%B9ng")
			  .status,
		  303);
	a = browser_get(&b, preview);
	CHECK(answer_has(a, z("Kính gửi Người Mẫu 3, việc ", codes[2], " đã xong")));
	a = browser_get(&b, z("/ho-so/", codes[0], "/lam/answer"));
	CHECK(answer_has(a, "Trả lời cùng lúc cho 1 hồ sơ đã gộp"));
	(void)browser_get(&b, preview);
	CHECK_INT(browser_post(&b, preview, z("pick=", codes[0], "")).status, 303);
	CHECK(answer_has(browser_get(&b, third), z("việc ", codes[2], " đã xong")));
}

TEST(what_stands_in_the_way_of_one_is_said_and_nothing_is_done)
{
	begin();
	three_petitions();
	with_files();
	struct browser b = signed_in("can.bo"), c = signed_in("chu.tich");
	const char *preview = chosen(&b, MANY);
	/* Meanwhile the leader answers the first by hand. */
	(void)browser_get(&c, z("/ho-so/", codes[0], ""));
	CHECK_INT(browser_post(&c, z("/ho-so/", codes[0], "/mo"),
			       "reason=Xem+%C4%91%E1%BB%83+tr%E1%BA%A3+l%E1%BB%9Di")
			  .status,
		  303);
	const char *answer = z("/ho-so/", codes[0], "/lam/answer");
	(void)browser_get(&c, answer);
	CHECK_INT(
		browser_upload(&c, answer,
			       "outcome=done&channel=web&happened_on=10%2F03%2F2021&answer="
			       "%C4%90%C3%A3+s%E1%BB%ADa+xong+%C4%91%C6%B0%E1%BB%9Dng+tr%E1%BB%A5c",
			       "files", paper)
			.status,
		303);
	struct answer a = browser_get(&b, preview);
	CHECK(answer_has(a, "Đang ở trạng thái"));
	a = browser_post(&b, preview, z(z("pick=", codes[0], "&pick="), codes[1], ""));
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, z("", codes[0], ": Đang ở trạng thái")));
	/* None was recorded; unticked, the other is. */
	CHECK_INT(browser_post(&b, preview, "x=1").status, 422);
	a = browser_post(&b, preview, z("pick=", codes[1], ""));
	CHECK_STR(a.location, S("/don-vi/14536/viec?loai=kien-nghi&xong=1"));
}

TEST(a_preview_belongs_to_who_wrote_it_and_officials_of_elsewhere_get_none)
{
	begin();
	tx->who = &system_member;
	int64_t elsewhere = user("can.bo.khac", other);
	appoint(elsewhere, other, CLERK);
	tx->who = &clerk;
	three_petitions();
	with_files();
	struct browser b = signed_in("can.bo"), c = signed_in("chu.tich"),
		       d = signed_in("can.bo.khac"), e = signed_in("nguoi.dan");
	const char *preview = chosen(&b, MANY);
	CHECK_INT(browser_get(&c, preview).status, 404);
	CHECK_INT(browser_get(&d, preview).status, 404);
	CHECK_INT(browser_get(&d, WORK).status, 403);
	CHECK_INT(browser_get(&d, MANY).status, 403);
	CHECK_INT(browser_get(&e, WORK).status, 403);
	CHECK_INT(browser_get(&d, "/don-vi/14536/mau-tra-loi").status, 403);
	/* Not a step for many, or none at all. */
	CHECK_INT(browser_get(&b, "/don-vi/14536/lam-nhieu/kien-nghi/transfer").status, 404);
	CHECK_INT(browser_get(&b, "/don-vi/14536/lam-nhieu/kien-nghi/khong").status, 404);
	/* An unknown field in the text is said before any preview. */
	(void)browser_get(&b, MANY);
	struct answer a = browser_upload(
		&b, MANY,
		z("reason=Tr%E1%BA%A3+l%E1%BB%9Di+chung&outcome=done&answer=G%E1%BB%ADi+%5Bten%5D"
		  "+m%E1%BB%99t+n%E1%BB%99i+dung+chung&picks=",
		  codes[0], ""),
		"files", paper);
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Không có ô điền nào tên “ten”"));
}

static const char *data_of(int at)
{
	struct tx look = { .mem = test_arena(), .now = site->now };
	CHECK_INT(tx_begin(&look, site->read, DB_READ), OK);
	struct query q = db_query(&look, "SELECT data FROM dossier WHERE code = $1");
	BIND(&q, codes[at]);
	CHECK_INT(db_one(&q), OK);
	const char *data = str_z(test_arena(), col_str(&q, 0));
	db_end(&q);
	CHECK_INT(tx_end(&look, OK), OK);
	return data;
}

TEST(a_unit_keeps_templates_and_a_form_begins_with_one)
{
	begin();
	three_petitions();
	with_files();
	struct browser b = signed_in("can.bo");
	static const char form[] = "/ghi-moi/mau-tra-loi/14536";
	struct answer a = browser_get(&b, form);
	CHECK(answer_has(a, "petition.answer"));
	/* Two steps of one name are told apart by where they start. */
	CHECK(answer_has(a, "Chuyển cơ quan khác (Phản ánh, kiến nghị, khiếu nại), khi đang “"));
	a = browser_post(
		&b, form,
		"title=%C4%90%C6%B0%E1%BB%9Dng+h%E1%BB%8Fng&use=petition.answer&matter=&"
		"body=Gi%C3%A1+tr%E1%BB%8B+%5Bsai%5D&channel=web&happened_on=10%2F03%2F2021");
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "Không có ô điền nào tên “sai”"));
	a = browser_post(&b, form,
			 "title=%C4%90%C6%B0%E1%BB%9Dng+h%E1%BB%8Fng&use=petition.answer&matter=&"
			 "body=G%E1%BB%ADi+%5BNguoi+gui%5D%3A+%5Bvi%E1%BB%87c%5D+%C4%91%C3%A3+xong&"
			 "channel=web&happened_on=10%2F03%2F2021");
	CHECK_INT(a.status, 303);
	struct str template = str_from(a.location, strlen("/ho-so/"));
	a = browser_get(&b, "/don-vi/14536/mau-tra-loi");
	CHECK(answer_has(a, "Đường hỏng"));
	CHECK(!answer_has(browser_get(&b, MANY), z("Đường hỏng · ", template, "")));
	/* A second one of the same name is told apart from it. */
	(void)browser_get(&b, form);
	a = browser_post(&b, form,
			 "title=%C4%90%C6%B0%E1%BB%9Dng+h%E1%BB%8Fng&use=petition.answer&matter=&"
			 "body=N%E1%BB%99i+dung+kh%C3%A1c&channel=web&happened_on=10%2F03%2F2021");
	CHECK_INT(a.status, 303);
	struct str second = str_from(a.location, strlen("/ho-so/"));
	a = browser_get(&b, MANY);
	CHECK(answer_has(a, z("Đường hỏng · ", template, "")));
	CHECK(answer_has(a, z("Đường hỏng · ", second, "")));
	/* In the form of the step and in that of many, as it is: filled in when it is recorded. */
	(void)browser_get(&b, z("/ho-so/", codes[0], ""));
	CHECK_INT(browser_post(&b, z("/ho-so/", codes[0], "/mo"),
			       "reason=Xem+%C4%91%E1%BB%83+tr%E1%BA%A3+l%E1%BB%9Di")
			  .status,
		  303);
	const char *step = z("/ho-so/", codes[0], "/lam/answer");
	a = browser_get(&b, step);
	CHECK(answer_has(a, z("mau=", template, "")));
	a = browser_get(&b, z(z(step, S("?mau="), ""), template, ""));
	CHECK(answer_has(a, "Gửi [Nguoi gui]: [việc] đã xong"));
	/* The name is filled in where it is read, and stored nowhere that it could not be erased from. */
	CHECK_INT(browser_upload(
			  &b, step,
			  "outcome=done&channel=web&happened_on=10%2F03%2F2021&answer="
			  "G%E1%BB%ADi+%5BNguoi+gui%5D%3A+%5Bvi%E1%BB%87c%5D+%C4%91%C3%A3+xong",
			  "files", paper)
			  .status,
		  303);
	CHECK(str_has(str_of(data_of(0)),
		      S("Gửi [người gửi]: Xe tải làm hỏng đường trục thôn Đông đã xong")));
	a = browser_get(&b, z(MANY "?mau=", template, ""));
	CHECK(answer_has(a, "Gửi [Nguoi gui]: [việc] đã xong"));
	/* Nobody outside reads it, nor is it used any more once it ended. */
	struct browser visitor = browser_open(site);
	CHECK_INT(browser_get(&visitor, z("/ho-so/", template, "")).status, 404);
	(void)browser_get(&b, z("/ho-so/", template, "/lam/end"));
	CHECK_INT(browser_post(&b, z("/ho-so/", template, "/lam/end"),
			       "channel=web&happened_on=10%2F03%2F2021")
			  .status,
		  303);
	CHECK(!answer_has(browser_get(&b, MANY), z("mau=", template, "")));
}

/* A name is not the office's to mark up, nor to keep when it has to go. */
TEST(a_name_in_an_answer_comes_out_as_written_and_is_stored_in_no_answer)
{
	begin();
	name_of_first = "*Mẫu* [a](http://vi-du.vn)";
	three_petitions();
	name_of_first = NULL;
	with_files();
	struct browser b = signed_in("can.bo");
	const char *preview = chosen(&b, MANY);
	struct answer a = browser_get(&b, preview);
	CHECK(answer_has(a, "Kính gửi *Mẫu* [a](http://vi-du.vn), việc"));
	a = browser_post(&b, preview, z(z("pick=", codes[0], "&pick="), codes[1], ""));
	CHECK_INT(a.status, 303);
	a = browser_get(&b, z("/ho-so/", codes[0], ""));
	CHECK(answer_has(a, "Kính gửi *Mẫu* [a](http://vi-du.vn), việc"));
	CHECK(!answer_has(a, "href=\"http://vi-du.vn\""));
	CHECK(str_has(str_of(data_of(0)), S("[người gửi]")));
	CHECK(!str_has(str_of(data_of(0)), S("Mẫu* [a]")));
}

/* Whoever receives it reads it, and not whose it is from the reason. */
TEST(the_reason_of_a_transfer_names_nobody)
{
	begin();
	three_petitions();
	int64_t id;
	struct dossier *d;
	const struct step *s = kind_step(&petition_kind, S("transfer"));
	CHECK_INT(dossier_by_code(tx, codes[0], &id), OK);
	CHECK_INT(dossier_load(tx, id, &d), OK);
	CHECK_STR(reply_fill(tx, d, reply_field(s), S("Đơn của [người gửi], [mã]")),
		  str_of(z("Đơn của người gửi, ", codes[0], "")));
}

static struct str person_number(struct answer page, const char *name)
{
	static const char before[] = "name=\"officer\" value=\"";
	const char *found = NULL, *from = page.body.at;
	size_t left = page.body.len;
	while ((from = memmem(from, left, before, strlen(before)))) {
		from += strlen(before);
		left = page.body.len - (size_t)(from - page.body.at);
		const char *end = memmem(from, left, "</label>", 8);
		CHECK(end != NULL);
		if (memmem(from, (size_t)(end - from), name, strlen(name)))
			found = from;
	}
	if (!found)
		FAIL("%s is not offered", name);
	struct str rest = { found, left }, out;
	rest.len = page.body.len - (size_t)(found - page.body.at);
	CHECK(str_next(&rest, '"', &out));
	return out;
}

/* A leader's morning: what has come in goes to one person in one go, each with an act of its own. */
TEST(many_are_given_to_one_person_at_once)
{
	begin();
	three_petitions();
	with_files();
	struct browser b = signed_in("chu.tich");
	CHECK(answer_has(browser_get(&b, WORK "?loai=kien-nghi"), "href=\"" ASSIGN));
	struct answer a = browser_get(&b, ASSIGN);
	CHECK(answer_has(a, z("value=\"", codes[2], "\"")));
	CHECK(answer_has(a, "Giao việc cho người xử lý"));
	struct str officer = person_number(a, "can.bo");
	const char *picks =
		z(z(z("picks=", codes[0], "&picks="), codes[2], "&"),
		  S("reason=Giao+vi%E1%BB%87c+%C4%91%E1%BA%A7u+tu%E1%BA%A7n&note=G%E1%BB%8Di+"
		    "d%C3%A2n+tr%C6%B0%E1%BB%9Bc"),
		  "");
	/* Nobody of the unit: said beside the field, and nothing is kept. */
	a = browser_post(&b, ASSIGN, z(picks, S("&officer=999999"), ""));
	CHECK_INT(a.status, 422);
	a = browser_post(&b, ASSIGN, z(z(picks, S("&officer="), ""), officer, ""));
	CHECK_INT(a.status, 303);
	const char *preview = str_z(test_arena(), a.location);
	a = browser_get(&b, preview);
	CHECK(answer_has(a, "can.bo"));
	CHECK(answer_has(a, "Gọi dân trước"));
	a = browser_post(&b, preview, z(z("pick=", codes[0], "&pick="), codes[2], ""));
	CHECK_INT(a.status, 303);
	/* Whoever got it reads it in the dossier, and its history says to whom it went. */
	struct browser c = signed_in("can.bo");
	const char *page = z("/ho-so/", codes[0], "");
	(void)browser_get(&c, page);
	CHECK_INT(browser_post(&c, z(page, S("/mo"), ""),
			       "reason=L%C3%A0m+vi%E1%BB%87c+%C4%91%C6%B0%E1%BB%A3c+giao")
			  .status,
		  303);
	a = browser_get(&c, page);
	CHECK(answer_has(a, "<dt>Dặn thêm</dt><dd>Gọi dân trước</dd>"));
	CHECK(answer_has(a, "Đã giao việc. Người được giao: can.bo. Dặn thêm: Gọi dân trước."));
	a = browser_get(&b, z(WORK "?nguoi=", officer, ""));
	CHECK(str_has(a.body, codes[0]) && str_has(a.body, codes[2]));
	CHECK(!str_has(a.body, codes[1]));
	/* Whose it is already is not given again. */
	(void)browser_get(&b, ASSIGN);
	a = browser_post(&b, ASSIGN, z(z(picks, S("&officer="), ""), officer, ""));
	a = browser_get(&b, str_z(test_arena(), a.location));
	CHECK(answer_has(a, "Hồ sơ đang giao đúng như vậy rồi"));
}

TEST(a_leader_gives_work_out_sees_who_has_how_much_and_comes_back_to_the_same_list)
{
	begin();
	three_petitions();
	with_files();
	struct browser b = signed_in("chu.tich"), clerk_browser = signed_in("can.bo");
	struct answer a = browser_get(&b, WORK "?loai=kien-nghi&trang-thai=handled");
	CHECK(answer_has(a, "2 hồ sơ"));
	CHECK(answer_has(a, z("/ho-so/", codes[0],
			      "?tu=%2Fdon-vi%2F14536%2Fviec%3Floai%3Dkien-nghi%26"
			      "trang-thai%3Dhandled")));
	static const char from[] =
		"?tu=%2Fdon-vi%2F14536%2Fviec%3Floai%3Dkien-nghi%26trang-thai%3Dhandled";
	(void)browser_get(&b, z("/ho-so/", codes[0], from));
	a = browser_post(&b, z(z("/ho-so/", codes[0], "/mo"), S(""), from),
			 "reason=Giao+vi%E1%BB%87c+cho+c%C3%A1n+b%E1%BB%99");
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, str_of(z("/ho-so/", codes[0], from)));
	const char *assign = z(z("/ho-so/", codes[0], "/lam/assign"), S(""), from);
	a = browser_get(&b, z("/ho-so/", codes[0], from));
	CHECK(answer_has(a, z("/ho-so/", codes[0], "/lam/assign?tu=")));
	a = browser_get(&b, assign);
	struct str number = person_number(a, "can.bo");
	a = browser_post(&b, assign,
			 z("channel=web&happened_on=10%2F03%2F2021&note=&officer=", number, ""));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/don-vi/14536/viec?loai=kien-nghi&trang-thai=handled"));
	a = browser_get(&b, WORK);
	CHECK(answer_has(a, z("nguoi=", number, "\">1</a>")));
	CHECK(answer_has(a, "nguoi=0\">2</a>"));
	a = browser_get(&clerk_browser, WORK "?nguoi=toi");
	CHECK(answer_has(a, z("", codes[0], "")));
	CHECK(!answer_has(a, z("", codes[1], "")));
	a = browser_get(&clerk_browser, "/viec");
	CHECK(answer_has(a, "href=\"/don-vi/14536/viec?nguoi=toi\""));
	/* Given to the same again is said to be so; an address from elsewhere is led to by nobody. */
	(void)browser_get(&b, assign);
	a = browser_post(&b, assign,
			 z("channel=web&happened_on=10%2F03%2F2021&note=&officer=", number, ""));
	CHECK_INT(a.status, 422);
	a = browser_get(&b, z("/ho-so/", codes[0], "?tu=%2F%2Fevil.example%2F"));
	CHECK(!answer_has(a, "/lam/assign?tu="));
}

static const struct work_load *load_of(const struct work_loads *all, int64_t officer)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].officer == officer)
			return &all->at[i];
	FAIL("%d is not among them", (int)officer);
}

/* The figures and the lists are one question asked twice; what an act gave, the fold gives again. */
TEST(what_is_given_to_a_person_is_counted_as_listed_and_is_nobodys_after_a_transfer)
{
	begin();
	three_petitions();
	struct assignment form = { .officer = str_printf(test_arena(), "%d", (int)clerk.person) },
			  nobody = { .officer = S("none") }, stranger = { .officer = S("999") };
	struct petition_transfer to = { .to = S("14539"), .reason = S("Thuộc xã Ninh Hải") };
	struct step_input in = { .on = NO_DATE };
	struct work_loads loads;
	struct work_rows rows;
	struct work_filter f = { .unit = commune, .officer = clerk.person, .limit = 50 };
	struct dossier *d = loaded(codes[0]);
	CHECK_INT(step_take(tx, d, "assign", &stranger, &in, NULL), ERR_INVALID);
	tx->err = OK;
	CHECK_INT(step_take(tx, d, "assign", &form, &in, NULL), OK);
	CHECK_INT(loaded(codes[0])->officer, clerk.person);
	CHECK_INT(work_count(tx, commune, &loads), OK);
	CHECK_INT(load_of(&loads, clerk.person)->open, 1);
	CHECK_INT(load_of(&loads, leader.person)->open, 0);
	CHECK_INT(load_of(&loads, 0)->open, 2);
	CHECK_INT(work_list(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 1);
	CHECK_STR(rows.at[0].code, codes[0]);
	CHECK_INT(rows.at[0].title.len, 0); /* a personal matter is named by its code */
	/* Days pass: what was promised for the 20th is due soon, then overdue. */
	test_now(tx, "2021-03-18T08:00");
	CHECK_INT(work_count(tx, commune, &loads), OK);
	CHECK_INT(load_of(&loads, clerk.person)->soon, 1);
	test_now(tx, "2021-03-21T08:00");
	CHECK_INT(work_count(tx, commune, &loads), OK);
	CHECK_INT(load_of(&loads, clerk.person)->overdue, 1);
	f.due = WORK_OVERDUE;
	f.officer = WORK_EVERYBODY;
	CHECK_INT(work_list(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 2);
	/* Whose step is next: a complaint waits for its leader, to accept it and to decide. */
	struct petition complaint = { .type = S("complaint"),
				      .title = S("Thu hồi đất sai diện tích"),
				      .body = S("Diện tích trong quyết định nhỏ hơn thực tế."),
				      .people = 1,
				      .name = S("Người Mẫu"),
				      .address = S("Thôn Đông") },
			accepted = { 0 };
	CHECK_INT(dossier_open(tx, &petition_kind, commune, "enter", &complaint, &in, NULL, &d),
		  OK);
	f = (struct work_filter){
		.unit = commune, .officer = WORK_EVERYBODY, .turn = TURN_OTHERS, .limit = 50
	};
	CHECK_INT(work_list(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 1);
	tx->who = &leader;
	CHECK_INT(step_take(tx, d, "accept", &accepted, &in, NULL), OK);
	f.turn = TURN_MINE;
	CHECK_INT(work_list(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 4);
	tx->who = &clerk;
	CHECK_INT(work_list(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 3);
	f.turn = TURN_OTHERS;
	CHECK_INT(work_list(tx, &f, &rows), OK);
	CHECK_INT(rows.n, 1);
	CHECK_STR(rows.at[0].code, d->code);
	d = loaded(codes[1]);
	CHECK_INT(step_take(tx, d, "assign", &form, &in, NULL), OK);
	CHECK_INT(step_take(tx, d, "assign", &nobody, &in, NULL), OK);
	CHECK_INT(loaded(codes[1])->officer, 0);
	d = loaded(codes[0]);
	CHECK_INT(step_take(tx, d, "transfer", &to, &in, NULL), OK);
	CHECK_INT(loaded(codes[0])->officer, 0);
	f.unit = other;
	CHECK_INT(work_list(tx, &f, &rows), ERR_DENIED);
	tx->err = OK;
	small_site_verify(tx);
}
