/* Lines once more; every number and every hash has one spelling. */
#include "ledger/witness.h"

#include "base/encode.h"

#include <inttypes.h>

void buf_put_add_checkpoint(struct buf *b, const struct add_checkpoint *r)
{
	buf_printf(b, "old %" PRIu64 "\n", r->old);
	for (size_t i = 0; i < r->proof.n; i++) {
		buf_put_base64(b, r->proof.at[i].b, sizeof r->proof.at[i].b);
		buf_putc(b, '\n');
	}
	buf_putc(b, '\n');
	buf_put(b, r->checkpoint);
}

bool add_checkpoint_parse(struct str body, struct add_checkpoint *out)
{
	struct add_checkpoint r = { .old = 0 };
	struct str rest = body, line;

	if (body.len > WITNESS_BODY || !str_next(&rest, '\n', &line) ||
	    !str_starts(line, S("old ")) || !tree_size_parse(str_from(line, 4), &r.old))
		return false;
	for (;;) {
		if (!str_next(&rest, '\n', &line))
			return false;
		if (!line.len)
			break;
		if (r.proof.n == WITNESS_PROOF ||
		    !base64_decode_exact(line, r.proof.at[r.proof.n].b, sizeof r.proof.at[0].b))
			return false;
		r.proof.n++;
	}
	if (!rest.at || !rest.len || (!r.old && r.proof.n))
		return false;
	r.checkpoint = rest;
	*out = r;
	return true;
}

bool witness_size_parse(struct str body, uint64_t *out)
{
	return str_ends(body, S("\n")) && tree_size_parse(str_cut(body, body.len - 1), out);
}

struct str witness_log_path(struct arena *a, struct str origin)
{
	struct hash h;

	sha256(origin.at, origin.len, &h);
	return str_printf(a, "%.*s/checkpoint", STR_ARG(hash_hex(a, &h)));
}
