/* `dinh verify`: folds every dossier again from its first act, and compares with what is stored:
 * state, data, lines, duties, tallies, figures of reviews, and the commitments in the public log. */
#pragma once

#include "office/fold.h"

struct verify_result {
	int64_t dossiers, dossiers_different;
	int64_t acts, erased; /* acts whose content was erased, as their dossiers record */
	int64_t redacted;     /* acts whose public bytes a later act of the dossier sealed */
	int64_t duties, duties_different;
	int64_t tallies, tallies_different;
	int64_t figures, figures_different; /* rows that figures of reports count */
	int64_t files, files_different;     /* bytes on disk, see verify_files */
	int64_t reviews, reviews_different; /* every figure of every review, counted another way */
	struct strs problems;               /* the first hundred, one sentence each */
};

/* Needs a transaction for reading. `progress` may be NULL; it is called with counts now and then.
 * Memory is that of the largest dossier and of the tally table. ERR_IO when reading failed. */
MUST_USE enum err verify_office(struct tx *tx, void (*progress)(int64_t done, int64_t all),
				struct verify_result *out);

/* Reads every file that is kept and compares it with its hash, and adds what it finds to `out`. */
MUST_USE enum err verify_files(struct tx *tx, struct verify_result *out);
