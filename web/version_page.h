/* An earlier version of what a dossier said, alone or beside another. */
#pragma once

#include "office/diff.h"
#include "web/parts.h"
#include "web/req.h"

struct version_part {
	struct str label;
	struct html html; /* the text, when nothing is compared */
	struct {
		struct diff_piece *at;
		size_t n;
	} pieces;
};

struct version_page {
	struct frame *frame;
	struct link back;
	struct str title;
	struct instant at;
	bool erased;      /* the names in it */
	bool redacted;    /* something is hidden */
	bool compares;    /* two of them */
	struct tag state; /* of the dossier, when it no longer stands: withdrawn */
	struct {
		struct version_part *at;
		size_t n;
	} parts;
};
