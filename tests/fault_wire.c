/* One thread carries bytes both ways and reads the messages as they pass: a byte for the kind and four
 * for the length, but for the very first, which has no kind. A request ends in a query (Q) or a Sync (S);
 * its answer ends in ReadyForQuery (Z). */
#include "tests/fault_wire.h"

#include "tests/test.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

enum { CONNECTIONS = 16, PIECE = 65536 };

/* Where in the stream of one side we are. */
struct side {
	int fd;
	bool begun; /* the first message has passed */
	unsigned char head[5];
	size_t have;   /* of the head */
	uint32_t left; /* of the body */
};

struct connection {
	struct side program, server;
	bool deaf; /* the answer under way is thrown away, and then the connection */
};

static struct {
	pthread_mutex_t lock;
	enum wire_fault kind;
	int64_t at, count;
	bool hit;
} wire = { .lock = PTHREAD_MUTEX_INITIALIZER };

static int listener = -1;
static char place[64], to[108];
static struct connection all[CONNECTIONS];

static void address(struct sockaddr_un *sun, const char *folder)
{
	*sun = (struct sockaddr_un){ .sun_family = AF_UNIX };
	snprintf(sun->sun_path, sizeof sun->sun_path, "%.90s/.s.PGSQL.5432", folder);
}

static void hang_up(struct connection *c)
{
	close(c->program.fd);
	close(c->server.fd);
	*c = (struct connection){ .program.fd = -1, .server.fd = -1 };
}

static bool send_all(int fd, const unsigned char *at, size_t n)
{
	while (n) {
		ssize_t sent = send(fd, at, n, MSG_NOSIGNAL);
		if (sent <= 0)
			return false;
		at += sent;
		n -= (size_t)sent;
	}
	return true;
}

/* Past what of one message lies in these bytes. True when it ends there; its kind is head[0]. */
static bool message(struct side *s, const unsigned char **at, const unsigned char *end)
{
	size_t head = s->begun ? 5 : 4;

	while (s->have < head && *at < end)
		s->head[s->have++] = *(*at)++;
	if (s->have < head)
		return false;
	if (s->have == head) {
		const unsigned char *n = s->head + head - 4;
		s->left = ((uint32_t)n[0] << 24 | n[1] << 16 | n[2] << 8 | n[3]) - 4;
		s->have++;
	}
	size_t here = (size_t)(end - *at) < s->left ? (size_t)(end - *at) : s->left;
	*at += here;
	s->left -= (uint32_t)here;
	if (s->left)
		return false;
	if (!s->begun)
		s->head[0] = 0;
	s->begun = true;
	s->have = 0;
	return true;
}

/* What shall happen to the request that ends here. */
static enum wire_fault requested(void)
{
	pthread_mutex_lock(&wire.lock);
	bool now = wire.kind != WIRE_NONE && !wire.hit && ++wire.count == wire.at;
	if (wire.kind == WIRE_NONE)
		wire.count++;
	wire.hit |= now;
	enum wire_fault kind = now ? wire.kind : WIRE_NONE;
	pthread_mutex_unlock(&wire.lock);
	return kind;
}

static void say_farewell(int fd)
{
	static const unsigned char told[] = "E\0\0\0\x1eSFATAL\0C57P01\0Mshut down\0";

	_Static_assert(sizeof told == 1 + 0x1e, "the length is that of the message");
	(void)send_all(fd, told, sizeof told);
}

static void from_program(struct connection *c, const unsigned char *bytes, size_t n)
{
	const unsigned char *at = bytes, *end = bytes + n;
	enum wire_fault fault = WIRE_NONE;

	while (at < end && !fault)
		if (message(&c->program, &at, end) &&
		    (c->program.head[0] == 'Q' || c->program.head[0] == 'S'))
			fault = requested();
	if (fault == WIRE_TOLD)
		say_farewell(c->program.fd);
	if (fault == WIRE_BEFORE || fault == WIRE_TOLD ||
	    !send_all(c->server.fd, bytes, (size_t)(at - bytes)))
		hang_up(c);
	else
		c->deaf = fault == WIRE_AFTER;
}

static void from_server(struct connection *c, const unsigned char *bytes, size_t n)
{
	const unsigned char *at = bytes, *end = bytes + n;
	bool over = false;

	while (at < end)
		if (message(&c->server, &at, end))
			over |= c->server.head[0] == 'Z';
	if (c->deaf ? over : !send_all(c->program.fd, bytes, n))
		hang_up(c);
}

static void accept_one(void)
{
	struct connection *c = all;
	struct sockaddr_un sun;
	int fd = accept4(listener, NULL, NULL, SOCK_CLOEXEC);

	while (c < all + CONNECTIONS && c->program.fd >= 0)
		c++;
	if (fd < 0 || c == all + CONNECTIONS) {
		close(fd);
		return;
	}
	address(&sun, to);
	*c = (struct connection){ .program.fd = fd,
				  .server = { .fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0),
					      .begun = true } };
	if (connect(c->server.fd, (struct sockaddr *)&sun, sizeof sun))
		hang_up(c);
}

static void carry_on(struct connection *c, struct side *from)
{
	static unsigned char bytes[PIECE];
	ssize_t n = recv(from->fd, bytes, sizeof bytes, 0);

	if (n <= 0)
		hang_up(c);
	else if (from == &c->program)
		from_program(c, bytes, (size_t)n);
	else
		from_server(c, bytes, (size_t)n);
}

static void *carry(void *arg)
{
	struct pollfd fds[1 + 2 * CONNECTIONS];

	for (;;) {
		fds[0] = (struct pollfd){ listener, POLLIN, 0 };
		for (int i = 0; i < CONNECTIONS; i++) {
			fds[1 + 2 * i] = (struct pollfd){ all[i].program.fd, POLLIN, 0 };
			fds[2 + 2 * i] = (struct pollfd){ all[i].server.fd, POLLIN, 0 };
		}
		if (poll(fds, LENGTH(fds), -1) < 0 && errno != EINTR)
			return arg;
		for (int i = 0; i < CONNECTIONS; i++)
			if (fds[1 + 2 * i].revents)
				carry_on(&all[i], &all[i].program);
			else if (fds[2 + 2 * i].revents)
				carry_on(&all[i], &all[i].server);
		if (fds[0].revents)
			accept_one();
	}
}

static void remove_place(void)
{
	struct sockaddr_un sun;

	address(&sun, place);
	unlink(sun.sun_path);
	rmdir(place);
}

static void install(struct str folder)
{
	struct sockaddr_un sun;
	pthread_t thread;

	snprintf(to, sizeof to, "%.*s", STR_ARG(folder));
	snprintf(place, sizeof place, "/tmp/dinh-wire-XXXXXX");
	for (int i = 0; i < CONNECTIONS; i++)
		all[i].program.fd = all[i].server.fd = -1;
	CHECK(mkdtemp(place));
	atexit(remove_place);
	address(&sun, place);
	listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	CHECK(!bind(listener, (struct sockaddr *)&sun, sizeof sun) && !listen(listener, 8));
	CHECK(!pthread_create(&thread, NULL, carry, NULL));
	CHECK(!pthread_detach(thread));
}

struct str wire_url(struct str url, struct arena *a)
{
	static const char word[] = "host=/";
	const char *host = memmem(url.at, url.len, word, sizeof word - 1);

	if (!host)
		SKIP("the server is not on a socket of this machine");
	host += sizeof word - 2;
	struct str rest = str_from(url, (size_t)(host - url.at)), folder;
	str_next(&rest, '&', &folder);
	if (listener < 0)
		install(folder);
	return str_printf(a, "%.*s%s%s%.*s", (int)(host - url.at), url.at, place,
			  rest.len ? "&" : "", STR_ARG(rest));
}

void wire_fault_at(enum wire_fault kind, int64_t n)
{
	pthread_mutex_lock(&wire.lock);
	wire.kind = kind;
	wire.at = n;
	wire.count = 0;
	wire.hit = false;
	pthread_mutex_unlock(&wire.lock);
}

int64_t wire_count(void)
{
	pthread_mutex_lock(&wire.lock);
	int64_t n = wire.count;
	pthread_mutex_unlock(&wire.lock);
	return n;
}

bool wire_hit(void)
{
	pthread_mutex_lock(&wire.lock);
	bool hit = wire.hit;
	pthread_mutex_unlock(&wire.lock);
	return hit;
}
