#include "office/sender.h"

#include "office/person.h"

static int64_t signed_in(const struct tx *tx)
{
	return tx->who ? tx->who->person : 0;
}

enum err sender_fill(struct tx *tx, struct str *name, struct str *address, struct str *contact)
{
	struct person_private p;
	if (!signed_in(tx))
		return OK;
	enum err e = person_private_load(tx, tx->who->person, &p);
	if (e)
		return e;
	*name = tx->who->name;
	*contact = p.phone;
	if (address)
		*address = p.address;
	return OK;
}

enum err sender_is_full(struct tx *tx, const struct kind *kind, unsigned states, bool *full)
{
	*full = false;
	if (!signed_in(tx))
		return OK;
	struct query q =
		db_query(tx, "SELECT COUNT(*) FROM (SELECT 1 FROM dossier WHERE author = $1"
			     " AND author <> 0 AND kind = $2 AND (state & $3) <> 0"
			     " LIMIT $4) AS waiting");
	BIND(&q, signed_in(tx), str_of(kind->name), (int64_t)states, (int64_t)SENDER_OPEN_MOST);
	enum err e = db_one(&q);
	*full = !e && col_int(&q, 0) == SENDER_OPEN_MOST;
	return e;
}
