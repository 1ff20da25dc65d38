/* A set-associative table: a key's hash names a row of eight buckets, guarded by one of sixteen
 * locks. A bucket holds milliseconds of credit instead of tokens: time passed is credit gained. */
#include "web/throttle.h"

#include <arpa/inet.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { WAYS = 8, LOCKS = 16 };

struct bucket {
	uint64_t key;   /* 0: empty */
	int64_t at;     /* when the credit was counted, in ms */
	int64_t credit; /* ms */
};

struct throttle {
	struct bucket *buckets;
	size_t rows;
	int factor;
	uint64_t seed;
	pthread_mutex_t locks[LOCKS];
};

/* A token every `every` ms, at most `burst` saved up. */
static const struct {
	int every, burst;
} limits[] = {
	[THROTTLE_POST] = { 1000, 60 },    [THROTTLE_SIGN_IN] = { 10000, 30 },
	[THROTTLE_ACCOUNT] = { 30000, 8 }, [THROTTLE_SECRET] = { 10000, 20 },
	[THROTTLE_SEARCH] = { 500, 60 },   [THROTTLE_UPLOAD] = { 5000, 40 },
	[THROTTLE_WITNESS] = { 200, 600 }, [THROTTLE_COMMENT] = { 60000, 5 },
	[THROTTLE_DRAFT] = { 60000, 20 },  [THROTTLE_WISH] = { 30000, 10 },
};

struct throttle *throttle_new(size_t slots, int factor, uint64_t seed)
{
	struct throttle *t = calloc(1, sizeof *t);
	if (!t)
		abort();
	t->rows = (slots ? slots : 65536) / WAYS + 1;
	t->factor = factor;
	t->seed = seed;
	t->buckets = calloc(t->rows * WAYS, sizeof *t->buckets);
	if (!t->buckets)
		abort();
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_init(&t->locks[i], NULL);
	return t;
}

void throttle_free(struct throttle *t)
{
	if (!t)
		return;
	for (int i = 0; i < LOCKS; i++)
		pthread_mutex_destroy(&t->locks[i]);
	free(t->buckets);
	free(t);
}

/* The finaliser of MurmurHash3 over a seeded FNV: nobody outside knows which keys share a row. */
static uint64_t mix(uint64_t h)
{
	h = (h ^ (h >> 33)) * 0xff51afd7ed558ccd;
	h = (h ^ (h >> 33)) * 0xc4ceb9fe1a85ec53;
	return h ^ (h >> 33);
}

static struct bucket *find(struct bucket *row, uint64_t key)
{
	struct bucket *oldest = row;
	for (struct bucket *b = row; b < row + WAYS; b++) {
		if (b->key == key)
			return b;
		if (b->at < oldest->at)
			oldest = b;
	}
	*oldest = (struct bucket){ 0 };
	return oldest;
}

int throttle_take(struct throttle *t, enum throttle_rule rule, struct str key, struct instant now)
{
	if (!t->factor)
		return 0;
	uint64_t h = mix(mix(t->seed ^ str_hash(key)) + (uint64_t)rule);
	int64_t every = limits[rule].every;
	int64_t full = every * limits[rule].burst * t->factor;
	size_t row = (size_t)(h >> 8) % t->rows;
	int wait = 0;

	pthread_mutex_lock(&t->locks[row % LOCKS]);
	struct bucket *b = find(t->buckets + row * WAYS, h | 1);
	if (!b->key)
		*b = (struct bucket){ h | 1, now.ms, full };
	if (now.ms > b->at) {
		int64_t gained = now.ms - b->at;
		bool fills = gained >= full / t->factor;
		b->credit = fills || b->credit + gained * t->factor > full
				    ? full
				    : b->credit + gained * t->factor;
		b->at = now.ms;
	}
	if (b->credit >= every)
		b->credit -= every;
	else
		wait = (int)((every - b->credit) / t->factor / 1000) + 1;
	pthread_mutex_unlock(&t->locks[row % LOCKS]);
	return wait;
}

struct str throttle_network(struct arena *a, struct str address)
{
	struct in6_addr v6;
	char text[INET6_ADDRSTRLEN];
	if (address.len >= sizeof text || !memchr(address.at, ':', address.len))
		return address;
	memcpy(text, address.at, address.len);
	text[address.len] = 0;
	if (inet_pton(AF_INET6, text, &v6) != 1)
		return address;
	if (IN6_IS_ADDR_V4MAPPED(&v6)) {
		inet_ntop(AF_INET, v6.s6_addr + 12, text, sizeof text);
		return str_dup(a, str_of(text));
	}
	memset(v6.s6_addr + 8, 0, 8);
	inet_ntop(AF_INET6, &v6, text, sizeof text);
	return str_printf(a, "%s/64", text);
}
