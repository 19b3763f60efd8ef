import * as grpc from '@grpc/grpc-js';
import { systemClock } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { makeSpans } from '../../test/fixtures/spans.ts';
import { encodeTraceRequest } from '../encode/encode-trace-request.ts';
import { HeaderSource } from '../otlp/header-source.ts';
import { RequestPayload } from '../otlp/request-payload.ts';
import { GrpcChannel } from './grpc-channel.ts';
import { OtlpGrpcSender } from './otlp-grpc-sender.ts';

test('the parts of a request are as sensitive as the whole', () => {
  const channel = new GrpcChannel({ grpc, target: 'localhost:1', tls: undefined, gzip: false });
  const sender = new OtlpGrpcSender({
    channel,
    headers: new HeaderSource({}),
    timeoutMillis: 1000,
    url: 'http://localhost:1',
    clock: systemClock,
  });
  const body = encodeTraceRequest(makeSpans(4));
  const payload = RequestPayload.owned('traces', { items: 4, body }, { sensitivity: 'restricted' });

  const parts = sender.split(payload);
  channel.close();

  expect(parts?.map(({ items, sensitivity }) => [items, sensitivity])).toEqual([
    [2, 'restricted'],
    [2, 'restricted'],
  ]);
});
