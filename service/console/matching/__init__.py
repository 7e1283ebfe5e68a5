"""匹配 and 结果: from a demand to a signed result."""
