import type { IncomingMessage } from 'node:http';
import { pathOf } from '../http/request-parts.ts';
import type { BedrockApi, ModelApi } from './model-request.ts';

/** What the path of a request to Amazon Bedrock says. */
export interface BedrockRoute {
  readonly api: BedrockApi;
  readonly model: string;
  readonly stream: boolean;
}

const MODEL = /^\/model\/([^/]+)\/(converse|converse-stream|invoke|invoke-with-response-stream)$/;
const OTHER =
  /^\/(model\/[^/]+\/count-tokens|guardrail\/[^/]+\/version\/[^/]+\/apply|async-invoke)$/;

export function bedrockRouteOf(request: IncomingMessage): BedrockRoute | undefined {
  const path = pathOf(request);
  if (request.method !== 'POST') return undefined;
  const [, encoded = '', action = ''] = MODEL.exec(path) ?? [];
  const model = decoded(encoded);
  if (action.startsWith('converse'))
    return { api: 'converse', model, stream: action === 'converse-stream' };
  if (action !== '') {
    const api = /embed/.test(model) ? 'bedrock_embeddings' : 'invoke_model';
    return { api, model, stream: action === 'invoke-with-response-stream' };
  }
  return OTHER.test(path) ? { api: 'bedrock_other', model: '', stream: false } : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The model without the geography in front of it, whether it is an id or an ARN. */
export function modelOnBedrock(model: string): string {
  return model.replace(/^arn:.*\//, '').replace(/^(global|us-gov|us|eu|apac|au|jp|ca|in)\./, '');
}

const BEDROCK: ReadonlySet<ModelApi> = new Set<ModelApi>([
  'converse',
  'invoke_model',
  'bedrock_embeddings',
  'bedrock_other',
]);

export function isBedrock(api: ModelApi): boolean {
  return BEDROCK.has(api);
}
