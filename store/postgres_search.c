/* The index is a tsvector under GIN, made of our own words: the server's parser and dictionaries see
 * nothing, so that both engines find the same. Each word of the title stands in it as `tWORD`, and each
 * word of title or body as `aWORD`; one expression then says both tiers. It has no positions, because
 * PostgreSQL keeps 256 of a word and none beyond the 16,383rd: a phrase is looked for in the texts
 * themselves, of which the index has already picked those with all its words.
 *
 * The expression: a line of tsquery; where there are phrases also a line with the words of the title
 * that would put a text in the other tier, and a line for each phrase. */
#include "store/postgres.h"

/* The server takes a megabyte at most. What comes after that much text is not found. */
enum { MOST_BYTES = 900000 };

const struct migration postgres_migrations[] = {
	{ "postgres/0001-search",
	  S_INIT("CREATE TABLE search_text (id BIGINT PRIMARY KEY, title TEXT COLLATE \"C\" NOT "
		 "NULL,"
		 " body TEXT COLLATE \"C\" NOT NULL, words tsvector NOT NULL);"
		 "CREATE INDEX search_text_words ON search_text USING gin (words);"
		 "CREATE FUNCTION search_phrases(words tsvector, title text, body text, said text)"
		 " RETURNS boolean LANGUAGE sql IMMUTABLE AS '"
		 "SELECT bool_and(strpos(title, p) > 0 OR (elsewhere <> '''' AND strpos(body, p) > "
		 "0))"
		 " AND NOT (elsewhere <> '''' AND bool_and(strpos(title, p) > 0)"
		 " AND words @@ CAST(NULLIF(elsewhere, '''') AS tsquery))"
		 " FROM (SELECT split_part(said, chr(10), 2) AS elsewhere) AS tier,"
		 " unnest((string_to_array(said, chr(10)))[3:]) AS p GROUP BY elsewhere, "
		 "words';") },
	/* See postgres_mark.c. Rows are changed in place all the time. */
	{ "postgres/0002-commit-mark",
	  S_INIT("CREATE TABLE commit_mark (writer TEXT COLLATE \"C\" PRIMARY KEY, mark BIGINT NOT"
		 " NULL, made_at TIMESTAMPTZ NOT NULL DEFAULT clock_timestamp())"
		 " WITH (fillfactor = 50);") },
	/* Whoever wants one row is led through the table from its beginning: of a frequent word soon done,
	 * of one that stands nowhere the longest way there is. */
	{ "postgres/0003-search-has",
	  S_INIT("CREATE FUNCTION search_has(word tsquery) RETURNS boolean LANGUAGE sql STABLE"
		 " SET enable_seqscan = off AS"
		 " 'SELECT EXISTS (SELECT 1 FROM search_text WHERE words @@ word)';") },
	{ 0 },
};

/* The words hold letters and digits only, hence no quotation mark could end the string early. */
static void put_words(struct buf *b, const struct search *s, char where)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct search_term *t = &s->terms[i];
		for (size_t k = 0; k < t->words.n; k++) {
			bool goes_on = t->prefix && k + 1 == t->words.n;
			buf_printf(b, "%s'%c%.*s'%s", i || k ? " & " : "", where,
				   STR_ARG(t->words.at[k]), goes_on ? ":*" : "");
		}
	}
}

static void put_phrases(struct buf *b, const struct search *s)
{
	for (size_t i = 0; i < s->n; i++) {
		const struct search_term *t = &s->terms[i];
		if (t->words.n < 2)
			continue;
		buf_putc(b, '\n');
		for (size_t k = 0; k < t->words.n; k++) {
			buf_putc(b, ' ');
			buf_put(b, t->words.at[k]);
		}
		if (!t->prefix)
			buf_putc(b, ' ');
	}
}

struct str postgres_search_expression(struct arena *a, const struct search *s, bool in_title)
{
	struct buf b = { .a = a };
	bool phrases = false;

	for (size_t i = 0; i < s->n; i++)
		phrases |= s->terms[i].words.n > 1;
	put_words(&b, s, in_title ? 't' : 'a');
	if (!phrases) {
		if (!in_title) {
			buf_put(&b, S(" & !("));
			put_words(&b, s, 't');
			buf_putc(&b, ')');
		}
		return buf_str(&b);
	}
	buf_putc(&b, '\n');
	if (!in_title)
		put_words(&b, s, 't');
	put_phrases(&b, s);
	return buf_str(&b);
}

/* The server counts how frequent the most frequent words are, takes all others for as frequent as the last of
 * these, and supposes that words know nothing of each other. It then goes through the texts from the newest on
 * and expects to be done soon; of a word that is rare, or of frequent ones that never stand together, it
 * goes through all. So the newest are asked first: where next to none matches, the index of words is
 * the better way. */
#define NEWEST(columns, n) \
	"(SELECT " columns " FROM search_text ORDER BY id DESC LIMIT " n ") AS newest"

enum err postgres_search_seldom(struct tx *tx, struct str expression, bool *out)
{
	struct query q = db_query(
		tx, "SELECT count(*) FROM (SELECT 1 FROM " NEWEST(
			    "words, title, body",
			    "4000") " WHERE words @@ CAST(split_part($1, chr(10), 1) AS"
				    " tsquery) AND " SEARCH_PHRASES_ " LIMIT 20) AS found");
	BIND(&q, expression);
	enum err e = db_one(&q);
	if (!e)
		*out = col_int(&q, 0) < 20;
	return e;
}

enum err postgres_search_has(struct tx *tx, const struct search *s, bool *out)
{
	struct buf words = { .a = tx->mem };

	put_words(&words, s, 'a');
	struct query q = db_query(
		tx,
		"SELECT CASE WHEN EXISTS (SELECT 1 FROM " NEWEST(
			"words", "1000") " WHERE words @@ CAST($1 AS tsquery)) THEN 1"
					 " ELSE CAST(search_has(CAST($1 AS tsquery)) AS INT) END");
	BIND(&q, buf_str(&words));
	enum err e = db_one(&q);
	if (!e)
		*out = col_int(&q, 0) == 1;
	return e;
}

static void put_marked(struct buf *b, struct str text, char where)
{
	struct str word;

	while (b->len < MOST_BYTES && str_next(&text, ' ', &word))
		if (word.len)
			buf_printf(b, "%s%c%.*s", b->len ? " " : "", where, STR_ARG(word));
}

enum err postgres_search_remove(struct tx *tx, int64_t id)
{
	struct query q = db_query(tx, "DELETE FROM search_text WHERE id = $1");
	BIND(&q, id);
	return db_exec(&q);
}

enum err postgres_search_put(struct tx *tx, int64_t id, struct str title, struct str body)
{
	struct buf words = { .a = tx->mem };

	put_marked(&words, title, 't');
	put_marked(&words, title, 'a');
	put_marked(&words, body, 'a');
	struct query q = db_query(
		tx, "INSERT INTO search_text (id, title, body, words) VALUES ($1, ' ' || $2 || ' ',"
		    " ' ' || $3 || ' ', array_to_tsvector(string_to_array($4, ' ')))"
		    " ON CONFLICT (id) DO UPDATE SET title = excluded.title, body = excluded.body,"
		    " words = excluded.words");
	BIND(&q, id, title, body, buf_str(&words));
	return db_exec(&q);
}
