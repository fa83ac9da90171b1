"""The messages in 繁體中文 of commands that work on country files: import, compare, diff, event, calendar."""

from __future__ import annotations

from types import MappingProxyType

ZH_HANT_FILES = MappingProxyType(
    {
        "import.title": "將 {source} 匯入{country}",
        "import.changes": "將會更動的項目，每個數字都附上證據列",
        "import.changed": "已更動的項目，每個數字都附上證據列",
        "import.nothing": "沒有數字更動：來源中沒有任何一列與本檔案的列相連。",
        "import.place": "位置",
        "import.old": "現值",
        "import.new": "新值",
        "import.range": "範圍",
        "import.grade": "證據等級",
        "import.read": "讀取自",
        "import.dates": "列入行事曆的日期",
        "import.left_out": "未採用",
        "import.unmatched": "此來源可提供數字、但尚未相連的本檔案列",
        "import.offers": "來源中未使用的列",
        "import.how": "請用 --map '來源中的名稱=檔案的列' 相連。",
        "import.told": "來源另外說明的事項",
        "import.warnings": "請留意",
        "import.dry": "未寫入任何內容：這是試行。",
        "import.done": "已寫入：{path}",
        "import.blank": "空白",
        "import.declared": "新增或更動的宣示",
        "import.same": "原已存在的宣示：{n} 項。",
        "import.exported.one": "已將 1 項宣示寫入 {path}。",
        "import.exported.many": "已將 {n} 項宣示寫入 {path}。",
        # what differs
        "diff.more_added": "{table}：新增 {n} 列，自 {first} 至 {last}",
        "diff.more_removed": "{table}：刪除 {n} 列，自 {first} 至 {last}",
        "diff.plan": "對計畫的影響",
        "change.nothing": "沒有影響：決策不變，所保留的服務不變。",
        "change.added": "新增的決策",
        "change.dropped": "不再採行的決策",
        "change.moved": "時間改變的決策",
        "change.resized": "規模改變的決策",
        "change.from_to": "{after} 先前：{before}",
        "change.service": "{service}：任一者撤回時仍保留 {before} → {after}{state}",
        "change.now_stops": "；現會停擺",
        "change.now_runs": "；不再停擺",
        "change.stopping": "若任一供應商或國家撤回，會停擺的關鍵服務：{n} 項中 {x} → {y} 項。",
        "change.worse": "使該國處境變差 {money}。",
        "change.better": "使該國處境變好 {money}。",
        "change.unclear": "以金額計，差異在計算所能分辨的範圍之內。",
        # side by side
        "compare.title": "並列比較：{names}",
        "compare.note": "依名稱排列：不排名、不加總。各國皆以其自身的關鍵服務衡量。範圍較寬表示公開資料較少，"
        "並非情況較差。",
        "compare.country": "國家或經濟體",
        "compare.stored": "已存結果，檔案 {hash}",
        "compare.computed": "本次計算，檔案 {hash}",
        "compare.stops_today": "若任一供應商或國家撤回，目前 {n} 項關鍵服務中有 {x} 項會停擺。",
        "compare.stops_plan": "若任一供應商或國家撤回，目前 {n} 項關鍵服務中有 {x} 項會停擺；採行其計畫後為 {y} 項。",
        "compare.stopped": "{service}：{worst}撤回時停擺",
        "compare.assumed": "其數字中有 {share} 為假設。",
        "compare.horizons": "各國目前的主權姿態，七個層級同時",
        "compare.drivers": "差異從何而來",
        "compare.drivers_note": "逐層列出撤回後 90 天：無須任何人許可即可運作的關鍵服務比例；其撤回影響最多的單一國家，"
        "以及其命令所及的可撤回者。",
        "compare.same": "{layer}：各國皆為{who}",
        "compare.driver": "{country}：{control} 無須許可；{who}可影響 {taken}{through}",
        "compare.through": "，經由 {names}",
        "compare.more": "另 {n} 個",
        "compare.nobody_anywhere": "{layer}：各國皆無單一國家可造成影響",
        "compare.nobody": "{country}：{control} 無須許可；無單一國家可造成影響",
        "compare.declared": "戰略所宣示的，與實際衡量並列",
        "compare.said": "{country}，{layer}：宣示 {posture}。{text}（{title}）。"
        "目前無須任何人許可即可運作：{control}。",
        "everyone.title": "人人皆有依賴",
        "everyone.note": "各經濟體有賴於他人者，以及他人有賴於它者，以公開數字所及為限：粗略、年份不一、各層級之間"
        "不可比較。依名稱排列：不排名、不加總。「－」表示查無數字，並非沒有依賴。",
        "everyone.depends": "有賴於他人",
        "everyone.depended_on": "他人有賴於它",
        "everyone.figures": "每項數字及其來源",
        "everyone.in_words": "見下文",
        "everyone.share": "：{share}",
        "everyone.figure": "{layer}（{way}）：{what}{share}（{year} 年，{grade}；{source}）",
    }
)
