/* The log as programs read it: the published vectors through the routes, and everything that is to be
 * 404 (docs/log-format.md, "What is served"). */
#include "tests/log_site.h"
#include "web/proof_routes.h"
#include "web/test_ask.h"

static struct asker *served(struct tx **out, size_t entries)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	for (size_t i = 0; i < entries && i < LENGTH(log_vectors); i++)
		queue(tx, str_of(log_vectors[i].entry));
	if (entries)
		CHECK(sequence(tx, 100) > 0);
	test_commit(tx);
	CHECK_OK(log_sign(log, tx));
	test_commit(tx);
	struct asker *a = asker_new(tx, proof_routes);
	a->house.log = log;
	*out = tx;
	return a;
}

static struct str sha256_of(struct str bytes)
{
	struct hash h;
	sha256(bytes.at, bytes.len, &h);
	return hash_hex(test_arena(), &h);
}

TEST(the_checkpoint_is_served_to_the_byte_and_asked_for_again_each_time)
{
	struct tx *tx;
	struct asker *a = served(&tx, 5);
	struct asked r = asker_get(a, "/log/checkpoint");
	CHECK_INT(r.status, 200);
	CHECK_STR(r.body, S(VECTOR_CHECKPOINT));
	CHECK_STR(r.type, S("text/plain; charset=utf-8"));
	CHECK_STR(asked_header(&r, "Cache-Control"), S("no-cache"));
	CHECK_STR(asked_header(&r, "Access-Control-Allow-Origin"), S("*"));
	CHECK_STR(asker_get(a, "/log/vkey").body, S(VECTOR_VKEY "\n"));
}

TEST(an_empty_log_serves_its_checkpoint_and_no_tile)
{
	struct tx *tx;
	struct asker *a = served(&tx, 0);
	struct asked r = asker_get(a, "/log/checkpoint");
	CHECK_INT(r.status, 200);
	CHECK(str_starts(r.body,
			 S(VECTOR_ORIGIN "\n0\n"
					 "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n")));
	CHECK_INT(asker_get(a, "/log/tile/0/000").status, 404);
	CHECK_INT(asker_get(a, "/log/tile/0/000.p/1").status, 404);
	CHECK_INT(asker_get(a, "/log/tile/entries/000.p/1").status, 404);
}

TEST(tiles_and_bundles_are_the_published_bytes_and_never_change)
{
	static const struct {
		const char *address, *sha256;
	} files[] = {
		{ "/log/tile/0/000.p/5",
		  "03c8c1b1a7ba3cfa2098b040abb16a78a3013addaa15239816298e515340bc66" },
		{ "/log/tile/entries/000.p/5",
		  "7a956d724cf76344692d3d5a36c2ed20d2350bfa35d72f185a8e0ce435a01837" },
	};
	struct tx *tx;
	struct asker *a = served(&tx, 5);
	for (size_t i = 0; i < LENGTH(files); i++) {
		struct asked r = asker_get(a, files[i].address);
		CHECK_INT(r.status, 200);
		CHECK_STR(sha256_of(r.body), str_of(files[i].sha256));
		CHECK_STR(r.type, S("application/octet-stream"));
		CHECK_STR(asked_header(&r, "Cache-Control"),
			  S("public, max-age=31536000, immutable"));
		CHECK_STR(asked_header(&r, "Access-Control-Allow-Origin"), S("*"));
	}
	CHECK_INT(asker_get(a, "/log/tile/0/000.p/3").body.len, 96);
}

TEST(what_is_no_tile_is_404_and_says_so_to_other_hosts_too)
{
	static const char *const missing[] = {
		"/log/tile/0/000",       /* five leaves are no full tile */
		"/log/tile/0/000.p/0",   /* no partial tile of none */
		"/log/tile/0/000.p/6",   /* beyond the checkpoint */
		"/log/tile/0/000.p/256", /* a full tile has another name */
		"/log/tile/0/000.p/05",
		"/log/tile/0/000.p",
		"/log/tile/0/001.p/1",
		"/log/tile/1/000.p/1",
		"/log/tile/1/000",
		"/log/tile/64/000.p/1",
		"/log/tile/00/000.p/5",
		"/log/tile/-1/000.p/5",
		"/log/tile/8/0/000.p/5", /* Go's checksum database has the height in the path */
		"/log/tile/0/0",
		"/log/tile/0/0000.p/5",
		"/log/tile/0/x000/000.p/5",
		"/log/tile/0/x001/000",
		"/log/tile/entries/000",
		"/log/tile/entries/000.p/6",
		"/log/tile/entries",
		"/log/tile/data/000.p/5",
		"/log/tile/0",
		"/log/tile/0/000.p/5/x",
		"/log/tile/0/000.p/5.gz",
	};
	struct tx *tx;
	struct asker *a = served(&tx, 5);
	for (size_t i = 0; i < LENGTH(missing); i++) {
		struct asked r = asker_get(a, missing[i]);
		if (r.status != 404)
			FAIL("%s: %d", missing[i], r.status);
		CHECK_STR(asked_header(&r, "Access-Control-Allow-Origin"), S("*"));
		CHECK_STR(asked_header(&r, "Cache-Control"), S("no-store"));
	}
	CHECK_INT(asker_get(a, "/log/tile").status, 404);
	/* The house drops a slash at the end of any address; what is left is no tile. */
	CHECK_INT(asker_get(a, "/log/tile/0/000.p/").status, 308);
	CHECK_INT(asker_get(a, "/log").status, 404);
	CHECK_INT(asker_get(a, "/log/key").status, 404);
}

TEST(leaves_that_are_not_yet_signed_are_not_served)
{
	struct tx *tx;
	struct asker *a = served(&tx, 5);
	queue(tx, S("{\"n\":6}"));
	CHECK_INT(sequence(tx, 10), 1);
	test_commit(tx);
	CHECK_STR(asker_get(a, "/log/checkpoint").body, S(VECTOR_CHECKPOINT));
	CHECK_INT(asker_get(a, "/log/tile/0/000.p/6").status, 404);
	CHECK_INT(asker_get(a, "/log/tile/entries/000.p/6").status, 404);
	CHECK_OK(log_sign(a->house.log, tx));
	CHECK_INT(asker_get(a, "/log/tile/0/000.p/6").body.len, 192);
	CHECK_INT(asker_get(a, "/log/tile/0/000.p/5").body.len, 160);
}

TEST(a_house_without_a_log_has_none_to_serve)
{
	struct tx *tx;
	struct asker *a = served(&tx, 0);
	a->house.log = NULL;
	CHECK_INT(asker_get(a, "/log/checkpoint").status, 404);
	CHECK_INT(asker_get(a, "/log/vkey").status, 404);
	CHECK_INT(asker_get(a, "/log/tile/0/000.p/1").status, 404);
}
