#include "modules/inspect/overseer.h"

#include "office/dossier.h"
#include "office/unit.h"

const struct overseer overseers[] = {
	{ .by = "pib_commune",
	  .label = MSG_OVERSEER_PIB_COMMUNE,
	  .levels = 1u << LEVEL_COMMUNE,
	  .bodies = { "BD-01", "BD-11" },
	  .recognise = "village_decision.recognise",
	  .periodic = "pib.commune.report",
	  .notice = "pib.commune.plan_notice",
	  .answer = "pib.commune.answer",
	  .group = "pib" },
	{ .by = "cisb",
	  .label = MSG_OVERSEER_CISB,
	  .levels = 1u << LEVEL_COMMUNE,
	  .bodies = { "BD-02" },
	  .recognise = "village_decision.recognise",
	  .notice = "cisb.notice",
	  .answer = "cisb.answer",
	  .group = "cisb" },
	{ .by = "pib_agency",
	  .label = MSG_OVERSEER_PIB_AGENCY,
	  .levels = 1u << LEVEL_AGENCY,
	  .bodies = { "BD-03" },
	  .recognise = "pib.agency.recognise",
	  .notice = "pib.agency.plan_notice",
	  .answer = "pib.agency.answer",
	  .group = "pib" },
	{ .by = "pib_enterprise",
	  .label = MSG_OVERSEER_PIB_ENTERPRISE,
	  .levels = 1u << LEVEL_ENTERPRISE,
	  .bodies = { "BD-04" },
	  .answer = "pib.enterprise.answer",
	  .group = "pib" },
	{ .by = "front",
	  .label = MSG_OVERSEER_FRONT,
	  .levels = 1u << LEVEL_PROVINCE | 1u << LEVEL_DISTRICT | 1u << LEVEL_COMMUNE,
	  .notice = "front_supervision.plan",
	  .subject_report = "front_supervision.subject_report",
	  .report = "front_supervision.report",
	  .group = "front" },
	{ 0 },
};

const struct field_choice overseer_words[] = {
	{ "pib_commune", MSG_OVERSEER_PIB_COMMUNE },
	{ "cisb", MSG_OVERSEER_CISB },
	{ "pib_agency", MSG_OVERSEER_PIB_AGENCY },
	{ "pib_enterprise", MSG_OVERSEER_PIB_ENTERPRISE },
	{ "front", MSG_OVERSEER_FRONT },
	{ 0 },
};

const struct field_choice board_words[] = {
	{ "pib_commune", MSG_OVERSEER_PIB_COMMUNE },
	{ "cisb", MSG_OVERSEER_CISB },
	{ "pib_agency", MSG_OVERSEER_PIB_AGENCY },
	{ "pib_enterprise", MSG_OVERSEER_PIB_ENTERPRISE },
	{ 0 },
};

const struct overseer *overseer_of(struct str by)
{
	for (const struct overseer *o = overseers; o->by; o++)
		if (str_eq(by, str_of(o->by)))
			return o;
	return NULL;
}

static enum err options(struct tx *tx, const struct dossier *d, enum lang lang, bool boards,
			struct choices *out)
{
	struct unit u;
	enum err e = unit_find(tx, d->unit, tx_today(tx), &u);
	if (e)
		return e;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, LENGTH(overseers)), 0 };
	for (const struct overseer *o = overseers; o->by; o++)
		if ((o->levels & 1u << u.level) && (!boards || o->bodies[0]))
			out->at[out->n++] = (struct choice){ .value = str_of(o->by),
							     .label = msg_plain(lang, o->label),
							     .note = S("") };
	return OK;
}

enum err board_options(struct tx *tx, const void *subject, enum lang lang, struct choices *out)
{
	return options(tx, subject, lang, true, out);
}

enum err overseer_options(struct tx *tx, const void *subject, enum lang lang, struct choices *out)
{
	return options(tx, subject, lang, false, out);
}

struct str overseer_key(struct arena *a, const char *what, const struct overseer *o)
{
	return str_printf(a, "%s.%s", what, o->group);
}
