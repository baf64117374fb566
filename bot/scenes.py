"""The way from the desk to the rehearsal, which plays on a desk of its own."""

from bot.views import View


def scene(number: int) -> View:
    """One scene of the rehearsal; NotNow for one that it does not have."""
    from bot.rehearsal import scene_view  # noqa: PLC0415  it imports the desk

    return scene_view(number)
