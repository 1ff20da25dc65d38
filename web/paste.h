/* What people paste into the page of verification, told apart by shape alone: a code, a check value, a
 * leaf hash, a whole receipt, an address of ours that holds one of them. Nothing is looked up here. */
#pragma once

#include "ledger/proof.h"

enum paste_kind {
	PASTE_EMPTY,
	PASTE_CODE,          /* `text` is the canonical code */
	PASTE_CODE_WRONG,    /* shaped like a code, and its last sign does not fit the others */
	PASTE_CODE_LENGTH,   /* begins like a code, one or two signs too few or too many */
	PASTE_VALUE,         /* `text` is the check value in fours */
	PASTE_VALUE_LENGTH,  /* nearly sixteen signs */
	PASTE_VALUE_SIGN,    /* sixteen signs, one of which is none of ours (U) */
	PASTE_HASH,          /* `hash`: 64 hexadecimal digits */
	PASTE_RECEIPT,       /* `proof` */
	PASTE_RECEIPT_WRONG, /* begins like a receipt; `fault` and `line` say where it breaks */
	PASTE_CHECKPOINT,    /* the end of a receipt, or a checkpoint alone */
	PASTE_ENTRY,         /* a line of the log or a public content: JSON */
	PASTE_OTHER,
};

enum receipt_fault {
	RECEIPT_FINE,
	RECEIPT_ONE_LINE, /* the line ends were lost: pasted where only one line fits */
	RECEIPT_VERSION,  /* of another version than this program reads */
	RECEIPT_LINE,     /* `line` is not what should stand there */
	RECEIPT_SHORT,    /* it ends before the signature */
};

struct paste {
	enum paste_kind kind;
	struct str text; /* what was recognised; otherwise what was typed, trimmed */
	struct hash hash;
	struct proof proof;
	enum receipt_fault fault;
	int line; /* from 1 */
};

enum { PASTE_MOST = 64 * 1024 }; /* bytes that are looked at; more is PASTE_OTHER */

void paste_read(struct arena *a, struct str pasted, struct paste *out);
/* The bytes of a text that went through a form: line ends as LF, exactly one at the end, none of the
 * blanks that letters and chat programs add around lines. */
struct str paste_lines(struct arena *a, struct str pasted);
