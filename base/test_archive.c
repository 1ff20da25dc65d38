/* What is written comes back, from a file, a folder and a pipe alike; what strangers made of it is
 * refused; and nothing stands in its place before it is whole. */
#include "base/archive.h"
#include "base/tar.h"
#include "tests/test_db.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct str path_in(const char *dir, const char *name)
{
	struct arena *a = test_arena();
	return str_of(str_z(a, str_printf(a, "%s/%s", dir, name)));
}

static const struct {
	const char *name, *text;
} entries[] = {
	{ "about.json", "{}" },
	{ "data/010-unit/000001.ndjson", "" },
	{ "data/010-unit/000002.ndjson", "{\"id\":1}\n" },
	{ "data-of-others", "x" }, /* '-' stands before '/', a folder before both */
	{ "files/ab/cd", "\x89PNG" },
	{ "manifest.json", "{\"rows\":1}" },
};

static void write_entries(struct archive_out *o, struct str *why)
{
	for (size_t i = 0; i < LENGTH(entries); i++)
		CHECK_INT(archive_put(o, str_of(entries[i].name), str_of(entries[i].text), why),
			  OK);
}

static void make(struct str to, bool open)
{
	struct archive_out *o;
	struct str why = S("");
	CHECK_INT(archive_create(test_arena(), to, open, 0, &o, &why), OK);
	write_entries(o, &why);
	CHECK_INT(archive_finish(o, &why), OK);
	archive_free(o);
}

static struct str read_entry(struct archive_in *in, int64_t size)
{
	struct str why = S("");
	char *at = arena_get(test_arena(), (size_t)size + 1);
	size_t n = 0, got;
	do {
		CHECK_INT(archive_read(in, at + n, 3, &got, &why), OK);
		n += got;
	} while (got);
	return (struct str){ at, n };
}

static void expect(struct archive_in *in)
{
	struct archive_entry e;
	struct str why = S("");
	for (size_t i = 0; i < LENGTH(entries); i++) {
		CHECK_INT(archive_next(in, &e, &why), OK);
		CHECK_STR(e.name, str_of(entries[i].name));
		CHECK_INT(e.size, (int64_t)strlen(entries[i].text));
		if (i % 2) /* every other one is passed over */
			CHECK_STR(read_entry(in, e.size), str_of(entries[i].text));
	}
	CHECK_INT(archive_next(in, &e, &why), ERR_NOT_FOUND);
	CHECK_INT(archive_next(in, &e, &why), ERR_NOT_FOUND);
	archive_close(in);
}

static struct archive_in *open_in(struct str from)
{
	struct archive_in *in = NULL;
	struct str why = S("");
	if (archive_open(test_arena(), from, &in, &why))
		FAIL("%.*s", STR_ARG(why));
	return in;
}

TEST(a_file_a_folder_and_bytes_read_alike)
{
	const char *dir = test_dir();
	struct str tar = path_in(dir, "all.tar"), folder = path_in(dir, "all");
	make(tar, false);
	make(folder, false);
	expect(open_in(tar));
	expect(open_in(folder));
	expect(archive_of(test_arena(), test_file(tar.at)));
}

TEST(the_systems_own_tar_unpacks_it_and_what_it_unpacked_reads_the_same)
{
	const char *dir = test_dir();
	struct str tar = path_in(dir, "all.tar"), folder = path_in(dir, "unpacked");
	char command[1024];
	make(tar, false);
	snprintf(command, sizeof command, "mkdir '%s' && tar -xf '%s' -C '%s'", folder.at, tar.at,
		 folder.at);
	CHECK_INT(system(command), 0);
	expect(open_in(folder));
}

TEST(only_the_owner_may_read_it_unless_it_is_for_everybody)
{
	const char *dir = test_dir();
	struct stat st;
	mode_t before = umask(022);
	make(path_in(dir, "a.tar"), false);
	make(path_in(dir, "b"), false);
	make(path_in(dir, "c.tar"), true);
	umask(before);
	CHECK(stat(path_in(dir, "a.tar").at, &st) == 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	CHECK(stat(path_in(dir, "b/files/ab").at, &st) == 0);
	CHECK_INT(st.st_mode & 0777, 0700);
	CHECK(stat(path_in(dir, "b/files/ab/cd").at, &st) == 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	CHECK(stat(path_in(dir, "c.tar").at, &st) == 0);
	CHECK_INT(st.st_mode & 0777, 0644);
}

TEST(what_is_not_finished_leaves_nothing_and_what_is_there_is_not_overwritten)
{
	static const char *const names[] = { "x.tar", "x" };
	const char *dir = test_dir();
	for (size_t i = 0; i < LENGTH(names); i++) {
		struct str to = path_in(dir, names[i]), why = S("");
		struct str part = path_in(dir, i ? "x.part" : "x.tar.part");
		struct archive_out *o;
		CHECK_INT(archive_create(test_arena(), to, false, 0, &o, &why), OK);
		write_entries(o, &why);
		CHECK_INT(access(to.at, F_OK), -1);
		CHECK_INT(access(part.at, F_OK), 0);
		archive_free(o);
		CHECK_INT(access(to.at, F_OK), -1);
		CHECK_INT(access(part.at, F_OK), -1);
		make(to, false);
		CHECK_INT(archive_create(test_arena(), to, false, 0, &o, &why), ERR_CONFLICT);
		CHECK(str_has(why, str_of(names[i])));
		expect(open_in(to));
	}
}

TEST(an_empty_folder_is_as_good_as_none_and_a_folder_left_half_done_is_told)
{
	const char *dir = test_dir();
	struct str to = path_in(dir, "x"), why = S("");
	struct archive_out *o;
	CHECK_INT(mkdir(to.at, 0700), 0);
	make(to, false);
	CHECK_INT(mkdir(path_in(dir, "y.part").at, 0700), 0);
	CHECK_INT(archive_create(test_arena(), path_in(dir, "y"), false, 0, &o, &why),
		  ERR_CONFLICT);
	CHECK(str_has(why, S("did not end")));
	CHECK_INT(access(path_in(dir, "y.part").at, F_OK), 0);
}

TEST(names_that_lead_elsewhere_are_no_names)
{
	static const char *const good[] = { "a", "a/b", "a-b_c.9", "a/b.c/d" };
	static const char *const bad[] = { "",     "/a",   "a/",    "..",  "a/../b", ".a",
					   "a//b", "a/.b", "a\\b",  "A",   "a b",    "a\n",
					   "./a",  "đ",    "a/b/.", "a:b", "-/..",   "a\x7f" };
	for (size_t i = 0; i < LENGTH(good); i++)
		CHECK(archive_name_fits(str_of(good[i])));
	for (size_t i = 0; i < LENGTH(bad); i++)
		if (archive_name_fits(str_of(bad[i])))
			FAIL("%s", bad[i]);
}

/* --- Tar files that strangers made --- */

static struct buf strange(const char *name, int64_t size, char type)
{
	struct buf b = { .a = test_arena() };
	unsigned char block[TAR_BLOCK];
	unsigned sum = 0;
	tar_header(str_of(name), size, 0644, 0, block);
	block[156] = (unsigned char)type;
	memset(block + 148, ' ', 8);
	for (int i = 0; i < TAR_BLOCK; i++)
		sum += block[i];
	snprintf((char *)block + 148, 8, "%06o", sum);
	buf_put_bytes(&b, block, sizeof block);
	return b;
}

static void refused(struct buf b, const char *part)
{
	struct archive_in *in = archive_of(test_arena(), buf_str(&b));
	struct archive_entry e;
	struct str why = S("");
	char bytes[64];
	size_t got = 1;
	enum err err = archive_next(in, &e, &why);
	while (!err && got)
		err = archive_read(in, bytes, sizeof bytes, &got, &why);
	CHECK_INT(err, ERR_INVALID);
	if (!str_has(why, str_of(part)))
		FAIL("%.*s", STR_ARG(why));
}

TEST(a_strangers_tar_file_is_refused_with_a_sentence)
{
	struct buf nothing = { .a = test_arena() }, text = { .a = test_arena() };
	for (int i = 0; i < 100; i++)
		buf_put(&text, S("no tar file "));
	refused(nothing, "cut off");
	refused(text, "no tar file");
	refused(strange("a/link", 0, '2'), "another program");
	refused(strange("pax", 100, 'x'), "another program");
	refused(strange("../etc/passwd", 0, '0'), "no export holds");
	refused(strange("/etc/passwd", 0, '0'), "no export holds");
	refused(strange("a", 600, '0'), "cut off");
	struct buf damaged = strange("a", 0, '0');
	damaged.at[0] ^= 1;
	refused(damaged, "no tar file");
}

TEST(a_tar_file_cut_anywhere_is_refused)
{
	const char *dir = test_dir();
	struct str tar = path_in(dir, "all.tar");
	make(tar, false);
	struct str whole = test_file(tar.at);
	for (size_t n = 0; n + TAR_BLOCK < whole.len; n += 137) {
		struct archive_in *in = archive_of(test_arena(), str_cut(whole, n));
		struct archive_entry e;
		struct str why = S("");
		enum err err = OK;
		while (!err)
			err = archive_next(in, &e, &why);
		CHECK_INT(err, ERR_INVALID);
	}
}

TEST(a_folder_with_something_else_in_it_is_refused)
{
	const char *dir = test_dir();
	struct str why = S("");
	struct archive_entry e;
	make(path_in(dir, "x"), false);
	CHECK_INT(symlink("/etc/passwd", path_in(dir, "x/data/link").at), 0);
	struct archive_in *in = open_in(path_in(dir, "x"));
	enum err err = OK;
	while (!err)
		err = archive_next(in, &e, &why);
	CHECK_INT(err, ERR_INVALID);
	CHECK(str_has(why, S("link")));
	archive_close(in);
	CHECK_INT(archive_open(test_arena(), path_in(dir, "none"), &in, &why), ERR_NOT_FOUND);
}
