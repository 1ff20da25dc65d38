/* The simulation of Ninh Bình in 2020: units and people first, then a diary of everything that is going
 * to happen, then day by day the calendar's work and the diary, each entry through a real step. */
#pragma once

#include "main/demo/text.h"
#include "main/home.h"
#include "office/unit.h"

enum { DEMO_PLACES = 7, DEMO_YEAR = 2020, DEMO_WORKPLACES = 12 };
#define DEMO_ORIGIN "ninh-binh.demo.invalid/log"
#define DEMO_NAME "tỉnh Ninh Bình"

/* A unit that keeps a plan and discloses. */
struct demo_unit {
	struct unit unit;
	bool commune;
	struct demo_facts facts;
	struct rng rng; /* its own stream: no unit's year depends on another's */
	int diligence;  /* of a thousand: 450 sleepy .. 985 exemplary */
	bool loudspeaker;
	struct str places[DEMO_PLACES];
	int place_count;
	struct member clerk, leader;
	struct member head;   /* of its first village */
	bool camera;          /* some of its sheets are photographed */
	struct member front;  /* of the Fatherland Front: main/demo/boards.h */
	struct member deputy; /* acts for the leader while he is away */
	struct date away_from, away_to;
};

/* One disclosure, from its document on. */
struct demo_item {
	int unit;
	const struct demo_story *story;
	struct demo_text text;
	int64_t dossier; /* 0 until it is recorded */
};

enum demo_deed {
	DEED_PLAN, /* the leader issues the disclosure plan; arg: the year */
	DEED_RECORD,
	DEED_SUBMIT,
	DEED_RETURN,
	DEED_EDIT,
	DEED_PUBLISH,
	DEED_POST,      /* arg: the place */
	DEED_BROADCAST, /* arg: days */
	DEED_USE_FORM,  /* arg: an index of demo_forms */
	DEED_SEEN,      /* arg: the place */
	DEED_TORN,
	DEED_UNPOST,
	DEED_CORRECT,
	DEED_WITHDRAW,
	DEED_TAKE_DOWN,
	DEED_NIL,       /* item's story says which matter */
	DEED_AWAY,      /* the leader is on leave; arg: days */
	DEED_NEWS,      /* an article or an official answer: main/demo/news.h */
	DEED_VOICE,     /* a comment or a question, and what becomes of it: main/demo/voices.h */
	DEED_DOCUMENT,  /* a directive, or an answer to one: main/demo/documents.h */
	DEED_REQUEST,   /* a request for information: main/demo/requests.h */
	DEED_RECEPTION, /* a reception day: main/demo/people.h, as those that follow */
	DEED_VISIT,     /* who comes to it */
	DEED_PETITION,
	DEED_TALK,         /* a dialogue with the people, or at a workplace: main/demo/talks.h */
	DEED_BOARD,        /* a board, a check, a recommendation: main/demo/boards.h */
	DEED_CRITICISM,    /* of a draft, by the Front: main/demo/criticisms.h */
	DEED_DENUNCIATION, /* main/demo/denunciations.h */
	DEED_OPENING,      /* what was in hand before: main/demo/openings.h */
};
extern const char *const demo_forms[];
enum { DEMO_FORM_HEADS, DEMO_FORM_INTERNAL, DEMO_FORM_MEETING, DEMO_FORM_LETTER };

struct demo_entry {
	struct date day; /* when it is recorded */
	int minute;
	int serial; /* of the diary: the last word on the order */
	enum demo_deed deed;
	int unit, item, arg;
	struct date on; /* the day it took effect; NO_DATE: that day */
};

struct demo_board;
struct demo_criticism;
struct demo_denunciation;
struct demo_document;
struct demo_news;
struct demo_paper;
struct demo_petition;
struct demo_request;
struct demo_session;
struct demo_talk;
struct demo_visit;
struct demo_voice;

enum { DEMO_CITIZENS = 4 }; /* of each commune, one after the other */
/* Somebody who has an account and holds no office. */
struct demo_citizen {
	struct member member;
	int unit; /* where he lives */
};

struct demo {
	struct home *home;
	struct arena *mem; /* as long as the simulation */
	uint64_t seed;
	double scale;
	struct demo_unit *units;
	int unit_count;
	struct demo_unit *workplaces; /* enterprises: they hold dialogues and disclose nothing */
	int workplace_count;
	struct demo_item *items;
	int item_count, item_cap;
	struct demo_paper *papers; /* who publishes news */
	int paper_count;
	struct demo_news *news;
	int news_count, news_cap;
	struct demo_citizen *citizens;
	int citizen_count;
	struct demo_voice *voices;
	int voice_count, voice_cap;
	struct demo_document *documents;
	int document_count, document_cap;
	struct demo_request *requests;
	int request_count, request_cap;
	struct demo_session *sessions;
	int session_count, session_cap;
	struct demo_visit *visits;
	int visit_count, visit_cap;
	struct demo_petition *petitions;
	int petition_count, petition_cap;
	struct demo_talk *talks;
	int talk_count, talk_cap;
	struct demo_board *boards;
	int board_count, board_cap;
	struct demo_criticism *criticisms;
	int criticism_count, criticism_cap;
	struct demo_denunciation *denunciations;
	int denunciation_count, denunciation_cap;
	struct demo_entry *diary;
	int entry_count, entry_cap;
	struct instant end; /* nothing happens after */
	int64_t acts, disclosures;
	void (*progress)(struct date day, int64_t acts, void *context);
	void *context;
};

/* A stream for one purpose: the site's seed and a word. */
void demo_stream(const struct demo *d, struct str word, struct rng *out);

/* In a transaction: the tree, villages, agencies, people, appointments, notice places. */
MUST_USE enum err demo_settle(struct demo *d, struct tx *tx, int64_t *root);
/* Gives somebody new an office there, from the first day on. */
MUST_USE enum err demo_appoint(struct tx *tx, struct demo_unit *u, const struct unit *at, int no,
			       enum role role, struct member *out);
/* Pure: fills items and diary, in order. */
void demo_write_diary(struct demo *d);
/* Adds an entry; its serial is given here. */
void demo_enter(struct demo *d, const struct demo_entry *entry);
/* Who leads a unit on a day: its leader, or the deputy while he is away. */
const struct member *demo_leader_on(const struct demo_unit *u, struct date day);
/* Lives through the diary and the calendar up to d->end, in transactions of its own. */
MUST_USE enum err demo_live(struct demo *d, struct str *why);
/* Takes one entry's step; entries whose moment has passed (already withdrawn, torn twice) do
 * nothing. In a transaction with the entry's clock. */
MUST_USE enum err demo_take(struct demo *d, struct tx *tx, const struct demo_entry *entry);

/* A few accounts with random passwords, a line each: "login  password  who". */
MUST_USE enum err demo_accounts(struct demo *d, struct tx *tx, struct buf *out);
