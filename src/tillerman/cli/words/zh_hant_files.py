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
    }
)
