"""The course of treatment: phases, interruptions, the end of 45 mg, and the next dose that nobody has recorded."""

from datetime import date, timedelta

import pytest

from flows.questionnaire import Disease
from flows.steps import Gap, Move, Resumed, Step
from flows.treatment import Phase, Treatment

FIRST_DOSE = date(2026, 1, 5)
CD, UC = Disease.CROHNS, Disease.ULCERATIVE_COLITIS
DOSE, INTERRUPTED, RESTARTED, STOPPED = Move.DOSE, Move.INTERRUPTED, Move.RESTARTED, Move.STOPPED
ANEW, REST = Resumed.ANEW, Resumed.REST


def day(number):
    """The first dose is taken on day 0."""
    return FIRST_DOSE + timedelta(days=number)


def treated(disease, *steps, weeks=None, last=None):
    """A treatment by its steps: the day, what happened, and the dose if it was one."""
    return Treatment(
        disease=disease,
        started_on=FIRST_DOSE,
        induction_weeks=weeks,
        stopped_on=None if last is None else day(last),
        steps=tuple(
            Step(on=day(on), move=move, **dict(zip(("mg", "induction", "weeks"), more, strict=False)))
            for on, move, *more in steps
        ),
    )


def ends(treatment, today):
    """By the weeks of induction the number of the first day without its dose."""
    found = treatment.induction_ends(day(today))
    return None if found is None else {weeks: (end - FIRST_DOSE).days for weeks, end in found.items()}


def unrecorded(treatment, today):
    found = max(treatment.unrecorded_ends(day(today)).values(), default=None)
    return None if found is None else (found - FIRST_DOSE).days


# Days and phases


@pytest.mark.parametrize(("today", "number"), [(-1, None), (0, 0), (1, 1), (56, 56)])
def test_the_day_of_the_first_dose_is_day_0(today, number):
    assert treated(UC).day(day(today)) == number


def test_without_a_first_dose_there_is_neither_a_day_nor_an_end_nor_a_dose():
    planned = Treatment(disease=UC)

    assert planned.day(day(0)) is None
    assert planned.phase(day(0)) is Phase.SCREENING
    assert planned.induction_ends(day(0)) is None
    assert planned.unrecorded_ends(day(0)) == {}
    assert planned.unrecorded_ends(day(0)) == {}


@pytest.mark.parametrize(
    ("disease", "weeks", "last_day"),
    [(UC, None, 55), (CD, 8, 55), (CD, 12, 83), (CD, None, 83)],
    ids=["colitis", "Crohn's, 8 weeks", "Crohn's, 12 weeks", "Crohn's, not chosen: the longer"],
)
def test_induction_lasts_from_the_first_dose_to_its_last_45_mg_day(disease, weeks, last_day):
    treatment = treated(disease, weeks=weeks)
    phases = [treatment.phase(day(number)) for number in (-1, 0, last_day, last_day + 1)]

    assert phases == [Phase.SCREENING, Phase.INDUCTION, Phase.INDUCTION, Phase.MAINTENANCE]


@pytest.mark.parametrize(
    ("today", "phase"),
    [(19, Phase.INDUCTION), (20, Phase.INTERRUPTED), (29, Phase.INTERRUPTED), (30, Phase.INDUCTION)],
    ids=["the day before", "the day of the interruption", "the day before the restart", "the day of the restart"],
)
@pytest.mark.parametrize("back", [(30, RESTARTED), (30, DOSE, 45)], ids=["restarted", "a dose"])
def test_the_drug_is_interrupted_until_it_is_taken_again(today, phase, back):
    assert treated(UC, (20, INTERRUPTED), back).phase(day(today)) is phase


@pytest.mark.parametrize(("today", "is_over"), [(69, False), (70, True), (71, True)])
@pytest.mark.parametrize("how", [{"last": 70}, {"steps": [(70, STOPPED)]}], ids=["on the chart", "in the course"])
def test_the_treatment_is_over_from_the_day_of_the_last_dose_on(today, is_over, how):
    treatment = treated(UC, *how.get("steps", ()), last=how.get("last"))

    assert treatment.last_dose(day(today)) == (day(70) if is_over else None)
    assert (treatment.phase(day(today)) is Phase.STOPPED) is is_over


def test_of_two_last_days_the_later_is_the_last():
    assert treated(UC, (70, STOPPED), last=68).last_dose(day(90)) == day(70)
    assert treated(UC, (70, STOPPED), last=72).last_dose(day(90)) == day(72)
    assert treated(UC, (70, STOPPED), last=72).last_dose(day(71)) == day(70)


@pytest.mark.parametrize(
    ("back", "today", "is_over"),
    [
        ((80, RESTARTED), 79, True),
        ((80, RESTARTED), 80, False),
        ((80, DOSE, 15), 80, False),
        ((70, DOSE, 15), 80, True),
        ((80, INTERRUPTED), 80, True),
    ],
    ids=["not yet", "restarted", "a dose", "the last dose itself", "not taken"],
)
def test_a_stop_with_a_later_dose_was_an_interruption(back, today, is_over):
    treatment = treated(UC, (70, STOPPED), back)

    assert (treatment.last_dose(day(today)) is not None) is is_over
    assert (treatment.phase(day(today)) is Phase.STOPPED) is is_over


def test_of_two_stops_only_the_last_can_be_one_for_good():
    treatment = treated(UC, (60, STOPPED), (65, RESTARTED), (70, STOPPED))

    assert treatment.last_dose(day(64)) == day(60)
    assert treatment.last_dose(day(69)) is None
    assert treatment.last_dose(day(90)) == day(70)


# Interruptions


def test_an_interruption_lasts_from_its_day_to_that_of_the_restart():
    treatment = treated(UC, (20, INTERRUPTED), (30, RESTARTED), (40, INTERRUPTED))

    assert treatment.gaps(day(19)) == ()
    assert treatment.gaps(day(29)) == (Gap(day(20), None),)
    assert treatment.gaps(day(40)) == (Gap(day(20), day(30)), Gap(day(40), None))
    assert [gap.length for gap in treatment.gaps(day(40))] == [timedelta(days=10), None]


def test_only_an_interruption_that_goes_on_is_open():
    treatment = treated(UC, (20, INTERRUPTED), (30, RESTARTED), (40, INTERRUPTED))

    assert treatment.open_gap(day(20)) == Gap(day(20), None)
    assert treatment.open_gap(day(35)) is None
    assert treatment.open_gap(day(40)) == Gap(day(40), None)


def test_an_interruption_within_one_is_the_same():
    treatment = treated(UC, (20, INTERRUPTED), (22, INTERRUPTED), (25, STOPPED), (30, RESTARTED))

    assert treatment.gaps(day(40)) == (Gap(day(20), day(30)),)


def test_a_restart_without_an_interruption_changes_nothing():
    assert treated(UC, (20, RESTARTED), (22, DOSE, 45)).gaps(day(40)) == ()


def test_after_a_stop_that_was_none_the_gap_begins_on_the_day_after_the_last_dose():
    assert treated(UC, (20, STOPPED), (30, RESTARTED)).gaps(day(40)) == (Gap(day(21), day(30)),)


# The end of 45 mg


@pytest.mark.parametrize(
    ("disease", "weeks", "expected"),
    [(UC, None, {8: 56}), (CD, 8, {8: 56}), (CD, 12, {12: 84}), (CD, None, {8: 56, 12: 84})],
    ids=["colitis", "Crohn's, 8 weeks", "Crohn's, 12 weeks", "Crohn's, not chosen: both"],
)
def test_the_end_of_induction_is_its_first_day_without_45_mg(disease, weeks, expected):
    assert ends(treated(disease, weeks=weeks), 0) == expected


@pytest.mark.parametrize(
    ("length", "expected"),
    [(1, {8: 57}), (27, {8: 83}), (28, {8: 84}), (29, None)],
    ids=["one day", "just below", "four weeks", "longer: a question"],
)
def test_an_interruption_of_up_to_four_weeks_shifts_the_end_by_its_length(length, expected):
    treatment = treated(UC, (20, INTERRUPTED), (20 + length, RESTARTED))

    assert ends(treatment, 60) == expected


@pytest.mark.parametrize(
    ("begun", "expected"), [(55, {8: 61}), (56, {8: 56})], ids=["on the last 45 mg day", "on the day after"]
)
def test_only_an_interruption_of_induction_shifts_its_end(begun, expected):
    assert ends(treated(UC, (begun, INTERRUPTED), (begun + 5, RESTARTED)), 70) == expected


def test_every_interruption_shifts_the_end_those_of_the_time_added_too():
    steps = [(20, INTERRUPTED), (34, RESTARTED), (69, INTERRUPTED), (72, RESTARTED)]

    assert ends(treated(UC, *steps), 80) == {8: 73}
    assert ends(treated(UC, *steps[:2], (70, INTERRUPTED), (73, RESTARTED)), 80) == {8: 70}


def test_in_crohns_an_interruption_shifts_each_end_that_lies_behind_it():
    steps = [(60, INTERRUPTED), (70, RESTARTED)]

    assert ends(treated(CD, *steps), 75) == {8: 56, 12: 94}


@pytest.mark.parametrize(("today", "expected"), [(48, {8: 56}), (49, None)], ids=["28 days", "29 days"])
def test_an_interruption_that_goes_on_shifts_nothing_yet_and_after_four_weeks_the_end_cannot_be_said(today, expected):
    assert ends(treated(UC, (20, INTERRUPTED)), today) == expected


def test_one_end_that_cannot_be_said_leaves_both_open():
    assert ends(treated(CD, (60, INTERRUPTED), (89, RESTARTED)), 90) is None


def test_where_the_end_cannot_be_said_induction_goes_on():
    treatment = treated(UC, (20, INTERRUPTED), (49, RESTARTED))

    assert treatment.phase(day(200)) is Phase.INDUCTION
    assert unrecorded(treatment, 200) is None
    assert treatment.unrecorded_ends(day(200)) == {}


def test_what_has_not_happened_yet_shifts_nothing():
    treatment = treated(UC, (20, INTERRUPTED), (30, RESTARTED))

    assert ends(treatment, 19) == {8: 56}
    assert ends(treatment, 30) == {8: 66}


# After more than four weeks: asked, and counted as it is said. Induction was cut short on day 20, or over.

CUT, OVER = [(20, INTERRUPTED)], [(56, DOSE, 15), (90, INTERRUPTED)]


@pytest.mark.parametrize(
    ("disease", "weeks", "before", "restart", "expected", "phase"),
    [
        (CD, 12, CUT, (45,), None, Phase.INDUCTION),
        (CD, 12, CUT, (45, ANEW), {8: 186, 12: 214}, Phase.INDUCTION),
        (CD, 12, CUT, (45, ANEW, 8), {8: 186}, Phase.INDUCTION),
        (CD, 8, CUT, (45, ANEW, 12), {12: 214}, Phase.INDUCTION),
        (CD, 12, CUT, (45, REST), {12: 194}, Phase.INDUCTION),
        (CD, 12, CUT, (15,), None, Phase.MAINTENANCE),
        (UC, None, CUT, (45, ANEW), {8: 186}, Phase.INDUCTION),
        (UC, None, CUT, (30, ANEW), {8: 186}, Phase.INDUCTION),
        (UC, None, CUT, (45, REST), {8: 166}, Phase.INDUCTION),
        (UC, None, OVER, (45,), None, Phase.INDUCTION),
        (UC, None, OVER, (45, REST), None, Phase.INDUCTION),
        (UC, None, OVER, (45, ANEW), {8: 186}, Phase.INDUCTION),
        (UC, None, OVER, (15,), {8: 56}, Phase.MAINTENANCE),
        (UC, None, OVER, (), {8: 56}, Phase.MAINTENANCE),
        (CD, 8, OVER, (45,), None, Phase.INDUCTION),
        (CD, 8, OVER, (45, ANEW, 12), {12: 214}, Phase.INDUCTION),
    ],
    ids=[
        "nobody said", "anew: both lengths", "anew, shorter", "anew, longer", "the rest", "with another dose",
        "colitis anew", "colitis anew, reduced", "colitis, the rest", "over: nobody said", "over: no rest is left",
        "over: anew", "over, with another dose", "over, its dose not named", "Crohn's over", "Crohn's over: anew",
    ],
)  # fmt: skip
def test_after_more_than_four_weeks_the_end_counts_as_it_is_said(disease, weeks, before, restart, expected, phase):
    treatment = treated(disease, *before, (130, RESTARTED, *restart), weeks=weeks)

    assert ends(treatment, 140) == expected
    assert treatment.phase(day(140)) is phase


@pytest.mark.parametrize(
    ("length", "expected"), [(28, {8: 56}), (29, None)], ids=["28 days: 45 mg again and no more", "29 days: asked"]
)
def test_45_mg_after_maintenance_begins_induction_anew_after_more_than_28_days_or_if_that_was_said(length, expected):
    steps = [(56, DOSE, 15), (90, INTERRUPTED)]

    assert ends(treated(UC, *steps, (90 + length, RESTARTED, 45)), 200) == expected
    assert ends(treated(UC, *steps, (90 + length, RESTARTED, 45, ANEW)), 200) == {8: 146 + length}


def test_an_interruption_of_the_day_of_the_first_dose_shifts_the_end():
    assert ends(treated(UC, (0, INTERRUPTED), (5, RESTARTED)), 20) == {8: 61}


def test_the_dose_of_a_restart_is_the_first_one_of_the_induction_that_it_begins():
    treatment = treated(UC, *OVER, (130, RESTARTED, 45, ANEW), (150, DOSE, 30))

    assert [step.on for step in treatment.doses_of_induction(day(160))] == [day(130), day(150)]


def test_the_end_of_a_second_induction_is_watched_until_a_dose_is_recorded():
    steps = [*OVER, (130, RESTARTED, 45, ANEW)]

    assert [unrecorded(treated(UC, *steps), today) for today in (131, 185, 186, 300)] == [None, None, 186, 186]
    assert unrecorded(treated(UC, *steps, (186, DOSE, 30)), 186) is None


def test_interruptions_of_a_second_induction_shift_its_end_and_are_asked_about_as_those_of_the_first():
    steps = [*OVER, (130, RESTARTED, 45, ANEW), (140, INTERRUPTED)]

    assert ends(treated(UC, *steps, (150, RESTARTED)), 160) == {8: 196}
    assert ends(treated(UC, *steps, (169, RESTARTED)), 170) is None
    assert ends(treated(UC, *steps, (169, RESTARTED, 45, REST)), 170) == {8: 186 + 29}


@pytest.mark.parametrize(
    ("steps", "last"),
    [([(20, INTERRUPTED)], 48), ([(55, INTERRUPTED)], 83), ([(56, INTERRUPTED)], 55), (OVER, 89), ([], None)],
    ids=["in induction", "on its last day", "from its end on", "in maintenance", "not interrupted"],
)
def test_a_restart_does_no_more_than_shift_the_end_of_an_induction_that_was_cut_short_for_up_to_28_days(steps, last):
    assert treated(UC, *steps).shifts_until(day(100)) == (None if last is None else day(last))


def test_before_its_restart_a_second_induction_says_nothing():
    treatment = treated(UC, *OVER, (130, RESTARTED, 45, ANEW))

    assert (ends(treatment, 129), treatment.phase(day(89))) == ({8: 56}, Phase.MAINTENANCE)


def test_the_schedule_assesses_the_first_induction_or_the_one_that_took_its_place():
    over, cut = (treated(UC, *before, (130, RESTARTED, 45, ANEW)) for before in (OVER, CUT))

    assert ends(over.assessed(day(200)), 200) == {8: 56}
    assert ends(cut.assessed(day(200)), 200) == {8: 186}


# The second eight weeks of the EU and AU labels in colitis


@pytest.mark.parametrize(
    ("recorded", "expected"),
    [(41, {8: 56}), (42, {16: 112}), (55, {16: 112}), (56, {16: 112}), (60, {16: 112})],
    ids=["over a fortnight before", "a fortnight before", "on the last day", "at the end", "after it"],
)
def test_45_mg_recorded_from_a_fortnight_before_the_end_on_is_the_extension(recorded, expected):
    assert ends(treated(UC, (recorded, DOSE, 45)), 70) == expected


def test_what_is_recorded_for_later_is_no_extension_yet():
    treatment = treated(UC, (56, DOSE, 45))

    assert ends(treatment, 55) == {8: 56}
    assert ends(treatment, 56) == {16: 112}


def test_an_interruption_shifts_the_extension_and_when_it_can_be_recorded():
    gap = [(20, INTERRUPTED), (30, RESTARTED)]

    assert ends(treated(UC, *gap, (51, DOSE, 45)), 70) == {8: 66}
    assert ends(treated(UC, *gap, (52, DOSE, 45)), 70) == {16: 122}


@pytest.mark.parametrize(
    "steps",
    [
        [(50, DOSE, 30)],
        [(50, DOSE, 15), (52, DOSE, 45)],
        [(50, INTERRUPTED), (52, RESTARTED, 45)],
    ],
    ids=["another dose", "45 mg again after another", "a restart"],
)
def test_nothing_else_is_an_extension(steps):
    assert 16 not in ends(treated(UC, *steps), 70)


def test_another_dose_after_the_extension_was_recorded_leaves_its_end():
    assert ends(treated(UC, (56, DOSE, 45), (90, DOSE, 15)), 100) == {16: 112}


def test_there_is_no_extension_in_crohns():
    assert ends(treated(CD, (84, DOSE, 45), weeks=12), 90) == {12: 84}


def test_extended_induction_lasts_sixteen_weeks():
    treatment = treated(UC, (56, DOSE, 45))

    assert treatment.phase(day(111)) is Phase.INDUCTION
    assert treatment.phase(day(112)) is Phase.MAINTENANCE
    assert (unrecorded(treatment, 111), unrecorded(treatment, 112)) == (None, 112)


def test_where_the_end_cannot_be_said_no_record_is_an_extension():
    assert ends(treated(UC, (20, INTERRUPTED), (49, RESTARTED), (60, DOSE, 45)), 70) is None


@pytest.mark.parametrize("mg", [30, 45])
def test_after_a_dose_reduced_from_the_first_day_on_there_is_no_extension(mg):
    assert ends(treated(UC, (0, DOSE, 30), (56, DOSE, mg)), 60) == {8: 56}


@pytest.mark.parametrize(("recorded", "phase", "ended"), [(54, Phase.MAINTENANCE, 56), (55, Phase.MAINTENANCE, None)])
def test_a_reduced_dose_recorded_again_at_its_end_is_the_one_of_maintenance(recorded, phase, ended):
    treatment = treated(UC, (0, DOSE, 30), (recorded, DOSE, 30))

    assert (treatment.phase(day(60)), unrecorded(treatment, 60)) == (phase, ended)


# The dose that is taken


def test_an_interruption_names_no_dose():
    treatment = treated(UC, (20, INTERRUPTED, 15), (25, RESTARTED))

    assert treatment.dose_steps(day(30)) == ()
    assert treatment.phase(day(30)) is Phase.INDUCTION


@pytest.mark.parametrize(("today", "phase"), [(39, Phase.INDUCTION), (40, Phase.MAINTENANCE)])
def test_another_dose_ends_induction_early(today, phase):
    treatment = treated(UC, (40, DOSE, 30))

    assert treatment.phase(day(today)) is phase


@pytest.mark.parametrize(
    ("steps", "mg"),
    [([(0, DOSE, 30)], 30), ([(1, DOSE, 30)], 45), ([(0, DOSE)], 45), ([(0, DOSE, 45)], 45), ([], 45)],
    ids=["30 mg on day 0", "on day 1: another dose", "no dose named", "45 mg", "nothing recorded"],
)
def test_induction_is_with_45_mg_unless_another_dose_is_recorded_on_day_0(steps, mg):
    assert treated(UC, *steps).induction_mg(day(2)) == mg


def test_the_dose_of_a_reduced_induction_is_taken_to_its_end():
    treatment = treated(UC, (0, DOSE, 30))

    assert (unrecorded(treatment, 55), unrecorded(treatment, 56)) == (None, 56)


# The next dose that nobody has recorded (D14)


@pytest.mark.parametrize(("disease", "weeks", "end"), [(UC, None, 56), (CD, 8, 56), (CD, 12, 84)])
def test_the_missing_record_is_seen_from_the_first_day_without_45_mg_on(disease, weeks, end):
    treatment = treated(disease, weeks=weeks)

    assert [unrecorded(treatment, today) for today in (end - 1, end, end + 1, 300)] == [None, end, end, end]


def test_in_crohns_without_a_chosen_length_each_end_is_watched():
    treatment = treated(CD)

    assert treatment.unrecorded_ends(day(55)) == {}
    assert treatment.unrecorded_ends(day(56)) == {8: day(56)}
    assert treatment.unrecorded_ends(day(84)) == {8: day(56), 12: day(84)}


@pytest.mark.parametrize(
    ("recorded", "mg", "seen"),
    [(82, 45, 84), (83, 45, 84), (84, 45, 84), (40, 15, None), (84, 15, None), (90, 30, None)],
    ids=[
        "45 mg before",
        "45 mg for the end: nobody knows more of it",
        "45 mg at the end: the same",
        "another early",
        "another",
        "another later",
    ],
)
def test_in_crohns_only_another_dose_is_the_next_one(recorded, mg, seen):
    treatment = treated(CD, (recorded, DOSE, mg), weeks=12)

    assert unrecorded(treatment, 90) == seen
    assert treatment.has_next_dose(day(84), day(90)) is (seen is None)


@pytest.mark.parametrize(("recorded", "seen"), [(82, 84), (83, None), (84, None)])
def test_a_reduced_dose_that_goes_on_is_the_next_one_if_it_is_recorded_from_the_day_before_the_end_on(recorded, seen):
    treatment = treated(CD, (0, DOSE, 30), (recorded, DOSE, 30), weeks=12)

    assert unrecorded(treatment, 90) == seen


def test_a_restart_at_the_reduced_dose_of_induction_is_no_next_dose():
    resumed = treated(UC, (0, DOSE, 30), (50, INTERRUPTED), (57, RESTARTED, 30))

    assert resumed.has_next_dose(day(58), day(60)) is False
    assert resumed.has_next_dose(None, day(60)) is False


def test_what_is_recorded_for_later_is_no_next_dose_yet():
    treatment = treated(UC, (60, DOSE, 15))

    assert (unrecorded(treatment, 59), unrecorded(treatment, 60)) == (56, None)
    assert (treatment.has_next_dose(day(56), day(59)), treatment.has_next_dose(day(56), day(60))) == (False, True)


def test_a_restart_at_45_mg_is_no_next_dose():
    treatment = treated(CD, (80, INTERRUPTED), (90, RESTARTED, 45), weeks=12)

    assert unrecorded(treatment, 94) == 94
    assert treatment.has_next_dose(day(94), day(94)) is False


def test_where_the_end_is_not_known_only_another_dose_is_the_next_one():
    assert treated(CD, (90, DOSE, 45)).has_next_dose(None, day(90)) is False
    assert treated(CD, (90, DOSE, 15)).has_next_dose(None, day(90)) is True


@pytest.mark.parametrize(
    ("disease", "steps", "since"),
    [
        (UC, [(56, DOSE, 15), (72, DOSE, 45)], 72),
        (CD, [(40, DOSE, 30), (46, DOSE, 45)], 46),
        (UC, [(0, DOSE, 30), (19, DOSE, 45)], 19),
        (UC, [(0, DOSE, 30), (20, INTERRUPTED), (60, RESTARTED, 45)], 60),
        (UC, [(0, DOSE, 30), (20, INTERRUPTED), (60, RESTARTED), (70, DOSE, 45), (75, DOSE, 45)], 70),
        (UC, [(56, DOSE, 15), (72, DOSE, 45), (80, DOSE, 45), (85, INTERRUPTED)], 72),
        (UC, [(56, DOSE, 15), (72, DOSE, 45), (90, DOSE, 30)], None),
        (UC, [(56, DOSE, 15), (72, DOSE, 45), (90, STOPPED)], None),
        (UC, [(56, DOSE, 45)], None),
        (UC, [(20, INTERRUPTED), (30, RESTARTED, 45)], None),
        (UC, [], None),
    ],
    ids=[
        "after 15 mg in colitis",
        "after 30 mg in Crohn's",
        "after a reduced induction",
        "after a reduced induction and a long pause",
        "from the first time, after a restart without its dose",
        "still, while it is interrupted",
        "no longer after another dose",
        "no longer after the last dose",
        "not the longer induction",
        "not a restart in induction",
        "not where no dose is recorded",
    ],
)
def test_45_mg_after_another_dose_has_no_end_until_another_dose_is_recorded(disease, steps, since):
    back = treated(disease, *steps).back_on_induction_mg(day(200))

    assert (back and back.on) == (since and day(since))


def test_45_mg_after_the_longer_induction_is_no_next_dose():
    assert unrecorded(treated(UC, (56, DOSE, 45), (112, DOSE, 45)), 200) == 112


def test_after_the_last_dose_no_next_one_is_missed():
    assert unrecorded(treated(UC, last=60), 70) is None
    assert unrecorded(treated(UC, last=60), 59) == 56
    assert treated(UC, last=60).unrecorded_ends(day(70)) == {}


@pytest.mark.parametrize(
    ("begun", "seen"), [(55, None), (56, 56), (60, 56)], ids=["since before the end", "from the end on", "later"]
)
def test_an_interruption_from_before_the_end_on_leaves_nothing_to_be_recorded(begun, seen):
    assert unrecorded(treated(UC, (begun, INTERRUPTED)), 62) == seen


def test_a_step_down_that_was_taken_back_is_no_next_dose():
    treatment = treated(CD, (40, DOSE, 30), (46, DOSE, 45), weeks=12)

    assert (unrecorded(treatment, 83), unrecorded(treatment, 84)) == (None, 84)
