/* One thread and a handful of connections. A message may be cut into two reads and the word be missed;
 * the messages here are small and go as one. */
#include "tests/relay.h"

#include "tests/test_db.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { PAIRS = 16, NO_CUT = -1 };

struct pair {
	int client, server; /* -1: closed */
	bool committing;    /* the answer is to be lost */
};

struct relay {
	struct str url, folder;
	struct sockaddr_un here, there;
	int listening;
	pthread_t thread;
	_Atomic int cut;
	_Atomic bool stop;
	struct pair pairs[PAIRS];
};

static void hang_up(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void welcome(struct relay *r)
{
	struct pair p = { .client = accept(r->listening, NULL, NULL), .server = -1 };

	if (p.client >= 0) {
		p.server = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
		for (int i = 0; i < PAIRS; i++)
			if (r->pairs[i].client < 0 && r->pairs[i].server < 0 &&
			    !connect(p.server, (struct sockaddr *)&r->there, sizeof r->there)) {
				r->pairs[i] = p;
				return;
			}
	}
	hang_up(&p.client);
	hang_up(&p.server);
}

static void pass(int *from, int *to, const char *at, size_t n)
{
	if (write(*to, at, n) != (ssize_t)n) {
		hang_up(from);
		hang_up(to);
	}
}

static void from_client(struct relay *r, struct pair *p)
{
	char at[65536];
	ssize_t n = read(p->client, at, sizeof at);
	int cut = NO_CUT;

	if (n <= 0) {
		hang_up(&p->client);
		hang_up(&p->server);
		return;
	}
	if (memmem(at, (size_t)n, "COMMIT", sizeof "COMMIT"))
		cut = atomic_exchange(&r->cut, NO_CUT);
	if (cut == RELAY_BEFORE)
		hang_up(&p->server);
	else if (cut != RELAY_HELD)
		pass(&p->client, &p->server, at, (size_t)n);
	if (cut == RELAY_AFTER)
		p->committing = true;
	else if (cut != NO_CUT)
		hang_up(&p->client); /* the server's end stays open unless it was closed above */
}

static void from_server(struct pair *p)
{
	char at[65536];
	ssize_t n = read(p->server, at, sizeof at);

	if (n <= 0 || (p->committing && memmem(at, (size_t)n, "COMMIT", sizeof "COMMIT"))) {
		hang_up(&p->client);
		hang_up(&p->server);
	} else if (p->client >= 0) {
		pass(&p->server, &p->client, at, (size_t)n);
	}
}

static void *live(void *relay)
{
	struct relay *r = relay;

	while (!r->stop) {
		struct pollfd look[1 + 2 * PAIRS] = { { r->listening, POLLIN, 0 } };
		for (int i = 0; i < PAIRS; i++) {
			look[1 + 2 * i] = (struct pollfd){ r->pairs[i].client, POLLIN, 0 };
			look[2 + 2 * i] = (struct pollfd){ r->pairs[i].server, POLLIN, 0 };
		}
		if (poll(look, LENGTH(look), 20) <= 0)
			continue;
		for (int i = 0; i < PAIRS; i++) {
			if (look[1 + 2 * i].revents && r->pairs[i].client >= 0)
				from_client(r, &r->pairs[i]);
			if (look[2 + 2 * i].revents && r->pairs[i].server >= 0)
				from_server(&r->pairs[i]);
		}
		if (look[0].revents)
			welcome(r);
	}
	return NULL;
}

static void stop(void *relay)
{
	struct relay *r = relay;

	r->stop = true;
	pthread_join(r->thread, NULL);
	for (int i = 0; i < PAIRS; i++) {
		hang_up(&r->pairs[i].client);
		hang_up(&r->pairs[i].server);
	}
	hang_up(&r->listening);
	unlink(r->here.sun_path);
}

static void socket_in(struct sockaddr_un *out, struct str folder)
{
	out->sun_family = AF_UNIX;
	snprintf(out->sun_path, sizeof out->sun_path, "%.*s/.s.PGSQL.5432", STR_ARG(folder));
}

struct relay *relay_start(struct str url)
{
	struct arena *a = test_arena();
	struct relay *r = NEW(a, struct relay);
	struct str folder = { 0 };

	for (struct str rest = url, part; str_next(&rest, '&', &part);) {
		struct str after = part;
		str_next(&after, '?', &part);
		part = after.len ? after : part;
		if (str_starts(part, S("host=/")))
			folder = str_from(part, strlen("host="));
	}
	if (!folder.len)
		SKIP("the server does not listen on a socket in a folder");
	socket_in(&r->there, folder);
	r->folder = str_of(test_dir());
	socket_in(&r->here, r->folder);
	/* Of two hosts the last one counts. */
	r->url = str_printf(a, "%.*s&host=%.*s", STR_ARG(url), STR_ARG(r->folder));
	r->cut = NO_CUT;
	for (int i = 0; i < PAIRS; i++)
		r->pairs[i] = (struct pair){ .client = -1, .server = -1 };
	r->listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (r->listening < 0 || bind(r->listening, (struct sockaddr *)&r->here, sizeof r->here) ||
	    listen(r->listening, PAIRS) || pthread_create(&r->thread, NULL, live, r))
		FAIL("%s: %m", r->here.sun_path);
	arena_defer(a, stop, r);
	return r;
}

struct str relay_url(const struct relay *r)
{
	return r->url;
}

struct str relay_folder(const struct relay *r)
{
	return r->folder;
}

void relay_cut(struct relay *r, enum relay_cut how)
{
	r->cut = (int)how;
}

/* As of a machine that is down: nobody listens. */
void relay_refuse(struct relay *r, bool refuse)
{
	char aside[sizeof r->here.sun_path + sizeof ".aside"];

	snprintf(aside, sizeof aside, "%s.aside", r->here.sun_path);
	if (refuse ? rename(r->here.sun_path, aside) : rename(aside, r->here.sun_path))
		FAIL("%s: %m", aside);
}
