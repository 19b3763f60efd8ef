// The compiled gateway as the second line: what comes from elsewhere, unredacted, does not get past it.
import type { ReadableSpan } from '@llm-otel/core';
import { createRedactor, redactSpans } from '@llm-otel/redaction';
import type { RedactionPolicy } from '@llm-otel/redaction/policy';
import { type DecodedSpan, seededRandom, startOtlpSink } from '@llm-otel/testing';
import { expect, test } from 'vitest';
import { contentAttributes } from './content-attributes.ts';
import { sendAll, startCompiled } from './gateway.ts';
import { madeTraces } from './made-traces.ts';

// Put together at run time, so that no scanner takes this file for a leak.
const random = seededRandom('redaction');
const letters = (count: number): string =>
  Array.from({ length: count }, () =>
    random.pick('abcdefghkmnpqrstuvwxyzABCDEFGHKMNPQRSTUVWXYZ23456789'.split('')),
  ).join('');
const secrets: Readonly<Record<string, string>> = {
  openai: `sk-proj-${letters(48)}`,
  anthropic: ['sk', 'ant', 'api03', letters(90)].join('-'),
  github: `ghp_${letters(36)}`,
  aws: ['AK', 'IA', 'Z7QK3MWX5T2RBNDF'].join(''),
  jwt: ['eyJhbGciOiJIUzI1NiJ9', `eyJ${letters(40)}`, letters(43)].join('.'),
  url: `postgres://app:${letters(14)}@db.internal/orders`,
  bearer: `Bearer ${letters(40)}`,
  assigned: `password=${letters(12)}`,
  pem:
    ['-----BEGIN', 'PRIVATE', 'KEY-----\n'].join(' ') +
    `${letters(64)}\n` +
    ['-----END', 'PRIVATE', 'KEY-----'].join(' '),
  terraform: [letters(14), 'atlasv1', letters(64)].join('.'),
  telegram: ['812345', '6789:', 'AA', letters(33)].join(''),
  newRelic: ['a1b2c3d4'.repeat(4), 'e5f6', 'NR', 'AL'].join(''),
  mailchimp: ['a1b2c3d4'.repeat(4), 'us12'].join('-'),
  airtable: ['pa', 't', letters(14), '.', 'a1b2c3d4'.repeat(8)].join(''),
  discord: ['M'.concat(letters(25)), 'G'.concat(letters(5)), letters(38)].join('.'),
  paypal: ['access', 'token$production$'].join('_') + `${'a1b2'.repeat(4)}$${'c3d4'.repeat(8)}`,
  azure: [letters(3), '8Q', '~', letters(33)].join(''),
  mac: ['00', '1b', '44', '11', '3a', 'b7'].join(':'),
  email: ['ada.lovelace', 'example.com'].join('@'),
  card: ['4111', '1111', '1111', '1111'].join(' '),
  iban: ['DE89', '3704', '0044', '0532', '0130', '00'].join(' '),
  phone: ['+49', '170', '1234', '567'].join(' '),
  ssn: ['536', '22', '8726'].join('-'),
  address: '203.0.113.77',
};
const policy: RedactionPolicy = {
  version: 1,
  presets: ['strict'],
  keys: { block: ['customer.*', 'internalNote'], allow: ['public_token'] },
  values: { allow: ['203.0.113.1'] },
  patterns: [{ name: 'ticket', pattern: String.raw`TCK-\d{6}` }],
};

async function throughGateway(
  redaction: RedactionPolicy,
  spans: readonly ReadableSpan[],
): Promise<readonly DecodedSpan[]> {
  await using sink = await startOtlpSink();
  await using gateway = await startCompiled({
    tier: 'gateway',
    input: {
      redaction,
      exporters: [{ type: 'otlp_http', endpoint: sink.url }],
      fleet: { platform: 'none', gateways: ['gateway:4317'] },
    },
    override: { exporters: { otlp_http: { sending_queue: { enabled: false } } } },
  });
  await sendAll(spans, gateway.tracesUrl);
  await gateway.collector.stop();
  return [...sink.spans];
}

const text = (value: unknown): string =>
  JSON.stringify(value, (_key, member: unknown) =>
    typeof member === 'bigint' ? String(member) : member,
  );

/** What must not be seen of a secret: all of it, without what stands around it. */
function coreOf(secret: string): string {
  const [, secondLine] = secret.split('\n');
  return (
    secondLine ??
    secret.replace(/^(Bearer |password=|postgres:\/\/app:)/, '').replace(/@db\..*/, '')
  );
}

const [base] = madeTraces(1, 1) as [ReadableSpan];

function spanWith(secret: string): ReadableSpan {
  const [own] = madeTraces(1, random.integer(1e6)) as [ReadableSpan];
  return {
    ...base,
    spanContext: own.spanContext,
    name: `call with ${secret}`,
    status: { code: 2, message: `failed: ${secret}` },
    attributes: {
      note: `before ${secret} after`,
      json: JSON.stringify({ text: secret }),
      list: ['fine', secret],
    },
    events: [{ name: 'log', time: [1_790_000_000, 0], attributes: { message: secret } }],
    resource: { attributes: { 'service.name': 'desk', remark: secret } },
  };
}

test('nothing of a secret gets past the gateway: not in names, messages, attributes, events or resources', async () => {
  const spans = await throughGateway(
    policy,
    Object.values(secrets).map((secret) => spanWith(secret)),
  );

  expect(spans).toHaveLength(Object.keys(secrets).length);
  const all = text(spans);
  const seen = Object.entries(secrets).filter(([, secret]) =>
    all.includes(JSON.stringify(coreOf(secret)).slice(1, -1)),
  );
  expect(seen.map(([name]) => name)).toEqual([]);
  expect(all).not.toContain('llm_otel.redaction');
  // Around it everything is as it was.
  expect(all).toContain('before ****');
});

test('keys are blocked and allowed by their last words, values are allowed as a whole, own patterns are found', async () => {
  const attributes = {
    'http.request.header.x-api-key': 'anything',
    dbPassword: 'hunter',
    'customer.address.city': 'Ulm',
    internalNote: 'not for you',
    public_token: secrets['github'] ?? '',
    'peer.address': '203.0.113.1',
    text: 'about TCK-123456 and 203.0.113.77',
    max_tokens: 5,
    'gen_ai.usage.input_tokens': 4_111_111,
    'app.ratio': 0.5,
  };
  const [span] = await throughGateway(policy, [{ ...base, attributes, events: [] }]);

  expect(span?.attributes).toEqual({
    'http.request.header.x-api-key': '****',
    dbPassword: '****',
    'customer.address.city': '****',
    internalNote: '****',
    public_token: secrets['github'],
    'peer.address': '203.0.113.1',
    text: 'about **** and ****',
    max_tokens: 5,
    'gen_ai.usage.input_tokens': 4_111_111,
    'app.ratio': 0.5,
  });
});

test('without prompts and completions the same attributes are gone as in the process', async () => {
  const withoutContent: RedactionPolicy = {
    version: 1,
    presets: ['secrets'],
    prompts: false,
    completions: false,
  };
  const content = [
    'gen_ai.input.messages',
    'gen_ai.output.messages',
    'gen_ai.system_instructions',
    'gen_ai.tool.definitions',
    'gen_ai.tool.call.arguments',
    'gen_ai.tool.call.result',
    'gen_ai.retrieval.documents',
    'gen_ai.prompt.0.content',
    'gen_ai.completion.0.content',
    'llm.input_messages.0.message.content',
    'llm.output_messages.0.message.content',
    'ai.prompt.messages',
    'ai.response.text',
    'traceloop.entity.input',
    'traceloop.entity.output',
    'langfuse.observation.input',
    'input.value',
    'output.value',
  ];
  const others = [
    'gen_ai.prompt.name',
    'gen_ai.operation.name',
    'llm.model_name',
    'input.mime_type',
  ];
  const attributes = Object.fromEntries([...content, ...others].map((key) => [key, 'text']));
  const span: ReadableSpan = { ...base, attributes, events: [] };

  const [behind] = await throughGateway(withoutContent, [span]);
  const inProcess = redactSpans(createRedactor(withoutContent)).transform(span);

  expect(Object.keys(behind?.attributes ?? {}).toSorted()).toEqual(others.toSorted());
  expect(Object.keys(inProcess.attributes).toSorted()).toEqual(others.toSorted());
});

test.each([
  { prompts: false },
  { completions: false },
  { tools: false },
  { prompts: false, tools: true },
  { completions: false, tools: true },
  { prompts: false, completions: false, tools: false },
] as const)(
  'of the content of every dialect the same is gone as in the process: %j',
  async (parts) => {
    const policyOfParts: RedactionPolicy = { version: 1, presets: ['secrets'], ...parts };
    const attributes = Object.fromEntries(contentAttributes.map((key) => [key, 'words']));
    const span: ReadableSpan = { ...base, attributes, events: [] };

    const [behind] = await throughGateway(policyOfParts, [span]);
    const inProcess = redactSpans(createRedactor(policyOfParts)).transform(span);

    const left = (of: object | undefined): string[] => Object.keys(of ?? {}).toSorted();
    expect(left(behind?.attributes)).toEqual(left(inProcess.attributes));
    expect(left(behind?.attributes).length).toBeLessThan(contentAttributes.length);
  },
);
