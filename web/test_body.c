#include "web/body.h"

#include "tests/test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const char multipart[] = "multipart/form-data; boundary=----x";

static char folder[64];

static const struct body_limits *limits(void)
{
	static struct body_limits l = {
		.fields = 4096, .file = 1000, .files = 1500, .file_count = 3
	};
	snprintf(folder, sizeof folder, "/tmp/dinh-body-XXXXXX");
	CHECK(mkdtemp(folder) != NULL);
	l.dir = folder;
	return &l;
}

/* How many files the folder holds; then it is removed. */
static int leave(void)
{
	int n = 0;
	DIR *d = opendir(folder);
	for (struct dirent *e; d && (e = readdir(d));)
		n += e->d_name[0] != '.';
	if (d)
		closedir(d);
	rmdir(folder);
	return n;
}

/* Reads a body in pieces of `step` bytes. */
static enum body_fault read_body(struct arena *a, const char *type, struct str text, size_t step,
				 struct pairs *fields, struct uploads *uploads)
{
	struct body *b;
	enum body_fault fault = body_new(a, str_of(type), limits(), &b);
	for (; !fault && text.len; text = str_from(text, step))
		fault = body_feed(b, str_cut(text, step));
	return fault ? fault : body_end(b, fields, uploads);
}

static const char form[] =
	"------x\r\n"
	"Content-Disposition: form-data; name=\"ten\"\r\n\r\n"
	"Nguy\xe1\xbb\x85n V\xc4\x83n A\r\n"
	"------x\r\n"
	"Content-Disposition: form-data; name=\"anh\"; filename=\"C:\\\\anh\\\\a%22b.jpg\"\r\n"
	"Content-Type: image/jpeg\r\n\r\n"
	"\xff\xd8\r\n------y\r\n--\r\n"
	"\r\n------x\r\n"
	"Content-Disposition: form-data; name=\"khac\"; filename=\"\"\r\n"
	"Content-Type: application/octet-stream\r\n\r\n"
	"\r\n------x--\r\n";

TEST(a_form_with_a_file_reads_the_same_in_pieces_of_any_size)
{
	for (size_t step = 1; step < sizeof form; step += step < 100 ? 1 : 60) {
		struct arena *a = arena_new(0);
		struct pairs fields;
		struct uploads files;
		CHECK_INT(read_body(a, multipart, str_of(form), step, &fields, &files), BODY_FINE);
		CHECK_STR(pairs_get(&fields, S("ten")), S("Nguy\xe1\xbb\x85n V\xc4\x83n A"));
		CHECK_INT(files.n, 1);
		CHECK_STR(files.at[0].name, S("a\"b.jpg"));
		CHECK_STR(files.at[0].type, S("image/jpeg"));
		CHECK_INT(files.at[0].size, 17);
		struct hash sum;
		sha256("\xff\xd8\r\n------y\r\n--\r\n", 17, &sum);
		CHECK(hash_eq(&sum, &files.at[0].sha256));
		CHECK(access(files.at[0].path, R_OK) == 0);
		arena_free(a);
		CHECK_INT(leave(), 0);
	}
}

TEST(of_an_upload_over_its_bound_the_form_is_kept_and_the_rest_dropped)
{
	struct arena *a = arena_new(0);
	struct buf text = { .a = a };
	struct pairs fields;
	struct uploads files;
	buf_put(&text,
		S("------x\r\nContent-Disposition: form-data; name=\"a\"; filename=\"b\"\r\n\r\n"));
	for (int i = 0; i < 1001; i++)
		buf_putc(&text, 'x');
	buf_put(&text, S("\r\n------x--\r\n"));
	CHECK_INT(read_body(a, multipart, buf_str(&text), 7, &fields, &files), BODY_FINE);
	CHECK_INT((int)files.n, 1);
	CHECK(files.at[0].too_large);
	CHECK_INT((int)files.at[0].size, 1001);
	arena_free(a);
	CHECK_INT(leave(), 0);
}

TEST(a_form_over_its_bound_is_refused_in_both_types)
{
	struct buf text = { .a = test_arena() };
	struct pairs fields;
	struct uploads files;
	buf_put(&text, S("a="));
	for (int i = 0; i < 4096; i++)
		buf_putc(&text, 'x');
	CHECK_INT(read_body(test_arena(), "application/x-www-form-urlencoded", buf_str(&text), 100,
			    &fields, &files),
		  BODY_TOO_LARGE);
	leave();
	buf_reset(&text);
	buf_put(&text, S("------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n"));
	for (int i = 0; i < 4200; i++)
		buf_putc(&text, 'x');
	CHECK_INT(read_body(test_arena(), multipart, buf_str(&text), 100, &fields, &files),
		  BODY_TOO_LARGE);
	leave();
}

TEST(malformed_multipart_is_refused)
{
	static const char *const bad[] = {
		"",
		"x------x--\r\n",
		"------x\r\n\r\nno disposition\r\n------x--",
		"------x\r\nContent-Disposition: attachment; name=\"a\"\r\n\r\n1\r\n------x--",
		"------x\r\nContent-Disposition: form-data\r\n\r\n1\r\n------x--",
		"------x\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n1\r\n------x--",
		"------x\r\nContent-Disposition: form-data; name=\"a\r\n\r\n1\r\n------x--",
		("------x\r\nContent-Disposition: form-data; name=\"a\"; "
		 "name=\"b\"\r\n\r\n1\r\n------x--"),
		"------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n------x",
		"------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n\xff\r\n------x--",
		"------x\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n------x--more",
		"------xx\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n1\r\n------x--",
	};
	for (size_t i = 0; i < LENGTH(bad); i++) {
		struct pairs fields;
		struct uploads files;
		if (read_body(test_arena(), multipart, str_of(bad[i]), 5, &fields, &files) !=
		    BODY_MALFORMED)
			FAIL("case %zu is not refused", i);
		CHECK_INT(leave(), 0);
	}
}

TEST(what_a_killed_server_was_receiving_goes_at_the_next_start)
{
	static const char *const names[] = { "nhan-a1b2c3", "nhan-ZZZZZZ", "khac" };
	limits();
	for (size_t i = 0; i < LENGTH(names); i++) {
		FILE *f = fopen(str_printf(test_arena(), "%s/%s", folder, names[i]).at, "w");
		CHECK(f && fclose(f) == 0);
	}
	body_sweep(folder);
	CHECK(unlink(str_printf(test_arena(), "%s/khac", folder).at) == 0);
	CHECK_INT(leave(), 0);
	body_sweep(folder); /* there is none */
}

TEST(only_the_two_types_of_forms_are_read)
{
	static const char *const foreign[] = { "",
					       "text/plain",
					       "application/json",
					       "multipart/form-data",
					       "multipart/form-data; boundary=",
					       "multipart/form-data; boundary=\"a[b\"",
					       "multipart/mixed; boundary=x" };
	for (size_t i = 0; i < LENGTH(foreign); i++) {
		struct body *b;
		CHECK_INT(body_new(test_arena(), str_of(foreign[i]), limits(), &b), BODY_FOREIGN);
		leave();
	}
}
