/* What handlers ask of a request. Every reply is only described here; the server sends it. */
#include "web/req.h"

#include "base/utf8.h"
#include "web/cookie.h"
#include "web/guard.h"
#include "web/house.h"

enum { VISITOR_DAYS = 30, SECONDS_A_DAY = 86400 };

struct instant house_now(const struct house *h)
{
	return h->now ? h->now(h->clock) : instant_now();
}

struct str req_param(const struct req *r, const char *name)
{
	return pairs_get(&r->params, str_of(name));
}

enum err req_id(struct req *r, const char *name, int64_t *out)
{
	int64_t id;
	if (!str_int(req_param(r, name), &id) || id <= 0)
		return ERR_NOT_FOUND;
	*out = id;
	return OK;
}

struct str req_query(const struct req *r, const char *name)
{
	return utf8_clean(r->mem, pairs_get(&r->query, str_of(name)));
}

int64_t req_query_int(const struct req *r, const char *name, int64_t least, int64_t most,
		      int64_t otherwise)
{
	int64_t n;
	return str_int(req_query(r, name), &n) && n >= least && n <= most ? n : otherwise;
}

struct date req_query_date(const struct req *r, const char *name, struct date otherwise)
{
	struct date d;
	return date_parse_any(req_query(r, name), &d) ? d : otherwise;
}

void req_header(struct req *r, struct str name, struct str value)
{
	if (r->reply.n < REPLY_HEADERS_MAX)
		r->reply.headers[r->reply.n++] = (struct pair){ name, value };
}

enum err req_redirect(struct req *r, struct url to)
{
	r->reply.status = 303;
	r->reply.kind = REPLY_BYTES;
	r->reply.type = S("text/plain; charset=utf-8");
	r->reply.bytes = S("");
	r->reply.keep = KEEP_NEVER;
	req_header(r, S("Location"), to.s);
	return OK;
}

enum err req_bytes(struct req *r, struct str type, struct str bytes)
{
	r->reply.kind = REPLY_BYTES;
	r->reply.type = type;
	r->reply.bytes = bytes;
	return OK;
}

/* RFC 6266: the plain name for old programs, the UTF-8 one for the others. */
static void offer(struct req *r, struct str name)
{
	struct buf b = { .a = r->mem };
	if (!name.len)
		return;
	buf_put(&b, S("attachment; filename=\""));
	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i];
		bool plain = c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '%';
		buf_putc(&b, plain ? c : '_');
	}
	buf_put(&b, S("\"; filename*=UTF-8''"));
	percent_encode(&b, name);
	req_header(r, S("Content-Disposition"), buf_str(&b));
}

enum err req_file(struct req *r, struct str type, struct str name, int fd, int64_t size)
{
	r->reply.kind = REPLY_FILE;
	r->reply.type = type;
	r->reply.fd = fd;
	r->reply.size = size;
	r->reply.sandbox = true;
	offer(r, name);
	return OK;
}

enum err req_stream(struct req *r, struct str type, struct str name, struct stream stream)
{
	r->reply.kind = REPLY_STREAM;
	r->reply.type = type;
	r->reply.stream = stream;
	offer(r, name);
	return OK;
}

enum err req_fault(struct req *r, const char *field, enum msg text)
{
	fault_add_msg(&r->faults, field, text);
	return ERR_INVALID;
}

enum err req_throttle(struct req *r, int rule, struct str key)
{
	struct str network = throttle_network(r->mem, r->client);
	struct str whole = str_printf(r->mem, "%.*s %.*s", STR_ARG(network), STR_ARG(key));
	int wait =
		throttle_take(r->house->throttle, (enum throttle_rule)rule, whole, instant_now());
	if (!wait)
		return OK;
	r->wait = wait;
	return ERR_BUSY;
}

int req_account_wait(struct req *r, int rule)
{
	struct str key = str_printf(r->mem, "account %lld", (long long)r->tx.who->person);
	return throttle_take(r->house->throttle, (enum throttle_rule)rule, key, instant_now());
}

static void set_cookie(struct req *r, struct str name, struct str value, int seconds)
{
	req_header(r, S("Set-Cookie"), cookie_set(r->mem, name, value, r->https, seconds, false));
}

void req_tie(struct req *r)
{
	if (r->session.len || r->visitor.len)
		return;
	r->visitor = cookie_random(r->mem, r->tx.rng);
	set_cookie(r, S(VISITOR_COOKIE), r->visitor, VISITOR_DAYS * SECONDS_A_DAY);
}

void req_session_start(struct req *r, struct str value, int seconds)
{
	set_cookie(r, S(SESSION_COOKIE), value, seconds);
}

void req_session_end(struct req *r)
{
	set_cookie(r, S(SESSION_COOKIE), S(""), -1);
	req_header(r, S("Clear-Site-Data"), S("\"cache\""));
}

struct url req_absolute(const struct req *r, struct url path)
{
	struct buf b = { .a = r->mem };
	if (r->house->base.len)
		buf_put(&b, r->house->base);
	else
		buf_printf(&b, "%s://%.*s", r->https ? "https" : "http", STR_ARG(r->ask->host));
	buf_put(&b, path.s);
	return (struct url){ buf_str(&b) };
}
