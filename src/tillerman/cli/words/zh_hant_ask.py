"""The messages in traditional Chinese about the next best question."""

from __future__ import annotations

from types import MappingProxyType

ZH_HANT_ASK = MappingProxyType(
    {
        "ask.stage.plan": "正在求出可供選擇的計畫",
        "ask.stage.draw": "正在以其他數值重新計價，{of} 次中的第 {done} 次",
        "ask.finding.one": "{country}：有一項數字值得查明。",
        "ask.finding.many": "{country}：有 {n} 項數字值得查明。",
        "ask.enough": "{country}：再查明任何數字都不會改變選擇。每次抽樣中，「{best}」都是最佳方案。",
        "ask.unclear": "{country}：無法指出任何單一數字值得查明。"
        "目前最佳方案為「{best}」；即使全部查明，價值至多 {worth}。",
        "ask.line": "請洽：{holder}\n  {asked}\n  {decides}目前為 {span}；約需 {hours} 小時；價值 {worth}。",
        "ask.between": "此數字決定下列方案何者較佳：{plans}。",
        "ask.margin": "此數字決定{plan}優於其他方案的幅度。",
        "ask.quoted": "「{name}」",
        "ask.comma": "、",
        "ask.or": "或",
        "ask.read": "如何解讀",
        "ask.together": "若所有未定數字均查明，價值 {worth}；任何單一數字的價值不會更高。"
        "以目前所知，最佳方案為「{best}」。",
        "ask.how": "{numbers} 項未定數字在其範圍內抽樣 {n} 次；各計畫的決策不變，在 {futures} 個可能的未來中重新計價。"
        "此為抽樣結果；僅憑偶然即可能出現的價值不予列出。",
        "ask.left_out": "另有 {n} 項數字有範圍而未抽樣；"
        "已抽樣者為最可能影響決定的數字（`tillerman show --by-influence`）。",
        "ask.failed": "有 {n} 次抽樣所得的檔案無法據以規劃。",
        "ask.letter": "第一項問題的信函草稿",
        "ask.letter.text": "受文者：{holder}\n\n本機關正在研擬{country}的人工智慧計畫。"
        "貴機關掌握的下列數字對我們最有幫助：\n\n"
        "   {asked}\n\n目前採用 {span}。{decides}\n查明此數字對國家的價值約 {worth}；估計需時約 {hours} 小時。\n"
        "只需提供貴機關有把握的上下限，並註明來源與日期；「不明」亦為有效答覆。\n\n（檔案 {hash}）\n",
    }
)
