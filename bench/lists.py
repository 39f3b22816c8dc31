"""Print what keeping the lists costs, beside the figures that were asked for, with the machine. Nothing is asserted.

Reads the files of a folder: real lists, which do not come with licet. Everything runs on one core.

Usage: python bench/lists.py FOLDER [RUNS]
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from licet.lists.archive import MOST_BYTES
from licet.lists.diff import diff
from licet.lists.intake import day_in, units
from licet.lists.store import FILE, open_lists, shipped
from licet.lists.vault import Vault
from licet.model.errors import SourceError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from licet.lists.diff import Diff
    from licet.lists.kept import Kept
    from licet.lists.source import Source

LIST = "sdn"
"""The list whose issues are compared."""
TODAY = date(2026, 11, 25)
ASKED = {"seconds": 20.0, "megabytes": 500.0, "times": 2.0, "diff": 2.0, "state": 0.010}
"""Bounds: parse and store everything; memory; the store beside the raw bytes; a diff; a day's state opened."""


def main() -> None:
    """Measure and print."""
    folder, runs = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 5  # noqa: PLR2004 - its third word
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:1])
    print(f"machine   {_machine()}, one of them used")
    with tempfile.TemporaryDirectory() as home:
        file = Path(home) / FILE
        _filled(file, folder)
        with Vault(file) as store:
            _sizes(store, file)
        _diffs(file, runs)
        _states(file, runs)


def _filled(file: Path, folder: Path) -> None:
    """Parse and store every issue, and print what it took, by list."""
    by: defaultdict[str, list[float]] = defaultdict(lambda: [0.0, 0.0, 0.0])
    with Vault(file, create=True) as store, store.update():
        for source, files, issued in _issues(folder):
            began = time.process_time()
            try:
                parsed = source.parse(files, issued=issued)
            except SourceError as error:
                print(f"refused   {', '.join(Path(name).name for name in files)}: {error.problems[0].message[:70]}")
                continue
            read = time.process_time()
            parsed = parsed._replace(issued=parsed.issued or issued)
            store.add(parsed, files, known=TODAY, source=source.id, whole=source.whole)
            by[source.id][0] += 1
            by[source.id][1] += read - began
            by[source.id][2] += time.process_time() - read
        merging = time.process_time()
    end = time.process_time()
    for id_, (count, parse, keep) in sorted(by.items()):
        print(f"by list   {id_:<24} {count:3.0f} issues   parsed in {parse:6.2f} s   kept in {keep:5.2f} s")
    print(f"by list   {'rows worked out':<24} {'':<38} {end - merging:5.2f} s")
    total = end - merging + sum(parse + keep for _, parse, keep in by.values())
    _said("everything parsed and stored, CPU", total, ASKED["seconds"], "s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _said("most memory", memory / (2**20 if sys.platform == "darwin" else 2**10), ASKED["megabytes"], "MiB")


def _issues(folder: Path) -> Iterator[tuple[Source, Mapping[str, bytes], date | None]]:
    """Yield the issues below a folder, packed or not; files of one folder with the same day in their names are one."""
    groups: defaultdict[tuple[Path, date | None], list[Path]] = defaultdict(list)
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            groups[path.parent, day_in(path.name)].append(path)
    for (_, day), paths in groups.items():
        made, _ = units({str(path): path.read_bytes() for path in paths if path.stat().st_size <= MOST_BYTES})
        for unit in made:
            yield from ((source, unit.files, day) for source in unit.sources)


def _sizes(store: Vault, file: Path) -> None:
    """Print how large the store is beside the bytes that came; the same bytes count once."""
    raw = {one.digest: one.size for list_ in store.lists() for kept in store.issues(list_) for one in kept.files}
    total = sum(raw.values())
    print(f"raw       {len(raw)} files, {total / 2**20:.1f} MiB; store {file.stat().st_size / 2**20:.1f} MiB")
    _said("store beside raw", file.stat().st_size / total, ASKED["times"], "times")


def _diffs(file: Path, runs: int) -> None:
    """Print how long the longest diff of two issues of the list takes, with the store opened for it."""
    with Vault(file) as store:
        issues = [kept for kept in store.issues(LIST) if kept.whole]
    if len(issues) > 1:
        before, after = max(pairwise(issues), key=lambda pair: pair[0].entries + pair[1].entries)
        label = f"diff of {LIST}, {before.issued} and {after.issued}"
        _said(label, _median(lambda: _changes(file, before, after), runs), ASKED["diff"], "s")


def _changes(file: Path, before: Kept, after: Kept) -> Diff:
    with Vault(file) as store:
        return diff(store.version(before), store.version(after))


def _states(file: Path, runs: int) -> None:
    """Print what compiling the store takes, and how long the compiled state of a day takes to open and to be asked."""
    os.environ["LICET_HOME"] = str(file.parent)
    began = time.process_time()
    shipped()
    lists = open_lists()
    print(f"compiled  once after an update: {time.process_time() - began:.2f} s CPU, {len(lists.ids):,} parties")
    made = sum(path.stat().st_size for path in file.parent.glob("*.snapshot"))
    print(f"compiled  {made / 2**20:.1f} MiB beside the store")
    _said("state of a day opened, and a name found in it", _median(_found, runs), ASKED["state"], "s")
    _said("the same for a name that is near to some", _median(_near, runs), ASKED["state"], "s")


def _found() -> int:
    return len(open_lists().find("Huawei Technologies Co., Ltd.", TODAY).listed)


def _near() -> int:
    return len(open_lists().find("Huawei Tecnologies Company", TODAY).near)


def _said(what: str, found: float, asked: float, unit: str) -> None:
    mark = "within" if found <= asked else "ABOVE"
    print(f"figure    {what:<44} {found:9.3f} {unit:<5}   {mark} {asked:g}")


def _median(work: Callable[[], object], runs: int) -> float:
    """Return the median time of some work in seconds, once done to warm up."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def _machine() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    name = next(named, platform.processor() or platform.machine())
    return f"{name}, {os.cpu_count()} cores, {platform.python_implementation()} {platform.python_version()}"


if __name__ == "__main__":
    main()
