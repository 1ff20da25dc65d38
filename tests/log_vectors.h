/* The test vectors of the log's format, computed by independent implementations. */
#pragma once

#include "ledger/checkpoint.h"
#include "ledger/tree.h"
#include "tests/test.h"

#define VECTOR_ORIGIN "xa-mau.example.invalid/nhat-ky"
#define VECTOR_VKEY VECTOR_ORIGIN "+04ccf484+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
#define VECTOR_TEXT VECTOR_ORIGIN "\n5\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n"
#define VECTOR_SIGNATURE                             \
	"\xe2\x80\x94 " VECTOR_ORIGIN " BMz0hKoTs5/" \
	"rihwzsIevaytPwgYwwOS0+977GBf3qaZeNqFUYiTlJR9cPP7G9jiF5KCJGqbnDmPcHtmAvGkA9fwoGwU=\n"
#define VECTOR_CHECKPOINT VECTOR_TEXT "\n" VECTOR_SIGNATURE
#define VECTOR_WITNESS_VKEY \
	"mttq.xa-mau.example.invalid/w1+19776b50+BOpKbGPinFIKvvVQexMuxfmVR3auvr57kkIe6mkURtIs"
#define VECTOR_COSIGNATURE                                    \
	"\xe2\x80\x94 mttq.xa-mau.example.invalid/w1 "        \
	"GXdrUAAAAABpVbkAqG9HscvIZse87N3IP0tj+IcM3FSE/"       \
	"RGU0GgYEKMjKTz71jyGNMiht6VwkuQEcYiNcmmPuG7He2S3kZMk" \
	"Uwu9DA==\n"

static const struct {
	const char *entry, *leaf, *root; /* root: of the tree that ends with this entry */
} log_vectors[] = {
	{ "{\"act\":\"disclosure.posted\",\"id\":\"CK-2026-0001\"}",
	  "fc122c7e7740666e04db11b234c82a1aa45cd20d75ddf79c3e4f837489d48e2c",
	  "/BIsfndAZm4E2xGyNMgqGqRc0g113fecPk+DdInUjiw=" },
	{ "{\"act\":\"petition.received\",\"id\":\"KN-2026-0007\"}",
	  "4fe08827a188edf258c5b4eb4cc4373c03968632d8b8ce455aab5cb4da342341",
	  "p6Jir+V7pR2WuetlSiehoaFfhoNJ9KlWqT8y4bCkz64=" },
	{ "{\"act\":\"vote.opened\",\"id\":\"BV-2026-0002\"}",
	  "4f11695b71a47963abcbdc872bafd4e9d55f1a5d0ff5a5b8ac944679c699a6e1",
	  "7qbkCIe5be6sV51doPsrPR/PPmzu/savmR0I0dRyg4k=" },
	{ "{\"act\":\"minutes.approved\",\"id\":\"BB-2026-0003\"}",
	  "129a3e43deb25c61357d6c8415da967ca6c35a828fa3905349c43ca2043a9d66",
	  "VqJsIlDLxq1yMYSyysa7pALCrZFjMSsx+WoO+DnbEO4=" },
	{ "{\"act\":\"moderation.hidden\",\"id\":\"KD-2026-0001\"}",
	  "817ec686a6658635bfb341443d0857861aefe0a79275d3504aab02f4e767f79a",
	  "9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=" },
};

/* Seed 00 01 02 ... 1f. */
static inline void vector_key(struct secret_key *secret, struct public_key *pub)
{
	struct key_seed seed;

	for (size_t i = 0; i < sizeof seed.b; i++)
		seed.b[i] = (uint8_t)i;
	key_from_seed(&seed, secret, pub);
}

static inline struct vkey vector_vkey(const char *text)
{
	struct vkey k;

	CHECK(vkey_parse(str_of(text), &k));
	return k;
}

/* A reader over a plain array of leaf hashes, folding entries of higher levels each time. */
struct leaves {
	const struct hash *at;
	uint64_t n;
};

static inline enum err leaves_read(void *self, int level, uint64_t first, size_t n,
				   struct hash *out)
{
	const struct leaves *l = self;
	size_t each = (size_t)1 << (8 * level);

	CHECK(level >= 0 && level < 3 && n >= 1 && first / 256 == (first + n - 1) / 256);
	for (size_t i = 0; i < n; i++) {
		uint64_t from = (first + i) * each;
		CHECK(from + each <= l->n);
		struct hash *copy = NEW_N(test_arena(), struct hash, each);
		for (size_t j = 0; j < each; j++)
			copy[j] = l->at[from + j];
		tree_fold(copy, each, &out[i]);
	}
	return OK;
}
