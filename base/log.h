/* The operator's log: one line on standard error for each event, made of a time, a level, a name and
 * facts. Only main/ and web/ log; the rooms below return errors. Never a secret, never a ballot, never
 * a name beside a choice.
 *
 *     log_info("ledger.sealed", "size=%" PRId64, size);
 *     2026-11-25T10:00:00.000Z info ledger.sealed size=42 */
#pragma once

#include "base/def.h"

enum log_level { LOG_ERROR, LOG_WARN, LOG_INFO };

/* Says nothing above this level; LOG_INFO at first. Any thread, at any time. */
void log_level(enum log_level most);

/* `event` and `format` are literals. Control characters, also those in UTF-8, and bytes that are no
 * UTF-8 come out escaped, so that no value can forge a line or speak to a terminal. What is longer
 * than 4000 bytes ends in "...". */
void log_info(const char *event, const char *format, ...) PRINTF(2, 3);
void log_warn(const char *event, const char *format, ...) PRINTF(2, 3);
void log_error(const char *event, const char *format, ...) PRINTF(2, 3);
