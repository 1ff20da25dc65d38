/* Latency is kept in sixteen doubling buckets, which is all that a p99 on a graph needs. */
#include "web/metrics.h"

#include <inttypes.h>

static const char *const gauge_names[GAUGES] = {
	[GAUGE_CONNECTIONS] = "dinh_connections",
	[GAUGE_UNDERWAY] = "dinh_requests_underway",
	[GAUGE_QUEUE] = "dinh_queue",
};

void metrics_answered(struct metrics *m, int status, int64_t microseconds)
{
	int hundreds = status / 100;
	int bucket = 0;
	if (hundreds < 0 || hundreds >= METRICS_STATUSES)
		hundreds = 0;
	if (microseconds < 0)
		microseconds = 0;
	while (bucket < METRICS_BUCKETS - 1 && microseconds > INT64_C(64) << bucket)
		bucket++;
	atomic_fetch_add_explicit(&m->statuses[hundreds], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&m->took[bucket], 1, memory_order_relaxed);
	atomic_fetch_add_explicit(&m->took_sum, (uint64_t)microseconds, memory_order_relaxed);
}

void metrics_gauge(struct metrics *m, enum gauge g, int change)
{
	atomic_fetch_add_explicit(&m->gauges[g], change, memory_order_relaxed);
}

void metrics_line(struct buf *out, const char *name, const char *type, int64_t value)
{
	buf_printf(out, "# TYPE %s %s\n%s %" PRId64 "\n", name, type, name, value);
}

static void write_took(const struct metrics *m, struct buf *out)
{
	uint64_t n = 0;
	buf_put(out, S("# TYPE dinh_request_seconds histogram\n"));
	for (int i = 0; i < METRICS_BUCKETS; i++) {
		n += atomic_load_explicit(&m->took[i], memory_order_relaxed);
		if (i < METRICS_BUCKETS - 1)
			buf_printf(out, "dinh_request_seconds_bucket{le=\"%.6f\"} %" PRIu64 "\n",
				   64e-6 * (double)(1 << i), n);
		else
			buf_printf(out, "dinh_request_seconds_bucket{le=\"+Inf\"} %" PRIu64 "\n",
				   n);
	}
	buf_printf(out, "dinh_request_seconds_sum %.6f\ndinh_request_seconds_count %" PRIu64 "\n",
		   (double)atomic_load(&m->took_sum) / 1e6, n);
}

void metrics_write(const struct metrics *m, struct buf *out)
{
	buf_put(out, S("# TYPE dinh_requests counter\n"));
	for (int i = 1; i < METRICS_STATUSES; i++)
		buf_printf(out, "dinh_requests{status=\"%dxx\"} %" PRIu64 "\n", i,
			   atomic_load_explicit(&m->statuses[i], memory_order_relaxed));
	write_took(m, out);
	metrics_line(out, "dinh_page_cache_hits", "counter", (int64_t)atomic_load(&m->hits));
	metrics_line(out, "dinh_page_cache_misses", "counter", (int64_t)atomic_load(&m->misses));
	metrics_line(out, "dinh_throttled", "counter", (int64_t)atomic_load(&m->throttled));
	metrics_line(out, "dinh_connections_cut", "counter", (int64_t)atomic_load(&m->cut));
	for (int i = 0; i < GAUGES; i++)
		metrics_line(out, gauge_names[i], "gauge", atomic_load(&m->gauges[i]));
	if (m->more)
		m->more(m->of, out);
}
