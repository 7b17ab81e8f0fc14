import { endpoint } from '../../platform/http/endpoint.ts';
import { readDocsAsset } from './read-docs-asset.ts';
import { readOpenApi } from './read-openapi.ts';
import { showDocs } from './show-docs.ts';

export const handler = endpoint(readOpenApi, showDocs, readDocsAsset);
