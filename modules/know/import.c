/* Checking is taking the step's own checks; nothing here knows a rule of its own. */
#include "modules/know/import.h"

#include "base/csv.h"
#include "base/utf8.h"
#include "modules/know/disclosure_steps.h"
#include "office/step.h"

enum { ROWS_MOST = 2000, AIR_DAYS = 3 };

enum column {
	MATTER,
	TITLE,
	ISSUED_ON,
	PUBLISHED_ON,
	NUMBER,
	ISSUER,
	BODY,
	PLACE,
	POSTED_ON,
	BROADCAST_ON,
	HEADS_ON,
	COLUMNS
};
static const char *const names[COLUMNS] = { "matter",       "title",   "issued_on",
					    "published_on", "number",  "issuer",
					    "body",         "place",   "posted_on",
					    "broadcast_on", "heads_on" };
enum { NEEDED = PUBLISHED_ON + 1 };

static struct str cell(struct arena *a, const struct csv *t, size_t row, const int *at,
		       enum column c)
{
	return at[c] < 0 ? S("") : utf8_clean(a, csv_unguard(csv_cell(t, row, (size_t)at[c])));
}

static struct date day(struct past_row *row, enum column c, struct str text)
{
	struct date d = NO_DATE;
	if (text.len && !date_parse_any(text, &d))
		fault_add_msg(&row->faults, names[c], MSG_KNOW_IMPORT_DATE);
	return d;
}

/* A form was used between the day of the document and today. */
static void check_form_day(struct tx *tx, struct past_row *row, const char *column, struct date on)
{
	if (!date_is_set(on))
		return;
	if (date_cmp(on, tx_today(tx)) > 0)
		fault_add_msg(&row->faults, column, MSG_OFFICE_FAULT_FUTURE);
	else if (date_cmp(on, row->content.issued_on) < 0)
		fault_add_msg(&row->faults, column, MSG_OFFICE_FAULT_TOO_EARLY);
}

static enum err read_row(struct tx *tx, const struct dossier *at, const struct csv *t, size_t i,
			 const int *columns, struct past_row *row)
{
	struct arena *a = tx->mem;
	struct disclosure *x = &row->content;
	fields_init(disclosure_kind.fields, x);
	row->line = t->lines[i];
	x->matter = cell(a, t, i, columns, MATTER);
	x->title = cell(a, t, i, columns, TITLE);
	x->number = cell(a, t, i, columns, NUMBER);
	x->issuer = cell(a, t, i, columns, ISSUER);
	x->body = cell(a, t, i, columns, BODY);
	x->issued_on = day(row, ISSUED_ON, cell(a, t, i, columns, ISSUED_ON));
	row->published_on = day(row, PUBLISHED_ON, cell(a, t, i, columns, PUBLISHED_ON));
	row->posted_on = day(row, POSTED_ON, cell(a, t, i, columns, POSTED_ON));
	row->broadcast_on = day(row, BROADCAST_ON, cell(a, t, i, columns, BROADCAST_ON));
	row->heads_on = day(row, HEADS_ON, cell(a, t, i, columns, HEADS_ON));
	row->place = cell(a, t, i, columns, PLACE);
	if (!x->issuer.len)
		x->issuer = msg_plain(row->faults.lang, MSG_KNOW_IMPORT_ISSUER);
	if (!x->body.len)
		x->body = x->title;
	if (row->faults.n)
		return OK;
	const struct step *record = kind_step(&disclosure_kind, S("record"));
	enum err e = record->prepare(tx, at, x);
	if (e || (e = form_check(tx, record->form, x, at, &row->faults)) ||
	    (e = record->check(tx, at, x, x->issued_on, &row->faults)))
		return e;
	if (!date_is_set(row->published_on))
		fault_add_msg(&row->faults, "published_on", MSG_KNOW_IMPORT_PUBLISHED);
	else if (date_cmp(row->published_on, x->issued_on) < 0)
		fault_add_msg(&row->faults, "published_on", MSG_KNOW_IMPORT_BEFORE);
	else if (date_cmp(row->published_on, tx_today(tx)) > 0)
		fault_add_msg(&row->faults, "published_on", MSG_OFFICE_FAULT_FUTURE);
	if (row->place.len && !date_is_set(row->posted_on))
		row->posted_on = row->published_on;
	check_form_day(tx, row, "posted_on", row->posted_on);
	check_form_day(tx, row, "broadcast_on", row->broadcast_on);
	check_form_day(tx, row, "heads_on", row->heads_on);
	return OK;
}

static bool find_columns(struct tx *tx, const struct csv *t, int *at, struct str *problem,
			 enum lang lang)
{
	for (int c = 0; c < COLUMNS; c++) {
		at[c] = -1;
		for (size_t i = 0; i < t->columns; i++)
			if (str_eq(str_lower(tx->mem, str_trim(csv_cell(t, 0, i))),
				   str_of(names[c])))
				at[c] = (int)i;
		if (at[c] >= 0 || c >= NEEDED)
			continue;
		struct buf b = { .a = tx->mem };
		msg_know_import_no_column(&b, lang, str_of(names[c]));
		*problem = buf_str(&b);
		return false;
	}
	return true;
}

enum err past_read(struct tx *tx, int64_t unit, struct str text, enum lang lang,
		   struct past_rows *out)
{
	struct csv t;
	struct csv_error error;
	struct csv_limits limits = { .bytes = 2 << 20, .rows = ROWS_MOST + 1 };
	int columns[COLUMNS];
	*out = (struct past_rows){ 0 };
	if (csv_parse(tx->mem, text, &limits, &t, &error)) {
		struct buf b = { .a = tx->mem };
		msg_know_import_unreadable(&b, lang, (int64_t)error.line, (int64_t)error.column,
					   csv_error_line(tx->mem, &error));
		out->problem = buf_str(&b);
		return OK;
	}
	if (!find_columns(tx, &t, columns, &out->problem, lang))
		return OK;
	const struct dossier *at = dossier_blank(tx->mem, &disclosure_kind, unit);
	out->at = NEW_N(tx->mem, struct past_row, t.rows);
	for (size_t i = 1; i < t.rows; i++) {
		struct past_row *row = &out->at[out->n++];
		*row = (struct past_row){ .faults = { .a = tx->mem, .lang = lang } };
		enum err e = read_row(tx, at, &t, i, columns, row);
		if (e)
			return e;
		out->bad += row->faults.n > 0;
	}
	if (!out->n)
		out->problem = msg_plain(lang, MSG_KNOW_IMPORT_EMPTY);
	return OK;
}

static enum err take(struct tx *tx, struct dossier *d, const char *step, void *form, struct date on)
{
	struct step_input in = { .on = on, .channel = CHANNEL_PAPER };
	return step_take(tx, d, step, form, &in, NULL);
}

/* The forms the papers tell of: a sheet, the loudspeakers, the village heads. */
static enum err record_forms(struct tx *tx, struct dossier *d, const struct past_row *row)
{
	enum err e = OK;
	if (row->place.len) {
		struct post_form post = { row->place, { NULL, 0 } };
		e = take(tx, d, "post", &post, row->posted_on);
	}
	if (!e && date_is_set(row->broadcast_on)) {
		int64_t days = tx_today(tx).days - row->broadcast_on.days + 1;
		struct broadcast_form air = { .days = days < AIR_DAYS ? days : AIR_DAYS,
					      .times = 1 };
		e = take(tx, d, "broadcast", &air, row->broadcast_on);
	}
	if (!e && date_is_set(row->heads_on)) {
		struct use_form heads = { .form = S("TRUONGTHON") };
		e = take(tx, d, "use_form", &heads, row->heads_on);
	}
	return e;
}

static enum err record_one(struct tx *tx, int64_t unit, const struct past_row *row,
			   struct str token)
{
	struct disclosure content = row->content;
	struct dossier *d;
	struct step_input in = { .on = content.issued_on,
				 .channel = CHANNEL_PAPER,
				 .token = token };
	enum err e = dossier_open(tx, &disclosure_kind, unit, "record", &content, &in, NULL, &d);
	if (e || d->state != EDITORIAL_RECORDED)
		return e; /* recorded by an earlier try */
	struct checklist checklist = { true, true, S("") };
	void *publish = step_form(tx->mem, kind_step(&disclosure_kind, S("publish")));
	if ((e = take(tx, d, "submit", &checklist, row->published_on)) ||
	    (e = take(tx, d, "publish", publish, row->published_on)))
		return e;
	return record_forms(tx, d, row);
}

enum err past_record(struct tx *tx, int64_t unit, const struct past_rows *rows, struct str token)
{
	if (rows->bad || rows->problem.len)
		return tx_fail(tx, ERR_INVALID, "%zu rows have faults", rows->bad);
	enum err e = OK;
	for (size_t i = 0; !e && i < rows->n; i++)
		e = record_one(tx, unit, &rows->at[i],
			       str_printf(tx->mem, "%.*s-%zu", STR_ARG(token), rows->at[i].line));
	return e;
}
