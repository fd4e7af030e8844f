"""The API's description is true of errors too."""

from collections.abc import Callable

from flask import Flask

from archive.actor import Role

Token = Callable[..., dict[str, str]]


def test_every_operation_tells_how_an_error_looks(empty_site: Flask, token_as: Token) -> None:
    answer = empty_site.test_client().get("/api/v1/openapi.json", headers=token_as(Role.STAFF))
    spec = answer.json
    assert spec is not None
    problem = spec["components"]["responses"]["Problem"]
    assert list(problem["content"]) == ["application/problem+json"]
    for path in spec["paths"].values():
        for operation in path.values():
            if isinstance(operation, dict) and "responses" in operation:
                assert operation["responses"]["default"]["$ref"].endswith("/Problem")
                assert not [each for each in operation["responses"] if each.startswith("4")]


def test_an_error_has_the_members_that_the_description_names(
    empty_site: Flask, token_as: Token
) -> None:
    answer = empty_site.test_client().get(
        "/api/v1/customers/none", headers=token_as(Role.CUSTODIAN)
    )
    assert answer.content_type == "application/problem+json"
    assert answer.json is not None
    assert {"type", "title", "status", "detail", "instance"} <= set(answer.json)


def test_the_description_says_what_a_field_takes_and_nothing_of_pages(
    empty_site: Flask, token_as: Token
) -> None:
    answer = empty_site.test_client().get("/api/v1/openapi.json", headers=token_as(Role.STAFF))
    assert answer.json is not None
    schema = answer.json["components"]["schemas"]["ArchiveInput"]
    assert set(schema["properties"]["name"]) == {"title", "type", "maxLength"}
    assert "x-page" not in answer.get_data(as_text=True)
    for words in ("textarea", "customers.suggest", "例如：家用电器、包装材料"):
        assert words not in answer.get_data(as_text=True), words
