/* Whom one trusts (C2SP tlog-policy): logs by their keys, witnesses by theirs, and how many of the
 * witnesses must have seen a checkpoint before one believes that everybody is shown the same log.
 *
 *     log <vkey> [<url>]
 *     witness <name> <vkey> [<url>]
 *     group <name> <k>|all|any <member>...
 *     quorum <name>|none
 *
 * Names are those of the file. A member is a witness or a group of an earlier line. */
#pragma once

#include "ledger/note.h"

enum { POLICY_BYTES = 262144, POLICY_LOGS = 64, POLICY_NAMES = 128, POLICY_MEMBERS = 64 };

struct policy_log {
	struct vkey key;
	struct str url; /* "" */
};

/* A witness, or a group of names before it. */
struct policy_name {
	struct str name;
	bool is_group;
	struct vkey key; /* of a witness */
	struct str url;  /* of a witness; "" */
	size_t needed;   /* of a group: how many of its members */
	struct {
		size_t at[POLICY_MEMBERS]; /* places in policy.names */
		size_t n;
	} members;
};

struct policy {
	struct {
		struct policy_log at[POLICY_LOGS];
		size_t n;
	} logs;
	struct {
		struct policy_name at[POLICY_NAMES];
		size_t n;
	} names;
	int quorum; /* a place in `names`; -1: none is asked for */
};

/* False with one sentence in `why`, which names the line. Borrows `text`. */
MUST_USE bool policy_parse(struct arena *a, struct str text, struct policy *out, struct str *why);
/* The same for a file that lists witnesses to be asked: each has an address, and `quorum` may be
 * missing. */
MUST_USE bool policy_parse_witnesses(struct arena *a, struct str text, struct policy *out,
				     struct str *why);

/* What a note says by that policy. */
struct policy_seen {
	bool cosigned[POLICY_NAMES]; /* by witness */
	uint64_t time[POLICY_NAMES]; /* of the cosignature, in seconds since 1970 */
	size_t witnesses;            /* that cosigned */
	bool enough;                 /* the quorum is reached */
};
void policy_look(const struct policy *p, const struct note *n, struct policy_seen *out);
