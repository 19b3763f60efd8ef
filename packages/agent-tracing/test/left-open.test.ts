import { context, diag, DiagLogLevel } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import type { AgentRun } from '../src/index.ts';
import { named } from './named-span.ts';
import { collectGarbageUntil } from './collect-garbage.ts';
import { recordAgents, type RecordedAgents } from './record-agents.ts';

afterEach(() => {
  context.disable();
  diag.disable();
});

function logged(): string[] {
  const messages: string[] = [];
  const note = (message: string): void => void messages.push(message);
  diag.setLogger(
    { error: note, warn: note, info() {}, debug() {}, verbose() {} },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return messages;
}

const leftOpen = ({ recorder }: RecordedAgents): unknown[][] =>
  recorder.spans.map(({ name, attributes }) => [name, attributes['llm_otel.left_open']]);

describe('what was started and not ended', () => {
  test('ends with its run, says so, is measured and logged, and its late end is nothing', async () => {
    const recorded = recordAgents();
    const messages = logged();
    const { agents, recorder, points } = recorded;

    const handles = agents.run('writer', (run) => {
      run.startStep('done').end();
      const step = run.startStep('draft');
      const tool = context.with(step.context, () => run.startTool({ name: 'search' }));
      return [step, tool, run.startDecision({ name: 'route' })];
    });
    for (const handle of handles) handle.end();
    for (const handle of handles) handle.fail(new Error('late'));

    expect(leftOpen(recorded)).toEqual([
      ['step done', undefined],
      ['decide route', 'run_ended'],
      ['execute_tool search', 'run_ended'],
      ['step draft', 'run_ended'],
      ['invoke_agent writer', undefined],
    ]);
    expect(named(recorder, 'step draft').status.code).toBe(0);
    const durations = await points();
    expect(
      durations.filter(({ metric }) => metric === 'gen_ai.execute_tool.duration'),
    ).toHaveLength(1);
    expect(messages).toEqual([
      expect.stringContaining('ended with it: step draft, tool search, decision route. Call end()'),
    ]);
  });

  test('ends with a run that fails too', () => {
    const recorded = recordAgents();

    expect(() =>
      recorded.agents.run('writer', (run) => {
        run.startStep('draft');
        throw new TypeError('no');
      }),
    ).toThrow(TypeError);

    expect(leftOpen(recorded)[0]).toEqual(['step draft', 'run_ended']);
  });

  test('stays open where it is an approval: the answer may come after the run', () => {
    const recorded = recordAgents();
    const messages = logged();

    const approval = recorded.agents.run('writer', (run) => run.startApproval('refund'));
    expect(leftOpen(recorded)).toEqual([['invoke_agent writer', undefined]]);
    approval.decided('approved');
    approval.end();

    expect(named(recorded.recorder, 'approval refund').attributes).not.toHaveProperty(
      'llm_otel.left_open',
    );
    expect(messages).toEqual([]);
  });

  const dropped: [string, (recorded: RecordedAgents, run: AgentRun) => unknown][] = [
    ['step draft', (_, run) => run.startStep('draft')],
    ['execute_tool search', (_, run) => run.startTool('search')],
    ['approval refund', (_, run) => run.startApproval('refund')],
    ['invoke_agent helper', ({ agents }) => agents.startRun('helper')],
    ['invoke_workflow desk', ({ agents }) => agents.startWorkflow('desk')],
    ['step read', (_, run) => run.step('read', () => Iterator.from([1, 2]))],
  ];

  test.each(dropped)('ends when nobody can end it any more: %s', async (name, start) => {
    const recorded = recordAgents();
    const run = recorded.agents.startRun('writer');

    start(recorded, run);

    await collectGarbageUntil(() => leftOpen(recorded).length > 0);
    expect(leftOpen(recorded)).toEqual([[name, 'dropped']]);
    run.end();
    expect(leftOpen(recorded)).toHaveLength(2);
  });
});
