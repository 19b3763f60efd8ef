/// <reference lib="esnext.iterator" />
import { execFileSync, spawn } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { context, SpanStatusCode, trace } from '@opentelemetry/api';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createAgentTracing, endOn } from '../src/index.ts';
import type * as DecoratedDesk from './fixtures/decorated-desk.ts';
import { named } from './named-span.ts';
import { collectGarbageUntil } from './collect-garbage.ts';
import { recordAgents } from './record-agents.ts';

afterEach(() => context.disable());

describe('work that is a generator', () => {
  function* counting(): Generator<number, string> {
    yield 1;
    yield 2;
    return 'all';
  }

  test('lasts as long as it is iterated, and what it does hangs below it', async () => {
    const { agents, genAi, recorder } = recordAgents();
    async function* answers(): AsyncGenerator<string> {
      genAi.startInference({ provider: 'openai', model: 'first' }).end();
      yield 'a';
      await Promise.resolve();
      genAi.startInference({ provider: 'openai', model: 'second' }).end();
      yield 'b';
    }

    const run = agents.startRun('writer');
    const stream = run.step('answer', answers);
    const read: string[] = [];
    for await (const answer of stream) {
      read.push(answer);
      expect(recorder.spans.map(({ name }) => name)).not.toContain('step answer');
    }
    run.end();

    expect(read).toEqual(['a', 'b']);
    const step = named(recorder, 'step answer').spanContext().spanId;
    for (const call of ['chat first', 'chat second'])
      expect(named(recorder, call).parentSpanContext?.spanId).toBe(step);
  });

  test('passes values and the result through, and is the same object all the way', () => {
    const { agents, recorder } = recordAgents();

    agents.run('writer', (run) => {
      const numbers = run.step('count', counting);
      expect(numbers[Symbol.iterator]()).toBe(numbers);
      expect([numbers.next(), numbers.next(), numbers.next()]).toEqual([
        { done: false, value: 1 },
        { done: false, value: 2 },
        { done: true, value: 'all' },
      ]);
      expect(Object.prototype.toString.call(numbers)).toBe('[object Generator]');
    });

    expect(named(recorder, 'step count').status.code).toBe(SpanStatusCode.UNSET);
  });

  test.each([
    ['left early', (numbers: Generator<number, string>) => numbers.return('enough')],
    [
      'left by a break',
      (numbers: Generator<number, string>) => {
        for (const _ of numbers) break;
      },
    ],
  ])('ends when it is %s', (_, leave) => {
    const { agents, recorder } = recordAgents();

    agents.run('writer', (run) => {
      leave(run.tool('count', counting));
      expect(recorder.spans.map(({ name }) => name)).toEqual(['execute_tool count']);
    });
  });

  test('fails when a turn of it does, and the error passes unchanged', async () => {
    const { agents, recorder } = recordAgents();
    const error = new RangeError('no more');
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      throw error;
    }
    function* failingAtOnce(): Generator<number> {
      yield 1;
      throw error;
    }

    await agents.run('writer', async (run) => {
      const turns = run.step('async', failing);
      await turns.next();
      await expect(turns.next()).rejects.toBe(error);
      const [once] = [run.step('sync', failingAtOnce)];
      once.next();
      expect(() => once.next()).toThrow(error);
      const thrown = run.step('thrown', counting);
      thrown.next();
      expect(() => thrown.throw(error)).toThrow(error);
    });

    for (const name of ['step async', 'step sync', 'step thrown'])
      expect(named(recorder, name).attributes['error.type']).toBe('RangeError');
    expect(named(recorder, 'invoke_agent writer').status.code).toBe(SpanStatusCode.UNSET);
  });

  test('may be frozen, and is observed like any other one', async () => {
    const { agents, recorder } = recordAgents();
    const iterable = Object.freeze({
      async *[Symbol.asyncIterator]() {
        yield 1;
      },
    });

    await agents.run('writer', async (run) => {
      const read: number[] = [];
      for await (const n of run.step('iterable', () => iterable)) read.push(n);
      for (const n of run.step('generator', () => Object.freeze(counting()))) read.push(n);
      expect(read).toEqual([1, 1, 2]);
    });

    expect(recorder.spans.map(({ name }) => name)).toEqual([
      'step iterable',
      'step generator',
      'invoke_agent writer',
    ]);
  });

  test('may be promised: the span lasts until it is read, not only until it is there', async () => {
    const { agents, genAi, recorder } = recordAgents();
    async function* answers(): AsyncGenerator<string> {
      yield 'a';
      genAi.startInference({ provider: 'openai', model: 'late' }).end();
    }

    await agents.run('writer', async (run) => {
      const stream = await run.tool('answer', async () => {
        await Promise.resolve();
        return answers();
      });
      const numbers = await run.step('count', async () => counting());
      expect(recorder.spans).toEqual([]);
      for await (const _ of stream);
      expect([...numbers]).toEqual([1, 2]);
    });

    expect(recorder.spans.map(({ name }) => name)).toEqual([
      'chat late',
      'execute_tool answer',
      'step count',
      'invoke_agent writer',
    ]);
    const tool = named(recorder, 'execute_tool answer').spanContext().spanId;
    expect(named(recorder, 'chat late').parentSpanContext?.spanId).toBe(tool);
  });

  test('in the promise of a client is complete when that settles, and stays what it is', async () => {
    const { agents, recorder } = recordAgents();
    class ClientPromise<T> extends Promise<T> {
      static override get [Symbol.species](): PromiseConstructor {
        return Promise;
      }
    }
    const stream = counting();
    const promise = ClientPromise.resolve(stream);

    await agents.run('writer', async (run) => {
      expect(run.step('ask', () => promise)).toBe(promise);
      expect(await promise).toBe(stream);
    });

    expect(recorder.spans.map(({ name }) => name)).toEqual(['step ask', 'invoke_agent writer']);
  });

  test('may be read through the helpers of iterators', () => {
    const { agents, recorder } = recordAgents();

    agents.run('writer', (run) => {
      const doubled = run.step('all', counting).map((value) => value * 2);
      expect(doubled.toArray()).toEqual([2, 4]);
      expect(recorder.spans.map(({ name }) => name)).toEqual(['step all']);
      expect(run.step('some', counting).take(1).toArray()).toEqual([1]);
      expect(recorder.spans.map(({ name }) => name)).toEqual(['step all', 'step some']);
    });
  });

  test('that is left lasts until its own cleaning up is done', async () => {
    const { agents, recorder } = recordAgents();
    let finish: (() => void) | undefined;
    const cleaned = new Promise<void>((resolve) => (finish = resolve));
    async function* answers(): AsyncGenerator<number> {
      try {
        yield 1;
        yield 2;
      } finally {
        await agents.activeRun()?.step('clean up', () => cleaned);
      }
    }
    const run = agents.startRun('writer');

    const stream = run.step('answer', answers);
    await stream.next();
    const left = stream.return(undefined);
    expect(recorder.spans).toEqual([]);
    finish?.();
    await left;

    expect(recorder.spans.map(({ name }) => name)).toEqual(['step clean up', 'step answer']);
    const parent = named(recorder, 'step answer').spanContext().spanId;
    expect(named(recorder, 'step clean up').parentSpanContext?.spanId).toBe(parent);
  });

  test.each([
    ['dispose', Symbol.dispose],
    ['asyncDispose', Symbol.asyncDispose],
  ] as const)('ends when it is left by %s, as `using` does', async (_, how) => {
    const { agents, recorder } = recordAgents();
    const log: string[] = [];
    const source = {
      next: () => ({ done: false, value: 1 }),
      [Symbol.iterator]() {
        return this;
      },
      [how]: () => void log.push('closed'),
    };

    agents.run('writer', (run) => {
      const observed = run.step('count', () => source);
      observed.next();
      observed[how]?.();
      expect(recorder.spans.map(({ name }) => name)).toEqual(['step count']);
    });

    expect(log).toEqual(['closed']);
  });

  test('that is dropped unread ends when it is garbage', async () => {
    const { agents, recorder } = recordAgents();
    const run = agents.startRun('writer');
    run.step('dropped', counting);

    await collectGarbageUntil(() => recorder.spans.length > 0);
    expect(recorder.spans.map(({ name }) => name)).toEqual(['step dropped']);
  });

  test('may be any async iterable, also one that is frozen', async () => {
    const { agents, recorder } = recordAgents();
    class Answers {
      readonly #values = ['a', 'b'];
      async *[Symbol.asyncIterator](): AsyncGenerator<string> {
        yield* this.#values;
      }
      get size(): number {
        return this.#values.length;
      }
    }

    await agents.run('writer', async (run) => {
      const answers = run.step('iterable', () => new Answers());
      expect(answers).toBeInstanceOf(Answers);
      expect(answers.size).toBe(2);
      expect(recorder.spans).toEqual([]);
      const read: string[] = [];
      for await (const answer of answers) read.push(answer);
      expect(read).toEqual(['a', 'b']);
      const frozen = run.step('frozen', () =>
        Object.freeze({
          name: 'letters',
          async *[Symbol.asyncIterator]() {
            yield 'c';
          },
        }),
      );
      expect([frozen.name, Object.keys(frozen)]).toEqual(['letters', ['name']]);
      for await (const answer of frozen) read.push(answer);
      const generator = run.step('frozen generator', () =>
        Object.freeze(new Answers()[Symbol.asyncIterator]()),
      );
      for await (const answer of generator) read.push(answer);
      expect(read).toEqual(['a', 'b', 'c', 'a', 'b']);
      expect(run.step('list', () => [1, 2])).toEqual([1, 2]);
    });

    expect(recorder.spans.map(({ name }) => name)).toEqual([
      'step iterable',
      'step frozen',
      'step frozen generator',
      'step list',
      'invoke_agent writer',
    ]);
  });
});

describe('an event emitter', () => {
  test('ends the operation that was started for it, whichever event comes first, and nothing stays behind', () => {
    const { agents, recorder } = recordAgents();
    const run = agents.startRun('writer');

    for (const event of ['end', 'finish', 'close']) {
      const emitter = endOn(run.startTool(event), new EventEmitter());
      emitter.emit(event);
      emitter.emit('close');
      expect(emitter.eventNames()).toEqual([]);
    }

    expect(recorder.spans.map(({ name }) => name)).toEqual([
      'execute_tool end',
      'execute_tool finish',
      'execute_tool close',
    ]);
  });

  test('that fails does so for its operation and for the application as before', () => {
    const { agents, recorder } = recordAgents();
    const run = agents.startRun('writer');
    const error = new Error('broken pipe');
    const handled: unknown[] = [];

    const quiet = endOn(run.startTool('handled'), new EventEmitter());
    quiet.on('error', (cause) => handled.push(cause));
    quiet.emit('error', error);
    const loud = endOn(run.startTool('unhandled'), new EventEmitter());

    expect(handled).toEqual([error]);
    expect(() => loud.emit('error', error)).toThrow(error);
    for (const name of ['execute_tool handled', 'execute_tool unhandled'])
      expect(named(recorder, name).status).toEqual({
        code: SpanStatusCode.ERROR,
        message: 'broken pipe',
      });
  });

  test('may be a child process, whose listeners run inside the operation', async () => {
    const { agents, recorder } = recordAgents();
    const run = agents.startRun('writer');
    const tool = run.startTool({ name: 'shell', command: { executableName: 'node' } });

    const child = endOn(tool, spawn(process.execPath, ['--version'], { stdio: 'ignore' }), {
      end: ['exit'],
    });
    const inside = await new Promise<string | undefined>((resolve) => {
      child.once('close', () => resolve(trace.getActiveSpan()?.spanContext().spanId));
    });

    expect(inside).toBe(tool.span.spanContext().spanId);
    expect(named(recorder, 'execute_tool shell node').status.code).toBe(SpanStatusCode.UNSET);
    expect(named(recorder, 'execute_tool shell node').attributes['process.exit.code']).toBe(0);
  });

  test.each([
    ['process.exit(3)', 3, 'ProcessFailure', 'the process exited with 3'],
    [
      "process.kill(process.pid, 'SIGTERM'); setInterval(() => {}, 1000)",
      undefined,
      'SIGTERM',
      'the process was ended by SIGTERM',
    ],
  ])('fails with a child process that does: %s', async (script, code, type, message) => {
    const { agents, recorder } = recordAgents();
    const run = agents.startRun('writer');

    const child = endOn(run.startTool('shell'), spawn(process.execPath, ['-e', script]));
    endOn(run.startStep('wait'), child);
    await new Promise((resolve) => child.once('close', resolve));

    for (const name of ['execute_tool shell', 'step wait'])
      expect(named(recorder, name)).toMatchObject({
        status: { code: SpanStatusCode.ERROR, message },
        attributes: { 'error.type': type },
      });
    expect(named(recorder, 'execute_tool shell').attributes['process.exit.code']).toBe(code);
  });

  test('of another library may name its events otherwise', () => {
    const { agents, recorder } = recordAgents();
    const run = agents.startRun('writer');
    const listeners = new Map<string | symbol, (value: unknown) => void>();
    const emitter = {
      once: (event: string | symbol, listener: (value: unknown) => void) =>
        listeners.set(event, listener),
      removeListener: (event: string | symbol) => listeners.delete(event),
    };

    endOn(run.startStep('a'), emitter, { end: ['done'], error: 'failed' });
    listeners.get('failed')?.(new TypeError('no'));

    expect(named(recorder, 'step a').attributes['error.type']).toBe('TypeError');
    expect(listeners.size).toBe(0);
  });
});

describe('a function that is traced', () => {
  test('is a step, a tool, a run or a workflow, wherever it is called', async () => {
    const { agents, recorder } = recordAgents({ content: 'span' });
    const search = agents.traced({ as: 'tool' }, async function search(query: { q: string }) {
      return { hits: query.q.length };
    });
    const add = agents.traced({ as: 'tool', name: 'add' }, (a: number, b: number) => a + b);
    const draft = agents.traced(async function draft(words: number) {
      await search({ q: 'abc' });
      return words;
    });
    const write = agents.traced({ as: 'run', name: 'writer' }, async () => [
      await draft(5),
      add(1, 2),
    ]);
    const desk = agents.traced({ as: 'workflow', name: 'desk' }, write);

    expect(await desk()).toEqual([5, 3]);

    expect(recorder.spans.map(({ name }) => name)).toEqual([
      'execute_tool search',
      'step draft',
      'execute_tool add',
      'invoke_agent writer',
      'invoke_workflow desk',
    ]);
    expect(recorder.spans[0]?.attributes).toMatchObject({
      'gen_ai.tool.call.arguments': '{"q":"abc"}',
      'gen_ai.tool.call.result': '{"hits":3}',
      'gen_ai.agent.name': 'writer',
    });
    expect(recorder.spans[2]?.attributes['gen_ai.tool.call.arguments']).toBe('{"arguments":[1,2]}');
    expect([draft.name, draft.length, add.length]).toEqual(['draft', 1, 2]);
  });

  test('outside of a run is a span of its own: a tool may be called by an agent elsewhere', async () => {
    const { agents, recorder } = recordAgents({ content: 'span' });

    expect(agents.traced(() => 7)()).toBe(7);
    expect(await agents.traced({ as: 'tool', name: 'add' }, async (a: number) => a + 1)(1)).toBe(2);

    expect(recorder.spans.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['step anonymous', { 'llm_otel.step.name': 'anonymous' }],
      [
        'execute_tool add',
        expect.objectContaining({
          'gen_ai.tool.call.arguments': '{"arguments":1}',
          'gen_ai.tool.call.result': '{"result":2}',
        }),
      ],
    ]);
  });

  test('is only itself where telemetry is switched off', () => {
    const agents = createAgentTracing();

    expect(agents.traced(() => 7)()).toBe(7);
    expect(agents.traced({ as: 'run' }, () => 8)()).toBe(8);
    expect(agents.activeRun()).toBeUndefined();
  });
});

const TSC = fileURLToPath(new URL('../node_modules/.bin/tsc', import.meta.url));

describe('a decorated method', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'llm-otel-decorators-'));
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    ['of the standard', []],
    ['of TypeScript before that', ['--experimentalDecorators']],
  ])('is traced, with decorators %s', async (_, flags) => {
    const outDir = join(folder, String(flags.length));
    const source = fileURLToPath(new URL('fixtures/decorated-desk.ts', import.meta.url));
    const options =
      '--ignoreConfig --noCheck --noResolve --target es2022 --module esnext --outDir'.split(' ');
    execFileSync(TSC, [...options, outDir, ...flags, source]);
    const compiled = pathToFileURL(join(outDir, 'decorated-desk.js')).href;
    const { makeDesk } = (await import(compiled)) as typeof DecoratedDesk;
    const { agents, recorder } = recordAgents();

    const desk = makeDesk(agents);
    await agents.run('writer', async () => {
      expect(desk.greet('Ada')).toBe('hello Ada');
      expect(await desk.search('abc')).toBe(3);
    });

    expect(recorder.spans.map(({ name }) => name)).toEqual([
      'step greet',
      'execute_tool find',
      'invoke_agent writer',
    ]);
  });

  test('is what decorators are for, and nothing else', () => {
    const decorate = createAgentTracing().traced({ as: 'step' });

    expect(() => decorate(undefined as never, { kind: 'field' })).toThrow(
      '@traced is "field": use it on a method',
    );
    expect(() => decorate(EventEmitter as never, { kind: 'class' })).toThrow('"class"');
    expect(() => decorate({}, 'size', { get: () => 1 } as never)).toThrow('"size"');
  });
});

describe('code without callbacks', () => {
  test('starts and ends runs, steps, tools and retrievals itself', () => {
    const { agents, recorder } = recordAgents();

    const workflow = agents.startWorkflow('desk');
    const run = context.with(workflow.context, () =>
      agents.startRun({ agent: { name: 'writer' } }),
    );
    const step = run.startStep('draft');
    const tool = context.with(step.context, () => run.startTool('search'));
    const found = run.startRetrieve({ dataSourceId: 'd' });
    const memory = run.startMemory({ operation: 'search_memory', query: 'q' });
    const plan = run.startPlan();
    const decision = run.startDecision({ name: 'route' });
    decision.choose('billing');
    const approval = run.startApproval('refund');
    approval.decided('approved');
    const open = [approval, decision, plan, memory, found, tool, step, run, workflow];
    for (const one of open) {
      one.end();
      one.end();
      one.fail(new Error('late'));
    }

    expect(recorder.spans.map(({ name }) => name)).toEqual([
      'approval refund',
      'decide route',
      'plan writer',
      'search_memory',
      'retrieval d',
      'execute_tool search',
      'step draft',
      'invoke_agent writer',
      'invoke_workflow desk',
    ]);
    expect(named(recorder, 'execute_tool search').parentSpanContext?.spanId).toBe(
      named(recorder, 'step draft').spanContext().spanId,
    );
    expect(recorder.openSpans).toEqual([]);
  });

  test('gets what records nothing where telemetry is switched off', () => {
    const agents = createAgentTracing();
    const run = agents.startRun('writer');

    run.startStep('s').end();
    run.startTool('t').fail(new Error('no'));
    run.startRetrieve({}).end();
    run.startMemory({ operation: 'search_memory' }).end();
    run.startPlan().end();
    run.startDecision({ name: 'd' }).end();
    run.startApproval('a').end();
    expect(run.decide({ name: 'd', chosen: 'c' }).reference).toBeUndefined();
    expect(run.decide({ name: 'd' }, (decision) => [decision.choose('c'), 1][1])).toBe(1);
    expect(run.approval('a', (approval) => [approval.decided('approved'), 2][1])).toBe(2);
    expect(run.delegate('b', (inner) => inner.agentName)).toBe('b');
    expect(run.carrier()).toEqual({ agentName: 'writer', conversationId: undefined });
    run.stop('completed');
    run.end();
    expect(agents.startWorkflow('w').span.isRecording()).toBe(false);
    expect(agents.join(run.carrier(), 'p', (part) => part.agentName)).toBe('writer');
  });
});
