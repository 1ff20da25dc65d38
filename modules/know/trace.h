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
