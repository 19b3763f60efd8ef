import { context, diag, DiagLogLevel, type Link } from '@opentelemetry/api';
import { openAiChatStream } from '@llm-otel/llm-conventions';
import { afterEach, describe, expect, test } from 'vitest';
import type { AgentRun, Budget, ExceededBudget, Loop, RunOptions } from '../src/index.ts';
import { recordAgents, type RecordedAgents } from './record-agents.ts';
import { named } from './named-span.ts';

afterEach(() => {
  context.disable();
  diag.disable();
});

const agent = { name: 'writer' };
const usage = { inputTokens: 60, outputTokens: 40 };

function record(): RecordedAgents & { readonly call: () => void } {
  const recorded = recordAgents();
  return {
    ...recorded,
    call: () =>
      recorded.genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (call) =>
        call.recordResponse({ model: 'gpt-5-mini', usage }),
      ),
  };
}

describe('the cost of many small calls', () => {
  test.each([
    [11, 550],
    [9, 450],
  ])('of %i tokens is exact in the run, in its budget and in its report', (inputTokens, sum) => {
    const { genAi, agents, recorder } = recordAgents();
    const exceeded: ExceededBudget[] = [];
    const budget = { microUsd: sum - 1, onExceeded: (one: ExceededBudget) => exceeded.push(one) };
    agents.run({ agent, budget }, (run) => {
      for (let index = 0; index < 1000; index++)
        genAi.inference({ provider: 'openai', model: 'gpt-5-nano' }, (call) =>
          call.recordResponse({ usage: { inputTokens, outputTokens: 0 } }),
        );
      expect(run.usage.microUsd).toBe(sum);
      expect(run.usageReport()).toMatchObject({ microUsd: sum, ownMicroUsd: sum });
    });

    expect(exceeded).toHaveLength(1);
    expect(exceeded[0]?.value).toBeLessThan(sum);
    const span = named(recorder, 'invoke_agent writer');
    expect(span.attributes['llm_otel.rollup.cost.micro_usd']).toBe(sum);
  });

  test('counts embeddings too, which are no model calls with messages', () => {
    const { genAi, agents } = recordAgents();
    agents.run({ agent }, (run) => {
      genAi.embeddings({ provider: 'openai', model: 'text-embedding-3-large' }, (call) =>
        call.recordResponse({ inputTokens: 1_000_000 }),
      );
      expect(run.usage).toMatchObject({ microUsd: 130_000, inputTokens: 1_000_000 });
    });
  });
});

describe('sums over the calls of a run', () => {
  const openai = { provider: 'openai', model: 'gpt-5-mini' };
  const cases: [string, (recorded: ReturnType<typeof record>) => unknown, unknown][] = [
    ['all that is known', ({ call }) => call(), undefined],
    [
      'a model without a price',
      ({ genAi }) =>
        genAi.inference({ ...openai, model: 'unheard-of' }, (call) =>
          call.recordResponse({ usage }),
        ),
      ['cost'],
    ],
    [
      'a call that did not say',
      ({ genAi }) => genAi.inference(openai, () => 1),
      ['tokens', 'cost'],
    ],
    [
      'embeddings that did not say',
      ({ genAi }) => genAi.embeddings(openai, () => 1),
      ['tokens', 'cost'],
    ],
    [
      'a call that failed',
      ({ genAi }) => genAi.startInference(openai).fail(new Error('429')),
      undefined,
    ],
    [
      'a call that failed when it had answered',
      ({ genAi }) => {
        const call = genAi.startInference(openai);
        call.recordResponse({ id: 'c-1' });
        call.fail(new Error('not the JSON that was asked for'));
      },
      ['tokens', 'cost'],
    ],
  ];

  test.each(cases)('say what they lack: %s', (_, more, partial) => {
    const recorded = record();
    recorded.agents.run('boss', (boss) =>
      boss.delegate({ agent }, () => [recorded.call(), more(recorded)]),
    );

    for (const name of ['invoke_agent boss', 'invoke_agent writer'])
      expect(named(recorded.recorder, name).attributes['llm_otel.rollup.partial']).toEqual(partial);
  });

  const piece = { id: 'c-1', choices: [{ delta: { content: 'x' } }] };
  const broken = { error: { message: 'overloaded' } };
  test.each<[string, readonly unknown[], unknown]>([
    ['before the first chunk', [], undefined],
    ['with its first chunk, which told an error', [broken], undefined],
    ['after a chunk', [piece], ['tokens', 'cost']],
    ['with a chunk that told an error, after another one', [piece, broken], ['tokens', 'cost']],
  ])('say what they lack: a stream that failed %s', async (_, chunks, partial) => {
    const { agents, genAi, call, recorder } = record();
    const source = async function* (): AsyncGenerator {
      yield* chunks;
      throw new Error('reset');
    };
    await agents.run({ agent }, async () => {
      call();
      const stream = await genAi.inference({ ...openai, stream: true }, async (open) =>
        open.stream(source(), openAiChatStream),
      );
      const read = async (): Promise<void> => {
        for await (const _ of stream);
      };
      await expect(read()).rejects.toThrow('reset');
    });

    expect(named(recorder, 'invoke_agent writer').attributes['llm_otel.rollup.partial']).toEqual(
      partial,
    );
  });

  test('are left out, and not marked, where nothing is known', () => {
    const { agents, genAi, recorder } = record();
    agents.run('writer', () => genAi.inference(openai, () => 1));

    expect(
      Object.keys(recorder.spans.at(-1)?.attributes ?? {}).filter((name) => /rollup/.test(name)),
    ).toEqual([]);
  });
});

describe('a budget', () => {
  const budgets: [
    string,
    RunOptions['budget'],
    (r: ReturnType<typeof record>, run: AgentRun) => unknown,
    number,
  ][] = [
    ['tokens', { tokens: 150 }, ({ call }) => [call(), call()], 200],
    ['cost', { microUsd: 1 }, ({ call }) => call(), 95],
    ['steps', { steps: 1 }, (_, run) => [run.step('a', () => 1), run.step('b', () => 2)], 2],
  ];

  test.each(budgets)(
    'of %s is observed when it is exceeded, and nothing is stopped',
    (kind, budget, work, value) => {
      const recorded = record();
      const seen: ExceededBudget[] = [];
      const onExceeded = (exceeded: ExceededBudget): void => void seen.push(exceeded);

      recorded.agents.run({ agent, budget: { ...budget, onExceeded } }, (run) => {
        work(recorded, run);
        // Told once, however far beyond.
        work(recorded, run);
      });

      const limit = Object.values(budget ?? {})[0];
      expect(seen).toEqual([{ kind, limit, value }]);
      const run = named(recorded.recorder, 'invoke_agent writer');
      expect(run.attributes['llm_otel.budget.exceeded']).toEqual([kind]);
      expect(run.status.code).toBe(0);
      const events = recorded.recorder.spans.flatMap((span) => span.events);
      expect(events.filter(({ name }) => name === 'llm_otel.budget.exceeded')).toMatchObject([
        {
          attributes: {
            'llm_otel.budget.kind': kind,
            'llm_otel.budget.limit': limit,
            'llm_otel.budget.value': value,
          },
        },
      ]);
    },
  );

  test('of wall time is noticed while the run waits, and its timer does not outlive the run', async () => {
    const { agents, recorder, clock } = record();
    const seen: ExceededBudget[] = [];

    await agents.run(
      { agent, budget: { wallTimeMillis: 1000, onExceeded: (one) => seen.push(one) } },
      async () => {
        await clock.advance(1000);
        expect(seen).toEqual([]);
        await clock.advance(1);
        expect(seen).toEqual([{ kind: 'wall_time', limit: 1, value: 1.001 }]);
      },
    );
    agents.run({ agent, budget: { wallTimeMillis: 5000 } }, () => undefined);

    expect(clock.pendingTimers).toEqual([]);
    expect(recorder.spans[1]?.attributes).not.toHaveProperty('llm_otel.budget.exceeded');
  });

  test('of a supervisor counts what the agents below it use; the metric of cost counts own calls only', async () => {
    const { agents, recorder, call, points } = record();

    agents.run({ agent: { name: 'boss' }, budget: { tokens: 150 } }, () => {
      call();
      agents.workflow('inner', () => agents.run('writer', () => call()));
    });

    const boss = named(recorder, 'invoke_agent boss').attributes;
    expect(boss).toMatchObject({
      'llm_otel.rollup.usage.input_tokens': 120,
      'llm_otel.rollup.usage.output_tokens': 80,
      'llm_otel.budget.exceeded': ['tokens'],
    });
    expect(boss['llm_otel.rollup.cost.micro_usd']).toBe(190);
    expect(
      named(recorder, 'invoke_agent writer').attributes['llm_otel.rollup.cost.micro_usd'],
    ).toBe(95);
    const costs = (await points()).filter(({ metric }) => metric === 'llm_otel.agent.run.cost');
    expect(new Set(costs.map(({ attributes }) => attributes['gen_ai.agent.name']))).toEqual(
      new Set(['boss', 'writer']),
    );
    expect(costs.map(({ value }) => value)).toEqual([95, 95]);
  });

  test('is told on the span of the run, whatever is open in it', () => {
    const { agents, recorder, call } = record();

    agents.run({ agent, budget: { tokens: 1, microUsd: 1, steps: 0 } }, (run) =>
      run.step('ask', call),
    );

    expect(named(recorder, 'step ask').events).toEqual([]);
    expect(
      named(recorder, 'invoke_agent writer').events.map(
        ({ attributes }) => attributes?.['llm_otel.budget.kind'],
      ),
    ).toEqual(['steps', 'tokens', 'cost']);
  });

  test('of tokens counts what an agent at a service says it used', () => {
    const { agents, genAi, recorder } = recordAgents();

    agents.run({ agent, budget: { tokens: 150 } }, (run) => {
      genAi.invokeAgent({ provider: 'aws.bedrock', agent: { name: 'remote' } }, (call) => {
        call.recordOutput({ usage: { inputTokens: 100 } });
        call.recordOutput({ usage: { inputTokens: 120, outputTokens: 40 } });
        expect(run.usage.inputTokens).toBe(0);
      });
      expect(run.usage).toMatchObject({ inputTokens: 120, outputTokens: 40, inferenceCalls: 0 });
    });

    expect(named(recorder, 'invoke_agent writer').attributes).toMatchObject({
      'llm_otel.rollup.usage.input_tokens': 120,
      'llm_otel.budget.exceeded': ['tokens'],
    });
  });

  test.each([true, false])(
    'reported at the end is marked where calls told it before (%s)',
    (calls) => {
      const { agents, recorder, call } = record();

      agents.run({ agent }, (run) => {
        if (calls) call();
        run.recordOutput({ ...usage });
      });

      const { spans } = recorder;
      const sum = spans.reduce(
        (total, { attributes }) => total + Number(attributes['gen_ai.usage.input_tokens'] ?? 0),
        0,
      );
      expect(sum).toBe(60);
      expect(named(recorder, 'invoke_agent writer').attributes).toMatchObject({
        'llm_otel.usage.rollup': calls,
      });
    },
  );

  test('of a supervisor counts what agents inside do, each run by numbers of its own, and is told once', () => {
    const { agents, recorder, call } = record();
    const exceeded: unknown[] = [];
    const budget = (steps: number, name: string): Budget => ({
      steps,
      onExceeded: (one) => exceeded.push([name, one]),
    });

    agents.run({ agent: { name: 'boss' }, budget: budget(2, 'boss') }, (boss) => {
      boss.step('delegate', () =>
        // Neither a workflow nor an agent of a framework in between hides what is inside.
        agents.workflow('desk', () =>
          agents.run({ agent: { name: 'helper' }, budget: budget(3, 'helper') }, (helper) => {
            for (let turn = 0; turn < 3; turn++)
              expect(helper.step('ask', (step) => [call(), step.index])[1]).toBe(turn);
            helper.tool('search', () => 1);
            expect(helper.usage).toMatchObject({
              steps: 3,
              totalSteps: 3,
              inferenceCalls: 3,
              toolCalls: 1,
            });
          }),
        ),
      );
      expect(boss.step('next', (step) => step.index)).toBe(1);
      expect(boss.usage).toMatchObject({
        inputTokens: 180,
        outputTokens: 120,
        steps: 2,
        totalSteps: 5,
        inferenceCalls: 0,
        toolCalls: 0,
      });
    });

    expect(exceeded).toEqual([['boss', { kind: 'steps', limit: 2, value: 3 }]]);
    const boss = named(recorder, 'invoke_agent boss');
    expect(boss.attributes).toMatchObject({
      'llm_otel.budget.exceeded': ['steps'],
      'llm_otel.run.steps': 2,
    });
    expect(boss.events).toHaveLength(1);
    expect(named(recorder, 'invoke_agent helper').attributes).not.toHaveProperty(
      'llm_otel.budget.exceeded',
    );
  });

  test('of steps goes on over a pause, and over a part elsewhere with agents of its own', () => {
    const { agents } = record();
    const boss = { agent: { name: 'boss' } };
    const checkpoint = agents.run(boss, (run) => {
      run.delegate('helper', (helper) => helper.step('ask', () => 1));
      const report = agents.join({ agentName: 'boss' }, 'worker', (part) => {
        part.step('read', () => part.delegate('reader', (reader) => reader.step('look', () => 1)));
        return part.usageReport();
      });
      expect(report).toMatchObject({ steps: 1, totalSteps: 2 });
      run.include(report);
      run.include(report);
      expect(run.usage).toMatchObject({ steps: 1, totalSteps: 3 });
      return run.checkpoint({ pause: true });
    });

    const exceeded: ExceededBudget[] = [];
    const budget = { steps: 3, onExceeded: (one: ExceededBudget) => exceeded.push(one) };
    agents.run({ ...boss, budget, resume: JSON.parse(JSON.stringify(checkpoint)) }, (run) => {
      run.delegate('helper', (helper) => helper.step('ask', () => 1));
      expect(run.usage).toMatchObject({ steps: 1, totalSteps: 4 });
      expect(run.usageReport()).toMatchObject({ steps: 0, totalSteps: 1 });
    });
    expect(exceeded).toEqual([{ kind: 'steps', limit: 3, value: 4 }]);
  });

  test('whose callback throws is still observed, and the run goes on', () => {
    const { agents, recorder, call } = record();
    diag.setLogger(
      { error() {}, warn() {}, info() {}, debug() {}, verbose() {} },
      DiagLogLevel.ERROR,
    );
    const onExceeded = (): never => {
      throw new Error('mistake of the application');
    };

    const answer = agents.run({ agent, budget: { tokens: 1, onExceeded } }, () => {
      call();
      return 'answer';
    });

    expect(answer).toBe('answer');
    expect(named(recorder, 'invoke_agent writer').attributes['llm_otel.budget.exceeded']).toEqual([
      'tokens',
    ]);
  });
});

test('callbacks of a run may be async: what they reject with goes no further', async () => {
  const { agents } = record();
  const logged: string[] = [];
  const note = (message: string): void => void logged.push(message);
  diag.setLogger(
    { error: note, warn: note, info() {}, debug() {}, verbose() {} },
    { logLevel: DiagLogLevel.ERROR, suppressOverrideMessage: true },
  );
  const unhandled: unknown[] = [];
  const keep = (reason: unknown): void => void unhandled.push(reason);
  process.on('unhandledRejection', keep);
  const onExceeded = (): Promise<never> => Promise.reject(new Error('exceeded'));
  const onLoop = (): Promise<never> => Promise.reject(new Error('looped'));

  agents.run({ agent, budget: { steps: 0, onExceeded }, onLoop }, (run) => {
    run.step('s', () => 1);
    for (let turn = 0; turn < 3; turn++) run.tool({ name: 't', arguments: {} }, () => 1);
  });
  // Node.js tells of a rejection nobody handles when the microtasks are done.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('unhandledRejection', keep);

  expect(unhandled).toEqual([]);
  expect(logged).toContainEqual(expect.stringContaining('onLoop of a run failed'));
});

describe('a loop', () => {
  test('of one tool with the same arguments is told when the third turn starts, once', () => {
    const { agents, recorder } = record();
    const loops: Loop[] = [];

    agents.run({ agent, onLoop: (loop) => loops.push(loop) }, (run) => {
      for (let turn = 0; turn < 5; turn++)
        run.tool({ name: 'search', arguments: { q: 1 } }, () => 1);
      run.tool({ name: 'search', arguments: { q: 2 } }, () => 1);
    });

    expect(loops).toEqual([{ length: 1, repeats: 3 }]);
    const run = named(recorder, 'invoke_agent writer');
    expect(run.attributes['llm_otel.run.loops']).toBe(1);
    expect(run.events).toMatchObject([
      {
        name: 'llm_otel.loop',
        attributes: { 'llm_otel.loop.length': 1, 'llm_otel.loop.repeats': 3 },
      },
    ]);
  });

  test('may be of several tools and of steps that say what they do', () => {
    const { agents } = record();
    const loops: Loop[] = [];

    agents.run({ agent, onLoop: (loop) => loops.push(loop) }, (run) => {
      for (let turn = 0; turn < 3; turn++) {
        run.tool({ name: 'read', arguments: { id: 1 } }, () => 1);
        run.tool({ name: 'write', arguments: {} }, () => 1);
      }
      for (let turn = 0; turn < 3; turn++) run.step('think', { signature: 'same' }, () => 1);
      // Steps without a signature may have the same name and do something else each time.
      for (let turn = 0; turn < 9; turn++) run.step('next', () => 1);
    });

    expect(loops).toEqual([
      { length: 2, repeats: 3 },
      { length: 1, repeats: 3 },
    ]);
  });

  test('is none of calls that are tried again or another way', () => {
    const { agents, recorder } = record();
    const search = { name: 'search', arguments: { q: 1 } };

    agents.run({ agent }, (run) => {
      const first = run.startTool(search);
      first.fail(new Error('timeout'));
      for (let retry = 0; retry < 4; retry++)
        run.tool(
          { ...search, ...(retry % 2 === 0 ? { retryOf: first } : { fallbackFor: first }) },
          () => 1,
        );
      const step = run.startStep('draft', { signature: 'same' });
      step.fail(new Error('no'));
      for (let retry = 0; retry < 4; retry++)
        run.step('draft', { signature: 'same', retryOf: step }, () => 1);
    });

    expect(named(recorder, 'invoke_agent writer').attributes).not.toHaveProperty(
      'llm_otel.run.loops',
    );
  });

  test('is told of turns that are repeated, retries among them', () => {
    const { agents, recorder } = record();

    agents.run({ agent }, (run) => {
      for (let turn = 0; turn < 3; turn++) {
        const first = run.startTool({ name: 'search', arguments: { q: 1 } });
        first.fail(new Error('timeout'));
        if (turn === 1) run.tool({ name: 'search', arguments: { q: 1 }, retryOf: first }, () => 1);
      }
    });

    expect(named(recorder, 'invoke_agent writer').attributes['llm_otel.run.loops']).toBe(1);
  });

  test('is none of calls whose arguments nobody gave, and they break one', () => {
    const { agents, recorder } = record();
    const same = { name: 'search', arguments: { q: 1 } };

    agents.run({ agent }, (run) => {
      for (let turn = 0; turn < 9; turn++) {
        run.tool('search', () => 1);
        run.tool({ name: 'search', arguments: undefined }, () => 1);
      }
      run.tool(same, () => 1);
      run.tool(same, () => 1);
      run.tool('search', () => 1);
      run.tool(same, () => 1);
    });

    expect(named(recorder, 'invoke_agent writer').attributes).not.toHaveProperty(
      'llm_otel.run.loops',
    );
  });

  test('is looked for as long as the application wants', () => {
    const loops: Loop[] = [];
    const { agents } = recordAgents({ loopRepeats: 0 });

    agents.run({ agent, onLoop: (loop) => loops.push(loop) }, (run) => {
      for (let turn = 0; turn < 9; turn++) run.tool({ name: 't', arguments: {} }, () => 1);
    });

    expect(loops).toEqual([]);
    expect(() => recordAgents({ loopRepeats: 1 })).toThrow(
      'loopRepeats is 1: use a whole number from 2 to 100, or 0',
    );
  });
});

describe('the stop reason', () => {
  const aborted = (): never => {
    throw AbortSignal.abort().reason;
  };
  const abortedInNode = (): never => {
    throw Object.assign(new Error('The operation was aborted'), {
      name: 'AbortError',
      code: 'ABORT_ERR',
    });
  };
  const failed = (): never => {
    throw new Error('no');
  };
  const reasons: [string, (run: AgentRun) => unknown][] = [
    ['completed', () => 'answer'],
    ['error', failed],
    ['aborted', aborted],
    ['aborted', abortedInNode],
    ['max_steps', (run) => run.stop('max_steps')],
    ['handed_over', (run) => run.handOff({ to: 'b' })],
    ['completed', (run) => [run.handOff({ to: 'b' }), run.step('go on', () => 1)]],
    ['paused', (run) => run.checkpoint({ pause: true })],
    ['no_progress', (run) => [run.stop('no_progress'), failed()]],
    ['error', (run) => [run.checkpoint({ pause: true }), failed()]],
    ['aborted', (run) => [run.checkpoint({ pause: true }), aborted()]],
  ];

  test.each(reasons)('of a run is %s', (reason, work) => {
    const { agents, recorder } = record();

    try {
      agents.run('writer', work);
    } catch {
      // Some of them end that way.
    }

    expect(recorder.spans.at(-1)?.attributes['llm_otel.run.stop_reason']).toBe(reason);
  });
});

describe('attempts', () => {
  test('a retry and a fallback are linked to the attempt they replace, and numbered', () => {
    const { agents, recorder } = record();

    agents.run('writer', (run) => {
      const first = run.startTool('search');
      first.fail(new Error('timeout'));
      const second = run.startTool({ name: 'search', retryOf: first });
      second.fail(new Error('timeout'));
      run.tool({ name: 'cache', fallbackFor: second }, () => 1);
      const step = run.startStep('draft');
      step.fail(new Error('no'));
      run.step('draft', { retryOf: step, extra: { 'app.model': 'b' } }, () => 1);
      agents.run({ agent: { name: 'other' }, fallbackFor: step }, () => 1);
    });

    const [first, second, third] = recorder.spans;
    expect(first?.attributes).not.toHaveProperty('llm_otel.attempt');
    expect(second).toMatchObject({
      attributes: { 'llm_otel.attempt': 2 },
      links: [
        {
          context: { spanId: first?.spanContext().spanId },
          attributes: { 'llm_otel.link.kind': 'retry' },
        },
      ],
    });
    expect(third).toMatchObject({
      attributes: { 'llm_otel.attempt': 3 },
      links: [
        {
          context: { spanId: second?.spanContext().spanId },
          attributes: { 'llm_otel.link.kind': 'fallback' },
        },
      ],
    });
    expect(recorder.spans[4]).toMatchObject({
      attributes: { 'llm_otel.attempt': 2, 'app.model': 'b', 'llm_otel.step.index': 1 },
    });
    expect(named(recorder, 'invoke_agent other').links).toHaveLength(1);
  });
});

test('a retrieval and a memory may stand for one that failed, and come of a decision', () => {
  const { agents, recorder } = record();

  agents.run('writer', (run) => {
    const first = run.startRetrieve({ dataSourceId: 'vectors' });
    first.fail(new Error('timeout'));
    const decision = run.decide({ name: 'route', chosen: 'keywords' });
    run.retrieve({ dataSourceId: 'keywords', fallbackFor: first, outcomeOf: decision }, () => 1);
    const search = run.startMemory({ operation: 'search_memory' });
    search.fail(new Error('timeout'));
    run.memory.search({ retryOf: search }, () => []);
  });

  const kindsOf = (links: readonly Link[]): unknown[] =>
    links.map(({ attributes }) => attributes?.['llm_otel.link.kind']);
  const fallback = named(recorder, 'retrieval keywords');
  expect(fallback.attributes['llm_otel.attempt']).toBe(2);
  expect(kindsOf(fallback.links)).toEqual(['fallback', 'decision']);
  expect(fallback.links[0]?.context.spanId).toBe(
    named(recorder, 'retrieval vectors').spanContext().spanId,
  );
  const retry = recorder.spans.at(-2);
  expect(retry?.name).toBe('search_memory');
  expect(retry?.attributes['llm_otel.attempt']).toBe(2);
  expect(kindsOf(retry?.links ?? [])).toEqual(['retry']);
});

test('steps of a run are counted and timed', async () => {
  const { agents, recorder, points, clock } = record();

  await agents.run('writer', async (run) => {
    await run.step('draft', () => clock.advance(200));
    await expect(run.step('check', () => Promise.reject(new TypeError('no')))).rejects.toThrow(
      'no',
    );
    expect(run.usage).toMatchObject({ steps: 2, elapsedMillis: 200 });
  });

  expect(named(recorder, 'invoke_agent writer').attributes['llm_otel.run.steps']).toBe(2);
  const recorded = await points();
  expect(recorded.filter(({ metric }) => metric === 'llm_otel.agent.step.duration')).toMatchObject([
    { attributes: { 'llm_otel.step.name': 'draft', 'gen_ai.agent.name': 'writer' }, sum: 0.2 },
    { attributes: { 'llm_otel.step.name': 'check', 'error.type': 'TypeError' }, sum: 0 },
  ]);
  expect(recorded.filter(({ metric }) => metric === 'llm_otel.agent.run.steps')).toMatchObject([
    { sum: 2 },
  ]);
});
