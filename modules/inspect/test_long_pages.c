/* Pages that would grow with the years or with the province: each stays within what a page may weigh, and what it leaves out
 * stands on pages of its own, each row once. DESIGN.md, 10. */
#include "modules/inspect/reception_plan.h"
#include "modules/inspect/statistic_tables.h"
#include "office/daily.h"
#include "office/step.h"
#include "office/unit_edit.h"
#include "web/module.h"
#include "web/routes.h"
#include "web/statics.h"
#include "web/test_house.h"

#include <string.h>

extern const struct module inspect_module;

enum { PAGE_BYTES = 60 * 1024, PAGES_MOST = 100, UNITS = 40 };

static void begin(void)
{
	office = (struct office){ .kinds = every_kind(test_arena()) };
	begin_site();
}

static struct browser open_doors(const char *now)
{
	static const struct route *tables[] = { office_routes, NULL, NULL, NULL };
	tables[1] = kind_routes(test_arena(), &office);
	tables[2] = inspect_module.routes;
	CHECK_INT(tx_end(tx, OK), OK);
	site = browser_site(test_tx_dir(tx), now, false, tables);
	site->house.office = &office;
	return browser_open(site);
}

/* Its HTML, which with the style sheet is light enough. */
static struct str page(struct browser *b, struct str path)
{
	struct answer a = browser_get(b, str_z(test_arena(), path));
	if (a.status != 200)
		FAIL("%.*s: %d", STR_ARG(path), a.status);
	if (a.body.len + statics_style_text().len > PAGE_BYTES)
		FAIL("%.*s: HTML %zu and CSS %zu bytes", STR_ARG(path), a.body.len,
		     statics_style_text().len);
	return str_dup(test_arena(), a.body);
}

static int times(struct str in, const char *what)
{
	int n = 0;
	for (size_t i = 0; i + strlen(what) <= in.len; i++)
		n += memcmp(in.at + i, what, strlen(what)) == 0;
	return n;
}

/* The address of the link with these words before its end; "" when there is none. */
static struct str link_of(struct str html, const char *end)
{
	const char *at = memmem(html.at, html.len, end, strlen(end));
	const char *from = at;
	while (from && from > html.at && memcmp(from, "href=\"", 6) != 0)
		from--;
	if (!at)
		return S("");
	struct buf out = { .a = test_arena() };
	for (from += 6; *from != '"'; from++) {
		buf_putc(&out, *from);
		from += *from == '&' ? strlen("amp;") : 0;
	}
	return buf_str(&out);
}

/* All pages from this one on: how often that stands on them, each in the limit. */
static int on_all(struct browser *b, struct str path, const char *what)
{
	int n = 0, pages = 0;
	for (; path.len && pages < PAGES_MOST; pages++) {
		struct str html = page(b, path);
		n += times(html, what);
		path = link_of(html, "\" rel=\"next\">");
	}
	CHECK(pages > 1 && pages < PAGES_MOST);
	return n;
}

static struct dossier *kept_schedule(const char *until)
{
	struct reception_plan form = { .title = S("Lịch tiếp công dân"),
				       .posts = { NEW_N(test_arena(), struct str, 1), 1 },
				       .since = test_date("2021-03-15"),
				       .place = S("Phòng tiếp công dân UBND xã"),
				       .body = S("") };
	struct daily walk = { .more = true };
	struct member leader;
	struct dossier *d;
	int64_t who = user("lanh.dao", commune);
	form.posts.at[0] = S("Chủ tịch UBND cấp xã");
	appoint(who, commune, LEADER);
	CHECK_INT(member_load(tx, who, &leader), OK);
	tx->who = &leader;
	if (dossier_open(tx, &reception_plan_kind, commune, "issue", &form,
			 &(struct step_input){ .on = NO_DATE }, NULL, &d))
		FAIL("%s", tx->why);
	test_now(tx, until);
	tx->who = &system_member;
	while (walk.more)
		CHECK_INT(daily_run(tx, 100, &walk), OK);
	CHECK_INT(dossier_load(tx, d->id, &d), OK);
	return d;
}

TEST(a_schedule_kept_for_three_years_fits_its_page_and_leads_to_all_it_leaves_out)
{
	begin();
	struct dossier *d = kept_schedule("2024-03-20T08:00");
	int duties = (int)d->duties.n, acts = (int)d->acts;
	struct str path = str_printf(test_arena(), "/ho-so/%.*s", STR_ARG(d->code));
	CHECK(duties > 140);
	CHECK(acts > 140);
	struct browser b = open_doors("2024-03-20T08:00");
	struct str html = page(&b, path);
	/* Six of the duties, ten of the acts; the rest is said and led to. */
	CHECK(str_has(html, str_printf(test_arena(), ">Còn %d mục nữa</a>", duties - 6)));
	CHECK(str_has(html, str_printf(test_arena(), ">Còn %d mục nữa</a>", acts - 10)));
	CHECK_INT(times(html, "<li><time"), 10);
	struct str all = str_printf(test_arena(), "%.*s/toan-bo/", STR_ARG(path));
	CHECK(str_has(html, all));
	CHECK_INT(on_all(&b, str_printf(test_arena(), "%.*shan", STR_ARG(all)), "<li><span>"),
		  duties);
	CHECK_INT(on_all(&b, str_printf(test_arena(), "%.*sdien-bien", STR_ARG(all)), "<li><time"),
		  acts);
	/* What is due stands before what is over. */
	CHECK(str_has(str_cut(page(&b, path), 20000), S("Quá hạn")));
	static const char *const none[] = { "dien-bien?trang=90", "phien-ban", "posts", "khong" };
	for (size_t i = 0; i < LENGTH(none); i++)
		CHECK_INT(browser_get(&b, str_z(test_arena(), str_printf(test_arena(), "%.*s%s",
									 STR_ARG(all), none[i])))
				  .status,
			  404);
}

/* As the steps count them, by month and by year. */
static void count_meetings(int64_t unit)
{
	struct query month = db_query(tx, "INSERT INTO tally (unit, month, tally_key, n)"
					  " VALUES ($1, 202105, 'dialogue.meeting', 3)");
	BIND(&month, unit);
	CHECK_INT(db_exec(&month), OK);
	struct query year = db_query(tx, "INSERT INTO tally_year (unit, tally_key, year, n)"
					 " VALUES ($1, 'dialogue.meeting', 2021, 3)");
	BIND(&year, unit);
	CHECK_INT(db_exec(&year), OK);
}

/* One of many units right beneath the district. */
static int64_t centre(int i)
{
	struct unit_new n = { .parent = unit_at(tx, "374", "2021-01-05").id,
			      .level = LEVEL_AGENCY,
			      .code = str_printf(test_arena(), "9%04d", i),
			      .type = S("trung tâm"),
			      .name = str_printf(test_arena(), "Mẫu %d", i),
			      .name_en = S(""),
			      .from = test_date("2021-01-05"),
			      .to = NO_DATE };
	int64_t id;
	CHECK_INT(unit_add(tx, &n, &id), OK);
	return id;
}

TEST(the_review_of_forty_units_fits_its_page_and_says_every_figure_on_some_page)
{
	begin();
	for (int i = 0; i < UNITS; i++) {
		int64_t id = centre(i);
		count_meetings(id);
	}
	struct browser b = open_doors("2022-03-10T08:00");
	struct str first = page(&b, S("/tong-ket/374/2021"));
	CHECK(str_has(first, S(">Số liệu của 42 đơn vị trực thuộc</a>")));
	CHECK(str_has(first, S("class=\"fig\"")) && !str_has(first, S("Mẫu 1")));
	struct str units_of = link_of(first, "\">Số liệu của 42");
	CHECK_INT(on_all(&b, units_of, "\">Trung tâm Mẫu "), UNITS);
	struct str second = page(&b, units_of);
	CHECK(str_has(second, S("Mục 1–20 trong 42")) && !str_has(second, S("class=\"fig\"")));
	CHECK_INT(times(second, "<tfoot>"), 1);
	CHECK_INT(browser_get(&b, "/tong-ket/374/2021?phan=don-vi&trang=4").status, 404);
	/* Of a quarter the figures of the year so far stand beside, and links are longer. */
	struct str quarter = page(&b, S("/tong-ket/374/2021?tu=4&den=6"));
	CHECK(str_has(quarter, S("Số liệu của ")));
}

static void count_figure(int64_t unit, struct str key, int64_t dossier)
{
	struct query q = db_query(tx, "INSERT INTO figure (unit, figure_key, counted_on, dossier,"
				      " item, n) VALUES ($1, $2, $3, $4, $5, 1234)"
				      " ON CONFLICT DO NOTHING");
	struct date day = test_date("2021-05-04");
	BIND(&q, unit, key, day, dossier, (int64_t)day.days * STAT_DAY);
	CHECK_INT(db_exec(&q), OK);
}

/* Something for every cell that may be a link, and sums that do not hold. */
static void count_tables(int64_t unit, int64_t dossier)
{
	for (int t = 0; t < STATISTIC_TABLES; t++)
		for (int c = 0; c < statistic_tables[t].n; c++) {
			const struct stat_term *of = statistic_tables[t].columns[c].terms;
			for (int i = 0; i < STAT_TERMS && of[i].key; i++) {
				const char *type = statistic_tables[t].suffixes[0];
				struct str key = of[i].of ? str_printf(test_arena(), "%s.%s",
								       of[i].key, type)
							  : str_of(of[i].key);
				if (!of[i].minus)
					count_figure(unit, key, dossier);
			}
		}
}

TEST(a_statutory_table_of_forty_units_fits_its_page_and_says_each_of_them_on_some_page)
{
	static const char *const tables[] = { "TCD01", "XLD01",  "XLD02", "XLD03",
					      "XLD04", "KQGQ01", "KQGQ02" };
	begin();
	int64_t dossier = kept_schedule("2021-03-20T08:00")->id;
	for (int i = 0; i < UNITS; i++) {
		int64_t id = centre(i);
		count_meetings(id); /* units with no tallies are not asked for figures */
		count_tables(id, dossier);
	}
	int64_t district = unit_at(tx, "374", "2021-01-05").id;
	count_meetings(district);
	count_tables(district, dossier);
	struct browser b = open_doors("2022-03-10T08:00");
	for (size_t i = 0; i < LENGTH(tables); i++) {
		struct str table = str_printf(test_arena(), "/thong-ke/%s/374", tables[i]);
		struct str year = str_printf(test_arena(), "%.*s?tu=2021-01-01&den=2021-12-31",
					     STR_ARG(table));
		struct str first = page(&b, year);
		CHECK(str_has(first, S("<h2 class=\"rule\" id=\"tong\">")));
		CHECK(!str_has(first, S("</a></th>"))); /* the row of a unit */
		struct str units_of = link_of(first, "\">Số liệu của 42 đơn vị trực thuộc");
		CHECK_INT(on_all(&b, units_of, "</a></th>"), UNITS + 2);
		/* The days, the other tables and the form keep to the units; a file is whole. */
		struct str second = page(&b, units_of);
		CHECK(str_has(second, S("<summary>Tên các cột</summary>")));
		CHECK(!str_has(second, S("id=\"tong\"")) && str_has(second, S("trong 42</span>")));
		/* Each page says what its columns count, what the district counted itself, and the whole. */
		CHECK(str_has(second, S("said-head\"><b>1</b> ")));
		int pages = on_all(&b, units_of, "\">Tổng của cả Huyện Hoa Lư</th>");
		/* What it received were complaints. */
		if (strcmp(tables[i], "XLD03") != 0 && strcmp(tables[i], "XLD04") != 0)
			CHECK_INT(on_all(&b, units_of, "Của chính đơn vị này</th>"), pages);
		CHECK(pages > 1);
		CHECK_INT(times(second, "name=\"phan\" value=\"don-vi\""), 1);
		CHECK_STR(link_of(second, "\">Quý I/2021"),
			  str_printf(test_arena(), "%.*s?tu=2021-01-01&den=2021-03-31&phan=don-vi",
				     STR_ARG(table)));
		CHECK_STR(link_of(second, "\">Tổng và cách tính"),
			  str_printf(test_arena(), "%.*s?tu=2021-01-01&den=2021-12-31",
				     STR_ARG(table)));
		struct str csv = link_of(second, "\">CSV</a>");
		CHECK(!str_has(csv, S("phan")));
		struct answer a = browser_get(&b, str_z(test_arena(), csv));
		CHECK_INT(times(a.body, ",Trung tâm Mẫu 3,1,"), 1);
		CHECK_INT(times(a.body, ",Trung tâm Mẫu 39,1,"), 1);
	}
	CHECK_INT(browser_get(&b, "/thong-ke/XLD01/374?phan=don-vi&trang=40").status, 404);
	/* Where nobody is beneath there are only the totals. */
	CHECK(str_has(page(&b, S("/thong-ke/XLD01/14536?phan=don-vi")), S("id=\"tong\"")));
}
