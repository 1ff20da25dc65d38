/* A name is taken by making the thing itself: a file opened with O_EXCL, a folder by mkdir. What
 * this run has made, and nothing else, it removes when it ends early. */
#include "base/archive.h"

#include "base/folder.h"
#include "base/tar.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART ".part"

enum form { STREAM, TAR, FOLDER };

struct archive_out {
	struct arena *mem;
	enum form form;
	bool open, made, finished;
	int64_t seconds;
	const char *to, *part;
	int fd; /* of the file or the pipe; -1: a folder */
	char last[TAR_NAME + 1];
};

bool archive_name_fits(struct str name)
{
	static const char signs[] = "abcdefghijklmnopqrstuvwxyz0123456789-._/";
	if (!name.len || name.len > TAR_NAME || name.at[name.len - 1] == '/')
		return false;
	for (size_t i = 0; i < name.len; i++) {
		bool begins = i == 0 || name.at[i - 1] == '/';
		if (!name.at[i] || !strchr(signs, name.at[i]) ||
		    (begins && (name.at[i] == '/' || name.at[i] == '.')))
			return false;
	}
	return true;
}

/* In the order of names, folder by folder: '/' stands before every other sign. */
static bool stands_after(struct str name, struct str last)
{
	for (size_t i = 0; i < name.len && i < last.len; i++)
		if (name.at[i] != last.at[i])
			return last.at[i] == '/' || (name.at[i] != '/' && name.at[i] > last.at[i]);
	return name.len > last.len;
}

static enum err fail(struct archive_out *o, const char *path, struct str *why)
{
	*why = str_printf(o->mem, "%s: %s", path, strerror(errno));
	return ERR_IO;
}

/* --- Making the place --- */

static enum err taken(struct archive_out *o, const char *path, const char *what, struct str *why)
{
	*why = str_printf(o->mem, "%s: %s", path, what);
	return ERR_CONFLICT;
}

static enum err open_file(struct archive_out *o, struct str *why)
{
	if (access(o->to, F_OK) == 0)
		return taken(o, o->to, "is there already; name a new file", why);
	/* What a run that was cut off left under that name is nobody's. */
	if (unlink(o->part) != 0 && errno != ENOENT)
		return fail(o, o->part, why);
	o->fd = open(o->part, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		     o->open ? 0644 : 0600);
	if (o->fd < 0)
		return fail(o, o->part, why);
	o->made = true;
	return OK;
}

static enum err open_folder(struct archive_out *o, struct str *why)
{
	if (rmdir(o->to) != 0 && errno != ENOENT)
		return errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR
			       ? taken(o, o->to, "is there already; name a new folder", why)
			       : fail(o, o->to, why);
	if (mkdir(o->part, o->open ? 0755 : 0700) != 0)
		return errno == EEXIST
			       ? taken(o, o->part,
				       "was left by a run that did not end; remove it first", why)
			       : fail(o, o->part, why);
	o->made = true;
	return OK;
}

static struct str without_slash(struct str path)
{
	while (path.len > 1 && path.at[path.len - 1] == '/')
		path.len--;
	return path;
}

enum err archive_create(struct arena *a, struct str to, bool open, int64_t seconds,
			struct archive_out **out, struct str *why)
{
	struct archive_out *o = NEW(a, struct archive_out);
	enum err e = OK;
	*o = (struct archive_out){ .mem = a, .open = open, .seconds = seconds, .fd = -1 };
	o->form = str_eq(to, S("-")) ? STREAM : str_ends(to, S(".tar")) ? TAR : FOLDER;
	to = without_slash(to);
	o->to = str_z(a, to);
	o->part = str_z(a, str_printf(a, "%.*s" PART, STR_ARG(to)));
	if (o->form == STREAM)
		o->fd = STDOUT_FILENO;
	else
		e = o->form == TAR ? open_file(o, why) : open_folder(o, why);
	if (!e)
		*out = o;
	return e;
}

/* --- Entries --- */

static enum err write_all(struct archive_out *o, int fd, const void *bytes, size_t n,
			  struct str *why)
{
	const char *at = bytes;
	while (n) {
		ssize_t put = write(fd, at, n);
		if (put < 0 && errno != EINTR)
			return fail(o, o->form == STREAM ? "standard output" : o->part, why);
		at += put > 0 ? put : 0;
		n -= put > 0 ? (size_t)put : 0;
	}
	return OK;
}

/* The folders above an entry. */
static enum err make_folders(struct archive_out *o, char *path, struct str *why)
{
	for (char *slash = path + strlen(o->part) + 1; (slash = strchr(slash, '/')); slash++) {
		*slash = '\0';
		bool made = mkdir(path, o->open ? 0755 : 0700) == 0 || errno == EEXIST;
		enum err e = made ? OK : fail(o, path, why);
		*slash = '/';
		if (e)
			return e;
	}
	return OK;
}

static enum err begin(struct archive_out *o, struct str name, int64_t size, int *fd,
		      struct str *why)
{
	unsigned char block[TAR_BLOCK];
	char path[4096];
	if (!archive_name_fits(name) || !stands_after(name, str_of(o->last)) ||
	    size > TAR_SIZE_MAX) {
		*why = str_printf(o->mem, "%.*s: no entry of an archive, or out of its order",
				  STR_ARG(name));
		return ERR_INVALID;
	}
	memcpy(o->last, name.at, name.len);
	o->last[name.len] = '\0';
	if (o->form != FOLDER) {
		tar_header(name, size, o->open ? 0644 : 0600, o->seconds, block);
		*fd = o->fd;
		return write_all(o, o->fd, block, sizeof block, why);
	}
	if (snprintf(path, sizeof path, "%s/%s", o->part, o->last) >= (int)sizeof path) {
		errno = ENAMETOOLONG;
		return fail(o, o->part, why);
	}
	enum err e = make_folders(o, path, why);
	if (e)
		return e;
	*fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC,
		   o->open ? 0644 : 0600);
	return *fd < 0 ? fail(o, path, why) : OK;
}

static enum err end(struct archive_out *o, int fd, int64_t size, enum err e, struct str *why)
{
	static const unsigned char zeros[TAR_BLOCK];
	if (o->form != FOLDER)
		return e ? e : write_all(o, fd, zeros, (size_t)tar_padding(size), why);
	if (fd < 0)
		return e;
	if (!e && fsync(fd) != 0)
		e = fail(o, o->part, why);
	close(fd);
	return e;
}

enum err archive_put(struct archive_out *o, struct str name, struct str bytes, struct str *why)
{
	int fd = -1;
	enum err e = begin(o, name, (int64_t)bytes.len, &fd, why);
	if (!e)
		e = write_all(o, fd, bytes.at, bytes.len, why);
	return end(o, fd, (int64_t)bytes.len, e, why);
}

static enum err copy(struct archive_out *o, int from, int64_t left, int to, struct str *why)
{
	char bytes[65536];
	while (left > 0) {
		size_t most = left < (int64_t)sizeof bytes ? (size_t)left : sizeof bytes;
		ssize_t n = read(from, bytes, most);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return fail(o, o->last, why);
		if (n == 0) {
			*why = str_printf(o->mem, "%s: became shorter while it was read", o->last);
			return ERR_CORRUPT;
		}
		enum err e = write_all(o, to, bytes, (size_t)n, why);
		if (e)
			return e;
		left -= n;
	}
	return OK;
}

enum err archive_put_file(struct archive_out *o, struct str name, int fd, int64_t size,
			  struct str *why)
{
	int to = -1;
	enum err e = begin(o, name, size, &to, why);
	if (!e)
		e = copy(o, fd, size, to, why);
	return end(o, to, size, e, why);
}

/* --- The end --- */

enum err archive_finish(struct archive_out *o, struct str *why)
{
	static const unsigned char zeros[2 * TAR_BLOCK];
	if (o->form != FOLDER) {
		enum err e = write_all(o, o->fd, zeros, sizeof zeros, why);
		if (e || o->form == STREAM) {
			o->finished = !e;
			return e;
		}
		if (fsync(o->fd) != 0)
			return fail(o, o->part, why);
	} else if (!folder_sync_all(o->part)) {
		return fail(o, o->part, why);
	}
	if (rename(o->part, o->to) != 0 || !folder_sync_above(o->to))
		return fail(o, o->to, why);
	o->finished = true;
	return OK;
}

void archive_free(struct archive_out *o)
{
	if (!o)
		return;
	if (o->form == TAR)
		fd_close(&o->fd);
	if (o->made && !o->finished)
		folder_remove(o->part);
}
