"""Cards: what each message of ours should show, and what it shows.

A turn writes the wanted state; the deliverer makes Telegram show it and marks it. "Not shown yet" is the outbox.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Row, and_, bindparam, case, func, insert, not_, or_, select, update

from store.tables import CardRow, ReminderRow, table

# One deliverer has a card for so long, which is longer than two calls can take; after that another may try.
HOLD = timedelta(seconds=60)
# Why a card is dead that Telegram has refused, though its chat can be reached.
REFUSED = "refused"

_CARDS = table(CardRow)
_REMINDERS = table(ReminderRow)
# No card has such a number.
_AFTER_ALL = 2**31 - 1
_THE_CARD = _CARDS.c.id == bindparam("card")
_NOT_SHOWN = _CARDS.c.shown < _CARDS.c.revision
_NEVER_SHOWN = and_(_NOT_SHOWN, _CARDS.c.message_id.is_(None))

_ADD = insert(_CARDS).returning(_CARDS)
_BY_TOKEN = select(_CARDS).where(_CARDS.c.token == bindparam("its_token"))
_BY_MESSAGE = (
    select(_CARDS)
    .where(_CARDS.c.chat_id == bindparam("chat"), _CARDS.c.message_id == bindparam("message"))
    .order_by(_CARDS.c.id.desc())
    .limit(1)
)
_LIVE = select(_CARDS).where(_CARDS.c.actions.is_not(None)).order_by(_CARDS.c.id.desc()).limit(1)
_OF_INTERVIEW = _LIVE.where(_CARDS.c.interview_id == bindparam("interview"))
# What will never be shown is not shown by a change of it.
_CAN_BE_SHOWN = or_(_CARDS.c.dead_why.is_(None), _CARDS.c.message_id.is_not(None))
_OF_PATIENT = (
    select(_CARDS)
    .where(_CARDS.c.patient_id == bindparam("patient"), _CARDS.c.actions.is_not(None), _CAN_BE_SHOWN)
    .order_by(_CARDS.c.id)
)
# Locked: of two patients of one digest that change at once, the later turn sees both.
_DIGESTS_OF = (
    select(_CARDS)
    .where(
        _CARDS.c.id.in_(select(_REMINDERS.c.card_id).where(_REMINDERS.c.patient_id == bindparam("patient"))),
        _CARDS.c.patient_id.is_(None),
        _CARDS.c.actions.is_not(None),
        _CAN_BE_SHOWN,
    )
    .order_by(_CARDS.c.id)
    .with_for_update()
)
_OVERTAKEN = (
    select(_CARDS)
    .where(_NEVER_SHOWN, _CARDS.c.wanted_at < bindparam("before"))
    .where(
        select(_REMINDERS.c.id)
        .where(_REMINDERS.c.card_id == _CARDS.c.id, _REMINDERS.c.wake_on <= bindparam("day"))
        .exists()
    )
    .order_by(_CARDS.c.id)
    .with_for_update(skip_locked=True)
)
# Words are never for a message that came by itself, unless they reply to it, or it was acted on since.
_NEWEST = _LIVE.where(
    _CARDS.c.member_id == bindparam("member"), _CARDS.c.unasked.is_(False), _CARDS.c.id < bindparam("before")
)
_OF_OTHERS = (
    select(_CARDS)
    .where(_CARDS.c.member_id == bindparam("member"), _CARDS.c.actions.is_not(None), _CAN_BE_SHOWN)
    .where(_CARDS.c.patient_id.is_not(None), _CARDS.c.patient_id != bindparam("patient"))
    .where(_CARDS.c.wanted_at >= bindparam("since"))
    .order_by(_CARDS.c.id.desc())
)
# Of the column's type also where it stands in an expression: SQLite compares times as they are spelled.
_NOW = bindparam("now", type_=_CARDS.c.wanted_at.type)
_WANT = (
    update(_CARDS)
    .where(_THE_CARD)
    .values(
        body=bindparam("new_body"),
        picture=bindparam("new_picture", type_=_CARDS.c.picture.type),
        actions=bindparam("new_actions"),
        token=bindparam("new_token"),
        interview_id=bindparam("its_interview"),
        patient_id=bindparam("its_patient"),
        wanted_at=case((_NEVER_SHOWN, func.coalesce(_CARDS.c.wanted_at, _NOW)), else_=_NOW),
        dead_why=None,
        revision=_CARDS.c.revision + 1,
        not_before=case((_CARDS.c.attempts == 0, _CARDS.c.not_before), else_=None),
        attempts=0,
    )
)
_ADOPT = update(_CARDS).where(_THE_CARD).values(message_id=bindparam("message"))
_TAKEN_UP = update(_CARDS).where(_THE_CARD).values(unasked=False)
_LET_GO = (
    update(_CARDS)
    .where(_CARDS.c.interview_id == bindparam("interview"))
    .values(interview_id=None, body=None, actions=None)
)
_WAITING = (
    select(_CARDS.c.chat_id)
    .where(_NOT_SHOWN, or_(_CARDS.c.not_before.is_(None), _CARDS.c.not_before <= bindparam("now")))
    .distinct()
)
_OF_CHAT = (
    select(_CARDS).where(_NOT_SHOWN, _CARDS.c.chat_id == bindparam("chat")).order_by(_CARDS.c.id).with_for_update()
)
_TAKE = update(_CARDS).where(_THE_CARD).values(taken_until=bindparam("until"))
# The fence: only a revision that is newer than what is shown is written down.
_SETTLED = (
    update(_CARDS)
    .where(_THE_CARD, _CARDS.c.shown < bindparam("of"))
    .values(
        shown=bindparam("of"),
        body=case((_CARDS.c.revision == bindparam("of"), None), else_=_CARDS.c.body),
        picture=case((_CARDS.c.revision == bindparam("of"), None), else_=_CARDS.c.picture),
        taken_until=None,
        attempts=0,
    )
)
_SHOWN = _SETTLED.values(
    message_id=func.coalesce(bindparam("message", type_=_CARDS.c.message_id.type), _CARDS.c.message_id)
)
_BURY = _SETTLED.values(dead_why=bindparam("why"))
_FORGET_MESSAGE = (
    update(_CARDS)
    .where(_THE_CARD, _CARDS.c.message_id == bindparam("message"))
    .values(message_id=None, taken_until=None)
)
_POSTPONE = (
    update(_CARDS)
    .where(_THE_CARD)
    .values(not_before=bindparam("until"), attempts=bindparam("failures"), taken_until=None)
)
_SET_ASIDE = (
    update(_CARDS)
    .where(_NOT_SHOWN)
    .values(shown=_CARDS.c.revision, body=None, picture=None, taken_until=None, dead_why=bindparam("why"))
)
_SET_ASIDE_OF = _SET_ASIDE.where(_CARDS.c.member_id == bindparam("member"))
_END_PAUSES = update(_CARDS).where(_CARDS.c.not_before.is_not(None)).values(not_before=None)
_OLDEST = select(func.min(_CARDS.c.wanted_at)).where(
    _NOT_SHOWN,
    not_(
        _CARDS.c.unasked & _CARDS.c.message_id.is_(None) & _CARDS.c.member_id.in_(bindparam("asleep", expanding=True))
    ),
)
_LAST_MESSAGE = select(func.max(_CARDS.c.message_id))


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """A message of ours; `actions` are None once its buttons have no meaning any more."""

    id: int
    chat_id: int
    member_id: int
    interview_id: int | None
    patient_id: int | None
    token: str | None
    actions: dict[str, Any] | None
    body: str | None
    picture: dict[str, Any] | None
    revision: int
    message_id: int | None
    attempts: int
    wanted_at: datetime | None
    unasked: bool


_FIELDS = tuple(field.name for field in fields(Card))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a card should show: `body` None leaves the text and takes the buttons away.

    `picture` is what is drawn, or written as a file, when it is shown; such a card is sent once, with the body under
    it, and never edited.
    """

    at: datetime
    interview_id: int | None = None
    patient_id: int | None = None
    body: str | None = None
    picture: dict[str, Any] | None = None
    actions: dict[str, Any] | None = None
    token: str | None = None


class Cards:
    """`wanted_in` are the chats in which this turn wants something shown: whoever took it wakes them."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self.wanted_in: set[int] = set()

    # What a turn does

    def add(self, chat_id: int, member_id: int, *, unasked: bool = False) -> Card:
        """A new card that wants nothing yet; `unasked` if it answers no act of its reader."""
        row = {"chat_id": chat_id, "member_id": member_id, "unasked": unasked}
        row |= {"revision": 0, "shown": 0, "attempts": 0}
        return _card(self._connection.execute(_ADD, row).one())

    def want(self, card: Card, wish: Wish) -> None:
        """What the card should show from now on; since when it waits, if it was never shown, is not forgotten."""
        terms: dict[str, Any] = {"card": card.id, "new_body": wish.body, "new_actions": wish.actions}
        terms |= {"new_token": wish.token, "its_interview": wish.interview_id, "now": wish.at}
        terms |= {"its_patient": wish.patient_id, "new_picture": wish.picture}
        self._connection.execute(_WANT, terms)
        self.wanted_in.add(card.chat_id)

    def by_token(self, token: str) -> Card | None:
        return _maybe(self._connection.execute(_BY_TOKEN, {"its_token": token}).first())

    def by_message(self, chat_id: int, message_id: int) -> Card | None:
        return _maybe(self._connection.execute(_BY_MESSAGE, {"chat": chat_id, "message": message_id}).first())

    def of_interview(self, interview_id: int) -> Card | None:
        """The card whose buttons act on an interview, if it is on screen."""
        return _maybe(self._connection.execute(_OF_INTERVIEW, {"interview": interview_id}).first())

    def live_of(self, patient_id: int) -> list[Card]:
        """The cards about a patient that have buttons, whoever reads them."""
        return [_card(row) for row in self._connection.execute(_OF_PATIENT, {"patient": patient_id})]

    def digests_of(self, patient_id: int) -> list[Card]:
        """The messages about several patients by which one's reminders were told last; locked for this turn."""
        return [_card(row) for row in self._connection.execute(_DIGESTS_OF, {"patient": patient_id})]

    def overtaken(self, day: date, before: datetime) -> list[Card]:
        """Reminders that nobody was shown by a time, of which something more is to be told by the end of a day."""
        return [_card(row) for row in self._connection.execute(_OVERTAKEN, {"day": day, "before": before})]

    def newest(self, member_id: int, before: Card | None = None) -> Card | None:
        """The newest card of a member that has buttons; of those older than one."""
        terms = {"member": member_id, "before": before.id if before else _AFTER_ALL}
        return _maybe(self._connection.execute(_NEWEST, terms).first())

    def of_others(self, card: Card, before: timedelta) -> Iterator[Card]:
        """What its reader has with buttons about other patients that came or changed since, or so long before it."""
        assert card.wanted_at is not None
        terms = {"member": card.member_id, "patient": card.patient_id, "since": card.wanted_at - before}
        return map(_card, self._connection.execute(_OF_OTHERS, terms))

    def adopt(self, card: Card, message_id: int) -> None:
        """Count another message as this card: a crash between send and mark can leave a duplicate."""
        self._connection.execute(_ADOPT, {"card": card.id, "message": message_id})

    def take_up(self, card: Card) -> None:
        """A message that came by itself is from now on one that its reader has asked for: they have acted on it."""
        self._connection.execute(_TAKEN_UP, {"card": card.id})

    def let_go(self, interview_id: int) -> None:
        """Erase what the cards of an interview hold; the messages stay as they are."""
        self._connection.execute(_LET_GO, {"interview": interview_id})

    def set_aside(self, why: str, member_id: int | None = None) -> None:
        """Nothing that is not shown yet, of one member or of all, will ever be."""
        if member_id is None:
            self._connection.execute(_SET_ASIDE, {"why": why})
        else:
            self._connection.execute(_SET_ASIDE_OF, {"why": why, "member": member_id})

    def end_pauses(self) -> None:
        """Let every card be tried at once."""
        self._connection.execute(_END_PAUSES)

    def oldest_unshown(self, asleep: Sequence[int] = ()) -> datetime | None:
        """Since when the oldest card waits to be shown, if one does; but what waits until members wake up."""
        return self._connection.execute(_OLDEST, {"asleep": list(asleep)}).scalar()

    def last_message(self) -> int:
        """The highest message id ever shown, 0 before the first."""
        return self._connection.execute(_LAST_MESSAGE).scalar() or 0

    # What the deliverer does

    def chats_waiting(self, now: datetime) -> list[int]:
        """Chats with a card that could be shown now."""
        return list(self._connection.execute(_WAITING, {"now": now}).scalars())

    def take_next(
        self, chat_id: int, now: datetime, hold: timedelta | None, is_passed: Callable[[Card], bool] = lambda _: False
    ) -> Card | None:
        """The oldest card of a chat that is not shown, for one deliverer for so long; no `hold` if there is but one.

        Those that are passed stay where they are. None if there is no other, if another deliverer serves the chat, or
        if the chat has to wait.
        """
        rows = self._connection.execute(_OF_CHAT, {"chat": chat_id}).all()
        if not rows or any(_waits(row, now, hold) for row in rows):
            return None
        card = next((each for each in map(_card, rows) if not is_passed(each)), None)
        if card is not None and hold is not None:
            self._connection.execute(_TAKE, {"card": card.id, "until": now + hold})
        return card

    def mark(self, card: Card, message_id: int | None) -> bool:
        """Write down that Telegram shows this revision; False if a later writer was faster."""
        fact = {"card": card.id, "of": card.revision, "message": message_id}
        return self._connection.execute(_SHOWN, fact).rowcount == 1

    def forget_message(self, card: Card) -> None:
        """The message is gone, unless the card has adopted another meanwhile: send anew."""
        self._connection.execute(_FORGET_MESSAGE, {"card": card.id, "message": card.message_id})

    def postpone(self, card: Card, until: datetime, failures: int) -> None:
        """Wait after so many failures, which a person's next act cuts short; 0 failures if Telegram asked for it."""
        self._connection.execute(_POSTPONE, {"card": card.id, "until": until, "failures": failures})

    def bury(self, card: Card, why: str) -> None:
        """Telegram will never show it; the cards behind it go on."""
        self._connection.execute(_BURY, {"card": card.id, "of": card.revision, "why": why})


def is_newer(other: Card, card: Card) -> bool:
    """Whether one came or changed after another."""
    assert other.wanted_at is not None
    assert card.wanted_at is not None
    return other.wanted_at >= card.wanted_at


def _waits(row: Row[Any], now: datetime, hold: timedelta | None) -> bool:
    """Whether a card makes its chat wait.

    A hold longer than any was taken by a clock that has been set back since; without holds, by one who has died.
    """
    if row.not_before and row.not_before > now:
        return True
    return hold is not None and row.taken_until is not None and now < row.taken_until <= now + 2 * hold


def _maybe(row: Row[Any] | None) -> Card | None:
    return _card(row) if row else None


def _card(row: Row[Any]) -> Card:
    return Card(**{name: getattr(row, name) for name in _FIELDS})
