import type { IncomingMessage } from 'node:http';
import { headersOf, pathOf } from '../http/request-parts.ts';
import { readBody } from '../http/read-body.ts';
import { bedrockRouteOf } from './bedrock-request.ts';
import { geminiCallOf } from './gemini-call.ts';
import { lastTextOf, type ModelApi, type ModelRequest } from './model-request.ts';

const apis: Readonly<Record<string, ModelApi>> = {
  'POST /v1/chat/completions': 'chat',
  'POST /v1/responses': 'responses',
  'POST /v1/embeddings': 'embeddings',
  'POST /v1/messages': 'messages',
  'POST /v1/messages/count_tokens': 'count_tokens',
  'GET /v1/models': 'models',
  'GET /v1beta/models': 'models',
};

/** A request that the emulator cannot take, with the status to answer. */
export interface BadRequest {
  readonly status: 400 | 404;
  readonly message: string;
  readonly api: ModelApi;
}

/** A recorded request; only its outcome changes. */
export type PendingRequest = { -readonly [K in keyof ModelRequest]: ModelRequest[K] };

export function isBadRequest(request: PendingRequest | BadRequest): request is BadRequest {
  return 'status' in request;
}

/** Reads a request and finds out which API it calls. Rejects when the client goes away before its end. */
export async function receiveModelRequest(
  request: IncomingMessage,
  nextIndex: () => number,
): Promise<PendingRequest | BadRequest> {
  const raw = await readBody(request);
  const path = pathOf(request);
  const headers = headersOf(request);
  const route = bedrockRouteOf(request) ?? geminiCallOf(request.method, path);
  const api = route?.api ?? apis[`${request.method} ${path}`];
  if (api === undefined) {
    const message = `the emulator has no ${request.method} ${path}`;
    return { status: 404, message, api: apiOfClient(headers) };
  }
  const body = raw.length === 0 ? {} : parsed(raw);
  if (body === undefined) return { status: 400, message: 'the body is not a JSON object', api };
  return {
    // Asked for late: another request may have been complete before this one.
    index: nextIndex(),
    api,
    path,
    headers,
    body,
    // Bedrock and Google have both in the path.
    model: route?.model ?? (typeof body['model'] === 'string' ? body['model'] : ''),
    stream: route?.stream ?? body['stream'] === true,
    lastText: lastTextOf(body),
    outcome: 'pending',
  };
}

/** Whose client it is, where the path does not tell. */
function apiOfClient(headers: Readonly<Record<string, string>>): ModelApi {
  if ('anthropic-version' in headers) return 'messages';
  return headers['x-goog-api-client'] === undefined ? 'chat' : 'generate_content';
}

function parsed(raw: Buffer): Record<string, unknown> | undefined {
  try {
    const body: unknown = JSON.parse(raw.toString('utf8'));
    return typeof body === 'object' && body !== null && !Array.isArray(body)
      ? (body as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}
