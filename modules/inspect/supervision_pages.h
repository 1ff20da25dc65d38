/* What only boards, checks and recommendations show: where one stands in words, the law a board is judged by, the texts of
 * a check and of an answer; and for citizens the whole of it, of any unit: who sits in the boards and until
 * when, what was checked this year, what was recommended, and what nobody has answered in time. */
#pragma once

#include "office/unit.h"
#include "web/parts.h"
#include "web/req.h"

struct dossier;
struct list_row;

struct supervision_text {
	struct str id, head;
	struct html text;
};
struct supervision_texts {
	struct supervision_text *at;
	size_t n;
};

/* What a board's row of the law says, in words. */
struct board_law_part {
	struct str words, cite;
	bool unverified;
};

struct supervision_list {
	struct str id, head, none;
	struct items items;
	struct url all;
	struct str all_words;
};
enum { SUPERVISION_LISTS = 6 };
struct supervision_lists {
	struct supervision_list at[SUPERVISION_LISTS];
	size_t n;
};

struct supervision_page {
	struct frame *frame;
	struct str typed, problem;
	struct links choices; /* which units were meant */
	struct url find;
	struct supervision_lists lists;
};

enum err supervision_show(struct req *r);
enum err supervision_head(struct req *r, const struct dossier *d);
enum err supervision_on_dossier(struct req *r, const struct dossier *d);
enum err supervision_on_unit(struct req *r, const struct unit *u);
enum err supervision_item(struct req *r, const struct list_row *row, struct item *out);
bool supervision_about(struct tx *tx, struct str rule, struct str about, enum lang lang,
		       struct str *out);
bool supervision_duty(struct tx *tx, struct str rule, struct str about, enum lang lang,
		      struct str *out);
