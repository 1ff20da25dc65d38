/* What can go wrong, in the few words callers act upon. Each value has one HTTP status (web/) and
 * one exit code (main/). The story for the operator travels apart, in the `why` of a transaction. */
#pragma once

enum err {
	OK = 0,
	ERR_INVALID,   /* the input is wrong: say where and how to mend it */
	ERR_DENIED,    /* no rule allows this actor to do it */
	ERR_NOT_FOUND, /* there is no such thing, or it may not be seen */
	ERR_CONFLICT,  /* somebody else was first: look again, then retry */
	ERR_BUSY,      /* not now: nothing was done, retry later */
	ERR_IO,        /* disk, network or database failed */
	ERR_CORRUPT,   /* stored data contradicts itself */
};

/* A fixed English word for logs: "invalid", "denied", ... */
const char *err_name(enum err e);
