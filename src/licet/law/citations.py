"""Whether citations hold: each cited section, its paragraphs and an anchor phrase, against the official texts.

Texts in, findings out. What is not there to compare with is counted by its part or document, and never passed.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from licet.formats.regulations import day_of, plain
from licet.model.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from licet.formats.regulations import Part, Text

LONGEST_ANCHOR = 12
"""Words of an anchor phrase at most: enough to find it, too few to be a copy of the text."""
_DESIGNATORS = re.compile(r"\(([A-Za-z]{1,5}|\d{1,3})\)")
_GROUP = r"(?:\((?:[A-Za-z]{1,5}|\d{1,3})\))"
_PAST = re.compile(r" ?\(\d{4}(?: to \d{4})?\)| before \d{4}-\d{2}-\d{2}| \(\d{2,3} FR \d+\)")
_ASIDE = re.compile(r" \((?:\d{4}-\d{2}-\d{2}|[A-Za-z ]{6,})\)")
"""A day of the text that was read, or the term of a definition: no paragraph."""
_CFR = re.compile(r"(\d{1,2}) CFR (.+)")
_SECTION = re.compile(rf"(\d{{1,4}}\.\d{{1,4}}[a-z]?)({_GROUP}*)")
_PART = re.compile(r"parts? (\d{1,4})(?: to (\d{1,4}))?")
_MORE = re.compile(rf"(-|, and | and |, )({_GROUP}+)")
_SUPPLEMENT = re.compile(rf"Supp\. (\d{{1,2}}) to part (\d{{1,4}})(?:,? ?({_GROUP}+))?((?:, [A-Za-z0-9 ]+)*)")
_FOOTNOTE = re.compile(r"Supp\. (\d{1,2}) footnote (\d)")
_PAGE = re.compile(rf"(\d{{1,3}}) FR (\d{{1,6}})(?: {_GROUP}+)?")
_DOCUMENT = re.compile(r"FR Doc\. (\d{4}-\d+)")
_NOTE = re.compile(r"\bAt (\d{2,3}) FR (\d{1,6}), ([A-Z][a-z]+\.? \d{1,2}, \d{4})")
_UNTIL = re.compile(r"(?:until|through) ([A-Z][a-z]+\.? \d{1,2}, \d{4})")
_TO_COME = re.compile(r"Link to an amendment published at (\d{2,3}) FR (\d{1,6}), ([A-Z][a-z]+\.? \d{1,2}, \d{4})")


class Cited(NamedTuple):
    """A citation, and what makes it."""

    text: str
    by: str
    """A rule, section, measure or line of code."""
    since: str = ""
    """First day of what makes it, as text; a text of an earlier day need not have it yet."""


class Target(NamedTuple):
    """One place of the CFR that a citation points to."""

    title: int
    part: int
    place: str
    """`744.11`, `Supp. 4 to part 744`; empty for a whole part."""
    path: tuple[str, ...] = ()
    words: str = ""
    """What must stand in a supplement besides: `General Order No. 4`, `footnote 1`."""


class Parsed(NamedTuple):
    """What a citation points to."""

    targets: tuple[Target, ...] = ()
    pages: tuple[tuple[int, int], ...] = ()
    """Volume and page of the Federal Register."""
    documents: tuple[str, ...] = ()
    past: bool = False
    """It says that it means the text of another day."""


class KnownNote(NamedTuple):
    """An Effective Date Note that the book knows, by the measure that it belongs to."""

    place: str
    measure: str
    cite: str
    published: str
    until: str


class Issue(NamedTuple):
    """A part of the CFR with the day of its text."""

    part: Part
    day: str
    """`2026-07-23`; empty where nothing says."""


@dataclass(slots=True)
class Compared:
    """What was compared and what was found."""

    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    absent: dict[str, set[str]] = field(default_factory=dict)
    """What is not there to compare with: by part or document the citations that point there."""


def parse(text: str) -> Parsed | None:
    """Read a citation.

    Args:
        text: Such as `15 CFR 744.11(a)(1)`, `Supp. 4 to part 744`, `84 FR 22963`, `FR Doc. 2019-15700`.

    Returns:
        What it points to, or None where it has no form that is read here: a statute, a press statement.
    """
    past = _PAST.search(text) is not None
    bare = _ASIDE.sub("", _PAST.sub("", text))
    if page := _PAGE.fullmatch(bare):
        return Parsed(pages=((int(page[1]), int(page[2])),))
    if document := _DOCUMENT.fullmatch(bare):
        return Parsed(documents=(document[1],))
    if footnote := _FOOTNOTE.fullmatch(bare):
        place = f"Supp. {footnote[1]} to part 744"
        return Parsed((Target(15, 744, place, (), f"footnote {footnote[2]}"),), past=past)
    if supplement := _SUPPLEMENT.fullmatch(bare):
        return Parsed((_supplement(supplement),), past=past)
    code = _CFR.fullmatch(bare)
    targets = tuple(_of_code(int(code[1]), code[2])) if code else ()
    return Parsed(targets, past=past) if targets and all(target.part for target in targets) else None


def _supplement(found: re.Match[str]) -> Target:
    words = (found[4] or "").lstrip(", ")
    order = re.fullmatch(r"General Order (\d{1,2})", words)
    words = f"General Order No. {order[1]}" if order else words
    path = tuple(_DESIGNATORS.findall(found[3] or ""))
    return Target(15, int(found[2]), f"Supp. {found[1]} to part {found[2]}", path, words)


def _of_code(title: int, rest: str) -> Iterator[Target]:
    """Walk through the places after `15 CFR `; one of part 0 stands for what cannot be read."""
    last = Target(title, 0, "")
    while rest:
        if part := _PART.match(rest):
            for number in range(int(part[1]), int(part[2] or part[1]) + 1):
                yield Target(title, number, "")
            taken = part
        elif section := _SECTION.match(rest):
            last = Target(title, int(section[1].partition(".")[0]), section[1], tuple(_DESIGNATORS.findall(section[2])))
            yield last
            taken = section
        elif (more := _MORE.match(rest)) and last.part:
            path = tuple(_DESIGNATORS.findall(more[2]))
            last = last._replace(path=path if len(path) > 1 else (*last.path[:-1], *path))
            yield last
            taken = more
        else:
            yield Target(title, 0, "")
            return
        rest = rest[taken.end() :]
        if not _MORE.match(rest):
            rest = re.sub(r"^(, and | and |, )", "", rest)


def check_places(
    cites: Iterable[Cited], issues: Iterable[Issue], anchors: Mapping[str, str], gone: Collection[str] = ()
) -> Compared:
    """Find each cited section, its paragraphs and its anchor phrase in the parts of the CFR that are there.

    Args:
        cites: The citations.
        issues: The parts, one each.
        anchors: A phrase of at most twelve words by the place in which it stands (`744.11`, `744.11(a)(1)`), for
            sections of title 15.
        gone: Places that only earlier texts have.

    Returns:
        What was found. A section that is reserved is not there, unless the citation says that it means another day.
    """
    done = Compared()
    there = {(issue.part.title, issue.part.part): issue for issue in issues}
    cited: dict[str, Issue] = {}
    for target, by in _by_target(cites, done).items():
        issue = there.get((target.title, target.part))
        if issue is None:
            done.absent.setdefault(f"{target.title} CFR part {target.part}", set()).add(named(target))
            continue
        missing = _missing(target, issue.part)
        if missing and _gone(target, gone):
            done.absent.setdefault(f"paragraphs of part {target.part} that only earlier texts have", set()).add(
                named(target)
            )
            continue
        if missing and by.since and issue.day and by.since > issue.day:
            done.absent.setdefault(f"texts younger than {issue.day} of part {target.part}", set()).add(named(target))
        elif missing and not issue.part.whole and target.place not in issue.part.texts:
            done.absent.setdefault(f"sections of {target.title} CFR part {target.part}", set()).add(named(target))
        elif missing:
            done.problems.append(Problem(f"{missing} in {issue.part.file}", by.by, field=by.text))
        else:
            done.counts["cited places found"] += 1
            cited.update({target.place: issue} if target.place else {})
    _anchors(cited, anchors, done)
    return done


def _gone(target: Target, gone: Collection[str]) -> bool:
    """Say whether a place stands in, or under, one that only earlier texts have."""
    above = (target._replace(path=target.path[:depth], words="") for depth in range(len(target.path) + 1))
    return any(named(one) in gone for one in above)


def _by_target(cites: Iterable[Cited], done: Compared) -> dict[Target, Cited]:
    """Return the places cited, each with the oldest of what cites it; count the citations of another day or form."""
    found: dict[Target, Cited] = {}
    past, other = set(), set()
    for cited in cites:
        parsed = parse(cited.text)
        if parsed is None:
            other.add(cited.text)
        elif parsed.past:
            past.add(cited.text)
        else:
            for target in parsed.targets:
                before = found.get(target)
                found[target] = cited if before is None or cited.since < before.since else before
    if past:
        done.absent["texts of an earlier day, as the citations say"] = past
    if other:
        done.absent["statutes, orders, statements and other forms"] = other
    return found


def named(target: Target) -> str:
    """Return a place as it is written."""
    words = f", {target.words}" if target.words else ""
    return (target.place or f"part {target.part}") + "".join(f"({each})" for each in target.path) + words


def _missing(target: Target, part: Part) -> str:
    """Say what of a cited place is missing in a part; empty where all of it is there."""
    if not target.place:
        return ""
    text = part.texts.get(target.place)
    if text is None:
        return f"there is no {target.place}"
    if not text.paragraphs and "[Reserved]" in text.heading:
        return f"{target.place} is reserved"
    if target.words and not _has_words(text, target.words):
        return f'{target.place} does not name "{target.words}"'
    if target.path and not _has_path(text, target.path):
        shown = "".join(f"({each})" for each in target.path)
        return f"{target.place} has no paragraph {shown}"
    return ""


def _has_words(text: Text, words: str) -> bool:
    if footnote := re.fullmatch(r"footnote (\d)", words):
        mark = footnote[1]
        return any(re.match(rf"{mark} ?[A-Z]", each.text) for each in text.paragraphs) or f"footnote {mark}" in _whole(
            text
        )
    return all(word.casefold() in _whole(text) for word in words.split(", "))


def _has_path(text: Text, path: tuple[str, ...]) -> bool:
    """Say whether a paragraph is there: at the beginning of a block, or in the running text of the one above it."""
    begun = {begins for paragraph in text.paragraphs for begins in paragraph.paths}
    if path in begun:
        reserved = [each for each in text.paragraphs if path in each.paths]
        return not all(each.text.endswith("[Reserved]") for each in reserved)
    if text.place.startswith("Supp."):
        return any(paragraph.text.startswith("".join(f"({one})" for one in path)) for paragraph in text.paragraphs)
    above = path[:-1]
    if above and above not in begun:
        return False
    inside = [each for each in text.paragraphs if above in each.paths]
    return any(re.search(rf"[ \u2014-]\({re.escape(path[-1])}\) ", each.text[5:]) for each in inside)


def _whole(text: Text) -> str:
    return " ".join([text.heading, *(paragraph.text for paragraph in text.paragraphs)]).casefold()


def _under(text: Text, path: tuple[str, ...]) -> str:
    """Return the text of a paragraph and of all that stands under it."""
    if not path:
        return _whole(text)
    blocks = (each.text for each in text.paragraphs if any(own[: len(path)] == path for own in each.paths))
    return " ".join(blocks).casefold()


def _anchors(cited: Mapping[str, Issue], anchors: Mapping[str, str], done: Compared) -> None:
    """Find the anchor phrases in the sections that are cited and there."""
    without = {place for place in cited if place not in anchors}
    for place, phrase in anchors.items():
        base, path = split(place)
        if base not in cited:
            continue
        if len(phrase.split()) > LONGEST_ANCHOR:
            done.problems.append(Problem(f"has more than {LONGEST_ANCHOR} words", "anchors", field=place))
        issue = cited[base]
        if plain(phrase).casefold() in _under(issue.part.texts[base], path):
            done.counts["anchor phrases found"] += 1
        else:
            done.problems.append(Problem(f'"{phrase}" does not stand there in {issue.part.file}', place))
    for place in without:
        issue = cited[place]
        key = f"anchor phrases for sections of {issue.part.title} CFR part {issue.part.part}"
        done.absent.setdefault(key, set()).add(place)


def split(place: str) -> tuple[str, tuple[str, ...]]:
    """Return the section and the paragraph of a place such as `744.11(a)(1)` or `Supp. 8 to part 744(b)`."""
    base = place.partition("(")[0].strip()
    return base, tuple(_DESIGNATORS.findall(place[len(base) :]))


def check_notes(issues: Iterable[Issue], known: Sequence[KnownNote], pages: Collection[str]) -> Compared:
    """Find the Effective Date Notes, and the amendments announced in a text, that the book does not know.

    Args:
        issues: The parts.
        known: The notes that the book knows. They are whole for the parts in which one of them stands; in another part
            a note of the same document with the same days is known as well.
        pages: The pages that measures cite, `91 FR 43034`.
    """
    done = Compared()
    for issue in issues:
        seen: set[tuple[str, str]] = set()
        for text in issue.part.texts.values():
            for note in text.notes:
                seen |= _note(text.place, note, known, issue, done)
            for volume, page, day in _TO_COME.findall(_raw(text)):
                done.counts["announced amendments"] += 1
                if f"{volume} FR {page}" not in pages:
                    message = f"announces an amendment at {volume} FR {page}, {day}, which no measure cites"
                    done.problems.append(Problem(message, issue.part.file, field=text.place))
        for one in known:
            due = not issue.day or one.published <= issue.day <= (one.until or issue.day)
            if due and one.place in issue.part.texts and (one.place, one.cite) not in seen:
                message = f"has no Effective Date Note of {one.cite}, which the book knows"
                done.problems.append(Problem(message, issue.part.file, field=one.place))
    return done


def _raw(text: Text) -> str:
    return " ".join((*(paragraph.text for paragraph in text.paragraphs), *text.notes, *text.printed))


def _note(place: str, note: str, known: Sequence[KnownNote], issue: Issue, done: Compared) -> set[tuple[str, str]]:
    """Compare one note with those that are known; return which it is."""
    found = list(_NOTE.finditer(note))
    done.counts["Effective Date Notes"] += max(len(found), 1)
    if not found:
        message = f"its Effective Date Note names no page of the Register: {note[:80]}"
        done.problems.append(Problem(message, issue.part.file, field=place))
    ends = [*(one.start() for one in found[1:]), len(note)]
    for one, end in zip(found, ends, strict=True) if found else ():
        wrong = _unknown(place, one, note[one.end() : end], known)
        done.problems += [Problem(wrong, issue.part.file, field=place)] if wrong else []
    return {(place, f"{one[1]} FR {one[2]}") for one in found}


def _unknown(place: str, found: re.Match[str], rest: str, known: Sequence[KnownNote]) -> str:
    """Say why the book does not know what a note says; empty where it does."""
    cite, day = f"{found[1]} FR {found[2]}", day_of(found[3])
    same = [one for one in known if one.cite == cite]
    covered = _part_of(place) in {_part_of(one.place) for one in known}
    mine = next((one for one in same if one.place == place or not covered), None)
    if mine is None:
        return f"has an Effective Date Note of {cite}, {found[3]}, which the book does not know"
    until = {text for text in map(day_of, _UNTIL.findall(rest)) if text}
    if day == mine.published and until == ({mine.until} if mine.until else set()):
        return ""
    said = ", ".join(sorted(until)) or "no day"
    return (
        f"its Effective Date Note says {cite} of {day}, until {said}; {mine.measure} says {mine.published}, until"
        f" {mine.until}"
    )


def _part_of(place: str) -> str:
    """Return the number of the part in which a section or a supplement stands."""
    return place.rpartition(" ")[2].partition(".")[0]
