/** Which way content goes: to the model, from it, or both in one value. */
export type ContentDirection = 'prompt' | 'completion' | 'both';

/** What a value holds of a conversation. */
export interface Content {
  readonly direction: ContentDirection;
  /** Definitions of tools, what the model asked of them, and what they answered. */
  readonly isTool: boolean;
  /** The whole input or output of what the span stands for: that of a tool, where the span is one. */
  readonly isWhole: boolean;
  /** Told by the words of the name alone: a number under it is a count. */
  readonly isGuess: boolean;
}

/** The kinds of content that names are listed by. */
export type ContentKind =
  | 'prompt'
  | 'completion'
  /** Both sides in one value. */
  | 'conversation'
  /** Definitions and results go to the model. */
  | 'toolToModel'
  /** Arguments come from it. */
  | 'toolFromModel'
  | 'input'
  | 'output'
  /** Looks like content by its name, and is none. */
  | 'none';

/** Names by kind of content. */
export type NamesByKind = Readonly<Partial<Record<ContentKind, readonly string[]>>>;

const known = { isTool: false, isWhole: false, isGuess: false };

/** What each kind means. */
export const contents: Readonly<Record<Exclude<ContentKind, 'none'>, Content>> = {
  prompt: { ...known, direction: 'prompt' },
  completion: { ...known, direction: 'completion' },
  conversation: { ...known, direction: 'both' },
  toolToModel: { ...known, direction: 'prompt', isTool: true },
  toolFromModel: { ...known, direction: 'completion', isTool: true },
  input: { ...known, direction: 'prompt', isWhole: true },
  output: { ...known, direction: 'completion', isWhole: true },
};
