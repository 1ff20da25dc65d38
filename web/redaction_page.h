/* What was redacted, as pages tell of it: the notes beneath a dossier, the preview before something is hidden,
 * and the sealed original for who gives a reason. */
#pragma once

#include "office/redaction.h"
#include "web/parts.h"
#include "web/req.h"
#include "web/route.h"

/* Of each act that hid something: who and when, with the reason beside it. */
void redaction_notes(struct req *r, const struct dossier *d, const struct acts *acts,
		     const struct str *doers, struct links *out);
/* May this reader ask for the original: is there one, and does he hold an office at the unit that hides?
 * `by` (may be NULL): his appointment. */
bool redaction_may_open(struct req *r, const struct dossier *d, const struct acts *acts,
			const struct appointment **by);

/* Does its form show first what it would hide? */
bool redaction_previews(const struct step *s);
struct redaction_preview {
	int64_t n, fields; /* what will be hidden, and in how many fields of how many acts */
	int64_t files;     /* public ones, into which nobody looked */
	struct str mark;   /* of all that would be said then: another passage, another mark */
	struct table *table;
};
/* NULL where nothing would be hidden. */
MUST_USE enum err redaction_preview_part(struct req *r, const struct dossier *d, const void *form,
					 struct redaction_preview **out);

struct original_part {
	struct str title;
	struct kvs fields;
};
struct original_page {
	struct frame *frame;
	struct link back;
	struct req *r;
	const struct dossier *d;
	struct {
		struct original_part *at;
		size_t n;
	} parts;
	struct links files;
};
/* For the template: who has opened it. */
void redaction_seen(struct page *out, const struct original_page *v);

extern const struct route redaction_routes[];
