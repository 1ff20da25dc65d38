/* A folder is in its place whole, or nothing is. */
#include "base/folder.h"
#include "tests/test_db.h"

#include <sys/stat.h>
#include <unistd.h>

static struct str why;
static const char *dir; /* of the test that runs */

static struct str path(const char *name)
{
	return str_printf(test_arena(), "%s/%s", dir, name);
}

static bool there(const char *name)
{
	return access(str_z(test_arena(), path(name)), F_OK) == 0;
}

static void make(const char *name)
{
	CHECK_INT(mkdir(str_z(test_arena(), path(name)), 0755), 0);
}

TEST(a_folder_stands_in_its_place_when_it_is_finished)
{
	struct folder_new f;
	dir = test_dir();
	CHECK_INT(folder_begin(test_arena(), path("new//"), &f, &why), OK);
	CHECK(there("new.part") && !there("new"));
	make("new.part/in");
	CHECK_INT(folder_end(&f, test_arena(), &why), OK);
	folder_drop(&f);
	CHECK(there("new/in") && !there("new.part"));
}

TEST(what_is_dropped_leaves_nothing)
{
	struct folder_new f;
	dir = test_dir();
	make("new"); /* an empty one may be there */
	CHECK_INT(folder_begin(test_arena(), path("new"), &f, &why), OK);
	make("new.part/in");
	folder_drop(&f);
	CHECK(!there("new") && !there("new.part"));
}

TEST(what_somebody_else_made_is_left_alone)
{
	struct folder_new f;
	dir = test_dir();
	make("full");
	make("full/in");
	CHECK_INT(folder_begin(test_arena(), path("full"), &f, &why), ERR_CONFLICT);
	CHECK(str_has(why, S("is there already")));
	folder_drop(&f);
	make("left.part");
	CHECK_INT(folder_begin(test_arena(), path("left"), &f, &why), ERR_CONFLICT);
	CHECK(str_has(why, S("did not end")));
	folder_drop(&f);
	CHECK(there("full/in") && there("left.part"));
	CHECK_INT(folder_begin(test_arena(), path("no/where"), &f, &why), ERR_IO);
	folder_drop(&f);
}
