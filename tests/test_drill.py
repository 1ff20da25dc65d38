#!/usr/bin/env python3
"""The restore drill of docs/operating/backup.md, and the move of docs/export.md: the commands of the pages, run in
their order under a real systemd (tests/own_systemd.py), with acts and disasters between them. So the pages cannot go stale. Speaks TAP; skipped
without systemd or the rights for namespaces."""
import re
import sys
import time

sys.path.insert(0, "tests")
from own_systemd import ask, begin, demo, end, need, order, record, sign_in, tell  # noqa: E402
from own_systemd import try_to_sign_in, wait_served, work  # noqa: E402
from page import Page  # noqa: E402

PAGE = Page("docs/operating/backup.md", "docs/van-hanh/sao-luu.md")
MOVE = Page("docs/export.md")
run = PAGE.run


def one_more_act():
    """On paper it would be a day's work."""
    record(sign_in(), "du-toan.pdf", b"%PDF-1.4\n" + b"0" * 1000 + b"\n%%EOF\n", "application/pdf")
    for _ in range(100):
        text = ask("/metrics")[2]
        if "\ndinh_log_queued 0\n" in text and \
                re.search(r"^dinh_log_signed_size (.*)$", text, re.M).group(1) == \
                re.search(r"^dinh_log_size (.*)$", text, re.M).group(1):
            return
        time.sleep(0.1)
    raise AssertionError("it was not signed")


def size():
    return int(ask("/log/checkpoint")[2].split("\n")[1])


# --- what is promised ---

def both_languages_print_the_same_commands():
    PAGE.check_translation()
    assert len(PAGE.blocks) >= 15, len(PAGE.blocks)


def a_copy_is_made_and_verified():
    run("seal")
    assert "checkpoint" in run("backup").split()
    run("remember", 0)


def a_site_moves_to_another_machine():
    before = [ask(path)[2] for path in ("/cong-khai.csv", "/log/checkpoint", "/log/vkey")]
    MOVE.run("leave")
    order("mv /var/lib/dinh /srv/old-machine; install -d -o dinh -g dinh -m 700 /var/lib/dinh")
    MOVE.run("arrive")
    wait_served()
    assert [ask(path)[2] for path in ("/cong-khai.csv", "/log/checkpoint", "/log/vkey")] == before
    order("cmp /srv/old-machine/form.key /var/lib/dinh/form.key")
    one_more_act()
    run("remember")
    order("rm -r /srv/old-machine /var/backups/dinh/move; systemctl start dinh-backup")


def what_was_published_after_it_is_kept_from_a_second_signature():
    before = size()
    one_more_act()
    one_more_act()
    assert size() == before + 2
    run("mirror")
    run("stop")
    run("put back")
    run("ask")
    run("checkpoint")
    run("read only")
    run("accept")
    assert int(order("sed -n 2p /var/lib/dinh/checkpoint")) == before + 2


def the_site_is_read_meanwhile_and_refuses_what_is_sent():
    order("systemctl start dinh")
    wait_served()
    assert ask("/")[0] == ask("/cong-khai")[0] == 200
    status, headers, text = try_to_sign_in()
    assert status == 503 and headers["Retry-After"] and "chỉ cho đọc" in text, (status, text)
    with open(work + "/said") as f:
        assert "ledger.read_only" in f.read()
    order("systemctl stop dinh")


def lost_entries_are_taken_back_and_it_signs_again():
    run("supply")
    run("start")
    wait_served()
    before = size()
    one_more_act()
    assert size() == before + 1


def what_was_lost_is_named_and_strangers_see_no_other_history():
    said = run("look")
    assert said.count("is gone") == 2, said
    run("remember")


def when_nothing_was_published_after_the_copy_nothing_is_lost():
    order("rm -rf /var/lib/dinh.lost; systemctl start dinh-backup")
    run("stop")
    run("put back")
    run("ask")
    run("accept", 0)
    order("systemctl start dinh")
    wait_served()
    one_more_act()
    run("remember")


def an_upgrade_keeps_a_copy_and_there_is_a_way_back():
    # A database as an older program left it: the migrations of today's have not all run.
    order("systemctl stop dinh; mkdir -p %s/newer; cp /usr/local/bin/dinh %s/newer/dinh" % (work, work))
    order(sys.executable + " - <<'END'\n"
          "import sqlite3\n"
          "d = sqlite3.connect('/var/lib/dinh/dinh.db')\n"
          "d.execute('DROP TABLE search_index')\n"
          "d.execute('DROP TABLE search_text')\n"
          "d.execute(\"DELETE FROM schema_migration WHERE name = 'sqlite/0001-search'\")\n"
          "d.commit()\n"
          "END\n"
          "chown dinh:dinh /var/lib/dinh/dinh.db*")
    copies = int(order("ls /var/lib/dinh/backups 2>/dev/null | wc -l"))
    # What was lost for good is named by every verification of this site.
    said = run("upgrade", 1)
    assert said.count("is gone") == 2, said
    assert int(order("ls /var/lib/dinh/backups | wc -l")) == copies + 1, said
    assert order("cmp /usr/local/bin/dinh %s/newer/dinh" % work) == ""
    # What only the newer program knows.
    order(sys.executable + " - <<'END'\n"
          "import sqlite3\n"
          "d = sqlite3.connect('/var/lib/dinh/dinh.db')\n"
          "d.execute(\"INSERT INTO schema_migration (name, sha256, applied_at)\"\n"
          "          \" VALUES ('sqlite/9999-tomorrow', zeroblob(32), 0)\")\n"
          "d.commit()\n"
          "END")
    run("way back")
    run("older database")
    wait_served()
    one_more_act()


PROMISES = [
    both_languages_print_the_same_commands, a_copy_is_made_and_verified,
    a_site_moves_to_another_machine,
    what_was_published_after_it_is_kept_from_a_second_signature,
    the_site_is_read_meanwhile_and_refuses_what_is_sent,
    lost_entries_are_taken_back_and_it_signs_again,
    what_was_lost_is_named_and_strangers_see_no_other_history,
    when_nothing_was_published_after_the_copy_nothing_is_lost,
    an_upgrade_keeps_a_copy_and_there_is_a_way_back,
]

need()
print("1..%d" % len(PROMISES), flush=True)
try:
    begin("dinh.service", demo())
    wait_served()
    tell(PROMISES)
finally:
    end()
