/* Inside the room: how the tables are read. One function a file; each reads typed cells through
 * base/tsv.h, so the first thing wrong in a table is named with its line. */
#pragma once

#include "base/tsv.h"
#include "law/law.h"

/* Gives the bytes of "time_limits.tsv"; false leaves the reason in `why`. */
typedef bool law_reader(struct arena *a, const void *from, const char *file, struct str *bytes,
			struct str *why);

struct load {
	struct arena *a;
	law_reader *read;
	const void *from;
	const char *folder; /* as complaints name it */
	struct law *law;
	struct str why;
};

MUST_USE enum err law_load(struct arena *a, law_reader *read, const void *from, const char *folder,
			   const struct law **out, struct str *why);

/* Opens a table; false when it cannot be read at all. */
MUST_USE bool load_table(struct load *l, const char *file, const char *const *columns,
			 struct tsv *t);
/* Ends a table: true when nothing was wrong with it. */
MUST_USE bool load_end(struct load *l, struct tsv *t);

/* Cells that many tables share; columns are given by their place. */
struct str load_code(struct tsv *t, size_t row, int column); /* unlike every code above it */
struct basis load_basis(struct load *l, struct tsv *t, size_t row, int column);
/* Two columns, valid_from then valid_to; the first is needed. */
struct span load_span(struct tsv *t, size_t row, int column);
bool spans_meet(struct span a, struct span b); /* is there a day in both? */
/* Two columns, law then article. A row may not be in force when the act it names was not. */
struct citation load_citation(struct load *l, struct tsv *t, size_t row, int column);
void check_act_span(struct tsv *t, size_t row, const struct citation *c, struct span valid);
enum regime load_regime(struct tsv *t, size_t row, int column);
/* A number of days and its kind, both or neither. */
void load_days(struct tsv *t, size_t row, int column, int *days, enum limit_kind *kind);

/* One function a group of files; false: l->why says what is wrong. */
bool load_acts(struct load *l);
bool load_holidays(struct load *l);
bool load_limits(struct load *l);
bool load_disclosure(struct load *l);
bool load_decisions(struct load *l);
bool load_opinions(struct load *l);
bool load_receptions(struct load *l);
bool load_elections(struct load *l);
bool load_bodies(struct load *l);
bool load_headcounts(struct load *l);
bool load_documents(struct load *l);
bool load_indicators(struct load *l);

extern const char *const limit_kind_words[];
extern const char *const limit_direction_words[];
extern const char *const regime_words[];
