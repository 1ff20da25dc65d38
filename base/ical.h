/* Calendars as RFC 5545 has them, event by event: lines of at most 75 bytes that never cut a sign in two, text
 * escaped, the time of Vietnam with its definition. */
#pragma once

#include "base/buf.h"
#include "base/date.h"

struct ical_event {
	struct str uid; /* the same for as long as the event is */
	struct str summary, place, about;
	struct str url;
	struct instant changed;
	int sequence; /* greater after each change */
	struct date day;
	int from, to; /* minutes after midnight; from < 0: the whole day; to <= from: not said */
	bool off;     /* called off */
};

void ical_begin(struct buf *out, struct str name);
void ical_put(struct buf *out, const struct ical_event *e);
void ical_end(struct buf *out);
