import { context, diag, DiagLogLevel } from '@opentelemetry/api';
import { afterEach, describe, expect, test } from 'vitest';
import type { DecisionRecord } from '../src/index.ts';
import { named } from './named-span.ts';
import { recordAgents } from './record-agents.ts';

afterEach(() => {
  context.disable();
  diag.disable();
});

function logDiagnostics(): string[] {
  const logged: string[] = [];
  const note = (message: string): void => void logged.push(message);
  diag.setLogger(
    { error: note, warn: note, info() {}, debug() {}, verbose() {} },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  return logged;
}

describe('a decision', () => {
  test('is linked to what it rests on, and what comes of it is linked to the decision', async () => {
    const { agents, recorder } = recordAgents();

    await agents.run({ agent: { name: 'triage' }, conversationId: 'c' }, async (run) => {
      const found = await run.retrieve(
        { dataSourceId: 'handbook' },
        async (retrieval) => retrieval,
      );
      const decision = await run.decide(
        { name: 'route', options: ['billing', 'sales'], decidedBy: 'rule', evidence: [found] },
        async (open) => {
          open.choose('billing', { confidence: 1 });
          return open;
        },
      );
      await run.step('answer', { outcomeOf: decision }, async () => 1);
      run.tool({ name: 'refund', outcomeOf: decision.span }, () => 1);
      agents.run({ agent: { name: 'billing' }, outcomeOf: decision.reference }, () => 1);
    });

    const decision = named(recorder, 'decide route');
    const { spanId } = decision.spanContext();
    expect(decision.links).toMatchObject([
      {
        context: { spanId: named(recorder, 'retrieval handbook').spanContext().spanId },
        attributes: { 'llm_otel.link.kind': 'evidence' },
      },
    ]);
    expect(decision.attributes).toMatchObject({
      'gen_ai.conversation.id': 'c',
      'llm_otel.decision.options': ['billing', 'sales'],
      'llm_otel.decision.chosen': 'billing',
      'llm_otel.decision.decided_by': 'rule',
    });
    // Without a score for each option there are none.
    expect(decision.attributes).not.toHaveProperty('llm_otel.decision.scores');
    for (const outcome of ['step answer', 'execute_tool refund', 'invoke_agent billing'])
      expect(named(recorder, outcome).links).toMatchObject([
        { context: { spanId }, attributes: { 'llm_otel.link.kind': 'decision' } },
      ]);
  });

  test('can be judged later, with a reference that was stored', () => {
    const { agents, genAi, recorder } = recordAgents();
    let taken: DecisionRecord | undefined;
    agents.run('triage', (run) => {
      taken = run.decide({ name: 'route', chosen: 'sales' });
    });
    const stored = JSON.parse(JSON.stringify(taken?.reference)) as { traceparent: string };

    genAi.evaluate({ name: 'right_decision', label: 'wrong', span: stored });

    const { spanId } = named(recorder, 'decide route').spanContext();
    expect(named(recorder, 'evaluation right_decision').links).toMatchObject([
      { context: { spanId } },
    ]);
  });

  test('leaves out a choice that was none, with all of it, a confidence beyond 0 and 1 and scores that are no numbers, and says so once', () => {
    const { agents, recorder } = recordAgents();
    const logged = logDiagnostics();
    const wrong = [1.7, -0.1, Number.NaN, '0.5', Symbol('sure')] as number[];

    agents.run('triage', (run) => {
      for (const confidence of wrong) run.decide({ name: 'sure', chosen: 'sales', confidence });
      run.decide({
        name: 'route',
        options: ['billing', 'sales'],
        chosen: 'legal',
        confidence: 0.5,
      });
      run.decide({
        name: 'scored',
        options: [
          { name: 'a', score: 1 },
          { name: 'b', score: Number.NaN },
        ],
        chosen: 'a',
      });
    });

    for (const { attributes } of recorder.spans.filter(({ name }) => name === 'decide sure')) {
      expect(attributes['llm_otel.decision.chosen']).toBe('sales');
      expect(attributes).not.toHaveProperty('llm_otel.decision.confidence');
    }
    const route = named(recorder, 'decide route').attributes;
    expect(route).not.toHaveProperty('llm_otel.decision.chosen');
    expect(route).not.toHaveProperty('llm_otel.decision.confidence');
    const scored = named(recorder, 'decide scored').attributes;
    expect(scored['llm_otel.decision.chosen']).toBe('a');
    expect(scored['llm_otel.decision.options']).toEqual(['a', 'b']);
    expect(scored['llm_otel.decision.scores']).toEqual([1]);
    expect(logged.map((line) => line.split(': ').slice(3).join(': '))).toEqual([
      'confidence is 1.7: use a number from 0 to 1',
      'chosen is none of the 2 options: use one of them',
      'the score of b is no number: use one, or none',
    ]);
  });

  test('keeps the scores of a list in which not all have one: those that have come first', () => {
    const { agents, recorder } = recordAgents();

    agents.run('triage', (run) => {
      const options = ['none', { name: 'a', score: 0.2 }, { name: 'b' }, { name: 'c', score: 0.7 }];
      run.decide({ name: 'route', options, chosen: 'c' });
    });

    expect(named(recorder, 'decide route').attributes).toMatchObject({
      'llm_otel.decision.options': ['a', 'c', 'none', 'b'],
      'llm_otel.decision.scores': [0.2, 0.7],
      'llm_otel.decision.chosen': 'c',
    });
  });

  test('that is taken again is the last one that was valid, as a whole', () => {
    const { agents, recorder } = recordAgents({ content: 'span' });

    agents.run('triage', (run) => {
      const options = ['a', 'b'];
      run.decide({ name: 'route', options, decidedBy: 'rule' }, (open) => {
        open.choose('a', { confidence: 0, reason: 'first', decidedBy: 'model' });
        open.choose('b', { confidence: 1 });
        open.choose('none of them', { confidence: 0.5, reason: 'wrong', decidedBy: 'human' });
      });
      const started = run.startDecision({ name: 'failed', options });
      started.choose('nothing', { reason: 'wrong', confidence: 1 });
      started.choose('a', { reason: 'right' });
      started.fail(new Error('later'));
      started.choose('b', { reason: 'too late' });
    });

    const { attributes } = named(recorder, 'decide route');
    expect(attributes).toMatchObject({
      'llm_otel.decision.chosen': 'b',
      'llm_otel.decision.confidence': 1,
      'llm_otel.decision.decided_by': 'rule',
    });
    expect(attributes).not.toHaveProperty('llm_otel.decision.reason');
    const failed = named(recorder, 'decide failed').attributes;
    expect(failed).toMatchObject({
      'llm_otel.decision.chosen': 'a',
      'llm_otel.decision.reason': 'right',
    });
    expect(failed).not.toHaveProperty('llm_otel.decision.confidence');
  });

  test('whose work fails is a failed one without a choice', () => {
    const { agents, recorder } = recordAgents();

    expect(() =>
      agents.run('triage', (run) =>
        run.decide({ name: 'route' }, () => {
          throw new Error('no answer');
        }),
      ),
    ).toThrow('no answer');

    const decision = named(recorder, 'decide route');
    expect(decision.attributes).toMatchObject({ 'error.type': 'Error' });
    expect(decision.attributes).not.toHaveProperty('llm_otel.decision.chosen');
  });
});

describe('an approval', () => {
  test.each([
    [true, 'approved'],
    [false, 'denied'],
  ])('answered with %s is %s, with the time a person took', async (answer, outcome) => {
    const { agents, recorder, points, clock } = recordAgents();

    await agents.run('refunds', (run) =>
      run.approval({ name: 'refund', approver: 'team-lead' }, async () => {
        await clock.advance(90_000);
        return answer;
      }),
    );

    expect(named(recorder, 'approval refund').attributes).toEqual({
      'gen_ai.agent.name': 'refunds',
      'llm_otel.approval.name': 'refund',
      'llm_otel.approval.approver': 'team-lead',
      'llm_otel.approval.outcome': outcome,
      'llm_otel.approval.waiting_seconds': 90,
    });
    const waits = (await points()).filter(({ metric }) => metric.includes('approval'));
    expect(waits).toMatchObject([
      {
        metric: 'llm_otel.agent.approval.waiting_time',
        sum: 90,
        attributes: { 'llm_otel.approval.outcome': outcome },
      },
    ]);
  });

  test('that was asked for in an earlier process has waited since then', () => {
    const { agents, recorder, clock } = recordAgents();
    const askedAtMillis = clock.epochMillis() - 3_600_000;

    agents.run('refunds', (run) =>
      run.approval({ name: 'refund', askedAtMillis }, (approval) =>
        approval.decided('expired', 'night-shift'),
      ),
    );

    expect(named(recorder, 'approval refund').attributes).toMatchObject({
      'llm_otel.approval.waiting_seconds': 3600,
      'llm_otel.approval.outcome': 'expired',
      'llm_otel.approval.approver': 'night-shift',
    });
  });

  test.each([Number.NaN, Infinity, -1])(
    'that was asked for at %s has waited since it was opened',
    async (askedAtMillis) => {
      const { agents, recorder, clock } = recordAgents();

      await agents.run('refunds', (run) =>
        run.approval({ name: 'refund', askedAtMillis }, async () => {
          await clock.advance(2000);
          return true;
        }),
      );

      expect(
        named(recorder, 'approval refund').attributes['llm_otel.approval.waiting_seconds'],
      ).toBe(2);
    },
  );

  test('that nobody answered has no outcome', () => {
    const { agents, recorder } = recordAgents();

    agents.run('refunds', (run) => run.approval('refund', () => undefined));

    expect(named(recorder, 'approval refund').attributes).not.toHaveProperty(
      'llm_otel.approval.outcome',
    );
  });
});
