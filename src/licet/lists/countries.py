"""Names of countries in the spellings of the lists, as codes: the names of licet's own table and the official ones."""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from licet.model.vocabulary import table

if TYPE_CHECKING:
    from collections.abc import Mapping

_SPELLINGS = """
AE: U.A.E., UAE
AG: Antigua & Barbuda
BA: Bosnia, Bosnia & Herzegovina, Bosnia-Herzegovina
BN: Brunei Darussalam
BO: Bolivia (Plurinational State of), Plurinational State of Bolivia
BS: Bahamas; The
BY: Republic of Belarus
CD: Congo (Kinshasa), Congo; Democratic Republic of, Congo (Democratic Republic), Congo (Democratic Republic of the),
    Democratic Republic of the Congo, Democratic Republic of Congo, DRC, DR Congo
CF: Central African Rep.
CG: Congo (Brazzaville), Congo, Congo; Republic of, Republic of the Congo, Republic of Congo
CI: Cote d'lvoire, Ivory Coast
CN: China; People's Republic of, People's Republic of China, P.R. China, P.R.C., PRC, China (PRC), PR China,
    Mainland China
CV: Cape Verde
CZ: Czech Republic
DO: Dominican Rep.
FM: Federated States of Micronesia, Micronesia; Federated States of, Micronesia (Federated States of)
GB: UK, U.K., Great Britain, England, Scotland, Wales, Northern Ireland,
    United Kingdom of Great Britain and Northern Ireland
GM: Gambia; The
GW: Guinea Bissau
HK: Hong Kong SAR, Hong Kong (China), Hong Kong; China, China (Hong Kong), Hong Kong S.A.R.
IR: Iran (Islamic Republic of), Islamic Republic of Iran, Iran; Islamic Republic of
KG: Kyrgyz Republic
KN: Saint Kitts & Nevis, St. Kitts and Nevis
KP: Korea; North, Korea North, DPRK, Democratic People's Republic of Korea, Korea; Democratic People's Republic of,
    Korea (Democratic People's Republic of)
KR: Korea; South, Korea South, Republic of Korea, Korea; Republic of, Korea (Republic of)
LA: Lao PDR, Lao People's Democratic Republic
LC: St. Lucia
LY: Libyan Arab Jamahiriya, State of Libya
MD: Republic of Moldova, Moldova; Republic of
MK: Macedonia; The Former Yugoslav Republic of, Macedonia, The former Yugoslav Republic of Macedonia
MM: Burma, Burma (Myanmar), Myanmar (Burma)
MO: Macao, Macau SAR, Macao SAR
NL: Holland, Netherlands (Kingdom of the)
PS: West Bank, Gaza, Palestinian, Palestinian; Occupied, Occupied Palestinian Territories, State of Palestine,
    Palestinian Territories, West Bank and Gaza, Palestinian Authority
RU: Russian Federation
SK: Slovak Republic
ST: Sao Tome & Principe
SY: Syrian Arab Republic
SZ: Swaziland
TC: Turks & Caicos Islands
TL: East Timor
TR: Türkiye, Republic of Türkiye, Republic of Turkey
TT: Trinidad & Tobago
TW: Taiwan (Province of China), Republic of China, Taiwan; Province of China
TZ: United Republic of Tanzania, Tanzania; United Republic of
UA-09: Luhansk, Region: Luhansk, Region: So-called Luhansk People's Republic,
    Luhansk People's Republic region of Ukraine, So-called Luhansk People's Republic region of Ukraine
UA-14: Donetsk, Region: Donetsk, Region: So-called Donetsk People's Republic,
    Donetsk People's Republic region of Ukraine, So-called Donetsk People's Republic region of Ukraine
UA-43: Crimea, Region: Crimea, Crimea (Occupied), Crimea region, Crimea (Region of Ukraine)
US: U.S., U.S.A., USA, United States of America
VA: Holy See, Holy See (Vatican City State), Vatican
VC: St. Vincent and the Grenadines
VE: Venezuela (Bolivarian Republic of), Bolivarian Republic of Venezuela, Venezuela; Bolivarian Republic of
VG: British Virgin Islands, Virgin Islands (British), BVI, Virgin Islands; British
VI: US Virgin Islands, U.S. Virgin Islands, Virgin Islands (US)
VN: Viet Nam
"""
"""One line a code; a comma ends a spelling, and a semicolon stands for a comma inside one."""
_WORDS_OF_A_NAME = 5
_SEGMENTS = 3
"""How many parts of an address, from its end, are looked at: a postal code or a bracket may come after the country."""


@cache
def spellings() -> Mapping[str, str]:
    """Return the code for every spelling, in the form of `_key`."""
    known = {_key(country.name): code for code, country in table().countries.items()}
    known |= {_key(code): code for code in table().countries}
    for line in re.sub(r"\n +", " ", _SPELLINGS.strip()).splitlines():
        code, _, names = line.partition(": ")
        known |= {_key(name): code for name in names.split(",")}
    return known


@lru_cache(maxsize=4096)
def country_code(name: str) -> str:
    """Return the ISO 3166-1 alpha-2 code (or ISO 3166-2 of a region that the law names) of a country.

    Args:
        name: Its name in a spelling of the lists, or its code.

    Returns:
        The code; empty where the spelling is not known, which the caller must say (a noise), never pass over.
    """
    return spellings().get(_key(name), "")


@lru_cache(maxsize=4096)
def country_at_end(address: str) -> str:
    """Return the code of the country with which an address ends; empty where it ends in none that is known.

    A postal code and a remark in brackets after the country do not count.
    """
    bare = re.sub(r"\([^()]*\)\.?\s*$", "", address)
    parts = [part for part in _PARTS.split(bare) if part.strip(" .")]
    if code := country_code(", ".join(parts[-2:]).strip()):
        return code
    return next((code for part in parts[: -_SEGMENTS - 1 : -1] if (code := _at_end_of_part(part))), "")


def _at_end_of_part(part: str) -> str:
    """Return the code of the country that ends a part of an address between two commas."""
    words = part.split()
    while len(words) > 1 and (_has_digit(words[-1]) or (_has_digit(words[-2]) and len(words[-1]) <= _POSTAL)):
        words.pop()
    for count in range(min(len(words), _WORDS_OF_A_NAME), 0, -1):
        code = country_code(" ".join(words[-count:]))
        if code and (count > 1 or len(words[-1].strip(".")) > len("XX") or words[-1] in _SHORT):
            return code
    return ""


def _has_digit(word: str) -> bool:
    return any(c.isdigit() for c in word)


_PARTS = re.compile(r"[,;]|(?<=\w{3})\.\s+|\.$")
_POSTAL = 3
"""Letters of the second half of a postal code, such as LS."""
_SHORT = frozenset(("UK", "US"))
"""Two letters that are a country at the end of an address; other codes are states or postal letters there."""


def _key(name: str) -> str:
    """Return the form in which spellings are compared: letters and digits, without accents, `the` and case."""
    text = name
    if not name.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    text = text.casefold().replace("'", "").replace("\u2019", "")
    if re.search(r"\w\.\w", text):
        text = text.replace(".", "")
    return " ".join(word for word in re.findall(r"\w+", text) if word not in ("the", "and"))
