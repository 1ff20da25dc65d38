/* What everybody may read, as one reads it: every dossier passes the gate as a visitor meets it,
 * both now and as it was at the fixed act. Counts are folded again from the acts up to that one,
 * so that they agree with the entries of the log beside them; of private kinds there is neither
 * row nor count. */
#include "office/export.h"

#include "base/encode.h"
#include "base/json.h"
#include "ledger/log.h"
#include "office/dossier_json.h"
#include "office/gate.h"
#include "office/redaction.h"
#include "office/refold.h"
#include "office/tally_total.h"
#include "office/unit.h"

#include <string.h>

enum { CHUNK_DOSSIERS = 100, CHUNK_ENTRIES = 500, CHUNK_FILES = 200 };

struct open {
	struct parts *p;
	const struct export_moment *m;
	struct arena *rows, *one; /* of a transaction; of a dossier */
	struct calendar_history calendars;
	struct tally_total total;
	int64_t last; /* dossier or entry done */
	bool more;
};

/* --- Units --- */

static void put_unit(struct open *o, struct query *q)
{
	static const char *const levels[] = { "country", "province", "district",  "commune",
					      "village", "agency",   "enterprise" };
	struct buf *b = &o->p->lines;
	int64_t level = col_int(q, 8);
	buf_putc(b, '{');
	json_key_int(b, "unit", col_int(q, 0));
	json_key_date(b, "from", col_date(q, 1));
	json_key_date(b, "to", col_date(q, 2));
	json_key_str(b, "code", col_str(q, 3));
	json_key_str(b, "type", col_str(q, 4));
	json_key_str(b, "name", col_str(q, 5));
	json_key_str(b, "name_en", col_str(q, 6));
	json_key_int(b, "parent", col_int(q, 7));
	json_key_str(b, "level", str_of(level >= 0 && level < LEVELS ? levels[level] : ""));
	buf_put(b, S("}\n"));
	parts_line(o->p);
}

static enum err read_units(struct open *o, struct tx *tx)
{
	struct query q =
		db_query(tx, "SELECT unit, valid_from, valid_to, code, type, name, name_en,"
			     " COALESCE(parent, 0), level FROM unit_version"
			     " ORDER BY unit, valid_from");
	while (db_next(&q))
		put_unit(o, &q);
	return q.err;
}

/* --- Entries of the log --- */

static enum err read_entries(struct open *o, struct tx *tx)
{
	struct buf *b = &o->p->lines;
	struct log_leaves leaves;
	int64_t left = o->m->size - o->last;
	int64_t most = left < CHUNK_ENTRIES ? left : CHUNK_ENTRIES;
	enum err e = log_entries(tx, (uint64_t)o->last, most, &leaves);
	for (size_t i = 0; !e && i < leaves.n; i++) {
		buf_putc(b, '{');
		json_key_int(b, "index", leaves.at[i].index);
		json_key_str(b, "entry", leaves.at[i].entry);
		buf_put(b, S("}\n"));
		parts_line(o->p);
	}
	o->last += most;
	o->more = o->last < o->m->size;
	return e;
}

/* --- Dossiers --- */

/* Names in a posted list go when the posting ends, and a file that is copied around would keep
 * them. */
static bool names_people(struct open *o, const struct act *act, struct str bytes)
{
	struct json j;
	struct str why;
	bool any = false;
	for (const struct field *f = act->step->form; f && f->type; f++)
		any |= f->personal;
	if (!any)
		return false;
	if (!json_parse(o->one, bytes, &j, &why))
		return true;
	for (const struct field *f = act->step->form; f->type; f++)
		if (f->personal && json_get(&j, f->name)->kind != J_NULL)
			return true;
	return false;
}

static int number_of(const struct acts *acts, int64_t id)
{
	for (size_t i = 0; i < acts->n; i++)
		if (acts->at[i].id == id)
			return acts->at[i].no;
	return 0;
}

static enum err put_act(struct open *o, struct tx *tx, const struct dossier *d,
			const struct acts *all, const struct act *act, bool content)
{
	struct buf *b = &o->p->lines;
	struct log_leaf leaf;
	struct content c;
	enum err e = log_leaf_find(tx, act->leaf, &leaf);
	if (e || (e = content_load(tx, act->id, &c)))
		return e;
	buf_put(b, S("{\"is\":\"act\""));
	json_key_str(b, "code", d->code);
	act_json(b, act);
	json_key_int(b, "index", leaf.index >= 0 && leaf.index < o->m->size ? leaf.index : -1);
	struct str bytes = { c.public_bytes.at, c.public_bytes.len };
	if (c.erased) {
		json_key_bool(b, "erased", true);
	} else if (c.redacted_by) {
		json_key_int(b, "redacted_by", number_of(all, c.redacted_by));
	} else if (content && names_people(o, act, bytes)) {
		json_key_bool(b, "personal", true);
	} else if (content) {
		json_key_str(b, "salt", base64_encode(o->one, c.public_salt.at, c.public_salt.len));
		json_key_str(b, "content", bytes);
	}
	buf_put(b, S("}\n"));
	parts_line(o->p);
	return OK;
}

static enum err put_readable(struct open *o, struct tx *tx, const struct dossier *d,
			     const struct acts *acts, const struct acts *all, bool content)
{
	struct buf *b = &o->p->lines;
	struct unit u;
	enum err e = unit_find(tx, d->unit, tx_today(tx), &u);
	if (e)
		return e;
	buf_put(b, S("{\"is\":\"dossier\""));
	json_key_int(b, "at", d->unit);
	dossier_json(b, d, u.code, content);
	buf_putc(b, '}');
	duties_json(b, &d->duties, true, true);
	buf_put(b, S("}\n"));
	parts_line(o->p);
	for (size_t i = 0; !e && i < acts->n; i++)
		e = put_act(o, tx, d, all, &acts->at[i], content);
	return e;
}

/* That something is owed is public while what has been written is not. */
static void put_hidden(struct open *o, const struct dossier *d)
{
	struct buf *b = &o->p->lines;
	buf_put(b, S("{\"is\":\"dossier\",\"hidden\":true"));
	json_key_int(b, "at", d->unit);
	json_key_str(b, "kind", str_of(d->kind->name));
	duties_json(b, &d->duties, false, true);
	buf_put(b, S("}\n"));
	parts_line(o->p);
}

/* Steps of a matter that is nobody's to read are in the log, so they are counted; what is owed
 * on it is not told. */
static void drop_all_but_steps(const struct kind *k, struct tally_deltas *t)
{
	size_t n = 0;
	for (size_t i = 0; i < t->n; i++) {
		struct str key = t->at[i].key, step = str_from(key, strlen(k->name) + 1);
		if (str_starts(key, str_of(k->name)) && kind_step(k, step))
			t->at[n++] = t->at[i];
	}
	t->n = n;
}

/* Of the acts and the added days, those up to the fixed act. */
static void cut_to_moment(const struct open *o, struct acts *acts, struct calendar_history *days)
{
	while (acts->n && acts->at[acts->n - 1].id > o->m->act)
		acts->n--;
	while (days->n > 1 && days->at[days->n - 1].act > o->m->act)
		days->n--;
}

static enum err put_dossier(struct open *o, struct tx *tx, int64_t id)
{
	struct calendar_history days = o->calendars;
	struct dossier *stored;
	struct acts acts;
	struct fold f;
	enum err e = dossier_load(tx, id, &stored);
	if (e || stored->kind->is_private || (e = act_list(tx, stored, &acts)))
		return e;
	/* What is hidden since that moment is hidden in the file as well. */
	const struct acts all = acts;
	cut_to_moment(o, &acts, &days);
	struct redactions hidden;
	redactions_from(o->one, &all, acts.n, &hidden);
	if ((e = refold(tx, &days, stored, &acts, o->one, &f)))
		return tx_fail(tx, e, "%.*s: %.*s", STR_ARG(stored->code), STR_ARG(f.why));
	if (redactions_any(&hidden))
		(void)redactions_hide_all(o->one, &hidden, f.d);
	bool readable = gate_may_read(tx, stored) && gate_may_read(tx, f.d);
	bool content = gate_may_see_content(tx, stored) && gate_may_see_content(tx, f.d);
	if (readable)
		e = put_readable(o, tx, f.d, &acts, &all, content);
	else if (dossier_visibility(f.d) <= VISIBLE_INTERNAL)
		put_hidden(o, f.d);
	else
		drop_all_but_steps(f.d->kind, &f.tally);
	tally_total_add(&o->total, &f.tally);
	return e;
}

static enum err ids_after(struct open *o, struct tx *tx, int64_t *ids, size_t *n)
{
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE id > $1 AND id <= $2"
				      " ORDER BY id LIMIT $3");
	BIND(&q, o->last, o->m->dossier, (int64_t)CHUNK_DOSSIERS);
	for (*n = 0; *n < CHUNK_DOSSIERS && db_next(&q); ++*n)
		ids[*n] = col_int(&q, 0);
	db_end(&q);
	return q.err;
}

static enum err read_dossiers(struct open *o, struct tx *tx)
{
	int64_t ids[CHUNK_DOSSIERS];
	size_t n, i = 0;
	struct arena *outer = tx->mem;
	enum err e = calendar_history(tx, &o->calendars);
	if (e || (e = ids_after(o, tx, ids, &n)))
		return e;
	tx->mem = o->one;
	for (; !e && i < n && !parts_full(o->p); i++) {
		e = put_dossier(o, tx, o->last = ids[i]);
		arena_clear(o->one);
	}
	tx->mem = outer;
	o->more = i < n || n == CHUNK_DOSSIERS;
	return e;
}

/* --- Counts --- */

static enum err put_tallies(struct open *o)
{
	struct buf *b = &o->p->lines;
	enum err e = OK;
	tally_total_settle(&o->total);
	for (size_t i = 0; !e && i < o->total.sums.n; i++) {
		const struct tally_delta *t = &o->total.sums.at[i];
		buf_putc(b, '{');
		json_key_int(b, "unit", t->unit);
		json_key_str(b, "key", t->key);
		json_key_int(b, "month", t->month);
		json_key_int(b, "n", t->n);
		buf_put(b, S("}\n"));
		parts_line(o->p);
		b = &o->p->lines;
		if (parts_full(o->p))
			e = parts_flush(o->p);
	}
	return e;
}

/* --- Files --- */

/* A file is public when a dossier that everybody may read uses it openly. */
static enum err is_public_in(struct open *o, struct tx *tx, int64_t dossier, bool *out)
{
	struct dossier *d;
	struct arena *outer = tx->mem;
	tx->mem = o->one;
	enum err e = dossier_load(tx, dossier, &d);
	*out = !e && !d->kind->is_private && gate_may_see_content(tx, d);
	arena_clear(o->one);
	tx->mem = outer;
	return e;
}

static enum err is_public(struct open *o, struct tx *tx, struct str sha256, bool *out)
{
	enum { USERS = 100 };
	int64_t users[USERS];
	size_t n = 0;
	struct query q =
		db_query(tx, "SELECT dossier FROM file_use WHERE sha256 = $1 AND sealed = 0"
			     " ORDER BY dossier LIMIT $2");
	BIND(&q, sha256, (int64_t)USERS);
	while (n < USERS && db_next(&q))
		users[n++] = col_int(&q, 0);
	db_end(&q);
	enum err e = q.err;
	*out = false;
	for (size_t i = 0; !e && !*out && i < n; i++)
		e = is_public_in(o, tx, users[i], out);
	return e;
}

/* The next hashes in their order, into `found`; `last` moves on. */
static enum err read_files(struct open *o, struct tx *tx, struct str *last, struct buf *found)
{
	struct str hashes[CHUNK_FILES];
	size_t n = 0;
	struct query q = db_query(tx, "SELECT sha256 FROM file WHERE sha256 > $1"
				      " ORDER BY sha256 LIMIT $2");
	BIND(&q, *last, (int64_t)CHUNK_FILES);
	while (n < CHUNK_FILES && db_next(&q))
		hashes[n++] = col_str(&q, 0);
	db_end(&q);
	enum err e = q.err;
	for (size_t i = 0; !e && i < n; i++) {
		bool yes = false;
		e = is_public(o, tx, hashes[i], &yes);
		if (yes)
			buf_put(found, hashes[i]);
	}
	if (n)
		*last = str_dup(found->a, hashes[n - 1]);
	o->more = n == CHUNK_FILES;
	return e;
}

static enum err put_files(struct open *o, struct export_result *out)
{
	enum { DIGITS = 2 * sizeof(struct hash) };
	struct arena *mem = arena_new(0);
	struct buf found = { .a = mem };
	struct str last = S("");
	struct tx tx;
	enum err e = OK;
	for (o->more = true; !e && o->more; arena_clear(o->rows)) {
		if ((e = export_begin(o->p->setup, &tx, o->rows, o->p->why)))
			break;
		e = export_end(&tx, read_files(o, &tx, &last, &found), o->p->mem, o->p->why);
		struct str rest = buf_str(&found);
		for (; !e && rest.len >= DIGITS; rest = str_from(rest, DIGITS))
			e = export_file(o->p, str_cut(rest, DIGITS), out);
		buf_reset(&found);
	}
	arena_free(mem);
	return e;
}

/* --- All of it --- */

static enum err put_all_of(struct open *o, const char *name,
			   enum err (*read)(struct open *o, struct tx *tx))
{
	struct tx tx;
	enum err e = OK;
	parts_begin(o->p, name);
	o->last = 0;
	for (o->more = true; !e && o->more; arena_clear(o->rows)) {
		if ((e = export_begin(o->p->setup, &tx, o->rows, o->p->why)))
			break;
		e = export_end(&tx, read(o, &tx), o->p->mem, o->p->why);
		if (!e && (parts_full(o->p) || !o->more))
			e = parts_flush(o->p);
	}
	return e ? e : parts_end(o->p);
}

/* The tree is read where the act is fixed. */
static enum err begin(struct open *o, struct export_moment *m)
{
	struct tx tx;
	enum err e = export_begin(o->p->setup, &tx, o->rows, o->p->why);
	if (e)
		return e;
	if (!(e = export_moment(&tx, o->p->mem, m))) {
		parts_begin(o->p, "unit");
		e = read_units(o, &tx);
	}
	e = export_end(&tx, e, o->p->mem, o->p->why);
	arena_clear(o->rows);
	if (e || (e = export_about(o->p, m)))
		return e;
	return parts_end(o->p);
}

enum err export_public_rows(struct parts *p, struct export_moment *m, struct export_result *out)
{
	struct open o = {
		.p = p, .m = m, .rows = arena_new(0), .one = arena_new(0), .total = { .a = p->mem }
	};
	enum err e = begin(&o, m);
	if (!e && !(e = put_all_of(&o, "entry", read_entries)) &&
	    !(e = put_all_of(&o, "dossier", read_dossiers))) {
		parts_begin(p, "tally");
		e = put_tallies(&o);
		if (!e)
			e = parts_end(p);
	}
	if (!e)
		e = put_files(&o, out);
	arena_free(o.rows);
	arena_free(o.one);
	return e;
}
