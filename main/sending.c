/* One row after another: claim it, make the letter, send it, mark it. Claim and mark are jobs of the writer;
 * between them nothing is held but the row, so a server that is slow keeps nobody else waiting. */
#include "main/sending.h"

#include "base/log.h"
#include "base/utf8.h"
#include "crypto/hmac.h"
#include "main/gateway.h"
#include "store/writer.h"
#include "web/answer.h"
#include "web/house.h"
#include "web/notice_letter.h"

#include <inttypes.h>
#include <pthread.h>
#include <time.h>

enum { LOOK_MS = 1000, AT_ONCE = 16, DIGEST_HOUR = 7, AWAY_LOOKS = 10, MONDAY = 1 };

struct sending {
	struct sending_setup setup;
	const struct house *house;
	struct home *home;
	struct postman *postman;
	int64_t ways;
	struct db *db; /* for reading */
	struct rng rng;
	struct arena *mem; /* of one row */
	struct str domain; /* of the sender: of the names of letters */
	pthread_t thread;
	bool begun;
	atomic_bool stop;
	pthread_mutex_t lock;
	pthread_cond_t changed;
	struct date composed; /* the Monday whose digests are made */
	struct digest_people people;
	bool silent; /* the last try failed: one line of the log for each change */
	_Atomic int64_t sent[NOTICE_WAYS], failed[NOTICE_WAYS];
};

/* --- Through the writer --- */

struct errand {
	struct job job;
	struct sending *s;
	bool over;
	enum err e;
	enum err (*run)(struct tx *tx, void *what);
	void *what;
};

static enum err run_errand(struct tx *tx, void *what)
{
	struct errand *x = what;
	return x->run(tx, x->what);
}

static void errand_done(void *what, enum err e)
{
	struct errand *x = what;
	pthread_mutex_lock(&x->s->lock);
	x->e = e;
	x->over = true;
	pthread_cond_broadcast(&x->s->changed);
	pthread_mutex_unlock(&x->s->lock);
}

static void fill(struct sending *s, struct tx *tx)
{
	*tx = (struct tx){ .mem = s->mem,
			   .now = house_now(s->house),
			   .rng = &s->rng,
			   .who = &home_system,
			   .office = s->house->office };
}

static enum err in_writer(struct sending *s, enum err (*run)(struct tx *tx, void *what), void *what)
{
	struct errand x = { .s = s, .run = run, .what = what };
	x.job = (struct job){ .run = run_errand, .done = errand_done, .what = &x, .quiet = true };
	fill(s, &x.job.tx);
	enum err e = writer_submit(s->house->writer, &x.job);
	if (e)
		return e;
	pthread_mutex_lock(&s->lock);
	while (!x.over)
		pthread_cond_wait(&s->changed, &s->lock);
	pthread_mutex_unlock(&s->lock);
	if (x.e)
		log_warn("notice.write", "%s: %s", err_name(x.e), x.job.tx.why);
	return x.e;
}

struct claim {
	const struct notice_due *due;
	bool got;
};

static enum err run_claim(struct tx *tx, void *what)
{
	struct claim *c = what;
	return notice_claim(tx, c->due, &c->got);
}

struct mark {
	const struct notice_due *due;
	enum notice_outcome outcome;
	struct str why;
};

static enum err run_mark(struct tx *tx, void *what)
{
	const struct mark *m = what;
	return notice_mark(tx, m->due, m->outcome, m->why);
}

static enum err run_digest(struct tx *tx, void *what)
{
	return notice_digest_make(tx, what);
}

/* --- One row --- */

/* The same each time it is sent; nobody outside can tell how many there are. */
static struct str letter_id(struct sending *s, const struct notice_due *due)
{
	struct str what = str_printf(s->mem, "letter %" PRId64, due->notice);
	struct hash h;
	struct buf b = { .a = s->mem };
	hmac_sha256(s->house->secret, sizeof s->house->secret, what.at, what.len, &h);
	for (size_t i = 0; i < 12; i++)
		buf_printf(&b, "%02x", h.b[i]);
	buf_printf(&b, "@%.*s", STR_ARG(s->domain));
	return buf_str(&b);
}

/* In words, from the database as it is now. */
static enum err compose(struct sending *s, const struct notice_due *due, struct notice *n,
			struct notice_letter *out)
{
	static const struct ask nobody = { .method = GET,
					   .path = S_INIT("/"),
					   .query = S_INIT(""),
					   .host = S_INIT("localhost"),
					   .cookie = S_INIT(""),
					   .peer = S_INIT("127.0.0.1"),
					   .length = -1 };
	struct req *r = answer_new(s->mem, s->house, &nobody, &s->rng);
	enum err e = tx_begin(&r->tx, s->db, DB_READ);
	if (e)
		return e;
	if (!(e = notice_load(&r->tx, due->notice, n)))
		e = notice_letter(r, n, due->way, out);
	if (e)
		log_warn("notice.compose", "notice=%" PRId64 " %s: %s", due->notice, err_name(e),
			 r->tx.why);
	return tx_end(&r->tx, e);
}

static enum notice_outcome hand_over(struct sending *s, const struct notice_due *due,
				     const struct notice *n, const struct notice_letter *letter,
				     struct str *why)
{
	struct str id = letter_id(s, due);
	if (due->way == NOTICE_SMS) {
		struct str short_id = str_cut(id, 24);
		return gateway_send(&(struct gateway_message){ .command = s->setup.sms_command,
							       .to = letter->to,
							       .id = short_id,
							       .text = letter->text,
							       .stop = &s->stop },
				    s->mem, why);
	}
	return postman_send(
		s->postman,
		&(struct mail){ .from_name = utf8_capital(s->mem, s->house->name[letter->lang]),
				.to = letter->to,
				.subject = letter->subject,
				.text = letter->text,
				.id = id,
				.date = n->made_at,
				.unsubscribe = letter->unsubscribe },
		s->mem, why);
}

static void count(struct sending *s, const struct notice_due *due, enum notice_outcome outcome,
		  struct str why)
{
	static const char *const ways[] = { "email", "sms" };
	if (outcome == OUTCOME_SENT)
		atomic_fetch_add(&s->sent[due->way], 1);
	else if (outcome != OUTCOME_EMPTY)
		atomic_fetch_add(&s->failed[due->way], 1);
	if (outcome == OUTCOME_NEVER)
		log_warn("notice.refused", "notice=%" PRId64 " %s: %.*s", due->notice,
			 ways[due->way], STR_ARG(why));
	if (outcome == OUTCOME_LATER && !s->silent)
		log_warn("notice.waits", "%s: %.*s", ways[due->way], STR_ARG(why));
	if (outcome == OUTCOME_SENT && s->silent)
		log_info("notice.sent", "%s: taken again", ways[due->way]);
	if (outcome != OUTCOME_EMPTY)
		s->silent = outcome == OUTCOME_LATER;
}

static void send_one(struct sending *s, struct notice_due due)
{
	struct claim claim = { &due, false };
	struct notice_letter letter = { .empty = true };
	struct notice n;
	struct mark mark = { .due = &due, .why = S("") };
	if (in_writer(s, run_claim, &claim) || !claim.got)
		return;
	enum err e = compose(s, &due, &n, &letter);
	if (e == ERR_BUSY || e == ERR_IO)
		return; /* the database is away: the claim runs out */
	if (e) {
		mark.outcome = OUTCOME_LATER;
		mark.why = str_printf(s->mem, "could not be written: %s", err_name(e));
	} else if (letter.empty) {
		mark.outcome = OUTCOME_EMPTY;
	} else {
		mark.outcome = hand_over(s, &due, &n, &letter, &mark.why);
	}
	count(s, &due, mark.outcome, mark.why);
	e = in_writer(s, run_mark, &mark);
	if (e)
		log_warn("notice.unmarked", "notice=%" PRId64 " may be sent once more", due.notice);
}

/* --- The thread --- */

static enum err look(struct sending *s, struct notice_dues *out)
{
	struct tx tx;
	fill(s, &tx);
	enum err e = tx_begin(&tx, s->db, DB_READ);
	return e ? e : tx_end(&tx, notice_due(&tx, s->ways, AT_ONCE, out));
}

/* On Monday at seven, or as soon after as the server runs. */
static struct date digest_monday(struct instant now)
{
	struct date today = instant_date(now);
	struct date monday = date_add(today, -((date_weekday(today) + 7 - MONDAY) % 7));
	bool early = date_cmp(monday, today) == 0 && instant_minutes(now) < DIGEST_HOUR * 60;
	return early ? date_add(monday, -7) : monday;
}

static void digest(struct sending *s)
{
	struct tx tx;
	fill(s, &tx);
	struct date monday = digest_monday(tx.now);
	if (!(s->ways & NOTICE_BY_EMAIL) || date_cmp(s->composed, monday) == 0)
		return;
	if (date_cmp(s->people.monday, monday) != 0)
		s->people = (struct digest_people){ .monday = monday };
	enum err e = tx_begin(&tx, s->db, DB_READ);
	if (!e)
		e = tx_end(&tx, notice_digest_find(&tx, &s->people));
	if (!e && s->people.n)
		e = in_writer(s, run_digest, &s->people);
	if (e) {
		log_warn("notice.digest", "%s: %s", err_name(e), tx.why);
		s->people.after = 0; /* from the beginning: none is made twice */
	} else if (!s->people.after) {
		s->composed = monday;
	}
}

static void rest(struct sending *s, int ms)
{
	struct timespec until;
	clock_gettime(CLOCK_REALTIME, &until);
	until.tv_nsec += ms % 1000 * 1000000L;
	until.tv_sec += ms / 1000 + until.tv_nsec / 1000000000L;
	until.tv_nsec %= 1000000000L;
	pthread_mutex_lock(&s->lock);
	if (!atomic_load(&s->stop))
		pthread_cond_timedwait(&s->changed, &s->lock, &until);
	pthread_mutex_unlock(&s->lock);
}

static void *attend(void *of)
{
	struct sending *s = of;
	while (!atomic_load(&s->stop)) {
		struct notice_dues dues = { NULL, 0 };
		struct notice_due at[AT_ONCE];
		arena_clear(s->mem);
		digest(s);
		enum err e = look(s, &dues);
		for (size_t i = 0; i < dues.n; i++)
			at[i] = dues.at[i];
		for (size_t i = 0; i < dues.n && !atomic_load(&s->stop); i++) {
			arena_clear(s->mem);
			send_one(s, at[i]);
		}
		if (!dues.n)
			rest(s, e ? LOOK_MS * AWAY_LOOKS : LOOK_MS);
	}
	return NULL;
}

/* --- Start and stop --- */

static void close_all(void *of)
{
	struct sending *s = of;
	postman_close(s->postman);
	db_close(s->db);
	arena_free(s->mem);
	pthread_cond_destroy(&s->changed);
	pthread_mutex_destroy(&s->lock);
}

static enum err check(struct arena *a, struct sending *s, struct str *why)
{
	enum err e = OK;
	struct str local;
	if (s->house->demo) {
		*why = S("a demonstration sends nothing: its people are invented");
		return ERR_INVALID;
	}
	if (!s->house->base.len) {
		*why = S("--url is missing: letters say where to read");
		return ERR_INVALID;
	}
	if (s->setup.mail.url.len && !(e = postman_open(a, &s->setup.mail, &s->postman, why))) {
		postman_stop_by(s->postman, &s->stop);
		s->domain = s->setup.mail.from;
		s->ways |= str_next(&s->domain, '@', &local) ? NOTICE_BY_EMAIL : 0;
	}
	if (!e && s->setup.sms_command.len && !(e = gateway_check(a, s->setup.sms_command, why)))
		s->ways |= NOTICE_BY_SMS;
	return e;
}

enum err sending_open(struct arena *a, const struct sending_setup *setup, const struct house *house,
		      struct sending **out, int64_t *ways, struct str *why)
{
	*out = NULL;
	*ways = 0;
	if (!setup->mail.url.len && !setup->sms_command.len)
		return OK;
	struct sending *s = NEW(a, struct sending);
	s->setup = *setup;
	s->house = house;
	s->domain = S("localhost");
	s->composed = NO_DATE;
	s->people.monday = NO_DATE;
	s->mem = arena_new(0);
	rng_system(&s->rng);
	pthread_mutex_init(&s->lock, NULL);
	pthread_cond_init(&s->changed, NULL);
	arena_defer(a, close_all, s);
	enum err e = check(a, s, why);
	if (!e) {
		*out = s;
		*ways = s->ways;
	}
	return e;
}

enum err sending_start(struct sending *s, struct home *home, struct str *why)
{
	if (!s)
		return OK;
	s->home = home;
	enum err e = db_open(home->database, DB_READ, &s->db, why, home->mem);
	if (e)
		return e;
	s->begun = pthread_create(&s->thread, NULL, attend, s) == 0;
	if (s->begun)
		return OK;
	*why = S("no thread to send notices");
	return ERR_IO;
}

void sending_stop(struct sending *s)
{
	if (!s || !s->begun)
		return;
	pthread_mutex_lock(&s->lock);
	atomic_store(&s->stop, true);
	pthread_cond_broadcast(&s->changed);
	pthread_mutex_unlock(&s->lock);
	pthread_join(s->thread, NULL);
	s->begun = false;
}

void sending_metrics(struct sending *s, struct buf *out)
{
	static const char *const ways[] = { "email", "sms" };
	metrics_head(out, "dinh_notices_sent_total", "counter",
		     "Notices taken by the mail server or the gateway.");
	for (int i = 0; i < NOTICE_WAYS; i++)
		buf_printf(out, "dinh_notices_sent_total{way=\"%s\"} %" PRId64 "\n", ways[i],
			   s ? atomic_load(&s->sent[i]) : 0);
	metrics_head(out, "dinh_notices_failed_total", "counter",
		     "Tries to send a notice that failed.");
	for (int i = 0; i < NOTICE_WAYS; i++)
		buf_printf(out, "dinh_notices_failed_total{way=\"%s\"} %" PRId64 "\n", ways[i],
			   s ? atomic_load(&s->failed[i]) : 0);
}
