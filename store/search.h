/* Search: every word of the query as a whole word, in any order, in title or body; without regard to
 * case and diacritics. What is typed is split by our own code and never becomes an engine's syntax.
 *
 * Hits come in two tiers, those with every word in the title first and the rest behind them, each
 * newest first (descending id). A tier is a relation `hit` with the one column `id`, to be joined with
 * whatever decides who may read, so that rights apply before LIMIT and before a count:
 *
 *     struct search s;
 *     if (!search_parse(tx->mem, typed, SEARCH_PREFIX, &s))
 *             return no_words();
 *     struct query q = search_query(tx, &s, SEARCH_IN_TITLE, "SELECT d.id, d.title FROM ",
 *             " CROSS JOIN dossier AS d WHERE d.id = hit.id AND d.visibility = 0 AND hit.id < $2"
 *             " ORDER BY hit.id DESC LIMIT $3");
 *     BIND(&q, before, limit);
 *
 * and again with SEARCH_ELSEWHERE for what the page still has room for. The cross join keeps the
 * order of the index, so that a page costs what it shows and not what matches. */
#pragma once

#include "store/db.h"

/* A word or a phrase that must occur. */
struct search_term {
	struct strs words; /* folded; one or more: side by side in this order */
	bool prefix;       /* the last word may go on */
};

enum { SEARCH_TERMS = 16, SEARCH_WORD_BYTES = 64 };

struct search {
	struct search_term terms[SEARCH_TERMS];
	size_t n;
};

enum search_option {
	SEARCH_WORDS,  /* as typed */
	SEARCH_PREFIX, /* someone is still typing: a last word of two signs or more may go on */
};

enum search_tier { SEARCH_IN_TITLE, SEARCH_ELSEWHERE };

/* Reads what was typed. Text between "..." or “...” is a phrase. False when there is no word in it.
 * Only the first 16 terms and the first 64 bytes of a word count. */
MUST_USE bool search_parse(struct arena *a, struct str typed, enum search_option option,
			   struct search *out);

/* A last word of four signs or more that stands in some text is what was meant and does not go on. To
 * give the newest of what begins with a word, an engine gathers all of it first, and of a frequent word
 * that is more with every year; of two and three signs it keeps lists. */
MUST_USE enum err search_meant(struct tx *tx, struct search *s);

/* Makes `id` findable by these texts, in place of earlier ones. `codes`: identifiers separated by
 * spaces, such as CK-7K3Q-92MV, found with or without their dashes, as if they stood in the title.
 * Never call it for what is sealed. */
MUST_USE enum err search_put(struct tx *tx, int64_t id, struct str title, struct str body,
			     struct str codes);
MUST_USE enum err search_remove(struct tx *tx, int64_t id); /* OK also when it was not there */

/* The statement around the hits, both halves literals; $1 is theirs and bound already. */
#define search_query(tx, s, tier, before, after)                           \
	search_query_at((tx), (s), (tier), "" before SEARCH_SQLITE_ after, \
			"" before SEARCH_POSTGRES_ after, "" before SEARCH_SELDOM_ after)
struct query search_query_at(struct tx *tx, const struct search *s, enum search_tier tier,
			     const char *sqlite, const char *postgres, const char *seldom);

#define SEARCH_SQLITE_ "(SELECT rowid AS id FROM search_index WHERE search_index MATCH $1) AS hit"
#define SEARCH_POSTGRES_                                                                \
	"(SELECT id FROM search_text WHERE words @@ CAST(split_part($1, chr(10), 1) AS" \
	" tsquery) AND " SEARCH_PHRASES_ ") AS hit"
/* The same where few are expected: from the index of words, whatever the server thinks. */
#define SEARCH_SELDOM_                                                                      \
	"(SELECT id + 0 AS id FROM search_text WHERE words @@ CAST((SELECT split_part($1, " \
	"chr(10), 1)) AS tsquery) AND " SEARCH_PHRASES_ " ORDER BY 1 DESC OFFSET 0) AS hit"
#define SEARCH_PHRASES_ "(strpos($1, chr(10)) = 0 OR search_phrases(words, title, body, $1))"
