/* A site has some hundred units, the country eleven thousand: looking at every folded name takes less
 * time than one page, and needs no index that could disagree with the tree. They are folded when first
 * asked for, and again when the tree has changed. */
#include "office/unit_search.h"

#include "base/utf8.h"
#include "office/unit_memory.h"

enum { WORDS_MOST = 8 };

/* Does every word begin some word of the folded name? */
static bool holds(struct str name, const struct str *words, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct str rest = name, word;
		bool found = false;
		while (!found && utf8_next_word(&rest, &word))
			found = str_starts(word, words[i]);
		if (!found)
			return false;
	}
	return n > 0;
}

struct names {
	struct unit_name *at;
	size_t n, cap;
};

static void put(struct arena *a, struct names *list, struct unit_name one)
{
	if (list->n == list->cap) {
		size_t cap = list->cap ? list->cap * 2 : 256;
		list->at =
			arena_grow(a, list->at, list->n * sizeof *list->at, cap * sizeof *list->at);
		list->cap = cap;
	}
	list->at[list->n++] = one;
}

static enum err read_names(struct tx *tx, int64_t under, struct date day, struct arena *a,
			   struct names *out)
{
	struct query q = db_query(tx, "SELECT v.unit, v.type, v.name, v.code FROM unit_ancestor a"
				      " JOIN unit_version v ON v.unit = a.unit"
				      " AND v.valid_from <= $2 AND v.valid_to >= $2"
				      " WHERE a.ancestor = $1 AND a.valid_from <= $2"
				      " AND a.valid_to >= $2 ORDER BY v.level, v.code");
	BIND(&q, under, day);
	while (db_next(&q)) {
		struct str type = col_str(&q, 1), name = col_str(&q, 2), code = col_str(&q, 3);
		struct str all = str_printf(tx->mem, "%.*s %.*s %.*s", STR_ARG(type), STR_ARG(name),
					    STR_ARG(code));
		put(a, out,
		    (struct unit_name){ col_int(&q, 0), str_dup(a, utf8_fold(tx->mem, all)) });
	}
	return q.err;
}

static enum err names_of(struct tx *tx, int64_t under, struct date day, struct names *out)
{
	struct arena *a;
	struct unit_known *known = unit_known(tx, under, day, &a);
	struct names list = { 0 };
	if (known && known->names) {
		*out = (struct names){ known->names, known->name_count, 0 };
		return OK;
	}
	enum err e = read_names(tx, under, day, known ? a : tx->mem, &list);
	if (e)
		return e;
	if (known) {
		known->names = list.at;
		known->name_count = list.n;
	}
	*out = list;
	return OK;
}

enum err unit_search(struct tx *tx, struct str typed, int64_t under, struct date day, size_t limit,
		     struct unit_list *out)
{
	struct str words[WORDS_MOST], rest = utf8_fold(tx->mem, typed);
	struct names names = { 0 };
	size_t n = 0;
	while (n < WORDS_MOST && utf8_next_word(&rest, &words[n]))
		n++;
	struct unit_list found = { NEW_N(tx->mem, struct unit, limit), 0 };
	enum err e = n ? names_of(tx, under, day, &names) : OK;
	for (size_t i = 0; !e && i < names.n && found.n < limit; i++)
		if (holds(names.at[i].folded, words, n))
			e = unit_find(tx, names.at[i].id, day, &found.at[found.n++]);
	if (e)
		return e;
	*out = found;
	return OK;
}
