import { context, diag, DiagLogLevel } from '@opentelemetry/api';
import { afterEach, expect, test } from 'vitest';
import type { RunOptions } from '../src/index.ts';
import { recordAgents } from './record-agents.ts';

afterEach(() => {
  context.disable();
  diag.disable();
});

/** Options from plain JavaScript, a database or a request. */
const HOSTILE: Record<string, unknown>[] = [
  { resume: null },
  { resume: {} },
  { resume: 'checkpoint' },
  { resume: { agentName: 'x', usage: null, resumed: 0 } },
  { resume: { usage: { inputTokens: 'many' } } },
  { handOff: null },
  { handOff: {} },
  { budget: null },
  { budget: 50 },
  { budget: [] },
  { budget: { tokens: Infinity } },
  { budget: { onExceeded: 'call me' } },
  { budget: { wallMillis: 0, token: 1 } },
  { budget: { tokens: 'many', steps: -1, microUsd: Number.NaN, wallTimeMillis: null } },
  { links: null },
  { conversationId: null },
  { onLoop: 5 },
];

// First: each kind is told once in a process.
test('what is wrong with a checkpoint or a budget is told with the value and what to use', () => {
  const { agents } = recordAgents();
  const messages: string[] = [];
  const note = (message: string): void => void messages.push(message);
  diag.setLogger(
    { error: note, warn: note, info() {}, debug() {}, verbose() {} },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const options = { resume: { usage: {} }, budget: { tokens: '5', microUsd: -2 } };

  agents.run({ agent: { name: 'writer' }, ...options } as never, () => 1);

  expect(messages.join('\n')).toContain('resume.usage.inputTokens is undefined: use what');
  expect(messages.join('\n')).toContain('budget.tokens is "5": use a number from 0');
  expect(messages.join('\n')).toContain('budget.microUsd is -2: use a number from 0');

  agents.run({ agent: { name: 'writer' }, budget: { wallTime: 5 } } as never, () => 1);
  agents.run({ agent: { name: 'writer' }, budget: 5 } as never, () => 1);

  expect(messages.join('\n')).toContain('budget.wallTime');
  expect(messages.join('\n')).toContain('did you mean budget.wallTimeMillis?');
  expect(messages.join('\n')).toContain('budget is 5: use limits, such as { tokens: 50_000 }');

  const endless = { steps: Infinity };
  agents.run({ agent: { name: 'writer' }, budget: endless }, () => 1);

  expect(messages.join('\n')).toContain(
    'budget.steps is "Infinity": use a number from 0, below Infinity',
  );
});

const unreadable = (): never => {
  throw new Error('no');
};

test.each<[string, object]>([
  ['members', Object.defineProperties({}, { tokens: { get: unreadable, enumerable: true } })],
  ['callback', Object.defineProperty({ steps: 0 }, 'onExceeded', { get: unreadable })],
  ['names', new Proxy({}, { ownKeys: unreadable })],
])('a run whose budget that throws for its %s is recorded and ends', (_, budget) => {
  const { agents, recorder } = recordAgents();

  expect(agents.run({ agent: { name: 'writer' }, budget }, (run) => run.step('one', () => 7))).toBe(
    7,
  );
  expect(recorder.spans.at(-1)?.attributes).toMatchObject({
    'llm_otel.run.stop_reason': 'completed',
  });
});

test('a limit that cannot be read is none, and the others of its budget hold', () => {
  const { agents } = recordAgents();
  const exceeded: unknown[] = [];
  const budget = {
    get tokens(): number {
      throw new Error('no');
    },
    steps: 0,
    told: exceeded,
    onExceeded(one: unknown) {
      this.told.push(one);
    },
  };

  agents.run({ agent: { name: 'writer' }, budget }, (run) => run.step('one', () => 1));

  expect(exceeded).toEqual([{ kind: 'steps', limit: 0, value: 1 }]);
});

test.each(HOSTILE)('a run with %j works, is recorded and ends', (options) => {
  const { agents, genAi, recorder } = recordAgents();

  const answer = agents.run({ agent: { name: 'writer' }, ...options } as RunOptions, (run) =>
    run.step('draft', () => {
      for (let turn = 0; turn < 3; turn++) run.tool('same', () => 1);
      genAi.inference({ provider: 'openai', model: 'gpt-5-mini' }, (call) =>
        call.recordResponse({ usage: { inputTokens: 60, outputTokens: 40 } }),
      );
      run.checkpoint(null as never);
      return 'text';
    }),
  );

  expect(answer).toBe('text');
  const run = recorder.spans.at(-1);
  expect(run?.name).toBe('invoke_agent writer');
  expect(run?.attributes).toMatchObject({
    'llm_otel.run.stop_reason': 'completed',
    'llm_otel.run.steps': 1,
  });
  expect(run?.attributes).not.toHaveProperty('llm_otel.budget.exceeded');
});
