/* A commune has some thousand people with accounts, and a clerk asks for one of them: folding every
 * name of the unit takes milliseconds and needs no second index of personal data. */
#include "office/person.h"

#include "base/utf8.h"
#include "office/account.h"
#include "office/doer.h"

enum { WORDS_MOST = 8, PEOPLE_MOST = 20000, FOLDED_MOST = 256 * 1024 };

struct wanted {
	struct str login; /* "": what was typed is none */
	struct str words[WORDS_MOST];
	size_t n;
};

static bool begins_a_word(struct str name, struct str word)
{
	struct str rest = name, part;

	while (utf8_next_word(&rest, &part))
		if (str_starts(part, word))
			return true;
	return false;
}

static bool fits(struct arena *scratch, const struct wanted *w, const struct person_row *row)
{
	if (w->login.len && str_eq(w->login, row->login))
		return true;
	struct str name = utf8_fold(scratch, row->p.name);

	for (size_t i = 0; i < w->n; i++)
		if (!begins_a_word(name, w->words[i]))
			return false;
	return true;
}

MUST_USE enum err person_search(struct tx *tx, int64_t unit, struct str typed, size_t limit,
				struct person_rows *out)
{
	struct person_rows found = { NEW_N(tx->mem, struct person_row, limit), 0, false };
	struct str rest = utf8_fold(tx->mem, typed);
	struct wanted w = { .login = S("") };
	enum err e = counter_right(tx, unit, NULL);

	if (e)
		return e;
	while (w.n < WORDS_MOST && utf8_next_word(&rest, &w.words[w.n]))
		w.n++;
	if (!login_read(tx->mem, typed, &w.login))
		w.login = S("");
	struct arena *scratch = arena_new(0);
	struct query q = db_query(tx, "SELECT p.id, p.name, p.verified_at, COALESCE(c.login, '') "
				      "FROM person p LEFT JOIN account c ON c.person = p.id "
				      "WHERE p.unit = $1 ORDER BY p.name, p.id LIMIT $2");
	BIND(&q, unit, (int64_t)PEOPLE_MOST);
	while (!found.more && db_next(&q)) {
		struct person_row row = { .p = { .id = col_int(&q, 0),
						 .unit = unit,
						 .name = col_str(&q, 1),
						 .verified = col_int(&q, 2) != 0 },
					  .login = col_str(&q, 3) };

		if (arena_used(scratch) > FOLDED_MOST)
			arena_clear(scratch);
		if (!fits(scratch, &w, &row))
			continue;
		if (found.n == limit)
			found.more = true;
		else
			found.at[found.n++] = row;
	}
	db_end(&q);
	arena_free(scratch);
	if (!q.err)
		*out = found;
	return q.err;
}
