/* The review of every unit and year on a site where every step of every kind has been taken, asked as a
 * browser asks: each figure that a page shows opens exactly as many records as it says, whichever kind
 * declared it. A kind that is added is tried without a line here. */
#include "tests/asker.h"

#include "base/json.h"
#include "office/verify.h"

#include <stdio.h>
#include <string.h>

static struct walk_site s;
static struct asker a;

static void look_on(struct walk_site *site, const struct walk_act *act, void *what)
{
	(void)site, (void)act, (void)what;
}

static struct instant newest(void)
{
	struct db *db = test_open(s.dir, DB_READ);
	struct rng rng;
	rng_seeded(&rng, 1);
	struct tx tx = { .mem = test_arena(), .rng = &rng, .office = &s.office };
	CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
	struct query q = db_query(&tx, "SELECT MAX(recorded_at) FROM act");
	CHECK_INT(db_one(&q), OK);
	struct instant at = { col_int(&q, 0) };
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	return at;
}

static struct reply_seen get(struct str path)
{
	struct question q = { .method = GET, .path = path, .session = S("") };
	return asker_see(&a, &q);
}

static struct json get_json(struct arena *mem, struct str path)
{
	struct json j;
	struct str why;
	struct reply_seen r = get(path);
	if (r.status != 200)
		FAIL("GET %.*s: %d", STR_ARG(path), r.status);
	if (!json_parse(mem, r.body, &j, &why))
		FAIL("GET %.*s: %.*s", STR_ARG(path), STR_ARG(why));
	return j;
}

/* The sum of what each row of a list counts. */
static int64_t listed(struct arena *mem, struct str path, const char *outcome)
{
	struct json j = get_json(mem, str_printf(mem, "%.*s.json%s", STR_ARG(path), outcome));
	const struct json *all = json_get(&j, "rows");
	int64_t n = 0;
	CHECK_INT(all->kind, J_LIST);
	for (size_t i = 0; i < all->count; i++)
		n += json_get_int(&all->items[i], "n");
	return n;
}

/* Rows, where each stands for itself: a unit that has not answered counts nothing and is listed. */
static int64_t rows(struct arena *mem, struct str path, const char *outcome)
{
	struct json j = get_json(mem, str_printf(mem, "%.*s.json%s", STR_ARG(path), outcome));
	const struct json *all = json_get(&j, "rows");
	int64_t n = (int64_t)all->count;
	/* What is sealed is in one row: how many. */
	if (n && str_has(json_get_str(&all->items[n - 1], "title"), S("(không liệt kê)")))
		n += json_get_int(&all->items[n - 1], "n") - 1;
	return n;
}

static size_t check_indicator(struct arena *mem, struct str unit, int year, const struct json *i)
{
	const struct json *period = json_get(i, "period");
	struct str code = json_get_str(i, "code");
	struct str path =
		str_printf(mem, "/tong-ket/%.*s/%d/%.*s", STR_ARG(unit), year, STR_ARG(code));
	if (period->kind == J_NULL) {
		CHECK_INT(rows(mem, path, ""), 0);
		return 0;
	}
	int64_t n = json_get_int(period, "n"), of = json_get_int(period, "of");
	if (str_eq(json_get_str(i, "how"), S("sum"))) {
		CHECK_INT(listed(mem, path, ""), n);
	} else {
		CHECK_INT(rows(mem, path, ""), of);
		CHECK_INT(rows(mem, path, "?ket-qua=dat"), n);
		CHECK_INT(rows(mem, path, "?ket-qua=chua-dat"), of - n);
	}
	struct reply_seen page = get(path);
	CHECK_INT(page.status, 200);
	return n > 0;
}

/* "12 units": the heading above a list. */
static struct str heading(struct arena *mem, struct str path, const char *query)
{
	struct reply_seen r = get(str_printf(mem, "%.*s%s", STR_ARG(path), query));
	const char *at = strstr(str_z(mem, r.body), "<h2 id=\"ds\">");
	CHECK_INT(r.status, 200);
	CHECK(at);
	return at ? str_cut(str_of(at), (size_t)(strstr(at, "</h2>") - at)) : S("");
}

/* Who owes has no parts and is counted for the period alone: an address that asks for more gets that. */
static void check_coverage(struct arena *mem, struct str unit, int year)
{
	struct str path = str_printf(mem, "/tong-ket/%.*s/%d/house.coverage", STR_ARG(unit), year);
	CHECK_STR(heading(mem, path, "?phan=1"), heading(mem, path, ""));
	CHECK_STR(heading(mem, path, "?luy-ke=1"), heading(mem, path, ""));
	CHECK_INT(rows(mem, path, "?luy-ke=1"), rows(mem, path, ""));
}

/* What stands by unit, and what belongs to none of them, is the whole. */
static void check_sum(const struct json *review, const struct json *indicator)
{
	const char *code = str_z(test_arena(), json_get_str(indicator, "code"));
	const struct json *units = json_get(review, "units"), *rest = json_get(review, "rest");
	const struct json *whole = json_get(indicator, "period");
	int64_t n =
		json_get_int(json_get(json_get(json_get(rest, "indicators"), code), "period"), "n");
	for (size_t i = 0; i < units->count; i++)
		n += json_get_int(json_get(json_get(json_get(&units->items[i], "indicators"), code),
					   "period"),
				  "n");
	if (whole->kind != J_NULL)
		CHECK_INT(n, json_get_int(whole, "n"));
}

/* The rows and the rest are the whole. */
static void check_sums(const struct json *review)
{
	const struct json *all = json_get(review, "indicators"), *units = json_get(review, "units");
	for (size_t i = 0; i < all->count; i++) {
		struct str name = json_get_str(&all->items[i], "code");
		char key[40];
		snprintf(key, sizeof key, "%.*s", STR_ARG(name));
		const struct json *whole = json_get(&all->items[i], "period");
		const struct json *rest = json_get(
			json_get(json_get(json_get(review, "rest"), "indicators"), key), "period");
		int64_t n = json_get_int(rest, "n"), of = json_get_int(rest, "of");
		for (size_t k = 0; k < units->count; k++) {
			const struct json *one = json_get(
				json_get(json_get(&units->items[k], "indicators"), key), "period");
			n += json_get_int(one, "n");
			of += json_get_int(one, "of");
		}
		CHECK_INT(n, json_get_int(whole, "n"));
		CHECK_INT(of, json_get_int(whole, "of"));
	}
}

/* How many figures were more than nothing. */
static size_t check_review(struct str unit, int year)
{
	struct arena *mem = arena_new(0);
	struct str path = str_printf(mem, "/tong-ket/%.*s/%d", STR_ARG(unit), year);
	struct json j = get_json(mem, str_printf(mem, "%.*s.json", STR_ARG(path)));
	const struct json *all = json_get(&j, "indicators");
	size_t some = 0;
	for (size_t i = 0; i < all->count; i++) {
		some += check_indicator(mem, unit, year, &all->items[i]);
		check_sum(&j, &all->items[i]);
	}
	check_coverage(mem, unit, year);
	check_sums(&j);
	CHECK_INT(get(path).status, 200);
	CHECK_INT(get(str_printf(mem, "/en%.*s", STR_ARG(path))).status, 200);
	CHECK_INT(get(str_printf(mem, "%.*s.csv", STR_ARG(path))).status, 200);
	arena_free(mem);
	return some;
}

static void check_verified(void)
{
	struct db *db = test_open(s.dir, DB_READ);
	struct rng rng;
	struct verify_result result;
	rng_seeded(&rng, 1);
	struct tx tx = { .mem = test_arena(), .now = newest(), .rng = &rng, .office = &s.office };
	CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
	CHECK_INT(verify_office(&tx, NULL, &result), OK);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	CHECK(result.reviews > 20);
	CHECK_INT(result.reviews_different, 0);
	CHECK_INT(result.figures_different, 0);
}

TEST(every_figure_of_every_review_opens_as_many_records_as_it_says)
{
	walk_site_make(&s);
	walk_all(&s, look_on, NULL);
	check_verified();
	struct instant now = { newest().ms + (int64_t)45 * 24 * 3600 * 1000 };
	size_t some = 0;
	asker_open(&a, &s, s.dir, now);
	int last = date_ymd(instant_date(now)).year, first = date_ymd(instant_date(s.begins)).year;
	/* What a figure counts does not depend on the engine: there, half of the places. */
	for (int y = first - 1; y <= last; y++)
		for (int p = 0; p < PLACES; p += test_on_postgres() ? 2 : 1)
			some += check_review(s.code[p], y);
	asker_close(&a);
	CHECK(some > 10);
}

TEST(an_address_that_names_no_unit_no_year_no_month_and_no_indicator_is_not_found)
{
	walk_site_make(&s);
	asker_open(&a, &s, s.dir, s.begins);
	struct str root = s.code[AT_ROOT];
	int year = date_ymd(instant_date(a.now)).year;
	static const char *const wrong[] = { "1800",       "1999",
					     "abcd",       "20200",
					     "2020/XX-01", "2020?tu=0",
					     "2020?tu=13", "2020?tu=5&den=4",
					     "2020?tu=x" };
	for (size_t i = 0; i < LENGTH(wrong); i++) {
		struct str path =
			str_printf(test_arena(), "/tong-ket/%.*s/%s", STR_ARG(root), wrong[i]);
		if (get(path).status != 404)
			FAIL("%.*s is no review", STR_ARG(path));
	}
	CHECK_INT(get(S("/tong-ket/khong-co/2020")).status, 404);
	CHECK_INT(
		get(str_printf(test_arena(), "/tong-ket/%.*s/%d", STR_ARG(root), year + 1)).status,
		404);
	/* A cursor that is none begins at the beginning. */
	CHECK_INT(get(str_printf(test_arena(), "/tong-ket/%.*s/%d/CK-06?sau=9.x.%%2e&phan=77",
				 STR_ARG(root), year))
			  .status,
		  200);
	asker_close(&a);
}

TEST(the_review_that_people_look_for_is_that_of_the_last_year_until_march_is_over)
{
	walk_site_make(&s);
	asker_open(&a, &s, s.dir, test_instant("2021-02-10T09:00"));
	struct reply_seen r = get(S("/tong-ket"));
	CHECK_INT(r.status, 303);
	CHECK_STR(r.location,
		  str_printf(test_arena(), "/tong-ket/%.*s/2020", STR_ARG(s.code[AT_ROOT])));
	asker_close(&a);
}
