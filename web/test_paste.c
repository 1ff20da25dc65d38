/* What is pasted is recognised whatever the hand or the phone has done to it, and rubbish is called
 * what it is. */
#include "base/encode.h"
#include "tests/log_vectors.h"
#include "web/paste.h"

#include <string.h>

static enum paste_kind kind_of(const char *pasted)
{
	struct paste p;
	paste_read(test_arena(), str_of(pasted), &p);
	return p.kind;
}

static struct str text_of(const char *pasted)
{
	struct paste p;
	paste_read(test_arena(), str_of(pasted), &p);
	return p.text;
}

#define RECEIPT                             \
	"c2sp.org/tlog-proof@v1\nindex 4\n" \
	"VqJsIlDLxq1yMYSyysa7pALCrZFjMSsx+WoO+DnbEO4=\n\n" VECTOR_CHECKPOINT

TEST(a_code_is_a_code_however_it_is_typed)
{
	static const char *const typed[] = {
		"CK-7K3Q-92MV",
		"ck7k3q92mv",
		" CK 7K3Q 92MV \r\n",
		"CK–7K3Q—92MV",
		"ck.7k3q.92mv",
		"CK\302\2407K3Q 92MV",
		"https://xa-mau.example/ho-so/CK-7K3Q-92MV",
		"https://xa-mau.example/ho-so/CK-7K3Q-92MV.json",
		"https://xa-mau.example/en/ho-so/ck-7k3q-92mv?a=b#x",
		"https://xa-mau.example/kiem-chung?a=1&ma=CK-7K3Q-92MV",
		"xa-mau.example/kiem-chung?ma=CK%207K3Q+92MV",
	};
	for (size_t i = 0; i < LENGTH(typed); i++) {
		if (kind_of(typed[i]) != PASTE_CODE)
			FAIL("%s", typed[i]);
		CHECK_STR(text_of(typed[i]), S("CK-7K3Q-92MV"));
	}
}

TEST(a_check_value_is_sixteen_signs_in_any_dress)
{
	CHECK_STR(text_of("7k3q 92mo abcd efgh"), S("7K3Q-92M0-ABCD-EFGH"));
	CHECK(kind_of("7K3Q92M0ABCDEFGH") == PASTE_VALUE);
	CHECK(kind_of("https://x/kiem-chung?ma=7K3Q-92M0-ABCD-EFGH") == PASTE_VALUE);
	CHECK(kind_of("AAAA-BBBB-CCCC-DDDD") == PASTE_VALUE);
	CHECK(kind_of("fc122c7e7740666e04db11b234c82a1aa45cd20d75ddf79c3e4f837489d48e2c") ==
	      PASTE_HASH);
}

TEST(slips_are_told_from_rubbish)
{
	CHECK(kind_of("CK-7K3Q-92MB") == PASTE_CODE_WRONG);
	CHECK(kind_of("CK-7K3U-92MV") == PASTE_CODE_WRONG); /* no U in codes */
	CHECK(kind_of("CK-7K3Q-92M") == PASTE_CODE_LENGTH);
	CHECK(kind_of("CK-7K3Q-92MVV") == PASTE_CODE_LENGTH);
	CHECK(kind_of("7K3Q-92M0-ABCD-EFG") == PASTE_VALUE_LENGTH);
	CHECK(kind_of("7K3Q-92M0-ABCD-EFGHJK") == PASTE_VALUE_LENGTH);
	CHECK(kind_of("7K3Q-92MU-ABCD-EFGH") == PASTE_VALUE_SIGN);
	CHECK(kind_of("") == PASTE_EMPTY);
	CHECK(kind_of(" \r\n\t\xC2\xA0 ") == PASTE_OTHER || kind_of(" \r\n\t ") == PASTE_EMPTY);
	CHECK(kind_of("xin chào") == PASTE_OTHER);
	CHECK(kind_of("kiem chung") == PASTE_OTHER);
	CHECK(kind_of("0912 345 678") == PASTE_OTHER);
	CHECK(kind_of("<script>alert(1)</script>") == PASTE_OTHER);
	CHECK(kind_of("https://xa-mau.example/kiem-chung") == PASTE_OTHER);
	CHECK(kind_of("https://xa-mau.example/kiem-chung?ma=%") == PASTE_OTHER);
	CHECK(kind_of("{\"v\":1}") == PASTE_ENTRY);
	CHECK(kind_of(VECTOR_CHECKPOINT) == PASTE_CHECKPOINT);
	CHECK(kind_of("\xFF\xFE\x80") == PASTE_OTHER);
}

/* Every single wrong sign of a code is noticed as one. */
TEST(any_one_wrong_sign_of_a_code_is_called_a_slip)
{
	static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	for (size_t i = 3; i < 12; i++) {
		for (size_t k = 0; k < 32; k++) {
			char code[] = "CK-7K3Q-92MV";
			if (code[i] == '-' || code[i] == signs[k])
				continue;
			code[i] = signs[k];
			CHECK(kind_of(code) == PASTE_CODE_WRONG);
		}
	}
}

TEST(a_receipt_survives_letters_and_chat_programs)
{
	struct paste p;
	struct hash leaf;
	struct vkey k = vector_vkey(VECTOR_VKEY);
	struct buf b = { .a = test_arena() };
	buf_put(&b, S("\xEF\xBB\xBF\r\n\r\n"));
	for (struct str rest = S(RECEIPT), line; str_next(&rest, '\n', &line);) {
		buf_put(&b, S("  "));
		buf_put(&b, line);
		buf_put(&b, S(" \r\n"));
	}
	paste_read(test_arena(), buf_str(&b), &p);
	CHECK(p.kind == PASTE_RECEIPT);
	CHECK_STR(p.text, S(RECEIPT));
	tree_leaf(log_vectors[4].entry, strlen(log_vectors[4].entry), &leaf);
	CHECK(proof_verify_leaf(test_arena(), &p.proof, &leaf, &k, NULL));
}

TEST(a_broken_receipt_says_where_it_breaks)
{
	static const struct {
		const char *text;
		enum receipt_fault fault;
		int line;
	} cases[] = {
		{ "c2sp.org/tlog-proof@v1", RECEIPT_SHORT, 0 },
		{ "c2sp.org/tlog-proof@v1 index 4 VqJs", RECEIPT_ONE_LINE, 1 },
		{ "c2sp.org/tlog-proof@v2\nindex 4\n", RECEIPT_VERSION, 1 },
		{ "c2sp.org/tlog-proof@v1\nindex four\n\nx", RECEIPT_LINE, 2 },
		{ "c2sp.org/tlog-proof@v1\nextra !!\nindex 4\n\nx", RECEIPT_LINE, 2 },
		{ "c2sp.org/tlog-proof@v1\nindex 4\nabc\n\nx", RECEIPT_LINE, 3 },
		{ "c2sp.org/tlog-proof@v1\nindex 4\n\n", RECEIPT_SHORT, 0 },
		{ "c2sp.org/tlog-proof@v1\nindex 4\n\n" VECTOR_TEXT, RECEIPT_SHORT, 0 },
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct paste p;
		paste_read(test_arena(), str_of(cases[i].text), &p);
		if (p.kind != PASTE_RECEIPT_WRONG || p.fault != cases[i].fault)
			FAIL("%zu: kind %d fault %d", i, p.kind, p.fault);
		if (cases[i].line)
			CHECK_INT(p.line, cases[i].line);
	}
	/* Cut anywhere, it never proves anything. */
	struct vkey k = vector_vkey(VECTOR_VKEY);
	struct hash leaf;
	tree_leaf(log_vectors[4].entry, strlen(log_vectors[4].entry), &leaf);
	for (size_t n = 0; n + 1 < sizeof RECEIPT - 1; n++) {
		struct paste p;
		paste_read(test_arena(), (struct str){ RECEIPT, n }, &p);
		CHECK(p.kind != PASTE_RECEIPT ||
		      !proof_verify_leaf(test_arena(), &p.proof, &leaf, &k, NULL));
	}
}

TEST(rubbish_of_any_length_is_answered)
{
	for (int i = 0; i < 2000; i++) {
		char text[300];
		struct paste p;
		size_t n = (size_t)test_below(sizeof text);
		for (size_t k = 0; k < n; k++)
			text[k] = (char)test_random();
		paste_read(test_arena(), (struct str){ text, n }, &p);
		CHECK(p.kind <= PASTE_OTHER);
	}
	struct paste p;
	char *big = arena_get(test_arena(), PASTE_MOST + 1);
	memset(big, 'A', PASTE_MOST + 1);
	paste_read(test_arena(), (struct str){ big, PASTE_MOST + 1 }, &p);
	CHECK(p.kind == PASTE_OTHER);
}
