/* Traces of a person in a text that must name nobody: what people say is answered, not who said it.
 * A guard against haste and not against cunning: it knows the shapes that lead to somebody. */
#pragma once

#include "base/buf.h"

enum trace {
	TRACE_NONE,
	TRACE_PHONE, /* 0912 345 678, +84 912 345 678, 0229.3871.234; twelve digits of an identity card */
	TRACE_EMAIL,   /* ten@vi-du.vn */
	TRACE_HANDLE,  /* @ten.tai.khoan */
	TRACE_PROFILE, /* a link into a social network, whatever it shows there */
};

/* The first trace, and the piece of the text that is it. Sums of money, dates, numbers of documents
 * and links elsewhere are none. */
enum trace trace_find(struct str text, struct str *piece);

/* Does the text say a name, an address that is known? By whole words, however they are accented and
 * written. Less than four letters are nobody's. */
bool trace_says(struct arena *a, struct str text, struct str what);
/* The same however its words and numbers are grouped: in names of files, in telephone numbers. */
bool trace_says_joined(struct arena *a, struct str text, struct str what);
