"""Do the parts of the folder engine keep their promises?"""

import re
import time
import zlib
from pathlib import Path
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from searchkit.engine.local import channels, coded, layout, merge, vectors
from searchkit.engine.local.coded import WINDOW, CodedBytes
from searchkit.engine.local.coding import CodedWriter
from searchkit.engine.local.dictionary import write_terms
from searchkit.engine.local.engine import LocalEngine
from searchkit.engine.local.packing import order_of, runs, varint_get, varint_lengths, varint_put
from searchkit.engine.local.policy import to_merge
from searchkit.engine.local.postings import read, read_some
from searchkit.engine.local.reader import LocalReader
from searchkit.engine.local.storage import BLOCK_BYTES, Container, ContainerWriter
from searchkit.engine.local.terms import SEPARATOR, TermList, encode
from searchkit.engine.local.wildcards import compile_pattern, literal_prefix, longest_literal
from searchkit.engine.plan import Plan, Wildcard
from searchkit.errors import IndexDamagedError
from tests.engine.disks import QuickDisk
from tests.engine.kit import Batch, commit


@given(st.lists(st.integers(0, 2**40)))
def test_numbers_survive_seven_bits_a_byte(values: list[int]) -> None:
    """Small and large ones, side by side."""
    numbers = np.array(values, np.int64)
    lengths = varint_lengths(numbers)
    out = np.zeros(int(lengths.sum()), np.uint8)
    varint_put(out, np.cumsum(lengths) - lengths, numbers, lengths)

    assert varint_get(out).tolist() == values


@pytest.mark.parametrize("data", [[0x80], [1, 0xFF], [0x80] * 12 + [1]])
def test_bytes_that_are_no_numbers_are_refused(data: list[int]) -> None:
    """An end inside a number, and a number without end."""
    with pytest.raises(ValueError, match="number"):
        varint_get(np.array(data, np.uint8))


@given(st.lists(st.integers(0, 2**34), max_size=50), st.integers(1, 2**20))
def test_sorting_by_halves_is_a_stable_sort(values: list[int], divisor: int) -> None:
    """By 16 bits at a time, as many times as it takes."""
    keys = np.array(values, np.int64) // divisor

    assert order_of(keys).tolist() == np.argsort(keys, kind="stable").tolist()


@given(st.lists(st.tuples(st.integers(0, 99), st.integers(0, 5))))
def test_runs_are_ranges_put_together(pairs: list[tuple[int, int]]) -> None:
    """Also empty ones."""
    starts, counts = (np.array([pair[column] for pair in pairs], np.int64) for column in (0, 1))

    assert runs(starts, counts).tolist() == [start + step for start, count in pairs for step in range(count)]


@given(st.lists(st.binary(max_size=20_000), max_size=5))
def test_arrays_survive_a_container(tmp_path_factory: pytest.TempPathFactory, data: list[bytes]) -> None:
    """Written whole or in parts; pieces come out as they went in."""
    folder = tmp_path_factory.mktemp("container")
    writer = ContainerWriter(QuickDisk(), str(folder / "a"))
    for number, whole in enumerate(data):
        writer.begin(str(number), "|u1")
        writer.part(whole[:7])
        writer.part(whole[7:])
    fact = writer.finish({"x": 1})

    container = Container(str(folder), "a", fact.length)

    assert [bytes(container.piece(str(number))) for number in range(len(data))] == data
    assert all(bytes(container.piece(str(number), 3, 9)) == whole[3:9] for number, whole in enumerate(data) if len(whole) > 9)
    assert container.facts == {"x": 1}
    container.verify()


def test_only_touched_blocks_are_checked(tmp_path: Path) -> None:
    """Damage in one array does not keep others from being read."""
    writer = ContainerWriter(QuickDisk(), str(tmp_path / "a"))
    writer.add("first", b"\1" * BLOCK_BYTES, "|u1")
    writer.add("second", b"\2" * BLOCK_BYTES, "|u1")
    fact = writer.finish({})
    damaged = bytearray((tmp_path / "a").read_bytes())
    damaged[BLOCK_BYTES + 5] ^= 1
    (tmp_path / "a").write_bytes(damaged)

    container = Container(str(tmp_path), "a", fact.length)

    assert bytes(container.piece("first")) == b"\1" * BLOCK_BYTES
    with pytest.raises(IndexDamagedError, match=r"block 1 differs \(second\)"):
        container.piece("second", 9, 10)


@given(st.lists(st.binary(max_size=9_000), max_size=5), st.data())
def test_any_piece_of_coded_bytes_is_had(tmp_path_factory: pytest.TempPathFactory, parts: list[bytes], data: st.DataObject) -> None:
    """Whatever the parts it was written in, from one block or over several."""
    place = tmp_path_factory.mktemp("coded")
    coded = _coded(place, parts)
    whole = b"".join(parts)
    start = data.draw(st.integers(0, len(whole)))
    stop = data.draw(st.integers(start, len(whole)))

    assert bytes(coded.piece(start, stop)) == whole[start:stop]
    with pytest.raises(IndexDamagedError):
        coded.piece(start, len(whole) + 1)


def _coded(place: Path, parts: list[bytes]) -> CodedBytes:
    """Write bytes part by part, and open what was written."""
    writer = ContainerWriter(QuickDisk(), str(place / "one"))
    run = CodedWriter(writer, "bytes")
    for part in parts:
        run.part(np.frombuffer(part, np.uint8))
    run.finish()
    fact = writer.finish({})
    return CodedBytes(Container(str(place), "one", fact.length), "bytes")


def test_a_bomb_among_coded_bytes_is_damage(tmp_path: Path) -> None:
    """A block that holds more than a block, less than one, or two."""
    full, bomb = (zlib.compressobj(9, zlib.DEFLATED, WINDOW) for _ in range(2))
    good = full.compress(bytes(coded.BLOCK_BYTES)) + full.flush()
    short = zlib.compressobj(9, zlib.DEFLATED, WINDOW)
    cut = short.compress(bytes(9)) + short.flush()
    huge = bomb.compress(bytes(64 << 20)) + bomb.flush()
    for number, block in enumerate((huge, cut, good + good, b"", good[:-1])):
        writer = ContainerWriter(QuickDisk(), str(tmp_path / str(number)))
        writer.add("bytes.blocks", block + good, "|u1")
        writer.add("bytes.at", np.array([0, len(block), len(block) + len(good)], np.uint32).tobytes(), "<u4")
        fact = writer.finish({})
        run = CodedBytes(Container(str(tmp_path), str(number), fact.length), "bytes")

        with pytest.raises(IndexDamagedError):
            run.piece(0, 10)
        assert bytes(run.piece(coded.BLOCK_BYTES, coded.BLOCK_BYTES + 5)) == bytes(5)


@given(st.lists(st.sampled_from("ab*?.["), max_size=8).map("".join), st.text("ab.[", max_size=8))
def test_patterns_mean_what_a_plain_expression_means(pattern: str, term: str) -> None:
    """Stars that keep their first match lose none."""
    plain = "".join(".*" if char == "*" else "." if char == "?" else re.escape(char) for char in pattern)
    expected = re.fullmatch(plain, term) is not None

    assert (compile_pattern(pattern).fullmatch(term) is not None) == expected
    assert not expected or term.startswith(literal_prefix(pattern))
    assert not expected or longest_literal(pattern) in term


def test_no_pattern_takes_for_ever() -> None:
    """Many stars against a word that nearly matches."""
    began = time.perf_counter()

    assert compile_pattern("*a" * 20 + "b").fullmatch("a" * 2000) is None

    assert time.perf_counter() - began < 0.5


def test_scattered_terms_are_read_in_one_go(tmp_path: Path) -> None:
    """``*a`` means every tenth term: one read each took 6 s of an index of 100,000 documents."""
    engine = LocalEngine(str(tmp_path), disk=QuickDisk())
    batch = Batch()
    for number in range(300):
        batch.add(f"/{number}", " ".join(f"w{number % step}a" for step in range(1, 30)) + " every" * (number % 5))
    commit(engine, batch)
    reader = engine.reader()
    assert isinstance(reader, LocalReader)
    field = reader._snapshot.segments[0].field("body_word_aa")  # noqa: SLF001 -- the parts are what is tested here
    assert field is not None
    numbers = np.arange(0, len(field.terms), 3)
    single = [read(field, number, number + 1) for number in numbers.tolist()]

    together = read_some(field, numbers)

    assert together.counts.tolist() == [int(one.counts[0]) for one in single]
    assert together.documents.tolist() == [document for one in single for document in one.documents.tolist()]
    assert together.frequencies.tolist() == [times for one in single for times in one.frequencies.tolist()]
    assert not len(read_some(field, numbers[:0]).counts)
    with patch.object(vectors, "read", side_effect=AssertionError("term by term")):
        assert reader.search(Plan(Wildcard("body_word_aa", "*a"))).total == 300
    reader.close()


def test_segments_of_a_size_are_put_together() -> None:
    """Four of a tier; what is mostly dead alone; else nothing."""
    small, large = (1000, 1.0), (10 << 20, 1.0)

    assert to_merge([large, small, small, small]) == []
    assert to_merge([large, small, small, small, small]) == [1, 2, 3, 4]
    assert to_merge([large, (5000, 0.4), small]) == [1]
    assert to_merge([]) == []
    assert to_merge([small, small, small, small], most_bytes=4 * small[0] - 1) == []


def test_stretches_make_no_difference(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One term at a time, or all at once: to the last byte the same segment, built and merged."""
    written = []
    for name in ("whole", "stretched"):
        folder = tmp_path / name
        monkeypatch.setattr(layout, "new_id", iter([f"{number:016x}" for number in range(100)]).__next__)
        engine = LocalEngine(str(folder), disk=QuickDisk())
        for start in range(0, 40, 10):
            batch = Batch()
            for number in range(start, start + 10):
                batch.add(
                    f"/{number}",
                    f"cat Dogs{number} a-b{number % 7}\nanxnas{number % 3} 0 cats Cat",
                    title="A cat-b" if number % 2 else None,
                )
            commit(engine, batch, remove=[(f"/{start - 4}", f"/{start - 4}")])
        assert engine.verify() == []
        written.append([path.read_bytes() for path in sorted(folder.glob("*.segment"))])
        monkeypatch.setattr(merge, "STRETCH_TERMS", 1)
        monkeypatch.setattr(merge, "STRETCH_BYTES", 1)
        monkeypatch.setattr(channels, "STRETCH_WORDS", 1)

    assert engine.reader().statistics().segments == 1
    assert written[0] == written[1]


def test_older_analysers_stay_told(tmp_path: Path) -> None:
    """As long as their documents are there, an index is no new one."""
    engine = LocalEngine(str(tmp_path), disk=QuickDisk())
    commit(engine, Batch().add("/a", "cat"))

    for remove, expected in ([], {"aa": 1, "bb": 1, "cc": 1}), ([("/a", "/a")], {"aa": 2, "cc": 1}):
        with engine.writer(versions={"aa": 2, "cc": 1}) as writer:
            batch = Batch().add("/b", f"dog{len(remove)}")
            writer.remove(remove if not remove else engine.reader().keys())
            if not remove:
                writer.add(batch.documents, batch.forms)
            writer.commit()

        assert engine.reader().statistics().versions == expected


def test_texts_survive_merges_block_by_block(tmp_path: Path) -> None:
    """Long and empty texts, with the blocks of dead ones left behind."""
    engine = LocalEngine(str(tmp_path), disk=QuickDisk())
    texts = {f"/{number}": (f"word{number} 한국 " * (number % 5) * 1500) for number in range(24)}
    for start in range(0, 24, 6):
        batch = Batch()
        for path in [f"/{number}" for number in range(start, start + 6)]:
            batch.add(path, texts[path])
        commit(engine, batch, remove=[(f"/{start - 3}", f"/{start - 3}"), (f"/{start - 2}", f"/{start - 2}")])
        for number in (start - 3, start - 2):
            texts.pop(f"/{number}", None)

    reader = engine.reader()
    keys = reader.keys()

    assert {key[0]: reader.text(key) for key in keys} == texts
    assert engine.verify() == []


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_terms_that_hold_a_piece_are_found_block_by_block(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    """Anywhere or at their end, each once, with its number."""
    words = st.text(alphabet="abé한", max_size=5)
    terms = sorted({encode(word) for word in data.draw(st.lists(words, unique=True, min_size=1, max_size=400))})
    piece, ending = encode(data.draw(st.text(alphabet="abé한", max_size=2))), encode(data.draw(words.filter(bool)))
    place = tmp_path_factory.mktemp("terms")
    writer = ContainerWriter(QuickDisk(), str(place / "one"))
    write_terms(writer, "terms", terms)
    found = TermList(Container(str(place), "one", writer.finish({}).length), "terms")
    start = data.draw(st.integers(0, len(terms)))
    stop = data.draw(st.integers(start, len(terms)))

    numbered = list(enumerate(terms))[start:stop]
    assert list(found.holding(start, stop, piece)) == [(number, term) for number, term in numbered if piece in term]
    assert list(found.holding(start, stop, ending + SEPARATOR)) == [(number, term) for number, term in numbered if term.endswith(ending)]
