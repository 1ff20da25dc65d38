/* Whoever can write into the database can make act, dossier, duties and tallies agree with each other
 * again. What he cannot do is find other sealed bytes for the hash that was published. */
#include "office/verify_act.h"

#include "office/place.h"
#include "office/redaction.h"
#include "office/seal.h"
#include "office/sealed.h"
#include "office/step.h"

#include <inttypes.h>

struct checking {
	struct tx *tx;
	const struct dossier *d;
	const struct act *act;
	struct content content;
	struct json leaf;
	struct act_verdict *out;
};

static enum err say(struct checking *c, const char *what)
{
	if (!c->out->problem.len)
		c->out->problem = str_printf(c->tx->mem, "%.*s: act %d %s", STR_ARG(c->d->code),
					     c->act->no, what);
	return OK;
}

static struct str text_of(struct bytes b)
{
	return (struct str){ b.at, b.len };
}

static bool same_text(const struct json *j, const char *key, struct str should)
{
	return str_eq(json_get_str(j, key), should);
}

/* What leaf and sealed bytes both say of the act. */
static bool same_head(const struct checking *c, const struct json *j)
{
	struct arena *a = c->tx->mem;
	struct str name = str_printf(a, "%s.%s", c->d->kind->name, c->act->step->name);
	return same_text(j, "act", name) && same_text(j, "code", c->d->code) &&
	       same_text(j, "on", date_iso(a, c->act->on)) &&
	       same_text(j, "at", instant_iso(a, c->act->at));
}

static bool leaf_agrees(const struct checking *c)
{
	if (!c->d->kind->is_private)
		return same_head(c, &c->leaf);
	return same_text(&c->leaf, "at", date_iso(c->tx->mem, instant_date(c->act->at)));
}

/* Its leaf names the unit by the code it had that day; of a private matter it names none. */
static enum err unit_agrees(const struct checking *c, bool *out)
{
	*out = true;
	if (c->d->kind->is_private)
		return OK;
	struct query q = db_query(c->tx, "SELECT COUNT(*) FROM unit_version WHERE unit = $1"
					 " AND code = $2");
	BIND(&q, c->d->unit, json_get_str(&c->leaf, "unit"));
	enum err e = db_one(&q);
	if (!e)
		*out = col_int(&q, 0) > 0;
	return e;
}

static bool commitments_agree(const struct checking *c)
{
	const struct content *x = &c->content;
	struct arena *a = c->tx->mem;
	if (x->sealed_salt.len != SALT_BYTES || x->public_salt.len != SALT_BYTES)
		return false;
	struct hash sealed = content_sealed_hash(x->sealed_salt.at, text_of(x->sealed_bytes));
	struct hash pub = content_public_hash(x->public_salt.at, text_of(x->public_bytes));
	return same_text(&c->leaf, "sealed", hash_hex(a, &sealed)) &&
	       (c->d->kind->is_private || same_text(&c->leaf, "pub", hash_hex(a, &pub)));
}

static void collect_files(struct arena *a, const struct field *table, const void *form,
			  struct strs *out)
{
	size_t n = 0;
	for (const struct field *f = table; f && f->type; f++)
		n += f->type == FIELD_FILES ? field_files(f, form)->n : 0;
	*out = (struct strs){ arena_get_n(a, n, sizeof *out->at), 0 };
	for (const struct field *f = table; f && f->type; f++)
		for (size_t i = 0; f->type == FIELD_FILES && i < field_files(f, form)->n; i++)
			out->at[out->n++] = field_files(f, form)->at[i].sha256;
}

/* The form as it was sealed, written again without what is personal, is what the row keeps of it. */
static bool row_agrees(const struct checking *c, void *form)
{
	const struct act *act = c->act;
	struct arena *a = c->tx->mem;
	struct json sealed;
	struct str why;
	if (!json_parse(a, text_of(c->content.sealed_bytes), &sealed, &why))
		return false;
	fields_read(a, act->step->form, json_get(&sealed, "form"), form);
	collect_files(a, act->step->form, form, &c->out->files);
	return same_head(c, &sealed) && json_get_int(&sealed, "from") == act->from &&
	       json_get_int(&sealed, "to") == act->to &&
	       json_get_int(&sealed, "person") == act->person &&
	       json_get_int(&sealed, "appointment") == act->appointment &&
	       json_get_int(&sealed, "substitute_of") == act->substitute_of &&
	       json_get_int(&sealed, "channel") == (int64_t)act->channel &&
	       str_eq(place_data(a, act->step->form, form), act->data);
}

/* Who sent it is stored apart; the content commits to it. */
static enum err identity_agrees(const struct checking *c, bool *out)
{
	struct json sealed;
	struct str why;
	*out = false;
	if (!json_parse(c->tx->mem, text_of(c->content.sealed_bytes), &sealed, &why))
		return OK;
	return sealed_identity_agrees(c->tx, c->act->id, json_get_str(&sealed, "identity"), out);
}

static void files_of_row(const struct checking *c)
{
	struct json data;
	struct str why;
	const struct act *act = c->act;
	void *form = step_form(c->tx->mem, act->step);
	if (!json_parse(c->tx->mem, act->data, &data, &why))
		return; /* the fold says so */
	fields_read(c->tx->mem, act->step->form, &data, form);
	collect_files(c->tx->mem, act->step->form, form, &c->out->files);
}

static bool erasure_is_an_act(const struct checking *c, const struct acts *acts)
{
	for (size_t i = 0; i < acts->n; i++)
		if (acts->at[i].id == c->content.erased_by)
			return acts->at[i].step->erases;
	return false;
}

static enum err leaf_load(struct checking *c, bool *there)
{
	struct str why;
	struct query q = db_query(c->tx, "SELECT entry FROM log_leaf WHERE id = $1");
	BIND(&q, c->act->leaf);
	enum err e = db_one(&q);
	*there = !e && json_parse(c->tx->mem, text_of(col_bytes(&q, 0)), &c->leaf, &why);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err verify_act(struct tx *tx, const struct dossier *d, const struct acts *acts, size_t i,
		    struct act_verdict *out)
{
	struct checking c = { .tx = tx, .d = d, .act = &acts->at[i], .out = out };
	bool leaf, unit, whose;
	*out = (struct act_verdict){ .problem = S(""), .files = { NULL, 0 } };
	enum err e = leaf_load(&c, &leaf);
	if (e)
		return e;
	enum err content = content_load_whole(tx, c.act->id, &c.content);
	if (content && content != ERR_NOT_FOUND)
		return content;
	if (!leaf)
		return say(&c, "has no readable leaf in the log");
	if (!leaf_agrees(&c))
		return say(&c, "is not what its leaf in the log says");
	if ((e = unit_agrees(&c, &unit)) || !unit)
		return e ? e : say(&c, "was another unit's, as its leaf in the log says");
	if (i && acts->at[i - 1].leaf >= c.act->leaf)
		return say(&c, "stands in another order than in the log");
	if (content == ERR_NOT_FOUND)
		return say(&c, "has lost its content, and no act erased it");
	if (c.content.erased) {
		files_of_row(&c);
		out->erased = erasure_is_an_act(&c, acts);
		return out->erased ? OK : say(&c, "was erased by no act that erases");
	}
	if (!commitments_agree(&c))
		return say(&c, "has a content that is not what the log committed to");
	int64_t hidden_by = redaction_seals(acts, i, text_of(c.content.public_bytes));
	if (hidden_by && !c.content.redacted_by)
		return say(&c, "still hands out what a later act redacted");
	if (hidden_by != c.content.redacted_by)
		return say(&c, "is sealed by no act that redacts what it says");
	out->redacted = hidden_by != 0;
	if ((e = identity_agrees(&c, &whose)))
		return e;
	if (!whose)
		return say(&c, "was sent by somebody else, as its sealed content says");
	/* Papers stored with who sent it are the act's as well. */
	void *form = step_form(tx->mem, c.act->step);
	if ((e = sealed_identity_of(tx, c.act->id, c.act->step->form, form)))
		return e;
	return row_agrees(&c, form) ? OK : say(&c, "is not what its sealed content says");
}

/* --- Leaves without an act --- */

/* Entries of the log's own, such as key.rotated, belong to no dossier. */
static bool is_of_a_dossier(struct tx *tx, const struct json *leaf)
{
	struct str name = json_get_str(leaf, "act"), kind;
	return !name.len || (str_next(&name, '.', &kind) && office_kind(tx->office, kind));
}

/* What happened once is told once. */
static enum err shared_leaves(struct tx *tx, void (*found)(void *context, struct str problem),
			      void *context)
{
	struct query q = db_query(tx, "SELECT leaf FROM act GROUP BY leaf HAVING COUNT(*) > 1"
				      " ORDER BY leaf LIMIT 1000");
	while (db_next(&q))
		found(context, str_printf(tx->mem, "leaf %" PRId64 " is that of several acts",
					  col_int(&q, 0)));
	return q.err;
}

enum err verify_leaves(struct tx *tx, void (*found)(void *context, struct str problem),
		       void *context)
{
	struct query q =
		db_query(tx, "SELECT l.id, l.entry FROM log_leaf l LEFT JOIN act a"
			     " ON a.leaf = l.id WHERE a.id IS NULL ORDER BY l.id LIMIT 1000");
	while (db_next(&q)) {
		struct json leaf;
		struct str why, code;
		if (!json_parse(tx->mem, text_of(col_bytes(&q, 1)), &leaf, &why) ||
		    !is_of_a_dossier(tx, &leaf))
			continue;
		code = json_get_str(&leaf, "code");
		found(context, str_printf(tx->mem, "%.*s: the act of leaf %" PRId64 " is gone",
					  STR_ARG(code), col_int(&q, 0)));
	}
	return q.err ? q.err : shared_leaves(tx, found, context);
}
