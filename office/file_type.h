/* What a file is, by looking at its bytes; the name it came with proves nothing. Nothing is unpacked
 * or executed, and only what offices exchange is recognised. */
#pragma once

#include "base/str.h"

enum file_kind {
	FILE_OTHER, /* not taken */
	FILE_JPEG,
	FILE_PNG,
	FILE_PDF,
	FILE_DOC,
	FILE_XLS,
	FILE_DOCX,
	FILE_XLSX,
	FILE_ODT,
	FILE_ODS,
	FILE_TEXT,    /* UTF-8 without control characters */
	FILE_HEIC,    /* a telephone's picture that browsers do not show: not taken, but named */
	FILE_MACRO,   /* an office document that carries a program: not taken */
	FILE_DAMAGED, /* begins like one of the above and does not go on like it: not taken */
};

enum file_kind file_kind_of(struct str bytes);

/* Its media type ("application/pdf"); "" for what is not taken. Text named .csv is text/csv. */
struct str file_media_type(enum file_kind kind, struct str name);
/* The ending its name must have for its reader's computer: ".pdf"; "" for what is not taken. */
struct str file_ending(struct str media_type);
