#!/bin/sh
# tools/check-layers finds each kind of breach, and only that. Speaks TAP; runs from the source root.
set -u
check=$PWD/tools/check-layers
house=$(mktemp -d)
trap 'rm -rf "$house"' EXIT
mkdir -p "$house/modules/know" "$house/modules/elect" "$house/tests"
for room in base crypto store ledger law office web main tools bench; do
	mkdir "$house/$room"
done
count=0

report() # OUTCOME SENTENCE
{
	count=$((count + 1))
	echo "$1 $count - $2"
}

# allowed FILE INCLUDE / refused FILE INCLUDE: a house with just that one line in it.
judge()
{
	printf '#include %s\n' "$2" >"$house/$1"
	said=$("$check" "$house" 2>&1)
	code=$?
	rm "$house/$1"
}

allowed()
{
	judge "$@"
	if [ $code = 0 ] && [ -z "$said" ]; then
		report ok "$1 may include $2"
	else
		report "not ok" "$1 may include $2"
		echo "# $said"
	fi
}

refused()
{
	judge "$@"
	case $code:$said in
	1:"$1:1: "*) report ok "$1 may not include $2" ;;
	*)
		report "not ok" "$1 may not include $2"
		echo "# exit $code: $said"
		;;
	esac
}

echo 1..36
allowed office/step.c '"office/step.h"'
allowed office/step.c '"law/due.h"'
allowed web/server.c '<microhttpd.h>'
allowed web/mhd_pool.c '<microhttpd.h>'
allowed web/list.c '"gen/web_pages.h"'
allowed office/kind.c '"gen/messages.h"'
allowed store/sqlite.c '<sqlite3.h>'
allowed store/postgres.c '<libpq-fe.h>'
allowed tests/fault_vfs.c '<sqlite3.h>'
allowed modules/know/disclosure.c '"office/kind.h"'
allowed modules/know/disclosure_pages.c '"web/route.h"'
allowed modules/know/module.c '"web/route.h"'
allowed modules/know/disclosure_pages.c '"gen/know_pages.h"'
allowed modules/know/test_disclosure.c '"tests/test.h"'
allowed main/main.c '"modules/know/module.h"'
allowed tools/lawcheck.c '"law/rules.h"'
allowed bench/pages.c '"web/route.h"'

refused base/str.c '"crypto/hash.h"'
refused crypto/hash.c '"store/db.h"'
refused store/db.c '"ledger/log.h"'
refused ledger/log.c '"law/due.h"'
refused law/due.c '"office/step.h"'
refused office/step.c '"web/route.h"'
refused web/list.c '"modules/know/module.h"'
refused modules/know/module.c '"main/command.h"'
refused modules/know/disclosure.c '"modules/elect/election.h"'
refused modules/know/disclosure.c '"web/route.h"'
refused modules/know/disclosure_pages.c '"gen/web_pages.h"'
refused web/list.c '<microhttpd.h>'
refused office/search.c '<sqlite3.h>'
refused web/list.c '<postgresql/libpq-fe.h>'
refused base/str.c '"tests/test.h"'
refused web/list.c '"tools/page.h"'
refused tools/tmplc.c '"office/kind.h"'
refused base/buf.c '"str.h"'
refused base/buf.c '"base/../web/route.h"'
