/* A backup without the uploads is none, and must not look like one. */
#include "tests/demo.h"
#include "tests/test_db.h"

#include <string.h>
#include <unistd.h>

static struct ran backup(const char *dir, const char *files, const char *to)
{
	return dinh(z("backup --data '%s' --to '%s'%s%s --lang en", dir, to,
		      *files ? " --files " : "", files));
}

static int64_t files_in(const char *folder)
{
	struct ran r = shell(z("find '%s' -type f | wc -l", folder));
	int64_t n = 0;
	CHECK(str_int(str_trim(r.out), &n));
	return n;
}

TEST(a_backup_holds_the_uploads_wherever_they_lie)
{
	const char *dir = demo(), *work = test_dir();
	int64_t n = files_in(z("%s/files", dir).at);
	CHECK(n > 0);
	CHECK_INT(backup(dir, "", z("%s/inside", work).at).code, 0);
	CHECK_INT(files_in(z("%s/inside/files", work).at), n);
	CHECK_INT(shell(z("mv '%s/files' '%s/uploads'", dir, work)).code, 0);
	CHECK_INT(backup(dir, z("%s/uploads", work).at, z("%s/apart", work).at).code, 0);
	CHECK_INT(files_in(z("%s/apart/files", work).at), n);
}

TEST(where_the_folder_of_uploads_is_missing_there_is_no_backup)
{
	const char *dir = demo(), *work = test_dir();
	struct ran r = backup(dir, z("%s/not-mounted", work).at, z("%s/copy", work).at);
	CHECK_INT(r.code, 2);
	CHECK(str_has(r.out, S("not-mounted: no such folder of uploads")));
	CHECK_INT(access(z("%s/copy", work).at, F_OK), -1);
	/* And where --files was forgotten. */
	CHECK_INT(shell(z("mv '%s/files' '%s/uploads'", dir, work)).code, 0);
	r = backup(dir, "", z("%s/copy", work).at);
	CHECK_INT(r.code, 2);
	CHECK(str_has(r.out, S("say --files DIR")));
	CHECK_INT(access(z("%s/copy", work).at, F_OK), -1);
}

TEST(a_site_without_any_upload_needs_no_folder_of_them)
{
	const char *work = test_dir(), *dir = z("%s/site", work).at;
	must(z("init --unit 14554 --data '%s'", dir));
	CHECK_INT(access(z("%s/files", dir).at, F_OK), -1);
	CHECK_INT(backup(dir, "", z("%s/copy", work).at).code, 0);
}
