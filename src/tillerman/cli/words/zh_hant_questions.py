"""The messages in 繁體中文 of questions about a plan."""

from __future__ import annotations

from types import MappingProxyType

ZH_HANT_QUESTIONS = MappingProxyType(
    {
        # shared by all questions
        "question.futures": "所有計畫都以相同的 {n} 個可能情境計價；"
        "金額介於兩個經證明的上下界之間。不明：與零無法區分。",
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
        # foresight, and certificates on fresh futures
        "foresight.finding": "{country}。{finding}",
        "foresight.enough.title": "計畫所依據的可能情境數量足夠。",
        "foresight.few.title": "計畫所依據的可能情境太少。",
        "foresight.untold.title": "情境過少，無法說明計畫的可信程度。",
        "foresight.title": "計畫可信到什麼程度",
        "foresight.planning": "為不確定性做規劃的價值：{worth}。"
        "只為預期的未來（需求與價格如預期、一切準時、無人撤回）"
        "所做的計畫，就差這麼多。",
        "foresight.foresight.proved": "完全預知未來最多還值：{worth}。隨事態調整所能獲得的不會更多。",
        "foresight.foresight.sampled": "完全預知未來最多還值：{worth}（100 次中有 95 次成立；"
        "{n} 個情境各自另做計畫）。"
        "隨事態調整所能獲得的不會更多。",
        "foresight.enough": "情境數量是否足夠：是。情境再多，計畫最多也只能改善 {most}（總成本的 {share}；"
        "100 次中有 95 次成立）。",
        "foresight.few": "情境數量是否足夠：否。情境再多，計畫可能改善達 {most}（總成本的 {share}；"
        "100 次中有 95 次成立）。"
        "請使用 --futures auto。",
        "foresight.untold": "情境數量是否足夠：情境過少，無法判斷。請使用 --futures auto。",
        "foresight.futures": "計畫依 {n} 個可能情境制定。",
        "fresh.objective": "在 {n} 個新抽出的情境中，計入最壞情形，國家獲益 {found}；"
        "在制定計畫所用的情境中為 {promised}。",
        "fresh.mean": "在新情境中平均獲益 {found}。",
        "fresh.worst": "在其中最壞的百分之五獲益 {found}。",
        "fresh.no_worst": "最壞的百分之五獲益多少，未予列出：{reason}。",
        "fresh.interval": "{value}（100 次中有 95 次介於 {low} 與 {high} 之間）",
        "certified.title": "以 {n} 個新情境驗證",
        "stage.Planning for the expected future": "為預期的未來規劃",
        "stage.Planning for single futures": "為個別情境規劃",
        "stage.Drawing fresh futures": "抽取新情境",
        "stage.Pricing the plan on fresh futures": "以新情境為計畫計價",
        "stage.Planning for fresh futures": "為新情境規劃",
        "auto.enough": "{n} 個情境：再多最多只能改善總成本的 {share}。已足夠。",
        "auto.few": "{n} 個情境：再多可能改善達總成本的 {share}。",
        # from the cheapest plan to the safest
        "frontier.finding": "{country}。各計畫在最嚴重的單一中斷下，可維持 {low} 至 {high} 的關鍵服務；最安全的計畫"
        "多花費：{more}。",
        "frontier.title": "最省 ↔ 最安全",
        "frontier.note": "{year} 年，來自國外的最嚴重單一中斷發生 90 天後所維持的關鍵服務，占沒有新方案時需求的比例"
        "（因此服務較少的人不會顯得較安全）；以及比最省計畫多出的成本（含損失與未滿足的價值）。",
        "frontier.set_aside": "不列入比較，因為任何計畫在其下都只能維持 {kept}：{names}。以下計畫依其他中斷中最嚴重者"
        "區分。",
        "frontier.one": "只有一個計畫：檔案所列的任何決定都無法維持更多。",
        "frontier.name": "計畫",
        "frontier.kept": "維持",
        "frontier.more": "多花費",
        "frontier.now": "現在決定的支出",
        "frontier.worst": "最嚴重的中斷",
        "frontier.point.cheapest": "最省",
        "frontier.point.nearly_cheapest": "接近最省",
        "frontier.point.middle": "中間",
        "frontier.point.nearly_safest": "接近最安全",
        "frontier.point.safest": "最安全",
        "frontier.does": "計畫「{name}」在第 1 至 3 年做、而最省計畫不做的事",
        "frontier.tail.title": "平均 ↔ 最差的 5%情境",
        "frontier.tail.none": "未顯示：{reason}。",
        "frontier.tail.note": "最差的情境權重越高，平均支出越多，而最差的情境越緩和。",
        "frontier.tail.aversion": "最差情境的權重",
        "frontier.tail.mean": "平均多支出",
        "frontier.tail.worst": "最差情境中的收益",
        "stage.Weighing cost against safety": "衡量成本與安全",
        "stage.Weighing the average against the worst": "衡量平均與最差情境",
        # what every good plan contains
        "alternatives.finding": "{country}。可決定的 {n} 件事中，成本最多增加 {within} 的計畫全都包含 {in_every} 件，"
        "全都不含 {in_none} 件，{free_choice} 件可自由選擇。",
        "alternatives.title": "所有好計畫的共同點，以及可自由選擇之處",
        "alternatives.note": "好計畫的成本最多比最佳計畫多 {within}（以全部支出與損失計）。所有好計畫都包含"
        "或都不含的項目經過證明；可自由選擇的項目以找到的計畫為例。其一完全沒有，另一至少有最佳計畫的一半。",
        "alternatives.in_every": "所有好計畫都包含",
        "alternatives.free_choice": "可自由選擇：包含與不包含的好計畫都存在",
        "alternatives.undetermined": "未定：既未證明，也未找到例子",
        "alternatives.in_none": "沒有好計畫包含",
        "alternatives.build": "建置：{name}",
        "alternatives.sign": "簽署：{name}",
        "alternatives.start": "啟動：{name}",
        "alternatives.keep_open": "保留選項：{name}",
        "alternatives.seen": "（找到的好計畫中為 {low} 至 {high} {unit}）",
        "alternatives.unit.H100e": "個標準 AI 晶片當量",
        "alternatives.unit.programme": "個完整方案",
        "alternatives.sovereign": "國外全部撤回 90 天後，無須任何人許可仍能運作的關鍵服務：本計畫為 {now}；已找到"
        " {found} 的好計畫，沒有好計畫超過 {most}（占沒有新方案時需求的比例）。",
        "alternatives.example": "另一個好計畫（{k}），多花費 {money}",
        "alternatives.also": "它做：{text}",
        "alternatives.not": "它不做：{text}",
        "stage.Looking for other good plans": "尋找其他好計畫",
    }
)
