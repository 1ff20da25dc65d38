/* The thread that sends what waits: e-mail through a mail server, text messages through a command, and once
 * a week it makes the digests. */
#pragma once

#include "main/home.h"
#include "main/postman.h"

struct house;
struct sending;

struct sending_setup {
	struct postman_setup mail; /* url "": no e-mail */
	struct str sms_command;    /* "": no text messages */
};

/* Checks the setup; `ways` are those that leave this site, for struct office. `out` NULL: none do.
 * ERR_INVALID with a sentence. */
MUST_USE enum err sending_open(struct arena *a, const struct sending_setup *setup,
			       const struct house *house, struct sending **out, int64_t *ways,
			       struct str *why);
/* Once the writer runs. Both accept NULL. */
MUST_USE enum err sending_start(struct sending *s, struct home *home, struct str *why);
/* Ends what is under way, within a second; before the writer stops. */
void sending_stop(struct sending *s);
void sending_metrics(struct sending *s, struct buf *out);
