import * as line090 from 'anthropic-0-90';
import * as line0133 from 'anthropic-0-133';
import * as line0137 from 'anthropic-0-137';
import * as line10 from 'anthropic-1-0';
import * as newest from '@anthropic-ai/sdk';
import type Anthropic from '@anthropic-ai/sdk';
import type { ClientOptions } from '@anthropic-ai/sdk';
import type { ClientLine } from '@llm-otel/tooling/contract';

/** A release of the client. The tests are typed by the newest. */
export interface Line extends ClientLine<Anthropic> {
  /** Whether it makes spans of its own. */
  readonly isNative: boolean;
  /** The classes an application compares with. */
  readonly classes: Readonly<Record<'APIPromise' | 'APIError', abstract new () => unknown>>;
}

export function lineOf(
  name: string,
  isNative: boolean,
  library: unknown,
  settings: ClientOptions = {},
): Line {
  const { Anthropic, APIPromise, APIError } = library as typeof newest;
  return {
    name,
    isNative,
    create: (options) =>
      new Anthropic({ apiKey: 'none', logLevel: 'off', ...settings, ...options }),
    classes: { APIPromise, APIError } as unknown as Line['classes'],
  };
}

/** The oldest, the last without spans of its own, the last and the first on either side of 1.0, the newest, also told to make none. */
export const lines: readonly Line[] = [
  lineOf('0.90', false, line090),
  lineOf('0.133', false, line0133),
  lineOf('0.137', true, line0137),
  lineOf('1.0', true, line10),
  lineOf('1.14', true, newest),
  lineOf('1.14 without own spans', false, newest, { openTelemetry: false }),
];
