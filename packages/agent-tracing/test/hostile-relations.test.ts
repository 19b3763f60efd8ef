import { context, diag, DiagLogLevel, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { AgentRun } from '../src/index.ts';
import { recordAgents, type RecordedAgents } from './record-agents.ts';

let logged: string[] = [];

beforeEach(() => {
  logged = [];
  const note = (message: string): void => void logged.push(message);
  diag.setLogger(
    { error: note, warn: note, info() {}, debug() {}, verbose() {} },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
});
afterEach(() => {
  context.disable();
  diag.disable();
});

const throwing = (name: string): object =>
  Object.defineProperty({}, name, {
    enumerable: true,
    get: () => {
      throw new Error(`${name} is not to be read`);
    },
  });

/** What plain JavaScript, a database or a request may give where a span is asked for. */
const NO_SPANS: [string, unknown][] = [
  ['null', null],
  ['a text', 'junk'],
  ['an empty text', ''],
  ['a number', 7],
  ['a symbol', Symbol('span')],
  ['an empty object', {}],
  ['a list', []],
  ['a function', () => 1],
  ['a reference that was cut', { traceparent: '00-cut' }],
  ['a reference of a megabyte', { traceparent: '0'.repeat(1e6) }],
  ['lone surrogates', { traceparent: '\uD800\uDFFF' }],
  ['a step without a span', { span: undefined }],
  ['a span whose context throws', throwing('spanContext')],
  ['what throws for its span', throwing('span')],
  ['a span context of numbers', { traceId: 1, spanId: 2 }],
];

/** `base` with the option that is looked at. */
type Give = (base: object) => never;
type Act = (recorded: RecordedAgents, give: Give) => unknown;
const inRun =
  (act: (run: AgentRun, give: Give) => unknown): Act =>
  ({ agents }, give) =>
    agents.run('writer', (run) => act(run, give));

const b = { agent: { name: 'b' } };

/** Each way to give a relation, and the span that has to come of it. */
const WAYS: [string, Act][] = [
  ['step s', inRun((run, give) => run.step('s', give({}), () => 1))],
  ['step s', inRun((run, give) => run.startStep('s', give({})).end())],
  ['execute_tool t', inRun((run, give) => run.tool(give({ name: 't' }), () => 1))],
  ['execute_tool t', inRun((run, give) => run.startTool(give({ name: 't' })).end())],
  ['retrieval d', inRun((run, give) => run.retrieve(give({ dataSourceId: 'd' }), () => 1))],
  ['search_memory', inRun((run, give) => run.memory.search(give({}), () => 1))],
  [
    'search_memory',
    inRun((run, give) => run.startMemory(give({ operation: 'search_memory' })).end()),
  ],
  ['invoke_agent b', inRun((run, give) => run.delegate(give(b), () => 1))],
  ['invoke_agent b', ({ agents }, give) => agents.run(give(b), () => 1)],
  ['invoke_agent b', ({ agents }, give) => agents.run('b', give({}), () => 1)],
  ['invoke_agent b', ({ agents }, give) => (agents.startRun(give(b)) as { end(): void }).end()],
];

const ofRuns = WAYS.filter(([name]) => name === 'invoke_agent b');
const CASES: [string, string, Act][] = [
  ...['retryOf', 'fallbackFor', 'outcomeOf'].flatMap((option) =>
    WAYS.map(([name, act]): [string, string, Act] => [option, name, act]),
  ),
  ...['parent', 'links'].flatMap((option) =>
    [
      ...WAYS.filter(([name]) => !name.startsWith('step')),
      [
        'invoke_workflow w',
        ({ agents }, give) => agents.workflow(give({ name: 'w' }), () => 1),
      ] as [string, Act],
    ].map(([name, act]): [string, string, Act] => [option, name, act]),
  ),
  ...['handOff', 'resume'].flatMap((option) =>
    ofRuns.map(([name, act]): [string, string, Act] => [option, name, act]),
  ),
  ['evidence', 'decide d', inRun((run, give) => run.decide(give({ name: 'd', chosen: 'a' })))],
  ['evidence', 'decide d', inRun((run, give) => run.decide(give({ name: 'd' }), () => 1))],
  ['evidence', 'decide d', inRun((run, give) => run.startDecision(give({ name: 'd' })).end())],
  [
    'span',
    'step s',
    ({ agents }, give) =>
      agents.join(give({ agentName: 'a' }), 'p', (part) => part.step('s', () => 1)),
  ],
];

const giving =
  (option: string, descriptor: PropertyDescriptor): Give =>
  (base) =>
    Object.defineProperty({ ...base }, option, { enumerable: true, ...descriptor }) as never;

/** What is logged is logged once in a process, so this comes first. */
test.each([
  ['retryOf', WAYS[0]![1], 'junk', 'retryOf is "junk": use a span, what holds one'],
  ['fallbackFor', WAYS[2]![1], 7, 'fallbackFor is 7: use a span'],
  ['outcomeOf', WAYS[8]![1], {}, 'outcomeOf is {}: use a span'],
  [
    'evidence',
    CASES.find(([option]) => option === 'evidence')![2],
    ['junk'],
    'evidence is "junk": use a span',
  ],
  ['parent', WAYS[2]![1], 'junk', 'parent is "junk": use a context'],
  ['links', WAYS[2]![1], [{ context: {} }], 'links is "1 without a span": use'],
  ['handOff', WAYS[8]![1], 'junk', 'handOff is "junk": use what `handOff` returned'],
  [
    'handOff',
    WAYS[8]![1],
    { span: { traceparent: 'cut' } },
    'handOff.span is {"traceparent":"cut"}: use a span',
  ],
  ['span', CASES.at(-1)![2], 'junk', 'carrier.span is "junk": use what `carrier` returned'],
])('a bad %s is told once, by its name', (option, act, value, line) => {
  for (let turn = 0; turn < 2; turn++) act(recordAgents(), giving(option, { value }));

  expect(logged.filter((one) => one.includes(line))).toHaveLength(1);
});

describe.each(CASES)('a bad %s of %s', (option, name, act) => {
  test.each(NO_SPANS)('(%s) costs the link alone', (_, value) => {
    const recorded = recordAgents();

    act(recorded, giving(option, { value }));

    const started = recorded.recorder.spans.filter((span) => span.name === name);
    expect(started.map(({ links }) => links)).toEqual([[]]);
  });

  test('(it throws when it is read) costs the link alone', () => {
    const recorded = recordAgents();
    const get = (): never => {
      throw new Error('not to be read');
    };

    act(recorded, giving(option, { get }));

    const started = recorded.recorder.spans.filter((span) => span.name === name);
    expect(started.map(({ links }) => links)).toEqual([[]]);
  });
});

test.each(NO_SPANS)(
  'a part that is given %s as carrier is recorded below what is active',
  (_, value) => {
    const { agents, recorder } = recordAgents();

    agents.run('writer', () => agents.join(value as never, 'p', (part) => part.step('s', () => 1)));

    const [step, run] = recorder.spans;
    expect(step?.name).toBe('step s');
    expect(step?.parentSpanContext?.spanId).toBe(run?.spanContext().spanId);
  },
);

test('a relation to what was not recorded is no mistake', () => {
  const { agents, recorder } = recordAgents();
  const off = trace.wrapSpanContext({
    traceId: '0'.repeat(32),
    spanId: '0'.repeat(16),
    traceFlags: 0,
  });

  agents.run({ agent: { name: 'a' }, parent: ROOT_CONTEXT }, (run) =>
    run.step('s', { retryOf: off, outcomeOf: { span: off } }, () => 1),
  );

  expect(recorder.spans).toHaveLength(2);
  expect(logged).toEqual([]);
});
