"""Archives are unpacked within limits, and harmful ones are refused before they fill the memory."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from tocsin.model.errors import BadInput
from tocsin.stages.collect import Limits, is_packed, unpack


def _zip(files: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def test_files_come_out_as_they_went_in():
    assert unpack("a.zip", _zip({"x.csv": b"a,b\n", "d/y.txt": b"text"})) == [("x.csv", b"a,b\n"), ("d/y.txt", b"text")]
    assert unpack("x.csv.gz", gzip.compress(b"a,b\n")) == [("x.csv", b"a,b\n")]


@pytest.mark.parametrize("pack", [lambda body: _zip({"zeros.csv": body}), gzip.compress], ids=["zip", "gz"])
def test_a_bomb_is_refused(pack):
    with pytest.raises(BadInput, match="grows beyond what is safe"):
        unpack("bomb", pack(bytes(48 << 20)))


def test_a_zip_that_lies_about_its_size_is_refused():
    data = _zip({"zeros.csv": bytes(32 << 20)})
    real, lie = (32 << 20).to_bytes(4, "little"), (1000).to_bytes(4, "little")
    assert real in data
    with pytest.raises(BadInput):
        unpack("bomb.zip", data.replace(real, lie))


def test_a_path_that_leads_outside_is_refused():
    for name in ("../outside.csv", "/etc/outside.csv", "a/../../outside.csv", "C:\\outside.csv"):
        with pytest.raises(BadInput, match="leads outside"):
            unpack("a.zip", _zip({name: b"x"}))


def test_an_archive_inside_an_archive_is_refused():
    with pytest.raises(BadInput, match="inside the archive"):
        unpack("a.zip", _zip({"inner.zip": _zip({"x": b"y"})}))


def test_too_many_files_are_refused():
    with pytest.raises(BadInput, match="too many"):
        unpack("a.zip", _zip({f"{n}.csv": b"x" for n in range(12)}), Limits(members=10))


@pytest.mark.parametrize(
    "data",
    [_zip({"x.csv": b"abc" * 99})[:-30], gzip.compress(b"abc" * 99)[:-9], b"PK\x03\x04", b"\x1f\x8b"],
    ids=["zip", "gz", "zip head", "gz head"],
)
def test_an_archive_cut_short_is_refused(data):
    assert is_packed("a.zip", data)
    with pytest.raises(BadInput, match="cut short"):
        unpack("a.zip", data)
