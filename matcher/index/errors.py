"""What can be wrong with an index; every case is mended by building it again."""

from matcher.errors import MatcherError

_REBUILD = "请运行“matcher index rebuild”重建索引。"


class IndexMismatch(MatcherError):
    """The snapshot was made by another encoder, analyzer or format."""

    def __init__(self, what: str, found: object, wanted: object) -> None:
        super().__init__(f"索引的{what}是“{found}”，当前需要“{wanted}”，不能混用。{_REBUILD}")


class SnapshotDamaged(MatcherError):
    """A file of the snapshot is missing, cut off or changed."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"索引快照已损坏（{detail}）。{_REBUILD}")


class SnapshotMissing(MatcherError):
    """No snapshot has been written yet."""

    def __init__(self) -> None:
        super().__init__("还没有索引快照。首次匹配时会自动建立，也可运行“matcher index rebuild”。")


class ChineseWithoutTerms(MatcherError):
    """Chinese text came out of the segmenter without words; searching such an index would find nothing."""

    def __init__(self, texts: int, without: int) -> None:
        super().__init__(
            f"{texts} 条中文材料中有 {without} 条分不出词，索引未建立。"
            "请检查分词组件 rjieba 和停用词表是否完好，再重建索引。"
        )
