/* The index is FTS5's, with external content because this SQLite cannot delete from an index without
 * it. The text arrives folded and split; the tokenizer `ascii` takes every byte above 127 for part of
 * a word, so that the blanks we put in are all it can split at. The order of results is that of rowid
 * and nothing is ranked, hence no column sizes. Prefixes of two and three signs have lists of their
 * own: without them, a short prefix would merge the lists of thousands of words. */
#include "store/sqlite.h"

const struct migration sqlite_migrations[] = {
	{ "sqlite/0001-search",
	  S_INIT("CREATE TABLE search_text (id INTEGER PRIMARY KEY, title TEXT NOT NULL,"
		 " body TEXT NOT NULL);"
		 "CREATE VIRTUAL TABLE search_index USING fts5(title, body, content = "
		 "'search_text',"
		 " content_rowid = 'id', columnsize = 0, prefix = '2 3', tokenize = 'ascii');") },
	{ 0 },
};

/* The words hold letters and digits only, hence no quotation mark could end the string early. */
static void put_term(struct buf *b, const struct search_term *t)
{
	buf_putc(b, '"');
	for (size_t i = 0; i < t->words.n; i++) {
		if (i)
			buf_putc(b, ' ');
		buf_put(b, t->words.at[i]);
	}
	buf_put(b, t->prefix ? S("\" *") : S("\""));
}

static void put_terms(struct buf *b, const struct search *s)
{
	buf_putc(b, '(');
	for (size_t i = 0; i < s->n; i++) {
		if (i)
			buf_put(b, S(" AND "));
		put_term(b, &s->terms[i]);
	}
	buf_putc(b, ')');
}

struct str sqlite_search_expression(struct arena *a, const struct search *s, bool in_title)
{
	struct buf b = { .a = a };

	if (!in_title) {
		put_terms(&b, s);
		buf_put(&b, S(" NOT "));
	}
	buf_put(&b, S("{title} : "));
	put_terms(&b, s);
	return buf_str(&b);
}

enum err sqlite_search_has(struct tx *tx, const struct search *s, bool *out)
{
	struct buf b = { .a = tx->mem };

	put_terms(&b, s);
	struct query q = db_query(
		tx, "SELECT EXISTS (SELECT 1 FROM search_index WHERE search_index MATCH $1)");
	BIND(&q, buf_str(&b));
	enum err e = db_one(&q);
	if (!e)
		*out = col_int(&q, 0) == 1;
	return e;
}

/* The index forgets a text only when it is told the text again. Most texts are new, and asking first
 * is cheaper by half than deleting nothing. */
enum err sqlite_search_remove(struct tx *tx, int64_t id)
{
	struct query known = db_query(tx, "SELECT 1 FROM search_text WHERE id = $1");
	BIND(&known, id);
	enum err e = db_one(&known);
	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	struct query gone =
		db_query(tx, "INSERT INTO search_index (search_index, rowid, title, body)"
			     " SELECT 'delete', id, title, body FROM search_text"
			     " WHERE id = $1");
	BIND(&gone, id);
	if ((e = db_exec(&gone)))
		return e;
	struct query q = db_query(tx, "DELETE FROM search_text WHERE id = $1");
	BIND(&q, id);
	return db_exec(&q);
}

enum err sqlite_search_put(struct tx *tx, int64_t id, struct str title, struct str body)
{
	enum err e = sqlite_search_remove(tx, id);
	if (e)
		return e;
	struct query q =
		db_query(tx, "INSERT INTO search_text (id, title, body) VALUES ($1, $2, $3)");
	BIND(&q, id, title, body);
	if ((e = db_exec(&q)))
		return e;
	struct query put = db_query(tx, "INSERT INTO search_index (rowid, title, body)"
					" VALUES ($1, $2, $3)");
	BIND(&put, id, title, body);
	return db_exec(&put);
}
