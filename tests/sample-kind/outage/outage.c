/* The whole kind: fields, states, steps. Everything that shows, lists, checks, counts, logs or
 * exports it is in the rooms below. */
#include "tests/sample-kind/outage/outage.h"

#include "office/form.h"
#include "office/redaction.h"
#include "office/unit.h"

enum { AREAS_MOST = 200 };

/* --- What no table can say --- */

/* The villages of today; the notice may also name another place. */
static enum err area_options(struct tx *tx, const void *subject, enum lang lang,
			     struct choices *out)
{
	const struct dossier *d = subject;
	struct unit_list villages;
	enum err e = unit_children(tx, d->unit, tx_today(tx), AREAS_MOST, &villages);
	if (e)
		return e;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, villages.n), 0 };
	for (size_t i = 0; i < villages.n; i++) {
		struct str value = unit_title(tx->mem, &villages.at[i], LANG_VI);
		struct str label = unit_title(tx->mem, &villages.at[i], lang);
		out->at[out->n++] = (struct choice){ value, label };
	}
	return OK;
}

static void apply_announce(struct fold *f, const void *form)
{
	const struct outage *x = form;
	fold_open_house(f, S(OUTAGE_RULE), f->act->on, x->until, S(""));
}

struct extension {
	struct date until;
	struct str reason;
};

static enum err check_extend(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults)
{
	const struct outage *now = d->data;
	const struct extension *x = form;
	(void)tx, (void)on;
	if (date_is_set(x->until) && date_cmp(x->until, now->until) <= 0)
		fault_add_msg(faults, "until", MSG_OUTAGE_FAULT_NOT_LATER);
	return OK;
}

/* The day promised first stays visible beside the new one. */
static void apply_extend(struct fold *f, const void *form)
{
	const struct extension *x = form;
	struct duty *duty = fold_duty(f, S(OUTAGE_RULE), 0, S(""));
	if (duty)
		fold_extend(f, duty, x->until);
}

struct restoration {
	struct str remark;
};

/* --- Tables --- */

static const struct field_choice causes[] = {
	{ "repair", MSG_OUTAGE_CAUSE_REPAIR },
	{ "fault", MSG_OUTAGE_CAUSE_FAULT },
	{ "drought", MSG_OUTAGE_CAUSE_DROUGHT },
	{ 0 },
};

static const struct field fields[] = {
	FIELD(struct outage, title, .min = 5, .max = 200, .label = MSG_OUTAGE_TITLE),
	FIELD(struct outage, area, .max = 100, .label = MSG_OUTAGE_AREA, .options = area_options,
	      .other = true),
	FIELD(struct outage, cause, .label = MSG_OUTAGE_CAUSE, .choices = causes),
	FIELD(struct outage, until, .label = MSG_OUTAGE_UNTIL, .hint = MSG_OUTAGE_UNTIL_HINT),
	FIELD(struct outage, body, .optional = true, .lines = true, .markdown = true,
	      .label = MSG_OUTAGE_BODY, .hint = MSG_OUTAGE_BODY_HINT),
	{ 0 },
};

static const struct field extend_fields[] = {
	FIELD(struct extension, until, .label = MSG_OUTAGE_UNTIL),
	FIELD(struct extension, reason, .min = 5, .lines = true, .label = MSG_OUTAGE_REASON),
	{ 0 },
};

static const struct field back_fields[] = {
	FIELD(struct restoration, remark, .optional = true, .label = MSG_OUTAGE_REMARK),
	{ 0 },
};

static const struct state states[] = {
	{ OUTAGE_OFF, "off", MSG_OUTAGE_OFF, TONE_SOON, VISIBLE_PUBLIC, .waits = true },
	{ OUTAGE_BACK, "back", MSG_OUTAGE_BACK, TONE_OK, VISIBLE_PUBLIC },
	{ 0 },
};

static const struct step steps[] = {
	{ "announce", NEW, OUTAGE_OFF, CLERK | LEADER, MSG_OUTAGE_ANNOUNCE,
	  MSG_OUTAGE_ANNOUNCE_DONE, sizeof(struct outage), fields, .is_public = true,
	  .version = true, .apply = apply_announce },
	{ "extend", OUTAGE_OFF, 0, LEADER, MSG_OUTAGE_EXTEND, MSG_OUTAGE_EXTEND_DONE,
	  sizeof(struct extension), extend_fields, .is_public = true, .check = check_extend,
	  .apply = apply_extend },
	{ "restore", OUTAGE_OFF, OUTAGE_BACK, CLERK | LEADER, MSG_OUTAGE_RESTORE,
	  MSG_OUTAGE_RESTORE_DONE, sizeof(struct restoration), back_fields, .is_public = true,
	  .meets = OUTAGE_RULE },
	REDACTION_STEPS(OUTAGE_OFF | OUTAGE_BACK, LEADER),
	{ 0 },
};

const struct kind outage_kind = {
	.name = "outage",
	.code = "MN",
	.slug = "mat-nuoc",
	.work = "water",
	.title = MSG_OUTAGE_OUTAGE,
	.titles = MSG_OUTAGE_OUTAGES,
	.size = sizeof(struct outage),
	.fields = fields,
	.facet = "area",
	.states = states,
	.steps = steps,
};
