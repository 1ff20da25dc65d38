#include "web/listen.h"

#include <arpa/inet.h>
#include <errno.h>
#include <netdb.h>
#include <string.h>
#include <sys/socket.h>

int listen_open(struct str where, struct str *why, struct arena *a, enum err *e)
{
	struct addrinfo hints = { .ai_socktype = SOCK_STREAM, .ai_flags = AI_PASSIVE },
			*found = NULL;
	size_t colon = where.len;
	while (colon && where.at[colon - 1] != ':')
		colon--;
	struct str host = str_cut(where, colon ? colon - 1 : 0), port = str_from(where, colon);
	if (host.len > 2 && host.at[0] == '[' && host.at[host.len - 1] == ']')
		host = (struct str){ host.at + 1, host.len - 2 };
	*e = ERR_INVALID;
	if (!colon || !port.len ||
	    getaddrinfo(host.len ? str_z(a, host) : NULL, str_z(a, port), &hints, &found) != 0) {
		*why = str_printf(a, "%.*s is no address to listen at: write HOST:PORT",
				  STR_ARG(where));
		return -1;
	}
	int on = 1, fd = socket(found->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	*e = ERR_IO;
	if (fd >= 0)
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (fd < 0 || bind(fd, found->ai_addr, found->ai_addrlen) != 0 || listen(fd, 1024) != 0) {
		*why = str_printf(a, "cannot listen at %.*s: %s", STR_ARG(where), strerror(errno));
		fd_close(&fd);
		fd = -1;
	}
	freeaddrinfo(found);
	return fd;
}

int listen_port(int fd)
{
	union {
		struct sockaddr any;
		struct sockaddr_in v4;
		struct sockaddr_in6 v6;
	} at = { .v6 = { 0 } };
	socklen_t len = sizeof at;
	if (getsockname(fd, &at.any, &len) != 0)
		return 0;
	return ntohs(at.any.sa_family == AF_INET6 ? at.v6.sin6_port : at.v4.sin_port);
}
