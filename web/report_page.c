/* One struct is filled from the figures and shown by one template, on the site and in files. Nothing
 * here counts: office/report.h did. */
#include "web/report_page.h"

#include "gen/web_pages.h"
#include "web/report_out.h"
#include "web/root.h"

enum { MISSING_MOST = 12, YEAR_BEGINS = 90 };

/* --- Addresses --- */

static struct url lead(const struct report_view *v, struct url url)
{
	if (!v->links)
		return url_none();
	for (size_t i = 0; i < v->ask.n; i++)
		url = url_with(v->mem, url, v->ask.at[i].name, v->ask.at[i].value);
	return v->base.s.len ? url_on(v->mem, v->base, url) : url;
}

static struct str year_of(const struct report_view *v)
{
	return str_printf(v->mem, "%d", v->report->span.year);
}

struct url report_url(const struct report_view *v, struct str unit)
{
	return lead(v, url_path(v->mem, v->lang, "/tong-ket/%s/%s", unit, year_of(v)));
}

struct url report_line_url(const struct report_view *v, struct str unit,
			   const struct report_line *line)
{
	return lead(v,
		    url_path(v->mem, v->lang, "/tong-ket/%s/%s/%s", unit, year_of(v), line->code));
}

/* --- Figures --- */

/* What does not apply and what nothing is known of opens nothing. */
static bool opens(const struct report_line *line, struct report_value value, bool applies)
{
	return applies && (line->measure->how == MEASURE_SUM ? value.n : value.of);
}

static struct report_cell figure_cell(const struct report_view *v, const struct report_line *line,
				      const struct unit *u, struct report_value value,
				      enum report_column column)
{
	bool applies = line->applies[column];
	struct report_cell c = { .text = report_value_words(v->mem, v->lang, line, value, applies),
				 .url = url_none() };
	if (!u || !opens(line, value, applies))
		return c;
	c.url = report_line_url(v, u->code, line);
	if (column == REPORT_TO_DATE && c.url.s.len)
		c.url = url_with(v->mem, c.url, S("luy-ke"), S("1"));
	return c;
}

static struct str since_words(const struct report_view *v, const struct report_line *line)
{
	struct buf b = { .a = v->mem };
	if (date_is_set(line->since))
		msg_report_since(&b, v->lang, line->since);
	else if (date_is_set(line->until))
		msg_report_until(&b, v->lang, line->until);
	else if (date_is_set(line->counted_to))
		msg_report_counted_to(&b, v->lang, line->counted_to);
	return buf_str(&b);
}

static struct report_figure figure_of(const struct report_view *v, const struct report_line *line)
{
	const struct report *r = v->report;
	struct report_figure f = {
		.title = report_title(v->mem, v->lang, line),
		.code = line->law ? line->code : S(""),
		.value = figure_cell(v, line, &r->unit, line->value[REPORT_PERIOD], REPORT_PERIOD),
		.opens = opens(line, line->value[REPORT_PERIOD], line->applies[REPORT_PERIOD]),
		.before = report_before_words(v->mem, v->lang, r, line),
		.note = since_words(v, line),
		.to_date.text = S(""),
	};
	/* Nothing now and nothing then is said once. */
	struct report_value then = line->value[REPORT_BEFORE];
	if (!f.opens && !then.n && !then.of)
		f.before = S("");
	if (r->span.from == 1)
		return f;
	struct buf b = { .a = v->mem };
	f.to_date = figure_cell(v, line, &r->unit, line->value[REPORT_TO_DATE], REPORT_TO_DATE);
	msg_report_to_date(&b, v->lang, f.to_date.text);
	f.to_date.text = buf_str(&b);
	return f;
}

static void add_note(struct strs *notes, struct str text)
{
	for (size_t i = 0; i < notes->n; i++)
		if (str_eq(notes->at[i], text))
			return;
	if (text.len)
		notes->at[notes->n++] = text;
}

enum { NOTES_MOST = 24 };

/* The rules a share was counted by, where anything fell due under them. */
static void add_rules(const struct report_view *v, const struct report_line *line,
		      struct strs *notes)
{
	const struct law *l = v->tx->office->law;
	for (size_t i = 0; i < line->n; i++)
		for (size_t k = 0; k < l->limits.n && notes->n < NOTES_MOST; k++) {
			const struct report_part *p = &line->parts[i];
			const struct time_limit *row = &l->limits.at[k];
			bool ended = date_is_set(row->valid.to) &&
				     date_cmp(row->valid.to, v->report->first) < 0;
			if (p->part->from == COUNT_DUTIES && p->value[REPORT_PERIOD].of && !ended &&
			    str_eq(row->rule, str_of(p->part->key)) &&
			    date_cmp(row->valid.from, v->report->last) <= 0)
				add_note(notes, report_rule_words(v->mem, v->lang, row));
		}
}

static void add_figure(const struct report_view *v, const struct report_line *line,
		       struct report_section *s)
{
	/* What a figure means stands where it opens; said of all here, it would be half the page. */
	s->figures.at[s->figures.n++] = figure_of(v, line);
	if (line->measure->how != MEASURE_SUM)
		add_rules(v, line, &s->notes);
}

static void begin_section(const struct report_view *v, struct report_section *s, struct str title)
{
	s->title = title;
	s->figures.at = arena_get_n(v->mem, v->report->lines.n, sizeof *s->figures.at);
	s->notes.at = NEW_N(v->mem, struct str, NOTES_MOST);
}

/* Lines of one part of the table stand together. */
static void fill_sections(const struct report_view *v, struct report_page *p)
{
	size_t n = v->report->lines.n, k = 0;
	p->sections.at = arena_get_n(v->mem, n + 1, sizeof *p->sections.at);
	for (size_t i = 0; i < n; i++) {
		const struct report_line *line = &v->report->lines.at[i];
		/* Of a law that was in force in neither year there is nothing to say. */
		if (!line->applies[REPORT_PERIOD] && !line->applies[REPORT_BEFORE])
			continue;
		struct str title = report_section(v->lang, line);
		k += p->sections.n > 0 && !str_eq(p->sections.at[k].title, title);
		if (p->sections.n == k)
			begin_section(v, &p->sections.at[p->sections.n++], title);
		add_figure(v, line, &p->sections.at[k]);
	}
}

/* --- By unit --- */

/* A row of the table is an empty one where a unit did nothing and owed nothing: agencies. */
static bool says_something(const struct report *r, const struct report_row *row)
{
	for (size_t i = 0; i < r->lines.n; i++)
		if (row->values[i][REPORT_PERIOD].n || row->values[i][REPORT_PERIOD].of)
			return true;
	return row->cover[0].owing > 0;
}

static struct report_cell cover_cell(const struct report_view *v, const struct unit *u,
				     const struct report_cover *c)
{
	struct buf b = { .a = v->mem };
	if (!c->owing)
		return (struct report_cell){ S("–"), url_none() };
	lang_put_int(&b, v->lang, c->answered);
	buf_putc(&b, '/');
	lang_put_int(&b, v->lang, c->owing);
	return (struct report_cell){ buf_str(&b),
				     u ? report_line_url(v, u->code, v->report->coverage)
				       : url_none() };
}

/* `u` NULL: what belongs to none of the rows, which no address names. */
static void fill_row(const struct report_view *v, const struct unit *u,
		     const struct report_cover *cover,
		     struct report_value (*values)[REPORT_COLUMNS], struct report_unit_row *row)
{
	const struct report *r = v->report;
	row->cells.at = arena_get_n(v->mem, r->lines.n + 1, sizeof *row->cells.at);
	bool barred = false;
	row->bar = S("");
	if (r->coverage)
		row->cells.at[row->cells.n++] = cover_cell(v, u, cover);
	for (size_t i = 0; i < r->lines.n; i++) {
		const struct report_line *line = &r->lines.at[i];
		struct report_value value =
			values ? values[i][REPORT_PERIOD] : line->value[REPORT_PERIOD];
		if (!line->measure->brief || !line->applies[REPORT_PERIOD])
			continue;
		struct report_cell *cell = &row->cells.at[row->cells.n++];
		*cell = figure_cell(v, line, u, value, REPORT_PERIOD);
		if (!opens(line, value, true) && line->measure->how != MEASURE_SUM)
			cell->text = S("–"); /* no room for words */
		if (line->measure->how != MEASURE_IN_TIME || barred)
			continue;
		barred = true; /* the first share, in every row the same */
		if (value.of)
			row->bar = str_printf(v->mem, "%d.%d%%", (int)(report_share(value) / 10),
					      (int)(report_share(value) % 10));
	}
}

static void fill_table(const struct report_view *v, struct report_table *t)
{
	const struct report *r = v->report;
	t->columns.at = NEW_N(v->mem, struct str, r->lines.n + 1);
	t->rows.at = arena_get_n(v->mem, r->rows.n + 1, sizeof *t->rows.at);
	if (r->coverage)
		t->columns.at[t->columns.n++] = msg_plain(v->lang, MSG_REPORT_COVER_COLUMN);
	for (size_t i = 0; i < r->lines.n; i++)
		if (r->lines.at[i].measure->brief && r->lines.at[i].applies[REPORT_PERIOD])
			t->columns.at[t->columns.n++] =
				msg_plain(v->lang, r->lines.at[i].measure->brief);
	for (size_t i = 0; i < r->rows.n; i++) {
		const struct report_row *from = &r->rows.at[i];
		if (!says_something(r, from))
			continue;
		struct report_unit_row *row = &t->rows.at[t->rows.n++];
		row->name = (struct report_cell){ unit_heading(v->mem, &from->unit, v->lang),
						  report_url(v, from->unit.code) };
		fill_row(v, &from->unit, from->cover, from->values, row);
	}
	/* So that the rows add up to the last one. */
	if (t->rows.n && says_something(r, &r->rest)) {
		struct report_unit_row *row = &t->rows.at[t->rows.n++];
		row->name = (struct report_cell){ msg_plain(v->lang, MSG_REPORT_REST), url_none() };
		fill_row(v, NULL, r->rest.cover, r->rest.values, row);
	}
	fill_row(v, &r->unit, r->cover, NULL, &t->total);
}

/* --- Coverage --- */

static void add_sentence(struct report_page *p, struct buf *b)
{
	p->cover.sentences.at[p->cover.sentences.n++] = buf_str(b);
}

static enum err missing_units(const struct report_view *v, struct report_page *p)
{
	struct report_entries found;
	struct report_list_filter f = { .report = v->report,
					.line = v->report->coverage,
					.under = v->report->unit.id,
					.only_part = -1,
					.outcome = OUTCOME_MISSED,
					.limit = MISSING_MOST };
	enum err e = report_list(v->tx, &f, &found);
	for (size_t i = 0; !e && i < found.n; i++)
		p->cover.missing.at[p->cover.missing.n++] = (struct link){
			.text = unit_heading(v->mem, &found.at[i].unit.unit, v->lang),
			.url = report_url(v, found.at[i].unit.unit.code),
		};
	return e;
}

/* Where many are missing, how many of each unit beneath. */
static void missing_by_unit(const struct report_view *v, struct report_page *p)
{
	const struct report *r = v->report;
	for (size_t i = 0; i < r->rows.n; i++) {
		const struct report_row *row = &r->rows.at[i];
		struct buf b = { .a = v->mem };
		int64_t n = row->cover[0].owing - row->cover[0].answered;
		if (!n)
			continue;
		struct url url = report_line_url(v, row->unit.code, r->coverage);
		struct str name = unit_title(v->mem, &row->unit, v->lang);
		if (row->unit.level == LEVEL_COMMUNE)
			buf_put(&b, name);
		else
			msg_report_missing_of(&b, v->lang, n, name);
		p->cover.missing.at[p->cover.missing.n++] = (struct link){
			.text = buf_str(&b),
			.url = url.s.len ? url_with(v->mem, url, S("ket-qua"), S("chua-dat")) : url,
		};
	}
}

static enum err fill_cover(const struct report_view *v, struct report_page *p)
{
	typedef void sentence(struct buf *, enum lang, int64_t, int64_t);
	static sentence *const others[REPORT_COVERS] = { NULL, msg_report_cover_agencies,
							 msg_report_cover_enterprises };
	const struct report *r = v->report;
	struct report_cover communes = r->cover[0];
	int64_t owing = 0, missing = 0;
	p->cover.sentences.at = NEW_N(v->mem, struct str, REPORT_COVERS + 1);
	p->cover.missing.at = NEW_N(v->mem, struct link, r->rows.n + MISSING_MOST);
	for (int i = 0; i < REPORT_COVERS; i++) {
		struct buf b = { .a = v->mem };
		owing += r->cover[i].owing;
		missing += r->cover[i].owing - r->cover[i].answered;
		if (i == 0 && communes.owing)
			msg_report_cover_communes(&b, v->lang, communes.answered, communes.owing,
						  report_share((struct report_value){
							  communes.answered, communes.owing }));
		else if (i && r->cover[i].owing)
			others[i](&b, v->lang, r->cover[i].answered, r->cover[i].owing);
		if (b.len)
			add_sentence(p, &b);
	}
	p->cover.shown = r->coverage && owing;
	p->cover.tone = missing ? TONE_SOON : TONE_OK;
	if (!p->cover.shown || !missing)
		return OK;
	if (missing <= MISSING_MOST)
		return missing_units(v, p);
	missing_by_unit(v, p);
	return OK;
}

/* --- The whole --- */

/* A unit that was not there on that day: who was, in its place. */
static enum err fill_absent(const struct report_view *v, struct report_page *p)
{
	const struct report *r = v->report;
	struct unit_links links;
	struct buf b = { .a = v->mem };
	bool later = date_is_set(r->unit.from) && date_cmp(r->unit.from, r->tree) > 0;
	enum err e = later ? unit_predecessors(v->tx, r->unit.id, &links)
			   : unit_successors(v->tx, r->unit.id, &links);
	if (e)
		return e;
	struct banner *banner = p->absent = NEW(v->mem, struct banner);
	banner->tone = TONE_INFO;
	banner->title = unit_heading(v->mem, &r->unit, v->lang);
	if (links.n)
		msg_report_not_yet(&b, v->lang, r->tree);
	else
		msg_report_nobody(&b, v->lang, r->tree);
	banner->text = buf_str(&b);
	banner->ways.at = NEW_N(v->mem, struct link, links.n);
	for (size_t i = 0; i < links.n; i++)
		banner->ways.at[banner->ways.n++] = (struct link){
			.text = unit_heading(v->mem, &links.at[i].unit, v->lang),
			.url = report_url(v, links.at[i].unit.code),
		};
	return OK;
}

static void fill_head(const struct report_view *v, struct report_page *p)
{
	const struct report *r = v->report;
	struct buf title = { .a = v->mem }, counted = { .a = v->mem }, running = { .a = v->mem },
		   territory = { .a = v->mem };
	msg_report_title(&title, v->lang, report_period_words(v->mem, v->lang, &r->span));
	msg_report_counted(&counted, v->lang, r->first, r->running ? r->tree : r->last);
	if (r->running)
		msg_report_running(&running, v->lang, r->counted);
	if (r->known_before)
		msg_report_territory(&territory, v->lang, r->span.year, r->span.year - 1);
	else
		msg_report_no_before(&territory, v->lang, r->span.year - 1);
	p->title = buf_str(&title);
	p->kicker = unit_heading(v->mem, &r->unit, v->lang);
	p->counted = buf_str(&counted);
	p->running = buf_str(&running);
	p->territory = buf_str(&territory);
}

enum err report_fill(const struct report_view *v, struct report_page *p)
{
	fill_head(v, p);
	if (!v->report->unit.in_force)
		return fill_absent(v, p);
	enum err e = fill_cover(v, p);
	if (e)
		return e;
	fill_sections(v, p);
	if (v->report->rows.n)
		fill_table(v, &p->table);
	report_fill_map(v, &p->map);
	return OK;
}

void report_alone(struct page *out, const struct report_page *p)
{
	page_report_alone(out, p);
}
