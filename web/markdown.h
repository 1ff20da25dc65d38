/* Markdown as people write it, made harmless. CommonMark is parsed by cmark; what is written is ours:
 * only p, ul, ol, li, strong, em, code, pre, blockquote, h2 to h4, hr, br and a. Raw HTML is shown
 * as the text it is, a picture becomes its description, and a link leads only where links may. */
#pragma once

#include "web/html.h"

#define MARKDOWN_MAX ((size_t)100 * 1024) /* bytes; what is longer is shown as plain paragraphs */

/* The page's own heading is h1, so "#" becomes h2, "##" h3 and everything below h4. Links go to
 * http, https, mailto, a path of this site, a place in this page or a dossier by its code, and
 * carry rel="nofollow noopener"; any other target leaves only the words. Beyond MAX_DEPTH levels (see
 * markdown.c) quotations and lists are flattened. Never fails. */
void markdown_html(struct arena *a, struct str text, struct html *out);

/* The same text without any sign of Markdown, for excerpts, feeds and reading aloud: paragraphs,
 * headings and entries of lists each on a line of their own. Not escaped. */
struct str markdown_text(struct arena *a, struct str text);
