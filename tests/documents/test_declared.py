"""Files say in many ways which encoding they have."""

import pytest

from searchkit.documents.declared import codec_of, declared_encoding


@pytest.mark.parametrize(
    ("head", "label"),
    [
        (b'<html><head><meta charset="windows-1251">', "windows-1251"),
        (b'<META http-equiv=Content-Type content="text/html; charset=euc-kr">', "euc-kr"),
        (b"<?xml version='1.0' encoding='koi8-r'?><html>", "koi8-r"),
        (b"---\ntitle: x\ncharset: cp949\n---\n", "cp949"),
        (b"#!/usr/bin/python\n# -*- coding: latin-1 -*-\n", "latin-1"),
        (b'@charset "iso-8859-15";', "iso-8859-15"),
        (b"Nothing of the kind: charset=utf-8 in a sentence.", ""),
        (b"", ""),
    ],
)
def test_declaration_is_found(head: bytes, label: str) -> None:
    """Only where a declaration stands; the word alone is none."""
    assert declared_encoding(head) == label


@pytest.mark.parametrize(
    ("label", "codec"),
    [
        ("iso-8859-1", "cp1252"),
        ("EUC-KR", "cp949"),
        ("ks_c_5601-1987", "cp949"),
        ("gb2312", "gb18030"),
        ("utf-16", "utf-8"),
        ("base64", ""),
    ],
)
def test_label_means_what_people_mean_by_it(label: str, codec: str) -> None:
    """As in browsers: pages that say iso-8859-1 hold the quotation marks of cp1252."""
    assert codec_of(label) == codec
