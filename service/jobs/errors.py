"""What can be wrong with jobs and the files that go in and out."""

from __future__ import annotations

from matcher.errors import MatcherError, UsageError


class UploadRefused(UsageError):
    """A file that is not taken in; the message names it."""


class NothingUploaded(UploadRefused):
    def __init__(self) -> None:
        super().__init__("没有收到文件。请选择一个或多个 xlsx、xls、csv、jsonl 或 docx 文件再上传。")


class TooManyFiles(UploadRefused):
    def __init__(self, most: int) -> None:
        super().__init__(f"一次最多上传 {most} 个文件。请分几次上传。")


class KindOfFileRefused(UploadRefused):
    def __init__(self, name: str) -> None:
        super().__init__(
            f"文件“{name}”不是可导入的格式。请用 Excel 或 WPS 另存为 .xlsx，或使用 xls、csv、jsonl、docx 文件。"
        )


class UploadTooLarge(UploadRefused):
    def __init__(self, limit: int) -> None:
        super().__init__(
            f"上传的文件超过 {limit} MB 的上限。请拆成几个文件分次上传，或请管理员调整 MATCHER_UPLOAD_MB。"
        )


class TooManyJobs(UsageError):
    def __init__(self, most: int) -> None:
        super().__init__(f"您已有 {most} 项后台任务在排队或进行中。请等其中一项完成后再提交。")


class JobNotReady(UsageError):
    """A preview that is not done yet, or a job that has no file to fetch."""

    def __init__(self, wanted: str) -> None:
        super().__init__(
            f"{wanted}还没有准备好：后台任务尚未完成，或没有产生这样的内容。请在“后台任务”中查看它的状态。"
        )


class FileGone(UsageError):
    def __init__(self) -> None:
        super().__init__("文件已过保留期被清理，或在另一台服务器上。请重新提交这项任务。")


class FileOutOfReach(MatcherError):
    """It was made with more rights than its owner has today."""

    def __init__(self) -> None:
        super().__init__("这份文件是在您的角色或负责范围改变之前生成的，不能再下载。请重新提交这项任务。")


class PreviewStale(UsageError):
    """The database changed, so that the import would do something else than what was shown."""

    def __init__(self) -> None:
        super().__init__("预览之后库中的记录有了改动，现在导入的结果会与预览不同，因此没有写入。请重新预览后再确认。")


class JobMustFinish(UsageError):
    def __init__(self) -> None:
        super().__init__("这项任务不能取消：数据正在写入，中途停下会只写一半。请等它完成。")


class JobInterrupted(MatcherError):
    def __init__(self, attempts: int) -> None:
        super().__init__(f"运行这项任务的程序连续 {attempts} 次中途停止，不再自动重试。请管理员查看日志后再重试。")


class JobFailed(MatcherError):
    """An error that nobody foresaw; its words are in no message."""

    def __init__(self) -> None:
        super().__init__("后台任务出错，没有完成。请再试一次；仍不行时请把任务编号告诉系统管理员。")
