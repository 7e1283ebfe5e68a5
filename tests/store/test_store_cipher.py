"""What the real cipher and its fake have in common, and what only the real one must do."""

import pytest

from matcher.store.cipher import AesGcmCipher, DataKey, FieldCipher, key_id_of
from matcher.store.errors import MasterKeyMalformed, MasterKeyWrong, SealedValueBroken
from matcher.store.fake_cipher import FakeCipher

KEY = bytes(range(32))


@pytest.fixture(params=["real", "fake"])
def ciphers(request: pytest.FixtureRequest) -> tuple[FieldCipher, FieldCipher]:
    """The cipher and one with another master key."""
    if request.param == "real":
        return AesGcmCipher(KEY), AesGcmCipher(KEY[::-1])
    return FakeCipher("one"), FakeCipher("two")


def test_a_value_opens_with_its_key_at_its_place(ciphers: tuple[FieldCipher, FieldCipher]) -> None:
    key = ciphers[0].new_key()
    sealed = ciphers[0].unwrap(key).seal("13800138000", "experts/E1/phone")
    assert "13800138000" not in sealed
    assert key_id_of(sealed) == key.id
    assert ciphers[0].unwrap(key).open(sealed, "experts/E1/phone") == "13800138000"


def test_a_moved_value_does_not_open(ciphers: tuple[FieldCipher, FieldCipher]) -> None:
    data = ciphers[0].unwrap(ciphers[0].new_key())
    sealed = data.seal("13800138000", "experts/E1/phone")
    for place in ("experts/E2/phone", "experts/E1/email"):
        with pytest.raises(SealedValueBroken):
            data.open(sealed, place)


def test_another_persons_key_does_not_open(ciphers: tuple[FieldCipher, FieldCipher]) -> None:
    one, two = (ciphers[0].unwrap(ciphers[0].new_key()) for _ in range(2))
    with pytest.raises(SealedValueBroken):
        two.open(one.seal("x", "place"), "place")


def test_another_master_key_unwraps_nothing(ciphers: tuple[FieldCipher, FieldCipher]) -> None:
    with pytest.raises(MasterKeyWrong):
        ciphers[1].unwrap(ciphers[0].new_key())
    assert ciphers[0].key_check != ciphers[1].key_check


def test_digests_are_equal_for_equal_values_of_one_field_and_key(ciphers: tuple[FieldCipher, FieldCipher]) -> None:
    digest = ciphers[0].digest("phone", "138")
    assert digest == ciphers[0].digest("phone", "138")
    assert digest not in (
        ciphers[0].digest("phone", "139"),
        ciphers[0].digest("id_number", "138"),
        ciphers[1].digest("phone", "138"),
    )


def test_a_sealed_value_names_algorithm_and_key_and_never_repeats() -> None:
    cipher = AesGcmCipher(KEY)
    key = cipher.new_key()
    sealed = cipher.unwrap(key).seal("x", "place")
    assert sealed.split(".")[:3] == ["v1", "aesgcm", key.id]
    assert cipher.unwrap(key).seal("x", "place") != sealed
    assert key.wrapped.startswith(f"v1.aesgcm.{cipher.key_check}.")


@pytest.mark.parametrize("change", [lambda text: text[:-2] + "AA", lambda text: text[:-5], lambda text: text + "!"])
def test_a_changed_value_does_not_open(change: object) -> None:
    cipher = AesGcmCipher(KEY)
    data = cipher.unwrap(cipher.new_key())
    assert callable(change)
    with pytest.raises(SealedValueBroken, match="无法解开"):
        data.open(change(data.seal("13800138000", "place")), "place")


def test_a_wrapped_key_passed_off_as_another_does_not_open() -> None:
    cipher = AesGcmCipher(KEY)
    with pytest.raises(SealedValueBroken):
        cipher.unwrap(DataKey("0" * 16, cipher.new_key().wrapped))


def test_a_key_of_the_wrong_length_is_refused() -> None:
    with pytest.raises(MasterKeyMalformed):
        AesGcmCipher(b"short")
