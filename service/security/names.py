"""Login names in the one form they are stored and looked up in."""

import re
import unicodedata

from service.security.errors import LoginNameInvalid

_FORM = re.compile(r"[^\W\d_][\w.-]{1,31}")


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
