"""The closed words of the Office of Foreign Assets Control, as licet calls them."""

from __future__ import annotations

SDN, CONSOLIDATED = "sdn", "ofac_consolidated"
LISTS = {
    "SDN List": SDN,
    "Sectoral Sanctions Identifications List": "ofac_ssi",
    "Non-SDN Palestinian Legislative Council List": "ofac_plc",
    "Non-SDN Menu-Based Sanctions List": "ofac_mbs",
    "Non-SDN CMIC List": "ofac_cmic",
    "CAPTA List": "ofac_capta",
    "FSE List": "ofac_fse",
}
"""Ids of the lists by the names that the XML gives them."""
WHOLE = {"SDN List": SDN, "Consolidated List": CONSOLIDATED}
"""Names of the lists that come as a file of their own; the second holds the others of `LISTS`."""
NON_SDN_PROGRAMS = frozenset(("NS-PLC", "CMIC-EO13959", "UKRAINE-EO13662"))
"""Programs that nearly every entry of the consolidated list has, and few of the SDN list."""
KINDS = {"individual": "person", "entity": "entity", "vessel": "vessel", "aircraft": "aircraft"}
ALIASES = {"aka": "alias", "nka": "alias", "fka": "former"}

_DOCUMENTS = """
Afghan Money Service Provider License Number | Aircraft Serial Identification | Birth Certificate Number
Bosnian Personal ID No. | Branch Unit Number | British National Overseas Passport | Business Number
Business Registration Document # | Business Registration Number | C.I.F. | C.I.N. | C.R. No. | C.U.I. | C.U.I.P.
C.U.I.T. | C.U.R.P. | CNP (Personal Numerical Code) | Cartilla de Servicio Militar Nacional | Cedula No.
Central Registration System Number | Certificate of Incorporation Number | Chamber of Commerce Number
Chinese Commercial Code | Citizen's Card Number | Commercial Registry Number | Company Number | Credencial electoral
D.N.I. | Diplomatic Passport | Driver's License No. | Dubai Chamber of Commerce Membership No.
Economic Register Number (CBLS) | Electoral Registry No. | Enterprise Number | File Number | Fiscal Code
Folio Mercantil No. | Global Intermediary Identification Number | Government Gazette Number | I.F.E.
Identification Number | Immigration No. | Istanbul Chamber of Comm. No. | Italian Fiscal Code | Kenyan ID No.
LE Number | Legal Entity Number | License | MMSI | MSB Registration Number | Matricula Mercantil No
Military Registration Number | Moroccan Personal ID No. | N.I.E. | N.I.F. | NIT # | National Foreign ID Number
National ID No. | Numero Unico de Identificacao Tributaria (NUIT) | Numero de Identidad | Organization Code
Paraguayan tax identification number | Passport | Permit Number | Personal ID Card | Pilot License Number
Public Registration Number | Public Security and Immigration No. | R.F.C. | RFC | RIF # | RSIN | RTN | RUC #
Refugee ID Card | Registered Charity No. | Registration Certificate Number (Dubai) | Registration ID
Registration Number | Residency Number | Romanian C.R. | Romanian Permanent Resident | Romanian Tax Registration
Russian State Individual Business Registration Number Pattern (OGRNIP) | SRE Permit No. | SSN
Seafarer's Identification Document | Serial No. | Stateless Person ID Card | Stateless Person Passport | Tax ID No.
Tazkira National ID Card | Tourism License No. | Trade License No. | Trademark number | Travel Document Number
Turkish Identification Number | UAE Identification | UK Company Number | US FEIN
Unified Social Credit Code (USCC) | United Social Credit Code Certificate (USCCC) | V.A.T. Number
Vessel Registration Identification | VisaNumberID
"""
_NUMBERS = """
Aircraft Construction Number (also called L/N or S/N or F/N) | Aircraft Manufacturer's Serial Number (MSN)
Aircraft Mode S Transponder Code | Aircraft Tail Number | BIK (RU) | D-U-N-S Number | Equity Ticker | ISIN | MICEX Code
Other Vessel Call Sign | Previous Aircraft Tail Number | SWIFT/BIC | Vessel Call Sign
"""
_PLAIN = """
Additional Sanctions Information - | Aircraft Manufacture Date | Aircraft Model | Aircraft Operator | Birthdate
CAATSA Section 235 Information: | Citizenship Country | Effective Date (CMIC) | Email Address | Fax | Former Vessel Flag
Gender | IFCA Determination - | Issuer Name | Listing Date (CMIC) | Nationality Country | Nationality of Registration
Organization Established Date | Organization Type: | Other Vessel Flag | Other Vessel Type | PEESA Information:
Phone Number | Place of Birth | Purchase/Sales For Divestment Date (CMIC) | Registration Country
Secondary sanctions risk: | Target Type | Telephone | UN/LOCODE | Vessel Flag | Vessel Gross Registered Tonnage
Vessel Gross Tonnage | Vessel Owner | Vessel Type | Website
Transactions Prohibited For Persons Owned or Controlled By U.S. Financial Institutions:
"""


def _table(text: str) -> frozenset[str]:
    """Return the words of a table: one or several a line, a bar between."""
    return frozenset(word.strip() for line in text.strip().splitlines() for word in line.split("|"))


DOCUMENTS = _table(_DOCUMENTS)
"""Kinds of identity documents and registrations, as the XML lists them."""
NUMBERS = _table(_NUMBERS)
"""Features that are a number or code of the party as well."""
CURRENCY = "Digital Currency Address - "
"""How the features begin that are an address of a digital currency; its code follows."""
PLAIN = _table(_PLAIN)
"""Features that are kept in words among the remarks."""
ORDERS = ("Executive Order ", "Listing Date (EO ", "Effective Date (EO ")
"""How the features begin that say what an executive order forbids, and since when."""


def identifies(kind: str) -> bool:
    """Say whether a kind of feature or document is a number or code of the party."""
    return kind in DOCUMENTS or kind in NUMBERS or kind.startswith(CURRENCY)


def is_known(kind: str) -> bool:
    """Say whether a kind of feature is one of those that were seen."""
    return identifies(kind) or kind in PLAIN or kind.startswith(ORDERS)
