/* Everything that comes is a stranger's: names and sizes are believed only where they fit, and
 * nothing is written. A folder is walked in the order in which an export was written, so that
 * both forms read alike. */
#include "base/archive.h"

#include "base/tar.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH = 4 };

/* A folder under way: its names, sorted, and the next of them. */
struct level {
	struct dirent **names;
	int n, next;
	size_t len; /* of the path before its names */
};

struct archive_in {
	struct arena *mem;
	bool folder;
	int fd;           /* of the stream, or of the folder's file at hand; -1: none */
	struct str bytes; /* instead of a stream */
	bool ended, begun;
	int64_t left, padding; /* of the entry at hand */
	unsigned char block[TAR_BLOCK];
	const char *root;
	char path[TAR_NAME + 1]; /* of the entry, below the root */
	struct level levels[DEPTH];
	int depth; /* how many levels are open */
};

static enum err fail(struct archive_in *in, const char *path, struct str *why)
{
	*why = str_printf(in->mem, "%s: %s", path, strerror(errno));
	return errno == ENOENT ? ERR_NOT_FOUND : ERR_IO;
}

static enum err refuse(struct archive_in *in, struct str *why, const char *sentence)
{
	*why = str_printf(in->mem, "%s", sentence);
	return ERR_INVALID;
}

/* --- Folders --- */

static int is_shown(const struct dirent *d)
{
	return d->d_name[0] != '.';
}

enum { PATH = 4096 };

/* Of the entry at hand, from where we stand. */
static enum err whole_path(struct archive_in *in, char path[PATH], struct str *why)
{
	if (snprintf(path, PATH, "%s/%s", in->root, in->path) < PATH)
		return OK;
	errno = ENAMETOOLONG;
	return fail(in, in->root, why);
}

static enum err level_open(struct archive_in *in, const char *path, size_t len, struct str *why)
{
	if (in->depth == DEPTH)
		return refuse(in, why, "folders stand too deep for an export");
	struct level *l = &in->levels[in->depth];
	*l = (struct level){ .len = len };
	l->n = scandir(path, &l->names, is_shown, NULL);
	if (l->n < 0)
		return fail(in, path, why);
	in->depth++;
	return OK;
}

static int by_name(const void *x, const void *y)
{
	return strcmp((*(struct dirent *const *)x)->d_name, (*(struct dirent *const *)y)->d_name);
}

static void level_close(struct archive_in *in)
{
	struct level *l = &in->levels[--in->depth];
	for (int i = 0; i < l->n; i++)
		free(l->names[i]);
	free(l->names);
}

/* The next name of the innermost folder, as in->path. A folder is entered, and gives no entry. */
static enum err folder_step(struct archive_in *in, bool *file, struct str *why)
{
	struct level *l = &in->levels[in->depth - 1];
	struct stat st;
	char path[PATH];
	if (l->next == 0 && l->n)
		qsort(l->names, (size_t)l->n, sizeof *l->names, by_name);
	const char *name = l->names[l->next++]->d_name;
	int n = snprintf(in->path + l->len, sizeof in->path - l->len, "%s%s", l->len ? "/" : "",
			 name);
	size_t len = l->len + (size_t)n;
	if (len >= sizeof in->path || !archive_name_fits((struct str){ in->path, len }))
		return refuse(in, why, "a file that no export holds stands in the folder");
	enum err e = whole_path(in, path, why);
	if (e)
		return e;
	if (lstat(path, &st) != 0)
		return fail(in, path, why);
	if (S_ISDIR(st.st_mode))
		return level_open(in, path, len, why);
	in->fd = S_ISREG(st.st_mode) ? open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC) : -1;
	if (!S_ISREG(st.st_mode))
		return refuse(in, why, "the folder holds a link or a device");
	if (in->fd < 0 || fstat(in->fd, &st) != 0)
		return fail(in, path, why);
	in->left = st.st_size;
	*file = true;
	return OK;
}

static enum err folder_next(struct archive_in *in, struct archive_entry *out, struct str *why)
{
	bool file = false;
	fd_close(&in->fd);
	while (in->depth && !file) {
		struct level *l = &in->levels[in->depth - 1];
		if (l->next == l->n) {
			level_close(in);
			continue;
		}
		enum err e = folder_step(in, &file, why);
		if (e)
			return e == ERR_NOT_FOUND ? ERR_IO : e;
	}
	if (!file)
		return ERR_NOT_FOUND;
	*out = (struct archive_entry){ str_of(in->path), in->left };
	return OK;
}

/* --- Streams --- */

/* As many bytes as there are, up to n. */
static enum err pull(struct archive_in *in, void *to, size_t n, size_t *got, struct str *why)
{
	*got = 0;
	if (in->fd < 0) {
		*got = n < in->bytes.len ? n : in->bytes.len;
		memcpy(to, in->bytes.at ? in->bytes.at : "", *got);
		in->bytes = str_from(in->bytes, *got);
		return OK;
	}
	while (*got < n) {
		ssize_t part = read(in->fd, (char *)to + *got, n - *got);
		if (part < 0 && errno == EINTR)
			continue;
		if (part < 0)
			return fail(in, "the archive", why);
		if (part == 0)
			break;
		*got += (size_t)part;
	}
	return OK;
}

static enum err pull_whole(struct archive_in *in, void *to, size_t n, struct str *why)
{
	size_t got;
	enum err e = pull(in, to, n, &got, why);
	if (!e && got < n)
		e = refuse(in, why, "the archive is cut off");
	return e;
}

static enum err pass_over(struct archive_in *in, struct str *why)
{
	char bytes[65536];
	int64_t left = in->left + in->padding;
	enum err e = OK;
	while (!e && left > 0) {
		size_t n = left < (int64_t)sizeof bytes ? (size_t)left : sizeof bytes;
		e = pull_whole(in, bytes, n, why);
		left -= (int64_t)n;
	}
	in->left = in->padding = 0;
	return e;
}

static enum err block_next(struct archive_in *in, struct tar_entry *out, bool *file,
			   struct str *why)
{
	enum err e = pull_whole(in, in->block, sizeof in->block, why);
	if (e)
		return e;
	switch (tar_read(in->block, out)) {
	case TAR_FILE:
		*file = true;
		return OK;
	case TAR_FOLDER:
		return OK;
	case TAR_END:
		in->ended = true;
		return OK;
	case TAR_FOREIGN:
		return refuse(in, why,
			      "the archive was packed by another program: unpack it, and read "
			      "the folder");
	case TAR_BAD:
		break;
	}
	return refuse(in, why, in->begun ? "the archive is damaged" : "this is no tar file");
}

static enum err tar_next(struct archive_in *in, struct archive_entry *out, struct str *why)
{
	struct tar_entry t;
	bool file = false;
	enum err e = pass_over(in, why);
	while (!e && !file && !in->ended) {
		e = block_next(in, &t, &file, why);
		in->begun = true;
	}
	if (e || !file)
		return e ? e : ERR_NOT_FOUND;
	if (str_starts(t.name, S("./")))
		t.name = str_from(t.name, 2);
	if (!archive_name_fits(t.name))
		return refuse(in, why, "the archive holds a file that no export holds");
	in->left = t.size;
	in->padding = tar_padding(t.size);
	*out = (struct archive_entry){ t.name, t.size };
	return OK;
}

/* --- Both --- */

enum err archive_next(struct archive_in *in, struct archive_entry *out, struct str *why)
{
	return in->folder ? folder_next(in, out, why) : tar_next(in, out, why);
}

enum err archive_read(struct archive_in *in, void *to, size_t n, size_t *got, struct str *why)
{
	size_t want = (int64_t)n < in->left ? n : (size_t)in->left;
	enum err e = want ? pull(in, to, want, got, why) : OK;
	if (!want)
		*got = 0;
	else if (!e && *got < want)
		e = refuse(in, why, "the archive is cut off");
	if (!e)
		in->left -= (int64_t)want;
	return e;
}

static struct archive_in *make(struct arena *a)
{
	struct archive_in *in = NEW(a, struct archive_in);
	*in = (struct archive_in){ .mem = a, .fd = -1 };
	return in;
}

struct archive_in *archive_of(struct arena *a, struct str bytes)
{
	struct archive_in *in = make(a);
	in->bytes = bytes;
	return in;
}

enum err archive_open(struct arena *a, struct str from, struct archive_in **out, struct str *why)
{
	struct archive_in *in = make(a);
	struct stat st;
	const char *path = str_z(a, from);
	enum err e = OK;
	in->root = path;
	if (str_eq(from, S("-"))) {
		in->fd = STDIN_FILENO;
	} else if (stat(path, &st) == 0 && S_ISDIR(st.st_mode)) {
		in->folder = true;
		e = level_open(in, path, 0, why);
	} else {
		in->fd = open(path, O_RDONLY | O_CLOEXEC);
		e = in->fd < 0 ? fail(in, path, why) : OK;
	}
	if (!e)
		*out = in;
	return e;
}

void archive_close(struct archive_in *in)
{
	if (!in)
		return;
	while (in->depth)
		level_close(in);
	if (in->fd > STDERR_FILENO)
		fd_close(&in->fd);
}
