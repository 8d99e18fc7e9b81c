"""Names of people: behind titles and cues, from lists of names, and from spaCy where a capital stays unexplained."""

import re
from collections.abc import Callable, Iterator

from bot.privacy.keep import Keeper
from bot.privacy.recogniser import Recogniser, Span
from bot.privacy.words import Word, word_list, words_of

# Finds people in a text by its grammar: returns their spans.
PersonFinder = Callable[[str], list[Span]]

_TITLE = word_list("titles")
# Behind these any word may be a name that is not an everyday word.
_STRONG = re.compile(
    r"(?:\b(?:named|name(?:'s)?(?:\s+is|\s+was)?\s*[:=]?|name\s+of|called|nickname|goes by|aka|a\.k\.a\.|first name|last name|surname|attn:?|attention:|c/o|dear|initials?(?:\s+(?:are|is|were))?|signed(?:\s+by)?|sincerely,?|regards,?"
    r"|pt:|patient:|re:|from:|to:|cc:|resident:|client:|provider:|guarantor:|baby boy|baby girl|bb|bg))\s*[\"'“(]?$",
    re.IGNORECASE,
)
# Behind these a word of the lists may be a name.
_MEDIUM = re.compile(
    r"(?:\b(?:i am|i'm|im|this is|it's|its|hi|hello|hey|thanks|ask(?:ed)?(?:\s+for)?|tell|told|(?:spoke|talk|speak|talked|send it|sent it) (?:to|with)|email(?:ed)?|call(?:ed)?|saw|met|with|for|from|our|my))[,:]?\s*[\"'“(]?$",
    re.IGNORECASE,
)
# Behind these stands a person if a name stands there.
_FAMILY = re.compile(
    r"\b(?:mother|mom|mum|father|dad|son|daughter|wife|husband|sister|brother|aunt|uncle|practitioner|receptionist|nurse|named|colleague|boss|coworker)\s$",
    re.IGNORECASE,
)
_PERSON = re.compile(
    r"(?:\b(?:patients?|docs?|doctor|physician|provider|practitioner|tech|specialist|guy|doctors|pts?|client|resident|caregiver|member|subscriber|employee|nurse|ma|pa|np|rn|lpn|cna|pas|therapist|receptionist|manager|director|admin|assistant|owner|officer|consultant|colleague|boss|coworker|biller|coder"
    r"|sir|lady|captain|pastor|matron|auntie|grandpa"
    r"|mother|mom|mum|father|dad|son|daughter|wife|husband|sister|brother|baby|infant|child|kid|boy|girl|twins?|uncle|aunt|grandma|cousin|friend|neighbou?r|widow|partner|spouse|guardian|parent))[,:]?\s*[\"'“(]?$",
    re.IGNORECASE,
)
_BEHIND = re.compile(
    r"^(?:['’]s\b|[,;]?\s*(?:\(?\d{1,3}\s?(?:yo|y/o|m\b|f\b|years?|,)|,\s*\d{1,3}\b|(?:is|was)\s+(?:a|our|my|the|one)\b|the\s(?:practice|nurse|office|front|new|night|head|clinic|billing)\b|(?:says?|said|thinks?|wants?|asked|asks|told|called|rang|calls|needs?|refused|came|died|got|has|had|does|did|signed|typed|put|left|left us|wrote|works?|and i|dob|mrn|presents?|complained|declined|in (?:it|billing|hr|registration|accounting|cardiology|scheduling))\b))",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^\n.!?]{1,400}[.!?]*")
_PARTICLES = word_list("name_particles")
_MODAL = word_list("not_after_title")
_ACTS = re.compile(
    r"^(?:['’]s\b|,|\s(?:has|had|is|was|says|said|wants|wanted|needs|who|got|does|did|asked|thinks|told|called|likes|loves|hates|refuses|in (?:it|billing|hr|registration|accounting|scheduling|reception|cardiology)\b))",
    re.IGNORECASE,
)
_SUFFIX = frozenset(["jr", "sr", "ii", "iii", "iv"])
_NOT_A_NAME = word_list("not_a_name")


class Names(Recogniser):
    """People's names in any case; words of the keep list and of organisations' names are out of its reach."""

    kind = "name"

    def __init__(self, keeper: Keeper, find_people: PersonFinder) -> None:
        super().__init__()
        self._keeper, self._find_people = keeper, find_people
        self._given, self._given_maybe = word_list("given_names"), word_list("given_names_ambiguous")
        self._surnames, self._surnames_maybe = word_list("surnames"), word_list("surnames_ambiguous")
        self._common, self._only_capital = word_list("words"), word_list("only_capital")
        self._states = frozenset(part for line in word_list("states") for part in line.split())

    def spans(self, text: str) -> Iterator[Span]:
        kept = self._keeper.spans(text)
        words = words_of(text)
        free = [not any(a < word.end and word.start < b for a, b in kept) for word in words]
        taken = [False] * len(words)
        index = 0
        while index < len(words):
            length = self._run(text, words, free, index)
            if length:
                taken[index : index + length] = [True] * length
                yield words[index].start, words[index + length - 1].end
            index += max(1, length)
        yield from self._grammar(text, words, [a and not b for a, b in zip(free, taken, strict=True)])

    # -- one word --------------------------------------------------------------------------------

    def _listed(self, word: Word) -> bool:
        return any(
            part in names
            for names in (self._given, self._surnames, self._given_maybe, self._surnames_maybe)
            for part in self._parts(word)
        )

    def _sure(self, word: Word) -> bool:
        return any(part in self._given or part in self._surnames for part in self._parts(word))

    def _surname(self, word: Word) -> bool:
        return any(part in self._surnames or part in self._surnames_maybe for part in self._parts(word))

    def _sure_given(self, word: Word) -> bool:
        return any(part in self._given for part in self._parts(word))

    @staticmethod
    def _parts(word: Word) -> list[str]:
        return [word.plain.replace("'", ""), *(word.plain.split("-") if "-" in word.plain else ())]

    def _everyday(self, word: Word) -> bool:
        """A word that is no name here: lower case and common, or never a name."""
        if word.plain in _NOT_A_NAME:
            return True
        return not word.capital and (
            word.plain in self._only_capital or (word.plain in self._common and not self._sure(word))
        )

    # -- runs ------------------------------------------------------------------------------------

    def _run(self, text: str, words: list[Word], free: list[bool], index: int) -> int:
        """How many words from ``index`` on are one person's name; 0 where none."""
        if not free[index] or words[index].plain in _NOT_A_NAME - {"do"}:
            return 0
        if not self._begins(text, words, free, index):
            return 0
        last = index
        for position in range(index + 1, min(index + 6, len(words))):
            if not free[position] or not self._continues(text, words, position, index):
                break
            last = position
        while last > index and words[last].plain in _PARTICLES and not self._listed(words[last]):
            last -= 1
        return last - index + 1

    def _begins(self, text: str, words: list[Word], free: list[bool], index: int) -> bool:
        word = words[index]
        before, after = text[max(0, word.start - 40) : word.start], text[word.end : word.end + 40]
        titled = (
            index > 0
            and words[index - 1].plain in _TITLE
            and re.fullmatch(r"\.?\s{1,2}", text[words[index - 1].end : word.start])
        )
        if titled or _STRONG.search(before):
            if self._initials(word, after):
                return True
            if word.plain in _PARTICLES and index + 1 < len(words):
                return words[index + 1].capital or self._listed(words[index + 1])
            if (
                titled
                and words[index - 1].plain in ("dr", "mr", "mrs")
                and self._surname(word)
                and word.plain not in _MODAL
            ):
                return True
            return (
                not self._everyday(word)
                and len(word.text) > 1
                and (not word.text.isupper() or self._listed(word) or self._shouts(text))
            )
        if re.search(r"\d{4},\s?$", before) and re.match(r",\s?[MF]\b", after):
            return True  # a row of a table
        if len(word.text) == 1:
            return self._initials_of(text, words, index)
        if word.text.isupper() and not self._shouts(text):
            return (
                self._initials(word, after)
                and bool(re.search(r"\b(?:patient|pt|re|client|resident)\s$", before, re.IGNORECASE))
            ) or self._pair(text, words, free, index)
        if self._pair(text, words, free, index):
            return True
        person = _PERSON.search(before) is not None
        if self._keeper.doubtful(word):
            return (
                person
                and word.capital
                and any(part in names for names in (self._given, self._given_maybe) for part in self._parts(word))
            )
        if self._sure_given(word) and (word.capital or word.plain not in self._common):
            return True
        if self._coordinated(text, words, index):
            return True
        if not word.capital and word.plain in self._given_maybe and _ACTS.match(text[word.start + len(word.plain) :]):
            if _FAMILY.search(before) or (
                word.opens
                and not re.match(
                    r"['’,]|\s(?:has|had|is|was|got|does|did|who|needs)\b", text[word.start + len(word.plain) :]
                )
            ):
                return True
        if not self._listed(word) or (not word.capital and word.plain in self._only_capital):
            return False
        medium, behind = (
            person or _MEDIUM.search(before) is not None,
            _BEHIND.search(text[word.start + len(word.text.removesuffix("'s").removesuffix("’s")) : word.end + 40]),
        )
        if word.opens and word.plain in self._only_capital:
            return bool(behind) and not re.match(r"\s(?:has|had|does|did|is|was|left|needs?|calls?)\b", after)
        if word.capital:
            return medium or bool(behind)
        return (self._sure(word) and (medium or bool(behind))) or (bool(behind) and medium)

    def _coordinated(self, text: str, words: list[Word], index: int) -> bool:
        """Whether 'Faith and Joy' stand here: two given names that are words too, both with capitals."""
        for first in (index, index - 2):
            trio = words[first : first + 3] if first >= 0 else []
            if (
                len(trio) == 3
                and trio[1].plain in ("and", "or")
                and all(
                    name.capital and name.plain in self._given_maybe and name.plain not in self._states
                    for name in trio[::2]
                )
            ):
                return True
        return False

    @staticmethod
    def _initials(word: Word, after: str) -> bool:
        """'J.' of 'J.S.' or 'J. R. Smith', 'JS', and 'mj' behind a cue."""
        return (len(word.text) == 1 and after.startswith(".")) or (
            len(word.text) in (2, 3) and word.text.isupper() and word.plain not in _NOT_A_NAME
        )

    def _initials_of(self, text: str, words: list[Word], index: int) -> bool:
        """Whether the letter at ``index`` begins 'J. R. Whitcomb'."""
        match = re.match(r"[A-Z]\.?\s?(?:[A-Z]\.?\s?){0,2}\s?(?=[A-Z][a-z'’])", text[words[index].start :])
        if not match or "." not in match[0]:
            return False
        surname = next((word for word in words[index:] if word.start >= words[index].start + match.end()), None)
        return surname is not None and (self._listed(surname) or surname.plain not in self._common)

    def _pair(self, text: str, words: list[Word], free: list[bool], index: int) -> bool:
        """Whether a given name and a surname stand here side by side, or as 'Smith, John'."""
        word = words[index]
        after = index + 1
        while after < len(words) and after < index + 3 and len(words[after].text) == 1 and words[after].text.isupper():
            after += 1
        if after >= len(words) or not free[after]:
            return False
        other = words[after]
        gap = text[word.end : other.start]
        if word.plain in self._given_maybe and re.fullmatch(r"\s(?:[A-Z]\.?\s){0,2}", gap):
            if word.capital and other.capital and other.plain not in _NOT_A_NAME:
                return (self._listed(other) and not (word.opens and other.plain in self._only_capital)) or (
                    other.plain not in self._common and (not word.opens or word.plain not in self._common)
                )
            return not word.capital and other.plain in self._surnames
        if word.text.isupper() and other.text.isupper() and gap == " ":
            return self._sure_given(word) and self._listed(other) and len(other.text) > 2
        if re.fullmatch(r",\s?", gap):
            return (
                self._listed(word)
                and word.capital
                and other.capital
                and self._sure_given(other)
                and not self._sure_given(word)
            )
        return (
            word.plain in self._surnames and word.capital and other.capital and self._sure_given(other) and gap == " "
        )

    def _continues(self, text: str, words: list[Word], position: int, first: int) -> bool:
        """Whether the word at ``position`` goes on with the name that began at ``first``."""
        word, before = words[position], words[position - 1]
        gap = text[before.end : word.start]
        if re.fullmatch(r",\s?", gap):
            return (
                position == first + 1
                and self._sure_given(word)
                and word.capital
                and not self._sure_given(before)
                and before.capital
            )
        if not re.fullmatch(r"\.?[ \t]{1,2}|\.|-|\.\s?-|\s[\"“(]", gap) or (
            gap.startswith(".") and len(before.text) > 2 and before.plain not in _TITLE
        ):
            return False
        if before.text.endswith(("'s", "’s")):
            return False
        if word.plain in _SUFFIX:
            return True
        if len(word.text) == 1:
            return (word.text.isupper() and word.text != "I") or text[word.end : word.end + 1] == "."
        if word.plain in _PARTICLES:
            following = next(
                (other for other in words[position + 1 : position + 4] if other.plain not in _PARTICLES), None
            )
            return following is not None and (following.capital or self._sure(following))
        if word.plain in _NOT_A_NAME or (word.text.isupper() and not self._shouts(text)):
            return word.text.isupper() and self._sure(word)
        if word.capital:
            return (words[first].capital or words[first].plain in _PARTICLES) and (
                self._listed(word) or word.plain not in self._common
            )
        return (
            not words[first].capital
            and word.plain not in self._only_capital
            and (
                self._sure(word)
                or word.plain in self._surnames_maybe
                or (word.plain not in self._common and len(word.plain) > 3)
            )
        )

    @staticmethod
    def _shouts(text: str) -> bool:
        """Whether the text is written in capitals throughout."""
        letters = [letter for letter in text if letter.isalpha()]
        return len(letters) > 20 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)

    # -- grammar ---------------------------------------------------------------------------------

    def _grammar(self, text: str, words: list[Word], open_words: list[bool]) -> Iterator[Span]:
        """What spaCy calls a person among the capitals that nothing has explained."""
        asked = [word for word, is_open in zip(words, open_words, strict=True) if is_open and self._unexplained(word)]
        doubtful = []
        for word in asked:
            if _PERSON.search(text[max(0, word.start - 40) : word.start]):
                yield word.start, word.end
            elif (
                self._evidence(text, word)
                or _MEDIUM.search(text[max(0, word.start - 40) : word.start])
                or any(abs(word.start - other.end) == 1 or abs(other.start - word.end) == 1 for other in asked)
            ):
                doubtful.append(word)
        for sentence in _SENTENCE.finditer(text) if doubtful else ():
            inside = [word for word in doubtful if sentence.start() <= word.start < sentence.end()]
            for start, end in self._find_people(sentence[0]) if inside else ():
                people = [
                    word
                    for word in inside
                    if start <= word.start - sentence.start() and word.end - sentence.start() <= end
                ]
                if people:
                    beside = [word for word in inside if word.end == people[0].start - 1]
                    yield (beside or people)[0].start, people[-1].end

    @staticmethod
    def _evidence(text: str, word: Word) -> bool:
        """Whether what follows a single capital speaks for a person, not for an author or a product."""
        return (
            _BEHIND.search(text[word.start + len(word.text.removesuffix("'s").removesuffix("’s")) : word.end + 40])
            is not None
        )

    def _unexplained(self, word: Word) -> bool:
        if (
            not word.capital
            or len(word.text) < (3 if word.text.isascii() else 2)
            or word.plain in _NOT_A_NAME
            or self._keeper.doubtful(word)
        ):
            return False
        return (
            self._listed(word) and not (word.opens and word.plain in self._only_capital)
        ) or word.plain not in self._common
