"""A form is read as it was written, and a table of lines is a table of forms."""

from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from searchkit.engine.contract import Form
from searchkit.engine.forms import PackedForms, cells_of, is_whole, pack, unpack

text = st.text(st.characters() | st.sampled_from("\t\n\x1f\ud800 "), max_size=12)
terms = st.lists(st.tuples(text, st.integers(0, 20)), max_size=3).map(tuple)
strings = st.lists(text, max_size=3).map(tuple)
forms = st.builds(
    Form, st.sampled_from(["de", "ko", "other"]), text, terms, terms, strings, strings, strings, st.integers(0, 9), st.integers(0, 9)
)
HAUS = Form("de", "Haus", (("haus", 0),), (("haus", 0), ("h\ud800us", 1)), ("ha",), (), ("haus",), 1, 2)


@given(forms)
@example(HAUS)
@settings(max_examples=500, deadline=None)
def test_a_form_is_read_as_it_was_written(form: Form) -> None:
    """Whatever its strings hold: half characters, tabs, nothing."""
    packed = pack(form)

    assert unpack(packed) == form
    assert isinstance(packed, bytes) or any("\t" in told for told in _strings(form))
    assert not isinstance(packed, bytes) or is_whole(packed)


def _strings(form: Form) -> Sequence[str]:
    placed = (term for entries in (form.words, form.stems) for term, _ in entries)
    return [form.surface, *placed, *form.grams, *form.folds, *form.lemmas]


@given(st.lists(forms, max_size=6))
@settings(max_examples=200, deadline=None)
def test_a_table_of_lines_is_a_table_of_forms(given: list[Form]) -> None:
    """One by one, all together, and in the pieces that an engine takes."""
    table = PackedForms()
    table.extend(map(pack, given))

    assert list(table) == given
    assert list(cells_of(table, range(len(given)))) == list(cells_of(given, range(len(given))))


def test_forms_that_are_handed_on_keep_their_places() -> None:
    """A process counts on, and does not hold what it has sent."""
    table = PackedForms()
    table.append(pack(HAUS))

    assert table.handed_on(0) == [pack(HAUS)]
    assert len(table) == 1
    table.append(pack(HAUS))
    assert table.handed_on(1) == [pack(HAUS)]


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"Haus",
        b"Haus\tde",
        b"Haus\tde 1 1 1 1 0 0\thaus\thaus",
        b"Haus\tde 1 1 1 1 0 0 0\thaus",
        b"Haus\tde 1 1 1 1 0 0 0\thaus\thaus\thaus",
        b"Haus\tde 1 1 1 1 0 0 0 0\thaus\thaus",
        b"Haus\tde 1 1 1 1 0 0 -1\thaus",
        b"Haus\tde 1 1 1 x 0 0 0\thaus\thaus",
        b"Haus\tde 1 1 1 1 0 0 0\xff\thaus\thaus",
    ],
)
def test_a_line_that_says_other_than_it_has_is_not_whole(line: bytes) -> None:
    """Too few and too many terms, and no shape at all."""
    assert not is_whole(line)
    with pytest.raises(ValueError, match=r".+"):
        unpack(line)
