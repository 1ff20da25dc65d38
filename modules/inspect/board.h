/* A board (ban): who checks and supervises for the people, who sits in it and until when. Law 10/2022
 * arts. 36 to 45, 60 to 63, 77 to 81; Decree 59/2023.
 *
 *     elected -> recognised: sits -> ended: its term, its project, or taken up in another unit
 *        \---> not recognised, with the reason
 *
 * How many sit in it, how many deputies it has and how long its term may be is the row of bodies.tsv in force
 * on the day; where that row says a thing in prose, the page shows the words. What makes a person unfit to
 * sit, no table knows of a name: whoever enters it declares that he has looked. A row recalled from memory warns and
 * refuses nothing.
 *
 * Clocks: recognition, 5 working days; the quarterly report of a commune's board (pib.commune.report); and of the
 * house, because the law names no day: a term that runs out (house.board.term) and a seat that fell vacant with
 * six months or more to go (house.board.refill), which the law says is filled again. */
#pragma once

#include "modules/inspect/overseer.h"
#include "office/fold.h"
#include "office/form.h"

extern const struct kind board_kind;

#define BOARD_TERM "house.board.term"
#define BOARD_REFILL "house.board.refill"
/* Figures: boards and members that sat in a year, by group; elected and released; projects watched. */
#define BOARD_ELECTED "board.elected"
#define BOARD_RELEASED "board.released"
enum { BOARD_REFILL_DAYS = 30, BOARD_REFILL_MONTHS = 6, BOARD_MEMBERS_MOST = 60 };

enum board_state {
	BOARD_ELECTED_STATE = 1 << 1,
	BOARD_SITS = 1 << 2,
	BOARD_ENDED = 1 << 3,
	BOARD_REFUSED = 1 << 4,
};

enum board_line { LINE_MEMBER, LINE_PLAN, LINE_REPORT };

struct people_board {
	struct str title, by;
	struct str project;    /* of an investment supervision board */
	struct str elected_by; /* at which meeting */
	struct str members;    /* as entered: one a line */
	bool compatible;       /* nobody in it is excluded by the row's words */
	struct date elected_on;
	struct str number; /* of the paper that recognised it */
	struct date term_from, term_to;
	struct file_refs files;
	bool first_in_year; /* no other board of the kind was counted here in that year */
	struct str reason;  /* not recognised; ended */
	struct date ended_on;
};

struct board_member { /* a line */
	struct str name, role, represents;
	struct date from, to;
	struct str reason;
};
struct board_paper { /* a line: a plan or a report of a period */
	struct str period, text;
	struct file_refs files;
	struct date on;
};

/* "Nguyễn Văn Mẫu; trưởng ban; thôn Đông". False: a line holds no such thing; `line` says which, from 1. */
bool board_read_members(struct arena *a, struct str text, struct board_member *out, size_t most,
			size_t *n, int *line);
/* Is it written that he comes for the Front or the inspection board, and not for the residents? */
bool board_is_resident(struct arena *a, const struct board_member *m);
const struct board_member *board_member(const struct dossier *d,
					const struct line *l); /* or NULL */
bool board_member_sits(const struct board_member *m, struct date on);
/* Those who sit on that day. */
size_t board_sitting(const struct dossier *d, struct date on);
/* The row of bodies.tsv by which it is judged on that day; NULL: none is in force. */
const struct body *board_body(const struct law *l, const struct people_board *x, struct date on);
/* The last day that the row allows a term to have; NO_DATE: it names none. */
struct date board_last_day(const struct body_numbers *x, struct date from);
