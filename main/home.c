/* Opening is the same for every command, so that none of them sees another law, another list of kinds
 * or another clock. */
#include "main/home.h"

#include "base/log.h"
#include "office/recount.h"
#include "store/migrate.h"
#include "web/module.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define CLOCK_REAL "main.clock_real"

const struct member home_system = { .system = true };

struct str home_path(const struct home *h, const char *name)
{
	struct str path = str_printf(h->mem, "%.*s/%s", STR_ARG(h->dir), name);
	return str_of(str_z(h->mem, path));
}

static enum err office_make(struct home *h, struct str *why)
{
	h->office = (struct office){ .kinds = every_kind(h->mem), .dir = str_z(h->mem, h->dir) };
	enum err e = law_builtin(h->mem, &h->office.law, why);
	if (!e)
		h->office.calendar = calendar_of_law(h->mem, h->office.law);
	return e;
}

struct instant home_now(const struct home *h)
{
	struct instant now = instant_now();
	if (!h->site.demo)
		return now;
	int64_t passed = now.ms - h->clock_real.ms;
	return (struct instant){ h->site.clock.ms + (passed > 0 ? passed : 0) };
}

enum err home_save_clock(struct tx *tx, struct instant clock)
{
	enum err e = site_set_clock(tx, clock);
	return e ? e : site_set(tx, CLOCK_REAL, str_printf(tx->mem, "%" PRId64, instant_now().ms));
}

enum err home_begin(struct home *h, struct tx *tx, struct arena *mem, enum db_mode mode)
{
	*tx = (struct tx){
		.mem = mem,
		.now = home_now(h),
		.rng = &h->rng,
		.who = &home_system,
		.office = &h->office,
	};
	return tx_begin(tx, h->db, mode);
}

static enum err site_read(struct home *h, struct str *why)
{
	struct tx tx;
	struct str real;
	enum err e = home_begin(h, &tx, h->mem, DB_READ);
	if (!e) {
		e = site_load(&tx, &h->site);
		if (!e && !(e = site_get(&tx, CLOCK_REAL, &real)) && h->site.demo &&
		    !str_int(real, &h->clock_real.ms))
			e = tx_fail(&tx, ERR_CORRUPT,
				    "this demonstration was not finished; remove the "
				    "folder and make it again");
		e = tx_end(&tx, e);
	}
	if (e)
		*why = str_printf(h->mem, "%.*s: %s", STR_ARG(h->dir), tx.why);
	return e;
}

static enum err database_open(struct home *h, enum db_mode mode, struct str *why)
{
	enum err e = office_make(h, why);
	if (e || (e = db_open(h->dir, mode, &h->db, why, h->mem)))
		return e;
	struct migrations all;
	migrations_embedded(h->mem, &all);
	return mode == DB_READ ? OK
			       : migrate(h->db, &all, instant_now(), home_path(h, "backups").at,
					 why, h->mem);
}

static void home_init(struct home *h, struct arena *mem, struct str dir)
{
	*h = (struct home){ .mem = mem, .dir = dir, .lock = -1 };
	rng_system(&h->rng);
}

static void say_progress(int64_t done, int64_t all)
{
	if (done == all || done % 10240 == 0)
		log_info("office.count_anew", "dossiers=%" PRId64 " of=%" PRId64, done, all);
}

/* What an earlier program did not count yet is counted once, from the acts. */
static enum err count_anew(struct home *h, struct str *why)
{
	struct tx tx;
	bool needed = false;
	enum err e = home_begin(h, &tx, h->mem, DB_WRITE);
	if (!e) {
		e = recount_needed(&tx, &needed);
		if (!e && needed)
			e = recount(&tx, say_progress);
		e = tx_end(&tx, e);
	}
	if (e)
		*why = str_printf(h->mem, "%.*s: %s", STR_ARG(h->dir), tx.why);
	return e;
}

enum err home_open(struct home *h, struct arena *mem, struct str dir, enum db_mode mode,
		   struct str *why)
{
	home_init(h, mem, dir);
	if (access(home_path(h, "dinh.db").at, F_OK)) {
		*why = str_printf(mem,
				  "%.*s: no site here; make one with dinh init, or say --data DIR",
				  STR_ARG(dir));
		return ERR_NOT_FOUND;
	}
	if (access(home_path(h, "witness.key").at, F_OK) == 0) {
		*why = str_printf(mem,
				  "%.*s: a witness is here and no site; see dinh witness --help",
				  STR_ARG(dir));
		return ERR_CONFLICT;
	}
	enum err e = database_open(h, mode, why);
	if (e || (e = site_read(h, why)))
		return e;
	return mode == DB_WRITE ? count_anew(h, why) : OK;
}

static enum err folder_make(struct home *h, struct str path, struct str *why)
{
	if (mkdir(path.at, 0700) == 0 || errno == EEXIST)
		return OK;
	*why = str_printf(h->mem, "%.*s: %s", STR_ARG(path), strerror(errno));
	return ERR_IO;
}

enum err home_make(struct home *h, struct arena *mem, struct str dir, struct str *why)
{
	home_init(h, mem, dir);
	enum err e = folder_make(h, home_path(h, ""), why);
	if (e)
		return e;
	if (access(home_path(h, "dinh.db").at, F_OK) == 0) {
		*why = str_printf(mem, "%.*s: a site is here already; choose another --data",
				  STR_ARG(dir));
		return ERR_CONFLICT;
	}
	return database_open(h, DB_WRITE, why);
}

enum err home_lock(struct home *h, struct str *why)
{
	struct str path = home_path(h, "lock");
	h->lock = open(path.at, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (h->lock >= 0 && flock(h->lock, LOCK_EX | LOCK_NB) == 0)
		return OK;
	bool busy = h->lock >= 0 && errno == EWOULDBLOCK;
	*why = str_printf(h->mem, "%.*s: %s", STR_ARG(path),
			  busy ? "another dinh serves this site; stop it first" : strerror(errno));
	return busy ? ERR_BUSY : ERR_IO;
}

void home_close(struct home *h)
{
	db_close(h->db);
	h->db = NULL;
	if (h->mem)
		fd_close(&h->lock);
}
