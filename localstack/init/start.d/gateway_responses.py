"""
LocalStack, free edition: what the gateway of a REST API answers by itself has the shape that was declared for it.

LocalStack keeps gateway responses and takes their status, but sends a body and headers of its own. Here their templates
and parameters are rendered as API Gateway does it: by replacing variables, without the language VTL.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-gatewayResponse-definition.html
"""

from localstack.constants import VERSION

WRITTEN_FOR = "4.14.0"
if VERSION != WRITTEN_FOR:
    raise SystemExit(
        f"gateway_responses.py of Campus was written for LocalStack {WRITTEN_FOR}, and this is {VERSION}."
    )

import json
import re

from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    get_gateway_response_or_default,
)
from localstack.services.apigateway.next_gen.execute_api.handlers.gateway_exception import (
    GatewayExceptionHandler,
)
from rolo import Response

VARIABLE = re.compile(r"\$(context|stageVariables)\.([\w.]+)")
HEADER = "gatewayresponse.header."
REQUEST_HEADER = "method.request.header."

as_localstack_does = GatewayExceptionHandler.create_exception_response


def variable(context, root, path):
    """The value of `$context.error.message` and its like; nothing for what is not there."""
    value = context.context_variables if root == "context" else context.stage_variables
    for name in path.split("."):
        value = value.get(name) if isinstance(value, dict) else None
    return "" if value is None else str(value)


def rendered(template, context, exception):
    # The one variable that comes with quotation marks around it.
    template = template.replace("$context.error.messageString", json.dumps(exception.message))
    return VARIABLE.sub(lambda found: variable(context, *found.groups()), template)


def parameter(value, context):
    """What a header is set to: a constant in quotation marks, or something of the request."""
    if value.startswith("'"):
        return value[1:-1]
    if value.startswith(REQUEST_HEADER):
        return context.invocation_request["headers"].get(value.removeprefix(REQUEST_HEADER), "")
    root, _, path = value.partition(".")
    return variable(context, root, path)


def choose(templates, accepted):
    """The template for what the client accepts, JSON else."""
    kinds = [kind.split(";")[0].strip() for kind in (accepted or "").split(",")]
    kind = next((kind for kind in kinds if kind in templates), "application/json")
    return kind, templates.get(kind)


def create_exception_response(self, exception, context):
    declared = get_gateway_response_or_default(
        exception.type, context.deployment.rest_api.gateway_responses
    )
    accepted = context.request.headers.get("Accept")
    kind, template = choose(declared.get("responseTemplates") or {}, accepted)
    if template is None or declared.get("defaultResponse"):
        return as_localstack_does(self, exception, context)
    headers = {"Content-Type": kind, "x-amzn-ErrorType": exception.code}
    for name, value in (declared.get("responseParameters") or {}).items():
        if name.startswith(HEADER):
            headers[name.removeprefix(HEADER)] = parameter(value, context)
    return Response(
        response=rendered(template, context, exception),
        headers=headers,
        status=declared.get("statusCode") or exception.status_code or 500,
    )


GatewayExceptionHandler.create_exception_response = create_exception_response
