"""What can be wrong with an encoder."""

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
        super().__init__("使用外接向量模型需要安装 sentence-transformers：pip install 'expert-matcher[transformers]'。")


class DimensionsInvalid(MatcherError):
    """More dimensions are asked for than the model has."""

    def __init__(self, asked: int, available: int) -> None:
        super().__init__(f"向量维数 {asked} 不可用，该模型最多 {available} 维。")
