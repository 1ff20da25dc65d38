/* The parts of an answer of verification, for web/verify_answer.c and the page around it. */
#pragma once

#include "web/verify_log.h"
#include "web/verify_page.h"

/* One question being answered. */
struct answering {
	struct req *r;
	struct verify_page *p;
	struct str content; /* to be compared with the public content; "" when none was pasted */
	struct str salt;    /* of a receipt; "" */
};

/* Whatever was pasted: fills a->p. Errors are failures of ours; a bad code is an answer. ERR_BUSY when
 * somebody tries too many codes. */
MUST_USE enum err verify_answer(struct answering *a, struct str pasted);

struct str verify_word(struct req *r, enum msg m);
/* The banner, at most once; a later one takes its place. */
void verify_say(struct answering *a, enum tone tone, enum msg title, struct str text);
void verify_advise(struct answering *a, enum msg m);
void verify_note(struct answering *a, struct str text);
void verify_detail(struct answering *a, enum msg label, struct str value);
struct table verify_table(struct req *r, enum msg caption, const enum msg *columns, size_t n,
			  size_t rows);
struct str verify_moment(struct req *r, struct instant at);

/* What a leaf says, in words; never more than the reader may see. */
struct str leaf_unit_words(struct req *r, const struct leaf_words *w);
struct str leaf_act_words(struct req *r, const struct leaf_words *w);
MUST_USE enum err leaf_facts(struct answering *a, const struct leaf_words *w,
			     const struct log_leaf *leaf);
void leaf_details(struct answering *a, const struct log_leaf *leaf,
		  const struct log_published *under);
