#!/usr/bin/env python3
"""The commands of docs/operating/postgresql.md, in their order, with Debian's PostgreSQL and the units and drop-ins of
docs/operating under a real systemd (tests/own_systemd.py): a site from nothing, a second server, backup, a dump restored, and the
cluster taken back to a moment and to its end. Speaks TAP; skipped without systemd, PostgreSQL or the rights for
namespaces."""
import os
import re
import sys
import time

sys.path.insert(0, "tests")
from own_systemd import ask, begin, end, installed, need, order, record, show, sign_in, skip, tell  # noqa: E402
from own_systemd import try_to_sign_in, wait_served, work, write  # noqa: E402
from page import Page, fitted  # noqa: E402
from port import free_port  # noqa: E402

PAGE = Page("docs/operating/postgresql.md", "docs/van-hanh/postgresql.md")
REPLICAS = Page("docs/operating/replicas.md", "docs/van-hanh/cum-may.md")
run = PAGE.run
PROGRAMS = "/usr/lib/postgresql/15/bin"
DEBIAN = "/lib/systemd/system/postgresql"
PRIMARY, REPLICA = free_port(), free_port()
SECRET = "khong-ai-noi"
MOMENT = "'2026-12-01 09:30:00+07'"
# A machine with Debian's package just installed; whoever is called `first` is the machine before this one.
MACHINE = """mount -t tmpfs -o mode=755 tmpfs /var/log
rm -rf /etc/postgresql/*
install -d -o postgres -g postgres /var/lib/postgresql /var/log/postgresql
install -d -o postgres -g postgres -m 2775 /run/postgresql
(cd / && pg_createcluster 15 main -- --no-sync) > %(work)s/createcluster 2>&1
install -m 755 %(work)s/scp /usr/local/bin/scp
install -d -o dinh -g dinh -m 700 /var/lib/dinh /var/backups/dinh
"""
SCP = """#!/bin/sh
[ "$1" = -p ] || exit 2
shift
for word; do shift; set -- "$@" "$(echo "$word" | sed 's,^first:,/srv/first,')"; done
exec cp -p "$@"
"""


def one_more_act():
    at = record(sign_in(), "du-toan.pdf", b"%PDF-1.4\n" + os.urandom(1000) + b"\n%%EOF\n", "application/pdf")
    for _ in range(100):
        text = ask("/metrics")[2]
        value = dict(line.rsplit(" ", 1) for line in text.splitlines() if line[:1] != "#")
        # Where a connection to the database has just been lost, there are fewer.
        if value.get("dinh_log_queued") == "0" and value["dinh_log_signed_size"] == value["dinh_log_size"]:
            return at
        time.sleep(0.1)
    raise AssertionError("it was not signed")


def size():
    return int(ask("/log/checkpoint")[2].split("\n")[1])


def acts():
    return int(order("sudo -u postgres psql -d dinh -Atc 'SELECT COUNT(*) FROM act'"))


# --- what is promised ---

def both_languages_print_the_same_commands():
    PAGE.check_translation()
    REPLICAS.check_translation()
    assert len(PAGE.blocks) >= 15 and len(REPLICAS.blocks) == 3, (len(PAGE.blocks), len(REPLICAS.blocks))


def a_site_is_made_without_a_password():
    order("systemctl start postgresql@15-main")
    run("site")
    assert "dinh.db" not in order("ls /var/lib/dinh")
    # What follows needs people who act: the demonstration takes its place.
    order("sudo -u postgres dropdb dinh; sudo -u postgres createdb -O dinh -E UTF8 -T template0 dinh; rm -rf /var/lib/dinh/*\n"
          "sudo -u dinh dinh demo --data /var/lib/dinh --db postgresql:///dinh --files /srv/dinh-files --seed 7 --scale 0.01\n"
          "mkdir %s/site; cp /var/lib/dinh/passwords.txt %s/site/" % (work, work))


def the_units_serve_it_in_their_sandbox():
    said = order("systemd-analyze verify --man=no --recursive-errors=no dinh.service dinh-backup.service dinh-verify.service",
                 None)
    run("units")
    wait_served()
    assert "with-postgresql" not in said, said
    one_more_act()
    status = order("cat /proc/%s/status" % show("dinh.service", "MainPID"))
    assert "\nSeccomp:\t2\n" in status and "\nCapBnd:\t0000000000000000\n" in status, status
    order("ls /srv/dinh-files/*/* && ! ls /var/lib/dinh/files /var/lib/dinh/dinh.db", None)
    assert "dinh.db" not in order("ls /var/lib/dinh")
    run("verify")
    order("systemctl start dinh-verify.service")
    assert "\ndinh_verify_ok 1\n" in ask("/metrics")[2]


def a_second_server_goes_on_with_the_same_log():
    before = size()
    order("systemctl stop dinh; mkdir -p /srv/first/var/lib; mv /var/lib/dinh /srv/first/var/lib/dinh")
    run("second")
    wait_served()
    assert order("stat -c '%U %a' /var/lib/dinh/log.key /var/lib/dinh/form.key").split() == ["dinh", "600"] * 2
    one_more_act()
    assert size() == before + 1


def a_backup_begins_with_the_database_and_holds_the_uploads():
    run("backup")
    copies = order("ls -d /var/backups/dinh/20*").split()
    assert len(copies) == 1, copies
    assert set(order("ls " + copies[0]).split()) >= {"dinh.dump", "files", "checkpoint.at-backup"}
    assert order("cd /srv/dinh-files; find . -type f | sort") == order("cd %s/files; find . -type f | sort" % copies[0])
    # Where the folder is not mounted there is none, and the unit says so.
    order("mv /srv/dinh-files /srv/away && sleep 1; systemctl start dinh-backup", 1)
    order("mv /srv/away /srv/dinh-files")
    assert order("ls -d /var/backups/dinh/20*").split() == copies


def a_dump_is_restored():
    before = acts()
    run("dump")
    run("after the dump")
    wait_served()
    assert acts() == before
    one_more_act()


def at_the_moment_the_log_refuses_and_people_read():
    global counted
    run("archive")
    wait_served()
    run("base")
    one_more_act()
    counted = [acts()]
    moment = order("sudo -u postgres psql -Atc 'SELECT clock_timestamp()'").strip()
    time.sleep(1)
    one_more_act()
    one_more_act()
    counted.append(acts())
    assert counted[1] == counted[0] + 2
    run("mirror")
    back_to(moment)
    run("ask")
    assert acts() == counted[0]
    order("systemctl start dinh")
    wait_served()
    assert ask("/cong-khai")[0] == 200
    status, headers, text = try_to_sign_in()
    assert status == 503 and headers["Retry-After"] and "chỉ cho đọc" in text, (status, text)
    order("systemctl stop dinh")


def back_to(moment):
    run("put back")
    commands = fitted(PAGE.blocks["moment"].commands)
    assert MOMENT in commands
    if moment:
        order(commands.replace(MOMENT, "'%s'" % moment))
    else:
        order("\n".join(line for line in commands.splitlines() if MOMENT not in line))
    run("recover")


def to_the_end_nothing_is_lost():
    run("undo")
    back_to(None)
    assert "Ready to sign" in run("ask", 0)
    assert acts() == counted[1]
    run("go on")
    wait_served()
    run("done")
    before = size()
    one_more_act()
    assert size() == before + 1
    run("verify")
    assert order("sudo -u postgres psql -Atc 'SHOW archive_mode'").strip() == "on"


def who_stays_at_the_moment_signs_again_and_what_is_lost_is_named():
    moment = order("sudo -u postgres psql -Atc 'SELECT clock_timestamp()'").strip()
    time.sleep(1)
    one_more_act()
    run("mirror")
    back_to(moment)
    run("ask")
    run("stay")
    run("go on")
    wait_served()
    # Another cluster is not put away into the one that lies there.
    run("put back", 1)
    order("systemctl start postgresql@15-main dinh")
    wait_served()
    run("done")
    one_more_act()
    said = run("verify", 1)
    assert said.count("is gone") == 1, said


def on_machine(cluster, name):
    """A block of the page of replicas, run as if the machine with that cluster were another."""
    block = REPLICAS.blocks[name]
    text = block.commands.replace("15-main", "15-" + cluster).replace("15/main", "15/" + cluster)
    text = text.replace("10.0.0.11:5432", "127.0.0.1:%d" % PRIMARY).replace("@10.0.0.11", "@127.0.0.1:%d" % PRIMARY)
    text = re.sub(r"10\.0\.0\.1[12](/32)?|10\.0\.0\.0/24", lambda m: "127.0.0.1" + ("/32" if "/" in m.group(0) else ""), text)
    said = order("export PGPORT=%d\n%s" % (PRIMARY if cluster == "main" else REPLICA, text))
    assert block.says in said, said


def a_replica_follows_and_visitors_read_from_it():
    """The cluster of the site is that of the first machine, another one stands for the replica's."""
    order("systemctl stop dinh; echo 'port = %d' > /etc/postgresql/15/main/conf.d/port.conf;"
          " systemctl restart postgresql@15-main\ncd / && pg_createcluster -p %d 15 second -- --no-sync" % (PRIMARY, REPLICA))
    on_machine("main", "primary")
    on_machine("second", "replica")
    for _ in range(100):
        if "streaming" in order("PGPORT=%d sudo -u postgres psql -Atc 'SELECT state FROM pg_stat_replication'" % PRIMARY):
            break
        time.sleep(0.1)
    on_machine("main", "follows")
    assert order("PGPORT=%d sudo -u postgres psql -Atc 'SELECT pg_is_in_recovery()'" % REPLICA).strip() == "t"
    order("sed -i 's,postgresql:///dinh,postgresql:///dinh?port=%d,;"
          " s,--proxies,--read-db postgresql:///dinh?port=%d --proxies,' /etc/systemd/system/dinh*.d/with-postgresql.conf\n"
          "systemctl daemon-reload; systemctl start dinh" % (PRIMARY, REPLICA))
    wait_served()
    asked = "PGPORT=%d sudo -u postgres psql -Atc \"SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'dinh'\""
    assert ask("/cong-khai")[0] == 200
    assert int(order(asked % REPLICA)) > 0
    one_more_act()
    order("systemctl stop postgresql@15-second")
    assert ask("/cong-khai")[0] == ask("/")[0] == 200
    order("systemctl stop dinh; sed -i 's,?port=[0-9]*,,; s,--read-db [^ ]*,,' /etc/systemd/system/dinh*.d/with-postgresql.conf")


def over_the_network_a_password_is_used_and_nowhere_said():
    port, units = PRIMARY, "/etc/systemd/system/dinh*.d/with-postgresql.conf"
    order("PGPORT=%d sudo -u postgres psql -q -c \"ALTER ROLE dinh PASSWORD '%s'\"\n"
          "echo '127.0.0.1:%d:dinh:dinh:%s' > /var/lib/dinh/.pgpass\n"
          "chown dinh:dinh /var/lib/dinh/.pgpass; chmod 600 /var/lib/dinh/.pgpass" % (port, SECRET, port, SECRET))
    # The lines of the network, as the page tells, for this machine's address.
    order("sed -i 's/^#\\([A-Z]\\)/\\1/; s,10.0.0.0/24,127.0.0.0/8,; s,postgresql:///dinh,postgresql://dinh@127.0.0.1:%d/dinh,' %s\n"
          "systemctl daemon-reload; systemctl start dinh" % (port, units))
    wait_served()
    assert show("dinh-backup.service", "PrivateNetwork") == "no"
    one_more_act()
    order("systemctl start dinh-backup")
    order("systemctl start dinh-verify", 1)  # what was lost is still named
    assert "\ndinh_verify_ok 0\n" in ask("/metrics")[2]
    with open(work + "/said") as f:
        text = f.read()
    assert "is gone" in text and SECRET not in text
    assert SECRET not in order("cat /proc/[0-9]*/cmdline | tr '\\0' ' '", None)


PROMISES = [
    both_languages_print_the_same_commands, a_site_is_made_without_a_password, the_units_serve_it_in_their_sandbox,
    a_second_server_goes_on_with_the_same_log, a_backup_begins_with_the_database_and_holds_the_uploads, a_dump_is_restored,
    at_the_moment_the_log_refuses_and_people_read, to_the_end_nothing_is_lost,
    who_stays_at_the_moment_signs_again_and_what_is_lost_is_named, a_replica_follows_and_visitors_read_from_it,
    over_the_network_a_password_is_used_and_nowhere_said,
]

need()
if not os.path.exists(PROGRAMS + "/postgres") or not os.path.exists(DEBIAN + "@.service"):
    skip("Debian's PostgreSQL 15 is missing: apt-get install postgresql")
print("1..%d" % len(PROMISES), flush=True)
try:
    for name in ("@.service", ".service"):
        with open(DEBIAN + name) as f:
            write("units/postgresql" + name, re.sub("OOMScoreAdjust=.*", "", f.read()))
    write("scp", SCP)
    begin("postgresql.service", installed() + MACHINE % {"work": work})
    tell(PROMISES)
finally:
    end()
