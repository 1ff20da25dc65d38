/* Each cell is judged by itself and each row against the file and the tree, so that one look at the
 * list of faults is enough to mend the whole file. unit_add asks every question again when the rows
 * are written: what is checked here is for people. */
#include "office/unit_import.h"

#include "base/utf8.h"
#include "office/doer.h"
#include "office/unit_index.h"

enum { NAME_POINTS = 200, CODE_BYTES = 40 };
#define COUNT_MOST INT64_C(100000000)

enum { C_NAME, C_TYPE, C_CODE, C_NAME_EN, C_PARENT, C_FROM, C_HOUSEHOLDS, C_HEAD_COUNT, COLUMNS };

static const struct import_column columns[COLUMNS] = {
	[C_NAME] = { MSG_IMPORT_UNIT_HEADING_NAME, "name", true },
	[C_TYPE] = { MSG_IMPORT_UNIT_HEADING_TYPE, "type", false },
	[C_CODE] = { MSG_IMPORT_UNIT_HEADING_CODE, "code", false },
	[C_NAME_EN] = { MSG_IMPORT_UNIT_HEADING_NAME_EN, "name_en", false },
	[C_PARENT] = { MSG_IMPORT_UNIT_HEADING_PARENT, "parent", false },
	[C_FROM] = { MSG_IMPORT_UNIT_HEADING_FROM, "from", false },
	[C_HOUSEHOLDS] = { MSG_IMPORT_UNIT_HEADING_HOUSEHOLDS, "households", false },
	[C_HEAD_COUNT] = { MSG_IMPORT_UNIT_HEADING_HEAD_COUNT, "head_count", false },
};

struct reader {
	struct tx *tx;
	const struct unit_import_form *form;
	const struct csv *t;
	int place[COLUMNS];
	struct unit_import *out;
	struct import_faults *faults;
	size_t row;
	struct seen *names, *codes; /* what stood in earlier rows */
	size_t mask;
};

struct seen {
	struct str key;
	size_t line;
};

static struct str cell(const struct reader *r, int column)
{
	int place = r->place[column];

	return place < 0
		       ? S("")
		       : utf8_clean(r->tx->mem, csv_unguard(csv_cell(r->t, r->row, (size_t)place)));
}

static struct buf words(const struct reader *r)
{
	return (struct buf){ .a = r->tx->mem };
}

static void fault(struct reader *r, int column, struct str text)
{
	int place = r->place[column];
	struct str heading = place < 0 ? S("") : csv_cell(r->t, 0, (size_t)place);

	import_fault_add(r->faults, r->t->lines[r->row], (size_t)place + 1, heading, text);
}

static void fault_msg(struct reader *r, int column, enum msg text)
{
	fault(r, column, msg_plain(r->faults->lang, text));
}

/* The line where the key stood before, or 0 and it is remembered. */
static size_t seen_before(struct seen *table, size_t mask, struct str key, size_t line)
{
	size_t i = (size_t)str_hash(key) & mask;

	while (table[i].key.at) {
		if (str_eq(table[i].key, key))
			return table[i].line;
		i = (i + 1) & mask;
	}
	table[i] = (struct seen){ key, line };
	return 0;
}

/* --- Cells --- */

static bool one_line(struct arena *a, struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if (s.at[i] == '\n' || s.at[i] == '\t')
			return false;
	return utf8_length(a, s) <= NAME_POINTS;
}

static struct str text_cell(struct reader *r, int column)
{
	struct str s = cell(r, column);

	if (!one_line(r->tx->mem, s)) {
		struct buf text = words(r);

		msg_import_unit_too_long(&text, r->faults->lang, NAME_POINTS);
		fault(r, column, buf_str(&text));
		return S("?");
	}
	return s;
}

/* Takes "thôn" off the front of "Thôn Đông Hạ". */
static bool take_type(struct arena *a, struct str type, struct str *name)
{
	struct str lower = utf8_lower(a, *name);

	if (lower.len != name->len || !str_starts(lower, type) || lower.len <= type.len + 1 ||
	    lower.at[type.len] != ' ')
		return false;
	*name = str_trim(str_from(*name, type.len));
	return true;
}

/* The type may stand in its own column, before the name, or in both places. */
static void split_type(struct arena *a, struct unit_new *u)
{
	static const struct str types[] = {
		S_INIT("tổ dân phố"), S_INIT("khu dân cư"), S_INIT("tiểu khu"), S_INIT("khu phố"),
		S_INIT("khối phố"),   S_INIT("thôn"),       S_INIT("xóm"),      S_INIT("bản"),
		S_INIT("buôn"),       S_INIT("làng"),       S_INIT("phum"),     S_INIT("sóc"),
		S_INIT("khối"),       S_INIT("ấp"),         S_INIT("plei"),     S_INIT("bon"),
	};

	u->type = utf8_lower(a, u->type);
	if (u->type.len) {
		take_type(a, u->type, &u->name);
		return;
	}
	for (size_t i = 0; i < LENGTH(types) && !u->type.len; i++)
		if (take_type(a, types[i], &u->name))
			u->type = types[i];
}

static bool code_fits(struct str s)
{
	for (size_t i = 0; i < s.len; i++) {
		char c = s.at[i];

		if (!(c >= '0' && c <= '9') && !(c >= 'A' && c <= 'Z') && !(c >= 'a' && c <= 'z') &&
		    c != '.' && c != '-')
			return false;
	}
	return s.len <= CODE_BYTES;
}

static int64_t count_cell(struct reader *r, int column)
{
	struct str s = cell(r, column);
	int64_t n = 0;

	if (s.len && !import_count(s, COUNT_MOST, &n)) {
		struct buf text = words(r);

		msg_import_unit_number(&text, r->faults->lang, utf8_ellipsis(r->tx->mem, s, 40));
		fault(r, column, buf_str(&text));
	}
	return n;
}

static struct date date_cell(struct reader *r)
{
	struct str s = cell(r, C_FROM);
	struct date d = r->form->from;

	if (s.len && !date_parse_any(s, &d)) {
		struct buf text = words(r);

		msg_import_unit_date(&text, r->faults->lang, utf8_ellipsis(r->tx->mem, s, 40));
		fault(r, C_FROM, buf_str(&text));
	}
	return d;
}

/* --- Rows against the tree --- */

static bool level_holds(enum unit_level parent, enum unit_level level)
{
	if (level == LEVEL_VILLAGE)
		return parent == LEVEL_COMMUNE;
	return parent != LEVEL_VILLAGE && (parent < LEVEL_AGENCY || parent == level);
}

static enum err find_parent(struct reader *r, struct date day, struct unit_import_row *row)
{
	struct tx *tx = r->tx;
	struct str code = cell(r, C_PARENT);
	struct buf text = words(r);
	struct unit parent = { 0 };
	bool mine = false;
	enum err e = OK;

	if (code.len)
		e = unit_by_code(tx, code, day, &parent);
	else if (r->form->parent)
		e = unit_find(tx, r->form->parent, day, &parent);
	else
		fault_msg(r, C_PARENT, MSG_IMPORT_UNIT_PARENT_EMPTY);
	if (e && e != ERR_NOT_FOUND)
		return e;
	if (e || (parent.id && !parent.in_force)) {
		msg_import_unit_parent_unknown(
			&text, r->faults->lang,
			utf8_ellipsis(tx->mem, code.len ? code : parent.code, 40), day);
		fault(r, C_PARENT, buf_str(&text));
		return OK;
	}
	if (!parent.id)
		return OK;
	row->unit.parent = parent.id;
	row->parent_title = unit_title(tx->mem, &parent, r->faults->lang);
	if (!level_holds(parent.level, row->unit.level)) {
		msg_import_unit_parent_level(&text, r->faults->lang, row->parent_title);
		fault(r, C_PARENT, buf_str(&text));
	} else if ((e = member_administers(tx, parent.id, &mine))) {
		return e;
	} else if (!mine) {
		msg_import_unit_parent_not_yours(&text, r->faults->lang, row->parent_title);
		fault(r, C_PARENT, buf_str(&text));
	}
	return OK;
}

static enum err check_code(struct reader *r, const struct unit_import_row *row, struct date day)
{
	struct str code = row->unit.code;
	struct buf text = words(r);

	if (!code.len)
		return OK;
	if (!code_fits(code)) {
		msg_import_unit_code_form(&text, r->faults->lang,
					  utf8_ellipsis(r->tx->mem, code, 40));
		fault(r, C_CODE, buf_str(&text));
		return OK;
	}
	size_t before = seen_before(r->codes, r->mask, code, row->line);

	if (before) {
		msg_import_unit_code_twice(&text, r->faults->lang, code, (int64_t)before);
		fault(r, C_CODE, buf_str(&text));
		return OK;
	}
	struct query q = db_query(r->tx, "SELECT type, name FROM unit_version WHERE code = $1 "
					 "AND valid_to >= $2 ORDER BY valid_from LIMIT 1");
	BIND(&q, code, day);
	enum err e = db_one(&q);

	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	struct unit owner = { .type = col_str(&q, 0), .name = col_str(&q, 1) };

	msg_import_unit_code_taken(&text, r->faults->lang, code,
				   unit_title(r->tx->mem, &owner, LANG_VI));
	fault(r, C_CODE, buf_str(&text));
	return OK;
}

static enum err check_name(struct reader *r, const struct unit_import_row *row, struct date day)
{
	struct tx *tx = r->tx;
	const struct unit_new *u = &row->unit;
	struct buf text = words(r);
	struct str key = str_printf(tx->mem, "%lld\n%.*s\n%.*s", (long long)u->parent,
				    STR_ARG(u->type), STR_ARG(u->name));
	size_t before = seen_before(r->names, r->mask, key, row->line);

	if (before) {
		msg_import_unit_name_twice(&text, r->faults->lang, u->name, (int64_t)before);
		fault(r, C_NAME, buf_str(&text));
		return OK;
	}
	struct query q = db_query(tx, "SELECT unit FROM unit_version WHERE parent = $1 "
				      "AND level = $2 AND type = $3 AND name = $4 "
				      "AND valid_to >= $5 LIMIT 1");
	BIND(&q, u->parent, (int64_t)u->level, u->type, u->name, day);
	enum err e = db_one(&q);

	if (e)
		return e == ERR_NOT_FOUND ? OK : e;
	struct str parent = row->parent_title;

	msg_import_unit_name_taken(&text, r->faults->lang, u->name, parent);
	fault(r, C_NAME, buf_str(&text));
	return OK;
}

static enum err read_row(struct reader *r, struct unit_import_row *row)
{
	struct tx *tx = r->tx;
	struct unit_new *u = &row->unit;
	enum err e;

	row->line = r->t->lines[r->row];
	*u = (struct unit_new){ .level = r->form->level, .to = NO_DATE };
	u->name = text_cell(r, C_NAME);
	u->type = text_cell(r, C_TYPE);
	u->name_en = text_cell(r, C_NAME_EN);
	u->code = cell(r, C_CODE);
	u->from = date_cell(r);
	u->households = count_cell(r, C_HOUSEHOLDS);
	u->head_count = count_cell(r, C_HEAD_COUNT);
	if (u->level == LEVEL_VILLAGE) {
		split_type(tx->mem, u);
		if (u->name.len && !u->type.len)
			fault_msg(r, C_TYPE, MSG_IMPORT_UNIT_TYPE_EMPTY);
	}
	if (!u->name.len)
		fault_msg(r, C_NAME, MSG_IMPORT_UNIT_NAME_EMPTY);

	struct date day = date_is_set(u->from) ? u->from : tx_today(tx);

	if ((e = find_parent(r, day, row)) || (e = check_code(r, row, day)))
		return e;
	return u->name.len && u->parent ? check_name(r, row, day) : OK;
}

static bool is_blank(const struct csv *t, size_t row)
{
	for (size_t i = 0; i < t->columns; i++)
		if (str_trim(csv_cell(t, row, i)).len)
			return false;
	return true;
}

static enum err read_rows(struct reader *r)
{
	struct unit_import *out = r->out;
	struct arena *a = r->tx->mem;

	out->at = NEW_N(a, struct unit_import_row, r->t->rows);
	r->mask = 15;
	while (r->mask < r->t->rows * 2)
		r->mask = r->mask * 2 + 1;
	r->names = NEW_N(a, struct seen, r->mask + 1);
	r->codes = NEW_N(a, struct seen, r->mask + 1);
	for (r->row = 1; r->row < r->t->rows && !r->faults->more; r->row++) {
		size_t before = r->faults->n;
		enum err e = is_blank(r->t, r->row) ? OK : read_row(r, &out->at[out->n]);

		if (e)
			return e;
		if (r->faults->n == before && !is_blank(r->t, r->row))
			out->n++;
	}
	if (!out->n && !r->faults->n)
		import_fault_msg(r->faults, 0, 0, S(""), MSG_IMPORT_NO_ROWS);
	return OK;
}

MUST_USE enum err unit_import_preview(struct tx *tx, struct str csv,
				      const struct unit_import_form *form, enum lang lang,
				      struct unit_import *out)
{
	const struct csv_limits limits = { .rows = UNIT_IMPORT_ROWS_MAX + 1, .columns = 40 };
	struct unit_import result = { .faults = { .a = tx->mem, .lang = lang } };
	struct reader r = { .tx = tx, .form = form, .out = &result, .faults = &result.faults };
	struct csv_error error = { 0 };
	struct csv t;
	enum err e = OK;

	if (form->level != LEVEL_VILLAGE && form->level != LEVEL_AGENCY &&
	    form->level != LEVEL_ENTERPRISE)
		return tx_fail(tx, ERR_INVALID, "units of that level come from the official lists");
	if (csv_parse(tx->mem, csv, &limits, &t, &error)) {
		import_fault_csv(r.faults, &error);
	} else {
		r.t = &t;
		import_headings(&t, columns, COLUMNS, r.place, r.faults);
		if (!r.faults->n)
			e = read_rows(&r);
	}
	if (!e)
		*out = result;
	return e;
}

MUST_USE enum err unit_import_apply(struct tx *tx, const struct unit_import *checked)
{
	if (checked->faults.n || !checked->n)
		return tx_fail(tx, ERR_INVALID, "a table with faults is not taken");
	for (size_t i = 0; i < checked->n; i++) {
		int64_t id;
		enum err e = unit_add(tx, &checked->at[i].unit, &id);

		if (e)
			return tx_fail(tx, e, "line %zu", checked->at[i].line);
	}
	return OK;
}
