/* The Merkle tree of RFC 6962: pure computation over hashes that somebody else keeps.
 *
 * Whoever has the hashes - a database, a folder of tiles, another server - offers them through a
 * tree_reader: entry i of level L is the hash of the aligned subtree over leaves i*256^L up to
 * (i+1)*256^L - 1. Sizes and indexes stay below 2^62. */
#pragma once

#include "base/err.h"
#include "crypto/hash.h"

#define TREE_MAX ((uint64_t)1 << 62)
#define TREE_LEVELS 8 /* of tiles: 256^8 leaves are more than there can be */

void tree_leaf(const void *entry, size_t n, struct hash *out);
void tree_node(const struct hash *left, const struct hash *right, struct hash *out);
void tree_empty(struct hash *out); /* the root of no leaves */
/* The hash of a full subtree over n leaves or subtrees of equal height; n a power of two, at most
 * 256. `at` is overwritten. */
void tree_fold(struct hash *at, size_t n, struct hash *out);

struct tree_reader {
	/* Entries first .. first+n-1 of a level, all within one tile (first/256 the same for all), n at
	 * most 256. Any error ends the computation and is returned from it. */
	enum err (*read)(void *self, int level, uint64_t first, size_t n, struct hash *out);
	void *self;
};

/* A proof: the hashes a stranger needs, in RFC order (nearest the leaf first). */
#define TREE_PATH_MAX 64
struct tree_path {
	size_t n;
	struct hash at[TREE_PATH_MAX];
};

/* Each reads O(log size) entries' worth of subtrees. */
MUST_USE enum err tree_root(const struct tree_reader *r, uint64_t size, struct hash *out);
/* ERR_INVALID unless index < size. */
MUST_USE enum err tree_inclusion(const struct tree_reader *r, uint64_t index, uint64_t size,
				 struct tree_path *out);
/* ERR_INVALID unless 0 < from <= to. Empty when they are equal. */
MUST_USE enum err tree_consistency(const struct tree_reader *r, uint64_t from, uint64_t to,
				   struct tree_path *out);

/* Strict: a proof one hash too long or too short is false. */
MUST_USE bool tree_verify_inclusion(uint64_t index, uint64_t size, const struct hash *leaf,
				    const struct tree_path *path, const struct hash *root);
MUST_USE bool tree_verify_consistency(uint64_t from, uint64_t to, const struct hash *from_root,
				      const struct hash *to_root, const struct tree_path *path);

/* The right edge of a growing tree: the roots of its perfect subtrees, largest first. One leaf costs
 * one hash on average, and the root of the whole log2(size). */
struct tree_edge {
	uint64_t size;
	struct hash at[64]; /* as many as `size` has binary ones */
};
int tree_edge_count(uint64_t size);
/* Adds a leaf. made[L] becomes the new entry of level L for each level that gained one; the number
 * of such levels (1 to TREE_LEVELS) is returned. */
int tree_edge_push(struct tree_edge *e, const struct hash *leaf, struct hash made[TREE_LEVELS]);
void tree_edge_root(const struct tree_edge *e, struct hash *out);
