/* Forms by the table of a struct: read, shown, and shown again as typed when something is wrong.
 * Nothing a person has written or chosen is lost on the way. */
#pragma once

#include "web/req.h"

/* Looks into the files that came for `fields`, cleans and keeps them (office/file.h). That takes long,
 * a large picture a second: it is called before the writer, where nobody waits, and never by form_read.
 * What is not taken form_read turns into a fault. ERR_IO: a file could not be kept. */
MUST_USE enum err form_keep(struct req *r, const struct field *fields);
/* Fills a zeroed struct of `fields` from what was sent: text cleaned and in NFC, numbers with or
 * without their points, days as people type them, files as form_keep left them. What cannot be read as
 * its type is a fault of r->faults and stays empty. Bounds are office/form.h's. */
void form_read(struct req *r, const struct field *fields, void *out);
/* The size of the struct, as far as the table reaches. */
size_t form_size(const struct field *fields);
/* The bytes a form of these fields may take, all of them filled to their bound. */
struct body_limits form_limits(const struct field *fields);

struct form_choice {
	struct str value, label, id;
	struct str note, note_id; /* beneath ticks and radios; "" for none */
	bool chosen;
};
struct form_file {
	struct str kept, name; /* the hidden value; as uploaded */
	int64_t size;
};

/* One field as a page shows it. */
struct form_field {
	const struct field *field;
	struct str name, label, hint;
	struct str fault;        /* "" when there is none */
	struct str described_by; /* ids of hint, fault and counter; "" when there are none */
	struct str text;         /* as typed, or the value it has */
	bool on;                 /* of a tick */
	bool optional;
	int64_t count, max; /* signs written, and how many may be; max 0: no counter */
	struct {
		struct form_choice *at;
		size_t n;
	} choices;
	struct {
		struct form_file *at;
		size_t n;
	} files;
	enum form_part {
		PART_TEXT,
		PART_LINES,
		PART_NUMBER,
		PART_DATE,
		PART_TICK,
		PART_RADIOS,
		PART_SELECT,
		PART_TICKS,
		PART_SUGGEST, /* text with suggestions */
		PART_FILES,
	} part;
};

struct form {
	struct url action;
	struct str token, submit;
	bool has_files;
	struct {
		struct form_field *at;
		size_t n;
	} fields;
	struct {
		struct form_fault *at;
		size_t n;
	} faults; /* each once, in the order of the fields; those of the whole form first */
	struct pairs hidden;
};
struct form_fault {
	struct url at; /* #id of the field; "" for the form as a whole */
	struct str text;
};

/* The form for a page: with the values of `initial` (NULL: empty) or, after a POST that came back,
 * as typed and with its faults. `subject` is passed to the fields' options. */
MUST_USE enum err form_show(struct req *r, const struct field *fields, const void *initial,
			    const void *subject, struct url action, enum msg submit,
			    struct form **out);
/* A fresh one-time token for a page that writes its form by hand. */
struct str form_token(struct req *r);
/* One of its fields, for pages that place them by hand; NULL when the table has none of that name. */
const struct form_field *form_field(const struct form *f, const char *name);
