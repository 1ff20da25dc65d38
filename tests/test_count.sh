#!/bin/sh
# The closing line of ./dev test is true: tools/tap-count counts every point once, and a program that
# crashed, fell silent or lied about its plan is a failure. Speaks TAP; runs from the source root.
set -u
count=0

# counts "PASSED FAILED SKIPPED" STATUS SENTENCE TAP
counts()
{
	count=$((count + 1))
	said=$(printf "$4" | awk -v name=x -v status="$2" -f tools/tap-count 2>/dev/null)
	if [ "$said" = "$1" ]; then
		echo "ok $count - $3"
	else
		echo "not ok $count - $3"
		echo "# counted '$said', should be '$1'"
	fi
}

echo 1..10
counts "2 0 0" 0 "two points passed" '1..2\nok 1 - a\nok 2 - b\n'
counts "2 1 0" 1 "a failed point is one failure" '1..3\nok 1 - a\n# why\nnot ok 2 - b\nok 3 - c\n'
counts "1 0 1" 0 "a skipped point is neither" '1..2\nok 1 - a # SKIP no folder\nok 2\n'
counts "1 1 0" 134 "a crash after the first point is a failure" '1..3\nok 1 - a\n'
counts "0 2 0" 134 "a crash after a failure is another" '1..3\nnot ok 1 - a\n'
counts "1 1 0" 1 "a bad exit after good points is a failure" '1..1\nok 1 - a\n'
counts "0 1 0" 0 "silence is a failure" ''
counts "1 1 0" 0 "points without a plan are not trusted" 'ok 1 - a\n'
counts "2 1 0" 0 "more points than planned is a failure" '1..1\nok 1 - a\nok 2 - b\n'

count=$((count + 1))
said=$(printf '%s\n' '{"name": "dinh:law / test_due", "stdout": "1..2\nok 1 - \"a\" \\ b\nnot ok 2 - c\n", "result": "FAIL"}' \
	'{"name": "dinh:web / test_x", "stdout": "1..1\nok 1\n", "result": "OK"}' | awk -f tools/testlog-tap)
should='#program 1 test_due
1..2
ok 1 - \"a\" \\ b
not ok 2 - c
#program 0 test_x
1..1
ok 1'
if [ "$said" = "$should" ]; then
	echo "ok $count - the log of a run becomes TAP again, program by program"
else
	echo "not ok $count - the log of a run becomes TAP again, program by program"
	echo "$said" | sed 's/^/# /'
fi
