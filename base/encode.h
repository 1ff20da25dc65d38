/* Bytes as text that people and machines carry: hex, base64, Crockford's base32, and the two things
 * people read aloud over a counter: dossier codes and check values. Decoders refuse what an encoder
 * would not have written, except where a human hand is expected and the promise says so. */
#pragma once

#include "base/buf.h"

void buf_put_hex(struct buf *b, const void *bytes, size_t n); /* lower case */
struct str hex_encode(struct arena *a, const void *bytes, size_t n);
/* Exactly 2n digits, either case; `out` holds n bytes. */
MUST_USE bool hex_decode(struct str s, void *out, size_t n);

/* Standard alphabet with padding (RFC 4648 section 4). */
void buf_put_base64(struct buf *b, const void *bytes, size_t n);
struct str base64_encode(struct arena *a, const void *bytes, size_t n);
/* Canonical only: full padding, no white space, unused bits zero. `out` lives in `a`. */
MUST_USE bool base64_decode(struct arena *a, struct str s, struct str *out);
/* The same for a text that must hold exactly n bytes. */
MUST_USE bool base64_decode_exact(struct str s, void *out, size_t n);

/* Crockford's 32 signs: no I, L, O, U. Five bits a sign, first bits first; the last sign of a length
 * that is no multiple of five bytes is filled with zero bits. */
void buf_put_base32(struct buf *b, const void *bytes, size_t n);
/* As typed by people: either case, I and L read as 1, O as 0, dashes and spaces ignored. False when
 * a sign is foreign, the length is not that of n bytes, or the filling bits are not zero. */
MUST_USE bool base32_decode(struct str s, void *out, size_t n);

/* Dossier codes: two letters of the kind, seven random signs, one check sign: CK-7K3Q-92MV. The
 * check sign is the sum of (1,3,5,7,9,11,13 x value) mod 32, so any one wrong sign is noticed. */
#define CODE_LEN 12
/* `letters`: two of A-Z. `random`: its low 35 bits are used. */
struct str code_make(struct arena *a, struct str letters, uint64_t random);
/* As typed: with or without dashes and spaces, either case, I L O folded in the signs (not in the
 * letters). On success `out` is the one canonical form. */
MUST_USE bool code_read(struct arena *a, struct str typed, struct str *out);

/* Check values, printed on notices and minutes: the first 80 bits of a hash as sixteen signs in
 * fours, "7K3Q-92M0-ABCD-EFGH". */
#define CHECK_VALUE_BYTES 10
struct str check_value_text(struct arena *a, const uint8_t *first_ten_bytes);
MUST_USE bool check_value_read(struct str typed, uint8_t out[CHECK_VALUE_BYTES]);
