import * as line10 from 'google-genai-1-0';
import * as line152 from 'google-genai-1-52';
import * as line20 from 'google-genai-2-0';
import * as line232 from 'google-genai-2-32';
import * as newest from '@google/genai';
import type { GoogleGenAI } from '@google/genai';
import type { ClientLine } from '@llm-otel/tooling/contract';

/** A release of the client. The tests are typed by the newest. */
export interface Line extends ClientLine<GoogleGenAI> {
  /** Whether it takes a function to fetch with, times its attempts and goes on by itself where a server stops. */
  readonly isRecent: boolean;
  /** Whether its interactions have steps: before, they were an experiment with another form. */
  readonly hasInteractions: boolean;
  /** Whether it knows all of an answer: the first release leaves its id out, and calls its errors by other names. */
  readonly isFirst: boolean;
  /** The class an application compares with. */
  readonly ApiError: abstract new () => Error;
}

export function lineOf(name: string, library: unknown): Line {
  const { GoogleGenAI: Client, ApiError } = library as typeof newest;
  const isRecent = name === '2.32' || name === '3.3';
  return {
    name,
    isRecent,
    hasInteractions: isRecent || name === '2.0',
    isFirst: name === '1.0',
    create: ({ baseURL, maxRetries, timeout, fetch }) =>
      new Client({
        apiKey: 'none',
        httpOptions: {
          baseUrl: baseURL,
          ...(timeout !== undefined && { timeout }),
          ...(maxRetries > 0 && {
            retryOptions: { attempts: maxRetries + 1, initialDelay: 0.001 },
          }),
          ...(isRecent && { fetch }),
        },
      }),
    ApiError: ApiError as unknown as Line['ApiError'],
  };
}

/** The first and the last of each version that has another one behind it, and the newest. */
export const lines: readonly Line[] = [
  lineOf('1.0', line10),
  lineOf('1.52', line152),
  lineOf('2.0', line20),
  lineOf('2.32', line232),
  lineOf('3.3', newest),
];
