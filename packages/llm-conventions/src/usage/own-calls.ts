import { ATTR_GEN_AI_REQUEST_MODEL, ATTR_GEN_AI_RESPONSE_ID } from '../generated/attributes.ts';
import type { CallScope } from '../inference/call-scope.ts';

const calls = new WeakSet<object>();
const inside = new WeakMap<object, CallScope>();

/** The span is that of a model call that is recorded here, and counted for the run around it. */
export function noteOwnCall(span: object): void {
  calls.add(span);
}

export function isOwnCall(span: object): boolean {
  return calls.has(span);
}

/** The span began inside of a call that is recorded here. */
export function noteInsideCall(span: object, call: CallScope): void {
  inside.set(span, call);
}

/** The call of ours that another library's span, of these attributes in today's names, is of. */
export function callAround(
  span: object,
  attributes: Readonly<Record<string, unknown>>,
): CallScope | undefined {
  const call = inside.get(span);
  if (call === undefined || calls.has(span)) return undefined;
  const model = textOf(attributes[ATTR_GEN_AI_REQUEST_MODEL]);
  return call.isSame(model, textOf(attributes[ATTR_GEN_AI_RESPONSE_ID])) ? call : undefined;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
