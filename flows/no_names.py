"""Words that stand where a name could stand, after `Patient:` or `Mr`, and are none.

Written with a capital they look like names, most of all in German. A word that is missing here stops a sentence
that could have passed; a word too many lets a namesake pass.
"""

from flows.analytes import ANALYTES

_ENGLISH = """
a abdomen abdominal able about above absent abstains accepted accepts access according achieved action active activity
acute additional adequate adherence adherent adjusted admitted adult adverse advised afebrile affected after again age
aged agreed agrees aims alert alive all allergic allergies allergy alone also alternative am ambulant ambulatory
amenorrhoeic an anaemia anaemic anamnesis and anemia anemic anonymous another answered antibiotics anxious any appears
appetite appropriate approved arrived as asked asks aspirin assessed asthma asthmatic asymptomatic at attached attended
attending attends attributable available average awaiting aware azathioprine back baseline be became because been before
began being better bid bio biologic biopsies biopsy bleeding bmi bored born both bothered bowel breast breastfeeding
breathless brother brought budesonide burning but by ca calcium call called came can cancelled cancer candidate cannot
card care case category cautioned cd cdai center centered centre centred change changed characteristics chart chest
chloride chooses chose chronic clear clinic clinical clinically close code cold colectomised colitis colleague
colleagues collected colonic comes comfortable comments comorbidities comorbidity complain complaining complains
complaints complete completed compliance compliant concern concerned concerns confidential confirmed confused congenital
conscious consent consented constipated consulted contacted continue continued continues continuing control cooperative
coordinator cough could counseling counselled covid cramping cramps crohn crohns ct cured current currently data
daughter day days death deceased december declined declines dehydrated delayed denied denies dental depressed derived
despite details deteriorated developed diabetes diabetic diagnosed diagnosis diarrhea diarrhoea diary did died diet
disability disabled discharge discharged discomfort discontinued discontinues discussed disease distended doctor does
doing done dose doses dropped drug due during dyspnoea early eczema effective elderly eligible email emergency end ended
endoscopic enrolled enteric entyvio episodes error estimated etrasimod ever every exam examined excluded exercise
expected experienced experiencing expired expresses extensive extra face facing factors failed falk family fasted
fasting father fatigue fears february feel feeling feels felt female ferritin fertile fever final fine finished first
fistula fistulae fistulas fit fitness flare flaring flow flu fluid folate follow followed following for forgot formed
found four frail frequent friday friend from full further gained gender general generally genital gets gives global
glucose gluten goal goals going good gp grade group had haematuria haemorrhoids happy hard harm has have having hbi he
headache health healthy heard heavy height held help her hereby herpes hesitant hidden high his history home hospital
hospitalised hospitalized how however humira husband hypertensive ibd ibdu id identifier identity ileal ileitis
ileostomy ill illness immune immunosuppressed improved improving in inactive increased index inflammatory informed
initiated inpatient insists instead instructed insurance insured intake intends interrupted into intolerant investigator
involved iron irregular is issue issues it itching itchy itself january joint july keeps kidney known lab laboratory
labs large last late leaflet lean leaves left lesion letter level life likely limited lipids liver lives living load
local longstanding losing loss lost low lying magnesium mail maintained maintenance make making male man march married
material medical meds menopausal mental mes mesalazine met methotrexate mg migraine mild minor minus missed missing
mobile moderate monday monitor monitored monitoring months mood more most mother motion moved mri multiple must my n na
naive name named nasal nausea nauseated near needing needs negative neither neutropenic never new next night no nobody
nocturnal non noncompliant none nonsmoker normal not note noted notes notice november now number nurse obese october
oedema of off old oligosymptomatic on once one only onset open operated opted or oral order orientated oriented
osteoporosis other our out outcome outcomes outpatient over overall overweight own ozanimod pain painful pains panel
participant participates partner past paused pelvis pending penicillin perform performed perianal pga pharma phone
physician planned plans pms pneumonia po po4 polyp polyps poor portal positioning positive possible postmenopausal
postponed potassium pouch pre prednisolone prednisone preference preferred prefers pregnancy pregnant premenopausal
prescribed present presents president pressure previous previously prior pro problem prof programme progress progressing
prolapse prolonged prone provided psoriasis pulse quality questionnaire ran range rash rate re reached ready reason
recall received receives recent recently rechecked recommended record records recovered rectal redacted reduced referred
refused refuses registered regular regularly relapse relapsed reluctant remained remains remind reminded remitted renal
repeat report reported reporting reports request requested requests required requires requiring resolved respiratory
responded responder response rest restarted restarts result results retired returned returning review reviewed right
rinvoq risk risks role routine safe safety said same sample satisfied saturday says scan sccai schar scheduled schär
score scored screened screening second section see seen sees selected semi sent sepsis september serious seropositive
ses sescd setting severe sex she shingles should show showed shows sick side signed signs since sister six skyrizi
sleeping sleeps slight small smoked smoker smokes smoking sodium soft some somebody someone son sore specific spoke
spontaneously spouse stable stage start started starting starts state states statin station status stayed steady stelara
steroid steroids still stoma stomach stools stop stopped stopping stricture stricturing student study subgroup subject
subjects subtotal successful suffered suffering suffers suggested summary sunday support surgery surgical swab sweating
switch switched symptom symptomatic symptoms systemic tablet tablets take taken takes taking tapered telephone tells ten
tenesmus tension test tested than thanks that the their them then therapy there these they this three thrombosis
thursday thyroid time tired tnf to today told tolerable tolerance tolerated tolerates tolerating took toxic transfer
transferred transplant transport travelled travelling travels treated trial troubled tuberculosis tuesday tumour twice
two type uc uceis ulcerative unable unaware uncertain unchanged undecided under underwent uneventful unit unknown
unremarkable unsure until untreated unvaccinated unwell unwilling up updated urea urgency urgent urine us used uses
usual uti uveitis vaccinated vaccine vague value values verbal version very viral visit visited visits vitals vomited
vomiting wait waiting wanted wants warned was weak weaned wednesday week weekly weeks weight well went were whatever
when which while who whole whose wife willing wished wishes with withdrawal withdrawn withdrew withheld without woman
women work works worried worry worse worsened worsening would written year years yes yesterday you zoster
"""
# Of instruments.
_EPONYMS = """
behçet bradshaw bristol geboes harvey lichtiger mayo montreal nancy pugh rachmilewitz robarts rutgeerts truelove witts
"""
# Of diseases, and germs: what stands after `M.` in German, where a Frenchman would stand in French.
_AFTER_M = """
addison alzheimer avium basedow bechterew behcet behçet boeck bovis castleman cushing dupuytren fabry gaucher gilbert
graves hashimoto hodgkin kahler kansasii ledderhose leprae meniere meulengracht ménière ménétrier osler paget parkinson
perthes pneumoniae raynaud scheuermann sjögren sudeck waldenström werlhof whipple wilson
"""
_GERMAN = """
ab abbruch abdominell abgebrochen adipositas adipös akne akut akute alkohol alleinstehend allergie allgemein
allgemeinzustand alter ambulante anamnese angegeben angst anonym ansprechen antibiotika appetit arbeitsfähig
arbeitsunfähig arzt asymptomatisch atmung auch auf aufgeklärt augen aus azathioprin bauch becken befund befunde beginn
behandelt bei bekommt belastbar belt benötigt beobachtet bereits berichtet beschwerden bespricht besser besteht
bettlägerig biologika biopsie bisher bitte blass blut blutbild blutdruck blutig blutung braucht bricht brustkrebs
cortison crohnpatient daher danach dann das dass daten depressiv der derzeit dezember diagnose diagnosen dialyse
diarrhoe diarrhö die dienstag dimer dimere diät donnerstag dosis durchfall durchfälle eher ein eine eingeschlossen
eingeschränkt einverstanden eisen eisenmangel endoskopisch entlassen entwickelt entzug er erbrechen erfolgt erholt
erhält erkrankt erkältet erneut erscheint erst erste erster erwünscht essen extraintestinal familie familiär februar
fehlt fettleber fieber fistel frau frei freitag fährt fühlt fühlte für gab gabe gebessert geht geimpft gemäß gerne
geschlecht gestern gestillt gesund gewicht gewichtsverlust gibt grippe grund größe gut hat hatte hausarzt haut hautarzt
herz heute husten hypertonie hypertonus hämorrhoiden ileostoma ileozökal ileum immer impfung infekt insgesamt
insuffizienz ist ja jahr jahre januar jetzt juckreiz juli junge juni kam kein keine keinen keines kind klagt klinisch
kollege kollegin kommt komplett konnte kontakt kontrolle kooperativ kortison kostform krank krämpfe körperlich labor
lage langzeit lehnt leicht leichte leidet letzte letzter luts mai mann massiv mehr mehrere meint meldet migräne mit
mitte mittwoch montag morbus multimorbid mutter männlich märz möchte müde nach nachts nachtschweiß nachtstühle nahrung
neu nicht nichtraucher nichtraucherin nichts nie niere nimmt noch normalgewichtig notfall nr nur nüchtern oder ohne
oktober op osteoporose pat patienten patientin pause pflegebedürftig pneumonie prednisolon privat probe psychisch
raucher raucherin regelmäßig reise reizdarm rektal rente rentner rentnerin rezidiv risiko ruft ruhig rückruf samstag
scheint schilddrüse schlaf schlank schlecht schlechter schläft schmerz schon schub schwach schwanger schwer schwindel
sehr seine seit seither selbst seltene sie siehe sieht sind soll sonntag sonst ssw stabil stationär stenose
steroidabhängig steroide steroidrefraktär stillend stillt stopp studentin stuhldrang stühle symptome tablette tabletten
teilnahme telefonisch termin thrombose tod traten trinkt trägt tumor unauffällig unbekannt und unruhig unsicher unter
untergewicht unverträglich unverändert urin urlaub vater verheiratet verlauf verlegt verloren verneint verstopft
verstorben verträgt verzögert viel vier vom von vor vorerst vorgestellt vorher völlig wach war weiblich weil weiter
weitere weiterhin wenig wenige werte wie wieder wird wirkt wohl wohlauf wohnt wunde wunsch wurde wünscht z zahnarzt
zeigt zieht zufrieden zuletzt zum zunehmend zunächst zur zustand zwei ödeme über überwiesen
"""
_ROMANCE = """
abril abuela acompanhada acude administrativa administrativo adulta adulto agli agosto ahora ai alergia alergias alla
allaitante allaite allattamento allergia allergica allergico allergique allo alta alérgica alérgico ambulatoire
ambulatorio améliorée ancora anda anni anonimo anonyme antecedentes antécédents anémie anónimo août apetite apetito
appetito aprile arrêt arrêtée arthralgies asintomatica asintomática asintomático asma asmatica asmática asmático
asthmatique asthme asthénie asymptomatique attualmente até aucun aucune aumento aussi autonome aux avec avril ayer aún
bien boa bom brote buen buena buon buona buone cada calcul calme cansada cansado casa che chez chiede chronique chute
clinica colaborador colectomie colique colite com come comercial commercial commerciale como con condiciones condizioni
condições consciente consulta consulte contact content contenta contente contento controlada controlado controllata
correct cronico crónico cáncer dal dalla dans deceduta deceduto degli dejeções dejó del della demande deporte
depressione depuis derivada des desconhecido desconocida desconocido desde deux diabete diabetica diabetico diabète
diabética diabético diabétique diagnosticada diagnosticado diagnóstico diarrea diarrhée dice dicembre diciembre dieta
dimessa dimesso dit doente doença dolor dolore dolores dolori donna dor dores dort dos douleur douleurs décembre décédé
décédée dénutri ela ele ella elle embarazada embarazo embarazos en enceinte enero enfermedad esami est esta estable
estado este estreñimiento estudante estudiante está estável et età eu examen exfumador exfumadora fadiga fallecida
fallecido familiarità fatica fatiga fatigué fatiguée febbraio febbre febre febrero feminino femme femmina fez fiebre
fistola fistule fièvre foi fracaso fuma fumador fumadora fumatore fumatrice fume fumeur fumeuse fumo février fístula
generale gennaio gestante giugno globale gravida gravidanza gravidanze gravidez gripe grossesse grávida générale
habituelle hace hasta hijos hipertensa hipertenso hombre homem homme hospitalisé hospitalisée hospitalizada
hospitalizado hta hypertendu hypertendue idade il ileostomía incinta incluido inconnu inconnue infeção influenza ingresa
ingresada ingresado ingresó inquiète insomnie insomnio insonnia insónia internada internado intervenida intervenido
intolerante intollerante intolérance intolérante invalida ipertesa iperteso isto janvier jeudi jeune joignable joven
jubilada jubilado jueves juillet juin julio junio lactancia lactante lamenta las les leve luglio lui lundi lunes maggio
mais mal mala maladie malattia mantiene mardi mars martes marzo maschio masculino meglio mejor mejora mejoría melhor
melhora melhorou menos mercredi mici miércoles moins molto motivé muito mujer mulher muy nas nausées naïf ne nega nei
nel nessun nessuna niega nos noté nouveau nouvelle novembre noviembre nueva nuevo nulla num nuova náusea náuseas não
obesa obesidad obesidade obeso octobre octubre ogni ont operada operado operata operato opéré opérée ora ottobre ou
ouvert par para pas peggio pela pelo pensionata pensionato peor per perda perdita perdió perdue perte peso pide pior più
plus poids por portador portadora portatore porteur porteuse pour poussée prega prend presenta presión previo prosegue
prurit prurito présente psoriasi que queda queixa queixas quiere rch rechaza recidiva rectorragies recusa refere refiere
refus refuse refusé remissione remissão retraité retraitée revu revue ricoverata ricoverato ridotto riferisce rifiuta
rinite ripresa rubéola régime sabe sangue sans satisfait satisfaite satisfecha sconosciuto se seguimiento según selles
sem sempre senza septembre septiembre ser settembre seu sevré sevrée si sin sintomas sintomi sob soddisfatta solicita
sonno sono sont sospende sospeso sous sta stabile stabilisé stanchezza studente sua sueño suivi suivie sur suspendeu
suspendida symptômes síntomas tabac tabagista tabaquismo también também tem tensión terapia teve tiene tolera tollera
tolère toma tomou tos tosse toujours trabaja traité traitée tratada tratado tre très tubercolosi uma un una uomo
urgencias va vaccinata vaccinato vacciné vaccinée vacinada vacinado vacunada vacunado varón vendredi viaje viene vient
viernes vive vomissements vomito vue vuole vómito vómitos zona âgé âgée échec état
mayor
"""
_OTHERS = """
aan alergie alerji allergi ameliyat ammer amning arbejder astma astım ateş ağrı ağrısı ağrısız bardzo bedre bekend beteg
beter bez beze bezobjawowy biegunka bilinmiyor bine bir blod bloed blöder blødning bolest bolesti bolnav boos bra brak
braken bulantı bun bună był była bóle bólu chce choroba ciąża crohna cukrovka cukrzyca czuje cítí daha dan dat decedat
den depressief det diabeet diabetik diaree diarré din diyabetik dla dobra dobre dobry dobrý dobře dohányzik dood drinkt
durumu dziś dålig dårlig dårligt død důchodce een eet efter egy eikä elhunyt elégedett emekli emziren erg erkek far
feber febră femeie forbedret forværret fra frisk fumătoare fumător fájdalom fáradt férfi för før fără gaat gammel gebe
gebruikt geen gemotiveerd genel gestopt gezond god godt goed gordelroos gorączka gorączkuje gravid graviditet går hals
hamile har hasi heeft het hij hipertansif hoest hogy hon hoofdpijn horečka hospitalizován hospitalizowany hosta hoste
huid huilt huisarts hun hyvä hän ikke illamående ilman indlagt ineens influensa inga ingen inget inlagd innlagt ishal
ismeretlen iyi iyileşti jest jeuk jsou już jól kadın kan karmi kaszel kašel kipuja klaagt klachten klachtenvrij klager
kobieta kojí komt kontrol kontrola koorts kouří krijgt krvácení krwawienie kunto kuollut kuume kuřák kvalm kvalme kvinde
kvinna kvinne kvinnlig kötü leczona leczony lepiej lever lievä láz láztalan maar mag mand med mee memnun men mies minder
mindre misfornøyd misselijk moe moeder mor mulțumit muž mående mår mężczyzna naar nachtelijk nadal nadciśnienie nainen
necunoscut neemt nefumător nekuřák nem není neznámý nieobecny niet nieznany nincs nog nuchter nudności nægter nöjd
objawy obézní och oförändrad også oireeton okänd onbekend ondergewicht ongerust onrustig ontlasting ontstoken
onveranderd operat operatie opererad opereret operert operován operowana operowany opgenomen oraz otyłość overleden
pacient palacz palaczka pali panaszmentes panie parempi pensionerad pensionist pijn pijnvrij pogorszenie poprawa prosi
przebywa przez przyjmuje przytomny průjem rask raskaana raskaus remisie remisja remisyonda ripuli roker rookster rookt
rustig ryger röker røgfri røyker røykfri sairaalassa sairas sedan siden sier sigara sigarayı siger sinds się sjuk skarży
slaapt slecht slechter smerter soms spokojený stabiel stabilna stabilny stabilní stabilt stan stare stav stosuje stěžuje
sub syg syk symptomfri szczepiony säger søvn tager tak tar tauko terhes tevreden therapietrouw til tilfreds till tot
træt trött trøtt tuntematon tupakoi tyytyväinen těhotenství těhotná uczulony uden uit ukendt ukjent unavený utan uten
utslag uyumlu uændret vader vakaa vakaana van veel vekt vermoeid vermoeidheid verwezen vikt vil vill voeding voelt voi
vol voor vraagt vrouw väl väsynyt vér wczoraj weer weigert wel wenst werd werkt wil woont wymioty yatırıldı yaşlı yngre
yok yorgun yskä zadowolona zadowolony zaparcia zemřel zgłasza ziek zij zlepšení zmarł zmęczony zonder zvrací zwak
zwanger zły äldre ældre însărcinată öksürük över öğrenci ønsker žena άγνωστη άγνωστος άνδρας έγκυος έχει ήπια αίμα
αλλεργία ανέφερε από ασθενής αϋπνία βήχας γενική γυναίκα δεν διάρροια διαβητικός είναι εγκυμοσύνη ελεύθερος εμετός ετών
ευχαριστημένος ζητά κάπνισμα και κακή καλά καλή καπνίστρια καπνιστής κατάσταση κούραση κύηση μετά ναυτία νοσηλεύεται
πήρε παχύσαρκος πυρετός πόνο πόνος σταθερή σταθερός στη στην στο στον συνεχίζει συνταξιούχος την της τον του των υπό
φαρμάκου φοιτητής χωρίς ύφεση алергія алкоголь аллергия анонимно аппетит астма астматик без беременна беременная
бессонница болезнь боли боль був була была было біль вагітна вагітність вакцинирован вес возраст вона вчера выписан
вялый він гипертония год года госпитализирован диабет диабетик диарея для доволен довольна діабет ему если жалоб жалобы
жалуется женщина жінка загальний задоволений замужем зараз здоров здорова или инвалид как кашель контактен кормит краще
кровь курильщик курит лет линии лихоманка лихорадит лихорадка лучше молодая молодой мужчина настаивает начал начала
невідомо неизвестен неизвестно немає нет обратилась обратился общее она операція оперирован оперирована отказ отказалась
отказался отменен отменён отмечает отёки очень пенсионер пенсионерка первый пожилая пожилой получает помер после похудел
при приймає принимает просит після рвота ремиссии ремиссия ремісія риска самочувствие сегодня сейчас середній скарг
скарги сонлив состоит состояние спит стабилен стабильна стабильно стабільна стабільний стан студент студентка стул так
терапия тошнота удовлетворительное умер умерла устал хороший хорошо хочет хуже через чоловік что чувствует язвенный
"""
# How long nouns of German, and words of medicine in most languages, end; short ones may be Carlos or Young.
_ENDINGS = """
ung ungen heit keit treu iert probe werte verlauf iker ikerin haft fieber logisch schmerz schmerzen therapie frequenz
abbruch beginn wunsch frei los tion tionen tions sion itis ität ismus versagen schub gabe pause index score graphy
graphie scopy skopie scopie ectomy ektomie aemia emia penie penia pathy pathie ology ologie ment ness lyse klysma algie
algia algien urie mab tinib ción ção zione sión terapia ость ение ание ция ию ием
"""

_WORDS = (_ENGLISH, _EPONYMS, _GERMAN, _ROMANCE, _OTHERS, *(name for each in ANALYTES for name in each.spellings))
NO_NAMES = frozenset(word for words in _WORDS for word in words.casefold().split())
DISEASES = frozenset(_AFTER_M.split())
NO_NAME_ENDINGS = tuple(_ENDINGS.split())
