import { readMember, readString } from '../read-member.ts';
import type { ChatMessage, MessagePart } from './message-types.ts';

/**
 * A UI message of the AI SDK (5 to 7), which is what `useChat` keeps: each call of a tool is one part with its result, and the
 * steps of an answer are one message. What its model messages have apart is apart here too: an answer with its calls, and behind
 * it the results.
 */
export function messagesFromUi(
  role: string,
  parts: readonly unknown[],
  convert: (part: unknown, depth: number, role: string) => MessagePart,
): ChatMessage[] {
  const messages: ChatMessage[] = [];
  let said: MessagePart[] = [];
  let results: MessagePart[] = [];
  const endStep = (): void => {
    if (said.length > 0) messages.push({ role, parts: said });
    if (results.length > 0) messages.push({ role: 'tool', parts: results });
    said = [];
    results = [];
  };
  for (const part of parts) {
    const type = readString(part, 'type') ?? 'unknown';
    if (type === 'step-start') endStep();
    else if (isTool(type)) {
      const { call, result, ofProvider } = toolPart(part, type);
      said.push(convert(call, 0, role));
      if (result !== undefined)
        (ofProvider ? said : results).push(convert(result, 0, ofProvider ? role : 'tool'));
    } else said.push(convert(type === 'file' ? asFile(part) : part, 0, role));
  }
  endStep();
  return messages;
}

/** `tool-weather`, a tool that is known when the program is built, or `dynamic-tool`; before version 5 `tool-invocation`. */
function isTool(type: string): boolean {
  return type === 'dynamic-tool' || (type.startsWith('tool-') && !MODEL_PARTS.has(type));
}

/** Parts of model messages, which some keep in the place of UI messages. */
const MODEL_PARTS = new Set([
  'tool-call',
  'tool-result',
  'tool-error',
  'tool-approval-request',
  'tool-approval-response',
]);

interface ToolPart {
  readonly call: object;
  readonly result: object | undefined;
  readonly ofProvider: boolean;
}

/** The two parts of a model message that the part of a tool stands for. */
function toolPart(given: unknown, type: string): ToolPart {
  const part = readMember(given, 'toolInvocation') ?? given;
  const toolName = readString(part, 'toolName') ?? type.replace(/^tool-/, '');
  const ofProvider = readMember(part, 'providerExecuted') === true;
  const shared = {
    toolCallId: readString(part, 'toolCallId'),
    toolName,
    ...(ofProvider && { providerExecuted: true }),
  };
  const input =
    readMember(part, 'input') ?? readMember(part, 'args') ?? readMember(part, 'rawInput');
  return {
    call: { type: 'tool-call', ...shared, input },
    result: resultOf(part, shared),
    ofProvider,
  };
}

function resultOf(part: unknown, shared: object): object | undefined {
  const result = (output: object): object => ({ type: 'tool-result', ...shared, output });
  switch (readString(part, 'state')) {
    case 'output-available':
      return result({ type: 'json', value: readMember(part, 'output') });
    case 'result':
      return result({ type: 'json', value: readMember(part, 'result') });
    case 'output-error':
      return result({ type: 'error-text', value: readMember(part, 'errorText') });
    case 'output-denied':
      return result({
        type: 'execution-denied',
        reason: readMember(readMember(part, 'approval'), 'reason'),
      });
    // It has no result yet.
    default:
      return undefined;
  }
}

/** In a UI message the content of a file is its URL. */
function asFile(part: unknown): unknown {
  const url = readString(part, 'url');
  return url === undefined
    ? part
    : { type: 'file', data: url, mediaType: readString(part, 'mediaType') };
}
