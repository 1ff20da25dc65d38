#!/bin/sh
# The wrong type in a page does not compile, and the C compiler names the template's line.
# usage: test_refused_types.sh TMPLC BUILD_ROOT CC...
tmplc=$1
build=$2
shift 2
compiler=$* # perhaps with ccache before it
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
n=0

# check RESULT NAME MARKUP: the markup stands in line 3 of the template
check() {
	n=$((n + 1))
	printf '{{include "tests/sample/sample.h"}}\n{{template t(const struct topic_page *v)}}\n%s\n' "$3" \
		>"$work/t.html"
	if ! "$tmplc" "$work/t.h" "$work/t.c" "$work/t.html" 2>"$work/errors"; then
		echo "not ok $n - $2 (tmplc: $(cat "$work/errors"))"
		return
	fi
	$compiler -fsyntax-only -std=gnu17 -I. -I"$build" "$work/t.c" 2>"$work/errors"
	if [ $? -eq 0 ]; then is=compiles; else is=refused; fi
	if [ $is = refused ] && ! grep -q 't.html:3:' "$work/errors"; then is="refused elsewhere"; fi
	if [ "$is" = "$1" ]; then echo "ok $n - $2"; else echo "not ok $n - $2 ($is)"; fi
}

echo 1..12
check compiles "text takes a str" '{{v->title}}'
check compiles "text takes markup that is safe" '{{v->replies.at->body}}'
check compiles "an address takes a url" '<a href="{{v->list}}"></a>'
check refused "an address refuses a str" '<a href="{{v->title}}"></a>'
check refused "an attribute refuses markup" '<p title="{{v->replies.at->body}}"></p>'
check refused "a title refuses markup" '<title>{{v->replies.at->body}}</title>'
check refused "text refuses a C string" '{{v->title.at}}'
check refused "text refuses a bool" '{{v->open}}'
check refused "text refuses a label" '{{v->label}}'
check refused "text refuses a member that is not there" '{{v->nothing}}'

# A program that cannot do its work says so in one line and leaves no output.
refuse() { # CODE NAME ARGUMENTS...
	n=$((n + 1))
	code=$1
	name=$2
	shift 2
	"$tmplc" "$@" 2>"$work/errors"
	if [ $? -eq "$code" ] && [ "$(wc -l <"$work/errors")" -eq 1 ] && [ ! -e "$work/new.h" ]; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name ($(cat "$work/errors"))"
	fi
}

refuse 2 "too few arguments are bad usage" "$work/new.h"
refuse 3 "a file that cannot be read is named" "$work/new.h" "$work/new.c" "$work/absent.html"
