#include "base/embed.h"
#include "tests/test.h"

#include <string.h>

TEST(embedded_files_are_sorted_and_found_by_name)
{
	for (size_t i = 0; i < embedded_count; i++) {
		CHECK(i == 0 || strcmp(embedded_files[i - 1].name, embedded_files[i].name) < 0);
		CHECK(embedded_find(embedded_files[i].name) == &embedded_files[i]);
		CHECK_INT(embedded_files[i].at[embedded_files[i].len], 0);
	}
}

TEST(an_absent_file_is_not_found)
{
	CHECK(!embedded_find(""));
	CHECK(!embedded_find("law/no-such-table.tsv"));
	CHECK(!embedded_find("\x7f"));
}

TEST(embedded_bytes_are_the_bytes_of_the_file)
{
	const struct embedded *laws = embedded_find("law/laws.tsv");

	CHECK(laws);
	CHECK_STR(((struct str){ (const char *)laws->at, laws->len }),
		  test_file("data/law/laws.tsv"));
}
