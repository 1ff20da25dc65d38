/* Two passes: the first looks at every byte once (UTF-8, control characters, line ends), so that the
 * second may cut the text at tabs and LF without caring what is inside. */
#include "base/tsv.h"

#include "base/utf8_step.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

size_t tsv_line(size_t row)
{
	return row + 2;
}

struct str tsv_cell(const struct tsv *t, size_t row, size_t column)
{
	return t->cells[row * t->width + column];
}

static enum err refuse(struct tsv *t, size_t line, struct str what)
{
	t->why = str_printf(t->a, "%.*s:%zu: %.*s", STR_ARG(t->name), line, STR_ARG(what));
	return ERR_INVALID;
}

void tsv_fail(struct tsv *t, size_t row, int column, const char *format, ...)
{
	char what[512];
	va_list args;

	if (t->why.len)
		return;
	va_start(args, format);
	vsnprintf(what, sizeof what, format, args);
	va_end(args);
	if (column == TSV_ROW)
		refuse(t, tsv_line(row), str_of(what));
	else
		refuse(t, tsv_line(row),
		       str_printf(t->a, "column '%s': %s", t->columns[column], what));
}

static enum err check_bytes(struct tsv *t, struct str text)
{
	size_t line = 1, step;

	if (str_starts(text, S("\xef\xbb\xbf")))
		return refuse(t, 1,
			      S("begins with a byte order mark: save it as UTF-8 without one"));
	for (size_t i = 0; i < text.len; i += step) {
		unsigned char c = (unsigned char)text.at[i];
		step = utf8_step(text.at + i, text.len - i);
		if (!step)
			return refuse(t, line, S("is not valid UTF-8: save the file as UTF-8"));
		if (c == '\r')
			return refuse(t, line, S("ends in CR LF: save the file with LF line ends"));
		if ((c < ' ' && c != '\t' && c != '\n') || c == 0x7f)
			return refuse(
				t, line,
				str_printf(t->a, "holds the control character %#x: remove it", c));
		line += c == '\n';
	}
	if (!text.len)
		return refuse(t, 1, S("is empty: it needs a header row"));
	if (text.at[text.len - 1] != '\n')
		return refuse(t, line, S("does not end in a line end: add one"));
	return OK;
}

static int place_of(const char *const *words, struct str word)
{
	for (int i = 0; words[i]; i++)
		if (str_eq(str_of(words[i]), word))
			return i;
	return -1;
}

/* Where each column of the file goes in the caller's order. */
static enum err read_header(struct tsv *t, struct str line, size_t *places)
{
	size_t n = 0, seen = 0;
	bool *there = NEW_N(t->a, bool, t->width);

	for (struct str rest = line, name; str_next(&rest, '\t', &name); n++) {
		int place = place_of(t->columns, name);
		if (place < 0)
			return refuse(t, 1,
				      str_printf(t->a, "column '%.*s' is unknown: remove it",
						 STR_ARG(name)));
		if (there[place])
			return refuse(t, 1,
				      str_printf(t->a, "column '%.*s' is there twice: remove one",
						 STR_ARG(name)));
		there[place] = true;
		places[n] = (size_t)place;
		seen++;
	}
	for (size_t i = 0; i < t->width; i++)
		if (!there[i])
			return refuse(
				t, 1,
				str_printf(t->a, "column '%s' is missing: add it", t->columns[i]));
	return OK;
}

static enum err read_row(struct tsv *t, size_t row, struct str line, const size_t *places)
{
	size_t n = 0;

	if (!line.len)
		return refuse(t, tsv_line(row), S("is empty: remove the line"));
	for (struct str rest = line, cell; str_next(&rest, '\t', &cell); n++) {
		if (n >= t->width)
			continue;
		if (cell.len && (cell.at[0] == ' ' || cell.at[cell.len - 1] == ' '))
			return refuse(t, tsv_line(row),
				      str_printf(t->a,
						 "column '%s': has a space at its edge: "
						 "remove it",
						 t->columns[places[n]]));
		t->cells[row * t->width + places[n]] = cell;
	}
	if (n != t->width)
		return refuse(t, tsv_line(row),
			      str_printf(t->a,
					 "has %zu cells where the header has %zu: "
					 "count the tabs",
					 n, t->width));
	return OK;
}

enum err tsv_parse(struct arena *a, struct str name, struct str text, const char *const *columns,
		   struct tsv *out)
{
	struct tsv t = { .a = a, .name = name, .columns = columns, .why = S("") };
	struct str rest = text, line;
	size_t *places, lines = 0;
	enum err e;

	while (columns[t.width])
		t.width++;
	places = NEW_N(a, size_t, t.width);
	if ((e = check_bytes(&t, text)))
		goto out;
	for (size_t i = 0; i < text.len; i++)
		lines += text.at[i] == '\n';
	t.cells = NEW_N(a, struct str, (lines - 1) * t.width);
	rest.len--; /* the last LF ends a line, it does not begin one */
	str_next(&rest, '\n', &line);
	if ((e = read_header(&t, line, places)))
		goto out;
	for (; str_next(&rest, '\n', &line); t.rows++)
		if ((e = read_row(&t, t.rows, line, places)))
			goto out;
out:
	*out = t;
	return e;
}

struct str tsv_text(struct tsv *t, size_t row, int column)
{
	struct str cell = tsv_cell(t, row, (size_t)column);
	if (!cell.len)
		tsv_fail(t, row, column, "is empty: it needs a text");
	return cell;
}

struct date tsv_date_or_none(struct tsv *t, size_t row, int column)
{
	struct str cell = tsv_cell(t, row, (size_t)column);
	struct date d = NO_DATE;
	if (cell.len && !date_parse(cell, &d))
		tsv_fail(t, row, column, "'%.*s' is not a date: write YYYY-MM-DD", STR_ARG(cell));
	return d;
}

struct date tsv_date(struct tsv *t, size_t row, int column)
{
	struct date d = tsv_date_or_none(t, row, column);
	if (!tsv_cell(t, row, (size_t)column).len)
		tsv_fail(t, row, column, "is empty: it needs a date, YYYY-MM-DD");
	return d;
}

int64_t tsv_int(struct tsv *t, size_t row, int column, int64_t least, int64_t most,
		int64_t if_empty)
{
	struct str cell = tsv_cell(t, row, (size_t)column);
	int64_t n;
	if (!cell.len && if_empty != TSV_NEEDED)
		return if_empty;
	if (str_int(cell, &n) && n >= least && n <= most)
		return n;
	tsv_fail(t, row, column, "'%.*s' must be a whole number from %lld to %lld", STR_ARG(cell),
		 (long long)least, (long long)most);
	return least;
}

static void fail_choice(struct tsv *t, size_t row, int column, struct str word,
			const char *const *words)
{
	struct buf all = { .a = t->a };
	for (int i = 0; words[i]; i++)
		buf_printf(&all, "%s%s", i ? ", " : "", *words[i] ? words[i] : "(empty)");
	tsv_fail(t, row, column, "'%.*s' is not one of: %.*s", STR_ARG(word),
		 STR_ARG(buf_str(&all)));
}

int tsv_choice(struct tsv *t, size_t row, int column, const char *const *words)
{
	struct str cell = tsv_cell(t, row, (size_t)column);
	int place = place_of(words, cell);
	if (place < 0)
		fail_choice(t, row, column, cell, words);
	return place < 0 ? 0 : place;
}

uint32_t tsv_choices(struct tsv *t, size_t row, int column, const char *const *words)
{
	struct str rest = tsv_cell(t, row, (size_t)column), word;
	uint32_t bits = 0;

	if (!rest.len)
		return 0;
	while (str_next(&rest, '|', &word)) {
		int place = place_of(words, word);
		if (place < 0)
			fail_choice(t, row, column, word, words);
		else if (bits & (uint32_t)1 << place)
			tsv_fail(t, row, column, "'%.*s' is there twice: remove one",
				 STR_ARG(word));
		else
			bits |= (uint32_t)1 << place;
	}
	return bits;
}
