"""Opens a bundle with the escrow key when the keys of its recipient are lost, and lays its contents out as plain files (case 68)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from app import canonical
from app.bundle.entries import LogEntry
from app.bundle.keys import EscrowKey
from app.bundle.manifest import ESCROW as AS_ESCROW
from app.bundle.reading import BundleReader, open_bundle, whole_attachments
from app.errors import Problem, Refused
from app.kernel import slots as key_slots
from app.kernel.dispatcher import Task
from app.kernel.handlers import handles, performs
from app.kernel.permissions import Permission
from app.kernel.slots import KeySlots
from app.kernel.work import Work
from app.models.records import SecurityEvent
from app.models.schema import CONTRACT
from app.private_files import make_private_folder
from app.safe_write import check_room, open_safely
from app.services.exchange.enrol import read_file
from app.services.exchange.quarantine import unreadable
from app.text import clean, told_name

DIRECTORY, RECORDS = "manifest.json", "records.ndjson"


@dataclass(frozen=True, repr=False)
class OpenEscrowed:
    """Lay the bundle's contents out in a new folder below `out`, for a reason that stays on record."""

    file: Path
    key: EscrowKey
    out: Path
    reason: str

    def problems(self) -> Iterable[Problem]:
        """Why records of people are laid open."""
        if not clean(self.reason):
            yield Problem("reason", "请写明为什么要用托管密钥打开（如县局密钥丢失）。", "E770")


@dataclass(frozen=True)
class NoteEscrowUse:
    """The escrow key opened this bundle."""

    bundle: str
    reason: str


@dataclass(frozen=True)
class Escrowed:
    """What was laid out. sender_key: who signed; whether it may speak for the sender, nobody could ask here."""

    folder: str
    bundle: str
    sender: str
    sender_key: str
    made_at: str
    entries: int
    attachments: int


@performs(OpenEscrowed, title="用托管密钥打开上报包", permission=Permission.ENROL)
def open_with_office(task: Task, request: OpenEscrowed) -> Escrowed:
    """In an office that stands, on record before anything is written. Raises what lay_out raises."""
    with _opened(request.file, request.key) as reader:
        task.do(NoteEscrowUse(reader.manifest.id, clean(request.reason)))
    return lay_out(request.file, request.key, request.out)


@handles(NoteEscrowUse, title="登记托管密钥的使用", permission=Permission.ENROL)
def note_escrow_use(work: Work, command: NoteEscrowUse) -> None:
    """In the journal, and as a security event that everybody who looks after the office sees."""
    work.subjects.append(command.bundle)
    work.why = command.reason
    work.session.add(
        SecurityEvent(
            at=work.now.at, kind="escrow", actor=work.actor.name, detail="用托管密钥打开了一个上报包"
        )
    )


def lay_out(path: Path, key: EscrowKey, out: Path) -> Escrowed:
    """All of a bundle, verified whole before the first file is written; readable by their owner only.

    Raises the file's faults (E704 for a bundle that another bureau's escrow key opens), E734, E771 where it was laid
    out there already, E501 … E504.
    """
    with _opened(path, key) as reader:
        reader.verify()
        folder = out / path.stem
        if folder.exists():
            raise Refused("E771", f"“{told_name(folder)}”里已有内容，没有写。请换一个文件夹。", field="out")
        check_room(out, reader.manifest.bytes_needed)
        make_private_folder(folder)
        return _write(reader, folder)


def escrow_key_in(path: Path, code: str = "") -> EscrowKey:
    """The escrow key of a file: as it was printed, or a key file of an office (keys.json), by its recovery code.

    Raises WrongEscrowKey E718, Refused E734, E772 where the code does not open the key file.
    """
    content = read_file(path)
    if not content.lstrip().startswith(b"{"):
        return EscrowKey.from_text(content.decode("ascii", "replace"))
    found = KeySlots(path).open(key_slots.ESCROW, "", key_slots.normal_recovery_code(code))
    if found is None:
        raise Refused(
            "E772",
            f"这个恢复码打不开“{told_name(path)}”里的托管密钥，请对照打印件逐组核对；只有司法局的密钥文件里有它。",
        )
    return EscrowKey.from_text(found.decode("ascii", "replace"))


def _write(reader: BundleReader, folder: Path) -> Escrowed:
    manifest = reader.manifest
    with open_safely(folder / RECORDS, is_private=True) as records:
        for entry in reader.read_again():
            records.write(_line(entry))
    attachments = sorted(whole_attachments(manifest))
    for name in attachments:
        with open_safely(folder / name, is_private=True) as target:
            for piece in reader.read_attachment(name):
                target.write(piece)
    with open_safely(folder / DIRECTORY, is_private=True) as directory:
        directory.write(canonical.encode(manifest.fields()))
    return Escrowed(
        folder=str(folder),
        bundle=manifest.id,
        sender=manifest.sender,
        sender_key=manifest.sender_key,
        made_at=manifest.made_at,
        entries=manifest.entry_count,
        attachments=len(attachments),
    )


def _line(entry: LogEntry) -> bytes:
    """One record: the entry as it was signed, and beside it the personal values where they were not erased."""
    personal = entry.personal.decoded() if entry.personal else None
    return canonical.encode({"entry": dict(entry.fields), "personal": personal}) + b"\n"


@contextmanager
def _opened(path: Path, key: EscrowKey) -> Iterator[BundleReader]:
    try:
        file = path.open("rb") if path.is_file() else None
    except OSError as error:
        raise unreadable(path) from error
    if file is None:
        raise unreadable(path)
    with file:
        yield open_bundle(file, key, contract=CONTRACT, role=AS_ESCROW)
