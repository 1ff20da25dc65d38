/* Plain writes; every decision was taken before. */
#include "office/place.h"

#include "store/search.h"

static bool not_kept(const struct field *f)
{
	return f->personal;
}

struct str place_data(struct arena *a, const struct field *table, const void *data)
{
	struct buf b = { .a = a };
	buf_putc(&b, '{');
	fields_write(&b, table, data, not_kept);
	buf_putc(&b, '}');
	return buf_str(&b);
}

/* A stub is listed without its words, and what is sealed is in no list. */
static struct str shown_title(const struct dossier *d)
{
	return dossier_state(d)->stub || d->sealed ? S("") : dossier_title(d);
}

static struct str number_of(const struct dossier *d)
{
	const struct field *f = field_find(d->kind->fields, S("number"));
	bool shown = f && f->type == FIELD_TEXT && !dossier_state(d)->stub && !d->sealed;
	return shown ? str_some(*field_str(f, d->data)) : S("");
}

static void main_duty(const struct dossier *d, struct date *due, struct date *met, bool *unverified)
{
	const struct duty *duty = dossier_main_duty(d);
	*due = duty ? duty->due : NO_DATE;
	*met = duty ? duty->met : NO_DATE;
	*unverified = duty && duty->unverified;
}

enum err place_dossier_insert(struct tx *tx, struct dossier *d)
{
	struct date due, met;
	bool unverified;
	main_duty(d, &due, &met, &unverified);
	struct query q = db_query(
		tx,
		"INSERT INTO dossier (code, kind, unit, holder, parent, state,"
		" visibility, channel, title, number, facet, opened_on, shown_on,"
		" wake_on, changed_at, due_on, met_on, unverified, acts, versions,"
		" data, author, officer) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12,"
		" $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23) RETURNING id");
	BIND(&q, d->code, str_of(d->kind->name), d->unit, d->holder, d->parent, (int64_t)d->state,
	     (int64_t)dossier_visibility(d), (int64_t)d->channel, shown_title(d), number_of(d),
	     dossier_facet(d), d->opened_on, d->shown_on, d->wake_on, d->changed_at, due, met,
	     unverified, (int64_t)d->acts, (int64_t)d->versions,
	     place_data(tx->mem, d->kind->fields, d->data), d->author, d->officer);
	enum err e = db_one(&q);
	if (e)
		return e;
	d->id = col_int(&q, 0);
	db_end(&q);
	return OK;
}

enum err place_dossier_update(struct tx *tx, const struct dossier *d)
{
	struct date due, met;
	bool unverified;
	main_duty(d, &due, &met, &unverified);
	struct query q =
		db_query(tx, "UPDATE dossier SET holder = $1, state = $2, visibility = $3,"
			     " title = $4, number = $5, facet = $6, shown_on = $7, wake_on = $8,"
			     " changed_at = $9, due_on = $10, met_on = $11, unverified = $12,"
			     " acts = $13, versions = $14, data = $15, parent = $16,"
			     " officer = $17, author = $18"
			     " WHERE id = $19 AND (acts = $20 OR acts = $21)");
	BIND(&q, d->holder, (int64_t)d->state, (int64_t)dossier_visibility(d), shown_title(d),
	     number_of(d), dossier_facet(d), d->shown_on, d->wake_on, d->changed_at, due, met,
	     unverified, (int64_t)d->acts, (int64_t)d->versions,
	     place_data(tx->mem, d->kind->fields, d->data), d->parent, d->officer, d->author, d->id,
	     (int64_t)d->acts - 1, (int64_t)d->acts);
	enum err e = db_exec(&q);
	if (e)
		return e;
	return db_changes(&q) == 1 ? OK
				   : tx_fail(tx, ERR_CONFLICT, "%.*s was changed by somebody else",
					     STR_ARG(d->code));
}

static enum err store_line(struct tx *tx, const struct dossier *d, const struct line *l)
{
	struct query q =
		db_query(tx, "INSERT INTO line (dossier, no, kind, state, data)"
			     " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (dossier, no) DO UPDATE"
			     " SET state = excluded.state, data = excluded.data");
	BIND(&q, d->id, (int64_t)l->no, str_of(l->kind->name), (int64_t)l->state,
	     place_data(tx->mem, l->kind->fields, l->data));
	return db_exec(&q);
}

static enum err store_duty(struct tx *tx, const struct dossier *d, const struct duty *y)
{
	struct query q =
		db_query(tx, "INSERT INTO duty (dossier, no, line, unit, rule, row_code, about,"
			     " from_on, due_on, due_before, skipped, state, opened_by,"
			     " closed_by, met_on, minimum, unverified, extended_by,"
			     " extended_row, extended_days, extended_from) VALUES ($1, $2, $3, $4,"
			     " $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
			     " $19, $20, $21)"
			     " ON CONFLICT (dossier, no) DO UPDATE SET about = excluded.about,"
			     " due_on = excluded.due_on,"
			     " due_before = excluded.due_before, skipped = excluded.skipped,"
			     " state = excluded.state, closed_by = excluded.closed_by,"
			     " met_on = excluded.met_on, extended_by = excluded.extended_by,"
			     " extended_row = excluded.extended_row,"
			     " extended_days = excluded.extended_days,"
			     " extended_from = excluded.extended_from");
	BIND(&q, d->id, (int64_t)y->no, (int64_t)y->line, y->unit, y->rule, y->row, y->about,
	     y->from, y->due, y->due_before, y->skipped, (int64_t)y->state, (int64_t)y->opened_by,
	     (int64_t)y->closed_by, y->met, y->minimum, y->unverified, (int64_t)y->extended.by,
	     y->extended.row, (int64_t)y->extended.days, y->extended.from);
	return db_exec(&q);
}

static int timing_of(const struct dossier *d)
{
	struct date due, met;
	bool unverified;
	main_duty(d, &due, &met, &unverified);
	if (!date_is_set(due))
		return 0;
	return !date_is_set(met) ? 3 : date_cmp(met, due) <= 0 ? 1 : 2;
}

struct placed place_of(const struct dossier *d)
{
	if (d->state == NEW)
		return (struct placed){ .facet = S("") };
	return (struct placed){ dossier_visibility(d) == VISIBLE_PUBLIC, dossier_facet(d),
				timing_of(d) };
}

/* Beneath every unit that is above it on that day or will be, heirs of ended units included. */
static enum err list_it(struct tx *tx, const struct dossier *d, const struct placed *is)
{
	struct query q = db_query(
		tx, "INSERT INTO dossier_under (ancestor, kind, facet, shown_on,"
		    " dossier, timing) SELECT DISTINCT ancestor, $1, $2, $3,"
		    " CAST($4 AS BIGINT), CAST($6 AS BIGINT) FROM unit_ancestor WHERE unit = $5"
		    " AND valid_to >= $3");
	BIND(&q, str_of(d->kind->name), is->facet, d->shown_on, d->id, d->unit,
	     (int64_t)is->timing);
	return db_exec(&q);
}

static enum err unlist_it(struct tx *tx, const struct dossier *d)
{
	struct query q = db_query(tx, "DELETE FROM dossier_under WHERE dossier = $1");
	BIND(&q, d->id);
	return db_exec(&q);
}

enum err place_unit(struct tx *tx, int64_t unit)
{
	/* Each is in the list of its own unit, which never changes. */
	struct query gone = db_query(tx, "DELETE FROM dossier_under WHERE ancestor <> $1"
					 " AND dossier IN (SELECT u.dossier FROM dossier_under u"
					 " JOIN dossier d ON d.id = u.dossier"
					 " WHERE u.ancestor = $1 AND d.unit = $1)");
	BIND(&gone, unit);
	enum err e = db_exec(&gone);
	if (e)
		return e;
	struct query q =
		db_query(tx, "INSERT INTO dossier_under (ancestor, kind, facet, shown_on,"
			     " dossier, timing) SELECT DISTINCT a.ancestor, u.kind, u.facet,"
			     " u.shown_on, u.dossier, u.timing FROM dossier_under u"
			     " JOIN dossier d ON d.id = u.dossier JOIN unit_ancestor a"
			     " ON a.unit = d.unit AND a.valid_to >= u.shown_on"
			     " WHERE u.ancestor = $1 AND d.unit = $1 AND a.ancestor <> $1");
	BIND(&q, unit);
	return db_exec(&q);
}

static enum err list_anew(struct tx *tx, const struct dossier *d, const struct placed *was,
			  const struct placed *is)
{
	if (d->kind->unlisted || (!was->is_public && !is->is_public) ||
	    (was->is_public == is->is_public && was->timing == is->timing &&
	     str_eq(was->facet, is->facet)))
		return OK;
	enum err e = was->is_public ? unlist_it(tx, d) : OK;
	return e || !is->is_public ? e : list_it(tx, d, is);
}

/* What people read in several lines: the text, and whatever else the kind says at length. */
static struct str searched_text(struct arena *a, const struct dossier *d)
{
	struct buf b = { .a = a };
	for (const struct field *f = d->kind->fields; f->type; f++) {
		if (f->type != FIELD_TEXT || !f->lines || f->internal || f->personal || f->hidden)
			continue;
		if (b.len)
			buf_putc(&b, '\n');
		buf_put(&b, *field_str(f, d->data));
	}
	return buf_str(&b);
}

static enum err search_anew(struct tx *tx, const struct dossier *d, bool readable)
{
	if (!readable)
		return search_remove(tx, d->id);
	struct str title =
		str_printf(tx->mem, "%.*s %.*s", STR_ARG(dossier_title(d)), STR_ARG(number_of(d)));
	return search_put(tx, d->id, title, searched_text(tx->mem, d), d->code);
}

enum err place_changes(struct tx *tx, struct dossier *d, const struct placed *was)
{
	struct placed is = place_of(d);
	enum err e = OK;
	for (size_t i = 0; !e && i < d->lines.n; i++) {
		if (d->lines.at[i].changed)
			e = store_line(tx, d, &d->lines.at[i]);
		d->lines.at[i].changed = false;
	}
	for (size_t i = 0; !e && i < d->duties.n; i++) {
		if (d->duties.at[i].changed)
			e = store_duty(tx, d, &d->duties.at[i]);
		d->duties.at[i].changed = false;
	}
	if (!e)
		e = list_anew(tx, d, was, &is);
	if (!e && (was->is_public || is.is_public) && !d->kind->is_private)
		e = search_anew(tx, d, is.is_public && !dossier_state(d)->stub);
	return e;
}

enum err place_matches(struct tx *tx, const struct dossier *d, bool *out)
{
	struct date due, met;
	bool unverified, listed = dossier_visibility(d) == VISIBLE_PUBLIC && !d->kind->unlisted;
	main_duty(d, &due, &met, &unverified);
	struct query row =
		db_query(tx, "SELECT COUNT(*) FROM dossier WHERE id = $1 AND title = $2"
			     " AND number = $3 AND facet = $4 AND visibility = $5"
			     " AND COALESCE(due_on, '') = $6 AND COALESCE(met_on, '') = $7"
			     " AND unverified = $8");
	BIND(&row, d->id, shown_title(d), number_of(d), dossier_facet(d),
	     (int64_t)dossier_visibility(d), date_iso(tx->mem, due), date_iso(tx->mem, met),
	     unverified);
	enum err e = db_one(&row);
	if (e)
		return e;
	struct query places = db_query(tx, "SELECT (SELECT COUNT(*) FROM dossier_under"
					   " WHERE dossier = $1),"
					   " (SELECT COUNT(*) FROM dossier_under WHERE dossier = $1"
					   " AND kind = $2 AND facet = $3 AND shown_on = $4"
					   " AND timing = $6),"
					   " (SELECT COUNT(DISTINCT ancestor) FROM unit_ancestor"
					   " WHERE unit = $5 AND valid_to >= $4)");
	BIND(&places, d->id, str_of(d->kind->name), dossier_facet(d),
	     date_iso(tx->mem, d->shown_on), d->unit, (int64_t)timing_of(d));
	if ((e = db_one(&places)))
		return e;
	int64_t all = col_int(&places, 0), right = col_int(&places, 1);
	int64_t wanted = listed ? col_int(&places, 2) : 0;
	*out = col_int(&row, 0) == 1 && all == wanted && (!listed || right == wanted);
	return OK;
}
