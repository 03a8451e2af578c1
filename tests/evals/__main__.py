"""Print how much the bots understand: `python -m tests.evals` (`make evals`)."""

from tests.evals import slots

if __name__ == "__main__":
    for kind in slots.READERS:
        print("\n".join(slots.lines(kind)))
