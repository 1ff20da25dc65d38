/* Dialogue (đối thoại): a commune committee with the people (Law 10/2022 art. 32), an employer with those
 * who work (Labour Code 45/2019 art. 63, Decree 145/2020 arts. 38 to 41). Two kinds, because their words,
 * clocks and who meets differ; one course, which both take:
 *
 *     planned -> announced -> held -> its conclusions published
 *        |         |  ^ \---> cancelled, in public and with a reason
 *     dropped      postponed: another day, announced anew on a clock of its own
 *     at a workplace also: asked for -> planned, or refused with a reason
 *
 * Clocks, by data/law/time_limits.tsv: dialogue.commune.notice (before the day; the law that set it ended on
 * 2025-02-28, since when there is none), dialogue.workplace.content, .publish, .answer_request. What was
 * announced is owed on its day (house.dialogue.hold). The law sets no day for the conclusions of a commune;
 * the house takes the five working days of Law 10/2022 art. 12.3.
 *
 * Two kinds of lines, each written only by steps. A commitment has a day and is a duty by itself; moving a day
 * that has passed leaves the first one late. A question is public in the office's words; whose it is
 * stands in the sealed content of its act and nowhere else (question.h). Conclusions wait until every
 * question has an answer: what cannot be answered yet is answered with a commitment. */
#pragma once

#include "office/fold.h"
#include "office/form.h"

extern const struct kind dialogue_kind, workplace_kind;

#define DIALOGUE_NOTICE "dialogue.commune.notice"
#define DIALOGUE_CONTENT "dialogue.workplace.content"
#define DIALOGUE_ANSWER_REQUEST "dialogue.workplace.answer_request"
#define DIALOGUE_HOLD "house.dialogue.hold"
#define DIALOGUE_PUBLISH "house.dialogue.publish"
#define WORKPLACE_PUBLISH "dialogue.workplace.publish"
#define DIALOGUE_COMMITMENT "house.dialogue.commitment"
#define WORKPLACE_COMMITMENT "house.workplace.commitment"
/* Figures: meetings held; questions put. */
#define DIALOGUE_HELD "dialogue.meeting"
#define DIALOGUE_ASKED "dialogue.asked"
enum { DIALOGUE_PUBLISH_DAYS = 5 };

enum dialogue_state {
	DIALOGUE_REQUESTED = 1 << 1, /* only at a workplace */
	DIALOGUE_PLANNED = 1 << 2,
	DIALOGUE_ANNOUNCED = 1 << 3,
	DIALOGUE_HELD_STATE = 1 << 4,
	DIALOGUE_PUBLISHED = 1 << 5,
	DIALOGUE_CANCELLED = 1 << 6,
	DIALOGUE_DROPPED = 1 << 7, /* before anybody was told */
	DIALOGUE_REFUSED = 1 << 8,
	DIALOGUE_AFTER = DIALOGUE_HELD_STATE | DIALOGUE_PUBLISHED,
};

enum dialogue_line { LINE_COMMITMENT, LINE_QUESTION };

/* What the dossier of either kind says, and the form of every step that only adds to it. */
struct dialogue {
	struct str title;
	struct str body; /* what is talked about */
	struct date day;
	struct str hour, place, chair;
	struct date announced_on;
	int64_t people; /* who came; at a workplace: delegates of those who work */
	struct str minutes;
	struct file_refs minutes_files;
	struct date held_on;
	struct str conclusions;
	struct file_refs files;
	struct str reason; /* why it was postponed last, cancelled, refused */
	/* At a workplace. */
	struct str basis;          /* "periodic", "request", "event" */
	int64_t workers;           /* employed */
	int64_t delegates, asking; /* of those who work; of them, how many ask for it */
	int64_t employer_delegates, employer_people;
	struct str represented; /* "legal", "proxy": who speaks for the employer */
};

struct commitment { /* a line */
	struct str what, who;
	struct date due, done_on;
	struct str result;
	struct file_refs evidence;
};
struct dialogue_question { /* a line */
	struct str text;
	struct str when; /* "before", "meeting" */
	struct str answer;
	struct date answered_on;
};

static inline bool is_dialogue(const struct dossier *d)
{
	return d->kind == &dialogue_kind || d->kind == &workplace_kind;
}
/* Whose questions are taken: it was announced, and its day is not over. */
bool dialogue_takes_questions(const struct dossier *d, struct date today);
/* What was put and has no answer yet; of a commune, in letters that wait as well. */
MUST_USE enum err dialogue_unanswered(struct tx *tx, const struct dossier *d, int64_t *out);

/* How many delegates so many workers need: the row of dialogue_headcount.tsv; NULL while its law is not
 * in force, or for nobody. */
const struct headcount *dialogue_headcount(const struct law *law, int64_t workers, struct date on);
/* More than 70 in a hundred of the delegates (Decree 145/2020 art. 39), in whole numbers. */
bool dialogue_has_quorum(int64_t present, int64_t delegates);
/* At least 30 in a hundred of them ask for it (art. 40). */
bool dialogue_may_be_asked_for(int64_t asking, int64_t delegates);
