/* The parser borrows and never trusts: sizes are bounded before anything is allocated, and a base64
 * text has one spelling only. What a signature covers is exactly the text up to its last newline. */
#include "ledger/note.h"

#include "base/encode.h"
#include "base/utf8.h"

#include <string.h>

#define DASH "\xe2\x80\x94 " /* U+2014 and a space */

/* White_Space of Unicode beyond ASCII, as they are spelt in UTF-8. */
static bool has_wide_space(struct str s)
{
	static const char *const spaces[] = {
		"\xc2\x85",     "\xc2\xa0",     "\xe1\x9a\x80", "\xe2\x80\x80", "\xe2\x80\x81",
		"\xe2\x80\x82", "\xe2\x80\x83", "\xe2\x80\x84", "\xe2\x80\x85", "\xe2\x80\x86",
		"\xe2\x80\x87", "\xe2\x80\x88", "\xe2\x80\x89", "\xe2\x80\x8a", "\xe2\x80\xa8",
		"\xe2\x80\xa9", "\xe2\x80\xaf", "\xe2\x81\x9f", "\xe3\x80\x80",
	};

	for (size_t i = 0; i < LENGTH(spaces); i++)
		if (str_has(s, str_of(spaces[i])))
			return true;
	return false;
}

bool key_name_valid(struct str name)
{
	for (size_t i = 0; i < name.len; i++)
		if ((uint8_t)name.at[i] <= ' ' || name.at[i] == '+' || name.at[i] == 0x7f)
			return false;
	return name.len && name.len <= 1000 && utf8_valid(name) && !has_wide_space(name);
}

void vkey_make(struct str name, enum key_type type, const struct public_key *key, struct vkey *out)
{
	uint8_t tail[2] = { '\n', (uint8_t)type };
	struct sha256 s;
	struct hash h;

	sha256_begin(&s);
	sha256_add(&s, name.at, name.len);
	sha256_add(&s, tail, sizeof tail);
	sha256_add(&s, key->b, sizeof key->b);
	sha256_end(&s, &h);
	*out = (struct vkey){ .name = name, .type = type, .key = *key };
	memcpy(out->id.b, h.b, sizeof out->id.b);
}

void buf_put_vkey(struct buf *b, const struct vkey *k)
{
	uint8_t typed[1 + sizeof k->key.b];

	typed[0] = (uint8_t)k->type;
	memcpy(typed + 1, k->key.b, sizeof k->key.b);
	buf_put(b, k->name);
	buf_putc(b, '+');
	buf_put_hex(b, k->id.b, sizeof k->id.b);
	buf_putc(b, '+');
	buf_put_base64(b, typed, sizeof typed);
}

/* base64 itself uses '+', so the name ends at the first one and the ID at the second. */
bool vkey_parse(struct str text, struct vkey *out)
{
	struct str rest = text, name, id_text;
	uint8_t typed[1 + sizeof out->key.b];
	struct public_key key;
	struct key_id id;
	struct vkey k;

	if (!str_next(&rest, '+', &name) || !str_next(&rest, '+', &id_text) || !rest.at ||
	    !key_name_valid(name) || !hex_decode(id_text, id.b, sizeof id.b) ||
	    !base64_decode_exact(rest, typed, sizeof typed))
		return false;
	if (typed[0] != KEY_LOG && typed[0] != KEY_COSIGNER)
		return false;
	memcpy(key.b, typed + 1, sizeof key.b);
	vkey_make(name, (enum key_type)typed[0], &key, &k);
	if (memcmp(k.id.b, id.b, sizeof id.b) != 0)
		return false;
	*out = k;
	return true;
}

static bool only_text(struct str s)
{
	for (size_t i = 0; i < s.len; i++)
		if ((uint8_t)s.at[i] < ' ' && s.at[i] != '\n')
			return false;
	return utf8_valid(s);
}

static bool signature_parse(struct arena *a, struct str line, struct note_signature *out)
{
	struct str rest, name, raw;

	if (!str_starts(line, S(DASH)))
		return false;
	rest = str_from(line, strlen(DASH));
	if (!str_next(&rest, ' ', &name) || !rest.at || !key_name_valid(name) ||
	    !base64_decode(a, rest, &raw) || raw.len <= sizeof out->id.b)
		return false;
	*out = (struct note_signature){
		.name = name,
		.bytes = str_from(raw, sizeof out->id.b),
		.line = { line.at, line.len + 1 },
	};
	memcpy(out->id.b, raw.at, sizeof out->id.b);
	return true;
}

/* Where the signatures begin: after the last blank line. 0 when there is none. */
static size_t signatures_at(struct str s)
{
	for (size_t i = s.len; i >= 2; i--)
		if (s.at[i - 1] == '\n' && s.at[i - 2] == '\n')
			return i;
	return 0;
}

bool note_parse(struct arena *a, struct str bytes, struct note *out)
{
	struct note note = { .n = 0 };
	struct str rest, line;

	if (bytes.len > NOTE_BYTES || !only_text(bytes) || !str_ends(bytes, S("\n")))
		return false;
	size_t at = signatures_at(bytes);
	if (at < 3 || at == bytes.len)
		return false;
	note.text = str_cut(bytes, at - 1);
	note.signatures = NEW_N(a, struct note_signature, NOTE_SIGNATURES);
	rest = str_from(bytes, at);
	rest.len--; /* the last newline ends a line, it begins none */
	while (str_next(&rest, '\n', &line))
		if (note.n == NOTE_SIGNATURES ||
		    !signature_parse(a, line, &note.signatures[note.n++]))
			return false;
	*out = note;
	return true;
}

static struct str cosigned(struct arena *a, struct str text, uint64_t time)
{
	return str_printf(a, "cosignature/v1\ntime %llu\n%.*s", (unsigned long long)time,
			  STR_ARG(text));
}

static bool line_verify(struct str text, const struct note_signature *s, const struct vkey *k,
			uint64_t *time)
{
	struct signature sig;
	struct str signed_bytes = text;
	struct arena *a = NULL;
	uint64_t stamp = 0;

	if (k->type == KEY_LOG) {
		if (s->bytes.len != sizeof sig.b)
			return false;
		memcpy(sig.b, s->bytes.at, sizeof sig.b);
		return sign_verify(&k->key, signed_bytes.at, signed_bytes.len, &sig);
	}
	if (s->bytes.len != 8 + sizeof sig.b)
		return false;
	for (size_t i = 0; i < 8; i++)
		stamp = stamp << 8 | (uint8_t)s->bytes.at[i];
	if (stamp > INT64_MAX)
		return false;
	memcpy(sig.b, s->bytes.at + 8, sizeof sig.b);
	a = arena_new(0);
	signed_bytes = cosigned(a, text, stamp);
	bool good = sign_verify(&k->key, signed_bytes.at, signed_bytes.len, &sig);
	arena_free(a);
	if (good)
		*time = stamp;
	return good;
}

bool note_verify(const struct note *n, const struct vkey *k, uint64_t *time)
{
	bool found = false;
	uint64_t stamp = 0;

	for (size_t i = 0; i < n->n; i++) {
		const struct note_signature *s = &n->signatures[i];
		if (!str_eq(s->name, k->name) || memcmp(s->id.b, k->id.b, sizeof s->id.b) != 0)
			continue;
		if (!line_verify(n->text, s, k, &stamp))
			return false;
		found = true;
	}
	if (found && time)
		*time = stamp;
	return found;
}

/* `blob`: what stands in base64, its first bytes still free for the key ID. */
static void put_line(struct buf *b, const struct vkey *k, uint8_t *blob, size_t n)
{
	memcpy(blob, k->id.b, sizeof k->id.b);
	buf_put(b, S(DASH));
	buf_put(b, k->name);
	buf_putc(b, ' ');
	buf_put_base64(b, blob, n);
	buf_putc(b, '\n');
}

void buf_put_signature(struct buf *b, const struct vkey *k, const struct secret_key *secret,
		       struct str text)
{
	uint8_t blob[sizeof k->id.b + sizeof(struct signature)];
	struct signature s;

	sign(secret, text.at, text.len, &s);
	memcpy(blob + sizeof k->id.b, s.b, sizeof s.b);
	put_line(b, k, blob, sizeof blob);
}

void buf_put_cosignature(struct buf *b, const struct vkey *k, const struct secret_key *secret,
			 struct str text, uint64_t time)
{
	uint8_t blob[sizeof k->id.b + 8 + sizeof(struct signature)];
	struct str message = cosigned(b->a, text, time);
	struct signature s;

	sign(secret, message.at, message.len, &s);
	for (size_t i = 0; i < 8; i++)
		blob[sizeof k->id.b + i] = (uint8_t)(time >> (56 - 8 * i));
	memcpy(blob + sizeof k->id.b + 8, s.b, sizeof s.b);
	put_line(b, k, blob, sizeof blob);
}
