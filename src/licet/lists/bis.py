"""How the Bureau of Industry and Security writes a party: name, aliases, addresses and parts in one cell.

The supplements to part 744 and the rules that amend them share this form. A cell has no marks for what is a name and
what an address: after the name comes a comma, and the address begins where a part no longer reads as a name. Measured
against the names of the Consolidated Screening List the cut is right in more than 98 of 100 rows.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from licet.lists.countries import country_at_end
from licet.lists.entry import Address, Name
from licet.lists.reading import clean, local

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from xml.etree import ElementTree as ET

ITALIC = "\N{SINGLE LEFT-POINTING ANGLE QUOTATION MARK}"
"""Stands before words in italics that begin a part of an entry: a company inside it, or the label of one."""
DASH = "\N{EM DASH}"
"""Begins an alias."""


def lines_of(cell: ET.Element) -> tuple[str, ...]:
    """Return the lines of a cell; a line ends at `<br/>`, and words in italics that begin a part have a mark.

    In a rule of the Federal Register each alias and the address are elements `<LI>` of their own: lines too.
    """
    lines = [""]

    def walk(node: ET.Element) -> None:
        lines[-1] += node.text or ""
        for child in node:
            name = local(child.tag)
            if name in ("br", "LI"):
                lines.append("")
            elif name == "E" and _begins_a_part(child.text or ""):
                lines[-1] += ITALIC
            elif name == "SU" and (child.text or "").strip() in ("st", "nd", "rd", "th"):
                lines[-1] = lines[-1].rstrip()
            walk(child)
            if name == "LI":
                lines.append("")
            lines[-1] += child.tail or ""

    walk(cell)
    return tuple(clean(line) for line in lines)


def _begins_a_part(italic: str) -> bool:
    words = italic.strip().casefold()
    return words.startswith("subordinate") or (words.endswith(",") and words not in (",", "and,"))


class Party(NamedTuple):
    """What a cell says of a party."""

    names: tuple[Name, ...]
    addresses: tuple[str, ...] = ()
    remarks: str = ""
    parts: tuple[Party, ...] = ()
    """Companies named inside it: affiliates, subordinate institutions."""
    under: str = ""
    """Name of the party whose subordinate institution it is, where it has a row of its own."""

    @property
    def name(self) -> str:
        """The primary name, empty where there is none."""
        return self.names[0].text if self.names else ""

    @property
    def kind(self) -> str:
        """`entity` where a name has a legal form or a word such as Institute; the lists do not say, else `unknown`."""
        return "entity" if any(_ORGANIZED.search(name.text) for name in self.names) else "unknown"

    @property
    def places(self) -> tuple[Address, ...]:
        """The addresses with the countries in which they end."""
        return tuple(Address(text, country_at_end(text)) for text in self.addresses)

    def countries(self, heading: str) -> tuple[str, ...]:
        """Return the country under which it is listed, then those of its addresses."""
        found = (heading, *(place.country for place in self.places))
        return tuple(dict.fromkeys(filter(None, found)))


_KNOWN_AS = re.compile(r"\s*[,;]?\s*\(?\s*\b(?:and\s+)?(a\.k\.a|f\.k\.a|n\.k\.a|aka|fka)\b\.?,?\s*", re.IGNORECASE)
_KINDS = {"f": "former", "a": "alias", "n": "alias"}
_ALIAS_LIST = re.compile(
    r"[,;]?\s*\(?\ba\.k\.a\.?,?\s*(?:and )?(?:(?:the )?(?:\w+ )?follow(?:ing)?\b|the one alias).*$"
    r"|[,;]?\s*\ba\.k\.a\.?, including the following alias:$"
    r"|[,;]?\s*\(?\ba\.k\.a\.?,?\s*$|[,;]?\s*(?:and )?the following (?:\w+ )?alias(?:es)?\b.*$",
    re.IGNORECASE,
)
_PART = re.compile(rf"{ITALIC}subordinate institut\w+:?\s*(.*)", re.IGNORECASE)
_WITHIN = re.compile(r"(.{5,}?),? subordinate institution:\s*(.*)", re.IGNORECASE)
"""A party that the text names under another, in a row of its own."""
_DASHES = re.compile(rf"(?<=[:;])\s*(?={DASH})|(?<=; and)\s*(?={DASH})")
"""Where an alias begins inside a line, because its break is missing."""
_SUBORDINATES = re.compile(r"[;,]?\s*(?:and\s+)?the following (?:\w+ )?subordinate entities:?$", re.IGNORECASE)
_SHARED = re.compile(
    r"the following addresses apply to the entity and (?:to )?the \w+ subordinate institutions:\s*(.*)", re.IGNORECASE
)
_SEE = re.compile(r"\(\s*see (?:also )?(?:the )?alternat[^()]*\)?[\s.]*", re.IGNORECASE)
_DESCRIPTION = re.compile(r"[a-z]{4,} [a-z]+ ")
"""What follows a name and is no address: `including the armed forces …`."""
_LABEL = re.compile(r"\b(?:Alt\.? )?Address(?:es)?(?: for [^:;]{3,60})?: ?", re.IGNORECASE)


def party_of(lines: Sequence[str]) -> Party:
    """Read a cell.

    Args:
        lines: Its lines (`lines_of`), those of rows that continue it after it.

    Returns:
        The party with the companies inside it. A cell without a name gives a party without one.
    """
    blocks, shared = _blocks(lines)
    addresses = tuple(_addresses(shared))
    main, *parts = [_block(block) for block in blocks]
    if parts and not addresses and not any(one.addresses for one in (main, *parts[:-1])):
        addresses = parts[-1].addresses
    if addresses:
        parts = [part._replace(addresses=part.addresses or addresses) for part in parts]
        main = main._replace(addresses=(*main.addresses, *addresses))
    return main._replace(parts=(*main.parts, *(part for part in parts if part.names)))


def _party(names: Sequence[Name], addresses: Iterable[str], remarks: str, parts: tuple[Party, ...] = ()) -> Party:
    """Make a party, each name and each address once."""
    distinct = {name.text: name for name in reversed(names) if name.text}
    ordered = [name for name in names if distinct.pop(name.text, None) is not None]
    return Party(tuple(ordered), tuple(dict.fromkeys(addresses)), clean(remarks), parts)


def _blocks(lines: Sequence[str]) -> tuple[list[list[str]], list[str]]:
    """Part the lines of a cell into the blocks of its parties, and the lines of addresses that all share."""
    blocks: list[list[str]] = [[]]
    shared: list[str] = []
    into = blocks[0]
    for line in lines:
        part, all_ = _PART.fullmatch(line), _SHARED.fullmatch(line)
        if line.startswith(ITALIC) and (line.startswith(ITALIC + DASH) or not any(into)):
            into.append(line.removeprefix(ITALIC))
        elif part is not None or line.startswith(ITALIC):
            blocks.append([])
            into = blocks[-1]
            into.append(part[1].strip(" :") if part is not None else line.removeprefix(ITALIC))
        elif all_ is not None:
            into = shared
            into.append(all_[1])
        elif line.rstrip(":").casefold() != "affiliated entities":
            into.append(line)
    return blocks, shared


def _block(lines: list[str]) -> Party:
    """Read the lines of one party, the head first."""
    see = " ".join(m[0].strip(" .") for line in lines for m in _SEE.finditer(line))
    texts = [text.strip() for line in lines for text in _DASHES.split(_SEE.sub("", line))]
    while texts and not texts[0]:
        del texts[0]
    if not texts:
        return _party((), (), see)
    head, *rest = [re.sub("^The following (?=.* entities:?$)", "", texts[0]), *texts[1:]]
    if (within := _WITHIN.fullmatch(head)) is not None:
        inner = [within[2], *rest] if within[2] else [line.removeprefix(DASH) for line in rest]
        return _block(inner)._replace(under=tidy(within[1]), remarks=see)
    if (listed := _ALIAS_LIST.search(head)) is not None:
        inline = listed[0].partition(":")[2].strip(" :")
        names, addresses, parts = _with_aliases(head[: listed.start()], [DASH + inline, *rest] if inline else rest)
        return _party(names, addresses, see, parts)
    return _without_list(head, rest, see)


def _without_list(head: str, rest: list[str], see: str) -> Party:
    """Read a party without a list of aliases: they stand in its line, if it has any."""
    if head.endswith(":") and rest and rest[0].startswith(DASH):
        said = " ".join(line.removeprefix(DASH) for line in rest)
        return _party((Name(tidy(head.rstrip(":"))),), (), f"{said} {see}")
    if rest and not rest[0] and not _KNOWN_AS.search(head) and not head_of(head)[1]:
        return _party((Name(tidy(head)),), _addresses(rest), see)
    names, address = _inline(clean(" ".join([head, *rest])).replace(f" {DASH}", ", "))
    if _DESCRIPTION.match(address):
        return _party(names, (), f"{address} {see}")
    return _party(names, _addresses([address]), see)


def _with_aliases(head: str, rest: list[str]) -> tuple[tuple[Name, ...], tuple[str, ...], tuple[Party, ...]]:
    """Read a party whose aliases stand in lines of their own: names, addresses, parts."""
    names = list(_inline(head)[0] if _KNOWN_AS.search(head) else (Name(tidy(head)),))
    aliases, others, parts = _alias_lines(rest)
    address = ""
    for number, alias in enumerate(aliases):
        last = number == len(aliases) - 1 and not others
        alias_names, found = alias_of(alias, may_end_in_address=last)
        names += alias_names
        address = address or found
    return tuple(names), tuple(_addresses([*others, address])), parts


def _alias_lines(rest: list[str]) -> tuple[list[str], list[str], tuple[Party, ...]]:
    """Part the lines after a head into aliases, lines of addresses, and parties that a dash begins too.

    An alias without a dash is one that follows another without a blank line and after a semicolon.
    """
    aliases: list[str] = []
    others: list[str] = []
    before = ""
    for number, line in enumerate(rest):
        if line.startswith(DASH):
            aliases.append(line.removeprefix(DASH))
        elif line and not others and (not aliases or re.search(r";(?: and)?$", before)):
            aliases.append(line)
        elif line:
            others.append(line)
        if _SUBORDINATES.search(line):
            aliases[-1] = _SUBORDINATES.sub("", aliases[-1])
            return aliases, others, _subordinates(rest[number + 1 :])
        before = line
    return aliases, others, ()


def _subordinates(lines: list[str]) -> tuple[Party, ...]:
    """Read parties that a dash begins; where one has aliases, as many lines as it says are aliases."""
    blocks: list[list[str]] = []
    aliases = 0
    for line in lines:
        if line.startswith(DASH) and not aliases:
            blocks.append([line.removeprefix(DASH)])
        elif blocks:
            aliases -= line.startswith(DASH)
            blocks[-1].append(line)
        count = re.search(r"the following (\w+) alias", line)
        aliases = _NUMBERS.get(count[1], 1) if count else aliases
    return tuple(_block([re.sub(r";(?: and)?$", "", line) for line in block]) for block in blocks)


_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}


def alias_of(line: str, *, may_end_in_address: bool = False) -> tuple[list[Name], str]:
    """Read one alias; it may hold more than one name, and the last of a list the address.

    Args:
        line: The line without its dash.
        may_end_in_address: Whether no line of addresses follows.

    Returns:
        The names, and the address or an empty text.
    """
    text = _ending(line)
    kind = "former" if re.match(r"f\.?k\.?a\b", text, re.IGNORECASE) else "alias"
    text = re.sub(r"^[af]\.?k\.?a\b\.?,?\s*", "", text, flags=re.IGNORECASE)
    address = ""
    if (m := _INCLUDING.search(text)) is not None:
        text, address = text[: m.start()], text[m.end() :]
    elif may_end_in_address and (country_at_end(text) or len(text.split(",")) > _ADDRESS_PARTS):
        text, address = head_of(text)
    pieces = _KNOWN_AS.split(text)
    kinds = [kind, *(_KINDS[mark[0].casefold()] for mark in pieces[1::2])]
    found = ((one, k) for piece, k in zip(pieces[0::2], kinds, strict=True) for one in _several(piece))
    return [Name(one, k) for one, k in found], address


def _several(text: str) -> list[str]:
    """Return the names of a text whose semicolons may part names; one word alone, such as `Technology`, is none."""
    parts = [tidy(re.sub(r"^and\b\s*|^\(all of preceding.*", "", part.strip(f" ,{DASH}"))) for part in text.split(";")]
    parts = [part for part in parts if part]
    whole = all(" " in part or (part.isupper() and len(part) >= _ACRONYM) for part in parts)
    return parts if whole or len(parts) == 1 else list(filter(None, [tidy(text)]))


_ACRONYM = 4


_ADDRESS_PARTS = 2
_INCLUDING = re.compile(r",? (?:and )?to include the following (?:subordinate\.?|addresses and .*)\s*")


def _ending(line: str) -> str:
    """Return a line of a list without what joins it to the next."""
    return re.sub(r"(?:[;,]\s*|\s)and$", "", line.strip()).strip(" ;,")


def _inline(text: str) -> tuple[tuple[Name, ...], str]:
    """Read name, aliases and address that stand in one line."""
    first = _KNOWN_AS.search(text)
    if first is None:
        name, address = head_of(text)
        return ((Name(tidy(name)),) if tidy(name) else ()), address
    names = [Name(tidy(text[: first.start()]))]
    bracket = "(" in first[0]
    inside, address = _in_bracket(text, first) if bracket else (text[first.start() :], "")
    pieces = _KNOWN_AS.split(inside)
    marks, said = pieces[1::2], pieces[2::2]
    if not bracket:
        said[-1], address = head_of(said[-1])
    for mark, piece in zip(marks, said, strict=True):
        names += [Name(one, _KINDS[mark[0].casefold()]) for one in _several(piece)]
    return tuple(names), address


def _in_bracket(text: str, first: re.Match[str]) -> tuple[str, str]:
    """Return the aliases in a bracket and what follows it."""
    depth = 0
    for place in range(first.start(), len(text)):
        depth += (text[place] == "(") - (text[place] == ")")
        if depth == 0 and text[place] == ")":
            return text[first.start() : place], text[place + 1 :].lstrip(" ,.;")
    return text[first.start() :], ""


def _addresses(lines: Sequence[str]) -> Iterator[str]:
    """Yield the addresses of lines of text; a semicolon ends one."""
    text = _LABEL.sub("; ", " ".join(lines))
    for part in re.split(r";|(?:,|(?<=[a-z]))\s+and(?=\s+(?:No\.|P\.O\.|\d))", text):
        address = re.sub(r"^[\s,.]*(?:and(?:\b|(?=\d)),?)?\s*|[\s,;]+$", "", part)
        address = address if re.search(r"\w\.\w+\.$", address) else address.rstrip(".")
        if re.search(r"\w", address):
            yield address


_FORM = (
    r"(?:(?:Co|Company)\b\.?,?\s*)?(?:Co|Ltd|LTD|Limited|LLC|L\.L\.C|Inc|Incorporated|Corp|Corporation|Company|JSC|OJSC"
    r"|PJSC|CJSC|OAO|OOO|ZAO|AO|PAO|PLC|PT|FZE|FZCO|FZC|FZ-LLC|GmbH|GMBH|S\.?A|Pte|PTE|Pty|Pvt|PVT|Private|SDN|Sdn|Bhd"
    r"|BHD|LP|L\.P|LLP|B\.?V|N\.V|A\.?S|AG|S\.?R\.?O|D\.?O\.?O|K\.?K|EOOD|OOD|Lda|LDA|Ltda|S\.?L|S\.?A\.?S|SARL|S\.?P\.?A"
    r"|S\.?R\.?L|S\.?A\.?R\.?L|OY|Oy|AB|e\.K|FSUE|FGUP|NPO|TOO|DMCC|W\.?L\.?L|UAB|SIA|OU|Sti)"
)
"""Legal forms: a part that is one, or begins or ends with one, belongs to the name before it."""
_LEGAL = re.compile(
    rf"{_FORM}(?![\w'&-])|[^\d,;]*\s(?:Co|Ltd|LTD|Limited|LLC|Inc|Corp|Corporation|Company|JSC)(?=[.,;]|$)"
)
_ORGANIZED = re.compile(
    rf"\b{_FORM}(?![\w'&-])|\b(?:Institut\w*|Universit\w+|Ministry|Academy|Bureau|Department|Laborator\w+|Plant|Factory"
    r"|Center|Centre|Group|Holding|Trading|Technolog\w+|Electronic\w*|Industr\w+|Enterprise\w*|Association|Agency"
    r"|Corporation|Committee|Foundation|Logistics|Services|Systems|Shipping|Airlines|Bank|Concern|School|Army|Directorate)\b"
)
_BODY = re.compile(
    r"\b(?:Institut\w*|University|Ministry|Academy|Department|Faculty|College|Laborator\w+|Division|Bureau|Branch|Plant"
    r"|Subsidiary|Directorate|Corporation|Company|Co|Ltd|Importers|Exporters|Research Cent\w+|Office of|Named after)\b"
)
_PLACE = re.compile(
    r"\d|#|\b(?:Nos?|Rooms?|Rm|RM|Units?|Suite|Ste|Flat|Floor|Fl|Building|Bldg|Block|Office|Shop|House|Plot|Apt"
    r"|Apartment|Box|Street|St|Str|Road|Rd|Avenue|Ave|Boulevard|Blvd|District|Province|City|Zone|Park|Tower"
    r"|Village|Town|[Uu]l|Ulitsa|Region|Oblast|Warehouse|Level|Lot|Villa|Km|Highway|Sector|Phase|Area|Industrial"
    r"|Square|Way|Drive|Airport|Port|Cargo|[Ll]ane|Prospekt|Near|Next|Opposite)\b"
)
_NO_NAME = re.compile(r"(?!(?:de|y|e|di|und|i|and|of|in|for)\b)[a-z]|[A-Z]\. ?\d|\w+, \d")
"""How an address may begin after a full stop where no word of it tells."""
_NUMBERED_BODY = re.compile(r"\d+ (?:[A-Z][a-z]+ )+(?:Plant|Factory|Institute|Academy)\b(?: \(.*\))?")
_CUT = re.compile(
    r"[(),;]"
    r"|(?<=\))\.(?=\s)"
    r"|(?<=\bInc|\bLtd) (?=\d)"
    r"|(?<=\bInc\.|\bLtd\.) (?=\d)"
    r"|(?<!\bSt)(?<!\bStd)(?<!\bInd)(?<!\bTech)(?<!\bDev)(?<!\bEquip)(?<=\w[\w'\u2019\u201d])\.(?='? \w)"
    r"| (?=(?:Office|Room|Rm|Flat|Unit|Suite) [A-Z]?-?\d)"
    r"| (?=No\.? ?\d+\w*,)"
)


def head_of(text: str) -> tuple[str, str]:
    """Part a line into the name at its head and the address after it.

    Args:
        text: A name, and after a comma (seldom a full stop, or nothing) an address.

    Returns:
        The name and the address, which is empty where there is none.
    """
    depth = 0
    for cut in _CUT.finditer(text):
        depth = max(0, depth + (cut[0] == "(") - (cut[0] == ")"))
        if cut[0] in "()" or depth:
            continue
        name, rest = text[: cut.start()], text[cut.end() :].lstrip(" ,.;'")
        if rest and not _goes_on(name, rest, full_stop=cut[0] == "."):
            return name, rest
    return text, ""


def _goes_on(name: str, rest: str, *, full_stop: bool) -> bool:
    """Say whether a name goes on after a comma or, where only a part of an address ends it, a full stop."""
    part = re.split(r",|;|\.\s", rest, maxsplit=1)[0]
    if full_stop and not _LEGAL.match(rest):
        return not (_PLACE.search(part) or _NO_NAME.match(rest) or _is_place(part, rest.partition(";")[0]))
    if _LEGAL.match(rest):
        return True
    if _NUMBERED_BODY.fullmatch(part):
        return True
    return bool(_BODY.search(part) and _BODY.search(name)) and not _PLACE.search(part)


def _is_place(part: str, rest: str) -> bool:
    """Say whether what follows a full stop is a place and its country, such as `Delhi, India`."""
    return not any(c.isdigit() for c in rest) and not _BODY.search(part) and bool(country_at_end(rest))


def tidy(name: str) -> str:
    """End a name with a full stop only where it ends in an abbreviation, and drop a bracket without a mate."""
    bare = name.strip(" ,;").rstrip(".").replace("Xi 'an", "Xi'an")
    if bare.count(")") > bare.count("("):
        bare = bare.removesuffix(")")
    return f"{bare}." if re.search(r"\b(Ltd|Co|Inc|Corp|S\.A|K\.K|U\.A|S\.R\.L)$", bare) else bare
