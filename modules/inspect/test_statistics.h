/* For tests of the statutory tables: a table made, its sums and its lists checked, complaints decided. */
#pragma once

#include "modules/inspect/statistic_tables.h"
#include "modules/inspect/test_denunciation.h"

static inline const struct stat_table *table(const char *code)
{
	for (int i = 0; i < STATISTIC_TABLES; i++)
		if (str_eq(str_of(code), str_of(statistic_tables[i].code)))
			return &statistic_tables[i];
	FAIL("no table %s", code);
	return NULL;
}

static inline struct stat made(struct tx *tx, const char *code, int64_t unit, const char *first,
			       const char *last)
{
	struct stat x;
	struct unit u;
	CHECK_INT(unit_find(tx, unit, test_date(last), &u), OK);
	CHECK_INT(stat_make(tx, table(code), &u, test_date(first), test_date(last), &x), OK);
	return x;
}

/* What a cell lists adds up to it. */
static inline void check_lists(struct tx *tx, const struct stat *x)
{
	for (int c = 1; c <= x->table->n; c++)
		for (int k = 0; k < STAT_SPANS; k++) {
			struct stat_filter f = {
				.stat = x, .column = c, .span = (enum stat_span)k, .limit = 2
			};
			struct report_entries rows = { .more = true };
			int64_t sum = 0, secret;
			while (rows.more) {
				if (stat_list(tx, &f, &rows))
					FAIL("%s", tx->why);
				for (size_t i = 0; i < rows.n; i++) {
					sum += rows.at[i].dossier.n;
					f.after_unit = rows.at[i].dossier.unit;
					f.after_id = rows.at[i].dossier.id;
				}
			}
			CHECK_INT(stat_secret(tx, &f, &secret), OK);
			if (sum + secret != x->values[k][c - 1])
				FAIL("%s column %d: lists %d of %d", x->table->code, c, (int)sum,
				     (int)x->values[k][c - 1]);
		}
}

static inline void check_sums(const struct stat *x, const int64_t *values)
{
	for (const struct stat_identity *i = x->table->identities; i->left; i++)
		if (!stat_holds(i, values))
			FAIL("%s: the sum of column %d does not hold", x->table->code, i->left);
}

/* The whole row of a table, column by column. */
static inline void check_row(struct tx *tx, const char *code, int64_t unit, const char *first,
			     const char *last, enum stat_span span, const int *expected)
{
	struct stat x = made(tx, code, unit, first, last);
	for (int c = 0; c < stat_printed(x.table); c++)
		if (x.values[span][c] != expected[c])
			FAIL("%s column %d of %s: %d instead of %d", code, c + 1, first,
			     (int)x.values[span][c], expected[c]);
	check_sums(&x, x.values[STAT_PERIOD]);
	check_sums(&x, x.values[STAT_YEAR]);
	for (size_t i = 0; i < x.rows.n; i++)
		check_sums(&x, x.rows.at[i].values[STAT_PERIOD]);
	check_lists(tx, &x);
}

static inline void order(struct tx *tx, struct dossier *d, const struct member *who,
			 const char *step, struct petition form, const char *how, const char *on)
{
	form.decision = str_of(how);
	form.number = S("12/QĐ-UBND");
	form.answer = S("Đã xem xét nội dung khiếu nại và quyết định như sau.");
	form.files = small_site_file(tx, "quyet-dinh.pdf");
	small_site_done(tx, d, who, step, &form, on);
}

static inline void decide(struct tx *tx, struct dossier *d, const struct member *who,
			  const char *step, const char *how, const char *on)
{
	order(tx, d, who, step, blank(), how, on);
}

static inline struct dossier *ordered(struct tx *tx, struct petition amounts, const char *how,
				      const char *came, const char *taken, const char *on,
				      const char *sent_on)
{
	struct dossier *d = sent(tx, "complaint", came);
	struct petition form = blank();
	small_site_done(tx, d, &s.leader, "accept", &form, taken);
	order(tx, d, &s.leader, "decide", amounts, how, on);
	small_site_done(tx, d, &s.clerk, "send_decision", NULL, sent_on);
	return d;
}

static inline struct dossier *decided(struct tx *tx, const char *how, const char *came,
				      const char *taken, const char *on)
{
	return ordered(tx, blank(), how, came, taken, on, on);
}
