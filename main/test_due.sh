#!/bin/sh
# `dinh due`: what scripts rely on: keys, exit codes, and the row named when a rule does not hold.
set -u

number=0
check() # SENTENCE EXIT_CODE PART_OF_OUTPUT ARGUMENT...
{
	number=$((number + 1))
	sentence=$1 should=$2 part=$3
	shift 3
	output=$("$DINH" due "$@" 2>&1)
	code=$?
	case $output in
	*"$part"*) found=yes ;;
	*) found=no ;;
	esac
	if [ "$code" = "$should" ] && [ $found = yes ]; then
		echo "ok $number - $sentence"
	else
		echo "not ok $number - $sentence"
		printf '%s\n' "exit $code instead of $should, looked for: $part" "$output" | sed 's/^/# /'
	fi
}

echo 1..14
check 'a due date is one JSON object with fixed keys' 0 \
	'{"rule":"disclosure.commune.publish","row":"TL-001","from":"2023-12-27","due":"2024-01-04","kind":"working","days":5,"unverified":false,"trace":[{"date":"2023-12-28","counted":true,"why":""},' \
	disclosure.commune.publish 2023-12-27 --json
check 'a skipped day names the holiday' 0 '{"date":"2024-01-01","counted":false,"why":"Tết Dương lịch"}' \
	TL-001 2023-12-27 --json
check 'people read it in Vietnamese' 0 'Hạn: hết thứ Năm, 04/01/2024' TL-001 27/12/2023
check 'or in English' 0 'Due by the end of Thursday, 4 January 2024' TL-001 2023-12-27 --lang en
check 'a recalled rule says so' 0 '"unverified":true' disclosure.commune.publish 2020-12-24 --json
check 'no limit set is answered by exit code 1' 1 '"due":null,"kind":"none_set","days":null' \
	front_supervision.answer 2024-01-02 --json
check 'an ended row names its successor and the dates' 2 \
	'TL-009 có hiệu lực từ 2007-07-01 đến 2023-06-30; ngày 2024-01-02 áp dụng TL-001 (từ 2023-07-01)' \
	TL-009 2024-01-02
check 'a row not yet in force names its predecessor' 2 'áp dụng TL-009 (từ 2007-07-01)' TL-001 2020-01-02
check 'a rule before its time names its first row' 2 'TL-009, từ 2007-07-01' \
	disclosure.commune.publish 2000-01-01
check 'a rule after its time names its last row' 2 'TL-033, đến 2025-02-28' \
	dialogue.commune.notice 2025-03-01
check 'an unknown rule is bad input' 2 'no.such.rule' no.such.rule 2024-01-02
check 'a day that does not exist is bad input' 2 '2024-02-30' TL-001 2024-02-30
check 'a data directory that is not there is a failure' 3 'no/such/site' \
	TL-001 2024-01-02 --data no/such/site
check 'help is at hand' 0 'dinh due QUY_TẮC NGÀY' --help
