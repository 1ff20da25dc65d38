/* A notice in words: the subject and text of an e-mail, a text message, a letter on paper. What goes over the
 * wires says little: the code of the matter, that there is news, where to read it; of a private matter
 * never what. */
#pragma once

#include "office/notice.h"
#include "web/req.h"

enum { SMS_MOST = 160 };

struct notice_letter {
	bool empty;    /* there is nothing to tell any more, or nowhere to send it */
	struct str to; /* an address, a telephone number */
	enum lang lang;
	struct str subject, text;
	struct str unsubscribe; /* "": it is owed */
};

/* As it goes by this way; r->house->base is the site's address. */
MUST_USE enum err notice_letter(struct req *r, const struct notice *n, enum notice_way way,
				struct notice_letter *out);
/* What happened, for whoever may read the matter: "Trả lời người gửi"; "" when nobody knows any more. */
struct str notice_words(struct req *r, const struct notice *n);
/* Plain letters, at most SMS_MOST of them: what a text message carries without a surcharge. */
struct str sms_plain(struct arena *a, struct str text);
