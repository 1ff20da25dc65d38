/* dinh log: may the log be signed, and if not, what brings it back; and the change of its key. Only
 * while the site is not served: whoever serves holds the keys in memory and would go on signing with
 * those alone. */
#include "main/entries.h"
#include "main/home.h"
#include "main/options.h"
#include "main/remote.h"
#include "main/witnesses.h"

#include "ledger/log_files.h"

struct log_options {
	struct home_where at;
	struct str change, second, supply;
	bool accept;
};

static const struct option options[] = {
	OPTION(struct log_options, change, .value = "rotate-key|retire-key",
	       .help = MSG_CMD_LOG_CHANGE, .plain = true),
	HOME_OPTIONS(struct log_options),
	OPTION(struct log_options, second, .value = "FILE", .help = MSG_CMD_LOG_SECOND),
	OPTION(struct log_options, accept, .help = MSG_CMD_LOG_ACCEPT),
	OPTION(struct log_options, supply, .value = "URL|FILE.tar|DIR", .help = MSG_CMD_LOG_SUPPLY),
	{ 0 },
};

struct mending {
	struct cli *c;
	const struct log_options *o;
	struct home home;
	struct tx tx;
	struct witnesses *witnesses;
	struct log *log;
	struct str why;
	struct buf said;
};

static enum err log_start(struct mending *m)
{
	enum err e = home_begin(&m->home, &m->tx, m->c->mem, DB_READ);
	return e ? e
		 : tx_end(&m->tx, witnesses_open_log(m->witnesses, &m->tx, m->home.dir,
						     m->o->second, &m->log, &m->why));
}

static enum err accept(struct mending *m)
{
	enum err e = home_begin(&m->home, &m->tx, m->c->mem, DB_READ);
	return e ? e : tx_end(&m->tx, log_accept(m->log, &m->tx));
}

/* From a server that kept the log's files, or from an export. */
static enum err open_source(struct mending *m, struct remote **remote, struct log_source *out)
{
	struct log_head head;
	struct entries *entries = NULL;
	enum err e;
	if (str_has(m->o->supply, S("://"))) {
		if (!(e = remote_open(m->c->mem, m->o->supply, remote, &m->why)))
			*out = remote_source(*remote);
		return e;
	}
	if ((e = home_begin(&m->home, &m->tx, m->c->mem, DB_READ)) ||
	    (e = tx_end(&m->tx, log_head(&m->tx, &head))))
		return e;
	if (!(e = entries_open(m->c->mem, m->o->supply, head.size, &entries, &m->why)))
		*out = entries_source(entries);
	return e;
}

/* Under the newest checkpoint that we signed, by our file or by what a witness saw; then the log is opened
 * anew. */
static enum err supply(struct mending *m)
{
	struct remote *remote = NULL;
	struct log_source source;
	struct log_published goal;
	bool waiting;
	int64_t n = 0;
	enum err e = log_signed(m->log, m->c->mem, &goal, &waiting);
	if (e) {
		m->why = S("there is no checkpoint to be supplied: put one back");
		return e;
	}
	if ((e = open_source(m, &remote, &source)))
		return e;
	if (!(e = home_begin(&m->home, &m->tx, m->c->mem, DB_WRITE)))
		e = tx_end(&m->tx, log_supply(&m->tx, &source, goal.note, &n));
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

/* --- Another key --- */

static bool is(const struct mending *m, const char *change)
{
	return str_eq(m->o->change, str_of(change));
}

static void say(struct mending *m, enum msg sentence)
{
	buf_put(&m->said, msg_plain(m->c->lang, sentence));
	buf_putc(&m->said, '\n');
}

/* The act itself, and whether there was one before: one transaction. */
static enum err change_act(struct mending *m, struct str *vkey)
{
	enum err e = home_begin(&m->home, &m->tx, m->c->mem, DB_WRITE);
	if (e)
		return e;
	e = is(m, "rotate-key") ? log_key_rotate(&m->tx, m->home.dir, vkey, &m->why)
				: log_key_rotate_end(&m->tx, vkey);
	return tx_end(&m->tx, e);
}

/* Its entry gets an index, with all that waited before it. */
static enum err sequence_all(struct mending *m)
{
	enum { AT_ONCE = 10000 };
	int64_t given = AT_ONCE;
	enum err e = OK;
	while (!e && given == AT_ONCE)
		if (!(e = home_begin(&m->home, &m->tx, m->c->mem, DB_WRITE)))
			e = tx_end(&m->tx, log_sequence(&m->tx, AT_ONCE, &given));
	return e;
}

/* What breaks off after the commit is made up for by the next start, which signs with the keys that are
 * recorded then. */
static enum err change(struct mending *m)
{
	struct str vkey;
	enum err e;
	if (log_fault(m->log) != LOG_FINE) {
		m->why = log_fault_text(m->log, m->c->mem);
		return ERR_CONFLICT;
	}
	if ((e = change_act(m, &vkey)) || (e = sequence_all(m)) ||
	    (e = home_begin(&m->home, &m->tx, m->c->mem, DB_READ)) ||
	    (e = tx_end(&m->tx, log_reload(m->log, &m->tx, &m->why))))
		return e;
	bool begins = is(m, "rotate-key");
	(begins ? msg_cmd_log_rotated : msg_cmd_log_retired)(&m->said, m->c->lang, vkey);
	buf_putc(&m->said, '\n');
	say(m, begins ? MSG_CMD_LOG_ROTATED_NEXT : MSG_CMD_LOG_RETIRED_NEXT);
	return OK;
}

/* --- What is said --- */

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
	struct strs keys = log_vkeys(m->log, m->c->mem);
	for (size_t i = 0; i < keys.n; i++) {
		(i ? msg_cmd_log_vkey_old : msg_cmd_log_vkey)(&m->said, lang, keys.at[i]);
		buf_putc(&m->said, '\n');
	}
	if (log_fault(m->log) == LOG_FINE)
		say(m, MSG_CMD_LOG_FINE);
	else
		buf_printf(&m->said, "%.*s\n", STR_ARG(log_fault_text(m->log, m->c->mem)));
	return OK;
}

static int run(struct cli *c, const struct log_options *o)
{
	struct mending m = { .c = c, .o = o, .why = S(""), .said = { .a = c->mem } };
	enum err e = home_open(&m.home, c->mem, &o->at, DB_WRITE, &m.why);
	if (!e && !(e = home_lock_site(&m.home, &m.why)) &&
	    !(e = witnesses_open(c->mem, m.home.dir, &m.witnesses, &m.why)) && !(e = log_start(&m)))
		e = o->accept       ? accept(&m)
		    : o->supply.len ? supply(&m)
		    : o->change.len ? change(&m)
				    : OK;
	if (!e)
		e = describe(&m);
	bool fine = !e && log_fault(m.log) == LOG_FINE;
	int code = e ? cli_fail_err(c, e, m.why.len ? m.why : str_of(m.tx.why))
		     : cli_print(c, buf_str(&m.said));
	log_close(m.log);
	home_close(&m.home);
	return code != EXIT_DONE || fine ? code : EXIT_NO;
}

static bool asks_one_thing(struct cli *c, const struct log_options *o, int *code)
{
	struct buf b = { .a = c->mem };
	if (o->change.len && !str_eq(o->change, S("rotate-key")) &&
	    !str_eq(o->change, S("retire-key")))
		msg_cmd_log_no_change(&b, c->lang, o->change);
	else if (o->accept + !!o->supply.len + !!o->change.len > 1)
		buf_put(&b, msg_plain(c->lang, MSG_CMD_LOG_ONE_THING));
	if (b.len)
		*code = cli_fail(c, EXIT_USAGE, buf_str(&b));
	return !b.len;
}

int cmd_log(int argc, char **argv)
{
	struct cli c = {
		.name = "log", .what = MSG_CMD_LOG_WHAT, .options = options, .mem = arena_new(0)
	};
	struct log_options o = { .change = S("") };
	int code;
	if (cli_read(&c, argc, argv, &o, &code) && asks_one_thing(&c, &o, &code))
		code = run(&c, &o);
	arena_free(c.mem);
	return code;
}
