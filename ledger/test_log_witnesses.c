/* What is signed waits for witnesses and is published with their lines; what they saw of us is held
 * against the database. */
#include "ledger/checkpoint.h"
#include "ledger/proof.h"
#include "tests/log_site.h"

#include <string.h>

static struct log_published waiting_now(struct log *log, bool should)
{
	struct log_published c;
	bool waits;

	CHECK_OK(log_signed(log, test_arena(), &c, &waits));
	CHECK(waits == should);
	return c;
}

static struct str line(struct str note)
{
	SECRET struct secret_key secret;
	struct buf b = { .a = test_arena() };
	struct vkey k = vector_vkey(VECTOR_WITNESS_VKEY);
	struct public_key pub;
	struct key_seed seed;
	struct note n;

	CHECK(note_parse(test_arena(), note, &n));
	memset(seed.b, 7, sizeof seed.b);
	key_from_seed(&seed, &secret, &pub);
	buf_put_cosignature(&b, &k, &secret, n.text, 1767225600);
	return buf_str(&b);
}

static bool cosigned(struct str note)
{
	struct vkey k = vector_vkey(VECTOR_WITNESS_VKEY);
	struct note n;

	return note_parse(test_arena(), note, &n) && note_verify(&n, &k, NULL);
}

TEST(what_is_signed_waits_and_is_published_with_its_lines)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct str text;
	struct proof p;

	log_hold(log, true);
	int64_t leaf = queue(tx, S("the act"));
	sequence(tx, 10);
	test_commit(tx);
	CHECK_OK(log_sign(log, tx));
	struct log_published c = waiting_now(log, true);
	CHECK_INT(c.size, 1);
	/* On disk it is, and known to nobody. */
	CHECK_STR(read_file(path_of(tx, "checkpoint")), c.note);
	CHECK_INT(published(log).size, 0);
	CHECK(log_receipt(log, tx, leaf, S("salt"), &text) == ERR_BUSY);

	log_publish(log, &c, line(c.note));
	CHECK_INT(published(log).size, 1);
	CHECK(cosigned(published(log).note));
	CHECK_STR(read_file(path_of(tx, "checkpoint")), published(log).note);
	waiting_now(log, false);
	CHECK_OK(log_receipt(log, tx, leaf, S("salt"), &text));
	CHECK(proof_parse(test_arena(), text, &p) && cosigned(p.checkpoint));
	/* Once more, with what came since: the old lines do not stay beside the new. */
	log_publish(log, &c, line(c.note));
	struct note n;
	CHECK(note_parse(test_arena(), published(log).note, &n));
	CHECK_INT(n.n, 2);
	log_publish(log, &c, S(""));
	CHECK(!cosigned(published(log).note));
}

TEST(an_older_signature_published_late_does_not_take_the_place_of_a_newer_one)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);

	log_hold(log, true);
	grow(tx, 0, 10);
	CHECK_OK(log_sign(log, tx));
	struct log_published ten = waiting_now(log, true);
	grow(tx, 10, 20);
	CHECK_OK(log_sign(log, tx));
	struct log_published twenty = waiting_now(log, true);
	log_publish(log, &ten, line(ten.note));
	CHECK_INT(published(log).size, 10);
	/* The file is the memory of the newest. */
	CHECK_STR(read_file(path_of(tx, "checkpoint")), twenty.note);
	waiting_now(log, true);
	log_publish(log, &twenty, S(""));
	log_publish(log, &ten, line(ten.note));
	CHECK_INT(published(log).size, 20);
	/* What was never signed is never published. */
	struct log_published other = twenty;
	other.size = 30;
	log_publish(log, &other, S(""));
	other = twenty;
	other.root = ten.root;
	log_publish(log, &other, S(""));
	CHECK_STR(published(log).note, twenty.note);
}

TEST(nothing_waits_any_more_when_the_witnesses_are_dismissed_or_the_process_dies)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);

	log_hold(log, true);
	grow(tx, 0, 10);
	CHECK_OK(log_sign(log, tx));
	log_hold(log, false);
	CHECK_INT(published(log).size, 10);
	log_hold(log, true);
	grow(tx, 10, 20);
	CHECK_OK(log_sign(log, tx));
	/* The process dies here: it was signed, so it is published at the next start. */
	log = open_log(tx);
	CHECK(log_fault(log) == LOG_FINE);
	CHECK_INT(published(log).size, 20);
}

/* --- What others saw --- */

static enum log_fault open_seen(struct tx *tx, struct str note)
{
	struct log_seen seen = { S("neighbour.example/w"), note };
	struct str why = S("");
	struct log *log;

	if (log_open_seen(tx, dir_of(tx), S(""), &seen, 1, &log, &why))
		FAIL("%.*s", STR_ARG(why));
	enum log_fault f = log_fault(log);
	log_close(log);
	return f;
}

/* A site and, beside it, the same key with other entries. */
static struct str another_history(int64_t size)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);

	grow(tx, 1000, 1000 + size);
	CHECK_OK(log_sign(log, tx));
	return published(log).note;
}

TEST(what_a_witness_saw_stops_an_older_database_before_it_signs)
{
	struct tx *tx = site(), *older = site();
	struct log *log = open_log(tx);

	grow(tx, 0, 20);
	CHECK_OK(log_sign(log, tx));
	struct str seen = published(log).note;
	open_log(older);
	grow(older, 0, 10);
	struct str before = read_file(path_of(older, "checkpoint"));
	CHECK(open_seen(older, seen) == LOG_FILE_AHEAD);
	CHECK_STR(read_file(path_of(older, "checkpoint")), before);
	CHECK_STR(read_file(path_of(older, "checkpoint.witness")), seen);
	/* It is remembered, and it is what we show: it was told to the world. */
	log = open_log(older);
	CHECK(log_fault(log) == LOG_FILE_AHEAD);
	CHECK_INT(published(log).size, 20);
	CHECK(str_has(log_fault_text(log, test_arena()), S("checkpoint.witness")));
	/* The same entries, had again: the accident is mended and the memory of it harmless. */
	grow(older, 10, 25);
	CHECK(log_fault(open_log(older)) == LOG_FINE);
	CHECK_INT(published(open_log(older)).size, 25);
}

TEST(what_a_witness_saw_of_another_history_stops_the_log_for_good)
{
	struct tx *tx = site();

	open_log(tx);
	grow(tx, 0, 10);
	CHECK(open_seen(tx, another_history(5)) == LOG_FILE_DISAGREES);
	grow(tx, 10, 20);
	CHECK(log_fault(open_log(tx)) == LOG_FILE_DISAGREES);
}

TEST(only_our_own_signature_speaks_against_us)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct str lie = another_history(30);
	struct log_seen seen = { S("neighbour.example/w"), S("") };
	char *forged = str_z(test_arena(), lie);
	bool accuses;

	forged[lie.len - 9] = forged[lie.len - 9] == 'A' ? 'B' : 'A';
	grow(tx, 0, 10);
	CHECK_OK(log_sign(log, tx));
	const struct str harmless[] = {
		S(""),
		S("nonsense"),
		{ forged, lie.len },
		S(VECTOR_TEXT "\n" VECTOR_COSIGNATURE),
		published(log).note,
	};
	for (size_t i = 0; i < LENGTH(harmless); i++) {
		seen.note = harmless[i];
		CHECK_OK(log_confront(log, tx, &seen, &accuses));
		CHECK(!accuses && log_fault(log) == LOG_FINE);
		CHECK(open_seen(tx, harmless[i]) == LOG_FINE);
	}
	seen.note = lie;
	CHECK_OK(log_confront(log, tx, &seen, &accuses));
	CHECK(accuses && log_fault(log) == LOG_FILE_AHEAD);
	CHECK(str_has(log_fault_text(log, test_arena()),
		      S("the checkpoint that neighbour.example/w has seen was signed for 30")));
	CHECK(log_sign(log, tx) == ERR_CORRUPT);
	/* Said once. */
	test_rollback(tx);
	CHECK_OK(log_confront(log, tx, &seen, &accuses));
	CHECK(!accuses);
	CHECK_STR(read_file(path_of(tx, "checkpoint.witness")), lie);
}

/* Without the file nobody knows what was published last, and what a witness saw may not be all. */
TEST(a_lost_file_is_not_made_up_for_by_a_witness)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);

	grow(tx, 0, 20);
	CHECK_OK(log_sign(log, tx));
	struct str seen = published(log).note;
	CHECK(unlink(path_of(tx, "checkpoint")) == 0);
	CHECK(open_seen(tx, seen) == LOG_FILE_MISSING);
}

TEST(the_board_says_how_the_witnesses_stand)
{
	struct tx *tx = site();
	struct log *log = open_log(tx);
	struct log_witness w = {
		.key = vector_vkey(VECTOR_WITNESS_VKEY), .answers = true, .size = 7, .seen = { 5 }
	};

	CHECK_INT(log_witnesses(log, test_arena()).n, 0);
	log_witnesses_set(log, &w, 1);
	struct log_witnesses all = log_witnesses(log, test_arena());
	CHECK_INT(all.n, 1);
	CHECK(all.at[0].answers);
	CHECK_INT(all.at[0].size, 7);
	CHECK_STR(all.at[0].key.name, S("mttq.xa-mau.example.invalid/w1"));
}
