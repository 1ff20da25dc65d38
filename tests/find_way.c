/* Looks for the way of the walk (tests/walk.h) by trying, on SQLite, and writes it to the file $DINH_WAY: once
 * a build, for all the tests that go it.
 *
 * Each step not yet taken is a goal. A goal whose state no dossier has is walked to along the state
 * diagram; one whose form cannot be filled yet (nothing hangs that could be torn) is met sooner or
 * later by taking other steps and letting days pass. Of very many tries some hundred are kept. */
#include "tests/walk.h"

#include "ledger/log_files.h"

#include <stdlib.h>
#include <string.h>

enum { MEM_TRY, MEM_DO, MEM_PURSUE, MEM_WANDER, MEMS };
enum { TRIES = 48, TRIES_LEAST = 3, ROUNDS = 400, GOALS_MOST = 2000, KNOWN = 12, FAR = 1000 };

struct goal {
	const struct kind *kind;
	const struct step *step;
	bool taken;
	int in_vain[PLACES]; /* attempts there since one went: each next has half the tries */
};

struct walker {
	struct walk_site s;
	struct db *db;
	struct buf way;
	struct arena *mem[MEMS]; /* each for one depth of calls, so that none outlives the test */
	struct rng rng;          /* which way to go */
	uint64_t seeds;
	struct instant now;
	int64_t last_act;
	struct goal goals[GOALS_MOST];
	size_t n;
};

/* --- One act --- */

static struct goal *goal_of(struct walker *w, struct str kind, struct str step)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_eq(kind, str_of(w->goals[i].kind->name)) &&
		    str_eq(step, str_of(w->goals[i].step->name)))
			return &w->goals[i];
	return NULL;
}

/* Which steps were taken since the last act that was done; `mark`: for good. */
static struct strs taken_now(struct walker *w, struct tx *tx, struct arena *mem, bool mark)
{
	struct strs first = { NEW_N(mem, struct str, w->n), 0 };
	struct query q = db_query(tx, "SELECT d.kind, a.step, a.id FROM act a"
				      " JOIN dossier d ON d.id = a.dossier WHERE a.id > $1"
				      " ORDER BY a.id");
	BIND(&q, w->last_act);
	while (db_next(&q)) {
		struct str kind = col_str(&q, 0), step = col_str(&q, 1);
		struct goal *g = goal_of(w, kind, step);
		struct str name = str_printf(mem, "%.*s.%.*s", STR_ARG(kind), STR_ARG(step));
		bool known = !g || g->taken;
		for (size_t i = 0; i < first.n; i++)
			known |= str_eq(first.at[i], name);
		if (!known)
			first.at[first.n++] = name;
		if (mark) {
			w->last_act = col_int(&q, 2);
			if (g)
				g->taken = true;
		}
	}
	if (q.err)
		FAIL("%s", tx->why);
	return first;
}

static void check_begun(struct tx *tx, enum err e)
{
	if (e)
		FAIL("the walk cannot begin a transaction: %s", tx->why);
}

static void end_walk(void *walker)
{
	struct walker *w = walker;
	db_close(w->db);
	for (int i = 0; i < MEMS; i++)
		arena_free(w->mem[i]);
}

static struct arena *mem_of(struct walker *w, int i)
{
	arena_clear(w->mem[i]);
	return w->mem[i];
}

/* It has been tried and goes: do it, and write it down. */
static void really_do(struct walker *w, const struct walk_act *act)
{
	struct rng rng;
	struct arena *mem = mem_of(w, MEM_DO);
	struct tx tx = walk_tx(&w->s, act, mem, &rng);
	check_begun(&tx, tx_begin(&tx, w->db, DB_WRITE));
	enum err e = walk_do(&w->s, &tx, act, S(""), NULL);
	if (!e)
		taken_now(w, &tx, mem, true);
	if (tx_end(&tx, e))
		FAIL("what went a moment ago does not go now: %s", tx.why);
	walk_write(&w->way, act, w->last_act);
}

/* Did it go to a unit where nobody of the walk works, such as the one above? Then nothing leads on. */
static bool is_astray(const struct walk_site *s, struct tx *tx)
{
	struct query q = db_query(tx, "SELECT COUNT(*) FROM dossier WHERE holder NOT IN ($1, $2,"
				      " $3, $4, $5, $6)");
	BIND(&q, s->unit[0], s->unit[1], s->unit[2], s->unit[3], s->unit[4], s->unit[5]);
	enum err e = db_one(&q);
	int64_t n = e ? 0 : col_int(&q, 0);
	db_end(&q);
	return n > 0;
}

/* One try with these picks, taken back afterwards. */
static enum err try_once(struct walker *w, struct walk_act *act, struct arena *mem,
			 struct faults *faults)
{
	struct rng rng;
	struct tx tx = walk_tx(&w->s, act, mem, &rng);
	check_begun(&tx, tx_begin(&tx, w->db, DB_WRITE));
	enum err e = walk_prepare(&w->s, &tx, act);
	if (!e)
		e = walk_do(&w->s, &tx, act, S(""), faults);
	if (!e && is_astray(&w->s, &tx))
		e = ERR_CONFLICT;
	if (!e)
		act->first = taken_now(w, &tx, act->mem, false);
	if (e == ERR_IO || e == ERR_CORRUPT)
		FAIL("%s.%s: %s", act->kind->name, act->step->name, tx.why);
	enum err ended = tx_end(&tx, ERR_CONFLICT);
	(void)ended;
	return e;
}

static void pick_on(struct walker *w, const struct step *step, struct walk_picks *picks,
		    const struct faults *faults, int round)
{
	bool moved = false;
	for (size_t k = 0; k < faults->n; k++) {
		size_t i = 0;
		for (const struct field *f = step->form; f && f->type; f++, i++)
			if (strcmp(f->name, faults->at[k].field) == 0) {
				picks->of[i]++;
				moved = true;
			}
	}
	for (size_t i = 0; i < WALK_FIELDS && (!moved || round % 8 == 7); i++)
		picks->of[i] = (uint32_t)rng_below(&w->rng, 24);
}

/* Takes the step, on a dossier or (0) opening one. False when no form could be found for it. */
static bool attempt(struct walker *w, const struct kind *k, const struct step *step,
		    enum walk_place place, int64_t dossier, bool wild)
{
	struct arena *mem = mem_of(w, MEM_TRY);
	bool done = false, again = true;
	struct walk_act act = { .kind = k,
				.step = step,
				.place = place,
				.dossier = dossier,
				.now = w->now,
				.mem = test_arena() };
	for (size_t i = 0; wild && i < WALK_FIELDS; i++)
		act.picks.of[i] = (uint32_t)rng_below(&w->rng, 24);
	int *in_vain = &goal_of(w, str_of(k->name), str_of(step->name))->in_vain[place];
	int tries = TRIES >> *in_vain;
	if (tries < TRIES_LEAST)
		tries = TRIES_LEAST;
	for (int t = 0; t < tries && again && !done; t++) {
		struct faults faults = { .a = mem };
		act.seed = ++w->seeds;
		enum err e = try_once(w, &act, mem, &faults);
		done = !e;
		again = e == ERR_INVALID && faults.n;
		if (again)
			pick_on(w, step, &act.picks, &faults, t);
		arena_clear(mem);
	}
	*in_vain = done ? 0 : *in_vain < 4 ? *in_vain + 1 : 4;
	if (done)
		really_do(w, &act);
	return done;
}

static void pass_days(struct walker *w, int days)
{
	struct arena *mem = mem_of(w, MEM_TRY);
	struct rng rng;
	w->now.ms += days * INT64_C(86400000);
	struct walk_act act = {
		.now = w->now, .seed = ++w->seeds, .code = S(""), .mem = test_arena()
	};
	struct tx tx = walk_tx(&w->s, &act, mem, &rng);
	check_begun(&tx, tx_begin(&tx, w->db, DB_WRITE));
	if (walk_do(&w->s, &tx, &act, S(""), NULL))
		FAIL("the calendar's walk: %s", tx.why);
	act.first = taken_now(w, &tx, act.mem, false);
	enum err ended = tx_end(&tx, ERR_CONFLICT);
	(void)ended;
	really_do(w, &act);
}

/* --- Where to go --- */

struct known {
	int64_t id;
	enum walk_place place;
	unsigned state;
	int64_t author;
	int64_t parent; /* of the same kind: what follows may follow from an act on it; 0 */
	enum walk_place parent_place;
	unsigned parent_state;
};

static size_t dossiers_of(struct walker *w, struct arena *mem, const struct kind *k,
			  struct known out[KNOWN])
{
	struct rng rng;
	struct walk_act now = { .now = w->now };
	struct tx tx = walk_tx(&w->s, &now, mem, &rng);
	size_t n = 0;
	check_begun(&tx, tx_begin(&tx, w->db, DB_READ));
	struct query q = db_query(&tx, "SELECT d.id, d.unit, d.state, d.author, p.id, p.unit,"
				       " p.state FROM dossier d LEFT JOIN dossier p"
				       " ON p.id = d.parent AND p.kind = d.kind WHERE d.kind = $1"
				       " ORDER BY d.id DESC LIMIT 12");
	BIND(&q, str_of(k->name));
	while (db_next(&q)) {
		out[n] = (struct known){ col_int(&q, 0), walk_place_of(&w->s, col_int(&q, 1)),
					 (unsigned)col_int(&q, 2), col_int(&q, 3) };
		if ((out[n].parent = col_int(&q, 4))) {
			out[n].parent_place = walk_place_of(&w->s, col_int(&q, 5));
			out[n].parent_state = (unsigned)col_int(&q, 6);
		}
		n++;
	}
	if (tx_end(&tx, q.err))
		FAIL("%s", tx.why);
	return n;
}

/* At the likeliest place; now and then, when it wanders, at any: a document of the district asks its
 * communes. */
static bool open_one(struct walker *w, const struct kind *k, const struct step *step, bool wild)
{
	int first = wild && rng_below(&w->rng, 2) ? (int)rng_below(&w->rng, PLACES) : 0;
	for (int p = 0; p < PLACES; p++)
		if (attempt(w, k, step, (enum walk_place)((first + p) % PLACES), 0, wild))
			return true;
	return false;
}

/* How many steps from each state to one of `want`. */
static void distances(const struct kind *k, unsigned want, int far[32])
{
	for (int i = 0; i < 32; i++)
		far[i] = want >> i & 1 ? 0 : FAR;
	for (int round = 0; round < 32; round++)
		for (const struct step *s = k->steps; s->name; s++)
			for (int i = 0; i < 32 && s->to && !s->follows; i++)
				for (int to = 0; to < 32; to++)
					if ((s->from >> i & 1) && (s->to >> to & 1) &&
					    far[to] + 1 < far[i])
						far[i] = far[to] + 1;
}

static int far_of(const int far[32], unsigned state)
{
	int least = FAR;
	for (int i = 0; i < 32; i++)
		if ((state >> i & 1) && far[i] < least)
			least = far[i];
	return least;
}

/* One step along the shortest way, of what is nearest: two goals would else take the same dossier from each
 * other, one step here and one there. */
static bool approach(struct walker *w, const struct goal *g, const struct known *at, size_t n)
{
	int far[32];
	distances(g->kind, g->step->from, far);
	/* What its author alone may do begins with an author. */
	bool authors = g->step->may == CITIZEN;
	unsigned opener = authors ? CITIZEN : ~0u;
	for (int left = 1; left < 32; left++)
		for (size_t i = 0; i < n; i++)
			for (const struct step *s = g->kind->steps; s->name; s++)
				if ((at[i].author || !authors) && !s->follows && s->to &&
				    (s->from & at[i].state) && far_of(far, at[i].state) == left &&
				    far_of(far, s->to) < left &&
				    attempt(w, g->kind, s, at[i].place, at[i].id, false))
					return true;
	for (const struct step *s = g->kind->steps; s->name; s++)
		if ((s->from & NEW) && !s->follows && (s->may & opener) &&
		    far_of(far, s->to) < FAR && open_one(w, g->kind, s, false))
			return true;
	return false;
}

/* A new matter, moved along by a few steps: others may follow from where it gets. */
static void errand(struct walker *w, const struct kind *k)
{
	struct known at[KNOWN];
	bool opened = false;
	for (const struct step *s = k->steps; s->name && !opened; s++)
		if ((s->from & NEW) && !s->follows)
			opened = open_one(w, k, s, true);
	for (int moves = 0; opened && moves < 4; moves++) {
		const struct step *could[16], *s = k->steps;
		size_t n = 0;
		if (!dossiers_of(w, mem_of(w, MEM_WANDER), k, at))
			return;
		for (; s->name && n < LENGTH(could); s++)
			if (s->to && !s->follows && (s->from & at[0].state))
				could[n++] = s;
		if (!n)
			return;
		s = could[rng_below(&w->rng, n)];
		if (!attempt(w, k, s, at[0].place, at[0].id, false))
			return;
	}
}

/* Of what the newest dossier of a kind is a part; NULL: of nothing, or there is none. */
static const struct kind *kind_above(struct walker *w, struct arena *mem, const struct kind *k)
{
	struct rng rng;
	struct walk_act now = { .now = w->now };
	struct tx tx = walk_tx(&w->s, &now, mem, &rng);
	const struct kind *above = NULL;
	check_begun(&tx, tx_begin(&tx, w->db, DB_READ));
	struct query q =
		db_query(&tx, "SELECT p.kind FROM dossier d JOIN dossier p ON p.id = d.parent"
			      " WHERE d.kind = $1 ORDER BY d.id DESC LIMIT 1");
	BIND(&q, str_of(k->name));
	while (db_next(&q))
		for (const struct kind *const *at = w->s.office.kinds; *at; at++)
			if (str_eq(col_str(&q, 0), str_of((*at)->name)))
				above = *at;
	if (tx_end(&tx, q.err))
		FAIL("%s", tx.why);
	return above;
}

static void wander(struct walker *w, const struct kind *k)
{
	static const int days[] = { 1, 1, 7, 20, 35, 100 };
	struct arena *mem = mem_of(w, MEM_WANDER);
	struct known at[KNOWN];
	uint64_t die = rng_below(&w->rng, 10);
	/* What follows may follow from another kind, sooner from one of the same field of work. */
	const struct kind *other = w->goals[rng_below(&w->rng, w->n)].kind;
	const struct kind *above = kind_above(w, mem, k);
	if (above && rng_below(&w->rng, 2) == 0)
		k = above;
	else if (die == 0 || (strcmp(other->work, k->work) == 0 && rng_below(&w->rng, 2) == 0))
		k = other;
	if (die > 6) {
		errand(w, k);
	} else if (die < 3) {
		pass_days(w, days[rng_below(&w->rng, LENGTH(days))]);
	} else {
		size_t n = dossiers_of(w, mem, k, at), steps = 0;
		while (k->steps[steps].name)
			steps++;
		const struct step *s = &k->steps[rng_below(&w->rng, steps)];
		if ((s->from & NEW) && !s->follows)
			open_one(w, k, s, true);
		for (size_t i = 0; i < n && !s->follows; i++)
			if ((s->from & at[i].state) &&
			    attempt(w, k, s, at[i].place, at[i].id, true))
				break;
	}
}

/* What leads others of its kind is moved on, and they with it: by any of its steps, because what follows
 * may follow from one of them alone. */
static void move_parents(struct walker *w, const struct goal *g, const struct known *at, size_t n)
{
	size_t steps = 0;
	while (g->kind->steps[steps].name)
		steps++;
	size_t first = rng_below(&w->rng, steps);
	for (size_t i = 0; i < n; i++)
		for (size_t k = 0; k < steps && at[i].parent; k++) {
			const struct step *s = &g->kind->steps[(first + k) % steps];
			if ((at[i].state & g->step->from) && (s->from & at[i].parent_state) &&
			    !s->follows && s->to &&
			    attempt(w, g->kind, s, at[i].parent_place, at[i].parent, true))
				return;
		}
}

/* What follows by the calendar follows from what was done where a dossier stands: a sheet is hung, and a
 * month later its run is over. */
static void wait_for(struct walker *w, const struct goal *g, const struct known *at, size_t n)
{
	size_t steps = 0;
	while (g->kind->steps[steps].name)
		steps++;
	for (size_t i = 0; i < n; i++) {
		const struct step *s = &g->kind->steps[rng_below(&w->rng, steps)];
		if (!s->follows && !s->to && (s->from & g->step->from & at[i].state) &&
		    attempt(w, g->kind, s, at[i].place, at[i].id, true))
			break;
	}
	pass_days(w, 35);
}

static void pursue(struct walker *w, const struct goal *g, int round)
{
	struct arena *mem = mem_of(w, MEM_PURSUE);
	struct known at[KNOWN];
	size_t n = dossiers_of(w, mem, g->kind, at);
	bool stood = false, moved = false;
	if (!g->step->follows && (g->step->from & NEW))
		moved = open_one(w, g->kind, g->step, round > 0);
	for (size_t i = 0; i < n && !moved; i++)
		if (g->step->from & at[i].state) {
			stood = true;
			moved = !g->step->follows &&
				attempt(w, g->kind, g->step, at[i].place, at[i].id, round > 0);
		}
	if (!moved && (!stood || g->step->may == CITIZEN) && !(g->step->from & NEW))
		moved = approach(w, g, at, n);
	if (stood && g->step->follows && round % 4 == 1)
		move_parents(w, g, at, n);
	if (stood && g->step->follows && round % 4 == 3)
		wait_for(w, g, at, n);
	else if (!moved || g->step->follows)
		wander(w, g->kind);
}

static void set_goals(struct walker *w)
{
	for (const struct kind *const *k = w->s.office.kinds; *k; k++)
		for (const struct step *s = (*k)->steps; s->name; s++) {
			CHECK(w->n < GOALS_MOST);
			w->goals[w->n++] = (struct goal){ *k, s, false };
		}
}

static void put_missed(struct walker *w)
{
	for (size_t i = 0; i < w->n; i++)
		if (!w->goals[i].taken)
			buf_printf(&w->way, "%.*s %s.%s\n", STR_ARG(WALK_MISSED),
				   w->goals[i].kind->name, w->goals[i].step->name);
}

TEST(a_way_leads_to_nearly_every_step)
{
	struct walker *w = NEW(test_arena(), struct walker);
	const char *to = getenv("DINH_WAY");
	struct str why = S("");
	CHECK(to);
	walk_site_make(&w->s);
	w->now = w->s.begins;
	w->way.a = test_arena();
	rng_seeded(&w->rng, 21);
	set_goals(w);
	for (int i = 0; i < MEMS; i++)
		w->mem[i] = arena_new(0);
	arena_defer(test_arena(), end_walk, w);
	w->db = test_open(w->s.dir, DB_WRITE);
	for (int round = 0; round < ROUNDS; round++)
		for (size_t i = 0; i < w->n; i++)
			if (!w->goals[i].taken)
				pursue(w, &w->goals[i], round);
	put_missed(w);
	if (file_replace(to, buf_str(&w->way), 0644, test_arena(), &why))
		FAIL("%.*s", STR_ARG(why));
}
