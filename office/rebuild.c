/* A step writes the difference an act made; here the whole is written at once, by the same
 * writers. */
#include "office/rebuild.h"

#include "office/file.h"
#include "office/place.h"
#include "office/redaction.h"
#include "office/refold.h"
#include "office/sealed.h"
#include "office/tally.h"
#include "office/unit_index.h"

#include <inttypes.h>

/* --- The ground dossiers stand on --- */

enum err rebuild_ground(struct tx *tx)
{
	enum err e = unit_reindex_all(tx);
	return e ? e : added_days_again(tx);
}

/* --- Files --- */

/* What the acts say of a file: its name, and whether some act published it. */
struct file_said {
	struct str name;
	bool there, sealed;
};

static void look(const struct step *s, const void *form, struct str sha256, struct file_said *out)
{
	for (const struct field *f = s->form; f && f->type; f++) {
		if (f->type != FIELD_FILES)
			continue;
		const struct file_refs *files = field_files(f, form);
		for (size_t i = 0; i < files->n; i++) {
			if (!str_eq(files->at[i].sha256, sha256))
				continue;
			if (!out->there)
				*out = (struct file_said){ files->at[i].name, true, true };
			out->sealed &= !s->is_public || f->internal;
		}
	}
}

/* The form as it was sealed, or what the act keeps of it where the content was erased. */
static enum err read_form(struct tx *tx, const struct act *act, void *form)
{
	struct json j;
	struct str why;
	enum err e = act_sealed_form(tx, act->id, act->step->form, form);
	if (!e)
		return sealed_identity_of(tx, act->id, act->step->form, form);
	if (e != ERR_NOT_FOUND)
		return e;
	if (!json_parse(tx->mem, act->data, &j, &why))
		return tx_fail(tx, ERR_INVALID, "act %" PRId64 ": %.*s", act->id, STR_ARG(why));
	fields_init(act->step->form, form);
	fields_read(tx->mem, act->step->form, &j, form);
	return OK;
}

static bool has_files(const struct step *s)
{
	for (const struct field *f = s->form; f && f->type; f++)
		if (f->type == FIELD_FILES)
			return true;
	return false;
}

static enum err said_of(struct tx *tx, const struct acts *acts, struct str sha256,
			struct file_said *out)
{
	enum err e = OK;
	*out = (struct file_said){ .there = false };
	for (size_t i = 0; !e && i < acts->n; i++) {
		const struct step *s = acts->at[i].step;
		if (!has_files(s))
			continue;
		void *form = arena_get(tx->mem, s->size);
		if (!(e = read_form(tx, &acts->at[i], form)))
			look(s, form, sha256, out);
	}
	return e;
}

/* A use that no act names goes; one that is left is no more open, and bears no other name, than
 * acts made it. What was withdrawn from use since stays withdrawn. */
static enum err settle_files(struct tx *tx, const struct dossier *d, const struct acts *acts)
{
	struct file_uses uses;
	enum err e = file_use_list(tx, d->id, &uses);
	for (size_t i = 0; !e && i < uses.n; i++) {
		const struct file_used *use = &uses.at[i];
		struct file_said said;
		if ((e = said_of(tx, acts, use->sha256, &said)))
			break;
		enum file_seal sealed = said.sealed ? FILE_SEALED : FILE_OPEN;
		e = said.there ? file_use_change(tx, d->id, use->sha256, said.name,
						 use->sealed > sealed ? use->sealed : sealed)
			       : file_unuse(tx, d->id, use->sha256);
	}
	return e ? e : redaction_rebuild(tx, d, acts);
}

/* --- Dossiers --- */

static enum err head_load(struct tx *tx, int64_t id, struct dossier *out)
{
	struct query q = db_query(tx, "SELECT code, kind, unit, COALESCE(parent, 0),"
				      " (SELECT COUNT(*) FROM act WHERE dossier = $1),"
				      " (SELECT COUNT(*) FROM unit WHERE id = dossier.unit)"
				      " FROM dossier WHERE id = $1");
	BIND(&q, id);
	enum err e = db_one(&q);
	if (e)
		return tx_fail(tx, e, "dossier %" PRId64, id);
	*out = (struct dossier){ .id = id,
				 .code = col_str(&q, 0),
				 .kind = office_kind(tx->office, col_str(&q, 1)),
				 .unit = col_int(&q, 2),
				 .parent = col_int(&q, 3),
				 .acts = (int)col_int(&q, 4) };
	if (!out->kind)
		return tx_fail(tx, ERR_INVALID, "%.*s is of no kind this program knows: %.*s",
			       STR_ARG(out->code), STR_ARG(col_str(&q, 1)));
	if (!out->acts)
		return tx_fail(tx, ERR_INVALID, "%.*s has no act", STR_ARG(out->code));
	if (!col_int(&q, 5))
		return tx_fail(tx, ERR_INVALID, "%.*s: there is no unit %" PRId64,
			       STR_ARG(out->code), out->unit);
	return OK;
}

/* What the update of a step leaves alone, because only the first act sets it. */
static enum err first_facts(struct tx *tx, const struct dossier *d)
{
	struct query q =
		db_query(tx, "UPDATE dossier SET channel = $2, opened_on = $3, author = $4,"
			     " acts = $5 WHERE id = $1");
	BIND(&q, d->id, (int64_t)d->channel, d->opened_on, d->author, (int64_t)d->acts);
	return db_exec(&q);
}

static enum err rebuild_one(struct tx *tx, const struct calendar_history *calendars, int64_t id)
{
	struct dossier head;
	struct acts acts;
	struct fold f;
	enum err e = head_load(tx, id, &head);
	if (e || (e = act_list(tx, &head, &acts)))
		return e;
	if (refold(tx, calendars, &head, &acts, tx->mem, &f))
		return tx_fail(tx, ERR_INVALID, "%.*s: %.*s", STR_ARG(head.code), STR_ARG(f.why));
	if ((e = first_facts(tx, f.d)) || (e = place_dossier_update(tx, f.d)) ||
	    (e = place_changes(tx, f.d, &(struct placed){ .facet = S("") })) ||
	    (e = tally_add(tx, &f)))
		return e;
	return settle_files(tx, f.d, &acts);
}

enum err rebuild_dossiers(struct tx *tx, int64_t limit, int64_t *last, bool *more)
{
	struct calendar_history calendars;
	struct arena *outer = tx->mem, *one = arena_new(0);
	int64_t *ids = NEW_N(tx->mem, int64_t, limit), n = 0;
	enum err e = calendar_history(tx, &calendars);
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE id > $1 ORDER BY id LIMIT $2");
	BIND(&q, *last, limit);
	while (n < limit && db_next(&q))
		ids[n++] = col_int(&q, 0);
	db_end(&q);
	if (!e)
		e = q.err;
	tx->mem = one;
	for (int64_t i = 0; !e && i < n; i++) {
		e = rebuild_one(tx, &calendars, *last = ids[i]);
		arena_clear(one);
	}
	tx->mem = outer;
	arena_free(one);
	*more = n == limit;
	return e;
}

enum err rebuild_duties(struct tx *tx)
{
	struct query number =
		db_query(tx, "UPDATE duty SET id = -r.place FROM (SELECT y.id AS was, ROW_NUMBER()"
			     " OVER (ORDER BY a.id, y.no) AS place FROM duty y JOIN act a"
			     " ON a.dossier = y.dossier AND a.no = y.opened_by) r"
			     " WHERE duty.id = r.was");
	enum err e = db_exec(&number);
	if (e)
		return e;
	struct query turn = db_query(tx, "UPDATE duty SET id = -id WHERE id < 0");
	return db_exec(&turn);
}
