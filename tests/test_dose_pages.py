"""`/dose`: what each authority says where there is no patient. CLINICAL.md section 3."""

import pytest

from flows.protocol.dose_pages import DOSES, differ
from flows.protocol.induction import INDUCTIONS
from tests.dosed import PROTOCOL, UC

ON_THE_PAGE = ["us_label", PROTOCOL]
BEHIND_IT = ["eu_label", "gb_label", "au_label"]


@pytest.mark.parametrize(
    ("place", "code", "title"), [(0, "", "Dose · Crohn's"), (1, "uc", "Dose · Ulcerative colitis")]
)
def test_the_us_label_and_the_protocol_are_on_the_page_of_a_disease_and_the_other_labels_behind_it(place, code, title):
    page = DOSES[place]

    assert (page.code, page.title) == (code, title)
    assert [(topic.title, topic.differs) for topic in page.topics] == [("Induction", True), ("Maintenance", True)]
    assert [[line.source.authority for line in topic.lines] for topic in page.topics] == [ON_THE_PAGE, ON_THE_PAGE]
    assert [line.source.authority for line in page.elsewhere] == [*BEHIND_IT, *BEHIND_IT]
    assert [line.says.partition(": ")[0] for line in page.elsewhere] == ["induction"] * 3 + ["maintenance"] * 3


def test_who_says_the_same_does_not_differ():
    us_label, *others, protocol = INDUCTIONS[UC].values()

    assert [differ(others), differ([protocol, us_label])] == [False, True]


def test_what_changes_a_dose_is_on_a_page_of_its_own_by_the_us_label():
    page = DOSES[2]

    assert (page.code, page.title) == ("adjusted", "Dose · kidney, liver, CYP3A4")
    assert [(topic.title, [line.says for line in topic.lines]) for topic in page.topics] == [
        ("Kidney", ["eGFR 15 to < 30: 30 mg as induction, then 15 mg", "eGFR < 15: not recommended"]),
        (
            "Liver",
            [
                "Child-Pugh A: 30 mg as induction, then 15 mg",
                "Child-Pugh B: 30 mg as induction, then 15 mg",
                "Child-Pugh C: not recommended",
            ],
        ),
        (
            "Strong CYP3A4 drugs",
            [
                "strong CYP3A4 inhibitor: 30 mg as induction, then 15 mg",
                "strong CYP3A4 inducer: not recommended",
            ],
        ),
    ]
    assert {line.source.authority for topic in page.topics for line in topic.lines} == {"us_label"}
    assert [line.source.authority for line in page.elsewhere] == [each for each in BEHIND_IT for _ in range(7)]
