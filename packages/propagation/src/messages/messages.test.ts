import { Metadata } from '@grpc/grpc-js';
import { diag, ROOT_CONTEXT, trace } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import {
  ALL,
  CONTEXT,
  HEADERS,
  NOTHINGS,
  sessionOf,
  TRACE_ID,
  TRACEPARENT,
  traceparentOf,
} from '../../test/a-context.ts';
import { headerGetter } from '../carriers.ts';
import { extractHeaders, injectHeaders } from '../headers.ts';
import { linksTo, linkTo } from '../link-to.ts';
import { extractMessage } from './extract-message.ts';
import { injectMessage } from './inject-message.ts';
import type { MessageSystem } from './message-system.ts';

const attribute = (text: string): object => ({ DataType: 'String', StringValue: text });

describe('a message goes out and comes in with the whole context', () => {
  test.each<[MessageSystem, object]>([
    ['kafka', { key: 'k', value: Buffer.from('v'), headers: { accept: 'x' } }],
    ['rabbitmq', { persistent: true }],
    ['aws_sqs', { QueueUrl: 'q', MessageBody: 'b' }],
    ['aws.sns', { TopicArn: 't', Message: 'm' }],
    ['servicebus', { body: 1 }],
    ['gcp_pubsub', { data: Buffer.from('d') }],
  ])('%s', (system, message) => {
    const before = JSON.stringify(message);

    const sent = injectMessage(system, message, CONTEXT, ALL);

    const received = extractMessage(sent);
    expect(traceparentOf(received)).toBe(TRACEPARENT);
    expect(sessionOf(received)).toBe('s-42');
    expect(sent).toMatchObject(message);
    expect(JSON.stringify(message)).toBe(before);
    expect(injectMessage(system, message, ROOT_CONTEXT)).toEqual(message);
  });
});

describe('headers are found where each client keeps them', () => {
  test.each<[string, object]>([
    ['kafkajs, bytes', { headers: { traceparent: Buffer.from(TRACEPARENT) } }],
    ['kafkajs, a list', { headers: { traceparent: [Buffer.from(TRACEPARENT)] } }],
    ['amqplib', { content: Buffer.from(''), properties: { headers: HEADERS } }],
    ['SQS', { MessageAttributes: { traceparent: attribute(TRACEPARENT) } }],
    [
      'SQS in Lambda',
      { messageAttributes: { traceparent: { dataType: 'String', stringValue: TRACEPARENT } } },
    ],
    [
      'SNS in a body of SQS',
      {
        Type: 'Notification',
        MessageAttributes: { traceparent: { Type: 'String', Value: TRACEPARENT } },
      },
    ],
    ['AMQP 1.0', { application_properties: HEADERS }],
    ['Service Bus', { applicationProperties: HEADERS }],
    ['Pub/Sub', { attributes: HEADERS }],
    ['an HTTP request', { headers: { TraceParent: TRACEPARENT } }],
    ['fetch', new Request('http://localhost', { headers: HEADERS })],
    ['an envelope', HEADERS],
  ])('%s', (_, message) => {
    expect(traceparentOf(extractMessage(message))).toBe(TRACEPARENT);
  });

  test('NATS, whose headers answer with an empty text where there is none', () => {
    const values = new Map<string, string>();
    const headers = {
      get: (key: string) => values.get(key) ?? '',
      set: (key: string, value: string) => void values.set(key, value),
      keys: () => [...values.keys()],
    };
    expect(extractMessage({ headers })).toBe(ROOT_CONTEXT);

    injectHeaders(headers, CONTEXT, ALL);

    expect(Object.fromEntries(values)).toEqual(HEADERS);
    expect(sessionOf(extractMessage({ subject: 's', headers }))).toBe('s-42');
    expect(headerGetter.keys(headers)).toEqual(Object.keys(HEADERS));
  });

  test('Metadata of gRPC, both ways', () => {
    const metadata = new Metadata();
    expect(extractHeaders(metadata)).toBe(ROOT_CONTEXT);

    injectHeaders(metadata, CONTEXT, ALL);

    expect(metadata.getMap()).toEqual(HEADERS);
    expect(headerGetter.keys(metadata)).toEqual(Object.keys(HEADERS));
    expect(sessionOf(extractHeaders(metadata))).toBe('s-42');
    // A server may see several values of one key.
    metadata.add('traceparent', TRACEPARENT.replace('-01', '-00'));
    expect(traceparentOf(extractHeaders(metadata))).toBeUndefined();
  });
});

describe('headers as a list of entries', () => {
  const bytes = [...Buffer.from(TRACEPARENT)];
  const rest = { topic: 't', partition: 0 };
  test.each<[string, unknown[]]>([
    ['node-rdkafka', [{ other: 'x' }, { traceparent: Buffer.from(TRACEPARENT) }]],
    ['Kafka in Lambda', [{ TraceParent: bytes }]],
    [
      'pairs',
      [
        ['accept', 'x'],
        ['traceparent', TRACEPARENT],
      ],
    ],
    ['key and value', [{ key: 'traceparent', value: Buffer.from(TRACEPARENT) }]],
    ['name and value', [{ name: 'traceparent', value: [TRACEPARENT] }]],
    ['what is no entry beside it', [null, 7, 'traceparent', [], [1], { traceparent: TRACEPARENT }]],
  ])('%s', (_, headers) => {
    expect(traceparentOf(extractMessage({ ...rest, headers }))).toBe(TRACEPARENT);
    expect(traceparentOf(extractHeaders(headers))).toBe(TRACEPARENT);
    const twice = [...headers, ...headers];
    expect(traceparentOf(extractHeaders(twice)), 'two are none').toBeUndefined();
  });

  test.each<[string, unknown[], unknown]>([
    ['an empty one', [], { traceparent: TRACEPARENT }],
    ['node-rdkafka', [{ TRACEPARENT: 'old' }, { other: 'x' }], { traceparent: TRACEPARENT }],
    [
      'pairs',
      [
        ['accept', 'x'],
        ['traceparent', 'old'],
      ],
      ['traceparent', TRACEPARENT],
    ],
    ['key and value', [{ key: 'a', value: 'x' }], { key: 'traceparent', value: TRACEPARENT }],
    ['name and value', [{ name: 'a', value: 'x' }], { name: 'traceparent', value: TRACEPARENT }],
  ])('is written in its own form: %s', (_, headers, entry) => {
    const before = structuredClone(headers);

    const sent = injectMessage('kafka', { headers }, CONTEXT, ALL);

    expect(sent.headers).toContainEqual(entry);
    expect(JSON.stringify(sent.headers)).not.toContain('old');
    expect(sessionOf(extractMessage(sent))).toBe('s-42');
    expect(headerGetter.keys(sent.headers)).toEqual(expect.arrayContaining(Object.keys(HEADERS)));
    expect(headers).toEqual(before);
    expect(injectMessage('kafka', sent, CONTEXT, ALL)).toEqual(sent);
  });
});

test('two traceparents in the headers of NATS are none, though they answer with the first', () => {
  const values = new Map([['traceparent', [TRACEPARENT, TRACEPARENT.replace('-01', '-00')]]]);
  const headers = {
    get: (name: string) => values.get(name)?.[0] ?? '',
    set: () => undefined,
    values: (name: string) => values.get(name) ?? [],
  };
  expect(extractMessage({ headers })).toBe(ROOT_CONTEXT);

  values.set('traceparent', [TRACEPARENT]);
  expect(traceparentOf(extractMessage({ headers }))).toBe(TRACEPARENT);
});

test('a system of another name leaves the message as it is, and is told with the names there are', () => {
  const told: string[] = [];
  const logger = Object.fromEntries(
    ['error', 'warn', 'info', 'debug', 'verbose'].map((level) => [
      level,
      (...words: unknown[]) => void told.push(words.join(' ')),
    ]),
  );
  diag.setLogger(logger as never, { suppressOverrideMessage: true });
  const message = { subject: 's' };

  const sent = injectMessage('nats' as never, message, CONTEXT, ALL);
  expect(injectMessage('toString' as never, message, CONTEXT, ALL)).toEqual(message);
  diag.disable();

  expect(sent).toEqual(message);
  expect(told.join('\n')).toMatch(/unknown system "nats".*kafka, rabbitmq/u);
});

test('headers that are an object of a library are written to, not copied', () => {
  const headers = new Map([['accept', 'x']]);

  const sent = injectMessage('kafka', { headers }, CONTEXT, ALL);

  expect(sent.headers).toBe(headers);
  expect(headers.get('traceparent')).toBe(TRACEPARENT);
});

test('SQS is never given an eleventh attribute, and the traceparent comes first', () => {
  const attributes = (count: number): Record<string, object> =>
    Object.fromEntries(Array.from({ length: count }, (_, at) => [`a${at}`, attribute('x')]));

  const sent = injectMessage('aws_sqs', { MessageAttributes: attributes(9) }, CONTEXT, ALL);
  expect(Object.keys(sent.MessageAttributes)).toHaveLength(10);
  expect(sent.MessageAttributes).toHaveProperty('traceparent', attribute(TRACEPARENT));

  const full = { MessageAttributes: attributes(10) };
  expect(injectMessage('aws_sqs', full, CONTEXT, ALL)).toEqual(full);
  const again = { MessageAttributes: { ...attributes(9), traceparent: attribute('old') } };
  expect(injectMessage('aws_sqs', again, CONTEXT, ALL).MessageAttributes['traceparent']).toEqual(
    attribute(TRACEPARENT),
  );
});

test('a consumer of anything else starts a trace of its own', () => {
  for (const nothing of NOTHINGS) {
    expect(extractMessage(nothing)).toBe(ROOT_CONTEXT);
    expect(linkTo(nothing)).toBeUndefined();
  }
});

test('a batch links to each message that carries a context, whatever system it came through', () => {
  const batch = [
    injectMessage('kafka', { value: 'a' }, CONTEXT),
    { value: 'without' },
    injectMessage('aws_sqs', { MessageBody: 'b' }, CONTEXT),
    null,
  ];

  const links = linksTo(batch);

  expect(links.map(({ context }) => context.traceId)).toEqual([TRACE_ID, TRACE_ID]);
  expect(trace.getSpanContext(ROOT_CONTEXT)).toBeUndefined();
});

test('a value of bytes that is no text is no context, and a huge one is not decoded', () => {
  const text = Buffer.from([0xff, 0xfe, 0]);
  expect(extractMessage({ headers: { traceparent: text, baggage: text } })).toBe(ROOT_CONTEXT);

  const huge = Buffer.alloc(50_000_000, 'a');
  const taken: number[] = [];
  huge.subarray = (from = 0, to = huge.length) => {
    taken.push(to - from);
    return Buffer.prototype.subarray.call(huge, from, to) as typeof huge;
  };
  expect(extractMessage({ headers: { traceparent: huge, baggage: huge } })).toBe(ROOT_CONTEXT);
  expect(Math.max(...taken)).toBeLessThanOrEqual(16_384);
});
