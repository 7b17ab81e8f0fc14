"""
LocalStack, without internet: CloudFormation knows which types of resources it can make.

Before it changes a stack, the free edition asks LocalStack's servers which types there are in which edition. Without an
answer every type counts as unsupported, and nothing can be deployed. What it can make it knows itself: that is what is
asked here, online as well, so that a deployment does not depend on who is reached.
"""

from localstack.constants import VERSION

WRITTEN_FOR = "4.14.0"
if VERSION != WRITTEN_FOR:
    raise SystemExit(
        f"cloudformation_catalogue.py of Campus was written for LocalStack {WRITTEN_FOR}, and this is {VERSION}."
    )

from localstack.utils.catalog.catalog import AwsCatalogRuntimePlugin
from localstack.utils.catalog.catalog_loader import RemoteCatalogLoader
from localstack.utils.catalog.common import (
    CloudFormationResourcesSupportAtRuntime,
    CloudFormationResourcesSupportInLatest,
)


def ask_nobody(self):
    raise ConnectionError("Campus asks no server for the types of resources")


def status_here(self, resource_name, service_name, is_pro_resource=False):
    if resource_name in self._get_cfn_resources_available_at_runtime():
        return CloudFormationResourcesSupportAtRuntime.AVAILABLE
    return CloudFormationResourcesSupportInLatest.NOT_SUPPORTED


RemoteCatalogLoader.get_remote_catalog = ask_nobody
AwsCatalogRuntimePlugin.get_cloudformation_resource_status = status_here
