import * as fc from 'fast-check';
import { ROOT_CONTEXT } from '@opentelemetry/api';
import { describe, expect, test } from 'vitest';
import { ALL, CONTEXT, TRACE_ID, TRACEPARENT, traceparentOf } from '../../test/a-context.ts';
import { injectEnvelope } from '../envelope.ts';
import { linksTo } from '../link-to.ts';
import { extractMessage } from './extract-message.ts';
import { injectMessage } from './inject-message.ts';

// The shapes of the developer guides of AWS Lambda, SNS, EventBridge, Kinesis and DynamoDB.
const ORDER = { order: 7, note: 'für Zoë' };
const WITH_CONTEXT = injectEnvelope(ORDER, CONTEXT, ALL);
const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64');

const notification = (more: object = {}): object => ({
  Type: 'Notification',
  MessageId: '95df01b4',
  TopicArn: 'arn:aws:sns:us-east-1:123456789012:orders',
  Message: JSON.stringify(ORDER),
  Timestamp: '2026-01-02T12:45:07.000Z',
  SignatureVersion: '1',
  MessageAttributes: { traceparent: { Type: 'String', Value: TRACEPARENT } },
  ...more,
});
const eventBridge = (detail: unknown): object => ({
  version: '0',
  id: '17793124',
  'detail-type': 'order.created',
  source: 'orders',
  account: '123456789012',
  time: '2026-01-02T12:45:07Z',
  region: 'us-east-1',
  resources: [],
  detail,
});
const sqsInLambda = (body: unknown): object => ({
  messageId: '059f36b4',
  receiptHandle: 'AQEB',
  body: JSON.stringify(body),
  attributes: { ApproximateReceiveCount: '1' },
  messageAttributes: {},
  eventSource: 'aws:sqs',
});
const kinesis = (data: string): object => ({
  kinesis: { kinesisSchemaVersion: '1.0', partitionKey: '1', sequenceNumber: '4', data },
  eventSource: 'aws:kinesis',
});

const SHAPES: [string, object][] = [
  [
    'RabbitMQ in Lambda',
    {
      basicProperties: {
        contentType: 'text/plain',
        headers: { traceparent: { bytes: [...Buffer.from(TRACEPARENT)] } },
      },
      redelivered: false,
      data: base64(ORDER),
    },
  ],
  [
    'ActiveMQ in Lambda',
    { messageID: 'ID:1', properties: { traceparent: TRACEPARENT }, data: base64(ORDER) },
  ],
  ['SNS in Lambda', { EventVersion: '1.0', EventSource: 'aws:sns', Sns: notification() }],
  ['SNS in SQS, as its client has it', { MessageId: 'm', Body: JSON.stringify(notification()) }],
  ['SNS in SQS in Lambda', sqsInLambda(notification())],
  ['EventBridge', eventBridge(WITH_CONTEXT)],
  ['EventBridge in SQS', sqsInLambda(eventBridge(WITH_CONTEXT))],
  [
    'EventBridge in SNS in SQS',
    sqsInLambda(
      notification({ Message: JSON.stringify(eventBridge(WITH_CONTEXT)), MessageAttributes: {} }),
    ),
  ],
  ['Kinesis in Lambda', kinesis(base64(WITH_CONTEXT))],
  [
    'Kinesis, as its client has it',
    { PartitionKey: '1', Data: Buffer.from(JSON.stringify(WITH_CONTEXT)) },
  ],
  [
    'a DynamoDB stream',
    {
      eventName: 'INSERT',
      dynamodb: { NewImage: { traceparent: { S: TRACEPARENT }, order: { N: '7' } } },
    },
  ],
];

describe('what a service of AWS has packed', () => {
  test.each(SHAPES)('%s', (_, record) => {
    expect(traceparentOf(extractMessage(record))).toBe(TRACEPARENT);
  });

  test('a batch of records of all of them has a link for each', () => {
    const links = linksTo(SHAPES.map(([, record]) => record));

    expect(links.map(({ context }) => context.traceId)).toEqual(SHAPES.map(() => TRACE_ID));
    for (const none of [undefined, null, 7, {}]) expect(linksTo(none as never)).toEqual([]);
  });

  test('comes after what the message has itself', () => {
    const own = TRACEPARENT.replace('b7', 'c8');
    const record = {
      ...sqsInLambda(notification()),
      messageAttributes: { traceparent: { stringValue: own, dataType: 'String' } },
    };

    expect(traceparentOf(extractMessage(record))).toBe(own);
  });

  test.each<[string, object]>([
    ['the body of an application, in SQS', sqsInLambda(WITH_CONTEXT)],
    ['a text that only mentions it', { Body: `{"Type":"Notification", traceparent` }],
    ['a notification without attributes', sqsInLambda(notification({ MessageAttributes: null }))],
    ['data that is no base64', kinesis('%%%')],
    [
      'a header that is no text',
      { basicProperties: { headers: { traceparent: { bytes: ['x', null, -1] } } } },
    ],
    ['data that is no JSON', kinesis(base64('traceparent'))],
    ['an empty item', { dynamodb: { NewImage: null } }],
    ['more than a record can hold', kinesis(base64({ ...WITH_CONTEXT, more: 'x'.repeat(2e6) }))],
    ['bytes of the same', { PartitionKey: '1', Data: new Uint8Array(3e6) }],
    [
      'a packing without an end',
      (() => {
        const packing: Record<string, unknown> = { 'detail-type': 'x' };
        packing['detail'] = packing;
        return packing;
      })(),
    ],
  ])('%s has none', (_, record) => {
    expect(extractMessage(record)).toBe(ROOT_CONTEXT);
  });

  test('whatever it holds, nothing throws', () => {
    const member = fc.constantFrom(
      'Sns',
      'Body',
      'body',
      'Type',
      'Message',
      'detail',
      'detail-type',
      'dynamodb',
      'NewImage',
      'kinesis',
      'data',
      'Data',
      'PartitionKey',
      'MessageAttributes',
      'traceparent',
    );
    const value = fc.letrec((tie) => ({
      any: fc.oneof(
        { maxDepth: 5 },
        fc.constantFrom(
          'Notification',
          TRACEPARENT,
          '{"traceparent":1}',
          '{traceparent',
          base64({}),
        ),
        fc.anything(),
        fc.dictionary(member, tie('any'), { maxKeys: 4 }),
      ),
    })).any;
    fc.assert(fc.property(value, (message) => void extractMessage(message)));
  });
});

test('what cannot carry a context goes on as it is', () => {
  for (const message of [null, undefined, 7, 'text', [1], Buffer.from('x'), new Map([[1, 2]])]) {
    expect(injectMessage('kafka', message as never, CONTEXT, ALL)).toBe(message);
    expect(injectEnvelope(message as never, CONTEXT, ALL)).toBe(message);
  }
});
