/* Reads byte by byte up to the end of the headers, so that nothing of a next answer is lost. */
#include "tests/http_client.h"

#include <arpa/inet.h>
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

enum { PATIENCE_S = 20, HEAD_MAX = 64 * 1024, BODY_MAX = 256 << 20 };

int http_connect(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
	struct timeval patience = { PATIENCE_S, 0 };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (fd < 0)
		return -1;
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
	if (connect(fd, (struct sockaddr *)&at, sizeof at) == 0)
		return fd;
	close(fd);
	return -1;
}

bool http_send(int fd, struct str bytes)
{
	while (bytes.len) {
		ssize_t n = send(fd, bytes.at, bytes.len, MSG_NOSIGNAL);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_from(bytes, (size_t)n);
	}
	return true;
}

static bool read_some(int fd, struct buf *to, size_t most)
{
	char *at = buf_reserve(to, most);
	ssize_t n;
	do
		n = recv(fd, at, most, 0);
	while (n < 0 && errno == EINTR);
	if (n > 0)
		to->len += (size_t)n;
	return n > 0;
}

static bool read_until(int fd, struct buf *to, const char *end)
{
	while (!str_ends(buf_str(to), str_of(end)))
		if (to->len > HEAD_MAX || !read_some(fd, to, 1))
			return false;
	return true;
}

static bool read_exactly(int fd, struct buf *to, size_t n)
{
	size_t want = to->len + n;
	while (to->len < want)
		if (want > BODY_MAX || !read_some(fd, to, want - to->len))
			return false;
	return true;
}

static bool read_chunks(struct arena *a, int fd, struct buf *to)
{
	for (;;) {
		struct buf line = { .a = a };
		if (!read_until(fd, &line, "\r\n"))
			return false;
		size_t n = strtoul(str_z(a, buf_str(&line)), NULL, 16);
		struct buf end = { .a = a };
		if (!read_exactly(fd, to, n) || !read_exactly(fd, &end, 2))
			return false;
		if (!n)
			return true;
	}
}

struct str http_header(const struct http_reply *r, const char *name, int nth)
{
	struct str rest = r->head, line;
	while (str_next(&rest, '\n', &line)) {
		struct str value = line, key;
		if (str_next(&value, ':', &key) && value.at && key.len == strlen(name) &&
		    strncasecmp(key.at, name, key.len) == 0 && nth-- == 0)
			return str_trim(value);
	}
	return S("");
}

struct http_reply http_read(struct arena *a, int fd, bool head_only)
{
	struct http_reply r = { .head = S(""), .body = S("") };
	struct buf head, body = { .a = a };
	do {
		head = (struct buf){ .a = a };
		if (!read_until(fd, &head, "\r\n\r\n") || head.len < 12)
			return r;
		int64_t status = 0;
		if (!str_int(str_cut(str_from(buf_str(&head), 9), 3), &status))
			return r;
		r.status = (int)status;
	} while (r.status == 100);
	r.head = buf_str(&head);
	struct str length = http_header(&r, "Content-Length", 0);
	int64_t n = 0;
	if (head_only || r.status == 304 || r.status == 204)
		return r;
	if (str_eq(http_header(&r, "Transfer-Encoding", 0), S("chunked")))
		r.broken = !read_chunks(a, fd, &body);
	else if (str_int(length, &n))
		r.broken = !read_exactly(fd, &body, (size_t)n);
	else
		while (read_some(fd, &body, 4096))
			;
	r.body = buf_str(&body);
	return r;
}

bool http_closed(int fd)
{
	struct pollfd p = { fd, POLLIN, 0 };
	char c;
	return poll(&p, 1, PATIENCE_S * 1000) == 1 && recv(fd, &c, 1, MSG_PEEK) <= 0;
}

struct http_reply http_ask(struct arena *a, int port, struct str request, bool head_only)
{
	struct http_reply r = { .head = S(""), .body = S("") };
	int fd = http_connect(port);
	if (fd < 0)
		return r;
	/* A server may answer and close before all has been sent. */
	(void)!http_send(fd, request);
	r = http_read(a, fd, head_only);
	close(fd);
	return r;
}
