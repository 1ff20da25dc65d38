/* Photographs of a notice board: cleaned and kept before the writer, which sees a finished file. */
#include "modules/know/test_pages.h"
#include "web/upload.h"

static int kept_before, kept_in_writer;

static enum err keep(struct req *r, const struct upload *u, struct file_ref *out, struct str *why)
{
	*(r->tx.db == site->write ? &kept_in_writer : &kept_before) += 1;
	return upload_keep(r, u, out, why);
}

static struct browser clerk_of(struct tx *tx, const char *now)
{
	struct browser b = official(tx, &s.clerk, now);
	site->house.upload_keep = keep;
	kept_before = kept_in_writer = 0;
	return b;
}

static struct answer hang(struct browser *b, struct str code, const char *fields, struct str file)
{
	const char *path = str_z(test_arena(),
				 str_printf(test_arena(), "/ho-so/%.*s/lam/post", STR_ARG(code)));
	CHECK_INT(browser_get(b, path).status, 200);
	return browser_upload(b, path, fields, "photos", file);
}

#define HUNG "place=Tr%E1%BB%A5+s%E1%BB%9F+UBND&channel=web&happened_on=2020-12-25"

static struct str code_of_published(struct tx *tx)
{
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", "");
	publish(tx, d, "2020-12-25");
	return str_dup(test_arena(), d->code);
}

TEST(a_photograph_is_cleaned_before_the_writer_and_stands_with_the_sheet)
{
	struct tx *tx = begin("2020-12-25T09:00");
	struct str code = code_of_published(tx);
	struct browser b = clerk_of(tx, "2020-12-25T10:00");
	struct answer a = hang(&b, code, HUNG, test_file("tests/fuzz/corpus/jpeg/baseline"));
	CHECK_INT(a.status, 303);
	CHECK_INT(kept_before, 1);
	CHECK_INT(kept_in_writer, 0);
	a = browser_get(
		&b, str_z(test_arena(), str_printf(test_arena(), "/ho-so/%.*s", STR_ARG(code))));
	CHECK(answer_has(a, "/tep/"));
	CHECK(answer_has(a, "co=nho"));
}

TEST(a_form_that_comes_back_keeps_its_photograph_and_says_what_was_wrong_with_another)
{
	struct tx *tx = begin("2020-12-25T09:00");
	struct str code = code_of_published(tx);
	struct browser b = clerk_of(tx, "2020-12-25T10:00");
	struct str picture = test_file("tests/fuzz/corpus/jpeg/baseline");
	struct answer a = hang(&b, code, "channel=web&happened_on=2020-12-25", picture);
	CHECK_INT(a.status, 422); /* no place was chosen; only the writer asks for it */
	CHECK(answer_has(a, "Giữ tệp"));
	a = hang(&b, code, HUNG, S("MZ\0 a program"));
	CHECK_INT(a.status, 422);
	CHECK(answer_has(a, "bang.csv"));
	CHECK_INT(kept_before, 2);
	CHECK_INT(kept_in_writer, 0);
}

TEST(a_photograph_for_a_step_that_may_not_be_taken_is_not_looked_into)
{
	struct tx *tx = begin("2020-12-25T09:00");
	struct dossier *d = record(tx, "XA07-05-01", "2020-12-24", ""); /* not yet published */
	struct str code = str_dup(test_arena(), d->code), path;
	struct browser b = clerk_of(tx, "2020-12-25T10:00");
	path = str_printf(test_arena(), "/ho-so/%.*s/lam/post", STR_ARG(code));
	CHECK_INT(
		browser_get(&b, str_z(test_arena(), str_printf(test_arena(), "/ho-so/%.*s/lam/edit",
							       STR_ARG(code))))
			.status,
		200);
	struct answer a = browser_upload(&b, str_z(test_arena(), path), HUNG, "photos",
					 test_file("tests/fuzz/corpus/jpeg/baseline"));
	CHECK_INT(a.status, 409);
	CHECK_INT(kept_before + kept_in_writer, 0);
}
