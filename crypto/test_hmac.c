/* Vectors: RFC 4231, cases 1, 2, 3 and 6. */
#include "crypto/hmac.h"
#include "tests/test.h"

#include <string.h>

static struct str mac_of(const void *key, size_t key_len, struct str message)
{
	struct hash h;

	hmac_sha256(key, key_len, message.at, message.len, &h);
	return hash_hex(test_arena(), &h);
}

TEST(hmac_gives_the_published_values)
{
	char key[131], data[50];

	memset(key, 0x0b, 20);
	CHECK_STR(mac_of(key, 20, S("Hi There")),
		  S("b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
	CHECK_STR(mac_of("Jefe", 4, S("what do ya want for nothing?")),
		  S("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"));
	memset(key, 0xaa, sizeof key);
	memset(data, 0xdd, sizeof data);
	CHECK_STR(mac_of(key, 20, ((struct str){ data, sizeof data })),
		  S("773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe"));
	CHECK_STR(mac_of(key, 131, S("Test Using Larger Than Block-Size Key - Hash Key First")),
		  S("60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"));
}

TEST(an_empty_key_is_a_key_like_any_other)
{
	CHECK_STR(mac_of(NULL, 0, S("")),
		  S("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad"));
}
