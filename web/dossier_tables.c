/* What a dossier has many of: on its page some of each, all of it on pages of its own (dossier_whole.c), so that no
 * page grows with the years. */
#include "web/dossier_tables.h"

#include "law/rule_words.h"
#include "office/comment.h"
#include "office/gate.h"
#include "web/dossier_acts.h"
#include "web/module.h"
#include "web/timing.h"

#include <stdlib.h>

/* --- Duties --- */

static struct str duty_rule_words(struct req *r, const struct duty *y)
{
	struct str words;
	for (const struct module *const *m = modules; *m; m++)
		if ((*m)->duty && (*m)->duty(&r->tx, y->rule, y->about, r->lang, &words))
			return words;
	enum msg label = rule_label(y->rule);
	if (!label)
		label = comment_rule_label(y->rule);
	return label ? msg_plain(r->lang, label) : y->about;
}

/* With the line it belongs to, when that has a name: two places have two runs of days. */
static struct str duty_title(struct req *r, const struct dossier *d, const struct duty *y)
{
	struct str words = duty_rule_words(r, y);
	if (y->line < 1 || (size_t)y->line > d->lines.n || !gate_may_see_content(&r->tx, d))
		return words;
	const struct line *l = &d->lines.at[y->line - 1];
	const struct field *name = &l->kind->fields[0];
	if (name->type != FIELD_TEXT || name->choices)
		return words;
	return str_printf(r->mem, "%.*s, %.*s", STR_ARG(words),
			  STR_ARG(field_words(r, d, name, l->data)));
}

/* What is due stands first, the most urgent at the head; then what is over, the newest first. */
static int duty_order(const void *x, const void *y)
{
	const struct duty *a = *(const struct duty *const *)x, *b = *(const struct duty *const *)y;
	bool open = a->state == DUTY_OPEN;
	if (open != (b->state == DUTY_OPEN))
		return open ? -1 : 1;
	int order = open ? date_cmp(a->due, b->due) : date_cmp(b->due, a->due);
	return order ? order : (open ? a->no - b->no : b->no - a->no);
}

static struct duty_part duty_part(struct req *r, const struct dossier *d,
				  const struct calendar *calendar, const struct duty *y)
{
	bool unfolded = y->state == DUTY_OPEN && dossier_is_author(&r->tx, d);
	return (struct duty_part){
		.title = duty_title(r, d, y),
		.tag = duty_tag(r->mem, r->lang, calendar, y, tx_today(&r->tx)),
		.due = y->due,
		.count = duty_day_count(r->mem, r->lang, r->tx.office->law, calendar, y, unfolded),
	};
}

struct duty_parts dossier_duties_in(struct req *r, const struct dossier *d,
				    const struct calendar *calendar, struct window w)
{
	const struct duty **all = NEW_N(r->mem, const struct duty *, d->duties.n);
	struct duty_parts out = { arena_get_n(r->mem, d->duties.n, sizeof *out.at), 0 };
	for (size_t i = 0; i < d->duties.n; i++)
		all[i] = &d->duties.at[i];
	qsort(all, d->duties.n, sizeof *all, duty_order);
	for (size_t i = w.skip; i < d->duties.n && out.n < w.most; i++)
		out.at[out.n++] = duty_part(r, d, calendar, all[i]);
	return out;
}

void dossier_duties(struct req *r, const struct dossier *d, const struct calendar *calendar,
		    struct dossier_page *out)
{
	enum { FEW = 4, MANY = 6 };
	size_t n = d->duties.n;
	if (!d->kind->many_duties && n <= FEW) {
		out->few.at = arena_get_n(r->mem, n, sizeof *out->few.at);
		for (size_t i = 0; i < n; i++)
			out->few.at[out->few.n++] = duty_part(r, d, calendar, &d->duties.at[i]);
		return;
	}
	out->many = dossier_duties_in(r, d, calendar, (struct window){ 0, MANY });
	if (n > MANY)
		out->more_duties = dossier_whole_link(r, d, S(WHOLE_DUTIES), n - MANY);
}

/* --- Lines --- */

/* A column in which no line says anything is left out. */
static bool column_used(const struct dossier *d, const struct line_kind *kind,
			const struct field *f)
{
	for (size_t i = 0; i < d->lines.n; i++)
		if (!f->hidden && d->lines.at[i].kind == kind &&
		    !field_is_empty(f, d->lines.at[i].data))
			return true;
	return false;
}

static struct cell line_cell(struct req *r, const struct dossier *d, const struct field *f,
			     const void *data)
{
	struct cell c = { .number = f->type == FIELD_INT, .text = S("–") };
	struct buf day = { .a = r->mem };
	if (field_is_empty(f, data))
		return c;
	if (f->type == FIELD_DATE) {
		lang_put_date(&day, r->lang, *field_date(f, data));
		c.text = buf_str(&day);
		return c;
	}
	c.text = field_words(r, d, f, data);
	if (f->type == FIELD_FILES)
		c.url = file_url(r, d, &field_files(f, data)->at[0]);
	return c;
}

struct table dossier_lines_in(struct req *r, const struct dossier *d, const struct line_kind *kind,
			      struct window w)
{
	struct table t = { .caption = msg_plain(r->lang, kind->title), .named = true };
	size_t columns = 0, seen = 0;
	for (const struct field *f = kind->fields; f->type; f++)
		columns++;
	t.columns.at = arena_get_n(r->mem, columns, sizeof *t.columns.at);
	t.rows.at = arena_get_n(r->mem, d->lines.n, sizeof *t.rows.at);
	for (const struct field *f = kind->fields; f->type; f++)
		if (column_used(d, kind, f))
			t.columns.at[t.columns.n++] =
				(struct table_column){ msg_plain(r->lang, f->label),
						       f->type == FIELD_INT };
	for (size_t i = 0; i < d->lines.n && t.rows.n < w.most; i++) {
		const struct line *l = &d->lines.at[i];
		if (l->kind != kind || seen++ < w.skip)
			continue;
		struct row *row = &t.rows.at[t.rows.n++];
		row->at = NEW_N(r->mem, struct cell, columns);
		for (const struct field *f = kind->fields; f->type; f++)
			if (column_used(d, kind, f))
				row->at[row->n++] = line_cell(r, d, f, l->data);
	}
	return t;
}

size_t dossier_line_count(const struct dossier *d, const struct line_kind *kind)
{
	size_t n = 0;
	for (size_t i = 0; i < d->lines.n; i++)
		n += d->lines.at[i].kind == kind;
	return n;
}

/* The newest of each kind, in the order in which they came. */
void dossier_lines(struct req *r, const struct dossier *d, struct dossier_page *out)
{
	enum { MOST = 15 };
	size_t kinds = 0;
	for (const struct line_kind *k = d->kind->lines; k && k->name; k++)
		kinds++;
	out->lines.at = arena_get_n(r->mem, kinds, sizeof *out->lines.at);
	for (size_t i = 0; i < kinds; i++) {
		const struct line_kind *k = &d->kind->lines[i];
		size_t n = dossier_line_count(d, k), left = n > MOST ? n - MOST : 0;
		if (!n)
			continue;
		struct line_table *t = &out->lines.at[out->lines.n++];
		t->table = dossier_lines_in(r, d, k, (struct window){ left, MOST });
		t->title = t->table.caption;
		if (left)
			t->more = dossier_whole_link(r, d, str_of(k->name), left);
	}
}

/* --- What was done --- */

void dossier_history(struct req *r, const struct dossier *d, const struct acts *acts,
		     const struct str *doers, struct dossier_page *out)
{
	enum { SHORT = 10, LONG = 14, VERSIONS = 8 };
	size_t shown = acts->n > LONG ? SHORT : LONG;
	out->events = acts_events(r, d, acts, doers, (struct window){ 0, shown });
	if (acts->n > LONG)
		out->more_events = dossier_whole_link(r, d, S(WHOLE_ACTS), acts->n - SHORT);
	size_t n = acts_version_count(r, d), left = n > VERSIONS ? n - VERSIONS : 0;
	out->versions = acts_versions(r, d, acts, (struct window){ left, VERSIONS });
	if (left)
		out->more_versions = dossier_whole_link(r, d, S(WHOLE_VERSIONS), left);
}
