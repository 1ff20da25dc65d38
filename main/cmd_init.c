/* dinh init: the units and a log with its key. The code for the first administrator is made by whoever
 * serves: each start makes the one before void. */
#include "main/home.h"
#include "main/options.h"

#include "ledger/log.h"
#include "office/factor_rule.h"
#include "office/unit_load.h"

#include <unistd.h>

struct init_options {
	struct home_where at;
	struct str unit, units, name, origin;
	struct date day;
};

static const struct option options[] = {
	HOME_OPTIONS(struct init_options),
	OPTION(struct init_options, unit, .value = "CODE", .help = MSG_CMD_INIT_UNIT,
	       .required = true),
	OPTION(struct init_options, units, .value = "DIR", .help = MSG_CMD_INIT_UNITS),
	OPTION(struct init_options, day, .value = "DATE", .help = MSG_CMD_INIT_DAY),
	OPTION(struct init_options, name, .value = "NAME", .help = MSG_CMD_INIT_NAME),
	OPTION(struct init_options, origin, .value = "ORIGIN", .help = MSG_CMD_INIT_ORIGIN),
	{ 0 },
};

struct founding {
	struct cli *c;
	const struct init_options *o;
	struct home home;
	struct site site;
	struct unit_lists lists;
	struct str vkey, why;
};

/* The name of the site and, unless given, of its log: "xã Ninh Vân", "xa-ninh-van.14554/log" has no
 * meaning to strangers, so the code and a random word keep two sites apart. */
static enum err name_site(struct founding *f, struct tx *tx)
{
	struct unit unit;
	enum err e = unit_find(tx, f->site.root, f->o->day, &unit);
	if (e)
		return e;
	f->site.name = f->o->name.len ? f->o->name : unit_title(f->c->mem, &unit, LANG_VI);
	f->site.origin = f->o->origin.len
				 ? f->o->origin
				 : str_printf(f->c->mem, "dinh-%.*s-%08x.invalid/log",
					      STR_ARG(unit.code), (unsigned)rng_u64(tx->rng));
	return OK;
}

static enum err found(struct founding *f, struct tx *tx)
{
	unit_lists_embedded(&f->lists);
	if (f->o->units.len) {
		enum err read = unit_lists_read(f->c->mem, f->o->units, &f->lists, &f->why);
		if (read)
			return tx_fail(tx, read, "%.*s", STR_ARG(f->why));
	}
	enum err e = unit_load(tx, &f->lists, f->o->unit, f->o->day, &f->site.root);
	if (e || (e = name_site(f, tx)) || (e = site_make(tx, &f->site)) ||
	    (e = log_key_make(f->home.dir, f->site.origin, tx->rng, f->c->mem, &f->vkey, &f->why)))
		return tx_fail(tx, e, "%.*s", STR_ARG(f->why));
	/* Who can reset everybody's password needs more than a password of his own. */
	if ((e = log_init(tx, f->site.origin, f->vkey)))
		return e;
	return factor_rule_set(tx, FACTOR_ADMINS);
}

static int report(struct founding *f)
{
	struct cli *c = f->c;
	struct buf b = { .a = c->mem };
	msg_cmd_init_done(&b, c->lang, f->site.name, f->home.dir);
	buf_putc(&b, '\n');
	msg_cmd_init_key(&b, c->lang, f->vkey);
	buf_putc(&b, '\n');
	if (!unit_lists_know(&f->lists, f->o->day)) {
		buf_put(&b, msg_plain(c->lang, MSG_CMD_INIT_OLD_UNITS));
		buf_putc(&b, '\n');
	}
	(f->home.remote ? msg_cmd_init_next_db : msg_cmd_init_next)(&b, c->lang, f->home.dir);
	buf_putc(&b, '\n');
	return cli_print(c, buf_str(&b));
}

/* What a refused founding left behind; nothing of it was there before. Tables without a site may stay: the
 * next founding takes them. */
static void clear_up(struct founding *f)
{
	static const char *const made[] = { "dinh.db", "dinh.db-wal", "dinh.db-shm", "log.key" };
	home_close(&f->home);
	for (size_t i = 0; i < LENGTH(made); i++)
		unlink(home_path(&f->home, made[i]).at);
	rmdir(home_path(&f->home, "").at);
}

static int run(struct cli *c, const struct init_options *o)
{
	struct founding f = { .c = c, .o = o, .why = S("") };
	struct log *log = NULL;
	struct tx tx;
	enum err e = home_make(&f.home, c->mem, &o->at, &f.why);
	if (e) {
		home_close(&f.home);
		return cli_fail_err(c, e, f.why);
	}
	if (!(e = home_begin(&f.home, &tx, c->mem, DB_WRITE)))
		e = tx_end(&tx, found(&f, &tx));
	if (e) {
		int code = cli_fail_err(c, e, tx.why[0] ? str_of(tx.why) : f.why);
		clear_up(&f);
		return code;
	}
	if (!(e = home_begin(&f.home, &tx, c->mem, DB_READ)))
		e = tx_end(&tx, log_open(&tx, f.home.dir, S(""), &log, &f.why));
	log_close(log);
	home_close(&f.home);
	return e ? cli_fail_err(c, e, f.why) : report(&f);
}

int cmd_init(int argc, char **argv)
{
	struct cli c = {
		.name = "init", .what = MSG_CMD_INIT_WHAT, .options = options, .mem = arena_new(0)
	};
	struct init_options o = { 0 };
	int code;
	if (cli_read(&c, argc, argv, &o, &code)) {
		if (!date_is_set(o.day))
			o.day = instant_date(instant_now());
		code = run(&c, &o);
	}
	arena_free(c.mem);
	return code;
}
