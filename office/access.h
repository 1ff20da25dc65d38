/* Who looked: opening somebody's personal matter is recorded with a reason before anything is shown,
 * is good for half an hour, and the person concerned sees the list. */
#pragma once

#include "office/member.h"
#include "store/db.h"

struct kind;

enum {
	ACCESS_MINUTES = 30,
	ACCESS_FORM_MINUTES = 12 * 60,
	ACCESS_REASON_MIN = 10,
	ACCESS_REASON_MAX = 500
};

/* Who may ask to open one: whoever holds an office at the very unit that holds the matter. Administrators
 * keep accounts and not cases. */
enum { ACCESS_ROLES = CLERK | LEADER | FRONT | INSPECTOR | STEERING | ELECTION };

/* May tx->who ask for a personal matter of this kind that this unit holds? Nobody above the unit may, and no
 * administrator. Lists name it to him by its code. */
bool access_may_ask(const struct tx *tx, int64_t holder, const struct kind *k);

/* `by` is the appointment that gives the right to ask; the caller has found it with member_may.
 * ERR_INVALID: the reason is too short or too long (code points). ERR_DENIED: not his appointment. */
MUST_USE enum err access_record(struct tx *tx, int64_t dossier, const struct appointment *by,
				struct str reason);
/* What is opened: the matter itself; who sent a sealed one; what was redacted (office/redaction.h); of a matter
 * that the office sent on, what was replied to it. Each is asked for by itself. */
enum access_what { ACCESS_MATTER, ACCESS_IDENTITY, ACCESS_ORIGINAL, ACCESS_REPLY };
MUST_USE enum err access_record_of(struct tx *tx, int64_t dossier, enum access_what what,
				   const struct appointment *by, struct str reason);
MUST_USE enum err access_granted_of(struct tx *tx, int64_t dossier, enum access_what what,
				    bool *out);
/* Has tx->who recorded one within so many minutes, by an appointment still in force? Reading asks for
 * ACCESS_MINUTES. */
MUST_USE enum err access_granted(struct tx *tx, int64_t dossier, int minutes, bool *out);

struct access {
	struct instant at;
	int64_t person;
	struct str name;      /* who looked */
	enum role role;       /* as what */
	int64_t unit;         /* of which unit */
	struct str on_behalf; /* whose substitute; "" in his own right */
	struct str reason;
	enum access_what what;
};
struct access_list {
	struct access *at;
	size_t n;
};
/* The latest first; at most `limit`. The caller has asked whether it may be shown. */
MUST_USE enum err access_list(struct tx *tx, int64_t dossier, int64_t limit,
			      struct access_list *out);
