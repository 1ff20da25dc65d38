/* Two pages that tell: what may be taken away as data, and what the words of the site mean. */
#pragma once

#include "web/parts.h"
#include "web/req.h"

struct data_row {
	struct str name, what;
	struct links files;
};
struct data_page {
	struct frame *frame;
	struct {
		struct data_row *at;
		size_t n;
	} rows;
	struct links tables; /* of the law */
	struct strs keys;    /* of the log, the newest first; two while they change */
	struct url verify;
};

struct help_word {
	struct str id, means;
	struct tag tag;
};
struct help_page {
	struct frame *frame;
	struct {
		struct help_word *at;
		size_t n;
	} words;
	struct url verify, due, data;
	struct links doors; /* of the six things people do, those that this site serves */
	struct str later;   /* the others; "": none */
};

/* GET /du-lieu, /du-lieu/luat/{file}, /tro-giup */
enum err data_show(struct req *r);
enum err data_table(struct req *r);
enum err help_show(struct req *r);

/* Where a status word is explained: "/tro-giup#qua-han". The ids never change once released. */
struct url help_url(struct req *r, const char *id);
