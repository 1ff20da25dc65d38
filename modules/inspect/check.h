/* A check (cuộc kiểm tra, giám sát) by a board of the people or by a team of the Front. One kind, because all
 * take the same course and differ in their clocks, which are those of the overseer:
 *
 *     planned -> announced: the plan was sent -> held -> reported -> more may be recovered
 *        |          |  ^ \---> cancelled, in public and with a reason
 *     dropped       postponed: another day, of which notice is given anew
 *
 * The plan of a board of a commune or an agency goes out 5 working days before (Decree 59/2023 arts. 14, 22),
 * that of an investment supervision board 45 days (Law 10/2022 art. 45), that of the Front with its outline 15
 * (Joint resolution 403/2017 art. 7), whose subject reports 7 days before and whose team 15 days after (arts. 7, 9). A
 * plan sent too late is sent, and stands there as late.
 *
 * What was found is counted once it is reported; what is recovered later is added on its day. What the board asks of
 * somebody is a recommendation of its own (recommendation.h). */
#pragma once

#include "modules/inspect/overseer.h"
#include "office/fold.h"
#include "office/form.h"

extern const struct kind check_kind;

#define CHECK_HOLD "house.check.hold"

enum check_state {
	CHECK_PLANNED = 1 << 1,
	CHECK_ANNOUNCED = 1 << 2,
	CHECK_HELD = 1 << 3,
	CHECK_REPORTED = 1 << 4,
	CHECK_CANCELLED = 1 << 5,
	CHECK_DROPPED = 1 << 6,
};

/* Of forms A7 and A8 of the provinces: numbers in whole đồng and square metres. */
struct findings {
	int64_t violations;
	int64_t money, money_other; /* recovered; dealt with in another way */
	int64_t land, land_other;   /* m2 */
	int64_t deducted;           /* at settlement of a project */
};

struct check {
	struct str title, by;
	struct str subject;   /* who is checked: a code of a unit, or its name */
	int64_t subject_unit; /* 0: it is none of this site */
	struct str body, team, outline;
	struct date day; /* it begins; of the Front, the working meeting */
	struct str place;
	struct file_refs plan_files;
	struct date announced_on;
	struct str subject_report;
	struct file_refs subject_files;
	struct date subject_on, held_on, reported_on;
	struct str minutes, report, conclusion;
	struct file_refs files;
	int64_t violations, money, money_other, land, land_other, deducted;
	struct str gaps; /* in the law itself: what it leaves open, or says twice */
	struct str reason;
};
