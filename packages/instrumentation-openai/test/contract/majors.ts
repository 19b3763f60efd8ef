import * as major5 from 'openai-5';
import * as major6 from 'openai-6';
import * as major7 from 'openai';
import type OpenAI from 'openai';

/** A release of the client. The tests are typed by the newest. */
export interface Major {
  readonly name: string;
  readonly create: (options: ClientOptions) => OpenAI;
  readonly azure: (options: ClientOptions & { readonly apiVersion: string }) => OpenAI;
  /** The classes an application compares with. */
  readonly classes: Readonly<Record<'APIPromise' | 'APIError', abstract new () => unknown>>;
}

export interface ClientOptions {
  readonly baseURL: string;
  readonly apiKey: string;
  readonly maxRetries?: number;
  readonly timeout?: number;
  readonly fetch?: typeof fetch;
}

function majorOf(name: string, library: unknown): Major {
  const { OpenAI, AzureOpenAI, APIPromise, APIError } = library as typeof major7;
  return {
    name,
    create: (options) => new OpenAI(options),
    azure: (options) => new AzureOpenAI(options),
    classes: { APIPromise, APIError } as unknown as Major['classes'],
  };
}

export const majors: readonly Major[] = [
  majorOf('openai 5', major5),
  majorOf('openai 6', major6),
  majorOf('openai 7', major7),
];
