/* The history of a dossier in words: its acts newest first, with the reason and the place each of them
 * gave; the versions; the proof of the one that stands. */
#include "web/dossier_acts.h"

#include "base/encode.h"
#include "base/json.h"
#include "ledger/log.h"
#include "office/assign.h"
#include "office/form.h"
#include "office/gate.h"
#include "office/person.h"
#include "office/step.h"
#include "office/verify_act.h"

struct str role_words(struct req *r, enum role role)
{
	return msg_plain(r->lang, role == CLERK    ? MSG_DOSSIER_ROLE_CLERK
				  : role == LEADER ? MSG_DOSSIER_ROLE_LEADER
				  : role == ADMIN  ? MSG_DOSSIER_ROLE_ADMIN
						   : MSG_DOSSIER_ROLE_OTHER);
}

/* Who did it: by office and name; the author without a name, whoever reads it; the program for what
 * follows by itself. */
static struct str done_by(struct req *r, const struct act *act)
{
	struct appointment by, held;
	struct person p, behalf;
	struct buf b = { .a = r->mem };
	if (act_is_program(act))
		return msg_plain(r->lang, MSG_OFFICE_CHANNEL_SYSTEM);
	if (!act->appointment)
		return msg_plain(r->lang, MSG_DOSSIER_BY_AUTHOR);
	if (person_find(&r->tx, act->person, &p) || appointment_find(&r->tx, act->appointment, &by))
		return S("");
	if (act->substitute_of && !appointment_find(&r->tx, act->substitute_of, &held) &&
	    !person_find(&r->tx, held.person, &behalf))
		msg_dossier_by_substitute(&b, r->lang, p.name, role_words(r, by.role), behalf.name);
	else
		msg_dossier_by(&b, r->lang, p.name, role_words(r, by.role));
	return buf_str(&b);
}

/* Of each act. The same few people do most of what is done to one dossier. */
struct str *acts_doers(struct req *r, const struct acts *acts)
{
	struct str *by = NEW_N(r->mem, struct str, acts->n);
	for (size_t i = 0; i < acts->n; i++) {
		const struct act *act = &acts->at[i];
		size_t k = 0;
		while (k < i && (acts->at[k].person != act->person ||
				 acts->at[k].appointment != act->appointment ||
				 acts->at[k].substitute_of != act->substitute_of ||
				 act_is_program(&acts->at[k]) != act_is_program(act)))
			k++;
		by[i] = k < i ? by[k] : done_by(r, act);
	}
	return by;
}

/* A line that is named by its number: what stands first in it. */
static struct str line_words(struct req *r, const struct dossier *d, struct str number)
{
	int64_t no;
	if (!str_int(number, &no) || no < 1 || (uint64_t)no > d->lines.n)
		return number;
	const struct line *l = &d->lines.at[no - 1];
	return field_words(r, d, &l->kind->fields[0], l->data);
}

/* Of what was taken down, only why and by whom: a reason given before may say what must not show. */
static bool still_says(struct req *r, const struct dossier *d, const struct act *act)
{
	return kind_state(d->kind, act->to)->stub || gate_may_see_content(&r->tx, d);
}

static bool tells(struct req *r, const struct dossier *d, const struct act *act, bool inside)
{
	return (act->step->is_public || inside) && still_says(r, d, act);
}

static void put_detail(struct req *r, struct buf *b, enum msg label, struct str words)
{
	buf_put(b, S(" "));
	if (str_ends(words, S("."))) /* the sentence brings its own */
		words.len--;
	msg_dossier_detail(b, r->lang, msg_plain(r->lang, label), words);
}

bool acts_tell_assignment(struct req *r, const struct dossier *d)
{
	return gate_is_official_of(&r->tx, d->holder) && !dossier_is_author(&r->tx, d);
}

/* To whom, and what he was told with it. */
static void put_assignment(struct req *r, const struct assignment *x, struct buf *b)
{
	struct person p;
	if (!x->person)
		put_detail(r, b, MSG_OFFICE_OFFICER, msg_plain(r->lang, MSG_OFFICE_OFFICER_NONE));
	else if (!person_find(&r->tx, x->person, &p))
		put_detail(r, b, MSG_OFFICE_OFFICER, p.name);
	if (x->note.len)
		put_detail(r, b, MSG_OFFICE_ASSIGN_NOTE, x->note);
}

/* Was it taken at an office of this reader's? What an office told its own stays there when the matter goes on. */
static bool is_ours(struct req *r, const struct act *act)
{
	struct appointment by;
	return !appointment_find(&r->tx, act->appointment, &by) &&
	       gate_is_official_of(&r->tx, by.unit);
}

/* What an act said besides: the place, the reason. A version has a table of its own, so of it only
 * the reason; files stand in the lines. What is internal, as why a leader sent a draft back, only
 * those read who work there; a form that is the dossier itself stands on the page already. */
static void put_details(struct req *r, const struct dossier *d, const struct act *act,
			struct buf *b)
{
	const struct step *s = act->step;
	bool inside = gate_is_official_of(&r->tx, d->unit);
	struct assignment given;
	struct json data;
	struct str why;
	if (acts_tell_assignment(r, d) && still_says(r, d, act) &&
	    assign_of_act(r->mem, act, &given) && is_ours(r, act))
		put_assignment(r, &given, b);
	if (!tells(r, d, act, inside) || !s->form || !json_parse(r->mem, act->shown, &data, &why))
		return;
	void *form = arena_get(r->mem, s->size);
	fields_init(s->form, form);
	fields_read(r->mem, s->form, &data, form);
	for (const struct field *f = s->form; f->type; f++) {
		bool told = (s->version && !str_eq(str_of(f->name), S("reason"))) ||
			    (!s->is_public && !f->internal);
		if (f->hidden || f->sealed || (f->internal && !inside) || f->personal ||
		    f->type == FIELD_FILES || told || field_is_empty(f, form))
			continue;
		struct str words = field_words(r, d, f, form);
		if (f->options && f->type == FIELD_TEXT)
			words = line_words(r, d, words);
		put_detail(r, b, f->label, words);
	}
}

static struct str act_words(struct req *r, const struct dossier *d, const struct act *act)
{
	struct buf b = { .a = r->mem };
	int days = instant_date(act->at).days - act->on.days;
	buf_put(&b, msg_plain(r->lang, act->step->done));
	buf_put(&b, S("."));
	put_details(r, d, act, &b);
	if (days > 0) {
		buf_put(&b, S(" "));
		msg_dossier_recorded_after(&b, r->lang, act->on, days);
	}
	return buf_str(&b);
}

struct url act_receipt_url(struct req *r, const struct dossier *d, const struct act *act)
{
	if (d->kind->is_private)
		return url_none();
	return req_url(r, "/ho-so/%s/viec/%s/bien-nhan", d->code,
		       str_printf(r->mem, "%d", act->no));
}

/* What is internal shows to those who work there; the public sees that it was done. */
struct events acts_events(struct req *r, const struct dossier *d, const struct acts *acts,
			  const struct str *doers, struct window w)
{
	struct events out = { NEW_N(r->mem, struct event, acts->n), 0 };
	for (size_t i = acts->n; i > 0 && out.n < w.most; i--) {
		const struct act *act = &acts->at[i - 1];
		if (acts->n - i < w.skip)
			continue;
		out.at[out.n++] = (struct event){
			.at = act->at,
			.text = act_words(r, d, act),
			.by = doers[i - 1],
			.proof = act_receipt_url(r, d, act),
		};
	}
	return out;
}

/* Of a stub no version is shown either. */
size_t acts_version_count(struct req *r, const struct dossier *d)
{
	return d->versions > 1 && gate_may_see_content(&r->tx, d) ? (size_t)d->versions : 0;
}

struct version_rows acts_versions(struct req *r, const struct dossier *d, const struct acts *acts,
				  struct window w)
{
	size_t all = acts_version_count(r, d), n = 0;
	struct version_rows out = { arena_get_n(r->mem, all, sizeof *out.at), 0 };
	for (size_t i = 0; i < acts->n && n < all && out.n < w.most; i++) {
		const struct act *act = &acts->at[i];
		if (!act->step->version || n++ < w.skip)
			continue;
		struct url url =
			req_url(r, "/ho-so/%s/ban/%s", d->code, str_printf(r->mem, "%d", (int)n));
		struct version_row *v = &out.at[out.n++];
		*v = (struct version_row){ .no = (int)n,
					   .at = act->at,
					   .what = msg_plain(r->lang, act->step->done),
					   .url = url };
		if (n > 1)
			v->compare = url_with_int(r->mem, url, S("so"), (int64_t)n - 1);
	}
	return out;
}

static void say(struct req *r, struct proof_panel *p, enum msg title, enum msg text)
{
	p->title = msg_plain(r->lang, title);
	p->text = msg_plain(r->lang, text);
}

/* The proof is of the newest version, or of the first act while there is none. It is believed here
 * when the stored act is the one its leaf commits to; /kiem-chung also asks the tree. */
enum err acts_proof(struct req *r, const struct dossier *d, const struct acts *acts,
		    struct proof_panel *out)
{
	size_t newest = 0;
	for (size_t i = 0; i < acts->n; i++)
		if (acts->at[i].step->version)
			newest = i;
	const struct act *act = &acts->at[newest];
	struct act_verdict verdict;
	struct log_leaf leaf;
	enum err e = log_leaf_find(&r->tx, act->leaf, &leaf);
	if (e || (e = verify_act(&r->tx, d, acts, newest, &verdict)))
		return e;
	struct buf text = { .a = r->mem };
	struct str value = check_value_text(r->mem, leaf.hash.b);
	msg_dossier_proof(&text, r->lang, act->at);
	*out = (struct proof_panel){
		.at = act->at,
		.title = msg_plain(r->lang, MSG_DOSSIER_PROOF_TITLE),
		.text = buf_str(&text),
		.check_value = value,
		.bad = verdict.problem.len > 0,
		.waits = leaf.index < 0,
		.leaf = leaf.index,
		.hash = hash_hex(r->mem, &leaf.hash),
		.verify = url_with(r->mem, req_url(r, "/kiem-chung"), S("ma"), value),
		.download = act_receipt_url(r, d, act),
	};
	if (out->bad)
		say(r, out, MSG_VERIFY_BROKEN, MSG_VERIFY_BROKEN_CONTENT);
	else if (out->waits)
		say(r, out, MSG_VERIFY_QUEUED, MSG_VERIFY_QUEUED_TEXT);
	else if (verdict.erased)
		out->text = msg_plain(r->lang, MSG_DOSSIER_ERASED);
	else if (verdict.redacted)
		out->text = msg_plain(r->lang, MSG_REDACTION_PROOF);
	return OK;
}

/* When the public first saw it, and who let it. */
void acts_shown(struct req *r, const struct dossier *d, const struct acts *acts,
		const struct str *doers, struct kvs *out)
{
	struct buf when = { .a = r->mem };
	for (size_t i = 0; i < acts->n; i++) {
		const struct act *act = &acts->at[i];
		if (!act->step->version || act_is_program(act) || d->kind->many_duties)
			continue;
		msg_dossier_shown_at(&when, r->lang, act->at);
		buf_put(&when, S(" · "));
		buf_put(&when, doers[i]);
		out->at[out->n++] = (struct kv){ .label = msg_plain(r->lang, MSG_DOSSIER_SHOWN),
						 .value = buf_str(&when) };
		return;
	}
}
