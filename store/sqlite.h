/* What sqlite.c and sqlite_search.c share. Nobody else includes this. */
#pragma once

#include "store/engine.h"
#include "store/migrate.h"
#include "store/search.h"

#include <sqlite3.h>

extern const struct migration sqlite_migrations[];

struct str sqlite_search_expression(struct arena *a, const struct search *s, bool in_title);
enum err sqlite_search_has(struct tx *tx, const struct search *s, bool *out);
enum err sqlite_search_put(struct tx *tx, int64_t id, struct str title, struct str body);
enum err sqlite_search_remove(struct tx *tx, int64_t id);
