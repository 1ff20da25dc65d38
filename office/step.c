/* One act and everything it changes, in one transaction, so that none exists without the others.
 *
 * The order matters: rights before the form is looked at (a stranger learns nothing from errors),
 * the form before the fold, the fold before anything is written, the leaf last because its bytes
 * commit to everything before it. */
#include "office/step.h"

#include "base/encode.h"
#include "ledger/log.h"
#include "office/file.h"
#include "office/notice.h"
#include "office/place.h"
#include "office/redaction.h"
#include "office/reply.h"
#include "office/seal.h"
#include "office/sealed.h"
#include "office/tally.h"
#include "office/unit.h"

#include <inttypes.h>

/* What happens between the first question and the last write. */
struct taking {
	struct tx *tx;
	struct dossier *d;
	const struct step *step;
	void *written; /* the form as it was given: what follows fills it in for other dossiers */
	void *form;    /* as it is stored for this one */
	struct act act;
	struct str token;
	bool reveals;
	struct fold fold;
	struct placed was; /* before the act */
};

void *step_form(struct arena *a, const struct step *s)
{
	void *form = arena_get(a, s->size);
	fields_init(s->form, form);
	return form;
}

/* An office comes before the citizen: who holds one here acts for it. Only in what he sent himself he is
 * its author and nothing else, so that nobody approves his own words or answers his own request. */
bool step_rightful(const struct tx *tx, const struct dossier *d, const struct step *s,
		   const struct appointment **by)
{
	const struct member *m = tx->who;
	bool own = d->state != NEW && dossier_is_author(tx, d);
	const struct appointment *a =
		own         ? NULL
		: d->sealed ? sealed_may(tx, s->may, d)
			    : member_may(m, s->may, s->at_home ? d->unit : d->holder,
					 str_of(d->kind->work));
	if (a && by)
		*by = a;
	if (a || !(s->may & CITIZEN) || d->state != NEW)
		return a || (own && (s->may & CITIZEN));
	return m ? m->person != 0 : d->kind->by_receipt;
}

bool step_allowed(const struct tx *tx, const struct dossier *d, const struct step *s,
		  const struct appointment **by)
{
	return !s->follows && (s->from & d->state) && step_rightful(tx, d, s, by);
}

bool step_is_futile(struct tx *tx, const struct dossier *d, const struct step *s)
{
	return s->futile && s->futile(tx, d);
}

bool step_is_offered(struct tx *tx, const struct dossier *d, const struct step *s)
{
	return step_allowed(tx, d, s, NULL) && !step_is_futile(tx, d, s);
}

/* --- Storing --- */

static enum err store_content(struct tx *tx, int64_t act, const struct sealed_act *made)
{
	struct bytes public_salt = { made->salts[0], SALT_BYTES };
	struct bytes sealed_salt = { made->salts[1], SALT_BYTES };
	struct bytes public_text = { made->pub.at, made->pub.len };
	struct bytes sealed_text = { made->sealed.at, made->sealed.len };
	struct query q = db_query(tx, "INSERT INTO content (act, public_salt, public_bytes,"
				      " sealed_salt, sealed_bytes) VALUES ($1, $2, $3, $4, $5)");
	BIND(&q, act, public_salt, public_text, sealed_salt, sealed_text);
	return db_exec(&q);
}

/* The leaf first, because the act's row names it. */
static enum err store_act(struct taking *t)
{
	struct tx *tx = t->tx;
	const struct act *a = &t->act;
	struct sealed_act made;
	struct hash leaf_hash;
	struct str unit, token = t->token.len ? t->token : (struct str){ NULL, 0 };
	enum err e = unit_code(tx, t->d->unit, tx_today(tx), &unit);
	if (e)
		return e;
	act_seal(tx->mem, tx->rng, t->d, a, t->form, unit, &made);
	if ((e = log_queue(tx, made.entry, &t->act.leaf, &leaf_hash)))
		return e;
	struct query q =
		db_query(tx, "INSERT INTO act (dossier, no, step, happened_on, recorded_at,"
			     " from_state, to_state, appointment, person, substitute_of,"
			     " channel, data, token, leaf) VALUES ($1, $2, $3, $4, $5, $6, $7,"
			     " $8, $9, $10, $11, $12, $13, $14) RETURNING id");
	BIND(&q, t->d->id, (int64_t)a->no, str_of(t->step->name), a->on, a->at, (int64_t)a->from,
	     (int64_t)a->to, a->appointment, a->person, a->substitute_of, (int64_t)a->channel,
	     a->data, token, a->leaf);
	if ((e = db_one(&q)))
		return e;
	t->act.id = col_int(&q, 0);
	db_end(&q);
	if ((e = store_content(tx, t->act.id, &made)) || !made.identity.len)
		return e;
	struct bytes salt = { made.salts[2], SALT_BYTES };
	return sealed_identity_put(tx, a, t->d->id, salt, made.identity);
}

/* --- Erasure --- */

/* Files that an act gave under a personal field: the dossier uses them no more, whichever other act
 * names them too. Their bytes go when no dossier does (file_sweep_rows). */
static enum err unuse_personal(struct taking *t, const struct act *act)
{
	void *form = step_form(t->tx->mem, act->step);
	enum err e = act_sealed_form(t->tx, act->id, act->step->form, form);
	for (const struct field *f = act->step->form; !e && f->type; f++) {
		const struct file_refs *files =
			f->type == FIELD_FILES && f->personal ? field_files(f, form) : NULL;
		for (size_t i = 0; files && !e && i < files->n; i++)
			e = file_unuse(t->tx, t->d->id, files->at[i].sha256);
	}
	return e == ERR_NOT_FOUND ? OK : e; /* erased before */
}

/* Of what is sealed by this act, an earlier one that somebody took for himself names him by his account, in
 * its row and in its content: both go, and who sent it stands where only those come who are named for it. */
static bool names_somebody(const struct taking *t, const struct act *act)
{
	return t->d->sealed && act->person && !act->appointment;
}

static enum err forget_person(struct tx *tx, const struct act *act)
{
	struct query q = db_query(tx, "UPDATE act SET person = 0 WHERE id = $1");
	BIND(&q, act->id);
	return db_exec(&q);
}

/* The contents of earlier acts that carry personal fields lose bytes and salts; this act's leaf is
 * the record that they did. */
static enum err erase_personal(struct taking *t)
{
	struct tx *tx = t->tx;
	struct acts acts;
	enum err e = act_list(tx, t->d, &acts);
	for (size_t i = 0; !e && i < acts.n; i++) {
		bool names = names_somebody(t, &acts.at[i]);
		if ((!step_is_personal(acts.at[i].step) && !names) || acts.at[i].id == t->act.id)
			continue;
		if ((names && (e = forget_person(tx, &acts.at[i]))) ||
		    (e = unuse_personal(t, &acts.at[i])))
			return e;
		struct query q =
			db_query(tx, "UPDATE content SET public_salt = NULL,"
				     " public_bytes = NULL, sealed_salt = NULL,"
				     " sealed_bytes = NULL, redacted_by = 0, erased_by = $1"
				     " WHERE act = $2 AND erased_by IS NULL");
		BIND(&q, t->act.id, acts.at[i].id);
		e = db_exec(&q);
	}
	return e;
}

/* The files of the form belong to the dossier from now on; what is not public content is sealed. */
static enum err use_files(struct taking *t)
{
	enum err e = OK;
	bool any = false;
	for (const struct field *f = t->step->form; !e && f && f->type; f++)
		if (f->type == FIELD_FILES && field_files(f, t->form)->n) {
			any = true;
			e = file_use(t->tx, t->d->id, field_files(f, t->form),
				     !t->step->is_public || f->internal);
		}
	return e || !any ? e : redaction_keep_files(t->tx, t->d);
}

/* --- Taking --- */

static enum err fold_and_store(struct taking *t)
{
	struct tx *tx = t->tx;
	struct dossier *d = t->d;
	t->fold = (struct fold){ .mem = tx->mem, .law = tx->office->law, .d = d };
	enum err e = office_calendar(tx, &t->fold.calendar);
	if (e)
		return e;
	t->act.data = act_data(tx->mem, t->step, t->form);
	bool fresh = d->state == NEW;
	if ((e = fold_apply(&t->fold, &t->act)))
		return tx_fail(tx, e, "%.*s", STR_ARG(t->fold.why));
	if ((e = fresh ? place_dossier_insert(tx, d) : place_dossier_update(tx, d)) ||
	    (e = store_act(t)) || (e = place_changes(tx, d, &t->was)) ||
	    (e = tally_add(tx, &t->fold)) || (e = use_files(t)))
		return e;
	if (t->step->erases && (e = erase_personal(t)))
		return e;
	if ((e = notice_of_act(tx, d, &t->act)))
		return e;
	return t->step->stored ? t->step->stored(tx, d, &t->act, t->written) : OK;
}

/* A day before the matter existed, by the form or by the dossier. */
static bool is_too_early(const struct taking *t)
{
	const struct kind *k = t->d->kind;
	if (!k->not_before)
		return false;
	const struct field *given =
		t->step->form ? field_find(t->step->form, str_of(k->not_before)) : NULL;
	const struct field *known = field_find(k->fields, str_of(k->not_before));
	struct date first = given ? *field_date(given, t->form) : *field_date(known, t->d->data);
	return date_is_set(first) && date_cmp(t->act.on, first) < 0;
}

static enum err check_form(struct taking *t, struct faults *faults)
{
	struct faults own = { .a = t->tx->mem };
	size_t before = faults ? faults->n : 0;
	if (!faults)
		faults = &own;
	enum err e = t->step->prepare ? t->step->prepare(t->tx, t->d, t->written) : OK;
	t->form = reply_form(t->tx, t->d, t->step, t->written);
	/* What follows is measured as it was written: a longer name filled in does not stop what it follows from. */
	void *measured = t->step->follows ? t->written : t->form;
	if (!e)
		e = form_check(t->tx, t->step->form, measured, t->d, faults);
	if (!e && t->step->check)
		e = t->step->check(t->tx, t->d, t->form, t->act.on, faults);
	if (!e && t->d->id)
		e = redaction_refuse(t->tx, t->d, t->step, t->form, t->reveals, faults);
	bool evidence = !t->step->evidence;
	for (const struct field *f = t->step->form; f && f->type; f++)
		evidence |= f->type == FIELD_FILES && field_files(f, t->form)->n;
	if (!evidence)
		fault_add_msg(faults, "files", MSG_OFFICE_FAULT_EVIDENCE);
	if (date_cmp(t->act.on, tx_today(t->tx)) > 0)
		fault_add_msg(faults, "happened_on", MSG_OFFICE_FAULT_FUTURE);
	else if (!e && is_too_early(t))
		fault_add_msg(faults, "happened_on", MSG_OFFICE_FAULT_TOO_EARLY);
	if (!e && faults->n > before)
		return tx_fail(t->tx, ERR_INVALID, "%s.%s: %s: %.*s", t->d->kind->name,
			       t->step->name, faults->at[before].field,
			       STR_ARG(faults->at[before].text));
	return e;
}

/* Not offered by the page, and posted all the same. Asked as of the day on which the act took effect: what
 * was done in time may be entered later. */
static bool was_futile(const struct taking *t)
{
	struct tx *tx = t->tx;
	struct instant now = tx->now;
	if (t->d->state == NEW || t->step->follows)
		return false;
	if (date_cmp(t->act.on, tx_today(tx)) != 0)
		tx->now = date_instant(t->act.on, 0);
	bool futile = step_is_futile(tx, t->d, t->step);
	tx->now = now;
	return futile;
}

/* Who acts: a person, by an appointment or (NULL) as a citizen; nobody for the program itself. */
struct doer {
	int64_t person;
	const struct appointment *by;
};

static enum err take(struct tx *tx, struct dossier *d, const struct step *s, void *form,
		     const struct step_input *in, struct doer who, struct faults *faults)
{
	struct date today = tx_today(tx);
	struct taking t = {
		.tx = tx,
		.d = d,
		.step = s,
		.written = form,
		.token = in->token,
		.reveals = in->reveals,
		.was = place_of(d),
		.act = {
			.no = d->acts + 1,
			.step = s,
			.on = date_is_set(in->on) ? in->on : today,
			.at = tx->now,
			.from = d->state,
			.appointment = who.by ? who.by->id : 0,
			.person = who.person,
			.substitute_of = who.by ? who.by->substitute_of : 0,
			.channel = in->channel,
		},
	};
	enum err e = check_form(&t, faults);
	if (e)
		return e;
	if (was_futile(&t))
		return tx_fail(tx, ERR_CONFLICT, "%s.%s is of no use now", d->kind->name, s->name);
	t.act.to = step_target(s, d, t.form);
	/* Nothing leads from a sealed matter to the account of who sent it. */
	if (!who.by && (d->sealed || kind_state(d->kind, t.act.to)->visibility == VISIBLE_SEALED))
		t.act.person = 0;
	return fold_and_store(&t);
}

/* The dossier that an act with this token changed, if there was one. */
static enum err find_by_token(struct tx *tx, struct str token, const struct step *s,
			      int64_t *dossier)
{
	*dossier = 0;
	if (!token.len)
		return OK;
	struct query q = db_query(tx, "SELECT dossier, step FROM act WHERE token = $1");
	BIND(&q, token);
	enum err e = db_one(&q);
	if (e == ERR_NOT_FOUND)
		return OK;
	if (e)
		return e;
	int64_t id = col_int(&q, 0);
	struct str step = col_str(&q, 1);
	db_end(&q);
	if (!str_eq(step, str_of(s->name)))
		return tx_fail(tx, ERR_CONFLICT, "the token of another step, %.*s", STR_ARG(step));
	*dossier = id;
	return OK;
}

enum err step_taken_before(struct tx *tx, struct str token, struct str step, int64_t *dossier)
{
	*dossier = 0;
	if (!token.len || !tx->who || !tx->who->person)
		return OK;
	struct query q = db_query(tx, "SELECT dossier FROM act WHERE token = $1 AND step = $2"
				      " AND person = $3");
	BIND(&q, token, step, tx->who->person);
	enum err e = db_one(&q);
	if (!e)
		*dossier = col_int(&q, 0);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err step_dossier_of(struct tx *tx, struct str token, int64_t *dossier)
{
	*dossier = 0;
	if (!token.len)
		return OK;
	struct query q = db_query(tx, "SELECT dossier FROM act WHERE token = $1");
	BIND(&q, token);
	enum err e = db_one(&q);
	if (!e)
		*dossier = col_int(&q, 0);
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err step_opened_by(struct tx *tx, struct str token, int64_t *dossier)
{
	*dossier = 0;
	if (!token.len)
		return OK;
	struct query q = db_query(tx, "SELECT dossier FROM act WHERE token = $1 AND no = 1"
				      " AND appointment = 0");
	BIND(&q, token);
	enum err e = db_one(&q);
	if (!e)
		*dossier = col_int(&q, 0);
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err code_new(struct tx *tx, const struct kind *k, struct str *out)
{
	for (int tries = 0; tries < 8; tries++) {
		int64_t taken;
		*out = code_make(tx->mem, str_of(k->code), rng_u64(tx->rng));
		enum err e = dossier_by_code(tx, *out, &taken);
		if (e == ERR_NOT_FOUND)
			return OK;
		if (e)
			return e;
	}
	return tx_fail(tx, ERR_BUSY, "eight codes in a row were taken");
}

static enum err check_level(struct tx *tx, const struct kind *kind, int64_t unit,
			    struct faults *faults)
{
	struct unit u;
	enum err e = kind->levels ? unit_find(tx, unit, tx_today(tx), &u) : OK;
	if (e || !kind->levels || kind_lives_at(kind, (int)u.level))
		return e;
	if (faults)
		fault_add_msg(faults, "", MSG_OFFICE_FAULT_LEVEL);
	return tx_fail(tx, ERR_INVALID, "no %s is opened at %.*s", kind->name, STR_ARG(u.code));
}

enum err dossier_open(struct tx *tx, const struct kind *kind, int64_t unit, const char *step,
		      void *form, const struct step_input *in, struct faults *faults,
		      struct dossier **out)
{
	const struct step *s = kind_step(kind, str_of(step));
	struct doer who = { tx->who ? tx->who->person : 0, NULL };
	int64_t done;
	if (!s || !(s->from & NEW))
		return tx_fail(tx, ERR_CONFLICT, "%s.%s opens nothing", kind->name, step);
	struct dossier *d = dossier_blank(tx->mem, kind, unit);
	if (!step_allowed(tx, d, s, &who.by) && !(s->follows && tx->who && tx->who->system))
		return tx_fail(tx, ERR_DENIED, "%s.%s at unit %" PRId64, kind->name, step, unit);
	enum err e = find_by_token(tx, in->token, s, &done);
	if (e)
		return e;
	if (done)
		return dossier_load(tx, done, out);
	if ((e = check_level(tx, kind, unit, faults)) || (e = code_new(tx, kind, &d->code)) ||
	    (e = take(tx, d, s, form, in, who, faults)))
		return e;
	*out = d;
	return OK;
}

enum err step_take(struct tx *tx, struct dossier *d, const char *step, void *form,
		   const struct step_input *in, struct faults *faults)
{
	const struct step *s = kind_step(d->kind, str_of(step));
	struct doer who = { tx->who ? tx->who->person : 0, NULL };
	int64_t done;
	if (!s || s->follows)
		return tx_fail(tx, ERR_NOT_FOUND, "no step %s of %s", step, d->kind->name);
	if (!step_rightful(tx, d, s, &who.by))
		return tx_fail(tx, ERR_DENIED, "%s.%s on %.*s", d->kind->name, step,
			       STR_ARG(d->code));
	enum err e = find_by_token(tx, in->token, s, &done);
	if (e)
		return e;
	if (done)
		return done == d->id ? OK
				     : tx_fail(tx, ERR_CONFLICT, "the token of another dossier");
	if (!(s->from & d->state))
		return tx_fail(tx, ERR_CONFLICT, "%s.%s does not start from state %s",
			       d->kind->name, step, dossier_state(d)->name);
	return take(tx, d, s, form, in, who, faults);
}

enum err step_follow(struct tx *tx, struct dossier *d, const char *step, void *form, struct date on)
{
	const struct step *s = kind_step(d->kind, str_of(step));
	if (!s || !s->follows || !(s->from & d->state))
		return tx_fail(tx, ERR_CONFLICT, "%s.%s cannot follow in state %s", d->kind->name,
			       step, dossier_state(d)->name);
	return take(tx, d, s, form, &(struct step_input){ .on = on, .channel = CHANNEL_SYSTEM },
		    (struct doer){ 0, NULL }, NULL);
}

enum err step_follow_open(struct tx *tx, const struct kind *kind, int64_t unit, const char *step,
			  void *form, struct date on, struct dossier **out)
{
	static const struct member program = { .system = true };
	const struct member *who = tx->who;
	struct step_input in = { .on = on, .channel = CHANNEL_SYSTEM };
	tx->who = &program;
	enum err e = dossier_open(tx, kind, unit, step, form, &in, NULL, out);
	tx->who = who;
	return e;
}
