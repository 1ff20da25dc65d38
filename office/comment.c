/* What the tables of the kind cannot say: which rules hold a comment, what it waits for and until when,
 * and how it comes back to where it stood. */
#include "office/comment_steps.h"

#include "base/json.h"
#include "office/doer.h"
#include "office/redaction_limit.h"
#include "office/site.h"
#include "office/step.h"

#define SETTING "office.comments"

enum { COMPARED = 20, OFFERED = 50 };

/* --- The setting --- */

enum err comment_holds_all(struct tx *tx, bool *out)
{
	struct str value;
	enum err e = site_get(tx, SETTING, &value);
	*out = !str_eq(value, S("rules"));
	return e;
}

enum err comment_hold_all(struct tx *tx, bool all)
{
	enum err e = admin_right(tx, 0, NULL);
	return e ? e : site_set(tx, SETTING, all ? S("all") : S("rules"));
}

/* --- What it is about --- */

bool comment_is_open(const struct dossier *d)
{
	const struct state *s = dossier_state(d);
	return s->visibility == VISIBLE_PUBLIC && !s->stub && !s->closed && !d->kind->mute &&
	       !d->kind->is_private;
}

/* The newest public matters of the unit, for those who enter from paper. */
enum err comment_about_options(struct tx *tx, const void *subject, enum lang lang,
			       struct choices *out)
{
	const struct dossier *d = subject;
	(void)lang;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, OFFERED), 0 };
	for (const struct kind *const *k = tx->office->kinds; d && *k; k++) {
		if ((*k)->unlisted || (*k)->mute)
			continue;
		struct query q =
			db_query(tx, "SELECT d.code, d.title FROM dossier_under u JOIN dossier d"
				     " ON d.id = u.dossier WHERE u.ancestor = $1 AND u.kind = $2"
				     " AND d.holder = $1 ORDER BY u.shown_on DESC, u.dossier DESC"
				     " LIMIT $3");
		BIND(&q, d->unit, str_of((*k)->name), (int64_t)OFFERED - (int64_t)out->n);
		while (out->n < OFFERED && db_next(&q))
			out->at[out->n++] = (struct choice){ col_str(&q, 0), col_str(&q, 1) };
		db_end(&q);
		if (q.err)
			return q.err;
	}
	return OK;
}

/* 0 when comments cannot be sent on it here. */
static enum err find_parent(struct tx *tx, const struct dossier *d, struct str code, int64_t *out)
{
	struct dossier *parent;
	int64_t id;
	*out = 0;
	enum err e = dossier_by_code(tx, code, &id);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (e || (e = dossier_load(tx, id, &parent)))
		return e;
	if (comment_is_open(parent) && parent->holder == d->unit)
		*out = id;
	return OK;
}

/* --- What rules look at --- */

static enum err author_past(struct tx *tx, int64_t author, struct comment_past *past)
{
	struct query q = db_query(
		tx, "SELECT EXISTS (SELECT 1 FROM dossier WHERE author = $1 AND author <> 0"
		    " AND kind = 'comment' AND state IN (4, 8, 16)),"
		    " (SELECT COUNT(*) FROM (SELECT 1 FROM dossier WHERE author = $1"
		    " AND author <> 0 AND kind = 'comment' AND state = 2 LIMIT 100) AS waiting)");
	BIND(&q, author);
	enum err e = db_one(&q);
	if (e)
		return e;
	past->shown = col_bool(&q, 0);
	past->waiting = col_int(&q, 1);
	return OK;
}

static struct str text_in(struct arena *a, struct bytes content)
{
	struct json j;
	struct str why;
	if (!content.at || !json_parse(a, (struct str){ content.at, content.len }, &j, &why))
		return S("");
	return json_get_str(&j, "text");
}

/* The last ones of the author; at the same dossier the last shown and the last that wait. */
static enum err said_before(struct tx *tx, int64_t author, int64_t parent, struct str text,
			    bool *out)
{
	struct query q = db_query(
		tx, "SELECT c.public_bytes FROM ("
		    "SELECT id FROM (SELECT id FROM dossier WHERE author = $1 AND author <> 0"
		    " AND kind = 'comment' ORDER BY id DESC LIMIT $3) AS own"
		    " UNION SELECT id FROM (SELECT id FROM dossier WHERE parent = $2 AND parent > 0"
		    " AND kind = 'comment' AND visibility = 0"
		    " ORDER BY shown_on DESC, id DESC LIMIT $3) AS shown"
		    " UNION SELECT id FROM (SELECT id FROM dossier WHERE parent = $2 AND parent > 0"
		    " AND kind = 'comment' AND state = 2 ORDER BY id DESC LIMIT $3) AS held) AS d"
		    " JOIN act a ON a.dossier = d.id AND a.no = 1"
		    " JOIN content c ON c.act = a.id");
	BIND(&q, author, parent, (int64_t)COMPARED);
	while (db_next(&q) && !*out)
		*out = comment_same(tx->mem, text_in(tx->mem, col_bytes(&q, 0)), text);
	db_end(&q);
	return q.err;
}

static struct strs words_of(struct arena *a, unsigned why)
{
	struct strs out = { NEW_N(a, struct str, COMMENT_WHYS), 0 };
	for (int i = 0; i < COMMENT_WHYS; i++)
		if (why & 1u << i)
			out.at[out.n++] = comment_why_word((enum comment_why)(1u << i));
	return out;
}

enum err comment_prepare_enter(struct tx *tx, const struct dossier *d, void *form)
{
	struct comment_form *x = form;
	x->text = comment_clean(tx->mem, x->text);
	x->name = comment_clean_name(tx->mem, x->name);
	x->held = (struct strs){ 0 };
	return find_parent(tx, d, x->about, &x->about_id);
}

enum err comment_prepare_send(struct tx *tx, const struct dossier *d, void *form)
{
	struct comment_form *x = form;
	struct comment_past past = { 0 };
	int64_t author = tx->who ? tx->who->person : 0;
	enum err e = comment_prepare_enter(tx, d, form);
	if (e || (e = comment_holds_all(tx, &past.hold_all)) ||
	    (e = author_past(tx, author, &past)) ||
	    (e = said_before(tx, author, x->about_id, x->text, &past.again)))
		return e;
	x->held = words_of(tx->mem, comment_why(tx->mem, x->name, x->text, &past));
	return OK;
}

enum err comment_check_send(struct tx *tx, const struct dossier *d, const void *form,
			    struct date on, struct faults *faults)
{
	const struct comment_form *x = form;
	(void)tx, (void)d, (void)on;
	if (!x->about_id)
		fault_add_msg(faults, "about", MSG_COMMENT_FAULT_CLOSED);
	return OK;
}

/* --- Where it leads, and what is owed --- */

static unsigned shown_state(bool question, bool answered)
{
	return answered ? COMMENT_ANSWERED : question ? COMMENT_ASKED : COMMENT_SHOWN;
}

unsigned comment_leads_send(const struct dossier *d, const void *form)
{
	const struct comment_form *x = form;
	(void)d;
	return x->held.n ? COMMENT_HELD : shown_state(x->question, false);
}

unsigned comment_leads_approve(const struct dossier *d, const void *form)
{
	(void)form;
	return shown_state(((const struct comment *)d->data)->question, false);
}

unsigned comment_leads_restore(const struct dossier *d, const void *form)
{
	const struct comment *x = d->data;
	(void)form;
	return shown_state(x->question, date_is_set(x->answered_on));
}

static struct date working_days_on(const struct fold *f, struct date from, int n)
{
	struct date day = from;
	for (int i = 0; i < n; i++)
		day = calendar_next_working(f->calendar, date_add(day, 1));
	return day;
}

static void owe(struct fold *f, const char *rule, struct date from, int days)
{
	fold_open_house(f, str_of(rule), from, working_days_on(f, from, days), S(""));
}

/* Everything but what was said elsewhere happens here, when it is recorded: an answer is given once people
 * can read it, and what is hidden can be appealed against once its author can know. Dates that are said
 * with an act would make late answers timely, and take the appeal and the words away the same night. */
static struct date known_on(const struct fold *f)
{
	return instant_date(f->act->at);
}

static void settle(struct fold *f, const char *rule, enum duty_state how)
{
	struct duty *duty = fold_duty(f, str_of(rule), 0, S(""));
	if (duty)
		fold_close(f, duty, how, known_on(f));
}

void comment_apply_send(struct fold *f, const void *form)
{
	struct dossier *d = f->d;
	(void)form;
	d->parent = ((const struct comment *)d->data)->about_id;
	if (d->state == COMMENT_HELD)
		owe(f, COMMENT_RULE_REVIEW, f->act->on, COMMENT_REVIEW_DAYS);
	else if (d->state == COMMENT_ASKED)
		owe(f, COMMENT_RULE_ANSWER, f->act->on, COMMENT_ANSWER_DAYS);
}

/* Who asked waits from the day of asking, however long it was held. */
void comment_apply_approve(struct fold *f, const void *form)
{
	(void)form;
	settle(f, COMMENT_RULE_REVIEW, DUTY_MET);
	if (f->d->state == COMMENT_ASKED)
		owe(f, COMMENT_RULE_ANSWER, f->d->opened_on, COMMENT_ANSWER_DAYS);
}

void comment_apply_answer(struct fold *f, const void *form)
{
	(void)form;
	((struct comment *)f->d->data)->answered_on = known_on(f);
	settle(f, COMMENT_RULE_ANSWER, DUTY_MET);
}

void comment_apply_withdraw(struct fold *f, const void *form)
{
	(void)form;
	((struct comment *)f->d->data)->erased = true;
	settle(f, COMMENT_RULE_REVIEW, DUTY_EXCUSED);
	settle(f, COMMENT_RULE_ANSWER, DUTY_EXCUSED);
}

/* --- Hiding and appeals --- */

static enum err text_sent(struct tx *tx, const struct acts *acts, struct str *out)
{
	struct content c;
	enum err e = content_load_whole(tx, acts->at[0].id, &c);
	if (!e)
		*out = text_in(tx->mem, c.public_bytes);
	return e;
}

enum err comment_check_redact(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	struct redactions hidden;
	struct acts acts;
	struct str sent, left;
	enum err e = redaction_check(tx, d, form, on, faults);
	if (e || (e = act_list(tx, d, &acts)) || (e = text_sent(tx, &acts, &sent)))
		return e;
	redactions_from(tx->mem, &acts, 0, &hidden);
	passages_add(tx->mem, ((const struct redaction *)form)->passages, &hidden.passages);
	left = sent;
	if (mask_text(tx->mem, &hidden.passages, &left) &&
	    (!redaction_is_readable(left) || redaction_letters(left) * 2 < redaction_letters(sent)))
		fault_add_msg(faults, "passages", MSG_COMMENT_FAULT_MOSTLY);
	return OK;
}

/* Of two offices at the unit the higher one is said. */
enum err comment_prepare_hide(struct tx *tx, const struct dossier *d, void *form)
{
	struct comment_hide *x = form;
	bool leads = member_may(tx->who, LEADER, d->holder, str_of(d->kind->work));
	x->hidden_role = leads ? role_word(LEADER) : role_word(CLERK);
	return OK;
}

void comment_apply_hide(struct fold *f, const void *form)
{
	const struct comment_hide *x = form;
	struct date known = known_on(f);
	((struct comment *)f->d->data)->hidden_on = known;
	settle(f, COMMENT_RULE_REVIEW, DUTY_MET);
	settle(f, COMMENT_RULE_ANSWER, DUTY_EXCUSED);
	fold_count(f, str_printf(f->mem, "comment.hide.%.*s", STR_ARG(x->ground)), 1);
	f->d->wake_on = date_add(known, COMMENT_ERASE_DAYS);
}

static struct date last_appeal(const struct dossier *d)
{
	return date_add(((const struct comment *)d->data)->hidden_on, COMMENT_APPEAL_DAYS);
}

enum err comment_check_appeal(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	struct date last = last_appeal(d);
	struct buf b = { .a = tx->mem };
	(void)form;
	if (date_cmp(on, last) <= 0)
		return OK;
	msg_comment_fault_appeal_late(&b, faults ? faults->lang : LANG_VI, COMMENT_APPEAL_DAYS,
				      last);
	fault_add(faults, "", buf_str(&b));
	return OK;
}

bool comment_appeal_futile(struct tx *tx, const struct dossier *d)
{
	return date_cmp(tx_today(tx), last_appeal(d)) > 0;
}

void comment_apply_appeal(struct fold *f, const void *form)
{
	(void)form;
	owe(f, COMMENT_RULE_DECIDE, f->act->on, COMMENT_DECIDE_DAYS);
	f->d->wake_on = NO_DATE;
}

/* An appeal against what tx->who did himself. */
static enum err is_judge_of_himself(struct tx *tx, const struct dossier *d, bool *out)
{
	*out = false;
	if (d->state != COMMENT_APPEALED || !tx->who)
		return OK;
	struct query q = db_query(tx, "SELECT person FROM act WHERE dossier = $1 AND step = 'hide'"
				      " ORDER BY no DESC LIMIT 1");
	BIND(&q, d->id);
	enum err e = db_one(&q);
	*out = !e && col_int(&q, 0) == tx->who->person;
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err comment_check_decide(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	const struct comment *x = d->data;
	bool himself;
	enum err e = is_judge_of_himself(tx, d, &himself);
	(void)form, (void)on;
	if (!e && himself)
		fault_add_msg(faults, "", MSG_COMMENT_FAULT_OWN_HIDING);
	if (!e && x->erased)
		fault_add_msg(faults, "", MSG_COMMENT_FAULT_ERASED);
	return e;
}

bool comment_decide_futile(struct tx *tx, const struct dossier *d)
{
	bool himself;
	return ((const struct comment *)d->data)->erased ||
	       (!is_judge_of_himself(tx, d, &himself) && himself);
}

void comment_apply_uphold(struct fold *f, const void *form)
{
	(void)form;
	settle(f, COMMENT_RULE_DECIDE, DUTY_MET);
	f->d->wake_on = date_add(known_on(f), COMMENT_ERASE_DAYS);
}

void comment_apply_restore(struct fold *f, const void *form)
{
	struct comment *x = f->d->data;
	(void)form;
	settle(f, COMMENT_RULE_DECIDE, DUTY_MET);
	x->ground = x->hidden_role = S("");
	x->hidden_on = NO_DATE;
	f->d->wake_on = NO_DATE;
	if (f->d->state == COMMENT_ASKED)
		owe(f, COMMENT_RULE_ANSWER, f->act->on, COMMENT_ANSWER_DAYS);
}

void comment_apply_erase(struct fold *f, const void *form)
{
	(void)form;
	((struct comment *)f->d->data)->erased = true;
	f->d->wake_on = NO_DATE;
}

enum err comment_wake(struct tx *tx, struct dossier *d)
{
	return step_follow(tx, d, "erase", NULL, tx_today(tx));
}
