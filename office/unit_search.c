/* A site has some hundred units, the country eleven thousand: folding every name takes less time
 * than one page, and needs no second index that could disagree with the tree. */
#include "office/unit_search.h"

#include "base/utf8.h"

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

enum err unit_search(struct tx *tx, struct str typed, int64_t under, struct date day, size_t limit,
		     struct unit_list *out)
{
	struct str words[WORDS_MOST], rest = utf8_fold(tx->mem, typed);
	size_t n = 0;
	while (n < WORDS_MOST && utf8_next_word(&rest, &words[n]))
		n++;
	struct unit_list found = { NEW_N(tx->mem, struct unit, limit), 0 };
	struct query q = db_query(tx, "SELECT v.unit, v.type, v.name, v.code FROM unit_ancestor a"
				      " JOIN unit_version v ON v.unit = a.unit"
				      " AND v.valid_from <= $2 AND v.valid_to >= $2"
				      " WHERE a.ancestor = $1 AND a.valid_from <= $2"
				      " AND a.valid_to >= $2 ORDER BY v.level, v.code");
	BIND(&q, under, day);
	while (n && found.n < limit && db_next(&q)) {
		struct str type = col_str(&q, 1), name = col_str(&q, 2), code = col_str(&q, 3);
		struct str all = str_printf(tx->mem, "%.*s %.*s %.*s", STR_ARG(type), STR_ARG(name),
					    STR_ARG(code));
		if (holds(utf8_fold(tx->mem, all), words, n))
			found.at[found.n++].id = col_int(&q, 0);
	}
	db_end(&q);
	enum err e = q.err;
	for (size_t i = 0; !e && i < found.n; i++)
		e = unit_find(tx, found.at[i].id, day, &found.at[i]);
	if (e)
		return e;
	*out = found;
	return OK;
}
