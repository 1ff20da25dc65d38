/* Demonstrations, each made once for a program and copied for each test that asks. */
#pragma once

#include "base/json.h"
#include "tests/program.h"

/* The data directory of a fresh copy, which goes with the test. */
const char *demo(void);
/* The same of the scale of the browser's tests, which has every kind. */
const char *demo_year(void);
/* `dinh verify --json`, which must end with that code. */
struct json verify(const char *dir, int code);
struct str root_of(const char *dir); /* of its log, which must agree */
