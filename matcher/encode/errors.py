"""What can be wrong with an encoder or a reranker."""

from matcher.errors import MatcherError


class EncoderNotFound(MatcherError):
    """The model that the settings name cannot be loaded."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"向量模型“{name}”无法加载（{reason}）。请检查 MATCHER_ENCODER：应为 builtin、模型文件夹或模型名称；"
            "内网机器请先把模型文件夹拷入本机。"
        )


class TransformersMissing(MatcherError):
    """The optional library for plug-in models is not installed."""

    def __init__(self) -> None:
        super().__init__("使用外接模型需要安装 sentence-transformers：pip install 'expert-matcher[transformers]'。")


class DimensionsInvalid(MatcherError):
    """More dimensions are asked for than the model has."""

    def __init__(self, asked: int, available: int) -> None:
        super().__init__(f"向量维数 {asked} 不可用，该模型最多 {available} 维。")


class RerankerNotFound(MatcherError):
    """The cross-encoder that the settings name cannot be loaded."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(
            f"重排模型“{name}”无法加载（{reason}）。请检查 MATCHER_RERANKER：应为 none、模型文件夹或模型名称；"
            "内网机器请先把模型文件夹拷入本机。"
        )


class RerankerUnsuitable(MatcherError):
    """The model sorts into classes instead of scoring."""

    def __init__(self, name: str, labels: int) -> None:
        super().__init__(f"模型“{name}”有 {labels} 个输出，不是重排模型（应只有 1 个）。请改设 MATCHER_RERANKER。")
