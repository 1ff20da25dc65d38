/* Opening is the same for every command, so that none of them sees another law, another list of kinds
 * or another clock. */
#include "main/home.h"

#include "base/log.h"
#include "office/copy_mark.h"
#include "office/recount.h"
#include "store/migrate.h"
#include "web/module.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
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
	h->office.kinds = every_kind(h->mem);
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

/* As home_open does, for what was opened before somebody began to copy it. */
static enum err refuse_closed(struct tx *tx)
{
	enum copy_state is = COPY_NONE;
	enum err e = copy_state(tx, &is);
	if (!e && is)
		e = tx_fail(tx, ERR_CONFLICT, "%.*s", STR_ARG(copy_refusal(is)));
	return e ? tx_end(tx, e) : OK;
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
	enum err e = tx_begin(tx, h->db, mode);
	return e || mode == DB_READ ? e : refuse_closed(tx);
}

struct str home_told(struct str database, const struct tx *tx)
{
	return db_is_remote(database) ? str_printf(tx->mem, "the database: %s", tx->why)
				      : str_printf(tx->mem, "%.*s: %s", STR_ARG(database), tx->why);
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
		*why = home_told(h->database, &tx);
	return e;
}

static enum err database_open(struct home *h, enum db_mode mode, struct str *why)
{
	enum err e = office_make(h, why);
	return e ? e : db_open(h->database, mode, &h->db, why, h->mem);
}

static enum err bring_up_to_date(struct home *h, struct str *why)
{
	struct migrations all;
	migrations_embedded(h->mem, &all);
	return migrate(h->db, &all, instant_now(), home_path(h, "backups").at, why, h->mem);
}

enum err home_check_address(struct str address, struct str *why)
{
	if (db_is_remote(address))
		return OK;
	*why = S("--db, DINH_DB and --read-db take an address such as "
		 "postgres://user@host/database");
	return ERR_INVALID;
}

enum err home_database(const struct home_where *at, struct str *out, struct str *why)
{
	const char *said = getenv("DINH_DB");
	struct str address = at->db.len ? at->db : said ? str_of(said) : S("");
	if (at->in_file)
		address = S("");
	enum err e = address.len ? home_check_address(address, why) : OK;
	if (!e)
		*out = address.len ? address : at->data;
	return e;
}

static enum err home_init(struct home *h, struct arena *mem, const struct home_where *at,
			  struct str *why)
{
	*h = (struct home){ .mem = mem, .dir = at->data, .lock = -1 };
	enum err e = home_database(at, &h->database, why);
	if (e)
		return e;
	h->remote = db_is_remote(h->database);
	h->office.files = at->files.len ? str_z(mem, at->files) : home_path(h, "files").at;
	rng_system(&h->rng);
	return OK;
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
		else
			tx_quiet(&tx);
		e = tx_end(&tx, e);
	}
	if (e)
		*why = home_told(h->database, &tx);
	return e;
}

static bool is_there(const struct home *h, const char *name)
{
	return access(home_path(h, name).at, F_OK) == 0;
}

/* What a migration has run on is a site, or was to be one. */
static enum err look_for_site(struct home *h, bool *there, struct str *why)
{
	*there = h->remote || is_there(h, "dinh.db");
	if (*there && is_there(h, "witness.key")) {
		*why = str_printf(h->mem,
				  "%.*s: a witness is here and no site; see dinh witness --help",
				  STR_ARG(h->dir));
		return ERR_CONFLICT;
	}
	return h->remote ? migrate_began(h->db, there, why, h->mem) : OK;
}

static enum err no_site(struct home *h, struct str *why)
{
	*why = h->remote ? S("no site in that database; make one with dinh init --db URL, or say "
			     "another --db (its schema is the first of search_path)")
			 : str_printf(h->mem,
				      "%.*s: no site here; make one with dinh init, or say --data "
				      "DIR",
				      STR_ARG(h->dir));
	return ERR_NOT_FOUND;
}

/* Nobody writes on a site that was copied elsewhere; a copy that is not whole is nobody's. */
static enum err refuse_copied(struct home *h, enum db_mode mode, struct str *why)
{
	struct tx tx;
	enum copy_state is = COPY_NONE;
	enum err e = home_begin(h, &tx, h->mem, DB_READ);
	if (!e)
		e = tx_end(&tx, copy_state(&tx, &is));
	if (e)
		*why = home_told(h->database, &tx);
	if (e && mode == DB_READ)
		return OK; /* an earlier schema knows no copies; if it is something else, it comes again */
	if (is == COPY_NONE || (is == COPY_SOURCE && mode == DB_READ))
		return e;
	*why = copy_refusal(is);
	return ERR_CONFLICT;
}

enum err home_open(struct home *h, struct arena *mem, const struct home_where *at,
		   enum db_mode mode, struct str *why)
{
	bool there;
	enum err e = home_init(h, mem, at, why);
	if (e || (h->remote && (e = database_open(h, mode, why))))
		return e;
	if ((e = look_for_site(h, &there, why)) || !there)
		return e ? e : no_site(h, why);
	if (!h->remote && (e = database_open(h, mode, why)))
		return e;
	if ((mode == DB_WRITE && (e = bring_up_to_date(h, why))) ||
	    (!at->copying && (e = refuse_copied(h, mode, why))))
		return e;
	if ((e = site_read(h, why)))
		return e == ERR_NOT_FOUND && h->remote ? no_site(h, why) : e;
	return mode == DB_WRITE ? count_anew(h, why) : OK;
}

static enum err folder_make(struct home *h, struct str path, struct str *why)
{
	if (mkdir(path.at, 0700) == 0 || errno == EEXIST)
		return OK;
	*why = str_printf(h->mem, "%.*s: %s", STR_ARG(path), strerror(errno));
	return ERR_IO;
}

static enum err refuse_to_make(struct home *h, bool in_database, struct str *why)
{
	*why = in_database
		       ? S("a site is in that database already; choose another --db, or "
			   "another schema of it by search_path")
		       : str_printf(h->mem, "%.*s: a site is here already; choose another --data",
				    STR_ARG(h->dir));
	return ERR_CONFLICT;
}

/* Tables without a site are what a broken founding left: it is begun again on them. */
static enum err make_in_database(struct home *h, struct str *why)
{
	bool begun;
	enum err e = migrate_began(h->db, &begun, why, h->mem);
	if (e || (e = bring_up_to_date(h, why)) || !begun || (e = refuse_copied(h, DB_WRITE, why)))
		return e;
	e = site_read(h, why);
	return e == ERR_NOT_FOUND ? OK : e ? e : refuse_to_make(h, true, why);
}

enum err home_make(struct home *h, struct arena *mem, const struct home_where *at, struct str *why)
{
	enum err e = home_init(h, mem, at, why);
	if (e)
		return e;
	if (is_there(h, "dinh.db") || is_there(h, "log.key"))
		return refuse_to_make(h, false, why);
	if (h->remote && ((e = database_open(h, DB_WRITE, why)) || (e = make_in_database(h, why))))
		return e;
	if ((e = folder_make(h, home_path(h, ""), why)) || h->remote)
		return e;
	e = database_open(h, DB_WRITE, why);
	return e ? e : bring_up_to_date(h, why);
}

enum err home_lock(struct home *h, struct str *why)
{
	struct str path = home_path(h, "lock");
	enum err e = h->remote ? folder_make(h, home_path(h, ""), why) : OK;
	if (e)
		return e;
	h->lock = open(path.at, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (h->lock >= 0 && flock(h->lock, LOCK_EX | LOCK_NB) == 0)
		return OK;
	bool busy = h->lock >= 0 && errno == EWOULDBLOCK;
	*why = str_printf(h->mem, "%.*s: %s", STR_ARG(path),
			  busy ? "another dinh serves this site; stop it first" : strerror(errno));
	return busy ? ERR_BUSY : ERR_IO;
}

enum err home_lock_site(struct home *h, struct str *why)
{
	bool alone = false;
	enum err e = home_lock(h, why);
	if (e)
		return e;
	if ((e = db_alone(h->db, &alone)) || alone) {
		if (e)
			*why = S("the database did not say whether the site is served");
		return e;
	}
	*why = S("another dinh serves this site, from this machine or another; stop all of them "
		 "first");
	return ERR_BUSY;
}

void home_close(struct home *h)
{
	db_close(h->db);
	h->db = NULL;
	if (h->mem)
		fd_close(&h->lock);
}
