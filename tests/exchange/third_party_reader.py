"""Reads a bundle by the manual's page on its format alone: Python's own library and the tools unzip, age and zstd.

Run as `python -I -S third_party_reader.py FILE KEYFILE FOLDER`, so that no part of the program can be had; it writes the
attachments into the folder and prints the manifest and the records as JSON.
"""

import hashlib
import json
import subprocess
import sys
from pathlib import Path

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)


def canonical(value):
    """The page's one spelling."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def point_of(data):
    """A point of the curve from its 32 bytes (RFC 8032)."""
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * ROOT % P
    assert (x * x - square) % P == 0, "no point of the curve"
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def plus(one, other):
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c, d = 2 * one[3] * other[3] * D % P, 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number, point):
    found = (0, 1, 1, 0)
    while number:
        if number & 1:
            found = plus(found, point)
        point, number = plus(point, point), number >> 1
    return found


def is_signed(key, purpose, content, signature):
    """Ed25519 over the purpose, a zero byte and the canonical bytes."""
    raw, public = bytes.fromhex(signature), bytes.fromhex(key)
    message = purpose.encode() + b"\0" + canonical(content)
    scalar = int.from_bytes(raw[32:], "little")
    digest = hashlib.sha512(raw[:32] + public + message).digest()
    base_y = 4 * pow(5, P - 2, P) % P
    base = point_of(base_y.to_bytes(32, "little"))
    left = times(scalar, base)
    right = plus(point_of(raw[:32]), times(int.from_bytes(digest, "little") % ORDER, point_of(public)))
    crossed = (left[0] * right[2] - right[0] * left[2]) % P, (left[1] * right[2] - right[1] * left[2]) % P
    return scalar < ORDER and crossed == (0, 0)


def tool(*command, data=b""):
    """What a tool of the system gives back."""
    return subprocess.run(command, input=data, check=True, capture_output=True).stdout


def member(file, name, key):
    """A member's sealed and plain bytes."""
    sealed = tool("unzip", "-p", file, name)
    return sealed, tool("age", "-d", "-i", key, data=sealed)


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def read_manifest(file, key):
    """The directory, its spelling and its signatures checked."""
    plain = member(file, "manifest.age", key)[1]
    manifest = json.loads(plain)
    assert canonical(manifest) == plain, "not canonical"
    assert (manifest["format"], manifest["suite"]) == (1, 1)
    signed = {name: value for name, value in manifest.items() if name != "signature"}
    assert is_signed(manifest["sender_key"], "huimin.manifest.v1", signed, manifest["signature"])
    for name, purpose, mark in (
        ("checkpoints", "huimin.checkpoint.v1", "signature"),
        ("receipts", "huimin.countersignature.v1", "countersignature"),
    ):
        for note in manifest[name]:
            place = {part: note[part] for part in ("head", "seq", "stream")}
            assert is_signed(manifest["sender_key"], purpose, place, note[mark])
    names = [f"{one['n']:04d}.age" for one in manifest["segments"]]
    assert tool("unzip", "-Z1", file).decode().split() == [*names, "manifest.age"]
    return manifest


def read_segments(manifest, file, key, folder):
    """The lines of all segments of changes; the attachments' pieces go to the folder."""
    lines = []
    for segment in manifest["segments"]:
        sealed, plain = member(file, f"{segment['n']:04d}.age", key)
        assert (len(sealed), sha256(sealed)) == (segment["length"], segment["sha256"])
        if segment["kind"] == "changes":
            plain = tool("zstd", "-d", "-c", data=plain)
            lines += plain.split(b"\n")[:-1]
        else:
            path = folder / segment["attachment"]
            with path.open("r+b" if path.exists() else "wb") as out:
                out.seek(segment["at"])
                out.write(plain)
        assert (len(plain), sha256(plain)) == (segment["plain_length"], segment["plain_sha256"])
    for path in folder.iterdir():
        assert sha256(path.read_bytes()) == path.name
    return lines


def read_records(manifest, lines):
    """Every record, its place, chain and side row checked."""
    coming, records = iter(lines), []
    for part in manifest["slices"]:
        before, counts = bytes.fromhex(part["prev"]), {}
        for seq in range(part["from"], part["to"] + 1):
            line = next(coming)
            record = json.loads(line)
            body, side = record["body"], record["personal"]
            assert canonical(record) == line and sorted(record) == ["body", "hash", "personal"]
            assert (body["stream"], body["seq"]) == (part["stream"], seq)
            before = hashlib.sha256(b"huimin.change.v1\0" + before + canonical(body)).digest()
            assert before.hex() == record["hash"]
            if side is not None:
                assert sha256(bytes.fromhex(side["salt"]) + canonical(side["values"])) == body["personal"]
            counts[body["table"]] = counts.get(body["table"], 0) + 1
            records.append({**record["body"], "values": side["values"] if side else {}})
        assert (before.hex(), counts) == (part["head"], part["counts"])
    assert next(coming, None) is None
    return records


def check_code(manifest):
    """Eight digits for the telephone."""
    totals = canonical([part["totals"] for part in manifest["slices"]])
    return f"{int.from_bytes(hashlib.sha256(totals).digest(), 'big') % 10**8:08d}"


def main(file, key, folder):
    manifest = read_manifest(file, key)
    records = read_records(manifest, read_segments(manifest, file, key, Path(folder)))
    found = {"manifest": manifest, "records": records, "check_code": check_code(manifest)}
    sys.stdout.write(json.dumps(found))


if __name__ == "__main__":
    main(*sys.argv[1:])
