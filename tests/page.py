"""Commands of a page for operators, so that a test runs what the page prints. A block that belongs to it follows a
comment `<!-- drill: NAME; ends with N; says: WORDS -->`. Not a test itself."""
import os
import re
import sys

sys.path.insert(0, "tests")
from own_systemd import DINH, PORT, order, work  # noqa: E402


class Block:
    def __init__(self, words, lines):
        parts = [part.strip() for part in words.split(";")]
        self.name = parts[0]
        self.code, self.says = 0, ""
        for part in parts[1:]:
            if part.startswith("ends with "):
                self.code = int(part[len("ends with "):])
            elif part.startswith("says: "):
                self.says = part[len("says: "):]
            else:
                raise AssertionError("what is %r?" % part)
        self.commands = "\n".join(lines)


def blocks(path):
    """In the order of the page."""
    found, words, lines = [], None, []
    with open(path) as f:
        for line in f.read().splitlines() + ["end"]:
            mark = re.match(r"<!-- drill: (.*) -->$", line)
            if words and line.startswith("    "):
                lines.append(line[4:])
            elif words and lines and line:
                found.append(Block(words, lines))
                words, lines = None, []
            if mark:
                words = mark.group(1)
    return found


def fitted(text):
    """The page's machine becomes the test's."""
    text = text.replace("127.0.0.1:8080", "127.0.0.1:%d" % PORT)
    text = text.replace("https://ninhvan.example", "http://127.0.0.1:%d" % PORT)
    newer = work + "/newer/dinh"
    text = text.replace("build-release/dinh", newer if os.path.exists(newer) else DINH)
    return text.replace("docs/operating/", work + "/operating/").replace(
        "journalctl -u dinh -o cat", "cat %s/said" % work)


class Page:
    def __init__(self, path, translation=None):
        self.path, self.translation = path, translation
        self.blocks = {block.name: block for block in blocks(path)}

    def run(self, name, code=None):
        block = self.blocks[name]
        said = order(fitted(block.commands), block.code if code is None else code)
        assert code is not None or block.says in said, (name, said)
        return said

    def check_translation(self):
        """The same commands, but for the language of the answers and remarks."""
        def plain(path):
            return [(b.name, b.code, re.sub(r" --lang en|\s+#.*", "", b.commands)) for b in blocks(path)]
        one, other = plain(self.path), plain(self.translation)
        assert one == other, [pair for pair in zip(one, other) if pair[0] != pair[1]] or (one, other)
