/* What is counted has a number. Whoever makes a kind count more, or otherwise, adds one to it; sites then
 * count anew when they are next opened for writing (main/home.c). */
#include "office/recount.h"

#include "office/refold.h"
#include "office/site.h"
#include "office/tally.h"

#define COUNTS "office.counts"

/* 1: before there were figures; 2: duties by the month in which they fall due, figures; 3: years;
 * 4: without petition.sent_round, which nothing read; complaints suspended when their day was over;
 * 5: what the statutory tables of receptions and petitions count;
 * 6: matters whose sphere nobody has said;
 * 7: denunciations overdue and those denounced again, judgments, replies, letters that urge. */
enum { COUNTS_NOW = 7 };

enum err recount_needed(struct tx *tx, bool *out)
{
	struct str counts;
	int64_t n = 1;
	enum err e = site_get(tx, COUNTS, &counts);
	if (e)
		return e;
	*out = !str_int(counts, &n) || n != COUNTS_NOW;
	return OK;
}

enum err recount_refuse(struct tx *tx)
{
	bool needed = false;
	enum err e = recount_needed(tx, &needed);
	return e || !needed ? e
			    : tx_fail(tx, ERR_CONFLICT,
				      "an earlier program kept this site: open it once with "
				      "dinh serve, which counts anew, and ask again then");
}

static enum err count_one(void *calendars, struct tx *tx, int64_t id)
{
	struct dossier *d;
	struct acts acts;
	struct fold f;
	enum err e = dossier_load(tx, id, &d);
	if (e || (e = act_list(tx, d, &acts)))
		return e;
	if ((e = refold(tx, calendars, d, &acts, tx->mem, &f)))
		return tx_fail(tx, e, "%.*s: %.*s", STR_ARG(d->code), STR_ARG(f.why));
	return tally_add(tx, &f);
}

enum err recount_done(struct tx *tx)
{
	return site_set(tx, COUNTS, str_printf(tx->mem, "%d", COUNTS_NOW));
}

enum err recount(struct tx *tx, void (*progress)(int64_t done, int64_t all))
{
	struct calendar_history calendars;
	enum err e = calendar_history(tx, &calendars);
	if (e)
		return e;
	struct query tallies = db_query(tx, "DELETE FROM tally");
	struct query years = db_query(tx, "DELETE FROM tally_year");
	struct query figures = db_query(tx, "DELETE FROM figure");
	if ((e = db_exec(&tallies)) || (e = db_exec(&years)) || (e = db_exec(&figures)) ||
	    (e = refold_each(tx, count_one, &calendars, progress)))
		return e;
	return recount_done(tx);
}
