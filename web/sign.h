/* Signing in and out, one's own account, the first administrator, the counter where clerks help
 * people to an account. The tables end with { 0 }; main/ gives them to the router. */
#pragma once

#include "web/route.h"

extern const struct route sign_routes[];
