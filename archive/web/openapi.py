"""What the API's description says of every operation: how errors look."""

from typing import Any

from apiflask import APIFlask

from archive.web.api import ProblemOut

PROBLEM = {
    "description": "What went wrong and what to do about it (RFC 9457)",
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def install(app: APIFlask) -> None:
    """Have the description of *app* tell of errors once, the same for every operation."""
    app.spec_processor(document_problems)  # type: ignore[arg-type]  # text only where YAML is asked


def document_problems(spec: dict[str, Any]) -> dict[str, Any]:
    """Put our problem in the place of the errors that APIFlask documents by itself."""
    spec["security"] = [{"token": []}]
    components = spec.setdefault("components", {})
    components.setdefault("schemas", {})["Problem"] = ProblemOut.model_json_schema()
    components.setdefault("responses", {})["Problem"] = PROBLEM
    for path in spec["paths"].values():
        for operation in path.values():
            if not isinstance(operation, dict) or "responses" not in operation:
                continue
            succeeded = {
                status: response
                for status, response in operation["responses"].items()
                if str(status) < "4"
            }
            problem = {"$ref": "#/components/responses/Problem"}
            operation["responses"] = {**succeeded, "default": problem}
    return spec
