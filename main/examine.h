/* What can be verified of a site at hand: everything is computed again from the first act on, the files
 * from their bytes, and the log from its entries. */
#pragma once

#include "main/home.h"

#include "ledger/verify.h"
#include "office/verify.h"

/* The bytes of the checkpoint file in h->dir, in a backup under the name it has there; empty where there is
 * none. */
MUST_USE enum err examine_checkpoint(struct home *h, struct str *out, struct str *why);
/* `log->a` is set. OK when it could be examined, whatever was found. */
MUST_USE enum err examine_site(struct home *h, void (*progress)(int64_t done, int64_t all),
			       struct verify_result *office, struct log_report *log,
			       struct str *why);
bool examine_sound(const struct verify_result *office, const struct log_report *log);
/* A line for each of the first of them. */
void examine_put_problems(struct buf *b, const struct verify_result *office,
			  const struct log_report *log);
/* For `progress`: how far it is, on a terminal. */
void examine_show(int64_t done, int64_t all);
