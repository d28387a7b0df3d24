"""What is said about the connection to the centre: calm, and always where the record is."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "sync.not_enrolled": ("本站还没登记", "Not enrolled"),
    "sync.nothing": ("没有要上报的", "Nothing to send"),
    "sync.all_sent": ("已全部上报", "All sent"),
    "sync.sending": ("正在上报", "Sending"),
    "sync.waiting": ("有 {count} 场待上报", "To be sent: {count}"),
    "sync.needs_care": ("需要处理", "Needs attention"),
    "sync.no_space": ("空间不足", "Not enough space"),
    "sync.last_success": ("最近一次上报：{when}", "Last sent: {when}"),
    "sync.never": ("还没有上报过", "Nothing has been sent yet"),
    "sync.agreed": (
        "本站 {facts} 条 · 中心已确认 {confirmed} 条",
        "{facts} here · {confirmed} confirmed by the centre",
    ),
    "link.offline": (
        "现在没有连网，不影响签到和播放，记录都存在本机。",
        "There is no connection now. Sign-in and playing are not affected; all is kept here.",
    ),
    "link.silent": (
        "刚才没报上去（中心没有回应，K-502）。记录在本机，过一会儿自动再试。",
        (
            "Sending did not succeed just now (no answer from the centre, K-502). "
            "The record is here; it will be tried again automatically."
        ),
    ),
    "link.later": (
        "中心正忙，过一会儿自动再报（K-503）。记录在本机。",
        "The centre is busy; it will be tried again automatically (K-503). The record is here.",
    ),
    "link.data": (
        "中心看不懂这次上报（K-504）。记录在本机没有丢，请联系中心。",
        "The centre can't read what was sent (K-504). Nothing is lost here; contact the centre.",
    ),
    "link.update": (
        "中心说本站程序太旧或太新（K-505）。记录在本机，请安装合适的版本。",
        (
            "The centre says this program's version does not fit (K-505). The record is here; "
            "install the fitting version."
        ),
    ),
    "link.not_allowed": (
        "中心不认得本站（K-506）。记录在本机没有丢，请向中心要新的登记码。",
        "The centre does not know this station (K-506). Nothing is lost here; ask for a new code.",
    ),
    "link.nonsense": (
        "连到的不是中心（K-507），可能要先登录这里的网络。记录在本机，过一会儿自动再试。",
        (
            "What answered is not the centre (K-507); this network may ask you to log in first. "
            "The record is here; it will be tried again automatically."
        ),
    ),
    "link.bad_address": (
        "这个中心地址不对（K-508）。记录在本机。请照中心给的地址再填一次。",
        (
            "This is not an address of a centre (K-508). The record is here. "
            "Enter the address exactly as the centre gave it."
        ),
    ),
    "link.insecure": (
        "这个中心地址没有加密，不能用（K-509）。记录在本机。请向中心要 https 开头的地址。",
        (
            "This address of a centre is not encrypted and is not used (K-509). The record is "
            "here. Ask the centre for the one that begins with https."
        ),
    ),
    "link.not_that_centre": (
        "这个地址上的不是发登记码的中心（K-510），没有登记，记录没有动。请核对地址和登记码的后 12 位。",
        (
            "What answers there is not the centre that made the code (K-510). Nothing was enrolled "
            "or changed. Compare the address and the last 12 letters of the code."
        ),
    ),
    "link.not_for_us": (
        "这个文件不是给本站最近一次申请的答复（K-511），没有登记，记录没有动。请用最新的申请文件再换一次。",
        (
            "This file does not answer this station's newest request (K-511). Nothing was enrolled "
            "or changed. Have the newest request answered."
        ),
    ),
    "wire.too_large": (
        "收到的内容太大，没有使用，记录没有动。请告诉中心。",
        "What arrived is too large and was not used. Nothing was touched. Tell the centre.",
    ),
    "wire.unreadable": (
        "收到的内容看不懂，没有使用，记录没有动。请告诉中心。",
        "What arrived can't be read and was not used. Nothing was touched. Tell the centre.",
    ),
    "wire.row_unreadable": (
        "收到的一行资料看不懂，先放一边，别的照常。请告诉中心。",
        "One row that arrived can't be read; it is put aside, all else goes on. Tell the centre.",
    ),
    "wire.fact_unreadable": (
        "这条记录看不懂，原样留着，没有丢。请告诉中心。",
        "This fact can't be read; it is kept as it is, nothing is lost. Tell the centre.",
    ),
    "wire.fact_too_large": (
        "这条记录太大，没有存上；别的记录都在。请写短一些再试。",
        "This fact is too large and was not stored; all others are here. Write less and try again.",
    ),
    "wire.personal_unreadable": (
        "这条附注看不懂，原样留着，没有丢。请告诉中心。",
        "This note can't be read; it is kept as it is, nothing is lost. Tell the centre.",
    ),
}
