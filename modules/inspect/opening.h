/* What an office had in hand before this site counted (số dư đầu kỳ): entered once, signed by its leader, and
 * corrected only by another act with its reason. The statutory tables carry it over (statistic_tables.c).
 *
 * Cases that are entered here one by one later are taken out of it by a correction. */
#pragma once

#include "office/fold.h"
#include "office/form.h"

extern const struct kind opening_kind;

enum { OPENING_SIGNED = 1 << 1 };

struct opening {
	struct str title;
	struct date as_of; /* as things stood when that day began */
	int64_t complaint, second, denunciation, proposal, feedback; /* not handled yet */
	int64_t resolve;                                             /* complaints in resolution */
	int64_t execute; /* decisions in force and not executed */
	struct str body;
	struct file_refs files;
};

/* That of a unit; ERR_NOT_FOUND: none. */
MUST_USE enum err opening_find(struct tx *tx, int64_t unit, struct dossier **out);
