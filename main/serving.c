#include "main/serving.h"

#include "base/log.h"
#include "web/server.h"

#include <unistd.h>

void serving_hear(sigset_t *out)
{
	sigemptyset(out);
	sigaddset(out, SIGTERM);
	sigaddset(out, SIGINT);
	sigaddset(out, SIGHUP);
	pthread_sigmask(SIG_BLOCK, out, NULL);
	signal(SIGPIPE, SIG_IGN);
}

void serving_wait(const sigset_t *signals)
{
	int number;
	sigwait(signals, &number);
}

/* Start again and look (DESIGN.md section 5). */
void serving_fatal(void *context, const char *why)
{
	(void)context;
	log_error("store.fatal", "%s", why);
	_exit(EXIT_FAILED);
}

struct strs serving_proxies(struct arena *a, struct str list)
{
	struct strs out = { NEW_N(a, struct str, list.len + 1), 0 };
	for (struct str rest = list, one; rest.len && str_next(&rest, ',', &one);)
		if (str_trim(one).len)
			out.at[out.n++] = str_trim(one);
	return out;
}

struct str serving_address(struct arena *a, struct str listen, const struct server *s)
{
	struct str host = listen;
	while (host.len && host.at[host.len - 1] != ':')
		host.len--;
	return str_printf(a, "http://%.*s%d/", STR_ARG(host), server_port(s));
}
