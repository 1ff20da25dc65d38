#include "modules/know/sources.h"

#include "base/encode.h"
#include "base/utf8.h"
#include "office/dossier.h"

/* Up to the next space or TAB; the rest begins after it. */
static struct str first_word(struct str line, struct str *rest)
{
	size_t n = 0;
	while (n < line.len && line.at[n] != ' ' && line.at[n] != '\t')
		n++;
	*rest = str_trim(str_from(line, n));
	return (struct str){ line.at, n };
}

static struct str last_word(struct str line, struct str *rest)
{
	size_t n = line.len;
	while (n && line.at[n - 1] != ' ' && line.at[n - 1] != '\t')
		n--;
	*rest = str_trim((struct str){ line.at, n });
	return str_from(line, n);
}

static struct str without_end(struct str word)
{
	while (word.len && (word.at[word.len - 1] == ':' || word.at[word.len - 1] == ',' ||
			    word.at[word.len - 1] == ';' || word.at[word.len - 1] == '.'))
		word.len--;
	return word;
}

static bool is_address(struct str word)
{
	return str_starts(word, S("https://")) || str_starts(word, S("http://"));
}

static struct source read_line(struct arena *a, struct str line)
{
	struct source s = { .code = S(""), .words = line, .address = S("") };
	struct str rest;
	if (code_read(a, without_end(first_word(line, &rest)), &s.code))
		s.words = rest;
	struct str last = last_word(s.words, &rest);
	if (is_address(last)) {
		s.address = last;
		s.words = rest;
	}
	return s;
}

struct sources sources_read(struct arena *a, struct str lines)
{
	struct sources out = { NEW_N(a, struct source, SOURCES_MOST), 0 };
	struct str line;
	while (out.n < SOURCES_MOST && str_next(&lines, '\n', &line)) {
		line = str_trim(line);
		if (line.len)
			out.at[out.n++] = read_line(a, line);
	}
	return out;
}

/* "CK-7K3Q-92MW": written like a code, and none. */
static bool is_almost_code(struct str word)
{
	if (word.len != CODE_LEN || word.at[2] != '-' || word.at[7] != '-')
		return false;
	for (size_t i = 0; i < word.len; i++) {
		char c = word.at[i];
		bool letter = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
		bool digit = c >= '0' && c <= '9';
		if (i == 2 || i == 7)
			continue;
		if (!letter && (i < 2 || !digit))
			return false;
	}
	return true;
}

static enum err is_public(struct tx *tx, struct str code, bool *out)
{
	int64_t id;
	struct dossier *d;
	*out = false;
	enum err e = dossier_by_code(tx, code, &id);
	if (!e && !(e = dossier_load(tx, id, &d)))
		*out = dossier_visibility(d) == VISIBLE_PUBLIC;
	return e == ERR_NOT_FOUND ? OK : e;
}

static enum err check_line(struct tx *tx, struct str line, int64_t no, const char *field,
			   struct faults *faults)
{
	struct buf b = { .a = tx->mem };
	enum lang lang = faults ? faults->lang : LANG_VI;
	struct source s = read_line(tx->mem, line);
	struct str rest, word = without_end(first_word(line, &rest));
	bool known = true;
	enum err e = s.code.len ? is_public(tx, s.code, &known) : OK;
	if (utf8_length(tx->mem, line) > SOURCE_LONGEST)
		msg_editorial_fault_source_long(&b, lang, no, SOURCE_LONGEST);
	else if (!s.code.len && is_almost_code(word))
		msg_editorial_fault_source_slip(&b, lang, no, word);
	else if (!known)
		msg_editorial_fault_source_unknown(&b, lang, no, s.code);
	if (b.len)
		fault_add(faults, field, buf_str(&b));
	return e;
}

enum err sources_check(struct tx *tx, struct str lines, const char *field, struct faults *faults)
{
	struct str line;
	int64_t no = 0;
	enum err e = OK;
	while (!e && str_next(&lines, '\n', &line)) {
		line = str_trim(line);
		if (!line.len)
			continue;
		if (++no > SOURCES_MOST) {
			struct buf b = { .a = tx->mem };
			msg_editorial_fault_sources_many(&b, faults ? faults->lang : LANG_VI,
							 SOURCES_MOST);
			fault_add(faults, field, buf_str(&b));
			break;
		}
		e = check_line(tx, line, no, field, faults);
	}
	return e;
}
