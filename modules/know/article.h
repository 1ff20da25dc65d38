/* An article (tin bài): news of a unit, by the way of editorial.h. What it says of figures it links to
 * the records they were counted from: in the text by a link to a code, besides by a list of them.
 *
 * Photos are a field with captions, a line each, and no lines of the dossier: so the act that
 * publishes carries them, and its leaf commits to the picture with the words under it. */
#pragma once

#include "modules/know/editorial.h"

extern const struct kind article_kind;
extern const struct measure article_indicators[];

struct article {
	struct str title;
	struct str lead;   /* the first paragraph, in bold; lists show it */
	struct str body;   /* Markdown */
	struct str byline; /* a pen name or an office */
	struct str place;  /* where it happened; may be empty */
	struct file_refs photos;
	struct str captions; /* a line for each photo: "what it shows | who took it" */
	struct str sources;  /* modules/know/sources.h */
	struct file_refs files;
	struct str reason; /* of a correction */
};

struct caption {
	struct str shows, credit;
};
/* The n-th caption, from 0; empty when there is none. */
struct caption article_caption(struct str captions, size_t n);
