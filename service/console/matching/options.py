"""The choices that stand in the forms of matching: value and words."""

from __future__ import annotations

from matcher.domain.vocabulary import Purpose, ServiceKind

PURPOSES = [(purpose.value, purpose.value) for purpose in Purpose]
SERVICES = [(kind.value, kind.value) for kind in ServiceKind if kind is not ServiceKind.STATION]
