"""The messages in 繁體中文 of questions about how far a plan holds."""

from __future__ import annotations

from types import MappingProxyType

ZH_HANT_TRUST = MappingProxyType(
    {
        # flips
        "flips.finding.one": "{country}。檔案範圍內有 1 個數值經證明會使決定翻轉。",
        "flips.finding.many": "{country}。檔案範圍內有 {n} 個數值經證明會使決定翻轉。",
        "flips.title": "決定何時不再划算（轉折點）",
        "flips.note": "價值：依檔案原有數值，少了這項決定的最佳計畫差多少。",
        "flips.none": "計畫在前三年沒有可能翻轉的決定。",
        "flips.flips": "經證明會翻轉",
        "flips.undetermined": "可能在範圍內翻轉，但計算無法判定在何處",
        "flips.holds": "整個範圍內未見改變；最接近翻轉的是",
        "flips.pays_above": "{name}：{place} 高於約 {at} 時划算（檔案：{value}；範圍 {low} 至 {high}）",
        "flips.pays_below": "{name}：{place} 低於約 {at} 時划算（檔案：{value}；範圍 {low} 至 {high}）",
        "flips.range": "{name}：{place}（檔案：{value}；範圍 {low} 至 {high}）",
        "flips.looked": "檢視範圍：最能影響計畫的 {n} 個數值，以及 {chances} 種中斷的機率；"
        "另做 {proofs} 個計畫作為證明。",
        # options and planning again
        "options.finding": "{country}。{year} 年重新規劃可節省：{saving}。",
        "options.title": "各選擇權的價值",
        "options.note": "沒有這項選擇權時，最佳計畫差多少。",
        "options.none": "檔案中沒有選擇權。",
        "options.taken": "{name}（計畫保留）：{worth}",
        "options.left": "{name}（計畫未採用）：{worth}",
        "replan.title": "若在 {year} 年重新規劃",
        "replan.note": "前三年的決定共用；之後的決定依屆時所見的國際情勢制定。所節省的，是完全預知未來之價值的一部分。",
        "replan.saving": "節省：{saving}",
        "replan.climate": "在{climate}的情勢下（{share}；{n} 個情境），自此以後：",
        "replan.nothing": "沒有新決定",
        "replan.changes": "前三年的決定會有不同（找到但未經證明：其他計畫可能一樣好）",
        "replan.change": "{name}，{years}：{now}，而非 {was}（{unit}）",
        "replan.same": "前三年的決定都不會改變。",
        "climate.normal": "正常",
        "climate.strained": "緊張",
        "climate.broken": "破裂",
        # other chances
        "ambiguity.finding": "{country}。若機率不如假設，計畫的獲益介於 {worst} 與 {best} 之間。",
        "ambiguity.title": "若中斷比假設更常或更少發生",
        "ambiguity.note": "同一計畫，以 {n} 個新情境計價，並依檔案中各年度機率的範圍重新加權；獲益計入最壞情形。",
        "ambiguity.ends": "全部取較壞一端 {worst}；依假設 {assumed}；全部取較好一端 {best}",
        "ambiguity.few": "最壞情形只依據 {n} 個同等可能的情境：僅供判斷量級。",
        "ambiguity.disruption": "中斷",
        "ambiguity.range": "年度機率",
        "ambiguity.low": "低端的獲益變化",
        "ambiguity.high": "高端的獲益變化",
        "ambiguity.step": "最壞的 {n} 種同時發生：{gain}（{names}）",
        "ambiguity.fixed": "{n} 種中斷的機率不變：沒有範圍，或發生太頻繁、結束太快，無法以加權反映。",
        "stage.Planning without each decision": "逐一去除決定後規劃",
        "stage.Looking for the numbers that matter": "尋找關鍵數值",
        "stage.Pricing plans at the ends of ranges": "在範圍兩端為計畫計價",
        "stage.Proving where decisions flip": "證明決定在何處翻轉",
        "stage.Planning without each option": "逐一去除選擇權後規劃",
        "stage.Planning again in each climate": "依各種情勢重新規劃",
        "stage.Weighing futures anew": "為情境重新加權",
    }
)
