"""Dates of a person, as against those of laws, deadlines and the organisation."""

import datetime as dt
import re
from collections.abc import Iterator

from bot.privacy.recogniser import Recogniser, Span

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary|uary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_YEAR = r"(?:(?:18|19|20)\d\d|['’]?\d\d(?!\d|:|\s?[ap]m|%))"
_START = r"(?<![\w$./\-])(?<!\d[,:])(?<!version )"
_END = r"(?![\w%]|[/\-]\d|\.\d)"

# A whole date, which belongs to a person unless something says that it does not.
_FULL = re.compile(
    rf"{_START}(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?,?\s)?(?:"
    rf"\d{{1,2}}(?P<a>[/.\-])\d{{1,2}}(?P=a)(?:(?:18|19|20)\d\d|\d\d)"
    rf"|(?:18|19|20)\d\d(?P<b>[/.\-])\d{{1,2}}(?P=b)\d{{1,2}}(?:T\d\d:\d\d(?::\d\d)?Z?)?"
    rf"|\d{{1,2}}[\s\-]?{_MONTH}[\s,\-]{{0,2}}{_YEAR}"
    rf"|{_DAY}(?:\s(?:of\s)?|[\-/]){_MONTH}(?:[\s,\-/]{{1,2}}{_YEAR})?"
    rf"|{_MONTH}\s{{0,2}}{_DAY}\s?(?:-|–|to)\s?{_DAY}(?:,?\s{_YEAR})?"
    rf"|{_MONTH}\s{{0,2}}{_DAY}\b(?!\s?(?:%|patients|people|staff|[ap]m\b|minutes|days|hours|percent|:))(?:(?:,\s?|\s){_YEAR})?"
    rf"){_END}",
    re.IGNORECASE,
)
# Less than a whole date: a person's only where something says so.
_PART = re.compile(
    rf"{_START}(?:"
    rf"{_MONTH}\s?(?:of\s|,\s?|/)?(?:(?:18|19|20)\d\d|'\d\d)"
    rf"|(?:0?[1-9]|1[0-2])/(?:19|20)\d\d"
    rf"|(?:0?[1-9]|1[0-2])[/\-](?:0?[1-9]|[12]\d|3[01])"
    rf"|(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:19|20)?\d\d"
    rf"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"){_END}",
    re.IGNORECASE,
)
_SURE = re.compile(
    r"\b(?:d\.?o\.?b\.?|d\.?o\.?s\.?|d\.?o\.?d\.?|birth ?da(?:te|y)|date of (?:birth|service|death)|born|bday|b-day|service date|surgery date)\W",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"\b(?:d\.?o\.?b|dos|dod|born|birth|birthday|bday|patients?|pts?|client|resident(?=\W)|admit(?:ted)?|admission|readmit(?:ted)?|discharged?|d/c|seen|saw|visit(?:ed)?|appt|appointment|surgery"
    r"|operat(?:ed|ion)|died|dies|death|deceased|passed|expired|diagnosed|dx|she|he|her|his|him|mrs|mr|ms|mom|mum|mother|father|dad|son|daughter|wife|husband|baby|twins?"
    r"|labs?|biopsy|mri|ct|x-?ray|scan|mammogram|colonoscopy|ultrasound|a1c|procedure|chart|hospitali[sz]ed|injur(?:y|ed)|deliver(?:y|ed)|transferred|transfer|infusion|implant(?:ed)?"
    r"|fell|fall|back|stroke|bled|prescribed|refill(?:ed)?|vaccinated|tested|collected|specimen|encounter|mrn|screened|referral|referred|started (?:on|chemo)|follow-?up|lmp|edd|fmla|child|girl|boy"
    r"|knee|hip|note|yo|y/o|year[- ]old|complaint|asked|told|refused|signed the consent|consult|telehealth visit|er|ed|icu|nicu|hospice|shot|inpatient|outpatient|stay|chemo|dose|results?|stillbirth|miscarriage|c-section|sober|overdose[d]?)\b"
    r"|▮",
    re.IGNORECASE,
)
_PUBLIC = re.compile(
    r"\b(?:rules?|laws?|act|acts|bill|statutes?|regulations?|regs?|section|cfr|effective|effect|in force|deadlines?|comply|compliance|policy|policies|published|guidance|final|proposed|executive order"
    r"|federal register|comment|comments|hhs|cms|ocr|fda|onc|ftc|nist|mhra|ico|eu|hipaa|sb|hb|ab|hr|gdpr|dea|irs|cqc|nhs|jcaho|joint commission|go[- ]?live|went live|goes live|live|roll-?(?:ed )?out|launch(?:ed|es)?|contracts?"
    r"|baas?|agreements?|renew(?:al|s|ed)?|expires|training|trained|meeting|meets?|board|audit|inspection|survey|opened|founded|acquired|merged|vendor|webinar|conference|budget|fiscal|quarter|grant|application"
    r"|support ended|end of (?:life|support)|version|release[d]?|updated?|upgrade[d]?|migrat(?:e|ed|ion)|switch(?:ed)?|installed|starting|until|through|emergency|flexibilities|license renewal|payroll|tax"
    r"|due|by|since|as of|before|after|from|ends?|begins?|takes|last updated|reviewed?|next review|decision|ruling|court|lawsuit|election|kick-?off|pilot|phase|window|implementation|since the|adopted|passed in (?:the )?(?:house|senate))\b",
    re.IGNORECASE,
)
_WEAK = frozenset(
    ["by", "since", "before", "after", "from", "until", "through", "starting", "ends", "end", "due", "begins", "takes"]
)
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'])|\n")


_BIRTH_YEAR = re.compile(
    r"\b(?:born|birth year|year of birth|yob)\b[\s:]{0,2}(?:(?:in|is|around|about)\s)?(1[89]\d\d)\b", re.IGNORECASE
)
OLDEST_AGE = 89
"""A year that tells an age over this is an identifier too (45 CFR 164.514(b)(2)(i)(C))."""


class Dates(Recogniser):
    """Whole dates that are not public, and partial ones (March 2024, 3/14) that are a person's."""

    kind = "date"

    def spans(self, text: str) -> Iterator[Span]:
        for match in _FULL.finditer(text):
            if _balance(text, match.start(), match.end()) > -1:
                yield match.span()
        for match in _PART.finditer(text):
            if _balance(text, match.start(), match.end()) > 0 and _plausible(text, match):
                yield match.span()
        for match in _BIRTH_YEAR.finditer(text):
            if int(match[1]) < dt.datetime.now(dt.UTC).year - OLDEST_AGE:
                yield match.span(1)


def _plausible(text: str, match: re.Match[str]) -> bool:
    """Bare '3-14', '9/12' and '03141962' are dates only right after a word that dates something."""
    if re.fullmatch(r"\d{1,2}[/\-]\d{1,2}|\d{6,8}", match[0]):
        before = text[max(0, match.start() - 30) : match.start()]
        if any(cue.end() >= len(before) - 1 for cue in _PERSON.finditer(before)):
            return True
        return (
            re.search(
                r"(?:\b(?:on|dob|d\.o\.b\.?|dos|born|birth(?:day|date)?|date|since|seen|visit|appt|appointment|admitted|adm|discharged|dc|d/c|died|service|surgery|until|from|for|labs?|scan|mri|dated|and|to)"
                r"(?:\s(?:on|of|is|was|date|the))?[\s:,=.]{1,3}|\()$",
                before,
                re.IGNORECASE,
            )
            is not None
        )
    return True


def _balance(text: str, start: int, end: int) -> int:
    """What the words around a date say: 1 it is a person's, -1 it is public, 0 nothing."""
    before, after = _clause(text, start, end)
    if _SURE.search(before[-40:] + " "):
        return 1
    person = min(_distances(_PERSON, before, after), default=1000)
    public = min(_distances(_PUBLIC, before, after), default=1000)
    if person == public == 1000:
        return 0
    return 1 if person <= public else -1


def _distances(cue: re.Pattern[str], before: str, after: str) -> Iterator[int]:
    for match in cue.finditer(before):
        yield len(before) - match.end() + (25 if match[0].lower() in _WEAK else 0)
    for match in cue.finditer(after):
        yield match.start() + 5 + (25 if match[0].lower() in _WEAK else 0)


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """The sentence around a date, at most 100 characters each way."""
    before = _SENTENCE.split(text[max(0, start - 100) : start])[-1]
    after = _SENTENCE.split(text[end : end + 100])[0]
    return before, after
