/* What the tables cannot say of a document: what it stands beneath, when it is in force, and what an
 * ending of it means for those above. */
#include "modules/know/document_steps.h"

#include "base/encode.h"
#include "modules/know/assignment.h"
#include "modules/know/targets.h"
#include "office/gate.h"
#include "office/step.h"

enum { CHAIN_MOST = 20, OFFERED_MOST = 50 };

/* A document everybody may read; *out NULL when the code names none. */
static enum err find_document(struct tx *tx, struct str typed, struct dossier **out)
{
	struct str code;
	int64_t id;
	*out = NULL;
	if (!code_read(tx->mem, typed, &code))
		return OK;
	enum err e = dossier_by_code(tx, code, &id);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (e || (e = dossier_load(tx, id, out)))
		return e;
	if ((*out)->kind != &document_kind || dossier_visibility(*out) != VISIBLE_PUBLIC)
		*out = NULL;
	return OK;
}

enum err document_ancestors(struct tx *tx, const struct dossier *d, struct document_line *out)
{
	struct dossier *chain[CHAIN_MOST];
	size_t n = 0;
	enum err e = OK;
	for (int64_t id = d->parent; id && n < CHAIN_MOST; id = chain[n++]->parent) {
		if ((e = dossier_load(tx, id, &chain[n])))
			return e;
		if (dossier_visibility(chain[n]) != VISIBLE_PUBLIC)
			break;
	}
	*out = (struct document_line){ NEW_N(tx->mem, struct dossier *, n), n };
	for (size_t i = 0; i < n; i++)
		out->at[i] = chain[n - 1 - i];
	return OK;
}

/* --- What may be chosen --- */

static enum err offer(struct query *q, struct choices *out)
{
	while (out->n < OFFERED_MOST && db_next(q)) {
		struct str code = col_str(q, 0), number = col_str(q, 1), title = col_str(q, 2);
		struct str label = str_printf(q->tx->mem, "%.*s%s%.*s", STR_ARG(number),
					      number.len ? " " : "", STR_ARG(title));
		out->at[out->n++] = (struct choice){ code, label };
	}
	db_end(q);
	return q->err;
}

/* Those that wait for one of this unit; any other by its code. */
enum err document_parent_options(struct tx *tx, const void *subject, enum lang lang,
				 struct choices *out)
{
	const struct dossier *d = subject;
	(void)lang;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, OFFERED_MOST), 0 };
	struct query q = db_query(tx, "SELECT p.code, p.number, p.title FROM dossier g"
				      " JOIN dossier p ON p.id = g.parent WHERE g.holder = $1"
				      " AND g.visibility = $2 AND g.kind = 'assignment'"
				      " AND g.state IN ($3, $4) AND p.visibility = $2"
				      " ORDER BY g.id DESC LIMIT $5");
	BIND(&q, d->holder, (int64_t)VISIBLE_PUBLIC, (int64_t)ASSIGNMENT_GIVEN,
	     (int64_t)ASSIGNMENT_KNOWN, (int64_t)OFFERED_MOST);
	return offer(&q, out);
}

/* The unit's newest; any other by its code. */
enum err document_other_options(struct tx *tx, const void *subject, enum lang lang,
				struct choices *out)
{
	const struct dossier *d = subject;
	(void)lang;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, OFFERED_MOST), 0 };
	struct query q = db_query(tx, "SELECT code, number, title FROM dossier WHERE holder = $1"
				      " AND visibility = $2 AND kind = 'document' AND state = $3"
				      " AND id <> $4 ORDER BY id DESC LIMIT $5");
	BIND(&q, d->holder, (int64_t)VISIBLE_PUBLIC, (int64_t)EDITORIAL_PUBLISHED, d->id,
	     (int64_t)OFFERED_MOST);
	return offer(&q, out);
}

/* --- Recording, correcting --- */

enum err document_begin(struct tx *tx, const struct dossier *d, void *form)
{
	struct document *x = form;
	struct buf b = { .a = tx->mem };
	struct unit u;
	if (x->issuer.len)
		return OK;
	enum err e = unit_find(tx, d->holder, tx_today(tx), &u);
	if (e)
		return e;
	if (u.level <= LEVEL_COMMUNE)
		msg_document_committee(&b, LANG_VI, unit_title(tx->mem, &u, LANG_VI));
	else
		buf_put(&b, unit_heading(tx->mem, &u, LANG_VI));
	x->issuer = buf_str(&b);
	x->issued_on = tx_today(tx);
	return OK;
}

static enum err find_parent(struct tx *tx, struct document *x)
{
	struct dossier *parent = NULL;
	enum err e = x->parent.len ? find_document(tx, x->parent, &parent) : OK;
	x->parent_id = parent ? parent->id : 0;
	if (parent)
		x->parent = parent->code;
	return e;
}

enum err document_prepare(struct tx *tx, const struct dossier *d, void *form)
{
	struct document *x = form;
	enum err e = find_parent(tx, x);
	return e ? e : document_targets(tx, d, &x->groups, x->units, NULL, &x->targets, NULL);
}

/* A document does not stand beneath itself, by whatever way. */
static enum err check_parent(struct tx *tx, const struct dossier *d, const struct document *x,
			     struct faults *faults)
{
	struct document_line above;
	struct dossier *parent;
	if (!x->parent.len)
		return OK;
	if (!x->parent_id) {
		fault_add_msg(faults, "parent", MSG_DOCUMENT_FAULT_PARENT);
		return OK;
	}
	enum err e = dossier_load(tx, x->parent_id, &parent);
	if (e || (e = document_ancestors(tx, parent, &above)))
		return e;
	bool circle = x->parent_id == d->id;
	for (size_t i = 0; i < above.n; i++)
		circle |= above.at[i]->id == d->id;
	if (d->id && circle)
		fault_add_msg(faults, "parent", MSG_DOCUMENT_FAULT_CIRCLE);
	return OK;
}

static void check_days(const struct document *x, struct faults *faults)
{
	if (date_is_set(x->effective_from) && date_cmp(x->effective_from, x->issued_on) < 0)
		fault_add_msg(faults, "effective_from", MSG_DOCUMENT_FAULT_FROM);
	struct date from = date_is_set(x->effective_from) ? x->effective_from : x->issued_on;
	if (date_is_set(x->effective_until) && date_cmp(x->effective_until, from) < 0)
		fault_add_msg(faults, "effective_until", MSG_DOCUMENT_FAULT_UNTIL);
}

/* Whoever is named is told what to do by when; and nobody is told who is not named. */
static void check_task(const struct document *x, struct date on, struct faults *faults)
{
	bool named = x->groups.n || x->units.len;
	if (named && !x->asked.len)
		fault_add_msg(faults, "asked", MSG_DOCUMENT_FAULT_ASKED);
	if (named && !date_is_set(x->due_on))
		fault_add_msg(faults, "due_on", MSG_DOCUMENT_FAULT_DUE);
	if (!named && date_is_set(x->due_on))
		fault_add_msg(faults, "groups", MSG_DOCUMENT_FAULT_NOBODY);
	if (named && date_is_set(x->due_on) && date_cmp(x->due_on, on) <= 0)
		fault_add_msg(faults, "due_on", MSG_DOCUMENT_FAULT_DUE_PAST);
}

enum err document_check(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			struct faults *faults)
{
	const struct document *x = form;
	struct strs ids;
	enum err e = check_parent(tx, d, x, faults);
	check_days(x, faults);
	check_task(x, on, faults);
	editorial_check_content(x->body, &x->files, faults);
	return e ? e : document_targets(tx, d, &x->groups, x->units, "units", &ids, faults);
}

void document_apply(struct fold *f, const void *form)
{
	f->d->parent = ((const struct document *)form)->parent_id;
}

enum err document_prepare_correct(struct tx *tx, const struct dossier *d, void *form)
{
	(void)d;
	return find_parent(tx, form);
}

/* What a unit met with this document stays met by it: it cannot be moved beneath another. */
static enum err check_moved(struct tx *tx, const struct dossier *d, const struct document *x,
			    struct faults *faults)
{
	int64_t id = 0;
	if (!d->parent || x->parent_id == d->parent)
		return OK;
	enum err e = assignment_find(tx, d->parent, d->unit, d->code, &id);
	if (!e && id)
		fault_add_msg(faults, "parent", MSG_DOCUMENT_FAULT_ANSWERED);
	return e;
}

enum err document_check_correct(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults)
{
	const struct document *x = form;
	enum err e = check_parent(tx, d, x, faults);
	(void)on;
	if (!e)
		e = check_moved(tx, d, x, faults);
	check_days(x, faults);
	editorial_check_content(x->body, &x->files, faults);
	return e;
}

/* --- Publishing, ending --- */

/* Who is named is asked of the tree again: a unit may have come or gone since. */
enum err document_prepare_publish(struct tx *tx, const struct dossier *d, void *form)
{
	enum err e = editorial_prepare_publish(tx, d, form);
	return e ? e : document_prepare(tx, d, form);
}

enum err document_check_publish(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults)
{
	const struct document *x = form;
	(void)tx, (void)d;
	if (x->targets.n && date_cmp(x->due_on, on) <= 0)
		fault_add_msg(faults, "", MSG_DOCUMENT_FAULT_DUE_GONE);
	return OK;
}

enum err document_stored_publish(struct tx *tx, struct dossier *d, const struct act *act,
				 const void *form)
{
	const struct document *x = form;
	enum err e = document_assign(tx, d, &x->targets, x->asked, x->due_on, act->on);
	return e ? e : document_fulfil(tx, d, act->on);
}

enum err document_stored_ending(struct tx *tx, struct dossier *d, const struct act *act,
				const void *form)
{
	struct dossier *task;
	int64_t id;
	(void)form;
	if (!d->parent)
		return OK;
	if (d->state == EDITORIAL_PUBLISHED)
		return document_fulfil(tx, d, act->on);
	enum err e = assignment_find(tx, d->parent, d->unit, d->code, &id);
	if (e || !id || (e = dossier_load(tx, id, &task)))
		return e;
	struct assignment_reopen again = { d->code, false };
	struct acts acts;
	if ((e = act_list(tx, task, &acts)))
		return e;
	for (size_t i = 0; i < acts.n; i++)
		again.known |= acts.at[i].to == ASSIGNMENT_KNOWN;
	return step_follow(tx, task, "reopen", &again, act->on);
}

/* --- Replacing --- */

enum err document_check_replace(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults)
{
	const struct document_replace *x = form;
	const struct document *now = d->data;
	struct dossier *other = NULL;
	enum err e = find_document(tx, x->replaced_by, &other);
	(void)on;
	if (!e && x->replaced_by.len && (!other || other->id == d->id))
		fault_add_msg(faults, "replaced_by", MSG_DOCUMENT_FAULT_OTHER);
	if (date_is_set(x->from) && date_cmp(x->from, now->issued_on) < 0)
		fault_add_msg(faults, "from", MSG_DOCUMENT_FAULT_REPLACED_EARLY);
	return e;
}

void document_apply_replace(struct fold *f, const void *form)
{
	const struct document_replace *x = form;
	((struct document *)f->d->data)->effective_until = date_add(x->from, -1);
}
