import { TracerProvider } from '@opentelemetry/sdk-trace';
import { recordSpans } from '@llm-otel/testing';
import { clientMethods } from '@llm-otel/tooling/contract';
import { OpenAI } from 'openai';
import { expect, test } from 'vitest';
import { instrument } from '../src/index.ts';

/** Groups of which every method is left alone, with those of the releases to come. */
const groups = ['admin', 'beta.agents', 'beta.chatkit', 'beta.assistants'];

test.each(groups)('no call of %s makes a span, and each reaches the server', async (group) => {
  const recorder = recordSpans();
  const tracer = new TracerProvider({ spanProcessors: [recorder] }).getTracer('test');
  let requests = 0;
  const client = instrument(
    new OpenAI({
      apiKey: 'none',
      adminAPIKey: 'none',
      maxRetries: 0,
      fetch: () => {
        requests++;
        return Promise.resolve(Response.json({ id: 'x', status: 'completed', data: [] }));
      },
    }),
    { tracer },
  );
  const methods = clientMethods(client, (value) => '_client' in value).filter((path) =>
    path.startsWith(`${group}.`),
  );
  // The objects around, by whatever name; no options.
  const isId = (name: string | symbol): boolean => /(?:_id|ID)$/.test(String(name));
  const parents = new Proxy({}, { get: (_ids, name) => (isId(name) ? 'id' : undefined) });

  for (const path of methods) {
    const names = path.split('.');
    const method = names.pop() ?? '';
    const owner = names.reduce<unknown>((value, name) => Reflect.get(Object(value), name), client);
    const call = Reflect.get(Object(owner), method) as (...args: unknown[]) => unknown;
    // What is refused is refused by the client itself.
    await Promise.resolve()
      .then(() => Reflect.apply(call, owner, ['id', parents, parents]))
      .catch(() => undefined);
  }

  expect(requests).toBeGreaterThan(methods.length / 2);
  expect(recorder.spans).toEqual([]);
  expect(recorder.openSpans).toEqual([]);
});
