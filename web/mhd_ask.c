/* What came, gathered in one walk over the headers. What two programs could read in two ways is
 * malformed: it is how one request is smuggled inside another. */
#include "web/mhd.h"

#include <arpa/inet.h>
#include <string.h>
#include <strings.h>

struct heads {
	struct ask *ask;
	int hosts, lengths, transfers, cookies;
	bool malformed;
};

static bool named(const char *name, size_t len, struct str wanted)
{
	return len == wanted.len && strncasecmp(name, wanted.at, len) == 0;
}

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *name,
				 size_t name_len, const char *at, size_t len)
{
	struct heads *h = cls;
	struct ask *ask = h->ask;
	struct str value = { at ? at : "", at ? len : 0 };
	(void)kind;
	for (size_t i = 0; i < value.len; i++)
		if ((unsigned char)value.at[i] < 0x20 && value.at[i] != '\t')
			h->malformed = true;
	if (named(name, name_len, S("Host"))) {
		ask->host = value;
		h->hosts++;
	} else if (named(name, name_len, S("Cookie"))) {
		ask->cookie = value;
		h->cookies++;
	} else if (named(name, name_len, S("Content-Length"))) {
		h->malformed |= !str_int(value, &ask->length) || ask->length < 0;
		h->lengths++;
	} else if (named(name, name_len, S("Transfer-Encoding"))) {
		h->malformed |= !named(value.at, value.len, S("chunked"));
		h->transfers++;
	} else if (named(name, name_len, S("Content-Type"))) {
		ask->type = value;
	} else if (named(name, name_len, S("Origin"))) {
		ask->origin = value;
	} else if (named(name, name_len, S("Sec-Fetch-Site"))) {
		ask->fetch_site = value;
	} else if (named(name, name_len, S("If-None-Match"))) {
		ask->none_match = value;
	} else if (named(name, name_len, S("X-Forwarded-For"))) {
		ask->forwarded_for = value;
	} else if (named(name, name_len, S("X-Forwarded-Proto"))) {
		ask->forwarded_proto = value;
	}
	return MHD_YES;
}

static void read_peer(struct call *c)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(c->at, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
	const struct sockaddr *a = info ? info->client_addr : NULL;
	c->peer[0] = 0;
	if (a && a->sa_family == AF_INET)
		inet_ntop(AF_INET, &((const struct sockaddr_in *)(const void *)a)->sin_addr,
			  c->peer, sizeof c->peer);
	else if (a && a->sa_family == AF_INET6)
		inet_ntop(AF_INET6, &((const struct sockaddr_in6 *)(const void *)a)->sin6_addr,
			  c->peer, sizeof c->peer);
}

/* Two lengths, or a length beside chunks, are how one request is smuggled inside another. */
void ask_read(struct call *c, const char *method)
{
	struct str rest = { c->uri, c->uri_len <= URI_MAX ? c->uri_len : 0 }, part;
	struct heads h = { .ask = &c->ask };
	c->ask = (struct ask){
		.method = strcmp(method, "GET") == 0 || strcmp(method, "HEAD") == 0 ? GET
			  : strcmp(method, "POST") == 0                             ? POST
										    : METHOD_OTHER,
		.head = strcmp(method, "HEAD") == 0,
		.path = S(""),
		.query = S(""),
		.host = S(""),
		.cookie = S(""),
		.origin = S(""),
		.fetch_site = S(""),
		.type = S(""),
		.none_match = S(""),
		.forwarded_for = S(""),
		.forwarded_proto = S(""),
		.length = -1,
	};
	MHD_get_connection_values_n(c->at, MHD_HEADER_KIND, on_header, &h);
	read_peer(c);
	c->ask.peer = str_of(c->peer);
	if (str_next(&rest, '#', &part))
		rest = part;
	if (str_next(&rest, '?', &part)) {
		c->ask.path = part;
		c->ask.query = rest.at ? rest : S("");
	}
	c->malformed = h.malformed || h.hosts > 1 || h.cookies > 1 || h.lengths > 1 ||
		       h.transfers > 1 || (h.lengths && h.transfers);
}
