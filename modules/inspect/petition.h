/* Petition (đơn thư): somebody tells an office what goes wrong, asks it to do something, or complains of
 * what it did to him. One kind and one pair of letters for every type, because the office may correct the
 * type and a code must not show it. Law 42/2013 on reception, arts. 28 to 30; Law 02/2011 on complaints.
 *
 *     phản ánh, kiến nghị (feedback, proposal)
 *       received -> handled -> answered -> closed        by its author, or by the calendar
 *           |          ^          \-> contested -> answered
 *           |          \-- merged with another of the same matter: answered with it, or received anew
 *           |              when that one leaves without an answer
 *     khiếu nại (complaint)
 *       lodged -> accepted -> decided -> sent -> final -> executed
 *           |       |  ^  \       \----- sent, and complained of again: the unit above
 *           |       suspended            second -> accepted -> heard -> decided -> sent -> final
 *     all of them: transferred (a hop of the chain, on a clock of its own), refused with a ground, withdrawn
 *
 * Whoever sends it needs no account: the receipt (office/receipt.h) makes him its author. Who he is, is
 * sealed; the kind is private, and no state of it is public.
 *
 * Clocks, by data/law/time_limits.tsv: what an office does with what came, 10 working days
 * (reception.intake_answer), which is not the answer; for complaints acceptance, resolution and sending, in
 * both instances. The law sets no day for the answer to feedback: the office says one when it takes it up,
 * and that is a rule of the house, like the five working days in which an answer may be contested, twice
 * at most: who is not content then complains of it, or goes where the answer says.
 *
 * Denunciations (tố cáo) are petitions too, under a seal: denunciation.h. */
#pragma once

#include "office/fold.h"
#include "office/form.h"

extern const struct kind petition_kind;

#define PETITION_ANSWER "house.petition.answer"
/* How long and how often an answer may be contested; how often it may be transferred. */
enum { PETITION_CONTEST_DAYS = 5, PETITION_CONTESTS = 2, PETITION_TRANSFERS = 2 };

enum petition_state {
	PETITION_RECEIVED = 1 << 1,
	PETITION_HANDLED = 1 << 2,
	PETITION_ANSWERED = 1 << 3,
	PETITION_CONTESTED = 1 << 4,
	PETITION_CLOSED = 1 << 5,
	PETITION_REFUSED = 1 << 6,
	PETITION_WITHDRAWN = 1 << 7,
	PETITION_MERGED = 1 << 8,
	COMPLAINT_LODGED = 1 << 9,
	COMPLAINT_ACCEPTED = 1 << 10,
	COMPLAINT_SUSPENDED = 1 << 11,
	COMPLAINT_DECIDED = 1 << 12,
	COMPLAINT_SENT = 1 << 13,
	COMPLAINT_SECOND = 1 << 14,
	COMPLAINT_SECOND_ACCEPTED = 1 << 15,
	COMPLAINT_SECOND_DECIDED = 1 << 16,
	COMPLAINT_SECOND_SENT = 1 << 17,
	COMPLAINT_FINAL = 1 << 18,
	COMPLAINT_EXECUTED = 1 << 19,
	COMPLAINT_SECOND_HEARD = 1 << 20,
	DENUNCIATION_LODGED = 1 << 21,
	DENUNCIATION_ACCEPTED = 1 << 22,
	DENUNCIATION_SUSPENDED = 1 << 23,
	DENUNCIATION_CONCLUDED = 1 << 24,
	DENUNCIATION_CLOSED = 1 << 25,
	DENUNCIATION_RENEWED = 1 << 26,
	DENUNCIATION_REFUSED = 1 << 27,
	DENUNCIATION_STOPPED = 1 << 28,
	DENUNCIATION_PASSED = 1 << 29,
	PETITION_ANY = (1 << 30) - (1 << 1), /* every one of these */
	DENUNCIATION_GOING = DENUNCIATION_LODGED | DENUNCIATION_ACCEPTED | DENUNCIATION_SUSPENDED,
	DENUNCIATION_ANY = DENUNCIATION_GOING | DENUNCIATION_CONCLUDED | DENUNCIATION_CLOSED |
			   DENUNCIATION_RENEWED | DENUNCIATION_REFUSED | DENUNCIATION_STOPPED |
			   DENUNCIATION_PASSED,
	PETITION_UNSEALED = PETITION_ANY & ~DENUNCIATION_ANY,
	PETITION_FRESH = PETITION_RECEIVED | COMPLAINT_LODGED,
	PETITION_OPEN = PETITION_FRESH | PETITION_HANDLED | PETITION_CONTESTED | PETITION_MERGED |
			COMPLAINT_ACCEPTED | COMPLAINT_SUSPENDED | COMPLAINT_SECOND |
			COMPLAINT_SECOND_ACCEPTED | COMPLAINT_SECOND_HEARD,
};

/* What a decision on a complaint orders, and what of it was carried out, as the tables KQGQ01 and KQGQ02 count
 * it: money in đồng and land in square metres that go back to the State, to organisations, to individuals;
 * people to be sanctioned; what goes to the investigating agency. Each with its label and its bound: one
 * list makes the members, the fields of both steps and the counts. */
/* clang-format off */
#define COMPLAINT_EFFECTS(X)                                      \
	X(state_money, STATE_MONEY, COMPLAINT_MONEY_MOST)         \
	X(state_land, STATE_LAND, COMPLAINT_LAND_MOST)            \
	X(org_money, ORG_MONEY, COMPLAINT_MONEY_MOST)             \
	X(org_land, ORG_LAND, COMPLAINT_LAND_MOST)                \
	X(man_money, MAN_MONEY, COMPLAINT_MONEY_MOST)             \
	X(man_land, MAN_LAND, COMPLAINT_LAND_MOST)                \
	X(punished, PUNISHED, COMPLAINT_COUNT_MOST)               \
	X(punished_officials, PUNISHED_OFFICIALS, COMPLAINT_COUNT_MOST) \
	X(police_cases, POLICE_CASES, COMPLAINT_COUNT_MOST)       \
	X(police_people, POLICE_PEOPLE, COMPLAINT_COUNT_MOST)     \
	X(police_officials, POLICE_OFFICIALS, COMPLAINT_COUNT_MOST)
/* And whose rights the decision restores: of that no execution is counted. */
#define COMPLAINT_RIGHTS(X)                                       \
	X(orgs, ORGS, COMPLAINT_COUNT_MOST)                       \
	X(men, MEN, COMPLAINT_COUNT_MOST)
/* Ten thousand billion đồng, ten thousand square kilometres, a million people: no matter comes to more. */
#define COMPLAINT_MONEY_MOST 10000000000000
#define COMPLAINT_LAND_MOST 10000000000
#define COMPLAINT_COUNT_MOST 1000000
#define COMPLAINT_ORDERED(name, ...) int64_t name;
#define COMPLAINT_DONE(name, ...) int64_t got_##name;
/* clang-format on */

/* What the dossier says, and the form of every step that only adds to it. */
struct petition {
	struct str type;  /* "feedback", "proposal", "complaint", "denunciation" */
	struct str title; /* in a sentence */
	struct str body;
	struct str
		sphere; /* what it is about, as the statutory tables divide it: said by the office */
	struct str wish;  /* what the office is to do */
	struct str place; /* where it happens */
	struct file_refs papers;
	int64_t people;          /* who signed: 1, or a group */
	struct date received_on; /* by the first office: the whole is counted from it */
	struct str office;       /* the code of the unit that took it in */
	/* The office's word. */
	struct date answer_by; /* the day it has promised an answer for */
	struct str outcome, answer;
	struct file_refs files;
	struct date answered_on, contest_until;
	bool contested;   /* ever: it stays visible in all figures */
	int64_t contests; /* how often */
	struct str ground, detail;
	struct str urging; /* the number of the letter that urges the office whose it is */
	/* Of a complaint. */
	bool complex, remote;
	struct str why_complex;
	struct date dialogue_on;
	struct date suspended_on;
	struct str decision, number; /* what was decided; the number of the paper */
	struct date decided_on, sent_on, final_on;
	struct date appeal_until;
	/* The last judgment: the instance and what it made of the decision ("": recorded before that was
	 * asked), the court, the number. */
	struct str instance, ruling, court, judgment;
	struct date judged_on;
	/* clang-format off */
	COMPLAINT_EFFECTS(COMPLAINT_ORDERED)
	COMPLAINT_RIGHTS(COMPLAINT_ORDERED)
	COMPLAINT_EFFECTS(COMPLAINT_DONE)
	/* clang-format on */
	/* Of a denunciation. */
	struct str accused; /* who is denounced, and what he is */
	bool anonymous;
	bool accused_leads; /* heads the office that received it: asked, and not kept */
	struct str refusal, passed_to, stopped;
	struct strs criteria;
	struct str protection, measures;
	struct date accepted_on;
	int64_t extensions;
	struct str measures_taken, published_how, published;
	/* The letter with name and signature, and that by which it was withdrawn: part of whose it is. */
	struct file_refs original, withdrawal;
	/* Whose it is: stored in the acts' sealed content and nowhere else. */
	struct str name, address, identity, contact;
	/* Of the form by which it is entered at the counter: the code of the open petition whose matter it is,
	 * PETITION_OTHER for none of those that are alike; and the number of that one's dossier. */
	struct str with;
	int64_t lead;
};
#define PETITION_OTHER "none"

/* One office of the chain. */
struct petition_hop {
	struct str office; /* its code */
	struct date since, until;
	struct str reason;      /* why it came from the one before */
	struct date replied_on; /* to the one before */
	struct str reply;       /* the number of that letter */
};

/* Was it contested as often as may be? */
bool petition_is_contested_out(const struct petition *x);

/* The number that the law's table gives: "complex: 45; remote area: 45, complex 60" beside 30. */
int complaint_days(const struct time_limit *row, bool complex, bool remote);
