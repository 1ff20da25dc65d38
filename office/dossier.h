/* A dossier: one matter, as the acts upon it have made it. Everything here is the left fold of those
 * acts (office/fold.h); only office/step.c writes it. */
#pragma once

#include "office/duty.h"
#include "office/office.h"

enum channel { CHANNEL_WEB, CHANNEL_COUNTER, CHANNEL_PAPER, CHANNEL_MEETING, CHANNEL_SYSTEM };
enum msg channel_label(enum channel c);

struct line {
	int no; /* 1, 2, ... within the dossier */
	const struct line_kind *kind;
	int state;    /* the kind's own; 0 when added */
	void *data;   /* kind->size bytes */
	bool changed; /* by the act just applied */
};
struct lines {
	struct line *at;
	size_t n, cap;
};

struct dossier {
	int64_t id; /* 0: not yet stored */
	struct str code;
	const struct kind *kind;
	int64_t unit;   /* which it concerns; never changes */
	int64_t holder; /* which holds it: whose officials may act */
	int64_t parent; /* another dossier, set by an `apply`; or 0 */
	int64_t author; /* the person who opened it as a citizen; 0: an office or the program did, or
			 * somebody without an account */
	int64_t officer; /* the person whose work it is at the holder (office/assign.h); 0: nobody's */
	unsigned state; /* a bit of kind->states, NEW before the first act */
	bool sealed; /* it stood in a sealed state once: whatever its state, office/sealed.h applies */
	enum channel channel;  /* of the first act */
	struct date opened_on; /* happened_on of the first act */
	struct date shown_on;  /* the day it became public: lists are ordered by it */
	struct date wake_on;   /* the calendar has something to do with it from this day on */
	struct instant changed_at;
	int acts;     /* how many so far: the number of the last */
	int versions; /* how many of them are versions */
	void *data;   /* kind->size bytes: what it says now */
	struct lines lines;
	struct duties duties;
};

/* Some of them, as lists name what is not opened: by code and day. */
struct dossier_ref {
	int64_t id;
	struct str code;
	struct date opened_on;
};
struct dossier_refs {
	struct dossier_ref *at;
	size_t n;
	bool more; /* there are others, left out */
};

/* The text fields every reader knows, by the kind's table; empty where it has none. */
struct str dossier_title(const struct dossier *d);
struct str dossier_body(const struct dossier *d);
struct str dossier_facet(const struct dossier *d);
/* Did tx->who open it as a citizen, or does the visitor hold its receipt? The program and an office
 * never did. */
bool dossier_is_author(const struct tx *tx, const struct dossier *d);
const struct state *dossier_state(const struct dossier *d);
enum visibility dossier_visibility(const struct dossier *d);
/* The duty lists show: the first that is still owed or was met; NULL: none. What an edit made void or
 * what waits for somebody else is neither. */
const struct duty *dossier_main_duty(const struct dossier *d);
/* What a unit owes next, 0: whoever owes it: the open duty that falls due first. NULL: none. */
const struct duty *dossier_open_duty(const struct dossier *d, int64_t unit);
/* What is owed next: that of whoever owes it; where none is open, the main one. */
const struct duty *dossier_next_duty(const struct dossier *d);

struct dossier *dossier_blank(struct arena *a, const struct kind *k, int64_t unit);
/* Loads without asking who reads: for steps and for office/gate.h. Pages call gate_read. */
MUST_USE enum err dossier_load(struct tx *tx, int64_t id, struct dossier **out);
/* The same without lines and duties, for rows of lists that show more of the text than the title. */
MUST_USE enum err dossier_load_text(struct tx *tx, int64_t id, struct dossier **out);
MUST_USE enum err dossier_by_code(struct tx *tx, struct str code, int64_t *id);
/* What a unit keeps one of, a plan or a register: its own public dossier of that kind, and of that facet
 * ("" where the kind has none); the oldest of several. ERR_NOT_FOUND: it keeps none. */
MUST_USE enum err dossier_kept(struct tx *tx, const struct kind *kind, int64_t unit,
			       struct str facet, struct dossier **out);

/* The act that made what happened of one step; see office/step.h for taking one. */
struct act {
	int64_t id;
	int no; /* 1, 2, ... within the dossier */
	const struct step *step;
	struct date on;    /* happened_on: the day it took effect; entered, for paper */
	struct instant at; /* recorded_at: the server's clock */
	unsigned from, to;
	int64_t appointment;   /* by virtue of which; 0 for a citizen and for the program */
	int64_t person;        /* 0 for the program */
	int64_t substitute_of; /* the appointment on behalf of which, or 0 */
	enum channel channel;
	struct str data;  /* JSON of the form, without personal fields: for the fold */
	struct str shown; /* the same without what was redacted since: for pages */
	int64_t leaf;     /* in the public log */
};
/* By the clock or in the wake of another act; who sends something without an account is no person here
 * either. */
bool act_is_program(const struct act *act);
struct acts {
	struct act *at;
	size_t n;
};
/* The acts of a dossier from the first to the last. */
MUST_USE enum err act_list(struct tx *tx, const struct dossier *d, struct acts *out);

/* Fills in the personal fields of a table that the last act with any gave, from that act's sealed
 * content: stored dossiers do not hold them. `owner` is left alone when it was erased, or never
 * given; of a sealed matter also when they may not be shown to tx->who (office/sealed.h). */
MUST_USE enum err dossier_personal(struct tx *tx, const struct dossier *d,
				   const struct field *table, void *owner);
/* The sealed form of an act, of which `owner` has the table; ERR_NOT_FOUND: erased. */
MUST_USE enum err act_sealed_form(struct tx *tx, int64_t act, const struct field *table,
				  void *owner);

/* The exact bytes an act published and those it sealed, while they exist. */
struct content {
	struct bytes public_salt, public_bytes;
	struct bytes sealed_salt, sealed_bytes;
	bool erased;
	int64_t erased_by;   /* the act that did */
	int64_t redacted_by; /* the act that sealed the public bytes (office/redaction.h); 0: none */
};
/* As it may be handed out: of what was redacted neither public bytes nor their salt. */
MUST_USE enum err content_load(struct tx *tx, int64_t act, struct content *out);
/* All that is stored: to check commitments, and for who has opened the original. */
MUST_USE enum err content_load_whole(struct tx *tx, int64_t act, struct content *out);
/* What an act published as it may be read today, passages redacted since masked; "" once erased. */
MUST_USE enum err content_shown(struct tx *tx, const struct acts *acts, size_t i, struct str *out);
