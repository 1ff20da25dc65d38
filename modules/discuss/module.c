/* Dân bàn: where people are heard before, and beside, what is decided. */
#include "web/module.h"

#include "modules/discuss/dialogue.h"
#include "modules/discuss/dialogue_pages.h"
#include "modules/discuss/dialogue_register.h"
#include "modules/discuss/question.h"

static const struct kind *const kinds[] = {
	&dialogue_kind, &workplace_kind, &question_kind, &register_kind, NULL,
};

static const struct route routes[] = {
	{ GET, "/ho-so/{code}/thong-bao-doi-thoai", dialogue_notice_show, ANYONE },
	{ GET, "/ho-so/{code}/bien-ban-doi-thoai", dialogue_minutes_show, ANYONE },
	{ GET, "/cau-hoi-doi-thoai", dialogue_questions, ANYONE },
	{ 0 },
};

static enum err on_unit(struct req *r, const struct unit *u, struct date day)
{
	(void)day;
	return dialogue_on_unit(r, u);
}

extern const struct module discuss_module;
const struct module discuss_module = {
	.name = "discuss",
	.kinds = kinds,
	.routes = routes,
	.on_dossier_head = dialogue_head,
	.on_dossier = dialogue_on_dossier,
	.on_dossier_side = dialogue_on_side,
	.on_unit = on_unit,
	.duty = dialogue_duty,
	.about = dialogue_about,
};
