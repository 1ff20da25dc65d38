/* Loading what the acts have made of a dossier. Nothing here asks who reads: office/gate.h does. */
#include "office/dossier.h"

#include "office/redaction.h"
#include "office/sealed.h"

#include <inttypes.h>

static struct str text_field(const struct dossier *d, const char *name)
{
	const struct field *f = name ? field_find(d->kind->fields, str_of(name)) : NULL;
	return f && f->type == FIELD_TEXT ? str_some(*field_str(f, d->data)) : S("");
}

struct str dossier_title(const struct dossier *d)
{
	return text_field(d, "title");
}

struct str dossier_body(const struct dossier *d)
{
	return text_field(d, "body");
}

struct str dossier_facet(const struct dossier *d)
{
	return text_field(d, d->kind->facet);
}

bool dossier_is_author(const struct tx *tx, const struct dossier *d)
{
	const struct member *m = tx->who;
	if (m && m->person && m->person == d->author)
		return true;
	return d->id && tx->receipt == d->id && !(m && m->n);
}

bool act_is_program(const struct act *act)
{
	return !act->person && act->channel == CHANNEL_SYSTEM;
}

const struct state *dossier_state(const struct dossier *d)
{
	return kind_state(d->kind, d->state);
}

enum visibility dossier_visibility(const struct dossier *d)
{
	return d->sealed ? VISIBLE_SEALED : dossier_state(d)->visibility;
}

const struct duty *dossier_main_duty(const struct dossier *d)
{
	for (size_t i = 0; i < d->duties.n; i++)
		if (d->duties.at[i].state != DUTY_EXCUSED &&
		    d->duties.at[i].state != DUTY_SUSPENDED)
			return &d->duties.at[i];
	return NULL;
}

const struct duty *dossier_open_duty(const struct dossier *d, int64_t unit)
{
	const struct duty *next = NULL;
	for (size_t i = 0; i < d->duties.n; i++) {
		const struct duty *y = &d->duties.at[i];
		if (y->state == DUTY_OPEN && (!unit || y->unit == unit) &&
		    (!next || date_cmp(y->due, next->due) < 0))
			next = y;
	}
	return next;
}

const struct duty *dossier_next_duty(const struct dossier *d)
{
	const struct duty *next = dossier_open_duty(d, 0);
	return next ? next : dossier_main_duty(d);
}

enum msg channel_label(enum channel c)
{
	static const enum msg labels[] = {
		[CHANNEL_WEB] = MSG_OFFICE_CHANNEL_WEB,
		[CHANNEL_COUNTER] = MSG_OFFICE_CHANNEL_COUNTER,
		[CHANNEL_PAPER] = MSG_OFFICE_CHANNEL_PAPER,
		[CHANNEL_MEETING] = MSG_OFFICE_CHANNEL_MEETING,
		[CHANNEL_SYSTEM] = MSG_OFFICE_CHANNEL_SYSTEM,
	};
	return labels[c];
}

struct dossier *dossier_blank(struct arena *a, const struct kind *k, int64_t unit)
{
	struct dossier *d = NEW(a, struct dossier);
	*d = (struct dossier){
		.kind = k,
		.unit = unit,
		.holder = unit,
		.state = NEW,
		.opened_on = NO_DATE,
		.shown_on = NO_DATE,
		.wake_on = NO_DATE,
		.data = arena_get(a, k->size),
	};
	fields_init(k->fields, d->data);
	return d;
}

static enum err read_data(struct tx *tx, struct str text, const struct field *table, void *out)
{
	struct json data;
	struct str why;
	if (!json_parse(tx->mem, text, &data, &why))
		return tx_fail(tx, ERR_CORRUPT, "stored data: %.*s", STR_ARG(why));
	fields_init(table, out);
	fields_read(tx->mem, table, &data, out);
	return OK;
}

static const struct line_kind *line_kind(const struct kind *k, struct str name)
{
	for (const struct line_kind *l = k->lines; l && l->name; l++)
		if (str_eq(str_of(l->name), name))
			return l;
	return NULL;
}

static enum err load_lines(struct tx *tx, struct dossier *d)
{
	struct query q = db_query(tx, "SELECT no, kind, state, data FROM line"
				      " WHERE dossier = $1 ORDER BY no");
	BIND(&q, d->id);
	struct lines *l = &d->lines;
	while (db_next(&q)) {
		if (l->n == l->cap) {
			size_t cap = l->cap ? l->cap * 2 : 8;
			l->at = arena_grow(tx->mem, l->at, l->n * sizeof *l->at,
					   cap * sizeof *l->at);
			l->cap = cap;
		}
		struct str name = col_str(&q, 1), data = col_str(&q, 3);
		const struct line_kind *kind = line_kind(d->kind, name);
		if (!kind || col_int(&q, 0) != (int64_t)l->n + 1) {
			db_end(&q);
			return tx_fail(tx, ERR_CORRUPT, "line of dossier %" PRId64, d->id);
		}
		struct line *line = &l->at[l->n++];
		*line = (struct line){ .no = (int)l->n,
				       .kind = kind,
				       .state = (int)col_int(&q, 2) };
		line->data = arena_get(tx->mem, kind->size);
		enum err e = read_data(tx, data, kind->fields, line->data);
		if (e) {
			db_end(&q);
			return e;
		}
	}
	return q.err;
}

static enum err load_duties(struct tx *tx, struct dossier *d)
{
	struct query q =
		db_query(tx, "SELECT no, line, unit, rule, row_code, about, from_on, due_on,"
			     " due_before, skipped, state, opened_by, closed_by, met_on,"
			     " minimum, unverified, extended_by, extended_row, extended_days,"
			     " extended_from FROM duty WHERE dossier = $1 ORDER BY no");
	BIND(&q, d->id);
	struct duties *all = &d->duties;
	while (db_next(&q)) {
		if (all->n == all->cap) {
			size_t cap = all->cap ? all->cap * 2 : 8;
			all->at = arena_grow(tx->mem, all->at, all->n * sizeof *all->at,
					     cap * sizeof *all->at);
			all->cap = cap;
		}
		all->at[all->n++] = (struct duty){
			.no = (int)col_int(&q, 0),
			.line = (int)col_int(&q, 1),
			.unit = col_int(&q, 2),
			.rule = col_str(&q, 3),
			.row = col_str(&q, 4),
			.about = col_str(&q, 5),
			.from = col_date(&q, 6),
			.due = col_date(&q, 7),
			.due_before = col_date(&q, 8),
			.skipped = col_str(&q, 9),
			.state = (enum duty_state)col_int(&q, 10),
			.opened_by = (int)col_int(&q, 11),
			.closed_by = (int)col_int(&q, 12),
			.met = col_date(&q, 13),
			.minimum = col_bool(&q, 14),
			.unverified = col_bool(&q, 15),
			.extended = { (int)col_int(&q, 16), col_str(&q, 17), (int)col_int(&q, 18),
				      col_date(&q, 19) },
		};
	}
	return q.err;
}

enum err dossier_load_text(struct tx *tx, int64_t id, struct dossier **out)
{
	struct query q =
		db_query(tx, "SELECT code, kind, unit, holder, parent, state, channel,"
			     " opened_on, shown_on, wake_on, changed_at, acts, versions, data,"
			     " author, officer, visibility"
			     " FROM dossier WHERE id = $1");
	BIND(&q, id);
	enum err e = db_one(&q);
	if (e)
		return tx_fail(tx, e, "dossier %" PRId64, id);
	const struct kind *kind = office_kind(tx->office, col_str(&q, 1));
	if (!kind)
		return tx_fail(tx, ERR_CORRUPT, "dossier %" PRId64 " is of no kind we know", id);
	struct dossier *d = dossier_blank(tx->mem, kind, col_int(&q, 2));
	d->id = id;
	d->code = col_str(&q, 0);
	d->holder = col_int(&q, 3);
	d->parent = col_int(&q, 4);
	d->state = (unsigned)col_int(&q, 5);
	d->channel = (enum channel)col_int(&q, 6);
	d->opened_on = col_date(&q, 7);
	d->shown_on = col_date(&q, 8);
	d->wake_on = col_date(&q, 9);
	d->changed_at = col_instant(&q, 10);
	d->acts = (int)col_int(&q, 11);
	d->versions = (int)col_int(&q, 12);
	struct str data = col_str(&q, 13);
	d->author = col_int(&q, 14);
	d->officer = col_int(&q, 15);
	d->sealed = col_int(&q, 16) == VISIBLE_SEALED;
	db_end(&q);
	if ((e = read_data(tx, data, kind->fields, d->data)))
		return e;
	*out = d;
	return OK;
}

enum err dossier_load(struct tx *tx, int64_t id, struct dossier **out)
{
	struct dossier *d;
	enum err e = dossier_load_text(tx, id, &d);
	if (e || (e = load_lines(tx, d)) || (e = load_duties(tx, d)))
		return e;
	*out = d;
	return OK;
}

enum err dossier_by_code(struct tx *tx, struct str code, int64_t *id)
{
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE code = $1");
	BIND(&q, code);
	enum err e = db_one(&q);
	if (e)
		return e;
	*id = col_int(&q, 0);
	db_end(&q);
	return OK;
}

enum err dossier_kept(struct tx *tx, const struct kind *kind, int64_t unit, struct str facet,
		      struct dossier **out)
{
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE holder = $1 AND visibility = $2"
				      " AND kind = $3 AND unit = $1 AND facet = $4"
				      " ORDER BY id LIMIT 1");
	BIND(&q, unit, (int64_t)VISIBLE_PUBLIC, str_of(kind->name), facet);
	enum err e = db_one(&q);
	if (e)
		return e;
	int64_t id = col_int(&q, 0);
	db_end(&q);
	return dossier_load(tx, id, out);
}

enum err act_list(struct tx *tx, const struct dossier *d, struct acts *out)
{
	struct query q =
		db_query(tx, "SELECT id, no, step, happened_on, recorded_at, from_state,"
			     " to_state, appointment, person, substitute_of, channel, data,"
			     " leaf FROM act WHERE dossier = $1 ORDER BY no");
	BIND(&q, d->id);
	struct acts acts = { NEW_N(tx->mem, struct act, d->acts), 0 };
	while (db_next(&q) && acts.n < (size_t)d->acts) {
		struct str step = col_str(&q, 2);
		struct act *act = &acts.at[acts.n++];
		*act = (struct act){
			.id = col_int(&q, 0),
			.no = (int)col_int(&q, 1),
			.step = kind_step(d->kind, step),
			.on = col_date(&q, 3),
			.at = col_instant(&q, 4),
			.from = (unsigned)col_int(&q, 5),
			.to = (unsigned)col_int(&q, 6),
			.appointment = col_int(&q, 7),
			.person = col_int(&q, 8),
			.substitute_of = col_int(&q, 9),
			.channel = (enum channel)col_int(&q, 10),
			.data = col_str(&q, 11),
			.leaf = col_int(&q, 12),
		};
		if (!act->step) {
			db_end(&q);
			return tx_fail(tx, ERR_CORRUPT, "dossier %" PRId64 ": no step %.*s", d->id,
				       STR_ARG(step));
		}
	}
	if (!q.err && acts.n != (size_t)d->acts)
		return tx_fail(tx, ERR_CORRUPT, "dossier %" PRId64 " has %zu of %d acts", d->id,
			       acts.n, d->acts);
	db_end(&q);
	redaction_show_acts(tx->mem, &acts);
	*out = acts;
	return q.err;
}

enum err content_load(struct tx *tx, int64_t act, struct content *out)
{
	struct content c;
	enum err e = content_load_whole(tx, act, &c);
	if (e)
		return e;
	if (c.redacted_by)
		c.public_salt = c.public_bytes = (struct bytes){ NULL, 0 };
	*out = c;
	return OK;
}

enum err content_shown(struct tx *tx, const struct acts *acts, size_t i, struct str *out)
{
	struct redactions r;
	struct content c;
	enum err e = content_load_whole(tx, acts->at[i].id, &c);
	if (e)
		return e;
	*out = (struct str){ c.public_bytes.at, c.public_bytes.len };
	redactions_from(tx->mem, acts, i, &r);
	if (redactions_any(&r))
		*out = redactions_show(tx->mem, &r, acts->at[i].step, *out);
	return OK;
}

enum err content_load_whole(struct tx *tx, int64_t act, struct content *out)
{
	struct query q = db_query(tx, "SELECT public_salt, public_bytes, sealed_salt, sealed_bytes,"
				      " erased_by, redacted_by FROM content WHERE act = $1");
	BIND(&q, act);
	enum err e = db_one(&q);
	if (e)
		return e;
	*out = (struct content){
		.public_salt = col_bytes(&q, 0),
		.public_bytes = col_bytes(&q, 1),
		.sealed_salt = col_bytes(&q, 2),
		.sealed_bytes = col_bytes(&q, 3),
		.erased = col_int(&q, 4) != 0,
		.erased_by = col_int(&q, 4),
		.redacted_by = col_int(&q, 5),
	};
	db_end(&q);
	return OK;
}

enum err act_sealed_form(struct tx *tx, int64_t act, const struct field *table, void *owner)
{
	struct content c;
	struct json sealed;
	struct str why;
	enum err e = content_load_whole(tx, act, &c);
	if (e || c.erased)
		return e ? e : ERR_NOT_FOUND;
	struct str bytes = { c.sealed_bytes.at, c.sealed_bytes.len };
	if (!json_parse(tx->mem, bytes, &sealed, &why))
		return tx_fail(tx, ERR_CORRUPT, "content of act %" PRId64, act);
	fields_read(tx->mem, table, json_get(&sealed, "form"), owner);
	return OK;
}

static struct field *personal_fields(struct arena *a, const struct field *table)
{
	size_t n = 0;
	for (const struct field *f = table; f && f->type; f++)
		n += f->personal;
	struct field *out = NEW_N(a, struct field, n + 1);
	n = 0;
	for (const struct field *f = table; f && f->type; f++)
		if (f->personal)
			out[n++] = *f;
	return out;
}

enum err dossier_personal(struct tx *tx, const struct dossier *d, const struct field *table,
			  void *owner)
{
	int64_t act = 0;
	struct redactions hidden;
	struct field *personal = personal_fields(tx->mem, table);
	if (!personal->type)
		return OK;
	if (d->sealed)
		return sealed_identity_shown(tx, d)
			       ? sealed_identity_read(tx, d->id, personal, owner)
			       : OK;
	struct query q =
		db_query(tx, "SELECT id, step FROM act WHERE dossier = $1 ORDER BY no DESC");
	BIND(&q, d->id);
	while (!act && db_next(&q)) {
		const struct step *step = kind_step(d->kind, col_str(&q, 1));
		if (step && step_is_personal(step))
			act = col_int(&q, 0);
	}
	db_end(&q);
	if (q.err || !act)
		return q.err;
	enum err e = act_sealed_form(tx, act, personal, owner);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e; /* erased */
	if (!(e = redactions_of(tx, d, act, &hidden)))
		(void)redactions_hide(tx->mem, &hidden, personal, owner);
	return e;
}
