import { createTraceState, type SpanContext, type TraceState } from '@opentelemetry/api';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openAiKey } from '../test/made-secrets.ts';
import { redactSpanContext, redactTraceStateText } from './redact-trace-state.ts';
import { createRedactor } from './redactor.ts';

const redactor = createRedactor({ version: 1, presets: ['secrets', 'pii'] });
const ids = { traceId: '0af7651916cd43dd8448eb211c80319c', spanId: 'b7ad6b7169203331' };

function contextWith(traceState: TraceState): SpanContext {
  return { ...ids, traceFlags: 1, traceState };
}

describe('a trace state', () => {
  test.each([
    `ot=th:c,key=${openAiKey},congo=t61rcWkgMzE`,
    'ot=th:c,password=letmein,congo=t61rcWkgMzE',
    'ot=th:c, user@vendor=ada@example.com ,congo=t61rcWkgMzE',
    `ot=th:c,${openAiKey.toLowerCase()}=1,congo=t61rcWkgMzE`,
  ])('loses the member with something to hide and stays a list: %s', (text) => {
    expect(redactTraceStateText(redactor, text)).toBe('ot=th:c,congo=t61rcWkgMzE');
  });

  // As the vendors document them.
  test.each([
    'rojo=00f067aa0ba902b7,congo=t61rcWkgMzE',
    'ot=th:8;rv:9b8233f7e3a151',
    'dd=s:2;o:rum;t.dm:-4;p:00f067aa0ba902b7;t.tid:66f1b2c400000000',
    '33@nr=0-0-1349956-41346604-27ddd2d8890283b4-b28be285632bbc0a-1-1.1273-1569367663277',
    'es=s:0.5,fw529a3039@dt=FfffffffIdemo;1;2;3;4;5;6;7h01;2h02;3h1;4h2',
    'az=cid-v1:fc8aaf5d-3f53-4b8c-8c0e-3d1f8d9c1e7a',
    'sentry=1,in=fa2375d711a4ca0f;02468acefdb97531,sw=e000baa4e000baa4-01',
    '1234567890@mtm=7,t61rcwkgmze=x,a= b',
  ])('of a vendor stays as it is: %s', (text) => {
    expect(redactTraceStateText(redactor, text)).toBe(text);
  });

  test('is always a list of members that were there, in their order', () => {
    const member = fc.constantFrom('a=1', `b=${openAiKey}`, 'pwd=hunter2', 'c@d=xyz', '', ' e=5');
    fc.assert(
      fc.property(fc.array(member), (members) => {
        const kept = members.filter((text) => !/sk-|hunter2/.test(text));
        expect(redactTraceStateText(redactor, members.join(',')).trim()).toBe(
          kept.join(',').trim(),
        );
      }),
    );
  });
});

describe('a span context', () => {
  test('is the same one when there is nothing to hide', () => {
    const context = contextWith(createTraceState('ot=th:c'));

    expect(redactSpanContext(redactor, context)).toBe(context);
  });

  test('is copied without what goes, and has no trace state when nothing of it is left', () => {
    const context = contextWith(createTraceState(`a=${openAiKey},b=2`));
    const redacted = redactSpanContext(redactor, context);
    const bare = redactSpanContext(redactor, contextWith(createTraceState(`a=${openAiKey}`)));

    expect(redacted.traceState?.serialize()).toBe('b=2');
    expect(context.traceState?.get('a')).toBe(openAiKey);
    expect(bare).toEqual({ ...ids, traceFlags: 1 });
  });

  test('has no trace state when it cannot be read, and the failure counts', () => {
    const counting = createRedactor();
    const broken = {
      ...createTraceState(''),
      serialize() {
        throw new Error('no');
      },
    } as unknown as TraceState;

    expect(redactSpanContext(counting, contextWith(broken))).toEqual({ ...ids, traceFlags: 1 });
    expect(counting.report().failed).toBe(1);
  });
});
