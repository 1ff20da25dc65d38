/* The log's tables in an export: entries and keys are carried, the tree over them is computed
 * anew. */
#include "ledger/relations.h"
#include "ledger/log.h"
#include "ledger/tile.h"

static const struct attribute log_key[] = {
	{ "id", ATTRIBUTE_INT, .key = true },
	{ "vkey", ATTRIBUTE_TEXT },
	{ "added_at", ATTRIBUTE_INT },
	{ "retired_at", ATTRIBUTE_INT, .null = true },
	{ 0 },
};

/* `idx` is NULL for what waits, and for what got its place after the fixed act: see log_rebuild. */
static const struct attribute log_leaf[] = {
	{ "id", ATTRIBUTE_INT, .key = true, .within = "log_leaf" },
	{ "idx", ATTRIBUTE_INT, .null = true, .min = 0, .max = INT64_MAX },
	{ "hash", ATTRIBUTE_BYTES, .max = sizeof(struct hash) },
	{ "entry", ATTRIBUTE_PROSE, .max = ENTRY_MAX },
	{ 0 },
};

const struct relation ledger_relations[] = {
	{ "log_key", RELATION_CARRIED, log_key },
	{ "log_leaf", RELATION_CARRIED, log_leaf },
	{ "log_state", RELATION_DERIVED, .why = "log_leaf, and the origin in site" },
	{ "log_tile", RELATION_DERIVED, .why = "log_leaf" },
	{ 0 },
};
