"""What a password must be (等保: complexity), and one-time passwords that are."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

_LONGEST = 128
_KINDS_NEEDED = 3
_DIFFERENT_NEEDED = 5
# Without what is easily misread: 0 O, 1 l I.
_ONE_TIME_LETTERS = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789"
_ONE_TIME_LENGTH = 16


@dataclass(frozen=True, slots=True)
class PasswordRules:
    min_length: int

    @property
    def told(self) -> str:
        """The rules in one sentence, for the form."""
        return (
            f"至少 {self.min_length} 个字符，含大写字母、小写字母、数字、其他字符中的三类，"
            f"不少于 {_DIFFERENT_NEEDED} 个不同的字符，不包含登录名。"
        )

    def complaints(self, password: str, name: str) -> list[str]:
        """What is wrong with it, in Chinese; empty: nothing."""
        found = []
        if len(password) < self.min_length:
            found.append(f"密码至少要有 {self.min_length} 个字符")
        if len(password) > _LONGEST:
            found.append(f"密码最多 {_LONGEST} 个字符")
        if _kinds(password) < _KINDS_NEEDED:
            found.append("大写字母、小写字母、数字、其他字符中至少要有三类")
        if len(set(password)) < _DIFFERENT_NEEDED:
            found.append(f"至少要有 {_DIFFERENT_NEEDED} 个不同的字符")
        if name.lower() in password.lower():
            found.append("密码不能包含登录名")
        return found


def one_time_password() -> str:
    """Sixteen letters and digits in groups of four: some 92 bits."""
    while True:
        letters = "".join(secrets.choice(_ONE_TIME_LETTERS) for _ in range(_ONE_TIME_LENGTH))
        if _kinds(letters) == _KINDS_NEEDED:
            return "-".join(letters[at : at + 4] for at in range(0, _ONE_TIME_LENGTH, 4))


def _kinds(password: str) -> int:
    """How many of upper case, lower case, digits and others occur; ASCII, so that 汉字 count as others."""
    upper = any("A" <= letter <= "Z" for letter in password)
    lower = any("a" <= letter <= "z" for letter in password)
    digit = any("0" <= letter <= "9" for letter in password)
    other = any(not (letter.isascii() and letter.isalnum()) for letter in password)
    return upper + lower + digit + other
