"""Keyed hashes under which equal ID numbers and phones meet, however they were typed."""

import re
import unicodedata

from matcher.store.cipher import FieldCipher


def id_number_digest(cipher: FieldCipher, number: str) -> str | None:
    """None for a blank number."""
    plain = re.sub(r"[\s-]", "", unicodedata.normalize("NFKC", number)).upper()
    return cipher.digest("id_number", plain) if plain else None


def phone_digest(cipher: FieldCipher, phone: str) -> str | None:
    """Of the digits alone, without the country code 86; None where there are none."""
    digits = re.sub(r"\D", "", unicodedata.normalize("NFKC", phone))
    local = re.sub(r"^(00)?86(?=1\d{10}$)", "", digits)
    return cipher.digest("phone", local) if local else None
