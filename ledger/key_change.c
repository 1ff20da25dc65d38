/* What is signed begins with a line that begins no checkpoint of any log, so that neither can be shown
 * as the other: the second line of a checkpoint is a number. */
#include "ledger/key_change.h"

#include "base/encode.h"
#include "base/json.h"

#include <string.h>

#define BEGINNING "{\"v\":1,\"act\":\"key."

static struct str text_of(struct arena *a, const struct vkey *k)
{
	struct buf b = { .a = a };

	buf_put_vkey(&b, k);
	return buf_str(&b);
}

static struct str vouched(struct arena *a, struct str key, struct str by)
{
	return str_printf(a, "dinh/key/1\n%.*s\n%.*s\n", STR_ARG(by), STR_ARG(key));
}

static void put_head(struct buf *b, const char *act, struct instant at, struct str key)
{
	buf_put(b, S("{\"v\":1"));
	json_key_str(b, "act", str_of(act));
	json_key_date(b, "on", instant_date(at));
	json_key_str(b, "at", instant_iso(b->a, at));
	json_key_str(b, "key", key);
}

void buf_put_key_rotated(struct buf *b, struct instant at, const struct vkey *key,
			 const struct vkey *by, const struct secret_key *secret)
{
	struct str fresh = text_of(b->a, key), old = text_of(b->a, by);
	struct str message = vouched(b->a, fresh, old);
	struct signature s;

	sign(secret, message.at, message.len, &s);
	put_head(b, "key.rotated", at, fresh);
	json_key_str(b, "by", old);
	json_key_str(b, "sig", base64_encode(b->a, s.b, sizeof s.b));
	buf_putc(b, '}');
}

void buf_put_key_retired(struct buf *b, struct instant at, const struct vkey *key)
{
	put_head(b, "key.retired", at, text_of(b->a, key));
	buf_putc(b, '}');
}

static bool log_key_of(struct str text, struct vkey *out)
{
	return vkey_parse(text, out) && out->type == KEY_LOG;
}

static bool rotated_read(struct arena *a, const struct json *j, struct key_change *c)
{
	struct str key = json_get_str(j, "key"), by = json_get_str(j, "by");
	struct str message = vouched(a, key, by);
	struct signature s;

	return log_key_of(by, &c->by) && str_eq(c->by.name, c->key.name) &&
	       base64_decode_exact(json_get_str(j, "sig"), s.b, sizeof s.b) &&
	       sign_verify(&c->by.key, message.at, message.len, &s);
}

bool key_change_read(struct arena *a, struct str entry, struct key_change *out)
{
	struct key_change c;
	struct json j;
	struct str why, act;

	/* Of the many entries of a log nearly all end here. */
	if (!str_starts(entry, S(BEGINNING)) || !json_parse(a, entry, &j, &why) ||
	    !log_key_of(json_get_str(&j, "key"), &c.key))
		return false;
	act = json_get_str(&j, "act");
	c.kind = str_eq(act, S("key.rotated")) ? KEY_ROTATED : KEY_RETIRED;
	c.by = c.key;
	if (c.kind == KEY_RETIRED ? !str_eq(act, S("key.retired")) : !rotated_read(a, &j, &c))
		return false;
	*out = c;
	return true;
}

bool vkey_eq(const struct vkey *x, const struct vkey *y)
{
	return x->type == y->type && str_eq(x->name, y->name) &&
	       memcmp(x->key.b, y->key.b, sizeof x->key.b) == 0;
}

static bool chain_has(const struct key_chain *c, const struct vkey *k)
{
	for (size_t i = 0; i < c->n; i++)
		if (vkey_eq(&c->at[i], k))
			return true;
	return false;
}

void key_chain_follow(struct key_chain *c, struct arena *a, struct str entry)
{
	struct key_change change;

	if (!str_starts(entry, S(BEGINNING)))
		return;
	struct arena *scratch = arena_new(0);
	if (key_change_read(scratch, entry, &change) && change.kind == KEY_ROTATED &&
	    chain_has(c, &change.by) && !chain_has(c, &change.key)) {
		if (c->n == KEY_CHAIN)
			memmove(c->at, c->at + 1, --c->n * sizeof c->at[0]);
		change.key.name = str_dup(a, change.key.name);
		c->at[c->n++] = change.key;
	}
	arena_free(scratch);
}
