"""What an answer is: a domain code that can be stored as JSON; None beside it means not assessed."""

from collections.abc import Mapping

Value = int | str | tuple[str, ...]
Answers = Mapping[str, Value | None]
