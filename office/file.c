/* Keeping: bytes go to a file of their own in the folder where they will stay, are synced, renamed to
 * their hash, and the folders above are synced too; only then is the answer OK. A crash in between
 * leaves a file whose name begins with a dot, which nobody reads and the sweep removes. */
#include "office/file.h"

#include "base/folder.h"
#include "crypto/hash.h"
#include "office/file_disk.h"
#include "office/file_type.h"
#include "office/image.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

bool is_sha256(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((s.at[i] < '0' || s.at[i] > '9') && (s.at[i] < 'a' || s.at[i] > 'f'))
			return false;
	return s.len == SHA256_DIGITS;
}

static struct str story(struct arena *a, const char *what, const char *where)
{
	return str_printf(a, "%s %s: %s", what, where, strerror(errno));
}

/* ---- Reading what came in ---- */

struct mapped {
	void *at;
	size_t len;
};

static void unmap(void *mapped)
{
	const struct mapped *m = mapped;
	munmap(m->at, m->len);
}

/* The bytes of an upload, borrowed from the page cache until the arena ends. The file is our own and
 * nobody shortens it meanwhile. */
static enum err map_file(struct arena *a, int fd, int64_t size, struct str *out)
{
	struct mapped *m = NEW(a, struct mapped);
	m->len = (size_t)size;
	m->at = mmap(NULL, m->len, PROT_READ, MAP_PRIVATE, fd, 0);
	if (m->at == MAP_FAILED)
		return ERR_IO;
	arena_defer(a, unmap, m);
	*out = (struct str){ m->at, m->len };
	return OK;
}

static struct str too_large(struct arena *a, enum lang lang, int64_t size)
{
	struct buf b = { .a = a };
	int64_t mib = 1 << 20;
	msg_office_file_too_large(&b, lang, (size * 10 + mib - 1) / mib, FILE_MAX_SIZE / mib);
	return buf_str(&b);
}

static enum msg refusal(enum file_kind kind)
{
	switch (kind) {
	case FILE_HEIC:
		return MSG_OFFICE_FILE_HEIC;
	case FILE_MACRO:
		return MSG_OFFICE_FILE_MACRO;
	case FILE_DAMAGED:
		return MSG_OFFICE_FILE_DAMAGED;
	default:
		return MSG_OFFICE_FILE_OTHER;
	}
}

/* What will be kept: the bytes as they came, or the cleaned picture. */
struct content {
	struct str bytes, type;
	struct image image;
	bool is_image;
};

static enum err look_inside(struct arena *a, struct str bytes, struct str name, struct content *out,
			    enum msg *why)
{
	enum file_kind kind = file_kind_of(bytes);
	struct content c = { .bytes = bytes, .type = file_media_type(kind, name) };
	enum err e = c.type.len ? OK : ERR_INVALID;
	*why = refusal(kind);
	if (kind == FILE_JPEG)
		e = image_clean_jpeg(a, bytes, &c.image);
	else if (kind == FILE_PNG)
		e = image_clean_png(a, bytes, &c.image);
	if (kind == FILE_JPEG || kind == FILE_PNG) {
		*why = MSG_OFFICE_FILE_DAMAGED;
		c.bytes = c.image.bytes;
		c.is_image = true;
	}
	if (!e)
		*out = c;
	return e;
}

/* ---- Putting it away ---- */

struct shelf {
	const char *top;
	char *folder, *path; /* top/ab, top/ab/cdef... */
};

static struct shelf shelf_of(struct arena *a, const char *files, struct str sha256)
{
	struct str pair = str_cut(sha256, 2), rest = str_from(sha256, 2);
	return (struct shelf){
		files,
		str_z(a, str_printf(a, "%s/%.*s", files, STR_ARG(pair))),
		str_z(a, str_printf(a, "%s/%.*s/%.*s", files, STR_ARG(pair), STR_ARG(rest))),
	};
}

static bool sync_folder(const char *path)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd >= 0 && fsync(fd) == 0;
}

static bool make_folder(const char *path)
{
	return mkdir(path, 0700) == 0 || errno == EEXIST;
}

static bool write_all(int fd, struct str bytes)
{
	while (bytes.len) {
		ssize_t n = write(fd, bytes.at, bytes.len);
		if (n < 0 && errno != EINTR)
			return false;
		bytes = str_from(bytes, n > 0 ? (size_t)n : 0);
	}
	return fsync(fd) == 0;
}

static bool write_file(struct arena *a, const struct shelf *s, const char *path, struct str bytes)
{
	char *temp = str_z(a, str_printf(a, "%s/" HALF_WRITTEN "XXXXXX", s->folder));
	AUTO_CLOSE int fd = mkostemp(temp, O_CLOEXEC);
	if (fd < 0)
		return false;
	if (write_all(fd, bytes) && rename(temp, path) == 0)
		return true;
	int kept = errno;
	unlink(temp);
	errno = kept;
	return false;
}

/* Already there with its full length? Then it is younger from now on, and no sweep takes it. */
static bool renew(const char *path, size_t size)
{
	struct stat st;
	return stat(path, &st) == 0 && (uint64_t)st.st_size == size &&
	       utimensat(AT_FDCWD, path, NULL, 0) == 0;
}

/* The folders are synced even when the file was there: whoever wrote it may not have come that far. */
static bool put_away(struct arena *a, const struct shelf *s, struct str bytes)
{
	if (!make_folder(s->top))
		return false;
	AUTO_CLOSE int lock = open(s->top, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (lock < 0 || flock(lock, LOCK_SH) != 0 || !make_folder(s->folder))
		return false;
	if (!renew(s->path, bytes.len) && !write_file(a, s, s->path, bytes))
		return false;
	return sync_folder(s->folder) && sync_folder(s->top) && folder_sync_above(s->top);
}

/* A thumbnail is a comfort: without one the page shows a name. */
static void put_thumb(struct arena *a, const struct shelf *s, const struct image *image)
{
	struct str thumb;
	char *path = str_z(a, str_printf(a, "%s%s", s->path, THUMB));
	if (access(path, F_OK) == 0 || image_thumb(a, image, &thumb))
		return;
	(void)write_file(a, s, path, thumb);
}

static enum err check_size(struct arena *a, int from, enum lang lang, int64_t *size,
			   struct str *why)
{
	struct stat st;
	if (fstat(from, &st) != 0 || !S_ISREG(st.st_mode)) {
		*why = S("an upload is no regular file");
		return ERR_IO;
	}
	if (st.st_size == 0)
		*why = msg_plain(lang, MSG_OFFICE_FILE_EMPTY);
	else if (st.st_size > FILE_MAX_SIZE)
		*why = too_large(a, lang, st.st_size);
	*size = st.st_size;
	return st.st_size == 0 || st.st_size > FILE_MAX_SIZE ? ERR_INVALID : OK;
}

/* The work itself; `scratch` holds the bytes, `a` what is handed back. */
static enum err keep(struct arena *a, struct arena *scratch, const char *files, int from,
		     struct str name, enum lang lang, struct file_ref *out, struct str *why)
{
	struct str bytes;
	struct content c;
	struct hash hash;
	enum msg refused;
	int64_t size;
	enum err e = check_size(a, from, lang, &size, why);
	if (e)
		return e;
	if (map_file(scratch, from, size, &bytes)) {
		*why = story(a, "cannot read", "an upload");
		return ERR_IO;
	}
	if (look_inside(scratch, bytes, name, &c, &refused)) {
		*why = msg_plain(lang, refused);
		return ERR_INVALID;
	}
	sha256(c.bytes.at, c.bytes.len, &hash);
	struct str hex = hash_hex(a, &hash);
	struct shelf shelf = shelf_of(scratch, files, hex);
	if (!put_away(scratch, &shelf, c.bytes)) {
		*why = story(a, "cannot write", shelf.path);
		return ERR_IO;
	}
	if (c.is_image)
		put_thumb(scratch, &shelf, &c.image);
	*out = (struct file_ref){ hex, file_clean_name(a, name, c.type), c.type,
				  (int64_t)c.bytes.len };
	return OK;
}

enum err file_keep(struct arena *a, const char *files, int from, struct str name, enum lang lang,
		   struct file_ref *out, struct str *why)
{
	struct arena *scratch =
		arena_new(0); /* a request's budget is for pages, not for pictures */
	enum err e = keep(a, scratch, files, from, name, lang, out, why);
	arena_free(scratch);
	return e;
}

enum err file_restore(struct arena *a, const char *files, struct str sha256_hex, struct str bytes,
		      struct str *why)
{
	struct hash is, should;
	struct content c;
	enum msg refused;
	sha256(bytes.at, bytes.len, &is);
	if (!is_sha256(sha256_hex) || !hash_read_hex(sha256_hex, &should) || !hash_eq(&is, &should))
		return ERR_INVALID;
	struct shelf shelf = shelf_of(a, files, sha256_hex);
	if (!put_away(a, &shelf, bytes)) {
		*why = story(a, "cannot write", shelf.path);
		return ERR_IO;
	}
	if (!look_inside(a, bytes, S(""), &c, &refused) && c.is_image)
		put_thumb(a, &shelf, &c.image);
	return OK;
}

/* ---- Reading ---- */

enum err file_open(const char *files, struct str sha256, bool thumb, int *out, int64_t *size)
{
	char path[4096];
	struct stat st;
	if (!is_sha256(sha256))
		return ERR_NOT_FOUND;
	int n = snprintf(path, sizeof path, "%s/%.2s/%.62s%s", files, sha256.at, sha256.at + 2,
			 thumb ? THUMB : "");
	if (n < 0 || (size_t)n >= sizeof path)
		return ERR_IO;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
	if (fstat(fd, &st) != 0) {
		fd_close(&fd);
		return ERR_IO;
	}
	*size = st.st_size;
	*out = fd;
	return OK;
}

enum err file_check(const char *files, struct str sha256)
{
	AUTO_CLOSE int fd = -1;
	char bytes[65536];
	int64_t size;
	ssize_t n;
	struct sha256 sum;
	struct hash is, should;
	enum err e = file_open(files, sha256, false, &fd, &size);
	if (e)
		return e;
	sha256_begin(&sum);
	while ((n = read(fd, bytes, sizeof bytes)) > 0)
		sha256_add(&sum, bytes, (size_t)n);
	sha256_end(&sum, &is);
	if (n < 0)
		return ERR_IO;
	return hash_read_hex(sha256, &should) && hash_eq(&is, &should) ? OK : ERR_CORRUPT;
}
