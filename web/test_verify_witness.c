/* Who else has seen the log, as the page of verification says it: nobody, a neighbour who signs, one who is
 * silent; and what of a receipt's lines is vouched for. */
#include "web/test_verify_site.h"

static struct log_witness neighbour(uint64_t size, bool answers)
{
	return (struct log_witness){ .key = vector_vkey(VECTOR_WITNESS_VKEY),
				     .answers = answers,
				     .size = size,
				     .seen = { INT64_C(1767225600) * 1000 } };
}

static struct asked page_with(const struct log_witness *w, size_t n)
{
	log_witnesses_set(s.log, w, n);
	return asker_get(s.asker, "/kiem-chung");
}

static int64_t size_now(void)
{
	return (int64_t)published(s.log).size;
}

TEST(a_log_without_witnesses_says_so)
{
	published_one();
	struct asked page = asker_get(s.asker, "/kiem-chung");
	CHECK_INT(page.status, 200);
	CHECK(has(&page, "Chưa có nơi nào khác làm chứng cho sổ này."));
	CHECK(!has(&page, "--policy"));
}

TEST(a_witness_is_shown_with_what_it_saw_and_when)
{
	published_one();
	struct log_witness w = neighbour((uint64_t)size_now(), true);
	struct asked page = page_with(&w, 1);
	CHECK_INT(page.status, 200);
	CHECK(has(&page, "mttq.xa-mau.example.invalid/w1"));
	CHECK(str_has(page.body, str_printf(test_arena(), "%d mục", (int)size_now())));
	CHECK(has(&page, "thứ Năm, 01/01/2026, 07:00"));
	CHECK(has(&page, "Đã thấy đến mục cuối"));
	CHECK(has(&page, "witness w1 " VECTOR_WITNESS_VKEY "\ngroup w 1 w1\nquorum w\n"));
	CHECK(has(&page, "log " VECTOR_VKEY "\n"));
	struct asked english = asker_get(s.asker, "/en/kiem-chung");
	CHECK(has(&english, "Who else has seen this log"));
	CHECK(has(&english, "Thursday, 1 January 2026, 07:00"));
	/* Behind, silent, never heard of. */
	w.size--;
	page = page_with(&w, 1);
	CHECK(has(&page, "Đang chờ ký"));
	w.answers = false;
	page = page_with(&w, 1);
	CHECK(has(&page, "Không ký lần gần đây"));
	w.seen.ms = 0;
	page = page_with(&w, 1);
	CHECK(has(&page, "chưa lần nào"));
	struct log_witness three[] = { w, w, w };
	page = page_with(three, 3);
	CHECK(has(&page, "group w 2 w1 w2 w3\n"));
}

static struct str with_line(struct str receipt)
{
	SECRET struct secret_key secret;
	struct buf b = { .a = test_arena() };
	struct vkey k = vector_vkey(VECTOR_WITNESS_VKEY);
	struct public_key pub;
	struct key_seed seed;
	struct proof p;
	struct note n;
	memset(seed.b, 7, sizeof seed.b);
	key_from_seed(&seed, &secret, &pub);
	CHECK(proof_parse(test_arena(), receipt, &p));
	CHECK(note_parse(test_arena(), p.checkpoint, &n));
	buf_put(&b, receipt);
	buf_put_cosignature(&b, &k, &secret, n.text, 1767225600);
	return buf_str(&b);
}

TEST(a_witness_on_a_receipt_is_named_when_its_line_is_its_own)
{
	struct dossier *d = published_one();
	struct str receipt = with_line(receipt_of(d, 1));
	/* A name that this site does not know is only a name. */
	struct asked page = paste(receipt, S(""));
	check_answer(&page, GREEN, "Bản ghi này có thật");
	CHECK(has(&page, "chưa kiểm tra ở đây"));
	CHECK(!has(&page, "cũng đã ký điểm kiểm tra này"));
	struct log_witness w = neighbour(1, true);
	log_witnesses_set(s.log, &w, 1);
	page = paste(receipt, S(""));
	check_answer(&page, GREEN, "Bản ghi này có thật");
	CHECK(has(&page,
		  "Nơi làm chứng mttq.xa-mau.example.invalid/w1 cũng đã ký điểm kiểm tra này: "
		  "thứ Năm, 01/01/2026, 07:00."));
	CHECK(!has(&page, "chưa kiểm tra ở đây"));
	/* Its name with another signature is only a name, too. */
	char *bad = str_z(test_arena(), receipt);
	bad[receipt.len - 9] = bad[receipt.len - 9] == 'A' ? 'B' : 'A';
	page = paste((struct str){ bad, receipt.len }, S(""));
	CHECK(has(&page, "chưa kiểm tra ở đây"));
	CHECK(!has(&page, "cũng đã ký điểm kiểm tra này"));
}

/* LOG.md section 4: a log that may not be signed is served for reading, and the site says so. */
static bool busy_page_says(const char *words)
{
	struct ask ask = { .method = POST, .path = S("/kiem-chung"), .host = S("a.vn") };
	struct arena *a = arena_new(0); /* a request's memory has a budget */
	struct req *r = answer_new(a, &s.asker->house, &ask, s.tx->rng);
	answer_status(r, 503);
	CHECK_INT(r->reply.status, 503);
	bool found = str_has(buf_str(&r->out.body), str_of(words));
	arena_free(a);
	return found;
}

TEST(a_site_whose_log_may_not_be_signed_says_so)
{
	published_one();
	struct log_seen seen = { S("neighbour.example/w"), S("") };
	bool accuses;
	struct asked page = asker_get(s.asker, "/kiem-chung");
	CHECK(!has(&page, "Sổ đang ngừng nhận bản ghi mới"));
	CHECK(busy_page_says("Máy chủ đang bận"));

	/* Another history of the same key, as a witness would show it. */
	struct tx *other = site();
	struct log *log = open_log(other);
	grow(other, 0, 40);
	CHECK_OK(log_sign(log, other));
	seen.note = published(log).note;
	CHECK_OK(log_confront(s.log, s.tx, &seen, &accuses));
	CHECK(accuses);
	page = asker_get(s.asker, "/kiem-chung");
	check_answer(&page, RED, "Sổ đang ngừng nhận bản ghi mới");
	CHECK(busy_page_says("Trang đang chỉ cho đọc"));
	CHECK(!busy_page_says("Máy chủ đang bận"));
}
