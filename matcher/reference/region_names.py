"""Short forms of the names of administrative regions, derived from the official ones."""

import re

_PEOPLES = (
    "朝鲜|满|蒙古|回|藏|羌|彝|苗|侗|布依|土家|哈尼|壮|傣|白|景颇|傈僳"
    "|柯尔克孜|哈萨克|维吾尔|瑶|黎|畲|达斡尔|鄂温克|鄂伦春"
)
_AUTONOMOUS = re.compile(rf"(?<=..)(?:(?:{_PEOPLES})族?)+自治([州县])$")
_PROVINCE = re.compile(r"(?:壮族|回族|维吾尔)?自治区$|特别行政区$|[省市]$")
_COMMON = re.compile(r"(?<=..)(?:地区|[市县盟])$")


def short_forms(name: str, level: str) -> tuple[str, ...]:
    """Other forms under which people write an official name; districts (区) have none, they are ambiguous.

    >>> short_forms("延边朝鲜族自治州", "prefecture"), short_forms("内蒙古自治区", "province")
    (('延边', '延边州'), ('内蒙古',))
    >>> short_forms("朝阳区", "county"), short_forms("梅河口市", "county")
    ((), ('梅河口',))
    """
    if level == "province":
        return (_PROVINCE.sub("", name),)
    autonomous = _AUTONOMOUS.search(name)
    if autonomous:
        stem = name[: autonomous.start()]
        return stem, stem + autonomous[1]
    short = _COMMON.sub("", name)
    return (short,) if short != name else ()
