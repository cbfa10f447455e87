"""Fixed bytes by which a format is known: where they stand, what they are, what they mean.

A format that needs more than a comparison has a function in ``shapes.py``.
"""

from __future__ import annotations

AT: tuple[tuple[int, bytes, str], ...] = (
    # archives and packed streams
    (0, b"PK\x03\x04", "zip"),
    (0, b"\x1f\x8b", "gzip"),
    (0, b"\xfd7zXZ\x00", "xz"),
    (0, b"\x28\xb5\x2f\xfd", "zstd"),
    (0, b"\x04\x22\x4d\x18", "lz4"),
    (0, b"\x02\x21\x4c\x18", "lz4-legacy"),
    (0, b"7z\xbc\xaf\x27\x1c", "7z"),
    (0, b"Rar!\x1a\x07", "rar"),
    (0, b"LZIP\x01", "lzip"),
    (0, b"\x89LZO\x00\r\n\x1a\n", "lzop"),
    (0, b"\x1f\x9d", "compress"),
    (0, b"MSCF\x00\x00\x00\x00", "cab"),
    (0, b"!<arch>\n", "ar"),
    (0, b"070701", "cpio"),
    (0, b"070707", "cpio"),
    (0, b"xar!\x00", "xar"),
    (0, b"\xed\xab\xee\xdb", "rpm"),
    (0, b"MSWIM\x00\x00\x00", "wim"),
    (0, b"hsqs", "squashfs"),
    (0, b"QFI\xfb", "qcow"),
    (0, b"conectix", "vhd"),
    (0, b"ITSF\x03\x00\x00\x00", "chm"),
    (257, b"ustar", "tar"),
    (2, b"-lh5-", "lzh"),
    (7, b"**ACE**", "ace"),
    # models
    (0, b"GGUF", "gguf"),
    (0, b"\x93NUMPY", "npy"),
    (4, b"TFL3", "tflite"),
    (64, b"\xef\xbe\xad\xde", "coreml-weights"),
    (0, b"CBM1", "catboost"),
    (0, b"MATLAB 5.0 MAT-file", "matlab"),
    (0, b"\xba\x16\x4f\x2f", "fasttext"),
    (0, b"binf", "xgboost-binary"),
    (4, b"ORTM", "onnx-runtime"),
    (0, b"lmgg", "ggml"),
    (0, b"fmgg", "ggml"),
    (0, b"tjgg", "ggml"),
    (0, b"algg", "ggml"),
    (0, b"\x12\x01\x00\x00\x00\x00\x00\x00", "mxnet"),
    # programs
    (0, b"\x7fELF", "elf"),
    (0, b"\xfe\xed\xfa\xce", "macho"),
    (0, b"\xfe\xed\xfa\xcf", "macho"),
    (0, b"\xce\xfa\xed\xfe", "macho"),
    (0, b"\xcf\xfa\xed\xfe", "macho"),
    (0, b"\x00asm\x01\x00\x00\x00", "wasm"),
    (0, b"dex\n0", "dex"),
    (0, b"BC\xc0\xde", "llvm-bitcode"),
    (0, b"\x1bLua", "lua-bytecode"),
    (0, b"\x1bLJ", "lua-bytecode"),
    (0, b"FWS", "flash"),
    (0, b"CWS", "flash"),
    (0, b"ZWS", "flash"),
    (0, b"L\x00\x00\x00\x01\x14\x02\x00", "windows-shortcut"),
    # objects
    (0, b"\xac\xed\x00\x05", "java-serialized"),
    (0, b"\x00\x01\x00\x00\x00\xff\xff\xff\xff", "net-serialized"),
    (0, b"X\n\x00\x00\x00", "rds"),
    (0, b"B\n\x02\x00\x00\x00", "rds"),
    (0, b"B\n\x03\x00\x00\x00", "rds"),
    (0, b"RDX2\n", "rdata"),
    (0, b"RDX3\n", "rdata"),
    (0, b"RDA2\n", "rdata"),
    (0, b"RDA3\n", "rdata"),
    # documents
    (0, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"),
    (0, b"{\\rtf", "rtf"),
    (0, b"%!PS", "postscript"),
    # tables
    (0, b"PAR1", "parquet"),
    (0, b"PARE", "parquet-encrypted"),
    (0, b"ARROW1\x00\x00", "arrow"),
    (0, b"FEA1", "feather-1"),
    (0, b"SQLite format 3\x00", "sqlite"),
    (0, b"Obj\x01", "avro"),
    (0, b"ORC", "orc"),
    (0, b"CDF\x01", "netcdf"),
    (0, b"CDF\x02", "netcdf"),
    (0, b"CDF\x05", "netcdf"),
    (0, b"SIMPLE  =", "fits"),
    (128, b"DICM", "dicom"),
    # pictures
    (0, b"\x89PNG\r\n\x1a\n", "png"),
    (0, b"\xff\xd8\xff", "jpeg"),
    (0, b"GIF87a", "gif"),
    (0, b"GIF89a", "gif"),
    (0, b"II*\x00", "tiff"),
    (0, b"MM\x00*", "tiff"),
    (0, b"II+\x00", "big-tiff"),
    (0, b"MM\x00+", "big-tiff"),
    (0, b"8BPS\x00", "psd"),
    (0, b"\x76\x2f\x31\x01", "openexr"),
    (0, b"\x00\x00\x00\x0cjP  \r\n\x87\n", "jpeg-2000"),
    (0, b"\x00\x00\x00\x0cJXL \r\n\x87\n", "jpeg-xl"),
    (0, b"\xff\x0a", "jpeg-xl"),
    # sound and film
    (0, b"fLaC", "flac"),
    (0, b"OggS", "ogg"),
    (0, b"ID3", "mp3"),
    (4, b"ftyp", "mp4"),
    (0, b"\x1a\x45\xdf\xa3", "matroska"),
    (0, b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", "asf"),
    (0, b"FLV\x01", "flv"),
    (0, b"\x00\x00\x01\xba", "mpeg"),
    (0, b"\x00\x00\x01\xb3", "mpeg"),
    (0, b"caff\x00\x01", "caf"),
    (0, b".snd", "au"),
    (0, b"MThd\x00\x00\x00\x06", "midi"),
    (0, b"#!AMR", "amr"),
    # fonts
    (0, b"OTTO", "font"),
    (0, b"true\x00", "font"),
    (0, b"ttcf", "font-collection"),
    (0, b"wOFF", "woff"),
    (0, b"wOF2", "woff2"),
)
"""Offset, bytes, name; several may fit."""


def found_at(head: bytes) -> list[str]:
    """The formats whose fixed bytes stand where they must, in the order of the table."""
    return list(
        dict.fromkeys(name for at, magic, name in AT if head[at : at + len(magic)] == magic)
    )
