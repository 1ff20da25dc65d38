/* The log of a running site, for the files that sign it and publish it. */
#pragma once

#include "ledger/log_keys.h"

#include <pthread.h>

/* Checkpoints kept in memory: a request older than all of them would have begun minutes ago. */
enum { LOG_KEPT = 8 };

struct kept {
	struct arena *mem;
	uint64_t size;
	struct hash root;
	struct str note; /* at == NULL: nothing here */
};

struct log {
	pthread_mutex_t lock; /* over everything below */
	struct arena *mem;
	struct str dir, origin;
	const char *file, *second;  /* second: NULL for none */
	const char *accused;        /* where a witness's word against us is kept */
	int lock_fd;                /* a lock over all processes that sign for this directory */
	struct log_keys keys;       /* those recorded and not retired, oldest first */
	struct vkey held[LOG_KEYS]; /* every key of the file */
	size_t held_n;
	bool unsaved;               /* a file is missing or older than what was signed */
	struct kept last;           /* the newest that was signed: what the file holds */
	bool hold;                  /* what is signed waits for log_publish */
	struct kept kept[LOG_KEPT]; /* published */
	size_t newest;
	struct log_witness witnesses[LOG_WITNESSES];
	size_t witness_n;
	enum log_fault fault;
	char fault_text[400];
};

/* All with the lock held. */
void kept_set(struct kept *k, const struct log_published *c);
/* It was signed just now, or before by a process that ended: published, unless it is to wait. */
void log_signed_now(struct log *log, const struct log_published *c);
