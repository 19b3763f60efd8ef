import * as major5 from 'openai-5';
import * as major6 from 'openai-6';
import * as major7 from 'openai';
import type OpenAI from 'openai';
import type { ClientLine } from '@llm-otel/tooling/contract';

/** A major of the client. The tests are typed by the newest. */
export interface Line extends ClientLine<OpenAI> {
  /** The classes an application compares with. */
  readonly classes: Readonly<Record<'APIPromise' | 'APIError', abstract new () => unknown>>;
}

export function lineOf(name: string, library: unknown): Line {
  const { OpenAI, APIPromise, APIError } = library as typeof major7;
  return {
    name,
    create: (options) => new OpenAI({ apiKey: 'none', ...options }),
    classes: { APIPromise, APIError } as unknown as Line['classes'],
  };
}

export const lines: readonly Line[] = [
  lineOf('openai 5', major5),
  lineOf('openai 6', major6),
  lineOf('openai 7', major7),
];
