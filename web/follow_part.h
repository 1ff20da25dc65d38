/* "Theo dõi" on the page of a unit, a dossier, a list narrowed to a matter: without an account by its
 * feed, with one by a button. */
#pragma once

#include "office/follow.h"
#include "web/req.h"

struct follow_part {
	struct url feed, sign_in, action; /* sign_in: of visitors; action: of members */
	struct str token;
	bool follows; /* already: the button ends it */
	int64_t unit, dossier;
	struct link calendar; /* where it stands when it happens; without text: it does not */
	struct str kind, facet;
};

/* `feed`: the path of the feed of the same thing. The dossier must be public. */
MUST_USE enum err follow_part_fill(struct req *r, const struct follow *f, struct url feed,
				   struct follow_part *out);
/* What the template of the dossier's page calls. */
struct dossier_page;
void dossier_follow(struct page *out, const struct dossier_page *p);
