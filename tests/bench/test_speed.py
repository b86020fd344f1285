"""The bench measures what it says: the same texts every time, like real ones; figures that can tell good from bad."""

import sys
from collections import Counter
from pathlib import Path

import lexicons
import places
import pytest
import report
import rows
import runs
import texts

FEW = {
    "de": ["Vertrag", "Energie", "Windkraft", "Förderung"],
    "en": ["university", "agreement", "weather", "country"],
    "ko": ["과학기술을", "협력", "대학교에서", "에너지"],
    "kk": ["мектептер", "ғылымды", "келісім", "кітап"],
    "ru": ["соглашение", "спутники", "страны", "погода"],
}
QUICK = {"changed", "unknown"}  # the others start the program so often that they are soak runs


def made_up(code: str) -> lexicons.Words:
    """Give few words in place of whole dictionaries, which take seconds to load."""
    content = [f"{first}{second.lower()}" for first in FEW[code] for second in FEW[code]]
    return lexicons.Words(["and", "und", "не", "да"] if code != "ko" else [], [*FEW[code], *content])


def test_texts_are_the_same_every_time(tmp_path: Path) -> None:
    """From the seed alone; another seed writes others."""
    written = [
        b"".join(
            path.read_bytes()
            for path in sorted(texts.write_collection(tmp_path / name, ["en", "kk"], documents=40, seed=seed).folder.iterdir())
        )
        for name, seed in (("one", 1), ("again", 1), ("other", 2))
    ]

    assert written[0] == written[1]
    assert written[0] != written[2]


def test_texts_are_like_real_ones() -> None:
    """A few words are everywhere, most are rare, new ones keep coming, and a document comes back to its own."""
    writer = texts.Writer("en")
    documents = [writer.document().body for _ in range(200)]
    words = " ".join(documents).split()
    counts = Counter(words)

    assert all(texts.FEWEST <= len(document.split()) <= texts.MOST for document in documents)
    assert sum(count for _, count in counts.most_common(50)) > 0.2 * len(words)
    assert sum(count == 1 for count in counts.values()) > 0.3 * len(counts)
    assert len(counts) > 1.5 * len(set(words[: len(words) // 3]))
    assert sum(len(set(document.split())) for document in documents) < 0.75 * len(words)


@pytest.mark.parametrize("code", [pytest.param(code, marks=() if code in ("en", "kk") else pytest.mark.soak) for code in lexicons.CODES])
def test_dictionaries_have_words_enough(code: str) -> None:
    """A hundred thousand, each once, the short ones mostly before the long ones."""
    content = lexicons.words(code).content

    assert len(set(content)) == len(content) > 100_000
    assert sum(map(len, content[:1_000])) < 0.8 * sum(map(len, content[-1_000:]))


@pytest.mark.parametrize("name", [pytest.param(name, marks=() if name in QUICK else pytest.mark.soak) for name in rows.ROWS])
def test_row_is_measured(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On next to nothing; every line has a figure."""
    monkeypatch.setattr(lexicons, "words", made_up)

    figures = rows.ROWS[name](places.Places(tmp_path, places.Size(megabytes=0.02, rounds=1, starts=1)))

    assert figures
    assert all(figure.measured and figure.verdict in ("aim", "reached", "short", "") for figure in figures)


def test_a_command_is_counted_whole() -> None:
    """Wall and processor time, and the memory that it held."""
    held = bytearray(100_000_000)  # by who asks, and none of the command's business
    busy = runs.run([sys.executable, "-c", "x = bytearray(200_000_000); sum(range(1_000_000))"])
    idle = runs.run([sys.executable, "-c", "pass"])

    assert idle.peak_bytes < len(held)
    assert busy.peak_bytes > 200_000_000
    assert busy.cpu > idle.cpu


def test_a_command_that_fails_gives_no_figure() -> None:
    """Nobody is told how fast an error message came."""
    with pytest.raises(runs.CommandError, match="status 3"):
        runs.run([sys.executable, "-c", "raise SystemExit(3)"])
    with pytest.raises(runs.CommandError, match="1 answers to 2 queries"):
        runs.answers([sys.executable, "-c", "print(input())"], ["one", "two"])


def test_answers_are_counted_without_the_start() -> None:
    """A slow start does not show, a slow answer does."""
    program = "import sys, time; time.sleep({}); [(time.sleep({}), print(end=line, flush=True)) for line in sys.stdin]"
    slow_start, slow_answer = (
        runs.answers([sys.executable, "-c", program.format(*pauses)], ["a", "b", "c"]) for pauses in ((0.5, 0), (0, 0.2))
    )

    assert slow_start.wall < 0.3
    assert slow_answer.wall >= 0.4


def test_medians_stand_above_one_busy_moment() -> None:
    """Of interleaved runs; of memory it is the most that counts."""
    turns = iter([runs.Cost(1, 1, 5), runs.Cost(9, 9, 7), runs.Cost(2, 2, 6)])

    assert runs.in_turns({"it": lambda: next(turns)}, 3) == {"it": runs.Cost(2, 2, 7)}


def test_verdicts() -> None:
    """At most and at least; better than the aim, than what must be reached, than neither."""
    slow, fair, fast = (report.at_most("", runs.Ratio(ratio, 1), "x", reach=4, aim=1).verdict for ratio in (4.1, 4.0, 0.9))
    low, high = (report.at_least("", speed, "MB/s", reach=4, aim=8).verdict for speed in (3.9, 8))

    assert (slow, fair, fast, low, high) == ("short", "reached", "aim", "short", "aim")


def test_a_peer_that_is_missing_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """In one line; the others stay."""
    monkeypatch.setattr(places, "PEERS_PYTHON", tmp_path / "none")
    monkeypatch.setattr(
        places.Places, "peer", staticmethod(lambda engine, *_: [sys.executable, "-c", f"raise SystemExit({int(engine == 'tantivy')})"])
    )

    peers = places.Places(tmp_path, places.Size(1, 1, 1)).peers

    assert set(peers) == {"fts5", "fts5-plain", "whoosh"}
    assert capsys.readouterr().out == "tantivy is not there, its ratios are left out: no reason\n"


def test_the_page_keeps_what_stands_around_the_table(tmp_path: Path) -> None:
    """And has marks at all."""
    page = tmp_path / "page.md"
    page.write_text(f"before\n{report.MARK}\nold\n{report.END}\nafter\n", "utf-8")

    report.write(page, "new")

    assert page.read_text("utf-8") == f"before\n{report.MARK}\n\nnew\n\n{report.END}\nafter\n"
    with pytest.raises(ValueError, match="no marks"):
        report.write(Path(__file__), "new")
    assert (report.MARK in (places.TOP / "docs" / "performance.md").read_text("utf-8")) is True
