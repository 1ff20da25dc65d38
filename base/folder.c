/* Walks that follow no link and stay on the file system they began on. */
#include "base/folder.h"

#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <string.h>
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
