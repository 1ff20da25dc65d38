/* Dialogues of the demonstration: of communes with their people, of enterprises with those who work there. Announced, held,
 * questions answered, promises made with a day, most of them kept. From streams of their own; nobody in them exists. */
#pragma once

#include "main/demo/demo.h"

enum { DEMO_ASKED_MOST = 3, DEMO_PROMISED_MOST = 2, DEMO_EMPLOYERS = 3 };

struct demo_topic {
	const char *title, *body, *conclusions;
	struct {
		const char *text, *answer;
	} asked[DEMO_ASKED_MOST];
	struct {
		const char *what, *who, *result;
		int days; /* from the dialogue on */
	} promised[DEMO_PROMISED_MOST];
};
extern const struct demo_topic demo_commune_topics[], demo_workplace_topics[]; /* title NULL ends */

struct demo_talk {
	const struct kind *kind;
	const struct demo_unit *at; /* a commune or a workplace */
	struct date day, moved_to;  /* NO_DATE: held when it was announced */
	const struct demo_topic *topic;
	int64_t delegates,
		people; /* at a workplace: of those who work, and who of them came first */
	int asked;      /* questions put so far */
	int promised;
	int64_t dossier;
};

/* In the transaction of demo_settle: enterprises in the districts of its communes. */
MUST_USE enum err demo_settle_workplaces(struct demo *d, struct tx *tx, int count);
/* How many delegates of those who work there the table of Decree 145/2020 asks for. */
int64_t demo_delegates(const struct demo *d, const struct demo_unit *u);
/* Pure: adds to the diary. */
void demo_write_talks(struct demo *d);
/* The step of an entry of DEED_TALK; entries whose moment has passed do nothing. */
MUST_USE enum err demo_take_talk(struct demo *d, struct tx *tx, const struct demo_entry *entry);
