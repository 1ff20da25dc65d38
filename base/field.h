/* One table describes a struct to everything that must fill, check, store or show it: forms, the
 * data of acts and dossiers, configuration, imports. The type of each field comes from C itself.
 *
 *     struct topic_form { struct str title; struct date closes; };
 *     static const struct field topic_fields[] = {
 *             FIELD(struct topic_form, title, .min = 5, .max = 200, .label = MSG_TOPIC_TITLE),
 *             FIELD(struct topic_form, closes, .label = MSG_TOPIC_CLOSES),
 *             { 0 },
 *     };
 */
#pragma once

#include "base/json.h"
#include "gen/messages.h"

struct tx;

/* A stored file: what a form's upload becomes and what an act keeps of it. */
struct file_ref {
	struct str sha256; /* 64 hexadecimal digits: its name in the store */
	struct str name;   /* as uploaded, cleaned */
	struct str type;   /* sniffed media type */
	int64_t size;
};
struct file_refs {
	struct file_ref *at;
	size_t n;
};

enum field_type {
	FIELD_END, /* ends a table */
	FIELD_TEXT,
	FIELD_INT,
	FIELD_DATE,
	FIELD_BOOL,
	FIELD_LIST, /* several texts: check boxes or repeated lines */
	FIELD_FILES,
};

struct choice {
	struct str value;
	struct str label; /* in the reader's language */
	struct str note;  /* what a form says beneath it; mostly empty */
};
struct choices {
	struct choice *at;
	size_t n;
};

struct field {
	const char *name;
	enum field_type type;
	uint32_t offset;
	enum msg label, hint;
	/* text: code points; number: value; list and files: count; date: unused. max 0: the default
	 * of 200 code points (20,000 for `lines`), no bound for numbers, 50 for lists, 10 for files. */
	int64_t min, max;
	bool optional;
	bool sometimes; /* optional, unless another answer asks for it: no word says it may stay empty */
	bool imperative; /* its label says what to do ("Kể rõ sự việc"): a fault of what is missing repeats it */
	bool photo;  /* files: a telephone offers its camera first */
	bool merges; /* templates of the unit fill it, and many dossiers at once (office/reply.h) */
	bool nameless; /* ... with no name in it: others than whose it is read it, as it stands */
	bool lines;    /* a text of several lines */
	bool markdown; /* ... shown through the Markdown cleaner */
	bool internal; /* never part of an act's public content */
	bool personal; /* names of people, or files that hold them: public while posted, then erased */
	bool sealed; /* of an act: shown on no page */
	bool past;   /* a date not after today */
	bool hidden; /* filled by the program, not asked in forms */
	bool other;  /* with choices: other values are accepted as well */
	bool picked; /* ... but a page offers the choices alone */
	/* What may be chosen: fixed values, or asked of the database when the form is shown and again
	 * when it is checked. `subject` is whatever the form's owner passes on. */
	const struct field_choice *choices; /* ended by { 0 } */
	enum err (*options)(struct tx *tx, const void *subject, enum lang lang,
			    struct choices *out);
	/* The label of one of them, where it can be told without listing the rest; false: of none.
	 * NULL: it is looked for among the options. */
	bool (*label_of)(struct tx *tx, const void *subject, enum lang lang, struct str value,
			 struct str *out);
	/* Adds notes to the options, where a form asks; NULL: they have none. */
	enum err (*notes)(struct tx *tx, const void *subject, enum lang lang,
			  struct choices *options);
};

struct field_choice {
	const char *value;
	enum msg label;
};

/* clang-format takes the braces of an initialiser in a macro for a block. */
/* clang-format off */
#define FIELD(owner, member, ...)                                                          \
	{                                                                                  \
		.name = #member,                                                           \
		.type = _Generic(((owner *)0)->member,                                     \
				struct str: FIELD_TEXT,                                    \
				int64_t: FIELD_INT,                                        \
				struct date: FIELD_DATE,                                   \
				bool: FIELD_BOOL,                                          \
				struct strs: FIELD_LIST,                                   \
				struct file_refs: FIELD_FILES),                            \
		.offset = offsetof(owner, member), __VA_ARGS__                             \
	}
/* clang-format on */

/* The member of `owner` that the field describes. */
struct str *field_str(const struct field *f, const void *owner);
int64_t *field_int(const struct field *f, const void *owner);
struct date *field_date(const struct field *f, const void *owner);
bool *field_bool(const struct field *f, const void *owner);
struct strs *field_list(const struct field *f, const void *owner);
struct file_refs *field_files(const struct field *f, const void *owner);

const struct field *field_find(const struct field *table, struct str name); /* NULL: none */
bool field_is_empty(const struct field *f, const void *owner);
int64_t field_max(const struct field *f); /* with the default filled in */

/* Sets every date to NO_DATE; everything else is empty when zeroed. */
void fields_init(const struct field *table, void *owner);

/* Members that are not empty, as `"name":value` pairs of an open object, in table order; those for
 * which `skip` is true are left out (NULL: none). */
void fields_write(struct buf *b, const struct field *table, const void *owner,
		  bool (*skip)(const struct field *f));
/* The reverse; members missing in `j` keep their value. Texts are borrowed from `j`. */
void fields_read(struct arena *a, const struct field *table, const struct json *j, void *owner);
/* The same text, in the same order, gives equal structs. */
bool fields_equal(const struct field *table, const void *x, const void *y);
void fields_copy(const struct field *table, const void *from, void *to);
