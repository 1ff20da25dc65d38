/* Tables written row by row, and the words of appointments: for the pages of people and units. */
#pragma once

#include "office/person.h"
#include "web/parts.h"
#include "web/req.h"

/* A table of `n` columns for at most `rows` rows. */
struct table *grid_new(struct req *r, enum msg caption, size_t rows, const enum msg *columns,
		       size_t n);
/* The cells of one more row, empty. */
struct cell *grid_row(struct req *r, struct table *t);

struct str role_title(enum lang lang, enum role role);  /* "Lãnh đạo" */
struct str work_title(enum lang lang, struct str work); /* "Biết"; "": every field */
/* "Lãnh đạo", "Công chức, lĩnh vực Biết" */
struct str appointment_title(struct req *r, const struct appointment *a);
/* "từ 01/01/2020", "từ 01/01/2020 đến 31/12/2020" */
struct str appointment_days(struct req *r, const struct appointment *a);
/* The unit's name today, leading to its page. */
MUST_USE enum err grid_unit(struct req *r, int64_t unit, struct cell *out);
