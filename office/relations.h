/* The office's tables in an export of the whole site: see store/relation.h. */
#pragma once

#include "store/relation.h"

extern const struct relation office_relations[];
