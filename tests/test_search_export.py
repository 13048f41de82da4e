"""The files of the browser's index: the same bytes for the same site, few of them changed by an edit."""

import dataclasses
import json
import os
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest

from overdue_guide.model import OutputFile, Passage, SearchDocument
from overdue_guide.search import export, index, pack, shards
from tests.search import corpus


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> index.Index:
    return corpus.made(tmp_path_factory.mktemp("index"))


def test_all_files_lie_below_search_and_are_sorted(made: index.Index) -> None:
    paths = [file.path for file in export.files(made)]
    # The manifest comes last: it holds the version of all others.
    assert [*sorted(paths[:-1]), "search/m.bin"] == paths
    assert all(path.startswith("search/") for path in paths)
    assert len(corpus.DOCUMENTS) == sum(path.startswith("search/f/") for path in paths)


def test_every_file_says_its_format_and_numbering(made: index.Index) -> None:
    stamp = export.numbering(made.documents)
    for file in export.files(made):
        assert bytes([pack.FORMAT]) + stamp == zlib.decompress(file.data)[:5], file.path


ROOT = Path(__file__).parent.parent
SCRIPT = """
import sys, tempfile
from pathlib import Path
from overdue_guide.search import export
from tests.search import corpus
with tempfile.TemporaryDirectory() as cache:
    print(export.version(export.files(corpus.made(Path(cache)))))
"""


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_changes_no_byte(made: index.Index, seed: str) -> None:
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    run = [sys.executable, "-c", SCRIPT]
    printed = subprocess.check_output(run, env=environment, cwd=ROOT, text=True)
    assert export.version(export.files(made)) == printed.strip()


def test_an_edit_rewrites_few_files(tmp_path: Path) -> None:
    many = [
        dataclasses.replace(document, url=f"{n:03}/{document.url}")
        for n in range(20)
        for document in corpus.DOCUMENTS
    ]
    before = _files(many, tmp_path / "a")
    edited = dataclasses.replace(
        many[0], passages=(*many[0].passages, Passage("x", "新", "添一句。"))
    )
    after = _files([edited, *many[1:]], tmp_path / "b")
    changed = {path for path, data in after.items() if before.get(path) != data}
    assert before.keys() == after.keys()
    assert "search/m.bin" in changed
    assert len(changed) < len(after) / 5


def _files(documents: list[SearchDocument], folder: Path) -> dict[str, bytes]:
    files = export.files(index.create(documents, corpus.SYNONYMS, folder))
    return {file.path: file.data for file in files}


def test_a_fragment_holds_what_a_result_shows(made: index.Index) -> None:
    files = {file.path: file for file in export.files(made)}
    number = next(n for n, doc in enumerate(made.documents) if doc.url == "court/jail/")
    url, kind, title, *_ = _json(files[f"search/f/{number:x}.bin"])
    assert ("court/jail/", "article", "欠款会坐牢吗") == (url, kind, title)


def _json(file: OutputFile) -> list[object]:
    found: list[object] = json.loads(zlib.decompress(file.data)[5:])
    return found


@pytest.mark.parametrize("number", [0, 1, 127, 128, 16383, 16384, 2**21, 2**32])
def test_a_varint_is_leb128(number: int) -> None:
    data = pack.varint(number)
    assert number == sum((byte & 127) << 7 * place for place, byte in enumerate(data))
    assert all(byte > 127 for byte in data[:-1])


def test_every_term_lies_in_the_shard_of_its_gram(made: index.Index) -> None:
    terms = made.postings.terms
    pairs = (terms & shards.SECOND) != 0
    cut = shards.cut(made.postings, pairs, 200)
    sizes = [0] * len(cut)
    for code in terms[pairs].tolist():
        sizes[shards.shard_of(code >> 21, code & 0x1FFFFF, len(cut))] += 1
    assert sizes == [_varint(body) for body in cut]
    assert int(np.sum(pairs)) == sum(sizes)


def _varint(data: bytes) -> int:
    value = 0
    for place, byte in enumerate(data):
        value |= (byte & 127) << 7 * place
        if byte < 128:
            break
    return value
