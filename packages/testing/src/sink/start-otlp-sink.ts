import type { IncomingMessage, ServerResponse } from 'node:http';
import { LoopbackServer } from '../http/loopback-server.ts';
import { FaultQueue } from './faults.ts';
import { Received } from './received.ts';
import { receiveRequest } from './receive-request.ts';
import type { OtlpSink, OtlpSinkOptions } from './otlp-sink.ts';
import { Waiters } from '../http/waiters.ts';

const DEFAULT_MAX_BODY_BYTES = 20 * 1024 * 1024;
const DEFAULT_WAIT_MILLIS = 5000;

/** Starts an OTLP/HTTP receiver on 127.0.0.1. Close it with `close()` or `await using`. */
export async function startOtlpSink(options: OtlpSinkOptions = {}): Promise<OtlpSink> {
  const received = new Received();
  const faults = new FaultQueue();
  const waiters = new Waiters();
  const delays = new Set<() => void>();
  let delayMillis = 0;
  let closed = false;

  const delay = async (): Promise<void> => {
    if (delayMillis === 0) return;
    await new Promise<void>((resolve) => {
      const done = (): void => {
        clearTimeout(timer);
        delays.delete(done);
        resolve();
      };
      const timer = setTimeout(done, delayMillis);
      delays.add(done);
    });
  };
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    const { maxBodyBytes = DEFAULT_MAX_BODY_BYTES } = options;
    void receiveRequest(request, response, {
      received,
      faults,
      maxBodyBytes,
      delay,
      changed: () => waiters.notify(),
    });
  };
  const server = await LoopbackServer.open(handle, options.port);

  const stop = async (): Promise<void> => {
    for (const finish of delays) finish();
    await server.stop();
  };
  const close = async (): Promise<void> => {
    closed = true;
    await stop();
  };
  const sink: OtlpSink = {
    url: server.url,
    tracesUrl: `${server.url}/v1/traces`,
    metricsUrl: `${server.url}/v1/metrics`,
    logsUrl: `${server.url}/v1/logs`,
    get spans() {
      return received.spans;
    },
    get metrics() {
      return received.metrics;
    },
    get logs() {
      return received.logs;
    },
    get requests() {
      return received.requests;
    },
    get errors() {
      return received.errors;
    },
    get unknownFields() {
      return received.unknownFields;
    },
    get duplicateSpans() {
      return received.duplicateSpans;
    },
    waitFor(condition, timeoutMillis = DEFAULT_WAIT_MILLIS) {
      const met =
        typeof condition === 'number'
          ? () => received.spans.length >= condition
          : () => condition(sink);
      const wanted = typeof condition === 'number' ? `${condition} spans` : 'the condition';
      return waiters.wait(
        met,
        timeoutMillis,
        () => new Error(`${wanted} not there after ${timeoutMillis} ms: ${summary(received)}`),
      );
    },
    answer: (fault) => faults.add({ kind: 'answer', ...fault }),
    hang: (fault = {}) => faults.add({ kind: 'hang', ...fault }),
    reset: (fault = {}) => faults.add({ kind: 'reset', ...fault }),
    slow(millis) {
      delayMillis = millis;
    },
    recover() {
      faults.clear();
      delayMillis = 0;
    },
    stop,
    async start() {
      if (closed) throw new Error('the sink was closed: start a new one');
      await server.start();
    },
    clear: () => received.clear(),
    close,
    [Symbol.asyncDispose]: close,
  };
  return sink;
}

function summary({ spans, metrics, logs, requests, errors }: Received): string {
  const outcomes = new Map<string, number>();
  for (const { outcome, status } of requests) {
    const key = status === undefined ? outcome : `${outcome} (${status})`;
    outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
  }
  const lines = [
    `${spans.length} spans, ${metrics.length} metrics and ${logs.length} log records received`,
    `in ${requests.length} requests`,
    ...[...outcomes].map(([outcome, count]) => `${count} ${outcome}`),
    ...errors.slice(0, 1).map(({ message }) => `first error: ${message}`),
  ];
  return lines.join('; ');
}
