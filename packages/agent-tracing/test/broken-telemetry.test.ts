import { context, type Tracer } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { TracerProvider } from '@opentelemetry/sdk-trace';
import { brokenMeter, type BrokenProcessor, brokenTracers } from '@llm-otel/testing';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AgentRun, createAgentTracing } from '../src/index.ts';
import { recordAgents } from './record-agents.ts';

beforeEach(() => {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
});
afterEach(() => context.disable());

const tracerOf = (processor: BrokenProcessor): Tracer =>
  new TracerProvider({ spanProcessors: [processor] }).getTracer('test');
const agent = { agent: { name: 'a' } };
const failure = new Error('of the work');

/** Each kind of span inside a run. */
const inRun: Record<string, <T>(run: AgentRun, work: () => T) => T> = {
  step: (run, work) => run.step('s', work),
  tool: (run, work) => run.tool({ name: 't', arguments: { a: 1 } }, work),
  retrieval: (run, work) => run.retrieve({ dataSourceId: 'd' }, work),
  'memory search': (run, work) => run.memory.search({ query: 'q' }, work),
  'memory create': (run, work) => run.memory.create({ records: [{ content: 'c' }] }, work),
  plan: (run, work) => run.plan(work),
  decision: (run, work) => run.decide({ name: 'd', evidence: [run], options: ['a'] }, work),
  approval: (run, work) => run.approval('a', work),
  delegation: (run, work) => run.delegate('b', work),
  'step with relations': (run, work) => run.step('s', { retryOf: run, signature: 'x' }, work),
};

describe.each(brokenTracers(tracerOf))('%s', (_, tracer) => {
  const agents = () => createAgentTracing({ tracer: tracer(), content: 'span' });
  const kinds: [string, <T>(work: () => T) => T][] = [
    ['a workflow', (work) => agents().workflow({ name: 'w' }, work)],
    ['a run', (work) => agents().run(agent, work)],
    ...Object.entries(inRun).map(([name, start]): [string, <T>(work: () => T) => T] => [
      `a ${name}`,
      (work) => agents().run(agent, (run) => start(run, work)),
    ]),
  ];

  test.each(kinds)('does not reach the caller of %s', async (_kind, run) => {
    expect(run(() => 'answer')).toBe('answer');
    expect(await run(() => Promise.resolve('answer'))).toBe('answer');
    expect(() =>
      run(() => {
        throw failure;
      }),
    ).toThrow(failure);
    await expect(run(() => Promise.reject(failure))).rejects.toBe(failure);
  });
});

test('a meter that throws neither reaches the caller nor keeps the spans open', () => {
  const { agents, recorder } = recordAgents({ meter: brokenMeter() });

  expect(agents.run(agent, (run) => run.tool({ name: 't' }, () => 'answer'))).toBe('answer');
  expect(recorder.spans.map(({ name }) => name)).toEqual(['execute_tool t', 'invoke_agent a']);
});

describe('a mistake of plain JavaScript lets the work run', () => {
  // What the types forbid.
  const wrong = (value: unknown): never => value as never;
  const answer = (): string => 'answer';

  const inside: Record<string, (run: AgentRun) => unknown> = {
    'a step without a name': (run) => run.step(wrong(Symbol('s')), answer),
    'a tool without options': (run) => run.tool(wrong(undefined), answer),
    'a retrieval without options': (run) => run.retrieve(wrong(undefined), answer),
    'a memory without options': (run) => run.memory.search(wrong(undefined), answer),
    'records that are no list': (run) => run.memory.create({ records: wrong(null) }, answer),
    'documents that are no list': (run) =>
      run.retrieve({}, (retrieval) => {
        retrieval.recordDocuments(wrong(null));
        return 'answer';
      }),
    'a decision, attributes and messages that are none': (run) => {
      run.decide(wrong(undefined));
      run.setAttributes(wrong(null));
      run.recordInput(wrong(undefined));
      run.recordOutput(wrong(1n));
      return 'answer';
    },
    'an approval, a retry and a delegation without options': (run) => {
      run.approval(wrong(undefined), answer);
      run.step('s', { retryOf: wrong(7) }, answer);
      run.startTool(wrong(undefined)).end();
      run.startRetrieve(wrong(null)).end();
      run.startMemory(wrong(null)).end();
      run.startDecision(wrong(null)).end();
      run.startApproval(wrong(null)).end();
      run.startStep(wrong(Symbol('s'))).end();
      return run.delegate(wrong(undefined), answer);
    },
    'a hand-over without options': (run) =>
      run.handOff(wrong(undefined)).to === '' ? 'answer' : 'none',
  };

  test.each(Object.entries(inside))('%s', (_, work) => {
    const { agents, recorder } = recordAgents({ content: 'span' });

    expect(agents.run(agent, work)).toBe('answer');
    expect(recorder.spans.at(-1)?.name).toBe('invoke_agent a');
  });

  test.each([undefined, null, {}])('a run or workflow with the options %s', (options) => {
    const { agents } = recordAgents();

    for (const work of Object.values(inside))
      expect(agents.run(wrong(options), work)).toBe('answer');
    expect(agents.run(wrong(options), (run) => run.agentName)).toBe('');
    expect(agents.workflow(wrong(options), answer)).toBe('answer');
    expect(agents.run({ ...agent, resume: wrong(options ?? []) }, answer)).toBe('answer');
    expect(agents.run({ ...agent, handOff: wrong(options ?? []) }, answer)).toBe('answer');
  });
});
