import * as newest from '@aws-sdk/client-bedrock-runtime';
import type { ClientLine } from '@llm-otel/tooling/contract';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import * as line3587 from 'bedrock-3-587';
import * as line3839 from 'bedrock-3-839';
import * as line31001 from 'bedrock-3-1001';

/** A release of the client. The tests are typed by the newest. */
export interface Line extends ClientLine<newest.BedrockRuntime> {
  readonly library: typeof newest;
  readonly isHttp2: boolean;
  /** Of a request that takes too long, over HTTP/1.1. */
  readonly timeoutCode: string;
  /** Whether it throws an exception in a stream without its class and name, which is a mistake of that release. */
  readonly losesErrors: boolean;
}

function lineOf(
  name: string,
  library: unknown,
  options: (timeout: number | undefined) => object = (requestTimeout) =>
    requestTimeout === undefined ? {} : { requestHandler: { requestTimeout } },
): Line {
  return {
    name,
    library: library as typeof newest,
    timeoutCode: library === newest ? 'ETIMEDOUT' : 'TimeoutError',
    isHttp2: name.endsWith('HTTP/2'),
    losesErrors: library === line31001,
    create: ({ baseURL, maxRetries, timeout, answered }) => {
      const client = new (library as typeof newest).BedrockRuntime({
        endpoint: baseURL,
        region: 'us-east-1',
        credentials: { accessKeyId: 'none', secretAccessKey: 'none' },
        maxAttempts: maxRetries + 1,
        ...options(timeout),
      });
      client.middlewareStack.add(
        (next) => async (args) => {
          const result = await next(args);
          answered();
          return result;
        },
        { step: 'deserialize', priority: 'low', name: 'answered' },
      );
      return client;
    },
  };
}

function http1(timeout: number | undefined): NodeHttpHandler {
  return new NodeHttpHandler(
    timeout === undefined ? {} : { requestTimeout: timeout, throwOnRequestTimeout: true },
  );
}

/** The first with `Converse`, two between, the newest; over HTTP/2 where the client does that by itself, and over HTTP/1.1. */
export const lines: readonly Line[] = [
  lineOf('3.587, HTTP/1.1', line3587),
  lineOf('3.839, HTTP/2', line3839),
  lineOf('3.1001, HTTP/2', line31001),
  lineOf('3.1164, HTTP/2', newest),
  lineOf('3.1164, HTTP/1.1', newest, (timeout) => ({ requestHandler: http1(timeout) })),
];
