"""The messages in 繁體中文 of questions about a plan."""

from __future__ import annotations

from types import MappingProxyType

ZH_HANT_QUESTIONS = MappingProxyType(
    {
        # shared by all questions
        "question.futures": "所有計畫都以相同的 {n} 個可能情境計價；金額介於兩個經證明的上下界之間。不明：與零無法區分。",
        "interval.nothing": "無",
        "interval.zero": "不明：0 至 {most}",
        "interval.span": "{low} 至 {high}",
        "interval.open": "未知",
        # levers
        "lever.1": "1 確保算力接入",
        "lever.2": "2 採用與應用擴散",
        "lever.3": "3 需求聚合",
        "lever.4": "4 互操作性",
        "lever.5": "5 小模型",
        "lever.6": "6 人才與國家能力",
        "lever.7": "7 能源配合",
        "levers.finding": "{country}。所有政策槓桿合計的效益：{joint}。",
        "levers.title": "各政策槓桿的價值",
        "levers.note": "可以使用某一槓桿時，最佳計畫改善多少：單獨使用；其他槓桿都已具備時；以及依所有可能的加入順序"
        "平均（公平分攤）。",
        "levers.label": "政策槓桿",
        "levers.alone": "單獨使用",
        "levers.last": "最後加入",
        "levers.share": "公平分攤",
        "levers.joint": "所有槓桿合計：{joint}。各公平分攤相加即為此數。",
        "levers.read": "最後加入時比單獨使用時更有價值的槓桿，需要其他槓桿配合；價值較低的，可由其他槓桿取代。",
        "levers.idle": "沒有價值，因為檔案在其下沒有任何會產生效果的項目：{names}。",
        "levers.without_targets": "本題未計入檔案中的目標：沒有槓桿就無法達成。",
        "levers.wide": "部分金額的上下界相差超過總效益的二十分之一：搜尋到此為止。",
        "stage.Weighing the levers": "衡量各政策槓桿",
    }
)
