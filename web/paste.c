/* Paper is typed with a finger on the line, receipts travel through chat programs: dashes change, line
 * ends double, blanks appear. What cannot change the meaning is mended; what could is reported with
 * the place where it breaks, because most wrong codes are slips of the hand. */
#include "web/paste.h"

#include "base/encode.h"
#include "web/query.h"

#include <string.h>

enum { CODE_SIGNS = 10, VALUE_SIGNS = 16, SLIP = 2, HASH_DIGITS = 64 };

static const struct str receipt_mark = S_INIT("c2sp.org/tlog-proof@");
static const struct str receipt_title = S_INIT("c2sp.org/tlog-proof@v1");

static bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Spaces that are not ASCII, dashes that are longer, and the marks of direction and of bytes. */
static size_t blank_at(struct str s, size_t i)
{
	static const struct str blanks[] = {
		S_INIT("\xC2\xA0"),     S_INIT("\xE2\x80\xAF"), S_INIT("\xE2\x80\x8B"),
		S_INIT("\xE2\x80\x8E"), S_INIT("\xE2\x80\x8F"), S_INIT("\xEF\xBB\xBF"),
		S_INIT("\xE2\x80\x90"), S_INIT("\xE2\x80\x91"), S_INIT("\xE2\x80\x92"),
		S_INIT("\xE2\x80\x93"), S_INIT("\xE2\x80\x94"), S_INIT("\xE2\x88\x92"),
	};
	struct str rest = str_from(s, i);
	if (rest.len && memchr(" \t\r\n-._", rest.at[0], 7))
		return 1;
	for (size_t k = 0; k < LENGTH(blanks); k++)
		if (str_starts(rest, blanks[k]))
			return blanks[k].len;
	return 0;
}

/* Letters and digits alone, or false: something else stands among them. */
static bool squeeze(struct arena *a, struct str s, struct str *out)
{
	struct buf b = { .a = a };
	for (size_t i = 0; i < s.len;) {
		size_t blank = blank_at(s, i);
		if (!blank && !is_letter(s.at[i]) && !is_digit(s.at[i]))
			return false;
		if (!blank)
			buf_putc(&b, s.at[i]);
		i += blank ? blank : 1;
	}
	*out = buf_str(&b);
	return true;
}

struct str paste_lines(struct arena *a, struct str pasted)
{
	struct buf b = { .a = a };
	struct str rest = pasted, line;
	if (str_starts(rest, S("\xEF\xBB\xBF")))
		rest = str_from(rest, 3);
	while (str_next(&rest, '\n', &line)) {
		buf_put(&b, str_trim(line));
		buf_putc(&b, '\n');
	}
	struct str text = str_trim(buf_str(&b));
	return text.len ? str_printf(a, "%.*s\n", STR_ARG(text)) : S("");
}

/* --- Receipts --- */

/* Which line of a text that is no receipt is the first that cannot be one's. */
static void find_fault(struct arena *a, struct str text, struct paste *out)
{
	struct str rest = text, line;
	bool index = false;
	struct hash h;
	out->kind = PASTE_RECEIPT_WRONG;
	for (out->line = 1; str_next(&rest, '\n', &line); out->line++) {
		struct str extra;
		if (out->line == 1) {
			out->fault = !str_starts(line, receipt_title) ? RECEIPT_VERSION
				     : line.len > receipt_title.len   ? RECEIPT_ONE_LINE
								      : RECEIPT_FINE;
		} else if (!line.len) {
			out->fault = index && rest.at && rest.len ? RECEIPT_FINE : RECEIPT_SHORT;
			break;
		} else if (out->line == 2 && str_starts(line, S("extra "))) {
			if (!base64_decode(a, str_from(line, 6), &extra))
				out->fault = RECEIPT_LINE;
		} else if (!index) {
			int64_t n;
			index = str_starts(line, S("index ")) && str_int(str_from(line, 6), &n);
			if (!index)
				out->fault = RECEIPT_LINE;
		} else if (!base64_decode_exact(line, h.b, sizeof h.b)) {
			out->fault = RECEIPT_LINE;
		}
		if (out->fault)
			return;
	}
	if (!out->fault)
		out->fault = RECEIPT_SHORT;
}

static void read_receipt(struct arena *a, struct str text, struct paste *out)
{
	struct note note;
	struct checkpoint c;
	out->text = text;
	if (!proof_parse(a, text, &out->proof)) {
		find_fault(a, text, out);
		return;
	}
	out->kind = PASTE_RECEIPT;
	if (note_parse(a, out->proof.checkpoint, &note) && checkpoint_parse(note.text, &c))
		return;
	/* The hashes are whole and what follows is none that could be signed. */
	out->kind = PASTE_RECEIPT_WRONG;
	out->fault = RECEIPT_SHORT;
}

/* --- Codes and values --- */

static void read_code(struct arena *a, struct str signs, struct paste *out)
{
	out->kind = signs.len != CODE_SIGNS           ? PASTE_CODE_LENGTH
		    : code_read(a, signs, &out->text) ? PASTE_CODE
						      : PASTE_CODE_WRONG;
}

static void read_value(struct arena *a, struct str signs, struct paste *out)
{
	uint8_t bytes[CHECK_VALUE_BYTES];
	if (signs.len != VALUE_SIGNS) {
		out->kind = PASTE_VALUE_LENGTH;
		return;
	}
	out->kind = PASTE_VALUE_SIGN;
	if (!check_value_read(signs, bytes))
		return;
	out->kind = PASTE_VALUE;
	out->text = check_value_text(a, bytes);
}

static bool read_signs(struct arena *a, struct str text, struct paste *out)
{
	struct str signs;
	if (text.len > 200 || !squeeze(a, text, &signs) || !signs.len)
		return false;
	if (signs.len == HASH_DIGITS && hex_decode(signs, out->hash.b, sizeof out->hash.b)) {
		out->kind = PASTE_HASH;
		return true;
	}
	bool letters = signs.len > 2 && is_letter(signs.at[0]) && is_letter(signs.at[1]);
	bool digit = false;
	for (size_t i = 0; i < signs.len; i++)
		digit |= is_digit(signs.at[i]);
	if (letters && signs.len + SLIP >= CODE_SIGNS && signs.len <= CODE_SIGNS + SLIP &&
	    (digit || signs.len == CODE_SIGNS))
		read_code(a, signs, out);
	else if (signs.len + SLIP >= VALUE_SIGNS && signs.len <= VALUE_SIGNS + SLIP &&
		 (digit || signs.len == VALUE_SIGNS))
		read_value(a, signs, out);
	else
		return false;
	return true;
}

/* An address of any site that runs this program: what stands after ma= or /ho-so/. */
static bool cut_address(struct arena *a, struct str text, struct str *out)
{
	static const char *const marks[] = { "ma=", "/ho-so/" };
	struct str found;
	if (!str_has(text, S("/kiem-chung")) && !str_has(text, S("/ho-so/")))
		return false;
	for (size_t k = 0; k < LENGTH(marks); k++) {
		struct str mark = str_of(marks[k]);
		for (size_t i = 0; i + mark.len <= text.len; i++) {
			struct str rest = str_from(text, i);
			size_t n = 0;
			if (!str_starts(rest, mark))
				continue;
			rest = str_from(rest, mark.len);
			while (n < rest.len && !memchr("&#/?. \t\r\n", rest.at[n], 9))
				n++;
			if (!n || !percent_decode(a, str_cut(rest, n), true, false, &found))
				return false;
			*out = found;
			return true;
		}
	}
	return false;
}

void paste_read(struct arena *a, struct str pasted, struct paste *out)
{
	struct str address;
	*out = (struct paste){ .kind = PASTE_OTHER, .text = S("") };
	if (pasted.len > PASTE_MOST)
		return;
	struct str lines = paste_lines(a, pasted), text = str_trim(lines);
	out->text = text;
	if (!text.len)
		out->kind = PASTE_EMPTY;
	else if (str_starts(text, receipt_mark))
		read_receipt(a, lines, out);
	else if (str_starts(text, S("{")))
		out->kind = PASTE_ENTRY;
	else if (str_has(text, S("\n\n\xE2\x80\x94 ")))
		out->kind = PASTE_CHECKPOINT;
	else if (cut_address(a, text, &address) && read_signs(a, address, out))
		out->text =
			out->kind == PASTE_CODE || out->kind == PASTE_VALUE ? out->text : address;
	else
		read_signs(a, text, out);
}
