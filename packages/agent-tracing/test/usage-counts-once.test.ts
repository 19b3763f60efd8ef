import { context } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import type { ExceededBudget } from '../src/index.ts';
import { named } from './named-span.ts';
import { recordAgents, type RecordedAgents } from './record-agents.ts';

afterEach(() => context.disable());

const usage = { inputTokens: 60, outputTokens: 40 };
const openai = { provider: 'openai', model: 'gpt-5-mini' };

function call({ genAi }: RecordedAgents): void {
  genAi.inference(openai, (open) => open.recordResponse({ usage }));
}

function sumOf({ recorder }: RecordedAgents): number {
  return recorder.spans.reduce(
    (total, { attributes }) => total + Number(attributes['gen_ai.usage.input_tokens'] ?? 0),
    0,
  );
}

/** What stands between a run and a call: each tells the totals of what is inside, where it can. */
const AROUND: Record<string, (recorded: RecordedAgents, inside: () => unknown) => unknown> = {
  'a call of an agent at a service': ({ genAi }, inside) =>
    genAi.invokeAgent({ provider: 'openai', agent: { name: 'remote' } }, (open) => {
      inside();
      open.recordOutput({ usage });
    }),
  'a run of the conventions': ({ genAi }, inside) =>
    genAi.agentRun({ agent: { name: 'inner' } }, (open) => {
      inside();
      open.recordOutput(usage);
    }),
  'a run': ({ agents }, inside) =>
    agents.run('inner', (open) => {
      inside();
      open.recordOutput(usage);
    }),
  'a workflow': ({ agents }, inside) => agents.workflow('desk', inside),
  'a plan': ({ genAi }, inside) => genAi.plan({}, inside),
  'a tool': ({ genAi }, inside) => genAi.tool({ name: 't' }, inside),
  'the making of an agent': ({ genAi }, inside) =>
    genAi.createAgent({ provider: 'openai', agent: { name: 'made' } }, inside),
};
const KINDS = Object.keys(AROUND);
const pairs = KINDS.flatMap((outer) => KINDS.map((inner) => [outer, inner] as const));

describe('what a call used counts once', () => {
  test.each(pairs)('inside %s around %s', (outer, inner) => {
    const recorded = recordAgents();
    const exceeded: ExceededBudget[] = [];
    const budget = { tokens: 100, onExceeded: (one: ExceededBudget) => exceeded.push(one) };

    recorded.agents.run({ agent: { name: 'top' }, budget }, (run) => {
      AROUND[outer]?.(recorded, () => AROUND[inner]?.(recorded, () => call(recorded)));
      expect(run.usage).toMatchObject({ inputTokens: 60, outputTokens: 40 });
      run.recordOutput(usage);
    });

    expect(sumOf(recorded)).toBe(60);
    expect(exceeded).toEqual([]);
    expect(named(recorded.recorder, 'invoke_agent top').attributes).toMatchObject({
      'llm_otel.rollup.usage.input_tokens': 60,
    });
  });

  test('where it was included of another thread, inside an agent at a service', () => {
    const recorded = recordAgents();
    const { agents, genAi } = recorded;
    const part = { id: 'p', of: 'run', ...usage, microUsd: 5, ownMicroUsd: 5 } as const;
    const counts = { steps: 0, totalSteps: 0, inferenceCalls: 1, toolCalls: 0 };

    agents.run('top', (top) => {
      genAi.invokeAgent({ provider: 'openai', agent: { name: 'remote' } }, (open) => {
        agents.run('inner', (run) => run.include({ ...part, ...counts }));
        open.recordOutput({ usage });
      });
      expect(top.usage).toMatchObject({ ...usage, microUsd: 5 });
    });

    // The spans of the part are elsewhere.
    expect(sumOf(recorded)).toBe(0);
    const remote = named(recorded.recorder, 'invoke_agent remote').attributes;
    expect(remote['llm_otel.usage.rollup']).toBe(true);
  });

  test.each(['a call of an agent at a service', 'a run of the conventions'])(
    'in the metric of cost: a run does not have that of a run inside %s',
    async (between) => {
      const recorded = recordAgents();
      recorded.agents.run('top', () =>
        AROUND[between]?.(recorded, () => recorded.agents.run('inner', () => call(recorded))),
      );

      const costs = (await recorded.points())
        .filter(({ metric }) => metric === 'llm_otel.agent.run.cost')
        .map(({ attributes, value }) => [attributes['gen_ai.agent.name'], value]);
      expect(costs).toEqual([
        ['inner', 95],
        ['top', 0],
      ]);
    },
  );
});

describe('a run that ends before a call in it', () => {
  async function* chunks(): AsyncGenerator {
    yield 'a';
  }

  test('says that its sums lack it, also where it answers with an object that holds the stream', async () => {
    const recorded = recordAgents();
    const { agents, genAi, recorder } = recorded;

    const { stream } = await agents.workflow('desk', () =>
      agents.run('top', (top) =>
        top.delegate('inner', async () => {
          call(recorded);
          return {
            stream: genAi.inference({ ...openai, stream: true }, (open) => {
              open.recordResponse({ usage });
              return open.stream(chunks());
            }),
          };
        }),
      ),
    );
    for await (const chunk of stream) expect(chunk).toBe('a');

    expect(sumOf(recorded)).toBe(120);
    for (const name of ['invoke_agent inner', 'invoke_agent top'])
      expect(named(recorder, name).attributes).toMatchObject({
        'llm_otel.rollup.usage.input_tokens': 60,
        'llm_otel.rollup.partial': ['tokens', 'cost'],
      });
  });

  test('says so where nothing else told what it used', () => {
    const { agents, genAi, recorder } = recordAgents();

    const open = agents.run('top', () => ({ call: genAi.startInference(openai) }));
    open.call.end();

    const { attributes } = named(recorder, 'invoke_agent top');
    expect(attributes['llm_otel.rollup.partial']).toEqual(['tokens', 'cost']);
    expect(attributes).not.toHaveProperty('llm_otel.rollup.usage.input_tokens');
  });

  test('lasts until the stream is over where it answers with the stream, and lacks nothing', async () => {
    const { agents, genAi, recorder } = recordAgents();

    const stream = agents.run('top', () =>
      genAi.inference({ ...openai, stream: true }, (open) => {
        open.recordResponse({ usage });
        return open.stream(chunks());
      }),
    );
    for await (const chunk of stream) expect(chunk).toBe('a');

    const { attributes } = named(recorder, 'invoke_agent top');
    expect(attributes['llm_otel.rollup.usage.input_tokens']).toBe(60);
    expect(attributes).not.toHaveProperty('llm_otel.rollup.partial');
  });

  test('is given totals of its own: they repeat those of the call', async () => {
    const recorded = recordAgents();
    const { agents, genAi } = recorded;

    const open = agents.run('top', (run) => {
      run.recordOutput(usage);
      return { call: genAi.startInference(openai) };
    });
    open.call.recordResponse({ usage });
    open.call.end();

    expect(sumOf(recorded)).toBe(60);
  });
});

test.each(['a call of an agent at a service', 'a run of the conventions'])(
  'the run that is active is found inside %s',
  (between) => {
    const recorded = recordAgents();
    let found: string | undefined;
    recorded.agents.run('top', () =>
      AROUND[between]?.(recorded, () => {
        found = recorded.agents.activeRun()?.agentName;
      }),
    );

    expect(found).toBe('top');
  },
);
