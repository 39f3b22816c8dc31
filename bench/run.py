"""Print how fast licet answers, with the machine on which that was measured. Nothing here is asserted.

Usage: python bench/run.py [RUNS]
"""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from licet.check import decide_on, run
from licet.cli import COMMANDS
from licet.engine.fork import Leaf
from licet.engine.formula import trees
from licet.formats.act import load_act, read_act
from licet.model.act import Act
from licet.sources import Sources, open_sources
from licet.state import Question, State

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from licet.engine.fork import Tree

ROOT = Path(__file__).resolve().parent.parent
ACT = ROOT / "src" / "licet" / "story_data" / "acts" / "new-handset.yaml"
DAY = date(2019, 6, 30)
TODAY = date(2026, 7, 23)
CORES = 2
"""Cores that the processes may use: those of a small server."""
LEFT_OUT = (
    "activity", "to", "dates.en_route_since", "items[0].kind", "items[0].published", "parties[0].role", "licenses",
    "end_use.known", "knowledge.violation", "red_flags",
)  # fmt: skip
"""Facts of the act that are left out for the second figure: on the first day fifteen facts are open then."""
BARE: dict[str, object] = {
    "kind": "export",
    "parties": [{"name": "Huawei Technologies Co., Ltd."}],
    "items": [{"name": "memory chip"}],
}


def main() -> None:
    """Measure and print."""
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 21
    print(f"machine   {_machine()}")
    _limit_cores()
    for name, arguments in _commands().items():
        print(f"process   {name:<34} {_milliseconds(_process(arguments), runs)}")
    stated = load_act(str(ACT))
    sources = open_sources(State(None))
    acts = {
        "one item, all stated": stated,
        f"{len(LEFT_OUT)} facts left out, all forecasts": left_out(stated, LEFT_OUT),
        "a name and no more": read_act(BARE),
    }
    for day in (DAY, TODAY):
        for name, act in acts.items():
            found = run(act, Question(day), sources)
            figure = _milliseconds(lambda a=act, d=day: run(a, Question(d), sources), 5 * runs)  # type: ignore[misc]
            print(f"answer    {name:<34} {figure}   law of {day}, {len(found.missing)} facts open")
            print(f"formula   {'':<34} {size(act, day, sources)}")


def left_out(act: Act, paths: Sequence[str]) -> Act:
    """Return the act without some facts, and without the records of lists that are among them."""
    facts = {path: one for path, one in act.facts.items() if not path.startswith(tuple(paths))}
    counts = {path: count for path, count in act.counts.items() if not path.startswith(tuple(paths))}
    return Act(act.kind, facts, counts, act.file)


def size(act: Act, day: date, sources: Sources) -> str:
    """Return how large the formula of an act is: its trees and their ends."""
    case = decide_on(act, Question(day), sources, sources.book, {}).case
    made = {id(tree): tree for ruled in case._trees.values() for tree in trees(ruled.tree)}  # noqa: SLF001
    sizes = [_ends(tree) for tree in made.values()]
    return f"{len(sizes)} trees, {sum(sizes)} ends, the largest has {max(sizes)}"


def _ends(tree: Tree) -> int:
    return 1 if isinstance(tree, Leaf) else _ends(tree.yes) + _ends(tree.no)


def _machine() -> str:
    return f"{_cpu()}, {os.cpu_count()} cores, {platform.python_implementation()} {platform.python_version()}"


def _cpu() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _limit_cores() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:CORES])


def _commands() -> dict[str, list[str]]:
    found = {"licet check ACT, from start": ["check", str(ACT), "--as-of", str(DAY)]}
    if "demo" in COMMANDS and (ROOT / "src" / "licet" / "cli" / "demo.py").exists():
        found["licet demo, from start"] = ["demo"]
    return found


def _process(arguments: list[str]) -> Callable[[], object]:
    """Return what runs a command in a process of its own, with compiled modules kept as a user has them."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-m", "licet", *arguments]
    return lambda: subprocess.run(command, env=environment, check=True, capture_output=True)


def _milliseconds(work: Callable[[], object], runs: int) -> str:
    """Return the median time of some work in milliseconds, with the quarter that is slower; once to warm up."""
    work()
    taken = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        taken.append(1000 * (time.perf_counter() - start))
    slow = statistics.quantiles(taken, n=4)[2] if runs > 1 else taken[0]
    return f"{statistics.median(taken):8.2f} ms   three quarters within {slow:.2f}"


if __name__ == "__main__":
    main()
