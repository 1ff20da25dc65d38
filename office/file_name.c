/* The name of a file goes to other people's computers: into a page, a header, a folder. So it keeps
 * its letters, diacritics included, and loses whatever means something to a computer. */
#include "office/file.h"

#include "base/utf8.h"
#include "office/file_disk.h"
#include "office/file_type.h"

#include <string.h>

#define MAX_NAME 120 /* code points, its ending included */

/* Without its ending when that is one of a few signs, and without the folders some browsers send. */
struct str file_stem(struct str name)
{
	for (size_t i = name.len; i > 0; i--)
		if (name.at[i - 1] == '/' || name.at[i - 1] == '\\') {
			name = str_from(name, i);
			break;
		}
	for (size_t i = name.len; i > 0 && name.len - i < 6; i--)
		if (name.at[i - 1] == '.' && i < name.len)
			return str_cut(name, i - 1);
	return name;
}

static struct str first_points(struct str s, size_t n)
{
	for (size_t i = 0; i < s.len; i++)
		if (((uint8_t)s.at[i] & 0xC0) != 0x80 && n-- == 0)
			return str_cut(s, i);
	return s;
}

/* Signs that turn the writing round (U+202A-202E, U+2066-2069) make "gpj.exe" read "exe.jpg". */
static bool turns_writing(struct str s)
{
	uint8_t third = s.len > 2 ? (uint8_t)s.at[2] : 0;
	return (str_starts(s, S("\xE2\x80")) &&
		((third >= 0xAA && third <= 0xAE) || third == 0x8E || third == 0x8F)) ||
	       (str_starts(s, S("\xE2\x81")) && third >= 0xA6 && third <= 0xA9);
}

struct str file_clean_name(struct arena *a, struct str name, struct str type)
{
	struct str clean = utf8_clean(a, name), ending = file_ending(type);
	struct buf b = { .a = a };
	clean = file_stem(clean);
	for (size_t i = 0; i < clean.len; i++) {
		char c = clean.at[i];
		if (turns_writing(str_from(clean, i)))
			i += 2;
		else
			buf_putc(&b, (uint8_t)c < 0x20 || memchr("\"*:<>?|/\\", c, 9) ? ' ' : c);
	}
	struct str kept = str_trim(first_points(str_trim(buf_str(&b)), MAX_NAME - ending.len));
	while (str_starts(kept, S(".")))
		kept = str_trim(str_from(kept, 1));
	if (!kept.len)
		kept = S("tep");
	return str_printf(a, "%.*s%.*s", STR_ARG(kept), STR_ARG(ending));
}

/* ---- Serving ---- */

/* RFC 8187: letters and digits and a few signs stand for themselves, every other byte is %XX. */
static void put_extended(struct buf *b, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		uint8_t c = (uint8_t)s.at[i];
		bool plain = (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
			     c == '-' || c == '.' || c == '_';
		if (plain)
			buf_putc(b, (char)c);
		else
			buf_printf(b, "%%%02X", c);
	}
}

/* Programs that know no other than ASCII get the folded name. */
static struct str disposition(struct arena *a, const struct file_ref *file, bool shown)
{
	struct buf b = { .a = a };
	struct str ending = file_ending(file->type);
	struct str plain = utf8_slug(a, file_stem(file->name));
	buf_put(&b, shown ? S("inline") : S("attachment"));
	buf_printf(&b, "; filename=\"%.*s%.*s\"; filename*=UTF-8''",
		   STR_ARG(plain.len ? plain : S("tep")), STR_ARG(ending));
	put_extended(&b, file->name);
	return buf_str(&b);
}

void file_headers(struct arena *a, const struct file_ref *file,
		  struct file_header out[FILE_HEADERS])
{
	bool known = file_ending(file->type).len > 0;
	bool text = known && str_starts(file->type, S("text/"));
	struct str type = known ? file->type : S("application/octet-stream");
	if (text)
		type = str_printf(a, "%.*s; charset=utf-8", STR_ARG(type));
	out[0] = (struct file_header){ "Content-Type", type };
	out[1] = (struct file_header){ "Content-Disposition",
				       disposition(a, file,
						   str_starts(file->type, S("image/")) && known) };
	out[2] =
		(struct file_header){ "Content-Security-Policy", S("default-src 'none'; sandbox") };
	out[3] = (struct file_header){ "X-Content-Type-Options", S("nosniff") };
}
