/* What a browser is told besides the page: how to keep it, and what it may not do. */
#include "web/answer.h"

static const struct pair always[] = {
	{ S_INIT("X-Content-Type-Options"), S_INIT("nosniff") },
	{ S_INIT("Referrer-Policy"), S_INIT("same-origin") },
	{ S_INIT("Cross-Origin-Opener-Policy"), S_INIT("same-origin") },
	{ S_INIT("Cross-Origin-Resource-Policy"), S_INIT("same-origin") },
	{ S_INIT("Permissions-Policy"),
	  S_INIT("camera=(), geolocation=(), microphone=(), payment=(), usb=()") },
};

static struct str policy(const struct req *r)
{
	if (r->reply.kind == REPLY_FILE && r->reply.sandbox)
		return S("default-src 'none'; sandbox; frame-ancestors 'none'");
	if (r->has_script)
		return S("default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; "
			 "form-action 'self'; frame-ancestors 'none'; base-uri 'none'");
	return S("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
		 "frame-ancestors 'none'; base-uri 'none'");
}

bool answer_is_shared(const struct req *r)
{
	bool cookie = false;
	for (size_t i = 0; i < r->reply.n; i++)
		cookie |= str_eq(r->reply.headers[i].name, S("Set-Cookie"));
	return r->ask->method == GET && r->reply.status == 200 && r->reply.kind <= REPLY_BYTES &&
	       r->reply.keep == KEEP_AUTO && !r->session.len && !r->receipt.len && !r->has_form &&
	       !cookie && r->route && !r->route->uncached;
}

static struct str keeping(const struct req *r)
{
	switch (r->reply.keep) {
	case KEEP_FOREVER:
		return S("public, max-age=31536000, immutable");
	case KEEP_HOUR:
		return S("public, max-age=3600");
	case KEEP_NEVER:
		return S("no-store");
	case KEEP_CHECK:
		return S("no-cache");
	case KEEP_AUTO:
		break;
	}
	if (answer_is_shared(r))
		return S("no-cache");
	/* A visitor who goes back finds the form as it was left; of a member nothing stays behind. */
	bool personal = r->session.len || r->receipt.len;
	return r->has_form && !personal ? S("private, no-cache") : S("no-store");
}

size_t answer_headers(struct req *r, struct pair out[ANSWER_HEADERS])
{
	size_t n = 0;
	out[n++] = (struct pair){ S("Content-Type"), r->reply.kind == REPLY_PAGE
							     ? S("text/html; charset=utf-8")
							     : r->reply.type };
	out[n++] = (struct pair){ S("Cache-Control"), keeping(r) };
	out[n++] = (struct pair){ S("Content-Security-Policy"), policy(r) };
	for (size_t i = 0; i < LENGTH(always); i++)
		out[n++] = always[i];
	if (r->https)
		out[n++] = (struct pair){ S("Strict-Transport-Security"), S("max-age=31536000") };
	if (answer_is_shared(r))
		out[n++] = (struct pair){ S("Vary"), S("Cookie") };
	for (size_t i = 0; i < r->reply.n; i++)
		out[n++] = r->reply.headers[i];
	return n;
}
