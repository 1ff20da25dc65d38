/* News and official answers of the demonstration: who publishes them, what they say, and the entries of
 * the diary that take their steps. All of it comes from streams of its own. */
#pragma once

#include "main/demo/demo.h"
#include "main/demo/photo.h"

struct demo_news;

/* Something that a unit could have news of, or an answer to. */
struct demo_tale {
	enum unit_level level; /* of the units that tell it */
	int from_month, from_day, to_month, to_day;
	enum demo_scene scene; /* SCENE_NONE: without a picture */
	void (*write)(struct demo_news *n);
};
extern const struct demo_tale demo_tales[];  /* articles, ended by write == NULL */
extern const struct demo_tale demo_claims[]; /* what people say, likewise; of communes only */
/* The first article that readers see: the review conference of the year, by the province. */
extern const struct demo_tale demo_conference;

/* One article, or one answer. */
struct demo_news {
	int paper; /* who publishes it: an index of d->papers */
	const struct demo_tale *tale;
	struct demo_text text;            /* title, day, body */
	struct str lead, place;           /* of an article */
	struct str claim, where, verdict; /* of an answer */
	struct str later, later_verdict;  /* what it is corrected to; mostly empty */
	int64_t dossier;
};

/* Who publishes: the province, the districts, the communes. */
struct demo_paper {
	struct unit unit;
	struct demo_facts facts;
	struct member clerk, leader;
	const struct demo_unit *commune; /* whose people write and approve; NULL: its own */
	bool camera;
};

/* That of a unit; NULL: it has none. */
const struct demo_paper *demo_paper_at(const struct demo *d, int64_t unit);
/* Who acts there on a day, the clerk or the leader; NULL: nobody that we know. */
const struct member *demo_official(const struct demo *d, int64_t unit, bool leads, struct date day);
/* In the transaction of demo_settle, after its units. */
MUST_USE enum err demo_settle_papers(struct demo *d, struct tx *tx, int64_t root);
/* Pure: adds to the diary. */
void demo_write_news(struct demo *d);
/* Does the entry make something of d->news public? */
bool demo_publishes_news(const struct demo_entry *entry);
/* The step of an entry of DEED_NEWS; entries whose moment has passed do nothing. */
MUST_USE enum err demo_take_news(struct demo *d, struct tx *tx, const struct demo_entry *entry);
