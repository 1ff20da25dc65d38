/* A stranger's policy: which key a log has to sign with, and which witnesses must have seen it. */
#pragma once

#include "ledger/policy.h"
#include "ledger/verify.h"

/* ERR_INVALID with the line that is wrong, ERR_NOT_FOUND, ERR_IO. */
MUST_USE enum err policy_file_read(struct arena *a, struct str path, struct policy **out,
				   struct str *why);
/* The key of the log that `from` serves, by the name on its checkpoint. ERR_INVALID when the policy has
 * logs and this is none of them; "" when it has none. Errors of the source. */
MUST_USE enum err policy_file_key(const struct policy *p, const struct log_source *from,
				  struct arena *a, struct str *vkey, struct str *why);
/* Looks at the checkpoint of the report; a quorum that is not reached is a problem that names who is
 * missing. */
void policy_file_judge(const struct policy *p, struct log_report *r, struct policy_seen *out);
