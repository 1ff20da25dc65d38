/* What commands that serve until they are told to stop have in common. */
#pragma once

#include "main/options.h"

#include <signal.h>

struct server;

/* From now on SIGTERM, SIGINT and SIGHUP wait for serving_wait, in every thread. */
void serving_hear(sigset_t *out);
void serving_wait(const sigset_t *signals);

/* For a writer: a commit failed and nobody knows what is on disk. Ends the process. */
void serving_fatal(void *context, const char *why);

/* "10.0.0.1, 10.0.0.2" */
struct strs serving_proxies(struct arena *a, struct str list);
/* "http://127.0.0.1:8080/" of "127.0.0.1:0" and the port that was found. */
struct str serving_address(struct arena *a, struct str listen, const struct server *s);
