"""What the lists say about one word: a given name, a surname, an everyday word, or unknown."""

from string import ascii_lowercase

from bot.privacy.words import Word, word_list

NOT_A_NAME = word_list("not_a_name")
PARTICLES = word_list("name_particles")


class Lexicon:
    """Looks words up in the lists of names and of everyday words."""

    def __init__(self) -> None:
        self.given_sure, self.given_maybe = word_list("given_names"), word_list("given_names_ambiguous")
        self.surnames_sure, self.surnames_maybe = word_list("surnames"), word_list("surnames_ambiguous")
        self.common, self.only_capital = word_list("words"), word_list("only_capital")
        self.states = frozenset(part for line in word_list("states") for part in line.split())

    @staticmethod
    def _parts(word: Word) -> list[str]:
        return [word.plain.replace("'", ""), *(word.plain.split("-") if "-" in word.plain else ())]

    def given(self, word: Word) -> bool:
        """Whether it is a given name, be it a word too."""
        return any(part in self.given_sure or part in self.given_maybe for part in self._parts(word))

    def sure_given(self, word: Word) -> bool:
        """Whether it is a given name and hardly anything else."""
        return any(part in self.given_sure for part in self._parts(word))

    def surname(self, word: Word) -> bool:
        """Whether it is a surname, be it a word too."""
        return any(part in self.surnames_sure or part in self.surnames_maybe for part in self._parts(word))

    def sure(self, word: Word) -> bool:
        """Whether it is a name and hardly anything else."""
        return any(part in self.given_sure or part in self.surnames_sure for part in self._parts(word))

    def listed(self, word: Word) -> bool:
        """Whether any list of names has it."""
        return self.given(word) or self.surname(word)

    def everyday(self, word: Word) -> bool:
        """A word that is no name where it stands: never a name, or common and in lower case."""
        if word.plain in NOT_A_NAME:
            return True
        return not word.capital and (
            word.plain in self.only_capital or (word.plain in self.common and not self.sure(word))
        )

    def unknown(self, word: Word) -> bool:
        """Whether no list has it; a slip of the pen of an everyday word counts as that word."""
        if len(word.text) < (3 if word.text.isascii() else 2) or word.plain in NOT_A_NAME or self.listed(word):
            return False
        if any(part in self.common for part in (word.plain, *word.plain.split("-"))) or word.plain in self.states:
            return False
        return word.capital or (len(word.plain) > 3 and not self._slip(word.plain))

    def _slip(self, plain: str) -> bool:
        """Whether one letter added, left out, changed or swapped makes ``plain`` an everyday word."""
        cuts = [(plain[:index], plain[index:]) for index in range(len(plain) + 1)]
        return any(
            left + right[1:] in self.common
            or left + right[1:2] + right[:1] + right[2:] in self.common
            or any(
                left + letter + right[1:] in self.common or left + letter + right in self.common
                for letter in ascii_lowercase
            )
            for left, right in cuts
        )
