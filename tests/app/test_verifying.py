"""An index that cannot be checked is told as a search would tell it."""

from pathlib import Path

import pytest

from searchkit.app.verifying import verify
from searchkit.errors import IndexMissingError, IndexUnsafeError


def test_no_index_is_named_with_its_folder(tmp_path: Path) -> None:
    """By its absolute path, as in every other command."""
    with pytest.raises(IndexMissingError, match=f"no index in {tmp_path}/none"):
        verify(str(tmp_path / "none"))


def test_a_closed_folder_is_no_missing_index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making a new index would be the wrong advice."""

    def refuse(*args: object, **options: object) -> None:
        del args, options
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("os.open", refuse)

    with pytest.raises(IndexUnsafeError, match="Permission denied"):
        verify(str(tmp_path))
