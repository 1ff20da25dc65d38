/* The tables TCD01, XLD01 to XLD04, KQGQ01 and KQGQ02 of Circular 02/2021/TT-TTCP. */
#pragma once

#include "office/statistic.h"

enum { STATISTIC_TABLES = 7 };
extern const struct stat_table statistic_tables[STATISTIC_TABLES];
