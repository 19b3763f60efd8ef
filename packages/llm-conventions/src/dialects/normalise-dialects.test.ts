import type { Attributes } from '@opentelemetry/api';
import type { ReadableSpan, SpanReceiver } from '@llm-otel/core';
import { expect, test } from 'vitest';
import { readableSpan } from '../../test/readable-span.ts';
import { inCurrentNames, normaliseDialects } from './normalise-dialects.ts';

const report = { sampledOut: () => {}, dropped: () => {} };

function normalised(attributes: Attributes): Attributes {
  return inCurrentNames(readableSpan(attributes)).attributes;
}

test('every renamed attribute is read under its current name', () => {
  expect(
    normalised({
      'gen_ai.system': 'openai',
      'gen_ai.usage.prompt_tokens': 3,
      'gen_ai.usage.completion_tokens': 4,
      'gen_ai.usage.cache_creation.input_tokens': 1,
      'gen_ai.openai.request.seed': 7,
      'gen_ai.openai.request.response_format': 'json_schema',
      'gen_ai.openai.request.service_tier': 'default',
      'gen_ai.openai.response.service_tier': 'default',
      'gen_ai.openai.response.system_fingerprint': 'fp',
      'app.kept': true,
    }),
  ).toEqual({
    'gen_ai.provider.name': 'openai',
    'gen_ai.usage.input_tokens': 3,
    'gen_ai.usage.output_tokens': 4,
    'gen_ai.usage.cache_write.input_tokens': 1,
    'gen_ai.request.seed': 7,
    'gen_ai.output.type': 'json',
    'openai.request.service_tier': 'default',
    'openai.response.service_tier': 'default',
    'openai.response.system_fingerprint': 'fp',
    'app.kept': true,
  });
});

test('provider values are renamed under both names', () => {
  expect(normalised({ 'gen_ai.system': 'az.ai.openai' })).toEqual({
    'gen_ai.provider.name': 'azure.ai.openai',
  });
  expect(normalised({ 'gen_ai.provider.name': 'vertex_ai' })).toEqual({
    'gen_ai.provider.name': 'gcp.vertex_ai',
  });
});

test('where a span has both names the current one wins', () => {
  expect(normalised({ 'gen_ai.provider.name': 'groq', 'gen_ai.system': 'openai' })).toEqual({
    'gen_ai.provider.name': 'groq',
  });
});

test('a span in current names passes as the same object', () => {
  const span = readableSpan({ 'gen_ai.provider.name': 'openai', 'gen_ai.prompt': 'kept' });

  expect(inCurrentNames(span)).toBe(span);
});

test('the original span is not changed', () => {
  const span = readableSpan({ 'gen_ai.system': 'gemini' });

  inCurrentNames(span);

  expect(span.attributes).toEqual({ 'gen_ai.system': 'gemini' });
});

test('the stage hands every span on and forwards the other members of its receiver', () => {
  const received: ReadableSpan[] = [];
  const calls: string[] = [];
  const receiver: SpanReceiver = {
    onEnd: (span) => void received.push(span),
    heldSpans: () => 3,
    drain: () => void calls.push('drain'),
    close: () => void calls.push('close'),
  };

  const stage = normaliseDialects()(receiver, report);
  stage.onEnd(readableSpan({ 'gen_ai.system': 'openai' }));
  stage.drain?.();
  stage.close?.();

  expect(received[0]?.attributes).toEqual({ 'gen_ai.provider.name': 'openai' });
  expect(stage.heldSpans?.()).toBe(3);
  expect(calls).toEqual(['drain', 'close']);
  expect(Object.keys(normaliseDialects()({ onEnd: () => {} }, report))).toEqual(['onEnd']);
});
