"""What the template language complains of, in Chinese."""

from __future__ import annotations

import re

# In order; what none fits is told as it is.
_SENTENCES = (
    (r"no filter named '(\w+)'", "没有“{0}”这种处理"),
    (r"no test named '(\w+)'", "没有“{0}”这种判断"),
    (r"encountered unknown tag '(else|elif|end\w+)'", "“{0}”前面没有与它成对的开头"),
    (r"encountered unknown tag '(\w+)'", "不认识“{0}”"),
    (r"unexpected end of template.*innermost block that needs to be closed is '(\w+)'", "“{0}”缺少 end{0}"),
    (r"unexpected end of template", "占位符没有写完，缺少 }}}} 或 %}}"),
    (r"missing end of comment tag", "说明没有写完，缺少 #}}"),
    (r"expected an expression", "括号里没有内容"),
    (r"expected token '(?:end of print statement|end of statement block)', got '(.+)'", "多出“{0}”"),
    (r"expected token '(\w+)', got '(.+)'", "“{1}”之前缺少“{0}”"),
    (r"unexpected '(.+)', expected '(.+)'", "“{0}”之前缺少“{1}”"),
    (r"access to attribute '(\w+)'", "不允许读取“{0}”"),
    (r"unexpected '(.+)'", "多出“{0}”"),
    (r"unexpected char '(.+)' at", "有不能用的字符“{0}”"),
)


def in_chinese(message: str) -> str:
    """
    >>> in_chinese("No filter named 'safe'."), in_chinese("Encountered unknown tag 'endfor'.")
    ('没有“safe”这种处理', '“endfor”前面没有与它成对的开头')
    """
    for pattern, sentence in _SENTENCES:
        found = re.search(pattern, message, re.IGNORECASE | re.DOTALL)
        if found:
            return sentence.format(*found.groups())
    return message.rstrip(".")
