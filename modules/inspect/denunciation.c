/* What the law on denunciations asks of an office, as far as no table can say it. */
#include "modules/inspect/denunciation.h"

#include "base/utf8.h"
#include "law/law.h"
#include "modules/inspect/visit.h"
#include "office/notice.h"
#include "office/unit.h"

#define RESOLVE S("denunciation.resolve")
#define TRANSFER S("denunciation.transfer")

/* --- Received --- */

enum err denunciation_prepare(struct tx *tx, const struct dossier *d, void *form)
{
	struct petition *x = form;
	x->type = S(DENUNCIATION_TYPE);
	return petition_prepare(tx, d, form);
}

/* Whoever heads an office does not judge a denunciation of himself: the head of the unit above does
 * (arts. 12 and 13). */
static enum err check_head(struct tx *tx, const struct dossier *d, const struct petition *x,
			   struct faults *faults)
{
	struct buf b = { .a = tx->mem };
	struct unit above;
	enum lang lang = faults->lang;
	if (!x->accused_leads)
		return OK;
	enum err e = petition_above(tx, d, &above);
	if (e || !above.id)
		return e;
	msg_denunciation_fault_head(&b, lang, unit_heading(tx->mem, &above, lang));
	fault_add(faults, "accused_leads", buf_str(&b));
	return OK;
}

/* The table of the counter lets a name be left out; only then is the letter one without a name. */
enum err denunciation_check_new(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults)
{
	const struct petition *x = form;
	(void)on;
	if (!x->anonymous && x->name.len < 2)
		fault_add_msg(faults, "name", MSG_DENUNCIATION_FAULT_NAME);
	if (!x->anonymous && !x->address.len)
		fault_add_msg(faults, "address", MSG_DENUNCIATION_FAULT_ADDRESS);
	if (x->anonymous && (x->name.len || x->address.len || x->identity.len || x->contact.len))
		fault_add_msg(faults, "anonymous", MSG_DENUNCIATION_FAULT_ANONYMOUS);
	return check_head(tx, d, x, faults);
}

enum err denunciation_check_sent(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults)
{
	/* His session acts for an office and is never a sender's: he would not see his own receipt. */
	if (tx->who && tx->who->n)
		fault_add_msg(faults, "", MSG_DENUNCIATION_FAULT_OFFICIAL);
	return denunciation_check_new(tx, d, form, on, faults);
}

void denunciation_apply_received(struct fold *f, const void *form)
{
	petition_apply_received(f, form);
	fold_figure(f, S("denunciation.received"));
	admit_intake(f);
}

/* --- Sealed, by correction of the type --- */

bool denunciation_is_sealed(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return d->sealed;
}

bool denunciation_is_open(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return !d->sealed;
}

/* From the contents that this act erases to where only those come who are named for it. */
enum err denunciation_prepare_seal(struct tx *tx, const struct dossier *d, void *form)
{
	struct denunciation_seal *x = form;
	/* The form may have been posted without being offered. */
	if (d->sealed)
		return tx_fail(tx, ERR_CONFLICT, "it is sealed already");
	x->type = S(DENUNCIATION_TYPE);
	return dossier_personal(tx, d, denunciation_seal_fields, form);
}

void denunciation_apply_seal(struct fold *f, const void *form)
{
	petition_apply_retype(f, form);
	fold_figure(f, S("denunciation.received"));
	f->d->wake_on = NO_DATE;
	admit_intake(f);
}

/* Nothing that stands elsewhere may lead to it: not those that waited for its answer, not the book of the
 * day on which it was told. */
enum err denunciation_stored_seal(struct tx *tx, struct dossier *d, const struct act *act,
				  const void *form)
{
	enum err e = petition_stored_left(tx, d, act, form);
	if (!e)
		e = notice_forget(tx, d->id);
	return e ? e : visit_seal(tx, d);
}

enum err petition_prepare_reseal(struct tx *tx, const struct dossier *d, void *form)
{
	/* What was never sealed is sealed by the other step, which moves who sent it. */
	if (!d->sealed)
		return tx_fail(tx, ERR_CONFLICT, "it was never sealed");
	((struct petition_retype *)form)->type = S(DENUNCIATION_TYPE);
	return OK;
}

/* --- Checked --- */

static struct duty *open_duty(const struct dossier *d, struct str rule)
{
	for (size_t i = d->duties.n; i > 0; i--)
		if (d->duties.at[i - 1].state == DUTY_OPEN &&
		    str_eq(d->duties.at[i - 1].rule, rule))
			return &d->duties.at[i - 1];
	return NULL;
}

bool denunciation_check_is_long(struct tx *tx, const struct dossier *d)
{
	const struct duty *y = open_duty(d, DENUNCIATION_CHECK);
	(void)tx;
	return !y || y->extended.by;
}

void denunciation_apply_check(struct fold *f, const void *form)
{
	struct duty *y = open_duty(f->d, DENUNCIATION_CHECK);
	(void)form;
	if (y)
		fold_extend_by(f, y, DENUNCIATION_CHECK, DENUNCIATION_CHECK_LONG, y->from);
}

/* Five working days to send it on (art. 24.2), and nothing is owed any more by who sent it. The next office
 * begins its own check. */
void denunciation_apply_forward(struct fold *f, const void *form)
{
	const struct petition_transfer *x = form;
	const struct line *hop = petition_last_hop(f->d, NULL);
	struct duty *sent = hop ? fold_open(f, TRANSFER, ((struct petition_hop *)hop->data)->since,
					    hop->no, S(""))
				: NULL;
	if (sent)
		fold_close(f, sent, DUTY_MET, f->act->on);
	struct duty *check = open_duty(f->d, DENUNCIATION_CHECK);
	if (check)
		fold_leave(f, check, DUTY_EXCUSED);
	f->d->holder = x->holder;
	int next = petition_hop_open(f, x->to, x->reason);
	fold_open(f, DENUNCIATION_CHECK, f->act->on, next, S(""));
}

bool denunciation_has_no_name(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return ((const struct petition *)d->data)->anonymous;
}

bool denunciation_has_a_name(struct tx *tx, const struct dossier *d)
{
	return !denunciation_has_no_name(tx, d);
}

void denunciation_apply_accept(struct fold *f, const void *form)
{
	struct petition *x = f->d->data;
	(void)form;
	petition_meet(f, DENUNCIATION_CHECK);
	petition_meet(f, S("denunciation.renewed"));
	x->accepted_on = f->act->on;
	x->extensions = 0;
	x->criteria = (struct strs){ NULL, 0 };
	fold_figure(f, S("denunciation.accepted"));
	fold_open(f, RESOLVE, f->act->on, 0, S(""));
}

bool denunciation_is_notified(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return !open_duty(d, S("denunciation.notify"));
}

void denunciation_apply_refuse(struct fold *f, const void *form)
{
	(void)form;
	petition_meet(f, DENUNCIATION_CHECK);
	fold_figure(f, S("denunciation.refused"));
}

void denunciation_apply_pass(struct fold *f, const void *form)
{
	(void)form;
	petition_meet(f, DENUNCIATION_CHECK);
	fold_figure(f, S("denunciation.anonymous"));
}

/* --- Resolved --- */

/* Complex: once. Especially complex: twice (art. 30). */
static int64_t extensions_most(size_t criteria)
{
	return criteria >= DENUNCIATION_ESPECIALLY ? 2 : criteria ? 1 : 0;
}

bool denunciation_extend_futile(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return ((const struct petition *)d->data)->extensions >= 2 || !open_duty(d, RESOLVE);
}

enum err denunciation_check_extend(struct tx *tx, const struct dossier *d, const void *form,
				   struct date on, struct faults *faults)
{
	const struct denunciation_extend *x = form;
	const struct petition *now = d->data;
	(void)tx, (void)on;
	if (now->extensions >= extensions_most(x->criteria.n))
		fault_add_msg(faults, "criteria",
			      now->extensions >= 2 ? MSG_DENUNCIATION_FAULT_TWICE
						   : MSG_DENUNCIATION_FAULT_CRITERIA);
	return OK;
}

/* Thirty days more on what it has now, also when it was suspended in between. */
void denunciation_apply_extend(struct fold *f, const void *form)
{
	struct petition *x = f->d->data;
	struct duty *y = open_duty(f->d, RESOLVE);
	const struct time_limit *row = y ? law_rule(f->law, RESOLVE, y->from) : NULL;
	(void)form;
	x->extensions++;
	if (!row)
		return;
	bool before = y->extended.by && y->extended.days;
	fold_extend_by(f, y, RESOLVE,
		       (before ? y->extended.days : row->days) + DENUNCIATION_MORE_DAYS,
		       before ? y->extended.from : y->from);
}

enum err denunciation_prepare_ask(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx, (void)d;
	((struct denunciation_protect *)form)->protection = S("asked");
	return OK;
}

/* --- Withdrawn, stopped --- */

enum err denunciation_check_leave(struct tx *tx, const struct dossier *d, const void *form,
				  struct date on, struct faults *faults)
{
	const struct denunciation_leave *x = form;
	(void)on;
	if (x->leaving > ((const struct petition *)d->data)->people)
		fault_add_msg(faults, "leaving", MSG_DENUNCIATION_FAULT_LEAVING);
	if (!dossier_is_author(tx, d) && !x->withdrawal.n)
		fault_add_msg(faults, "withdrawal", MSG_PETITION_FAULT_PAPER);
	return OK;
}

/* Of several the others go on; and when none is left, it is the office that stops it, or finds that the
 * breach is there all the same and goes on (art. 33). */
void denunciation_apply_leave(struct fold *f, const void *form)
{
	((struct petition *)f->d->data)->people -=
		((const struct denunciation_leave *)form)->leaving;
}

enum err denunciation_check_stop(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults)
{
	const struct denunciation_stop *x = form;
	(void)tx, (void)on;
	if (str_eq(x->stopped, S("withdrawn")) && ((const struct petition *)d->data)->people > 0)
		fault_add_msg(faults, "stopped", MSG_DENUNCIATION_FAULT_STOP);
	return OK;
}

void denunciation_apply_stop(struct fold *f, const void *form)
{
	(void)form;
	petition_leave_all(f);
	fold_figure(f, S("denunciation.stopped"));
}

/* --- Concluded --- */

void denunciation_apply_conclude(struct fold *f, const void *form)
{
	struct petition *x = f->d->data;
	(void)form;
	x->decided_on = f->act->on;
	x->sent_on = NO_DATE;
	petition_meet(f, RESOLVE);
	fold_figure(f, str_printf(f->mem, "denunciation.%.*s", STR_ARG(x->decision)));
	fold_open(f, S("denunciation.act"), f->act->on, 0, S(""));
	fold_open(f, S("denunciation.publish"), f->act->on, 0, S(""));
}

static bool is_done(const struct dossier *d, const char *rule)
{
	return !open_duty(d, str_of(rule));
}

/* The last of the three closes it. */
static unsigned leads_last(const struct dossier *d, const char *one, const char *other)
{
	return is_done(d, one) && is_done(d, other) ? DENUNCIATION_CLOSED : DENUNCIATION_CONCLUDED;
}

unsigned denunciation_leads_send(const struct dossier *d, const void *form)
{
	(void)form;
	return leads_last(d, "denunciation.act", "denunciation.publish");
}

unsigned denunciation_leads_act(const struct dossier *d, const void *form)
{
	(void)form;
	return leads_last(d, "denunciation.send", "denunciation.publish");
}

unsigned denunciation_leads_publish(const struct dossier *d, const void *form)
{
	(void)form;
	return leads_last(d, "denunciation.send", "denunciation.act");
}

bool denunciation_is_sent(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return is_done(d, "denunciation.send");
}

bool denunciation_is_acted(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return is_done(d, "denunciation.act");
}

bool denunciation_is_published(struct tx *tx, const struct dossier *d)
{
	(void)tx;
	return is_done(d, "denunciation.publish");
}

void denunciation_apply_send(struct fold *f, const void *form)
{
	(void)form;
	((struct petition *)f->d->data)->sent_on = f->act->on;
}

static bool says(struct arena *a, struct str text, struct str what)
{
	return what.len && str_has(utf8_fold(a, text), utf8_fold(a, what));
}

/* The list is the leader's; the program looks as well, where he may know whose it is. Where he may not, an
 * error would tell him. */
enum err denunciation_check_publish(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults)
{
	const struct denunciation_publish *x = form;
	struct petition whose = { 0 };
	(void)on;
	if (!x->no_name)
		fault_add_msg(faults, "no_name", MSG_DENUNCIATION_FAULT_LIST);
	if (!x->no_trace)
		fault_add_msg(faults, "no_trace", MSG_DENUNCIATION_FAULT_LIST);
	enum err e = dossier_personal(tx, d, d->kind->fields, &whose);
	if (!e && (says(tx->mem, x->published, whose.name) ||
		   says(tx->mem, x->published, whose.identity) ||
		   says(tx->mem, x->published, whose.contact)))
		fault_add_msg(faults, "published", MSG_DENUNCIATION_FAULT_NAMED);
	return e;
}

/* --- Renewed --- */

enum err denunciation_check_renew(struct tx *tx, const struct dossier *d, const void *form,
				  struct date on, struct faults *faults)
{
	const struct complaint_again *x = form;
	(void)tx, (void)d, (void)on;
	if (!x->holder)
		fault_add_msg(faults, "", MSG_DENUNCIATION_FAULT_HIGHEST);
	return OK;
}

bool denunciation_renew_futile(struct tx *tx, const struct dossier *d)
{
	struct unit above;
	return !petition_above(tx, d, &above) && !above.id;
}

/* The unit above looks at what was done, and takes it up itself or says why not (art. 37). What the first
 * one owes of its conclusion it goes on owing. */
void denunciation_apply_renew(struct fold *f, const void *form)
{
	const struct complaint_again *x = form;
	f->d->holder = x->holder;
	int hop = petition_hop_open(f, x->office, x->reason);
	fold_open(f, S("denunciation.renewed"), f->act->on, hop, S(""));
	fold_figure(f, S("denunciation.renewed"));
}

void denunciation_apply_decline(struct fold *f, const void *form)
{
	(void)form;
	petition_meet(f, S("denunciation.renewed"));
}
