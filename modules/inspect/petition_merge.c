/* One matter of which many write: one petition leads, the others are merged with it. They are answered with it,
 * or received anew when it leaves without an answer. */
#include "modules/inspect/petition_steps.h"

#include "base/encode.h"
#include "office/step.h"

/* --- Which leads --- */

enum { LEADS_SHOWN = 50 };

/* Those in hand here, by their codes alone: whoever merges has read both. */
enum err petition_lead_options(struct tx *tx, const void *subject, enum lang lang,
			       struct choices *out)
{
	const struct dossier *d = subject;
	struct query q =
		db_query(tx, "SELECT code, opened_on FROM dossier WHERE holder = $1"
			     " AND visibility = $2 AND kind = 'petition'"
			     " AND state IN ($3, $4) AND id <> $5 ORDER BY id DESC LIMIT $6");
	*out = (struct choices){ NEW_N(tx->mem, struct choice, LEADS_SHOWN), 0 };
	BIND(&q, d->holder, (int64_t)VISIBLE_PERSONAL, (int64_t)PETITION_HANDLED,
	     (int64_t)PETITION_CONTESTED, d->id, (int64_t)LEADS_SHOWN);
	while (db_next(&q)) {
		struct buf b = { .a = tx->mem };
		struct str code = col_str(&q, 0);
		msg_petition_lead(&b, lang, code, col_date(&q, 1));
		out->at[out->n++] = (struct choice){ code, buf_str(&b) };
	}
	return q.err;
}

/* As it was typed, then as it is written; 0: there is no such dossier. */
static enum err find_lead(struct tx *tx, struct str *with, int64_t *lead)
{
	struct str code;
	int64_t id;
	*lead = 0;
	if (!code_read(tx->mem, *with, &code))
		return OK;
	*with = code;
	enum err e = dossier_by_code(tx, code, &id);
	if (!e)
		*lead = id;
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err check_lead(struct tx *tx, const struct dossier *d, int64_t id,
			   struct faults *faults)
{
	struct dossier *lead = NULL;
	enum err e = id ? dossier_load(tx, id, &lead) : OK;
	if (e)
		return e;
	if (!lead || lead->kind != &petition_kind || lead->id == d->id || lead->sealed ||
	    d->sealed || lead->holder != d->holder ||
	    !(lead->state & (PETITION_HANDLED | PETITION_CONTESTED)))
		fault_add_msg(faults, "with", MSG_PETITION_FAULT_LEAD);
	return OK;
}

enum err petition_prepare_merge(struct tx *tx, const struct dossier *d, void *form)
{
	struct petition_merge *x = form;
	(void)d;
	return find_lead(tx, &x->with, &x->lead);
}

enum err petition_check_merge(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	(void)on;
	return check_lead(tx, d, ((const struct petition_merge *)form)->lead, faults);
}

enum err petition_prepare_enter(struct tx *tx, const struct dossier *d, void *form)
{
	struct petition *x = form;
	enum err e = petition_prepare(tx, d, form);
	return e ? e : find_lead(tx, &x->with, &x->lead);
}

/* A complaint has its own clock from the first day, whatever others complain of. */
enum err petition_check_enter(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	const struct petition *x = form;
	(void)on;
	if (!x->with.len || str_eq(x->with, S(PETITION_OTHER)))
		return OK;
	if (petition_is_complaint(x)) {
		fault_add_msg(faults, "with", MSG_PETITION_FAULT_LEAD_COMPLAINT);
		return OK;
	}
	return check_lead(tx, d, x->lead, faults);
}

/* --- Merged, received anew --- */

void petition_apply_merge(struct fold *f, const void *form)
{
	f->d->parent = ((const struct petition_merge *)form)->lead;
	petition_meet_first(f);
	struct duty *promised = fold_duty(f, S(PETITION_ANSWER), 0, S(""));
	if (promised)
		fold_leave(f, promised, DUTY_EXCUSED);
}

/* Entered as one more of a matter that is in hand: what the first term asks is said with it. */
void petition_apply_entered(struct fold *f, const void *form)
{
	const struct petition *x = form;
	petition_apply_received(f, form);
	if (x->lead) {
		f->d->parent = x->lead;
		petition_meet_first(f);
	}
}

/* What became of it was said when it was merged; now it has to be said anew, by the office that has it. */
void petition_apply_separate(struct fold *f, const void *form)
{
	struct petition *x = f->d->data;
	(void)form;
	f->d->parent = 0;
	x->answer_by = NO_DATE;
	/* The lead may have left on a day before this one came. */
	bool later = date_cmp(x->received_on, f->act->on) > 0;
	struct date from = later ? x->received_on : f->act->on;
	size_t hops;
	const struct line *hop = petition_last_hop(f->d, &hops);
	fold_open(f, petition_first_rule(x), from, hops > 1 ? hop->no : 0, PETITION_WHOLE);
}

/* --- Which go with it --- */

enum { MERGED_SHOWN = 100, GOES_WITH = PETITION_MERGED | PETITION_ANSWERED | PETITION_CLOSED };

bool petition_goes_with(unsigned state)
{
	return (state & GOES_WITH) != 0;
}

static enum err add_merged(struct tx *tx, int64_t lead, unsigned states, struct dossier_refs *out)
{
	struct query q = db_query(tx, "SELECT id, code, opened_on FROM dossier WHERE parent = $1"
				      " AND parent > 0 AND kind = 'petition' AND visibility = $2"
				      " AND (state & $3) <> 0 ORDER BY id LIMIT $4");
	BIND(&q, lead, (int64_t)VISIBLE_PERSONAL, (int64_t)states, (int64_t)MERGED_SHOWN + 1);
	while (db_next(&q)) {
		if (out->n == MERGED_SHOWN) {
			out->more = true;
			continue;
		}
		out->at[out->n++] = (struct dossier_ref){ .id = col_int(&q, 0),
							  .code = col_str(&q, 1),
							  .opened_on = col_date(&q, 2) };
	}
	return q.err;
}

static struct dossier_refs none_yet(struct tx *tx)
{
	return (struct dossier_refs){ .at = NEW_N(tx->mem, struct dossier_ref, MERGED_SHOWN) };
}

enum err petition_merged(struct tx *tx, const struct dossier *d, struct dossier_refs *out)
{
	*out = none_yet(tx);
	return add_merged(tx, d->id, GOES_WITH, out);
}

enum err petition_answered_with(struct tx *tx, const struct dossier *d, struct dossier_refs *out)
{
	*out = none_yet(tx);
	enum err e = add_merged(tx, d->id, PETITION_MERGED, out);
	for (size_t i = 0; !e && i < out->n; i++)
		e = add_merged(tx, out->at[i].id, PETITION_MERGED, out);
	return e;
}

/* --- What becomes of the lead --- */

/* The first that still goes with it takes a step that leaves it; `left` is false when there is none. */
static enum err first_follows(struct tx *tx, int64_t lead, const char *step,
			      const struct petition *with, struct date on, bool *left)
{
	struct dossier *one;
	struct petition copy = with ? *with : (struct petition){ 0 };
	struct query q = db_query(tx, "SELECT id FROM dossier WHERE parent = $1 AND parent > 0"
				      " AND kind = 'petition' AND state = $2 ORDER BY id LIMIT 1");
	BIND(&q, lead, (int64_t)PETITION_MERGED);
	enum err e = db_one(&q);
	*left = !e;
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	if ((e = dossier_load(tx, col_int(&q, 0), &one)))
		return e;
	return step_follow(tx, one, step, with ? &copy : NULL, on);
}

/* Until none is left. Each in memory of its own: the budget of a request is for its page, and nobody may
 * be left unanswered because many wrote of the same matter. */
static enum err all_follow(struct tx *tx, int64_t lead, const char *step,
			   const struct petition *with, struct date on)
{
	struct arena *outer = tx->mem;
	enum err e = OK;
	bool left = true;
	tx->mem = arena_new(0);
	while (!e && left) {
		e = first_follows(tx, lead, step, with, on, &left);
		arena_clear(tx->mem);
	}
	arena_free(tx->mem);
	tx->mem = outer;
	return e;
}

/* Whoever was told that his matter is the same as another's hears the same answer: here and today, also
 * when it went out to the first on paper, days ago. His days to contest it are not over before he heard it. */
enum err petition_stored_answer(struct tx *tx, struct dossier *d, const struct act *act,
				const void *form)
{
	const struct petition *x = form;
	struct petition same = { .outcome = x->outcome, .answer = x->answer, .files = x->files };
	(void)act;
	return all_follow(tx, d->id, "answer_with", &same, tx_today(tx));
}

/* It left without an answer: those that waited for one do not leave with it. */
enum err petition_stored_left(struct tx *tx, struct dossier *d, const struct act *act,
			      const void *form)
{
	(void)form;
	return all_follow(tx, d->id, "separate", NULL, act->on);
}
