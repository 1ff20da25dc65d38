/* Dân biết: what people have a right to know. */
#include "web/module.h"
#include "modules/know/disclosure.h"
#include "modules/know/plan.h"

static const struct kind *const kinds[] = { &disclosure_kind, &plan_kind, NULL };

extern const struct module know_module;
const struct module know_module = {
	.name = "know",
	.kinds = kinds,
};
