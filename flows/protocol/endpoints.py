"""Has the patient reached what the protocol aims at? CLINICAL.md section 2, E1 to E8, and the endpoints of trials."""

from flows.citations import NCT05069259, STRIDE_II
from flows.criteria import all_of, any_of
from flows.protocol.endoscopy_rules import (
    MES_REMISSION_AT_MOST,
    SES_CD_REMISSION_AT_MOST,
    SES_CD_REMISSION_DROP,
    SES_CD_SUBSCORE_AT_MOST,
    UCEIS_REMISSION_AT_MOST,
    mes_is_low_enough,
    mes_is_strictly_remission,
    ses_cd_has_halved,
    ses_cd_has_more_than_halved,
    ses_cd_is_healed,
    ses_cd_is_remission,
    surface_has_healed,
    uceis_is_low_enough,
)
from flows.protocol.endpoint import Endpoint
from flows.protocol.rules import (
    CDAI_REMISSION_BELOW,
    HBI_REMISSION_BELOW,
    PMS_REMISSION_AT_MOST,
    SCCAI_REMISSION_BELOW,
    a_subscore_is_high,
    cdai_has_dropped,
    cdai_is_low_enough,
    cdai_is_low_enough_for_a_registry,
    hbi_has_dropped,
    hbi_is_low_enough,
    neither_stools_nor_bleeding,
    no_subscore_is_high,
    pms_has_dropped,
    pms_has_dropped_for_a_trial,
    pms_is_low_enough,
    pms_is_low_enough_for_stride_ii,
    pms_was_low_enough,
    sccai_has_dropped,
    sccai_is_low_enough,
)
from flows.protocol.trial_rules import (
    ADAPTED_MAYO_RESPONSE_DROP,
    ADAPTED_MAYO_RESPONSE_PER_CENT,
    ADAPTED_MAYO_SUBSCORE_AT_MOST,
    AP_AT_MOST,
    BLEEDING_AT_MOST,
    BLEEDING_DROP,
    MAYO_RESPONSE_DROP,
    MAYO_RESPONSE_PER_CENT,
    PHASE_3_SF_AT_MOST,
    SF_AP_RESPONSE_PER_CENT,
    STRIDE_II_SF_AT_MOST,
    UC_PRO2_SF_AT_MOST,
    adapted_mayo_is_remission,
    adapted_mayo_is_response,
    mayo_is_response,
    pro2_has_halved,
    pro2_is_remission,
    sf_ap_is_remission,
    sf_ap_is_remission_for_celest,
    sf_ap_is_response,
    uc_pro2_is_remission,
    weighted_pro2_is_low_enough,
)
from flows.questionnaire import Disease
from flows.ranges import written

_LESS_BLEEDING = f"bleeding down by {BLEEDING_DROP} or at most {BLEEDING_AT_MOST}"
# Remission by the registration of one trial: no subscore may be high.
_PMS_REMISSION_IN_A_TRIAL = all_of(pms_is_low_enough, no_subscore_is_high, source=NCT05069259)

CD_CLINICAL_REMISSION = Endpoint(
    id="cd.clinical_remission.hbi",
    disease=Disease.CROHNS,
    reading="hbi",
    aim="remission",
    target=f"remission < {HBI_REMISSION_BELOW}",
    highest_met=HBI_REMISSION_BELOW - 1,
    rule=hbi_is_low_enough,
)

CD_REMISSION_BY_CDAI = Endpoint(
    id="cd.clinical_remission.cdai",
    disease=Disease.CROHNS,
    reading="cdai",
    aim="remission",
    target=f"remission < {CDAI_REMISSION_BELOW}",
    highest_met=CDAI_REMISSION_BELOW - 1,
    rule=cdai_is_low_enough,
    others=(cdai_is_low_enough_for_a_registry,),
)

CD_ENDOSCOPIC_REMISSION = Endpoint(
    id="cd.endoscopic_remission",
    disease=Disease.CROHNS,
    reading="ses",
    aim="endoscopic remission",
    target=(
        f"remission <= {SES_CD_REMISSION_AT_MOST}, a drop of {SES_CD_REMISSION_DROP}, "
        f"no subscore above {SES_CD_SUBSCORE_AT_MOST}"
    ),
    highest_met=SES_CD_REMISSION_AT_MOST,
    rule=ses_cd_is_remission,
    others=(ses_cd_is_healed,),
)

CD_REMISSION_BY_PRO2 = Endpoint(
    id="cd.clinical_remission.pro2",
    disease=Disease.CROHNS,
    reading="pro2",
    aim="remission",
    target=f"remission: stools <= {STRIDE_II_SF_AT_MOST}, pain <= {AP_AT_MOST}",
    rule=pro2_is_remission,
    others=(weighted_pro2_is_low_enough,),
    optional=True,
)

CD_REMISSION_BY_SF_AP = Endpoint(
    id="cd.clinical_remission.sf_ap",
    disease=Disease.CROHNS,
    reading="pro2",
    aim="remission",
    target=(
        f"remission: stools <= {written(PHASE_3_SF_AT_MOST)}, pain <= {AP_AT_MOST}, neither worse than at baseline"
    ),
    rule=sf_ap_is_remission,
    others=(sf_ap_is_remission_for_celest,),
    optional=True,
)

UC_CLINICAL_REMISSION = Endpoint(
    id="uc.clinical_remission.pms",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="pms",
    aim="remission",
    target=f"remission <= {PMS_REMISSION_AT_MOST}",
    highest_met=PMS_REMISSION_AT_MOST,
    rule=pms_is_low_enough,
    others=(
        any_of(
            all_of(pms_is_low_enough_for_stride_ii, no_subscore_is_high, source=STRIDE_II),
            neither_stools_nor_bleeding,
            source=STRIDE_II,
        ),
        _PMS_REMISSION_IN_A_TRIAL,
    ),
    flags=(("subscore_gt1", a_subscore_is_high),),
)

UC_ENDOSCOPIC_REMISSION = Endpoint(
    id="uc.endoscopic_remission",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="mes",
    aim="endoscopic remission",
    target=f"remission <= {MES_REMISSION_AT_MOST}",
    highest_met=MES_REMISSION_AT_MOST,
    rule=mes_is_low_enough,
    others=(mes_is_strictly_remission,),
    short_of_it="endoscopic improvement",
)

UC_REMISSION_BY_PRO2 = Endpoint(
    id="uc.clinical_remission.pro2",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="uc_pro2",
    aim="remission",
    target=f"remission: stools <= {UC_PRO2_SF_AT_MOST}, bleeding 0",
    rule=uc_pro2_is_remission,
    optional=True,
)

UC_REMISSION_BY_UCEIS = Endpoint(
    id="uc.endoscopic_remission.uceis",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="uceis",
    aim="endoscopic remission",
    target=f"remission <= {UCEIS_REMISSION_AT_MOST}",
    highest_met=UCEIS_REMISSION_AT_MOST,
    rule=uceis_is_low_enough,
    optional=True,
)

UC_REMISSION_BY_SCCAI = Endpoint(
    id="uc.clinical_remission.sccai",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="sccai",
    aim="remission",
    target=f"remission < {SCCAI_REMISSION_BELOW}",
    highest_met=SCCAI_REMISSION_BELOW - 1,
    rule=sccai_is_low_enough,
    optional=True,
)

UC_REMISSION_BY_ADAPTED_MAYO = Endpoint(
    id="uc.clinical_remission.adapted_mayo",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="adapted_mayo",
    aim="remission",
    target=(
        f"remission: stools <= {ADAPTED_MAYO_SUBSCORE_AT_MOST} and not above the baseline, bleeding 0, "
        f"endoscopy <= {ADAPTED_MAYO_SUBSCORE_AT_MOST}"
    ),
    rule=adapted_mayo_is_remission,
    optional=True,
)

CD_CLINICAL_RESPONSE = Endpoint(
    id="cd.clinical_response.hbi",
    disease=Disease.CROHNS,
    reading="hbi",
    aim="clinical response",
    target=hbi_has_dropped.says,
    rule=hbi_has_dropped,
    remark="the protocol defines none",
)

UC_CLINICAL_RESPONSE = Endpoint(
    id="uc.clinical_response.pms",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="pms",
    aim="clinical response",
    target=pms_has_dropped.says,
    rule=pms_has_dropped,
    others=(any_of(pms_has_dropped_for_a_trial, _PMS_REMISSION_IN_A_TRIAL, source=NCT05069259),),
    flags=(("baseline_in_remission", pms_was_low_enough),),
)

CD_RESPONSE_BY_CDAI = Endpoint(
    id="cd.clinical_response.cdai",
    disease=Disease.CROHNS,
    reading="cdai",
    aim="clinical response",
    target=cdai_has_dropped.says,
    rule=cdai_has_dropped,
)

CD_ENDOSCOPIC_RESPONSE = Endpoint(
    id="cd.endoscopic_response",
    disease=Disease.CROHNS,
    reading="ses",
    aim="endoscopic response",
    target=ses_cd_has_halved.says,
    rule=ses_cd_has_halved,
    others=(ses_cd_has_more_than_halved,),
)

CD_MUCOSAL_HEALING = Endpoint(
    id="cd.mucosal_healing",
    disease=Disease.CROHNS,
    reading="ses_ulcerated",
    aim="mucosal healing",
    target=surface_has_healed.says,
    rule=surface_has_healed,
)

CD_RESPONSE_BY_PRO2 = Endpoint(
    id="cd.clinical_response.pro2",
    disease=Disease.CROHNS,
    reading="pro2",
    aim="clinical response",
    target=pro2_has_halved.says,
    rule=pro2_has_halved,
    optional=True,
)

CD_RESPONSE_BY_SF_AP = Endpoint(
    id="cd.clinical_response.sf_ap",
    disease=Disease.CROHNS,
    reading="pro2",
    aim="clinical response",
    target=f"stools or pain down by {SF_AP_RESPONSE_PER_CENT} %, neither worse",
    rule=sf_ap_is_response,
    optional=True,
)

UC_RESPONSE_BY_ADAPTED_MAYO = Endpoint(
    id="uc.clinical_response.adapted_mayo",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="adapted_mayo",
    aim="clinical response",
    target=(
        f"adapted Mayo down by {ADAPTED_MAYO_RESPONSE_DROP} and by {ADAPTED_MAYO_RESPONSE_PER_CENT} %, {_LESS_BLEEDING}"
    ),
    rule=adapted_mayo_is_response,
    optional=True,
)

UC_RESPONSE_BY_MAYO = Endpoint(
    id="uc.clinical_response.mayo",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="mayo",
    aim="clinical response",
    target=f"Mayo down by {MAYO_RESPONSE_DROP} and by {MAYO_RESPONSE_PER_CENT} %, {_LESS_BLEEDING}",
    rule=mayo_is_response,
    optional=True,
)

UC_RESPONSE_BY_SCCAI = Endpoint(
    id="uc.clinical_response.sccai",
    disease=Disease.ULCERATIVE_COLITIS,
    reading="sccai",
    aim="clinical response",
    target=sccai_has_dropped.says,
    rule=sccai_has_dropped,
    optional=True,
)

# In the order in which a headline prefers them.
REMISSION = (
    CD_CLINICAL_REMISSION,
    CD_REMISSION_BY_CDAI,
    CD_ENDOSCOPIC_REMISSION,
    CD_REMISSION_BY_PRO2,
    CD_REMISSION_BY_SF_AP,
    UC_CLINICAL_REMISSION,
    UC_ENDOSCOPIC_REMISSION,
    UC_REMISSION_BY_PRO2,
    UC_REMISSION_BY_ADAPTED_MAYO,
    UC_REMISSION_BY_UCEIS,
    UC_REMISSION_BY_SCCAI,
)

# Against a baseline, and so never of a quick check.
RESPONSE = (
    CD_CLINICAL_RESPONSE,
    CD_RESPONSE_BY_CDAI,
    CD_ENDOSCOPIC_RESPONSE,
    CD_MUCOSAL_HEALING,
    CD_RESPONSE_BY_PRO2,
    CD_RESPONSE_BY_SF_AP,
    UC_CLINICAL_RESPONSE,
    UC_RESPONSE_BY_ADAPTED_MAYO,
    UC_RESPONSE_BY_MAYO,
    UC_RESPONSE_BY_SCCAI,
)
