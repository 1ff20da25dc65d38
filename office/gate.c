/* Reading flows down the tree: who holds an office at a unit reads the internal matters of that unit
 * and of everything beneath it. Of personal matters their author reads his own; an official needs a
 * reason, recorded before anything is shown; of what is sealed, whoever the case does not name is told
 * what a stranger is told. */
#include "office/gate.h"

#include "office/access.h"
#include "office/sealed.h"
#include "office/unit.h"

bool gate_is_official_of(struct tx *tx, int64_t unit)
{
	if (!tx->who)
		return false;
	if (tx->who->system)
		return true;
	for (size_t i = 0; i < tx->who->n; i++) {
		bool beneath = false;
		if (!unit_beneath(tx, unit, tx->who->at[i].unit, tx_today(tx), &beneath) && beneath)
			return true;
	}
	return false;
}

bool gate_may_read(struct tx *tx, const struct dossier *d)
{
	bool granted = false;
	switch (dossier_visibility(d)) {
	case VISIBLE_PUBLIC:
		return true;
	case VISIBLE_INTERNAL:
		if (dossier_state(d)->own && dossier_is_author(tx, d))
			return true;
		return gate_is_official_of(tx, d->holder) || gate_is_official_of(tx, d->unit);
	case VISIBLE_PERSONAL:
		if (dossier_is_author(tx, d))
			return true;
		return gate_is_official_of(tx, d->holder) &&
		       !access_granted(tx, d->id, ACCESS_MINUTES, &granted) && granted;
	case VISIBLE_SEALED:
		if (dossier_is_author(tx, d))
			return true;
		return sealed_right(tx, d, NULL) &&
		       !access_granted(tx, d->id, ACCESS_MINUTES, &granted) && granted;
	}
	return false;
}

/* Of what is said about a matter no more is shown than of the matter itself. */
static bool parent_shown(struct tx *tx, const struct dossier *d)
{
	struct dossier *parent;
	return !d->kind->within || !d->parent ||
	       (!dossier_load(tx, d->parent, &parent) && gate_may_see_content(tx, parent));
}

bool gate_may_see_content(struct tx *tx, const struct dossier *d)
{
	return gate_may_read(tx, d) &&
	       (!dossier_state(d)->stub || gate_is_official_of(tx, d->holder)) &&
	       parent_shown(tx, d);
}

enum err gate_read(struct tx *tx, struct str code, struct dossier **out)
{
	int64_t id;
	struct dossier *d;
	enum err e = dossier_by_code(tx, code, &id);
	if (e || (e = dossier_load(tx, id, &d)))
		return e;
	if (!gate_may_read(tx, d))
		return ERR_NOT_FOUND;
	*out = d;
	return OK;
}
