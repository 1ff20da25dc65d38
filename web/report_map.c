/* The map of tiles: each unit a tile where data/house/tiles.tsv places it, or, where that file does not
 * know them all, in the order of the tree. Four classes whose limits belong to the indicator, so that
 * the same colour means the same everywhere and every year. */
#include "web/report_page.h"

#include "base/embed.h"
#include "base/tsv.h"
#include "base/utf8.h"
#include "web/report_words.h"

enum {
	TILES_MOST = 40,
	TILE_WIDTH = 120,
	TILE_HEIGHT = 72,
	TILE_GAP = 4,
	GRID_COLUMNS = 3,
	NAME_SIGNS = 15, /* that fit into a tile */
};

struct places {
	struct tsv table;
	bool read;
};

static bool place_of(const struct places *p, struct str code, int64_t *column, int64_t *row)
{
	for (size_t i = 0; p->read && i < p->table.rows; i++)
		if (str_eq(tsv_cell(&p->table, i, 0), code))
			return str_int(tsv_cell(&p->table, i, 1), column) &&
			       str_int(tsv_cell(&p->table, i, 2), row);
	return false;
}

static struct places places_read(struct arena *a)
{
	static const char *const columns[] = { "unit", "column", "row", NULL };
	const struct embedded *file = embedded_find("house/tiles.tsv");
	struct places p = { .read = false };
	p.read = file &&
		 !tsv_parse(a, S("tiles.tsv"), (struct str){ (const char *)file->at, file->len },
			    columns, &p.table);
	return p;
}

/* "TP Ninh Bình", "Nho Quan": the type only where it tells apart. */
static struct str tile_name(const struct report_view *v, const struct unit *u)
{
	struct str short_type = str_eq(u->type, S("thành phố"))  ? S("TP ")
				: str_eq(u->type, S("thị xã"))   ? S("TX ")
				: str_eq(u->type, S("thị trấn")) ? S("TT ")
				: str_eq(u->type, S("phường"))   ? S("P. ")
								 : S("");
	struct str name = str_printf(v->mem, "%.*s%.*s", STR_ARG(short_type), STR_ARG(u->name));
	return utf8_ellipsis(v->mem, name, NAME_SIGNS);
}

static struct map_tile tile_at(int64_t column, int64_t row)
{
	int x = (int)column * (TILE_WIDTH + TILE_GAP), y = (int)row * (TILE_HEIGHT + TILE_GAP);
	return (struct map_tile){
		.x = x, .y = y, .text_x = x + TILE_WIDTH / 2, .name_y = y + 31, .value_y = y + 52
	};
}

static bool is_territory(const struct unit *u)
{
	return u->level == LEVEL_PROVINCE || u->level == LEVEL_DISTRICT ||
	       u->level == LEVEL_COMMUNE;
}

/* The line that is drawn: the one asked for, else the first share. */
static const struct report_line *drawn(const struct report_view *v)
{
	const struct report_line *first = NULL;
	for (size_t i = 0; i < v->report->lines.n; i++) {
		const struct report_line *l = &v->report->lines.at[i];
		if (l->measure->how != MEASURE_IN_TIME || !l->applies[REPORT_PERIOD] ||
		    !l->measure->brief)
			continue;
		if (!first || str_eq(l->code, v->map))
			first = l;
	}
	return first;
}

static void put_class(struct tile_map *m, const char *fill, struct str words)
{
	m->legend.at[m->legend.n++] = (struct map_class){ str_of(fill), words };
}

static void fill_legend(const struct report_view *v, const struct measure *measure, bool unranked,
			struct tile_map *m)
{
	static const char *const fills[] = { "q1", "q2", "q3", "q4" };
	const int *limits = measure->classes;
	for (int i = 0; i <= MEASURE_CLASSES; i++) {
		struct buf b = { .a = v->mem };
		if (i == 0)
			msg_report_class_below(&b, v->lang, limits[0]);
		else if (i == MEASURE_CLASSES)
			msg_report_class_above(&b, v->lang, limits[i - 1]);
		else
			msg_report_class_between(&b, v->lang, limits[i - 1], limits[i]);
		put_class(m, fills[i], buf_str(&b));
	}
	struct buf least = { .a = v->mem };
	msg_report_class_none(&least, v->lang, REPORT_LEAST);
	if (unranked)
		put_class(m, "q0", buf_str(&least));
}

/* Maps of the other shares, at this page with one word more. */
static void fill_others(const struct report_view *v, const struct report_line *drawn_one,
			struct tile_map *m)
{
	m->others.at = NEW_N(v->mem, struct link, v->report->lines.n);
	for (size_t i = 0; v->links && i < v->report->lines.n; i++) {
		const struct report_line *l = &v->report->lines.at[i];
		if (l->measure->how != MEASURE_IN_TIME || !l->measure->brief ||
		    !l->applies[REPORT_PERIOD])
			continue;
		struct url url =
			url_with(v->mem, report_url(v, v->report->unit.code), S("so-do"), l->code);
		m->others.at[m->others.n++] =
			(struct link){ .text = msg_plain(v->lang, l->measure->brief),
				       .url = url_at(v->mem, url, S("so-do")),
				       .here = l == drawn_one };
	}
	if (m->others.n < 2)
		m->others.n = 0;
}

static void fill_words(const struct report_view *v, const struct report_line *line, bool placed,
		       int columns, int rows, struct tile_map *m)
{
	struct buf title = { .a = v->mem }, label = { .a = v->mem };
	struct str what = msg_plain(v->lang, line->measure->brief);
	msg_report_map(&title, v->lang, what);
	msg_report_map_label(&label, v->lang, report_title(v->mem, v->lang, line),
			     (int64_t)m->tiles.n);
	m->title = buf_str(&title);
	m->label = buf_str(&label);
	m->note = msg_plain(v->lang, placed ? MSG_REPORT_MAP_NOTE : MSG_REPORT_MAP_NOTE_GRID);
	m->view = str_printf(v->mem, "0 0 %d %d", columns * (TILE_WIDTH + TILE_GAP) - TILE_GAP,
			     rows * (TILE_HEIGHT + TILE_GAP) - TILE_GAP);
}

void report_fill_map(const struct report_view *v, struct tile_map *m)
{
	static const char *const fills[] = { "q0", "q1", "q2", "q3", "q4" };
	static const char *const inks[] = { "tq0", "tq1", "tq2", "tq3", "tq4" };
	const struct report *r = v->report;
	const struct report_line *line = drawn(v);
	struct places places = places_read(v->mem);
	size_t territories = 0, placed = 0;
	int64_t column, row, columns = 0, rows = 0;
	bool unranked = false;
	for (size_t i = 0; i < r->rows.n; i++) {
		territories += is_territory(&r->rows.at[i].unit);
		placed += place_of(&places, r->rows.at[i].unit.code, &column, &row);
	}
	if (!line || territories < 2 || territories > TILES_MOST)
		return;
	m->tiles.at = arena_get_n(v->mem, territories, sizeof *m->tiles.at);
	for (size_t i = 0; i < r->rows.n; i++) {
		const struct report_row *from = &r->rows.at[i];
		if (!is_territory(&from->unit))
			continue;
		if (placed < territories || !place_of(&places, from->unit.code, &column, &row)) {
			column = (int64_t)m->tiles.n % GRID_COLUMNS;
			row = (int64_t)m->tiles.n / GRID_COLUMNS;
		}
		struct report_value value = from->values[line - r->lines.at][REPORT_PERIOD];
		int class = report_class(line->measure, value);
		struct map_tile *t = &m->tiles.at[m->tiles.n++];
		*t = tile_at(column, row);
		t->name = tile_name(v, &from->unit);
		t->value = report_value_words(v->mem, v->lang, line, value, true);
		t->url = report_line_url(v, from->unit.code, line);
		t->fill = str_of(fills[class]);
		t->ink = str_of(inks[class]);
		unranked |= class == 0;
		columns = column >= columns ? column + 1 : columns;
		rows = row >= rows ? row + 1 : rows;
	}
	fill_words(v, line, placed >= territories, (int)columns, (int)rows, m);
	fill_legend(v, line->measure, unranked, m);
	fill_others(v, line, m);
}
