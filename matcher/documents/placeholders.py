"""From typed contents to the Chinese placeholders that a template may hold, and back to samples of every content."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

Content = TypeVar("Content")
Value = Union[str, list["Value"], "Record"]

# What XML cannot hold, and the rest of the control characters; a line break and a tab are text.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?|\u2028|\u2029")


@dataclass(frozen=True, slots=True)
class Called:
    """The name of a field in templates, and what it holds."""

    word: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`path` from the document's root; a list is written once with its elements below it."""

    path: tuple[str, ...]
    meaning: str
    is_list: bool


class Record(dict[str, Value]):
    """Values by their Chinese names; `word` is what the whole is called, "" for a document."""

    def __init__(self, word: str, values: Mapping[str, Value]) -> None:
        super().__init__(values)
        self.word = word


def values_of(content: object, word: str = "") -> Record:
    """The content under its Chinese names: text without control characters, lists, and records in the same way."""
    fields = _fields_of(type(content))
    return Record(word, {called.word: _value(getattr(content, name), called.word) for name, called, _ in fields})


def placeholders_of(kind: type[object]) -> Iterator[Placeholder]:
    """Every placeholder of a content, in order, records and elements of lists after what holds them."""
    for _, called, type_ in _fields_of(kind):
        element = _element_of(type_)
        yield Placeholder((called.word,), called.meaning, element is not None)
        below = element or type_
        if isinstance(below, type) and is_dataclass(below):
            for one in placeholders_of(below):
                yield Placeholder((called.word, *one.path), one.meaning, one.is_list)


def full_sample(kind: type[Content]) -> Content:
    """Every text filled with its own name, every list with two elements."""
    return _sample(kind, 2)


def bare_sample(kind: type[Content]) -> Content:
    """Every text and list empty."""
    return _sample(kind, 0)


def _sample(kind: type[Content], length: int) -> Content:
    made: dict[str, object] = {}
    for name, called, type_ in _fields_of(kind):
        element = _element_of(type_)
        one = _sample_value(element or type_, called.word, length)
        made[name] = (one,) * length if element else one
    return kind(**made)


def _sample_value(type_: Any, word: str, length: int) -> object:
    if isinstance(type_, type) and is_dataclass(type_):
        return _sample(type_, length)
    return word if length else ""


def _fields_of(kind: type[object]) -> Iterator[tuple[str, Called, Any]]:
    """Name, Chinese name and type of each field that has a Chinese name."""
    hints: Mapping[str, Any] = get_type_hints(kind, include_extras=True)
    for field in fields(kind):  # type: ignore[arg-type]
        hint = hints[field.name]
        if get_origin(hint) is Annotated:
            type_, called = get_args(hint)[:2]
            yield field.name, called, type_


def _element_of(type_: Any) -> Any | None:
    """The type of a tuple's elements; None for what is no tuple."""
    return get_args(type_)[0] if get_origin(type_) is tuple else None


def _value(value: object, word: str) -> Value:
    if isinstance(value, tuple):
        return [_value(one, word) for one in value]
    return values_of(value, word) if is_dataclass(value) else _clean(str(value))


def _clean(text: str) -> str:
    return _CONTROL.sub("", _LINE_END.sub("\n", text))
