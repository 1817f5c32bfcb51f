"""Why a bundle was refused: one typed refusal a reason, each with its code, sentence and next step."""

from __future__ import annotations

from app.errors import Refused


class BundleFault(Refused):
    """A bundle, key file or enrolment file that cannot be used; nothing of it was applied."""


class NotABundle(BundleFault):
    """E701: the file is something else."""

    def __init__(self) -> None:
        super().__init__("E701", "这不是上报包，或文件开头已被改动，请选择对方导出的 .hmb 原文件")


class Incomplete(BundleFault):
    """E728: the copy ends too early."""

    def __init__(self) -> None:
        super().__init__("E728", "上报包不完整，可能没有复制完就拔了盘，请从原处重新复制一次")


class Altered(BundleFault):
    """E703: bytes differ from what was written."""

    def __init__(self, where: str = "文件结构"):
        super().__init__("E703", f"上报包已被改动或损坏（{where}），没有采用，请让对方重新导出")


class NotForUs(BundleFault):
    """E704: encrypted to, or signed for, somebody else."""

    def __init__(self) -> None:
        super().__init__("E704", "这个上报包不是发给本单位的，打不开，请核对接收单位后让对方重新导出")


class UnknownFormat(BundleFault):
    """E705: another format or cryptographic suite than the one agreed at enrolment."""

    def __init__(self, what: str):
        super().__init__("E705", f"上报包的{what}与登记时约定的不同，没有采用，请联系上级核实或更新程序")


class TooBig(BundleFault):
    """E706: beyond a ceiling of the format; refused before it is read."""

    def __init__(self, what: str):
        super().__init__("E706", f"上报包的{what}超过上限，没有采用，请让对方分成几个文件重新导出")


class NewerReader(BundleFault):
    """E707: readable from a later version on only; to be parked, not thrown away.

    least_reader: the contract version that this program must reach. sender, sender_key: whose signature was found good.
    """

    def __init__(self, least_reader: int, sender: str = "", sender_key: str = ""):
        self.least_reader = least_reader
        self.sender, self.sender_key = sender, sender_key
        super().__init__(
            "E707", f"上报包由较新的版本导出，需要数据约定 {least_reader} 以上，请更新程序，更新后再导入"
        )


class BadContent(BundleFault):
    """E708: signed and unaltered, but its content contradicts itself or the format."""

    def __init__(self, what: str):
        super().__init__("E708", f"上报包内容有误（{what}），没有采用，请让对方更新程序后重新导出")


class BadSignature(BundleFault):
    """E710: a signature that does not fit the content, the key or the purpose."""

    def __init__(self, what: str):
        super().__init__("E710", f"上报包的{what}签名不符，没有采用，请打电话向发送单位核实")


class NoRoom(BundleFault):
    """E711: the disk cannot take what the bundle holds.

    needed, free: bytes.
    """

    def __init__(self, needed: int, free: int):
        self.needed, self.free = needed, free
        super().__init__(
            "E711", f"磁盘空间不够：需要 {_megabytes(needed)} MB，只剩 {_megabytes(free)} MB，请清理后再导入"
        )


class WrongOfficeKey(BundleFault):
    """E729: the side file with the site's keys does not open."""

    def __init__(self) -> None:
        super().__init__("E729", "本单位的上报密钥打不开（口令不对或密钥文件损坏），请用备份恢复或重新登记")


class BadEnrolment(BundleFault):
    """E713: an invitation or answer that cannot be used."""

    def __init__(self, what: str):
        super().__init__("E713", f"登记文件不能用（{what}），请向上级重新索取登记文件")


class ReadBackFailed(BundleFault):
    """E714: what the medium gives back is not what was written.

    cause: code of the fault found.
    """

    def __init__(self, cause: str):
        self.cause = cause
        super().__init__("E714", f"写好的文件读回核对不符（{cause}），这个盘可能已坏，请换一个盘重新导出")


class BadAttachment(BundleFault):
    """E716: an attachment's bytes do not have the hash that names it."""

    def __init__(self, sha256: str):
        self.sha256 = sha256
        super().__init__("E716", f"附件（校验值 {sha256[:8]}…）内容与校验值不符，没有采用，请让对方重新导出")


class EntryTooBig(BundleFault):
    """E717: one record is larger than a whole segment."""

    def __init__(self, seq: int):
        self.seq = seq
        super().__init__("E717", f"变更日志第 {seq} 条过大，无法导出，请删减该记录的文字后重试")


class WrongEscrowKey(BundleFault):
    """E718: the typed escrow key is no key."""

    def __init__(self) -> None:
        super().__init__("E718", "托管密钥抄写有误，请对照封存的打印件逐字重新输入")


def _megabytes(size: int) -> str:
    return f"{-(-size // (1024 * 1024)):,}"
