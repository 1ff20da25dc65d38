/* Cookies: at most one of ours matters to a request, so a header is searched, not stored. */
#pragma once

#include "base/buf.h"

/* The value of a cookie in a Cookie header ("a=1; b=2"); "" when it is not there, stands there twice
 * with different values (somebody else's page may have set one), or has signs beyond letters,
 * digits, '-', '_', '.' and '~'. At most 256 bytes. */
struct str cookie_get(struct str header, struct str name);

/* A Set-Cookie header: HttpOnly, Path=/, and Secure when `https` (the name then begins with __Host-).
 * `seconds` 0: until the browser closes; below 0: forget it. `strict`: SameSite=Strict, not Lax. */
struct str cookie_set(struct arena *a, struct str name, struct str value, bool https, int seconds,
		      bool strict);
/* "__Host-phien" when https, else "phien". */
struct str cookie_name(struct arena *a, struct str name, bool https);
