/* Dân biết: what people have a right to know. */
#include "web/module.h"
#include "modules/know/disclosure.h"
#include "modules/know/know_pages.h"
#include "modules/know/plan.h"

static const struct kind *const kinds[] = { &disclosure_kind, &plan_kind, NULL };

static const struct route routes[] = {
	{ GET, "/ho-so/{code}/niem-yet", notice_show, ANYONE },
	{ GET, "/ho-so/{code}/doc-loa", aloud_show, ANYONE },
	{ GET, "/cong-khai/nhap/{unit}", import_show, LEADER },
	{ POST, "/cong-khai/nhap/{unit}", import_post, LEADER, .show = import_show,
	  .uploads = true },
	{ 0 },
};

extern const struct module know_module;
const struct module know_module = {
	.name = "know",
	.kinds = kinds,
	.routes = routes,
	.on_dossier = know_on_dossier,
	.on_dossier_side = know_on_dossier_side,
	.on_unit = know_on_unit,
	.facts = know_facts,
	.facet = know_facet,
	.duty = know_duty,
	.about = know_about,
};
