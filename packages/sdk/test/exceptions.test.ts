// How an exception of a model call is told, as the environment or the option asks.
import { createGenAi } from '@llm-otel/sdk/agents';
import { diag } from '@opentelemetry/api';
import { expect, test, vi } from 'vitest';
import { chooseExceptions } from '../src/choose-exceptions.ts';
import { type SinkOptions, startWithSink } from './start-with-sink.ts';

const OPT_IN = 'OTEL_SEMCONV_EXCEPTION_SIGNAL_OPT_IN';

/** Where the exception of one failed call arrives: on how many spans, in which log events. */
async function told(options: SinkOptions): Promise<{ onSpan: number; events: unknown[] }> {
  const { telemetry, sink } = await startWithSink(options);
  const { content, exceptions } = telemetry;
  createGenAi({ content, exceptions })
    .startInference({ provider: 'openai', model: 'gpt-5' })
    .fail(new TypeError('no such model'));
  await telemetry.shutdown();

  expect(sink.spans).toMatchObject([
    { status: { message: 'no such model' }, attributes: { 'error.type': 'TypeError' } },
  ]);
  return {
    onSpan: sink.spans.flatMap(({ events }) => events).length,
    events: sink.logs.map(({ eventName, attributes }) => [eventName, attributes['exception.type']]),
  };
}

const event = ['gen_ai.client.operation.exception', 'TypeError'];

test.for([
  [{}, undefined, { onSpan: 1, events: [] }],
  [{ [OPT_IN]: 'logs' }, undefined, { onSpan: 0, events: [event] }],
  [{ [OPT_IN]: 'logs/dup' }, undefined, { onSpan: 1, events: [event] }],
  [{ [OPT_IN]: 'logs' }, 'span', { onSpan: 1, events: [] }],
  [{}, 'event', { onSpan: 0, events: [event] }],
] as const)('with %j and the option %s: %j', async ([environment, exceptions, expected]) => {
  expect(await told({ environment, exceptions, logs: true })).toEqual(expected);
});

test('an exception is not lost where no log records are exported', async () => {
  expect(await told({ environment: { [OPT_IN]: 'logs' } })).toEqual({ onSpan: 1, events: [] });
});

test('a wish for log events that nobody exports is answered with a line', () => {
  const warn = vi.spyOn(diag, 'warn').mockReturnValue();

  chooseExceptions({}, { exceptionSignal: 'event' }, true);
  chooseExceptions({ exceptions: 'span' }, { exceptionSignal: 'event' }, false);
  expect(warn).not.toHaveBeenCalled();

  chooseExceptions({}, { exceptionSignal: 'both' }, false);
  chooseExceptions({ exceptions: 'event' }, {}, false);
  expect(warn.mock.calls.map(([line]) => line.split(' asks')[0])).toEqual([
    `llm-otel: ${OPT_IN}`,
    'llm-otel: the option exceptions',
  ]);
});
