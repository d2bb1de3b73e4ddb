"""Chinese sentences and circulars written from the contract alone: each with everything that has to come out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple, TypeVar

import pytest

from ingest.model import Clock, Contact, DateMention, Deadline, Event, Evidence, Expression, Reference, Unexplained
from ingest.pipeline import read

Spanned = TypeVar("Spanned", bound=Evidence | Unexplained)
FRAME = """香港中央結算有限公司

通告

編號：CD/OES/CCASS/101/2027
日期：2027年3月1日
事項：系統維護安排
查詢：結算營運部

"""
END = "\n\n本通告的中、英文版本如有歧義，概以英文版本為準。\n"


class Facts(NamedTuple):
    """What a text says, kind by kind, in short forms."""

    dates: tuple[str, ...] = ()
    times: tuple[str, ...] = ()
    deadlines: tuple[str, ...] = ()
    contacts: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    unexplained: tuple[str, ...] = ()


class Case(NamedTuple):
    text: str
    facts: Facts = Facts()


class Header(NamedTuple):
    issuer: str | None
    number: str | None
    others: tuple[str, ...]
    issued: str | None
    title: str | None
    lang: str = "zh-Hant"


class Whole(NamedTuple):
    text: str
    header: Header
    facts: Facts
    events: tuple[str, ...] = ()
    suffix: str = ".txt"


def clocks(start: Clock | None, end: Clock | None) -> str:
    return "-".join(filter(None, (start, end)))


def squeeze(text: str) -> str:
    return re.sub(r"\s+", "", text)


def day(mention: DateMention | Event) -> str:
    start, end = (str(side) if side else ".." for side in (mention.start, mention.end))
    return start if start == end else f"{start}/{end}"


def date_form(m: DateMention) -> str:
    flags = ["wrong-weekday"] * (m.weekday_ok is False) + ["inferred"] * m.year_inferred + ["relative"] * m.relative
    return " ".join(filter(None, (day(m), clocks(m.time, m.end_time), m.approx, *flags)))


def deadline_form(d: Deadline) -> str:
    when = " ".join(filter(None, (d.relation, str(d.stated or "-"), f"due {d.due or '-'}", d.time)))
    what = (when, "、".join(map(squeeze, d.bearer)), d.modality, squeeze(d.action or "-"), *([d.consequence] if d.consequence else []))
    return " | ".join(what)


def contact_form(c: Contact) -> str:
    return " ".join(filter(None, (c.kind, c.value, c.label, c.title, c.org, c.role)))


def reference_form(r: Reference) -> str:
    return " ".join((r.relation, r.number or "-", str(r.issued or "-")))


def event_form(e: Event) -> str:
    return " ".join(filter(None, (day(e), clocks(e.time, e.end_time), squeeze(e.title))))


def facts(read: Expression, start: int = 0, end: int | None = None) -> Facts:
    """The facts that stand between two places of the text."""
    end = len(read.text) if end is None else end

    def within(found: tuple[Spanned, ...]) -> Iterator[Spanned]:
        return (item for item in found if start <= item.span[0] < end)

    return Facts(
        tuple(map(date_form, within(read.dates))),
        tuple(clocks(t.time, t.end_time) for t in within(read.times)),
        tuple(map(deadline_form, within(read.deadlines))),
        tuple(map(contact_form, within(read.contacts))),
        tuple(map(reference_form, (r for r in within(read.references) if r.issued or re.search(r"[/〔字]", r.number or "")))),
        tuple(squeeze(u.quote) for u in within(read.unexplained)),
    )


def header(read: Expression) -> Header:
    return Header(read.issuer, read.number, read.other_numbers, str(read.issued) if read.issued else None, read.title, read.lang)


def sentence(tmp_path: Path, text: str) -> Facts:
    path = tmp_path / "circular.txt"
    path.write_text(FRAME + text + END, encoding="utf-8")
    found = read(path)
    start = found.text.index("結算營運部") + len("結算營運部")
    return facts(found, start, found.text.index("本通告的中、英文版本"))


CASES = [
    Case(
        "結算參與者須於2027年3月12日（星期五）下午5時或之前填妥附件一的表格，並電郵至 ccass.ops@hkex.example。",
        Facts(
            dates=("2027-03-12 17:00",),
            times=("17:00",),
            deadlines=("by 2027-03-12 due 2027-03-12 17:00 | 結算參與者 | must | 填妥附件一的表格",),
            contacts=("email ccass.ops@hkex.example",),
        ),
    ),
    Case(
        "所有參與者必須最遲於三月十九日中午十二時把授權書正本送達本公司。",
        Facts(
            dates=("2027-03-19 12:00 inferred",),
            times=("12:00",),
            deadlines=("by 2027-03-19 due 2027-03-19 12:00 | 參與者 | must | 把授權書正本送達本公司",),
        ),
    ),
    Case(
        "香港結算將於2027年3月20日及21日進行系統維護，期間中央結算系統終端機將不能使用。",
        Facts(dates=("2027-03-20", "2027-03-21")),
    ),
    Case("測試環境將由2027年3月8日至19日開放予參與者使用。", Facts(dates=("2027-03-08/2027-03-19",))),
    Case(
        "測試環境將由2027年3月8日上午8時起至2027年3月19日下午6時止開放。",
        Facts(dates=("2027-03-08/2027-03-19 08:00-18:00",), times=("08:00", "18:00")),
    ),
    Case(
        "首次演習定於四月十日（星期六）上午9時30分至下午1時舉行，第二次演習則定於四月十七日（星期六）舉行。",
        Facts(dates=("2027-04-10 09:30-13:00 inferred", "2027-04-17 inferred"), times=("09:30-13:00",)),
    ),
    Case("新收費自2027年5月3日起生效，現行豁免將維持至2027年4月30日。", Facts(dates=("2027-05-03/..", "../2027-04-30"))),
    Case("有關服務將於二零二七年六月三十日午夜終止。", Facts(dates=("2027-06-30 24:00",), times=("24:00",))),
    Case(
        "參與者可於2027年4月30日前透過參與者專頁提出申請。逾期申請恕不受理。",
        Facts(
            dates=("2027-04-30",),
            deadlines=("before 2027-04-30 due 2027-04-29 | 參與者 | may | 透過參與者專頁提出申請 | 逾期申請恕不受理。",),
        ),
    ),
    Case("結算參與者須於收到付款通知後兩小時內補足抵押品。", Facts(deadlines=("within - due - | 結算參與者 | must | 補足抵押品",))),
    Case("參與者須於本通告日期起計14日內更新聯絡人名單。", Facts(deadlines=("within - due 2027-03-15 | 參與者 | must | 更新聯絡人名單",))),
    Case(
        "結算參與者須在2027年3月25日前至少兩個營業日通知香港結算。",
        Facts(dates=("2027-03-25",), deadlines=("at-least-before 2027-03-25 due 2027-03-23 | 結算參與者 | must | 通知香港結算",)),
    ),
    Case(
        "結算參與者應於2027年3月25日（星期四）後三個營業日內核對結餘。",
        Facts(dates=("2027-03-25",), deadlines=("within 2027-03-25 due 2027-04-01 | 結算參與者 | should | 核對結餘",)),
    ),
    Case(
        "參與者請於本月15日或之前交回回條。",
        Facts(dates=("2027-03-15 relative",), deadlines=("by 2027-03-15 due 2027-03-15 | 參與者 | must | 交回回條",)),
    ),
    Case(
        "回條請於3月12日或以前傳真至2979 7000。",
        Facts(
            dates=("2027-03-12 inferred",),
            deadlines=("by 2027-03-12 due 2027-03-12 |  | must | 傳真至29797000",),
            contacts=("fax +85229797000",),
        ),
    ),
    Case("截止申請日期為2027年4月16日。", Facts(dates=("2027-04-16",), deadlines=("on 2027-04-16 due 2027-04-16 |  | must | 申請",))),
    Case(
        "現將交表期限延長至2027年4月23日（星期五）下午5時正。",
        Facts(
            dates=("2027-04-23 17:00",),
            times=("17:00",),
            deadlines=("on 2027-04-23 due 2027-04-23 17:00 |  | must | 交表",),
        ),
    ),
    Case("名單更新的期限將另行公布。", Facts(unexplained=("名單更新的期限將另行公布",))),
    Case(
        "參與者須於每個營業日下午4時前輸入指示，系統於下午4時30分關閉。",
        Facts(times=("16:00", "16:30"), deadlines=("before - due - 16:00 | 參與者 | must | 輸入指示",)),
    ),
    Case("假如八號熱帶氣旋警告信號於中午12時或之前除下，下午市將於除下後兩小時復市。", Facts(times=("12:00",))),
    Case(
        "如有查詢，請致電中央結算系統熱線 2979 7111 或電郵至 ccasshelp@hkex.example 與陳志明先生聯絡。",
        Facts(contacts=("tel +85229797111 中央結算系統熱線", "email ccasshelp@hkex.example", "person 陳志明")),
    ),
    Case(
        "請致電 2211 6945 或 2211 6905 與黃女士或李先生聯絡。",
        Facts(contacts=("tel +85222116945", "tel +85222116905", "person 黃", "person 李")),
    ),
    Case("電話：(852) 2840-3859　傳真：(852) 2868-0001", Facts(contacts=("tel +85228403859 電話", "fax +85228680001 傳真"))),
    Case(
        "請同時參閱香港結算於2027年1月15日發出的通告（編號：CD/OES/CCASS/012/2027）。",
        Facts(dates=("2027-01-15",), references=("cites CD/OES/CCASS/012/2027 2027-01-15",)),
    ),
    Case(
        "本通告取代2026年12月1日發出的通告（參考編號 CD/OES/CCASS/190/2026）。",
        Facts(dates=("2026-12-01",), references=("replaces CD/OES/CCASS/190/2026 2026-12-01",)),
    ),
    Case(
        "本公司現修訂日期為2027年2月22日的第CD/OES/CCASS/080/2027號通告第3段。",
        Facts(dates=("2027-02-22",), references=("amends CD/OES/CCASS/080/2027 2027-02-22",)),
    ),
    Case(
        "謹此提醒參與者留意香港結算2027年2月1日的通告（CD/OES/CCASS/055/2027）。",
        Facts(dates=("2027-02-01",), references=("reminds CD/OES/CCASS/055/2027 2027-02-01",)),
    ),
    Case(
        "參與者須於二零二七年三月廿四日（星期三）或之前遞交報表。",
        Facts(dates=("2027-03-24",), deadlines=("by 2027-03-24 due 2027-03-24 | 參與者 | must | 遞交報表",)),
    ),
    Case(
        "下一次檢討將於2027年6月中旬進行，結果於7月上旬公布。",
        Facts(dates=("2027-06-11/2027-06-20 mid", "2027-07-01/2027-07-10 early inferred")),
    ),
    Case("過渡期由2027年4月1日至6月底。", Facts(dates=("2027-04-01/2027-06-30 late",))),
    Case("有關交易日為2027年3月10、11及12日。", Facts(dates=("2027-03-10", "2027-03-11", "2027-03-12"))),
    Case(
        "合約月份為2026年11月、12月、2027年3月及6月。",
        Facts(
            dates=("2026-11-01/2026-11-30", "2026-12-01/2026-12-31", "2027-03-01/2027-03-31", "2027-06-01/2027-06-30"),
        ),
    ),
    Case("2027年3月3日（星期四）的特別會議取消。", Facts(dates=("2027-03-03 wrong-weekday",))),
    Case("本通告將於202738（星期一）再次發出。", Facts(unexplained=("202738（星期一）",))),
    Case("演習將於2027年2月29日舉行。", Facts(unexplained=("2027年2月29日",))),
    Case("請參閱《運作程序規則》第12.3.27條及附件2027-A（版本3.1.2，代號02318，收費12/04元）。"),
    Case("結算參與者於2027年3月10日未能履行交收責任，因此被處以罰款。", Facts(dates=("2027-03-10",))),
    Case("有關申請不得早於2027年4月1日提交。", Facts(dates=("2027-04-01",))),
    Case(
        "系統將於2027年4月9日（星期五）收市後關閉，並於翌日上午10時重新開放。",
        Facts(dates=("2027-04-09", "2027-04-10 10:00 relative"), times=("10:00",)),
    ),
    Case(
        "結 算 參 與 者 須 於 2027 年 3 月 19 日 或 之 前 交 回 表 格 。",
        Facts(dates=("2027-03-19",), deadlines=("by 2027-03-19 due 2027-03-19 | 結算參與者 | must | 交回表格",)),
    ),
    Case(
        "結算參與者須於2027年3月19日（星\n期五）下\n午5時正或之\n前交回確認\n書，不得延誤。",
        Facts(
            dates=("2027-03-19 17:00",),
            times=("17:00",),
            deadlines=("by 2027-03-19 due 2027-03-19 17:00 | 結算參與者 | must | 交回確認書",),
        ),
    ),
    Case(
        "繳款限期：2027年3月31日（星期三）中午",
        Facts(
            dates=("2027-03-31 12:00",),
            times=("12:00",),
            deadlines=("on 2027-03-31 due 2027-03-31 12:00 |  | must | 繳款",),
        ),
    ),
    Case("獲豁免的參與者毋須於2027年3月31日或之前遞交報表。", Facts(dates=("2027-03-31",))),
    Case(
        "指示必須於2027年4月8日下午3時前由結算參與者輸入系統。",
        Facts(
            dates=("2027-04-08 15:00",),
            times=("15:00",),
            deadlines=("before 2027-04-08 due 2027-04-08 15:00 | 結算參與者 | must | 輸入系統",),
        ),
    ),
    Case(
        "如屬個人戶口，參與者應不遲於2027年4月12日取得客戶同意；如屬公司戶口，則應於2027年4月19日或之前取得。",
        Facts(
            dates=("2027-04-12", "2027-04-19"),
            deadlines=(
                "by 2027-04-12 due 2027-04-12 | 參與者 | should | 取得客戶同意",
                "by 2027-04-19 due 2027-04-19 | 參與者 | should | 取得",
            ),
        ),
    ),
    Case(
        "本公司建議參與者於2027年4月6日之前完成系統更新。",
        Facts(dates=("2027-04-06",), deadlines=("before 2027-04-06 due 2027-04-05 | 參與者 | should | 完成系統更新",)),
    ),
    Case("截至2027年3月31日止季度的結餘證明書將於稍後寄出。", Facts(dates=("2027-03-31",))),
    Case("系統將於2027年12月24日至2028年1月3日停止服務。", Facts(dates=("2027-12-24/2028-01-03",))),
    Case(
        "測試於2027年4月12日至4月16日期間每日上午9時15分至9時30分進行。",
        Facts(dates=("2027-04-12/2027-04-16 09:15-09:30",), times=("09:15-09:30",)),
    ),
    Case("辦公時間：星期一至五上午9時至下午6時，星期六上午9時至中午12時。", Facts(times=("09:00-18:00", "09:00-12:00"))),
    Case("該公司於民國116年4月1日改名。", Facts(dates=("2027-04-01",))),
    Case(
        "參與者最遲須於2028年1月1日前符合新規定。",
        Facts(dates=("2028-01-01",), deadlines=("before 2028-01-01 due 2027-12-31 | 參與者 | must | 符合新規定",)),
    ),
    Case(
        "各結算參與者務請於2027年4月１５日（四）黃昏6時15分前登入系統核實資料。",
        Facts(
            dates=("2027-04-15 18:15",),
            times=("18:15",),
            deadlines=("before 2027-04-15 due 2027-04-15 18:15 | 結算參與者 | must | 登入系統核實資料",),
        ),
    ),
    Case(
        "凡有意參加的結算參與者，可在4月底之前向香港結算登記，名額先到先得。",
        Facts(
            dates=("2027-04-21/2027-04-30 late inferred",),
            deadlines=("before 2027-04-30 due 2027-04-30 | 結算參與者 | may | 向香港結算登記",),
        ),
    ),
    Case(
        "擬參加測試的結算參與者須最遲於2027年3月17日（星期三）營業時間結束前把申請表格交回結算風險管理部。",
        Facts(
            dates=("2027-03-17",),
            deadlines=("before 2027-03-17 due 2027-03-17 | 結算參與者 | must | 把申請表格交回結算風險管理部",),
        ),
    ),
    Case(
        "請各參與者於4月9日（星期五）或以前，以電郵方式把填妥的回條交回。",
        Facts(
            dates=("2027-04-09 inferred",),
            deadlines=("by 2027-04-09 due 2027-04-09 | 參與者 | must | 以電郵方式把填妥的回條交回",),
        ),
    ),
    Case(
        "持牌法團須確保於2027年9月30日或之前全面遵從新規定。",
        Facts(dates=("2027-09-30",), deadlines=("by 2027-09-30 due 2027-09-30 | 持牌法團 | must | 全面遵從新規定",)),
    ),
    Case(
        "現有安排將維持有效，直至另行通知為止。",
        Facts(),
    ),
    Case(
        "有關規定將於2027年7月1日生效，並分兩階段實施：第一階段由2027年7月1日起，第二階段由2028年1月1日起。",
        Facts(dates=("2027-07-01", "2027-07-01/..", "2028-01-01/..")),
    ),
    Case(
        "本會曾於2026年11月30日發表諮詢文件，諮詢期已於2027年1月29日結束。",
        Facts(dates=("2026-11-30", "2027-01-29"), references=("cites - 2026-11-30",)),
    ),
    Case(
        "保險人須在每個財政年度終結後四個月內，向保監局呈交經審計財務報表。",
        Facts(deadlines=("within - due - | 保險人 | must | 向保監局呈交經審計財務報表",)),
    ),
    Case(
        "如欲出席簡介會，請於2027年3月10日中午十二時前透過網上平台登記。",
        Facts(
            dates=("2027-03-10 12:00",),
            times=("12:00",),
            deadlines=("before 2027-03-10 due 2027-03-10 12:00 |  | must | 透過網上平台登記",),
        ),
    ),
    Case(
        "簡介會將於2027年3月18日（星期四）下午3時至4時30分在中環交易廣場一期舉行。",
        Facts(dates=("2027-03-18 15:00-16:30",), times=("15:00-16:30",)),
    ),
    Case(
        "首個交易日為二○二七年五月三日（星期一），最後交易日為同年十二月卅日。",
        Facts(dates=("2027-05-03", "2027-12-30 inferred")),
    ),
    Case("2027年5月份的按金參數將於5月7日收市後公布。", Facts(dates=("2027-05-01/2027-05-31", "2027-05-07 inferred"))),
    Case("農曆新年假期（2月6日至9日）期間系統暫停服務。", Facts(dates=("2027-02-06/2027-02-09 inferred",))),
    Case(
        "參與者可在2027年3月22日上午8時30分至下午5時之間登入測試環境。",
        Facts(dates=("2027-03-22 08:30-17:00",), times=("08:30-17:00",)),
    ),
    Case(
        "結算參與者必須於T+1日上午9時前完成交收，並於交收日後一個營業日內提交報告。",
        Facts(
            times=("09:00",),
            deadlines=(
                "before - due - 09:00 | 結算參與者 | must | 完成交收",
                "within - due - | 結算參與者 | must | 提交報告",
            ),
        ),
    ),
    Case(
        "未能於2027年3月31日或之前交回確認書的參與者，其存取權限將被終止。",
        Facts(dates=("2027-03-31",)),
    ),
    Case(
        "本公司已收到截至2027年2月26日的所有意見。",
        Facts(dates=("2027-02-26",)),
    ),
    Case("系統將於晚上11時45分關閉，並於翌日零時30分重開。", Facts(times=("23:45", "00:30"), unexplained=("翌日",))),
    Case(
        "(聯絡電話：2979-7230；傳真號碼：2579-0106；電郵：Settle.Ops@HKEX.example)",
        Facts(
            contacts=("tel +85229797230 聯絡電話", "fax +85225790106 傳真號碼", "email settle.ops@hkex.example"),
        ),
    ),
    Case(
        "查詢請聯絡高級經理梁永健先生（電話：+852 2836 1234）或陳可欣女士（電話：+852 2836 5678）。",
        Facts(contacts=("person 梁永健 高級經理", "tel +85228361234 電話", "person 陳可欣", "tel +85228365678 電話")),
    ),
    Case(
        "詳情載於證監會網站（www.sfc.example/TC/circulars?no=27EC12），亦可參閱本會2027年1月6日發出的通函27EC2。",
        Facts(
            dates=("2027-01-06",),
            contacts=("url www.sfc.example/TC/circulars?no=27EC12",),
            references=("cites 27EC2 2027-01-06",),
        ),
    ),
    Case("會議改期至2027年3月25日（星期四）上午十時三十分舉行。", Facts(dates=("2027-03-25 10:30",), times=("10:30",))),
    Case("原定於2027年3月13日（星期六）的演習將延至3月20日（星期六）進行。", Facts(dates=("2027-03-13", "2027-03-20 inferred"))),
    Case("按金水平由2027年3月第二個星期起調整，股份代號為388，每手500股，比率為3/12。", Facts(unexplained=("2027年3月第二個星期",))),
    Case("參與者代號B01234、檔案編號1/12/2027及收費表第3.4.2027項不受影響。"),
    Case(
        "結算參與者須保存紀錄不少於七年，並應要求於五個營業日內提供副本。",
        Facts(deadlines=("within - due - | 結算參與者 | must | 提供副本",)),
    ),
    Case(
        "受託人須：\n(a) 於2027年4月30日或之前向積金局提交計劃書；\n(b) 不遲於2027年6月30日完成系統改動；及\n(c) 在有關改動後14天內通知成員。",
        Facts(
            dates=("2027-04-30", "2027-06-30"),
            deadlines=(
                "by 2027-04-30 due 2027-04-30 | 受託人 | must | 向積金局提交計劃書",
                "by 2027-06-30 due 2027-06-30 | 受託人 | must | 完成系統改動",
                "within - due - | 受託人 | must | 通知成員",
            ),
        ),
    ),
    Case(
        "上述截止日期（即2027年4月16日）不會延長。",
        Facts(dates=("2027-04-16",)),
    ),
    Case(
        "通告編號：CD/OES/CCASS/088/2027（2027年2月24日）已作廢。",
        Facts(
            dates=("2027-02-24",),
            references=("replaces CD/OES/CCASS/088/2027 2027-02-24",),
        ),
    ),
    Case("參與者應留意，2027年3月26日、29日及4月5日為公眾假期。", Facts(dates=("2027-03-26", "2027-03-29", "2027-04-05"))),
    Case("該措施適用於2026/27年度及2027年上半年。", Facts(dates=("2027-01-01/2027-06-30",))),
    Case(
        "請於收到本函後儘快，且無論如何不遲於2027年3月15日，以書面回覆。",
        Facts(
            dates=("2027-03-15",),
            deadlines=("by 2027-03-15 due 2027-03-15 |  | must | 以書面回覆",),
        ),
    ),
    Case("中華通參與者在2027年4月12日（周一）之前不應提交新申請。", Facts(dates=("2027-04-12",))),
    Case(
        "各會員單位應於2027年3月31日24時前完成升級。",
        Facts(
            dates=("2027-03-31 24:00",),
            times=("24:00",),
            deadlines=("before 2027-03-31 due 2027-03-31 24:00 | 會員單位 | should | 完成升級",),
        ),
    ),
    Case("香港結算將於2027年第三季末至第四季初公布詳情。", Facts(unexplained=("2027年第三季末至第四季初",))),
    Case(
        "登記截止日期已由2027年3月12日延至2027年3月19日下午5時。",
        Facts(
            dates=("2027-03-12", "2027-03-19 17:00"),
            times=("17:00",),
            deadlines=("on 2027-03-19 due 2027-03-19 17:00 |  | must | 登記",),
        ),
    ),
    Case(
        "聯交所將於2027年4月26日至30日（首尾兩日包括在內）的每個交易日上午9時至9時20分進行測試。",
        Facts(dates=("2027-04-26/2027-04-30 09:00-09:20",), times=("09:00-09:20",)),
    ),
    Case("參與者須於演習日前三個營業日或之前遞交名單。", Facts(deadlines=("at-least-before - due - | 參與者 | must | 遞交名單",))),
    Case(
        "如參與者在2027年3月26日後仍未提交資料，香港結算可徵收每日1,000港元的附加費。",
        Facts(dates=("2027-03-26",)),
    ),
    Case("通告所載的所有時間均為香港時間；截止時間為下午5時30分。", Facts(times=("17:30",))),
    Case(
        "融资融券业务自2027年5月6日起恢复，会员应于5月5日16:00前完成测试。",
        Facts(
            dates=("2027-05-06/..", "2027-05-05 16:00 inferred"),
            times=("16:00",),
            deadlines=("before 2027-05-05 due 2027-05-05 16:00 | 会员 | should | 完成测试",),
        ),
    ),
    Case("本會將於三月底前公布結果，並預計於年中實施。", Facts(dates=("2027-03-21/2027-03-31 late inferred",))),
]

FORM = """編號
Ref. No.:
RMD/SEOCH/131/2027
日期
Date:
08/04/2027

香 港 聯 合 交 易 所 期 權 結 算 所 有 限 公 司
(香港交易及結算所有限公司全資附屬公司)
THE SEHK OPTIONS CLEARING HOUSE LIMITED
(A wholly-owned subsidiary of Hong Kong Exchanges and Clearing Limited)

通告 CIRCULAR

事項 Subject: 新備份中心市場演習

查詢 Enquiry: 參與者服務熱線：2979 7222

期權結算所將於2027年第二季啟用新備份中心。期權結算所參與者（「參與者」）請留意以下安排。

1. 每名參與者須不遲於2027年4月23日（星期五）下午6時交回演習登記表。未有登記的參與者將不獲編配測試帳戶。
2. 參與者應於各演習完結後2個營業日內匯報測試結果。
3. 以下時間表為暫定：

日期	事項
2027年4月23日	• 交回演習登記表的截止日期
2027年5月8日（星期六）上午9時至下午2時	• 第一次市場演習
2027年5月22日（星期六）	• 第二次市場演習 • 發布演習結果
2027年6月上旬	• 公布啟用日期
2027年6月28日起	• 新備份中心投入服務

本通告應與2027年2月3日的通告（編號：RMD/SEOCH/044/2027）一併閱讀。

郭詠詩
結算風險管理部主管
"""

FUSED = """編號 Ref. No.: MKS/FUT/052/27 日期 香港期貨交易所有限公司 Date: 03/05/2027
(香港交易及結算所有限公司全資附屬公司)
HONG KONG FUTURES EXCHANGE LIMITED
通告
事項：佛誕翌日前後夜期時段的交易安
排
查詢：林小姐（電話：2211-6139 電郵：futures.demo@hkfe.example）
謹此通知交易所參與者（「參與者」），2027年5月12日（星期三）收市後交易時段將照常進
行，時間為下午5時15分至翌日上午3時。2027年5月13日（星期四）為公眾假期，全日休市。
參與者如欲更改系統接駁設定，必須最遲於2027年5月7日（星期五）中午12時透過電子服
務平台提交申請。市場將於2027年5月14日上午9時15分恢復正常交易。參與者應在5月
10日或之前把上述安排通知客戶。
交易部副總裁
蘇啟文
謹啟
"""

NOT_DONE = "如認可機構未能在限期前完成評估，應盡早與其負責個案主任聯絡。"

LETTER = """香港金融管理局
本局檔號：B10/33C
　　　　　B1/15C
致：所有認可機構行政總裁
敬啟者：

關於網絡防衛評估的跟進工作

本函旨在通知各認可機構有關評估框架的最新安排。

認可機構必須於二○二七年七月三十日或之前完成自我評估，並於完成後10個營業日內把結果呈交金管局。如認可機構未能在限期前完成評估，應盡早與其負責個案主任聯絡。

本函取代本局於二○二五年五月九日發出的通告（檔號：B10/12C）。

貴機構如對本函有任何疑問，請聯絡區穎珊女士（2878 1601）或電郵至 cyber.demo@hkma.example。

助理總裁（銀行操守）
方啟賢

二○二七年四月十二日
"""

PAGE = """<!DOCTYPE html><html lang="zh-Hant"><head><meta charset="utf-8"><title>通函 | 證監會</title></head><body>
<header><nav><ul><li><a href="/">主頁</a></li><li><a href="/news">新聞稿 2027年6月11日</a></li><li><a href="/c">通函</a></li></ul></nav></header>
<main><h1>致持牌法團的通函 – 有關流動性壓力測試的專題檢視</h1>
<p>2027年6月7日</p>
<p>證券及期貨事務監察委員會（證監會）將於2027年7月至9月期間就資產管理公司的流動性壓力測試進行專題檢視。</p>
<ol><li>獲選的持牌法團須於收到本會的資料要求後15個營業日內提供所需文件。</li>
<li>其他持牌法團可在2027年8月31日下午5時正或之前自願提交問卷。</li></ol>
<p>如對本通函有任何疑問，請致電(852) 2231 1555與何小姐聯絡。</p>
<p>證券及期貨事務監察委員會<br>中介機構部</p>
<p>SFO/IS/019/2027</p></main>
<footer>最後更新日期：2027年6月10日 <a href="/sitemap">網站地圖</a></footer></body></html>
"""

MAINLAND = """深圳证券交易所
关于开展深港通业务全网测试的通知
深证会〔2027〕118号

各会员单位：
为保障深港通交易日历优化顺利上线，本所定于2027年5月15日（周六）组织全网测试。现将有关事项通知如下：
一、测试时间为2027年5月15日9:00至15:00，5月16日（周日）为备份测试日。
二、各会员单位应当于5月10日17:00前通过会员业务专区提交测试报名表。
三、参测单位须于测试结束后2个交易日内反馈测试报告。未按时反馈的，本所将予以通报。
四、本通知自2027年5月1日起施行，《关于港股通测试安排的通知》（深证会〔2025〕66号）同时废止。
联系人：周工
联系电话：0755-88668888
特此通知。
深圳证券交易所
2027年4月26日
"""

TAIWAN = """臺灣證券交易所股份有限公司 函
地址：臺北市信義區信義路五段7號3樓
承辦人：林專員
電話：(02)8101-3101
受文者：各證券商
發文日期：中華民國116年5月3日
發文字號：臺證交字第1160006789號
主 旨：請於116年5月31日前完成資訊安全自評表申報，請查照。
說 明：
一、依據本公司115年11月20日臺證輔字第1150021234號函辦理。
二、證券商應於116年6月15日下午5時前上傳佐證資料。
正本：各證券商
副本：中華民國證券商業同業公會
"""

WHOLES = {
    "a form with labels on lines of their own and a schedule": Whole(
        FORM,
        Header("SEOCH", "RMD/SEOCH/131/2027", (), "2027-04-08", "新備份中心市場演習"),
        Facts(
            dates=(
                "2027-04-08",
                "2027-04-01/2027-06-30",
                "2027-04-23 18:00",
                "2027-04-23",
                "2027-05-08 09:00-14:00",
                "2027-05-22",
                "2027-06-01/2027-06-10 early",
                "2027-06-28/..",
                "2027-02-03",
            ),
            times=("18:00", "09:00-14:00"),
            deadlines=(
                "by 2027-04-23 due 2027-04-23 18:00 | 參與者 | must | 交回演習登記表 | 未有登記的參與者將不獲編配測試帳戶。",
                "within - due - | 參與者 | should | 匯報測試結果",
                "on 2027-04-23 due 2027-04-23 |  | must | 交回演習登記表",
            ),
            contacts=("tel +85229797222 參與者服務熱線", "person 郭詠詩 結算風險管理部主管 signatory"),
            references=("cites RMD/SEOCH/044/2027 2027-02-03",),
        ),
        events=(
            "2027-04-23 交回演習登記表的截止日期",
            "2027-05-08 09:00-14:00 第一次市場演習",
            "2027-05-22 第二次市場演習",
            "2027-05-22 發布演習結果",
            "2027-06-01/2027-06-10 公布啟用日期",
            "2027-06-28/.. 新備份中心投入服務",
        ),
    ),
    "fused labels, hard-wrapped lines, no blank lines": Whole(
        FUSED,
        Header("HKFE", "MKS/FUT/052/27", (), "2027-05-03", "佛誕翌日前後夜期時段的交易安排"),
        Facts(
            dates=(
                "2027-05-03",
                "2027-05-12",
                "2027-05-13 relative",
                "2027-05-13",
                "2027-05-07 12:00",
                "2027-05-14 09:15",
                "2027-05-10 inferred",
            ),
            times=("17:15-03:00", "12:00", "09:15"),
            deadlines=(
                "by 2027-05-07 due 2027-05-07 12:00 | 參與者 | must | 透過電子服務平台提交申請",
                "by 2027-05-10 due 2027-05-10 | 參與者 | should | 把上述安排通知客戶",
            ),
            contacts=(
                "person 林",
                "tel +85222116139 電話",
                "email futures.demo@hkfe.example",
                "person 蘇啟文 交易部副總裁 signatory",
            ),
        ),
    ),
    "a letter with two numbers and its date at the end": Whole(
        LETTER,
        Header("HKMA", "B10/33C", ("B1/15C",), "2027-04-12", "關於網絡防衛評估的跟進工作"),
        Facts(
            dates=("2027-07-30", "2025-05-09", "2027-04-12"),
            deadlines=(
                "by 2027-07-30 due 2027-07-30 | 認可機構 | must | 完成自我評估 | " + NOT_DONE,
                "within - due - | 認可機構 | must | 把結果呈交金管局 | " + NOT_DONE,
            ),
            contacts=(
                "person 區穎珊",
                "tel +85228781601 區穎珊女士",
                "email cyber.demo@hkma.example",
                "person 方啟賢 助理總裁（銀行操守） signatory",
            ),
            references=("replaces B10/12C 2025-05-09",),
        ),
    ),
    "an HTML page with its site around it": Whole(
        PAGE,
        Header("SFC", "SFO/IS/019/2027", (), "2027-06-07", "致持牌法團的通函 – 有關流動性壓力測試的專題檢視"),
        Facts(
            dates=("2027-06-07", "2027-07-01/2027-09-30", "2027-08-31 17:00"),
            times=("17:00",),
            deadlines=(
                "within - due - | 持牌法團 | must | 提供所需文件",
                "by 2027-08-31 due 2027-08-31 17:00 | 持牌法團 | may | 自願提交問卷",
            ),
            contacts=("tel +85222311555", "person 何"),
        ),
        suffix=".html",
    ),
    "a mainland notice": Whole(
        MAINLAND,
        Header("SZSE", "深证会〔2027〕118号", (), "2027-04-26", "关于开展深港通业务全网测试的通知", "zh-Hans"),
        Facts(
            dates=(
                "2027-05-15",
                "2027-05-15 09:00-15:00",
                "2027-05-16 inferred",
                "2027-05-10 17:00 inferred",
                "2027-05-01/..",
                "2027-04-26",
            ),
            times=("09:00-15:00", "17:00"),
            deadlines=(
                "before 2027-05-10 due 2027-05-10 17:00 | 会员单位 | must | 通过会员业务专区提交测试报名表",
                "within - due - | 参测单位 | must | 反馈测试报告 | 未按时反馈的，本所将予以通报。",
            ),
            contacts=("person 周", "tel +8675588668888 联系电话"),
            references=("replaces 深证会〔2025〕66号 -",),
        ),
    ),
    "a letter from Taiwan": Whole(
        TAIWAN,
        Header("TWSE", "臺證交字第1160006789號", (), "2027-05-03", "請於116年5月31日前完成資訊安全自評表申報，請查照。"),
        Facts(
            dates=("2027-05-03", "2027-05-31", "2026-11-20", "2027-06-15 17:00"),
            times=("17:00",),
            deadlines=(
                "before 2027-05-31 due 2027-05-30 |  | must | 完成資訊安全自評表申報",
                "before 2027-06-15 due 2027-06-15 17:00 | 證券商 | should | 上傳佐證資料",
            ),
            contacts=("address 臺北市信義區信義路五段7號3樓", "person 林", "tel +886281013101 電話"),
            references=("cites 臺證輔字第1150021234號 2026-11-20",),
        ),
    ),
}


@pytest.mark.parametrize("case", CASES, ids=[case.text[:24] for case in CASES])
def test_a_sentence_says_what_it_says_and_no_more(tmp_path: Path, case: Case) -> None:
    assert sentence(tmp_path, case.text) == case.facts


@pytest.mark.parametrize("name", WHOLES)
def test_a_circular_is_read_whole(tmp_path: Path, name: str) -> None:
    whole = WHOLES[name]
    path = tmp_path / f"circular{whole.suffix}"
    path.write_text(whole.text, encoding="utf-8")
    found = read(path)
    assert (header(found), facts(found), tuple(map(event_form, found.events))) == (whole.header, whole.facts, whole.events)
