/* Secrets on their way: what was typed reaches the hash unchanged, what is remembered between two
 * steps is signed, and nothing of it is ever written into a page. */
#include "base/encode.h"
#include "crypto/hmac.h"
#include "web/cookie.h"
#include "web/house.h"
#include "web/sign_pages.h"

#include <inttypes.h>

#define PROOF_COOKIE "buoc-hai"
enum { PROOF_SECONDS = 300 };

static const struct {
	struct str name, fill;
	bool secret;
} fills[] = {
	{ S_INIT("login"), S_INIT("username"), false },
	{ S_INIT("password"), S_INIT("current-password"), true },
	{ S_INIT("old"), S_INIT("current-password"), true },
	{ S_INIT("fresh"), S_INIT("new-password"), true },
	{ S_INIT("again"), S_INIT("new-password"), true },
	{ S_INIT("code"), S_INIT("one-time-code"), false },
	{ S_INIT("slip"), S_INIT("off"), false },
};

struct str sign_fill(const struct form_field *f)
{
	for (size_t i = 0; i < LENGTH(fills); i++)
		if (str_eq(fills[i].name, f->name))
			return fills[i].fill;
	return S("");
}

bool sign_is_secret(const struct form_field *f)
{
	for (size_t i = 0; i < LENGTH(fills); i++)
		if (str_eq(fills[i].name, f->name))
			return fills[i].secret;
	return false;
}

struct str sign_typed(const struct req *r, const char *name)
{
	return pairs_get(&r->fields, str_of(name));
}

enum err sign_hash_new(struct req *r, struct str login, struct password *out)
{
	static const enum msg words[] = {
		[PASSWORD_SHORT] = MSG_SIGN_PASSWORD_SHORT,
		[PASSWORD_LONG] = MSG_SIGN_PASSWORD_LONG,
		[PASSWORD_IS_LOGIN] = MSG_SIGN_PASSWORD_IS_LOGIN,
		[PASSWORD_PLAIN] = MSG_SIGN_PASSWORD_PLAIN,
		[PASSWORD_NOT_TEXT] = MSG_SIGN_PASSWORD_PLAIN,
	};
	struct str fresh = sign_typed(r, "fresh");
	enum password_fault fault = password_judge(r->mem, fresh, login);
	if (fault)
		return req_fault(r, "fresh", words[fault]);
	if (!str_eq(fresh, sign_typed(r, "again")))
		return req_fault(r, "again", MSG_SIGN_AGAIN_DIFFERS);
	return password_hash(password_normal(r->mem, fresh), out);
}

enum err sign_open(struct req *r, const struct credential *c, struct str code)
{
	struct str cookie;
	enum err e = session_open(&r->tx, c, code, &cookie);
	if (!e)
		req_session_start(r, cookie, 0);
	return e;
}

enum err sign_throttle_person(struct req *r, int64_t person)
{
	struct str key = str_printf(r->mem, "person %" PRId64, person);
	r->wait = throttle_take(r->house->throttle, THROTTLE_ACCOUNT, key, instant_now());
	return r->wait ? ERR_BUSY : OK;
}

/* --- the proof between the steps --- */

static struct str seal(const struct req *r, struct str text)
{
	struct str whole = str_printf(r->mem, "second step\n%.*s", STR_ARG(text));
	struct hash h;
	hmac_sha256(r->house->secret, sizeof r->house->secret, whole.at, whole.len, &h);
	return hex_encode(r->mem, &h, sizeof h);
}

static void put_cookie(struct req *r, struct str value, int seconds)
{
	req_header(r, S("Set-Cookie"),
		   cookie_set(r->mem, S(PROOF_COOKIE), value, r->https, seconds, true));
}

void proof_give(struct req *r, const struct credential *c)
{
	struct str text = str_printf(r->mem, "%" PRId64 ".%" PRId64 ".%" PRId64, c->person,
				     c->generation, r->tx.now.ms / 1000 + PROOF_SECONDS);
	struct str value = str_printf(r->mem, "%.*s.%.*s", STR_ARG(text), STR_ARG(seal(r, text)));
	put_cookie(r, value, PROOF_SECONDS);
}

void proof_drop(struct req *r)
{
	put_cookie(r, S(""), -1);
}

enum err proof_read(const struct req *r, int64_t *person, int64_t *generation)
{
	struct str value =
		cookie_get(r->ask->cookie, cookie_name(r->mem, S(PROOF_COOKIE), r->https));
	struct str rest = value, part[4];
	struct hash given, right;
	int64_t until;
	for (size_t i = 0; i < LENGTH(part); i++)
		if (!str_next(&rest, '.', &part[i]))
			return ERR_NOT_FOUND;
	struct str text = str_cut(value, (size_t)(part[3].at - value.at) - 1);
	if (rest.at || !hex_decode(part[3], &given, sizeof given) ||
	    !hex_decode(seal(r, text), &right, sizeof right) || !hash_eq(&given, &right))
		return ERR_NOT_FOUND;
	if (!str_int(part[0], person) || !str_int(part[1], generation) ||
	    !str_int(part[2], &until) || r->tx.now.ms / 1000 > until)
		return ERR_NOT_FOUND;
	return OK;
}
