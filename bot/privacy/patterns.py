r"""Identifiers that have a form or a cue: numbers, addresses on the net, phones, files, streets, ages.

Each is a Presidio ``PatternRecognizer``. ``\K`` (of the ``regex`` package, which Presidio uses) drops the
cue before it from the match, so that 'MRN [record number]' keeps its cue. Quantifiers are bounded, so the time
grows with the length of the text alone.
"""

from presidio_analyzer import Pattern, PatternRecognizer

# A cue is followed by at most a few joining words or signs, then by the value.
_JOIN = (
    r"(?:[\s:=#.\-–(]|\b(?:number|numbers|num|nr|no|id|ids|is|was|are|of|the|code|ending(?: in)?|reads|says)\b){0,8}"
)
# A value has at least so many digits, in groups joined by single blanks, dots, hyphens or slashes.
_CODE = r"(?<![\w.$£€])(?:(?-i:[A-Z]{{1,3}})\s(?=\d{{3}})(?!(?:19|20)\d\d\b))?(?=(?:[A-Z./\-]{{0,12}}\d){{{digits}}}|(?:\d[ \-]?){{{digits}}})[A-Z0-9]{{1,24}}(?:[\-./][A-Z0-9]{{1,16}}){{0,5}}(?:[ ](?=[A-Z]{{0,3}}\d)(?!\d{{1,2}}[/.]\d)[A-Z0-9]{{2,6}}\b(?![ -]?(?:year|yo\b|y/o|month|day|visit))){{0,4}}"
_NOT_CODE = (
    r"(?!(?:19|20)\d\d\b(?![-/][A-Z]{0,4}-?\d))(?!\d[\d,]*\s*(?:%|patients?|people|records|charts|staff|users|providers|docs|members|claims|visits|calls|years?|months?|days?|hours?)\b)"
    r"(?!(?:CPT|HCPCS|ICD|DRG|NDC|LOINC|SNOMED|LCD|NCD|CFR|USC|FHIR|HL7)\b)"
)


def _cued(cue: str, digits: int = 3) -> str:
    """A pattern for a value of at least ``digits`` digits after ``cue``."""
    return rf"\b(?:{cue})(?!\w){_JOIN}\K{_NOT_CODE}{_CODE.format(digits=digits)}"


# A value of letters and digits together needs no 'number' behind its cue: 'badge B2291'.
_MIXED = r"(?=[A-Z0-9\-]{0,16}\d[A-Z0-9\-]{0,8}\d[A-Z0-9\-]{0,8}\d)(?=[\d\-]{0,16}[A-Z])[A-Z0-9]{1,16}(?:-[A-Z0-9]{1,12}){0,4}\b"


_DIGIT_WORD = r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|\d)"
_STREET = (
    r"street|st|avenue|ave|road|rd|drive|dr|lane|ln|boulevard|blvd|court|ct|way|place|pl|circle|cir|terrace|ter|trail|trl"
    r"|parkway|pkwy|highway|hwy|loop|pike|square|sq|row|alley|crescent|close|mews|gardens|grove|hill|ridge|run|path|route|turnpike|bend|crossing|walk"
)
_NOT_STREET_WORD = (
    r"(?!(?:a|an|the|in|on|at|of|for|to|and|or|is|are|was|we|our|my|your|with|by|from|per|that|this|if|as|it|docs?|doctors?|providers?|staff|clinics?"
    r"|sites?|nurses?|patients?|people|minutes?|hours?|days?|weeks?|months?|years?|more|percent|am|pm|steps?|questions?|times?|yo|year|old|beds?|bed)\b)"
)
_UNIT = r"(?:,?\s*(?:apt|apartment|unit|suite|ste|flat|lot|bldg|building|room|rm|#)\.?\s*#?\s*[A-Z0-9\-]{1,6}\b)?"
_NUMBER_WORDS = (
    r"(?:ninety|one hundred|a hundred)(?:[\s-](?:and[\s-])?(?:one|two|three|four|five|six|seven|eight|nine))?"
)
_OLD = r"(?:9\d|1[01]\d)"
_NOT_COUNT = r"(?!\s*(?:%|percent|days?|mins?|minutes?|hours?|hrs?|weeks?|months?|patients?|people|staff|beds?|dollars|bucks|mg|ml|ppl|calls?|visits?|claims?|of\b|[/.:]\d))"
_FILE = r"(?<![\w/])[\w][\w\-.()]{0,80}"

_PUBLIC_HOST = (
    r"(?!(?:[\w\-]{1,63}\.){0,4}(?:gov|mil|edu|int|gov\.uk|nhs\.uk|europa\.eu|ama-assn\.org|aha\.org|himss\.org|iso\.org|hl7\.org|jointcommission\.org"
    r"|openai\.com|microsoft\.com|google\.com/search|anthropic\.com|nejm\.org|jamanetwork\.com|bmj\.com|wikipedia\.org)(?:[/\s:]|$))"
)

PATTERNS: dict[str, tuple[str, ...]] = {
    # names told by their form alone; names.py weighs all others
    "name": (
        r"\b(?:pts?|patients?|client|resident|mr|mrs|ms|miss|dr)\.?\s+\K[A-Z]\.\s?(?:[A-Z]\.\s?)?[A-Z][A-Z'’-]{2,20}\b",
        r"\b(?:the|our|that|little)\s\K(?-i:[A-Z][a-z'’-]{2,20})(?=\s(?:girl|boy|kids?|twins?|baby|babies|child|children|family|sisters|brothers|couple|household)\b(?! of))",
    ),
    "email": (
        r"(?<![\w.+%\-])[\w.+%'\-]{1,64}\s?@\s?[\w\-]{1,63}(?:\.[\w\-]{1,63}){1,5}",
        r"(?<![\w.+%\-])[\w.+%\-]{1,64}\s{0,2}[\[(]?\b(?:at)\b[\])]?\s{0,2}[\w\-]{1,63}(?:\s{0,2}[\[(]?\bdot\b[\])]?\s{0,2}[\w\-]{2,20}){1,3}",
        r"(?<![\w.+%\-])[\w.+%\-]{1,64}\s{0,2}[\[(]at[\])]\s{0,2}[\w\-]{1,63}(?:\.[\w\-]{2,20}){1,3}",
    ),
    "photo": (
        _FILE + r"\.(?:jpe?g|png|heic|heif|gif|bmp|tiff?|webp|dcm|dicom|raw|mp4|mov|avi)\b",
        r"\b(?:photo|image|picture|pic|img|selfie|video|headshot)s?(?:\s+file)?[\s:]{1,3}\K(?=\w{0,20}\d)[\w\-]{5,60}\b",
    ),
    "biometric": (
        _FILE + r"\.(?:wav|mp3|m4a|ogg|flac|aac|vcf|bam|fastq|fasta|bin|dat|fpt|iso19794|wsq|edf)\b",
        r"(?<![\w/])\w{0,20}(?:face|finger|voice|palm|iris|retina|hand)[\-_ ]?(?:print|scan|id|template|vein|map)?[\-_]\w[\w\-.]{2,60}",
        _cued(
            r"(?:face|finger|voice|palm|iris|retinal?|biometric)\s?(?:print|scan|template|hash|vector)?\s(?:id|template|hash|ref|file|record|code)"
        ),
    ),
    "link": (
        r"\b(?:https?|ftp|sftp|s3|file)://" + _PUBLIC_HOST + r"[^\s<>\"]{1,500}(?<![.,;:!?)'])",
        r"(?<![\w@./])"
        + _PUBLIC_HOST
        + r"(?:[\w\-]{1,63}\.){1,5}(?:com|net|org|io|co|us|app|dev|me|ly|gl|be|tv|uk|info|health|care|ai|example|test)(?::\d{2,5})?/[^\s<>\"]{1,300}(?<![.,;:!?)'])",
        r"(?<![\w@.])@(?=[\w.]{0,30}[A-Za-z_])[\w.]{3,30}\b",
    ),
    "ip address": (
        r"(?<![\w.])(?<!\bv )(?<!\bv\. )(?<!build )(?<!release )(?<!version )(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?::\d{1,5}|/\d{1,2})?(?![\w]|\.\d)",
        r"(?<![\w:])(?=[0-9a-f:]{0,40}\d)(?:[0-9a-f]{1,4}:){2,7}(?::?[0-9a-f]{1,4}){1,6}(?![\w:])(?<!\d\d:\d\d:\d\d)",
        r"(?<![\w:])(?:[0-9a-f]{1,4}:){1,6}:(?:[0-9a-f]{1,4}(?::[0-9a-f]{1,4}){0,5})?(?![\w:])",
    ),
    "social security number": (
        r"(?<![\w-])\d{3}([- .])\d{2}\1\d{4}(?![\w-])",
        r"(?<![\w-])[A-CEGHJ-TW-Z]{2}\s?\d{2}\s?\d{2}\s?\d{2}\s?[A-D]\b",
        r"\b(?:ssn|ss|social|social security|socials|soc sec|itin|tin)\b" + _JOIN + r"\K(?:\d[\s-]?){9}(?!\d)",
        r"\b(?:last (?:four|4)|ssn|social)\b[^.\n\d]{0,40}?\K(?<![\d-])\d{4}(?![\d-]|\s*(?:%|patients|people))",
        r"(?<![\w-])(?:[x*•#]{3}-?[x*•#]{2}-?)\d{4}\b",
    ),
    "phone": (
        r"(?<![\w$.-])(?:\+?1[\s.\-]?)?(?:\(\d{3}\)|\d{3})[\s.\-/]{0,3}\d{3}[\s.\-]{0,2}\d{4}(?![\w-])(?:\s{0,2}(?:x|ext\.?|extension)\s{0,2}\d{1,6}\b)?",
        r"(?<![\w$.-])\+\d{1,3}[\s.\-(]{0,2}\d(?:[\s.\-()]{0,2}\d){6,12}(?![\w-])",
        r"(?<![\w$.-])\(?0\d{2,4}\)?[\s\-]\d{3,4}[\s\-]?\d{3,4}(?![\w-])",
        r"(?<![\w$.-])0\d{4}[\s\-]\d{6}(?![\w-])",
        r"(?<![\w$.,-])[2-9]\d{2}[\-. ]\d{4}(?![\w-]|[.,]\d)(?:\s{0,2}(?:x|ext\.?|extension)\s{0,2}\d{1,6}\b)?",
        r"\b(?:phone|ph|tel|telephone|cell|mobile|call|fax|fx|text|pager|whatsapp|reach (?:me|him|her|us|them)|number|line|contact|home|work)\b[\s:#.\-]{0,4}(?:(?:is|was|at|on|no|number|me|him|her|us|them|line)\b[\s:#.'\-]{0,3}){0,4}\K\+?(?:\d(?:[\s\-()]{0,2}|\.)){6,13}\d\b(?![-\w])",
        r"\b(?:ext|extension|x)\.?\s{0,2}\K\d{3,6}\b",
        rf"\b{_DIGIT_WORD}(?:[\s\-,]{{1,2}}{_DIGIT_WORD}){{2,14}}(?:[\s\-]{{1,2}}\d{{3,4}}){{1,2}}\b",
        rf"\b{_DIGIT_WORD}(?:[\s\-,]{{1,2}}{_DIGIT_WORD}){{6,14}}\b",
    ),
    "record number": (
        _cued(
            r"mrns?|m\.r\.n\.?|mr|medical record|med rec|mr#|health record|record|chart|patient|pt|hospital|hosp|nhs|chi|hcn|unit|emr|ehr|epi|empi|mpi"
            r"|patient identifier|patient_id|pat_id|ptid|pid|person|h&c|urn",
            4,
        ),
        _cued(
            r"mrns?|medical record|patient id|pt id|chart (?:no|number|#)|record (?:no|number|#)|nhs|hosp(?:ital)? (?:no|number|#)",
            3,
        ),
        r"(?<![\w-])\d{3}\s\d{3}\s\d{4}(?![\w-])(?=[^.\n]{0,30}\bnhs\b)",
        r"(?<![\w$,.])\d{5,12}(?=\s*[,;|\t]\s?[A-Z][a-z]+\s?[,;|\t])",
        r"[/=]\K(?<=(?:chart|patient|record|mrn|person|member|user|pt|id|pid|encounter|visit)s?[/=])[A-Z]{0,4}\d{4,14}\b",
    ),
    "member number": (
        _cued(
            r"member|members|subscriber|beneficiary|medicare|medicaid|medi-cal|mbi|hicn?|tricare|chip|insurance|insured|insurer|plan|policy|group|grp|payer|card|health ?card"
            r"|bcbs|blue cross(?: id)?|aetna|cigna|humana|anthem|united|uhc|kaiser|coverage|policyholder|enrollee|rxbin|rxgrp|bin|pcn",
            5,
        ),
        _cued(
            r"(?:member|subscriber|policy|group|insurance|plan|medicaid|medicare|beneficiary)\s?(?:number|no\.?|nr|#|id)",
            4,
        ),
        r"(?<![\w-])[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\d-?[AC-HJKMNP-RT-Y]{2}\d{2}\b",
    ),
    "account number": (
        _cued(
            r"(?:patient |pt |bank |guarantor |billing |checking |savings )?(?:account|acct|acc|a/c)s?|routing|iban|aba|sort code|guarantor|statement|invoice|check|cheque",
            4,
        ),
        _cued(r"(?:credit |debit |bank |visa |master|amex |hsa |fsa )?card|visa|mastercard|amex|hsa|fsa|cc", 4),
        r"(?<![\w-])(?:\d{4}[ -]){3}\d{1,7}(?![\w-])",
        r"\b(?:exp|expires|expiry|exp date)\b[\s:.]{1,2}\K\d\d/\d\d\b",
        r"\bends in\s\K\d{4}\b",
        r"(?<![\w-])3\d{3}[ -]\d{6}[ -]\d{5}(?![\w-])",
        r"(?<!\w)[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){3,7}(?:\s?[A-Z0-9]{1,3})?\b(?<=\d{4}.{0,12})",
    ),
    "license number": (
        _cued(
            r"(?:[a-z']{2,12}\s)?(?:licen[sc]e|lic)\.?|dea|npi|gmc|nmc|gphc|hcpc|certificate|certification|cert|caqh|permit|registration|reg|ptan|upin|driver'?s?|dl|d\.l\.",
            4,
        ),
        r"(?<![\w-])[ABFGMPRX][A-Z9]\d{7}\b",
    ),
    "vehicle number": (
        r"(?<![\w-])(?=[A-HJ-NPR-Z]{0,12}\d)(?=\w{0,16}[A-HJ-NPR-Z])(?=(?:[A-Z]{0,8}\d){5})[A-HJ-NPR-Z0-9]{17}\b",
        r"\b(?:licen[sc]e plate|number plate|plates?|tag|vin|reg(?:istration)? plate|vehicle reg(?:istration)?)\b"
        + _JOIN
        + r"\K(?=[A-Z \-]{0,12}\d)(?:[A-Z]{2} )?[A-Z0-9]{1,8}(?:[ \-](?=[A-Z]{0,3}\d)[A-Z0-9]{1,6}|[ \-](?-i:[A-Z]{2,3})(?=\s|[,.]|$)(?<=\d.{0,4})){0,2}\b(?<=\d.{0,8})",
    ),
    "device number": (
        _cued(
            r"device|serial|ser|s/n|sn|udi|imei|iccid|meid|esn|implant|pacemaker|icd serial|pump|cgm|cpap|bipap|ventilator|monitor|sensor|meter|glucometer|stimulator|wheelchair"
            r"|spirometer|oximeter|hearing aid|transmitter|lead|valve|stent|defibrillator|watch|tablet|laptop|cuff|inhaler|lot",
            5,
        ),
        _cued(r"(?:device|serial|s/n|sn|ser)\.?\s?(?:number|no\.?|nr|#|id|:)|serial|s/n|udi|imei", 3),
        rf"\b(?:transmitter|device|pump|sensor|implant|lot|stent|lead|cgm|monitor|meter)(?!\w){_JOIN}\K{_MIXED}",
        r"(?<![\w:])(?:[0-9a-f]{2}[:-]){5}[0-9a-f]{2}(?![\w:])",
        r"(?<![\w.])[0-9a-f]{4}\.[0-9a-f]{4}\.[0-9a-f]{4}(?![\w.])",
        r"\(01\)\d{14}(?:\(\d\d\)[A-Z0-9\-]{1,20}){0,4}",
    ),
    "id": (
        _cued(
            r"encounter|visit|admission|accession|specimen|sample|case|claim|claims|order(?<!executive order)|rx|prescription|script|referral|ref|reference|auth|authorization|authorisation|prior auth|pa|confirmation"
            r"|ticket|incident|report|session|badge|employee|emp|staff|student|passport|visa|study|subject|subj|participant|trial|bracelet|wristband|barcode|user|username|login|userid"
            r"|account|tracking|token|path|pathology|lab|test|run|job|appointment|appt|booking|event|alien|green card|inmate|voter|booklet|dod|edipi|military|tax|ein|loyalty|locker|donor|transplant|unos|cohort|document|doc",
            5,
        ),
        _cued(
            r"(?:encounter|visit|case|claim|rx|ref|referral|auth|report|session|badge|employee|staff|student|subject|subj|order|ticket|specimen|accession|bracelet|user|study|prescription|locker|incident|appointment)"
            r"\.?\s?(?:number|no\.?|nr|#|id)",
            3,
        ),
        rf"\b(?:badge|case|folder|sample|specimen|confirmation|booking|employee|staff|user|student|claim|referral|ref|auth|ticket|worker number|enrollment|barcode|study|subject|accession|kit|wristband|bracelet)(?!\w){_JOIN}\K{_MIXED}",
        rf"\b(?:fin|bill no|bill number|folder|kit|locker|gate code|door code|passcode|pin|pin code|precinct|enrol?lment|alien|green card|state id|worker number)\b{_JOIN}\K{_CODE.format(digits=2)}",
        r"\b(?:user\s?name|login|user|pw|password|passwd|pwd)\b(?:\s(?:is|was))?[\s:=]{1,3}\K(?=\S{0,30}[\d_])[^\s,;]{4,40}(?<![.])",
        _FILE
        + r"(?<=[\d_\-].{0,80})\.(?:pdf|docx?|zip|csv|xlsx?|txt|rtf|json|xml|hl7|eml|msg)\b(?<!(?:policy|form|template|guide|hipaa|baa|agreement|checklist)[\w\-.]{0,20})",
        r"\b(?:session|token|uuid|guid|cookie|hash|key)\b[\s:=#]{1,3}(?:(?:is|id)\s)?\K(?=[a-z]{0,20}\d)(?=\d{0,20}[a-z])[a-z0-9\-]{8,64}\b",
        r"\b(?:user|username|login|uid|userid|handle)s?\s?[=:]\s?\K[\w.\-]{3,40}\b",
        r"\b[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b",
        r"(?<![\w#])#\s?\K\d[\d-]{3,20}\b",
        r"(?<![\w$£€.,/+-])(?<!(?:snomed|rxnorm|loinc|ndc|cui|code|codes|cvx|ct|sctid|hcpcs|taxonomy|clinicaltrials|nct|pmid|doi|isbn|rin)[\s:#]{0,3})\d{7,20}(?![\w,%]|[.,]\d|-\d|\s*(?:patients|people|records|dollars|users|members|lives))",
        r"(?<![\w$£€.,/+-])(?!(?:K|DEN|P|NCT|PMC|PMID|CVE|RIN|LCD|L|DCB|ISO|TLS|CMS|HHS)-?\d)[A-Z]{1,4}-?\d{5,14}[A-Z]?\b",
        r"(?<![\w$£€.,/+-])(?=[A-Z0-9\-]{0,18}\d{4})[A-Z]{2,4}-\d{1,8}(?:-[A-Z0-9]{1,8}){1,4}\b(?<!(?:CMS|HHS|OCR|FDA|ONC|RIN|CVE|DEN|ISO|NIST)-.{1,20})",
    ),
    "age": (
        rf"(?<![\w$.,/:-])(?<!here )(?<!for )(?<!past )(?<!last )(?<!been )(?<!open ){_OLD}(?=[\s-]?(?:years?|yrs?|y/o|yo|yr|y\.o\.?|y)(?:[\s-]?(?:old|of age)|\b))(?!\s*(?:years?|yrs?)\s+(?:ago|in\b|of (?!age)))",
        rf"(?<![\w$.,/:-]){_OLD}(?=\s?(?:[mf]\b|male\b|female\b|woman\b|man\b|lady\b|gentleman\b))",
        rf"(?<=[A-Za-z'’]\s)\(\K{_OLD}(?=\))",
        rf"\b(?:is|was|turn(?:ed|s))\s(?:now\s|almost\s|nearly\s)?\K{_NUMBER_WORDS}\b(?!\s(?:percent|days?|minutes?|hours?|patients?|people|dollars|of\b))",
        rf"\b(?:the|this|that|an?|my|our)\s(?:old\s)?(?:man|woman|lady|guy|gentleman|patient|resident)\s(?:is|was)\s\K{_OLD}\b{_NOT_COUNT}",
        rf"\b(?:aged?|turn(?:ed|ing|s)|age is|age:|ages)[\s:=]{{1,3}}(?:(?:of|is|over|about)\s)?\K{_OLD}\b{_NOT_COUNT}",
        rf"\b(?:(?:s?he|who|patient|pt|mother|mom|mum|father|dad|grandma|grandmother|grandfather|grandpa|aunt|uncle|wife|husband|resident|oldest|youngest|lady|client)(?:'s|\s+(?:is|was|in the \w+ is|turned|just turned|will be))?|i'm|i am)(?:\s+(?:in the pilot|here|now|nearly|almost|about|already))*\s+(?:is\s+)?\K{_OLD}\b{_NOT_COUNT}",
        rf"(?<=[A-Z][a-z'’]{{1,20}},\s){_OLD}(?=\s*(?:[,.;)]|\band\b|$))",
        rf"\b(?:are|residents?|patients?|women|men|twins|both|ages|aged)\s+(?:are\s+)?(?:\d{{2,3}}\s*,\s*){{0,5}}?\K{_OLD}(?=\s*(?:,\s*\d{{2,3}}|and\s+\d{{2,3}})\b)",
        rf"\b(?:are|residents?|patients?|ages|aged)\s+(?:are\s+)?\d{{2,3}}(?:\s*,\s*\d{{2,3}}){{0,5}}\s*,?\s*and\s+\K{_OLD}\b{_NOT_COUNT}",
        rf"\b(?:are|residents?|patients?|ages|aged)\s+(?:are\s+)?\d{{2,3}}(?:\s*,\s*\d{{2,3}}){{0,4}}\s*,\s*\K{_OLD}\b(?=\s*(?:,|and))",
        rf"\b(?:woman|man|lady|patient|age|gentleman) of \K{_OLD}\b{_NOT_COUNT}",
        r"\bin (?:her|his|their) (?:(?:early|mid|late)[\s-])?\K90'?s\b",
        rf"\bcentenarian\W{{1,3}}\K{_OLD}\b",
        rf"\baged?\s\K{_NUMBER_WORDS}\b",
        rf"\b(?:(?:s?he|who|patient|pt|mother|mom|mum|father|dad|grandma|grandpa|resident)(?:'s|\s+(?:is|was|turned|just turned))|i'm|i am)\s+(?:now |nearly |almost |about )?\K{_NUMBER_WORDS}\b{_NOT_COUNT}",
        rf"\b{_NUMBER_WORDS}(?=[\s-]?(?:years?|yrs?|y/o|yo)[\s-]?(?:old|of age)?\b)",
    ),
    "address": (
        rf"(?:\b(?:apt|flat|unit)\.?\s*#?[A-Z0-9]{{1,5}},\s*)?(?<![\w$.,/-])\d{{1,6}}[A-Z]?(?:-\d{{1,4}})?,?\s+(?:[NSEW]\.?\s+|(?:north|south|east|west|[ns][ew])\s+)?(?:{_NOT_STREET_WORD}[\w'’.]{{1,20}}\s+){{1,3}}(?:{_STREET})\b\.?(?!\s+(?:of|to|for|in which)\b){_UNIT}(?-i:,\s+[A-Z][a-z]+(?:\s[A-Z][a-z]+)?(?=,|\s+[A-Z]{{2}}\b|\s+\d|\s*$))?",
        rf"\b(?:lives?|living|lived|house|home|stays?|staying|address|moved|resides)\b[^.\n\d]{{0,20}}?\b(?:on|at|off|to|is)\s+\K(?:{_NOT_STREET_WORD}[\w'’]{{2,20}}\s+){{1,3}}?(?:street|st|avenue|ave|road|rd|drive|lane|ln|blvd|boulevard|court|circle|terrace|parkway)\b(?=\s*(?:[,.;]|$|and\b|in\b))",
        r"\b(?:alabama|alaska|arizona|arkansas|california|colorado|connecticut|delaware|florida|georgia|hawaii|idaho|illinois|indiana|iowa|kansas|kentucky|louisiana|maine|maryland|massachusetts|michigan|minnesota|mississippi|missouri|montana|nebraska|nevada|hampshire|jersey|mexico|york|carolina|dakota|ohio|oklahoma|oregon|pennsylvania|island|tennessee|texas|utah|vermont|virginia|washington|wisconsin|wyoming),?\s+\K\d{5}(?:-\d{4})?\b",
        r"(?<![\w$.,/-])\d{1,6}\s+(?:county road|county rd|cr|state route|sr|route|rt|highway|hwy|us|rue|calle|avenida)\s+(?:\d{1,4}\b|(?-i:(?:de\s)?(?:la\s)?[A-Z]\w{2,20}))",
        r"\brr\s?\d{1,3}(?:\s+box\s+\d{1,6})?\b",
        r"\b(?:on|off|from|at)\s+\K(?-i:[A-Z][a-z]{2,15}(?:\s[A-Z][a-z]{2,15})?)\s+(?-i:Street|St|Avenue|Ave|Road|Rd|Drive|Lane|Ln|Blvd|Boulevard)\b(?<!(?-i:Main|Wall|High) Street)",
        r"\b(?:precinct|district no\.?)\s+\K\d{1,4}(?:-[A-Z0-9]{1,3})?\b",
        r"\bp\.?\s?o\.?\s?box\s{0,2}#?\d{1,7}\b",
        r"\b(?:apt|apartment|flat)\.?\s*#?\s*(?=[A-Z]?\d)[A-Z0-9\-]{1,6}\b",
        r"\b(?:on|at|near|of)\s+\K(?:\d{1,3}(?:st|nd|rd|th)|[A-Z][a-z]{2,15})\s+(?:and|&)\s+[A-Z][a-z]{2,15}\b(?<=\d(?:st|nd|rd|th)\s.{1,22})",
        r"\b(?:zip|zipcode|zip code|postcode|post code|postal code)s?\b[\s:#=]{0,3}(?:(?:is|was|of|code)\s){0,2}\K(?=[A-Z0-9 ]{0,5}\d)(?:\d{5}(?:-\d{4})?|[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2})\b",
        r"(?<=\b[A-Z]{2}\.?,?\s{1,2})\d{5}(?:-\d{4})?\b(?<=(?:A[LKZR]|C[AOT]|D[EC]|FL|GA|HI|I[DLNA]|K[SY]|LA|M[EDAINSOT]|N[EVHJMYCD]|O[HKR]|PA|RI|S[CD]|T[NX]|UT|V[TA]|W[AVIY])\.?,?\s{1,2}\d{5}(?:-\d{4})?)",
        r"(?<![\w-])\d{5}-\d{4}\b(?!-)",
        r"(?<![\w-])(?-i:[A-Z]{1,2}\d[A-Z\d]?\s\d[A-Z]{2})\b",
    ),
}


def recognisers() -> list[PatternRecognizer]:
    """One recogniser a kind, for Presidio's registry."""
    return [
        PatternRecognizer(
            supported_entity=kind,
            name=kind,
            patterns=[Pattern(f"{kind} {number}", pattern, 0.8) for number, pattern in enumerate(patterns, 1)],
        )
        for kind, patterns in PATTERNS.items()
    ]
