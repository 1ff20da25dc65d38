/* Calendars of what happens (office/happening.h), for programs that keep people's days: of a kind, narrowed to
 * a unit, and of one dossier. Only what everybody may read. */
#pragma once

#include "web/req.h"

struct dossier;
struct kind;

/* /doi-thoai.ics?don-vi=: the latest that were announced, at and under the unit. */
enum err calendar_list(struct req *r, const struct kind *k, int64_t under);
/* /ho-so/{code}.ics. ERR_NOT_FOUND: it does not happen, or is not public. */
enum err calendar_dossier(struct req *r, const struct dossier *d);
/* The address of a dossier's; without text for what is in no calendar. */
struct link calendar_link(struct req *r, const struct dossier *d);
