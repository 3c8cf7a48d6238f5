"""Make `kwlint/data/chinese.txt` and `traditional.txt`: frequent Chinese words, from the dictionary of `jieba` (MIT
licence), and the simplified character for each traditional one, from OpenCC (Apache-2.0).

    pip download --no-deps --no-binary :all: jieba && tar xzf jieba-*.tar.gz
    pip download --no-deps opencc-python-reimplemented && unzip opencc_python_reimplemented-*.whl
    python scripts/make_chinese.py jieba-0.42.1/jieba/dict.txt opencc/dictionary/TSCharacters.txt

The words have two to four characters, are frequent in general text, and are sorted by part of speech: `n` for parts of
terms (nouns, names, verbal nouns, adjectives and verbs before nouns), `x` for bounds (adverbs, pronouns, conjunctions,
prepositions, numerals, time words and set phrases), and `v` for verbs, which may end a term and never begin it:
`数据转换` is a term, `添加数据` is an instruction.
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

MOST = 26_000
ADDED = [
    "镜像", "哈希", "令牌", "中间件", "依赖项", "容器", "回调", "线程",
    "进程", "缓存", "端口", "代理", "协议", "接口", "数组", "字段",
    "变量", "常量",
    "函数", "参数", "类型", "对象", "实例", "模块", "仓库", "分支",
    "提交", "合并", "部署", "集群", "节点", "日志", "监控", "指标",
    "告警", "异步", "同步",
    "并发", "并行", "阻塞", "请求", "响应", "路由", "路径", "查询",
    "表单", "请求体", "响应体", "响应头", "请求头", "会话", "授权", "认证",
    "鉴权", "权限",
    "密钥", "证书", "加密", "解密", "签名", "校验", "序列化", "反序列化",
    "数据库", "索引", "事务", "迁移", "队列", "消息", "事件", "监听",
    "钩子", "插件",
    "扩展", "组件", "模板", "渲染", "样式", "前端", "后端", "客户端",
    "服务器", "服务端", "浏览器", "域名", "网关", "负载均衡", "虚拟机",
    "沙箱", "编译器",
    "解释器", "调试", "断点", "堆栈", "内存", "指针", "引用", "借用",
    "所有权", "生命周期", "泛型", "特征", "闭包", "迭代器", "枚举", "结构体",
    "继承", "多态",
    "重载", "装饰器", "生成器", "协程", "注解", "依赖注入", "单元测试",
    "集成测试", "持续集成", "环境变量", "命令行", "脚本", "终端", "配置",
    "文档", "教程", "版本",
    "发布", "兼容性", "性能", "安全性", "可用性", "冗余", "备份", "快照",
    "分片", "副本", "元数据", "时间戳", "字符串", "布尔", "浮点", "整数",
    "字典", "列表",
    "元组", "集合", "键值", "默认值", "返回值", "异常", "错误码", "状态码",
    "重定向", "跨域", "静态文件", "子应用", "工作进程", "镜像层", "标签页",
    "校验器",
    "类型提示",
    "上传", "下载", "自定义", "可选", "可选项", "最优", "上下文", "下划线",
    "可读", "可写", "可执行", "可视化", "内置", "上游", "下游", "上限",
    "下限", "过期", "多选", "单选", "多线程", "单线程", "可空", "不可变", "可变",
    "二进制", "八进制", "十进制", "十六进制", "二维码", "三元运算符",
]  # fmt: skip
TAIWAN = """程式碼 程式 函式 伺服器 伺服端 資料 資料庫 使用者 檔案 資料夾 物件 變數 字串
    介面 軟體 硬體 網路 回應 參數 設定 設定檔 記憶體 執行緒 行程 類別 陣列 迴圈
    模組 套件 相依性 相依項 中介軟體 編輯器 用戶端 佇列 快取 標頭 狀態碼 請求體 欄位
    列舉 列舉值 建構子 繼承 實例 專案 範本 範例 連接埠 通訊協定 憑證 權杖 雜湊
    非同步 平行 序列化 驗證 身分驗證 授權 中繼資料 路徑 裝飾器 型別 型別提示
    負載平衡器 雲端 供應商 部署 終端機 命令列 環境變數 單元測試 表單 表格 自動完成
    元件 樣式 時間戳""".split()  # noqa: SIM905
ADDED_BOUNDS = """尝试 变得 想要 能够 试图 打算 直接 无法 明确 所有 完全 不同 是否 应先 大于 小于 等于 接受 接收
    里 段 先 需 没 未 仅 均 种 次 项 应""".split()  # noqa: SIM905
ADDED_VERBS = ["声明", "导入", "导出", "调用", "定义"]
# What any page may be about: no terms by themselves.
GENERIC = """代码 类型 参数 原因 方法 方式 问题 例子 示例 情况 内容 部分 功能 步骤 信息 数据 文件 数值 名称 结果 说明
    介绍 文档 章节 教程 用户 时间 地方 东西 事情 操作 过程 状态 系统 程序 应用 应用程序 工具 版本 项目 选项
    设置 字符串 声明 函数 变量 对象 属性 列表 元素 顺序 细节 技术细节 快捷方式 更多 总结
    小结 提示 注意 警告 技巧 测试 配置 自定义 含义 路径""".split()  # noqa: SIM905
BOUNDS = ("d", "r", "c", "p", "m", "q", "t", "u", "y", "e", "o", "i", "nr", "ns", "f")


def main() -> int:
    """Write the tables."""
    if len(sys.argv) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    simplified = dict(line.split()[:2] for line in Path(sys.argv[2]).read_text("utf-8").splitlines())
    rows = [line.split() for line in Path(sys.argv[1]).read_text("utf-8").splitlines()]
    words = [
        (int(count), word, kind[0])
        for word, count, *kind in rows
        if kind and 2 <= len(word) <= 4 and all("\u4e00" <= letter <= "\u9fff" for letter in word)
    ]
    words.sort(key=lambda row: (-row[0], row[1]))
    classes: defaultdict[str, list[str]] = defaultdict(list)
    for _, word, kind in words[:MOST]:
        if kind not in ("nr", "ns"):
            classes["x" if kind in BOUNDS else "v" if kind == "v" else "n"].append(word)
    added = {*ADDED, *("".join(simplified.get(letter, letter) for letter in word) for word in TAIWAN)}
    classes["v"] = sorted({*classes["v"], *ADDED_VERBS} - added - {*ADDED_BOUNDS})
    classes["n"] = sorted({*classes["n"], *added} - {*ADDED_BOUNDS} - {*ADDED_VERBS})
    classes["x"] = sorted({*classes["x"], *ADDED_BOUNDS} - added)
    classes["g"] = sorted({*GENERIC})
    data = Path(__file__).parent.parent / "kwlint" / "data"
    used = {letter for found in classes.values() for word in found for letter in word}
    pairs = sorted((old, new) for old, new in simplified.items() if new in used and old != new)
    (data / "traditional.txt").write_text("".join(f"{''.join(row)}\n" for row in zip(*pairs, strict=True)), "utf-8")
    target = data / "chinese.txt"
    target.write_text("".join(f"{name} {' '.join(sorted(classes[name]))}\n" for name in sorted(classes)), "utf-8")
    print({name: len(found) for name, found in classes.items()}, target.stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
