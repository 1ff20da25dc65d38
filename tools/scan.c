/* One pass over a text in memory. A failure moves the place to the end, so every loop that asks "is
 * there more?" stops by itself and no caller needs a second way out. */
#include "tools/scan.h"

#include "base/utf8.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>

static void check_line(struct scan *s, size_t at, struct str line)
{
	for (size_t i = 0; i < line.len;) {
		utf8proc_int32_t point;
		unsigned char c = (unsigned char)line.at[i];
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)line.at + i,
						      (utf8proc_ssize_t)(line.len - i), &point);
		if (n <= 0) {
			scan_fail(s, at + i,
				  "this byte (0x%02x) is not UTF-8: save the file as UTF-8", c);
			return;
		}
		if ((c < 0x20 && c != '\t') || c == 0x7f) {
			scan_fail(s, at + i, "this file holds the control sign 0x%02x: remove it%s",
				  c, c == '\r' ? " (lines end with LF alone)" : "");
			return;
		}
		i += (size_t)n;
	}
	/* "ế" typed as three signs would differ from "ế" typed as one in search and in tests. */
	if (!str_eq(utf8_nfc(s->errors->a, line), line))
		scan_fail(s, at,
			  "the letters of this line are decomposed: save the file in Unicode NFC");
}

void scan_init(struct scan *s, struct str name, struct str text, struct buf *errors)
{
	*s = (struct scan){ .name = name, .text = text, .errors = errors, .seen_line = 1 };
	for (struct str rest = text, line; !s->failed && str_next(&rest, '\n', &line);) {
		bool ascii = true;
		for (size_t i = 0; i < line.len && ascii; i++)
			ascii = (line.at[i] >= ' ' && line.at[i] < 0x7f) || line.at[i] == '\t';
		if (!ascii)
			check_line(s, (size_t)(line.at - text.at), line);
	}
}

int scan_line(struct scan *s, size_t at)
{
	if (at < s->seen_at) {
		s->seen_at = 0;
		s->seen_line = 1;
	}
	for (; s->seen_at < at; s->seen_at++)
		s->seen_line += s->text.at[s->seen_at] == '\n';
	return s->seen_line;
}

void scan_fail(struct scan *s, size_t at, const char *format, ...)
{
	char message[512];
	size_t column = 1;
	va_list args;
	if (s->failed)
		return;
	for (size_t i = at; i > 0 && s->text.at[i - 1] != '\n'; i--)
		column += (s->text.at[i - 1] & 0xc0) != 0x80;
	va_start(args, format);
	vsnprintf(message, sizeof message, format, args);
	va_end(args);
	buf_put(s->errors, s->name);
	buf_printf(s->errors, ":%d:%zu: ", scan_line(s, at), column);
	buf_put(s->errors, str_of(message));
	buf_putc(s->errors, '\n');
	s->failed = true;
	s->at = s->text.len;
}

int scan_peek(const struct scan *s, size_t ahead)
{
	return s->at + ahead < s->text.len ? (unsigned char)s->text.at[s->at + ahead] : -1;
}

struct str scan_sign(const struct scan *s)
{
	size_t n = 1;
	while ((scan_peek(s, n) & 0xc0) == 0x80)
		n++;
	return str_cut(str_from(s->text, s->at), n);
}

bool scan_sees(const struct scan *s, const char *word)
{
	return str_starts(str_from(s->text, s->at), str_of(word));
}

static bool is_letter_or_digit(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

struct str scan_word(struct scan *s, const char *also)
{
	size_t from = s->at;
	for (int c; (c = scan_peek(s, 0)) > 0 && (is_letter_or_digit(c) || strchr(also, c));)
		s->at++;
	return str_cut(str_from(s->text, from), s->at - from);
}

struct str scan_rest_of_line(const struct scan *s)
{
	struct str rest = str_from(s->text, s->at);
	const char *end = rest.len ? memchr(rest.at, '\n', rest.len) : NULL;
	return end ? str_cut(rest, (size_t)(end - rest.at)) : rest;
}

void scan_spaces(struct scan *s, const char *spaces)
{
	for (int c; (c = scan_peek(s, 0)) > 0 && strchr(spaces, c);)
		s->at++;
}

void scan_put_c(struct buf *out, struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] == '\n') {
			buf_put(out, S("\\n"));
			continue;
		}
		if (s.at[i] == '"' || s.at[i] == '\\')
			buf_putc(out, '\\');
		buf_putc(out, s.at[i]);
	}
}

struct str scan_c_name(struct arena *mem, struct str id, bool capitals)
{
	char *name = str_z(mem, id);
	for (size_t i = 0; i < id.len; i++) {
		if (name[i] == '.')
			name[i] = '_';
		else if (capitals && name[i] >= 'a' && name[i] <= 'z')
			name[i] = (char)(name[i] - 32);
	}
	return (struct str){ name, id.len };
}

bool scan_listed(const char *list, struct str word)
{
	const char *found = list;
	while (word.len && (found = memmem(found, strlen(found), word.at, word.len))) {
		if (found > list && found[-1] == ' ' && found[word.len] == ' ')
			return true;
		found++;
	}
	return false;
}

static bool read_file(struct arena *mem, const char *path, struct str *out)
{
	struct buf b = { .a = mem };
	FILE *f = fopen(path, "rb");
	size_t n;
	while (f && (n = fread(buf_reserve(&b, 65536), 1, 65536, f)))
		b.len += n;
	bool ok = f && !ferror(f);
	if (!ok)
		fprintf(stderr, "%s: cannot read it: %s\n", path, strerror(errno));
	if (f)
		fclose(f);
	*out = buf_str(&b);
	return ok;
}

static bool write_file(const char *path, struct str head, const struct buf *b)
{
	FILE *f = fopen(path, "wb");
	bool ok = f && fwrite(head.at, 1, head.len, f) == head.len &&
		  fwrite(buf_str(b).at, 1, b->len, f) == b->len;
	if ((f && fclose(f) != 0) || !ok) {
		fprintf(stderr, "%s: cannot write it: %s\n", path, strerror(errno));
		return false;
	}
	return true;
}

int scan_main(int argc, char **argv, const char *usage,
	      void (*compile)(const struct source *in, size_t n, struct buf *h, struct buf *c,
			      struct buf *errors))
{
	struct arena *mem = arena_new(0);
	struct buf h = { .a = mem }, c = h, errors = h;
	int code = 3;
	if (argc < 3) {
		fprintf(stderr, "usage: %s\n", usage);
		arena_free(mem);
		return 2;
	}
	size_t n = (size_t)argc - 3;
	struct source *in = NEW_N(mem, struct source, n);
	for (size_t i = 0; i < n; i++) {
		/* "../modules/x.html", as seen from the build directory, is "modules/x.html". */
		in[i].name = str_of(argv[i + 3]);
		while (str_starts(in[i].name, S("../")))
			in[i].name = str_from(in[i].name, 3);
		if (!read_file(mem, argv[i + 3], &in[i].text))
			goto out;
	}
	compile(in, n, &h, &c, &errors);
	code = 1;
	if (errors.len) {
		fwrite(errors.at, 1, errors.len, stderr);
		goto out;
	}
	const char *slash = strrchr(argv[1], '/');
	struct str include = str_printf(mem, "#include \"%s\"\n\n", slash ? slash + 1 : argv[1]);
	code = write_file(argv[1], S("#pragma once\n\n"), &h) && write_file(argv[2], include, &c)
		       ? 0
		       : 3;
out:
	arena_free(mem);
	return code;
}
