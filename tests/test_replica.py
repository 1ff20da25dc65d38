#!/usr/bin/env python3
"""dinh serve --read-db, on two real PostgreSQL of which one follows the other (tests/cluster/plain.py): strangers read from the replica, as
old as it is; whoever wrote something sees it at once; nothing is ever written to it, whatever it has become; and pages come
when it is dead. Speaks TAP; skipped without PostgreSQL."""
import os
import sys
import threading
import time
import urllib.request

sys.dont_write_bytecode = True
sys.path[:0] = ["tests", "tests/cluster"]
import clients  # noqa: E402
from clients import FIELDS, UNIT, cookie_of, token_of  # noqa: E402
from plain import Machine, programs, wait  # noqa: E402
from servers import Site  # noqa: E402
from tap import tell  # noqa: E402

DINH = os.path.abspath(os.environ.get("DINH", "build/dinh"))
STEPS = {"lanhdao.ninhvan": ["record", "submit", "publish"], "nguoidan.ninhvan": ["send"]}
count = 0


class Person:
    """Somebody signed in, who takes one step after the other."""

    def __init__(self, login):
        self.steps = STEPS[login]
        _, headers, text = ask("/dang-nhap")
        status, headers, _ = ask("/dang-nhap", "POST", cookie_of(headers, "khach"), [
            ("ma-gui", token_of(text)), ("login", login), ("password", site.password(login))])
        assert status == 303, status
        self.session = cookie_of(headers, "phien")

    def asks(self, path):
        return ask(path, cookie=self.session)

    def writes(self, see=lambda person, code, title: None):
        """One dossier, with all its steps; `see` after each. (code, title)"""
        global count
        count += 1
        title, code = "Viec-ban-sao-%d" % count, None
        for step in self.steps:
            path = {"record": "/ghi-moi/cong-khai/" + UNIT, "send": "/ghi-moi/yeu-cau-thong-tin/" + UNIT}.get(
                step, "/ho-so/%s/lam/%s" % (code, step))
            status, _, text = self.asks(path)
            assert status == 200 and token_of(text), (path, status)
            first = [("title", title)] if code is None else []
            status, headers, text = ask(path, "POST", self.session, [("ma-gui", token_of(text))] + first + FIELDS[step] + [
                ("channel", "web"), ("happened_on", clients.DAY)])
            assert status == 303, (path, status, text[:500])
            code = headers["Location"].split("/")[2].split("?")[0]
            see(self, code, title)
        return code, title


def ask(path, method="GET", cookie="", fields=None):
    return site.web.ask(server, path, method, cookie, fields)


def stranger_sees(code, title):
    status, _, text = ask("/ho-so/" + code)
    assert status in (200, 404), status
    return status == 200 and title in text


def caught_up():
    place = primary.sql("SELECT pg_current_wal_lsn()")[0][0]
    wait(lambda: replica.sql("SELECT pg_last_wal_replay_lsn() >= '%s'" % place) == [["t"]], 30,
         lambda: "the replica stays behind\n" + replica.said())


def acts(node):
    return int(node.sql("SELECT COUNT(*) FROM act")[0][0])


def metric(name):
    with urllib.request.urlopen("http://127.0.0.1:%d/metrics" % server.port, timeout=30) as r:
        text = r.read().decode()
    return float(next(line.split()[1] for line in text.splitlines() if line.startswith(name + " ")))


# --- what is promised ---

def a_strangers_page_comes_from_the_replica_as_old_as_that_is():
    caught_up()
    assert ask("/")[0] == 200
    # libpq's name of the program, on connections that are there.
    assert int(replica.sql("SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'dinh'")[0][0]) > 0
    replica.sql("SELECT pg_wal_replay_pause()")
    wait(lambda: replica.sql("SELECT pg_get_wal_replay_pause_state()") == [["paused"]], 10, replica.said)
    code, title = official.writes()
    time.sleep(1)
    assert not stranger_sees(code, title)
    assert code not in ask("/cong-khai")[2]
    replica.sql("SELECT pg_wal_replay_resume()")
    wait(lambda: stranger_sees(code, title), 30, lambda: "strangers never see it")
    assert code in ask("/cong-khai")[2]


def whoever_signed_in_sees_at_once_what_he_wrote_though_the_replica_lags():
    def see(person, code, title):
        status, _, text = person.asks("/ho-so/" + code)
        assert status == 200 and title in text, (status, code)

    replica.sql("SELECT pg_wal_replay_pause()")
    wait(lambda: replica.sql("SELECT pg_get_wal_replay_pause_state()") == [["paused"]], 10, replica.said)
    code, title = official.writes(see)
    assert code in official.asks("/cong-khai")[2]
    own, own_title = citizen.writes(see)
    assert own in citizen.asks("/ho-so-cua-toi")[2], "not in the list of what one sent"
    assert not stranger_sees(code, title)
    # Any cookie may be that of somebody who has just sent something.
    assert ask("/ho-so/" + code, cookie="khach=x")[0] == 200


def the_public_log_is_never_older_than_what_was_signed():
    """The replica still lags."""
    wait(lambda: metric("dinh_log_queued") == 0 and metric("dinh_log_signed_size") == metric("dinh_log_size"), 20,
         lambda: "it is not signed")
    signed = int(ask("/log/checkpoint")[2].split("\n")[1])
    assert signed == metric("dinh_log_size")
    assert signed > int(replica.sql("SELECT size FROM log_state")[0][0])
    replica.sql("SELECT pg_wal_replay_resume()")
    caught_up()


def pages_come_when_the_replica_is_dead_and_from_it_when_it_lives_again():
    replica.kill()
    began = time.monotonic()
    for path in ("/", "/cong-khai", "/don-vi/" + UNIT, "/han", "/tim?q=viec"):
        assert ask(path)[0] == 200, path
    print("# five pages after its death: %.0f ms" % ((time.monotonic() - began) * 1000))
    code, title = official.writes()
    assert stranger_sees(code, title)  # from the primary
    replica.start()
    caught_up()
    replica.sql("SELECT pg_wal_replay_pause()")
    wait(lambda: replica.sql("SELECT pg_get_wal_replay_pause_state()") == [["paused"]], 10, replica.said)
    wait(lambda: not stranger_sees(*official.writes()), 30, lambda: "strangers are not led to it again")
    replica.sql("SELECT pg_wal_replay_resume()")
    caught_up()


def nothing_is_written_to_it_even_when_it_takes_writes():
    """It was promoted by mistake: from now on it is another database, and would take whatever came."""
    caught_up()
    assert replica.sql("SELECT pg_promote()") == [["t"]]
    before, there = acts(primary), acts(replica)
    assert before == there
    code, title = official.writes()
    citizen.writes()
    for cookie in ("", "khach=x"):  # and what is refused
        ask("/dang-nhap", "POST", cookie, [("ma-gui", "x"), ("login", "a"), ("password", "b")])
    assert acts(primary) == before + 4 and acts(replica) == there
    changed = replica.sql("SELECT COALESCE(SUM(n_tup_ins + n_tup_upd + n_tup_del), 0) FROM pg_stat_user_tables")
    assert changed == [["0"]], changed
    assert not stranger_sees(code, title)  # it is still read from


def everything_agrees():
    server.stop()
    code, said = site.run("verify", "--data", server.data, "--files", site.files, "--lang", "en")
    assert code == 0, said


PROMISES = [
    a_strangers_page_comes_from_the_replica_as_old_as_that_is,
    whoever_signed_in_sees_at_once_what_he_wrote_though_the_replica_lags,
    the_public_log_is_never_older_than_what_was_signed,
    pages_come_when_the_replica_is_dead_and_from_it_when_it_lives_again,
    nothing_is_written_to_it_even_when_it_takes_writes,
    everything_agrees,
]


found, missing = programs()
if missing:
    print("1..0 # SKIP " + missing)
    sys.exit(0)
print("1..%d" % len(PROMISES), flush=True)
machine, site = Machine(found), None
try:
    primary, replica = machine.postgres("primary"), machine.postgres("replica")
    primary.make()
    machine.serves = primary
    replica.follow(primary)
    site = Site(machine, DINH, clients.Memory(), clients.Connection, threading.Event(), threading.Event(), "a")
    server = site.servers[0]
    server.more = ["--read-db", replica.url(), "--threads", "2"]
    site.make()
    official, citizen = Person("lanhdao.ninhvan"), Person("nguoidan.ninhvan")
    tell(PROMISES)
finally:
    if site:
        site.end()
    machine.end()
