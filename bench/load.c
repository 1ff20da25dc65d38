/* Asks an HTTP server on this machine as fast as it answers, over a fixed number of connections, and
 * says how many answers a second came and how long they took. One thread and epoll: the same small
 * price for every server compared. A connection sends its next request when the last answer has come
 * whole; a server that closes after an answer is connected to again, and that time counts.
 *
 *     bench_load [-c CONNECTIONS] [-s SECONDS] [-H HEADER]... [-x] [-t FILE] PORT PATH...
 *     bench_load ... -p FILE PORT PATH     posts each line of FILE, a form's body, once
 *     bench_load ... -p FILE -m FORM PORT PATH...   every tenth request does so, at the address FORM
 *     bench_load -i -c N PORT              opens N connections and holds them till its input ends
 *
 * -x gives each request an X-Forwarded-For of its own, for a server that trusts this proxy; -t writes
 * the token of the form in each answer into FILE, a line each; -w lets each connection wait so many
 * milliseconds, on the average, between an answer and its next request, and before its first: from none
 * to twice as many, because people do not click in step.
 * Prints: answers a second, median and 99th percentile in microseconds, answers, refusals, bytes of
 * the last answer's body; with -m a second line for what was posted. */
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
	MOST_CONNECTIONS = 20000,
	MOST_SECONDS = 60,
	MOST_ANSWERS = 4 << 20,
	HEAD_MAX = 8192,
	BODY_KEPT = 256 * 1024,
	REQUEST_MAX = 64 * 1024,
};

struct connection {
	int fd;
	bool connecting, writable_asked, busy, posts;
	int64_t began, rests_until; /* ns */
	char *request;
	size_t request_len, sent;
	char head[HEAD_MAX];
	size_t head_len;
	bool head_done, closes;
	int64_t body_len, body_got; /* -1: until the connection ends */
	int status;
	char *body; /* with -t */
};

static struct {
	int port, connections;
	double seconds;
	bool idle, forwarded;
	char headers[4096];
	const char *bodies, *tokens, *form;
	int64_t pause; /* ns */
	char **paths;
	int path_count;
} setup = { .connections = 64, .seconds = 3 };

static int epoll_fd;
static struct connection *all;

/* Of pages, and of what was posted among them. */
static struct kind {
	uint32_t *times; /* microseconds */
	int64_t answers, refusals, last_size;
} kinds[2];
static int64_t answers, asked;
static FILE *bodies, *tokens;
static bool used_up;

__attribute__((format(printf, 1, 2))) static _Noreturn void give_up(const char *format, ...)
{
	va_list args;

	fputs("bench_load: ", stderr);
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
	exit(3);
}

static int64_t now_ns(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* ---- asking */

/* False: every line of the file of bodies has been sent. */
static bool request_make(struct connection *c)
{
	static char body[REQUEST_MAX / 2];
	const char *path = setup.paths[asked % setup.path_count];
	bool post = bodies && (!setup.form || asked % 10 == 9);
	char from[80] = "";
	int n;

	if (setup.forwarded)
		snprintf(from, sizeof from, "X-Forwarded-For: 10.%d.%d.%d\r\n",
			 (int)(asked >> 16 & 255), (int)(asked >> 8 & 255), (int)(asked & 255));
	if (post && !fgets(body, sizeof body, bodies)) {
		if (!setup.form) {
			used_up = true;
			return false;
		}
		post = false;
	}
	c->posts = post && setup.form;
	if (post) {
		if (setup.form)
			path = setup.form;
		body[strcspn(body, "\n")] = '\0';
		n = snprintf(c->request, REQUEST_MAX,
			     "POST %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s%s"
			     "Content-Type: application/x-www-form-urlencoded\r\n"
			     "Content-Length: %zu\r\n\r\n%s",
			     path, setup.port, setup.headers, from, strlen(body), body);
	} else {
		n = snprintf(c->request, REQUEST_MAX,
			     "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n%s%s\r\n", path, setup.port,
			     setup.headers, from);
	}
	if (n < 0 || n >= REQUEST_MAX)
		give_up("a request is too long");
	c->request_len = (size_t)n;
	asked++;
	return true;
}

static void watch(struct connection *c, int how, bool writable)
{
	struct epoll_event e = { .events = EPOLLIN | (writable ? EPOLLOUT : 0), .data.ptr = c };

	if (epoll_ctl(epoll_fd, how, c->fd, &e) != 0)
		give_up("epoll: %s", strerror(errno));
	c->writable_asked = writable;
}

static void connection_open(struct connection *c)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)setup.port) };

	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	c->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	if (c->fd < 0 ||
	    (connect(c->fd, (struct sockaddr *)&at, sizeof at) != 0 && errno != EINPROGRESS))
		give_up("connect: %s", strerror(errno));
	c->connecting = true;
	watch(c, EPOLL_CTL_ADD, true);
}

static void connection_send(struct connection *c)
{
	while (c->sent < c->request_len) {
		ssize_t n =
			send(c->fd, c->request + c->sent, c->request_len - c->sent, MSG_NOSIGNAL);
		if (n < 0 && errno == EAGAIN)
			break;
		if (n < 0)
			give_up("send: %s", strerror(errno));
		c->sent += (size_t)n;
	}
	bool more = c->sent < c->request_len;
	if (more != c->writable_asked)
		watch(c, EPOLL_CTL_MOD, more);
}

static void ask(struct connection *c)
{
	c->busy = request_make(c);
	if (!c->busy)
		return;
	c->sent = 0;
	c->head_len = 0;
	c->head_done = c->closes = false;
	c->body_len = -1;
	c->body_got = 0;
	c->began = now_ns();
	if (c->fd < 0)
		connection_open(c);
	else
		connection_send(c);
}

/* ---- hearing */

static const char *header_value(const char *head, const char *name)
{
	size_t n = strlen(name);

	for (const char *line = strstr(head, "\r\n"); line; line = strstr(line, "\r\n")) {
		line += 2;
		if (strncasecmp(line, name, n) == 0 && line[n] == ':')
			return line + n + 1 + strspn(line + n + 1, " ");
	}
	return NULL;
}

static void head_read(struct connection *c)
{
	const char *value, *space = strchr(c->head, ' ');

	c->head_done = true;
	c->status = space ? (int)strtol(space, NULL, 10) : 0;
	if (strncmp(c->head, "HTTP/", 5) != 0 || c->status < 100 || c->status > 999)
		give_up("this is no HTTP: %.60s", c->head);
	if ((value = header_value(c->head, "content-length")))
		c->body_len = strtoll(value, NULL, 10);
	if (header_value(c->head, "transfer-encoding"))
		give_up("an answer of unknown length; ask for another page");
	value = header_value(c->head, "connection");
	c->closes = c->body_len < 0 || strncmp(c->head, "HTTP/1.0", 8) == 0 ||
		    (value && strncasecmp(value, "close", 5) == 0);
}

static void token_write(struct connection *c)
{
	static const char mark[] = "name=\"ma-gui\" value=\"";
	int64_t n = c->body_got < BODY_KEPT ? c->body_got : BODY_KEPT - 1;
	const char *at;

	c->body[n] = '\0';
	if (!(at = strstr(c->body, mark)))
		give_up("no form with a token in answer %d: %.300s", c->status, c->body);
	at += sizeof mark - 1;
	fprintf(tokens, "%.*s\n", (int)strcspn(at, "\""), at);
}

static void connection_close(struct connection *c)
{
	close(c->fd);
	c->fd = -1;
}

/* Between nothing and twice the pause, evenly; the same in each run. */
static int64_t rest(void)
{
	static uint32_t state = 1;

	state = state * 1664525U + 1013904223U; /* Knuth, TAOCP 3.3.4 */
	return (int64_t)((double)setup.pause * (double)(state >> 8) / (double)(1U << 23));
}

static void answered(struct connection *c)
{
	int64_t took = (now_ns() - c->began) / 1000;

	struct kind *k = &kinds[c->posts];
	if (c->status >= 400 && !k->refusals++)
		fprintf(stderr, "bench_load: the first refusal is %d\n", c->status);
	if (answers < MOST_ANSWERS) {
		k->times[k->answers++] = took > UINT32_MAX ? UINT32_MAX : (uint32_t)took;
		answers++;
	}
	k->last_size = c->body_got;
	c->rests_until = c->began + took * 1000 + rest();
	if (tokens)
		token_write(c);
	c->busy = false;
	if (c->closes)
		connection_close(c);
}

static void body_read(struct connection *c, const char *bytes, size_t n)
{
	if (c->body && c->body_got + (int64_t)n < BODY_KEPT)
		memcpy(c->body + c->body_got, bytes, n);
	c->body_got += (int64_t)n;
}

static void bytes_read(struct connection *c, const char *bytes, size_t n)
{
	if (c->head_done) {
		body_read(c, bytes, n);
		return;
	}
	size_t before = c->head_len;
	size_t room = HEAD_MAX - 1 - c->head_len, take = n < room ? n : room;
	memcpy(c->head + c->head_len, bytes, take);
	c->head_len += take;
	c->head[c->head_len] = '\0';
	char *end = strstr(c->head, "\r\n\r\n");
	if (!end) {
		if (take < n)
			give_up("the head of an answer is too long");
		return;
	}
	end[2] = '\0';
	head_read(c);
	size_t used = (size_t)(end - c->head) + 4 - before;
	body_read(c, bytes + used, n - used);
}

static void connection_hear(struct connection *c)
{
	static char bytes[256 * 1024];

	for (;;) {
		ssize_t n = recv(c->fd, bytes, sizeof bytes, 0);
		if (n < 0 && errno == EAGAIN)
			return;
		if (n <= 0) {
			if (!c->busy) { /* it was idle for too long */
				connection_close(c);
				return;
			}
			if (!c->head_done || (c->body_len >= 0 && c->body_got < c->body_len))
				give_up("an answer broke off: %s", n ? strerror(errno) : "closed");
			c->closes = true;
			answered(c);
			return;
		}
		bytes_read(c, bytes, (size_t)n);
		if (c->head_done && c->body_len >= 0 && c->body_got >= c->body_len) {
			answered(c);
			return;
		}
	}
}

static void connection_event(struct connection *c, uint32_t events)
{
	int failed = 0;
	socklen_t size = sizeof failed;

	if (c->connecting) {
		if (getsockopt(c->fd, SOL_SOCKET, SO_ERROR, &failed, &size) != 0 || failed)
			give_up("connect: %s", strerror(failed));
		c->connecting = false;
		if (setup.idle) {
			watch(c, EPOLL_CTL_MOD, false);
			answers++;
			return;
		}
	}
	if (events & EPOLLOUT)
		connection_send(c);
	if (events & (EPOLLIN | EPOLLHUP | EPOLLERR))
		connection_hear(c);
}

/* ---- the run */

static void wait_for_events(int milliseconds)
{
	struct epoll_event ready[256];
	int n = epoll_wait(epoll_fd, ready, 256, milliseconds);

	for (int i = 0; i < n; i++)
		connection_event(ready[i].data.ptr, ready[i].events);
}

static bool any_busy(void)
{
	for (int i = 0; i < setup.connections; i++)
		if (all[i].busy)
			return true;
	return false;
}

static double run(void)
{
	int64_t began = now_ns(), until = began + (int64_t)(setup.seconds * 1e9), last = began;

	for (int i = 0; i < setup.connections; i++)
		all[i].rests_until = began + rest();
	for (;;) {
		int64_t now = now_ns(), before = answers;
		bool open = !used_up && now < until && answers < MOST_ANSWERS;
		for (int i = 0; i < setup.connections && open; i++)
			if (!all[i].busy && all[i].rests_until <= now)
				ask(&all[i]);
		if (!open && !any_busy())
			break;
		wait_for_events(setup.pause ? 1 : 1000);
		if (answers > before)
			last = now_ns();
		else if (now_ns() - last > INT64_C(10000000000))
			give_up("no answer for ten seconds");
	}
	return (double)(last - began) / 1e9;
}

static void hold(void)
{
	char end;

	for (int i = 0; i < setup.connections; i++) {
		connection_open(&all[i]);
		while (answers < i - 200)
			wait_for_events(1000);
	}
	while (answers < setup.connections)
		wait_for_events(1000);
	printf("open %lld\n", (long long)answers);
	fflush(stdout);
	while (read(STDIN_FILENO, &end, 1) > 0)
		;
}

static int by_size(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static void tell(const struct kind *k, double took)
{
	if (!k->answers)
		give_up("nothing was answered");
	qsort(k->times, (size_t)k->answers, sizeof *k->times, by_size);
	printf("%.0f %u %u %lld %lld %lld\n", (double)k->answers / took, k->times[k->answers / 2],
	       k->times[k->answers * 99 / 100], (long long)k->answers, (long long)k->refusals,
	       (long long)k->last_size);
}

static FILE *file_open(const char *path, const char *how)
{
	FILE *f = fopen(path, how);

	if (!f)
		give_up("%s: %s", path, strerror(errno));
	return f;
}

static bool options_read(int argc, char **argv)
{
	size_t used = 0;
	int c;

	while ((c = getopt(argc, argv, "c:s:H:xt:p:m:w:i")) != -1) {
		switch (c) {
		case 'c':
			setup.connections = (int)strtol(optarg, NULL, 10);
			break;
		case 's':
			setup.seconds = strtod(optarg, NULL);
			break;
		case 'H':
			used += (size_t)snprintf(setup.headers + used, sizeof setup.headers - used,
						 "%s\r\n", optarg);
			if (used >= sizeof setup.headers)
				give_up("too many headers");
			break;
		case 'x':
			setup.forwarded = true;
			break;
		case 't':
			setup.tokens = optarg;
			break;
		case 'p':
			setup.bodies = optarg;
			break;
		case 'm':
			setup.form = optarg;
			break;
		case 'w':
			setup.pause = strtol(optarg, NULL, 10) * 1000000;
			break;
		case 'i':
			setup.idle = true;
			break;
		default:
			return false;
		}
	}
	if (optind >= argc)
		return false;
	setup.port = (int)strtol(argv[optind], NULL, 10);
	setup.paths = argv + optind + 1;
	setup.path_count = argc - optind - 1;
	return setup.connections > 0 && setup.connections <= MOST_CONNECTIONS &&
	       setup.seconds > 0 && setup.seconds <= MOST_SECONDS &&
	       (setup.idle || setup.path_count > 0);
}

int main(int argc, char **argv)
{
	if (!options_read(argc, argv)) {
		fputs("usage: bench_load [OPTION...] PORT PATH...; its source says more\n", stderr);
		return 2;
	}
	if (setup.bodies)
		bodies = file_open(setup.bodies, "r");
	if (setup.tokens)
		tokens = file_open(setup.tokens, "w");
	epoll_fd = epoll_create1(EPOLL_CLOEXEC);
	all = calloc((size_t)setup.connections, sizeof *all);
	for (int i = 0; i < 2; i++)
		kinds[i].times = calloc(MOST_ANSWERS, sizeof *kinds[i].times);
	if (!all || !kinds[0].times || !kinds[1].times || epoll_fd < 0)
		give_up("no memory");
	for (int i = 0; i < setup.connections; i++) {
		all[i].fd = -1;
		if (!setup.idle && !(all[i].request = malloc(REQUEST_MAX)))
			give_up("no memory");
		if (tokens && !(all[i].body = malloc(BODY_KEPT)))
			give_up("no memory");
	}
	if (setup.idle) {
		hold();
		return 0;
	}
	double took = run();
	if (!answers)
		give_up("nothing was answered");
	tell(&kinds[0], took);
	if (setup.form)
		tell(&kinds[1], took);
	if (tokens && fclose(tokens) != 0)
		give_up("the tokens: %s", strerror(errno));
	return 0;
}
