/* Following: by feeds without an account, by a list with one, by a private address. */
#include "web/test_voices.h"

#include <stdlib.h>
#include <unistd.h>

static struct answer follow(struct browser *b, const char *page, const char *fields)
{
	browser_get(b, page);
	return browser_post(b, "/theo-doi", fields);
}

static const char *of_unit(const char *more)
{
	return str_printf(test_arena(), "unit=%lld&%s", (long long)commune, more).at;
}

static int64_t id_of(struct str code)
{
	struct tx read = { .mem = test_arena(), .office = &office };
	int64_t id = 0;
	CHECK_INT(tx_begin(&read, site->read, DB_READ), OK);
	CHECK_INT(dossier_by_code(&read, code, &id), OK);
	CHECK_INT(tx_end(&read, OK), OK);
	return id;
}

static const char *of_dossier(struct str code, const char *more)
{
	return str_printf(test_arena(), "dossier=%lld&%s", (long long)id_of(code), more).at;
}

TEST(units_dossiers_and_matters_have_feeds_that_need_no_account)
{
	begin_voices();
	open_doors(false);
	struct browser v = browser_open(site), a = signed_in("nguoi.mot"), c = signed_in("can.bo");
	sent_and_shown(&a, &c, "Bao giờ <xong> & ai làm?", true);
	struct answer feed = browser_get(&v, "/don-vi/14536.atom");
	CHECK_INT(feed.status, 200);
	CHECK(answer_has(feed, "<feed xmlns=\"http://www.w3.org/2005/Atom\">"));
	CHECK(answer_has(feed, "Sửa kênh thôn Đông"));
	CHECK(!answer_has(browser_get(&v, "/don-vi/14539.atom"), "Sửa kênh"));
	CHECK(answer_has(browser_get(&v, "/don-vi/37.atom"), "Sửa kênh")); /* beneath it */
	feed = browser_get(&v, at("/ho-so/*.atom", matter));
	CHECK(answer_has(feed, "Bao giờ &lt;xong&gt; &amp; ai làm?"));
	CHECK(answer_has(feed, "#viec-1</id>"));
	CHECK(answer_has(browser_get(&v, "/viec-chung.atom?noi-dung=kenh"), "Sửa kênh"));
	CHECK_INT(browser_get(&v, "/don-vi/99999.atom").status, 404);
	/* The pages name them, and lead to sign in. */
	struct answer page = browser_get(&v, "/don-vi/14536");
	CHECK(answer_has(page, "href=\"/don-vi/14536.atom\"") &&
	      answer_has(page, "Đăng nhập để theo dõi"));
	page = browser_get(&v, at("/ho-so/*", matter));
	CHECK(answer_has(page, at("href=\"/ho-so/*.atom\"", matter)));
	CHECK(answer_has(browser_get(&v, "/viec-chung?noi-dung=kenh"), "Theo dõi"));
}

TEST(a_member_follows_reads_the_news_and_stops)
{
	begin_voices();
	open_doors(false);
	struct browser a = signed_in("nguoi.mot"), b = signed_in("nguoi.hai"),
		       c = signed_in("can.bo"), v = browser_open(site);
	CHECK(answer_has(browser_get(&b, "/theo-doi"), "chưa theo dõi gì"));
	CHECK_INT(follow(&b, "/don-vi/14536", of_unit("")).status, 303);
	CHECK_INT(follow(&b, "/don-vi/14536", of_unit("")).status, 303); /* twice is once */
	struct answer page = browser_get(&b, "/theo-doi");
	CHECK(answer_has(page, "Sửa kênh thôn Đông") && answer_has(page, "Bỏ theo dõi"));
	CHECK(answer_has(browser_get(&b, "/don-vi/14536"), "Bỏ theo dõi"));
	CHECK(!answer_has(browser_get(&a, "/theo-doi"), "Sửa kênh")); /* nobody else's */
	/* A dossier: acts and comments; of the comment, what everybody may read. */
	CHECK_INT(follow(&b, at("/ho-so/*", matter), of_dossier(matter, "")).status, 303);
	struct str code = sent_and_shown(&a, &c, "Một lời hỏi", true);
	page = browser_get(&b, "/theo-doi");
	CHECK(answer_has(page, "Một lời hỏi") && answer_has(page, at("/ho-so/*\"", code)));
	CHECK_INT(take(&c, code, "hide", "ground=insult").status, 303);
	CHECK(!answer_has(browser_get(&b, "/theo-doi"), "Một lời hỏi"));
	/* A matter. */
	CHECK_INT(follow(&b, "/viec-chung?noi-dung=kenh", of_unit("kind=matter&facet=kenh")).status,
		  303);
	CHECK(answer_has(browser_get(&b, "/theo-doi"), "kenh, Xã Ninh Vân"));
	CHECK_INT(follow(&b, "/don-vi/14536", of_unit("drop=1")).status, 303);
	CHECK_INT(follow(&b, "/don-vi/14536", of_unit("kind=matter&facet=kenh&drop=1")).status,
		  303);
	CHECK_INT(follow(&b, "/don-vi/14536", of_dossier(matter, "drop=1")).status, 303);
	CHECK(answer_has(browser_get(&b, "/theo-doi"), "chưa theo dõi gì"));
	/* Visitors follow nothing. */
	CHECK_INT(browser_get(&v, "/theo-doi").status, 303);
	browser_get(&v, "/dang-nhap");
	CHECK_INT(browser_post(&v, "/theo-doi", of_unit("")).status, 403);
}

TEST(what_is_not_public_or_is_nothing_is_not_followed)
{
	begin_voices();
	struct str draft = open_matter_by("draft", "Bản nháp kín");
	open_doors(false);
	struct browser b = signed_in("nguoi.hai");
	static const char *const bad[] = {
		"unit=999999",        "dossier=999999",   "",
		"kind=matter",        "unit=1&dossier=1", "unit=1&kind=comment&facet=x",
		"unit=1&kind=matter", "unit=1&facet=x",   "unit=1&kind=x&facet=x"
	};
	for (size_t i = 0; i < LENGTH(bad); i++)
		if (follow(&b, "/don-vi/14536", bad[i]).status != 404)
			FAIL("%s is followed", bad[i]);
	CHECK_INT(follow(&b, "/don-vi/14536", of_dossier(draft, "")).status, 404);
	CHECK(answer_has(browser_get(&b, "/theo-doi"), "chưa theo dõi gì"));
}

/* The path of the private feed as the page shows it. */
static const char *feed_of(struct browser *b)
{
	struct answer page = browser_get(b, "/theo-doi");
	static const char mark[] = "/theo-doi/nguon/";
	const char *at = memmem(page.body.at, page.body.len, mark, sizeof mark - 1);
	/* The form that renews it stands under the same address, without a key. */
	while (at && at[sizeof mark - 1] == '"')
		at = memmem(at + 1, page.body.len - (size_t)(at + 1 - page.body.at), mark,
			    sizeof mark - 1);
	CHECK(at != NULL);
	struct str rest = str_from(page.body, (size_t)(at - page.body.at)), path;
	CHECK(str_next(&rest, '<', &path));
	return str_z(test_arena(), path);
}

TEST(the_private_feed_opens_by_its_address_alone_until_it_is_renewed)
{
	begin_voices();
	open_doors(false);
	struct browser b = signed_in("nguoi.hai"), v = browser_open(site),
		       a = signed_in("nguoi.mot");
	CHECK_INT(follow(&b, "/don-vi/14536", of_unit("")).status, 303);
	const char *mine = feed_of(&b);
	struct answer feed = browser_get(&v, mine);
	CHECK_INT(feed.status, 200);
	CHECK(answer_has(feed, "Sửa kênh thôn Đông"));
	CHECK(str_eq(str_of(feed_of(&b)), str_of(mine))); /* the same until renewed */
	CHECK(!str_eq(str_of(feed_of(&a)), str_of(mine)));
	/* Another's number, or one sign of the proof: nothing. */
	char *forged = str_z(test_arena(), str_of(mine));
	char *last = strrchr(forged, '.') - 1;
	*last = *last == '0' ? '1' : '0';
	CHECK_INT(browser_get(&v, forged).status, 404);
	static const char *const bad[] = { "/theo-doi/nguon/1-1-0.atom", "/theo-doi/nguon/x.atom",
					   "/theo-doi/nguon/--.atom", "/theo-doi/nguon/1-1-.atom" };
	for (size_t i = 0; i < LENGTH(bad); i++)
		CHECK_INT(browser_get(&v, bad[i]).status, 404);
	CHECK_INT(browser_get(&v, str_z(test_arena(), str_cut(str_of(mine), strlen(mine) - 5)))
			  .status,
		  404); /* only as a feed */
	browser_get(&b, "/theo-doi");
	CHECK_INT(browser_post(&b, "/theo-doi/nguon", "").status, 303);
	CHECK_INT(browser_get(&v, mine).status, 404);
	const char *fresh = feed_of(&b);
	CHECK(!str_eq(str_of(fresh), str_of(mine)));
	CHECK_INT(browser_get(&v, fresh).status, 200);
}

/* Whoever reads the operator's log, or a bug report with a piece of it, reads no feed by it. */
TEST(the_address_of_a_private_feed_stands_in_no_log)
{
	begin_voices();
	open_doors(true);
	struct browser b = signed_in("nguoi.hai"), v = browser_open(site);
	const char *mine = feed_of(&b);
	char path[] = "/tmp/dinh-log-XXXXXX", log[65536];
	AUTO_CLOSE int fd = mkstemp(path), kept = dup(STDERR_FILENO);
	CHECK(fd >= 0 && kept >= 0 && unlink(path) == 0 && dup2(fd, STDERR_FILENO) >= 0);
	int status = 200;
	for (int i = 0; i < 200 && status == 200; i++)
		status = browser_get(&v, mine).status;
	dup2(kept, STDERR_FILENO);
	ssize_t n = pread(fd, log, sizeof log, 0);
	CHECK_INT(status, 429);
	CHECK(n > 0);
	struct str said = { log, (size_t)n };
	CHECK(str_has(said, S("status=429 GET /theo-doi/nguon/{key}")));
	const char *key = strrchr(mine, '/') + 1;
	CHECK(!str_has(said, (struct str){ key, strlen(key) - strlen(".atom") }));
}

TEST(news_page_by_key_and_each_thing_once)
{
	begin_voices();
	for (int i = 0; i < 95; i++)
		open_matter_by("open", str_printf(test_arena(), "Việc số %02d", i).at);
	open_doors(false);
	struct browser b = signed_in("nguoi.hai");
	/* Three ways to the same matters. */
	CHECK_INT(follow(&b, "/don-vi/14536", of_unit("")).status, 303);
	CHECK_INT(
		follow(&b, "/don-vi/37", str_printf(test_arena(), "unit=%lld", (long long)root).at)
			.status,
		303);
	CHECK_INT(follow(&b, "/don-vi/14536", of_unit("kind=matter&facet=kenh")).status, 303);
	CHECK_INT(follow(&b, at("/ho-so/*", matter), of_dossier(matter, "")).status, 303);
	const char *path = "/theo-doi";
	int pages = 0, seen[95] = { 0 };
	while (path) {
		struct answer page = browser_get(&b, path);
		CHECK_INT(page.status, 200);
		for (int i = 0; i < 95; i++)
			seen[i] +=
				answer_has(page, str_printf(test_arena(), "Việc số %02d<", i).at);
		const char *next = strstr(page.body.at, "rel=\"next\"");
		path = NULL;
		pages++;
		if (next) {
			const char *from = next;
			while (strncmp(from, "href=\"", 6) != 0)
				from--;
			struct str rest = str_of(from + 6), link;
			CHECK(str_next(&rest, '"', &link));
			path = str_z(test_arena(), link);
		}
	}
	CHECK_INT(pages, 3);
	for (int i = 0; i < 95; i++)
		CHECK_INT(seen[i], 1);
}

TEST(at_most_so_many_things_are_followed_and_it_says_so)
{
	begin_voices();
	for (int i = 0; i < FOLLOWS_MOST; i++) {
		struct query q = db_query(
			tx, "INSERT INTO follow (person, unit, kind, facet, dossier, made_at)"
			    " VALUES ($1, $2, 'matter', $3, 0, 0)");
		BIND(&q, ben, commune, str_printf(test_arena(), "m%d", i));
		CHECK_INT(db_exec(&q), OK);
	}
	open_doors(false);
	struct browser b = signed_in("nguoi.hai");
	struct answer page = follow(&b, "/don-vi/14536", of_unit(""));
	CHECK_INT(page.status, 422);
	CHECK(answer_has(page, "nhiều nhất 500 mục"));
	CHECK_INT(follow(&b, "/don-vi/14536", of_unit("kind=matter&facet=m7&drop=1")).status, 303);
	CHECK_INT(follow(&b, "/don-vi/14536", of_unit("")).status, 303);
	CHECK_INT(browser_get(&b, "/theo-doi").status, 200);
}
