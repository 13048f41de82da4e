"""A small site for searching: documents and synonyms, written to have every trap in them.

``python -m tests.search.corpus`` writes ``vectors.json`` and ``text.json`` anew; a reviewer reads their diff.
"""

import json
import tempfile
from pathlib import Path
from typing import Any

from overdue_guide.aids import Synonym
from overdue_guide.model import OutputFile, Passage, SearchDocument
from overdue_guide.search import index, stored, text, update

HERE = Path(__file__).parent
TOP = 20


def _doc(
    url: str, kind: str, title: str, summary: str, *passages: tuple[str, str, str], **more: Any
) -> SearchDocument:
    section = {"contact": "催收规则", "court": "法院", "credit": "征信"}.get(
        url.split("/")[0], "其他"
    )
    found = tuple(Passage(*passage) for passage in passages)
    return SearchDocument(url, kind, title, section, summary, passages=found, **more)


DOCUMENTS = (
    _doc(
        "contact/address-book/",
        "article",
        "催收爆通讯录违法吗？第一时间怎么办",
        "群发给通讯录里的人，可能侵犯隐私权。先留证据，再投诉。",
        (
            "",
            "",
            "催收人员给通讯录里的亲友群发短信，这叫爆通讯录。放款机构不得非法提供你的个人信息。",
        ),
        (
            "法律怎么说",
            "法律怎么说",
            "《民法典》第一千零三十四条：自然人的个人信息受法律保护。\n第一千零三十二条说的是隐私权。",
        ),
        ("现在怎么做", "现在怎么做", "关掉通讯录权限。打 12378 热线投诉；或者报警。"),
        keywords=("群发短信给亲友", "轰炸通讯录"),
        stages=("逾期4–30天",),
    ),
    _doc(
        "contact/family/",
        "article",
        "逾期会通知家人吗？",
        "没有哪一条法律给银行通知家人的权利。",
        ("", "", "第1034条保护个人信息。催收电话打给爸妈，可能侵权。"),
        ("怎么跟家人说", "怎么跟家人说", "先自己说，比催收先说好。微粒贷也是一样。"),
        keywords=("催收打给爸妈", "通知父母"),
        beside="12378 银行保险消费者投诉维权热线\n拨打12378\n投诉银行、小贷公司。",
    ),
    _doc(
        "contact/hours/",
        "article",
        "催收电话几点打算违规？",
        "晚上十点到早上八点，行业自律不让打。",
        ("", "", "国家标准 GB/T 45251 和自律公约都写了时间。一天三次，第1034条不管这个。"),
        ("证据", "通话记录怎么留", "截图、录音😀，写下时间。㎡、①、ＡＢＣ和ａｂｃ都要找得到。"),
        keywords=("半夜催收",),
        stages=("逾期1–3天", "逾期4–30天"),
    ),
    _doc(
        "court/summons/",
        "article",
        "收到法院传票怎么办",
        "按时应诉，不去也会判。",
        ("", "", "传票上有案号、时间和地点。不出庭，法院可以缺席判决。"),
        ("答辩", "答辩状怎么写", "收到起诉状副本后十五日内提出答辩状。起诉不等于坐牢。"),
        keywords=("不出庭", "应诉"),
        stages=("法院",),
    ),
    _doc(
        "court/jail/",
        "article",
        "欠款会坐牢吗",
        "普通欠款是民事纠纷，不坐牢。",
        ("", "", "信用卡恶意透支可能犯罪。贷款诈骗罪要有非法占有目的。"),
    ),
    _doc(
        "credit/report/",
        "article",
        "怎么查自己的征信报告",
        "一年两次免费。",
        ("", "", "人民银行征信中心提供信用报告（credit report）。Credit score 不是官方的。"),
        ("异议", "征信异议怎么提", "信息错误可以提出异议，二十日内答复。征信保留五年。"),
        keywords=("查征信",),
    ),
    _doc(
        "credit/repair/",
        "article",
        "征信修复是真的吗",
        "收钱洗白的是骗局。",
        (
            "",
            "",
            "征信修复机构说能洗白征信，都是骗局。只有异议申请是免费的。Crédit Müller İstanbul。",
        ),
    ),
    _doc(
        "letters/stop/",
        "letter",
        "范本：停止骚扰第三人的通知",
        "写给放款机构。",
        ("", "", "请停止联系我的家人、同事。姓名：𠮷野家。署名：龘靐齉爨。"),
        keywords=("停止骚扰范文",),
    ),
    _doc(
        "laws/civil-code/",
        "law",
        "《民法典》",
        "民事基本法律。",
        ("a1034", "第1034条", "自然人的个人信息受法律保护。"),
        ("a1032", "第1032条", "自然人享有隐私权。"),
        keywords=("中华人民共和国民法典", "第一千零三十四条", "第一千零三十二条"),
    ),
    _doc(
        "channels/#12378",
        "channel",
        "12378 银行保险消费者投诉维权热线",
        "投诉银行。",
        ("", "", "投诉银行、小贷公司。"),
    ),
    _doc(
        "glossary/#传票",
        "term",
        "传票",
        "法院通知你到庭的文书。",
        ("", "", "法院通知你到庭的文书。"),
    ),
    _doc(
        "glossary/#征信",
        "term",
        "征信",
        "记录借款和还款的系统。",
        ("", "", "记录借款和还款的系统。"),
    ),
    _doc(
        "other/taiwan/",
        "page",
        "繁體字頁面",
        "這一頁用繁體字寫。",
        ("", "", "催收電話打到家裡，怎麼辦？著作權和乾隆都在這裡。"),
    ),
    _doc("other/empty/", "page", "没有正文的一页", ""),
)

SYNONYMS = (
    Synonym(("爆通讯录", "轰炸亲友"), ("通讯录", "第三人")),
    Synonym(("court summons", "summons"), ("传票",)),
    Synonym(("爸妈", "我妈"), ("家人",)),
    Synonym(("洗白",), ("修复", "异议")),
)

QUERIES = (
    "爆通讯录", "催收", "催收电话", "逾期会通知家人吗", "12378", "12378热线", "１２３７８", "2378", "第1034条",
    "第一千零三十四条", "一千零三十四条", "三十四条", "1034", "GB/T 45251", "gb/t45251", "45251", "催", "😀", "𠮷野", "龘靐齉爨",
    "abc", "ＡＢＣ", "㎡", "m2", "credit", "Credit report", "cred", "muller", "istanbul", "催收電話", "著作权", "乾隆", "家裡",
    "court summons", "我收到summons了", "summonsed", "洗白", "我妈知道了怎么办", "停止骚扰 范文", "传票", "征信", "民法典",
    "cuishou", "cui shou dian hua", "weilidai", "chuanpiao", "zhengxinyiyi", "崔收电话", "正信", "传漂", "起诉会坐牢吗",
    "cs", "cp", "zxyy", "wld", "cuishuo", "weilidia", "zhegnxin", "cui’shou", "xiufu", "dianhua cuishou", "chuanpiao怎么办", "起诉 cuishou",
    "cuishou dianhua dadao jiali zenme ban", "cuishoudianhuadadaojiali", "cuishou dadao jiali 我该 zenme ban",
    "shoudao fayuan chuanpiao le gai zenme ban ne bangbang wo 好吗", "shoudao fayuan chuanpiao le gai zenme ban ne bangbang wo ba 好吗",
    "崔收电花", "正信异义", "刚收到传漂了", "停只骚扰", "征X异议", "征信议", "征信异异议", "通讯路权限", "法院可缺席判决", "不出厅", "按时应素不去", "起诉条件", "缺席审判决",
    "拨打12378", "投诉银行", "维权热线", "拨打", "催收先说", "通讯录权限", "催X收", "魑魅", "？", "", "a", "条", "录 关", "constructor", "$& $1",
)  # fmt: skip

TEXTS = (
    "ＡＢＣ１２３", "12378 热线", "GB/T 45251", "court  summons", "催收 电话", "第 1034 条", "㎡①ﬁ", "Crédit Müller İstanbul ẞ",
    "催收電話", "著作權", "か\u3099が", "e\u0301", "soft\u00adhyphen", "❤️👨‍👩‍👧", "𠮷野家", "《民法典》第一千零三十四条", "第二十条、第十条",
    "第一百零五条和第百条", "二〇二六年", "第两千三百条", "第三千条", "第一千三条", "a、b", "“好”——他说……", "行一\n行二\u3000行三",
    "M2 M3 催收", "한국어 텍스트", "Ελλάς", "",
)  # fmt: skip


def made(folder: Path) -> index.Index:
    """The index of the small site."""
    return index.create(DOCUMENTS, SYNONYMS, folder)


def files() -> tuple[OutputFile, ...]:
    """The small site's files for browsers."""
    return update.update(None, stored.entries(DOCUMENTS), SYNONYMS).changed


def answers(found: index.Index) -> list[dict[str, Any]]:
    """What the index says to each query."""
    return [_answer(found, query) for query in QUERIES]


def _answer(found: index.Index, query: str) -> dict[str, Any]:
    answer = index.answer(found, query, limit=TOP)
    results = [
        [
            result.tier,
            result.score,
            result.passage.url,
            result.passage.heading,
            result.passage.excerpt,
        ]
        for result in answer.results
    ]
    return {
        "query": query,
        "count": answer.count,
        "meant": list(answer.meant),
        "guess": answer.guess,
        "others": list(answer.others),
        "results": results,
    }


def readings() -> list[dict[str, Any]]:
    """What is made of each text."""
    return [
        {
            "text": raw,
            "fold": (folded := text.fold(raw)),
            "grams": list(text.grams(folded)),
            "pieces": list(text.pieces(folded)),
            "numbered": text.numbered(folded),
            "hash": text.name_hash(folded),
        }
        for raw in TEXTS
    ]


def kept(name: str) -> Any:
    """What a vector file holds."""
    return json.loads((HERE / name).read_text("utf-8"))


def _write(name: str, values: list[dict[str, Any]]) -> None:
    lines = ",\n".join(json.dumps(value, ensure_ascii=False) for value in values)
    (HERE / name).write_text(f"[\n{lines}\n]\n", "utf-8")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as cache:
        _write("vectors.json", answers(made(Path(cache))))
    _write("text.json", readings())
