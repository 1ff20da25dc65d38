/* The tables of petitions: what they say, where they can stand, what may be done. */
#include "modules/inspect/denunciation.h"
#include "modules/inspect/petition_alike.h"

#include "office/assign.h"
#include "office/receiver.h"
#include "office/unit.h"

static const struct field_choice types[] = {
	{ "feedback", MSG_PETITION_TYPE_FEEDBACK },
	{ "proposal", MSG_PETITION_TYPE_PROPOSAL },
	{ "complaint", MSG_PETITION_TYPE_COMPLAINT },
	{ 0 },
};

/* With what no form offers among the others. */
static const struct field_choice all_types[] = {
	{ "feedback", MSG_PETITION_TYPE_FEEDBACK },
	{ "proposal", MSG_PETITION_TYPE_PROPOSAL },
	{ "complaint", MSG_PETITION_TYPE_COMPLAINT },
	{ DENUNCIATION_TYPE, MSG_DENUNCIATION_TYPE_LABEL },
	{ 0 },
};

/* The same in plain words, for who has never read the laws. */
static const struct field_choice plain_types[] = {
	{ "feedback", MSG_PETITION_PLAIN_FEEDBACK },
	{ "proposal", MSG_PETITION_PLAIN_PROPOSAL },
	{ "complaint", MSG_PETITION_PLAIN_COMPLAINT },
	{ 0 },
};

static const struct field_choice outcomes[] = {
	{ "done", MSG_PETITION_OUTCOME_DONE },
	{ "part", MSG_PETITION_OUTCOME_PART },
	{ "explained", MSG_PETITION_OUTCOME_EXPLAINED },
	{ "cannot", MSG_PETITION_OUTCOME_CANNOT },
	{ 0 },
};

static const struct field_choice grounds[] = {
	{ "not_ours", MSG_PETITION_GROUND_NOT_OURS },  { "resolved", MSG_PETITION_GROUND_RESOLVED },
	{ "late", MSG_PETITION_GROUND_LATE },          { "court", MSG_PETITION_GROUND_COURT },
	{ "unclear", MSG_PETITION_GROUND_UNCLEAR },    { "insult", MSG_PETITION_GROUND_INSULT },
	{ PETITION_URGED, MSG_PETITION_GROUND_URGED }, { 0 },
};

/* As the tables of Circular 02/2021/TT-TTCP divide them. */
const struct field_choice petition_spheres[] = {
	{ "policy", MSG_PETITION_SPHERE_POLICY },
	{ "land", MSG_PETITION_SPHERE_LAND },
	{ "admin", MSG_PETITION_SPHERE_ADMIN },
	{ "justice", MSG_PETITION_SPHERE_JUSTICE },
	{ "party", MSG_PETITION_SPHERE_PARTY },
	{ "other", MSG_PETITION_SPHERE_OTHER },
	{ 0 },
};

const struct field_choice denunciation_spheres[] = {
	{ "policy", MSG_PETITION_SPHERE_POLICY },
	{ "land", MSG_PETITION_SPHERE_LAND },
	{ "officials", MSG_PETITION_SPHERE_OFFICIALS },
	{ "admin", MSG_PETITION_SPHERE_ADMIN },
	{ "corruption", MSG_PETITION_SPHERE_CORRUPTION },
	{ "justice", MSG_PETITION_SPHERE_JUSTICE },
	{ "party", MSG_PETITION_SPHERE_PARTY },
	{ "other", MSG_PETITION_SPHERE_OTHER },
	{ 0 },
};

#define MATTER                                                                             \
	FIELD(struct petition, title, .min = 10, .max = 120, .label = MSG_PETITION_TITLE,  \
	      .hint = MSG_PETITION_TITLE_HINT),                                            \
		FIELD(struct petition, body, .min = 10, .max = 5000, .lines = true,        \
		      .imperative = true, .label = MSG_PETITION_BODY,                      \
		      .hint = MSG_PETITION_BODY_HINT),                                     \
		FIELD(struct petition, wish, .optional = true, .max = 1000, .lines = true, \
		      .label = MSG_PETITION_WISH),                                         \
		FIELD(struct petition, place, .optional = true, .max = 200,                \
		      .label = MSG_PETITION_PLACE, .hint = MSG_PETITION_PLACE_HINT),       \
		FIELD(struct petition, papers, .optional = true, .photo = true,            \
		      .label = MSG_PETITION_PAPERS, .hint = MSG_PETITION_PAPERS_HINT)

#define SENDER                                                                                  \
	FIELD(struct petition, name, .min = 2, .max = 100, .personal = true, .internal = true,  \
	      .label = MSG_PETITION_NAME, .hint = MSG_PETITION_NAME_HINT),                      \
		FIELD(struct petition, address, .max = 300, .personal = true, .internal = true, \
		      .label = MSG_PETITION_ADDRESS),                                           \
		FIELD(struct petition, identity, .optional = true, .max = 20, .personal = true, \
		      .internal = true, .label = MSG_PETITION_IDENTITY),                        \
		FIELD(struct petition, contact, .optional = true, .max = 100, .personal = true, \
		      .internal = true, .label = MSG_PETITION_CONTACT,                          \
		      .hint = MSG_PETITION_CONTACT_HINT)

/* clang-format off */
#define CARRIED_OUT(name, words, most) \
	AMOUNT(struct petition, got_##name, MSG_PETITION_GOT_##words, most)

static const struct field fields[] = {
	FIELD(struct petition, type, .choices = all_types, .label = MSG_PETITION_TYPE),
	FIELD(struct petition, title, .label = MSG_PETITION_TITLE),
	FIELD(struct petition, body, .lines = true, .max = 5000, .imperative = true,
	      .label = MSG_PETITION_BODY),
	FIELD(struct petition, sphere, .choices = denunciation_spheres,
	      .label = MSG_PETITION_SPHERE),
	FIELD(struct petition, wish, .lines = true, .label = MSG_PETITION_WISH),
	FIELD(struct petition, place, .label = MSG_PETITION_PLACE),
	FIELD(struct petition, papers, .label = MSG_PETITION_PAPERS),
	FIELD(struct petition, people, .label = MSG_PETITION_PEOPLE),
	FIELD(struct petition, received_on, .hidden = true, .label = MSG_PETITION_RECEIVED_ON),
	FIELD(struct petition, office, .hidden = true, .label = MSG_PETITION_OFFICE),
	FIELD(struct petition, answer_by, .label = MSG_PETITION_ANSWER_BY),
	FIELD(struct petition, outcome, .hidden = true, .choices = outcomes,
	      .label = MSG_PETITION_OUTCOME),
	FIELD(struct petition, answer, .hidden = true, .lines = true, .markdown = true,
	      .max = 20000, .label = MSG_PETITION_ANSWER_TEXT),
	FIELD(struct petition, files, .label = MSG_PETITION_FILES),
	FIELD(struct petition, answered_on, .hidden = true, .label = MSG_PETITION_ANSWERED_ON),
	FIELD(struct petition, contest_until, .hidden = true, .label = MSG_PETITION_CONTEST_UNTIL),
	FIELD(struct petition, contested, .label = MSG_PETITION_CONTESTED),
	FIELD(struct petition, contests, .hidden = true, .label = MSG_PETITION_CONTESTED),
	FIELD(struct petition, ground, .hidden = true, .choices = grounds,
	      .label = MSG_PETITION_GROUND),
	FIELD(struct petition, detail, .hidden = true, .lines = true, .label = MSG_PETITION_DETAIL),
	FIELD(struct petition, urging, .label = MSG_PETITION_URGING),
	FIELD(struct petition, complex, .label = MSG_PETITION_COMPLEX),
	FIELD(struct petition, remote, .label = MSG_PETITION_REMOTE),
	FIELD(struct petition, why_complex, .lines = true, .label = MSG_PETITION_WHY_COMPLEX),
	FIELD(struct petition, dialogue_on, .label = MSG_PETITION_DIALOGUE_ON),
	FIELD(struct petition, suspended_on, .label = MSG_PETITION_SUSPENDED_ON),
	FIELD(struct petition, decision, .choices = complaint_decisions, .label = MSG_PETITION_DECISION),
	FIELD(struct petition, number, .label = MSG_PETITION_NUMBER),
	FIELD(struct petition, decided_on, .label = MSG_PETITION_DECIDED_ON),
	FIELD(struct petition, sent_on, .label = MSG_PETITION_SENT_ON),
	FIELD(struct petition, appeal_until, .hidden = true, .label = MSG_PETITION_APPEAL_UNTIL),
	FIELD(struct petition, final_on, .label = MSG_PETITION_FINAL_ON),
	FIELD(struct petition, instance, .hidden = true, .choices = complaint_instances,
	      .label = MSG_PETITION_INSTANCE),
	FIELD(struct petition, ruling, .hidden = true, .choices = complaint_rulings,
	      .label = MSG_PETITION_RULING),
	FIELD(struct petition, court, .label = MSG_PETITION_COURT),
	FIELD(struct petition, judgment, .label = MSG_PETITION_JUDGMENT),
	FIELD(struct petition, judged_on, .label = MSG_PETITION_JUDGED_ON),
	COMPLAINT_EFFECTS(ORDERED)
	COMPLAINT_RIGHTS(ORDERED)
	COMPLAINT_EFFECTS(CARRIED_OUT)
	FIELD(struct petition, accused, .label = MSG_DENUNCIATION_ACCUSED),
	FIELD(struct petition, anonymous, .label = MSG_DENUNCIATION_ANONYMOUS),
	FIELD(struct petition, accepted_on, .label = MSG_DENUNCIATION_ACCEPTED_ON),
	FIELD(struct petition, refusal, .choices = denunciation_refusals,
	      .label = MSG_PETITION_GROUND),
	FIELD(struct petition, passed_to, .choices = denunciation_ways_on,
	      .label = MSG_DENUNCIATION_PASSED_TO),
	FIELD(struct petition, stopped, .choices = denunciation_stops,
	      .label = MSG_DENUNCIATION_STOPPED),
	FIELD(struct petition, criteria, .hidden = true, .label = MSG_DENUNCIATION_CRITERIA),
	FIELD(struct petition, extensions, .hidden = true, .label = MSG_DENUNCIATION_EXTEND),
	FIELD(struct petition, protection, .choices = denunciation_protections,
	      .label = MSG_DENUNCIATION_PROTECTION),
	FIELD(struct petition, measures, .lines = true, .label = MSG_DENUNCIATION_MEASURES),
	FIELD(struct petition, measures_taken, .lines = true,
	      .label = MSG_DENUNCIATION_MEASURES_TAKEN),
	FIELD(struct petition, published_how, .choices = denunciation_publications,
	      .label = MSG_DENUNCIATION_PUBLISHED_HOW),
	FIELD(struct petition, published, .lines = true, .max = 20000,
	      .label = MSG_DENUNCIATION_PUBLISHED),
	SENDER,
	FIELD(struct petition, original, .personal = true, .internal = true,
	      .label = MSG_DENUNCIATION_ORIGINAL),
	FIELD(struct petition, withdrawal, .personal = true, .internal = true,
	      .label = MSG_PETITION_PAPER),
	{ 0 },
};
/* clang-format on */

static const struct field send_fields[] = {
	FIELD(struct petition, type, .choices = plain_types, .label = MSG_PETITION_WHICH,
	      .hint = MSG_PETITION_WHICH_HINT),
	MATTER,
	SENDER,
	FIELD(struct petition, office, .optional = true, .hidden = true,
	      .label = MSG_PETITION_OFFICE),
	{ 0 },
};

static const struct field enter_fields[] = {
	FIELD(struct petition, type, .choices = types, .label = MSG_PETITION_TYPE),
	MATTER,
	FIELD(struct petition, people, .min = 1, .max = 100000, .label = MSG_PETITION_PEOPLE,
	      .hint = MSG_PETITION_PEOPLE_HINT),
	SENDER,
	FIELD(struct petition, office, .optional = true, .hidden = true,
	      .label = MSG_PETITION_OFFICE),
	FIELD(struct petition, with, .optional = true, .sometimes = true, .max = 20, .other = true,
	      .picked = true, .options = petition_same_options, .label = MSG_PETITION_SAME,
	      .hint = MSG_PETITION_SAME_HINT),
	FIELD(struct petition, lead, .optional = true, .hidden = true, .label = MSG_PETITION_SAME),
	{ 0 },
};

const struct field petition_retype_fields[] = {
	FIELD(struct petition_retype, type, .choices = types, .label = MSG_PETITION_TYPE),
	SPHERE(struct petition_retype, petition_spheres),
	FIELD(struct petition_retype, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_PETITION_REASON),
	{ 0 },
};

/* clang-format off */
#define SORT(spheres)                                                                         \
	FIELD(struct petition_sort, sphere, .choices = spheres, .label = MSG_PETITION_SPHERE, \
	      .hint = MSG_PETITION_SORT_HINT),                                                \
	FIELD(struct petition_sort, reason, .min = 5, .max = 1000, .lines = true,             \
	      .label = MSG_PETITION_REASON)
/* clang-format on */

static const struct field sort_fields[] = { SORT(petition_spheres), { 0 } };
const struct field denunciation_sort_fields[] = { SORT(denunciation_spheres), { 0 } };

const struct field petition_to_denunciation_fields[] = {
	FIELD(struct petition_retype, type, .optional = true, .hidden = true,
	      .label = MSG_PETITION_TYPE),
	FIELD(struct petition_retype, reason, .min = 5, .max = 1000, .lines = true,
	      .label = MSG_PETITION_REASON),
	{ 0 },
};

static const struct field add_fields[] = {
	FIELD(struct petition_add, more, .min = 5, .max = 5000, .lines = true,
	      .label = MSG_PETITION_MORE),
	FIELD(struct petition_add, papers, .optional = true, .label = MSG_PETITION_PAPERS),
	{ 0 },
};

static const struct field secret_fields[] = {
	FIELD(struct petition_secret, reason, .min = 10, .max = 500, .lines = true,
	      .label = MSG_PETITION_REASON, .hint = MSG_PETITION_SECRET_HINT),
	{ 0 },
};

static const struct field handle_fields[] = {
	FIELD(struct petition, answer_by, .label = MSG_PETITION_ANSWER_BY,
	      .hint = MSG_PETITION_ANSWER_BY_HINT),
	SPHERE(struct petition, petition_spheres),
	{ 0 },
};

static const struct field answer_fields[] = {
	FIELD(struct petition, outcome, .choices = outcomes, .label = MSG_PETITION_OUTCOME),
	FIELD(struct petition, answer, .min = 20, .max = 20000, .lines = true, .markdown = true,
	      .merges = true, .label = MSG_PETITION_ANSWER_TEXT, .hint = MSG_PETITION_ANSWER_HINT),
	FIELD(struct petition, files, .label = MSG_PETITION_FILES, .hint = MSG_PETITION_FILES_HINT),
	{ 0 },
};

static const struct field contest_fields[] = {
	FIELD(struct petition_contest, reason, .min = 10, .max = 2000, .lines = true,
	      .label = MSG_PETITION_CONTEST_REASON),
	FIELD(struct petition_contest, evidence, .optional = true, .label = MSG_PETITION_EVIDENCE),
	{ 0 },
};

static const struct field refuse_fields[] = {
	FIELD(struct petition, ground, .choices = grounds, .label = MSG_PETITION_GROUND),
	FIELD(struct petition, detail, .min = 10, .max = 2000, .lines = true, .merges = true,
	      .label = MSG_PETITION_DETAIL, .hint = MSG_PETITION_DETAIL_HINT),
	URGING,
	SPHERE(struct petition, petition_spheres),
	{ 0 },
};

/* clang-format off */
#define TRANSFER(spheres)                                                                     \
	FIELD(struct petition_transfer, to, .max = 100, .label = MSG_PETITION_TO,             \
	      .hint = MSG_PETITION_TO_HINT, .options = petition_office_options,                \
	      .label_of = receiver_label, .other = true),                                      \
	FIELD(struct petition_transfer, reason, .min = 5, .max = 1000, .lines = true,         \
	      .merges = true, .nameless = true, .label = MSG_PETITION_REASON,                 \
	      .hint = MSG_PETITION_TRANSFER_HINT),                                            \
	SPHERE(struct petition_transfer, spheres),                                            \
	FIELD(struct petition_transfer, holder, .optional = true, .hidden = true,             \
	      .label = MSG_PETITION_TO)
/* clang-format on */

const struct field petition_transfer_fields[] = { TRANSFER(petition_spheres), { 0 } };
const struct field petition_forward_fields[] = { TRANSFER(denunciation_spheres), { 0 } };

static const struct field merge_fields[] = {
	FIELD(struct petition_merge, with, .max = 20, .label = MSG_PETITION_WITH,
	      .hint = MSG_PETITION_WITH_HINT, .options = petition_lead_options, .other = true),
	FIELD(struct petition_merge, lead, .optional = true, .hidden = true,
	      .label = MSG_PETITION_WITH),
	{ 0 },
};

static const struct field withdraw_fields[] = {
	FIELD(struct petition_withdraw, reason, .optional = true, .max = 1000, .lines = true,
	      .label = MSG_PETITION_REASON),
	FIELD(struct petition_withdraw, evidence, .optional = true, .sometimes = true,
	      .label = MSG_PETITION_PAPER, .hint = MSG_PETITION_PAPER_HINT),
	{ 0 },
};

static const struct field hop_fields[] = {
	FIELD(struct petition_hop, office, .label = MSG_PETITION_HOP_OFFICE,
	      .label_of = receiver_label),
	FIELD(struct petition_hop, since, .label = MSG_PETITION_HOP_SINCE),
	FIELD(struct petition_hop, until, .optional = true, .label = MSG_PETITION_HOP_UNTIL),
	FIELD(struct petition_hop, reason, .optional = true, .lines = true,
	      .label = MSG_PETITION_HOP_REASON),
	FIELD(struct petition_hop, replied_on, .optional = true,
	      .label = MSG_PETITION_HOP_REPLIED_ON),
	FIELD(struct petition_hop, reply, .optional = true, .label = MSG_PETITION_REPLY),
	{ 0 },
};

static const struct line_kind lines[] = {
	[PETITION_LINE_HOP] = { "hop", MSG_PETITION_HOPS, sizeof(struct petition_hop), hop_fields },
	ADMISSION_LINES,
	[PETITION_LINE_JUDGMENT] = { "judgment", MSG_PETITION_JUDGMENTS,
				     sizeof(struct complaint_judgment), complaint_judgment_fields },
	{ 0 },
};

#define PERSONAL(bit, name, label, tone)                 \
	{                                                \
		bit, name, label, tone, VISIBLE_PERSONAL \
	}
#define WAITING(bit, name, label, tone)                                 \
	{                                                               \
		bit, name, label, tone, VISIBLE_PERSONAL, .waits = true \
	}

static const struct state states[] = {
	WAITING(PETITION_RECEIVED, "received", MSG_PETITION_STATE_RECEIVED, TONE_INFO),
	WAITING(PETITION_HANDLED, "handled", MSG_PETITION_STATE_HANDLED, TONE_INFO),
	PERSONAL(PETITION_ANSWERED, "answered", MSG_PETITION_STATE_ANSWERED, TONE_OK),
	WAITING(PETITION_CONTESTED, "contested", MSG_PETITION_STATE_CONTESTED, TONE_SOON),
	PERSONAL(PETITION_CLOSED, "closed", MSG_PETITION_STATE_CLOSED, TONE_OK),
	PERSONAL(PETITION_REFUSED, "refused", MSG_PETITION_STATE_REFUSED, TONE_WAIT),
	PERSONAL(PETITION_WITHDRAWN, "withdrawn", MSG_PETITION_STATE_WITHDRAWN, TONE_WAIT),
	PERSONAL(PETITION_MERGED, "merged", MSG_PETITION_STATE_MERGED, TONE_INFO),
	WAITING(COMPLAINT_LODGED, "lodged", MSG_PETITION_STATE_LODGED, TONE_INFO),
	WAITING(COMPLAINT_ACCEPTED, "accepted", MSG_PETITION_STATE_ACCEPTED, TONE_INFO),
	WAITING(COMPLAINT_SUSPENDED, "suspended", MSG_PETITION_STATE_SUSPENDED, TONE_WAIT),
	WAITING(COMPLAINT_DECIDED, "decided", MSG_PETITION_STATE_DECIDED, TONE_OK),
	PERSONAL(COMPLAINT_SENT, "sent", MSG_PETITION_STATE_SENT, TONE_OK),
	WAITING(COMPLAINT_SECOND, "second", MSG_PETITION_STATE_SECOND, TONE_INFO),
	WAITING(COMPLAINT_SECOND_ACCEPTED, "second_accepted", MSG_PETITION_STATE_SECOND_ACCEPTED,
		TONE_INFO),
	WAITING(COMPLAINT_SECOND_HEARD, "second_heard", MSG_PETITION_STATE_SECOND_HEARD, TONE_INFO),
	WAITING(COMPLAINT_SECOND_DECIDED, "second_decided", MSG_PETITION_STATE_DECIDED, TONE_OK),
	PERSONAL(COMPLAINT_SECOND_SENT, "second_sent", MSG_PETITION_STATE_SENT, TONE_OK),
	WAITING(COMPLAINT_FINAL, "final", MSG_PETITION_STATE_FINAL, TONE_OK),
	PERSONAL(COMPLAINT_EXECUTED, "executed", MSG_PETITION_STATE_EXECUTED, TONE_OK),
	DENUNCIATION_STATES,
	{ 0 },
};

/* `enter` comes first: whoever serves at the counter there writes down what others bring. */
static const struct step steps[] = {
	{ "enter", NEW, PETITION_FRESH | PETITION_MERGED, CLERK, MSG_PETITION_ENTER,
	  MSG_PETITION_ENTER_DONE, sizeof(struct petition), enter_fields, .leads = petition_leads,
	  .begin = petition_begin_enter, .prepare = petition_prepare_enter,
	  .check = petition_check_enter, .apply = petition_apply_entered },
	{ "send", NEW, PETITION_FRESH, CITIZEN, MSG_PETITION_SEND, MSG_PETITION_SEND_DONE,
	  sizeof(struct petition), send_fields, .leads = petition_leads,
	  .begin = petition_begin_send, .prepare = petition_prepare, .check = petition_check_send,
	  .apply = petition_apply_received },
	{ "retype", PETITION_FRESH, PETITION_FRESH, CLERK | LEADER, MSG_PETITION_RETYPE,
	  MSG_PETITION_RETYPE_DONE, sizeof(struct petition_retype), petition_retype_fields,
	  .is_public = true, .begin = petition_keep_retyped, .prepare = petition_keep_retyped,
	  .leads = petition_retype_leads, .check = petition_check_retype,
	  .apply = petition_apply_retype },
	{ "sort", PETITION_UNSEALED, 0, CLERK | LEADER, MSG_PETITION_SORT, MSG_PETITION_SORT_DONE,
	  sizeof(struct petition_sort), sort_fields, .is_public = true,
	  .begin = petition_begin_sort, .check = petition_check_sort },
	{ "add", PETITION_OPEN | DENUNCIATION_GOING, 0, CITIZEN | CLERK, MSG_PETITION_ADD,
	  MSG_PETITION_ADD_DONE, sizeof(struct petition_add), add_fields, .is_public = true },
	ASSIGN_STEP(PETITION_OPEN | COMPLAINT_DECIDED | COMPLAINT_SECOND_DECIDED | COMPLAINT_FINAL),
	{ "handle", PETITION_RECEIVED, PETITION_HANDLED, CLERK | LEADER, MSG_PETITION_HANDLE,
	  MSG_PETITION_HANDLE_DONE, sizeof(struct petition), handle_fields, .is_public = true,
	  .begin = petition_keep_sphere, .prepare = petition_keep_sphere,
	  .check = petition_check_handle, .apply = petition_apply_handle },
	{ "answer", PETITION_HANDLED | PETITION_CONTESTED, PETITION_ANSWERED, CLERK | LEADER,
	  MSG_PETITION_ANSWER, MSG_PETITION_ANSWER_DONE, sizeof(struct petition), answer_fields,
	  .evidence = true, .apply = petition_apply_answer, .stored = petition_stored_answer,
	  .tells_also = petition_answered_with },
	{ "answer_with", PETITION_MERGED, PETITION_ANSWERED, SYSTEM, MSG_PETITION_ANSWER,
	  MSG_PETITION_ANSWER_DONE, sizeof(struct petition), answer_fields, .follows = true,
	  .apply = petition_apply_answer, .stored = petition_stored_answer },
	{ "contest", PETITION_ANSWERED, PETITION_CONTESTED, CITIZEN | CLERK, MSG_PETITION_CONTEST,
	  MSG_PETITION_CONTEST_DONE, sizeof(struct petition_contest), contest_fields,
	  .is_public = true, .check = petition_check_contest, .futile = petition_contest_futile,
	  .apply = petition_apply_contest },
	{ "confirm", PETITION_ANSWERED, PETITION_CLOSED, CITIZEN, MSG_PETITION_CONFIRM,
	  MSG_PETITION_CONFIRM_DONE, .apply = petition_apply_over },
	{ "close", PETITION_ANSWERED, PETITION_CLOSED, SYSTEM, MSG_PETITION_CLOSE,
	  MSG_PETITION_CLOSE_DONE, .follows = true, .apply = petition_apply_over },
	{ "refuse", PETITION_FRESH, PETITION_REFUSED, LEADER, MSG_PETITION_REFUSE,
	  MSG_PETITION_REFUSE_DONE, sizeof(struct petition), refuse_fields,
	  .begin = petition_keep_sphere, .prepare = petition_keep_sphere,
	  .check = petition_check_refuse, .apply = petition_apply_refuse,
	  .stored = petition_stored_left },
	{ "transfer", PETITION_FRESH | PETITION_HANDLED, PETITION_FRESH, CLERK | LEADER,
	  MSG_PETITION_TRANSFER, MSG_PETITION_TRANSFER_DONE, sizeof(struct petition_transfer),
	  petition_transfer_fields, .is_public = true, .notice = NOTICE_LEGAL,
	  .begin = petition_begin_transfer, .leads = petition_transfer_leads,
	  .prepare = petition_prepare_transfer, .check = petition_check_transfer,
	  .apply = petition_apply_transfer, .stored = petition_stored_left },
	/* Once the office has said what it does with it; also of a denunciation. */
	{ "reply", PETITION_ANY & ~(PETITION_FRESH | DENUNCIATION_LODGED), 0, CLERK | LEADER,
	  MSG_PETITION_REPLY_BACK, MSG_PETITION_REPLY_BACK_DONE, sizeof(struct petition_reply),
	  petition_reply_fields, .is_public = true, .prepare = petition_prepare_reply,
	  .check = petition_check_reply, .futile = petition_reply_futile,
	  .apply = petition_apply_reply },
	{ "merge", PETITION_RECEIVED | PETITION_HANDLED, PETITION_MERGED, CLERK | LEADER,
	  MSG_PETITION_MERGE, MSG_PETITION_MERGE_DONE, sizeof(struct petition_merge), merge_fields,
	  .prepare = petition_prepare_merge, .check = petition_check_merge,
	  .apply = petition_apply_merge },
	{ "separate", PETITION_MERGED, PETITION_RECEIVED, SYSTEM, MSG_PETITION_SEPARATE,
	  MSG_PETITION_SEPARATE_DONE, .follows = true, .apply = petition_apply_separate,
	  .stored = petition_stored_left },
	{ "withdraw", PETITION_OPEN, PETITION_WITHDRAWN, CITIZEN | CLERK, MSG_PETITION_WITHDRAW,
	  MSG_PETITION_WITHDRAW_DONE, sizeof(struct petition_withdraw), withdraw_fields,
	  .check = petition_check_withdraw, .apply = petition_apply_leave,
	  .stored = petition_stored_left },
	/* For who lost his, at the counter; he reads in the timeline when, by whom and why. */
	{ "new_secret", PETITION_ANY, 0, CLERK, MSG_PETITION_NEW_SECRET,
	  MSG_PETITION_NEW_SECRET_DONE, sizeof(struct petition_secret), secret_fields,
	  .is_public = true, .receipt = true, .check = petition_check_secret,
	  .futile = petition_secret_futile },
	{ "accept", COMPLAINT_LODGED, COMPLAINT_ACCEPTED, LEADER, MSG_PETITION_ACCEPT,
	  MSG_PETITION_ACCEPT_DONE, sizeof(struct petition), complaint_accept_fields,
	  .is_public = true, .begin = petition_keep_sphere, .prepare = petition_keep_sphere,
	  .check = complaint_check_accept, .apply = complaint_apply_accept },
	{ "dialogue", COMPLAINT_ACCEPTED, 0, CLERK | LEADER, MSG_PETITION_DIALOGUE,
	  MSG_PETITION_DIALOGUE_DONE, sizeof(struct complaint_dialogue), complaint_dialogue_fields,
	  .is_public = true },
	{ "suspend", COMPLAINT_ACCEPTED, COMPLAINT_SUSPENDED, LEADER, MSG_PETITION_SUSPEND,
	  MSG_PETITION_SUSPEND_DONE, sizeof(struct complaint_suspend), complaint_suspend_fields,
	  .is_public = true, .starts = "complaint.suspension_send",
	  .apply = complaint_apply_suspend },
	{ "send_suspension", COMPLAINT_SUSPENDED, 0, CLERK | LEADER, MSG_PETITION_SEND_SUSPENSION,
	  MSG_PETITION_SEND_SUSPENSION_DONE, .notice = NOTICE_LEGAL,
	  .meets = "complaint.suspension_send", .check = complaint_check_suspension,
	  .futile = complaint_suspension_is_sent },
	{ "resume", COMPLAINT_SUSPENDED, COMPLAINT_ACCEPTED, LEADER, MSG_PETITION_RESUME,
	  MSG_PETITION_RESUME_DONE, .apply = complaint_apply_resume },
	{ "decide", COMPLAINT_ACCEPTED, COMPLAINT_DECIDED, LEADER, MSG_PETITION_DECIDE,
	  MSG_PETITION_DECIDE_DONE, sizeof(struct petition), complaint_decide_fields,
	  .meets = "complaint.resolve", .starts = "complaint.send", .evidence = true,
	  .check = complaint_check_decide, .apply = complaint_apply_decide },
	{ "send_decision", COMPLAINT_DECIDED, COMPLAINT_SENT, CLERK | LEADER,
	  MSG_PETITION_SEND_DECISION, MSG_PETITION_SEND_DECISION_DONE, .meets = "complaint.send",
	  .apply = complaint_apply_send },
	/* The decision may be in force, counted from the day it was made, before the time to complain again
	 * is over, which counts from the day it was sent (arts. 33 and 44). */
	{ "complain_again", COMPLAINT_SENT | COMPLAINT_FINAL, COMPLAINT_SECOND, CITIZEN | CLERK,
	  MSG_PETITION_AGAIN, MSG_PETITION_AGAIN_DONE, sizeof(struct complaint_again),
	  complaint_again_fields, .is_public = true, .prepare = complaint_prepare_again,
	  .check = complaint_check_again, .futile = complaint_again_futile,
	  .apply = complaint_apply_again },
	{ "accept_second", COMPLAINT_SECOND, COMPLAINT_SECOND_ACCEPTED, LEADER, MSG_PETITION_ACCEPT,
	  MSG_PETITION_ACCEPT_DONE, sizeof(struct petition), complaint_accept_fields,
	  .is_public = true, .begin = petition_keep_sphere, .prepare = petition_keep_sphere,
	  .check = complaint_check_accept, .apply = complaint_apply_accept_second },
	/* In the second instance a dialogue is always held (art. 39). */
	{ "dialogue_second", COMPLAINT_SECOND_ACCEPTED, COMPLAINT_SECOND_HEARD, CLERK | LEADER,
	  MSG_PETITION_DIALOGUE, MSG_PETITION_DIALOGUE_DONE, sizeof(struct complaint_dialogue),
	  complaint_dialogue_fields, .is_public = true },
	{ "decide_second", COMPLAINT_SECOND_HEARD, COMPLAINT_SECOND_DECIDED, LEADER,
	  MSG_PETITION_DECIDE, MSG_PETITION_DECIDE_DONE, sizeof(struct petition),
	  complaint_decide_fields, .meets = "complaint.second.resolve",
	  .starts = "complaint.second.send", .evidence = true, .check = complaint_check_decide,
	  .apply = complaint_apply_decide },
	{ "send_second", COMPLAINT_SECOND_DECIDED, COMPLAINT_SECOND_SENT, CLERK | LEADER,
	  MSG_PETITION_SEND_DECISION, MSG_PETITION_SEND_DECISION_DONE,
	  .meets = "complaint.second.send", .apply = complaint_apply_send_second },
	{ "take_effect", COMPLAINT_SENT | COMPLAINT_SECOND_SENT, COMPLAINT_FINAL, SYSTEM,
	  MSG_PETITION_TAKE_EFFECT, MSG_PETITION_TAKE_EFFECT_DONE, .follows = true,
	  .apply = petition_apply_over },
	{ "judge", COMPLAINT_SENT | COMPLAINT_SECOND_SENT | COMPLAINT_FINAL | COMPLAINT_EXECUTED, 0,
	  CLERK | LEADER, MSG_PETITION_JUDGE, MSG_PETITION_JUDGE_DONE,
	  sizeof(struct complaint_judgment), complaint_judge_fields, .is_public = true,
	  .begin = complaint_begin_judge, .check = complaint_check_judge,
	  .apply = complaint_apply_judge },
	{ "execute", COMPLAINT_FINAL, COMPLAINT_EXECUTED, CLERK | LEADER, MSG_PETITION_EXECUTE,
	  MSG_PETITION_EXECUTE_DONE, sizeof(struct complaint_execute), complaint_execute_fields,
	  .is_public = true, .evidence = true, .check = complaint_check_execute },
	DENUNCIATION_STEPS,
	{ 0 },
};

#define COUNTED(rule, label)              \
	{                                 \
		COUNT_DUTIES, rule, label \
	}

static const struct measure indicators[] = {
	{ "house.petition", MEASURE_IN_TIME, MSG_PETITION_INDICATOR, .means = MSG_PETITION_MEANS,
	  .classes = { 700, 850, 950 },
	  .parts = { COUNTED("reception.intake_answer", MSG_RULE_RECEPTION_INTAKE_ANSWER),
		     COUNTED("complaint.accept", MSG_RULE_COMPLAINT_ACCEPT),
		     COUNTED("complaint.resolve", MSG_RULE_COMPLAINT_RESOLVE),
		     COUNTED("complaint.second.resolve", MSG_RULE_COMPLAINT_SECOND_RESOLVE),
		     COUNTED(PETITION_ANSWER, MSG_PETITION_PROMISED) } },
	{ "house.denunciation", MEASURE_IN_TIME, MSG_DENUNCIATION_INDICATOR, .sealed = true,
	  .means = MSG_DENUNCIATION_MEANS, .classes = { 700, 850, 950 },
	  .parts = { COUNTED("denunciation.check", MSG_RULE_DENUNCIATION_CHECK),
		     COUNTED("denunciation.transfer", MSG_RULE_DENUNCIATION_TRANSFER),
		     COUNTED("denunciation.resolve", MSG_RULE_DENUNCIATION_RESOLVE),
		     COUNTED("denunciation.act", MSG_RULE_DENUNCIATION_ACT),
		     COUNTED("denunciation.renewed", MSG_RULE_DENUNCIATION_RENEWED) } },
	{ "house.denounced", MEASURE_SUM, MSG_DENUNCIATION_RECEIVED, .sealed = true,
	  .means = MSG_DENUNCIATION_MEANS,
	  .parts = { { COUNT_FIGURE, "denunciation.received", MSG_DENUNCIATION_RECEIVED } } },
	{ "house.denunciation.accepted", MEASURE_SUM, MSG_DENUNCIATION_ACCEPTED_COUNT,
	  .sealed = true, .means = MSG_DENUNCIATION_MEANS,
	  .parts = { { COUNT_FIGURE, "denunciation.accepted", MSG_DENUNCIATION_ACCEPTED_COUNT } } },
	{ "house.concluded", MEASURE_SUM, MSG_DENUNCIATION_OUTCOME_INDICATOR, .sealed = true,
	  .means = MSG_DENUNCIATION_MEANS,
	  .parts = { { COUNT_FIGURE, "denunciation.right", MSG_DENUNCIATION_RIGHT },
		     { COUNT_FIGURE, "denunciation.part", MSG_DENUNCIATION_PART },
		     { COUNT_FIGURE, "denunciation.wrong", MSG_DENUNCIATION_WRONG } } },
	/* Denunciations are counted in the table XLD03 alone: lists of a review would name them. */
	{ "DT-01", MEASURE_SUM, .means = MSG_PETITION_MEANS_RECEIVED,
	  .parts = { { COUNT_FIGURE, "petition.in.feedback", MSG_PETITION_TYPE_FEEDBACK },
		     { COUNT_FIGURE, "petition.in.proposal", MSG_PETITION_TYPE_PROPOSAL },
		     { COUNT_FIGURE, "petition.in.complaint", MSG_PETITION_FIRST },
		     { COUNT_FIGURE, "petition.in.second", MSG_PETITION_SECOND } } },
	{ "DT-02", MEASURE_SUM, .means = MSG_PETITION_MEANS_RECEIVED,
	  .parts = { { COUNT_FIGURE, "petition.in.complaint", MSG_PETITION_FIRST },
		     { COUNT_FIGURE, "petition.in.second", MSG_PETITION_SECOND } } },
	{ "DT-04", MEASURE_SUM, .means = MSG_PETITION_MEANS_CONCLUDED,
	  .parts = { { COUNT_FIGURE, "petition.concluded.complaint", MSG_PETITION_FIRST },
		     { COUNT_FIGURE, "petition.concluded.second", MSG_PETITION_SECOND } } },
	{ "house.contested", MEASURE_SUM, MSG_PETITION_CONTESTED_INDICATOR,
	  .means = MSG_PETITION_CONTESTED_MEANS,
	  .parts = { { COUNT_FIGURE, "petition.contested", MSG_PETITION_CONTESTED_INDICATOR } } },
	{ 0 },
};

const struct kind petition_kind = {
	.name = "petition",
	.code = "DT",
	.slug = "kien-nghi",
	.work = "inspect",
	.title = MSG_PETITION_KIND,
	.titles = MSG_PETITION_KINDS,
	.is_private = true,
	.by_receipt = true,
	.notices = NOTICE_LEGAL,
	.levels = 1u << LEVEL_PROVINCE | 1u << LEVEL_DISTRICT | 1u << LEVEL_COMMUNE |
		  1u << LEVEL_AGENCY,
	.size = sizeof(struct petition),
	.fields = fields,
	.states = states,
	.lines = lines,
	.steps = steps,
	.indicators = indicators,
	.classes = petition_classes,
	.wake = petition_wake,
};
