/* The few things every room above asks for by name. */
#include "office/office.h"

const struct kind *office_kind(const struct office *o, struct str name)
{
	for (const struct kind *const *k = o->kinds; *k; k++)
		if (str_eq(str_of((*k)->name), name))
			return *k;
	return NULL;
}

const struct kind *office_kind_by_slug(const struct office *o, struct str slug)
{
	for (const struct kind *const *k = o->kinds; *k; k++)
		if (!(*k)->unlisted && str_eq(str_of((*k)->slug), slug))
			return *k;
	return NULL;
}
