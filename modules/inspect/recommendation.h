/* A recommendation (kiến nghị) after a check, or by itself: a board of the people or the Front asks an authority, a Party
 * committee or somebody else to do something. It concerns the unit of who asks, and is held by the unit that has to answer:
 * its clerk or leader does. Law 10/2022 arts. 40, 45, 63, 81; Law 75/2015 arts. 29, 36.
 *
 *     sent -> agreed to, with a day -> said to be done, with evidence -> done: who asked says so
 *       \           ^--------------------- not done: another day
 *        \-> not agreed to, with an explanation -> accepted, or asked again
 *
 * The answer is owed in 15 days where the law says so (pib.commune.answer, cisb.answer, pib.agency.answer,
 * pib.enterprise.answer). For the Front the law sets no number (TL-092), nor did the laws before 2023: then the day is the one
 * that both have agreed on, or by the house's rule as many days. What is promised is owed on its day, and moving a day
 * that has passed leaves the first one late. */
#pragma once

#include "modules/inspect/overseer.h"
#include "office/fold.h"
#include "office/form.h"

extern const struct kind recommendation_kind;

#define RECOMMENDATION_ANSWER "house.recommendation.answer"
#define RECOMMENDATION_PROMISE "house.recommendation.promise"
enum { RECOMMENDATION_DAYS = 15 };

enum recommendation_state {
	RECOMMENDATION_SENT = 1 << 1,
	RECOMMENDATION_AGREED = 1 << 2,
	RECOMMENDATION_REPORTED = 1 << 3,
	RECOMMENDATION_DONE = 1 << 4,
	RECOMMENDATION_DECLINED = 1 << 5,
	RECOMMENDATION_CLOSED = 1 << 6, /* the explanation was accepted */
	RECOMMENDATION_WITHDRAWN = 1 << 7,
};

struct recommendation {
	struct str title, by;
	struct str to_kind; /* "government", "party", "other" */
	struct str to;      /* the code of the unit that answers */
	int64_t holder;
	struct str check; /* the code of the check it comes from; "" */
	int64_t parent;
	struct str body;
	struct file_refs papers;
	struct date received_on; /* the day from which the answer is counted */
	struct date answer_by;   /* agreed on, where the law sets no day */
	struct str outcome, answer;
	struct file_refs files;
	struct date answered_on, promised;
	struct str result;
	struct file_refs evidence;
	struct date done_on;
	int64_t pressed; /* how often */
	struct str reason;
};

/* The rule by which the answer is owed on that day; "" where the law sets none. */
struct str recommendation_rule(const struct law *l, struct str by, struct date on);
