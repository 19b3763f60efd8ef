import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { context } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { named } from './named-span.ts';
import { collectGarbageUntil } from './collect-garbage.ts';
import { recordAgents, type RecordedAgents } from './record-agents.ts';

afterEach(() => context.disable());

/** Answers with one piece, and with the rest when it is asked to. */
let server: Server;
let address: string;
let goOn: (how: 'end' | 'break') => void;

beforeAll(async () => {
  server = createServer((_, response) => {
    response.write('piece one ');
    goOn = (how) => (how === 'end' ? response.end('piece two') : response.destroy());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(() => server.close());

const WHOLE = 'piece one piece two';
const names = ({ recorder }: RecordedAgents): string[] => recorder.spans.map(({ name }) => name);

async function textOf(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const piece of stream) text += decoder.decode(piece, { stream: true });
  return text;
}

const READERS: Record<string, (response: Response) => Promise<unknown>> = {
  'text()': (response) => response.text(),
  'arrayBuffer()': async (response) => new TextDecoder().decode(await response.arrayBuffer()),
  'a reader of its body': async ({ body }) => {
    const reader = body?.getReader();
    const pieces: Uint8Array[] = [];
    for (;;) {
      const read = await reader?.read();
      if (read === undefined || read.done) return Buffer.concat(pieces).toString();
      pieces.push(read.value);
    }
  },
  'an iteration of its body': (response) => textOf(response.body as ReadableStream<Uint8Array>),
  'a pipe of Node.js': ({ body }) => textOf(Readable.fromWeb(body as never)),
  'a transformation': async ({ body }) => {
    const through = body?.pipeThrough(new TransformStream<Uint8Array, Uint8Array>());
    return through && textOf(through);
  },
  'another response around its body': (response) => new Response(response.body).text(),
  'a clone and itself': async (response) => {
    const [cloned, own] = await Promise.all([response.clone().text(), response.text()]);
    expect(cloned).toBe(own);
    return own;
  },
};

describe('work that answers with a Response', () => {
  test.each(Object.entries(READERS))('lasts until it is read by %s', async (_, read) => {
    const recorded = recordAgents();
    const { agents, recorder, clock, points } = recorded;

    let given: Response | undefined;
    const response = await agents.run('writer', async (run) =>
      run.step('fetch', async () => (given = await fetch(address))),
    );
    // Nothing of it is another than that of fetch.
    expect(response).toBe(given);
    expect(Reflect.ownKeys(response)).toEqual(Reflect.ownKeys(await fetch(`data:,x`)));
    expect([response.bodyUsed, response.body?.locked]).toEqual([false, false]);
    expect(Reflect.ownKeys(response.body ?? {}).filter((key) => typeof key === 'string')).toEqual(
      [],
    );

    const text = read(response);
    await new Promise(setImmediate);
    expect(names(recorded)).toEqual([]);
    await clock.advance(1500);
    goOn('end');

    expect(await text).toBe(WHOLE);
    await vi.waitFor(() => expect(names(recorded)).toEqual(['step fetch', 'invoke_agent writer']));
    expect(named(recorder, 'step fetch').attributes).not.toHaveProperty('llm_otel.left_open');
    expect(
      (await points()).find(({ metric }) => metric === 'llm_otel.agent.step.duration')?.sum,
    ).toBe(1.5);
  });

  test('fails with the connection, and the reader gets the error', async () => {
    const recorded = recordAgents();
    const response = await recorded.agents.run('writer', () => fetch(address));

    const text = response.text();
    goOn('break');

    await expect(text).rejects.toThrow();
    await vi.waitFor(() => expect(names(recorded)).toHaveLength(1));
    expect(named(recorded.recorder, 'invoke_agent writer').status.code).toBe(2);
  });

  test('ends when its reader leaves', async () => {
    const recorded = recordAgents();
    const response = await recorded.agents.run('writer', () => fetch(address));

    await response.body?.cancel();

    await vi.waitFor(() => expect(names(recorded)).toEqual(['invoke_agent writer']));
  });

  test('ends at once where there is no body', () => {
    const recorded = recordAgents();

    recorded.agents.run('writer', () => new Response(null, { status: 204 }));

    expect(names(recorded)).toEqual(['invoke_agent writer']);
  });

  test('ends with the run where only its status was looked at, and goes on where it is being read', async () => {
    const recorded = recordAgents();
    const { agents, recorder } = recorded;

    const text = await agents.run('writer', async (run) => {
      const { status } = await run.tool('ping', () => fetch(address));
      const response = await run.tool('load', () => fetch(address));
      return { status, text: response.text() };
    });

    expect(names(recorded)).toEqual(['execute_tool ping', 'invoke_agent writer']);
    expect(named(recorder, 'execute_tool ping').attributes['llm_otel.left_open']).toBe('run_ended');
    goOn('end');
    expect(await text.text).toBe(WHOLE);
    await vi.waitFor(() => expect(names(recorded)).toContain('execute_tool load'));
  });

  test('ends when nobody reads it any more', async () => {
    const recorded = recordAgents();

    recorded.agents.run('writer', () => new Response('never read'));

    await collectGarbageUntil(() => names(recorded).length > 0);
    expect(names(recorded)).toEqual(['invoke_agent writer']);
    // The runtime cancels it first, or we see it gone.
    expect([undefined, 'dropped']).toContain(
      named(recorded.recorder, 'invoke_agent writer').attributes['llm_otel.left_open'],
    );
  });

  test('may be of a library with streams of Node.js', async () => {
    const recorded = recordAgents();
    const body = Readable.from(['a']);
    const response = { status: 200, body, bodyUsed: false, clone: () => undefined };

    expect(recorded.agents.run('writer', () => response)).toBe(response);
    expect(names(recorded)).toEqual([]);
    for await (const _ of body);

    await vi.waitFor(() => expect(names(recorded)).toEqual(['invoke_agent writer']));
  });
});

describe('a ReadableStream that must stay itself', () => {
  class Lines extends ReadableStream<string> {
    #own = 3;
    get lines(): number {
      return this.#own;
    }
  }

  test('keeps its class and its private members, and lasts until it is read', async () => {
    const recorded = recordAgents();
    const lines = recorded.agents.run(
      'writer',
      () =>
        new Lines({
          start(controller) {
            controller.enqueue('x');
            controller.close();
          },
        }),
    );
    expect([lines instanceof Lines, lines.lines, lines.locked]).toEqual([true, 3, false]);
    await new Promise(setImmediate);
    expect(names(recorded)).toEqual([]);

    for await (const _ of lines);

    await vi.waitFor(() => expect(names(recorded)).toEqual(['invoke_agent writer']));
  });

  test('is observed where someone reads it already', async () => {
    const recorded = recordAgents();
    const stream = new ReadableStream({ start: (controller) => controller.enqueue('x') });
    const reader = stream.getReader();

    expect(recorded.agents.run('writer', () => stream)).toBe(stream);
    await reader.read();
    await new Promise(setImmediate);
    expect(names(recorded)).toEqual([]);
    await reader.cancel();

    await vi.waitFor(() => expect(names(recorded)).toEqual(['invoke_agent writer']));
  });
});

test('where the runtime cannot tell, a Response is complete when the work is', () => {
  const recorded = recordAgents();
  const ask = vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined);

  recorded.agents.run('writer', () => new Response('x'));
  ask.mockRestore();

  expect(names(recorded)).toEqual(['invoke_agent writer']);
});
