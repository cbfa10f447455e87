"""MP3: tags around a row of frames."""

from __future__ import annotations

from governance.scanning.engine.cursor import Cursor
from governance.scanning.engine.media.structure import Broken, need, watch, watch_range
from governance.scanning.engine.reader import Reader
from governance.scanning.engine.subject import Subject

_RATES_1 = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_SAMPLES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
_LAYER_3 = 1
_TAG = 128


def frame_length(head: bytes) -> int:
    """The length of the frame that begins with these four bytes; 0 when none does."""
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return 0
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    rate, sampling = head[2] >> 4, head[2] >> 2 & 3
    if version == 1 or layer != _LAYER_3 or rate in (0, 15) or sampling == 3:
        return 0
    kilobits = (_RATES_1 if version == 3 else _RATES_2)[rate]
    return (144 if version == 3 else 72) * kilobits * 1000 // _SAMPLES[version][sampling] + (
        head[2] >> 1 & 1
    )


def begins_here(reader: Reader, head: bytes) -> bool:
    """Two frames in a row, or one that is all there is; one header alone occurs in any bytes."""
    length = frame_length(head[:4])
    return bool(length) and (length == reader.size or frame_length(head[length : length + 4]) > 0)


def walk(subject: Subject) -> int:
    """Skip the tag in front, then follow the frames, then the tags at the end."""
    reader = subject.reader
    position = _tag(subject)
    cursor = Cursor(reader, position)
    frames = 0
    while cursor.position + 4 <= reader.size:
        start = cursor.position
        head = cursor.take(4)
        length = frame_length(head)
        if not length:
            position = start
            break
        need(start + length <= reader.size, "its last piece of sound breaks off")
        cursor.skip(length - 4)
        position = start + length
        frames += 1
    need(frames, "it has no sound")
    return _tags_behind(subject, position)


def _tag(subject: Subject) -> int:
    head = subject.reader.read_at(0, 10)
    if head[:3] != b"ID3":
        return 0
    need(len(head) == 10 and max(head[6:]) < 128, "its tag is damaged")
    length = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
    end = 10 + length + (10 if head[5] & 0x10 else 0)
    if end > subject.reader.size:
        raise Broken("its tag is longer than the file")
    watch_range(subject, 10, length, "The tag")
    return end


def _tags_behind(subject: Subject, position: int) -> int:
    reader = subject.reader
    head = reader.read_at(position, 32)
    if head[:8] == b"APETAGEX" and len(head) == 32:
        length = 32 + int.from_bytes(head[12:16], "little")
        need(position + length <= reader.size, "its tag is longer than the file")
        watch_range(subject, position, length, "The tag")
        position += length
    if reader.size - position == _TAG:
        tag = reader.read_at(position, _TAG)
        if tag[:3] == b"TAG":
            watch(subject, tag, position, "The tag")
            position += _TAG
    return position
