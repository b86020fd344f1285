"""A thousand documents at once are analysed as one by one."""

from collections.abc import Sequence
from itertools import product

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.analysis import DocumentAnalyzer
from searchkit.batches import BatchAnalyzer
from searchkit.documents.model import Document
from searchkit.engine.contract import AnalyzedDocument, Form
from searchkit.text.normalize import nfc

GERMAN = "Die Hochschulen beider Länder haben gestern eine Vereinbarung unterzeichnet und wollen enger zusammenarbeiten."
ENGLISH = "The universities of both countries signed an agreement yesterday, and they are going to work together more closely."
KAZAKH = "Екі елдің университеттері кеше келісімге қол қойды және ғылыми жұмысты бірге жүргізбек."
RUSSIAN = "Университеты обеих стран вчера подписали соглашение и будут теснее сотрудничать в науке."
KOREAN = "두 나라의 대학은 어제 협정을 체결하고 KAIST와 함께 연구를 하기로 했다."
PIECES = [
    GERMAN, ENGLISH, KAZAKH, RUSSIAN, KOREAN, "Вася", "IV", "№ 69-VI", "Qazaqstan Respublikasy", "字" * 300, "x" * 700, "wort " * 120,
    "e.g.", "»", '."', "3,14", "кеше", "der", "the", "...", "한", "Überschrift ohne Punkt", "cafe\u0301",
]  # fmt: skip
JOINTS = [" ", "  ", "\n", "\n\n", "\n \t\n", " \n", "\n  ", "\u3000", "\r", "\x1c", "\u2028", ""]
texts = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from(JOINTS)), max_size=12).map(lambda parts: "".join(map("".join, parts)))


def told(documents: list[AnalyzedDocument], forms: Sequence[Form]) -> list[object]:
    """Say all that was found out, with forms for their numbers."""
    return [
        (document.key, document.language, document.line, list(document.chunks), *([forms[row] for row in rows] for rows in each))
        for document in documents
        for each in [(document.title_forms, document.forms)]
    ]


def one_by_one(documents: list[Document], lang: str) -> list[object]:
    """Analyse documents as single ones."""
    analyzer = DocumentAnalyzer()
    return told([analyzer.document(document, lang=lang) for document in documents], analyzer.forms)


def together(analyzer: BatchAnalyzer, documents: list[Document], lang: str) -> list[object]:
    """Analyse documents as a batch."""
    return told(analyzer.documents(documents, [lang] * len(documents)), analyzer.forms)


@given(
    texts=st.lists(st.one_of(texts, st.text(max_size=300)), min_size=1, max_size=6),
    title=st.sampled_from([None, "Der Titel", "The title", "Тақырып"]),
    lang=st.sampled_from(["auto", "auto", "auto", "de", "kk", "ko", "fr"]),
)
@example(texts=["wort " * 11 + "\n" + "wort " * 11 + "\n"], title=None, lang="auto")
@example(texts=["\nab\n\n", "", " \n", "a\n"], title="Der Titel", lang="auto")
@settings(max_examples=150, deadline=None)
def test_a_batch_says_what_single_documents_say(texts: list[str], title: str | None, lang: str) -> None:
    """Languages, forms, chunks and lines, whatever the texts and their white space."""
    documents = [Document(str(number), "/a", title, nfc(text)) for number, text in enumerate(texts)]

    assert together(BatchAnalyzer(), documents, lang) == one_by_one(documents, lang)


@pytest.mark.parametrize("joint", ["\n", "\n\n", " "])
def test_long_texts_are_told_by_a_sample(joint: str) -> None:
    """Three pieces of a long text name its language; its paragraphs have their own."""
    documents = [
        Document(f"{first} {second}", "/a", None, joint.join([PIECES[first]] * 60 + [PIECES[second]] * 60))
        for first, second in product(range(5), repeat=2)
    ]

    assert together(BatchAnalyzer(), documents, "auto") == one_by_one(documents, "auto")


def test_later_batches_go_on_with_the_same_forms() -> None:
    """What a word was in one batch it is in the next: the table grows, and nothing in it changes."""
    analyzer = BatchAnalyzer()
    first, second = Document("1", "/a", None, GERMAN), Document("2", "/a", None, f"{ENGLISH}\n\n{GERMAN}")

    early = analyzer.documents([first], ["auto"])
    size = len(analyzer.forms)
    later = analyzer.documents([second], ["auto"])

    assert told(early, analyzer.forms) == one_by_one([first], "auto")
    assert told(later, analyzer.forms) == one_by_one([second], "auto")
    assert min(later[0].forms) < size < len(analyzer.forms)


def test_lines_are_those_of_the_source() -> None:
    """Counted from the source's own breakpoints where it has several."""
    text = f"{GERMAN}\n\n{ENGLISH}\n{GERMAN}"
    documents = [
        Document("1", "/a", None, text, lines=((0, 7),)),
        Document("2", "/a", None, text, lines=((0, 7), (len(GERMAN) + 2, 40))),
        Document("3", "/a", None, text, lines=((0, 7), (len(GERMAN) + 1, 7))),
    ]

    assert together(BatchAnalyzer(), documents, "auto") == one_by_one(documents, "auto")
