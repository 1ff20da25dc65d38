/* Dân kiểm tra, dân giám sát: what people bring before an office, and what becomes of it. */
#include "web/module.h"

#include "modules/inspect/petition.h"
#include "modules/inspect/petition_pages.h"
#include "modules/inspect/reception.h"
#include "modules/inspect/reception_plan.h"

static const struct kind *const kinds[] = {
	&petition_kind,
	&reception_kind,
	&reception_plan_kind,
	NULL,
};

static const struct route routes[] = {
	{ GET, "/kien-nghi", petition_show, ANYONE },
	{ 0 },
};

static bool duty(struct tx *tx, struct str rule, struct str about, enum lang lang, struct str *out)
{
	if (str_eq(rule, S(RECEPTION_DAYS)))
		return reception_days_words(tx, about, lang, out);
	if (!str_eq(rule, S(PETITION_ANSWER)))
		return false;
	*out = petition_duty_words(rule, lang);
	return true;
}

static bool about(struct tx *tx, struct str rule, struct str what, enum lang lang, struct str *out)
{
	return str_eq(rule, S(RECEPTION_DAYS)) && reception_days_words(tx, what, lang, out);
}

extern const struct module inspect_module;
const struct module inspect_module = {
	.name = "inspect",
	.kinds = kinds,
	.routes = routes,
	.on_dossier_head = petition_head,
	.duty = duty,
	.about = about,
};
