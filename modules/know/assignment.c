/* The tables, and the questions a document's page asks. */
#include "modules/know/assignment.h"

#include "base/json.h"
#include "office/redaction.h"
#include "office/unit.h"

static const struct field_choice asks[] = {
	{ "issue", MSG_ASSIGNMENT_ISSUE },
	{ "acknowledge", MSG_ASSIGNMENT_ACKNOWLEDGE },
	{ 0 },
};

static const struct field_choice levels[] = {
	{ "commune", MSG_ASSIGNMENT_COMMUNE },
	{ "district", MSG_ASSIGNMENT_DISTRICT },
	{ "agency", MSG_ASSIGNMENT_AGENCY },
	{ "village", MSG_ASSIGNMENT_VILLAGE },
	{ 0 },
};

struct str assignment_level(int level)
{
	return level == LEVEL_COMMUNE    ? S("commune")
	       : level == LEVEL_DISTRICT ? S("district")
	       : level == LEVEL_VILLAGE  ? S("village")
					 : S("agency");
}

static const struct field fields[] = {
	FIELD(struct assignment, title, .max = 300, .label = MSG_ASSIGNMENT_TITLE),
	FIELD(struct assignment, asked, .choices = asks, .label = MSG_ASSIGNMENT_ASKED),
	FIELD(struct assignment, due_on, .label = MSG_ASSIGNMENT_DUE),
	FIELD(struct assignment, issuer, .label = MSG_ASSIGNMENT_ISSUER),
	FIELD(struct assignment, document, .hidden = true, .label = MSG_ASSIGNMENT_DOCUMENT),
	FIELD(struct assignment, level, .hidden = true, .choices = levels,
	      .label = MSG_ASSIGNMENT_LEVEL),
	FIELD(struct assignment, answer, .hidden = true, .label = MSG_ASSIGNMENT_ANSWER),
	{ 0 },
};

static const struct field give_fields[] = {
	FIELD(struct assignment_give, title, .max = 300, .hidden = true,
	      .label = MSG_ASSIGNMENT_TITLE),
	FIELD(struct assignment_give, document, .hidden = true, .label = MSG_ASSIGNMENT_DOCUMENT),
	FIELD(struct assignment_give, issuer, .hidden = true, .label = MSG_ASSIGNMENT_ISSUER),
	FIELD(struct assignment_give, asked, .hidden = true, .choices = asks,
	      .label = MSG_ASSIGNMENT_ASKED),
	FIELD(struct assignment_give, due_on, .hidden = true, .label = MSG_ASSIGNMENT_DUE),
	FIELD(struct assignment_give, level, .hidden = true, .label = MSG_ASSIGNMENT_LEVEL),
	FIELD(struct assignment_give, document_id, .hidden = true, .internal = true,
	      .label = MSG_ASSIGNMENT_DOCUMENT),
	{ 0 },
};

static const struct field note_fields[] = {
	FIELD(struct assignment_note, note, .optional = true, .max = 1000, .lines = true,
	      .label = MSG_ASSIGNMENT_NOTE, .hint = MSG_ASSIGNMENT_NOTE_HINT),
	{ 0 },
};

static const struct field answer_fields[] = {
	FIELD(struct assignment_answer, code, .hidden = true, .label = MSG_ASSIGNMENT_ANSWER),
	{ 0 },
};

static const struct field reopen_fields[] = {
	FIELD(struct assignment_reopen, code, .hidden = true, .label = MSG_ASSIGNMENT_ANSWER),
	FIELD(struct assignment_reopen, known, .optional = true, .hidden = true,
	      .label = MSG_ASSIGNMENT_STATE_KNOWN),
	{ 0 },
};

static const struct field change_fields[] = {
	FIELD(struct assignment_change, to, .optional = true, .hidden = true,
	      .label = MSG_ASSIGNMENT_DUE),
	FIELD(struct assignment_change, reason, .hidden = true, .lines = true, .max = 1000,
	      .label = MSG_ASSIGNMENT_REASON),
	{ 0 },
};

/* --- What the steps do --- */

static struct duty *owed(struct fold *f)
{
	return fold_duty(f, S(ASSIGNMENT_RULE), 0, S(""));
}

static void apply_give(struct fold *f, const void *form)
{
	const struct assignment_give *x = form;
	f->d->parent = x->document_id;
	fold_open_house(f, S(ASSIGNMENT_RULE), f->act->on, x->due_on, S(""));
}

static void end(struct fold *f, enum duty_state state)
{
	struct duty *y = owed(f);
	if (y)
		fold_close(f, y, state, f->act->on);
}

/* To take note is all that some ask. */
static unsigned where_known(const struct dossier *d, const void *form)
{
	const struct assignment *x = d->data;
	(void)form;
	return str_eq(x->asked, S("acknowledge")) ? ASSIGNMENT_DONE : ASSIGNMENT_KNOWN;
}

static void apply_known(struct fold *f, const void *form)
{
	(void)form;
	if (f->d->state == ASSIGNMENT_DONE)
		end(f, DUTY_MET);
}

static void apply_fulfil(struct fold *f, const void *form)
{
	((struct assignment *)f->d->data)->answer = ((const struct assignment_answer *)form)->code;
	end(f, DUTY_MET);
}

/* Who had taken note need not do so again. */
static unsigned where_reopened(const struct dossier *d, const void *form)
{
	(void)d;
	return ((const struct assignment_reopen *)form)->known ? ASSIGNMENT_KNOWN
							       : ASSIGNMENT_GIVEN;
}

static void apply_reopen(struct fold *f, const void *form)
{
	(void)form;
	((struct assignment *)f->d->data)->answer = S("");
	for (size_t i = 0; i < f->d->duties.n; i++) {
		enum duty_state state = f->d->duties.at[i].state;
		if (state == DUTY_MET || state == DUTY_LATE)
			fold_reopen(f, &f->d->duties.at[i]);
	}
}

static void apply_move(struct fold *f, const void *form)
{
	const struct assignment_change *x = form;
	struct duty *y = owed(f);
	((struct assignment *)f->d->data)->due_on = x->to;
	if (y)
		fold_extend(f, y, x->to);
}

static void apply_cancel(struct fold *f, const void *form)
{
	(void)form;
	end(f, DUTY_EXCUSED);
}

/* --- Tables --- */

static const struct state states[] = {
	{ ASSIGNMENT_GIVEN, "given", MSG_ASSIGNMENT_STATE_GIVEN, TONE_INFO, VISIBLE_PUBLIC,
	  .waits = true },
	{ ASSIGNMENT_KNOWN, "known", MSG_ASSIGNMENT_STATE_KNOWN, TONE_INFO, VISIBLE_PUBLIC },
	{ ASSIGNMENT_DONE, "done", MSG_ASSIGNMENT_STATE_DONE, TONE_OK, VISIBLE_PUBLIC },
	{ ASSIGNMENT_CANCELLED, "cancelled", MSG_ASSIGNMENT_STATE_CANCELLED, TONE_WAIT,
	  VISIBLE_PUBLIC },
	{ 0 },
};

static const struct step steps[] = {
	{ "assign", NEW, ASSIGNMENT_GIVEN, SYSTEM, MSG_ASSIGNMENT_GIVE_DONE,
	  MSG_ASSIGNMENT_GIVE_DONE, sizeof(struct assignment_give), give_fields, .is_public = true,
	  .follows = true, .apply = apply_give },
	{ "acknowledge", ASSIGNMENT_GIVEN, ASSIGNMENT_KNOWN | ASSIGNMENT_DONE, CLERK | LEADER,
	  MSG_ASSIGNMENT_KNOW, MSG_ASSIGNMENT_KNOW_DONE, sizeof(struct assignment_note),
	  note_fields, .is_public = true, .leads = where_known, .apply = apply_known },
	{ "fulfil", ASSIGNMENT_OPEN, ASSIGNMENT_DONE, SYSTEM, MSG_ASSIGNMENT_FULFIL_DONE,
	  MSG_ASSIGNMENT_FULFIL_DONE, sizeof(struct assignment_answer), answer_fields,
	  .is_public = true, .follows = true, .apply = apply_fulfil },
	{ "reopen", ASSIGNMENT_DONE, ASSIGNMENT_GIVEN | ASSIGNMENT_KNOWN, SYSTEM,
	  MSG_ASSIGNMENT_REOPEN_DONE, MSG_ASSIGNMENT_REOPEN_DONE, sizeof(struct assignment_reopen),
	  reopen_fields, .is_public = true, .follows = true, .leads = where_reopened,
	  .apply = apply_reopen },
	{ "move", ASSIGNMENT_OPEN, 0, SYSTEM, MSG_ASSIGNMENT_MOVE_DONE, MSG_ASSIGNMENT_MOVE_DONE,
	  sizeof(struct assignment_change), change_fields, .is_public = true, .follows = true,
	  .apply = apply_move },
	{ "cancel", ASSIGNMENT_OPEN, ASSIGNMENT_CANCELLED, SYSTEM, MSG_ASSIGNMENT_CANCEL_DONE,
	  MSG_ASSIGNMENT_CANCEL_DONE, sizeof(struct assignment_change), change_fields,
	  .is_public = true, .follows = true, .apply = apply_cancel },
	REDACTION_TEXT_STEP(ASSIGNMENT_GIVEN | ASSIGNMENT_KNOWN | ASSIGNMENT_DONE |
				    ASSIGNMENT_CANCELLED,
			    LEADER),
	REDACTION_FOLLOWING_STEP(ASSIGNMENT_GIVEN | ASSIGNMENT_KNOWN | ASSIGNMENT_DONE |
				 ASSIGNMENT_CANCELLED),
	{ 0 },
};

static const struct measure indicators[] = {
	{ "house.assignment", MEASURE_IN_TIME, MSG_ASSIGNMENT_INDICATOR,
	  .means = MSG_ASSIGNMENT_MEANS, .classes = { 700, 850, 950 },
	  .parts = { { COUNT_DUTIES, ASSIGNMENT_RULE, MSG_ASSIGNMENT_KINDS } } },
	{ 0 },
};

const struct kind assignment_kind = {
	.name = "assignment",
	.code = "GV",
	.slug = "giao-viec",
	.work = "know",
	.title = MSG_ASSIGNMENT_KIND,
	.titles = MSG_ASSIGNMENT_KINDS,
	.mute = true,
	.size = sizeof(struct assignment),
	.fields = fields,
	.facet = "level",
	.states = states,
	.steps = steps,
	.indicators = indicators,
};

/* --- Questions --- */

#define OF_DOCUMENT " FROM dossier d WHERE d.parent = $1 AND d.parent > 0 AND d.kind = 'assignment'"

static struct assignment_counts *counts_of(struct assignment_count_list *l, struct str level)
{
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->at[i].level, level))
			return &l->at[i];
	if (l->n == LENGTH(levels) - 1)
		return NULL; /* no assignment has another */
	l->at[l->n] = (struct assignment_counts){ .level = level };
	return &l->at[l->n++];
}

enum err assignment_count(struct tx *tx, int64_t document, struct assignment_count_list *out)
{
	struct assignment_count_list l = {
		NEW_N(tx->mem, struct assignment_counts, LENGTH(levels) - 1), 0
	};
	struct query q = db_query(
		tx, "SELECT d.facet, d.state, COUNT(*),"
		    " CAST(SUM(CASE WHEN d.met_on > d.due_on THEN 1 ELSE 0 END) AS BIGINT),"
		    " CAST(SUM(CASE WHEN d.met_on IS NULL AND d.due_on < $2 THEN 1 ELSE 0 END)"
		    " AS BIGINT)" OF_DOCUMENT " GROUP BY d.facet, d.state ORDER BY d.facet");
	BIND(&q, document, tx_today(tx));
	while (db_next(&q)) {
		struct str level = col_str(&q, 0);
		struct assignment_counts *c = counts_of(&l, level);
		unsigned state = (unsigned)col_int(&q, 1);
		int64_t n = col_int(&q, 2);
		if (!c || state == ASSIGNMENT_CANCELLED)
			continue;
		c->all += n;
		if (state == ASSIGNMENT_DONE) {
			c->late += col_int(&q, 3);
			c->done += n - col_int(&q, 3);
			continue;
		}
		c->open += n;
		c->overdue += col_int(&q, 4);
		c->known += state == ASSIGNMENT_KNOWN ? n : 0;
	}
	*out = l;
	return q.err;
}

static struct str answer_of(struct tx *tx, struct str data)
{
	struct json j;
	struct str why;
	return json_parse(tx->mem, data, &j, &why) ? json_get_str(&j, "answer") : S("");
}

enum err assignment_list(struct tx *tx, int64_t document, enum assignment_view view,
			 struct str level, int64_t after_id, int limit, struct assignment_rows *out)
{
	struct assignment_rows rows = { NEW_N(tx->mem, struct assignment_row, limit), 0, false };
	struct query q = db_query(
		tx, "SELECT d.id, d.code, d.unit, d.state, d.due_on, d.met_on, d.data" OF_DOCUMENT
		    " AND d.id > $2 AND ($3 = '' OR d.facet = $3)"
		    " AND ($4 = 0 OR ($4 = 1 AND d.state IN (2, 4))"
		    " OR ($4 = 2 AND d.state IN (2, 4) AND d.due_on < $5)"
		    " OR ($4 = 3 AND d.state = 8 AND d.met_on <= d.due_on)"
		    " OR ($4 = 4 AND d.state = 8 AND d.met_on > d.due_on))"
		    " ORDER BY d.id LIMIT $6");
	BIND(&q, document, after_id, str_some(level), (int64_t)view, tx_today(tx),
	     (int64_t)limit + 1);
	while (!rows.more && db_next(&q)) {
		if (rows.n == (size_t)limit) {
			rows.more = true;
			break;
		}
		rows.at[rows.n++] =
			(struct assignment_row){ .id = col_int(&q, 0),
						 .code = col_str(&q, 1),
						 .unit = col_int(&q, 2),
						 .state = (unsigned)col_int(&q, 3),
						 .due = col_date(&q, 4),
						 .met = col_date(&q, 5),
						 .answer = answer_of(tx, col_str(&q, 6)) };
	}
	db_end(&q);
	if (!q.err)
		*out = rows;
	return q.err;
}

enum err assignment_find(struct tx *tx, int64_t document, int64_t unit, struct str answer,
			 int64_t *id)
{
	struct query q = db_query(tx, "SELECT d.id, d.state, d.data" OF_DOCUMENT
				      " AND d.unit = $2 ORDER BY d.id LIMIT 100");
	BIND(&q, document, unit);
	*id = 0;
	while (!*id && db_next(&q)) {
		unsigned state = (unsigned)col_int(&q, 1);
		bool fits = answer.len ? state == ASSIGNMENT_DONE &&
						 str_eq(answer_of(tx, col_str(&q, 2)), answer)
				       : (state & ASSIGNMENT_OPEN) != 0;
		if (fits)
			*id = col_int(&q, 0);
	}
	db_end(&q);
	return q.err;
}
