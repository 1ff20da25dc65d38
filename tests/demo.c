#include "tests/demo.h"

#include "tests/test_db.h"
#include "tests/test_schema.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char shared[64];
static struct schema *model; /* of it; NULL: a file in it */

static void drop_shared(void)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", shared);
	if (system(command))
		fprintf(stderr, "# %s stays\n", shared);
}

static struct str shared_place(void)
{
	if (!test_on_postgres())
		return S("");
	model = schema_take(true);
	return z("--db '%s'", model->url);
}

const char *demo(void)
{
	if (!shared[0]) {
		const char *tmp = getenv("TMPDIR");
		snprintf(shared, sizeof shared, "%s/dinh-test-site-XXXXXX",
			 tmp && *tmp ? tmp : "/tmp");
		CHECK(mkdtemp(shared));
		atexit(drop_shared);
		struct str place = shared_place();
		must(z("demo --seed 7 --scale 0.01 %.*s --data %s/demo", STR_ARG(place), shared));
	}
	const char *dir = test_dir();
	CHECK_INT(shell(z("cp -r '%s/demo/.' '%s'", shared, dir)).code, 0);
	if (test_on_postgres())
		schema_copy(model, test_schema(dir));
	return dir;
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
