/* The calculator: what the law and the calendar answer, as people read it and as programs do. */
#include "law/due_print.h"
#include "office/added_day.h"
#include "office/step.h"
#include "tests/log_site.h"
#include "web/proof_routes.h"
#include "web/test_ask.h"

static const struct kind *const kinds[] = { &added_day_kind, NULL };
static struct office office;

static struct tx *law_site(void)
{
	struct tx *tx = site();
	struct str why;
	CHECK_OK(law_builtin(test_arena(), &office.law, &why));
	office.calendar = calendar_of_law(test_arena(), office.law);
	office.kinds = kinds;
	tx->office = &office;
	return tx;
}

static bool has(const struct asked *page, const char *words)
{
	return str_has(page->body, str_of(words));
}

static struct asked calc(const char *query)
{
	struct asker *a = asker_new(law_site(), proof_routes);
	return asker_get(a, str_printf(test_arena(), "/tinh-han%s", query).at);
}

TEST(the_form_offers_every_rule_in_vietnamese_and_in_groups)
{
	struct asked p = calc("");
	CHECK_INT(p.status, 200);
	CHECK(has(&p, "<optgroup label=\"Công khai ở cấp xã\">"));
	CHECK(has(&p,
		  "<option value=\"disclosure.commune.publish\">Công khai sau khi có quyết định"));
	CHECK(has(&p, "value=\"01/03/2026\""));
	CHECK(!has(&p, "count.first_day")); /* nobody can be late with a way of counting */
	CHECK(!has(&p, "class=\"banner"));
	CHECK(has(&p, "Chưa thêm ngày nào"));
}

/* Law 10/2022, art. 12.3: five working days, with the weekend passed over. */
TEST(the_answer_is_a_sentence_with_its_article_and_every_day)
{
	struct asked p = calc("?quy-tac=disclosure.commune.publish&ngay=25/12/2023");
	CHECK(has(&p, "Hạn: hết thứ Ba, 02/01/2024"));
	CHECK(has(&p, "Luật 10/2022/QH15, Điều 12, khoản 3"));
	CHECK(has(&p, "thứ Bảy, 30/12/2023"));
	CHECK(has(&p, "<details open>"));
	CHECK(has(&p, "selected>Công khai sau khi có quyết định, văn bản"));
	CHECK(!has(&p, "Chưa kiểm chứng"));
}

TEST(a_rule_from_memory_says_that_it_is_not_verified)
{
	struct asked p = calc("?quy-tac=disclosure.commune.publish&ngay=2020-12-23");
	CHECK(has(&p, "Chưa kiểm chứng"));
	CHECK(has(&p, "TL-009"));
}

TEST(a_year_without_holidays_warns)
{
	struct asked p = calc("?quy-tac=disclosure.commune.publish&ngay=2031-05-05");
	CHECK(has(&p, "Chưa có lịch nghỉ lễ của một năm trong phép tính này"));
}

TEST(a_step_without_a_limit_has_none)
{
	struct asked p = calc("?quy-tac=front_supervision.answer&ngay=2026-03-02");
	CHECK(has(&p, "Văn bản không đặt thời hạn"));
	CHECK(has(&p, "không ghi số ngày"));
	CHECK(!has(&p, "Từng ngày được đếm"));
}

TEST(a_rule_outside_its_dates_names_what_was_before_and_what_comes)
{
	struct asked early = calc("?quy-tac=village_head_vacancy.interim&ngay=2026-03-02");
	CHECK(has(&early, "Quy tắc này không có hiệu lực vào ngày đó"));
	CHECK(has(&early, "thứ Ba, 26/05/2026"));
	CHECK(has(&early, "ngay=2026-05-26"));
	struct asked late = calc("?quy-tac=dialogue.commune.notice&ngay=2026-03-02");
	CHECK(has(&late, "có hiệu lực đến hết thứ Sáu, 28/02/2025"));
	/* A row that was replaced: the one that holds is offered. */
	struct asked row = calc("?quy-tac=TL-009&ngay=2026-03-02");
	CHECK(has(&row, "ngày đó áp dụng dòng TL-001"));
}

TEST(what_was_typed_wrong_is_said_at_its_field)
{
	struct asked p = calc("?quy-tac=disclosure.commune.publish&ngay=31/02/2026");
	CHECK_INT(p.status, 200);
	CHECK(has(&p, "<title>Lỗi:"));
	CHECK(has(&p, "id=\"ngay-e\""));
	CHECK(has(&p, "value=\"31/02/2026\""));
	struct asked q = calc("?quy-tac=%3Cb%3E&ngay=2026-03-02");
	CHECK(has(&q, "id=\"quy-tac-e\""));
	CHECK(has(&q, "“&lt;b&gt;”"));
}

TEST(json_has_the_keys_of_dinh_due)
{
	struct tx *tx = law_site();
	struct asker *a = asker_new(tx, proof_routes);
	struct date from = test_date("2023-12-25");
	struct due due;
	struct buf b = { .a = test_arena() };
	struct asked r =
		asker_get(a, "/tinh-han.json?quy-tac=disclosure.commune.publish&ngay=2023-12-25");
	CHECK(due_compute(test_arena(), office.calendar,
			  law_rule(office.law, S("disclosure.commune.publish"), from), from, &due));
	due_json(&b, &due);
	buf_putc(&b, '\n');
	CHECK_INT(r.status, 200);
	CHECK_STR(r.type, S("application/json; charset=utf-8"));
	CHECK_STR(r.body, buf_str(&b));
	CHECK_INT(asker_get(a, "/tinh-han.json").status, 400);
	CHECK_INT(asker_get(a, "/tinh-han.json?quy-tac=TL-001&ngay=x").status, 400);
	CHECK_INT(asker_get(a, "/tinh-han.json?quy-tac=nothing&ngay=2026-01-01").status, 404);
	CHECK_INT(asker_get(a, "/tinh-han.json?quy-tac=TL-009&ngay=2026-01-01").status, 404);
}

TEST(the_page_stands_in_english_too)
{
	struct asker *a = asker_new(law_site(), proof_routes);
	struct asked p =
		asker_get(a, "/en/tinh-han?quy-tac=disclosure.commune.publish&ngay=25/12/2023");
	CHECK(has(&p, "Due by the end of Tuesday, 2 January 2024"));
	CHECK(has(&p, "action=\"/en/tinh-han\""));
}

/* A day off that an administrator records moves the answer, and stands in the list. */
TEST(a_day_added_by_the_site_counts_and_is_listed)
{
	struct tx *tx = law_site();
	struct appointment held = { .id = 1,
				    .person = 1,
				    .unit = 1,
				    .role = ADMIN,
				    .from = test_date("2020-01-01"),
				    .to = NO_DATE };
	struct member chief = { .person = 1, .at = &held, .n = 1 };
	struct added_day day = { test_date("2026-03-03"), S("Nghỉ vì bão"), S("off") };
	struct step_input in = { .on = NO_DATE, .channel = CHANNEL_WEB };
	struct dossier *d;
	struct query u = db_query(tx, "INSERT INTO unit (id, first_day, last_day, made_at)"
				      " VALUES (1, '0001-01-01', '9999-12-31', 0)");
	CHECK_OK(db_exec(&u));
	struct query v = db_query(tx, "INSERT INTO unit_version (unit, code, type, name, name_en,"
				      " parent, level, valid_from, valid_to, made_at) VALUES (1,"
				      " '14464', 'xã', 'Mẫu', '', NULL, 3, '0001-01-01',"
				      " '9999-12-31', 0)");
	CHECK_OK(db_exec(&v));
	struct query w = db_query(tx, "INSERT INTO unit_ancestor (unit, ancestor, valid_from,"
				      " valid_to, depth, way) VALUES (1, 1, '0001-01-01',"
				      " '9999-12-31', 0, 0)");
	CHECK_OK(db_exec(&w));
	tx->who = &chief;
	CHECK_OK(dossier_open(tx, &added_day_kind, 1, added_day_kind.steps[0].name, &day, &in, NULL,
			      &d));
	test_commit(tx);
	struct asker *a = asker_new(tx, proof_routes);
	struct asked p =
		asker_get(a, "/tinh-han?quy-tac=disclosure.commune.publish&ngay=02/03/2026");
	CHECK(has(&p, "Hạn: hết thứ Ba, 10/03/2026"));
	CHECK(has(&p, "Nghỉ vì bão"));
	CHECK(has(&p, "thứ Ba, 03/03/2026"));
	CHECK(!has(&p, "Chưa thêm ngày nào"));
}
