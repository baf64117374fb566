"""How long to wait before an attempt is repeated."""

FIRST_SECONDS = 0.5
_DOUBLINGS = 16


def pause(failures: int, longest: float) -> float:
    """Seconds after so many failures: doubling each time, up to `longest`."""
    return min(FIRST_SECONDS * 2.0 ** min(failures, _DOUBLINGS), longest)
