import { context, type Span } from '@opentelemetry/api';
import {
  CallRetries,
  failGuarded,
  followAnswer,
  ownSpanOf,
  readMember,
  type StartedCall,
  startGuarded,
} from '@llm-otel/llm-conventions/client';
import { followTaken } from './follow-taken.ts';
import { NativeSpan } from './native-span.ts';
import { catchNativeSpan } from './native-tracer.ts';

/**
 * Runs a call for which the client makes a span itself, and takes part in that one: no second span. A helper of the client
 * has started it before, and gives it in the options of the request; else the client starts it while `run` runs. Where
 * it starts none, or one that leads nowhere, ours is the only one.
 */
export function observeNativeCall(
  run: () => unknown,
  [, options]: readonly unknown[],
  start: (span: Span | undefined) => StartedCall,
): unknown {
  const given = readMember(readMember(options, '__span'), 'span');
  // Someone else's: who has put it there ends it.
  if (given !== undefined && !(given instanceof NativeSpan)) return run();
  const retries = new CallRetries();
  let call: StartedCall | undefined;
  const begin = (span: Span | undefined): StartedCall | undefined =>
    (call = startGuarded(() => start(span)));

  const { result, span } = catchNativeSpan(
    () => attempt(() => context.with(retries.within(context.active()), run)),
    () => {
      const started = begin(undefined);
      return started === undefined ? undefined : ownSpanOf(started);
    },
  );
  const native = given ?? span;
  call ??= begin(native?.ours);
  // Where telemetry is off, the client's span is left to the client.
  if (call !== undefined) native?.leaveTo(call.span);
  retries.span = call && ownSpanOf(call);
  if ('error' in result) {
    if (call !== undefined) failGuarded(call, result.error);
    throw result.error;
  }
  return call === undefined ? result.answer : followAnswer(result.answer, followTaken(call));
}

function attempt(run: () => unknown): { readonly answer: unknown } | { readonly error: unknown } {
  try {
    return { answer: run() };
  } catch (error) {
    return { error };
  }
}
