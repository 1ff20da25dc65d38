#include "office/kind.h"

/* "RULE.due", "RULE.due.met", ... */
static bool counts_rule(struct str key, struct str rule)
{
	return str_starts(key, rule) && str_starts(str_from(key, rule.len), S(".due"));
}

bool measure_part_reads(const struct kind *k, const struct measure_part *p, struct str key)
{
	struct str own = str_of(p->key), kind = str_of(k->name);
	switch (p->from) {
	case COUNT_SHOWN:
		return key.len == kind.len + 1 + own.len && str_starts(key, kind) &&
		       key.at[kind.len] == '.' && str_ends(key, own);
	case COUNT_FIGURE:
		return str_eq(key, own);
	case COUNT_DUTIES:
		return counts_rule(key, own);
	case COUNT_NIL: /* coverage asks month by month */
		return false;
	}
	return false;
}

bool measure_part_same(const struct measure_part *a, const struct measure_part *b)
{
	return a->from == b->from && a->from != COUNT_SHOWN &&
	       str_eq(str_of(a->key), str_of(b->key));
}
