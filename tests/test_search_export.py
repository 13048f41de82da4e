"""The files of the browser's index: what is in each, byte by byte."""

import json
import zlib

import numpy as np
import pytest

from overdue_guide.model import OutputFile
from overdue_guide.search import counting, export, pack, shards, text
from overdue_guide.search.tally import Tally
from tests.search import corpus


@pytest.fixture(scope="module")
def files() -> dict[str, OutputFile]:
    return {file.path: file for file in corpus.files()}


def test_all_files_lie_below_search_and_are_sorted(files: dict[str, OutputFile]) -> None:
    # The manifest comes last: it holds the version of all others.
    *others, last = files
    assert ([*sorted(others)], "search/m.bin") == (others, last)
    assert all(path.startswith("search/") for path in files)
    assert len(corpus.DOCUMENTS) == sum(path.startswith("search/f/") for path in files)
    assert list(files) == [export.path(*export.kind_of(path)) for path in files]


def test_every_file_says_its_format_and_numbering(files: dict[str, OutputFile]) -> None:
    stamp = export.numbering(sorted(document.url for document in corpus.DOCUMENTS))
    for file in files.values():
        assert bytes([pack.FORMAT]) + stamp == file.data[:5], file.path
        assert zlib.decompress(file.data[5:])


def test_a_fragment_holds_what_a_result_shows(files: dict[str, OutputFile]) -> None:
    urls = sorted(document.url for document in corpus.DOCUMENTS)
    fragment = _json(files[f"search/f/{urls.index('court/jail/'):x}.bin"])
    assert ["court/jail/", "article", "欠款会坐牢吗"] == fragment[:3]


def _json(file: OutputFile) -> list[object]:
    found: list[object] = json.loads(zlib.decompress(file.data[5:]))
    return found


def test_every_sound_lies_in_the_file_of_its_hash(files: dict[str, OutputFile]) -> None:
    # The browser looks it up by the hash of names.
    held = {path: _json(file) for path, file in files.items() if path.startswith("search/p/")}
    for path, sounds in held.items():
        for sound in sounds:
            assert path == export.path("p", text.name_hash(str(sound)) % len(held))


@pytest.mark.parametrize("number", [0, 1, 127, 128, 16383, 16384, 2**21, 2**32])
def test_a_varint_is_leb128(number: int) -> None:
    data = pack.varint(number)
    assert number == sum((byte & 127) << 7 * place for place, byte in enumerate(data))
    assert all(byte > 127 for byte in data[:-1])


@pytest.fixture(scope="module")
def tally() -> Tally:
    return counting.count(corpus.DOCUMENTS, range(len(corpus.DOCUMENTS))).tally


def test_every_term_lies_in_the_shard_of_its_gram(tally: Tally) -> None:
    pairs = np.flatnonzero(~shards.is_lone(tally.terms))
    cut = list(shards.cut(tally, pairs, range(16), 16))
    sizes = [0] * len(cut)
    for code in tally.terms[pairs].tolist():
        sizes[shards.shard_of(code >> 21, code & 0x1FFFFF, len(cut))] += 1
    assert sizes == [_varint(shard.body) for shard in cut]
    assert sizes == [len(shard.tally.terms) for shard in cut]


def test_some_shards_are_cut_as_all_are(tally: Tally) -> None:
    pairs = np.flatnonzero(~shards.is_lone(tally.terms))
    every = [shard.body for shard in shards.cut(tally, pairs, range(16), 16)]
    some = [1, 2, 7, 15]
    theirs = pairs[np.isin(shards.shards_of(tally.terms[pairs], 16), some)]
    cut = shards.cut(tally.take(theirs), np.arange(len(theirs)), some, 16)
    assert [every[n] for n in some] == [shard.body for shard in cut]


def _varint(data: bytes) -> int:
    value = 0
    for place, byte in enumerate(data):
        value |= (byte & 127) << 7 * place
        if byte < 128:
            break
    return value
