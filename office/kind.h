/* A kind of dossier is a table: what it says (fields), what may repeat in it (lines), where it can
 * stand (states) and what may be done (steps), by whom, on which clock. Pages, forms, buttons,
 * rights, timeline, lists, search, export and API are written once, for every kind, from this. */
#pragma once

#include "base/field.h"
#include "office/measure.h"
#include "office/member.h"

struct act;
struct classes;
struct dossier;
struct dossier_refs;
struct faults;
struct fold;
struct happening;
struct tx;

/* Who may read what stands in a state; office/gate.h is the only place that decides. */
enum visibility {
	VISIBLE_PUBLIC,   /* everybody */
	VISIBLE_INTERNAL, /* those who hold an office at the unit or above it */
	VISIBLE_PERSONAL, /* its author; an official of its holder after giving a reason */
	VISIBLE_SEALED,   /* only whom the case itself names */
};

/* Words have a colour and a shape as well: design README 4.3. */
enum tone { TONE_WAIT, TONE_INFO, TONE_OK, TONE_SOON, TONE_LATE };

/* Of what an author is told, and whether he may switch it off: office/notice.h. */
enum notice_class {
	NOTICE_BY_RULE, /* of a step: as its kind says; of a kind: of nothing */
	NOTICE_NEVER,
	NOTICE_LEGAL,
	NOTICE_MINE,
	NOTICE_DIGEST, /* never of a step; nor is the next */
	NOTICE_PROOF,  /* the link that proves an address */
};

/* States are bits, so that a step can say from which of them it starts. NEW is before the first. */
enum { NEW = 1 };

struct state {
	unsigned bit;
	const char *name; /* in exports and the API */
	enum msg label;
	enum tone tone;
	enum visibility visibility;
	bool stub;   /* its existence is public, its content is not (an emergency takedown) */
	bool waits;  /* an item of the queue of those who can take the next step */
	bool closed; /* public, and over: no comments are taken any more */
	bool own;    /* internal, but its author reads it as well */
};

/* A repeating record of a kind: posting places, reception lines, ballots counted. */
struct line_kind {
	const char *name;
	enum msg title;
	size_t size;
	const struct field *fields;
};

struct step {
	const char *name; /* "publish": with the kind's name, the act in the public log */
	unsigned from;    /* states in which it may be taken; NEW opens a dossier */
	unsigned to;      /* 0: the state stays; several bits: `leads` says to which of them */
	/* Roles, at the unit that holds the dossier. SYSTEM: the clock or another act. CITIZEN: anybody
	 * signed in opens a dossier, only its author goes on with it. */
	unsigned may;
	enum msg label; /* the button: a verb */
	enum msg done;  /* the timeline: what happened */
	size_t size;    /* of its form */
	const struct field *form;
	/* Rules of `time_limits`, by key: a duty that begins and one that ends with this step. */
	const char *starts, *meets;
	bool evidence; /* at least one file must come with it */
	/* Its form's fields are public content; else only that it happened is. Of a private kind: whoever
	 * may read the dossier reads them as well. */
	bool is_public;
	bool version; /* replaces what the dossier says: a version readers can compare */
	bool erases;  /* destroys the personal content of earlier acts: names of an ended posting */
	bool redacts; /* hides what the dossier and earlier acts say: office/redaction.h */
	bool follows; /* taken by the program in the wake of another act, never by a form */
	bool receipt; /* of a kind by receipt: hands out a new secret, which ends the one before */
	enum notice_class notice; /* where the rule of office/notice.h says otherwise */
	/* The roles count at the unit it concerns, whoever holds it: who asked for something says whether
	 * it was done, though another unit answers. */
	bool at_home;
	/* Pure: where a step of several targets leads, from the dossier before it and the form without
	 * its personal fields. */
	unsigned (*leads)(const struct dossier *d, const void *form);
	/* What its form begins with, besides what the dossier says under the same names. */
	enum err (*begin)(struct tx *tx, const struct dossier *d, void *form);
	/* Facts the fold will need, asked of the database once and stored with the act. */
	enum err (*prepare)(struct tx *tx, const struct dossier *d, void *form);
	/* What no table can say of a step that took effect on `on`; adds to `faults` what is wrong
	 * and how to mend it. */
	enum err (*check)(struct tx *tx, const struct dossier *d, const void *form, struct date on,
			  struct faults *faults);
	/* What no form can mend, as it stands today: see step_is_futile. Refused when posted all the same,
	 * in the words of `check` where it has any for it. */
	bool (*futile)(struct tx *tx, const struct dossier *d);
	/* Once act and dossier are stored, in the same transaction: acts on other dossiers that follow
	 * from this one (step_follow), each with a leaf of its own. The form is as it was written: what a
	 * template fills in (office/reply.h) is filled in for each of them. */
	enum err (*stored)(struct tx *tx, struct dossier *d, const struct act *act,
			   const void *form);
	/* The dossiers whose authors `stored` tells the same, so that they are seen before. NULL: none. */
	enum err (*tells_also)(struct tx *tx, const struct dossier *d, struct dossier_refs *out);
	/* Pure: lines, duties and tallies beyond what the table says. See office/fold.h. */
	void (*apply)(struct fold *f, const void *form);
};

struct kind {
	const char *name; /* "disclosure" */
	const char *code; /* "CK": two letters, shared only by kinds that must not be told apart */
	const char *slug; /* "cong-khai": the list is /cong-khai */
	const char *work; /* the field of work an appointment may be limited to: "know" */
	enum msg title;   /* one of them */
	enum msg titles;  /* all of them */
	bool is_private;  /* its leaves say nothing but a day and a commitment (LOG.md 5) */
	bool unlisted;    /* has no list page of its own */
	bool many_duties; /* a register: the day of no one duty stands for the whole */
	bool no_clock;    /* nothing of it falls due: its lists have no filter for it */
	bool mute;        /* nobody comments on it */
	bool within;      /* said of its parent: no more of it is shown than of that */
	bool by_receipt;  /* sent without an account too: office/receipt.h */
	enum notice_class notices; /* what its authors are told of its steps */
	unsigned levels; /* bits (1 << LEVEL_COMMUNE): units it may be opened at; 0: every unit */
	size_t size;
	const struct field
		*fields;   /* a field "title" is what lists show, "body" what search reads */
	const char *facet; /* a text field lists can be narrowed by */
	const char *hour; /* with no_clock: the step by whose hour lists are ordered within a day */
	const char *not_before; /* a date field: nothing can have happened before that day */
	const struct state *states;
	const struct line_kind
		*lines; /* ended by { 0 }; line numbers of steps count from this table */
	const struct step *steps;
	const struct measure
		*indicators; /* what reports count of it, ended by { 0 }; NULL: nothing */
	/* When and where it happens, from what it says alone: it is in calendars. False: not known. */
	bool (*happens)(const struct dossier *d, struct happening *out);
	/* Pure: to what the statistics count a dossier as it stands with its holder; `leaves`: as the act
	 * being applied leaves it there, when that moves it to another. Each class is a figure, counted on
	 * the day of the act by which the dossier enters or leaves it. */
	void (*classes)(const struct fold *f, bool leaves, struct classes *out);
	/* Taken once a day for each dossier of the kind that waits for the calendar (`wake_on`). */
	enum err (*wake)(struct tx *tx, struct dossier *d);
};

/* Has it a list page? What is public in no state has nothing to list. */
bool kind_is_listed(const struct kind *k);
bool kind_lives_at(const struct kind *k, int level); /* of enum unit_level */
const struct state *kind_state(const struct kind *k,
			       unsigned bit); /* never NULL; NEW gives a blank */
const struct step *kind_step(const struct kind *k, struct str name); /* NULL: no such step */
/* Whose turn it is: do only steps taken at home lead on from there, and none of the holder's? */
bool kind_turns_home(const struct kind *k, unsigned state);
bool step_is_personal(const struct step *s); /* has its form a field with names of people? */
/* Has it a sealed state? */
bool kind_seals(const struct kind *k);
/* The state to which the step leads from where the dossier stands. */
unsigned step_target(const struct step *s, const struct dossier *d, const void *form);
