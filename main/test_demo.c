/* What the demonstration promises: its log, its year, its news and its accounts. */
#include "tests/demo.h"
#include "tests/test_db.h"

#include "base/json.h"

#include <stdlib.h>

TEST(the_same_seed_gives_the_same_log_and_another_seed_another)
{
	const char *dir = test_dir();
	must(z("demo --data %s/a --seed 7 --scale 0.01", dir));
	must(z("demo --data %s/b --seed 8 --scale 0.01", dir));
	struct str first = root_of(demo());
	CHECK_INT((int64_t)first.len, 64);
	CHECK_STR(root_of(z("%s/a", dir).at), first);
	CHECK(!str_eq(root_of(z("%s/b", dir).at), first));
}

TEST(what_the_demonstration_leaves_agrees_and_the_keys_of_verify_are_as_promised)
{
	struct json j = verify(demo(), 0);
	static const char *const parts[] = { "dossiers", "tallies", "duties",
					     "figures",  "reviews", "files" };
	CHECK(json_get_bool(&j, "ok"));
	CHECK(json_get_int(json_get(&j, "log"), "size") > 200);
	for (size_t i = 0; i < LENGTH(parts); i++) {
		const struct json *part = json_get(&j, parts[i]);
		CHECK_INT((int64_t)part->count, 2);
		CHECK(json_get_int(part, "checked") >= 10);
		CHECK_INT(json_get_int(part, "different"), 0);
	}
	CHECK(json_get(&j, "problems")->kind == J_LIST);
	CHECK_INT((int64_t)json_get(&j, "problems")->count, 0);
	CHECK_INT((int64_t)j.count, 9);
}

static int64_t count(const char *dir, struct query (*ask)(struct tx *tx))
{
	struct db *db = test_open(dir, DB_READ);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
	struct query q = ask(&tx);
	CHECK_INT(db_one(&q), OK);
	int64_t n = col_int(&q, 0);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	return n;
}

static struct query photographs(struct tx *tx)
{
	return db_query(tx, "SELECT COUNT(*) FROM file_use u JOIN file f ON f.sha256 = u.sha256"
			    " WHERE u.sealed = 0 AND f.type = 'image/jpeg'");
}

/* With the scans of private papers, each of which hangs on many. */
static struct query pictures(struct tx *tx)
{
	return db_query(tx, "SELECT COUNT(*) FROM file WHERE type = 'image/jpeg'");
}

static struct query behalf(struct tx *tx)
{
	return db_query(tx, "SELECT COUNT(*) FROM act a JOIN appointment s ON s.id = a.appointment"
			    " WHERE a.substitute_of > 0 AND s.substitute_of = a.substitute_of"
			    " AND a.happened_on BETWEEN s.valid_from AND s.valid_to");
}

TEST(the_demonstration_has_photographs_of_boards_and_a_deputy_who_acts_for_the_leader)
{
	const char *dir = demo();
	int64_t photos = count(dir, photographs);
	CHECK(photos >= 10);
	CHECK(count(dir, behalf) > 0);
	struct ran r = shell(z("find '%s/files' -type f ! -name '*.thumb' | wc -l", dir));
	CHECK_INT(strtoll(str_z(test_arena(), r.out), NULL, 10), count(dir, pictures));
	r = shell(z("find '%s/files' -type f ! -name '*.thumb' -size +20k | wc -l", dir));
	CHECK_STR(r.out, S("0\n")); /* the demonstration stays small and quick */
}

static struct query conference(struct tx *tx)
{
	return db_query(tx,
			"SELECT COUNT(*) FROM dossier d JOIN act a ON a.dossier = d.id"
			" JOIN unit_version v ON v.unit = d.unit AND v.code = '37'"
			" WHERE d.kind = 'article' AND a.step = 'publish'"
			" AND a.happened_on = '2021-01-05' AND d.id = (SELECT n.id FROM dossier n"
			" WHERE n.kind = 'article' AND n.visibility = 0"
			" ORDER BY n.shown_on DESC, n.id DESC LIMIT 1)");
}

static struct query answers(struct tx *tx)
{
	return db_query(tx, "SELECT COUNT(*) FROM dossier d JOIN unit_version v ON v.unit = d.unit"
			    " WHERE v.code = '14554' AND d.kind = 'clarification'"
			    " AND d.visibility = 0");
}

static struct query stubs(struct tx *tx)
{
	return db_query(tx, "SELECT COUNT(*) FROM dossier d JOIN act a ON a.dossier = d.id"
			    " WHERE d.kind = 'article' AND a.step = 'take_down'");
}

static struct query redactions(struct tx *tx)
{
	return db_query(tx, "SELECT COUNT(*) FROM content c JOIN act a ON a.id = c.redacted_by"
			    " JOIN dossier d ON d.id = a.dossier WHERE a.step = 'redact'"
			    " AND d.kind = 'disclosure'");
}

TEST(some_corrections_of_the_year_named_somebody_and_were_redacted)
{
	CHECK(count(demo_year(), redactions) >= 1);
}

TEST(the_demonstration_has_news_of_which_the_newest_is_the_review_conference)
{
	const char *dir = demo();
	CHECK_INT(count(dir, conference), 1);
	CHECK_INT(count(dir, stubs), 1);
	CHECK(count(dir, answers) >= 1);
}

TEST(a_site_is_not_made_where_one_is_already)
{
	const char *dir = demo();
	CHECK_INT(dinh(z("demo --data %s", dir)).code, 2);
	CHECK_INT(dinh(z("init --data %s --unit 37", dir)).code, 2);
	CHECK_STR(root_of(dir), root_of(demo()));
}

/* From the province down to a village: a task can be followed to its end by hand. */
TEST(the_demonstration_has_accounts_all_the_way_down)
{
	static const char *const logins[] = { "canbo.tinh",         "lanhdao.tinh",
					      "canbo.hoalu",        "lanhdao.hoalu",
					      "canbo.ninhvan",      "lanhdao.ninhvan",
					      "truongthon.ninhvan", "nguoidan.ninhvan" };
	const char *dir = demo();
	for (size_t i = 0; i < LENGTH(logins); i++)
		CHECK_INT(shell(z("grep -q '^%s ' '%s/passwords.txt'", logins[i], dir)).code, 0);
}

TEST(the_passwords_of_the_demonstration_are_nobody_elses_to_read)
{
	const char *dir = demo();
	struct ran r = shell(z("stat -c %%a '%s/passwords.txt' '%s/log.key'", dir, dir));
	CHECK_STR(r.out, S("600\n600\n"));
}

/* --- Its year --- */

/* Acts of a step of a kind. */
static int64_t acts_of(const char *dir, const char *kind, const char *step)
{
	struct db *db = test_open(dir, DB_READ);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
	struct query q = db_query(&tx, "SELECT COUNT(*) FROM act a JOIN dossier d ON d.id ="
				       " a.dossier WHERE d.kind = $1 AND a.step = $2");
	struct str k = str_of(kind), s = str_of(step);
	BIND(&q, k, s);
	CHECK_INT(db_one(&q), OK);
	int64_t n = col_int(&q, 0);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	return n;
}

TEST(the_year_has_each_process_from_its_first_step_to_its_last)
{
	static const struct {
		const char *kind, *step;
	} taken[] = {
		{ "reception_plan", "issue" },
		{ "reception", "announce" },
		{ "reception", "hold" },
		{ "visit", "take" },
		{ "petition", "send" },
		{ "petition", "enter" },
		{ "petition", "answer" },
		{ "petition", "accept" },
		{ "petition", "decide" },
		{ "petition", "reply" },
		{ "petition", "judge" },
		{ "petition", "denounce" },
		{ "petition", "admit" },
		{ "petition", "accept_denunciation" },
		{ "petition", "notify" },
		{ "petition", "conclude" },
		{ "petition", "send_conclusion" },
		{ "petition", "act_upon" },
		{ "petition", "publish_conclusion" },
		{ "petition", "renew" },
		{ "petition", "accept_renewed" },
		{ "opening", "sign" },
		{ "dialogue", "announce" },
		{ "dialogue", "hold" },
		{ "dialogue", "promise" },
		{ "dialogue", "publish" },
		{ "workplace_dialogue", "exchange" },
		{ "workplace_dialogue", "hold" },
		{ "workplace_dialogue", "keep" },
		{ "workplace_dialogue", "publish" },
		{ "board", "recognise" },
		{ "check", "report" },
		{ "recommendation", "answer" },
		{ "recommendation", "confirm" },
		{ "programme", "issue" },
		{ "criticism", "receive" },
		{ "criticism", "send" },
		{ "criticism", "answer" },
		{ "information", "answer" },
		{ "document", "redact" },
		{ "assignment", "redact_after" },
		{ "comment", "answer" },
	};
	const char *dir = demo_year();
	struct json j = verify(dir, 0);
	CHECK(json_get_bool(&j, "ok"));
	for (size_t i = 0; i < LENGTH(taken); i++)
		if (!acts_of(dir, taken[i].kind, taken[i].step))
			FAIL("nobody takes %s of %s", taken[i].step, taken[i].kind);
}

/* The holidays of 2020 are 23 to 29 January. */
static struct query across_tet(struct tx *tx)
{
	return db_query(tx, "SELECT COUNT(DISTINCT d.kind) FROM duty y JOIN dossier d ON d.id ="
			    " y.dossier WHERE y.from_on < '2020-01-23' AND y.due_on > '2020-01-29'"
			    " AND d.kind IN ('petition', 'recommendation')");
}

static struct query met(struct tx *tx)
{
	return db_query(tx, "SELECT COUNT(DISTINCT d.kind) FROM duty y JOIN dossier d ON d.id ="
			    " y.dossier WHERE y.state = 1 AND d.kind IN ('petition', 'reception',"
			    " 'recommendation', 'dialogue', 'workplace_dialogue', 'criticism')");
}

static struct query met_late(struct tx *tx)
{
	return db_query(tx, "SELECT COUNT(DISTINCT d.kind) FROM duty y JOIN dossier d ON d.id ="
			    " y.dossier WHERE y.state = 2 AND d.kind IN ('petition',"
			    " 'recommendation')");
}

static struct query short_of_delegates(struct tx *tx)
{
	return db_query(tx, "SELECT COUNT(*) FROM act a JOIN dossier d ON d.id = a.dossier"
			    " WHERE d.kind = 'workplace_dialogue' AND a.step = 'postpone'");
}

static struct query carried_over(struct tx *tx)
{
	return db_query(
		tx, "SELECT COUNT(*) FROM figure WHERE counted_on = '2019-12-31' AND"
		    " figure_key IN ('petition.opening.proposal', 'petition.opening.feedback')");
}

static struct query ordered_and_done(struct tx *tx)
{
	return db_query(tx,
			"SELECT COUNT(DISTINCT figure_key) FROM figure WHERE n > 0 AND figure_key"
			" IN ('petition.ordered.man_money.complaint',"
			" 'petition.ordered.punished.complaint',"
			" 'petition.owed.man_money.complaint',"
			" 'petition.got.man_money.complaint')");
}

TEST(decisions_of_the_year_order_money_and_their_execution_says_what_came_of_it)
{
	CHECK_INT(count(demo_year(), ordered_and_done), 4);
}

static struct query urged(struct tx *tx)
{
	return db_query(tx, "SELECT COUNT(*) FROM figure WHERE n > 0 AND figure_key IN"
			    " ('petition.urged.feedback', 'petition.urged.proposal',"
			    " 'petition.urged.complaint')");
}

TEST(of_the_matters_of_the_year_some_are_with_offices_that_have_to_be_urged)
{
	CHECK(count(demo_year(), urged) > 0);
}

static struct query denounced_again_or_overdue(struct tx *tx)
{
	return db_query(tx, "SELECT COUNT(DISTINCT figure_key) FROM figure WHERE n > 0 AND"
			    " figure_key IN ('petition.own_again.denunciation',"
			    " 'petition.overdue.denunciation')");
}

TEST(of_the_denunciations_of_the_year_some_are_overdue_and_some_go_on_to_the_unit_above)
{
	CHECK_INT(count(demo_year(), denounced_again_or_overdue), 2);
}

TEST(the_year_has_tet_inside_its_clocks_and_what_was_in_time_and_late)
{
	const char *dir = demo_year();
	CHECK_INT(count(dir, across_tet), 2);
	CHECK_INT(count(dir, met), 6);
	CHECK_INT(count(dir, met_late), 2);
	CHECK(count(dir, short_of_delegates) > 0);
	CHECK(count(dir, carried_over) > 0);
}

/* No law of 2020 in our tables asked an enterprise to disclose anything; those of the demonstration hold dialogues. */
TEST(the_review_of_2020_misses_no_disclosure_of_enterprises)
{
	const char *dir = demo_year();
	struct ran r =
		dinh(z("report --data %s --unit 37 --year 2020 --format html --lang vi", dir));
	CHECK_INT(r.code, 0);
	CHECK(str_has(r.out, S("Cơ quan, đơn vị: 1/1")));
	CHECK(!str_has(r.out, S("Doanh nghiệp nhà nước")));
}

/* Stands it in a file of that export? */
static bool in_export(const char *to, struct str text)
{
	must_write(z("%s.words", to).at, text);
	return shell(z("grep -rqF -f '%s.words' '%s/data'", to, to)).code == 0;
}

/* Law 25/2018 arts. 9, 56: counted, and its words nowhere. */
TEST(nothing_of_a_denunciation_stands_in_what_everybody_may_read)
{
	const char *dir = demo_year(), *to = z("%s/public", test_dir()).at;
	struct db *db = test_open(dir, DB_READ);
	struct tx tx = { .mem = test_arena() };
	int found = 0;
	must(z("export --public --data %s --to %s", dir, to));
	CHECK(in_export(to, S("phương án thu gom rác")) || in_export(to, S("đề án sắp xếp thôn")) ||
	      in_export(to, S("đất lúa kém hiệu quả")) || in_export(to, S("quy chế quản lý chợ")));
	CHECK_INT(tx_begin(&tx, db, DB_READ), OK);
	struct query q = db_query(&tx, "SELECT d.code, a.data FROM act a JOIN dossier d ON d.id ="
				       " a.dossier WHERE d.kind = 'petition' AND a.step IN"
				       " ('denounce', 'enter_denunciation')");
	for (; db_next(&q); found++) {
		struct json form;
		struct str why;
		CHECK(json_parse(tx.mem, str_dup(tx.mem, col_str(&q, 1)), &form, &why));
		CHECK(!in_export(to, str_dup(tx.mem, col_str(&q, 0))));
		CHECK(!in_export(to, json_get_str(&form, "title")));
		CHECK(!in_export(to, json_get_str(&form, "body")));
		CHECK(!in_export(to, json_get_str(&form, "accused")));
	}
	CHECK_INT(q.err, OK);
	CHECK(found >= 2);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	/* Nobody else has a name that ends so: main/demo/denunciations.c. */
	CHECK_INT(shell(z("grep -rqE '[0-9]{5}-4[0-9]' '%s/data'", to)).code, 1);
}

TEST(a_letter_of_the_year_has_a_name_under_bars_and_so_have_its_tasks)
{
	const char *dir = demo_year(), *to = z("%s/public", test_dir()).at;
	must(z("export --public --data %s --to %s", dir, to));
	CHECK(in_export(to, S("từ phản ánh của bà █████")));
	CHECK(in_export(to, S("Có tên và số điện thoại của người phản ánh.")));
	CHECK(!in_export(to, S("Thử Nghiệm")) && !in_export(to, S("0900 000 000")));
}
