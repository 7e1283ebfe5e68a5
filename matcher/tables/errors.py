"""What can go wrong when a workbook is written."""

from pathlib import Path

from matcher.errors import UsageError


class WorkbookUnwritable(UsageError):
    """The folder is missing, the file is open elsewhere, or the disk is full."""

    def __init__(self, path: Path, detail: str) -> None:
        super().__init__(
            f"不能写入文件“{path}”（{detail}）。请检查文件夹是否存在、文件是否正在 Excel/WPS 中打开、磁盘是否已满。"
        )
