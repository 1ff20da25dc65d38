/* Who else sees this log: the witnesses of DIR/witnesses are shown every checkpoint before readers are,
 * and their lines are served with it. Nobody waits for them longer than two seconds, a silent one after
 * its first silence not at all; steps never wait. What a witness holds against us stops the log. */
#pragma once

#include "base/buf.h"
#include "ledger/log.h"

struct witnesses;

/* Reads DIR/witnesses: "witness NAME VKEY URL" a line (ledger/policy.h). OK with NULL when there is no
 * such file or nobody in it; ERR_INVALID when it cannot be read that way, ERR_IO. */
MUST_USE enum err witnesses_open(struct arena *mem, struct str dir, struct witnesses **out,
				 struct str *why);
/* log_open, after asking all of them at once, for two seconds at most, what they have seen of this log. NULL
 * is nobody. */
MUST_USE enum err witnesses_open_log(struct witnesses *w, struct tx *tx, struct str dir,
				     struct str second, struct log **out, struct str *why);

struct witnesses_setup {
	struct log *log;
	struct str database; /* for db_open */
	/* After something was published, on a thread of ours; NULL. */
	void (*published)(void *context);
	void *context;
};
/* From now on what is signed is shown to them first. ERR_IO: no threads, no database. */
MUST_USE enum err witnesses_start(struct witnesses *w, const struct witnesses_setup *setup,
				  struct str *why);
/* Something was signed. From any thread; NULL is nobody. */
void witnesses_wake(struct witnesses *w);
/* Lines for /metrics. */
void witnesses_metrics(void *witnesses, struct buf *out);
/* What is signed is published at once again. Before the log is closed; accepts NULL. */
void witnesses_stop(struct witnesses *w);
