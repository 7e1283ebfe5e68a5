"""Says in Chinese what the command line library found wrong with a command."""

from __future__ import annotations

import re
from collections.abc import Callable

from matcher.errors import UsageError

_VALUE = r"Invalid value for '(?P<name>[^']+)': "
_READINGS: tuple[tuple[str, Callable[[re.Match[str]], str]], ...] = (
    (
        _VALUE + r".*?'(?P<given>.*)' is not one of (?P<choices>.+)\.$",
        lambda found: f"{found['name']} 没有“{found['given']}”这个取值，可选：{_listed(found['choices'])}",
    ),
    (_VALUE + r".*greater than or equal to (?P<least>\S+)$", lambda found: f"{found['name']} 最小为 {found['least']}"),
    (_VALUE + r".*less than or equal to (?P<most>\S+)$", lambda found: f"{found['name']} 最大为 {found['most']}"),
    (_VALUE + r".*valid integer", lambda found: f"{found['name']} 应为整数"),
    (_VALUE + r"(?P<rest>.*)", lambda found: f"{found['name']} 的值不能用（{found['rest']}）"),
    (
        r"No such option: (?P<name>\S+)(?: \(Possible options: (?P<near>.+)\))?",
        lambda found: f"没有 {found['name']} 这个选项" + (f"，是否想用 {found['near']}" if found["near"] else ""),
    ),
    (r"No such command '(?P<name>[^']*)'", lambda found: f"没有“{found['name']}”这个命令"),
    (r"Missing (?:argument|option|parameter)s? '(?P<name>[^']+)'", lambda found: f"缺少 {found['name']}"),
    (r"Option '(?P<name>[^']+)' requires an argument", lambda found: f"{found['name']} 后面要写一个值"),
    (r"Got unexpected extra argument\S* \((?P<rest>.*)\)", lambda found: f"多出了“{found['rest']}”"),
)


class WrongUse(UsageError):
    """`message` is the library's own English sentence."""

    def __init__(self, message: str) -> None:
        found = ((re.match(pattern, message, re.DOTALL), say) for pattern, say in _READINGS)
        said = next((say(match) for match, say in found if match), message)
        super().__init__(f"{said}。加 --help 可看用法。")


def _listed(choices: str) -> str:
    return "、".join(re.findall(r"'([^']*)'", choices))
