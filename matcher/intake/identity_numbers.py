"""Parsers of credit codes, ID numbers, telephone numbers and mail addresses. Complaints never show the value."""

from __future__ import annotations

import re

from matcher.domain.codes import credit_code_check, id_number_check, is_credit_code, is_id_number
from matcher.intake.cells import Cell, plain
from matcher.intake.parsed import Complaint, Parsed

_LOST_DIGITS = re.compile(r"\d(?:\.\d+)?[eE]\+\d+")
_AS_TEXT = "请把该列设为文本格式后重新填写"
PHONE = re.compile(r"\+?\d[\d\s-]{5,}\d")
_EXTENSION = re.compile(r"(?:转|分机|[xX#]|[eE]xt\.?)\s*\d+$")
# A local number, and one with 00, country and area.
_PHONE_DIGITS = 7, 16
_LOOKALIKES = str.maketrans("OIZS", "0125")


def parse_credit_code(cell: Cell) -> Parsed:
    """统一社会信用代码, kept even where its check character is wrong."""
    code = re.sub(r"[\s-]", "", plain(cell)).upper()
    if _has_lost_digits(cell, code):
        return Parsed("", Complaint("统一社会信用代码被表格软件当作数值，末几位已丢失", _AS_TEXT))
    if not code or is_credit_code(code):
        return Parsed(code)
    if is_credit_code(code.translate(_LOOKALIKES)):
        return Parsed(
            code,
            Complaint("统一社会信用代码里把数字写成了字母（O、I、Z、S）", f"是否应为 {code.translate(_LOOKALIKES)}"),
        )
    return Parsed(code, Complaint(_credit_fault(code), "请对照营业执照核对"))


def parse_id_number(cell: Cell) -> Parsed:
    """身份证号 or another document's number; only what looks like an ID number is checked."""
    number = re.sub(r"\s", "", plain(cell)).upper()
    if _has_lost_digits(cell, number):
        return Parsed("", Complaint("证件号被表格软件当作数值，末几位已丢失", _AS_TEXT))
    if re.fullmatch(r"\d{17}[\dX]", number) and not is_id_number(number):
        return Parsed(number, Complaint(_id_fault(number), "请对照证件核对"))
    if re.fullmatch(r"\d{10,}X?", number) and len(number) not in (15, 18):
        return Parsed(number, Complaint(f"证件号有 {len(number)} 位，身份证号应为 18 位", "请对照证件核对"))
    return Parsed(number)


def parse_phone(cell: Cell) -> Parsed:
    """A telephone number as digits; several stay as written, parted by 、.

    >>> parse_phone(13912345678.0).value, parse_phone("+86 139-1234-5678").value, parse_phone("0431-88888888").value
    ('13912345678', '13912345678', '0431-88888888')
    """
    text = plain(cell)
    if _LOST_DIGITS.fullmatch(text):
        return Parsed("", Complaint("电话被表格软件当作数值，末几位已丢失", _AS_TEXT))
    numbers = [_one_phone(piece) for piece in re.split(r"[、,;/\n]+", text) if piece.strip()]
    return Parsed("、".join(numbers), next(filter(None, map(_phone_fault, numbers)), None))


def parse_person_and_phone(cell: Cell) -> Parsed:
    """One cell with both, kept as written: "金某 0433-6340001"."""
    text = plain(cell)
    number = PHONE.search(text)
    return Parsed(text, parse_phone(number[0] if number else text).complaint if text else None)


def parse_email(cell: Cell) -> Parsed:
    text = re.sub(r"\s", "", plain(cell))
    if text and not re.fullmatch(r"[^@]+@[^@]+\.[^@]+", text):
        return Parsed(text, Complaint("邮箱格式不对", "请核对"))
    return Parsed(text)


def masked(text: str) -> str:
    """A private value as problems may show it.

    >>> masked("13912345678"), masked("张三")
    ('13*******78', '**')
    """
    return "*" * len(text) if len(text) < 6 else text[:2] + "*" * (len(text) - 4) + text[-2:]


def _has_lost_digits(cell: Cell, number: str) -> bool:
    """A spreadsheet's number holds 15 digits."""
    return bool(_LOST_DIGITS.fullmatch(number)) or (isinstance(cell, float) and len(number) > 15)


def _one_phone(text: str) -> str:
    bare = re.sub(r"[\s()-]", "", text)
    mobile = re.fullmatch(r"(?:\+?0{0,2}86)?(1\d{10})", bare)
    return mobile[1] if mobile else text.strip()


def _phone_fault(number: str) -> Complaint | None:
    digits = re.sub(r"\D", "", _EXTENSION.sub("", number))
    if re.fullmatch(r"1\d+", number) and len(number) != 11:
        return Complaint("手机号不是 11 位", "请核对")
    if not _PHONE_DIGITS[0] <= len(digits) <= _PHONE_DIGITS[1]:
        return Complaint("看不出电话号码", "请核对；固定电话写成 0431-88888888，几个号码用“、”隔开")
    return None


def _credit_fault(code: str) -> str:
    if len(code) != 18:
        return f"统一社会信用代码有 {len(code)} 位，应为 18 位"
    wrong = next((at + 1 for at, char in enumerate(code) if char in "IOSVZ" or not re.match("[0-9A-Z]", char)), None)
    if wrong:
        return f"统一社会信用代码第 {wrong} 位是不该出现的字符"
    if not code[2:8].isdigit():
        return "统一社会信用代码第 3 至 8 位应为行政区划数字"
    return f"统一社会信用代码校验位（第 18 位）不对，按前 17 位应为 {credit_code_check(code[:17])}"


def _id_fault(number: str) -> str:
    if id_number_check(number[:17]) != number[17]:
        return "身份证号校验位（第 18 位）不对"
    return "身份证号里的出生日期不存在"
