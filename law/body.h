/* What a row of bodies.tsv says in numbers: how many sit in a board, how many deputies lead it, for how
 * long. The rest of its cells is prose, to be shown as it stands. */
#pragma once

#include "law/law.h"

enum body_term {
	BODY_TERM_NONE,         /* the cell is empty, or says it in another way */
	BODY_TERM_YEARS,        /* "2 years" */
	BODY_TERM_VILLAGE_HEAD, /* "same as village head" */
	BODY_TERM_PROJECT,      /* "per project, dissolves when done" */
};

struct body_numbers {
	int members_min, members_max; /* 0: the row sets none */
	bool more;                    /* the upper number may be passed: "more if special" */
	bool by_villages;  /* one for each village; `few` at most where there are fewer */
	int few;           /* "communes with under 5 villages: at most 5" */
	int residents_max; /* "residents at most 5"; 0: none set */
	int nobody_to;     /* "none if 7 staff or fewer"; 0: none set */
	int deputies_max;  /* -1: the cell is empty */
	int deputies_from; /* so many deputies only with so many members; below that one; 0: always */
	enum body_term term;
	int term_years; /* BODY_TERM_YEARS */
};

struct body_numbers body_numbers(const struct body *b);
/* The row in force on that day among rows that follow each other (codes, ended by NULL); NULL: none. */
const struct body *law_body(const struct law *l, const char *const *codes, struct date on);
/* How many deputies a board of so many members may have; -1: the row does not say. */
int body_deputies(const struct body_numbers *x, int members);
