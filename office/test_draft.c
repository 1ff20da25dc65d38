/* A draft is kept for its days and no longer, for whoever holds its codes, and never becomes anything but
 * a draft. */
#include "office/draft.h"

#include "office/file.h"
#include "office/member.h"
#include "tests/test_db.h"

#include <stdlib.h>
#include <unistd.h>

struct says {
	struct str title, name;
	struct file_refs papers;
};

static const struct field fields[] = {
	FIELD(struct says, title, .max = 100, .label = MSG_RECEIPT_CODE),
	FIELD(struct says, name, .max = 100, .personal = true, .internal = true,
	      .label = MSG_RECEIPT_CODE),
	FIELD(struct says, papers, .optional = true, .label = MSG_RECEIPT_CODE),
	{ 0 },
};

#define CODE "NP-0000-0000"
#define SECRET S("7K3Q-92MD")

static struct draft begun(struct tx *tx)
{
	struct draft d = { .code = S(CODE), .kind = S("petition"), .unit = 7 };
	struct says says = { .title = S("Đường hỏng"), .name = S("Nguyễn Văn Mẫu") };
	if (draft_begin(tx, &d, SECRET, fields, &says))
		FAIL("%s", tx->why);
	return d;
}

/* What stands beside the matter, where no name may be. */
static struct str matter_of(struct tx *tx, const struct draft *d)
{
	struct query q = db_query(tx, "SELECT data FROM draft_text WHERE draft = $1"
				      " AND personal = 0");
	BIND(&q, d->id);
	CHECK_INT(db_one(&q), OK);
	return col_str(&q, 0);
}

TEST(a_draft_is_opened_by_its_code_and_its_secret_and_by_nothing_less)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct draft d = begun(tx), found;
	struct says says = { 0 };
	CHECK_INT(draft_open(tx, S(CODE), SECRET, &found), OK);
	CHECK_INT(found.id, d.id);
	CHECK_INT(found.unit, 7);
	CHECK_INT(draft_open(tx, S(CODE), S("0000-0000"), &found), ERR_NOT_FOUND);
	CHECK_INT(draft_open(tx, S("NP-1111-1111"), SECRET, &found), ERR_NOT_FOUND);
	CHECK_INT(draft_read(tx, &found, fields, &says), OK);
	CHECK_STR(says.title, S("Đường hỏng"));
	CHECK_STR(says.name, S("Nguyễn Văn Mẫu"));
	/* Names stand apart from the matter. */
	CHECK_STR(matter_of(tx, &d), S("{\"title\":\"Đường hỏng\"}"));
}

TEST(the_same_form_begins_it_once_and_another_secret_does_not_take_its_code)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct draft d = begun(tx), again = begun(tx);
	struct draft other = { .code = S(CODE), .kind = S("petition"), .unit = 8 };
	struct says says = { 0 };
	CHECK_INT(again.id, d.id);
	CHECK_INT(draft_begin(tx, &other, S("0000-0000"), fields, &says), ERR_CONFLICT);
}

/* Fourteen days from the last change, by the site's clock; whether it was swept or not. */
TEST(it_is_kept_for_fourteen_days_from_the_last_change_and_then_erased)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct draft d = begun(tx), found;
	struct says says = { .title = S("Đường hỏng nặng") };
	CHECK_STR(date_iso(test_arena(), d.kept_until), S("2026-03-15"));
	test_now(tx, "2026-03-10T08:00");
	CHECK_INT(draft_write(tx, &d, fields, &says), OK);
	test_now(tx, "2026-03-24T23:59");
	CHECK_INT(draft_sweep(tx, 100), OK);
	CHECK_INT(draft_open(tx, S(CODE), SECRET, &found), OK);
	test_now(tx, "2026-03-25T00:00");
	CHECK_INT(draft_open(tx, S(CODE), SECRET, &found), ERR_NOT_FOUND);
	CHECK_INT(draft_by_code(tx, S(CODE), &found), ERR_NOT_FOUND);
	CHECK_INT(draft_sweep(tx, 100), OK);
	struct query q = db_query(tx, "SELECT (SELECT COUNT(*) FROM draft) + (SELECT COUNT(*) FROM"
				      " draft_text) + (SELECT COUNT(*) FROM draft_file)");
	CHECK_INT(db_one(&q), OK);
	CHECK_INT(col_int(&q, 0), 0);
}

static struct file_ref kept_file(const char *dir)
{
	static const struct str pdf = S_INIT("%PDF-1.4\nmột tờ đơn\n%%EOF\n");
	char path[] = "/tmp/draft-XXXXXX";
	struct file_ref ref = { 0 };
	struct str why;
	AUTO_CLOSE int fd = mkstemp(path);
	CHECK(fd >= 0 && write(fd, pdf.at, pdf.len) == (ssize_t)pdf.len);
	unlink(path);
	CHECK_INT(file_keep(test_arena(), dir, fd, S("don.pdf"), LANG_VI, &ref, &why), OK);
	return ref;
}

/* The sweep of files leaves alone what a draft holds, and takes it once the draft is gone. */
TEST(its_files_are_kept_with_it_and_erased_with_it)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	const char *dir = test_dir();
	struct draft d = begun(tx);
	struct file_ref ref = kept_file(dir);
	struct says says = { .title = S("Đường hỏng"), .papers = { &ref, 1 } }, read = { 0 };
	struct instant later = { INT64_MAX };
	int64_t removed = 0;
	CHECK_INT(draft_write(tx, &d, fields, &says), OK);
	CHECK_INT(draft_read(tx, &d, fields, &read), OK);
	CHECK_INT(read.papers.n, 1);
	CHECK_STR(read.papers.at[0].name, S("don.pdf"));
	CHECK_INT(file_sweep_disk(tx, dir, later, &removed), OK);
	CHECK_INT(removed, 0);
	CHECK_INT(file_check(dir, ref.sha256), OK);
	CHECK_INT(draft_end(tx, &d), OK);
	CHECK_INT(file_sweep_disk(tx, dir, later, &removed), OK);
	CHECK_INT(removed, 1);
	CHECK_INT(file_check(dir, ref.sha256), ERR_NOT_FOUND);
}

TEST(an_account_keeps_ten_and_lists_its_own)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct member me = { .person = 5 }, somebody = { .person = 6 };
	struct draft_rows mine;
	struct says says = { .title = S("Đường hỏng") };
	tx->who = &me;
	for (int i = 0; i < DRAFTS_OF_ONE; i++) {
		struct draft d = { .code = str_printf(test_arena(), "NP-%04d", i),
				   .kind = S("petition") };
		CHECK_INT(draft_begin(tx, &d, SECRET, fields, &says), OK);
	}
	struct draft more = { .code = S("NP-9999"), .kind = S("petition") };
	CHECK_INT(draft_begin(tx, &more, SECRET, fields, &says), ERR_BUSY);
	CHECK_INT(draft_mine(tx, &mine), OK);
	CHECK_INT(mine.n, DRAFTS_OF_ONE);
	CHECK_STR(mine.at[0].code, S("NP-0009"));
	tx->who = &somebody;
	CHECK_INT(draft_mine(tx, &mine), OK);
	CHECK_INT(mine.n, 0);
}

/* A site is not filled up with what nobody sends. */
TEST(there_is_room_for_so_many_drafts_and_for_so_many_bytes)
{
	struct tx *tx = test_tx("2026-03-01T08:00");
	struct draft d = begun(tx), more = { .code = S("NP-9999"), .kind = S("petition") };
	struct file_ref huge = {
		.sha256 = S("00"), .name = S("a"), .type = S("b"), .size = DRAFT_FILES_MOST + 1
	};
	struct says says = { .title = S("Đường hỏng"), .papers = { &huge, 1 } };
	CHECK_INT(draft_write(tx, &d, fields, &says), ERR_BUSY);
	tx->err = OK;
	for (int64_t i = 0; (1 << i) < DRAFTS_MOST; i++) {
		struct query q = db_query(tx, "INSERT INTO draft (code, hash, kind, unit, person,"
					      " made_at, kept_until) SELECT code || $1, hash, kind,"
					      " unit, person, made_at, kept_until FROM draft");
		BIND(&q, str_printf(test_arena(), "-%d", (int)i));
		CHECK_INT(db_exec(&q), OK);
	}
	says.papers.n = 0;
	CHECK_INT(draft_begin(tx, &more, SECRET, fields, &says), ERR_BUSY);
}
