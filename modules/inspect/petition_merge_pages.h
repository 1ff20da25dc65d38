/* On the page of a petition: which one leads it, and which are answered with it. Codes are for who may ask for
 * those petitions; whoever else reads the page learns that there are such, and how many. */
#pragma once

#include "office/dossier.h"
#include "web/parts.h"
#include "web/req.h"

struct petition_merged_part {
	struct str with; /* of the one that leads; "": none does */
	struct link lead;
	struct str count; /* of those that it leads; "": none */
	struct str more;  /* above the rows: they are not all; "": they are */
	struct items rows;
};
/* The same on its receipt, in one line. */
void petition_merged_receipt(struct req *r, const struct dossier *d, struct kvs *facts);
enum err petition_merged_show(struct req *r, const struct dossier *d);
