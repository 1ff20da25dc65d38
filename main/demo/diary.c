/* The year is written before it is lived: for each unit its documents in order of their days, and for
 * each document what becomes of it. How often something is late, forgotten or mended hangs on the
 * unit's diligence, drawn once. */
#include "main/demo/boards.h"
#include "main/demo/criticisms.h"
#include "main/demo/denunciations.h"
#include "main/demo/documents.h"
#include "main/demo/news.h"
#include "main/demo/openings.h"
#include "main/demo/pen.h"
#include "main/demo/people.h"
#include "main/demo/requests.h"
#include "main/demo/talks.h"
#include "main/demo/voices.h"

static struct date later_of(struct date a, struct date b)
{
	return date_cmp(a, b) > 0 ? a : b;
}

/* --- Writing down --- */

void demo_enter(struct demo *d, const struct demo_entry *entry)
{
	d->diary = demo_room(d, d->diary, d->entry_count, &d->entry_cap, sizeof *d->diary);
	d->diary[d->entry_count] = *entry;
	d->diary[d->entry_count].serial = d->entry_count;
	d->entry_count++;
}

static void enter(struct pen *p, struct date day, int minute, enum demo_deed deed, int arg,
		  struct date on)
{
	demo_enter(p->d, &(struct demo_entry){ .day = day,
					       .minute = minute,
					       .deed = deed,
					       .unit = p->unit,
					       .item = p->item,
					       .arg = arg,
					       .on = on });
}

/* On a working day `least` to `most` days after another one, from that minute on. One draw after the
 * other: C leaves open in which order the arguments of one call are computed. */
static void enter_after(struct pen *p, struct date from, int least, int most, int minute,
			enum demo_deed deed, int arg)
{
	struct date day = working(p, date_add(from, draw(p, least, most)));
	enter(p, day, minute + draw(p, 0, 50), deed, arg, NO_DATE);
}

/* Some write down at once, some days later: "ghi sau n ngày". */
static void enter_maybe_late(struct pen *p, struct date on, int minute, enum demo_deed deed,
			     int arg)
{
	bool late = chance(p, 40 + sloth(p->u) / 3);
	struct date day = late ? working(p, date_add(on, draw(p, 1, 5))) : on;
	enter(p, day, minute, deed, arg, late ? on : NO_DATE);
}

/* --- What becomes of a sheet --- */

static void hang(struct pen *p, int place, struct date on)
{
	enter_maybe_late(p, on, draw(p, 15 * HOUR, 16 * HOUR + 50), DEED_POST, place);
	struct date from = on;
	if (chance(p, 250))
		enter_after(p, on, 8, 20, 10 * HOUR, DEED_SEEN, place);
	if (chance(p, 15 + sloth(p->u) / 12)) {
		from = working(p, date_add(on, draw(p, 7, 26)));
		enter(p, from, 8 * HOUR + draw(p, 0, 50), DEED_TORN, place, NO_DATE);
	}
	if (chance(p, 760))
		enter_after(p, from, 31, 44, 9 * HOUR, DEED_UNPOST, place);
}

/* What was read on the loudspeakers is written down when the last day is over. */
static void enter_aired(struct pen *p, struct date from, int days)
{
	struct date over = date_add(from, days - 1);
	bool late = chance(p, 40 + sloth(p->u) / 3);
	struct date day = working(p, late ? date_add(over, draw(p, 1, 5)) : over);
	enter(p, day, 17 * HOUR + draw(p, 0, 25), DEED_BROADCAST, days,
	      date_cmp(day, from) > 0 ? from : NO_DATE);
}

static void spread_commune(struct pen *p, struct date published, struct date by, bool timely)
{
	int places = 1 + (int)rng_below(p->rng, 3);
	struct date last =
		later_of(published, working(p, timely ? by : date_add(by, draw(p, 1, 6))));
	for (int i = 0; i < places && i < p->u->place_count; i++)
		hang(p, i, i ? working(p, date_add(published, draw(p, 0, 2))) : published);
	if (p->u->loudspeaker) {
		struct date air = timely || chance(p, 800) ? published : last;
		int days = draw(p, 1, 5);
		enter_aired(p, air, days);
	}
	if (!chance(p, sloth(p->u) / 25)) { /* forgotten by some */
		struct date told = chance(p, 600) ? published : last;
		enter_maybe_late(p, timely && date_cmp(told, by) > 0 ? published : told,
				 17 * HOUR + draw(p, 26, 50), DEED_USE_FORM, DEMO_FORM_HEADS);
	}
}

static void spread_agency(struct pen *p, struct date published)
{
	int which = draw(p, 0, 9);
	if (which < 4)
		hang(p, 0, published);
	if (which > 2)
		enter_maybe_late(p, published, 16 * HOUR + draw(p, 51, 59), DEED_USE_FORM,
				 which < 6   ? DEMO_FORM_INTERNAL
				 : which < 8 ? DEMO_FORM_MEETING
					     : DEMO_FORM_LETTER);
}

/* --- What becomes of a document --- */

static void follow(struct pen *p, struct date published)
{
	if (chance(p, 20 + sloth(p->u) / 20))
		enter_after(p, published, 2, 19, 14 * HOUR, DEED_CORRECT, 0);
	if (chance(p, 7))
		enter_after(p, published, 12, 50, 15 * HOUR, DEED_WITHDRAW, 0);
}

static void approve(struct pen *p, struct date recorded, struct date published)
{
	enter(p, recorded, 8 * HOUR + draw(p, 5, 110), DEED_RECORD, 0, NO_DATE);
	if (chance(p, 45)) {
		enter(p, recorded, 10 * HOUR + draw(p, 0, 30), DEED_SUBMIT, 0, NO_DATE);
		enter(p, recorded, 10 * HOUR + draw(p, 31, 59), DEED_RETURN, 0, NO_DATE);
		enter(p, recorded, 11 * HOUR + draw(p, 0, 10), DEED_EDIT, 0, NO_DATE);
	}
	enter(p, recorded, 11 * HOUR + draw(p, 11, 29), DEED_SUBMIT, 0, NO_DATE);
	enter(p, published, 13 * HOUR + draw(p, 31, 59), DEED_PUBLISH, 0, NO_DATE);
}

static void write_document(struct pen *p, const struct demo_item *item)
{
	bool expected = item->story->expected;
	struct date day = item->text.day;
	if (expected && chance(p, sloth(p->u) * 3 / 4)) { /* nothing was ever disclosed */
		if (chance(p, p->u->diligence / 2))
			enter_after(p, day, 20, 60, 16 * HOUR, DEED_NIL, 0);
		return;
	}
	struct date by = working(p, date_add(day, p->u->commune ? 2 : 3));
	bool timely = chance(p, p->u->diligence);
	struct date recorded = timely ? day : working(p, date_add(day, draw(p, 0, 5)));
	struct date published = timely ? working(p, date_add(day, draw(p, 0, 1)))
				       : working(p, date_add(by, draw(p, 1, 4 + sloth(p->u) / 25)));
	if (timely && date_cmp(published, by) > 0)
		published = day;
	published = later_of(published, recorded);
	if (chance(p, sloth(p->u) / 60)) { /* drafted and forgotten */
		enter(p, recorded, 9 * HOUR + draw(p, 0, 59), DEED_RECORD, 0, NO_DATE);
		if (chance(p, 500))
			enter(p, recorded, 10 * HOUR + draw(p, 0, 59), DEED_SUBMIT, 0, NO_DATE);
		return;
	}
	approve(p, recorded, published);
	if (p->u->commune)
		spread_commune(p, published, by, timely);
	else
		spread_agency(p, published);
	follow(p, published);
}

/* --- A unit's year --- */

static int story_order(const void *x, const void *y)
{
	const struct demo_item *a = x, *b = y;
	int order = date_cmp(a->text.day, b->text.day);
	return order ? order : (a->story > b->story) - (a->story < b->story);
}

static struct demo_item *new_item(struct demo *d)
{
	d->items = demo_room(d, d->items, d->item_count, &d->item_cap, sizeof *d->items);
	return &d->items[d->item_count++];
}

static struct date story_day(struct pen *p, const struct demo_story *s)
{
	struct date to = day_of(s->to_month, s->to_day);
	struct date from = later_of(day_of(s->from_month, s->from_day), date_add(p->plan_day, 2));
	int days = to.days > from.days ? to.days - from.days : 0;
	return working(p, date_add(from, draw(p, 0, days)));
}

/* Some leaders are away for a while, from two days before a document is due to be published; their
 * deputies approve meanwhile. Drawn apart, so that nothing else hangs on it. */
static void write_leave(struct pen *p, int first)
{
	struct demo *d = p->d;
	struct rng rng;
	int items = d->item_count - first;
	demo_stream(d, str_printf(d->mem, "leave %.*s", STR_ARG(p->u->facts.code)), &rng);
	if (!items || (p->unit && rng_below(&rng, 3)))
		return;
	const struct demo_item *item = &d->items[first + (int)rng_below(&rng, (uint64_t)items)];
	struct date from = later_of(working(p, date_add(item->text.day, -2)), p->plan_day);
	p->item = -1;
	enter(p, from, 7 * HOUR + 30, DEED_AWAY, 9 + (int)rng_below(&rng, 8), NO_DATE);
}

static void write_unit(struct pen *p)
{
	struct demo *d = p->d;
	int first = d->item_count;
	struct date new_year = date_year_start(DEMO_YEAR);
	p->plan_day = working(p, date_add(new_year, draw(p, 1, 8)));
	enter(p, p->plan_day, 8 * HOUR + draw(p, 0, 200), DEED_PLAN, DEMO_YEAR, NO_DATE);
	for (const struct demo_story *s = p->u->commune ? demo_commune_stories
							: demo_agency_stories;
	     s->matter; s++)
		if (chance(p, s->chance * 10)) {
			struct demo_item *item = new_item(d);
			*item = (struct demo_item){ .unit = p->unit, .story = s };
			item->text = (struct demo_text){ .mem = d->mem,
							 .rng = &p->u->rng,
							 .unit = &p->u->facts,
							 .day = story_day(p, s),
							 .body = { .a = d->mem },
							 .names = { .a = d->mem } };
		}
	qsort(d->items + first, (size_t)(d->item_count - first), sizeof *d->items, story_order);
	for (int i = first; i < d->item_count; i++) {
		struct demo_item *item = &d->items[i];
		p->item = i;
		item->story->write(&item->text);
		item->text.issuer =
			p->u->commune ? str_printf(d->mem, "UBND %.*s", STR_ARG(p->u->facts.title))
				      : p->u->facts.title;
		write_document(p, item);
	}
	write_leave(p, first);
	if (chance(p, p->u->diligence))
		enter(p, working(p, date_add(date_year_start(DEMO_YEAR + 1), 1)),
		      7 * HOUR + draw(p, 40, 170), DEED_PLAN, DEMO_YEAR + 1, NO_DATE);
}

/* One list went up that should not have: the first support list of some commune. */
static void write_takedown(struct pen *p)
{
	struct demo *d = p->d;
	for (int i = 0; i < d->entry_count; i++) {
		const struct demo_entry *entry = &d->diary[i];
		if (entry->deed != DEED_PUBLISH || !d->items[entry->item].text.names.len)
			continue;
		p->item = entry->item;
		p->unit = entry->unit;
		enter(p, entry->day, 17 * HOUR + 55, DEED_TAKE_DOWN, 0, NO_DATE);
		return;
	}
}

static int entry_order(const void *x, const void *y)
{
	const struct demo_entry *a = x, *b = y;
	int order = date_cmp(a->day, b->day);
	if (!order)
		order = (a->minute > b->minute) - (a->minute < b->minute);
	return order ? order : (a->serial > b->serial) - (a->serial < b->serial);
}

void demo_write_diary(struct demo *d)
{
	struct pen p = { .d = d, .calendar = d->home->office.calendar };
	for (p.unit = 0; p.unit < d->unit_count; p.unit++) {
		p.u = &d->units[p.unit];
		p.rng = &p.u->rng;
		p.item = -1;
		write_unit(&p);
	}
	write_takedown(&p);
	demo_write_news(d);
	demo_write_voices(d);
	demo_write_documents(d);
	demo_write_requests(d);
	demo_write_receptions(d);
	demo_write_petitions(d);
	demo_write_talks(d);
	demo_write_boards(d);
	demo_write_criticisms(d);
	demo_write_denunciations(d);
	demo_write_openings(d);
	qsort(d->diary, (size_t)d->entry_count, sizeof *d->diary, entry_order);
}
