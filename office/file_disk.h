/* What the keeping and the sweeping of files agree on. Used by file*.c only. */
#pragma once

#include "base/str.h"

#define SHA256_DIGITS 64
#define THUMB ".thumb"       /* behind the name of the file it shows */
#define HALF_WRITTEN ".new-" /* in front of what is not yet a file */

bool is_sha256(struct str s);          /* 64 hexadecimal digits in lower case */
struct str file_stem(struct str name); /* without folders and without a short ending */
