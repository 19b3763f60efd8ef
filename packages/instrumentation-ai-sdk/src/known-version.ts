import { diag } from '@opentelemetry/api';
import { knownReleases, readString } from '@llm-otel/llm-conventions/client';

const warn = (why: string): void => diag.warn(`llm-otel: ${why}`);
const isKnownRelease = knownReleases('ai', { from: '7.0.0', below: '8.0.0' }, warn);

let hasTracer = false;
let isTold = false;

/** There is a tracer for calls of version 6. */
export function tracerIsMade(): void {
  hasTracer = true;
}

/**
 * Whether an event is of a version whose events are known; one that is not is told once. Version 6 has hooks of the same names, whose
 * events say of no call which one it is.
 */
export function isOfKnownVersion(event: unknown): boolean {
  if (readString(event, 'callId') !== undefined)
    return isKnownRelease(readString(event, 'aiVersion'));
  if (!hasTracer && !isTold) {
    isTold = true;
    warn(
      'ai before 7.0.0 is not observed by instrumentAiSdk: give its calls the tracer of aiSdkTracer() of @llm-otel/instrumentation-ai-sdk',
    );
  }
  return false;
}
