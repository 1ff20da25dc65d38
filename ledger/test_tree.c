/* The tree against the published vectors, against RFC 6962's definitions written out naively, and
 * against everything a forger might change. */
#include "base/encode.h"
#include "tests/log_vectors.h"

#include <string.h>

static struct hash *random_leaves(size_t n)
{
	struct hash *at = NEW_N(test_arena(), struct hash, n ? n : 1);

	for (size_t i = 0; i < n; i++)
		for (size_t j = 0; j < 32; j += 8) {
			uint64_t r = test_random();
			memcpy(at[i].b + j, &r, 8);
		}
	return at;
}

/* RFC 6962 section 2.1, word for word. */
static struct hash naive_root(const struct hash *at, size_t n)
{
	uint8_t input[65] = { 1 };
	struct hash left, right, out;
	size_t k = 1;

	if (n == 0) {
		sha256("", 0, &out);
		return out;
	}
	if (n == 1)
		return at[0];
	while (k * 2 < n)
		k *= 2;
	left = naive_root(at, k);
	right = naive_root(at + k, n - k);
	memcpy(input + 1, left.b, 32);
	memcpy(input + 33, right.b, 32);
	sha256(input, 65, &out);
	return out;
}

static void naive_path(const struct hash *at, size_t m, size_t n, struct tree_path *out)
{
	size_t k = 1;

	if (n <= 1)
		return;
	while (k * 2 < n)
		k *= 2;
	if (m < k) {
		naive_path(at, m, k, out);
		out->at[out->n++] = naive_root(at + k, n - k);
	} else {
		naive_path(at + k, m - k, n - k, out);
		out->at[out->n++] = naive_root(at, k);
	}
}

static void naive_subproof(const struct hash *at, size_t m, size_t n, bool whole,
			   struct tree_path *out)
{
	size_t k = 1;

	if (m == n) {
		if (!whole)
			out->at[out->n++] = naive_root(at, n);
		return;
	}
	while (k * 2 < n)
		k *= 2;
	if (m <= k) {
		naive_subproof(at, m, k, whole, out);
		out->at[out->n++] = naive_root(at + k, n - k);
	} else {
		naive_subproof(at + k, m - k, n - k, false, out);
		out->at[out->n++] = naive_root(at, k);
	}
}

static bool same_path(const struct tree_path *x, const struct tree_path *y)
{
	return x->n == y->n && memcmp(x->at, y->at, x->n * sizeof x->at[0]) == 0;
}

static struct tree_reader reader(struct leaves *l)
{
	return (struct tree_reader){ leaves_read, l };
}

static struct str b64(const struct hash *h)
{
	return base64_encode(test_arena(), h->b, 32);
}

static struct str path_text(const struct tree_path *p)
{
	struct buf b = { .a = test_arena() };

	for (size_t i = 0; i < p->n; i++) {
		if (i)
			buf_putc(&b, ' ');
		buf_put_base64(&b, p->at[i].b, 32);
	}
	return buf_str(&b);
}

static struct leaves vector_leaves(void)
{
	struct hash *at = NEW_N(test_arena(), struct hash, LENGTH(log_vectors));

	for (size_t i = 0; i < LENGTH(log_vectors); i++)
		tree_leaf(log_vectors[i].entry, strlen(log_vectors[i].entry), &at[i]);
	return (struct leaves){ at, LENGTH(log_vectors) };
}

TEST(leaves_and_roots_are_the_published_ones)
{
	struct leaves l = vector_leaves();
	struct tree_reader r = reader(&l);
	struct tree_edge edge = { 0 };
	struct hash root, made[TREE_LEVELS];

	CHECK(tree_root(&r, 0, &root) == OK);
	CHECK_STR(b64(&root), S("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
	tree_edge_root(&edge, &root);
	CHECK_STR(b64(&root), S("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="));
	for (size_t i = 0; i < LENGTH(log_vectors); i++) {
		CHECK_STR(hash_hex(test_arena(), &l.at[i]), str_of(log_vectors[i].leaf));
		CHECK(tree_root(&r, i + 1, &root) == OK);
		CHECK_STR(b64(&root), str_of(log_vectors[i].root));
		CHECK_INT(tree_edge_push(&edge, &l.at[i], made), 1);
		tree_edge_root(&edge, &root);
		CHECK_STR(b64(&root), str_of(log_vectors[i].root));
	}
}

TEST(proofs_are_the_published_ones)
{
	struct leaves l = vector_leaves();
	struct tree_reader r = reader(&l);
	struct tree_path p;

	CHECK(tree_inclusion(&r, 0, 5, &p) == OK);
	CHECK_STR(path_text(&p), S("T+CIJ6GI7fJYxbTrTMQ3PAOWhjLYuM5FWqtctNo0I0E= "
				   "xkX6n9Bn86R9h7vvmbMCh0Z306Rx6g9/e+54Dod+rGo= "
				   "gX7GhqZlhjW/s0FEPQhXhhrv4KeSddNQSqsC9Odn95o="));
	CHECK(tree_inclusion(&r, 4, 5, &p) == OK);
	CHECK_STR(path_text(&p), S("VqJsIlDLxq1yMYSyysa7pALCrZFjMSsx+WoO+DnbEO4="));
	CHECK(tree_consistency(&r, 3, 5, &p) == OK);
	CHECK_STR(path_text(&p), S("TxFpW3GkeWOry9yHK6/U6dVfGl0P9aW4rJRGecaZpuE= "
				   "Epo+Q96yXGE1fWyEFdqWfKbDWoKPo5BTScQ8ogQ6nWY= "
				   "p6Jir+V7pR2WuetlSiehoaFfhoNJ9KlWqT8y4bCkz64= "
				   "gX7GhqZlhjW/s0FEPQhXhhrv4KeSddNQSqsC9Odn95o="));
	CHECK(tree_consistency(&r, 4, 5, &p) == OK);
	CHECK_STR(path_text(&p), S("gX7GhqZlhjW/s0FEPQhXhhrv4KeSddNQSqsC9Odn95o="));
}

TEST(roots_of_any_size_are_those_of_the_definition)
{
	for (int round = 0; round < 12; round++) {
		size_t n = (size_t)test_below(3001);
		struct leaves l = { random_leaves(n), n };
		struct tree_reader r = reader(&l);
		struct hash should = naive_root(l.at, n), root;
		CHECK(tree_root(&r, n, &root) == OK);
		CHECK(hash_eq(&root, &should));
	}
}

/* The edge tells which entry each level gains: these must be the folded tiles below. */
TEST(a_growing_edge_agrees_with_the_whole_tree_at_every_size)
{
	enum { N = 66000 };
	struct leaves l = { random_leaves(N), N };
	struct hash *second = NEW_N(test_arena(), struct hash, 256), made[TREE_LEVELS], root,
		    should;
	struct tree_edge edge = { 0 };

	for (size_t i = 0; i < N; i++) {
		int levels = tree_edge_push(&edge, &l.at[i], made);
		CHECK_INT(levels, 1 + ((i + 1) % 256 == 0) + ((i + 1) % 65536 == 0));
		CHECK(hash_eq(&made[0], &l.at[i]));
		if (levels > 1) {
			should = naive_root(l.at + i - 255, 256);
			CHECK(hash_eq(&made[1], &should));
			if (i < 65536)
				second[i / 256] = should;
		}
		if (levels > 2) {
			should = naive_root(second, 256);
			CHECK(hash_eq(&made[2], &should));
		}
		if (i < 600 || i > 65530) {
			if (i >= 600 && i % 97)
				continue;
			tree_edge_root(&edge, &root);
			should = naive_root(l.at, i + 1);
			CHECK(hash_eq(&root, &should));
		}
	}
}

TEST(every_inclusion_proof_up_to_130_is_the_definition_and_verifies)
{
	struct leaves l = { random_leaves(130), 130 };
	struct tree_reader r = reader(&l);
	struct tree_path p, should;

	for (size_t n = 1; n <= 130; n++) {
		struct hash root = naive_root(l.at, n);
		for (size_t m = 0; m < n; m++) {
			should.n = 0;
			naive_path(l.at, m, n, &should);
			CHECK(tree_inclusion(&r, m, n, &p) == OK);
			CHECK(same_path(&p, &should));
			CHECK(tree_verify_inclusion(m, n, &l.at[m], &p, &root));
			/* Another place, another leaf, another length: refused. */
			CHECK(!tree_verify_inclusion(m + 1, n, &l.at[m], &p, &root));
			CHECK(n == 1 ||
			      !tree_verify_inclusion(m, n, &l.at[(m + 1) % n], &p, &root));
			if (p.n) {
				p.n--;
				CHECK(!tree_verify_inclusion(m, n, &l.at[m], &p, &root));
				p.n++;
			}
			p.at[p.n++] = l.at[0];
			CHECK(!tree_verify_inclusion(m, n, &l.at[m], &p, &root));
		}
		CHECK(tree_inclusion(&r, n, n, &p) == ERR_INVALID);
		CHECK(!tree_verify_inclusion(n, n, &l.at[0], &p, &root));
	}
	CHECK(!tree_verify_inclusion(0, 0, &l.at[0], &(struct tree_path){ 0 }, &l.at[0]));
}

TEST(every_consistency_proof_up_to_130_is_the_definition_and_verifies)
{
	struct leaves l = { random_leaves(130), 130 };
	struct tree_reader r = reader(&l);
	struct tree_path p, should;
	struct hash *roots = NEW_N(test_arena(), struct hash, 131);

	for (size_t n = 0; n <= 130; n++)
		roots[n] = naive_root(l.at, n);
	for (size_t n = 1; n <= 130; n++) {
		for (size_t m = 1; m <= n; m++) {
			should.n = 0;
			naive_subproof(l.at, m, n, true, &should);
			CHECK(tree_consistency(&r, m, n, &p) == OK);
			CHECK(same_path(&p, &should));
			CHECK(tree_verify_consistency(m, n, &roots[m], &roots[n], &p));
			CHECK(!tree_verify_consistency(m, n, &roots[m - 1], &roots[n], &p));
			CHECK(!tree_verify_consistency(m, n, &roots[m], &roots[n - 1], &p));
			if (p.n) {
				p.n--;
				CHECK(!tree_verify_consistency(m, n, &roots[m], &roots[n], &p));
				p.n++;
			}
			p.at[p.n++] = roots[1];
			CHECK(!tree_verify_consistency(m, n, &roots[m], &roots[n], &p));
		}
		CHECK(tree_consistency(&r, n + 1, n, &p) == ERR_INVALID);
		CHECK(tree_consistency(&r, 0, n, &p) == ERR_INVALID);
		CHECK(!tree_verify_consistency(0, n, &roots[0], &roots[n],
					       &(struct tree_path){ 0 }));
	}
}

TEST(every_flipped_bit_of_a_proof_is_refused)
{
	for (int round = 0; round < 6; round++) {
		size_t n = 2 + (size_t)test_below(400), m = (size_t)test_below(n),
		       from = 1 + (size_t)test_below(n - 1);
		struct leaves l = { random_leaves(n), n };
		struct tree_reader r = reader(&l);
		struct hash root = naive_root(l.at, n), old = naive_root(l.at, from), bad;
		struct tree_path p;

		CHECK(tree_inclusion(&r, m, n, &p) == OK);
		for (size_t bit = 0; bit < p.n * 256; bit++) {
			p.at[bit / 256].b[bit % 256 / 8] ^= (uint8_t)(1 << bit % 8);
			CHECK(!tree_verify_inclusion(m, n, &l.at[m], &p, &root));
			p.at[bit / 256].b[bit % 256 / 8] ^= (uint8_t)(1 << bit % 8);
		}
		for (size_t bit = 0; bit < 256; bit++) {
			bad = root;
			bad.b[bit / 8] ^= (uint8_t)(1 << bit % 8);
			CHECK(!tree_verify_inclusion(m, n, &l.at[m], &p, &bad));
			bad = l.at[m];
			bad.b[bit / 8] ^= (uint8_t)(1 << bit % 8);
			CHECK(!tree_verify_inclusion(m, n, &bad, &p, &root));
		}
		CHECK(tree_consistency(&r, from, n, &p) == OK);
		for (size_t bit = 0; bit < p.n * 256; bit++) {
			p.at[bit / 256].b[bit % 256 / 8] ^= (uint8_t)(1 << bit % 8);
			CHECK(!tree_verify_consistency(from, n, &old, &root, &p));
			p.at[bit / 256].b[bit % 256 / 8] ^= (uint8_t)(1 << bit % 8);
		}
		for (size_t bit = 0; bit < 256; bit++) {
			bad = root;
			bad.b[bit / 8] ^= (uint8_t)(1 << bit % 8);
			CHECK(!tree_verify_consistency(from, n, &old, &bad, &p));
			bad = old;
			bad.b[bit / 8] ^= (uint8_t)(1 << bit % 8);
			CHECK(!tree_verify_consistency(from, n, &bad, &root, &p));
		}
	}
}

static enum err broken_read(void *self, int level, uint64_t first, size_t n, struct hash *out)
{
	int *left = self;

	(void)level;
	(void)first;
	memset(out, 0, n * sizeof *out);
	return (*left)-- > 0 ? OK : ERR_IO;
}

TEST(a_reader_that_fails_at_any_step_is_reported_and_touches_nothing)
{
	struct tree_path p = { .n = 77 };
	struct hash root = { { 7 } };
	int done = 0, left;
	struct tree_reader r = { broken_read, &left };

	for (int fail_at = 0; done < 3; fail_at++) {
		CHECK(fail_at < 100);
		done = 0;
		left = fail_at;
		done += tree_root(&r, 999, &root) == OK;
		CHECK(done || root.b[0] == 7);
		left = fail_at;
		p.n = 77;
		bool made = tree_inclusion(&r, 500, 999, &p) == OK;
		CHECK(made || p.n == 77);
		done += made;
		left = fail_at;
		p.n = 77;
		made = tree_consistency(&r, 500, 999, &p) == OK;
		CHECK(made || p.n == 77);
		done += made;
	}
}

TEST(enormous_sizes_neither_overflow_nor_read_far)
{
	struct tree_path p;
	int left = 2000;
	struct tree_reader r = { broken_read, &left };

	CHECK(tree_inclusion(&r, TREE_MAX - 2, TREE_MAX - 1, &p) == OK);
	CHECK(p.n <= TREE_PATH_MAX);
	CHECK(tree_consistency(&r, TREE_MAX / 2 + 1, TREE_MAX - 1, &p) == OK);
	CHECK(p.n <= TREE_PATH_MAX);
	CHECK(tree_inclusion(&r, 0, TREE_MAX + 1, &p) == ERR_INVALID);
	CHECK(!tree_verify_inclusion(UINT64_MAX - 1, UINT64_MAX, &p.at[0], &p, &p.at[0]));
}
