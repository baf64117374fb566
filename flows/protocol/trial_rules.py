"""What trials and guidelines call remission and response by patient-reported items and by the adapted Mayo score.

CLINICAL.md 1.3 and 1.4; none of them is the protocol's. Thresholds are exact fractions: 2.8 is 2.8.
"""

from fractions import Fraction

from flows.citations import (
    CELEST,
    FULL_MAYO_RESPONSE,
    NCT06045754,
    SF_AP_RESPONSE,
    STRIDE_II_TARGETS,
    UC_PRO2_REMISSION,
    UPADACITINIB_TRIALS,
    Citation,
)
from flows.criteria import Rule, all_of, any_of, where_reachable
from flows.protocol.facts import FACTS, criterion
from flows.ranges import Points, written

STRIDE_II_SF_AT_MOST = 3
AP_AT_MOST = 1
PHASE_3_SF_AT_MOST = Fraction("2.8")
CELEST_SF_AT_MOST = Fraction("1.5")
WEIGHTED_PRO2_AT_MOST = 8
SF_AP_RESPONSE_PER_CENT = 30
PRO2_RESPONSE_PER_CENT = 50
UC_PRO2_SF_AT_MOST = 1
ADAPTED_MAYO_SUBSCORE_AT_MOST = 1
ADAPTED_MAYO_RESPONSE_DROP = 2
# Of the adapted and of the full score: bleeding has gone down by so much, or is no more than this.
BLEEDING_DROP = 1
BLEEDING_AT_MOST = 1
ADAPTED_MAYO_RESPONSE_PER_CENT = 30
MAYO_RESPONSE_DROP = 3
MAYO_RESPONSE_PER_CENT = 30

# The form's MES 1 reads mild friability (CLINICAL.md 1.4).
_FRIABILITY = "(any friability is MES 2 there, to be confirmed)"
_BY_SF_AP = UPADACITINIB_TRIALS.at("clinical remission by SF and AP")
_BY_ADAPTED_MAYO = UPADACITINIB_TRIALS.at("adapted Mayo score")


def _has_dropped(before: float, now: float, per_cent: int) -> bool:
    """By at least so much; from nothing there is no drop."""
    return before > 0 and 100 * now <= (100 - per_cent) * before


def _stools_at_most(limit: Points, source: Citation) -> Rule:
    @criterion(f"stool frequency <= {written(limit)}", source)
    def are_few(sf: float) -> bool:
        return sf <= limit

    return are_few


@criterion(f"abdominal pain <= {AP_AT_MOST}", _BY_SF_AP)
def pain_is_low_enough(ap: float) -> bool:
    return ap <= AP_AT_MOST


@criterion("stool frequency not worse than at baseline", _BY_SF_AP)
def stools_are_not_worse(sf_baseline: float, sf: float) -> bool:
    return sf <= sf_baseline


@criterion("abdominal pain not worse than at baseline", _BY_SF_AP)
def pain_is_not_worse(ap_baseline: float, ap: float) -> bool:
    return ap <= ap_baseline


pro2_is_remission = all_of(
    _stools_at_most(STRIDE_II_SF_AT_MOST, STRIDE_II_TARGETS), pain_is_low_enough, source=STRIDE_II_TARGETS
)
sf_ap_is_remission = all_of(
    _stools_at_most(PHASE_3_SF_AT_MOST, _BY_SF_AP),
    pain_is_low_enough,
    stools_are_not_worse,
    pain_is_not_worse,
    source=_BY_SF_AP,
)
sf_ap_is_remission_for_celest = all_of(
    _stools_at_most(CELEST_SF_AT_MOST, CELEST),
    pain_is_low_enough,
    stools_are_not_worse,
    pain_is_not_worse,
    source=CELEST,
)


@criterion(f"weighted PRO2 <= {WEIGHTED_PRO2_AT_MOST}", NCT06045754)
def weighted_pro2_is_low_enough(pro2: float) -> bool:
    return pro2 <= WEIGHTED_PRO2_AT_MOST


@criterion(
    f"weighted PRO2 drop >= {PRO2_RESPONSE_PER_CENT} %",
    STRIDE_II_TARGETS,
    reachable=lambda pro2_baseline: bool(pro2_baseline > 0),
)
def pro2_has_halved(pro2_baseline: float, pro2: float) -> bool:
    return _has_dropped(pro2_baseline, pro2, PRO2_RESPONSE_PER_CENT)


@criterion(f"stool frequency drop >= {SF_AP_RESPONSE_PER_CENT} %", SF_AP_RESPONSE)
def stools_have_dropped(sf_baseline: float, sf: float) -> bool:
    return _has_dropped(sf_baseline, sf, SF_AP_RESPONSE_PER_CENT)


@criterion(f"abdominal pain drop >= {SF_AP_RESPONSE_PER_CENT} %", SF_AP_RESPONSE)
def pain_has_dropped(ap_baseline: float, ap: float) -> bool:
    return _has_dropped(ap_baseline, ap, SF_AP_RESPONSE_PER_CENT)


sf_ap_is_response = where_reachable(
    all_of(
        any_of(stools_have_dropped, pain_has_dropped, source=SF_AP_RESPONSE),
        stools_are_not_worse,
        pain_is_not_worse,
        source=SF_AP_RESPONSE,
    ),
    lambda sf_baseline, ap_baseline: bool(sf_baseline > 0 or ap_baseline > 0),
    facts=FACTS,
)


@criterion(f"stool frequency <= {UC_PRO2_SF_AT_MOST}", UC_PRO2_REMISSION)
def pro2_stools_are_few(uc_pro2_sf: float) -> bool:
    return uc_pro2_sf <= UC_PRO2_SF_AT_MOST


@criterion("bleeding 0", UC_PRO2_REMISSION)
def pro2_bleeding_is_none(uc_pro2_rb: float) -> bool:
    return uc_pro2_rb == 0


uc_pro2_is_remission = all_of(pro2_stools_are_few, pro2_bleeding_is_none, source=UC_PRO2_REMISSION)


@criterion(f"stool frequency <= {ADAPTED_MAYO_SUBSCORE_AT_MOST}", _BY_ADAPTED_MAYO)
def adapted_stools_are_few(adapted_sf: float) -> bool:
    return adapted_sf <= ADAPTED_MAYO_SUBSCORE_AT_MOST


@criterion("stool frequency not above the baseline", _BY_ADAPTED_MAYO)
def adapted_stools_are_not_worse(adapted_sf_baseline: float, adapted_sf: float) -> bool:
    return adapted_sf <= adapted_sf_baseline


@criterion("bleeding 0", _BY_ADAPTED_MAYO)
def adapted_bleeding_is_none(adapted_rb: float) -> bool:
    return adapted_rb == 0


@criterion(f"endoscopy <= {ADAPTED_MAYO_SUBSCORE_AT_MOST} {_FRIABILITY}", _BY_ADAPTED_MAYO)
def adapted_endoscopy_is_low(adapted_mes: float) -> bool:
    return adapted_mes <= ADAPTED_MAYO_SUBSCORE_AT_MOST


adapted_mayo_is_remission = all_of(
    adapted_stools_are_few,
    adapted_stools_are_not_worse,
    adapted_bleeding_is_none,
    adapted_endoscopy_is_low,
    source=_BY_ADAPTED_MAYO,
)


@criterion(
    f"adapted Mayo drop >= {ADAPTED_MAYO_RESPONSE_DROP} {_FRIABILITY}",
    _BY_ADAPTED_MAYO,
)
def adapted_mayo_has_dropped(adapted_mayo_baseline: float, adapted_mayo: float) -> bool:
    return adapted_mayo_baseline - adapted_mayo >= ADAPTED_MAYO_RESPONSE_DROP


@criterion(f"adapted Mayo drop >= {ADAPTED_MAYO_RESPONSE_PER_CENT} %", _BY_ADAPTED_MAYO)
def adapted_mayo_has_dropped_by_a_share(adapted_mayo_baseline: float, adapted_mayo: float) -> bool:
    return _has_dropped(adapted_mayo_baseline, adapted_mayo, ADAPTED_MAYO_RESPONSE_PER_CENT)


@criterion(f"bleeding drop >= {BLEEDING_DROP}", _BY_ADAPTED_MAYO)
def adapted_bleeding_has_dropped(adapted_rb_baseline: float, adapted_rb: float) -> bool:
    return adapted_rb_baseline - adapted_rb >= BLEEDING_DROP


@criterion(f"bleeding <= {BLEEDING_AT_MOST}", _BY_ADAPTED_MAYO)
def adapted_bleeding_is_low(adapted_rb: float) -> bool:
    return adapted_rb <= BLEEDING_AT_MOST


adapted_mayo_is_response = where_reachable(
    all_of(
        adapted_mayo_has_dropped,
        adapted_mayo_has_dropped_by_a_share,
        any_of(adapted_bleeding_has_dropped, adapted_bleeding_is_low, source=_BY_ADAPTED_MAYO),
        source=_BY_ADAPTED_MAYO,
    ),
    lambda adapted_mayo_baseline: bool(adapted_mayo_baseline >= ADAPTED_MAYO_RESPONSE_DROP),
    facts=FACTS,
)


@criterion(
    f"Mayo drop >= {MAYO_RESPONSE_DROP}",
    FULL_MAYO_RESPONSE,
)
def mayo_has_dropped(mayo_baseline: float, mayo: float) -> bool:
    return mayo_baseline - mayo >= MAYO_RESPONSE_DROP


@criterion(f"Mayo drop >= {MAYO_RESPONSE_PER_CENT} %", FULL_MAYO_RESPONSE)
def mayo_has_dropped_by_a_share(mayo_baseline: float, mayo: float) -> bool:
    return _has_dropped(mayo_baseline, mayo, MAYO_RESPONSE_PER_CENT)


@criterion(f"bleeding drop >= {BLEEDING_DROP}", FULL_MAYO_RESPONSE)
def mayo_bleeding_has_dropped(mayo_rb_baseline: float, mayo_rb: float) -> bool:
    return mayo_rb_baseline - mayo_rb >= BLEEDING_DROP


@criterion(f"bleeding <= {BLEEDING_AT_MOST}", FULL_MAYO_RESPONSE)
def mayo_bleeding_is_low(mayo_rb: float) -> bool:
    return mayo_rb <= BLEEDING_AT_MOST


mayo_is_response = where_reachable(
    all_of(
        mayo_has_dropped,
        mayo_has_dropped_by_a_share,
        any_of(mayo_bleeding_has_dropped, mayo_bleeding_is_low, source=FULL_MAYO_RESPONSE),
        source=FULL_MAYO_RESPONSE,
    ),
    lambda mayo_baseline: bool(mayo_baseline >= MAYO_RESPONSE_DROP),
    facts=FACTS,
)
