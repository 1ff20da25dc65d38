#!/usr/bin/env python3
"""Says in which tables two databases differ; "rows" when they hold the same and are not empty. The inside of the
full-text index, which depends on the order of writing, and what no export carries are passed over."""
import sqlite3
import sys

one, other = (sqlite3.connect(name) for name in sys.argv[1:3])
n = 0
for (table,) in one.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"):
    if table.startswith(("search_index", "sqlite_", "schema_migration", "copy_progress", "session")):
        continue
    where = " WHERE n <> 0" if table == "tally" else ""  # what came to nothing is not counted
    rows = [sorted(map(repr, d.execute('SELECT * FROM "%s"%s' % (table, where)))) for d in (one, other)]
    n += len(rows[0])
    if rows[0] != rows[1]:
        print(table, "differs")
print("rows" if n > 1000 else "nothing")
