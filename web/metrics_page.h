/* GET /metrics, for whoever watches the machine: docs/operating/metrics.md. */
#pragma once

#include "base/err.h"

struct req;

enum err metrics_show(struct req *r);
