/* What the pages of signing in share: forms with secrets in them, and the handlers of each file. A
 * secret is read as it was sent, without the cleaning other texts get, and is never sent back. */
#pragma once

#include "office/session.h"
#include "web/form.h"
#include "web/parts.h"

struct sign_page {
	const struct frame *frame;
	struct str kicker, title, lede;
	const struct banner *banner; /* NULL: none */
	const struct form *form;     /* NULL: none */
	const struct form *more;     /* a second one, below; NULL: none */
	struct html qr;              /* "": none */
	struct str secret;           /* the text beside the QR code */
	struct str note;             /* below the form */
	struct items ways;           /* beside the form */
};

/* What a password manager should fill in: "username", "new-password", ...; "" for other fields. */
struct str sign_fill(const struct form_field *f);
bool sign_is_secret(const struct form_field *f);

/* A field as typed, byte for byte. */
struct str sign_typed(const struct req *r, const char *name);
/* In `prepare`: judges the new password typed in `fresh` and `again` and hashes it. Faults of the
 * form otherwise. */
MUST_USE enum err sign_hash_new(struct req *r, struct str login, struct password *out);
/* Opens a session for a credential that has passed, and gives its cookie to the browser. */
MUST_USE enum err sign_open(struct req *r, const struct credential *c, struct str code);
/* Slows down guessing for one account, from wherever it comes: asked only where the password or the
 * session is known already, so that no stranger can lock anybody out. */
MUST_USE enum err sign_throttle_person(struct req *r, int64_t person);

/* Between the two steps of signing in: who has given the right password, for five minutes, in a
 * cookie that only this site can have written. */
void proof_give(struct req *r, const struct credential *c);
void proof_drop(struct req *r);
/* ERR_NOT_FOUND: none, too old, or forged. */
MUST_USE enum err proof_read(const struct req *r, int64_t *person, int64_t *generation);

enum err sign_show(struct req *r);
enum err sign_prepare(struct req *r);
enum err sign_post(struct req *r);
enum err second_show(struct req *r);
enum err second_post(struct req *r);
enum err slip_show(struct req *r);
enum err slip_prepare(struct req *r);
enum err slip_post(struct req *r);
enum err sign_out(struct req *r);
extern const struct field sign_fields[], second_fields[], slip_fields[];

enum err setup_show(struct req *r);
enum err setup_prepare(struct req *r);
enum err setup_post(struct req *r);
extern const struct field setup_fields[];

enum err account_show(struct req *r);
enum err account_end_others(struct req *r);
enum err change_show(struct req *r);
enum err change_prepare(struct req *r);
enum err change_post(struct req *r);
extern const struct field change_fields[];

enum err factor_show(struct req *r);
enum err factor_begin(struct req *r);
enum err factor_confirm(struct req *r);
enum err factor_drop(struct req *r);

enum err counter_show(struct req *r);
enum err counter_add_show(struct req *r);
enum err counter_add(struct req *r);
enum err counter_person(struct req *r);
enum err counter_verify(struct req *r);
enum err counter_slip(struct req *r);
extern const struct field counter_fields[];
