/* Sessions: a random 256-bit id in a cookie, of which only the hash is stored. One ends after
 * SESSION_IDLE without use, SESSION_LIFE after sign-in, at sign-out, and when the password changes. */
#pragma once

#include "office/account.h"

#define SESSION_IDLE_MS (2 * 3600 * INT64_C(1000))
#define SESSION_LIFE_MS (12 * 3600 * INT64_C(1000))
#define SESSION_TOUCH_MS (5 * 60 * INT64_C(1000))

struct session {
	int64_t person;
	struct hash hash; /* names the session; derive form tokens from the cookie, not from this */
	struct str login;
	bool must_change;   /* the password was set by somebody else: change it first */
	bool second_factor; /* signed in with a code */
	bool totp_on;       /* the account has an authenticator */
	bool must_enrol; /* it has none, and the site asks for one (office/factor_rule.h): set it up
			     * first. Filled in where the member is known */
	bool needs_touch; /* not seen for SESSION_TOUCH_MS: pass it to session_touch */
	struct instant made_at, ends_at; /* ends_at: if nothing is done from now on */
};

/* For a credential that has passed. `code` is the authenticator's; asked for only where one is in
 * force. `cookie` is 64 hexadecimal digits, shown never again. ERR_DENIED: not passed, wrong or used code,
 * disabled meanwhile; ERR_CONFLICT: the password was changed meanwhile. */
MUST_USE enum err session_open(struct tx *tx, const struct credential *c, struct str code,
			       struct str *cookie);
/* ERR_NOT_FOUND: no such session, or it is over. Reads only. */
MUST_USE enum err session_load(struct tx *tx, struct str cookie, struct session *out);
/* Seen now. Reading never writes, so web/ gathers these and writes them in batches. */
MUST_USE enum err session_touch(struct tx *tx, const struct hash *session);
MUST_USE enum err session_close(struct tx *tx, const struct hash *session);
MUST_USE enum err session_close_all(struct tx *tx, int64_t person);
MUST_USE enum err session_close_others(struct tx *tx, int64_t person, const struct hash *keep);

struct session_row {
	struct hash hash;
	struct instant made_at, seen_at;
	bool second_factor;
};
struct session_list {
	struct session_row *at;
	size_t n;
};
/* Those of a person that are not over, the latest begun first; at most 100. */
MUST_USE enum err session_list(struct tx *tx, int64_t person, struct session_list *out);
/* Takes away sessions that are over; at most `limit`. */
MUST_USE enum err session_sweep(struct tx *tx, int64_t limit);
