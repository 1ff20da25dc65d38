/* What a feature gets that consists of its own folder and one word in a list. The site is a real data
 * directory; every question and every form goes the way it goes in the server. Not one file outside
 * this folder knows water. */
#include "base/encode.h"
#include "ledger/verify.h"
#include "main/home.h"
#include "office/duty.h"
#include "office/list.h"
#include "office/seal.h"
#include "office/session.h"
#include "office/step.h"
#include "office/tally.h"
#include "office/unit_edit.h"
#include "office/unit_load.h"
#include "office/verify.h"
#include "tests/sample-kind/outage/outage.h"
#include "tests/test_db.h"
#include "web/answer.h"
#include "web/guard.h"
#include "web/house.h"
#include "web/module.h"
#include "web/routes.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define COMMUNE "14554"
#define MORNING "2021-03-01T08:00"

/* --- A commune with a village, a clerk and a leader --- */

static struct {
	struct home home;
	struct house house;
	struct metrics metrics;
	struct instant now;
	int64_t commune;
	struct str clerk, leader, stranger; /* the cookies of their sessions */
} t;

static struct instant clock_of(void *now)
{
	return *(struct instant *)now;
}

static void begin(struct tx *tx, enum db_mode mode)
{
	CHECK_INT(home_begin(&t.home, tx, test_arena(), mode), OK);
	tx->now = t.now;
}

static void end(struct tx *tx)
{
	if (tx_end(tx, OK))
		FAIL("%s", tx->why);
}

/* What the server's sequencer does after a commit. */
static void publish(void)
{
	struct tx tx;
	int64_t given;
	begin(&tx, DB_WRITE);
	CHECK_INT(log_sequence(&tx, 1000, &given), OK);
	end(&tx);
	begin(&tx, DB_READ);
	CHECK_INT(log_sign(t.house.log, &tx), OK);
	end(&tx);
}

#define PASSWORD S("mười hai con trâu")

static struct str sign_in(struct tx *tx, const char *login)
{
	struct str cookie;
	struct credential c;
	CHECK_INT(credential_load(tx, str_of(login), &c), OK);
	CHECK(credential_check(tx->mem, &c, PASSWORD));
	CHECK_INT(session_open(tx, &c, S(""), &cookie), OK);
	return str_printf(test_arena(), SESSION_COOKIE "=%.*s", STR_ARG(cookie));
}

static struct str hire(struct tx *tx, const char *login, const char *name, enum role role,
		       int64_t unit)
{
	struct str code;
	struct password hashed;
	int64_t person, id;
	CHECK_INT(person_add(tx, str_of(name), unit, true, &person), OK);
	struct appointment_new a = { .person = person,
				     .unit = unit,
				     .role = role,
				     .from = test_date("2021-01-01"),
				     .to = NO_DATE };
	CHECK_INT(appointment_make(tx, &a, &id), OK);
	CHECK_INT(account_add(tx, person, str_of(login)), OK);
	CHECK_INT(code_make_password(tx, person, &code), OK);
	CHECK_INT(password_hash(password_normal(tx->mem, PASSWORD), &hashed), OK);
	CHECK_INT(code_use_password(tx, str_of(login), code, &hashed, &person), OK);
	return sign_in(tx, login);
}

static void found(struct tx *tx)
{
	struct unit_lists units;
	struct site site = { .name = S("xã Ninh Vân"),
			     .origin = S("ninh-van.example.invalid/log") };
	struct str vkey, why;
	int64_t village;
	unit_lists_embedded(&units);
	CHECK_INT(unit_load(tx, &units, S(COMMUNE), test_date("2021-03-01"), &site.root), OK);
	t.commune = site.root;
	struct unit_new hamlet = { .parent = t.commune,
				   .level = LEVEL_VILLAGE,
				   .type = S("thôn"),
				   .name = S("Xuân Phúc"),
				   .from = NO_DATE,
				   .to = NO_DATE };
	CHECK_INT(unit_add(tx, &hamlet, &village), OK);
	CHECK_INT(site_make(tx, &site), OK);
	CHECK_INT(log_key_make(t.home.dir, site.origin, tx->rng, tx->mem, &vkey, &why), OK);
	CHECK_INT(log_init(tx, site.origin, vkey), OK);
	t.clerk = hire(tx, "thu.thu", "Người Mẫu Thử", CLERK, t.commune);
	t.leader = hire(tx, "thu.ky", "Người Mẫu Ký", LEADER, t.commune);
	t.stranger = hire(tx, "thu.thon", "Người Mẫu Thôn", CLERK, village);
}

static void close_site(void *what)
{
	(void)what;
	throttle_free(t.house.throttle);
	log_close(t.house.log);
	home_close(&t.home);
}

static void open_site(void)
{
	struct arena *a = test_arena();
	struct str why = S(""), dir = str_printf(a, "%s/site", test_dir());
	struct tx tx;
	memset(&t, 0, sizeof t);
	t.now = test_instant(MORNING);
	if (home_make(&t.home, a, &(struct home_where){ .data = dir }, &why))
		FAIL("%.*s", STR_ARG(why));
	begin(&tx, DB_WRITE);
	found(&tx);
	end(&tx);
	struct router *router = router_new(a);
	router_add(router, office_routes);
	router_add(router, kind_routes(a, &t.home.office));
	t.house = (struct house){
		.name = { S("xã Ninh Vân"), S("Ninh Van Commune") },
		.base = S("https://ninh-van.example"),
		.db = dir,
		.dir = str_z(a, dir),
		.secret = { 7 },
		.office = &t.home.office,
		.router = router,
		.throttle = throttle_new(0, 0, 1),
		.metrics = &t.metrics,
		.now = clock_of,
		.clock = &t.now,
	};
	arena_defer(a, close_site, NULL);
	begin(&tx, DB_READ);
	CHECK_INT(log_open(&tx, dir, S(""), &t.house.log, &why), OK);
	end(&tx);
}

/* --- Asking --- */

struct answer {
	int status;
	struct str body, location, salt, disposition;
};

static struct str header(const struct req *r, const char *name)
{
	for (size_t i = 0; i < r->reply.n; i++)
		if (str_eq(r->reply.headers[i].name, str_of(name)))
			return r->reply.headers[i].value;
	return S("");
}

static struct str streamed(struct req *r)
{
	struct buf whole = { .a = test_arena() };
	for (bool more = true; more;) {
		CHECK_INT(tx_begin(&r->tx, t.home.db, DB_READ), OK);
		CHECK_INT(r->reply.stream.next(r, r->reply.stream.state, &whole, &more), OK);
		end(&r->tx);
	}
	return buf_str(&whole);
}

static struct answer answer_of(struct req *r)
{
	struct answer out = { .status = r->reply.status,
			      .location = header(r, "Location"),
			      .salt = header(r, "X-Dinh-Salt"),
			      .disposition = header(r, "Content-Disposition") };
	out.body = r->reply.kind == REPLY_PAGE     ? buf_str(&r->out.body)
		   : r->reply.kind == REPLY_STREAM ? streamed(r)
						   : r->reply.bytes;
	return out;
}

static struct ask *ask_new(enum method method, struct str path, struct str cookie)
{
	struct ask *ask = NEW(test_arena(), struct ask);
	*ask = (struct ask){ .method = method,
			     .path = path,
			     .query = S(""),
			     .host = S("ninh-van.example"),
			     .cookie = cookie,
			     .origin = S(""),
			     .fetch_site = S(""),
			     .type = S("application/x-www-form-urlencoded"),
			     .none_match = S(""),
			     .peer = S("192.0.2.1"),
			     .forwarded_for = S(""),
			     .forwarded_proto = S(""),
			     .length = -1 };
	return ask;
}

/* The request's memory is an arena of its own, with its own budget, as in the server. */
static void free_arena(void *a)
{
	arena_free(a);
}

static struct req *req_new(const struct ask *ask)
{
	struct arena *mem = arena_new(0);
	arena_defer(test_arena(), free_arena, mem);
	return answer_new(mem, &t.house, ask, &t.home.rng);
}

static struct answer get_query(struct str path, struct str query, struct str cookie)
{
	struct ask *ask = ask_new(GET, path, cookie);
	ask->query = query;
	struct req *r = req_new(ask);
	answer_get(r, t.home.db);
	return answer_of(r);
}

static struct answer get(struct str path, struct str cookie)
{
	return get_query(path, S(""), cookie);
}

static struct str between(struct str text, const char *before, char last)
{
	const char *at = memmem(text.at, text.len, before, strlen(before));
	struct str out;
	if (!at)
		FAIL("no %s in %.*s", before, STR_ARG(text));
	struct str rest = str_from(text, (size_t)(at - text.at) + strlen(before));
	CHECK(str_next(&rest, last, &out));
	return out;
}

/* Opens the page of a form, and sends it filled. */
static struct answer send(struct str path, struct str cookie, const char *fields)
{
	struct answer page = get(path, cookie);
	if (page.status != 200)
		return page;
	struct str token = between(page.body, "name=\"" TOKEN_FIELD "\" value=\"", '"');
	struct str body = str_printf(test_arena(), TOKEN_FIELD "=%.*s&%s", STR_ARG(token), fields);
	struct ask *ask = ask_new(POST, path, cookie);
	ask->length = (int64_t)body.len;
	struct req *r = req_new(ask);
	if (answer_post(r, t.home.db) != ANSWER_BODY || answer_body(r, body) != ANSWER_BODY)
		return answer_of(r);
	enum answer_next next = answer_form(r, t.home.db);
	if (next == ANSWER_PREPARE)
		next = answer_prepare(r, t.home.db);
	if (next != ANSWER_WRITE)
		return answer_of(r);
	struct tx tx;
	begin(&tx, DB_WRITE);
	tx.mem = r->mem;
	enum err e = tx_end(&tx, answer_write(r, &tx));
	answer_written(r, e, t.home.db);
	publish();
	return answer_of(r);
}

#define ANNOUNCEMENT                                                                     \
	"title=M%E1%BA%A5t+n%C6%B0%E1%BB%9Bc+%C4%91%E1%BB%83+thay+%E1%BB%91ng&"          \
	"area=th%C3%B4n+Xu%C3%A2n+Ph%C3%BAc&cause=repair&until=03/03/2021&"              \
	"body=L%E1%BA%A5y+n%C6%B0%E1%BB%9Bc+t%E1%BA%A1i+**nh%C3%A0+v%C4%83n+h%C3%B3a**&" \
	"happened_on=01/03/2021&channel=web"

/* The code of a notice that the clerk has announced through the form. */
static struct str announce(void)
{
	struct answer a = send(S("/ghi-moi/mat-nuoc/" COMMUNE), t.clerk, ANNOUNCEMENT);
	if (a.status != 303)
		FAIL("%d %.*s", a.status, STR_ARG(a.body));
	CHECK(str_starts(a.location, S("/ho-so/MN-")));
	return str_from(a.location, strlen("/ho-so/"));
}

static struct str of(struct str code, const char *rest)
{
	return str_printf(test_arena(), "/ho-so/%.*s%s", STR_ARG(code), rest);
}

static struct dossier *load(struct tx *tx, struct str code)
{
	struct dossier *d;
	int64_t id;
	CHECK_INT(dossier_by_code(tx, code, &id), OK);
	CHECK_INT(dossier_load(tx, id, &d), OK);
	return d;
}

/* --- What it gets --- */

TEST(its_word_in_the_list_brings_it_into_the_table_of_features)
{
	size_t n = 0;
	bool there = false;
	for (; modules[n]; n++)
		there |= str_eq(str_of(modules[n]->name), S("outage"));
	CHECK(there);
	CHECK(n > 1); /* beside the product's own */
}

TEST(a_form_asks_for_its_fields_in_both_languages)
{
	open_site();
	struct str vi = get(S("/ghi-moi/mat-nuoc/" COMMUNE), t.clerk).body;
	struct str en = get(S("/en/ghi-moi/mat-nuoc/" COMMUNE), t.clerk).body;
	CHECK(str_has(vi, S("Mất nước đến hết ngày")) && str_has(en, S("Until the end of")));
	CHECK(str_has(vi, S("Sửa đường ống")) && str_has(en, S("Repairs")));
	CHECK(str_has(vi, S("thôn Xuân Phúc")));       /* asked of the tree of units */
	CHECK(str_has(vi, S("name=\"happened_on\""))); /* every step's own two fields */
}

TEST(a_form_with_a_fault_says_which_and_keeps_what_was_typed)
{
	open_site();
	struct answer a = send(S("/ghi-moi/mat-nuoc/" COMMUNE), t.clerk,
			       "title=N%C6%B0%E1%BB%9Bc&area=Xu%C3%A2n&cause=flood&until=30/02/2021"
			       "&happened_on=01/03/2021&channel=web");
	CHECK_INT(a.status, 422);
	CHECK(str_has(a.body, S("value=\"30/02/2021\"")));
	CHECK(str_has(a.body, S("href=\"#title\"")) && str_has(a.body, S("href=\"#until\"")));
	CHECK(!str_has(get(S("/mat-nuoc"), S("")).body, S("MN-")));
}

TEST(its_dossier_has_a_page_with_facts_clock_timeline_and_proof)
{
	open_site();
	struct str code = announce();
	struct str page = get(of(code, ""), S("")).body;
	CHECK(str_has(page, S("<h1>Mất nước để thay ống</h1>")));
	CHECK(str_has(page, S("Đang mất nước")));
	CHECK(str_has(page, S("thôn Xuân Phúc")) && str_has(page, S("Sửa đường ống")));
	CHECK(str_has(page, S("<strong>nhà văn hóa</strong>")));
	CHECK(str_has(page, S("thứ Tư, 03/03/2021")));
	CHECK(str_has(page, S("Báo có nước lại"))); /* the duty, by the module's word */
	CHECK(str_has(page, S("Người Mẫu Thử")));   /* the timeline names who */
	CHECK(str_has(page, S("/viec/1/bien-nhan")));
	CHECK(!str_has(page, S("/lam/"))); /* a visitor has no buttons */
	CHECK(str_has(get(of(code, ""), t.clerk).body, S("/lam/restore")));
}

TEST(who_may_take_a_step_is_read_from_its_table)
{
	open_site();
	struct str code = announce();
	struct str clerk = get(of(code, ""), t.clerk).body,
		   leader = get(of(code, ""), t.leader).body;
	CHECK(str_has(clerk, S("/lam/restore")) && !str_has(clerk, S("/lam/extend")));
	CHECK(str_has(leader, S("/lam/restore")) && str_has(leader, S("/lam/extend")));
	CHECK_INT(get(of(code, "/lam/extend"), t.clerk).status, 403);
	CHECK_INT(get(of(code, "/lam/extend"), t.stranger).status, 403);
	CHECK_INT(get(S("/ghi-moi/mat-nuoc/" COMMUNE), t.stranger).status, 403);
	CHECK(get(S("/ghi-moi/mat-nuoc/" COMMUNE), S("")).status != 200);
}

TEST(its_clock_moves_with_a_later_day_and_stops_with_the_water)
{
	struct tx tx;
	open_site();
	struct str code = announce();
	struct answer early = send(of(code, "/lam/extend"), t.leader,
				   "until=02/03/2021&reason=Ch%C6%B0a+xong&happened_on=01/03/2021"
				   "&channel=web");
	CHECK_INT(early.status, 422);
	CHECK(str_has(early.body, S("Nhập ngày sau ngày đã thông báo")));
	struct answer later = send(of(code, "/lam/extend"), t.leader,
				   "until=05/03/2021&reason=Ch%C6%B0a+xong&happened_on=01/03/2021"
				   "&channel=web");
	CHECK_INT(later.status, 303);
	t.now = test_instant("2021-03-04T09:00");
	begin(&tx, DB_WRITE);
	t.clerk = sign_in(&tx, "thu.thu");
	end(&tx);
	struct answer back = send(of(code, "/lam/restore"), t.clerk,
				  "remark=&happened_on=04/03/2021&channel=counter");
	CHECK_INT(back.status, 303);
	CHECK(str_has(get(of(code, ""), S("")).body, S("Đã có nước lại")));
	CHECK_INT(get(of(code, "/lam/restore"), t.clerk).status, 409);

	begin(&tx, DB_READ);
	struct dossier *d = load(&tx, code);
	CHECK_INT(d->duties.at[0].state, DUTY_MET);
	CHECK_STR(date_iso(tx.mem, d->duties.at[0].due_before), S("2021-03-03"));
	int64_t met, taken;
	CHECK_INT(tally_sum(&tx, t.commune, S(OUTAGE_RULE ".met"), 202103, 202103, &met), OK);
	CHECK_INT(tally_sum(&tx, t.commune, S("outage.announce"), 202103, 202103, &taken), OK);
	CHECK_INT(met, 1);
	CHECK_INT(taken, 1);
	end(&tx);
}

TEST(what_it_owes_stands_in_the_queue_and_among_overdue_duties)
{
	open_site();
	announce();
	CHECK(str_has(get(S("/viec"), t.clerk).body, S("Mất nước để thay ống")));
	t.now = test_instant("2021-03-04T00:01"); /* 3 March ended at 24:00 */
	struct tx tx;
	struct duty_counts counts;
	begin(&tx, DB_READ);
	CHECK_INT(duty_count(&tx, t.commune, &counts), OK);
	end(&tx);
	CHECK_INT(counts.overdue, 1);
	CHECK(str_has(get(S("/han"), S("")).body, S("Mất nước để thay ống")));
}

TEST(it_has_a_list_with_filters_and_the_same_list_as_csv_json_and_feed)
{
	open_site();
	struct str code = announce(), elsewhere = S("noi-dung=thôn+Đông");
	CHECK(str_has(get(S("/mat-nuoc"), S("")).body, code));
	CHECK(!str_has(get_query(S("/mat-nuoc"), elsewhere, S("")).body, code));
	struct str csv = get(S("/mat-nuoc.csv"), S("")).body;
	CHECK(str_has(csv, S("code,title,unit,")));
	CHECK(str_has(csv, str_printf(test_arena(), "%.*s,Mất nước để thay ống," COMMUNE,
				      STR_ARG(code))));
	struct str json = get(S("/mat-nuoc.json"), S("")).body, why;
	struct json rows;
	CHECK(json_parse(test_arena(), json, &rows, &why));
	CHECK(rows.kind == J_LIST && rows.count == 1);
	struct str feed = get(S("/mat-nuoc.atom"), S("")).body;
	CHECK(str_has(feed, S("<title>Mất nước để thay ống</title>")));
	CHECK(str_has(feed, S("https://ninh-van.example/ho-so/MN-")));
}

TEST(search_finds_it_without_its_diacritics)
{
	open_site();
	struct str code = announce();
	CHECK(str_has(get_query(S("/tim"), S("q=thay+ong"), S("")).body, code));
	CHECK(str_has(get_query(S("/tim"), S("q=nha+van+hoa"), S("")).body, code));
	CHECK(!str_has(get_query(S("/tim"), S("q=cat+dien"), S("")).body, code));
}

TEST(its_dossier_answers_json)
{
	open_site();
	struct str code = announce(), why;
	struct json d;
	CHECK(json_parse(test_arena(), get(of(code, ".json"), S("")).body, &d, &why));
	CHECK_STR(json_get_str(&d, "kind"), S("outage"));
	CHECK_STR(json_get_str(&d, "state"), S("off"));
	CHECK_STR(json_get_str(json_get(&d, "fields"), "until"), S("2021-03-03"));
	CHECK_STR(json_get_str(&json_get(&d, "duties")->items[0], "rule"), S(OUTAGE_RULE));
	CHECK_STR(json_get_str(&json_get(&d, "acts")->items[0], "step"), S("announce"));
}

/* What a stranger does with what he downloaded: the salt and the bytes give the commitment that the
 * leaf holds. */
TEST(each_act_is_a_leaf_that_a_stranger_can_check)
{
	open_site();
	struct str code = announce(), why;
	struct answer content = get(of(code, "/viec/1/noi-dung"), S(""));
	struct answer receipt = get(of(code, "/viec/1/bien-nhan"), S(""));
	CHECK_INT(content.status, 200);
	CHECK(str_starts(receipt.body, S("c2sp.org/tlog-proof@v1\n")));
	CHECK(str_has(receipt.body, S("ninh-van.example.invalid/log\n1\n")));
	CHECK(str_has(receipt.body, content.salt));

	struct tx tx;
	struct log_leaves leaves;
	struct json leaf;
	uint8_t salt[32];
	begin(&tx, DB_READ);
	CHECK_INT(log_entries(&tx, 0, 10, &leaves), OK);
	CHECK_INT((int64_t)leaves.n, 1);
	CHECK(json_parse(tx.mem, leaves.at[0].entry, &leaf, &why));
	CHECK_STR(json_get_str(&leaf, "act"), S("outage.announce"));
	CHECK_STR(json_get_str(&leaf, "code"), code);
	CHECK(base64_decode_exact(content.salt, salt, sizeof salt));
	struct hash pub = content_public_hash(salt, content.body);
	CHECK_STR(json_get_str(&leaf, "pub"), hash_hex(tx.mem, &pub));
	end(&tx);
}

TEST(verification_folds_it_anew_and_finds_what_was_changed_on_the_side)
{
	open_site();
	announce();
	struct verify_result office = { 0 };
	struct log_report log = { .a = test_arena() };
	struct tx tx;
	begin(&tx, DB_READ);
	CHECK_INT(verify_office(&tx, NULL, &office), OK);
	CHECK_INT(log_verify(&tx, S(""), &log), OK);
	end(&tx);
	CHECK_INT(office.dossiers, 1);
	CHECK_INT(office.dossiers_different + office.duties_different + office.tallies_different,
		  0);
	CHECK_INT((int64_t)office.problems.n, 0);
	CHECK_INT((int64_t)log.count, 0);

	begin(&tx, DB_WRITE);
	struct query q = db_query(&tx, "UPDATE dossier SET state = 4");
	CHECK_INT(db_exec(&q), OK);
	end(&tx);
	begin(&tx, DB_READ);
	office = (struct verify_result){ 0 };
	CHECK_INT(verify_office(&tx, NULL, &office), OK);
	end(&tx);
	CHECK_INT(office.dossiers_different, 1);
}
