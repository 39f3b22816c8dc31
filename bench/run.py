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
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

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
LISTED = "Huawei Technologies Co., Ltd."
ROLES = {
    LISTED: "purchaser",
    "Forwarding House Ltd": "intermediate_consignee",
    "Buyer Works Ltd": "ultimate_consignee",
    "Final User GmbH": "end_user",
    "Ocean Line SA": "carrier",
}
"""The parties of a large order; the listed one is looked up, the others are stated to be on no list."""
KINDS = (
    ("EAR99", "commodity", "yes"), ("3A001.a.2.c", "commodity", "yes"), ("5A992.c", "commodity", "yes"),
    ("4A994.l", "commodity", "yes"), ("5D002.c.1", "software", "yes"), ("3A991.a.2", "commodity", "yes"),
    ("3E001", "technology", "yes"), ("5A002.a.1", "commodity", "no"), ("EAR99", "commodity", "no"),
    ("3B001.c.1.a", "commodity", "yes"),
)  # fmt: skip
"""The items of a large order: ECCN, kind, whether of US origin."""
PLACES = ("CN", "DE", "IN", "AE", "RU", "MX", "TW", "TR", "VN", "IL")
"""Destinations of other orders."""


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
        "five parties and ten items": read_act(order(ROLES, KINDS, "CN")),
    }
    for day in (DAY, TODAY):
        for name, act in acts.items():
            found = run(act, Question(day), sources)
            figure = _milliseconds(lambda a=act, d=day: run(a, Question(d), sources), 5 * runs)  # type: ignore[misc]
            print(f"answer    {name:<34} {figure}   law of {day}, {len(found.missing)} facts open")
            print(f"formula   {'':<34} {size(act, day, sources)}")
        figure = _each([read_act(one) for one in orders()], day, sources)
        print(f"answer    {'other orders, each asked once':<34} {figure}   law of {day}")


def order(roles: Mapping[str, str], kinds: Iterable[Sequence[str]], to: str) -> dict[str, object]:
    """Return an order that states everything."""
    known = {
        "country": to, "address": "1 Example Road", "legally_distinct": "yes", "foreign_person": "yes", "owners": [],
        "owners_complete": "yes", "controlled_by": "none", "headquarters": to, "ultimate_parent_headquarters": to,
        "nationality": to, "military_end_user": "no", "joint_venture_with_us_or_a5": "no",
    }  # fmt: skip
    parties = [{"name": name, "role": [role], **known} for name, role in roles.items()]
    for party in parties:
        if party["name"] != LISTED:
            party["listings"] = "none"
    goods = {
        "published": "no", "value_usd": "1000", "listed_in": "none", "food_or_medicine": "no", "us_content": "none",
        "us_content_complete": "yes", "made_with": "none", "made_with_complete": "yes",
    }  # fmt: skip
    items = [
        {"name": f"{eccn} {kind}", "kind": kind, "eccn": eccn, "us_origin": us, **goods} for eccn, kind, us in kinds
    ]
    return {
        "kind": "export", "activity": "export", "from": "US", "to": to, "purpose": "new_business", "parties": parties,
        "dates": {"contract": "2018-03-01", "en_route_since": "none"}, "parties_complete": "yes", "items": items,
        "end_use": {"description": "resale", "known": "none", "oil_gas": "none"}, "red_flags": "none",
        "knowledge": {
            "violation": "no", "footnote1_party": "no", "footnote4_party": "no", "footnote5_party": "no",
            "acts_for_listed": "no",
        },
        "ofac_authorized": "no", "licenses": "none", "exception_claimed": "none", "certifications": "none",
    }  # fmt: skip


def orders() -> Iterator[dict[str, object]]:
    """Walk through orders of one item, each with another destination and ECCN."""
    roles = dict(list(ROLES.items())[1:3])
    for kind in KINDS:
        yield from (order(roles, (kind,), to) for to in PLACES)


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


def _each(acts: Sequence[Act], day: date, sources: Sources) -> str:
    """Return the median time of acts that are each asked once, with the quarter that is slower."""
    taken = []
    for act in acts:
        start = time.perf_counter()
        run(act, Question(day), sources)
        taken.append(1000 * (time.perf_counter() - start))
    return f"{statistics.median(taken):8.2f} ms   three quarters within {statistics.quantiles(taken, n=4)[2]:.2f}"


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
