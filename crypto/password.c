/* One cost for everybody, in one place: raising it here re-hashes each password at its next use. */
#include "crypto/password.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

_Static_assert(sizeof(struct password) == crypto_pwhash_STRBYTES, "libsodium's length");

enum { PASSES = 2, MEMORY = 19 * 1024 * 1024 };

__attribute__((constructor)) static void start(void)
{
	if (sodium_init() < 0)
		abort();
}

enum err password_hash(struct str typed, struct password *out)
{
	struct password made;

	if (!typed.len || typed.len > PASSWORD_MAX)
		return ERR_INVALID;
	if (crypto_pwhash_str_alg(made.text, typed.at, typed.len, PASSES, MEMORY,
				  crypto_pwhash_ALG_ARGON2ID13) != 0)
		return ERR_BUSY;
	*out = made;
	return OK;
}

/* libsodium wants its 128 bytes, filled with zeros. */
static bool stored_form(struct str stored, struct password *out)
{
	*out = (struct password){ { 0 } };
	if (stored.len >= sizeof out->text || memchr(stored.at ? stored.at : "", 0, stored.len))
		return false;
	memcpy(out->text, stored.at ? stored.at : "", stored.len);
	return true;
}

bool password_verify(struct str stored, struct str typed)
{
	struct password p;

	return typed.len && typed.len <= PASSWORD_MAX && stored_form(stored, &p) &&
	       crypto_pwhash_str_verify(p.text, typed.at, typed.len) == 0;
}

bool password_pretend(struct str typed)
{
	/* A salt and digest of zero bytes: nobody knows a password for it. */
	bool matched = password_verify(S("$argon2id$v=19$m=19456,t=2,p=1$AAAAAAAAAAAAAAAAAAAAAA$"
					 "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"),
				       typed);

	return matched && false;
}

bool password_needs_rehash(struct str stored)
{
	struct password p;

	return !stored_form(stored, &p) ||
	       crypto_pwhash_str_needs_rehash(p.text, PASSES, MEMORY) != 0;
}

/* "m=19456" of the parameters: a number of at most `digits` digits between `name` and `end`. */
static const char *read_cost(const char *at, const char *name, size_t digits, char end,
			     unsigned long *out)
{
	size_t n = strlen(name);
	char *after;
	if (strncmp(at, name, n) != 0 || at[n] < '0' || at[n] > '9')
		return NULL;
	*out = strtoul(at + n, &after, 10);
	return *after == end && (size_t)(after - at) - n <= digits ? after + 1 : NULL;
}

bool password_is_bearable(struct str stored)
{
	static const char head[] = "$argon2id$v=19$", tail[] = "p=1$";
	struct password p;
	unsigned long kib, passes;
	const char *at;

	/* The cost is read the way libsodium reads it, and the whole must be one it can read. */
	return stored_form(stored, &p) && strncmp(p.text, head, sizeof head - 1) == 0 &&
	       (at = read_cost(p.text + sizeof head - 1, "m=", 7, ',', &kib)) &&
	       (at = read_cost(at, "t=", 2, ',', &passes)) &&
	       strncmp(at, tail, sizeof tail - 1) == 0 && kib <= 64 * 1024UL && passes <= 10 &&
	       crypto_pwhash_str_needs_rehash(p.text, PASSES, MEMORY) >= 0;
}
