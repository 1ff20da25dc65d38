/* One page for every table: its columns stand one below the other, because a phone shows no 29 of them side
 * by side; the units beneath are a table as wide as the circular's. Each of its cells may be a link, so a page
 * bears so many of them: more units than that stand on pages of their own. */
#include "modules/inspect/statistic_pages.h"

#include "gen/inspect_pages.h"
#include "office/gate.h"
#include "web/root.h"
#include "web/unit_filter.h"
#include "web/window.h"

/* Cells of units: beside the totals, and on a page of their own; and of how many units a page says that one sum does
 * not hold: the first ones show what is wrong. How many units the form offers in a list. */
enum {
	FIRST_YEAR = 2000,
	CELLS_BESIDE = 64,
	CELLS_APART = 170,
	UNITS_BROKEN = 3,
	PLACES_MOST = 64
};

/* --- What is asked for --- */

static const struct stat_table *table_of(struct str code)
{
	for (int i = 0; i < STATISTIC_TABLES; i++)
		if (str_eq(code, str_of(statistic_tables[i].code)))
			return &statistic_tables[i];
	return NULL;
}

static struct date month_of(struct date day)
{
	return date_add(day, 1 - date_ymd(day).day);
}

/* Denunciations are counted in these two: how many there are of one day would tell on which somebody denounced. */
static bool counts_denunciations(const struct stat_table *t)
{
	return str_eq(str_of(t->code), S("XLD01")) || str_eq(str_of(t->code), S("XLD03"));
}

static struct date last_month_over(struct req *r)
{
	return date_add(month_of(tx_today(&r->tx)), -1);
}

/* Who works at the unit or above it asks for any days, everybody else for whole months that are over; where
 * denunciations are counted, he too. */
static void keep_to_months(struct req *r, const struct stat_table *t, const struct unit *u,
			   struct date *first, struct date *last, struct statistic_days *days)
{
	struct date over = last_month_over(r);
	*days = (struct statistic_days){
		.first = *first,
		.last = *last,
		.asked = req_query(r, "tu").len || req_query(r, "den").len,
	};
	if (gate_is_official_of(&r->tx, u->id) && !counts_denunciations(t))
		return;
	*first = month_of(*first);
	if (date_cmp(*last, date_month_end(*last)) != 0)
		*last = date_add(month_of(*last), -1);
	if (date_cmp(*last, over) > 0)
		*last = over;
	days->no_month = days->asked && date_cmp(*first, *last) > 0;
	if (date_cmp(*first, *last) > 0) /* nobody asked for days: of the year before, then */
		*first = date_year_start(date_ymd(*last).year);
	days->rounded = date_cmp(*first, days->first) != 0 || date_cmp(*last, days->last) != 0;
}

/* Without days: the year so far; of one year that is over, all of it. */
static enum err read_days(struct req *r, struct date *first, struct date *last)
{
	struct date today = tx_today(&r->tx);
	*last = req_query_date(r, "den", today);
	if (date_cmp(*last, today) > 0)
		*last = today;
	*first = req_query_date(r, "tu", date_year_start(date_ymd(*last).year));
	if (date_cmp(*first, *last) > 0 || date_ymd(*first).year < FIRST_YEAR)
		return tx_fail(&r->tx, ERR_NOT_FOUND, "no such period of a table");
	return OK;
}

enum err statistic_read(struct req *r, struct stat *out, struct statistic_days *days)
{
	const struct stat_table *t = table_of(req_param(r, "table"));
	struct date first, last;
	struct unit u;
	if (!t)
		return tx_fail(&r->tx, ERR_NOT_FOUND, "no such table");
	enum err e = read_days(r, &first, &last);
	if (e || (e = unit_by_code_any(&r->tx, req_param(r, "unit"), last, &u)))
		return e;
	keep_to_months(r, t, &u, &first, &last, days);
	if (!days->no_month)
		return stat_make(&r->tx, t, &u, first, last, out);
	*out = (struct stat){ .table = t,
			      .unit = u,
			      .first = { days->first, days->first },
			      .last = days->last,
			      .tree = tx_today(&r->tx) };
	return OK;
}

enum err statistic_latest(struct req *r)
{
	struct unit root;
	enum err e = req_root(r, &root);
	if (e)
		return e;
	return req_redirect(
		r, req_url(r, "/thong-ke/%s/%s", str_of(statistic_tables[1].code), root.code));
}

/* --- Words and addresses --- */

static struct str group_words(struct arena *a, enum lang lang, const struct stat_column *c)
{
	struct str words = c->group[0] ? msg_plain(lang, c->group[0]) : S("");
	if (c->group[1])
		words = str_printf(a, "%.*s · %.*s", STR_ARG(words),
				   STR_ARG(msg_plain(lang, c->group[1])));
	return words;
}

struct str statistic_column_words(struct arena *a, enum lang lang, const struct stat_column *c)
{
	struct str group = group_words(a, lang, c), title = msg_plain(lang, c->title);
	return group.len ? str_printf(a, "%.*s · %.*s", STR_ARG(group), STR_ARG(title)) : title;
}

struct str statistic_sum_words(struct arena *a, const struct stat_identity *i)
{
	struct buf b = { .a = a };
	buf_printf(&b, "%d =", i->left);
	for (int k = 0; k < STAT_SUM && i->right[k]; k++)
		buf_printf(&b, "%s%d", k ? " + " : " ", i->right[k]);
	return buf_str(&b);
}

static struct url with_days(struct req *r, const struct stat *s, struct url url)
{
	url = url_with(r->mem, url, S("tu"), date_iso(r->mem, s->first[STAT_PERIOD]));
	return url_with(r->mem, url, S("den"), date_iso(r->mem, s->last));
}

struct url statistic_url(struct req *r, const struct stat *s, struct str unit, int column,
			 enum stat_span span)
{
	struct str code = str_of(s->table->code);
	if (!column)
		return with_days(r, s, req_url(r, "/thong-ke/%s/%s", code, unit));
	struct str no = str_printf(r->mem, "%d", column);
	struct url url = with_days(r, s, req_url(r, "/thong-ke/%s/%s/%s", code, unit, no));
	return span == STAT_YEAR ? url_with(r->mem, url, S("luy-ke"), S("1")) : url;
}

/* The units beneath, of the table, the unit and the days that an address asks for. */
static struct url units_url(struct req *r, struct url table)
{
	return url_with(r->mem, table, S("phan"), S("don-vi"));
}

/* A table at other days, of another unit, another table: who looks at the units beneath goes on with those. */
static struct url way_url(struct req *r, const struct stat *s, struct str unit, bool apart)
{
	struct url table = statistic_url(r, s, unit, 0, STAT_PERIOD);
	return apart ? units_url(r, table) : table;
}

static struct str number_words(struct req *r, int64_t n)
{
	struct buf b = { .a = r->mem };
	msg_statistics_number(&b, r->lang, n);
	return buf_str(&b);
}

/* --- The page --- */

static struct statistic_cell cell_of(struct req *r, const struct stat *s, struct str unit,
				     int column, enum stat_span span, int64_t n)
{
	const struct stat_column *c = &s->table->columns[column - 1];
	struct statistic_cell cell = { .text = S("–"), .url = url_none() };
	if (!stat_is_known(c))
		return cell;
	cell.text = number_words(r, n);
	if (n && unit.len && stat_is_listed(s->table, c))
		cell.url = statistic_url(r, s, unit, column, span);
	return cell;
}

static void fill_lines(struct req *r, const struct stat *s, struct statistic_page *p)
{
	struct str before = S("");
	p->lines.at = arena_get_n(r->mem, (size_t)stat_printed(s->table), sizeof *p->lines.at);
	p->lines.n = (size_t)stat_printed(s->table);
	for (int c = 0; c < stat_printed(s->table); c++) {
		struct statistic_line *l = &p->lines.at[c];
		struct str group = group_words(r->mem, r->lang, &s->table->columns[c]);
		l->no = c + 1;
		l->group = str_eq(group, before) ? S("") : group;
		l->title = msg_plain(r->lang, s->table->columns[c].title);
		l->words = statistic_column_words(r->mem, r->lang, &s->table->columns[c]);
		for (int k = 0; k < STAT_SPANS; k++)
			l->values[k] = cell_of(r, s, s->unit.code, c + 1, (enum stat_span)k,
					       s->values[k][c]);
		before = group;
	}
}

/* "Cột 1, 2, 5: ...": what is said of several columns is said once. */
static void fill_notes(struct req *r, const struct stat *s, struct statistic_page *p)
{
	const struct stat_column *all = s->table->columns;
	p->notes.at = NEW_N(r->mem, struct str, (size_t)stat_printed(s->table));
	for (int c = 0; c < stat_printed(s->table); c++) {
		struct buf b = { .a = r->mem }, which = { .a = r->mem };
		bool said = !all[c].note;
		for (int k = 0; k < c; k++)
			said |= all[k].note == all[c].note;
		for (int k = c; !said && k < stat_printed(s->table); k++)
			if (all[k].note == all[c].note)
				buf_printf(&which, "%s%d", which.len ? ", " : "", k + 1);
		if (said)
			continue;
		msg_statistics_note(&b, r->lang, buf_str(&which), msg_plain(r->lang, all[c].note));
		p->notes.at[p->notes.n++] = buf_str(&b);
	}
}

/* The column aside says how many; who may open lists finds them there and sorts them. */
static void fill_unsorted(struct req *r, const struct stat *s, struct statistic_page *p)
{
	struct buf b = { .a = r->mem };
	int64_t n = s->table->aside ? s->values[STAT_PERIOD][s->table->n - 1] : 0;
	p->unsorted = (struct statistic_cell){ .text = S(""), .url = url_none() };
	if (!n)
		return;
	p->unsorted = cell_of(r, s, s->unit.code, s->table->n, STAT_PERIOD, n);
	msg_statistics_n_unsorted(&b, r->lang, n);
	p->unsorted.text = buf_str(&b);
}

static int64_t right_of(const struct stat_identity *i, const int64_t *values)
{
	int64_t sum = 0;
	for (int k = 0; k < STAT_SUM && i->right[k]; k++)
		sum += values[i->right[k] - 1];
	return sum;
}

/* A sum that does not hold, in the period, since January or of one unit, is said where it can be seen. */
static void add_sum(struct req *r, struct statistic_page *p, const struct stat_identity *i,
		    struct str whose, const int64_t *values)
{
	struct buf b = { .a = r->mem };
	struct str sum = statistic_sum_words(r->mem, i);
	if (whose.len)
		sum = str_printf(r->mem, "%.*s, %.*s", STR_ARG(sum), STR_ARG(whose));
	if (stat_holds(i, values)) {
		msg_statistics_holds(&b, r->lang, sum);
	} else {
		msg_statistics_holds_not(&b, r->lang, sum, values[i->left - 1],
					 right_of(i, values));
		p->broken = true;
	}
	p->sums.at[p->sums.n++] = buf_str(&b);
}

static void fill_sums(struct req *r, const struct stat *s, struct statistic_page *p)
{
	size_t n = 0;
	while (s->table->identities[n].left)
		n++;
	p->sums.at = NEW_N(r->mem, struct str, n * (2 + s->rows.n));
	for (const struct stat_identity *i = s->table->identities; i->left; i++) {
		add_sum(r, p, i, S(""), s->values[STAT_PERIOD]);
		if (!stat_holds(i, s->values[STAT_YEAR]))
			add_sum(r, p, i, msg_plain(r->lang, MSG_STATISTICS_SINCE_JANUARY),
				s->values[STAT_YEAR]);
		for (size_t k = 0, said = 0; k < s->rows.n && said < UNITS_BROKEN; k++)
			if (!stat_holds(i, s->rows.at[k].values[STAT_PERIOD]) && ++said)
				add_sum(r, p, i, unit_heading(r->mem, &s->rows.at[k].unit, r->lang),
					s->rows.at[k].values[STAT_PERIOD]);
	}
}

static bool is_empty(const struct stat *s, int64_t *const *values)
{
	for (int c = 0; c < stat_printed(s->table); c++)
		if (values[STAT_PERIOD][c] || values[STAT_YEAR][c])
			return false;
	return true;
}

/* `unit`: whose lists the cells open; "": they open none. */
static void fill_unit(struct req *r, const struct stat *s, struct str unit, int64_t *const *values,
		      struct statistic_unit *row)
{
	row->cells.at = arena_get_n(r->mem, (size_t)stat_printed(s->table), sizeof *row->cells.at);
	row->cells.n = (size_t)stat_printed(s->table);
	for (int c = 0; c < stat_printed(s->table); c++)
		row->cells.at[c] = cell_of(r, s, unit, c + 1, STAT_PERIOD, values[STAT_PERIOD][c]);
}

static void add_unit(struct req *r, const struct stat *s, const struct unit *u,
		     int64_t *const *values, struct statistic_page *p)
{
	struct statistic_unit *row = &p->units.at[p->units.n++];
	row->name = unit_heading(r->mem, u, r->lang);
	row->url = statistic_url(r, s, u->code, 0, STAT_PERIOD);
	fill_unit(r, s, u->code, values, row);
}

/* Villages receive nobody: a unit in which nothing was counted has a row only where others could have. */
static void fill_units(struct req *r, const struct stat *s, struct statistic_page *p)
{
	struct buf whole = { .a = r->mem };
	p->units.at = arena_get_n(r->mem, s->rows.n, sizeof *p->units.at);
	for (size_t i = 0; i < s->rows.n; i++)
		if (s->rows.at[i].unit.level != LEVEL_VILLAGE || !is_empty(s, s->rows.at[i].values))
			add_unit(r, s, &s->rows.at[i].unit, s->rows.at[i].values, p);
	p->own = p->whole = (struct statistic_unit){ .name = S(""), .url = url_none() };
	if (p->units.n && !is_empty(s, s->rest.values)) {
		p->own.name = msg_plain(r->lang, MSG_STATISTICS_REST);
		fill_unit(r, s, S(""), s->rest.values, &p->own);
	}
	msg_statistics_whole(&whole, r->lang, unit_heading(r->mem, &s->unit, r->lang));
	p->whole.name = buf_str(&whole);
	fill_unit(r, s, s->unit.code, s->values, &p->whole);
}

/* Few units stand beside the totals. More of them have pages of their own; where there is none, the totals
 * are all there is. */
static enum err part_of_table(struct req *r, const struct stat *s, struct statistic_page *p)
{
	size_t all = p->units.n, columns = p->lines.n;
	struct url table = statistic_url(r, s, s->unit.code, 0, STAT_PERIOD);
	struct window w = window_asked(r, CELLS_APART / columns);
	struct buf more = { .a = r->mem };
	p->apart = all && str_eq(req_query(r, "phan"), S("don-vi"));
	if (!p->apart) {
		if (all * columns <= CELLS_BESIDE)
			return OK;
		p->units.n = 0;
		msg_statistics_more_units(&more, r->lang, (int64_t)all);
		p->more = (struct link){ .text = buf_str(&more), .url = units_url(r, table) };
		return OK;
	}
	if (w.skip >= all)
		return tx_fail(&r->tx, ERR_NOT_FOUND, "the table has no such page");
	p->units.at += w.skip;
	p->units.n = window_rows(&w, all);
	p->pager = window_pager(r, units_url(r, table), &w, all);
	p->more = (struct link){ .text = msg_plain(r->lang, MSG_STATISTICS_TOTALS), .url = table };
	return OK;
}

static void put_link(struct links *l, struct str text, struct url url, bool here)
{
	l->at[l->n++] = (struct link){ .text = text, .url = url, .here = here };
}

static struct date month_start(int year, int month)
{
	return date_add_months(date_year_start(year), month - 1);
}

static void add_period(struct req *r, const struct stat *s, struct str text, int from, int to,
		       struct statistic_page *p)
{
	struct stat other = *s;
	int year = date_ymd(s->last).year;
	other.first[STAT_PERIOD] = month_start(year, from);
	other.last = date_month_end(month_start(year, to));
	if (date_cmp(other.first[STAT_PERIOD], tx_today(&r->tx)) > 0)
		return;
	bool here = date_cmp(other.first[STAT_PERIOD], s->first[STAT_PERIOD]) == 0 &&
		    date_cmp(other.last, s->last) == 0;
	put_link(&p->periods, text, way_url(r, &other, s->unit.code, p->apart), here);
}

/* A file holds the whole table, of whatever part of it the page shows. */
static void fill_formats(struct req *r, const struct stat *s, struct links *out)
{
	static const struct {
		struct str name;
		const char *ending;
	} formats[] = { { S_INIT("CSV"), ".csv" }, { S_INIT("JSON"), ".json" } };
	out->at = NEW_N(r->mem, struct link, LENGTH(formats));
	for (size_t i = 0; i < LENGTH(formats); i++) {
		struct str code =
			str_printf(r->mem, "%.*s%s", STR_ARG(s->unit.code), formats[i].ending);
		put_link(out, formats[i].name, statistic_url(r, s, code, 0, STAT_PERIOD), false);
	}
}

static void fill_ways(struct req *r, const struct stat *s, struct statistic_page *p)
{
	static const struct str roman[] = { S_INIT("I"), S_INIT("II"), S_INIT("III"),
					    S_INIT("IV") };
	p->tables.at = NEW_N(r->mem, struct link, STATISTIC_TABLES);
	for (int i = 0; i < STATISTIC_TABLES; i++) {
		struct stat other = *s;
		other.table = &statistic_tables[i];
		put_link(&p->tables,
			 str_printf(r->mem, "%s %.*s", other.table->code,
				    STR_ARG(msg_plain(r->lang, other.table->brief))),
			 way_url(r, &other, s->unit.code, p->apart), other.table == s->table);
	}
	p->periods.at = NEW_N(r->mem, struct link, 8);
	for (int q = 0; q < 4; q++) {
		struct buf b = { .a = r->mem };
		msg_statistics_quarter(&b, r->lang, roman[q], date_ymd(s->last).year);
		add_period(r, s, buf_str(&b), 3 * q + 1, 3 * q + 3, p);
	}
	add_period(r, s, msg_plain(r->lang, MSG_STATISTICS_HALF_FIRST), 1, 6, p);
	add_period(r, s, msg_plain(r->lang, MSG_STATISTICS_HALF_SECOND), 7, 12, p);
	add_period(r, s, msg_plain(r->lang, MSG_STATISTICS_YEAR), 1, 12, p);
	fill_formats(r, s, &p->formats);
}

enum err statistic_crumbs(struct req *r, const struct stat *s, bool apart, struct frame *f)
{
	struct unit_list path;
	enum err e = unit_path(&r->tx, s->unit.id, s->tree, &path);
	for (size_t i = 0; !e && i + 1 < path.n; i++)
		frame_crumb(r->mem, f, unit_heading(r->mem, &path.at[i], r->lang),
			    way_url(r, s, path.at[i].code, apart));
	return e;
}

struct str statistic_rounded_words(struct req *r, const struct statistic_days *days)
{
	struct buf b = { .a = r->mem };
	struct date over = last_month_over(r);
	if (days->no_month)
		msg_statistics_no_month(&b, r->lang, days->first, days->last, month_of(over), over);
	else if (days->rounded && !days->asked)
		return msg_plain(r->lang, MSG_STATISTICS_MONTHS_ONLY);
	else if (days->rounded)
		msg_statistics_rounded_months(&b, r->lang, days->first, days->last);
	return buf_str(&b);
}

static void fill_head(struct req *r, const struct stat *s, struct statistic_page *p)
{
	struct buf kicker = { .a = r->mem }, days = { .a = r->mem };
	msg_statistics_kicker(&kicker, r->lang, str_of(s->table->code),
			      unit_heading(r->mem, &s->unit, r->lang));
	msg_statistics_days(&days, r->lang, s->first[STAT_PERIOD], s->last);
	p->kicker = buf_str(&kicker);
	p->days = buf_str(&days);
	p->title = msg_plain(r->lang, s->table->title);
	p->means = msg_plain(r->lang, s->table->means);
	p->first = s->first[STAT_PERIOD];
	p->last = s->last;
	p->action = req_url(r, "/thong-ke/%s/%s", str_of(s->table->code), s->unit.code);
}

/* The same table of another unit: who chose or typed it in the form gets its address; of words that mean none, or
 * several, what can be done about it is said beside the field. */
static enum err other_unit(struct req *r, struct statistic_page *p, bool *gone)
{
	struct unit_filter at = { .problem = S("") };
	enum err e = req_query(r, "don-vi").len ? unit_filter_read(r, &at) : OK;
	*gone = !e && req_query(r, "don-vi").len && !at.problem.len;
	p->problem = at.problem;
	p->typed = at.text;
	p->meant = at.choices;
	if (!*gone)
		return e;
	struct url table = req_url(r, "/thong-ke/%s/%s", req_param(r, "table"), at.unit.code);
	return req_redirect(r, url_query(r->mem, table.s, &r->query, S("don-vi"), S("")));
}

static void add_place(struct req *r, const struct stat *s, const struct unit *u,
		      struct statistic_page *p)
{
	p->places.at[p->places.n++] =
		(struct filter_choice){ .value = u->code,
					.label = unit_heading(r->mem, u, r->lang),
					.chosen = u->id == s->unit.id };
}

/* Those above, itself, and those right beneath that receive somebody; where these are many, one types which. */
static enum err fill_places(struct req *r, const struct stat *s, struct statistic_page *p)
{
	struct unit_list path;
	enum err e = unit_path(&r->tx, s->unit.id, s->tree, &path);
	if (e)
		return e;
	p->places.at = NEW_N(r->mem, struct filter_choice, path.n + s->rows.n);
	for (size_t i = 0; i < path.n; i++)
		add_place(r, s, &path.at[i], p);
	for (size_t i = 0; i < s->rows.n; i++)
		if (s->rows.at[i].unit.level != LEVEL_VILLAGE)
			add_place(r, s, &s->rows.at[i].unit, p);
	p->types = p->places.n > PLACES_MOST;
	if (p->places.n == 1 || p->types)
		p->places.n = 0;
	return OK;
}

/* The days hold no whole month: which ones do, and no figure. */
static enum err show_no_month(struct req *r, const struct stat *s, struct statistic_page *p)
{
	if (r->format != FORMAT_HTML)
		return tx_fail(&r->tx, ERR_INVALID, "no whole month in these days");
	enum err e = statistic_crumbs(r, s, false, p->frame);
	if (e)
		return e;
	p->days = S("");
	r->reply.status = 422;
	page_statistic(&r->out, p);
	return OK;
}

enum err statistic_show(struct req *r)
{
	struct stat s;
	struct statistic_days days;
	struct statistic_page p = { .frame = NULL };
	struct buf out = { .a = r->mem };
	bool gone;
	enum err e = other_unit(r, &p, &gone);
	if (e || gone || (e = statistic_read(r, &s, &days)))
		return e;
	p.rounded = statistic_rounded_words(r, &days);
	p.no_month = days.no_month;
	if (days.no_month) {
		fill_head(r, &s, &p);
		fill_ways(r, &s, &p);
		p.frame = req_frame(r, p.title, DOOR_INSPECT);
		return show_no_month(r, &s, &p);
	}
	if (r->format == FORMAT_CSV) {
		statistic_csv(&out, r->lang, &s);
		return req_bytes(r, S("text/csv; charset=utf-8"), buf_str(&out));
	}
	if (r->format == FORMAT_JSON) {
		statistic_json(&out, r->lang, &s);
		return req_bytes(r, S("application/json; charset=utf-8"), buf_str(&out));
	}
	fill_head(r, &s, &p);
	fill_lines(r, &s, &p);
	fill_units(r, &s, &p);
	p.frame = req_frame(r, p.title, DOOR_INSPECT);
	if ((e = part_of_table(r, &s, &p)) || (e = statistic_crumbs(r, &s, p.apart, p.frame)) ||
	    (e = fill_places(r, &s, &p)))
		return e;
	fill_ways(r, &s, &p);
	fill_sums(r, &s, &p);
	fill_notes(r, &s, &p);
	fill_unsorted(r, &s, &p);
	page_statistic(&r->out, &p);
	return OK;
}
