#!/usr/bin/env python3
"""Every SQL text in the program is one that both engines take, whether or not a test comes by it.

The texts are found in the program itself, where they stand whole: a statement is always a literal. Each is
prepared on a site of its own engine. Parameters are what db.h binds: BIGINT, TEXT or BYTEA; where PostgreSQL
would guess a narrower number or a boolean, it is asked again with BIGINT."""
import os
import re
import sqlite3
import subprocess
import sys
import tempfile

POSTGRES = os.environ.get("DINH_TEST_DB")
DINH = os.environ.get("DINH", "build/dinh")
if not POSTGRES:
    os.execv("tests/postgres", ["tests/postgres", sys.argv[0]])

# Of one engine alone, in store/: its catalogue and its index.
OF_SQLITE = re.compile(r"\bsqlite_master\b|\bsearch_index\b|INTO search_text \(id, title, body\) V")
OF_POSTGRES = re.compile(r"\bpg_|current_schema|\bwords\b|\bcommit_mark\b|\bset_config\b")


def run(*args, **more):
    done = subprocess.run(args, capture_output=True, text=True, **more)
    if done.returncode:
        sys.exit(f"Bail out! {' '.join(args)}: {done.stderr.strip()}")
    return done.stdout


def texts():
    with open(DINH, "rb") as f:
        words = re.findall(rb"(?<=\0) ?(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) [^\0]{6,}(?=\0)", f.read())
    found = {w.decode().strip() for w in words}
    # Patterns that are filled in, and sentences that are none.
    return sorted(t for t in found if not re.search(r"%[.\d]*\*?[a-z]", t) and re.search(r"[$(=*]| [a-z_]+$", t))


def psql(schema, script):
    return subprocess.run(["psql", "-XqAt", "-d", POSTGRES], capture_output=True, text=True,
                          input=f"SET search_path = {schema};\n{script}")


def spelled(sql, key, raw):
    return sql.replace("$KEY", key).replace("$BYTES", raw).replace("$TEXT", "TEXT")


def blocks(text):
    out = {}
    for block in text.split("= ")[1:]:
        number, _, said = block.partition("\n")
        out[int(number)] = said.strip()
    return out


def bound(guess):
    """The types a parameter may be bound with, for those the server would think of."""
    return ["bytea" if g == "bytea" else "text" if g in ("text", "name", "character varying", "tsquery") else "bigint"
            for g in guess.split(",") if g]


def refused_by_postgres(schema, wanted):
    script = "".join(f"\\qecho = {i}\nPREPARE s{i} AS {t};\nSELECT array_to_string(parameter_types, ',')"
                     f" FROM pg_prepared_statements WHERE name = 's{i}';\n" for i, t in enumerate(wanted))
    guesses = {i: bound(said) for i, said in blocks(psql(schema, script).stdout).items()}
    script = "".join(f"\\warn = {i}\nPREPARE t{i} {'(' + ', '.join(guesses[i]) + ')' if guesses[i] else ''} AS {t};\n"
                     for i, t in enumerate(wanted))
    return {wanted[i]: said.splitlines()[0] for i, said in blocks(psql(schema, script).stderr).items() if said}


def refused_by_sqlite(path, wanted):
    db, problems = sqlite3.connect(path), {}
    for t in wanted:
        names = {n: None for n in re.findall(r"\$(\d+)", t)}
        try:
            db.execute("EXPLAIN " + t, names)
        except sqlite3.Error as e:
            problems[t] = str(e)
    return problems


def main():
    work = tempfile.mkdtemp(prefix="dinh-sql-")
    schema = f"sql_{os.getpid()}"
    url = POSTGRES + ("&" if "?" in POSTGRES else "?") + f"options=-csearch_path%3D{schema}"
    found = texts()
    try:
        run("psql", "-Xq", "-d", POSTGRES, "-c", f"CREATE SCHEMA {schema}")
        for more in ([], ["--db", url]):
            run(DINH, "init", "--data", f"{work}/{len(more)}", "--unit", "14536", *more)
        with open("ledger/witness/0001-witness.sql") as f:
            witness = f.read()
        sqlite3.connect(f"{work}/0/dinh.db").executescript(spelled(witness, "INTEGER PRIMARY KEY", "BLOB"))
        if said := psql(schema, spelled(witness, "BIGINT PRIMARY KEY", "BYTEA")).stderr:
            sys.exit(f"Bail out! {said}")
        one = [t for t in found if not OF_POSTGRES.search(t)]
        two = [t for t in found if not OF_SQLITE.search(t)]
        print("1..3")
        said = [refused_by_sqlite(f"{work}/0/dinh.db", one), refused_by_postgres(schema, two)]
        print(f"{'not ' if len(found) < 200 else ''}ok 1 - the texts are found in the program")
        print(f"# {len(found)} texts, {len(one)} for SQLite, {len(two)} for PostgreSQL")
        for n, (engine, problems) in enumerate(zip(("SQLite", "PostgreSQL"), said), 2):
            print(f"{'not ' if problems else ''}ok {n} - {engine} takes every one")
            for text, why in problems.items():
                print(f"# {why}\n#   in: {text}")
        return any(said) or len(found) < 200
    finally:
        run("psql", "-Xq", "-d", POSTGRES, "-c", f"DROP SCHEMA IF EXISTS {schema} CASCADE")
        run("rm", "-rf", work)


sys.exit(main())
