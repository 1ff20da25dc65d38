/* What the operator watches: counters that every thread adds to without waiting. docs/operating/metrics.md
 * says what each means; a test holds the two together. */
#pragma once

#include "base/buf.h"
#include "base/histogram.h"
#include "web/reach.h"

enum { METRICS_STATUSES = 6 };
#define METRICS_UNIT 64 /* microseconds: the first step of times */

/* What was asked for, as far as it tells how long an answer may take. */
enum request_class {
	CLASS_NONE,     /* no such address, or no request */
	CLASS_PAGE,     /* a page */
	CLASS_DATA,     /* CSV, JSON, feeds */
	CLASS_FORM,     /* whatever is sent */
	CLASS_FILE,     /* what people handed in */
	CLASS_LOG,      /* the public log */
	CLASS_OTHER,    /* style sheet, icons, proofs */
	CLASS_OPERATOR, /* /metrics, /healthz */
	CLASSES
};

enum gauge {
	GAUGE_CONNECTIONS, /* open */
	GAUGE_UNDERWAY,    /* requests being answered */
	GAUGE_QUEUE,       /* forms waiting for the writer or the pool */
	GAUGE_POOL_WAITS,  /* of these, for a thread of the pool */
	GAUGE_POOL_WORKS,  /* being prepared in it */
	GAUGES
};

struct metrics {
	_Atomic uint64_t statuses[CLASSES][METRICS_STATUSES]; /* by hundreds */
	struct histogram took[CLASSES];                       /* microseconds */
	_Atomic uint64_t hits, misses;                        /* of the page cache */
	_Atomic uint64_t throttled, cut; /* asked too often; too slow and cut off */
	_Atomic uint64_t pool_refused;
	_Atomic int64_t gauges[GAUGES];
	struct reach database, replica;
	/* What other rooms know: adds lines of the same format. NULL: nothing. */
	void (*more)(void *of, struct buf *out);
	void *of;
};

void metrics_answered(struct metrics *m, enum request_class c, int status, int64_t microseconds);
void metrics_gauge(struct metrics *m, enum gauge g, int change);
/* Everything above in the text format of Prometheus. */
void metrics_write(const struct metrics *m, struct buf *out);

/* --- The format --- */

/* The two lines before the first sample of a name. `help` is one sentence in plain ASCII. */
void metrics_head(struct buf *out, const char *name, const char *type, const char *help);
/* One counter or gauge with its head. */
void metrics_line(struct buf *out, const char *name, const char *type, const char *help,
		  int64_t value);
/* The samples of a histogram without its head. `labels` is "" or `class="page",`; `unit` is that of
 * histogram_add, `scale` what one is worth in the unit of the name. */
void metrics_histogram(struct buf *out, const char *name, const char *labels,
		       const struct histogram *h, int64_t unit, double scale);
