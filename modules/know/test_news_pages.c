/* What readers see of articles and official answers, asked as a browser asks. */
#include "modules/know/article.h"
#include "modules/know/clarification.h"
#include "office/gate.h"
#include "tests/asker.h"

#include <string.h>

static struct walk_site s;
static struct asker a;
static struct instant now;

/* --- A site with both --- */

static void act(struct tx *tx, struct db *db, struct rng *rng, struct member *who, enum role role)
{
	rng_seeded(rng, 7);
	*tx = (struct tx){ .mem = test_arena(), .now = now, .rng = rng, .office = &s.office };
	CHECK_INT(tx_begin(tx, db, DB_WRITE), OK);
	CHECK_INT(member_load(tx, s.person[AT_COMMUNE][walk_role_index(role)], who), OK);
	tx->who = who;
}

/* By the real steps, from the draft to the public page. */
static struct str publish(const struct kind *kind, void *form)
{
	struct db *db = test_open(s.dir, DB_WRITE);
	struct step_input in = { .on = NO_DATE };
	struct member clerk, leader;
	struct dossier *d;
	struct rng rng;
	struct tx tx;
	static uint64_t seed = 100;
	act(&tx, db, &rng, &leader, LEADER);
	CHECK_INT(member_load(&tx, s.person[AT_COMMUNE][walk_role_index(CLERK)], &clerk), OK);
	rng_seeded(&rng, seed++);
	tx.who = &clerk;
	CHECK_INT(dossier_open(&tx, kind, s.unit[AT_COMMUNE], "record", form, &in, NULL, &d), OK);
	const struct step *submit = kind_step(kind, S("submit"));
	void *boxes = step_form(tx.mem, submit);
	for (const struct field *f = submit->form; f->type; f++)
		if (f->type == FIELD_BOOL)
			*field_bool(f, boxes) = true;
	CHECK_INT(step_take(&tx, d, "submit", boxes, &in, NULL), OK);
	tx.who = &leader;
	void *content = step_form(tx.mem, kind_step(kind, S("publish")));
	CHECK_INT(step_take(&tx, d, "publish", content, &in, NULL), OK);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	return d->code;
}

static void begin(void)
{
	walk_site_make(&s);
	now = s.begins;
}

static void open_pages(void)
{
	asker_open(&a, &s, s.dir, now);
}

static struct str page(const char *path)
{
	struct question q = { .method = GET, .path = str_of(path), .session = S("") };
	/* A request has a budget of memory, which what the site was made with does not count against. */
	struct arena *mem = arena_new(0);
	struct reply_seen r = asker_ask(&a, mem, &q);
	CHECK_INT(r.status, 200);
	struct str body = str_dup(test_arena(), r.body);
	arena_free(mem);
	return body;
}

static struct str dossier_page(struct str code)
{
	return page(str_z(test_arena(), str_printf(test_arena(), "/ho-so/%.*s", STR_ARG(code))));
}

/* Where a text stands in a page; fails when it does not. */
static size_t place_of(struct str body, const char *text)
{
	const char *at = memmem(body.at, body.len, text, strlen(text));
	if (!at)
		FAIL("the page does not say \"%s\"", text);
	return (size_t)(at - body.at);
}

static bool has(struct str body, const char *text)
{
	return str_has(body, str_of(text));
}

static struct article news(void)
{
	return (struct article){
		.title = S("Xã đối thoại với nhân dân"),
		.lead = S("Sáng nay, xã đối thoại về vệ sinh môi trường."),
		.body = S("Có [ba nhóm ý kiến](CK-7K3Q-92MV) được trả lời ngay."),
		.byline = S("Văn phòng UBND xã"),
		.place = S("Nhà văn hóa xã"),
	};
}

static struct clarification answer(void)
{
	return (struct clarification){
		.title = S("Về phí vệ sinh năm nay"),
		.claim = S("Mỗi hộ phải nộp gấp đôi phí vệ sinh."),
		.place = S("trên mạng xã hội"),
		.verdict = S("false"),
		.body = S("Mức phí năm nay **không đổi**."),
		.since = NO_DATE,
	};
}

/* --- Pages --- */

TEST(an_article_shows_its_hour_its_lead_first_and_its_byline_last)
{
	begin();
	struct article first = news(), second = news();
	struct str code = publish(&article_kind, &first);
	second.title = S("Tin thứ hai của xã");
	second.sources = str_printf(test_arena(),
				    "%.*s\nNghị quyết 12 <b> https://vi-du.example/nq\n"
				    "Trang javascript://x",
				    STR_ARG(code));
	struct str other = publish(&article_kind, &second);
	open_pages();
	struct str body = dossier_page(other);
	size_t hour = place_of(body, "<time datetime=\"");
	size_t lead = place_of(body, "<article class=\"prose\">\n<p>Sáng nay, xã đối thoại");
	CHECK(place_of(body, "<h1>Tin thứ hai của xã</h1>") < hour && hour < lead);
	CHECK(place_of(body, "· Nhà văn hóa xã") < lead);
	CHECK(lead < place_of(body, "<p class=\"mute small\">Văn phòng UBND xã</p>"));
	/* A figure leads to the record it was counted from. */
	CHECK(has(body,
		  "<a href=\"/ho-so/CK-7K3Q-92MV\" rel=\"nofollow noopener\">ba nhóm ý kiến"));
	/* Links of sources are made by us: what was typed is words. */
	struct str to =
		str_printf(test_arena(), "<a href=\"/ho-so/%.*s\">Xã đối thoại với nhân dân</a>",
			   STR_ARG(code));
	CHECK(str_has(body, to));
	CHECK(has(body, "<a href=\"https://vi-du.example/nq\" rel=\"nofollow noopener\">"
			"Nghị quyết 12 &lt;b&gt;</a>"));
	CHECK(!has(body, "href=\"javascript") && has(body, "Trang javascript://x"));
	place_of(body, "Tin khác"); /* and the other one is news beside it */
	/* English as well. */
	struct str english = page(
		str_z(test_arena(), str_printf(test_arena(), "/en/ho-so/%.*s", STR_ARG(other))));
	place_of(english, "From this article");
	place_of(english, "Other news");
	asker_close(&a);
}

TEST(an_answer_stands_before_the_claim_and_apart_from_it)
{
	begin();
	struct clarification x = answer();
	struct str code = publish(&clarification_kind, &x);
	open_pages();
	struct str body = dossier_page(code);
	size_t verdict = place_of(body, "Trả lời chính thức: thông tin này không đúng");
	size_t reply = place_of(body, "<p>Mức phí năm nay <strong>không đổi</strong>.</p>");
	size_t head = place_of(body, "Điều đang được truyền tai</h2>");
	size_t claim = place_of(body, "<blockquote class=\"note\"><p>Mỗi hộ phải nộp gấp đôi");
	CHECK(verdict < reply && reply < head && head < claim);
	CHECK(has(body, "banner late"));
	CHECK(place_of(body, "</section>") < head);
	asker_close(&a);
}

TEST(both_stand_in_lists_feeds_search_on_the_home_page_and_at_their_unit)
{
	begin();
	struct article x = news();
	struct clarification y = answer();
	publish(&article_kind, &x);
	publish(&clarification_kind, &y);
	open_pages();
	struct str list = page("/tin");
	place_of(list, "Xã đối thoại với nhân dân</a><p>Sáng nay, xã đối thoại");
	/* The lists behind one door lead to each other, and nothing here is ever late. */
	CHECK(has(list, "href=\"/thong-tin-chinh-thuc\"") && has(list, "href=\"/cong-khai\""));
	CHECK(has(list, "aria-current=\"page\">Tin</a>") && !has(list, "name=\"tinh-trang\""));
	list = page("/thong-tin-chinh-thuc");
	CHECK(has(list, "Nghe nói: Mỗi hộ phải nộp gấp đôi") && has(list, "Không đúng</span>"));
	CHECK(has(list, "<option value=\"partly\">Đúng một phần</option>"));
	CHECK(!has(page("/thong-tin-chinh-thuc?noi-dung=true"), "Về phí vệ sinh"));
	CHECK(has(page("/thong-tin-chinh-thuc?noi-dung=false"), "Về phí vệ sinh"));
	CHECK(has(page("/tin.atom"), "<summary>Sáng nay, xã đối thoại"));
	CHECK(has(page("/thong-tin-chinh-thuc.atom"),
		  "<summary>Không đúng. Nghe nói: Mỗi hộ phải nộp"));
	CHECK(has(page("/tin.json"), "Xã đối thoại với nhân dân"));
	CHECK(has(page("/tim?q=moi+ho+gap+doi"), "Về phí vệ sinh"));
	CHECK(has(page("/tim?q=sang+nay+doi+thoai"), "Xã đối thoại với nhân dân"));
	struct str home = page("/");
	size_t due = place_of(home, "id=\"han\"");
	CHECK(due < place_of(home, "Xã đối thoại với nhân dân"));
	place_of(home, "Về phí vệ sinh năm nay");
	struct str unit = page(str_z(test_arena(), str_printf(test_arena(), "/don-vi/%.*s",
							      STR_ARG(s.code[AT_COMMUNE]))));
	place_of(unit, "Xã đối thoại với nhân dân");
	place_of(unit, "Về phí vệ sinh năm nay");
	asker_close(&a);
}

/* What was written down first may be approved last: readers see when it came. */
TEST(the_latest_of_a_day_stands_first_in_lists_and_feeds)
{
	static const char *const paths[] = { "/tin", "/tin.atom", "/tin.json", "/tin.csv", "/" };
	begin();
	struct article first = news(), second = news();
	now.ms += 2 * INT64_C(3600000);
	publish(&article_kind, &first);
	second.title = S("Tin ghi sau, đăng trước");
	now.ms -= INT64_C(3600000);
	publish(&article_kind, &second);
	now.ms += 2 * INT64_C(3600000);
	open_pages();
	for (size_t i = 0; i < LENGTH(paths); i++) {
		struct str body = page(paths[i]);
		if (place_of(body, "Tin ghi sau") < place_of(body, "Xã đối thoại với nhân dân"))
			FAIL("%s is not in the order of publication", paths[i]);
	}
	asker_close(&a);
}

/* A stub keeps its place in lists and says nothing of what it was. */
TEST(what_was_taken_down_says_nothing_in_any_list)
{
	begin();
	struct article x = news();
	struct str code = publish(&article_kind, &x);
	struct db *db = test_open(s.dir, DB_WRITE);
	struct member clerk;
	struct rng rng;
	struct tx tx;
	struct dossier *d;
	struct takedown form = { S("personal"), S("") };
	struct step_input in = { .on = NO_DATE };
	act(&tx, db, &rng, &clerk, CLERK);
	CHECK_INT(gate_read(&tx, code, &d), OK);
	CHECK_INT(step_take(&tx, d, "take_down", &form, &in, NULL), OK);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	open_pages();
	static const char *const paths[] = { "/tin", "/tin.atom", "/tin.json", "/",
					     "/tim?q=doi+thoai" };
	for (size_t i = 0; i < LENGTH(paths); i++) {
		struct str body = page(paths[i]);
		CHECK(!has(body, "Sáng nay, xã đối thoại"));
		CHECK(!has(body, "Xã đối thoại với nhân dân"));
	}
	place_of(dossier_page(code), "Đã gỡ khẩn cấp");
	asker_close(&a);
}
