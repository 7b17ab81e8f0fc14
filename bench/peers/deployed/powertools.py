"""GET /get_grades/{student_id} with boto3 and Powertools, as a Lambda in Python. Run as a program, it answers once."""

import json
import os
import sys
from types import SimpleNamespace

import boto3
from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayRestResolver, Response
from boto3.dynamodb.conditions import Key

logger = Logger(service="grades")
app = APIGatewayRestResolver()
table = boto3.resource("dynamodb").Table(os.environ["GRADES_TABLE"])


def query(pk):
    return table.query(KeyConditionExpression=Key("pk").eq(pk), ConsistentRead=True)["Items"]


def plain(number):
    """DynamoDB's numbers are decimals, which JSON does not know."""
    return int(number) if number == int(number) else float(number)


def answer(status, body):
    return Response(status_code=status, content_type="application/json", body=json.dumps(body))


@app.get("/get_grades/<student_id>")
def get_grades(student_id: str):
    if app.current_event.request_context.authorizer["role"] not in ("admin", "teacher"):
        return answer(403, {"error": "Forbidden"})
    items = query(f"STUDENT#{student_id}")
    query("TERMS")
    table.get_item(Key={"pk": f"CLASS#alone:{student_id}", "sk": "PROGRAMME#default"}, ConsistentRead=True)
    profile = next((item for item in items if item["sk"] == "PROFILE"), None)
    logger.info("answered", student_id=student_id, found=profile is not None)
    if profile is None:
        return answer(404, {"error": "Not Found"})
    grades = [plain(item["grade"]) for item in items if item["sk"].startswith("MARK#")]
    return answer(200, {"name": profile["name"], "grades": grades})


@logger.inject_lambda_context
def handler(event, context):
    return app.resolve(event, context)


if __name__ == "__main__":
    answered = handler(json.loads(sys.argv[1]), SimpleNamespace(**json.loads(sys.argv[2])))
    if answered["statusCode"] != 200:
        raise SystemExit(str(answered))
    print(answered["body"])
