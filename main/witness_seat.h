/* What the two files of main/witnesses.h share: a seat for each witness, and the round that all are asked
 * in. */
#pragma once

#include "main/witness_ask.h"
#include "main/witnesses.h"

#include <pthread.h>

/* One witness. What stands below the empty line is under the lock of its house. */
struct seat {
	struct witnesses *all;
	const struct policy_name *who;
	struct fetcher *fetcher;
	struct db *db;
	struct arena *mem; /* of the question under way */
	pthread_t thread;
	bool begun;

	uint64_t asked, answered; /* rounds */
	uint64_t known;
	struct arena *kept; /* holds `line` */
	struct str line;    /* its newest cosignature, of: */
	uint64_t size;
	struct hash root;
	struct instant seen;
	int64_t seen_ms;    /* on our clock; 0: in an earlier life */
	bool silent, heard; /* it failed when it was last asked; it was asked at all */
	int failures;
	int64_t again_ms;
};

struct witnesses {
	struct policy policy;
	struct seat seats[LOG_WITNESSES];
	size_t n;
	struct witnesses_setup setup;
	pthread_t leader;
	bool led, woken, late;
	atomic_bool stop;
	pthread_mutex_t lock;
	pthread_cond_t called, answered;
	/* The round: what is shown, and when it was signed. */
	uint64_t round;
	struct arena *mem;
	struct log_published shown;
	int64_t woken_ms, since_ms;
	struct str published; /* the lines that went out with it, in `mem` */
	bool out;
};

/* Threads: of one witness, and of the one that leads. */
void *seat_attend(void *seat);
void *rounds_lead(void *witnesses);
/* A cosignature that was verified becomes the newest of its witness. With the lock held. */
void seat_keep_line(struct seat *s, const struct witness_question *q);
/* Tells the log how the witnesses stand. With the lock held, or before there are threads. */
void rounds_show_board(struct witnesses *w);
