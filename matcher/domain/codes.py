"""Check digits of 统一社会信用代码 (GB 32100-2015) and 居民身份证号 (GB 11643-1999)."""

import re
from datetime import date

_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_ID_CHECKS = "10X98765432"


def credit_code_check(first17: str) -> str:
    """The 18th character of a credit code: (31 - sum(value * 3**position mod 31) mod 31) mod 31."""
    total = sum(_CREDIT_ALPHABET.index(char) * pow(3, position, 31) for position, char in enumerate(first17))
    return _CREDIT_ALPHABET[(31 - total % 31) % 31]


def is_credit_code(code: str) -> bool:
    """Whether `code` is a well-formed 统一社会信用代码 with the right check character.

    >>> is_credit_code("91350100M000100Y43")
    True
    """
    if not re.fullmatch(f"[{_CREDIT_ALPHABET}]{{2}}[0-9]{{6}}[{_CREDIT_ALPHABET}]{{10}}", code):
        return False
    return credit_code_check(code[:17]) == code[17]


def id_number_check(first17: str) -> str:
    """The 18th character of an ID number (ISO 7064 MOD 11-2)."""
    return _ID_CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _ID_WEIGHTS, strict=True)) % 11]


def is_id_number(number: str) -> bool:
    """Whether `number` is a well-formed 18-character 身份证号: digits, a real birth date, the right check digit.

    >>> is_id_number("11010519491231002X")
    True
    """
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9X]", number):
        return False
    try:
        date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return False
    return id_number_check(number[:17]) == number[17]
