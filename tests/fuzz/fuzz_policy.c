/* A policy file: whatever parses is bounded, refers to what stands before it, and can be asked. */
#include "ledger/policy.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);

static void look(struct arena *a, const struct policy *p)
{
	struct policy_seen *seen = NEW(a, struct policy_seen);
	struct note nobody = { .text = S("nobody.example/log\n") };

	policy_look(p, &nobody, seen);
	if (seen->witnesses || (p->quorum < 0) != seen->enough)
		abort();
	for (size_t i = 0; i < p->names.n; i++) {
		const struct policy_name *n = &p->names.at[i];
		if (n->is_group && (!n->needed || n->needed > n->members.n))
			abort();
		for (size_t m = 0; m < n->members.n; m++)
			if (n->members.at[m] >= i)
				abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
	struct str text = { (const char *)data, len }, why = S("");
	struct arena *a = arena_new(0);
	struct policy *p = NEW(a, struct policy);

	if (policy_parse(a, text, p, &why))
		look(a, p);
	else if (!why.len)
		abort();
	if (policy_parse_witnesses(a, text, p, &why))
		look(a, p);
	arena_free(a);
	return 0;
}
