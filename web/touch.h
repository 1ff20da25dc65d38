/* Sessions are kept alive by use, and reading never writes: who was seen is gathered here and written
 * now and then, all at once. */
#pragma once

#include "store/writer.h"

struct touches;

struct touches *touches_new(void);
void touches_free(struct touches *t);
/* From any thread. When too many wait the session is left to the next time it is seen. */
void touch_add(struct touches *t, const struct hash *session);
/* What the writer runs: every half minute, quietly. */
struct chore touch_chore(struct touches *t);
