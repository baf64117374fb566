"""Contested readings, one switch each: NOTES.md has the sentence, the readings and why this one."""

# N1. E8, base possibly 0 or unknown, now > 0 for certain.
# False: not_evaluable ("base null NE"; 1.5: "equal over the whole range"). True: not_met (header of section 2).
E8_NOT_MET_WITHOUT_BASELINE = False

# N2. E6, baseline range holds both <2 (not applicable) and >=2, and a condition is false whatever it is.
# False: not_evaluable (1.5 names E6). True: not_met, as its row says of a baseline wholly unknown.
E6_NOT_MET_WITH_DOUBTFUL_BASELINE = False

# N3. D15 says "unreachable is not_applicable" and does not list the HBI response.
HBI_RESPONSE_UNREACHABLE_IS_NOT_APPLICABLE = True

# N4. Section 2: "a total without items ... accepted the same way".
TOTAL_ONLY_BASELINE_NEEDS_ACCEPTANCE = True

# N5. Section 1.5: "Pouch, stoma, colectomy: PMS/Mayo ... invalid". Is E7 (MES alone) Mayo?
MES_NOT_APPLICABLE_WITHOUT_COLON = False

# N6. A full Mayo with its endoscopy not assessed is not a MES score (an older MES stays the latest).
UNASSESSED_PART_OF_MAYO_IS_A_SCORE = False

# N7. Another authority's not_evaluable beside a decided verdict of the protocol: not listed under differs.
UNDECIDED_AUTHORITY_DIFFERS = False

# N8. E4 flag baseline_in_remission: only where the drop counted (2 -> 0), not for 2 -> 1.
BASELINE_FLAG_ONLY_WHEN_MET = True

# N30. "Not worse than baseline" without any baseline: unknown, even if now is 0, which nothing is below.
# True: a baseline without a score is any number the items allow, as an item left open in one is.
NO_BASELINE_IS_ANY_BASELINE = False

# N31. As N2, for the responses of 1.3 and 1.4: a baseline that may or may not be unreachable, a condition false.
NOT_MET_WITH_DOUBTFUL_BASELINE = False

# N32. D15 names no SF/AP response, but says so of whatever cannot be reached. False: from SF 0 and AP 0 it is not_met.
SF_AP_RESPONSE_UNREACHABLE_IS_NOT_APPLICABLE = True
