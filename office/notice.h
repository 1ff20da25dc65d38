/* Notices (thông báo): what people are told of their matters. A notice is written in the transaction of the
 * act that it tells of, so that none is lost and none is told twice (office/step.c calls notice_of_act). It
 * holds whom it is for, never where he is reached: addresses stand where they are kept and erased (the
 * wishes of an account, the sealed content of a matter) and are looked up when it is sent.
 *
 *     legal    always: the receipt, the answer, a refusal, a transfer
 *     mine     unless somebody switched it off: a slot that was booked, a comment that was answered
 *     digest   once a week, of what somebody follows; none when nothing is new
 *
 * Which act tells whom is said by tables: a kind has a class (`notices`), and a step that opens a matter or
 * moves it on is told to its author, unless he took it himself; a step's own `notice` says otherwise.
 * Nobody is told of what is sealed. */
#pragma once

#include "office/dossier.h"

enum notice_way { NOTICE_EMAIL, NOTICE_SMS, NOTICE_WAYS };
enum { NOTICE_BY_EMAIL = 1 << NOTICE_EMAIL, NOTICE_BY_SMS = 1 << NOTICE_SMS };

enum notice_state {
	NOTICE_WAITING,
	NOTICE_SENT,     /* taken by the mail server or the gateway */
	NOTICE_REFUSED,  /* by the other end, for good */
	NOTICE_GIVEN_UP, /* tried too often, or for too long */
	NOTICE_EMPTY,    /* there was nothing to tell, or nowhere to send it, when its turn came */
	NOTICE_STATES
};

/* For an act just stored: its author, or whoever left a contact, is told as the tables say. */
MUST_USE enum err notice_of_act(struct tx *tx, const struct dossier *d, const struct act *act);
/* Whoever was told of it is forgotten, and what still waits is not sent: it is sealed from now on. */
MUST_USE enum err notice_forget(struct tx *tx, int64_t dossier);
/* For an act on the matter above: tells the authors of those of its own of this kind that stand in one of
 * `states`. */
MUST_USE enum err notice_below(struct tx *tx, const struct dossier *parent, const struct act *act,
			       const struct kind *kind, unsigned states);

/* --- Where somebody is reached --- */

struct notice_wish {
	struct str email; /* "": none */
	bool proved;
	int64_t mine, digest; /* bits of ways */
	enum lang lang;
	struct instant changed_at;
};
/* What holds for who never said anything: his own matters and the digest by e-mail, once there is one. */
MUST_USE enum err notice_wish_load(struct tx *tx, int64_t person, struct notice_wish *out);
/* By the person. A new address has to be proved again, by the link of a letter that this queues. `key` is of the
 * site and not in its database: under it the letters to an address are counted. ERR_INVALID: it is none. */
MUST_USE enum err notice_wish_save(struct tx *tx, const struct notice_wish *w, struct str key);
/* Between two letters that ask an account, or an address, for proof; and how many an address is sent in a day
 * at most, whoever asks. */
enum {
	NOTICE_PROOF_MS = 10 * 60 * 1000,
	NOTICE_PROOFS_A_DAY = 3,
	NOTICE_DAY_MS = 24 * 3600 * 1000
};
/* When the letter that waits will go; { 0 }: none waits for a time to come. */
MUST_USE enum err notice_proof_at(struct tx *tx, int64_t person, struct instant *out);
/* By whoever has the link that was sent there: of the wishes of that moment. ERR_NOT_FOUND: others stand by
 * now. */
MUST_USE enum err notice_wish_prove(struct tx *tx, int64_t person, struct instant changed_at);
/* By whoever has the link of a letter; NOTICE_MINE or NOTICE_DIGEST. */
MUST_USE enum err notice_wish_stop(struct tx *tx, int64_t person, enum notice_class class);

struct notice_reach {
	struct str at[NOTICE_WAYS]; /* "": not that way */
	enum lang lang;
};
/* Of an account (`person`), and where it says nothing, or there is none, of the contact left with the matter: a
 * text of his own in which an e-mail address and a telephone number are looked for. `d` may be NULL. */
MUST_USE enum err notice_reach(struct tx *tx, int64_t person, const struct dossier *d,
			       struct notice_reach *out);
/* The same of the text alone. */
void notice_read_contact(struct arena *a, struct str contact, struct notice_reach *out);

/* --- For pages --- */

struct notice_sent {
	bool made; /* it goes this way at all */
	enum notice_state state;
	struct instant changed_at;
	struct str why;
};
struct notice {
	int64_t id, act, dossier, person;
	enum notice_class class;
	struct date since; /* of a digest */
	struct instant made_at;
	const struct step *step; /* of the act; NULL: a digest, or of a kind that is gone */
	struct str code;         /* of the matter */
	struct notice_sent ways[NOTICE_WAYS];
};
struct notices {
	struct notice *at;
	size_t n;
	bool more;
};
enum { NOTICES_SHOWN = 20 };
/* Of a matter, of a person: the newest first, those before `before` (0: from the newest); at most
 * NOTICES_SHOWN. Who may read them the caller has asked. */
MUST_USE enum err notice_list(struct tx *tx, int64_t dossier, int64_t before, struct notices *out);
MUST_USE enum err notice_list_person(struct tx *tx, int64_t person, int64_t before,
				     struct notices *out);
MUST_USE enum err notice_load(struct tx *tx, int64_t id, struct notice *out);
