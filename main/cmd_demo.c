/* dinh demo: a whole province to look at, made in a minute by the program's own steps. */
#include "main/demo/demo.h"
#include "main/options.h"

#include "ledger/log.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct demo_options {
	struct home_where at;
	int64_t seed;
	double scale;
};

static const struct option options[] = {
	HOME_OPTIONS(struct demo_options),
	OPTION(struct demo_options, seed, .value = "N", .help = MSG_CMD_DEMO_SEED, .absent = "1"),
	OPTION(struct demo_options, scale, .value = "F", .help = MSG_CMD_DEMO_SCALE, .absent = "1"),
	{ 0 },
};

static void progress(struct date day, int64_t acts, void *context)
{
	const struct cli *c = context;
	struct arena *a = arena_new(0);
	struct buf b = { .a = a };
	msg_cmd_demo_progress(&b, c->lang, day, acts);
	cli_progress(buf_str(&b));
	arena_free(a);
}

/* Everything before the first day, in one transaction. The seed decides the simulation's stream; the
 * log's key is the system's. */
static enum err settle(struct demo *d, struct instant start, struct str *why)
{
	struct home *h = d->home;
	struct rng stream;
	struct str vkey;
	struct tx tx;
	struct site site = {
		.name = S(DEMO_NAME), .origin = S(DEMO_ORIGIN), .demo = true, .clock = start
	};
	enum err e = log_key_make(h->dir, S(DEMO_ORIGIN), &h->rng, d->mem, &vkey, why);
	if (e || (e = home_begin(h, &tx, d->mem, DB_WRITE)))
		return e;
	demo_stream(d, S("settling"), &stream);
	tx.rng = &stream;
	tx.now = start;
	e = log_init(&tx, S(DEMO_ORIGIN), vkey);
	if (!e && !(e = demo_settle(d, &tx, &site.root)))
		e = site_make(&tx, &site);
	if ((e = tx_end(&tx, e)))
		*why = str_printf(d->mem, "%s", tx.why);
	h->site = site;
	return e;
}

/* Signs the empty log: from here on a checkpoint file stands beside the database. */
static enum err log_begin(struct demo *d, struct log **log, struct str *why)
{
	struct tx tx;
	enum err e = home_begin(d->home, &tx, d->mem, DB_READ);
	return e ? e : tx_end(&tx, log_open(&tx, d->home->dir, S(""), log, why));
}

static enum err passwords_write(struct demo *d, struct str text, struct str *why)
{
	struct str path = home_path(d->home, "passwords.txt");
	AUTO_CLOSE int fd = open(path.at, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd >= 0 && write(fd, text.at, text.len) == (ssize_t)text.len)
		return OK;
	*why = str_printf(d->mem, "%.*s: %s", STR_ARG(path), strerror(errno));
	return ERR_IO;
}

/* The site's clock starts where the simulation ends. */
static enum err open_doors(struct demo *d, struct log *log, struct buf *passwords, struct str *why)
{
	struct home *h = d->home;
	struct tx tx;
	enum err e = home_begin(h, &tx, d->mem, DB_WRITE);
	if (e)
		return e;
	tx.now = d->end;
	if (!(e = demo_accounts(d, &tx, passwords)))
		e = home_save_clock(&tx, d->end);
	if ((e = tx_end(&tx, e))) {
		*why = str_printf(d->mem, "%s", tx.why);
		return e;
	}
	if ((e = home_begin(h, &tx, d->mem, DB_READ)))
		return e;
	struct query q = db_query(&tx, "SELECT COUNT(*) FROM act");
	if (!(e = log_sign(log, &tx)) && !(e = db_one(&q)))
		d->acts = col_int(&q, 0); /* the calendar's acts too */
	if ((e = tx_end(&tx, e)))
		*why = str_printf(d->mem, "%s", tx.why);
	return e ? e : passwords_write(d, buf_str(passwords), why);
}

static int report(struct cli *c, const struct demo *d, struct str passwords, int64_t took_ms)
{
	struct buf b = { .a = c->mem };
	msg_cmd_demo_done(&b, c->lang, d->disclosures, d->acts, d->unit_count, d->home->dir);
	buf_putc(&b, '\n');
	msg_cmd_demo_speed(&b, c->lang, took_ms / 100,
			   took_ms ? d->acts * 1000 / took_ms : d->acts);
	buf_put(&b, S("\n\n"));
	msg_cmd_demo_passwords(&b, c->lang, home_path(d->home, "passwords.txt"));
	buf_printf(&b, "\n\n%.*s", STR_ARG(passwords));
	return cli_print(c, buf_str(&b));
}

static int demonstrate(struct cli *c, const struct demo_options *o, struct home *h)
{
	struct str why = S("");
	struct buf passwords = { .a = c->mem };
	struct date first = date_year_start(DEMO_YEAR), last = date_year_start(DEMO_YEAR + 1);
	struct demo d = { .home = h,
			  .mem = c->mem,
			  .seed = (uint64_t)o->seed,
			  .scale = o->scale,
			  .end = date_instant(date_add(last, 4), 17 * 60),
			  .progress = progress,
			  .context = c };
	struct instant began = { 0 };
	int64_t took = 0;
	struct log *log = NULL;
	enum err e = home_make(h, c->mem, &o->at, &why);
	if (e || (e = settle(&d, date_instant(first, 0), &why)) || (e = log_begin(&d, &log, &why)))
		goto out;
	demo_write_diary(&d);
	began = instant_now();
	if ((e = demo_live(&d, &why)))
		goto out;
	took = instant_now().ms - began.ms;
	e = open_doors(&d, log, &passwords, &why);
out:
	log_close(log);
	cli_progress_end();
	return e ? cli_fail_err(c, e, why) : report(c, &d, buf_str(&passwords), took);
}

int cmd_demo(int argc, char **argv)
{
	struct cli c = {
		.name = "demo", .what = MSG_CMD_DEMO_WHAT, .options = options, .mem = arena_new(0)
	};
	struct demo_options o = { 0 };
	struct home home = { 0 };
	int code;
	if (cli_read(&c, argc, argv, &o, &code)) {
		if (o.scale >= 0.01 && o.scale <= 1)
			code = demonstrate(&c, &o, &home);
		else
			code = cli_fail(&c, EXIT_USAGE, msg_plain(c.lang, MSG_CMD_DEMO_BAD_SCALE));
		home_close(&home);
	}
	arena_free(c.mem);
	return code;
}
