/* Receipts as people bring them back: believed, compared with content, changed, torn, or of another history. */
#include "web/test_verify_site.h"

TEST(a_receipt_is_believed_by_its_signature_and_by_this_log)
{
	struct dossier *d = published_one();
	struct asked p = paste(receipt_of(d, 1), S(""));
	check_answer(&p, GREEN, "Bản ghi này có thật");
	CHECK(has(&p, "đúng với chữ ký của sổ"));
	CHECK(str_has(p.body, d->code));
	CHECK(has(&p, "c2sp.org/tlog-proof@v1")); /* what was pasted is still there */
	/* It stays good when the log has grown, and when the phone has changed its line ends. */
	struct str old = receipt_of(d, 1);
	open_one(&note_kind);
	sign_all();
	struct buf b = { .a = test_arena() };
	for (struct str rest = old, line; str_next(&rest, '\n', &line);)
		buf_printf(&b, "%.*s\r\n", STR_ARG(line));
	p = paste(buf_str(&b), S(""));
	check_answer(&p, GREEN, "Bản ghi này có thật");
}

TEST(pasted_content_is_compared_to_the_last_sign)
{
	struct dossier *d = published_one();
	struct content c = content_of(d, 1);
	struct str content = { c.public_bytes.at, c.public_bytes.len }, receipt = receipt_of(d, 1);
	struct asked p = paste(receipt, content);
	check_answer(&p, GREEN, "Bản ghi này có thật");
	CHECK(has(&p, "đúng đến từng ký tự"));
	p = paste(receipt, replaced(content, "Dự toán", "Dự  toán"));
	check_answer(&p, RED, "Nội dung đã dán không khớp với bản ghi");
	/* By its check value, with the salt that this site holds; by a receipt without one as well. */
	p = paste(value_of(d, 1), content);
	CHECK(has(&p, "đúng đến từng ký tự"));
	p = paste(value_of(d, 1), S("khác"));
	check_answer(&p, RED, "Nội dung đã dán không khớp với bản ghi");
}

TEST(a_receipt_that_was_changed_is_red_whatever_was_changed)
{
	struct dossier *d = published_one();
	struct str good = receipt_of(d, 1), index, rest = good, line;
	struct asked p;
	CHECK(str_next(&rest, '\n', &line) && str_next(&rest, '\n', &line));
	CHECK(str_next(&rest, '\n', &index));
	p = paste(replaced(good, index.len ? str_z(test_arena(), index) : "", "index 1"), S(""));
	check_answer(&p, RED, "Biên nhận này không khớp");
	p = paste(replaced(good, str_z(test_arena(), index), "index 900"), S(""));
	check_answer(&p, RED, "Biên nhận này không khớp");
	p = paste(replaced(good, "\n6\n", "\n7\n"), S(""));
	check_answer(&p, RED, "Chữ ký trên biên nhận không đúng");
	p = paste(replaced(replaced(good, VECTOR_ORIGIN, "noi-khac.example/log"), VECTOR_ORIGIN,
			   "noi-khac.example/log"),
		  S(""));
	check_answer(&p, RED, "Biên nhận này không do trang này cấp");
	CHECK(has(&p, "noi-khac.example/log"));
	/* Any one letter anywhere: never green. */
	for (int i = 0; i < 60; i++) {
		char *text = str_z(test_arena(), good);
		size_t from = sizeof "c2sp.org/tlog-proof@v1\nextra " - 1 + 46;
		size_t at = from + (size_t)test_below(good.len - from);
		if ((unsigned char)text[at] >= 0x80)
			continue; /* what is no UTF-8 is refused before it is looked at */
		text[at] = text[at] == 'A' ? 'B' : 'A';
		p = paste(str_of(text), S(""));
		CHECK_INT(p.status, 200);
		if (has(&p, GREEN))
			FAIL("%s", text);
	}
}

TEST(a_receipt_for_more_than_this_site_holds_says_that_entries_are_gone)
{
	struct dossier *d = published_one();
	struct secret_key secret;
	struct public_key pub;
	struct vkey k;
	struct buf text = { .a = test_arena() }, noted = { .a = test_arena() },
		   b = { .a = test_arena() };
	struct checkpoint c = { .origin = S(VECTOR_ORIGIN), .size = 900 };
	struct proof proof;
	vector_key(&secret, &pub);
	vkey_make(S(VECTOR_ORIGIN), KEY_LOG, &pub, &k);
	buf_put_checkpoint(&text, &c);
	buf_put(&noted, buf_str(&text));
	buf_putc(&noted, '\n');
	buf_put_signature(&noted, &k, &secret, buf_str(&text));
	CHECK(proof_parse(test_arena(), receipt_of(d, 1), &proof));
	proof.checkpoint = buf_str(&noted);
	buf_put_proof(&b, &proof);
	struct asked p = paste(buf_str(&b), S(""));
	check_answer(&p, RED, "Sổ của trang này thiếu bản ghi đã ký");
	CHECK(has(&p, "900"));
}

TEST(a_signed_root_of_another_history_is_called_by_its_name)
{
	struct dossier *d = published_one();
	struct secret_key secret;
	struct public_key pub;
	struct vkey k;
	struct buf text = { .a = test_arena() }, noted = { .a = test_arena() },
		   b = { .a = test_arena() };
	struct checkpoint c = { .origin = S(VECTOR_ORIGIN), .size = 6, .root = { { 1, 2, 3 } } };
	struct proof proof;
	vector_key(&secret, &pub);
	vkey_make(S(VECTOR_ORIGIN), KEY_LOG, &pub, &k);
	buf_put_checkpoint(&text, &c);
	buf_put(&noted, buf_str(&text));
	buf_putc(&noted, '\n');
	buf_put_signature(&noted, &k, &secret, buf_str(&text));
	CHECK(proof_parse(test_arena(), receipt_of(d, 1), &proof));
	proof.checkpoint = buf_str(&noted);
	buf_put_proof(&b, &proof);
	struct asked p = paste(buf_str(&b), S(""));
	check_answer(&p, RED, "Sổ của trang này không khớp với chữ ký cũ của nó");
}

TEST(a_torn_receipt_says_where)
{
	struct dossier *d = published_one();
	struct str good = receipt_of(d, 1), rest, line;
	struct asked p = paste(str_cut(good, good.len / 2), S(""));
	check_answer(&p, RED, "Chưa đọc được biên nhận này");
	p = paste(replaced(good, "index ", "inde "), S(""));
	CHECK(has(&p, "Dòng 3 không đọc được"));
	/* A field of one line takes its first 300 signs and drops the line ends. */
	struct buf one = { .a = test_arena() };
	for (rest = good; str_next(&rest, '\n', &line);)
		buf_put(&one, line);
	p = ask_for(str_cut(buf_str(&one), 300));
	CHECK(has(&p, "dính làm một"));
}
