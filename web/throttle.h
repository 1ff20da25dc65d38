/* Buckets of tokens in memory: how often one address may do something. Bounded: when the table is
 * full, the bucket unused for longest makes room. Nobody is locked out by somebody else, because
 * every key carries the address of who asks (or a network of them), never an account alone. */
#pragma once

#include "base/date.h"

enum throttle_rule {
	THROTTLE_POST,    /* forms sent by one address */
	THROTTLE_SIGN_IN, /* passwords tried by one address */
	THROTTLE_ACCOUNT, /* passwords tried by one address for one account */
	THROTTLE_SECRET,  /* secrets of receipts tried by one address */
	THROTTLE_SEARCH,  /* searches and exports by one address */
	THROTTLE_UPLOAD,  /* files sent by one address */
	THROTTLE_WITNESS, /* checkpoints brought to a witness from one address */
	THROTTLE_COMMENT, /* comments of one account */
	THROTTLE_DRAFT,   /* drafts begun from one address */
	THROTTLE_WISH,    /* wishes saved by one account */
};

struct throttle;

/* `slots`: how many keys are remembered, 0 for 65,536. `factor`: what every limit is multiplied by;
 * 0: no limits (tests, benchmarks). */
struct throttle *throttle_new(size_t slots, int factor, uint64_t seed);
void throttle_free(struct throttle *t);

/* Takes one token. 0: go on; else the seconds until there is one again. */
int throttle_take(struct throttle *t, enum throttle_rule rule, struct str key, struct instant now);

/* An address as a key: IPv4 whole, IPv6 by its /64, which is what one subscriber has. `text` as
 * inet_ntop writes it; anything else is its own key. */
struct str throttle_network(struct arena *a, struct str address);
