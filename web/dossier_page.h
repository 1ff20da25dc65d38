/* The page of one dossier, whatever its kind: what it says, where it stands, what is owed and by
 * when, what was done, what may be done next, and the proof that none of it was changed. */
#pragma once

#include "office/dossier.h"
#include "office/file.h"
#include "web/parts.h"
#include "web/req.h"

struct line_table {
	struct str title;
	struct table table;
	struct link more; /* text "": that is all of them, as below */
};
struct duty_part {
	struct str title; /* what is owed */
	struct tag tag;
	struct date due;
	struct day_count count;
};
struct duty_parts {
	struct duty_part *at;
	size_t n;
};
struct version_row {
	int no;
	struct instant at;
	struct str what;
	struct url url;     /* of that version; "" for the one shown */
	struct url compare; /* with the one before; "" for the first */
};
struct version_rows {
	struct version_row *at;
	size_t n;
};

struct dossier_page {
	struct req *r;
	const struct dossier *d;
	struct frame *frame;
	struct link owner; /* the unit */
	struct str title;
	struct tag state, timing;
	int64_t views;               /* 0: not shown */
	const struct banner *banner; /* NULL: none */
	struct kvs facts;
	struct html body;
	struct str names;            /* a list of people, while it may be shown */
	struct links name_files;     /* and what else holds names */
	struct duty_parts few, many; /* beside the facts, or with a section of their own */
	struct link more_duties;
	struct {
		struct line_table *at;
		size_t n;
	} lines;
	struct version_rows versions;
	struct events events;
	struct link more_versions, more_events;
	struct proof_panel proof;
	struct links redactions; /* what was hidden: who and when; why */
	struct links steps;      /* what this reader may do */
	bool content;            /* false: a stub */
};

/* One part of it on pages of its own. */
struct dossier_whole {
	struct frame *frame;
	struct link back;
	struct str title;
	struct events events;
	struct duty_parts duties;
	struct version_rows versions;
	struct table lines;
	struct pager pager;
};

/* GET /ho-so/{code}, also as JSON. */
enum err dossier_show(struct req *r);
/* GET /ho-so/{code}/ban/{no}: an earlier version; ?so=M compares with version M. */
enum err dossier_version(struct req *r);
/* GET /ho-so/{code}/viec/{no}/noi-dung | bien-nhan: the exact public bytes of an act; its receipt. */
enum err dossier_content(struct req *r);
enum err dossier_receipt(struct req *r);
/* GET /ho-so/{code}/tep/{sha256} */
enum err dossier_file(struct req *r);

/* What a page or a list calls it: its title; of a comment, what it is about; that it is hidden. */
MUST_USE enum err dossier_heading(struct req *r, const struct dossier *d, struct str *out);
/* One value of a field that is chosen, in the words of its form; any other as it is. */
struct str choice_words(struct req *r, const struct dossier *d, const struct field *f,
			struct str value);
/* For the pages of modules: the value of a field as people read it. */
struct str field_words(struct req *r, const struct dossier *d, const struct field *f,
		       const void *owner);
/* The same of a field of the dossier itself, by its name. */
struct str dossier_words(struct req *r, const struct dossier *d, const char *field);
struct url dossier_url(struct req *r, struct str code);
/* Address of a file of a dossier. */
struct url file_url(struct req *r, const struct dossier *d, const struct file_ref *file);
/* Of a matter that this reader may not open, the address of the part of it that is his to read (struct module:
 * apart); false: he has none. */
bool dossier_apart(struct req *r, const struct dossier *d, struct url *out);
/* Answers with one of its files, by the address's {sha256}, as far as `sees` reaches; the caller has passed a
 * gate. What came with the identity of a denouncer is there for nobody who was not named for it. */
MUST_USE enum err dossier_file_send(struct req *r, const struct dossier *d, enum file_seal sees);
/* The dossier of the address, by its {code}, whoever asks: for callers that find out themselves what of it is his to
 * read. ERR_NOT_FOUND: there is none. */
MUST_USE enum err dossier_of_address(struct req *r, struct dossier **out);
/* Loads by the {code} of the address: ERR_NOT_FOUND also when it may not be seen. A code typed
 * without its dashes or in small letters is the same code. */
MUST_USE enum err dossier_asked(struct req *r, struct dossier **out);
