/* dinh import: a site from a complete export. It is made beside its place and verified there;
 * what stands in the place in the end is whole, or there is nothing. */
#include "main/examine.h"
#include "main/options.h"

#include "base/folder.h"
#include "ledger/log_files.h"
#include "office/import_site.h"
#include "web/module.h"

#include <inttypes.h>
#include <string.h>

struct import_options {
	struct home_where at;
	struct str from;
	bool with_problems;
};

static const struct option options[] = {
	OPTION(struct import_options, from, .value = "FILE.tar|DIR|-", .help = MSG_CMD_IMPORT_FROM,
	       .required = true),
	OPTION_AS("data", struct import_options, at.data, .value = "NEWDIR",
		  .help = MSG_CMD_IMPORT_DATA, .required = true),
	HOME_OPTION_DB(struct import_options),
	HOME_OPTION_FILES(struct import_options),
	OPTION(struct import_options, with_problems, .help = MSG_CMD_IMPORT_WITH_PROBLEMS),
	{ 0 },
};

struct admitting {
	struct cli *c;
	const struct import_options *o;
	struct folder_new folder;
	struct home home;
	struct import_result result;
	struct verify_result office;
	struct log_report log;
	struct str why;
};

static void show_progress(void *of, struct str what, int64_t done)
{
	struct arena *a = arena_new(0);
	(void)of;
	cli_progress(str_printf(a, "%.*s: %" PRId64, STR_ARG(what), done));
	arena_free(a);
}

static enum err read_export(struct admitting *x)
{
	struct archive_in *from = NULL;
	struct arena *mem = x->c->mem;
	enum err e = archive_open(mem, x->o->from, &from, &x->why);
	if (e)
		return e;
	struct import_setup setup = { .db = x->home.db,
				      .as = { .mem = mem,
					      .now = home_now(&x->home),
					      .rng = &x->home.rng,
					      .who = &home_system,
					      .office = &x->home.office },
				      .relations = every_relation(mem),
				      .from = from,
				      .progress = show_progress };
	e = import_site(&setup, &x->result, &x->why);
	archive_close(from);
	return e;
}

/* As dinh verify does, with the checkpoint that came. */
static enum err examine(struct admitting *x)
{
	struct tx tx;
	enum err e = home_begin(&x->home, &tx, x->c->mem, DB_READ);
	if (e)
		return e;
	x->log = (struct log_report){ .a = x->c->mem };
	if (!(e = verify_office(&tx, examine_show, &x->office)))
		e = log_verify(&tx, x->result.checkpoint, &x->log);
	if ((e = tx_end(&tx, e)))
		x->why = str_printf(x->c->mem, "%s", tx.why);
	return e;
}

static bool is_sound(const struct admitting *x)
{
	return !x->log.count && !x->office.problems.n;
}

/* Under the name a backup gives it: used by itself it would let an older copy sign a second
 * history. */
static enum err keep_checkpoint(struct admitting *x)
{
	if (!x->result.checkpoint.len)
		return OK;
	return file_replace(home_path(&x->home, "checkpoint.at-backup").at, x->result.checkpoint,
			    0644, x->c->mem, &x->why);
}

static int report(struct admitting *x)
{
	const struct import_result *r = &x->result;
	enum lang lang = x->c->lang;
	struct buf b = { .a = x->c->mem };
	examine_put_problems(&b, &x->office, &x->log);
	msg_cmd_import_done(&b, lang, r->site, x->o->at.data, r->rows, r->files, x->office.dossiers,
			    x->office.acts);
	buf_putc(&b, '\n');
	msg_cmd_verify_log(&b, lang, r->origin, r->log_size, hash_hex(x->c->mem, &r->log_root));
	buf_putc(&b, '\n');
	buf_put(&b, msg_plain(lang, MSG_CMD_IMPORT_NEXT));
	buf_putc(&b, '\n');
	return cli_print(x->c, buf_str(&b));
}

static int refuse(struct admitting *x)
{
	struct buf b = { .a = x->c->mem };
	examine_put_problems(&b, &x->office, &x->log);
	int code = cli_print(x->c, buf_str(&b));
	return code != EXIT_DONE
		       ? code
		       : cli_fail(x->c, EXIT_NO, msg_plain(x->c->lang, MSG_CMD_IMPORT_PROBLEMS));
}

static int run(struct cli *c, const struct import_options *o)
{
	struct admitting x = { .c = c, .o = o, .why = S(""), .home = { .lock = -1 } };
	int code;
	struct home_where at = o->at;
	enum err e = folder_begin(c->mem, o->at.data, &x.folder, &x.why);
	if (!e) {
		at.data = str_of(x.folder.part);
		e = home_make(&x.home, c->mem, &at, &x.why);
	}
	if (!e && !(e = read_export(&x)))
		e = examine(&x);
	cli_progress_end();
	bool wanted = is_sound(&x) || o->with_problems;
	if (!e && wanted)
		e = keep_checkpoint(&x);
	home_close(&x.home);
	if (!e && wanted)
		e = folder_end(&x.folder, c->mem, &x.why);
	code = e ? cli_fail_err(c, e, x.why) : wanted ? report(&x) : refuse(&x);
	folder_drop(&x.folder);
	return code;
}

int cmd_import(int argc, char **argv)
{
	struct cli c = { .name = "import",
			 .what = MSG_CMD_IMPORT_WHAT,
			 .options = options,
			 .mem = arena_new(0) };
	struct import_options o = { 0 };
	int code;
	if (cli_read(&c, argc, argv, &o, &code))
		code = run(&c, &o);
	arena_free(c.mem);
	return code;
}
