/* Where in the HTML of a template we stand, and what may be written there. */
#pragma once

#include "tools/scan.h"

enum place {
	TEXT,     /* between tags */
	TAG,      /* inside a tag, after white space: an attribute may begin */
	TAG_WORD, /* inside a tag, right after a name or a closing quote: white space must come */
	VALUE,    /* inside the double quotes of an attribute */
};

/* How much a value may be trusted with in the attribute we stand in. */
enum trust {
	TRUST_PLAIN,    /* any value */
	TRUST_ADDRESS,  /* at the start of an address: only a struct url */
	TRUST_LITERAL,  /* later in an address: no value, it could change where the link leads */
	TRUST_FRAGMENT, /* after a '#': any value, it cannot lead elsewhere */
};

/* What both ends of a block must agree on. */
struct context {
	enum place place;
	enum trust trust;
	size_t attribute_at; /* where the name of the attribute stands, 0 outside of a value */
	bool readable;       /* people read this attribute: its words belong in a .msg file */
	size_t depth;        /* elements open */
};

struct element {
	struct str name;
	size_t at;
};

enum { DEPTH_MAX = 64 };

struct markup {
	struct scan *s;
	struct buf *out; /* the literal text, made small */
	struct context now;
	size_t floor; /* elements below this number were opened outside the block we stand in */
	struct element elements[DEPTH_MAX];
	bool fresh; /* the line holds white space only so far */
	bool blank; /* the line holds white space and directives that write nothing themselves */
};

void markup_begin(struct markup *m); /* a template: between tags, nothing open */
/* Reads one piece of literal HTML at the place of the scan: at least one byte, never past a "{{". */
void markup_step(struct markup *m);
void markup_end(struct markup *m); /* a template must end between tags, with nothing open */

/* The name of the writer for a value here (html_text, html_attr, ...); NULL after a failure. */
const char *markup_writer(struct markup *m, size_t at);
/* True between tags where other elements may stand; a failure, naming `what`, elsewhere. */
bool markup_allows(struct markup *m, size_t at, const char *what);
/* A body that began in `before` ends here: it must end where it began. What may come next is joined
 * into `after`, which starts as `before` and gathers every end of the block. `opened` is the place of
 * the directive that opened it. */
void markup_close(struct markup *m, struct context before, struct context *after, size_t at,
		  size_t opened);
