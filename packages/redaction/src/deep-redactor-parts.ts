import type { ContentRemoval } from './content/content-removal.ts';
import type { KeyRules } from './keys/key-rules.ts';
import type { RedactionCounts } from './redaction-counts.ts';

/** What values of any shape are redacted with. */
export interface DeepRedactorParts {
  readonly keys: KeyRules;
  readonly redact: (text: string, path: string) => string;
  readonly redactName: (name: string) => string;
  readonly replace: (kind: string, value: string) => string;
  /** Whether the policy lets that value leave, whatever its key says. */
  readonly isAllowed: (value: string) => boolean;
  /** The text without what the name in front of it says it is; absent where the policy looks for nothing of that kind. */
  readonly labelled: ((name: string, text: string) => string) | undefined;
  /** True when the action for values that go because of their key is `remove`. */
  readonly removesBlocked: boolean;
  readonly contentRemoval: ContentRemoval;
  readonly counts: RedactionCounts;
  /** Reports an error. Returns what stands in place of the value. */
  readonly failed: (error: unknown) => string;
}
