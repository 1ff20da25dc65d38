/* dinh log: may the log be signed, and if not, what brings it back. Run it while the site is not
 * served. */
#include "main/home.h"
#include "main/options.h"
#include "main/remote.h"

#include "ledger/log_files.h"

struct log_options {
	struct str data, second, supply;
	bool accept;
};

static const struct option options[] = {
	OPTION(struct log_options, data, .value = "DIR", .help = MSG_CLI_DATA,
	       .absent = "dinh-data"),
	OPTION(struct log_options, second, .value = "FILE", .help = MSG_CMD_LOG_SECOND),
	OPTION(struct log_options, accept, .help = MSG_CMD_LOG_ACCEPT),
	OPTION(struct log_options, supply, .value = "URL", .help = MSG_CMD_LOG_SUPPLY),
	{ 0 },
};

struct mending {
	struct cli *c;
	const struct log_options *o;
	struct home home;
	struct tx tx;
	struct log *log;
	struct str why;
	struct buf said;
};

static enum err log_start(struct mending *m)
{
	enum err e = home_begin(&m->home, &m->tx, m->c->mem, DB_READ);
	return e ? e
		 : tx_end(&m->tx, log_open(&m->tx, m->home.dir, m->o->second, &m->log, &m->why));
}

static enum err accept(struct mending *m)
{
	enum err e = home_begin(&m->home, &m->tx, m->c->mem, DB_READ);
	return e ? e : tx_end(&m->tx, log_accept(m->log, &m->tx));
}

/* Under the checkpoint we signed, which stands in our file; then the log is opened anew. */
static enum err supply(struct mending *m)
{
	struct remote *remote = NULL;
	struct str checkpoint;
	int64_t n = 0;
	enum err e = file_read(home_path(&m->home, "checkpoint").at, NOTE_BYTES, m->c->mem,
			       &checkpoint, &m->why);
	if (e || (e = remote_open(m->c->mem, m->o->supply, &remote, &m->why)))
		return e;
	struct log_source source = remote_source(remote);
	if (!(e = home_begin(&m->home, &m->tx, m->c->mem, DB_WRITE)))
		e = tx_end(&m->tx, log_supply(&m->tx, &source, checkpoint, &n));
	remote_close(remote);
	cli_progress_end();
	if (e)
		return e;
	msg_cmd_log_supplied(&m->said, m->c->lang, n);
	buf_putc(&m->said, '\n');
	log_close(m->log);
	m->log = NULL;
	return log_start(m);
}

static enum err describe(struct mending *m)
{
	struct log_head head = { 0 };
	struct str origin = S("");
	enum err e = home_begin(&m->home, &m->tx, m->c->mem, DB_READ);
	if (e)
		return e;
	if (!(e = log_head(&m->tx, &head)))
		e = log_origin(&m->tx, &origin);
	if ((e = tx_end(&m->tx, e)))
		return e;
	enum lang lang = m->c->lang;
	msg_cmd_log_state(&m->said, lang, origin, (int64_t)head.size,
			  hash_hex(m->c->mem, &head.root));
	buf_putc(&m->said, '\n');
	msg_cmd_log_vkey(&m->said, lang, log_vkey(m->log, m->c->mem));
	buf_putc(&m->said, '\n');
	buf_put(&m->said, log_fault(m->log) == LOG_FINE ? msg_plain(lang, MSG_CMD_LOG_FINE)
							: log_fault_text(m->log, m->c->mem));
	buf_putc(&m->said, '\n');
	return OK;
}

static int run(struct cli *c, const struct log_options *o)
{
	struct mending m = { .c = c, .o = o, .why = S(""), .said = { .a = c->mem } };
	enum err e = home_open(&m.home, c->mem, o->data, DB_WRITE, &m.why);
	if (!e && !(e = home_lock(&m.home, &m.why)) && !(e = log_start(&m)))
		e = o->accept ? accept(&m) : o->supply.len ? supply(&m) : OK;
	if (!e)
		e = describe(&m);
	bool fine = !e && log_fault(m.log) == LOG_FINE;
	int code = e ? cli_fail_err(c, e, m.why.len ? m.why : str_of(m.tx.why))
		     : cli_print(c, buf_str(&m.said));
	log_close(m.log);
	home_close(&m.home);
	return code != EXIT_DONE || fine ? code : EXIT_NO;
}

int cmd_log(int argc, char **argv)
{
	struct cli c = {
		.name = "log", .what = MSG_CMD_LOG_WHAT, .options = options, .mem = arena_new(0)
	};
	struct log_options o = { 0 };
	int code;
	if (cli_read(&c, argc, argv, &o, &code))
		code = run(&c, &o);
	arena_free(c.mem);
	return code;
}
