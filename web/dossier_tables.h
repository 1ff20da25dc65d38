/* The parts of a dossier that grow: duties, lines, acts, versions. */
#pragma once

#include "web/dossier_page.h"
#include "web/window.h"

/* Names in the address of the whole, beside those of the kind's lines. */
#define WHOLE_ACTS "dien-bien"
#define WHOLE_DUTIES "han"
#define WHOLE_VERSIONS "phien-ban"

/* For the dossier's own page: of what is too long, some and a link to the whole. */
void dossier_duties(struct req *r, const struct dossier *d, const struct calendar *calendar,
		    struct dossier_page *out);
void dossier_lines(struct req *r, const struct dossier *d, struct dossier_page *out);
void dossier_history(struct req *r, const struct dossier *d, const struct acts *acts,
		     const struct str *doers, struct dossier_page *out);
/* "24 more", which leads to the whole. */
struct link dossier_whole_link(struct req *r, const struct dossier *d, struct str part,
			       size_t left);

struct duty_parts dossier_duties_in(struct req *r, const struct dossier *d,
				    const struct calendar *calendar, struct window w);
struct table dossier_lines_in(struct req *r, const struct dossier *d, const struct line_kind *kind,
			      struct window w);
size_t dossier_line_count(const struct dossier *d, const struct line_kind *kind);

/* GET /ho-so/{code}/toan-bo/{part}, ?trang=N */
enum err dossier_whole_show(struct req *r);
