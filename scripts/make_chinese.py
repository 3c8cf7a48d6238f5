"""Makes `kwlint/data/chinese.txt` anew: frequent Chinese words, from the dictionary of `jieba` (MIT licence).

    pip download --no-deps --no-binary :all: jieba && tar xzf jieba-*.tar.gz
    python scripts/make_chinese.py jieba-0.42.1/jieba/dict.txt

Words of two to four characters that are frequent in general text, by their part of speech: `n` for what a term is made
of (nouns, names, verbal nouns, adjectives and verbs that stand before nouns), `x` for what bounds one (adverbs,
pronouns, conjunctions, prepositions, numerals, time words and set phrases), and `v` for verbs, which may end a term and
never begin it: `数据转换` is one, `添加数据` is an instruction.
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
]  # fmt: skip
BOUNDS = ("d", "r", "c", "p", "m", "q", "t", "u", "y", "e", "o", "i", "nr", "ns", "f")


def main() -> int:
    """Writes the table."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
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
    classes["v"] = sorted({*classes["v"]} - {*ADDED})
    classes["n"] = sorted({*classes["n"], *ADDED})
    target = Path(__file__).parent.parent / "kwlint" / "data" / "chinese.txt"
    target.write_text("".join(f"{name} {' '.join(sorted(classes[name]))}\n" for name in sorted(classes)), "utf-8")
    print({name: len(found) for name, found in classes.items()}, target.stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
