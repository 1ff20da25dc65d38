#include "tools/tmplc.h"

#include "tests/test.h"

struct refusal {
	const char *text;
	const char *error; /* after "x.html:" */
};

static struct str compile(const char *text, struct buf *c)
{
	struct buf h = { .a = test_arena() }, errors = h;
	*c = h;
	tmplc_compile(S("pages/x.html"), str_of(text), &h, c, &errors);
	return errors.len ? buf_str(&errors) : buf_str(&h);
}

/* Each case is tried behind "{{template t()}}\n", so that it begins in line 2. */
static void check_refusals(const struct refusal *r, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct buf c;
		struct str text = str_printf(test_arena(), "{{template t()}}\n%s", r[i].text);
		CHECK_STR(compile(text.at, &c),
			  str_printf(test_arena(), "pages/x.html:%s\n", r[i].error));
	}
}

TEST(a_template_becomes_a_function_whose_expressions_point_at_its_lines)
{
	struct buf c;
	struct str h =
		compile("{{include \"modules/discuss/pages.h\"}}\n"
			"{{# dialogue }}\n"
			"{{template page_topic(const struct topic_page *v)}}\n"
			"<h1>{{v->title}}</h1>\n"
			"\t<p>{{msg topic.closes(v->closes)}}</p>\n"
			"{{each v->replies as r}}\n"
			"<li{{if r->official}} class=\"official\"{{end}}><a href=\"{{r->link}}\">"
			"{{r->author}}</a></li>\n"
			"{{end}}\n",
			&c);
	CHECK_STR(h, S("#include \"modules/discuss/pages.h\"\n"
		       "void page_topic(struct page *out, const struct topic_page *v);\n"));
	CHECK_STR(buf_str(&c),
		  S("#line 3 \"pages/x.html\"\n"
		    "void page_topic(struct page *out, const struct topic_page *v)\n"
		    "{\n"
		    "\t(void)out;\n"
		    "\t(void)v;\n"
		    "\thtml_raw(out, \"<h1>\", 4);\n"
		    "#line 4 \"pages/x.html\"\n"
		    "\thtml_text(out, v->title);\n"
		    "\thtml_raw(out, \"</h1>\\n<p>\", 9);\n"
		    "#line 5 \"pages/x.html\"\n"
		    "\tmsg_topic_closes(html_msg_begin(out), out->lang, v->closes); "
		    "html_msg_end(out);\n"
		    "\thtml_raw(out, \"</p>\\n\", 5);\n"
		    "#line 6 \"pages/x.html\"\n"
		    "\tfor (size_t r_at = 0; r_at < (v->replies).n; r_at++) { "
		    "__typeof__(&(v->replies).at[0]) r = &(v->replies).at[r_at]; (void)r;\n"
		    "\thtml_raw(out, \"<li\", 3);\n"
		    "#line 7 \"pages/x.html\"\n"
		    "\tif (r->official) {\n"
		    "\thtml_raw(out, \" class=\\\"official\\\"\", 17);\n"
		    "#line 7 \"pages/x.html\"\n"
		    "\t}\n"
		    "\thtml_raw(out, \"><a href=\\\"\", 10);\n"
		    "#line 7 \"pages/x.html\"\n"
		    "\thtml_url(out, r->link);\n"
		    "\thtml_raw(out, \"\\\">\", 2);\n"
		    "#line 7 \"pages/x.html\"\n"
		    "\thtml_text(out, r->author);\n"
		    "\thtml_raw(out, \"</a></li>\\n\", 10);\n"
		    "#line 8 \"pages/x.html\"\n"
		    "\t}\n"
		    "}\n\n"));
}

TEST(a_layout_is_two_functions_around_its_slot)
{
	struct buf c;
	struct str h =
		compile("{{template frame(const struct frame *f)}}<main>{{slot}}</main>\n"
			"{{template page(const struct x *v)}}{{layout frame(v->f)}}<hr>{{end}}\n",
			&c);
	CHECK_STR(h, S("void frame_begin(struct page *out, const struct frame *f);\n"
		       "void frame_end(struct page *out, const struct frame *f);\n"
		       "void page(struct page *out, const struct x *v);\n"));
	CHECK(str_has(buf_str(&c),
		      S("\tframe_begin(out, v->f);\n\thtml_raw(out, \"<hr>\", 4);\n")));
	CHECK(str_has(buf_str(&c), S("\tframe_end(out, v->f);\n")));
}

TEST(a_value_gets_the_writer_of_its_place)
{
	static const struct {
		const char *text, *statement;
	} cases[] = {
		{ "<p>{{a}}</p>", "html_text(out, a);" },
		{ "<title>{{a}}</title>", "html_plain(out, a);" },
		{ "<textarea>{{a}}</textarea>", "html_attr(out, a);" },
		{ "<p class=\"x {{a}}\"></p>", "html_attr(out, a);" },
		{ "<a href=\"{{a}}\"></a>", "html_url(out, a);" },
		{ "<form action=\"{{a}}#x\"></form>", "html_url(out, a);" },
		{ "<use href=\"#i-{{a}}\"></use>", "html_attr(out, a);" },
		{ "<p>{{msg a.b_c}}</p>", "html_msg(out, MSG_A_B_C);" },
		{ "<img alt=\"{{msg_id v->x}}\">", "html_msg(out, v->x);" },
		{ "{{call part(v, S(\"x)\"))}}", "part(out, v, S(\"x)\"));" },
	};
	for (size_t i = 0; i < LENGTH(cases); i++) {
		struct buf c;
		struct str text = str_printf(test_arena(), "{{template t()}}%s", cases[i].text);
		CHECK_STR(compile(text.at, &c), S("void t(struct page *out);\n"));
		if (!str_has(buf_str(&c), str_of(cases[i].statement)))
			FAIL("%s gives %.*s", cases[i].text, STR_ARG(buf_str(&c)));
	}
}

TEST(pages_are_made_small_but_not_where_every_sign_counts)
{
	struct buf c;
	compile("{{template t()}}\n\n\t<ul>\n\t\t{{if a}}\n\t\t<li>1   2</li>  "
		"\n\t\t{{end}}\n\t</ul>\n"
		"<pre>\n a  1\n</pre><textarea>{{v}}</textarea>\n",
		&c);
	CHECK(str_has(buf_str(&c), S("html_raw(out, \"<ul>\\n\", 5);")));
	CHECK(str_has(buf_str(&c), S("html_raw(out, \"<li>1 2</li>\\n\", 13);")));
	CHECK(str_has(buf_str(&c), S("\"</ul>\\n<pre>\\n a  1\\n</pre><textarea>\\n\"")));
}

TEST(unsafe_or_unclear_markup_is_refused)
{
	static const struct refusal cases[] = {
		{ "<p>a</p>",
		  "2:4: \"a\" would be read in one language only: words belong in a .msg file, "
		  "write {{msg its.id}}" },
		{ "<p>→ 12 đ</p>",
		  "2:9: \"đ\" would be read in one language only: words belong in a .msg "
		  "file, write {{msg its.id}}" },
		{ "<img alt=\"Ảnh\">",
		  "2:11: \"Ảnh\" would be read in one language only: words belong in "
		  "a .msg file, write {{msg its.id}}" },
		{ "&", "2:1: a bare '&': write &amp;" },
		{ "<br title=\"&a\">", "2:12: a bare '&': write &amp;" },
		{ "1 < 2", "2:3: a '<' that opens no tag: write &lt;" },
		{ "<!-- x -->", "2:1: an HTML comment is sent to every reader: write {{# ... }}" },
		{ "<!DOCTYPE html>",
		  "2:1: only <!doctype html>, in small letters, may begin with \"<!\"" },
		{ "<script>x</script>",
		  "2:9: no inline script: the security policy of our pages blocks it; "
		  "put it in a file and name it with src" },
		{ "<script>{{x}}</script>",
		  "2:9: no value may stand inside <script>: put it in a data- "
		  "attribute" },
		{ "<script><b>",
		  "2:9: no tag may stand inside <script>: close it with </script> first" },
		{ "<title><b>",
		  "2:8: no tag may stand inside <title>: close it with </title> first" },
		{ "<style>",
		  "2:1: <style> is not allowed: the security policy of our pages blocks it" },
		{ "<Object>",
		  "2:1: <Object> is not allowed: the security policy of our pages blocks it" },
		{ "<DIV>", "2:1: names of elements are in small letters: write <div>" },
		{ "<p></b>", "2:4: </b> stands where </p> must come (opened in line 2)" },
		{ "</b>", "2:1: </b> closes nothing: no element is open" },
		{ "<br></br>", "2:5: <br> has no end tag: remove </br>" },
		{ "<p></p x>", "2:4: </p is not closed: write </p>" },
		{ "<div/>", "2:5: <div/> does not close itself in HTML: write <div></div>" },
		{ "<ul>\n<li></li>", "2:1: <ul> is never closed: add </ul>" },
		{ "<ul", "2:1: this tag is never closed: add '>'" },
		{ "<a class=\"", "2:4: the quotes of this attribute are never closed" },
		{ "<a class=\"x>\n<b",
		  "3:1: a '<' inside an attribute: close the quotes opened in line 2, "
		  "or write &lt;" },
		{ "<a class='x'>", "2:10: single quotes: write class=\"...\"" },
		{ "<a class={{x}}>", "2:10: the value has no quotes: write class=\"...\"" },
		{ "<a class=\"x\"id=\"y\">", "2:13: put a space before the attribute id" },
		{ "<a !>", "2:4: '!' cannot stand in a tag" },
		{ "<a style=\"x\">",
		  "2:4: the attribute style is not allowed: the security policy blocks "
		  "it, use a class" },
		{ "<a OnClick=\"x\">",
		  "2:4: the attribute OnClick is not allowed: the security policy "
		  "blocks it, the page must work without script" },
		{ "<img srcset=\"x\">",
		  "2:6: the attribute srcset is not allowed: it can smuggle an "
		  "address past the checks" },
		{ "<h{{n}}>",
		  "2:3: a value cannot be part of a tag's or an attribute's name: write "
		  "name=\"{{...}}\"" },
		{ "<a {{n}}=\"x\">",
		  "2:4: a value cannot be part of a tag's or an attribute's name: write "
		  "name=\"{{...}}\"" },
		{ "<a href=\"/x/{{n}}\">",
		  "2:13: an address is one struct url, first in its attribute: "
		  "build it with web/url.h (only after a '#' may other values "
		  "follow)" },
		{ "<a href=\"{{n}}{{n}}\">",
		  "2:15: an address is one struct url, first in its attribute: "
		  "build it with web/url.h (only after a '#' may other values "
		  "follow)" },
		{ "<a href=\"{{msg a.b}}\">", "2:10: a message is no address: write a struct url" },
		{ "<title>{{call x()}}",
		  "2:8: another template may stand only where elements may: not "
		  "inside a tag, <title>, <textarea> or <script>" },
	};
	check_refusals(cases, LENGTH(cases));
}

TEST(a_block_ends_where_it_began)
{
	static const struct refusal cases[] = {
		{ "{{if a}}", "2:1: this {{if}} is never ended: add {{end}}" },
		{ "{{each a as b}}", "2:1: this {{each}} is never ended: add {{end}}" },
		{ "{{layout a()}}", "2:1: this {{layout}} is never ended: add {{end}}" },
		{ "{{if a}}\n<p>\n{{end}}</p>",
		  "3:1: <p> is not closed in the block where it is opened: "
		  "close it before line 4" },
		{ "<p>{{if a}}</p>{{end}}",
		  "2:12: </p> closes an element opened outside this block: open "
		  "and close it on the same side" },
		{ "<p{{if a}}>{{end}}",
		  "2:11: this '>' closes a tag opened outside this block: put it "
		  "behind {{end}}" },
		{ "<p class=\"{{if a}}\"{{end}}>",
		  "2:20: the block opened in line 2 does not end where it began: begin and end it "
		  "both "
		  "between tags, both inside one tag, or both inside one pair of quotes" },
		{ "<p class=\"{{if a}}\" href=\"{{end}}{{v}}\">",
		  "2:27: the block opened in line 2 does not end where it began: begin and end it "
		  "both "
		  "between tags, both inside one tag, or both inside one pair of quotes" },
		{ "<p{{if a}}class=\"x\"{{end}}>", "2:11: put a space before the attribute class" },
		{ "<p {{if a}}x{{else}}y {{end}}z>", "2:30: put a space before the attribute z" },
		{ "<p {{each a as b}}x{{end}}>", "2:19: put a space before the attribute x" },
		{ "<a href=\"{{if a}}/x{{else}}{{end}}{{u}}\">",
		  "2:35: an address is one struct url, first in its attribute: build it with "
		  "web/url.h "
		  "(only after a '#' may other values follow)" },
		{ "{{end}}", "2:1: {{end}} without its {{if}}, {{each}} or {{layout}}: remove it" },
		{ "{{else}}", "2:1: {{else}} without its {{if}}: remove it" },
		{ "{{if a}}{{else}}{{elif b}}{{end}}",
		  "2:17: {{elif}} without its {{if}}: remove it" },
		{ "{{each a as b}}{{else}}{{end}}",
		  "2:16: {{else}} without its {{if}}: remove it" },
		{ "{{slot}}{{slot}}", "2:9: a template has one slot: remove this one" },
		{ "{{if a}}{{slot}}{{end}}",
		  "2:9: a slot cannot stand inside a block: move it out" },
		{ "<p {{slot}}>",
		  "2:4: a slot may stand only where elements may: not inside a tag, "
		  "<title>, <textarea> or <script>" },
	};
	check_refusals(cases, LENGTH(cases));
}

TEST(a_directive_that_says_too_little_or_too_much_is_refused)
{
	static const struct refusal cases[] = {
		{ "{{a", "2:1: this directive is never closed: add }}" },
		{ "{{# a", "2:1: this comment is never closed: add }}" },
		{ "{{}}", "2:1: an empty directive: write an expression, or remove it" },
		{ "{{S(\"a\")}}", "2:1: words belong in a .msg file: write {{msg its.id}}" },
		{ "<img alt=\"{{S(\"a\")}}\">",
		  "2:11: words belong in a .msg file: write {{msg its.id}}" },
		{ "{{a;b}}",
		  "2:4: ';' cannot stand in a directive: only a C expression without ; { } can" },
		{ "{{(struct s){1}}}",
		  "2:13: '{' cannot stand in a directive: only a C expression without "
		  "; { } can" },
		{ "{{á}}",
		  "2:3: 'á' cannot stand in a directive: only a C expression without ; { } can" },
		{ "{{a)}}", "2:4: ')' does not pair: balance ( ) and [ ]" },
		{ "{{(a]}}", "2:5: ']' does not pair: balance ( ) and [ ]" },
		{ "{{(a}}",
		  "2:5: '}' cannot stand in a directive: only a C expression without ; { } can" },
		{ "{{a = 1}}",
		  "2:5: a page does not change values: compute it in C and put it in the "
		  "struct" },
		{ "{{a++}}",
		  "2:4: a page does not change values: compute it in C and put it in the struct" },
		{ "{{a /* b */}}",
		  "2:5: no comment inside a directive: write {{# ... }} beside it" },
		{ "{{a[\"b]}}", "2:5: this string is not closed: add \"" },
		{ "{{each a}}{{end}}",
		  "2:1: write {{each v->list as item}} or {{each v->list as item, i}}" },
		{ "{{each a as b, c, d}}{{end}}",
		  "2:1: write {{each v->list as item}} or {{each v->list as item, i}}" },
		{ "{{if}}", "2:1: {{if}} needs something after it" },
		{ "{{end if}}", "2:1: {{end}} takes nothing more: remove what follows" },
		{ "{{msg v->x}}",
		  "2:1: write {{msg its.id}} or {{msg its.id(value, ...)}}; a label held in "
		  "a value is {{msg_id v->label}}" },
		{ "{{msg a(b)(c)}}",
		  "2:1: write {{msg its.id}} or {{msg its.id(value, ...)}}; a label held "
		  "in a value is {{msg_id v->label}}" },
		{ "{{call a}}", "2:1: write {{call other_template(value, ...)}}" },
		{ "{{call a(b), c(d)}}", "2:1: write {{call other_template(value, ...)}}" },
		{ "{{layout a}}", "2:1: write {{layout other_template(value, ...)}}" },
		{ "{{template t}}",
		  "2:1: a template begins as a C function: {{template page_x(const struct "
		  "x_page *v)}}" },
		{ "{{template t(int a[2])}}", "2:1: a template begins as a C function: {{template "
					      "page_x(const struct x_page *v)}}" },
		{ "{{include \"a.h\"}}",
		  "2:1: write {{include \"folder/file.h\"}}, before the first "
		  "template" },
		{ "\r\n",
		  "2:1: this file holds the control sign 0x0d: remove it (lines end with LF "
		  "alone)" },
		{ "e\xcc\x82",
		  "2:1: the letters of this line are decomposed: save the file in Unicode NFC" },
		{ "1\xc3(", "2:2: this byte (0xc3) is not UTF-8: save the file as UTF-8" },
	};
	check_refusals(cases, LENGTH(cases));
}

TEST(a_file_begins_with_a_template)
{
	struct buf c;
	CHECK_STR(compile("", &c), S("pages/x.html:1:1: no template here: begin with {{template "
				     "page_x(const struct x_page *v)}}\n"));
	CHECK_STR(compile("\n <p>", &c),
		  S("pages/x.html:2:2: nothing may stand before the first {{template ...}}\n"));
	CHECK_STR(compile("{{v}}{{template t()}}", &c),
		  S("pages/x.html:1:1: nothing may stand before the first {{template ...}}\n"));
}

TEST(what_stands_inside_itself_too_often_is_refused)
{
	struct buf text = { .a = test_arena() }, c;
	buf_put(&text, S("{{template t()}}\n"));
	for (int i = 0; i < 65; i++)
		buf_put(&text, S("<b>"));
	CHECK_STR(compile(str_z(test_arena(), buf_str(&text)), &c),
		  S("pages/x.html:2:193: more than 64 elements stand inside each other: split the "
		    "template\n"));
	buf_reset(&text);
	buf_put(&text, S("{{template t()}}\n"));
	for (int i = 0; i < 33; i++)
		buf_put(&text, S("{{if a}}"));
	CHECK_STR(compile(str_z(test_arena(), buf_str(&text)), &c),
		  S("pages/x.html:2:257: more than 32 blocks stand inside each other: split the "
		    "template\n"));
	buf_reset(&text);
	buf_put(&text, S("{{template t()}}\n{{"));
	for (int i = 0; i < 33; i++)
		buf_putc(&text, '(');
	CHECK_STR(compile(str_z(test_arena(), buf_str(&text)), &c),
		  S("pages/x.html:2:35: more than 32 parentheses inside each other: compute it in "
		    "C\n"));
}
