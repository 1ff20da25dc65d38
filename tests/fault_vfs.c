/* Wraps SQLite's own VFS. Writes go through to the real file at once, so that other connections and
 * processes see them; what was there before is remembered until the file is synced. Cutting the power
 * takes the memory back in reverse order and, for a disk that had written some of it already, writes
 * the surviving sectors again in order.
 *
 * Names of files are taken as durable once made: SQLite syncs their folder itself. Shared memory is
 * no disk and is let through; memory-mapped reading is not offered. */
#include "tests/fault_vfs.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SECTOR = 512 };

struct change {
	struct change *older;
	int64_t at, size_before;
	size_t len, old_len; /* len 0: a truncation to `at` */
	unsigned char *old, *now;
};

/* A file as the disk knows it, however many handles are open on it. */
struct disk_file {
	struct disk_file *next;
	char *path;
	struct change *newest; /* since the last sync */
};

struct handle {
	sqlite3_file base;
	struct disk_file *file; /* NULL: temporary, of no interest after a crash */
	sqlite3_file *real;     /* behind this struct */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static sqlite3_vfs *real_vfs;
static struct disk_file *files;
static enum fault_kind kind;
static int64_t when, counted;
static bool hit;

enum answer { GO, FAIL_IO, FAIL_FULL, FAIL_SHORT };

/* The lock is held. */
static enum answer ask(bool writes)
{
	counted++;
	if (hit && kind == FAULT_CUT)
		return FAIL_IO;
	if (hit && kind == FAULT_FULL)
		return writes ? FAIL_FULL : GO;
	if (kind == FAULT_NONE || hit || counted != when)
		return GO;
	hit = true;
	if (kind == FAULT_FULL)
		return writes ? FAIL_FULL : GO;
	return kind == FAULT_SHORT && writes ? FAIL_SHORT : FAIL_IO;
}

static struct handle *handle(sqlite3_file *f)
{
	return (struct handle *)(void *)f;
}

static sqlite3_file *real(sqlite3_file *f)
{
	return handle(f)->real;
}

static void forget(struct disk_file *f)
{
	while (f->newest) {
		struct change *c = f->newest;
		f->newest = c->older;
		free(c->old);
		free(c->now);
		free(c);
	}
}

/* Keeps what a write or truncation is about to destroy. */
static void remember(struct handle *h, int64_t at, const void *bytes, size_t len)
{
	sqlite3_int64 size = 0;

	if (!h->file || h->real->pMethods->xFileSize(h->real, &size) != SQLITE_OK)
		return;
	struct change *c = calloc(1, sizeof *c);
	if (!c)
		abort();
	*c = (struct change){ .older = h->file->newest, .at = at, .size_before = size, .len = len };
	int64_t end = len ? at + (int64_t)len : size;
	c->old_len = at < size ? (size_t)((end < size ? end : size) - at) : 0;
	c->old = malloc(c->old_len + 1);
	c->now = malloc(len + 1);
	if (!c->old || !c->now)
		abort();
	if (c->old_len)
		h->real->pMethods->xRead(h->real, c->old, (int)c->old_len, at);
	if (len)
		memcpy(c->now, bytes, len);
	h->file->newest = c;
}

static int v_close(sqlite3_file *f)
{
	return real(f)->pMethods->xClose(real(f));
}

static int v_read(sqlite3_file *f, void *to, int n, sqlite3_int64 at)
{
	return real(f)->pMethods->xRead(real(f), to, n, at);
}

static int v_write(sqlite3_file *f, const void *from, int n, sqlite3_int64 at)
{
	int code = SQLITE_IOERR_WRITE;

	pthread_mutex_lock(&lock);
	enum answer answer = ask(true);
	if (answer == FAIL_SHORT)
		n /= 2;
	if ((answer == GO || answer == FAIL_SHORT) && n) {
		remember(handle(f), at, from, (size_t)n);
		code = real(f)->pMethods->xWrite(real(f), from, n, at);
	}
	pthread_mutex_unlock(&lock);
	if (answer == FAIL_FULL)
		return SQLITE_FULL;
	return answer == GO ? code : SQLITE_IOERR_WRITE;
}

static int v_truncate(sqlite3_file *f, sqlite3_int64 size)
{
	int code = SQLITE_IOERR_TRUNCATE;

	pthread_mutex_lock(&lock);
	if (ask(false) == GO) {
		remember(handle(f), size, NULL, 0);
		code = real(f)->pMethods->xTruncate(real(f), size);
	}
	pthread_mutex_unlock(&lock);
	return code;
}

static int v_sync(sqlite3_file *f, int flags)
{
	int code = SQLITE_IOERR_FSYNC;

	pthread_mutex_lock(&lock);
	if (ask(false) == GO) {
		code = real(f)->pMethods->xSync(real(f), flags);
		if (!code && handle(f)->file)
			forget(handle(f)->file);
	}
	pthread_mutex_unlock(&lock);
	return code;
}

static int v_size(sqlite3_file *f, sqlite3_int64 *out)
{
	return real(f)->pMethods->xFileSize(real(f), out);
}

static int v_lock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xLock(real(f), level);
}

static int v_unlock(sqlite3_file *f, int level)
{
	return real(f)->pMethods->xUnlock(real(f), level);
}

static int v_reserved(sqlite3_file *f, int *out)
{
	return real(f)->pMethods->xCheckReservedLock(real(f), out);
}

static int v_control(sqlite3_file *f, int op, void *arg)
{
	/* Growing a file ahead of its writes would go round the counting. */
	if (op == SQLITE_FCNTL_SIZE_HINT || op == SQLITE_FCNTL_CHUNK_SIZE ||
	    op == SQLITE_FCNTL_MMAP_SIZE)
		return SQLITE_OK;
	return real(f)->pMethods->xFileControl(real(f), op, arg);
}

static int v_sector(sqlite3_file *f)
{
	return real(f)->pMethods->xSectorSize(real(f));
}

/* No promises: SQLite then takes every precaution it knows. */
static int v_character(sqlite3_file *f)
{
	(void)f;
	return 0;
}

static int v_shm_map(sqlite3_file *f, int page, int size, int extend, void volatile **out)
{
	return real(f)->pMethods->xShmMap(real(f), page, size, extend, out);
}

static int v_shm_lock(sqlite3_file *f, int offset, int n, int flags)
{
	return real(f)->pMethods->xShmLock(real(f), offset, n, flags);
}

static void v_shm_barrier(sqlite3_file *f)
{
	real(f)->pMethods->xShmBarrier(real(f));
}

static int v_shm_unmap(sqlite3_file *f, int remove)
{
	return real(f)->pMethods->xShmUnmap(real(f), remove);
}

static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = v_close,
	.xRead = v_read,
	.xWrite = v_write,
	.xTruncate = v_truncate,
	.xSync = v_sync,
	.xFileSize = v_size,
	.xLock = v_lock,
	.xUnlock = v_unlock,
	.xCheckReservedLock = v_reserved,
	.xFileControl = v_control,
	.xSectorSize = v_sector,
	.xDeviceCharacteristics = v_character,
	.xShmMap = v_shm_map,
	.xShmLock = v_shm_lock,
	.xShmBarrier = v_shm_barrier,
	.xShmUnmap = v_shm_unmap,
};

static struct disk_file *disk_file(const char *path)
{
	struct disk_file *f = files;

	while (f && strcmp(f->path, path) != 0)
		f = f->next;
	if (f)
		return f;
	f = calloc(1, sizeof *f);
	if (!f || !(f->path = strdup(path)))
		abort();
	f->next = files;
	return files = f;
}

static int v_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *f, int flags, int *out_flags)
{
	struct handle *h = handle(f);

	(void)vfs;
	*h = (struct handle){ .real = (sqlite3_file *)(void *)(h + 1) };
	int code = real_vfs->xOpen(real_vfs, path, h->real, flags, out_flags);
	if (code)
		return code;
	h->base.pMethods = &methods;
	pthread_mutex_lock(&lock);
	if (path && !(flags & SQLITE_OPEN_DELETEONCLOSE))
		h->file = disk_file(path);
	pthread_mutex_unlock(&lock);
	return SQLITE_OK;
}

static int v_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
	int code = SQLITE_IOERR_DELETE;

	(void)vfs;
	pthread_mutex_lock(&lock);
	if (ask(false) == GO) {
		code = real_vfs->xDelete(real_vfs, path, sync);
		if (!code)
			forget(disk_file(path));
	}
	pthread_mutex_unlock(&lock);
	return code;
}

void fault_install(void)
{
	static sqlite3_vfs vfs;

	pthread_mutex_lock(&lock);
	if (!real_vfs) {
		real_vfs = sqlite3_vfs_find(NULL);
		vfs = *real_vfs;
		vfs.zName = "fault";
		vfs.pNext = NULL;
		vfs.szOsFile = (int)sizeof(struct handle) + real_vfs->szOsFile;
		vfs.xOpen = v_open;
		vfs.xDelete = v_delete;
		sqlite3_vfs_register(&vfs, 1);
	}
	pthread_mutex_unlock(&lock);
}

void fault_at(enum fault_kind what, int64_t n)
{
	pthread_mutex_lock(&lock);
	kind = what;
	when = n;
	counted = 0;
	hit = false;
	pthread_mutex_unlock(&lock);
}

void fault_clear(void)
{
	fault_at(FAULT_NONE, 0);
}

int64_t fault_count(void)
{
	pthread_mutex_lock(&lock);
	int64_t n = counted;
	pthread_mutex_unlock(&lock);
	return n;
}

bool fault_hit(void)
{
	pthread_mutex_lock(&lock);
	bool yes = hit;
	pthread_mutex_unlock(&lock);
	return yes;
}

static bool survives(uint64_t *state)
{
	*state = *state * 6364136223846793005u + 1442695040888963407u;
	return *state >> 63;
}

static void put(int fd, const void *bytes, size_t n, int64_t at)
{
	if (pwrite(fd, bytes, n, at) != (ssize_t)n)
		abort();
}

static void take_back(struct disk_file *f, uint64_t seed)
{
	int fd = open(f->path, O_RDWR | O_CLOEXEC);
	struct change *oldest = NULL;

	if (fd < 0) {
		forget(f);
		return;
	}
	/* Back to the last sync; then the list stands oldest first. */
	for (struct change *c = f->newest, *older; c; c = older) {
		older = c->older;
		put(fd, c->old, c->old_len, c->at);
		if (ftruncate(fd, c->size_before) != 0)
			abort();
		c->older = oldest;
		oldest = c;
	}
	f->newest = oldest;
	for (struct change *c = oldest; c && seed; c = c->older) {
		if (!c->len && survives(&seed) && ftruncate(fd, c->at) != 0)
			abort();
		for (size_t i = 0; i < c->len; i += SECTOR)
			if (survives(&seed))
				put(fd, c->now + i, c->len - i < SECTOR ? c->len - i : SECTOR,
				    c->at + (int64_t)i);
	}
	close(fd);
	forget(f);
}

void fault_power_on(uint64_t seed)
{
	pthread_mutex_lock(&lock);
	while (files) {
		struct disk_file *f = files;
		files = f->next;
		size_t len = strlen(f->path);
		take_back(f, seed ? seed + len : 0);
		/* What lived in memory is gone. */
		char *shm = malloc(len + 5);
		if (!shm)
			abort();
		memcpy(shm, f->path, len);
		memcpy(shm + len, "-shm", 5);
		unlink(shm);
		free(shm);
		free(f->path);
		free(f);
	}
	pthread_mutex_unlock(&lock);
	fault_clear();
}
