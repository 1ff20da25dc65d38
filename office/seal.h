/* What an act publishes and what it seals, byte for byte, and the leaf that commits to both (LOG.md 5).
 * Pure: whoever verifies writes the same bytes again. */
#pragma once

#include "office/dossier.h"

enum { SALT_BYTES = 32 };

struct sealed_act {
	/* Of the public content, of the sealed one, of who sent a sealed matter. */
	uint8_t salts[3][SALT_BYTES];
	struct str pub, sealed;
	struct str identity; /* of a sealed matter, to be stored apart; "": none */
	struct str entry;    /* of the log */
};

/* `unit` is the official code of the dossier's unit on the day. Takes 64 bytes of
 * randomness, 96 where who sent it is stored apart. */
void act_seal(struct arena *a, struct rng *rng, const struct dossier *d, const struct act *act,
	      const void *form, struct str unit, struct sealed_act *out);
/* What the act's row keeps of the form: everything but what is personal. */
struct str act_data(struct arena *a, const struct step *step, const void *form);

/* The commitments of a leaf: SHA-256 of a domain, a salt of 32 bytes and exact bytes. */
struct hash content_public_hash(const void *salt, struct str bytes);
struct hash content_sealed_hash(const void *salt, struct str bytes);
