/* What the operator watches: counters that every thread adds to without waiting. */
#pragma once

#include "base/buf.h"

#include <stdatomic.h>

enum { METRICS_STATUSES = 6, METRICS_BUCKETS = 16 };

enum gauge {
	GAUGE_CONNECTIONS, /* open */
	GAUGE_UNDERWAY,    /* requests being answered */
	GAUGE_QUEUE,       /* forms waiting for the writer or the pool */
	GAUGES
};

struct metrics {
	_Atomic uint64_t statuses[METRICS_STATUSES]; /* by hundreds */
	_Atomic uint64_t
		took[METRICS_BUCKETS];   /* answers within 64 us * 2^i; the last: all others */
	_Atomic uint64_t took_sum;       /* microseconds */
	_Atomic uint64_t hits, misses;   /* of the page cache */
	_Atomic uint64_t throttled, cut; /* asked too often; too slow and cut off */
	_Atomic int64_t gauges[GAUGES];
	/* What other rooms know: adds lines of the same format. NULL: nothing. */
	void (*more)(void *of, struct buf *out);
	void *of;
};

void metrics_answered(struct metrics *m, int status, int64_t microseconds);
void metrics_gauge(struct metrics *m, enum gauge g, int change);
/* The text format of Prometheus. */
void metrics_write(const struct metrics *m, struct buf *out);
/* One counter or gauge with its # TYPE line. */
void metrics_line(struct buf *out, const char *name, const char *type, int64_t value);
