"""
LocalStack, free edition: CloudFormation makes dashboards of CloudWatch (AWS::CloudWatch::Dashboard).

CloudWatch itself keeps dashboards there; only CloudFormation does not know their type. This makes it known, beside the
types that LocalStack brings.
"""

from localstack.constants import VERSION

WRITTEN_FOR = "4.14.0"
if VERSION != WRITTEN_FOR:
    raise SystemExit(
        f"cloudwatch_dashboards.py of Campus was written for LocalStack {WRITTEN_FOR}, and this is {VERSION}."
    )

from localstack.services.cloudformation.resource_provider import (
    CloudFormationResourceProviderPlugin,
    OperationStatus,
    ProgressEvent,
    ResourceProvider,
    plugin_manager,
)
from plux import PluginFinder, PluginSpec

TYPE = "AWS::CloudWatch::Dashboard"


def done(request, model):
    return ProgressEvent(
        status=OperationStatus.SUCCESS, resource_model=model, custom_context=request.custom_context
    )


class DashboardProvider(ResourceProvider):
    """Hands a dashboard of a template on to CloudWatch."""

    TYPE = TYPE
    SCHEMA = {
        "typeName": TYPE,
        "properties": {"DashboardName": {"type": "string"}, "DashboardBody": {"type": "string"}},
        "required": ["DashboardBody"],
        "createOnlyProperties": ["/properties/DashboardName"],
        "primaryIdentifier": ["/properties/DashboardName"],
    }

    def create(self, request):
        model = request.desired_state
        model.setdefault("DashboardName", f"{request.stack_name}-{request.logical_resource_id}")
        request.aws_client_factory.cloudwatch.put_dashboard(
            DashboardName=model["DashboardName"], DashboardBody=model["DashboardBody"]
        )
        return done(request, model)

    def update(self, request):
        request.desired_state["DashboardName"] = request.previous_state["DashboardName"]
        return self.create(request)

    def delete(self, request):
        model = request.desired_state
        request.aws_client_factory.cloudwatch.delete_dashboards(DashboardNames=[model["DashboardName"]])
        return done(request, model)


class DashboardProviderPlugin(CloudFormationResourceProviderPlugin):
    """What CloudFormation looks a type up in; LocalStack has one for each of its own."""

    name = TYPE

    def load(self):
        self.factory = DashboardProvider


class WithDashboards(PluginFinder):
    """Finds the types that LocalStack brings, and this one."""

    def __init__(self, others):
        self.others = others

    def find_plugins(self):
        mine = PluginSpec(CloudFormationResourceProviderPlugin.namespace, TYPE, DashboardProviderPlugin)
        return [*self.others.find_plugins(), mine]


plugin_manager.finder = WithDashboards(plugin_manager.finder)
