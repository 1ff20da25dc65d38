/* dinh witness: cosigns the logs of neighbours (C2SP tlog-witness), in a folder of its own that no backup
 * is ever put back into: a witness that forgets signs two histories, which is what it is there to
 * prevent. */
#include "main/home.h"
#include "main/options.h"
#include "main/serving.h"

#include "ledger/witness_store.h"
#include "store/writer.h"
#include "web/server.h"
#include "web/statics.h"
#include "web/witness_routes.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct witness_options {
	struct str data, listen, proxies, name, vkey;
};

struct witnessing {
	struct cli *c;
	const struct witness_options *o;
	struct home home; /* its folder and its lock; there is no site */
	struct log_key key;
	struct tx tx;
	struct buf said;
	struct str why;
};

/* --- The folder --- */

static bool there(struct witnessing *w, const char *name)
{
	return access(home_path(&w->home, name).at, F_OK) == 0;
}

static enum err database_open(struct witnessing *w)
{
	struct migrations schema;
	enum err e = db_open(w->home.dir, DB_WRITE, &w->home.db, &w->why, w->c->mem);
	if (e)
		return e;
	witness_migrations(w->c->mem, &schema);
	return migrate(w->home.db, &schema, instant_now(), NULL, &w->why, w->c->mem);
}

static enum err witness_open(struct witnessing *w)
{
	if (!there(w, "witness.key")) {
		w->why =
			str_printf(w->c->mem,
				   "%.*s: no witness here; make one with dinh witness init, or say "
				   "--data DIR",
				   STR_ARG(w->o->data));
		return ERR_NOT_FOUND;
	}
	if (!there(w, "dinh.db")) {
		w->why =
			str_printf(w->c->mem,
				   "%.*s: dinh.db is gone, and with it what this witness cosigned; "
				   "its key alone would cosign a second history: put the file back "
				   "or make another witness, with another key, in a new folder",
				   STR_ARG(w->o->data));
		return ERR_NOT_FOUND;
	}
	enum err e = witness_key_read(w->home.dir, w->c->mem, &w->key, &w->why);
	return e ? e : database_open(w);
}

static enum err begin(struct witnessing *w, enum db_mode mode)
{
	w->tx = (struct tx){ .mem = w->c->mem, .now = instant_now(), .rng = &w->home.rng };
	return tx_begin(&w->tx, w->home.db, mode);
}

static void say_vkey(struct witnessing *w)
{
	struct buf b = { .a = w->c->mem };
	buf_put_vkey(&b, &w->key.vkey);
	msg_cmd_witness_vkey(&w->said, w->c->lang, buf_str(&b));
	buf_putc(&w->said, '\n');
}

/* --- init, add, remove, list --- */

/* The key last: without it there is no witness, and whoever was cut off begins again. */
static enum err init(struct witnessing *w)
{
	struct str vkey;
	if (mkdir(str_z(w->c->mem, w->home.dir), 0700) && errno != EEXIST) {
		w->why = str_printf(w->c->mem, "%.*s: %s", STR_ARG(w->home.dir), strerror(errno));
		return ERR_IO;
	}
	if (there(w, "witness.key") || there(w, "log.key")) {
		w->why = str_printf(w->c->mem,
				    "%.*s: a witness or a site is here already; a witness has a "
				    "folder of its own",
				    STR_ARG(w->home.dir));
		return ERR_CONFLICT;
	}
	enum err e = home_lock(&w->home, &w->why);
	if (e || (e = database_open(w)) ||
	    (e = witness_key_make(w->home.dir, w->o->name, &w->home.rng, w->c->mem, &vkey,
				  &w->why)) ||
	    (e = witness_key_read(w->home.dir, w->c->mem, &w->key, &w->why)))
		return e;
	say_vkey(w);
	buf_put(&w->said, msg_plain(w->c->lang, MSG_CMD_WITNESS_INIT_NEXT));
	buf_putc(&w->said, '\n');
	return OK;
}

static enum err add(struct witnessing *w)
{
	struct vkey k;
	enum err e = witness_open(w);
	if (e || (e = begin(w, DB_WRITE)) || (e = tx_end(&w->tx, witness_add(&w->tx, w->o->vkey))))
		return e;
	if (vkey_parse(w->o->vkey, &k))
		msg_cmd_witness_added(&w->said, w->c->lang, k.name);
	buf_putc(&w->said, '\n');
	return OK;
}

static enum err take_away(struct witnessing *w)
{
	enum err e = witness_open(w);
	if (e || (e = begin(w, DB_WRITE)) ||
	    (e = tx_end(&w->tx, witness_remove(&w->tx, w->o->vkey))))
		return e;
	msg_cmd_witness_removed(&w->said, w->c->lang, w->o->vkey);
	buf_putc(&w->said, '\n');
	return OK;
}

static void say_known(struct witnessing *w, const struct witness_known *k)
{
	enum lang lang = w->c->lang;
	if (k->seen_at.ms)
		msg_cmd_witness_seen(&w->said, lang, k->origin, (int64_t)k->size, k->seen_at);
	else
		msg_cmd_witness_unseen(&w->said, lang, k->origin);
	buf_printf(&w->said, "\n    %.*s\n", STR_ARG(k->vkey));
	if (!k->forks)
		return;
	buf_put(&w->said, S("    ! "));
	msg_cmd_witness_forks(&w->said, lang, k->forks);
	buf_putc(&w->said, '\n');
}

static enum err list(struct witnessing *w)
{
	enum { PAGE = 100 };
	struct witness_knowns page;
	struct str origin = S(""), vkey = S("");
	enum err e = witness_open(w);
	if (e || (e = begin(w, DB_READ)))
		return e;
	say_vkey(w);
	do {
		if ((e = witness_list(&w->tx, origin, vkey, PAGE, &page)))
			break;
		for (size_t i = 0; i < page.n; i++) {
			say_known(w, &page.at[i]);
			origin = page.at[i].origin;
			vkey = page.at[i].vkey;
		}
	} while (page.n == PAGE);
	return tx_end(&w->tx, e);
}

/* --- Serving --- */

struct attending {
	struct house house;
	struct metrics metrics;
	struct server *server;
};

static enum err furnish(struct witnessing *w, struct attending *s)
{
	struct router *router = router_new(w->c->mem);
	struct writer_setup setup = { .db = w->home.db, .fatal = serving_fatal };
	router_add(router, witness_routes);
	statics_add(router);
	s->house.programs = true;
	s->house.witness = &w->key;
	s->house.db = w->home.dir;
	s->house.dir = str_z(w->c->mem, w->home.dir);
	s->house.router = router;
	s->house.metrics = &s->metrics;
	s->house.proxies = serving_proxies(w->c->mem, w->o->proxies);
	s->house.throttle = throttle_new(0, 1, rng_u64(&w->home.rng));
	return writer_start(&setup, &s->house.writer);
}

static int say_ready(struct witnessing *w, const struct attending *s)
{
	msg_cmd_witness_ready(&w->said, w->c->lang, w->key.vkey.name,
			      serving_address(w->c->mem, w->o->listen, s->server));
	buf_putc(&w->said, '\n');
	return cli_print(w->c, buf_str(&w->said));
}

static int attend(struct witnessing *w, struct attending *s)
{
	sigset_t signals;
	serving_hear(&signals);
	enum err e = witness_open(w);
	if (e || (e = home_lock(&w->home, &w->why)) || (e = furnish(w, s)))
		return cli_fail_err(w->c, e, w->why);
	struct server_setup setup = { .house = &s->house, .listen = w->o->listen };
	if ((e = server_start(&setup, &s->server, &w->why, w->c->mem)))
		return cli_fail_err(w->c, e, w->why);
	int code = say_ready(w, s);
	if (code == EXIT_DONE)
		serving_wait(&signals);
	return code;
}

static int serve(struct witnessing *w)
{
	struct attending s = { .server = NULL };
	int code = attend(w, &s);
	server_stop(s.server);
	writer_stop(s.house.writer);
	throttle_free(s.house.throttle);
	return code;
}

/* --- The words --- */

#define DATA                                                                               \
	OPTION(struct witness_options, data, .value = "DIR", .help = MSG_CMD_WITNESS_DATA, \
	       .absent = "dinh-witness")
#define VKEY                                                                               \
	OPTION(struct witness_options, vkey, .value = "VKEY", .help = MSG_CMD_WITNESS_LOG, \
	       .required = true, .plain = true)

static const struct option serve_options[] = {
	DATA,
	OPTION(struct witness_options, listen, .value = "HOST:PORT", .help = MSG_CMD_SERVE_LISTEN,
	       .absent = "127.0.0.1:8081"),
	OPTION(struct witness_options, proxies, .value = "ADDRESS,...",
	       .help = MSG_CMD_SERVE_PROXIES),
	{ 0 },
};
static const struct option init_options[] = {
	OPTION(struct witness_options, name, .value = "NAME", .help = MSG_CMD_WITNESS_NAME,
	       .required = true),
	DATA,
	{ 0 },
};
static const struct option key_options[] = {
	VKEY,
	DATA,
	{ 0 },
};
static const struct option list_options[] = {
	DATA,
	{ 0 },
};

static const struct action {
	const char *word, *name;
	enum msg what;
	const struct option *options;
	enum err (*run)(struct witnessing *w); /* NULL: serves */
} actions[] = {
	{ "init", "witness init", MSG_CMD_WITNESS_INIT_WHAT, init_options, init },
	{ "add", "witness add", MSG_CMD_WITNESS_ADD_WHAT, key_options, add },
	{ "remove", "witness remove", MSG_CMD_WITNESS_REMOVE_WHAT, key_options, take_away },
	{ "list", "witness list", MSG_CMD_WITNESS_LIST_WHAT, list_options, list },
	{ NULL, "witness", MSG_CMD_WITNESS_WHAT, serve_options, NULL },
};

static int run(struct cli *c, const struct action *a, const struct witness_options *o)
{
	struct witnessing w = { .c = c, .o = o, .said = { .a = c->mem }, .why = S("") };
	w.home = (struct home){ .mem = c->mem, .dir = o->data, .lock = -1 };
	rng_system(&w.home.rng);
	int code;
	if (!a->run) {
		code = serve(&w);
	} else {
		enum err e = a->run(&w);
		code = e ? cli_fail_err(c, e, w.why.len ? w.why : str_of(w.tx.why))
			 : cli_print(c, buf_str(&w.said));
	}
	wipe(&w.key, sizeof w.key);
	home_close(&w.home);
	return code;
}

int cmd_witness(int argc, char **argv)
{
	const struct action *a = actions;
	const char *word = argc > 1 ? argv[1] : "";
	struct witness_options o = { 0 };
	int code;
	while (a->word && strcmp(a->word, word) != 0)
		a++;
	struct cli c = {
		.name = a->name, .what = a->what, .options = a->options, .mem = arena_new(0)
	};
	int skip = a->word ? 1 : 0;
	if (cli_read(&c, argc - skip, argv + skip, &o, &code))
		code = run(&c, a, &o);
	arena_free(c.mem);
	return code;
}
