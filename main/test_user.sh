#!/bin/sh
# `dinh user` on a new site: accounts without a default password, appointments, and what is refused.
set -u

dir=$(mktemp -d) || exit 99
trap 'rm -rf "$dir"' EXIT
site=$dir/site
number=0
check() # SENTENCE EXIT_CODE PART_OF_OUTPUT ARGUMENT...; standard input is $typed
{
	number=$((number + 1))
	sentence=$1 should=$2 part=$3
	shift 3
	output=$(printf "$typed" | "$DINH" "$@" --data "$site" 2>&1)
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

echo 1..26
typed=
check 'without a site there are no users' 2 'dinh init' user list
check 'a site begins with a code for its first administrator' 0 'the setup code' \
	init --unit 374 --day 2021-01-05 --lang en
check 'and with nobody in it' 0 '' user list --unit 374
typed='mật khẩu của hoa\nmật khẩu của hoa\n'
check 'an account is added with a password typed twice' 0 'Lê Văn Mẫu' \
	user add hoa.lv --name 'Lê Văn Mẫu' --unit 374
check 'a login is given once' 2 'the login or the person has an account' \
	user add hoa.lv --name 'Lê Thị Khác' --lang en
typed='mật khẩu của hoa\nmật khẩu của ai\n'
check 'two passwords that differ are refused' 2 'not the same' user passwd hoa.lv --lang en
typed='ngắn\nngắn\n'
check 'a short password is refused' 2 'ít nhất 10 ký tự' user passwd hoa.lv
typed='xin hoa.lv chào\nxin hoa.lv chào\n'
check 'a password that holds the login is refused' 2 'không được chứa' user passwd hoa.lv
typed=
check 'no password typed is none' 2 'dùng --random' user passwd hoa.lv
check 'a random one is shown once' 0 'shown once' user passwd hoa.lv --random --lang en
check 'a phone number is a login in any spelling' 0 'login 0912345678' \
	user add '+84 912.345.678' --name 'Bà Tư' --random --lang en
check 'a login nobody can type is refused' 2 'neither a phone number nor a user name' \
	user add 'hoa; --' --name X --random --lang en
check 'a person is appointed' 0 'Appointment 1: Lê Văn Mẫu, leader' \
	user appoint 'HOA.LV' leader --unit 374 --lang en
check 'twice the same is a conflict' 2 'holds this appointment already' \
	user appoint hoa.lv leader --unit 374
check 'there is no such role' 2 'chủ_tịch' user appoint hoa.lv chủ_tịch
check 'a substitute stands for an appointment' 0 'Appointment 2: Bà Tư, leader' \
	user appoint 0912345678 clerk --substitute-for 1 --lang en
check 'the list shows who holds what, and on whose behalf' 0 '<- 1 Lê Văn Mẫu' user list
check 'an appointment ends' 0 'Appointment 1 is in force until the end of' user end 1 --lang en
check 'one that is not there does not' 2 'there is no appointment 99' user end 99 --lang en
check 'a new site asks its administrators for an authenticator' 0 'Administrators must use' \
	user factor --lang en
check 'and anybody who holds an office when it is told so' 0 '2 accounts, 2 of them without' \
	user factor officials --lang en
check 'the rule stays' 0 'Whoever holds an office must use' user factor --lang en
check 'there is no such rule' 2 'không phải một trong' user factor tất_cả
check 'a lost authenticator is turned off' 0 'is off' user lost hoa.lv --lang en
check 'not that of nobody' 2 'khong.ai' user lost khong.ai
check 'nobody may be asked as well' 0 'Không ai bắt buộc' user factor nobody
