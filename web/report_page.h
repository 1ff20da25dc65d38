/* The review of a year as a page: /tong-ket/{unit}/{year}, and what each of its figures counted. */
#pragma once

#include "office/report_list.h"
#include "web/parts.h"
#include "web/req.h"

/* A figure and the way to what it counts; without an address it is words alone. */
struct report_cell {
	struct str text;
	struct url url;
};

struct report_figure {
	struct str title, code;
	struct report_cell value;
	bool opens;                 /* there is something behind it, wherever links may lead */
	struct report_cell to_date; /* where the period does not begin in January; "": no such */
	struct str before;          /* "2019: 4.102 · +6,3 %" */
	struct str note;            /* "Chỉ tính từ 01/07/2023, ..." */
};

struct report_section {
	struct str title;
	struct {
		struct report_figure *at;
		size_t n;
	} figures;
	struct strs notes; /* under which rules they are counted */
};

struct report_unit_row {
	struct report_cell name;
	struct {
		struct report_cell *at;
		size_t n;
	} cells;
	struct str bar; /* "87.5%": as long as the share; "": none */
};

struct report_table {
	struct strs columns; /* of the cells */
	struct {
		struct report_unit_row *at;
		size_t n;
	} rows;
	struct report_unit_row total; /* of everything, the rest included */
};

/* One unit of the map: design README 4.7. */
struct map_tile {
	struct str name, value;
	struct url url;
	struct str fill, ink; /* classes of the style sheet: "q3", "tq3" */
	int x, y, text_x, name_y, value_y;
};
struct map_class {
	struct str fill, words;
};
struct tile_map {
	struct str title, label, view, note;
	struct {
		struct map_tile *at;
		size_t n;
	} tiles;
	struct {
		struct map_class at[5];
		size_t n;
	} legend;
	struct links others; /* maps of the other shares */
};

struct report_page {
	struct frame *frame; /* NULL: a page of its own, without the house around it */
	struct str title, kicker, counted, running, territory;
	struct banner *absent; /* the unit did not exist then */
	struct {
		bool shown;
		enum tone tone;
		struct strs sentences; /* the first one in bold */
		struct links missing;
	} cover;
	struct {
		struct report_section *at;
		size_t n;
	} sections;
	struct report_table table;
	struct link more;   /* to what stands on another page; text "": nothing */
	struct pager pager; /* on the pages that hold the rest of it; summary "": none of them */
	struct tile_map map;
	struct links years, periods, formats;
	struct filters choose; /* from which month to which */
	struct str empty;
};

/* What a page is made with: by a request, or by the command line. */
struct report_view {
	struct tx *tx;
	struct arena *mem;
	enum lang lang;
	const struct report *report;
	struct str map;   /* the code whose map is asked for; "": the first */
	bool links;       /* may figures lead anywhere? */
	struct url base;  /* "https://ninhvan.example": before each address; "": this site */
	struct pairs ask; /* the period, as it stands in addresses */
};
MUST_USE enum err report_fill(const struct report_view *v, struct report_page *out);
/* The same page for a file: complete, with its style inside. */
void report_alone(struct page *out, const struct report_page *p);

/* GET /tong-ket, /tong-ket/{unit}/{year}, /tong-ket/{unit}/{year}/{code} */
enum err report_latest(struct req *r);
enum err report_show(struct req *r);
enum err report_list_show(struct req *r);

/* --- Between the files of this page --- */

/* The address of a unit's review, and of what a line counted there. */
struct url report_url(const struct report_view *v, struct str unit);
struct url report_line_url(const struct report_view *v, struct str unit,
			   const struct report_line *line);
void report_fill_map(const struct report_view *v, struct tile_map *out);
/* The unit, the period and the figures that an address asks for; ERR_NOT_FOUND where there is none. */
MUST_USE enum err report_read(struct req *r, struct report *out);
struct report_view report_view_of(struct req *r, const struct report *report);
/* What lies above the unit, each with its review. */
MUST_USE enum err report_crumbs(struct req *r, const struct report_view *v, struct frame *f);
/* The year whose review people look for: the last one until the end of March. */
int report_year_of(struct date today);
