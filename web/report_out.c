/* Both walk the same rows: the unit itself and those beneath it; JSON says the rest as well, so that its
 * parts are the whole. What does not apply is null in JSON and empty in CSV; it is never a zero. */
#include "web/report_out.h"

#include "base/csv.h"
#include "base/json.h"

static const char *const columns[REPORT_COLUMNS] = { "period", "to_date", "before",
						     "before_to_date" };
static const char *const hows[] = { "sum", "in_time", "all", "any" };
static const char *const covers[REPORT_COVERS] = { "communes", "agencies", "enterprises" };

static bool known(const struct report *r, const struct report_line *l, int column)
{
	return (column < REPORT_BEFORE || r->known_before) && l->applies[column];
}

/* "89.6": for programs, whatever the language. */
static void put_percent(struct buf *out, struct report_value v)
{
	int64_t tenths = report_share(v);
	buf_put_int(out, tenths / 10);
	buf_putc(out, '.');
	buf_put_int(out, tenths % 10);
}

/* --- JSON --- */

static void put_value(struct buf *out, const char *key, bool is_known, const struct report_line *l,
		      struct report_value v)
{
	json_key(out, key);
	if (!is_known) {
		buf_put(out, S("null"));
		return;
	}
	buf_putc(out, '{');
	json_key_int(out, "n", v.n);
	if (l->measure->how != MEASURE_SUM) {
		json_key_int(out, "of", v.of);
		json_key(out, "percent");
		if (v.of)
			put_percent(out, v);
		else
			buf_put(out, S("null"));
	}
	buf_putc(out, '}');
}

static void put_cover(struct buf *out, const struct report_cover *cover)
{
	json_key(out, "coverage");
	buf_putc(out, '{');
	for (int i = 0; i < REPORT_COVERS; i++) {
		json_key(out, covers[i]);
		buf_putc(out, '{');
		json_key_int(out, "owing", cover[i].owing);
		json_key_int(out, "answered", cover[i].answered);
		buf_putc(out, '}');
	}
	buf_putc(out, '}');
}

static void put_unit(struct buf *out, enum lang lang, const struct unit *u)
{
	json_key_str(out, "code", u->code);
	json_key_str(out, "name", unit_title(out->a, u, lang));
}

static void put_line(struct buf *out, enum lang lang, const struct report *r,
		     const struct report_line *l)
{
	json_comma(out);
	buf_putc(out, '{');
	json_key_str(out, "code", l->code);
	json_key_str(out, "section", report_section(lang, l));
	json_key_str(out, "title", report_title(out->a, lang, l));
	json_key_str(out, "measure", l->law ? l->law->unit : S("count"));
	json_key_str(out, "how", str_of(hows[l->measure->how]));
	json_key_date(out, "since", l->since);
	json_key_date(out, "until", l->until);
	json_key_date(out, "counted_to", l->counted_to);
	for (int c = 0; c < REPORT_COLUMNS; c++)
		put_value(out, columns[c], known(r, l, c), l, l->value[c]);
	buf_putc(out, '}');
}

static void put_figures(struct buf *out, const struct report *r, const struct report_row *row)
{
	put_cover(out, row->cover);
	json_key(out, "indicators");
	buf_putc(out, '{');
	for (size_t i = 0; i < r->lines.n; i++) {
		const struct report_line *l = &r->lines.at[i];
		json_key(out, str_z(out->a, l->code));
		buf_putc(out, '{');
		for (int c = 0; c < REPORT_COLUMNS; c++)
			put_value(out, columns[c], known(r, l, c), l, row->values[i][c]);
		buf_putc(out, '}');
	}
	buf_put(out, S("}}"));
}

static void put_row(struct buf *out, enum lang lang, const struct report *r,
		    const struct report_row *row)
{
	json_comma(out);
	buf_putc(out, '{');
	put_unit(out, lang, &row->unit);
	put_figures(out, r, row);
}

void report_json(struct buf *out, enum lang lang, const struct report *r)
{
	buf_putc(out, '{');
	json_key(out, "unit");
	buf_putc(out, '{');
	put_unit(out, lang, &r->unit);
	buf_putc(out, '}');
	json_key_int(out, "year", r->span.year);
	json_key_int(out, "from_month", r->span.from);
	json_key_int(out, "to_month", r->span.to);
	json_key_date(out, "first", r->first);
	json_key_date(out, "last", r->last);
	json_key_date(out, "terms_counted_to", r->counted);
	json_key_bool(out, "running", r->running);
	json_key_date(out, "tree", r->tree);
	put_cover(out, r->cover);
	json_key(out, "indicators");
	buf_putc(out, '[');
	for (size_t i = 0; i < r->lines.n; i++)
		put_line(out, lang, r, &r->lines.at[i]);
	buf_putc(out, ']');
	json_key(out, "units");
	buf_putc(out, '[');
	for (size_t i = 0; i < r->rows.n; i++)
		put_row(out, lang, r, &r->rows.at[i]);
	buf_putc(out, ']');
	json_key(out, "rest");
	buf_putc(out, '{');
	put_figures(out, r, &r->rest);
	buf_put(out, S("}\n"));
}

/* --- CSV --- */

static void csv_values(struct csv_writer *w, struct buf *text, const struct report *r,
		       const struct report_line *l, const struct report_value *values)
{
	for (int c = 0; c < REPORT_COLUMNS; c++) {
		struct report_value v = values[c];
		bool is_known = known(r, l, c), share = l->measure->how != MEASURE_SUM;
		buf_reset(text);
		if (is_known && share && v.of)
			put_percent(text, v);
		if (is_known)
			csv_put_int(w, v.n);
		else
			csv_put(w, S(""));
		if (is_known && share)
			csv_put_int(w, v.of);
		else
			csv_put(w, S(""));
		csv_put(w, buf_str(text));
	}
	csv_end_row(w);
}

/* `u` NULL: the rest, a row without a code. */
static void csv_line(struct csv_writer *w, enum lang lang, const struct report *r,
		     const struct unit *u, const struct report_line *l,
		     const struct report_value *values)
{
	struct arena *a = w->out->a;
	struct buf text = { .a = a };
	csv_put(w, u ? u->code : S(""));
	csv_put(w, u ? unit_heading(a, u, lang) : msg_plain(lang, MSG_REPORT_REST));
	csv_put(w, l->code);
	csv_put(w, report_title(a, lang, l));
	csv_put(w, l->law ? l->law->unit : S("count"));
	csv_values(w, &text, r, l, values);
}

void report_csv(struct buf *out, enum lang lang, const struct report *r)
{
	static const char *const heads[] = { "unit", "unit_name", "indicator", "title", "measure" };
	struct csv_writer w;
	csv_begin(&w, out, ',', true);
	for (size_t i = 0; i < LENGTH(heads); i++)
		csv_put(&w, str_of(heads[i]));
	for (int c = 0; c < REPORT_COLUMNS; c++) {
		csv_put(&w, str_of(columns[c]));
		csv_put(&w, str_printf(out->a, "%s_of", columns[c]));
		csv_put(&w, str_printf(out->a, "%s_percent", columns[c]));
	}
	csv_end_row(&w);
	for (size_t i = 0; i < r->lines.n; i++)
		csv_line(&w, lang, r, &r->unit, &r->lines.at[i], r->lines.at[i].value);
	for (size_t k = 0; k < r->rows.n; k++)
		for (size_t i = 0; i < r->lines.n; i++)
			csv_line(&w, lang, r, &r->rows.at[k].unit, &r->lines.at[i],
				 r->rows.at[k].values[i]);
	for (size_t i = 0; r->rows.n && i < r->lines.n; i++)
		csv_line(&w, lang, r, NULL, &r->lines.at[i], r->rest.values[i]);
}
