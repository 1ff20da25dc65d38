/* Every proof is HMAC-SHA-256, cut to 128 bits, over the purpose, the tie and the text, each with its
 * length, so that no two purposes share a proof. */
#include "web/guard.h"

#include "base/encode.h"
#include "crypto/hmac.h"
#include "web/query.h"
#include "web/req.h"

#include <arpa/inet.h>
#include <string.h>

enum { RANDOM_BYTES = 16, PROOF_BYTES = 16 };

static struct str proof(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str purpose,
			struct str tie, struct str text)
{
	struct buf b = { .a = a };
	struct hash h;
	buf_printf(&b, "%zu:%.*s%zu:%.*s%zu:", purpose.len, STR_ARG(purpose), tie.len, STR_ARG(tie),
		   text.len);
	buf_put(&b, text);
	hmac_sha256(secret, SECRET_BYTES, b.at, b.len, &h);
	return hex_encode(a, h.b, PROOF_BYTES);
}

/* Takes the same time whatever the bytes. */
static bool same(struct str a, struct str b)
{
	unsigned char different = 0;
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		different |= (unsigned char)(a.at[i] ^ b.at[i]);
	return !different;
}

struct str cookie_random(struct arena *a, struct rng *rng)
{
	uint8_t bytes[COOKIE_BYTES];
	rng_bytes(rng, bytes, sizeof bytes);
	return hex_encode(a, bytes, sizeof bytes);
}

struct str token_make(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str tie,
		      struct rng *rng)
{
	uint8_t bytes[RANDOM_BYTES];
	rng_bytes(rng, bytes, sizeof bytes);
	struct str once = hex_encode(a, bytes, sizeof bytes);
	struct str p = proof(a, secret, S("form"), tie, once);
	return str_printf(a, "%.*s.%.*s", STR_ARG(once), STR_ARG(p));
}

bool token_read(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str tie,
		struct str token, struct str *once)
{
	struct str rest = token, random;
	uint8_t bytes[RANDOM_BYTES];
	if (!str_next(&rest, '.', &random) || !rest.at ||
	    !hex_decode(random, bytes, sizeof bytes) || !tie.len ||
	    !same(rest, proof(a, secret, S("form"), tie, random)))
		return false;
	*once = random;
	return true;
}

struct str kept_make(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str tie,
		     const struct file_ref *file)
{
	struct buf b = { .a = a };
	buf_put(&b, file->sha256);
	buf_putc(&b, '/');
	buf_put_int(&b, file->size);
	buf_putc(&b, '/');
	percent_encode(&b, file->type);
	buf_putc(&b, '/');
	percent_encode(&b, file->name);
	struct str p = proof(a, secret, S("kept"), tie, buf_str(&b));
	return str_printf(a, "%.*s/%.*s", STR_ARG(p), STR_ARG(buf_str(&b)));
}

bool kept_read(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str tie, struct str text,
	       struct file_ref *out)
{
	struct str rest = text, p, size, type, name;
	struct file_ref file;
	if (!str_next(&rest, '/', &p) || !rest.at || !tie.len ||
	    !same(p, proof(a, secret, S("kept"), tie, rest)))
		return false;
	if (!str_next(&rest, '/', &file.sha256) || !str_next(&rest, '/', &size) ||
	    !str_next(&rest, '/', &type) || !str_next(&rest, '/', &name) ||
	    !str_int(size, &file.size) || !percent_decode(a, type, false, false, &file.type) ||
	    !percent_decode(a, name, false, false, &file.name))
		return false;
	*out = file;
	return true;
}

static struct str feed_words(struct arena *a, int64_t person, int64_t generation)
{
	return str_printf(a, "%lld-%lld", (long long)person, (long long)generation);
}

struct str letter_key_make(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str what,
			   int64_t person, int64_t n)
{
	struct str words = feed_words(a, person, n);
	struct str p = proof(a, secret, what, S(""), words);
	return str_printf(a, "%.*s-%.*s", STR_ARG(words), STR_ARG(p));
}

bool letter_key_read(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str what,
		     struct str key, int64_t *person, int64_t *n)
{
	struct str rest = key, first = S(""), second = S("");
	int64_t who, which;
	if (!str_next(&rest, '-', &first) || !str_next(&rest, '-', &second) || !rest.at ||
	    !str_int(first, &who) || !str_int(second, &which) || who < 1 || which < 1 ||
	    !same(rest, proof(a, secret, what, S(""), feed_words(a, who, which))))
		return false;
	*person = who;
	*n = which;
	return true;
}

struct str feed_key_make(struct arena *a, const uint8_t secret[SECRET_BYTES], int64_t person,
			 int64_t generation)
{
	return letter_key_make(a, secret, S("feed"), person, generation);
}

bool feed_key_read(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str key,
		   int64_t *person, int64_t *generation)
{
	return letter_key_read(a, secret, S("feed"), key, person, generation);
}

static struct str pass_words(struct arena *a, struct str code, struct instant made_at)
{
	return str_printf(a, "%.*s.%lld", STR_ARG(code), (long long)made_at.ms);
}

struct str receipt_pass_make(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str code,
			     struct instant made_at)
{
	struct str words = pass_words(a, code, made_at);
	struct str p = proof(a, secret, S("receipt"), S(""), words);
	return str_printf(a, "%.*s.%.*s", STR_ARG(words), STR_ARG(p));
}

bool receipt_pass_read(struct arena *a, const uint8_t secret[SECRET_BYTES], struct str pass,
		       struct str *code, struct instant *made_at)
{
	struct str rest = pass, when = S("");
	struct instant at;
	if (!str_next(&rest, '.', code) || !str_next(&rest, '.', &when) || !rest.at ||
	    !str_int(when, &at.ms) ||
	    !same(rest, proof(a, secret, S("receipt"), S(""), pass_words(a, *code, at))))
		return false;
	*made_at = at;
	return true;
}

bool guard_same_origin(const struct ask *ask, struct str host)
{
	struct str origin = ask->origin;
	if (ask->fetch_site.len)
		return str_eq(ask->fetch_site, S("same-origin")) ||
		       str_eq(ask->fetch_site, S("none"));
	if (!origin.len)
		return true;
	if (str_starts(origin, S("https://")))
		origin = str_from(origin, 8);
	else if (str_starts(origin, S("http://")))
		origin = str_from(origin, 7);
	else
		return false;
	return str_eq(origin, host);
}

static bool is_address(struct str s)
{
	char text[INET6_ADDRSTRLEN];
	struct in6_addr v6;
	if (s.len >= sizeof text)
		return false;
	memcpy(text, s.at, s.len);
	text[s.len] = 0;
	return inet_pton(AF_INET, text, &v6) == 1 || inet_pton(AF_INET6, text, &v6) == 1;
}

static bool listed(const struct strs *list, struct str s)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->at[i], s))
			return true;
	return false;
}

struct str guard_client(struct arena *a, const struct ask *ask, const struct strs *proxies,
			bool *https)
{
	struct str client = ask->peer, rest = ask->forwarded_for;
	*https = false;
	if (!listed(proxies, ask->peer))
		return client;
	*https = str_eq(ask->forwarded_proto, S("https"));
	while (rest.len && rest.len <= QUERY_MAX) {
		size_t at = rest.len;
		while (at && rest.at[at - 1] != ',')
			at--;
		struct str last = str_trim(str_from(rest, at));
		if (!is_address(last))
			break;
		client = str_dup(a, last);
		if (!listed(proxies, last))
			break;
		rest = str_cut(rest, at ? at - 1 : 0);
	}
	return client;
}

bool guard_is_loopback(struct str address)
{
	return str_starts(address, S("127.")) || str_eq(address, S("::1")) ||
	       str_starts(address, S("::ffff:127."));
}

bool guard_is_host(struct str host)
{
	size_t i = 0;
	if (host.len && host.at[0] == '[') {
		for (i = 1; i < host.len && host.at[i] != ']'; i++)
			if (!strchr("0123456789abcdefABCDEF:.", host.at[i]))
				return false;
		if (i++ >= host.len)
			return false;
	} else {
		for (; i < host.len && host.at[i] != ':'; i++) {
			char c = host.at[i];
			bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
				    (c >= '0' && c <= '9') || c == '-' || c == '.';
			if (!good)
				return false;
		}
	}
	if (!i || host.len > 255 || host.at[0] == '.' || host.at[0] == '-')
		return false;
	if (i == host.len)
		return true;
	struct str port = str_from(host, i + 1);
	int64_t n;
	return host.at[i] == ':' && port.len <= 5 && str_int(port, &n) && n > 0 && n < 65536;
}

struct str ref_make(struct arena *a, struct rng *rng)
{
	uint8_t bytes[5];
	struct buf b = { .a = a };
	rng_bytes(rng, bytes, sizeof bytes);
	buf_put_base32(&b, bytes, sizeof bytes);
	return str_printf(a, "R-%.4s-%.2s", b.at, b.at + 4);
}
