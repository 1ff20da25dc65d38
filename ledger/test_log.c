/* The stored log: queue, sequence, sign, publish; restarts, restored backups, keys. */
#include "base/encode.h"
#include "ledger/proof.h"
#include "tests/log_site.h"

#include <stdio.h>
#include <string.h>

TEST(the_vectors_come_out_of_the_stored_log_byte_for_byte)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct str body;
	struct hash h;
	bool entries;

	CHECK_INT(published(log).size, 0);
	for (size_t i = 0; i < LENGTH(log_vectors); i++)
		queue(tx, str_of(log_vectors[i].entry));
	CHECK_INT(sequence(tx, 100), 5);
	test_commit(tx);
	CHECK_OK(log_sign(log, tx));
	CHECK_STR(published(log).note, S(VECTOR_CHECKPOINT));
	CHECK_STR(read_file(path_of(tx, "checkpoint")), S(VECTOR_CHECKPOINT));
	CHECK_STR(log_vkey(log, test_arena()), S(VECTOR_VKEY));

	CHECK_OK(log_tile(log, tx, S("0/000.p/5"), &body, &entries));
	CHECK(!entries);
	sha256(body.at, body.len, &h);
	CHECK_STR(hash_hex(test_arena(), &h),
		  S("03c8c1b1a7ba3cfa2098b040abb16a78a3013addaa15239816298e515340bc66"));
	CHECK_OK(log_tile(log, tx, S("entries/000.p/5"), &body, &entries));
	CHECK(entries);
	sha256(body.at, body.len, &h);
	CHECK_STR(hash_hex(test_arena(), &h),
		  S("7a956d724cf76344692d3d5a36c2ed20d2350bfa35d72f185a8e0ce435a01837"));
}

TEST(a_leaf_has_no_index_before_the_sequencer_and_none_if_its_act_fails)
{
	struct tx *tx = site();
	struct log_leaf l;
	struct hash h;
	int64_t kept, lost, given;

	CHECK_OK(log_queue(tx, S("kept"), &kept, &h));
	CHECK_OK(log_leaf_find(tx, kept, &l));
	CHECK_INT(l.index, -1);
	CHECK_STR(l.entry, S("kept"));
	CHECK(hash_eq(&l.hash, &h));
	CHECK_OK(tx_savepoint(tx));
	CHECK_OK(log_queue(tx, S("lost"), &lost, &h));
	CHECK(tx_savepoint_end(tx, ERR_INVALID) == ERR_INVALID);
	CHECK_OK(log_sequence(tx, 10, &given));
	CHECK_INT(given, 1);
	CHECK_OK(log_leaf_find(tx, kept, &l));
	CHECK_INT(l.index, 0);
	CHECK(log_leaf_by_hash(tx, &h, &l) == ERR_NOT_FOUND);
	CHECK_OK(log_sequence(tx, 10, &given));
	CHECK_INT(given, 0);
}

TEST(an_entry_must_fit_a_bundle)
{
	struct tx *tx = site();
	char *big = arena_get(test_arena(), ENTRY_MAX + 1);
	struct hash h;
	int64_t leaf;

	memset(big, 'x', ENTRY_MAX + 1);
	CHECK(log_queue(tx, S(""), &leaf, &h) == ERR_INVALID);
	CHECK(log_queue(tx, (struct str){ big, ENTRY_MAX + 1 }, &leaf, &h) == ERR_INVALID);
	CHECK_OK(log_queue(tx, (struct str){ big, ENTRY_MAX }, &leaf, &h));
}

/* Every tile and bundle of every size that was signed stays servable, and the stored root is that of a
 * tree computed from the entries alone. */
TEST(a_log_grown_in_uneven_batches_is_the_tree_of_its_entries)
{
	enum { N = 1500 };
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct hash *leaves = NEW_N(test_arena(), struct hash, N), root;
	struct leaves l = { leaves, 0 };
	struct tree_reader reader = { leaves_read, &l };

	for (int64_t i = 0; i < N; i++) {
		struct str entry = str_printf(test_arena(), "{\"n\":%d}", (int)i);
		tree_leaf(entry.at, entry.len, &leaves[i]);
	}
	for (int64_t size = 0; size < N;) {
		int64_t next = size + 1 + (int64_t)test_below(300);
		next = next < N ? next : N;
		grow(tx, size, next);
		size = next;
		CHECK_OK(log_sign(log, tx));
		l.n = (uint64_t)size;
		CHECK_OK(tree_root(&reader, l.n, &root));
		struct log_published p = published(log);
		CHECK_INT(p.size, size);
		CHECK(hash_eq(&p.root, &root));
		for (int level = 0; level < 3; level++) {
			struct tile t;
			for (uint64_t n = 0; tile_at(level, n, l.n, &t); n++) {
				struct buf path = { .a = test_arena() };
				struct hash should[TILE_WIDTH];
				struct str body;
				bool entries;
				buf_put_tile(&path, &t);
				CHECK_OK(log_tile(log, tx, buf_str(&path), &body, &entries));
				CHECK_OK(leaves_read(&l, level, n * TILE_WIDTH, (size_t)t.width,
						     should));
				CHECK_STR(body,
					  ((struct str){ (char *)should, (size_t)t.width * 32 }));
			}
		}
	}
	/* Partial tiles of earlier sizes are still there. */
	struct str body;
	bool entries;
	for (int width = 1; width < 256; width += 17) {
		CHECK_OK(log_tile(log, tx, str_printf(test_arena(), "0/002.p/%d", width), &body,
				  &entries));
		CHECK_INT(body.len, width * 32);
		CHECK_OK(log_tile(log, tx, str_printf(test_arena(), "entries/002.p/%d", width),
				  &body, &entries));
		struct str *out = NEW_N(test_arena(), struct str, 256);
		CHECK(bundle_parse(body, (size_t)width, out));
		CHECK_STR(out[0], S("{\"n\":512}"));
	}
}

TEST(nothing_beyond_the_published_checkpoint_is_served)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct str body;
	bool entries;

	CHECK(log_tile(log, tx, S("0/000.p/1"), &body, &entries) == ERR_NOT_FOUND);
	grow(tx, 0, 300);
	CHECK(log_tile(log, tx, S("0/000.p/1"), &body, &entries) == ERR_NOT_FOUND);
	CHECK(log_tile(log, tx, S("entries/000"), &body, &entries) == ERR_NOT_FOUND);
	CHECK_OK(log_sign(log, tx));
	CHECK_OK(log_tile(log, tx, S("0/000.p/1"), &body, &entries));
	CHECK_OK(log_tile(log, tx, S("0/000"), &body, &entries));
	CHECK_OK(log_tile(log, tx, S("0/001.p/44"), &body, &entries));
	CHECK_OK(log_tile(log, tx, S("1/000.p/1"), &body, &entries));
	static const char *const absent[] = { "0/001.p/45",  "0/001",      "0/002.p/1",
					      "1/000.p/2",   "2/000.p/1",  "entries/001.p/45",
					      "entries/002", "8/0/000",    "0/000.p/0",
					      "0/0",         "../log.key", "",
					      "0/000.p/256" };
	for (size_t i = 0; i < LENGTH(absent); i++)
		if (log_tile(log, tx, str_of(absent[i]), &body, &entries) != ERR_NOT_FOUND)
			FAIL("tile %s was served", absent[i]);
}

TEST(a_receipt_convinces_a_stranger_without_us)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct vkey k = vector_vkey(VECTOR_VKEY);
	struct str text;
	struct proof p;
	struct checkpoint c;

	grow(tx, 0, 700);
	int64_t leaf = queue(tx, S("the act"));
	CHECK(log_receipt(log, tx, leaf, (struct str){ NULL, 0 }, &text) == ERR_BUSY);
	sequence(tx, 100);
	test_commit(tx);
	CHECK(log_receipt(log, tx, leaf, (struct str){ NULL, 0 }, &text) == ERR_BUSY);
	CHECK_OK(log_sign(log, tx));
	CHECK_OK(log_receipt(log, tx, leaf, S("salt"), &text));
	CHECK(proof_parse(test_arena(), text, &p));
	CHECK_STR(p.extra, S("salt"));
	CHECK_INT(p.index, 700);
	CHECK(proof_verify(test_arena(), &p, S("the act"), &k, &c));
	CHECK_INT(c.size, 701);
	CHECK(!proof_verify(test_arena(), &p, S("another act"), &k, &c));
	CHECK(log_receipt(log, tx, 999999, (struct str){ NULL, 0 }, &text) == ERR_NOT_FOUND);
}

TEST(a_leaf_is_found_by_the_check_value_on_paper)
{
	struct tx *tx = site();
	struct log_leaf l;
	struct hash h;
	int64_t leaf;

	grow(tx, 0, 40);
	CHECK_OK(log_queue(tx, S("thông báo"), &leaf, &h));
	struct str printed = check_value_text(test_arena(), h.b);
	CHECK_OK(log_leaf_by_check_value(tx, str_lower(test_arena(), printed), &l));
	CHECK_INT(l.id, leaf);
	CHECK_OK(log_leaf_by_hash(tx, &h, &l));
	CHECK_INT(l.id, leaf);
	/* The same bytes logged twice: the first of the two. */
	queue(tx, S("thông báo"));
	CHECK_OK(log_leaf_by_check_value(tx, printed, &l));
	CHECK_INT(l.id, leaf);
	CHECK(log_leaf_by_check_value(tx, S("0000-0000-0000-0000"), &l) == ERR_NOT_FOUND);
	CHECK(log_leaf_by_check_value(tx, S("U000-0000-0000-0000"), &l) == ERR_INVALID);
	CHECK(log_leaf_by_check_value(tx, S(""), &l) == ERR_INVALID);
}

TEST(entries_are_listed_by_index)
{
	struct tx *tx = site();
	struct log_leaves list;

	grow(tx, 0, 30);
	queue(tx, S("waiting"));
	CHECK_OK(log_entries(tx, 10, 5, &list));
	CHECK_INT(list.n, 5);
	for (size_t i = 0; i < list.n; i++) {
		CHECK_INT(list.at[i].index, 10 + (int64_t)i);
		CHECK_STR(list.at[i].entry, str_printf(test_arena(), "{\"n\":%d}", 10 + (int)i));
	}
	CHECK_OK(log_entries(tx, 28, 5, &list));
	CHECK_INT(list.n, 2);
	CHECK_OK(log_entries(tx, UINT64_MAX, 5, &list));
	CHECK_INT(list.n, 0);
}

/* --- Never two histories --- */

TEST(what_was_committed_and_not_signed_is_signed_at_the_next_start)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);

	grow(tx, 0, 10);
	CHECK_OK(log_sign(log, tx));
	grow(tx, 10, 20);
	/* The process dies here. */
	log = open_log(tx);
	CHECK(log_fault(log) == LOG_FINE);
	CHECK_INT(published(log).size, 20);
}

TEST(a_restart_changes_nothing)
{
	struct tx *tx = site();

	open_log(tx);
	grow(tx, 0, 10);
	struct str first = published(open_log(tx)).note;
	CHECK_STR(published(open_log(tx)).note, first);
	CHECK_STR(read_file(path_of(tx, "checkpoint")), first);
}

TEST(a_request_older_than_the_last_signature_neither_signs_nor_accuses)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct tx old = { .mem = test_arena(), .now = tx->now, .rng = tx->rng };
	struct db *db;
	struct str why, text;
	struct log_head head;

	grow(tx, 0, 10);
	CHECK_OK(log_sign(log, tx));
	CHECK_OK(db_open(test_database(test_tx_dir(tx)), DB_READ, &db, &why, test_arena()));
	CHECK_OK(tx_begin(&old, db, DB_READ));
	CHECK_OK(log_head(&old, &head)); /* the snapshot is taken */
	grow(tx, 10, 20);
	CHECK_OK(log_sign(log, tx));
	CHECK_OK(log_sign(log, &old));
	CHECK_INT(published(log).size, 20);
	CHECK(log_fault(log) == LOG_FINE);
	/* Its receipts stand under the checkpoint it can prove. */
	CHECK_OK(log_receipt(log, &old, 1, (struct str){ NULL, 0 }, &text));
	struct proof p;
	CHECK(proof_parse(test_arena(), text, &p));
	CHECK(str_has(p.checkpoint, S("\n10\n")));
	CHECK_OK(tx_end(&old, OK));
	db_close(db);
}

static void copy_file(const char *from, const char *to)
{
	write_file(to, read_file(from), 0644);
}

/* The classic way to fork: last week's database under this week's checkpoint. */
TEST(a_database_older_than_the_checkpoint_is_never_signed)
{
	struct tx *tx = site();

	struct log *log = open_log(tx);
	grow(tx, 0, 10);
	CHECK_OK(log_sign(log, tx));
	CHECK_OK(tx_savepoint(tx));
	for (int i = 10; i < 20; i++)
		queue(tx, S("lost"));
	sequence(tx, 100);
	CHECK_OK(log_sign(log, tx)); /* signed, and then the database loses it */
	CHECK(tx_savepoint_end(tx, ERR_IO) == ERR_IO);
	struct str told = published(log).note;

	log = open_log(tx);
	CHECK(log_fault(log) == LOG_FILE_AHEAD);
	CHECK(tx->err == OK);
	CHECK(str_has(log_fault_text(log, test_arena()), S("20 entries")));
	CHECK_STR(published(log).note, told);
	CHECK(log_sign(log, tx) == ERR_CORRUPT);
	CHECK(log_accept(log, tx) == ERR_CONFLICT);
	test_rollback(tx);
	/* Growing past it with other entries does not help. */
	for (int i = 0; i < 30; i++)
		queue(tx, S("other"));
	sequence(tx, 100);
	test_commit(tx);
	log = open_log(tx);
	CHECK(log_fault(log) == LOG_FILE_DISAGREES);
	CHECK(log_sign(log, tx) == ERR_CORRUPT);
	CHECK_STR(read_file(path_of(tx, "checkpoint")), told);
}

TEST(a_running_log_refuses_a_history_that_changes_under_it)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);

	grow(tx, 0, 300);
	CHECK_OK(log_sign(log, tx));
	struct str told = published(log).note;
	/* Somebody edits a stored hash. */
	struct query q = db_query(tx, "SELECT hashes FROM log_tile WHERE level = 0 AND n = 1");
	CHECK_OK(db_one(&q));
	struct bytes b = col_bytes(&q, 0);
	char *bad = str_z(test_arena(), (struct str){ b.at, b.len });
	bad[7] ^= 1;
	struct query w = db_query(tx, "UPDATE log_tile SET hashes = $1 WHERE level = 0 AND n = 1");
	BIND(&w, ((struct bytes){ bad, b.len }));
	CHECK_OK(db_exec(&w));
	grow(tx, 300, 310);
	CHECK(log_sign(log, tx) == ERR_CORRUPT);
	CHECK(log_fault(log) == LOG_FILE_DISAGREES);
	CHECK_STR(published(log).note, told);
	CHECK_STR(read_file(path_of(tx, "checkpoint")), told);
}

TEST(a_missing_tile_stops_signing_at_the_start_too)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);

	grow(tx, 0, 300);
	CHECK_OK(log_sign(log, tx));
	grow(tx, 300, 310);
	struct query q = db_query(tx, "DELETE FROM log_tile WHERE level = 0 AND n = 1");
	CHECK_OK(db_exec(&q));
	log = open_log(tx);
	CHECK(log_fault(log) == LOG_FILE_DISAGREES);
	CHECK_INT(published(log).size, 300);
	test_commit(tx);
}

TEST(the_second_copy_guards_against_a_restored_directory)
{
	struct tx *tx = site();
	const char *other = str_z(test_arena(), str_printf(test_arena(), "%s/copy", test_dir()));
	struct log *log;
	struct str why;

	CHECK_OK(log_open(tx, dir_of(tx), str_of(other), &log, &why));
	grow(tx, 0, 10);
	CHECK_OK(log_sign(log, tx));
	copy_file(path_of(tx, "checkpoint"), path_of(tx, "old"));
	test_commit(tx);
	CHECK_OK(tx_savepoint(tx));
	queue(tx, S("lost"));
	sequence(tx, 10);
	CHECK_OK(log_sign(log, tx));
	log_close(log);
	CHECK(tx_savepoint_end(tx, ERR_IO) == ERR_IO);
	/* The whole directory, checkpoint included, is from yesterday. */
	copy_file(path_of(tx, "old"), path_of(tx, "checkpoint"));
	CHECK_OK(log_open(tx, dir_of(tx), S(""), &log, &why));
	CHECK(log_fault(log) == LOG_FINE); /* alone it cannot know */
	log_close(log);
	CHECK_OK(log_open(tx, dir_of(tx), str_of(other), &log, &why));
	CHECK(log_fault(log) == LOG_FILE_AHEAD);
	log_close(log);
}

TEST(a_lost_file_is_made_again_from_the_second_copy)
{
	struct tx *tx = site();
	const char *other = str_z(test_arena(), str_printf(test_arena(), "%s/copy", test_dir()));
	struct log *log;
	struct str why;

	CHECK_OK(log_open(tx, dir_of(tx), str_of(other), &log, &why));
	grow(tx, 0, 10);
	CHECK_OK(log_sign(log, tx));
	struct str told = read_file(other);
	log_close(log);
	CHECK(unlink(path_of(tx, "checkpoint")) == 0);
	CHECK_OK(log_open(tx, dir_of(tx), str_of(other), &log, &why));
	CHECK(log_fault(log) == LOG_FINE);
	CHECK_STR(read_file(path_of(tx, "checkpoint")), told);
	log_close(log);
}

TEST(a_missing_file_stops_signing_until_an_administrator_gives_his_word)
{
	struct tx *tx = site();
	struct log_published p;

	open_log(tx);
	grow(tx, 0, 10);
	CHECK(unlink(path_of(tx, "checkpoint")) == 0);
	struct log *log = open_log(tx);
	CHECK(log_fault(log) == LOG_FILE_MISSING);
	CHECK(log_checkpoint(log, test_arena(), &p) == ERR_NOT_FOUND);
	CHECK(log_sign(log, tx) == ERR_CORRUPT);
	CHECK(access(path_of(tx, "checkpoint"), F_OK) != 0);
	CHECK_OK(log_accept(log, tx));
	CHECK(log_fault(log) == LOG_FINE);
	CHECK_INT(published(log).size, 10);
	CHECK(log_accept(log, tx) == ERR_CONFLICT);
}

TEST(a_file_that_is_no_checkpoint_of_ours_stops_signing)
{
	struct tx *tx = site();
	static const char *const bad[] = { "", "x", VECTOR_TEXT,
					   VECTOR_TEXT "\n" VECTOR_COSIGNATURE };

	grow(tx, 0, 10);
	for (size_t i = 0; i < LENGTH(bad); i++) {
		write_file(path_of(tx, "checkpoint"), str_of(bad[i]), 0644);
		struct log *log = open_log(tx);
		CHECK(log_fault(log) == LOG_FILE_UNREADABLE);
		CHECK(log_sign(log, tx) == ERR_CORRUPT);
		CHECK_STR(read_file(path_of(tx, "checkpoint")), str_of(bad[i]));
	}
	/* Signed by us, at a size we have, with other leaves: a true checkpoint of another history. */
	write_file(path_of(tx, "checkpoint"), S(VECTOR_CHECKPOINT), 0644);
	CHECK(log_fault(open_log(tx)) == LOG_FILE_DISAGREES);
}

TEST(when_the_file_cannot_be_written_nothing_is_published)
{
	struct tx *tx = site();
	struct log *log;
	struct str why;

	CHECK_OK(log_open(tx, dir_of(tx), S(""), &log, &why));
	log_close(log);
	CHECK(log_open(tx, dir_of(tx), S("/nonexistent/folder/copy"), &log, &why) == ERR_IO);
	CHECK(str_has(why, S("/nonexistent/folder/copy")));
	test_rollback(tx);

	log = open_log(tx);
	grow(tx, 0, 10);
	CHECK(mkdir(path_of(tx, "checkpoint.new"), 0700) == 0); /* in the way of the new file */
	CHECK(log_sign(log, tx) == ERR_IO);
	CHECK_INT(published(log).size, 0);
	CHECK(log_fault(log) == LOG_FINE);
	CHECK(rmdir(path_of(tx, "checkpoint.new")) == 0);
	test_rollback(tx);
	CHECK_OK(log_sign(log, tx));
	CHECK_INT(published(log).size, 10);
}

TEST(two_processes_signing_in_turn_keep_one_history)
{
	struct tx *tx = site();
	struct log *one = open_log(tx), *two = open_log(tx);

	for (int64_t size = 0; size < 100; size += 10) {
		grow(tx, size, size + 10);
		CHECK_OK(log_sign(size % 20 ? one : two, tx));
	}
	CHECK_OK(log_sign(one, tx));
	CHECK_OK(log_sign(two, tx));
	CHECK_STR(published(one).note, published(two).note);
	CHECK_INT(published(one).size, 100);
}

TEST(the_sequencer_that_comes_second_does_nothing)
{
	struct tx *tx = site();
	struct log_append first, second;
	struct hash h;
	int64_t a, b;

	CHECK_OK(log_queue(tx, S("a"), &a, &h));
	CHECK_OK(log_queue(tx, S("b"), &b, &h));
	CHECK_OK(log_append_begin(tx, &first));
	CHECK_OK(log_append_begin(tx, &second));
	CHECK_OK(log_append_leaf(&first, a, &h));
	CHECK_OK(log_append_end(&first));
	/* The index is taken, or the row has moved on: a conflict either way. */
	CHECK(log_append_leaf(&second, b, &h) == ERR_CONFLICT);
	CHECK(log_append_end(&second) == ERR_CONFLICT);
}

TEST(the_sequencer_does_not_build_on_an_edge_that_contradicts_its_root)
{
	struct tx *tx = site();
	int64_t given;

	grow(tx, 0, 7);
	struct query q = db_query(tx, "UPDATE log_state SET size = 11");
	CHECK_OK(db_exec(&q));
	queue(tx, S("x"));
	CHECK(log_sequence(tx, 10, &given) == ERR_CORRUPT);
}
