/* Text messages leave through a program of the operator's, started once for each. On its standard input stand
 *
 *     to 0912345678
 *     id n12
 *
 *     the text, at most 160 plain letters
 *
 * and it ends with 0 (taken), 75 (try again later) or anything else (never). No shell, no arguments, an
 * environment of PATH alone, half a minute at most. */
#pragma once

#include "base/buf.h"
#include "base/err.h"
#include "office/notice_queue.h"

#include <stdatomic.h>

/* ERR_INVALID: no program that could be started. */
MUST_USE enum err gateway_check(struct arena *a, struct str command, struct str *why);

struct gateway_message {
	struct str command, to, id, text;
	int ms;                  /* how long it may take; 0: half a minute */
	const atomic_bool *stop; /* ends it early */
};
enum notice_outcome gateway_send(const struct gateway_message *m, struct arena *a, struct str *why);
