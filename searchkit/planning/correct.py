"""What else may a word have meant that the index does not know?

A word is known when its form or its uncut lemma belongs to an indexed form;
a cut stem is no knowledge (a quarter of Russian and Kazakh typos share one
with some indexed word).  An unknown word keeps what its stem finds; beside it
go the closest known words, at a lower weight, and are told.
"""

from searchkit.analysis import QueryWord, field, query_words
from searchkit.engine.contract import Lexicon
from searchkit.engine.plan import All, Node
from searchkit.languages.registry import language
from searchkit.planning.expand import Part, best, passage_terms, readings, term_node
from searchkit.planning.limits import CORRECTED_WORDS
from searchkit.planning.scope import borrowed_script
from searchkit.planning.suggest import Suggester
from searchkit.text.normalize import term_form
from searchkit.text.scripts import script_of
from searchkit.typed import TYPE_CHECKING

if TYPE_CHECKING:  # a word that is known does without
    from searchkit.planning.spelling import Correction

SLIP_COST = 2.0  # a letter left out or doubled: Kazakstan may be Kazakhstan, but universitet is no university
FORMS = 1_024  # of one word~2: short words are two edits from half a lexicon


class Corrector:
    """Completes the words of one query.

    Args:
        lexicon: of the index.
        suggester: looks for similar words there.
        fuzzy: as ``settings.SearchSettings`` says.
        most: words that similar ones are looked for, ``word~1`` among them if there are any.

    Attributes:
        corrections: word -> its suggestions, best first, and whether any is searched for.
        terms: word -> further terms that it may be found by, for passages.
    """

    def __init__(self, lexicon: Lexicon, suggester: Suggester, *, fuzzy: str, most: int = CORRECTED_WORDS) -> None:
        self._lexicon, self._suggester, self._fuzzy = lexicon, suggester, fuzzy
        self._present = frozenset(name.rsplit("_", 1)[1] for name in lexicon.fields())
        self._most = most
        self._tried = 0  # words, not finds: 512 unknown words without a single suggestion took 9 s
        self.corrections: dict[str, tuple[tuple[str, ...], bool]] = {}
        self.terms: dict[str, list[tuple[str, str]]] = {}

    def knows(self, words: list[tuple[QueryWord, float]]) -> bool:
        """Tell whether any language of the index knows a word."""
        return any(self._knows(word) for word, _ in words)

    def _knows(self, word: QueryWord) -> bool:
        form = word.analysis.words[0][0]
        named = (field("body", "word", word.code), field("title", "word", word.code))
        return any(self._lexicon.frequency(name, form) for name in named) or self._suggester.knows_lemma(word.code, word.analysis)

    def __call__(self, part: Part, words: list[tuple[QueryWord, float]]) -> list[Node]:
        """Give further alternatives for a word: another script's spelling, then corrections."""
        text = words[0][0].text
        if self._fuzzy != "on" and self.knows(words):
            return []
        self._tried += 1
        found = self._suggester.corrections(text) if self._tried <= self._most else []
        chosen = found if self._fuzzy == "on" else self._suggester.worth(found) if self._fuzzy == "auto" else []
        borrowed = self._borrowed(part, text, sure=bool(chosen) and self._fuzzy == "auto")
        if borrowed and self._fuzzy == "auto":
            chosen = [each for each in chosen if each.kind == "edits" and each.cost <= SLIP_COST]
            if not chosen:
                return borrowed
        if found or not any(self._finds(word) for word, _ in words):
            self.corrections[text] = (tuple(each.text for each in found), bool(chosen))
        return borrowed + [node for each in chosen for node in self._corrected(part, text, each)]

    def _borrowed(self, part: Part, text: str, *, sure: bool) -> list[Node]:
        """Read a word as another script's spelling; ``sure``: only if it is surely a word there (``univercity`` is no Kazakh)."""
        nodes: list[Node] = []
        for code in borrowed_script(text, self._present):
            word = QueryWord(text, 0, len(text), code, language(code).query(text))
            if (word.analysis.lemmas or not sure) and self._finds(word):
                nodes.append(best(readings(part, code, word.analysis, 1.0, strict=True)))
                self.terms.setdefault(text, []).extend(passage_terms(word))
        return nodes

    def reread(self, pieces: list[str]) -> list[str]:
        """Mend what falls apart when it is cut into words.

        A piece with signs may be a word under another layout (``rfpf[cnfy`` is
        Казахстан), two pieces side by side one word with a blank too many.
        """
        if self._fuzzy == "off" or not self._most or (len(pieces) == 1 and pieces[0].isalnum()):
            return pieces
        from searchkit.planning.spelling import joined, retyped

        mended: list[str] = []
        for piece in pieces:
            typed = retyped(piece, self._suggester)
            together = joined(mended[-1], piece, self._suggester) if mended else None
            if together:
                self.corrections[f"{mended[-1]} {piece}"] = ((together,), True)
                mended[-1] = together
            elif typed:
                self.corrections[piece] = ((typed.text,), True)
                mended.append(typed.text)
            else:
                mended.append(piece)
        return mended

    def near(self, part: Part, word: str, edits: int) -> tuple[list[Node], list[tuple[str, str]]]:
        """Look for every form so many edits away: the nodes, and the terms for passages."""
        nodes: list[Node] = []
        terms: list[tuple[str, str]] = []
        for code, form, distance in self._suggester.near(term_form(word), edits)[:FORMS] if self._most else ():
            nodes.append(term_node(part, "word", code, form, 1 / (1 + distance)))
            terms.append((field("body", "word", code), form))
        return nodes, terms

    def _finds(self, word: QueryWord) -> bool:
        """Tell whether any lighter key of a word is in the index."""
        return any(self._lexicon.frequency(name, term) for name, term in passage_terms(word))

    def _corrected(self, part: Part, text: str, correction: "Correction") -> list[Node]:
        """Look for a correction in place of a word, in every language that has it: all its words, where it is two."""
        found: list[Node] = []
        others = self._suggester.languages(script_of(correction.text))
        codes = [code for code in others if code != correction.language and self._suggester.frequency(code, correction.text)]
        for code in (correction.language, *codes):
            nodes: list[Node] = []
            for word in query_words(correction.text, code):
                weight = language(word.code).weights.fuzzy * correction.similarity
                nodes.append(best(readings(part, word.code, word.analysis, weight, strict=True)))
                self.terms.setdefault(text, []).extend(passage_terms(word))
            found += [All(tuple(nodes))] if len(nodes) > 1 else nodes
        return found
