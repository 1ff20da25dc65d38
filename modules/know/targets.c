/* Groups are of one level; who is not an office that can answer (an enterprise) is in none. */
#include "modules/know/targets.h"

#include "base/utf8.h"
#include "modules/know/vacancy.h"
#include "office/dossier.h"
#include "office/unit_search.h"

#include <inttypes.h>

enum { FOUND_MOST = 12 };

struct strs targets_read(struct arena *a, struct str text, bool *more)
{
	struct strs out = { NEW_N(a, struct str, NAMES_MOST), 0 };
	struct str line, one;
	*more = false;
	while (str_next(&text, '\n', &line))
		while (str_next(&line, ';', &one)) {
			bool known = false;
			one = str_trim(one);
			for (size_t i = 0; i < out.n && !known; i++)
				known = str_eq(out.at[i], one);
			if (known || !one.len)
				continue;
			if (out.n == NAMES_MOST) {
				*more = true;
				return out;
			}
			out.at[out.n++] = one;
		}
	return out;
}

/* --- Groups --- */

static const struct {
	const char *name;
	enum unit_level level;
	void (*label)(struct buf *out, enum lang lang, int64_t n);
} groups[] = {
	{ "districts", LEVEL_DISTRICT, msg_targets_districts },
	{ "communes", LEVEL_COMMUNE, msg_targets_communes },
	{ "agencies", LEVEL_AGENCY, msg_targets_agencies },
	{ "villages", LEVEL_VILLAGE, msg_targets_villages },
};

/* Villages answer to their commune alone, agencies to the unit they belong to. */
static bool offers(enum unit_level own, enum unit_level level)
{
	if (level == LEVEL_VILLAGE)
		return own == LEVEL_COMMUNE;
	return own < LEVEL_COMMUNE && level > own;
}

static void add(struct choices *out, struct arena *a, struct str value, struct buf *label)
{
	out->at[out->n++] = (struct choice){ str_dup(a, value), buf_str(label) };
}

static enum err add_districts(struct tx *tx, const struct unit *u, enum lang lang,
			      struct choices *out)
{
	struct unit_list children;
	enum err e = unit_children(tx, u->id, tx_today(tx), TARGETS_MOST, &children);
	size_t n = e ? 0 : children.n;
	struct choices all = { NEW_N(tx->mem, struct choice, out->n + n + 1), 0 };
	for (size_t i = 0; i < out->n; i++)
		all.at[all.n++] = out->at[i];
	for (size_t i = 0; i < n; i++) {
		struct buf label = { .a = tx->mem };
		if (children.at[i].level != LEVEL_DISTRICT)
			continue;
		msg_targets_communes_of(&label, lang, unit_title(tx->mem, &children.at[i], lang));
		add(&all, tx->mem,
		    str_printf(tx->mem, "communes:%.*s", STR_ARG(children.at[i].code)), &label);
	}
	*out = all;
	return e;
}

enum err targets_options(struct tx *tx, const void *subject, enum lang lang, struct choices *out)
{
	const struct dossier *d = subject;
	int64_t counts[LEVELS];
	struct unit u;
	enum err e = unit_find(tx, d->holder, tx_today(tx), &u);
	if (e || (e = unit_count(tx, u.id, tx_today(tx), counts)))
		return e;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, LENGTH(groups)), 0 };
	for (size_t i = 0; i < LENGTH(groups); i++) {
		struct buf label = { .a = tx->mem };
		if (!offers(u.level, groups[i].level) || !counts[groups[i].level])
			continue;
		groups[i].label(&label, lang, counts[groups[i].level]);
		add(out, tx->mem, str_of(groups[i].name), &label);
	}
	return u.level < LEVEL_DISTRICT ? add_districts(tx, &u, lang, out) : OK;
}

/* --- Units --- */

struct finding {
	struct tx *tx;
	int64_t unit;
	struct strs *out;
	bool many;
};

static void put(struct finding *f, int64_t id)
{
	struct str text = str_printf(f->tx->mem, "%" PRId64, id);
	for (size_t i = 0; i < f->out->n; i++)
		if (str_eq(f->out->at[i], text))
			return;
	if (f->out->n == TARGETS_MOST)
		f->many = true;
	else
		f->out->at[f->out->n++] = text;
}

static enum err put_level(struct finding *f, int64_t under, enum unit_level level)
{
	struct query q = db_query(f->tx, "SELECT v.unit FROM unit_ancestor a JOIN unit_version v"
					 " ON v.unit = a.unit AND v.valid_from <= $2"
					 " AND v.valid_to >= $2 JOIN unit u ON u.id = v.unit"
					 " AND u.first_day <= $2 AND u.last_day >= $2"
					 " WHERE a.ancestor = $1 AND a.valid_from <= $2"
					 " AND a.valid_to >= $2 AND a.way = 0 AND v.level = $3"
					 " ORDER BY v.code LIMIT $4");
	BIND(&q, under, tx_today(f->tx), (int64_t)level, (int64_t)TARGETS_MOST + 1);
	while (db_next(&q))
		put(f, col_int(&q, 0));
	return q.err;
}

/* Units of a level, at and under one; `under` is 0 where the words name no group of that unit. */
struct group {
	int64_t under;
	enum unit_level level;
};

static enum err find_group(struct tx *tx, int64_t unit, enum unit_level own, struct str words,
			   struct group *out)
{
	struct str name = S(""), rest = words;
	struct unit district;
	bool beneath = false;
	*out = (struct group){ 0 };
	str_next(&rest, ':', &name);
	for (size_t i = 0; i < LENGTH(groups); i++)
		if (str_eq(words, str_of(groups[i].name)) && offers(own, groups[i].level)) {
			*out = (struct group){ unit, groups[i].level };
			return OK;
		}
	if (!str_eq(name, S("communes")) || !rest.len)
		return OK;
	enum err e = unit_by_code(tx, rest, tx_today(tx), &district);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	e = unit_beneath(tx, district.id, unit, tx_today(tx), &beneath);
	if (!e && beneath)
		*out = (struct group){ district.id, LEVEL_COMMUNE };
	return e;
}

enum err targets_notes(struct tx *tx, const void *subject, enum lang lang, struct choices *options)
{
	const struct dossier *d = subject;
	struct unit u;
	enum err e = unit_find(tx, d->holder, tx_today(tx), &u);
	for (size_t i = 0; !e && i < options->n; i++) {
		struct buf note = { .a = tx->mem };
		struct group g;
		int64_t n = 0;
		e = find_group(tx, u.id, u.level, options->at[i].value, &g);
		if (!e && g.under)
			e = vacancy_count(tx, g.under, g.level, &n);
		if (!e && n)
			msg_targets_vacant(&note, lang, n);
		options->at[i].note = buf_str(&note);
	}
	return e;
}

static bool can_answer(const struct finding *f, const struct unit *u)
{
	return u->id != f->unit && u->level != LEVEL_ENTERPRISE;
}

/* By the very name, with or without its type; else the only one that fits. */
static enum err by_name(struct finding *f, struct str name, int64_t *id)
{
	struct unit_list found;
	struct arena *a = f->tx->mem;
	struct str folded = utf8_fold(a, name);
	size_t exact = 0, fit = 0;
	int64_t only = 0;
	enum err e = unit_search(f->tx, name, f->unit, tx_today(f->tx), FOUND_MOST, &found);
	*id = 0;
	for (size_t i = 0; !e && i < found.n; i++) {
		const struct unit *u = &found.at[i];
		if (!can_answer(f, u))
			continue;
		fit++;
		only = u->id;
		if (!str_eq(utf8_fold(a, u->name), folded) &&
		    !str_eq(utf8_fold(a, unit_title(a, u, LANG_VI)), folded))
			continue;
		exact++;
		*id = u->id;
	}
	if (exact != 1)
		*id = !exact && fit == 1 ? only : 0;
	return e;
}

static enum err find_one(struct finding *f, struct str name, int64_t *id)
{
	struct unit u;
	bool beneath = false;
	enum err e = unit_by_code(f->tx, name, tx_today(f->tx), &u);
	if (e == ERR_NOT_FOUND)
		return by_name(f, name, id);
	if (e || (e = unit_beneath(f->tx, u.id, f->unit, tx_today(f->tx), &beneath)))
		return e;
	*id = beneath && can_answer(f, &u) ? u.id : 0;
	return OK;
}

enum err targets_find(struct tx *tx, int64_t unit, const struct strs *wanted, struct str names,
		      struct strs *out, struct str *wrong, bool *many)
{
	struct finding f = { .tx = tx, .unit = unit, .out = out };
	struct strs one_by_one = targets_read(tx->mem, names, &f.many);
	struct unit own;
	*out = (struct strs){ NEW_N(tx->mem, struct str, TARGETS_MOST), 0 };
	*wrong = S("");
	enum err e = unit_find(tx, unit, tx_today(tx), &own);
	for (size_t i = 0; !e && i < wanted->n; i++) {
		struct group g;
		e = find_group(tx, unit, own.level, wanted->at[i], &g);
		if (!e && g.under)
			e = put_level(&f, g.under, g.level);
	}
	for (size_t i = 0; !e && i < one_by_one.n; i++) {
		int64_t id = 0;
		e = find_one(&f, one_by_one.at[i], &id);
		if (!e && id)
			put(&f, id);
		else if (!e && !wrong->len)
			*wrong = one_by_one.at[i];
	}
	*many = f.many;
	return e;
}
