"""What the pages refuse."""

from matcher.errors import MatcherError, UsageError


class BrowserFilesMissing(MatcherError):
    """A package whose style sheets or scripts the pages need is not installed whole."""

    def __init__(self, package: str) -> None:
        super().__init__(f"网页所需的组件 {package} 没有装好，请重新安装本系统（pip install expert-matcher）。")


class ManualMissing(MatcherError):
    """The file of the manual did not travel with the program."""

    def __init__(self) -> None:
        super().__init__("没有找到使用手册，请重新安装本系统（pip install expert-matcher）。")


class ListTooLong(UsageError):
    """More records than one export may name."""

    def __init__(self, total: int, most: int) -> None:
        super().__init__(
            f"符合条件的有 {total} 条，一次最多导出 {most} 条。请增加条件；要导出全部，请清除条件后再导出。"
        )
