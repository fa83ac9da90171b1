"""The messages in Chinese about files of thirty numbers: starting them, and what an answer rests on."""

from __future__ import annotations

from types import MappingProxyType

ZH_HANT_THIRTY = MappingProxyType(
    {
        "new.done.thirty": "已寫入：{path}，一張有三十個數字待填的工作表。",
        "new.done.eighty": "已寫入：{path}，保留所有答案，並有第二張工作表列出接下來的數字。",
        "new.done.full": "已寫入：{path}，完整檔案，保留並標示所有答案。",
        "new.done.structure": "已寫入：{path}，僅有結構，不含任何數值。",
        "new.known": "由名稱得知：{country}、{code}、{currency}。如有錯誤請更正。",
        "new.unnamed": "由檔名無法得知國家：請填寫名稱、代碼與貨幣。",
        "new.answered.one": "保留 1 個答案。",
        "new.answered.many": "保留 {n} 個答案。",
        "new.next.one": "第二張工作表詢問 1 個數字。",
        "new.next.many": "第二張工作表詢問 {n} 個數字。",
        "new.open": "尚待回答，以及通常由誰掌握",
        "new.group": "類別",
        "new.questions": "題數",
        "new.hours": "工時",
        "new.holders": "通常由誰掌握",
        "new.blank": "未知的數字",
        "new.table": "表",
        "new.numbers": "數字",
        "new.names": "名稱與連結沿用另一檔案：與貴國不同之處請更改。備註、日期、證據與附日期的列均未複製。",
        "new.then": "接著：tillerman check {path}",
        "basis.title": "本結果的依據",
        "basis.counts": "{n} 題中已回答 {answered} 題；"
        "{peers} 題以類似經濟體或全球的範圍代替，{whole} 題採一切可能的範圍，"
        "{left_out} 題缺漏。",
        "basis.entered.one": "另填入三十題以外的 1 個數字。",
        "basis.entered.many": "另填入三十題以外的 {n} 個數字。",
        "basis.general": "其餘均為通用數值：每份三十個數字的檔案皆相同，其範圍列為假設。"
        "範圍寬是如實呈現：多回答即可縮小。",
        "basis.peers": "用以代替的範圍",
        "basis.whole": "採一切可能的範圍",
        "basis.missing": "此處未回答者，以及所需資料",
        "basis.missing.line": "{needed_for}：{ask}（{holder}；約 {hours} 小時）",
        "basis.full": "三十個數字無法說明的：資料集與平臺、成文備案、其他契約，以及他人對本國的需求。"
        "這些須用完整檔案：tillerman new 名稱 --grow 表單。",
        "basis.ranges": "在上述範圍內",
        "basis.ranges.note": "在上述範圍內均勻抽取 {n} 組答案檢視。若一家供應商或一國撤離，"
        "有 {low} 至 {high} 項關鍵服務會中斷。",
        "basis.ranges.service": "{service}：任一方撤離時仍保留 {any_one}；無須任何人許可即可運行 {alone}",
        "basis.ranges.span": "{low} 至 {high}",
    }
)
