#include "base/err.h"

const char *err_name(enum err e)
{
	static const char *const names[] = {
		[OK] = "ok",
		[ERR_INVALID] = "invalid",
		[ERR_DENIED] = "denied",
		[ERR_NOT_FOUND] = "not found",
		[ERR_CONFLICT] = "conflict",
		[ERR_BUSY] = "busy",
		[ERR_IO] = "io",
		[ERR_CORRUPT] = "corrupt",
	};
	return names[e];
}
