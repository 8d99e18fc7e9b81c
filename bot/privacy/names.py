"""Names of people: behind titles and cues, from lists of names, and from spaCy where a capital stays unexplained."""

import re
from collections.abc import Callable, Iterator

from bot.privacy.keep import Keeper
from bot.privacy.lexicon import NOT_A_NAME, PARTICLES, Lexicon
from bot.privacy.name_cues import ACTS, ADDRESSED, BEHIND, FAMILY, MEDIUM, ONLY_PERSON, PERSON, STRONG
from bot.privacy.recogniser import Recogniser, Span
from bot.privacy.words import Word, word_list, words_of

# Finds people in a text by its grammar: returns their spans.
PersonFinder = Callable[[str], list[Span]]

_TITLE = word_list("titles")
_NOT_AFTER_TITLE = word_list("not_after_title")
_SUFFIX = frozenset(["jr", "sr", "ii", "iii", "iv"])
_SENTENCE = re.compile(r"[^\n.!?]{1,400}[.!?]*")


class _Text:
    """A text, its words, and which of them no rule has settled yet."""

    def __init__(self, text: str, keeper: Keeper) -> None:
        self.text, self.words = text, words_of(text)
        kept = keeper.spans(text)
        self.free = [not any(a < word.end and word.start < b for a, b in kept) for word in self.words]
        letters = [letter for letter in text if letter.isalpha()]
        self.shouts = len(letters) > 20 and sum(letter.isupper() for letter in letters) > 0.8 * len(letters)

    def before(self, word: Word) -> str:
        return self.text[max(0, word.start - 40) : word.start]

    def behind(self, word: Word) -> str:
        """What follows ``word``, from its possessive on."""
        bare = word.text.removesuffix("'s").removesuffix("’s")
        return self.text[word.start + len(bare) : word.end + 40]

    def gap(self, index: int) -> str:
        """What stands between the word at ``index`` and the one before it."""
        return self.text[self.words[index - 1].end : self.words[index].start]


class Names(Recogniser):
    """People's names in any case; words of the keep list and of organisations' names are out of its reach."""

    kind = "name"

    def __init__(self, keeper: Keeper, find_people: PersonFinder) -> None:
        super().__init__()
        self._keeper, self._find_people, self._lexicon = keeper, find_people, Lexicon()

    def spans(self, text: str) -> Iterator[Span]:
        found = _Text(text, self._keeper)
        index = 0
        while index < len(found.words):
            length = self._run(found, index)
            if length:
                found.free[index : index + length] = [False] * length
                yield found.words[index].start, found.words[index + length - 1].end
            index += max(1, length)
        yield from self._grammar(found)

    def _run(self, found: _Text, index: int) -> int:
        """How many words from ``index`` on are one person's name; 0 where none."""
        words = found.words
        if not found.free[index] or words[index].plain in NOT_A_NAME - {"do"} or not self._begins(found, index):
            return 0
        last = index
        for position in range(index + 1, min(index + 6, len(words))):
            if not found.free[position] or not self._continues(found, position, index):
                break
            last = position
        while last > index and words[last].plain in PARTICLES and not self._lexicon.listed(words[last]):
            last -= 1
        return last - index + 1

    # -- where a name begins ---------------------------------------------------------------------

    def _begins(self, found: _Text, index: int) -> bool:
        word, before = found.words[index], found.before(found.words[index])
        titled = index > 0 and found.words[index - 1].plain in _TITLE and re.fullmatch(r"\.?\s{1,2}", found.gap(index))
        if re.search(r"\b(?:drs|messrs|doctors)\.?\s[^\s]{2,30}\s(?:and|&)\s$", before, re.IGNORECASE):
            return word.capital or self._lexicon.listed(word)
        if titled or STRONG.search(before):
            return self._named(found, index, found.words[index - 1].plain if titled else "")
        if re.search(r"\d{4},\s?$", before) and re.match(r",\s?[MF]\b", found.behind(word)):
            return True  # a row of a table
        if len(word.text) == 1:
            return self._initials_of(found, index)
        if word.text.isupper() and not found.shouts:
            initials = self._initials(word, "") and re.search(
                r"\b(?:patient|pt|re|client|resident)\s$", before, re.IGNORECASE
            )
            return bool(initials) or self._pair(found, index)
        return self._pair(found, index) or self._coordinated(found, index) or self._single(found, word)

    def _named(self, found: _Text, index: int, title: str) -> bool:
        """Whether the word behind a title or 'named' is a name."""
        word, lexicon = found.words[index], self._lexicon
        if self._initials(word, found.behind(word)):
            return True
        if len(word.text) in (2, 3) and re.search(r"\binitials?\b\W{0,2}(?:(?:are|is|were)\s)?$", found.before(word)):
            return True
        if word.plain in PARTICLES and index + 1 < len(found.words):
            return found.words[index + 1].capital or lexicon.listed(found.words[index + 1])
        if title in ("dr", "mr", "mrs", "ms", "miss") and lexicon.surname(word) and word.plain not in _NOT_AFTER_TITLE:
            return True
        if lexicon.everyday(word) or len(word.text) < 2 or word.plain in lexicon.states:
            return False
        if word.text.isupper() and not found.shouts:
            return lexicon.listed(word)
        return word.capital or lexicon.listed(word) or lexicon.unknown(word)

    def _single(self, found: _Text, word: Word) -> bool:
        """Whether one word alone is a name, by the lists and by the words around it."""
        lexicon, before, behind = self._lexicon, found.before(word), found.behind(word)
        person = PERSON.search(before) is not None
        if self._keeper.doubtful(word):
            return person and word.capital and lexicon.given(word)
        if word.plain in lexicon.states:
            return person and word.capital
        if lexicon.sure_given(word) and (word.capital or word.plain not in lexicon.common):
            return True
        if not word.capital and word.plain in lexicon.given_maybe and ACTS.match(behind):
            verb_alone = re.match(r"['’,]|\s(?:has|had|is|was|got|does|did|who|needs)\b", behind) is None
            if FAMILY.search(before) or (word.opens and verb_alone):
                return True
        if lexicon.unknown(word):
            return self._person_around(word, before, behind)
        if not lexicon.listed(word) or (not word.capital and word.plain in lexicon.only_capital):
            return False
        acts, cue = BEHIND.search(behind) is not None, person or MEDIUM.search(before) is not None
        if word.opens and word.plain in lexicon.only_capital:
            return acts and not re.match(r"\s(?:has|had|does|did|is|was|left|needs?|calls?)\b", behind)
        sure = ONLY_PERSON.search(behind) is not None or ADDRESSED.search(before) is not None
        return acts or cue or sure if word.capital else (lexicon.sure(word) and (cue or acts or sure)) or (acts and cue)

    @staticmethod
    def _person_around(word: Word, before: str, behind: str) -> bool:
        """Whether an unknown word is a person's for what stands around it."""
        if PERSON.search(before) or ADDRESSED.search(before):
            return (
                word.capital
                or FAMILY.search(before) is not None
                or BEHIND.search(behind) is not None
                or not behind.strip(" .!?")
            )
        return ONLY_PERSON.search(behind) is not None

    def _coordinated(self, found: _Text, index: int) -> bool:
        """Whether 'Faith and Joy' stand here: two given names that are words too, both with capitals."""
        trios = [found.words[first : first + 3] for first in (index, index - 2) if first >= 0]
        return any(
            len(trio) == 3 and trio[1].plain in ("and", "or") and all(self._given_capital(name) for name in trio[::2])
            for trio in trios
        )

    def _given_capital(self, word: Word) -> bool:
        lexicon = self._lexicon
        return word.capital and word.plain in lexicon.given_maybe - lexicon.states and not self._keeper.doubtful(word)

    @staticmethod
    def _initials(word: Word, behind: str) -> bool:
        """'J' of 'J.S.' or 'J. R. Smith', and 'JS'."""
        return (len(word.text) == 1 and behind.startswith(".")) or (
            len(word.text) in (2, 3) and word.text.isupper() and word.plain not in NOT_A_NAME
        )

    def _initials_of(self, found: _Text, index: int) -> bool:
        """Whether the letter at ``index`` begins 'J. R. Whitcomb'."""
        start = found.words[index].start
        match = re.match(r"[A-Z]\.?\s?(?:[A-Z]\.?\s?){0,2}\s?(?=[A-Z][a-z'’])", found.text[start:])
        if not match or "." not in match[0]:
            return False
        surname = next((word for word in found.words[index:] if word.start >= start + match.end()), None)
        return surname is not None and (self._lexicon.listed(surname) or surname.plain not in self._lexicon.common)

    # -- two words -------------------------------------------------------------------------------

    def _pair(self, found: _Text, index: int) -> bool:
        """Whether a given name and a surname stand here side by side, or as 'Smith, John'."""
        words, after = found.words, index + 1
        while after < min(len(words), index + 3) and len(words[after].text) == 1 and words[after].text.isupper():
            after += 1
        if after < len(words) and words[after].plain in PARTICLES and words[index].capital:
            after = next(
                (n for n in range(after, min(len(words), after + 3)) if words[n].plain not in PARTICLES), after
            )
        if after >= len(words) or not found.free[after] or words[after].plain in NOT_A_NAME:
            return False
        one, two = words[index], words[after]
        gap = found.text[one.end : two.start]
        if re.fullmatch(r",\s?", gap):
            return self._turned_round(one, two, found.behind(two))
        if not re.fullmatch(r"\s(?:[A-Za-z]{1,3}\.?\s){0,3}", gap) or "\n" in gap:
            return False
        if one.text.isupper() and two.text.isupper() and not found.shouts:
            return self._lexicon.sure_given(one) and self._lexicon.listed(two) and len(two.text) > 2
        evidence = any(cue.search(found.before(one)) for cue in (PERSON, MEDIUM, ADDRESSED)) or BEHIND.search(
            found.behind(two)
        )
        if one.capital and two.capital:
            return self._capitals(one, two, bool(evidence))
        return not one.capital and not two.capital and self._lower(one, two, bool(evidence))

    def _capitals(self, one: Word, two: Word, evidence: bool) -> bool:
        lexicon = self._lexicon
        sure = lexicon.sure(two) and not self._keeper.doubtful(two)
        if one.plain in lexicon.given_maybe:
            listed = lexicon.listed(two) and not (one.opens and two.plain in lexicon.only_capital)
            return listed or (lexicon.unknown(two) and (not one.opens or one.plain not in lexicon.common))
        if lexicon.unknown(one):
            return lexicon.listed(two) or (lexicon.unknown(two) and evidence)
        return sure and (
            (lexicon.surname(one) and lexicon.given(two)) or (not one.opens and one.plain not in lexicon.states)
        )

    def _lower(self, one: Word, two: Word, evidence: bool) -> bool:
        lexicon = self._lexicon
        if one.plain in lexicon.given_maybe:
            return two.plain in lexicon.surnames_sure
        return lexicon.unknown(one) and (lexicon.sure(two) or (lexicon.unknown(two) and evidence))

    def _turned_round(self, one: Word, two: Word, behind: str) -> bool:
        """Whether 'Smith, John' stands here rather than two of a list."""
        lexicon = self._lexicon
        if not (one.capital and two.capital) or two.plain in lexicon.states:
            return False
        if lexicon.listed(one) and lexicon.sure_given(two) and not lexicon.sure_given(one):
            return True
        ends = re.match(r"\s*(?:$|[-–(#]|\d|[A-Z]\.|dob|mrn)", behind, re.IGNORECASE) is not None
        return ends and (lexicon.listed(one) or lexicon.unknown(one)) and (lexicon.given(two) or lexicon.unknown(two))

    def _continues(self, found: _Text, position: int, first: int) -> bool:
        """Whether the word at ``position`` goes on with the name that began at ``first``."""
        lexicon, words, gap = self._lexicon, found.words, found.gap(position)
        word, before, head = words[position], words[position - 1], words[first]
        if re.fullmatch(r",\s?", gap):
            return position == first + 1 and self._turned_round(before, word, found.behind(word))
        if not re.fullmatch(r"\.?[ \t]{1,2}|\.|-|\.\s?-|\s[\"“(]", gap) or before.text.endswith(("'s", "’s")):
            return False
        if gap.startswith(".") and len(before.text) > 2 and before.plain not in _TITLE:
            return False
        if word.plain in _SUFFIX:
            return True
        if len(word.text) == 1:
            return (word.text.isupper() and word.text != "I") or found.text[word.end : word.end + 1] == "."
        if word.plain in PARTICLES:
            following = next(
                (other for other in words[position + 1 : position + 4] if other.plain not in PARTICLES), None
            )
            return following is not None and (
                following.capital or lexicon.sure(following) or lexicon.unknown(following)
            )
        if word.plain in NOT_A_NAME or (word.text.isupper() and not found.shouts):
            return word.text.isupper() and lexicon.sure(word)
        if word.capital:
            return head.capital or head.plain in PARTICLES
        maybe = word.plain in lexicon.surnames_maybe and word.plain not in lexicon.only_capital
        return not head.capital and (maybe or lexicon.sure(word) or lexicon.unknown(word))

    # -- grammar ---------------------------------------------------------------------------------

    def _grammar(self, found: _Text) -> Iterator[Span]:
        """What spaCy calls a person among the capitals that nothing has explained."""
        asked = [word for word, free in zip(found.words, found.free, strict=True) if free and self._unexplained(word)]
        doubtful = [
            word
            for word in asked
            if BEHIND.search(found.behind(word))
            or MEDIUM.search(found.before(word))
            or any(abs(word.start - other.end) == 1 or abs(other.start - word.end) == 1 for other in asked)
        ]
        for sentence in _SENTENCE.finditer(found.text) if doubtful else ():
            inside = [word for word in doubtful if sentence.start() <= word.start < sentence.end()]
            for start, end in self._find_people(sentence[0]) if inside else ():
                people = [w for w in inside if start <= w.start - sentence.start() and w.end - sentence.start() <= end]
                if people:
                    beside = [word for word in inside if word.end == people[0].start - 1]
                    yield (beside or people)[0].start, people[-1].end

    def _unexplained(self, word: Word) -> bool:
        """Whether a capital is neither an everyday word nor one that is kept."""
        if not (word.capital and word.cased) or word.plain in NOT_A_NAME or self._keeper.doubtful(word):
            return False
        opens = word.opens and word.plain in self._lexicon.only_capital
        return (self._lexicon.listed(word) and not opens) or self._lexicon.unknown(word)
