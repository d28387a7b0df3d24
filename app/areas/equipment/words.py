"""Sentences about the register of equipment."""

from __future__ import annotations

WORDS: dict[str, tuple[str, str]] = {
    "refusal.needs_device": (
        "没有写设备名称，没有登记，别的记录不受影响。请写上名称，例如投影仪。",
        "No name was given, so nothing was entered and no record changed. Say what it is, such as a "
        "projector.",
    ),
    "refusal.bad_pieces": (
        "数量没看懂，没有登记，别的记录不受影响。请写 1 到 {most} 的数字。",
        "The number of pieces is not clear, so nothing was entered. Write a number from 1 to {most}.",
    ),
    "refusal.bad_bought": (
        "购买日期没看懂，没有登记，别的记录不受影响。请写成 2021、2021-03 或 2021-03-26。",
        "The day of purchase is not clear, so nothing was entered. Write 2021, 2021-03 or 2021-03-26.",
    ),
    "refusal.no_device": (
        "没有登记过这台设备，记录没有变。请在设备登记里查一下。",
        "There is no such device and nothing was changed. Please look it up in the register.",
    ),
    "refusal.device_out": (
        "这台设备已经不在册，记录没有变，不用再做。",
        "This device is out of the register already; nothing was changed.",
    ),
    "refusal.device_case_open": (
        "这台设备有一件事还没办完，没有再报，记录没有变。请等它办完。",
        "Something about this device is still open, so nothing new was told and nothing was changed. "
        "Please wait until that is settled.",
    ),
    "refusal.device_no_case": (
        "这台设备没有报过故障，记录没有变，不用再做。",
        "No fault of this device was told; nothing was changed.",
    ),
    "equipment.none": ("还没有登记设备。", "No equipment was entered yet."),
    "equipment.out": ("不在册", "taken out"),
    "equipment.line": ("{id}  {name}  × {pieces}  {about}", "{id}  {name}  × {pieces}  {about}"),
    "command.equipment": (
        "设备登记：登记、报故障、修好、注销",
        "the register of equipment: enter, fault, works again, take out",
    ),
    "command.equipment.list": ("列出登记的设备", "list the devices"),
    "command.equipment.enter": (
        "登记一台设备，或用 --device 改正",
        "enter a device, or correct one with --device",
    ),
    "command.equipment.take_out": ("设备不在了，写明原因", "a device is gone, and why"),
    "command.equipment.fault": ("报一台设备的故障", "tell a fault of a device"),
    "command.equipment.works": ("设备修好了", "a device works again"),
    "op.equipment.open": ("登记设备…", "Enter equipment…"),
    "op.equipment.title": ("设备", "Equipment"),
    "op.equipment.new": ("登记一台设备", "Enter a device"),
    "op.equipment.count": ("{count} 件", "{count} pieces"),
    "op.equipment.mended_by": ("谁修好的", "Who mended it"),
    "op.equipment.name": ("名称，如投影仪", "Name, such as projector"),
    "op.equipment.model": ("型号", "Model"),
    "op.equipment.spec": ("规格", "Specification"),
    "op.equipment.pieces": ("数量", "Pieces"),
    "op.equipment.bought": ("购买日期，如 2021-03", "Bought, like 2021-03"),
    "op.equipment.kept_at": ("放在哪里", "Kept at"),
    "op.equipment.by": ("经手人", "Who answers for it"),
    "op.equipment.save": ("保存", "Save"),
    "op.equipment.saved": ("已登记：{name}", "Entered: {name}"),
    "op.equipment.what": ("哪里坏了，或为什么注销", "What is wrong, or why it is taken out"),
    "op.equipment.tell_fault": ("报故障", "Tell a fault"),
    "op.equipment.works": ("修好了", "It works again"),
    "op.equipment.take_out": ("注销", "Take out"),
    "op.equipment.fault_told": (
        "故障已记下，会报给乡镇：{name}",
        "The fault is noted and told to the township: {name}",
    ),
    "op.equipment.repaired": ("已记下修好了：{name}", "Noted that it works: {name}"),
    "op.equipment.taken_out": (
        "已注销：{name}。记录都在。",
        "Taken out: {name}. The record stays.",
    ),
}
