/* One thread takes the connections that come and deals them out in turn. Left to the library's own
 * threads, who wakes first takes all that wait, and one core answers while the others rest. */
#pragma once

#include <stdbool.h>
#include <sys/socket.h>

struct accept;

struct accept_setup {
	int fd; /* listens, without blocking; closed by accept_free */
	/* A connection, which belongs to whom it was dealt from here on. */
	void (*deal)(void *of, int fd, const struct sockaddr *from, socklen_t len);
	bool (*is_full)(void *of); /* then those who come wait outside */
	void *of;
};

struct accept *accept_new(const struct accept_setup *setup); /* NULL: no more threads */
void accept_free(struct accept *a);                          /* takes no more; accepts NULL */
