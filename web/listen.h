/* A socket that listens, at an address as people write it. */
#pragma once

#include "base/buf.h"
#include "base/err.h"

/* "127.0.0.1:8080", "localhost:8080", "[::]:8080", ":8080"; port 0: any that is free. -1 with one sentence
 * in `why`: ERR_INVALID, no such address; ERR_IO, it cannot be had. */
int listen_open(struct str where, struct str *why, struct arena *a, enum err *e);
int listen_port(int fd);
