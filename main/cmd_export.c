/* dinh export: a whole site as open files, complete for moving it or public for everybody. Which
 * of the two has to be said: they must not be taken for each other. */
#include "main/home.h"
#include "main/options.h"

#include "ledger/log_files.h"
#include "office/export.h"
#include "office/recount.h"
#include "web/module.h"

#include <inttypes.h>
#include <unistd.h>

struct export_options {
	struct home_where at;
	struct str to;
	bool complete, public;
};

static const struct option options[] = {
	HOME_OPTIONS(struct export_options),
	OPTION(struct export_options, to, .value = "FILE.tar|DIR|-", .help = MSG_CMD_EXPORT_TO,
	       .required = true),
	OPTION(struct export_options, complete, .help = MSG_CMD_EXPORT_COMPLETE),
	OPTION(struct export_options, public, .help = MSG_CMD_EXPORT_PUBLIC),
	{ 0 },
};

/* Of an export begun again because something was erased meanwhile. */
enum { TRIES = 3 };

struct exporting {
	struct cli *c;
	const struct export_options *o;
	struct home home;
	struct export_result result;
	struct str why;
};

static void show_progress(void *of, struct str relation, int64_t rows)
{
	struct arena *a = arena_new(0);
	(void)of;
	cli_progress(str_printf(a, "%.*s: %" PRId64, STR_ARG(relation), rows));
	arena_free(a);
}

static enum err export_once(struct exporting *x, struct arena *mem)
{
	struct archive_out *to = NULL;
	struct instant now = home_now(&x->home);
	struct str checkpoint = S(""), unread = S("");
	enum err e = file_read(home_path(&x->home, "checkpoint").at, NOTE_BYTES, mem, &checkpoint,
			       &unread);
	if (e == ERR_NOT_FOUND)
		checkpoint = S("");
	else if (e) {
		x->why = unread;
		return e;
	}
	if ((e = archive_create(mem, x->o->to, x->o->public, instant_now().ms / 1000, &to,
				&x->why)))
		return e;
	struct export_setup setup = {
		.db = x->home.db,
		.as = { .mem = mem, .now = now, .rng = &x->home.rng, .office = &x->home.office },
		.use = x->o->public ? EXPORT_PUBLIC : EXPORT_COMPLETE,
		.relations = every_relation(mem),
		.to = to,
		.program = S("dinh " DINH_VERSION),
		.checkpoint = checkpoint,
		.progress = show_progress
	};
	e = export_site(&setup, &x->result, &x->why);
	if (!e)
		e = archive_finish(to, &x->why);
	archive_free(to);
	return e;
}

/* What an earlier program kept has not all the tables, and not all that is counted. */
static enum err check_counts(struct exporting *x)
{
	struct tx tx;
	enum err e = home_begin(&x->home, &tx, x->c->mem, DB_READ);
	if (!e && (e = tx_end(&tx, recount_refuse(&tx))))
		x->why = str_dup(x->c->mem, str_of(tx.why));
	return e;
}

static enum err export_all(struct exporting *x)
{
	bool again = !str_eq(x->o->to, S("-"));
	enum err e = ERR_BUSY;
	for (int i = 0; i < TRIES && e == ERR_BUSY && (!i || again); i++) {
		struct arena *mem = arena_new(0);
		e = export_once(x, mem);
		x->why = str_dup(x->c->mem, x->why);
		arena_free(mem);
	}
	return e;
}

/* On standard error: standard output may be the export. */
static int report(struct exporting *x)
{
	const struct export_result *r = &x->result;
	enum lang lang = x->c->lang;
	struct buf b = { .a = x->c->mem };
	msg_cmd_export_done(&b, lang, x->o->to, r->rows, r->files, (r->bytes + 1023) / 1024, r->act,
			    hash_hex(x->c->mem, &r->manifest));
	buf_putc(&b, '\n');
	buf_put(&b, msg_plain(lang, x->o->public ? MSG_CMD_EXPORT_IS_PUBLIC
						 : MSG_CMD_EXPORT_IS_COMPLETE));
	buf_putc(&b, '\n');
	return cli_say(x->c, buf_str(&b));
}

static int run(struct cli *c, const struct export_options *o)
{
	struct exporting x = { .c = c, .o = o, .why = S("") };
	if (o->complete == o->public)
		return cli_fail(c, EXIT_USAGE, msg_plain(c->lang, MSG_CMD_EXPORT_WHICH));
	if (str_eq(o->to, S("-")) && isatty(STDOUT_FILENO))
		return cli_fail(c, EXIT_USAGE, msg_plain(c->lang, MSG_CMD_EXPORT_TERMINAL));
	enum err e = home_open(&x.home, c->mem, &o->at, DB_READ, &x.why);
	if (!e && !(e = check_counts(&x)))
		e = export_all(&x);
	home_close(&x.home);
	cli_progress_end();
	return e ? cli_fail_err(c, e, x.why) : report(&x);
}

int cmd_export(int argc, char **argv)
{
	struct cli c = { .name = "export",
			 .what = MSG_CMD_EXPORT_WHAT,
			 .options = options,
			 .mem = arena_new(0) };
	struct export_options o = { 0 };
	int code;
	if (cli_read(&c, argc, argv, &o, &code))
		code = run(&c, &o);
	arena_free(c.mem);
	return code;
}
