"""Check digits: published codes pass, and any one wrong or swapped character is found."""

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from matcher.domain.codes import credit_code_check, id_number_check, is_credit_code, is_id_number

CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
# Numbers that the firms print on their own pages, and the example of GB 32100-2015.
CREDIT_CODES = ("91350100M000100Y43", "91440300708461136T", "914403001922038216", "91110000802100433B")
# The examples of GB 11643-1999.
ID_NUMBERS = ("11010519491231002X", "440524188001010014")

credit_codes = st.builds(
    lambda head, place, tail: (first17 := head + place + tail) + credit_code_check(first17),
    st.text(CREDIT_ALPHABET, min_size=2, max_size=2),
    st.text("0123456789", min_size=6, max_size=6),
    st.text(CREDIT_ALPHABET, min_size=9, max_size=9),
)
id_numbers = st.builds(
    lambda place, birth, order: (first17 := place + birth.strftime("%Y%m%d") + order) + id_number_check(first17),
    st.from_regex(r"[1-9][0-9]{5}", fullmatch=True).filter(str.isascii),
    st.dates(min_value=date(1900, 1, 1), max_value=date(2030, 1, 1)),
    st.text("0123456789", min_size=3, max_size=3),
)


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_published_credit_codes_pass(code: str) -> None:
    assert is_credit_code(code)


@pytest.mark.parametrize("number", ID_NUMBERS)
def test_published_id_numbers_pass(number: str) -> None:
    assert is_id_number(number)


@given(credit_codes, st.integers(0, 17), st.sampled_from(CREDIT_ALPHABET))
def test_one_wrong_character_of_a_credit_code_is_found(code: str, place: int, other: str) -> None:
    assert is_credit_code(code)
    assume(code[place] != other)
    assert not is_credit_code(code[:place] + other + code[place + 1 :])


@given(credit_codes, st.integers(0, 16))
def test_two_swapped_characters_of_a_credit_code_are_found(code: str, place: int) -> None:
    assume(code[place] != code[place + 1])
    assert not is_credit_code(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


@given(id_numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_one_wrong_character_of_an_id_number_is_found(number: str, place: int, other: str) -> None:
    assert is_id_number(number)
    assume(number[place] != other)
    assert not is_id_number(number[:place] + other + number[place + 1 :])


@pytest.mark.parametrize(
    "number", ["11010519490231002X", "11010519491231002x", "１1010519491231002X", "1101051949123100", "", "0" * 18]
)
def test_what_has_another_form_is_no_id_number(number: str) -> None:
    assert not is_id_number(number)


@pytest.mark.parametrize("code", ["91350100M000100Y4", "91350100I000100Y43", "91350100m000100Y43", ""])
def test_what_has_another_form_is_no_credit_code(code: str) -> None:
    assert not is_credit_code(code)
