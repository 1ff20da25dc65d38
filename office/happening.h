/* When and where something happens: a reception day, a dialogue. A kind that fills this in (`happens`) is in
 * calendars. */
#pragma once

#include "base/buf.h"
#include "base/date.h"
#include "base/msg.h"

struct happening {
	struct date day;
	int from, to; /* minutes after midnight; -1: not said */
	struct str place;
	bool online; /* by a connection: the place says where it can be followed */
	bool off;    /* called off */
};

/* "08:00", "8h30", "14 giờ", "2 giờ chiều", as minutes after midnight; -1: no hour is said. */
int happening_hour(struct arena *a, struct str text);
/* The place as it is read: before that of what is held by a connection stands that it is. */
struct str happening_where(struct arena *a, enum lang lang, struct str place, bool online);
