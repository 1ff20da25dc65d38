/* A log somewhere else on the network, as the bytes of its files; and where we remember what we saw of
 * it last time. Everything that comes is hostile: bounded in size and time, and no other host is
 * followed to. */
#pragma once

#include "ledger/verify.h"

enum { REMOTE_STATE_BYTES = 1 << 20 };

struct remote;

/* `url` is the site's address or its log's: "https://ninhvan.example" or ".../log". ERR_INVALID: no
 * http or https address. */
MUST_USE enum err remote_open(struct arena *a, struct str url, struct remote **out,
			      struct str *why);
void remote_close(struct remote *r); /* accepts NULL */
/* Reads through `r`, showing progress on a terminal. */
struct log_source remote_source(struct remote *r);

/* `given`, or a file named after the address in the user's state folder (XDG_STATE_HOME, or
 * ~/.local/state), which is made if needed. */
MUST_USE enum err remote_state_path(struct arena *a, struct str url, struct str given,
				    struct str *out, struct str *why);
