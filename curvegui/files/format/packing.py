"""Bytes made small and given a check, for what travels inside of pictures and texts."""

import struct
import zlib

CHECK = struct.Struct(">I")  # CRC-32 of what follows
RAW_DEFLATE = -15  # zlib's own header and check would cost six bytes more than ours


def pack(data: bytes) -> bytes:
    """Compress bytes, and put a check before them."""
    compressor = zlib.compressobj(9, wbits=RAW_DEFLATE)
    body = compressor.compress(data) + compressor.flush()
    return CHECK.pack(zlib.crc32(body)) + body


def unpack(packed: bytes, most_bytes: int) -> bytes | None:
    """What was packed, or None where it is damaged, or more than ``most_bytes``."""
    if len(packed) <= CHECK.size or CHECK.unpack_from(packed)[0] != zlib.crc32(packed[CHECK.size :]):
        return None
    decompressor = zlib.decompressobj(wbits=RAW_DEFLATE)
    try:
        data = decompressor.decompress(packed[CHECK.size :], most_bytes)  # a bomb is not let off
    except zlib.error:
        return None
    return data if decompressor.eof and not decompressor.unused_data else None
