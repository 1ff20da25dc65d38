/* dinh copy: a site from one database into another, see office/copy.h; then the target is verified and, if
 * nothing speaks against it, opened. The folder with the keys and the checkpoint is not of the database: it
 * stays, and whoever serves the target serves it with that. */
#include "main/examine.h"
#include "main/options.h"

#include "office/copy.h"
#include "office/copy_mark.h"
#include "office/recount.h"
#include "store/migrate.h"
#include "web/module.h"

#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct copy_options {
	struct str from, to, data, files;
	bool with_problems, give_back;
};

static const struct option options[] = {
	OPTION(struct copy_options, from, .value = "sqlite:DIR|URL", .help = MSG_CMD_COPY_FROM,
	       .required = true),
	OPTION(struct copy_options, to, .value = "sqlite:DIR|URL", .help = MSG_CMD_COPY_TO),
	OPTION(struct copy_options, data, .value = "DIR", .help = MSG_CMD_COPY_DATA),
	OPTION(struct copy_options, files, .value = "DIR", .help = MSG_CLI_FILES),
	OPTION(struct copy_options, with_problems, .help = MSG_CMD_COPY_WITH_PROBLEMS),
	OPTION(struct copy_options, give_back, .help = MSG_CMD_COPY_GIVE_BACK),
	{ 0 },
};

struct side {
	struct str where; /* for db_open */
	bool remote;
};

struct moving {
	struct cli *c;
	const struct copy_options *o;
	struct side from, to;
	struct str data; /* keys, checkpoint, lock */
	struct home home, target;
	struct db *writer, *db; /* of the source; the target */
	struct copy_result result;
	struct verify_result office;
	struct log_report log;
	struct str why;
};

/* --- Where --- */

static bool side_read(struct arena *a, struct str said, struct side *out)
{
	struct str scheme = S("sqlite:");
	const char *told = getenv("DINH_DB");
	/* A password does not belong in a list of processes. */
	if (str_eq(said, S("DINH_DB")) && told)
		said = str_of(told);
	out->remote = !str_starts(said, scheme);
	out->where = out->remote ? said : str_of(str_z(a, str_from(said, scheme.len)));
	return out->remote ? db_is_remote(said) : out->where.len > 0;
}

static bool sides_read(struct moving *m)
{
	const struct copy_options *o = m->o;
	struct arena *a = m->c->mem;
	if (!side_read(a, o->from, &m->from) || (!o->give_back && !side_read(a, o->to, &m->to)) ||
	    str_eq(m->from.where, m->to.where))
		return false;
	m->data = o->data.len                        ? o->data
		  : !m->from.remote                  ? m->from.where
		  : m->to.where.len && !m->to.remote ? m->to.where
						     : S("dinh-data");
	return true;
}

/* A file's database is in its folder, whatever the environment says of another. */
static struct home_where where_is(const struct moving *m, const struct side *s)
{
	struct str dir = s->remote ? m->data : s->where;
	return (struct home_where){ .data = dir,
				    .db = s->remote ? s->where : S(""),
				    .in_file = !s->remote,
				    .files = m->o->files.len ? m->o->files
							     : str_printf(m->c->mem, "%.*s/files",
									  STR_ARG(m->data)),
				    .copying = s == &m->to };
}

/* --- Opening --- */

/* What the verification of the target will need: better known before hours of copying. */
static enum err look_at_source(struct moving *m)
{
	struct home folder = { .mem = m->c->mem, .dir = m->data };
	struct log_published signed_last;
	struct str checkpoint;
	struct tx tx;
	bool ours = true;
	enum err e = examine_checkpoint(&folder, &checkpoint, &m->why);
	if (e || (e = home_begin(&m->home, &tx, m->c->mem, DB_READ)))
		return e;
	if (!(e = recount_refuse(&tx)) && checkpoint.len)
		e = log_checkpoint_ours(&tx, checkpoint, &signed_last, &ours);
	if (!e && (!ours || (!checkpoint.len && !str_eq(m->data, m->from.where))))
		e = tx_fail(&tx, ERR_INVALID,
			    "%.*s: no checkpoint of this site's log is there; name the folder that "
			    "the site was served with by --data",
			    STR_ARG(m->data));
	if ((e = tx_end(&tx, e)))
		m->why = str_dup(m->c->mem, str_of(tx.why));
	return e;
}

static enum err open_source(struct moving *m)
{
	struct home_where at = where_is(m, &m->from);
	enum err e = home_open(&m->home, m->c->mem, &at, DB_READ, &m->why);
	if (!e)
		e = home_lock_site(&m->home, &m->why);
	if (!e)
		e = db_open(m->from.where, DB_WRITE, &m->writer, &m->why, m->c->mem);
	return e;
}

/* Another site is not touched; a run that was ended while it made the tables is gone on with. */
static enum err bring_up(struct moving *m)
{
	struct migrations all;
	struct arena *a = m->c->mem;
	bool began = false, blank = true;
	enum err e = migrate_began(m->db, &began, &m->why, a);
	if (!e && began) {
		struct tx tx = { .mem = a };
		if (!(e = tx_begin(&tx, m->db, DB_READ)))
			e = tx_end(&tx, copy_is_blank(&tx, &blank));
		if (e)
			m->why = str_dup(a, str_of(tx.why));
	}
	if (e || !blank)
		return e;
	migrations_embedded(a, &all);
	return migrate(m->db, &all, instant_now(), NULL, &m->why, a);
}

static enum err open_target(struct moving *m)
{
	struct arena *a = m->c->mem;
	bool alone = true;
	if (!m->to.remote && mkdir(m->to.where.at, 0700) && errno != EEXIST) {
		m->why = str_printf(a, "%.*s: %s", STR_ARG(m->to.where), strerror(errno));
		return ERR_IO;
	}
	enum err e = db_open(m->to.where, DB_WRITE, &m->db, &m->why, a);
	if (!e)
		e = bring_up(m);
	if (e || (e = db_alone(m->db, &alone)) || alone)
		return e;
	m->why = S("a dinh serves the target; stop it, and choose an empty database");
	return ERR_BUSY;
}

/* --- Copying --- */

static void show_rows(void *of, struct str table, int64_t rows)
{
	char line[160];
	int n = snprintf(line, sizeof line, "%.*s: %" PRId64, STR_ARG(table), rows);
	(void)of;
	cli_progress((struct str){ line, n > 0 ? (size_t)n : 0 });
}

static enum err copy_rows(struct moving *m)
{
	struct copy_setup setup = {
		.from = m->home.db,
		.from_writer = m->writer,
		.to = m->db,
		.as = { .mem = m->c->mem, .now = home_now(&m->home), .rng = &m->home.rng },
		.relations = every_relation(m->c->mem),
		.progress = show_rows,
	};
	return copy_site_rows(&setup, &m->result, &m->why);
}

/* With the checkpoint of the folder that goes on: it stands for what the source has signed. */
static enum err examine_target(struct moving *m)
{
	struct home_where at = where_is(m, &m->to);
	enum err e = home_open(&m->target, m->c->mem, &at, DB_READ, &m->why);
	m->log = (struct log_report){ .a = m->c->mem };
	if (e)
		return e;
	m->target.dir = m->data;
	return examine_site(&m->target, examine_show, &m->office, &m->log, &m->why);
}

static enum err in_writer(struct moving *m, struct db *db, enum err (*run)(struct tx *tx))
{
	struct tx tx = { .mem = m->c->mem, .now = instant_now(), .rng = &m->home.rng };
	enum err e = tx_begin(&tx, db, DB_WRITE);
	if (!e)
		e = tx_end(&tx, run(&tx));
	if (e)
		m->why = str_dup(m->c->mem, str_of(tx.why));
	return e;
}

/* What of the folder a server needs beside the database, as it is there. */
static struct str to_carry(struct moving *m)
{
	static const char *const names[] = { "log.key", "form.key", "checkpoint", "witnesses",
					     "files" };
	struct home folder = { .mem = m->c->mem, .dir = m->data };
	struct buf b = { .a = m->c->mem };
	for (size_t i = 0; i < LENGTH(names); i++)
		if (!access(home_path(&folder, names[i]).at, F_OK))
			buf_printf(&b, "%s%s", b.len ? ", " : "", names[i]);
	return buf_str(&b);
}

static void put_next(struct moving *m, struct buf *b)
{
	enum lang lang = m->c->lang;
	if (m->to.remote)
		msg_cmd_copy_next(b, lang, m->data, to_carry(m));
	else if (str_eq(m->to.where, m->data))
		msg_cmd_copy_next_here(b, lang, m->data);
	else
		msg_cmd_copy_next_carry(b, lang, m->to.where, to_carry(m), m->data);
	buf_putc(b, '\n');
}

static int report(struct moving *m, bool opened)
{
	struct cli *c = m->c;
	struct buf b = { .a = c->mem };
	bool sound = examine_sound(&m->office, &m->log);
	examine_put_problems(&b, &m->office, &m->log);
	msg_cmd_copy_done(&b, c->lang, m->result.tables, m->result.rows, m->result.before);
	buf_putc(&b, '\n');
	msg_cmd_verify_log(&b, c->lang, m->log.origin, (int64_t)m->log.size,
			   hash_hex(c->mem, &m->log.root));
	buf_putc(&b, '\n');
	if (sound) {
		buf_put(&b, msg_plain(c->lang, MSG_CMD_COPY_SOUND));
		buf_putc(&b, '\n');
	}
	if (opened)
		put_next(m, &b);
	int code = cli_print(c, buf_str(&b));
	if (code != EXIT_DONE || sound)
		return code;
	return cli_fail(
		c, EXIT_NO,
		msg_plain(c->lang, opened ? MSG_CMD_COPY_PROBLEMS_OPENED : MSG_CMD_COPY_PROBLEMS));
}

static int run(struct moving *m)
{
	bool wanted = false;
	enum err e = open_source(m);
	if (!e && !(e = look_at_source(m)) && !(e = open_target(m)) && !(e = copy_rows(m)))
		e = examine_target(m);
	cli_progress_end();
	if (!e)
		wanted = m->o->with_problems || examine_sound(&m->office, &m->log);
	if (wanted)
		e = in_writer(m, m->db, copy_finish);
	int code = e ? cli_fail_err(m->c, e, m->why) : report(m, wanted);
	home_close(&m->target);
	db_close(m->db);
	db_close(m->writer);
	home_close(&m->home);
	return code;
}

/* --- Giving it up --- */

static int give_back(struct moving *m)
{
	enum err e = open_source(m);
	if (!e)
		e = in_writer(m, m->writer, copy_give_back);
	db_close(m->writer);
	home_close(&m->home);
	if (e)
		return cli_fail_err(m->c, e, m->why);
	struct buf b = { .a = m->c->mem };
	buf_put(&b, msg_plain(m->c->lang, MSG_CMD_COPY_GIVEN_BACK));
	buf_putc(&b, '\n');
	return cli_print(m->c, buf_str(&b));
}

int cmd_copy(int argc, char **argv)
{
	struct cli c = {
		.name = "copy", .what = MSG_CMD_COPY_WHAT, .options = options, .mem = arena_new(0)
	};
	struct copy_options o = { 0 };
	int code;
	if (cli_read(&c, argc, argv, &o, &code)) {
		struct moving m = { .c = &c,
				    .o = &o,
				    .home = { .lock = -1 },
				    .target = { .lock = -1 },
				    .why = S("") };
		if (sides_read(&m))
			code = o.give_back ? give_back(&m) : run(&m);
		else
			code = cli_fail(&c, EXIT_USAGE, msg_plain(c.lang, MSG_CMD_COPY_WHERE));
	}
	arena_free(c.mem);
	return code;
}
