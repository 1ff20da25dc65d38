#include "tools/msgc.h"

#include "tests/test.h"

static struct str compile(const char *a, const char *b, struct buf *c)
{
	struct buf h = { .a = test_arena() }, errors = h;
	struct source in[] = { { S_INIT("a.msg"), str_of(a) }, { S_INIT("b.msg"), str_of(b) } };
	*c = h;
	msgc_compile(in, b ? 2 : 1, &h, c, &errors);
	return errors.len ? buf_str(&errors) : buf_str(&h);
}

TEST(messages_become_a_table_and_typed_functions)
{
	struct buf c;
	struct str h = compile("# Dialogue\n"
			       "topic.title\n  vi  Đối \"thoại\"\n  en  Dialogue\n\n"
			       "topic.left(when: longdate, n: int)\n"
			       "  vi  {when:cap}: còn {n} ngày\n"
			       "  en  {n} {n|day|days} left, {when}\n",
			       NULL, &c);
	CHECK_STR(h, S("#include \"base/msg.h\"\n\n"
		       "enum msg "
		       "{\n\tMSG_NONE,\n\tMSG_TOPIC_TITLE,\n\tMSG_TOPIC_LEFT,\n\tMSG_COUNT,\n};\n\n"
		       "/* A message without arguments; MSG_NONE is the empty text. */\n"
		       "struct str msg_plain(enum lang lang, enum msg msg);\n\n"
		       "void msg_topic_left(struct buf *out, enum lang lang, struct date when, "
		       "int64_t n);\n"));
	CHECK(str_has(buf_str(&c), S("\t[MSG_TOPIC_TITLE] = { S_INIT(\"Đối \\\"thoại\\\"\"), "
				     "S_INIT(\"Dialogue\") },\n};\n")));
	CHECK(str_ends(buf_str(&c), S("void msg_topic_left(struct buf *out, enum lang lang, struct "
				      "date when, int64_t n)\n"
				      "{\n"
				      "\tsize_t at;\n"
				      "\tif (lang == LANG_VI) {\n"
				      "\t\tat = out->len;\n"
				      "\t\tlang_put_long_date(out, lang, when);\n"
				      "\t\tlang_capital(out, at);\n"
				      "\t\tbuf_put_bytes(out, \": còn \", 7);\n"
				      "\t\tlang_put_int(out, lang, n);\n"
				      "\t\tbuf_put_bytes(out, \" ngày\", 6);\n"
				      "\t} else {\n"
				      "\t\tlang_put_int(out, lang, n);\n"
				      "\t\tbuf_put_bytes(out, \" \", 1);\n"
				      "\t\tif (n == 1) {\n"
				      "\t\tbuf_put_bytes(out, \"day\", 3);\n"
				      "\t\t} else {\n"
				      "\t\tbuf_put_bytes(out, \"days\", 4);\n"
				      "\t\t}\n"
				      "\t\tbuf_put_bytes(out, \" left, \", 7);\n"
				      "\t\tlang_put_long_date(out, lang, when);\n"
				      "\t}\n"
				      "}\n\n")));
}

TEST(a_message_that_would_mislead_stops_the_build)
{
	static const struct {
		const char *text, *error;
	} cases[] = {
		{ "a.b\n  vi  x\n",
		  "1:1: a.b has no \"en\" text: every message is in both languages" },
		{ "a.b\n  en  x\n",
		  "1:1: a.b has no \"vi\" text: every message is in both languages" },
		{ "a.b\n", "1:1: a.b has no \"vi\" text: every message is in both languages" },
		{ "a.b\n  vi  x\n  vi  y\n", "3:3: a.b has its \"vi\" text already: remove one" },
		{ "a.b\n  vi  x\n  en  y\na_b\n  vi  x\n  en  y\n",
		  "4:1: the name a_b is taken in a.msg line 1: choose another" },
		{ "A.b\n",
		  "1:1: a message's name is made of small letters, digits, '_' and '.', such as "
		  "topic.closes" },
		{ "a..b\n",
		  "1:1: a message's name is made of small letters, digits, '_' and '.', such as "
		  "topic.closes" },
		{ "plain\n", "1:1: \"plain\" is kept for the generated code: choose another name" },
		{ "a.b c\n",
		  "1:4: nothing may follow the name and its (arguments): texts stand in the "
		  "indented lines below" },
		{ "  vi  x\n",
		  "1:3: a text without a message: begin the message's name at the margin" },
		{ "a.b\n  fr  x\n", "2:3: write \"  vi  the text\" or \"  en  the text\"" },
		{ "a.b\n  vi\n", "2:3: write \"  vi  the text\" or \"  en  the text\"" },
		{ "a.b\n\tvi  x\n", "2:1: a tab: message files are indented with spaces" },
		{ "a.b\n  vi  x\ty\n", "2:8: a tab in a text: write a space" },
		{ "a.b\n  vi  x \n", "2:8: a space at the end of the text: remove it" },
		{ "a.b\n  vi  ế}\n", "2:8: a '}' without its '{': remove it" },
		{ "a.b\n  vi  {x\n", "2:7: this '{' is never closed: add '}'" },
		{ "a.b\n  vi  {x}\n",
		  "2:7: there is no argument \"x\": name it in the first line of a.b, or "
		  "mend the name" },
		{ "a.b(x: int)\n  vi  y\n",
		  "2:3: {x} is missing in this text: every language says the "
		  "same" },
		{ "a.b(x: str)\n  vi  {x|a|b}\n",
		  "2:7: write {x|one|many}, with a number to choose by" },
		{ "a.b(x: int)\n  vi  {x|a}\n",
		  "2:7: write {x|one|many}, with a number to choose by" },
		{ "a.b(x: date)\n  vi  {x:cap}\n",
		  "2:7: \":cap\" is not known here: after a name may come "
		  "|one|many, or :cap for a longdate or longinstant" },
		{ "a.b(x)\n", "1:5: write the arguments as (name: type, other: type)" },
		{ "a.b(x: int, x: int)\n",
		  "1:13: the argument \"x\" stands here twice: remove one" },
		{ "a.b(x: text)\n",
		  "1:5: \"text\" is no type: write str, int, digits, tenths, date, "
		  "longdate, instant or longinstant" },
		{ "a.b(lang: int)\n",
		  "1:5: \"lang\" means something else in C: choose another name" },
		{ "a.b(x: int\n", "1:11: the arguments are not closed: add ')'" },
		{ "a.b(a:int,b:int,c:int,d:int,e:int,f:int,g:int,h:int,i:int)\n",
		  "1:53: more than 8 arguments: split the message" },
		{ "a.b\n  vi  e\xcc\x82\n",
		  "2:1: the letters of this line are decomposed: save the file in "
		  "Unicode NFC" },
		{ "a.b\n  vi  \xff\n",
		  "2:7: this byte (0xff) is not UTF-8: save the file as UTF-8" },
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct buf c;
		CHECK_STR(compile(cases[i].text, NULL, &c),
			  str_printf(test_arena(), "a.msg:%s\n", cases[i].error));
	}
}

TEST(names_are_unique_across_files)
{
	struct buf c;
	CHECK_STR(compile("a.b\n  vi  x\n  en  y\n", "# b\na.b\n  vi  x\n  en  y\n", &c),
		  S("b.msg:2:1: the name a.b is taken in a.msg line 1: choose another\n"));
}
