#include "tests/asker.h"

#include "base/log.h"
#include "ledger/log.h"
#include "office/account.h"
#include "office/session.h"
#include "web/guard.h"
#include "web/module.h"

#include <string.h>
#include <unistd.h>

#define VISITOR "0123456789abcdef0123456789abcdef"

static struct instant clock_of(void *what)
{
	return *(struct instant *)what;
}

static void begin(struct asker *a, struct tx *tx, struct arena *mem, struct db *db,
		  enum db_mode mode)
{
	*tx = (struct tx){ .mem = mem, .now = a->now, .rng = &a->rng, .office = &a->s->office };
	if (tx_begin(tx, db, mode))
		FAIL("%s", tx->why);
}

void asker_open(struct asker *a, const struct walk_site *s, const char *dir, struct instant now)
{
	struct arena *mem = test_arena();
	struct str why = S("");
	struct tx tx;
	*a = (struct asker){ .s = s, .now = now };
	log_level(LOG_ERROR); /* refusals are what is asked for */
	rng_system(&a->rng);
	a->read = test_open(dir, DB_READ);
	a->write = test_open(dir, DB_WRITE);
	begin(a, &tx, mem, a->read, DB_READ);
	if (log_open(&tx, str_of(dir), S(""), &a->log, &why) || tx_end(&tx, OK))
		FAIL("%.*s", STR_ARG(why));
	a->house = (struct house){
		.name = { S("huyện Hoa Lư"), S("Hoa Lu District") },
		.base = S("https://hoalu.example"),
		.db = test_database(dir),
		.dir = dir,
		.secret = { 1, 2, 3 },
		.office = &s->office,
		.router = every_route(mem, &s->office),
		.log = a->log,
		.throttle = throttle_new(64, 0, 1),
		.metrics = &a->metrics,
		.now = clock_of,
		.clock = &a->now,
	};
}

void asker_close(struct asker *a)
{
	throttle_free(a->house.throttle);
	log_close(a->log);
	db_close(a->read);
	db_close(a->write);
	*a = (struct asker){ .s = NULL };
}

struct str asker_sign_in(struct asker *a, struct arena *mem, int64_t person)
{
	struct credential c;
	struct str cookie;
	struct tx tx;
	begin(a, &tx, mem, a->write, DB_WRITE);
	enum err e = credential_of(&tx, person, &c);
	c.passed = true;
	if (!e)
		e = session_open(&tx, &c, S(""), &cookie);
	if (tx_end(&tx, e))
		FAIL("signing in: %s", tx.why);
	return cookie;
}

static struct str tie_of(struct str session)
{
	return session.len ? session : S(VISITOR);
}

struct str asker_token(struct asker *a, struct arena *mem, struct str session)
{
	return token_make(mem, a->house.secret, tie_of(session), &a->rng);
}

struct str asker_form(struct asker *a, struct arena *mem, struct str session,
		      const struct walk_act *act)
{
	struct buf b = { .a = mem };
	buf_put(&b, walk_form_text(mem, act->step, act->form));
	for (const struct field *f = act->step->form; f && f->type; f++) {
		if (f->type != FIELD_FILES || f->hidden)
			continue;
		for (size_t i = 0; i < field_files(f, act->form)->n; i++) {
			struct str kept = kept_make(mem, a->house.secret, tie_of(session),
						    &field_files(f, act->form)->at[i]);
			buf_printf(&b, "&%s=", f->name);
			percent_encode(&b, kept);
		}
	}
	buf_printf(&b, "%schannel=counter&reveals=on&happened_on=%.*s", b.len ? "&" : "",
		   STR_ARG(date_iso(mem, instant_date(a->now))));
	return buf_str(&b);
}

/* --- Asking --- */

static struct str stream_whole(struct asker *a, struct req *r)
{
	struct buf all = { .a = r->mem };
	for (bool more = true; more;) {
		struct buf piece = { .a = r->mem };
		if (tx_begin(&r->tx, a->read, DB_READ))
			FAIL("%s", r->tx.why);
		enum err e = r->reply.stream.next(r, r->reply.stream.state, &piece, &more);
		if (tx_end(&r->tx, e))
			FAIL("%.*s breaks off: %s", STR_ARG(r->path), r->tx.why);
		buf_put(&all, buf_str(&piece));
	}
	return buf_str(&all);
}

static struct str body_of(struct asker *a, struct req *r)
{
	switch (r->reply.kind) {
	case REPLY_PAGE:
		return buf_str(&r->out.body);
	case REPLY_BYTES:
		return r->reply.bytes;
	case REPLY_STREAM:
		return stream_whole(a, r);
	case REPLY_FILE:
		break;
	}
	if (r->reply.fd >= 0)
		close(r->reply.fd);
	return S("");
}

/* Rows changed on this connection so far; on PostgreSQL in this transaction. */
static int64_t changes(struct tx *tx)
{
	struct query q =
		test_on_postgres()
			? db_query(tx, "SELECT CAST(SUM(n_tup_ins + n_tup_upd + n_tup_del) AS"
				       " BIGINT) FROM pg_stat_xact_user_tables WHERE schemaname ="
				       " current_schema()")
			: db_query(tx, "SELECT total_changes()");
	if (db_one(&q))
		FAIL("%s", tx->why);
	return col_int(&q, 0);
}

static void write_form(struct asker *a, struct req *r, bool keep, struct reply_seen *out)
{
	struct tx tx;
	begin(a, &tx, r->mem, a->write, DB_WRITE);
	int64_t before = changes(&tx);
	enum err e = answer_write(r, &tx);
	out->reached = true;
	out->wrote = !e && changes(&tx) > before;
	enum err ended = tx_end(&tx, keep ? e : e ? e : ERR_CONFLICT);
	answer_written(r, keep ? ended : e, a->read);
}

static void post(struct asker *a, struct req *r, const struct question *q, struct str body,
		 struct reply_seen *out)
{
	if (answer_post(r, a->read) != ANSWER_BODY || answer_body(r, body) != ANSWER_BODY)
		return;
	enum answer_next next = answer_form(r, a->read);
	if (next == ANSWER_PREPARE)
		next = answer_prepare(r, a->read);
	if (next == ANSWER_WRITE)
		write_form(a, r, q->keep, out);
}

static struct str whole_body(struct asker *a, struct arena *mem, const struct question *q)
{
	struct buf b = { .a = mem };
	struct str token = str_eq(q->token, TOKEN_OWN) ? asker_token(a, mem, q->session) : q->token;
	buf_put(&b, q->body);
	if (token.len)
		buf_printf(&b, "%s" TOKEN_FIELD "=%.*s", b.len ? "&" : "", STR_ARG(token));
	return buf_str(&b);
}

struct reply_seen asker_ask(struct asker *a, struct arena *mem, const struct question *q)
{
	struct reply_seen out = { .location = S(""), .body = S("") };
	struct str rest = q->path, path = S(""), body = whole_body(a, mem, q);
	CHECK(str_next(&rest, '?', &path));
	struct ask *ask = NEW(mem, struct ask);
	*ask = (struct ask){
		.method = q->method,
		.path = path,
		.query = rest.at ? rest : S(""),
		.host = S("hoalu.example"),
		.cookie = str_printf(mem, VISITOR_COOKIE "=" VISITOR "%s%.*s",
				     q->session.len ? "; " SESSION_COOKIE "=" : "",
				     STR_ARG(q->session)),
		.origin = str_some(q->origin),
		.fetch_site = str_some(q->fetch_site),
		.type = S("application/x-www-form-urlencoded"),
		.none_match = S(""),
		.peer = S("203.0.113.7"),
		.forwarded_for = S(""),
		.forwarded_proto = S(""),
		.length = q->method == POST ? (int64_t)body.len : -1,
	};
	struct req *r = answer_new(mem, &a->house, ask, &a->rng);
	if (q->method == GET)
		answer_get(r, a->read);
	else
		post(a, r, q, body, &out);
	out.status = r->reply.status;
	out.body = body_of(a, r);
	for (size_t i = 0; i < r->reply.n; i++)
		if (str_eq(r->reply.headers[i].name, S("Location")))
			out.location = r->reply.headers[i].value;
	return out;
}

struct reply_seen asker_see(struct asker *a, const struct question *q)
{
	struct arena *mem = arena_new(0);
	struct reply_seen out = asker_ask(a, mem, q);
	out.body = str_dup(test_arena(), out.body);
	out.location = str_dup(test_arena(), out.location);
	arena_free(mem);
	return out;
}
