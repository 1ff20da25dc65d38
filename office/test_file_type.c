#include "office/file_type.h"
#include "tests/test.h"

#include <string.h>

static void put_little(struct buf *b, uint32_t v, int n)
{
	for (; n > 0; n--, v >>= 8)
		buf_putc(b, (char)v);
}

struct entry {
	const char *name, *content;
};

/* A ZIP of stored entries, ended by { 0 }; `unpacked` is what each claims as its size, 0: the truth. */
static struct str zip_of(const struct entry *entries, uint32_t unpacked, int flags)
{
	struct buf zip = { .a = test_arena() }, list = { .a = test_arena() };
	uint32_t count = 0;

	for (const struct entry *e = entries; e->name; e++, count++) {
		uint32_t at = (uint32_t)zip.len, size = (uint32_t)strlen(e->content);
		buf_put(&zip, S("PK\3\4\24\0"));
		put_little(&zip, (uint32_t)flags, 2);
		put_little(&zip, 0, 10); /* stored; no time, no checksum */
		put_little(&zip, size, 4);
		put_little(&zip, size, 4);
		put_little(&zip, (uint32_t)strlen(e->name), 4);
		buf_put(&zip, str_of(e->name));
		buf_put(&zip, str_of(e->content));
		buf_put(&list, S("PK\1\2\24\0\24\0"));
		put_little(&list, (uint32_t)flags, 2);
		put_little(&list, 0, 10);
		put_little(&list, size, 4);
		put_little(&list, unpacked ? unpacked : size, 4);
		put_little(&list, (uint32_t)strlen(e->name), 2);
		put_little(&list, 0, 12);
		put_little(&list, at, 4);
		buf_put(&list, str_of(e->name));
	}
	uint32_t start = (uint32_t)zip.len;
	buf_put(&zip, buf_str(&list));
	buf_put(&zip, S("PK\5\6\0\0\0\0"));
	put_little(&zip, count, 2);
	put_little(&zip, count, 2);
	put_little(&zip, (uint32_t)list.len, 4);
	put_little(&zip, start, 4);
	put_little(&zip, 0, 2);
	return buf_str(&zip);
}

static const struct entry docx[] = { { "[Content_Types].xml", "<T/>" },
				     { "word/document.xml", "<w/>" },
				     { 0 } };

/* A compound file whose directory holds these names. */
static struct str compound_of(const char *const *names)
{
	struct buf b = { .a = test_arena() };

	buf_put(&b, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
	while (b.len < 512)
		buf_putc(&b, '\0');
	for (; *names; names++) {
		size_t from = b.len;
		for (const char *c = *names; *c; c++)
			put_little(&b, (uint32_t)*c, 2);
		while (b.len < from + 64)
			buf_putc(&b, '\0');
		put_little(&b, (uint32_t)(2 * strlen(*names) + 2), 2);
		while (b.len < from + 128)
			buf_putc(&b, '\0');
	}
	while (b.len < 2048)
		buf_putc(&b, '\0');
	return buf_str(&b);
}

#define COMPOUND(...) compound_of((const char *const[]){ "Root Entry", __VA_ARGS__, NULL })
#define ZIP(...) zip_of((const struct entry[]){ __VA_ARGS__, { 0 } }, 0, 0)

TEST(documents_are_known_by_what_is_in_them)
{
	CHECK_INT(file_kind_of(S("\xFF\xD8\xFF\xE0")), FILE_JPEG);
	CHECK_INT(file_kind_of(S("\x89PNG\r\n\x1A\n")), FILE_PNG);
	CHECK_INT(file_kind_of(S("%PDF-1.7\n")), FILE_PDF);
	CHECK_INT(file_kind_of(zip_of(docx, 0, 0)), FILE_DOCX);
	CHECK_INT(file_kind_of(ZIP({ "xl/workbook.xml", "" }, { "[Content_Types].xml", "" })),
		  FILE_XLSX);
	CHECK_INT(file_kind_of(ZIP({ "mimetype", "application/vnd.oasis.opendocument.text" },
				   { "content.xml", "" })),
		  FILE_ODT);
	CHECK_INT(
		file_kind_of(ZIP({ "mimetype", "application/vnd.oasis.opendocument.spreadsheet" })),
		FILE_ODS);
	CHECK_INT(file_kind_of(COMPOUND("WordDocument")), FILE_DOC);
	CHECK_INT(file_kind_of(COMPOUND("\5SummaryInformation", "Workbook")), FILE_XLS);
	CHECK_INT(file_kind_of(S("\xEF\xBB\xBFTên;Số\r\nThôn 1;12\r\n")), FILE_TEXT);
	CHECK_INT(file_kind_of(S("\0\0\0\x18"
				 "ftypheic\0\0")),
		  FILE_HEIC);
}

TEST(what_offices_do_not_exchange_is_not_taken)
{
	CHECK_INT(file_kind_of(S("")), FILE_OTHER);
	CHECK_INT(file_kind_of(S("GIF89a\1\0")), FILE_OTHER);
	CHECK_INT(file_kind_of(S("MZ\x90\0")), FILE_OTHER);
	CHECK_INT(file_kind_of(S("a\0b")), FILE_OTHER);
	CHECK_INT(file_kind_of(S("T\xEA"
				 "n")),
		  FILE_OTHER); /* an old code page */
	CHECK_INT(file_kind_of(ZIP({ "a.exe", "MZ" })), FILE_OTHER);
	CHECK_INT(file_kind_of(ZIP({ "[Content_Types].xml", "" }, { "ppt/presentation.xml", "" })),
		  FILE_OTHER);
	CHECK_INT(file_kind_of(ZIP({ "mimetype", "application/epub+zip" })), FILE_OTHER);
	CHECK_INT(file_kind_of(COMPOUND("PowerPoint Document")), FILE_OTHER);
	CHECK_INT(file_kind_of(COMPOUND("EncryptedPackage")), FILE_OTHER);
}

TEST(documents_that_carry_programs_are_not_taken)
{
	CHECK_INT(file_kind_of(ZIP({ "[Content_Types].xml", "" }, { "word/document.xml", "" },
				   { "word/vbaProject.bin", "" })),
		  FILE_MACRO);
	CHECK_INT(file_kind_of(ZIP({ "mimetype", "application/vnd.oasis.opendocument.text" },
				   { "Basic/Standard/Module1.xml", "" })),
		  FILE_MACRO);
	CHECK_INT(file_kind_of(COMPOUND("WordDocument", "_VBA_PROJECT")), FILE_MACRO);
}

TEST(archives_that_lie_are_damaged)
{
	struct str whole = zip_of(docx, 0, 0);

	CHECK_INT(file_kind_of(zip_of(docx, 700u << 20, 0)), FILE_DAMAGED); /* a bomb */
	CHECK_INT(file_kind_of(zip_of(docx, 0, 1)), FILE_DAMAGED);          /* encrypted */
	for (size_t n = 4; n < whole.len; n++)
		CHECK_INT(file_kind_of(str_dup(test_arena(), str_cut(whole, n))), FILE_DAMAGED);
	CHECK_INT(file_kind_of(str_printf(test_arena(), "%.*sx", 4, "PK\3\4")), FILE_DAMAGED);
}

TEST(every_kind_taken_has_a_type_and_an_ending)
{
	for (enum file_kind k = FILE_JPEG; k <= FILE_TEXT; k++) {
		struct str type = file_media_type(k, S("a"));
		CHECK(type.len > 0);
		CHECK(str_starts(file_ending(type), S(".")));
	}
	CHECK_STR(file_media_type(FILE_TEXT, S("Danh sách.CSV")), S("text/csv"));
	CHECK_STR(file_media_type(FILE_PDF, S("a.csv")), S("application/pdf"));
	CHECK_STR(file_ending(S("text/csv")), S(".csv"));
	CHECK_STR(file_media_type(FILE_MACRO, S("a.docm")), S(""));
	CHECK_STR(file_media_type(FILE_OTHER, S("a.csv")), S(""));
	CHECK_STR(file_ending(S("text/html")), S(""));
}
