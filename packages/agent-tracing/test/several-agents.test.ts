import { context, diag, DiagLogLevel, propagation, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import type { Checkpoint, HandOff, RunActions, RunCarrier, UsageReport } from '../src/index.ts';
import { findConversation } from './find-conversation.ts';
import { named } from './named-span.ts';
import { recordAgents, type RecordedAgents } from './record-agents.ts';

afterEach(() => context.disable());

/** What goes over the wire or into a database. */
const stored = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

const parentOf = ({ recorder }: RecordedAgents, name: string): string | undefined => {
  const id = named(recorder, name).parentSpanContext?.spanId;
  return recorder.spans.find((span) => span.spanContext().spanId === id)?.name;
};

describe('the shape of several agents', () => {
  test('delegation: the agent that gets the work is below the one that waits for it', async () => {
    const recorded = recordAgents();
    const { agents, recorder } = recorded;

    await agents.run({ agent: { name: 'boss' }, conversationId: 'c' }, (boss) =>
      boss.step('research', () =>
        boss.delegate('researcher', async (run) => run.tool('search', () => 1)),
      ),
    );

    expect(parentOf(recorded, 'invoke_agent researcher')).toBe('step research');
    expect(named(recorder, 'invoke_agent researcher').attributes).toMatchObject({
      'llm_otel.delegated_by': 'boss',
      'gen_ai.conversation.id': 'c',
    });
    expect(named(recorder, 'execute_tool search').attributes['gen_ai.agent.name']).toBe(
      'researcher',
    );
  });

  test('supervisor: agents that work at the same time keep their own tools and steps', async () => {
    const recorded = recordAgents();
    const { agents, recorder } = recorded;
    const names = ['a', 'b', 'c'];

    await agents.run('boss', (boss) =>
      Promise.all(
        names.map((name) =>
          boss.delegate({ agent: { name } }, async (run) => {
            await Promise.resolve();
            await run.step(`plan ${name}`, async () => {
              await Promise.resolve();
              await run.tool(`tool ${name}`, async () => 1);
            });
          }),
        ),
      ),
    );

    for (const name of names) {
      expect(parentOf(recorded, `invoke_agent ${name}`)).toBe('invoke_agent boss');
      expect(parentOf(recorded, `step plan ${name}`)).toBe(`invoke_agent ${name}`);
      expect(parentOf(recorded, `execute_tool tool ${name}`)).toBe(`step plan ${name}`);
      expect(named(recorder, `step plan ${name}`).attributes['llm_otel.step.index']).toBe(0);
    }
  });

  test('swarm: agents hand the work on, each linked to the one before, in one conversation', () => {
    const recorded = recordAgents();
    const { agents, recorder } = recorded;
    let handOff: HandOff | undefined;

    for (const [name, next] of [
      ['triage', 'billing'],
      ['billing', 'writer'],
      ['writer', 'nobody'],
    ] as const)
      agents.run(
        {
          agent: { name },
          handOff,
          parent: ROOT_CONTEXT,
          ...(name === 'triage' && { conversationId: 'c-3' }),
        },
        (run) => {
          handOff = stored(run.handOff({ to: next }));
        },
      );

    const runs = recorder.spans.filter(({ name }) => name.startsWith('invoke_agent'));
    expect(new Set(runs.map((span) => span.spanContext().traceId)).size).toBe(3);
    expect(runs.map(({ attributes }) => attributes['gen_ai.conversation.id'])).toEqual([
      'c-3',
      'c-3',
      'c-3',
    ]);
    for (const [index, span] of runs.slice(1).entries())
      expect(span.links).toMatchObject([
        {
          context: { spanId: runs[index]?.spanContext().spanId },
          attributes: { 'llm_otel.link.kind': 'hand_over' },
        },
      ]);
  });
});

describe('the conversation', () => {
  test('goes to other services in baggage, and is taken from there, where the application wants it', () => {
    const here = recordAgents({ conversationBaggage: true });
    let carried: string | undefined;
    here.agents.run({ agent: { name: 'a' }, conversationId: 'c-9' }, (run) => {
      carried = propagation.getBaggage(run.context)?.getEntry('gen_ai.conversation.id')?.value;
    });
    expect(carried).toBe('c-9');

    const there = recordAgents({ conversationBaggage: true });
    const baggage = propagation.createBaggage({ 'gen_ai.conversation.id': { value: 'c-9' } });
    const parent = propagation.setBaggage(ROOT_CONTEXT, baggage);
    there.agents.run({ agent: { name: 'b' }, parent }, (run) =>
      expect(run.conversationId).toBe('c-9'),
    );
    there.agents.run({ agent: { name: 'b' }, parent, conversationId: 'own' }, (run) =>
      expect(run.conversationId).toBe('own'),
    );
  });

  test('is found by the query, and no other one of the same trace', () => {
    const { agents, genAi, recorder } = recordAgents();
    const turn = (run: RunActions): void => {
      genAi.plan({}, () => genAi.inference({ provider: 'openai', model: 'm' }, () => 1));
      run.retrieve({ dataSourceId: 'd' }, () => run.memory.search({}, () => 1));
    };
    genAi.tool({ name: 'batch' }, () => {
      agents.run({ agent: { name: 'a' }, conversationId: 'c-1' }, (run) => {
        run.step('s', () => turn(run));
        // One within the other, as where an agent starts a talk with someone else.
        run.delegate({ agent: { name: 'b' }, conversationId: 'c-2' }, turn);
      });
      agents.run({ agent: { name: 'c' }, conversationId: 'c-2' }, () => 1);
    });
    agents.run({ agent: { name: 'later' }, conversationId: 'c-1' }, () => 1);
    const spans = recorder.spans.map((span) => ({
      traceId: span.spanContext().traceId,
      spanId: span.spanContext().spanId,
      parentSpanId: span.parentSpanContext?.spanId,
      name: span.name,
      attributes: span.attributes,
    }));

    expect(findConversation(spans, 'c-1')).toEqual([
      'chat m',
      'invoke_agent a',
      'invoke_agent later',
      'plan a',
      'retrieval d',
      'search_memory',
      'step s',
    ]);
    expect(findConversation(spans, 'c-2')).toEqual([
      'chat m',
      'invoke_agent b',
      'invoke_agent c',
      'plan b',
      'retrieval d',
      'search_memory',
    ]);
    expect(findConversation(spans, 'c-3')).toEqual([]);
  });

  test('that is too long for baggage stays at home, which is told once with the limit', () => {
    const messages: string[] = [];
    const note = (message: string): void => void messages.push(message);
    const levels = { error: note, warn: note, info() {}, debug() {}, verbose() {} };
    diag.setLogger(levels, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    const { agents, recorder } = recordAgents({ conversationBaggage: true });
    const carried = (conversationId: string): unknown =>
      agents.run(
        { agent: { name: 'a' }, conversationId },
        (run) => propagation.getBaggage(run.context)?.getEntry('gen_ai.conversation.id')?.value,
      );

    expect(carried('c'.repeat(256))).toBe('c'.repeat(256));
    expect(carried('c'.repeat(257))).toBeUndefined();
    expect(carried('c'.repeat(9000))).toBeUndefined();
    expect(recorder.spans.at(-1)?.attributes['gen_ai.conversation.id']).toBe('c'.repeat(9000));
    expect(messages.filter((message) => /257 characters.*at most 256/.test(message))).toHaveLength(
      1,
    );
    expect(messages).toHaveLength(1);
    diag.disable();
  });

  test('that comes in baggage and is too long is none, which is told once with the limit', () => {
    const messages: string[] = [];
    const note = (message: string): void => void messages.push(message);
    const levels = { error: note, warn: note, info() {}, debug() {}, verbose() {} };
    diag.setLogger(levels, { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true });
    const { agents } = recordAgents({ conversationBaggage: true });
    const baggage = propagation.createBaggage({
      'gen_ai.conversation.id': { value: 'c'.repeat(300) },
    });
    const parent = propagation.setBaggage(ROOT_CONTEXT, baggage);

    for (let turn = 0; turn < 2; turn++)
      agents.run({ agent: { name: 'b' }, parent }, (run) =>
        expect(run.conversationId).toBeUndefined(),
      );

    expect(messages.filter((message) => /300 characters.*at most 256/.test(message))).toHaveLength(
      1,
    );
    diag.disable();
  });

  test('stays at home otherwise', () => {
    const { agents } = recordAgents();
    const baggage = propagation.createBaggage({ 'gen_ai.conversation.id': { value: 'c-9' } });

    agents.run({ agent: { name: 'a' }, conversationId: 'c-1' }, (run) =>
      expect(propagation.getBaggage(run.context)).toBeUndefined(),
    );
    agents.run(
      { agent: { name: 'a' }, parent: propagation.setBaggage(ROOT_CONTEXT, baggage) },
      (run) => expect(run.conversationId).toBeUndefined(),
    );
  });
});

describe('a long run', () => {
  test('is paused, stored, and resumed in another process with a link, its steps and what it used', async () => {
    const first = recordAgents();
    let checkpoint: Checkpoint | undefined;
    await first.agents.run({ agent: { name: 'clerk' }, conversationId: 'c' }, async (run) => {
      await run.step('ask', () => first.clock.advance(500));
      first.genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (call) =>
        call.recordResponse({ usage: { inputTokens: 60, outputTokens: 40 } }),
      );
      checkpoint = stored(run.checkpoint({ pause: true }));
    });
    const second = recordAgents();
    const exceeded: unknown[] = [];

    second.agents.run(
      {
        agent: { name: 'clerk' },
        resume: checkpoint,
        budget: { tokens: 150, onExceeded: (one) => exceeded.push(one) },
      },
      (run) => {
        run.step('answer', ({ index }) => expect(index).toBe(1));
        second.genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (call) =>
          call.recordResponse({ usage: { inputTokens: 60, outputTokens: 40 } }),
        );
        expect(run.usage).toMatchObject({
          inputTokens: 120,
          inferenceCalls: 2,
          steps: 2,
          elapsedMillis: 500,
        });
        checkpoint = run.checkpoint();
      },
    );

    const paused = named(first.recorder, 'invoke_agent clerk');
    expect(paused.attributes['llm_otel.run.stop_reason']).toBe('paused');
    expect(paused.events).toMatchObject([{ name: 'llm_otel.run.checkpoint' }]);
    const resumed = named(second.recorder, 'invoke_agent clerk');
    expect(resumed.links).toMatchObject([
      {
        context: { traceId: paused.spanContext().traceId, spanId: paused.spanContext().spanId },
        attributes: { 'llm_otel.link.kind': 'resume' },
      },
    ]);
    expect(resumed.attributes).toMatchObject({
      'gen_ai.conversation.id': 'c',
      'llm_otel.run.resumed': 1,
      'llm_otel.run.steps': 2,
      // What was used before the pause is on the run that used it.
      'llm_otel.rollup.usage.input_tokens': 60,
    });
    // What was used before the pause counts for the budget.
    expect(exceeded).toEqual([{ kind: 'tokens', limit: 150, value: 200 }]);
    expect(checkpoint?.resumed).toBe(1);
  });

  test('goes through a process without telemetry unharmed', async () => {
    const { createAgentTracing } = await import('../src/index.ts');
    const checkpoint: Checkpoint = {
      agentName: 'clerk',
      conversationId: 'c',
      resumed: 2,
      usage: {
        inputTokens: 1,
        outputTokens: 2,
        microUsd: 3,
        steps: 4,
        totalSteps: 4,
        inferenceCalls: 5,
        toolCalls: 6,
        elapsedMillis: 7,
      },
    };

    const again = createAgentTracing().run(
      { agent: { name: 'clerk' }, resume: checkpoint },
      (run) => run.checkpoint(),
    );

    expect(again).toEqual({ ...checkpoint, resumed: 3 });
  });
});

test('a part of a run in a worker thread hangs below the step that started it', async () => {
  const recorded = recordAgents();
  const { agents, recorder } = recorded;
  const run = agents.startRun({ agent: { name: 'boss' }, conversationId: 'c' });
  const step = run.startStep('spread out');
  const carrier: RunCarrier = context.with(step.context, () => run.carrier());

  const worker = new Worker(new URL('./fixtures/part-of-a-run.ts', import.meta.url), {
    workerData: carrier,
    // Not on by default in the oldest version that is supported.
    execArgv: ['--experimental-strip-types', '--no-warnings'],
  });
  const { spans, used } = await new Promise<{ spans: object[]; used: UsageReport }>(
    (resolve, reject) => worker.once('message', resolve).once('error', reject),
  );
  run.include(used);
  expect(run.usage).toMatchObject({ steps: 2, toolCalls: 1 });
  step.end();
  run.end();

  const parent = named(recorder, 'step spread out').spanContext();
  expect(spans).toMatchObject([
    { name: 'execute_tool count', traceId: parent.traceId },
    {
      name: 'step count',
      traceId: parent.traceId,
      parent: parent.spanId,
      attributes: {
        'llm_otel.step.index': 0,
        'llm_otel.run.part': 'worker-1',
        'gen_ai.agent.name': 'boss',
        'gen_ai.conversation.id': 'c',
      },
    },
  ]);
});

test('without a span to hang below, a part still runs', () => {
  const { agents, recorder } = recordAgents();

  expect(agents.join({ agentName: 'boss' }, 'p', (run) => run.step('s', () => run.agentName))).toBe(
    'boss',
  );
  expect(named(recorder, 'step s').parentSpanContext).toBeUndefined();
  expect(agents.join(undefined as never, 'p', () => 'answer')).toBe('answer');
});

test('a part whose trace goes on by itself, as behind an instrumented server, hangs below what is active there', () => {
  const { agents, genAi, recorder } = recordAgents({ conversationBaggage: true });
  const run = agents.startRun({ agent: { name: 'boss' }, conversationId: 'c' });
  const carrier = stored(run.carrier());
  const handler = genAi.startTool({ name: 'handler', parent: run.context });
  const otherTrace = genAi.startTool({ name: 'other', parent: ROOT_CONTEXT });

  for (const [name, { context: active }] of Object.entries({ handler, otherTrace }))
    context.with(active, () =>
      agents.join(carrier, 'p', (part) =>
        part.step(name, (step) => {
          const entry = propagation.getBaggage(step.context)?.getEntry('gen_ai.conversation.id');
          expect(entry?.value).toBe('c');
        }),
      ),
    );

  const parentId = (name: string): unknown => named(recorder, name).parentSpanContext?.spanId;
  expect(parentId('step handler')).toBe(handler.span.spanContext().spanId);
  expect(parentId('step otherTrace')).toBe(run.span.spanContext().spanId);
});

test('the run that is active is found from anywhere below it', () => {
  const { agents } = recordAgents();

  expect(agents.activeRun()).toBeUndefined();
  agents.run('a', (run) =>
    agents.workflow('w', () => {
      expect(agents.activeRun()).toBe(run);
      expect(trace.getActiveSpan()).toBeDefined();
    }),
  );
});
