/* Forms without a socket: the same steps as the server takes, one after the other. */
#include "base/encode.h"
#include "gen/web_pages.h"
#include "tests/test_db.h"
#include "web/answer.h"
#include "web/cache.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/plain.h"
#include "web/rows.h"
#include "web/statics.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

struct every_form {
	struct str title, body, kind, where;
	int64_t count;
	struct date day;
	bool agreed;
	struct strs tags, names;
	struct file_refs photos;
	struct str secret;
};

static const struct field_choice kinds[] = {
	{ "a", MSG_WEB_DOOR_KNOW },
	{ "b", MSG_WEB_DOOR_DISCUSS },
	{ 0 },
};

static enum err ask_places(struct tx *tx, const void *subject, enum lang lang, struct choices *out)
{
	(void)subject;
	(void)lang;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, 9), 9 };
	for (size_t i = 0; i < out->n; i++)
		out->at[i] = (struct choice){ str_printf(tx->mem, "%zu", i),
					      str_printf(tx->mem, "Thôn %zu", i) };
	return OK;
}

static const struct field fields[] = {
	FIELD(struct every_form, title, .max = 20, .label = MSG_WEB_FIND,
	      .hint = MSG_WEB_DATE_SHAPE),
	FIELD(struct every_form, body, .max = 10, .lines = true, .optional = true,
	      .label = MSG_WEB_DAY),
	FIELD(struct every_form, kind, .label = MSG_WEB_PAGES, .choices = kinds),
	FIELD(struct every_form, where, .label = MSG_WEB_HOME, .options = ask_places),
	FIELD(struct every_form, count, .label = MSG_WEB_DAY_NUMBER, .max = 2000, .optional = true),
	FIELD(struct every_form, day, .label = MSG_WEB_DAY, .optional = true),
	FIELD(struct every_form, agreed, .label = MSG_WORD_YES, .optional = true),
	FIELD(struct every_form, tags, .label = MSG_WEB_FILTER, .choices = kinds, .optional = true),
	FIELD(struct every_form, names, .label = MSG_WEB_MENU_DATA, .optional = true),
	FIELD(struct every_form, photos, .label = MSG_WEB_MENU_NEWS, .max = 3, .optional = true),
	FIELD(struct every_form, secret, .hidden = true, .optional = true),
	{ 0 },
};

static struct every_form taken; /* what the handler got */

static enum err show(struct req *r)
{
	struct form *form;
	enum err e = form_show(r, fields, NULL, NULL, req_url(r, "/moi"), MSG_WEB_FILTER, &form);
	if (e)
		return e;
	page_plain(&r->out, &(struct plain_page){ .frame = req_frame(r, S("Mới"), DOOR_NONE),
						  .title = S("Mới"),
						  .form = form });
	return OK;
}

static enum err take(struct req *r)
{
	memcpy(&taken, r->form, sizeof taken);
	return req_redirect(r, req_url(r, "/moi"));
}

static const struct route routes[] = {
	{ GET, "/moi", show, ANYONE, NULL },
	{ POST, "/moi", take, ANYONE, fields },
	{ POST, "/rieng", take, MEMBER, fields },
	{ POST, "/rieng/tep", take, MEMBER, .uploads = true },
	{ 0 },
};

static int kept; /* how many uploads were kept */

static enum err keep(struct req *r, const struct upload *u, struct file_ref *out, struct str *why)
{
	if (str_ends(u->name, S(".exe"))) {
		*why = S("Không nhận tệp chương trình");
		return ERR_INVALID;
	}
	kept++;
	*out = (struct file_ref){ hash_hex(r->mem, &u->sha256), u->name, S("image/jpeg"), u->size };
	return OK;
}

static struct house house;
static struct metrics metrics;
static struct db *db;
static struct rng rng;

static void close_all(void *what)
{
	(void)what;
	db_close(db);
	throttle_free(house.throttle);
}

static void open_all(void)
{
	const char *dir = test_site();
	struct router *router = router_new(test_arena());
	router_add(router, routes);
	mkdir(str_printf(test_arena(), "%s/tam", dir).at, 0700);
	house = (struct house){ .name = { S("Xã Ninh Vân"), S("Ninh Van") },
				.db = test_database(dir),
				.dir = dir,
				.router = router,
				.throttle = throttle_new(0, 0, 1),
				.metrics = &metrics,
				.upload_keep = keep };
	db = test_open(dir, DB_WRITE);
	rng_seeded(&rng, 1);
	kept = 0;
	memset(&taken, 0, sizeof taken);
	arena_defer(test_arena(), close_all, NULL);
}

static struct ask asking(enum method method, const char *path, struct str cookie)
{
	return (struct ask){ .method = method,
			     .path = str_of(path),
			     .query = S(""),
			     .host = S("a.vn"),
			     .cookie = cookie,
			     .origin = S(""),
			     .fetch_site = S(""),
			     .type = S(""),
			     .none_match = S(""),
			     .peer = S("127.0.0.1"),
			     .forwarded_for = S(""),
			     .forwarded_proto = S(""),
			     .length = -1 };
}

static const struct str tie = S_INIT("0123456789abcdef0123456789abcdef");

/* A form posted in parts; the token is added. */
static struct req *post(struct str parts)
{
	struct ask *ask = NEW(test_arena(), struct ask);
	struct str token = token_make(test_arena(), house.secret, tie, &rng);
	*ask = asking(POST, "/moi", str_printf(test_arena(), "khach=%.*s", STR_ARG(tie)));
	ask->type = S("multipart/form-data; boundary=b");
	struct req *r = answer_new(test_arena(), &house, ask, &rng);
	struct str text = str_printf(test_arena(),
				     "--b\r\nContent-Disposition: form-data; "
				     "name=\"ma-gui\"\r\n\r\n%.*s\r\n%.*s--b--\r\n",
				     STR_ARG(token), STR_ARG(parts));
	CHECK(answer_post(r, db) == ANSWER_BODY);
	CHECK(answer_body(r, text) == ANSWER_BODY);
	enum answer_next next = answer_form(r, db);
	if (next == ANSWER_PREPARE)
		next = answer_prepare(r, db);
	if (next != ANSWER_WRITE)
		return r;
	struct tx tx = { .mem = r->mem, .now = r->tx.now, .rng = &rng };
	CHECK(tx_begin(&tx, db, DB_WRITE) == OK);
	enum err e = answer_write(r, &tx);
	CHECK(tx_end(&tx, e) == e);
	answer_written(r, e, db);
	return r;
}

static struct str part(const char *name, const char *value)
{
	return str_printf(test_arena(),
			  "--b\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n", name,
			  value);
}

static struct str file(const char *name, const char *content)
{
	return str_printf(
		test_arena(),
		"--b\r\nContent-Disposition: form-data; name=\"photos\"; filename=\"%s\"\r\n"
		"Content-Type: image/jpeg\r\n\r\n%s\r\n",
		name, content);
}

static struct str join(const struct str *parts, size_t n)
{
	struct buf b = { .a = test_arena() };
	for (size_t i = 0; i < n; i++)
		buf_put(&b, parts[i]);
	return buf_str(&b);
}
#define JOIN(...) join((struct str[]){ __VA_ARGS__ }, LENGTH(((struct str[]){ __VA_ARGS__ })))

TEST(every_type_of_field_has_its_control)
{
	static const char *const pieces[] = {
		("<input type=\"text\" id=\"title\" name=\"title\" value=\"\" "
		 "aria-describedby=\"title-h\">"),
		"<p class=\"hint\" id=\"title-h\">",
		"<textarea id=\"body\" name=\"body\" rows=\"7\" data-most=\"10\" "
		"aria-describedby=\"body-n\">",
		"<p class=\"counter\" id=\"body-n\">0 / 10 ký tự</p>",
		"<input type=\"radio\" id=\"kind\" name=\"kind\" value=\"a\">",
		"<input type=\"radio\" id=\"kind-1\" name=\"kind\" value=\"b\">",
		"<select id=\"where\" name=\"where\">",
		"<option value=\"8\">Thôn 8</option>",
		"inputmode=\"numeric\" id=\"count\"",
		"<input type=\"checkbox\" id=\"agreed\" name=\"agreed\" value=\"1\">",
		"<input type=\"checkbox\" id=\"tags-1\" name=\"tags\" value=\"b\">",
		"<textarea id=\"names\" name=\"names\" rows=\"7\">",
		"<input type=\"file\" id=\"photos\" name=\"photos\" multiple>",
		"enctype=\"multipart/form-data\"",
	};
	open_all();
	struct ask ask = asking(GET, "/moi", S(""));
	struct req *r = answer_new(test_arena(), &house, &ask, &rng);
	answer_get(r, db);
	CHECK_INT(r->reply.status, 200);
	for (size_t i = 0; i < LENGTH(pieces); i++)
		if (!str_has(buf_str(&r->out.body), str_of(pieces[i])))
			FAIL("the page lacks %s", pieces[i]);
	CHECK(!str_has(buf_str(&r->out.body), S("secret")));
}

TEST(a_whole_form_becomes_a_struct)
{
	open_all();
	struct req *r =
		post(JOIN(part("title", "  Nguye\xcc\x82\xcc\x83n\r\n"), part("body", "a\r\nb"),
			  part("kind", "b"), part("where", "3"), part("count", "1.404"),
			  part("day", "25-11-2026"), part("agreed", "1"), part("tags", "a"),
			  part("tags", "b"), part("names", "An\r\n\r\n Bình "),
			  part("secret", "planted"), file("a.jpg", "x"), file("", "")));
	CHECK_INT(r->reply.status, 303);
	CHECK_STR(taken.title, S("Nguyễn")); /* cleaned, in NFC */
	CHECK_STR(taken.body, S("a\nb"));
	CHECK_STR(taken.kind, S("b"));
	CHECK_INT(taken.count, 1404);
	CHECK_STR(date_iso(test_arena(), taken.day), S("2026-11-25"));
	CHECK(taken.agreed);
	CHECK_INT(taken.tags.n, 2);
	CHECK_INT(taken.names.n, 2);
	CHECK_STR(taken.names.at[1], S("Bình"));
	CHECK_INT(taken.photos.n, 1);
	CHECK_STR(taken.photos.at[0].name, S("a.jpg"));
	CHECK_INT(taken.secret.len, 0);
}

TEST(a_form_with_a_fault_keeps_text_ticks_and_files)
{
	open_all();
	struct req *r =
		post(JOIN(part("title", "<b>"), part("body", "12345678901"), part("kind", "b"),
			  part("where", "3"), part("tags", "b"), part("count", "mười"),
			  part("agreed", "1"), file("a.jpg", "x"), file("b.exe", "y")));
	struct str page = buf_str(&r->out.body);
	CHECK_INT(r->reply.status, 422);
	CHECK_INT(kept, 1);
	CHECK(str_has(page, S("value=\"&lt;b&gt;\"")));
	CHECK(str_has(page, S("11 / 10 ký tự")));
	CHECK(str_has(page, S("value=\"b\" checked")));
	CHECK(str_has(page, S("<option value=\"3\" selected>")));
	CHECK(str_has(page, S("value=\"1\" checked")));
	CHECK(str_has(page, S("value=\"mười\"")));
	CHECK(str_has(page, S("Không nhận tệp chương trình")));
	CHECK(str_has(page, S("Giữ tệp “a.jpg”")));

	/* The file that was kept comes back as a hidden value, without being sent again. */
	const char *at = memmem(page.at, page.len, "name=\"photos\" value=\"", 21);
	CHECK(at != NULL);
	struct str rest = str_from(page, (size_t)(at - page.at) + 21), value;
	CHECK(str_next(&rest, '"', &value));
	char *text = str_z(test_arena(), value);
	r = post(JOIN(part("title", "b"), part("kind", "b"), part("where", "3"),
		      part("photos", text)));
	CHECK_INT(r->reply.status, 303);
	CHECK_INT(taken.photos.n, 1);
	CHECK_STR(taken.photos.at[0].name, S("a.jpg"));
	text[0] = text[0] == '0' ? '1' : '0';
	r = post(JOIN(part("title", "b"), part("kind", "b"), part("where", "3"),
		      part("photos", text)));
	CHECK_INT(r->reply.status, 422);
}

/* Else anybody could fill the disk with bodies that are refused only when they are whole. */
TEST(the_file_of_somebody_who_may_not_send_it_is_never_written)
{
	static const char *const paths[] = { "/rieng", "/rieng/tep" };
	static const char *const cookies[] = { "khach=0123456789abcdef0123456789abcdef",
					       "phien=0123456789abcdef" };
	open_all();
	for (size_t i = 0; i < 2 * LENGTH(paths); i++) {
		struct ask ask = asking(POST, paths[i / 2], str_of(cookies[i % 2]));
		ask.type = S("multipart/form-data; boundary=b");
		struct req *r = answer_new(test_arena(), &house, &ask, &rng);
		CHECK(answer_post(r, db) == ANSWER_READY);
		CHECK_INT(r->reply.status, 403);
	}
}

TEST(a_choice_that_was_not_offered_is_refused)
{
	open_all();
	struct req *r = post(JOIN(part("title", "a"), part("kind", "c"), part("where", "99")));
	CHECK_INT(r->reply.status, 422);
	CHECK_INT(r->faults.n, 2);
}

TEST(a_proof_holds_for_one_browser_and_one_purpose)
{
	uint8_t secret[SECRET_BYTES] = { 1 }, another[SECRET_BYTES] = { 2 };
	struct arena *a = test_arena();
	struct str once, token;
	struct file_ref file_of;
	rng_seeded(&rng, 1);
	token = token_make(a, secret, tie, &rng);
	CHECK(token_read(a, secret, tie, token, &once));
	CHECK_INT(once.len, 32);
	CHECK(!token_read(a, another, tie, token, &once));
	CHECK(!token_read(a, secret, S("x"), token, &once));
	CHECK(!token_read(a, secret, S(""), token_make(a, secret, S(""), &rng), &once));
	CHECK(!token_read(a, secret, tie, S(""), &once));
	CHECK(!kept_read(a, secret, tie, token, &file_of));
}

TEST(only_a_trusted_proxy_says_who_asks)
{
	struct str one = S("10.0.0.1");
	struct strs proxies = { &one, 1 };
	struct ask ask = asking(GET, "/", S(""));
	bool https;
	ask.forwarded_for = S("1.1.1.1, 2.2.2.2, 10.0.0.1");
	ask.forwarded_proto = S("https");
	ask.peer = S("10.0.0.1");
	CHECK_STR(guard_client(test_arena(), &ask, &proxies, &https), S("2.2.2.2"));
	CHECK(https);
	ask.peer = S("3.3.3.3");
	CHECK_STR(guard_client(test_arena(), &ask, &proxies, &https), S("3.3.3.3"));
	CHECK(!https);
	ask.peer = S("10.0.0.1");
	ask.forwarded_for = S("<script>");
	CHECK_STR(guard_client(test_arena(), &ask, &proxies, &https), S("10.0.0.1"));
}

static int dropped;

static void drop(const struct cached *c)
{
	(void)c;
	dropped++;
}

TEST(the_cache_forgets_the_oldest_and_everything_after_a_change)
{
	struct cache *c = cache_new(16 * 4096, drop);
	struct cached page = { .size = 1000 };
	dropped = 0;
	for (int i = 0; i < 1000; i++) {
		struct str key = str_printf(test_arena(), "k%d", i);
		cache_put(c, cache_generation(c), key, &page);
		const struct cached *held = cache_find(c, key);
		CHECK(held != NULL);
		cache_release(c, held);
	}
	CHECK(dropped > 900); /* three of a thousand bytes in each of sixteen parts */
	const struct cached *held = cache_find(c, S("k999"));
	uint64_t before = cache_generation(c);
	cache_stale(c);
	CHECK(!cache_find(c, S("k999")));
	cache_put(c, before, S("late"), &page); /* made before the change, put after it */
	CHECK(!cache_find(c, S("late")));
	cache_release(c, held);
	cache_free(c);
	CHECK_INT(dropped, 1001);
}

static const struct column columns[] = {
	{ "code", MSG_WEB_FIND },
	{ "count", MSG_WEB_DAY_NUMBER },
	{ "on", MSG_WEB_DAY },
	{ 0 },
};

static enum err next_rows(struct req *r, void *state, struct row_entries *out, bool *more)
{
	int *n = state;
	*out = (struct row_entries){ NEW_N(r->tx.mem, struct row_entry, 2), 2 };
	for (size_t i = 0; i < 2; i++, (*n)++) {
		struct value *v = NEW_N(r->tx.mem, struct value, 3);
		v[0] = (struct value){ .kind = VALUE_TEXT, .text = S("=<a>\"") };
		v[1] = (struct value){ .kind = VALUE_INT, .n = 1000 + *n };
		v[2] = (struct value){ .kind = VALUE_DATE, .date = test_date("2026-11-25") };
		out->at[i] = (struct row_entry){ v, S("Tên & tuổi"), S("x"),
						 url_path(r->mem, LANG_VI, "/h/%s", S("1")),
						 test_instant("2026-11-25T08:00") };
	}
	*more = *n < 4;
	return OK;
}

static struct str stream_all(enum format format)
{
	static const struct rows rows = { S_INIT("Danh sách"), S_INIT("danh-sach"), columns,
					  next_rows, NULL };
	struct rows *mine = NEW(test_arena(), struct rows);
	struct ask ask = asking(GET, "/moi", S(""));
	struct req *r = answer_new(test_arena(), &house, &ask, &rng);
	struct buf all = { .a = test_arena() };
	*mine = rows;
	mine->state = NEW(test_arena(), int);
	r->format = format;
	CHECK(rows_reply(r, mine) == OK);
	for (bool more = true; more;) {
		struct buf piece = { .a = test_arena() };
		CHECK(r->reply.stream.next(r, r->reply.stream.state, &piece, &more) == OK);
		buf_put(&all, buf_str(&piece));
	}
	return buf_str(&all);
}

TEST(a_list_says_the_same_in_csv_json_and_atom)
{
	open_all();
	CHECK_STR(stream_all(FORMAT_CSV),
		  S("\xef\xbb\xbfTra cứu,Ngày thứ,Ngày\r\n\"'=<a>\"\"\",1000,2026-11-25\r\n"
		    "\"'=<a>\"\"\",1001,2026-11-25\r\n\"'=<a>\"\"\",1002,2026-11-25\r\n"
		    "\"'=<a>\"\"\",1003,2026-11-25\r\n"));
	struct str text = stream_all(FORMAT_JSON), why;
	struct json j;
	CHECK(json_parse(test_arena(), text, &j, &why));
	CHECK_INT(json_get(&j, "rows")->count, 4);
	CHECK_STR(json_get_str(&json_get(&j, "rows")->items[3], "code"), S("=<a>\""));
	CHECK_STR(json_get_str(&json_get(&j, "rows")->items[3], "url"), S("http://a.vn/h/1"));
	text = stream_all(FORMAT_ATOM);
	CHECK(str_starts(text, S("<?xml")));
	CHECK(str_has(text, S("<title>Tên &amp; tuổi</title>")));
	CHECK(str_has(text, S("<updated>2026-11-25T08:00:00+07:00</updated>")));
	CHECK(str_ends(text, S("</feed>\n")));
}
