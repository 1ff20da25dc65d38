/* Lines again: a title, perhaps `extra`, the index, the hashes, a blank line, the checkpoint. */
#include "ledger/proof.h"

#include "base/encode.h"

#include <inttypes.h>

static const struct str title = S_INIT("c2sp.org/tlog-proof@v1");

void buf_put_proof(struct buf *b, const struct proof *p)
{
	buf_put(b, title);
	buf_putc(b, '\n');
	if (p->extra.at) {
		buf_put(b, S("extra "));
		buf_put_base64(b, p->extra.at, p->extra.len);
		buf_putc(b, '\n');
	}
	buf_printf(b, "index %" PRIu64 "\n", p->index);
	for (size_t i = 0; i < p->path.n; i++) {
		buf_put_base64(b, p->path.at[i].b, sizeof p->path.at[i].b);
		buf_putc(b, '\n');
	}
	buf_putc(b, '\n');
	buf_put(b, p->checkpoint);
}

static bool index_parse(struct str line, uint64_t *out)
{
	struct str digits = str_from(line, 6);
	int64_t n;

	if (!str_starts(line, S("index ")) || !digits.len || digits.at[0] == '-' ||
	    (digits.len > 1 && digits.at[0] == '0') || !str_int(digits, &n))
		return false;
	*out = (uint64_t)n;
	return true;
}

bool proof_parse(struct arena *a, struct str bytes, struct proof *out)
{
	struct proof p = { .index = 0 };
	struct str rest = bytes, line;

	if (bytes.len > NOTE_BYTES || !str_next(&rest, '\n', &line) || !str_eq(line, title) ||
	    !str_next(&rest, '\n', &line))
		return false;
	if (str_starts(line, S("extra "))) {
		if (!base64_decode(a, str_from(line, 6), &p.extra) || !str_next(&rest, '\n', &line))
			return false;
	}
	if (!index_parse(line, &p.index))
		return false;
	for (;;) {
		if (!str_next(&rest, '\n', &line))
			return false;
		if (!line.len)
			break;
		if (p.path.n == TREE_PATH_MAX ||
		    !base64_decode_exact(line, p.path.at[p.path.n].b, sizeof p.path.at[0].b))
			return false;
		p.path.n++;
	}
	if (!rest.at || !rest.len)
		return false;
	p.checkpoint = rest;
	*out = p;
	return true;
}

bool proof_verify_leaf(struct arena *a, const struct proof *p, const struct hash *leaf,
		       const struct vkey *k, struct checkpoint *out)
{
	struct checkpoint c;

	if (!checkpoint_verify(a, p->checkpoint, k, &c, NULL) ||
	    !tree_verify_inclusion(p->index, c.size, leaf, &p->path, &c.root))
		return false;
	if (out)
		*out = c;
	return true;
}

bool proof_verify(struct arena *a, const struct proof *p, struct str entry, const struct vkey *k,
		  struct checkpoint *out)
{
	struct hash leaf;

	tree_leaf(entry.at, entry.len, &leaf);
	return proof_verify_leaf(a, p, &leaf, k, out);
}
