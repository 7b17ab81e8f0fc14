"""
LocalStack: the gateway of a REST API hands a body on as it was sent.

LocalStack takes a form apart, as those that its services are called with, and writes one anew for the function: with its
fields before its files, and an empty file in a way that no reader of forms takes. It also unpacks what is compressed,
before it knows who is called. API Gateway does neither.
https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-payload-encodings-workflow.html
"""

from localstack.constants import VERSION

WRITTEN_FOR = "4.14.0"
if VERSION != WRITTEN_FOR:
    raise SystemExit(
        f"request_bodies.py of Campus was written for LocalStack {WRITTEN_FOR}, and this is {VERSION}."
    )

from localstack.aws.handlers.codec import ContentDecoder
from localstack.services.apigateway.next_gen.execute_api.handlers import parse

REST_APIS = "/_aws/execute-api/"

unpack = ContentDecoder.__call__


def unpack_for_services(self, chain, context, response):
    if not context.request.path.startswith(REST_APIS):
        unpack(self, chain, context, response)


def body_as_sent(request):
    return request.get_data(parse_form_data=False)


ContentDecoder.__call__ = unpack_for_services
parse.restore_payload = body_as_sent
