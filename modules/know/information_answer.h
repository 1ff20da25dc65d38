/* An answer to a request for information that a leader has made public: the question in the office's
 * words, the answer, the files. Opened by the program in the wake of that decision; what follows is the
 * way of everything a unit has published (editorial.h). Who asked, when, and under which code stands
 * nowhere in it. */
#pragma once

#include "modules/know/editorial.h"

extern const struct kind information_answer_kind;

struct information_answer {
	struct str title;  /* the question */
	struct str body;   /* Markdown */
	struct str extent; /* "full", "part" */
	struct date answered_on;
	struct file_refs files;
	struct str approver; /* who let it be shown: name and office */
	int64_t request;     /* the dossier it answers; never public, never kept with the dossier */
	struct str reason;   /* of a correction */
};

extern const struct field_choice information_extents[];
