"""The verdict card of a patient: what stands first, what gives way, and what never does. PRODUCT.md section 3."""

import re

import pytest

from bot.contract.examined import Examined, examine
from bot.contract.reading import Reading
from bot.patients.card import MOST_CHARACTERS, MOST_COPIED, card_text, copied, long_note
from bot.practice.limits import utf16_length, visible_text
from flows.protocol.cautions import Level
from flows.report import assess
from flows.sentences import ended
from tests.fullcharts import TODAY, full_charts

CODE = "CD-0002-Y"
FOOT = "Verdict 12345: /replay 12345"
# What is appended where a value arrived, or was corrected, at the longest.
NOTES = (
    "Updated: a value arrived or was corrected since the last card.",
    "Open again: Renal function; IGRA; Chest imaging; Hepatitis B; Hepatitis C; 3 more.",
)
# What a finding that is a LIMIT is said with in short: a day, or that there is none.
DAYED = re.compile(r"\d{1,2} [A-Z][a-z]{2} \d{4}|day not known|without a day")


def examined(chart):
    return Examined({}, Reading(TODAY, disease=chart.disease), chart, assess(chart, TODAY))


def card(found):
    return visible_text(card_text(CODE, found, *NOTES, foot=FOOT), "HTML")


def limits(found):
    return [each for each in found.report.safety if each.level is Level.LIMIT]


# A line of the card that counts the checks which have no room, or says what was not read.
COUNTED = re.compile(r"under Safety\.$|not read: ")


CHARTS = [examined(chart) for chart in full_charts(2500, 7)]
LIMITED = [each for each in CHARTS if limits(each)]


def test_every_limit_is_named_on_the_card_with_its_value_and_its_day():
    """By the words of its authority, or where they have no room by its one clause."""
    unnamed = [
        (limit.id, card(found))
        for found in LIMITED
        for limit in limits(found)
        if limit.why not in (text := card(found)) and limit.brief not in text
    ]

    assert len(LIMITED) > 1000
    assert unnamed == []


def test_a_limit_in_short_has_its_day():
    assert [limit.brief for found in LIMITED for limit in limits(found) if not DAYED.search(limit.brief)] == []


def test_a_card_is_never_longer_than_1200_characters_with_everything_that_is_appended():
    assert max(len(card(found)) for found in CHARTS) <= MOST_CHARACTERS
    assert all(card(found).endswith(FOOT) for found in CHARTS)


def test_the_limits_come_first_below_the_patient_line():
    for found in LIMITED:
        lines = card(found).splitlines()
        number = len(limits(found))

        assert all(line.startswith("LIMIT: ") for line in lines[2 : 2 + number])
        assert not any(line.startswith("LIMIT: ") for line in lines[2 + number :])


def test_a_check_stands_whole_or_by_its_clause_and_is_never_cut_in_the_middle_of_either():
    """A sentence that is cut says by whose rule something matters, and not what happened."""
    for found in CHARTS:
        of_rules = [each for each in found.report.safety if each.level is Level.CHECK]
        told = {
            ended(f"CHECK: {each}")
            for check in of_rules
            for each in (check.why, f"{check.brief} · {check.source.name}")
        }
        lines = [each for each in card(found).splitlines() if each.startswith("CHECK: ")]

        assert [
            each for each in lines if each not in told and each not in found.report.status and not COUNTED.search(each)
        ] == []


def test_of_a_long_check_the_card_says_what_happened():
    """What the authorities say of a perforation is longer than there is room for on a telephone."""
    raised = {"analyte": "alt", "on": "2026-06-01", "value": 200, "unit": "U/L"}
    perforated = {"kind": "perforation", "on": "2026-06-01"}
    hepatitis = {"hcv": {"on": "2026-06-01", "result": "positive"}}
    found = examine(FULL | {"labs": [raised], "events": [perforated], "screening": hepatitis}, TODAY)
    text = visible_text(card_text(CODE, found), "HTML")

    assert found.reading.errors == []
    assert "CHECK: gastrointestinal perforation (1 Jun 2026) · EU label.\n" in text
    assert "CHECK: ALT 200 U/L (1 Jun 2026) · FDA guidance on liver injury.\n" in text
    assert "CHECK: viral hepatitis open: anti-HCV positive (1 Jun 2026) · US label.\n" in text


@pytest.mark.parametrize("level", ["LIMIT", "CHECK"])
def test_more_of_a_level_is_said_only_where_one_of_it_is_shown(level):
    for found in CHARTS:
        text = card(found)

        if f"{level}: " in text and "more under Safety" in text:
            line = next(each for each in text.splitlines() if "more under Safety" in each)
            assert text.count(f"{line.split(':')[0]}: ") > 1


def test_a_card_says_the_steroids_the_dose_and_what_is_due():
    for found in CHARTS:
        text = card(found)

        assert all(line in text for line in found.report.status[-2:])
        assert ("Due next: " in text) is any(
            each.state in ("overdue", "due", "awaiting", "planned") for each in found.report.due
        )


def test_the_line_for_the_record_names_limits_with_value_and_day():
    for found in CHARTS:
        note = copied(CODE, found)
        named = [each for each in limits(found) if each.brief in note]

        assert utf16_length(note) <= MOST_COPIED
        assert "under Safety" not in note
        assert found.report.headline in note
        assert found.report.status[-2] in note
        if len(named) < len(limits(found)):
            more = " more" if named else ""
            left = len(limits(found)) - len(named)
            assert f"{left}{more} limit{'' if left == 1 else 's'}: see the long note" in note


def test_the_long_note_has_every_limit_in_the_words_of_its_authority():
    for found in LIMITED:
        assert all(f"LIMIT: {each.why}" in visible_text(long_note(CODE, found), "HTML") for each in limits(found))


# The order in which things give way

FULL = {
    "disease": "UC", "today": "2026-06-01", "started_on": "2026-05-04", "region": "EU", "medication": [],
    "scores": [{"instrument": "partial_mayo", "on": "2026-06-01", "answers": {"sf": 1, "rb": 0, "pga": 1}}],
    "labs": [{"analyte": "crp", "on": "2026-06-01", "value": 8, "unit": "mg/L"}],
    "events": [
        {"kind": "opportunistic_infection", "on": "2026-06-01"},
        {"kind": "herpes_zoster", "on": "2026-06-01", "serious": False},
    ],
    "stool_tests": [{"on": "2026-06-01", "result": "negative"}],
}  # fmt: skip
# What a card loses, one after the other, while ever more is to be said on it.
GIVES_WAY = (
    "Clinical remission, CRP 8 above the limit 5.",
    "Why: PMS 2 on 1 Jun 2026",
    "; 21 more.",
    "INFO: infection of the stool negative (1 Jun 2026).",
    "CHECK: EU label (to be confirmed): interruption is considered",
    "LIMIT: EU label (to be confirmed): interruption in an opportunistic infection until it is controlled",
    "Symptoms: PMS 2",
    "opportunistic infection (1 Jun 2026",
)


def with_more_to_say(numbers, **changes):
    found = examine(FULL | changes, TODAY)
    return [visible_text(card_text(CODE, found, "_" * number, foot=FOOT), "HTML") for number in numbers]


def test_things_give_way_in_their_order_and_the_limits_last():
    cards = with_more_to_say(range(0, 960, 20))
    kept = [next((at for at, text in enumerate(cards) if each not in text), len(cards)) for each in GIVES_WAY]

    assert kept[0] > 0
    assert kept == sorted(kept)
    assert kept[-1] < len(cards)
    assert "LIMIT: opportunistic infection (1 Jun 2026) · EU label.\n" in cards[kept[-2]]
    assert "LIMIT: by name alone, opportunistic infection: values under Safety.\n" in cards[kept[-1]]
    assert max(map(len, cards[: kept[-1]])) <= MOST_CHARACTERS


def test_steroids_the_dose_the_end_of_45_mg_and_what_is_due_never_give_way():
    for text in with_more_to_say(range(0, 700, 50), started_on="2026-04-06"):
        assert "No corticosteroid recorded.\n45 mg since 6 Apr 2026; next dose not recorded.\n" in text
        assert "CHECK: 45 mg ended on 1 Jun 2026 (8 weeks), no dose recorded.\n" in text
        assert "\nDue next: " in text
