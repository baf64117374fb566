"""A visit whose day is told otherwise in its review: what was typed for it is kept."""

from tests.enrolled import CODE

VALUES = "CRP 40 ANC 1.9 30.5.2026 FCP 800"


async def reviewed(ward, *labs):
    await ward.says(f"/visit {CODE}")
    for label in ("Seen", "1", "0", "Mild", "No", "Unchanged", "None"):
        await ward.taps(label)
    for each in labs:
        await ward.says(each)


async def told_otherwise(ward, day):
    await ward.taps("Day")
    await ward.says(day)


async def test_its_values_are_of_the_new_day_but_those_that_have_their_own(ward, office):
    await reviewed(ward, VALUES)
    await told_otherwise(ward, "28.5.2026")

    assert "Day: 28 May 2026\n" in ward.last.text
    assert "Laboratory: CRP 40 mg/L (28 May 2026); Neutrophils 1.9 ×10⁹/L (30 May 2026); " in ward.last.text
    assert "Calprotectin 800 µg/g (28 May 2026)\n" in ward.last.text

    await ward.taps("Confirm")
    filed = {tuple(row) for row in office.rows("SELECT code, \"on\" FROM observations WHERE kind = 'lab'")}
    assert {(code, str(on)) for code, on in filed} == {
        ("crp", "2026-05-28"), ("anc", "2026-05-30"), ("fcp", "2026-05-28"),
    }  # fmt: skip


async def test_a_value_in_doubt_is_kept_with_its_doubt(ward):
    await reviewed(ward, "CRP 40 Hb 135")
    await told_otherwise(ward, "28.5.2026")
    await ward.taps("Haemoglobin 135 g/L")

    assert "CRP 40 mg/L (28 May 2026)" in ward.last.text
    assert "Haemoglobin 13.5 g/dL, given 135 g/L (28 May 2026)" in ward.last.text
    assert ward.last.text.count("(28 May 2026)") == 2


async def test_two_values_that_would_be_of_one_day_are_refused_and_all_stays_as_it_was(ward):
    await reviewed(ward, "CRP 40\nCRP 12 30.5.2026")
    before = ward.last.text
    await told_otherwise(ward, "30.5.2026")

    assert "CRP: two values would be of that day. Send them anew, each with its day." in ward.last.text
    await ward.taps("Today")
    assert ward.last.text == before


async def test_that_there_are_none_is_not_asked_again(ward):
    await reviewed(ward)
    await ward.taps("None")
    await told_otherwise(ward, "28.5.2026")

    assert "Laboratory: none\nNothing counts until you confirm." in ward.last.text


async def continued_later(ward, clock, days=21):
    """Until the laboratory question; then kept, and gone on with on another day."""
    await reviewed(ward)
    await ward.says("/cancel")
    await ward.taps("Keep for later")
    clock.passes(days=days)
    await ward.says("/resume")


async def test_a_visit_continued_later_names_its_day_where_values_are_asked(ward, clock):
    await continued_later(ward, clock)

    assert "This visit is of 1 Jun 2026, 21 days ago: what has no day of its own is of that day." in ward.last.text


async def test_its_review_says_which_values_are_taken_as_of_that_day(ward, clock):
    await continued_later(ward, clock)
    await ward.says("CRP 31 ANC 1.9 20.6.2026 FCP 900")

    said = "CHECK: this visit is of 1 Jun 2026, 21 days ago. Taken as of that day: CRP, Calprotectin."
    assert said in ward.last.text


async def test_of_values_with_days_of_their_own_the_review_names_the_day_of_the_visit_alone(ward, clock):
    await continued_later(ward, clock, days=1)
    await ward.says("CRP 31 22.5.2026")

    assert "CHECK: this visit is of 1 Jun 2026, 1 day ago.\n" in ward.last.text


async def test_a_visit_of_today_says_nothing_of_its_day(ward):
    await reviewed(ward, VALUES)

    assert "This visit is of" not in "".join(each.text for each in ward.messages)
    assert "this visit is of" not in ward.last.text
