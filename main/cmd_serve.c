/* dinh serve: one process, three sorts of threads. The HTTP workers read; the writer's thread takes
 * every step, gives the log its indexes, signs, and does the calendar's work of a new day; the main
 * thread waits for the signal to stop. */
#include "main/chores.h"
#include "main/options.h"
#include "main/sending.h"
#include "main/serving.h"
#include "main/witnesses.h"

#include "base/log.h"
#include "ledger/log.h"
#include "ledger/log_files.h"
#include "office/account.h"
#include "office/unit.h"
#include "store/hearing.h"
#include "web/body.h"
#include "web/cache.h"
#include "web/module.h"
#include "web/server.h"
#include "web/touch.h"
#include "web/upload.h"
#include "web/views.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CACHE_BYTES = 32 << 20 };

struct serve_options {
	struct home_where at;
	struct str read_db, listen, url, proxies, second;
	struct sending_setup notices;
	int64_t threads;
};

static const struct option options[] = {
	HOME_OPTIONS(struct serve_options),
	OPTION(struct serve_options, read_db, .value = "URL", .help = MSG_CMD_SERVE_READ_DB),
	OPTION(struct serve_options, listen, .value = "HOST:PORT", .help = MSG_CMD_SERVE_LISTEN,
	       .absent = "127.0.0.1:8080"),
	OPTION(struct serve_options, url, .value = "URL", .help = MSG_CMD_SERVE_URL),
	OPTION(struct serve_options, proxies, .value = "ADDRESS,...",
	       .help = MSG_CMD_SERVE_PROXIES),
	OPTION(struct serve_options, second, .value = "FILE", .help = MSG_CMD_SERVE_SECOND),
	OPTION_AS("mail", struct serve_options, notices.mail.url, .value = "URL",
		  .help = MSG_CMD_SERVE_MAIL),
	OPTION_AS("mail_from", struct serve_options, notices.mail.from, .value = "ADDRESS",
		  .help = MSG_CMD_SERVE_MAIL_FROM),
	OPTION_AS("mail_user", struct serve_options, notices.mail.user, .value = "NAME",
		  .help = MSG_CMD_SERVE_MAIL_USER),
	OPTION_AS("mail_password", struct serve_options, notices.mail.password, .value = "FILE",
		  .help = MSG_CMD_SERVE_MAIL_PASSWORD),
	OPTION_AS("mail_ca", struct serve_options, notices.mail.ca, .value = "FILE",
		  .help = MSG_CMD_SERVE_MAIL_CA),
	OPTION_AS("sms_command", struct serve_options, notices.sms_command, .value = "PROGRAM",
		  .help = MSG_CMD_SERVE_SMS_COMMAND),
	OPTION(struct serve_options, threads, .value = "N", .help = MSG_CMD_SERVE_THREADS),
	{ 0 },
};

struct serving {
	struct cli *c;
	const struct serve_options *o;
	struct home home;
	struct house house;
	struct metrics metrics;
	struct server *server;
	struct witnesses *witnesses;
	struct sending *sending;
	struct chores chores;
	uint64_t self; /* among the servers of the site */
	struct hearing *hearing;
	_Atomic bool hears;
	struct str why;
};

/* --- The writer --- */

/* After a commit; and after a signature, when a page that said "not signed yet" says it no more. */
static void pages_change(void *what)
{
	struct serving *s = what;
	cache_stale(s->house.cache);
}

static enum err start_writer(struct serving *s)
{
	chores_init(&s->chores, &s->home, s->house.log, s->house.touches, s->house.views);
	s->chores.witnesses = s->witnesses;
	s->chores.published = pages_change;
	s->self = rng_u64(&s->home.rng);
	db_name_self(s->home.db, s->self);
	s->chores.context = s;
	struct writer_setup setup = { .db = s->home.db,
				      .chores = s->chores.at,
				      .chore_count = s->chores.n,
				      .after_commit = pages_change,
				      .fatal = serving_fatal,
				      .context = s };
	return writer_start(&setup, &s->house.writer);
}

/* --- Other servers of this site --- */

static void heard(void *what)
{
	struct serving *s = what;
	cache_stale(s->house.cache);
	writer_rouse(s->house.writer);
}

static void hearing_changed(void *what, bool hears, const char *why)
{
	struct serving *s = what;
	cache_doubt(s->house.cache, !hears);
	s->hears = hears;
	if (hears)
		log_info("store.hearing", "what other servers write is heard of");
	else
		log_warn("store.hearing", "pages are made anew each time: %s", why);
}

static enum err start_hearing(struct serving *s)
{
	struct hearing_setup setup = { .where = s->home.database,
				       .self = s->self,
				       .heard = heard,
				       .changed = hearing_changed,
				       .context = s };
	return hearing_start(&setup, &s->hearing, &s->why);
}

/* --- What the server needs to know --- */

static struct instant clock_now(void *of)
{
	return home_now(of);
}

/* The tokens of forms outlive a restart, so their secret does; it stands beside the database, not in
 * it, because copies of the database travel. */
static enum err read_secret(struct serving *s)
{
	struct arena *a = s->home.mem;
	struct str path = home_path(&s->home, "form.key"), bytes;
	enum err e = file_read(path.at, sizeof s->house.secret, a, &bytes, &s->why);
	if (e == ERR_NOT_FOUND || (!e && bytes.len != sizeof s->house.secret)) {
		rng_bytes(&s->home.rng, s->house.secret, sizeof s->house.secret);
		bytes = (struct str){ (const char *)s->house.secret, sizeof s->house.secret };
		return file_replace(path.at, bytes, 0600, a, &s->why);
	}
	if (!e)
		memcpy(s->house.secret, bytes.at, bytes.len);
	return e;
}

/* The site's name; in English the unit's, unless the site was given a name of its own. */
static enum err name_house(struct serving *s, struct tx *tx)
{
	struct unit root;
	enum err e = unit_find(tx, s->home.site.root, tx_today(tx), &root);
	if (e)
		return e;
	bool own = !str_eq(s->home.site.name, unit_title(tx->mem, &root, LANG_VI));
	s->house.name[LANG_VI] = s->home.site.name;
	s->house.name[LANG_EN] = own ? s->home.site.name : unit_title(tx->mem, &root, LANG_EN);
	return OK;
}

static enum err open_log(struct serving *s)
{
	struct tx tx;
	enum err e = witnesses_open(s->home.mem, s->home.dir, &s->witnesses, &s->why);
	if (e || (e = home_begin(&s->home, &tx, s->home.mem, DB_READ)))
		return e;
	if (!(e = name_house(s, &tx)))
		e = witnesses_open_log(s->witnesses, &tx, s->home.dir, s->o->second, &s->house.log,
				       &s->why);
	if ((e = tx_end(&tx, e)) && !s->why.len)
		s->why = str_printf(s->home.mem, "%s", tx.why);
	if (!e && log_fault(s->house.log) != LOG_FINE)
		log_error("ledger.read_only", "%.*s",
			  STR_ARG(log_fault_text(s->house.log, s->home.mem)));
	return e;
}

/* A site without an administrator shows a code that makes one. */
static enum err show_setup_code(struct serving *s)
{
	struct tx tx;
	struct str code;
	enum err e = home_begin(&s->home, &tx, s->home.mem, DB_WRITE);
	if (e)
		return e;
	e = setup_code_make(&tx, &code);
	bool there_is_one = e == ERR_CONFLICT;
	e = tx_end(&tx, e);
	if (there_is_one)
		return OK;
	if (e) {
		s->why = str_printf(s->home.mem, "%s", tx.why);
		return e;
	}
	struct buf b = { .a = s->home.mem };
	msg_cmd_init_code(&b, s->c->lang, code);
	buf_putc(&b, '\n');
	return cli_print(s->c, buf_str(&b)) == EXIT_DONE ? OK : ERR_IO;
}

static void more_metrics(void *of, struct buf *out)
{
	struct serving *s = of;
	metrics_line(out, "dinh_database_hearing", "gauge",
		     "1: what other servers of this site write is heard of.",
		     !s->hearing || s->hears);
	if (s->witnesses)
		witnesses_metrics(s->witnesses, out);
	sending_metrics(s->sending, out);
}

static enum err call_witnesses(struct serving *s)
{
	if (!s->witnesses)
		return OK;
	struct witnesses_setup setup = { .log = s->house.log,
					 .database = s->home.database,
					 .published = pages_change,
					 .context = s };
	return witnesses_start(s->witnesses, &setup, &s->why);
}

static enum err furnish(struct serving *s)
{
	struct home *h = &s->home;
	enum err e = read_secret(s);
	if (e || (e = open_log(s)) || (e = show_setup_code(s)))
		return e;
	struct str uploads = home_path(h, "tam");
	if (mkdir(uploads.at, 0700) && errno != EEXIST) {
		s->why = str_printf(h->mem, "%.*s: %s", STR_ARG(uploads), strerror(errno));
		return ERR_IO;
	}
	body_sweep(uploads.at); /* the site is ours alone: nobody is writing there */
	s->house.base = s->o->url;
	s->house.proxies = serving_proxies(h->mem, s->o->proxies);
	s->house.demo = h->site.demo;
	s->house.db = h->database;
	s->house.replica = s->o->read_db;
	s->house.dir = str_z(h->mem, h->dir);
	s->house.office = &h->office;
	s->house.router = every_route(h->mem, &h->office);
	s->house.metrics = &s->metrics;
	s->house.now = clock_now;
	s->house.clock = h;
	s->house.throttle = throttle_new(0, 1, rng_u64(&h->rng));
	s->house.cache = server_cache(CACHE_BYTES);
	s->house.touches = touches_new();
	s->house.views = views_new(rng_u64(&h->rng));
	s->house.upload_keep = upload_keep;
	s->metrics.more = more_metrics;
	s->metrics.of = s;
	if ((e = sending_open(h->mem, &s->o->notices, &s->house, &s->sending, &h->office.ways,
			      &s->why)) ||
	    (e = call_witnesses(s)) || (e = start_writer(s)) ||
	    (e = sending_start(s->sending, h, &s->why)))
		return e;
	return start_hearing(s);
}

/* --- Start and stop --- */

/* The server first, because requests under way still need the writer; the log last. */
static void close_down(struct serving *s)
{
	server_stop(s->server);
	if (s->house.views && s->house.writer)
		views_flush(s->house.views, s->house.writer);
	hearing_stop(s->hearing);
	sending_stop(s->sending);
	writer_stop(s->house.writer);
	witnesses_stop(s->witnesses);
	log_close(s->house.log);
	if (s->house.touches)
		touches_free(s->house.touches);
	views_free(s->house.views);
	if (s->house.throttle)
		throttle_free(s->house.throttle);
	if (s->house.cache)
		cache_free(s->house.cache);
	chores_free(&s->chores);
	home_close(&s->home);
	wipe(s->house.secret, sizeof s->house.secret);
}

static int say_ready(struct serving *s)
{
	struct buf b = { .a = s->home.mem };
	msg_cmd_serve_ready(&b, s->c->lang, s->home.site.name,
			    serving_address(s->home.mem, s->o->listen, s->server));
	buf_putc(&b, '\n');
	return cli_print(s->c, buf_str(&b));
}

static int serve(struct serving *s)
{
	sigset_t signals;
	serving_hear(&signals);
	enum err e = s->o->read_db.len ? home_check_address(s->o->read_db, &s->why) : OK;
	if (e || (e = home_open(&s->home, s->c->mem, &s->o->at, DB_WRITE, &s->why)) ||
	    (e = home_lock(&s->home, &s->why)) || (e = furnish(s)))
		return cli_fail_err(s->c, e, s->why);
	struct server_setup setup = { .house = &s->house,
				      .listen = s->o->listen,
				      .threads = (unsigned)s->o->threads };
	if ((e = server_start(&setup, &s->server, &s->why, s->c->mem)))
		return cli_fail_err(s->c, e, s->why);
	int code = say_ready(s);
	if (code == EXIT_DONE)
		serving_wait(&signals);
	return code;
}

int cmd_serve(int argc, char **argv)
{
	struct cli c = {
		.name = "serve", .what = MSG_CMD_SERVE_WHAT, .options = options, .mem = arena_new(0)
	};
	struct serve_options o = { 0 };
	int code;
	if (cli_read(&c, argc, argv, &o, &code)) {
		struct serving s = { .c = &c, .o = &o, .why = S(""), .home = { .lock = -1 } };
		code = o.threads < 0 || o.threads > 256
			       ? cli_fail(&c, EXIT_USAGE,
					  msg_plain(c.lang, MSG_CMD_SERVE_BAD_THREADS))
			       : serve(&s);
		close_down(&s);
	}
	arena_free(c.mem);
	return code;
}
