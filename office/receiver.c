/* Most transfers go up or sideways; the way down to the holder stands in the list itself. */
#include "office/receiver.h"

#include "office/site.h"
#include "office/unit_search.h"

enum { OFFICES_MOST = 400 };

struct receiving {
	const struct kind *kind;
	int64_t holder;
	enum lang lang;
	struct choices *out;
};

static void add_office(struct receiving *r, struct arena *a, const struct unit *u)
{
	if (u->id != r->holder && kind_lives_at(r->kind, (int)u->level) && r->out->n < OFFICES_MOST)
		r->out->at[r->out->n++] = (struct choice){ u->code, unit_heading(a, u, r->lang) };
}

static bool is_on(const struct unit_list *path, int64_t id)
{
	for (size_t i = 0; i < path->n; i++)
		if (path->at[i].id == id)
			return true;
	return false;
}

enum err receiver_options(struct tx *tx, const struct kind *kind, int64_t holder, enum lang lang,
			  struct choices *out)
{
	struct receiving r = { kind, holder, lang, out };
	struct date today = tx_today(tx);
	struct unit_list path, beneath;
	enum err e = unit_path(tx, holder, today, &path);
	*out = (struct choices){ NEW_N(tx->mem, struct choice, OFFICES_MOST), 0 };
	for (size_t i = e ? 0 : path.n; !e && i > 0; i--) {
		if (i < path.n)
			add_office(&r, tx->mem, &path.at[i - 1]);
		if ((e = unit_children(tx, path.at[i - 1].id, today, OFFICES_MOST, &beneath)))
			break;
		for (size_t k = 0; k < beneath.n; k++)
			if (!is_on(&path, beneath.at[k].id))
				add_office(&r, tx->mem, &beneath.at[k]);
	}
	return e;
}

enum err receiver_options_own(struct tx *tx, const struct kind *kind, int64_t holder,
			      enum lang lang, struct choices *out)
{
	struct choices others;
	struct unit u;
	enum err e = unit_find(tx, holder, tx_today(tx), &u);
	if (e || (e = receiver_options(tx, kind, holder, lang, &others)))
		return e;
	*out = (struct choices){ NEW_N(tx->mem, struct choice, others.n + 1), 0 };
	out->at[out->n++] = (struct choice){ u.code, unit_heading(tx->mem, &u, lang), S("") };
	for (size_t i = 0; i < others.n; i++)
		out->at[out->n++] = others.at[i];
	return OK;
}

bool receiver_label(struct tx *tx, const void *subject, enum lang lang, struct str value,
		    struct str *out)
{
	struct unit u;
	(void)subject;
	if (unit_by_code_any(tx, value, tx_today(tx), &u))
		return false;
	*out = unit_heading(tx->mem, &u, lang);
	return true;
}

/* ERR_NOT_FOUND: none, or several. */
static enum err find(struct tx *tx, const struct kind *kind, struct str typed, struct unit *out)
{
	struct unit_list found;
	struct date today = tx_today(tx);
	size_t fit = 0;
	int64_t root;
	enum err e = unit_by_code(tx, typed, today, out);
	if (!e)
		return kind_lives_at(kind, (int)out->level) ? OK : ERR_NOT_FOUND;
	if (e != ERR_NOT_FOUND)
		return e;
	if ((e = site_root(tx, &root)) || (e = unit_search(tx, typed, root, today, 3, &found)))
		return e;
	for (size_t i = 0; i < found.n; i++)
		if (kind_lives_at(kind, (int)found.at[i].level)) {
			*out = found.at[i];
			fit++;
		}
	return fit == 1 ? OK : ERR_NOT_FOUND;
}

enum err receiver_fill(struct tx *tx, const struct kind *kind, struct str *typed, int64_t *id)
{
	struct unit u;
	enum err e = typed->len ? find(tx, kind, *typed, &u) : ERR_NOT_FOUND;
	*id = e ? 0 : u.id;
	if (!e)
		*typed = u.code;
	return e == ERR_NOT_FOUND ? OK : e;
}
