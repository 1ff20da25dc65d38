/* The policy file: what it means, and each complaint with its line. */
#include "ledger/policy.h"
#include "tests/log_vectors.h"

#include <string.h>

struct cosigner {
	struct vkey key;
	struct secret_key secret;
	struct str text; /* its vkey */
};

static struct cosigner cosigner(const char *name, uint8_t fill)
{
	struct buf b = { .a = test_arena() };
	struct public_key pub;
	struct key_seed seed;
	struct cosigner c;

	memset(seed.b, fill, sizeof seed.b);
	key_from_seed(&seed, &c.secret, &pub);
	vkey_make(str_of(name), KEY_COSIGNER, &pub, &c.key);
	buf_put_vkey(&b, &c.key);
	c.text = buf_str(&b);
	return c;
}

static struct policy *parsed(struct str text)
{
	struct policy *p = NEW(test_arena(), struct policy);
	struct str why = S("");

	if (!policy_parse(test_arena(), text, p, &why))
		FAIL("%.*s in %.*s", STR_ARG(why), STR_ARG(text));
	return p;
}

static bool enough(const struct policy *p, struct str bytes)
{
	struct policy_seen *seen = NEW(test_arena(), struct policy_seen);
	struct note n;

	CHECK(note_parse(test_arena(), bytes, &n));
	policy_look(p, &n, seen);
	return seen->enough;
}

TEST(a_witness_of_the_vectors_is_a_quorum)
{
	struct policy *p = parsed(S("# Xã mẫu\n\nlog " VECTOR_VKEY " https://xa-mau.example/log\n"
				    "\twitness mttq  " VECTOR_WITNESS_VKEY " \nquorum mttq\n"));
	struct policy_seen *seen = NEW(test_arena(), struct policy_seen);
	struct note n;

	CHECK_INT(p->logs.n, 1);
	CHECK_STR(p->logs.at[0].key.name, S(VECTOR_ORIGIN));
	CHECK_STR(p->logs.at[0].url, S("https://xa-mau.example/log"));
	CHECK(note_parse(test_arena(), S(VECTOR_CHECKPOINT VECTOR_COSIGNATURE), &n));
	policy_look(p, &n, seen);
	CHECK(seen->enough && seen->cosigned[0]);
	CHECK_INT(seen->witnesses, 1);
	CHECK_INT(seen->time[0], 1767225600);
	CHECK(!enough(p, S(VECTOR_CHECKPOINT)));
	CHECK(enough(parsed(S("quorum none\n")), S(VECTOR_CHECKPOINT)));
	/* The last line need not end. */
	CHECK(enough(parsed(S("quorum none")), S(VECTOR_CHECKPOINT)));
}

/* The example of the published format: two groups, one inside the other. */
TEST(groups_count_as_they_say)
{
	struct cosigner c[6];
	struct buf text = { .a = test_arena() };
	static const char *const names[] = { "X1", "X2", "X3", "Y1", "Y2", "Y3" };

	for (size_t i = 0; i < LENGTH(c); i++) {
		c[i] = cosigner(names[i], (uint8_t)(i + 1));
		buf_printf(&text, "witness %s %.*s\n", names[i], STR_ARG(c[i].text));
	}
	buf_put(&text, S("group X 2 X1 X2 X3\ngroup Y any Y1 Y2 Y3\ngroup both all X Y\n"
			 "quorum both\n"));
	struct policy *p = parsed(buf_str(&text));
	for (unsigned who = 0; who < 64; who++) {
		struct buf note = { .a = test_arena() };
		int x = 0, y = 0;
		buf_put(&note, S(VECTOR_CHECKPOINT));
		for (size_t i = 0; i < LENGTH(c); i++) {
			if (!(who >> i & 1))
				continue;
			buf_put_cosignature(&note, &c[i].key, &c[i].secret, S(VECTOR_TEXT), 1);
			(i < 3 ? (x++) : (y++));
		}
		CHECK(enough(p, buf_str(&note)) == (x >= 2 && y >= 1));
	}
}

TEST(each_complaint_names_the_line)
{
	static const struct {
		const char *text, *why;
	} bad[] = {
		{ "", "there is no quorum line" },
		{ "log " VECTOR_VKEY "\n", "there is no quorum line" },
		{ "\nlog x+y+z\n", "line 2: here stands no verifier key of a log" },
		{ "log " VECTOR_WITNESS_VKEY "\n", "line 1: here stands no verifier key of a log" },
		{ "log " VECTOR_VKEY " ftp://x\n", "line 1: an address begins with" },
		{ "log " VECTOR_VKEY " https://x y\n", "line 1: something stands after" },
		{ "log " VECTOR_VKEY "\nlog " VECTOR_VKEY "\n",
		  "line 2: this log stands here twice" },
		{ "witness w " VECTOR_VKEY "\n",
		  "line 1: here stands no verifier key of a witness" },
		{ "witness none " VECTOR_WITNESS_VKEY "\n", "line 1: here stands no name" },
		{ "witness\n", "line 1: here stands no name" },
		{ "witness a " VECTOR_WITNESS_VKEY "\nwitness a " VECTOR_WITNESS_VKEY "\n",
		  "line 2: this name stands here twice" },
		{ "witness a " VECTOR_WITNESS_VKEY "\nwitness b " VECTOR_WITNESS_VKEY "\n",
		  "line 2: this witness stands here twice" },
		{ "group g 1 h\n", "line 1: a group is made of" },
		{ "group g 1 g\n", "line 1: a group is made of" },
		{ "group g any\n", "line 1: a group has members" },
		{ "witness a " VECTOR_WITNESS_VKEY "\ngroup g 2 a\n", "line 2: a group says" },
		{ "witness a " VECTOR_WITNESS_VKEY "\ngroup g 0 a\n", "line 2: a group says" },
		{ "witness a " VECTOR_WITNESS_VKEY "\ngroup g 1 a a\n",
		  "line 2: a member stands here twice" },
		{ "quorum a\n", "line 1: the quorum is" },
		{ "quorum\n", "line 1: the quorum is" },
		{ "quorum none\nquorum none\n", "line 2: there is one quorum line" },
		{ "quorum none x\n", "line 1: something stands after" },
		{ "trust me\n", "line 1: a line begins with" },
		{ "quorum none\r\n", "line 1: there is a control sign" },
	};
	struct policy *p = NEW(test_arena(), struct policy);
	struct str why;

	for (size_t i = 0; i < LENGTH(bad); i++)
		if (policy_parse(test_arena(), str_of(bad[i].text), p, &why) ||
		    !str_has(why, str_of(bad[i].why)))
			FAIL("%s: %.*s", bad[i].text, STR_ARG(why));
}

TEST(whom_a_log_asks_is_such_a_file_with_addresses)
{
	struct policy *p = NEW(test_arena(), struct policy);
	struct str why;

	CHECK(policy_parse_witnesses(
		test_arena(), S("witness mttq " VECTOR_WITNESS_VKEY " https://mttq.example/w\n"), p,
		&why));
	CHECK_STR(p->names.at[0].url, S("https://mttq.example/w"));
	CHECK(policy_parse_witnesses(test_arena(), S(""), p, &why));
	CHECK_INT(p->names.n, 0);
	CHECK(!policy_parse_witnesses(test_arena(), S("witness mttq " VECTOR_WITNESS_VKEY "\n"), p,
				      &why));
	CHECK(str_has(why, S("line 1: the address of this witness is missing")));
}
