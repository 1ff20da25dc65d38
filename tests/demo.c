#include "tests/demo.h"

#include "tests/test_db.h"
#include "tests/test_schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct model {
	const char *scale;
	char dir[64];
	struct schema *schema; /* NULL: a file in it */
};
static struct model small = { .scale = "0.01" }, year = { .scale = "0.05" };

static void drop(const struct model *m)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", m->dir);
	if (m->dir[0] && system(command))
		fprintf(stderr, "# %s stays\n", m->dir);
}

static void drop_both(void)
{
	drop(&small);
	drop(&year);
}

static void make(struct model *m)
{
	const char *tmp = getenv("TMPDIR");
	struct str place = S("");
	if (!small.dir[0] && !year.dir[0])
		atexit(drop_both);
	snprintf(m->dir, sizeof m->dir, "%s/dinh-test-site-XXXXXX", tmp && *tmp ? tmp : "/tmp");
	CHECK(mkdtemp(m->dir));
	if (test_on_postgres()) {
		m->schema = schema_take(true);
		place = z("--db '%s'", m->schema->url);
	}
	must(z("demo --seed 7 --scale %s %.*s --data %s/demo", m->scale, STR_ARG(place), m->dir));
}

static const char *copy_of(struct model *m)
{
	if (!m->dir[0])
		make(m);
	const char *dir = test_dir();
	CHECK_INT(shell(z("cp -r '%s/demo/.' '%s'", m->dir, dir)).code, 0);
	if (test_on_postgres())
		schema_copy(m->schema, test_schema(dir));
	return dir;
}

const char *demo(void)
{
	return copy_of(&small);
}

const char *demo_year(void)
{
	return copy_of(&year);
}

struct json verify(const char *dir, int code)
{
	struct json j;
	struct str why;
	struct ran r = dinh(z("verify --json --data %s", dir));
	if (r.code != code)
		FAIL("verify ends with %d: %.*s", r.code, STR_ARG(r.out));
	if (!json_parse(test_arena(), r.out, &j, &why))
		FAIL("%.*s: %.*s", STR_ARG(why), STR_ARG(r.out));
	return j;
}

struct str root_of(const char *dir)
{
	struct json j = verify(dir, 0);
	return json_get_str(json_get(&j, "log"), "root");
}
