"""The page on lists: its generated parts are current, and what people wrote around them stays."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from licet.lists.members import MEMBERS
from licet.lists.source import sources
from licet.model.errors import SourceError
from licet.show.lists_page import lists_page

PAGE = Path(__file__).parent.parent.parent / "docs" / "lists.md"
BARE = "".join(
    f"Words.\n<!-- generated: {name} -->\nold\n<!-- end -->\n" for name in ("overview", "members", "sources")
)


def test_the_page_is_current() -> None:
    text = PAGE.read_text("utf-8")
    assert lists_page(text, sources(), MEMBERS) == text, "run: python tools/generate.py"


def test_only_the_parts_between_marks_are_written() -> None:
    made = lists_page(f"Before.\n{BARE}After.\n", sources(), MEMBERS)
    assert made.startswith("Before.\nWords.\n<!-- generated: overview -->\n\n| list |")
    assert made.endswith("<!-- end -->\nAfter.\n")
    assert "old" not in re.findall(r"(?m)^.*$", made)
    assert made.count("Words.") == 3


def test_every_source_says_where_it_comes_from_and_what_to_look_out_for() -> None:
    made = lists_page(BARE, sources(), MEMBERS)
    for one in sources().values():
        section = " ".join(made.partition(f"### {one.id}\n")[2].partition("\n### ")[0].split())
        for text in (one.means, one.license, one.complete.why, *one.traps, *one.dates.values()):
            assert text in section
        assert all(f"<{address.url}>" in section for address in one.addresses)
        assert all(f"({form.kind})" in section for form in one.formats)
    assert all(f"| `{id_}` |" in made for id_ in MEMBERS)


@pytest.mark.parametrize(("old", "new"), [("overview", "other"), ("generated: members", "made: members")])
def test_a_page_without_a_part_is_refused(old: str, new: str) -> None:
    with pytest.raises(SourceError, match="generated parts are"):
        lists_page(BARE.replace(old, new), sources(), MEMBERS)
