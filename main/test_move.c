/* A site that moves: exported while it lives, imported elsewhere, and nobody can tell the two
 * apart. And what is public of it, in the hands of a stranger who recomputes everything. */
#include "tests/demo.h"
#include "tests/test_db.h"

#include "base/encode.h"
#include "ledger/tree.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- There and back --- */

static void same_answer(const struct served *x, const struct served *y, const char *path,
			bool may_miss)
{
	struct http_reply a = get(x, path), b = get(y, path);
	if (a.status != b.status || a.status >= 500 || (a.status != 200 && !may_miss))
		FAIL("%s: %d and %d", path, a.status, b.status);
	if (a.status == 200 && !str_eq(a.body, b.body))
		FAIL("%s differs", path);
}

/* Codes of dossiers as the list gives them. */
static struct strs codes(const struct served *s, const char *list)
{
	struct json j;
	struct str why;
	if (!json_parse(test_arena(), get(s, list).body, &j, &why))
		FAIL("%s: %.*s", list, STR_ARG(why));
	struct strs out = { NEW_N(test_arena(), struct str, j.count), 0 };
	for (size_t i = 0; i < j.count; i++)
		out.at[out.n++] = json_get_str(&j.items[i], "code");
	CHECK(out.n > 0);
	return out;
}

static void same_pages(const char *one, const char *other)
{
	static const char *const pages[] = {
		"/",
		"/en",
		"/cong-khai",
		"/cong-khai.csv",
		"/han.csv",
		"/cong-khai.atom",
		"/cong-khai.json",
		"/ke-hoach-cong-khai",
		"/don-vi/37",
		"/don-vi/14554",
		"/han",
		"/tim?q=du+toan",
		"/log/vkey",
		"/log/checkpoint",
		"/log/tile/0/000",
		"/log/tile/entries/000",
		"/log/tile/0/001.p/9",
	};
	struct served x = serve(one), y = serve(other);
	for (size_t i = 0; i < LENGTH(pages); i++)
		same_answer(&x, &y, pages[i], false);
	struct strs all = codes(&x, "/cong-khai.json");
	for (size_t i = 0; i < all.n; i++) {
		same_answer(&x, &y, z("/ho-so/%.*s", STR_ARG(all.at[i])).at, false);
		same_answer(&x, &y, z("/ho-so/%.*s.json", STR_ARG(all.at[i])).at, false);
		same_answer(&x, &y, z("/ho-so/%.*s/viec/1/noi-dung", STR_ARG(all.at[i])).at, true);
		same_answer(&x, &y, z("/ho-so/%.*s/viec/1/bien-nhan", STR_ARG(all.at[i])).at, true);
	}
	CHECK_INT(stop(&x), 0);
	CHECK_INT(stop(&y), 0);
}

/* What derived tables hold is the fold's, and the same to the last row. */
static void same_tables(const char *one, const char *other)
{
	struct ran r =
		shell(z("python3 tests/same-tables.py '%s/dinh.db' '%s/dinh.db' 2>&1", one, other));
	CHECK_STR(r.out, S("rows\n"));
}

static void carry_key(const char *from, const char *to)
{
	CHECK_INT(shell(z("cp -p '%s/log.key' '%s/checkpoint' '%s'", from, from, to)).code, 0);
}

TEST(a_site_that_was_exported_and_imported_is_the_same_to_the_byte)
{
	const char *dir = demo(), *work = test_dir();
	must(z("export --data %s --complete --to %s/a.tar", dir, work));
	must(z("import --from %s/a.tar --data %s/new", work, work));
	struct str there = z("%s/new", work);
	CHECK_STR(root_of(there.at), root_of(dir));
	same_tables(dir, there.at);
	carry_key(dir, there.at);
	must(z("log --data %.*s", STR_ARG(there)));
	same_pages(dir, there.at);
	CHECK_STR(dinh(z("user list --data %.*s", STR_ARG(there))).out,
		  dinh(z("user list --data %s", dir)).out);
}

TEST(a_file_a_folder_a_pipe_and_an_export_of_the_import_hold_the_same)
{
	const char *dir = demo(), *work = test_dir();
	must(z("export --data %s --complete --to %s/a.tar", dir, work));
	must(z("export --data %s --complete --to %s/folder", dir, work));
	struct ran pipe = shell(z("'%s' export --data '%s' --complete --to - 2>/dev/null |"
				  " '%s' import --from - --data '%s/piped'",
				  program(), dir, program(), work));
	CHECK_INT(pipe.code, 0);
	must(z("import --from %s/folder --data %s/new", work, work));
	must(z("export --data %s/new --complete --to %s/again", work, work));
	struct ran unpacked =
		shell(z("mkdir '%s/a' && tar -xf '%s/a.tar' -C '%s/a' &&"
			" diff -r -x about.json -x manifest.json '%s/a' '%s/folder' &&"
			" diff -r -x about.json -x manifest.json '%s/a' '%s/again'",
			work, work, work, work, work, work, work));
	CHECK_STR(unpacked.out, S(""));
	CHECK_INT(unpacked.code, 0);
	CHECK_STR(root_of(z("%s/piped", work).at), root_of(dir));
	/* The manifest says what sha256sum says. */
	struct ran sum = shell(z("cd '%s/a' && cat data/*-act/*.ndjson | sha256sum | cut -c1-64 |"
				 " tr -d '\\n' | xargs -I{} grep -c '{}' manifest.json",
				 work));
	CHECK_STR(sum.out, S("1\n"));
}

/* The calendar's work of forty days, and an export in the middle of it. */
TEST(an_export_of_a_site_at_work_is_whole_and_verifies)
{
	const char *dir = demo(), *work = test_dir();
	struct db *db = test_open(dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	struct query q = db_query(&tx, "UPDATE site SET value = CAST(CAST(value AS BIGINT) + $1"
				       " AS TEXT) WHERE key = 'clock'");
	BIND(&q, 40 * INT64_C(86400000));
	CHECK_INT(db_exec(&q), OK);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
	struct served s = serve(dir);
	for (int i = 0; i < 3; i++) {
		must(z("export --data %s --complete --to %s/%d.tar", dir, work, i));
		must(z("export --data %s --public --to %s/p%d.tar", dir, work, i));
		must(z("import --from %s/%d.tar --data %s/%d", work, i, work, i));
		CHECK_INT(verify(z("%s/%d", work, i).at, 0).kind, J_OBJECT);
	}
	CHECK_INT(stop(&s), 0);
}

TEST(an_import_that_is_served_without_its_key_or_checkpoint_signs_nothing)
{
	const char *dir = demo(), *work = test_dir();
	must(z("export --data %s --complete --to %s/a.tar", dir, work));
	must(z("import --from %s/a.tar --data %s/new", work, work));
	CHECK_INT(access(z("%s/new/log.key", work).at, F_OK), -1);
	CHECK_INT(access(z("%s/new/checkpoint", work).at, F_OK), -1);
	CHECK(dinh(z("serve --data %s/new --listen 127.0.0.1:0", work)).code != 0);
	CHECK_INT(shell(z("cp -p '%s/log.key' '%s/new'", dir, work)).code, 0);
	struct ran log = dinh(z("log --data %s/new --lang en", work));
	CHECK_INT(log.code, 1);
	CHECK(str_has(log.out, S("is missing")));
}

TEST(a_complete_export_is_its_owners_alone_and_a_public_one_everybodys)
{
	const char *dir = demo(), *work = test_dir();
	must(z("export --data %s --complete --to %s/a.tar", dir, work));
	must(z("export --data %s --complete --to %s/a", dir, work));
	must(z("export --data %s --public --to %s/p.tar", dir, work));
	struct ran r = shell(z("stat -c %%a '%s/a.tar' '%s/a' '%s/a/about.json' '%s/p.tar'", work,
			       work, work, work));
	CHECK_STR(r.out, S("600\n700\n600\n644\n"));
	CHECK_INT(dinh(z("export --data %s --complete --to %s/a.tar", dir, work)).code, 2);
	CHECK_INT(dinh(z("export --data %s --complete --to %s/a", dir, work)).code, 2);
	/* Neither holds the log's key; only the complete one holds what people sign in with. */
	CHECK_INT(shell(z("grep -q PRIVATE '%s/a.tar' '%s/p.tar'", work, work)).code, 1);
	CHECK_INT(shell(z("grep -q argon2id '%s/a.tar'", work)).code, 0);
	CHECK_INT(
		shell(z("grep -qE 'argon2id|sealed_salt|sealed_bytes|totp' '%s/p.tar'", work)).code,
		1);
}

/* --- What is refused --- */

/* An export in a folder, changed by a command in it. */
static void refused(const char *folder, const char *change, int code, const char *part)
{
	const char *work = test_dir();
	CHECK_INT(shell(z("cp -r '%s' '%s/x'", folder, work)).code, 0);
	struct ran c = shell(z("cd '%s/x' && %s 2>&1", work, change));
	if (c.code)
		FAIL("%s: %.*s", change, STR_ARG(c.out));
	struct ran r = dinh(z("import --lang en --from %s/x --data %s/new", work, work));
	if (r.code != code || !str_has(r.out, str_of(part)))
		FAIL("%s: exit %d: %.*s", change, r.code, STR_ARG(r.out));
	CHECK_INT(access(z("%s/new", work).at, F_OK), -1);
	CHECK_INT(access(z("%s/new.part", work).at, F_OK), -1);
}

TEST(an_export_that_was_changed_is_refused_with_file_and_line_and_leaves_nothing)
{
	static const struct {
		const char *change;
		int code;
		const char *part;
	} cases[] = {
		{ "rm about.json", 2, "about.json" },
		{ "rm manifest.json", 2, "cut off" },
		{ "rm data/*-act/*", 2, "" },
		{ "rm -r data/*-person", 2, "" },
		{ "sed -i 's/complete/public/' about.json", 2, "public export" },
		{ "sed -i 's/dinh-export.1/dinh-export\\/9/' about.json", 2, "another format" },
		{ "sed -i 's/0010-dossiers/0999-tomorrow/' about.json", 2, "newer program" },
		{ "sed -i '3s/.*/{/' data/*-person/*", 2, "ndjson, line 3: no JSON" },
		{ "sed -i '2s/\"name\":\"/\"nick\":\"/' data/*-person/*", 2, "line 2: nick" },
		{ "sed -i '2s/\"unit\":[0-9]*/\"unit\":999999/' data/*-person/*", 2,
		  "line 2: it does not fit" },
		{ "sed -i '1s/\"role\":\"[a-z]*\"/\"role\":\"king\"/' data/*-appointment/*", 2,
		  "line 1: role: no such value" },
		{ "sed -i '1s/m=[0-9]*,/m=4194304,/' data/*-account/*", 2, "line 1: password" },
		{ "for f in data/*-unit/*; do head -n 1 $f >> $f; done", 2,
		  "such a row is there already" },
		{ "for f in data/*-site/*; do printf '{}' >> $f; done", 2,
		  "the last line does not end" },
		{ "mv data/*-act/000001.ndjson data/140-act/000002.ndjson", 2,
		  "part 1 is missing" },
		{ "mkdir data/999-ghost && echo '{}' > data/999-ghost/000001.ndjson", 2,
		  "no such table" },
		{ "echo x > data/notes.txt", 2, "no entry of an export" },
		{ "echo x > zzz", 2, "something stands behind" },
		{ "f=$(ls -d files/*/* | head -n 1); echo x >> $f", 2, "not those of its name" },
		{ "rm $(ls -d files/*/* | head -n 1)", 2, "" },
		{ "ln -s /etc/passwd data/link", 2, "link" },
		{ "sed -i '1d' data/*-log_leaf/*", 2, "" },
		{ "sed -i '5s/unit/knit/' data/*-log_leaf/*", 2, "" },
		{ "sed -i '1s/\"value\":\".*\"/\"value\":\"0\"/' data/*-site/*", 2, "" },
	};
	const char *work = test_dir();
	must(z("export --data %s --complete --to %s/a", demo(), work));
	struct str folder = z("%s/a", work);
	for (size_t i = 0; i < LENGTH(cases); i++)
		refused(folder.at, cases[i].change, cases[i].code, cases[i].part);
}

/* Whoever forges an export also writes a manifest that fits. */
static struct str sums_script(void)
{
	char *path = realpath("tests/export-sums.py", NULL);
	CHECK(path);
	struct str s = z("%s", path);
	free(path);
	return s;
}

TEST(an_export_forged_to_its_last_sum_is_caught_by_the_acts_and_the_log)
{
	static const struct {
		const char *change;
		int code;
		const char *part;
	} cases[] = {
		{ "sed -i '5s/2020/2019/2' data/*-content/*", 1, "not what the log committed to" },
		{ "sed -i '9s/\"happened_on\":\"2020/\"happened_on\":\"2019/' data/*-act/*", 1,
		  "act" },
		{ "sed -i '9s/\"to_state\":[0-9]*/\"to_state\":4096/' data/*-act/*", 2,
		  "does not lead" },
		{ "sed -i '9s/\"step\":\"[a-z_]*\"/\"step\":\"bribe\"/' data/*-act/*", 2,
		  "no step" },
		{ "sed -i '9d' data/*-act/*", 2, "" },
		{ "sed -i '9d' data/*-content/*", 1, "has lost its content" },
		{ "sed -i '9s/\"kind\":\"[a-z_]*/\"kind\":\"nothing/' data/*-dossier/*", 2,
		  "of no kind" },
		{ "sed -i '9s/\"unit\":[0-9]*/\"unit\":99999/' data/*-dossier/*", 2, "no unit" },
		{ "sed -i '7s/.*//;7d' data/*-log_leaf/*", 2, "entry 6 of the log is missing" },
		{ "sed -i '7s/unit/knit/' data/*-log_leaf/*", 2, "is not of its hash" },
		{ "sed -i '$d' data/*-log_leaf/*; sed -i 's/\"size\":[0-9]*/\"size\":1/' "
		  "about.json",
		  2, "do not give the root" },
		{ "sed -i 's/\"parent\":1,/\"parent\":2,/' data/*-unit_version/*", 2,
		  "lies beneath itself" },
		{ "sed -i 's/\"heir\":null/\"heir\":77777/' data/*-unit/*", 2,
		  "names another that is not" },
		{ "rm $(ls -d files/*/* | head -n 1)", 2, "" },
		{ "sed -i 's/\"key\":\"root\"/\"key\":\"tree\"/' data/*-site/*", 2, "has no root" },
		{ "sed -i 's/demo.invalid/other.invalid/' data/*-site/*", 2, "another origin" },
	};
	const char *work = test_dir();
	must(z("export --data %s --complete --to %s/a", demo(), work));
	struct str folder = z("%s/a", work), sums = sums_script();
	for (size_t i = 0; i < LENGTH(cases); i++)
		refused(folder.at, z("%s && python3 %s", cases[i].change, sums.at).at,
			cases[i].code, cases[i].part);
}

/* A file that an act kept sealed does not become public by a row that says so, and one that no act
 * names is nobody's. */
TEST(who_may_see_a_file_is_what_its_acts_say)
{
	const char *work = test_dir(), *dir = demo();
	must(z("export --data %s --complete --to %s/a", dir, work));
	struct ran r = shell(
		z("cd '%s/a' && python3 - <<'END' && python3 '%.*s'\n"
		  "import glob, json\n"
		  "uses, = glob.glob('data/*-file_use/*')\n"
		  "rows = [json.loads(x) for x in open(uses)]\n"
		  "used = {(x['dossier'], x['sha256']) for x in rows}\n"
		  "for x in rows: x['sealed'], x['name'] = 0, 'x.exe'\n"
		  "dossier = json.loads(open(glob.glob('data/*-dossier/*')[0]).readline())['id']\n"
		  "more = [dict(rows[0], dossier=dossier, sha256=h) for h in sorted({h for _, h in "
		  "used})\n"
		  "        if (dossier, h) not in used]\n"
		  "with open(uses, 'w') as f:\n"
		  "    for x in rows + more: f.write(json.dumps(x) + '\\n')\n"
		  "END\n",
		  work, STR_ARG(sums_script())));
	CHECK_STR(r.out, S(""));
	CHECK_INT(r.code, 0);
	must(z("import --from %s/a --data %s/new", work, work));
	same_tables(dir, z("%s/new", work).at);
}

/* The old site had lost acts itself: it may move all the same, when its operator says so. */
TEST(problems_that_the_old_site_had_do_not_hold_it_for_ever)
{
	const char *work = test_dir(), *dir = demo();
	CHECK_INT(shell(z("python3 -c \"import sqlite3; d = sqlite3.connect('%s/dinh.db');"
			  " d.execute('DELETE FROM content WHERE act = 9'); d.commit()\"",
			  dir))
			  .code,
		  0);
	must(z("export --data %s --complete --to %s/a.tar", dir, work));
	struct ran no = dinh(z("import --from %s/a.tar --data %s/new --lang en", work, work));
	CHECK_INT(no.code, 1);
	CHECK(str_has(no.out, S("has lost its content")));
	CHECK(str_has(no.out, S("--with-problems")));
	CHECK_INT(access(z("%s/new", work).at, F_OK), -1);
	must(z("import --from %s/a.tar --data %s/new --with-problems", work, work));
	CHECK_INT(verify(z("%s/new", work).at, 1).kind, J_OBJECT);
}

TEST(nothing_is_imported_over_a_site_nor_from_a_public_export)
{
	const char *work = test_dir(), *dir = demo();
	must(z("export --data %s --complete --to %s/a.tar", dir, work));
	must(z("export --data %s --public --to %s/p.tar", dir, work));
	CHECK_INT(dinh(z("import --from %s/a.tar --data %s", work, dir)).code, 2);
	CHECK_STR(root_of(dir), root_of(demo()));
	struct ran r = dinh(z("import --from %s/p.tar --data %s/new --lang en", work, work));
	CHECK_INT(r.code, 2);
	CHECK(str_has(r.out, S("public export")));
	CHECK_INT(dinh(z("import --from /dev/null --data %s/new", work)).code, 2);
	CHECK_INT(dinh(z("import --from %s/dinh.db --data %s/new", dir, work)).code, 2);
	CHECK_INT(access(z("%s/new", work).at, F_OK), -1);
}

/* --- A stranger with a public export, who has never seen this program --- */

struct stranger {
	struct tree_edge edge;
	struct strs entries; /* by index */
	struct json *units;
	size_t unit_n;
	/* counts recomputed: "unit|key|month" */
	struct buf is;
};

static struct strs lines_of(struct str folder, const char *name)
{
	struct ran r = shell(z("cat '%.*s'/data/*-%s/*.ndjson", STR_ARG(folder), name));
	struct strs out = { NEW_N(test_arena(), struct str, r.out.len / 2 + 1), 0 };
	for (struct str rest = r.out, line; str_next(&rest, '\n', &line);)
		if (line.len)
			out.at[out.n++] = line;
	return out;
}

static struct json parsed(struct str line)
{
	struct json j;
	struct str why;
	if (!json_parse(test_arena(), line, &j, &why))
		FAIL("%.*s", STR_ARG(why));
	return j;
}

static void read_log(struct stranger *s, struct str folder)
{
	struct strs lines = lines_of(folder, "entry");
	s->entries = (struct strs){ NEW_N(test_arena(), struct str, lines.n), lines.n };
	for (size_t i = 0; i < lines.n; i++) {
		struct json j = parsed(lines.at[i]);
		struct hash h, made[TREE_LEVELS];
		CHECK_INT(json_get_int(&j, "index"), (int64_t)i);
		s->entries.at[i] = json_get_str(&j, "entry");
		tree_leaf(s->entries.at[i].at, s->entries.at[i].len, &h);
		(void)tree_edge_push(&s->edge, &h, made);
	}
}

/* The unit that bore a code on a day. */
static int64_t unit_of(const struct stranger *s, struct str code, struct str day)
{
	for (size_t i = 0; i < s->unit_n; i++)
		if (str_eq(json_get_str(&s->units[i], "code"), code) &&
		    str_cmp(json_get_str(&s->units[i], "from"), day) <= 0 &&
		    str_cmp(day, json_get_str(&s->units[i], "to")) <= 0)
			return json_get_int(&s->units[i], "unit");
	FAIL("no unit %.*s", STR_ARG(code));
	return 0;
}

static void count(struct stranger *s, int64_t unit, struct str key, struct str day)
{
	buf_printf(&s->is, "%" PRId64 "|%.*s|%.4s%.2s\n", unit, STR_ARG(key), day.at, day.at + 5);
}

/* Each public act is one of its step, in the month in which it took effect; what is private says
 * neither its kind nor its unit, and of its steps nothing is counted for strangers. */
static void count_steps(struct stranger *s)
{
	for (size_t i = 0; i < s->entries.n; i++) {
		struct json j = parsed(s->entries.at[i]);
		if (!json_get_str(&j, "act").len)
			continue;
		struct str day = str_cut(json_get_str(&j, "at"), 10);
		count(s, unit_of(s, json_get_str(&j, "unit"), day), json_get_str(&j, "act"),
		      json_get_str(&j, "on"));
	}
}

/* What fell due in a month, and how it ended: docs/export.md. */
static void count_duties(struct stranger *s, const struct json *dossier)
{
	const struct json *duties = json_get(dossier, "duties");
	for (size_t i = 0; i < duties->count; i++) {
		const struct json *y = &duties->items[i];
		struct str state = json_get_str(y, "state"), rule = json_get_str(y, "rule");
		bool gone = str_eq(state, S("excused")) || str_eq(state, S("suspended"));
		if (gone && !json_get_bool(y, "minimum"))
			continue;
		count(s, json_get_int(y, "owes"), z("%.*s.due", STR_ARG(rule)),
		      json_get_str(y, "due"));
		if (!gone && !str_eq(state, S("open")))
			count(s, json_get_int(y, "owes"),
			      z("%.*s.due.%.*s", STR_ARG(rule), STR_ARG(state)),
			      json_get_str(y, "due"));
	}
}

static int check_content(const struct stranger *s, const struct json *act)
{
	static const char domain[] = "dinh/pub/1"; /* with its zero byte */
	struct str salt, content = json_get_str(act, "content");
	struct sha256 sum;
	struct hash is;
	if (json_get(act, "content")->kind == J_NULL)
		return 0;
	CHECK(base64_decode(test_arena(), json_get_str(act, "salt"), &salt));
	sha256_begin(&sum);
	sha256_add(&sum, domain, sizeof domain);
	sha256_add(&sum, salt.at, salt.len);
	sha256_add(&sum, content.at, content.len);
	sha256_end(&sum, &is);
	struct json entry = parsed(s->entries.at[json_get_int(act, "index")]);
	CHECK_STR(json_get_str(&entry, "pub"), hash_hex(test_arena(), &is));
	CHECK_STR(json_get_str(&entry, "code"), json_get_str(act, "code"));
	return 1;
}

/* sort | uniq -c, against what the export counts of steps and of what fell due. */
static void compare_counts(const struct stranger *s, struct str folder, const char *work)
{
	struct strs lines = lines_of(folder, "tally");
	struct buf said = { .a = test_arena() };
	for (size_t i = 0; i < lines.n; i++) {
		struct json j = parsed(lines.at[i]);
		struct str key = json_get_str(&j, "key");
		for (int64_t n = json_get_int(&j, "n"); n > 0; n--)
			buf_printf(&said, "%" PRId64 "|%.*s|%" PRId64 "\n",
				   json_get_int(&j, "unit"), STR_ARG(key),
				   json_get_int(&j, "month"));
	}
	FILE *f = fopen(z("%s/is", work).at, "w"), *g = fopen(z("%s/said", work).at, "w");
	CHECK(f && g);
	CHECK(fwrite(s->is.at, 1, s->is.len, f) == s->is.len && fclose(f) == 0);
	CHECK(fwrite(said.at, 1, said.len, g) == said.len && fclose(g) == 0);
	/* Whatever a stranger can count is there as often as he counts it. */
	struct ran r =
		shell(z("cd '%s' && sort is > a && sort said > b && comm -23 a b | head -n 5 &&"
			" cut -d'|' -f2 a | sort -u > keys && grep -F '|' b | awk -F'|'"
			" 'NR == FNR { k[$1]; next } $2 in k' keys - | cmp - a && wc -l < a",
			work));
	int64_t n = 0;
	if (!str_int(str_trim(r.out), &n) || n < 400)
		FAIL("counts differ: %.*s", STR_ARG(r.out));
}

TEST(a_stranger_recomputes_log_contents_and_figures_from_a_public_export)
{
	const char *work = test_dir(), *dir = demo();
	must(z("export --data %s --public --to %s/p", dir, work));
	struct str folder = z("%s/p", work);
	struct stranger s = { .is = { .a = test_arena() } };
	struct hash root;
	read_log(&s, folder);
	struct json about = parsed(test_file(z("%.*s/about.json", STR_ARG(folder)).at));
	tree_edge_root(&s.edge, &root);
	CHECK_STR(json_get_str(json_get(&about, "log"), "root"), hash_hex(test_arena(), &root));
	CHECK_STR(hash_hex(test_arena(), &root), root_of(dir));
	CHECK_STR(json_get_str(json_get(&about, "log"), "checkpoint"),
		  test_file(z("%s/checkpoint", dir).at));

	struct strs units = lines_of(folder, "unit"), dossiers = lines_of(folder, "dossier");
	s.units = NEW_N(test_arena(), struct json, units.n);
	for (; s.unit_n < units.n; s.unit_n++)
		s.units[s.unit_n] = parsed(units.at[s.unit_n]);
	count_steps(&s);
	int contents = 0;
	for (size_t i = 0; i < dossiers.n; i++) {
		struct json j = parsed(dossiers.at[i]);
		bool act = str_eq(json_get_str(&j, "is"), S("act"));
		contents += act ? check_content(&s, &j) : 0;
		if (!act)
			count_duties(&s, &j);
	}
	CHECK(contents > 100);
	compare_counts(&s, folder, work);
}
