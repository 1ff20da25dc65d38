/* A witness: the published vectors, each answer of the protocol, two requests at once, a failing disk. */
#include "ledger/witness_store.h"
#include "tests/fault_vfs.h"
#include "tests/log_site.h"

#include <pthread.h>
#include <string.h>

#define WITNESS_NAME "mttq.xa-mau.example.invalid/w1"

/* --- A log of five entries, as its key would sign it --- */

static struct hash leaf_hashes[5];
static struct leaves all_leaves = { leaf_hashes, 5 };

static struct tree_reader reader(void)
{
	for (size_t i = 0; i < LENGTH(log_vectors); i++)
		CHECK(hash_read_hex(str_of(log_vectors[i].leaf), &leaf_hashes[i]));
	return (struct tree_reader){ leaves_read, &all_leaves };
}

static struct str signed_by(uint8_t first, struct str origin, uint64_t size,
			    const struct hash *root)
{
	SECRET struct secret_key secret;
	struct buf text = { .a = test_arena() }, note = { .a = test_arena() };
	struct checkpoint c = { origin, size, *root };
	struct public_key pub;
	struct key_seed seed;
	struct vkey k;

	for (size_t i = 0; i < sizeof seed.b; i++)
		seed.b[i] = (uint8_t)(first + i);
	key_from_seed(&seed, &secret, &pub);
	vkey_make(origin, KEY_LOG, &pub, &k);
	buf_put_checkpoint(&text, &c);
	buf_put(&note, buf_str(&text));
	buf_putc(&note, '\n');
	buf_put_signature(&note, &k, &secret, buf_str(&text));
	return buf_str(&note);
}

static struct hash root_at(uint64_t size)
{
	struct tree_reader r = reader();
	struct hash root;

	CHECK_OK(tree_root(&r, size, &root));
	return root;
}

static struct str checkpoint_at(uint64_t size)
{
	struct hash root = root_at(size);

	return signed_by(0, S(VECTOR_ORIGIN), size, &root);
}

static struct str request(uint64_t old, uint64_t size)
{
	struct add_checkpoint r = { .old = old, .checkpoint = checkpoint_at(size) };
	struct tree_reader tree = reader();
	struct buf b = { .a = test_arena() };

	if (old && old <= size)
		CHECK_OK(tree_consistency(&tree, old, size, &r.proof));
	buf_put_add_checkpoint(&b, &r);
	return buf_str(&b);
}

/* --- A witness with the vectors' key --- */

struct witness {
	const char *dir;
	struct db *db;
	struct tx tx;
	struct log_key key;
};

static void begin(struct witness *w)
{
	w->tx = (struct tx){ .mem = test_arena(), .now = { INT64_C(1767225600) * 1000 } };
	CHECK_OK(tx_begin(&w->tx, w->db, DB_WRITE));
}

static struct log_key cosigner_key(void)
{
	struct log_key key;
	struct public_key pub;
	struct key_seed seed;

	memset(seed.b, 7, sizeof seed.b);
	key_from_seed(&seed, &key.secret, &pub);
	vkey_make(S(WITNESS_NAME), KEY_COSIGNER, &pub, &key.vkey);
	return key;
}

static void close_witness(void *of)
{
	struct witness *w = of;

	db_close(w->db);
}

static struct witness *witness_open(const char *dir)
{
	struct witness *w = NEW(test_arena(), struct witness);

	w->dir = dir;
	w->key = cosigner_key();
	w->db = test_open(dir, DB_WRITE);
	arena_defer(test_arena(), close_witness, w);
	begin(w);
	return w;
}

static const char *new_folder(void)
{
	struct migrations schema;
	const char *dir = test_dir();
	struct str why = S("");
	struct db *db;

	witness_migrations(test_arena(), &schema);
	CHECK_OK(db_open(test_database(dir), DB_WRITE, &db, &why, test_arena()));
	if (migrate(db, &schema, (struct instant){ 1 }, NULL, &why, test_arena()))
		FAIL("%.*s", STR_ARG(why));
	db_close(db);
	return dir;
}

static struct witness *witness(void)
{
	struct witness *w = witness_open(new_folder());

	CHECK_OK(witness_add(&w->tx, S(VECTOR_VKEY)));
	return w;
}

static struct witness_answer ask(struct witness *w, struct str body)
{
	struct witness_answer a;

	CHECK_OK(witness_add_checkpoint(&w->tx, &w->key, body, &a));
	CHECK_OK(tx_end(&w->tx, OK));
	begin(w);
	return a;
}

static void cosigned(struct witness *w, struct str body)
{
	struct witness_answer a = ask(w, body);

	if (a.verdict != WITNESS_COSIGNED)
		FAIL("%d: %.*s", (int)a.verdict, STR_ARG(a.body));
}

static void refused(struct witness *w, struct str body, enum witness_verdict v, const char *says)
{
	struct witness_answer a = ask(w, body);

	if (a.verdict != v || !str_has(a.body, str_of(says)))
		FAIL("%d instead of %d: %.*s", (int)a.verdict, (int)v, STR_ARG(a.body));
}

/* --- The protocol --- */

TEST(the_vectors_go_in_and_the_published_line_comes_out)
{
	struct witness *w = witness();

	cosigned(w, request(0, 3));
	/* The proof as published, line by line. */
	struct str body = request(3, 5);
	CHECK(str_starts(body,
			 S("old 3\nTxFpW3GkeWOry9yHK6/U6dVfGl0P9aW4rJRGecaZpuE=\n"
			   "Epo+Q96yXGE1fWyEFdqWfKbDWoKPo5BTScQ8ogQ6nWY=\n"
			   "p6Jir+V7pR2WuetlSiehoaFfhoNJ9KlWqT8y4bCkz64=\n"
			   "gX7GhqZlhjW/s0FEPQhXhhrv4KeSddNQSqsC9Odn95o=\n\n" VECTOR_CHECKPOINT)));
	struct witness_answer a = ask(w, body);
	CHECK_INT(a.verdict, WITNESS_COSIGNED);
	CHECK_STR(a.body, S(VECTOR_COSIGNATURE));
	CHECK_STR(a.origin, S(VECTOR_ORIGIN));

	struct str note, hex = witness_log_path(test_arena(), S(VECTOR_ORIGIN));
	CHECK(str_ends(hex, S("/checkpoint")));
	CHECK_OK(witness_checkpoint(&w->tx, str_cut(hex, 64), &note));
	CHECK_STR(note, S(VECTOR_CHECKPOINT VECTOR_COSIGNATURE));
}

TEST(each_answer_of_the_protocol_has_its_reason)
{
	struct witness *w = witness();
	struct hash other = { { 1 } };

	refused(w, S(""), WITNESS_MALFORMED, "no request");
	refused(w, S("old 0\n\nnot a note\n"), WITNESS_MALFORMED, "no request");
	refused(w, str_cut(request(0, 3), 100), WITNESS_MALFORMED, "no request");
	refused(w, request(4, 3), WITNESS_MALFORMED, "old is larger");
	refused(w,
		S("old 0\n\nother.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n"
		  "\n\xe2\x80\x94 other.example/log AAAAAAAA\n"),
		WITNESS_UNKNOWN, "not witnessed here");
	struct buf forged = { .a = test_arena() };
	buf_printf(&forged, "old 0\n\n%.*s",
		   STR_ARG(signed_by(9, S(VECTOR_ORIGIN), 3, &(struct hash){ { 3 } })));
	refused(w, buf_str(&forged), WITNESS_NOT_SIGNED, "signed it");

	refused(w, request(2, 3), WITNESS_OTHER_SIZE, "0\n");
	cosigned(w, request(0, 3));
	struct witness_answer a = ask(w, request(0, 5));
	CHECK_INT(a.verdict, WITNESS_OTHER_SIZE);
	CHECK_STR(a.body, S("3\n"));
	CHECK_STR(a.type, S("text/x.tlog.size"));
	refused(w, request(2, 2), WITNESS_OTHER_SIZE, "3\n");

	/* Another history from the same beginning, truly signed. */
	struct buf lie = { .a = test_arena() };
	struct add_checkpoint r = { .old = 3,
				    .checkpoint = signed_by(0, S(VECTOR_ORIGIN), 5, &other) };
	struct tree_reader tree = reader();
	CHECK_OK(tree_consistency(&tree, 3, 5, &r.proof));
	buf_put_add_checkpoint(&lie, &r);
	refused(w, buf_str(&lie), WITNESS_REFUSED, "its beginning");
	r.proof.n = 0;
	buf_reset(&lie);
	buf_put_add_checkpoint(&lie, &r);
	refused(w, buf_str(&lie), WITNESS_REFUSED, "its beginning");
	/* None of this moved it. */
	cosigned(w, request(3, 5));
	cosigned(w, request(5, 5)); /* the same again, with a fresh time */
	struct str longer = request(5, 5);
	refused(w,
		str_printf(test_arena(),
			   "old 5\nT+CIJ6GI7fJYxbTrTMQ3PAOWhjLYuM5FWqtctNo0I0E=\n%.*s",
			   STR_ARG(str_from(longer, 6))),
		WITNESS_REFUSED, "its beginning");
}

TEST(two_roots_of_one_size_are_kept_as_evidence)
{
	struct witness *w = witness();
	struct hash other = { { 1 } };
	struct witness_knowns known;

	cosigned(w, request(0, 5));
	struct buf lie = { .a = test_arena() };
	buf_printf(&lie, "old 5\n\n%.*s", STR_ARG(signed_by(0, S(VECTOR_ORIGIN), 5, &other)));
	for (int i = 0; i < 3; i++) {
		struct witness_answer a = ask(w, buf_str(&lie));
		CHECK_INT(a.verdict, WITNESS_OTHER_SIZE);
		CHECK_STR(a.body, S("5\n"));
		CHECK(a.fork);
	}
	CHECK_OK(witness_list(&w->tx, S(""), S(""), 10, &known));
	CHECK_INT(known.n, 1);
	CHECK_INT(known.at[0].forks, 1);
	CHECK_INT(known.at[0].size, 5);
	CHECK_INT(known.at[0].seen_at.ms, w->tx.now.ms);
	CHECK_STR(known.at[0].vkey, S(VECTOR_VKEY));
}

TEST(a_log_is_known_by_more_than_one_key_while_it_changes_them)
{
	struct witness *w = witness();
	struct hash root = root_at(5);
	struct str fresh_note = signed_by(9, S(VECTOR_ORIGIN), 5, &root), vkey;
	SECRET struct secret_key secret;
	struct buf text = { .a = test_arena() };
	struct public_key pub;
	struct key_seed seed;
	struct vkey fresh;

	for (size_t i = 0; i < sizeof seed.b; i++)
		seed.b[i] = (uint8_t)(9 + i);
	key_from_seed(&seed, &secret, &pub);
	vkey_make(S(VECTOR_ORIGIN), KEY_LOG, &pub, &fresh);
	buf_put_vkey(&text, &fresh);
	vkey = buf_str(&text);
	cosigned(w, request(0, 3));
	struct add_checkpoint r = { .old = 3, .checkpoint = fresh_note };
	struct tree_reader tree = reader();
	CHECK_OK(tree_consistency(&tree, 3, 5, &r.proof));
	struct buf body = { .a = test_arena() };
	buf_put_add_checkpoint(&body, &r);
	refused(w, buf_str(&body), WITNESS_NOT_SIGNED, "signed it");
	CHECK_OK(witness_add(&w->tx, vkey));
	cosigned(w, buf_str(&body));
	CHECK_OK(witness_remove(&w->tx, S(VECTOR_VKEY)));
	refused(w, request(5, 5), WITNESS_NOT_SIGNED, "signed it");
	/* Without any key it is unknown, and with one again nothing was forgotten. */
	CHECK_OK(witness_remove(&w->tx, vkey));
	CHECK(witness_remove(&w->tx, vkey) == ERR_NOT_FOUND);
	refused(w, request(5, 5), WITNESS_UNKNOWN, "any more");
	CHECK_OK(witness_add(&w->tx, S(VECTOR_VKEY)));
	CHECK(witness_add(&w->tx, S(VECTOR_VKEY)) == ERR_CONFLICT);
	refused(w, request(0, 3), WITNESS_OTHER_SIZE, "5\n");
	CHECK(witness_add(&w->tx, S(VECTOR_WITNESS_VKEY)) == ERR_INVALID);
	CHECK(witness_add(&w->tx, S("x")) == ERR_INVALID);
}

TEST(only_what_was_cosigned_is_shown)
{
	struct witness *w = witness();
	struct str note, path = witness_log_path(test_arena(), S(VECTOR_ORIGIN));
	struct str hex = str_cut(path, 64);
	char *upper = str_z(test_arena(), hex);

	CHECK(witness_checkpoint(&w->tx, hex, &note) == ERR_NOT_FOUND);
	/* A stranger's line beside the log's own is not handed on. */
	struct str body = request(0, 5);
	cosigned(w, str_printf(test_arena(), "%.*s%s", STR_ARG(body),
			       "\xe2\x80\x94 evil.example/w AAAAAAAA\n"));
	CHECK_OK(witness_checkpoint(&w->tx, hex, &note));
	CHECK_STR(note, S(VECTOR_CHECKPOINT VECTOR_COSIGNATURE));
	for (char *c = upper; *c; c++)
		if (*c >= 'a' && *c <= 'f')
			*c = (char)(*c - 'a' + 'A');
	CHECK(str_eq(str_of(upper), hex) ||
	      witness_checkpoint(&w->tx, str_of(upper), &note) == ERR_NOT_FOUND);
	CHECK(witness_checkpoint(&w->tx, S("../witness.key"), &note) == ERR_NOT_FOUND);
	CHECK(witness_checkpoint(&w->tx, S(""), &note) == ERR_NOT_FOUND);
}

TEST(its_list_is_read_in_pages)
{
	struct witness *w = witness_open(new_folder());
	struct witness_knowns page;
	struct str origin = S(""), vkey = S("");
	int64_t seen = 0;

	for (int i = 0; i < 7; i++) {
		struct buf b = { .a = test_arena() };
		struct public_key pub = { { (uint8_t)i, 1 } };
		struct vkey k;
		vkey_make(str_printf(test_arena(), "%d.example/log", 9 - i), KEY_LOG, &pub, &k);
		buf_put_vkey(&b, &k);
		CHECK_OK(witness_add(&w->tx, buf_str(&b)));
	}
	do {
		CHECK_OK(witness_list(&w->tx, origin, vkey, 3, &page));
		for (size_t i = 0; i < page.n; i++, seen++) {
			CHECK(str_cmp(origin, page.at[i].origin) < 0);
			origin = page.at[i].origin;
			vkey = page.at[i].vkey;
			CHECK_INT(page.at[i].seen_at.ms, 0);
		}
	} while (page.n);
	CHECK_INT(seen, 7);
}

/* --- Two at once --- */

struct rival {
	pthread_t thread;
	struct str database;
	struct str body;
	enum witness_verdict verdict;
	bool failed;
};

static void *contend(void *of)
{
	struct rival *r = of;
	struct arena *a = arena_new(0);
	struct log_key key = cosigner_key();
	struct tx tx = { .mem = a, .now = { INT64_C(1767225600) * 1000 } };
	struct witness_answer answer;
	struct str why;
	struct db *db;
	enum err e = db_open(r->database, DB_WRITE, &db, &why, a);

	if (!e) {
		if (!(e = tx_begin(&tx, db, DB_WRITE)))
			e = tx_end(&tx, witness_add_checkpoint(&tx, &key, r->body, &answer));
		db_close(db);
	}
	r->failed = e != OK;
	r->verdict = e ? 0 : answer.verdict;
	arena_free(a);
	return NULL;
}

TEST(of_two_requests_at_once_one_is_first_and_nothing_goes_back)
{
	for (int round = 0; round < 10; round++) {
		struct witness *w = witness();
		struct rival rivals[4];
		struct witness_knowns known;
		int first = 0;

		cosigned(w, request(0, 1));
		CHECK_OK(tx_end(&w->tx, OK));
		for (size_t i = 0; i < LENGTH(rivals); i++) {
			rivals[i] = (struct rival){ .database = test_database(w->dir),
						    .body = request(1, 2 + i) };
			CHECK(!pthread_create(&rivals[i].thread, NULL, contend, &rivals[i]));
		}
		uint64_t won = 0;
		for (size_t i = 0; i < LENGTH(rivals); i++) {
			CHECK(!pthread_join(rivals[i].thread, NULL));
			CHECK(!rivals[i].failed);
			if (rivals[i].verdict == WITNESS_COSIGNED) {
				first++;
				won = 2 + i;
			} else {
				CHECK_INT(rivals[i].verdict, WITNESS_OTHER_SIZE);
			}
		}
		CHECK_INT(first, 1);
		begin(w);
		CHECK_OK(witness_list(&w->tx, S(""), S(""), 2, &known));
		CHECK_INT(known.at[0].size, won);
	}
}

/* --- A failing disk: what was answered is remembered --- */

static bool survive(enum fault_kind fault, int64_t n)
{
	const char *dir = new_folder();
	struct log_key key = cosigner_key();
	struct witness_knowns known;
	uint64_t promised = 0;
	struct db *db = test_open(dir, DB_WRITE);
	struct tx tx = { .mem = test_arena(), .now = { 1 } };

	CHECK_OK(tx_begin(&tx, db, DB_WRITE));
	CHECK_OK(tx_end(&tx, witness_add(&tx, S(VECTOR_VKEY))));
	fault_at(fault, n);
	for (uint64_t size = 1; size <= 5; size++) {
		struct witness_answer a;
		tx = (struct tx){ .mem = test_arena(), .now = { 1 } };
		if (tx_begin(&tx, db, DB_WRITE))
			continue;
		enum err e = witness_add_checkpoint(&tx, &key, request(promised, size), &a);
		if (!tx_end(&tx, e) && a.verdict == WITNESS_COSIGNED)
			promised = size;
	}
	bool hit = fault_hit();
	db_close(db);
	if (fault == FAULT_CUT)
		fault_power_on(n % 3 ? test_random() | 1 : 0);
	else
		fault_clear();
	db = test_open(dir, DB_WRITE);
	tx = (struct tx){ .mem = test_arena(), .now = { 1 } };
	CHECK_OK(tx_begin(&tx, db, DB_WRITE));
	CHECK_OK(witness_list(&tx, S(""), S(""), 2, &known));
	CHECK_INT(known.n, 1);
	/* Seen without an answer is possible, an answer without having seen is not. */
	if (known.at[0].size < promised)
		FAIL("cosigned %d and remembers %d", (int)promised, (int)known.at[0].size);
	CHECK_OK(tx_end(&tx, OK));
	db_close(db);
	return hit;
}

TEST(a_failing_disk_never_makes_it_forget_what_it_cosigned)
{
	static const enum fault_kind kinds[] = { FAULT_IO, FAULT_FULL, FAULT_SHORT, FAULT_CUT };

	test_only_sqlite();
	fault_install();
	for (size_t i = 0; i < LENGTH(kinds); i++) {
		int64_t n = 1;
		while (survive(kinds[i], n))
			n++;
		CHECK(n > 10);
	}
}
