import { readMember } from '@llm-otel/llm-conventions/client';

/** Calls whose first request is being made. It is made at once, before anything else can happen. */
let opening = 0;

/**
 * Runs a call that newer releases put together of several requests: where the server stops in the middle, the client goes on
 * from there by itself, and gives what all of them answered as one answer, with the tokens of all.
 */
export function openContinuation<T>(run: () => T): T {
  opening++;
  try {
    return run();
  } finally {
    opening--;
  }
}

/**
 * Whether a request is one of such a call, which has a span already: it is the first one, or it says where it goes on. An
 * application that goes on by itself has switched the automatic of it off.
 */
export function isOfContinuation(resource: unknown, params: unknown): boolean {
  if (typeof readMember(resource, 'generateContentWithContinuation') !== 'function') return false;
  if (opening > 0) return true;
  const config = readMember(params, 'config');
  const goesOn = Boolean(readMember(config, 'continuationToken'));
  const automatic = readMember(config, 'automaticContinuation') ?? true;
  return goesOn && Boolean(automatic);
}
