"""When two names are one name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from licet.names.normal import core, normalize, short_forms, variants

SAME = [
    ("Huawei Technologies Co., Ltd.", "HUAWEI TECHNOLOGIES CO LTD"),
    ("Huawei Technologies Co., Ltd.", "Huawei Technologies Company Limited"),
    ("Huawei Technologies Co., Ltd.", "Huawei Technologies Co.,Ltd"),
    ("Huawei Technologies Co., Ltd.", "Huawei Technologies Limited Company"),
    ("Huawei Technologies Co., Ltd.", "  huawei\ttechnologies  co. ltd "),
    ("Huawei Technologies Co., Ltd.", "\uff28\uff55\uff41\uff57\uff45\uff49 Technologies Co., Ltd."),  # full width
    ("ZTE Corporation", "ZTE Corp."),
    ("Apple Incorporated", "apple inc"),
    ("Huawei do Brasil Telecomunicac\u00f5es Ltda", "Huawei do Brasil Telecomunicacoes Ltda."),
    ("Huawei Technologies Co\u00f6peratief U.A.", "Huawei Technologies Cooperatief UA"),
    ("Huawei Technologies (Bolivia) S.R.L.", "Huawei Technologies Bolivia SRL"),
    ("Xi'an Huawei Technologies", "Xi\u2019an Huawei Technologies"),
    ("Ningbo Huawei Computer & Net Co., Ltd.", "Ningbo Huawei Computer and Net Co Ltd"),
    ("Huawei Technologies Pakistan (Private) Limited", "Huawei Technologies Pakistan Pvt. Ltd."),
]
OTHER = [
    ("Huawei Technologies Co., Ltd.", "Huawei Technologies"),
    ("Huawei Technologies Co., Ltd.", "Huawei Technologies Ltd."),
    ("Huawei Technologies Co., Ltd.", "Huawei Technology Co., Ltd."),
    ("Huawei Technologies Co., Ltd.", "Huawei Technologies (UK) Co., Ltd."),
    ("Hytera Communications Limited", "Hytera Communications Corporation"),
    ("Unit 5719", "Unit 5720"),
]


@pytest.mark.parametrize(("one", "two"), SAME)
def test_one_name_however_it_is_written(one: str, two: str) -> None:
    assert normalize(one) == normalize(two)


@pytest.mark.parametrize(("one", "two"), OTHER)
def test_what_tells_companies_apart_is_kept(one: str, two: str) -> None:
    assert not set(variants(one)) & set(variants(two))


def test_a_bracketed_abbreviation_of_the_name_may_be_left_out() -> None:
    assert normalize("HiSilicon Technologies Co., Ltd") in variants("HiSilicon Technologies Co., Ltd (HiSilicon)")
    assert normalize("National University of Defense Technology") in variants(
        "National University of Defense Technology (NUDT)"
    )
    assert normalize("China State Shipbuilding Corporation, Limited 701st Research Institute") in variants(
        "China State Shipbuilding Corporation, Limited (CSSC) 701st Research Institute"
    )


@pytest.mark.parametrize(
    "name",
    [
        "Huawei Technologies (UK) Co., Ltd.",
        "Huawei Device (Dongguan) Co., Ltd.",
        "Huawei Device (Hong Kong) Co., Limited",
        "Hua Kang (HK) Ltd.",
        "Huawei Technologies Research & Development (UK)",
        "Upper Kent (UK) Ltd.",
    ],
)
def test_a_bracketed_place_is_part_of_the_name(name: str) -> None:
    assert variants(name) == (normalize(name),)
    assert short_forms(name) == ()


def test_an_abbreviation_is_a_hint_and_not_a_name() -> None:
    name = "Semiconductor Manufacturing International Corporation (SMIC)"
    assert short_forms(name) == ("smic",)
    assert "smic" not in variants(name)


def test_the_core_is_the_name_without_its_legal_form() -> None:
    assert core(normalize("Huawei Technologies Co., Ltd.")) == "huawei technologies"
    assert core(normalize("Huawei Technologies Japan K.K.")) == "huawei technologies japan"
    assert core(normalize("Co., Ltd.")) == "co"


def test_letters_of_every_script_count() -> None:
    assert (
        normalize("\u534e\u4e3a\u6280\u672f\u6709\u9650\u516c\u53f8")
        == "\u534e\u4e3a\u6280\u672f\u6709\u9650\u516c\u53f8"
    )
    assert normalize("\u0425\u0423\u0410\u0412\u042d\u0419") == "\u0445\u0443\u0430\u0432\u044d\u0438"
    assert normalize(" .,- ") == ""


@given(st.text(max_size=40))
def test_normalizing_twice_changes_nothing(name: str) -> None:
    once = normalize(name)
    assert normalize(once) == once


@given(st.text(alphabet=st.sampled_from("aAbB9 \u00e9'.,-&()"), max_size=30))
def test_case_does_not_count(name: str) -> None:
    assert normalize(name.upper()) == normalize(name.lower()) == normalize(name)
