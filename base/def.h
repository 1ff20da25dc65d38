/* Words the compiler understands: what must not be ignored, what is a format, what closes itself. */
#pragma once

#include <stddef.h>
#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))
#define PRINTF(format_at, args_at) __attribute__((format(printf, format_at, args_at)))
#define LENGTH(array) (sizeof(array) / sizeof((array)[0]))

/* A file descriptor that closes itself when its name goes out of scope; -1 is empty. */
#define AUTO_CLOSE __attribute__((cleanup(fd_close)))
void fd_close(int *fd);
