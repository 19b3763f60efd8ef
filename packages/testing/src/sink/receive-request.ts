import type { IncomingMessage, ServerResponse } from 'node:http';
import { headersOf, pathOf } from '../http/request-parts.ts';
import {
  decodeOtlpRequest,
  type DecodedRequest,
  type OtlpEncoding,
  type OtlpSignal,
} from '../otlp/decode-request.ts';
import { retryAfterText, type AnswerFault, type FaultQueue } from './faults.ts';
import { decompress, readBody, RefusedRequest } from '../http/read-body.ts';
import type { Received, RequestOutcome, SinkRequest } from './received.ts';
import { failureBody, successBody } from './reply-body.ts';

interface SinkParts {
  readonly received: Received;
  readonly faults: FaultQueue;
  readonly maxBodyBytes: number;
  /** Waits as long as answers are delayed. */
  readonly delay: () => Promise<void>;
  /** Called after everything that was received. */
  readonly changed: () => void;
}

const signals: Readonly<Record<string, OtlpSignal>> = {
  '/v1/traces': 'traces',
  '/v1/metrics': 'metrics',
  '/v1/logs': 'logs',
};

const contentTypes: Readonly<Record<OtlpEncoding, string>> = {
  protobuf: 'application/x-protobuf',
  json: 'application/json',
};

/** Takes one HTTP request: reads it, decodes it, keeps it, and answers as the faults say. Never rejects. */
export async function receiveRequest(
  request: IncomingMessage,
  response: ServerResponse,
  parts: SinkParts,
): Promise<void> {
  const { received } = parts;
  const encoding = encodingOf(request);
  const draft = {
    signal: signals[pathOf(request)],
    method: request.method ?? '',
    path: pathOf(request),
    headers: headersOf(request),
    encoding,
    contentEncoding: (request.headers['content-encoding'] ?? 'identity').toLowerCase(),
    wireBytes: 0,
    bodyBytes: 0,
    items: 0,
  };
  const record = (outcome: RequestOutcome, status?: number): void => {
    const done: SinkRequest = { ...draft, timeMillis: Date.now(), outcome, status };
    received.requests.push(done);
  };
  const reply = async (status: number, body: string | Uint8Array, headers = {}): Promise<void> => {
    await parts.delay();
    response.writeHead(status, { 'content-type': contentTypes[encoding ?? 'json'], ...headers });
    response.end(body);
  };

  let decoded: DecodedRequest;
  try {
    const wire = await readBody(request);
    draft.wireBytes = wire.length;
    const body = await decompressed(draft, wire, parts.maxBodyBytes);
    draft.bodyBytes = body.length;
    decoded = decodeOtlpRequest(draft.signal as OtlpSignal, encoding as OtlpEncoding, body);
    draft.items = itemsOf(decoded);
    received.unknownFields.push(...decoded.unknownFields);
  } catch (error) {
    if (request.destroyed && !request.complete) {
      record('aborted');
      parts.changed();
      return;
    }
    const status = error instanceof RefusedRequest ? error.status : 400;
    const message = (error as Error).message;
    record('malformed', status);
    received.errors.push({ request: received.requests.length - 1, message });
    parts.changed();
    await reply(status, failureBody(encoding ?? 'json', status === 400 ? 3 : 12, message));
    return;
  }

  const fault = parts.faults.next(draft.signal as OtlpSignal);
  if (fault?.kind === 'hang' || fault?.kind === 'reset') {
    if (fault.received) received.keep(decoded, 0);
    record(fault.kind === 'hang' ? 'hung' : 'reset');
    if (fault.kind === 'reset') request.socket.resetAndDestroy();
    parts.changed();
    return;
  }
  const status = fault?.status ?? 200;
  const taken = status >= 200 && status < 300;
  if (taken) received.keep(decoded, fault?.partialSuccess?.rejected ?? 0);
  record(taken ? 'received' : 'refused', status);
  parts.changed();
  const headers =
    fault?.retryAfter === undefined ? {} : { 'retry-after': retryAfterText(fault.retryAfter) };
  const body = answerBody(draft.signal as OtlpSignal, encoding as OtlpEncoding, fault);
  await reply(status, body, headers);
}

/** @throws RefusedRequest for a request that is not OTLP/HTTP, before anything is decompressed */
async function decompressed(
  request: Pick<SinkRequest, 'signal' | 'method' | 'path' | 'encoding' | 'headers'> & {
    readonly contentEncoding: string;
  },
  wire: Buffer,
  maxBytes: number,
): Promise<Uint8Array> {
  if (request.signal === undefined)
    throw new RefusedRequest(404, `${request.path} is not an OTLP path`);
  if (request.method !== 'POST') throw new RefusedRequest(405, `${request.method} instead of POST`);
  if (request.encoding === undefined)
    throw new RefusedRequest(
      415,
      `content type ${request.headers['content-type'] ?? 'missing'} is not supported`,
    );
  return decompress(wire, request.contentEncoding, maxBytes);
}

function answerBody(
  signal: OtlpSignal,
  encoding: OtlpEncoding,
  fault: AnswerFault | undefined,
): string | Uint8Array {
  if (fault?.body !== undefined) return fault.body;
  if (fault !== undefined && fault.status >= 400)
    return failureBody(encoding, 14, `answered ${fault.status} on purpose`);
  return successBody(signal, encoding, fault?.partialSuccess);
}

function itemsOf({ spans, metrics, logs }: DecodedRequest): number {
  const points = metrics.reduce((sum, metric) => sum + metric.points.length, 0);
  return spans.length + points + logs.length;
}

function encodingOf(request: IncomingMessage): OtlpEncoding | undefined {
  const type = (request.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase();
  if (type === contentTypes.protobuf) return 'protobuf';
  return type === contentTypes.json ? 'json' : undefined;
}
