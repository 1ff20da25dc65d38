/* Notes, keys, checkpoints and receipts: the published vectors, then everything that must be refused. */
#include "base/encode.h"
#include "ledger/proof.h"
#include "tests/log_vectors.h"

#include <string.h>

static struct str vkey_text(const struct vkey *k)
{
	struct buf b = { .a = test_arena() };

	buf_put_vkey(&b, k);
	return buf_str(&b);
}

static struct str checkpoint_text(struct str origin, uint64_t size, struct str root)
{
	struct buf b = { .a = test_arena() };
	struct checkpoint c = { .origin = origin, .size = size };

	CHECK(base64_decode_exact(root, c.root.b, sizeof c.root.b));
	buf_put_checkpoint(&b, &c);
	return buf_str(&b);
}

/* Signs any text with the vector's key. */
static struct str signed_text(struct str text)
{
	SECRET struct secret_key secret;
	struct buf b = { .a = test_arena() };
	struct public_key pub;
	struct vkey k;

	vector_key(&secret, &pub);
	vkey_make(S(VECTOR_ORIGIN), KEY_LOG, &pub, &k);
	buf_put(&b, text);
	buf_putc(&b, '\n');
	buf_put_signature(&b, &k, &secret, text);
	return buf_str(&b);
}

static bool verifies(struct str bytes, const char *vkey)
{
	struct vkey k = vector_vkey(vkey);
	struct checkpoint c;

	return checkpoint_verify(test_arena(), bytes, &k, &c, NULL);
}

TEST(the_key_of_the_vectors_has_the_published_name)
{
	SECRET struct secret_key secret;
	struct public_key pub;
	struct vkey k;

	vector_key(&secret, &pub);
	CHECK_STR(hex_encode(test_arena(), pub.b, 32),
		  S("03a107bff3ce10be1d70dd18e74bc09967e4d6309ba50d5f1ddc8664125531b8"));
	vkey_make(S(VECTOR_ORIGIN), KEY_LOG, &pub, &k);
	CHECK_STR(vkey_text(&k), S(VECTOR_VKEY));
	k = vector_vkey(VECTOR_WITNESS_VKEY);
	CHECK_INT(k.type, KEY_COSIGNER);
	CHECK_STR(vkey_text(&k), S(VECTOR_WITNESS_VKEY));
}

TEST(the_checkpoint_of_the_vectors_comes_out_byte_for_byte)
{
	struct str text = checkpoint_text(S(VECTOR_ORIGIN), 5, str_of(log_vectors[4].root));

	CHECK_STR(text, S(VECTOR_TEXT));
	CHECK_STR(signed_text(text), S(VECTOR_CHECKPOINT));
}

TEST(the_checkpoint_of_the_vectors_verifies)
{
	struct vkey k = vector_vkey(VECTOR_VKEY);
	struct checkpoint c;
	struct note n;

	CHECK(checkpoint_verify(test_arena(), S(VECTOR_CHECKPOINT), &k, &c, &n));
	CHECK_STR(c.origin, S(VECTOR_ORIGIN));
	CHECK_INT(c.size, 5);
	CHECK_STR(base64_encode(test_arena(), c.root.b, 32), str_of(log_vectors[4].root));
	CHECK_INT(n.n, 1);
}

TEST(a_witness_line_verifies_with_its_time)
{
	struct vkey log = vector_vkey(VECTOR_VKEY), witness = vector_vkey(VECTOR_WITNESS_VKEY);
	struct checkpoint c;
	struct note n;
	uint64_t time = 0;

	CHECK(checkpoint_verify(test_arena(), S(VECTOR_CHECKPOINT VECTOR_COSIGNATURE), &log, &c,
				&n));
	CHECK_INT(n.n, 2);
	CHECK(note_verify(&n, &witness, &time));
	CHECK_INT(time, 1767225600);
	/* Cosigned for this text only, and the witness's line is not the log's. */
	n.text = S(VECTOR_ORIGIN "\n6\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n");
	CHECK(!note_verify(&n, &witness, &time));
	CHECK(!verifies(S(VECTOR_TEXT "\n" VECTOR_COSIGNATURE), VECTOR_VKEY));
}

TEST(the_witness_line_of_the_vectors_comes_out_byte_for_byte)
{
	SECRET struct secret_key secret;
	struct buf b = { .a = test_arena() };
	struct vkey witness = vector_vkey(VECTOR_WITNESS_VKEY), k;
	struct public_key pub;
	struct key_seed seed;

	memset(seed.b, 7, sizeof seed.b);
	key_from_seed(&seed, &secret, &pub);
	vkey_make(S("mttq.xa-mau.example.invalid/w1"), KEY_COSIGNER, &pub, &k);
	CHECK_STR(vkey_text(&k), S(VECTOR_WITNESS_VKEY));
	buf_put_cosignature(&b, &witness, &secret, S(VECTOR_TEXT), 1767225600);
	CHECK_STR(buf_str(&b), S(VECTOR_COSIGNATURE));
}

TEST(every_flipped_bit_of_a_checkpoint_is_refused)
{
	struct str good = S(VECTOR_CHECKPOINT);
	char *bad = str_z(test_arena(), good);

	CHECK(verifies(good, VECTOR_VKEY));
	for (size_t bit = 0; bit < good.len * 8; bit++) {
		bad[bit / 8] ^= (char)(1 << bit % 8);
		if (verifies((struct str){ bad, good.len }, VECTOR_VKEY))
			FAIL("bit %zu may be flipped", bit);
		bad[bit / 8] ^= (char)(1 << bit % 8);
	}
	for (size_t cut = 0; cut < good.len; cut++)
		CHECK(!verifies(str_cut(good, cut), VECTOR_VKEY));
}

TEST(every_flipped_bit_of_a_cosignature_is_refused)
{
	struct str good = S(VECTOR_CHECKPOINT VECTOR_COSIGNATURE);
	struct vkey witness = vector_vkey(VECTOR_WITNESS_VKEY);
	char *bad = str_z(test_arena(), good);
	struct note n;

	for (size_t bit = strlen(VECTOR_CHECKPOINT) * 8; bit < good.len * 8; bit++) {
		bad[bit / 8] ^= (char)(1 << bit % 8);
		CHECK(!note_parse(test_arena(), (struct str){ bad, good.len }, &n) ||
		      !note_verify(&n, &witness, NULL));
		bad[bit / 8] ^= (char)(1 << bit % 8);
	}
}

TEST(sixteen_unknown_signatures_and_more_do_not_matter)
{
	for (int extra = 0; extra <= NOTE_SIGNATURES; extra++) {
		struct buf b = { .a = test_arena() };
		buf_put(&b, S(VECTOR_TEXT "\n"));
		for (int i = 0; i < extra / 2; i++)
			buf_put(&b, S("\xe2\x80\x94 someone.example AAAAAAA=\n"));
		buf_put(&b, S(VECTOR_SIGNATURE));
		for (int i = extra / 2; i < extra; i++)
			buf_put(&b, S("\xe2\x80\x94 người-khác.example/w ABCDEFE=\n"));
		CHECK(verifies(buf_str(&b), VECTOR_VKEY) == (extra < NOTE_SIGNATURES));
	}
}

/* Name and ID together make a key; sharing one of them means nothing. */
TEST(a_line_with_our_name_and_another_key_is_ignored)
{
	struct str other = S("\xe2\x80\x94 " VECTOR_ORIGIN " AAAAAAAA\n");

	CHECK(verifies(str_printf(test_arena(), "%s%.*s", VECTOR_CHECKPOINT, STR_ARG(other)),
		       VECTOR_VKEY));
	CHECK(!verifies(str_printf(test_arena(), "%s\n%.*s", VECTOR_TEXT, STR_ARG(other)),
			VECTOR_VKEY));
}

TEST(one_bad_line_of_a_known_key_spoils_the_note)
{
	/* Our key ID, then bytes that are no signature of ours. */
	CHECK(!verifies(S(VECTOR_CHECKPOINT "\xe2\x80\x94 " VECTOR_ORIGIN " BMz0hKoT\n"),
			VECTOR_VKEY));
	CHECK(verifies(S(VECTOR_CHECKPOINT VECTOR_SIGNATURE), VECTOR_VKEY));
}

TEST(what_is_no_note_is_refused)
{
	static const char *const bad[] = {
		"",
		"\n",
		"\n\n",
		"\n\n\n",
		"a",
		"a\n",
		"a\n\n",
		"a\n\n\n",
		"a\n\xe2\x80\x94 b AAAAAAA=\n",      /* no blank line */
		"a\n\n\xe2\x80\x94 b AAAAAAA=",      /* no last newline */
		"a\n\n\xe2\x80\x94 b AAAAAAA=\n\n",  /* a blank line after */
		"a\n\n\xe2\x80\x94 b AAAAAAA=\nc\n", /* another line after */
		"a\n\n\xe2\x80\x94 b AAAAAAA\n",     /* no padding */
		"a\n\n\xe2\x80\x94 b AAAAAAB=\n",    /* unused bits set */
		"a\n\n\xe2\x80\x94 b AAAAAA==\n",    /* nothing after the ID */
		"a\n\n\xe2\x80\x94 b\n",
		"a\n\n\xe2\x80\x94 b \n",
		"a\n\n\xe2\x80\x94  AAAAAAA=\n",
		"a\n\n\xe2\x80\x94 b c AAAAAAA=\n",
		"a\n\n\xe2\x80\x94 b+c AAAAAAA=\n",
		"a\n\n\xe2\x80\x94 b\xc2\xa0x AAAAAAA=\n", /* a space that is not ASCII */
		"a\n\n\xe2\x80\x93 b AAAAAAA=\n",
		"a\n\n- b AAAAAAA=\n",
		"a\n\n-- b AAAAAAA=\n",
		"a\r\n\r\n\xe2\x80\x94 b AAAAAAA=\r\n",
		"a\tb\n\n\xe2\x80\x94 b AAAAAAA=\n",
		"a\xff\n\n\xe2\x80\x94 b AAAAAAA=\n",
		"a\xed\xa0\x80\n\n\xe2\x80\x94 b AAAAAAA=\n",
	};
	struct note n;

	CHECK(note_parse(test_arena(), S("a\n\n\xe2\x80\x94 b AAAAAAA=\n"), &n));
	CHECK(note_parse(test_arena(), S("a\n\nb\n\n\xe2\x80\x94 b AAAAAAA=\n"), &n));
	CHECK_STR(n.text, S("a\n\nb\n"));
	for (size_t i = 0; i < LENGTH(bad); i++)
		if (note_parse(test_arena(), str_of(bad[i]), &n))
			FAIL("case %zu was accepted", i);
	CHECK(!note_parse(test_arena(), ((struct str){ "a\0\n\n\xe2\x80\x94 b AAAAAAA=\n", 19 }),
			  &n));
	char *huge = arena_get(test_arena(), NOTE_BYTES + 2);
	memset(huge, '\n', NOTE_BYTES + 1);
	CHECK(!note_parse(test_arena(), (struct str){ huge, NOTE_BYTES + 1 }, &n));
}

TEST(what_is_no_verifier_key_is_refused)
{
	static const char *const bad[] = {
		"",
		"+",
		"++",
		"a++",
		"a+04ccf484",
		"a+04ccf484+",
		VECTOR_ORIGIN "+04ccf485+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
		VECTOR_ORIGIN "+4ccf484+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
		VECTOR_ORIGIN "+04ccf484+AgOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4",
		VECTOR_ORIGIN "+04ccf484+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG",
		VECTOR_ORIGIN "+04ccf484+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4AA==",
		VECTOR_VKEY "\n",
		" " VECTOR_VKEY,
		"x" VECTOR_VKEY,
	};
	struct vkey k;

	for (size_t i = 0; i < LENGTH(bad); i++)
		if (vkey_parse(str_of(bad[i]), &k))
			FAIL("\"%s\" was accepted", bad[i]);
}

/* Signed correctly, and still no checkpoint of ours. */
TEST(what_is_no_checkpoint_is_refused_even_when_signed)
{
	static const char *const bad[] = {
		VECTOR_ORIGIN "\n05\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n",
		VECTOR_ORIGIN "\n+5\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n",
		VECTOR_ORIGIN "\n-5\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n",
		VECTOR_ORIGIN "\n-0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n",
		VECTOR_ORIGIN "\n\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n",
		VECTOR_ORIGIN "\n5 \n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n",
		VECTOR_ORIGIN
		"\n9223372036854775807\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n",
		VECTOR_ORIGIN
		"\n18446744073709551621\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n",
		VECTOR_ORIGIN "\n5\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU\n",
		VECTOR_ORIGIN "\n5\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iV=\n",
		VECTOR_ORIGIN "\n0\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n",
		VECTOR_ORIGIN "\n5\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\nextension\n",
		VECTOR_ORIGIN "\n5\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n\n",
		VECTOR_ORIGIN "\n5\n",
		"another.example/log\n5\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n",
		"\n5\n9sI3mMMtayrWhiXTQEtSR/S0wY0rBnN0TkKhPpcA3iU=\n",
	};

	for (size_t i = 0; i < LENGTH(bad); i++)
		if (verifies(signed_text(str_of(bad[i])), VECTOR_VKEY))
			FAIL("case %zu was accepted", i);
	CHECK(verifies(signed_text(S(VECTOR_TEXT)), VECTOR_VKEY));
	CHECK(verifies(
		signed_text(checkpoint_text(S(VECTOR_ORIGIN), 0,
					    S("47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="))),
		VECTOR_VKEY));
}

static struct proof vector_proof(uint64_t index)
{
	struct hash *at = NEW_N(test_arena(), struct hash, LENGTH(log_vectors));
	struct leaves l = { at, LENGTH(log_vectors) };
	struct proof p = { .index = index, .checkpoint = S(VECTOR_CHECKPOINT) };

	for (size_t i = 0; i < LENGTH(log_vectors); i++)
		tree_leaf(log_vectors[i].entry, strlen(log_vectors[i].entry), &at[i]);
	CHECK(tree_inclusion(&(struct tree_reader){ leaves_read, &l }, index, l.n, &p.path) == OK);
	return p;
}

static struct str proof_text(const struct proof *p)
{
	struct buf b = { .a = test_arena() };

	buf_put_proof(&b, p);
	return buf_str(&b);
}

TEST(a_receipt_has_the_published_form_and_verifies_alone)
{
	struct vkey k = vector_vkey(VECTOR_VKEY);
	struct proof p = vector_proof(0), back;
	struct checkpoint c;

	p.extra = S("muối");
	struct str text = proof_text(&p);
	CHECK_STR(text, S("c2sp.org/tlog-proof@v1\n"
			  "extra bXXhu5Fp\n"
			  "index 0\n"
			  "T+CIJ6GI7fJYxbTrTMQ3PAOWhjLYuM5FWqtctNo0I0E=\n"
			  "xkX6n9Bn86R9h7vvmbMCh0Z306Rx6g9/e+54Dod+rGo=\n"
			  "gX7GhqZlhjW/s0FEPQhXhhrv4KeSddNQSqsC9Odn95o=\n"
			  "\n" VECTOR_CHECKPOINT));
	CHECK(proof_parse(test_arena(), text, &back));
	CHECK_STR(back.extra, S("muối"));
	CHECK(proof_verify(test_arena(), &back, str_of(log_vectors[0].entry), &k, &c));
	CHECK_INT(c.size, 5);
	CHECK(!proof_verify(test_arena(), &back, str_of(log_vectors[1].entry), &k, &c));
	back.index = 1;
	CHECK(!proof_verify(test_arena(), &back, str_of(log_vectors[0].entry), &k, &c));
}

TEST(every_flipped_bit_of_a_receipt_is_refused)
{
	struct vkey k = vector_vkey(VECTOR_VKEY);

	for (uint64_t index = 0; index < 5; index++) {
		struct proof p = vector_proof(index), back;
		struct str good = proof_text(&p);
		char *bad = str_z(test_arena(), good);
		for (size_t bit = 0; bit < good.len * 8; bit++) {
			bad[bit / 8] ^= (char)(1 << bit % 8);
			if (proof_parse(test_arena(), (struct str){ bad, good.len }, &back) &&
			    proof_verify(test_arena(), &back, str_of(log_vectors[index].entry), &k,
					 NULL))
				FAIL("bit %zu of receipt %d may be flipped", bit, (int)index);
			bad[bit / 8] ^= (char)(1 << bit % 8);
		}
	}
}

TEST(what_is_no_receipt_is_refused)
{
	static const char *const bad[] = {
		"",
		"c2sp.org/tlog-proof@v1",
		"c2sp.org/tlog-proof@v1\n",
		"c2sp.org/tlog-proof@v2\nindex 0\n\nx",
		"c2sp.org/tlog-proof@v1\nindex 0\n",
		"c2sp.org/tlog-proof@v1\nindex 0\n\n",
		"c2sp.org/tlog-proof@v1\nindex \n\nx",
		"c2sp.org/tlog-proof@v1\nindex 00\n\nx",
		"c2sp.org/tlog-proof@v1\nindex -0\n\nx",
		"c2sp.org/tlog-proof@v1\nindex -1\n\nx",
		"c2sp.org/tlog-proof@v1\nindex  1\n\nx",
		"c2sp.org/tlog-proof@v1\nIndex 1\n\nx",
		"c2sp.org/tlog-proof@v1\nindex 99999999999999999999\n\nx",
		"c2sp.org/tlog-proof@v1\nindex 1\nAAAA\n\nx",
		"c2sp.org/tlog-proof@v1\nindex 1\nextra AAAA\n\nx",
		"c2sp.org/tlog-proof@v1\nextra AAA\nindex 1\n\nx",
		"c2sp.org/tlog-proof@v1\nextra AAAA\nextra AAAA\nindex 1\n\nx",
		"c2sp.org/tlog-proof@v1\r\nindex 1\r\n\r\nx",
	};
	struct proof p;

	CHECK(proof_parse(test_arena(), S("c2sp.org/tlog-proof@v1\nindex 0\n\nx"), &p));
	for (size_t i = 0; i < LENGTH(bad); i++)
		if (proof_parse(test_arena(), str_of(bad[i]), &p))
			FAIL("case %zu was accepted", i);
	struct buf b = { .a = test_arena() };
	buf_put(&b, S("c2sp.org/tlog-proof@v1\nindex 0\n"));
	for (int i = 0; i <= TREE_PATH_MAX; i++)
		buf_put(&b, S("T+CIJ6GI7fJYxbTrTMQ3PAOWhjLYuM5FWqtctNo0I0E=\n"));
	buf_put(&b, S("\nx"));
	CHECK(!proof_parse(test_arena(), buf_str(&b), &p));
}
