"""A graph of interests as a drawing: one SVG file without scripts, fonts or links, readable in light and in dark.

Owners are above, the party asked about at the bottom. What a color says is said in words too: each party carries its
standing under each rule, each line its share, and the lines that decide are marked with a word.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

from licet.model.errors import FactsError, Problem
from licet.ownership.graph import ARRANGEMENT, NEVER, PERSON, UNSURE
from licet.show import ownership_words as words
from licet.show.ownership_layout import Spot, layout
from licet.show.timeline_svg import fitting, text_width
from licet.show.words import NOT_ADVICE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from licet.ownership.graph import Interest
    from licet.ownership.report import Report
    from licet.show.ownership_layout import Layout

MOST = 60
"""Parties of one drawing; a larger graph is refused with what to ask instead."""
BOX, GAP = 228, 26
"""Width of a party, and the room between two."""
HEAD, TIER = 10, 104
"""Height of a party without its lines, and the room between two tiers, where the words of lines stand."""
LINE, NAME = 13, 15
"""Heights of a line of words, and of a line of a name."""
LOOP = 26
"""Width and depth of the line of a party that holds something in itself."""
PORTS = 0.36
"""Lines meet a party on this part of its width, to each side of its middle."""
PARTS = (0.16, 0.3, 0.42, 0.54, 0.66, 0.78)
"""Where along its first stretch the words of a line may stand; the first that is free is taken."""
MARGIN, TOP, FOOT = 28, 96, 92
NARROWEST = 760
"""Width of a drawing at least, for its title and its legend."""
MIDDLE = 0.5
NAMED = 3
"""Parties that a title names."""
STYLE = """
text{font-family:system-ui,-apple-system,"Segoe UI",Helvetica,Arial,sans-serif;fill:#1c2127;font-size:11px}
.h{font-size:18px;font-weight:600}.n{font-size:12px;font-weight:600}.m{fill:#5c6672;font-size:10px}
.bg{fill:#fff}.box{fill:#f6f8fa;stroke:#8a949e;stroke-width:1.2}
.box.listed{fill:#fdeaea;stroke:#b3261e;stroke-width:2.2}.box.reached{fill:#fff0e0;stroke:#b85c00;stroke-width:2.2}
.box.open{fill:#fff9e0;stroke:#8a6d00;stroke-width:1.6;stroke-dasharray:5 3}
.asked{fill:none;stroke:#1f5c99;stroke-width:1.6}
.line{fill:none;stroke:#8a949e;stroke-width:1.3}.line.decides{stroke:#b3261e;stroke-width:3}
.line.could{stroke:#8a6d00;stroke-width:2.4;stroke-dasharray:7 4}
.line.never{stroke-width:1;stroke-dasharray:1.5 3.5}.line.unsure{stroke-dasharray:5 4}
.tip{fill:#8a949e}.tip.decides{fill:#b3261e}.tip.could{fill:#8a6d00}
.chip{fill:#fff;fill-opacity:.92}.t-listed,.t-decides{fill:#b3261e;font-weight:600}
.t-reached{fill:#9a4d00;font-weight:600}.t-open,.t-could{fill:#705900;font-weight:600}.t-no{fill:#5c6672}
@media (prefers-color-scheme:dark){
text{fill:#e8eaed}.m,.t-no{fill:#a3adb8}.bg{fill:#12161c}.box{fill:#1d232b;stroke:#77828e}
.box.listed{fill:#3a1a1c;stroke:#ff8a80}.box.reached{fill:#382512;stroke:#ffb066}
.box.open{fill:#302a12;stroke:#e6c84d}.asked{stroke:#7ab3e8}
.line{stroke:#77828e}.line.decides{stroke:#ff8a80}.line.could{stroke:#e6c84d}
.tip{fill:#77828e}.tip.decides{fill:#ff8a80}.tip.could{fill:#e6c84d}.chip{fill:#12161c}
.t-listed,.t-decides{fill:#ff8a80}.t-reached{fill:#ffb066}.t-open,.t-could{fill:#e6c84d}}
"""
NAMED_AS = "n"
"""Class of the lines of a name."""
WORST = ("listed", "reached", "open", "no")


class Box(NamedTuple):
    """One party as drawn."""

    id: str
    x: float
    y: float
    lines: tuple[tuple[str, str], ...]
    """Words and class of each line, those of the name first."""
    style: str
    height: float


class Area(NamedTuple):
    """Where something stands."""

    left: float
    top: float
    width: float
    height: float

    def covers(self, other: Area) -> float:
        """Return how much of another it covers."""
        across = min(self.left + self.width, other.left + other.width) - max(self.left, other.left)
        down = min(self.top + self.height, other.top + other.height) - max(self.top, other.top)
        return max(across, 0.0) * max(down, 0.0)


class Wire(NamedTuple):
    """The interests of one party in another as drawn: one line."""

    ends: tuple[str, str]
    points: tuple[tuple[float, float], ...]
    interests: tuple[Interest, ...]


def ownership_svg(report: Report) -> str:
    """Return the graph of a report as the text of an SVG file.

    Raises:
        FactsError: There are too many parties for one drawing.
    """
    if len(report.graph.parties) > MOST:
        todo = "Ask for one party with its owners: --party NAME."
        found = f"{len(report.graph.parties):,} parties are too many for one drawing, {MOST} are allowed"
        raise FactsError(Problem(found, report.source, todo=todo))
    return "\n".join(_Drawing(report).parts())


class _Drawing:
    """Turns a report into the parts of a drawing."""

    def __init__(self, report: Report) -> None:
        self.report, self.marks = report, words.marks(report)
        held = [(one.owner, one.owned) for one in report.graph.interests]
        self.plan: Layout = layout(list(report.graph.parties), held, report.asked)
        said = {id_: tuple(self.says(id_)) for id_ in report.graph.parties}
        tallest = max((_height(lines) for lines in said.values()), default=HEAD)
        self.step = tallest + TIER
        self.tallest = tallest
        across = self.plan.width * (BOX + GAP) - GAP
        self.width = max(across + 2 * MARGIN, NARROWEST)
        self.height = TOP + self.plan.tiers * self.step - TIER + FOOT
        self.left = (self.width - across) / 2
        self.meeting = self.meetings()
        self.boxes = {id_: self.box(id_, lines) for id_, lines in said.items()}

    def parts(self) -> Iterator[str]:
        yield from self.head()
        wires = list(self.wires())
        for wire in sorted(wires, key=lambda one: self.style(one) != ""):
            yield from self.wire(wire)
        for box in self.boxes.values():
            yield from self.draw(box)
        taken = [Area(self.x(self.plan.spots[box.id]) - BOX / 2, box.y, BOX, box.height) for box in self.boxes.values()]
        for wire in wires:
            yield from self.label(wire, taken)
        yield from self.foot()
        yield "</svg>"

    # -- places

    def x(self, spot: Spot) -> float:
        return self.left + spot.x * (BOX + GAP) + BOX / 2

    def y(self, tier: int) -> float:
        """Return the top of a tier; tier 0 is the lowest."""
        return TOP + (self.plan.tiers - 1 - tier) * self.step

    def box(self, id_: str, lines: tuple[tuple[str, str], ...]) -> Box:
        spot = self.plan.spots[id_]
        states = [state.word for _, state in words.states(self.report, id_)]
        style = next((word for word in WORST if word in states), "no")
        height = _height(lines)
        return Box(id_, spot.x, self.y(spot.tier) + (self.tallest - height) / 2, lines, style, height)

    def says(self, id_: str) -> Iterator[tuple[str, str]]:
        """Walk through the lines of a party: its name, what it is, its standing, owners who are not stated."""
        for text in _wrapped(self.report.graph.parties[id_].name, 12, BOX - 20):
            yield text, NAMED_AS
        beside = words.place(self.report, id_)
        if beside:
            yield beside, "m"
        for names, state in words.states(self.report, id_):
            for text in _wrapped(f"{names}: {state.says}" if names else state.says, 10, BOX - 16):
                yield text, f"t-{state.word}"
        rest = words.rest(self.report, id_)
        if rest:
            yield f"owners not stated: {rest}", "m"

    # -- lines

    def wires(self) -> Iterator[Wire]:
        found: dict[tuple[str, str], list[Interest]] = {}
        for one in self.report.graph.interests:
            found.setdefault((one.owner, one.owned), []).append(one)
        for ends, interests in found.items():
            yield Wire(ends, tuple(self.points(ends)), tuple(interests))

    def points(self, ends: tuple[str, str]) -> Iterator[tuple[float, float]]:
        if ends[0] == ends[1]:
            box = self.boxes[ends[0]]
            side, low = self.x(self.plan.spots[box.id]) + BOX / 2 - 40, box.y + box.height
            yield from ((side, low), (side + LOOP, low))
            return
        owner, owned = (self.boxes[id_] for id_ in ends)
        falls = self.falls(ends)
        yield self.port(ends, 0), owner.y + owner.height if falls else owner.y
        for spot in self.plan.routes.get(ends, ()):
            yield self.x(spot) + (0 if falls else 12), self.y(spot.tier) + self.tallest / 2
        yield self.port(ends, 1), owned.y if falls else owned.y + owned.height

    def falls(self, ends: tuple[str, str]) -> bool:
        """Say whether a line leads downward; one of each circle leads up."""
        return self.plan.spots[ends[0]].tier > self.plan.spots[ends[1]].tier

    def port(self, ends: tuple[str, str], which: int) -> float:
        """Return where a line meets one of its parties: side by side with the others there, in their order."""
        here = ends[which]
        lower = self.falls(ends) == (which == 0)
        meeting = self.meeting[here, lower]
        number = meeting.index(ends)
        room = min(2 * PORTS * BOX / max(len(meeting) - 1, 1), BOX / 5)
        return self.x(self.plan.spots[here]) + (number - (len(meeting) - 1) / 2) * room

    def meetings(self) -> dict[tuple[str, bool], list[tuple[str, str]]]:
        """Return the lines that meet each party at its lower side and at its upper side, from left to right."""
        out: dict[tuple[str, bool], list[tuple[str, str]]] = {}
        for ends in dict.fromkeys((one.owner, one.owned) for one in self.report.graph.interests):
            if ends[0] != ends[1]:
                out.setdefault((ends[0], self.falls(ends)), []).append(ends)
                out.setdefault((ends[1], not self.falls(ends)), []).append(ends)
        for (here, _), meeting in out.items():
            order = {ends: self.next_x(ends, here) for ends in meeting}
            meeting.sort(key=order.__getitem__)
        return out

    def next_x(self, ends: tuple[str, str], here: str) -> tuple[float, tuple[str, str]]:
        """Return how far to the right the point lies to which a line leads from a party."""
        route = self.plan.routes.get(ends, ())
        if ends[0] == here:
            spot = route[0] if route else self.plan.spots[ends[1]]
        else:
            spot = route[-1] if route else self.plan.spots[ends[0]]
        return spot.x, ends

    def style(self, wire: Wire) -> str:
        marked = [how for one in wire.interests for how in self.marks.get(one.id, {})]
        if words.DECIDES in marked:
            return "decides"
        return "could" if words.COULD in marked else ""

    def wire(self, wire: Wire) -> Iterator[str]:
        style = self.style(wire)
        if not style and all(one.counts == NEVER for one in wire.interests):
            style = "never"
        elif not style and all(one.counts in {NEVER, UNSURE} for one in wire.interests):
            style = "unsure"
        line = _loop(wire.points[0]) if wire.ends[0] == wire.ends[1] else _curve(wire.points)
        yield f'<path class="line {style}" d="{line}"><title>{escape(self.spoken(wire))}</title></path>'
        (x, y), before = wire.points[-1], wire.points[-2]
        down = 1 if before[1] < y else -1
        yield f'<path class="tip {style}" d="M{x:g} {y:g}l-5 {-9 * down}h10z"/>'

    def spoken(self, wire: Wire) -> str:
        names = [self.report.graph.parties[id_].name for id_ in wire.ends]
        held = (
            (words.interest(one), words.why(one), words.mark(self.marks.get(one.id, {}), self.report))
            for one in wire.interests
        )
        return f"{names[0]} in {names[1]}: {'; '.join(' '.join(filter(None, said)) for said in held)}"

    def label(self, wire: Wire, taken: list[Area]) -> Iterator[str]:
        """Write the words of a line: each interest, and whether it decides."""
        lines: list[tuple[str, str]] = []
        for one in wire.interests:
            mark = words.mark(self.marks.get(one.id, {}), self.report)
            style = "t-decides" if mark.startswith(words.DECIDES) else "t-could" if mark else ""
            lines.append((words.interest(one), style))
            lines += [(part, style) for part in mark.split("; ") if part]
        wide, high = max(text_width(text, 10) for text, _ in lines) + 8, LINE * len(lines) + 2
        area = self.free(wire, (wide, high), taken)
        taken.append(area)
        size = f'width="{wide:.1f}" height="{high}"'
        yield f'<rect class="chip" x="{area.left:.1f}" y="{area.top:.1f}" {size} rx="3"/>'
        for number, (text, style) in enumerate(lines):
            yield _text(area.left + wide / 2, area.top + 10 + LINE * number, text, f"m {style}".strip(), "middle")

    def free(self, wire: Wire, size: tuple[float, float], taken: list[Area]) -> Area:
        """Return where the words of a line stand: on its first stretch, where nothing else stands if there is room."""
        found = []
        loop = wire.ends[0] == wire.ends[1]
        for part in PARTS:
            x, y = _at(wire.points[0], wire.points[1], part)
            if loop:
                x, y = wire.points[0][0] + LOOP / 2, wire.points[0][1] + LOOP + LINE / 2
            area = Area(x - size[0] / 2, y - size[1] / 2, *size)
            found.append((sum(area.covers(other) for other in taken), area))
        return min(found, key=lambda pair: pair[0])[1]

    # -- parties

    def draw(self, box: Box) -> Iterator[str]:
        it = self.report.graph.parties[box.id]
        x = self.x(self.plan.spots[box.id]) - BOX / 2
        round_ = box.height / 2 if it.kind == PERSON else 12 if it.kind == ARRANGEMENT else 4
        stands = (
            f"{names}: {state.says}" if names else state.says for names, state in words.states(self.report, box.id)
        )
        spoken = "; ".join((it.name, *stands))
        yield f"<g><title>{escape(spoken)}</title>"
        if box.id in self.report.asked:
            yield (
                f'<rect class="asked" x="{x - 5:.1f}" y="{box.y - 5:.1f}" width="{BOX + 10}" '
                f'height="{box.height + 10:.1f}" rx="{min(round_, 20) + 4:g}"/>'
            )
        yield (
            f'<rect class="box {box.style}" x="{x:.1f}" y="{box.y:.1f}" width="{BOX}" height="{box.height:.1f}" '
            f'rx="{min(round_, 20):g}"/>'
        )
        y = box.y + HEAD / 2
        for text, style in box.lines:
            y += NAME if style == NAMED_AS else LINE
            yield _text(x + BOX / 2, y - 3, text, style if style == NAMED_AS else f"m {style}", "middle")
        yield "</g>"

    # -- around

    def head(self) -> Iterator[str]:
        report = self.report
        names = ", ".join(report.graph.parties[id_].name for id_ in report.asked[:NAMED])
        title = f"Who owns {names}" + (" and others" if len(report.asked) > NAMED else "")
        width, height = f"{self.width:g}", f"{self.height:g}"
        yield (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
            f'role="img" aria-labelledby="licet-title licet-desc">'
        )
        yield f'<title id="licet-title">{escape(title)}</title>'
        yield f'<desc id="licet-desc">{escape(" ".join(self.results()))}</desc>'
        yield f"<style>{STYLE}</style>"
        yield f'<rect class="bg" width="{width}" height="{height}"/>'
        room = self.width - 2 * MARGIN
        yield _text(MARGIN, 34, fitting(title, 18, room), "h")
        known = f" as known on {report.known}" if report.known else ""
        yield _text(MARGIN, 52, f"interests held on {report.day}{known} · {report.source}", "m")
        for number, text in enumerate(self.results()[:2]):
            yield _text(MARGIN, 68 + 14 * number, fitting(text, 10, room), "m")

    def results(self) -> list[str]:
        """Return the result of each rule for the parties asked about, in words."""
        out = []
        for ruled in self.report.ruled:
            asked = self.report.asked[:NAMED]
            told = [f"{self.report.graph.parties[id_].name} {words.word(ruled, id_).lower()}" for id_ in asked]
            force = f" ({ruled.force.says})" if ruled.force else ""
            out.append(f"{ruled.regime.title}: {', '.join(told)}{force}.")
        return out

    def foot(self) -> Iterator[str]:
        x, y = float(MARGIN), self.height - FOOT + 46
        for style, text in LEGEND_BOXES.items():
            if any(box.style == style for box in self.boxes.values()):
                yield f'<rect class="box {style}" x="{x:g}" y="{y - 10:g}" width="20" height="12" rx="3"/>'
                yield _text(x + 26, y, text, "m")
                x += 26 + text_width(text, 10) + 16
        x, y = float(MARGIN), y + 20
        for style, text in LEGEND_LINES.items():
            yield f'<path class="line {style}" d="M{x:g} {y - 4:g}h24"/>'
            yield _text(x + 30, y, text, "m")
            x += 30 + text_width(text, 10) + 16
        told = f"Shares are never multiplied: half or more counts whole on the next tier. {NOT_ADVICE}"
        yield _text(MARGIN, y + 18, told, "m")


LEGEND_BOXES = {
    "listed": "listed",
    "reached": "owned by half or more by listed parties",
    "open": "open: facts are missing",
    "no": "neither",
}
LEGEND_LINES = {
    "decides": "decides",
    "could": "could decide",
    "": "ownership",
    "unsure": "may be ownership",
    "never": "no ownership",
}


def _curve(points: Sequence[tuple[float, float]]) -> str:
    """Draw a line through points that leaves and reaches each of them upright."""
    x, y = points[0]
    parts = [f"M{x:.1f} {y:.1f}"]
    for to_x, to_y in points[1:]:
        half = (to_y - y) * MIDDLE
        parts.append(f"C{x:.1f} {y + half:.1f} {to_x:.1f} {to_y - half:.1f} {to_x:.1f} {to_y:.1f}")
        x, y = to_x, to_y
    return "".join(parts)


def _loop(start: tuple[float, float]) -> str:
    """Draw a line from the lower side of a party back to it: what it holds in itself."""
    x, y = start
    low = y + LOOP * 1.3
    return f"M{x:.1f} {y:.1f}C{x:.1f} {low:.1f} {x + LOOP:.1f} {low:.1f} {x + LOOP:.1f} {y:.1f}"


def _at(start: tuple[float, float], end: tuple[float, float], part: float) -> tuple[float, float]:
    """Return the point of the curve between two points at a part of it (the cubic that `_curve` draws)."""
    near, far = 1 - part, part
    x = (near**3 + 3 * near**2 * far) * start[0] + (3 * near * far**2 + far**3) * end[0]
    middle = (start[1] + end[1]) / 2
    y = near**3 * start[1] + 3 * near**2 * far * middle + 3 * near * far**2 * middle + far**3 * end[1]
    return x, y


def _text(x: float, y: float, text: str, classes: str = "", anchor: str = "") -> str:
    where = f' text-anchor="{anchor}"' if anchor else ""
    named = f' class="{classes}"' if classes else ""
    return f'<text x="{x:.1f}" y="{y:.1f}"{named}{where}>{escape(text)}</text>'


def _height(lines: Sequence[tuple[str, str]]) -> float:
    return HEAD + sum(NAME if style == NAMED_AS else LINE for _, style in lines)


def _wrapped(text: str, size: float, width: float) -> list[str]:
    """Return a text in at most two lines that are so wide; what is longer is cut, and whole in the title."""
    if text_width(text, size) <= width:
        return [text]
    first, rest = "", text.split(" ")
    while rest and text_width(f"{first} {rest[0]}".strip(), size) <= width:
        first = f"{first} {rest.pop(0)}".strip()
    if not first:
        return [fitting(text, size, width)]
    return [first, fitting(" ".join(rest), size, width)] if rest else [first]
