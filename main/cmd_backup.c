/* dinh backup: a whole site in a new folder, while it is served. The database first, as one moment;
 * then the files it speaks of, which never change. A database on a server has better tools of its own, and
 * is left to them: then this is the rest. The checkpoint is kept under another name: put back
 * under its own it would let an older database sign a second history (docs/operating/backup.md). What stands
 * under the name that was asked for is whole. */
#include "main/home.h"
#include "main/options.h"

#include "base/folder.h"
#include "ledger/log_files.h"
#include "office/file.h"
#include "office/stamp.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct backup_options {
	struct home_where at;
	struct str to;
	bool with_key;
};

static const struct option options[] = {
	HOME_OPTIONS(struct backup_options),
	OPTION(struct backup_options, to, .value = "DIR", .help = MSG_CMD_BACKUP_TO,
	       .required = true),
	OPTION(struct backup_options, with_key, .help = MSG_CMD_BACKUP_WITH_KEY),
	{ 0 },
};

struct copying {
	struct arena *mem;
	const char *from, *to;
	int64_t files, bytes;
	struct str why;
};

static enum err fail(struct copying *c, const char *path)
{
	c->why = str_printf(c->mem, "%s: %s", path, strerror(errno));
	return ERR_IO;
}

static char *join(struct arena *a, const char *folder, const char *name)
{
	return str_z(a, str_printf(a, "%s/%s", folder, name));
}

static enum err folder_make(struct copying *c, const char *path)
{
	return mkdir(path, 0700) && errno != EEXIST ? fail(c, path) : OK;
}

/* On disk when it returns. */
static enum err file_copy(struct copying *c, const char *from, const char *to)
{
	char bytes[65536];
	ssize_t n;
	AUTO_CLOSE int in = open(from, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
	if (in < 0)
		return fail(c, from);
	AUTO_CLOSE int out = open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (out < 0)
		return fail(c, to);
	while ((n = read(in, bytes, sizeof bytes)) > 0) {
		for (ssize_t done = 0, put; done < n; done += put)
			if ((put = write(out, bytes + done, (size_t)(n - done))) < 0)
				return fail(c, to);
		c->bytes += n;
	}
	if (n < 0)
		return fail(c, from);
	c->files++;
	return fsync(out) ? fail(c, to) : OK;
}

/* DIR/files/ab/cdef...: two levels, names of hexadecimal digits; whatever else lies there is not ours. */
static enum err tree_copy(struct copying *c, const char *from, const char *to, int depth)
{
	DIR *d = opendir(from);
	enum err e = OK;
	if (!d)
		return fail(c, from);
	e = folder_make(c, to);
	for (struct dirent *at; !e && (at = readdir(d));) {
		if (at->d_name[0] == '.')
			continue;
		const char *source = join(c->mem, from, at->d_name);
		const char *target = join(c->mem, to, at->d_name);
		e = depth ? tree_copy(c, source, target, depth - 1) : file_copy(c, source, target);
	}
	closedir(d);
	return e;
}

static enum err file_copy_if_there(struct copying *c, const char *name, const char *as)
{
	const char *from = join(c->mem, c->from, name);
	return access(from, F_OK) ? OK : file_copy(c, from, join(c->mem, c->to, as));
}

/* A folder that is not there is no folder without uploads: its disk may not be mounted, or --files was
 * forgotten. */
static enum err uploads_copy(struct home *h, struct copying *c, bool named)
{
	struct tx tx;
	bool any = named;
	if (access(h->office.files, F_OK) == 0)
		return tree_copy(c, h->office.files, join(c->mem, c->to, "files"), 1);
	if (errno != ENOENT)
		return fail(c, h->office.files);
	if (!named) {
		enum err e = home_begin(h, &tx, c->mem, DB_READ);
		if (!e)
			e = tx_end(&tx, file_any(&tx, &any));
		if (e)
			c->why = home_told(h->database, &tx);
		if (e || !any)
			return e;
	}
	c->why = str_printf(c->mem,
			    named ? "%s: no such folder of uploads; is its disk mounted?"
				  : "%s: the uploads are not there; say --files DIR",
			    h->office.files);
	return ERR_NOT_FOUND;
}

static enum err copy_all(struct home *h, struct copying *c, const struct backup_options *o)
{
	enum err e;
	if ((e = file_copy_if_there(c, "checkpoint", "checkpoint.at-backup")) ||
	    (e = file_copy_if_there(c, "witnesses", "witnesses")) ||
	    (!h->remote &&
	     (e = db_backup(h->db, join(c->mem, c->to, "dinh.db"), &c->why, c->mem))) ||
	    (e = uploads_copy(h, c, o->at.files.len > 0)))
		return e;
	if (o->with_key && ((e = file_copy_if_there(c, "log.key", "log.key")) ||
			    (e = file_copy_if_there(c, "form.key", "form.key"))))
		return e;
	return OK;
}

static int run(struct cli *c, const struct backup_options *o)
{
	struct home home;
	struct folder_new folder = { 0 };
	struct copying copying = { .mem = c->mem, .why = S("") };
	enum err e = home_open(&home, c->mem, &o->at, DB_READ, &copying.why);
	if (!e && !(e = folder_begin(c->mem, o->to, &folder, &copying.why))) {
		copying.from = str_z(c->mem, home.dir);
		copying.to = folder.part;
		if (!(e = copy_all(&home, &copying, o)))
			e = folder_end(&folder, c->mem, &copying.why);
	}
	folder_drop(&folder);
	if (!e)
		stamp_put(c->mem, home.dir, STAMP_BACKUP, instant_now(), true);
	home_close(&home);
	if (e)
		return cli_fail_err(c, e, copying.why);
	struct buf b = { .a = c->mem };
	(home.remote ? msg_cmd_backup_done_without : msg_cmd_backup_done)(
		&b, c->lang, o->to, copying.files, (copying.bytes + 1023) / 1024);
	buf_putc(&b, '\n');
	if (home.remote) {
		buf_put(&b, msg_plain(c->lang, MSG_CMD_BACKUP_OWN_TOOLS));
		buf_putc(&b, '\n');
	}
	if (!o->with_key) {
		buf_put(&b, msg_plain(c->lang, MSG_CMD_BACKUP_KEY));
		buf_putc(&b, '\n');
	}
	return cli_print(c, buf_str(&b));
}

int cmd_backup(int argc, char **argv)
{
	struct cli c = { .name = "backup",
			 .what = MSG_CMD_BACKUP_WHAT,
			 .options = options,
			 .mem = arena_new(0) };
	struct backup_options o = { 0 };
	int code;
	if (cli_read(&c, argc, argv, &o, &code))
		code = run(&c, &o);
	arena_free(c.mem);
	return code;
}
