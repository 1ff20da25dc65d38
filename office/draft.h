/* A draft: what somebody has begun to write and not yet sent, kept here so that nothing is lost with a
 * dead battery, and gone on with by its code and a secret (as of a receipt, office/receipt.h) or, in an
 * account, without. It is no dossier: no list, export, search or public log knows it. It is erased when
 * it is sent, when its writer says so, and DRAFT_DAYS after it was last written to.
 *
 * What it says is a struct with its field table, as a form is; fields marked personal stand apart. Who may
 * read it is the caller's question; slowing down those who guess is the business of web/. */
#pragma once

#include "office/form.h"

enum { DRAFT_DAYS = 14, DRAFTS_MOST = 20000, DRAFTS_OF_ONE = 10 };
#define DRAFT_LETTERS "NP" /* of its code; of no kind's */
/* All files of all drafts together. */
#define DRAFT_FILES_MOST ((int64_t)4 << 30)

struct draft {
	int64_t id;
	struct str code; /* "NP-7K3Q-92MV" */
	struct str kind; /* of the dossier it will be */
	int64_t unit;    /* where it will be sent */
	int64_t person;  /* in whose account it is; 0: in nobody's */
	struct instant made_at;
	struct date kept_until; /* the last day */
};
struct draft_rows {
	struct draft *at;
	size_t n;
};

/* Begins one with the kind, unit and code that `d` gives, for tx->who if he is signed in. The same code
 * and secret again give the draft that stands, as it is.
 * ERR_CONFLICT: the code is another's; ERR_BUSY: there are as many as may be. */
MUST_USE enum err draft_begin(struct tx *tx, struct draft *d, struct str secret,
			      const struct field *fields, const void *says);
/* ERR_NOT_FOUND also when its last day is over. */
MUST_USE enum err draft_by_code(struct tx *tx, struct str code, struct draft *out);
/* The same for who tells the secret, as receipt_read gives it; ERR_NOT_FOUND whatever is wrong. */
MUST_USE enum err draft_open(struct tx *tx, struct str code, struct str secret, struct draft *out);
/* `says`: a struct of `fields`. Files that are gone meanwhile are left out by nobody: they are kept. */
MUST_USE enum err draft_read(struct tx *tx, const struct draft *d, const struct field *fields,
			     void *says);
/* In place of what it said, its unit included; counts its days anew.
 * ERR_BUSY: its files do not fit beside those of all drafts. */
MUST_USE enum err draft_write(struct tx *tx, struct draft *d, const struct field *fields,
			      const void *says);
/* Erased; its files go with the next sweep, unless a dossier uses them. */
MUST_USE enum err draft_end(struct tx *tx, const struct draft *d);
/* Those in the account of tx->who, the newest first. */
MUST_USE enum err draft_mine(struct tx *tx, struct draft_rows *out);
/* Erases those whose last day is over, at most `limit`. */
MUST_USE enum err draft_sweep(struct tx *tx, int64_t limit);
