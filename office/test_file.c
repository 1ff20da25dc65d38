#include "base/utf8.h"
#include "office/file.h"
#include "office/image.h"
#include "tests/test_db.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct str pdf = S_INIT("%PDF-1.4\nmột tờ thông báo\n%%EOF\n");

static int upload(struct str bytes)
{
	char path[] = "/tmp/upload-XXXXXX";
	int fd = mkstemp(path);

	CHECK(fd >= 0 && write(fd, bytes.at, bytes.len) == (ssize_t)bytes.len);
	unlink(path);
	return fd;
}

static enum err keep(const char *dir, struct str bytes, const char *name, struct file_ref *out,
		     struct str *why)
{
	AUTO_CLOSE int fd = upload(bytes);

	return file_keep(test_arena(), dir, fd, str_of(name), LANG_VI, out, why);
}

static struct file_ref kept(const char *dir, struct str bytes, const char *name)
{
	struct file_ref ref = { 0 };
	struct str why = S("");

	if (keep(dir, bytes, name, &ref, &why))
		FAIL("%s: %.*s", name, STR_ARG(why));
	return ref;
}

/* A transaction in which there are dossiers 1 and 2. */
static struct tx *tx_with_dossiers(void)
{
	struct tx *tx = test_tx("2026-03-01T08:00");

	for (int64_t id = 1; id <= 2; id++) {
		struct query q = db_query(
			tx,
			"INSERT INTO dossier (id, code, kind, unit, holder, state, visibility, "
			"channel, title, number, facet, opened_on, changed_at, unverified, acts, "
			"versions, data) VALUES ($1, $2, 'know', 1, 1, 1, 0, 0, '', '', '', "
			"'2026-03-01', 0, 0, 0, 0, '{}')");
		BIND(&q, id, str_printf(test_arena(), "CK-%d", (int)id));
		CHECK_INT(db_exec(&q), OK);
	}
	return tx;
}

static const char *path_of(const char *dir, struct str sha256)
{
	return str_z(test_arena(), str_printf(test_arena(), "%s/%.2s/%.*s", dir, sha256.at,
					      (int)sha256.len - 2, sha256.at + 2));
}

static void put(const char *path, struct str bytes)
{
	FILE *f = fopen(path, "wb");

	CHECK(f && fwrite(bytes.at, 1, bytes.len, f) == bytes.len);
	CHECK(fclose(f) == 0);
}

/* A white picture of 8 x 8, as small as JPEG gets, with a comment. */
static struct str photo(void)
{
	return test_file("tests/fuzz/corpus/jpeg/baseline");
}

TEST(a_file_is_kept_under_its_hash)
{
	const char *dir = test_dir();
	struct file_ref ref = kept(dir, pdf, "Thông báo.pdf");

	CHECK_STR(ref.sha256,
		  S("23f0962edd29045e863ad820adc93266e810c71b42ebdfd0ef428523126a7de1"));
	CHECK_STR(ref.name, S("Thông báo.pdf"));
	CHECK_STR(ref.type, S("application/pdf"));
	CHECK_INT(ref.size, (int64_t)pdf.len);
	CHECK_STR(test_file(path_of(dir, ref.sha256)), pdf);
	CHECK_INT(file_check(dir, ref.sha256), OK);

	AUTO_CLOSE int fd = -1;
	int64_t size;
	CHECK_INT(file_open(dir, ref.sha256, false, &fd, &size), OK);
	CHECK_INT(size, (int64_t)pdf.len);
	CHECK_INT(file_open(dir, ref.sha256, true, &fd, &size), ERR_NOT_FOUND);
}

TEST(the_same_bytes_are_kept_once)
{
	const char *dir = test_dir();
	struct file_ref first = kept(dir, pdf, "a.pdf"), second = kept(dir, pdf, "b.pdf");
	struct stat st;

	CHECK_STR(first.sha256, second.sha256);
	CHECK_STR(second.name, S("b.pdf"));
	CHECK(stat(path_of(dir, first.sha256), &st) == 0 && st.st_nlink == 1);
}

TEST(a_file_cut_short_on_disk_is_written_again)
{
	const char *dir = test_dir();
	struct file_ref ref = kept(dir, pdf, "a.pdf");

	put(path_of(dir, ref.sha256), S("%PDF"));
	CHECK_INT(file_check(dir, ref.sha256), ERR_CORRUPT);
	kept(dir, pdf, "a.pdf");
	CHECK_INT(file_check(dir, ref.sha256), OK);
}

TEST(a_photograph_is_kept_clean_and_with_a_thumbnail)
{
	const char *dir = test_dir();
	struct file_ref ref = kept(dir, photo(), "IMG_2031.JPG");
	struct str bytes = test_file(path_of(dir, ref.sha256));
	AUTO_CLOSE int fd = -1;
	int64_t size;

	CHECK(str_has(photo(), S("GPS")));
	CHECK(!str_has(bytes, S("GPS")));
	CHECK_INT(ref.size, (int64_t)bytes.len);
	CHECK_STR(ref.name, S("IMG_2031.jpg"));
	CHECK_INT(file_open(dir, ref.sha256, true, &fd, &size), OK);
	CHECK(size > 100 && size < 5000);
}

TEST(what_is_not_taken_says_why)
{
	static const struct {
		struct str bytes;
		const char *says;
	} refused[] = {
		{ S_INIT(""), "rỗng" },
		{ S_INIT("GIF89a\1\0"), "Chỉ nhận" },
		{ S_INIT("\xFF\xD8\xFF\xE0 half a picture"), "hỏng" },
		{ S_INIT("PK\3\4 no archive at all"), "hỏng" },
		{ S_INIT("\0\0\0\x18"
			 "ftypheic"),
		  "HEIC" },
	};
	const char *dir = test_dir();
	struct file_ref ref = { .size = -7 };

	for (size_t i = 0; i < LENGTH(refused); i++) {
		struct str why = S("");
		CHECK_INT(keep(dir, refused[i].bytes, "a.pdf", &ref, &why), ERR_INVALID);
		CHECK(str_has(why, str_of(refused[i].says)));
		CHECK_INT(ref.size, -7);
	}
}

TEST(a_file_beyond_twenty_megabytes_is_refused_unread)
{
	AUTO_CLOSE int fd = upload(pdf);
	struct file_ref ref;
	struct str why;

	CHECK(ftruncate(fd, FILE_MAX_SIZE + 1) == 0);
	CHECK_INT(file_keep(test_arena(), "/nowhere", fd, S("a.pdf"), LANG_VI, &ref, &why),
		  ERR_INVALID);
	CHECK(str_starts(why, S("Tệp nặng 20,1 MB, tối đa 20 MB.")));
}

TEST(a_file_that_cannot_be_written_is_not_kept)
{
	struct file_ref ref = { .size = -7 };
	struct str why = S("");

	CHECK_INT(keep("/proc/nowhere", pdf, "a.pdf", &ref, &why), ERR_IO);
	CHECK(str_has(why, S("/proc/nowhere")));
	CHECK_INT(ref.size, -7);
}

static void check_name(const char *sent, const char *type, const char *clean)
{
	CHECK_STR(file_clean_name(test_arena(), str_of(sent), str_of(type)), str_of(clean));
}

TEST(names_keep_their_letters_and_lose_their_folders)
{
	check_name("Dự toán 2021.xls", "application/pdf", "Dự toán 2021.pdf");
	check_name("C:\\fakepath\\bien ban.docx", "application/pdf", "bien ban.pdf");
	check_name("../../etc/passwd", "text/plain", "passwd.txt");
	check_name("a\"b\r\nc<d>.jpg", "image/jpeg", "a b c d.jpg");
	check_name("...", "image/png", "tep.png");
	check_name("", "image/png", "tep.png");
	check_name("\xFF\xFE", "image/png", "tep.png");
	check_name("anh\u202Egpj.exe", "image/jpeg", "anhgpj.jpg");
	check_name("Biên bản v1.2", "application/pdf", "Biên bản v1.pdf");
	check_name("Số 12. Họp thôn ngày", "application/pdf", "Số 12. Họp thôn ngày.pdf");
}

TEST(long_names_are_cut_between_letters)
{
	struct buf b = { .a = test_arena() };

	for (int i = 0; i < 300; i++)
		buf_put(&b, S("ộ"));
	struct str name = file_clean_name(test_arena(), buf_str(&b), S("application/pdf"));
	CHECK(utf8_valid(name));
	CHECK_INT((int64_t)utf8_length(test_arena(), name), 120);
	CHECK(str_ends(name, S("ộ.pdf")));
}

TEST(files_are_served_so_that_nothing_in_them_runs)
{
	struct file_ref file = { S("..."), S("Dự toán (1).pdf"), S("application/pdf"), 10 };
	struct file_header h[FILE_HEADERS];

	file_headers(test_arena(), &file, h);
	CHECK_STR(h[0].value, S("application/pdf"));
	CHECK_STR(h[1].value, S("attachment; filename=\"du-toan-1.pdf\"; "
				"filename*=UTF-8''D%E1%BB%B1%20to%C3%A1n%20%281%29.pdf"));
	CHECK_STR(h[2].value, S("default-src 'none'; sandbox"));
	CHECK_STR(h[3].value, S("nosniff"));

	file = (struct file_ref){ S("..."), S("anh.jpg"), S("image/jpeg"), 10 };
	file_headers(test_arena(), &file, h);
	CHECK_STR(h[1].value, S("inline; filename=\"anh.jpg\"; filename*=UTF-8''anh.jpg"));
	file = (struct file_ref){ S("..."), S("x.svg"), S("image/svg+xml"), 10 };
	file_headers(test_arena(), &file, h);
	CHECK_STR(h[0].value, S("application/octet-stream"));
	CHECK(str_starts(h[1].value, S("attachment")));
	file = (struct file_ref){ S("..."), S("x.csv"), S("text/csv"), 10 };
	file_headers(test_arena(), &file, h);
	CHECK_STR(h[0].value, S("text/csv; charset=utf-8"));
}

TEST(only_the_dossier_that_uses_a_file_gives_it)
{
	struct tx *tx = tx_with_dossiers();
	struct file_ref ref = kept(test_tx_dir(tx), pdf, "a.pdf"), found;
	struct file_refs refs = { &ref, 1 };

	CHECK_INT(file_find(tx, 1, ref.sha256, true, &found), ERR_NOT_FOUND);
	CHECK_INT(file_use(tx, 1, &refs, false), OK);
	CHECK_INT(file_use(tx, 1, &refs, false), OK);
	CHECK_INT(file_find(tx, 2, ref.sha256, true, &found), ERR_NOT_FOUND);
	CHECK_INT(file_find(tx, 1, ref.sha256, false, &found), OK);
	CHECK_STR(found.name, S("a.pdf"));
	CHECK_STR(found.type, S("application/pdf"));
	CHECK_INT(found.size, ref.size);
	CHECK_INT(file_unuse(tx, 1, ref.sha256), OK);
	CHECK_INT(file_find(tx, 1, ref.sha256, true, &found), ERR_NOT_FOUND);
}

TEST(a_sealed_file_is_for_those_who_may_read_what_is_sealed)
{
	struct tx *tx = tx_with_dossiers();
	struct file_ref ref = kept(test_tx_dir(tx), pdf, "a.pdf"), found;
	struct file_refs refs = { &ref, 1 };

	CHECK_INT(file_use(tx, 1, &refs, true), OK);
	CHECK_INT(file_find(tx, 1, ref.sha256, false, &found), ERR_NOT_FOUND);
	CHECK_INT(file_find(tx, 1, ref.sha256, true, &found), OK);
	CHECK_INT(file_use(tx, 1, &refs, false), OK); /* published after all */
	CHECK_INT(file_find(tx, 1, ref.sha256, false, &found), OK);
	CHECK_INT(file_use(tx, 1, &refs, true), OK); /* and what is published stays so */
	CHECK_INT(file_find(tx, 1, ref.sha256, false, &found), OK);
}

TEST(a_reference_nobody_made_is_refused)
{
	struct tx *tx = tx_with_dossiers();
	struct file_ref good = kept(test_tx_dir(tx), pdf, "a.pdf"), bad = good;
	struct file_refs refs = { &bad, 1 };

	bad.sha256 = S("../../../../etc/passwd");
	CHECK_INT(file_use(tx, 1, &refs, false), ERR_INVALID);
	bad = good;
	bad.type = S("text/html");
	CHECK_INT(file_use(tx, 1, &refs, false), ERR_INVALID);
	bad = good;
	bad.size = 0;
	CHECK_INT(file_use(tx, 1, &refs, false), ERR_INVALID);

	int fd;
	int64_t size;
	CHECK_INT(file_open(test_tx_dir(tx), S("../../../../etc/passwd"), false, &fd, &size),
		  ERR_NOT_FOUND);
}

static struct instant in_days(int days)
{
	struct instant t = instant_now();

	t.ms += (int64_t)days * 24 * 3600 * 1000;
	return t;
}

static bool is_there(const char *dir, struct str sha256)
{
	return access(path_of(dir, sha256), F_OK) == 0;
}

TEST(files_nobody_uses_are_swept_away_after_a_while)
{
	struct tx *tx = tx_with_dossiers();
	const char *dir = test_tx_dir(tx);
	struct file_ref used = kept(dir, pdf, "a.pdf"), photograph = kept(dir, photo(), "b.jpg");
	struct file_ref never = kept(dir, S("một dòng chữ"), "c.txt");
	struct file_refs refs = { (struct file_ref[]){ used, photograph }, 2 };
	struct str thumb = str_printf(test_arena(), "%.*s.thumb", STR_ARG(photograph.sha256));
	const char *half =
		path_of(dir, str_printf(test_arena(), "%.2s.new-abc123", used.sha256.at));
	const char *foreign = path_of(dir, str_printf(test_arena(), "%.2sREADME", used.sha256.at));
	int64_t removed = -1;

	put(half, S("half"));
	put(foreign, S("not ours"));
	CHECK_INT(file_use(tx, 1, &refs, false), OK);

	/* Young files stay, whatever the database says of them. */
	CHECK_INT(file_sweep_disk(tx, dir, in_days(-1), &removed), OK);
	CHECK_INT(removed, 0);

	CHECK_INT(file_unuse(tx, 1, photograph.sha256), OK);
	CHECK_INT(file_sweep_rows(tx, test_instant("2026-03-01T07:59"), 100), OK);
	CHECK_INT(file_sweep_disk(tx, dir, in_days(1), &removed), OK);
	CHECK_INT(removed, 2); /* the one never used, and the half */
	CHECK(!is_there(dir, never.sha256) && access(half, F_OK) != 0);
	CHECK(is_there(dir, photograph.sha256) && is_there(dir, thumb));

	CHECK_INT(file_sweep_rows(tx, test_instant("2026-03-02T08:00"), 100), OK);
	CHECK_INT(file_sweep_disk(tx, dir, in_days(1), &removed), OK);
	CHECK_INT(removed, 2); /* the photograph and its thumbnail */
	CHECK(is_there(dir, used.sha256));
	CHECK(access(foreign, F_OK) == 0);
	CHECK_INT(file_find(tx, 1, used.sha256, false, &used), OK);
}

TEST(a_site_without_files_has_nothing_to_sweep)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	int64_t removed = -1;

	CHECK_INT(file_sweep_disk(tx, test_tx_dir(tx), in_days(1), &removed), OK);
	CHECK_INT(removed, 0);
}

TEST(a_large_file_does_not_use_up_the_budget_of_a_request)
{
	struct buf text = { .a = test_arena() };
	struct arena *request = arena_new(100000);
	struct file_ref ref;
	struct str why;

	while (text.len < 5000000)
		buf_put(&text, S("một dòng trong danh sách dài của thôn\n"));
	AUTO_CLOSE int fd = upload(buf_str(&text));
	enum err e = file_keep(request, test_dir(), fd, S("a.txt"), LANG_VI, &ref, &why);
	bool over = arena_over(request);
	arena_free(request);
	CHECK_INT(e, OK);
	CHECK(!over);
}
