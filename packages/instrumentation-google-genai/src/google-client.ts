import { type ModelServer, modelServers, readMember } from '@llm-otel/llm-conventions/client';

/**
 * What is read of a client of `@google/genai`. `models`, `files` and its other members each hold the one object that sends
 * all requests.
 */
export interface GoogleResource {
  readonly apiClient?: GoogleApiClient | undefined;
}

export interface GoogleApiClient {
  readonly clientOptions?: {
    readonly vertexai?: boolean | undefined;
    readonly httpOptions?: { readonly baseUrl?: string | undefined } | undefined;
  };
  /** Sends a request, several times where that is asked for. In releases before 2.23 it has fewer parameters. */
  readonly apiCall?: (...args: readonly unknown[]) => Promise<unknown>;
}

const gemini = modelServers([], 'gcp.gemini');
const vertexAi = modelServers([], 'gcp.vertex_ai');

/** Who answers a request, and where: read on each call, since a request may have another address than its client. */
export function serverOf(resource: GoogleResource, params?: unknown): ModelServer {
  const options = readMember(readMember(resource, 'apiClient'), 'clientOptions');
  const ofRequest = readMember(readMember(params, 'config'), 'httpOptions');
  const baseUrl =
    readMember(ofRequest, 'baseUrl') ?? readMember(readMember(options, 'httpOptions'), 'baseUrl');
  return readMember(options, 'vertexai') === true ? vertexAi(baseUrl) : gemini(baseUrl);
}

/** The signal that the application gave to a request. */
export function abortSignalOf(params: unknown): AbortSignal | undefined {
  return abortSignalIn(readMember(params, 'config'), 'abortSignal');
}

export function abortSignalIn(options: unknown, name: string): AbortSignal | undefined {
  const signal = readMember(options, name);
  return typeof readMember(signal, 'addEventListener') === 'function'
    ? (signal as AbortSignal)
    : undefined;
}
