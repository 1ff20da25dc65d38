/* Open data promises only what is served, and help explains every word of the pages. */
#include "tests/log_site.h"
#include "web/proof_routes.h"
#include "web/routes.h"
#include "web/test_ask.h"

static const struct state states[] = {
	{ 2, "shown", MSG_KNOW_STATE_PUBLISHED, TONE_OK, VISIBLE_PUBLIC }, { 0 }
};
static const struct kind listed = { .name = "listed",
				    .states = states,
				    .code = "LT",
				    .slug = "cong-khai",
				    .title = MSG_KNOW_DISCLOSURE,
				    .titles = MSG_KNOW_DISCLOSURES };
static const struct kind *const kinds[] = { &listed, NULL };
static struct office office;

static struct asker *open_site(void)
{
	struct tx *tx = site();
	struct str why;
	CHECK_OK(law_builtin(test_arena(), &office.law, &why));
	office.calendar = calendar_of_law(test_arena(), office.law);
	office.kinds = kinds;
	tx->office = &office;
	struct asker *a = asker_new(tx, proof_routes);
	router_add((struct router *)a->house.router, kind_routes(test_arena(), &office));
	a->house.log = open_log(tx);
	test_commit(tx);
	return a;
}

static bool has(const struct asked *page, const char *words)
{
	return str_has(page->body, str_of(words));
}

/* The address in the next href, without what escaping added; `rest` moves behind it. */
static bool next_link(struct str *rest, struct str *out)
{
	struct buf b = { .a = test_arena() };
	const char *at = memmem(rest->at, rest->len, "href=\"", 6);
	struct str address;
	if (!at)
		return false;
	*rest = str_from(*rest, (size_t)(at - rest->at) + 6);
	CHECK(str_next(rest, '"', &address));
	for (size_t i = 0; i < address.len; i++) {
		buf_putc(&b, address.at[i]);
		if (str_starts(str_from(address, i), S("&amp;")))
			i += 4;
	}
	*out = buf_str(&b);
	return true;
}

TEST(every_address_of_the_open_data_page_is_served)
{
	struct asker *a = open_site();
	struct asked p = asker_get(a, "/du-lieu");
	const char *from = memmem(p.body.at, p.body.len, "<main", 5);
	const char *to = memmem(p.body.at, p.body.len, "</main>", 7);
	int followed = 0;
	CHECK_INT(p.status, 200);
	CHECK(has(&p, "/cong-khai.csv"));
	CHECK(!has(&p, "/han.csv")); /* nobody serves it here */
	CHECK(has(&p, VECTOR_VKEY));
	struct str rest = { from, (size_t)(to - from) }, link;
	for (; next_link(&rest, &link); followed++) {
		struct match m;
		struct str path, query = link;
		CHECK(str_next(&query, '?', &path));
		if (!router_find(a->house.router, test_arena(), GET, path, &m) || !m.route)
			FAIL("nobody serves %.*s", STR_ARG(link));
	}
	CHECK(followed > 20);
}

TEST(the_tables_of_the_law_are_the_files_of_the_program)
{
	struct asker *a = open_site();
	struct asked p = asker_get(a, "/du-lieu/luat/time_limits.tsv");
	CHECK_INT(p.status, 200);
	CHECK_STR(p.type, S("text/tab-separated-values; charset=utf-8"));
	CHECK_STR(p.body, test_file("data/law/time_limits.tsv"));
	CHECK_INT(asker_get(a, "/du-lieu/luat/README.md").status, 404);
	CHECK_INT(asker_get(a, "/du-lieu/luat/x.tsv").status, 404);
	CHECK(asker_get(a, "/du-lieu/luat/%2E%2E%2Fx.tsv").status >= 400);
}

TEST(help_explains_the_words_under_addresses_that_stay)
{
	static const char *const ids[] = { "qua-han",    "muon",      "dung-han",
					   "den-han",    "niem-yet",  "khong-phat-sinh",
					   "kiem-chung", "dinh-chinh" };
	struct asker *a = open_site();
	struct asked p = asker_get(a, "/tro-giup"), en = asker_get(a, "/en/tro-giup");
	CHECK_INT(p.status, 200);
	CHECK_INT(en.status, 200);
	for (size_t i = 0; i < LENGTH(ids); i++) {
		struct str id = str_printf(test_arena(), "id=\"%s\"", ids[i]);
		CHECK(str_has(p.body, id));
		CHECK(str_has(en.body, id));
	}
	CHECK(has(&p, "<span class=\"tag late\">"));
	CHECK(has(&en, "Overdue"));
	CHECK(!has(&p, "blockchain"));
}
