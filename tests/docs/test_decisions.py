"""What the decision records in docs/adr say holds."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib import import_module
from typing import TYPE_CHECKING

import pytest

import licet
from docs.blocks import ROOT
from licet.law.regimes import BY_KIND, RULED
from licet.model.outcome import Outcome

if TYPE_CHECKING:
    from pathlib import Path

HUAWEI = "Huawei Technologies Co., Ltd."
RECORDS = sorted((ROOT / "docs" / "adr").glob("*.md"))
HEADINGS = ("Context", "Options", "Decision", "Consequences")


def act(name: str, **facts: object) -> dict[str, object]:
    """Return a stated act with one party."""
    return {
        "kind": "export",
        "activity": "export",
        "from": "US",
        "to": "CN",
        "dates": {"en_route_since": "none"},
        "purpose": "new_business",
        "parties": [{"role": "end_user", "name": name, "country": "CN", "listings": []}],
        "items": [{"name": "chip", "kind": "commodity", "eccn": "EAR99", "us_origin": True, "value_usd": 10}],
        "licenses": [],
        "exception_claimed": "none",
        "certifications": "none",
        "end_use": {"known": "none"},
        "knowledge": {"violation": False, "acts_for_listed": False},
        "red_flags": "none",
        **facts,
    }


@pytest.mark.parametrize("record", RECORDS, ids=lambda path: path.stem)
def test_form(record: Path) -> None:
    text = record.read_text("utf-8")
    assert text.startswith("# ")
    assert re.search(r"^- Status: (proposed|accepted|superseded by \d{4})$", text, re.MULTILINE)
    assert re.search(r"^- Date: \d{4}-\d{2}-\d{2}$", text, re.MULTILINE)
    found = re.findall(r"^##+ (.+)$", text, re.MULTILINE)
    for heading in HEADINGS:
        assert any(heading.lower() in one.lower() for one in found), (heading, found)
    options = re.search(r"^##+ .*options$(.*?)^##", text, re.MULTILINE | re.DOTALL | re.IGNORECASE)
    assert options is not None
    assert len(re.findall(r"^\d\. ", options.group(1), re.MULTILINE)) >= 2, "an option that was rejected is kept"


def test_numbers_are_given_once() -> None:
    numbers = [path.name[:4] for path in RECORDS]
    assert numbers == [f"{number:04}" for number in range(1, len(numbers) + 1)]


def test_0004_a_name_of_the_table_stated_as_unlisted_is_a_conflict() -> None:
    answer = licet.check(act(HUAWEI), as_of="2019-06-30")
    assert [str(one) for one in answer.refer_because] == ["conflict"]
    assert licet.check(act(HUAWEI), as_of="2019-05-15").outcome == "NO_LICENSE_REQUIRED"
    assert licet.check(act("Huawei Tecnologies Co Ltd"), as_of="2019-06-30").outcome == "NO_LICENSE_REQUIRED"


def test_0005_us_persons_reach_what_is_not_subject() -> None:
    item = {"name": "part", "kind": "commodity", "us_origin": False, "subject_to_ear": False}
    foreign = act("Buyer", activity="reexport", **{"from": "DE"}, items=[item])
    intelligence = {**foreign, "end_use": {"known": ["military_intelligence"]}}
    assert licet.check(foreign, as_of="2022-01-10").outcome == "NOT_SUBJECT"
    answer = licet.check(intelligence, as_of="2022-01-10")
    assert answer.span.at_most >= Outcome.LICENSE_REQUIRED
    assert any(one.startswith("us_ear/744.6") for one in answer.not_modeled)


def test_0006_a_what_if_that_ends_the_measure_ends_the_listing(tmp_path: Path) -> None:
    what_if = tmp_path / "ended.yaml"
    what_if.write_text("title: t\nsays: the listing ends\nends:\n  - {id: EL-2019-05, on: 2019-06-29}\n", "utf-8")
    party = {"role": "end_user", "name": HUAWEI, "country": "CN"}
    answer = licet.check(act(HUAWEI, parties=[party]), as_of=f"2019-06-30+{what_if}")
    assert answer.outcome == "LICENSE_REQUIRED"
    assert answer.what_if is not None
    assert answer.what_if.outcome == "NO_LICENSE_REQUIRED"


def test_0007_the_table_of_regimes_is_what_they_say() -> None:
    assert set(RULED) == {regime for regimes in BY_KIND.values() for regime in regimes}
    for regime in RULED:
        kinds = import_module(f"licet.law.{regime}").KINDS
        assert set(kinds) == {kind for kind, regimes in BY_KIND.items() if regime in regimes}
    packages = {path.parent.name for path in (ROOT / "src" / "licet" / "law").glob("*/__init__.py")}
    assert packages == set(RULED)


@pytest.mark.parametrize(
    "order",
    [
        "import licet; from licet.check import run; assert callable(licet.check); licet.check(ACT, as_of='2019-06-30')",
        "import licet.check, licet; licet.check(ACT, as_of='2019-06-30'); from licet.check import run",
        "import licet, sys; assert not [m for m in sys.modules if 'licet.' in m]; licet.check(ACT, as_of='2019-06-30')",
    ],
)
def test_0008_module_and_verb_in_any_order(order: str) -> None:
    code = f"ACT = {{'kind': 'export', 'activity': 'payment'}}\n{order}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr


def test_0009_a_what_if_leaves_the_real_answer_alone() -> None:
    party = {"role": "end_user", "name": HUAWEI, "country": "CN"}
    real = licet.check(act(HUAWEI, parties=[party]), as_of="2019-06-30")
    both = licet.check(act(HUAWEI, parties=[party]), as_of="2019-06-30+osaka.yaml")
    assert both.digest == real.digest
    assert both.what_if is not None
    assert both.what_if.digest != real.digest
