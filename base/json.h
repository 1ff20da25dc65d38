/* JSON: a writer whose bytes are canonical (keys in the order written, no spaces), and a reader of
 * other people's text into a tree that lives in the arena. */
#pragma once

#include "base/buf.h"
#include "base/date.h"

/* --- Writing: put what you mean between `{` and `}` yourself; commas come from json_key. --- */
void json_str(struct buf *b, struct str s);    /* "..." escaped; invalid UTF-8 becomes U+FFFD */
void json_key(struct buf *b, const char *key); /* [,]"key": */
void json_key_str(struct buf *b, const char *key, struct str s);
void json_key_int(struct buf *b, const char *key, int64_t n);
void json_key_bool(struct buf *b, const char *key, bool v);
void json_key_date(struct buf *b, const char *key, struct date d); /* null when not set */
void json_comma(struct buf *b); /* a comma unless a bracket or a colon stands before */

/* --- Reading --- */
enum json_kind { J_NULL, J_TRUE, J_FALSE, J_INT, J_REAL, J_STR, J_LIST, J_OBJECT };

struct json_member;
struct json {
	enum json_kind kind;
	int64_t n;                   /* J_INT */
	struct str s;                /* J_STR */
	size_t count;                /* J_LIST, J_OBJECT */
	struct json *items;          /* J_LIST */
	struct json_member *members; /* J_OBJECT, in order of appearance */
};
struct json_member {
	struct str key;
	struct json value;
};

/* At most 8 MiB and 64 levels; duplicate keys are refused. false leaves a short reason in `why`. */
MUST_USE bool json_parse(struct arena *a, struct str text, struct json *out, struct str *why);
/* A member of an object; J_NULL when there is none or `j` is no object. Never NULL. */
const struct json *json_get(const struct json *j, const char *key);
struct str json_get_str(const struct json *j, const char *key); /* "" when missing or not text */
int64_t json_get_int(const struct json *j, const char *key);    /* 0 when missing or no integer */
bool json_get_bool(const struct json *j, const char *key);
struct date json_get_date(const struct json *j, const char *key); /* NO_DATE when missing or bad */
