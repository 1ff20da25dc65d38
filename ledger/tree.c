/* Every subtree these functions ask for is either aligned - then it is 2^j consecutive entries of one
 * tile, folded - or the ragged right end, which splits again at the largest power of two below its
 * size. So each recursion goes down one side only, and reads at most one tile a step. */
#include "ledger/tree.h"

#include <assert.h>
#include <string.h>

void tree_leaf(const void *entry, size_t n, struct hash *out)
{
	uint8_t small[1024]; /* nearly every entry fits: one call instead of four */
	struct sha256 s;

	if (n < sizeof small) {
		small[0] = 0;
		if (n)
			memcpy(small + 1, entry, n);
		sha256(small, n + 1, out);
		return;
	}
	sha256_begin(&s);
	sha256_add(&s, "", 1);
	sha256_add(&s, entry, n);
	sha256_end(&s, out);
}

void tree_node(const struct hash *left, const struct hash *right, struct hash *out)
{
	uint8_t input[1 + 2 * sizeof left->b];

	input[0] = 1;
	memcpy(input + 1, left->b, sizeof left->b);
	memcpy(input + 1 + sizeof left->b, right->b, sizeof right->b);
	sha256(input, sizeof input, out);
}

void tree_empty(struct hash *out)
{
	sha256("", 0, out);
}

void tree_fold(struct hash *at, size_t n, struct hash *out)
{
	for (; n > 1; n /= 2)
		for (size_t i = 0; i < n / 2; i++)
			tree_node(&at[2 * i], &at[2 * i + 1], &at[i]);
	*out = at[0];
}

/* The largest power of two strictly below n, n > 1. */
static uint64_t split(uint64_t n)
{
	return (uint64_t)1 << (63 - __builtin_clzll(n - 1));
}

/* The subtree of 2^height leaves beginning at leaf `first`, a multiple of that. */
static enum err aligned(const struct tree_reader *r, uint64_t first, int height, struct hash *out)
{
	struct hash entries[128];
	int level = height / 8, within = height % 8;
	enum err e = r->read(r->self, level, first >> (8 * level), (size_t)1 << within, entries);

	if (!e)
		tree_fold(entries, (size_t)1 << within, out);
	return e;
}

/* MTH of leaves first .. first+n-1, where first is a multiple of the power of two at or above n. */
static enum err subtree(const struct tree_reader *r, uint64_t first, uint64_t n, struct hash *out)
{
	struct hash left, right;
	enum err e;

	if ((n & (n - 1)) == 0)
		return aligned(r, first, __builtin_ctzll(n), out);
	uint64_t k = split(n);
	if ((e = aligned(r, first, __builtin_ctzll(k), &left)) ||
	    (e = subtree(r, first + k, n - k, &right)))
		return e;
	tree_node(&left, &right, out);
	return OK;
}

enum err tree_root(const struct tree_reader *r, uint64_t size, struct hash *out)
{
	struct hash root;

	if (size > TREE_MAX)
		return ERR_INVALID;
	if (!size) {
		tree_empty(out);
		return OK;
	}
	enum err e = subtree(r, 0, size, &root);
	if (!e)
		*out = root;
	return e;
}

static enum err inclusion(const struct tree_reader *r, uint64_t index, uint64_t first, uint64_t n,
			  struct tree_path *path)
{
	enum err e;

	if (n == 1)
		return OK;
	uint64_t k = split(n);
	bool on_left = index < k;
	e = on_left ? inclusion(r, index, first, k, path)
		    : inclusion(r, index - k, first + k, n - k, path);
	if (e)
		return e;
	struct hash *sibling = &path->at[path->n++];
	return on_left ? subtree(r, first + k, n - k, sibling) : subtree(r, first, k, sibling);
}

enum err tree_inclusion(const struct tree_reader *r, uint64_t index, uint64_t size,
			struct tree_path *out)
{
	struct tree_path path = { .n = 0 };

	if (index >= size || size > TREE_MAX)
		return ERR_INVALID;
	enum err e = inclusion(r, index, 0, size, &path);
	if (!e)
		*out = path;
	return e;
}

/* SUBPROOF of RFC 6962; `whole` while the old tree is exactly the subtree the verifier knows. */
static enum err consistency(const struct tree_reader *r, uint64_t m, uint64_t first, uint64_t n,
			    bool whole, struct tree_path *path)
{
	enum err e;

	if (m == n)
		return whole ? OK : subtree(r, first, n, &path->at[path->n++]);
	uint64_t k = split(n);
	bool on_left = m <= k;
	e = on_left ? consistency(r, m, first, k, whole, path)
		    : consistency(r, m - k, first + k, n - k, false, path);
	if (e)
		return e;
	struct hash *other = &path->at[path->n++];
	return on_left ? subtree(r, first + k, n - k, other) : subtree(r, first, k, other);
}

enum err tree_consistency(const struct tree_reader *r, uint64_t from, uint64_t to,
			  struct tree_path *out)
{
	struct tree_path path = { .n = 0 };

	if (!from || from > to || to > TREE_MAX)
		return ERR_INVALID;
	enum err e = consistency(r, from, 0, to, true, &path);
	if (!e)
		*out = path;
	return e;
}

/* RFC 9162 section 2.1.3.2. */
bool tree_verify_inclusion(uint64_t index, uint64_t size, const struct hash *leaf,
			   const struct tree_path *path, const struct hash *root)
{
	uint64_t node = index, last = size - 1;
	struct hash r = *leaf;

	if (index >= size || size > TREE_MAX)
		return false;
	for (size_t i = 0; i < path->n; i++) {
		if (!last)
			return false;
		if ((node & 1) || node == last) {
			tree_node(&path->at[i], &r, &r);
			while (!(node & 1) && node) {
				node >>= 1;
				last >>= 1;
			}
		} else {
			tree_node(&r, &path->at[i], &r);
		}
		node >>= 1;
		last >>= 1;
	}
	return !last && hash_eq(&r, root);
}

/* RFC 9162 section 2.1.4.2. */
bool tree_verify_consistency(uint64_t from, uint64_t to, const struct hash *from_root,
			     const struct hash *to_root, const struct tree_path *path)
{
	struct hash old, new;
	uint64_t node = from - 1, last = to - 1;
	size_t i = 0;

	if (!from || from > to || to > TREE_MAX)
		return false;
	if (from == to)
		return !path->n && hash_eq(from_root, to_root);
	if ((from & (from - 1)) == 0)
		old = *from_root;
	else if (path->n)
		old = path->at[i++];
	else
		return false;
	new = old;
	while (node & 1) {
		node >>= 1;
		last >>= 1;
	}
	for (; i < path->n; i++) {
		if (!last)
			return false;
		if ((node & 1) || node == last) {
			tree_node(&path->at[i], &old, &old);
			tree_node(&path->at[i], &new, &new);
			while (!(node & 1) && node) {
				node >>= 1;
				last >>= 1;
			}
		} else {
			tree_node(&new, &path->at[i], &new);
		}
		node >>= 1;
		last >>= 1;
	}
	return !last && hash_eq(&old, from_root) && hash_eq(&new, to_root);
}

int tree_edge_count(uint64_t size)
{
	return __builtin_popcountll(size);
}

int tree_edge_push(struct tree_edge *e, const struct hash *leaf, struct hash made[TREE_LEVELS])
{
	int n = tree_edge_count(e->size), height = 0, levels = 1;
	struct hash h = *leaf;

	assert(e->size < TREE_MAX);
	made[0] = h;
	/* Adding one in binary: each carry joins two subtrees of equal height. */
	for (uint64_t rest = e->size; rest & 1; rest >>= 1) {
		tree_node(&e->at[--n], &h, &h);
		if (++height % 8 == 0)
			made[levels++] = h;
	}
	e->at[n] = h;
	e->size++;
	return levels;
}

void tree_edge_root(const struct tree_edge *e, struct hash *out)
{
	int n = tree_edge_count(e->size);

	if (!n) {
		tree_empty(out);
		return;
	}
	struct hash h = e->at[n - 1];
	for (int i = n - 2; i >= 0; i--)
		tree_node(&e->at[i], &h, &h);
	*out = h;
}
