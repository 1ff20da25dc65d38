/* The text format of Prometheus (exposition format 0.0.4), read more strictly than Prometheus does,
 * so that whatever it may refuse one day is found here. */
#pragma once

#include "base/str.h"

/* Fails the test with the line that is wrong: names, labels and their escapes, values; HELP and TYPE
 * before the first sample, once, and all samples of a name together; no sample twice; counters that
 * end in _total; histograms whose steps grow, end in +Inf, agree with _count and have a _sum. */
void prometheus_check(struct str text);

/* The value of a sample as it is written, its labels included; fails the test when it is missing. */
double prometheus_value(struct str text, const char *sample);
/* The names that have a TYPE, each once, in order. */
struct strs prometheus_names(struct str text);
