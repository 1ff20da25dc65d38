#include "office/copy_mark.h"

#define SOURCE ".source"
#define TARGET ".target"
#define COPIED ".copied"

/* --- Rows of copy_progress --- */

static struct bytes bytes_dup(struct arena *a, struct bytes b)
{
	if (!b.at)
		return b;
	struct str s = str_dup(a, (struct str){ b.at, b.len });
	return (struct bytes){ s.at, s.len };
}

enum err copy_progress_read(struct tx *tx, struct arena *a, const char *table,
			    struct copy_progress *out)
{
	struct query q =
		db_query(tx, "SELECT copied, after_key, done FROM copy_progress WHERE name = $1");
	BIND(&q, str_of(table));
	enum err e = db_one(&q);
	*out = (struct copy_progress){ 0 };
	if (!e)
		*out = (struct copy_progress){ col_int(&q, 0), bytes_dup(a, col_bytes(&q, 1)),
					       col_bool(&q, 2) };
	return e == ERR_NOT_FOUND ? OK : e;
}

enum err copy_progress_write(struct tx *tx, const char *table, const struct copy_progress *p)
{
	struct query q = db_query(
		tx, "INSERT INTO copy_progress (name, copied, after_key, done) VALUES ($1, $2, $3, "
		    "$4) ON CONFLICT (name) DO UPDATE SET copied = excluded.copied, after_key ="
		    " excluded.after_key, done = excluded.done");
	BIND(&q, str_of(table), p->copied, p->after, p->done);
	return db_exec(&q);
}

/* --- Marks --- */

static enum err read_mark(struct tx *tx, struct arena *a, const char *name, struct str *out)
{
	struct copy_progress p;
	enum err e = copy_progress_read(tx, a, name, &p);
	*out = p.after.at ? (struct str){ p.after.at, p.after.len } : S("");
	return e;
}

static enum err read_some(struct tx *tx, bool *out)
{
	struct query q = db_query(tx, "SELECT EXISTS (SELECT 1 FROM copy_progress"
				      " WHERE name NOT IN ($1, $2, $3))");
	BIND(&q, S(SOURCE), S(TARGET), S(COPIED));
	enum err e = db_one(&q);
	*out = !e && col_bool(&q, 0);
	return e;
}

enum err copy_marks_read(struct tx *tx, struct arena *a, struct copy_marks *out)
{
	enum err e;
	if ((e = read_mark(tx, a, SOURCE, &out->source)) ||
	    (e = read_mark(tx, a, TARGET, &out->target)) ||
	    (e = read_mark(tx, a, COPIED, &out->copied)))
		return e;
	return read_some(tx, &out->some);
}

struct str copy_objection(const struct copy_marks *from, const struct copy_marks *to, bool empty)
{
	bool same = str_eq(from->source, to->target);
	if (from->target.len)
		return S("the source is itself a copy that was not finished");
	if (from->source.len && str_eq(from->source, to->copied))
		return S("this copy is finished: serve the target; the source stays closed");
	if (to->source.len)
		return S("the target was itself copied elsewhere; choose another");
	if (!to->target.len && !empty)
		return S("the target is not empty: choose a new database or schema, or a new "
			 "folder");
	if (!to->target.len && from->source.len)
		return S("the source is closed: it was copied into another database, or is being "
			 "copied there. To begin anew, delete that copy and say dinh copy "
			 "--give-back --from ...");
	if (from->source.len ? to->target.len && !same : to->target.len && to->some)
		return S("the target holds an unfinished copy, and the source has been written on "
			 "since or is another one: empty the target and begin anew");
	return S("");
}

static enum err put_mark(struct tx *tx, const char *name, struct str mark)
{
	return copy_progress_write(tx, name,
				   &(struct copy_progress){ .after = { mark.at, mark.len } });
}

enum err copy_mark_target(struct tx *tx, struct str mark)
{
	return put_mark(tx, TARGET, mark);
}

enum err copy_mark_source(struct tx *tx, struct str mark)
{
	return put_mark(tx, SOURCE, mark);
}

enum err copy_finish(struct tx *tx)
{
	struct query rest = db_query(tx, "DELETE FROM copy_progress WHERE name <> $1");
	BIND(&rest, S(TARGET));
	enum err e = db_exec(&rest);
	if (e)
		return e;
	struct query q = db_query(tx, "UPDATE copy_progress SET name = $2 WHERE name = $1");
	BIND(&q, S(TARGET), S(COPIED));
	return db_exec(&q);
}

enum err copy_give_back(struct tx *tx)
{
	struct query q = db_query(tx, "DELETE FROM copy_progress WHERE name = $1");
	BIND(&q, S(SOURCE));
	enum err e = db_exec(&q);
	return e ? e : db_changes(&q) ? OK : tx_fail(tx, ERR_NOT_FOUND, "this site is not closed");
}

/* --- To others --- */

enum err copy_state(struct tx *tx, enum copy_state *out)
{
	struct query q = db_query(tx, "SELECT name FROM copy_progress WHERE name IN ($1, $2)"
				      " ORDER BY name LIMIT 1");
	BIND(&q, S(SOURCE), S(TARGET));
	enum err e = db_one(&q);
	if (!e)
		*out = str_eq(col_str(&q, 0), S(SOURCE)) ? COPY_SOURCE : COPY_TARGET;
	else if (e == ERR_NOT_FOUND)
		*out = COPY_NONE;
	return e == ERR_NOT_FOUND ? OK : e;
}

struct str copy_refusal(enum copy_state state)
{
	switch (state) {
	case COPY_NONE:
		break;
	case COPY_SOURCE:
		return S("this site was copied into another database, or is being copied: serve "
			 "that one. To give the copy up and go on with this one, delete the copy "
			 "and say dinh copy --give-back --from ...");
	case COPY_TARGET:
		return S("a copy into this database has not been finished: say dinh copy again");
	}
	return S("");
}
