/* Requests written down in a file, and what a server answers to them.
 *
 *     # what this shows
 *     mask [0-9]+ lượt xem
 *
 *     GET /cong-khai?nam=2020
 *     Accept-Language: vi
 *     ###
 *     POST /ghi
 *
 *     text=Xin chào
 *     day=1/3/2026
 *
 * Requests are divided by ###. After the first line come headers, an empty line, the fields of a form,
 * one a line as name=value, unescaped. Host, length and type are added; so is the token of the last
 * form shown, unless a field is named ma-gui, and the cookies received so far. With a Content-Type of
 * its own the body is sent as it stands.
 *
 * Of HTML answers only the title and <main> are kept; `GET /x whole` keeps everything. Tokens,
 * cookies, codes of errors and the name of the style sheet are masked, and so is what the `mask`
 * lines (extended regular expressions, before the first request) match. */
#pragma once

#include "base/buf.h"

/* The conversation as text. false: the file cannot be read or understood, or nobody answers; `out` then says
 * what is wrong. */
bool http_file_run(struct arena *a, int port, const char *path, struct buf *out);
/* Runs FILE.http and compares with FILE.out beside it; `accept` writes that file instead. "" when equal,
 * else what differs, as a unified difference where `diff` is installed. */
struct str http_file_check(struct arena *a, int port, const char *path, bool accept);
