import {
  InMemoryLogRecordExporter,
  LoggerProvider,
  SimpleLogRecordProcessor,
} from '@opentelemetry/sdk-logs';
import { beforeAll, describe, expect, test } from 'vitest';
import { createRedactor, redactingLogExporter } from '../../src/index.ts';
import type { RedactionPolicy } from '../../src/policy/index.ts';
import { exportedSpans } from '../exported-spans.ts';
import type { Dialect } from './dialect.ts';
import { dialects } from './dialects.ts';

const SAID = 'the quick brown fox';

type Kind = keyof Dialect;

const rows = Object.entries(dialects).flatMap(([dialect, names]) =>
  (Object.entries(names) as [Kind, readonly string[]][]).flatMap(([kind, keys]) =>
    keys.map((key) => ({ dialect, kind, key })),
  ),
);

/** Which kinds must not leave. */
const policies: readonly {
  readonly off: string;
  readonly policy: RedactionPolicy;
  readonly gone: readonly Kind[];
}[] = [
  {
    off: 'prompts',
    policy: { version: 1, prompts: false },
    gone: ['prompt', 'both', 'toolToModel'],
  },
  {
    off: 'completions',
    policy: { version: 1, completions: false },
    gone: ['completion', 'both', 'toolFromModel'],
  },
  {
    off: 'tools',
    policy: { version: 1, tools: false },
    gone: ['toolToModel', 'toolFromModel'],
  },
];

/** The events that hold content, by what their members are. */
const events = {
  'gen_ai.system.message': 'prompt',
  'gen_ai.user.message': 'prompt',
  'gen_ai.assistant.message': 'completion',
  'gen_ai.tool.message': 'toolToModel',
  'gen_ai.choice': 'completion',
  'gen_ai.content.prompt': 'prompt',
  'gen_ai.content.completion': 'completion',
  'gen_ai.client.inference.operation.details': 'both',
  'llm.content.completion.chunk': 'completion',
  'db.query.result': 'prompt',
} satisfies Record<string, Kind>;

type Written = Parameters<ReturnType<LoggerProvider['getLogger']>['emit']>[0];

async function exportedLogs(policy: RedactionPolicy, records: readonly Written[]) {
  const exporter = new InMemoryLogRecordExporter();
  const processor = new SimpleLogRecordProcessor({
    exporter: redactingLogExporter(createRedactor(policy))(exporter),
  });
  const provider = new LoggerProvider({ processors: [processor] });
  const logger = provider.getLogger('test');
  for (const record of records) logger.emit(record);
  await provider.forceFlush();
  return exporter.getFinishedLogRecords();
}

describe.each(policies)('with $off switched off', ({ policy, gone }) => {
  /** What left, by the name of the attribute or the event. */
  const left = new Map<string, Readonly<Record<string, string>>>();

  beforeAll(async () => {
    const spans = await exportedSpans(policy, (tracer) => {
      for (const { key } of rows) {
        const span = tracer.startSpan('chat', { attributes: { [key]: SAID } });
        span.addEvent('note', { [key]: SAID });
        span.end();
      }
    });
    const logs = await exportedLogs(
      policy,
      rows.flatMap(({ key }) => [
        { attributes: { [key]: SAID }, body: 'note' },
        { body: { [key]: SAID } },
      ]),
    );
    for (const [index, { key }] of rows.entries()) {
      left.set(key, {
        'span attribute': JSON.stringify(spans[index]!.attributes),
        'span event': JSON.stringify(spans[index]!.events),
        'log record': JSON.stringify(logs[index * 2]!.attributes),
        'log body': JSON.stringify(logs[index * 2 + 1]!.body),
      });
    }
  });

  describe.each(Object.keys(dialects))('%s:', (dialect) => {
    test.each(rows.filter((row) => row.dialect === dialect))('$kind, $key', ({ kind, key }) => {
      for (const [place, text] of Object.entries(left.get(key)!))
        expect([place, text.includes(SAID)]).toEqual([place, !gone.includes(kind)]);
    });
  });

  describe.each(Object.entries(events))('the event %s', (eventName, kind) => {
    const isGone = gone.includes(kind);

    test.each([
      ['its attribute content', { content: SAID }],
      ['its attribute message', { message: SAID, index: 0 }],
      ['its attribute gen_ai.event.content', { 'gen_ai.event.content': SAID }],
      ['a text it has under any name', { anything: SAID }],
    ])('on a span: %s', async (_, attributes) => {
      const [span] = await exportedSpans(policy, (tracer) => {
        tracer
          .startSpan('chat')
          .addEvent(eventName, { ...attributes, role: 'r', id: 'i' })
          .end();
      });

      const [event] = span!.events;
      expect(JSON.stringify(event).includes(SAID)).toBe(!isGone);
      expect(event).toMatchObject({ name: eventName, attributes: { role: 'r', id: 'i' } });
    });

    test.each([
      ['a text as its body', { eventName, body: SAID }],
      ['a list as its body', { eventName, body: [{ content: SAID }] }],
      ['a map as its body', { eventName, body: { content: SAID } }],
      ['a map in its body', { eventName, body: { message: { content: SAID } } }],
      ['a list in its body', { eventName, body: { content: [{ type: 'text', text: SAID }] } }],
      ['its attributes', { eventName, attributes: { content: SAID } }],
      ['its name in an attribute', { attributes: { 'event.name': eventName }, body: SAID }],
    ])('of a log: %s', async (_, record) => {
      const [exported] = await exportedLogs(policy, [record]);

      expect(JSON.stringify([exported!.body, exported!.attributes]).includes(SAID)).toBe(!isGone);
    });
  });
});

describe('in an event whose text stays', () => {
  const body = {
    index: 0,
    finish_reason: 'tool_calls',
    message: {
      role: 'assistant',
      content: 'I look',
      tool_calls: [{ function: { arguments: 'a' } }],
    },
  };

  test('the calls of tools go with the tools', async () => {
    const [record] = await exportedLogs({ version: 1, tools: false }, [
      { eventName: 'gen_ai.choice', body },
    ]);

    expect(record!.body).toEqual({ ...body, message: { role: 'assistant', content: 'I look' } });
  });

  test('the structure stays when the text goes', async () => {
    const [record] = await exportedLogs({ version: 1, completions: false }, [
      { eventName: 'gen_ai.choice', body },
    ]);

    expect(record!.body).toEqual({ index: 0, finish_reason: 'tool_calls' });
  });
});

describe('on the span of a tool, its whole input and output are those of a tool', () => {
  const kinds: readonly (readonly [string, string, string, string])[] = [
    ['openinference.span.kind', 'TOOL', 'input.value', 'output.value'],
    ['traceloop.span.kind', 'tool', 'traceloop.entity.input', 'traceloop.entity.output'],
    [
      'langfuse.observation.type',
      'tool',
      'langfuse.observation.input',
      'langfuse.observation.output',
    ],
    ['mlflow.spanType', '"TOOL"', 'mlflow.spanInputs', 'mlflow.spanOutputs'],
    ['langsmith.span.kind', 'tool', 'gen_ai.prompt', 'gen_ai.completion'],
    ['gen_ai.operation.name', 'execute_tool', 'input', 'output'],
  ];

  test.each(kinds)('%s %s', (kind, tool, input, output) => {
    const attributes = { [kind]: tool, [input]: SAID, [output]: SAID };
    const left = (policy: Partial<RedactionPolicy>): string[] =>
      Object.keys(createRedactor({ version: 1, ...policy }).redactDeep(attributes) as object);

    expect(left({ tools: false })).toEqual([kind]);
    expect(left({ prompts: false })).toEqual([kind]);
    expect(left({ completions: false })).toEqual([kind]);
    expect(left({ prompts: false, tools: true })).toEqual([kind, input, output]);
    const other = { ...attributes, [kind]: 'chain' };
    expect(createRedactor({ version: 1, tools: false }).redactDeep(other)).toBe(other);
  });
});

test('a number under a name that only looks like content is a count, and stays', () => {
  const counts = { 'llm.custom.prompt': 3, 'ai.custom.output': true, 'langfuse.custom.text': 'x' };
  const none = createRedactor({ version: 1, prompts: false, completions: false });

  expect(none.redactDeep(counts)).toEqual({ 'llm.custom.prompt': 3, 'ai.custom.output': true });
});

test('what goes from an event can leave a pseudonym, and an allowed key stays', () => {
  const hash = (text: string): string => `h${text.length}`;
  const redactor = createRedactor(
    { version: 1, prompts: 'hash', completions: false, keys: { allow: ['content'] } },
    { hash },
  );

  expect(redactor.redactDeep(SAID, 'gen_ai.user.message')).toMatch(/^\[REDACTED:content #h\d+\]$/);
  expect(redactor.redactDeep({ content: SAID, text: SAID }, 'gen_ai.choice')).toEqual({
    content: SAID,
  });
});
