"""`/labs`: what is read is echoed in its canonical unit, what is doubtful is named, and nothing is kept."""

from datetime import date

import pytest

from bot.laboratory import MOST_VALUES, answer
from bot.practice.limits import check_text

TODAY = date(2026, 6, 1)


def lines(text):
    return answer(text, TODAY).body.splitlines()


async def test_an_open_question_comes_back_below_and_nothing_of_the_values_is_kept(chat, office):
    await chat.says("/hbi")
    await chat.says("/labs crp 12")

    assert "CRP 12 mg/L" in chat.messages[-2].text
    assert "HBI 1/5" in chat.last.text
    assert [row.body for row in office.rows("SELECT body FROM cards WHERE body IS NOT NULL")] == []
    assert "12" not in str(office.rows("SELECT verb, subject FROM audit"))


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("alc 499/µL", "LIMIT: US label: interrupt if Lymphocytes &lt; 0.5 ×10⁹/L; last value 0.499 (1 Jun 2026)."),
        ("alc 500/µL", None),
        ("anc 0.99", "LIMIT: US label: interrupt if Neutrophils &lt; 1.0 ×10⁹/L; last value 0.99 (1 Jun 2026)."),
        ("anc 1.0", None),
        ("hb 79 g/L", "LIMIT: US label: interrupt if Haemoglobin &lt; 8.0 g/dL; last value 7.9 (1 Jun 2026)."),
        ("hb 80 g/L", None),
    ],
)
def test_a_limit_of_the_label_stands_above_the_values(text, line):
    said = [each for each in lines(text) if each.startswith("LIMIT")]

    assert said == ([line] if line else [])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("crp 5", "policy: within range, baseline unknown: CRP 5 mg/L (rule: CRP &lt;= 5)."),
        ("crp 5.1", "policy: elevated: CRP 5.1 mg/L (rule: CRP &lt;= 5)."),
        ("crp 7 (0-8)", "protocol: within range, baseline unknown: CRP 7 mg/L (rule: CRP &lt;= 8)."),
        ("fcp 250", "STRIDE-II: within range, baseline unknown: Calprotectin 250 µg/g (rule: calprotectin &lt;= 250)."),
        ("fcp 251", "STRIDE-II: elevated: Calprotectin 251 µg/g (rule: calprotectin &lt;= 250)."),
    ],
)
def test_a_biomarker_stands_beside_its_limit_and_whose_it_is(text, expected):
    assert expected in lines(text)


def test_a_value_of_a_day_to_come_is_not_taken():
    assert "Not taken: CRP: 2 Jun 2026 lies after today." in lines("CRP 5 mg/L 2026-06-02")
    assert any("CRP 5 mg/L · 30 May 2026" in each for each in lines("CRP 5 mg/L 2026-05-30"))


@pytest.mark.parametrize("text", ["", "<b>crp</b> 5", "crp & 5", "🙂" * 2000, "a" * 4096, "crp 5 " * 682, "<", "crp <"])
def test_an_answer_is_html_that_telegram_takes(text):
    assert check_text(answer(text, TODAY).body, "HTML")


def test_too_many_values_are_refused_whole():
    many = "\n".join(f"CRP {number} mg/L 2026-05-{1 + number % 30:02d}" for number in range(1, 2 * MOST_VALUES))

    assert len(lines(many)) < MOST_VALUES + 10
