"""What the pages refuse."""

from matcher.errors import MatcherError


class BrowserFilesMissing(MatcherError):
    """A package whose style sheets or scripts the pages need is not installed whole."""

    def __init__(self, package: str) -> None:
        super().__init__(f"网页所需的组件 {package} 没有装好，请重新安装本系统（pip install expert-matcher）。")


class ManualMissing(MatcherError):
    """The file of the manual did not travel with the program."""

    def __init__(self) -> None:
        super().__init__("没有找到使用手册，请重新安装本系统（pip install expert-matcher）。")
