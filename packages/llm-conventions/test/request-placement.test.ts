import { context, diag, DiagLogLevel } from '@opentelemetry/api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createGenAi, type GenAi } from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

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

const OPERATIONS: Record<string, (genAi: GenAi, given: never) => { end(): void }> = {
  'a model call': (genAi, given) => genAi.startInference(given),
  embeddings: (genAi, given) => genAi.startEmbeddings(given),
  'a retrieval': (genAi, given) => genAi.startRetrieval(given),
  'fetching a response': (genAi, given) => genAi.startFetchResponse(given),
  'a memory operation': (genAi, given) => genAi.startMemory(given),
  'making an agent': (genAi, given) => genAi.startCreateAgent(given),
  'an agent at a service': (genAi, given) => genAi.startInvokeAgent(given),
  'a run': (genAi, given) => genAi.startAgentRun(given),
  'a workflow': (genAi, given) => genAi.startWorkflow(given),
  'a plan': (genAi, given) => genAi.startPlan(given),
  'a tool': (genAi, given) => genAi.startTool(given),
  'an MCP request': (genAi, given) => genAi.startMcpClient(given),
  'an MCP answer': (genAi, given) => genAi.startMcpServer(given),
};

const BASE = {
  provider: 'openai',
  model: 'm',
  name: 'n',
  agent: { name: 'a' },
  operation: 'search_memory',
  method: 'tools/list',
  requestId: 1,
  responseId: 'r',
};

const VALUES: [string, unknown][] = [
  ['null', null],
  ['a text', 'junk'],
  ['a number', 7],
  ['a symbol', Symbol('x')],
  ['an empty object', {}],
  ['a list of what is none', [null, 7, {}, { context: null }, { context: { traceId: 1 } }]],
  ['a list that ends nowhere', Object.assign([], { length: 1e9 })],
];

const chatBase = { ...BASE, operation: 'chat' };

describe.each(Object.keys(OPERATIONS))('%s', (name) => {
  const start = OPERATIONS[name]!;
  const base = name === 'a model call' ? chatBase : BASE;

  test.each(['parent', 'links', 'span', 'toolSpan'])(
    'loses a bad %s, and nothing else',
    (option) => {
      for (const [, value] of VALUES) {
        context.disable();
        const recording = recordSignals();
        start(createGenAi(recording), { ...base, [option]: value } as never).end();

        expect(recording.spans().map(({ links }) => links)).toEqual([[]]);
      }
      for (const line of logged) expect(line).toContain(option);
    },
  );

  test('loses what throws when it is read, and nothing else', () => {
    for (const option of ['parent', 'links', 'span', 'toolSpan', 'callId', 'conversationId']) {
      context.disable();
      const recording = recordSignals();
      const given = Object.defineProperty({ ...base }, option, {
        enumerable: true,
        get: () => {
          throw new Error('not to be read');
        },
      });
      start(createGenAi(recording), given as never).end();

      expect(recording.spans()).toHaveLength(1);
    }
    for (const line of logged) expect(line).toContain('not to be read');
  });
});

test('keeps the links that are links', () => {
  const recording = recordSignals();
  const genAi = createGenAi(recording);
  const other = recording.tracer.startSpan('other').spanContext();

  genAi
    .startTool({ name: 't', links: [{ context: other }, null, { context: 'x' }] as never })
    .end();

  expect(recording.spans()[0]?.links.map((link) => link.context)).toEqual([other]);
});
