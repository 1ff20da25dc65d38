/* What a witness answers to its neighbours' logs (C2SP tlog-witness): POST /add-checkpoint, and GET
 * /{hex sha256(origin)}/checkpoint. A house of its own, for programs only. */
#pragma once

#include "web/route.h"

extern const struct route witness_routes[];
