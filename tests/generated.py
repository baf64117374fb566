"""What is generated: transcripts, from what really happens, and parts of README.md. `make generated` writes them."""

import asyncio
import re
import tempfile
from pathlib import Path

from bot.rehearsal import told
from bot.settings import Settings
from flows import course, interview, reminder
from flows.arrows import arrows
from flows.catalogue import RULES, SECTIONS, TO_BE_CONFIRMED
from flows.citations import CITATIONS
from tests.conversation import DOCTOR, Clock, exchange
from tests.scripts import play
from tests.sealed import prepare

README = Path(__file__).parent.parent / "README.md"
RULES_PAGE = README.parent / "deploy" / "RULES.md"
TRANSCRIPTS = sorted((Path(__file__).parent / "transcripts").glob("*.txt"))
REHEARSAL = Path(__file__).parent / "rehearsal.txt"
SHOWN_IN_README = "hbi_in_one_line"
SCENE_IN_README = "Week 4"


def parts() -> dict[str, str]:
    """The generated parts of README.md by name."""
    transcript = next(file for file in TRANSCRIPTS if file.stem == SHOWN_IN_README).read_text(encoding="utf-8")
    return {
        "transcript": f"```text\n{transcript}```",
        "rehearsal": f"```text\n{_scene()}\n```",
        "diagram": f"```mermaid\n{diagram(interview.TRANSITIONS)}\n```",
        "course": f"```mermaid\n{diagram(course.TRANSITIONS)}\n```",
        "reminder": f"```mermaid\n{diagram(reminder.TRANSITIONS, live=reminder.LIVE)}\n```",
        "settings": settings_table(),
        "sources": sources_table(),
    }


def _scene() -> str:
    return next(scene for scene in told().split("\n\n") if SCENE_IN_README in scene.splitlines()[0])


def diagram(table, **together) -> str:
    """Transitions as a Mermaid state diagram: from the first row's state to those that no row leaves.

    What leaves each of the states that are drawn `together` leaves all of them as one.
    """
    drawn = arrows(table)
    left = {each.source for each in drawn}
    ends = dict.fromkeys(each.target for each in drawn if each.target not in left)
    boxes = [
        line
        for name, states in together.items()
        for line in (f"state {name} {{", *(f"    {_id(each)}" for each in states), "}")
    ]
    moves = [
        f"{_id(source)} --> {_id(each.target)}: {each.trigger}{f' [{each.condition}]' if each.condition else ''}"
        for each in drawn
        if (source := _together(each, drawn, together))
    ]
    lines = [*boxes, f"[*] --> {_id(drawn[0].source)}", *moves, *(f"{_id(each)} --> [*]" for each in ends)]
    return "\n".join(["stateDiagram-v2", *(f"    {each}" for each in lines)])


def _together(arrow, drawn, together) -> str:
    """Where an arrow is drawn from: its state, or all states that it leaves; nothing where it is drawn already."""
    for name, states in together.items():
        if {arrow._replace(source=state) for state in states} <= set(drawn):
            return name if arrow.source == states[0] else "" if arrow.source in states else arrow.source
    return arrow.source


def _id(state: str) -> str:
    """Mermaid takes a state of one word."""
    return state.replace(" ", "_")


def settings_table() -> str:
    rows = ["| setting | default | what it is |", "|---|---|---|"]
    for name, field in Settings.model_fields.items():
        default = f"`{field.default}`" if field.default is not None else "none"
        rows.append(f"| `QUIESCE_{name.upper()}` | {default} | {field.description} |")
    return "\n".join(rows)


def sources_table() -> str:
    rows = ["| source | authority | state |", "|---|---|---|"]
    return "\n".join([*rows, *(f"| {each} | {each.authority} | {each.state} |" for each in CITATIONS)])


def rules_page() -> str:
    """Every rule with its authority and source, section by section."""
    lines = [
        "# Every rule",
        "",
        "Generated from the code by `make generated`.",
        f"{len(RULES)} rules, ranges and numbers; {len(TO_BE_CONFIRMED)} of them are to be confirmed before a release: "
        "their source was not read, or only a text about it.",
    ]
    for title, section in SECTIONS.items():
        lines += ["", f"## {title}", "", "| rule | authority | source | state |", "|---|---|---|---|"]
        lines += [
            f"| {_cell(each.says)} | {each.source.authority} | {_cell(str(each.source))} | {_cell(each.source.state)} |"
            for each in section
        ]
    return "\n".join([*lines, ""])


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def with_parts(text: str) -> str:
    """README.md with its generated parts as they should be."""
    for name, content in parts().items():
        found = re.compile(rf"(<!-- generated: {name} -->\n).*?(<!-- end -->)", re.DOTALL)
        text = found.sub(lambda match, content=content: f"{match[1]}{content}\n{match[2]}", text)
    return text


async def _replay(file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/quiesce.sqlite3"
        prepare(url)
        async with exchange(url, Clock()) as office:
            await office.seat_doctor()
            line = office.line("doctor", DOCTOR.user_id)
            file.write_text(await play(office, line, file.read_text(encoding="utf-8")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for each in TRANSCRIPTS:
        asyncio.run(_replay(each))
    REHEARSAL.write_text(told() + "\n", encoding="utf-8")
    README.write_text(with_parts(README.read_text(encoding="utf-8")), encoding="utf-8")
    RULES_PAGE.write_text(rules_page(), encoding="utf-8")
