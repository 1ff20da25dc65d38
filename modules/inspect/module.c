/* Dân kiểm tra, dân giám sát: what people bring before an office, and what becomes of it. */
#include "web/module.h"

#include "modules/inspect/petition.h"
#include "modules/inspect/petition_pages.h"

static const struct kind *const kinds[] = { &petition_kind, NULL };

static const struct route routes[] = {
	{ GET, "/kien-nghi", petition_show, ANYONE },
	{ 0 },
};

static bool duty(struct tx *tx, struct str rule, struct str about, enum lang lang, struct str *out)
{
	(void)tx, (void)about;
	if (!str_eq(rule, S(PETITION_ANSWER)))
		return false;
	*out = petition_duty_words(rule, lang);
	return true;
}

extern const struct module inspect_module;
const struct module inspect_module = {
	.name = "inspect",
	.kinds = kinds,
	.routes = routes,
	.on_dossier_head = petition_head,
	.duty = duty,
};
