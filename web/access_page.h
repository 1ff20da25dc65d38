/* Opening somebody's personal matter: a reason is given and recorded before anything is shown, is good
 * for half an hour, and the person concerned sees the list. */
#pragma once

#include "office/dossier.h"
#include "web/req.h"

/* The form that asks for the reason, for pages that open a part by themselves. */
struct access_form {
	struct str reason;
};
extern const struct field access_fields[];

/* Instead of a matter that may not be read: when it is a personal one of an office this member holds,
 * the page that asks for a reason; otherwise ERR_NOT_FOUND, as if there were none. The code is the
 * address's {code}. */
enum err access_offer(struct req *r);
/* The section "who has looked", at the end of what the page holds so far. For those only who may read
 * the matter; the caller has passed the gate. */
MUST_USE enum err access_part(struct req *r, const struct dossier *d);

/* POST /ho-so/{code}/mo */
extern const struct route access_routes[];
