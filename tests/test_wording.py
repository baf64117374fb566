"""Every sentence that the bot can say states facts and named rules, and commands nobody. CLINICAL.md D7, D16."""

import importlib
import pkgutil
import re
from dataclasses import fields, is_dataclass
from html import unescape

import pytest
from msgspec import Struct

from bot.contract.examined import Examined
from bot.contract.reading import Reading
from bot.lab_cards import answer, to_be_written
from bot.laboratory import read, samples
from bot.patients.card import card_text, copied, long_note
from bot.patients.pages import checklist_page, dose_page, due_page, safety_page, why_page
from flows import protocol
from flows.citations import Citation, Stated
from flows.protocol import evidence, label_pages, page, summary
from flows.protocol.cautions import Caution
from flows.protocol.safety import safety
from flows.report import assess
from flows.sampled import kept
from tests.fullcharts import TODAY, full_charts
from tests.generated import REHEARSAL, TRANSCRIPTS
from tests.labdata.blocks import BLOCKS

CHARTS = list(full_charts(300))

# Words that would tell a clinician what to do, or how fast. Those of a source stand in “quotation marks”.
FORBIDDEN = re.compile(
    r"\b(?:start|stop|must|should|ought|shall|you|your|please|give|increase|reduce|decrease|discontinue|prescribe|"
    r"switch|withhold|interrupt|resume|restart|administer|never|do not|don't|have to|need to|needs to|"
    r"alarm|urgent|urgently|emergency|emergencies|danger|dangerous|time-critical|asap)\b",
    re.IGNORECASE,
)
# A sentence that begins with the bare verb is a command.
COMMAND = re.compile(
    r"(?:^|[.;:] )(?:avoid|consider|monitor|continue|ask|take|treat|test|measure|verify|ensure|evaluate|"
    r"contact|refer|taper|use|choose|do|make|call|see|order|obtain|perform)\b(?! of\b)",
    re.IGNORECASE,
)
# Sentences that are put together: two marks in a row, or a space before one. `e.g.` and `...` are not ours.
DOUBLED = re.compile(r"(?<!e\.g)[.;:,?!…][.;:,]| [.;:,](?=\s|$)")
TAG = re.compile(r"</?[a-z][^>]*>")
# A message of values that is asked about in each way that there is.
ASKED_ABOUT = (
    "hb 23 g/dL\nhct 0.4 %\nanc 30 10*9/L\nalc 9 10*9/L\nbilirubin 6 mg/dL\nalbumin 6.9 g/dL\nalt 2 U/L\n"
    "ldl 10 mg/dL\nhdl 5.5 mg/dL\ntriglycerides 10 mg/dL\ncreatinine 16 mg/dL",
    "hb 135\ncrp 350\nfcp 1,234\nwbc 5.4 lymphocytes 22 %\nbilirubin 3\nhb 135 g/dL\ncrp 5 2026-06-02",
    "urine albumin 3\nfoo 3\ncrp 5 crp 6\nldl x\nanc 55 % anc 3",
    "12 Jan 2026  9 Mar 2026\nCRP 41",
    "03/04/2026\nCRP 41",
)
# Fields that are read by programs, or that name a source.
_NOT_SAID = {"id", "item", "code", "source", "scores", "score", "state", "authority", "endpoint", "questionnaire"}


def unquoted(text):
    return re.sub(r"“[^”]*”", "“”", text)


def commands(text):
    return [each[0] for each in (FORBIDDEN.search(unquoted(text)), COMMAND.search(unquoted(text))) if each]


def modules():
    found = pkgutil.iter_modules(protocol.__path__, f"{protocol.__name__}.")
    return [importlib.import_module(each.name) for each in found]


def every(thing, kind):
    """Everything of a kind inside tuples, lists, dataclasses and structs."""
    if isinstance(thing, kind):
        yield thing
    elif isinstance(thing, tuple | list):
        for each in thing:
            yield from every(each, kind)
    elif isinstance(thing, Struct) or (is_dataclass(thing) and not isinstance(thing, type)):
        names = thing.__struct_fields__ if isinstance(thing, Struct) else [each.name for each in fields(thing)]
        for name in names:
            if name not in _NOT_SAID:
                yield from every(getattr(thing, name), kind)


STATED = [(module.__name__, each) for module in modules() for each in getattr(module, "STATED", ())]
LINES = list(
    dict.fromkeys(
        each.says
        for module in (summary, label_pages, evidence)
        for value in vars(module).values()
        for each in every(value, page.Line | evidence.Figure)
    )
)


@pytest.mark.parametrize(
    "text",
    ["US label: interrupt if ANC < 1.0", "you should wait", "Stop the drug", "Start with 45 mg", "reduce the dose",
     "this is urgent", "US label: avoid live vaccines", "ANC 0.4; measure it again"],
)  # fmt: skip
def test_a_command_is_noticed(text):
    assert commands(text)


@pytest.mark.parametrize(
    "text",
    ["US label: “interrupt if ANC < 1.0 ×10⁹/L”; last value 0.8 ×10⁹/L (12 May 2027)", "interruption if ANC < 1.0",
     "initiation is not recommended", "started on 5 Jan 2026", "CHECK: 45 mg ended", "restarted", "reduced"],
)  # fmt: skip
def test_a_fact_and_a_quotation_are_not_commands(text):
    assert commands(text) == []


def test_a_quotation_is_closed_and_stands_in_one_pair_of_marks():
    for _, each in STATED:
        assert re.sub(r"“[^“”]*”", "", each.says).count("“") == each.says.count("”") - each.says.count("“") == 0


@pytest.mark.parametrize("name", sorted({name for name, _ in STATED}))
def test_what_a_module_of_rules_states_commands_nobody(name):
    says = [each.says for module, each in STATED if module == name]

    assert says
    assert [(each, commands(each)) for each in says if commands(each)] == []


@pytest.mark.parametrize("name", sorted({name for name, _ in STATED}))
def test_everything_that_is_stated_has_its_source_and_is_stated_once(name):
    stated = [each for module, each in STATED if module == name]

    assert all(isinstance(each, Stated) and isinstance(each.source, Citation) for each in stated)
    assert sorted({each for each in stated if stated.count(each) > 1}, key=str) == []
    assert all(each.says.strip() == each.says and each.says for each in stated)


def test_the_pages_of_the_protocol_and_the_evidence_command_nobody():
    assert len(LINES) > 100
    assert [(each, commands(each)) for each in LINES if commands(each)] == []


def test_no_text_of_a_report_on_any_chart_commands_anybody():
    """All that `evaluate` and the cards take from the core: headlines, reasons, safety, doses, what is due."""
    said = {text for chart in CHARTS for text in every(assess(chart, TODAY), str)}

    assert len(said) > 1000
    assert sorted((each, commands(each)) for each in said if commands(each)) == []


def test_the_charts_raise_every_finding_of_safety():
    """Otherwise the sentences of some would not be held to anything."""
    raised = {each.id for chart in CHARTS for each in safety(chart, TODAY)}
    cautions = {each.id for module in modules() for value in vars(module).values() for each in every(value, Caution)}

    assert len(cautions) > 35
    assert cautions - raised == set()


def test_every_safety_finding_names_its_authority_and_its_level_is_one_of_three():
    for chart in CHARTS:
        for each in safety(chart, TODAY):
            assert each.level in ("info", "check", "limit")
            assert each.why.startswith((each.source.name, "US, ", "US and ", "EU and ", "EU, ", "GB and "))
            assert "None" not in each.why


def card_texts(chart):
    """Everything that is shown of a patient with a chart."""
    report = assess(chart, TODAY)
    examined = Examined({}, Reading(TODAY, disease=chart.disease), chart, report)
    yield card_text("Q7K-4M", examined)
    yield long_note("Q7K-4M", examined)
    yield copied("Q7K-4M", examined)
    yield why_page("Q7K-4M", examined)
    yield safety_page("Q7K-4M", report)
    yield due_page("Q7K-4M", report, [], TODAY)
    yield dose_page("Q7K-4M", report, report.safety)
    yield checklist_page("Q7K-4M", chart.disease, report)
    yield from every(report, str)


def lab_texts(text):
    """What is said of a message of values: in a quick check, and before it is written of a patient."""
    yield answer(read(text, TODAY), TODAY).body
    values = samples(read(text, TODAY, {}))
    yield "\n".join(to_be_written(values, ()))
    yield from (each.remark for each in kept(values))
    yield from (one for each in kept(values) for one in map(str, each.readings))


def doubled(texts):
    plain = (unescape(TAG.sub("", text)).replace("...", "") for text in texts)
    seen = {unquoted(line) for text in plain for line in text.splitlines()}
    return sorted((each, found[0]) for each in seen if (found := DOUBLED.search(each)))


@pytest.mark.parametrize("text", ["ended..", "is that?.", "cut ….", "a ;. b", "word .", "first , second", "x:. y"])
def test_a_mark_too_many_is_noticed(text):
    assert doubled([text])


@pytest.mark.parametrize(
    "text", ["e.g., this", "0.5 to 1.0; 2.", "(which?); so", "rule: CRP &lt;= 5.", "words ... [x]."]
)
def test_single_marks_are_none_too_many(text):
    assert doubled([text]) == []


@pytest.mark.parametrize("file", [*TRANSCRIPTS, REHEARSAL], ids=lambda file: file.stem)
def test_no_conversation_has_a_mark_too_many(file):
    assert doubled([file.read_text(encoding="utf-8")]) == []


def test_no_report_and_no_page_of_a_patient_has_a_mark_too_many():
    assert doubled(text for chart in CHARTS for text in card_texts(chart)) == []


@pytest.mark.parametrize("text", [*ASKED_ABOUT, *(block["text"] for block in BLOCKS)], ids=lambda _: "")
def test_nothing_that_is_said_of_values_has_a_mark_too_many(text):
    assert doubled(lab_texts(text)) == []
