import { readMember, readString } from '../read-member.ts';

/** What a JSON-RPC error says, as the SDKs of MCP reject with it and as a handler throws it. */
export interface RpcError {
  /** Undefined where the SDK made the error up, because no answer came. */
  readonly code?: string | undefined;
  /** `error.type`: the code, or why no answer came. */
  readonly type: string;
  readonly message?: string | undefined;
}

/** The classes of version 1 and 2; an application may give them codes of its own. */
const CLASSES = new Set(['McpError', 'ProtocolError']);

/** Codes with which version 1 rejects on its own. Servers use them too, with other words. */
const NOT_ANSWERED: readonly (readonly [code: number, words: RegExp, type: string])[] = [
  [-32_000, /connection closed$/i, 'connection_closed'],
  [-32_001, /(?:timed out|timeout)/i, 'timeout'],
];

/**
 * Undefined for any other error. A code of JSON-RPC is an integer between -32768 and -32000, whichever class has it.
 * @param isAnswer whether every such error is the answer, as one is that a server throws
 */
export function rpcErrorOf(error: unknown, isAnswer: boolean): RpcError | undefined {
  const code = readMember(error, 'code');
  if (typeof code !== 'number' || !Number.isInteger(code)) return undefined;
  const isReserved = code >= -32_768 && code <= -32_000;
  if (!isReserved && !CLASSES.has(readString(error, 'name') ?? '')) return undefined;
  const said = readString(error, 'message');
  // Version 1 puts the code in front of what the server said.
  const prefix = `MCP error ${code}: `;
  const message = said?.startsWith(prefix) === true ? said.slice(prefix.length) : said;
  const unanswered = NOT_ANSWERED.find(
    ([own, words]) => own === code && words.test(message?.slice(0, 200) ?? ''),
  );
  if (unanswered !== undefined && !isAnswer) return { type: unanswered[2], message };
  return { code: String(code), type: String(code), message };
}
