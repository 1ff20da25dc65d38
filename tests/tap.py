"""Promises told as points of TAP: a function each, whose name is the sentence."""
import traceback


def tell(promises, needed=0):
    """A failure says where. When one of the first `needed` fails, there is nothing to ask the others about."""
    for number, promise in enumerate(promises, 1):
        sentence = promise.__name__.replace("_", " ")
        try:
            promise()
            print("ok %d - %s" % (number, sentence), flush=True)
        except Exception:
            print("not ok %d - %s" % (number, sentence))
            print("".join("# " + line + "\n" for line in traceback.format_exc().splitlines()),
                  end="", flush=True)
            if number <= needed:
                return
