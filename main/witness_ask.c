/* The order of the protocol from the log's side. A witness may say anything: only lines of its key are
 * taken, and a size that it claims to have seen counts against us only when it can show our own signature. */
#include "main/witness_ask.h"

#include "ledger/witness.h"

#include <inttypes.h>
#include <time.h>

enum { CLOCKS_DIFFER = 3600 }; /* seconds; a witness further ahead than this is out of order */

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static struct str address(struct arena *a, const struct policy_name *who, struct str path)
{
	struct str base = who->url;
	while (str_ends(base, S("/")))
		base.len--;
	return str_printf(a, "%.*s/%.*s", STR_ARG(base), STR_ARG(path));
}

static bool look(struct fetcher *f, const struct policy_name *who, struct str origin, long ms,
		 struct arena *a, struct str *note)
{
	struct fetch what = { .url = address(a, who, witness_log_path(a, origin)),
			      .max = NOTE_BYTES,
			      .ms = ms };
	struct fetched got;
	struct str why;
	if (fetch(f, &what, a, &got, &why) || got.status != 200)
		return false;
	*note = got.body;
	return true;
}

bool witness_look(struct fetcher *f, const struct policy_name *who, struct str origin,
		  struct arena *a, struct str *note)
{
	return look(f, who, origin, WITNESS_ASK_MS, a, note);
}

/* --- One exchange --- */

struct asking {
	struct witness_question *q;
	struct arena *a;
	struct tx tx;
	int64_t until;
	struct fetched got;
};

static long time_left(const struct asking *s)
{
	int64_t left = s->until - now_ms();
	return left > 1 ? (long)left : 1;
}

static enum witness_outcome failed(struct asking *s, struct str why)
{
	s->q->why = why;
	return ASK_FAILED;
}

static struct str checkpoint_text(const struct asking *s)
{
	struct note n;
	return note_parse(s->a, s->q->shown->note, &n) ? n.text : S("");
}

static enum err build(struct asking *s, struct str *body)
{
	const struct log_published *shown = s->q->shown;
	struct add_checkpoint r = { .old = s->q->known, .checkpoint = shown->note };
	struct buf b = { .a = s->a };
	struct log_tiles tiles;
	enum err e = OK;
	if (r.old && r.old < shown->size) {
		s->tx = (struct tx){ .mem = s->a };
		if ((e = tx_begin(&s->tx, s->q->db, DB_READ)))
			return e;
		struct tree_reader reader = log_reader(&tiles, &s->tx);
		e = tx_end(&s->tx, tree_consistency(&reader, r.old, shown->size, &r.proof));
	}
	if (e)
		return e;
	buf_put_add_checkpoint(&b, &r);
	*body = buf_str(&b);
	return OK;
}

/* The lines of the answer stand under our text: which of them is its own? */
static enum witness_outcome take_line(struct asking *s)
{
	struct witness_question *q = s->q;
	struct buf b = { .a = s->a };
	struct note n;
	buf_put(&b, checkpoint_text(s));
	buf_putc(&b, '\n');
	buf_put(&b, s->got.body);
	if (!note_parse(s->a, buf_str(&b), &n) || !note_verify(&n, &q->who->key, &q->time))
		return failed(s, S("its answer holds no line of its key that verifies"));
	if ((int64_t)q->time > instant_now().ms / 1000 + CLOCKS_DIFFER)
		return failed(s, S("its clock is more than an hour ahead"));
	for (size_t i = 0; i < n.n; i++) {
		struct note one = { n.text, &n.signatures[i], 1 };
		if (!note_verify(&one, &q->who->key, NULL))
			continue;
		q->line = one.signatures->line;
		q->known = q->shown->size;
		return ASK_COSIGNED;
	}
	return failed(s, S("its answer holds no line of its key"));
}

/* It will not follow us from what it has seen. Let it show that. */
static enum witness_outcome confront(struct asking *s, struct str said)
{
	struct witness_question *q = s->q;
	struct checkpoint c;
	struct log_seen seen = { .from = q->who->key.name };
	bool accuses = false;
	if (!checkpoint_parse(checkpoint_text(s), &c) ||
	    !look(q->fetcher, q->who, c.origin, time_left(s), s->a, &seen.note))
		return failed(s, str_printf(s->a,
					    "it refuses (%.*s) and does not show what it "
					    "has seen",
					    STR_ARG(said)));
	s->tx = (struct tx){ .mem = s->a };
	enum err e = tx_begin(&s->tx, q->db, DB_READ);
	if (!e)
		e = tx_end(&s->tx, log_confront(q->log, &s->tx, &seen, &accuses));
	if (accuses)
		return ASK_ACCUSED;
	return failed(s, e ? str_dup(s->a, str_of(s->tx.why))
			   : str_printf(s->a, "it refuses (%.*s), and what it shows agrees with us",
					STR_ARG(said)));
}

static enum witness_outcome post(struct asking *s)
{
	struct witness_question *q = s->q;
	struct fetch what = { .url = address(s->a, q->who, S("add-checkpoint")),
			      .max = WITNESS_BODY,
			      .ms = time_left(s) };
	enum err e = build(s, &what.post);
	if (e)
		return failed(s, str_printf(s->a, "no proof could be made: %s", s->tx.why));
	if (fetch(q->fetcher, &what, s->a, &s->got, &q->why))
		return ASK_FAILED;
	return ASK_COSIGNED;
}

/* 409 tells a size: once, the proof is made again from there. */
static bool from_another_size(struct asking *s)
{
	uint64_t size;
	struct witness_question *q = s->q;
	if (s->got.status != 409 || !witness_size_parse(s->got.body, &size) || size == q->known ||
	    size > q->shown->size)
		return false;
	q->known = size;
	return true;
}

enum witness_outcome witness_ask(struct witness_question *q, struct arena *a)
{
	struct asking s = { .q = q, .a = a, .until = now_ms() + WITNESS_ASK_MS };
	if (q->known > q->shown->size)
		q->known = q->shown->size;
	enum witness_outcome out = post(&s);
	if (out == ASK_COSIGNED && from_another_size(&s))
		out = post(&s);
	if (out != ASK_COSIGNED)
		return out;
	switch (s.got.status) {
	case 200:
		return take_line(&s);
	case 409:
		return confront(&s, str_printf(a, "it has seen %.*s entries",
					       STR_ARG(str_trim(str_cut(s.got.body, 24)))));
	case 422:
		return confront(&s, S("the proof does not hold"));
	case 400:
		return failed(&s, S("it calls the request malformed"));
	case 403:
		return failed(&s, S("it does not know our key: give it the line of /log/vkey"));
	case 404:
		return failed(&s, S("it does not know our log: give it the line of /log/vkey"));
	default:
		return failed(&s, fetch_refusal(a, q->who->url, &s.got));
	}
}
