/* What was done in a dossier, for its page. */
#pragma once

#include "web/dossier_tables.h"

struct str role_words(struct req *r, enum role role); /* "lãnh đạo" */
/* Who did each of them, in words. */
struct str *acts_doers(struct req *r, const struct acts *acts);
/* What an officer was told with his work is for those who work here, and not for whose matter it is. */
bool acts_tell_assignment(struct req *r, const struct dossier *d);
/* Newest first. */
struct events acts_events(struct req *r, const struct dossier *d, const struct acts *acts,
			  const struct str *doers, struct window w);
/* How many versions a table of them has, and its rows in the order of their numbers: none while there is but one. */
size_t acts_version_count(struct req *r, const struct dossier *d);
struct version_rows acts_versions(struct req *r, const struct dossier *d, const struct acts *acts,
				  struct window w);
/* The panel of the newest version, or of the first act while there is none. */
MUST_USE enum err acts_proof(struct req *r, const struct dossier *d, const struct acts *acts,
			     struct proof_panel *out);
/* A row saying when the public first saw it, and who let it; `out` has room for one more. */
void acts_shown(struct req *r, const struct dossier *d, const struct acts *acts,
		const struct str *doers, struct kvs *out);

/* The address of an act's receipt; none of a private kind, which gives none. */
struct url act_receipt_url(struct req *r, const struct dossier *d, const struct act *act);
