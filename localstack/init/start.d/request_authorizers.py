"""
LocalStack, free edition: a REST API asks its REQUEST authorizer before it serves a protected route.

LocalStack keeps authorizers, but only its paid editions run them: a protected route reaches its function without a
verdict. Here the function of the authorizer is asked as API Gateway asks it, and what it answers is obeyed: Allow, Deny,
`Unauthorized`, its context for the function behind it. Whatever it answers otherwise lets nobody in. Verdicts are not cached.
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
"""

from localstack.constants import VERSION

WRITTEN_FOR = "4.14.0"
if VERSION != WRITTEN_FOR:
    raise SystemExit(
        f"request_authorizers.py of Campus was written for LocalStack {WRITTEN_FOR}, and this is {VERSION}."
    )

import json
import logging
import re
import time

from localstack.services.apigateway.next_gen.execute_api import handlers
from localstack.services.apigateway.next_gen.execute_api.gateway_response import (
    AccessDeniedError,
    AuthorizerConfigurationError,
    AuthorizerFailureError,
    UnauthorizedError,
)
from localstack.services.apigateway.next_gen.execute_api.header_utils import build_multi_value_headers
from localstack.services.apigateway.next_gen.execute_api.helpers import (
    get_lambda_function_arn_from_invocation_uri,
    get_source_arn,
)
from localstack.services.apigateway.next_gen.execute_api.integrations.aws import (
    RestApiAwsProxyIntegration,
)

LOG = logging.getLogger("campus.authorizers")


def authorize(chain, context, response):
    """A step of LocalStack's gateway, after it has found the route: raises what the gateway then refuses with."""
    method = context.resource_method
    if method.get("authorizationType") != "CUSTOM":
        return
    authorizer = context.deployment.rest_api.authorizers.get(method.get("authorizerId"))
    if not authorizer or authorizer["type"] != "REQUEST":
        LOG.error("No REQUEST authorizer guards %s: nobody is let in", context.resource["path"])
        raise AuthorizerConfigurationError()
    if not all(identity(source.strip(), context) for source in authorizer["identitySource"].split(",")):
        raise UnauthorizedError("Unauthorized")
    started = time.monotonic()
    verdict = ask(authorizer, context)
    if not allows(verdict["policyDocument"], get_method_arn(context)):
        raise AccessDeniedError("User is not authorized to access this resource")
    context.context_variables["authorizer"] = {
        # API Gateway makes text of numbers and truth values.
        **{name: text(value) for name, value in (verdict.get("context") or {}).items()},
        "principalId": verdict["principalId"],
        "integrationLatency": round((time.monotonic() - started) * 1000),
    }


def text(value):
    return json.dumps(value) if isinstance(value, bool) else str(value)


def get_method_arn(context):
    """Which call is asked for: with the path as it was sent, unlike the ARN of its route."""
    path = context.invocation_request["path"]
    return get_source_arn(context).split("/")[0] + f"/{context.stage}/{context.request.method}{path}"


def identity(source, context):
    """What the request has of an identity source, such as `method.request.header.Authorization`."""
    request = context.invocation_request
    place, _, name = source.rpartition(".")
    if place == "method.request.header":
        return request["headers"].get(name)
    if place == "method.request.querystring":
        return request["query_string_parameters"].get(name)
    if place == "stageVariables":
        return (context.stage_variables or {}).get(name)
    return context.context_variables.get(name) if place == "context" else None


def event_of(context):
    request = context.invocation_request
    return {
        "type": "REQUEST",
        "methodArn": get_method_arn(context),
        "resource": context.resource["path"],
        "path": request["path"],
        "httpMethod": request["http_method"],
        "headers": dict(request["headers"]),
        "multiValueHeaders": build_multi_value_headers(request["headers"]),
        "queryStringParameters": request["query_string_parameters"],
        "multiValueQueryStringParameters": request["multi_value_query_string_parameters"],
        "pathParameters": request["path_parameters"],
        "stageVariables": context.stage_variables or {},
        "requestContext": context.context_variables,
    }


def ask(authorizer, context):
    """What the function of the authorizer says. A failure of it says nothing about who calls."""
    arn = get_lambda_function_arn_from_invocation_uri(authorizer["authorizerUri"])
    caller = get_source_arn(context).split("/")[0] + f"/authorizers/{authorizer['id']}"
    try:
        said = RestApiAwsProxyIntegration.call_lambda(
            function_arn=arn, event=json.dumps(event_of(context)).encode(), source_arn=caller
        )
        verdict = json.loads(said)
    except Exception as failure:
        LOG.warning("The authorizer %s cannot be asked: %s", arn, failure)
        raise AuthorizerFailureError(None) from failure
    if isinstance(verdict, dict) and "errorMessage" in verdict:
        if verdict["errorMessage"] == "Unauthorized":
            raise UnauthorizedError("Unauthorized")
        LOG.warning("The authorizer %s failed: %s", arn, verdict["errorMessage"])
        raise AuthorizerFailureError(None)
    if not isinstance(verdict, dict) or not verdict.get("principalId") or not verdict.get("policyDocument"):
        raise AuthorizerConfigurationError()
    return verdict


def allows(policy, arn):
    """Whether a policy lets a call through: a Deny counts more than any Allow, and silence is a no."""
    effects = [one.get("Effect") for one in listed(policy.get("Statement")) if concerns(one, arn)]
    return "Allow" in effects and "Deny" not in effects


def concerns(statement, arn):
    return any(matches(action, "execute-api:Invoke") for action in listed(statement.get("Action"))) and any(
        matches(resource, arn) for resource in listed(statement.get("Resource"))
    )


def listed(value):
    return value if isinstance(value, list) else [] if value is None else [value]


def matches(pattern, value):
    """`*` stands for any text and `?` for any character, as in IAM."""
    expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\?", ".")
    return re.fullmatch(expression, value, re.DOTALL) is not None


handlers.preprocess_request.handlers.append(authorize)
