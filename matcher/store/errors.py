"""What can go wrong in the store, each with its own Chinese message."""

from matcher.errors import MatcherError, UsageError


class StoreError(MatcherError):
    """Anything the store reports."""


class DatabaseUrlInvalid(StoreError, UsageError):
    """The database address cannot be read or names a database that is not supported. Never shows the address."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"数据库地址有误：{detail}。请检查 MATCHER_DATABASE_URL，"
            "写法如 sqlite:////data/matcher.db 或 postgresql://用户名:密码@主机:5432/库名。"
        )


class DatabaseUnreachable(StoreError):
    """The server does not answer, refuses the user, or the file cannot be opened. `place` bears no password."""

    def __init__(self, place: str, detail: str) -> None:
        super().__init__(f"连不上数据库 {place}（{detail}）。请确认数据库已启动、地址与用户名密码正确、文件可读写。")


class DatabaseFailed(StoreError):
    """The database refused a statement: disk full, lock not given within the wait, connection lost."""

    def __init__(self, detail: str) -> None:
        super().__init__(f"数据库操作未完成（{detail}）。本批数据没有写入，请排除原因后重做一次。")


class ScrubIncomplete(StoreError):
    """A person is erased, but the write-ahead log could not be emptied of the deleted rows."""

    def __init__(self) -> None:
        super().__init__(
            "人员资料已删除，但另有程序正在读取数据库，预写日志里的残留暂未清除。请关闭该程序后对同一编号再删除一次。"
        )


class DatabaseForbidden(StoreError):
    """The user of the database lacks a right."""

    def __init__(self, detail: str) -> None:
        super().__init__(
            f"数据库用户权限不足（{detail}），没有写入任何数据。"
            "请让数据库管理员把该库的所有者设为这个用户（ALTER DATABASE 库名 OWNER TO 用户名）。"
        )


class DatabaseTooNew(StoreError):
    """A newer version of the program has already upgraded the database."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"数据库由更新版本的程序升级过（版本号 {revision}），本程序读不了。请安装新版程序。")


class MasterKeyMalformed(StoreError):
    """The master key is not base64 of 32 bytes."""

    def __init__(self, place: str) -> None:
        super().__init__(f"主密钥（{place}）格式不对：应为 32 字节的 base64 编码。请用原来的密钥恢复，不要自行改写。")


class MasterKeyMissing(StoreError):
    """The database already holds data sealed with a key, and that key is not here."""

    def __init__(self, place: str) -> None:
        super().__init__(
            f"数据库里已有加密数据，但找不到主密钥（{place}）。"
            "请从备份恢复原来的密钥文件或设置 MATCHER_MASTER_KEY；程序不会另造新密钥。"
        )


class MasterKeyWrong(StoreError):
    """The master key is not the one the database was made with."""

    def __init__(self) -> None:
        super().__init__("主密钥与数据库不符，加密内容无法解开。请换回建库时使用的密钥文件或 MATCHER_MASTER_KEY。")


class MasterKeyUnwritable(StoreError):
    """The key file cannot be written or read."""

    def __init__(self, place: str, detail: str) -> None:
        super().__init__(f"主密钥文件 {place} 无法读写（{detail}）。请检查目录权限。")


class SealedValueBroken(StoreError):
    """A sealed value was changed, moved to another row, or names an algorithm this version does not know."""

    def __init__(self, place: str) -> None:
        super().__init__(f"加密内容（{place}）无法解开：数据可能被改动过，或算法不受支持。请从备份恢复该记录。")


class RecordUnknown(StoreError):
    """Nothing is stored under this number."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(f"库中没有编号为“{key}”的{what}。请核对编号。")


class MarkUnknown(RecordUnknown):
    """Nobody said this of the expert for the demand, or it was taken back."""

    def __init__(self, demand_id: str, expert_id: str) -> None:
        StoreError.__init__(
            self, f"对需求“{demand_id}”没有给过专家“{expert_id}”这样的评价，或已经撤回。请先查看现有的评价。"
        )


class RecordUnreadable(StoreError):
    """A stored record does not fit this version of the program."""

    def __init__(self, what: str, detail: str) -> None:
        super().__init__(
            f"库中有一条 {what} 记录本程序读不出来（{detail}）：数据可能被直接改动过，或由别的版本写入。"
            "请换用写入它的版本，或从备份恢复。"
        )


class MergeImpossible(StoreError, UsageError):
    """An expert cannot be merged with himself or herself."""

    def __init__(self, key: str) -> None:
        super().__init__(f"不能把专家“{key}”与其自身合并。请给出两个不同的编号。")


class AccountExists(StoreError, UsageError):
    """The login name is taken."""

    def __init__(self, name: str) -> None:
        super().__init__(f"账号“{name}”已存在。请换一个登录名；停用的账号可以重新启用。")


class AccountUnknown(StoreError, UsageError):
    """No account bears this login name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"没有账号“{name}”，请核对登录名。")


class LastAdministrator(StoreError, UsageError):
    """Without an administrator nobody could make accounts any more."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"“{name}”是唯一启用的系统管理员账号，不能停用，也不能改为其他角色。请先新建另一个系统管理员账号。"
        )


class KeyUnknown(StoreError, UsageError):
    """No portal key that still holds has this number."""

    def __init__(self, key_id: str) -> None:
        super().__init__(f"没有编号为“{key_id}”的有效密钥，可能已经吊销。请在密钥列表中核对。")


class RecordExists(StoreError, UsageError):
    """The number of a new record is taken."""

    def __init__(self, what: str, key: str) -> None:
        super().__init__(f"编号“{key}”的{what}已在库中。请换一个编号，或打开已有的{what}修改。")


class RecordStale(StoreError, UsageError):
    """Somebody else changed the record since it was read. `key` and `version` say which and what was read."""

    def __init__(self, what: str, key: str, version: int) -> None:
        super().__init__(f"{what}“{key}”在您打开之后已被别人修改，本次修改没有保存。请看过新的内容，再改一次。")
        self.key, self.version = key, version


class RecordsMoved(StoreError, UsageError):
    """Records have changed since what was decided upon was read."""

    def __init__(self) -> None:
        super().__init__("库中资料正在变动（例如正在导入），本次没有办理。请稍等片刻再试。")


class ShortlistFull(StoreError, UsageError):
    def __init__(self, most: int) -> None:
        super().__init__(f"入围名单最多 {most} 人，请先移出不再考虑的人。")


class RecordRefused(StoreError, UsageError):
    """A person who was erased on request, or lives on under another number, is not taken in again."""

    def __init__(self, what: str, key: str, reason: str) -> None:
        super().__init__(f"{what}“{key}”不能保存：{reason}。")


class RequestRunning(StoreError, UsageError):
    """A request with the same key has not been answered yet."""

    def __init__(self) -> None:
        super().__init__("同一个 Idempotency-Key 的请求还在处理。请稍等几秒，用同样的内容再试。")


class RequestKeyReused(StoreError, UsageError):
    """The key was used for something else."""

    def __init__(self) -> None:
        super().__init__("这个 Idempotency-Key 已用于另一个内容不同的请求。新的请求请换一个新的值。")


class PlanUnknown(StoreError, UsageError):
    """No plan, or no such version of it."""

    def __init__(self, name: str, version: int | None = None) -> None:
        if version is None:
            super().__init__(f"没有编号为“{name}”的计划。请在计划列表中核对编号。")
        else:
            super().__init__(f"计划“{name}”没有第 {version} 版。请在计划的各版本中核对。")


class PlanSettled(StoreError, UsageError):
    """A plan's state does not allow the change."""

    def __init__(self, name: str, state: str) -> None:
        super().__init__(f"计划 {name} 的状态为“{state}”，不能再这样改。请在新的版本上修改。")


class JobUnknown(RecordUnknown):
    """No job has this number, or it is past its retention."""

    def __init__(self, job_id: str) -> None:
        super().__init__("后台任务", job_id)


class JobNotStanding(StoreError, UsageError):
    """A job that is over cannot be cancelled."""

    def __init__(self) -> None:
        super().__init__("这项任务已经结束，不能取消。请刷新页面查看结果。")


class JobTaken(StoreError, UsageError):
    """What was confirmed once is not done twice."""

    def __init__(self, title: str) -> None:
        super().__init__(f"“{title}”已经确认过，不会重复执行。请在“后台任务”中查看它的进度和结果。")


class BatchUnknown(StoreError, UsageError):
    """No import of this name left anything that could be taken back."""

    def __init__(self, batch: str) -> None:
        super().__init__(f"没有编号为“{batch}”的导入，或它没有写入任何内容，不需要撤销。")
