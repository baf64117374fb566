"""What stands on a copy button: whole sentences, as many as Telegram takes, and what is grave told or counted."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import product
from random import Random

import pytest
from msgspec import structs

from bot.contract.examined import Examined, examine
from bot.contract.reading import Reading
from bot.patients.card import copied
from bot.practice.limits import MAX_COPY_TEXT, utf16_length
from flows.chart import Medication
from flows.codes import new_code, own_code
from flows.days import day
from flows.differing import differ_in_short
from flows.headline import LONGEST
from flows.history import StoolResult, StoolTest
from flows.protocol.cautions import Level
from flows.report import Report, assess
from tests.fullcharts import TODAY, full_charts
from tests.safetycharts import lab

CODES = (
    new_code("a"),
    own_code("CD-0042"),
    own_code("A-B-C-D-1-2-3-4-5-E-F"),
    # The longest that a clinic may settle: twenty characters, a separator behind each.
    own_code("-".join("STUDY123456789012345"), re.compile("STUDY[0-9]{15}")),
)
# As long as the contract lets one be, which is longer than any that is known.
LONG_HEADLINE = (
    "WAS NOT IN ENDOSCOPIC REMISSION BY PROTOCOL, REMISSION BY STRIDE-II ON 28 Feb 2026 · SES-CD 1 to 2 "
    "(remission <= 4, a drop of 2, no subscor)"
)
GRAVE = tuple(lab(*each) for each in (("anc", "0.4"), ("alc", "0.3"), ("hb", "6.5"), ("alt", "900"), ("cpk", "9000")))
IN_SHORT = "|".join(
    [
        "Not steroid-free",
        "Not steroid-free when scored",
        "Steroids when scored not known",
        "No corticosteroid recorded",
        "Steroid-free as far as was asked",
        "Steroids at 0 mg/day",
    ]
)


def drug(dose=None, kind="corticosteroid", ended=None):
    mg = None if dose is None else Decimal(dose)
    return Medication(kind=kind, begun=TODAY - timedelta(90), ended=ended, prednisolone_mg=mg)


MEDICATION = (
    None,
    (),
    (drug(), drug("12.5"), drug("7.5"), drug(kind="budesonide")),
    (drug("0"), drug("0", kind="budesonide")),
    (drug("20", ended=TODAY - timedelta(2)),),
)


def patients() -> Iterator[tuple[str, Examined]]:
    """Codes and what is said of them, more than a button holds: drugs, values, a test of the stool, a long headline."""
    chance, charts = Random(7), full_charts(400, 11)
    for medication, is_partial, is_grave, is_long, code in product(MEDICATION, *[(False, True)] * 3, CODES):
        result = chance.choice([None, *StoolResult])
        chart = next(charts)
        chart = replace(
            chart,
            medication=medication,
            medication_partial=is_partial and medication is not None,
            labs=(*chart.labs, *GRAVE * is_grave),
            stool_tests=() if result is None else (StoolTest(on=TODAY, result=result),),
        )
        report = assess(chart, TODAY)
        report = structs.replace(report, headline=LONG_HEADLINE) if is_long else report
        yield code, Examined({}, Reading(TODAY), chart, report)


def begun(code, report):
    return f"{code} {day(TODAY)}: {report.headline}."


@pytest.fixture(scope="module")
def notes() -> list[tuple[str, str, Report]]:
    """Each note, what it has to begin with, and what it is made of."""
    return [(copied(code, each), begun(code, each.report), each.report) for code, each in patients()]


def test_codes_and_headlines_as_long_as_they_may_be_are_among_these(notes):
    assert [len(code) for code in CODES] == [6, 9, 23, 41]
    assert len(LONG_HEADLINE) == LONGEST
    assert len(notes) == 160


def test_telegram_takes_every_note(notes):
    assert [note for note, _, _ in notes if utf16_length(note) > MAX_COPY_TEXT] == []


def test_a_note_begins_with_the_code_the_day_the_verdict_and_its_score_uncut(notes):
    assert [note for note, begun, _ in notes if not note.startswith(f"{begun} ")] == []


def test_whether_steroids_are_taken_stands_behind_the_verdict_with_drugs_and_doses_where_they_have_room(notes):
    for note, begun, report in notes:
        said, rest = report.status[-2], note.removeprefix(f"{begun} ")
        in_short = re.match(rf"(?:{IN_SHORT})\.", rest)

        assert rest.startswith(said) or in_short
        assert rest.startswith(said) or rest.startswith("Not ") == said.endswith(
            ("not steroid-free.", "not steroid-free then.")
        )


def named_in(note, report):
    return [each.brief for each in report.safety if each.level is Level.LIMIT and each.brief in note]


def test_every_limit_is_named_or_counted_and_so_is_what_is_to_be_checked(notes):
    for note, _, report in notes:
        limits = sum(each.level is Level.LIMIT for each in report.safety)
        checks = sum(each.level is Level.CHECK for each in report.safety)
        checks += sum(each.startswith("CHECK: ") and each not in note for each in report.status)
        left = limits - len(named_in(note, report))

        assert re.findall("[0-9]+(?: more)? limit", note) == [f"{left}{' more' * (left < limits)} limit"] * bool(left)
        assert re.findall("[0-9]+ check", note) == [f"{checks} check"] * bool(checks)


def test_a_note_is_made_of_whole_sentences_and_says_where_some_are_left_out(notes):
    for note, begun, report in notes:
        rest = note.removeprefix(begun)
        for each in (*report.status, differ_in_short(report)):
            rest = rest.replace(f" {each}" if each else "", "", 1)
        named = "; ".join(map(re.escape, named_in(note, report)))
        limits = rf"(?: LIMIT {named})?(?: and)?(?: [0-9]+(?: more)? limits?)?"
        grave = rf"(?:{limits}(?:: see the long note)?[.,]?(?: with)?(?: [0-9]+ checks?(?:: see the long note)?\.)?)?"

        assert re.fullmatch(rf"(?: (?:{IN_SHORT})\.)?{grave}(?: …)?", rest), rest
        assert note.endswith(" …") == any(each not in note for each in report.status)


def test_the_next_sentence_would_have_had_no_room(notes):
    for note, _, report in notes:
        grave = [each for each in report.status if each.startswith(("CHECK: ", "INFO: "))]
        differ = [each for each in report.status if each.startswith("Sources differ: ")]
        others = [each for each in (report.status[-1], *report.status[:-2]) if each not in (*grave, *differ)]
        others = [*differ, *others] if differ and differ[0] in note else [*others, *differ]
        told = [each for each in others if each in note]

        assert told == others[: len(told)]
        if all(each in note for each in (*grave, report.status[-2])) and told != others:
            assert len(f"{note} {others[len(told)]}") > MAX_COPY_TEXT


def test_where_authorities_differ_in_what_the_headline_does_not_name_the_note_says_so(notes):
    told = 0
    for note, _, report in notes:
        if not (said := differ_in_short(report)):
            continue
        whole = next(each for each in report.status if each.startswith("Sources differ: "))
        has_no_room = len(f"{note.removesuffix(' …')} {said} …") > MAX_COPY_TEXT

        assert whole in note or said in note or has_no_room
        told += whole in note or said in note
    assert told > 3


def test_a_remission_keeps_in_the_line_for_the_record_that_its_endoscopy_is_none_by_others():
    scores = [
        {"instrument": "partial_mayo", "on": TODAY.isoformat(), "answers": {"sf": 1, "rb": 0, "pga": 1}},
        {"instrument": "mes", "on": TODAY.isoformat(), "answers": {"mes": 1}},
    ]
    chart = {"disease": "UC", "today": TODAY.isoformat(), "started_on": (TODAY - timedelta(90)).isoformat()}
    note = copied("CD-0042-I", examine(chart | {"scores": scores}, TODAY))

    assert "REMISSION · PMS 2 (remission <= 2). Steroids not known. CHECK: 45 mg ended on" in note
    assert MES_1 in note


MES_1 = "Sources differ: MES 1: endoscopic remission by protocol, endoscopic improvement, not remission, by ACG 2025."
