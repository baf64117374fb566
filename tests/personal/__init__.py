"""Fictitious lines that the guard must stop, and clinical text that it must let through."""

from pathlib import Path

HERE = Path(__file__).parent


def corpus(name: str) -> list[tuple[str, str]]:
    """The heading and the text of every line, in order; `\\n` and `\\t` stand for what they mean in Python."""
    heading, lines = "", []
    for line in (HERE / f"{name}.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# "):
            heading = line.removeprefix("# ")
        else:
            lines.append((heading, line.replace(r"\n", "\n").replace(r"\t", "\t")))
    return lines
