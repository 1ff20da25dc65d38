/* A paper on one or more sheets of A4 in the layout of Decree 30/2020 (art. 8, annex I), printed from its page: a notice
 * to hang, minutes to sign. What is public bears the check value of the act it prints and a code to scan,
 * so that whoever holds the sheet finds the record and can test it. */
#pragma once

#include "web/form.h"
#include "web/parts.h"

struct dossier;

struct paper_part {
	struct str head;
	struct kvs lines;
};

struct paper {
	struct frame *frame;
	struct link back;
	struct str body_name; /* who issues it, in capitals */
	struct str number;    /* "Số: 12/TB"; "": none */
	struct str
		place; /* "Ninh Vân, ngày 05 tháng 01 năm 2021"; "": to be written by hand, if at all */
	struct str head, title, lede; /* the type; the subject; a paragraph */
	struct kvs facts;             /* a line each */
	struct html body;
	struct {
		struct paper_part *at;
		size_t n;
	} parts;          /* after it */
	struct str text;  /* one plain paragraph */
	struct str names; /* as typed, a line each */
	struct str close; /* the last paragraph */
	struct html qr;   /* beside the check value; empty where the paper is nobody else's */
	struct str check_value, address;
	struct str left, right; /* who signs; `left` gives way to the code */
};

struct papers_part {
	struct str head;
	struct links ways;
};

enum { PAPER_FACTS = 12, PAPER_PARTS = 4 };

/* The frame, the way back to the dossier and who issues it: the committee of its unit, or the unit. `more`: facts
 * beyond PAPER_FACTS. */
MUST_USE enum err paper_begin(struct req *r, const struct dossier *d, enum msg name, size_t more,
			      struct paper *out);
/* "" adds nothing. */
void paper_fact(struct req *r, struct paper *p, enum msg label, struct str value);
/* Room for `most` lines under a head of their own; at most PAPER_PARTS of them. */
struct paper_part *paper_add_part(struct req *r, struct paper *p, enum msg head, size_t most);
/* Where and when it was issued. */
MUST_USE enum err paper_dated(struct req *r, const struct dossier *d, struct date on,
			      struct paper *p);
/* The code to scan, the address, and the check value of the act whose content is printed: the last one
 * by that step, or, NULL, by any that replaces what the dossier says. */
MUST_USE enum err paper_checked(struct req *r, const struct dossier *d, const char *step,
				struct paper *p);
