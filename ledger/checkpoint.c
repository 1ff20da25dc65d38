/* Three lines; each has one spelling. */
#include "ledger/checkpoint.h"

#include "base/encode.h"
#include "ledger/tree.h"

#include <inttypes.h>

void buf_put_checkpoint(struct buf *b, const struct checkpoint *c)
{
	buf_put(b, c->origin);
	buf_printf(b, "\n%" PRIu64 "\n", c->size);
	buf_put_base64(b, c->root.b, sizeof c->root.b);
	buf_putc(b, '\n');
}

bool tree_size_parse(struct str s, uint64_t *out)
{
	int64_t n;

	if (!s.len || s.at[0] == '-' || (s.len > 1 && s.at[0] == '0') || !str_int(s, &n) ||
	    (uint64_t)n > TREE_MAX)
		return false;
	*out = (uint64_t)n;
	return true;
}

bool checkpoint_parse(struct str text, struct checkpoint *out)
{
	struct str rest = text, size, root, end;
	struct checkpoint c;
	struct hash empty;

	if (!str_next(&rest, '\n', &c.origin) || !str_next(&rest, '\n', &size) ||
	    !str_next(&rest, '\n', &root) || !str_next(&rest, '\n', &end) || end.len || rest.at)
		return false;
	if (!c.origin.len || !tree_size_parse(size, &c.size) ||
	    !base64_decode_exact(root, c.root.b, sizeof c.root.b))
		return false;
	tree_empty(&empty);
	if (!c.size && !hash_eq(&c.root, &empty))
		return false;
	*out = c;
	return true;
}

bool checkpoint_verify(struct arena *a, struct str bytes, const struct vkey *k,
		       struct checkpoint *out, struct note *note)
{
	struct checkpoint c;
	struct note n;

	if (!note_parse(a, bytes, &n) || !note_verify(&n, k, NULL) ||
	    !checkpoint_parse(n.text, &c) || !str_eq(c.origin, k->name))
		return false;
	*out = c;
	if (note)
		*note = n;
	return true;
}
