/* The real program on whole sites: what verify finds, and what a restored backup may not do. */
#include "tests/demo.h"
#include "tests/test_db.h"

#include "base/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* --- Tampering: someone writes into the database, and verify says where --- */

static struct db *tampered;

static struct tx begin(const char *dir)
{
	struct tx tx = { .mem = test_arena() };
	tampered = test_open(dir, DB_WRITE);
	CHECK_INT(tx_begin(&tx, tampered, DB_WRITE), OK);
	return tx;
}

static void done(struct tx *tx, struct query q)
{
	CHECK_INT(db_exec(&q), OK);
	CHECK(db_changes(&q) == 1);
	CHECK_INT(tx_end(tx, OK), OK);
	db_close(tampered);
}

/* Exactly one sentence, and it has this in it. */
static void verify_says(const char *dir, const char *part)
{
	struct json j = verify(dir, 1);
	const struct json *problems = json_get(&j, "problems");
	CHECK(!json_get_bool(&j, "ok"));
	if (problems->count != 1 || !str_has(problems->items[0].s, str_of(part)))
		FAIL("%zu problems, the first: %.*s", problems->count,
		     STR_ARG(problems->count ? problems->items[0].s : S("")));
}

#define A_DISCLOSURE "(SELECT MIN(id) FROM dossier WHERE kind = 'disclosure' AND state = 8)"

/* --- The review --- */

TEST(a_review_is_written_for_readers_for_programs_and_for_spreadsheets)
{
	const char *dir = demo();
	struct json j;
	struct str why;
	struct ran json = dinh(z("report --data %s --unit 37 --year 2020 --format json", dir));
	CHECK_INT(json.code, 0);
	CHECK(json_parse(test_arena(), json.out, &j, &why));
	static const char *const keys[] = { "unit",  "year",     "from_month",       "to_month",
					    "first", "last",     "terms_counted_to", "running",
					    "tree",  "coverage", "indicators",       "units",
					    "rest" };
	CHECK_INT((int64_t)j.count, LENGTH(keys));
	for (size_t i = 0; i < LENGTH(keys); i++)
		CHECK(json_get(&j, keys[i])->kind != J_NULL);
	CHECK(json_get(&j, "indicators")->count >= 9);
	CHECK_INT((int64_t)json_get(&j, "units")->count >= 8, true);
	struct ran csv = dinh(z("report --data %s --unit 37 --year 2020 --format csv", dir));
	CHECK(str_has(csv.out, S("unit,unit_name,indicator,title,measure,period,period_of")));
	struct ran page = dinh(z("report --data %s --unit 37 --year 2020 --from 10 --to 12", dir));
	CHECK(str_has(page.out, S("<!doctype html>")));
	CHECK(str_has(page.out, S("quý IV năm 2020")));
	CHECK(str_has(page.out, S("<style>")));
	CHECK(!str_has(page.out, S("<a "))); /* it leads nowhere, wherever it is read */
	/* Kim Sơn lies in the south-east: data/house/tiles.tsv. */
	CHECK(str_has(page.out, S("x=\"248\" y=\"228\" width=\"120\"")));
	CHECK(str_has(page.out, S(">Kim Sơn</text>")));
	struct ran linked = dinh(z("report --data %s --unit 37 --year 2020 --lang en"
				   " --url https://ninh-binh.example",
				   dir));
	CHECK(str_has(linked.out,
		      S("href=\"https://ninh-binh.example/en/tong-ket/37/2020/CK-01\"")));
	CHECK_INT(dinh(z("report --data %s --unit 37 --year 1800", dir)).code, 2);
	CHECK_INT(dinh(z("report --data %s --unit 37 --year 2020 --from 13", dir)).code, 2);
	CHECK_INT(dinh(z("report --data %s --unit nowhere --year 2020", dir)).code, 2);
	CHECK_INT(dinh(z("report --data %s --unit 37 --year 2020 --format pdf", dir)).code, 2);
	CHECK_INT(dinh(z("report --data %s --unit 37 --year 2020 --url ftp://x", dir)).code, 2);
}

TEST(a_changed_state_is_found)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	done(&tx, db_query(&tx, "UPDATE dossier SET state = 16 WHERE id = " A_DISCLOSURE));
	verify_says(dir, "state, text or lines are not what its acts make of them");
}

TEST(a_changed_text_is_found)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	done(&tx, db_query(&tx, "UPDATE dossier SET data = replace(data, '0 đồng', '1 đồng')"
				" WHERE id = (SELECT MIN(id) FROM dossier WHERE"
				" kind = 'disclosure' AND facet = 'XA07-05-01')"));
	verify_says(dir, "state, text or lines are not what its acts make of them");
}

TEST(a_duty_met_by_hand_is_found)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	done(&tx, db_query(&tx, "UPDATE duty SET due_on = '2020-12-31' WHERE id ="
				" (SELECT MIN(id) FROM duty WHERE no > 1)"));
	verify_says(dir, "1 duties are not what its acts make of them");
}

TEST(a_dossier_hidden_from_a_list_is_found)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	done(&tx, db_query(&tx, "DELETE FROM dossier_under WHERE ancestor = 1 AND"
				" dossier = " A_DISCLOSURE));
	verify_says(dir, "lists show it otherwise than it is");
}

TEST(a_count_made_better_is_found)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	done(&tx, db_query(&tx, "UPDATE tally SET n = n + 1 WHERE (unit, tally_key, month) ="
				" (SELECT unit, tally_key, month FROM tally WHERE"
				" tally_key = 'disclosure.publish' ORDER BY unit, month LIMIT 1)"));
	verify_says(dir, "tally disclosure.publish of unit");
}

TEST(a_year_made_better_is_found_in_the_review_of_every_unit_above)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	done(&tx, db_query(&tx, "UPDATE tally_year SET n = n + 1 WHERE (unit, tally_key, year) ="
				" (SELECT unit, tally_key, year FROM tally_year WHERE"
				" tally_key = 'disclosure.publish' ORDER BY unit, year LIMIT 1)"));
	struct json j = verify(dir, 1);
	CHECK(str_has(json_get(&j, "problems")->items[0].s, S("says CK-01 is")));
	CHECK_INT(json_get_int(json_get(&j, "reviews"), "different"), 3);
}

TEST(a_contribution_moved_to_another_month_is_found)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	done(&tx, db_query(&tx, "UPDATE figure SET counted_on = '2020-01-01' WHERE figure_key ="
				" 'disclosure.form.posting' AND dossier = (SELECT MIN(dossier)"
				" FROM figure WHERE figure_key = 'disclosure.form.posting')"));
	struct json j = verify(dir, 1);
	CHECK_INT(json_get_int(json_get(&j, "figures"), "different"), 2);
	CHECK_INT((int64_t)json_get(&j, "problems")->count,
		  2); /* where it is not, and where it is */
}

TEST(a_site_of_an_earlier_program_is_counted_anew_when_it_is_next_opened)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	done(&tx, db_query(&tx, "DELETE FROM tally WHERE (unit, tally_key, month) = (SELECT unit,"
				" tally_key, month FROM tally WHERE tally_key ="
				" 'disclosure.commune.publish.due' LIMIT 1)"));
	tx = begin(dir);
	done(&tx, db_query(&tx, "DELETE FROM site WHERE key = 'office.counts'"));
	const char *asked[] = {
		z("verify --data %s", dir).at,
		z("report --data %s --unit 14554 --year 2020 --format csv", dir).at,
		z("export --data %s --public --to %s/early", dir, test_dir()).at,
	};
	for (size_t i = 0; i < LENGTH(asked); i++) {
		struct ran early = dinh(str_of(asked[i]));
		CHECK_INT(early.code, 2);
		CHECK(str_has(early.out, S("open it once with dinh serve")));
	}
	dinh(z("user end 999999 --data %s", dir)); /* any command that may write */
	verify(dir, 0);
}

TEST(a_changed_content_is_found)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	done(&tx,
	     test_on_postgres()
		     ? db_query(&tx,
				"UPDATE content SET public_bytes = convert_to(replace("
				"convert_from(public_bytes, 'UTF8'), '2020', '2019'), 'UTF8')"
				" WHERE act = (SELECT MIN(id) FROM act WHERE step = 'publish')")
		     : db_query(&tx,
				"UPDATE content SET public_bytes = CAST(replace("
				"CAST(public_bytes AS TEXT), '2020', '2019') AS BLOB)"
				" WHERE act = (SELECT MIN(id) FROM act WHERE step = 'publish')"));
	verify_says(dir, "has a content that is not what the log committed to");
}

TEST(a_content_that_went_without_an_act_of_erasure_is_found)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	done(&tx, db_query(&tx, "UPDATE content SET public_salt = NULL, public_bytes = NULL,"
				" sealed_salt = NULL, sealed_bytes = NULL, erased_by = act"
				" WHERE act = (SELECT MIN(id) FROM act WHERE step = 'publish')"));
	verify_says(dir, "was erased by no act that erases");
	tx = begin(dir);
	done(&tx, db_query(&tx, "DELETE FROM content WHERE act ="
				" (SELECT MIN(id) FROM act WHERE step = 'publish')"));
	verify_says(dir, "has lost its content");
}

/* A photograph is proof only as long as it is the one that was kept. */
TEST(a_file_that_was_exchanged_lost_or_hung_on_a_dossier_is_found)
{
	const char *dir = demo();
	struct str path =
		str_trim(shell(z("ls '%s'/files/*/* | grep -v thumb | head -1", dir)).out);
	CHECK_INT(shell(z("printf x >> '%.*s'", STR_ARG(path))).code, 0);
	verify_says(dir, "is not what was kept");
	CHECK_INT(shell(z("rm '%.*s'", STR_ARG(path))).code, 0);
	verify_says(dir, "is missing");

	dir = demo();
	struct tx tx = begin(dir);
	done(&tx, db_query(&tx, "DELETE FROM file_use WHERE sha256 ="
				" (SELECT MIN(once.sha256) FROM (SELECT sha256 FROM file_use"
				" GROUP BY sha256 HAVING COUNT(*) = 1) AS once)"));
	verify_says(dir, "has lost file");

	dir = demo();
	tx = begin(dir);
	done(&tx, db_query(&tx, "INSERT INTO file_use (dossier, sha256, name, sealed) SELECT 1,"
				" MIN(sha256), 'x.jpg', 0 FROM file"));
	verify_says(dir, "which no act gave");
}

/* Everything made to agree with each other again: only the log knows better. */
TEST(acts_and_their_dossier_changed_together_are_found)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	struct query acts =
		db_query(&tx, "UPDATE act SET data = replace(data, 'Công khai', 'Che giấu')"
			      " WHERE step IN ('record', 'publish') AND dossier ="
			      " (SELECT MIN(id) FROM dossier WHERE title LIKE 'Công khai%')");
	CHECK_INT(db_exec(&acts), OK);
	CHECK_INT(db_changes(&acts), 2);
	done(&tx,
	     db_query(&tx, "UPDATE dossier SET title = replace(title, 'Công khai', 'Che giấu'),"
			   " data = replace(data, 'Công khai', 'Che giấu') WHERE id ="
			   " (SELECT MIN(id) FROM dossier WHERE title LIKE 'Công khai%')"));
	struct json j = verify(dir, 1);
	CHECK_INT((int64_t)json_get(&j, "problems")->count, 2);
	CHECK(str_has(json_get(&j, "problems")->items[1].s,
		      S("is not what its sealed content says")));
}

TEST(a_backdated_act_is_found)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	done(&tx, db_query(&tx, "UPDATE act SET recorded_at = recorded_at - 86400000 WHERE id ="
				" (SELECT MIN(id) FROM act WHERE step = 'post')"));
	verify_says(dir, "is not what its leaf in the log says");
}

TEST(a_changed_leaf_is_found)
{
	const char *dir = demo();
	struct tx tx = begin(dir);
	done(&tx,
	     test_on_postgres()
		     ? db_query(&tx, "UPDATE log_leaf SET entry = convert_to(replace(convert_from("
				     "entry, 'UTF8'), '\"v\":1', '\"v\":2'), 'UTF8') WHERE idx = 5")
		     : db_query(&tx, "UPDATE log_leaf SET entry = CAST(replace(CAST(entry AS TEXT),"
				     " '\"v\":1', '\"v\":2') AS BLOB) WHERE idx = 5"));
	struct json j = verify(dir, 1);
	CHECK(json_get(&j, "problems")->count >= 1);
	CHECK(str_has(json_get(&j, "problems")->items[0].s, S("leaf")));
}

TEST(another_checkpoint_beside_the_database_is_found)
{
	const char *dir = demo();
	must(z("demo --data %s/other --seed 9 --scale 0.01", dir));
	CHECK_INT(shell(z("cp '%s/other/checkpoint' '%s/checkpoint'", dir, dir)).code, 0);
	verify_says(dir, "checkpoint");
}

/* --- Serving --- */

/* The site's clock leaps, so that at the next start the calendar has work. */
static void days_pass(const char *dir, int64_t days)
{
	struct tx tx = begin(dir);
	struct query q = db_query(&tx, "UPDATE site SET value = CAST(CAST(value AS BIGINT) + $1"
				       " AS TEXT) WHERE key = 'clock'");
	BIND(&q, days * 86400000);
	done(&tx, q);
}

TEST(a_served_site_does_the_calendars_work_signs_within_a_second_and_stops_when_told)
{
	const char *dir = demo();
	struct json before = verify(dir, 0);
	int64_t size = json_get_int(json_get(&before, "log"), "size");
	days_pass(dir, 40);
	struct served s = serve(dir);
	int64_t grown = -1;
	for (int i = 0; i < 100 && grown <= size; i++, usleep(100000))
		grown = published_size(&s);
	CHECK(grown > size);
	CHECK_INT(get(&s, "/").status, 200);
	CHECK_INT(get(&s, "/cong-khai").status, 200);
	struct ran twice = dinh(z("serve --data %s --listen 127.0.0.1:0", dir));
	CHECK_INT(twice.code, 3);
	CHECK_INT(stop(&s), 0);
	struct json after = verify(dir, 0);
	CHECK(json_get_int(json_get(&after, "log"), "size") >= grown);
}

TEST(a_stranger_verifies_the_log_remembers_it_and_notices_that_it_became_another)
{
	const char *dir = demo();
	struct served s = serve(dir);
	struct str state = z("%s/state", test_dir());
	struct ran first = dinh(z("verify --lang en --url http://127.0.0.1:%d --state %.*s", s.port,
				  STR_ARG(state)));
	struct ran again = dinh(z("verify --lang en --url http://127.0.0.1:%d/log/ --state %.*s",
				  s.port, STR_ARG(state)));
	struct str home = z("%s/home", test_dir());
	struct ran kept =
		shell(z("XDG_STATE_HOME='%.*s' '%s' verify --json --url http://127.0.0.1:%d"
			" && ls '%.*s/dinh'",
			STR_ARG(home), program(), s.port, STR_ARG(home)));
	CHECK_INT(stop(&s), 0);
	CHECK_INT(kept.code, 0);
	CHECK(str_has(kept.out, S("\"ok\":true")));
	CHECK(str_ends(kept.out, S(".log\n")));
	CHECK_INT(first.code, 0);
	CHECK(str_has(first.out, S("first time")));
	CHECK_INT(again.code, 0);
	CHECK(!str_has(again.out, S("first time")));

	must(z("demo --data %s/other --seed 9 --scale 0.01", dir));
	struct served other = serve(z("%s/other", dir).at);
	struct ran changed = dinh(
		z("verify --url http://127.0.0.1:%d --state %.*s", other.port, STR_ARG(state)));
	CHECK_INT(stop(&other), 0);
	CHECK_INT(changed.code, 1);
	struct ran gone = dinh(
		z("verify --url http://127.0.0.1:%d --state %.*s", other.port, STR_ARG(state)));
	CHECK_INT(gone.code, 3);
}

/* LOG.md section 4: the classic way to sign two histories is to restore a backup. */
TEST(an_older_backup_put_back_is_served_for_reading_and_signs_nothing)
{
	const char *dir = demo();
	struct str copy = z("%s/copy", test_dir());
	site_backup(dir, copy.at);
	CHECK_INT(verify(copy.at, 0).kind, J_OBJECT);
	CHECK_INT(access(z("%.*s/log.key", STR_ARG(copy)).at, F_OK), -1);
	CHECK_INT(dinh(z("backup --data %s --to %.*s", dir, STR_ARG(copy))).code, 2);

	days_pass(dir, 40);
	struct served s = serve(dir);
	struct json was = verify(copy.at, 0);
	int64_t old = json_get_int(json_get(&was, "log"), "size");
	for (int i = 0; i < 100 && published_size(&s) <= old; i++)
		usleep(100000);
	CHECK_INT(stop(&s), 0);
	struct str kept = test_file(z("%s/checkpoint", dir).at);

	site_put_back(copy.at, dir);
	days_pass(dir, 80);
	s = serve(dir);
	CHECK(str_has(said(&s), S("restored from an older copy")));
	CHECK_INT(get(&s, "/").status, 200);
	struct http_reply post = http_ask(test_arena(), s.port,
					  S("POST /dang-nhap HTTP/1.1\r\nHost: a.vn\r\n"
					    "Content-Type: application/x-www-form-urlencoded\r\n"
					    "Content-Length: 0\r\nConnection: close\r\n\r\n"),
					  false);
	CHECK(post.status >= 400);
	usleep(1500000);
	CHECK_INT(stop(&s), 0);
	CHECK_STR(test_file(z("%s/checkpoint", dir).at), kept);
	struct ran state = dinh(z("log --data %s", dir));
	CHECK_INT(state.code, 1);
	CHECK(str_has(state.out, S("restored from an older copy")));
	struct json now = verify(copy.at, 0);
	CHECK_INT(json_get_int(json_get(&now, "log"), "size"), old);
}

/* --- The command line --- */

TEST(every_command_has_help_in_both_languages)
{
	static const char *const commands[] = { "init",   "serve",   "demo",   "user",   "due",
						"log",    "witness", "verify", "backup", "export",
						"import", "report",  "version" };
	for (size_t i = 0; i < LENGTH(commands); i++) {
		struct ran vi = dinh(z("%s --help", commands[i]));
		struct ran en = dinh(z("%s --help --lang en", commands[i]));
		CHECK_INT(vi.code, 0);
		CHECK_INT(en.code, 0);
		if (!str_has(vi.out, S("cách dùng")) || !str_has(en.out, S("usage")))
			FAIL("the help of %s is in another language", commands[i]);
		if (!str_has(dinh(S("--help")).out, str_of(commands[i])))
			FAIL("%s is not listed", commands[i]);
	}
}

static void refused(const char *arguments, int code, const char *part)
{
	struct ran r = dinh(str_of(arguments));
	size_t lines = 0;
	for (size_t i = 0; i < r.out.len; i++)
		lines += r.out.at[i] == '\n';
	if (r.code != code || !str_has(r.out, str_of(part)) || lines != 1)
		FAIL("dinh %s: exit %d: %.*s", arguments, r.code, STR_ARG(r.out));
}

static void no_site_in_a_folder(void)
{
	refused("verify --data /no/such/folder", 2, "/no/such/folder");
	refused("serve --data /no/such/folder", 2, "/no/such/folder");
	refused("backup --data /no/such/folder --to /tmp/x", 2, "/no/such/folder");
	refused("export --data /no/such/folder --complete --to /tmp/x.tar", 2, "/no/such/folder");
}

TEST(what_is_wrong_is_said_in_one_line_with_the_exit_code_of_its_sort)
{
	refused("nothing", 2, "nothing");
	refused("demo --sead 1", 2, "--sead");
	refused("demo --seed x", 2, "--seed");
	refused("demo --seed", 2, "--seed");
	refused("demo --scale 2", 2, "--scale");
	refused("demo --scale nan", 2, "--scale");
	refused("demo here", 2, "here");
	refused("init", 2, "--unit");
	refused("init --unit 37 --day 2020-02-30", 2, "2020-02-30");
	refused("init --unit 37 --lang de", 2, "--lang");
	refused("backup", 2, "--to");
	refused("export --to /tmp/x.tar", 2, "--complete");
	refused("export --to /tmp/x.tar --complete --public", 2, "--complete");
	refused("export --complete --to /no/such/folder/x.tar", 2, "dinh-data");
	refused("import --from /no/such.tar --data /tmp/no-such-site", 2, "/no/such.tar");
	refused("import --from /dev/null", 2, "--data");
	refused("verify --url ftp://a.vn", 2, "ftp://a.vn");
	refused("verify --url http://127.0.0.1:1 --state /tmp/no-such-state", 3, "127.0.0.1:1");
	if (!test_on_postgres()) /* where the folder does not say where the site is */
		no_site_in_a_folder();
}

TEST(a_refused_founding_leaves_nothing_behind)
{
	struct str dir = z("%s/site", test_dir());
	CHECK_INT(dinh(z("init --data %.*s --unit 99", STR_ARG(dir))).code, 2);
	CHECK_INT(access(dir.at, F_OK), -1);
	must(z("init --data %.*s --unit 14554 --day 2020-06-01 --name 'Xã thử'", STR_ARG(dir)));
	CHECK_INT(verify(dir.at, 0).kind, J_OBJECT);
}
