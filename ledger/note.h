/* Signed notes (C2SP signed-note): a text, a blank line, and one line for each signature. */
#pragma once

#include "base/err.h"
#include "crypto/hash.h"
#include "crypto/sign.h"

#define NOTE_SIGNATURES 64 /* at most; more make a note invalid */
#define NOTE_BYTES 1000000 /* at most */

enum key_type { KEY_LOG = 0x01, KEY_COSIGNER = 0x04 }; /* both Ed25519 */

struct key_id {
	uint8_t b[4];
};

/* A verifier's key: what is printed at the office and given to witnesses. */
struct vkey {
	struct str name;
	enum key_type type;
	struct public_key key;
	struct key_id id; /* follows from the three above */
};

struct note_signature {
	struct str name;
	struct key_id id;
	struct str bytes; /* after the key ID, decoded */
	struct str line;  /* as it was written, with its newline; borrowed */
};

struct note {
	struct str text; /* ends in a newline; borrowed from the parsed bytes */
	struct note_signature *signatures;
	size_t n;
};

/* A key name: not empty, valid UTF-8, no control character, no Unicode space, no plus. */
bool key_name_valid(struct str name);
/* Fills in the ID. The name is borrowed. */
void vkey_make(struct str name, enum key_type type, const struct public_key *key, struct vkey *out);
/* name "+" hex8 "+" base64(type || key). */
void buf_put_vkey(struct buf *b, const struct vkey *k);
/* False for another spelling, an unknown type or an ID that is not that of the key. Borrows `text`. */
MUST_USE bool vkey_parse(struct str text, struct vkey *out);

/* False when the bytes are no signed note; says nothing about who signed. Allocates in `a`. */
MUST_USE bool note_parse(struct arena *a, struct str bytes, struct note *out);

/* Has the key signed the note? Lines of other keys are ignored; one line of this key that does not
 * verify spoils the note. For a cosigner's key the text must be a checkpoint, and `time` (may be NULL)
 * becomes the seconds since 1970 it attests. */
MUST_USE bool note_verify(const struct note *n, const struct vkey *k, uint64_t *time);

/* Writing: the text, a newline, then a line for each key. */
void buf_put_signature(struct buf *b, const struct vkey *k, const struct secret_key *secret,
		       struct str text);
/* A cosigner's line under the text of a checkpoint (C2SP tlog-cosignature, version 1): "as of `time`,
 * seconds since 1970, this is the largest tree I have seen, and it contains all that I saw before". */
void buf_put_cosignature(struct buf *b, const struct vkey *k, const struct secret_key *secret,
			 struct str text, uint64_t time);
