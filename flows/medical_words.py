"""Words of medicine that nobody's street is called, and words for where patients are seen.

They are known where a street or a link is sought, and not where a name is: a patient may be called Colon.
"""

import re

# As they stand, and by how a longer word begins.
_WHOLE = """
agalactiae aureus bovis caecum cecum clisma clistere coecum colon drain duodeni enema enemas espuma foam ileal ilei
ileum jejuni jejunum katheter catheter kolon lavement mitis mousse mutans patch pflaster picc pouch pylorus pyogenes
recti rectum rektum schaum schiuma sigma sonda sonde spray stoma viridans
"""
_STEMS = """
abscess abszess adalimum anastomos aphth appendi azathiopr azatiopr budesonid capsul cholestyramin ciclospor ciproflox
clysma colestyramin corticost cortison cyclospor duodenum enoxapar erosion etrasimod filgotinib fistul golimum heparin
hidrocort hydrocort infliximab infusion injection injektion inyecci kapsel klysm kortikost kortison loperamid
mercaptopur merkaptopur mesalamin mesalazin methotrex methylpred metilpred metotrex metronidaz mirikizum ozanimod
pantopraz paracetam polyp prednis rifaximin risankizum salazopyrin sigmoid stenos strictur striktur sulfasalazin
supposit supositor supozit supposta supposte tablett tacrolim takrolim tofacitinib ulcer ulkus upadacitinib ustekinum
vancomyc vankomyc vedolizum zäpfchen zökum
"""
_PLACES = """
ambulance ambulanz apotheke bioscientia cerba eurofins external extern inside intake klinik kliniken klinikum
krankenhaus kórház labcorp laboratoire nemocnice ordination ospedale outside pharmacy poliklinik praxis quest
radiology recovery referral room sjukhus spital station surgery sykehus synlab szpital theatre triage unilabs ward
ziekenhuis
"""
_MEDICAL = re.compile(rf"(?:{'|'.join(_WHOLE.split())}|(?:{'|'.join(_STEMS.split())})[^\W\d_]*)")
_PLACE = re.compile(rf"(?:{'|'.join(_PLACES.split())})[0-9]{{0,3}}")


def is_medical(word: str) -> bool:
    return _MEDICAL.fullmatch(word.casefold()) is not None


def is_place(word: str) -> bool:
    """A ward, a laboratory or a hospital, with its number."""
    return _PLACE.fullmatch(word.casefold()) is not None
