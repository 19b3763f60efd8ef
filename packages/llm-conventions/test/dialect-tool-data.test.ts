import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkConformance } from '../src/conformance.ts';
import { createGenAi, type Dialect, emitDialects, inCurrentNames } from '../src/index.ts';
import { readableSpan } from './readable-span.ts';
import { recordSignals } from './record-signals.ts';

type Values = Record<string, unknown>;

const RESULT = 'gen_ai.tool.call.result';
const ARGUMENTS = 'gen_ai.tool.call.arguments';

/** The attributes of a tool of each library, with its input and its output as it writes them. */
const libraries: Readonly<Record<string, (input: string, output: string) => Values>> = {
  openinference: (input, output) => ({
    'openinference.span.kind': 'TOOL',
    'tool.name': 'weather',
    'input.value': input,
    'output.value': output,
  }),
  openllmetry: (input, output) => ({
    'traceloop.span.kind': 'tool',
    'traceloop.entity.name': 'weather',
    'traceloop.entity.input': input,
    'traceloop.entity.output': output,
  }),
  'ai-sdk': (input, output) => ({
    'ai.operationId': 'ai.toolCall',
    'operation.name': 'ai.toolCall',
    'ai.toolCall.name': 'weather',
    'ai.toolCall.args': input,
    'ai.toolCall.result': output,
  }),
  langfuse: (input, output) => ({
    'langfuse.observation.type': 'tool',
    'langfuse.observation.input': input,
    'langfuse.observation.output': output,
  }),
  langsmith: (input, output) => ({
    'langsmith.span.kind': 'tool',
    'gen_ai.prompt': input,
    'gen_ai.completion': output,
  }),
};

function normalised(attributes: Values): Values {
  return inCurrentNames({ ...readableSpan(attributes), kind: 0, name: 'execute_tool weather' })
    .attributes;
}

describe.each(Object.entries(libraries))('a tool of %s', (_, tool) => {
  test.each([
    ['a JSON text', '"It is cold"', '"It is cold"'],
    ['a text', 'It is cold', '"It is cold"'],
    ['a number', '3', '3'],
    ['a list', '[1,"2"]', '[1,"2"]'],
    ['nothing', 'null', 'null'],
    ['a boolean', 'true', 'true'],
    ['an empty text', '""', '""'],
    ['a version, which is no number', '1.10', '"1.10"'],
    ['an id that no number holds', '12345678901234567890', '"12345678901234567890"'],
    ['a text that is not JSON', '{"city":', '"{\\"city\\":"'],
    ['a text with quotes inside', '"a" and "b"', '"\\"a\\" and \\"b\\""'],
  ])('was given and answered %s', (__, told, json) => {
    const attributes = normalised(tool(told, told));

    expect(attributes).toMatchObject({
      [ARGUMENTS]: `{"arguments":${json}}`,
      [RESULT]: `{"result":${json}}`,
    });
    const { errors } = checkConformance(
      { name: 'execute_tool weather', kind: 'INTERNAL', status: { code: 0 }, attributes },
      { content: true },
    );
    expect(errors.filter(({ attribute }) => attribute?.startsWith('gen_ai.tool.call'))).toEqual([]);
  });

  test.each(['{"city":"Oslo"}', '"{\\"city\\":\\"Oslo\\"}"'])('answered the object %s', (told) => {
    expect(normalised(tool(told, told))).toMatchObject({
      [ARGUMENTS]: '{"city":"Oslo"}',
      [RESULT]: '{"city":"Oslo"}',
    });
  });

  test('that answered with an object of long numbers has them as they are', () => {
    const attributes = normalised(tool('{"id":12345678901234567890}', '{"a":1}'));

    expect(attributes[ARGUMENTS]).toBe('{"arguments":"{\\"id\\":12345678901234567890}"}');
  });
});

test('a plain text of OpenInference is the text, whatever it looks like', () => {
  const attributes = normalised({
    ...libraries['openinference']?.('3', '"quoted"'),
    'input.mime_type': 'text/plain',
    'output.mime_type': 'text/plain',
  });

  expect(attributes).toMatchObject({
    [ARGUMENTS]: '{"arguments":"3"}',
    [RESULT]: '{"result":"\\"quoted\\""}',
  });
});

/** What `genAi.tool` writes for a tool with these data, said in another vocabulary. */
async function said(dialect: Dialect, input: unknown, output: unknown): Promise<Values> {
  const signals = recordSignals();
  const genAi = createGenAi({ ...signals, content: 'span' });
  await genAi.tool({ name: 'weather', arguments: input }, async () => output);
  const [span] = signals.spans();
  return emitDialects([dialect]).transform(span!).attributes;
}

const PLACES: readonly (readonly [dialect: Dialect, input: string, output: string])[] = [
  ['openinference', 'input.value', 'output.value'],
  ['openllmetry', 'traceloop.entity.input', 'traceloop.entity.output'],
  ['ai-sdk', 'ai.toolCall.args', 'ai.toolCall.result'],
  ['langfuse', 'langfuse.observation.input', 'langfuse.observation.output'],
];

/** These write a text as it is, the others as JSON. */
const PLAIN: ReadonlySet<Dialect> = new Set(['openinference', 'langfuse']);

describe.each(PLACES)('to %s a tool', (dialect, input, output) => {
  test.each([
    ['a text', 'It is cold', PLAIN.has(dialect) ? 'It is cold' : '"It is cold"'],
    ['a number', 3, '3'],
    ['a list', [1, '2'], '[1,"2"]'],
    ['an object', { city: 'Oslo' }, '{"city":"Oslo"}'],
    ['an object in a member of that name', { result: { a: 1 } }, '{"result":{"a":1}}'],
    ['an object with more members', { result: 1, a: 1 }, '{"result":1,"a":1}'],
  ])('answered %s', async (_, value, text) => {
    const attributes = await said(dialect, { a: 1 }, value);

    expect(attributes[output]).toBe(text);
    expect(attributes).not.toHaveProperty([RESULT]);
  });

  test('was given what it was given', async () => {
    const attributes = await said(dialect, 'Oslo', 'x');

    expect(attributes[input]).toBe(PLAIN.has(dialect) ? 'Oslo' : '"Oslo"');
    expect(attributes).not.toHaveProperty([ARGUMENTS]);
  });

  test('has data of which it carries whatever JSON there is once, and brings it back', async () => {
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 2 }), async (value) => {
        const wrapped = typeof value === 'object' && value !== null && !Array.isArray(value);
        const attributes = {
          'gen_ai.operation.name': 'execute_tool',
          'gen_ai.tool.name': 'weather',
          [RESULT]: JSON.stringify(wrapped ? value : { result: value }),
        };
        const span = emitDialects([dialect]).transform(readableSpan(attributes));

        const read = inCurrentNames(span).attributes[RESULT];
        expect(JSON.parse(String(read))).toEqual(JSON.parse(attributes[RESULT]));
      }),
    );
  });
});

test('OpenInference says which data is text and which is JSON', async () => {
  expect(await said('openinference', { a: 1 }, 'It is cold')).toMatchObject({
    'input.mime_type': 'application/json',
    'output.mime_type': 'text/plain',
  });
});
