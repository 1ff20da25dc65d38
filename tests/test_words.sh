#!/bin/sh
# The public log has one name in Vietnamese, "sổ công khai", in messages, guides and pages. "Nhật ký" alone
# is what a program tells its operator. Speaks TAP; runs from the source root.
set -u

# told FILES...: lines that call it something else, each with its file and number.
told()
{
	grep -nHiE 'sổ cái|nhật ký' "$@" | grep -viE 'nhật ký (vận hành|chạy|ghi trước)'
}

report() # NUMBER SENTENCE LINES
{
	if [ -z "$3" ]; then
		echo "ok $1 - $2"
	else
		echo "not ok $1 - $2"
		echo "$3" | sed 's/^/# /'
	fi
}

sample=$(mktemp)
trap 'rm -f "$sample"' EXIT
echo 1..3
report 1 "messages and pages call the public log sổ công khai" \
	"$(told $(find base law ledger main modules office store web -name '*.msg' -o -name '*.html'))"
report 2 "guides call the public log sổ công khai" \
	"$(told README.vi.md $(find docs -name '*.md'))"
printf 'Nhật ký vận hành ghi một dòng.\nNhật ký được ký.\nGhi vào Sổ cái.\n' >"$sample"
if [ "$(told "$sample" | wc -l)" = 2 ]; then
	report 3 "another name for it is found" ""
else
	report 3 "another name for it is found" "$(told "$sample")"
fi
