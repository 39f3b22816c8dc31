"""One fact stated into an act: read by the rules of a file, in its place, never silently at another's cost."""

from __future__ import annotations

import pytest

from interviewing import HUAWEI, act_of
from licet.formats.act import read_act
from licet.formats.statement import canonical, finished, records, state, unfinished, without_record
from licet.formats.write import act_to_yaml
from licet.model.act import NONE, UNDETERMINABLE, Act
from licet.model.errors import FactsError

PARTIES = {"parties[0].name": HUAWEI, "parties[1].name": "Acme GmbH"}
BARE = Act("export", {})


def refused(act: Act, path: str, text: str) -> str:
    with pytest.raises(FactsError) as error:
        state(act, path, text)
    return str(error.value)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("to", "China"),
        ("to", "null"),
        ("dates.contract", "2019-02-30"),
        ("dates.contract", "2019-05-16T10:00"),
        ("items[0].eccn", "3a001"),
        ("items[0].value_usd", "-5"),
        ("items[0].value_usd", "10,000"),
        ("end_use.known", "nuclear, militry"),
        ("purpose", "none"),
        ("knowledge.violation", "maybe"),
        ("activity", "exprot"),
    ],
)
def test_a_value_is_refused_in_the_words_of_the_reader_of_files(path: str, text: str) -> None:
    said = refused(BARE, path, text)
    assert said.startswith(f"{path}: found")
    assert "command line" not in said
    nested: dict[str, object] = {"kind": "export"}
    place = nested
    *above, last = path.replace("[0]", "").split(".")
    for step in above:
        inner: dict[str, object] = {}
        place[step] = [inner] if step == "items" else inner
        place = inner
    place[last] = text.split(", ") if path == "end_use.known" else text
    with pytest.raises(FactsError) as error:
        read_act(nested)
    assert str(error.value).removeprefix(f"{path}[1]: ") == said


def test_the_nearest_path_is_named() -> None:
    assert 'did you mean "dates.contract"?' in refused(BARE, "dates.contrct", "2019-05-16")
    assert 'did you mean "parties[].country"?' in refused(act_of(PARTIES), "parties[1].contry", "DE")


def test_a_fact_of_another_kind_is_refused() -> None:
    assert "a fact of an act of kind connection or update" in refused(BARE, "device.vendor", HUAWEI)


def test_the_kind_is_not_a_fact_to_state() -> None:
    assert "the kind of act is the first question" in refused(BARE, "kind", "connection")


@pytest.mark.parametrize("path", ["dates", "parties[0]", "", "a b", "items[0].", "items[x].eccn", "from.to"])
def test_what_is_no_path_of_a_fact_is_refused(path: str) -> None:
    assert refused(BARE, path, "DE")


def test_a_record_without_a_number_is_the_first() -> None:
    assert canonical("items.eccn") == "items[0].eccn"
    assert canonical("parties.owners.name") == "parties[0].owners[0].name"
    assert act_of({"items.eccn": "EAR99"}).get("items[0].eccn") == "EAR99"


def test_a_path_goes_through_its_records() -> None:
    found = records("parties[1].owners[0].owners[2].share_pct")
    assert [one.path for one in found] == ["parties[1]", "parties[1].owners[0]", "parties[1].owners[0].owners[2]"]
    assert [one.required for one in found] == [("name",)] * 3


def test_the_number_after_the_last_makes_a_new_record() -> None:
    act = act_of(PARTIES)
    assert act.counts == {"parties": 2}
    assert "parties has 2 records so far" in refused(act, "parties[3].name", "Third")
    assert "The next one is parties[2]." in refused(act, "parties[3].name", "Third")


def test_a_new_record_begins_with_what_it_cannot_be_without() -> None:
    assert "the party has no name yet. State parties[0].name first." in refused(BARE, "parties[0].country", "DE")
    assert "the listing has no list yet" in refused(act_of(PARTIES), "parties[0].listings[0].since", "2019-05-16")
    assert act_of({"items[0].eccn": "EAR99"}).counts == {"items": 1}


@pytest.mark.parametrize(
    ("text", "count"), [("none", 0), ("no", 0), ("[]", 0), ("0", 0), ("yes", 1), ("1", 1), ("3", 3)]
)
def test_a_list_of_records_is_stated_by_its_number(text: str, count: int) -> None:
    assert state(BARE, "licenses", text).counts == {"licenses": count}


@pytest.mark.parametrize(
    ("path", "text", "said"),
    [
        ("licenses", "-1", "none, or how many there are"),
        ("licenses", "nonne", 'did you mean "none"?'),
        ("licenses", "51", "50 are allowed"),
        ("licenses", "9" * 40, "how many"),
        ("parties", "none", "how many there are"),
        ("parties[0].listings", "entitylist", 'did you mean "entity_list"?'),
    ],
)
def test_what_is_no_number_of_records_is_refused(path: str, text: str, said: str) -> None:
    assert said in refused(act_of(PARTIES), path, text)


def test_records_may_be_given_by_what_tells_them_apart() -> None:
    act = act_of(
        {**PARTIES, "parties[1].listings": "entity_list, sdn", "red_flags": "2, 7", "certifications": "exporter"}
    )
    assert act.counts == {"parties": 2, "parties[1].listings": 2, "red_flags": 2, "certifications": 1}
    assert act.get("parties[1].listings[1].list") == "sdn"
    assert act.get("red_flags[1].flag") == 7
    assert act.get("certifications[0].by") == "exporter"


def test_a_list_stated_anew_keeps_what_it_had_as_far_as_it_goes() -> None:
    act = act_of({"licenses": "2", "licenses[0].covers": "yes", "licenses[1].covers": "no"})
    assert state(act, "licenses", "1").facts.keys() == {"licenses[0].covers"}
    assert state(act, "licenses", "none").facts == {}
    assert state(act, "licenses", "3").facts == act.facts


def test_a_list_that_cannot_be_known_has_no_records() -> None:
    act = state(act_of({"licenses": "1", "licenses[0].covers": "yes"}), "licenses", UNDETERMINABLE)
    assert act.get("licenses") == UNDETERMINABLE
    assert act.counts == {}
    again = state(act, "licenses[0].covers", "yes")
    assert again.get("licenses") is None
    assert again.counts == {"licenses": 1}


def test_a_list_with_nothing_in_it_is_none() -> None:
    assert act_of({"end_use.known": NONE}).get("end_use.known") == ()


def test_a_record_without_a_name_is_unfinished() -> None:
    act = act_of({**PARTIES, "parties[1].owners": "3", "parties[1].owners[2].name": "Third"})
    assert unfinished(act) == "parties[1].owners[0].name"
    fewer = without_record(act, "parties[1].owners[0].name")
    assert fewer.counts["parties[1].owners"] == 2
    assert fewer.get("parties[1].owners[1].name") == "Third"
    assert finished(act).counts["parties[1].owners"] == 1
    assert finished(act).get("parties[1].owners[0].name") == "Third"
    assert "parties[1].owners" not in finished(act_of({**PARTIES, "parties[1].owners": "2"})).counts


def test_what_was_stated_reads_back_from_a_file() -> None:
    act = act_of(
        {
            **PARTIES,
            "parties[0].role": "ultimate_consignee, end_user",
            "parties[1].listings": "none",
            "parties[1].owners": "1",
            "parties[1].owners[0].name": "on",
            "parties[1].owners[0].share_pct": "49.5",
            "items[0].eccn": "5E001",
            "items[0].hts": "0710",
            "dates.contract": "none",
            "end_use.known": "nuclear, military",
            "red_flags": "2",
            "licenses": UNDETERMINABLE,
        }
    )
    back = read_act(act_to_yaml(act))
    assert {path: said.value for path, said in back.facts.items()} == {
        path: said.value for path, said in act.facts.items()
    }
    assert back.counts == act.counts
