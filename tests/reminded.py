"""People, the calendar and the machine as a state machine over reminders, judged after each step."""

from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

from hypothesis import seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import initialize, invariant, rule, run_state_machine_as_test

from bot.acts import Command, Text
from bot.patients.records import Records
from flows.days import day
from flows.record import Fact, Kind, standing
from flows.wall_clock import STAYS
from store.members import Role
from tests.judged_ward import CODES, COVER, LEAD, PEOPLE, ZONE, JudgedWard, counted

VALUES = (
    "crp 4 mg/L fcp 120 µg/g",
    "hb 13 g/dL anc 3.2 alc 1.2 alt 20 U/L",
    "chol 180 mg/dL ldl 100 mg/dL hdl 50 mg/dL tg 90 mg/dL",
)
_LIVE = "SELECT DISTINCT title FROM reminders WHERE state NOT IN ('done', 'cleared', 'not possible', 'muted')"
patients, people = st.sampled_from(sorted(CODES)), st.sampled_from(sorted(PEOPLE))


class Reminded(JudgedWard):
    """Three people who do whatever they can, and a bot that is on or off."""

    # Time

    @rule(days=st.integers(1, 9), dies=st.booleans(), looks_at_midnight=st.booleans())
    def mornings_come(self, days, dies, looks_at_midnight):
        for _ in range(days):
            is_early = self.now.astimezone(ZoneInfo(ZONE)).hour < 8
            day = self.today if is_early else self.today + timedelta(days=1)
            if not is_early and looks_at_midnight:
                self.waits_until(day, 0)
                self.tick()
            self.waits_until(day, 8)
            self.tick(dies)
            self.judge_the_morning()

    @rule(days=st.sampled_from([1, 2, 5, 20, 60]), hour=st.sampled_from([3, 8, 12, 22]))
    def the_bot_is_off(self, days, hour):
        counted["outages"] += 1
        self.waits_until(self.today + timedelta(days=days), hour)
        self.comes_back()
        if 8 <= hour < 21:
            self.judge_the_morning()

    def comes_back(self):
        """At once; within an hour where the clock had run ahead before, and is not believed yet."""
        self.tick()
        if self.writer.take(lambda work: work.clinic.get().clock.is_doubted(self.now)):
            counted["doubted after an outage"] += 1
            self.now += STAYS
            self.tick()

    @rule(hours=st.sampled_from([-30, -3, 20, 50, 24 * 40]))
    def the_clock_is_wrong(self, hours):
        counted["wrong clocks"] += 1
        right = self.now
        self.now = right + timedelta(hours=hours)
        self.tick()
        self.now = right
        self.latest = max(self.latest, right + min(timedelta(hours=max(hours, 0)), timedelta(days=3)))
        for owed in (*self.owed.values(), *self.rested.values()):
            owed.told_on = owed.told_on and min(owed.told_on, self.today)
        for owed in self.owed.values():
            owed.follow(owed.window, owed.state, owed.said_on)
            owed.goes_on_waiting(self.today)
        self.tick()

    # What is recorded

    @rule(patient=patients, person=people, values=st.sampled_from(VALUES), ago=st.sampled_from([0, 0, 1, 9, 40]))
    def values_come(self, patient, person, values, ago):
        on = self.today - timedelta(days=ago)
        self.act(person, Command(name="p", rest=CODES[patient]))
        if self.walk(person, "Laboratory"):
            self.act(person, Text(words=f"{values} {on.day}.{on.month}.{on.year}"))
            self.tap(person, "Confirm")
        self.leave(person)

    @rule(person=people)
    def a_visit(self, person):
        self.act(person, Command(name="visit", rest=CODES[1]))
        if self.walk(person, "Seen", "1", "0", "Mild", "No", "Unchanged", "None"):
            self.act(person, Text(words="CRP 4 mg/L"))
            counted["visits"] += self.tap(person, "Confirm")
        self.leave(person)

    def leave(self, person):
        """A form that was not finished is thrown away."""
        self.act(person, Command(name="cancel"))
        self.tap(person, "Discard")
        self.follow()

    @rule(patient=patients, person=people)
    def the_last_entry_is_taken_back(self, patient, person):
        self.act(person, Command(name="undo", rest=CODES[patient]))
        self.tap(person, "Take back")
        self.follow()

    @rule(patient=patients, code=st.sampled_from(["started", "interrupted", "restarted", "stopped"]))
    def the_course_goes_on(self, patient, code):
        fact = Fact(kind=Kind.COURSE, code=code, on=self.today, value={})

        def move(work):
            Records(work, work.members.all_active()[0], self.moment(), self.today).file(
                work.patients.get(patient), [fact]
            )

        if code != "started" or patient == 2:
            self.writer.take(move)
        self.follow()

    @rule(patient=patients, days=st.sampled_from([-40, -3, 1, 3, 7, 15, 40]))
    def the_first_dose_was_on_another_day(self, patient, days):
        self.correct_first_dose(patient, days)

    @rule(person=people, data=st.data(), waited=st.integers(1, 12), days=st.sampled_from([-9, -3, 1, 3, 7]))
    def the_window_moves_of_what_is_awaited(self, person, data, waited, days):
        self.waits_until(self.today + timedelta(days=waited), 12)
        self.comes_back()
        self.judge_the_morning()
        self.await_result(1, person, data)
        self.correct_first_dose(1, days)

    def correct_first_dose(self, patient, days):
        """So most windows move."""

        def correct(work):
            records = Records(work, work.members.all_active()[0], self.moment(), self.today)
            first = [
                each for each in standing(records.written(work.patients.get(patient))) if each.fact.code == "started"
            ]
            for each in first[:1]:
                moved = replace(each.fact, on=min(each.fact.on + timedelta(days), self.today))
                if moved != each.fact:
                    records.replace(work.patients.get(patient), each.id, [moved], "another day")

        self.writer.take(correct)
        self.follow()

    @rule(patient=patients, person=people, ahead=st.integers(0, 20))
    def somebody_sets_a_reminder(self, patient, person, ahead):
        on = self.today + timedelta(days=ahead)
        self.act(person, Command(name="remind", rest=f"{CODES[patient]} {on.day}.{on.month}.{on.year} letter"))
        self.follow()

    # What is done about reminders

    def opens(self, patient, person, data):
        """What is due of a patient, or one item of it."""
        self.act(person, Command(name="due", rest=CODES[patient]))
        if data.draw(st.booleans(), label="one by one") and self.tap(person, "One by one"):
            titles = [row[0] for row in self.rows(f"{_LIVE} AND patient_id = {patient} ORDER BY title")]
            if titles:
                self.tap(person, data.draw(st.sampled_from(titles), label="item"))

    @rule(patient=patients, person=people, data=st.data(), ago=st.sampled_from([0, 0, 3, 20]))
    def it_is_done(self, patient, person, data, ago):
        self.opens(patient, person, data)
        if self.tap(person, "Done"):
            on = self.today - timedelta(days=ago)
            typed, tapped = f"{on.day}.{on.month}.{on.year}", f"Today, {day(on)}"
            self.act(person, Text(words=typed)) if ago else self.tap(person, tapped)
        self.follow()

    @rule(patient=patients, person=people, data=st.data())
    def it_is_awaited(self, patient, person, data):
        self.await_result(patient, person, data)

    def await_result(self, patient, person, data):
        self.opens(patient, person, data)
        before = self.reminders()
        self.tap(person, "Awaiting result")
        self.follow()
        for key, (_, state, *_) in self.reminders().items():
            if state == "awaiting result" and before[key][1] != state:
                self.owed[key].await_since(self.today)
                counted["awaited"] += 1

    @rule(
        patient=patients,
        person=people,
        data=st.data(),
        how=st.sampled_from([("1 day", 1), ("3 days", 3), ("1 week", 7)]),
    )
    def it_is_snoozed(self, patient, person, data, how):
        self.opens(patient, person, data)
        before, (label, days) = self.reminders(), how
        snoozed = self.walk(person, "Snooze", label)
        self.follow()
        for key, (_, state, due, wake) in self.reminders().items():
            assert due == before[key][2]
            if snoozed and state == "snoozed" and (before[key][1], before[key][3]) != (state, wake):
                if key not in self.owed:  # told this morning, and nothing more was to be told of it
                    self.owed[key] = self.rested.pop(key)
                self.owed[key].snooze(self.today, days)
                assert str(wake) == str(self.owed[key].silent_until)
                counted["snoozed"] += 1

    @rule(patient=patients, person=people, data=st.data())
    def it_is_not_possible(self, patient, person, data):
        self.opens(patient, person, data)
        self.walk(person, "Not possible", "Refused by the patient")
        self.follow()

    # Whose it is

    @rule(patient=patients, to=people)
    def a_patient_is_handed_over(self, patient, to):
        def hand_over(work):
            members = {each.id: each for each in work.members.all_active()}
            if to in members:
                records = Records(work, members[1], self.moment(), self.today)
                records.hand_over(work.patients.get(patient), members[to], "leave or absence")
            return to in members

        self.follow()
        if self.writer.take(hand_over):
            self.is_handed_over(patient)
        self.follow()

    def is_handed_over(self, patient):
        """Whoever takes over is told of all that is open, whatever was told to others."""
        for key, owed in self.owed.items():
            if key[0] == patient:
                counted["told anew"] += bool(owed.told)
                owed.is_handed_over()

    @rule(member=st.sampled_from([COVER, LEAD]), back=st.booleans())
    def somebody_loses_access_or_comes_back(self, member, back):
        role = {COVER: Role.DOCTOR, LEAD: Role.OWNER}[member]
        if back:
            self.writer.take(
                lambda work: work.members.admit(PEOPLE[member].user_id, PEOPLE[member].chat_id, role, ZONE, self.now)
            )
        else:
            self.act(1, Command(name="team"))
            self.walk(1, f"Revoke member {member}", "Yes, revoke")

    @rule(member=people, blocks=st.booleans())
    def somebody_blocks_the_bot_or_writes_again(self, member, blocks):
        if blocks:
            self.blocked.add(member)
        else:
            self.blocked.discard(member)
            self.act(member, Command(name="help"))

    @initialize()
    def the_bot_runs(self):
        self.follow()
        self.tick()

    @invariant()
    def what_is_awaited_is_silent_for_as_long_as_it_is_owed(self):
        for key, (_, state, _, wake) in self.reminders().items():
            if state == "awaiting result":
                assert str(wake) == str(self.owed[key].silent_until), f"{key} wakes on {wake}; {self.owed[key]}"

    @invariant()
    def nothing_has_failed(self):
        assert self.rows("SELECT count(*) FROM arrivals WHERE outcome = 'failed'")[0][0] == 0


class SetBack(Reminded):
    """By a machine whose clock is set back; it runs ahead in the other one."""

    the_clock_is_wrong = None

    @rule(days=st.sampled_from([3, 5, 12, 40, 400, 20 * 365]), looks=st.booleans(), person=people)
    def the_clock_is_set_back(self, days, looks, person):
        """By less than the bot was off lately nobody can tell it from a clock that was ahead and is right again.

        To a day, which is what zones differ by.
        """
        if days <= self.leapt + 1:
            return
        counted["clocks set back"] += 1
        right, entries = self.now, self.entries
        self.now = right - timedelta(days=days)
        self.tick()
        if looks:
            self.act(person, Command(name="due", rest=CODES[1]))
        self.now = right
        assert self.entries == entries, "something is told by a clock that was set back"
        self.tick()


def live(template, chance, courses, steps, machine=Reminded):
    """So many courses of a seed, each of so many steps at most; what was done in them."""
    counted.clear()
    machine.template = template
    bounds = settings(max_examples=courses, stateful_step_count=steps)
    run_state_machine_as_test(seed(chance)(machine), settings=bounds)  # where CI is set, all would else be one
    return counted
