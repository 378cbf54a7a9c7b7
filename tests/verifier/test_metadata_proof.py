"""Front matter: what counts as kept, and what does not."""

from __future__ import annotations

import pytest

from wpmigrate.verifier.metadata import compare_source
from wpmigrate.verifier.values import identical, iso_date, plain_title, same
from wpmigrate.verifier.views import view_difference, view_of_front_matter, view_of_record
from wpmigrate.verifier.yaml_source import read_front_matter, read_yaml


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("2012-04-19 11:55:16.000000000 +00:00", "2012-04-19T11:55:16+00:00"),
        ("2013-04-27 21:38:53 -0400", "2013-04-27T21:38:53-04:00"),
        ("2012-01-05", "2012-01-05"),
        ("12", 12),
        ("yes", True),
        ("a\r\nb", "a\nb"),
        ("descrÃ\xadben", "descríben"),
        ('a:1:{s:1:"k";i:7;}', {"k": 7}),
        ({"a": ["x", {"b": None}]}, {"a": ["x", {"b": None}]}),
    ],
)
def test_the_same_value(source, output):
    assert same(source, output)


@pytest.mark.parametrize(
    ("source", "output"),
    [
        ("2012-04-19 11:55:16 +0000", "2012-04-19T11:55:16+01:00"),
        ("2012-04-19 11:55:16 +0000", "2012-04-19T11:55:17+00:00"),
        ("a", "b"),
        ("12", 13),
        ("a b", "ab"),
        (None, "x"),
        ("x", None),
        ([1, 2], [2, 1]),
        ({"a": 1}, {"a": 1, "b": 2}),
        ({"a": 1, "b": 2}, {"a": 1}),
    ],
)
def test_another_value(source, output):
    assert not same(source, output)


def test_dates_are_read_to_the_second():
    assert iso_date("2011-3-4 5:06 Z") == "2011-03-04T05:06:00+00:00"
    assert iso_date("March 4") is None


def test_titles_are_compared_as_a_reader_sees_them():
    assert plain_title(" Fish &amp; <b>chips</b>\n") == "Fish & chips"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a: ! 'x'", {"a": "x"}),
        ("a: !binary |-\n  w6Q=\n", {"a": "ä"}),
        ("a: !ruby/sym foo", {"a": "foo"}),
        ("a:\tb", {"a": "b"}),
        ("", {}),
        ("just text", None),
    ],
)
def test_front_matter_of_many_writers(text, value):
    read = read_front_matter(text)
    if read and not isinstance(read["a"], str):  # a tag that nobody knows stays beside its value
        read = {"a": read["a"].value}
    assert read == value


def test_an_alias_bomb_is_not_expanded():
    lines = ["a0: &a0 [x]", *(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))]
    read = read_front_matter("\n".join(lines))
    assert read is not None
    assert read["a8"][0] is read["a8"][8]  # one and the same, not nine times nine


FRONT = {
    "title": "T & T",
    "date": "2011-01-02T03:04:05+00:00",
    "author": "Ann",
    "categories": ["A", "B"],
    "tags": [],
    "wordpress_id": 7,
    "raw_title": "T &amp; T",
    "comments": [{"id": "1", "author": "Bo", "date": "2011-01-03T00:00:00+00:00", "content": "Hi"}],
}
SOURCE = {
    "title": "T &amp; T",
    "date": "2011-01-02 03:04:05 Z",
    "author": {"display_name": "Ann"},
    "categories": ["A", "B"],
    "tags": [],
    "wordpress_id": 7,
    "comments": [{"id": 1, "author": "Bo", "author_url": "", "date": "2011-01-03 00:00:00 +0000", "content": "Hi"}],
}


def lost(source, front):
    return [key for key, _ in compare_source(source, view_of_front_matter(front))]


def test_everything_is_there():
    assert lost(SOURCE, FRONT) == []


@pytest.mark.parametrize("key", FRONT)
def test_a_key_that_is_gone_is_missed(key):
    rest = {name: value for name, value in FRONT.items() if name != key}
    assert lost(SOURCE, rest) == [key.removeprefix("raw_")]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", "T and T"),
        ("date", "2011-01-02T03:04:06+00:00"),
        ("author", "Anna"),
        ("categories", ["A"]),
        ("wordpress_id", 8),
        ("comments", [{"id": "1", "author": "Bo", "date": "2011-01-03T00:00:00+00:00", "content": "Ho"}]),
    ],
)
def test_a_value_that_changed_is_missed(key, value):
    assert lost(SOURCE, {**FRONT, key: value}) == [key]


def test_the_names_of_database_columns_are_proven():
    source = {"post_title": "A &amp; B", "post_excerpt": "Short"}
    front = {**source, "title": "A & B", "excerpt": "Short"}
    assert lost(source, front) == []
    for key, field in {"title": "title", "excerpt": "excerpt", "post_title": "post_title"}.items():
        assert lost(source, {**front, key: "C"}) == [field]
        assert lost(source, {name: value for name, value in front.items() if name != key}) == [field]
    assert lost({**source, "title": "C"}, {**front, "title": "C"}) == []


def test_an_author_as_plain_text_needs_its_own_spelling_beside_it():
    source, front = {"author": "A &amp; B"}, {"author": "A & B", "raw_author": "A &amp; B"}
    assert lost(source, front) == []
    assert lost(source, {"author": "A & B"}) == ["author"]
    assert lost(source, {**front, "author": "A & C"}) == ["author"]


@pytest.mark.parametrize("front", [{"password": "x"}, {"meta": {"Post_Password": "x"}}])
def test_a_password_must_not_be_in_the_output(front):
    block = "password: x\nmeta: {Post_Password: x}"
    assert "password" in [key for key, _ in compare_source({}, view_of_front_matter(front), block)]
    assert [key for key, _ in compare_source({}, view_of_front_matter({"meta": {}}), block)] == []


RECORD = {
    "title": "T & T",
    "slug": "",
    "date": "2011-01-02T03:04:05+00:00",
    "author": {"name": "Ann", "login": "", "email": "", "url": ""},
    "excerpt": "",
    "status": "publish",
    "terms": [{"taxonomy": "category", "slug": "a", "name": "A"}, {"taxonomy": "category", "slug": "b", "name": "B"}],
    "comments": [
        {
            "id": "1",
            "parent": "",
            "author": {"name": "Bo", "login": "", "email": "", "url": ""},
            "date": "2011-01-03T00:00:00+00:00",
            "content": "Hi",
            "metadata": {},
        }
    ],
    "metadata": {"wordpress_id": 7, "raw_title": "T &amp; T"},
}


def apart(front, record):
    return [key for key, _ in view_difference(view_of_front_matter(front), view_of_record(record))]


def test_front_matter_and_record_agree():
    assert apart(FRONT, RECORD) == []


@pytest.mark.parametrize("key", [key for key in FRONT if key != "tags"])
def test_front_matter_and_record_disagree(key):
    assert apart({name: value for name, value in FRONT.items() if name != key}, RECORD) == [key]


@pytest.mark.parametrize("value", ["x", [], ["A"]])
def test_the_front_matter_has_more_than_the_record(value):
    assert apart({**FRONT, "invented": value}, RECORD) == ["invented"]


def test_terms_of_other_taxonomies_stand_under_its_name():
    record = {**RECORD, "terms": [*RECORD["terms"], {"taxonomy": "mood", "slug": "sad", "name": "Sad"}]}
    assert apart({**FRONT, "mood": ["Sad"]}, record) == []
    assert apart({**FRONT, "mood": ["Glad"]}, record) == ["mood"]


@pytest.mark.parametrize("text", ["a: 1\n---\nb: 2\n", "a: 1\n...\nb: 2\n", "a: !own x\n", "1: x\n", "b: {[a]: x}\n"])
def test_our_yaml_is_one_document_without_tags_whose_keys_are_texts(text):
    with pytest.raises(ValueError, match=r"document|tag|key"):
        read_yaml(text)


@pytest.mark.parametrize(("one", "other"), [(1, 1.0), (1, True), ("1", 1), ({"a": [1]}, {"a": [1.0]}), ([1], [1, 1]), ({"a": 1}, {"b": 1})])
def test_equal_values_of_other_types_are_not_identical(one, other):
    assert identical(one, one)
    assert not identical(one, other)
