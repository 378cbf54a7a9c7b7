"""What is known of the files in OUTPUT/media."""

from __future__ import annotations

import threading

import pytest

from wpmigrate.errors import UsageError
from wpmigrate.runner.media.state import MEDIA_STATE_NAME, MediaState


def record(state, place="media/a.jpg", **more):
    state.record(place, "s.example", "a.jpg", "00", 3, **more)


def test_what_is_recorded_is_there_next_time(tmp_path):
    (tmp_path / "media").mkdir()
    (tmp_path / "media" / "a.jpg").write_bytes(b"abc")
    with MediaState(str(tmp_path)) as state:
        assert state.get("media/a.jpg") is None
        record(state, etag='"x"')
    with MediaState(str(tmp_path)) as state:
        row = state.get("media/a.jpg")
        assert (row.how, row.etag, row.bytes) == ("downloaded", '"x"', 3)
        assert row.stamp.startswith("3:")
        state.forget("media/a.jpg")
        assert [*state.files()] == []
    assert [path.name for path in tmp_path.glob(".wpmigrate*")] == [MEDIA_STATE_NAME]


def test_nothing_recorded_writes_nothing(tmp_path):
    with MediaState(str(tmp_path)) as state:
        assert [*state.files()] == []
    assert not [*tmp_path.iterdir()]


def test_what_a_killed_run_recorded_is_there(tmp_path):
    state = MediaState(str(tmp_path))
    record(state)
    state._database.close()  # no close of ours: the write-ahead log stays
    with MediaState(str(tmp_path)) as again:
        assert again.get("media/a.jpg")


def test_a_damaged_file_is_none(tmp_path):
    (tmp_path / MEDIA_STATE_NAME).write_bytes(b"no database" * 500)
    with MediaState(str(tmp_path)) as state:
        assert state.get("media/a.jpg") is None
        record(state)
        assert state.get("media/a.jpg")


def test_threads_share_it(tmp_path):
    with MediaState(str(tmp_path)) as state:
        threads = [
            threading.Thread(target=record, args=(state, f"media/{number}.jpg")) for number in range(20)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len([*state.files()]) == 20


def test_a_second_writer_is_told(tmp_path):
    with MediaState(str(tmp_path)) as state:
        record(state)
        with pytest.raises(UsageError, match="another run"):
            record(MediaState(str(tmp_path)))


def test_walks_over_many(tmp_path):
    with MediaState(str(tmp_path)) as state:
        for number in range(1203):
            record(state, f"media/{number:05}.jpg")
        places = [file.place for file in state.files()]
    assert places == sorted(places)
    assert len(places) == 1203
