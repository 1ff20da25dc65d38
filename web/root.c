/* After a reform the root has ended: whoever answers for it today stands for it. */
#include "web/root.h"

#include "office/site.h"

enum err req_root(struct req *r, struct unit *out)
{
	int64_t id, heir;
	struct date today = tx_today(&r->tx);
	enum err e = site_root(&r->tx, &id);
	if (e || (e = unit_heir(&r->tx, id, today, &heir)))
		return e;
	return unit_find(&r->tx, heir ? heir : id, today, out);
}
