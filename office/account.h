/* Signing in without e-mail: a phone number or a user name, a password, and for those who have
 * enrolled an authenticator a code. Hashing a password takes tens of milliseconds, so each act that
 * needs it has two halves: the slow one touches no database and runs in the password pool, the quick
 * one runs inside the transaction. Slowing down those who guess is the business of web/. */
#pragma once

#include "crypto/password.h"
#include "crypto/totp.h"
#include "office/person.h"

#define LOGIN_MAX 40
enum { PASSWORD_MIN_POINTS = 10, PASSWORD_MAX_POINTS = 200 };

/* The one form of a login: "+84 912.345.678" is "0912345678", "Hoa.LV" is "hoa.lv". False: neither a
 * Vietnamese phone number nor a user name (3 to 40 of a-z 0-9 . _ -, beginning with a letter). */
MUST_USE bool login_read(struct arena *a, struct str typed, struct str *out);

enum password_fault {
	PASSWORD_FINE,
	PASSWORD_SHORT,    /* fewer than PASSWORD_MIN_POINTS signs */
	PASSWORD_LONG,     /* more than PASSWORD_MAX_POINTS */
	PASSWORD_IS_LOGIN, /* is the login, or holds it, or it holds the password */
	PASSWORD_PLAIN,    /* one sign repeated, or signs in a row such as 1234567890 */
	PASSWORD_NOT_TEXT, /* not UTF-8 */
};
/* `login` as login_read gives it. */
enum password_fault password_judge(struct arena *a, struct str password, struct str login);
/* The same password whichever way a keyboard spells its accents (NFC); hash and verify this. */
struct str password_normal(struct arena *a, struct str typed);

/* --- Accounts --- */

struct account {
	int64_t person;
	struct str name; /* the person's */
	struct str login;
	int64_t unit; /* the person's */
	bool has_password, must_change, disabled, totp_on;
};

/* An account without a password for a person who has none: a code (code_make_password) sets it.
 * By an administrator or a clerk of the person's unit. ERR_INVALID: no login; ERR_CONFLICT: the
 * login or the person is taken. */
MUST_USE enum err account_add(struct tx *tx, int64_t person, struct str login);
/* People who register alone: person (of that unit, not verified), phone and account in one. */
MUST_USE enum err account_register(struct tx *tx, struct str name, int64_t unit, struct str phone,
				   const struct password *hashed, int64_t *person);
MUST_USE enum err account_find(struct tx *tx, int64_t person, struct account *out);
MUST_USE enum err account_by_login(struct tx *tx, struct str login, struct account *out);
/* By an administrator; disabling ends every session. */
MUST_USE enum err account_disable(struct tx *tx, int64_t person, bool disabled);

struct account_list {
	struct account *at;
	size_t n;
};
/* People of the unit and of all beneath it today who have accounts, by login, after `after` (""
 * first); at most `limit`. */
MUST_USE enum err account_list(struct tx *tx, int64_t unit, struct str after, int64_t limit,
			       struct account_list *out);

/* --- Checking a password --- */

/* What is needed to check a password outside of a transaction. For an unknown login, a disabled
 * account or one without a password it never passes and costs as much as one that does. */
struct credential {
	int64_t person; /* 0: nobody */
	int64_t generation;
	struct password stored; /* "" : nobody */
	bool totp_on;
	bool passed;
	bool rehash; /* passed, and the stored hash is of another cost: credential_rehash */
};
MUST_USE enum err credential_load(struct tx *tx, struct str login, struct credential *out);
/* For one who is signed in and must give the password again. */
MUST_USE enum err credential_of(struct tx *tx, int64_t person, struct credential *out);
/* Slow. Sets and returns `passed`. */
bool credential_check(struct arena *a, struct credential *c, struct str typed);
/* Stores the same password hashed anew, without ending sessions. */
MUST_USE enum err credential_rehash(struct tx *tx, const struct credential *c,
				    const struct password *hashed);

/* A new password, by whoever passed with the old one: `c` is theirs. All sessions end: open a new
 * one. ERR_CONFLICT: it was changed meanwhile; ERR_DENIED: `c` has not passed. */
MUST_USE enum err account_change_password(struct tx *tx, const struct credential *c,
					  const struct password *hashed);

/* The command line sets a password that must be changed at the next sign-in. ERR_DENIED for anybody
 * else: an administrator prints a code instead, so that nobody knows somebody else's password. */
MUST_USE enum err account_set_password(struct tx *tx, int64_t person,
				       const struct password *hashed);

/* --- The second factor --- */

/* A new secret, not yet in force; an enrolment begun earlier is void. `uri` is the otpauth address
 * for the QR code. Refused (ERR_CONFLICT) while one is in force. */
MUST_USE enum err totp_enrol(struct tx *tx, int64_t person, struct str issuer,
			     struct totp_secret *secret, struct str *uri);
/* The enrolment begun and not yet confirmed, shown once more to the person alone: a page with the QR
 * code may be opened again. ERR_NOT_FOUND: none. */
MUST_USE enum err totp_pending(struct tx *tx, int64_t person, struct str issuer,
			       struct totp_secret *secret, struct str *uri);
/* The first code proves that the authenticator holds the secret; from now on it is asked for. All
 * sessions end but `keep` (NULL: none). ERR_DENIED: wrong code; ERR_CONFLICT: nothing was begun. */
MUST_USE enum err totp_confirm(struct tx *tx, int64_t person, struct str code,
			       const struct hash *keep);
/* By the person, with a code; or, for a lost device, by an administrator without (`code` is then not
 * looked at). */
MUST_USE enum err totp_drop(struct tx *tx, int64_t person, struct str code);
/* Checks a code and makes it void: each is good once. ERR_DENIED: wrong, old or used. */
MUST_USE enum err totp_use(struct tx *tx, int64_t person, struct str code);

/* --- Codes that work once --- */

/* Sixteen signs of Crockford's 32 in fours, 80 random bits; only the hash is kept. */
enum { PASSWORD_CODE_HOURS = 72, SETUP_CODE_HOURS = 24 };

/* Printed at the counter: whoever types it sets a new password. By a clerk of the person's unit,
 * for people who hold no appointment today; for those, and anywhere, by an administrator. Earlier
 * codes of the person are void. It is written down who made it. */
MUST_USE enum err code_make_password(struct tx *tx, int64_t person, struct str *code);
/* ERR_DENIED: wrong login, wrong, used or expired code. Ends all sessions of the account. */
MUST_USE enum err code_use_password(struct tx *tx, struct str login, struct str code,
				    const struct password *hashed, int64_t *person);
/* The same question without using it up: to say so before the password is typed and hashed. */
MUST_USE enum err code_check_password(struct tx *tx, struct str login, struct str code);

/* Shown on the terminal of a new site: whoever types it becomes its first administrator. Void once
 * used, once a newer one is made, and after a day. ERR_CONFLICT: there is an administrator already. */
MUST_USE enum err setup_code_make(struct tx *tx, struct str *code);
/* Does the site wait for its first administrator? */
MUST_USE enum err setup_wanted(struct tx *tx, bool *out);
MUST_USE enum err setup_code_check(struct tx *tx, struct str code); /* ERR_DENIED */
MUST_USE enum err setup_code_use(struct tx *tx, struct str code, struct str name, struct str login,
				 const struct password *hashed, int64_t *person);
