/* The body of a POST, as it arrives: fields stay in the request's arena within bounds, files go to
 * unnamed places on disk while they are hashed, so that a large upload costs no memory and the
 * writer never waits for one. */
#pragma once

#include "crypto/hash.h"
#include "web/query.h"

struct file_ref;

struct upload {
	struct str field; /* the form field it came with */
	struct str name;  /* as sent, without folders */
	struct str type;  /* as claimed; look inside before believing it */
	int64_t size;
	bool too_large; /* more than one file may weigh: the rest was thrown away, the form was not */
	struct hash sha256;
	const char
		*path; /* a file in the folder given; removed when the arena dies, if still there */
	/* Once form_keep has looked into it: what it became, or why it is not taken. */
	const struct file_ref *kept;
	struct str refused;
};
struct uploads {
	struct upload *at;
	size_t n;
};

struct body_limits {
	size_t fields; /* bytes of all names and values together */
	int64_t file; /* bytes of one file; 0: files are refused; what a file has more is dropped */
	int64_t files; /* bytes of all files together */
	size_t file_count;
	const char *dir; /* where files are put while they are read */
};

enum body_fault {
	BODY_FINE,
	BODY_MALFORMED, /* 400 */
	BODY_TOO_LARGE, /* 413 */
	BODY_FOREIGN,   /* 415: neither of the two types of forms */
	BODY_DISK,      /* 500 or 503: errno says why */
};

struct body;

/* `type` is the Content-Type header. */
MUST_USE enum body_fault body_new(struct arena *a, struct str type,
				  const struct body_limits *limits, struct body **out);
MUST_USE enum body_fault body_feed(struct body *b, struct str bytes);
/* After the last byte. A file field left empty gives no upload. Uploads stay open no longer. */
MUST_USE enum body_fault body_end(struct body *b, struct pairs *fields, struct uploads *uploads);

/* Removes what was being received when the server was killed. No body may be under way. */
void body_sweep(const char *dir);
