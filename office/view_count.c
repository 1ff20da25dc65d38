#include "office/view_count.h"

enum err view_count_add(struct tx *tx, int64_t dossier, int64_t n)
{
	struct query q =
		db_query(tx, "INSERT INTO view_count (dossier, n) VALUES ($1, $2)"
			     " ON CONFLICT (dossier) DO UPDATE SET n = view_count.n + excluded.n");
	BIND(&q, dossier, n);
	return db_exec(&q);
}

enum err view_count_of(struct tx *tx, int64_t dossier, int64_t *out)
{
	struct query q = db_query(tx, "SELECT n FROM view_count WHERE dossier = $1");
	BIND(&q, dossier);
	enum err e = db_one(&q);
	*out = e ? 0 : col_int(&q, 0);
	return e == ERR_NOT_FOUND ? OK : e;
}
