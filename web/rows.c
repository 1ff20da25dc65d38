/* The three formats differ in what stands before, between and after the rows, and in how a value is
 * written. */
#include "web/rows.h"

#include "base/csv.h"
#include "base/json.h"
#include "web/house.h"

enum { FEED_MOST = 50 };

struct row_export {
	const struct rows *rows;
	bool begun, some;
	int written;
};

static size_t columns_of(const struct rows *rows)
{
	size_t n = 0;
	while (rows->columns[n].name)
		n++;
	return n;
}

/* --- CSV --- */

static void csv_value(struct req *r, struct csv_writer *w, const struct value *v)
{
	switch (v->kind) {
	case VALUE_TEXT:
		csv_put(w, v->text);
		break;
	case VALUE_INT:
		csv_put_int(w, v->n);
		break;
	case VALUE_DATE:
		csv_put(w, date_iso(r->tx.mem, v->date));
		break;
	case VALUE_INSTANT:
		csv_put(w, instant_local_iso(r->tx.mem, v->at));
		break;
	}
}

static void csv_rows(struct req *r, struct row_export *x, const struct row_entries *e,
		     struct buf *out)
{
	struct csv_writer w;
	size_t n = columns_of(x->rows);
	csv_begin(&w, out, ',', !x->begun);
	for (size_t i = 0; !x->begun && i < n; i++)
		csv_put(&w, msg_plain(r->lang, x->rows->columns[i].label));
	if (!x->begun)
		csv_end_row(&w);
	for (size_t k = 0; k < e->n; k++) {
		for (size_t i = 0; i < n; i++)
			csv_value(r, &w, &e->at[k].values[i]);
		csv_end_row(&w);
	}
}

/* --- JSON --- */

static void json_value(struct req *r, struct buf *out, const char *name, const struct value *v)
{
	switch (v->kind) {
	case VALUE_TEXT:
		json_key_str(out, name, v->text);
		break;
	case VALUE_INT:
		json_key_int(out, name, v->n);
		break;
	case VALUE_DATE:
		json_key_date(out, name, v->date);
		break;
	case VALUE_INSTANT:
		json_key_str(out, name, instant_local_iso(r->tx.mem, v->at));
		break;
	}
}

static void json_rows(struct req *r, struct row_export *x, const struct row_entries *e,
		      struct buf *out)
{
	size_t n = columns_of(x->rows);
	if (!x->begun) {
		buf_putc(out, '{');
		json_key_str(out, "title", x->rows->title);
		json_key(out, "rows");
		buf_putc(out, '[');
	}
	for (size_t k = 0; k < e->n; k++) {
		const struct row_entry *row = &e->at[k];
		buf_put(out, x->some || k ? S(",\n{") : S("\n{"));
		for (size_t i = 0; i < n; i++)
			json_value(r, out, x->rows->columns[i].name, &row->values[i]);
		if (row->url.s.len)
			json_key_str(out, "url", req_absolute(r, row->url).s);
		buf_putc(out, '}');
	}
}

/* --- Atom (RFC 4287) --- */

/* Written as HTML text is: the same five escapes serve XML. */
static void xml(struct req *r, struct buf *out, const char *before, struct str text,
		const char *after)
{
	buf_put(out, str_of(before));
	buf_put(out, html_of(r->tx.mem, text).s);
	buf_put(out, str_of(after));
}

static void feed_head(struct req *r, struct row_export *x, const struct row_entries *e,
		      struct buf *out)
{
	struct url self = req_absolute(r, (struct url){ r->address });
	struct instant updated = r->tx.now;
	if (e->n)
		updated = e->at[0].updated;
	for (size_t i = 1; i < e->n; i++)
		if (e->at[i].updated.ms > updated.ms)
			updated = e->at[i].updated;
	buf_put(out, S("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
		       "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\""));
	buf_put(out, lang_code(r->lang));
	xml(r, out, "\">\n<title>", x->rows->title, "</title>\n");
	xml(r, out, "<author><name>", r->house->name[r->lang], "</name></author>\n");
	xml(r, out, "<id>", self.s, "</id>\n");
	xml(r, out, "<link rel=\"self\" href=\"", self.s, "\"/>\n");
	xml(r, out, "<updated>", instant_local_iso(r->tx.mem, updated), "</updated>\n");
}

static void feed_rows(struct req *r, struct row_export *x, const struct row_entries *e,
		      struct buf *out)
{
	if (!x->begun)
		feed_head(r, x, e, out);
	for (size_t k = 0; k < e->n && x->written + (int)k < FEED_MOST; k++) {
		const struct row_entry *row = &e->at[k];
		struct str at = instant_local_iso(r->tx.mem, row->updated);
		xml(r, out, "<entry>\n<title>", row->title, "</title>\n");
		xml(r, out, "<id>", req_absolute(r, row->url).s, "</id>\n");
		xml(r, out, "<link href=\"", req_absolute(r, row->url).s, "\"/>\n");
		xml(r, out, "<updated>", at, "</updated>\n");
		xml(r, out, "<summary>", row->summary, "</summary>\n</entry>\n");
	}
}

/* --- all of them --- */

static enum err next_piece(struct req *r, void *state, struct buf *out, bool *more)
{
	struct row_export *x = state;
	struct row_entries e = { NULL, 0 };
	enum err err = x->rows->next(r, x->rows->state, &e, more);
	if (err)
		return err;
	if (r->format == FORMAT_CSV)
		csv_rows(r, x, &e, out);
	else if (r->format == FORMAT_JSON)
		json_rows(r, x, &e, out);
	else
		feed_rows(r, x, &e, out);
	x->begun = true;
	x->some |= e.n > 0;
	x->written += (int)e.n;
	if (r->format == FORMAT_ATOM && x->written >= FEED_MOST)
		*more = false;
	if (!*more && r->format == FORMAT_JSON)
		buf_put(out, S("\n]}\n"));
	if (!*more && r->format == FORMAT_ATOM)
		buf_put(out, S("</feed>\n"));
	return OK;
}

enum err rows_reply(struct req *r, const struct rows *rows)
{
	struct row_export *x = NEW(r->mem, struct row_export);
	struct stream stream = { next_piece, x };
	*x = (struct row_export){ .rows = rows };
	switch (r->format) {
	case FORMAT_CSV:
		return req_stream(r, S("text/csv; charset=utf-8"),
				  str_printf(r->mem, "%.*s.csv", STR_ARG(rows->name)), stream);
	case FORMAT_JSON:
		return req_stream(r, S("application/json; charset=utf-8"), S(""), stream);
	case FORMAT_ATOM:
		return req_stream(r, S("application/atom+xml; charset=utf-8"), S(""), stream);
	case FORMAT_ICS:
	case FORMAT_HTML:
		break;
	}
	return ERR_NOT_FOUND;
}

static struct str shown(struct req *r, const struct value *v)
{
	struct buf b = { .a = r->mem };
	switch (v->kind) {
	case VALUE_TEXT:
		return v->text;
	case VALUE_INT:
		lang_put_int(&b, r->lang, v->n);
		break;
	case VALUE_DATE:
		lang_put_date(&b, r->lang, v->date);
		break;
	case VALUE_INSTANT:
		lang_put_instant(&b, r->lang, v->at);
		break;
	}
	return buf_str(&b);
}

void rows_table(struct req *r, const struct rows *rows, const struct row_entries *entries,
		struct table *out)
{
	size_t n = columns_of(rows);
	struct table t = { .caption = rows->title };
	t.columns.at = NEW_N(r->mem, struct table_column, n);
	for (t.columns.n = 0; t.columns.n < n; t.columns.n++) {
		struct table_column *c = &t.columns.at[t.columns.n];
		c->label = msg_plain(r->lang, rows->columns[t.columns.n].label);
		c->number = entries->n && entries->at[0].values[t.columns.n].kind == VALUE_INT;
	}
	t.rows.at = NEW_N(r->mem, struct row, entries->n);
	for (t.rows.n = 0; t.rows.n < entries->n; t.rows.n++) {
		struct cell *cells = NEW_N(r->mem, struct cell, n);
		for (size_t i = 0; i < n; i++) {
			const struct value *v = &entries->at[t.rows.n].values[i];
			cells[i] =
				(struct cell){ shown(r, v), v->url, v->tag, v->kind == VALUE_INT };
		}
		t.rows.at[t.rows.n] = (struct row){ cells, n };
	}
	*out = t;
}
