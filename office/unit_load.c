/* Two lists, one per period, and a mapping become one set of units: first every row of both lists
 * is a node; then nodes that are the same unit are joined; then those the site needs are chosen; and
 * only these are written, each with its versions and what lies above it on which day. All thinking
 * happens in memory, so that the database sees nothing but inserts. */
#include "office/unit_load.h"

#include "base/tsv.h"
#include "base/utf8.h"
#include "office/doer.h"
#include "office/unit_index.h"

enum period { OLD, NEW_ONE, PERIODS };
enum { NEARLY_ALL = 950 }; /* thousandths: boundaries of 2009 and 2025 differ by a few percent */

struct node {
	struct str code, type, name, name_en;
	enum unit_level level;
	enum period period;
	struct node *parent;
	struct node *same; /* of an old node: the new one that is the same unit */
	struct node *was;  /* of a new node: the old one */
	struct node *children, *next;
	struct move *goes, *comes; /* successions from here, and to here */
	struct date from, to;
	bool chosen;
	int64_t id;
	struct aboves above;
	bool above_known;
};

struct move {
	struct node *from, *to;
	bool whole, checked, main;
	int64_t share;
	struct move *next_from, *next_to;
};

struct table { /* codes of one period */
	struct node **slots;
	size_t mask;
};

struct forest {
	struct tx *tx;
	struct node *nodes;
	size_t n;
	size_t start[PERIODS + 1]; /* where each period begins among the nodes */
	struct table by_code[PERIODS];
	struct node *country;
};

/* --- Reading the lists --- */

static size_t slot_of(const struct table *t, struct str code)
{
	size_t i = (size_t)str_hash(code) & t->mask;

	while (t->slots[i] && !str_eq(t->slots[i]->code, code))
		i = (i + 1) & t->mask;
	return i;
}

static struct node *find(const struct forest *f, enum period p, struct str code)
{
	return f->by_code[p].slots ? f->by_code[p].slots[slot_of(&f->by_code[p], code)] : NULL;
}

static bool code_fits(struct str code)
{
	if (!code.len || code.len > 20)
		return false;
	for (size_t i = 0; i < code.len; i++)
		if (code.at[i] < '0' || code.at[i] > '9')
			return false;
	return true;
}

enum { U_CODE, U_PARENT, U_LEVEL, U_TYPE, U_NAME, U_NAME_EN };

static const char *const unit_columns[] = { "code",    "parent",  "level", "type_vi",
					    "name_vi", "name_en", NULL };

static void read_unit(struct forest *f, struct tsv *t, size_t row, enum period p, struct node *n)
{
	struct arena *a = f->tx->mem;
	struct str parent = tsv_cell(t, row, U_PARENT);

	n->period = p;
	n->code = tsv_text(t, row, U_CODE);
	n->type = utf8_nfc(a, tsv_text(t, row, U_TYPE));
	n->name = utf8_nfc(a, tsv_text(t, row, U_NAME));
	n->name_en = utf8_nfc(a, tsv_cell(t, row, U_NAME_EN));
	n->level = (enum unit_level)tsv_int(t, row, U_LEVEL, LEVEL_PROVINCE, LEVEL_COMMUNE,
					    TSV_NEEDED);
	/* The list of 2025 has no districts and calls the commune level 2. */
	if (p == NEW_ONE && n->level == LEVEL_DISTRICT)
		n->level = LEVEL_COMMUNE;
	if (!code_fits(n->code))
		tsv_fail(t, row, U_CODE, "only digits, at most 20");
	if ((n->level == LEVEL_PROVINCE) != !parent.len)
		tsv_fail(t, row, U_PARENT, "provinces have no parent, all others need one");
}

static enum err read_units(struct forest *f, const char *file, struct str text, enum period p)
{
	struct tx *tx = f->tx;
	struct table *codes = &f->by_code[p];
	struct tsv t;

	if (tsv_parse(tx->mem, str_of(file), text, unit_columns, &t))
		return tx_fail(tx, ERR_INVALID, "%.*s", STR_ARG(t.why));
	size_t slots = 16;
	while (slots < t.rows * 2)
		slots *= 2;
	codes->slots = NEW_N(tx->mem, struct node *, slots);
	codes->mask = slots - 1;

	struct node *nodes = &f->nodes[f->n];

	for (size_t i = 0; i < t.rows; i++) {
		read_unit(f, &t, i, p, &nodes[i]);
		size_t slot = slot_of(codes, nodes[i].code);

		if (codes->slots[slot])
			tsv_fail(&t, i, U_CODE, "this code is there twice");
		codes->slots[slot] = &nodes[i];
	}
	for (size_t i = 0; i < t.rows; i++) {
		struct str code = tsv_cell(&t, i, U_PARENT);
		struct node *parent = code.len ? find(f, p, code) : f->country;

		if (code.len && (!parent || parent->level >= nodes[i].level)) {
			tsv_fail(&t, i, U_PARENT, "no unit of a higher level has this code");
			break;
		}
		nodes[i].parent = parent;
		if (parent) {
			nodes[i].next = parent->children;
			parent->children = &nodes[i];
		}
	}
	if (t.why.len)
		return tx_fail(tx, ERR_INVALID, "%.*s", STR_ARG(t.why));
	f->n += t.rows;
	return OK;
}

static void put_move(struct forest *f, struct move m)
{
	struct move *kept = NEW(f->tx->mem, struct move);

	*kept = m;
	kept->next_from = m.from->goes;
	kept->next_to = m.to->comes;
	m.from->goes = m.to->comes = kept;
}

enum { M_OLD, M_NEW, M_KIND, M_SHARE, M_METHOD, M_CHECK };

static const char *const move_columns[] = { "old_code", "new_code", "kind", "area_share",
					    "method",   "check",    NULL };
static const char *const move_kinds[] = { "full", "partial", "unknown", NULL };
static const char *const move_checks[] = { "", "ok", "suspect", "review", "empty", NULL };
enum { KIND_FULL, KIND_PARTIAL, KIND_UNKNOWN };
enum { CHECK_NONE, CHECK_OK, CHECK_SUSPECT };

/* "0.981" to thousandths; an empty cell is -1. */
static int64_t read_share(struct tsv *t, size_t row)
{
	struct str s = tsv_cell(t, row, M_SHARE);
	int64_t whole = 0, thousandths = 0;

	if (!s.len)
		return -1;
	if (s.len != 5 || s.at[1] != '.' || !str_int(str_cut(s, 1), &whole) ||
	    !str_int(str_from(s, 2), &thousandths) || thousandths < 0 || whole > 1)
		tsv_fail(t, row, M_SHARE, "a share is written 0.000 to 1.000");
	return whole * 1000 + thousandths;
}

static enum err read_moves(struct forest *f, struct str text)
{
	struct tx *tx = f->tx;
	struct tsv t;

	if (tsv_parse(tx->mem, S("mapping-2020-2025.tsv"), text, move_columns, &t))
		return tx_fail(tx, ERR_INVALID, "%.*s", STR_ARG(t.why));
	for (size_t i = 0; i < t.rows && !t.why.len; i++) {
		struct node *from = find(f, OLD, tsv_cell(&t, i, M_OLD));
		struct node *to = find(f, NEW_ONE, tsv_cell(&t, i, M_NEW));
		int kind = tsv_choice(&t, i, M_KIND, move_kinds);
		int check = tsv_choice(&t, i, M_CHECK, move_checks);
		int64_t share = read_share(&t, i);

		if (!from)
			tsv_fail(&t, i, M_OLD, "no unit of 2020 has this code");
		else if (!to && kind != KIND_UNKNOWN)
			tsv_fail(&t, i, M_NEW, "no unit of 2025 has this code");
		else if (to && check != CHECK_SUSPECT)
			put_move(f, (struct move){ .from = from,
						   .to = to,
						   .whole = kind == KIND_FULL,
						   .checked = check == CHECK_OK,
						   .share = share });
	}
	return t.why.len ? tx_fail(tx, ERR_INVALID, "%.*s", STR_ARG(t.why)) : OK;
}

static enum err read_province_moves(struct forest *f, struct str text)
{
	static const char *const columns[] = { "old_code", "new_code", NULL };
	struct tx *tx = f->tx;
	struct tsv t;

	if (tsv_parse(tx->mem, S("mapping-provinces-2025.tsv"), text, columns, &t))
		return tx_fail(tx, ERR_INVALID, "%.*s", STR_ARG(t.why));
	for (size_t i = 0; i < t.rows; i++) {
		struct node *from = find(f, OLD, tsv_cell(&t, i, M_OLD));
		struct node *to = find(f, NEW_ONE, tsv_cell(&t, i, M_NEW));

		if (!from || !to)
			tsv_fail(&t, i, from ? M_NEW : M_OLD, "no unit of that year has this code");
		else
			put_move(f, (struct move){ .from = from,
						   .to = to,
						   .whole = true,
						   .checked = true,
						   .share = 1000 });
	}
	return t.why.len ? tx_fail(tx, ERR_INVALID, "%.*s", STR_ARG(t.why)) : OK;
}

/* --- One unit or two --- */

static bool larger(const struct move *x, const struct move *y)
{
	if (x->whole != y->whole)
		return x->whole;
	if (x->checked != y->checked)
		return x->checked;
	return x->share > y->share;
}

/* The mapping alone does not prove that nothing else was joined: one that kept its territory also
 * kept its code, its type and, but for spelling, its name. Anything less is a successor. */
static bool is_same(struct arena *a, const struct move *m)
{
	return m->whole && !m->next_from && !m->next_to && m->from->goes == m &&
	       m->to->comes == m && str_eq(m->from->code, m->to->code) &&
	       str_eq(m->from->type, m->to->type) &&
	       str_eq(utf8_fold(a, m->from->name), utf8_fold(a, m->to->name));
}

static void join_periods(struct forest *f)
{
	for (size_t i = f->start[OLD]; i < f->start[OLD + 1]; i++) {
		struct node *n = &f->nodes[i];
		struct move *best = n->goes;

		for (struct move *m = n->goes; m; m = m->next_from)
			if (larger(m, best))
				best = m;
		if (!best)
			continue;
		best->main = true;
		/* The one line left after those about a namesake elsewhere were ignored. */
		if (!best->next_from && n->goes == best && best->share >= NEARLY_ALL)
			best->whole = true;
		if (is_same(f->tx->mem, best)) {
			n->same = best->to;
			best->to->was = n;
			n->goes = best->to->comes = NULL;
		}
	}
}

/* --- What the site needs --- */

/* A node with everything beneath, and what these become. */
static void choose(struct node *n)
{
	n->chosen = true;
	if (n->same && !n->same->chosen)
		choose(n->same);
	for (struct move *m = n->goes; m; m = m->next_from)
		if (!m->to->chosen)
			choose(m->to);
	for (struct node *c = n->children; c; c = c->next)
		if (!c->chosen)
			choose(c);
}

static bool choose_one(struct node *n)
{
	bool fresh = n && !n->chosen;

	if (fresh)
		n->chosen = true;
	return fresh;
}

static void choose_for(struct forest *f, struct node *root)
{
	bool more = true;

	choose(root);
	if (root->was)
		choose(root->was);
	for (struct move *m = root->comes; m; m = m->next_to)
		choose(m->from);
	/* What lies above, the other half of units that stay, and the heirs of all these; for them
	 * alone, not what lies beneath. */
	while (more) {
		more = false;
		for (size_t i = 0; i < f->n; i++) {
			struct node *n = &f->nodes[i];

			if (!n->chosen)
				continue;
			more |= choose_one(n->parent);
			more |= choose_one(n->same);
			more |= choose_one(n->was);
			for (struct move *m = n->goes; m; m = m->next_from)
				more |= choose_one(m->to);
		}
	}
}

/* --- Writing --- */

static enum err write_unit(struct tx *tx, struct node *n, struct date first, struct date last)
{
	int64_t heir = 0;
	bool ended = date_cmp(last, days_last()) < 0;

	for (struct move *m = n->goes; m; m = m->next_from)
		if (m->main)
			heir = m->to->id;
	if (ended && !heir && n->parent)
		heir = n->parent->id;
	struct query q = db_query(tx, "INSERT INTO unit (first_day, last_day, heir, made_at) "
				      "VALUES ($1, $2, " NULL_IF_0("$3") ", $4) RETURNING id");
	BIND(&q, first, last, ended ? heir : (int64_t)0, tx->now);
	enum err e = db_one(&q);

	if (!e)
		n->id = col_int(&q, 0);
	db_end(&q);
	return e;
}

static enum err write_version(struct tx *tx, const struct node *n, int64_t unit)
{
	struct query q =
		db_query(tx, "INSERT INTO unit_version (unit, valid_from, valid_to, code, "
			     "type, name, name_en, parent, level, made_at) "
			     "VALUES ($1, $2, $3, $4, $5, $6, $7, " NULL_IF_0("$8") ", $9, $10)");
	BIND(&q, unit, n->from, n->to, n->code, n->type, n->name, n->name_en,
	     n->parent ? n->parent->id : (int64_t)0, (int64_t)n->level, tx->now);
	return db_exec(&q);
}

static enum err write_moves(struct tx *tx, const struct node *n)
{
	for (const struct move *m = n->goes; m; m = m->next_from) {
		struct query q =
			db_query(tx, "INSERT INTO unit_succession (predecessor, successor, "
				     "since, main, whole, share, checked) "
				     "VALUES ($1, $2, $3, $4, $5, $6, $7)");
		BIND(&q, m->from->id, m->to->id, m->to->from, m->main, m->whole, m->share,
		     m->checked);
		enum err e = db_exec(&q);

		if (e)
			return tx_fail(tx, e, "%.*s goes to %.*s twice", STR_ARG(m->from->code),
				       STR_ARG(m->to->code));
	}
	return OK;
}

/* The rows of a unit, by those of its parents and successors; each is computed once. Parents are of
 * a higher level and successors of the later period, so this ends. */
static struct aboves *above(struct arena *a, struct node *n)
{
	struct node *last = n->same ? n->same : n;
	struct node *first = n->was ? n->was : n;

	if (last->above_known)
		return &last->above;
	last->above = (struct aboves){ .a = a };
	last->above_known = true;
	aboves_self(&last->above, last->id, first->from, last->to);
	for (struct node *half = first;; half = last) {
		if (half->parent)
			aboves_under(&last->above, above(a, half->parent), half->from, half->to,
				     WAY_TREE);
		if (half == last)
			break;
	}
	for (struct move *m = last->goes; m; m = m->next_from)
		aboves_under(&last->above, above(a, m->to), m->to->from, days_last(),
			     m->main ? WAY_HEIR : WAY_OTHER);
	if (!last->goes && date_cmp(last->to, days_last()) < 0 && last->parent)
		aboves_under(&last->above, above(a, last->parent), date_add(last->to, 1),
			     days_last(), WAY_HEIR);
	aboves_settle(&last->above);
	return &last->above;
}

/* Heirs before those they inherit from: the country, then the later period, then the earlier, and
 * within each by level. */
static enum err write_all(struct forest *f)
{
	struct tx *tx = f->tx;
	enum err e;

	if (f->country && (e = write_unit(tx, f->country, f->country->from, f->country->to)))
		return e;
	for (int p = PERIODS; p-- > 0;)
		for (enum unit_level level = LEVEL_PROVINCE; level <= LEVEL_COMMUNE; level++)
			for (size_t i = f->start[p]; i < f->start[p + 1]; i++) {
				struct node *n = &f->nodes[i];

				if (!n->chosen || n->level != level)
					continue;
				if (n->same)
					n->id = n->same->id;
				else if ((e = write_unit(tx, n, n->was ? n->was->from : n->from,
							 n->to)))
					return e;
			}
	for (size_t i = 0; i < f->n; i++) {
		struct node *n = &f->nodes[i];

		if (!n->chosen)
			continue;
		if ((e = write_version(tx, n, n->id)) || (e = write_moves(tx, n)))
			return e;
		if (!n->same && (e = aboves_store(tx, n->id, above(tx->mem, n))))
			return e;
	}
	return OK;
}

/* --- The whole --- */

static void set_days(struct forest *f, bool reformed)
{
	struct date reform = NO_DATE, first = days_first(), last = days_last();

	if (!date_parse(S(UNIT_REFORM), &reform))
		return;
	for (size_t i = 0; i < f->n; i++) {
		struct node *n = &f->nodes[i];
		bool old = n->period == OLD && n != f->country;

		n->from = n->period == OLD ? first : reform;
		n->to = old && reformed ? date_add(reform, -1) : last;
	}
}

static struct node *root_of(struct forest *f, struct str code, struct date day)
{
	if (f->country)
		return f->country;
	for (int p = PERIODS; p-- > 0;) {
		struct node *n = find(f, (enum period)p, code);

		if (n && date_cmp(n->from, day) <= 0 && date_cmp(day, n->to) <= 0)
			return n;
	}
	return NULL;
}

static size_t lines_in(struct str text)
{
	size_t n = 1;

	for (size_t i = 0; i < text.len; i++)
		n += text.at[i] == '\n';
	return n;
}

static enum err read_forest(struct forest *f, const struct unit_lists *lists, bool country)
{
	bool reformed = lists->units_2025.len > 0;
	enum err e;

	f->nodes = NEW_N(f->tx->mem, struct node,
			 lines_in(lists->units_2020) + lines_in(lists->units_2025) + 1);
	if (country) {
		f->country = &f->nodes[f->n++];
		*f->country = (struct node){ .code = S("VN"),
					     .type = S(""),
					     .name = S("Việt Nam"),
					     .name_en = S("Vietnam"),
					     .level = LEVEL_COUNTRY };
	}
	f->start[OLD] = f->n;
	if ((e = read_units(f, "units-2020.tsv", lists->units_2020, OLD)))
		return e;
	f->start[NEW_ONE] = f->n;
	if (reformed && ((e = read_units(f, "units-2025.tsv", lists->units_2025, NEW_ONE)) ||
			 (e = read_moves(f, lists->communes_moved)) ||
			 (e = read_province_moves(f, lists->provinces_moved))))
		return e;
	f->start[PERIODS] = f->n;
	set_days(f, reformed);
	join_periods(f);
	return OK;
}

MUST_USE enum err unit_load(struct tx *tx, const struct unit_lists *lists, struct str code,
			    struct date day, int64_t *root)
{
	struct forest f = { .tx = tx };
	struct query q = db_query(tx, "SELECT id FROM unit LIMIT 1");
	enum err e = db_one(&q);

	db_end(&q);
	if (e != ERR_NOT_FOUND)
		return e ? e : tx_fail(tx, ERR_CONFLICT, "this site already has its units");
	if ((e = read_forest(&f, lists, str_eq(code, S("VN")))))
		return e;
	struct node *chosen = root_of(&f, code, day);

	if (!chosen)
		return tx_fail(tx, ERR_INVALID, "no unit has the code %.*s on %.*s", STR_ARG(code),
			       STR_ARG(date_iso(tx->mem, day)));
	choose_for(&f, chosen);
	if ((e = write_all(&f)))
		return e;
	*root = chosen->id;
	return OK;
}
