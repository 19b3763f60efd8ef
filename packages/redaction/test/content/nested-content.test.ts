// Content that does not stand in an attribute of its own: in maps, in JSON texts, in what is sent to a model and comes
// from it.
import { describe, expect, test } from 'vitest';
import { createRedactor, keyedHash } from '../../src/index.ts';
import type { RedactionPolicy } from '../../src/policy/index.ts';

const ASKED = 'the quick brown fox';
const SAID = 'jumps over the lazy dog';
const CALLED = 'Reykjavik';
const FOUND = 'eleven degrees';

const request = {
  model: 'gpt-5',
  temperature: 0.2,
  messages: [
    { role: 'system', content: ASKED },
    { role: 'user', content: [{ type: 'text', text: ASKED }] },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', function: { arguments: CALLED } }],
    },
    { role: 'tool', tool_call_id: 'c1', content: FOUND },
    { role: 'assistant', content: SAID },
  ],
};
const answer = {
  id: 'chatcmpl-1',
  model: 'gpt-5',
  choices: [{ index: 0, message: { role: 'assistant', content: SAID }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 12, completion_tokens: 7 },
};

/** What holds the question, by what it is. */
const asked: Readonly<Record<string, unknown>> = {
  'a map of names': { gen_ai: { input: ASKED } },
  'maps in maps': { gen_ai: { input: { messages: [{ parts: [{ content: ASKED }] }] } } },
  'maps further in': { attributes: { llm: { prompts: [ASKED] } } },
  'names with dots in a map': { event: { 'gen_ai.input.messages': ASKED } },
  'a list of pairs': { attributes: [{ key: 'gen_ai.prompt', value: { stringValue: ASKED } }] },
  'parameters of a call': { 'llm.invocation_parameters': { model: 'x', system: ASKED } },
  'tools in parameters': {
    'llm.invocation_parameters': {
      tools: [{ type: 'function', function: { description: ASKED } }],
    },
  },
  'an Anthropic request': {
    body: {
      model: 'claude',
      max_tokens: 9,
      system: ASKED,
      messages: [{ role: 'user', content: ASKED }],
    },
  },
  'a Gemini request': { body: { contents: [{ role: 'user', parts: [{ text: ASKED }] }] } },
  'a Converse request': {
    body: { messages: [{ role: 'user', content: [{ text: ASKED }] }], system: [{ text: ASKED }] },
  },
  'a request of the responses': { body: { model: 'gpt-5', instructions: ASKED, input: ASKED } },
  'an embedding': { body: { model: 'text-embedding-3', input: [ASKED] } },
  'a message alone': { note: { role: 'user', content: ASKED } },
};
/** What holds the answer. */
const said: Readonly<Record<string, unknown>> = {
  'a map of names': { gen_ai: { output: SAID } },
  'an answer': { body: answer },
  'an Anthropic answer': {
    body: {
      type: 'message',
      role: 'assistant',
      model: 'c',
      content: [{ type: 'text', text: SAID }],
    },
  },
  'a Gemini answer': {
    body: { candidates: [{ content: { role: 'model', parts: [{ text: SAID }] } }] },
  },
  'an answer of the responses': {
    body: {
      model: 'x',
      output: [{ type: 'message', content: [{ type: 'output_text', text: SAID }] }],
    },
  },
  'a part of a stream': {
    body: { type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: SAID } },
  },
  'a part of a stream of the responses': {
    body: { type: 'response.output_text.delta', delta: SAID },
  },
};

/** The same as maps, and with each attribute as a text of JSON, that again in JSON, in a line of a log and cut off. */
const written: Readonly<Record<string, (value: unknown) => unknown>> = {
  maps: (value) => value,
  JSON: (value) => JSON.stringify(value),
  'JSON with spaces': (value) => JSON.stringify(value, undefined, 2),
  'JSON in JSON': (value) => JSON.stringify({ outer: JSON.stringify(value) }),
  'a JSON text in JSON': (value) => JSON.stringify(JSON.stringify(value)),
  'a line of a log': (value) => `POST /v1/x 200 ${JSON.stringify(value)} done in 12 ms`,
  'events of a stream': (value) => `data: ${JSON.stringify(value)}\n\ndata: [DONE]\n`,
  'JSON that was cut off': (value) => JSON.stringify({ a: 1, value }).slice(0, -3),
};

function left(policy: Omit<RedactionPolicy, 'version'>, value: unknown): string {
  return JSON.stringify(createRedactor({ version: 1, ...policy }).redactDeep(value));
}

function each(values: Readonly<Record<string, unknown>>): [string, string, unknown][] {
  return Object.entries(values).flatMap(([what, attributes]) =>
    Object.entries(written).map(([form, write]): [string, string, unknown] => [
      what,
      form,
      Object.fromEntries(
        Object.entries(attributes as object).map(([key, value]) => [key, write(value)]),
      ),
    ]),
  );
}

test.each(each(asked))('a question in %s goes, as %s', (_, __, attributes) => {
  expect(JSON.stringify(attributes)).toContain(ASKED);
  expect(left({ prompts: false }, attributes)).not.toContain(ASKED);
  expect(left({}, attributes)).toContain(ASKED);
});

test.each(each(said))('an answer in %s goes, as %s', (_, __, attributes) => {
  expect(left({ completions: false }, attributes)).not.toContain(SAID);
  expect(left({ prompts: false }, attributes)).toContain(SAID);
});

test.each(Object.entries(written))('a request loses what the policy says, as %s', (_, write) => {
  const body = { body: write(request) };
  const parts = (policy: Omit<RedactionPolicy, 'version'>) =>
    [ASKED, SAID, CALLED, FOUND].filter((text) => left(policy, body).includes(text));

  expect(parts({ tools: false, prompts: true })).toEqual([ASKED, SAID]);
  expect(parts({ prompts: false, completions: false })).toEqual([]);
  expect(parts({ completions: false, tools: true })).not.toContain(SAID);
});

describe('what is no content stays', () => {
  test.each([
    { 'llm.invocation_parameters': { temperature: 0.2, max_tokens: 90, stop: ['x'] } },
    { 'gen_ai.usage': { input: 12, output: 7, details: { prompt: 3 } } },
    { 'langfuse.observation.usage_details': { input: 12, output: 7 } },
    { user: { role: 'admin', name: 'ada', text: 'x' } },
    { job: { input: 'queue-a', output: 'queue-b', type: 'copy' } },
    { body: { role: 'user', id: 7, tool: 'hammer' } },
  ])('%j', (attributes) => {
    for (const write of [written['maps']!, written['JSON']!]) {
      const value = Object.fromEntries(
        Object.entries(attributes).map(([key, member]) => [key, write(member)]),
      );
      expect(left({ prompts: false, completions: false }, value)).toBe(JSON.stringify(value));
    }
  });
});

describe('in a text of JSON', () => {
  test('everything else keeps its characters, and it stays JSON', () => {
    const text =
      '{ "id": 12345678901234567890, "model":"m",\n "prompt": "x\\u0041", "top_p": 1.0 }';
    expect(createRedactor({ version: 1, prompts: false }).redactDeep({ body: text })).toEqual({
      body: text.replace('"x\\u0041"', '"[REDACTED:content]"'),
    });
  });

  test('a pseudonym stands for it where one is wanted', () => {
    const redactor = createRedactor(
      { version: 1, prompts: 'hash' },
      { hash: keyedHash({ key: 'sixteen bytes at least' }) },
    );
    const text = JSON.stringify({ model: 'm', prompt: ASKED });
    const redacted = redactor.redactDeep({ body: text });
    expect(JSON.stringify(redacted)).toMatch(/REDACTED:content #\w{12}/);
    expect(redactor.redactDeep(redacted)).toEqual(redacted);
  });

  test('allowed keys stay', () => {
    const text = JSON.stringify({ model: 'm', prompt: ASKED });
    const policy = { prompts: false, keys: { allow: ['body.prompt'] } } as const;
    expect(left(policy, { body: text })).toContain(ASKED);
  });

  test('what only looks like JSON is not read for ever, and does not leave', () => {
    const texts = ['[1,'.repeat(50_000), '{"a":'.repeat(50_000), `${'{"a":[1,2,'.repeat(9000)}x`];
    for (const text of [...texts, `${'[{"a":1},'.repeat(9000)}x`]) {
      const redacted = left({ prompts: false }, { body: text });
      expect(redacted.length).toBeLessThan(text.length * 2);
    }
  });
});
