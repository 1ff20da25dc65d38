# What the benchmarks share: sourced by bench/run and bench/size, which set `here`, a folder of their own.
# shellcheck shell=bash

build=${BUILD:-build-release}
dinh=${DINH:-$build/dinh} load=${BENCH_LOAD:-$build/bench/bench_load}
session=${BENCH_SESSION:-$build/bench/bench_session}
started=()
missed=0

say()
{
	printf '%s\n' "$*" >&2
}

stop_all()
{
	local pid
	for pid in "${started[@]}"; do
		kill "$pid" 2>/dev/null || true
	done
	wait 2>/dev/null || true
}

free_port()
{
	python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

answers() # PORT: waits until somebody does
{
	local i
	for ((i = 0; i < 500; i++)); do
		(exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return 0
		sleep 0.01
	done
	say "nobody answers at port $1"
	exit 3
}

resident() # PID [FIELD]: MB
{
	awk -v f="${2:-VmRSS}:" '$1 == f { printf "%.1f", $2 / 1024 }' "/proc/$1/status"
}

median() # FILE COLUMN
{
	awk -v c="$2" '{ print $c }' "$1" | sort -n | awk '{ v[NR] = $1 } END { print v[int((NR + 1) / 2)] }'
}

over()
{
	awk -v a="$1" -v b="$2" 'BEGIN { printf "%.2f", b ? a / b : 0 }'
}

machine()
{
	echo "$(date -I), $(nproc) cores ($(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -n 1)), $(uname -sr)"
}

head_row()
{
	printf '| %-44s | %-46s | %8s | %6s | %-6s |\n' what measured ratio limit ""
	echo '|---|---|---|---|---|'
}

row() # WHAT MEASURED [RATIO LIMIT [least|most]]
{
	local verdict=""
	if [[ -n ${4:-} ]]; then
		verdict=$(awk -v r="$3" -v l="$4" -v how="${5:-least}" \
			'BEGIN { print (how == "least" ? r >= l : r <= l) ? "held" : "MISSED" }')
		[[ $verdict == held ]] || missed=$((missed + 1))
	fi
	printf '| %-44s | %-46s | %8s | %6s | %-6s |\n' "$1" "$2" "${3:-}" "${4:-}" "$verdict"
}

# What a clerk types into the form of a new disclosure, a line each, with the tokens of FILE.
disclosures() # TOKENS
{
	sed 's/.*/ma-gui=&\&matter=XA07-05-01\&title=C%C3%B4ng+khai+d%E1%BB%B1+to%C3%A1n+ng%C3%A2n+s%C3%A1ch+x%C3%A3\&body=N%E1%BB%99i+dung+c%C3%B4ng+khai+d%E1%BB%B1+to%C3%A1n\&number=\&names=\&issuer=UBND+x%C3%A3\&issued_on=04%2F01%2F2021\&period=\&happened_on=05%2F01%2F2021\&channel=web/' "$1"
}
