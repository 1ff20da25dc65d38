/* What the tables of petition_tables.c name: forms of steps beside struct petition, and the functions for
 * what no table can say. */
#pragma once

#include "modules/inspect/petition.h"
#include "office/unit.h"

struct petition_retype {
	struct str type, reason, sphere;
};
/* In any state, also of a matter that is over: the tables count it as the office sorts it. */
struct petition_sort {
	struct str sphere, reason;
};
struct petition_add {
	struct str more;
	struct file_refs papers;
};
struct petition_contest {
	struct str reason;
	struct file_refs evidence;
};
struct petition_secret {
	struct str reason;
};
/* The tables that denunciations share. */
extern const struct field petition_transfer_fields[], petition_forward_fields[],
	petition_retype_fields[], petition_to_denunciation_fields[], denunciation_sort_fields[];

/* By which the office sorts a matter when it says what becomes of it; asked of nobody else. */
extern const struct field_choice petition_spheres[], denunciation_spheres[];
#define SPHERE(owner, spheres)                                                                   \
	FIELD(owner, sphere, .optional = true, .choices = spheres, .label = MSG_PETITION_SPHERE, \
	      .hint = MSG_PETITION_SPHERE_HINT)

/* The forms of a complaint's steps: complaint_tables.c. */
extern const struct field_choice complaint_decisions[];
extern const struct field complaint_accept_fields[], complaint_dialogue_fields[],
	complaint_suspend_fields[], complaint_decide_fields[], complaint_again_fields[],
	complaint_execute_fields[];
/* clang-format off */
#define AMOUNT(owner, member, words, most)                                                    \
	FIELD(owner, member, .optional = true, .sometimes = true, .max = most, .label = words),
#define ORDERED(name, words, most) AMOUNT(struct petition, name, MSG_PETITION_##words, most)
/* clang-format on */

struct petition_withdraw {
	struct str reason;
	struct file_refs evidence;
};
struct petition_transfer {
	struct str to; /* a code, or a name only one office has */
	struct str reason;
	int64_t holder; /* the unit that is meant; 0: none */
	struct str sphere;
};
struct petition_merge {
	struct str with; /* the code of the petition that leads */
	int64_t lead;
};
struct complaint_again {
	struct str reason;
	struct file_refs papers;
	int64_t holder; /* the unit above */
	struct str office;
};
struct complaint_suspend {
	struct str reason, number;
};
struct complaint_dialogue {
	struct date dialogue_on;
	struct str minutes;
	struct file_refs evidence;
};
struct complaint_execute {
	struct str result;
	struct file_refs evidence;
	/* clang-format off */
	COMPLAINT_EFFECTS(COMPLAINT_DONE)
	/* clang-format on */
};

/* The ground on which a matter is given back that another office is slow with. */
#define PETITION_URGED "urged"
/* petition_elsewhere.c */
struct petition_reply {
	struct str reply, told;
	struct file_refs evidence;
	int64_t asker; /* the unit that sent it on */
};
/* Each instance judges once, unless a higher one has the matter judged anew; all of them stay in the dossier. */
struct complaint_judgment {
	struct str instance; /* "first", "appeal", "review" */
	struct str court, judgment;
	struct date judged_on;
	struct str ruling; /* what became of the decision complained of, by that judgment */
	struct str ruled;  /* in words: must be there for "other" */
	struct file_refs evidence;
	struct str mended; /* why the last one is recorded again; "": it is another judgment */
};
#define COMPLAINT_FIRST_INSTANCE "first"
extern const struct field petition_reply_fields[], complaint_judge_fields[],
	complaint_judgment_fields[];
extern const struct field_choice complaint_instances[], complaint_rulings[];
/* clang-format off */
#define URGING                                                                                \
	FIELD(struct petition, urging, .optional = true, .max = 50,                           \
	      .label = MSG_PETITION_URGING, .hint = MSG_PETITION_URGING_HINT)
/* clang-format on */
/* Did nobody send it on to there: who complains or denounces again took it up himself? */
bool petition_is_brought(const struct dossier *d, const struct line *hop);
/* Once to each office that sent it on. */
bool petition_reply_futile(struct tx *tx, const struct dossier *d);
enum err petition_prepare_reply(struct tx *tx, const struct dossier *d, void *form);
enum err petition_check_reply(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults);
void petition_apply_reply(struct fold *f, const void *form);
enum err petition_check_refuse(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
bool complaint_is_judged(const struct dossier *d);
enum err complaint_begin_judge(struct tx *tx, const struct dossier *d, void *form);
enum err complaint_check_judge(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
void complaint_apply_judge(struct fold *f, const void *form);

enum err petition_check_secret(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
bool petition_secret_futile(struct tx *tx, const struct dossier *d);

bool petition_is_complaint(const struct petition *x);
/* The first thing an office owes, by the type; and the end of it: it said what becomes of the matter. */
struct str petition_first_rule(const struct petition *x);
void petition_meet_first(struct fold *f);
#define PETITION_WHOLE S("") /* what the duty that counts from the first receipt is about */
/* Ends what is open of a rule, for whichever office of the chain. */
void petition_meet(struct fold *f, struct str rule);
/* The unit right above the holder today; id 0: it is the highest here. */
enum err petition_above(struct tx *tx, const struct dossier *d, struct unit *out);
/* A last day that has passed; one that is not set never does. */
static inline bool petition_is_over(struct date last, struct date on)
{
	return date_is_set(last) && date_cmp(on, last) > 0;
}

/* Numbers of the kind's lines that steps add to; admissions are a matter of office/sealed.h. */
enum { PETITION_LINE_HOP = 0, PETITION_LINE_JUDGMENT = 2 };

unsigned petition_leads(const struct dossier *d, const void *form);
enum err petition_begin_enter(struct tx *tx, const struct dossier *d, void *form);
enum err petition_begin_send(struct tx *tx, const struct dossier *d, void *form);
enum err petition_prepare(struct tx *tx, const struct dossier *d, void *form);
enum err petition_check_send(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults);
/* What the office said before of the sphere stands until it says otherwise: the form begins with it, and who
 * says nothing takes nothing back. */
enum err petition_keep_sphere(struct tx *tx, const struct dossier *d, void *form);
enum err petition_begin_transfer(struct tx *tx, const struct dossier *d, void *form);
/* Of a retype: what only denunciations are sorted by does not go along. */
enum err petition_keep_retyped(struct tx *tx, const struct dossier *d, void *form);
enum err petition_begin_sort(struct tx *tx, const struct dossier *d, void *form);
enum err petition_check_sort(struct tx *tx, const struct dossier *d, const void *form,
			     struct date on, struct faults *faults);
unsigned petition_retype_leads(const struct dossier *d, const void *form);
void petition_apply_received(struct fold *f, const void *form);
enum err petition_check_retype(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
void petition_apply_retype(struct fold *f, const void *form);

enum err petition_check_handle(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
void petition_apply_handle(struct fold *f, const void *form);
void petition_apply_answer(struct fold *f, const void *form);
enum err petition_check_contest(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults);
bool petition_contest_futile(struct tx *tx, const struct dossier *d);
void petition_apply_contest(struct fold *f, const void *form);
void petition_apply_over(struct fold *f, const void *form);
enum err petition_check_withdraw(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults);
void petition_apply_leave(struct fold *f, const void *form);
void petition_apply_refuse(struct fold *f, const void *form);

/* petition_merge.c */
enum err petition_lead_options(struct tx *tx, const void *subject, enum lang lang,
			       struct choices *out);
enum err petition_prepare_merge(struct tx *tx, const struct dossier *d, void *form);
enum err petition_check_merge(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults);
void petition_apply_merge(struct fold *f, const void *form);
void petition_apply_separate(struct fold *f, const void *form);
enum err petition_prepare_enter(struct tx *tx, const struct dossier *d, void *form);
enum err petition_check_enter(struct tx *tx, const struct dossier *d, const void *form,
			      struct date on, struct faults *faults);
void petition_apply_entered(struct fold *f, const void *form);
enum err petition_stored_answer(struct tx *tx, struct dossier *d, const struct act *act,
				const void *form);
/* Those that wait for this one's answer, also through one that was merged itself. */
enum err petition_answered_with(struct tx *tx, const struct dossier *d, struct dossier_refs *out);
/* Does one that was merged still go with its lead? Not when it was withdrawn, contested or parted from it. */
bool petition_goes_with(unsigned state);
/* Those that were merged with this one itself and still go with it. */
MUST_USE enum err petition_merged(struct tx *tx, const struct dossier *d, struct dossier_refs *out);
enum err petition_stored_left(struct tx *tx, struct dossier *d, const struct act *act,
			      const void *form);

unsigned petition_transfer_leads(const struct dossier *d, const void *form);
enum err petition_office_options(struct tx *tx, const void *subject, enum lang lang,
				 struct choices *out);
enum err petition_prepare_transfer(struct tx *tx, const struct dossier *d, void *form);
enum err petition_check_transfer(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults);
void petition_apply_transfer(struct fold *f, const void *form);
enum err petition_prepare_reseal(struct tx *tx, const struct dossier *d, void *form);
/* The offices of the chain are lines among others. */
bool petition_is_hop(const struct line *l);
/* `n` (may be NULL): how many there are; NULL: none. */
const struct line *petition_last_hop(const struct dossier *d, size_t *n);
/* Opens the next one; its line's number. */
int petition_hop_open(struct fold *f, struct str office, struct str reason);
void petition_leave_all(struct fold *f);

enum err complaint_check_accept(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults);
void complaint_apply_accept(struct fold *f, const void *form);
void complaint_apply_accept_second(struct fold *f, const void *form);
void complaint_apply_suspend(struct fold *f, const void *form);
/* Its being sent is owed once. */
bool complaint_suspension_is_sent(struct tx *tx, const struct dossier *d);
enum err complaint_check_suspension(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults);
void complaint_apply_resume(struct fold *f, const void *form);
/* Officials are a part of the people; who goes to the investigating agency goes with a case. */
enum err complaint_check_decide(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults);
enum err complaint_check_execute(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults);
void complaint_apply_decide(struct fold *f, const void *form);
void complaint_apply_send(struct fold *f, const void *form);
void complaint_apply_send_second(struct fold *f, const void *form);
enum err complaint_prepare_again(struct tx *tx, const struct dossier *d, void *form);
enum err complaint_check_again(struct tx *tx, const struct dossier *d, const void *form,
			       struct date on, struct faults *faults);
bool complaint_again_futile(struct tx *tx, const struct dossier *d);
void complaint_apply_again(struct fold *f, const void *form);
void petition_classes(const struct fold *f, bool leaves, struct classes *out);
enum err petition_wake(struct tx *tx, struct dossier *d);
