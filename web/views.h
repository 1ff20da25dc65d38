/* How often pages of dossiers are looked at: counted in memory and written in batches, because a visitor
 * who reads must not make the site write. One view for each visitor, dossier and hour; what was not yet
 * written when the program is killed is lost.
 *
 * A visitor is an address (of IPv6 its /64), so people behind one address are counted as one and nobody
 * counts twice by throwing cookies away; who is signed in is an account. Which of them has been counted is
 * remembered in a table of fixed size, where one newcomer now and then takes the place of another, who is
 * then counted again. */
#pragma once

#include "store/writer.h"

struct views;

struct views *views_new(uint64_t seed);
void views_free(struct views *v); /* accepts NULL */

/* From any thread, for cached pages too: a hash, and one line of memory read; a lock only for the first view of
 * the hour. `who` is whatever tells visitors apart. */
void views_note(struct views *v, int64_t dossier, struct str who, struct instant now);

/* What the writer runs, quietly, every ten seconds. */
struct chore views_chore(struct views *v);
/* Writes what is left; to be called when nobody notes any more, before the writer stops. */
void views_flush(struct views *v, struct writer *w);
