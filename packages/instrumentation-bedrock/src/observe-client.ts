import { context, createContextKey } from '@opentelemetry/api';
import { overrideMember, readMember, readString } from '@llm-otel/llm-conventions/client';
import type { BedrockClient, Handler, HandlerArguments, Middleware } from './client-shape.ts';
import { ClientCall } from './client-call.ts';
import { type Observation, observedCommands } from './observed-commands.ts';

const OBSERVED = Symbol.for('llm-otel.instrumentation-bedrock');
/** Carries a call through the stack: middleware passes on what it was given. */
const CALL = Symbol('llm-otel call');
/** And where one passes on only what it knows. Without a context manager there is no such way. */
const IN_CONTEXT = createContextKey('llm-otel call');

/**
 * Looks on from the client's own middleware stack, where promises, callbacks and the aggregated client all come by. Three
 * places: the whole call, outside of the retries; where its endpoint is known; each attempt, inside of the retries.
 * `observation` answers undefined where nothing is to be observed. Once for each client.
 */
export function observeClient(
  client: BedrockClient,
  observation: () => Observation | undefined,
): void {
  if (Object.hasOwn(client, OBSERVED) || !overrideMember(client, OBSERVED, true)) return;
  const stack = client.middlewareStack;
  stack.add(wholeCall(observation), { name: 'llmOtelCall', step: 'initialize', priority: 'low' });
  stack.add(request, { name: 'llmOtelRequest', step: 'build', priority: 'high' });
  stack.add(attempt, { name: 'llmOtelAttempt', step: 'finalizeRequest', priority: 'low' });
  // Stacks that the client has resolved before are without them.
  if (readMember(client, 'handlers') !== undefined) Reflect.deleteProperty(client, 'handlers');
}

function wholeCall(observation: () => Observation | undefined): Middleware {
  return (next, command): Handler => {
    const start = observedCommands.get(readString(command, 'commandName') ?? '');
    if (start === undefined) return next;
    return async (args) => {
      const how = observation();
      if (how === undefined) return next(args);
      const call = new ClientCall((server) =>
        start(args.input, server, { ...how, signal: signalIn(command) }),
      );
      try {
        const result = await context.with(context.active().setValue(IN_CONTEXT, call), () =>
          next({ ...args, [CALL]: call } as HandlerArguments),
        );
        call.answered(result);
        return result;
      } catch (error) {
        call.failed(error);
        throw error;
      }
    };
  };
}

/** The request is made, and so is what it is sent to; retries, signing and sending are still to come. */
function request(next: Handler): Handler {
  return (args) => {
    const call = callOf(args);
    return call === undefined
      ? next(args)
      : context.with(call.begin(args.request), () => next(args));
  };
}

function attempt(next: Handler): Handler {
  return async (args) => {
    const call = callOf(args);
    if (call === undefined) return next(args);
    call.attempted();
    try {
      return await next(args);
    } catch (error) {
      call.attemptFailed(error);
      throw error;
    }
  };
}

/** The client tells it since 3.839. */
function signalIn(command: unknown): AbortSignal | undefined {
  const signal = readMember(readMember(command, '__smithy_context'), 'abortSignal');
  return typeof readMember(signal, 'addEventListener') === 'function'
    ? (signal as AbortSignal)
    : undefined;
}

function callOf(args: HandlerArguments): ClientCall | undefined {
  return (
    (args as { readonly [CALL]?: ClientCall })[CALL] ??
    (context.active().getValue(IN_CONTEXT) as ClientCall | undefined)
  );
}
