import {
  context as contextApi,
  type Context,
  createContextKey,
  propagation,
} from '@opentelemetry/api';
import { FailureLog } from '@llm-otel/core';
import { SmallContext } from '../small-context.ts';

// Found by every copy of this package: keys of the same description are equal.
const IDENTITY = createContextKey('llm-otel run identity');
const MAX_LENGTH = 256;

/** Who and what a piece of work belongs to. Each id is a text of at most 256 characters. */
export interface RunIdentity {
  /** Attribute `session.id`. */
  readonly sessionId?: string | undefined;
  /** Attribute `user.id`. Use a pseudonym: it is on every span. */
  readonly userId?: string | undefined;
  /** Attribute `llm_otel.tenant.id`: the conventions have no name for it. */
  readonly tenantId?: string | undefined;
  /** Attribute `gen_ai.conversation.id`. */
  readonly conversationId?: string | undefined;
}

/**
 * The attribute and baggage key of each id. `session.id` and `user.id` are of the general registry, and this package
 * is installed without the one that has the names for models and agents.
 */
export const IDENTITY_KEYS: Readonly<Record<keyof RunIdentity, string>> = {
  sessionId: 'session.id',
  userId: 'user.id',
  tenantId: 'llm_otel.tenant.id',
  conversationId: 'gen_ai.conversation.id',
};

export interface SetIdentityOptions {
  /**
   * Ids that are set as baggage too, to go to other services. They do where the propagator lets their keys out
   * (`baggageKeys`).
   * @defaultValue none
   */
  readonly asBaggage?: readonly (keyof RunIdentity)[] | undefined;
}

const failures = new FailureLog();

/**
 * A context in which every span carries these ids once `copyIdentityToSpans` is part of the span processors, spans of
 * other libraries included. Ids of an outer identity that are not named stay. Never throws: an id that is no text, is
 * empty or too long is left out, and the first one logged.
 */
export function setIdentity(
  context: Context,
  identity: RunIdentity,
  { asBaggage = [] }: SetIdentityOptions = {},
): Context {
  const given = (identity as RunIdentity | null | undefined) ?? {};
  const attributes: Record<string, string> = { ...identityAttributes(context) };
  let baggage = propagation.getBaggage(context);
  for (const name of Object.keys(IDENTITY_KEYS) as (keyof RunIdentity)[]) {
    const id: unknown = given[name];
    if (id === undefined) continue;
    if (typeof id !== 'string' || id === '' || id.length > MAX_LENGTH) {
      failures.report(`setting ${name}`, `not a text of 1 to ${MAX_LENGTH} characters`);
      continue;
    }
    const key = IDENTITY_KEYS[name];
    attributes[key] = id;
    if (asBaggage.includes(name)) {
      baggage = (baggage ?? propagation.createBaggage()).setEntry(key, { value: id });
    }
  }
  const changed = SmallContext.on(context).setValue(IDENTITY, attributes);
  return baggage === undefined ? changed : propagation.setBaggage(changed, baggage);
}

/** Runs `work` in the active context with these ids, as `setIdentity` does. */
export function withIdentity<Result>(
  identity: RunIdentity,
  work: () => Result,
  options?: SetIdentityOptions,
): Result {
  return contextApi.with(setIdentity(contextApi.active(), identity, options), work);
}

/** The ids of `context` by attribute name. */
export function identityAttributes(context: Context): Readonly<Record<string, string>> | undefined {
  return context.getValue(IDENTITY) as Readonly<Record<string, string>> | undefined;
}
