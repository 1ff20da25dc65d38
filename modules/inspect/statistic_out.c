/* A row for each unit and column, so that programs need not know how many columns a table has. */
#include "base/csv.h"
#include "base/json.h"
#include "modules/inspect/statistic_pages.h"

/* Of a column without a source the cell is empty: 0 means that it was counted and there is none. */
static void csv_value(struct csv_writer *w, const struct stat_column *c, int64_t n)
{
	if (stat_is_known(c))
		csv_put_int(w, n);
	else
		csv_put(w, S(""));
}

static void csv_unit(struct csv_writer *w, enum lang lang, const struct stat *s,
		     const struct unit *u, int64_t *const *values)
{
	struct arena *a = w->out->a;
	for (int c = 0; c < stat_printed(s->table); c++) {
		csv_put(w, u ? u->code : S(""));
		csv_put(w, u ? unit_heading(a, u, lang) : msg_plain(lang, MSG_STATISTICS_REST));
		csv_put_int(w, c + 1);
		csv_put(w, statistic_column_words(a, lang, &s->table->columns[c]));
		for (int k = 0; k < STAT_SPANS; k++)
			csv_value(w, &s->table->columns[c], values[k][c]);
		csv_end_row(w);
	}
}

void statistic_csv(struct buf *out, enum lang lang, const struct stat *s)
{
	static const char *const heads[] = { "unit",  "unit_name", "column",
					     "title", "in_period", "since_january" };
	struct csv_writer w;
	csv_begin(&w, out, ',', true);
	for (size_t i = 0; i < LENGTH(heads); i++)
		csv_put(&w, str_of(heads[i]));
	csv_end_row(&w);
	csv_unit(&w, lang, s, &s->unit, s->values);
	for (size_t i = 0; i < s->rows.n; i++)
		csv_unit(&w, lang, s, &s->rows.at[i].unit, s->rows.at[i].values);
	if (s->rows.n)
		csv_unit(&w, lang, s, NULL, s->rest.values);
}

static void json_values(struct buf *out, const struct stat *s, int64_t *const *values)
{
	static const char *const spans[] = { "in_period", "since_january" };
	for (int k = 0; k < STAT_SPANS; k++) {
		json_key(out, spans[k]);
		buf_putc(out, '[');
		for (int c = 0; c < stat_printed(s->table); c++) {
			json_comma(out);
			if (stat_is_known(&s->table->columns[c]))
				buf_put_int(out, values[k][c]);
			else
				buf_put(out, S("null"));
		}
		buf_putc(out, ']');
	}
}

static void json_unit(struct buf *out, enum lang lang, const struct stat *s, const struct unit *u,
		      int64_t *const *values)
{
	json_comma(out);
	buf_putc(out, '{');
	json_key_str(out, "code", u->code);
	json_key_str(out, "name", unit_heading(out->a, u, lang));
	json_values(out, s, values);
	buf_putc(out, '}');
}

static void json_columns(struct buf *out, enum lang lang, const struct stat *s)
{
	json_key(out, "columns");
	buf_putc(out, '[');
	for (int c = 0; c < stat_printed(s->table); c++) {
		const struct stat_column *column = &s->table->columns[c];
		json_comma(out);
		buf_putc(out, '{');
		json_key_int(out, "column", c + 1);
		json_key_str(out, "title", statistic_column_words(out->a, lang, column));
		json_key_bool(out, "known", stat_is_known(column));
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

static void json_sums(struct buf *out, const struct stat *s)
{
	json_key(out, "sums");
	buf_putc(out, '[');
	for (const struct stat_identity *i = s->table->identities; i->left; i++) {
		json_comma(out);
		buf_putc(out, '{');
		json_key_str(out, "sum", statistic_sum_words(out->a, i));
		json_key_bool(out, "holds", stat_holds(i, s->values[STAT_PERIOD]));
		json_key_bool(out, "holds_since_january", stat_holds(i, s->values[STAT_YEAR]));
		buf_putc(out, '}');
	}
	buf_putc(out, ']');
}

void statistic_json(struct buf *out, enum lang lang, const struct stat *s)
{
	buf_putc(out, '{');
	json_key_str(out, "table", str_of(s->table->code));
	json_key_str(out, "title", msg_plain(lang, s->table->title));
	json_key_date(out, "first", s->first[STAT_PERIOD]);
	json_key_date(out, "last", s->last);
	json_key_date(out, "tree", s->tree);
	json_columns(out, lang, s);
	json_sums(out, s);
	json_key(out, "units");
	buf_putc(out, '[');
	json_unit(out, lang, s, &s->unit, s->values);
	for (size_t i = 0; i < s->rows.n; i++)
		json_unit(out, lang, s, &s->rows.at[i].unit, s->rows.at[i].values);
	buf_putc(out, ']');
	json_key(out, "rest");
	buf_putc(out, '{');
	json_values(out, s, s->rest.values);
	buf_put(out, S("}}\n"));
}
