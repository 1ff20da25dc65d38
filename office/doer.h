/* Inside office/: by what right somebody changes people and units, and how the rows say who did. */
#pragma once

#include "office/member.h"
#include "store/db.h"

/* The person for a row's `made_by`; 0, stored as NULL by NULL_IF_0, for the program and visitors. */
static inline int64_t doer(const struct tx *tx)
{
	return tx->who ? tx->who->person : 0;
}

#define NULL_IF_0(parameter) "NULLIF(CAST(" parameter " AS BIGINT), 0)"

static inline bool is_system(const struct tx *tx)
{
	return tx->who && tx->who->system;
}

/* Is tx->who an administrator at or above the unit (0: the site's root) today, or the system?
 * ERR_DENIED when not. `as`: the appointment, 0 for the system; may be NULL. */
MUST_USE enum err admin_right(struct tx *tx, int64_t unit, int64_t *as);
/* The same, or a clerk of every field at exactly this unit: who serves people at its counter. */
MUST_USE enum err counter_right(struct tx *tx, int64_t unit, int64_t *as);
/* Who may put somebody else in charge of the person's account: the counter of the person's unit, who
 * is also an administrator of every unit where the person holds an appointment, today or later. A
 * clerk cannot become the chairman by printing him a new password, nor an administrator a stranger by
 * appointing him. */
MUST_USE enum err takeover_right(struct tx *tx, int64_t person, int64_t *as);
