"""`/protocol`, `/evidence` and `/mechanism` say whose every line is, and command nothing."""

import re
from importlib import import_module
from pkgutil import iter_modules

import pytest

from bot import words
from bot.pages import BOOKS, opened
from bot.practice.limits import MAX_TEXT, check_text, utf16_length
from flows import protocol
from flows.citations import PROTOCOL, Authority
from flows.errors import DefinitionError, NotNow
from flows.protocol import sources
from flows.protocol.endpoints import CD_CLINICAL_REMISSION, UC_CLINICAL_REMISSION
from flows.protocol.evidence import OTHER_STUDIES, PROTOCOL_STUDIES, READ_THIS_FIRST, U_ACTIVATE, Figure, numerators
from flows.protocol.page import REFERENCES, Line, Topic
from flows.protocol.sources import US_LABEL
from flows.protocol.summary import DOSING, MECHANISM, OPENING, SECTIONS
from flows.protocol.workflow import WORKFLOW
from tests.conversation import button, labels
from tests.test_taps import stored, toasts

PAGES = {(book.command, page.code): check_text(page.body, "HTML") for book in BOOKS.values() for page in book.pages}
BEHIND = {(book.command, page.code): check_text(page.sources, "HTML") for book in BOOKS.values() for page in book.pages}
EVIDENCE = "\n".join(text for (command, _), text in PAGES.items() if command == "evidence")
STUDIES = (*PROTOCOL_STUDIES, *OTHER_STUDIES)
FIGURES = [figure for study in STUDIES for group in study.groups for figure in group.figures]
STATED = [
    each
    for module in iter_modules(protocol.__path__, f"{protocol.__name__}.")
    for each in getattr(import_module(module.name), "STATED", ())
]
LINES = [
    *(line for section in (OPENING, *SECTIONS, WORKFLOW, MECHANISM) for line in section.lines),
    *(line for study in STUDIES for line in study.lines),
    *READ_THIS_FIRST,
]

# Drawn from the table of a machine, below a line that says whose it is.
PICTURE = {line for _, lines in WORKFLOW.picture for line in lines}

# The table of the protocol: what it prints, and for how many people it seems to.
TABLE = {
    "months6": ["72.7", "83.3", "50.0", "58.3", "78.3", "88.0"],
    "weeks12": ["42.9", "38.9", "27.8"],
    "weeks96": ["74 to 76", "45 to 47"],
}
# Two tables are longer than a page ought to be.
LONGER = {("protocol", "endpoints"): 1350, ("evidence", "weeks12"): 1350}
COMMANDS = ["start", "stop", "must", "should", "you", "do not", "prescribe", "give", "switch", "increase", "reduce"]
QUOTED = ("protocol", "US label", "EU label", "GB label", "AU label")


def unquoted(text):
    return re.sub(r"“[^”]*”", "“”", text)


def said_lines(text):
    """The lines of a page that are not its headings, with which every paragraph begins, and not a picture's."""
    lines = [line for paragraph in text.split("\n\n")[1:] for line in paragraph.splitlines()[1:]]
    return [line for line in lines if line not in PICTURE]


# Whose it is


@pytest.mark.parametrize("where", PAGES, ids=["/".join(where) for where in PAGES])
def test_every_line_of_a_page_begins_with_its_authority(where):
    names = sorted({re.escape(line.source.name) for line in LINES}, key=len, reverse=True)
    begins = re.compile(
        rf"(?:{'|'.join(names)})(?:, refs? [1-8](?:, [1-8])*(?: and [1-8])?)?(?: \(to be confirmed\))?: ."
    )

    assert said_lines(PAGES[where])
    assert [line for line in said_lines(PAGES[where]) if not begins.match(line)] == []


def test_every_line_has_a_source_with_an_authority_and_a_state():
    assert all(line.source.authority in set(Authority) for line in LINES)
    assert all(line.source.read_in is None or line.source.read_in for line in LINES)


def test_what_was_not_read_is_marked_where_it_stands():
    unread = [line for line in LINES if isinstance(line, Line) and line.source.read_in is None]
    everything = [line for text in (*PAGES.values(), *BEHIND.values()) for line in text.splitlines()]

    assert len(unread) > 5
    for line in unread:
        assert f"{line.source.name} (to be confirmed): {line.says}" in everything


def test_sources_name_every_source_of_the_page_and_every_reference():
    for book in BOOKS.values():
        for page in book.pages:
            text, behind = PAGES[book.command, page.code], BEHIND[book.command, page.code]
            refs = {
                ref for found in re.findall(r"\brefs? ([1-8][1-8, and]*):", text) for ref in re.findall("[1-8]", found)
            }
            assert {ref for ref in refs if REFERENCES[int(ref)] not in behind} == set()
            assert ("RINVOQ prescribing information (US)" in behind) is ("US label" in text)


def test_a_reference_is_the_protocol_s_own():
    with pytest.raises(DefinitionError):
        Line(says="12 weeks.", source=US_LABEL, refs=(3,))
    with pytest.raises(DefinitionError):
        Line(says="8 weeks.", source=PROTOCOL, refs=(9,))
    with pytest.raises(DefinitionError):
        Topic(title="One", lines=(Line(says="8 weeks.", source=PROTOCOL),), differs=True)


def test_every_source_that_is_declared_is_used_by_a_page_or_by_a_rule():
    declared = {name: each for name, each in vars(sources).items() if isinstance(each, type(PROTOCOL))}
    used = {line.source for line in LINES} | {each.source for each in STATED}

    assert {name for name, each in declared.items() if each not in used} == set()


# Where sources differ


@pytest.mark.parametrize("code", ["", "dosing"], ids=["first page", "dosing"])
def test_the_length_of_induction_in_crohns_is_said_by_both_names(code):
    text = PAGES["protocol", code]
    topic = next(part for part in text.split("\n\n") if "12 weeks" in part)

    assert "sources differ" in topic
    assert re.search(r"US label: (?:45 mg once daily for )?12 weeks", topic)
    assert re.search(r"protocol, refs 3 and 4: (?:45 mg once daily for )?8 weeks", topic)


def test_on_doses_the_label_stands_before_the_protocol():
    for topic in DOSING.topics:
        authorities = [line.source.authority for line in topic.lines]
        assert authorities[0] is Authority.US_LABEL
        assert Authority.PROTOCOL in authorities


def test_the_endpoints_are_those_that_verdicts_rest_on():
    for endpoint in (CD_CLINICAL_REMISSION, UC_CLINICAL_REMISSION):
        assert endpoint.rule.says in PAGES["protocol", "endpoints"]


def test_the_two_ages_of_the_cardiovascular_warning_are_both_said():
    text = PAGES["protocol", "monitoring"]

    assert "“patients 50 years of age and older with at least one cardiovascular risk factor”" in text
    assert "“particularly in patients over 50 with cardiovascular risk factors”" in text


# Figures


@pytest.mark.parametrize(("study", "percent"), [(study, each) for study, row in TABLE.items() for each in row])
def test_every_percentage_of_the_protocol_s_table_stands_with_its_denominator_or_says_that_it_has_none(study, percent):
    (line,) = [line for line in said_lines(PAGES["evidence", study]) if f": {percent} %" in line]

    assert line.startswith("protocol, ref ")
    assert "denominator not stated" in line


def test_every_line_with_a_percentage_of_people_has_a_fraction_or_says_that_it_has_none():
    for line in (line for line in said_lines(EVIDENCE) if re.search(r": [\d./ (to]+ %", line)):
        assert "denominator not stated" in line or re.search(r": \d+/\d+ \([\d.]+ %\)\.", line), line


@pytest.mark.parametrize("figure", [each for each in FIGURES if each.numerator is not None], ids=lambda each: each.says)
def test_a_known_fraction_gives_the_percentage_that_is_printed(figure):
    digits = len(figure.percent.partition(".")[2])

    assert f"{100 * figure.numerator / figure.denominator:.{digits}f}" == figure.percent


@pytest.mark.parametrize(
    ("percent", "printed", "fits"),
    [("72.7", 19, ()), ("50.0", 19, ()), ("78.3", 19, ()), ("83.3", 22, ()), ("58.3", 22, ()), ("88.0", 22, ()),
     ("42.9", 94, ()), ("38.9", 94, ()), ("27.8", 94, ()), ("53.25", 94, ()), ("72.7", 22, (16,)), ("34", 94, (32,)),
     ("50", 94, (47,)), ("53.25", 77, (41,)), ("0", 7, (0,)), ("12.5", 4, ()), ("12", 8, (1,)), ("13", 8, (1,))],
)  # fmt: skip
def test_which_whole_numbers_give_a_percentage(percent, printed, fits):
    assert numerators(percent, printed) == fits


def test_a_printed_n_that_cannot_give_a_percentage_is_said_to():
    for study in STUDIES:
        text = PAGES["evidence", study.code if study in PROTOCOL_STUDIES else "other"]
        for group in study.groups:
            for figure in group.figures:
                (line,) = [each for each in said_lines(text) if f": {figure.says}: " in each and (
                    f"{figure.percent.replace('-', ' to ')} %" in each)]  # fmt: skip
                impossible = group.printed is not None and not figure.fits(group.printed)
                assert (f"none of {group.printed} gives it" in line) is impossible


def test_of_ref_6_only_41_of_77_gives_the_response_among_94():
    assert [n for n in range(1, 95) if numerators("53.25", n)] == [77]


def test_those_observed_at_week_96_are_fewer_than_those_who_entered():
    week96 = [each for group in U_ACTIVATE.groups for each in group.figures if each.says.startswith("week 96")]

    assert sum(each.denominator for each in week96) == 232
    assert "91 + 141 = 232 of 369" in PAGES["evidence", "weeks96"]


def test_a_fraction_that_is_not_the_percentage_cannot_be_declared():
    for wrong in ({"numerator": 14, "denominator": 19}, {"would_fit": ((14, 19),)}, {"numerator": 8}):
        with pytest.raises(DefinitionError):
            Figure(says="response", percent="72.7", source=PROTOCOL, **wrong)


def test_what_limits_the_studies_is_said():
    for design in ("single-arm", "retrospective", "as observed"):
        assert design in PAGES["evidence", ""]
    assert "as observed" in PAGES["evidence", "weeks96"]


# How it is said


@pytest.mark.parametrize("where", PAGES, ids=["/".join(where) for where in PAGES])
def test_nothing_is_commanded_outside_quotation_marks(where):
    text = f"{PAGES[where]}\n{BEHIND[where]}"
    ours = unquoted(text).lower()

    assert [word for word in COMMANDS if re.search(rf"\b{word}\b", ours)] == []
    assert text.count("“") == text.count("”")


def test_words_in_quotation_marks_have_their_authority_on_the_line():
    for text in PAGES.values():
        for line in (line for line in text.splitlines() if "“" in line and ": " in line):
            assert line.startswith(QUOTED)


def test_the_crohns_disease_activity_index_is_never_mistaken_for_another():
    for text in (*PAGES.values(), *BEHIND.values()):
        assert text.count("CDAI") == text.count("CDAI (Crohn's)")


def test_a_page_is_short_and_never_longer_than_telegram_takes():
    for where, text in PAGES.items():
        assert len(text) <= LONGER.get(where, 1200), where
    for book in BOOKS.values():
        for page in book.pages:
            assert max(utf16_length(page.body), utf16_length(page.sources)) <= MAX_TEXT


# In the chat


async def test_a_section_opens_on_the_same_card_and_leads_back(chat):
    await chat.says("/protocol")
    first = chat.last.text
    await chat.taps("Endpoints")
    await chat.taps("Monitoring")
    await chat.taps("Sources")
    await chat.taps("Back")
    await chat.taps("Back")

    assert len(chat.messages) == 1
    assert chat.last.text == first
    sections = ["Dosing", "Endpoints", "Monitoring", "Considerations", "Label limits", "Taking it", "Workflow"]
    assert labels(chat.last) == [*sections, "Sources"]


async def test_every_page_and_its_sources_can_be_reached(chat):
    for book in BOOKS.values():
        await chat.says(f"/{book.command}")
        for page in book.pages:
            if page is not book.pages[0]:
                await chat.taps(page.label)
            assert chat.last.text == PAGES[book.command, page.code]
            await chat.taps("Sources")
            assert chat.last.text == BEHIND[book.command, page.code]
            await chat.taps("Back")
            assert chat.last.text == PAGES[book.command, page.code]
    assert len(chat.messages) == len(BOOKS)


async def test_a_double_tap_on_a_section_is_once(chat, office):
    await chat.says("/protocol")
    data, message = button(chat.last, "Dosing"), chat.last.message_id
    await chat.presses(data, message)
    before = stored(office)
    await chat.presses(data, message)

    assert stored(office) == before
    assert toasts(chat) == []


async def test_reading_in_the_middle_of_a_question_moves_the_question_below_and_leaves_it(chat):
    await chat.says("/hbi")
    await chat.says("/evidence")
    await chat.taps("96 weeks")
    await chat.taps("2")

    assert "HBI 2/5 · so far 2" in chat.last.text
    assert any(message.text == PAGES["evidence", "weeks96"] for message in chat.messages)


async def test_the_name_of_a_section_may_be_typed(chat):
    await chat.says("/protocol")
    await chat.says("dosing")

    assert chat.last.text == PAGES["protocol", "dosing"]


async def test_the_workflow_is_sent_as_a_picture_with_the_same_moves_in_words(chat, office):
    await chat.says("/hbi")
    await chat.says("/protocol")
    await chat.taps("Workflow")
    page = chat.last.text if "Workflow" in chat.last.text else chat.messages[-2].text
    await chat.taps("Picture")
    told = next(each.text for each in chat.messages if each.text.startswith("(picture)"))

    assert len(office.telegram.pictures) == 1
    assert set(told.splitlines()) >= PICTURE
    assert set(page.splitlines()) >= PICTURE
    assert page in [each.text for each in chat.messages]
    assert "HBI 1/5" in chat.last.text


async def test_the_picture_may_be_typed_for(chat, office):
    await chat.says("/protocol")
    await chat.taps("Workflow")
    await chat.says("picture")

    assert len(office.telegram.pictures) == 1


@pytest.mark.parametrize("place", [("protocol", "gone"), ("gone",)], ids=["a page", "a book"])
def test_a_page_that_is_not_there_any_more_says_so(place):
    with pytest.raises(NotNow, match=re.escape(words.NO_SUCH_PAGE)):
        opened(*place)
