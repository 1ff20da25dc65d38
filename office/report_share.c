#include "office/report_share.h"

#include "office/report_sql.h"
#include "office/unit_memory.h"

enum { KEYS = MEASURE_PARTS * 3 };

static int64_t as_number(const struct report_month *m)
{
	return (int64_t)m->year * 100 + m->month;
}

/* Which keys of tallies are in time, and which are all that fell due. */
struct share_keys {
	struct str at[KEYS];
	bool is_of[KEYS];
	size_t n;
};

static void add_rule(struct arena *a, struct str rule, struct share_keys *out)
{
	static const char *const outcomes[] = { "", ".met", ".nil" };
	for (size_t i = 0; i < out->n; i++)
		if (str_eq(out->at[i], report_due_key(a, rule, "")))
			return; /* another kind owes by it too */
	for (size_t i = 0; i < LENGTH(outcomes) && out->n < KEYS; i++) {
		out->is_of[out->n] = i == 0;
		out->at[out->n++] = report_due_key(a, rule, outcomes[i]);
	}
}

static void find_keys(struct tx *tx, struct str code, struct share_keys *out)
{
	*out = (struct share_keys){ .n = 0 };
	for (const struct kind *const *k = tx->office->kinds; *k; k++)
		for (const struct measure *m = (*k)->indicators; m && m->code; m++)
			for (size_t i = 0; str_eq(str_of(m->code), code) && i < MEASURE_PARTS; i++)
				if (m->parts[i].from == COUNT_DUTIES)
					add_rule(tx->mem, str_of(m->parts[i].key), out);
	for (size_t i = out->n; i < KEYS; i++)
		out->at[i] = S("");
}

/* $1 unit, $2 today, $3..$4 months, $5.. keys. Units without tallies, most villages, are left out
 * before anything is looked up for them. */
static enum err count(struct tx *tx, int64_t unit, const struct share_keys *keys,
		      struct report_month out[REPORT_MONTHS])
{
	struct query q = db_query(
		tx, "WITH below AS MATERIALIZED (SELECT a.unit AS unit FROM unit_ancestor a"
		    " WHERE a.ancestor = $1 AND a.way <= 1 AND a.valid_from <= $2"
		    " AND a.valid_to >= $2 AND EXISTS (SELECT 1 FROM tally x"
		    " WHERE x.unit = a.unit)), k (tally_key) AS (VALUES ($5), ($6), ($7), ($8),"
		    " ($9), ($10), ($11), ($12), ($13), ($14), ($15), ($16), ($17), ($18), ($19),"
		    " ($20), ($21), ($22)) SELECT t.month, t.tally_key, CAST(SUM(t.n) AS BIGINT)"
		    " FROM below b CROSS JOIN k CROSS JOIN tally t WHERE t.unit = b.unit"
		    " AND t.tally_key = k.tally_key AND t.month BETWEEN $3 AND $4"
		    " GROUP BY t.month, t.tally_key");
	BIND(&q, unit, tx_today(tx), as_number(&out[0]), as_number(&out[REPORT_MONTHS - 1]));
	for (size_t i = 0; i < KEYS; i++)
		db_bind_str(&q, keys->at[i]);
	while (db_next(&q)) {
		struct str key = col_str(&q, 1);
		for (size_t m = 0; m < REPORT_MONTHS; m++)
			for (size_t i = 0; i < keys->n && as_number(&out[m]) == col_int(&q, 0); i++)
				if (str_eq(keys->at[i], key))
					*(keys->is_of[i] ? &out[m].value.of : &out[m].value.n) +=
						col_int(&q, 2);
	}
	return q.err;
}

static enum err count_months(struct tx *tx, int64_t unit, struct str code,
			     struct report_month out[REPORT_MONTHS])
{
	struct ymd now = date_ymd(tx_today(tx));
	struct date first = date_add_months(date_year_start(now.year), now.month - 1);
	struct share_keys keys;
	for (int i = 0; i < REPORT_MONTHS; i++) {
		struct ymd month = date_ymd(date_add_months(first, i - REPORT_MONTHS));
		out[i] = (struct report_month){ .year = month.year, .month = month.month };
	}
	find_keys(tx, code, &keys);
	return count(tx, unit, &keys, out);
}

static enum err count_share(struct tx *tx, const struct unit *u, const struct measure *m,
			    const struct report_span *span, struct report_share *out)
{
	struct report report;
	struct str code = str_of(m->code);
	enum err e = report_make(tx, u, span, code, &report);
	if (e)
		return e;
	*out = (struct report_share){ .span = *span, .known_before = report.known_before };
	out->line = *report_line(&report, code);
	return count_months(tx, u->id, code, out->months);
}

static bool is_fresh(const struct tx *tx, const struct unit *u, const struct report_share *kept,
		     int64_t act)
{
	enum { KEPT_MS = 10000 };
	int64_t age = tx->now.ms - kept->counted_at.ms;

	return kept->at == act || (age >= 0 && age < KEPT_MS && u->level < LEVEL_COMMUNE);
}

enum err report_share_of(struct tx *tx, const struct unit *u, const struct measure *m,
			 const struct report_span *span, struct report_share *out)
{
	struct arena *a;
	struct unit_known *known = unit_known(tx, u->id, tx_today(tx), &a);
	int64_t act = known ? act_newest(tx) : 0;
	struct report_share *kept = known ? known->share : NULL;
	if (act && kept && kept->span.year == span->year && kept->line.measure == m &&
	    is_fresh(tx, u, kept, act)) {
		*out = *kept;
		return OK;
	}
	enum err e = count_share(tx, u, m, span, out);
	if (e || !act)
		return e;
	out->at = act;
	out->counted_at = tx->now;
	if (!kept)
		kept = known->share = NEW(a, struct report_share);
	*kept = *out;
	return OK;
}
