#include "tests/prometheus.h"

#include "tests/test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { NAMES = 400, SAMPLES = 4000 };

struct family {
	struct str name, type;
	bool helped, sampled;
};

struct sample {
	struct str whole;        /* name and labels as written */
	struct str name, labels; /* without the braces */
	double value;
};

struct reading {
	struct family families[NAMES];
	size_t n;
	struct sample samples[SAMPLES];
	size_t m;
	struct family *at; /* the one whose samples come */
	struct str line;
};

static void wrong(const struct reading *r, const char *what)
{
	FAIL("%s: %.*s", what, STR_ARG(r->line));
}

/* --- Pieces of a line --- */

static bool name_sign(char c, bool first, bool label)
{
	bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
	return letter || (c == ':' && !label) || (!first && c >= '0' && c <= '9');
}

static struct str take_name(struct str *rest, bool label)
{
	size_t n = 0;
	while (n < rest->len && name_sign(rest->at[n], n == 0, label))
		n++;
	struct str name = str_cut(*rest, n);
	*rest = str_from(*rest, n);
	return name;
}

static bool take(struct str *rest, const char *what)
{
	if (!str_starts(*rest, str_of(what)))
		return false;
	*rest = str_from(*rest, strlen(what));
	return true;
}

/* "..." with \\, \" and \n. */
static bool take_quoted(struct str *rest)
{
	if (!take(rest, "\""))
		return false;
	while (rest->len && rest->at[0] != '"') {
		bool escape = rest->at[0] == '\\';
		if (escape && (rest->len < 2 || !strchr("\\\"n", rest->at[1])))
			return false;
		*rest = str_from(*rest, escape ? 2 : 1);
	}
	return take(rest, "\"");
}

static struct str take_labels(struct reading *r, struct str *rest)
{
	const char *from = rest->at;
	if (!take(rest, "{"))
		return S("");
	do {
		if (!take_name(rest, true).len || !take(rest, "=") || !take_quoted(rest))
			wrong(r, "a label");
	} while (take(rest, ","));
	if (!take(rest, "}"))
		wrong(r, "labels do not end");
	return (struct str){ from + 1, (size_t)(rest->at - from) - 2 };
}

static double take_value(struct reading *r, struct str text)
{
	char copy[64], *end;
	if (str_eq(text, S("+Inf")) || str_eq(text, S("-Inf")) || str_eq(text, S("NaN")))
		wrong(r, "no finite value");
	if (!text.len || text.len >= sizeof copy || strspn(text.at, "0123456789.eE+-") < text.len)
		wrong(r, "no value");
	memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	double value = strtod(copy, &end);
	if (*end)
		wrong(r, "no value");
	return value;
}

/* --- Lines --- */

static struct family *family(struct reading *r, struct str name)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_eq(r->families[i].name, name))
			return &r->families[i];
	CHECK(r->n < NAMES);
	r->families[r->n] = (struct family){ .name = name, .type = S("") };
	return &r->families[r->n++];
}

static void read_comment(struct reading *r, struct str rest)
{
	bool help = take(&rest, "# HELP "), type = !help && take(&rest, "# TYPE ");
	struct str name = take_name(&rest, false);
	if ((!help && !type) || !name.len || !take(&rest, " ") || !rest.len)
		wrong(r, "neither HELP nor TYPE");
	struct family *f = family(r, name);
	if (f->sampled)
		wrong(r, "after its samples");
	if (help ? f->helped : f->type.len > 0)
		wrong(r, "twice");
	if (help) {
		f->helped = true;
		return;
	}
	if (!str_eq(rest, S("counter")) && !str_eq(rest, S("gauge")) &&
	    !str_eq(rest, S("histogram")))
		wrong(r, "a type that we do not write");
	if (str_eq(rest, S("counter")) != str_ends(name, S("_total")))
		wrong(r, "counters, and only they, end in _total");
	f->type = rest;
	r->at = f;
}

/* The family of a sample: a histogram's samples have endings. */
static bool belongs(const struct family *f, struct str name)
{
	static const char *const endings[] = { "_bucket", "_sum", "_count" };
	if (!str_eq(f->type, S("histogram")))
		return str_eq(name, f->name);
	if (!str_starts(name, f->name))
		return false;
	for (size_t i = 0; i < LENGTH(endings); i++)
		if (str_eq(str_from(name, f->name.len), str_of(endings[i])))
			return true;
	return false;
}

static void read_sample(struct reading *r, struct str rest)
{
	struct sample s = { .whole = rest };
	s.name = take_name(&rest, false);
	if (!s.name.len)
		wrong(r, "no name");
	s.labels = take_labels(r, &rest);
	s.whole.len -= rest.len;
	if (!take(&rest, " "))
		wrong(r, "no blank before the value");
	s.value = take_value(r, rest);
	if (!r->at || !r->at->helped || !r->at->type.len || !belongs(r->at, s.name))
		wrong(r, "not under HELP and TYPE of its name");
	r->at->sampled = true;
	if (str_eq(r->at->type, S("counter")) && s.value < 0)
		wrong(r, "a counter below zero");
	for (size_t i = 0; i < r->m; i++)
		if (str_eq(r->samples[i].whole, s.whole))
			wrong(r, "twice");
	CHECK(r->m < SAMPLES);
	r->samples[r->m++] = s;
}

/* --- Histograms --- */

/* le="..." is written last. */
static double bound(struct reading *r, const struct sample *s, struct str *others)
{
	const char *le = s->labels.at + s->labels.len;
	while (le > s->labels.at && memcmp(le, "le=\"", 4) != 0)
		le--;
	struct str rest = { le, (size_t)(s->labels.at + s->labels.len - le) };
	r->line = s->whole;
	if (!take(&rest, "le=\"") || rest.len < 2)
		wrong(r, "a step without its bound");
	*others = (struct str){ s->labels.at, (size_t)(le - s->labels.at) };
	struct str value = str_cut(rest, rest.len - 1);
	return str_eq(value, S("+Inf")) ? INFINITY : take_value(r, value);
}

static const struct sample *find(const struct reading *r, struct str name, struct str labels)
{
	for (size_t i = 0; i < r->m; i++)
		if (str_eq(r->samples[i].name, name) && str_eq(r->samples[i].labels, labels))
			return &r->samples[i];
	return NULL;
}

static void check_end(struct reading *r, const struct family *f, struct str labels, double last)
{
	struct str plain = labels.len ? str_cut(labels, labels.len - 1) : labels; /* no comma */
	struct str count = str_printf(test_arena(), "%.*s_count", STR_ARG(f->name));
	struct str sum = str_printf(test_arena(), "%.*s_sum", STR_ARG(f->name));
	const struct sample *n = find(r, count, plain);
	if (!n || n->value != last)
		wrong(r, "_count is not the last step");
	if (!find(r, sum, plain))
		wrong(r, "no _sum");
}

static void check_histogram(struct reading *r, const struct family *f)
{
	struct str name = str_printf(test_arena(), "%.*s_bucket", STR_ARG(f->name)), labels = S("");
	double last_bound = INFINITY, last = 0;
	for (size_t i = 0; i < r->m; i++) {
		const struct sample *s = &r->samples[i];
		struct str others;
		if (!str_eq(s->name, name))
			continue;
		double at = bound(r, s, &others);
		bool first = isinf(last_bound);
		if (!first && (!str_eq(others, labels) || at <= last_bound || s->value < last))
			wrong(r, "steps do not grow to +Inf");
		if (isinf(at))
			check_end(r, f, others, s->value);
		labels = others;
		last_bound = at;
		last = s->value;
	}
	if (!isinf(last_bound))
		wrong(r, "steps do not end in +Inf");
}

/* --- The whole --- */

static struct reading *read_all(struct str text)
{
	struct reading *r = NEW(test_arena(), struct reading);
	struct str rest = text;
	CHECK(text.len && str_ends(text, S("\n")));
	while (rest.len && str_next(&rest, '\n', &r->line)) {
		if (str_starts(r->line, S("#")))
			read_comment(r, r->line);
		else
			read_sample(r, r->line);
	}
	return r;
}

void prometheus_check(struct str text)
{
	struct reading *r = read_all(text);
	for (size_t i = 0; i < r->n; i++) {
		const struct family *f = &r->families[i];
		r->line = f->name;
		if (!f->sampled || !f->type.len || !f->helped)
			wrong(r, "without HELP, TYPE or samples");
		if (str_eq(f->type, S("histogram")))
			check_histogram(r, f);
	}
}

double prometheus_value(struct str text, const char *sample)
{
	struct reading *r = read_all(text);
	for (size_t i = 0; i < r->m; i++)
		if (str_eq(r->samples[i].whole, str_of(sample)))
			return r->samples[i].value;
	FAIL("there is no %s", sample);
	return 0;
}

struct strs prometheus_names(struct str text)
{
	struct reading *r = read_all(text);
	struct strs out = { NEW_N(test_arena(), struct str, r->n), 0 };
	for (size_t i = 0; i < r->n; i++)
		out.at[out.n++] = r->families[i].name;
	return out;
}
