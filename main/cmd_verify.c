/* dinh verify: here, everything is computed again from the first act on, and the log from its entries;
 * for a log somewhere else, what a stranger can check who trusts nothing but a key and what he
 * remembers. */
#include "main/examine.h"
#include "main/options.h"
#include "main/policy_file.h"
#include "main/remote.h"

#include "base/json.h"
#include "ledger/log_files.h"
#include "office/stamp.h"

#include <inttypes.h>
#include <stdio.h>

struct verify_options {
	struct home_where at;
	struct str url, vkey, state, policy;
	bool json;
};

static const struct option options[] = {
	HOME_OPTIONS(struct verify_options),
	OPTION(struct verify_options, url, .value = "URL", .help = MSG_CMD_VERIFY_URL),
	OPTION(struct verify_options, vkey, .value = "VKEY", .help = MSG_CMD_VERIFY_VKEY),
	OPTION(struct verify_options, state, .value = "FILE", .help = MSG_CMD_VERIFY_STATE),
	OPTION(struct verify_options, policy, .value = "FILE", .help = MSG_CMD_VERIFY_POLICY),
	OPTION(struct verify_options, json, .help = MSG_CMD_VERIFY_JSON),
	{ 0 },
};

/* What is answered, of our own site or of a stranger's log. */
struct answer {
	struct log_report log;
	struct verify_result office;
	bool remote;
	struct str state;      /* where the memory of a remote log stands */
	struct policy *policy; /* NULL for none */
	struct policy_seen seen;
};

static bool answer_ok(const struct answer *a)
{
	return examine_sound(&a->office, &a->log);
}

/* --- Showing it --- */

static void json_pair(struct buf *b, const char *name, int64_t checked, int64_t different)
{
	json_key(b, name);
	buf_putc(b, '{');
	json_key_int(b, "checked", checked);
	json_key_int(b, "different", different);
	buf_putc(b, '}');
}

/* Only with a policy: who of its witnesses cosigned, and when (seconds since 1970). */
static void put_json_witnesses(struct buf *b, const struct answer *a)
{
	json_key(b, "witnesses");
	buf_putc(b, '[');
	for (size_t i = 0; i < a->policy->names.n; i++) {
		const struct policy_name *w = &a->policy->names.at[i];
		if (w->is_group)
			continue;
		json_comma(b);
		buf_putc(b, '{');
		json_key_str(b, "name", w->name);
		json_key_bool(b, "cosigned", a->seen.cosigned[i]);
		json_key_int(b, "time", (int64_t)a->seen.time[i]);
		buf_putc(b, '}');
	}
	buf_putc(b, ']');
}

/* Keys once released are never changed: DESIGN.md section 8. */
static void put_json(struct buf *b, const struct answer *a)
{
	const struct verify_result *o = &a->office;
	buf_putc(b, '{');
	json_key_bool(b, "ok", answer_ok(a));
	json_key(b, "log");
	buf_putc(b, '{');
	json_key_int(b, "size", (int64_t)a->log.size);
	json_key_str(b, "root", hash_hex(b->a, &a->log.root));
	buf_putc(b, '}');
	json_pair(b, "dossiers", o->dossiers, o->dossiers_different);
	json_pair(b, "tallies", o->tallies, o->tallies_different);
	json_pair(b, "duties", o->duties, o->duties_different);
	json_pair(b, "figures", o->figures, o->figures_different);
	json_pair(b, "reviews", o->reviews, o->reviews_different);
	json_pair(b, "files", o->files, o->files_different);
	json_key(b, "problems");
	buf_putc(b, '[');
	for (size_t i = 0; i < a->log.count && i < LOG_PROBLEMS; i++) {
		json_comma(b);
		json_str(b, a->log.problems[i]);
	}
	for (size_t i = 0; i < o->problems.n; i++) {
		json_comma(b);
		json_str(b, o->problems.at[i]);
	}
	buf_putc(b, ']');
	if (a->policy)
		put_json_witnesses(b, a);
	buf_put(b, S("}\n"));
}

static void put_witnesses(struct buf *b, enum lang lang, const struct answer *a)
{
	for (size_t i = 0; i < a->policy->names.n; i++) {
		const struct policy_name *w = &a->policy->names.at[i];
		if (w->is_group)
			continue;
		if (a->seen.cosigned[i])
			msg_cmd_verify_witness(b, lang, w->name,
					       (struct instant){ (int64_t)a->seen.time[i] * 1000 });
		else
			msg_cmd_verify_no_witness(b, lang, w->name);
		buf_putc(b, '\n');
	}
}

static void put_text(struct buf *b, enum lang lang, const struct answer *a)
{
	const struct verify_result *o = &a->office;
	msg_cmd_verify_log(b, lang, a->log.origin, (int64_t)a->log.size,
			   hash_hex(b->a, &a->log.root));
	buf_putc(b, '\n');
	if (a->remote) {
		msg_cmd_verify_key(b, lang, a->log.vkey);
		buf_putc(b, '\n');
		if (a->log.vkey_before.len) {
			msg_cmd_verify_key_changed(b, lang, a->log.vkey_before);
			buf_putc(b, '\n');
		}
		if (a->log.first_seen) {
			buf_put(b, msg_plain(lang, MSG_CMD_VERIFY_FIRST_SEEN));
			buf_putc(b, '\n');
		}
		if (a->policy)
			put_witnesses(b, lang, a);
		msg_cmd_verify_remembered(b, lang, a->state);
	} else {
		msg_cmd_verify_office(b, lang, o->dossiers, o->acts, o->duties, o->tallies,
				      o->figures, o->reviews, o->files, o->erased);
		if (o->redacted) {
			buf_putc(b, ' ');
			msg_cmd_verify_redacted(b, lang, o->redacted);
		}
	}
	buf_putc(b, '\n');
	examine_put_problems(b, o, &a->log);
	buf_put(b, msg_plain(lang, answer_ok(a) ? MSG_CMD_VERIFY_GOOD : MSG_CMD_VERIFY_BAD));
	buf_putc(b, '\n');
}

static int show(struct cli *c, const struct verify_options *o, const struct answer *a)
{
	struct buf b = { .a = c->mem };
	cli_progress_end();
	if (o->json)
		put_json(&b, a);
	else
		put_text(&b, c->lang, a);
	int code = cli_print(c, buf_str(&b));
	return code != EXIT_DONE ? code : answer_ok(a) ? EXIT_DONE : EXIT_NO;
}

/* --- Our own site --- */

static int verify_here(struct cli *c, const struct verify_options *o)
{
	struct home home;
	struct answer answer = { .log = { .a = c->mem } };
	struct str why = S("");
	enum err e = home_open(&home, c->mem, &o->at, DB_READ, &why);
	if (!e)
		e = examine_site(&home, examine_show, &answer.office, &answer.log, &why);
	if (!e)
		stamp_put(c->mem, o->at.data, STAMP_VERIFY, instant_now(), answer_ok(&answer));
	int code = e ? cli_fail_err(c, e, why) : show(c, o, &answer);
	home_close(&home);
	return code;
}

/* --- Somebody else's log --- */

static enum err watch(const struct verify_options *o, const struct log_source *source,
		      struct str state, struct answer *answer, struct str *next, struct str *why)
{
	struct str vkey = o->vkey;
	enum err e = OK;
	if (answer->policy && !vkey.len)
		e = policy_file_key(answer->policy, source, answer->log.a, &vkey, why);
	if (!e)
		e = log_watch(source, vkey, state, &answer->log, next, why);
	if (!e && answer->policy)
		policy_file_judge(answer->policy, &answer->log, &answer->seen);
	return e;
}

static int verify_there(struct cli *c, const struct verify_options *o)
{
	struct answer answer = { .log = { .a = c->mem }, .remote = true };
	struct str why = S(""), state, next = S("");
	struct remote *remote = NULL;
	enum err e = OK;
	if (o->policy.len && (e = policy_file_read(c->mem, o->policy, &answer.policy, &why)))
		return cli_fail_err(c, e, why);
	e = remote_state_path(c->mem, o->url, o->state, &answer.state, &why);
	if (!e && (e = file_read(answer.state.at, REMOTE_STATE_BYTES, c->mem, &state, &why)) ==
			  ERR_NOT_FOUND) {
		state = S("");
		e = OK;
	}
	if (!e)
		e = remote_open(c->mem, o->url, &remote, &why);
	if (!e) {
		struct log_source source = remote_source(remote);
		e = watch(o, &source, state, &answer, &next, &why);
	}
	remote_close(remote);
	/* What is in order is remembered, and nothing else. */
	if (!e && !answer.log.count && next.len && !str_eq(next, state))
		e = file_replace(answer.state.at, next, 0600, c->mem, &why);
	return e ? cli_fail_err(c, e == ERR_NOT_FOUND ? ERR_IO : e, why) : show(c, o, &answer);
}

int cmd_verify(int argc, char **argv)
{
	struct cli c = { .name = "verify",
			 .what = MSG_CMD_VERIFY_WHAT,
			 .options = options,
			 .mem = arena_new(0) };
	struct verify_options o = { 0 };
	int code;
	if (cli_read(&c, argc, argv, &o, &code))
		code = o.url.len ? verify_there(&c, &o) : verify_here(&c, &o);
	arena_free(c.mem);
	return code;
}
