/* Walks that follow no link and stay on the file system they began on. */
#include "base/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { OPEN_MOST = 16 };

static int remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

void folder_remove(const char *path)
{
	(void)nftw(path, remove_one, OPEN_MOST, FTW_DEPTH | FTW_PHYS | FTW_MOUNT);
}

static bool sync_one(const char *path)
{
	AUTO_CLOSE int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	return fd >= 0 && fsync(fd) == 0;
}

bool folder_sync_above(const char *path)
{
	char folder[4096];
	const char *slash = strrchr(path, '/');
	int n = slash ? (int)(slash - path) + 1 : 1;
	return snprintf(folder, sizeof folder, "%.*s", n, slash ? path : ".") <
		       (int)sizeof folder &&
	       sync_one(folder);
}

static int sync_folder(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)at;
	return type != FTW_D || sync_one(path) ? 0 : -1;
}

bool folder_sync_all(const char *path)
{
	return nftw(path, sync_folder, OPEN_MOST, FTW_PHYS | FTW_MOUNT) == 0;
}

static enum err fail(struct arena *a, const char *path, struct str *why)
{
	*why = str_printf(a, "%s: %s", path, strerror(errno));
	return ERR_IO;
}

enum err folder_begin(struct arena *a, struct str place, struct folder_new *out, struct str *why)
{
	while (place.len > 1 && place.at[place.len - 1] == '/')
		place.len--;
	*out = (struct folder_new){ .place = str_z(a, place) };
	out->part = str_z(a, str_printf(a, "%.*s.part", STR_ARG(place)));
	if (rmdir(out->place) != 0 && errno != ENOENT) {
		if (errno != EEXIST && errno != ENOTEMPTY && errno != ENOTDIR && errno != EBUSY)
			return fail(a, out->place, why);
		*why = str_printf(a, "%s: is there already; name a new folder", out->place);
		return ERR_CONFLICT;
	}
	if (mkdir(out->part, 0700) == 0) {
		out->made = true;
		return OK;
	}
	if (errno != EEXIST)
		return fail(a, out->part, why);
	*why = str_printf(a, "%s: was left by a run that did not end; remove it first", out->part);
	return ERR_CONFLICT;
}

enum err folder_end(struct folder_new *f, struct arena *a, struct str *why)
{
	if (!folder_sync_all(f->part))
		return fail(a, f->part, why);
	if (rename(f->part, f->place) != 0)
		return fail(a, f->place, why);
	f->made = false;
	return folder_sync_above(f->place) ? OK : fail(a, f->place, why);
}

void folder_drop(struct folder_new *f)
{
	if (f->made)
		folder_remove(f->part);
	f->made = false;
}
