/* Signatures first, then one look inside the two containers office documents come in: the list of
 * names in a ZIP (APPNOTE 4.3) and the directory of a compound file ([MS-CFB]). A general library of
 * signatures would bring an eight-megabyte database to every machine and know hundreds of types we
 * would refuse anyway. */
#include "office/file_type.h"

#include "base/utf8.h"

#include <string.h>

/* Names in a ZIP we are ready to read, and what a reader may have to unpack afterwards. */
#define MAX_ENTRIES 20000
#define MAX_UNPACKED (UINT64_C(1) << 30)

static uint32_t little(struct str s, size_t at, size_t n)
{
	uint32_t v = 0;
	if (at > s.len || n > s.len - at)
		return 0;
	for (size_t i = n; i > 0; i--)
		v = v << 8 | (uint8_t)s.at[at + i - 1];
	return v;
}

/* ---- ZIP ---- */

struct names {
	bool types, word, excel, macro, mimetype;
};

static void see_name(struct names *seen, struct str name)
{
	seen->types |= str_eq(name, S("[Content_Types].xml"));
	seen->mimetype |= str_eq(name, S("mimetype"));
	seen->word |= str_starts(name, S("word/"));
	seen->excel |= str_starts(name, S("xl/"));
	seen->macro |= str_ends(name, S("vbaProject.bin")) || str_starts(name, S("Basic/")) ||
		       str_starts(name, S("Scripts/"));
}

/* Where the end record stands: the last "PK\5\6" whose comment reaches exactly to the end of the
 * file, so that two readers cannot see two lists. */
static bool find_end(struct str zip, size_t *out)
{
	for (size_t back = 22; back <= zip.len && back <= 22 + 65535; back++) {
		size_t at = zip.len - back;
		if (memcmp(zip.at + at, "PK\5\6", 4) == 0 && little(zip, at + 20, 2) == back - 22) {
			*out = at;
			return true;
		}
	}
	return false;
}

/* False for a list that is damaged, encrypted, in several volumes or a bomb. */
static bool read_names(struct str zip, struct names *seen)
{
	size_t end, at;
	uint64_t unpacked = 0;
	if (!find_end(zip, &end))
		return false;
	uint32_t count = little(zip, end + 10, 2);
	at = little(zip, end + 16, 4);
	if (!count || count > MAX_ENTRIES || little(zip, end + 4, 4) != 0)
		return false;
	for (; count > 0; count--) {
		if (at > end || end - at < 46 || memcmp(zip.at + at, "PK\1\2", 4) != 0)
			return false;
		size_t name = little(zip, at + 28, 2);
		size_t size = 46 + name + little(zip, at + 30, 2) + little(zip, at + 32, 2);
		bool encrypted = little(zip, at + 8, 2) & 1;
		unpacked += little(zip, at + 24, 4);
		if (size > end - at || encrypted || unpacked > MAX_UNPACKED)
			return false;
		see_name(seen, str_cut(str_from(zip, at + 46), name));
		at += size;
	}
	return true; /* some writers put a ZIP64 record between the list and its end */
}

/* OpenDocument begins with an entry "mimetype", stored as it is (ODF 1.2, part 3, 3.3). */
static enum file_kind open_document(struct str zip)
{
	struct str name = str_cut(str_from(zip, 30), 8);
	size_t skip = 30 + 8 + little(zip, 28, 2);
	struct str type = str_cut(str_from(zip, skip), little(zip, 22, 4));
	if (!str_eq(name, S("mimetype")) || little(zip, 26, 2) != 8 || little(zip, 8, 2) != 0)
		return FILE_OTHER;
	if (str_eq(type, S("application/vnd.oasis.opendocument.text")))
		return FILE_ODT;
	if (str_eq(type, S("application/vnd.oasis.opendocument.spreadsheet")))
		return FILE_ODS;
	return FILE_OTHER;
}

static enum file_kind zip_kind(struct str zip)
{
	struct names seen = { 0 };
	if (!read_names(zip, &seen))
		return FILE_DAMAGED;
	enum file_kind kind = seen.mimetype ? open_document(zip) : FILE_OTHER;
	if (seen.types && seen.word != seen.excel)
		kind = seen.word ? FILE_DOCX : FILE_XLSX;
	return kind != FILE_OTHER && seen.macro ? FILE_MACRO : kind;
}

/* ---- Compound files ---- */

/* A name in the directory: UTF-16, in an entry of 128 bytes aligned to as much. Sectors hold entries
 * in any order, so the aligned places of the whole file are looked at. */
static bool has_stream(struct str file, const char *name)
{
	size_t n = strlen(name);
	for (size_t at = 512; at + 128 <= file.len; at += 128) {
		if (little(file, at + 64, 2) != 2 * n + 2)
			continue;
		size_t i = 0;
		while (i < n && little(file, at + 2 * i, 2) == (uint8_t)name[i])
			i++;
		if (i == n)
			return true;
	}
	return false;
}

static enum file_kind compound_kind(struct str file)
{
	enum file_kind kind = FILE_OTHER;
	if (file.len < 1536)
		return FILE_DAMAGED;
	if (has_stream(file, "WordDocument"))
		kind = FILE_DOC;
	else if (has_stream(file, "Workbook") || has_stream(file, "Book"))
		kind = FILE_XLS;
	bool macro = has_stream(file, "_VBA_PROJECT") || has_stream(file, "_VBA_PROJECT_CUR");
	return kind != FILE_OTHER && macro ? FILE_MACRO : kind;
}

/* ---- The rest ---- */

static bool is_heic(struct str bytes)
{
	static const char *const brands[] = {
		"heic", "heix", "hevc", "heim", "heis", "mif1", "msf1"
	};
	struct str box = str_cut(str_from(bytes, 4), 8);
	for (size_t i = 0; str_starts(box, S("ftyp")) && i < LENGTH(brands); i++)
		if (str_ends(box, str_of(brands[i])))
			return true;
	return false;
}

static bool is_text(struct str bytes)
{
	for (size_t i = 0; i < bytes.len; i++) {
		uint8_t c = (uint8_t)bytes.at[i];
		if ((c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != '\f') || c == 0x7F)
			return false;
	}
	return bytes.len && utf8_valid(bytes);
}

enum file_kind file_kind_of(struct str bytes)
{
	if (str_starts(bytes, S("\xFF\xD8\xFF")))
		return FILE_JPEG;
	if (str_starts(bytes, S("\x89PNG\r\n\x1A\n")))
		return FILE_PNG;
	if (str_starts(bytes, S("%PDF-1.")) || str_starts(bytes, S("%PDF-2.")))
		return FILE_PDF;
	if (str_starts(bytes, S("PK\3\4")))
		return zip_kind(bytes);
	if (str_starts(bytes, S("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1")))
		return compound_kind(bytes);
	if (is_heic(bytes))
		return FILE_HEIC;
	return is_text(bytes) ? FILE_TEXT : FILE_OTHER;
}

static const struct {
	enum file_kind kind;
	const char *type, *ending;
} types[] = {
	{ FILE_JPEG, "image/jpeg", ".jpg" },
	{ FILE_PNG, "image/png", ".png" },
	{ FILE_PDF, "application/pdf", ".pdf" },
	{ FILE_DOC, "application/msword", ".doc" },
	{ FILE_XLS, "application/vnd.ms-excel", ".xls" },
	{ FILE_DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
	  ".docx" },
	{ FILE_XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", ".xlsx" },
	{ FILE_ODT, "application/vnd.oasis.opendocument.text", ".odt" },
	{ FILE_ODS, "application/vnd.oasis.opendocument.spreadsheet", ".ods" },
	{ FILE_TEXT, "text/plain", ".txt" },
	{ FILE_OTHER, "text/csv", ".csv" },
};

static bool ends_in_csv(struct str name)
{
	return name.len > 4 && name.at[name.len - 4] == '.' &&
	       (name.at[name.len - 3] | 0x20) == 'c' && (name.at[name.len - 2] | 0x20) == 's' &&
	       (name.at[name.len - 1] | 0x20) == 'v';
}

struct str file_media_type(enum file_kind kind, struct str name)
{
	if (kind == FILE_TEXT && ends_in_csv(name))
		return S("text/csv");
	for (size_t i = 0; kind != FILE_OTHER && i < LENGTH(types); i++)
		if (types[i].kind == kind)
			return str_of(types[i].type);
	return S("");
}

struct str file_ending(struct str media_type)
{
	for (size_t i = 0; i < LENGTH(types); i++)
		if (str_eq(media_type, str_of(types[i].type)))
			return str_of(types[i].ending);
	return S("");
}
