"""What can be wrong with an index; losing one loses nothing, it is built again from the database."""

from matcher.errors import MatcherError

_BUILD = "下次匹配时自动建立；也可请系统管理员现在重建（“后台任务”中的“重建索引”，或 matcher index rebuild）。"
_REBUILD = _BUILD.replace("建立", "重建")


class IndexMismatch(MatcherError):
    """The snapshot was made by another encoder, analyzer or format."""

    def __init__(self, what: str, found: object, wanted: object) -> None:
        super().__init__(f"索引的{what}是“{found}”，当前需要“{wanted}”，不能混用。{_REBUILD}")


class SnapshotDamaged(MatcherError):
    """A file of the snapshot is missing, cut off or changed."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"索引文件已损坏（{detail}），数据库不受影响。{_REBUILD}")


class SnapshotMissing(MatcherError):
    """No snapshot has been written yet."""

    def __init__(self) -> None:
        super().__init__(f"还没有建立索引。{_BUILD}")


class IndexFolderUnusable(MatcherError):
    """The index's folder cannot be written: disk full, no rights, a file in its place."""

    def __init__(self, folder: object, detail: str) -> None:
        super().__init__(
            f"索引文件夹“{folder}”不能写入（{detail}）。数据库不受影响。"
            "请检查磁盘空间和文件夹权限，再做一次；索引会自动补齐。"
        )


class ChineseWithoutTerms(MatcherError):
    """Chinese text came out of the segmenter without words; searching such an index would find nothing."""

    def __init__(self, texts: int, without: int) -> None:
        super().__init__(
            f"{texts} 条中文材料中有 {without} 条分不出词，索引未建立。"
            "请检查分词组件 rjieba 和停用词表是否完好，再重建索引。"
        )
