"""The truth tables of CLINICAL.md 2, each on plain known numbers; who calls them tries all completions."""

from .readings import HBI_RESPONSE_UNREACHABLE_IS_NOT_APPLICABLE
from .verdicts import NOT_APPLICABLE, holds


def hbi_remission(now: int) -> str:  # E1
    return holds(now < 5)


def cdai_remission(now: int) -> str:  # E1b
    return holds(now < 150)


def cdai_remission_registry(now: int) -> str:  # 1.2: NCT06045754
    return holds(now <= 150)


def cdai_response(base: int, now: int) -> str:  # E2, D15
    return NOT_APPLICABLE if base < 100 else holds(base - now >= 100)


def hbi_response(base: int, now: int) -> str:  # 1.1, authority practice
    if base < 3 and HBI_RESPONSE_UNREACHABLE_IS_NOT_APPLICABLE:
        return NOT_APPLICABLE
    return holds(base - now >= 3)


def pms_remission(now: int) -> str:  # E3
    return holds(now <= 2)


def pms_remission_stride(sf: int, rb: int, pga: int) -> str:  # E3, authority guideline
    return holds((sf + rb + pga < 3 and max(sf, rb, pga) <= 1) or (rb == 0 and sf == 0))


def pms_remission_nct05069259(sf: int, rb: int, pga: int) -> str:  # E3, authority practice
    return holds(sf + rb + pga <= 2 and max(sf, rb, pga) <= 1)


def pms_drop(base: int, now: int) -> str:
    """NCT05069259 prints no baseline from which it is out of reach."""
    return holds(base - now >= 2)


def pms_response(base: int, now: int) -> str:  # E4, D15
    return NOT_APPLICABLE if base < 2 else holds(base - now >= 2)


def ses_response(base: int, now: int) -> str:  # E5, D15
    return NOT_APPLICABLE if base == 0 else holds(2 * now <= base)


def ses_response_trial(base: int, now: int) -> str:  # E5t
    if base == 0:
        return NOT_APPLICABLE
    return holds(2 * now < base or (base == 4 and base - now >= 2))


def ses_remission_unreachable(base: int) -> bool:  # E6, D15
    return base < 2


def mes_remission(now: int) -> str:  # E7
    return holds(now <= 1)


def mes_remission_strict(now: int) -> str:  # E7, D12: ACG 2025
    return holds(now == 0)


def mucosal_healing(base: int, now: int) -> str:  # E8, D15: ulcerated surface over the segments
    return NOT_APPLICABLE if base == 0 else holds(now == 0)
