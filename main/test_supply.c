/* Entries that an older copy of a site lost come back out of an export; what they say is checked by
 * the signed root, and nothing of a false one stays. */
#include "tests/demo.h"
#include "tests/test_db.h"

#include <inttypes.h>
#include <stdio.h>
#include <unistd.h>

/* They get their indexes at the next start. */
static void days_pass(const char *dir, int64_t days)
{
	struct db *db = test_open(dir, DB_WRITE);
	struct tx tx = { .mem = test_arena() };
	CHECK_INT(tx_begin(&tx, db, DB_WRITE), OK);
	struct query q = db_query(&tx, "UPDATE site SET value = CAST(CAST(value AS BIGINT) + $1"
				       " AS TEXT) WHERE key = 'clock'");
	BIND(&q, days * 86400000);
	CHECK_INT(db_exec(&q), OK);
	CHECK_INT(tx_end(&tx, OK), OK);
	db_close(db);
}

static int64_t size_of(const char *dir)
{
	struct json j = verify(dir, 0);
	return json_get_int(json_get(&j, "log"), "size");
}

static int64_t signed_size(const char *dir)
{
	struct str rest = test_file(z("%s/checkpoint", dir).at), line;
	int64_t n = -1;
	CHECK(str_next(&rest, '\n', &line) && str_next(&rest, '\n', &line));
	CHECK(str_int(line, &n));
	return n;
}

/* A site whose database is older than what it published; beside it are exports of the time between,
 * and one of before. */
struct lost {
	const char *dir, *work;
	int64_t size, was;
	struct str root;
};

static struct lost lost(void)
{
	struct lost l = { .dir = demo(), .work = test_dir() };
	site_backup(l.dir, z("%s/copy", l.work).at);
	must(z("export --data %s --public --to %s/old.tar", l.dir, l.work));
	l.was = size_of(l.dir);
	days_pass(l.dir, 40);
	struct served s = serve(l.dir);
	for (int i = 0; i < 100 && signed_size(l.dir) <= l.was; i++)
		usleep(100000);
	CHECK_INT(stop(&s), 0);
	/* What the calendar still did while it stopped is published, too. */
	s = serve(l.dir);
	l.size = size_of(l.dir);
	for (int i = 0; i < 100 && signed_size(l.dir) < l.size; i++)
		usleep(100000);
	CHECK_INT(stop(&s), 0);
	CHECK_INT(signed_size(l.dir), l.size);
	CHECK(l.size > l.was);
	l.root = root_of(l.dir);
	must(z("export --data %s --public --to %s/public.tar", l.dir, l.work));
	must(z("export --data %s --complete --to %s/complete", l.dir, l.work));
	site_put_back(z("%s/copy", l.work).at, l.dir);
	return l;
}

static void supplied_by(const char *name)
{
	struct lost l = lost();
	struct ran r = dinh(z("log --lang en --data %s --supply %s/%s", l.dir, l.work, name));
	if (r.code || !str_has(r.out, z("%" PRId64 " entries were taken back", l.size - l.was)) ||
	    !str_has(r.out, S("Ready to sign")) || !str_has(r.out, l.root))
		FAIL("%s: exit %d: %.*s", name, r.code, STR_ARG(r.out));
	/* Commitments alone: each of these acts is missed. */
	r = dinh(z("verify --lang en --data %s", l.dir));
	CHECK_INT(r.code, 1);
	CHECK(str_has(r.out, S("is gone")));
}

TEST(a_public_export_in_a_tar_gives_lost_entries_back)
{
	supplied_by("public.tar");
}

TEST(a_complete_export_in_a_folder_gives_lost_entries_back)
{
	supplied_by("complete");
}

static void refused(const struct lost *l, const char *from, const char *part)
{
	struct str checkpoint = test_file(z("%s/checkpoint", l->dir).at);
	struct ran r = dinh(z("log --lang en --data %s --supply %s/%s", l->dir, l->work, from));
	if (!r.code || !str_has(r.out, str_of(part)))
		FAIL("%s: exit %d: %.*s", from, r.code, STR_ARG(r.out));
	CHECK_STR(test_file(z("%s/checkpoint", l->dir).at), checkpoint);
	r = dinh(z("log --lang en --data %s", l->dir));
	CHECK(str_has(r.out, z(": %" PRId64 " entries in the database", l->was)));
	CHECK(str_has(r.out, S("restored from an older copy")));
}

static void changed(const struct lost *l, const char *change, const char *part)
{
	struct ran r = shell(z("cd '%s' && rm -rf x && mkdir x && tar -xf public.tar -C x &&"
			       " cd x && %s 2>&1",
			       l->work, change));
	if (r.code)
		FAIL("%s: %.*s", change, STR_ARG(r.out));
	refused(l, "x", part);
}

TEST(what_does_not_hold_the_signed_entries_supplies_nothing)
{
	struct lost l = lost();
	char other[200], gone[200], far[300];
	snprintf(other, sizeof other,
		 "sed -i '/\"index\":%" PRId64 ",/s/unit/knit/' data/*-entry/*", l.size - 1);
	snprintf(gone, sizeof gone, "sed -i '/\"index\":%" PRId64 ",/d' data/*-entry/*",
		 l.size - 2);
	snprintf(far, sizeof far,
		 "%s; for f in data/*-entry/*; do"
		 " echo '{\"index\":9007199254740991,\"entry\":\"\"}' >> $f; done",
		 gone);
	refused(&l, "old.tar", "does not hold entry");
	refused(&l, "nothing.tar", "nothing.tar");
	refused(&l, "copy", "no export of a site");
	changed(&l, gone, "does not hold entry");
	changed(&l, other, "");
	changed(&l, "for f in data/*-entry/*; do echo '{' >> $f; done", "no JSON");
	changed(&l, far, "does not hold entry");
	/* After all that the true one still does. */
	struct ran r = dinh(z("log --data %s --supply %s/public.tar", l.dir, l.work));
	CHECK_INT(r.code, 0);
	CHECK(str_has(r.out, l.root));
}
