"""Every sentence that the bot can say states facts and named rules, and commands nobody. CLINICAL.md D7, D16."""

import importlib
import pkgutil
import re
from dataclasses import fields, is_dataclass

import pytest
from msgspec import Struct

from flows import protocol
from flows.citations import Citation, Stated
from flows.protocol import evidence, summary
from flows.protocol.cautions import Caution
from flows.protocol.safety import safety
from flows.report import assess
from tests.fullcharts import TODAY, full_charts

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
        for module in (summary, evidence)
        for value in vars(module).values()
        for each in every(value, summary.Line | evidence.Figure)
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
