/* Denunciation (tố cáo): somebody reports a breach of the law by an official or by anybody, under Law 25/2018.
 * It is a petition (petition.h): the same kind, the same two letters, so that a code does not show it. Its
 * rows stand in the petition's tables; they are written here because its law is another.
 *
 *     lodged -> accepted -> concluded -> closed        when the conclusion was sent, acted upon, published
 *        |        |  ^          \-> renewed -> accepted by the unit above, or closed
 *        |        suspended
 *        |-> refused | passed on (without a name) | stopped | forwarded (a hop of the chain)
 *        \-> another type, by correction: from then on a petition or a complaint under the same seal
 *
 * Every state is VISIBLE_SEALED (office/sealed.h): nobody learns of it whom the case does not name. Who sent
 * it stands apart and is a right of its own. It is counted and in no list.
 *
 * Clocks, by data/law/time_limits.tsv TL-076 to TL-083: checked 7 working days, 10 where several places have
 * to be asked; forwarded 5; its acceptance told 5; resolved 30 days, 30 more once when complex, twice when
 * especially complex; the conclusion sent 5 working days, acted upon 7, published 7; a renewed one reviewed
 * 20 days. */
#pragma once

#include "modules/inspect/petition_steps.h"
#include "office/sealed.h"

#define DENUNCIATION_TYPE "denunciation"
/* The check where several places have to be asked, art. 24.1; how long the term of resolution is extended by
 * each time, art. 30; from how many criteria on it is especially complex. */
enum { DENUNCIATION_CHECK_LONG = 10, DENUNCIATION_MORE_DAYS = 30, DENUNCIATION_ESPECIALLY = 2 };

/* A petition that turns out to be one: who sent it moves out of the acts that said so. */
struct denunciation_seal {
	struct str type, accused, reason;
	struct str name, address, identity, contact;
};
struct denunciation_check {
	struct str reason;
};
struct denunciation_extend {
	struct strs criteria;
	struct str reason;
};
struct denunciation_protect {
	struct str protection; /* "asked", "granted", "declined" */
	struct str measures;
};
struct denunciation_leave {
	int64_t leaving;
	struct str reason;
	struct file_refs withdrawal; /* signed: part of whose it is */
};
struct denunciation_stop {
	struct str stopped; /* the ground */
	struct str reason;
};
struct denunciation_act {
	struct str measures_taken;
	struct file_refs evidence;
};
struct denunciation_publish {
	struct str published_how, published;
	bool no_name, no_trace; /* the leader's list */
	struct file_refs evidence;
};

extern const struct field denunciation_sent_fields[], denunciation_entered_fields[],
	denunciation_seal_fields[], denunciation_check_fields[], denunciation_accept_fields[],
	denunciation_refuse_fields[], denunciation_pass_fields[], denunciation_extend_fields[],
	denunciation_suspend_fields[], denunciation_ask_fields[], denunciation_protect_fields[],
	denunciation_leave_fields[], denunciation_stop_fields[], denunciation_conclude_fields[],
	denunciation_act_fields[], denunciation_publish_fields[], denunciation_renew_fields[],
	denunciation_decline_fields[];
extern const struct field_choice denunciation_refusals[], denunciation_ways_on[],
	denunciation_stops[], denunciation_protections[], denunciation_publications[];

enum err denunciation_prepare(struct tx *tx, const struct dossier *d, void *form);
enum err denunciation_check_new(struct tx *tx, const struct dossier *d, const void *form,
				struct date on, struct faults *faults);
enum err denunciation_check_sent(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults);
void denunciation_apply_received(struct fold *f, const void *form);
bool denunciation_is_sealed(struct tx *tx, const struct dossier *d);
bool denunciation_is_open(struct tx *tx, const struct dossier *d); /* not sealed */
enum err denunciation_prepare_seal(struct tx *tx, const struct dossier *d, void *form);
void denunciation_apply_seal(struct fold *f, const void *form);
enum err denunciation_stored_seal(struct tx *tx, struct dossier *d, const struct act *act,
				  const void *form);
bool denunciation_check_is_long(struct tx *tx, const struct dossier *d);
void denunciation_apply_check(struct fold *f, const void *form);
void denunciation_apply_forward(struct fold *f, const void *form);
bool denunciation_has_no_name(struct tx *tx, const struct dossier *d);
bool denunciation_has_a_name(struct tx *tx, const struct dossier *d);
void denunciation_apply_accept(struct fold *f, const void *form);
bool denunciation_is_notified(struct tx *tx, const struct dossier *d);
void denunciation_apply_refuse(struct fold *f, const void *form);
void denunciation_apply_pass(struct fold *f, const void *form);
enum err denunciation_check_extend(struct tx *tx, const struct dossier *d, const void *form,
				   struct date on, struct faults *faults);
bool denunciation_extend_futile(struct tx *tx, const struct dossier *d);
void denunciation_apply_extend(struct fold *f, const void *form);
enum err denunciation_prepare_ask(struct tx *tx, const struct dossier *d, void *form);
enum err denunciation_check_leave(struct tx *tx, const struct dossier *d, const void *form,
				  struct date on, struct faults *faults);
void denunciation_apply_leave(struct fold *f, const void *form);
enum err denunciation_check_stop(struct tx *tx, const struct dossier *d, const void *form,
				 struct date on, struct faults *faults);
void denunciation_apply_stop(struct fold *f, const void *form);
void denunciation_apply_conclude(struct fold *f, const void *form);
unsigned denunciation_leads_send(const struct dossier *d, const void *form);
unsigned denunciation_leads_act(const struct dossier *d, const void *form);
unsigned denunciation_leads_publish(const struct dossier *d, const void *form);
bool denunciation_is_sent(struct tx *tx, const struct dossier *d);
bool denunciation_is_acted(struct tx *tx, const struct dossier *d);
bool denunciation_is_published(struct tx *tx, const struct dossier *d);
void denunciation_apply_send(struct fold *f, const void *form);
enum err denunciation_check_publish(struct tx *tx, const struct dossier *d, const void *form,
				    struct date on, struct faults *faults);
enum err denunciation_check_renew(struct tx *tx, const struct dossier *d, const void *form,
				  struct date on, struct faults *faults);
bool denunciation_renew_futile(struct tx *tx, const struct dossier *d);
void denunciation_apply_renew(struct fold *f, const void *form);
void denunciation_apply_decline(struct fold *f, const void *form);

/* The first thing an office owes: its check. */
#define DENUNCIATION_CHECK S("denunciation.check")

/* --- Rows of the petition's tables --- */

/* clang-format off */
#define DENUNCIATION_STATE(bit, name, label, tone) \
	{ bit, name, label, tone, VISIBLE_SEALED, .waits = true }
#define DENUNCIATION_OVER(bit, name, label, tone) { bit, name, label, tone, VISIBLE_SEALED }
#define DENUNCIATION_STATES                                                                   \
	DENUNCIATION_STATE(DENUNCIATION_LODGED, "denunciation_lodged",                        \
			   MSG_DENUNCIATION_STATE_LODGED, TONE_INFO),                         \
	DENUNCIATION_STATE(DENUNCIATION_ACCEPTED, "denunciation_accepted",                    \
			   MSG_DENUNCIATION_STATE_ACCEPTED, TONE_INFO),                       \
	DENUNCIATION_STATE(DENUNCIATION_SUSPENDED, "denunciation_suspended",                  \
			   MSG_DENUNCIATION_STATE_SUSPENDED, TONE_WAIT),                      \
	DENUNCIATION_STATE(DENUNCIATION_CONCLUDED, "denunciation_concluded",                  \
			   MSG_DENUNCIATION_STATE_CONCLUDED, TONE_OK),                        \
	DENUNCIATION_OVER(DENUNCIATION_CLOSED, "denunciation_closed",                         \
			  MSG_DENUNCIATION_STATE_CLOSED, TONE_OK),                            \
	DENUNCIATION_STATE(DENUNCIATION_RENEWED, "denunciation_renewed",                      \
			   MSG_DENUNCIATION_STATE_RENEWED, TONE_INFO),                        \
	DENUNCIATION_OVER(DENUNCIATION_REFUSED, "denunciation_refused",                       \
			  MSG_DENUNCIATION_STATE_REFUSED, TONE_WAIT),                         \
	DENUNCIATION_OVER(DENUNCIATION_STOPPED, "denunciation_stopped",                       \
			  MSG_DENUNCIATION_STATE_STOPPED, TONE_WAIT),                         \
	DENUNCIATION_OVER(DENUNCIATION_PASSED, "denunciation_passed",                         \
			  MSG_DENUNCIATION_STATE_PASSED, TONE_WAIT)

#define DENUNCIATION_STEPS                                                                    \
	{ "enter_denunciation", NEW, DENUNCIATION_LODGED, CLERK, MSG_DENUNCIATION_ENTER,      \
	  MSG_DENUNCIATION_ENTER_DONE, sizeof(struct petition), denunciation_entered_fields,  \
	  .begin = petition_begin_enter, .prepare = denunciation_prepare,                     \
	  .check = denunciation_check_new, .apply = denunciation_apply_received },            \
	{ "denounce", NEW, DENUNCIATION_LODGED, CITIZEN, MSG_DENUNCIATION_SEND,               \
	  MSG_DENUNCIATION_SEND_DONE, sizeof(struct petition), denunciation_sent_fields,      \
	  .begin = petition_begin_enter, .prepare = denunciation_prepare,                     \
	  .check = denunciation_check_sent, .apply = denunciation_apply_received },            \
	{ "seal", PETITION_FRESH | PETITION_HANDLED, DENUNCIATION_LODGED, CLERK | LEADER,     \
	  MSG_DENUNCIATION_SEAL, MSG_DENUNCIATION_SEAL_DONE, sizeof(struct denunciation_seal),\
	  denunciation_seal_fields, .erases = true, .prepare = denunciation_prepare_seal,     \
	  .futile = denunciation_is_sealed, .apply = denunciation_apply_seal,                 \
	  .stored = denunciation_stored_seal },                                               \
	{ "reseal", PETITION_FRESH, DENUNCIATION_LODGED, CLERK | LEADER,                      \
	  MSG_DENUNCIATION_SEAL, MSG_DENUNCIATION_SEAL_DONE,                                  \
	  sizeof(struct petition_retype), petition_to_denunciation_fields, .is_public = true, \
	  .prepare = petition_prepare_reseal, .futile = denunciation_is_open,                 \
	  .apply = petition_apply_retype },                                                   \
	{ "unseal", DENUNCIATION_LODGED, PETITION_FRESH, LEADER, MSG_DENUNCIATION_UNSEAL,     \
	  MSG_DENUNCIATION_UNSEAL_DONE, sizeof(struct petition_retype),                       \
	  petition_retype_fields, .is_public = true, .begin = petition_keep_retyped,          \
	  .prepare = petition_keep_retyped, .leads = petition_retype_leads,                   \
	  .apply = petition_apply_retype },                                                   \
	{ "sort_denunciation", DENUNCIATION_ANY, 0, CLERK | LEADER, MSG_PETITION_SORT,         \
	  MSG_PETITION_SORT_DONE, sizeof(struct petition_sort), denunciation_sort_fields,     \
	  .is_public = true, .begin = petition_begin_sort, .check = petition_check_sort },    \
	{ "admit", PETITION_ANY, 0, LEADER, MSG_DENUNCIATION_ADMIT,                           \
	  MSG_DENUNCIATION_ADMIT_DONE, sizeof(struct admission), admit_fields,                \
	  .prepare = admit_prepare, .check = admit_check, .futile = denunciation_is_open,     \
	  .apply = admit_apply },                                                             \
	{ "extend_check", DENUNCIATION_LODGED, 0, CLERK | LEADER,                             \
	  MSG_DENUNCIATION_EXTEND_CHECK, MSG_DENUNCIATION_EXTEND_CHECK_DONE,                  \
	  sizeof(struct denunciation_check), denunciation_check_fields, .is_public = true,    \
	  .futile = denunciation_check_is_long, .apply = denunciation_apply_check },          \
	{ "forward", DENUNCIATION_LODGED, DENUNCIATION_LODGED, LEADER,                        \
	  MSG_PETITION_TRANSFER, MSG_DENUNCIATION_FORWARD_DONE,                                  \
	  sizeof(struct petition_transfer), petition_forward_fields,                          \
	  .begin = petition_begin_transfer, .is_public = true,                                \
	  .prepare = petition_prepare_transfer, .check = petition_check_transfer,             \
	  .apply = denunciation_apply_forward },                                              \
	{ "accept_denunciation", DENUNCIATION_LODGED, DENUNCIATION_ACCEPTED, LEADER,          \
	  MSG_DENUNCIATION_ACCEPT, MSG_DENUNCIATION_ACCEPT_DONE, sizeof(struct petition),             \
	  denunciation_accept_fields, .is_public = true, .starts = "denunciation.notify",     \
	  .begin = petition_keep_sphere,                                                      \
	  .prepare = petition_keep_sphere, .futile = denunciation_has_no_name,                \
	  .apply = denunciation_apply_accept },                                               \
	{ "notify", DENUNCIATION_ACCEPTED, 0, CLERK | LEADER, MSG_DENUNCIATION_NOTIFY,        \
	  MSG_DENUNCIATION_NOTIFY_DONE, .meets = "denunciation.notify",                       \
	  .futile = denunciation_is_notified },                                               \
	{ "refuse_denunciation", DENUNCIATION_LODGED, DENUNCIATION_REFUSED, LEADER,           \
	  MSG_PETITION_REFUSE, MSG_PETITION_REFUSE_DONE, sizeof(struct petition),             \
	  denunciation_refuse_fields, .is_public = true, .check = petition_check_refuse,      \
	  .apply = denunciation_apply_refuse },                                               \
	{ "pass_on", DENUNCIATION_LODGED, DENUNCIATION_PASSED, LEADER,                        \
	  MSG_DENUNCIATION_PASS, MSG_DENUNCIATION_PASS_DONE, sizeof(struct petition),         \
	  denunciation_pass_fields, .is_public = true, .begin = petition_keep_sphere,         \
	  .prepare = petition_keep_sphere, .futile = denunciation_has_a_name,                 \
	  .apply = denunciation_apply_pass },                                                 \
	{ "extend_resolve", DENUNCIATION_ACCEPTED, 0, LEADER, MSG_DENUNCIATION_EXTEND,        \
	  MSG_DENUNCIATION_EXTEND_DONE, sizeof(struct denunciation_extend),                   \
	  denunciation_extend_fields, .is_public = true, .check = denunciation_check_extend,  \
	  .futile = denunciation_extend_futile, .apply = denunciation_apply_extend },         \
	{ "suspend_denunciation", DENUNCIATION_ACCEPTED, DENUNCIATION_SUSPENDED, LEADER,      \
	  MSG_PETITION_SUSPEND, MSG_PETITION_SUSPEND_DONE, sizeof(struct complaint_suspend),  \
	  denunciation_suspend_fields, .is_public = true, .apply = complaint_apply_suspend }, \
	{ "resume_denunciation", DENUNCIATION_SUSPENDED, DENUNCIATION_ACCEPTED, LEADER,       \
	  MSG_PETITION_RESUME, MSG_PETITION_RESUME_DONE, .apply = complaint_apply_resume },   \
	{ "ask_protection", DENUNCIATION_GOING, 0, CITIZEN | CLERK | LEADER,                           \
	  MSG_DENUNCIATION_ASK_PROTECTION, MSG_DENUNCIATION_ASK_PROTECTION_DONE,              \
	  sizeof(struct denunciation_protect), denunciation_ask_fields, .is_public = true,    \
	  .prepare = denunciation_prepare_ask },                                              \
	{ "protect", DENUNCIATION_GOING, 0, LEADER, MSG_DENUNCIATION_PROTECT,                 \
	  MSG_DENUNCIATION_PROTECT_DONE, sizeof(struct denunciation_protect),                 \
	  denunciation_protect_fields, .is_public = true },                                   \
	{ "leave_denunciation", DENUNCIATION_GOING, 0, CITIZEN | CLERK | LEADER,                       \
	  MSG_DENUNCIATION_LEAVE, MSG_DENUNCIATION_LEAVE_DONE,                                \
	  sizeof(struct denunciation_leave), denunciation_leave_fields, .is_public = true,    \
	  .check = denunciation_check_leave, .apply = denunciation_apply_leave },             \
	{ "stop", DENUNCIATION_GOING, DENUNCIATION_STOPPED, LEADER, MSG_DENUNCIATION_STOP,    \
	  MSG_DENUNCIATION_STOP_DONE, sizeof(struct denunciation_stop),                       \
	  denunciation_stop_fields, .is_public = true, .check = denunciation_check_stop,      \
	  .apply = denunciation_apply_stop },                                                 \
	{ "conclude", DENUNCIATION_ACCEPTED, DENUNCIATION_CONCLUDED, LEADER,                  \
	  MSG_DENUNCIATION_CONCLUDE, MSG_DENUNCIATION_CONCLUDE_DONE, sizeof(struct petition), \
	  denunciation_conclude_fields, .starts = "denunciation.send", .evidence = true,      \
	  .apply = denunciation_apply_conclude },                                             \
	{ "send_conclusion", DENUNCIATION_CONCLUDED,                                          \
	  DENUNCIATION_CONCLUDED | DENUNCIATION_CLOSED, CLERK | LEADER,                       \
	  MSG_DENUNCIATION_SEND_CONCLUSION, MSG_DENUNCIATION_SEND_CONCLUSION_DONE,            \
	  .meets = "denunciation.send", .leads = denunciation_leads_send,                     \
	  .futile = denunciation_is_sent, .apply = denunciation_apply_send },                 \
	{ "act_upon", DENUNCIATION_CONCLUDED, DENUNCIATION_CONCLUDED | DENUNCIATION_CLOSED,   \
	  LEADER, MSG_DENUNCIATION_ACT, MSG_DENUNCIATION_ACT_DONE,                            \
	  sizeof(struct denunciation_act), denunciation_act_fields, .is_public = true,        \
	  .meets = "denunciation.act", .leads = denunciation_leads_act,                       \
	  .futile = denunciation_is_acted },                                                  \
	{ "publish_conclusion", DENUNCIATION_CONCLUDED,                                       \
	  DENUNCIATION_CONCLUDED | DENUNCIATION_CLOSED, LEADER, MSG_DENUNCIATION_PUBLISH,     \
	  MSG_DENUNCIATION_PUBLISH_DONE, sizeof(struct denunciation_publish),                 \
	  denunciation_publish_fields, .is_public = true, .meets = "denunciation.publish",    \
	  .leads = denunciation_leads_publish, .check = denunciation_check_publish,           \
	  .futile = denunciation_is_published },                                              \
	{ "renew", DENUNCIATION_CONCLUDED | DENUNCIATION_CLOSED, DENUNCIATION_RENEWED,        \
	  CITIZEN | CLERK | LEADER, MSG_DENUNCIATION_RENEW, MSG_DENUNCIATION_RENEW_DONE,               \
	  sizeof(struct complaint_again), denunciation_renew_fields, .is_public = true,       \
	  .prepare = complaint_prepare_again, .check = denunciation_check_renew,              \
	  .futile = denunciation_renew_futile, .apply = denunciation_apply_renew },           \
	{ "accept_renewed", DENUNCIATION_RENEWED, DENUNCIATION_ACCEPTED, LEADER,              \
	  MSG_DENUNCIATION_ACCEPT, MSG_DENUNCIATION_ACCEPT_DONE, sizeof(struct petition),             \
	  denunciation_accept_fields, .is_public = true, .starts = "denunciation.notify",     \
	  .begin = petition_keep_sphere,                                                      \
	  .prepare = petition_keep_sphere, .apply = denunciation_apply_accept },              \
	{ "decline_renewed", DENUNCIATION_RENEWED, DENUNCIATION_CLOSED, LEADER,               \
	  MSG_DENUNCIATION_DECLINE, MSG_DENUNCIATION_DECLINE_DONE, sizeof(struct petition),   \
	  denunciation_decline_fields, .is_public = true, .apply = denunciation_apply_decline }
/* clang-format on */
