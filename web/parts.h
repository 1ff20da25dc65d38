/* The parts pages are made of, one template each: design README 4.2 to 4.10. */
#pragma once

#include "web/frame.h"

struct str tone_class(enum tone t); /* "late" */
enum icon tone_icon(enum tone t);

struct tag {
	enum tone tone;
	struct str text;
	enum icon icon; /* ICON_NONE: the tone's own */
};

/* The answer, in words: at most one on a page. */
struct banner {
	enum tone tone;
	struct str title, text;
	struct links ways; /* the first is the button */
};

struct item {
	struct str title, meta;
	struct str code; /* of the dossier, where it helps to tell two apart: in the queue */
	struct url url;
	struct tag tag;   /* without text: none */
	struct str lead;  /* how it begins; "": nothing */
	struct url thumb; /* a small picture; "": none */
	bool brief;       /* neither is asked for */
};
struct items {
	struct item *at;
	size_t n;
};

struct fact {
	struct str label, value;
	struct url url; /* the records it was counted from; "": none */
};
struct facts {
	struct fact *at;
	size_t n;
};

/* A thing said of another: text, and below it what explains it. */
struct kv {
	struct str label, value;
	struct url url;       /* of the value; "": none */
	struct html more;     /* after the value */
	struct link act;      /* "Sửa": without text, none */
	struct str act_about; /* what it acts upon, for those who do not see the row */
};
struct kvs {
	struct kv *at;
	size_t n;
};

struct event {
	struct instant at;
	struct str text;
	struct str by;    /* "" when it is not said */
	struct url proof; /* a file for whoever wants to check; "": none */
};
struct events {
	struct event *at; /* newest first */
	size_t n;
};

struct stage {
	struct str label, when;
	enum { STAGE_DONE, STAGE_NOW, STAGE_AHEAD } place;
};
struct stages {
	struct stage *at;
	size_t n;
};

/* A table whose rows are things with facts; on a phone each becomes a card. */
struct cell {
	struct str text;
	struct url url; /* "": none */
	struct tag tag; /* instead of the text */
	bool number;
};
struct row {
	struct cell *at; /* as many as the table has columns */
	size_t n;
};
struct table_column {
	struct str label;
	bool number;
};
struct table {
	struct str caption;
	struct {
		struct table_column *at;
		size_t n;
	} columns;
	struct {
		struct row *at;
		size_t n;
	} rows;
	bool named; /* a heading above says the caption: it is read out and not seen */
	bool tight; /* numbers: stays a table on phones */
};

struct pager {
	struct str summary; /* "Mục 1–7 trong 31" */
	struct url first, next;
};

/* The filters of a list, as one form that asks with GET, and a chip for each that is set. */
struct filter_choice {
	struct str value, label;
	bool chosen;
};
struct filter {
	struct str name, label;
	struct str text; /* what is typed, where there is nothing to choose from */
	struct {
		struct filter_choice *at;
		size_t n;
	} choices;
};
struct filters {
	struct filter *at;
	size_t n;
	struct url action;
	struct links chips; /* each leads to the list without it */
};

/* What the log proves of a record, and what it does not. */
struct proof_panel {
	bool bad;
	bool waits; /* for the log's signature: nothing is claimed yet */
	struct instant at;
	struct str title, text, check_value;
	int64_t leaf;
	struct str hash;
	struct url verify, download;
};

/* How a due day was counted: one row for each calendar day. */
struct day_row {
	struct date day;
	int counted;    /* its number, 0: passed over */
	struct str why; /* why it was, or what the day is */
	bool last;
};
struct day_count {
	struct str summary, rule;
	struct {
		struct day_row *at;
		size_t n;
	} days;
	bool open;       /* unfolded */
	bool unverified; /* the rule was recalled from memory and waits to be compared */
};
