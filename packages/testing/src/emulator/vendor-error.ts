import { isBedrock } from './bedrock-request.ts';
import { isAnthropic, isGemini, type ModelApi } from './model-request.ts';
import type { ModelError } from './model-script.ts';

interface VendorError {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string>>;
}

const bedrockTypes: Readonly<Record<number, string>> = {
  400: 'ValidationException',
  403: 'AccessDeniedException',
  404: 'ResourceNotFoundException',
  408: 'ModelTimeoutException',
  424: 'ModelErrorException',
  429: 'ThrottlingException',
  500: 'InternalServerException',
  503: 'ServiceUnavailableException',
};

const anthropicTypes: Readonly<Record<number, string>> = {
  400: 'invalid_request_error',
  401: 'authentication_error',
  403: 'permission_error',
  404: 'not_found_error',
  413: 'request_too_large',
  429: 'rate_limit_error',
  500: 'api_error',
  504: 'timeout_error',
  529: 'overloaded_error',
};

const openAiTypes: Readonly<Record<number, readonly [type: string, code: string | null]>> = {
  400: ['invalid_request_error', null],
  401: ['invalid_request_error', 'invalid_api_key'],
  404: ['invalid_request_error', 'model_not_found'],
  429: ['requests', 'rate_limit_exceeded'],
  500: ['server_error', null],
  503: ['server_error', 'overloaded'],
};

const googleStatuses: Readonly<Record<number, string>> = {
  400: 'INVALID_ARGUMENT',
  401: 'UNAUTHENTICATED',
  403: 'PERMISSION_DENIED',
  404: 'NOT_FOUND',
  429: 'RESOURCE_EXHAUSTED',
  500: 'INTERNAL',
  503: 'UNAVAILABLE',
  504: 'DEADLINE_EXCEEDED',
};

/** `error` in the shape of the API that was called. `requestId` stands in Anthropic's. */
export function vendorError(api: ModelApi, error: ModelError, requestId: string): VendorError {
  const { status = 500, message = `answered ${status} by a script` } = error;
  if (isBedrock(api)) {
    const type = error.type ?? bedrockTypes[status] ?? fallback(bedrockTypes, status);
    return { status, body: { message }, headers: { 'x-amzn-errortype': type } };
  }
  if (isAnthropic(api)) {
    const type = error.type ?? anthropicTypes[status] ?? fallback(anthropicTypes, status);
    return {
      status,
      body: { type: 'error', error: { type, message }, request_id: requestId },
    };
  }
  if (isGemini(api)) {
    const word = error.type ?? googleStatuses[status] ?? fallback(googleStatuses, status);
    return { status, body: { error: { code: status, message, status: word } } };
  }
  const [type, code] = openAiTypes[status] ?? fallback(openAiTypes, status);
  return {
    status,
    body: {
      error: { message, type: error.type ?? type, param: null, code: error.code ?? code },
    },
  };
}

function fallback<T>(types: Readonly<Record<number, T>>, status: number): T {
  return types[status < 500 ? 400 : 500] as T;
}

/** An error in the middle of a stream of Bedrock's, where its type has a small first letter. */
export function bedrockStreamError({
  type = 'modelStreamErrorException',
  message = 'broken by a script',
}: ModelError): Readonly<Record<string, unknown>> {
  return { type, message };
}
