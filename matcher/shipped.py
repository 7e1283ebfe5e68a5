"""What travels with the program and nobody changes: several applications of one process may share it."""

from __future__ import annotations

from pathlib import Path

from matcher.encode.builtin import BuiltinEncoder
from matcher.encode.hubs import HubCorrected
from matcher.encode.query_bank import read_query_bank
from matcher.once import made_once
from matcher.reference.tables import ReferenceTables
from matcher.resources import bundled
from matcher.text.analyse import read_stop_words


class Shipped:
    """Read when first asked for and kept. Raises BundledFileMissing where a file is not there."""

    @property
    def encoder_folder(self) -> Path:
        return bundled("encoder")

    @made_once
    def encoder(self) -> BuiltinEncoder:
        return BuiltinEncoder(self.encoder_folder)

    @made_once
    def search_encoder(self) -> HubCorrected:
        return HubCorrected(self.encoder, self.query_bank)

    @made_once
    def query_bank(self) -> tuple[str, ...]:
        return read_query_bank(bundled("querybank.jsonl"))

    @made_once
    def reference(self) -> ReferenceTables:
        return ReferenceTables.load(bundled("reference"))

    @made_once
    def stop_words(self) -> frozenset[str]:
        return read_stop_words(bundled("reference/stopwords.txt"))
