/* The thread sleeps in poll until somebody comes, or until a byte in the pipe tells it to end. */
#include "web/accept.h"

#include "base/def.h"

#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <unistd.h>

/* Where there is no room, or no descriptor left, it looks again after so long. */
enum { ROOM_MS = 20 };

struct accept {
	struct accept_setup setup;
	pthread_t thread;
	int ends[2];
};

/* False: nobody waits any more, or there is no room for him. */
static bool take(struct accept *a, bool *no_room)
{
	union {
		struct sockaddr any;
		struct sockaddr_in6 v6;
	} from = { .v6 = { 0 } };
	socklen_t len = sizeof from;

	*no_room = a->setup.is_full(a->setup.of);
	if (*no_room)
		return false;
	int fd = accept4(a->setup.fd, &from.any, &len, SOCK_CLOEXEC | SOCK_NONBLOCK);
	if (fd >= 0) {
		a->setup.deal(a->setup.of, fd, &from.any, len);
		return true;
	}
	*no_room = errno == EMFILE || errno == ENFILE || errno == ENOBUFS || errno == ENOMEM;
	/* Who went away again while he waited is no reason to stop. */
	return errno == EINTR || errno == ECONNABORTED;
}

static void *look(void *accept)
{
	struct accept *a = accept;
	bool no_room = false;

	for (;;) {
		struct pollfd at[] = { { .fd = a->ends[0], .events = POLLIN },
				       { .fd = no_room ? -1 : a->setup.fd, .events = POLLIN } };
		if (poll(at, LENGTH(at), no_room ? ROOM_MS : -1) > 0 && at[0].revents)
			return NULL;
		while (take(a, &no_room))
			;
	}
}

struct accept *accept_new(const struct accept_setup *setup)
{
	struct accept *a = calloc(1, sizeof *a);

	if (!a)
		abort();
	a->setup = *setup;
	if (pipe2(a->ends, O_CLOEXEC) != 0) {
		free(a);
		return NULL;
	}
	if (pthread_create(&a->thread, NULL, look, a) != 0) {
		close(a->ends[0]);
		close(a->ends[1]);
		free(a);
		return NULL;
	}
	return a;
}

void accept_free(struct accept *a)
{
	if (!a)
		return;
	close(a->ends[1]);
	pthread_join(a->thread, NULL);
	close(a->ends[0]);
	close(a->setup.fd);
	free(a);
}
