/* A client of HTTP/1.1 for tests: sends bytes exactly as given, reads what comes back. */
#pragma once

#include "base/buf.h"

struct http_reply {
	int status;      /* 0: the other end closed without an answer */
	struct str head; /* status line and headers, as sent */
	struct str body; /* without the marks of chunks */
	bool broken;     /* the body ended before it was whole */
};

/* A socket connected to 127.0.0.1, with a bound on how long anything may take; -1 on failure. */
int http_connect(int port);
bool http_send(int fd, struct str bytes);
/* The next answer on the connection. `head_only`: it answers a HEAD. */
struct http_reply http_read(struct arena *a, int fd, bool head_only);
/* Did the other end close? */
bool http_closed(int fd);
/* A header's value by its name, any case; "" when it is missing. The nth of that name. */
struct str http_header(const struct http_reply *r, const char *name, int nth);
/* One request on a connection of its own. */
struct http_reply http_ask(struct arena *a, int port, struct str request, bool head_only);
