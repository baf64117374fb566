"""A script of several people and of days: who takes part, what they do, and when time passes.

`with: cover (doctor)` lets somebody in, or brings a patient; `time: 2 Jun 2026 08:00` lets the clock run to a wall
time, with a tick every hour, as in an office that never stops. A line that would do nothing is an error: what stands
in a transcript is performed.
"""

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from flows.days import day
from store.members import Role
from tests.conversation import Exchange, Line
from tests.enrolled import CODE, UP_TO_DATE
from tests.mornings import COLLEAGUE, joins, tick

VIENNA = ZoneInfo("Europe/Vienna")
PATIENTS = {CODE: ("colitis in week 12", UP_TO_DATE)}
SILENCE = "        (nothing comes)"
# What the bot says goes on at the eighth place; whoever acts stands before it.
_HEAD = re.compile(r" {0,7}([^\s:][^:]*): (.+)")
_GUEST = re.compile(r"(\S+) \((.+)\)")
_HOUR = timedelta(hours=1)


async def play(office: Exchange, line: Line, script: str) -> str:
    """Perform a script; what really happened, in the same form."""
    scene = _Scene(office, {line.name: line})
    for each in script.splitlines():
        if (found := _HEAD.fullmatch(each)) and found[1].split()[0] not in ("bot", "edit"):
            await scene.performs(found[1], found[2])
    assert not scene.unseen, f"named, and never seen: {scene.unseen}"
    return "\n".join(scene.written)


@dataclass
class _Scene:
    office: Exchange
    lines: dict[str, Line]
    guests: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)

    async def performs(self, who: str, words: str) -> None:
        if who == "with":
            for guest in words.split(", "):
                await self._lets_in(guest)
            self.written.append(f"  with: {words}")
        elif who == "time":
            await self._passes_until(words)
        else:
            assert who in self.lines, f"{who} is not on the line"
            await self.lines[who].performs(words)
            self.written += self._heard(first=who)

    @property
    def unseen(self) -> list[str]:
        """Who was let in, and neither acts nor is told anything; a patient of whom nothing is said."""
        heads = [found[1] for each in self.written if (found := _HEAD.fullmatch(each))]
        there = {head.split()[-1] for head in heads}
        there |= {code for code in PATIENTS for each in self.written if code in each and "  with: " not in each}
        return [each for each in self.guests if each not in there]

    async def _lets_in(self, guest: str) -> None:
        found = _GUEST.fullmatch(guest)
        assert found, f"{guest!r} is not `name (role)`"
        name, what = found.groups()
        self.guests.append(name)
        if name in PATIENTS:
            as_is, script = PATIENTS[name]
            assert what == as_is, f"{name} is {as_is}"
            await self.lines["doctor"].replay(script)
            self._heard()
        else:
            self.lines[name] = await joins(self.office, name, COLLEAGUE + len(self.lines), Role(what))
            self.lines[name].to = f" to {name}"

    async def _passes_until(self, words: str) -> None:
        """Every moment at which something comes is written, and the last one in any case."""
        clock, until = self.office.clock, datetime.strptime(words, "%d %b %Y %H:%M").replace(tzinfo=VIENNA)
        assert until > clock.now, f"it is past {words}"
        while clock.now < until:
            clock.now = min(clock.now.replace(minute=0) + _HOUR, until.astimezone(UTC))
            await tick(self.office, *self.lines.values())
            came = self._heard()
            if came or clock.now == until:
                now = clock.now.astimezone(VIENNA)
                self.written += [f"  time: {day(now.date())} {now:%H:%M}", *(came or [SILENCE])]

    def _heard(self, first: str = "") -> list[str]:
        """What each person saw since it was written down last, one person after the other."""
        heard = []
        for line in sorted(self.lines.values(), key=lambda each: each.name != first):
            heard += line.transcript
            line.transcript.clear()
        return heard
