import type * as newest from '@aws-sdk/client-bedrock-runtime';
import type { BedrockRuntime } from '@aws-sdk/client-bedrock-runtime';
import type { ClientLine } from '@llm-otel/tooling/contract';
import { NodeHttpHandler } from '@smithy/node-http-handler';

type Library = typeof newest;

/** A release of the client. The tests are typed by the newest. */
export interface Line extends ClientLine<BedrockRuntime> {
  readonly library: Library;
  readonly isHttp2: boolean;
  /** Of a request that takes too long, over HTTP/1.1. */
  readonly timeoutCode: string;
  /** Whether it throws an exception in a stream without its class and name, which is a mistake of that release. */
  readonly losesErrors: boolean;
}

export function lineOf(
  name: string,
  library: unknown,
  options: (timeout: number | undefined) => object = (requestTimeout) =>
    requestTimeout === undefined ? {} : { requestHandler: { requestTimeout } },
): Line {
  return {
    name,
    library: library as Library,
    timeoutCode: name.startsWith('3.1164') ? 'ETIMEDOUT' : 'TimeoutError',
    isHttp2: name.endsWith('HTTP/2'),
    losesErrors: name.startsWith('3.1001'),
    create: ({ baseURL, maxRetries, timeout, answered }) => {
      const client = new (library as Library).BedrockRuntime({
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

export function http1(timeout: number | undefined): NodeHttpHandler {
  return new NodeHttpHandler(
    timeout === undefined ? {} : { requestTimeout: timeout, throwOnRequestTimeout: true },
  );
}
