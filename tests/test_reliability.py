"""Each promise in docs/reliability.md names what holds it, and that is there."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_each_promise_is_held_by_what_is_there():
    text = (ROOT / "docs" / "reliability.md").read_text(encoding="utf-8")
    tests = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if re.search(r"`test", line) and line[0] == "|"]
    assert len(rows) > 20
    for promise, held_by in rows:
        names = re.findall(r"`([^`]+)`", held_by)
        missing = [n for n in names if not ((ROOT / n).exists() if "/" in n else f"def {n}(" in tests)]
        assert names and not missing, (promise, missing)
