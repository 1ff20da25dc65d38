/* How much of a text may be hidden: redaction takes out what names somebody and leaves the rest to be read. */
#pragma once

#include "office/redaction.h"

/* The letters of a text, those that bars hide not counted: neither digits nor signs, so that of "Gọi
 * 0912345678" none goes with the number. */
size_t redaction_letters(struct str text);
/* Is there a word or a number left beside the bars? */
bool redaction_is_readable(struct str text);
/* Faults for passages that would leave nothing to be read in what a dossier of its kind always says: its
 * title, its body. One that says nothing there, or has only bars by now, is no fault. */
void redaction_limit(struct tx *tx, const struct dossier *d, const struct passages *p,
		     struct faults *faults);
