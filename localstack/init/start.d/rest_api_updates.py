"""
LocalStack, free edition: CloudFormation changes a REST API whose body changed.

It makes a REST API out of the body in its template, but an update of one is not implemented: the deployment succeeds, and
the old routes stay. This imports the new body into the API that exists, which keeps its address, as on AWS.
"""

from localstack.constants import VERSION

WRITTEN_FOR = "4.14.0"
if VERSION != WRITTEN_FOR:
    raise SystemExit(
        f"rest_api_updates.py of Campus was written for LocalStack {WRITTEN_FOR}, and this is {VERSION}."
    )

import json

from localstack.services.apigateway.resource_providers.aws_apigateway_restapi import (
    ApiGatewayRestApiProvider,
)
from localstack.services.cloudformation.resource_provider import OperationStatus, ProgressEvent


def update(self, request):
    model, before = request.desired_state, request.previous_state
    api = request.aws_client_factory.apigateway
    model["RestApiId"] = before["RestApiId"]
    if body := model.get("Body"):
        api.put_rest_api(
            restApiId=model["RestApiId"],
            mode=model.get("Mode", "merge"),
            failOnWarnings=bool(model.get("FailOnWarnings")),
            parameters={"basepath": "ignore", **(model.get("Parameters") or {})},
            body=json.dumps(body) if isinstance(body, dict) else body,
        )
    resources = api.get_resources(restApiId=model["RestApiId"])["items"]
    # The import may have made the root anew.
    model["RootResourceId"] = next(one["id"] for one in resources if one["path"] == "/")
    return ProgressEvent(
        status=OperationStatus.SUCCESS, resource_model=model, custom_context=request.custom_context
    )


ApiGatewayRestApiProvider.update = update
