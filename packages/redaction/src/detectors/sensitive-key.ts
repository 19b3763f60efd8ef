import type { KeyDecision } from '../keys/key-rules.ts';

/** Names the finding wherever the name of a key was the reason. */
export const SENSITIVE_KEY = 'sensitive_key';

/** The name a value belongs to. */
export interface Name {
  readonly key: string;
  /** Where it starts and ends. */
  readonly start: number;
  readonly end: number;
  /** The character before it. */
  readonly before: string;
  readonly decision: KeyDecision;
  /** What closed the name: `"`, `\"`, or nothing. */
  readonly quote: string;
}
