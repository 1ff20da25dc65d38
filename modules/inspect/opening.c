/* Counted on the day before the one it is given for, also when it is corrected: tables of every period then
 * carry over the right number, and a correction never looks like work that was done. */
#include "modules/inspect/opening.h"

#include "office/redaction.h"
#include "office/step.h"
#include "office/unit.h"

#include <stddef.h>

struct correction {
	struct date as_of, was_as_of;
	int64_t complaint, second, denunciation, proposal, feedback, resolve, execute;
	int64_t was_complaint, was_second, was_denunciation, was_proposal, was_feedback,
		was_resolve, was_execute;
	struct str reason;
	struct file_refs files;
};

/* A number of the form, and the figure that counts it. */
static const struct {
	const char *key;
	size_t at, corrected, was;
} counted[] = {
#define COUNTED(key, name)                                                              \
	{                                                                               \
		key, offsetof(struct opening, name), offsetof(struct correction, name), \
			offsetof(struct correction, was_##name)                         \
	}
	COUNTED("petition.opening.complaint", complaint),
	COUNTED("petition.opening.second", second),
	COUNTED("petition.opening.denunciation", denunciation),
	COUNTED("petition.opening.proposal", proposal),
	COUNTED("petition.opening.feedback", feedback),
	COUNTED("petition.opening_resolve", resolve),
	COUNTED("petition.opening_execute", execute),
};

static int64_t number(const void *form, size_t at)
{
	return *(const int64_t *)((const char *)form + at);
}

static void count(struct fold *f, struct date as_of, size_t i, int64_t n)
{
	if (date_is_set(as_of) && n)
		fold_figure_on(f, str_of(counted[i].key), date_add(as_of, -1), 0, n);
}

enum err opening_find(struct tx *tx, int64_t unit, struct dossier **out)
{
	return dossier_kept(tx, &opening_kind, unit, S(""), out);
}

static enum err begin_sign(struct tx *tx, const struct dossier *d, void *form)
{
	struct opening *x = form;
	(void)d;
	x->title = msg_plain(LANG_VI, MSG_OPENING_KIND);
	x->as_of = date_year_start(date_ymd(tx_today(tx)).year);
	return OK;
}

static enum err check_sign(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			   struct faults *faults)
{
	const struct opening *x = form;
	struct dossier *other;
	enum err e = opening_find(tx, d->unit, &other);
	if (!e)
		fault_add_msg(faults, "", MSG_OPENING_FAULT_TWICE);
	if (date_cmp(x->as_of, on) > 0)
		fault_add_msg(faults, "as_of", MSG_OPENING_FAULT_AHEAD);
	return e == ERR_NOT_FOUND ? OK : e;
}

static void apply_sign(struct fold *f, const void *form)
{
	const struct opening *x = form;
	for (size_t i = 0; i < LENGTH(counted); i++)
		count(f, x->as_of, i, number(x, counted[i].at));
}

static enum err begin_correct(struct tx *tx, const struct dossier *d, void *form)
{
	(void)tx;
	for (size_t i = 0; i < LENGTH(counted); i++)
		*(int64_t *)((char *)form + counted[i].corrected) = number(d->data, counted[i].at);
	return OK;
}

static enum err prepare_correct(struct tx *tx, const struct dossier *d, void *form)
{
	const struct opening *now = d->data;
	(void)tx;
	((struct correction *)form)->was_as_of = now->as_of;
	for (size_t i = 0; i < LENGTH(counted); i++)
		*(int64_t *)((char *)form + counted[i].was) = number(now, counted[i].at);
	return OK;
}

static enum err check_correct(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults)
{
	const struct correction *x = form;
	(void)tx, (void)d;
	if (date_cmp(x->as_of, on) > 0)
		fault_add_msg(faults, "as_of", MSG_OPENING_FAULT_AHEAD);
	return OK;
}

static void apply_correct(struct fold *f, const void *form)
{
	const struct correction *x = form;
	for (size_t i = 0; i < LENGTH(counted); i++) {
		count(f, x->was_as_of, i, -number(x, counted[i].was));
		count(f, x->as_of, i, number(x, counted[i].corrected));
	}
}

/* clang-format off */
#define NUMBER(owner, name, words) \
	FIELD(owner, name, .optional = true, .max = 1000000, .label = words)
#define NUMBERS(owner)                                                                      \
	FIELD(owner, as_of, .past = true, .label = MSG_OPENING_AS_OF,                       \
	      .hint = MSG_OPENING_AS_OF_HINT),                                              \
	NUMBER(owner, complaint, MSG_OPENING_COMPLAINT),                                    \
	NUMBER(owner, second, MSG_OPENING_SECOND),                                          \
	NUMBER(owner, denunciation, MSG_OPENING_DENUNCIATION),                              \
	NUMBER(owner, proposal, MSG_OPENING_PROPOSAL),                                      \
	NUMBER(owner, feedback, MSG_OPENING_FEEDBACK),                                      \
	NUMBER(owner, resolve, MSG_OPENING_RESOLVE),                                        \
	NUMBER(owner, execute, MSG_OPENING_EXECUTE)
#define WAS(name) \
	FIELD(struct correction, was_##name, .optional = true, .hidden = true, \
	      .label = MSG_OPENING_WAS)

static const struct field fields[] = {
	FIELD(struct opening, title, .min = 5, .max = 200, .label = MSG_OPENING_TITLE),
	NUMBERS(struct opening),
	FIELD(struct opening, body, .optional = true, .lines = true, .markdown = true, .max = 5000,
	      .label = MSG_OPENING_BODY),
	FIELD(struct opening, files, .optional = true, .label = MSG_OPENING_FILES),
	{ 0 },
};

static const struct field correct_fields[] = {
	NUMBERS(struct correction),
	FIELD(struct correction, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_OPENING_REASON),
	FIELD(struct correction, files, .optional = true, .label = MSG_OPENING_FILES),
	FIELD(struct correction, was_as_of, .optional = true, .hidden = true,
	      .label = MSG_OPENING_WAS),
	WAS(complaint), WAS(second), WAS(denunciation), WAS(proposal), WAS(feedback), WAS(resolve),
	WAS(execute),
	{ 0 },
};
/* clang-format on */

static const struct state states[] = {
	{ OPENING_SIGNED, "signed", MSG_OPENING_SIGNED, TONE_OK, VISIBLE_PUBLIC },
	{ 0 },
};

static const struct step steps[] = {
	{ "sign", NEW, OPENING_SIGNED, LEADER, MSG_OPENING_SIGN, MSG_OPENING_SIGN_DONE,
	  sizeof(struct opening), fields, .is_public = true, .version = true, .begin = begin_sign,
	  .check = check_sign, .apply = apply_sign },
	{ "correct", OPENING_SIGNED, 0, LEADER, MSG_OPENING_CORRECT, MSG_OPENING_CORRECT_DONE,
	  sizeof(struct correction), correct_fields, .is_public = true, .version = true,
	  .begin = begin_correct, .prepare = prepare_correct, .check = check_correct,
	  .apply = apply_correct },
	REDACTION_STEPS(OPENING_SIGNED, LEADER),
	{ 0 },
};

const struct kind opening_kind = {
	.name = "opening",
	.code = "DK",
	.slug = "so-du-dau-ky",
	.work = "inspect",
	.title = MSG_OPENING_KIND,
	.titles = MSG_OPENING_KINDS,
	.no_clock = true,
	.mute = true,
	.levels = 1u << LEVEL_PROVINCE | 1u << LEVEL_DISTRICT | 1u << LEVEL_COMMUNE |
		  1u << LEVEL_AGENCY,
	.size = sizeof(struct opening),
	.fields = fields,
	.states = states,
	.steps = steps,
};
