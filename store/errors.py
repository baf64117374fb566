"""What can go wrong in the store.

StoreError
    StoreUnavailable      locked, full, gone, or not to be opened: the same act may succeed later
"""


class StoreError(Exception):
    """The store could not do what it was asked."""


class StoreUnavailable(StoreError):
    """Nothing was written; the same act may succeed later. Its text is a sentence for an operator."""
