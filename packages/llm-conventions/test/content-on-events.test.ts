// Content of log events is bounded and freed of media as that of spans is.
import { describe, expect, test } from 'vitest';
import type { ReadableLogRecord } from '@llm-otel/core';
import { checkEventConformance } from '../src/conformance.ts';
import {
  type ChatMessage,
  type ContentStore,
  contentBudget,
  createGenAi,
  logContentBudget,
  moveLogMediaOut,
  moveMediaOut,
} from '../src/index.ts';
import { recordSignals } from './record-signals.ts';

const picture = Buffer.from('a picture').toString('base64');

/** One call with content in both places: its span and its event. */
function call(inputMessages: readonly ChatMessage[]) {
  const recording = recordSignals();
  const { tracer, meter, logger } = recording;
  createGenAi({ tracer, meter, logger, content: 'both' })
    .startInference({ provider: 'openai', model: 'm', inputMessages })
    .end();
  return {
    span: recording.spans()[0]!,
    event: recording.events()[0]! as unknown as ReadableLogRecord,
  };
}

const long = Array.from({ length: 20 }, (_, n) => ({
  role: 'user',
  parts: [{ type: 'text', content: `message ${n} ${'é'.repeat(20)}` }],
}));

function memoryStore(): ContentStore {
  return { put: ({ bytes }) => ({ uri: `mem:${bytes.byteLength}`, sha256: 'hash' }) };
}

describe('an event', () => {
  test('loses the same messages as its span where they are over the budget, and stays conformant', () => {
    const { span, event } = call(long);
    const budget = { maxBytesPerAttribute: 500 };

    const ofSpan = contentBudget(budget).transform(span).attributes;
    const ofEvent = logContentBudget(budget).transform(event);

    const kept = ofEvent.attributes['gen_ai.input.messages'] as ChatMessage[];
    expect(kept).toEqual(long.slice(-kept.length));
    expect(kept.length).toBeGreaterThan(1);
    expect(kept).toEqual(JSON.parse(ofSpan['gen_ai.input.messages'] as string));
    expect(ofEvent.attributes['llm_otel.content.truncated']).toEqual(['gen_ai.input.messages']);
    expect(checkEventConformance(ofEvent, { content: true }).errors).toEqual([]);
    // The record itself is as it was: other processors read it.
    expect(event.attributes['gen_ai.input.messages']).toEqual(long);
    expect(event.attributes).not.toHaveProperty('llm_otel.content.truncated');
  });

  test('has the same reference as its span in place of a picture', () => {
    const { span, event } = call([
      { role: 'user', parts: [{ type: 'blob', modality: 'image', content: picture }] },
    ]);

    const ofSpan = moveMediaOut(memoryStore()).transform(span).attributes;
    const { attributes } = moveLogMediaOut(memoryStore()).transform(event);

    expect(attributes['gen_ai.input.messages']).toEqual([
      {
        role: 'user',
        parts: [{ type: 'uri', modality: 'image', uri: 'mem:9', sha256: 'hash', byte_length: 9 }],
      },
    ]);
    expect(attributes['gen_ai.input.messages']).toEqual(
      JSON.parse(ofSpan['gen_ai.input.messages'] as string),
    );
    expect(attributes['llm_otel.content.references']).toEqual(['mem:9']);
  });

  test('with nothing to change passes as the same object', () => {
    const { event } = call([{ role: 'user', parts: [{ type: 'text', content: 'hi' }] }]);

    expect(logContentBudget().transform(event)).toBe(event);
    expect(moveLogMediaOut(memoryStore()).transform(event)).toBe(event);
  });
});
