/* What an office that sent a petition on reads of it: where it went and what comes next; the replies to it,
 * their text and files after a reason was recorded (office/access.h). */
#pragma once

#include "office/dossier.h"
#include "web/form.h"
#include "web/parts.h"
#include "web/req.h"

struct petition_reply_shown {
	struct kvs facts; /* who, when, which number; its files once it is open */
	struct str told;  /* "": not open */
};
struct petition_sent_on_page {
	struct frame *frame;
	struct str code;
	struct banner banner;
	struct {
		struct kvs *at;
		size_t n;
	} passings;
	struct {
		struct petition_reply_shown *at;
		size_t n;
	} replies;
	const struct form
		*form;    /* asks for the reason; NULL: there is nothing to open, or it is open */
	struct link back; /* text "": there is none */
};
struct petition_news_part {
	struct items items;
};

/* GET, POST /ho-so/{code}/da-chuyen; ERR_NOT_FOUND for everybody else than petition_sent_on.h says. */
enum err petition_sent_on_show(struct req *r);
enum err petition_sent_on_open(struct req *r);
/* GET /ho-so/{code}/da-chuyen/{sha256}: a file of such a reply. */
enum err petition_sent_on_file(struct req *r);
/* That page's address, for whoever may read it and has no more of the matter. */
bool petition_sent_on_url(struct req *r, const struct dossier *d, struct url *out);
/* Under the queue: the replies of late; nothing where there are none. */
enum err petition_sent_on_news(struct req *r);
