"""What can go wrong in the core.

FlowError             a person did something that we can explain
    InvalidAnswer     an answer that the item does not take
    NotNow            an act that is not possible as things stand
DefinitionError       a shipped definition contradicts itself: our mistake, stops the import
"""


class FlowError(Exception):
    """A person did something that we can explain; its text is the sentence shown to the person."""


class InvalidAnswer(FlowError):
    """An answer that the item does not take; its text is a sentence for the person."""

    def __init__(self, item: str, sentence: str) -> None:
        super().__init__(sentence)
        self.item = item


class NotNow(FlowError):
    """An act that is not possible as things stand; its text says why."""


class DefinitionError(Exception):
    """A definition contradicts itself; raised while it is imported, so that it cannot ship."""
