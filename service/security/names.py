"""Login names in the one form they are stored and looked up in."""

import re
import unicodedata

from service.security.errors import LoginNameInvalid

# Letters of no third script: among Cyrillic or Greek ones are twins of ours, and two people would bear one name.
_HAN = "\u3400-\u4dbf\u4e00-\u9fff"
_FORM = re.compile(f"[a-z{_HAN}][a-z0-9{_HAN}_.-]{{1,31}}")


def as_typed(text: str) -> str:
    """Full-width letters, capitals and blanks around make no other name."""
    return unicodedata.normalize("NFKC", text).strip().lower()


def is_login_name(name: str) -> bool:
    return bool(_FORM.fullmatch(name))


def login_name(text: str) -> str:
    """Raises LoginNameInvalid."""
    name = as_typed(text)
    if not is_login_name(name):
        raise LoginNameInvalid(text)
    return name
