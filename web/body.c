/* Two readers behind one door: pairs are collected whole and split at the end, multipart is split as
 * it comes. */
#include "web/body.h"

#include "base/utf8.h"
#include "web/multipart.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <strings.h>
#include <unistd.h>

#define RECEIVED "nhan-" /* and six signs: a file on its way in */

enum { UPLOADS_MAX = 50, NAME_MAX_BYTES = 200 };

struct body {
	struct arena *a;
	struct body_limits limits;
	struct buf text;         /* the pairs, or the value being read */
	struct multipart *parts; /* NULL for pairs */
	struct pair *pairs;
	size_t n, cap, used;
	struct str name; /* of the part being read */
	struct upload uploads[UPLOADS_MAX];
	size_t files;
	int64_t files_size;
	int fd; /* of the file being read, or -1 */
	struct sha256 sum;
	bool in_file;
	enum body_fault fault;
};

static bool fail(struct body *b, enum body_fault fault)
{
	if (!b->fault)
		b->fault = fault;
	return false;
}

static void forget(void *what)
{
	struct body *b = what;
	if (b->fd >= 0)
		close(b->fd);
	if (b->in_file)
		sha256_drop(&b->sum);
	for (size_t i = 0; i < b->files; i++)
		if (b->uploads[i].path)
			unlink(b->uploads[i].path);
}

void body_sweep(const char *dir)
{
	DIR *d = opendir(dir);
	for (const struct dirent *f; d && (f = readdir(d));)
		if (str_starts(str_of(f->d_name), S(RECEIVED)))
			unlinkat(dirfd(d), f->d_name, 0);
	if (d)
		closedir(d);
}

/* What some browsers send as "C:\\photos\\a.jpg", and what would hide a name, is left out. */
static struct str file_name(struct body *b, struct str sent)
{
	struct str name = sent, rest = sent, part;
	while (str_next(&rest, '/', &part))
		name = part;
	rest = name;
	while (str_next(&rest, '\\', &part))
		name = part;
	name = utf8_clean(b->a, name);
	while (str_starts(name, S(".")))
		name = str_from(name, 1);
	if (name.len > NAME_MAX_BYTES) {
		name = str_from(name, name.len - NAME_MAX_BYTES);
		while (name.len && ((unsigned char)name.at[0] & 0xC0) == 0x80)
			name = str_from(name, 1);
	}
	return name.len ? str_dup(b->a, name) : S("tep");
}

static bool begin_file(struct body *b, const struct part *part)
{
	if (b->limits.file <= 0 || b->files == UPLOADS_MAX || b->files >= b->limits.file_count)
		return fail(b, BODY_TOO_LARGE);
	struct upload *u = &b->uploads[b->files];
	char *path = str_z(b->a, str_printf(b->a, "%s/" RECEIVED "XXXXXX", b->limits.dir));
	b->fd = mkostemp(path, O_CLOEXEC);
	if (b->fd < 0)
		return fail(b, BODY_DISK);
	*u = (struct upload){ .field = b->name,
			      .name = file_name(b, part->filename),
			      .type = str_dup(b->a, part->type),
			      .path = path };
	b->files++;
	sha256_begin(&b->sum);
	b->in_file = true;
	return true;
}

static bool begin_part(void *to, const struct part *part)
{
	struct body *b = to;
	b->used += part->name.len;
	if (b->used > b->limits.fields || b->n + b->files >= BODY_PAIRS_MAX)
		return fail(b, BODY_TOO_LARGE);
	b->name = str_dup(b->a, part->name);
	b->text = (struct buf){ .a = b->a };
	/* A file field in which nothing was chosen comes as a file without a name. */
	return part->is_file && part->filename.len ? begin_file(b, part) : true;
}

static bool write_all(int fd, struct str bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.at, bytes.len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_from(bytes, (size_t)n);
	}
	return true;
}

static bool take_data(void *to, struct str bytes)
{
	struct body *b = to;
	if (b->fd < 0) {
		b->used += bytes.len;
		if (b->used > b->limits.fields)
			return fail(b, BODY_TOO_LARGE);
		buf_put(&b->text, bytes);
		return true;
	}
	struct upload *u = &b->uploads[b->files - 1];
	u->size += (int64_t)bytes.len;
	b->files_size += (int64_t)bytes.len;
	if (b->files_size > b->limits.files)
		return fail(b, BODY_TOO_LARGE);
	u->too_large = u->size > b->limits.file;
	if (u->too_large)
		return true;
	sha256_add(&b->sum, bytes.at, bytes.len);
	return write_all(b->fd, bytes) || fail(b, BODY_DISK);
}

static bool is_value(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];
		if ((c < 0x20 && c != '\t' && c != '\r' && c != '\n') || c == 0x7F)
			return false;
	}
	return utf8_valid(s);
}

static bool end_part(void *to)
{
	struct body *b = to;
	if (b->fd >= 0) {
		int failed = close(b->fd);
		b->fd = -1;
		sha256_end(&b->sum, &b->uploads[b->files - 1].sha256);
		b->in_file = false;
		return failed ? fail(b, BODY_DISK) : true;
	}
	if (!is_value(buf_str(&b->text)))
		return false;
	if (b->n == b->cap) {
		size_t cap = b->cap ? 2 * b->cap : 32;
		b->pairs = arena_grow(b->a, b->pairs, b->cap * sizeof *b->pairs,
				      cap * sizeof *b->pairs);
		b->cap = cap;
	}
	b->pairs[b->n++] = (struct pair){ b->name, buf_str(&b->text) };
	return true;
}

static const struct multipart_sink sink = { begin_part, take_data, end_part };

static bool is_pairs(struct str type)
{
	static const struct str kind = S_INIT("application/x-www-form-urlencoded");
	struct str before, rest = type;
	return str_next(&rest, ';', &before) && (before = str_trim(before)).len == kind.len &&
	       strncasecmp(before.at, kind.at, kind.len) == 0;
}

enum body_fault body_new(struct arena *a, struct str type, const struct body_limits *limits,
			 struct body **out)
{
	struct str boundary;
	bool in_parts = multipart_boundary(type, &boundary);
	if (!in_parts && !is_pairs(type))
		return BODY_FOREIGN;
	struct body *b = NEW(a, struct body);
	*b = (struct body){ .a = a, .limits = *limits, .text = { .a = a }, .fd = -1 };
	if (in_parts)
		b->parts = multipart_new(a, boundary, &sink, b);
	arena_defer(a, forget, b);
	*out = b;
	return BODY_FINE;
}

enum body_fault body_feed(struct body *b, struct str bytes)
{
	if (b->fault)
		return b->fault;
	if (!b->parts) {
		/* Escapes take three bytes for one: the bound is on what they stand for. */
		if (b->text.len + bytes.len > 3 * b->limits.fields)
			fail(b, BODY_TOO_LARGE);
		else
			buf_put(&b->text, bytes);
	} else if (!multipart_feed(b->parts, bytes)) {
		fail(b, BODY_MALFORMED);
	}
	return b->fault;
}

static void end_pairs(struct body *b, struct pairs *fields)
{
	size_t used = 0;
	if (!pairs_parse(b->a, buf_str(&b->text), true, BODY_PAIRS_MAX, fields)) {
		fail(b, BODY_MALFORMED);
		return;
	}
	for (size_t i = 0; i < fields->n; i++)
		used += fields->at[i].name.len + fields->at[i].value.len;
	if (used > b->limits.fields)
		fail(b, BODY_TOO_LARGE);
}

enum body_fault body_end(struct body *b, struct pairs *fields, struct uploads *uploads)
{
	struct pairs all = { b->pairs, b->n };
	if (!b->fault && !b->parts)
		end_pairs(b, &all);
	else if (!b->fault && !multipart_end(b->parts))
		fail(b, BODY_MALFORMED);
	if (b->fault)
		return b->fault;
	*fields = all;
	*uploads = (struct uploads){ b->uploads, b->files };
	return BODY_FINE;
}
