/* Latency is kept in sixteen doubling steps, which is all that a p99 on a graph needs. */
#include "web/metrics.h"

#include <inttypes.h>
#include <string.h>

static const char *const class_names[CLASSES] = {
	[CLASS_NONE] = "none",   [CLASS_PAGE] = "page",         [CLASS_DATA] = "data",
	[CLASS_FORM] = "form",   [CLASS_FILE] = "file",         [CLASS_LOG] = "log",
	[CLASS_OTHER] = "other", [CLASS_OPERATOR] = "operator",
};

static const struct {
	const char *name, *help;
} gauges[GAUGES] = {
	[GAUGE_CONNECTIONS] = { "dinh_connections", "Open connections." },
	[GAUGE_UNDERWAY] = { "dinh_requests_underway", "Requests being answered." },
	[GAUGE_QUEUE] = { "dinh_queue", "Forms waiting for the writer or the pool." },
	[GAUGE_POOL_WAITS] = { "dinh_pool_waiting", "Forms waiting for a thread of the pool." },
	[GAUGE_POOL_WORKS] = { "dinh_pool_busy", "Threads of the pool at work." },
};

void metrics_answered(struct metrics *m, enum request_class c, int status, int64_t microseconds)
{
	int hundreds = status / 100;
	if (hundreds < 0 || hundreds >= METRICS_STATUSES)
		hundreds = 0;
	atomic_fetch_add_explicit(&m->statuses[c][hundreds], 1, memory_order_relaxed);
	histogram_add(&m->took[c], METRICS_UNIT, microseconds);
}

void metrics_gauge(struct metrics *m, enum gauge g, int change)
{
	atomic_fetch_add_explicit(&m->gauges[g], change, memory_order_relaxed);
}

/* --- The format --- */

void metrics_head(struct buf *out, const char *name, const char *type, const char *help)
{
	buf_printf(out, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

void metrics_line(struct buf *out, const char *name, const char *type, const char *help,
		  int64_t value)
{
	metrics_head(out, name, type, help);
	buf_printf(out, "%s %" PRId64 "\n", name, value);
}

void metrics_histogram(struct buf *out, const char *name, const char *labels,
		       const struct histogram *h, int64_t unit, double scale)
{
	uint64_t n = 0;
	int set = (int)strlen(labels) - 1; /* without the comma */
	for (int i = 0; i < HISTOGRAM_STEPS; i++) {
		n += atomic_load_explicit(&h->steps[i], memory_order_relaxed);
		buf_printf(out, "%s_bucket{%sle=\"", name, labels);
		if (i < HISTOGRAM_STEPS - 1)
			buf_printf(out, "%.9g", scale * (double)(unit << i));
		else
			buf_put(out, S("+Inf"));
		buf_printf(out, "\"} %" PRIu64 "\n", n);
	}
	const char *open = set > 0 ? "{" : "", *close = set > 0 ? "}" : "";
	buf_printf(out, "%s_sum%s%.*s%s %.9g\n", name, open, set > 0 ? set : 0, labels, close,
		   scale * (double)atomic_load(&h->sum));
	buf_printf(out, "%s_count%s%.*s%s %" PRIu64 "\n", name, open, set > 0 ? set : 0, labels,
		   close, n);
}

/* --- What the server counts --- */

static void write_requests(const struct metrics *m, struct buf *out)
{
	metrics_head(out, "dinh_requests_total", "counter",
		     "Requests answered, by what was asked for and how it ended.");
	for (int c = 0; c < CLASSES; c++)
		for (int i = 1; i < METRICS_STATUSES; i++)
			buf_printf(out,
				   "dinh_requests_total{class=\"%s\",status=\"%dxx\"} %" PRIu64
				   "\n",
				   class_names[c], i,
				   atomic_load_explicit(&m->statuses[c][i], memory_order_relaxed));
	metrics_head(out, "dinh_request_seconds", "histogram",
		     "From the first line of a request to the last byte of its answer.");
	for (int c = 0; c < CLASSES; c++) {
		struct buf labels = { .a = out->a };
		buf_printf(&labels, "class=\"%s\",", class_names[c]);
		buf_putc(&labels, '\0');
		metrics_histogram(out, "dinh_request_seconds", labels.at, &m->took[c], METRICS_UNIT,
				  1e-6);
	}
}

void metrics_write(const struct metrics *m, struct buf *out)
{
	write_requests(m, out);
	metrics_line(out, "dinh_page_cache_hits_total", "counter", "Pages sent as they were kept.",
		     (int64_t)atomic_load(&m->hits));
	metrics_line(out, "dinh_page_cache_misses_total", "counter", "Pages made anew.",
		     (int64_t)atomic_load(&m->misses));
	metrics_line(out, "dinh_throttled_total", "counter", "Requests refused as too many.",
		     (int64_t)atomic_load(&m->throttled));
	metrics_line(out, "dinh_connections_cut_total", "counter",
		     "Connections cut off as too slow.", (int64_t)atomic_load(&m->cut));
	metrics_line(out, "dinh_pool_refused_total", "counter",
		     "Forms refused because too many waited for the pool.",
		     (int64_t)atomic_load(&m->pool_refused));
	for (int i = 0; i < GAUGES; i++)
		metrics_line(out, gauges[i].name, "gauge", gauges[i].help,
			     atomic_load(&m->gauges[i]));
	if (m->more)
		m->more(m->of, out);
}
