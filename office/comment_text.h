/* The words of a comment before anybody reads them: cleaned, counted, and looked at by rules. Pure. */
#pragma once

#include "base/buf.h"

/* As many code points as a comment may have, in NFC, a line break being one (utf8_length). */
enum { COMMENT_MOST = 500, COMMENT_NAME_MOST = 60 };

/* What is stored of what was typed: NFC, line breaks LF, no signs that turn the direction of the text
 * around, and no white space at its ends, of whichever script. Only white space gives "". */
struct str comment_clean(struct arena *a, struct str typed);
/* The same for a name: one line, single spaces. */
struct str comment_clean_name(struct arena *a, struct str typed);

/* Why somebody reads it before it is shown. Bits; their words in acts and exports are
 * comment_why_word's and are never changed. */
enum comment_why {
	COMMENT_WHY_SETTING = 1,  /* this site holds every comment */
	COMMENT_WHY_FIRST = 2,    /* nothing of this author has been shown yet */
	COMMENT_WHY_LINK = 4,     /* an address of the web */
	COMMENT_WHY_CONTACT = 8,  /* a telephone number, an e-mail address, a long run of digits */
	COMMENT_WHY_WAITING = 16, /* the author has too many that wait */
	COMMENT_WHY_AGAIN = 32,   /* the same words again */
	COMMENT_WHY_OFFICE = 64,  /* a name that sounds like an office */
};
enum { COMMENT_WHYS = 7, COMMENT_WAITING_MANY = 3 };

/* What of the past a rule looks at. */
struct comment_past {
	bool hold_all;   /* the setting of the site */
	bool shown;      /* something of the author has been shown before */
	int64_t waiting; /* of the author's, beside this one */
	bool again;      /* the author, or somebody at the same dossier, has said the same before */
};

/* The reasons, 0: it is shown at once. `name` is the display name, "" for none. */
unsigned comment_why(struct arena *a, struct str name, struct str text,
		     const struct comment_past *past);
/* Do two comments say the same? Letter case, accents, spaces and punctuation do not count. */
bool comment_same(struct arena *a, struct str x, struct str y);

/* "setting", "first", "link", "contact", "waiting", "again", "office". */
struct str comment_why_word(enum comment_why one);
