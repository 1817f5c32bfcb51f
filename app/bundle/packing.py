"""Compression of a segment of changes, and its undoing with every trap of declared sizes closed."""

from __future__ import annotations

import zstandard

from app.bundle.faults import BadContent, TooBig
from app.bundle.limits import SEGMENT_BYTES


def packed(plain: bytes) -> bytes:
    """One zstd frame with its content size declared."""
    return zstandard.ZstdCompressor(level=3, write_content_size=True).compress(plain)


def unpacked(data: bytes, plain_length: int) -> bytes:
    """The plain bytes of the single frame that declares exactly `plain_length` (signed, at most a segment).

    The frame's header is checked before anything is allocated, the window is capped, and the output buffer
    is exactly as large as declared: a frame that yields more, or has anything after it, is refused.
    Raises `TooBig` or `BadContent`.
    """
    _check_header(data, plain_length)
    unpacker = zstandard.ZstdDecompressor(max_window_size=SEGMENT_BYTES)
    try:
        plain = unpacker.decompress(data, allow_extra_data=False)
    except zstandard.ZstdError as fault:
        raise BadContent("压缩数据损坏") from fault
    if len(plain) != plain_length:
        raise BadContent("压缩数据长度")
    return plain


def _check_header(data: bytes, plain_length: int) -> None:
    try:
        header = zstandard.get_frame_parameters(data)
    except zstandard.ZstdError as fault:
        raise BadContent("压缩数据损坏") from fault
    if header.content_size > SEGMENT_BYTES or header.window_size > SEGMENT_BYTES:
        raise TooBig("分段展开后大小")
    if header.content_size != plain_length or header.dict_id:
        raise BadContent("压缩数据长度")
