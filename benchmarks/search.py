"""Print what searching costs, beside Pagefind in the same run: ``search.py CONTENT [--queries N] [--pagefind]``.

CONTENT is any content folder, such as ``shared/benchmarks/gen_corpus.py`` makes. The figures: seconds to index
and to export, peak memory, files and bytes, bytes a query costs and how often its first result holds it, time of
a query in Python. Bytes are response bodies as they are sent, without headers, a cold cache each time.
"""

from __future__ import annotations

import argparse
import random
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from overdue_guide import documents
from overdue_guide.build import Options, checked_site
from overdue_guide.model import OutputFile, SearchDocument
from overdue_guide.search import export, index, shards, text

ROOT = Path(__file__).parent.parent
SCRIPTS = ("main", "view", "engine", "store", "text", "query", "rank", "excerpt")
"""Modules loaded before the first result."""
_WORDS = re.compile(r"[\u4e00-\u9fff]{2,}")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content", type=Path)
    parser.add_argument("--queries", type=int, default=500)
    parser.add_argument(
        "--pagefind", action="store_true", help="also run pagefind (pip install pagefind[bin])"
    )
    asked = parser.parse_args()
    found = load(asked.content)
    with tempfile.TemporaryDirectory() as folder, timed(f"index {len(found)} documents"):
        made = index.create(found, (), Path(folder))
    with timed("export"):
        files = export.files(made)
    print(f"peak memory       {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:8.0f} MB")
    print(
        f"files             {len(files):8} of {sum(len(file.data) for file in files) / 1e6:.1f} MB"
    )
    queries = list(substrings(found, asked.queries))
    report_queries(made, files, queries)
    if asked.pagefind:
        pagefind(found)


def load(content: Path) -> Sequence[SearchDocument]:
    """The documents of a content folder."""
    with tempfile.TemporaryDirectory() as folder:
        options = Options(
            content=content,
            templates=ROOT / "templates",
            output=Path(folder) / "site",
            cache=Path(folder) / "cache",
            today=date(2026, 11, 23),
        )
        return documents.documents(checked_site(options))


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long something takes."""
    began = time.perf_counter()
    yield
    print(f"{what:17} {time.perf_counter() - began:8.2f} s")


def substrings(found: Sequence[SearchDocument], count: int) -> Iterator[str]:
    """Random strings of two to eight characters that stand in a document; always the same ones."""
    chance = random.Random(1)
    texts = ["\n".join([one.title, *(passage.text for passage in one.passages)]) for one in found]
    runs = [runs for whole in texts if (runs := _WORDS.findall(whole))]
    for _ in range(count):
        run = chance.choice(chance.choice(runs))
        size = min(len(run), chance.randint(2, 8))
        begin = chance.randrange(len(run) - size + 1)
        yield run[begin : begin + size]


def report_queries(made: index.Index, files: Sequence[OutputFile], queries: Sequence[str]) -> None:
    """Recall, bytes and time of the queries."""
    sizes = {file.path: len(file.data) for file in files}
    counts = {kind: sum(path.startswith(f"search/{kind}/") for path in sizes) for kind in "tu"}
    numbers = {document.url: n for n, document in enumerate(made.documents)}
    costs, seconds, found, first = [], [], 0, 0
    for query in queries:
        began = time.perf_counter()
        results = index.search(made, query, limit=1)
        seconds.append(time.perf_counter() - began)
        found += bool(results)
        first += bool(results) and results[0].tier >= index.WHOLE
        names = {"search/m.bin"} | {shard(gram, counts) for gram in text.grams(text.fold(query))}
        names |= {f"search/f/{numbers[result.url]:x}.bin" for result in results}
        costs.append(sum(sizes[name] for name in names))
    print(
        f"found             {found / len(queries):8.3f}  first holds it {first / len(queries):.3f}"
    )
    print(f"bytes of a query  {statistics.median(costs):8.0f}  and scripts {scripts()}")
    print(f"ms of a query     {1000 * statistics.median(seconds):8.1f}  in Python")


def shard(gram: str, counts: dict[str, int]) -> str:
    """The file that holds a gram."""
    kind, second = ("t", ord(gram[1])) if len(gram) == 2 else ("u", 0)
    return f"search/{kind}/{shards.shard_of(ord(gram[0]), second, counts[kind]):x}.bin"


def scripts() -> int:
    """Bytes of the client's scripts as the theme publishes them, gzipped."""
    import gzip

    import rjsmin

    folder = ROOT / "templates" / "scripts" / "search"
    texts = (rjsmin.jsmin((folder / f"{name}.mjs").read_text("utf-8")) for name in SCRIPTS)
    return sum(len(gzip.compress(text.encode(), 9)) for text in texts)


def pagefind(found: Sequence[SearchDocument]) -> None:
    """Index the same texts with Pagefind."""
    with tempfile.TemporaryDirectory() as folder:
        for number, document in enumerate(found):
            path = Path(folder) / f"{number}" / "index.html"
            path.parent.mkdir()
            body = "".join(f"<h2>{p.heading}</h2><p>{p.text}</p>" for p in document.passages)
            page = f"<!doctype html><html lang=zh><title>{document.title}</title><main><h1>{document.title}</h1>{body}</main>"
            path.write_text(page, "utf-8")
        with timed("pagefind"):
            run = [sys.executable, "-m", "pagefind", "--site", folder]
            subprocess.run(run, check=True, capture_output=True)
        made = [path for path in (Path(folder) / "pagefind").rglob("*") if path.is_file()]
        size = sum(path.stat().st_size for path in made)
        print(f"pagefind files    {len(made):8} of {size / 1e6:.1f} MB")
        shutil.rmtree(Path(folder) / "pagefind")


if __name__ == "__main__":
    main()
