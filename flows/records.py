"""Records that one chart makes by the hundred: frozen to the type checker, which reads every line that could write.

A frozen dataclass takes three times as long to fill, as it must go round its own guard for each field; that was an
eighth of a report. For everything that is made once, or seldom, it stays `dataclass`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

__all__ = ["record"]

if TYPE_CHECKING:
    from dataclasses import dataclass as record
else:

    def record(*, frozen: bool, **options: bool) -> Callable[[type], type]:
        """`dataclass` without the guard at run time; equal and hashable as a frozen one is."""
        return dataclass(unsafe_hash=frozen, **options)
