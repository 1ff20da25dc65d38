#!/usr/bin/env python3
"""The statements that pages ask most often, with the plan of the slowest time each was asked: from the log of a
PostgreSQL under auto_explain (log_format json, log_analyze, log_buffers).

    bench/plans.py LOG [STATEMENTS]     10"""
import collections
import json
import re
import sys
import textwrap

ENTRY = re.compile(r"duration: ([0-9.]+) ms  plan:\n((?:\t.*\n)+)")


def entries(path):
    with open(path, encoding="utf-8", errors="replace") as f:
        for found in ENTRY.finditer(f.read()):
            yield float(found[1]), json.loads(found[2])


def line(node):
    where = node.get("Index Name") or node.get("Relation Name") or node.get("CTE Name") or node.get("Function Name") or ""
    also = f" on {node['Relation Name']}" if node.get("Index Name") and node.get("Relation Name") else ""
    loops = node["Actual Loops"]
    said = f"{node['Node Type']} {where}{also}".strip()
    said += f": {node['Actual Rows']} rows" + (f", {loops} times" if loops != 1 else "")
    said += f" (expected {node['Plan Rows']})"
    for key, words in (("Rows Removed by Filter", "left out"), ("Rows Removed by Index Recheck", "left out after all"),
                       ("Heap Fetches", "looked up in the table")):
        if node.get(key):
            said += f", {node[key]} {words}"
    return said + f", {node['Shared Hit Blocks']} + {node['Shared Read Blocks']} blocks"


def tree(node, depth=0):
    if not node["Actual Loops"]:
        return
    yield "  " * depth + line(node)
    for child in node.get("Plans", []):
        yield from tree(child, depth + 1)


def main():
    most = int(sys.argv[2]) if len(sys.argv) > 2 else 10
    times, slowest = collections.defaultdict(list), {}
    for ms, entry in entries(sys.argv[1]):
        text = " ".join(entry["Query Text"].split())
        if text.startswith("DECLARE"):
            text = text[text.index(" FOR ") + 5:]
        times[text].append(ms)
        if ms >= max(times[text]):
            slowest[text] = entry["Plan"]
    for text in sorted(times, key=lambda t: (-len(times[t]), -sum(times[t])))[:most]:
        all_of_it = sorted(times[text])
        print(f"{len(all_of_it)} times, {all_of_it[len(all_of_it) // 2]:.2f} ms in the middle, {all_of_it[-1]:.2f} at most")
        print(textwrap.fill(text, 118, initial_indent="    ", subsequent_indent="    "))
        print(textwrap.indent("\n".join(tree(slowest[text])), "      "))
        print()


main()
