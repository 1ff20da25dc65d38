/* The list of what a commune disclosed in a quarter, with the day and the forms used (Law 10/2022 art.
 * 13.2): a step of its plan, generated and never typed in. */
#pragma once

#include "office/fold.h"

#define QUARTERLY_LIST \
	"disclosure.commune.quarterly_list" /* the duty; its `about` is the quarter */

/* Without titles: an act is for ever, and a title can be taken down. */
struct quarterly_list {
	struct str quarter;  /* "2024-Q1" */
	struct strs entries; /* "CK-7K3Q-92MV 2024-02-01 WEB,NIEMYET" as disclosed in it */
};

/* The quarters whose list is still owed. */
MUST_USE enum err quarterly_list_options(struct tx *tx, const void *subject, enum lang lang,
					 struct choices *out);
MUST_USE enum err quarterly_list_prepare(struct tx *tx, const struct dossier *d, void *form);
void quarterly_list_apply(struct fold *f, const void *form);
