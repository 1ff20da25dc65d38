/* Look-ups in the tables of a kind. The tables are short; a walk is the fastest index. */
#include "office/kind.h"

#include "office/dossier.h"

bool kind_is_listed(const struct kind *k)
{
	for (const struct state *s = k->states; s && s->bit; s++)
		if (s->visibility == VISIBLE_PUBLIC)
			return !k->unlisted;
	return false;
}

bool kind_lives_at(const struct kind *k, int level)
{
	return !k->levels || (k->levels >> level & 1);
}

const struct state *kind_state(const struct kind *k, unsigned bit)
{
	static const struct state blank = { .bit = NEW,
					    .name = "new",
					    .visibility = VISIBLE_INTERNAL };
	for (const struct state *s = k->states; s && s->bit; s++)
		if (s->bit == bit)
			return s;
	return &blank;
}

const struct step *kind_step(const struct kind *k, struct str name)
{
	for (const struct step *s = k->steps; s && s->name; s++)
		if (str_eq(str_of(s->name), name))
			return s;
	return NULL;
}

bool kind_turns_home(const struct kind *k, unsigned state)
{
	bool home = false;
	for (const struct step *s = k->steps; s->name; s++) {
		if (!(s->from & state) || s->follows || !s->to || s->to == state)
			continue;
		if (!s->at_home)
			return false;
		home = true;
	}
	return home;
}

bool step_is_personal(const struct step *s)
{
	for (const struct field *f = s->form; f && f->type; f++)
		if (f->personal)
			return true;
	return false;
}

unsigned step_target(const struct step *s, const struct dossier *d, const void *form)
{
	if (s->leads)
		return s->leads(d, form);
	return s->to ? s->to : d->state;
}

bool kind_seals(const struct kind *k)
{
	for (const struct state *s = k->states; s && s->bit; s++)
		if (s->visibility == VISIBLE_SEALED)
			return true;
	return false;
}
