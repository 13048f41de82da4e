"""JSON Schemas for editors: made of the shapes that check the values."""

import json

import pytest

from overdue_guide import frontmatter
from overdue_guide.arguments import SCHEMAS
from overdue_guide.schemas import schema


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_kind_of_file_has_a_schema(kind: str) -> None:
    made = schema(kind)
    assert made["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert kind in str(made["title"])
    assert made == json.loads(json.dumps(made))


def test_the_front_matters_schema_knows_what_checking_knows() -> None:
    made = schema("front-matter")
    properties = made["properties"]
    assert isinstance(properties, dict)
    assert list(frontmatter.FIELDS) == list(properties)
    assert ["title", "summary", "reviewed"] == made["required"]
    assert made["additionalProperties"] is False
    assert properties["risk"]["enum"] == ["low", "medium", "high"]
    assert properties["reviewed"] == {
        "type": "string",
        "format": "date",
        "description": frontmatter.FIELDS["reviewed"].doc,
    }


def test_a_list_of_records_is_an_array() -> None:
    made = schema("channels")
    assert made["type"] == "array"
    assert isinstance(made["items"], dict)
    assert made["items"]["required"] == ["id", "name", "handles"]


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError):
        schema("nope")
