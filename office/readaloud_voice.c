/* Sentences. A script is read by somebody who must breathe: what is longer than a breath is divided
 * at its commas, and where it has none a comma is set before a word that opens a new thought. */
#include "office/readaloud_voice.h"

#include "base/utf8.h"
#include "office/number_words.h"
#include "office/readaloud.h"

#include <utf8proc.h>

bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

size_t digits(struct str s)
{
	size_t n = 0;
	while (n < s.len && is_digit(s.at[n]))
		n++;
	return n;
}

bool is_one_of(struct str word, const char *const *list)
{
	for (; *list; list++)
		if (str_eq(word, str_of(*list)))
			return true;
	return false;
}

void say(struct voice *v, struct str words)
{
	struct buf *b = &v->sentence;
	if (!words.len)
		return;
	if (b->len)
		buf_putc(b, ' ');
	buf_put(b, words);
}

void say_int(struct voice *v, int64_t n)
{
	say(v, number_words(v->a, n));
}

static void put_sentence(struct voice *v, struct str s, char end)
{
	size_t first = s.len ? (size_t)utf8proc_utf8class[(uint8_t)s.at[0]] : 0;
	if (!first)
		return;
	buf_put(&v->out, utf8_upper(v->a, str_cut(s, first)));
	buf_put(&v->out, str_from(s, first));
	buf_putc(&v->out, end);
	buf_putc(&v->out, '\n');
}

size_t syllables(struct str s)
{
	size_t n = s.len > 0;
	for (size_t i = 0; i < s.len; i++)
		n += s.at[i] == ' ';
	return n;
}

/* A breath before a word that opens a new thought, where the last one is long past. */
static struct str with_breaths(struct arena *a, struct str s)
{
	struct buf b = { .a = a };
	size_t since = 0;
	for (struct str rest = s, word; str_next(&rest, ' ', &word); since++) {
		bool opens = ONE_OF(word, "và", "để", "nhằm", "theo", "khi", "nếu", "vì", "do",
				    "nhưng", "trong", "từ", "tại", "mà", "hoặc");
		if (opens && since >= 15) {
			buf_putc(&b, ',');
			since = 0;
		}
		if (b.len)
			buf_putc(&b, ' ');
		buf_put(&b, word);
	}
	return buf_str(&b);
}

/* Divides at commas, so that no part without one is joined to another beyond the limit. */
static void put_divided(struct voice *v, struct str s, char end)
{
	struct buf part = { .a = v->a };
	for (struct str rest = s, piece; str_next(&rest, ',', &piece);) {
		piece = with_breaths(v->a, str_trim(piece));
		bool full = syllables(buf_str(&part)) + syllables(piece) > READALOUD_SYLLABLES;
		if (part.len && full) {
			put_sentence(v, buf_str(&part), '.');
			buf_reset(&part);
		}
		if (part.len)
			buf_put(&part, S(", "));
		buf_put(&part, piece);
	}
	put_sentence(v, buf_str(&part), end);
}

void voice_pause(struct voice *v, enum pause p)
{
	struct buf *b = &v->sentence;
	if (p == NO_PAUSE || !b->len)
		return;
	bool comma = b->at[b->len - 1] == ',';
	if (p == COMMA) {
		if (!comma)
			buf_putc(b, ',');
		return;
	}
	b->len -= comma;
	char end = p == QUESTION ? '?' : '.';
	if (syllables(buf_str(b)) > READALOUD_SYLLABLES)
		put_divided(v, str_dup(v->a, buf_str(b)), end);
	else
		put_sentence(v, buf_str(b), end);
	buf_reset(b);
}

/* Letters and digits; the general punctuation of Unicode (U+2000 to U+206F, dashes and quotes among
 * it) begins with E2 80 and E2 81. */
static bool is_heard(struct str s)
{
	unsigned char c = s.len ? (unsigned char)s.at[0] : 0;
	if (str_starts(s, S("\xE2\x80")) || str_starts(s, S("\xE2\x81")))
		return false;
	return c >= 0x80 || is_digit((char)c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

struct str audible(const struct voice *v, struct str part)
{
	char *to = arena_get(v->a, part.len + 1);
	size_t n = 0;
	for (size_t i = 0; i < part.len; i++) {
		struct str here = str_from(part, i);
		bool dash = (unsigned char)here.at[0] >= 0x80 && !is_heard(here);
		bool inside =
			here.at[0] == '.' && n && to[n - 1] != ' ' && is_heard(str_from(here, 1));
		if (is_heard(here) || inside || (here.at[0] == '%' && n))
			to[n++] = here.at[0];
		else if (n && to[n - 1] != ' ')
			to[n++] = ' ';
		i += dash ? 2 : 0;
	}
	struct str clean = str_trim((struct str){ to, n });
	return v->shouting ? utf8_lower(v->a, clean) : clean;
}
