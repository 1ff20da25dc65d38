/* Reading the law: every table whole, in an order in which references point backwards (sources,
 * acts, then the rest), stopping at the first thing that does not fit. */
#include "law/load.h"

const char *const regime_words[] = { "commune", "agency", "enterprise", NULL };

bool load_table(struct load *l, const char *file, const char *const *columns, struct tsv *t)
{
	struct str bytes;

	if (!l->read(l->a, l->from, file, &bytes, &l->why))
		return false;
	if (tsv_parse(l->a, str_printf(l->a, "%s/%s", l->folder, file), bytes, columns, t)) {
		l->why = t->why;
		return false;
	}
	return true;
}

bool load_end(struct load *l, struct tsv *t)
{
	if (!t->rows)
		tsv_fail(t, 0, TSV_ROW, "is missing: the table needs at least one row");
	l->why = t->why;
	return !t->why.len;
}

struct str load_code(struct tsv *t, size_t row, int column)
{
	struct str code = tsv_text(t, row, column);

	for (size_t i = 0; i < row; i++)
		if (str_eq(tsv_cell(t, i, (size_t)column), code))
			tsv_fail(t, row, column, "'%.*s' stands on line %zu already: give another",
				 STR_ARG(code), tsv_line(i));
	return code;
}

static const struct law_source *source_find(const struct law *law, struct str key)
{
	for (size_t i = 0; i < law->sources.n; i++)
		if (str_eq(law->sources.at[i].key, key))
			return &law->sources.at[i];
	return NULL;
}

/* The part of a basis before the next semicolon outside brackets. */
static struct str next_part(struct str *rest)
{
	size_t i = 0;
	int depth = 0;

	for (; i < rest->len && (depth || rest->at[i] != ';'); i++)
		depth += (rest->at[i] == '(') - (rest->at[i] == ')');
	struct str part = str_trim(str_cut(*rest, i));
	*rest = str_from(*rest, i + 1);
	return part;
}

/* "source:PD-DC (note); memory (note)". Whatever mentions memory, in a note too, is not verified;
 * nor is what rests on a source whose confidence is plainly "low". */
struct basis load_basis(struct load *l, struct tsv *t, size_t row, int column)
{
	struct basis b = { .text = tsv_text(t, row, column) };
	struct str rest = b.text;
	size_t n = 0;

	b.unverified = str_has(b.text, S("memory"));
	while (rest.len) {
		struct str part = next_part(&rest), head = part, note = part;
		str_next(&note, ' ', &head);
		if (str_eq(head, S("memory")) || str_eq(part, S("date computed")))
			continue;
		if (!str_starts(head, S("source:"))) {
			tsv_fail(t, row, column,
				 "'%.*s': each part is source:KEY, memory or date computed",
				 STR_ARG(part));
			break;
		}
		struct str key = str_from(head, 7);
		const struct law_source *source = source_find(l->law, key);
		if (!source)
			tsv_fail(t, row, column, "source '%.*s' is not in sources.tsv",
				 STR_ARG(key));
		else if (n == BASIS_SOURCES)
			tsv_fail(t, row, column, "names more than %d sources", BASIS_SOURCES);
		else
			b.sources[n++] = source;
		if (source && (str_eq(source->confidence, S("low")) ||
			       str_starts(source->confidence, S("low "))))
			b.unverified = true;
	}
	return b;
}

struct span load_span(struct tsv *t, size_t row, int column)
{
	struct span s = { tsv_date(t, row, column), tsv_date_or_none(t, row, column + 1) };

	if (date_is_set(s.to) && date_cmp(s.to, s.from) < 0)
		tsv_fail(t, row, column + 1, "lies before the first day: mend one of the two");
	return s;
}

bool spans_meet(struct span a, struct span b)
{
	return (!date_is_set(a.to) || date_cmp(b.from, a.to) <= 0) &&
	       (!date_is_set(b.to) || date_cmp(a.from, b.to) <= 0);
}

static size_t digits_at(struct str text, size_t i)
{
	size_t n = 0;
	while (i + n < text.len && text.at[i + n] >= '0' && text.at[i + n] <= '9')
		n++;
	return n;
}

/* "10/2022" of "Luật 10/2022/QH15": digits, a stroke, four digits. */
static bool act_number(struct str text, struct str *out)
{
	for (size_t i = 0; i < text.len; i++) {
		size_t n = digits_at(text, i);
		if (n && i + n < text.len && text.at[i + n] == '/' &&
		    digits_at(text, i + n + 1) == 4) {
			*out = (struct str){ text.at + i, n + 5 };
			return true;
		}
		i += n;
	}
	return false;
}

struct citation load_citation(struct load *l, struct tsv *t, size_t row, int column)
{
	struct citation c = { tsv_text(t, row, column), tsv_cell(t, row, (size_t)column + 1),
			      NULL };
	struct str number;

	if (!act_number(c.law, &number))
		return c;
	for (size_t i = 0; i < l->law->acts.n && !c.act; i++) {
		const struct law_act *act = &l->law->acts.at[i];
		if (str_starts(act->number, number) &&
		    (act->number.len == number.len || act->number.at[number.len] == '/'))
			c.act = act;
	}
	return c;
}

void check_act_span(struct tsv *t, size_t row, const struct citation *c, struct span valid)
{
	const struct law_act *act = c->act;

	if (!act)
		return;
	bool early = date_cmp(valid.from, act->valid.from) < 0;
	bool late = date_is_set(act->valid.to) &&
		    (!date_is_set(valid.to) || date_cmp(valid.to, act->valid.to) > 0);
	if (early || late)
		tsv_fail(t, row, TSV_ROW,
			 "is in force %s %.*s (%.*s in laws.tsv) is: mend the dates",
			 early ? "before" : "longer than", STR_ARG(act->number),
			 STR_ARG(act->code));
}

enum regime load_regime(struct tsv *t, size_t row, int column)
{
	return (enum regime)(1 << tsv_choice(t, row, column, regime_words));
}

void load_days(struct tsv *t, size_t row, int column, int *days, enum limit_kind *kind)
{
	static const char *const words[] = { "", "working", "calendar", NULL };
	static const enum limit_kind kinds[] = { LIMIT_NONE, LIMIT_WORKING, LIMIT_CALENDAR };

	*days = (int)tsv_int(t, row, column, 1, 3660, 0);
	*kind = kinds[tsv_choice(t, row, column + 1, words)];
	if ((*days == 0) != (*kind == LIMIT_NONE))
		tsv_fail(t, row, column, "days and their kind go together: fill both or neither");
}

enum err law_load(struct arena *a, law_reader *read, const void *from, const char *folder,
		  const struct law **out, struct str *why)
{
	static bool (*const steps[])(struct load *) = {
		load_acts,      load_holidays,   load_limits,     load_disclosure,
		load_decisions, load_opinions,   load_receptions, load_elections,
		load_bodies,    load_headcounts, load_documents,  load_indicators,
	};
	struct load l = { a, read, from, folder, NEW(a, struct law), S("") };

	for (size_t i = 0; i < LENGTH(steps); i++) {
		if (!steps[i](&l)) {
			*why = l.why;
			return ERR_INVALID;
		}
	}
	*out = l.law;
	return OK;
}
