/* The checks every form shares, in the order in which a person would ask them. */
#include "office/form.h"

#include "base/utf8.h"

void fault_add(struct faults *faults, const char *field, struct str text)
{
	if (!faults)
		return;
	if (faults->n == faults->cap) {
		size_t cap = faults->cap ? faults->cap * 2 : 8;
		faults->at = arena_grow(faults->a, faults->at, faults->n * sizeof *faults->at,
					cap * sizeof *faults->at);
		faults->cap = cap;
	}
	faults->at[faults->n++] = (struct fault){ field, text };
}

void fault_add_msg(struct faults *faults, const char *field, enum msg text)
{
	if (faults)
		fault_add(faults, field, msg_plain(faults->lang, text));
}
