/* One pass, one character at a time, with the place always known: whoever uploaded the file has to
 * find the spot in a spreadsheet. Cells without an escaped quote are borrowed from the upload; only
 * the others are copied. */
#include "base/csv.h"

#include "base/utf8_step.h"

#include <string.h>

enum {
	DEFAULT_BYTES = 20 << 20,
	DEFAULT_ROWS = 100000,
	DEFAULT_COLUMNS = 256,
	DEFAULT_CELL = 32767,
	MOST_CELLS = 2000000, /* short rows are filled up, so a small file can ask for many */
};

struct reader {
	struct arena *a;
	struct str s;
	size_t at;
	size_t line, column;
	char delimiter;
	struct csv_limits limits;
	struct csv_error *error;
};

struct place {
	size_t line, column;
};

static struct place here(const struct reader *r)
{
	return (struct place){ r->line, r->column };
}

static bool refuse(struct reader *r, enum csv_fault fault, struct place p, size_t limit)
{
	*r->error = (struct csv_error){ fault, p.line, p.column, limit };
	return false;
}

static bool at_end(const struct reader *r)
{
	return r->at >= r->s.len;
}

static char peek(const struct reader *r)
{
	return r->s.at[r->at];
}

static bool at_line_end(const struct reader *r)
{
	return at_end(r) || peek(r) == '\n' || peek(r) == '\r';
}

/* Past one character; CR LF is one. */
static MUST_USE bool step(struct reader *r)
{
	size_t n = utf8_step(r->s.at + r->at, r->s.len - r->at);

	if (!n || peek(r) == '\0')
		return refuse(r, CSV_NOT_UTF8, here(r), 0);
	if (peek(r) == '\r' && r->at + 1 < r->s.len && r->s.at[r->at + 1] == '\n')
		n = 2;
	if (peek(r) == '\n' || peek(r) == '\r') {
		r->line++;
		r->column = 1;
	} else {
		r->column++;
	}
	r->at += n;
	return true;
}

static MUST_USE bool read_quoted(struct reader *r, struct str *out)
{
	struct place opened = here(r);
	size_t quotes = 0, start;

	if (!step(r))
		return false;
	start = r->at;
	for (;;) {
		if (at_end(r))
			return refuse(r, CSV_OPEN_QUOTE, opened, 0);
		if (peek(r) == '"') {
			if (r->at + 1 >= r->s.len || r->s.at[r->at + 1] != '"')
				break;
			quotes++;
			r->at++; /* the first of two; the second is stepped over below */
			r->column++;
		}
		if (!step(r))
			return false;
	}
	struct str raw = { r->s.at + start, r->at - start };
	if (!step(r))
		return false;
	if (!at_line_end(r) && peek(r) != r->delimiter)
		return refuse(r, CSV_AFTER_QUOTE, here(r), 0);
	if (quotes) {
		char *text = arena_get(r->a, raw.len - quotes + 1);
		size_t n = 0;
		for (size_t i = 0; i < raw.len; i++) {
			text[n++] = raw.at[i];
			i += raw.at[i] == '"';
		}
		raw = (struct str){ text, n };
	}
	*out = raw;
	return true;
}

static MUST_USE bool read_plain(struct reader *r, struct str *out)
{
	size_t start = r->at;

	while (!at_line_end(r) && peek(r) != r->delimiter) {
		if (peek(r) == '"')
			return refuse(r, CSV_STRAY_QUOTE, here(r), 0);
		if (!step(r))
			return false;
	}
	*out = (struct str){ r->s.at + start, r->at - start };
	return true;
}

static MUST_USE bool read_cell(struct reader *r, struct str *out)
{
	struct place p = here(r);
	bool quoted = !at_end(r) && peek(r) == '"';

	if (!(quoted ? read_quoted(r, out) : read_plain(r, out)))
		return false;
	return out->len <= r->limits.cell || refuse(r, CSV_CELL_TOO_LONG, p, r->limits.cell);
}

/* The delimiter seen most often in the first row; with none at all, one column and a comma. A comma
 * before a space is prose ("Số tiền, đồng"), and so is the rarer sign less often: it wins a tie. */
static char find_delimiter(struct str s)
{
	static const char signs[] = { ',', ';', '\t' };
	size_t counts[LENGTH(signs)] = { 0 };
	size_t best = 0;
	bool quoted = false;

	for (size_t i = 0; i < s.len && (quoted || (s.at[i] != '\n' && s.at[i] != '\r')); i++) {
		bool prose = i + 1 < s.len && s.at[i + 1] == ' ';
		quoted ^= s.at[i] == '"';
		for (size_t k = 0; k < LENGTH(signs) && !quoted && !prose; k++)
			counts[k] += s.at[i] == signs[k];
	}
	for (size_t k = 1; k < LENGTH(signs); k++)
		if (counts[k] && counts[k] >= counts[best])
			best = k;
	return signs[best];
}

/* "sep=;" alone on the first line is how a spreadsheet says it itself. */
static MUST_USE bool read_sep_line(struct reader *r)
{
	struct str s = str_from(r->s, r->at);
	char c = s.len > 4 ? s.at[4] : 0;

	if (!str_starts(s, S("sep=")) || (c != ',' && c != ';' && c != '\t') ||
	    !(s.len == 5 || s.at[5] == '\n' || s.at[5] == '\r'))
		return true;
	r->delimiter = c;
	for (int i = 0; i < 6 && !at_end(r); i++)
		if (!step(r))
			return false;
	return true;
}

static MUST_USE bool skip_empty_lines(struct reader *r)
{
	while (!at_end(r) && at_line_end(r))
		if (!step(r))
			return false;
	return true;
}

struct cells {
	struct str *at;
	size_t n, cap;
};

static void cell_add(struct arena *a, struct cells *cells, struct str cell)
{
	if (cells->n == cells->cap) {
		size_t cap = cells->cap ? cells->cap * 2 : 64;
		cells->at = arena_grow(a, cells->at, cells->cap * sizeof(struct str),
				       cap * sizeof(struct str));
		cells->cap = cap;
	}
	cells->at[cells->n++] = cell;
}

/* One row; `width` 0 before the first one. */
static MUST_USE bool read_row(struct reader *r, struct cells *cells, size_t *width)
{
	size_t n = 0;

	for (;;) {
		struct place p = here(r);
		struct str cell;
		if (!read_cell(r, &cell))
			return false;
		n++;
		if (n > r->limits.columns)
			return refuse(r, CSV_TOO_MANY_COLUMNS, p, r->limits.columns);
		if (*width && n > *width && cell.len)
			return refuse(r, CSV_LONG_ROW, p, *width);
		if (!*width || n <= *width)
			cell_add(r->a, cells, cell);
		if (at_line_end(r))
			break;
		if (!step(r)) /* the delimiter */
			return false;
	}
	if (!at_end(r) && !step(r))
		return false;
	if (!*width)
		*width = n;
	for (; n < *width; n++)
		cell_add(r->a, cells, S(""));
	return true;
}

static MUST_USE bool read_all(struct reader *r, struct csv *out)
{
	struct cells cells = { 0 };
	size_t cap = 0;
	struct csv t = { .delimiter = r->delimiter };

	for (;;) {
		if (!skip_empty_lines(r))
			return false;
		if (at_end(r))
			break;
		if (t.rows * t.columns >= MOST_CELLS)
			return refuse(r, CSV_TOO_MANY_ROWS, here(r), t.rows);
		if (t.rows == r->limits.rows)
			return refuse(r, CSV_TOO_MANY_ROWS, here(r), r->limits.rows);
		if (t.rows == cap) {
			size_t more = cap ? cap * 2 : 64;
			t.lines = arena_grow(r->a, t.lines, cap * sizeof(size_t),
					     more * sizeof(size_t));
			cap = more;
		}
		t.lines[t.rows++] = r->line;
		if (!read_row(r, &cells, &t.columns))
			return false;
	}
	if (!t.rows)
		return refuse(r, CSV_EMPTY, here(r), 0);
	t.cells = cells.at;
	*out = t;
	return true;
}

enum err csv_parse(struct arena *a, struct str bytes, const struct csv_limits *limits,
		   struct csv *out, struct csv_error *error)
{
	struct reader r = { .a = a, .s = bytes, .line = 1, .column = 1, .error = error };

	*error = (struct csv_error){ 0 };
	if (limits)
		r.limits = *limits;
	r.limits.bytes = r.limits.bytes ? r.limits.bytes : DEFAULT_BYTES;
	r.limits.rows = r.limits.rows ? r.limits.rows : DEFAULT_ROWS;
	r.limits.columns = r.limits.columns ? r.limits.columns : DEFAULT_COLUMNS;
	r.limits.cell = r.limits.cell ? r.limits.cell : DEFAULT_CELL;
	if (bytes.len > r.limits.bytes) {
		refuse(&r, CSV_TOO_LARGE, (struct place){ 1, 0 }, r.limits.bytes);
		return ERR_INVALID;
	}
	if (str_starts(bytes, S("\xff\xfe")) || str_starts(bytes, S("\xfe\xff"))) {
		refuse(&r, CSV_UTF16, here(&r), 0);
		return ERR_INVALID;
	}
	if (str_starts(bytes, S("\xef\xbb\xbf")))
		r.at = 3;
	if (!read_sep_line(&r) || !skip_empty_lines(&r))
		return ERR_INVALID;
	if (!r.delimiter)
		r.delimiter = find_delimiter(str_from(r.s, r.at));
	return read_all(&r, out) ? OK : ERR_INVALID;
}

struct str csv_cell(const struct csv *t, size_t row, size_t column)
{
	return t->cells[row * t->columns + column];
}

struct str csv_error_line(struct arena *a, const struct csv_error *error)
{
	static const char *const words[] = {
		[CSV_FINE] = "nothing is wrong",
		[CSV_EMPTY] = "there is no row",
		[CSV_TOO_LARGE] = "the file is larger than allowed, in bytes",
		[CSV_TOO_MANY_ROWS] = "there are more rows than allowed",
		[CSV_TOO_MANY_COLUMNS] = "there are more columns than allowed",
		[CSV_CELL_TOO_LONG] = "the cell is longer than allowed, in bytes",
		[CSV_NOT_UTF8] = "this is not UTF-8: save the table as \"CSV UTF-8\"",
		[CSV_UTF16] = "this is UTF-16: save the table as \"CSV UTF-8\"",
		[CSV_STRAY_QUOTE] = "a quote stands inside a cell that did not begin with one",
		[CSV_AFTER_QUOTE] = "something follows the closing quote of a cell",
		[CSV_OPEN_QUOTE] = "the quote that opens here is never closed",
		[CSV_LONG_ROW] = "the row has more cells than the first row",
	};
	struct buf b = { .a = a };

	buf_printf(&b, "line %zu", error->line);
	if (error->column)
		buf_printf(&b, ", column %zu", error->column);
	buf_printf(&b, ": %s", words[error->fault]);
	if (error->limit)
		buf_printf(&b, " (%zu)", error->limit);
	return buf_str(&b);
}

void csv_begin(struct csv_writer *w, struct buf *out, char delimiter, bool mark)
{
	*w = (struct csv_writer){ out, delimiter, false };
	if (mark)
		buf_put(out, S("\xef\xbb\xbf"));
}

/* A spreadsheet runs what begins with one of these. Apostrophes in front are counted in, so that
 * one more or one less can always be told apart. */
static bool is_formula(struct str s)
{
	while (s.len && s.at[0] == '\'')
		s = str_from(s, 1);
	return s.len && memchr("=+-@\t\r", s.at[0], 6);
}

struct str csv_guard(struct arena *a, struct str text)
{
	struct buf b = { .a = a };

	if (!is_formula(text))
		return text;
	buf_putc(&b, '\'');
	buf_put(&b, text);
	return buf_str(&b);
}

struct str csv_unguard(struct str cell)
{
	return cell.len && cell.at[0] == '\'' && is_formula(cell) ? str_from(cell, 1) : cell;
}

static bool needs_quotes(const struct csv_writer *w, struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == '"' || s.at[i] == '\n' || s.at[i] == '\r' || s.at[i] == ',' ||
		    s.at[i] == ';' || s.at[i] == '\t' || s.at[i] == w->delimiter)
			return true;
	/* A row of one empty cell must not look like an empty line; spaces at an edge get lost; and
	 * "sep=" or a byte order mark at the beginning of a file would be swallowed. */
	return (!s.len && !w->in_row) || (s.len && (s.at[0] == ' ' || s.at[s.len - 1] == ' ')) ||
	       str_starts(s, S("sep=")) || str_starts(s, S("\xef\xbb\xbf"));
}

void csv_put(struct csv_writer *w, struct str text)
{
	bool guard = is_formula(text), quote = needs_quotes(w, text);

	if (w->in_row)
		buf_putc(w->out, w->delimiter);
	w->in_row = true;
	if (quote)
		buf_putc(w->out, '"');
	if (guard)
		buf_putc(w->out, '\'');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '"')
			buf_putc(w->out, '"');
		buf_putc(w->out, text.at[i]);
	}
	if (quote)
		buf_putc(w->out, '"');
}

void csv_put_int(struct csv_writer *w, int64_t n)
{
	if (w->in_row)
		buf_putc(w->out, w->delimiter);
	w->in_row = true;
	buf_put_int(w->out, n);
}

void csv_end_row(struct csv_writer *w)
{
	buf_put(w->out, S("\r\n"));
	w->in_row = false;
}
