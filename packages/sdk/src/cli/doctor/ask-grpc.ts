import { readFileSync } from 'node:fs';
import { connect, type SecureClientSessionOptions } from 'node:http2';
import type { OtlpSettings } from '@llm-otel/core/setup';
import type { SignalReceiver } from '../../export-plan.ts';

/** What a receiver of gRPC answered to an empty call. */
export interface GrpcAnswer {
  /** `grpc-status`; undefined where the answer was none of gRPC. */
  readonly status: number | undefined;
  /** The status of HTTP. */
  readonly httpStatus: number;
  readonly date: string | undefined;
  /** The message, without the prefix that says how long it is. */
  readonly body: Uint8Array;
}

const PATHS = {
  traces: '/opentelemetry.proto.collector.trace.v1.TraceService/Export',
  metrics: '/opentelemetry.proto.collector.metrics.v1.MetricsService/Export',
  logs: '/opentelemetry.proto.collector.logs.v1.LogsService/Export',
} as const;
/** A message of length zero: no compression, four bytes of length. */
const EMPTY_MESSAGE = Buffer.alloc(5);
// Of an empty call it is a few bytes.
const MAX_ANSWER_BYTES = 65_536;

/** Calls `Export` without anything in it. Rejects where nobody speaks HTTP/2 there. */
export function askGrpc(
  { url, headers, tls, signal }: SignalReceiver,
  timeoutMillis: number,
): Promise<GrpcAnswer> {
  return new Promise((resolve, reject) => {
    const session = connect(new URL(url).origin, certificates(tls));
    const end = (outcome: () => void): void => {
      clearTimeout(timer);
      session.destroy();
      outcome();
    };
    const timer = setTimeout(() => {
      const error = Object.assign(new Error('no answer'), { name: 'TimeoutError' });
      end(() => reject(error));
    }, timeoutMillis);
    session.on('error', (error) => end(() => reject(error)));
    const call = session.request({
      ...headers,
      ':method': 'POST',
      ':path': PATHS[signal],
      'content-type': 'application/grpc',
      te: 'trailers',
    });
    let httpStatus = 0;
    let date: string | undefined;
    let status: unknown;
    call.on('response', (answer) => {
      httpStatus = answer[':status'] ?? 0;
      date = answer.date;
      // A call that fails at once has its status here.
      status = answer['grpc-status'];
    });
    call.on('trailers', (trailers) => (status ??= trailers['grpc-status']));
    // Where there is no connection, the call is the first to say so, and names the reason as its cause.
    call.on('error', (error) =>
      end(() => reject(error.cause instanceof Error ? error.cause : error)),
    );
    call.on('end', () =>
      end(() =>
        resolve({
          status: status === undefined ? undefined : Number(status),
          httpStatus,
          date,
          body: Buffer.concat(chunks).subarray(EMPTY_MESSAGE.length),
        }),
      ),
    );
    const chunks: Buffer[] = [];
    let bytes = 0;
    call.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= MAX_ANSWER_BYTES) chunks.push(chunk);
    });
    call.end(EMPTY_MESSAGE);
  });
}

/** A file that cannot be read is an error of the receiver's check, not of the command. */
function certificates({
  caFile,
  certFile,
  keyFile,
}: OtlpSettings['tls']): SecureClientSessionOptions {
  return {
    ...(caFile === undefined ? {} : { ca: readFileSync(caFile) }),
    ...(certFile === undefined ? {} : { cert: readFileSync(certFile) }),
    ...(keyFile === undefined ? {} : { key: readFileSync(keyFile) }),
  };
}
