"""Sample bundles for the format's tests, and the tools to take one apart and forge it."""

import hashlib
import io
from datetime import UTC, datetime

from app import canonical
from app.bundle.drafts import ChangeSet, ManifestDraft, Piece, Recipients
from app.bundle.entries import LogEntry, Personal
from app.bundle.keys import EscrowKey, SiteKeys
from app.bundle.reading import open_bundle
from app.bundle.sealing import seal, unseal
from app.bundle.signing import SigningContext, sign
from app.bundle.skeleton import MANIFEST_NAME, SkeletonWriter, read_member, read_skeleton, segment_name
from app.bundle.writing import write_bundle
from app.chain import GENESIS, entry_hash, personal_digest

STATION, COUNTY, OTHER = SiteKeys.generate(), SiteKeys.generate(), SiteKeys.generate()
ESCROW = EscrowKey.generate()
STREAM = "140821101/0/up"
MADE_AT = datetime(2025, 3, 31, 9, 30, tzinfo=UTC)
RECIPIENTS = Recipients({"140821": COUNTY.recipient}, ESCROW.recipient)


def entries(count, first=1, previous=GENESIS, stream=STREAM, extra=None):
    """A run of chained entries; every second one has a personal side row."""
    made = []
    for seq in range(first, first + count):
        side = None
        if seq % 2:
            values = canonical.encode({"name": "王小明", "phone": f"1390000{seq:04d}"})
            side = Personal(hashlib.sha256(b"%d" % seq).digest()[:16], values)
        digest = personal_digest(side.salt, side.values) if side else None
        body = canonical.encode({**body_fields(seq, stream, digest), **(extra or {})})
        previous = entry_hash(previous, body)
        made.append(LogEntry(body, previous, side))
    return made


def body_fields(seq, stream=STREAM, digest=None):
    row = {"id": f"row-{seq}", "site": "140821101", "on": "2025-03-03", "topic": "婚姻家庭", "minutes": 25}
    return {
        "v": 1,
        "stream": stream,
        "seq": seq,
        "table": "consultation" if seq % 3 else "duty",
        "id": f"row-{seq}",
        "version": 1,
        "base": 0,
        "op": "put",
        "row": row,
        "personal": digest,
        "by": "account-1",
        "command": "RecordConsultation",
        "at": "2025-03-03T01:00:00.000000Z",
        "mono": 1000 + seq,
        "boot": "boot-1",
        "contract": 1,
    }


def change_set(made, first=1, previous=GENESIS, stream=STREAM, totals=None):
    return ChangeSet(stream, 0, first, previous, iter(made), totals or {"duty_seconds": 14400, "fen": 30000})


def piece(data=b"%PDF-1.7 sample" * 50):
    return Piece(hashlib.sha256(data).hexdigest(), 0, len(data), data)


def draft(**changed):
    fields = {"sender": "140821101", "direction": "up", "contract": 1, "least_reader": 1, "made_at": MADE_AT}
    return ManifestDraft(**{**fields, **changed})


def written(contents, keys=STATION, recipients=RECIPIENTS, limit=2**30, **changed):
    """(bytes, what the writer says) of a bundle."""
    out = io.BytesIO()
    result = write_bundle(out, draft(**changed), contents, keys, recipients, limit)
    return out.getvalue(), result


def sample(count=40, with_piece=True):
    """Bytes of an ordinary bundle."""
    contents = [change_set(entries(count))] + ([piece()] if with_piece else [])
    return written(contents)[0]


def opened(data, keys=COUNTY, **options):
    return open_bundle(io.BytesIO(data), keys, **{"contract": 1, **options})


def read_whole(data, keys=COUNTY, **options):
    """Open and verify everything, as an import does; the manifest."""
    reader = opened(data, keys, **options)
    reader.verify()
    return reader.manifest


def sealed_members(data):
    """The encrypted members of a bundle, the manifest last."""
    file = io.BytesIO(data)
    return [read_member(file, member) for member in read_skeleton(file)]


def manifest_fields(data, keys=COUNTY):
    """The decrypted manifest as a dictionary."""
    return canonical.decode(unseal(sealed_members(data)[-1], keys.identities, ""))


def zipped(members):
    """A flawless skeleton around encrypted members, the manifest last."""
    out = io.BytesIO()
    writer = SkeletonWriter(out)
    for n, member in enumerate(members[:-1], 1):
        writer.add(segment_name(n), member)
    writer.add(MANIFEST_NAME, members[-1])
    writer.close()
    return out.getvalue()


def signed_manifest(fields, keys=STATION, context=SigningContext.manifest):
    """Canonical bytes of a manifest with a fresh signature."""
    content = {name: value for name, value in fields.items() if name != "signature"}
    return canonical.encode({**content, "signature": sign(keys.signing, context, content)})


def all_keys(recipients=RECIPIENTS, keys=STATION):
    return [*recipients.to.values(), recipients.escrow, keys.recipient]


def forged(data, change, keys=STATION, context=SigningContext.manifest):
    """The bundle with its manifest changed by `change(fields)` and signed anew by its rightful sender."""
    fields = manifest_fields(data)
    change(fields)
    manifest = seal(signed_manifest(fields, keys, context), all_keys())
    return zipped([*sealed_members(data)[:-1], manifest])


def with_segment(data, plain, packed, n=1):
    """The bundle with segment `n` replaced: `packed` travels, lengths and hashes are signed as they should be."""
    sealed = seal(packed, all_keys())
    fields = manifest_fields(data)
    fields["segments"][n - 1].update(
        length=len(sealed), sha256=_digest(sealed), plain_length=len(plain), plain_sha256=_digest(plain)
    )
    members = sealed_members(data)
    members[n - 1], members[-1] = sealed, seal(signed_manifest(fields), all_keys())
    return zipped(members)


def _digest(data):
    return hashlib.sha256(data).hexdigest()
