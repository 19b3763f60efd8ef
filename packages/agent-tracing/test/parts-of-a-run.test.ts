import { context, diag, ROOT_CONTEXT } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import {
  type AgentRun,
  type Checkpoint,
  createAgentTracing,
  type ExceededBudget,
  type RunActions,
  type RunCarrier,
  type UsageReport,
} from '../src/index.ts';
import { named } from './named-span.ts';
import { recordAgents, type RecordedAgents } from './record-agents.ts';

afterEach(() => {
  context.disable();
  diag.disable();
});

/** What goes over the wire or into a database. */
const sent = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** 60 and 40 tokens, 95 millionths of a dollar. */
function call({ genAi }: RecordedAgents): void {
  genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (open) =>
    open.recordResponse({ model: 'gpt-5-mini', usage: { inputTokens: 60, outputTokens: 40 } }),
  );
}

const sumsOf = async ({ points }: RecordedAgents): Promise<Record<string, number>> =>
  Object.fromEntries(
    (await points()).map(({ metric, sum, value, attributes }) => [
      `${metric} ${String(attributes['gen_ai.agent.name'])}`,
      sum ?? Number(value),
    ]),
  );

/** Two model calls, a tool and a step, in a process of its own. */
function work(elsewhere: RecordedAgents, carrier: RunCarrier): UsageReport {
  return elsewhere.agents.join(sent(carrier), 'worker', (part) => {
    part.step('read', () => part.tool('open', () => call(elsewhere)));
    call(elsewhere);
    return part.usageReport();
  });
}

describe('a part of a run', () => {
  test('counts for the run once it is included: calls, tools, steps, tokens, cost and budget', async () => {
    const here = recordAgents();
    const exceeded: ExceededBudget[] = [];
    const budget = { tokens: 250, onExceeded: (one: ExceededBudget) => exceeded.push(one) };

    here.agents.run({ agent: { name: 'boss' }, budget }, (run) => {
      call(here);
      const report = sent(work(recordAgents(), run.carrier()));
      expect(exceeded).toEqual([]);
      run.include(report);
      run.step('sum up', ({ index }) => expect(index).toBe(0));
      expect(run.usage).toMatchObject({ steps: 2, inferenceCalls: 3, toolCalls: 1 });
    });

    expect(exceeded).toEqual([{ kind: 'tokens', limit: 250, value: 300 }]);
    expect(named(here.recorder, 'invoke_agent boss').attributes).toMatchObject({
      'llm_otel.rollup.usage.input_tokens': 180,
      'llm_otel.rollup.usage.output_tokens': 120,
      'llm_otel.rollup.cost.micro_usd': 285,
      'llm_otel.run.steps': 2,
    });
    expect(await sumsOf(here)).toMatchObject({
      'gen_ai.invoke_agent.inference_calls boss': 3,
      'gen_ai.invoke_agent.tool_calls boss': 1,
      'llm_otel.agent.run.steps boss': 2,
      'llm_otel.agent.run.cost boss': 285,
    });
  });

  test('counts once, also where it reports while it works and reports get lost or come twice', () => {
    const here = recordAgents();
    const elsewhere = recordAgents();
    const reports: UsageReport[] = [];

    here.agents.run('boss', (run) => {
      elsewhere.agents.join(sent(run.carrier()), 'worker', (part) => {
        call(elsewhere);
        reports.push(sent(part.usageReport()));
        call(elsewhere);
        reports.push(sent(part.usageReport()));
      });
      for (const index of [1, 0, 1]) run.include(reports[index] as UsageReport);
      expect(run.usage).toMatchObject({ inputTokens: 120, inferenceCalls: 2 });
      // The same part, tried again: it used that as well.
      run.include(sent(work(elsewhere, run.carrier())));
      expect(run.usage).toMatchObject({ inputTokens: 240, inferenceCalls: 4 });
    });
  });

  test('may have parts of its own, and runs of other agents inside', async () => {
    const here = recordAgents();
    const elsewhere = recordAgents();

    here.agents.run('boss', (run) => {
      elsewhere.agents.join(sent(run.carrier()), 'worker', (part) => {
        part.include(sent(work(recordAgents(), part.carrier())));
        part.delegate('helper', () => call(elsewhere));
        run.include(sent(part.usageReport()));
      });
    });

    expect(named(here.recorder, 'invoke_agent boss').attributes).toMatchObject({
      'llm_otel.rollup.usage.input_tokens': 180,
    });
    // The helper counted its own call.
    expect(await sumsOf(here)).toMatchObject({
      'gen_ai.invoke_agent.inference_calls boss': 2,
      'llm_otel.agent.run.cost boss': 190,
    });
    expect(await sumsOf(elsewhere)).toMatchObject({
      'gen_ai.invoke_agent.inference_calls helper': 1,
      'llm_otel.agent.run.cost helper': 95,
    });
  });

  test('of a paused run may report to the one that goes on, and still counts once', () => {
    const first = recordAgents();
    const elsewhere = recordAgents();
    const second = recordAgents();
    let checkpoint: Checkpoint | undefined;
    let part: RunActions | undefined;

    first.agents.run('clerk', (run) => {
      run.step('ask', () => undefined);
      part = elsewhere.agents.join(sent(run.carrier()), 'worker', (open) => open);
      context.with(part.context, () => part?.step('read', () => call(elsewhere)));
      run.include(sent(part.usageReport()));
      checkpoint = sent(run.checkpoint({ pause: true }));
    });
    context.with((part as RunActions).context, () => call(elsewhere));
    second.agents.run({ agent: { name: 'clerk' }, resume: checkpoint }, (run) => {
      run.include(sent((part as RunActions).usageReport()));
      run.step('answer', ({ index }) => expect(index).toBe(1));
      expect(run.usage).toMatchObject({ inputTokens: 120, inferenceCalls: 2, steps: 3 });
    });

    const runs = [first, second].map(
      ({ recorder }) => named(recorder, 'invoke_agent clerk').attributes,
    );
    expect(runs.map((run) => run['llm_otel.rollup.usage.input_tokens'])).toEqual([60, 60]);
  });

  test('that was forgotten until the run had ended is too late, and that is logged', () => {
    const { agents, recorder } = recordAgents();
    const lines: string[] = [];
    const log = (line: string): void => void lines.push(line);
    diag.setLogger({ error: log, warn: log, info: log, debug: log, verbose: log });
    let ended: AgentRun | undefined;
    let report: UsageReport | undefined;

    agents.run('boss', (run) => {
      ended = run;
      report = work(recordAgents(), run.carrier());
    });
    ended?.include(report as UsageReport);
    ended?.include({} as UsageReport);

    expect(named(recorder, 'invoke_agent boss').attributes).not.toHaveProperty(
      'llm_otel.rollup.usage.input_tokens',
    );
    expect(lines.join('\n')).toContain('the run has ended: include what its parts report before');
  });

  test('does not make a run of one that was handed over', () => {
    const { agents, recorder } = recordAgents();

    agents.run('boss', (run) => {
      const report = work(recordAgents(), run.carrier());
      run.handOff({ to: 'writer' });
      run.include(report);
    });

    expect(named(recorder, 'invoke_agent boss').attributes['llm_otel.run.stop_reason']).toBe(
      'handed_over',
    );
  });

  test('reports nothing where telemetry is off, and includes nothing', () => {
    const { agents } = recordAgents();
    const off = createAgentTracing();
    const nothing = off.join({ agentName: 'boss' }, 'worker', (part) => {
      part.include({} as UsageReport);
      return part.usageReport();
    });

    agents.run('boss', (run) => {
      run.include(sent(nothing));
      run.include(undefined as never);
      expect(run.usage).toMatchObject({ inputTokens: 0, steps: 0 });
    });
  });
});

test('what another agent’s run used elsewhere counts for totals and budgets, its calls only for itself', async () => {
  const here = recordAgents();
  const elsewhere = recordAgents();
  const exceeded: ExceededBudget[] = [];

  here.agents.run(
    { agent: { name: 'outer' }, budget: { microUsd: 90, onExceeded: (one) => exceeded.push(one) } },
    () =>
      here.genAi.agentRun({ agent: { name: 'of a framework' } }, () =>
        here.agents.run('boss', (run) => {
          const report = elsewhere.agents.run(
            { agent: { name: 'helper' }, parent: ROOT_CONTEXT },
            (helper) => {
              call(elsewhere);
              return helper.usageReport();
            },
          );
          run.include(sent(report));
          run.include(sent(report));
        }),
      ),
  );

  expect(exceeded).toEqual([{ kind: 'cost', limit: 90, value: 95 }]);
  for (const name of ['invoke_agent boss', 'invoke_agent outer'])
    expect(named(here.recorder, name).attributes['llm_otel.rollup.cost.micro_usd']).toBe(95);
  expect(await sumsOf(here)).toMatchObject({
    'gen_ai.invoke_agent.inference_calls boss': 0,
    'llm_otel.agent.run.cost boss': 0,
  });
});

test('a run inside this one is counted already: its report adds nothing', () => {
  const here = recordAgents();

  here.agents.run('boss', (run) => {
    const report = here.agents.workflow('inner', () =>
      run.delegate('helper', (helper) => {
        call(here);
        return helper.usageReport();
      }),
    );
    run.include(sent(report));
    expect(run.usage.inputTokens).toBe(60);
  });
});
