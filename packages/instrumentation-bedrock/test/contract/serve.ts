import { type ModelScript, startModelEmulator } from '@llm-otel/testing';
import type { ContractServer } from '@llm-otel/tooling/contract';

/** They differ from one call of the same client to the next. */
const volatile = /^(:authority|authorization|amz-sdk-invocation-id|x-amz-date|traceparent)$/;

/** The emulator, without what no two requests of Bedrock's client have in common. */
export async function serve(scripts: readonly ModelScript[]): Promise<ContractServer> {
  const emulator = await startModelEmulator({ scripts });
  return {
    baseURL: emulator.url,
    get requests() {
      return emulator.requests.map(({ path, body, headers }) => ({
        path,
        body,
        headers: Object.fromEntries(
          Object.entries(headers).filter(([name]) => !volatile.test(name)),
        ),
      }));
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
