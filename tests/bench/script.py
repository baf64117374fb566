"""The conversation that is measured: a questionnaire from its command to its verdict, as the transcripts have it."""

import re
from dataclasses import dataclass
from pathlib import Path

_TRANSCRIPT = Path(__file__).parents[1] / "transcripts" / "hbi_in_six_taps.txt"
_ROW = re.compile(r"(\[[^]]+] ?)+")
_DOCTOR = "doctor: "
_MARGIN = 8  # a transcript's first column

COMMAND = "/hbi"


@dataclass(frozen=True, slots=True)
class Step:
    """What the person does, and the screen that answers it: the labels of its buttons in rows."""

    act: str
    text: str
    rows: tuple[tuple[str, ...], ...]

    @property
    def taps(self) -> bool:
        return self.act != COMMAND


def _step(act: str, *screen: str) -> Step:
    lines = [line[_MARGIN:] for line in screen]
    rows = tuple(tuple(re.findall(r"\[([^]]+)]", line)) for line in lines if _ROW.fullmatch(line))
    return Step(act.strip("[]"), "\n".join(line for line in lines if not _ROW.fullmatch(line)), rows)


def _read(transcript: str) -> tuple[Step, ...]:
    exchanges = transcript.removeprefix(_DOCTOR).split(f"\n{_DOCTOR}")
    return tuple(_step(*exchange.splitlines()) for exchange in exchanges)


STEPS = _read(_TRANSCRIPT.read_text(encoding="utf-8"))
# A send for the command, an edit and an answer for each tap.
CALLS = sum(1 + step.taps for step in STEPS)
