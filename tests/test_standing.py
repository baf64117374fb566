"""What stands on every card: corticosteroids, the dose that is taken, and a CHECK once 45 mg has ended unrecorded."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from msgspec.structs import replace

from flows.chart import Chart, Medication
from flows.days import day
from flows.history import Region
from flows.protocol.due import DueState
from flows.protocol.schedule import schedule
from flows.protocol.standing import dose_line, unrecorded
from flows.protocol.steroids import in_short, steroid_line
from flows.questionnaire import Disease
from flows.steps import Move, Step
from tests.enrolled import CODE

START = date(2026, 1, 5)
CD, UC = Disease.CROHNS, Disease.ULCERATIVE_COLITIS


def on(days):
    return START + timedelta(days=days)


def step(days, mg=None, move=Move.DOSE):
    return Step(on=on(days), move=move, mg=mg)


def gap(days, until):
    return step(days, move=Move.INTERRUPTED), step(until, move=Move.RESTARTED)


def chart(disease=CD, *steps, **facts):
    return Chart(disease=disease, course=steps, **{"started_on": START, **facts})


def drug(kind, begun=0, ended=None, mg=None):
    dose = None if mg is None else Decimal(mg)
    return Medication(kind=kind, begun=on(begun), ended=None if ended is None else on(ended), prednisolone_mg=dose)


# Corticosteroids


@pytest.mark.parametrize(
    ("drugs", "line"),
    [
        ([drug("corticosteroid", mg="20")], "On prednisolone 20 mg/day: not steroid-free"),
        ([drug("corticosteroid", mg="2.5")], "On prednisolone 2.5 mg/day: not steroid-free"),
        ([drug("corticosteroid")], "On a corticosteroid, dose not recorded: not steroid-free"),
        ([drug("budesonide")], "On budesonide: not steroid-free"),
        (
            [drug("corticosteroid", mg="10"), drug("budesonide", mg="9")],
            "On prednisolone 10 mg/day and budesonide: not steroid-free",
        ),
        ([drug("corticosteroid", mg="0")], "Corticosteroid recorded at 0 mg/day"),
        (
            [drug("budesonide", mg="0"), drug("corticosteroid", mg="0"), drug("corticosteroid", mg="0")],
            "Budesonide and corticosteroid recorded at 0 mg/day",
        ),
        (
            [drug("corticosteroid", -90, -60), drug("corticosteroid", -50, -30), drug("budesonide", 20, 40)],
            "No corticosteroid recorded since 6 Dec 2025",
        ),
        ([drug("mesalazine")], "No corticosteroid recorded"),
        ([], "No corticosteroid recorded"),
        (None, "Steroids not known"),
    ],
)
def test_steroids_stand_on_every_card(drugs, line):
    assert steroid_line(chart(medication=None if drugs is None else tuple(drugs)), on(10)) == line


@pytest.mark.parametrize(
    ("days", "line"),
    [
        (4, "No corticosteroid recorded"),
        (5, "On prednisolone 20 mg/day: not steroid-free"),
        (30, "On prednisolone 20 mg/day: not steroid-free"),
        (31, "No corticosteroid recorded since 4 Feb 2026"),
    ],
    ids=["the day before", "first day", "last day", "the day after"],
)
def test_a_course_goes_on_from_its_first_to_its_last_day(days, line):
    assert steroid_line(chart(medication=(drug("corticosteroid", 5, 30, "20"),)), on(days)) == line


def test_the_day_on_which_steroids_were_said_not_to_be_taken_is_said_and_not_the_one_before():
    course = replace(drug("corticosteroid", 5, 30, "20"), none_on=on(31))

    assert steroid_line(chart(medication=(course,)), on(30)) == "On prednisolone 20 mg/day: not steroid-free"
    assert steroid_line(chart(medication=(course,)), on(31)) == f"No corticosteroid recorded since {day(on(31))}"


async def test_a_visit_without_steroids_says_since_its_own_day(ward, clock):
    for steroids in (("Changed", "20"), ("None",)):
        await ward.says(f"/visit {CODE}")
        for label in ("Seen", "1", "0", "Mild", "No", *steroids[:1]):
            await ward.taps(label)
        for dose in steroids[1:]:
            await ward.says(dose)
        for label in ("None", "Awaiting result", "Confirm"):
            await ward.taps(label)
        clock.passes(days=10)
    clock.passes(days=1)
    await ward.says(f"/status {CODE}")

    assert "No corticosteroid recorded since 11 Jun 2026." in ward.last.text


REMISSION, OTHER = ("PMS 2", on(60)), ("MES 0", on(20))


@pytest.mark.parametrize(
    ("drugs", "scored", "line"),
    [
        ([drug("corticosteroid", 5, 70, "20")], [REMISSION],
         "No corticosteroid recorded since 16 Mar 2026; "
         "on 6 Mar 2026 (PMS 2) prednisolone 20 mg/day: not steroid-free then"),
        ([drug("corticosteroid", 5, 70, "20")], [REMISSION, ("PRO2 3", on(60)), OTHER],
         "No corticosteroid recorded since 16 Mar 2026; "
         "on 6 Mar 2026 (PMS 2, PRO2 3) prednisolone 20 mg/day, "
         "on 25 Jan 2026 (MES 0) prednisolone 20 mg/day: not steroid-free then"),
        ([drug("corticosteroid", 5, 59, "20")], [REMISSION], "No corticosteroid recorded since 5 Mar 2026"),
        ([drug("corticosteroid", 5, 60, "20")], [REMISSION],
         "No corticosteroid recorded after 6 Mar 2026; "
         "on 6 Mar 2026 (PMS 2) prednisolone 20 mg/day: not steroid-free then"),
        ([replace(drug("corticosteroid", 5, 60, "20"), none_on=on(61))], [REMISSION],
         "No corticosteroid recorded since 7 Mar 2026; "
         "on 6 Mar 2026 (PMS 2) prednisolone 20 mg/day: not steroid-free then"),
        ([replace(drug("corticosteroid", 60, 60, "20"), none_on=on(60))], [REMISSION],
         "No corticosteroid recorded since 6 Mar 2026"),
        ([drug("corticosteroid", 5, 60, "0")], [REMISSION], "No corticosteroid recorded since 6 Mar 2026"),
        ([drug("corticosteroid", 5, 70, "40"), drug("corticosteroid", 71, mg="5")], [REMISSION],
         "On prednisolone 5 mg/day, on 6 Mar 2026 (PMS 2) prednisolone 40 mg/day: not steroid-free"),
        ([drug("corticosteroid", 5, mg="5")], [REMISSION], "On prednisolone 5 mg/day: not steroid-free"),
        ([drug("corticosteroid", 5, 70, "5"), drug("corticosteroid", 75, mg="0")], [REMISSION],
         "Corticosteroid recorded at 0 mg/day; "
         "on 6 Mar 2026 (PMS 2) prednisolone 5 mg/day: not steroid-free then"),
        ([replace(drug("budesonide", 65, 70), begin_known=False)], [REMISSION],
         "No corticosteroid recorded since 16 Mar 2026; on 6 Mar 2026 (PMS 2): whether taken is not known"),
        ([replace(drug("budesonide", 65, 70), begin_known=False), drug("corticosteroid", 0, 40)], [REMISSION, OTHER],
         "No corticosteroid recorded since 16 Mar 2026; on 6 Mar 2026 (PMS 2): whether taken is not known; "
         "on 25 Jan 2026 (MES 0) a corticosteroid, dose not recorded: not steroid-free then"),
        (None, [REMISSION], "Steroids not known"),
        ([], [REMISSION], "No corticosteroid recorded"),
    ],
    ids=["ended since", "several scores", "ended before", "its last day", "its last day, and none on the next",
         "told and ended on its day", "0 mg then", "another dose now", "the same now", "0 mg now",
         "since when is not known", "known of another day", "not asked", "none"],
)  # fmt: skip
def test_a_remission_is_said_with_the_steroids_of_its_day(drugs, scored, line):
    patient = chart(medication=None if drugs is None else tuple(drugs))

    assert steroid_line(patient, on(100), scored) == line


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("No corticosteroid recorded since 16 Mar 2026; on 6 Mar 2026 (PMS 2) budesonide: not steroid-free then.",
         "Not steroid-free when scored."),
        ("No corticosteroid recorded after 6 Mar 2026; on 6 Mar 2026 (PMS 2) budesonide: not steroid-free then.",
         "Not steroid-free when scored."),
        ("On budesonide, on 6 Mar 2026 (PMS 2) prednisolone 40 mg/day: not steroid-free.", "Not steroid-free."),
        ("No corticosteroid recorded since 16 Mar 2026; on 6 Mar 2026 (PMS 2): whether taken is not known.",
         "Steroids when scored not known."),
    ],
)  # fmt: skip
def test_in_short_a_remission_on_steroids_stays_one(line, short):
    assert in_short(line) == short


def test_a_course_that_could_not_be_read_leaves_steroids_unknown():
    patient = chart(medication=(drug("mesalazine"),), unreadable=("medication[1]",))

    assert steroid_line(patient, on(10)) == "Steroids not known"


@pytest.mark.parametrize(
    ("mg", "line"),
    [
        ("20", "On prednisolone 20 mg/day: not steroid-free"),
        (None, "On a corticosteroid, dose not recorded: not steroid-free"),
        ("0", "Corticosteroid recorded at 0 mg/day, others not known"),
    ],
)
def test_a_steroid_is_said_beside_a_course_that_could_not_be_read(mg, line):
    taken = drug("corticosteroid", mg=mg)

    assert steroid_line(chart(medication=(taken,), unreadable=("medication[1]",)), on(10)) == line


AS_ASKED = "No corticosteroid recorded: steroid-free as far as was asked"


@pytest.mark.parametrize(
    ("drugs", "asked", "line"),
    [
        ([], ["corticosteroid"], AS_ASKED),
        ([], ["budesonide"], AS_ASKED),
        ([drug("mesalazine")], ["corticosteroid"], AS_ASKED),
        ([], [], "Steroids not known"),
        ([], ["nsaid"], "Steroids not known"),
        ([drug("mesalazine")], [], "Steroids not known"),
        ([drug("budesonide")], ["corticosteroid"], "On budesonide: not steroid-free"),
        (
            [drug("corticosteroid", 0, 5)],
            [],
            "No corticosteroid recorded since 10 Jan 2026: steroid-free as far as was asked",
        ),
    ],
)
def test_steroids_are_known_where_they_alone_were_asked_for(drugs, asked, line):
    patient = chart(medication=tuple(drugs), medication_partial=True, medication_asked=frozenset(asked))

    assert steroid_line(patient, on(10)) == line
    assert not patient.knows_whether_taken()


# The dose


@pytest.mark.parametrize(
    ("patient", "days", "line"),
    [
        (chart(), 0, "45 mg since 5 Jan 2026; next dose not recorded"),
        (chart(), 100, "45 mg since 5 Jan 2026; next dose not recorded"),
        (chart(CD, step(84, 15)), 83, "45 mg since 5 Jan 2026; 15 mg planned from 30 Mar 2026"),
        (chart(CD, step(84, 15)), 84, "15 mg since 30 Mar 2026"),
        (chart(CD, step(84, 15), step(120, 15)), 130, "15 mg since 30 Mar 2026"),
        (chart(CD, step(84, 15), step(120, 30)), 130, "30 mg since 5 May 2026"),
        (chart(CD, step(84, 15), step(120, 45)), 130, "45 mg since 5 May 2026; next dose not recorded"),
        (chart(CD, step(0, 30)), 10, "30 mg since 5 Jan 2026; next dose not recorded"),
        (chart(UC, step(56, 45)), 60, "45 mg since 5 Jan 2026; next dose not recorded"),
        (chart(CD, step(0, 30), step(60, 30)), 90, "30 mg since 5 Jan 2026; next dose not recorded"),
        (chart(CD, step(0, 30), step(83, 30)), 90, "30 mg since 5 Jan 2026"),
        (chart(CD, step(84, 30), *gap(100, 107)), 106, "Interrupted since 15 Apr 2026, 30 mg until then"),
        (chart(CD, step(84, 30), *gap(100, 107)), 107, "30 mg since 30 Mar 2026, interrupted 15 to 21 Apr 2026"),
        (chart(CD, step(84, 30), *gap(100, 142)), 150, "30 mg since 30 Mar 2026, interrupted 15 Apr to 26 May 2026"),
        (chart(CD, step(84, 30), *gap(100, 142), step(150, 15)), 151, "15 mg since 4 Jun 2026"),
        (chart(CD, *gap(20, 27)), 30, "45 mg since 5 Jan 2026, interrupted 25 to 31 Jan 2026; next dose not recorded"),
        (chart(CD, *gap(0, 4)), 4, "45 mg since 5 Jan 2026, interrupted 5 to 8 Jan 2026; next dose not recorded"),
        (chart(CD, *gap(20, 21)), 30, "45 mg since 5 Jan 2026, interrupted on 25 Jan 2026; next dose not recorded"),
        (chart(CD, *gap(20, 20)), 30, "45 mg since 5 Jan 2026; next dose not recorded"),
        (
            chart(CD, *gap(20, 22), *gap(30, 32)),
            40,
            "45 mg since 5 Jan 2026, interrupted 2 times, last 4 to 5 Feb 2026; next dose not recorded",
        ),
        (
            chart(CD, *gap(20, 60)),
            70,
            "45 mg since 5 Jan 2026, interrupted 25 Jan to 5 Mar 2026; next dose not recorded",
        ),
        (chart(CD, step(84, 15), *gap(361, 365)), 370, "15 mg since 30 Mar 2026, interrupted 1 to 4 Jan 2027"),
        (
            chart(CD, step(84, 15), *gap(355, 365)),
            370,
            "15 mg since 30 Mar 2026, interrupted 26 Dec 2026 to 4 Jan 2027",
        ),
        (chart(CD, step(20, move=Move.INTERRUPTED)), 30, "Interrupted since 25 Jan 2026, 45 mg until then"),
        (
            chart(CD, step(84, 15), step(90, move=Move.INTERRUPTED)),
            95,
            "Interrupted since 5 Apr 2026, 15 mg until then",
        ),
        (chart(stopped_on=on(40)), 50, "Stopped, last dose on 14 Feb 2026"),
        (chart(), -1, "First dose planned for 5 Jan 2026"),
        (chart(started_on=None), 0, "Dose not known"),
        (chart(started_on=None, unreadable=("started_on",)), 0, "Dose not known: started_on could not be read"),
    ],
)
def test_the_dose_stands_on_every_card_with_what_is_not_recorded(patient, days, line):
    assert dose_line(patient, on(days)) == line


# The end of 45 mg


@pytest.mark.parametrize(
    ("patient", "end", "weeks"),
    [(chart(UC), 56, 8), (chart(CD, induction_weeks=8), 56, 8), (chart(CD, induction_weeks=12), 84, 12)],
    ids=["UC", "CD, 8 weeks", "CD, 12 weeks"],
)
def test_45_mg_that_has_ended_without_a_recorded_dose_is_said_from_its_first_day(patient, end, weeks):
    ended = {56: "2 Mar 2026", 84: "30 Mar 2026"}[end]

    assert unrecorded(patient, on(end - 1)) == ""
    for days in (end, end + 1, end + 300):
        assert unrecorded(patient, on(days)) == f"CHECK: 45 mg ended on {ended} ({weeks} weeks), no dose recorded"


def test_without_a_chosen_length_each_end_is_said_when_it_comes():
    patient = chart(region=Region.US)

    assert unrecorded(patient, on(55)) == ""
    assert (
        unrecorded(patient, on(56))
        == unrecorded(patient, on(83))
        == (
            "CHECK: 45 mg ended on 2 Mar 2026 (8 weeks, protocol), no dose recorded; "
            "12 weeks end on 30 Mar 2026, US label; length not recorded"
        )
    )
    assert unrecorded(patient, on(84)) == (
        "CHECK: 45 mg ended on 2 Mar 2026 (8 weeks, protocol) or on 30 Mar 2026 (12 weeks, US label), "
        "no dose recorded; length not recorded"
    )


def test_without_a_region_all_labels_are_named():
    assert "(12 weeks, US label, EU label, GB label, AU label)" in unrecorded(chart(), on(84))


@pytest.mark.parametrize(
    ("steps", "is_said"),
    [
        ([step(56, 15)], False),
        ([step(30, 15)], False),
        ([step(100, 15)], True),
        ([step(55, 45)], True),
        ([step(54, 45)], True),
        ([step(10, 45)], True),
    ],
    ids=["on its day", "long before", "not yet", "45 mg the day before", "45 mg two days before", "45 mg during it"],
)
def test_a_recorded_dose_ends_the_check_in_crohns(steps, is_said):
    assert bool(unrecorded(chart(CD, *steps, induction_weeks=8), on(60))) is is_said


def test_45_mg_is_recorded_again_from_the_end_of_the_shorter_length_on_where_none_is_chosen():
    assert unrecorded(chart(CD, step(60, 45), region=Region.US), on(84)) == (
        "CHECK: 45 mg ended on 2 Mar 2026 (8 weeks, protocol) or on 30 Mar 2026 (12 weeks, US label), "
        "no dose recorded; length not recorded; 45 mg recorded again on 6 Mar 2026"
    )


@pytest.mark.parametrize(
    ("days", "is_said"), [(60, False), (111, False), (112, True)], ids=["extended", "its last day", "its end"]
)
def test_a_recorded_extension_in_colitis_moves_the_check_to_its_end(days, is_said):
    patient = chart(UC, step(50, 45))

    assert bool(unrecorded(patient, on(days))) is is_said
    if is_said:
        assert unrecorded(patient, on(days)) == "CHECK: 45 mg ended on 27 Apr 2026 (16 weeks), no dose recorded"


def test_another_dose_of_induction_is_named_as_it_was_recorded():
    patient = chart(CD, step(0, 30), induction_weeks=12)

    assert unrecorded(patient, on(84)).startswith("CHECK: 30 mg ended on 30 Mar 2026")


@pytest.mark.parametrize(("days", "is_said"), [(65, False), (66, True)])
def test_an_interruption_moves_the_check(days, is_said):
    steps = (step(20, move=Move.INTERRUPTED), step(30, 45, Move.RESTARTED))

    assert bool(unrecorded(chart(UC, *steps), on(days))) is is_said


def test_an_open_interruption_since_before_the_end_is_no_end():
    assert unrecorded(chart(UC, step(50, move=Move.INTERRUPTED)), on(60)) == ""
    assert unrecorded(chart(UC, step(58, move=Move.INTERRUPTED)), on(60)) != ""


def test_after_a_long_interruption_the_end_is_to_be_asked():
    steps = (step(20, move=Move.INTERRUPTED), step(49, 45, Move.RESTARTED))

    assert "more than 28 days" in unrecorded(chart(UC, *steps), on(50))
    assert "more than 28 days" in unrecorded(chart(UC, *steps, step(80, 15), step(90, 45)), on(91))
    assert unrecorded(chart(UC, *steps, step(80, 15)), on(81)) == ""


def test_45_mg_after_another_dose_is_said_from_its_day_on_and_due_until_another_is_recorded():
    patient = chart(UC, step(56, 15), step(72, 45))
    said = "CHECK: 45 mg since 18 Mar 2026 after another dose: when it ends is to be asked, it is not computed"

    assert unrecorded(patient, on(71)) == ""
    assert {unrecorded(patient, on(days)) for days in (72, 300)} == {f"{said}, next dose not recorded"}
    assert dose_line(patient, on(300)) == "45 mg since 18 Mar 2026; next dose not recorded"
    due = [each for each in schedule(patient, on(300)) if each.item == "dose_step"]
    assert [(each.state, each.due) for each in due] == [(DueState.OVERDUE, on(72))]
    assert due[0].why.endswith(said)


@pytest.mark.parametrize(
    "patient",
    [chart(stopped_on=on(70)), chart(started_on=None), chart(started_on=on(200))],
    ids=["stopped", "no first dose", "a planned first dose"],
)
def test_nothing_is_said_of_who_takes_nothing(patient):
    assert unrecorded(patient, on(100)) == ""


def test_dates_that_could_not_be_read_are_a_check_of_their_own():
    assert unrecorded(chart(started_on=None, unreadable=("started_on",)), on(0)).startswith(
        "CHECK: started_on could not be read"
    )


def test_a_course_whose_first_dose_was_taken_out_is_a_check_and_no_phase_is_said():
    patient = chart(UC, step(0, 45), step(56, 15), started_on=None)

    assert unrecorded(patient, on(100)) == (
        "CHECK: steps of the course are recorded and no first dose: its phase, and when a dose ends, are not known"
    )
    assert dose_line(patient, on(100)) == "Dose not known"


def test_45_mg_that_is_recorded_again_in_crohns_is_named_and_ends_no_check():
    said = unrecorded(chart(CD, step(84, 45), induction_weeks=12), on(90))

    assert said == "CHECK: 45 mg ended on 30 Mar 2026 (12 weeks), no dose recorded; 45 mg recorded again on 30 Mar 2026"


@pytest.mark.parametrize(
    ("recorded", "named"), [((82,), None), ((83,), "29 Mar 2026"), ((84, 90), "5 Apr 2026")], ids=str
)
def test_45_mg_counts_as_recorded_again_from_the_day_before_its_end_on_and_the_last_one_is_named(recorded, named):
    said = unrecorded(chart(CD, *(step(days, 45) for days in recorded), induction_weeks=12), on(95))

    assert said.endswith(f"; 45 mg recorded again on {named}" if named else "no dose recorded")


async def test_the_menu_of_a_patient_says_it_as_every_card_does_until_a_dose_is_recorded(ward):
    await ward.says(f"/p {CODE}")
    said = ward.last.text.splitlines()
    await ward.taps("Course")
    for answer in ("Dose", "4.5.2026", "30 mg", "Standard of the protocol", "Confirm"):
        await (ward.says if answer == "4.5.2026" else ward.taps)(answer)
    await ward.says(f"/p {CODE}")

    assert said[1] == "CHECK: 45 mg ended on 4 May 2026 (8 weeks), no dose recorded."
    assert "CHECK" not in ward.last.text
