/* Who else has seen this log, in plain words: on the page of verification and on a receipt. */
#pragma once

#include "web/verify_page.h"

/* Fills p->witnesses and p->policy. */
void verify_show_witnesses(struct req *r, struct verify_page *p);
