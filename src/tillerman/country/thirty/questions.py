"""The thirty questions, in the order in which the sheet asks them."""

from __future__ import annotations

from types import MappingProxyType

from tillerman.country.thirty.question import Question, both
from tillerman.country.thirty.questions_stack import COMPUTE, DEPENDENCE, FRAME, POWER
from tillerman.country.thirty.questions_use import MONEY, PEOPLE, RULE, USE

QUESTIONS: tuple[Question, ...] = (*FRAME, *POWER, *COMPUTE, *DEPENDENCE, *USE, *MONEY, *PEOPLE, *RULE)
BY_KEY = MappingProxyType({question.key: question for question in QUESTIONS})
GROUP_NAMES = MappingProxyType(
    {
        "about": both("About the file", "關於本檔"),
        "frame": both("The country", "國家概況"),
        "power": both("Power", "電力"),
        "compute": both("Computing", "算力"),
        "dependence": both("Dependence", "依賴"),
        "use": both("Use", "使用"),
        "money": both("Money", "經費"),
        "people": both("People", "人才"),
        "rule": both("Rules", "規則"),
    }
)
