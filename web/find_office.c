/* The nearest first: the reader's own commune before its province. */
#include "web/find_office.h"

#include "office/person.h"
#include "office/unit_search.h"
#include "web/root.h"

enum { OFFICES_SHOWN = 12 };

static enum err named(struct req *r, struct str typed, struct unit_list *out)
{
	struct unit root;
	enum err e = req_root(r, &root);
	return e ? e : unit_search(&r->tx, typed, root.id, tx_today(&r->tx), OFFICES_SHOWN, out);
}

static enum err of_reader(struct req *r, struct unit_list *out)
{
	struct person me;
	*out = (struct unit_list){ NULL, 0 };
	if (!r->tx.who || !r->tx.who->person)
		return OK;
	enum err e = person_find(&r->tx, r->tx.who->person, &me);
	return e || !me.unit ? e : unit_path(&r->tx, me.unit, tx_today(&r->tx), out);
}

enum err find_office_units(struct req *r, const struct kind *kind, struct str typed,
			   struct unit_list *out)
{
	struct unit_list found;
	enum err e = typed.len ? named(r, typed, &found) : of_reader(r, &found);
	if (e)
		return e;
	*out = (struct unit_list){ NEW_N(r->mem, struct unit, found.n), 0 };
	for (size_t i = 0; i < found.n; i++) {
		const struct unit *u = &found.at[typed.len ? i : found.n - 1 - i];
		if (kind_lives_at(kind, (int)u->level))
			out->at[out->n++] = *u;
	}
	return OK;
}

enum err find_offices(struct req *r, const struct kind *kind, struct str typed, struct items *out)
{
	struct unit_list found;
	enum err e = find_office_units(r, kind, typed, &found);
	if (e)
		return e;
	*out = (struct items){ NEW_N(r->mem, struct item, found.n), 0 };
	for (size_t i = 0; !e && i < found.n; i++) {
		struct item *item = &out->at[out->n++];
		*item = (struct item){ .url = req_url(r, "/ghi-moi/%s/%s", str_of(kind->slug),
						      found.at[i].code) };
		e = req_body_words(r, found.at[i].id, &item->title);
	}
	return e;
}
