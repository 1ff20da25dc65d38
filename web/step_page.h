/* The form of a step, whatever the step: shown, checked, taken, shown again when something is wrong. */
#pragma once

#include "office/step.h"
#include "web/bulk_page.h"
#include "web/form.h"
#include "web/parts.h"

struct redaction_preview;

struct step_page {
	struct frame *frame;
	struct link back; /* the dossier, or the unit where it will be opened */
	struct str title;
	struct str about;       /* what the step will do, for those that ask for nothing */
	struct str behalf;      /* on whose behalf, when a substitute acts */
	struct links templates; /* of the unit, for this step */
	struct redaction_preview *preview; /* of what would be hidden; NULL: none */
	struct told told;                  /* who hears of it besides */
	struct items same; /* open matters that may be the same as what is being entered */
	struct form *form;
};

/* GET and POST /ho-so/{code}/lam/{step} */
enum err step_show(struct req *r);
enum err step_sender(struct req *r);
enum err step_keep(struct req *r);
enum err step_post(struct req *r);
/* GET and POST /ghi-moi/{kind}/{unit}: a new dossier at a unit. */
enum err open_show(struct req *r);
enum err open_sender(struct req *r);
enum err open_keep(struct req *r);
enum err open_post(struct req *r);
