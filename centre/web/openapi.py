"""How the published description (OpenAPI) tells of bodies that are bytes, not JSON."""

from __future__ import annotations

from dataclasses import dataclass

from litestar.openapi.spec import (
    OpenAPIHeader,
    OpenAPIMediaType,
    OpenAPIResponse,
    Operation,
    Parameter,
    RequestBody,
    Schema,
)
from litestar.openapi.spec.enums import OpenAPIFormat, OpenAPIType

from app.wire.codec import CONTENT_TYPE
from app.wire.signing import NONCE_HEADER, SIGNATURE_HEADER, STATION_HEADER

_BYTES = Schema(type=OpenAPIType.STRING, format=OpenAPIFormat.BINARY)
_WORD = Schema(type=OpenAPIType.STRING)

SIGNED_HEADERS = [
    Parameter(name=STATION_HEADER, param_in="header", required=True, schema=_WORD),
    Parameter(name=NONCE_HEADER, param_in="header", required=True, schema=_WORD),
    Parameter(
        name=SIGNATURE_HEADER,
        param_in="header",
        required=True,
        schema=_WORD,
        description="Base64 of Ed25519 over label, method, target, nonce and the body's SHA-256.",
    ),
]


def packed(message: str) -> dict[str, OpenAPIMediaType]:
    """A body that is one message of ``app.wire.messages``, msgpack inside one zstd frame."""
    schema = Schema(
        type=OpenAPIType.STRING,
        format=OpenAPIFormat.BINARY,
        description=f"zstd(msgpack({message})); fields in docs/protocol.md",
    )
    return {CONTENT_TYPE: OpenAPIMediaType(schema=schema)}


def _refused() -> OpenAPIResponse:
    return OpenAPIResponse(
        description="Refused: the number in the body says whether to come back, mend or update.",
        content=packed("ErrorAnswer"),
    )


@dataclass
class IdentityOperation(Operation):
    """Describes ``GET /v1/identity``."""

    def __post_init__(self) -> None:
        nonce = Schema(type=OpenAPIType.STRING, pattern="^([0-9a-fA-F]{2}){8,64}$")
        self.parameters = [
            Parameter(name="nonce", param_in="query", required=True, schema=nonce),
        ]
        self.responses = {
            "200": OpenAPIResponse(
                description="Signed over the nonce.", content=packed("Identity")
            ),
            "default": _refused(),
        }


@dataclass
class EnrolOperation(Operation):
    """Describes ``POST /v1/enrol``."""

    def __post_init__(self) -> None:
        self.request_body = RequestBody(content=packed("EnrolRequest"), required=True)
        self.responses = {
            "200": OpenAPIResponse(description="Let in.", content=packed("EnrolAnswer")),
            "default": _refused(),
        }


@dataclass
class ExchangeOperation(Operation):
    """Describes ``POST /v1/exchange``."""

    def __post_init__(self) -> None:
        signature = OpenAPIHeader(
            schema=_WORD, description="Base64 of the centre's signature over nonce and body."
        )
        self.parameters = [*SIGNED_HEADERS]
        self.request_body = RequestBody(content=packed("ExchangeRequest"), required=True)
        self.responses = {
            "200": OpenAPIResponse(
                description="Receipts mean durable.",
                content=packed("ExchangeAnswer"),
                headers={SIGNATURE_HEADER: signature},
            ),
            "default": _refused(),
        }


@dataclass
class MediaOperation(Operation):
    """Describes ``GET /v1/media/{sha256}``."""

    def __post_init__(self) -> None:
        octets = {"application/octet-stream": OpenAPIMediaType(schema=_BYTES)}
        in_path = [one for one in self.parameters or () if isinstance(one, Parameter)]
        in_path = [one for one in in_path if one.param_in == "path"]
        ranged = Parameter(name="range", param_in="header", required=False, schema=_WORD)
        self.parameters = [*in_path, *SIGNED_HEADERS, ranged]
        self.responses = {
            "200": OpenAPIResponse(description="The whole file.", content=octets),
            "206": OpenAPIResponse(description="The range asked for.", content=octets),
            "416": OpenAPIResponse(description="The range lies outside the file."),
            "default": _refused(),
        }
