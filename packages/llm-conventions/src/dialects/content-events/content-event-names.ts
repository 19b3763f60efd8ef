/** The events in which the conventions up to 1.36 told each message of a call, with the role it has unless it tells another. */
export const ROLE_OF_EVENT: ReadonlyMap<string, string> = new Map([
  ['gen_ai.system.message', 'system'],
  ['gen_ai.user.message', 'user'],
  ['gen_ai.assistant.message', 'assistant'],
  ['gen_ai.tool.message', 'tool'],
  ['gen_ai.choice', 'assistant'],
]);

/** The event of an answer; the others are about what was sent. */
export const CHOICE = 'gen_ai.choice';

/** Where some libraries put the body of such an event on a span, as JSON text. */
export const EVENT_CONTENT = 'gen_ai.event.content';
