/* A letter by e-mail as RFC 5322 has it: one page of plain text in UTF-8, its lines short, its headers in
 * ASCII. Nothing that somebody typed can add a header or an addressee: what could is refused in addresses
 * and becomes a space elsewhere. */
#pragma once

#include "base/buf.h"
#include "base/date.h"

enum { MAIL_ADDRESS_MOST = 254 };

/* "ten.toi@vi-du.vn": plain ASCII, no quotes, no comments, a domain with a dot or "localhost". */
bool mail_address_ok(struct str s);

struct mail {
	struct str from_name, from, to; /* addresses that mail_address_ok accepts */
	struct str subject, text;       /* UTF-8; lines of the text end with LF */
	struct str id;                  /* "abc@vi-du.vn": the same each time it is sent */
	struct instant date;
	struct str unsubscribe; /* an address that needs no signing in; "": a letter that is owed */
};

/* False, and nothing written: an address or the id is none. */
MUST_USE bool mail_write(struct buf *out, const struct mail *m);
