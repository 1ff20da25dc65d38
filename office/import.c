/* Every complaint is a whole sentence from the catalogue, with the place where it applies. */
#include "office/import.h"

#include "base/utf8.h"

void import_fault_add(struct import_faults *faults, size_t line, size_t column, struct str heading,
		      struct str text)
{
	if (faults->n == IMPORT_FAULTS_MAX) {
		faults->more = true;
		return;
	}
	if (faults->n == faults->cap) {
		size_t cap = faults->cap ? faults->cap * 2 : 8;

		faults->at = arena_grow(faults->a, faults->at, faults->cap * sizeof *faults->at,
					cap * sizeof *faults->at);
		faults->cap = cap;
	}
	faults->at[faults->n++] = (struct import_fault){ line, column, heading, text };
}

void import_fault_msg(struct import_faults *faults, size_t line, size_t column, struct str heading,
		      enum msg text)
{
	import_fault_add(faults, line, column, heading, msg_plain(faults->lang, text));
}

void import_fault_csv(struct import_faults *faults, const struct csv_error *error)
{
	static const struct {
		enum msg plain;
		void (*with_limit)(struct buf *out, enum lang lang, int64_t most);
	} words[] = {
		[CSV_EMPTY] = { MSG_IMPORT_CSV_EMPTY, NULL },
		[CSV_TOO_LARGE] = { MSG_NONE, msg_import_csv_too_large },
		[CSV_TOO_MANY_ROWS] = { MSG_NONE, msg_import_csv_too_many_rows },
		[CSV_TOO_MANY_COLUMNS] = { MSG_NONE, msg_import_csv_too_many_columns },
		[CSV_CELL_TOO_LONG] = { MSG_NONE, msg_import_csv_cell_too_long },
		[CSV_NOT_UTF8] = { MSG_IMPORT_CSV_NOT_UTF8, NULL },
		[CSV_UTF16] = { MSG_IMPORT_CSV_UTF16, NULL },
		[CSV_STRAY_QUOTE] = { MSG_IMPORT_CSV_STRAY_QUOTE, NULL },
		[CSV_AFTER_QUOTE] = { MSG_IMPORT_CSV_AFTER_QUOTE, NULL },
		[CSV_OPEN_QUOTE] = { MSG_IMPORT_CSV_OPEN_QUOTE, NULL },
		[CSV_LONG_ROW] = { MSG_NONE, msg_import_csv_long_row },
	};
	struct buf text = { .a = faults->a };

	if (words[error->fault].with_limit)
		words[error->fault].with_limit(&text, faults->lang, (int64_t)error->limit);
	else
		buf_put(&text, msg_plain(faults->lang, words[error->fault].plain));
	import_fault_add(faults, error->line, error->column, S(""), buf_str(&text));
}

/* One blank between words, no accents, no case: what people mean by the same heading. */
static struct str heading_fold(struct arena *a, struct str s)
{
	struct str folded = utf8_fold(a, s), word;
	struct buf out = { .a = a };

	while (utf8_next_word(&folded, &word)) {
		if (out.len)
			buf_putc(&out, ' ');
		buf_put(&out, word);
	}
	return buf_str(&out);
}

static bool is_column(struct arena *a, struct str heading, const struct import_column *c)
{
	return str_eq(heading, heading_fold(a, msg_plain(LANG_VI, c->heading))) ||
	       str_eq(heading, heading_fold(a, msg_plain(LANG_EN, c->heading))) ||
	       str_eq(heading, heading_fold(a, str_of(c->name)));
}

static struct str all_headings(const struct import_column *columns, size_t n,
			       const struct import_faults *faults)
{
	struct buf text = { .a = faults->a };

	for (size_t i = 0; i < n; i++) {
		buf_put(&text, i ? S(", ") : S(""));
		buf_put(&text, msg_plain(faults->lang, columns[i].heading));
	}
	return buf_str(&text);
}

void import_headings(const struct csv *t, const struct import_column *columns, size_t n, int *place,
		     struct import_faults *faults)
{
	struct arena *a = faults->a;

	for (size_t i = 0; i < n; i++)
		place[i] = -1;
	for (size_t col = 0; col < t->columns; col++) {
		struct str heading = utf8_clean(a, csv_unguard(csv_cell(t, 0, col)));
		struct str folded = heading_fold(a, heading);
		struct buf text = { .a = a };
		size_t i = 0;

		while (i < n && !is_column(a, folded, &columns[i]))
			i++;
		if (i < n && place[i] < 0) {
			place[i] = (int)col;
			continue;
		}
		if (i < n)
			msg_import_heading_twice(&text, faults->lang, heading);
		else
			msg_import_heading_unknown(&text, faults->lang, heading,
						   all_headings(columns, n, faults));
		import_fault_add(faults, t->lines[0], col + 1, heading, buf_str(&text));
	}
	for (size_t i = 0; i < n; i++) {
		struct buf text = { .a = a };
		struct str heading = msg_plain(faults->lang, columns[i].heading);

		if (place[i] >= 0 || !columns[i].needed)
			continue;
		msg_import_heading_missing(&text, faults->lang, heading);
		import_fault_add(faults, t->lines[0], 0, heading, buf_str(&text));
	}
}

bool import_count(struct str text, int64_t most, int64_t *out)
{
	int64_t n = 0;
	size_t group = 0; /* digits since the last separator */
	char separator = '\0';

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c >= '0' && c <= '9') {
			n = n * 10 + (c - '0');
			group++;
			if (n > most || (separator && group > 3))
				return false;
		} else if ((c == '.' || c == ',' || c == ' ') && (!separator || separator == c) &&
			   group >= 1 && (separator ? group == 3 : group <= 3)) {
			separator = c;
			group = 0;
		} else {
			return false;
		}
	}
	if (!text.len || (separator && group != 3))
		return false;
	*out = n;
	return true;
}
