"""What is snoozed from the end of its window on: its reader hears on the day that was said, the cover no sooner."""

import pytest

from tests.mornings import joins, rows_of, told
from tests.test_clock_set_back import at, mornings

COUNT = "Week 12: blood count"
# Due on 1 June, its window ends on the 15th: then come the cover, three days later, and the lead.
ENDS, COVERED = 15, 18


@pytest.mark.parametrize(
    ("label", "again", "covered"), [("1 day", [16], COVERED), ("3 days", [], COVERED), ("1 week", [], 22)]
)
async def test_whoever_snoozes_on_the_last_day_is_reminded_and_the_cover_hears_no_sooner(
    ward, office, label, again, covered
):
    cover, lead = await joins(office, "cover"), await joins(office, "lead", 22)
    await office.ledger.take(lambda work: (work.clinic.name_cover(2), work.clinic.name_lead(3)))
    await mornings(office, at(6, ENDS), ward, cover, lead)
    assert rows_of(office, "wk12_cbc")[1] == "end"
    (last,) = [each for each in ward.messages if each.text.startswith("Reminder")][-1:]
    await ward.taps("Snooze", message=last)
    await ward.taps(label, message=last)
    heard = {"doctor": [], "cover": [], "lead": []}
    for number in range(ENDS + 1, ENDS + 12):
        before = {line.name: len(told(line)) for line in (ward, cover, lead)}
        await mornings(office, at(6, number), ward, cover, lead)
        for line in (ward, cover, lead):
            if any(COUNT in text for text in told(line)[before[line.name] :]):
                heard[line.name].append(number)

    assert heard == {"doctor": again, "cover": [covered], "lead": [covered + 3]}
