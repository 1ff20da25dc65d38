/* The receipt of a matter that somebody sent: a secret of eight signs, 40 bits, shown once. Whoever tells
 * code and secret is the matter's author as far as reading and the author's own steps go, without an
 * account; `tx->receipt` says so for the rest of a request. Only the hash of a secret is kept. Slowing
 * down those who guess is the business of web/. */
#pragma once

#include "office/dossier.h"

enum { RECEIPT_BYTES = 5 };

/* As typed: in either case, with or without dashes and spaces, I L O folded. `out` is "7K3Q-92MD". */
MUST_USE bool receipt_read(struct arena *a, struct str typed, struct str *out);

/* The secret of bytes that nobody can guess, never of a simulation's. */
struct str receipt_secret(struct arena *a, const uint8_t random[RECEIPT_BYTES]);

/* This secret in place of the one before, and made later than it: passes name the moment. */
MUST_USE enum err receipt_make(struct tx *tx, const struct dossier *d, struct str secret);
/* The dossier of a code that has a receipt, and when its secret was made. ERR_NOT_FOUND: none. */
MUST_USE enum err receipt_of(struct tx *tx, struct str code, int64_t *dossier,
			     struct instant *made_at);
/* The dossier of a code and a secret, as code_read and receipt_read give them. ERR_NOT_FOUND whatever
 * is wrong. */
MUST_USE enum err receipt_find(struct tx *tx, struct str code, struct str secret, int64_t *dossier);
