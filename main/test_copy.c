/* A site that moves from one database into another and back, by the real program: killed on the way, or
 * pointed at what it must not touch. */
#include "tests/demo.h"
#include "tests/test_db.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* As --from and --to take it. */
static struct str side(const char *dir)
{
	struct str where = test_database(dir);
	return test_on_postgres() ? where : z("sqlite:%.*s", STR_ARG(where));
}

/* Always a file, whatever the tests run on. */
static struct str file_side(const char *dir)
{
	return z("sqlite:%s", dir);
}

/* Said to nobody's environment. */
static struct ran copy_also(struct str from, struct str to, const char *data, const char *more)
{
	return shell(z(
		"unset DINH_DB; '%s' copy --lang en --from '%.*s' --to '%.*s' --data '%s' %s 2>&1",
		program(), STR_ARG(from), STR_ARG(to), data, more));
}

static struct ran copy(struct str from, struct str to, const char *data)
{
	return copy_also(from, to, data, "");
}

static void must_copy(struct str from, struct str to, const char *data)
{
	struct ran r = copy(from, to, data);
	if (r.code)
		FAIL("copy ends with %d: %.*s", r.code, STR_ARG(r.out));
	CHECK(str_has(r.out, S("every row is the same")));
	CHECK(str_has(r.out, S("the same log root")));
}

static void refused(struct ran r, const char *part)
{
	if (r.code != 2 || !str_has(r.out, str_of(part)))
		FAIL("exit %d: %.*s", r.code, STR_ARG(r.out));
}

/* Of a file, whatever the tests run on. */
static struct str root_of_file(const char *dir, const char *keys)
{
	struct ran r = shell(z("unset DINH_DB; cp '%s/checkpoint' '%s/log.key' '%s' 2>/dev/null;"
			       " '%s' verify --json --data '%s' --files '%s/files' 2>&1",
			       keys, keys, dir, program(), dir, keys));
	struct json j;
	struct str why;
	if (r.code || !json_parse(test_arena(), r.out, &j, &why))
		FAIL("%d: %.*s", r.code, STR_ARG(r.out));
	return json_get_str(json_get(&j, "log"), "root");
}

/* Into a file, into what the tests run on, into another of that, and into a file again. */
TEST(a_site_goes_from_database_to_database_and_is_the_same_to_the_last_row)
{
	const char *dir = demo(), *file = test_dir(), *there = test_dir(), *back = test_dir();
	struct str root = root_of(dir);
	must_copy(side(dir), file_side(file), dir);
	must_copy(file_side(file), side(there), dir);
	must_copy(side(there), file_side(back), dir);
	struct ran r =
		shell(z("python3 tests/same-tables.py '%s/dinh.db' '%s/dinh.db' 2>&1", file, back));
	CHECK_STR(r.out, S("rows\n"));
	CHECK_STR(root_of_file(back, dir), root);
	/* The last has no source's mark on it: it may be served, and goes on. */
	CHECK_INT(shell(z("unset DINH_DB; '%s' log --data '%s' 2>&1", program(), back)).code, 0);
}

/* The next that the database counts. */
static void counts_on(const char *dir)
{
	struct db *db = test_open(dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	struct query most = db_query(&tx, "SELECT MAX(id) FROM person");
	CHECK_INT(db_one(&most), OK);
	struct query q = db_query(&tx, "INSERT INTO person (name, made_at) VALUES ('x', 0)"
				       " RETURNING id");
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), col_int(&most, 0) + 1);
	CHECK_INT(tx_end(&tx, ERR_BUSY), ERR_BUSY);
	db_close(db);
}

TEST(what_the_database_counts_goes_on_after_the_greatest)
{
	const char *dir = demo(), *file = test_dir(), *there = test_dir();
	must_copy(side(dir), file_side(file), dir);
	must_copy(file_side(file), side(there), dir);
	counts_on(there);
}

/* A file's site exported, imported into what the tests run on, and exported again. */
TEST(an_export_of_a_file_imported_into_another_database_is_exported_the_same)
{
	const char *dir = demo(), *file = test_dir(), *work = test_dir();
	must_copy(side(dir), file_side(file), dir);
	struct ran out =
		shell(z("unset DINH_DB; '%s' export --complete --data '%s' --files '%s/files'"
			" --to '%s/a' 2>&1",
			program(), file, dir, work));
	if (out.code)
		FAIL("%.*s", STR_ARG(out.out));
	must(z("import --from %s/a --data %s/new", work, work));
	must(z("export --complete --data %s/new --to %s/b", work, work));
	struct ran r = shell(z("diff -r -x about.json -x manifest.json '%s/a' '%s/b'", work, work));
	CHECK_STR(r.out, S(""));
	CHECK_INT(shell(z("cp -p '%s/checkpoint' '%s/new'", dir, work)).code, 0);
	CHECK_STR(root_of(z("%s/new", work).at), root_of(dir));
	counts_on(z("%s/new", work).at);
}

TEST(the_source_is_closed_until_it_is_given_back)
{
	const char *dir = demo(), *file = test_dir();
	must_copy(side(dir), file_side(file), dir);
	refused(dinh(z("serve --lang en --data %s --listen 127.0.0.1:0", dir)),
		"was copied into another");
	refused(dinh(z("log --lang en --data %s", dir)), "was copied into another");
	CHECK_STR(root_of(dir), root_of_file(file, dir));
	/* Nor into another place, nor again. */
	refused(copy(side(dir), file_side(test_dir()), dir), "the source is closed");
	refused(copy(side(dir), file_side(file), dir), "this copy is finished");
	struct str back =
		z("unset DINH_DB; '%s' copy --lang en --give-back --from '%.*s' --data '%s' 2>&1",
		  program(), STR_ARG(side(dir)), dir);
	CHECK_INT(shell(back).code, 0);
	refused(shell(back), "not closed");
	must(z("log --data %s", dir));
}

TEST(a_target_that_is_not_empty_is_refused_and_the_source_stays_open)
{
	const char *dir = demo(), *file = test_dir(), *other = demo();
	refused(copy(side(dir), side(other), dir), "is not empty");
	must(z("log --data %s", dir));
	CHECK_STR(root_of(other), root_of(dir));
	must_copy(side(dir), file_side(file), dir);
	refused(copy(side(other), file_side(file), other), "is not empty");
	CHECK_STR(root_of_file(file, dir), root_of(dir));
}

/* Put right again: a schema is given to test after test. */
TEST(a_schema_of_another_version_is_refused)
{
#define RENAME(from, to) \
	"UPDATE schema_migration SET name = 'office/" to "' WHERE name = 'office/" from "'"
	const char *dir = demo(), *file = test_dir();
	test_change(test_open(dir, DB_WRITE), RENAME("0016-tally-years", "0016-other"));
	struct ran other = copy(side(dir), file_side(file), dir);
	test_change(test_open(dir, DB_WRITE), RENAME("0015-timing", "0016-tally-years"));
	struct ran text = copy(side(dir), file_side(file), dir);
	test_change(test_open(dir, DB_WRITE), RENAME("0016-tally-years", "0015-timing"));
	test_change(test_open(dir, DB_WRITE), RENAME("0016-other", "0016-tally-years"));
	refused(other, "differ at office/0016-other");
	refused(text, "differ at office/0015-timing");
	must_copy(side(dir), file_side(file), dir);
}

TEST(a_copy_that_is_not_whole_is_refused_by_every_command)
{
	static const char *const commands[] = {
		"serve --listen 127.0.0.1:0", "log", "verify", "user list",
		"export --complete --to x",
	};
	const char *dir = demo();
	test_change(test_open(dir, DB_WRITE),
		    "INSERT INTO copy_progress (name, copied, done) VALUES ('.target', 0, 0)");
	for (size_t i = 0; i < LENGTH(commands); i++)
		refused(dinh(z("%s --lang en --data %s", commands[i], dir)),
			"has not been finished");
	refused(copy(side(dir), file_side(test_dir()), dir), "has not been finished");
}

/* Both before anything is written. */
TEST(a_copy_needs_the_checkpoint_of_its_log)
{
	const char *dir = demo(), *other = test_dir(), *file = test_dir();
	refused(copy(side(dir), file_side(file), other), "by --data");
	must_write(z("%s/checkpoint", other).at, S("another.example/log\n1\nAAAA\n\n"));
	refused(copy(side(dir), file_side(file), other), "by --data");
	CHECK_INT(shell(z("test -e '%s/dinh.db'", file)).code, 1);
	must(z("log --data %s", dir));
}

TEST(a_copy_with_problems_is_opened_only_when_asked)
{
	const char *dir = demo(), *file = test_dir(), *away = test_dir();
	struct str log = z("unset DINH_DB; '%s' log --lang en --data '%s' 2>&1", program(), file);
	CHECK_INT(shell(z("mv '%s/files' '%s/files'", dir, away)).code, 0);
	struct ran r = copy(side(dir), file_side(file), dir);
	CHECK_INT(r.code, 1);
	CHECK(str_has(r.out, S("was not opened")));
	refused(shell(log), "has not been finished");
	r = copy_also(side(dir), file_side(file), dir, "--with-problems");
	CHECK_INT(r.code, 1);
	CHECK(str_has(r.out, S("opened nevertheless")));
	CHECK(str_has(r.out, z("--data %s, without --db", file)));
	CHECK_INT(shell(z("cp '%s/checkpoint' '%s/log.key' '%s'", dir, dir, file)).code, 0);
	CHECK_INT(shell(log).code, 0);
}

TEST(uploads_in_a_folder_of_their_own_are_verified_there)
{
	const char *dir = demo(), *file = test_dir(), *away = test_dir();
	CHECK_INT(shell(z("mv '%s/files' '%s/files'", dir, away)).code, 0);
	struct ran r = copy_also(side(dir), file_side(file), dir, z("--files '%s/files'", away).at);
	if (r.code)
		FAIL("%d: %.*s", r.code, STR_ARG(r.out));
}

/* Whoever reads what a command said, or sees the words of what runs, sees no password. */
TEST(the_password_of_an_address_is_said_to_nobody)
{
	static const char *const addresses[] = {
		"postgres://u:hush%21y@127.0.0.1:1/site",
		"postgres://u:hush%21y@127.0.0.1:port/site",
		"postgres://u:hush%zzy@127.0.0.1:1/site",
		"postgres://u:x@hush@127.0.0.1:1/site",
		"postgres://u:hush/y@127.0.0.1:1/site",
		"postgres://u:hush?y@127.0.0.1:1/site",
		"postgres://u@127.0.0.1:1/site?password=hush%21y&x=y",
		"host=127.0.0.1 port=1 password=hush%21y",
	};
	const char *dir = demo();
	for (size_t i = 0; i < LENGTH(addresses); i++) {
		struct str to = z("DINH_DB='%s' '%s' copy --lang en --from sqlite:%s --to DINH_DB"
				  " 2>&1",
				  addresses[i], program(), dir);
		struct str from = z("DINH_DB='%s' '%s' copy --lang en --from DINH_DB --to"
				    " sqlite:%s/new --data %s 2>&1",
				    addresses[i], program(), test_dir(), dir);
		struct ran ran[] = { test_on_postgres() ? (struct ran){ 2, S("") } : shell(to),
				     shell(from) };
		for (size_t k = 0; k < LENGTH(ran); k++)
			if (ran[k].code < 2 || str_has(ran[k].out, S("hush")))
				FAIL("%s: %d: %.*s", addresses[i], ran[k].code,
				     STR_ARG(ran[k].out));
	}
}

/* The first was there before the copy began; what it is asked for comes when the site is closed. */
TEST(a_command_that_waits_while_its_site_is_copied_writes_nothing)
{
	const char *dir = demo(), *file = test_dir(), *work = test_dir();
	struct str told = program_told(z("--data %s", dir));
	struct ran r = shell(
		z("mkfifo '%s/typed'; %.*s '%s' user passwd nguoidan.ninhvan --lang en --data '%s'"
		  " <'%s/typed' >'%s/said' 2>&1 & exec 3>'%s/typed'; sleep 2; unset DINH_DB;"
		  " '%s' copy --from '%.*s' --to 'sqlite:%s' --data '%s' 2>&1 || exit 9;"
		  " printf 'mật khẩu mới\nmật khẩu mới\n' >&3; exec 3>&-; wait $!; code=$?;"
		  " cat '%s/said'; exit $code",
		  work, STR_ARG(told), program(), dir, work, work, work, program(),
		  STR_ARG(side(dir)), file, dir, work));
	refused(r, "was copied into another");
}

TEST(a_site_that_is_served_is_not_copied)
{
	const char *dir = demo();
	struct served s = serve(dir);
	struct ran r = copy(side(dir), file_side(test_dir()), dir);
	CHECK_INT(r.code, 3);
	CHECK(str_has(r.out, S("serves this site")));
	CHECK_INT(stop(&s), 0);
	must(z("log --data %s", dir));
}

/* Ended by kill -9 after so long; true: before it was done. */
static bool killed(struct str from, struct str to, const char *data, int after_ms)
{
	pid_t pid = fork();
	CHECK(pid >= 0);
	if (!pid) {
		unsetenv("DINH_DB");
		if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr))
			_exit(9);
		execl(program(), "dinh", "copy", "--from", from.at, "--to", to.at, "--data", data,
		      (char *)NULL);
		_exit(9);
	}
	usleep((useconds_t)after_ms * 1000);
	kill(pid, SIGKILL);
	int status;
	CHECK(waitpid(pid, &status, 0) == pid);
	return WIFSIGNALED(status);
}

/* Later and later, until a run is quicker: whatever was reached, the next goes on. Then back, and
 * compared with what it came from. */
TEST(a_copy_that_was_killed_goes_on_and_loses_and_doubles_nothing)
{
	const char *dir = demo(), *file = test_dir(), *to = test_dir(), *back = test_dir();
	int deaths = 0;
	must_copy(side(dir), file_side(file), dir);
	for (int ms = 20; ms < 20000 && killed(file_side(file), side(to), dir, ms); ms += ms / 3)
		deaths++;
	CHECK(deaths > 2);
	/* The last may have died while it verified, with the copy done. */
	struct ran r = copy(file_side(file), side(to), dir);
	if (r.code && !str_has(r.out, S("this copy is finished")))
		FAIL("%d: %.*s", r.code, STR_ARG(r.out));
	must_copy(side(to), file_side(back), dir);
	CHECK_STR(root_of_file(back, dir), root_of_file(file, dir));
	r = shell(z("python3 tests/same-tables.py '%s/dinh.db' '%s/dinh.db' 2>&1", file, back));
	CHECK_STR(r.out, S("rows\n"));
}
